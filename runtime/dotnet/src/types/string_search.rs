//! `System.String`: what finds places in a text.
//!
//! Searching is by code units. .NET searches texts (not `char`s) by the rules of the culture unless told otherwise; with
//! the invariant culture that gives other places only for texts with combining or invisible characters.

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::rt::scalar_of;
use crate::search::{self, Case};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::culture::Culture;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::string::{BAD_INDEX, throw_range};
use crate::word::Char;

const BAD_COUNT: &str = "Count must be positive and count must refer to a location within the string/array/collection.";

/// Whether case matters in a comparison of this kind.
///
/// # Errors
/// `ArgumentException` for a number that `StringComparison` does not have.
pub(super) fn case_of(cx: &mut Cx<'_>, comparison: i32) -> Result<Case, Throw> {
    match comparison {
        0 | 2 | 4 => Ok(Case::Sensitive),
        1 | 3 | 5 => Ok(Case::Ignored),
        _ => {
            let message = "The string comparison type passed in is currently not supported.";
            Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "comparisonType"))
        }
    }
}

pub(super) fn case_if(ignored: bool) -> Case {
    if ignored { Case::Ignored } else { Case::Sensitive }
}

/// A set of code units.
pub(super) struct UnitSet {
    ascii: u128,
    others: Vec<u16>,
}

impl UnitSet {
    /// The code units of a `char[]`.
    pub(super) fn of(units: &Array<'_>) -> Self {
        let mut set = Self { ascii: 0, others: Vec::new() };
        for word in units.items() {
            set.add(scalar_of::<Char>(word.get()).0);
        }
        set
    }

    /// One code unit.
    pub(super) fn of_unit(unit: Char) -> Self {
        let mut set = Self { ascii: 0, others: Vec::new() };
        set.add(unit.0);
        set
    }

    fn add(&mut self, unit: u16) {
        if unit < 0x80 { self.ascii |= 1 << unit } else { self.others.push(unit) }
    }

    /// Whether a code unit is in the set.
    #[inline]
    pub(super) fn contains(&self, unit: u16) -> bool {
        if unit < 0x80 { self.ascii & (1 << unit) != 0 } else { self.others.contains(&unit) }
    }

    /// Whether halves of surrogate pairs are in the set.
    pub(super) fn has_surrogates(&self) -> bool {
        self.others.iter().any(|unit| (0xD800..0xE000).contains(unit))
    }
}

/// The stretch of a forward search.
fn stretch(cx: &mut Cx<'_>, text: Str<'_>, start: i32, count: Option<i32>) -> Result<(usize, usize), Throw> {
    let length = text.utf16_len();
    let Some(from) = usize::try_from(start).ok().filter(|start| *start <= length) else {
        return Err(throw_range(cx, BAD_INDEX, "startIndex"));
    };
    match count {
        None => Ok((from, length)),
        Some(count) => match usize::try_from(count) {
            Ok(count) if count <= length - from => Ok((from, from + count)),
            _ => Err(throw_range(cx, BAD_COUNT, "count")),
        },
    }
}

fn index_of(found: Option<usize>) -> i32 {
    found.map_or(-1, |index| index as i32)
}

fn index_of_text<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    value: Str<'a>,
    start: i32,
    count: Option<i32>,
    case: Case,
) -> Result<i32, Throw> {
    let (from, to) = stretch(cx, text, start, count)?;
    Ok(index_of(search::find(text, value, from, to, case)))
}

fn index_of_unit<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    start: i32,
    count: Option<i32>,
    wanted: impl Fn(u16) -> bool,
) -> Result<i32, Throw> {
    let (from, to) = stretch(cx, text, start, count)?;
    Ok(index_of(search::find_unit(text, from, to, wanted)))
}

/// Whether a code unit equals another, in a comparison that may ignore case.
fn is_unit(value: Char, case: Case) -> impl Fn(u16) -> bool {
    let upper = crate::format::text::casing::upper_unit(value.0);
    move |unit| unit == value.0 || (case == Case::Ignored && crate::format::text::casing::upper_unit(unit) == upper)
}

/// Finds the first place.
#[members("System.String", group = SEARCH)]
impl<'a> Str<'a> {
    /// Whether the text occurs in this one.
    #[member("bool Contains(string value)", pure)]
    fn contains(self, value: Self) -> bool {
        search::find(self, value, 0, self.utf16_len(), Case::Sensitive).is_some()
    }

    /// Whether the text occurs in this one.
    #[member("bool Contains(string value, StringComparison comparisonType)", pure)]
    fn contains_compared(self, cx: &mut Cx<'a>, value: Self, comparison: i32) -> Result<bool, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(search::find(self, value, 0, self.utf16_len(), case).is_some())
    }

