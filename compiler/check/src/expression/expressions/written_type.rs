//! Types as they are written.

use csharp::span::Span;
use csharp::tree::{Ident, Name, Predefined, TupleElement, TypeId, TypeKind};
use dotnet::catalogue::TypeDef;
use dotnet::ty::Ty;
use grammar::diagnostic::nearest;

use crate::expression::binder::Binder;
use crate::expression::convert::NOT_SUPPORTED;
use crate::expression::resolution::explain::TYPE_ARGUMENT_COUNT;
use crate::expression::rules::rules;
use crate::expression::tables::names::{self, Visible};
use crate::expression::types::{self, NONE, UNKNOWN, VOID};

rules! {
    /// No type has this name.
    UNKNOWN_TYPE: "unknown-type", Error, "no type has this name", ["CS0246", "CS0234", "CS0426"];
    /// Two namespaces have a type of this name.
    AMBIGUOUS_TYPE: "ambiguous-type", Error, "two namespaces have a type of this name", ["CS0104"];
    /// `void` stands where a value's type is needed.
    VOID_TYPE: "void-type", Error, "`void` is no type of a value", ["CS1547", "CS0673"];
    /// `?` stands behind a type that has a null anyway.
    NULLABLE_REFERENCE: "nullable-reference", Error, "the type has a null anyway", ["CS0453"];
    /// `dynamic`, which the service refuses.
    DYNAMIC: "dynamic", Error, "dynamic member invocation is not supported", [];
}

/// What stands before the last point of a name.
enum Left {
    Namespace(String),
    Type(Ty),
    Unknown,
}

impl Left {
    fn of(ty: Ty) -> Self {
        if ty == UNKNOWN { Self::Unknown } else { Self::Type(ty) }
    }
}

