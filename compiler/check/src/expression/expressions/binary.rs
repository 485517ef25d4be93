//! Operators with two operands.

use csharp::span::Span;
use csharp::tree::{BinaryOp, ExprId, Passing};
use dotnet::catalogue::signature::operator_name;
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Binary, Expr, Kind, Operator};
use crate::expression::constant::{self, Constant, Fault};
use crate::expression::conversion;
use crate::expression::describe::shown;
use crate::expression::resolution::{Callee, Candidate, Failure, Given};
use crate::expression::rules::rules;
use crate::expression::tables::lookup;
use crate::expression::types::{
    BOOL, DECIMAL, INT, NONE, Numeric, OBJECT, STRING, UNKNOWN, VOID, is_reference, nullable, same, underlying,
};

rules! {
    /// No operator takes these operands.
    NO_OPERATOR: "no-operator", Error, "no operator takes these operands", ["CS0019", "CS0034"];
    /// A constant expression overflows.
    CONSTANT_OVERFLOW: "constant-overflow", Error, "the constant overflows", ["CS0220"];
    /// A constant is divided by zero.
    DIVISION_BY_ZERO: "division-by-zero", Error, "a constant is divided by zero", ["CS0020"];
    /// An object is compared with a string by reference.
    REFERENCE_COMPARISON: "reference-comparison", Warning, "this compares references, not texts", ["CS0252", "CS0253"];
}

