//! Type inference: the type arguments of a generic method from its arguments.
//!
//! As C# describes it: bounds are gathered from the arguments that have types; type parameters are fixed one after the
//! other, and lambdas are bound as soon as the types of their parameters are known.

use std::rc::Rc;

use csharp::tree;
use dotnet::catalogue::declaration::{Declaration, Variance};
use dotnet::catalogue::signature::Passing;
use dotnet::ty::{Shape, Ty};

use super::{Callee, Candidate, Given};
use crate::expression::binder::Binder;
use crate::expression::bound::{Expr, Kind, Lambda, MethodGroup, Receiver};
use crate::expression::conversion;
use crate::expression::tables;
use crate::expression::types::{NONE, UNKNOWN, VOID, is_delegate, is_reference, same, tuple_elements};

/// What is known of one type parameter.
#[derive(Default)]
struct Bounds {
    exact: Vec<Ty>,
    lower: Vec<Ty>,
    upper: Vec<Ty>,
    fixed: Option<Ty>,
}

impl Bounds {
    fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.lower.is_empty() && self.upper.is_empty()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Exact,
    Lower,
    Upper,
}

struct Inference {
    parameters: Vec<Bounds>,
}

impl Binder<'_> {
    /// The type arguments that the arguments imply, for parameters of these open types.
    pub fn infer(&mut self, arity: usize, open: &[(Ty, Passing)], given: &[Given]) -> Option<Vec<Ty>> {
        let mut inference = Inference { parameters: (0..arity).map(|_| Bounds::default()).collect() };
        for (argument, (ty, passing)) in given.iter().zip(open) {
            self.first_phase(&mut inference, &argument.value, *ty, *passing, argument.passing);
        }
        // Every round fixes a parameter, learns a bound, or gives up.
        for _ in 0..=2 * arity + open.len() {
            if inference.parameters.iter().all(|bounds| bounds.fixed.is_some()) {
                break;
            }
            self.second_phase(&mut inference, open, given)?;
        }
        inference.parameters.into_iter().map(|bounds| bounds.fixed).collect()
    }

    fn first_phase(&mut self, inference: &mut Inference, value: &Expr, ty: Ty, passing: Passing, given: tree::Passing) {
        if !ty.is_open() {
            return;
        }
        match &value.kind {
            Kind::Lambda(lambda) => {
                if let (Some(explicit), Some(invoke)) = (&lambda.explicit, tables::invoke(ty)) {
                    for ((from, _), (to, _)) in explicit.iter().zip(&invoke.parameters) {
                        inference.add(*from, *to, Bound::Exact);
                    }
                }
            }
            Kind::Tuple(elements) => {
                let targets = tuple_elements(ty).filter(|targets| targets.len() == elements.len());
                match targets {
                    Some(targets) => {
                        for ((_, element), target) in elements.iter().zip(targets) {
                            self.first_phase(inference, element, *target, passing, given);
                        }
                    }
                    None if value.ty != NONE => inference.add(value.ty, ty, Bound::Lower),
                    None => {}
                }
            }
            _ if value.ty == NONE => {}
            _ if is_by_reference(passing) || matches!(given, tree::Passing::Out | tree::Passing::Ref) => {
                inference.add(value.ty, ty, Bound::Exact);
            }
            _ => inference.add(value.ty, ty, Bound::Lower),
        }
    }

    /// Fixes what can be fixed; none if the inference fails.
    fn second_phase(&mut self, inference: &mut Inference, open: &[(Ty, Passing)], given: &[Given]) -> Option<()> {
        let depends = inference.dependencies(open, given);
        let unfixed =
            |inference: &Inference, index: usize| inference.parameters.get(index).is_some_and(|b| b.fixed.is_none());
        let count = inference.parameters.len();
        let independent: Vec<usize> = (0..count)
            .filter(|index| unfixed(inference, *index) && depends.get(*index).is_some_and(Vec::is_empty))
            .collect();
        // Those without bounds wait for lambdas that may give them some.
        let ready: Vec<usize> = independent
            .iter()
            .copied()
            .filter(|index| inference.parameters.get(*index).is_some_and(|bounds| !bounds.is_empty()))
            .collect();
        let to_fix = if !ready.is_empty() {
            ready
        } else {
            let is_needed = |index: usize| depends.iter().any(|on| on.contains(&index));
            (0..count)
                .filter(|index| {
                    unfixed(inference, *index)
                        && is_needed(*index)
                        && inference.parameters.get(*index).is_some_and(|bounds| !bounds.is_empty())
                })
                .collect()
        };
        let mut progress = false;
        for index in to_fix {
            let bounds = inference.parameters.get_mut(index)?;
            bounds.fixed = Some(fix(bounds)?);
            progress = true;
        }
        progress |= self.output_types(inference, open, given);
        progress.then_some(())
    }

    /// Lambdas and methods whose parameters' types are known tell the types of their results.
    fn output_types(&mut self, inference: &mut Inference, open: &[(Ty, Passing)], given: &[Given]) -> bool {
        let mut found = false;
        for (argument, (ty, _)) in given.iter().zip(open) {
            found |= self.output_type(inference, &argument.value, *ty);
        }
        found
    }

    fn output_type(&mut self, inference: &mut Inference, value: &Expr, ty: Ty) -> bool {
        if let Kind::Tuple(elements) = &value.kind {
            let targets = tuple_elements(ty).unwrap_or(&[]);
            let mut found = false;
            for ((_, element), target) in elements.iter().zip(targets) {
                found |= self.output_type(inference, element, *target);
            }
            return found;
        }
        let Some(invoke) = tables::invoke(ty) else { return false };
        if !inference.mentions_unfixed(invoke.returns) {
            return false;
        }
        let inputs: Vec<Ty> = invoke.parameters.iter().map(|(ty, _)| inference.filled(*ty)).collect();
        let needs_inputs = match &value.kind {
            Kind::Lambda(lambda) => lambda.explicit.is_none() && lambda.parameters.is_some(),
            Kind::MethodGroup(_) => true,
            _ => return false,
        };
        if needs_inputs && inputs.iter().any(|input| inference.mentions_unfixed(*input)) {
            return false;
        }
        let result = match &value.kind {
            Kind::Lambda(lambda) => {
                let lambda = Rc::clone(lambda);
                self.lambda_result(&lambda, &inputs)
            }
            Kind::MethodGroup(group) => self.group_result(group, &inputs),
            _ => None,
        };
        let before = inference.count();
        if let Some(result) = result.filter(|result| *result != VOID && *result != NONE) {
            inference.add(result, invoke.returns, Bound::Lower);
        }
        inference.count() > before
    }

    /// The type of what a lambda returns under these types of its parameters.
    pub fn lambda_result(&mut self, lambda: &Rc<Lambda>, inputs: &[Ty]) -> Option<Ty> {
        if lambda.parameters.is_some_and(|count| count != inputs.len()) {
            return None;
        }
        let body = self.bind_lambda(lambda, inputs)?;
        if body.returns.is_empty() {
            return Some(VOID);
        }
        if body.sink.borrow().has_errors() && body.returns.iter().all(|value| value.ty == UNKNOWN) {
            return Some(UNKNOWN);
        }
        match body.returns.as_slice() {
            [single] => Some(single.ty),
            all => self.best_common_type(all),
        }
    }

    /// The type of what the method of a group gives that takes these types.
    fn group_result(&mut self, group: &MethodGroup, inputs: &[Ty]) -> Option<Ty> {
        let given: Vec<Given> = inputs
            .iter()
            .map(|ty| Given {
                value: Expr::new(Kind::Error, *ty, group.name_span),
                name: None,
                passing: tree::Passing::Value,
            })
            .collect();
        let candidates = self.candidates_of(group, &given);
        self.resolve(candidates, &given, &group.type_args).ok().map(|applied| applied.returns())
    }

    /// The type that all of several expressions convert to, and that one of them has.
    pub fn best_common_type(&mut self, exprs: &[Expr]) -> Option<Ty> {
        let mut types: Vec<Ty> = Vec::new();
        for ty in exprs.iter().map(|expr| expr.ty).filter(|ty| *ty != NONE && *ty != VOID) {
            if ty == UNKNOWN {
                return Some(UNKNOWN);
            }
            if !types.iter().any(|known| same(*known, ty)) {
                types.push(ty);
            }
        }
        let converts = |from: Ty, to: Ty| conversion::implicit(from, to).is_some();
        let mut best = types.iter().copied().filter(|to| types.iter().all(|from| converts(*from, *to)));
        let found = best.next()?;
        if best.next().is_some() {
            return None;
        }
        exprs.iter().all(|expr| self.implicit_from(expr, found).is_some()).then_some(found)
    }

    /// The candidates of a group of methods: its own, or the extension methods if none of its own takes so many.
    pub fn candidates_of(&mut self, group: &MethodGroup, given: &[Given]) -> Vec<Candidate> {
        if let Some(local) = group.local {
            return self.local_candidate(local).into_iter().collect();
        }
        let own = group.methods.iter().map(|found| Candidate::member(*found, false));
        // A method used as a delegate may be an extension method with its first argument already given.
        if group.methods.is_empty()
            && let Receiver::Value(receiver) = &group.receiver
        {
            return self.extension_delegates(&group.name, receiver, given.len());
        }
        own.collect()
    }

    /// Extension methods of a value, seen as methods without their first parameter.
    fn extension_delegates(&mut self, name: &str, receiver: &Expr, count: usize) -> Vec<Candidate> {
        let mut found = Vec::new();
        for mut candidate in self.extension_candidates(name) {
            if candidate.parameters.len() != count + 1 || candidate.arity > 0 {
                continue;
            }
            let first = candidate.parameters.remove(0);
            if conversion::standard_implicit(receiver.ty, first.ty).is_some()
                && matches!(candidate.callee, Callee::Member(_))
            {
                found.push(candidate);
            }
        }
        found
    }
}

