//! Expressions: from the tree to their meaning, one room for each family.
//!
//! Not here: statements (`statements`), and which conversions and overloads there are (`conversion`, `resolution`).

pub mod assign;
pub mod binary;
pub mod call;
pub mod creation;
pub mod delegate;
pub mod initializer;
pub mod interpolation;
pub mod lambda;
pub mod literal;
pub mod member;
pub mod name;
pub mod pattern;
pub mod query;
pub mod ternary;
pub mod tuple;
pub mod unary;
pub mod written_type;

use csharp::tree::{ExprId, ExprKind, LambdaForm, Literal};

use super::binder::Binder;
use super::bound::{Expr, Kind};
use super::constant::Constant;
use super::convert::NOT_SUPPORTED;
use super::rules::rules;
use super::semantics::Symbol;
use super::types::{BOOL, INT, NONE, Numeric, UNKNOWN, VOID, named};

rules! {
    /// A type or a namespace stands where a value is needed.
    NOT_A_VALUE: "not-a-value", Error, "this is no value", ["CS0119", "CS0118"];
    /// `await` and `async`, which expressions have no use for.
    AWAIT: "await", Error, "expressions never wait", ["CS4033", "CS1992"];
    /// `this` or `base`, which expressions do not have.
    NO_THIS: "no-this", Error, "an expression belongs to no object", ["CS0026", "CS1511"];
}

