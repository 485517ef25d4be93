//! `System.String`: copies of a text with something replaced, added, removed or in another case.
//!
//! A member that has nothing to change gives the very string it was called on.

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::wtf8 as points;
use crate::search::{self, Case};
use crate::text::Str;
use crate::throw::Throw;
use crate::types::culture::Culture;
use crate::types::string::{BAD_INDEX, BAD_LOCATION, throw_empty, throw_range};
use crate::types::string_search::{UnitSet, case_if, case_of};
use crate::types::text_case;
use crate::word::Char;
use crate::wtf8;

/// Changed copies.
#[members("System.String", group = CHANGE)]
impl<'a> Str<'a> {
    /// The text with every occurrence of one text replaced by another; null and empty remove it.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if `oldValue` is empty.
    #[member("string Replace(string oldValue, string newValue)", pure)]
    fn replace(self, cx: &mut Cx<'a>, old: Self, new: Option<Self>) -> Result<Self, Throw> {
        replaced(cx, self, old, new, Case::Sensitive)
    }

    /// The text with every occurrence of one text replaced by another; null and empty remove it.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if `oldValue` is empty.
    #[member("string Replace(string oldValue, string newValue, StringComparison comparisonType)", pure)]
    fn replace_compared(self, cx: &mut Cx<'a>, old: Self, new: Option<Self>, comparison: i32) -> Result<Self, Throw> {
        let case = case_of(cx, comparison)?;
        replaced(cx, self, old, new, case)
    }

    /// The text with every occurrence of one text replaced by another; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if `oldValue` is empty.
    #[member("string Replace(string oldValue, string newValue, bool ignoreCase, CultureInfo culture)", pure)]
    fn replace_of_culture(
        self,
        cx: &mut Cx<'a>,
        old: Self,
        new: Option<Self>,
        ignore_case: bool,
        _culture: Option<&'a Culture>,
    ) -> Result<Self, Throw> {
        replaced(cx, self, old, new, case_if(ignore_case))
    }

    /// The text with every occurrence of one code unit replaced by another.
    #[member("string Replace(char oldChar, char newChar)", pure)]
    fn replace_unit(self, cx: &mut Cx<'a>, old: Char, new: Char) -> Self {
        if old == new {
            return self;
        }
        if let (Ok(old), Ok(new), true) = (u8::try_from(old.0), u8::try_from(new.0), self.is_ascii() && new.0 < 0x80) {
            if memchr::memchr(old, self.bytes()).is_none() {
                return self;
            }
            let bytes = cx.arena().alloc_slice(self.bytes());
            bytes.iter_mut().filter(|byte| **byte == old).for_each(|byte| *byte = new);
            return Self::over_ascii(cx.arena(), bytes);
        }
        if search::find_unit(self, 0, self.utf16_len(), |unit| unit == old.0).is_none() {
            return self;
        }
        cx.write(|out| {
            self.units().for_each(|unit| wtf8::push_unit(out, if unit == old.0 { new.0 } else { unit }));
        })
    }

    /// The text with every line ending replaced by `\n`.
    #[member("string ReplaceLineEndings()", pure)]
    fn replace_line_endings(self, cx: &mut Cx<'a>) -> Result<Self, Throw> {
        let newline = cx.str("\n");
        self.replace_line_endings_by(cx, newline)
    }

