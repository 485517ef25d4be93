//! Tuples, and declarations and assignments that take one apart.

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{self, ExprId, ExprKind, Ident, List, TypeId, TypeKind};
use dotnet::catalogue::signature::Passing;
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Argument, Arguments, Call, Expr, Kind, VariableId, VariableKind};
use crate::expression::conversion::Conversion;
use crate::expression::rules::rules;
use crate::expression::tables::lookup::{self, Found, Members};
use crate::expression::types::{NONE, UNKNOWN, VOID, tuple_elements, underlying};

use super::member::tuple_element;
use super::unary::wrapped;

rules! {
    /// A value is taken apart that has not so many parts.
    NO_PARTS: "no-parts", Error, "the value has not so many parts", ["CS8129", "CS8132"];
    /// A variable's type cannot be inferred.
    NO_INFERRED_TYPE: "no-inferred-type", Error, "the variable's type cannot be inferred", ["CS0815", "CS0818", "CS8130"];
}

/// Where a part of a value goes.
enum Place {
    Target(Expr),
    Declared(VariableId, Ty, Span),
    Discarded,
    Parts(Vec<Place>, Span),
    Unknown,
}

impl Binder<'_> {
    /// `(1, "x")`
    pub fn tuple_expr(&mut self, elements: List<tree::Argument>, span: Span) -> Expr {
        let list = self.arguments(elements);
        let mut parts: Vec<(Rc<str>, Expr)> = Vec::with_capacity(list.len());
        for element in list {
            let value = self.value(element.value);
            let value = self.natural(value);
            let name: Rc<str> = match element.name {
                Some(name) => self.text(name).as_ref().into(),
                None => self.implied_name(element.value).into(),
            };
            parts.push((name, value));
        }
        // A name that is implied twice, or that tuples use themselves, is no name.
        let names: Vec<Rc<str>> = parts.iter().map(|(name, _)| Rc::clone(name)).collect();
        for ((name, _), element) in parts.iter_mut().zip(list) {
            let twice = names.iter().filter(|other| *other == name).count() > 1;
            let reserved = name.starts_with("Item") || ["Rest", "ToString", "Equals", "GetHashCode"].contains(&&**name);
            if element.name.is_none() && (twice || reserved) {
                *name = "".into();
            }
        }
        let types: Vec<Ty> = parts.iter().map(|(_, value)| value.ty).collect();
        if types.contains(&VOID) {
            let (_, value) = parts.swap_remove(types.iter().position(|ty| *ty == VOID).unwrap_or(0));
            self.report_no_conversion(&value, crate::expression::types::OBJECT);
            return Expr::error(span);
        }
        let has_declarations = parts.iter().any(|(_, value)| matches!(value.kind, Kind::Declaration(_)));
        let names: Vec<String> = parts.iter().map(|(name, _)| name.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let ty = if has_declarations { NONE } else { self.tuple_type(&types, &names, span) };
        Expr::new(Kind::Tuple(parts), ty, span)
    }

    /// `int x`, `var x` inside of an expression.
    pub fn declaration_expr(&mut self, ty: TypeId, name: Ident, span: Span) -> Expr {
        let is_var = matches!(self.tree.ty(ty).kind, TypeKind::Var);
        let to = if is_var { NONE } else { self.ty(ty) };
        if self.text(name) == "_" {
            return Expr::new(Kind::Discard, to, span);
        }
        let id = self.declare(name, to, VariableKind::Local);
        Expr::new(Kind::Declaration(id), to, span)
    }

    /// A tuple literal or a tuple with its elements converted.
    pub fn tuple(&mut self, expr: Expr, conversions: Vec<Conversion>, to: Ty) -> Expr {
        let span = expr.span;
        let targets = tuple_elements(to).unwrap_or(&[]);
        if let Kind::Tuple(parts) = expr.kind {
            let mut values = Vec::with_capacity(parts.len());
            for (((_, part), conversion), target) in parts.into_iter().zip(conversions).zip(targets) {
                values.push(self.apply(part, conversion, *target));
            }
            return self.new_tuple(to, values, span);
        }
        let (temporary, read) = self.temporary_for(&expr);
        let sources = tuple_elements(expr.ty).unwrap_or(&[]);
        let mut values = Vec::with_capacity(targets.len());
        for (index, ((source, conversion), target)) in sources.iter().zip(conversions).zip(targets).enumerate() {
            let element = tuple_element(read.clone(), index, *source, span);
            values.push(self.apply(element, conversion, *target));
        }
        let new = self.new_tuple(to, values, span);
        Expr::new(Kind::Let(temporary, Box::new(expr), Box::new(new)), to, span)
    }

    /// `(a, b) = value`
    pub fn deconstruct(&mut self, elements: List<tree::Argument>, value: ExprId, span: Span) -> Expr {
        let mut kept = Vec::new();
        let places = self.places(elements, &mut kept);
        let value = self.value(value);
        let whole = self.take_apart(places, value, span);
        wrapped(kept, whole)
    }

    /// The assignments that take the current element of a `foreach` apart.
    pub fn deconstruct_value(&mut self, elements: List<tree::Argument>, value: Expr, span: Span) -> Expr {
        let mut kept = Vec::new();
        let places = self.places(elements, &mut kept);
        let whole = self.take_apart(places, value, span);
        wrapped(kept, whole)
    }

    fn places(&mut self, elements: List<tree::Argument>, kept: &mut Vec<(VariableId, Expr)>) -> Vec<Place> {
        let list = self.arguments(elements);
        let mut places = Vec::with_capacity(list.len());
        for element in list {
            let node = *self.tree.expr(self.tree.without_parentheses(element.value));
            if let ExprKind::Tuple(inner) = node.kind {
                places.push(Place::Parts(self.places(inner, kept), node.span));
                continue;
            }
            if self.is_discard(element.value) {
                places.push(Place::Discarded);
                continue;
            }
            let target = self.value(element.value);
            let place = match target.kind {
                Kind::Declaration(id) => Place::Declared(id, target.ty, target.span),
                Kind::Discard => Place::Discarded,
                _ => match self.assignable(target, None) {
                    Some(target) => {
                        let (hoisted, target) = self.hoisted(target);
                        kept.extend(hoisted);
                        Place::Target(target)
                    }
                    None => Place::Unknown,
                },
            };
            places.push(place);
        }
        places
    }

    /// All parts are evaluated, then all are assigned.
    fn take_apart(&mut self, places: Vec<Place>, value: Expr, span: Span) -> Expr {
        let mut kept = Vec::new();
        let mut effects = Vec::new();
        self.assign_parts(places, value, span, &mut kept, &mut effects);
        let nothing = Expr::new(Kind::Default, VOID, span);
        wrapped(kept, Expr::new(Kind::Effects(effects, Box::new(nothing)), VOID, span))
    }

    fn assign_parts(
        &mut self,
        places: Vec<Place>,
        value: Expr,
        span: Span,
        kept: &mut Vec<(VariableId, Expr)>,
        effects: &mut Vec<Expr>,
    ) {
        let parts = self.parts_of(value, places.len(), span, kept);
        for (index, place) in places.into_iter().enumerate() {
            let part = parts.get(index).cloned().unwrap_or_else(|| Expr::error(span));
            self.assign_part(place, part, kept, effects);
        }
    }

    fn assign_part(&mut self, place: Place, part: Expr, kept: &mut Vec<(VariableId, Expr)>, effects: &mut Vec<Expr>) {
        let (target, at) = match place {
            Place::Parts(inner, span) => return self.assign_parts(inner, part, span, kept, effects),
            Place::Discarded | Place::Unknown => return,
            Place::Declared(id, ty, span) => {
                let ty = if ty == NONE { part.ty } else { ty };
                if ty == NONE || ty == VOID {
                    let before = self.sink.errors;
                    self.settle_expr(part);
                    if self.sink.errors == before {
                        self.refuse(&NO_INFERRED_TYPE, "CS8130", span, "the variable takes no type from this");
                    }
                    return self.set_type(id, UNKNOWN);
                }
                self.set_type(id, ty);
                (Expr::variable(id, ty, span), span)
            }
            Place::Target(target) => {
                let at = target.span;
                (target, at)
            }
        };
        let ty = target.ty;
        let value = self.convert(part, ty);
        effects.push(Expr::new(Kind::Assign(Box::new(target), Box::new(value)), ty, at));
    }

    /// The parts of a value, each read from a temporary.
    fn parts_of(&mut self, value: Expr, count: usize, span: Span, kept: &mut Vec<(VariableId, Expr)>) -> Vec<Expr> {
        if value.ty == UNKNOWN {
            return Vec::new();
        }
        if let Kind::Tuple(parts) = value.kind {
            if parts.len() != count {
                let message = format!("a tuple of {} is taken apart into {count}", parts.len());
                self.refuse(&NO_PARTS, "CS8132", span, message);
                return Vec::new();
            }
            return parts.into_iter().map(|(_, part)| self.part_in_temporary(part, kept)).collect();
        }
        let place = value.span;
        let ty = value.ty;
        if let Some(elements) = tuple_elements(underlying(ty)).filter(|_| ty.nullable_inner().is_none()) {
            if elements.len() != count {
                let message = format!("a tuple of {} is taken apart into {count}", elements.len());
                self.refuse(&NO_PARTS, "CS8132", span, message);
                return Vec::new();
            }
            let (temporary, read) = self.temporary_for(&value);
            kept.push((temporary, value));
            let part = |(index, element): (usize, &Ty)| tuple_element(read.clone(), index, *element, place);
            return elements.iter().enumerate().map(part).collect();
        }
        self.parts_by_method(value, count, span, kept)
    }

    fn part_in_temporary(&mut self, part: Expr, kept: &mut Vec<(VariableId, Expr)>) -> Expr {
        // What has no type of its own is converted where it goes.
        if part.ty == NONE || matches!(part.kind, Kind::Constant) {
            return part;
        }
        let (temporary, read) = self.temporary_for(&part);
        kept.push((temporary, part));
        read
    }

    /// The parts that a method `Deconstruct` gives.
    fn parts_by_method(
        &mut self,
        value: Expr,
        count: usize,
        span: Span,
        kept: &mut Vec<(VariableId, Expr)>,
    ) -> Vec<Expr> {
        let takes = |found: &Found| {
            let parameters = &found.member.parameters;
            parameters.len() == count && parameters.iter().all(|parameter| parameter.passing == Passing::Out)
        };
        let found = match lookup::members(value.ty, "Deconstruct") {
            Members::Methods(methods) => methods.into_iter().find(takes),
            _ => None,
        };
        let Some(found) = found.filter(|_| value.ty != NONE && value.ty != VOID) else {
            let before = self.sink.errors;
            let shown = if value.ty == NONE { String::from("this") } else { format!("a `{}`", value.ty) };
            self.settle_expr(value);
            if self.sink.errors == before {
                self.refuse(&NO_PARTS, "CS8129", span, format!("{shown} cannot be taken apart into {count}"));
            }
            return Vec::new();
        };
        let mut outs = Vec::new();
        let mut reads = Vec::new();
        for parameter in &found.member.parameters {
            let ty = found.filled(parameter.ty);
            let id = self.temporary(ty);
            outs.push(Argument::Reference(Expr::variable(id, ty, span)));
            reads.push(Expr::variable(id, ty, span));
        }
        let receiver = self.as_receiver(value, found);
        let call = Call {
            found,
            type_args: Vec::new(),
            receiver: Some(receiver),
            arguments: Arguments { values: outs, order: None },
        };
        let call = Expr::new(Kind::Call(Box::new(call)), VOID, span);
        // The call is an effect before the parts are read; it is kept with a value that nobody reads.
        let done =
            Expr::constant(crate::expression::constant::Constant::Bool(true), crate::expression::types::BOOL, span);
        let done = Expr::new(Kind::Effects(vec![call], Box::new(done)), crate::expression::types::BOOL, span);
        let (temporary, _) = self.temporary_for(&done);
        kept.push((temporary, done));
        reads
    }
}
