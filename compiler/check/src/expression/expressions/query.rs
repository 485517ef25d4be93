//! Query expressions: translated into calls of methods, as C# describes it.

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{self, ExprId, ExprKind, Ident, List, Passing};
use dotnet::ty::{Shape, Ty};

use crate::expression::binder::Binder;
use crate::expression::bound::{
    Clause, ClauseResult, Expr, Kind, Lambda, MethodGroup, Ranges, Receiver, Stmt, StmtKind, VariableId,
};
use crate::expression::describe::shown;
use crate::expression::resolution::Given;
use crate::expression::resolution::explain::CallKind;
use crate::expression::rules::rules;
use crate::expression::scope::Entry;
use crate::expression::statements::loops::{element_of, is_sequence};
use crate::expression::tables::lookup::{self, Members};
use crate::expression::types::{NONE, UNKNOWN, VOID};

rules! {
    /// A query over something that has no query methods.
    NO_QUERY: "no-query", Error, "this cannot be queried", ["CS1935", "CS1936"];
    /// A range variable has the name of another variable.
    RANGE_NAME: "range-name", Error, "the variable's name is taken", ["CS1930", "CS1931", "CS0136"];
}

/// A query as far as it is translated.
struct Query {
    /// What is queried.
    source: Expr,
    /// The variables that an element holds.
    ranges: Ranges,
    /// Whether some clause stands behind the first `from`.
    is_changed: bool,
}

