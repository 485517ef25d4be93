//! `System.String`: construction, single units, equality, and parts of a text.
//!
//! Not here: searching (`string_search`), comparing (`string_compare`), changed copies (`string_change`), splitting
//! (`string_split`), joining and formats (`string_join`).

use dotnet_macros::members;

use crate::array::Array;
use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::object::{self, Obj, Ops, REFERENCE, fold_hash};
use crate::rt::scalar_of;
use crate::seq::{Cursor, Steps};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::char::CHAR;
use crate::types::exception::{ARGUMENT_EXCEPTION, ARGUMENT_OUT_OF_RANGE_EXCEPTION, INDEX_OUT_OF_RANGE_EXCEPTION};
use crate::types::string_change::CHANGE;
use crate::types::string_compare::COMPARE;
use crate::types::string_join::JOIN;
use crate::types::string_normalize::NORMALIZE;
use crate::types::string_search::{SEARCH, SEARCH_LAST};
use crate::types::string_split::SPLIT;
use crate::word::{Char, Word};
use crate::wtf8;

/// What .NET says of an index that is out of range.
pub(crate) const BAD_INDEX: &str =
    "Index was out of range. Must be non-negative and less than the size of the collection.";
/// What .NET says of an index and a count that are out of range together.
pub(crate) const BAD_LOCATION: &str = "Index and count must refer to a location within the string.";

/// Text: a sequence of UTF-16 code units.
#[members("public sealed class System.String : IComparable, IComparable<string>, IEquatable<string>, IEnumerable<char>",
    as = STRING, ops = STRING_OPS, groups = [SEARCH, SEARCH_LAST, COMPARE, CHANGE, NORMALIZE, SPLIT, JOIN])]
impl<'a> Str<'a> {
    /// The empty text.
    #[member("static string Empty")]
    const EMPTY_TEXT: Constant = Constant::Text("");

