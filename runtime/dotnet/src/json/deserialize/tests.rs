//! What values texts and trees are as types, with the exceptions in Json.NET's words.

use super::{from_text, from_tree};
use crate::json::load::{Wanted, parse};
use crate::json::serialize;
use crate::json::writer::Formatting;
use crate::object::boxed;
use crate::testing::{ty, with_harness};

/// The JSON of the value of a type that a text means, or the exception; `by_tree` makes a tree of the text first.
fn read(target: &str, text: &str, by_tree: bool) -> String {
    with_harness(|harness| {
        let (target, cx) = (ty(target), &mut harness.cx);
        let text = cx.str(text);
        let value = if by_tree {
            parse(cx, text, Wanted::Token).and_then(|token| from_tree(cx, token, target))
        } else {
            from_text(cx, text, target)
        };
        let written = value.and_then(|word| {
            let word = boxed(cx, target, word);
            // SAFETY: a box that was just made, or a word of a reference type.
            let object = unsafe { cx.object(word) };
            serialize::to_text(cx, object, Formatting::Compact)
        });
        match written {
            Ok(text) => text.to_utf8().into_owned(),
            Err(_) => {
                let thrown = cx.take_thrown().unwrap();
                format!("!{}: {}", thrown.ty().def.short_name(), thrown.full_message())
            }
        }
    })
}

/// Compares a value with what is expected; a text that ends in `…` is the beginning of it.
fn check(target: &str, text: &str, by_tree: bool, expected: &str) {
    let found = read(target, text, by_tree);
    match expected.strip_suffix('…') {
        Some(start) => assert!(found.starts_with(start), "{target} {text}: {found}"),
        None => assert_eq!(found, expected, "{target} {text}"),
    }
}