impl Binder<'_> {
    /// An expression of any kind: a value, a type, a namespace, or methods.
    pub fn expr(&mut self, id: ExprId) -> Expr {
        let node = *self.tree.expr(id);
        if !self.spend(node.span) {
            return Expr::error(node.span);
        }
        let expr = self.expr_of(id, node.kind);
        let symbol = match &expr.kind {
            Kind::Type => Some(Symbol::Type(expr.ty)),
            Kind::Namespace(name) => Some(Symbol::Namespace((&**name).into())),
            _ => None,
        };
        // Names and members keep their own meanings.
        if !matches!(node.kind, ExprKind::Name(_) | ExprKind::Member { .. }) || symbol.is_some() {
            self.note(id, expr.ty, symbol);
        }
        expr
    }

    fn expr_of(&mut self, id: ExprId, kind: ExprKind) -> Expr {
        let span = self.tree.expr(id).span;
        match kind {
            ExprKind::Hole | ExprKind::Placeholder => Expr::error(span),
            ExprKind::Broken(parts) => {
                for part in self.tree.list(parts) {
                    self.expr(*part);
                }
                Expr::error(span)
            }
            ExprKind::Literal(literal) => self.literal(literal, span),
            ExprKind::Interpolation { parts, verbatim } => self.interpolation(parts, verbatim, span),
            ExprKind::Name(name) => self.name(id, name, false),
            ExprKind::Alias { alias, name } => self.alias(id, alias, name),
            ExprKind::Predefined(predefined) => {
                let ty = self.predefined(predefined);
                Expr::new(Kind::Type, ty, span)
            }
            ExprKind::This | ExprKind::Base => {
                let word = self.tree.slice(span).to_owned();
                self.refuse(
                    &NO_THIS,
                    "CS0026",
                    span,
                    format!("`{word}` means nothing here: an expression belongs to no object"),
                )
                .help("`context` holds what the gateway knows of the request");
                Expr::error(span)
            }
            ExprKind::Paren(inner) => {
                let mut expr = self.expr(inner);
                // A conversion of a literal in parentheses covers the parentheses.
                if !matches!(expr.kind, Kind::Lambda(_)) {
                    expr.span = span;
                }
                expr
            }
            ExprKind::Tuple(elements) => self.tuple_expr(elements, span),
            ExprKind::Declaration { ty, name } => self.declaration_expr(ty, name, span),
            ExprKind::Member { target, name, conditional } => self.member(id, target, name, conditional, false),
            ExprKind::Call { callee, arguments } => self.call(id, callee, arguments),
            ExprKind::Index { target, arguments, conditional } => self.index(id, target, arguments, conditional),
            ExprKind::NullChain(inner) => self.null_chain(inner, span),
            ExprKind::Unary { op, operand } => self.unary(op, operand, span),
            ExprKind::Binary { op, left, right } => self.binary(id, op, left, right),
            ExprKind::Is { value, pattern } => self.is_expr(value, pattern, span),
            ExprKind::As { value, ty } => self.as_expr(value, ty, span),
            ExprKind::Cast { ty, value } => self.cast_expr(ty, value, span),
            ExprKind::Conditional { condition, then, otherwise } => self.conditional(condition, then, otherwise, span),
            ExprKind::Assign { op, target, value } => self.assign(op, target, value, span),
            ExprKind::Lambda { parameters, body, form, is_async } => {
                let is_open = form == LambdaForm::DelegateWithoutParameters;
                self.lambda_expr(id, parameters, body, is_open, is_async)
            }
            ExprKind::New { ty, arguments, initializer } => self.new_object(ty, arguments, initializer, span),
            ExprKind::NewArray { ty, sizes, initializer } => self.new_array(ty, sizes, initializer, span),
            ExprKind::NewImplicitArray { rank, initializer } => self.new_implicit_array(rank, initializer, span),
            ExprKind::NewAnonymous { members } => self.new_anonymous(members, span),
            ExprKind::Initializer(_) | ExprKind::ElementName(_) => self.stray_initializer(id, span),
            ExprKind::TypeOf(ty) => self.type_of_expr(ty, span),
            ExprKind::SizeOf(ty) => self.size_of(ty, span),
            ExprKind::Default(ty) => {
                let ty = self.ty(ty);
                super::convert::default_value(ty, span)
            }
            ExprKind::Checked { value, checked } => {
                let outer = self.frame.checked.replace(checked);
                let expr = self.expr(value);
                self.frame.checked = outer;
                expr
            }
            ExprKind::Throw(value) => {
                let value = self.thrown(value);
                Expr::new(Kind::Throw(Box::new(value)), NONE, span)
            }
            ExprKind::Ref(_) => {
                self.report(&NOT_SUPPORTED, span, "aliases of variables (`ref`) are not supported");
                Expr::error(span)
            }
            ExprKind::Query(clauses) => self.query(clauses, span),
        }
    }

    /// A value: reports a type or a namespace.
    pub fn value(&mut self, id: ExprId) -> Expr {
        let expr = self.expr(id);
        if matches!(expr.kind, Kind::Type | Kind::Namespace(_)) {
            self.report_no_value(&expr);
            return Expr::error(expr.span);
        }
        expr
    }

    /// Tells that a type or a namespace is no value.
    pub fn report_no_value(&mut self, expr: &Expr) {
        let (code, message) = match &expr.kind {
            Kind::Namespace(name) if name.contains('.') => ("CS0119", format!("`{name}` is a namespace, not a value")),
            Kind::Namespace(name) => ("CS0118", format!("`{name}` is a namespace, not a value")),
            _ if self.is_simple_name(expr.span) => ("CS0118", format!("`{}` is a type, not a value", expr.ty)),
            _ => ("CS0119", format!("`{}` is a type, not a value", expr.ty)),
        };
        if expr.ty != UNKNOWN || matches!(expr.kind, Kind::Namespace(_)) {
            self.refuse(&NOT_A_VALUE, code, expr.span, message);
        }
    }

    /// Whether a name stands there that is neither a keyword nor behind a point.
    fn is_simple_name(&self, span: csharp::span::Span) -> bool {
        let name = self.tree.slice(span).split('<').next().unwrap_or_default();
        !name.contains(['.', ':']) && !name.starts_with(|first: char| first.is_ascii_lowercase())
    }

    /// A condition: a `bool`.
    pub fn condition(&mut self, id: ExprId) -> Expr {
        let value = self.value(id);
        self.convert(value, BOOL)
    }

    /// What `throw` throws: an exception.
    pub fn thrown(&mut self, id: ExprId) -> Expr {
        let value = self.value(id);
        if value.is_null_literal() {
            return self.convert(value, super::types::EXCEPTION);
        }
        self.exception(value)
    }

    fn literal(&mut self, literal: Literal, span: csharp::span::Span) -> Expr {
        match literal {
            Literal::Null => Expr::new(Kind::Null, NONE, span),
            Literal::Default => Expr::new(Kind::Default, NONE, span),
            Literal::True => Expr::constant(Constant::Bool(true), BOOL, span),
            Literal::False => Expr::constant(Constant::Bool(false), BOOL, span),
            Literal::Integer => literal::integer(self.tree.slice(span), span),
            Literal::Real => literal::real(self.tree.slice(span), span),
            Literal::Char => literal::character(self.tree.slice(span), span),
            Literal::String => literal::string(self.tree.slice(span), span),
        }
    }

    fn cast_expr(&mut self, ty: csharp::tree::TypeId, value: ExprId, span: csharp::span::Span) -> Expr {
        let to = self.ty(ty);
        let value = self.value(value);
        if to == VOID {
            self.report_void_type(self.tree.ty(ty).span);
            return Expr::error(span);
        }
        self.cast(value, to, span)
    }

    fn type_of_expr(&mut self, ty: csharp::tree::TypeId, span: csharp::span::Span) -> Expr {
        let of = self.ty(ty);
        let Some(result) = named("System.Type", &[]) else {
            self.report(&NOT_SUPPORTED, span, "`typeof` is not supported");
            return Expr::error(span);
        };
        Expr::new(Kind::TypeOf(of), result, span)
    }

    fn size_of(&mut self, ty: csharp::tree::TypeId, span: csharp::span::Span) -> Expr {
        let of = self.ty(ty);
        let size = match Numeric::of(of) {
            _ if of == BOOL => 1,
            Some(Numeric::SByte | Numeric::Byte) => 1,
            Some(Numeric::Short | Numeric::UShort | Numeric::Char) => 2,
            Some(Numeric::Int | Numeric::UInt | Numeric::Float) => 4,
            Some(Numeric::Long | Numeric::ULong | Numeric::Double) => 8,
            Some(Numeric::Decimal) => 16,
            None if of.is_enum() => 4,
            None => {
                if of != UNKNOWN {
                    let code = if of.is_value_type() { "CS0233" } else { "CS0208" };
                    self.report(&NOT_SUPPORTED, span, format!("`sizeof` of `{of}` needs unsafe code")).code =
                        Some(code);
                }
                return Expr::error(span);
            }
        };
        Expr::constant(Constant::Int(size), INT, span)
    }

    fn stray_initializer(&mut self, id: ExprId, span: csharp::span::Span) -> Expr {
        let mut parts = Vec::new();
        self.tree.for_each_child(csharp::tree::Node::Expr(id), &mut |child| parts.push(child));
        for part in parts {
            if let csharp::tree::Node::Expr(part) = part {
                self.expr(part);
            }
        }
        self.report(&NOT_SUPPORTED, span, "an initialiser stands behind `new` or in a declaration").code =
            Some("CS1525");
        Expr::error(span)
    }
}
