//! What attributes and texts hold once entities are decoded and named values are filled in.

use grammar::document::{
    Content, Document, DocumentKind, Element, Form, Language, NamedValue, NamedValues, NoInstance, Outcome, Place,
    Resolved, Value, read,
};
use grammar::source::{Source, Span};

fn document(text: &str) -> Document {
    read(&Source::new("values.xml", text))
}

/// An instance with a few named values.
struct Instance;

impl NamedValues for Instance {
    fn named_value(&self, name: &str) -> NamedValue<'_> {
        let text = |text| NamedValue::Text { text, secret: false };
        match name {
            "host" => text("cars.example.com"),
            "whole" => text("@(context.RequestId)"),
            "open" => text("@(context."),
            "close" => text("RequestId)"),
            "xml" => text("a &lt; \"b\"\n"),
            "again" => text("{{host}}"),
            "quote" => text("\")"),
            "empty" => text(""),
            "key" => NamedValue::Text { text: "s3cret", secret: true },
            "vault" => NamedValue::Deferred,
            _ => NamedValue::Unknown,
        }
    }
}

/// `'text'` of a literal, `@(…)` or `@{…}` of an expression, with a mark where its bracket is missing.
fn shown(resolved: &Resolved) -> String {
    match &resolved.content {
        Content::Literal(text) => format!("'{}'", text.text()),
        Content::Expression(code) => {
            let (open, close) = if code.form == Form::Single { ("@(", ")") } else { ("@{", "}") };
            let trailing = if code.trailing.is_some() { "…" } else { "" };
            format!("{open}{}{}{trailing}", code.text.text(), if code.is_closed { close } else { "" })
        }
    }
}

fn first_value(document: &Document) -> Value<'_> {
    let root = document.root().expect("the text has an element");
    root.attribute("v").map_or(root.text(), |attribute| attribute.value())
}

#[test]
fn values_are_decoded_and_filled_in() {
    let cases = [
        ("<a v='x'/>", "'x'"),
        ("<a v=''/>", "''"),
        ("<a v/>", "''"),
        ("<a/>", "''"),
        ("<a>x &lt;&#x20AC;&gt; y</a>", "'x <€> y'"),
        ("<a>&unknown; & &#0;</a>", "'&unknown; & &#0;'"),
        ("<a> x <!-- y --> z<![CDATA[&lt;]]></a>", "' x  z&lt;'"),
        ("<a>x<b>y</b>z</a>", "'xz'"),
        ("<a v='x\n\ty\r\nz&#10;'/>", "'x  y z\n'"),
        ("<a>x\r\ny\rz\t</a>", "'x\ny\nz\t'"),
        ("<a v=\" @(x) \"/>", "@(x)"),
        ("<a v='@{ return 1; }'/>", "@{ return 1; }"),
        ("<a v=\"@(x[\"k\"] &lt; 1 && y)\"/>", "@(x[\"k\"] < 1 && y)"),
        ("<a v=\"@(x[&quot;k&quot;])\"/>", "@(x[\"k\"])"),
        ("<a>@{\r\n// c\r\n}</a>", "@{\r\n// c\r\n}"),
        ("<a>\n<![CDATA[ @(x &lt; y) ]]>\n</a>", "@(x &lt; y)"),
        ("<a><!-- x -->@(y)</a>", "@(y)"),
        ("<a>x<!-- y -->@(z)</a>", "'x@(z)'"),
        ("<a>@{ <!-- &lt; --> x }</a>", "@{               x }"),
        ("<a>me@example.com</a>", "'me@example.com'"),
        ("<a v=\"x @(y)\"/>", "'x @(y)'"),
        ("<a v=\"@(y) x\"/>", "@(y)…"),
        ("<a v=\"@(y\" />", "@(y"),
        ("<a v='https://{{host}}/'/>", "'https://cars.example.com/'"),
        ("<a v='{{whole}}'/>", "@(context.RequestId)"),
        ("<a v=' {{open}}{{close}} '/>", "@(context.RequestId)"),
        ("<a>@({{close}}</a>", "@(RequestId)"),
        ("<a>@(f(\"{{host}}\"))</a>", "@(f(\"cars.example.com\"))"),
        ("<a>@(f(\"{{quote}}.x)</a>", "@(f(\"\").x)"),
        ("<a v='{{again}}'/>", "'{{host}}'"),
        ("<a v='{{xml}}'/>", "'a &lt; \"b\"\n'"),
        ("<a v='{{empty}}@(x)'/>", "@(x)"),
        ("<a v='{{vault}}{{nowhere}}{{no name}}'/>", "'{{vault}}{{nowhere}}{{no name}}'"),
        ("<a><![CDATA[{{host}}]]></a>", "'cars.example.com'"),
        ("<a template='liquid'>{{host}} {{ body.x }} @(y)</a>", "'cars.example.com {{ body.x }} @(y)'"),
        ("<a template='liquid'>&lt;{{nowhere}}</a>", "'<{{nowhere}}'"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(&first_value(&document(text)).resolve(&Instance)), expected, "{text}");
    }
}