    /// A text that repeats one code unit.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative.
    #[member("String(char c, int count)", pure)]
    fn repeated(cx: &mut Cx<'a>, c: Char, count: i32) -> Result<Self, Throw> {
        let Ok(count) = usize::try_from(count) else {
            return Err(cx.throw_argument(
                Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION),
                "'count' must be non-negative.",
                "count",
            ));
        };
        cx.reserve(count.saturating_mul(3))?;
        let mut unit = Vec::with_capacity(3);
        wtf8::push_unit(&mut unit, c.0);
        Ok(cx.write(|out| unit.iter().cycle().take(count * unit.len()).for_each(|byte| out.push(*byte))))
    }

    /// A text of these code units; null gives an empty text.
    #[member("String(char[] value)", pure)]
    fn of_units(cx: &mut Cx<'a>, value: Option<&'a Array<'a>>) -> Self {
        value.map_or(Self::EMPTY, |units| from_units(cx, units.items().iter().map(|unit| scalar_of(unit.get()))))
    }

    /// A text of some of these code units.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`.
    #[member("String(char[] value, int startIndex, int length)", pure)]
    fn of_some_units(cx: &mut Cx<'a>, value: &'a Array<'a>, start_index: i32, length: i32) -> Result<Self, Throw> {
        if length < 0 {
            return Err(throw_range(cx, "Length cannot be less than zero.", "length"));
        }
        let (start, length) = (start_index as usize, length as usize);
        match value.items().get(start..start.saturating_add(length)) {
            Some(units) => Ok(from_units(cx, units.iter().map(|unit| scalar_of(unit.get())))),
            None if start_index < 0 => Err(throw_range(cx, "StartIndex cannot be less than zero.", "startIndex")),
            None => Err(throw_range(cx, BAD_INDEX, "startIndex")),
        }
    }

    /// How many UTF-16 code units the text has.
    #[member("int Length { get; }", pure)]
    fn length(self) -> i32 {
        self.utf16_len() as i32
    }

    /// The code unit at an index.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there is none.
    #[member("char this[int index] { get; }", pure)]
    fn item(self, cx: &mut Cx<'a>, index: i32) -> Result<Char, Throw> {
        match usize::try_from(index).ok().and_then(|index| self.unit(index)) {
            Some(unit) => Ok(Char(unit)),
            None => {
                let message = "Index was outside the bounds of the array.";
                Err(cx.throw(Ty(&INDEX_OUT_OF_RANGE_EXCEPTION), message))
            }
        }
    }

    /// The part of this string from `startIndex` to its end; at the length it is empty.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("string Substring(int startIndex)", pure)]
    fn substring(self, cx: &mut Cx<'a>, start_index: i32) -> Result<Self, Throw> {
        let part = usize::try_from(start_index).ok().and_then(|start| self.utf16_slice(cx, start, self.utf16_len()));
        part.ok_or_else(|| throw_start(cx, start_index))
    }

    /// The part of this string that begins at `startIndex` and has `length` code units.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it does not lie inside the string.
    #[member("string Substring(int startIndex, int length)", pure)]
    fn substring_of_length(self, cx: &mut Cx<'a>, start_index: i32, length: i32) -> Result<Self, Throw> {
        if let (Ok(start), Ok(length)) = (usize::try_from(start_index), usize::try_from(length))
            && let Some(part) = self.utf16_slice(cx, start, start.saturating_add(length))
        {
            return Ok(part);
        }
        Err(if start_index < 0 || start_index as usize > self.utf16_len() {
            throw_start(cx, start_index)
        } else if length < 0 {
            throw_range(cx, "Length cannot be less than zero.", "length")
        } else {
            throw_range(cx, "Index and length must refer to a location within the string.", "length")
        })
    }

    /// The code units.
    #[member("char[] ToCharArray()")]
    fn to_char_array(self, cx: &mut Cx<'a>) -> Result<&'a Array<'a>, Throw> {
        units_as_array(cx, self, 0, self.utf16_len())
    }

    /// Some of the code units.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the string.
    #[member("char[] ToCharArray(int startIndex, int length)")]
    fn some_to_char_array(self, cx: &mut Cx<'a>, start_index: i32, length: i32) -> Result<&'a Array<'a>, Throw> {
        match (usize::try_from(start_index), usize::try_from(length)) {
            (Ok(start), Ok(length)) if start.saturating_add(length) <= self.utf16_len() => {
                units_as_array(cx, self, start, length)
            }
            (Ok(start), Err(_)) if start <= self.utf16_len() => Err(throw_range(cx, BAD_INDEX, "length")),
            _ => Err(throw_range(cx, BAD_INDEX, "startIndex")),
        }
    }

    /// Copies code units into an array.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the string or the array.
    #[member("void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)")]
    fn copy_to(
        self,
        cx: &mut Cx<'a>,
        source_index: i32,
        destination: &'a Array<'a>,
        destination_index: i32,
        count: i32,
    ) -> Result<(), Throw> {
        let Ok(count) = usize::try_from(count) else {
            return Err(throw_range(cx, "Count cannot be less than zero.", "count"));
        };
        let Ok(source) = usize::try_from(source_index) else {
            return Err(throw_range(cx, BAD_INDEX, "sourceIndex"));
        };
        if source.saturating_add(count) > self.utf16_len() {
            return Err(throw_range(cx, BAD_LOCATION, "sourceIndex"));
        }
        let target = usize::try_from(destination_index).ok();
        let target = target.and_then(|start| destination.items().get(start..start.saturating_add(count)));
        let Some(target) = target else { return Err(throw_range(cx, BAD_LOCATION, "destinationIndex")) };
        for (place, unit) in target.iter().zip(units_from(self, source)) {
            place.set(Word(u64::from(unit)));
        }
        Ok(())
    }

    /// The text itself.
    #[member("object Clone()", pure)]
    fn clone(self) -> Self {
        self
    }

    /// The text itself.
    #[member("string ToString()", pure)]
    fn to_text(self) -> Self {
        self
    }

    /// The text itself; the culture does not matter.
    #[member("string ToString(IFormatProvider provider)", pure)]
    fn to_text_of_culture(self, _provider: Option<Obj<'a>>) -> Self {
        self
    }

    /// A number that is the same for equal texts, as long as the gateway runs.
    #[member("int GetHashCode()")]
    fn get_hash_code(self) -> i32 {
        hash(self)
    }

    /// The kind of the type.
    #[member("TypeCode GetTypeCode()", pure)]
    fn get_type_code(self) -> i32 {
        18
    }

    /// A new string object of the same text.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string Copy(string str)")]
    fn copy(cx: &mut Cx<'a>, str: Self) -> Self {
        Self::over_wtf8(cx.arena(), str.bytes())
    }

    /// The text itself: equal literals are one object here as it is.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string Intern(string str)")]
    fn intern(str: Self) -> Self {
        str
    }

    /// Whether the text is null or empty.
    #[member("static bool IsNullOrEmpty(string value)", pure)]
    fn is_null_or_empty(value: Option<Self>) -> bool {
        value.is_none_or(Str::is_empty)
    }

    /// Whether the text is null, empty, or white space only.
    #[member("static bool IsNullOrWhiteSpace(string value)", pure)]
    fn is_null_or_white_space(value: Option<Self>) -> bool {
        value.is_none_or(|text| crate::format::wtf8::trim_start(text.bytes()).is_empty())
    }
}

