//! `System.Text.Encoding`: text as bytes and back.
//!
//! There are the encodings that .NET Core has of itself: UTF-8, UTF-16, UTF-32, ASCII and Latin-1. Not here: how single
//! characters are written (`codec`), what a type of encoding is asked about itself (`name`).

mod best_fit;
mod codec;
mod name;
#[cfg(test)]
mod tests;

use dotnet_macros::members;

pub use codec::Codec;
use name::{NAMES, by_name, by_number};

use crate::array::{Array, Bytes};
use crate::cx::Cx;
use crate::object::{Header, Obj, Ops, REFERENCE};
use crate::text::Str;
use crate::throw::{Exception, Throw};
use crate::ty::{RuntimeType, Ty};
use crate::types::exception::{ARGUMENT_EXCEPTION, exceptions, make};
use crate::types::string::{from_units, throw_range, units_as_array};
use crate::types::string_builder::units_of;
use crate::word::Word;

/// The object of an `Encoding`.
#[repr(C)]
pub struct Encoding {
    header: Header,
    codec: Codec,
    /// Whether files begin with its mark.
    has_preamble: bool,
    /// Whether it throws where it would write `?` or U+FFFD.
    strict: bool,
}

crate::layout!(
    Encoding,
    ENCODING_DEF,
    UTF8_ENCODING_DEF,
    UNICODE_ENCODING_DEF,
    UTF32_ENCODING_DEF,
    ASCII_ENCODING_DEF,
    LATIN1_ENCODING_DEF
);

impl Encoding {
    const fn new(ty: &'static RuntimeType, codec: Codec, has_preamble: bool, strict: bool) -> Self {
        Self { header: Header { ty: Ty(ty) }, codec, has_preamble, strict }
    }

    /// Appends the text of bytes.
    ///
    /// # Errors
    /// `DecoderFallbackException` if the encoding is strict and they are no text.
    fn decode(&self, cx: &mut Cx<'_>, out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Throw> {
        cx.reserve(bytes.len())?;
        self.codec.decode(out, bytes, self.strict).map_err(|at| {
            let byte = bytes.get(at).copied().unwrap_or(0);
            let message =
                format!("Unable to translate bytes [{byte:02X}] at index {at} from specified code page to Unicode.");
            cx.throw(Ty(&DECODER_FALLBACK_EXCEPTION), &message)
        })
    }

    /// The text of bytes as a string.
    ///
    /// # Errors
    /// `DecoderFallbackException` if the encoding is strict and they are no text.
    pub fn text_of<'a>(&self, cx: &mut Cx<'a>, bytes: &[u8]) -> Result<Str<'a>, Throw> {
        decoded(self, cx, bytes)
    }

    /// The bytes of a text.
    ///
    /// # Errors
    /// `EncoderFallbackException` if the encoding is strict and half of a surrogate pair stands alone.
    pub fn encode(&self, cx: &mut Cx<'_>, text: Str<'_>) -> Result<Vec<u8>, Throw> {
        cx.reserve(text.bytes().len().saturating_mul(4))?;
        self.codec.encode(text, self.strict).map_err(|index| {
            let unit = text.unit(index).unwrap_or(0);
            let message =
                format!("Unable to translate Unicode character \\u{unit:04X} at index {index} to specified code page.");
            cx.throw(Ty(&ENCODER_FALLBACK_EXCEPTION), &message)
        })
    }
}

static UTF8: Encoding = Encoding::new(&UTF8_ENCODING, Codec::Utf8, true, false);
static UTF8_WITHOUT_MARK: Encoding = Encoding::new(&UTF8_ENCODING, Codec::Utf8, false, false);
static UTF16: Encoding = Encoding::new(&UNICODE_ENCODING, Codec::Utf16, true, false);
static UTF16_BIG_ENDIAN: Encoding = Encoding::new(&UNICODE_ENCODING, Codec::Utf16BigEndian, true, false);
static UTF32: Encoding = Encoding::new(&UTF32_ENCODING, Codec::Utf32, true, false);
static UTF32_BIG_ENDIAN: Encoding = Encoding::new(&UTF32_ENCODING, Codec::Utf32BigEndian, true, false);
static ASCII: Encoding = Encoding::new(&ASCII_ENCODING, Codec::Ascii, false, false);
static LATIN1: Encoding = Encoding::new(&LATIN1_ENCODING, Codec::Latin1, false, false);

