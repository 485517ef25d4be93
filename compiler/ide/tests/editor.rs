//! What an editor is told at a cursor, which stands at `|` in each text.

use std::path::Path;

use ide::{Analysis, Completion, InMemory, LineColumn, Neighbours, Project, Source};

/// The text without the cursor, and where that stood.
fn at_cursor(text: &str) -> (Source, LineColumn) {
    let at = text.find('|').expect("a cursor");
    let source = Source::new("p.xml", text.replacen('|', "", 1));
    let place = source.line_column(at as u32);
    (source, place)
}

fn completions(text: &str) -> Vec<Completion> {
    let (source, at) = at_cursor(text);
    Analysis::alone(&source).completion(at, None, &Neighbours::none())
}

fn labels(text: &str) -> Vec<String> {
    completions(text).into_iter().map(|completion| completion.label).collect()
}

/// The text with the completion called `label` taken, and the cursor.
fn taken(text: &str, label: &str) -> String {
    let (source, at) = at_cursor(text);
    let found = Analysis::alone(&source).completion(at, None, &Neighbours::none());
    let found =
        found.iter().find(|completion| completion.label == label).unwrap_or_else(|| panic!("{label} in {text}"));
    let mut with = found.text.clone();
    with.insert(found.cursor.unwrap_or(with.len()), '|');
    ide::edited(&source, Some(found.range), &with).text().to_owned()
}

fn hover(text: &str) -> Option<String> {
    let (source, at) = at_cursor(text);
    Analysis::alone(&source).hover(at, &Neighbours::none()).map(|hover| hover.text)
}

#[test]
fn elements_are_offered_where_they_may_stand() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("<policies><|</policies>", &["inbound", "on-error"], &["set-header"]),
        ("<policies><inbound /><|</policies>", &["outbound"], &["inbound"]),
        ("<policies><inbound><|</inbound></policies>", &["base", "set-header", "choose"], &["when", "inbound"]),
        ("<policies><inbound>\n  <set-h|\n  <base />\n</inbound></policies>", &["set-header"], &["value"]),
        ("<policies><inbound>\n  <|\n</inbound>\n</policies>", &["set-header"], &[]),
        ("<policies><inbound>\n  |\n</inbound></policies>", &["set-header"], &[]),
        ("<policies><inbound><choose><|</choose></inbound></policies>", &["when", "otherwise"], &["set-header"]),
        ("<choose><when condition=\"@(a < b)\"><|</when></choose>", &["set-header", "choose"], &["when"]),
        ("<fragment><|</fragment>", &["set-header"], &["base"]),
        ("<policies><inbound><set-header name='a'><|", &["value"], &["base"]),
        ("<policies><!-- <| --></policies>", &[], &["inbound"]),
        ("<policies><inbound></|", &["/inbound"], &["base"]),
    ];
    for (text, offered, not_offered) in cases {
        let found = labels(text);
        for name in *offered {
            assert!(found.iter().any(|label| label == name), "{name} in {text}: {found:?}");
        }
        for name in *not_offered {
            assert!(!found.iter().any(|label| label == name), "{name} in {text}: {found:?}");
        }
    }
}

#[test]
fn completions_write_what_is_needed_and_no_more() {
    for (text, label, expected) in [
        (
            "<policies><inbound><set-h|</inbound></policies>",
            "set-header",
            "<policies><inbound><set-header name=\"|\"></set-header></inbound></policies>",
        ),
        ("<set-h| name='a' />", "set-header", "<set-header| name='a' />"),
        ("<inbound>\n|\n</inbound>", "base", "<inbound>\n<base />|\n</inbound>"),
        ("<set-header |/>", "name", "<set-header name=\"|\"/>"),
        ("<set-header ex|='drop' />", "exists-action", "<set-header exists-action|='drop' />"),
        ("<set-header name='a' exists-action=\"|\" />", "delete", "<set-header name='a' exists-action=\"delete|\" />"),
        ("<set-header name='a' exists-action=\"sk|\" />", "skip", "<set-header name='a' exists-action=\"skip|\" />"),
        ("<set-header name=\"|\" />", "@()", "<set-header name=\"@(|)\" />"),
        ("<choose><|</choose>", "when", "<choose><when condition=\"@(|)\"></when></choose>"),
        (
            "<choose><when condition='@(context.Req|)' /></choose>",
            "Request",
            "<choose><when condition='@(context.Request|)' /></choose>",
        ),
        (
            "<choose><when condition=\"@(context.|)\" /></choose>",
            "Request",
            "<choose><when condition=\"@(context.Request|)\" /></choose>",
        ),
        ("<inbound><base /></|", "/inbound", "<inbound><base /></inbound>|"),
    ] {
        assert_eq!(taken(text, label), expected, "{text}");
    }
}

