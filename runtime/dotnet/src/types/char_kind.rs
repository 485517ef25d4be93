//! `System.Char`: what kind of character a code unit is, and what stands at an index of a string.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::wtf8::is_white_space;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::char::{category, code_at};
use crate::word::Char;

/// Whether a code point is of a kind.
mod kind {
    use super::{category, is_white_space};

    pub(super) fn is_letter(code: u32) -> bool {
        matches!(category(code), 0..=4)
    }

    pub(super) fn is_digit(code: u32) -> bool {
        category(code) == 8
    }

    pub(super) fn is_letter_or_digit(code: u32) -> bool {
        matches!(category(code), 0..=4 | 8)
    }

    pub(super) fn is_number(code: u32) -> bool {
        matches!(category(code), 8..=10)
    }

    pub(super) fn is_lower(code: u32) -> bool {
        category(code) == 1
    }

    pub(super) fn is_upper(code: u32) -> bool {
        category(code) == 0
    }

    pub(super) fn is_punctuation(code: u32) -> bool {
        matches!(category(code), 18..=24)
    }

    pub(super) fn is_symbol(code: u32) -> bool {
        matches!(category(code), 25..=28)
    }

    pub(super) fn is_separator(code: u32) -> bool {
        matches!(category(code), 11..=13)
    }

    pub(super) fn is_control(code: u32) -> bool {
        category(code) == 14
    }

    pub(super) fn is_white(code: u32) -> bool {
        is_white_space(code)
    }

    pub(super) fn is_surrogate(code: u32) -> bool {
        (0xD800..0xE000).contains(&code)
    }

    pub(super) fn is_high_surrogate(code: u32) -> bool {
        (0xD800..0xDC00).contains(&code)
    }

    pub(super) fn is_low_surrogate(code: u32) -> bool {
        (0xDC00..0xE000).contains(&code)
    }
}

/// The members that ask of a `char` what it is.
pub struct Kinds;

/// What a code unit is.
#[members("System.Char", group = KINDS)]
impl<'a> Kinds {
    /// Whether the code unit is a letter.
    #[member("static bool IsLetter(char c)", pure)]
    fn is_letter(c: Char) -> bool {
        kind::is_letter(u32::from(c.0))
    }

    /// Whether the code unit is a decimal digit, of any script.
    #[member("static bool IsDigit(char c)", pure)]
    fn is_digit(c: Char) -> bool {
        kind::is_digit(u32::from(c.0))
    }

    /// Whether the code unit is a letter or a decimal digit.
    #[member("static bool IsLetterOrDigit(char c)", pure)]
    fn is_letter_or_digit(c: Char) -> bool {
        kind::is_letter_or_digit(u32::from(c.0))
    }

    /// Whether the code unit is a digit or another character that stands for a number.
    #[member("static bool IsNumber(char c)", pure)]
    fn is_number(c: Char) -> bool {
        kind::is_number(u32::from(c.0))
    }

    /// Whether the code unit is a lower-case letter.
    #[member("static bool IsLower(char c)", pure)]
    fn is_lower(c: Char) -> bool {
        kind::is_lower(u32::from(c.0))
    }

    /// Whether the code unit is an upper-case letter.
    #[member("static bool IsUpper(char c)", pure)]
    fn is_upper(c: Char) -> bool {
        kind::is_upper(u32::from(c.0))
    }

    /// Whether the code unit is a punctuation mark.
    #[member("static bool IsPunctuation(char c)", pure)]
    fn is_punctuation(c: Char) -> bool {
        kind::is_punctuation(u32::from(c.0))
    }

    /// Whether the code unit is a symbol.
    #[member("static bool IsSymbol(char c)", pure)]
    fn is_symbol(c: Char) -> bool {
        kind::is_symbol(u32::from(c.0))
    }

    /// Whether the code unit is a space, line or paragraph separator.
    #[member("static bool IsSeparator(char c)", pure)]
    fn is_separator(c: Char) -> bool {
        kind::is_separator(u32::from(c.0))
    }

    /// Whether the code unit is a control character.
    #[member("static bool IsControl(char c)", pure)]
    fn is_control(c: Char) -> bool {
        kind::is_control(u32::from(c.0))
    }

    /// Whether the code unit is white space.
    #[member("static bool IsWhiteSpace(char c)", pure)]
    fn is_white(c: Char) -> bool {
        kind::is_white(u32::from(c.0))
    }

    /// Whether the code unit is half of a surrogate pair.
    #[member("static bool IsSurrogate(char c)", pure)]
    fn is_surrogate(c: Char) -> bool {
        kind::is_surrogate(u32::from(c.0))
    }

    /// Whether the code unit is the first half of a surrogate pair.
    #[member("static bool IsHighSurrogate(char c)", pure)]
    fn is_high_surrogate(c: Char) -> bool {
        kind::is_high_surrogate(u32::from(c.0))
    }

    /// Whether the code unit is the second half of a surrogate pair.
    #[member("static bool IsLowSurrogate(char c)", pure)]
    fn is_low_surrogate(c: Char) -> bool {
        kind::is_low_surrogate(u32::from(c.0))
    }

    /// Whether the two are a surrogate pair.
    #[member("static bool IsSurrogatePair(char highSurrogate, char lowSurrogate)", pure)]
    fn is_surrogate_pair(high: Char, low: Char) -> bool {
        kind::is_high_surrogate(u32::from(high.0)) && kind::is_low_surrogate(u32::from(low.0))
    }

    /// Whether the code unit is ASCII.
    #[member("static bool IsAscii(char c)", pure)]
    fn is_ascii(c: Char) -> bool {
        c.0 < 0x80
    }

    /// Whether the code unit is an ASCII letter.
    #[member("static bool IsAsciiLetter(char c)", pure)]
    fn is_ascii_letter(c: Char) -> bool {
        ascii(c).is_some_and(|byte| byte.is_ascii_alphabetic())
    }

    /// Whether the code unit is an ASCII lower-case letter.
    #[member("static bool IsAsciiLetterLower(char c)", pure)]
    fn is_ascii_letter_lower(c: Char) -> bool {
        ascii(c).is_some_and(|byte| byte.is_ascii_lowercase())
    }

    /// Whether the code unit is an ASCII upper-case letter.
    #[member("static bool IsAsciiLetterUpper(char c)", pure)]
    fn is_ascii_letter_upper(c: Char) -> bool {
        ascii(c).is_some_and(|byte| byte.is_ascii_uppercase())
    }

    /// Whether the code unit is an ASCII digit.
    #[member("static bool IsAsciiDigit(char c)", pure)]
    fn is_ascii_digit(c: Char) -> bool {
        ascii(c).is_some_and(|byte| byte.is_ascii_digit())
    }

    /// Whether the code unit is an ASCII letter or digit.
    #[member("static bool IsAsciiLetterOrDigit(char c)", pure)]
    fn is_ascii_letter_or_digit(c: Char) -> bool {
        ascii(c).is_some_and(|byte| byte.is_ascii_alphanumeric())
    }

    /// Whether the code unit is a hexadecimal digit.
    #[member("static bool IsAsciiHexDigit(char c)", pure)]
    fn is_ascii_hex_digit(c: Char) -> bool {
        ascii(c).is_some_and(|byte| byte.is_ascii_hexdigit())
    }
}

