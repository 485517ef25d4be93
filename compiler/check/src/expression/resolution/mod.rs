//! Overload resolution: which of several members a call means.
//!
//! As C# 7 has it: the members that the arguments fit, each in its normal form or with its last parameter expanded; of
//! these the one that is better than every other.
//!
//! Not here: what makes one better (`better`), where type arguments come from (`infer`), and what the author is told if
//! there is none (`explain`).

pub mod better;
pub mod explain;
pub mod infer;

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree;
use dotnet::catalogue::signature::{MemberKind, Passing};
use dotnet::ty::Ty;

use super::binder::Binder;
use super::bound::{Argument, Arguments, Expr, Kind, LocalFunctionId};
use super::constant::Constant;
use super::conversion::Conversion;
use super::convert::default_value;
use super::tables::Default;
use super::tables::lookup::Found;
use super::types::{NONE, UNKNOWN, same};

/// Something that can be called.
#[derive(Clone)]
pub struct Candidate {
    /// What.
    pub callee: Callee,
    /// Its parameters. Types are open over the method's own parameters.
    pub parameters: Vec<Formal>,
    /// What it gives, likewise.
    pub returns: Ty,
    /// How many type parameters of its own it has.
    pub arity: usize,
    /// Whether the first argument stands before the dot.
    pub is_extension: bool,
}

/// What can be called.
#[derive(Clone, Copy)]
pub enum Callee {
    /// A member.
    Member(Found),
    /// A local function.
    Local(LocalFunctionId),
}

/// A parameter.
#[derive(Clone)]
pub struct Formal {
    /// Its name.
    pub name: Rc<str>,
    /// Its type.
    pub ty: Ty,
    /// How it is passed.
    pub passing: Passing,
    /// What a missing argument stands for.
    pub default: Option<Default>,
}

/// An argument as it is written, bound but not converted.
pub struct Given {
    /// The value; for `out var x` a declaration.
    pub value: Expr,
    /// The name before it.
    pub name: Option<(Rc<str>, Span)>,
    /// `ref`, `out` or nothing.
    pub passing: tree::Passing,
}

/// A candidate that the arguments fit.
pub struct Applied {
    /// The candidate.
    pub candidate: Candidate,
    /// The method's type arguments.
    pub type_args: Vec<Ty>,
    /// Whether the last parameter takes its elements one by one.
    pub expanded: bool,
    /// The parameter of each argument.
    pub targets: Vec<usize>,
    /// The type that each argument is converted to.
    pub types: Vec<Ty>,
    /// How each argument is converted.
    pub conversions: Vec<Conversion>,
}

impl Applied {
    /// What the call gives.
    pub fn returns(&self) -> Ty {
        self.candidate.returns.substitute(&[], &self.type_args)
    }

    /// How many parameters have no argument and take their default.
    fn defaults(&self) -> usize {
        let given = |index: usize| self.targets.contains(&index);
        let last = self.candidate.parameters.len().saturating_sub(usize::from(self.expanded));
        (0..last).filter(|index| !given(*index)).count()
    }

    /// How far away the class of an extension method is declared. Only the nearest are compared: the service's own
    /// methods for its maps hide those for dictionaries of any type, and most dictionaries are of both kinds.
    fn distance(&self) -> u8 {
        let receiver = self.candidate.parameters.first().filter(|_| self.candidate.is_extension);
        match receiver.map(|receiver| receiver.ty.def.name) {
            Some("System.Collections.Generic.IReadOnlyDictionary") if self.candidate.arity == 2 => 1,
            Some("System.Collections.Generic.IDictionary") if self.candidate.arity == 2 => 2,
            _ => 0,
        }
    }
}

/// Why a candidate does not fit.
#[derive(Clone, Debug, PartialEq)]
pub enum Misfit {
    /// Another number of arguments.
    Count,
    /// An argument's name that no parameter has, or that is given twice.
    Name(usize),
    /// Another number of type arguments.
    TypeArguments,
    /// The type arguments cannot be inferred.
    Inference,
    /// The value before the dot.
    Receiver,
    /// An argument whose value does not fit; the type is what is wanted.
    Argument(usize, Ty),
    /// An argument that is passed otherwise; the type is what is wanted.
    Passing(usize, Ty),
}

/// Why no candidate is chosen.
pub enum Failure {
    /// Several fit equally well.
    Ambiguous(Vec<Applied>),
    /// None fits.
    Misfits(Vec<(Candidate, Misfit)>),
    /// An argument is unknown, which was reported.
    Silent,
}

