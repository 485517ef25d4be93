//! `System.BitConverter`: numbers as bytes, lowest byte first.

use dotnet_macros::members;

use crate::array::Bytes;
use crate::catalogue::Constant;
use crate::cx::Cx;
use crate::format::hex;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::string::{BAD_INDEX, throw_range};
use crate::word::Char;

/// The members of `System.BitConverter`.
pub struct BitConverter;

const TOO_SHORT: &str =
    "Destination array is not long enough to copy all the items in the collection. Check array index and length.";

/// Numbers as bytes, lowest byte first.
#[members("public static class System.BitConverter", as = BIT_CONVERTER, groups = [INT16S, UINT16S, INT32S, UINT32S, INT64S, UINT64S,
    SINGLES, DOUBLES])]
impl<'a> BitConverter {
    /// Whether the lowest byte comes first.
    #[member("static bool IsLittleEndian")]
    const IS_LITTLE_ENDIAN: Constant = Constant::Int(1);

    /// The bytes as hexadecimal digits with dashes between them: `01-AB`.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string ToString(byte[] value)", pure)]
    fn to_text(cx: &mut Cx<'a>, value: &'a Bytes<'a>) -> Result<Str<'a>, Throw> {
        written(cx, &value.to_vec())
    }

    /// The bytes from an index on as hexadecimal digits with dashes between them.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static string ToString(byte[] value, int startIndex)", pure)]
    fn to_text_from(cx: &mut Cx<'a>, value: &'a Bytes<'a>, start: i32) -> Result<Str<'a>, Throw> {
        let length = value.items().len() as i32;
        Self::to_text_of_part(cx, value, start, length.saturating_sub(start).max(0))
    }

    /// Some of the bytes as hexadecimal digits with dashes between them.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("static string ToString(byte[] value, int startIndex, int length)", pure)]
    fn to_text_of_part(cx: &mut Cx<'a>, value: &'a Bytes<'a>, start: i32, length: i32) -> Result<Str<'a>, Throw> {
        let bytes = value.to_vec();
        let Some(from) = usize::try_from(start).ok().filter(|from| *from < bytes.len() || *from == 0) else {
            return Err(throw_range(cx, "StartIndex cannot be less than zero.", "startIndex"));
        };
        let Ok(length) = usize::try_from(length) else {
            return Err(throw_range(cx, "Value must be positive.", "length"));
        };
        match bytes.get(from..from.saturating_add(length)) {
            Some(part) => written(cx, part),
            None => Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), TOO_SHORT, "value")),
        }
    }

    /// The byte 1 or 0.
    #[member("static byte[] GetBytes(bool value)")]
    fn of_bool(cx: &mut Cx<'a>, value: bool) -> &'a Bytes<'a> {
        Bytes::new(cx, &[u8::from(value)])
    }

    /// The two bytes of a code unit.
    #[member("static byte[] GetBytes(char value)")]
    fn of_char(cx: &mut Cx<'a>, value: Char) -> &'a Bytes<'a> {
        Bytes::new(cx, &value.0.to_le_bytes())
    }

    /// Whether the byte at an index is not 0.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the index lies outside.
    #[member("static bool ToBoolean(byte[] value, int startIndex)", pure)]
    fn to_bool(cx: &mut Cx<'a>, value: &'a Bytes<'a>, start: i32) -> Result<bool, Throw> {
        Ok(bytes_at::<1>(cx, value, start)? != [0])
    }

    /// The code unit of the two bytes at an index.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if there are not enough bytes.
    #[member("static char ToChar(byte[] value, int startIndex)", pure)]
    fn to_char(cx: &mut Cx<'a>, value: &'a Bytes<'a>, start: i32) -> Result<Char, Throw> {
        bytes_at(cx, value, start).map(u16::from_le_bytes).map(Char)
    }

    /// The bits of a number as an integer.
    #[member("static long DoubleToInt64Bits(double value)", pure)]
    fn double_bits(value: f64) -> i64 {
        value.to_bits() as i64
    }

    /// The number of these bits.
    #[member("static double Int64BitsToDouble(long value)", pure)]
    fn double_of_bits(value: i64) -> f64 {
        f64::from_bits(value as u64)
    }

    /// The bits of a number as an integer.
    #[member("static int SingleToInt32Bits(float value)", pure)]
    fn single_bits(value: f32) -> i32 {
        value.to_bits() as i32
    }

    /// The number of these bits.
    #[member("static float Int32BitsToSingle(int value)", pure)]
    fn single_of_bits(value: i32) -> f32 {
        f32::from_bits(value as u32)
    }
}

