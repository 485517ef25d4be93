//! `System.Char`: one UTF-16 code unit.
//!
//! What a member asks of a `char` it also asks of the character at an index of a string, which may be a surrogate pair.

use dotnet_macros::members;
use unicode_general_category::{GeneralCategory, get_general_category};

use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::format::number::parse;
use crate::format::text::casing::{lower_unit, upper_unit};
use crate::object::{Obj, Ops, REFERENCE};
use crate::rt::Out;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::char_kind::{KINDS, KINDS_IN_STRINGS};
use crate::types::culture::Culture;
use crate::types::exception::{ARGUMENT_EXCEPTION, ARGUMENT_OUT_OF_RANGE_EXCEPTION};
use crate::types::primitive::{compare_to_object, value_if, value_of};
use crate::types::string::throw_range;
use crate::word::Char;
use crate::wtf8;

/// One UTF-16 code unit of a text.
#[members("public struct System.Char : IComparable, IComparable<char>, IEquatable<char>", as = CHAR, repr = I32,
    ops = CHAR_OPS, groups = [KINDS, KINDS_IN_STRINGS])]
impl<'a> Char {
    /// The largest code unit.
    #[member("const char MaxValue")]
    const MAX_VALUE: Constant = Constant::Int(0xFFFF);

    /// The smallest code unit.
    #[member("const char MinValue")]
    const MIN_VALUE: Constant = Constant::Int(0);

    /// A string of this code unit.
    #[member("string ToString()", pure)]
    pub fn to_text(self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.write(|out| wtf8::push_unit(out, self.0))
    }

    /// A string of this code unit; the culture does not matter.
    #[member("string ToString(IFormatProvider provider)", pure)]
    fn to_text_of_culture(self, cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> Str<'a> {
        self.to_text(cx)
    }

    /// A string of the code unit.
    #[member("static string ToString(char c)", pure)]
    fn text_of(cx: &mut Cx<'a>, c: Self) -> Str<'a> {
        c.to_text(cx)
    }

    /// Whether the other is the same `char`.
    #[member("bool Equals(object obj)", pure)]
    fn equals_object(self, obj: Option<Obj<'a>>) -> bool {
        value_if(obj, Ty(&CHAR)) == Some(self)
    }

    /// Whether both are the same code unit.
    #[member("bool Equals(char obj)", pure)]
    fn equals(self, obj: Self) -> bool {
        self == obj
    }

    /// The difference of the two; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the object is no `char`.
    #[member("int CompareTo(object value)", pure)]
    fn compare_to_object(self, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        match value_if(value, Ty(&CHAR)) {
            Some(other) => Ok(self.compare_to(other)),
            None => compare_to_object(cx, Ty(&CHAR), value, |other| self.cmp(&other)),
        }
    }

    /// The difference of the two.
    #[member("int CompareTo(char value)", pure)]
    fn compare_to(self, value: Self) -> i32 {
        i32::from(self.0) - i32::from(value.0)
    }

    /// A number that is the same for equal values.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(self) -> i32 {
        i32::from(self.0) | (i32::from(self.0) << 16)
    }

    /// The kind of the type.
    #[member("TypeCode GetTypeCode()", pure)]
    fn get_type_code(self) -> i32 {
        4
    }

    /// The code unit that is the whole text.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException` if the text does not have exactly one code unit.
    #[member("static char Parse(string s)", pure)]
    fn parse(cx: &mut Cx<'a>, s: Str<'a>) -> Result<Self, Throw> {
        parse::parse_char(s.bytes()).map(Self).map_err(|fault| cx.throw_fault(&fault))
    }

    /// Whether the text has exactly one code unit, which comes back in `result`.
    #[member("static bool TryParse(string s, out char result)")]
    fn try_parse(cx: &mut Cx<'a>, s: Option<Str<'a>>, result: Out<'a>) -> bool {
        let parsed = s.and_then(|s| parse::parse_char(s.bytes()).ok());
        result.set(cx, Self(parsed.unwrap_or(0)));
        parsed.is_some()
    }

    /// The upper-case form, if it is one code unit, else the same.
    #[member("static char ToUpper(char c)", pure)]
    fn to_upper(c: Self) -> Self {
        Self(upper_unit(c.0))
    }

    /// The upper-case form; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static char ToUpper(char c, CultureInfo culture)", pure)]
    fn to_upper_of_culture(c: Self, _culture: &'a Culture) -> Self {
        Self(upper_unit(c.0))
    }

    /// The upper-case form, if it is one code unit, else the same.
    #[member("static char ToUpperInvariant(char c)", pure)]
    fn to_upper_invariant(c: Self) -> Self {
        Self(upper_unit(c.0))
    }

    /// The lower-case form, if it is one code unit, else the same.
    #[member("static char ToLower(char c)", pure)]
    fn to_lower(c: Self) -> Self {
        Self(lower_unit(c.0))
    }

    /// The lower-case form; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static char ToLower(char c, CultureInfo culture)", pure)]
    fn to_lower_of_culture(c: Self, _culture: &'a Culture) -> Self {
        Self(lower_unit(c.0))
    }

    /// The lower-case form, if it is one code unit, else the same.
    #[member("static char ToLowerInvariant(char c)", pure)]
    fn to_lower_invariant(c: Self) -> Self {
        Self(lower_unit(c.0))
    }

    /// A string of the character of this number: one or two code units.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no such character.
    #[member("static string ConvertFromUtf32(int utf32)", pure)]
    fn convert_from_utf32(cx: &mut Cx<'a>, utf32: i32) -> Result<Str<'a>, Throw> {
        match char::from_u32(utf32 as u32) {
            Some(c) => Ok(cx.str(c.encode_utf8(&mut [0; 4]))),
            None => {
                let message = "A valid UTF32 value is between 0x000000 and 0x10ffff, inclusive, and should not include \
                               surrogate codepoint values (0x00d800 ~ 0x00dfff).";
                Err(throw_range(cx, message, "utf32"))
            }
        }
    }

    /// The number of the character that a surrogate pair stands for.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the two are no pair.
    #[member("static int ConvertToUtf32(char highSurrogate, char lowSurrogate)", pure)]
    fn convert_to_utf32(cx: &mut Cx<'a>, high: Self, low: Self) -> Result<i32, Throw> {
        if !(0xD800..0xDC00).contains(&high.0) {
            let message = "A valid high surrogate character is between 0xd800 and 0xdbff, inclusive.";
            return Err(throw_range(cx, message, "highSurrogate"));
        }
        if !(0xDC00..0xE000).contains(&low.0) {
            let message = "A valid low surrogate character is between 0xdc00 and 0xdfff, inclusive.";
            return Err(throw_range(cx, message, "lowSurrogate"));
        }
        Ok(joined(high.0, low.0) as i32)
    }

    /// The number of the character at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside, `ArgumentException` if half of
    /// a surrogate pair stands there alone.
    #[member("static int ConvertToUtf32(string s, int index)", pure)]
    fn convert_to_utf32_at(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<i32, Throw> {
        let code = code_at(cx, s, index)?;
        if let Ok(half @ 0xD800..0xE000) = u16::try_from(code) {
            let kind = if half < 0xDC00 { "high" } else { "low" };
            let message = format!(
                "Found a {kind} surrogate char without a {} surrogate at index: {index}. The input may not be in this \
                 encoding, or may not contain valid Unicode (UTF-16) characters.",
                if half < 0xDC00 { "following low" } else { "preceding high" }
            );
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, "s"));
        }
        Ok(code as i32)
    }

    /// The value of a character that stands for a number, fractions included; -1 for others.
    #[member("static double GetNumericValue(char c)", pure)]
    fn get_numeric_value(c: Self) -> f64 {
        numeric_value(u32::from(c.0))
    }

    /// The value of the character at an index that stands for a number; -1 for others.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static double GetNumericValue(string s, int index)", pure)]
    fn get_numeric_value_at(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<f64, Throw> {
        code_at(cx, s, index).map(numeric_value)
    }

    /// The Unicode category.
    #[member("static UnicodeCategory GetUnicodeCategory(char c)", pure)]
    fn get_unicode_category(c: Self) -> i32 {
        category(u32::from(c.0)) as i32
    }

    /// The Unicode category of the character at an index.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static UnicodeCategory GetUnicodeCategory(string s, int index)", pure)]
    fn get_unicode_category_at(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<i32, Throw> {
        Ok(category(code_at(cx, s, index)?) as i32)
    }
}

/// The behaviour of boxed `char`s.
pub static CHAR_OPS: Ops = Ops {
    to_text: |cx, object| Ok(value_of::<Char>(object).to_text(cx)),
    equals: |_, a, b| Ok(a.ty() == b.ty() && value_of::<Char>(a) == value_of(b)),
    hash: |_, object| Ok(value_of::<Char>(object).get_hash_code()),
    compare: Some(|_, a, b| Ok(value_of::<Char>(a).cmp(&value_of(b)))),
    ..REFERENCE
};

fn joined(high: u16, low: u16) -> u32 {
    0x10000 + ((u32::from(high) - 0xD800) << 10) + (u32::from(low) - 0xDC00)
}

/// The code point at an index of a string; half of a pair where the index splits one, or where one stands alone.
pub(super) fn code_at(cx: &mut Cx<'_>, text: Str<'_>, index: i32) -> Result<u32, Throw> {
    let Some(unit) = usize::try_from(index).ok().and_then(|index| text.unit(index)) else {
        return Err(cx.throw_argument(
            Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION),
            "Index was out of range. Must be non-negative and less than the size of the collection.",
            "index",
        ));
    };
    let next = if (0xD800..0xDC00).contains(&unit) { text.unit(index as usize + 1) } else { None };
    Ok(match next {
        Some(low @ 0xDC00..0xE000) => joined(unit, low),
        _ => u32::from(unit),
    })
}

