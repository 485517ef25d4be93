//! Expressions and types, where a node needs more than its parts.

use super::Builder;
use crate::span::Span;
use crate::tree::{
    Argument, BinaryOp, Clause, ExprId, ExprKind, Ident, LambdaBody, LambdaForm, List, Name, Parameter, Passing,
    StmtId, TypeId, TypeKind, UnaryOp,
};

/// What stands before the `=>` of a lambda.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) parameters: List<Parameter>,
    pub(crate) form: LambdaForm,
    pub(crate) is_async: bool,
}

impl Builder {
    /// The type of a declaration, in which `var` has its meaning.
    pub(crate) fn declared(&mut self, id: TypeId) -> TypeId {
        if let Some(ty) = self.tree.types.get_mut(id.index())
            && let TypeKind::Name(name) = ty.kind
            && name.type_args.is_empty()
            && self.tree.text.get(ty.span.start as usize..ty.span.end as usize) == Some("var")
        {
            ty.kind = TypeKind::Var;
        }
        id
    }

    /// `ty` with a rank behind it. In `int[][,]` the second rank is the one of the elements.
    pub(crate) fn array_type(&mut self, span: Span, ty: TypeId, rank: u32) -> TypeId {
        let mut innermost = None;
        let mut element = ty;
        while let TypeKind::Array { element: next, .. } = self.tree.ty(element).kind {
            innermost = Some(element);
            element = next;
            if let Some(outer) = innermost.and_then(|id| self.tree.types.get_mut(id.index())) {
                outer.span = span;
            }
        }
        let array = self.ty(span, TypeKind::Array { element, rank });
        let Some(innermost) = innermost.and_then(|id| self.tree.types.get_mut(id.index())) else { return array };
        if let TypeKind::Array { element, .. } = &mut innermost.kind {
            *element = array;
        }
        ty
    }

    pub(crate) fn prefix(&mut self, span: Span, op: Option<UnaryOp>, operand: ExprId) -> ExprId {
        let kind = match op {
            Some(op) => ExprKind::Unary { op, operand },
            None => {
                self.push(operand);
                ExprKind::Broken(self.close(1))
            }
        };
        self.expr(span, kind)
    }

    pub(crate) fn postfix(&mut self, span: Span, op: UnaryOp, operand: ExprId) -> ExprId {
        let operand = self.end_chain(operand);
        self.expr(span, ExprKind::Unary { op, operand })
    }

    pub(crate) fn member(
        &mut self,
        span: Span,
        target: ExprId,
        ident: Ident,
        type_args: List<TypeId>,
        conditional: bool,
    ) -> ExprId {
        let name = Name { ident, type_args };
        let id = self.expr(span, ExprKind::Member { target, name, conditional });
        self.chain(target, id, conditional)
    }

    pub(crate) fn call(&mut self, span: Span, callee: ExprId, arguments: List<Argument>) -> ExprId {
        let id = self.expr(span, ExprKind::Call { callee, arguments });
        self.chain(callee, id, false)
    }

    pub(crate) fn index(&mut self, span: Span, target: ExprId, arguments: List<Argument>, conditional: bool) -> ExprId {
        let id = self.expr(span, ExprKind::Index { target, arguments, conditional });
        self.chain(target, id, conditional)
    }

    /// Makes `id`, which goes on from `target`, the last link of its chain.
    fn chain(&mut self, target: ExprId, id: ExprId, conditional: bool) -> ExprId {
        match self.chains.last_mut() {
            Some(last) if *last == target => *last = id,
            _ if conditional => self.chains.push(id),
            _ => {}
        }
        id
    }

    /// The whole of the chain whose last link is `id`.
    pub(crate) fn end_chain(&mut self, id: ExprId) -> ExprId {
        if self.chains.last() != Some(&id) {
            return id;
        }
        self.chains.pop();
        self.expr(self.tree.expr(id).span, ExprKind::NullChain(id))
    }

    pub(crate) fn argument(&mut self, span: Span, name: Option<Ident>, passing: Passing, value: ExprId) {
        self.push(Argument { span, slot: span, name, passing, value });
    }

    /// Notes the separator between the last two arguments.
    pub(crate) fn separate_arguments(&mut self, count: u32, separator: Span) -> u32 {
        if let [.., before, after] = self.open.arguments.as_mut_slice() {
            before.slot.end = separator.start;
            after.slot.start = separator.end;
        }
        count
    }

    /// The list of the last `count` arguments, between brackets whose inside is `inside`.
    pub(crate) fn arguments(&mut self, count: u32, inside: Span) -> List<Argument> {
        let list = self.close(count);
        if let Some(arguments) = self.tree.lists.arguments.get_mut(list.range()) {
            if let [first, ..] = arguments {
                first.slot.start = inside.start;
            }
            if let [.., last] = arguments {
                last.slot.end = inside.end;
            }
        }
        list
    }