fn ascii(c: Char) -> Option<u8> {
    u8::try_from(c.0).ok()
}

/// The members that ask what stands at an index of a string.
pub struct KindsInStrings;

/// What stands at an index of a string.
#[members("System.Char", group = KINDS_IN_STRINGS)]
impl<'a> KindsInStrings {
    /// Whether a letter stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsLetter(string s, int index)", pure)]
    fn is_letter(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_letter)
    }

    /// Whether a decimal digit, of any script stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsDigit(string s, int index)", pure)]
    fn is_digit(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_digit)
    }

    /// Whether a letter or a decimal digit stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsLetterOrDigit(string s, int index)", pure)]
    fn is_letter_or_digit(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_letter_or_digit)
    }

    /// Whether a digit or another character that stands for a number stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsNumber(string s, int index)", pure)]
    fn is_number(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_number)
    }

    /// Whether a lower-case letter stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsLower(string s, int index)", pure)]
    fn is_lower(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_lower)
    }

    /// Whether an upper-case letter stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsUpper(string s, int index)", pure)]
    fn is_upper(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_upper)
    }

    /// Whether a punctuation mark stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsPunctuation(string s, int index)", pure)]
    fn is_punctuation(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_punctuation)
    }

    /// Whether a symbol stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsSymbol(string s, int index)", pure)]
    fn is_symbol(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_symbol)
    }

    /// Whether a space, line or paragraph separator stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsSeparator(string s, int index)", pure)]
    fn is_separator(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_separator)
    }

    /// Whether a control character stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsControl(string s, int index)", pure)]
    fn is_control(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_control)
    }

    /// Whether white space stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsWhiteSpace(string s, int index)", pure)]
    fn is_white(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        code_at(cx, s, index).map(kind::is_white)
    }

    /// Whether half of a surrogate pair stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsSurrogate(string s, int index)", pure)]
    fn is_surrogate(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        unit_at(cx, s, index).map(kind::is_surrogate)
    }

    /// Whether the first half of a surrogate pair stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsHighSurrogate(string s, int index)", pure)]
    fn is_high_surrogate(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        unit_at(cx, s, index).map(kind::is_high_surrogate)
    }

    /// Whether the second half of a surrogate pair stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsLowSurrogate(string s, int index)", pure)]
    fn is_low_surrogate(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        unit_at(cx, s, index).map(kind::is_low_surrogate)
    }

    /// Whether a surrogate pair stands at an index of a string.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool IsSurrogatePair(string s, int index)", pure)]
    fn is_surrogate_pair(cx: &mut Cx<'a>, s: Str<'a>, index: i32) -> Result<bool, Throw> {
        Ok(code_at(cx, s, index)? >= 0x10000)
    }
}

