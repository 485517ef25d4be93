//! A tree as indented lines, one node a line: for tests and for looking at.

use csharp::tree::{
    Argument, AssignOp, Clause, ExprKind, ForEachVariable, FunctionBody, GotoTarget, Ident, LabelKind, LambdaBody,
    List, Name, Node, Parameter, Part, Passing, Pattern, StmtKind, Tree, TypeKind,
};
use std::fmt::Write;

/// The nodes of a tree, each on a line of its own below the node it belongs to. Two trees have the same outline if they
/// mean the same; white space, comments and redundant parentheses do not show.
#[must_use]
pub fn outline(tree: &Tree) -> String {
    let mut out = String::new();
    let mut open = vec![(tree.root_node(), 0)];
    while let Some((node, depth)) = open.pop() {
        // Parentheses have no line; what is in them takes their place.
        let line = label(tree, node);
        let inner = if line.is_empty() { depth } else { depth + 1 };
        if !line.is_empty() {
            let _ = writeln!(out, "{:1$}{line}", "", depth * 2);
        }
        let first = open.len();
        tree.for_each_child(node, &mut |child| open.push((child, inner)));
        if let Some(children) = open.get_mut(first..) {
            children.reverse();
        }
    }
    out
}

fn label(tree: &Tree, node: Node) -> String {
    match node {
        Node::Expr(id) => expr(tree, tree.expr(id).kind, tree.slice(tree.expr(id).span)),
        Node::Stmt(id) => stmt(tree, tree.stmt(id).kind),
        Node::Type(id) => ty(tree, tree.ty(id).kind),
    }
}

fn expr(tree: &Tree, kind: ExprKind, text: &str) -> String {
    let named = |word: &str, of: Name| format!("{word} {}", name(tree, of));
    match kind {
        ExprKind::Paren(_) => String::new(),
        ExprKind::Hole => "Hole".into(),
        ExprKind::Broken(_) => "Broken".into(),
        ExprKind::Placeholder => format!("Placeholder {text}"),
        ExprKind::Literal(literal) => format!("{literal:?} {}", text.escape_debug()),
        ExprKind::Interpolation { parts, verbatim } => {
            let mut line = format!("Interpolation{}", if verbatim { " verbatim" } else { "" });
            for part in tree.list(parts) {
                match part {
                    Part::Text(span) => line += &format!(" {:?}", tree.slice(*span)),
                    Part::Hole { alignment, format, .. } => {
                        line += if alignment.is_some() { " {,}" } else { " {}" };
                        format.iter().for_each(|format| line += &format!(":{:?}", tree.slice(*format)));
                    }
                }
            }
            line
        }
        ExprKind::Name(of) => named("Name", of),
        ExprKind::Alias { alias, name: of } => named(&format!("Alias {}", ident(tree, alias)), of),
        ExprKind::Predefined(ty) => format!("Predefined {}", ty.keyword()),
        ExprKind::This => "This".into(),
        ExprKind::Base => "Base".into(),
        ExprKind::Tuple(elements) => format!("Tuple{}", arguments(tree, elements)),
        ExprKind::Declaration { name, .. } => format!("Declaration {}", ident(tree, name)),
        ExprKind::Member { name: of, conditional, .. } => named(if conditional { "Member?" } else { "Member" }, of),
        ExprKind::Call { arguments: list, .. } => format!("Call{}", arguments(tree, list)),
        ExprKind::Index { arguments: list, conditional, .. } => {
            format!("Index{}{}", if conditional { "?" } else { "" }, arguments(tree, list))
        }
        ExprKind::NullChain(_) => "NullChain".into(),
        ExprKind::Unary { op, .. } => format!("Unary {op:?}"),
        ExprKind::Binary { op, .. } => format!("Binary {}", op.text()),
        ExprKind::Is { pattern: of, .. } => format!("Is {}", pattern(tree, of)),
        ExprKind::As { .. } => "As".into(),
        ExprKind::Cast { .. } => "Cast".into(),
        ExprKind::Conditional { .. } => "Conditional".into(),
        ExprKind::Assign { op: AssignOp::Set, .. } => "Assign =".into(),
        ExprKind::Assign { op: AssignOp::Compound(op), .. } => format!("Assign {}=", op.text()),
        ExprKind::Lambda { parameters: list, body, form, is_async } => {
            let body = if let LambdaBody::Block(_) = body { " block" } else { "" };
            format!("Lambda {form:?}{}{}{body}", if is_async { " async" } else { "" }, parameters(tree, list))
        }
        ExprKind::New { arguments: list, initializer, .. } => {
            let list = list.map_or(String::new(), |list| format!("({})", arguments(tree, list)));
            format!("New{list}{}", if initializer.is_some() { " {}" } else { "" })
        }
        ExprKind::NewArray { sizes, initializer, .. } => {
            format!("NewArray {}{}", sizes.len(), if initializer.is_some() { " {}" } else { "" })
        }
        ExprKind::NewImplicitArray { rank, .. } => format!("NewImplicitArray {rank}"),
        ExprKind::NewAnonymous { .. } => "NewAnonymous".into(),
        ExprKind::Initializer(_) => "Initializer".into(),
        ExprKind::ElementName(list) => format!("ElementName{}", arguments(tree, list)),
        ExprKind::TypeOf(_) => "TypeOf".into(),
        ExprKind::SizeOf(_) => "SizeOf".into(),
        ExprKind::Default(_) => "DefaultOf".into(),
        ExprKind::Checked { checked, .. } => if checked { "Checked" } else { "Unchecked" }.into(),
        ExprKind::Throw(_) => "Throw".into(),
        ExprKind::Ref(_) => "Ref".into(),
        ExprKind::Query(clauses) => {
            tree.list(clauses).iter().fold("Query".into(), |line, of| line + " " + &clause(tree, of))
        }
    }
}

