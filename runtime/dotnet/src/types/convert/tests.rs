//! Conversions through their rows.

use crate::format::Decimal;
use crate::format::time::DateTime;
use crate::testing::{Arg, Null, Object, call, ty, with_harness};

fn to(target: &str, parameter: &str, arg: &dyn Arg) -> String {
    let keyword = match target {
        "Int32" => "int",
        "Int64" => "long",
        "Byte" => "byte",
        "SByte" => "sbyte",
        "Int16" => "short",
        "UInt32" => "uint",
        "Double" => "double",
        "Single" => "float",
        "Decimal" => "decimal",
        "Boolean" => "bool",
        "Char" => "char",
        "String" => "string",
        other => other,
    };
    call(&format!("System.Convert::static {keyword} To{target}({parameter} value)"), &[arg])
}

#[test]
fn numbers_are_converted_or_refused() {
    let too_large = "OverflowException: Value was either too large or too small for an Int32.";
    for (target, parameter, arg, expected) in [
        ("Int32", "double", &2.5 as &dyn Arg, "2"),
        ("Int32", "double", &3.5, "4"),
        ("Int32", "double", &3e10, too_large),
        ("Int32", "long", &3_000_000_000_i64, too_large),
        ("Int32", "char", &'A', "65"),
        ("Int32", "bool", &true, "1"),
        ("Int32", "decimal", &Decimal::from_parts(45, 1, false), "4"),
        ("Int16", "int", &40000, "OverflowException: Value was either too large or too small for an Int16."),
        ("UInt32", "int", &-1, "OverflowException: Value was either too large or too small for a UInt32."),
        ("Byte", "double", &300.0, "OverflowException: Value was either too large or too small for an unsigned byte."),
        ("Int32", "DateTime", &DateTime::MIN, "InvalidCastException: Invalid cast from 'DateTime' to 'Int32'."),
        ("Double", "char", &'a', "InvalidCastException: Invalid cast from 'Char' to 'Double'."),
        ("Double", "int", &7, "7"),
        ("Single", "double", &0.1, "0.1"),
        ("Decimal", "double", &1.1, "1.1"),
        ("Boolean", "int", &2, "True"),
        ("Char", "int", &65, "A"),
        ("Char", "int", &-1, "OverflowException: Value was either too large or too small for a character."),
        ("DateTime", "int", &1, "InvalidCastException: Invalid cast from 'Int32' to 'DateTime'."),
    ] {
        assert_eq!(to(target, parameter, arg), expected, "{target} of {parameter}");
    }
}

#[test]
fn texts_are_converted() {
    for (target, text, expected) in [
        ("Int32", "42", "42"),
        ("Int32", "5.0", "FormatException: Input string was not in a correct format."),
        ("Boolean", " True ", "True"),
        ("Boolean", "yes", "FormatException: String 'yes' was not recognized as a valid Boolean."),
        ("Double", "1,5", "15"),
        ("Decimal", "1.50", "1.50"),
        ("Char", "q", "q"),
        ("DateTime", "2024-03-05", "2024-03-05T00:00:00.0000000"),
    ] {
        assert_eq!(to(target, "string", &text), expected, "{target} {text}");
    }
    for (target, expected) in [
        ("Int32", "0"),
        ("Boolean", "False"),
        ("Decimal", "0"),
        ("String", "<null>"),
        ("Char", "ArgumentNullException: Value cannot be null. (Parameter 'value')"),
    ] {
        assert_eq!(to(target, "string", &Null), expected, "{target}");
    }
}