/// The behaviour of strings.
pub static STRING_OPS: Ops = Ops {
    to_text: |_, object| Ok(as_string(object).unwrap_or(Str::EMPTY)),
    equals: |_, a, b| Ok(as_string(a) == as_string(b)),
    hash: |_, object| Ok(as_string(object).map_or(0, hash)),
    compare: Some(|_, a, b| {
        let (a, b) = (as_string(a).unwrap_or(Str::EMPTY), as_string(b).unwrap_or(Str::EMPTY));
        Ok(crate::types::string_compare::linguistic(a, b, crate::search::Case::Sensitive))
    }),
    elements: Some(|cx, object, _| {
        let mut units = as_string(object).unwrap_or(Str::EMPTY).units();
        Ok(Cursor::new(cx, Steps(move |_: &mut Cx<'_>| Ok::<_, Throw>(units.next().map(|unit| Word(u64::from(unit)))))))
    }),
    count: Some(|object| as_string(object).map_or(0, Str::utf16_len)),
    ..REFERENCE
};

/// The hash code of a text: different in every process, so that nobody can prepare texts that collide.
fn hash(text: Str<'_>) -> i32 {
    fold_hash(crate::hash::of_bytes(text.bytes()))
}

/// The string that an object is.
#[must_use]
pub fn as_string(object: Obj<'_>) -> Option<Str<'_>> {
    // SAFETY: the object's own type says that it is a string.
    (object.ty() == Ty(&STRING)).then(|| unsafe { object::NotNull::from_not_null(object.word()) })
}

/// A string of code units.
#[must_use]
pub fn from_units<'a>(cx: &mut Cx<'a>, units: impl Iterator<Item = Char>) -> Str<'a> {
    cx.write(|out| units.for_each(|unit| wtf8::push_unit(out, unit.0)))
}

/// The code units of a text from an index on.
pub(super) fn units_from(text: Str<'_>, start: usize) -> impl Iterator<Item = u16> {
    let place = text.byte_offset(start).unwrap_or(Ok(text.bytes().len()));
    let rest = text.bytes().get(place.unwrap_or_else(|at| at)..).unwrap_or(&[]);
    wtf8::units(rest).skip(usize::from(place.is_err()))
}

/// Code units of a text as a `char[]`.
pub(super) fn units_as_array<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    start: usize,
    count: usize,
) -> Result<&'a Array<'a>, Throw> {
    cx.reserve(count.saturating_mul(size_of::<Word>()))?;
    let words: Vec<Word> = units_from(text, start).take(count).map(|unit| Word(u64::from(unit))).collect();
    Ok(Array::new(cx, Ty(&CHAR), &words))
}

/// The exception of an argument outside of its range.
#[cold]
pub fn throw_range(cx: &mut Cx<'_>, message: &str, parameter: &str) -> Throw {
    cx.throw_argument(Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION), message, parameter)
}

#[cold]
fn throw_start(cx: &mut Cx<'_>, start_index: i32) -> Throw {
    let message = if start_index < 0 {
        "StartIndex cannot be less than zero."
    } else {
        "startIndex cannot be larger than length of string."
    };
    throw_range(cx, message, "startIndex")
}

/// The exception of an empty text where one must have content.
#[cold]
pub(super) fn throw_empty(cx: &mut Cx<'_>, parameter: &str) -> Throw {
    cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "String cannot be of zero length.", parameter)
}

