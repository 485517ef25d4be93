//! Expressions computed for their effect alone, and assignments.

use dotnet::word::Repr;
use ir::build;
use ir::tree::{Expr as Code, ExprKind, Stmt};

use super::exprs::{not_null, sequence};
use super::{Writer, repr_of};
use crate::expression::bound::{Call, Expr, Kind, Property};
use crate::expression::expressions::assign::is_tuple_element;
use crate::expression::expressions::member::tuple_element;
use crate::expression::tables::lookup;
use crate::expression::types::{erased, is_reference, tuple_elements};

impl Writer<'_, '_, '_> {
    /// Computes an expression and drops its value.
    pub fn effect(&mut self, expr: &Expr, out: &mut Vec<Stmt>) {
        match &expr.kind {
            Kind::Constant | Kind::Default | Kind::Context => {}
            Kind::Let(id, value, body) => {
                let keep = self.keep(*id, value);
                out.push(keep);
                self.effect(body, out);
            }
            Kind::Effects(effects, value) => {
                effects.iter().for_each(|effect| self.effect(effect, out));
                self.effect(value, out);
            }
            Kind::Conditional(parts) => {
                let condition = self.expr(&parts.0);
                let (mut then, mut otherwise) = (Vec::new(), Vec::new());
                self.effect(&parts.1, &mut then);
                self.effect(&parts.2, &mut otherwise);
                out.push(Stmt::If(condition, then, otherwise));
            }
            Kind::Assign(target, value) => {
                let code = self.assign(target, value, false);
                self.drop_value(code, out);
            }
            Kind::Convert(inner, crate::expression::bound::Step::Wrap | crate::expression::bound::Step::Box) => {
                self.effect(inner, out);
            }
            // A variable that is read has no effect.
            Kind::Variable(_) => {}
            _ => {
                let code = self.expr(expr);
                self.drop_value(code, out);
            }
        }
    }

    /// The statements of a sequence whose value nobody wants.
    fn drop_value(&mut self, code: Code, out: &mut Vec<Stmt>) {
        match code.kind {
            ExprKind::Sequence(stmts, value) => {
                out.extend(stmts);
                self.drop_value(*value, out);
            }
            ExprKind::Const(_) | ExprKind::Local(_) => {}
            kind => out.push(Stmt::Expr(Code { kind, repr: code.repr })),
        }
    }

    /// `target = value`. `wanted`: the value is used.
    pub fn assign(&mut self, target: &Expr, value: &Expr, wanted: bool) -> Code {
        match &target.kind {
            Kind::Variable(id) => self.set(*id, value),
            Kind::Element(array, indexes) => self.set_element(array, indexes, target, value),
            Kind::Property(property) if is_tuple_element(target) => self.set_tuple(property, value),
            Kind::Property(property) => self.assign_property(property, value, wanted),
            _ => {
                self.all.has_unknown = true;
                build::default_value(erased(target.ty))
            }
        }
    }

    fn assign_property(&mut self, property: &Property, value: &Expr, wanted: bool) -> Code {
        let repr = repr_of(value.ty);
        let Some(found) = property.setter else {
            self.all.has_unknown = true;
            return build::default_value(erased(value.ty));
        };
        let call = Call {
            found,
            type_args: Vec::new(),
            receiver: property.receiver.clone(),
            arguments: property.arguments.clone(),
        };
        let mut stmts = Vec::new();
        if !wanted {
            let value = self.expr(value);
            self.set_property(&call, value, &mut stmts);
            return sequence(stmts, build::i32_const(0));
        }
        // Receiver and arguments come first, then the value, which is kept because it is used.
        let local = self.fresh(repr);
        let code = self.expr(value);
        let kept = Code::new(ExprKind::Set(local, Box::new(code)), repr);
        self.set_property(&call, kept, &mut stmts);
        sequence(stmts, Code::new(ExprKind::Local(local), repr))
    }

    fn set_element(&mut self, array: &Expr, indexes: &[Expr], target: &Expr, value: &Expr) -> Code {
        let element = erased(target.ty);
        let repr = repr_of(target.ty);
        // An array of a base type may hold less than its type says: the element is checked.
        let checks = is_reference(element) && !element.is_sealed() && !value.is_null_literal();
        if !checks && indexes.len() == 1 {
            let array = self.expr(array);
            let index = indexes.first().map_or_else(|| build::i32_const(0), |index| self.position(index));
            let value = self.expr(value);
            return Code::new(ExprKind::ArraySet(element, Box::new(array), Box::new(index), Box::new(value)), repr);
        }
        let mut stmts = Vec::new();
        let array = self.expr(array);
        let array = self.in_local(array, &mut stmts);
        let index = match indexes {
            [index] => self.position(index),
            _ => self.cell(array.clone(), indexes),
        };
        let index = self.in_local(index, &mut stmts);
        let value = self.expr(value);
        let value = self.in_local(value, &mut stmts);
        if checks {
            let check = build::runtime("CheckStore", vec![not_null(array.clone()), value.clone()], Repr::Void);
            stmts.push(Stmt::Expr(check));
        }
        let set = ExprKind::ArraySet(element, Box::new(array), Box::new(index), Box::new(value));
        sequence(stmts, Code::new(set, repr))
    }

    /// An element of a tuple in a variable: the variable gets a new tuple.
    fn set_tuple(&mut self, property: &Property, value: &Expr) -> Code {
        let repr = repr_of(value.ty);
        let at = property.name.strip_prefix("Item").and_then(|number| number.parse::<usize>().ok());
        let (Some(receiver), Some(at)) = (&property.receiver, at) else {
            self.all.has_unknown = true;
            return build::default_value(erased(value.ty));
        };
        let elements = tuple_elements(receiver.ty).unwrap_or(&[]);
        let constructor =
            lookup::constructors(receiver.ty).into_iter().find(|found| found.member.parameters.len() == elements.len());
        let Some(found) = constructor else {
            self.all.has_unknown = true;
            return build::default_value(erased(value.ty));
        };
        let local = self.fresh(repr);
        let code = self.expr(value);
        let mut stmts = vec![Stmt::Expr(Code::new(ExprKind::Set(local, Box::new(code)), repr))];
        let mut words = Vec::with_capacity(elements.len());
        for (index, ty) in elements.iter().enumerate() {
            words.push(if index + 1 == at {
                Code::new(ExprKind::Local(local), repr)
            } else {
                self.expr(&tuple_element(receiver.clone(), index, *ty, receiver.span))
            });
        }
        words.push(build::type_const(erased(receiver.ty)));
        let made = build::call(found.member.def, words, Repr::Ref);
        match &receiver.kind {
            Kind::Variable(id) => {
                let variable = self.local(*id);
                stmts.push(Stmt::Expr(Code::new(ExprKind::Set(variable, Box::new(made)), Repr::Ref)));
            }
            // A tuple inside of a tuple is assigned in its turn.
            _ => self.all.not_supported(receiver.span, "elements of a tuple in a tuple cannot be assigned"),
        }
        sequence(stmts, Code::new(ExprKind::Local(local), repr))
    }
}
