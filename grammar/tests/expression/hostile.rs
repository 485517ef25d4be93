//! Text that is meant to do harm: it takes time in proportion to its length, and no more stack than a little.

use grammar::expression::parse;
use std::sync::mpsc;
use std::time::Duration;

/// What every kind of lexeme, bracket and half-finished form looks like when it never ends.
const UNITS: &[&str] = &[
    "a<b,",
    "(a<",
    "a<(",
    "A<B<",
    "A<B>",
    "A<",
    "x<y>(",
    "(",
    "((a",
    "()",
    ")",
    "[",
    "[,",
    "]",
    "{",
    "{{",
    "}",
    "f(",
    "f(a,",
    "a[",
    "a?[",
    "a.",
    "a?.",
    "a::",
    "::",
    "..",
    "a..",
    "^",
    "^a",
    "a ? ",
    "a ? b : ",
    "?",
    ":",
    "a:",
    "a ?? ",
    "a = ",
    "a += ",
    "a ??= ",
    "a + ",
    "a b ",
    "a\n",
    "a\"b\"",
    "1",
    "1.",
    "1e",
    "0x",
    "_",
    "\"",
    "\"\n",
    "'",
    "'a",
    "''",
    "@\"",
    "@",
    "@@",
    "$\"",
    "$\"{",
    "$\"{\n",
    "$@\"{",
    "$\"{a:",
    "$\"{a,",
    "$\"{\"",
    "}\"",
    "\"\"\"",
    "\"\"\"\n",
    "/*",
    "//\n",
    "<!--",
    "-->",
    "#",
    "#\n",
    "\n#if\n",
    "\n#if x\n#else\n",
    "\n#region\n",
    "\n#endif\n",
    "\\",
    "\\u0041",
    "é",
    "×",
    "é×",
    "\u{200b}",
    "\u{a0}",
    "\u{feff}",
    "😀",
    "\0",
    "\r",
    "{{a}}",
    "{{a}} ",
    "!",
    "-",
    "- ",
    "++",
    "~",
    "(int)",
    "(a)",
    "(a)b",
    "(a)-",
    "(a, ",
    "(int a, ",
    "((a,b),",
    "x => ",
    "(x) => ",
    "()=>{",
    "f(x=>{",
    "async ",
    "async x => ",
    "await ",
    "throw ",
    "?? throw ",
    "delegate ",
    "delegate (",
    "new ",
    "new(",
    "new T",
    "new T(",
    "new[]{",
    "new {",
    "new {a=",
    "new[",
    "new[,",
    "new int[",
    "typeof(",
    "default(",
    "sizeof(",
    "checked(",
    "nameof(",
    "stackalloc ",
    "a is ",
    "a is b ",
    "a is not ",
    "is > ",
    "a is { ",
    "a as ",
    "a as int? ",
    "a and ",
    "a switch {",
    "a with {",
    ">>",
    ">>>",
    ">=",
    "out ",
    "out var ",
    "ref ",
    "in ",
    "params ",
    "from x in y ",
    "from x in (",
    "from a b in c ",
    "select ",
    "x orderby ",
    "orderby a, ",
    "join a in b ",
    "group ",
    "into ",
    "int ",
    "int a, ",
    "int a = ",
    "int[] a = {",
    "var (",
    "var (a, ",
    "int?",
    "int[,",
    "List<int> ",
    "if ",
    "if (a) ",
    "if (a) {",
    "else ",
    "for ",
    "for (;;) ",
    "for (",
    "foreach ",
    "foreach (var x in y) ",
    "while ",
    "while (a) { ",
    "do ",
    "do { ",
    "switch ",
    "switch (a) { case 1: ",
    "case ",
    "case 1: ",
    "default: ",
    "break ",
    "return ",
    "return;",
    "goto ",
    "try ",
    "try { ",
    "catch ",
    "catch (",
    "finally ",
    "using ",
    "using (",
    "lock (",
    "const ",
    "static ",
    "unsafe ",
    "unsafe { ",
    "fixed ",
    "class A { ",
    "yield return ",
    "yield break ",
    "a: ",
    "int F(int a) { ",
    "int F(",
    "int F<T>(",
    "where T : ",
    "void F() => ",
    ";",
    ",",
    ", ",
    ".",
    "=",
    "<",
    ">",
    "&",
    "*",
    "*a",
    "int* ",
    "->",
    "=>",
];