    /// The text with every line ending (`\r\n`, `\n`, `\r`, form feed and Unicode's own) replaced by another.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("string ReplaceLineEndings(string replacementText)", pure)]
    fn replace_line_endings_by(self, cx: &mut Cx<'a>, replacement: Self) -> Result<Self, Throw> {
        let ends = |code: u32| matches!(code, 0x0A | 0x0C | 0x0D | 0x85 | 0x2028 | 0x2029);
        let lines = points::code_points(self.bytes()).filter(|code| ends(*code)).count();
        if lines == 0 {
            return Ok(self);
        }
        cx.reserve(lines.saturating_mul(replacement.bytes().len()).saturating_add(self.bytes().len()))?;
        Ok(cx.write(|out| {
            let mut rest = self.bytes();
            while let Some((code, length)) = points::first_code_point(rest) {
                let (character, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
                rest = after;
                if ends(code) {
                    rest = if code == 0x0D { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
                    wtf8::append(out, replacement.bytes());
                } else {
                    wtf8::append(out, character);
                }
            }
        }))
    }

    /// The text with another inserted at an index.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index is negative or past the end.
    #[member("string Insert(int startIndex, string value)", pure)]
    fn insert(self, cx: &mut Cx<'a>, start: i32, value: Self) -> Result<Self, Throw> {
        let head = usize::try_from(start).ok().and_then(|start| self.utf16_slice(cx, 0, start));
        let Some(head) = head else { return Err(throw_range(cx, BAD_INDEX, "startIndex")) };
        let tail = self.utf16_slice(cx, head.utf16_len(), self.utf16_len()).unwrap_or(Self::EMPTY);
        Self::concat(cx, &[head, value, tail])
    }

    /// The text up to an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is no code unit at the index.
    #[member("string Remove(int startIndex)", pure)]
    fn remove_from(self, cx: &mut Cx<'a>, start: i32) -> Result<Self, Throw> {
        match usize::try_from(start) {
            Err(_) => Err(throw_range(cx, "StartIndex cannot be less than zero.", "startIndex")),
            Ok(start) if start >= self.utf16_len() => {
                Err(throw_range(cx, "startIndex must be less than length of string.", "startIndex"))
            }
            Ok(start) => Ok(self.utf16_slice(cx, 0, start).unwrap_or(self)),
        }
    }

    /// The text without `count` code units from an index on.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("string Remove(int startIndex, int count)", pure)]
    fn remove(self, cx: &mut Cx<'a>, start: i32, count: i32) -> Result<Self, Throw> {
        let Ok(start) = usize::try_from(start) else {
            return Err(throw_range(cx, "StartIndex cannot be less than zero.", "startIndex"));
        };
        let Ok(count) = usize::try_from(count) else {
            return Err(throw_range(cx, "Count cannot be less than zero.", "count"));
        };
        let length = self.utf16_len();
        let head = self.utf16_slice(cx, 0, start);
        let tail = self.utf16_slice(cx, start.saturating_add(count), length);
        match (head, tail) {
            (Some(_), Some(_)) if count == 0 => Ok(self),
            (Some(head), Some(tail)) => Self::concat(cx, &[head, tail]),
            _ => {
                let message = "Index and count must refer to a location within the string.";
                debug_assert_eq!(message, BAD_LOCATION);
                Err(throw_range(cx, message, "count"))
            }
        }
    }

    /// The text with blanks before it, up to a width.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the width is negative.
    #[member("string PadLeft(int totalWidth)", pure)]
    fn pad_left(self, cx: &mut Cx<'a>, width: i32) -> Result<Self, Throw> {
        padded(cx, self, width, Char(0x20), true)
    }

    /// The text with a code unit repeated before it, up to a width.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the width is negative.
    #[member("string PadLeft(int totalWidth, char paddingChar)", pure)]
    fn pad_left_with(self, cx: &mut Cx<'a>, width: i32, unit: Char) -> Result<Self, Throw> {
        padded(cx, self, width, unit, true)
    }

    /// The text with blanks behind it, up to a width.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the width is negative.
    #[member("string PadRight(int totalWidth)", pure)]
    fn pad_right(self, cx: &mut Cx<'a>, width: i32) -> Result<Self, Throw> {
        padded(cx, self, width, Char(0x20), false)
    }

    /// The text with a code unit repeated behind it, up to a width.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the width is negative.
    #[member("string PadRight(int totalWidth, char paddingChar)", pure)]
    fn pad_right_with(self, cx: &mut Cx<'a>, width: i32, unit: Char) -> Result<Self, Throw> {
        padded(cx, self, width, unit, false)
    }

    /// The text without the white space at both ends.
    #[member("string Trim()", pure)]
    fn trim(self, cx: &mut Cx<'a>) -> Self {
        self.part(cx, points::trim(self.bytes()))
    }

    /// The text without a code unit at both ends, however often it stands there.
    #[member("string Trim(char trimChar)", pure)]
    fn trim_unit(self, cx: &mut Cx<'a>, unit: Char) -> Self {
        trimmed(cx, self, |code| code == unit.0, unit.is_surrogate(), (true, true))
    }

    /// The text without any of the code units at both ends; without white space if there are none.
    #[member("string Trim(params char[] trimChars)", pure)]
    fn trim_units(self, cx: &mut Cx<'a>, units: Option<&'a Array<'a>>) -> Self {
        trimmed_of(cx, self, units, (true, true))
    }

    /// The text without the white space at its start.
    #[member("string TrimStart()", pure)]
    fn trim_start(self, cx: &mut Cx<'a>) -> Self {
        self.part(cx, points::trim_start(self.bytes()))
    }

    /// The text without a code unit at its start, however often it stands there.
    #[member("string TrimStart(char trimChar)", pure)]
    fn trim_start_unit(self, cx: &mut Cx<'a>, unit: Char) -> Self {
        trimmed(cx, self, |code| code == unit.0, unit.is_surrogate(), (true, false))
    }

    /// The text without any of the code units at its start; without white space if there are none.
    #[member("string TrimStart(params char[] trimChars)", pure)]
    fn trim_start_units(self, cx: &mut Cx<'a>, units: Option<&'a Array<'a>>) -> Self {
        trimmed_of(cx, self, units, (true, false))
    }

    /// The text without the white space at its end.
    #[member("string TrimEnd()", pure)]
    fn trim_end(self, cx: &mut Cx<'a>) -> Self {
        self.part(cx, points::trim_end(self.bytes()))
    }

    /// The text without a code unit at its end, however often it stands there.
    #[member("string TrimEnd(char trimChar)", pure)]
    fn trim_end_unit(self, cx: &mut Cx<'a>, unit: Char) -> Self {
        trimmed(cx, self, |code| code == unit.0, unit.is_surrogate(), (false, true))
    }

    /// The text without any of the code units at its end; without white space if there are none.
    #[member("string TrimEnd(params char[] trimChars)", pure)]
    fn trim_end_units(self, cx: &mut Cx<'a>, units: Option<&'a Array<'a>>) -> Self {
        trimmed_of(cx, self, units, (false, true))
    }

    /// The text in upper case, letter by letter: `ß` stays.
    #[member("string ToUpper()", pure)]
    fn to_upper(self, cx: &mut Cx<'a>) -> Self {
        text_case::upper(cx, self)
    }

    /// The text in upper case; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("string ToUpper(CultureInfo culture)", pure)]
    fn to_upper_of_culture(self, cx: &mut Cx<'a>, _culture: &'a Culture) -> Self {
        text_case::upper(cx, self)
    }

    /// The text in upper case, letter by letter: `ß` stays.
    #[member("string ToUpperInvariant()", pure)]
    fn to_upper_invariant(self, cx: &mut Cx<'a>) -> Self {
        text_case::upper(cx, self)
    }

    /// The text in lower case, letter by letter.
    #[member("string ToLower()", pure)]
    fn to_lower(self, cx: &mut Cx<'a>) -> Self {
        text_case::lower(cx, self)
    }

    /// The text in lower case; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("string ToLower(CultureInfo culture)", pure)]
    fn to_lower_of_culture(self, cx: &mut Cx<'a>, _culture: &'a Culture) -> Self {
        text_case::lower(cx, self)
    }

    /// The text in lower case, letter by letter.
    #[member("string ToLowerInvariant()", pure)]
    fn to_lower_invariant(self, cx: &mut Cx<'a>) -> Self {
        text_case::lower(cx, self)
    }
}

/// A text with all occurrences of another replaced, case regarded or not.
pub(super) fn replaced<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    old: Str<'a>,
    new: Option<Str<'a>>,
    case: Case,
) -> Result<Str<'a>, Throw> {
    if old.is_empty() {
        return Err(throw_empty(cx, "oldValue"));
    }
    let new = new.unwrap_or(Str::EMPTY);
    if case == Case::Sensitive && old.is_utf8() {
        return replaced_bytes(cx, text, old, new);
    }
    let (end, step) = (text.utf16_len(), old.utf16_len());
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(at) = search::find(text, old, from, end, case) {
        parts.extend([text.utf16_slice(cx, from, at).unwrap_or(Str::EMPTY), new]);
        from = at + step;
        cx.check_limits()?;
    }
    if from == 0 && parts.is_empty() {
        return Ok(text);
    }
    parts.push(text.utf16_slice(cx, from, end).unwrap_or(Str::EMPTY));
    Str::concat(cx, &parts)
}