#[test]
fn attributes_are_offered_that_are_missing() {
    assert_eq!(labels("<set-header | />"), ["name", "exists-action"]);
    assert_eq!(labels("<set-header name='a' | />"), ["exists-action"]);
    assert_eq!(labels("<set-header name='a' ex|"), ["exists-action"]);
    assert_eq!(labels("<no-such-policy | />"), [""; 0]);
}

#[test]
fn expressions_offer_names_and_members_also_half_typed() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("@(|)", &["context", "string", "JObject", "new"], &["Request", "return"]),
        ("@{ var n = 1; re| }", &["return", "n", "context"], &["Request"]),
        ("@(context.|)", &["Request", "Response", "Variables", "LastError"], &["context", "Method"]),
        ("@(context.Request.|)", &["Method", "Headers", "Url"], &["Request"]),
        ("@(context.Request.Url.|", &["Path", "Host"], &["Method"]),
        ("@(context.Request.Me| == \"GET\")", &["Method"], &[]),
        ("@(context.Request.Method.|.Length > 1)", &["Substring", "ToLower", "Length"], &["IsNullOrEmpty"]),
        ("@(string.|)", &["IsNullOrEmpty", "Join"], &["Length"]),
        ("@(context.Response?.|)", &["StatusCode"], &["Method"]),
        ("@(context.LastError.| ?? \"\")", &["Message", "Reason"], &[]),
        ("@(context.Request.Headers.GetValueOrDefault(\"a\",\"\").Split(',').Where(x => x.|))", &["Length"], &[]),
        ("@{ var s = context.Request.Method; return s.| }", &["Length"], &[]),
        ("@{ foreach (var p in context.Request.Url.Query) { p.| } return 1; }", &["Key", "Value"], &[]),
        ("@(((string)context.Variables[\"a\"]).|)", &["Length"], &[]),
        ("@(context.Request.Body.As<JObject>().|)", &["Property", "SelectToken"], &[]),
        ("@(Newtonsoft.Json.|)", &["Linq", "JsonConvert"], &[]),
        ("@(DateTime.UtcNow.|)", &["Year", "AddDays"], &["UtcNow"]),
        ("@(\"context.|\")", &[], &["Request"]),
        ("@{ /* context.| */ return 1; }", &[], &["Request"]),
    ];
    for (expression, offered, not_offered) in cases {
        let in_text = format!("<set-header name='a'><value>{expression}</value></set-header>");
        let in_attribute =
            format!("<policies><inbound>\n<set-header name=\"{expression}\" />\n<base />\n</inbound></policies>");
        let closed = expression.ends_with([')', '}']);
        for text in std::iter::once(&in_text).chain(closed.then_some(&in_attribute)) {
            let found = labels(text);
            for name in *offered {
                assert!(found.iter().any(|label| label == name), "{name} in {text}: {found:?}");
            }
            for name in *not_offered {
                assert!(!found.iter().any(|label| label == name), "{name} in {text}: {found:?}");
            }
        }
    }
}

#[test]
fn variables_of_the_document_are_offered_where_a_string_names_one() {
    let before = "<inbound><set-variable name='user' value='1' />";
    for expression in [
        "@(context.Variables[\"|\"])",
        "@((string)context.Variables[\"us|\"])",
        "@(context.Variables.GetValueOrDefault<string>(\"|\", \"\"))",
        "@(context.Variables.ContainsKey(\"u|",
    ] {
        let text = format!("{before}<set-header name='a'><value>{expression}</value></set-header></inbound>");
        assert_eq!(labels(&text), ["user"], "{text}");
    }
    let text =
        format!("{before}<set-header name='a'><value>@(context.Variables[\"us|\"])</value></set-header></inbound>");
    assert!(taken(&text, "user").contains("Variables[\"user|\"]"));
    let other =
        format!("{before}<set-header name='a'><value>@(context.Request.Headers[\"|\"])</value></set-header></inbound>");
    assert_eq!(labels(&other), [""; 0]);
}

