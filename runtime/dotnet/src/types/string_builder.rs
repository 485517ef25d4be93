//! `System.Text.StringBuilder`: a text that changes.
//!
//! Not here: appending and inserting values of single types (`string_builder_values`), the text itself (`text_buffer`).

use std::cell::Cell;

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::object::{Header, Obj, Ops, REFERENCE};
use crate::rt::scalar_of;
use crate::search::Case;
use crate::text::Str;
use crate::text_buffer::TextBuffer;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, INDEX_OUT_OF_RANGE_EXCEPTION};
use crate::types::string::{BAD_INDEX, throw_range, units_from};
use crate::types::string_builder_format::FORMATS;
use crate::types::string_builder_values::*;
use crate::types::string_change::replaced;
use crate::word::{Char, Word};
use crate::wtf8;

/// The object of a `StringBuilder`.
#[repr(C)]
pub struct Builder<'a> {
    header: Header,
    /// The text.
    pub text: TextBuffer<'a>,
    /// How many code units .NET would have room for; the buffer itself does not care.
    capacity: Cell<usize>,
}

crate::layout!(Builder<'a>, STRING_BUILDER_DEF);

/// The room of a builder that was asked for none.
const DEFAULT_CAPACITY: usize = 16;
/// .NET's largest piece of a builder's text.
const LARGEST_PIECE: usize = 8000;

impl<'a> Builder<'a> {
    /// A builder with room for so many code units.
    pub(super) fn with_capacity(cx: &mut Cx<'a>, capacity: usize) -> &'a Self {
        let capacity = if capacity == 0 { DEFAULT_CAPACITY } else { capacity };
        let (header, text) = (Header::new(Ty(&STRING_BUILDER)), TextBuffer::new());
        cx.arena().alloc(Self { header, text, capacity: Cell::new(capacity) })
    }

    /// Appends a text.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn push(&'a self, cx: &mut Cx<'a>, text: Str<'a>) -> Result<&'a Self, Throw> {
        self.text.append(cx, text)?;
        Ok(self.grown())
    }

    /// Puts a text in at an index.
    ///
    /// # Errors
    /// `ArgumentOutOfRangeException` if the index is negative or past the end; the limit of memory.
    pub(super) fn put(&'a self, cx: &mut Cx<'a>, index: i32, text: Str<'a>) -> Result<&'a Self, Throw> {
        let at = self.index(cx, index)?;
        self.text.splice(cx, at, at, text.bytes())?;
        Ok(self.grown())
    }

    /// An index that may also be the length.
    pub(super) fn index(&self, cx: &mut Cx<'a>, index: i32) -> Result<usize, Throw> {
        let at = usize::try_from(index).ok().filter(|at| *at <= self.text.utf16_len());
        at.ok_or_else(|| throw_range(cx, BAD_INDEX, "index"))
    }

    /// Keeps account of the room that .NET would have by now.
    pub(super) fn grown(&'a self) -> &'a Self {
        let (units, capacity) = (self.text.utf16_len(), self.capacity.get());
        if units > capacity {
            self.capacity.set(capacity + (units - capacity).max(capacity.min(LARGEST_PIECE)));
        }
        self
    }
}

/// A text that changes.
#[members("public sealed class System.Text.StringBuilder", as = STRING_BUILDER, ops = STRING_BUILDER_OPS,
    groups = [FORMATS, TEXTS, BOOLEAN_VALUES, SBYTE_VALUES, BYTE_VALUES, INT16_VALUES, UINT16_VALUES, INT32_VALUES,
        UINT32_VALUES, INT64_VALUES, UINT64_VALUES, SINGLE_VALUES, DOUBLE_VALUES, DECIMAL_VALUES])]
impl<'a> Builder<'a> {
    /// An empty text.
    #[member("StringBuilder()")]
    fn new(cx: &mut Cx<'a>) -> &'a Self {
        Self::with_capacity(cx, 0)
    }

    /// An empty text with room for so many code units.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("StringBuilder(int capacity)")]
    fn of_capacity(cx: &mut Cx<'a>, capacity: i32) -> Result<&'a Self, Throw> {
        match usize::try_from(capacity) {
            Ok(capacity) => Ok(Self::with_capacity(cx, capacity)),
            Err(_) => Err(throw_range(cx, "'capacity' must be greater than zero.", "capacity")),
        }
    }

    /// An empty text with room for so many code units; the largest capacity is not enforced.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if one is negative or the first the larger.
    #[member("StringBuilder(int capacity, int maxCapacity)")]
    fn of_capacities(cx: &mut Cx<'a>, capacity: i32, max_capacity: i32) -> Result<&'a Self, Throw> {
        if capacity > max_capacity {
            return Err(throw_range(cx, "Capacity exceeds maximum capacity.", "capacity"));
        }
        if max_capacity < 1 {
            return Err(throw_range(cx, "MaxCapacity must be one or greater.", "maxCapacity"));
        }
        Self::of_capacity(cx, capacity)
    }

    /// A text to begin with; null is empty.
    #[member("StringBuilder(string value)")]
    fn of_text(cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<&'a Self, Throw> {
        let value = value.unwrap_or_default();
        Self::with_capacity(cx, DEFAULT_CAPACITY.max(value.utf16_len())).push(cx, value)
    }

    /// A text to begin with, and room for so many code units.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("StringBuilder(string value, int capacity)")]
    fn of_text_and_capacity(cx: &mut Cx<'a>, value: Option<Str<'a>>, capacity: i32) -> Result<&'a Self, Throw> {
        let builder = Self::of_capacity(cx, capacity)?;
        let value = value.unwrap_or_default();
        builder.capacity.set(builder.capacity.get().max(value.utf16_len()));
        builder.push(cx, value)
    }

    /// A part of a text to begin with, and room for so many code units.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the part does not lie inside the text.
    #[member("StringBuilder(string value, int startIndex, int length, int capacity)")]
    fn of_part(
        cx: &mut Cx<'a>,
        value: Option<Str<'a>>,
        start: i32,
        length: i32,
        capacity: i32,
    ) -> Result<&'a Self, Throw> {
        let value = value.unwrap_or_default();
        let part = match (usize::try_from(start), usize::try_from(length)) {
            (Ok(start), Ok(length)) => value.utf16_slice(cx, start, start.saturating_add(length)),
            (Err(_), _) => return Err(throw_range(cx, "StartIndex cannot be less than zero.", "startIndex")),
            (_, Err(_)) => return Err(throw_range(cx, "'length' must be non-negative.", "length")),
        };
        match part {
            Some(part) => Self::of_text_and_capacity(cx, Some(part), capacity),
            None => Err(throw_range(cx, "Index and length must refer to a location within the string.", "length")),
        }
    }

    /// How many code units the text has.
    #[member("int Length { get; }")]
    fn length(&'a self) -> i32 {
        self.text.utf16_len() as i32
    }

    /// Cuts the text off, or fills it up with the code unit 0.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the length is negative.
    #[member("int Length { set; }")]
    fn set_length(&'a self, cx: &mut Cx<'a>, value: i32) -> Result<(), Throw> {
        let Ok(length) = usize::try_from(value) else {
            return Err(throw_range(cx, "Length cannot be less than zero.", "value"));
        };
        let missing = length.saturating_sub(self.text.utf16_len());
        if missing == 0 {
            return self.text.truncate(cx, length);
        }
        cx.reserve(missing)?;
        self.text.append_ascii(cx, &vec![0; missing])?;
        self.grown();
        Ok(())
    }

    /// How many code units there is room for.
    #[member("int Capacity { get; }")]
    fn capacity(&'a self) -> i32 {
        self.capacity.get() as i32
    }

    /// Sets how many code units there is room for.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the text has more.
    #[member("int Capacity { set; }")]
    fn set_capacity(&'a self, cx: &mut Cx<'a>, value: i32) -> Result<(), Throw> {
        match usize::try_from(value) {
            Ok(capacity) if capacity >= self.text.utf16_len() => {
                self.capacity.set(capacity);
                Ok(())
            }
            Ok(_) => Err(throw_range(cx, "capacity was less than the current size.", "value")),
            Err(_) => Err(throw_range(cx, "Capacity must be positive.", "value")),
        }
    }

    /// The most code units that there can be room for.
    #[member("int MaxCapacity { get; }")]
    fn max_capacity(&'a self) -> i32 {
        i32::MAX
    }

    /// Makes room for so many code units; gives how many there is room for.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the capacity is negative.
    #[member("int EnsureCapacity(int capacity)")]
    fn ensure_capacity(&'a self, cx: &mut Cx<'a>, capacity: i32) -> Result<i32, Throw> {
        let Ok(capacity) = usize::try_from(capacity) else {
            return Err(throw_range(cx, "Capacity must be positive.", "capacity"));
        };
        self.capacity.set(self.capacity.get().max(capacity));
        Ok(self.capacity.get() as i32)
    }

    /// The code unit at an index.
    ///
    /// # Throws
    /// `IndexOutOfRangeException` if there is none.
    #[member("char this[int index] { get; }")]
    fn item(&'a self, cx: &mut Cx<'a>, index: i32) -> Result<Char, Throw> {
        let unit = usize::try_from(index).ok().and_then(|index| self.text.unit(index));
        let message = "Index was outside the bounds of the array.";
        unit.map(Char).ok_or_else(|| cx.throw(Ty(&INDEX_OUT_OF_RANGE_EXCEPTION), message))
    }

    /// Changes the code unit at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if there is none.
    #[member("char this[int index] { set; }")]
    fn set_item(&'a self, cx: &mut Cx<'a>, index: i32, value: Char) -> Result<(), Throw> {
        match usize::try_from(index).ok().filter(|index| *index < self.text.utf16_len()) {
            Some(index) => {
                let mut bytes = Vec::with_capacity(3);
                wtf8::push_unit(&mut bytes, value.0);
                self.text.splice(cx, index, index + 1, &bytes)
            }
            None => Err(throw_range(cx, BAD_INDEX, "index")),
        }
    }

    /// Makes the text empty.
    #[member("StringBuilder Clear()")]
    fn clear(&'a self, cx: &mut Cx<'a>) -> Result<&'a Self, Throw> {
        self.text.truncate(cx, 0)?;
        Ok(self)
    }

    /// Removes code units.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if they do not lie inside the text.
    #[member("StringBuilder Remove(int startIndex, int length)")]
    fn remove(&'a self, cx: &mut Cx<'a>, start: i32, length: i32) -> Result<&'a Self, Throw> {
        let Ok(length) = usize::try_from(length) else {
            return Err(throw_range(cx, "Length cannot be less than zero.", "length"));
        };
        let Ok(start) = usize::try_from(start) else {
            return Err(throw_range(cx, "StartIndex cannot be less than zero.", "startIndex"));
        };
        if start.saturating_add(length) > self.text.utf16_len() {
            return Err(throw_range(cx, BAD_INDEX, "length"));
        }
        self.text.splice(cx, start, start + length, &[])?;
        Ok(self)
    }

    /// Replaces every occurrence of one text by another; null and empty remove it.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if `oldValue` is empty.
    #[member("StringBuilder Replace(string oldValue, string newValue)")]
    fn replace(&'a self, cx: &mut Cx<'a>, old: Str<'a>, new: Option<Str<'a>>) -> Result<&'a Self, Throw> {
        self.replace_within(cx, old, new, 0, self.length())
    }

    /// Replaces every occurrence of one text in a part of this one by another.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if `oldValue` is empty, `ArgumentOutOfRangeException` if the part
    /// does not lie inside the text.
    #[member("StringBuilder Replace(string oldValue, string newValue, int startIndex, int count)")]
    fn replace_within(
        &'a self,
        cx: &mut Cx<'a>,
        old: Str<'a>,
        new: Option<Str<'a>>,
        start: i32,
        count: i32,
    ) -> Result<&'a Self, Throw> {
        let (from, to) = self.part(cx, start, count)?;
        if old.is_empty() {
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "Empty name is not legal.", "oldValue"));
        }
        let whole = self.text.to_text(cx);
        let part = whole.utf16_slice(cx, from, to).unwrap_or_default();
        let changed = replaced(cx, part, old, new, Case::Sensitive)?;
        if !changed.is_same(part) {
            self.text.splice(cx, from, to, changed.bytes())?;
        }
        Ok(self.grown())
    }

    /// Replaces every occurrence of one code unit by another.
    #[member("StringBuilder Replace(char oldChar, char newChar)")]
    fn replace_unit(&'a self, cx: &mut Cx<'a>, old: Char, new: Char) -> Result<&'a Self, Throw> {
        self.replace_unit_within(cx, old, new, 0, self.length())
    }

    /// Replaces every occurrence of one code unit in a part of the text by another.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the part does not lie inside the text.
    #[member("StringBuilder Replace(char oldChar, char newChar, int startIndex, int count)")]
    fn replace_unit_within(
        &'a self,
        cx: &mut Cx<'a>,
        old: Char,
        new: Char,
        start: i32,
        count: i32,
    ) -> Result<&'a Self, Throw> {
        let (from, to) = self.part(cx, start, count)?;
        let whole = self.text.to_text(cx);
        let part = whole.utf16_slice(cx, from, to).unwrap_or_default();
        if part.units().any(|unit| unit == old.0) {
            let units = part.units().map(|unit| if unit == old.0 { new } else { Char(unit) });
            let changed = crate::types::string::from_units(cx, units);
            self.text.splice(cx, from, to, changed.bytes())?;
        }
        Ok(self)
    }

    /// The text as a string.
    #[member("string ToString()")]
    fn to_string(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        self.text.to_text(cx)
    }

    /// A part of the text as a string.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if it does not lie inside the text.
    #[member("string ToString(int startIndex, int length)")]
    fn part_to_string(&'a self, cx: &mut Cx<'a>, start: i32, length: i32) -> Result<Str<'a>, Throw> {
        let whole = self.text.to_text(cx);
        let part = match (usize::try_from(start), usize::try_from(length)) {
            (Err(_), _) => Err("StartIndex cannot be less than zero."),
            (Ok(start), _) if start > whole.utf16_len() => Err("startIndex cannot be larger than length of string."),
            (_, Err(_)) => return Err(throw_range(cx, "Length cannot be less than zero.", "length")),
            (Ok(start), Ok(length)) => Ok(whole.utf16_slice(cx, start, start.saturating_add(length))),
        };
        match part {
            Ok(Some(part)) => Ok(part),
            Ok(None) => Err(throw_range(cx, "Index and length must refer to a location within the string.", "length")),
            Err(message) => Err(throw_range(cx, message, "startIndex")),
        }
    }

    /// Copies code units into an array.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` and `ArgumentException` if they do not lie inside the text
    /// or the array.
    #[member("void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)")]
    fn copy_to(
        &'a self,
        cx: &mut Cx<'a>,
        source: i32,
        destination: &'a Array<'a>,
        target: i32,
        count: i32,
    ) -> Result<(), Throw> {
        let Ok(count) = usize::try_from(count) else {
            return Err(throw_range(cx, "Argument count must not be negative.", "count"));
        };
        let Ok(target) = usize::try_from(target) else {
            return Err(throw_range(cx, "'destinationIndex' must be non-negative.", "destinationIndex"));
        };
        let Some(places) = destination.items().get(target..target.saturating_add(count)) else {
            let message = "Either offset did not refer to a position in the string, or there is an insufficient length \
                           of destination character array.";
            return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), message));
        };
        let Some(source) = usize::try_from(source).ok().filter(|source| *source <= self.text.utf16_len()) else {
            return Err(throw_range(cx, BAD_INDEX, "sourceIndex"));
        };
        if source + count > self.text.utf16_len() {
            let message = "Source string was not long enough. Check sourceIndex and count.";
            return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), message));
        }
        let whole = self.text.to_text(cx);
        for (place, unit) in places.iter().zip(units_from(whole, source)) {
            place.set(Word(u64::from(unit)));
        }
        Ok(())
    }

    /// Whether both have the same text and the same room.
    #[member("bool Equals(StringBuilder sb)")]
    fn equals(&'a self, cx: &mut Cx<'a>, other: Option<&'a Self>) -> bool {
        other.is_some_and(|other| {
            self.capacity.get() == other.capacity.get() && self.text.to_text(cx) == other.text.to_text(cx)
        })
    }

    /// The part of the text from an index on.
    fn part(&self, cx: &mut Cx<'a>, start: i32, count: i32) -> Result<(usize, usize), Throw> {
        let Some(from) = usize::try_from(start).ok().filter(|from| *from <= self.text.utf16_len()) else {
            return Err(throw_range(cx, BAD_INDEX, "startIndex"));
        };
        match usize::try_from(count) {
            Ok(count) if from + count <= self.text.utf16_len() => Ok((from, from + count)),
            _ => Err(throw_range(cx, BAD_INDEX, "count")),
        }
    }
}

