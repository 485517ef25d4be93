//! Which of two candidates that fit is better: C#'s better function member.

use std::cmp::Ordering;

use csharp::tree;
use dotnet::ty::Ty;

use super::{Applied, Given};
use crate::expression::binder::Binder;
use crate::expression::bound::{Expr, Kind};
use crate::expression::conversion;
use crate::expression::tables;
use crate::expression::types::{NONE, Numeric, VOID, is_delegate, same, tuple_elements, underlying};

impl Binder<'_> {
    /// Whether one candidate is better than another for these arguments.
    pub fn is_better_member(&mut self, one: &Applied, other: &Applied, given: &[Given]) -> bool {
        let mut better = false;
        let mut equal = true;
        for (index, argument) in given.iter().enumerate() {
            let (Some(a), Some(b)) = (one.types.get(index), other.types.get(index)) else { continue };
            if matches!(argument.passing, tree::Passing::Out | tree::Passing::Ref) {
                continue;
            }
            equal &= same(*a, *b);
            match self.better_conversion(&argument.value, *a, *b) {
                Ordering::Greater => better = true,
                Ordering::Less => return false,
                Ordering::Equal => {}
            }
        }
        if better {
            return true;
        }
        // The conversions leave it open: the declarations decide, if the types are the same.
        equal && tie_break(one, other) == Ordering::Greater
    }

    /// Which of two types an expression converts to better; `Greater` means the first.
    pub fn better_conversion(&mut self, expr: &Expr, a: Ty, b: Ty) -> Ordering {
        if same(a, b) {
            return Ordering::Equal;
        }
        let (exact_a, exact_b) = (self.matches_exactly(expr, a), self.matches_exactly(expr, b));
        match (exact_a, exact_b) {
            (true, false) => return Ordering::Greater,
            (false, true) => return Ordering::Less,
            _ => {}
        }
        if let Kind::Tuple(elements) = &expr.kind
            && let (Some(to_a), Some(to_b)) = (tuple_elements(a), tuple_elements(b))
        {
            return self.better_tuple(elements, to_a, to_b);
        }
        self.better_target(expr, a, b)
    }

    fn better_tuple(&mut self, elements: &[(std::rc::Rc<str>, Expr)], a: &[Ty], b: &[Ty]) -> Ordering {
        let mut result = Ordering::Equal;
        for ((_, element), (a, b)) in elements.iter().zip(a.iter().zip(b)) {
            match (result, self.better_conversion(element, *a, *b)) {
                (_, Ordering::Equal) => {}
                (Ordering::Equal, found) => result = found,
                (known, found) if known == found => {}
                _ => return Ordering::Equal,
            }
        }
        result
    }

    /// Whether an expression has exactly this type; a lambda, whether it returns what the delegate gives.
    fn matches_exactly(&mut self, expr: &Expr, to: Ty) -> bool {
        match &expr.kind {
            Kind::Lambda(lambda) => {
                let Some(invoke) = tables::invoke(to) else { return false };
                let lambda = std::rc::Rc::clone(lambda);
                let inputs: Vec<Ty> = invoke.parameters.iter().map(|(ty, _)| *ty).collect();
                let Some(body) = self.bind_lambda(&lambda, &inputs) else { return false };
                if invoke.returns == VOID {
                    return body.returns.is_empty();
                }
                match body.returns.as_slice() {
                    [] => false,
                    [single] => single.ty != NONE && same(single.ty, invoke.returns),
                    all => self.best_common_type(all).is_some_and(|ty| same(ty, invoke.returns)),
                }
            }
            Kind::Tuple(elements) => match tuple_elements(to) {
                Some(targets) if targets.len() == elements.len() => {
                    elements.iter().zip(targets).all(|((_, element), target)| self.matches_exactly(element, *target))
                }
                _ => false,
            },
            _ => expr.ty != NONE && same(expr.ty, to),
        }
    }

    /// Which of two types is the better target, whatever converts to it.
    fn better_target(&mut self, expr: &Expr, a: Ty, b: Ty) -> Ordering {
        let (a_to_b, b_to_a) = (conversion::implicit(a, b).is_some(), conversion::implicit(b, a).is_some());
        match (a_to_b, b_to_a) {
            (true, false) => return Ordering::Greater,
            (false, true) => return Ordering::Less,
            _ => {}
        }
        if is_delegate(a) && is_delegate(b) {
            return self.better_delegate(expr, a, b);
        }
        let signed = |ty: Ty| Numeric::of(underlying(ty));
        match (signed(a), signed(b)) {
            (Some(x), Some(y)) if is_better_signed(x, y) => Ordering::Greater,
            (Some(x), Some(y)) if is_better_signed(y, x) => Ordering::Less,
            _ => Ordering::Equal,
        }
    }

    /// Of two delegates with the same parameters, the one whose result is the better target.
    fn better_delegate(&mut self, expr: &Expr, a: Ty, b: Ty) -> Ordering {
        let (Some(first), Some(second)) = (tables::invoke(a), tables::invoke(b)) else { return Ordering::Equal };
        let same_parameters = first.parameters.len() == second.parameters.len()
            && first.parameters.iter().zip(&second.parameters).all(|((a, _), (b, _))| same(*a, *b));
        if !same_parameters || !matches!(expr.kind, Kind::Lambda(_)) {
            return Ordering::Equal;
        }
        match (first.returns == VOID, second.returns == VOID) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            _ => {}
        }
        if let Kind::Lambda(lambda) = &expr.kind {
            let lambda = std::rc::Rc::clone(lambda);
            let inputs: Vec<Ty> = first.parameters.iter().map(|(ty, _)| *ty).collect();
            if let Some(body) = self.bind_lambda(&lambda, &inputs)
                && let [value] = body.returns.as_slice()
            {
                return self.better_conversion(value, first.returns, second.returns);
            }
        }
        self.better_target(expr, first.returns, second.returns)
    }
}

