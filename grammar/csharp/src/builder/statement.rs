//! Statements, where a node needs more than its parts.

use super::Builder;
use crate::span::Span;
use crate::tree::{
    Bound, Catch, ExprId, ExprKind, ForEachVariable, FunctionBody, Ident, Label, LabelKind, List, LocalFunction,
    LocalKind, Parameter, Pattern, Section, StmtId, StmtKind, TypeId,
};

/// What stands in a `switch`: labels and statements, which make sections.
#[derive(Clone, Copy, Debug)]
pub(super) enum SwitchItem {
    Label(Label),
    Stmt(StmtId),
}

/// One bound of a type parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BoundItem {
    Type,
    Class,
    Struct,
    New,
}

/// The bounds of a type parameter so far: how many types, and which words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BoundItems {
    types: u32,
    class: bool,
    value: bool,
    constructible: bool,
}

impl BoundItems {
    pub(crate) fn with(mut self, item: BoundItem) -> Self {
        match item {
            BoundItem::Type => self.types += 1,
            BoundItem::Class => self.class = true,
            BoundItem::Struct => self.value = true,
            BoundItem::New => self.constructible = true,
        }
        self
    }
}

impl Builder {
    pub(crate) fn block(&mut self, span: Span, count: u32) -> StmtId {
        let stmts = self.close(count);
        self.stmt(span, StmtKind::Block(stmts))
    }

    pub(crate) fn if_stmt(&mut self, span: Span, condition: ExprId, then: StmtId, otherwise: Option<StmtId>) -> StmtId {
        self.stmt(span, StmtKind::If { condition, then, otherwise })
    }

    pub(crate) fn for_stmt(
        &mut self,
        span: Span,
        initializers: u32,
        condition: Option<ExprId>,
        updates: u32,
        body: StmtId,
    ) -> StmtId {
        let initializers = self.close(initializers);
        let updates = self.close(updates);
        self.stmt(span, StmtKind::For { initializers, condition, updates, body })
    }

    pub(crate) fn foreach_variable(&mut self, ty: TypeId, name: Ident) -> ForEachVariable {
        ForEachVariable::Declared { ty: self.declared(ty), name }
    }

    pub(crate) fn push_expr_stmt(&mut self, span: Span, value: ExprId, count: u32) -> u32 {
        let stmt = self.stmt(span, StmtKind::Expr(value));
        self.push(stmt);
        count + 1
    }

    pub(crate) fn expr_stmt(&mut self, span: Span, value: ExprId) -> StmtId {
        let kind = match self.tree.expr(value).kind {
            ExprKind::Throw(exception) => StmtKind::Throw(Some(exception)),
            _ => StmtKind::Expr(value),
        };
        self.stmt(span, kind)
    }

    pub(crate) fn local(&mut self, span: Span, kind: LocalKind, ty: TypeId, count: u32) -> StmtId {
        let ty = self.declared(ty);
        let declarators = self.close(count);
        self.stmt(span, StmtKind::Local { kind, ty, declarators })
    }

    /// Makes a statement reach to `end`.
    pub(crate) fn extend(&mut self, id: StmtId, end: u32) -> StmtId {
        if let Some(stmt) = self.tree.stmts.get_mut(id.index()) {
            stmt.span.end = end;
        }
        id
    }

    pub(crate) fn switch_stmt(&mut self, stmt: StmtId, count: u32) -> u32 {
        self.switch_items.push(SwitchItem::Stmt(stmt));
        count + 1
    }

    pub(crate) fn case_constant(&mut self, span: Span, value: ExprId, guard: Option<ExprId>, count: u32) -> u32 {
        self.switch_label(span, LabelKind::Case { pattern: Pattern::Constant(value), guard }, count)
    }

    pub(crate) fn case_type(&mut self, span: Span, ty: TypeId, name: Ident, guard: Option<ExprId>, count: u32) -> u32 {
        let pattern = Pattern::Declaration { ty: self.declared(ty), name };
        self.switch_label(span, LabelKind::Case { pattern, guard }, count)
    }

    pub(crate) fn case_default(&mut self, span: Span, count: u32) -> u32 {
        self.switch_label(span, LabelKind::Default, count)
    }

    fn switch_label(&mut self, span: Span, kind: LabelKind, count: u32) -> u32 {
        self.switch_items.push(SwitchItem::Label(Label { span, kind }));
        count + 1
    }

    /// A `switch` of the last `count` labels and statements. A section begins with each label that follows a statement.
    pub(crate) fn switch(&mut self, span: Span, value: ExprId, count: u32) -> StmtId {
        let from = self.switch_items.len().saturating_sub(count as usize);
        let items = self.switch_items.split_off(from);
        let (mut sections, mut labels, mut stmts) = (0, 0, 0);
        let mut section_span: Option<Span> = None;
        for item in items {
            let item_span = match item {
                SwitchItem::Label(label) => label.span,
                SwitchItem::Stmt(stmt) => self.tree.stmt(stmt).span,
            };
            if stmts > 0 && matches!(item, SwitchItem::Label(_)) {
                self.section(section_span.take(), labels, stmts);
                sections += 1;
                (labels, stmts) = (0, 0);
            }
            section_span = Some(section_span.map_or(item_span, |span| span.to(item_span)));
            match item {
                SwitchItem::Label(label) => {
                    self.push(label);
                    labels += 1;
                }
                SwitchItem::Stmt(stmt) => {
                    self.push(stmt);
                    stmts += 1;
                }
            }
        }
        if section_span.is_some() {
            self.section(section_span, labels, stmts);
            sections += 1;
        }
        let sections = self.close(sections);
        self.stmt(span, StmtKind::Switch { value, sections })
    }

    fn section(&mut self, span: Option<Span>, labels: u32, stmts: u32) {
        let section = Section { span: span.unwrap_or_default(), labels: self.close(labels), body: self.close(stmts) };
        self.push(section);
    }

    pub(crate) fn catch(
        &mut self,
        span: Span,
        ty: Option<TypeId>,
        name: Option<Ident>,
        filter: Option<ExprId>,
        block: StmtId,
    ) {
        self.push(Catch { span, ty, name, filter, block });
    }

    pub(crate) fn end_bound(&mut self, parameter: Ident, items: BoundItems) {
        let BoundItems { types, class, value, constructible } = items;
        let bound = Bound { parameter, types: self.close(types), class, value, constructible };
        self.push(bound);
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of the production, each of a type of its own")]
    pub(crate) fn local_function(
        &mut self,
        span: Span,
        is_async: bool,
        (return_type, returns_ref): (TypeId, bool),
        name: Ident,
        type_parameters: List<Ident>,
        parameters: List<Parameter>,
        bounds: u32,
        body: FunctionBody,
    ) -> StmtId {
        let bounds = self.close(bounds);
        let function =
            LocalFunction { is_async, returns_ref, return_type, name, type_parameters, parameters, bounds, body };
        let id = self.function(function);
        self.stmt(span, StmtKind::LocalFunction(id))
    }
}