    /// Whether the code unit occurs in this text.
    #[member("bool Contains(char value)", pure)]
    fn contains_unit(self, value: Char) -> bool {
        search::find_unit(self, 0, self.utf16_len(), |unit| unit == value.0).is_some()
    }

    /// Whether the code unit occurs in this text.
    #[member("bool Contains(char value, StringComparison comparisonType)", pure)]
    fn contains_unit_compared(self, cx: &mut Cx<'a>, value: Char, comparison: i32) -> Result<bool, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(search::find_unit(self, 0, self.utf16_len(), is_unit(value, case)).is_some())
    }

    /// Whether this text begins with the other.
    #[member("bool StartsWith(string value)", pure)]
    fn starts_with(self, value: Self) -> bool {
        search::starts_with(self, value, Case::Sensitive)
    }

    /// Whether this text begins with the other.
    #[member("bool StartsWith(string value, StringComparison comparisonType)", pure)]
    fn starts_with_compared(self, cx: &mut Cx<'a>, value: Self, comparison: i32) -> Result<bool, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(search::starts_with(self, value, case))
    }

    /// Whether this text begins with the other; the culture is always the invariant one.
    #[member("bool StartsWith(string value, bool ignoreCase, CultureInfo culture)", pure)]
    fn starts_with_of_culture(self, value: Self, ignore_case: bool, _culture: Option<&'a Culture>) -> bool {
        search::starts_with(self, value, case_if(ignore_case))
    }

    /// Whether this text begins with the code unit.
    #[member("bool StartsWith(char value)", pure)]
    fn starts_with_unit(self, value: Char) -> bool {
        self.unit(0) == Some(value.0)
    }

    /// Whether this text ends with the other.
    #[member("bool EndsWith(string value)", pure)]
    fn ends_with(self, value: Self) -> bool {
        search::ends_with(self, value, Case::Sensitive)
    }

    /// Whether this text ends with the other.
    #[member("bool EndsWith(string value, StringComparison comparisonType)", pure)]
    fn ends_with_compared(self, cx: &mut Cx<'a>, value: Self, comparison: i32) -> Result<bool, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(search::ends_with(self, value, case))
    }

    /// Whether this text ends with the other; the culture is always the invariant one.
    #[member("bool EndsWith(string value, bool ignoreCase, CultureInfo culture)", pure)]
    fn ends_with_of_culture(self, value: Self, ignore_case: bool, _culture: Option<&'a Culture>) -> bool {
        search::ends_with(self, value, case_if(ignore_case))
    }

    /// Whether this text ends with the code unit.
    #[member("bool EndsWith(char value)", pure)]
    fn ends_with_unit(self, value: Char) -> bool {
        self.utf16_len().checked_sub(1).and_then(|last| self.unit(last)) == Some(value.0)
    }

    /// The first index of the code unit; -1 if it does not occur.
    #[member("int IndexOf(char value)", pure)]
    fn index_of_char(self, value: Char) -> i32 {
        index_of(search::find_unit(self, 0, self.utf16_len(), |unit| unit == value.0))
    }

    /// The first index of the code unit from `startIndex` on; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("int IndexOf(char value, int startIndex)", pure)]
    fn index_of_char_from(self, cx: &mut Cx<'a>, value: Char, start: i32) -> Result<i32, Throw> {
        index_of_unit(cx, self, start, None, |unit| unit == value.0)
    }

    /// The first index of the code unit among `count` from `startIndex` on; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("int IndexOf(char value, int startIndex, int count)", pure)]
    fn index_of_char_within(self, cx: &mut Cx<'a>, value: Char, start: i32, count: i32) -> Result<i32, Throw> {
        index_of_unit(cx, self, start, Some(count), |unit| unit == value.0)
    }

    /// The first index of the code unit; -1 if it does not occur.
    #[member("int IndexOf(char value, StringComparison comparisonType)", pure)]
    fn index_of_char_compared(self, cx: &mut Cx<'a>, value: Char, comparison: i32) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(index_of(search::find_unit(self, 0, self.utf16_len(), is_unit(value, case))))
    }

    /// The first index of the text; -1 if it does not occur.
    #[member("int IndexOf(string value)", pure)]
    fn index_of_string(self, value: Self) -> i32 {
        index_of(search::find(self, value, 0, self.utf16_len(), Case::Sensitive))
    }

    /// The first index of the text from `startIndex` on; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("int IndexOf(string value, int startIndex)", pure)]
    fn index_of_string_from(self, cx: &mut Cx<'a>, value: Self, start: i32) -> Result<i32, Throw> {
        index_of_text(cx, self, value, start, None, Case::Sensitive)
    }

