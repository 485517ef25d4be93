//! `new`: objects, arrays, anonymous objects.

use csharp::span::Span;
use csharp::tree::{Argument, ExprId, ExprKind, List, TypeId};
use dotnet::catalogue::TypeKind;
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Arguments, Call, Expr, Kind, MethodGroup, Receiver};
use crate::expression::convert::NOT_SUPPORTED;
use crate::expression::resolution::explain::{CallKind, Called};
use crate::expression::resolution::{Callee, Candidate, Given};
use crate::expression::rules::rules;
use crate::expression::tables::lookup::{self, Members, has_modifier, is_static_class};
use crate::expression::types::{EXCEPTION, INT, NONE, UNKNOWN, VOID, is_delegate, is_unknown};

rules! {
    /// `new` of a type that has no objects of its own.
    NOT_CREATABLE: "not-creatable", Error, "the type has no objects of its own", ["CS0144", "CS0712"];
    /// What is thrown or caught is no exception.
    NOT_AN_EXCEPTION: "not-an-exception", Error, "this is no exception", ["CS0155"];
    /// The elements of an array have no common type.
    NO_ELEMENT_TYPE: "no-element-type", Error, "the elements have no common type", ["CS0826"];
    /// An array's initialiser has another shape than the array.
    ARRAY_SHAPE: "array-shape", Error, "the elements do not have the array's shape", ["CS0847", "CS0623", "CS0178"];
    /// A member of an anonymous object has no name, or one that is taken.
    ANONYMOUS_MEMBER: "anonymous-member", Error, "the member needs a name of its own", ["CS0746", "CS0833", "CS0828"];
}

