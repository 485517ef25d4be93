//! Conversions that types declare as operators: which of them C# takes.

use dotnet::ty::Ty;

use super::{Conversion, standard_explicit, standard_implicit};
use crate::expression::tables::lookup::{self, Found};
use crate::expression::types::{NONE, UNKNOWN, VOID, is_reference, same, underlying};

/// A conversion by an operator, between two standard ones.
#[derive(Clone, Debug)]
pub struct UserConversion {
    /// The operator.
    pub found: Found,
    /// From the value's type to the operator's operand.
    pub before: Conversion,
    /// What the operator takes.
    pub source: Ty,
    /// What the operator gives.
    pub result: Ty,
    /// From the operator's result to the type that is wanted.
    pub after: Conversion,
    /// Whether the operator is applied to the value of a `T?`; null stays null.
    pub lifted: bool,
}

#[derive(Clone, Copy)]
struct Candidate {
    found: Found,
    source: Ty,
    target: Ty,
    lifted: bool,
}

/// The operator that converts unasked.
pub fn implicit(from: Ty, to: Ty) -> Option<UserConversion> {
    if !may_declare(from, to) {
        return None;
    }
    let fits = |candidate: &Candidate| encompasses(candidate.source, from) && encompasses(to, candidate.target);
    let candidates: Vec<Candidate> = operators(from, to, &["op_Implicit"]).into_iter().filter(fits).collect();
    let source = exact_or(candidates.iter().map(|c| c.source), from, most_encompassed)?;
    let target = exact_or(candidates.iter().map(|c| c.target), to, most_encompassing)?;
    chosen(&candidates, source, target, from, to, standard_implicit)
}

/// The operator that a cast uses.
pub fn explicit(from: Ty, to: Ty) -> Option<UserConversion> {
    if !may_declare(from, to) {
        return None;
    }
    let related = |a: Ty, b: Ty| encompasses(a, b) || encompasses(b, a);
    let fits = |candidate: &Candidate| related(candidate.source, from) && related(to, candidate.target);
    let names = ["op_Implicit", "op_Explicit"];
    let candidates: Vec<Candidate> = operators(from, to, &names).into_iter().filter(fits).collect();
    let sources: Vec<Ty> = candidates.iter().map(|c| c.source).collect();
    let targets: Vec<Ty> = candidates.iter().map(|c| c.target).collect();
    let source = if sources.iter().any(|ty| same(*ty, from)) {
        from
    } else if sources.iter().any(|ty| encompasses(*ty, from)) {
        most_encompassed(&sources.iter().copied().filter(|ty| encompasses(*ty, from)).collect::<Vec<_>>())?
    } else {
        most_encompassing(&sources)?
    };
    let target = if targets.iter().any(|ty| same(*ty, to)) {
        to
    } else if targets.iter().any(|ty| encompasses(to, *ty)) {
        most_encompassing(&targets.iter().copied().filter(|ty| encompasses(to, *ty)).collect::<Vec<_>>())?
    } else {
        most_encompassed(&targets)?
    };
    chosen(&candidates, source, target, from, to, standard_explicit)
}

/// Whether there can be operators between the types at all.
fn may_declare(from: Ty, to: Ty) -> bool {
    let apart = |ty: Ty| ty == NONE || ty == UNKNOWN || ty == VOID || ty.is_interface() || ty.is_parameter();
    !apart(from) && !apart(to)
}

fn operators(from: Ty, to: Ty, names: &[&str]) -> Vec<Candidate> {
    let (from_type, to_type) = (underlying(from), underlying(to));
    let mut found: Vec<Candidate> = Vec::new();
    let places: &[Ty] = if same(from_type, to_type) { &[from_type] } else { &[from_type, to_type] };
    for ty in places {
        for name in names {
            for operator in lookup::operators(*ty, name) {
                let Some(parameter) = operator.member.parameters.first() else { continue };
                let source = operator.filled(parameter.ty);
                let target = operator.filled(operator.member.returns);
                let known = |c: &Candidate| std::ptr::eq(c.found.member, operator.member);
                if found.iter().any(known) {
                    continue;
                }
                found.push(Candidate { found: operator, source, target, lifted: false });
                // A lifted form exists for operators between value types that are not `T?`.
                let lifts = |ty: Ty| ty.is_value_type() && ty.nullable_inner().is_none();
                if from.nullable_inner().is_some() && lifts(source) {
                    let target = if lifts(target) { Ty::nullable(target) } else { target };
                    let lifted = target.admits_null();
                    found.push(Candidate { found: operator, source: Ty::nullable(source), target, lifted });
                }
            }
        }
    }
    found
}

/// Whether values of `inner` are values of `outer`.
fn encompasses(outer: Ty, inner: Ty) -> bool {
    !outer.is_interface() && !inner.is_interface() && standard_implicit(inner, outer).is_some()
}

fn exact_or(types: impl Iterator<Item = Ty>, wanted: Ty, choose: fn(&[Ty]) -> Option<Ty>) -> Option<Ty> {
    let types: Vec<Ty> = types.collect();
    if types.iter().any(|ty| same(*ty, wanted)) { Some(wanted) } else { choose(&types) }
}

/// The one type that is encompassed by all.
fn most_encompassed(types: &[Ty]) -> Option<Ty> {
    types.iter().copied().find(|inner| types.iter().all(|outer| encompasses(*outer, *inner)))
}

/// The one type that encompasses all.
fn most_encompassing(types: &[Ty]) -> Option<Ty> {
    types.iter().copied().find(|outer| types.iter().all(|inner| encompasses(*outer, *inner)))
}

fn chosen(
    candidates: &[Candidate],
    source: Ty,
    target: Ty,
    from: Ty,
    to: Ty,
    standard: fn(Ty, Ty) -> Option<Conversion>,
) -> Option<UserConversion> {
    let mut fitting = candidates.iter().filter(|c| same(c.source, source) && same(c.target, target));
    let mut best = *fitting.next()?;
    for other in fitting {
        match (best.lifted, other.lifted) {
            (true, false) => best = *other,
            (false, true) => {}
            // Two operators that do the same: C# calls it ambiguous, unless one type inherits from the other.
            _ if other.found.owner != best.found.owner && is_reference(best.found.owner) => {}
            _ => return None,
        }
    }
    Some(UserConversion {
        found: best.found,
        before: standard(from, best.source)?,
        source: best.source,
        result: best.target,
        after: standard(best.target, to)?,
        lifted: best.lifted,
    })
}
