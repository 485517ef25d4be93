//! Broken documents: which faults are found where, and which tree is left.

use grammar::diagnostic::{Diagnostic, Safety};
use grammar::document::{Document, Node, NodeKind, RULES, TOO_DEEP, TOO_MANY_FAULTS, exercise, read};
use grammar::source::Source;

/// `rule line:column` of each fault, the group `document/` left out.
fn faults(document: &Document) -> Vec<String> {
    let place = |found: &Diagnostic| {
        let at = document.source().line_column(found.span.start);
        format!("{} {}:{}", found.rule.id.trim_start_matches("document/"), at.line + 1, at.column + 1)
    };
    document.diagnostics().iter().map(place).collect()
}

/// The tree in one line: `name@attribute=value(children)`, `~` behind a name without closing tag, texts in quotes.
fn outline(document: &Document) -> String {
    let mut out = String::new();
    for node in document.children() {
        outline_of(node, &mut out);
    }
    out.trim_end().to_owned()
}

fn outline_of(node: Node<'_>, out: &mut String) {
    let Some(element) = node.element() else {
        match node.kind() {
            NodeKind::Text if node.is_blank() => {}
            NodeKind::Text => *out += &format!("{:?} ", node.written().trim()),
            NodeKind::Comment => *out += "# ",
            _ => *out += &format!("{} ", node.written().trim()),
        }
        return;
    };
    *out += element.name();
    if element.close_span().is_none() && !element.is_self_closing() {
        *out += "~";
    }
    for attribute in element.attributes() {
        *out += &format!("@{}", attribute.name());
        if attribute.value_span().is_some() {
            *out += &format!("={}", attribute.value().written());
        }
    }
    if element.children().any(|child| !child.is_blank()) {
        *out += "(";
        for child in element.children() {
            outline_of(child, out);
        }
        out.truncate(out.trim_end().len());
        *out += ")";
    }
    *out += " ";
}

#[track_caller]
fn check(cases: &[(&str, &[&str], &str)]) {
    for (text, expected, tree) in cases {
        let document = read(&Source::new("broken.xml", *text));
        assert_eq!(faults(&document), *expected, "{text}");
        assert_eq!(outline(&document), *tree, "{text}");
        exercise::exercise(text.as_bytes());
    }
}

#[test]
fn a_half_typed_tag_leaves_its_neighbours_alone() {
    let around = |typed: &str| format!("<policies>\n  <inbound>\n    {typed}\n    <base />\n  </inbound>\n</policies>");
    let cases: &[(&str, &[&str], &str)] = &[
        ("<", &["raw-less-than 3:5"], "\"<\" base"),
        ("<set-", &["unclosed-tag 3:5"], "set-~ base"),
        ("<set-header ", &["unclosed-tag 3:5"], "set-header~ base"),
        ("<set-header na", &["unclosed-tag 3:5", "attribute-without-value 3:17"], "set-header~@na base"),
        ("<set-header name=", &["unclosed-tag 3:5", "attribute-without-value 3:17"], "set-header~@name= base"),
        ("<set-header name=\"", &["unclosed-tag 3:5", "unclosed-quote 3:17"], "set-header~@name= base"),
        ("<set-header name=\"x", &["unclosed-tag 3:5", "unclosed-quote 3:17"], "set-header~@name=x base"),
        ("<set-header name=\"x\"", &["unclosed-tag 3:5"], "set-header~@name=x base"),
        ("<set-header name=\"x />", &["unclosed-quote 3:17"], "set-header@name=x base"),
        ("<set-header name=\"x>", &["unclosed-element 3:6", "unclosed-quote 3:17"], "set-header~@name=x base"),
        ("<set-header name=\"x\">", &["unclosed-element 3:6"], "set-header~@name=x base"),
        ("<set-header name=x", &["unclosed-tag 3:5", "unquoted-value 3:22"], "set-header~@name=x base"),
        (
            "<a b=\"@(context.",
            &["unclosed-tag 3:5", "unclosed-quote 3:8", "unclosed-expression 3:11"],
            "a~@b=@(context. base",
        ),
        ("<a b=\"@{\n return 1;\n }", &["unclosed-tag 3:5", "unclosed-quote 3:8"], "a~@b=@{\n return 1;\n } base"),
        ("<a b=\"@(context.\" />", &["unclosed-expression 3:11"], "a@b=@(context. base"),
        ("<a b=\"@(context[\"x\" />", &["unclosed-expression 3:11"], "a@b=@(context[\"x base"),
        ("<a>@(context.</a>", &["unclosed-expression 3:8"], "a(\"@(context.\") base"),
        ("<a>@{ return \"x</a>", &["unclosed-expression 3:8"], "a(\"@{ return \\\"x\") base"),
        ("</", &["unclosed-tag 3:5"], "</ base"),
        ("</inb", &["unclosed-tag 3:5", "stray-closing-tag 5:3"], ""),
        ("<!-", &["raw-less-than 3:5"], "\"<!-\" base"),
    ];
    for (typed, expected, children) in cases {
        let text = around(typed);
        let document = read(&Source::new("broken.xml", text.as_str()));
        assert_eq!(faults(&document), *expected, "{typed}");
        let tree = match *children {
            // A section's own closing tag, half typed, ends the section; what follows stands behind it.
            "" => "policies(inbound base </inbound>)".to_owned(),
            _ => format!("policies(inbound({children}))"),
        };
        assert_eq!(outline(&document), tree, "{typed}");
        exercise::exercise(text.as_bytes());
    }
}

