//! What the author is told where no member fits a call.
//!
//! The candidate that came nearest is named; what is wrong inside of a lambda comes before that the lambda does not fit.

use std::rc::Rc;

use csharp::span::Span;
use dotnet::catalogue::signature::{MemberKind, Passing};
use dotnet::ty::Ty;

use super::{Callee, Candidate, Failure, Given, Misfit};
use crate::expression::binder::Binder;
use crate::expression::bound::{Body, Expr, Kind};
use crate::expression::describe::shown;
use crate::expression::expressions::lambda::LAMBDA_RETURN;
use crate::expression::rules::rules;
use crate::expression::tables;
use crate::expression::types::{NONE, UNKNOWN, VOID};

rules! {
    /// No overload takes so many arguments.
    ARGUMENT_COUNT: "argument-count", Error, "no overload takes so many arguments", ["CS1501", "CS1729", "CS7036"];
    /// An argument's type does not fit the parameter.
    ARGUMENT_TYPE: "argument-type", Error, "an argument does not fit its parameter",
        ["CS1502", "CS1503", "CS1594", "CS1928", "CS1950"];
    /// `ref` or `out` is missing, or stands where it must not.
    ARGUMENT_PASSING: "argument-passing", Error, "an argument is passed in the wrong way", ["CS1502", "CS1615", "CS1620"];
    /// An argument is named as no parameter is.
    ARGUMENT_NAME: "argument-name", Error, "no parameter has this name", ["CS1739", "CS1740", "CS1744"];
    /// An extension method is called on a value of another type.
    EXTENSION_RECEIVER: "extension-receiver", Error, "the extension method is for another type", ["CS1929"];
    /// The type arguments of a generic method cannot be inferred.
    NOT_INFERRED: "not-inferred", Error, "the type arguments cannot be inferred", ["CS0411"];
    /// The type of a query's clause cannot be inferred.
    CLAUSE_TYPE: "clause-type", Error, "the clause has no type that fits", ["CS1941", "CS1942", "CS1943"];
    /// Two overloads fit equally well.
    AMBIGUOUS_CALL: "ambiguous-call", Error, "two overloads fit equally well", ["CS0121"];
    /// A generic type or method gets another number of type arguments.
    TYPE_ARGUMENT_COUNT: "type-argument-count", Error, "another number of type arguments is needed", ["CS0305", "CS0308"];
}

/// What is called, for messages and codes.
pub struct Called<'n> {
    /// Its name.
    pub name: &'n str,
    /// Where the name stands.
    pub span: Span,
    /// What kind of call.
    pub kind: CallKind,
}

/// The kinds of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// A method.
    Method,
    /// An extension method, by a value before the dot.
    Extension,
    /// A constructor.
    Constructor,
    /// An indexer.
    Indexer,
    /// `Add` for an element of a collection initialiser.
    Element,
    /// A delegate.
    Delegate,
    /// A method that a clause of a query stands for.
    Clause,
}

