//! Text that is broken or half typed still has a tree, with everything in it that was typed.

use crate::shared;
use csharp::span::Span;
use csharp::tree::{ExprKind, ForEachVariable, Ident, Node, Part, Pattern, StmtKind, Tree, TypeKind};
use grammar::expression::{Parsed, outline, parse};
use proptest::prelude::*;

/// Reads `text` and checks what holds of every tree.
fn read(text: &str) -> Parsed {
    let parsed = parse(text);
    check_tree(&parsed.tree);
    for finding in &parsed.findings {
        let span = finding.span;
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text}: {finding:?}");
    }
    let lost = parsed.findings.iter().find(|finding| finding.message.contains("makes no sense"));
    assert!(lost.is_none(), "no tree for {text:?}");
    parsed
}

fn check_tree(tree: &Tree) {
    let mut open = vec![tree.root_node()];
    while let Some(node) = open.pop() {
        let span = tree.span_of(node);
        assert!(tree.text().get(span.start as usize..span.end as usize).is_some(), "{node:?} of {}", tree.text());
        tree.for_each_child(node, &mut |child| {
            let inner = tree.span_of(child);
            assert!(span.contains(inner), "{child:?} at {inner:?} outside of {node:?} at {span:?} in {}", tree.text());
            let ordered = match (node, child) {
                (Node::Expr(outer), Node::Expr(inner)) => inner < outer,
                (Node::Stmt(outer), Node::Stmt(inner)) => inner < outer,
                _ => true,
            };
            assert!(ordered, "{child:?} in {node:?} of {}", tree.text());
            open.push(child);
        });
    }
}

/// How many names stand in a tree, in any role.
fn names(tree: &Tree) -> usize {
    let mut idents: Vec<Ident> = Vec::new();
    for (_, expr) in tree.exprs() {
        match expr.kind {
            ExprKind::Name(name) | ExprKind::Member { name, .. } => idents.push(name.ident),
            ExprKind::Declaration { name, .. } => idents.push(name),
            ExprKind::Is { pattern: Pattern::Declaration { name, .. }, .. } => idents.push(name),
            ExprKind::Call { arguments, .. }
            | ExprKind::Tuple(arguments)
            | ExprKind::New { arguments: Some(arguments), .. } => {
                idents.extend(tree.list(arguments).iter().filter_map(|argument| argument.name));
            }
            ExprKind::Lambda { parameters, .. } => {
                idents.extend(tree.list(parameters).iter().map(|parameter| parameter.name));
            }
            _ => {}
        }
    }
    for (_, stmt) in tree.stmts() {
        match stmt.kind {
            StmtKind::Local { declarators, ty, .. } => {
                idents.extend(tree.list(declarators).iter().map(|declarator| declarator.name));
                idents.extend((tree.ty(ty).kind == TypeKind::Var).then_some(Ident { span: tree.ty(ty).span }));
            }
            StmtKind::ForEach { variable: ForEachVariable::Declared { name, ty }, .. } => {
                idents.push(name);
                idents.extend((tree.ty(ty).kind == TypeKind::Var).then_some(Ident { span: tree.ty(ty).span }));
            }
            StmtKind::Try { catches, .. } => idents.extend(tree.list(catches).iter().filter_map(|catch| catch.name)),
            StmtKind::LocalFunction(id) => {
                let function = tree.function(id).unwrap();
                idents.push(function.name);
                idents.extend(tree.list(function.parameters).iter().map(|parameter| parameter.name));
            }
            _ => {}
        }
    }
    for ty in tree.types() {
        if let TypeKind::Name(name) | TypeKind::Qualified { name, .. } = ty.kind {
            idents.push(name.ident);
        }
    }
    idents.iter().filter(|ident| !ident.is_missing()).count()
}

/// Where lexemes end, roughly: at the end of words, numbers and strings, and behind other characters.
fn boundaries(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut quoted = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let inside_word = (before.is_alphanumeric() || before == '_') && (c.is_alphanumeric() || c == '_');
        if !quoted && !inside_word && !before.is_whitespace() && at > 2 {
            ends.push(at);
        }
        if c == '"' && before != '\\' {
            quoted = !quoted;
        }
        before = c;
    }
    ends
}

#[test]
fn every_beginning_of_a_real_expression_has_a_tree_with_what_was_typed() {
    let Some(folder) = shared::folder("beginnings of expressions") else { return };
    let mut texts: Vec<String> = shared::published(&folder).into_iter().map(|expression| expression.code).collect();
    texts.sort();
    texts.dedup();
    let (mut beginnings, mut written, mut kept) = (0, 0, 0);
    // Every seventh text: the rest is much the same, and unoptimised this takes a while.
    for text in texts.iter().step_by(7).filter(|text| text.len() < 3000) {
        if !parse(text).findings.is_empty() {
            continue;
        }
        for end in boundaries(text) {
            let beginning = &text[..end];
            let parsed = read(beginning);
            written += words(&parsed);
            kept += names(&parsed.tree);
            beginnings += 1;
        }
    }
    assert!(beginnings > 10_000, "{beginnings}");
    assert!(kept * 1000 > written * 995, "{kept} of {written} names are in the trees of {beginnings} beginnings");
}