impl Binder<'_> {
    /// `new T(arguments) { … }`
    pub fn new_object(
        &mut self,
        ty: TypeId,
        arguments: Option<List<Argument>>,
        initializer: Option<ExprId>,
        span: Span,
    ) -> Expr {
        let to = self.ty(ty);
        let given = arguments.map_or_else(Vec::new, |arguments| self.given(arguments));
        let object = self.constructed(to, given, self.tree.ty(ty).span, span);
        match initializer {
            Some(initializer) => self.initialized(object, initializer, span),
            None => object,
        }
    }

    fn constructed(&mut self, to: Ty, given: Vec<Given>, type_span: Span, span: Span) -> Expr {
        if to == UNKNOWN {
            self.settle(given);
            return Expr::error(span);
        }
        if is_delegate(to) {
            return self.new_delegate(to, given, span);
        }
        if let Some((code, message)) = not_creatable(to) {
            self.settle(given);
            self.refuse(&NOT_CREATABLE, code, type_span, message);
            return Expr::new(Kind::Error, to, span);
        }
        let constructors = lookup::constructors(to);
        // Every struct can be made from nothing.
        if given.is_empty()
            && to.is_value_type()
            && !constructors.iter().any(|found| found.member.parameters.is_empty())
        {
            self.check_allowed(to.def.name, ".ctor", type_span);
            return crate::expression::convert::default_value(to, span);
        }
        if let Some(inner) = to.nullable_inner() {
            // `new int?(5)` is the value itself.
            let mut given = given;
            return match given.pop() {
                Some(argument) if given.is_empty() => {
                    let value = self.convert(argument.value, inner);
                    crate::expression::convert::step(value, crate::expression::bound::Step::Wrap, to)
                }
                _ => Expr::new(Kind::Error, to, span),
            };
        }
        let candidates: Vec<Candidate> = constructors.iter().map(|found| Candidate::member(*found, false)).collect();
        let shown = to.to_string();
        let called = Called { name: &shown, span: type_span, kind: CallKind::Constructor };
        match self.resolve(candidates, &given, &[]) {
            Ok(applied) => {
                let Callee::Member(found) = applied.candidate.callee else { return Expr::error(span) };
                self.check_allowed(found.member.declaring_type(), ".ctor", type_span);
                let arguments = self.converted(&applied, given);
                let call = Call { found, type_args: Vec::new(), receiver: None, arguments };
                Expr::new(Kind::New(Box::new(call)), to, span)
            }
            Err(failure) => {
                if constructors.is_empty() {
                    self.settle(given);
                    self.report(&NOT_SUPPORTED, type_span, format!("`new {to}` is not supported"));
                } else {
                    self.explain(failure, given, &called);
                }
                Expr::new(Kind::Error, to, span)
            }
        }
    }

    /// `new Func<int>(…)`
    fn new_delegate(&mut self, to: Ty, mut given: Vec<Given>, span: Span) -> Expr {
        match given.pop() {
            Some(argument) if given.is_empty() && argument.value.ty == UNKNOWN => Expr::new(Kind::Error, to, span),
            Some(argument) if given.is_empty() => match self.invoked_by(argument.value, to, span) {
                Some(value) => {
                    let mut value = self.convert(value, to);
                    value.span = span;
                    value
                }
                None => {
                    let message = format!("`{to}` is made of a lambda or a method");
                    self.refuse(&super::call::NOT_CALLABLE, "CS0149", span, message);
                    Expr::new(Kind::Error, to, span)
                }
            },
            _ => {
                let message = format!("`{to}` is made of one lambda or method");
                self.refuse(&super::call::NOT_CALLABLE, "CS0149", span, message);
                Expr::new(Kind::Error, to, span)
            }
        }
    }

    /// What `new` makes a delegate of: a lambda, a method, or the `Invoke` of a delegate of another type.
    fn invoked_by(&mut self, value: Expr, to: Ty, span: Span) -> Option<Expr> {
        if value.ty == NONE || self.implicit_from(&value, to).is_some() {
            return Some(value);
        }
        let Members::Methods(methods) = lookup::members(value.ty, "Invoke") else { return None };
        let group = MethodGroup {
            name: "Invoke".into(),
            name_span: value.span,
            receiver: Receiver::Value(value),
            methods,
            local: None,
            type_args: Vec::new(),
            syntax: None,
        };
        Some(Expr::new(Kind::MethodGroup(Box::new(group)), NONE, span))
    }

    /// A value that is thrown: an exception.
    pub fn exception(&mut self, value: Expr) -> Expr {
        if value.ty == UNKNOWN {
            return value;
        }
        let is_exception =
            value.ty != NONE && crate::expression::conversion::derives(value.ty, EXCEPTION) && value.ty != VOID;
        if !is_exception || value.ty.is_value_type() {
            let span = value.span;
            let shown = if value.ty == NONE { String::from("this") } else { format!("a `{}`", value.ty) };
            self.settle_expr(value);
            let finding =
                self.refuse(&NOT_AN_EXCEPTION, "CS0155", span, format!("{shown} is no exception and cannot be thrown"));
            finding.help("`throw new Exception(\"…\")`");
            return Expr::error(span);
        }
        self.convert(value, EXCEPTION)
    }

    /// `new T[n]`, `new T[] { … }`
    pub fn new_array(&mut self, ty: TypeId, sizes: List<ExprId>, initializer: Option<ExprId>, span: Span) -> Expr {
        let to = self.ty(ty);
        let sizes: Vec<ExprId> = self.tree.list(sizes).to_vec();
        let lengths: Vec<Expr> = sizes
            .into_iter()
            .map(|size| {
                let value = self.value(size);
                self.array_index(value)
            })
            .collect();
        let elements =
            initializer.map(|initializer| (self.tree.expr(initializer).kind, self.tree.expr(initializer).span));
        let Some((element, _)) = to.array_parts() else {
            if let Some((ExprKind::Initializer(elements), span)) = elements {
                self.array_initializer(elements, UNKNOWN, span);
            }
            return Expr::error(span);
        };
        match elements {
            Some((ExprKind::Initializer(elements), place)) => {
                self.check_lengths(&lengths, elements, place);
                let mut array = self.array_initializer(elements, to, place);
                array.span = span;
                array
            }
            _ => {
                for length in &lengths {
                    let negative = length.constant.as_ref().and_then(crate::expression::constant::Constant::as_int);
                    if negative.is_some_and(|value| value < 0) {
                        self.refuse(&ARRAY_SHAPE, "CS0248", length.span, "an array has no negative length");
                    }
                }
                Expr::new(Kind::ArrayNew(element, lengths), to, span)
            }
        }
    }

    /// Reports elements that are not as many as the length that is written.
    fn check_lengths(&mut self, lengths: &[Expr], elements: List<ExprId>, span: Span) {
        let Some(first) = lengths.first() else { return };
        match first.constant.as_ref().and_then(crate::expression::constant::Constant::as_int) {
            Some(length) if usize::try_from(length) != Ok(elements.len()) => {
                let message = format!("the array has {length} elements, and {} are given", elements.len());
                self.refuse(&ARRAY_SHAPE, "CS0847", span, message);
            }
            Some(_) => {}
            None if is_unknown(first.ty) => {}
            None => {
                let message = "the length of an array with given elements is a constant";
                self.refuse(&super::pattern::NOT_CONSTANT, "CS0150", first.span, message);
            }
        }
    }

    /// `new[] { … }`
    pub fn new_implicit_array(&mut self, rank: u32, initializer: ExprId, span: Span) -> Expr {
        let node = *self.tree.expr(initializer);
        let ExprKind::Initializer(elements) = node.kind else { return Expr::error(span) };
        let mut leaves = Vec::new();
        self.leaves(elements, rank, &mut leaves);
        // Elements are bound once to find their type, in a sink whose findings count.
        let bound: Vec<Expr> = leaves.iter().map(|leaf| self.value(*leaf)).collect();
        if bound.iter().any(|element| element.ty == UNKNOWN) {
            bound.into_iter().for_each(|element| self.settle_expr(element));
            return Expr::error(span);
        }
        let Some(element) = self.best_common_type(&bound).filter(|ty| *ty != VOID) else {
            let before = self.sink.errors;
            bound.into_iter().for_each(|element| self.settle_expr(element));
            if self.sink.errors == before {
                let help = "write the type: `new object[] { … }`";
                self.refuse(&NO_ELEMENT_TYPE, "CS0826", span, "the elements have no common type").help(help);
            }
            return Expr::error(span);
        };
        let ty = Ty::array(element, u8::try_from(rank).unwrap_or(1));
        let mut values = bound.into_iter();
        let mut converted = Vec::new();
        for value in values.by_ref() {
            converted.push(self.convert(value, element));
        }
        let mut array = self.array_of(elements, ty, rank, &mut converted.into_iter(), node.span);
        array.span = span;
        array
    }

    /// The elements of an array's initialiser that are no initialisers themselves.
    fn leaves(&self, elements: List<ExprId>, rank: u32, found: &mut Vec<ExprId>) {
        for element in self.tree.list(elements) {
            match self.tree.expr(*element).kind {
                ExprKind::Initializer(inner) if rank > 1 => self.leaves(inner, rank - 1, found),
                _ => found.push(*element),
            }
        }
    }

    /// `{ … }` as the elements of an array of this type.
    pub fn array_initializer(&mut self, elements: List<ExprId>, to: Ty, span: Span) -> Expr {
        let (element, rank) = to.array_parts().unwrap_or((UNKNOWN, 1));
        let mut leaves = Vec::new();
        self.leaves(elements, rank.into(), &mut leaves);
        let mut values = Vec::with_capacity(leaves.len());
        for leaf in leaves {
            let node = *self.tree.expr(leaf);
            values.push(match node.kind {
                ExprKind::Initializer(_) => {
                    // Jagged arrays write `new[] { … }` for each row.
                    let help = "write `new[] { … }` for an array inside of an array";
                    self.refuse(&ARRAY_SHAPE, "CS0623", node.span, "an initialiser stands where a value is needed")
                        .help(help);
                    Expr::error(node.span)
                }
                _ => {
                    let value = self.value(leaf);
                    self.convert(value, element)
                }
            });
        }
        if to == UNKNOWN {
            return Expr::error(span);
        }
        if to.array_parts().is_none() {
            let help = "`new` with a type makes the collection";
            self.refuse(&ARRAY_SHAPE, "CS0622", span, format!("`{{ … }}` alone is an array, and this is a `{to}`"))
                .help(help);
            return Expr::new(Kind::Error, to, span);
        }
        self.array_of(elements, to, rank.into(), &mut values.into_iter(), span)
    }

    /// An array with these elements; of several dimensions, one that is filled element by element.
    fn array_of(
        &mut self,
        elements: List<ExprId>,
        to: Ty,
        rank: u32,
        values: &mut dyn Iterator<Item = Expr>,
        span: Span,
    ) -> Expr {
        let element = to.array_parts().map_or(UNKNOWN, |(element, _)| element);
        if rank == 1 {
            return Expr::new(Kind::ArrayOf(element, values.collect()), to, span);
        }
        let mut lengths = Vec::new();
        if !self.lengths(elements, rank, &mut lengths) {
            self.refuse(&ARRAY_SHAPE, "CS0847", span, "the rows of the array are not all of one length");
            return Expr::new(Kind::Error, to, span);
        }
        let int = |value: usize| {
            let value = i128::try_from(value).unwrap_or(0);
            Expr::constant(crate::expression::constant::Constant::Int(value), INT, span)
        };
        let new = Expr::new(Kind::ArrayNew(element, lengths.iter().map(|length| int(*length)).collect()), to, span);
        let (temporary, read) = self.temporary_for(&new);
        let mut effects = Vec::new();
        for (position, value) in values.enumerate() {
            let mut rest = position;
            let mut indexes = Vec::new();
            for length in lengths.iter().rev() {
                indexes.push(int(rest % (*length).max(1)));
                rest /= (*length).max(1);
            }
            indexes.reverse();
            let place = Expr::new(Kind::Element(Box::new(read.clone()), indexes), element, span);
            effects.push(Expr::new(Kind::Assign(Box::new(place), Box::new(value)), element, span));
        }
        let filled = Expr::new(Kind::Effects(effects, Box::new(read)), to, span);
        Expr::new(Kind::Let(temporary, Box::new(new), Box::new(filled)), to, span)
    }

    /// The length of each dimension; false if the rows differ.
    fn lengths(&self, elements: List<ExprId>, rank: u32, found: &mut Vec<usize>) -> bool {
        found.push(elements.len());
        if rank == 1 {
            return true;
        }
        let mut rows = self.tree.list(elements).iter().map(|element| match self.tree.expr(*element).kind {
            ExprKind::Initializer(inner) => {
                let mut lengths = Vec::new();
                self.lengths(inner, rank - 1, &mut lengths).then_some(lengths)
            }
            _ => None,
        });
        let Some(first) = rows.next() else {
            found.extend((1..rank).map(|_| 0));
            return true;
        };
        let Some(first) = first else { return false };
        if rows.any(|row| row.as_ref() != Some(&first)) {
            return false;
        }
        found.extend(first);
        true
    }

    /// `new { A = 1, b.C }`
    pub fn new_anonymous(&mut self, members: List<ExprId>, span: Span) -> Expr {
        let members: Vec<ExprId> = self.tree.list(members).to_vec();
        let mut properties: Vec<(String, Ty)> = Vec::new();
        let mut values = Vec::new();
        for member in members {
            let node = *self.tree.expr(member);
            let (name, value) = match node.kind {
                ExprKind::Assign { target, value, .. } => {
                    let name = match self.tree.expr(target).kind {
                        ExprKind::Name(name) => self.text(name.ident).into_owned(),
                        _ => String::new(),
                    };
                    (name, value)
                }
                _ => (self.implied_name(member), member),
            };
            let value = self.value(value);
            let value = self.natural(value);
            if name.is_empty() && value.ty != UNKNOWN {
                self.refuse(&ANONYMOUS_MEMBER, "CS0746", node.span, "the member needs a name: `Name = …`");
            } else if properties.iter().any(|(known, _)| *known == name) {
                self.refuse(&ANONYMOUS_MEMBER, "CS0833", node.span, format!("two members are called `{name}`"));
            }
            if value.ty == NONE || value.ty == VOID {
                let place = value.span;
                let before = self.sink.errors;
                self.settle_expr(value);
                if self.sink.errors == before {
                    let message = format!("the member `{name}` takes no type from this");
                    self.refuse(&ANONYMOUS_MEMBER, "CS0828", place, message).help("cast it to the type that is meant");
                }
                properties.push((name, UNKNOWN));
                continue;
            }
            properties.push((name, value.ty));
            values.push(value);
        }
        if properties.iter().any(|(name, ty)| *ty == UNKNOWN || name.is_empty()) {
            return Expr::error(span);
        }
        let parts: Vec<(&str, Ty)> = properties.iter().map(|(name, ty)| (name.as_str(), *ty)).collect();
        let ty = Ty::anonymous(&parts);
        Expr::new(Kind::Anonymous(values), ty, span)
    }

    /// The name that an expression gives a member: its last part.
    pub fn implied_name(&self, id: ExprId) -> String {
        match self.tree.expr(id).kind {
            ExprKind::Name(name) | ExprKind::Member { name, .. } => self.text(name.ident).into_owned(),
            ExprKind::NullChain(inner) => self.implied_name(inner),
            _ => String::new(),
        }
    }

    /// The constructor of a tuple type with these elements.
    pub fn new_tuple(&mut self, ty: Ty, values: Vec<Expr>, span: Span) -> Expr {
        let constructor =
            lookup::constructors(ty).into_iter().find(|found| found.member.parameters.len() == values.len());
        let Some(found) = constructor else {
            self.report(&NOT_SUPPORTED, span, format!("tuples of {} elements are not supported", values.len()));
            return Expr::new(Kind::Error, ty, span);
        };
        let values = values.into_iter().map(crate::expression::bound::Argument::Value).collect();
        let arguments = Arguments { values, order: None };
        let call = Call { found, type_args: Vec::new(), receiver: None, arguments };
        Expr::new(Kind::New(Box::new(call)), ty, span)
    }
}

/// Why there are no objects of a type by `new`.
fn not_creatable(ty: Ty) -> Option<(&'static str, String)> {
    let def = ty.def;
    if is_static_class(def) {
        return Some(("CS0712", format!("`{ty}` is a static class: it has no objects")));
    }
    if ty.is_interface() {
        return Some(("CS0144", format!("`{ty}` is an interface: classes that implement it have objects")));
    }
    if has_modifier(def, "abstract") && def.kind == TypeKind::Class {
        return Some(("CS0144", format!("`{ty}` is abstract: types that derive from it have objects")));
    }
    (ty == VOID).then(|| ("CS1547", String::from("`void` has no objects")))
}