#[test]
fn hover_tells_what_stands_there() {
    for (text, expected) in [
        ("<policies><inbound><set-he|ader name='a' /></inbound></policies>", "Sets, extends or removes a header"),
        ("<policies><inb|ound /></policies>", "Runs when the request has come in"),
        ("<set-header na|me='a' />", "The header's name"),
        ("<set-header name='a' exists-action='ski|p' />", "if the header is there already"),
        (
            "<choose><when condition='@(context.Req|uest.Method == \"GET\")' /></choose>",
            "IRequest IContext.Request { get; }",
        ),
        (
            "<choose><when condition='@(context.Request.Met|hod == \"GET\")' /></choose>",
            "string IRequest.Method { get; }",
        ),
        ("<choose><when condition='@(con|text.Request.Method == \"GET\")' /></choose>", "IContext context"),
        (
            "<choose><when condition='@(\"a\".Sub|string(1) == \"\")' /></choose>",
            "string string.Substring(int startIndex)",
        ),
        ("<choose><when condition='@(\"a\" =|= \"\")' /></choose>", "bool"),
        ("<choose><when condition='@{ var nu|m = 1L; return num > 1; }' /></choose>", "long num"),
        ("<choose><when condition='@{ var num = 1L; return nu|m > 1; }' /></choose>", "long num"),
        ("<choose><when condition='@(string.IsNull|OrEmpty(\"\"))' /></choose>", "bool string.IsNullOrEmpty"),
    ] {
        let told = hover(text).unwrap_or_else(|| panic!("nothing in {text}"));
        assert!(told.contains(expected), "{text}: {told}");
    }
    assert_eq!(hover("<policies>\n | <inbound /></policies>"), None);
}

#[test]
fn columns_are_utf16_units() {
    let (source, at) = at_cursor("<!-- 😀 --><set-header name='😀' exists-action='|' />");
    let found = Analysis::alone(&source).completion(at, None, &Neighbours::none());
    let skip = found.iter().find(|completion| completion.label == "skip").expect("skip");
    assert_eq!((skip.range.start, skip.range.end), (at, at));
}

#[test]
fn misspelt_names_are_mended() {
    for (text, expected) in [
        (
            "<policies><inbound><set-he|der name='a'><value>1</value></set-heder></inbound></policies>",
            "<policies><inbound><set-header name='a'><value>1</value></set-header></inbound></policies>",
        ),
        ("<set-header na|mee='a' exists-action='delete' />", "<set-header name='a' exists-action='delete' />"),
        ("<set-header name='a' exists-action='delte|' />", "<set-header name='a' exists-action='delete' />"),
        (
            "<choose><when condition='@(context.Reqest|.Method == \"a\")' /></choose>",
            "<choose><when condition='@(context.Request.Method == \"a\")' /></choose>",
        ),
        ("<policies><inbou|d /></policies>", "<policies><inbound /></policies>"),
    ] {
        let (source, at) = at_cursor(text);
        let actions = Analysis::alone(&source).actions(ide::Range { start: at, end: at });
        let action = actions.iter().find(|action| action.is_preferred).unwrap_or_else(|| panic!("{text}: {actions:?}"));
        let mut edits = action.edits.clone();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
        let mended = edits.iter().fold(source, |source, edit| ide::edited(&source, Some(edit.range), &edit.text));
        assert_eq!(mended.text(), expected, "{}", action.title);
    }
}

#[test]
fn a_section_without_base_can_get_one() {
    let (source, at) = at_cursor("<policies>\n    <inb|ound>\n    </inbound>\n</policies>");
    let actions = Analysis::alone(&source).actions(ide::Range { start: at, end: at });
    let action = actions.iter().find(|action| action.title.contains("base")).expect("an action");
    let text = action.edits.iter().fold(source, |source, edit| ide::edited(&source, Some(edit.range), &edit.text));
    assert_eq!(text.text(), "<policies>\n    <inbound>\n        <base />\n    </inbound>\n</policies>");
}

#[test]
fn the_outline_follows_the_elements() {
    let (source, _) = at_cursor("<policies>|<inbound>\n<set-header name='X' /></inbound></policies>");
    let symbols = Analysis::alone(&source).symbols();
    let inbound = &symbols[0].children[0];
    assert_eq!((symbols[0].name.as_str(), inbound.name.as_str()), ("policies", "inbound"));
    assert_eq!((inbound.children[0].name.as_str(), inbound.children[0].detail.as_str()), ("set-header", "X"));
    assert_eq!(Analysis::alone(&source).folds().len(), 2);
}