/// How many names a text has outside of strings and comments.
fn words(parsed: &Parsed) -> usize {
    let tree = &parsed.tree;
    let mut code: Vec<u8> = tree.text().bytes().collect();
    let mut blank: Vec<Span> = tree.comments().to_vec();
    for (_, expr) in tree.exprs() {
        match expr.kind {
            ExprKind::Literal(_) => blank.push(expr.span),
            ExprKind::Interpolation { parts, .. } => {
                blank.extend(tree.list(parts).iter().filter_map(|part| match part {
                    Part::Text(span) => Some(*span),
                    Part::Hole { format, .. } => *format,
                }))
            }
            _ => {}
        }
    }
    for span in blank {
        code[span.start as usize..span.end as usize].fill(b' ');
    }
    let keywords = [
        "return",
        "if",
        "else",
        "foreach",
        "for",
        "in",
        "while",
        "try",
        "catch",
        "finally",
        "using",
        "switch",
        "case",
        "default",
        "break",
        "continue",
        "new",
        "is",
        "as",
        "out",
        "null",
        "true",
        "false",
        "typeof",
        "throw",
        "do",
        "const",
        "static",
        "ref",
        "checked",
        "unchecked",
        "class",
        "int",
        "string",
        "bool",
        "object",
        "byte",
        "char",
        "long",
        "short",
        "double",
        "decimal",
        "float",
        "uint",
        "ulong",
        "ushort",
        "sbyte",
        "void",
        "$",
    ];
    let code = String::from_utf8_lossy(&code).into_owned();
    let word = |word: &&str| word.starts_with(|c: char| c.is_alphabetic() || c == '_') && !keywords.contains(word);
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(word).count()
}

#[test]
fn what_is_half_typed_is_understood() {
    let table = [
        ("@(context.Request.)", "Member <missing>\n  Member Request\n    Name context\n"),
        ("@(context.Request", "Member Request\n  Name context\n"),
        ("@(f(a,", "Call _ _\n  Name f\n  Name a\n  Hole\n"),
        ("@(a ? b", "Conditional\n  Name a\n  Name b\n  Hole\n"),
        ("@(List<str", "Name List<1>\n  Type str\n"),
        ("@(body.As<", "Member As<1>\n  Name body\n  Type missing\n"),
        ("@((string)", "Cast\n  Type string\n  Hole\n"),
        ("@(a < b", "Binary <\n  Name a\n  Name b\n"),
        ("@(new ", "New( )\n  Type missing\n"),
        ("@($\"a{b", "Interpolation \"a\" {}\n  Name b\n"),
        ("@(x => x.", "Lambda Bare x\n  Member <missing>\n    Name x\n"),
        (
            "@{ x = a ? b; }",
            "Block\n  Expr\n    Assign =\n      Name x\n      Conditional\n        Name a\n        Name b\n        Hole\n",
        ),
        (
            "@{ if true { return 1; } return 2; }",
            "Block\n  If\n    True true\n    Block\n      Return\n        Integer 1\n  Return\n    Integer 2\n",
        ),
        ("@{ if (a) { return 1;", "Block\n  If\n    Name a\n    Block\n      Return\n        Integer 1\n"),
        ("@{ foreach (", "Block\n  ForEach deconstructed\n    Hole\n    Hole\n    Empty\n"),
        ("@{ foreach (var", "Block\n  ForEach <missing>\n    Type var\n    Hole\n    Empty\n"),
        ("@{ var x = ", "Block\n  Local Variable x =\n    Type var\n    Hole\n"),
        (
            "@{ var x = context.\nvar y = 2; }",
            "Block\n  Local Variable x =\n    Type var\n    Member <missing>\n      Name context\n  Local Variable y =\n    Type var\n    Integer 2\n",
        ),
        (
            "@{ var x = f(context.\nreturn x; }",
            "Block\n  Local Variable x =\n    Type var\n    Call _\n      Name f\n      Member <missing>\n        Name context\n  Return\n    Name x\n",
        ),
    ];
    for (text, expected) in table {
        let parsed = read(text);
        let found: String = outline(&parsed.tree).lines().map(|line| line.trim_end().to_owned() + "\n").collect();
        assert_eq!(found, expected.replace("New( )", "New()"), "{text}");
        assert!(!parsed.findings.is_empty() || text == "@(context.Request", "{text}");
    }
}

