//! Expressions whose value is used.

use dotnet::catalogue;
use dotnet::ty::Ty;
use dotnet::word::Repr;
use ir::build;
use ir::tree::{Const, Expr as Code, ExprKind, Number, Overflow, Stmt};

use super::{Writer, is_unknown, repr_of};
use crate::expression::binder::CONTEXT;
use crate::expression::bound::{Call, Expr, Format, Kind, Property, Step, VariableId};
use crate::expression::constant::Constant;
use crate::expression::tables::lookup::{self, Members};
use crate::expression::types::{DECIMAL, Numeric, STRING, VOID, erased, underlying};

impl Writer<'_, '_, '_> {
    /// The code of an expression.
    pub fn expr(&mut self, expr: &Expr) -> Code {
        if let Some(constant) = &expr.constant
            && matches!(expr.kind, Kind::Constant | Kind::Variable(_) | Kind::Binary(_) | Kind::Convert(..))
        {
            return self.constant(constant, expr.ty);
        }
        if is_unknown(expr) {
            self.all.has_unknown = true;
            return build::default_value(erased(expr.ty));
        }
        let repr = repr_of(expr.ty);
        match &expr.kind {
            Kind::Variable(id) if *id == CONTEXT => Code::new(ExprKind::Context, Repr::Ref),
            Kind::Variable(id) => self.read(*id),
            Kind::Context => Code::new(ExprKind::Context, Repr::Ref),
            Kind::Convert(inner, step) => self.converted(inner, *step, expr.ty),
            Kind::Unary(unary) => self.unary(unary, expr.ty),
            Kind::Binary(binary) => self.binary(binary, expr.ty),
            Kind::And(left, right) => {
                let (left, right) = (self.expr(left), self.expr(right));
                Code::new(ExprKind::And(Box::new(left), Box::new(right)), Repr::I32)
            }
            Kind::Or(left, right) => {
                let (left, right) = (self.expr(left), self.expr(right));
                Code::new(ExprKind::Or(Box::new(left), Box::new(right)), Repr::I32)
            }
            Kind::Concat(parts) => self.concat(parts),
            Kind::Format(format) => self.format(format),
            Kind::Conditional(parts) if expr.ty != VOID => {
                let condition = self.expr(&parts.0);
                let (then, otherwise) = (self.expr(&parts.1), self.expr(&parts.2));
                if_else(condition, then, otherwise, repr)
            }
            Kind::IsNull(value) => {
                let value = self.expr(value);
                is_null(value)
            }
            Kind::TypeTest(value, ty) => {
                let value = self.expr(value);
                build::runtime("Is", vec![build::type_const(erased(*ty)), value], Repr::I32)
            }
            Kind::As(value, ty) => {
                let value = self.expr(value);
                build::runtime("As", vec![build::type_const(erased(*ty)), value], Repr::Ref)
            }
            Kind::Capture(id, value) => {
                let set = self.set(*id, value);
                sequence(vec![Stmt::Expr(set)], build::bool_const(true))
            }
            Kind::Call(call) => self.call(call, expr.ty),
            Kind::New(call) => self.new_object(call, expr.ty),
            Kind::LocalCall(id, arguments) => self.local_call(*id, arguments, expr.ty),
            Kind::Invoke(target, arguments) => self.invoke(target, arguments, expr.ty),
            Kind::Property(property) => self.property(property, expr.ty),
            Kind::Element(array, indexes) => self.element(array, indexes, expr.ty),
            Kind::AnonymousMember(object, index) => {
                let object = not_null(self.expr(object));
                let index = build::i32_const(i32::try_from(*index).unwrap_or(0));
                build::runtime("AnonymousValue", vec![object, index], repr)
            }
            Kind::Default => build::default_value(erased(expr.ty)),
            Kind::ArrayOf(element, values) => {
                let values = values.iter().map(|value| self.expr(value)).collect();
                Code::new(ExprKind::ArrayOf(erased(*element), values), Repr::Ref)
            }
            Kind::ArrayNew(element, lengths) => {
                let lengths = lengths.iter().map(|length| self.length(length)).collect();
                Code::new(ExprKind::ArrayNew(erased(*element), lengths), Repr::Ref)
            }
            Kind::Anonymous(values) => {
                let values = values.iter().map(|value| self.expr(value)).collect();
                Code::new(ExprKind::Anonymous(erased(expr.ty), values), Repr::Ref)
            }
            Kind::Delegate(delegate) => Code::new(self.delegate(delegate, expr.ty), Repr::Ref),
            Kind::MethodDelegate(delegate) => {
                let function = self.all.method(delegate);
                let captured = self.captured(delegate.frame);
                let made = Code::new(ExprKind::Lambda(erased(expr.ty), function, captured), Repr::Ref);
                match &delegate.receiver {
                    Some((id, receiver)) => {
                        let keep = self.keep(*id, receiver);
                        sequence(vec![keep], made)
                    }
                    None => made,
                }
            }
            Kind::LocalDelegate(id) => {
                let function = self.all.local_function(*id);
                let frame = self.all.binder.function(*id).and_then(|f| f.body.as_ref()).map(|body| body.frame);
                let captured = frame.map_or_else(Vec::new, |frame| self.captured(frame));
                Code::new(ExprKind::Lambda(erased(expr.ty), function, captured), Repr::Ref)
            }
            Kind::TypeOf(ty) => self.type_of(*ty, expr),
            Kind::Assign(target, value) => self.assign(target, value, true),
            Kind::Let(id, value, body) => {
                let keep = self.keep(*id, value);
                let body = self.expr(body);
                sequence(vec![keep], body)
            }
            Kind::Effects(effects, value) => {
                let mut stmts = Vec::new();
                effects.iter().for_each(|effect| self.effect(effect, &mut stmts));
                let value = self.expr(value);
                sequence(stmts, value)
            }
            Kind::Throw(value) => {
                let value = self.expr(value);
                Code::new(ExprKind::Throw(Box::new(value)), repr)
            }
            // What gives nothing is computed for its effect.
            _ => {
                let mut stmts = Vec::new();
                self.effect(expr, &mut stmts);
                sequence(stmts, build::i32_const(0))
            }
        }
    }

    /// A constant of a type.
    pub fn constant(&mut self, constant: &Constant, ty: Ty) -> Code {
        let repr = repr_of(ty);
        let value = match constant {
            Constant::Null => return build::default_value(erased(ty)),
            Constant::Bool(value) => return build::bool_const(*value),
            Constant::Int(value) if repr == Repr::I64 => Const::I64(*value as i64),
            Constant::Int(value) => Const::I32(*value as i32),
            Constant::Float(value) => Const::F32(value.to_bits()),
            Constant::Double(value) => Const::F64(value.to_bits()),
            Constant::Text(bytes) => return build::text(bytes.to_vec()),
            Constant::Decimal(value) => return self.decimal(*value),
        };
        Code::new(ExprKind::Const(value), repr)
    }

    /// A constant `decimal`, made of its parts as C#'s compilers make it.
    fn decimal(&mut self, value: dotnet::format::Decimal) -> Code {
        let [low, middle, high, _] = value.bits();
        let parts = [
            build::i32_const(low),
            build::i32_const(middle),
            build::i32_const(high),
            build::bool_const(value.is_negative()),
            build::i32_const(i32::try_from(value.scale()).unwrap_or(0)),
        ];
        let constructor = lookup::constructors(DECIMAL).into_iter().find(|found| found.member.parameters.len() == 5);
        match constructor {
            Some(found) => build::call(found.member.def, parts.into(), Repr::Ref),
            None => {
                self.all.has_unknown = true;
                build::default_value(DECIMAL)
            }
        }
    }

    /// The value of a variable.
    pub fn read(&mut self, id: VariableId) -> Code {
        let ty = self.all.binder.type_of(id);
        let local = self.local(id);
        Code::new(ExprKind::Local(local), repr_of(ty))
    }

    /// Assigns a variable; the value is the one assigned.
    pub fn set(&mut self, id: VariableId, value: &Expr) -> Code {
        let value = self.expr(value);
        let local = self.local(id);
        let repr = value.repr;
        Code::new(ExprKind::Set(local, Box::new(value)), repr)
    }

    /// Keeps a value in a temporary.
    pub fn keep(&mut self, id: VariableId, value: &Expr) -> Stmt {
        if self.all.captures.is_shared(id) {
            let value = self.expr(value);
            let local = self.local(id);
            return Stmt::Declare(local, Some(value));
        }
        Stmt::Expr(self.set(id, value))
    }

    /// One step of a conversion.
    fn converted(&mut self, inner: &Expr, step: Step, to: Ty) -> Code {
        let value = self.expr(inner);
        let target = build::type_const(erased(to));
        match step {
            Step::Reference => Code { repr: repr_of(to), ..value },
            Step::Numeric { from, to, checked } => {
                let overflow = if checked { Overflow::Throw } else { Overflow::Wrap };
                match (number(from), number(to)) {
                    (Some(from), Some(to)) if from != to => {
                        Code::new(ExprKind::Convert(from, to, overflow, Box::new(value)), to.repr())
                    }
                    _ => value,
                }
            }
            Step::Downcast => build::runtime("Cast", vec![target, value], Repr::Ref),
            Step::Unbox if to.nullable_inner().is_some() => build::runtime("Cast", vec![target, value], Repr::Ref),
            Step::Unbox => build::runtime("Unbox", vec![target, not_null(value)], repr_of(to)),
            Step::Box => build::boxed(erased(inner.ty), value),
            Step::Wrap => build::boxed(erased(underlying(to)), value),
            Step::Unwrap => match lookup::members(inner.ty, "Value") {
                Members::Value(Some(found), _) => build::call(found.member.def, vec![value], repr_of(to)),
                _ => {
                    self.all.has_unknown = true;
                    value
                }
            },
        }
    }

    /// Texts put together. Neighbouring constants become one.
    fn concat(&mut self, parts: &[Expr]) -> Code {
        let mut texts: Vec<Code> = Vec::new();
        for part in parts {
            if let Some(bytes) = constant_text(part) {
                if bytes.is_empty() {
                    continue;
                }
                if let Some(Code { kind: ExprKind::Const(Const::Text(known)), .. }) = texts.last_mut() {
                    let mut joined = known.to_vec();
                    dotnet::wtf8::append(&mut joined, &bytes);
                    *known = joined.into();
                    continue;
                }
                texts.push(build::text(bytes));
                continue;
            }
            let value = self.expr(part);
            texts.push(build::text_of(erased(part.ty), value));
        }
        match texts.as_slice() {
            [] => build::text(Vec::new()),
            // A text that is computed here is never null.
            [Code { kind: ExprKind::Call(..) | ExprKind::Const(_), .. }] if !is_string_part(parts) => {
                texts.pop().unwrap_or_else(build::null)
            }
            [Code { kind: ExprKind::Const(_), .. }] => texts.pop().unwrap_or_else(build::null),
            _ => Code::new(ExprKind::Concat(texts), Repr::Ref),
        }
    }

    fn format(&mut self, format: &Format) -> Code {
        let ty = erased(format.value.ty);
        let value = self.expr(&format.value);
        let text = match &format.format {
            Some(bytes) => build::text(bytes.to_vec()),
            None => build::null(),
        };
        let width = build::i32_const(format.width);
        build::runtime("Format", vec![build::type_const(ty), value, text, width], Repr::Ref)
    }

    /// `typeof(T)`
    fn type_of(&mut self, ty: Ty, expr: &Expr) -> Code {
        let found = match lookup::members(expr.ty, "GetTypeFromHandle") {
            Members::Methods(methods) => methods.into_iter().find(|found| found.member.arity == 1),
            _ => None,
        };
        match found {
            Some(found) => build::call(found.member.def, vec![build::type_const(erased(ty))], Repr::Ref),
            None => {
                self.all.not_supported(expr.span, "`typeof` is not supported");
                build::null()
            }
        }
    }

    /// A property or indexer that is read.
    fn property(&mut self, property: &Property, ty: Ty) -> Code {
        self.note_body(property);
        let Some(found) = property.getter else {
            self.all.not_supported(
                property.receiver.as_ref().map_or_else(csharp::span::Span::default, |receiver| receiver.span),
                format!("`{}` can only be written", property.name),
            );
            return build::default_value(erased(ty));
        };
        let call = Call {
            found,
            type_args: Vec::new(),
            receiver: property.receiver.clone(),
            arguments: property.arguments.clone(),
        };
        if is_array_length(&call) {
            let array = property.receiver.as_ref().map(|receiver| self.expr(receiver));
            if let Some(array) = array {
                return Code::new(ExprKind::ArrayLength(Box::new(array)), Repr::I32);
            }
        }
        self.call(&call, ty)
    }

    /// Notes that the body of the request or of the response may be read.
    fn note_body(&mut self, property: &Property) {
        let (Some(found), Some(receiver)) = (property.getter, &property.receiver) else { return };
        if found.member.name != "Body" || is_from_object(receiver) {
            return;
        }
        match found.owner.def.name {
            "IRequest" => self.all.reads_request_body = true,
            "IResponse" => self.all.reads_response_body = true,
            _ => {}
        }
    }

    /// An element of an array that is read.
    fn element(&mut self, array: &Expr, indexes: &[Expr], ty: Ty) -> Code {
        let element = erased(ty);
        let array = self.expr(array);
        if let [index] = indexes {
            let index = self.position(index);
            return Code::new(ExprKind::ArrayGet(element, Box::new(array), Box::new(index)), repr_of(ty));
        }
        let local = self.fresh(Repr::Ref);
        let keep = Stmt::Expr(Code::new(ExprKind::Set(local, Box::new(array)), Repr::Ref));
        let read = Code::new(ExprKind::Local(local), Repr::Ref);
        let position = self.cell(read.clone(), indexes);
        let get = Code::new(ExprKind::ArrayGet(element, Box::new(read), Box::new(position)), repr_of(ty));
        sequence(vec![keep], get)
    }

    /// The place of an element of an array of several dimensions.
    pub fn cell(&mut self, array: Code, indexes: &[Expr]) -> Code {
        let indexes = indexes.iter().map(|index| self.length(index)).collect();
        let position = Code::new(ExprKind::ArrayPosition(Box::new(not_null(array)), indexes), Repr::I32);
        Code::new(ExprKind::Convert(Number::I32, Number::I64, Overflow::Wrap, Box::new(position)), Repr::I64)
    }

    /// An index as a 64-bit number; negative ones become large and lie outside of every array.
    pub fn position(&mut self, index: &Expr) -> Code {
        let value = self.expr(index);
        match Numeric::of(index.ty).and_then(number) {
            Some(from) if value.repr == Repr::I32 => match &value.kind {
                ExprKind::Const(Const::I32(constant)) if from == Number::I32 => {
                    Code::new(ExprKind::Const(Const::I64(i64::from(*constant))), Repr::I64)
                }
                _ => Code::new(ExprKind::Convert(from, Number::I64, Overflow::Wrap, Box::new(value)), Repr::I64),
            },
            _ => value,
        }
    }

    /// A length or an index of several dimensions as a 32-bit number.
    fn length(&mut self, length: &Expr) -> Code {
        let value = self.expr(length);
        match Numeric::of(length.ty).and_then(number) {
            Some(from) if from != Number::I32 => {
                Code::new(ExprKind::Convert(from, Number::I32, Overflow::Throw, Box::new(value)), Repr::I32)
            }
            _ => value,
        }
    }
}

