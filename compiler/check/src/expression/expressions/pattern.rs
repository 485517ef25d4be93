//! `is`, `as`, and the patterns of `is` and `case`: tests over a value that is evaluated once.

use csharp::span::Span;
use csharp::tree::{ExprId, Ident, Pattern, TypeId, TypeKind};
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Binary, Expr, Kind, Operator, Step, VariableKind};
use crate::expression::constant::Constant;
use crate::expression::conversion;
use crate::expression::convert::{NO_CONVERSION, step, unwrapped};
use crate::expression::rules::rules;
use crate::expression::tables::names::{self, Visible};
use crate::expression::types::{BOOL, NONE, STRING, UNKNOWN, VOID, is_reference, nullable, same, underlying};

rules! {
    /// A pattern asks for a type that the value never has.
    IMPOSSIBLE_PATTERN: "impossible-pattern", Error, "the value never has this type", ["CS8121"];
    /// `as` with a type that has no null.
    AS_VALUE_TYPE: "as-value-type", Error, "`as` gives null where the type does not fit", ["CS0077"];
    /// `as` between types that have nothing to do with each other.
    NO_AS: "no-as", Error, "the value never has this type", ["CS0039"];
    /// A constant is needed.
    NOT_CONSTANT: "not-constant", Error, "a constant is needed", ["CS0150", "CS0133"];
    /// `is` and `as` of something that has no type.
    NO_TYPE_TO_TEST: "no-type-to-test", Error, "this has no type to test", ["CS8117", "CS0837"];
}