fn is_by_reference(passing: Passing) -> bool {
    matches!(passing, Passing::Out | Passing::Ref)
}

impl Inference {
    fn count(&self) -> usize {
        self.parameters.iter().map(|b| b.exact.len() + b.lower.len() + b.upper.len()).sum()
    }

    /// The number of a type parameter that is not fixed yet.
    fn unfixed(&self, ty: Ty) -> Option<usize> {
        match ty.shape {
            Shape::Parameter(_, index, true) => {
                let index = usize::from(index);
                self.parameters.get(index).filter(|bounds| bounds.fixed.is_none()).map(|_| index)
            }
            _ => None,
        }
    }

    fn mentions_unfixed(&self, ty: Ty) -> bool {
        self.unfixed(ty).is_some() || ty.args.iter().any(|arg| self.mentions_unfixed(*arg))
    }

    /// The type with what is fixed filled in.
    fn filled(&self, ty: Ty) -> Ty {
        if !ty.is_open() {
            return ty;
        }
        let args: Vec<Ty> = self
            .parameters
            .iter()
            .enumerate()
            .map(|(index, bounds)| bounds.fixed.unwrap_or_else(|| unfixed_parameter(ty, index)))
            .collect();
        ty.substitute(&[], &args)
    }

    /// For each type parameter, those unfixed ones that it waits for: a lambda gives the type of its result only once
    /// the types of its parameters are known.
    fn dependencies(&self, open: &[(Ty, Passing)], given: &[Given]) -> Vec<Vec<usize>> {
        let count = self.parameters.len();
        let mut on: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (argument, (ty, _)) in given.iter().zip(open) {
            self.direct_dependencies(&argument.value, *ty, &mut on);
        }
        // What a parameter waits for waits itself.
        for _ in 0..count {
            for index in 0..count {
                let through: Vec<usize> =
                    on.get(index).into_iter().flatten().filter_map(|step| on.get(*step)).flatten().copied().collect();
                if let Some(own) = on.get_mut(index) {
                    for step in through {
                        if !own.contains(&step) {
                            own.push(step);
                        }
                    }
                }
            }
        }
        on
    }

