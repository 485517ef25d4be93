//! What authors are told about broken text, word by word.

use grammar::expression::parse;
use std::fmt::Write;

/// The findings of each text, with the place marked below it.
fn report(texts: &[&str]) -> String {
    let mut out = String::new();
    for text in texts {
        let _ = writeln!(out, "{}", text.replace('\n', "⏎"));
        for finding in parse(text).findings {
            let column = text[..finding.span.start as usize].chars().count();
            let width = text[finding.span.start as usize..finding.span.end as usize].chars().count().max(1);
            let _ = write!(out, "{:column$}{} {}", "", "^".repeat(width), finding.message);
            let _ = writeln!(out, " [{} {}]", finding.rule.id, finding.code.unwrap_or("-"));
            let indent = column + width;
            if let Some(help) = &finding.help {
                let _ = writeln!(out, "{:indent$} help: {help}", "");
            }
            if let Some((title, _, edit)) = &finding.fix {
                let _ = writeln!(out, "{:indent$} fix: {title} ({:?} {:?})", "", edit.span, edit.text);
            }
        }
        out.push('\n');
    }
    out
}

#[test]
fn missing_pieces() {
    insta::assert_snapshot!(report(&[
        "@()",
        "@(1 + )",
        "@(1 * / 2)",
        "@(context.Request.)",
        "@(context.Request.Method == )",
        "@(f(1 2))",
        "@(f(, 2))",
        "@(f(1,))",
        "@(a ? b)",
        "@(new)",
        "@(new List<int>)",
        "@(new int[])",
        "@(string)",
        "@(body.As<>())",
        "@(new List<>())",
        "@(new[] { out x })",
        "@(\"patch=\"\"\")",
        "@{ return 1 }",
        "@{ var n = 1 return n; }",
        "@{ var = 1; }",
        "@{ var x 1; }",
        "@{ int x, ; }",
        "@{ if true { return 1; } return 0; }",
        "@{ while a f(); }",
        "@{ for (int i = 0; i < 3) { } }",
        "@{ foreach (var x xs) { } }",
        "@{ do { } return 1; }",
        "@{ switch (a) { case 1 return 1; } }",
        "@{ try return 1; catch { } }",
        "@(from x in xs where x > 1)",
        "@(x => )",
        "@($\"a{}b\")",
    ]));
}

#[test]
fn things_out_of_place() {
    insta::assert_snapshot!(report(&[
        "@(return 1;)",
        "@(if (true) 1 else 2)",
        "@(var n = 1)",
        "@(a, b)",
        "@(1 === 1)",
        "@(true and false)",
        "@(this is prose and no code)",
        "@{ else { return 1; } }",
        "@{ catch (Exception e) { } }",
        "@{ case 1: return 1; }",
        "@{ int class = 1; }",
        "@{ int n == 1; }",
        "@{ int x[3]; }",
        "@{ class A { } }",
        "@{ using System.IO; return 1; }",
        "@{ public int n = 1; }",
        "@{ unsafe { } }",
        "@{ <!-- note --> return 1; }",
        "@(throw new Exception())",
        "@(a + x => 1)",
        "@(f(int x))",
        "@{ a + b = c; }",
        "@{ (var a, b) = f(); }",
        "@(new { 1 })",
        "@(new A { B = 1, 2 })",
        "@{ const int n; }",
        "@{ a == b; }",
        "@{ if (a) int n = 1; }",
        "@{ try { } catch { } catch (E) { } }",
        "@{ switch (a) { f(); } }",
        "@(f((int x, y) => x))",
    ]));
}

#[test]
fn brackets() {
    insta::assert_snapshot!(report(&[
        "@(f(1, 2)",
        "@(f(1, 2)))",
        "@(a[1)",
        "@(a[f(1])",
        "@{ if (a { return 1; } return 2; }",
        "@{ if (a)) { return 1; } return 2; }",
        "@{ f(1; g(2); }",
        "@{ var x = new[] { 1, 2; return x; }",
        "@{ f(x => { g(x); }\n return 1; }",
        "@{ f(a,\n var b = 1;\n return b; }",
        "@{ if (a) { return 1;",
        "1 + 2",
    ]));
}

#[test]
fn literals_and_characters() {
    insta::assert_snapshot!(report(&[
        "@(\"abc)",
        "@{ var x = \"abc; return x; }",
        "@(@\"abc)",
        "@('a)",
        "@(1 /* )",
        "@($\"a{b\")",
        "@($\"a{b)",
        "@($\"a{b\n}\")",
        "@($\"a}b\")",
        "@($\"{a ? b : c}\")",
        "@($\"{a:}\")",
        "@($\"{a:N2 }\")",
        "@($\"{a // b\n}\")",
        "@('')",
        "@('GET')",
        "@(\"a\\qb\")",
        "@(\"\\u00g0\")",
        "@(99999999999999999999)",
        "@(1e999)",
        "@(0x)",
        "@(1_)",
        "@(“a”)",
        "@(a\u{200b} + 1)",
        "@(a § b)",
        "@(@)",
        "@(a #)",
        "@{\n#nonsense\n}",
    ]));
}

#[test]
fn forms_of_later_versions() {
    insta::assert_snapshot!(report(&[
        "@{ a ??= b; }",
        "@(a switch { 1 => 2, _ => 3 })",
        "@(a[1..2])",
        "@(a[^1])",
        "@{ using var a = b; }",
        "@{ A a = new(); }",
        "@(a is not null)",
        "@(a is > 1 and < 5)",
        "@(a with { X = 1 })",
        "@(\"\"\"raw\"\"\")",
        "@{ int[] a = [1, 2]; }",
    ]));
}