    /// The first index of the text among `count` code units from `startIndex` on; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("int IndexOf(string value, int startIndex, int count)", pure)]
    fn index_of_string_within(self, cx: &mut Cx<'a>, value: Self, start: i32, count: i32) -> Result<i32, Throw> {
        index_of_text(cx, self, value, start, Some(count), Case::Sensitive)
    }

    /// The first index of the text; -1 if it does not occur.
    #[member("int IndexOf(string value, StringComparison comparisonType)", pure)]
    fn index_of_string_compared(self, cx: &mut Cx<'a>, value: Self, comparison: i32) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        Ok(index_of(search::find(self, value, 0, self.utf16_len(), case)))
    }

    /// The first index of the text from `startIndex` on; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("int IndexOf(string value, int startIndex, StringComparison comparisonType)", pure)]
    fn index_of_string_from_compared(
        self,
        cx: &mut Cx<'a>,
        value: Self,
        start: i32,
        comparison: i32,
    ) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        index_of_text(cx, self, value, start, None, case)
    }

    /// The first index of the text among `count` code units from `startIndex` on; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("int IndexOf(string value, int startIndex, int count, StringComparison comparisonType)", pure)]
    fn index_of_string_within_compared(
        self,
        cx: &mut Cx<'a>,
        value: Self,
        start: i32,
        count: i32,
        comparison: i32,
    ) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        index_of_text(cx, self, value, start, Some(count), case)
    }

    /// The first index of any of the code units; -1 if none occurs.
    #[member("int IndexOfAny(char[] anyOf)", pure)]
    fn index_of_any(self, any_of: &'a Array<'a>) -> i32 {
        let set = UnitSet::of(any_of);
        index_of(search::find_unit(self, 0, self.utf16_len(), |unit| set.contains(unit)))
    }

    /// The first index of any of the code units from `startIndex` on; -1 if none occurs.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("int IndexOfAny(char[] anyOf, int startIndex)", pure)]
    fn index_of_any_from(self, cx: &mut Cx<'a>, any_of: &'a Array<'a>, start: i32) -> Result<i32, Throw> {
        let set = UnitSet::of(any_of);
        index_of_unit(cx, self, start, None, |unit| set.contains(unit))
    }

    /// The first index of any of the code units among `count` from `startIndex` on; -1 if none occurs.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("int IndexOfAny(char[] anyOf, int startIndex, int count)", pure)]
    fn index_of_any_within(self, cx: &mut Cx<'a>, any_of: &'a Array<'a>, start: i32, count: i32) -> Result<i32, Throw> {
        let set = UnitSet::of(any_of);
        index_of_unit(cx, self, start, Some(count), |unit| set.contains(unit))
    }
}

/// The stretch of a search for a code unit that goes down from `start`; none where the text is empty.
fn stretch_down(
    cx: &mut Cx<'_>,
    text: Str<'_>,
    start: i32,
    count: Option<i32>,
) -> Result<Option<(usize, usize)>, Throw> {
    let length = text.utf16_len();
    if length == 0 {
        return Ok(None);
    }
    let Some(last) = usize::try_from(start).ok().filter(|start| *start < length) else {
        return Err(throw_range(cx, BAD_INDEX, "startIndex"));
    };
    match count {
        None => Ok(Some((0, last + 1))),
        Some(count) => match usize::try_from(count) {
            Ok(count) if count <= last + 1 => Ok(Some((last + 1 - count, last + 1))),
            _ => Err(throw_range(cx, BAD_COUNT, "count")),
        },
    }
}

fn last_index_of_unit<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    start: i32,
    count: Option<i32>,
    wanted: impl Fn(u16) -> bool,
) -> Result<i32, Throw> {
    let stretch = stretch_down(cx, text, start, count)?;
    Ok(index_of(stretch.and_then(|(from, to)| search::rfind_unit(text, from, to, wanted))))
}

/// The last index of a text; an empty one is found at the last code unit, as .NET Framework and .NET Core 3 do.
fn last_index_of_text<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    value: Str<'a>,
    start: i32,
    count: Option<i32>,
    case: Case,
) -> Result<i32, Throw> {
    let length = text.utf16_len() as i32;
    if length == 0 && (start == -1 || start == 0) {
        return Ok(if value.is_empty() { 0 } else { -1 });
    }
    if start < 0 || start > length {
        return Err(throw_range(cx, BAD_INDEX, "startIndex"));
    }
    let mut count = count.unwrap_or(start.saturating_add(1));
    let mut start = start;
    if start == length {
        start -= 1;
        count -= i32::from(count > 0);
    }
    if count < 0 || start - count + 1 < 0 {
        return Err(throw_range(cx, BAD_COUNT, "count"));
    }
    if value.is_empty() {
        return Ok(start);
    }
    let (from, to) = ((start - count + 1) as usize, (start + 1) as usize);
    Ok(index_of(search::rfind(text, value, from, to, case)))
}

