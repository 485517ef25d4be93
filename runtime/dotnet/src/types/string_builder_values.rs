//! `System.Text.StringBuilder`: appending and inserting values.

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::float;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::boolean::Boolean;
use crate::types::number;
use crate::types::string::{BAD_INDEX, from_units, throw_range};
use crate::types::string_builder::{Builder, units_of};
use crate::types::string_join::text_of;
use crate::word::Char;

/// Declares `Append` and `Insert` of a type whose text needs no more than the value.
macro_rules! values {
    ($($group:ident, $owner:ident, $rust:ty, $keyword:literal, |$cx:ident, $value:ident| $text:expr;)*) => {$(
        #[doc = concat!("Appending and inserting `", $keyword, "`.")]
        pub struct $owner;

        #[doc = concat!("Appending and inserting `", $keyword, "`.")]
        #[members("System.Text.StringBuilder", group = $group, words = [Value = $keyword])]
        impl<'a> $owner {
            /// Appends the value's text.
            #[member("StringBuilder Append(Value value)")]
            fn append(this: &'a Builder<'a>, $cx: &mut Cx<'a>, $value: $rust) -> Result<&'a Builder<'a>, Throw> {
                let text = $text;
                this.push($cx, text)
            }

            /// Puts the value's text in at an index.
            ///
            /// # Throws
            /// `ArgumentOutOfRangeException` if the index is negative or past the end.
            #[member("StringBuilder Insert(int index, Value value)")]
            fn insert(
                this: &'a Builder<'a>, $cx: &mut Cx<'a>, index: i32, $value: $rust,
            ) -> Result<&'a Builder<'a>, Throw> {
                let text = $text;
                this.put($cx, index, text)
            }
        }
    )*};
}

values! {
    BOOLEAN_VALUES, BooleanValues, bool, "bool", |cx, value| Boolean::to_text(value);
    SBYTE_VALUES, SByteValues, i8, "sbyte", |cx, value| number::text(cx, value);
    BYTE_VALUES, ByteValues, u8, "byte", |cx, value| number::text(cx, value);
    INT16_VALUES, Int16Values, i16, "short", |cx, value| number::text(cx, value);
    UINT16_VALUES, UInt16Values, u16, "ushort", |cx, value| number::text(cx, value);
    INT32_VALUES, Int32Values, i32, "int", |cx, value| number::text(cx, value);
    UINT32_VALUES, UInt32Values, u32, "uint", |cx, value| number::text(cx, value);
    INT64_VALUES, Int64Values, i64, "long", |cx, value| number::text(cx, value);
    UINT64_VALUES, UInt64Values, u64, "ulong", |cx, value| number::text(cx, value);
    SINGLE_VALUES, SingleValues, f32, "float", |cx, value| cx.write(|out| float::write(out, value));
    DOUBLE_VALUES, DoubleValues, f64, "double", |cx, value| cx.write(|out| float::write(out, value));
    DECIMAL_VALUES, DecimalValues, Decimal, "decimal", |cx, value| cx.write(|out| value.write(out));
}

/// Appending and inserting texts.
pub struct Texts;

