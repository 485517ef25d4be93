//! Conversions to `string`.

use dotnet_macros::members;

use super::thrown;
use crate::cx::Cx;
use crate::format::Decimal;
use crate::format::number::{float, radix};
use crate::format::time::DateTime;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::boolean::Boolean;
use crate::types::number::text;
use crate::word::Char;

/// The conversions to `string`.
pub struct Texts;

/// The conversions to `string`.
#[members("System.Convert", group = TEXTS)]
impl<'a> Texts {
    /// The value's text; empty for null.
    #[member("static string ToString(object value)", pure)]
    fn of_object(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<Str<'a>, Throw> {
        value.map_or(Ok(Str::EMPTY), |value| value.to_text(cx))
    }

    /// The value's text; empty for null. The culture is always the invariant one.
    #[member("static string ToString(object value, IFormatProvider provider)", pure)]
    fn of_object_of_culture(
        cx: &mut Cx<'a>,
        value: Option<Obj<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        Self::of_object(cx, value)
    }

    /// The text itself, null as well.
    #[member("static string ToString(string value)", pure)]
    fn of_text(value: Option<Str<'a>>) -> Option<Str<'a>> {
        value
    }

    /// The text itself, null as well; the culture does not matter.
    #[member("static string ToString(string value, IFormatProvider provider)", pure)]
    fn of_text_of_culture(value: Option<Str<'a>>, _provider: Option<Obj<'a>>) -> Option<Str<'a>> {
        value
    }

    /// The value's text.
    #[member("static string ToString(bool value)", pure)]
    fn of_bool(value: bool) -> Str<'a> {
        Boolean::to_text(value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(bool value, IFormatProvider provider)", pure)]
    fn of_bool_of_culture(value: bool, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_bool(value)
    }

    /// The value's text.
    #[member("static string ToString(char value)", pure)]
    fn of_char(cx: &mut Cx<'a>, value: Char) -> Str<'a> {
        value.to_text(cx)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(char value, IFormatProvider provider)", pure)]
    fn of_char_of_culture(cx: &mut Cx<'a>, value: Char, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_char(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(sbyte value)", pure)]
    fn of_sbyte(cx: &mut Cx<'a>, value: i8) -> Str<'a> {
        text(cx, value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(sbyte value, IFormatProvider provider)", pure)]
    fn of_sbyte_of_culture(cx: &mut Cx<'a>, value: i8, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_sbyte(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(byte value)", pure)]
    fn of_byte(cx: &mut Cx<'a>, value: u8) -> Str<'a> {
        text(cx, value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(byte value, IFormatProvider provider)", pure)]
    fn of_byte_of_culture(cx: &mut Cx<'a>, value: u8, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_byte(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(short value)", pure)]
    fn of_int16(cx: &mut Cx<'a>, value: i16) -> Str<'a> {
        text(cx, value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(short value, IFormatProvider provider)", pure)]
    fn of_int16_of_culture(cx: &mut Cx<'a>, value: i16, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_int16(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(ushort value)", pure)]
    fn of_uint16(cx: &mut Cx<'a>, value: u16) -> Str<'a> {
        text(cx, value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(ushort value, IFormatProvider provider)", pure)]
    fn of_uint16_of_culture(cx: &mut Cx<'a>, value: u16, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_uint16(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(int value)", pure)]
    fn of_int32(cx: &mut Cx<'a>, value: i32) -> Str<'a> {
        text(cx, value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(int value, IFormatProvider provider)", pure)]
    fn of_int32_of_culture(cx: &mut Cx<'a>, value: i32, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_int32(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(uint value)", pure)]
    fn of_uint32(cx: &mut Cx<'a>, value: u32) -> Str<'a> {
        text(cx, value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(uint value, IFormatProvider provider)", pure)]
    fn of_uint32_of_culture(cx: &mut Cx<'a>, value: u32, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_uint32(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(long value)", pure)]
    fn of_int64(cx: &mut Cx<'a>, value: i64) -> Str<'a> {
        text(cx, value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(long value, IFormatProvider provider)", pure)]
    fn of_int64_of_culture(cx: &mut Cx<'a>, value: i64, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_int64(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(ulong value)", pure)]
    fn of_uint64(cx: &mut Cx<'a>, value: u64) -> Str<'a> {
        text(cx, value)
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(ulong value, IFormatProvider provider)", pure)]
    fn of_uint64_of_culture(cx: &mut Cx<'a>, value: u64, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_uint64(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(float value)", pure)]
    fn of_single(cx: &mut Cx<'a>, value: f32) -> Str<'a> {
        cx.write(|out| float::write(out, value))
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(float value, IFormatProvider provider)", pure)]
    fn of_single_of_culture(cx: &mut Cx<'a>, value: f32, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_single(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(double value)", pure)]
    fn of_double(cx: &mut Cx<'a>, value: f64) -> Str<'a> {
        cx.write(|out| float::write(out, value))
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(double value, IFormatProvider provider)", pure)]
    fn of_double_of_culture(cx: &mut Cx<'a>, value: f64, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_double(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(decimal value)", pure)]
    fn of_decimal(cx: &mut Cx<'a>, value: Decimal) -> Str<'a> {
        cx.write(|out| value.write(out))
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(decimal value, IFormatProvider provider)", pure)]
    fn of_decimal_of_culture(cx: &mut Cx<'a>, value: Decimal, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_decimal(cx, value)
    }

    /// The value's text.
    #[member("static string ToString(DateTime value)", pure)]
    fn of_date(cx: &mut Cx<'a>, value: DateTime) -> Str<'a> {
        cx.write(|out| value.write(out))
    }

    /// The value's text; the culture is always the invariant one.
    #[member("static string ToString(DateTime value, IFormatProvider provider)", pure)]
    fn of_date_of_culture(cx: &mut Cx<'a>, value: DateTime, _provider: Option<Obj<'a>>) -> Str<'a> {
        Self::of_date(cx, value)
    }

    /// The number in base 2, 8, 10 or 16; negative ones in two's complement, but for base 10.
    ///
    /// # Throws
    /// `ArgumentException` for another base.
    #[member("static string ToString(byte value, int toBase)", pure)]
    fn of_byte_in_base(cx: &mut Cx<'a>, value: u8, base: i32) -> Result<Str<'a>, Throw> {
        let mut out = cx.scratch();
        thrown(cx, radix::write(&mut out, value, base))?;
        Ok(cx.finish(out))
    }

    /// The number in base 2, 8, 10 or 16; negative ones in two's complement, but for base 10.
    ///
    /// # Throws
    /// `ArgumentException` for another base.
    #[member("static string ToString(short value, int toBase)", pure)]
    fn of_int16_in_base(cx: &mut Cx<'a>, value: i16, base: i32) -> Result<Str<'a>, Throw> {
        let mut out = cx.scratch();
        thrown(cx, radix::write(&mut out, value, base))?;
        Ok(cx.finish(out))
    }

    /// The number in base 2, 8, 10 or 16; negative ones in two's complement, but for base 10.
    ///
    /// # Throws
    /// `ArgumentException` for another base.
    #[member("static string ToString(int value, int toBase)", pure)]
    fn of_int32_in_base(cx: &mut Cx<'a>, value: i32, base: i32) -> Result<Str<'a>, Throw> {
        let mut out = cx.scratch();
        thrown(cx, radix::write(&mut out, value, base))?;
        Ok(cx.finish(out))
    }

    /// The number in base 2, 8, 10 or 16; negative ones in two's complement, but for base 10.
    ///
    /// # Throws
    /// `ArgumentException` for another base.
    #[member("static string ToString(long value, int toBase)", pure)]
    fn of_int64_in_base(cx: &mut Cx<'a>, value: i64, base: i32) -> Result<Str<'a>, Throw> {
        let mut out = cx.scratch();
        thrown(cx, radix::write(&mut out, value, base))?;
        Ok(cx.finish(out))
    }
}