/// A way to write text as bytes.
#[members("public abstract class System.Text.Encoding", as = ENCODING, ops = ENCODING_OPS, groups = [NAMES])]
impl<'a> Encoding {
    /// UTF-8, with a mark at the beginning of files.
    #[member("static Encoding UTF8 { get; }", pure)]
    pub fn utf8() -> &'a Self {
        &UTF8
    }

    /// UTF-16, low byte first.
    #[member("static Encoding Unicode { get; }", pure)]
    pub fn unicode() -> &'a Self {
        &UTF16
    }

    /// UTF-16, high byte first.
    #[member("static Encoding BigEndianUnicode { get; }", pure)]
    pub fn big_endian_unicode() -> &'a Self {
        &UTF16_BIG_ENDIAN
    }

    /// UTF-32, lowest byte first.
    #[member("static Encoding UTF32 { get; }", pure)]
    pub fn utf32() -> &'a Self {
        &UTF32
    }

    /// US-ASCII; other characters become `?`.
    #[member("static Encoding ASCII { get; }", pure)]
    fn ascii() -> &'a Self {
        &ASCII
    }

    /// ISO 8859-1; other characters become their likeness or `?`.
    #[member("static Encoding Latin1 { get; }", pure)]
    fn latin1() -> &'a Self {
        &LATIN1
    }

    /// UTF-8 without a mark.
    #[member("static Encoding Default { get; }", pure)]
    fn default_encoding() -> &'a Self {
        &UTF8_WITHOUT_MARK
    }

    /// The encoding of this name.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if there is none.
    #[member("static Encoding GetEncoding(string name)", pure)]
    fn get_encoding(cx: &mut Cx<'a>, name: Str<'a>) -> Result<&'a Self, Throw> {
        by_name(cx, name)
    }

    /// The encoding of this number of a code page.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`, `NotSupportedException` if there is none.
    #[member("static Encoding GetEncoding(int codepage)", pure)]
    fn get_encoding_by_number(cx: &mut Cx<'a>, number: i32) -> Result<&'a Self, Throw> {
        by_number(cx, number)
    }

    /// The bytes of a text.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("byte[] GetBytes(string s)")]
    fn get_bytes(&'a self, cx: &mut Cx<'a>, s: Str<'a>) -> Result<&'a Bytes<'a>, Throw> {
        if self.codec == Codec::Utf8 && s.is_utf8() {
            cx.reserve(s.bytes().len())?;
            return Ok(Bytes::new(cx, s.bytes()));
        }
        let bytes = self.encode(cx, s)?;
        Ok(Bytes::new(cx, &bytes))
    }

    /// The bytes of code units.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("byte[] GetBytes(char[] chars)")]
    fn get_bytes_of_units(&'a self, cx: &mut Cx<'a>, chars: &'a Array<'a>) -> Result<&'a Bytes<'a>, Throw> {
        let text = from_units(cx, units_of(chars));
        self.get_bytes(cx, text)
    }

    /// The bytes of some code units.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("byte[] GetBytes(char[] chars, int index, int count)")]
    fn get_bytes_of_some_units(
        &'a self,
        cx: &mut Cx<'a>,
        chars: &'a Array<'a>,
        index: i32,
        count: i32,
    ) -> Result<&'a Bytes<'a>, Throw> {
        let (from, count) = part_of(cx, chars.items().len(), index, count, ("index", "count", "chars"))?;
        let text = from_units(cx, units_of(chars).skip(from).take(count));
        self.get_bytes(cx, text)
    }

    /// The bytes of a part of a text.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if it does not lie inside the text.
    #[member("byte[] GetBytes(string s, int index, int count)")]
    fn get_bytes_of_part(
        &'a self,
        cx: &mut Cx<'a>,
        s: Str<'a>,
        index: i32,
        count: i32,
    ) -> Result<&'a Bytes<'a>, Throw> {
        let (from, count) = part_of(cx, s.utf16_len(), index, count, ("index", "count", "s"))?;
        let part = s.utf16_slice(cx, from, from + count).unwrap_or_default();
        self.get_bytes(cx, part)
    }

    /// Writes the bytes of a part of a text into an array; gives how many there are.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if the array is too short.
    #[member("int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex)")]
    fn write_bytes(
        &'a self,
        cx: &mut Cx<'a>,
        s: Str<'a>,
        index: i32,
        count: i32,
        target: &'a Bytes<'a>,
        target_index: i32,
    ) -> Result<i32, Throw> {
        let (from, count) = part_of(cx, s.utf16_len(), index, count, ("charIndex", "charCount", "s"))?;
        let part = s.utf16_slice(cx, from, from + count).unwrap_or_default();
        let bytes = self.encode(cx, part)?;
        copied(cx, &bytes, target, target_index)
    }

    /// Writes the bytes of some code units into an array; gives how many there are.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if the array is too short.
    #[member("int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)")]
    fn write_bytes_of_units(
        &'a self,
        cx: &mut Cx<'a>,
        chars: &'a Array<'a>,
        index: i32,
        count: i32,
        target: &'a Bytes<'a>,
        target_index: i32,
    ) -> Result<i32, Throw> {
        let (from, count) = part_of(cx, chars.items().len(), index, count, ("charIndex", "charCount", "chars"))?;
        let text = from_units(cx, units_of(chars).skip(from).take(count));
        let bytes = self.encode(cx, text)?;
        copied(cx, &bytes, target, target_index)
    }

    /// How many bytes a text takes.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("int GetByteCount(string s)", pure)]
    fn get_byte_count(&'a self, cx: &mut Cx<'a>, s: Str<'a>) -> Result<i32, Throw> {
        if self.codec == Codec::Utf8 && s.is_utf8() {
            return Ok(s.bytes().len() as i32);
        }
        Ok(self.encode(cx, s)?.len() as i32)
    }

    /// How many bytes code units take.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("int GetByteCount(char[] chars)")]
    fn get_byte_count_of_units(&'a self, cx: &mut Cx<'a>, chars: &'a Array<'a>) -> Result<i32, Throw> {
        let text = from_units(cx, units_of(chars));
        self.get_byte_count(cx, text)
    }

    /// How many bytes some code units take.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("int GetByteCount(char[] chars, int index, int count)")]
    fn get_byte_count_of_some_units(
        &'a self,
        cx: &mut Cx<'a>,
        chars: &'a Array<'a>,
        index: i32,
        count: i32,
    ) -> Result<i32, Throw> {
        let (from, count) = part_of(cx, chars.items().len(), index, count, ("index", "count", "chars"))?;
        let text = from_units(cx, units_of(chars).skip(from).take(count));
        self.get_byte_count(cx, text)
    }

    /// How many bytes a part of a text takes.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if it does not lie inside the text.
    #[member("int GetByteCount(string s, int index, int count)", pure)]
    fn get_byte_count_of_part(&'a self, cx: &mut Cx<'a>, s: Str<'a>, index: i32, count: i32) -> Result<i32, Throw> {
        let (from, count) = part_of(cx, s.utf16_len(), index, count, ("index", "count", "s"))?;
        let part = s.utf16_slice(cx, from, from + count).unwrap_or_default();
        self.get_byte_count(cx, part)
    }

    /// The text of bytes.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("string GetString(byte[] bytes)", pure)]
    fn get_string(&'a self, cx: &mut Cx<'a>, bytes: &'a Bytes<'a>) -> Result<Str<'a>, Throw> {
        decoded(self, cx, &bytes.to_vec())
    }

    /// The text of some bytes.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("string GetString(byte[] bytes, int index, int count)", pure)]
    fn get_string_of_part(
        &'a self,
        cx: &mut Cx<'a>,
        bytes: &'a Bytes<'a>,
        index: i32,
        count: i32,
    ) -> Result<Str<'a>, Throw> {
        let part = bytes_of_part(cx, bytes, index, count)?;
        decoded(self, cx, &part)
    }

    /// The code units of bytes.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("char[] GetChars(byte[] bytes)")]
    fn get_chars(&'a self, cx: &mut Cx<'a>, bytes: &'a Bytes<'a>) -> Result<&'a Array<'a>, Throw> {
        let text = decoded(self, cx, &bytes.to_vec())?;
        units_as_array(cx, text, 0, text.utf16_len())
    }

    /// The code units of some bytes.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("char[] GetChars(byte[] bytes, int index, int count)")]
    fn get_chars_of_part(
        &'a self,
        cx: &mut Cx<'a>,
        bytes: &'a Bytes<'a>,
        index: i32,
        count: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        let text = self.get_string_of_part(cx, bytes, index, count)?;
        units_as_array(cx, text, 0, text.utf16_len())
    }

    /// Writes the code units of some bytes into an array; gives how many there are.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException`, `ArgumentException` if the array is too short.
    #[member("int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)")]
    fn write_chars(
        &'a self,
        cx: &mut Cx<'a>,
        bytes: &'a Bytes<'a>,
        index: i32,
        count: i32,
        chars: &'a Array<'a>,
        target_index: i32,
    ) -> Result<i32, Throw> {
        let text = self.get_string_of_part(cx, bytes, index, count)?;
        let places = usize::try_from(target_index).ok().and_then(|index| chars.items().get(index..));
        let Some(places) = places else { return Err(throw_range(cx, NOT_INSIDE, "charIndex")) };
        let units = text.utf16_len();
        let Some(places) = places.get(..units) else { return Err(throw_short(cx, "chars")) };
        for (place, unit) in places.iter().zip(text.units()) {
            place.set(Word(u64::from(unit)));
        }
        Ok(units as i32)
    }

    /// How many code units the text of bytes has.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("int GetCharCount(byte[] bytes)")]
    fn get_char_count(&'a self, cx: &mut Cx<'a>, bytes: &'a Bytes<'a>) -> Result<i32, Throw> {
        Ok(decoded(self, cx, &bytes.to_vec())?.utf16_len() as i32)
    }

    /// How many code units the text of some bytes has.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("int GetCharCount(byte[] bytes, int index, int count)")]
    fn get_char_count_of_part(
        &'a self,
        cx: &mut Cx<'a>,
        bytes: &'a Bytes<'a>,
        index: i32,
        count: i32,
    ) -> Result<i32, Throw> {
        Ok(self.get_string_of_part(cx, bytes, index, count)?.utf16_len() as i32)
    }

    /// The bytes of the same text in another encoding.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("static byte[] Convert(Encoding srcEncoding, Encoding dstEncoding, byte[] bytes)")]
    fn convert(
        cx: &mut Cx<'a>,
        source: &'a Self,
        target: &'a Self,
        bytes: &'a Bytes<'a>,
    ) -> Result<&'a Bytes<'a>, Throw> {
        let text = decoded(source, cx, &bytes.to_vec())?;
        target.get_bytes(cx, text)
    }

    /// Some bytes of the same text in another encoding.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if they do not lie inside the array.
    #[member("static byte[] Convert(Encoding srcEncoding, Encoding dstEncoding, byte[] bytes, int index, int count)")]
    fn convert_part(
        cx: &mut Cx<'a>,
        source: &'a Self,
        target: &'a Self,
        bytes: &'a Bytes<'a>,
        index: i32,
        count: i32,
    ) -> Result<&'a Bytes<'a>, Throw> {
        let text = source.get_string_of_part(cx, bytes, index, count)?;
        target.get_bytes(cx, text)
    }
}

