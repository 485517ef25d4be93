//! Converts expressions: finds the conversion that an expression has to a type, and makes it.
//!
//! What depends on the types alone stands in `conversion`; here are constants, `null`, `default`, lambdas, methods and
//! tuple literals.

use csharp::span::Span;
use dotnet::catalogue::signature::MemberKind;
use dotnet::ty::Ty;

use super::binder::Binder;
use super::bound::{Argument, Arguments, Call, Expr, Kind, Step};
use super::constant::Constant;
use super::conversion::{self, Conversion, UserConversion};
use super::describe::shown;
use super::rules::rules;
use super::tables::lookup::{self, Found};
use super::types::{
    BOOL, DECIMAL, DOUBLE, FLOAT, INT, LONG, NONE, Numeric, STRING, ULONG, UNKNOWN, VOID, nullable, same,
    tuple_elements, underlying,
};

rules! {
    /// A value is used where its type does not fit.
    NO_CONVERSION: "no-conversion", Error, "the value's type does not fit", ["CS0029", "CS0266", "CS0428", "CS1660"];
    /// A constant does not fit the type that it is given.
    CONSTANT_RANGE: "constant-range", Error, "the constant does not fit the type", ["CS0031", "CS0029", "CS0221"];
    /// `null` is used where the type has none.
    NULL_VALUE: "null-value", Error, "the type has no null", ["CS0037"];
    /// A literal with a fraction is given to `decimal` or `float` without its suffix.
    MISSING_SUFFIX: "missing-suffix", Error, "the literal needs a suffix", ["CS0664"];
    /// A cast between types that have nothing to do with each other.
    NO_CAST: "no-cast", Error, "no cast leads from one type to the other", ["CS0030"];
    /// Something of C# that policies cannot use here yet.
    NOT_SUPPORTED: "not-supported", Error, "this part of C# is not supported", [];
}