#[test]
fn objects_are_converted_by_what_they_are() {
    for (target, arg, expected) in [
        ("Int32", &"12" as &dyn Arg, "12"),
        ("Int32", &Object(true), "1"),
        ("Int32", &Object(7_i64), "7"),
        ("Int32", &Null, "0"),
        ("Int64", &Object(2.5), "2"),
        ("Double", &Object(7), "7"),
        ("Boolean", &Null, "False"),
        ("String", &Null, ""),
        ("String", &Object(1.5), "1.5"),
        ("Decimal", &Object(Decimal::ONE), "1"),
    ] {
        assert_eq!(to(target, "object", arg), expected, "{target}");
    }
    with_harness(|harness| {
        let object = harness.word("System.Object::Object()", &[]);
        assert_eq!(
            harness.call("System.Convert::static int ToInt32(object value)", &[&object]),
            "InvalidCastException: Unable to cast object of type 'System.Object' to type 'System.IConvertible'."
        );
        let long = harness.word("System.Type::static Type GetTypeFromHandle<T>()", &[&ty("long")]);
        let change = "System.Convert::static object ChangeType(object value, Type conversionType)";
        let changed = harness.word(change, &[&"12", &long]);
        assert_eq!(harness.call("System.Object::Type GetType()", &[&changed]), "System.Int64");
        assert_eq!(
            harness.call(change, &[&Null, &long]),
            "InvalidCastException: Null object cannot be converted to a value type."
        );
        let code = "System.Convert::static object ChangeType(object value, TypeCode typeCode)";
        assert_eq!(harness.call(code, &[&Object(1), &3]), "True");
    });
}

#[test]
fn other_bases_are_read_and_written() {
    let read = "System.Convert::static int ToInt32(string value, int fromBase)";
    for (text, base, expected) in [
        ("101", 2, "5"),
        ("ff", 16, "255"),
        ("0x1F", 16, "31"),
        ("FFFFFFFF", 16, "-1"),
        ("xyz", 16, "FormatException: Could not find any recognizable digits."),
        ("12", 7, "ArgumentException: Invalid Base."),
    ] {
        assert_eq!(call(read, &[&text, &base]), expected, "{text}");
    }
    assert_eq!(call(read, &[&Null, &16]), "0");
    assert_eq!(call("System.Convert::static string ToString(int value, int toBase)", &[&-1, &16]), "ffffffff");
    assert_eq!(call("System.Convert::static byte ToByte(string value, int fromBase)", &[&"7f", &16]), "127");
}

#[test]
fn bytes_are_written_as_text() {
    let bytes: &[u8] = &[0, 255, 254, 1];
    assert_eq!(call("System.Convert::static string ToBase64String(byte[] inArray)", &[&bytes]), "AP/+AQ==");
    let part = "System.Convert::static string ToBase64String(byte[] inArray, int offset, int length)";
    assert_eq!(call(part, &[&bytes, &1, &2]), "//4=");
    assert!(call(part, &[&bytes, &3, &2]).starts_with("ArgumentOutOfRangeException: Offset and length"));
    let read = "System.Convert::static byte[] FromBase64String(string s)";
    assert_eq!(call(read, &[&" AP/+\nAQ== "]), "[0, 255, 254, 1]");
    assert!(call(read, &[&"-_-_"]).starts_with("FormatException: The input is not a valid Base-64 string"));
    assert_eq!(call(read, &[&Null]), "ArgumentNullException: Value cannot be null. (Parameter 's')");
    assert_eq!(call("System.Convert::static string ToHexString(byte[] inArray)", &[&bytes]), "00FFFE01");
    let hex = "System.Convert::static byte[] FromHexString(string s)";
    assert_eq!(call(hex, &[&"00fF"]), "[0, 255]");
    assert!(call(hex, &[&"0"]).starts_with("FormatException: "));
    assert!(call(hex, &[&"0é"]).starts_with("FormatException: "));
}

#[test]
fn json_values_convert_as_their_casts_do() {
    for (json, target, expected) in [
        ("5", "Int32", "5"),
        ("\"12\"", "Int64", "12"),
        ("null", "Int32", "ArgumentException: Can not convert Null to Int32."),
        ("1.5", "String", "1.5"),
        ("null", "String", ""),
        ("true", "Boolean", "True"),
        ("\"x\"", "Double", "FormatException: Input string was not in a correct format."),
        (
            "[]",
            "Int32",
            "InvalidCastException: Unable to cast object of type 'Newtonsoft.Json.Linq.JArray' to type \
                        'System.IConvertible'.",
        ),
    ] {
        with_harness(|harness| {
            let token = harness.word("Newtonsoft.Json.Linq.JToken::static JToken Parse(string json)", &[&json]);
            let keyword = match target {
                "Int32" => "int",
                "Int64" => "long",
                "String" => "string",
                "Boolean" => "bool",
                _ => "double",
            };
            let convert = format!("System.Convert::static {keyword} To{target}(object value)");
            assert_eq!(harness.call(&convert, &[&token]), expected, "{json}");
        });
    }
}
