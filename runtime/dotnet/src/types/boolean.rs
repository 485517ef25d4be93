//! `System.Boolean`.

use dotnet_macros::members;

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::format::number::parse;
use crate::object::{Obj, Ops, REFERENCE};
use crate::rt::Out;
use crate::text::{Str, StrObj};
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::primitive::{compare_to_object, sign_of, value_if, value_of};

static TRUE: StrObj = StrObj::ascii("True");
static FALSE: StrObj = StrObj::ascii("False");

/// The members of `bool`.
pub struct Boolean;

/// True or false.
#[members("public struct System.Boolean : IComparable, IComparable<bool>, IEquatable<bool>", as = BOOLEAN,
    repr = I32, ops = BOOLEAN_OPS)]
impl<'a> Boolean {
    /// `True`.
    #[member("static string TrueString")]
    const TRUE_STRING: Constant = Constant::Text("True");

    /// `False`.
    #[member("static string FalseString")]
    const FALSE_STRING: Constant = Constant::Text("False");

    /// `True` or `False`.
    #[member("string ToString()", pure)]
    pub fn to_text(this: bool) -> Str<'a> {
        Str::from_static(if this { &TRUE } else { &FALSE })
    }

    /// `True` or `False`; the culture does not matter.
    #[member("string ToString(IFormatProvider provider)", pure)]
    fn to_text_of_culture(this: bool, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::to_text(this)
    }

    /// Whether the other is the same `bool`.
    #[member("bool Equals(object obj)", pure)]
    fn equals_object(this: bool, obj: Option<Obj<'a>>) -> bool {
        value_if(obj, Ty(&BOOLEAN)) == Some(this)
    }

    /// Whether both are the same.
    #[member("bool Equals(bool obj)", pure)]
    fn equals(this: bool, obj: bool) -> bool {
        this == obj
    }

    /// The order of the two: false comes before true, null before both.
    ///
    /// # Throws
    /// `ArgumentException` if the other is no `bool`.
    #[member("int CompareTo(object obj)", pure)]
    fn compare_to_object(this: bool, cx: &mut Cx<'a>, obj: Option<Obj<'a>>) -> Result<i32, Throw> {
        compare_to_object(cx, Ty(&BOOLEAN), obj, |other| this.cmp(&other))
    }

    /// The order of the two: false comes before true.
    #[member("int CompareTo(bool value)", pure)]
    fn compare_to(this: bool, value: bool) -> i32 {
        sign_of(this.cmp(&value))
    }

    /// 1 or 0.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(this: bool) -> i32 {
        i32::from(this)
    }

    /// The kind of the type.
    #[member("TypeCode GetTypeCode()", pure)]
    fn get_type_code(_this: bool) -> i32 {
        3
    }

    /// The value of `True` or `False` in any case, white space around it allowed.
    ///
    /// # Throws
    /// `ArgumentNullException` for null, `FormatException` for any other text.
    #[member("static bool Parse(string value)", pure)]
    fn parse(cx: &mut Cx<'a>, value: Str<'a>) -> Result<bool, Throw> {
        parse::parse_bool(value.bytes()).map_err(|fault| cx.throw_fault(&fault))
    }

    /// Whether the text is `True` or `False`; which one comes back in `result`.
    #[member("static bool TryParse(string value, out bool result)")]
    fn try_parse(cx: &mut Cx<'a>, value: Option<Str<'a>>, result: Out<'a>) -> bool {
        let parsed = value.and_then(|value| parse::try_parse_bool(value.bytes()));
        result.set(cx, parsed.unwrap_or(false));
        parsed.is_some()
    }
}

/// The behaviour of boxed `bool`s.
pub static BOOLEAN_OPS: Ops = Ops {
    to_text: |_, object| Ok(Boolean::to_text(value_of(object))),
    equals: |_, a, b| Ok(a.ty() == b.ty() && value_of::<bool>(a) == value_of::<bool>(b)),
    hash: |_, object| Ok(value_of::<bool>(object).into()),
    compare: Some(|_, a, b| Ok(value_of::<bool>(a).cmp(&value_of(b)))),
    ..REFERENCE
};

#[cfg(test)]
mod tests {
    use crate::testing::{Null, Object, call};

    #[test]
    fn booleans_are_read_and_written() {
        for (text, expected) in [
            ("true", "True"),
            (" FALSE ", "False"),
            ("1", "FormatException: String '1' was not recognized as a valid Boolean."),
            ("", "FormatException: String '' was not recognized as a valid Boolean."),
        ] {
            assert_eq!(call("System.Boolean::static bool Parse(string value)", &[&text]), expected, "{text}");
        }
        assert_eq!(
            call("System.Boolean::static bool Parse(string value)", &[&Null]),
            "ArgumentNullException: Value cannot be null. (Parameter 'value')"
        );
        let try_parse = "System.Boolean::static bool TryParse(string value, out bool result)";
        assert_eq!(call(try_parse, &[&"True"]), "True; True");
        assert_eq!(call(try_parse, &[&Null]), "False; False");
        assert_eq!(call("System.Boolean::string ToString()", &[&true]), "True");
        assert_eq!(call("System.Boolean::static string TrueString", &[]), "True");
        assert_eq!(call("System.Boolean::int CompareTo(object obj)", &[&true, &Null]), "1");
        assert_eq!(
            call("System.Boolean::int CompareTo(object obj)", &[&true, &Object(1)]),
            "ArgumentException: Object must be of type Boolean."
        );
    }
}