fn instance() -> Project {
    let api = r#"{"properties":{"path":"a","displayName":"a","protocols":["https"]}}"#;
    let files: InMemory = [
        ("/i/apis/a/apiInformation.json", api),
        ("/i/apis/a/policy.xml", "<policies><inbound><include-fragment fragment-id=\"shared\" /></inbound></policies>"),
        (
            "/i/policy fragments/shared/policy.xml",
            "<fragment><set-header name='a' exists-action='delete' /></fragment>",
        ),
        (
            "/i/policy fragments/shared/policyFragmentInformation.json",
            r#"{"properties":{"description":"What all share."}}"#,
        ),
        ("/i/named values/key/namedValueInformation.json", r#"{"properties":{"displayName":"api-key","secret":true}}"#),
        (
            "/i/named values/host/namedValueInformation.json",
            r#"{"properties":{"displayName":"host","value":"example.org"}}"#,
        ),
    ]
    .into_iter()
    .collect();
    Project::read(&files, Path::new("/i")).expect("an instance")
}

#[test]
fn a_project_knows_what_its_documents_name() {
    let mut project = instance();
    let path = Path::new("/i/apis/a/policy.xml");
    assert!(project.contains(path), "{:?}", project.documents().collect::<Vec<_>>());
    let mut check = |text: &str| {
        let (source, at) = at_cursor(text);
        (project.check(path, &source), at)
    };
    let (values, at) = check("<policies><inbound><set-header name=\"{{|\" /></inbound></policies>");
    let (fragments, at_fragment) =
        check("<policies><inbound><include-fragment fragment-id=\"|\" /></inbound></policies>");
    let (misspelt, at_misspelt) =
        check("<policies><inbound><include-fragment fragment-id=\"shard|\" /></inbound></policies>");
    let (used, at_used) = check("<policies><inbound><set-header name=\"{{hos|t}}\" /></inbound></policies>");
    let (secret, at_secret) = check("<policies><inbound><set-header name=\"{{api-k|ey}}\" /></inbound></policies>");
    let (included, at_included) =
        check("<policies><inbound><include-fragment fragment-id=\"sha|red\" /></inbound></policies>");
    let around = project.neighbours(path);
    let labels = |found: Vec<Completion>| found.into_iter().map(|found| found.label).collect::<Vec<_>>();
    assert_eq!(labels(values.completion(at, None, &around)), ["api-key", "host"]);
    assert_eq!(labels(fragments.completion(at_fragment, None, &around)), ["shared"]);
    let fixes = misspelt.actions(ide::Range { start: at_misspelt, end: at_misspelt });
    assert_eq!(fixes[0].edits[0].text, "shared");
    assert!(used.hover(at_used, &around).expect("a hover").text.contains("example.org"));
    assert!(secret.hover(at_secret, &around).expect("a hover").text.contains("A secret"));
    assert!(included.hover(at_included, &around).expect("a hover").text.contains("What all share."));
    let target = included.definition(at_included, &around).expect("a definition");
    assert_eq!(target.file.as_deref(), Some("/i/policy fragments/shared/policy.xml"));
    assert_eq!(project.users_of(Path::new("/i/policy fragments/shared/policy.xml")), [path]);
}

#[test]
fn no_cursor_in_any_prefix_of_a_document_is_too_much() {
    let text = "<policies>\n<inbound><base /><set-header name=\"{{a}}é😀\"><value>@(context.Request.Headers[\"x\"].First(h => h.Length > 1) + $\"{1:x}\")</value></set-header>\n<!-- c --><choose><when condition='@{ var a = 1; return a == 2; }'><![CDATA[x]]></when></choose></inbound></policies>";
    for (end, _) in text.char_indices() {
        let source = Source::new("p.xml", &text[..end]);
        let analysis = Analysis::alone(&source);
        let at = source.line_column(end as u32);
        let _ = analysis.completion(at, None, &Neighbours::none());
        let _ = analysis.hover(at, &Neighbours::none());
        let _ = analysis.definition(at, &Neighbours::none());
        let _ = analysis.symbols();
        let _ = analysis.folds();
        let _ = analysis.actions(ide::Range { start: at, end: at });
    }
}