/// The number of a category in `UnicodeCategory`.
pub(crate) fn category(code: u32) -> u8 {
    use GeneralCategory as G;
    let Some(c) = char::from_u32(code) else { return 16 };
    match get_general_category(c) {
        G::UppercaseLetter => 0,
        G::LowercaseLetter => 1,
        G::TitlecaseLetter => 2,
        G::ModifierLetter => 3,
        G::OtherLetter => 4,
        G::NonspacingMark => 5,
        G::SpacingMark => 6,
        G::EnclosingMark => 7,
        G::DecimalNumber => 8,
        G::LetterNumber => 9,
        G::OtherNumber => 10,
        G::SpaceSeparator => 11,
        G::LineSeparator => 12,
        G::ParagraphSeparator => 13,
        G::Control => 14,
        G::Format => 15,
        G::Surrogate => 16,
        G::PrivateUse => 17,
        G::ConnectorPunctuation => 18,
        G::DashPunctuation => 19,
        G::OpenPunctuation => 20,
        G::ClosePunctuation => 21,
        G::InitialPunctuation => 22,
        G::FinalPunctuation => 23,
        G::OtherPunctuation => 24,
        G::MathSymbol => 25,
        G::CurrencySymbol => 26,
        G::ModifierSymbol => 27,
        G::OtherSymbol => 28,
        _ => 29,
    }
}

