//! Assignments: what can be assigned, and the compound forms.

use csharp::span::Span;
use csharp::tree::{AssignOp, BinaryOp, ExprId, ExprKind};
use dotnet::ty::Ty;

use crate::expression::binder::Binder;
use crate::expression::bound::{Argument, Expr, Kind, Operator, VariableId, VariableKind};
use crate::expression::convert::NOT_SUPPORTED;
use crate::expression::rules::rules;
use crate::expression::types::{NONE, STRING, UNKNOWN, VOID};

use super::unary::wrapped;

rules! {
    /// Something is assigned that is no variable.
    NOT_ASSIGNABLE: "not-assignable", Error, "this cannot be assigned", ["CS0131", "CS1059"];
    /// A property is assigned that can only be read.
    READ_ONLY: "read-only", Error, "this can only be read", ["CS0200", "CS0191", "CS0198"];
    /// A variable is assigned that belongs to `foreach` or `using`.
    READ_ONLY_VARIABLE: "read-only-variable", Error, "this variable cannot be assigned", ["CS1656", "CS1947"];
}

impl Binder<'_> {
    /// `target = value`, `target += value`
    pub fn assign(&mut self, op: AssignOp, target: ExprId, value: ExprId, span: Span) -> Expr {
        if op == AssignOp::Set
            && let ExprKind::Tuple(elements) = self.tree.expr(self.tree.without_parentheses(target)).kind
        {
            return self.deconstruct(elements, value, span);
        }
        if op == AssignOp::Set && self.is_discard(target) {
            let value = self.value(value);
            return self.discard(value, span);
        }
        let bound = self.value(target);
        if let Kind::Declaration(_) = bound.kind {
            // `int x = 1` inside of an expression was reported where it was read.
            let value = self.value(value);
            self.settle_expr(value);
            return Expr::error(span);
        }
        let unknown = bound.ty == UNKNOWN;
        let Some(target) = self.assignable(bound, None) else {
            let value = self.value(value);
            self.settle_expr(value);
            return Expr::error(span);
        };
        let ty = target.ty;
        match op {
            AssignOp::Set => {
                let value = self.initial_value(value, ty);
                if unknown {
                    return Expr::error(span);
                }
                Expr::new(Kind::Assign(Box::new(target), Box::new(value)), ty, span)
            }
            // `??=` is of a later C# and was reported where it was read.
            AssignOp::Compound(BinaryOp::Coalesce) => {
                let value = self.value(value);
                self.settle_expr(value);
                Expr::error(span)
            }
            AssignOp::Compound(op) => {
                let value = self.value(value);
                if unknown || value.ty == UNKNOWN {
                    self.settle_expr(value);
                    return Expr::error(span);
                }
                self.compound(op, target, value, span)
            }
        }
    }

    /// The value of a variable of this type: an expression, or the elements of an array.
    pub fn initial_value(&mut self, value: ExprId, ty: Ty) -> Expr {
        let node = *self.tree.expr(value);
        if let ExprKind::Initializer(elements) = node.kind {
            return self.array_initializer(elements, ty, node.span);
        }
        let value = self.value(value);
        self.convert(value, ty)
    }

    /// Whether an expression is `_` and no variable has that name.
    pub fn is_discard(&mut self, id: ExprId) -> bool {
        match self.tree.expr(self.tree.without_parentheses(id)).kind {
            ExprKind::Name(name) => {
                name.type_args.is_empty() && self.text(name.ident) == "_" && self.scope.find("_").is_none()
            }
            _ => false,
        }
    }

    /// `_ = value`
    fn discard(&mut self, value: Expr, span: Span) -> Expr {
        let value = self.natural(value);
        if value.ty == NONE || value.ty == VOID {
            self.settle_expr(value);
            self.report(&NOT_ASSIGNABLE, span, "`_` takes no type from this").code = Some("CS8183");
            return Expr::error(span);
        }
        let (temporary, read) = self.temporary_for(&value);
        let ty = value.ty;
        Expr::new(Kind::Assign(Box::new(Expr::variable(temporary, ty, read.span)), Box::new(value)), ty, span)
    }

    /// What is assigned to; reports what cannot be.
    pub fn assignable(&mut self, target: Expr, code: Option<&'static str>) -> Option<Expr> {
        match &target.kind {
            Kind::Variable(id) => {
                let id = *id;
                self.check_assignable(id, target.span).then_some(target)
            }
            Kind::Element(..) => Some(target),
            Kind::Property(property) if property.setter.is_some() => Some(target),
            Kind::Property(property) if is_tuple_element(&target) => {
                let receiver = property.receiver.clone()?;
                match &receiver.kind {
                    Kind::Variable(_) => self.assignable(receiver, code).map(|_| target),
                    _ => {
                        self.report(
                            &NOT_SUPPORTED,
                            target.span,
                            "elements of a tuple that is no variable cannot be assigned",
                        )
                        .code = Some("CS1612");
                        None
                    }
                }
            }
            Kind::Property(property) => {
                let owner = property.receiver.as_ref().map(|receiver| receiver.ty);
                let what = match (&*property.name, owner) {
                    ("this", Some(ty)) => format!("the elements of a `{ty}`"),
                    (name, _) => format!("`{name}`"),
                };
                let message = format!("{what} can only be read");
                self.refuse(&READ_ONLY, "CS0200", target.span, message);
                None
            }
            Kind::AnonymousMember(..) => {
                self.refuse(&READ_ONLY, "CS0200", target.span, "members of anonymous objects can only be read");
                None
            }
            _ if target.ty == UNKNOWN => Some(target),
            Kind::Context => {
                self.refuse(&READ_ONLY_VARIABLE, "CS1656", target.span, "`context` cannot be assigned");
                None
            }
            Kind::MethodGroup(group) => {
                let message = format!("`{}` is a method and cannot be assigned", group.name);
                self.refuse(&READ_ONLY_VARIABLE, "CS1656", target.span, message);
                None
            }
            _ => {
                let code = code.unwrap_or("CS0131");
                self.refuse(&NOT_ASSIGNABLE, code, target.span, "this cannot be assigned: it is no variable");
                None
            }
        }
    }

    /// Whether a variable may be assigned; reports one that may not.
    pub fn check_assignable(&mut self, id: VariableId, span: Span) -> bool {
        let Some(variable) = self.variable(id) else { return true };
        let name = variable.name.clone();
        let (code, message) = match variable.kind {
            VariableKind::Const(_) => {
                self.refuse(&NOT_ASSIGNABLE, "CS0131", span, format!("`{name}` is a constant"));
                return false;
            }
            VariableKind::ForEach => ("CS1656", format!("`{name}` belongs to `foreach`, which alone assigns it")),
            VariableKind::Using => ("CS1656", format!("`{name}` belongs to `using`, which alone assigns it")),
            VariableKind::Range(_) => ("CS1947", format!("`{name}` belongs to the query, which alone assigns it")),
            VariableKind::Local | VariableKind::Caught | VariableKind::Parameter(_) | VariableKind::Temporary => {
                return true;
            }
        };
        self.refuse(&READ_ONLY_VARIABLE, code, span, message);
        false
    }

    /// `target op= value`: the target's parts are evaluated once.
    fn compound(&mut self, op: BinaryOp, target: Expr, value: Expr, span: Span) -> Expr {
        let ty = target.ty;
        let (hoisted, target) = self.hoisted(target);
        let value_ty = value.ty;
        let fits = match value.kind {
            _ if value.ty == NONE => None,
            _ => self.implicit_from(&value, ty),
        };
        let given = value.clone();
        let result = self.operate(op, target.clone(), value, span);
        if result.ty == UNKNOWN {
            return Expr::error(span);
        }
        let is_shift = matches!(op, BinaryOp::ShiftLeft | BinaryOp::ShiftRight);
        let is_predefined = match &result.kind {
            Kind::Binary(binary) => !matches!(binary.operator, Operator::Member(_)),
            Kind::Concat(_) | Kind::Constant => true,
            _ => false,
        };
        let implicit = self.implicit_from(&result, ty).is_some();
        // The result of an operator of the language is cast back, if the value alone would fit.
        let may_cast = is_predefined && (is_shift || fits.is_some() || value_ty == NONE);
        let value = if implicit || ty == STRING {
            self.convert(result, ty)
        } else if may_cast {
            self.cast(result, ty, span)
        } else {
            // It is the value that does not fit, not the result.
            let misfit = if is_predefined { given } else { result };
            self.report_no_conversion(&misfit, ty);
            return Expr::new(Kind::Error, ty, span);
        };
        let assign = Expr::new(Kind::Assign(Box::new(target), Box::new(value)), ty, span);
        wrapped(hoisted, assign)
    }

    /// A target whose parts are kept in temporaries, so that it can be read and written.
    pub fn hoisted(&mut self, target: Expr) -> (Vec<(VariableId, Expr)>, Expr) {
        let mut kept = Vec::new();
        let Expr { kind, ty, span, constant } = target;
        let kind = match kind {
            Kind::Element(array, indexes) => {
                let array = self.keep(*array, &mut kept);
                let indexes = indexes.into_iter().map(|index| self.keep(index, &mut kept)).collect();
                Kind::Element(Box::new(array), indexes)
            }
            Kind::Property(mut property) => {
                if !is_tuple_element(&Expr::new(Kind::Property(property.clone()), ty, span)) {
                    property.receiver = property.receiver.map(|receiver| self.keep(receiver, &mut kept));
                }
                let order = property.arguments.order.take();
                let mut values: Vec<Option<Argument>> = property.arguments.values.drain(..).map(Some).collect();
                let order = order.unwrap_or_else(|| (0..values.len()).collect());
                for index in order {
                    if let Some(slot) = values.get_mut(index)
                        && let Some(Argument::Value(value)) = slot.take()
                    {
                        *slot = Some(Argument::Value(self.keep(value, &mut kept)));
                    }
                }
                property.arguments.values = values.into_iter().flatten().collect();
                Kind::Property(property)
            }
            other => other,
        };
        (kept, Expr { kind, ty, span, constant })
    }

    /// The same value from a temporary, unless it is a constant.
    fn keep(&mut self, value: Expr, kept: &mut Vec<(VariableId, Expr)>) -> Expr {
        if matches!(value.kind, Kind::Constant | Kind::Context) {
            return value;
        }
        let (temporary, read) = self.temporary_for(&value);
        kept.push((temporary, value));
        read
    }
}

/// Whether an expression is an element of a tuple, which is assigned by making a new tuple.
pub fn is_tuple_element(target: &Expr) -> bool {
    let Kind::Property(property) = &target.kind else { return false };
    property.receiver.as_ref().is_some_and(|receiver| crate::expression::types::tuple_elements(receiver.ty).is_some())
        && property.setter.is_none()
        && property.name.starts_with("Item")
}