/// Whether a signed type is preferred to an unsigned one that it does not convert to.
fn is_better_signed(signed: Numeric, unsigned: Numeric) -> bool {
    use Numeric::{Byte, Int, Long, SByte, Short, UInt, ULong, UShort};
    match signed {
        SByte => matches!(unsigned, Byte | UShort | UInt | ULong),
        Short => matches!(unsigned, UShort | UInt | ULong),
        Int => matches!(unsigned, UInt | ULong),
        Long => unsigned == ULong,
        _ => false,
    }
}

/// What decides where the arguments do not: the declarations.
fn tie_break(one: &Applied, other: &Applied) -> Ordering {
    let generic = |applied: &Applied| applied.candidate.arity > 0;
    match (generic(one), generic(other)) {
        (false, true) => return Ordering::Greater,
        (true, false) => return Ordering::Less,
        _ => {}
    }
    match (one.expanded, other.expanded) {
        (false, true) => return Ordering::Greater,
        (true, false) => return Ordering::Less,
        (true, true) => {
            let count = |applied: &Applied| applied.candidate.parameters.len();
            match count(one).cmp(&count(other)) {
                Ordering::Equal => {}
                order => return order,
            }
        }
        (false, false) => {}
    }
    match other.defaults().min(1).cmp(&one.defaults().min(1)) {
        Ordering::Equal => {}
        order => return order,
    }
    more_specific_parameters(one, other)
}

/// Compares the parameters' types as they are declared, before type arguments are filled in.
fn more_specific_parameters(one: &Applied, other: &Applied) -> Ordering {
    let declared = |applied: &Applied, index: usize| {
        let target = applied.targets.get(index)?;
        let found = applied.candidate.found()?;
        let parameter = found.member.parameters.get(*target)?;
        let is_rest = applied.expanded && target + 1 == applied.candidate.parameters.len();
        Some(if is_rest { parameter.ty.element().unwrap_or(parameter.ty) } else { parameter.ty })
    };
    let pairs = (0..one.targets.len()).filter_map(|index| declared(one, index).zip(declared(other, index)));
    combined(pairs.map(|(a, b)| more_specific(a, b)))
}

/// Which of two open types is more specific.
fn more_specific(a: Ty, b: Ty) -> Ordering {
    match (a.is_parameter(), b.is_parameter()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Less,
        (false, true) => return Ordering::Greater,
        _ => {}
    }
    if !std::ptr::eq(a.def, b.def) || a.args.len() != b.args.len() {
        return Ordering::Equal;
    }
    combined(a.0.args.iter().zip(b.0.args).map(|(a, b)| more_specific(*a, *b)))
}

/// Better in one part and worse in none.
fn combined(parts: impl Iterator<Item = Ordering>) -> Ordering {
    let mut result = Ordering::Equal;
    for part in parts {
        match (result, part) {
            (_, Ordering::Equal) => {}
            (Ordering::Equal, part) => result = part,
            (known, part) if known == part => {}
            _ => return Ordering::Equal,
        }
    }
    result
}
