//! What the grammar lets pass and C# refuses, found on the finished tree; and the insides of literals.
//!
//! Not here: anything that needs to know what a name means.

use super::finding::{Finding, Findings};
use crate::diagnostic::{Level, Rule};
use csharp::literal::{self, Fault};
use csharp::span::Span;
use csharp::tree::{
    Argument, AssignOp, Clause, ExprId, ExprKind, ForEachVariable, LambdaForm, List, Literal, LocalKind, Parameter,
    Part, Passing, StmtId, StmtKind, Tree, UnaryOp,
};
use std::ops::Range;

macro_rules! rule {
    ($(#[$doc:meta])* $name:ident, $id:literal, $summary:literal, $aliases:expr) => {
        $(#[$doc])*
        pub static $name: Rule = Rule {
            id: concat!("expression/", $id),
            level: Level::Error,
            summary: $summary,
            page: include_str!(concat!("rules/", $id, ".md")),
            aliases: $aliases,
        };
    };
}

rule! {
    /// A literal whose inside is wrong.
    BAD_LITERAL, "bad-literal", "a literal is not one that C# can read",
    &["CS1009", "CS1011", "CS1012", "CS1013", "CS1021", "CS0594", "CS8086"]
}
rule! {
    /// A declaration or a label where only a statement may stand.
    DECLARATION_AS_BODY, "declaration-as-body", "the body of a statement is a declaration", &["CS1023"]
}
rule! {
    /// Something that C# allows in a few places only.
    MISPLACED, "misplaced", "a form of C# stands where it is not allowed",
    &["CS8115", "CS8185", "CS0230", "CS0145", "CS1017", "CS8124", "CS1065", "CS1670", "CS0746", "CS0748", "CS8184"]
}
rule! {
    /// An initializer of members and of elements at once.
    MIXED_INITIALIZER, "mixed-initializer", "an initializer holds both members and elements", &["CS0747"]
}
rule! {
    /// A value that nothing is done with.
    NOT_A_STATEMENT, "not-a-statement", "an expression that does nothing stands as a statement", &["CS0201"]
}
rule! {
    /// A query that ends with another clause than `select` or `group`.
    QUERY_END, "query-end", "a query does not end with `select` or `group`", &["CS0742"]
}
rule! {
    /// A statement in a `switch` before its first label.
    SWITCH_WITHOUT_LABEL, "switch-without-label", "a `switch` begins with a statement", &["CS1513"]
}
rule! {
    /// A `try` that nothing follows.
    TRY_WITHOUT_HANDLER, "try-without-handler", "a `try` has neither `catch` nor `finally`", &["CS1524"]
}

/// Reports what is wrong with a tree whose text is sound, or has been mended.
pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    let mut check = Check { tree, findings, deconstructed: Vec::new(), allowed: Vec::new() };
    for (_, expr) in tree.exprs() {
        check.expr(expr.span, expr.kind);
    }
    for (_, stmt) in tree.stmts() {
        check.stmt(stmt.span, stmt.kind);
    }
    check.declarations();
}

struct Check<'a> {
    tree: &'a Tree,
    findings: &'a mut Findings,
    /// The tuples that are taken apart, in which variables may be declared.
    deconstructed: Vec<ExprId>,
    /// The values that may be declarations.
    allowed: Vec<ExprId>,
}