/// The text of a value of static type `ty` in a format, padded with blanks to `width`: on the left where it is
/// positive, on the right where it is negative.
///
/// # Errors
/// `FormatException` if the type does not know the format.
pub fn formatted<'a>(
    cx: &mut Cx<'a>,
    ty: Ty,
    value: Word,
    format: Option<Str<'a>>,
    width: i32,
) -> Result<Str<'a>, Throw> {
    let boxed = object::boxed(cx, ty, value);
    // SAFETY: a box, or a word of a reference type.
    let text = match (unsafe { cx.object(boxed) }, format) {
        (None, _) => Str::EMPTY,
        (Some(object), Some(format)) if !format.is_empty() => match object.ty().def.ops.format {
            Some(with_format) => with_format(cx, object, format)?,
            None => object.to_text(cx)?,
        },
        (Some(object), _) => object.to_text(cx)?,
    };
    let missing = usize::try_from(width.unsigned_abs()).unwrap_or(0).saturating_sub(text.utf16_len());
    if missing == 0 {
        return Ok(text);
    }
    cx.reserve(missing.saturating_add(text.bytes().len()))?;
    Ok(cx.write(|out| {
        let blanks = if width > 0 { missing } else { 0 };
        out.resize(blanks, b' ');
        out.extend_from_slice(text.bytes());
        out.resize(missing + text.bytes().len(), b' ');
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Items, Null, Object, call, with_harness};

    #[test]
    fn parts_are_counted_in_utf16() {
        let part = "System.String::string Substring(int startIndex, int length)";
        for (text, start, length, expected) in [
            ("abcdef", 2, 3, "cde"),
            ("abc", 3, 0, ""),
            ("x😀y", 1, 2, "😀"),
            (
                "abc",
                -1,
                1,
                "ArgumentOutOfRangeException: StartIndex cannot be less than zero. (Parameter 'startIndex')",
            ),
            (
                "abc",
                4,
                0,
                "ArgumentOutOfRangeException: startIndex cannot be larger than length of string. (Parameter 'startIndex')",
            ),
            ("abc", 1, -2, "ArgumentOutOfRangeException: Length cannot be less than zero. (Parameter 'length')"),
            (
                "abcdef",
                4,
                5,
                "ArgumentOutOfRangeException: Index and length must refer to a location within the string. (Parameter 'length')",
            ),
        ] {
            assert_eq!(call(part, &[&text, &start, &length]), expected, "{text} {start} {length}");
        }
        assert_eq!(call("System.String::int Length { get; }", &[&"a😀"]), "3");
        assert_eq!(call("System.String::char this[int index] { get; }", &[&"hello", &1]), "e");
        assert_eq!(
            call("System.String::char this[int index] { get; }", &[&"abc", &3]),
            "IndexOutOfRangeException: Index was outside the bounds of the array."
        );
    }

    #[test]
    fn strings_are_made_of_units() {
        assert_eq!(call("System.String::String(char c, int count)", &[&'-', &5]), "-----");
        assert_eq!(call("System.String::String(char c, int count)", &[&'é', &2]), "éé");
        assert_eq!(
            call("System.String::String(char c, int count)", &[&'-', &-1]),
            "ArgumentOutOfRangeException: 'count' must be non-negative. (Parameter 'count')"
        );
        assert_eq!(call("System.String::String(char[] value)", &[&Null]), "");
        let units = Items("char", &[&'a', &'b', &'c', &'d']);
        assert_eq!(call("System.String::String(char[] value, int startIndex, int length)", &[&units, &1, &2]), "bc");
        assert_eq!(call("System.String::char[] ToCharArray()", &[&"abc"]), "[a, b, c]");
        assert_eq!(
            call("System.String::char[] ToCharArray(int startIndex, int length)", &[&"abcdef", &2, &3]),
            "[c, d, e]"
        );
    }

    #[test]
    fn units_are_copied_into_an_array() {
        with_harness(|harness| {
            let buffer = harness.word("System.String::char[] ToCharArray()", &[&"....."]);
            let copy =
                "System.String::void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)";
            assert_eq!(harness.call(copy, &[&"abcdef", &1, &buffer, &1, &3]), "void");
            assert_eq!(harness.call("System.String::String(char[] value)", &[&buffer]), ".bcd.");
            assert_eq!(
                harness.call(copy, &[&"abc", &1, &buffer, &1, &3]),
                "ArgumentOutOfRangeException: Index and count must refer to a location within the string. (Parameter 'sourceIndex')"
            );
        });
    }

    #[test]
    fn white_space_and_equality_are_seen() {
        for (text, expected) in [(" \t\n", "True"), (" x ", "False"), ("", "True"), ("\u{2003}", "True")] {
            assert_eq!(call("System.String::static bool IsNullOrWhiteSpace(string value)", &[&text]), expected);
        }
        assert_eq!(call("System.String::static bool IsNullOrEmpty(string value)", &[&Null]), "True");
        assert_eq!(call("System.Object::bool Equals(object obj)", &[&"x", &"x"]), "True");
        assert_eq!(call("System.Object::bool Equals(object obj)", &[&"5", &Object(5)]), "False");
        with_harness(|harness| {
            let a = harness.call("System.String::int GetHashCode()", &[&"abc"]);
            assert_eq!(harness.call("System.Object::int GetHashCode()", &[&"abc"]), a);
        });
    }
}