#[test]
fn tags_that_do_not_match_are_told_and_mended() {
    check(&[
        ("<a><b></a>", &["unclosed-element 1:5"], "a(b~)"),
        ("<a><b></a></b>", &["unclosed-element 1:5", "stray-closing-tag 1:11"], "a(b~) </b>"),
        ("<a></b>", &["mismatched-tag 1:6"], "a"),
        ("<a></>", &["mismatched-tag 1:4"], "a"),
        ("<inbound>\n<base />\n</inbuond>", &["mismatched-tag 3:3"], "inbound(base)"),
        (
            "<p>\n <inbound>\n  <a>\n </inbuond>\n</p>",
            &["unclosed-element 3:4", "mismatched-tag 4:4"],
            "p(inbound(a~))",
        ),
        ("<a>\n  </other>\n</a>", &["stray-closing-tag 2:3"], "a(</other>)"),
        ("</a>", &["stray-closing-tag 1:1"], "</a>"),
        ("<a>", &["unclosed-element 1:2"], "a~"),
        ("<a", &["unclosed-tag 1:1"], "a~"),
        ("<a></ a>", &["unexpected-in-tag 1:6"], "a"),
        ("<a></a x>", &["unexpected-in-tag 1:8"], "a"),
        ("<a></a\n</b>", &["unclosed-tag 1:4", "stray-closing-tag 2:1"], "a </b>"),
        ("<a></%s></a>", &["unexpected-in-tag 1:6"], "a(</%s>)"),
        ("<a x=\"1\" <b/></a>", &["unclosed-tag 1:1"], "a@x=1(b)"),
    ]);
}

#[test]
fn what_follows_an_unclosed_element_is_told_from_its_content_by_indentation() {
    check(&[
        (
            "<in>\n  <set-header>\n    <value>1</value>\n  <base />\n  <!-- x -->\n</in>",
            &["unclosed-element 2:4"],
            "in(set-header~(value(\"1\")) base #)",
        ),
        ("<in>\n  <a>\n    <b>\n  <c />\n</in>", &["unclosed-element 2:4", "unclosed-element 3:6"], "in(a~(b~) c)"),
        // Without indentation nothing tells them apart.
        ("<in>\n<a>\n<b />\n<c />\n</in>", &["unclosed-element 2:2"], "in(a~(b c))"),
        ("<in><a><b /></in>", &["unclosed-element 1:6"], "in(a~(b))"),
    ]);
}

