//! What encodings are called, and what else they tell about themselves.

use dotnet_macros::members;

use super::{
    ASCII, Codec, Encoding, LATIN1, UTF8, UTF8_WITHOUT_MARK, UTF16, UTF16_BIG_ENDIAN, UTF32, UTF32_BIG_ENDIAN,
};
use crate::array::Bytes;
use crate::cx::Cx;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, NOT_SUPPORTED_EXCEPTION};
use crate::types::string::throw_range;

const SEE: &str = "For information on defining a custom encoding, see the documentation for the \
                   Encoding.RegisterProvider method.";

/// The names of encodings in lower case, as .NET Core knows them.
static ALIASES: &[(&Encoding, &[&str])] = &[
    (&UTF8, &["utf-8", "unicode-1-1-utf-8", "unicode-2-0-utf-8", "x-unicode-1-1-utf-8", "x-unicode-2-0-utf-8"]),
    (&UTF16, &["utf-16", "utf-16le", "unicode", "ucs-2", "iso-10646-ucs-2"]),
    (&UTF16_BIG_ENDIAN, &["utf-16be", "unicodefffe"]),
    (&UTF32, &["utf-32", "utf-32le"]),
    (&UTF32_BIG_ENDIAN, &["utf-32be"]),
    (
        &ASCII,
        &[
            "us-ascii",
            "ascii",
            "us",
            "ansi_x3.4-1968",
            "ansi_x3.4-1986",
            "cp367",
            "csascii",
            "ibm367",
            "iso-ir-6",
            "iso646-us",
            "iso_646.irv:1991",
        ],
    ),
    (
        &LATIN1,
        &[
            "iso-8859-1",
            "iso8859-1",
            "latin1",
            "l1",
            "cp819",
            "csisolatin1",
            "ibm819",
            "iso-ir-100",
            "iso_8859-1",
            "iso_8859-1:1987",
        ],
    ),
];

/// The encoding of a name, in any case.
pub(super) fn by_name<'a>(cx: &mut Cx<'a>, name: Str<'a>) -> Result<&'a Encoding, Throw> {
    let is_name = |alias: &&str| name.bytes().eq_ignore_ascii_case(alias.as_bytes());
    match ALIASES.iter().find(|(_, aliases)| aliases.iter().any(is_name)) {
        Some((encoding, _)) => Ok(encoding),
        None => {
            let message = format!("'{}' is not a supported encoding name. {SEE}", name.to_utf8());
            Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, "name"))
        }
    }
}

/// The encoding of a code page's number.
pub(super) fn by_number<'a>(cx: &mut Cx<'a>, number: i32) -> Result<&'a Encoding, Throw> {
    if number == 0 {
        return Ok(&UTF8_WITHOUT_MARK);
    }
    if !(0..=65535).contains(&number) {
        return Err(throw_range(cx, "Valid values are between 0 and 65535, inclusive.", "codepage"));
    }
    match ALIASES.iter().find(|(encoding, _)| encoding.codec.code_page() == number) {
        Some((encoding, _)) => Ok(encoding),
        None => {
            let message = format!("No data is available for encoding {number}. {SEE}");
            Err(cx.throw(Ty(&NOT_SUPPORTED_EXCEPTION), &message))
        }
    }
}

impl Codec {
    fn code_page(self) -> i32 {
        match self {
            Self::Utf8 => 65001,
            Self::Utf16 => 1200,
            Self::Utf16BigEndian => 1201,
            Self::Utf32 => 12000,
            Self::Utf32BigEndian => 12001,
            Self::Ascii => 20127,
            Self::Latin1 => 28591,
        }
    }

    fn web_name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf16BigEndian => "utf-16BE",
            Self::Utf32 => "utf-32",
            Self::Utf32BigEndian => "utf-32BE",
            Self::Ascii => "us-ascii",
            Self::Latin1 => "iso-8859-1",
        }
    }

    fn display_name(self) -> &'static str {
        match self {
            Self::Utf8 => "Unicode (UTF-8)",
            Self::Utf16 => "Unicode",
            Self::Utf16BigEndian => "Unicode (Big-Endian)",
            Self::Utf32 => "Unicode (UTF-32)",
            Self::Utf32BigEndian => "Unicode (UTF-32 Big-Endian)",
            Self::Ascii => "US-ASCII",
            Self::Latin1 => "Western European (ISO)",
        }
    }

    /// The most bytes that so many code units take, and the most code units that so many bytes are: factors of the
    /// number and what is added to it.
    fn most(self) -> (i64, i64) {
        match self {
            Self::Utf8 => (3, 1),
            Self::Utf16 | Self::Utf16BigEndian => (2, 1),
            Self::Utf32 | Self::Utf32BigEndian => (4, 1),
            Self::Ascii | Self::Latin1 => (1, 1),
        }
    }
}

