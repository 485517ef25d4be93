//! Simple names: variables, local functions, types, namespaces.

use csharp::tree::{ExprId, Ident, Name};
use dotnet::catalogue::signature::MemberKind;
use dotnet::ty::Ty;
use grammar::diagnostic::nearest;

use crate::expression::binder::{Binder, CONTEXT};
use crate::expression::bound::{Expr, Kind, MethodGroup, Receiver, VariableId, VariableKind};
use crate::expression::rules::rules;
use crate::expression::scope::Entry;
use crate::expression::semantics::Symbol;
use crate::expression::tables;
use crate::expression::tables::lookup::{self, Members};
use crate::expression::tables::names::{self, Visible};
use crate::expression::types::{NONE, OBJECT, UNKNOWN, same};

rules! {
    /// Nothing has this name.
    UNKNOWN_NAME: "unknown-name", Error, "nothing has this name", ["CS0103"];
    /// A variable is used above its declaration.
    USE_BEFORE_DECLARATION: "use-before-declaration", Error, "the variable is declared further down", ["CS0841"];
}

impl Binder<'_> {
    /// A simple name. `invoked`: it is called.
    pub fn name(&mut self, id: ExprId, name: Name, invoked: bool) -> Expr {
        let span = self.tree.expr(id).span;
        if name.ident.is_missing() {
            return Expr::error(span);
        }
        let text = self.text(name.ident).into_owned();
        if name.type_args.is_empty() || invoked {
            match self.scope.find(&text) {
                Some(Entry::Variable(variable)) if name.type_args.is_empty() => {
                    return self.variable_expr(id, variable, name.ident);
                }
                Some(Entry::Function(function)) => {
                    let type_args = self.type_args(name).unwrap_or_default();
                    let declared = self.function(function).map(|function| ((&*function.name).into(), function.span));
                    if let Some((name, span)) = declared {
                        self.note(id, UNKNOWN, Some(Symbol::LocalFunction(name, span)));
                    }
                    let group = MethodGroup {
                        name: text.as_str().into(),
                        name_span: name.ident.span,
                        receiver: Receiver::None,
                        methods: Vec::new(),
                        local: Some(function),
                        type_args,
                        syntax: Some(id),
                    };
                    return Expr::new(Kind::MethodGroup(Box::new(group)), NONE, span);
                }
                Some(Entry::Later(declared)) => {
                    let message = format!("`{text}` is used above its declaration");
                    let finding = self.refuse(&USE_BEFORE_DECLARATION, "CS0841", span, message);
                    finding.label = Some((declared, format!("`{text}` is declared here")));
                    return Expr::error(span);
                }
                _ => {}
            }
        }
        // The code stands in a class, and so the methods of `object` that need no value are visible.
        if let Members::Methods(mut methods) = lookup::members(OBJECT, &text)
            && methods.iter().any(|found| found.member.is_static)
        {
            methods.retain(|found| found.member.is_static);
            let group = MethodGroup {
                name: text.as_str().into(),
                name_span: name.ident.span,
                receiver: Receiver::Type,
                methods,
                local: None,
                type_args: Vec::new(),
                syntax: Some(id),
            };
            return Expr::new(Kind::MethodGroup(Box::new(group)), NONE, span);
        }
        self.type_or_namespace(&text, name, span)
    }

    fn type_or_namespace(&mut self, text: &str, name: Name, span: csharp::span::Span) -> Expr {
        let args = self.type_args(name);
        match names::visible(text, name.type_args.len()) {
            Visible::One(def) => match args {
                Some(args) => Expr::new(Kind::Type, Ty::construct(def, &args), span),
                None => Expr::error(span),
            },
            Visible::Ambiguous(a, b) => {
                self.report_ambiguous_type(text, a, b, name.ident.span);
                Expr::error(span)
            }
            Visible::None if name.type_args.is_empty() && names::is_namespace(text) => {
                Expr::new(Kind::Namespace(text.into()), NONE, span)
            }
            Visible::None if !names::arities(None, text).is_empty() => {
                self.report_unknown_type(text, name.type_args.len(), name.ident);
                Expr::error(span)
            }
            Visible::None => match names::context_type(text).filter(|_| name.type_args.is_empty()) {
                // What is taken from it is refused, since it is no value.
                Some(def) => Expr::new(Kind::Type, Ty::construct(def, &[]), span),
                None => {
                    self.report_unknown_name(text, name.ident);
                    Expr::error(span)
                }
            },
        }
    }

    /// How a value of this type is written, if the context has one.
    pub fn written_value(&self, ty: Ty) -> Option<String> {
        let context = self.variable(CONTEXT)?.ty;
        if same(context, ty) {
            return Some("context".to_owned());
        }
        let members = tables::table(context.def).members.iter();
        let mut fitting = members.filter(|member| member.kind == MemberKind::Getter && same(member.returns, ty));
        fitting.next().map(|member| format!("context.{}", member.name))
    }

    /// The value of a variable.
    fn variable_expr(&mut self, id: ExprId, variable: VariableId, ident: Ident) -> Expr {
        let span = ident.span;
        let Some(found) = self.variable(variable) else { return Expr::error(span) };
        let (ty, kind) = (found.ty, found.kind.clone());
        let symbol = match variable {
            CONTEXT => Symbol::Context,
            _ => Symbol::Variable((&*found.name).into(), ty, found.span),
        };
        self.note(id, ty, Some(symbol));
        match kind {
            VariableKind::Const(Some(constant)) => {
                let mut expr = Expr::constant(constant, ty, span);
                expr.kind = Kind::Variable(variable);
                expr
            }
            VariableKind::Range(read) => Expr { span, ..*read },
            _ if variable == CONTEXT => Expr::new(Kind::Context, ty, span),
            // A variable declared by `out var` has no type before the call is understood.
            _ if ty == NONE => Expr::error(span),
            _ => Expr::variable(variable, ty, span),
        }
    }

    /// Tells that nothing has this name, and what may be meant.
    fn report_unknown_name(&mut self, text: &str, ident: Ident) {
        let visible = self.scope.visible();
        let variables = visible.iter().map(|(name, _)| &**name);
        let keyword = match text {
            "True" => Some("true"),
            "False" => Some("false"),
            "Null" | "nil" | "undefined" | "None" => Some("null"),
            "and" => Some("&&"),
            _ => None,
        };
        let types = names::visible_types().map(|def| def.short_name());
        let same = |candidate: &&str| candidate.eq_ignore_ascii_case(text);
        let candidates: Vec<&str> = variables.chain(types).collect();
        let near = keyword
            .or_else(|| candidates.iter().copied().find(same))
            .or_else(|| nearest(text, candidates.iter().copied()))
            .map(str::to_owned);
        let finding = self.refuse(&UNKNOWN_NAME, "CS0103", ident.span, format!("nothing is called `{text}`"));
        if let Some(near) = near {
            finding.help(format!("did you mean `{near}`?"));
            finding.fix(format!("Replace with `{near}`"), ident.span, near);
        }
    }

    /// `global::System`
    pub fn alias(&mut self, id: ExprId, alias: Ident, name: Name) -> Expr {
        let span = self.tree.expr(id).span;
        if self.text(alias) != "global" {
            let message = format!("no alias `{}` is known", self.text(alias));
            self.refuse(&super::written_type::UNKNOWN_TYPE, "CS0432", alias.span, message);
            return Expr::error(span);
        }
        let text = self.text(name.ident).into_owned();
        let args = self.type_args(name);
        match (names::full(&text, name.type_args.len()), args) {
            (Some(def), Some(args)) => Expr::new(Kind::Type, Ty::construct(def, &args), span),
            _ if names::is_namespace(&text) => Expr::new(Kind::Namespace(text.into()), NONE, span),
            _ => {
                let message = format!("no type or namespace `{text}` is known");
                self.refuse(&super::written_type::UNKNOWN_TYPE, "CS0400", name.ident.span, message);
                Expr::error(span)
            }
        }
    }
}
