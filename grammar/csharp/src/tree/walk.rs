//! Walking a tree: the children of a node in the order they are written, and the nodes at a place of the text.

use super::{
    Argument, Clause, ExprId, ExprKind, ForEachVariable, FunctionBody, GotoTarget, LabelKind, LambdaBody, List, Name,
    Parameter, Part, Pattern, Resource, Root, StmtId, StmtKind, Tree, TypeId, TypeKind,
};
use crate::span::Span;

/// Any node of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// An expression.
    Expr(ExprId),
    /// A statement.
    Stmt(StmtId),
    /// A written type.
    Type(TypeId),
}

impl Tree {
    /// The node of the whole.
    #[must_use]
    pub fn root_node(&self) -> Node {
        match self.root() {
            Root::Expression(id) => Node::Expr(id),
            Root::Block(id) => Node::Stmt(id),
        }
    }

    /// Where a node stands.
    #[must_use]
    pub fn span_of(&self, node: Node) -> Span {
        match node {
            Node::Expr(id) => self.expr(id).span,
            Node::Stmt(id) => self.stmt(id).span,
            Node::Type(id) => self.ty(id).span,
        }
    }

    /// The nodes from the whole down to the innermost one that `at` lies in or directly behind, outermost first. Empty
    /// if `at` lies outside of the expression.
    ///
    /// Where two neighbours meet at `at`, the one that begins there is taken, unless only the one before is a name.
    #[must_use]
    pub fn path_at(&self, at: u32) -> Vec<Node> {
        let mut path = Vec::new();
        let mut next = Some(self.root_node()).filter(|root| self.span_of(*root).touches(at));
        while let Some(node) = next {
            path.push(node);
            next = None;
            let mut rank = 0;
            self.for_each_child(node, &mut |child| {
                let span = self.span_of(child);
                let fitness = match span.touches(at) {
                    false => 0,
                    true if span.start < at && at < span.end => 4,
                    true if span.is_empty() => 3,
                    true if span.start == at => 2,
                    true => 1,
                };
                if fitness > rank {
                    rank = fitness;
                    next = Some(child);
                }
            });
        }
        path
    }

    /// Which of `arguments` a cursor at `at` is in, if it is in one.
    #[must_use]
    pub fn argument_at(&self, arguments: List<Argument>, at: u32) -> Option<usize> {
        self.list(arguments).iter().position(|argument| argument.slot.touches(at))
    }

    /// Calls `visit` for each child of `node`, in the order they are written.
    pub fn for_each_child(&self, node: Node, visit: &mut dyn FnMut(Node)) {
        match node {
            Node::Expr(id) => self.children_of_expr(self.expr(id).kind, visit),
            Node::Stmt(id) => self.children_of_stmt(self.stmt(id).kind, visit),
            Node::Type(id) => self.children_of_type(self.ty(id).kind, visit),
        }
    }

    /// How many nodes lie between the deepest node and the whole, both counted.
    #[must_use]
    pub fn depth(&self) -> usize {
        let mut deepest = 0;
        let mut open = vec![(self.root_node(), 1)];
        while let Some((node, depth)) = open.pop() {
            deepest = deepest.max(depth);
            self.for_each_child(node, &mut |child| open.push((child, depth + 1)));
        }
        deepest
    }

