//! A tree as C# text with all parentheses written.
//!
//! Whatever precedence and associativity decided stands in parentheses, so that the text means the same to any reader.
//! Tests read it again, and ask a C# compiler whether it still means what the original did.
//!
//! Not here: how a policy should look (`format`).

use csharp::tree::{
    Argument, AssignOp, Clause, Declarator, ExprId, ExprKind, ForEachVariable, FunctionBody, GotoTarget, LabelKind,
    LambdaBody, LambdaForm, List, LocalKind, Name, Parameter, Part, Passing, Pattern, Resource, Root, StmtId, StmtKind,
    Tree, TypeId, TypeKind,
};

/// The text of a tree, with its wrapper. Comments are left out. A tree with holes gives text with the same holes.
#[must_use]
pub fn print(tree: &Tree) -> String {
    let mut printer = Printer { tree, out: String::with_capacity(tree.text().len() * 2) };
    match tree.root() {
        Root::Expression(id) => {
            printer.out.push_str("@(");
            printer.expr(id);
            printer.out.push(')');
        }
        Root::Block(id) => {
            printer.out.push('@');
            printer.stmt(id);
        }
    }
    printer.out
}

struct Printer<'a> {
    tree: &'a Tree,
    out: String,
}

impl<'a> Printer<'a> {
    fn word(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn separated<T: Copy>(&mut self, items: &[T], separator: &str, mut item: impl FnMut(&mut Self, T)) {
        for (index, element) in items.iter().enumerate() {
            if index > 0 {
                self.word(separator);
            }
            item(self, *element);
        }
    }

    fn ident(&mut self, ident: csharp::tree::Ident) {
        let tree: &'a Tree = self.tree;
        self.word(tree.slice(ident.span));
    }

    fn name(&mut self, name: Name) {
        self.ident(name.ident);
        self.types(name.type_args);
    }

    fn types(&mut self, types: List<TypeId>) {
        if !types.is_empty() {
            self.word("<");
            self.separated(self.tree.list(types), ", ", Self::ty);
            self.word(">");
        }
    }

    fn ty(&mut self, id: TypeId) {
        match self.tree.ty(id).kind {
            TypeKind::Missing | TypeKind::Omitted => {}
            TypeKind::Predefined(ty) => self.word(ty.keyword()),
            TypeKind::Var => self.word("var"),
            TypeKind::Name(name) => self.name(name),
            TypeKind::Alias { alias, name } => {
                self.ident(alias);
                self.word("::");
                self.name(name);
            }
            TypeKind::Qualified { left, name } => {
                self.ty(left);
                self.word(".");
                self.name(name);
            }
            TypeKind::Nullable(inner) => {
                self.ty(inner);
                self.word("?");
            }
            TypeKind::Array { .. } => {
                let mut element = id;
                let mut ranks = String::new();
                while let TypeKind::Array { element: inner, rank } = self.tree.ty(element).kind {
                    ranks += &rank_text(rank);
                    element = inner;
                }
                self.ty(element);
                self.word(&ranks);
            }
            TypeKind::Tuple(elements) => {
                self.word("(");
                self.separated(self.tree.list(elements), ", ", |printer, element| {
                    printer.ty(element.ty);
                    if let Some(name) = element.name {
                        printer.word(" ");
                        printer.ident(name);
                    }
                });
                self.word(")");
            }
        }
    }

    /// An expression that is an operand: in parentheses unless it is of one piece.
    fn operand(&mut self, id: ExprId) {
        let bare = !matches!(
            self.tree.expr(id).kind,
            ExprKind::Unary { .. }
                | ExprKind::Binary { .. }
                | ExprKind::Is { .. }
                | ExprKind::As { .. }
                | ExprKind::Cast { .. }
                | ExprKind::Conditional { .. }
                | ExprKind::Assign { .. }
                | ExprKind::Lambda { .. }
                | ExprKind::Query(_)
        );
        if bare {
            return self.expr(id);
        }
        self.word("(");
        self.expr(id);
        self.word(")");
    }

    fn expr(&mut self, id: ExprId) {
        let expr = *self.tree.expr(id);
        match expr.kind {
            ExprKind::Hole => {}
            ExprKind::Broken(parts) => self.separated(self.tree.list(parts), " ", Self::operand),
            ExprKind::Placeholder | ExprKind::Literal(_) | ExprKind::This | ExprKind::Base => {
                self.word(self.tree.slice(expr.span))
            }
            ExprKind::Predefined(ty) => self.word(ty.keyword()),
            ExprKind::Interpolation { parts, verbatim } => self.interpolation(parts, verbatim),
            ExprKind::Name(name) => self.name(name),
            ExprKind::Alias { alias, name } => {
                self.ident(alias);
                self.word("::");
                self.name(name);
            }
            ExprKind::Paren(inner) => {
                self.word("(");
                self.expr(inner);
                self.word(")");
            }
            ExprKind::Tuple(elements) => self.arguments("(", elements, ")"),
            ExprKind::Declaration { ty, name } => {
                self.ty(ty);
                self.word(" ");
                self.ident(name);
            }
            ExprKind::Member { target, name, conditional } => {
                self.operand(target);
                self.word(if conditional { "?." } else { "." });
                self.name(name);
            }
            ExprKind::Call { callee, arguments } => {
                self.operand(callee);
                self.arguments("(", arguments, ")");
            }
            ExprKind::Index { target, arguments, conditional } => {
                self.operand(target);
                self.arguments(if conditional { "?[" } else { "[" }, arguments, "]");
            }
            ExprKind::NullChain(inner) => self.expr(inner),
            ExprKind::Unary { op, operand } if op.is_postfix() => {
                self.operand(operand);
                self.word(op.text());
            }
            ExprKind::Unary { op, operand } => {
                self.word(op.text());
                self.word(if op.text() == "await" { " " } else { "" });
                self.operand(operand);
            }
            ExprKind::Binary { op, left, right } => {
                self.operand(left);
                self.word(&format!(" {} ", op.text()));
                self.operand(right);
            }
            ExprKind::Is { value, pattern } => {
                self.operand(value);
                self.word(" is ");
                self.pattern(pattern);
            }
            ExprKind::As { value, ty } => {
                self.operand(value);
                self.word(" as ");
                self.ty(ty);
            }
            ExprKind::Cast { ty, value } => {
                self.word("(");
                self.ty(ty);
                self.word(")");
                self.operand(value);
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                self.operand(condition);
                self.word(" ? ");
                self.operand(then);
                self.word(" : ");
                self.operand(otherwise);
            }
            ExprKind::Assign { op, target, value } => {
                self.operand(target);
                match op {
                    AssignOp::Set => self.word(" = "),
                    AssignOp::Compound(op) => self.word(&format!(" {}= ", op.text())),
                }
                self.operand(value);
            }
            ExprKind::Lambda { parameters, body, form, is_async } => self.lambda(parameters, body, form, is_async),
            ExprKind::New { ty, arguments, initializer } => {
                self.word("new ");
                self.ty(ty);
                arguments.into_iter().for_each(|arguments| self.arguments("(", arguments, ")"));
                initializer.into_iter().for_each(|initializer| self.expr(initializer));
            }
            ExprKind::NewArray { ty, sizes, initializer } => self.new_array(ty, sizes, initializer),
            ExprKind::NewImplicitArray { rank, initializer } => {
                self.word(&format!("new {}", rank_text(rank)));
                self.expr(initializer);
            }
            ExprKind::NewAnonymous { members } => {
                self.word("new");
                self.elements(members);
            }
            ExprKind::Initializer(elements) => self.elements(elements),
            ExprKind::ElementName(arguments) => self.arguments("[", arguments, "]"),
            ExprKind::TypeOf(ty) => self.of_type("typeof", ty),
            ExprKind::SizeOf(ty) => self.of_type("sizeof", ty),
            ExprKind::Default(ty) => self.of_type("default", ty),
            ExprKind::Checked { value, checked } => {
                self.word(if checked { "checked(" } else { "unchecked(" });
                self.expr(value);
                self.word(")");
            }
            ExprKind::Throw(value) => {
                self.word("throw ");
                self.operand(value);
            }
            ExprKind::Ref(value) => {
                self.word("ref ");
                self.operand(value);
            }
            ExprKind::Query(clauses) => {
                self.separated(self.tree.list(clauses), " ", |printer, clause| printer.clause(clause))
            }
        }
    }

    fn of_type(&mut self, word: &str, ty: TypeId) {
        self.word(word);
        self.word("(");
        self.ty(ty);
        self.word(")");
    }

    fn pattern(&mut self, pattern: Pattern) {
        match pattern {
            Pattern::Constant(value) => self.expr(value),
            Pattern::Type(ty) => self.ty(ty),
            Pattern::Declaration { ty, name } => {
                self.ty(ty);
                self.word(" ");
                self.ident(name);
            }
        }
    }

    fn interpolation(&mut self, parts: List<Part>, verbatim: bool) {
        self.word(if verbatim { "$@\"" } else { "$\"" });
        for part in self.tree.list(parts) {
            match *part {
                Part::Text(span) => self.word(self.tree.slice(span)),
                Part::Hole { value, alignment, format, .. } => {
                    self.word("{");
                    self.operand(value);
                    if let Some(alignment) = alignment {
                        self.word(",");
                        self.expr(alignment);
                    }
                    if let Some(format) = format {
                        self.word(":");
                        self.word(self.tree.slice(format));
                    }
                    self.word("}");
                }
            }
        }
        self.word("\"");
    }

    fn arguments(&mut self, open: &str, arguments: List<Argument>, close: &str) {
        self.word(open);
        self.separated(self.tree.list(arguments), ", ", |printer, argument| {
            if let Some(name) = argument.name {
                printer.ident(name);
                printer.word(": ");
            }
            printer.passing(argument.passing);
            printer.operand(argument.value);
        });
        self.word(close);
    }

    fn passing(&mut self, passing: Passing) {
        self.word(match passing {
            Passing::Value => "",
            Passing::Ref => "ref ",
            Passing::Out => "out ",
            Passing::In => "in ",
            Passing::Params => "params ",
        });
    }

    fn parameters(&mut self, parameters: List<Parameter>) {
        self.word("(");
        self.separated(self.tree.list(parameters), ", ", |printer, parameter| {
            printer.passing(parameter.passing);
            if let Some(ty) = parameter.ty {
                printer.ty(ty);
                printer.word(" ");
            }
            printer.ident(parameter.name);
            if let Some(default) = parameter.default {
                printer.word(" = ");
                printer.operand(default);
            }
        });
        self.word(")");
    }

    fn lambda(&mut self, parameters: List<Parameter>, body: LambdaBody, form: LambdaForm, is_async: bool) {
        self.word(if is_async { "async " } else { "" });
        match form {
            LambdaForm::Bare => {
                self.tree.list(parameters).iter().for_each(|parameter| self.ident(parameter.name));
                self.word(" => ");
            }
            LambdaForm::Parenthesized => {
                self.parameters(parameters);
                self.word(" => ");
            }
            LambdaForm::Delegate => {
                self.word("delegate ");
                self.parameters(parameters);
            }
            LambdaForm::DelegateWithoutParameters => self.word("delegate "),
        }
        match body {
            LambdaBody::Expr(value) => self.expr(value),
            LambdaBody::Block(block) => self.stmt(block),
        }
    }

    fn new_array(&mut self, ty: TypeId, sizes: List<ExprId>, initializer: Option<ExprId>) {
        self.word("new ");
        let TypeKind::Array { element, .. } = self.tree.ty(ty).kind else { return self.ty(ty) };
        if sizes.is_empty() {
            self.ty(ty);
        } else {
            let mut innermost = element;
            let mut ranks = String::new();
            while let TypeKind::Array { element, rank } = self.tree.ty(innermost).kind {
                ranks += &rank_text(rank);
                innermost = element;
            }
            self.ty(innermost);
            self.word("[");
            self.separated(self.tree.list(sizes), ", ", Self::operand);
            self.word("]");
            self.word(&ranks);
        }
        initializer.into_iter().for_each(|initializer| self.expr(initializer));
    }

    /// Elements in braces. A member's assignment stands bare: in parentheses it would be an element.
    fn elements(&mut self, elements: List<ExprId>) {
        self.word(" { ");
        self.separated(self.tree.list(elements), ", ", Self::expr);
        self.word(" }");
    }

    fn clause(&mut self, clause: Clause) {
        let range = |printer: &mut Self, word: &str, ty: Option<TypeId>, name, source| {
            printer.word(word);
            if let Some(ty) = ty {
                printer.ty(ty);
                printer.word(" ");
            }
            printer.ident(name);
            printer.word(" in ");
            printer.operand(source);
        };
        match clause {
            Clause::From { ty, name, source } => range(self, "from ", ty, name, source),
            Clause::Join { ty, name, operands, into } => {
                if let [source, left, right] = *self.tree.list(operands) {
                    range(self, "join ", ty, name, source);
                    self.word(" on ");
                    self.operand(left);
                    self.word(" equals ");
                    self.operand(right);
                }
                if let Some(into) = into {
                    self.word(" into ");
                    self.ident(into);
                }
            }
            Clause::Let { name, value } => {
                self.word("let ");
                self.ident(name);
                self.word(" = ");
                self.operand(value);
            }
            Clause::Where(value) => {
                self.word("where ");
                self.operand(value);
            }
            Clause::OrderBy { key, descending, first } => {
                self.word(if first { "orderby " } else { ", " });
                self.operand(key);
                self.word(if descending { " descending" } else { "" });
            }
            Clause::Select(value) => {
                self.word("select ");
                self.operand(value);
            }
            Clause::Group { value, key } => {
                self.word("group ");
                self.operand(value);
                self.word(" by ");
                self.operand(key);
            }
            Clause::Into(name) => {
                self.word("into ");
                self.ident(name);
            }
        }
    }

    fn declarators(&mut self, kind: LocalKind, ty: TypeId, declarators: List<Declarator>) {
        self.word(match kind {
            LocalKind::Variable => "",
            LocalKind::Const => "const ",
            LocalKind::Ref => "ref ",
        });
        self.ty(ty);
        self.word(" ");
        self.separated(self.tree.list(declarators), ", ", |printer, declarator| {
            printer.ident(declarator.name);
            if let Some(value) = declarator.value {
                printer.word(" = ");
                printer.operand(value);
            }
        });
    }

    fn headed(&mut self, word: &str, value: ExprId) {
        self.word(word);
        self.word(" (");
        self.expr(value);
        self.word(") ");
    }

    fn ended(&mut self, word: &str, value: Option<ExprId>) {
        self.word(word);
        if let Some(value) = value {
            self.word(" ");
            self.expr(value);
        }
        self.word(";");
    }

    fn block_of(&mut self, stmts: List<StmtId>) {
        self.word("{ ");
        for stmt in self.tree.list(stmts) {
            self.stmt(*stmt);
            self.word(" ");
        }
        self.word("}");
    }

    fn stmt(&mut self, id: StmtId) {
        match self.tree.stmt(id).kind {
            StmtKind::Empty => self.word(";"),
            StmtKind::Block(stmts) => self.block_of(stmts),
            StmtKind::Expr(value) => {
                self.expr(value);
                self.word(";");
            }
            StmtKind::Local { kind, ty, declarators } => {
                self.declarators(kind, ty, declarators);
                self.word(";");
            }
            StmtKind::LocalFunction(id) => {
                if let Some(function) = self.tree.function(id).copied() {
                    self.function(function);
                }
            }
            StmtKind::If { condition, then, otherwise } => {
                self.headed("if", condition);
                // Braces keep an `else` from the wrong `if`, but are none of the tree's.
                self.stmt(then);
                if let Some(otherwise) = otherwise {
                    self.word(" else ");
                    self.stmt(otherwise);
                }
            }
            StmtKind::Switch { value, sections } => {
                self.headed("switch", value);
                self.word("{ ");
                for section in self.tree.list(sections) {
                    for label in self.tree.list(section.labels) {
                        self.label(label.kind);
                    }
                    for stmt in self.tree.list(section.body) {
                        self.stmt(*stmt);
                        self.word(" ");
                    }
                }
                self.word("}");
            }
            StmtKind::While { condition, body } => {
                self.headed("while", condition);
                self.stmt(body);
            }
            StmtKind::Do { body, condition } => {
                self.word("do ");
                self.stmt(body);
                self.headed(" while", condition);
                self.word(";");
            }
            StmtKind::For { initializers, condition, updates, body } => {
                self.word("for (");
                self.separated(self.tree.list(initializers), ", ", Self::initializer);
                self.word("; ");
                condition.into_iter().for_each(|condition| self.expr(condition));
                self.word("; ");
                self.separated(self.tree.list(updates), ", ", Self::expr);
                self.word(") ");
                self.stmt(body);
            }
            StmtKind::ForEach { variable, sequence, body } => {
                self.word("foreach (");
                match variable {
                    ForEachVariable::Declared { ty, name } => {
                        self.ty(ty);
                        self.word(" ");
                        self.ident(name);
                    }
                    ForEachVariable::Deconstructed(id) => self.expr(id),
                }
                self.word(" in ");
                self.expr(sequence);
                self.word(") ");
                self.stmt(body);
            }
            StmtKind::Break => self.word("break;"),
            StmtKind::Continue => self.word("continue;"),
            StmtKind::Return(value) => self.ended("return", value),
            StmtKind::Throw(value) => self.ended("throw", value),
            StmtKind::Yield(None) => self.word("yield break;"),
            StmtKind::Yield(value) => self.ended("yield return", value),
            StmtKind::Goto(target) => {
                self.word("goto ");
                match target {
                    GotoTarget::Label(label) => self.ident(label),
                    GotoTarget::Case(value) => {
                        self.word("case ");
                        self.expr(value);
                    }
                    GotoTarget::Default => self.word("default"),
                }
                self.word(";");
            }
            StmtKind::Labeled { label, body } => {
                self.ident(label);
                self.word(": ");
                self.stmt(body);
            }
            StmtKind::Try { block, catches, finally } => {
                self.word("try ");
                self.stmt(block);
                for catch in self.tree.list(catches) {
                    self.word(" catch ");
                    if let Some(ty) = catch.ty {
                        self.word("(");
                        self.ty(ty);
                        if let Some(name) = catch.name {
                            self.word(" ");
                            self.ident(name);
                        }
                        self.word(") ");
                    }
                    catch.filter.into_iter().for_each(|filter| self.headed("when", filter));
                    self.stmt(catch.block);
                }
                if let Some(finally) = finally {
                    self.word(" finally ");
                    self.stmt(finally);
                }
            }
            StmtKind::Using { resource, body } => {
                self.word("using (");
                match resource {
                    Resource::Declared(id) => self.initializer(id),
                    Resource::Value(value) => self.expr(value),
                }
                self.word(") ");
                self.stmt(body);
            }
            StmtKind::Lock { value, body } => {
                self.headed("lock", value);
                self.stmt(body);
            }
            StmtKind::Checked { block, checked } => {
                self.word(if checked { "checked " } else { "unchecked " });
                self.stmt(block);
            }
        }
    }

    /// A statement in the head of `for` and `using`, where it has no `;`.
    fn initializer(&mut self, id: StmtId) {
        match self.tree.stmt(id).kind {
            StmtKind::Local { kind, ty, declarators } => self.declarators(kind, ty, declarators),
            StmtKind::Expr(value) => self.expr(value),
            _ => {}
        }
    }

    fn label(&mut self, label: LabelKind) {
        match label {
            LabelKind::Default => self.word("default"),
            LabelKind::Case { pattern, guard } => {
                self.word("case ");
                self.pattern(pattern);
                if let Some(guard) = guard {
                    self.word(" when ");
                    self.operand(guard);
                }
            }
        }
        self.word(": ");
    }

    fn function(&mut self, function: csharp::tree::LocalFunction) {
        self.word(if function.is_async { "async " } else { "" });
        self.word(if function.returns_ref { "ref " } else { "" });
        self.ty(function.return_type);
        self.word(" ");
        self.ident(function.name);
        if !function.type_parameters.is_empty() {
            self.word("<");
            self.separated(self.tree.list(function.type_parameters), ", ", Self::ident);
            self.word(">");
        }
        self.parameters(function.parameters);
        for bound in self.tree.list(function.bounds) {
            self.word(" where ");
            self.ident(bound.parameter);
            self.word(" : ");
            let mut words = Vec::new();
            words.extend(bound.class.then_some("class"));
            words.extend(bound.value.then_some("struct"));
            self.separated(&words, ", ", |printer, word| printer.word(word));
            if !words.is_empty() && !bound.types.is_empty() {
                self.word(", ");
            }
            self.separated(self.tree.list(bound.types), ", ", Self::ty);
            if bound.constructible {
                self.word(if words.is_empty() && bound.types.is_empty() { "new()" } else { ", new()" });
            }
        }
        match function.body {
            FunctionBody::Block(block) => {
                self.word(" ");
                self.stmt(block);
            }
            FunctionBody::Expr(value) => {
                self.word(" => ");
                self.expr(value);
                self.word(";");
            }
        }
    }
}

fn rank_text(rank: u32) -> String {
    format!("[{}]", ",".repeat(rank.saturating_sub(1) as usize))
}