impl Binder<'_> {
    /// `left op right`
    pub fn binary(&mut self, id: ExprId, op: BinaryOp, left: ExprId, right: ExprId) -> Expr {
        let span = self.tree.expr(id).span;
        if op == BinaryOp::Coalesce {
            return self.coalesce(left, right, span);
        }
        let left = self.value(left);
        let right = self.value(right);
        match op {
            BinaryOp::And | BinaryOp::Or => self.logical(op, left, right, span),
            _ => self.operate(op, left, right, span),
        }
    }

    fn logical(&mut self, op: BinaryOp, left: Expr, right: Expr, span: Span) -> Expr {
        if left.ty == UNKNOWN || right.ty == UNKNOWN {
            self.settle_expr(left);
            self.settle_expr(right);
            return Expr::new(Kind::Error, BOOL, span);
        }
        let both = self.implicit_from(&left, BOOL).is_some() && self.implicit_from(&right, BOOL).is_some();
        if !both {
            return self.no_operator(op, &left, &right, span);
        }
        let (left, right) = (self.convert(left, BOOL), self.convert(right, BOOL));
        let constant = match (op, left.constant.as_ref().and_then(Constant::as_bool)) {
            (BinaryOp::And, Some(false)) if right.constant.is_some() => Some(false),
            (BinaryOp::Or, Some(true)) if right.constant.is_some() => Some(true),
            (_, Some(_)) => right.constant.as_ref().and_then(Constant::as_bool),
            _ => None,
        };
        let (left, right) = (Box::new(left), Box::new(right));
        let kind = if op == BinaryOp::And { Kind::And(left, right) } else { Kind::Or(left, right) };
        Expr { kind, ty: BOOL, span, constant: constant.map(Constant::Bool) }
    }

    /// An operation whose operands are both evaluated.
    pub fn operate(&mut self, op: BinaryOp, left: Expr, right: Expr, span: Span) -> Expr {
        let (left, right) = (self.natural(left), self.natural(right));
        if left.ty == UNKNOWN || right.ty == UNKNOWN {
            let ty = match op {
                _ if is_comparison(op) => BOOL,
                BinaryOp::Add if left.ty == STRING || right.ty == STRING => STRING,
                _ => UNKNOWN,
            };
            self.settle_expr(left);
            self.settle_expr(right);
            return Expr::new(Kind::Error, ty, span);
        }
        let is_value = |expr: &Expr| match expr.kind {
            Kind::Null => true,
            Kind::Default => true,
            _ => expr.ty != NONE && expr.ty != VOID,
        };
        if !is_value(&left) || !is_value(&right) {
            return self.no_operator(op, &left, &right, span);
        }
        let (left, right) = self.with_defaults(left, right);
        if let Some(result) = self.user_operator(op, &left, &right, span) {
            return result;
        }
        let (a, b) = (underlying(left.ty), underlying(right.ty));
        if op == BinaryOp::Add && (a == STRING || b == STRING) {
            return concat(left, right, span);
        }
        if is_equality(op)
            && let Some(result) = self.equality(op, &left, &right, span)
        {
            return result;
        }
        if let Some(kinds) = self.enum_operands(op, &left, &right) {
            return self.predefined_operation(op, Operator::Enum, left, right, kinds, span);
        }
        if let Some(kind) = self.promoted(op, &left, &right) {
            return self.numeric_operation(op, kind, left, right, span);
        }
        let bools = |ty: Ty, expr: &Expr| ty == BOOL || expr.is_null_literal();
        let is_bool_op = matches!(op, BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor) || is_equality(op);
        if is_bool_op && (a == BOOL || b == BOOL) && bools(a, &left) && bools(b, &right) {
            let kinds = Operands { left: BOOL, right: BOOL, result: BOOL };
            return self.predefined_operation(op, Operator::Bool, left, right, kinds, span);
        }
        self.no_operator(op, &left, &right, span)
    }

    /// `default` takes the type of the other operand.
    fn with_defaults(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        let is_default = |expr: &Expr| matches!(expr.kind, Kind::Default) && expr.ty == NONE;
        match (is_default(&left), is_default(&right)) {
            (true, false) if right.ty != NONE => {
                let ty = right.ty;
                (self.convert(left, ty), right)
            }
            (false, true) if left.ty != NONE => {
                let ty = left.ty;
                (left, self.convert(right, ty))
            }
            _ => (left, right),
        }
    }

    /// Tells that no operator takes the operands.
    fn no_operator(&mut self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Expr {
        let before = self.sink.errors;
        self.settle_expr(left.clone());
        self.settle_expr(right.clone());
        let ty = if is_comparison(op) || matches!(op, BinaryOp::And | BinaryOp::Or) { BOOL } else { UNKNOWN };
        if self.sink.errors > before || left.ty == UNKNOWN || right.ty == UNKNOWN {
            return Expr::new(Kind::Error, ty, span);
        }
        let message = format!("no operator `{}` takes {} and {}", op.text(), shown(left), shown(right));
        let help = self.operator_help(op, left, right);
        let cast = cast_of(op, left, right).map(|(operand, ty)| {
            let text = self.tree.slice(operand.span).to_owned();
            let text = if text.contains(' ') { format!("({ty})({text})") } else { format!("({ty}){text}") };
            (operand.span, ty, text)
        });
        let finding = self.refuse(&NO_OPERATOR, "CS0019", span, message);
        if let Some(help) = help {
            finding.help(help);
        }
        if let Some((place, ty, text)) = cast {
            finding.fix(format!("Cast to `{ty}`"), place, text);
        }
        Expr::new(Kind::Error, ty, span)
    }

    fn operator_help(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Option<String> {
        if let Kind::MethodGroup(group) = &left.kind {
            return Some(format!("`{}` is a method: call it", group.name));
        }
        if let Some((_, ty)) = cast_of(op, left, right) {
            return Some(format!("cast it: `({ty})…`"));
        }
        let is_array = |expr: &Expr| expr.ty.element() == Some(STRING);
        if is_equality(op) && (is_array(left) || is_array(right)) {
            return Some(String::from(
                "a header or query parameter may have several values: `.Contains(…)` asks for one",
            ));
        }
        let is_nullable_bool = |expr: &Expr| expr.ty.nullable_inner() == Some(BOOL);
        if is_nullable_bool(left) || is_nullable_bool(right) {
            return Some(String::from("a `bool?` may be null: compare it, `… == true`"));
        }
        let relational = is_comparison(op) && !is_equality(op);
        (relational && left.ty == STRING && right.ty == STRING)
            .then(|| String::from("`string.Compare(…)` orders texts"))
    }

    /// The operator that one of the operands' types declares, if one fits.
    fn user_operator(&mut self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Option<Expr> {
        let name = operator_name(op.text(), 2)?;
        let declares = |ty: Ty| {
            let ty = underlying(ty);
            ty != NONE
                && ty != STRING
                && ty != OBJECT
                && ty != DECIMAL
                && ty != BOOL
                && !ty.is_enum()
                && Numeric::of(ty).is_none()
        };
        let mut candidates: Vec<Candidate> = Vec::new();
        for ty in [left.ty, right.ty] {
            if !declares(ty) {
                continue;
            }
            for found in lookup::operators(underlying(ty), name) {
                let known = |candidate: &Candidate| {
                    candidate.found().is_some_and(|other| std::ptr::eq(other.member, found.member))
                };
                if found.member.parameters.len() == 2 && !candidates.iter().any(known) {
                    candidates.push(Candidate::member(found, false));
                }
            }
        }
        if candidates.is_empty() {
            return None;
        }
        let given = [left, right].map(|value| Given { value: value.clone(), name: None, passing: Passing::Value });
        let lifted: Vec<Candidate> = candidates.iter().filter_map(|candidate| lifted(candidate, op)).collect();
        let chosen = match self.resolve(candidates, &given, &[]) {
            Ok(applied) => applied,
            Err(Failure::Misfits(_)) => match self.resolve(lifted, &given, &[]) {
                Ok(applied) => applied,
                Err(_) => return None,
            },
            Err(_) => return None,
        };
        let Callee::Member(found) = chosen.candidate.callee else { return None };
        let result = chosen.candidate.returns;
        let is_lifted = chosen.types.first() != found.member.parameters.first().map(|p| found.filled(p.ty)).as_ref();
        let mut operands: Vec<Expr> = Vec::new();
        for ((given, conversion), ty) in given.into_iter().zip(chosen.conversions).zip(chosen.types) {
            operands.push(self.apply(given.value, conversion, ty));
        }
        let right = operands.pop()?;
        let left = operands.pop()?;
        let binary = Binary { op, operator: Operator::Member(found), left, right, lifted: is_lifted, checked: false };
        Some(Expr::new(Kind::Binary(Box::new(binary)), result, span))
    }

    /// `==` and `!=` of references, texts and nulls. None if it is for others to tell.
    fn equality(&mut self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Option<Expr> {
        match (left.is_null_literal(), right.is_null_literal()) {
            (true, true) => {
                return Some(Expr::constant(Constant::Bool(op == BinaryOp::Equal), BOOL, span));
            }
            (false, true) => return self.null_test(op, left, span),
            (true, false) => return self.null_test(op, right, span),
            _ => {}
        }
        if left.ty == STRING && right.ty == STRING {
            let constant = match (&left.constant, &right.constant) {
                (Some(a), Some(b)) => Some(Constant::Bool((a == b) == (op == BinaryOp::Equal))),
                _ => None,
            };
            let (left, right) = (left.clone(), right.clone());
            let binary = Binary { op, operator: Operator::Text, left, right, lifted: false, checked: false };
            return Some(Expr { kind: Kind::Binary(Box::new(binary)), ty: BOOL, span, constant });
        }
        if !is_reference(left.ty) || !is_reference(right.ty) {
            return None;
        }
        let comparable = |a: Ty, b: Ty| conversion::standard_explicit(a, b).is_some();
        if !comparable(left.ty, right.ty) && !comparable(right.ty, left.ty) {
            return None;
        }
        self.warn_of_references(left, right);
        let (left, right) = (left.clone(), right.clone());
        let binary = Binary { op, operator: Operator::Reference, left, right, lifted: false, checked: false };
        Some(Expr::new(Kind::Binary(Box::new(binary)), BOOL, span))
    }

    /// An object compared with a text: references are compared, which is rarely meant.
    fn warn_of_references(&mut self, left: &Expr, right: &Expr) {
        let (object, code) = match (left.ty == STRING, right.ty == STRING) {
            (true, false) => (right, "CS0253"),
            (false, true) => (left, "CS0252"),
            _ => return,
        };
        let span = object.span;
        let text = self.tree.slice(span).to_owned();
        let message =
            format!("this compares references: a `{}` and a `string` are the same object only by chance", object.ty);
        let finding = self.refuse(&REFERENCE_COMPARISON, code, span, message);
        finding.help("cast to `string` to compare the texts");
        finding.fix("Cast to `string`", span, format!("(string){text}"));
    }

    /// A comparison with `null`.
    fn null_test(&mut self, op: BinaryOp, value: &Expr, span: Span) -> Option<Expr> {
        let value = value.clone();
        if is_reference(value.ty) || value.ty.nullable_inner().is_some() {
            let test = Expr::new(Kind::IsNull(Box::new(value)), BOOL, span);
            return Some(if op == BinaryOp::Equal { test } else { negated(test) });
        }
        // A value that is never null is compared as a `T?`, if it can be compared at all.
        let comparable = Numeric::of(value.ty).is_some()
            || value.ty == BOOL
            || value.ty.is_enum()
            || !lookup::operators(value.ty, "op_Equality").is_empty();
        if !comparable {
            return None;
        }
        let result = Expr::new(Kind::Constant, BOOL, span);
        let result = Expr { constant: Some(Constant::Bool(op == BinaryOp::NotEqual)), ..result };
        Some(Expr::new(Kind::Effects(vec![value], Box::new(result)), BOOL, span))
    }

    /// The types in which an operation with an enumeration is done.
    fn enum_operands(&mut self, op: BinaryOp, left: &Expr, right: &Expr) -> Option<Operands> {
        let (a, b) = (underlying(left.ty), underlying(right.ty));
        let ty = if a.is_enum() { a } else { b };
        if !ty.is_enum() {
            return None;
        }
        let left_fits = left.is_null_literal() || self.implicit_from(left, nullable(ty)).is_some();
        let right_fits = right.is_null_literal() || self.implicit_from(right, nullable(ty)).is_some();
        let number = |binder: &mut Self, expr: &Expr| binder.implicit_from(expr, nullable(INT)).is_some();
        match op {
            BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor if left_fits && right_fits => {
                Some(Operands { left: ty, right: ty, result: ty })
            }
            _ if is_comparison(op) && left_fits && right_fits => Some(Operands { left: ty, right: ty, result: BOOL }),
            BinaryOp::Subtract if a.is_enum() && b.is_enum() && same(a, b) => {
                Some(Operands { left: ty, right: ty, result: INT })
            }
            BinaryOp::Add | BinaryOp::Subtract if a.is_enum() && number(self, right) => {
                Some(Operands { left: ty, right: INT, result: ty })
            }
            BinaryOp::Add if b.is_enum() && number(self, left) => Some(Operands { left: INT, right: ty, result: ty }),
            _ => None,
        }
    }

    /// The type of numbers in which an operation is done.
    fn promoted(&mut self, op: BinaryOp, left: &Expr, right: &Expr) -> Option<Numeric> {
        if matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Coalesce) {
            return None;
        }
        let (a, b) = (Numeric::of(underlying(left.ty)), Numeric::of(underlying(right.ty)));
        let (a, b) = match (a, b) {
            (Some(a), Some(b)) => (a, b),
            (Some(a), None) if right.is_null_literal() => (a, a),
            (None, Some(b)) if left.is_null_literal() => (b, b),
            _ => return None,
        };
        let is_shift = matches!(op, BinaryOp::ShiftLeft | BinaryOp::ShiftRight);
        if is_shift {
            let count_fits = right.is_null_literal() || self.implicit_from(right, nullable(INT)).is_some();
            return (a.is_integral() && count_fits).then(|| a.max(Numeric::Int));
        }
        let kind = common_number(a, b, left, right)?;
        let is_bits = matches!(op, BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor);
        (!is_bits || kind.is_integral()).then_some(kind)
    }

    fn numeric_operation(&mut self, op: BinaryOp, kind: Numeric, left: Expr, right: Expr, span: Span) -> Expr {
        let is_shift = matches!(op, BinaryOp::ShiftLeft | BinaryOp::ShiftRight);
        let right_ty = if is_shift { INT } else { kind.ty() };
        let result = if is_comparison(op) { BOOL } else { kind.ty() };
        let kinds = Operands { left: kind.ty(), right: right_ty, result };
        if let (Some(a), Some(b)) = (&left.constant, &right.constant)
            && let (Ok(a), Ok(b)) = (a.converted(kind, true), b.converted(Numeric::of(right_ty).unwrap_or(kind), true))
        {
            let checked = self.is_constant_checked();
            match constant::arithmetic(op, kind, &a, &b, checked) {
                Ok(Some(value)) => return Expr::constant(value, result, span),
                Ok(None) => {}
                Err(fault) => return self.constant_fault(fault, result, span),
            }
        }
        // A constant zero behind `/` and `%` is an error whatever is divided.
        if matches!(op, BinaryOp::Divide | BinaryOp::Remainder)
            && (kind.is_integral() || kind == Numeric::Decimal)
            && right.constant.as_ref().and_then(|value| value.converted(kind, true).ok()).is_some_and(|v| is_zero(&v))
        {
            return self.constant_fault(Fault::DivideByZero, result, span);
        }
        self.predefined_operation(op, Operator::Numeric(kind), left, right, kinds, span)
    }

    /// Tells that a constant has no value.
    pub fn constant_fault(&mut self, fault: Fault, result: Ty, span: Span) -> Expr {
        match fault {
            Fault::Overflow => {
                let message = format!("the constant does not fit `{result}`");
                self.refuse(&CONSTANT_OVERFLOW, "CS0220", span, message).help("`unchecked(…)` keeps the low bits");
            }
            Fault::DivideByZero => {
                self.refuse(&DIVISION_BY_ZERO, "CS0020", span, "this divides by zero");
            }
        }
        Expr::new(Kind::Error, result, span)
    }

    fn predefined_operation(
        &mut self,
        op: BinaryOp,
        operator: Operator,
        left: Expr,
        right: Expr,
        kinds: Operands,
        span: Span,
    ) -> Expr {
        let lifted = [&left, &right].iter().any(|expr| expr.ty.nullable_inner().is_some() || expr.is_null_literal());
        let wanted = |ty: Ty| if lifted { nullable(ty) } else { ty };
        let left = self.convert(left, wanted(kinds.left));
        let right = self.convert(right, wanted(kinds.right));
        let result = if lifted && !is_comparison(op) { nullable(kinds.result) } else { kinds.result };
        let constant = match (&left.constant, &right.constant) {
            (Some(a), Some(b)) if !lifted => folded(op, operator, a, b),
            _ => None,
        };
        let checked = self.is_checked();
        let binary = Binary { op, operator, left, right, lifted, checked };
        Expr { kind: Kind::Binary(Box::new(binary)), ty: result, span, constant }
    }
}

/// The types of the operands of an operation and of its result, without `?`.
struct Operands {
    left: Ty,
    right: Ty,
    result: Ty,
}

/// Constants of enumerations and truths.
fn folded(op: BinaryOp, operator: Operator, a: &Constant, b: &Constant) -> Option<Constant> {
    match (operator, a, b) {
        (Operator::Enum, Constant::Int(_), Constant::Int(_)) => {
            constant::arithmetic(op, Numeric::Int, a, b, false).ok().flatten()
        }
        (Operator::Bool, Constant::Bool(a), Constant::Bool(b)) => Some(Constant::Bool(match op {
            BinaryOp::BitAnd => a & b,
            BinaryOp::BitOr => a | b,
            BinaryOp::BitXor | BinaryOp::NotEqual => a ^ b,
            BinaryOp::Equal => a == b,
            _ => return None,
        })),
        _ => None,
    }
}

fn is_zero(value: &Constant) -> bool {
    match value {
        Constant::Int(value) => *value == 0,
        Constant::Decimal(value) => value.is_zero(),
        _ => false,
    }
}

/// The type that two numbers are brought to.
fn common_number(a: Numeric, b: Numeric, left: &Expr, right: &Expr) -> Option<Numeric> {
    use Numeric::{Decimal, Double, Float, Int, Long, UInt, ULong};
    let either = |kind: Numeric| a == kind || b == kind;
    if either(Decimal) {
        return (!either(Double) && !either(Float)).then_some(Decimal);
    }
    for kind in [Double, Float] {
        if either(kind) {
            return Some(kind);
        }
    }
    // A constant that is not negative fits an unsigned type too.
    let fits_unsigned = |kind: Numeric, expr: &Expr| {
        let is_signed = matches!(kind, Numeric::SByte | Numeric::Short | Int | Long);
        let is_constant =
            matches!(kind, Int | Long) && expr.constant.as_ref().and_then(Constant::as_int).is_some_and(|v| v >= 0);
        !is_signed || is_constant
    };
    let both_unsigned = fits_unsigned(a, left) && fits_unsigned(b, right);
    if either(ULong) {
        return both_unsigned.then_some(ULong);
    }
    if either(Long) {
        return Some(Long);
    }
    if either(UInt) {
        return Some(if both_unsigned { UInt } else { Long });
    }
    Some(Int)
}

/// An operator of `T` over `T?`.
fn lifted(candidate: &Candidate, op: BinaryOp) -> Option<Candidate> {
    let lifts = |ty: Ty| ty.is_value_type() && ty.nullable_inner().is_none();
    let mut candidate = candidate.clone();
    if !candidate.parameters.iter().all(|parameter| lifts(parameter.ty)) || !lifts(candidate.returns) {
        return None;
    }
    for parameter in &mut candidate.parameters {
        parameter.ty = Ty::nullable(parameter.ty);
    }
    if !is_comparison(op) {
        candidate.returns = Ty::nullable(candidate.returns);
    }
    Some(candidate)
}

/// Two values whose texts are put together.
fn concat(left: Expr, right: Expr, span: Span) -> Expr {
    let text = |expr: &Expr| match &expr.constant {
        Some(Constant::Text(bytes)) if expr.ty == STRING => Some(bytes.to_vec()),
        Some(Constant::Null) if expr.ty == STRING => Some(Vec::new()),
        _ => None,
    };
    if let (Some(mut a), Some(b)) = (text(&left), text(&right)) {
        dotnet::wtf8::append(&mut a, &b);
        return Expr::constant(Constant::Text(a.into()), STRING, span);
    }
    let mut parts = match left.kind {
        Kind::Concat(parts) => parts,
        _ => vec![left],
    };
    match right.kind {
        Kind::Concat(more) => parts.extend(more),
        Kind::Null => parts.push(Expr::constant(Constant::Null, STRING, right.span)),
        _ => parts.push(right),
    }
    for part in &mut parts {
        if part.is_null_literal() {
            *part = Expr::constant(Constant::Null, STRING, part.span);
        }
    }
    Expr::new(Kind::Concat(parts), STRING, span)
}

/// The other truth.
pub fn negated(test: Expr) -> Expr {
    let span = test.span;
    let constant = test.constant.as_ref().and_then(Constant::as_bool).map(|value| Constant::Bool(!value));
    let unary = crate::expression::bound::Unary {
        op: csharp::tree::UnaryOp::Not,
        operator: Operator::Bool,
        operand: test,
        lifted: false,
        checked: false,
    };
    Expr { kind: Kind::Unary(Box::new(unary)), ty: BOOL, span, constant }
}

/// Whether an operator gives a truth about its operands.
pub fn is_comparison(op: BinaryOp) -> bool {
    is_equality(op)
        || matches!(op, BinaryOp::Less | BinaryOp::LessOrEqual | BinaryOp::Greater | BinaryOp::GreaterOrEqual)
}

fn is_equality(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Equal | BinaryOp::NotEqual)
}

/// The operand that a cast to the other's type would make fit.
fn cast_of<'e>(op: BinaryOp, left: &'e Expr, right: &'e Expr) -> Option<(&'e Expr, Ty)> {
    let castable = |from: &Expr, to: &Expr| {
        let reads = from.ty == OBJECT || lookup::operators(from.ty, "op_Explicit").len() > 2;
        let is_simple = Numeric::of(to.ty).is_some() || to.ty == BOOL || to.ty == STRING;
        reads && is_simple && conversion::explicit(from.ty, to.ty).is_some()
    };
    let _ = op;
    if castable(left, right) {
        Some((left, right.ty))
    } else if castable(right, left) {
        Some((right, left.ty))
    } else {
        None
    }
}