#[test]
fn texts_are_read_as_types() {
    for (target, text, expected) in [
        ("object", "5", "5"),
        ("object", "1.5", "1.5"),
        ("object", r#""x""#, r#""x""#),
        ("object", r#""2024-03-05T14:07:09Z""#, r#""2024-03-05T14:07:09Z""#),
        ("object", "null", "null"),
        ("object", "", "null"),
        ("object", "[1,/*c*/2]", "[1/*c*/,2]"),
        ("object", r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
        ("object", r#"{"$id":"1","a":1}"#, r#"{"a":1}"#),
        ("object", r#"{"$ref":"1"}"#, "null"),
        (
            "object",
            "5 6",
            "!JsonReaderException: Additional text encountered after finished reading JSON content: 6. Path '', line 1, position 2.",
        ),
        ("object", "5/*c*/", "5"),
        ("object", "[1", "!JsonWriterException: Unexpected end when reading token. Path ''."),
        (
            "object",
            "<html>",
            "!JsonReaderException: Unexpected character encountered while parsing value: <. Path '', line 0, position 0.",
        ),
        ("object", "99999999999999999999", "99999999999999999999"),
        ("string", "5", r#""5""#),
        ("string", "1.5", r#""1.5""#),
        ("string", "010", r#""010""#),
        ("string", "true", r#""true""#),
        ("string", r#""2024-03-05T14:07:09Z""#, r#""2024-03-05T14:07:09Z""#),
        ("string", "null", "null"),
        (
            "string",
            "[]",
            "!JsonReaderException: Unexpected character encountered while parsing value: [. Path '', line 1, position 1.",
        ),
        (
            "string",
            "{}",
            "!JsonReaderException: Unexpected character encountered while parsing value: {. Path '', line 1, position 1.",
        ),
        ("string", "NaN", r#""NaN""#),
        ("string", "", "null"),
        ("int", "5", "5"),
        ("int", r#""5""#, "5"),
        ("int", r#""x""#, "!JsonReaderException: Could not convert string to integer: x. Path '', line 1, position 3."),
        (
            "int",
            r#""""#,
            "!JsonSerializationException: Error converting value {null} to type 'System.Int32'. Path '', line 1, position 2.",
        ),
        ("int", "1.5", "!JsonReaderException: Input string '1.5' is not a valid integer. Path '', line 1, position 3."),
        (
            "int",
            "5000000000",
            "!JsonReaderException: JSON integer 5000000000 is too large or small for an Int32. Path '', line 1, position 10.",
        ),
        ("int", "0x10", "16"),
        ("int", "010", "8"),
        (
            "int",
            "null",
            "!JsonSerializationException: Error converting value {null} to type 'System.Int32'. Path '', line 1, position 4.",
        ),
        (
            "int",
            "true",
            "!JsonReaderException: Unexpected character encountered while parsing value: t. Path '', line 1, position 1.",
        ),
        ("int", "NaN", "!JsonReaderException: Cannot read NaN value. Path '', line 1, position 3."),
        (
            "int",
            "[]",
            "!JsonReaderException: Unexpected character encountered while parsing value: [. Path '', line 1, position 1.",
        ),
        (
            "int",
            "",
            "!JsonSerializationException: No JSON content found and type 'System.Int32' is not nullable. Path '', line 0, position 0.",
        ),
        (
            "int",
            "new Date(5)",
            "!JsonReaderException: Unexpected character encountered while parsing value: e. Path '', line 1, position 2.",
        ),
        (
            "int",
            "tru",
            "!JsonReaderException: Unexpected character encountered while parsing value: t. Path '', line 1, position 1.",
        ),
        ("int?", "null", "null"),
        ("int?", r#""""#, "null"),
        ("int?", "5", "5"),
        (
            "int?",
            r#""x""#,
            "!JsonReaderException: Could not convert string to integer: x. Path '', line 1, position 3.",
        ),
        ("long", "5000000000", "5000000000"),
        ("long", "1.5", "2"),
        ("long", r#""5""#, "5"),
        (
            "long",
            "null",
            "!JsonSerializationException: Error converting value {null} to type 'System.Int64'. Path '', line 1, position 4.",
        ),
        (
            "long",
            "99999999999999999999",
            "!JsonSerializationException: Error converting value 99999999999999999999 to type 'System.Int64'. Path '', line 1, position 20.",
        ),
        ("byte", "5", "5"),
        (
            "byte",
            "300",
            "!JsonSerializationException: Error converting value 300 to type 'System.Byte'. Path '', line 1, position 3.",
        ),
        (
            "byte",
            r#""x""#,
            "!JsonReaderException: Could not convert string to integer: x. Path '', line 1, position 3.",
        ),
        ("ushort", "5", "5"),
        (
            "ushort",
            "-5",
            "!JsonSerializationException: Error converting value -5 to type 'System.UInt16'. Path '', line 1, position 2.",
        ),
        (
            "ushort",
            "70000",
            "!JsonSerializationException: Error converting value 70000 to type 'System.UInt16'. Path '', line 1, position 5.",
        ),
        ("double", "5", "5.0"),
        ("double", r#""1.5""#, "1.5"),
        ("double", r#""1,000""#, "1000.0"),
        ("double", "NaN", r#""NaN""#),
        (
            "double",
            "null",
            "!JsonSerializationException: Error converting value {null} to type 'System.Double'. Path '', line 1, position 4.",
        ),
        ("decimal", "1.5", "1.5"),
        ("decimal", "1e3", "1000.0"),
        ("decimal", r#""1.5""#, "1.5"),
        (
            "decimal",
            r#""x""#,
            "!JsonReaderException: Could not convert string to decimal: x. Path '', line 1, position 3.",
        ),
        ("float", "1.5", "1.5"),
        ("bool", "true", "true"),
        ("bool", r#""True""#, "true"),
        ("bool", "5", "true"),
        ("bool", "0", "false"),
        (
            "bool",
            r#""x""#,
            "!JsonReaderException: Could not convert string to boolean: x. Path '', line 1, position 3.",
        ),
        (
            "bool",
            "null",
            "!JsonSerializationException: Error converting value {null} to type 'System.Boolean'. Path '', line 1, position 4.",
        ),
        ("bool", "99999999999999999999", "true"),
        ("char", r#""A""#, r#""A""#),
        ("char", r#""x""#, r#""x""#),
        (
            "char",
            r#""True""#,
            r#"!JsonSerializationException: Error converting value "True" to type 'System.Char'. Path '', line 1, position 6."#,
        ),
        ("char", "5", r#""\u0005""#),
        ("DateTime", r#""2024-03-05T14:07:09Z""#, r#""2024-03-05T14:07:09Z""#),
        ("DateTime", r#""2024-03-05""#, r#""2024-03-05T00:00:00""#),
        (
            "DateTime",
            r#""x""#,
            "!JsonReaderException: Could not convert string to DateTime: x. Path '', line 1, position 3.",
        ),
        (
            "DateTime",
            "5",
            "!JsonReaderException: Unexpected character encountered while parsing value: 5. Path '', line 1, position 1.",
        ),
        ("DateTime", "-5", "!JsonReaderException: Cannot read number value as type. Path '', line 1, position 2."),
        (
            "DateTime",
            "null",
            "!JsonSerializationException: Error converting value {null} to type 'System.DateTime'. Path '', line 1, position 4.",
        ),
        ("DateTimeOffset", r#""2024-03-05T14:07:09Z""#, r#""2024-03-05T14:07:09+00:00""#),
        ("DateTimeOffset", r#""2024-03-05""#, r#""2024-03-05T00:00:00+00:00""#),
        ("TimeSpan", r#""01:30:00""#, r#""01:30:00""#),
        (
            "TimeSpan",
            r#""x""#,
            r#"!JsonSerializationException: Error converting value "x" to type 'System.TimeSpan'. Path '', line 1, position 3."#,
        ),
        (
            "TimeSpan",
            "5",
            "!JsonSerializationException: Error converting value 5 to type 'System.TimeSpan'. Path '', line 1, position 1.",
        ),
        ("byte[]", r#""AQID""#, r#""AQID""#),
        (
            "byte[]",
            r#""x""#,
            "!FormatException: The input is not a valid Base-64 string as it contains a non-base 64 character, more than tw…",
        ),
        ("byte[]", "[1,2]", r#""AQI=""#),
        (
            "byte[]",
            "[1,null]",
            "!JsonReaderException: Unexpected token when reading bytes: Null. Path '[1]', line 1, position 7.",
        ),
        ("byte[]", r#""6f1c2b1e-3c50-4b8e-9a53-0d8f2a7b9c11""#, r#""Hiscb1A8jkuaUw2PKnucEQ==""#),
        ("byte[]", "null", "null"),
        (
            "byte[]",
            "{}",
            "!JsonReaderException: Error reading bytes. Unexpected token: StartObject. Path '', line 1, position 1.",
        ),
        ("int[]", "[1,2]", "[1,2]"),
        (
            "int[]",
            r#"[1,"2",3.0]"#,
            "!JsonReaderException: Input string '3.0' is not a valid integer. Path '[2]', line 1, position 10.",
        ),
        (
            "int[]",
            "[1,null]",
            "!JsonSerializationException: Error converting value {null} to type 'System.Int32'. Path '[1]', line 1, position 7.",
        ),
        (
            "int[]",
            "{}",
            r#"!JsonSerializationException: Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type 'Sys…"#,
        ),
        (
            "int[]",
            "5",
            "!JsonSerializationException: Error converting value 5 to type 'System.Int32[]'. Path '', line 1, position 1.",
        ),
        ("int[]", "null", "null"),
        (
            "int[]",
            "[1",
            "!JsonSerializationException: Unexpected end when deserializing array. Path '[0]', line 1, position 2.",
        ),
        ("int[]", "[1,]", "[1]"),
        ("string[]", r#"["a",1,true]"#, r#"["a","1","true"]"#),
        ("string[]", r#"["a",null]"#, r#"["a",null]"#),
        (
            "string[]",
            "[{}]",
            "!JsonReaderException: Unexpected character encountered while parsing value: {. Path '', line 1, position 2.",
        ),
        ("object[]", r#"["a",1,true]"#, r#"["a",1,true]"#),
        ("object[]", "[[1],[2,3]]", "[[1],[2,3]]"),
        ("object[]", "[{}]", "[{}]"),
        ("List<int>", "[1,2]", "[1,2]"),
        (
            "List<int>",
            "[1,null]",
            "!JsonSerializationException: Error converting value {null} to type 'System.Int32'. Path '[1]', line 1, position 7.",
        ),
        (
            "List<int>",
            "{}",
            r#"!JsonSerializationException: Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type 'Sys…"#,
        ),
        ("List<int>", r#"{"$values":[1,2]}"#, "[1,2]"),
        ("IEnumerable<int>", "[1,2]", "[1,2]"),
        ("IList<string>", r#"["a",null]"#, r#"["a",null]"#),
        ("HashSet<int>", "[1,2]", "[1,2]"),
        ("int[][]", "[[1],[2,3]]", "[[1],[2,3]]"),
        (
            "int[][]",
            "[1,[2]]",
            "!JsonSerializationException: Error converting value 1 to type 'System.Int32[]'. Path '[0]', line 1, position 2.",
        ),
        ("Dictionary<string,string>", r#"{"a":1}"#, r#"{"a":"1"}"#),
        ("Dictionary<string,string>", r#"{"a":null}"#, r#"{"a":null}"#),
        (
            "Dictionary<string,string>",
            r#"{"a":{"b":[1]}}"#,
            "!JsonReaderException: Unexpected character encountered while parsing value: {. Path 'a', line 1, position 6.",
        ),
        ("Dictionary<string,string>", r#"{"$type":"x","a":1}"#, r#"{"a":"1"}"#),
        (
            "Dictionary<string,string>",
            "[]",
            "!JsonSerializationException: Cannot deserialize the current JSON array (e.g. [1,2,3]) into type 'System.Collec…",
        ),
        (
            "Dictionary<string,string>",
            r#"{"a":1"#,
            "!JsonSerializationException: Unexpected end when deserializing object. Path 'a', line 1, position 6.",
        ),
        ("Dictionary<string,int>", r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
        (
            "Dictionary<string,int>",
            r#"{"a":"x"}"#,
            "!JsonReaderException: Could not convert string to integer: x. Path 'a', line 1, position 8.",
        ),
        (
            "Dictionary<string,int>",
            r#"{"a":null}"#,
            "!JsonSerializationException: Error converting value {null} to type 'System.Int32'. Path 'a', line 1, position 9.",
        ),
        ("Dictionary<string,object>", r#"{"a":{"b":[1]}}"#, r#"{"a":{"b":[1]}}"#),
        ("IDictionary<string,object>", r#"{"a":1}"#, r#"{"a":1}"#),
        ("Dictionary<int,string>", r#"{"1":"x","2":"y"}"#, r#"{"1":"x","2":"y"}"#),
        (
            "Dictionary<int,string>",
            r#"{"a":1}"#,
            "!JsonSerializationException: Could not convert string 'a' to dictionary key type 'System.Int32'. Create a Type…",
        ),
        ("List<Dictionary<string,int>>", "[{}]", "[{}]"),
        ("KeyValuePair<string,int>", r#"{"Key":"k","Value":3}"#, r#"{"Key":"k","Value":3}"#),
        ("KeyValuePair<string,int>", r#"{"a":1}"#, r#"{"Key":null,"Value":0}"#),
        (
            "KeyValuePair<string,int>",
            "null",
            "!JsonSerializationException: Cannot convert null value to KeyValuePair. Path '', line 1, position 4.",
        ),
        ("JToken", "null", "null"),
        ("JToken", "[1,/*c*/2]", "[1/*c*/,2]"),
        ("JToken", "[,1]", "[null,1]"),
        ("JToken", "5", "5"),
        ("JObject", r#"{"a":1}"#, r#"{"a":1}"#),
        ("JObject", "null", "null"),
        (
            "JObject",
            "5",
            "!JsonSerializationException: Deserialized JSON type 'Newtonsoft.Json.Linq.JValue' is not compatible with expec…",
        ),
        ("JObject", "[1", "!JsonWriterException: Unexpected end when reading token. Path ''."),
        ("JArray", "[1,2]", "[1,2]"),
        (
            "JArray",
            "{}",
            "!JsonSerializationException: Deserialized JSON type 'Newtonsoft.Json.Linq.JObject' is not compatible with expe…",
        ),
        ("JValue", "5", "5"),
        ("JValue", "null", "null"),
        ("StringComparison", r#""Ordinal""#, "4"),
        ("StringComparison", r#""ordinal""#, "4"),
        ("StringComparison", r#""4""#, "4"),
        ("StringComparison", "5", "5"),
        ("StringComparison", "true", "1"),
        (
            "StringComparison",
            r#""x""#,
            r#"!JsonSerializationException: Error converting value "x" to type 'System.StringComparison'. Path '', line 1, position 3."#,
        ),
        (
            "StringComparison",
            r#""1,000""#,
            r#"!JsonSerializationException: Error converting value "1,000" to type 'System.StringComparison'. Path '', line 1, position 7."#,
        ),
        (
            "StringComparison",
            "1.5",
            "!JsonSerializationException: Error converting value 1.5 to type 'System.StringComparison'. Path '', line 1, position 3.",
        ),
    ] {
        check(target, text, false, expected);
    }
}

#[test]
fn trees_are_read_as_types() {
    for (target, text, expected) in [
        ("object", "5", "5"),
        ("object", "1.5", "1.5"),
        ("object", r#""x""#, r#""x""#),
        ("object", r#""2024-03-05T14:07:09Z""#, r#""2024-03-05T14:07:09Z""#),
        ("object", "null", "null"),
        ("object", "[1,/*c*/2]", "[1,2]"),
        ("object", r#"{"$id":"1","a":1}"#, r#"{"a":1}"#),
        ("object", r#"{"$ref":"1"}"#, "null"),
        ("object", "99999999999999999999", "99999999999999999999"),
        ("string", "5", r#""5""#),
        ("string", "1.5", r#""1.5""#),
        ("string", "010", r#""8""#),
        ("string", "true", r#""True""#),
        ("string", r#""2024-03-05T14:07:09Z""#, r#""03/05/2024 14:07:09""#),
        ("string", "null", "null"),
        ("string", "[]", "!ArgumentException: Can not convert Array to String."),
        ("string", "{}", "!ArgumentException: Can not convert Object to String."),
        ("string", "NaN", r#""NaN""#),
        ("int", "5", "5"),
        ("int", r#""5""#, "5"),
        ("int", r#""x""#, "!FormatException: Input string was not in a correct format."),
        ("int", r#""""#, "!FormatException: Input string was not in a correct format."),
        ("int", "1.5", "2"),
        ("int", "5000000000", "!OverflowException: Value was either too large or too small for an Int32."),
        ("int", "0x10", "16"),
        ("int", "010", "8"),
        ("int", "null", "!ArgumentException: Can not convert Null to Int32."),
        ("int", "true", "1"),
        ("int", "NaN", "!OverflowException: Value was either too large or too small for an Int32."),
        ("int", "[]", "!ArgumentException: Can not convert Array to Int32."),
        ("int", "new Date(5)", "!ArgumentException: Can not convert Constructor to Int32."),
        ("int?", "null", "null"),
        ("int?", r#""""#, "!FormatException: Input string was not in a correct format."),
        ("int?", "5", "5"),
        ("int?", r#""x""#, "!FormatException: Input string was not in a correct format."),
        ("long", "5000000000", "5000000000"),
        ("long", "1.5", "2"),
        ("long", r#""5""#, "5"),
        ("long", "null", "!ArgumentException: Can not convert Null to Int64."),
        ("long", "99999999999999999999", "!OverflowException: Value was either too large or too small for an Int64."),
        ("bool", "true", "true"),
        ("bool", r#""True""#, "true"),
        ("bool", "5", "true"),
        ("bool", "0", "false"),
        ("bool", r#""x""#, "!FormatException: String 'x' was not recognized as a valid Boolean."),
        ("bool", "null", "!ArgumentException: Can not convert Null to Boolean."),
        ("bool", "99999999999999999999", "!OverflowException: Value was either too large or too small for an Int32."),
        ("DateTime", r#""2024-03-05T14:07:09Z""#, r#""2024-03-05T14:07:09Z""#),
        ("DateTime", r#""2024-03-05""#, r#""2024-03-05T00:00:00""#),
        (
            "DateTime",
            r#""x""#,
            "!FormatException: The string 'x' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.",
        ),
        ("DateTime", "5", "!ArgumentException: Can not convert Integer to DateTime."),
        ("DateTime", "-5", "!ArgumentException: Can not convert Integer to DateTime."),
        ("DateTime", "null", "!ArgumentException: Can not convert Null to DateTime."),
        ("TimeSpan", r#""01:30:00""#, r#""01:30:00""#),
        ("TimeSpan", r#""x""#, "!FormatException: String 'x' was not recognized as a valid TimeSpan."),
        ("TimeSpan", "5", "!ArgumentException: Can not convert Integer to TimeSpan."),
        ("byte[]", r#""AQID""#, r#""AQID""#),
        (
            "byte[]",
            r#""x""#,
            "!FormatException: The input is not a valid Base-64 string as it contains a non-base 64 character, more than tw…",
        ),
        ("byte[]", "[1,2]", r#""AQI=""#),
        ("byte[]", "[1,null]", "!JsonReaderException: Unexpected token when reading bytes: Null. Path '[1]'."),
        ("byte[]", r#""6f1c2b1e-3c50-4b8e-9a53-0d8f2a7b9c11""#, r#""Hiscb1A8jkuaUw2PKnucEQ==""#),
        ("byte[]", "null", "null"),
        ("byte[]", "{}", "!JsonReaderException: Error reading bytes. Unexpected token: StartObject. Path ''."),
        ("int[]", "[1,2]", "[1,2]"),
        ("int[]", r#"[1,"2",3.0]"#, "[1,2,3]"),
        (
            "int[]",
            "[1,null]",
            "!JsonSerializationException: Error converting value {null} to type 'System.Int32'. Path '[1]'.",
        ),
        (
            "int[]",
            "{}",
            r#"!JsonSerializationException: Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type 'Sys…"#,
        ),
        ("int[]", "5", "!JsonSerializationException: Error converting value 5 to type 'System.Int32[]'. Path ''."),
        ("int[]", "null", "null"),
        ("int[]", "[1,]", "[1]"),
        ("List<int>", "[1,2]", "[1,2]"),
        (
            "List<int>",
            "[1,null]",
            "!JsonSerializationException: Error converting value {null} to type 'System.Int32'. Path '[1]'.",
        ),
        (
            "List<int>",
            "{}",
            r#"!JsonSerializationException: Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type 'Sys…"#,
        ),
        ("List<int>", r#"{"$values":[1,2]}"#, "[1,2]"),
        (
            "Dictionary<string,int>",
            r#"{"a":"x"}"#,
            "!JsonReaderException: Could not convert string to integer: x. Path 'a'.",
        ),
        (
            "Dictionary<string,int>",
            r#"{"a":null}"#,
            "!JsonSerializationException: Error converting value {null} to type 'System.Int32'. Path 'a'.",
        ),
        ("Dictionary<int,string>", r#"{"1":"x","2":"y"}"#, r#"{"1":"x","2":"y"}"#),
        (
            "Dictionary<int,string>",
            r#"{"a":1}"#,
            "!JsonSerializationException: Could not convert string 'a' to dictionary key type 'System.Int32'. Create a Type…",
        ),
        ("KeyValuePair<string,int>", r#"{"Key":"k","Value":3}"#, r#"{"Key":"k","Value":3}"#),
        ("KeyValuePair<string,int>", r#"{"a":1}"#, r#"{"Key":null,"Value":0}"#),
        (
            "KeyValuePair<string,int>",
            "null",
            "!JsonSerializationException: Cannot convert null value to KeyValuePair. Path ''.",
        ),
        ("JObject", r#"{"a":1}"#, r#"{"a":1}"#),
        ("JObject", "null", "null"),
        (
            "JObject",
            "5",
            "!JsonSerializationException: Deserialized JSON type 'Newtonsoft.Json.Linq.JValue' is not compatible with expec…",
        ),
        ("StringComparison", r#""Ordinal""#, "4"),
        ("StringComparison", r#""ordinal""#, "4"),
        ("StringComparison", r#""4""#, "4"),
        ("StringComparison", "5", "5"),
        ("StringComparison", "true", "1"),
        ("StringComparison", r#""x""#, "!ArgumentException: Could not convert 'x' to StringComparison."),
        ("StringComparison", r#""1,000""#, "!ArgumentException: Could not convert '1,000' to StringComparison."),
        ("StringComparison", "1.5", "2"),
    ] {
        check(target, text, true, expected);
    }
}

#[test]
fn what_a_type_does_not_take_is_told_at_length() {
    assert_eq!(
        read("List<int>", "{\"a\":1}", false),
        "!JsonSerializationException: Cannot deserialize the current JSON object (e.g. {\"name\":\"value\"}) into type \
         'System.Collections.Generic.List`1[System.Int32]' because the type requires a JSON array (e.g. [1,2,3]) to \
         deserialize correctly.\nTo fix this error either change the JSON to a JSON array (e.g. [1,2,3]) or change the \
         deserialized type so that it is a normal .NET type (e.g. not a primitive type like integer, not a collection type \
         like an array or List<T>) that can be deserialized from a JSON object. JsonObjectAttribute can also be added to \
         the type to force it to deserialize from a JSON object.\nPath 'a', line 1, position 5."
    );
    assert_eq!(
        read("IComparable", "{}", false),
        "!JsonSerializationException: Could not create an instance of type System.IComparable. Type is an interface or \
         abstract class and cannot be instantiated. Path '', line 1, position 2."
    );
}

#[test]
fn hostile_texts_end_in_exceptions() {
    let many = format!("[{}1]", "1,".repeat(200_000));
    assert_eq!(read("List<long>", &many, false).len(), many.len());
    let names = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(100_000));
    assert_eq!(read("object", &names, false), "{\"a\":1}");
    assert_eq!(read("Dictionary<string,int>", &names, false), "{\"a\":1}");
    let nested = "[".repeat(100_000);
    assert!(read("object", &nested, false).starts_with("!JsonReaderException: The reader's MaxDepth of 64"));
    let comments = format!("{}5", "/**/".repeat(100_000));
    assert_eq!(read("int", &comments, false), "5");
}