const NOT_INSIDE: &str = "Index was out of range. Must be non-negative and less than the size of the collection.";

fn decoded<'a>(encoding: &Encoding, cx: &mut Cx<'a>, bytes: &[u8]) -> Result<Str<'a>, Throw> {
    let mut out = cx.scratch();
    encoding.decode(cx, &mut out, bytes)?;
    Ok(cx.finish(out))
}

fn part_of(
    cx: &mut Cx<'_>,
    length: usize,
    index: i32,
    count: i32,
    (index_name, count_name, whole_name): (&str, &str, &str),
) -> Result<(usize, usize), Throw> {
    let Ok(from) = usize::try_from(index) else {
        return Err(throw_range(cx, "Non-negative number required.", index_name));
    };
    let Ok(count) = usize::try_from(count) else {
        return Err(throw_range(cx, "Non-negative number required.", count_name));
    };
    if from.saturating_add(count) > length {
        return Err(throw_range(cx, "Index and count must refer to a location within the buffer.", whole_name));
    }
    Ok((from, count))
}

fn bytes_of_part(cx: &mut Cx<'_>, bytes: &Bytes<'_>, index: i32, count: i32) -> Result<Vec<u8>, Throw> {
    let (from, count) = part_of(cx, bytes.items().len(), index, count, ("index", "count", "bytes"))?;
    Ok(bytes.items().iter().skip(from).take(count).map(std::cell::Cell::get).collect())
}