/// Replacement where a place in the bytes is a place in the text.
fn replaced_bytes<'a>(cx: &mut Cx<'a>, text: Str<'a>, old: Str<'a>, new: Str<'a>) -> Result<Str<'a>, Throw> {
    let (bytes, step) = (text.bytes(), old.bytes().len());
    let finder = memchr::memmem::Finder::new(old.bytes());
    let Some(first) = finder.find(bytes) else { return Ok(text) };
    let mut scratch = cx.scratch();
    let (mut copied, mut at) = (0, Some(first));
    let mut count = 0_usize;
    while let Some(place) = at {
        wtf8::append(&mut scratch, bytes.get(copied..place).unwrap_or(&[]));
        wtf8::append(&mut scratch, new.bytes());
        copied = place + step;
        count += 1;
        if count.is_multiple_of(1024) {
            cx.reserve(scratch.len())?;
        }
        at = bytes.get(copied..).and_then(|rest| finder.find(rest)).map(|place| copied + place);
    }
    wtf8::append(&mut scratch, bytes.get(copied..).unwrap_or(&[]));
    cx.reserve(scratch.len())?;
    Ok(cx.finish(scratch))
}

fn padded<'a>(cx: &mut Cx<'a>, text: Str<'a>, width: i32, unit: Char, left: bool) -> Result<Str<'a>, Throw> {
    let Ok(width) = usize::try_from(width) else {
        return Err(throw_range(cx, "Non-negative number required.", "totalWidth"));
    };
    let missing = width.saturating_sub(text.utf16_len());
    if missing == 0 {
        return Ok(text);
    }
    cx.reserve(missing.saturating_mul(3).saturating_add(text.bytes().len()))?;
    Ok(cx.write(|out| {
        let pad = |out: &mut Vec<u8>| match u8::try_from(unit.0) {
            Ok(ascii @ 0..0x80) => out.resize(out.len() + missing, ascii),
            _ => (0..missing).for_each(|_| wtf8::push_unit(out, unit.0)),
        };
        if left {
            pad(out);
        }
        wtf8::append(out, text.bytes());
        if !left {
            pad(out);
        }
    }))
}