    fn direct_dependencies(&self, value: &Expr, ty: Ty, on: &mut [Vec<usize>]) {
        if let Kind::Tuple(elements) = &value.kind {
            for ((_, element), target) in elements.iter().zip(tuple_elements(ty).unwrap_or(&[])) {
                self.direct_dependencies(element, *target, on);
            }
            return;
        }
        let takes_inputs = match &value.kind {
            Kind::Lambda(lambda) => lambda.explicit.is_none() && lambda.parameters.is_some(),
            Kind::MethodGroup(_) => true,
            _ => false,
        };
        let Some(invoke) = tables::invoke(ty).filter(|_| takes_inputs) else { return };
        for output in self.unfixed_in(invoke.returns) {
            for (input, _) in &invoke.parameters {
                for input in self.unfixed_in(*input) {
                    if let Some(own) = on.get_mut(output)
                        && !own.contains(&input)
                    {
                        own.push(input);
                    }
                }
            }
        }
    }

    fn unfixed_in(&self, ty: Ty) -> Vec<usize> {
        match self.unfixed(ty) {
            Some(index) => vec![index],
            None => ty.args.iter().flat_map(|arg| self.unfixed_in(*arg)).collect(),
        }
    }

    /// Gathers what a value of type `from` tells about the type parameters in `to`.
    fn add(&mut self, from: Ty, to: Ty, bound: Bound) {
        if let Some(index) = self.unfixed(to) {
            if let Some(bounds) = self.parameters.get_mut(index) {
                let list = match bound {
                    Bound::Exact => &mut bounds.exact,
                    Bound::Lower => &mut bounds.lower,
                    Bound::Upper => &mut bounds.upper,
                };
                if !list.contains(&from) {
                    list.push(from);
                }
            }
            return;
        }
        if !to.is_open() || from == NONE {
            return;
        }
        if from == UNKNOWN {
            for arg in to.args {
                self.add(UNKNOWN, *arg, Bound::Exact);
            }
            return;
        }
        if let (Some((a, rank)), Some((b, target_rank))) = (from.array_parts(), to.array_parts()) {
            if rank == target_rank {
                let kept = if is_reference(a) { bound } else { Bound::Exact };
                self.add(a, b, kept);
            }
            return;
        }
        if let (Some(a), Some(b)) = (from.nullable_inner(), to.nullable_inner()) {
            self.add(a, b, bound);
            return;
        }
        if let (Some(b), Bound::Lower) = (to.nullable_inner(), bound)
            && from.is_value_type()
        {
            self.add(from, b, bound);
            return;
        }
        match bound {
            Bound::Exact => self.add_args(from, to, bound),
            Bound::Lower => {
                if let Some(base) = only_base(from, to) {
                    self.add_args(base, to, bound);
                }
            }
            Bound::Upper => {
                if std::ptr::eq(from.def, to.def) {
                    self.add_args(from, to, bound);
                }
            }
        }
    }