    fn children_of_expr(&self, kind: ExprKind, visit: &mut dyn FnMut(Node)) {
        use Node::{Expr, Type};
        match kind {
            ExprKind::Hole
            | ExprKind::Placeholder
            | ExprKind::Literal(_)
            | ExprKind::Predefined(_)
            | ExprKind::This
            | ExprKind::Base => {}
            ExprKind::Broken(exprs) | ExprKind::Initializer(exprs) | ExprKind::NewAnonymous { members: exprs } => {
                self.visit_exprs(exprs, visit);
            }
            ExprKind::Interpolation { parts, .. } => {
                for part in self.list(parts) {
                    if let Part::Hole { value, alignment, .. } = part {
                        visit(Expr(*value));
                        alignment.iter().for_each(|alignment| visit(Expr(*alignment)));
                    }
                }
            }
            ExprKind::Name(name) | ExprKind::Alias { name, .. } => self.type_args(name, visit),
            ExprKind::Paren(inner)
            | ExprKind::NullChain(inner)
            | ExprKind::Unary { operand: inner, .. }
            | ExprKind::Checked { value: inner, .. }
            | ExprKind::Throw(inner)
            | ExprKind::Ref(inner) => visit(Expr(inner)),
            ExprKind::Tuple(arguments) | ExprKind::ElementName(arguments) => self.arguments(arguments, visit),
            ExprKind::Declaration { ty, .. } | ExprKind::TypeOf(ty) | ExprKind::SizeOf(ty) | ExprKind::Default(ty) => {
                visit(Type(ty))
            }
            ExprKind::Member { target, name, .. } => {
                visit(Expr(target));
                self.type_args(name, visit);
            }
            ExprKind::Call { callee: target, arguments } | ExprKind::Index { target, arguments, .. } => {
                visit(Expr(target));
                self.arguments(arguments, visit);
            }
            ExprKind::Binary { left, right, .. } | ExprKind::Assign { target: left, value: right, .. } => {
                visit(Expr(left));
                visit(Expr(right));
            }
            ExprKind::Is { value, pattern } => {
                visit(Expr(value));
                self.pattern(pattern, visit);
            }
            ExprKind::As { value, ty } => {
                visit(Expr(value));
                visit(Type(ty));
            }
            ExprKind::Cast { ty, value } => {
                visit(Type(ty));
                visit(Expr(value));
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                [condition, then, otherwise].into_iter().for_each(|id| visit(Expr(id)));
            }
            ExprKind::Lambda { parameters, body, .. } => {
                self.parameters(parameters, visit);
                match body {
                    LambdaBody::Expr(id) => visit(Expr(id)),
                    LambdaBody::Block(id) => visit(Node::Stmt(id)),
                }
            }
            ExprKind::New { ty, arguments, initializer } => {
                visit(Type(ty));
                self.arguments(arguments.unwrap_or(List::empty()), visit);
                initializer.into_iter().for_each(|id| visit(Expr(id)));
            }
            ExprKind::NewArray { ty, sizes, initializer } => {
                visit(Type(ty));
                self.visit_exprs(sizes, visit);
                initializer.into_iter().for_each(|id| visit(Expr(id)));
            }
            ExprKind::NewImplicitArray { initializer, .. } => visit(Expr(initializer)),
            ExprKind::Query(clauses) => self.list(clauses).iter().for_each(|clause| self.clause(clause, visit)),
        }
    }

    fn clause(&self, clause: &Clause, visit: &mut dyn FnMut(Node)) {
        match *clause {
            Clause::From { ty, source, .. } => {
                ty.into_iter().for_each(|ty| visit(Node::Type(ty)));
                visit(Node::Expr(source));
            }
            Clause::Join { ty, operands, .. } => {
                ty.into_iter().for_each(|ty| visit(Node::Type(ty)));
                self.visit_exprs(operands, visit);
            }
            Clause::Let { value, .. }
            | Clause::Where(value)
            | Clause::OrderBy { key: value, .. }
            | Clause::Select(value) => visit(Node::Expr(value)),
            Clause::Group { value, key } => {
                visit(Node::Expr(value));
                visit(Node::Expr(key));
            }
            Clause::Into(_) => {}
        }
    }