/// Finds the last place.
#[members("System.String", group = SEARCH_LAST)]
impl<'a> Str<'a> {
    /// The last index of the code unit; -1 if it does not occur.
    #[member("int LastIndexOf(char value)", pure)]
    fn last_index_of_char(self, value: Char) -> i32 {
        index_of(search::rfind_unit(self, 0, self.utf16_len(), |unit| unit == value.0))
    }

    /// The last index of the code unit at or before `startIndex`; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("int LastIndexOf(char value, int startIndex)", pure)]
    fn last_index_of_char_from(self, cx: &mut Cx<'a>, value: Char, start: i32) -> Result<i32, Throw> {
        last_index_of_unit(cx, self, start, None, |unit| unit == value.0)
    }

    /// The last index of the code unit among `count` that end at `startIndex`; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("int LastIndexOf(char value, int startIndex, int count)", pure)]
    fn last_index_of_char_within(self, cx: &mut Cx<'a>, value: Char, start: i32, count: i32) -> Result<i32, Throw> {
        last_index_of_unit(cx, self, start, Some(count), |unit| unit == value.0)
    }

    /// The last index of the text; -1 if it does not occur.
    #[member("int LastIndexOf(string value)", pure)]
    fn last_index_of_string(self, cx: &mut Cx<'a>, value: Self) -> Result<i32, Throw> {
        last_index_of_text(cx, self, value, self.utf16_len() as i32 - 1, None, Case::Sensitive)
    }

    /// The last index of the text that ends at or before `startIndex`; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("int LastIndexOf(string value, int startIndex)", pure)]
    fn last_index_of_string_from(self, cx: &mut Cx<'a>, value: Self, start: i32) -> Result<i32, Throw> {
        last_index_of_text(cx, self, value, start, None, Case::Sensitive)
    }

    /// The last index of the text among `count` code units that end at `startIndex`; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("int LastIndexOf(string value, int startIndex, int count)", pure)]
    fn last_index_of_string_within(self, cx: &mut Cx<'a>, value: Self, start: i32, count: i32) -> Result<i32, Throw> {
        last_index_of_text(cx, self, value, start, Some(count), Case::Sensitive)
    }

    /// The last index of the text; -1 if it does not occur.
    #[member("int LastIndexOf(string value, StringComparison comparisonType)", pure)]
    fn last_index_of_string_compared(self, cx: &mut Cx<'a>, value: Self, comparison: i32) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        last_index_of_text(cx, self, value, self.utf16_len() as i32 - 1, None, case)
    }