/// The behaviour of builders: their text.
pub static STRING_BUILDER_OPS: Ops = Ops {
    to_text: |cx, object: Obj<'_>| {
        Ok(object.downcast::<Builder<'_>>().map_or(Str::EMPTY, |builder| builder.text.to_text(cx)))
    },
    ..REFERENCE
};

/// The code units of an array.
pub(super) fn units_of<'a>(units: &Array<'a>) -> impl Iterator<Item = Char> {
    units.items().iter().map(|unit| scalar_of(unit.get()))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Harness, Object, with_harness};
    use crate::word::Word;

    const BUILDER: &str = "System.Text.StringBuilder::";

    fn run(harness: &mut Harness<'_>, builder: Word, signature: &str, args: &[&dyn crate::testing::Arg]) -> String {
        let mut all: Vec<&dyn crate::testing::Arg> = vec![&builder];
        all.extend(args);
        harness.call(&format!("{BUILDER}{signature}"), &all)
    }

    #[test]
    fn texts_are_built() {
        with_harness(|harness| {
            let builder = harness.word("System.Text.StringBuilder::StringBuilder()", &[]);
            for (signature, arg, expected) in [
                ("StringBuilder Append(string value)", &"a" as &dyn crate::testing::Arg, "a"),
                ("StringBuilder Append(int value)", &-1, "a-1"),
                ("StringBuilder Append(bool value)", &true, "a-1True"),
                ("StringBuilder Append(char value)", &'é', "a-1Trueé"),
                ("StringBuilder Append(double value)", &1.5, "a-1Trueé1.5"),
                ("StringBuilder Append(object value)", &Object(7_i64), "a-1Trueé1.57"),
            ] {
                assert_eq!(run(harness, builder, signature, &[arg]), expected);
            }
            assert_eq!(
                run(harness, builder, "StringBuilder Insert(int index, string value)", &[&0, &">"]),
                ">a-1Trueé1.57"
            );
            assert_eq!(
                run(harness, builder, "StringBuilder Remove(int startIndex, int length)", &[&1, &1]),
                ">-1Trueé1.57"
            );
            assert_eq!(
                run(harness, builder, "StringBuilder Replace(string oldValue, string newValue)", &[&"é", &"e"]),
                ">-1Truee1.57"
            );
            assert_eq!(run(harness, builder, "char this[int index] { set; }", &[&0, &'<']), "void");
            assert_eq!(run(harness, builder, "char this[int index] { get; }", &[&0]), "<");
            assert_eq!(run(harness, builder, "int Length { set; }", &[&3]), "void");
            assert_eq!(run(harness, builder, "string ToString()", &[]), "<-1");
            assert_eq!(run(harness, builder, "StringBuilder Clear()", &[]), "");
            assert_eq!(run(harness, builder, "int Length { get; }", &[]), "0");
        });
    }

    #[test]
    fn bad_indexes_are_refused() {
        with_harness(|harness| {
            let builder = harness.word("System.Text.StringBuilder::StringBuilder(string value)", &[&"abc"]);
            for (signature, args, expected) in [
                (
                    "char this[int index] { get; }",
                    vec![&3 as &dyn crate::testing::Arg],
                    "IndexOutOfRangeException: Index was outside the bounds of the array.",
                ),
                (
                    "char this[int index] { set; }",
                    vec![&3, &'x'],
                    "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')",
                ),
                (
                    "StringBuilder Remove(int startIndex, int length)",
                    vec![&1, &3],
                    "ArgumentOutOfRangeException: Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'length')",
                ),
                (
                    "string ToString(int startIndex, int length)",
                    vec![&1, &9],
                    "ArgumentOutOfRangeException: Index and length must refer to a location within the string. (Parameter 'length')",
                ),
                (
                    "StringBuilder Replace(string oldValue, string newValue)",
                    vec![&"", &"x"],
                    "ArgumentException: Empty name is not legal. (Parameter 'oldValue')",
                ),
            ] {
                assert_eq!(run(harness, builder, signature, &args), expected, "{signature}");
            }
        });
    }

    #[test]
    fn strings_taken_from_a_builder_stay_as_they_were() {
        with_harness(|harness| {
            let builder = harness.word("System.Text.StringBuilder::StringBuilder(string value)", &[&"abc"]);
            let before = harness.word("System.Text.StringBuilder::string ToString()", &[&builder]);
            run(harness, builder, "char this[int index] { set; }", &[&0, &'X']);
            run(harness, builder, "StringBuilder Append(string value)", &[&"d"]);
            assert_eq!(harness.show(Some(crate::testing::ty("string")), before), "abc");
            assert_eq!(run(harness, builder, "string ToString()", &[]), "Xbcd");
        });
    }
}