#[test]
fn one_mistake_is_told_once() {
    let texts = [
        "@(1 + )",
        "@(f(1, 2)",
        "@{ var a = 1 return a; }",
        "@{ if (a { return 1; } return 2; }",
        "@{ return f(1, 2; }",
        "@{ var x = \"abc; return x; }",
        "@(context.Request.Method == 'GET')",
        "@{ int class = 1; return 1; }",
        "@{ foreach (var x in xs { f(x); } return 1; }",
        "@(a ? b)",
        "@(true and false)",
        "@(list[0)",
        "@{ try { return 1; } return 2; }",
        "@{ switch (a) { case 1 return 1; } return 0; }",
        "@($\"a{}b\")",
        "@{ for (int i = 0, i < 3, i++) { } return 1; }",
        "@(1 === 1)",
        "@{ string s = null; s ??= \"x\"; return s; }",
    ];
    for text in texts {
        let found = read(text).findings;
        let lines: Vec<_> = found.iter().map(|finding| finding.message.as_ref()).collect();
        let allowed = if text.contains("i < 3, i++") { 2 } else { 1 };
        assert_eq!(found.len(), allowed, "{text}: {lines:?}");
    }
}

#[test]
fn a_place_in_the_text_leads_to_the_nodes_there() {
    let text = "@(f(a.b, , 3) + g)";
    let tree = read(text).tree;
    let at = |place: &str| text.find(place).unwrap() as u32;
    let innermost = |offset: u32| tree.path_at(offset).last().map(|node| tree.slice(tree.span_of(*node)).to_owned());
    assert_eq!(innermost(at("a.b")), Some("a".to_owned()));
    assert_eq!(innermost(at("b, ")), Some("a.b".to_owned()));
    assert_eq!(innermost(at("g)") + 1), Some("g".to_owned()));
    assert_eq!(tree.path_at(0), []);
    let call = tree.exprs().find_map(|(_, expr)| match expr.kind {
        ExprKind::Call { arguments, .. } => Some(arguments),
        _ => None,
    });
    let argument = |offset| tree.argument_at(call.unwrap(), offset);
    assert_eq!(argument(at("a.b")), Some(0));
    assert_eq!(argument(at(" , 3")), Some(1));
    assert_eq!(argument(at(" 3)")), Some(2));
    assert_eq!(argument(at(" + g") + 2), None);
}

/// Pieces of C# in any order.
fn soup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        ",",
        ";",
        ":",
        ".",
        "?.",
        "?",
        "??",
        "=",
        "+=",
        "+",
        "-",
        "*",
        "!",
        "&&",
        "==",
        "=>",
        "x",
        "Foo",
        "var",
        "from",
        "in",
        "select",
        "orderby",
        "group",
        "by",
        "into",
        "join",
        "on",
        "equals",
        "descending",
        "when",
        "async",
        "await",
        "yield",
        "not",
        "and",
        "with",
        "int",
        "1",
        "2.5",
        "'c'",
        "\"s\"",
        "$\"a{",
        "}b\"",
        "{{n}}",
        "null",
        "default",
        "new",
        "typeof",
        "checked",
        "delegate",
        "throw",
        "ref",
        "out",
        "is",
        "as",
        "if",
        "else",
        "while",
        "do",
        "for",
        "foreach",
        "switch",
        "case",
        "break",
        "return",
        "goto",
        "try",
        "catch",
        "finally",
        "using",
        "const",
        "\n",
        "/* c */",
        "#",
        "@",
        "\"",
        "'",
        "(x) =>",
        "x =>",
        "(int)",
        "List<int>",
        "new Foo(",
        "new[] {",
        "f(",
        "is int y",
        "out var z",
        "case int n when",
        "var x = 1;",
        "(int a, int b)",
        "var (a, b)",
        "from x in xs",
        "int F(int a) {",
        "F<T>(",
        "where T : new()",
        "if (x)",
        "for (;;)",
        "foreach (var q in qs)",
    ];
    let piece = proptest::sample::select(PIECES).prop_map(|piece| format!("{piece} "));
    const WRAPPERS: &[(&str, &str)] = &[("@(", ")"), ("@{", "}"), ("@(", ""), ("@{", ""), ("", "")];
    let wrapper = proptest::sample::select(WRAPPERS);
    (wrapper, proptest::collection::vec(piece, 0..30))
        .prop_map(|((open, close), pieces)| format!("{open}{}{close}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn any_row_of_pieces_has_a_tree(text in soup()) {
        read(&text);
    }

    #[test]
    fn any_text_has_a_tree(text in "\\PC*") {
        read(&text);
        read(&format!("@({text})"));
        read(&format!("@{{{text}}}"));
    }

    #[test]
    fn what_was_read_without_fault_is_printed_without_fault(text in soup()) {
        let first = read(&text);
        if first.findings.is_empty() {
            let printed = grammar::expression::print(&first.tree);
            let second = read(&printed);
            prop_assert!(second.findings.is_empty(), "{text}\n{printed}\n{:?}", second.findings);
            prop_assert_eq!(outline(&first.tree), outline(&second.tree));
        }
    }
}