/// The type of numbers as `ir` knows it; none for `decimal`.
pub fn number(kind: Numeric) -> Option<Number> {
    Some(match kind {
        Numeric::SByte => Number::I8,
        Numeric::Byte => Number::U8,
        Numeric::Short => Number::I16,
        Numeric::UShort | Numeric::Char => Number::U16,
        Numeric::Int => Number::I32,
        Numeric::UInt => Number::U32,
        Numeric::Long => Number::I64,
        Numeric::ULong => Number::U64,
        Numeric::Float => Number::F32,
        Numeric::Double => Number::F64,
        Numeric::Decimal => return None,
    })
}

/// Statements, then a value; the value alone if there are none.
pub fn sequence(mut stmts: Vec<Stmt>, value: Code) -> Code {
    if stmts.is_empty() {
        return value;
    }
    let repr = value.repr;
    // A sequence in a sequence is one.
    let value = match value.kind {
        ExprKind::Sequence(more, inner) => {
            stmts.extend(more);
            *inner
        }
        kind => Code { kind, repr },
    };
    Code::new(ExprKind::Sequence(stmts, Box::new(value)), repr)
}

/// One value or the other.
pub fn if_else(condition: Code, then: Code, otherwise: Code, repr: Repr) -> Code {
    Code::new(ExprKind::If(Box::new(condition), Box::new(then), Box::new(otherwise)), repr)
}

