//! Members called as compiled code calls them, with results in the words of Json.NET.

use crate::format::time::{DateTime, TimeSpan};
use crate::testing::{Arg, Harness, Null, Object, ty, with_harness};
use crate::ty::Ty;
use crate::word::Word;

const CAR: &str = r#"{"id":7,"make":"Volvo","price":1999.5,"sold":false,"owner":null,"tags":["red","estate"],
    "dealer":{"name":"North","address":{"city":"Oslo"}},"rate":"12","built":"2024-03-05T14:07:09Z",
    "guid":"6f1c2b1e-3c50-4b8e-9a53-0d8f2a7b9c11"}"#;

fn name_of(member: &str) -> String {
    format!("Newtonsoft.Json.Linq.{member}")
}

/// The token of a JSON text.
fn json(harness: &mut Harness<'_>, text: &str) -> Word {
    harness.word("Newtonsoft.Json.Linq.JToken::static JToken Parse(string json)", &[&text])
}

/// The JSON text of a token.
fn written(harness: &mut Harness<'_>, token: Word) -> String {
    harness.call("Newtonsoft.Json.Linq.JToken::string ToString(Formatting formatting)", &[&token, &0])
}

/// The token that a path finds.
fn at(harness: &mut Harness<'_>, token: Word, path: &str) -> Word {
    harness.word("Newtonsoft.Json.Linq.JToken::JToken SelectToken(string path)", &[&token, &path])
}

/// What a member gives, as JSON text if it is a token that `is_token` says.
fn run(text: &str, member: &str, args: &[&dyn Arg]) -> String {
    with_harness(|harness| {
        let token = json(harness, text);
        let mut all: Vec<&dyn Arg> = vec![&token];
        all.extend(args);
        harness.call(&name_of(member), &all)
    })
}

#[test]
fn children_are_found_by_name_and_position() {
    let item = "JToken::JToken this[object key] { get; }";
    for (text, path, key, expected) in [
        (CAR, "$", &"make" as &dyn Arg, "\"Volvo\""),
        (CAR, "$", &"nope", "<null>"),
        (CAR, "$", &"MAKE", "<null>"),
        (CAR, "tags", &Object(1), "\"estate\""),
        (
            CAR,
            "tags",
            &Object(2),
            "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the \
             collection. (Parameter 'index')",
        ),
        (
            CAR,
            "tags",
            &"x",
            "ArgumentException: Accessed JArray values with invalid key value: \"x\". Int32 array index expected.",
        ),
        (
            CAR,
            "$",
            &Object(1),
            "ArgumentException: Accessed JObject values with invalid key value: 1. Object property name expected.",
        ),
        (CAR, "id", &"x", "InvalidOperationException: Cannot access child value on Newtonsoft.Json.Linq.JValue."),
        (CAR, "$", &Null, "ArgumentNullException: Value cannot be null. (Parameter 'key')"),
    ] {
        let found = with_harness(|harness| {
            let token = json(harness, text);
            let token = at(harness, token, path);
            harness.call(&name_of(item), &[&token, key])
        });
        assert_eq!(found, expected, "{path}");
    }
}