impl Binder<'_> {
    /// The type that is written; reports what does not exist.
    pub fn ty(&mut self, id: TypeId) -> Ty {
        let node = *self.tree.ty(id);
        let ty = self.written(id, node.kind, node.span);
        self.note_type(id, ty);
        ty
    }

    fn written(&mut self, id: TypeId, kind: TypeKind, span: Span) -> Ty {
        match kind {
            TypeKind::Missing | TypeKind::Omitted | TypeKind::Var => UNKNOWN,
            TypeKind::Predefined(predefined) => self.predefined(predefined),
            TypeKind::Name(name) => {
                let text = self.text(name.ident).into_owned();
                if text == "dynamic" && name.type_args.is_empty() {
                    let help = "cast to the type that the value has, for example `(JObject)`";
                    self.report(&DYNAMIC, span, "Dynamic member invocation is not supported").help(help);
                    return UNKNOWN;
                }
                self.visible_type(&text, name)
            }
            TypeKind::Alias { alias, name } => {
                if self.text(alias) != "global" {
                    let message = format!("no alias `{}` is known", self.text(alias));
                    self.refuse(&UNKNOWN_TYPE, "CS0432", alias.span, message);
                    return UNKNOWN;
                }
                let text = self.text(name.ident).into_owned();
                self.qualified(Left::Namespace(String::new()), &text, name)
            }
            TypeKind::Qualified { left, name } => {
                let left = self.left(left);
                let text = self.text(name.ident).into_owned();
                self.qualified(left, &text, name)
            }
            TypeKind::Nullable(inner) => {
                let inner = self.ty(inner);
                if inner == UNKNOWN {
                    return UNKNOWN;
                }
                if !inner.is_value_type() || inner.nullable_inner().is_some() {
                    let message = format!("`{inner}` has a null anyway");
                    let text = self.tree.slice(span).trim_end_matches('?').to_owned();
                    let finding = self.refuse(&NULLABLE_REFERENCE, "CS0453", span, message);
                    finding.safe_fix("Remove `?`", span, text);
                    return inner;
                }
                Ty::nullable(inner)
            }
            TypeKind::Array { element, rank } => {
                let element = self.ty(element);
                match u8::try_from(rank) {
                    _ if element == UNKNOWN => UNKNOWN,
                    _ if element == VOID => {
                        self.report_void_type(span);
                        UNKNOWN
                    }
                    Ok(rank) if rank <= 32 => Ty::array(element, rank),
                    _ => {
                        self.report(&NOT_SUPPORTED, span, "arrays of so many dimensions are not supported");
                        UNKNOWN
                    }
                }
            }
            TypeKind::Tuple(elements) => {
                let elements: Vec<TupleElement> = self.tree.list(elements).to_vec();
                let args: Vec<Ty> = elements.iter().map(|element| self.ty(element.ty)).collect();
                let names: Vec<String> = elements
                    .iter()
                    .map(|element| element.name.map(|name| self.text(name).into_owned()).unwrap_or_default())
                    .collect();
                let _ = id;
                self.tuple_type(&args, &names.iter().map(String::as_str).collect::<Vec<_>>(), span)
            }
        }
    }

    /// The tuple type of these elements.
    pub fn tuple_type(&mut self, args: &[Ty], names: &[&str], span: Span) -> Ty {
        if args.contains(&UNKNOWN) {
            return UNKNOWN;
        }
        if args.contains(&NONE) {
            return NONE;
        }
        let plain = if args.len() > types::MAX_TUPLE { None } else { types::named("System.ValueTuple", args) };
        match plain {
            Some(plain) => Ty::with_element_names(plain, names),
            None => {
                self.report(&NOT_SUPPORTED, span, format!("tuples of {} elements are not supported", args.len()));
                UNKNOWN
            }
        }
    }

    /// The type of a keyword.
    pub fn predefined(&mut self, predefined: Predefined) -> Ty {
        types::named(&format!("System.{}", predefined.system_name()), &[]).unwrap_or(UNKNOWN)
    }

    /// The type arguments of a name; none if one is unknown.
    pub fn type_args(&mut self, name: Name) -> Option<Vec<Ty>> {
        let ids: Vec<TypeId> = self.tree.list(name.type_args).to_vec();
        let args: Vec<Ty> = ids.iter().map(|id| self.ty(*id)).collect();
        for (id, arg) in ids.iter().zip(&args) {
            if *arg == VOID {
                self.report_void_type(self.tree.ty(*id).span);
                return None;
            }
        }
        let is_omitted = ids.iter().any(|id| matches!(self.tree.ty(*id).kind, TypeKind::Omitted));
        if is_omitted {
            let span = name.ident.span;
            self.report(&NOT_SUPPORTED, span, "generic types without their arguments are not supported");
        }
        (!args.contains(&UNKNOWN)).then_some(args)
    }

    /// Tells that `void` is no type of a value.
    pub fn report_void_type(&mut self, span: Span) {
        self.refuse(&VOID_TYPE, "CS1547", span, "`void` is no type of a value");
    }

    fn visible_type(&mut self, text: &str, name: Name) -> Ty {
        let args = self.type_args(name);
        if name.ident.is_missing() {
            return UNKNOWN;
        }
        let arity = name.type_args.len();
        match names::visible(text, arity) {
            Visible::One(def) => args.map_or(UNKNOWN, |args| Ty::construct(def, &args)),
            Visible::Ambiguous(a, b) => {
                self.report_ambiguous_type(text, a, b, name.ident.span);
                UNKNOWN
            }
            Visible::None => {
                self.report_unknown_type(text, arity, name.ident);
                UNKNOWN
            }
        }
    }

    /// Tells that two types of this name are visible.
    pub fn report_ambiguous_type(&mut self, text: &str, a: &TypeDef, b: &TypeDef, span: Span) {
        let message = format!("`{text}` could be `{}` or `{}`", a.name, b.name);
        self.refuse(&AMBIGUOUS_TYPE, "CS0104", span, message).help("write the full name");
    }

    /// Tells that no type of this name is visible, or none with so many type arguments.
    pub fn report_unknown_type(&mut self, text: &str, arity: usize, ident: Ident) {
        if self.report_arity(None, text, arity, ident.span) {
            return;
        }
        if text == "var" {
            self.refuse(&UNKNOWN_TYPE, "CS0825", ident.span, "`var` stands only for the type of a declared variable");
            return;
        }
        let near = nearest(text, names::visible_types().map(TypeDef::short_name)).map(str::to_owned);
        let finding = self.refuse(&UNKNOWN_TYPE, "CS0246", ident.span, format!("no type `{text}` is known"));
        if let Some(near) = near {
            finding.help(format!("did you mean `{near}`?"));
            finding.fix(format!("Replace with `{near}`"), ident.span, near);
        }
    }

    /// Reports another number of type arguments than the types of this name take; false if there is no such type.
    fn report_arity(&mut self, prefix: Option<&str>, text: &str, arity: usize, span: Span) -> bool {
        let arities = names::arities(prefix, text);
        let Some(wanted) = arities.first() else { return false };
        let message = match wanted {
            0 => format!("`{text}` takes no type arguments"),
            1 => format!("`{text}` takes one type argument"),
            _ => format!("`{text}` takes {wanted} type arguments"),
        };
        let code = if *wanted == 0 && arity > 0 { "CS0308" } else { "CS0305" };
        self.refuse(&TYPE_ARGUMENT_COUNT, code, span, message);
        true
    }

    fn left(&mut self, id: TypeId) -> Left {
        let node = *self.tree.ty(id);
        let found = match node.kind {
            TypeKind::Name(name) if name.type_args.is_empty() => {
                let text = self.text(name.ident).into_owned();
                match names::visible(&text, 0) {
                    Visible::One(def) => Left::Type(Ty::construct(def, &[])),
                    _ if names::is_namespace(&text) => Left::Namespace(text),
                    _ => {
                        let message = format!("no type or namespace `{text}` is known");
                        self.refuse(&UNKNOWN_TYPE, "CS0246", name.ident.span, message);
                        Left::Unknown
                    }
                }
            }
            TypeKind::Alias { alias, name } if name.type_args.is_empty() && self.text(alias) == "global" => {
                let text = self.text(name.ident).into_owned();
                self.inside(String::new(), &text, name)
            }
            TypeKind::Qualified { left, name } if name.type_args.is_empty() => {
                let left = self.left(left);
                let text = self.text(name.ident).into_owned();
                match left {
                    Left::Namespace(namespace) => self.inside(namespace, &text, name),
                    left => Left::of(self.qualified(left, &text, name)),
                }
            }
            _ => Left::of(self.ty(id)),
        };
        if let Left::Type(ty) = found {
            self.note_type(id, ty);
        }
        found
    }

    /// A namespace or type inside of a namespace.
    fn inside(&mut self, namespace: String, text: &str, name: Name) -> Left {
        let full = if namespace.is_empty() { text.to_owned() } else { format!("{namespace}.{text}") };
        if names::full(&full, 0).is_none() && names::is_namespace(&full) {
            return Left::Namespace(full);
        }
        Left::of(self.qualified(Left::Namespace(namespace), text, name))
    }

    fn qualified(&mut self, left: Left, text: &str, name: Name) -> Ty {
        let args = self.type_args(name);
        if name.ident.is_missing() {
            return UNKNOWN;
        }
        let (prefix, is_type) = match left {
            Left::Namespace(namespace) => (namespace, false),
            Left::Type(ty) => (ty.def.name.to_owned(), true),
            Left::Unknown => return UNKNOWN,
        };
        let full = if prefix.is_empty() { text.to_owned() } else { format!("{prefix}.{text}") };
        if let Some(def) = names::full(&full, name.type_args.len()) {
            return args.map_or(UNKNOWN, |args| Ty::construct(def, &args));
        }
        if !self.report_arity(Some(&prefix), text, name.type_args.len(), name.ident.span) {
            let code = if is_type { "CS0426" } else { "CS0234" };
            let kind = if is_type { "type" } else { "namespace" };
            let message = format!("the {kind} `{prefix}` has no type `{text}`");
            self.refuse(&UNKNOWN_TYPE, code, name.ident.span, message);
        }
        UNKNOWN
    }
}