fn trimmed_of<'a>(cx: &mut Cx<'a>, text: Str<'a>, units: Option<&'a Array<'a>>, ends: (bool, bool)) -> Str<'a> {
    match units.filter(|units| !units.items().is_empty()) {
        Some(units) => {
            let set = UnitSet::of(units);
            trimmed(cx, text, |unit| set.contains(unit), set.has_surrogates(), ends)
        }
        None => trimmed(cx, text, |unit| points::is_white_space(u32::from(unit)), false, ends),
    }
}

/// The text without the code units that `unwanted` accepts at its ends; `halves` says whether it accepts halves of
/// surrogate pairs.
fn trimmed<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    unwanted: impl Fn(u16) -> bool,
    halves: bool,
    (at_start, at_end): (bool, bool),
) -> Str<'a> {
    if halves {
        let units: Vec<u16> = text.units().collect();
        let start = if at_start { units.iter().take_while(|unit| unwanted(**unit)).count() } else { 0 };
        let rest = units.get(start..).unwrap_or(&[]);
        let cut = if at_end { rest.iter().rev().take_while(|unit| unwanted(**unit)).count() } else { 0 };
        return text.utf16_slice(cx, start, units.len() - cut).unwrap_or(text);
    }
    let unwanted = |code: u32| u16::try_from(code).is_ok_and(&unwanted);
    let mut bytes = text.bytes();
    while at_start
        && let Some((code, length)) = points::first_code_point(bytes)
        && unwanted(code)
    {
        bytes = bytes.get(length..).unwrap_or(&[]);
    }
    while at_end
        && let Some((code, length)) = points::last_code_point(bytes)
        && unwanted(code)
    {
        bytes = bytes.get(..bytes.len() - length).unwrap_or(&[]);
    }
    text.part(cx, bytes)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Items, Null, Units, call, with_harness};

    #[test]
    fn texts_are_replaced() {
        let replace = "System.String::string Replace(string oldValue, string newValue)";
        for (text, old, new, expected) in [
            ("a-b-c", "-", "+", "a+b+c"),
            ("Abab", "ab", "x", "Abx"),
            ("aaa", "aa", "b", "ba"),
            ("abc", "x", "y", "abc"),
            ("a😀b", "😀", ":)", "a:)b"),
            ("é-é", "é", "", "-"),
            ("abc", "", "x", "ArgumentException: String cannot be of zero length. (Parameter 'oldValue')"),
        ] {
            assert_eq!(call(replace, &[&text, &old, &new]), expected, "{text}");
        }
        assert_eq!(call(replace, &[&"a-b", &"-", &Null]), "ab");
        assert_eq!(
            call(replace, &[&"a", &Null, &"x"]),
            "ArgumentNullException: Value cannot be null. (Parameter 'oldValue')"
        );
        let compared =
            "System.String::string Replace(string oldValue, string newValue, StringComparison comparisonType)";
        assert_eq!(call(compared, &[&"AbabÉ", &"AB", &"x", &5]), "xxÉ");
        assert_eq!(call(compared, &[&"AbÉé", &"é", &"x", &5]), "Abxx");
        assert_eq!(call(compared, &[&"Ab", &"q", &"x", &5]), "Ab");
        let units = "System.String::string Replace(char oldChar, char newChar)";
        for (text, old, new, expected) in [("a-b", '-', '_', "a_b"), ("a-b", '-', 'é', "aéb"), ("é-", 'é', 'e', "e-")]
        {
            assert_eq!(call(units, &[&text, &old, &new]), expected);
        }
        let lines = "System.String::string ReplaceLineEndings(string replacementText)";
        assert_eq!(call(lines, &[&"a\r\nb\rc\nd\u{2028}", &"|"]), "a|b|c|d|");
    }

    #[test]
    fn halves_of_pairs_are_replaced_and_mended() {
        with_harness(|harness| {
            let replace = "System.String::string Replace(string oldValue, string newValue)";
            let mended = harness.word(replace, &[&Units(&[0xD83D, 0x2D, 0xDE00]), &"-", &""]);
            assert_eq!(harness.show(Some(crate::testing::ty("string")), mended), "😀");
            let halved = harness.word(replace, &[&"a😀", &Units(&[0xDE00]), &"b"]);
            assert_eq!(harness.call("System.String::int Length { get; }", &[&halved]), "3");
        });
    }

    #[test]
    fn ends_are_trimmed_and_padded() {
        assert_eq!(call("System.String::string Trim()", &[&"  a b \t\n"]), "a b");
        assert_eq!(call("System.String::string Trim()", &[&"\u{a0}a\u{a0}"]), "a");
        let trim = "System.String::string Trim(params char[] trimChars)";
        assert_eq!(call(trim, &[&"[{x}]", &Items("char", &[&'[', &']', &'{', &'}'])]), "x");
        assert_eq!(call(trim, &[&" x ", &Null]), "x");
        assert_eq!(call("System.String::string TrimStart(char trimChar)", &[&"000120", &'0']), "120");
        assert_eq!(call("System.String::string TrimEnd(char trimChar)", &[&"éé", &'é']), "");
        assert_eq!(call("System.String::string PadLeft(int totalWidth, char paddingChar)", &[&"7", &3, &'0']), "007");
        assert_eq!(call("System.String::string PadRight(int totalWidth)", &[&"😀", &4]), "😀  ");
        assert_eq!(
            call("System.String::string PadLeft(int totalWidth)", &[&"ab", &-1]),
            "ArgumentOutOfRangeException: Non-negative number required. (Parameter 'totalWidth')"
        );
    }

    #[test]
    fn parts_are_inserted_and_removed() {
        let insert = "System.String::string Insert(int startIndex, string value)";
        assert_eq!(call(insert, &[&"20240305", &6, &"-"]), "202403-05");
        assert_eq!(call(insert, &[&"😀b", &2, &"-"]), "😀-b");
        assert_eq!(
            call(insert, &[&"ab", &3, &"c"]),
            "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the \
             collection. (Parameter 'startIndex')"
        );
        let remove = "System.String::string Remove(int startIndex, int count)";
        for (text, start, count, expected) in [
            ("abcdef", 1, 2, "adef"),
            ("abc", 3, 0, "abc"),
            ("a😀b", 1, 2, "ab"),
            (
                "abc",
                2,
                5,
                "ArgumentOutOfRangeException: Index and count must refer to a location within the string. (Parameter 'count')",
            ),
        ] {
            assert_eq!(call(remove, &[&text, &start, &count]), expected, "{text}");
        }
        let from = "System.String::string Remove(int startIndex)";
        assert_eq!(call(from, &[&"abcdef", &3]), "abc");
        assert_eq!(
            call(from, &[&"abc", &3]),
            "ArgumentOutOfRangeException: startIndex must be less than length of string. (Parameter 'startIndex')"
        );
    }

    #[test]
    fn case_changes_letter_by_letter() {
        assert_eq!(call("System.String::string ToUpper()", &[&"Straße é"]), "STRASSE É".replace("SS", "ß"));
        assert_eq!(call("System.String::string ToLowerInvariant()", &[&"ABC-É"]), "abc-é");
        with_harness(|harness| {
            let upper = harness.word("System.String::string ToUpper()", &[&"ABC"]);
            assert_eq!(harness.word("System.String::string ToUpper()", &[&upper]), upper, "nothing is copied");
        });
    }
}