/// The code unit at an index.
fn unit_at(cx: &mut Cx<'_>, text: Str<'_>, index: i32) -> Result<u32, Throw> {
    let code = code_at(cx, text, index)?;
    // The first half of a pair, which is all that such a question sees.
    Ok(if code >= 0x10000 { 0xD800 + ((code - 0x10000) >> 10) } else { code })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Units, call};

    #[test]
    fn characters_are_of_kinds() {
        for (member, yes, no) in [
            ("IsLetter", "aé中ǅ", "1_ ½"),
            ("IsDigit", "7\u{663}", "½aⅧ"),
            ("IsNumber", "7½Ⅷ", "a"),
            ("IsLetterOrDigit", "a7", "_½"),
            ("IsUpper", "AÉ", "a1ǅ"),
            ("IsLower", "aß", "A1"),
            ("IsPunctuation", "!_-(«", "a+$"),
            ("IsSymbol", "+$^©", "!a"),
            ("IsSeparator", " \u{a0}\u{2028}", "\ta"),
            ("IsControl", "\u{1}\t\u{7f}\u{85}", " a"),
            ("IsWhiteSpace", " \t\u{85}\u{a0}\u{2003}", "\u{200b}a"),
        ] {
            for (text, expected) in [(yes, "True"), (no, "False")] {
                for c in text.chars() {
                    let of_char = format!("System.Char::static bool {member}(char c)");
                    assert_eq!(call(&of_char, &[&c]), expected, "{member} {c:?}");
                    let at = format!("System.Char::static bool {member}(string s, int index)");
                    assert_eq!(call(&at, &[&text, &(text.chars().position(|x| x == c).unwrap() as i32)]), expected);
                }
            }
        }
    }

    #[test]
    fn pairs_are_seen_in_strings() {
        assert_eq!(call("System.Char::static bool IsSurrogatePair(string s, int index)", &[&"a😀", &1]), "True");
        assert_eq!(call("System.Char::static bool IsHighSurrogate(string s, int index)", &[&"a😀", &1]), "True");
        assert_eq!(call("System.Char::static bool IsLowSurrogate(string s, int index)", &[&"a😀", &2]), "True");
        assert_eq!(call("System.Char::static bool IsSymbol(string s, int index)", &[&"😀", &0]), "True");
        assert_eq!(call("System.Char::static int ConvertToUtf32(string s, int index)", &[&"😀", &0]), "128512");
        assert_eq!(
            call("System.Char::static int ConvertToUtf32(string s, int index)", &[&Units(&[0xD83D]), &0]),
            "ArgumentException: Found a high surrogate char without a following low surrogate at index: 0. The input may \
             not be in this encoding, or may not contain valid Unicode (UTF-16) characters. (Parameter 's')"
        );
        assert_eq!(call("System.Char::static string ConvertFromUtf32(int utf32)", &[&0x1F600]), "😀");
        assert_eq!(
            call("System.Char::static bool IsLetter(string s, int index)", &[&"a", &1]),
            "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the \
             collection. (Parameter 'index')"
        );
    }

    #[test]
    fn characters_have_values_and_categories() {
        for (c, expected) in
            [('7', "7"), ('a', "-1"), ('½', "0.5"), ('٣', "3"), ('Ⅻ', "12"), ('²', "2"), ('߉', "9"), ('०', "0")]
        {
            assert_eq!(call("System.Char::static double GetNumericValue(char c)", &[&c]), expected, "{c}");
        }
        let category = "System.Char::static UnicodeCategory GetUnicodeCategory(char c)";
        for (c, expected) in [('a', "LowercaseLetter"), ('_', "ConnectorPunctuation"), ('€', "CurrencySymbol")] {
            assert_eq!(call(category, &[&c]), expected);
        }
        assert_eq!(call("System.Char::static char Parse(string s)", &[&"z"]), "z");
        assert_eq!(
            call("System.Char::static char Parse(string s)", &[&"zz"]),
            "FormatException: String must be exactly one character long."
        );
        assert_eq!(call("System.Char::static char ToUpper(char c)", &[&'ß']), "ß");
        assert_eq!(call("System.Char::int CompareTo(char value)", &[&'b', &'a']), "1");
    }
}
