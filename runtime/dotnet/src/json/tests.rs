//! Tests of JSON texts and trees, as tables.

use proptest::prelude::*;
use serde_json::Value;

use super::load::{Wanted, parse};
use super::token::Kind;
use super::writer::{Formatting, to_text};
use super::{compare, deserialize, edit, jpath};
use crate::testing::{ty, with_harness};

/// What a text is written as, or the message of its fault.
fn read_as(text: &str, wanted: Wanted, formatting: Formatting) -> String {
    with_harness(|harness| {
        let cx = &mut harness.cx;
        let text = cx.str(text);
        match parse(cx, text, wanted).and_then(|token| to_text(cx, token, formatting)) {
            Ok(text) => text.to_utf8().into_owned(),
            Err(_) => cx.thrown_text(),
        }
    })
}

#[test]
fn faults_are_told_as_json_net_tells_them() {
    for (text, wanted, expected) in [
        ("", Wanted::Object, "Error reading JObject from JsonReader. Path '', line 0, position 0."),
        ("", Wanted::Token, "Error reading JToken from JsonReader. Path '', line 0, position 0."),
        (
            "[1]",
            Wanted::Object,
            "Error reading JObject from JsonReader. Current JsonReader item is not an object: StartArray. Path '', \
             line 1, position 1.",
        ),
        (
            "{}",
            Wanted::Array,
            "Error reading JArray from JsonReader. Current JsonReader item is not an array: StartObject. Path '', \
             line 1, position 1.",
        ),
        (
            "<html>",
            Wanted::Object,
            "Unexpected character encountered while parsing value: <. Path '', line 0, position 0.",
        ),
        (
            "{\"a\":1 \"b\":2}",
            Wanted::Object,
            "After parsing a value an unexpected character was encountered: \". Path 'a', line 1, position 7.",
        ),
        (
            "{} x",
            Wanted::Object,
            "Additional text encountered after finished reading JSON content: x. Path '', line 1, position 3.",
        ),
        ("{", Wanted::Object, "Error reading JObject from JsonReader. Path '', line 1, position 1."),
        ("{\"a\":1", Wanted::Object, "Unexpected end of content while loading JObject. Path 'a', line 1, position 6."),
        ("{\"a\":", Wanted::Object, "Unexpected end of content while loading JObject. Path 'a', line 1, position 5."),
        ("[[1,", Wanted::Token, "Unexpected end of content while loading JArray. Path '[0][0]', line 1, position 4."),
        (
            "{\"a\": oops}",
            Wanted::Object,
            "Unexpected character encountered while parsing value: o. Path 'a', line 1, position 6.",
        ),
        ("{\"a b\":[1,tru]}", Wanted::Object, "Error parsing boolean value. Path '['a b'][0]', line 1, position 13."),
        ("[nul", Wanted::Token, "Unexpected end when reading JSON. Path '', line 1, position 4."),
        (
            "{\"a\":\n\n  \"x}",
            Wanted::Object,
            "Unterminated string. Expected delimiter: \". Path 'a', line 3, position 5.",
        ),
        (
            "{\"a\" 1}",
            Wanted::Object,
            "Invalid character after parsing property name. Expected ':' but got: 1. Path '', line 1, position 5.",
        ),
        ("{\"a\":1,!:2}", Wanted::Object, "Invalid property identifier character: !. Path 'a', line 1, position 7."),
        (
            "{a-b:1}",
            Wanted::Object,
            "Invalid JavaScript property identifier character: -. Path '', line 1, position 2.",
        ),
        ("[\"\\q\"]", Wanted::Token, "Bad JSON escape sequence: \\q. Path '', line 1, position 4."),
        ("[\"\\u00zz\"]", Wanted::Token, "Invalid Unicode escape sequence: \\u00zz. Path '', line 1, position 4."),
        ("[1,1.2.3]", Wanted::Token, "Input string '1.2.3' is not a valid number. Path '[1]', line 1, position 8."),
        (
            "[1,1q]",
            Wanted::Token,
            "Unexpected character encountered while parsing number: q. Path '[0]', line 1, position 4.",
        ),
        (
            "[1}",
            Wanted::Token,
            "JsonToken EndObject is not valid for closing JsonType Array. Path '', line 1, position 3.",
        ),
        ("[/x]", Wanted::Token, "Error parsing comment. Expected: *, got x. Path '', line 1, position 2."),
        (
            "[é 😀",
            Wanted::Token,
            "Unexpected character encountered while parsing value: é. Path '', line 1, position 1.",
        ),
    ] {
        assert_eq!(read_as(text, wanted, Formatting::Compact), expected, "{text}");
    }
}

