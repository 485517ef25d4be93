//! What stands behind a point, and chains with `?.`.

use std::rc::Rc;

use csharp::span::Span;
use csharp::tree::{ExprId, ExprKind, Name};
use dotnet::catalogue::Body;
use dotnet::catalogue::signature::MemberKind;
use dotnet::ty::{Shape, Ty};
use grammar::diagnostic::nearest;

use crate::expression::binder::Binder;
use crate::expression::bound::{Arguments, Expr, Kind, MethodGroup, Property, Receiver, Step};
use crate::expression::constant::Constant;
use crate::expression::convert::step;
use crate::expression::rules::rules;
use crate::expression::semantics::Symbol;
use crate::expression::tables::lookup::{self, Found, Members};
use crate::expression::tables::{names, table};
use crate::expression::types::{BOOL, NONE, Numeric, OBJECT, UNKNOWN, VOID, nullable, tuple_elements, tuple_names};

rules! {
    /// The type has no member of this name.
    UNKNOWN_MEMBER: "unknown-member", Error, "the type has no member of this name", ["CS1061", "CS0117"];
    /// A member of a value is taken from its type.
    NEEDS_VALUE: "needs-value", Error, "the member belongs to values of the type", ["CS0120"];
    /// A member of a type is taken from a value.
    NEEDS_TYPE: "needs-type", Error, "the member belongs to the type", ["CS0176"];
    /// A member is asked of something that has none.
    NO_MEMBERS: "no-members", Error, "this has no members", ["CS0023"];
}