/// The value of a number's character: digits of all scripts, and the fractions and Roman numerals of the blocks
/// Latin-1, Superscripts and Number Forms; -1 for others.
fn numeric_value(code: u32) -> f64 {
    const FRACTIONS: [(u32, f64, f64); 20] = [
        (0xBC, 1.0, 4.0),
        (0xBD, 1.0, 2.0),
        (0xBE, 3.0, 4.0),
        (0x2150, 1.0, 7.0),
        (0x2151, 1.0, 9.0),
        (0x2152, 1.0, 10.0),
        (0x2153, 1.0, 3.0),
        (0x2154, 2.0, 3.0),
        (0x2155, 1.0, 5.0),
        (0x2156, 2.0, 5.0),
        (0x2157, 3.0, 5.0),
        (0x2158, 4.0, 5.0),
        (0x2159, 1.0, 6.0),
        (0x215A, 5.0, 6.0),
        (0x215B, 1.0, 8.0),
        (0x215C, 3.0, 8.0),
        (0x215D, 5.0, 8.0),
        (0x215E, 7.0, 8.0),
        (0x215F, 1.0, 1.0),
        (0x2189, 0.0, 1.0),
    ];
    const ROMANS: [f64; 16] =
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 50.0, 100.0, 500.0, 1000.0];
    if let Some((_, a, b)) = FRACTIONS.iter().find(|(fraction, ..)| *fraction == code) {
        return a / b;
    }
    let roman = |first: u32| code.checked_sub(first).and_then(|at| ROMANS.get(at as usize)).copied();
    match code {
        0xB2 | 0xB3 => f64::from(code - 0xB0),
        0xB9 => 1.0,
        0x2070 | 0x2074..=0x2079 => f64::from(code - 0x2070),
        0x2080..=0x2089 => f64::from(code - 0x2080),
        0x2460..=0x2473 => f64::from(code - 0x2460 + 1),
        0x2474..=0x2487 => f64::from(code - 0x2474 + 1),
        0x2488..=0x249B => f64::from(code - 0x2488 + 1),
        0x24EA => 0.0,
        0x3007 => 0.0,
        0x3021..=0x3029 => f64::from(code - 0x3021 + 1),
        _ if roman(0x2160).is_some() => roman(0x2160).unwrap_or(-1.0),
        _ if roman(0x2170).is_some() => roman(0x2170).unwrap_or(-1.0),
        // Decimal digits come in runs of ten that begin with zero.
        _ if category(code) == 8 => {
            let run = (0..10).take_while(|back| code >= *back && category(code - back) == 8).count() as u32;
            f64::from(if digit_zero(code - run + 1) { run - 1 } else { code % 10 })
        }
        _ => -1.0,
    }
}

/// Whether a run of decimal digits begins here: the character before is none.
fn digit_zero(code: u32) -> bool {
    code == 0 || category(code - 1) != 8
}