#[test]
fn values_convert_as_casts_do() {
    for (target, path, expected) in [
        ("int", "id", "7"),
        ("int", "rate", "12"),
        ("int", "make", "FormatException: Input string was not in a correct format."),
        ("int", "nope", "ArgumentNullException: Value cannot be null. (Parameter 'value')"),
        ("int", "owner", "ArgumentException: Can not convert Null to Int32."),
        ("int?", "nope", "<null>"),
        ("int?", "owner", "<null>"),
        ("int", "price", "2000"),
        ("int", "dealer", "ArgumentException: Can not convert Object to Int32."),
        ("byte", "price", "OverflowException: Value was either too large or too small for an unsigned byte."),
        ("long", "id", "7"),
        ("double", "price", "1999.5"),
        ("double", "id", "7"),
        ("decimal", "price", "1999.5"),
        ("bool", "sold", "False"),
        ("bool", "nope", "ArgumentNullException: Value cannot be null. (Parameter 'value')"),
        ("bool", "make", "FormatException: String 'Volvo' was not recognized as a valid Boolean."),
        ("bool?", "owner", "<null>"),
        ("string", "id", "7"),
        ("string", "sold", "False"),
        ("string", "price", "1999.5"),
        ("string", "dealer", "ArgumentException: Can not convert Object to String."),
        ("string", "tags", "ArgumentException: Can not convert Array to String."),
        ("string", "nope", "<null>"),
        ("string", "owner", "<null>"),
        ("char", "id", "\u{7}"),
        ("char", "make", "FormatException: String must be exactly one character long."),
        ("float", "price", "1999.5"),
        ("ulong", "id", "7"),
        ("string", "built", "03/05/2024 14:07:09"),
        ("DateTime", "built", "2024-03-05T14:07:09.0000000Z"),
        ("DateTime?", "owner", "<null>"),
        ("DateTime", "id", "ArgumentException: Can not convert Integer to DateTime."),
        ("DateTimeOffset", "built", "2024-03-05T14:07:09.0000000+00:00"),
        ("TimeSpan", "rate", "12.00:00:00"),
        ("TimeSpan", "built", "ArgumentException: Can not convert Date to TimeSpan."),
        ("Guid", "guid", "6f1c2b1e-3c50-4b8e-9a53-0d8f2a7b9c11"),
        ("Guid", "id", "ArgumentException: Can not convert Integer to Guid."),
        ("Guid?", "owner", "<null>"),
        ("Uri", "owner", "<null>"),
        ("Uri", "id", "ArgumentException: Can not convert Integer to Uri."),
        ("byte[]", "owner", "ArgumentException: Can not convert Null to byte array."),
    ] {
        let found = with_harness(|harness| {
            let token = json(harness, CAR);
            let token = at(harness, token, path);
            harness.call(&name_of(&format!("JToken::static explicit operator {target}(JToken value)")), &[&token])
        });
        assert_eq!(found, expected, "({target}){path}");
    }
}

#[test]
fn values_of_a_type_are_found_by_key() {
    let value = "JToken::T Value<T>(object key)";
    for (target, key, expected) in [
        ("int", "id", "7"),
        ("string", "make", "Volvo"),
        ("int", "nope", "0"),
        ("int?", "nope", "<null>"),
        ("string", "nope", "<null>"),
        ("int", "rate", "12"),
        ("int", "make", "FormatException: Input string was not in a correct format."),
        ("int", "owner", "InvalidCastException: Null object cannot be converted to a value type."),
        ("int?", "owner", "<null>"),
        ("string", "owner", "<null>"),
        ("string", "id", "7"),
        ("object", "id", "7"),
        ("bool", "sold", "False"),
        (
            "string",
            "tags",
            "InvalidCastException: Cannot cast Newtonsoft.Json.Linq.JArray to Newtonsoft.Json.Linq.JToken.",
        ),
        ("JArray", "tags", "[\"red\",\"estate\"]"),
        (
            "JObject",
            "tags",
            "InvalidCastException: Cannot cast Newtonsoft.Json.Linq.JArray to Newtonsoft.Json.Linq.JToken.",
        ),
        ("Formatting", "id", "InvalidCastException: Invalid cast from 'System.Int64' to 'Newtonsoft.Json.Formatting'."),
    ] {
        assert_eq!(run(CAR, value, &[&key, &ty(target)]), expected, "Value<{target}>({key})");
    }
}

