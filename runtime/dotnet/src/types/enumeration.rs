//! `System.Enum`: what all enumerations can do.
//!
//! The underlying type of every enumeration is `int`. Not here: the enumerations themselves (`enums` and others).

use dotnet_macros::members;

use crate::array::AnyArray;
use crate::cx::Cx;
use crate::object::{self, Boxed, Obj, Ops, REFERENCE};
use crate::rt::{Out, scalar_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, FORMAT_EXCEPTION, OVERFLOW_EXCEPTION};
use crate::types::number::INT32;
use crate::types::primitive::{sign_of, value_of};
use crate::types::reflection::TypeObj;
use crate::types::string::as_string;
use crate::word::{IntoWord, Word};

/// The members of `System.Enum`.
pub struct Enum;

/// The base of all enumerations.
#[members("public abstract class System.Enum : ValueType, IComparable, IFormattable", as = ENUM, ops = ENUM_OPS)]
impl<'a> Enum {
    /// The name of the value, the names of its flags, or its number.
    #[member("string ToString()", pure)]
    fn to_text(this: Obj<'a>, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        this.to_text(cx)
    }

    /// The value in one of the formats `G`, `F` (names), `D` (decimal) and `X` (hexadecimal).
    ///
    /// # Throws
    /// `FormatException` for another format.
    #[member("string ToString(string format)", pure)]
    fn to_text_in(this: Obj<'a>, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
        formatted(cx, this.ty(), value_of(this), format)
    }

    /// The value in a format; the culture does not matter.
    #[member("string ToString(string format, IFormatProvider provider)", pure)]
    fn to_text_of_culture(
        this: Obj<'a>,
        cx: &mut Cx<'a>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        formatted(cx, this.ty(), value_of(this), format)
    }

    /// The name of the value, the names of its flags, or its number.
    #[member("string ToString(IFormatProvider provider)", pure)]
    fn to_text_of_provider(this: Obj<'a>, cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> Result<Str<'a>, Throw> {
        this.to_text(cx)
    }

    /// Whether the other is the same value of the same enumeration.
    #[member("bool Equals(object obj)", pure)]
    fn equals(this: Obj<'a>, obj: Option<Obj<'a>>) -> bool {
        obj.is_some_and(|other| same_value(this, other))
    }

    /// The number of the value.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(this: Obj<'a>) -> i32 {
        value_of(this)
    }

    /// The order of the two numbers; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the other is of another type.
    #[member("int CompareTo(object target)", pure)]
    fn compare_to(this: Obj<'a>, cx: &mut Cx<'a>, target: Option<Obj<'a>>) -> Result<i32, Throw> {
        let Some(target) = target else { return Ok(1) };
        if target.ty() != this.ty() {
            let (given, expected) = (target.ty().full_name(), this.ty().full_name());
            let message = format!(
                "Object must be the same type as the enum. The type passed in was '{given}'; the enum type was '{expected}'."
            );
            return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), &message));
        }
        Ok(sign_of(value_of::<i32>(this).cmp(&value_of(target))))
    }

    /// Whether all bits of `flag` are set in this value.
    ///
    /// # Throws
    /// `ArgumentException` if the flag is of another enumeration.
    #[member("bool HasFlag(Enum flag)", pure)]
    fn has_flag(this: Obj<'a>, cx: &mut Cx<'a>, flag: Obj<'a>) -> Result<bool, Throw> {
        if flag.ty() != this.ty() {
            let (given, expected) = (flag.ty().full_name(), this.ty().full_name());
            let message = format!("The argument type, '{given}', is not the same as the enum type '{expected}'.");
            return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), &message));
        }
        let flag = value_of::<i32>(flag);
        Ok(value_of::<i32>(this) & flag == flag)
    }

    /// The kind of the underlying type.
    #[member("TypeCode GetTypeCode()", pure)]
    fn get_type_code(_this: Obj<'a>) -> i32 {
        9
    }

    /// The value that the text names, or whose number it is.
    ///
    /// # Throws
    /// `ArgumentException` if no value has the name.
    #[member("static object Parse(Type enumType, string value)", pure)]
    fn parse(cx: &mut Cx<'a>, ty: &'a TypeObj, value: Str<'a>) -> Result<Word, Throw> {
        Self::parse_in_case(cx, ty, value, false)
    }

    /// The value that the text names, or whose number it is; the case of letters may not matter.
    ///
    /// # Throws
    /// `ArgumentException` if no value has the name.
    #[member("static object Parse(Type enumType, string value, bool ignoreCase)", pure)]
    fn parse_in_case(cx: &mut Cx<'a>, ty: &'a TypeObj, value: Str<'a>, ignore_case: bool) -> Result<Word, Throw> {
        let ty = enumeration(cx, ty.ty(), "enumType")?;
        let value = parse(ty, value, ignore_case).map_err(|fault| fault.throw(cx))?;
        Ok(boxed(cx, ty, value))
    }

    /// The value that the text names, or whose number it is.
    ///
    /// # Throws
    /// `ArgumentException` if no value has the name.
    #[member("static TEnum Parse<TEnum>(string value)", pure)]
    fn parse_generic(cx: &mut Cx<'a>, value: Str<'a>, ty: Ty) -> Result<Word, Throw> {
        Self::parse_generic_in_case(cx, value, false, ty)
    }

    /// The value that the text names, or whose number it is; the case of letters may not matter.
    ///
    /// # Throws
    /// `ArgumentException` if no value has the name.
    #[member("static TEnum Parse<TEnum>(string value, bool ignoreCase)", pure)]
    fn parse_generic_in_case(cx: &mut Cx<'a>, value: Str<'a>, ignore_case: bool, ty: Ty) -> Result<Word, Throw> {
        let ty = enumeration(cx, ty, "enumType")?;
        parse(ty, value, ignore_case).map(|value| value.into_word(cx)).map_err(|fault| fault.throw(cx))
    }

    /// Whether the text names a value or is a number; the value comes back in `result`.
    #[member("static bool TryParse<TEnum>(string value, out TEnum result)")]
    fn try_parse(cx: &mut Cx<'a>, value: Option<Str<'a>>, result: Out<'a>, ty: Ty) -> Result<bool, Throw> {
        Self::try_parse_in_case(cx, value, false, result, ty)
    }

    /// Whether the text names a value or is a number; the value comes back in `result`.
    #[member("static bool TryParse<TEnum>(string value, bool ignoreCase, out TEnum result)")]
    fn try_parse_in_case(
        cx: &mut Cx<'a>,
        value: Option<Str<'a>>,
        ignore_case: bool,
        result: Out<'a>,
        ty: Ty,
    ) -> Result<bool, Throw> {
        let ty = enumeration(cx, ty, "enumType")?;
        let parsed = value.and_then(|value| parse(ty, value, ignore_case).ok());
        result.set(cx, parsed.unwrap_or(0));
        Ok(parsed.is_some())
    }

    /// Whether the text names a value or is a number; the value comes back in `result`.
    #[member("static bool TryParse(Type enumType, string value, out object result)")]
    fn try_parse_object(
        cx: &mut Cx<'a>,
        ty: &'a TypeObj,
        value: Option<Str<'a>>,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        Self::try_parse_object_in_case(cx, ty, value, false, result)
    }

    /// Whether the text names a value or is a number; the value comes back in `result`.
    #[member("static bool TryParse(Type enumType, string value, bool ignoreCase, out object result)")]
    fn try_parse_object_in_case(
        cx: &mut Cx<'a>,
        ty: &'a TypeObj,
        value: Option<Str<'a>>,
        ignore_case: bool,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let ty = enumeration(cx, ty.ty(), "enumType")?;
        let parsed = value.and_then(|value| parse(ty, value, ignore_case).ok());
        let word = parsed.map_or(Word::ZERO, |value| boxed(cx, ty, value));
        result.set(cx, word);
        Ok(parsed.is_some())
    }

    /// The names of all values, in the order of the values.
    #[member("static string[] GetNames(Type enumType)")]
    fn get_names(cx: &mut Cx<'a>, ty: &'a TypeObj) -> Result<Obj<'a>, Throw> {
        Self::get_names_generic(cx, ty.ty())
    }

    /// The names of all values, in the order of the values.
    #[member("static string[] GetNames<TEnum>()")]
    fn get_names_generic(cx: &mut Cx<'a>, ty: Ty) -> Result<Obj<'a>, Throw> {
        let ty = enumeration(cx, ty, "enumType")?;
        let names: Vec<Str<'a>> = ty.def.constants.iter().map(|(name, _)| cx.str(name)).collect();
        Ok(object::object_of(crate::array::Array::of_strings(cx, &names)))
    }

    /// All values in order.
    #[member("static Array GetValues(Type enumType)")]
    fn get_values(cx: &mut Cx<'a>, ty: &'a TypeObj) -> Result<Obj<'a>, Throw> {
        Self::get_values_generic(cx, ty.ty())
    }

    /// All values in order.
    #[member("static TEnum[] GetValues<TEnum>()")]
    fn get_values_generic(cx: &mut Cx<'a>, ty: Ty) -> Result<Obj<'a>, Throw> {
        let ty = enumeration(cx, ty, "enumType")?;
        let words: Vec<Word> =
            ty.def.constants.iter().map(|(_, value)| Word(u64::from(*value as i32 as u32))).collect();
        Ok(AnyArray::new(cx, ty, &words).object())
    }

    /// The name of a value; null if it has none.
    #[member("static string GetName(Type enumType, object value)", pure)]
    fn get_name(cx: &mut Cx<'a>, ty: &'a TypeObj, value: Obj<'a>) -> Result<Option<Str<'a>>, Throw> {
        let ty = enumeration(cx, ty.ty(), "enumType")?;
        let value = number_of(cx, value)?;
        Ok(name_of(ty, value).map(|name| cx.str(name)))
    }

    /// The name of a value; null if it has none.
    #[member("static string GetName<TEnum>(TEnum value)", pure)]
    fn get_name_generic(cx: &mut Cx<'a>, value: Word, ty: Ty) -> Result<Option<Str<'a>>, Throw> {
        let ty = enumeration(cx, ty, "enumType")?;
        Ok(name_of(ty, i64::from(scalar_of::<i32>(value))).map(|name| cx.str(name)))
    }

    /// Whether the enumeration has a value of this number or name.
    ///
    /// # Throws
    /// `ArgumentException` if `value` is no `int`, no string and no value of this enumeration.
    #[member("static bool IsDefined(Type enumType, object value)", pure)]
    fn is_defined(cx: &mut Cx<'a>, ty: &'a TypeObj, value: Obj<'a>) -> Result<bool, Throw> {
        let ty = enumeration(cx, ty.ty(), "enumType")?;
        if let Some(name) = as_string(value) {
            return Ok(ty.def.constants.iter().any(|(constant, _)| name == **constant));
        }
        if value.ty() != ty && value.ty() != Ty(&INT32) {
            let message = format!(
                "Enum underlying type and the object must be same type or object must be a String. Type passed in was \
                 '{}'; the enum underlying type was 'System.Int32'.",
                value.ty().full_name()
            );
            return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), &message));
        }
        Ok(name_of(ty, i64::from(value_of::<i32>(value))).is_some())
    }

    /// Whether the enumeration has a name for this value.
    #[member("static bool IsDefined<TEnum>(TEnum value)", pure)]
    fn is_defined_generic(value: Word, ty: Ty) -> bool {
        name_of(ty, i64::from(scalar_of::<i32>(value))).is_some()
    }

    /// The value of this number.
    #[member("static object ToObject(Type enumType, object value)", pure)]
    fn to_object(cx: &mut Cx<'a>, ty: &'a TypeObj, value: Obj<'a>) -> Result<Word, Throw> {
        let ty = enumeration(cx, ty.ty(), "enumType")?;
        let value = number_of(cx, value)?;
        Ok(boxed(cx, ty, value as i32))
    }

    /// The value of this number.
    #[member("static object ToObject(Type enumType, int value)", pure)]
    fn to_object_of_int(cx: &mut Cx<'a>, ty: &'a TypeObj, value: i32) -> Result<Word, Throw> {
        let ty = enumeration(cx, ty.ty(), "enumType")?;
        Ok(boxed(cx, ty, value))
    }

    /// The value of the low 32 bits of this number.
    #[member("static object ToObject(Type enumType, long value)", pure)]
    fn to_object_of_long(cx: &mut Cx<'a>, ty: &'a TypeObj, value: i64) -> Result<Word, Throw> {
        let ty = enumeration(cx, ty.ty(), "enumType")?;
        Ok(boxed(cx, ty, value as i32))
    }

    /// The type of the numbers: `int`.
    #[member("static Type GetUnderlyingType(Type enumType)", pure)]
    fn get_underlying_type(cx: &mut Cx<'a>, ty: &'a TypeObj) -> Result<&'a TypeObj, Throw> {
        enumeration(cx, ty.ty(), "enumType")?;
        Ok(TypeObj::of(Ty(&INT32)))
    }

    /// A value in one of the formats `G`, `F`, `D` and `X`.
    ///
    /// # Throws
    /// `FormatException` for another format.
    #[member("static string Format(Type enumType, object value, string format)", pure)]
    fn format(cx: &mut Cx<'a>, ty: &'a TypeObj, value: Obj<'a>, format: Str<'a>) -> Result<Str<'a>, Throw> {
        let ty = enumeration(cx, ty.ty(), "enumType")?;
        let value = number_of(cx, value)?;
        formatted(cx, ty, value as i32, Some(format))
    }
}

