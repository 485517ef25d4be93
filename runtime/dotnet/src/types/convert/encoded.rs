//! Bytes as Base64 and hexadecimal text, and back.

use dotnet_macros::members;

use super::thrown;
use crate::array::{Array, Bytes};
use crate::cx::Cx;
use crate::format::{base64, hex};
use crate::rt::scalar_of;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, FORMAT_EXCEPTION};
use crate::types::string::{BAD_INDEX, from_units, throw_range};
use crate::word::Word;

/// Bytes as text.
pub struct Encoded;

/// Bytes as text.
#[members("System.Convert", group = ENCODED)]
impl<'a> Encoded {
    /// The bytes as Base64, with padding and without line breaks.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string ToBase64String(byte[] inArray)", pure)]
    fn to_base64(cx: &mut Cx<'a>, bytes: &'a Bytes<'a>) -> Result<Str<'a>, Throw> {
        encoded(cx, &bytes.to_vec(), false)
    }

    /// The bytes as Base64, on request with a line break after every 76 characters.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` for options that there are not.
    #[member("static string ToBase64String(byte[] inArray, Base64FormattingOptions options)", pure)]
    fn to_base64_in_lines(cx: &mut Cx<'a>, bytes: &'a Bytes<'a>, options: i32) -> Result<Str<'a>, Throw> {
        let lines = has_lines(cx, options)?;
        encoded(cx, &bytes.to_vec(), lines)
    }

    /// Some of the bytes as Base64.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("static string ToBase64String(byte[] inArray, int offset, int length)", pure)]
    fn to_base64_of_part(cx: &mut Cx<'a>, bytes: &'a Bytes<'a>, offset: i32, length: i32) -> Result<Str<'a>, Throw> {
        let part = part_of(cx, bytes, offset, length)?;
        encoded(cx, &part, false)
    }

    /// Some of the bytes as Base64, on request with line breaks.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member(
        "static string ToBase64String(byte[] inArray, int offset, int length, Base64FormattingOptions options)",
        pure
    )]
    fn to_base64_of_part_in_lines(
        cx: &mut Cx<'a>,
        bytes: &'a Bytes<'a>,
        offset: i32,
        length: i32,
        options: i32,
    ) -> Result<Str<'a>, Throw> {
        let part = part_of(cx, bytes, offset, length)?;
        let lines = has_lines(cx, options)?;
        encoded(cx, &part, lines)
    }

    /// The bytes of Base64 text; white space in it is skipped.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static byte[] FromBase64String(string s)")]
    fn from_base64(cx: &mut Cx<'a>, s: Str<'a>) -> Result<&'a Bytes<'a>, Throw> {
        decoded(cx, s.bytes())
    }

    /// The bytes of Base64 text in some of the code units.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array, `FormatException`.
    #[member("static byte[] FromBase64CharArray(char[] inArray, int offset, int length)")]
    fn from_base64_units(
        cx: &mut Cx<'a>,
        units: &'a Array<'a>,
        offset: i32,
        length: i32,
    ) -> Result<&'a Bytes<'a>, Throw> {
        let Ok(length) = usize::try_from(length) else { return Err(throw_range(cx, BAD_INDEX, "length")) };
        let part = usize::try_from(offset).ok();
        let part = part.and_then(|offset| units.items().get(offset..offset.saturating_add(length)));
        let Some(part) = part else {
            return Err(throw_range(cx, "Value must be positive.", "offset"));
        };
        let text = from_units(cx, part.iter().map(|unit| scalar_of(unit.get())));
        decoded(cx, text.bytes())
    }

    /// Writes the Base64 text of bytes into an array; gives how many code units it has.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the arrays.
    #[member("static int ToBase64CharArray(byte[] inArray, int offsetIn, int length, char[] outArray, int offsetOut)")]
    fn to_base64_units(
        cx: &mut Cx<'a>,
        bytes: &'a Bytes<'a>,
        offset: i32,
        length: i32,
        out: &'a Array<'a>,
        offset_out: i32,
    ) -> Result<i32, Throw> {
        let part = part_of(cx, bytes, offset, length)?;
        let text = encoded(cx, &part, false)?;
        let count = text.bytes().len();
        let places = usize::try_from(offset_out).ok();
        let places = places.and_then(|offset| out.items().get(offset..offset.saturating_add(count)));
        let Some(places) = places else {
            let message = "Either offset did not refer to a position in the string, or there is an insufficient length \
                           of destination character array.";
            return Err(throw_range(cx, message, "offsetOut"));
        };
        for (place, byte) in places.iter().zip(text.bytes()) {
            place.set(Word(u64::from(*byte)));
        }
        Ok(count as i32)
    }

    /// The bytes as hexadecimal digits, upper case.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string ToHexString(byte[] inArray)", pure)]
    fn to_hex(cx: &mut Cx<'a>, bytes: &'a Bytes<'a>) -> Result<Str<'a>, Throw> {
        cx.reserve(bytes.items().len().saturating_mul(2))?;
        Ok(cx.write(|out| hex::write_upper(out, &bytes.to_vec())))
    }

    /// Some of the bytes as hexadecimal digits, upper case.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("static string ToHexString(byte[] inArray, int offset, int length)", pure)]
    fn to_hex_of_part(cx: &mut Cx<'a>, bytes: &'a Bytes<'a>, offset: i32, length: i32) -> Result<Str<'a>, Throw> {
        let part = part_of(cx, bytes, offset, length)?;
        cx.reserve(part.len().saturating_mul(2))?;
        Ok(cx.write(|out| hex::write_upper(out, &part)))
    }

    /// The bytes as hexadecimal digits, lower case.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static string ToHexStringLower(byte[] inArray)", pure)]
    fn to_hex_lower(cx: &mut Cx<'a>, bytes: &'a Bytes<'a>) -> Result<Str<'a>, Throw> {
        cx.reserve(bytes.items().len().saturating_mul(2))?;
        Ok(cx.write(|out| hex::write_lower(out, &bytes.to_vec())))
    }

    /// The bytes that hexadecimal digits write, two for each.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static byte[] FromHexString(string s)")]
    fn from_hex(cx: &mut Cx<'a>, s: Str<'a>) -> Result<&'a Bytes<'a>, Throw> {
        let (pairs, rest) = s.bytes().as_chunks::<2>();
        if !s.utf16_len().is_multiple_of(2) {
            let message = "The input is not a valid hex string as its length is not a multiple of 2.";
            return Err(cx.throw(Ty(&FORMAT_EXCEPTION), message));
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let bytes: Option<Vec<u8>> = pairs
            .iter()
            .map(|[high, low]| u8::try_from(digit(*high)? << 4 | digit(*low)?).ok())
            .collect::<Option<_>>()
            .filter(|_| rest.is_empty());
        match bytes {
            Some(bytes) => Ok(Bytes::new(cx, &bytes)),
            None => {
                let message = "The input is not a valid hex string as it contains a non-hex character.";
                Err(cx.throw(Ty(&FORMAT_EXCEPTION), message))
            }
        }
    }
}

fn has_lines(cx: &mut Cx<'_>, options: i32) -> Result<bool, Throw> {
    match options {
        0 => Ok(false),
        1 => Ok(true),
        _ => {
            let message = format!("Illegal enum value: {options}.");
            Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, "options"))
        }
    }
}

fn part_of<'a>(cx: &mut Cx<'a>, bytes: &'a Bytes<'a>, offset: i32, length: i32) -> Result<Vec<u8>, Throw> {
    let Ok(length) = usize::try_from(length) else { return Err(throw_range(cx, BAD_INDEX, "length")) };
    let Ok(offset) = usize::try_from(offset) else {
        return Err(throw_range(cx, "Value must be positive.", "offset"));
    };
    match bytes.items().get(offset..offset.saturating_add(length)) {
        Some(part) => Ok(part.iter().map(std::cell::Cell::get).collect()),
        None => {
            let message = "Offset and length must refer to a position in the string.";
            Err(throw_range(cx, message, "offset"))
        }
    }
}

fn encoded<'a>(cx: &mut Cx<'a>, bytes: &[u8], lines: bool) -> Result<Str<'a>, Throw> {
    cx.reserve(base64::encoded_len(bytes.len()))?;
    Ok(cx.write(|out| {
        if lines {
            base64::encode_with_line_breaks(out, bytes);
        } else {
            base64::encode(out, bytes);
        }
    }))
}

fn decoded<'a>(cx: &mut Cx<'a>, text: &[u8]) -> Result<&'a Bytes<'a>, Throw> {
    cx.reserve(text.len() / 4 * 3)?;
    let mut bytes = Vec::new();
    thrown(cx, base64::decode(&mut bytes, text))?;
    Ok(Bytes::new(cx, &bytes))
}