fn written<'a>(cx: &mut Cx<'a>, bytes: &[u8]) -> Result<Str<'a>, Throw> {
    cx.reserve(bytes.len().saturating_mul(3))?;
    Ok(cx.write(|out| hex::write_hyphenated(out, bytes)))
}

/// Declares the bytes of number types.
macro_rules! numbers {
    ($($owner:ident, $group:ident, $rust:ty, $keyword:literal, $method:literal;)*) => {$(
        #[doc = concat!("The bytes of `", $keyword, "`s.")]
        pub struct $owner;

        #[doc = concat!("The bytes of `", $keyword, "`s.")]
        #[members("System.BitConverter", group = $group, words = [Self = $keyword, ToSelf = $method])]
        impl<'a> $owner {
            /// The bytes of a number.
            #[member("static byte[] GetBytes(Self value)")]
            fn get_bytes(cx: &mut Cx<'a>, value: $rust) -> &'a Bytes<'a> {
                Bytes::new(cx, &value.to_le_bytes())
            }

            /// The number of the bytes at an index.
            ///
            /// # Throws
            /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if there are not enough bytes.
            #[member("static Self ToSelf(byte[] value, int startIndex)", pure)]
            fn to_number(cx: &mut Cx<'a>, value: &'a Bytes<'a>, start: i32) -> Result<$rust, Throw> {
                bytes_at(cx, value, start).map(<$rust>::from_le_bytes)
            }
        }
    )*};
}

numbers! {
    Int16s, INT16S, i16, "short", "ToInt16";
    UInt16s, UINT16S, u16, "ushort", "ToUInt16";
    Int32s, INT32S, i32, "int", "ToInt32";
    UInt32s, UINT32S, u32, "uint", "ToUInt32";
    Int64s, INT64S, i64, "long", "ToInt64";
    UInt64s, UINT64S, u64, "ulong", "ToUInt64";
    Singles, SINGLES, f32, "float", "ToSingle";
    Doubles, DOUBLES, f64, "double", "ToDouble";
}

fn bytes_at<const N: usize>(cx: &mut Cx<'_>, value: &Bytes<'_>, start: i32) -> Result<[u8; N], Throw> {
    let items = value.items();
    let Some(from) = usize::try_from(start).ok().filter(|from| *from < items.len()) else {
        return Err(throw_range(cx, BAD_INDEX, "startIndex"));
    };
    let Some(part) = items.get(from..from + N) else {
        return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), TOO_SHORT, "value"));
    };
    let mut bytes = [0; N];
    for (byte, place) in bytes.iter_mut().zip(part) {
        *byte = place.get();
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use crate::testing::call;

    #[test]
    fn numbers_are_bytes() {
        assert_eq!(call("System.BitConverter::static byte[] GetBytes(int value)", &[&258]), "[2, 1, 0, 0]");
        let bytes: &[u8] = &[2, 1, 0, 0];
        let read = "System.BitConverter::static int ToInt32(byte[] value, int startIndex)";
        assert_eq!(call(read, &[&bytes, &0]), "258");
        assert!(call(read, &[&bytes, &1]).starts_with("ArgumentException: Destination array is not long enough"));
        assert!(call(read, &[&bytes, &4]).starts_with("ArgumentOutOfRangeException: "));
        assert_eq!(call("System.BitConverter::static string ToString(byte[] value)", &[&bytes]), "02-01-00-00");
        let part = "System.BitConverter::static string ToString(byte[] value, int startIndex, int length)";
        assert_eq!(call(part, &[&bytes, &1, &2]), "01-00");
        assert_eq!(
            call("System.BitConverter::static long DoubleToInt64Bits(double value)", &[&1.0]),
            "4607182418800017408"
        );
        assert_eq!(call("System.BitConverter::static bool IsLittleEndian", &[]), "True");
    }
}