/// The behaviour of enumerations: the name as text, the number for everything else.
pub static ENUM_OPS: Ops = Ops {
    to_text: |cx, object| formatted(cx, object.ty(), value_of(object), None),
    format: Some(|cx, object, format| formatted(cx, object.ty(), value_of(object), Some(format))),
    equals: |_, a, b| Ok(same_value(a, b)),
    hash: |_, object| Ok(value_of(object)),
    compare: Some(|_, a, b| Ok(value_of::<i32>(a).cmp(&value_of(b)))),
    ..REFERENCE
};

fn same_value(a: Obj<'_>, b: Obj<'_>) -> bool {
    a.ty() == b.ty() && value_of::<i32>(a) == value_of::<i32>(b)
}

fn boxed(cx: &mut Cx<'_>, ty: Ty, value: i32) -> Word {
    let word = value.into_word(cx);
    object::boxed(cx, ty, word)
}

/// The enumeration that a type is.
fn enumeration(cx: &mut Cx<'_>, ty: Ty, parameter: &str) -> Result<Ty, Throw> {
    if ty.is_enum() {
        return Ok(ty);
    }
    Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "Type provided must be an Enum.", parameter))
}

/// The number in a box of an integer or an enumeration.
fn number_of(cx: &mut Cx<'_>, value: Obj<'_>) -> Result<i64, Throw> {
    let is_number = value.ty().is_enum() || crate::types::number::is_integer(value.ty());
    match value.downcast::<Boxed>() {
        Some(boxed) if is_number => Ok(crate::types::number::widened(value.ty(), boxed.value)),
        _ => {
            let message =
                "The value passed in must be an enum base or an underlying type for an enum, such as an Int32.";
            Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "value"))
        }
    }
}