impl Binder<'_> {
    /// `target.Name`. `invoked`: it is called, so that properties that are no delegates do not count.
    pub fn member(&mut self, id: ExprId, target: ExprId, name: Name, conditional: bool, invoked: bool) -> Expr {
        let span = self.tree.expr(id).span;
        let bound = self.expr(target);
        let bound = if conditional { self.conditional_receiver(bound) } else { bound };
        if name.ident.is_missing() {
            // The name is still to be typed; what stands before the point is known.
            return Expr::error(span);
        }
        match bound.kind {
            Kind::Namespace(namespace) => self.in_namespace(&namespace, name, span),
            Kind::Type if bound.ty == UNKNOWN => Expr::error(span),
            Kind::Type => {
                let ty = bound.ty;
                self.of_receiver(id, Receiver::Type, ty, name, invoked)
            }
            Kind::Null | Kind::Default | Kind::Lambda(_) if bound.ty == NONE => {
                let what = if matches!(bound.kind, Kind::Null) { "`null`" } else { "this" };
                self.refuse(&NO_MEMBERS, "CS0023", name.ident.span, format!("{what} has no members"));
                Expr::error(span)
            }
            Kind::MethodGroup(group) => {
                let message = format!("`{}` is a method: call it to use what it gives", group.name);
                let finding = self.refuse(&super::NOT_A_VALUE, "CS0119", bound.span, message);
                let at = Span::empty(bound.span.end);
                finding.fix("Call it", at, "()");
                Expr::error(span)
            }
            _ if bound.ty == VOID => {
                self.refuse(&NO_MEMBERS, "CS0023", name.ident.span, "what gives nothing has no members");
                Expr::error(span)
            }
            _ if bound.ty == UNKNOWN => {
                self.type_args(name);
                Expr::error(span)
            }
            _ => {
                let bound = self.natural(bound);
                let ty = bound.ty;
                let receiver = match self.is_named_as_type(target, ty) {
                    true => Receiver::Either(bound),
                    false => Receiver::Value(bound),
                };
                self.of_receiver(id, receiver, ty, name, invoked)
            }
        }
    }

    /// Whether a simple name names the type of the variable of that name too.
    fn is_named_as_type(&self, target: ExprId, ty: Ty) -> bool {
        let ExprKind::Name(name) = self.tree.expr(target).kind else { return false };
        self.text(name.ident) == ty.def.short_name() && name.type_args.is_empty()
    }

    fn in_namespace(&mut self, namespace: &str, name: Name, span: Span) -> Expr {
        let text = self.text(name.ident).into_owned();
        let args = self.type_args(name);
        let full = format!("{namespace}.{text}");
        if let Some(def) = names::full(&full, name.type_args.len()) {
            return match args {
                Some(args) => Expr::new(Kind::Type, Ty::construct(def, &args), span),
                None => Expr::error(span),
            };
        }
        if names::is_namespace(&full) {
            return Expr::new(Kind::Namespace(full.into()), NONE, span);
        }
        let message = format!("the namespace `{namespace}` has no type `{text}`");
        let inside = dotnet::catalogue::all().iter().filter(|def| def.namespace() == namespace);
        let near = nearest(&text, inside.map(|def| def.short_name())).map(str::to_owned);
        let finding = self.refuse(&super::written_type::UNKNOWN_TYPE, "CS0234", name.ident.span, message);
        if let Some(near) = near {
            finding.help(format!("did you mean `{near}`?"));
            finding.fix(format!("Replace with `{near}`"), name.ident.span, near);
        }
        Expr::error(span)
    }

    fn of_receiver(&mut self, id: ExprId, receiver: Receiver, ty: Ty, name: Name, invoked: bool) -> Expr {
        let span = self.tree.expr(id).span;
        let text = self.text(name.ident).into_owned();
        let is_type = matches!(receiver, Receiver::Type);
        if is_type && let Some(found) = self.static_part(id, ty, &text, name, span) {
            return found;
        }
        if let Receiver::Value(value) | Receiver::Either(value) = &receiver
            && let Some(found) = named_part(value, &text, span)
        {
            self.note(id, found.ty, Some(Symbol::Property(found.ty, text.as_str().into())));
            return found;
        }
        let mut members = lookup::members(ty, &text);
        if let (true, Members::Value(reads, _)) = (invoked, &members)
            && !reads.is_some_and(|found| {
                let ty = found.filled(found.member.returns);
                crate::expression::types::is_delegate(ty) || ty == UNKNOWN
            })
            && (has_methods_above(ty, &text) || !is_type && !lookup::extensions(&text).is_empty())
        {
            members = methods_above(ty, &text);
        }
        match members {
            Members::Value(reads, writes) => self.value_member(id, receiver, (reads, writes), name),
            Members::Methods(methods) => {
                let type_args = self.type_args(name);
                if type_args.is_none() {
                    return Expr::error(span);
                }
                let group = MethodGroup {
                    name: text.as_str().into(),
                    name_span: name.ident.span,
                    receiver,
                    methods,
                    local: None,
                    type_args: type_args.unwrap_or_default(),
                    syntax: Some(id),
                };
                Expr::new(Kind::MethodGroup(Box::new(group)), NONE, span)
            }
            Members::None if !is_type && !lookup::extensions(&text).is_empty() => {
                let Some(type_args) = self.type_args(name) else { return Expr::error(span) };
                let group = MethodGroup {
                    name: text.as_str().into(),
                    name_span: name.ident.span,
                    receiver,
                    methods: Vec::new(),
                    local: None,
                    type_args,
                    syntax: Some(id),
                };
                Expr::new(Kind::MethodGroup(Box::new(group)), NONE, span)
            }
            Members::None => {
                self.type_args(name);
                self.report_unknown_member(&text, ty, is_type, name.ident.span);
                Expr::error(span)
            }
        }
    }

    /// A constant of an enumeration, or a type inside of a type.
    fn static_part(&mut self, id: ExprId, ty: Ty, text: &str, name: Name, span: Span) -> Option<Expr> {
        if let Some((constant, value)) = ty.def.constants.iter().find(|(constant, _)| *constant == text) {
            self.note(id, ty, Some(Symbol::Constant(ty, constant)));
            self.check_allowed(ty.def.name, constant, name.ident.span);
            return Some(Expr::constant(Constant::Int((*value).into()), ty, span));
        }
        let nested = names::full(&format!("{}.{text}", ty.def.name), name.type_args.len())?;
        let args = self.type_args(name)?;
        Some(Expr::new(Kind::Type, Ty::construct(nested, &args), span))
    }

    /// A property or field.
    fn value_member(
        &mut self,
        id: ExprId,
        receiver: Receiver,
        (reads, writes): (Option<Found>, Option<Found>),
        name: Name,
    ) -> Expr {
        let span = self.tree.expr(id).span;
        let Some(found) = reads.or(writes) else { return Expr::error(span) };
        let ty = found.filled(found.member.returns);
        self.note(id, ty, Some(Symbol::Member(found.owner, found.member.def)));
        self.check_allowed(found.member.declaring_type(), found.member.name, name.ident.span);
        let text: Rc<str> = found.member.name.into();
        let receiver = match (found.member.is_static, receiver) {
            _ if self.naming => return Expr::new(Kind::Default, ty, span),
            (true, Receiver::Value(_)) => {
                let owner = found.owner;
                let message = format!("`{text}` belongs to the type `{owner}`, not to its values");
                self.refuse(&NEEDS_TYPE, "CS0176", name.ident.span, message).help(format!("write `{owner}.{text}`"));
                return Expr::new(Kind::Error, ty, span);
            }
            (true, _) => None,
            (false, Receiver::Value(value) | Receiver::Either(value)) => Some(self.as_receiver(value, found)),
            (false, _) => {
                let owner = found.owner;
                let message = format!("`{text}` belongs to values of type `{owner}`, not to the type");
                self.refuse_without_value(owner, &text, name.ident.span, message);
                return Expr::new(Kind::Error, ty, span);
            }
        };
        if let Body::Constant(constant) = found.member.def.body {
            let value = Constant::of_member(constant, Numeric::of(ty));
            let value = if ty == BOOL { Constant::Bool(value.as_int() == Some(1)) } else { value };
            return Expr::constant(value, ty, span);
        }
        // The static fields of `decimal` are constants in C#, which the tables have no form for.
        if let Some(value) = Constant::decimal_field(found.owner, found.member.name) {
            return Expr::constant(value, ty, span);
        }
        let property =
            Property { name: text, getter: reads, setter: writes, receiver, arguments: Arguments::default() };
        Expr::new(Kind::Property(Box::new(property)), ty, span)
    }

    /// The object that a member is called on: a value is boxed where the member belongs to a class or interface.
    pub fn as_receiver(&mut self, value: Expr, found: Found) -> Expr {
        if value.ty.is_value_type() && !found.owner.is_value_type() {
            let owner = found.owner;
            return step(value, Step::Box, owner);
        }
        value
    }

    /// A value with a type of its own: a tuple literal becomes a tuple.
    pub fn natural(&mut self, expr: Expr) -> Expr {
        match expr.kind {
            Kind::Tuple(_) if expr.ty != NONE && expr.ty != UNKNOWN => {
                let ty = expr.ty;
                self.convert(expr, ty)
            }
            _ => expr,
        }
    }

    /// Tells that a type has no member of this name, and which may be meant.
    pub fn report_unknown_member(&mut self, text: &str, ty: Ty, is_type: bool, span: Span) {
        let mut near: Vec<&'static str> = Vec::new();
        for owner in lookup::hierarchy(ty) {
            near.extend(table(owner.def).members.iter().filter(|m| m.is_static == is_type).map(|m| m.name));
            if is_type {
                near.extend(owner.def.constants.iter().map(|(name, _)| *name));
            }
        }
        near.retain(|name| !name.starts_with("op_") && *name != ".ctor" && *name != "Item");
        let same = near.iter().copied().find(|name| name.eq_ignore_ascii_case(text));
        let counts = match text {
            "Length" => near.contains(&"Count").then_some("Count"),
            "Count" => near.contains(&"Length").then_some("Length"),
            _ => None,
        };
        let suggestion = same.or(counts).or_else(|| nearest(text, near.iter().copied())).map(str::to_owned);
        let code = if is_type { "CS0117" } else { "CS1061" };
        let message = format!("`{ty}` has no member `{text}`");
        let finding = self.refuse(&UNKNOWN_MEMBER, code, span, message);
        match suggestion {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?"));
                finding.fix(format!("Replace with `{near}`"), span, near);
            }
            None if ty == OBJECT => {
                finding.help("cast to the type that the value has: `((string)…)`, `((JObject)…)`");
            }
            None => {}
        }
    }

    /// Reports a member of values that is taken from the type itself.
    pub fn refuse_without_value(&mut self, owner: Ty, member: &str, span: Span, message: String) {
        let value = self.written_value(owner);
        let finding = self.refuse(&NEEDS_VALUE, "CS0120", span, message);
        if let Some(value) = value {
            finding.help(format!("write `{value}.{member}`"));
        }
    }

    /// The receiver of `?.`: kept in a temporary, whose value is used where it is not null.
    fn conditional_receiver(&mut self, bound: Expr) -> Expr {
        if bound.ty == UNKNOWN || matches!(bound.kind, Kind::Type | Kind::Namespace(_) | Kind::MethodGroup(_)) {
            return bound;
        }
        let bound = self.natural(bound);
        if bound.ty == NONE || bound.ty == VOID || !bound.ty.admits_null() {
            let shown = if bound.ty == NONE { String::from("null") } else { bound.ty.to_string() };
            let message = format!("`?.` needs something that can be null, and `{shown}` cannot");
            self.refuse(&NO_MEMBERS, "CS0023", bound.span, message);
            return Expr::error(bound.span);
        }
        let (temporary, read) = self.temporary_for(&bound);
        self.chain.push((temporary, bound));
        if read.ty.nullable_inner().is_some() { crate::expression::convert::unwrapped(read) } else { read }
    }

    /// A chain with `?.`: null where the value before one of them is.
    pub fn null_chain(&mut self, inner: ExprId, span: Span) -> Expr {
        let outer = std::mem::take(&mut self.chain);
        let access = self.value(inner);
        let links = std::mem::replace(&mut self.chain, outer);
        if access.ty == UNKNOWN || links.is_empty() {
            return access;
        }
        if let Kind::MethodGroup(group) = &access.kind {
            let message = format!("`{}` is a method: call it", group.name);
            self.refuse(&super::NOT_A_VALUE, "CS0119", span, message);
            return Expr::error(span);
        }
        let result = if access.ty == VOID { VOID } else { nullable(access.ty) };
        let mut whole = if result == access.ty { access } else { step(access, Step::Wrap, result) };
        for (temporary, value) in links.into_iter().rev() {
            let read = Expr::variable(temporary, value.ty, span);
            let test = Expr::new(Kind::IsNull(Box::new(read)), BOOL, span);
            let nothing = Expr::new(Kind::Default, result, span);
            let choice = Expr::new(Kind::Conditional(Box::new((test, nothing, whole))), result, span);
            whole = Expr::new(Kind::Let(temporary, Box::new(value), Box::new(choice)), result, span);
        }
        whole
    }

    /// What stands before `?[`.
    pub fn indexed_target(&mut self, target: ExprId, conditional: bool) -> Expr {
        let bound = self.value(target);
        let bound = if conditional { self.conditional_receiver(bound) } else { bound };
        self.natural(bound)
    }
}

