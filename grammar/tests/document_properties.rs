//! What holds of every text, however broken: it is read without a panic, in linear time, and the tree is lossless.

mod shared;

use std::fmt::Write;

use grammar::document::exercise::exercise;
use grammar::document::{NoInstance, read};
use grammar::source::Source;
use proptest::prelude::*;

/// Texts made of what matters to the reader.
fn policy_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<"),
        Just("</"),
        Just(">"),
        Just("/>"),
        Just("<a"),
        Just("<b "),
        Just("</a>"),
        Just("</b>"),
        Just("<a>"),
        Just("<b/>"),
        Just(" c=\""),
        Just("\""),
        Just("'"),
        Just("="),
        Just(" d='e'"),
        Just("@("),
        Just("@{"),
        Just(")"),
        Just("}"),
        Just("{"),
        Just("("),
        Just("$\""),
        Just("@\""),
        Just("\\"),
        Just("//"),
        Just("/*"),
        Just("*/"),
        Just("<!--"),
        Just("-->"),
        Just("--"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<?"),
        Just("?>"),
        Just("<!DOCTYPE"),
        Just("&"),
        Just("&lt;"),
        Just("&quot;"),
        Just("&#10;"),
        Just("&#0;"),
        Just("&x;"),
        Just("{{n}}"),
        Just("{{"),
        Just("${p}"),
        Just(" "),
        Just("\n"),
        Just("\n  "),
        Just("\r\n"),
        Just("\t"),
        Just("é"),
        Just("😀"),
        Just("\u{feff}"),
        Just("\u{1}"),
        Just("x"),
        Just("template=\"liquid\""),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_policy_like_text_is_read(text in policy_like()) {
        exercise(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        exercise(&bytes);
    }

    #[test]
    fn a_sound_document_has_no_faults_whatever_its_expression_holds(
        code in "[a-z .+<>=&|\\[\\]]{0,12}",
        string in "[a-z<>&'(){}@\u{e9} -]{0,8}",
    ) {
        let text = format!("<a b=\"@({code} + \"{string}\")\"><c>@{{ {code}; /*{string}*/ }}</c></a>");
        let document = read(&Source::new("sound.xml", text.as_str()));
        prop_assert!(document.diagnostics().is_empty(), "{text}\n{:?}", document.diagnostics());
        prop_assert_eq!(document.expressions().len(), 2);
    }
}

#[test]
fn a_document_cut_off_anywhere_is_read() {
    let Some(shared) = shared::folder("the cutting of published documents") else { return };
    let mut cuts = 0;
    for folder in ["corpus/real", "corpus/docs", "corpus/cars"] {
        for (index, path) in shared::documents(&shared.join(folder)).iter().enumerate() {
            let text = std::fs::read(path).unwrap();
            // Another place in each document, two cuts a document, so that all of them meet every kind of place.
            let first = index * 37 % (text.len() + 1);
            for cut in [first, (first + text.len() / 2) % (text.len() + 1)] {
                let kept = text.get(..cut).unwrap();
                let document = read(&Source::new(path.to_string_lossy(), String::from_utf8_lossy(kept)));
                let is_empty = String::from_utf8_lossy(kept).is_empty();
                assert_eq!(document.nodes().next().is_none(), is_empty, "{} at {cut}", path.display());
                assert_eq!(grammar::document::exercise::written(&document), String::from_utf8_lossy(kept));
                cuts += 1;
            }
        }
    }
    assert!(cuts > 5_000);
}

#[test]
fn every_prefix_of_a_document_with_everything_in_it_is_read() {
    let text = "<?xml version=\"1.0\"?>\r\n<policies>\n  <inbound a='b' c=\"@(d[\"e\"] < $\"{f:N2}\")\">\n    <!-- g -->\n    \
                <value>@{ // h\n return \"i\"; }</value>\n    <set-body template=\"liquid\">{{ j }}</set-body>\n    \
                <k><![CDATA[@(l)]]>&amp;{{m}}</k>\n  </inbound>\n</policies>\n";
    for (cut, _) in text.char_indices() {
        exercise(text.get(..cut).unwrap().as_bytes());
        exercise(text.get(cut..).unwrap().as_bytes());
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    // Anything worse than linear in one of these would take minutes: each is read within milliseconds.
    const SIZE: usize = 100_000;
    let pieces = [
        "<",
        "<a>",
        "<a",
        "<a b",
        "<a b=\"",
        "<a b=\"<",
        "<a b=\"<c\"x ",
        "<a b=\"@(\" ",
        "<a>@(",
        "@(",
        "@{\"",
        "@($\"{",
        "@(@\"",
        "@(/*",
        "a @(",
        "> @(",
        "&",
        "<!--",
        "<![CDATA[@(",
        "<?",
        "<!DOCTYPE a [",
        "</",
        "</b>",
        "<a>\n</b>\n",
        "\0",
        "]]>",
        "{{",
        "\"",
        " ",
        "\n",
        "  <a>\n<b>\n",
        "<a b=\"x\ny\"z ",
        "<a b=\"@(x\n",
    ];
    for piece in pieces {
        let text = piece.repeat(SIZE / piece.len());
        for text in [text.clone(), format!("<a b=\"@({text}"), format!("<a><![CDATA[{text}]]>{}", ")".repeat(1_000))] {
            let document = read(&Source::new("hostile.xml", text));
            assert!(document.nodes().next().is_some());
        }
    }
    let nested = read(&Source::new("nested.xml", format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000))));
    assert_eq!(nested.elements().count(), 100_000);
    let mut attributes = "<a".to_owned();
    for index in 0..100_000 {
        write!(attributes, " b{index}='{index}'").unwrap();
    }
    let wide = read(&Source::new("wide.xml", format!("{attributes}/>")));
    assert!(wide.diagnostics().is_empty());
    let last = wide.root().unwrap().attribute("b99999").unwrap();
    assert_eq!(last.value().resolve(&NoInstance).literal().unwrap().text(), "99999");
}