impl Binder<'_> {
    /// Tells why no candidate was chosen, unless an argument has been reported.
    pub fn explain(&mut self, failure: Failure, given: Vec<Given>, called: &Called<'_>) {
        match failure {
            Failure::Silent => self.settle(given),
            Failure::Ambiguous(applicable) => {
                let shown: Vec<String> = applicable.iter().take(2).map(|one| show(&one.candidate)).collect();
                let message = format!("this could mean {}", shown.join(" or "));
                self.refuse(&AMBIGUOUS_CALL, "CS0121", called.span, message)
                    .help("cast an argument to the type that is meant");
                self.settle(given);
            }
            Failure::Misfits(misfits) => self.explain_misfits(misfits, given, called),
        }
    }

    fn explain_misfits(&mut self, mut misfits: Vec<(Candidate, Misfit)>, given: Vec<Given>, called: &Called<'_>) {
        misfits.sort_by_key(|(candidate, misfit)| distance(candidate, misfit, given.len()));
        let Some((candidate, nearest)) = misfits.into_iter().next() else { return self.settle(given) };
        match nearest {
            Misfit::Count => {
                self.explain_count(&candidate, &given, called);
                self.settle(given);
            }
            Misfit::Name(index) => {
                self.explain_name(&candidate, &given, index);
                self.settle(given);
            }
            Misfit::TypeArguments => {
                let message = format!("`{}` takes {}", called.name, counted(candidate.arity, "type argument"));
                let code = if candidate.arity == 0 { "CS0308" } else { "CS0305" };
                self.refuse(&TYPE_ARGUMENT_COUNT, code, called.span, message);
                self.settle(given);
            }
            Misfit::Inference => self.explain_inference(&candidate, given, called),
            Misfit::Receiver => {
                let receiver = given.first().map_or(UNKNOWN, |argument| argument.value.ty);
                let wanted = candidate.parameters.first().map_or(UNKNOWN, |parameter| parameter.ty);
                let message = format!("`{}` is for values of type `{wanted}`, and this is a `{receiver}`", called.name);
                self.refuse(&EXTENSION_RECEIVER, "CS1929", called.span, message);
                self.settle(given);
            }
            Misfit::Passing(index, ty) => {
                self.explain_passing(&candidate, given.get(index), ty);
                self.settle(given);
            }
            Misfit::Argument(index, ty) => self.explain_argument(&candidate, given, index, ty, called),
        }
    }

    fn explain_count(&mut self, candidate: &Candidate, given: &[Given], called: &Called<'_>) {
        let count = given.len() - usize::from(candidate.is_extension);
        let taken = candidate.parameters.len() - usize::from(candidate.is_extension);
        let code = match called.kind {
            CallKind::Constructor => "CS1729",
            CallKind::Delegate => "CS1593",
            _ => "CS1501",
        };
        let message = match called.kind {
            CallKind::Constructor => {
                format!("`{}` has no constructor with {}", called.name, counted(count, "parameter"))
            }
            CallKind::Indexer => format!("`{}` is not indexed by {}", called.name, counted(count, "value")),
            _ => format!("`{}` has no overload with {}", called.name, counted(count, "parameter")),
        };
        let help = format!("{} takes {}", show(candidate), counted(taken, "argument"));
        self.refuse(&ARGUMENT_COUNT, code, called.span, message).help(help);
    }

    fn explain_name(&mut self, candidate: &Candidate, given: &[Given], index: usize) {
        let Some(argument) = given.get(index) else { return };
        let Some((name, span)) = &argument.name else {
            let message = "an argument without a name stands behind one that is out of its place";
            self.refuse(&ARGUMENT_NAME, "CS8323", argument.value.span, message);
            return;
        };
        let (name, span) = (Rc::clone(name), *span);
        let names: Vec<Rc<str>> = candidate.parameters.iter().map(|parameter| Rc::clone(&parameter.name)).collect();
        if names.contains(&name) {
            let named = given.iter().filter(|argument| argument.name.as_ref().is_some_and(|(other, _)| *other == name));
            let code = if named.count() > 1 { "CS1740" } else { "CS1744" };
            let message = format!("`{name}` is given twice");
            self.refuse(&ARGUMENT_NAME, code, span, message);
            return;
        }
        let message = format!("{} has no parameter `{name}`", show(candidate));
        let near = grammar::diagnostic::nearest(&name, names.iter().map(|name| &**name)).map(str::to_owned);
        let finding = self.refuse(&ARGUMENT_NAME, "CS1739", span, message);
        if let Some(near) = near {
            finding.help(format!("did you mean `{near}`?"));
            finding.fix(format!("Replace with `{near}`"), span, near);
        }
    }

    fn explain_passing(&mut self, candidate: &Candidate, argument: Option<&Given>, ty: Ty) {
        let Some(argument) = argument else { return };
        let wants_out = candidate.parameters.iter().any(|parameter| parameter.passing == Passing::Out);
        let is_plain = matches!(argument.passing, csharp::tree::Passing::Value | csharp::tree::Passing::In);
        let span = argument.value.span;
        let message = match (wants_out, is_plain) {
            (true, true) => {
                format!("this argument is written by the member: it needs `out` and a variable of type `{ty}`")
            }
            _ => String::from("this argument is passed by value: `ref` and `out` do not belong here"),
        };
        let text = self.tree.slice(span).to_owned();
        let finding = self.refuse(&ARGUMENT_PASSING, "CS1502", span, message);
        if wants_out && is_plain {
            finding.fix("Pass with `out`", span, format!("out {text}"));
        }
    }

    fn explain_inference(&mut self, candidate: &Candidate, given: Vec<Given>, called: &Called<'_>) {
        // What is wrong inside of a lambda explains why nothing could be inferred.
        let before = self.sink.errors;
        let open: Vec<Ty> = candidate.parameters.iter().map(|parameter| parameter.ty).collect();
        let mut no_value = None;
        for (argument, ty) in given.iter().zip(&open) {
            if let (Kind::Lambda(lambda), Some(invoke)) = (&argument.value.kind, tables::invoke(*ty)) {
                let gives_nothing =
                    |body: &Body| body.returns.is_empty() && !body.returns_nothing && body.end_reachable;
                if invoke.returns != VOID && lambda.bindings.borrow().iter().any(|(_, body)| gives_nothing(body)) {
                    no_value = Some(argument.value.span);
                }
            }
        }
        self.settle(given);
        if self.sink.errors > before {
            return;
        }
        if let Some(span) = no_value {
            self.refuse(&LAMBDA_RETURN, "CS1643", span, "not every path through the lambda gives a value");
            return;
        }
        if called.kind == CallKind::Clause {
            let code = if called.name == "SelectMany" { "CS1943" } else { "CS1942" };
            let message = format!("no types make `{}` fit what this clause gives it", called.name);
            self.refuse(&CLAUSE_TYPE, code, called.span, message);
            return;
        }
        let message = format!("the type arguments of `{}` cannot be inferred from its use", called.name);
        let help = format!("write them: `{}<…>(…)`", called.name);
        self.refuse(&NOT_INFERRED, "CS0411", called.span, message).help(help);
    }

    fn explain_argument(
        &mut self,
        candidate: &Candidate,
        mut given: Vec<Given>,
        index: usize,
        ty: Ty,
        called: &Called<'_>,
    ) {
        if index >= given.len() {
            return self.settle(given);
        }
        let argument = given.remove(index);
        let span = argument.value.span;
        if matches!(argument.value.kind, Kind::Lambda(_)) {
            // Types in the delegate that could not be told are those of the lambda's own result.
            self.report_no_conversion(&argument.value, ty);
            return self.settle(given);
        }
        if matches!(argument.passing, csharp::tree::Passing::Out | csharp::tree::Passing::Ref) {
            let message = format!("the member writes a `{ty}` here, and the variable is a `{}`", argument.value.ty);
            self.refuse(&ARGUMENT_TYPE, "CS1502", span, message);
            return self.settle(given);
        }
        let code = match called.kind {
            CallKind::Extension => "CS1928",
            CallKind::Element => "CS1950",
            CallKind::Delegate => "CS1594",
            _ => "CS1502",
        };
        let from = shown(&argument.value);
        let name = parameter_name(candidate, index);
        let place = if name.is_empty() { String::new() } else { format!(" for the parameter `{name}`") };
        let message = format!("{from} does not convert to `{ty}`{place}");
        let text = self.tree.slice(span).to_owned();
        let castable =
            argument.value.ty != NONE && crate::expression::conversion::explicit(argument.value.ty, ty).is_some();
        let finding = self.refuse(&ARGUMENT_TYPE, code, span, message);
        if castable {
            finding.help(format!("cast it: `({ty})…`"));
            finding.fix(format!("Cast to `{ty}`"), span, format!("({ty})({text})"));
        } else {
            finding.help(format!("the nearest overload is {}", show(candidate)));
        }
        self.settle(given);
    }

    /// Binds what waits for its types in arguments that are no longer needed, so that faults inside are told.
    pub fn settle(&mut self, given: Vec<Given>) {
        for argument in given {
            self.settle_expr(argument.value);
        }
    }

    /// As [`Self::settle`], for one expression.
    pub fn settle_expr(&mut self, value: Expr) {
        match value.kind {
            Kind::Lambda(lambda) => {
                // The binding that came furthest, or one over parameters of unknown types.
                let tried: Vec<Vec<Ty>> = lambda.bindings.borrow().iter().map(|(types, _)| types.clone()).collect();
                let unknown = vec![UNKNOWN; lambda.parameters.unwrap_or(0)];
                let types = tried.into_iter().next().unwrap_or(unknown);
                if let Some(body) = self.bind_lambda(&lambda, &types) {
                    self.adopt(&body);
                }
            }
            Kind::Tuple(elements) => elements.into_iter().for_each(|(_, element)| self.settle_expr(element)),
            Kind::Declaration(id) if self.type_of(id) == NONE => self.set_type(id, UNKNOWN),
            _ => {}
        }
    }
}