#[test]
fn faults_within_a_tag_stay_in_it() {
    check(&[
        ("<a b=\"x c=\"y\"/>", &["unclosed-quote 1:4"], "a@b=x@c=y"),
        ("<a b=\"x\n   c=\"y\"/>", &["unclosed-quote 1:4"], "a@b=x@c=y"),
        ("<a b=\"x\"c=\"y\"/>", &["missing-blank 1:9"], "a@b=x@c=y"),
        ("<a b=\"say \"hi\" now\"/>", &["raw-quote 1:11"], "a@b=say \"hi\" now"),
        ("<a b='it's' c='d'/>", &["raw-quote 1:9"], "a@b=it's@c=d"),
        ("<a b=\"<x>\"/>", &["raw-less-than 1:7"], "a@b=<x>"),
        ("<a b=x c/>", &["unquoted-value 1:6", "attribute-without-value 1:8"], "a@b=x@c"),
        ("<a b={{x}}/>", &["unquoted-value 1:6"], "a@b={{x}}"),
        ("<a b=@(c d)/>", &["unquoted-value 1:6"], "a@b=@(c d)"),
        ("<a b=\n  c=\"d\"/>", &["attribute-without-value 1:4"], "a@b=@c=d"),
        ("<a b=\"1\", c=\"2\"/>", &["unexpected-in-tag 1:9"], "a@b=1@c=2"),
        ("<a b=\"1\",c=\"2\"/>", &["unexpected-in-tag 1:9", "missing-blank 1:10"], "a@b=1@c=2"),
        ("<a ${x}/>", &["unexpected-in-tag 1:4"], "a"),
        ("<a b=\"1\"{x}/>", &["unexpected-in-tag 1:9"], "a@b=1"),
        ("<a / >", &["unexpected-in-tag 1:5"], "a"),
        ("<a b='1' b='2' b='3'/>", &["duplicate-attribute 1:10", "duplicate-attribute 1:16"], "a@b=1@b=2@b=3"),
        ("<a\u{a0}b='1'/>", &["unexpected-in-tag 1:3", "missing-blank 1:4"], "a@b=1"),
    ]);
}

#[test]
fn faults_within_text_are_told_one_by_one() {
    check(&[
        ("<a>1 < 2</a>", &["raw-less-than 1:6"], "a(\"1 < 2\")"),
        ("<a>1 << 2 <</a>", &["raw-less-than 1:6", "raw-less-than 1:11"], "a(\"1 << 2 <\")"),
        ("<a>b & c &amp; d</a>", &["bare-ampersand 1:6"], "a(\"b & c &amp; d\")"),
        (
            "<a b=\"x?y=1&z=2\">&nbsp;&#xD800;</a>",
            &["bare-ampersand 1:12", "unknown-entity 1:18", "bad-character-reference 1:24"],
            "a@b=x?y=1&z=2(\"&nbsp;&#xD800;\")",
        ),
        ("<a>]]></a>", &["cdata-end-in-text 1:4"], "a(\"]]>\")"),
        ("<a>\u{1}\u{ffff}</a>", &["bad-character 1:4", "bad-character 1:5"], "a(\"\\u{1}\\u{ffff}\")"),
        ("<a><!-- b -- c --></a>", &["double-hyphen-in-comment 1:11"], "a(#)"),
        ("<a><!-- b ---></a>", &["double-hyphen-in-comment 1:11"], "a(#)"),
        ("<a><!-- b", &["unclosed-element 1:2", "unclosed-comment 1:4"], "a~(#)"),
        ("<a><![CDATA[b<c></a>", &["unclosed-cdata 1:4"], "a(<![CDATA[b<c>)"),
        (
            "<a><![CDATA[@(b</a><a><![CDATA[b",
            &["unclosed-cdata 1:4", "unclosed-expression 1:13", "unclosed-element 1:21", "unclosed-cdata 1:23"],
            "a(<![CDATA[@(b) a~(<![CDATA[b)",
        ),
        ("<?x\n<a/>", &["unclosed-instruction 1:1"], "<?x a"),
        ("<a/>\n<?xml version=\"1.0\"?>", &["misplaced-declaration 2:1"], "a <?xml version=\"1.0\"?>"),
        ("\u{feff}<?xml version=\"1.0\"?><a/>", &[], "<?xml version=\"1.0\"?> a"),
    ]);
}

#[test]
fn a_document_type_is_refused_and_never_expanded() {
    check(&[
        (
            "<!DOCTYPE a [<!ENTITY x \"y>\">]><a>&x;</a>",
            &["document-type 1:1", "unknown-entity 1:35"],
            "<!DOCTYPE a [<!ENTITY x \"y>\">]> a(\"&x;\")",
        ),
        (
            "<!doctype a SYSTEM 'file:///etc/passwd'><a/>",
            &["document-type 1:1"],
            "<!doctype a SYSTEM 'file:///etc/passwd'> a",
        ),
        ("<!DOCTYPE a [ <a/>", &["document-type 1:1"], "<!DOCTYPE \"a [\" a"),
    ]);
}