/// Whether a reference is null.
pub fn is_null(value: Code) -> Code {
    Code::new(ExprKind::IsNull(Box::new(value)), Repr::I32)
}

/// A reference that must not be null.
pub fn not_null(value: Code) -> Code {
    let repr = value.repr;
    Code::new(ExprKind::NotNull(Box::new(value)), repr)
}

/// The text of a constant part of a concatenation.
fn constant_text(part: &Expr) -> Option<Vec<u8>> {
    match &part.constant {
        Some(Constant::Text(bytes)) => Some(bytes.to_vec()),
        Some(Constant::Null) => Some(Vec::new()),
        Some(Constant::Int(value)) if part.ty == crate::expression::types::CHAR => {
            let mut bytes = Vec::new();
            dotnet::wtf8::push_unit(&mut bytes, u16::try_from(*value).ok()?);
            Some(bytes)
        }
        _ => None,
    }
}

/// Whether a part that is no constant is a string, and so may be null.
fn is_string_part(parts: &[Expr]) -> bool {
    parts.iter().any(|part| part.ty == STRING && constant_text(part).is_none() && !matches!(part.kind, Kind::Format(_)))
}

/// Whether a call asks an array of one dimension for its length.
fn is_array_length(call: &Call) -> bool {
    call.found.member.name == "Length"
        && std::ptr::eq(call.found.owner.def, &raw const catalogue::ARRAY)
        && call.receiver.as_ref().is_some_and(|receiver| receiver.ty.element().is_some())
}

/// Whether a value was cast from an object: a response that a variable holds, not the one of the request.
fn is_from_object(receiver: &Expr) -> bool {
    match &receiver.kind {
        Kind::Convert(_, Step::Downcast) | Kind::As(..) => true,
        Kind::Call(call) => !call.type_args.is_empty(),
        Kind::Let(_, value, _) => is_from_object(value),
        _ => false,
    }
}