    fn add_args(&mut self, from: Ty, to: Ty, bound: Bound) {
        if !std::ptr::eq(from.def, to.def) || from.args.len() != to.args.len() {
            return;
        }
        let variance = Declaration::parse(to.def.declaration).variance;
        let varies = to.is_interface() || is_delegate(to);
        for (index, (a, b)) in from.0.args.iter().zip(to.0.args).enumerate() {
            let kept = match (variance.get(index), bound) {
                (_, Bound::Exact) => Bound::Exact,
                _ if !varies || !is_reference(*a) => Bound::Exact,
                (Some(Variance::Out), bound) => bound,
                (Some(Variance::In), Bound::Lower) => Bound::Upper,
                (Some(Variance::In), Bound::Upper) => Bound::Lower,
                _ => Bound::Exact,
            };
            self.add(*a, *b, kept);
        }
    }
}

/// The parameter of this number as it occurs in a type.
fn unfixed_parameter(ty: Ty, index: usize) -> Ty {
    match ty.shape {
        Shape::Parameter(_, own, true) if usize::from(own) == index => ty,
        _ => {
            let inside = ty.args.iter().map(|arg| unfixed_parameter(*arg, index));
            inside.into_iter().find(|found| *found != UNKNOWN).unwrap_or(UNKNOWN)
        }
    }
}

/// The one base of `from`, itself included, that has the definition of `to`. None if there are several: then nothing
/// can be said.
fn only_base(from: Ty, to: Ty) -> Option<Ty> {
    if std::ptr::eq(from.def, to.def) {
        return Some(from);
    }
    let mut found: Option<Ty> = None;
    let classes = std::iter::successors(Some(from), |ty| ty.base_class());
    for base in classes.chain(from.interfaces()) {
        if std::ptr::eq(base.def, to.def) && found != Some(base) {
            if found.is_some() {
                return None;
            }
            found = Some(base);
        }
    }
    found
}

/// The type that all bounds allow.
fn fix(bounds: &Bounds) -> Option<Ty> {
    let all: Vec<Ty> = bounds.exact.iter().chain(&bounds.lower).chain(&bounds.upper).copied().collect();
    if all.contains(&UNKNOWN) {
        return Some(UNKNOWN);
    }
    let converts = |from: Ty, to: Ty| conversion::standard_implicit(from, to).is_some();
    let candidates: Vec<Ty> = all
        .iter()
        .copied()
        .filter(|candidate| {
            bounds.exact.iter().all(|exact| same(*exact, *candidate))
                && bounds.lower.iter().all(|lower| converts(*lower, *candidate))
                && bounds.upper.iter().all(|upper| converts(*candidate, *upper))
        })
        .collect();
    // Lower bounds ask for the smallest type that holds them, upper ones for the largest.
    let mut best: Option<Ty> = None;
    for candidate in &candidates {
        let beats_all = candidates.iter().all(|other| converts(*candidate, *other));
        if beats_all {
            match best {
                Some(known) if !same(known, *candidate) => return None,
                // The first bound names the elements of tuples.
                Some(_) => {}
                None => best = Some(*candidate),
            }
        }
    }
    best
}