#[test]
fn trees_tell_where_their_tokens_are() {
    for (path, member, expected) in [
        ("dealer.address.city", "JToken::string Path { get; }", "dealer.address.city"),
        ("tags[1]", "JToken::string Path { get; }", "tags[1]"),
        ("$", "JToken::string Path { get; }", ""),
        ("tags[0]", "JToken::JToken Next { get; }", "\"estate\""),
        ("tags[1]", "JToken::JToken Next { get; }", "<null>"),
        ("tags[1]", "JToken::JToken Previous { get; }", "\"red\""),
        ("tags", "JToken::JToken First { get; }", "\"red\""),
        ("tags", "JToken::JToken Last { get; }", "\"estate\""),
        (
            "id",
            "JToken::JToken First { get; }",
            "InvalidOperationException: Cannot access child value on Newtonsoft.Json.Linq.JValue.",
        ),
        ("owner", "JToken::JTokenType Type { get; }", "Null"),
        ("built", "JToken::JTokenType Type { get; }", "Date"),
        ("tags", "JToken::bool HasValues { get; }", "True"),
        ("$", "JContainer::int Count { get; }", "10"),
        ("tags", "JToken::IEnumerable<JToken> AncestorsAndSelf()", "3"),
        ("tags[1]", "JToken::IEnumerable<JToken> BeforeSelf()", "[\"red\"]"),
        ("tags[0]", "JToken::IEnumerable<JToken> AfterSelf()", "[\"estate\"]"),
        ("tags", "JContainer::IEnumerable<JToken> Descendants()", "[\"red\", \"estate\"]"),
        ("tags", "JToken::JEnumerable<JToken> Children()", "[\"red\", \"estate\"]"),
    ] {
        let found = with_harness(|harness| {
            let token = json(harness, CAR);
            let token = at(harness, token, path);
            if member.contains("Ancestors") {
                let sequence = harness.word(&name_of(member), &[&token]);
                // SAFETY: the member gives a sequence of tokens.
                let sequence = unsafe { harness.cx.object(sequence) }.unwrap();
                let element: Ty = ty("JToken");
                let words = sequence.elements(&mut harness.cx, element).unwrap().collect(&mut harness.cx).unwrap();
                return words.len().to_string();
            }
            harness.call(&name_of(member), &[&token])
        });
        assert_eq!(found, expected, "{path}.{member}");
    }
}