impl Binder<'_> {
    /// `value is pattern`
    pub fn is_expr(&mut self, value: ExprId, pattern: Pattern, span: Span) -> Expr {
        let value = self.value(value);
        let value = self.natural(value);
        let value = self.tested(value);
        let (temporary, read) = self.temporary_for(&value);
        let test = self.pattern(&read, pattern, span);
        if value.ty == UNKNOWN {
            return Expr::new(Kind::Error, BOOL, span);
        }
        Expr::new(Kind::Let(temporary, Box::new(value), Box::new(test)), BOOL, span)
    }

    /// What is tested: something that has a type.
    fn tested(&mut self, value: Expr) -> Expr {
        match value.kind {
            // `null is string` is false, whatever the type.
            Kind::Null => self.convert(value, crate::expression::types::OBJECT),
            _ if value.ty == NONE || value.ty == VOID => {
                let span = value.span;
                let before = self.sink.errors;
                self.settle_expr(value);
                if self.sink.errors == before {
                    self.refuse(&NO_TYPE_TO_TEST, "CS0837", span, "this has no type to test");
                }
                Expr::error(span)
            }
            _ => value,
        }
    }

    /// Whether `subject`, a variable, matches a pattern.
    pub fn pattern(&mut self, subject: &Expr, pattern: Pattern, span: Span) -> Expr {
        match pattern {
            Pattern::Constant(value) => {
                let value = self.value(value);
                self.constant_pattern(subject, value, span)
            }
            Pattern::Type(ty) => match self.constant_named(ty) {
                Some(value) => self.constant_pattern(subject, value, span),
                None => {
                    let to = self.ty(ty);
                    self.type_pattern(subject, to, None, self.tree.ty(ty).span)
                }
            },
            Pattern::Declaration { ty, name } => self.declaration_pattern(subject, ty, name),
        }
    }

    /// The constant that stands where a type may stand: `n is Limit`.
    fn constant_named(&mut self, id: TypeId) -> Option<Expr> {
        let node = *self.tree.ty(id);
        match node.kind {
            TypeKind::Name(name) if name.type_args.is_empty() => {
                let text = self.text(name.ident);
                let id = match self.scope.find(&text)? {
                    crate::expression::scope::Entry::Variable(id) => id,
                    _ => return None,
                };
                match self.variable(id).map(|variable| (variable.kind.clone(), variable.ty))? {
                    (VariableKind::Const(Some(constant)), ty) => Some(Expr::constant(constant, ty, node.span)),
                    _ => None,
                }
            }
            // A constant of an enumeration: `kind is JTokenType.Array`.
            TypeKind::Qualified { left, name } if name.type_args.is_empty() => {
                let owner = match self.tree.ty(left).kind {
                    TypeKind::Name(owner) if owner.type_args.is_empty() => self.text(owner.ident).into_owned(),
                    _ => return None,
                };
                let Visible::One(def) = names::visible(&owner, 0) else { return None };
                let text = self.text(name.ident).into_owned();
                let (_, value) = def.constants.iter().find(|(constant, _)| *constant == text)?;
                let ty = Ty::construct(def, &[]);
                self.note_type(left, ty);
                Some(Expr::constant(Constant::Int((*value).into()), ty, node.span))
            }
            _ => None,
        }
    }

    fn declaration_pattern(&mut self, subject: &Expr, ty: TypeId, name: Ident) -> Expr {
        let node = *self.tree.ty(ty);
        let is_var = matches!(node.kind, TypeKind::Var);
        let to = if is_var { subject.ty } else { self.ty(ty) };
        if is_var {
            self.note_type(ty, to);
        }
        let is_discard = self.text(name) == "_";
        let variable = (!is_discard).then(|| self.declare(name, to, VariableKind::Local));
        if is_var {
            return match variable {
                Some(id) => Expr::new(Kind::Capture(id, Box::new(subject.clone())), BOOL, node.span),
                None => Expr::constant(Constant::Bool(true), BOOL, node.span),
            };
        }
        self.type_pattern(subject, to, variable, node.span)
    }

    /// Whether a value is of a type; with a variable, which then holds it.
    fn type_pattern(
        &mut self,
        subject: &Expr,
        to: Ty,
        variable: Option<crate::expression::bound::VariableId>,
        span: Span,
    ) -> Expr {
        if to == UNKNOWN || subject.ty == UNKNOWN {
            return Expr::new(Kind::Error, BOOL, span);
        }
        if to == VOID {
            self.report_void_type(span);
            return Expr::new(Kind::Error, BOOL, span);
        }
        if variable.is_some() && to.nullable_inner().is_some() {
            let message =
                format!("a pattern cannot ask for `{to}`: `{}` matches where there is a value", underlying(to));
            self.refuse(&IMPOSSIBLE_PATTERN, "CS8116", span, message);
            return Expr::new(Kind::Error, BOOL, span);
        }
        let test = self.type_test(subject, to, variable.is_some(), span);
        let Some(variable) = variable else { return test };
        let value = self.matched(subject.clone(), to);
        let capture = Expr::new(Kind::Capture(variable, Box::new(value)), BOOL, span);
        Expr::new(Kind::And(Box::new(test), Box::new(capture)), BOOL, span)
    }

    /// Whether a value is of a type. What is known beforehand is only a question of null.
    fn type_test(&mut self, subject: &Expr, to: Ty, is_pattern: bool, span: Span) -> Expr {
        let (from, target) = (subject.ty, underlying(to));
        let truth = |value: bool| Expr::constant(Constant::Bool(value), BOOL, span);
        if from.is_value_type() && target.is_value_type() {
            let inner = underlying(from);
            return match (same(inner, target), from.nullable_inner().is_some()) {
                (true, true) => super::binary::negated(Expr::new(Kind::IsNull(Box::new(subject.clone())), BOOL, span)),
                // Known beforehand, but no constant: both branches of a condition stay reachable.
                (true, false) => truth(true).without_constant(true),
                (false, _) if is_pattern => {
                    self.report_impossible(from, to, span);
                    truth(false)
                }
                (false, _) => truth(false).without_constant(false),
            };
        }
        let may_be = conversion::standard_explicit(from, to).is_some();
        if !may_be {
            if is_pattern {
                self.report_impossible(from, to, span);
            }
            return truth(false).without_constant(false);
        }
        if from.is_value_type() {
            return match from.nullable_inner() {
                Some(_) => super::binary::negated(Expr::new(Kind::IsNull(Box::new(subject.clone())), BOOL, span)),
                None => truth(true).without_constant(true),
            };
        }
        Expr::new(Kind::TypeTest(Box::new(subject.clone()), target), BOOL, span)
    }

    fn report_impossible(&mut self, from: Ty, to: Ty, span: Span) {
        self.refuse(&IMPOSSIBLE_PATTERN, "CS8121", span, format!("a `{from}` is never a `{to}`"));
    }

    /// A value as one of a type that it was tested to have.
    fn matched(&mut self, subject: Expr, to: Ty) -> Expr {
        match conversion::standard_explicit(subject.ty, to) {
            Some(conversion) => self.apply(subject, conversion, to),
            None => Expr::new(Kind::Error, to, subject.span),
        }
    }

    /// Whether a value equals a constant.
    pub fn constant_pattern(&mut self, subject: &Expr, value: Expr, span: Span) -> Expr {
        if value.ty == UNKNOWN || subject.ty == UNKNOWN {
            self.settle_expr(value);
            return Expr::new(Kind::Error, BOOL, span);
        }
        let is_null = value.is_null_literal();
        if is_null || matches!(value.constant, Some(Constant::Null)) {
            if !subject.ty.admits_null() {
                self.report_no_conversion(&value, subject.ty);
                return Expr::new(Kind::Error, BOOL, span);
            }
            return Expr::new(Kind::IsNull(Box::new(subject.clone())), BOOL, span);
        }
        let inner = underlying(subject.ty);
        // A value of a known type is compared as that type, another one is tested first.
        let compares_directly = inner.is_value_type() || inner == STRING;
        if value.constant.is_none() {
            if self.implicit_from(&value, inner).is_none() && compares_directly {
                self.report_no_conversion(&value, inner);
            } else {
                let before = self.sink.errors;
                self.settle_expr(value.clone());
                if self.sink.errors == before {
                    self.refuse(&NOT_CONSTANT, "CS0150", value.span, "a pattern compares with a constant");
                }
            }
            return Expr::new(Kind::Error, BOOL, span);
        }
        if compares_directly {
            let value = self.convert(value, inner);
            if matches!(value.kind, Kind::Error) {
                return Expr::new(Kind::Error, BOOL, span);
            }
            let is_nullable = subject.ty.nullable_inner().is_some();
            let read = if is_nullable { unwrapped(subject.clone()) } else { subject.clone() };
            let equal = equals(read, value, span);
            if !is_nullable {
                return equal;
            }
            let some = super::binary::negated(Expr::new(Kind::IsNull(Box::new(subject.clone())), BOOL, span));
            return Expr::new(Kind::And(Box::new(some), Box::new(equal)), BOOL, span);
        }
        if conversion::standard_explicit(subject.ty, value.ty).is_none() {
            let message = format!("a `{}` is never equal to a `{}`", subject.ty, value.ty);
            self.refuse(&NO_CONVERSION, "CS0029", value.span, message);
            return Expr::new(Kind::Error, BOOL, span);
        }
        let test = Expr::new(Kind::TypeTest(Box::new(subject.clone()), value.ty), BOOL, span);
        let same_type = self.matched(subject.clone(), value.ty);
        let equal = equals(same_type, value, span);
        Expr::new(Kind::And(Box::new(test), Box::new(equal)), BOOL, span)
    }

    /// `value as T`
    pub fn as_expr(&mut self, value: ExprId, ty: TypeId, span: Span) -> Expr {
        let value = self.value(value);
        let value = self.natural(value);
        let to = self.ty(ty);
        if to == UNKNOWN || value.ty == UNKNOWN {
            self.settle_expr(value);
            return Expr::new(Kind::Error, to, span);
        }
        if to == VOID || !to.admits_null() {
            let message = format!("`as` gives null where the type does not fit, and `{to}` has no null");
            let help = format!("`as {}` would do, or a cast", nullable(to));
            self.refuse(&AS_VALUE_TYPE, "CS0077", span, message).help(help);
            return Expr::new(Kind::Error, UNKNOWN, span);
        }
        if value.is_null_literal() {
            return self.convert(value, to);
        }
        let value = self.tested(value);
        if value.ty == UNKNOWN {
            return Expr::new(Kind::Error, to, span);
        }
        let implicit = conversion::standard_implicit(value.ty, to);
        if let Some(conversion) = implicit {
            let mut converted = self.apply(value, conversion, to);
            converted.span = span;
            converted.constant = None;
            return converted;
        }
        let explicit = conversion::standard_explicit(value.ty, to);
        let possible = matches!(explicit, Some(conversion::Conversion::Downcast | conversion::Conversion::Unbox));
        // `object as int?` unboxes.
        let unboxes = to.nullable_inner().is_some() && is_reference(value.ty);
        if !possible && !unboxes {
            let message = format!("a `{}` is never a `{to}`", value.ty);
            self.refuse(&NO_AS, "CS0039", span, message);
            return Expr::new(Kind::Error, to, span);
        }
        let value =
            if value.ty.is_value_type() { step(value, Step::Box, crate::expression::types::OBJECT) } else { value };
        Expr::new(Kind::As(Box::new(value), to), to, span)
    }
}

/// Whether two values of one type are equal, the second a constant.
fn equals(left: Expr, right: Expr, span: Span) -> Expr {
    use crate::expression::types::Numeric;
    let operator = match Numeric::of(left.ty) {
        Some(kind) => Operator::Numeric(kind),
        None if left.ty == STRING => Operator::Text,
        None if left.ty.is_enum() => Operator::Enum,
        None => Operator::Bool,
    };
    let binary = Binary { op: csharp::tree::BinaryOp::Equal, operator, left, right, lifted: false, checked: false };
    Expr::new(Kind::Binary(Box::new(binary)), BOOL, span)
}

impl Expr {
    /// A truth that is known beforehand, but is no constant expression.
    fn without_constant(self, value: bool) -> Self {
        let inner = Self::constant(Constant::Bool(value), BOOL, self.span);
        Self::new(Kind::Effects(Vec::new(), Box::new(inner)), BOOL, self.span)
    }
}