/// Appending and inserting texts.
#[members("System.Text.StringBuilder", group = TEXTS)]
impl<'a> Texts {
    /// Appends a text; null is empty.
    #[member("StringBuilder Append(string value)")]
    fn append(this: &'a Builder<'a>, cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<&'a Builder<'a>, Throw> {
        value.map_or(Ok(this), |value| this.push(cx, value))
    }

    /// Appends a part of a text.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the part does not lie inside the text.
    #[member("StringBuilder Append(string value, int startIndex, int count)")]
    fn append_part(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        value: Option<Str<'a>>,
        start: i32,
        count: i32,
    ) -> Result<&'a Builder<'a>, Throw> {
        if value.is_none() && start == 0 && count == 0 {
            return Ok(this);
        }
        let Some(value) = value else { return Err(cx.throw_null(crate::word::Role::Argument("value"))) };
        let part = part_of(cx, value, start, count)?;
        this.push(cx, part)
    }

    /// Appends the text of another builder; null is empty.
    #[member("StringBuilder Append(StringBuilder value)")]
    fn append_builder(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        value: Option<&'a Builder<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        let text = value.map_or(Str::EMPTY, |value| value.text.to_text(cx));
        this.push(cx, text)
    }

    /// Appends a part of the text of another builder.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the part does not lie inside the text.
    #[member("StringBuilder Append(StringBuilder value, int startIndex, int count)")]
    fn append_part_of_builder(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        value: Option<&'a Builder<'a>>,
        start: i32,
        count: i32,
    ) -> Result<&'a Builder<'a>, Throw> {
        let text = value.map(|value| value.text.to_text(cx));
        Self::append_part(this, cx, text, start, count)
    }

    /// Appends a code unit.
    #[member("StringBuilder Append(char value)")]
    fn append_unit(this: &'a Builder<'a>, cx: &mut Cx<'a>, value: Char) -> Result<&'a Builder<'a>, Throw> {
        this.text.append_unit(cx, value.0)?;
        Ok(this.grown())
    }

    /// Appends a code unit so many times.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative.
    #[member("StringBuilder Append(char value, int repeatCount)")]
    fn append_repeated(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        value: Char,
        count: i32,
    ) -> Result<&'a Builder<'a>, Throw> {
        let Ok(count) = usize::try_from(count) else {
            return Err(throw_range(cx, "Count cannot be less than zero.", "repeatCount"));
        };
        cx.reserve(count.saturating_mul(3))?;
        let text = from_units(cx, std::iter::repeat_n(value, count));
        this.push(cx, text)
    }

    /// Appends code units; null is empty.
    #[member("StringBuilder Append(char[] value)")]
    fn append_units(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        value: Option<&'a Array<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        let text = value.map_or(Str::EMPTY, |units| from_units(cx, units_of(units)));
        this.push(cx, text)
    }

    /// Appends some of the code units.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("StringBuilder Append(char[] value, int startIndex, int charCount)")]
    fn append_some_units(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        value: Option<&'a Array<'a>>,
        start: i32,
        count: i32,
    ) -> Result<&'a Builder<'a>, Throw> {
        if value.is_none() && start == 0 && count == 0 {
            return Ok(this);
        }
        let Some(value) = value else { return Err(cx.throw_null(crate::word::Role::Argument("value"))) };
        let text = some_units(cx, value, start, count, "charCount")?;
        this.push(cx, text)
    }

    /// Appends the value's text; null is empty.
    #[member("StringBuilder Append(object value)")]
    fn append_object(this: &'a Builder<'a>, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<&'a Builder<'a>, Throw> {
        let text = text_of(cx, value)?;
        this.push(cx, text)
    }

    /// Appends a line ending: `\n`.
    #[member("StringBuilder AppendLine()")]
    fn append_line(this: &'a Builder<'a>, cx: &mut Cx<'a>) -> Result<&'a Builder<'a>, Throw> {
        this.text.append_ascii(cx, b"\n")?;
        Ok(this.grown())
    }

    /// Appends a text and a line ending.
    #[member("StringBuilder AppendLine(string value)")]
    fn append_text_line(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        value: Option<Str<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        Self::append(this, cx, value)?;
        Self::append_line(this, cx)
    }

    /// Puts a text in at an index; null is empty.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index is negative or past the end.
    #[member("StringBuilder Insert(int index, string value)")]
    fn insert(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        index: i32,
        value: Option<Str<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        this.put(cx, index, value.unwrap_or_default())
    }

    /// Puts a text in at an index so many times.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index is negative or past the end, or the count negative.
    #[member("StringBuilder Insert(int index, string value, int count)")]
    fn insert_repeated(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        index: i32,
        value: Option<Str<'a>>,
        count: i32,
    ) -> Result<&'a Builder<'a>, Throw> {
        let Ok(count) = usize::try_from(count) else {
            return Err(throw_range(cx, "Non-negative number required.", "count"));
        };
        let value = value.unwrap_or_default();
        cx.reserve(value.bytes().len().saturating_mul(count))?;
        let text = Str::concat(cx, &vec![value; count])?;
        this.put(cx, index, text)
    }

    /// Puts a code unit in at an index.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index is negative or past the end.
    #[member("StringBuilder Insert(int index, char value)")]
    fn insert_unit(this: &'a Builder<'a>, cx: &mut Cx<'a>, index: i32, value: Char) -> Result<&'a Builder<'a>, Throw> {
        let text = value.to_text(cx);
        this.put(cx, index, text)
    }

    /// Puts code units in at an index; null is empty.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index is negative or past the end.
    #[member("StringBuilder Insert(int index, char[] value)")]
    fn insert_units(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        index: i32,
        value: Option<&'a Array<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        let text = value.map_or(Str::EMPTY, |units| from_units(cx, units_of(units)));
        this.put(cx, index, text)
    }

    /// Puts some of the code units in at an index.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array, or the index not
    /// inside the text.
    #[member("StringBuilder Insert(int index, char[] value, int startIndex, int charCount)")]
    fn insert_some_units(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        index: i32,
        value: &'a Array<'a>,
        start: i32,
        count: i32,
    ) -> Result<&'a Builder<'a>, Throw> {
        this.index(cx, index)?;
        let text = some_units(cx, value, start, count, "charCount")?;
        this.put(cx, index, text)
    }

    /// Puts the value's text in at an index; null is empty.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the index is negative or past the end.
    #[member("StringBuilder Insert(int index, object value)")]
    fn insert_object(
        this: &'a Builder<'a>,
        cx: &mut Cx<'a>,
        index: i32,
        value: Option<Obj<'a>>,
    ) -> Result<&'a Builder<'a>, Throw> {
        let text = text_of(cx, value)?;
        this.put(cx, index, text)
    }
}

fn part_of<'a>(cx: &mut Cx<'a>, value: Str<'a>, start: i32, count: i32) -> Result<Str<'a>, Throw> {
    let Ok(count) = usize::try_from(count) else {
        return Err(throw_range(cx, "Count cannot be less than zero.", "count"));
    };
    let part = usize::try_from(start).ok().and_then(|start| value.utf16_slice(cx, start, start.saturating_add(count)));
    part.ok_or_else(|| throw_range(cx, BAD_INDEX, "startIndex"))
}

fn some_units<'a>(
    cx: &mut Cx<'a>,
    value: &'a Array<'a>,
    start: i32,
    count: i32,
    parameter: &str,
) -> Result<Str<'a>, Throw> {
    let Ok(start) = usize::try_from(start) else {
        return Err(throw_range(cx, BAD_INDEX, "startIndex"));
    };
    let units = usize::try_from(count).ok().and_then(|count| value.items().get(start..start.saturating_add(count)));
    match units {
        Some(units) => Ok(from_units(cx, units.iter().map(|unit| crate::rt::scalar_of(unit.get())))),
        None => Err(throw_range(cx, BAD_INDEX, parameter)),
    }
}