impl Check<'_> {
    fn expr(&mut self, span: Span, kind: ExprKind) {
        match kind {
            ExprKind::Literal(Literal::Integer | Literal::Real | Literal::Char | Literal::String) => self.literal(span),
            ExprKind::Interpolation { parts, verbatim } => {
                for part in self.tree.list(parts) {
                    if let Part::Text(span) | Part::Hole { format: Some(span), .. } = part {
                        self.interpolated_text(*span, verbatim);
                    }
                }
            }
            ExprKind::New { arguments, initializer, .. } => {
                arguments.into_iter().for_each(|arguments| self.declared_out(arguments));
                initializer.into_iter().for_each(|initializer| self.initializer(initializer));
            }
            ExprKind::NewAnonymous { members } => self.anonymous_members(members),
            ExprKind::Lambda { parameters, form, .. } => self.lambda(parameters, form),
            ExprKind::Assign { target, .. } => self.assigned(target),
            ExprKind::Call { arguments, .. } | ExprKind::Index { arguments, .. } => self.declared_out(arguments),
            ExprKind::Tuple(elements) if elements.len() == 1 => {
                self.misplaced(span, "CS8124", "a tuple has two elements or more");
            }
            ExprKind::Query(clauses) if !self.ends_query(clauses) => {
                let message = "a query has to end with `select` or `group`";
                self.findings.report(&QUERY_END, Span::empty(span.end), message).code("CS0742");
            }
            _ => {}
        }
    }

    fn misplaced(&mut self, span: Span, code: &'static str, message: &'static str) -> &mut Finding {
        self.findings.report(&MISPLACED, span, message).code(code)
    }

    fn literal(&mut self, span: Span) {
        let text = self.tree.slice(span);
        let plain =
            text.starts_with('"') && !text.contains('\\') || text.starts_with("\"\"\"") || text.starts_with('@');
        if plain {
            return;
        }
        let findings = &mut *self.findings;
        literal::faults(text, &mut |fault, at| report_fault(findings, text, span, fault, at));
    }

    fn interpolated_text(&mut self, span: Span, verbatim: bool) {
        let text = self.tree.slice(span);
        let findings = &mut *self.findings;
        literal::interpolated_faults(text, verbatim, &mut |fault, at| report_fault(findings, text, span, fault, at));
    }

    /// The initializer of an object or a collection: all elements set members, or none does.
    fn initializer(&mut self, id: ExprId) {
        let ExprKind::Initializer(elements) = self.tree.expr(id).kind else { return };
        let sets_member = |id: &ExprId| match self.tree.expr(*id).kind {
            ExprKind::Assign { op: AssignOp::Set, target, .. } => {
                matches!(self.tree.expr(target).kind, ExprKind::Name(_) | ExprKind::ElementName(_))
            }
            _ => false,
        };
        let elements = self.tree.list(elements);
        let Some(members) = elements.first().map(sets_member) else { return };
        let other = elements.iter().find(|id| sets_member(id) != members && !self.is_broken(**id)).copied();
        if let Some(other) = other {
            let message = match members {
                true => "this element does not set a member as those before it do",
                false => "this sets a member, but those before it are elements of a collection",
            };
            let span = self.tree.expr(other).span;
            self.findings.report(&MIXED_INITIALIZER, span, message).code("CS0747");
        }
        let nested: Vec<ExprId> = elements
            .iter()
            .filter_map(|id| match self.tree.expr(*id).kind {
                ExprKind::Assign { value, .. } => Some(value),
                _ => None,
            })
            .collect();
        // As deep as the tree, which is bounded.
        nested.into_iter().for_each(|value| self.initializer(value));
    }

    /// The left side of an assignment: what is assignable the binder knows, but operators give nothing that is.
    fn assigned(&mut self, target: ExprId) {
        let expr = self.tree.expr(target);
        match expr.kind {
            ExprKind::Tuple(_) => self.deconstructs(target),
            ExprKind::Binary { .. } | ExprKind::Is { .. } | ExprKind::As { .. } if !self.is_broken(target) => {
                let message = "an operator binds tighter than `=`, so that its result would be assigned to";
                self.misplaced(expr.span, "CS1525", message);
            }
            _ => {}
        }
    }

    fn declared_out(&mut self, arguments: List<Argument>) {
        let out = self.tree.list(arguments).iter().filter(|argument| argument.passing == Passing::Out);
        self.allowed.extend(out.map(|argument| argument.value));
    }

    fn ends_query(&self, clauses: List<Clause>) -> bool {
        matches!(self.tree.list(clauses).last(), Some(Clause::Select(_) | Clause::Group { .. }))
    }

    fn anonymous_members(&mut self, members: List<ExprId>) {
        for id in self.tree.list(members) {
            let expr = self.tree.expr(*id);
            let named = match expr.kind {
                ExprKind::Assign { op: AssignOp::Set, target, .. } => {
                    matches!(self.tree.expr(target).kind, ExprKind::Name(_))
                }
                ExprKind::NullChain(inner) => matches!(self.tree.expr(inner).kind, ExprKind::Member { .. }),
                ExprKind::Name(_) | ExprKind::Member { .. } => true,
                _ => self.is_broken(*id),
            };
            if !named {
                let message = "this member has no name";
                self.misplaced(expr.span, "CS0746", message).help("write `Name = …`");
            }
        }
    }

    fn lambda(&mut self, parameters: List<Parameter>, form: LambdaForm) {
        let parameters = self.tree.list(parameters);
        let typed = parameters.first().is_some_and(|first| first.ty.is_some());
        for parameter in parameters {
            if let Some(default) = parameter.default {
                let span = self.tree.expr(default).span;
                self.misplaced(span, "CS1065", "a parameter of a lambda has no default value");
            }
            if parameter.passing == Passing::Params {
                self.misplaced(parameter.span, "CS1670", "a lambda has no `params`");
            }
            if parameter.ty.is_some() != typed && form == LambdaForm::Parenthesized {
                self.misplaced(parameter.span, "CS0748", "either all parameters have a type or none has");
            }
        }
    }

    fn stmt(&mut self, span: Span, kind: StmtKind) {
        match kind {
            StmtKind::Expr(value) => self.statement_expr(value),
            StmtKind::Local { kind: LocalKind::Const, declarators, .. } => {
                for declarator in self.tree.list(declarators).iter().filter(|declarator| declarator.value.is_none()) {
                    self.misplaced(declarator.span, "CS0145", "a constant has to have a value");
                }
            }
            StmtKind::If { then, otherwise, .. } => {
                self.body(then);
                otherwise.into_iter().for_each(|otherwise| self.body(otherwise));
            }
            StmtKind::While { body, .. }
            | StmtKind::Do { body, .. }
            | StmtKind::Using { body, .. }
            | StmtKind::Lock { body, .. } => self.body(body),
            StmtKind::For { updates, body, .. } => {
                self.tree.list(updates).iter().for_each(|update| self.statement_expr(*update));
                self.body(body);
            }
            StmtKind::ForEach { variable, body, .. } => {
                if let ForEachVariable::Deconstructed(id) = variable {
                    self.foreach_variable(id);
                }
                self.body(body);
            }
            StmtKind::Switch { sections, .. } => {
                if let Some(first) = self.tree.list(sections).first().filter(|first| first.labels.is_empty()) {
                    let message = "a `switch` begins with `case` or `default`";
                    self.findings.report(&SWITCH_WITHOUT_LABEL, first.span, message).code("CS1525");
                }
            }
            StmtKind::Try { catches, finally, .. } => {
                let catches = self.tree.list(catches);
                let try_word = Span::new(span.start, span.start + 3);
                if catches.is_empty() && finally.is_none() && !self.findings.touch(try_word) {
                    let message = "a `try` needs a `catch` or a `finally`";
                    self.findings.report(&TRY_WITHOUT_HANDLER, try_word, message).code("CS1524");
                }
                let general = catches.iter().position(|catch| catch.ty.is_none() && catch.filter.is_none());
                if let Some(after) = general.and_then(|general| catches.get(general + 1)) {
                    self.misplaced(after.span, "CS1017", "the `catch` before this one handles everything already");
                }
            }
            _ => {}
        }
    }

    /// The body of a statement, which is no declaration.
    fn body(&mut self, id: StmtId) {
        let stmt = self.tree.stmt(id);
        let declares = match stmt.kind {
            StmtKind::Local { .. } | StmtKind::LocalFunction(_) => "a declaration",
            StmtKind::Labeled { .. } => "a label",
            _ => return,
        };
        let message = format!("{declares} cannot stand alone as the body of another statement");
        let finding = self.findings.report(&DECLARATION_AS_BODY, stmt.span, message);
        finding.code("CS1023").help("put it in braces");
    }

    /// A value that stands as a statement, or among the updates of a `for`.
    fn statement_expr(&mut self, id: ExprId) {
        let expr = self.tree.expr(id);
        let does_something = match expr.kind {
            ExprKind::Call { .. } | ExprKind::Assign { .. } | ExprKind::New { .. } => true,
            ExprKind::Unary { op, .. } => {
                !matches!(op, UnaryOp::Plus | UnaryOp::Minus | UnaryOp::Not | UnaryOp::Complement)
            }
            ExprKind::NullChain(inner) => matches!(self.tree.expr(inner).kind, ExprKind::Call { .. }),
            _ => false,
        };
        if !does_something && !self.is_broken(id) && !self.findings.touch(expr.span) {
            let message = "only an assignment, a call, `++`, `--` or `new` can stand as a statement";
            self.findings.report(&NOT_A_STATEMENT, expr.span, message).code("CS0201");
        }
    }

    /// Whether a value is not what its author meant it to be, which has been reported where it breaks.
    fn is_broken(&self, id: ExprId) -> bool {
        match self.tree.expr(id).kind {
            ExprKind::Hole | ExprKind::Broken(_) | ExprKind::Placeholder => true,
            ExprKind::Member { name, .. } => name.ident.is_missing(),
            ExprKind::NullChain(inner) => self.is_broken(inner),
            ExprKind::Binary { left, right, .. } => self.is_broken(left) || self.is_broken(right),
            ExprKind::Conditional { then, otherwise, .. } => self.is_broken(then) || self.is_broken(otherwise),
            _ => false,
        }
    }

    fn foreach_variable(&mut self, id: ExprId) {
        let expr = self.tree.expr(id);
        match expr.kind {
            ExprKind::Tuple(_) => self.deconstructs(id),
            _ if self.is_broken(id) => {}
            _ => {
                let message = "a `foreach` names a type, or `var`, and a variable";
                self.misplaced(expr.span, "CS1525", message);
            }
        }
    }

    fn deconstructs(&mut self, id: ExprId) {
        if let ExprKind::Tuple(_) = self.tree.expr(id).kind {
            self.deconstructed.push(id);
        }
    }

    /// The elements of a tuple that is taken apart: C# 7 wants all to be declared or none. `_` fits both.
    fn deconstructed_elements(&mut self, elements: List<Argument>) {
        let mut declares = None;
        for element in self.tree.list(elements) {
            self.allowed.push(element.value);
            let expr = self.tree.expr(element.value);
            let declared = match expr.kind {
                ExprKind::Tuple(_) => {
                    self.deconstructs(element.value);
                    continue;
                }
                ExprKind::Name(name) if self.tree.slice(name.ident.span) == "_" => continue,
                kind => matches!(kind, ExprKind::Declaration { .. }),
            };
            if *declares.get_or_insert(declared) != declared && !self.is_broken(element.value) {
                let message = "either all variables of a deconstruction are declared in it or none is";
                self.misplaced(expr.span, "CS8184", message);
            }
        }
    }

    /// Variables that are declared inside of expressions, which may stand behind `out` and where a tuple is taken apart.
    fn declarations(&mut self) {
        let mut next = 0;
        while let Some(id) = self.deconstructed.get(next).copied() {
            next += 1;
            if let ExprKind::Tuple(elements) = self.tree.expr(id).kind {
                self.deconstructed_elements(elements);
            }
        }
        self.allowed.sort_unstable();
        for (id, expr) in self.tree.exprs() {
            if matches!(expr.kind, ExprKind::Declaration { .. }) && self.allowed.binary_search(&id).is_err() {
                self.misplaced(expr.span, "CS1525", "a variable cannot be declared here");
            }
        }
    }
}