impl Candidate {
    /// A member found in a type.
    pub fn member(found: Found, is_extension: bool) -> Self {
        let parameters = found.member.parameters.iter().map(|parameter| Formal {
            name: parameter.name.into(),
            ty: found.filled(parameter.ty),
            passing: parameter.passing,
            default: parameter.default.clone(),
        });
        Self {
            callee: Callee::Member(found),
            parameters: parameters.collect(),
            returns: found.filled(found.member.returns),
            arity: found.member.arity,
            is_extension,
        }
    }

    /// The member, if it is one.
    pub fn found(&self) -> Option<Found> {
        match self.callee {
            Callee::Member(found) => Some(found),
            Callee::Local(_) => None,
        }
    }

    fn has_params(&self) -> bool {
        self.parameters.last().is_some_and(|parameter| parameter.passing == Passing::Params)
    }

    /// The parameter of each argument, in the normal or in the expanded form.
    fn targets(&self, given: &[Given], expanded: bool) -> Result<Vec<usize>, Misfit> {
        let count = self.parameters.len();
        let mut targets = Vec::with_capacity(given.len());
        let mut taken = vec![false; count];
        let mut named = false;
        for (index, argument) in given.iter().enumerate() {
            let target = match &argument.name {
                Some((name, _)) => {
                    let target = self.parameters.iter().position(|parameter| parameter.name == *name);
                    let target = target.ok_or(Misfit::Name(index))?;
                    named |= target != index;
                    target
                }
                // A value behind a name that is out of its place has no place of its own.
                None if named => return Err(Misfit::Name(index)),
                None if index < count => index,
                None if expanded => count - 1,
                None => return Err(Misfit::Count),
            };
            let repeats = expanded && target + 1 == count && argument.name.is_none();
            match taken.get_mut(target) {
                Some(taken) if *taken && !repeats => return Err(Misfit::Name(index)),
                Some(taken) => *taken = true,
                None => return Err(Misfit::Count),
            }
            targets.push(target);
        }
        let missing = |(index, parameter): (usize, &Formal)| {
            let is_rest = expanded && index + 1 == count;
            taken.get(index) == Some(&false) && parameter.default.is_none() && !is_rest
        };
        if self.parameters.iter().enumerate().any(missing) { Err(Misfit::Count) } else { Ok(targets) }
    }
}