/// What encodings tell about themselves.
#[members("System.Text.Encoding", group = NAMES)]
impl<'a> Encoding {
    /// The name for headers: `utf-8`.
    #[member("string WebName { get; }", pure)]
    fn web_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(self.codec.web_name())
    }

    /// The name for the headers of mails.
    #[member("string HeaderName { get; }", pure)]
    fn header_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(self.codec.web_name())
    }

    /// The name for the bodies of mails.
    #[member("string BodyName { get; }", pure)]
    fn body_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(self.codec.web_name())
    }

    /// The name for people.
    #[member("string EncodingName { get; }", pure)]
    fn encoding_name(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(self.codec.display_name())
    }

    /// The number of the code page.
    #[member("int CodePage { get; }", pure)]
    fn code_page(&'a self) -> i32 {
        self.codec.code_page()
    }

    /// The number of the Windows code page that is nearest.
    #[member("int WindowsCodePage { get; }", pure)]
    fn windows_code_page(&'a self) -> i32 {
        if matches!(self.codec, Codec::Ascii | Codec::Latin1) { 1252 } else { 1200 }
    }

    /// Whether every character is one byte.
    #[member("bool IsSingleByte { get; }", pure)]
    fn is_single_byte(&'a self) -> bool {
        matches!(self.codec, Codec::Ascii | Codec::Latin1)
    }

    /// Whether it cannot be changed, which is so for all.
    #[member("bool IsReadOnly { get; }", pure)]
    fn is_read_only(&'a self) -> bool {
        true
    }

    /// The bytes that a file in this encoding begins with.
    #[member("byte[] GetPreamble()")]
    fn get_preamble(&'a self, cx: &mut Cx<'a>) -> &'a Bytes<'a> {
        Bytes::new(cx, if self.has_preamble { self.codec.preamble() } else { &[] })
    }

    /// The most bytes that so many code units take.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is negative or too large.
    #[member("int GetMaxByteCount(int charCount)", pure)]
    fn get_max_byte_count(&'a self, cx: &mut Cx<'a>, count: i32) -> Result<i32, Throw> {
        let (factor, more) = self.codec.most();
        limited(cx, count, (i64::from(count) + more) * factor, "charCount")
    }

    /// The most code units that so many bytes are.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is negative or too large.
    #[member("int GetMaxCharCount(int byteCount)", pure)]
    fn get_max_char_count(&'a self, cx: &mut Cx<'a>, count: i32) -> Result<i32, Throw> {
        let wide = i64::from(count);
        let most = match self.codec {
            Codec::Utf8 => wide + 1,
            Codec::Utf16 | Codec::Utf16BigEndian => (wide >> 1) + (wide & 1) + 1,
            Codec::Utf32 | Codec::Utf32BigEndian => wide / 2 + 2,
            Codec::Ascii | Codec::Latin1 => wide,
        };
        limited(cx, count, most, "byteCount")
    }

    /// The encoding itself, as none can be changed.
    #[member("object Clone()", pure)]
    fn clone(&'a self) -> &'a Self {
        self
    }

    /// Whether the other writes the same.
    #[member("bool Equals(object value)", pure)]
    fn equals(&'a self, value: Option<Obj<'a>>) -> bool {
        value.and_then(|object| object.downcast::<Self>()).is_some_and(|other| {
            self.codec == other.codec && self.has_preamble == other.has_preamble && self.strict == other.strict
        })
    }

    /// A number that is the same for equal encodings.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(&'a self) -> i32 {
        self.codec as i32
    }
}

fn limited(cx: &mut Cx<'_>, count: i32, most: i64, parameter: &str) -> Result<i32, Throw> {
    if count < 0 {
        return Err(throw_range(cx, "Non-negative number required.", parameter));
    }
    i32::try_from(most).map_err(|_| {
        let message =
            "Too many characters. The resulting number of bytes is larger than what can be returned as an int.";
        throw_range(cx, message, parameter)
    })
}