#[test]
fn trees_change_in_place() {
    let set = "JToken::JToken this[object key] { set; }";
    let add = "JContainer::void Add(object content)";
    let none: &[&dyn Arg] = &[];
    for (text, path, member, args, expected) in [
        (r#"{"a":1,"b":2}"#, "$", set, &[&"a" as &dyn Arg, &Null] as &[&dyn Arg], r#"{"a":null,"b":2}"#),
        (r#"{"a":1}"#, "$", set, &[&"c", &Null], r#"{"a":1,"c":null}"#),
        ("[1,2]", "$", set, &[&Object(0), &Null], "[null,2]"),
        (r#"{"a":1,"b":2}"#, "$", "JObject::bool Remove(string propertyName)", &[&"a"], r#"{"b":2}"#),
        (r#"{"a":1}"#, "$", "JObject::bool Remove(string propertyName)", &[&"z"], r#"{"a":1}"#),
        (r#"{"a":{"b":1}}"#, "a.b", "JToken::void Replace(JToken value)", &[&Null], r#"{"a":{"b":null}}"#),
        ("[1,2,3]", "[1]", "JToken::void Remove()", none, "[1,3]"),
        ("[1,2]", "$", "JContainer::void AddFirst(object content)", &[&Object(0)], "[0,1,2]"),
        ("[1,2]", "$", add, &[&Object(2.5)], "[1,2,2.5]"),
        ("[]", "$", add, &[&(&["x", "y"] as &[&str])], r#"["x","y"]"#),
        ("[1,2]", "[0]", "JToken::void AddAfterSelf(object content)", &[&"x"], r#"[1,"x",2]"#),
        ("[1,2]", "[0]", "JToken::void AddBeforeSelf(object content)", &[&"x"], r#"["x",1,2]"#),
        ("[1,2]", "$", "JContainer::void RemoveAll()", none, "[]"),
        ("[1,2]", "$", "JArray::void RemoveAt(int index)", &[&0], "[2]"),
        ("[1,2]", "$", "JContainer::void ReplaceAll(object content)", &[&Object(true)], "[true]"),
        ("[1,2]", "[0]", "JValue::object Value { set; }", &[&"s"], r#"["s",2]"#),
    ] {
        let found = with_harness(|harness| {
            let root = json(harness, text);
            let token = at(harness, root, path);
            let mut all: Vec<&dyn Arg> = vec![&token];
            all.extend(args);
            harness.call(&name_of(member), &all);
            written(harness, root)
        });
        assert_eq!(found, expected, "{text} {member}");
    }
}

#[test]
fn what_cannot_be_added_is_refused() {
    for (text, path, member, args, expected) in [
        (
            "{}",
            "$",
            "JContainer::void Add(object content)",
            &[&"x" as &dyn Arg] as &[&dyn Arg],
            "ArgumentException: Can not add Newtonsoft.Json.Linq.JValue to Newtonsoft.Json.Linq.JObject.",
        ),
        (
            r#"{"a":1}"#,
            "$",
            "JObject::void Add(string propertyName, JToken value)",
            &[&"a", &Null],
            "ArgumentException: Can not add property a to Newtonsoft.Json.Linq.JObject. Property with the same name \
             already exists on object.",
        ),
        ("{}", "$", "JToken::void Remove()", &[] as &[&dyn Arg], "InvalidOperationException: The parent is missing."),
        (
            r#"{"a":1}"#,
            "a",
            "JToken::void Remove()",
            &[],
            "JsonException: Cannot add or remove items from Newtonsoft.Json.Linq.JProperty.",
        ),
        (
            "[1]",
            "$",
            "JArray::JToken this[int index] { set; }",
            &[&1, &Null],
            "ArgumentOutOfRangeException: Index is equal to or greater than Count. (Parameter 'index')",
        ),
        (
            "[1]",
            "$",
            "JArray::void Insert(int index, JToken item)",
            &[&2, &Null],
            "ArgumentOutOfRangeException: Index must be within the bounds of the List. (Parameter 'index')",
        ),
        (
            "[1]",
            "$",
            "JContainer::void Add(object content)",
            &[&Object('c')],
            "ArgumentException: Could not determine JSON object type for type System.Char.",
        ),
    ] {
        let found = with_harness(|harness| {
            let token = json(harness, text);
            let token = at(harness, token, path);
            let mut all: Vec<&dyn Arg> = vec![&token];
            all.extend(args);
            harness.call(&name_of(member), &all)
        });
        assert_eq!(found, expected, "{text} {member}");
    }
}

#[test]
fn a_token_that_has_a_parent_is_copied() {
    with_harness(|harness| {
        let (first, second) = (json(harness, r#"{"i":{"x":1}}"#), json(harness, "{}"));
        let inner = at(harness, first, "i");
        let set = name_of("JObject::JToken this[string propertyName] { set; }");
        harness.call(&set, &[&second, &"copy", &inner]);
        let one = json(harness, "2");
        harness.call(&set, &[&inner, &"x", &one]);
        assert_eq!(written(harness, first), r#"{"i":{"x":2}}"#);
        assert_eq!(written(harness, second), r#"{"copy":{"x":1}}"#);
    });
}

#[test]
fn a_list_that_changes_while_it_is_walked_is_noticed() {
    with_harness(|harness| {
        let array = json(harness, "[1,2]");
        let walk = harness.word(&name_of("JArray::IEnumerator<JToken> GetEnumerator()"), &[&array]);
        let next = "System.Collections.IEnumerator::bool MoveNext()";
        assert_eq!(harness.call(next, &[&walk]), "True");
        harness.call(&name_of("JContainer::void RemoveAll()"), &[&array]);
        assert_eq!(
            harness.call(next, &[&walk]),
            "InvalidOperationException: Collection was modified; enumeration operation may not execute."
        );
    });
}

#[test]
fn trees_are_merged_and_compared() {
    for (target, source, expected) in [
        (r#"{"a":1,"b":{"x":1}}"#, r#"{"b":{"y":2},"c":3}"#, r#"{"a":1,"b":{"x":1,"y":2},"c":3}"#),
        (r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":2}"#),
        (r#"{"a":1}"#, r#"{"a":null}"#, r#"{"a":1}"#),
        (r#"{"a":[1]}"#, r#"{"a":[2]}"#, r#"{"a":[1,2]}"#),
        (r#"{"a":[1]}"#, r#"{"a":{"b":2}}"#, r#"{"a":{"b":2}}"#),
        ("[1]", "[2,[3]]", "[1,2,[3]]"),
    ] {
        with_harness(|harness| {
            let (target_token, source) = (json(harness, target), json(harness, source));
            harness.call(&name_of("JContainer::void Merge(object content)"), &[&target_token, &source]);
            assert_eq!(written(harness, target_token), expected, "{target}");
        });
    }
    for (a, b, expected) in [
        (r#"{"a":1,"b":[1,2]}"#, r#"{"b":[1,2],"a":1}"#, "True"),
        ("[1,2]", "[2,1]", "False"),
        ("1", "1.0", "False"),
        ("\"a\"", "\"a\"", "True"),
        ("null", "null", "True"),
        ("{}", "[]", "False"),
        ("12345678901234567890123", "12345678901234567890123", "True"),
    ] {
        with_harness(|harness| {
            let (a_token, b_token) = (json(harness, a), json(harness, b));
            let equal = name_of("JToken::static bool DeepEquals(JToken t1, JToken t2)");
            assert_eq!(harness.call(&equal, &[&a_token, &b_token]), expected, "{a} {b}");
        });
    }
}

#[test]
fn uris_are_written_as_they_were_made() {
    with_harness(|harness| {
        let uri = harness.word("System.Uri::Uri(string uriString)", &[&"HTTP://Example.COM:80/a b"]);
        let token = harness.word(&name_of("JValue::JValue(Uri value)"), &[&uri]);
        assert_eq!(written(harness, token), "\"HTTP://Example.COM:80/a b\"");
        assert_eq!(harness.call(&name_of("JValue::string ToString()"), &[&token]), "http://example.com/a b");
        let back = harness.word(&name_of("JToken::static explicit operator Uri(JToken value)"), &[&token]);
        assert!(back == uri);
        let none = harness.word(&name_of("JValue::JValue(Uri value)"), &[&Null]);
        assert_eq!(harness.call(&name_of("JToken::JTokenType Type { get; }"), &[&none]), "Null");
    });
}

#[test]
fn values_are_ordered_as_the_kind_of_the_first() {
    for (a, b, expected) in [
        ("1", "2", "-1"),
        ("2", "1.5", "1"),
        ("1", "1.0", "0"),
        ("\"a\"", "\"d\"", "-3"),
        ("\"10\"", "9", "1"),
        ("\"x\"", "1", "FormatException: Input string was not in a correct format."),
        ("1", "\"x\"", "FormatException: Input string was not in a correct format."),
        ("null", "1", "-1"),
        ("null", "null", "0"),
        ("true", "false", "1"),
        ("12345678901234567890123", "1", "1"),
        ("\"2024-03-05T14:07:09Z\"", "\"2024-03-05T14:07:10Z\"", "-1"),
    ] {
        with_harness(|harness| {
            let (a_token, b_token) = (json(harness, a), json(harness, b));
            let compare = name_of("JValue::int CompareTo(JValue obj)");
            assert_eq!(harness.call(&compare, &[&a_token, &b_token]), expected, "{a} {b}");
        });
    }
}

#[test]
fn values_are_written_as_their_types_are() {
    for (constructor, value, text, json) in [
        ("long", &1_i64 as &dyn Arg, "1", "1"),
        ("double", &1.0, "1", "1.0"),
        ("double", &f64::NAN, "NaN", "\"NaN\""),
        ("double", &1e300, "1E+300", "1E+300"),
        ("float", &0.1_f32, "0.1", "0.1"),
        ("bool", &true, "True", "true"),
        ("char", &'x', "x", "\"x\""),
        ("ulong", &u64::MAX, "18446744073709551615", "18446744073709551615"),
        ("string", &"a\"b", "a\"b", "\"a\\\"b\""),
        ("string", &Null, "", "null"),
        ("object", &Null, "", "null"),
        ("object", &Object(5_u8), "5", "5"),
        ("object", &Object(-5_i8), "-5", "-5"),
        ("DateTime", &DateTime::UNIX_EPOCH, "01/01/1970 00:00:00", "\"1970-01-01T00:00:00Z\""),
        ("DateTime", &DateTime::MIN, "01/01/0001 00:00:00", "\"0001-01-01T00:00:00\""),
        ("TimeSpan", &TimeSpan::from_ticks(54_000_000_000), "01:30:00", "\"01:30:00\""),
        ("object", &(&[1_u8, 2, 3][..]), "System.Byte[]", "\"AQID\""),
    ] {
        with_harness(|harness| {
            let token = harness.word(&name_of(&format!("JValue::JValue({constructor} value)")), &[value]);
            assert_eq!(harness.call(&name_of("JValue::string ToString()"), &[&token]), text);
            assert_eq!(written(harness, token), json);
        });
    }
}

#[test]
fn sequences_of_tokens_have_members_of_their_own() {
    let books = r#"{"b":[{"n":1,"t":["x"]},{"n":2,"t":["y","z"]},{"t":[]}]}"#;
    let token = ty("JToken");
    for (path, member, args, expected) in [
        (
            "b",
            "Extensions::static IJEnumerable<JToken> Values(this IEnumerable<JToken> source, object key)",
            &[&"n" as &dyn Arg] as &[&dyn Arg],
            "[1, 2]",
        ),
        (
            "b",
            "Extensions::static IEnumerable<U> Values<U>(this IEnumerable<JToken> source, object key)",
            &[&"n", &ty("string")],
            "[1, 2]",
        ),
        (
            "b[1].t",
            "Extensions::static IEnumerable<U> Values<U>(this IEnumerable<JToken> source)",
            &[&ty("string")],
            "[y, z]",
        ),
        ("b[1].t", "JToken::IEnumerable<T> Values<T>()", &[&ty("string")], "[y, z]"),
        (
            "b[0].n",
            "JToken::IEnumerable<T> Values<T>()",
            &[&ty("int")],
            "InvalidOperationException: Cannot access child value on Newtonsoft.Json.Linq.JValue.",
        ),
        ("b[0].n", "Extensions::static U Value<U>(this IEnumerable<JToken> value)", &[&ty("int")], "1"),
        (
            "b[0].x",
            "Extensions::static U Value<U>(this IEnumerable<JToken> value)",
            &[&ty("int")],
            "ArgumentNullException: Value cannot be null. (Parameter 'value')",
        ),
        (
            "b",
            "Extensions::static IJEnumerable<JToken> Children<T>(this IEnumerable<T> source) where T : JToken",
            &[&token],
            r#"["n":1, "t":["x"], "n":2, "t":["y","z"], "t":[]]"#,
        ),
        (
            "b",
            "Extensions::static IJEnumerable<JProperty> Properties(this IEnumerable<JObject> source)",
            &[],
            r#"["n":1, "t":["x"], "n":2, "t":["y","z"], "t":[]]"#,
        ),
        (
            "b[0].t",
            "Extensions::static IJEnumerable<JToken> Ancestors<T>(this IEnumerable<T> source) where T : JToken",
            &[&token],
            "2",
        ),
    ] {
        let found = with_harness(|harness| {
            let root = json(harness, books);
            let source = at(harness, root, path);
            let mut all: Vec<&dyn Arg> = vec![&source];
            all.extend(args);
            let found = harness.call(&name_of(member), &all);
            if member.contains("Ancestors") { found.matches("\"b\":").count().to_string() } else { found }
        });
        assert_eq!(found, expected, "{path} {member}");
    }
}

#[test]
fn tokens_are_lists_and_dictionaries() {
    with_harness(|harness| {
        let (array, object) = (json(harness, "[1,2]"), json(harness, r#"{"a":1}"#));
        let three = json(harness, "3");
        harness.call("System.Collections.Generic.ICollection::void Add(T item)", &[&array, &three]);
        assert_eq!(written(harness, array), "[1,2,3]");
        let list = ty("IList<JToken>");
        let item = "System.Collections.Generic.IList::T this[int index] { get; }";
        let found = harness.word_on(Some(list), item, &[&array, &2]);
        assert!(found == three);
        let dictionary = Some(ty("IDictionary<string, JToken>"));
        let name = |member: &str| format!("System.Collections.Generic.IDictionary::{member}");
        let get = name("TValue this[TKey key] { get; }");
        assert_eq!(harness.call_on(dictionary, &get, &[&object, &"a"]), "1");
        assert_eq!(harness.call_on(dictionary, &get, &[&object, &"b"]), "<null>");
        harness.call_on(dictionary, &name("void Add(TKey key, TValue value)"), &[&object, &"b", &three]);
        assert_eq!(written(harness, object), r#"{"a":1,"b":3}"#);
        assert_eq!(harness.call_on(dictionary, &name("ICollection<TKey> Keys { get; }"), &[&object]), "[a, b]");
        assert_eq!(harness.call_on(dictionary, &name("bool Remove(TKey key)"), &[&object, &"a"]), "True");
        assert_eq!(written(harness, object), r#"{"b":3}"#);
    });
}

#[test]
fn an_object_is_walked_as_pairs_or_as_properties() {
    with_harness(|harness| {
        let object = json(harness, r#"{"a":1,"b":[2]}"#);
        // SAFETY: the word of a token.
        let object = unsafe { harness.cx.object(object) }.unwrap();
        for (element, expected) in
            [("KeyValuePair<string, JToken>", ["[a, 1]", "[b, [\n  2\n]]"]), ("JToken", ["\"a\":1", "\"b\":[2]"])]
        {
            let element = ty(element);
            let words = object.elements(&mut harness.cx, element).unwrap().collect(&mut harness.cx).unwrap();
            let shown: Vec<String> = words.into_iter().map(|word| harness.show(Some(element), word)).collect();
            assert_eq!(shown, expected);
        }
    });
}

#[test]
fn trees_are_keys_of_dictionaries_by_content() {
    with_harness(|harness| {
        let tokens: Vec<Word> =
            [r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, "[1,2]", "[2,1]"].map(|text| json(harness, text)).to_vec();
        let comparer = harness.word(&name_of("JToken::static JTokenEqualityComparer EqualityComparer { get; }"), &[]);
        let equals = name_of("JTokenEqualityComparer::bool Equals(JToken x, JToken y)");
        let hash = name_of("JTokenEqualityComparer::int GetHashCode(JToken obj)");
        assert_eq!(harness.call(&equals, &[&comparer, &tokens[0], &tokens[1]]), "True");
        assert_eq!(harness.call(&equals, &[&comparer, &tokens[2], &tokens[3]]), "False");
        assert_eq!(harness.call(&hash, &[&comparer, &tokens[0]]), harness.call(&hash, &[&comparer, &tokens[1]]));
    });
}

#[test]
fn values_of_all_types_have_json() {
    let serialize = "Newtonsoft.Json.JsonConvert::static string SerializeObject(object value)";
    with_harness(|harness| {
        let anonymous = Ty::anonymous(&[("id", ty("int")), ("name", ty("string")), ("none", ty("object"))]);
        let name = harness.cx.str("x").word();
        let id = Word(1);
        let inner = crate::object::Anonymous::new(&harness.cx, anonymous, &[id, name, Word::ZERO]);
        let inner = crate::object::object_of(inner).word();
        assert_eq!(harness.call(serialize, &[&inner]), r#"{"id":1,"name":"x","none":null}"#);
        let pair = "System.Collections.Generic.KeyValuePair::KeyValuePair(TKey key, TValue value)";
        let pair = harness.word_on(Some(ty("KeyValuePair<string, int>")), pair, &[&"k", &1]);
        assert_eq!(harness.call(serialize, &[&pair]), r#"{"Key":"k","Value":1}"#);
        let list = harness.word_on(Some(ty("List<object>")), "System.Collections.Generic.List::List()", &[]);
        for item in [&Object(1) as &dyn Arg, &"a", &Null, &inner] {
            harness.call("System.Collections.Generic.List::void Add(T item)", &[&list, item]);
        }
        let expected = r#"[1,"a",null,{"id":1,"name":"x","none":null}]"#;
        assert_eq!(harness.call(serialize, &[&list]), expected);
        let from_object = name_of("JToken::static JToken FromObject(object o)");
        assert_eq!(harness.call(&from_object, &[&list]), expected);
        let array_of = name_of("JArray::static JArray FromObject(object o)");
        assert_eq!(harness.call(&array_of, &[&list]), expected);
        assert_eq!(
            harness.call(&array_of, &[&inner]),
            "ArgumentException: Object serialized to Object. JArray instance expected."
        );
        assert_eq!(
            harness.call(&name_of("JObject::static JObject FromObject(object o)"), &[&"x"]),
            "ArgumentException: Object serialized to String. JObject instance expected."
        );
        harness.call("System.Collections.Generic.List::void Add(T item)", &[&list, &list]);
        assert_eq!(
            harness.call(serialize, &[&list]),
            "JsonSerializationException: Self referencing loop detected with type \
             'System.Collections.Generic.List`1[System.Object]'. Path ''."
        );
        let dictionary = harness.word_on(
            Some(ty("Dictionary<int, object>")),
            "System.Collections.Generic.Dictionary::Dictionary()",
            &[],
        );
        let set = "System.Collections.Generic.Dictionary::TValue this[TKey key] { set; }";
        harness.call_on(Some(ty("Dictionary<int, object>")), set, &[&dictionary, &7, &Object(1.5)]);
        assert_eq!(harness.call(serialize, &[&dictionary]), r#"{"7":1.5}"#);
        let indented =
            "Newtonsoft.Json.JsonConvert::static string SerializeObject(object value, Formatting formatting)";
        assert_eq!(harness.call(indented, &[&dictionary, &1]), "{\n  \"7\": 1.5\n}");
        let property = json(harness, r#"{"a":1}"#);
        let property = harness.word(&name_of("JToken::JToken First { get; }"), &[&property]);
        let properties = harness.word_on(Some(ty("List<object>")), "System.Collections.Generic.List::List()", &[]);
        harness.call("System.Collections.Generic.List::void Add(T item)", &[&properties, &property]);
        assert_eq!(
            harness.call(serialize, &[&properties]),
            "JsonWriterException: Token PropertyName in state ArrayStart would result in an invalid JSON object. Path ''."
        );
        for (value, expected) in [
            (&Null as &dyn Arg, "null"),
            (&"a\"b", "\"a\\\"b\""),
            (&Object(5), "5"),
            (&Object(true), "true"),
            (&Object('c'), "\"c\""),
            (&Object(1.0), "1.0"),
            (&Object(DateTime::UNIX_EPOCH), "\"1970-01-01T00:00:00Z\""),
            (&(&[1_u8, 2, 3][..]), "\"AQID\""),
            (&(&["a", "b"] as &[&str]), r#"["a","b"]"#),
            (&crate::testing::Items("int", &[&1, &2]), "[1,2]"),
        ] {
            assert_eq!(harness.call(serialize, &[value]), expected);
        }
    });
}