/// A property of an anonymous type, or a named element of a tuple.
fn named_part(value: &Expr, text: &str, span: Span) -> Option<Expr> {
    if let Shape::Anonymous(names) = value.ty.shape {
        let at = names.iter().position(|name| *name == text)?;
        let ty = value.ty.0.args.get(at).copied()?;
        return Some(Expr::new(Kind::AnonymousMember(Box::new(value.clone()), at), ty, span));
    }
    let elements = tuple_elements(value.ty)?;
    let at = tuple_names(value.ty).iter().position(|name| !name.is_empty() && *name == text)?;
    let ty = elements.get(at).copied()?;
    Some(tuple_element(value.clone(), at, ty, span))
}

/// `tuple.Item1`
pub fn tuple_element(tuple: Expr, at: usize, ty: Ty, span: Span) -> Expr {
    let name = format!("Item{}", at + 1);
    let Members::Value(getter, setter) = lookup::members(tuple.ty, &name) else {
        return Expr::new(Kind::Error, ty, span);
    };
    let property =
        Property { name: name.into(), getter, setter, receiver: Some(tuple), arguments: Arguments::default() };
    Expr::new(Kind::Property(Box::new(property)), ty, span)
}

/// Whether a base has methods of this name behind a property.
fn has_methods_above(ty: Ty, text: &str) -> bool {
    !matches!(methods_above(ty, text), Members::None)
}

/// The methods of this name, whatever else has it.
fn methods_above(ty: Ty, text: &str) -> Members {
    let methods: Vec<Found> = lookup::hierarchy(ty)
        .into_iter()
        .flat_map(|owner| {
            let of_kind = table(owner.def).named(text).filter(|member| member.kind == MemberKind::Method);
            of_kind.map(move |member| Found { owner, member }).collect::<Vec<_>>()
        })
        .collect();
    if methods.is_empty() { Members::None } else { Members::Methods(methods) }
}