fn clause(tree: &Tree, clause: &Clause) -> String {
    match *clause {
        Clause::From { ty, name, .. } => format!("from{} {}", typed(ty.is_some()), ident(tree, name)),
        Clause::Let { name, .. } => format!("let {}", ident(tree, name)),
        Clause::Where(_) => "where".into(),
        Clause::Join { ty, name, into, .. } => {
            let into = into.map_or(String::new(), |into| format!(" into {}", ident(tree, into)));
            format!("join{} {}{into}", typed(ty.is_some()), ident(tree, name))
        }
        Clause::OrderBy { descending, first, .. } => {
            format!("{}{}", if first { "orderby" } else { "then" }, if descending { " descending" } else { "" })
        }
        Clause::Select(_) => "select".into(),
        Clause::Group { .. } => "group".into(),
        Clause::Into(name) => format!("into {}", ident(tree, name)),
    }
}

fn typed(typed: bool) -> &'static str {
    if typed { " typed" } else { "" }
}

fn stmt(tree: &Tree, kind: StmtKind) -> String {
    match kind {
        StmtKind::Empty => "Empty".into(),
        StmtKind::Block(_) => "Block".into(),
        StmtKind::Expr(_) => "Expr".into(),
        StmtKind::Local { kind, declarators, .. } => {
            tree.list(declarators).iter().fold(format!("Local {kind:?}"), |line, declarator| {
                let value = if declarator.value.is_some() { " =" } else { "" };
                format!("{line} {}{value}", ident(tree, declarator.name))
            })
        }
        StmtKind::LocalFunction(id) => {
            let Some(function) = tree.function(id) else { return "LocalFunction".into() };
            let mut line = format!("LocalFunction {}", ident(tree, function.name));
            line += if function.is_async { " async" } else { "" };
            line += if function.returns_ref { " ref" } else { "" };
            for parameter in tree.list(function.type_parameters) {
                line += &format!(" <{}>", ident(tree, *parameter));
            }
            line += &parameters(tree, function.parameters);
            for bound in tree.list(function.bounds) {
                line += &format!(" where {}:{}", ident(tree, bound.parameter), bound.types.len());
                line += if bound.class { " class" } else { "" };
                line += if bound.value { " struct" } else { "" };
                line += if bound.constructible { " new" } else { "" };
            }
            line + if let FunctionBody::Expr(_) = function.body { " =>" } else { "" }
        }
        StmtKind::If { otherwise, .. } => if otherwise.is_some() { "If else" } else { "If" }.into(),
        StmtKind::Switch { sections, .. } => {
            let mut line = String::from("Switch");
            for section in tree.list(sections) {
                line += " [";
                for label in tree.list(section.labels) {
                    line += &match label.kind {
                        LabelKind::Case { pattern: of, guard } => {
                            format!("case {}{}; ", pattern(tree, of), if guard.is_some() { " when" } else { "" })
                        }
                        LabelKind::Default => "default; ".into(),
                    };
                }
                line += &format!("{}]", section.body.len());
            }
            line
        }
        StmtKind::While { .. } => "While".into(),
        StmtKind::Do { .. } => "Do".into(),
        StmtKind::For { initializers, condition, updates, .. } => {
            let condition = if condition.is_some() { " condition" } else { "" };
            format!("For {}{condition} {}", initializers.len(), updates.len())
        }
        StmtKind::ForEach { variable: ForEachVariable::Declared { name, .. }, .. } => {
            format!("ForEach {}", ident(tree, name))
        }
        StmtKind::ForEach { .. } => "ForEach deconstructed".into(),
        StmtKind::Break => "Break".into(),
        StmtKind::Continue => "Continue".into(),
        StmtKind::Return(_) => "Return".into(),
        StmtKind::Throw(_) => "Throw".into(),
        StmtKind::Goto(GotoTarget::Label(label)) => format!("Goto {}", ident(tree, label)),
        StmtKind::Goto(GotoTarget::Case(_)) => "Goto case".into(),
        StmtKind::Goto(GotoTarget::Default) => "Goto default".into(),
        StmtKind::Labeled { label, .. } => format!("Labeled {}", ident(tree, label)),
        StmtKind::Try { catches, finally, .. } => {
            let mut line = String::from("Try");
            for catch in tree.list(catches) {
                line += " catch";
                line += typed(catch.ty.is_some());
                catch.name.iter().for_each(|name| line += &format!(" {}", ident(tree, *name)));
                line += if catch.filter.is_some() { " when" } else { "" };
            }
            line + if finally.is_some() { " finally" } else { "" }
        }
        StmtKind::Using { .. } => "Using".into(),
        StmtKind::Lock { .. } => "Lock".into(),
        StmtKind::Checked { checked, .. } => if checked { "Checked" } else { "Unchecked" }.into(),
        StmtKind::Yield(value) => if value.is_some() { "Yield return" } else { "Yield break" }.into(),
    }
}

