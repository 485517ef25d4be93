//! Tests of JSON texts and trees, as tables.

use super::load::{Wanted, parse};
use super::writer::{Formatting, to_text};
use crate::testing::with_harness;

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