#[test]
fn without_an_instance_references_stay() {
    let read = document("<a v='@(f({{x}}))'/>");
    let resolved = first_value(&read).resolve(&NoInstance);
    assert_eq!(shown(&resolved), "@(f({{x}}))");
    assert_eq!(resolved.named_values.first().map(|used| used.outcome), Some(Outcome::Unbound));
}

#[test]
fn every_use_of_a_named_value_is_listed_with_its_places() {
    let text = "<a v='&amp;{{host}}{{key}}{{vault}}{{nowhere}}'/>";
    let read = document(text);
    let resolved = first_value(&read).resolve(&Instance);
    let literal = resolved.literal().unwrap().text();
    let uses: Vec<(&str, &str, &str, Outcome)> = resolved
        .named_values
        .iter()
        .map(|used| {
            (used.name.as_str(), read.source().slice(used.span), grammar::source::slice(literal, used.at), used.outcome)
        })
        .collect();
    assert_eq!(
        uses,
        [
            ("host", "{{host}}", "cars.example.com", Outcome::Filled { secret: false }),
            ("key", "{{key}}", "s3cret", Outcome::Filled { secret: true }),
            ("vault", "{{vault}}", "{{vault}}", Outcome::Deferred),
            ("nowhere", "{{nowhere}}", "{{nowhere}}", Outcome::Unknown),
        ]
    );
    assert!(resolved.is_secret());
    // In an expression the places count in its code.
    let read = document("<a>@(f(\"{{key}}\"))</a>");
    let resolved = first_value(&read).resolve(&Instance);
    let code = resolved.expression().unwrap();
    assert_eq!(grammar::source::slice(code.text.text(), resolved.named_values[0].at), "s3cret");
    // In a template an unknown name is Liquid's own.
    let read = document("<a template='liquid'>{{body}} {{host}}</a>");
    let resolved = first_value(&read).resolve(&Instance);
    assert_eq!(resolved.named_values.iter().map(|used| used.name.as_str()).collect::<Vec<_>>(), ["host"]);
}

#[test]
fn places_in_a_value_lead_back_to_the_document() {
    let text = "<a v=\"@(x[&quot;{{host}}&quot;] == y)\"/>";
    let read = document(text);
    let resolved = first_value(&read).resolve(&Instance);
    let code = resolved.expression().unwrap();
    assert_eq!(code.text.text(), "x[\"cars.example.com\"] == y");
    assert_eq!(read.source().slice(code.span), "@(x[&quot;{{host}}&quot;] == y)");
    let source_of = |part: &str| {
        let at = code.text.text().find(part).unwrap() as u32;
        read.source().slice(code.text.source_span(Span::new(at, at + part.len() as u32)))
    };
    assert_eq!(source_of("x["), "x[");
    assert_eq!(source_of("\"c"), "&quot;{{host}}");
    assert_eq!(source_of("example"), "{{host}}");
    assert_eq!(source_of("== y"), "== y");
    let y = text.find(" y").unwrap() as u32 + 1;
    assert_eq!(code.text.offset_of(y).map(|at| &code.text.text()[at as usize..]), Some("y"));
}

#[test]
fn what_only_looks_like_an_expression_can_be_found() {
    let cases = [
        ("<a>x @(y)</a>", Some("@("), 1),
        ("<a>x @{y} @(z)</a>", Some("@{"), 2),
        ("<a v='x @(y)'/>", Some("@("), 0),
        ("<a>@(y)</a>", None, 0),
        ("<a>me@example.com</a>", None, 0),
        ("<a template='liquid'>@(y)</a>", Some("@("), 1),
        ("<a template='liquid'><b>@(y)</b></a>", None, 1),
        ("<!-- @(x) -->", None, 0),
    ];
    for (text, embedded, listed) in cases {
        let read = document(text);
        assert_eq!(read.embedded_expressions().len(), listed, "{text}");
        let Some(root) = read.root() else { continue };
        let value = root.attribute("v").map_or(root.text(), |attribute| attribute.value());
        let resolved = value.resolve(&Instance);
        let found = resolved.embedded_expression();
        let literal = resolved.literal().map_or("", |text| text.text());
        assert_eq!(found.map(|span| grammar::source::slice(literal, span)), embedded, "{text}");
    }
}