fn copied(cx: &mut Cx<'_>, bytes: &[u8], target: &Bytes<'_>, index: i32) -> Result<i32, Throw> {
    let places = usize::try_from(index).ok().and_then(|index| target.items().get(index..));
    let Some(places) = places else { return Err(throw_range(cx, NOT_INSIDE, "byteIndex")) };
    let Some(places) = places.get(..bytes.len()) else { return Err(throw_short(cx, "bytes")) };
    for (place, byte) in places.iter().zip(bytes) {
        place.set(*byte);
    }
    Ok(bytes.len() as i32)
}

#[cold]
fn throw_short(cx: &mut Cx<'_>, parameter: &str) -> Throw {
    let message = "The output byte buffer is too small to contain the encoded data.";
    cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, parameter)
}

/// The behaviour of encodings: equal if they write the same.
pub static ENCODING_OPS: Ops = Ops {
    equals: |_, a, b| Ok(key(a) == key(b)),
    hash: |_, object| Ok(object.downcast::<Encoding>().map_or(0, |encoding| encoding.codec as i32)),
    ..REFERENCE
};

fn key(object: Obj<'_>) -> Option<(Codec, bool, bool)> {
    object.downcast::<Encoding>().map(|encoding| (encoding.codec, encoding.has_preamble, encoding.strict))
}