impl Binder<'_> {
    /// `from x in xs … select …`
    pub fn query(&mut self, clauses: List<tree::Clause>, span: Span) -> Expr {
        let clauses: Vec<tree::Clause> = self.tree.list(clauses).to_vec();
        let mut rest = clauses.into_iter().peekable();
        let Some(tree::Clause::From { ty, name, source }) = rest.next() else { return Expr::error(span) };
        let source = self.value(source);
        let source = self.cast_source(source, ty, span);
        self.check_range(name, None);
        let mut query = Query { source, ranges: self.one(name), is_changed: false };
        while let Some(clause) = rest.next() {
            // A `select` directly behind `from` or `join` takes what these give as it is.
            let select = match (&clause, rest.peek()) {
                (tree::Clause::From { .. } | tree::Clause::Join { .. }, Some(tree::Clause::Select(value))) => {
                    Some(*value)
                }
                _ => None,
            };
            if self.clause(&mut query, clause, select, span) {
                rest.next();
            }
        }
        let mut source = query.source;
        source.span = span;
        source
    }

    /// Reports a range variable whose name is taken, by one of the query's or by another variable.
    fn check_range(&mut self, name: Ident, ranges: Option<&Ranges>) {
        if name.is_missing() {
            return;
        }
        let text = self.text(name).into_owned();
        if let Some(span) = ranges.and_then(|ranges| place_of(ranges, &text)) {
            let message = format!("the query has a variable `{text}` already");
            self.refuse(&RANGE_NAME, "CS1930", name.span, message).label =
                Some((span, format!("`{text}` is declared here")));
            return;
        }
        let (code, place) = match self.scope.find(&text) {
            Some(Entry::Variable(id)) => ("CS1931", self.variable(id).map(|variable| variable.span)),
            Some(Entry::Function(id)) => ("CS1931", self.function(id).map(|function| function.span)),
            Some(Entry::Later(span)) => ("CS0136", Some(span)),
            None => return,
        };
        let message = format!("`{text}` already has a meaning in the code around this");
        let label = place.filter(|place| !place.is_empty()).map(|span| (span, format!("`{text}` is declared here")));
        self.refuse(&RANGE_NAME, code, name.span, message).label = label;
    }

    fn one(&self, name: Ident) -> Ranges {
        Ranges::One(self.text(name).as_ref().into(), name.span)
    }

    /// Translates one clause; true if the `select` behind it is translated with it.
    fn clause(&mut self, query: &mut Query, clause: tree::Clause, select: Option<ExprId>, span: Span) -> bool {
        let was_changed = std::mem::replace(&mut query.is_changed, true);
        match clause {
            tree::Clause::From { ty, name, source } => {
                let inner = self.clause_lambda(vec![query.ranges.clone()], ClauseResult::Expr(source), span);
                let inner = match ty {
                    Some(ty) => self.cast_clause(query.ranges.clone(), source, ty, span).unwrap_or(inner),
                    None => inner,
                };
                self.check_range(name, Some(&query.ranges));
                let both = vec![query.ranges.clone(), self.one(name)];
                self.two_sources(query, "SelectMany", vec![inner], both, select, span)
            }
            tree::Clause::Let { name, value } => {
                self.check_range(name, Some(&query.ranges));
                let text: Rc<str> = self.text(name).as_ref().into();
                let result = ClauseResult::With(Rc::clone(&text), name.span, value);
                let lambda = self.clause_lambda(vec![query.ranges.clone()], result, span);
                self.step(query, "Select", vec![lambda], span);
                query.ranges = pair(query.ranges.clone(), self.one(name));
                false
            }
            tree::Clause::Where(condition) => {
                let lambda = self.clause_lambda(vec![query.ranges.clone()], ClauseResult::Expr(condition), span);
                self.step(query, "Where", vec![lambda], span);
                false
            }
            tree::Clause::Join { ty, name, operands, into } => {
                let operands: Vec<ExprId> = self.tree.list(operands).to_vec();
                let [source, left, right] = operands.as_slice() else { return false };
                self.check_range(name, Some(&query.ranges));
                let inner = self.value(*source);
                let inner = self.cast_source(inner, ty, span);
                let left = self.clause_lambda(vec![query.ranges.clone()], ClauseResult::Expr(*left), span);
                let right = self.clause_lambda(vec![self.one(name)], ClauseResult::Expr(*right), span);
                let (method, second) = match into {
                    Some(group) => {
                        self.check_range(group, Some(&query.ranges));
                        ("GroupJoin", self.one(group))
                    }
                    None => ("Join", self.one(name)),
                };
                let both = vec![query.ranges.clone(), second];
                self.two_sources(query, method, vec![inner, left, right], both, select, span)
            }
            tree::Clause::OrderBy { key, descending, first } => {
                let lambda = self.clause_lambda(vec![query.ranges.clone()], ClauseResult::Expr(key), span);
                let method = match (first, descending) {
                    (true, false) => "OrderBy",
                    (true, true) => "OrderByDescending",
                    (false, false) => "ThenBy",
                    (false, true) => "ThenByDescending",
                };
                self.step(query, method, vec![lambda], span);
                false
            }
            tree::Clause::Select(value) => {
                if was_changed && self.is_range(&query.ranges, value) {
                    return false;
                }
                let lambda = self.clause_lambda(vec![query.ranges.clone()], ClauseResult::Expr(value), span);
                self.step(query, "Select", vec![lambda], span);
                false
            }
            tree::Clause::Group { value, key } => {
                let mut lambdas = vec![self.clause_lambda(vec![query.ranges.clone()], ClauseResult::Expr(key), span)];
                if !self.is_range(&query.ranges, value) {
                    lambdas.push(self.clause_lambda(vec![query.ranges.clone()], ClauseResult::Expr(value), span));
                }
                self.step(query, "GroupBy", lambdas, span);
                false
            }
            tree::Clause::Into(name) => {
                self.check_range(name, None);
                query.ranges = self.one(name);
                query.is_changed = false;
                false
            }
        }
    }

    /// A clause that adds a second variable: its last lambda makes a pair, or what `select` behind it wants.
    fn two_sources(
        &mut self,
        query: &mut Query,
        method: &str,
        mut arguments: Vec<Expr>,
        both: Vec<Ranges>,
        select: Option<ExprId>,
        span: Span,
    ) -> bool {
        let result = select.map_or(ClauseResult::Pair, ClauseResult::Expr);
        let second = both.get(1).cloned();
        arguments.push(self.clause_lambda(both, result, span));
        self.step(query, method, arguments, span);
        if let (None, Some(second)) = (select, second) {
            query.ranges = pair(query.ranges.clone(), second);
        }
        select.is_some()
    }

    /// Whether an expression is the one range variable itself.
    fn is_range(&self, ranges: &Ranges, value: ExprId) -> bool {
        match (ranges, self.tree.expr(value).kind) {
            (Ranges::One(name, _), ExprKind::Name(written)) => self.text(written.ident) == **name,
            _ => false,
        }
    }

    fn step(&mut self, query: &mut Query, method: &str, arguments: Vec<Expr>, span: Span) {
        let source = std::mem::replace(&mut query.source, Expr::error(span));
        query.source = self.query_call(source, method, arguments, Vec::new(), span);
    }

    /// The call of a method of the query pattern.
    fn query_call(&mut self, source: Expr, method: &str, arguments: Vec<Expr>, type_args: Vec<Ty>, span: Span) -> Expr {
        let given: Vec<Given> =
            arguments.into_iter().map(|value| Given { value, name: None, passing: Passing::Value }).collect();
        if source.ty == UNKNOWN {
            self.settle(given);
            return Expr::error(span);
        }
        let place = source.span;
        let source = self.natural(source);
        let methods = match lookup::members(source.ty, method) {
            Members::Methods(methods) if source.ty != NONE && source.ty != VOID => methods,
            _ => Vec::new(),
        };
        let is_sequence = match method {
            "Cast" => source.ty.array_parts().is_some() || element_of(source.ty).is_some(),
            _ => is_sequence(source.ty),
        };
        if methods.is_empty() && (!is_sequence || lookup::extensions(method).is_empty()) {
            self.settle(given);
            let message = format!("{} cannot be queried: it has no `{method}`", shown(&source));
            self.refuse(&NO_QUERY, "CS1936", place, message);
            return Expr::error(span);
        }
        let group = MethodGroup {
            name: method.into(),
            name_span: place,
            receiver: Receiver::Value(source),
            methods,
            local: None,
            type_args,
            syntax: None,
        };
        self.call_group(group, given, CallKind::Clause, span)
    }

    /// `xs.Cast<T>()`, for a range variable with a type.
    fn cast_source(&mut self, source: Expr, ty: Option<tree::TypeId>, span: Span) -> Expr {
        match ty {
            Some(ty) => {
                let to = self.ty(ty);
                if to == UNKNOWN {
                    return Expr::error(span);
                }
                self.query_call(source, "Cast", Vec::new(), vec![to], span)
            }
            None => source,
        }
    }

    /// The second source of a query, whose elements are cast.
    fn cast_clause(&mut self, ranges: Ranges, source: ExprId, ty: tree::TypeId, span: Span) -> Option<Expr> {
        let to = self.ty(ty);
        (to != UNKNOWN).then(|| self.clause_lambda(vec![ranges], ClauseResult::Cast(source, to), span))
    }

    /// A lambda that stands for a clause.
    fn clause_lambda(&mut self, parameters: Vec<Ranges>, result: ClauseResult, span: Span) -> Expr {
        let lambda = Lambda {
            span,
            syntax: None,
            scope: Rc::clone(&self.scope),
            parameters: Some(parameters.len()),
            explicit: None,
            checked: self.is_checked(),
            clause: Some(Clause { parameters, result }),
            bindings: std::cell::RefCell::default(),
        };
        Expr::new(Kind::Lambda(Rc::new(lambda)), NONE, span)
    }

    /// The parameters and statements of a clause's lambda.
    pub fn clause_body(&mut self, clause: &Clause, types: &[Ty]) -> (Vec<VariableId>, Vec<Stmt>, bool) {
        let mut parameters = Vec::with_capacity(types.len());
        let mut reads = Vec::with_capacity(types.len());
        for (ranges, ty) in clause.parameters.iter().zip(types) {
            let id = self.temporary(*ty);
            let read = Expr::variable(id, *ty, Span::default());
            self.declare_ranges(ranges, read.clone());
            parameters.push(id);
            reads.push(read);
        }
        let value = match &clause.result {
            ClauseResult::Expr(value) => self.value(*value),
            ClauseResult::Cast(source, to) => {
                let source = self.value(*source);
                let span = source.span;
                self.query_call(source, "Cast", Vec::new(), vec![*to], span)
            }
            ClauseResult::Pair => self.pair_of(&clause.parameters, reads),
            ClauseResult::With(name, span, value) => {
                let value = self.value(*value);
                let value = self.natural(value);
                if value.ty == NONE || value.ty == VOID {
                    let before = self.sink.errors;
                    self.settle_expr(value);
                    if self.sink.errors == before {
                        let message = format!("`{name}` takes no type from this");
                        self.refuse(&super::tuple::NO_INFERRED_TYPE, "CS1932", *span, message);
                    }
                    Expr::error(*span)
                } else {
                    let mut ranges = clause.parameters.clone();
                    ranges.push(Ranges::One(Rc::clone(name), *span));
                    reads.push(value);
                    self.pair_of(&ranges, reads)
                }
            }
        };
        let span = value.span;
        self.frame.returns.push(value);
        (parameters, vec![Stmt { kind: StmtKind::Return(Some(0)), span }], true)
    }

    /// The object that holds two range variables, or two groups of them.
    fn pair_of(&mut self, ranges: &[Ranges], values: Vec<Expr>) -> Expr {
        let span = values.last().map_or(Span::default(), |value| value.span);
        if values.iter().any(|value| value.ty == UNKNOWN) {
            return Expr::error(span);
        }
        let name = |ranges: Option<&Ranges>| match ranges {
            Some(Ranges::One(name, _)) => name.to_string(),
            _ => String::from("*"),
        };
        let (first, second) = (name(ranges.first()), name(ranges.get(1)));
        let types: Vec<Ty> = values.iter().map(|value| value.ty).collect();
        let [a, b] = types.as_slice() else { return Expr::error(span) };
        let ty = Ty::anonymous(&[(&first, *a), (&second, *b)]);
        Expr::new(Kind::Anonymous(values), ty, span)
    }

    /// Makes the range variables in a value visible.
    fn declare_ranges(&mut self, ranges: &Ranges, value: Expr) {
        match ranges {
            Ranges::One(name, span) => self.declare_range(name, *span, value),
            Ranges::Pair(first, second) => {
                let types = match value.ty.shape {
                    Shape::Anonymous(_) => value.ty.0.args,
                    _ => &[],
                };
                for (at, inner) in [first, second].into_iter().enumerate() {
                    let ty = types.get(at).copied().unwrap_or(UNKNOWN);
                    let read = Expr::new(Kind::AnonymousMember(Box::new(value.clone()), at), ty, value.span);
                    self.declare_ranges(inner, read);
                }
            }
        }
    }
}

/// Where one of the range variables of this name stands.
fn place_of(ranges: &Ranges, name: &str) -> Option<Span> {
    match ranges {
        Ranges::One(own, span) => (**own == *name).then_some(*span),
        Ranges::Pair(first, second) => place_of(first, name).or_else(|| place_of(second, name)),
    }
}

fn pair(first: Ranges, second: Ranges) -> Ranges {
    Ranges::Pair(Box::new(first), Box::new(second))
}