#[test]
fn a_body_with_markup_is_one_text() {
    let read = document("<set-body template='liquid'><a b='{{host}}'>&amp;{{x}}</a><!-- c --></set-body>");
    let body = read.root().unwrap().body();
    assert_eq!(shown(&body.resolve(&Instance)), "'<a b='cars.example.com'>&amp;{{x}}</a><!-- c -->'");
    assert_eq!(body.language(), Language::Liquid);
    let read = document("<set-body>&lt;a/&gt;</set-body>");
    assert_eq!(shown(&read.root().unwrap().body().resolve(&Instance)), "'<a/>'");
}

#[test]
fn templates_and_style_sheets_are_told_from_policies() {
    let read = document(
        "<policies><inbound><set-body template=\"Liquid\"><x/></set-body><xsl-transform><xsl:stylesheet><xsl:if test=\"@a\"/>\
         </xsl:stylesheet></xsl-transform><set-body><y/></set-body></inbound></policies>",
    );
    let languages: Vec<(&str, Language)> =
        read.elements().map(|element| (element.name(), element.language())).collect();
    let expected = [
        ("policies", Language::Policy),
        ("inbound", Language::Policy),
        ("set-body", Language::Liquid),
        ("x", Language::Liquid),
        ("xsl-transform", Language::Policy),
        ("xsl:stylesheet", Language::Xslt),
        ("xsl:if", Language::Xslt),
        ("set-body", Language::Policy),
        ("y", Language::Policy),
    ];
    assert_eq!(languages, expected);
}

#[test]
fn texts_are_classified_by_their_roots() {
    let cases = [
        ("<policies/>", DocumentKind::Policies),
        ("<!-- x --><fragment><base/></fragment>\n", DocumentKind::Fragment),
        ("<on-error/>", DocumentKind::Section),
        ("<rate-limit calls='1'/>", DocumentKind::Policy),
        ("<http-data-source/>", DocumentKind::Policy),
        ("<base/><base/>", DocumentKind::Several),
        ("", DocumentKind::Empty),
        ("text", DocumentKind::Empty),
    ];
    for (text, kind) in cases {
        assert_eq!(document(text).kind(), kind, "{text}");
    }
}

#[test]
fn paths_count_siblings_of_the_same_name_from_one() {
    let read = document(
        "<policies><inbound><base/><choose><when/><when><set-header/></when></choose></inbound></policies><inbound><a/></inbound><b/>",
    );
    let paths: Vec<(String, String, Option<&str>)> =
        read.elements().map(|element| (element.path(), element.policy_path(), element.section())).collect();
    let row = |path: &str, policy: &str, section| (path.to_owned(), policy.to_owned(), section);
    let inbound = Some("inbound");
    assert_eq!(
        paths,
        [
            row("policies[1]", "", None),
            row("policies[1]/inbound[1]", "", inbound),
            row("policies[1]/inbound[1]/base[1]", "base[1]", inbound),
            row("policies[1]/inbound[1]/choose[1]", "choose[1]", inbound),
            row("policies[1]/inbound[1]/choose[1]/when[1]", "choose[1]/when[1]", inbound),
            row("policies[1]/inbound[1]/choose[1]/when[2]", "choose[1]/when[2]", inbound),
            row("policies[1]/inbound[1]/choose[1]/when[2]/set-header[1]", "choose[1]/when[2]/set-header[1]", inbound),
            row("inbound[1]", "", inbound),
            row("inbound[1]/a[1]", "a[1]", inbound),
            row("b[1]", "b[1]", None),
        ]
    );
}

/// What stands at `offset`, in a word and its name.
fn place(document: &Document, offset: usize) -> String {
    let name = |element: Option<Element<'_>>| element.map_or("top", |element| element.name()).to_owned();
    match document.at(offset as u32) {
        Place::Content(element) => format!("in {}", name(element)),
        Place::ElementName(element) => format!("name {}", element.name()),
        Place::ClosingName(element) => format!("closing {}", element.name()),
        Place::Tag(element) => format!("tag {}", element.name()),
        Place::AttributeName(attribute) => format!("attribute {}", attribute.name()),
        Place::AttributeValue(attribute) => format!("value of {}", attribute.name()),
        Place::Expression(expression) => format!("expression {}", expression.written()),
        Place::Text(node) => format!("text {:?}", node.written()),
        Place::Other(node) => format!("other {}", node.written()),
    }
}