    /// A parenthesized value or a tuple.
    pub(crate) fn parenthesized(&mut self, span: Span, count: u32, inside: Span) -> ExprId {
        let kind = match self.open.arguments.last() {
            Some(Argument { name: None, passing: Passing::Value, value, .. }) if count == 1 => ExprKind::Paren(*value),
            _ => {
                let elements = self.arguments(count, inside);
                return self.expr(span, ExprKind::Tuple(elements));
            }
        };
        self.open.arguments.pop();
        self.expr(span, kind)
    }

    pub(crate) fn declaration(&mut self, span: Span, ty: TypeId, name: Ident) -> ExprId {
        let ty = self.declared(ty);
        self.expr(span, ExprKind::Declaration { ty, name })
    }

    /// A name in `var (a, b)`, as an element of a tuple.
    pub(crate) fn designation(&mut self, name: Ident) {
        let ty = self.ty(Span::empty(name.span.start), TypeKind::Var);
        let value = self.expr(name.span, ExprKind::Declaration { ty, name });
        self.argument(name.span, None, Passing::Value, value);
    }

    pub(crate) fn tuple_of_designations(&mut self, span: Span, count: u32) -> ExprId {
        let elements = self.close(count);
        self.expr(span, ExprKind::Tuple(elements))
    }

    pub(crate) fn bare_parameter(&mut self, is_async: bool, name: Ident) -> Head {
        self.parameter(name.span, Passing::Value, None, name, None);
        Head { parameters: self.close(1), form: LambdaForm::Bare, is_async }
    }

    pub(crate) fn parameter(
        &mut self,
        span: Span,
        passing: Passing,
        ty: Option<TypeId>,
        name: Ident,
        default: Option<ExprId>,
    ) {
        self.push(Parameter { span, passing, ty, name, default });
    }

    pub(crate) fn lambda(&mut self, span: Span, head: Head, body: LambdaBody) -> ExprId {
        let Head { parameters, form, is_async } = head;
        self.expr(span, ExprKind::Lambda { parameters, body, form, is_async })
    }

    pub(crate) fn delegate(
        &mut self,
        span: Span,
        is_async: bool,
        parameters: Option<List<Parameter>>,
        block: StmtId,
    ) -> ExprId {
        let form = if parameters.is_some() { LambdaForm::Delegate } else { LambdaForm::DelegateWithoutParameters };
        let head = Head { parameters: parameters.unwrap_or(List::empty()), form, is_async };
        self.lambda(span, head, LambdaBody::Block(block))
    }

    pub(crate) fn new_with_initializer(&mut self, span: Span, ty: TypeId, initializer: ExprId) -> ExprId {
        let kind = match self.tree.ty(ty).kind {
            TypeKind::Array { .. } => ExprKind::NewArray { ty, sizes: List::empty(), initializer: Some(initializer) },
            _ => ExprKind::New { ty, arguments: None, initializer: Some(initializer) },
        };
        self.expr(span, kind)
    }

    pub(crate) fn rank(&mut self, count: u32, rank: u32) -> u32 {
        self.ranks.push(rank);
        count + 1
    }

    /// `new element[sizes][ranks] initializer`, where the type with all its ranks stands at `ty_span`.
    pub(crate) fn new_array(
        &mut self,
        span: Span,
        ty_span: Span,
        mut element: TypeId,
        sizes: u32,
        ranks: u32,
        initializer: Option<ExprId>,
    ) -> ExprId {
        for _ in 0..ranks {
            let rank = self.ranks.pop().unwrap_or(1);
            element = self.ty(ty_span, TypeKind::Array { element, rank });
        }
        let ty = self.ty(ty_span, TypeKind::Array { element, rank: sizes });
        let sizes = self.close(sizes);
        self.expr(span, ExprKind::NewArray { ty, sizes, initializer })
    }

    pub(crate) fn typed_range_variable(&mut self, ty: TypeId, name: Ident) -> Ident {
        self.range_types.push((name, ty));
        name
    }

    fn range_type(&mut self, name: Ident) -> Option<TypeId> {
        self.range_types.pop_if(|(of, _)| *of == name).map(|(_, ty)| ty)
    }

    pub(crate) fn clause_from(&mut self, name: Ident, source: ExprId) -> Clause {
        Clause::From { ty: self.range_type(name), name, source }
    }

    pub(crate) fn join(&mut self, name: Ident, operands: [ExprId; 3], into: Option<Ident>) {
        operands.into_iter().for_each(|operand| self.push(operand));
        let clause = Clause::Join { ty: self.range_type(name), name, operands: self.close(3), into };
        self.push(clause);
    }

    pub(crate) fn order_key(&mut self, (key, descending): (ExprId, bool), count: u32) -> u32 {
        self.push(Clause::OrderBy { key, descending, first: count == 0 });
        count + 1
    }

    pub(crate) fn coalesce(&mut self, span: Span, left: ExprId, right: ExprId) -> ExprId {
        self.expr(span, ExprKind::Binary { op: BinaryOp::Coalesce, left, right })
    }
}