const CLOSED: &[(&str, &str)] = &[
    ("(", ")"),
    ("f(", ")"),
    ("a[", "]"),
    ("{", "}"),
    ("x => {", "}"),
    ("x => (", ")"),
    ("$\"{", "}\""),
    ("if (a) {", "}"),
    ("new[] {", "}"),
    ("new { a = ", "}"),
    ("(int)(", ")"),
    ("checked(", ")"),
    ("f(x => { return ", "; })"),
    ("List<", ">"),
    ("(a ? b : ", ")"),
    ("switch (a) { case 1: ", "}"),
    ("from x in (", ") select x"),
    ("!", ""),
    ("a ? b : ", ""),
    ("a = ", ""),
    ("if (a) ", ""),
    ("x => ", ""),
    ("a + ", ""),
    ("a.b().", ""),
    ("(int)", ""),
];

/// Runs `test` with little stack. Text that took time of a higher order would take hours, and is given minutes.
fn contained(test: impl FnOnce() + Send + 'static) {
    let (done, finished) = mpsc::channel();
    let run = move || {
        test();
        let _ = done.send(());
    };
    let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(run).unwrap();
    match finished.recv_timeout(Duration::from_secs(300)) {
        Ok(()) => thread.join().unwrap(),
        Err(mpsc::RecvTimeoutError::Disconnected) => std::panic::resume_unwind(thread.join().unwrap_err()),
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("this takes too long"),
    }
}

#[test]
fn what_never_ends_is_read_in_time() {
    contained(|| {
        for unit in UNITS {
            for wrapper in ["@(", "@{"] {
                let text = format!("{wrapper}{}", unit.repeat(30_000 / unit.len()));
                let parsed = parse(&text);
                assert!(!parsed.findings.is_empty() && parsed.findings.len() <= 20, "{unit:?} in {wrapper}");
            }
        }
    });
}

#[test]
fn deep_nesting_is_read_up_to_a_limit_and_refused_beyond() {
    contained(|| {
        for (open, close) in CLOSED {
            for wrapper in ["@(", "@{"] {
                for depth in [1, 60, 126, 127, 128, 129, 400, 1100, 20_000] {
                    let inside = format!("{}a{}", open.repeat(depth), close.repeat(depth));
                    let end = if wrapper == "@(" { ")" } else { "; }" };
                    let parsed = parse(&format!("{wrapper}{inside}{end}"));
                    assert!(parsed.tree.depth() <= csharp::tree::MAX_DEPTH, "{open:?} {depth} times");
                    assert!(depth < 20_000 || !parsed.findings.is_empty(), "{open:?} {depth} times");
                }
            }
        }
    });
}

#[test]
fn what_people_write_is_not_too_deep() {
    let texts = [
        format!("@({}1{})", "(".repeat(100), ")".repeat(100)),
        format!("@(\"a\"{})", " + \"b\"".repeat(400)),
        format!("@(new StringBuilder(){}.ToString())", ".Append(\"a\")".repeat(200)),
        format!("@({}0)", "a == 1 ? 2 : ".repeat(300)),
        format!("@{{ {}return 0; }}", "if (a == 1) { return 1; } else ".repeat(300)),
    ];
    for text in texts {
        let parsed = parse(&text);
        assert!(parsed.findings.is_empty(), "{:?} in {}", parsed.findings, &text[..60]);
    }
}