/// The constructors of `UTF8Encoding`.
pub struct Utf8Type;

/// UTF-8.
#[members("public class System.Text.UTF8Encoding : Encoding", as = UTF8_ENCODING, ops = ENCODING_OPS)]
impl<'a> Utf8Type {
    /// UTF-8 without a mark.
    #[member("UTF8Encoding()", pure)]
    fn new() -> &'a Encoding {
        &UTF8_WITHOUT_MARK
    }

    /// UTF-8, with a mark on request.
    #[member("UTF8Encoding(bool encoderShouldEmitUTF8Identifier)", pure)]
    fn with_mark(mark: bool) -> &'a Encoding {
        if mark { &UTF8 } else { &UTF8_WITHOUT_MARK }
    }

    /// UTF-8, with a mark on request, that may throw for what is no text.
    #[member("UTF8Encoding(bool encoderShouldEmitUTF8Identifier, bool throwOnInvalidBytes)", pure)]
    fn strict(cx: &mut Cx<'a>, mark: bool, strict: bool) -> &'a Encoding {
        cx.arena().alloc(Encoding::new(&UTF8_ENCODING, Codec::Utf8, mark, strict))
    }
}

/// The constructors of `UnicodeEncoding`.
pub struct UnicodeType;

/// UTF-16.
#[members("public class System.Text.UnicodeEncoding : Encoding", as = UNICODE_ENCODING, ops = ENCODING_OPS)]
impl<'a> UnicodeType {
    /// UTF-16, low byte first.
    #[member("UnicodeEncoding()", pure)]
    fn new() -> &'a Encoding {
        &UTF16
    }

    /// UTF-16 in either order of bytes, with a mark on request.
    #[member("UnicodeEncoding(bool bigEndian, bool byteOrderMark)", pure)]
    fn with_mark(cx: &mut Cx<'a>, big_endian: bool, mark: bool) -> &'a Encoding {
        Self::strict(cx, big_endian, mark, false)
    }

    /// UTF-16 in either order of bytes, with a mark on request, that may throw for what is no text.
    #[member("UnicodeEncoding(bool bigEndian, bool byteOrderMark, bool throwOnInvalidBytes)", pure)]
    fn strict(cx: &mut Cx<'a>, big_endian: bool, mark: bool, strict: bool) -> &'a Encoding {
        let codec = if big_endian { Codec::Utf16BigEndian } else { Codec::Utf16 };
        cx.arena().alloc(Encoding::new(&UNICODE_ENCODING, codec, mark, strict))
    }
}

/// The constructors of `UTF32Encoding`.
pub struct Utf32Type;

/// UTF-32.
#[members("public sealed class System.Text.UTF32Encoding : Encoding", as = UTF32_ENCODING, ops = ENCODING_OPS)]
impl<'a> Utf32Type {
    /// UTF-32, lowest byte first.
    #[member("UTF32Encoding()", pure)]
    fn new() -> &'a Encoding {
        &UTF32
    }

    /// UTF-32 in either order of bytes, with a mark on request.
    #[member("UTF32Encoding(bool bigEndian, bool byteOrderMark)", pure)]
    fn with_mark(cx: &mut Cx<'a>, big_endian: bool, mark: bool) -> &'a Encoding {
        let codec = if big_endian { Codec::Utf32BigEndian } else { Codec::Utf32 };
        cx.arena().alloc(Encoding::new(&UTF32_ENCODING, codec, mark, false))
    }
}

/// The constructors of `ASCIIEncoding`.
pub struct AsciiType;

/// US-ASCII.
#[members("public class System.Text.ASCIIEncoding : Encoding", as = ASCII_ENCODING, ops = ENCODING_OPS)]
impl<'a> AsciiType {
    /// US-ASCII; other characters become `?`.
    #[member("ASCIIEncoding()", pure)]
    fn new() -> &'a Encoding {
        &ASCII
    }
}

/// Latin-1, which has no public name.
pub struct Latin1Type;

/// ISO 8859-1.
#[members("internal class System.Text.Latin1Encoding : Encoding", as = LATIN1_ENCODING, ops = ENCODING_OPS)]
impl<'a> Latin1Type {}

exceptions! {
    DECODER_FALLBACK_EXCEPTION, DecoderFallbackType, "DecoderFallbackException",
        "public sealed class System.Text.DecoderFallbackException : ArgumentException",
        Some("Value does not fall within the expected range."), [], "Bytes are no text in an encoding.";
    ENCODER_FALLBACK_EXCEPTION, EncoderFallbackType, "EncoderFallbackException",
        "public sealed class System.Text.EncoderFallbackException : ArgumentException",
        Some("Value does not fall within the expected range."), [], "A text cannot be written in an encoding.";
}