/// The name that an enumeration has for a number.
#[must_use]
pub fn name_of(ty: Ty, value: i64) -> Option<&'static str> {
    ty.def.constants.iter().find(|(_, constant)| *constant == value).map(|(name, _)| *name)
}

/// The text of an enumeration's value: its name, the names of its flags, or the number.
#[must_use]
pub fn enum_text(ty: Ty, value: i64) -> String {
    match name_of(ty, value) {
        Some(name) => name.to_owned(),
        None if ty.def.declaration.contains("flags ") => flag_names(ty, value).unwrap_or_else(|| value.to_string()),
        None => value.to_string(),
    }
}

/// The names of the flags that a value consists of.
fn flag_names(ty: Ty, value: i64) -> Option<String> {
    let mut rest = value;
    let mut names = Vec::new();
    for (name, constant) in ty.def.constants.iter().rev() {
        if *constant != 0 && rest & constant == *constant {
            rest &= !constant;
            names.push(*name);
        }
    }
    names.reverse();
    (rest == 0 && !names.is_empty()).then(|| names.join(", "))
}

fn formatted<'a>(cx: &mut Cx<'a>, ty: Ty, value: i32, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
    let wide = i64::from(value);
    Ok(match format.map(Str::bytes) {
        None | Some(b"" | b"G" | b"g") => match name_of(ty, wide) {
            Some(name) => cx.str(name),
            None => cx.str(&enum_text(ty, wide)),
        },
        Some(b"D" | b"d") => cx.write(|out| crate::format::number::integer::write(out, value)),
        Some(b"X" | b"x") => cx.str(&format!("{value:08X}")),
        Some(b"F" | b"f") => {
            let text = name_of(ty, wide).map(str::to_owned).or_else(|| flag_names(ty, wide));
            cx.str(&text.unwrap_or_else(|| value.to_string()))
        }
        Some(_) => {
            let message = r#"Format string can be only "G", "g", "X", "x", "F", "f", "D" or "d"."#;
            return Err(cx.throw(Ty(&FORMAT_EXCEPTION), message));
        }
    })
}