impl Binder<'_> {
    /// The conversion that C# makes unasked from this expression.
    pub fn implicit_from(&mut self, expr: &Expr, to: Ty) -> Option<Conversion> {
        if expr.ty == UNKNOWN || to == UNKNOWN {
            return Some(Conversion::Identity);
        }
        match &expr.kind {
            Kind::Type | Kind::Namespace(_) => return None,
            Kind::Null => return to.admits_null().then_some(Conversion::Null),
            Kind::Default if expr.ty == NONE => return (to != VOID && to != NONE).then_some(Conversion::Default),
            Kind::Throw(_) => return Some(Conversion::Function),
            Kind::Lambda(lambda) => {
                let lambda = std::rc::Rc::clone(lambda);
                return self.lambda_fits(&lambda, to).then_some(Conversion::Function);
            }
            Kind::MethodGroup(group) => return self.group_fits(group, to).then_some(Conversion::Function),
            Kind::Tuple(elements) => {
                if let Some(conversion) = self.tuple_literal_fits(elements, to) {
                    return Some(conversion);
                }
            }
            _ => {}
        }
        if let Some(constant) = &expr.constant
            && constant_fits(constant, expr.ty, underlying(to))
        {
            let inner = Conversion::Constant;
            return Some(if to.nullable_inner().is_some() { Conversion::ToNullable(Box::new(inner)) } else { inner });
        }
        if expr.ty == NONE { None } else { conversion::implicit(expr.ty, to) }
    }

    fn tuple_literal_fits(&mut self, elements: &[(std::rc::Rc<str>, Expr)], to: Ty) -> Option<Conversion> {
        let targets = tuple_elements(underlying(to)).filter(|targets| targets.len() == elements.len())?;
        let mut parts = Vec::with_capacity(elements.len());
        for ((_, element), target) in elements.iter().zip(targets) {
            parts.push(self.implicit_from(element, *target)?);
        }
        let tuple = Conversion::Tuple(parts);
        Some(if to.nullable_inner().is_some() { Conversion::ToNullable(Box::new(tuple)) } else { tuple })
    }

    /// The conversion that a cast makes of this expression.
    pub fn explicit_from(&mut self, expr: &Expr, to: Ty) -> Option<Conversion> {
        match self.implicit_from(expr, to) {
            Some(Conversion::User(_)) | None => {}
            Some(conversion) => return Some(conversion),
        }
        if expr.ty == NONE || matches!(expr.kind, Kind::Type | Kind::Namespace(_)) {
            return None;
        }
        conversion::explicit(expr.ty, to)
    }

    /// The expression as a value of type `to`, where C# converts unasked. Reports a type that does not fit.
    pub fn convert(&mut self, expr: Expr, to: Ty) -> Expr {
        match self.implicit_from(&expr, to) {
            Some(conversion) => self.apply(expr, conversion, to),
            None => {
                self.report_no_conversion(&expr, to);
                Expr::new(Kind::Error, to, expr.span)
            }
        }
    }

    /// `(to)expr`
    pub fn cast(&mut self, expr: Expr, to: Ty, span: Span) -> Expr {
        let Some(conversion) = self.explicit_from(&expr, to) else {
            self.report_no_cast(&expr, to, span);
            return Expr::new(Kind::Error, to, span);
        };
        if let (Conversion::Numeric(_, kind), Some(constant)) = (&conversion, &expr.constant) {
            let checked = self.is_constant_checked();
            let Ok(value) = constant.converted(*kind, checked) else {
                let message = format!("the constant `{}` does not fit `{to}`", constant_text(constant));
                let help = "`unchecked(…)` keeps the low bits";
                self.refuse(&CONSTANT_RANGE, "CS0221", span, message).help(help);
                return Expr::new(Kind::Error, to, span);
            };
            return Expr::constant(value, to, span);
        }
        let mut converted = self.apply(expr, conversion, to);
        converted.span = span;
        converted
    }

    /// Makes a conversion that was found.
    pub fn apply(&mut self, expr: Expr, conversion: Conversion, to: Ty) -> Expr {
        let span = expr.span;
        match conversion {
            Conversion::Identity => self.renamed(expr, to),
            Conversion::Constant => self.narrowed(expr, to),
            Conversion::Numeric(from, kind) => self.number(expr, from, kind, to),
            Conversion::Reference => step(expr, Step::Reference, to),
            Conversion::Downcast => step(expr, Step::Downcast, to),
            Conversion::Box => step(expr, Step::Box, to),
            Conversion::Unbox => step(expr, Step::Unbox, to),
            Conversion::ToNullable(inner) => {
                let inner = self.apply(expr, *inner, underlying(to));
                step(inner, Step::Wrap, to)
            }
            Conversion::Lifted(inner) if inner.is_identity() => self.renamed(expr, to),
            Conversion::Lifted(inner) => self.lift(expr, to, |binder, value| {
                let value = binder.apply(value, *inner, underlying(to));
                step(value, Step::Wrap, to)
            }),
            Conversion::FromNullable(inner) => {
                let value = unwrapped(expr);
                self.apply(value, *inner, to)
            }
            Conversion::User(user) => self.by_operator(expr, *user, to),
            Conversion::Null if to.nullable_inner().is_some() => Expr::new(Kind::Default, to, span),
            Conversion::Null => Expr::constant(Constant::Null, to, span),
            Conversion::Default => default_value(to, span),
            Conversion::Tuple(parts) => self.tuple(expr, parts, to),
            Conversion::Function => self.function_value(expr, to),
        }
    }

    /// The same value under a type that differs in names only, or under a type that is known at last.
    fn renamed(&mut self, mut expr: Expr, to: Ty) -> Expr {
        if let Kind::Tuple(_) = expr.kind {
            let parts = tuple_elements(expr.ty).map_or(0, <[Ty]>::len);
            return self.tuple(expr, vec![Conversion::Identity; parts], to);
        }
        expr.ty = to;
        expr
    }

    fn narrowed(&mut self, expr: Expr, to: Ty) -> Expr {
        let kind = Numeric::of(to).unwrap_or(Numeric::Int);
        let value = expr.constant.as_ref().and_then(|constant| constant.converted(kind, true).ok());
        Expr::constant(value.unwrap_or(Constant::Int(0)), to, expr.span)
    }

    /// A number as another type of number; constants are computed.
    fn number(&mut self, expr: Expr, from: Numeric, kind: Numeric, to: Ty) -> Expr {
        if let Some(constant) = &expr.constant {
            let checked = self.is_constant_checked();
            if let Ok(value) = constant.converted(kind, checked) {
                return Expr::constant(value, to, expr.span);
            }
        }
        if conversion::is_decimal(from, kind) {
            // An enumeration goes through its number.
            let expr = if expr.ty.is_enum() { step(expr, Step::Reference, INT) } else { expr };
            let result = if to.is_enum() { INT } else { to };
            let called = self.decimal_conversion(expr, result);
            return if to.is_enum() { step(called, Step::Reference, to) } else { called };
        }
        if from == kind {
            return step(expr, Step::Reference, to);
        }
        let checked = self.is_checked();
        step(expr, Step::Numeric { from, to: kind, checked }, to)
    }

    /// A conversion from or to `decimal`, which a member of it makes.
    fn decimal_conversion(&mut self, expr: Expr, to: Ty) -> Expr {
        let fits = |found: &Found| {
            found.member.parameters.first().is_some_and(|parameter| parameter.ty == expr.ty)
                && found.member.returns == to
        };
        let names = ["op_Implicit", "op_Explicit"];
        let found = names.iter().flat_map(|name| lookup::operators(DECIMAL, name)).find(fits);
        match found {
            Some(found) => operator_call(found, vec![expr], to),
            None => {
                let message = format!("the conversion from `{}` to `{to}` is not supported", expr.ty);
                self.report(&NOT_SUPPORTED, expr.span, message);
                Expr::new(Kind::Error, to, expr.span)
            }
        }
    }

    fn by_operator(&mut self, expr: Expr, user: UserConversion, to: Ty) -> Expr {
        let UserConversion { found, before, source, result, after, lifted } = user;
        let operand = self.apply(expr, before, source);
        let value = if lifted {
            self.lift(operand, result, |_, value| {
                let called = operator_call(found, vec![value], found.filled(found.member.returns));
                if result.nullable_inner().is_some() { step(called, Step::Wrap, result) } else { called }
            })
        } else {
            // An operator of `T` that takes the value of a `T?` throws where there is none.
            let wanted = found.member.parameters.first().map_or(source, |parameter| found.filled(parameter.ty));
            let operand = if same(wanted, source) { operand } else { unwrapped(operand) };
            operator_call(found, vec![operand], found.filled(found.member.returns))
        };
        self.apply(value, after, to)
    }

    /// What `make` makes of the value of a `T?`, of type `result`, which is null where there is none.
    pub fn lift(&mut self, expr: Expr, result: Ty, make: impl FnOnce(&mut Self, Expr) -> Expr) -> Expr {
        let span = expr.span;
        let (temporary, read) = self.temporary_for(&expr);
        let value = make(self, unwrapped(read.clone()));
        let test = Expr::new(Kind::IsNull(Box::new(read)), BOOL, span);
        let choice = Kind::Conditional(Box::new((test, default_value(result, span), value)));
        let choice = Expr::new(choice, result, span);
        Expr::new(Kind::Let(temporary, Box::new(expr), Box::new(choice)), result, span)
    }

    /// Tells that an expression does not fit a type.
    pub fn report_no_conversion(&mut self, expr: &Expr, to: Ty) {
        let span = expr.span;
        let is_lambda = matches!(expr.kind, Kind::Lambda(_));
        if expr.ty == UNKNOWN || super::types::mentions_unknown(to) && !is_lambda {
            return;
        }
        match &expr.kind {
            Kind::Lambda(lambda) => {
                let lambda = std::rc::Rc::clone(lambda);
                return self.report_lambda(&lambda, to, span);
            }
            Kind::MethodGroup(group) => {
                let group = group.clone();
                return self.report_group(&group, to, span);
            }
            Kind::Type | Kind::Namespace(_) => return self.report_no_value(expr),
            Kind::Null => {
                let message = format!("`null` does not fit `{to}`, which has no null");
                let help = format!("`{}` would", nullable(to));
                self.refuse(&NULL_VALUE, "CS0037", span, message).help(help);
                return;
            }
            _ => {}
        }
        if let Some(constant) = &expr.constant {
            let suffix = match (constant, underlying(to)) {
                (Constant::Double(_), ty) if ty == DECIMAL => Some('m'),
                (Constant::Double(_), ty) if ty == FLOAT => Some('f'),
                _ => None,
            };
            let is_literal = self.is_literal(expr.span);
            if let (Some(suffix), true) = (suffix, is_literal) {
                let text = format!("{}{suffix}", self.tree.slice(span).trim_end_matches(['d', 'D']));
                let message =
                    format!("a literal with a fraction is a `double`; `{to}` takes it with the suffix `{suffix}`");
                let finding = self.refuse(&MISSING_SUFFIX, "CS0664", span, message);
                finding.safe_fix(format!("Write `{text}`"), span, text);
                return;
            }
            let primitive = |ty: Ty| Numeric::of(ty).is_some() || ty == BOOL;
            let is_whole = |ty: Ty| Numeric::of(ty).is_some_and(Numeric::is_integral);
            let is_out_of_range = is_whole(expr.ty)
                && Numeric::of(to).is_some_and(|kind| kind.is_integral() && constant.converted(kind, true).is_err());
            if is_out_of_range || is_literal && expr.ty != DOUBLE && primitive(expr.ty) && primitive(to) {
                let message = format!("the constant `{}` does not fit `{to}`", constant_text(constant));
                self.refuse(&CONSTANT_RANGE, "CS0031", span, message);
                return;
            }
        }
        let from = shown(expr);
        let castable = expr.ty != NONE && conversion::explicit(expr.ty, to).is_some();
        let text = self.tree.slice(span).to_owned();
        let message = format!("{from} does not convert to `{to}` by itself");
        if castable {
            let finding = self.refuse(&NO_CONVERSION, "CS0266", span, message);
            finding.help(format!("cast it: `({to})…`"));
            let is_primary = text.chars().all(|c| c.is_alphanumeric() || "_.[]\"()".contains(c));
            let replacement = if is_primary { format!("({to}){text}") } else { format!("({to})({text})") };
            finding.fix(format!("Cast to `{to}`"), span, replacement);
            return;
        }
        let is_token = expr.ty == STRING && to == BOOL;
        let finding = self.refuse(&NO_CONVERSION, "CS0029", span, message);
        if is_token {
            finding.help("compare it, or read it with `bool.Parse`");
        } else if to == STRING {
            finding.help("`ToString()` gives its text");
        }
    }

    /// Whether a literal stands there, in parentheses or behind a minus.
    fn is_literal(&self, span: Span) -> bool {
        let text = self.tree.slice(span).trim_start_matches(['(', '-', ' ']).trim_end_matches([')', ' ']);
        let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
        is_number || text == "true" || text == "false" || text.starts_with('\'') && text.matches('\'').count() < 4
    }

    fn report_no_cast(&mut self, expr: &Expr, to: Ty, span: Span) {
        if expr.ty == NONE || matches!(expr.kind, Kind::Type | Kind::Namespace(_)) {
            return self.report_no_conversion(expr, to);
        }
        if expr.ty == UNKNOWN {
            return;
        }
        let from = expr.ty;
        let finding = self.refuse(&NO_CAST, "CS0030", span, format!("no cast leads from `{from}` to `{to}`"));
        if from == STRING && (Numeric::of(to).is_some() || to == BOOL) {
            finding.help(format!("`{to}.Parse` reads a text"));
        } else if to == STRING {
            finding.help("`ToString()` gives its text");
        }
    }
}