#[test]
fn containers_nest_64_levels_and_no_more() {
    let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert_eq!(read_as(&nested(64), Wanted::Array, Formatting::Compact), nested(64));
    let path = "[0]".repeat(63);
    let expected = format!("The reader's MaxDepth of 64 has been exceeded. Path '{path}[0]', line 1, position 65.");
    assert_eq!(read_as(&nested(65), Wanted::Array, Formatting::Compact), expected);
    assert_eq!(read_as(&nested(100_000), Wanted::Array, Formatting::Compact), expected);
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    let distinct: Vec<String> = (0..100_000).map(|n| format!("\"k{n}\":{n}")).collect();
    let distinct = format!("{{{}}}", distinct.join(","));
    let long = "x".repeat(1 << 20);
    for (text, expected) in [
        (format!("{{{}\"a\":1}}", "\"a\":0,".repeat(100_000)), String::from("{\"a\":1}")),
        (distinct.clone(), distinct),
        (format!("[\"{long}\"]"), format!("[\"{long}\"]")),
        (format!("[\"{}\"]", "\\u0041".repeat(100_000)), format!("[\"{}\"]", "A".repeat(100_000))),
        (format!("[{}1]", "/*c*/".repeat(100_000)), String::from("[1]")),
        (format!("[{}1]", " ".repeat(1 << 20)), String::from("[1]")),
        (format!("[0.{}1]", "0".repeat(1 << 20)), String::from("[0.0]")),
        (format!("[{}]", ",".repeat(100_000)), format!("[undefined{}]", ",undefined".repeat(99_999))),
    ] {
        let found = read_as(&text, Wanted::Token, Formatting::Compact);
        assert!(found == expected, "{:.80}: {found:.80}", text);
    }
    let digits = "1".repeat(1 << 20);
    assert!(
        read_as(&digits, Wanted::Token, Formatting::Compact)
            .ends_with("is too large to parse. Path '', line 1, position 1048576.")
    );
    assert!(read_as(&format!("-{digits}."), Wanted::Token, Formatting::Compact).contains("is not a valid number."));
    for unfinished in ["[\"", "{\"a\":", "[1,", "/*", "new Foo("] {
        let text = format!("{unfinished}{}", " ".repeat(1 << 20));
        assert!(!read_as(&text, Wanted::Token, Formatting::Compact).starts_with('['), "{unfinished}");
    }
}

#[test]
fn a_text_that_is_too_large_for_the_request_ends_it() {
    let text = format!("[{}1]", "[],".repeat(1_000_000));
    let found = read_as(&text, Wanted::Token, Formatting::Compact);
    assert!(found == "The policy's values take more memory than a request may.", "{found:.80}");
}

/// JSON values of all kinds.
fn any_value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u32>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no such numbers", |number| number.is_finite()).prop_map(Value::from),
    ];
    let text = prop_oneof!["\\PC*", any::<String>(), "[\"\\\\/\u{2028}\u{85}\n\t\u{1}😀é']{0,8}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number,
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            proptest::collection::vec((text.clone(), inner), 0..8)
                .prop_map(|members| { Value::Object(members.into_iter().collect()) }),
        ]
    })
}

/// Text that is nearly JSON.
fn nearly_json() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(","),
        Just(":"),
        Just("\""),
        Just("'"),
        Just("\\"),
        Just("\\u00"),
        Just("null"),
        Just("true"),
        Just("nul"),
        Just("1"),
        Just("-"),
        Just("0x"),
        Just("1e5"),
        Just("."),
        Just("NaN"),
        Just("new Date("),
        Just(")"),
        Just("/*"),
        Just("*/"),
        Just("//"),
        Just("\n"),
        Just(" "),
        Just("a"),
        Just("$"),
        Just("é"),
        Just("😀"),
        Just("\u{feff}"),
        Just("\0"),
        Just("\"a\":"),
        Just("\"2024-03-05T14:07:09Z\""),
        Just("\"/Date(1)/\""),
        Just("undefined"),
        Just("Infinity"),
        Just("\"$ref\":"),
        Just("[1,2]"),
        Just("{\"a\":1}"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn strict_json_is_read_and_written_as_serde_json_does(value in any_value()) {
        let text = value.to_string();
        for formatting in [Formatting::Compact, Formatting::Indented] {
            let written = read_as(&text, Wanted::Token, formatting);
            let found: Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(&found, &value, "{}", written);
        }
    }

    #[test]
    fn what_was_written_is_read_as_it_was(text in nearly_json()) {
        with_harness(|harness| {
            let cx = &mut harness.cx;
            let text = cx.str(&text);
            let Ok(first) = parse(cx, text, Wanted::Token) else {
                assert!(cx.take_thrown().is_some());
                return;
            };
            if first.kind() == Kind::Comment {
                // The mark that ends a comment may stand in one that ends with its line.
                return;
            }
            let written = to_text(cx, first, Formatting::Compact).unwrap();
            let copy = edit::deep_clone(cx, first).unwrap();
            assert!(compare::deep_equals(cx, first, copy).unwrap(), "{written:?}");
            let Ok(second) = parse(cx, written, Wanted::Token) else { panic!("{written:?}") };
            assert_eq!(to_text(cx, second, Formatting::Compact).unwrap(), written);
        });
    }

    #[test]
    fn any_text_is_read_as_any_type_without_a_fault_of_ours(text in nearly_json()) {
        for target in ["object", "int", "string", "List<int>", "Dictionary<string, object>", "JObject", "DateTime?", "byte[]"] {
            with_harness(|harness| {
                let (target, cx) = (ty(target), &mut harness.cx);
                let text = cx.str(&text);
                if deserialize::from_text(cx, text, target).is_err() {
                    assert!(cx.take_thrown().is_some_and(|thrown| thrown.limit.is_none()));
                }
                if let Ok(tree) = parse(cx, text, Wanted::Token) {
                    let _ = deserialize::from_tree(cx, tree, target);
                }
            });
        }
    }

    #[test]
    fn any_path_is_looked_up_or_refused(path in "[$.@\\[\\]()?*:,'\"ab01 &|=<>!~/-]{0,16}") {
        with_harness(|harness| {
            let cx = &mut harness.cx;
            let (text, path) = (cx.str(r#"{"a":[1,{"b":"a"},null],"b":{"a":0}}"#), cx.str(&path));
            let root = parse(cx, text, Wanted::Token).unwrap();
            if jpath::select_one(cx, root, Some(path), false).is_err() {
                assert!(cx.take_thrown().is_some_and(|thrown| thrown.limit.is_none()));
            }
        });
    }
}