fn ty(tree: &Tree, kind: TypeKind) -> String {
    match kind {
        TypeKind::Missing => "Type missing".into(),
        TypeKind::Omitted => "Type omitted".into(),
        TypeKind::Predefined(ty) => format!("Type {}", ty.keyword()),
        TypeKind::Var => "Type var".into(),
        TypeKind::Name(of) => format!("Type {}", name(tree, of)),
        TypeKind::Alias { alias, name: of } => format!("Type {}::{}", ident(tree, alias), name(tree, of)),
        TypeKind::Qualified { name: of, .. } => format!("Type .{}", name(tree, of)),
        TypeKind::Nullable(_) => "Type ?".into(),
        TypeKind::Array { rank, .. } => format!("Type [{rank}]"),
        TypeKind::Tuple(elements) => tree.list(elements).iter().fold("Type tuple".into(), |line, element| {
            line + " " + &element.name.map_or("_".into(), |name| ident(tree, name))
        }),
    }
}

fn pattern(tree: &Tree, pattern: Pattern) -> String {
    match pattern {
        Pattern::Constant(_) => "constant".into(),
        Pattern::Type(_) => "type".into(),
        Pattern::Declaration { name, .. } => format!("declaration {}", ident(tree, name)),
    }
}

fn arguments(tree: &Tree, list: List<Argument>) -> String {
    tree.list(list).iter().fold(String::new(), |line, argument| {
        let name = argument.name.map_or(String::new(), |name| format!("{}:", ident(tree, name)));
        let passing =
            if argument.passing == Passing::Value { String::new() } else { format!("{:?}", argument.passing) };
        if name.is_empty() && passing.is_empty() { line + " _" } else { format!("{line} {name}{passing}") }
    })
}

fn parameters(tree: &Tree, list: List<Parameter>) -> String {
    tree.list(list).iter().fold(String::new(), |line, parameter| {
        let passing =
            if parameter.passing == Passing::Value { String::new() } else { format!("{:?} ", parameter.passing) };
        let typed = if parameter.ty.is_some() { ":T" } else { "" };
        let default = if parameter.default.is_some() { "=" } else { "" };
        format!("{line} {passing}{}{typed}{default}", ident(tree, parameter.name))
    })
}

fn name(tree: &Tree, name: Name) -> String {
    let count = name.type_args.len();
    let list = if count == 0 { String::new() } else { format!("<{count}>") };
    format!("{}{list}", ident(tree, name.ident))
}

fn ident(tree: &Tree, ident: Ident) -> String {
    if ident.is_missing() { "<missing>".into() } else { tree.text_of(ident).into_owned() }
}