impl Binder<'_> {
    /// The candidate that a call with these arguments and type arguments means.
    pub fn resolve(
        &mut self,
        candidates: Vec<Candidate>,
        given: &[Given],
        type_args: &[Ty],
    ) -> Result<Applied, Failure> {
        let mut applicable = Vec::new();
        let mut misfits = Vec::new();
        for candidate in candidates {
            match self.applicable(&candidate, given, type_args) {
                Ok(applied) => applicable.push(applied),
                Err(misfit) => misfits.push((candidate, misfit)),
            }
        }
        self.without_hidden(&mut applicable);
        match applicable.len() {
            0 => {
                let unknown = given.iter().any(|argument| argument.value.ty == UNKNOWN);
                Err(if unknown { Failure::Silent } else { Failure::Misfits(misfits) })
            }
            1 => applicable.pop().ok_or(Failure::Silent),
            _ => self.best(applicable, given),
        }
    }

    /// Leaves out methods of base types where one of a derived type fits.
    fn without_hidden(&mut self, applicable: &mut Vec<Applied>) {
        let owners: Vec<Option<Ty>> = applicable
            .iter()
            .map(|applied| match applied.candidate.callee {
                Callee::Member(found) if found.member.kind == MemberKind::Method && !applied.candidate.is_extension => {
                    Some(found.owner)
                }
                _ => None,
            })
            .collect();
        let mut owner = owners.iter();
        applicable.retain(|_| {
            let Some(Some(own)) = owner.next() else { return true };
            !owners.iter().flatten().any(|other| other != own && other.bases_reach(*own))
        });
    }

    fn best(&mut self, mut applicable: Vec<Applied>, given: &[Given]) -> Result<Applied, Failure> {
        let nearest = applicable.iter().map(Applied::distance).min().unwrap_or(0);
        applicable.retain(|one| one.distance() == nearest);
        if let Some(index) = self.best_of(&applicable, given) {
            return Ok(applicable.swap_remove(index));
        }
        // The tables hold overloads of .NET Core that leave calls open which were clear in the .NET Framework, and so to
        // the service: `Split(null)`. Those overloads have parameters with defaults.
        if applicable.iter().any(|one| one.defaults() > 0) && applicable.iter().any(|one| one.defaults() == 0) {
            applicable.retain(|one| one.defaults() == 0);
        }
        match self.best_of(&applicable, given) {
            Some(index) => Ok(applicable.swap_remove(index)),
            None if given.iter().any(|argument| argument.value.ty == UNKNOWN) => Err(Failure::Silent),
            None => Err(Failure::Ambiguous(applicable)),
        }
    }

    /// The candidate that is better than all others.
    fn best_of(&mut self, applicable: &[Applied], given: &[Given]) -> Option<usize> {
        (0..applicable.len()).find(|index| {
            let Some(one) = applicable.get(*index) else { return false };
            let mut others = applicable.iter().enumerate().filter(|(other, _)| other != index);
            others.all(|(_, other)| self.is_better_member(one, other, given))
        })
    }

    /// Whether the arguments fit a candidate, in its normal form or else expanded.
    pub fn applicable(&mut self, candidate: &Candidate, given: &[Given], type_args: &[Ty]) -> Result<Applied, Misfit> {
        let normal = self.applicable_in(candidate, given, type_args, false);
        match normal {
            Err(misfit) if candidate.has_params() => {
                self.applicable_in(candidate, given, type_args, true).map_err(|expanded| match (&misfit, expanded) {
                    // What is wrong in the expanded form is what the author meant, unless its count is wrong.
                    (_, Misfit::Count | Misfit::Name(_)) => misfit,
                    (_, expanded) => expanded,
                })
            }
            other => other,
        }
    }

    fn applicable_in(
        &mut self,
        candidate: &Candidate,
        given: &[Given],
        type_args: &[Ty],
        expanded: bool,
    ) -> Result<Applied, Misfit> {
        let targets = candidate.targets(given, expanded)?;
        if !type_args.is_empty() && type_args.len() != candidate.arity {
            return Err(Misfit::TypeArguments);
        }
        let open: Vec<(Ty, Passing)> =
            targets.iter().map(|target| parameter_type(candidate, *target, expanded)).collect();
        let type_args: Vec<Ty> = match candidate.arity {
            0 => Vec::new(),
            _ if !type_args.is_empty() => type_args.to_vec(),
            arity => self.infer(arity, &open, given).ok_or_else(|| self.inference_misfit(candidate, given, &open))?,
        };
        let mut types = Vec::with_capacity(given.len());
        let mut conversions = Vec::with_capacity(given.len());
        for (index, (argument, (open, passing))) in given.iter().zip(&open).enumerate() {
            let ty = open.substitute(&[], &type_args);
            let is_receiver = candidate.is_extension && index == 0;
            let misfit = match is_receiver {
                true => Misfit::Receiver,
                false => Misfit::Argument(index, ty),
            };
            let conversion = match (passing, argument.passing) {
                (Passing::Out, tree::Passing::Out) | (Passing::Ref, tree::Passing::Ref) => {
                    let fits = argument.value.ty == NONE || same(argument.value.ty, ty);
                    fits.then_some(Conversion::Identity).ok_or(misfit)?
                }
                (Passing::Out | Passing::Ref, _) | (_, tree::Passing::Out | tree::Passing::Ref) => {
                    return Err(Misfit::Passing(index, ty));
                }
                _ => {
                    let conversion = self.implicit_from(&argument.value, ty).ok_or_else(|| misfit.clone())?;
                    let allowed = matches!(conversion, Conversion::Identity | Conversion::Reference | Conversion::Box)
                        || argument.value.ty == UNKNOWN;
                    if is_receiver && !allowed { Err(misfit)? } else { conversion }
                }
            };
            types.push(ty);
            conversions.push(conversion);
        }
        Ok(Applied { candidate: candidate.clone(), type_args, expanded, targets, types, conversions })
    }

    /// What is wrong where type arguments cannot be inferred: the value before the dot, if it already does not fit.
    fn inference_misfit(&mut self, candidate: &Candidate, given: &[Given], open: &[(Ty, Passing)]) -> Misfit {
        match (given.first(), open.first()) {
            (Some(receiver), Some((ty, _))) if candidate.is_extension && !ty.is_open() => {
                match self.implicit_from(&receiver.value, *ty) {
                    Some(_) => Misfit::Inference,
                    None => Misfit::Receiver,
                }
            }
            // The other arguments alone tell what the value before the dot should be.
            (Some(_), Some(_)) if candidate.is_extension && given.len() > 1 => {
                let (open, rest) = (open.get(1..).unwrap_or(&[]), given.get(1..).unwrap_or(&[]));
                let inferred = self.infer(candidate.arity, open, rest);
                if inferred.is_some() { Misfit::Receiver } else { Misfit::Inference }
            }
            _ => Misfit::Inference,
        }
    }

    /// The arguments of a chosen candidate, converted, one for each parameter.
    pub fn converted(&mut self, applied: &Applied, given: Vec<Given>) -> Arguments {
        let count = applied.candidate.parameters.len();
        let mut slots: Vec<Option<Argument>> = (0..count).map(|_| None).collect();
        let mut order = Vec::with_capacity(count);
        let mut rest: Vec<Expr> = Vec::new();
        let parts = given.into_iter().zip(&applied.targets).zip(&applied.types).zip(&applied.conversions);
        for (((argument, target), ty), conversion) in parts {
            let is_rest = applied.expanded && *target + 1 == count;
            if !order.contains(target) {
                order.push(*target);
            }
            let value = match argument.passing {
                tree::Passing::Out | tree::Passing::Ref => Argument::Reference(self.reference(argument.value, *ty)),
                _ => {
                    let value = self.apply(argument.value, conversion.clone(), *ty);
                    if is_rest {
                        rest.push(value);
                        continue;
                    }
                    Argument::Value(value)
                }
            };
            if let Some(slot) = slots.get_mut(*target) {
                *slot = Some(value);
            }
        }
        let mut values = Vec::with_capacity(count);
        for (index, (slot, formal)) in slots.into_iter().zip(&applied.candidate.parameters).enumerate() {
            let ty = formal.ty.substitute(&[], &applied.type_args);
            values.push(match slot {
                Some(argument) => argument,
                None if applied.expanded && index + 1 == count => {
                    Argument::Params(ty.element().unwrap_or(UNKNOWN), std::mem::take(&mut rest))
                }
                None => Argument::Value(self.missing_argument(formal, ty)),
            });
        }
        let in_order = order.iter().enumerate().all(|(place, target)| place == *target);
        // Arguments that are left out are constants and may be evaluated at any time.
        let order = if in_order {
            None
        } else {
            order.extend((0..count).filter(|index| !applied.targets.contains(index)));
            Some(order)
        };
        Arguments { values, order }
    }

    fn missing_argument(&mut self, formal: &Formal, ty: Ty) -> Expr {
        match &formal.default {
            Some(Default::Constant(Constant::Null)) if ty.admits_null() => default_value(ty, Span::default()),
            Some(Default::Constant(value)) if ty.nullable_inner().is_none() => {
                Expr::constant(value.clone(), ty, Span::default())
            }
            Some(Default::Constant(value)) => {
                let inner = Expr::constant(value.clone(), super::types::underlying(ty), Span::default());
                super::convert::step(inner, super::bound::Step::Wrap, ty)
            }
            _ => default_value(ty, Span::default()),
        }
    }

    /// The variable that an `out` or `ref` argument names; one that is declared there gets its type.
    fn reference(&mut self, value: Expr, ty: Ty) -> Expr {
        match value.kind {
            Kind::Declaration(id) => {
                if value.ty == NONE {
                    self.set_type(id, ty);
                }
                Expr::variable(id, ty, value.span)
            }
            Kind::Discard => {
                let id = self.temporary(ty);
                Expr::variable(id, ty, value.span)
            }
            _ => value,
        }
    }
}

/// The type that an argument for a parameter has to fit: the element's, if the parameter is expanded.
fn parameter_type(candidate: &Candidate, target: usize, expanded: bool) -> (Ty, Passing) {
    let Some(formal) = candidate.parameters.get(target) else { return (UNKNOWN, Passing::Value) };
    let is_rest = expanded && target + 1 == candidate.parameters.len();
    let ty = if is_rest { formal.ty.element().unwrap_or(formal.ty) } else { formal.ty };
    (ty, formal.passing)
}

/// Whether one type derives from another.
pub trait Derives {
    /// Whether `base` is among the bases of this type, and is not this type.
    fn bases_reach(&self, base: Ty) -> bool;
}

impl Derives for Ty {
    fn bases_reach(&self, base: Ty) -> bool {
        *self != base && super::tables::lookup::hierarchy(*self).contains(&base)
    }
}