fn report_fault(findings: &mut Findings, text: &str, span: Span, fault: Fault, at: Range<usize>) {
    let written = text.get(at.clone()).unwrap_or("");
    let place = Span::from(at).shifted(span.start);
    let (code, message) = match fault {
        Fault::Escape => ("CS1009", format!("`{written}` is no escape")),
        Fault::EmptyChar => ("CS1011", "a character is missing between the quotes".to_owned()),
        Fault::LongChar => ("CS1012", "single quotes hold one character".to_owned()),
        Fault::IntegerRange => ("CS1021", "this integer is too large".to_owned()),
        Fault::RealRange => ("CS0594", "this number is outside the range of its type".to_owned()),
        Fault::Digits => ("CS1013", "digits are missing in this number".to_owned()),
        Fault::Brace => ("CS8086", "a `}` in the text of an interpolated string is written `}}`".to_owned()),
    };
    let finding = findings.report(&BAD_LITERAL, place, message).code(code);
    match fault {
        Fault::LongChar => {
            let inside = text.trim_matches('\'').replace('"', "\\\"");
            finding.fix("Replace with a string", place, format!("\"{inside}\""));
        }
        Fault::Brace => {
            finding.fix("Replace with `}}`", place, "}}");
        }
        Fault::Escape => {
            finding.help("a backslash is written `\\\\`, or the string begins with `@\"`");
        }
        _ => {}
    }
}