/// Whether C# gives a constant a narrower type unasked.
fn constant_fits(constant: &Constant, from: Ty, to: Ty) -> bool {
    let Some(value) = constant.as_int() else { return false };
    if to.is_enum() {
        return value == 0 && Numeric::of(from).is_some_and(Numeric::is_integral);
    }
    let Some(kind) = Numeric::of(to).filter(|kind| *kind != Numeric::Char) else { return false };
    match kind.range() {
        Some((low, high)) if from == INT && kind != Numeric::Int && kind != Numeric::Long => {
            low <= value && value <= high
        }
        Some(_) => from == LONG && to == ULONG && value >= 0,
        None => false,
    }
}

/// A constant for messages.
pub fn constant_text(constant: &Constant) -> String {
    match constant {
        Constant::Null => String::from("null"),
        Constant::Bool(value) => value.to_string(),
        Constant::Int(value) => value.to_string(),
        Constant::Float(value) => value.to_string(),
        Constant::Double(value) => value.to_string(),
        Constant::Decimal(value) => {
            let mut text = Vec::new();
            value.write(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        }
        Constant::Text(_) => format!("\"{}\"", constant.as_text().unwrap_or_default()),
    }
}

/// The expression after one more step.
pub fn step(expr: Expr, step: Step, to: Ty) -> Expr {
    let span = expr.span;
    // The number behind a constant of an enumeration stays a constant.
    let constant = if step == Step::Reference { expr.constant.clone() } else { None };
    Expr { kind: Kind::Convert(Box::new(expr), step), ty: to, span, constant }
}

/// The value of a `T?`.
pub fn unwrapped(expr: Expr) -> Expr {
    let to = underlying(expr.ty);
    step(expr, Step::Unwrap, to)
}

/// `default(T)`
pub fn default_value(ty: Ty, span: Span) -> Expr {
    match Constant::default_of(ty) {
        Some(constant) => Expr::constant(constant, ty, span),
        None => Expr::new(Kind::Default, ty, span),
    }
}

/// The call of an operator.
pub fn operator_call(found: Found, operands: Vec<Expr>, result: Ty) -> Expr {
    debug_assert!(
        matches!(found.member.kind, MemberKind::Operator | MemberKind::Implicit | MemberKind::Explicit),
        "{}",
        found.member.def.signature
    );
    let span = match operands.as_slice() {
        [first, .., last] => first.span.to(last.span),
        [single] => single.span,
        [] => Span::default(),
    };
    let values = operands.into_iter().map(Argument::Value).collect();
    let arguments = Arguments { values, order: None };
    Expr::new(Kind::Call(Box::new(Call { found, type_args: Vec::new(), receiver: None, arguments })), result, span)
}