/// How far a candidate is from fitting; the nearest is explained.
fn distance(candidate: &Candidate, misfit: &Misfit, given: usize) -> (u8, usize) {
    match misfit {
        Misfit::Argument(index, _) | Misfit::Passing(index, _) => (0, usize::MAX - index),
        Misfit::Inference => (1, 0),
        Misfit::Receiver => (2, 0),
        Misfit::Name(index) => (3, usize::MAX - index),
        Misfit::TypeArguments => (4, usize::from(candidate.arity == 0)),
        Misfit::Count => (5, candidate.parameters.len().abs_diff(given)),
    }
}

fn parameter_name(candidate: &Candidate, index: usize) -> &str {
    candidate.parameters.get(index).or(candidate.parameters.last()).map_or("", |parameter| &parameter.name)
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("one {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// A candidate as C# declares it, in backticks.
fn show(candidate: &Candidate) -> String {
    let name = match candidate.callee {
        Callee::Member(found) if found.member.kind == MemberKind::Constructor => found.member.shown_name(),
        Callee::Member(found) if found.member.name == "Item" => "this",
        Callee::Member(found) => found.member.name,
        Callee::Local(_) => "the local function",
    };
    let skipped = usize::from(candidate.is_extension);
    let parameters: Vec<String> = candidate
        .parameters
        .iter()
        .skip(skipped)
        .map(|parameter| {
            let passing = match parameter.passing {
                Passing::Out => "out ",
                Passing::Ref => "ref ",
                Passing::Params => "params ",
                _ => "",
            };
            format!("{passing}{} {}", parameter.ty, parameter.name)
        })
        .collect();
    format!("`{name}({})`", parameters.join(", "))
}