#[test]
fn an_editor_learns_what_stands_at_its_cursor() {
    // `|` marks the cursor.
    let cases = [
        ("|<a/>", "in top"),
        ("<|a/>", "name a"),
        ("<a|/>", "name a"),
        ("<a| />", "name a"),
        ("<a |/>", "tag a"),
        ("<a />|", "in top"),
        ("<a>|</a>", "in a"),
        ("<a><b/>|</a>", "in a"),
        ("<a><|/a>", "closing a"),
        ("<a></|a>", "closing a"),
        ("<a></a|>", "closing a"),
        ("<a></a>|", "in top"),
        ("<a>x|y</a>", "text \"xy\""),
        ("<a>|x</a>", "in a"),
        ("<a>x|</a>", "text \"x\""),
        ("<a b|c='d'/>", "attribute bc"),
        ("<a b=|'d'/>", "tag a"),
        ("<a b='|d'/>", "value of b"),
        ("<a b='d|'/>", "value of b"),
        ("<a b='|'/>", "value of b"),
        ("<a b='d'|/>", "tag a"),
        ("<a b='|@(c)'/>", "value of b"),
        ("<a b='@|(c)'/>", "expression @(c)"),
        ("<a b='@(c|)'/>", "expression @(c)"),
        ("<a b='@(c)|'/>", "value of b"),
        ("<a b='@(c|'/>", "expression @(c"),
        ("<a b='@(c.|\n<d/>", "expression @(c."),
        ("<a>@{ x| }</a>", "expression @{ x }"),
        ("<a>@{ x|</a>", "expression @{ x"),
        ("<a><!-- x| --></a>", "other <!-- x -->"),
        ("<a><![CDATA[x|]]></a>", "text \"<![CDATA[x]]>\""),
        ("<a><b|\n</a>", "name b"),
        ("<a><b |\n</a>", "text \" \\n\""),
        ("<a><b c|\n</a>", "attribute c"),
        ("<a><b c=|\n</a>", "value of c"),
        ("<a><b c=\"|\n</a>", "value of c"),
        ("<a></|\n", "closing a"),
        ("<a></b|\n", "closing a"),
        ("<a/></b|\n", "other </b"),
        ("<a><|\n</a>", "text \"<\\n\""),
        ("|", "in top"),
    ];
    for (text, expected) in cases {
        let offset = text.find('|').unwrap();
        let read = document(&text.replace('|', ""));
        assert_eq!(place(&read, offset), expected, "{text}");
    }
}

#[test]
fn references_to_named_values_are_found_outside_comments() {
    let read = document("<a b='{{x}}'>{{y}}<!-- {{z}} --><c template='liquid'>{{w}}</c>@(\"{{v}}\")</a>");
    let found: Vec<(&str, &str, bool)> = read
        .named_value_references()
        .iter()
        .map(|reference| (reference.name, read.source().slice(reference.name_span()), reference.is_liquid))
        .collect();
    assert_eq!(found, [("x", "x", false), ("y", "y", false), ("w", "w", true), ("v", "v", false)]);
}

#[test]
fn elements_are_walked_in_every_direction() {
    let read = document("<a><b c='1' d=\"2\"/>text<e><f/></e><b/></a>");
    let a = read.root().unwrap();
    let names = |elements: &mut dyn Iterator<Item = Element<'_>>| {
        elements.map(|element| element.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&mut a.elements()), ["b", "e", "b"]);
    assert_eq!(names(&mut a.descendants()), ["b", "e", "f", "b"]);
    assert_eq!(names(&mut a.child("e").unwrap().descendants()), ["f"]);
    let f = read.elements().find(|element| element.name() == "f").unwrap();
    assert_eq!(names(&mut f.ancestors()), ["e", "a"]);
    let b = a.child("b").unwrap();
    let attributes: Vec<_> =
        b.attributes().map(|attribute| (attribute.name(), attribute.quote(), attribute.is_closed())).collect();
    assert_eq!(attributes, [("c", Some('\''), true), ("d", Some('"'), true)]);
    assert_eq!(b.attribute("d").map(|attribute| read.source().slice(attribute.span())), Some("d=\"2\""));
    assert_eq!(read.source().slice(a.content_span()), "<b c='1' d=\"2\"/>text<e><f/></e><b/>");
    assert_eq!(read.node(f.id()).and_then(|node| node.element()), Some(f));
}