#[test]
fn faults_of_expressions_are_told_where_they_begin() {
    check(&[
        ("<a b=\"@(c\" d=\"e\"/>", &["unclosed-expression 1:7"], "a@b=@(c@d=e"),
        ("<a b=\"@(f(\"x\")\" d=\"e\"/>", &["unclosed-expression 1:7"], "a@b=@(f(\"x\")@d=e"),
        (
            "<a b=\"@(c) d\" e=\"@(f)+\"g\"\"/>",
            &["text-after-expression 1:12", "text-after-expression 1:22"],
            "a@b=@(c) d@e=@(f)+\"g\"",
        ),
        ("<a>@(c) d @(e)</a>", &["text-after-expression 1:9"], "a(\"@(c) d @(e)\")"),
        ("<a>b @(c < d</a>", &["raw-less-than 1:10"], "a(\"b @(c < d\")"),
        ("<a>@{ <!-- b --> return 1; }</a>", &["comment-in-expression 1:7"], "a(\"@{ <!-- b --> return 1; }\")"),
        // What a named value may complete is for the one who knows it to judge.
        ("<a b=\"@({{c}}\">@(d){{e}}</a>", &[], "a@b=@({{c}}(\"@(d){{e}}\")"),
        // In another language `@(` is text.
        ("<a template=\"liquid\">@(b</a>", &[], "a@template=liquid(\"@(b\")"),
    ]);
}

#[test]
fn hostile_depth_is_flattened_and_endless_faults_are_cut_off() {
    let deep = read(&Source::new("deep.xml", format!("{}{}", "<a>".repeat(1_000), "</a>".repeat(1_000))));
    assert!(faults(&deep) == ["too-deep 1:770"], "{:?}", faults(&deep));
    assert!(deep.elements().all(|element| element.ancestors().count() <= 256));
    let many = read(&Source::new("many.xml", "< ".repeat(5_000)));
    assert_eq!(many.diagnostics().len(), 1_001);
    assert_eq!(many.diagnostics().last().unwrap().rule, &TOO_MANY_FAULTS);
}

/// The example marked `kind` in a rule's page.
fn example<'p>(page: &'p str, kind: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("```xml {kind}\n"))?;
    rest.split_once("\n```").map(|(example, _)| example)
}

#[test]
fn the_page_of_every_rule_shows_it() {
    for rule in RULES {
        if [&TOO_DEEP, &TOO_MANY_FAULTS].iter().any(|limit| limit.id == rule.id) {
            assert!(!rule.page.contains("```"), "{} has an example now: test it here", rule.id);
            continue;
        }
        let bad = read(&Source::new(rule.id, example(rule.page, "bad").unwrap()));
        assert!(bad.diagnostics().iter().any(|found| found.rule.id == rule.id), "{}: {:?}", rule.id, faults(&bad));
        let good = read(&Source::new(rule.id, example(rule.page, "good").unwrap()));
        assert_eq!(faults(&good), [""; 0], "{}", rule.id);
    }
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
}

/// The text with the first fix of `found` applied.
fn fixed(document: &Document, found: &Diagnostic) -> Option<String> {
    let fix = found.fixes.first().filter(|fix| fix.safety != Safety::DisplayOnly)?;
    let mut text = document.source().text().to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    Some(text)
}

#[test]
fn the_fix_of_a_rule_mends_its_example() {
    for rule in RULES {
        let Some(bad) = example(rule.page, "bad") else { continue };
        let mut document = read(&Source::new(rule.id, bad));
        for _ in 0..5 {
            let own = document.diagnostics().iter().find(|found| found.rule.id == rule.id);
            let found = own.or(document.diagnostics().first());
            let Some(text) = found.and_then(|found| fixed(&document, found)) else { break };
            document = read(&Source::new(rule.id, text));
        }
        let is_shown = |found: &Diagnostic| found.fixes.iter().all(|fix| fix.safety == Safety::DisplayOnly);
        assert!(document.diagnostics().iter().all(is_shown), "{}: {}", rule.id, document.source().text());
    }
}
