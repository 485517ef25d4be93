//! Calls: arguments in their order, variables passed by their address.

use csharp::tree::Passing;
use dotnet::catalogue::signature;
use dotnet::ty::Ty;
use dotnet::word::Repr;
use ir::build;
use ir::tree::{Expr as Code, ExprKind, Stmt, Storage};

use super::exprs::sequence;
use super::{Writer, repr_of};
use crate::expression::bound::{Argument, Arguments, Call, Expr, Kind, LocalFunctionId, VariableId};
use crate::expression::types::{VOID, erased};

/// The words of a call, with what has to happen before and after it.
struct Prepared {
    before: Vec<Stmt>,
    words: Vec<Code>,
    after: Vec<Stmt>,
}

impl Writer<'_, '_, '_> {
    /// The call of a member.
    pub fn call(&mut self, call: &Call, ty: Ty) -> Code {
        let receiver = call.receiver.as_ref().map(|receiver| self.expr(receiver));
        let by_reference = |index: usize| {
            let passing = call.found.member.parameters.get(index).map(|parameter| parameter.passing);
            matches!(passing, Some(signature::Passing::Out | signature::Passing::Ref))
        };
        let mut prepared = self.prepared(receiver, &call.arguments, &by_reference);
        self.add_types(call, &mut prepared.words);
        let code = build::call(call.found.member.def, prepared.words, repr_of(ty));
        self.finished(prepared.before, code, prepared.after)
    }

    /// `new T(…)`
    pub fn new_object(&mut self, call: &Call, ty: Ty) -> Code {
        let mut prepared = self.prepared(None, &call.arguments, &|_| false);
        self.add_types(call, &mut prepared.words);
        let code = build::call(call.found.member.def, prepared.words, repr_of(ty));
        self.finished(prepared.before, code, prepared.after)
    }

    /// The types that a member is told: its own type arguments, and the type that a static member or constructor of a
    /// generic type is called on.
    fn add_types(&mut self, call: &Call, words: &mut Vec<Code>) {
        words.extend(call.type_args.iter().map(|ty| build::type_const(erased(*ty))));
        let member = call.found.member;
        let tells_type =
            call.found.owner.def.arity > 0 && (member.is_static || member.kind == signature::MemberKind::Constructor);
        if tells_type {
            words.push(build::type_const(erased(call.found.owner)));
        }
    }

    /// The call of a local function.
    pub fn local_call(&mut self, id: LocalFunctionId, arguments: &Arguments, ty: Ty) -> Code {
        let function = self.all.local_function(id);
        let binder = self.all.binder;
        let declared = binder.function(id);
        let frame = declared.and_then(|declared| declared.body.as_ref()).map(|body| body.frame);
        let by_reference = |index: usize| {
            let passing =
                declared.and_then(|declared| declared.parameters.get(index)).map(|parameter| parameter.passing);
            matches!(passing, Some(Passing::Out | Passing::Ref))
        };
        let prepared = self.prepared(None, arguments, &by_reference);
        let captured = frame.map_or_else(Vec::new, |frame| self.captured(frame));
        let code = Code::new(ExprKind::CallFunction(function, captured, prepared.words), repr_of(ty));
        self.finished(prepared.before, code, prepared.after)
    }

    /// The call of a delegate.
    pub fn invoke(&mut self, target: &Expr, arguments: &Arguments, ty: Ty) -> Code {
        let target = self.expr(target);
        let mut prepared = self.prepared(Some(target), arguments, &|_| false);
        if prepared.words.is_empty() {
            return build::null();
        }
        let target = prepared.words.remove(0);
        let code = Code::new(ExprKind::Invoke(Box::new(target), prepared.words), repr_of(ty));
        self.finished(prepared.before, code, prepared.after)
    }

    fn finished(&mut self, mut before: Vec<Stmt>, code: Code, after: Vec<Stmt>) -> Code {
        if after.is_empty() {
            return sequence(before, code);
        }
        let repr = code.repr;
        if repr == Repr::Void {
            before.push(Stmt::Expr(code));
            before.extend(after);
            return Code { repr, ..sequence(before, build::i32_const(0)) };
        }
        let result = self.fresh(repr);
        before.push(Stmt::Expr(Code::new(ExprKind::Set(result, Box::new(code)), repr)));
        before.extend(after);
        sequence(before, Code::new(ExprKind::Local(result), repr))
    }

    /// The receiver and the arguments as words, evaluated in the order in which they are written.
    fn prepared(
        &mut self,
        receiver: Option<Code>,
        arguments: &Arguments,
        by_reference: &dyn Fn(usize) -> bool,
    ) -> Prepared {
        let mut before = Vec::new();
        let mut after = Vec::new();
        let passes_element = |argument: &Argument| match argument {
            Argument::Reference(target) => matches!(target.kind, Kind::Element(..)),
            _ => false,
        };
        let keeps = arguments.order.is_some() || arguments.values.iter().any(passes_element);
        let mut words: Vec<Code> = Vec::with_capacity(arguments.values.len() + 1);
        if let Some(receiver) = receiver {
            words.push(if keeps { self.in_local(receiver, &mut before) } else { receiver });
        }
        let in_order: Vec<usize> = (0..arguments.values.len()).collect();
        let order = arguments.order.as_ref().unwrap_or(&in_order);
        let mut placed: Vec<Option<Code>> = arguments.values.iter().map(|_| None).collect();
        for index in order {
            let Some(argument) = arguments.values.get(*index) else { continue };
            let word = match argument {
                Argument::Value(value) => self.expr(value),
                Argument::Params(element, values) => {
                    let values = values.iter().map(|value| self.expr(value)).collect();
                    Code::new(ExprKind::ArrayOf(erased(*element), values), Repr::Ref)
                }
                Argument::Reference(target) if by_reference(*index) => {
                    let address = self.address(target, &mut before, &mut after);
                    if let Some(place) = placed.get_mut(*index) {
                        *place = Some(address);
                    }
                    continue;
                }
                Argument::Reference(target) => self.expr(target),
            };
            let word = if keeps { self.in_local(word, &mut before) } else { word };
            if let Some(place) = placed.get_mut(*index) {
                *place = Some(word);
            }
        }
        words.extend(placed.into_iter().flatten());
        Prepared { before, words, after }
    }

    /// A value kept in a local, unless it is a constant.
    pub fn in_local(&mut self, value: Code, before: &mut Vec<Stmt>) -> Code {
        if value.is_trivial() || value.repr == Repr::Void {
            return value;
        }
        let repr = value.repr;
        let local = self.fresh(repr);
        before.push(Stmt::Expr(Code::new(ExprKind::Set(local, Box::new(value)), repr)));
        Code::new(ExprKind::Local(local), repr)
    }

    /// The address of a variable, or of a copy of an array's element that is written back after the call.
    fn address(&mut self, target: &Expr, before: &mut Vec<Stmt>, after: &mut Vec<Stmt>) -> Code {
        match &target.kind {
            Kind::Variable(id) => self.address_of(*id),
            Kind::Element(array, indexes) => {
                let element = erased(target.ty);
                let repr = repr_of(target.ty);
                let array = self.expr(array);
                let array = self.in_local(array, before);
                let position = match indexes.as_slice() {
                    [index] => self.position(index),
                    _ => self.cell(array.clone(), indexes),
                };
                let position = self.in_local(position, before);
                let local = self.fresh(repr);
                self.keep_on_stack(local);
                let get = ExprKind::ArrayGet(element, Box::new(array.clone()), Box::new(position.clone()));
                before.push(Stmt::Declare(local, Some(Code::new(get, repr))));
                let value = Code::new(ExprKind::Local(local), repr);
                let set = ExprKind::ArraySet(element, Box::new(array), Box::new(position), Box::new(value));
                after.push(Stmt::Expr(Code::new(set, repr)));
                Code::new(ExprKind::Address(local), Repr::I64)
            }
            _ => {
                self.all.has_unknown = true;
                build::null()
            }
        }
    }

    fn address_of(&mut self, id: VariableId) -> Code {
        let local = self.local(id);
        self.keep_on_stack(local);
        Code::new(ExprKind::Address(local), Repr::I64)
    }

    fn keep_on_stack(&mut self, local: ir::tree::LocalId) {
        if let Some(place) = self.function.locals.get_mut(local.index())
            && place.storage == Storage::Value
        {
            place.storage = Storage::Stack;
        }
    }

    /// Assigns a property by the call of what writes it.
    pub fn set_property(&mut self, call: &Call, value: Code, stmts: &mut Vec<Stmt>) {
        let receiver = call.receiver.as_ref().map(|receiver| self.expr(receiver));
        let prepared = self.prepared(receiver, &call.arguments, &|_| false);
        stmts.extend(prepared.before);
        let mut words = prepared.words;
        words.push(value);
        self.add_types(call, &mut words);
        stmts.push(Stmt::Expr(build::call(call.found.member.def, words, repr_of(VOID))));
        stmts.extend(prepared.after);
    }
}