/// Why a text is no value of an enumeration.
enum Unparsed {
    Empty,
    Overflow,
    NotFound(String),
}

impl Unparsed {
    #[cold]
    fn throw(self, cx: &mut Cx<'_>) -> Throw {
        match self {
            Self::Empty => {
                let message = "Must specify valid information for parsing in the string.";
                cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "value")
            }
            Self::Overflow => {
                cx.throw(Ty(&OVERFLOW_EXCEPTION), "Value was either too large or too small for an Int32.")
            }
            Self::NotFound(text) => {
                cx.throw(Ty(&ARGUMENT_EXCEPTION), &format!("Requested value '{text}' was not found."))
            }
        }
    }
}

/// The value that a text names: a number, or names with commas between them.
fn parse(ty: Ty, text: Str<'_>, ignore_case: bool) -> Result<i32, Unparsed> {
    let whole = text.to_utf8();
    let trimmed = whole.trim();
    if trimmed.is_empty() {
        return Err(Unparsed::Empty);
    }
    if trimmed.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') {
        match trimmed.parse::<i32>() {
            Ok(value) => return Ok(value),
            Err(error) => {
                use std::num::IntErrorKind::{NegOverflow, PosOverflow};
                if matches!(error.kind(), PosOverflow | NegOverflow) {
                    return Err(Unparsed::Overflow);
                }
            }
        }
    }
    let mut value = 0;
    for name in trimmed.split(',') {
        let name = name.trim();
        let found = ty
            .def
            .constants
            .iter()
            .find(|(constant, _)| *constant == name || (ignore_case && constant.eq_ignore_ascii_case(name)));
        match found {
            Some((_, constant)) => value |= *constant as i32,
            None => return Err(Unparsed::NotFound(whole.clone().into_owned())),
        }
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Object, call, ty, with_harness};
    use crate::word::Word;

    const PARSE: &str = "System.Enum::static TEnum Parse<TEnum>(string value, bool ignoreCase)";

    #[test]
    fn names_numbers_and_flags_are_parsed() {
        let comparison = ty("StringComparison");
        for (text, ignore_case, expected) in [
            ("Ordinal", false, "Ordinal"),
            (" Ordinal ", false, "Ordinal"),
            ("ordinal", true, "Ordinal"),
            ("4", false, "Ordinal"),
            ("99", false, "99"),
            ("-1", false, "-1"),
            ("ordinal", false, "ArgumentException: Requested value 'ordinal' was not found."),
            (
                "",
                false,
                "ArgumentException: Must specify valid information for parsing in the string. (Parameter 'value')",
            ),
            ("99999999999", false, "OverflowException: Value was either too large or too small for an Int32."),
        ] {
            assert_eq!(call(PARSE, &[&text, &ignore_case, &comparison]), expected, "{text}");
        }
        let styles = ty("NumberStyles");
        assert_eq!(call(PARSE, &[&"AllowThousands, allowExponent", &true, &styles]), "AllowThousands, AllowExponent");
        let try_parse = "System.Enum::static bool TryParse<TEnum>(string value, out TEnum result)";
        assert_eq!(call(try_parse, &[&"Ordinal", &comparison]), "True; Ordinal");
        assert_eq!(call(try_parse, &[&"nope", &comparison]), "False; CurrentCulture");
    }

    #[test]
    fn values_are_written_in_their_formats() {
        with_harness(|harness| {
            for (name, number, format, expected) in [
                ("StringComparison", 5, "G", "OrdinalIgnoreCase"),
                ("StringComparison", 5, "D", "5"),
                ("StringComparison", 5, "X", "00000005"),
                ("StringComparison", 99, "", "99"),
                ("NumberStyles", 192, "G", "AllowThousands, AllowExponent"),
                ("NumberStyles", 167, "G", "Float"),
                ("DayOfWeek", 3, "F", "Wednesday"),
                (
                    "DayOfWeek",
                    3,
                    "Q",
                    "FormatException: Format string can be only \"G\", \"g\", \"X\", \"x\", \"F\", \"f\", \"D\" or \"d\".",
                ),
            ] {
                let value = crate::object::boxed(&mut harness.cx, ty(name), Word(number));
                assert_eq!(harness.call("System.Enum::string ToString(string format)", &[&value, &format]), expected);
            }
        });
    }

    #[test]
    fn names_and_values_are_listed() {
        with_harness(|harness| {
            let partial = harness.word("System.Type::static Type GetTypeFromHandle<T>()", &[&ty("UriPartial")]);
            let names = "System.Enum::static string[] GetNames(Type enumType)";
            assert_eq!(harness.call(names, &[&partial]), "[Scheme, Authority, Path, Query]");
            let values = "System.Enum::static Array GetValues(Type enumType)";
            assert_eq!(harness.call(values, &[&partial]), "[Scheme, Authority, Path, Query]");
            let defined = "System.Enum::static bool IsDefined(Type enumType, object value)";
            for (value, expected) in [(Object(2), "True"), (Object(99), "False")] {
                assert_eq!(harness.call(defined, &[&partial, &value]), expected);
            }
            assert_eq!(harness.call(defined, &[&partial, &"Path"]), "True");
            let name = "System.Enum::static string GetName(Type enumType, object value)";
            assert_eq!(harness.call(name, &[&partial, &Object(1)]), "Authority");
            assert_eq!(harness.call(name, &[&partial, &Object(7)]), "<null>");
        });
    }
}