    /// The last index of the text that ends at or before `startIndex`; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("int LastIndexOf(string value, int startIndex, StringComparison comparisonType)", pure)]
    fn last_index_of_string_from_compared(
        self,
        cx: &mut Cx<'a>,
        value: Self,
        start: i32,
        comparison: i32,
    ) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        last_index_of_text(cx, self, value, start, None, case)
    }

    /// The last index of the text among `count` code units that end at `startIndex`; -1 if there is none.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("int LastIndexOf(string value, int startIndex, int count, StringComparison comparisonType)", pure)]
    fn last_index_of_string_within_compared(
        self,
        cx: &mut Cx<'a>,
        value: Self,
        start: i32,
        count: i32,
        comparison: i32,
    ) -> Result<i32, Throw> {
        let case = case_of(cx, comparison)?;
        last_index_of_text(cx, self, value, start, Some(count), case)
    }

    /// The last index of any of the code units; -1 if none occurs.
    #[member("int LastIndexOfAny(char[] anyOf)", pure)]
    fn last_index_of_any(self, any_of: &'a Array<'a>) -> i32 {
        let set = UnitSet::of(any_of);
        index_of(search::rfind_unit(self, 0, self.utf16_len(), |unit| set.contains(unit)))
    }

    /// The last index of any of the code units at or before `startIndex`; -1 if none occurs.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("int LastIndexOfAny(char[] anyOf, int startIndex)", pure)]
    fn last_index_of_any_from(self, cx: &mut Cx<'a>, any_of: &'a Array<'a>, start: i32) -> Result<i32, Throw> {
        let set = UnitSet::of(any_of);
        last_index_of_unit(cx, self, start, None, |unit| set.contains(unit))
    }

    /// The last index of any of the code units among `count` that end at `startIndex`; -1 if none occurs.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("int LastIndexOfAny(char[] anyOf, int startIndex, int count)", pure)]
    fn last_index_of_any_within(
        self,
        cx: &mut Cx<'a>,
        any_of: &'a Array<'a>,
        start: i32,
        count: i32,
    ) -> Result<i32, Throw> {
        let set = UnitSet::of(any_of);
        last_index_of_unit(cx, self, start, Some(count), |unit| set.contains(unit))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Items, Null, call};

    const RANGE: &str = "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the \
                         size of the collection. (Parameter 'startIndex')";

    #[test]
    fn the_first_place_is_found() {
        let of_char = "System.String::int IndexOf(char value, int startIndex)";
        for (text, unit, start, expected) in [
            ("hello", 'l', 3, "3"),
            ("abc", 'a', 3, "-1"),
            ("abc", 'a', 4, RANGE),
            ("😀b", 'b', 0, "2"),
            ("", 'x', 0, "-1"),
        ] {
            assert_eq!(call(of_char, &[&text, &unit, &start]), expected, "{text} {unit} {start}");
        }
        let within = "System.String::int IndexOf(char value, int startIndex, int count)";
        assert_eq!(call(within, &[&"hello", &'o', &0, &3]), "-1");
        let of_text = "System.String::int IndexOf(string value)";
        assert_eq!(call(of_text, &[&"hello", &"lo"]), "3");
        assert_eq!(call(of_text, &[&"hello", &""]), "0");
        assert_eq!(
            call(of_text, &[&"hello", &Null]),
            "ArgumentNullException: Value cannot be null. (Parameter 'value')"
        );
        assert_eq!(call("System.String::int IndexOf(string value, int startIndex)", &[&"abcabc", &"bc", &2]), "4");
        let compared = "System.String::int IndexOf(string value, StringComparison comparisonType)";
        assert_eq!(call(compared, &[&"/API/V1/x", &"/v1/", &5]), "4");
        assert_eq!(call(compared, &[&"/API/V1/x", &"/v1/", &4]), "-1");
        assert_eq!(
            call(compared, &[&"a", &"a", &9]),
            "ArgumentException: The string comparison type passed in is currently not supported. (Parameter 'comparisonType')"
        );
        let any = "System.String::int IndexOfAny(char[] anyOf)";
        assert_eq!(call(any, &[&"key=value;x", &Items("char", &[&';', &'='])]), "3");
    }

    #[test]
    fn the_last_place_is_found() {
        let of_text = "System.String::int LastIndexOf(string value)";
        for (text, value, expected) in
            [("one two one", "one", "8"), ("abc", "", "2"), ("", "", "0"), ("", "a", "-1"), ("😀b😀b", "b", "5")]
        {
            assert_eq!(call(of_text, &[&text, &value]), expected, "{text} {value}");
        }
        assert_eq!(call("System.String::int LastIndexOf(char value, int startIndex)", &[&"a.b.c", &'.', &2]), "1");
        let from = "System.String::int LastIndexOf(string value, int startIndex)";
        for (start, expected) in [(8, "0"), (10, "8"), (11, "8"), (12, RANGE), (-1, RANGE)] {
            assert_eq!(call(from, &[&"one two one", &"one", &start]), expected, "{start}");
        }
        let compared = "System.String::int LastIndexOf(string value, StringComparison comparisonType)";
        assert_eq!(call(compared, &[&"xAyA", &"a", &5]), "3");
        assert_eq!(
            call("System.String::int LastIndexOfAny(char[] anyOf)", &[&"a-b_c", &Items("char", &[&'-', &'_'])]),
            "3"
        );
    }

    #[test]
    fn ends_are_compared() {
        let starts = "System.String::bool StartsWith(string value, StringComparison comparisonType)";
        assert_eq!(call(starts, &[&"BEARER x", &"bearer ", &5]), "True");
        assert_eq!(call(starts, &[&"BEARER x", &"bearer ", &4]), "False");
        assert_eq!(call("System.String::bool EndsWith(string value)", &[&"data.json", &".json"]), "True");
        assert_eq!(call("System.String::bool EndsWith(char value)", &[&"", &'x']), "False");
        assert_eq!(
            call("System.String::bool StartsWith(string value)", &[&"abc", &Null]),
            "ArgumentNullException: Value cannot be null. (Parameter 'value')"
        );
        assert_eq!(call("System.String::bool Contains(string value)", &[&"abc", &""]), "True");
        assert_eq!(call("System.String::bool Contains(char value)", &[&"abc", &'c']), "True");
    }
}