    fn children_of_stmt(&self, kind: StmtKind, visit: &mut dyn FnMut(Node)) {
        use Node::{Expr, Stmt};
        match kind {
            StmtKind::Empty | StmtKind::Break | StmtKind::Continue => {}
            StmtKind::Block(stmts) => self.visit_stmts(stmts, visit),
            StmtKind::Expr(value) => visit(Expr(value)),
            StmtKind::Local { ty, declarators, .. } => {
                visit(Node::Type(ty));
                for declarator in self.list(declarators) {
                    declarator.value.into_iter().for_each(|id| visit(Expr(id)));
                }
            }
            StmtKind::LocalFunction(id) => {
                let Some(function) = self.function(id) else { return };
                visit(Node::Type(function.return_type));
                self.parameters(function.parameters, visit);
                for bound in self.list(function.bounds) {
                    self.visit_types(bound.types, visit);
                }
                match function.body {
                    FunctionBody::Block(id) => visit(Stmt(id)),
                    FunctionBody::Expr(id) => visit(Expr(id)),
                }
            }
            StmtKind::If { condition, then, otherwise } => {
                visit(Expr(condition));
                visit(Stmt(then));
                otherwise.into_iter().for_each(|id| visit(Stmt(id)));
            }
            StmtKind::Switch { value, sections } => {
                visit(Expr(value));
                for section in self.list(sections) {
                    for label in self.list(section.labels) {
                        if let LabelKind::Case { pattern, guard } = label.kind {
                            self.pattern(pattern, visit);
                            guard.into_iter().for_each(|id| visit(Expr(id)));
                        }
                    }
                    self.visit_stmts(section.body, visit);
                }
            }
            StmtKind::While { condition: value, body } | StmtKind::Lock { value, body } => {
                visit(Expr(value));
                visit(Stmt(body));
            }
            StmtKind::Do { body, condition } => {
                visit(Stmt(body));
                visit(Expr(condition));
            }
            StmtKind::For { initializers, condition, updates, body } => {
                self.visit_stmts(initializers, visit);
                condition.into_iter().for_each(|id| visit(Expr(id)));
                self.visit_exprs(updates, visit);
                visit(Stmt(body));
            }
            StmtKind::ForEach { variable, sequence, body } => {
                match variable {
                    ForEachVariable::Declared { ty, .. } => visit(Node::Type(ty)),
                    ForEachVariable::Deconstructed(id) => visit(Expr(id)),
                }
                visit(Expr(sequence));
                visit(Stmt(body));
            }
            StmtKind::Return(value) | StmtKind::Throw(value) | StmtKind::Yield(value) => {
                value.into_iter().for_each(|id| visit(Expr(id)));
            }
            StmtKind::Goto(target) => {
                if let GotoTarget::Case(value) = target {
                    visit(Expr(value));
                }
            }
            StmtKind::Labeled { body: block, .. } | StmtKind::Checked { block, .. } => visit(Stmt(block)),
            StmtKind::Try { block, catches, finally } => {
                visit(Stmt(block));
                for catch in self.list(catches) {
                    catch.ty.into_iter().for_each(|ty| visit(Node::Type(ty)));
                    catch.filter.into_iter().for_each(|id| visit(Expr(id)));
                    visit(Stmt(catch.block));
                }
                finally.into_iter().for_each(|id| visit(Stmt(id)));
            }
            StmtKind::Using { resource, body } => {
                match resource {
                    Resource::Declared(id) => visit(Stmt(id)),
                    Resource::Value(id) => visit(Expr(id)),
                }
                visit(Stmt(body));
            }
        }
    }

    fn children_of_type(&self, kind: TypeKind, visit: &mut dyn FnMut(Node)) {
        match kind {
            TypeKind::Missing | TypeKind::Omitted | TypeKind::Predefined(_) | TypeKind::Var => {}
            TypeKind::Name(name) | TypeKind::Alias { name, .. } => self.type_args(name, visit),
            TypeKind::Qualified { left, name } => {
                visit(Node::Type(left));
                self.type_args(name, visit);
            }
            TypeKind::Nullable(inner) | TypeKind::Array { element: inner, .. } => visit(Node::Type(inner)),
            TypeKind::Tuple(elements) => {
                for element in self.list(elements) {
                    visit(Node::Type(element.ty));
                }
            }
        }
    }

    fn pattern(&self, pattern: Pattern, visit: &mut dyn FnMut(Node)) {
        match pattern {
            Pattern::Constant(value) => visit(Node::Expr(value)),
            Pattern::Type(ty) | Pattern::Declaration { ty, .. } => visit(Node::Type(ty)),
        }
    }

    fn parameters(&self, parameters: List<Parameter>, visit: &mut dyn FnMut(Node)) {
        for parameter in self.list(parameters) {
            parameter.ty.into_iter().for_each(|ty| visit(Node::Type(ty)));
            parameter.default.into_iter().for_each(|id| visit(Node::Expr(id)));
        }
    }

    fn arguments(&self, arguments: List<Argument>, visit: &mut dyn FnMut(Node)) {
        for argument in self.list(arguments) {
            visit(Node::Expr(argument.value));
        }
    }

    fn type_args(&self, name: Name, visit: &mut dyn FnMut(Node)) {
        self.visit_types(name.type_args, visit);
    }

    fn visit_exprs(&self, exprs: List<ExprId>, visit: &mut dyn FnMut(Node)) {
        self.list(exprs).iter().for_each(|id| visit(Node::Expr(*id)));
    }

    fn visit_stmts(&self, stmts: List<StmtId>, visit: &mut dyn FnMut(Node)) {
        self.list(stmts).iter().for_each(|id| visit(Node::Stmt(*id)));
    }

    fn visit_types(&self, types: List<TypeId>, visit: &mut dyn FnMut(Node)) {
        self.list(types).iter().for_each(|id| visit(Node::Type(*id)));
    }
}
