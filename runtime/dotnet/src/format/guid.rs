//! `System.Guid`: text, bytes and order.
//!
//! Not here: random identifiers, which need a source of randomness.

use super::{Fault, wtf8};

/// A `System.Guid`, ordered as .NET orders it: by its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Guid(u128);

/// A text with hyphens is this long.
const HYPHENATED: usize = 36;
/// Where the hyphens stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

const WRONG_LENGTH: Fault =
    Fault::format("Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).");
const WRONG_CHARACTER: Fault = Fault::format("Guid string should only contain hexadecimal characters.");
const UNRECOGNIZED: Fault = Fault::format("Unrecognized Guid format.");

impl Guid {
    /// `Guid.Empty`.
    pub const EMPTY: Self = Self(0);

    /// The identifier whose text without hyphens is this number in hexadecimal.
    pub const fn from_u128(value: u128) -> Self {
        Self(value)
    }

    /// The number whose hexadecimal digits are the text without hyphens.
    pub const fn as_u128(self) -> u128 {
        self.0
    }

    /// `new Guid(bytes)`: the first three groups are little-endian.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        let [a0, a1, a2, a3, b0, b1, c0, c1, d @ ..] = bytes;
        let [d0, d1, d2, d3, d4, d5, d6, d7] = d;
        Self(u128::from_be_bytes([a3, a2, a1, a0, b1, b0, c1, c0, d0, d1, d2, d3, d4, d5, d6, d7]))
    }

    /// `ToByteArray()`: the first three groups are little-endian.
    pub const fn to_bytes(self) -> [u8; 16] {
        let [a3, a2, a1, a0, b1, b0, c1, c0, d @ ..] = self.0.to_be_bytes();
        let [d0, d1, d2, d3, d4, d5, d6, d7] = d;
        [a0, a1, a2, a3, b0, b1, c0, c1, d0, d1, d2, d3, d4, d5, d6, d7]
    }

    /// `GetHashCode()` of .NET Core 3.0 and later: the four integers of the bytes, joined by exclusive or.
    pub const fn hash_code(self) -> i32 {
        let bytes = u128::from_le_bytes(self.to_bytes());
        (bytes ^ bytes >> 32 ^ bytes >> 64 ^ bytes >> 96) as i32
    }

    /// The same identifier marked as a random one: version 4, variant 1, as `Guid.NewGuid` does with random bits.
    #[must_use]
    pub const fn with_random_version(self) -> Self {
        const VERSION: u128 = 0xF << 76;
        const VARIANT: u128 = 0b11 << 62;
        Self(self.0 & !VERSION & !VARIANT | 4 << 76 | 0b10 << 62)
    }

    /// Writes what `value.ToString()` gives.
    pub fn write(self, out: &mut Vec<u8>) {
        self.write_hyphenated(out);
    }

    /// Writes what `value.ToString(format)` gives: N, D, B, P or X in any case, D if empty.
    ///
    /// # Throws
    /// `FormatException` for other formats.
    pub fn format(self, out: &mut Vec<u8>, format: &[u8]) -> Result<(), Fault> {
        match format.to_ascii_uppercase().as_slice() {
            b"" | b"D" => self.write_hyphenated(out),
            b"N" => push_hexadecimal(out, &self.0.to_be_bytes()),
            b"B" => {
                out.push(b'{');
                self.write_hyphenated(out);
                out.push(b'}');
            }
            b"P" => {
                out.push(b'(');
                self.write_hyphenated(out);
                out.push(b')');
            }
            b"X" => self.write_braced(out),
            _ => {
                return Err(Fault::format(
                    "Format String can be only \"D\", \"d\", \"N\", \"n\", \"P\", \"p\", \"B\", \"b\", \"X\" or \"x\".",
                ));
            }
        }
        Ok(())
    }

    fn write_hyphenated(self, out: &mut Vec<u8>) {
        let mut text = [[0; 2]; 16];
        for (place, byte) in text.iter_mut().zip(self.0.to_be_bytes()) {
            *place = hexadecimal_digits(byte);
        }
        let [a @ .., _, _, _, _, _, _, _, _, _, _, _, _] = &text;
        let [_, _, _, _, b @ .., _, _, _, _, _, _, _, _, _, _] = &text;
        let [_, _, _, _, _, _, c @ .., _, _, _, _, _, _, _, _] = &text;
        let [_, _, _, _, _, _, _, _, d @ .., _, _, _, _, _, _] = &text;
        let [_, _, _, _, _, _, _, _, _, _, e @ ..] = &text;
        out.reserve(HYPHENATED);
        out.extend_from_slice(a.as_flattened());
        for group in [b, c, d] {
            out.push(b'-');
            out.extend_from_slice(group.as_flattened());
        }
        out.push(b'-');
        out.extend_from_slice(e.as_flattened());
    }

    fn write_braced(self, out: &mut Vec<u8>) {
        let bytes = self.0.to_be_bytes();
        let mut rest = bytes.as_slice();
        for (opening, length) in
            [("{0x", 4), (",0x", 2), (",0x", 2), (",{0x", 1)].into_iter().chain(std::iter::repeat_n((",0x", 1), 7))
        {
            out.extend_from_slice(opening.as_bytes());
            let (group, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            push_hexadecimal(out, group);
            rest = after;
        }
        out.extend_from_slice(b"}}");
    }

    /// What `Guid.Parse(text)` gives: any of the five forms, in any case, with white space around.
    ///
    /// # Throws
    /// `FormatException`, and `OverflowException` for groups of the braced form that are too large.
    pub fn parse(text: &[u8]) -> Result<Self, Fault> {
        let text = wtf8::trim(text);
        match text.first() {
            None => Err(UNRECOGNIZED),
            Some(b'(') => parse_enclosed(text, b')'),
            Some(b'{') if text.contains(&b'-') => parse_enclosed(text, b'}'),
            Some(b'{') => parse_braced(text),
            Some(_) if text.contains(&b'-') => parse_hyphenated(text),
            Some(_) => parse_digits(text),
        }
    }

    /// What `Guid.ParseExact(text, format)` gives.
    ///
    /// # Throws
    /// `FormatException`, also for a format other than N, D, B, P and X.
    pub fn parse_exact(text: &[u8], format: &[u8]) -> Result<Self, Fault> {
        let text = wtf8::trim(text);
        match format.to_ascii_uppercase().as_slice() {
            b"D" => parse_hyphenated(text),
            b"N" => parse_digits(text),
            b"B" if text.first() == Some(&b'{') => parse_enclosed(text, b'}'),
            b"P" if text.first() == Some(&b'(') => parse_enclosed(text, b')'),
            b"B" | b"P" => Err(WRONG_LENGTH),
            b"X" => parse_braced(text),
            _ => Err(Fault::format(
                "Format String can be only \"D\", \"d\", \"N\", \"n\", \"P\", \"p\", \"B\", \"b\", \"X\" or \"x\".",
            )),
        }
    }
}

const fn hexadecimal_digits(byte: u8) -> [u8; 2] {
    [super::hex::lower_digit(byte >> 4), super::hex::lower_digit(byte & 0xF)]
}

fn push_hexadecimal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(bytes.iter().flat_map(|byte| hexadecimal_digits(*byte)));
}

fn parse_enclosed(text: &[u8], closing: u8) -> Result<Guid, Fault> {
    match text {
        [_, inside @ .., last] if *last == closing && inside.len() == HYPHENATED => parse_hyphenated(inside),
        _ => Err(WRONG_LENGTH),
    }
}

fn parse_digits(text: &[u8]) -> Result<Guid, Fault> {
    const DIGITS: usize = 32;
    if wtf8::utf16_len(text) != DIGITS {
        return Err(WRONG_LENGTH);
    }
    let value =
        text.iter().try_fold(0u128, |value, byte| Some(value << 4 | u128::from(char::from(*byte).to_digit(16)?)));
    value.map(Guid).ok_or(WRONG_CHARACTER)
}

fn parse_hyphenated(text: &[u8]) -> Result<Guid, Fault> {
    if wtf8::utf16_len(text) != HYPHENATED {
        return Err(WRONG_LENGTH);
    }
    let dashes = HYPHENS.iter().all(|index| text.get(*index) == Some(&b'-'));
    if !dashes {
        return Err(Fault::format("Dashes are in the wrong position for GUID parsing."));
    }
    let mut value = 0u128;
    for (start, end) in [(0, 8), (9, 13), (14, 18), (19, 23), (24, 36)] {
        match hexadecimal_group(text.get(start..end).unwrap_or_default()) {
            Some(group) => value = value << (4 * (end - start)) | u128::from(group),
            None => return parse_prefixed_groups(text),
        }
    }
    Ok(Guid(value))
}

/// The number of at most 16 hexadecimal digits.
fn hexadecimal_group(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0u64, |value, digit| Some(value << 4 | u64::from(super::hex::digit_value(*digit)?)))
}

/// Groups may start with `+` and `0x`, as long as the prefix and the digits fill the group. The last eight digits are a
/// group of their own that may not.
fn parse_prefixed_groups(text: &[u8]) -> Result<Guid, Fault> {
    let mut value = 0u128;
    for (start, end) in [(0, 8), (9, 13), (14, 18), (19, 23), (24, 28), (28, 36)] {
        let group = text.get(start..end).unwrap_or_default();
        let digits = if end < HYPHENATED { unprefixed(group) } else { group };
        if digits.is_empty() {
            return Err(WRONG_CHARACTER);
        }
        let number = hexadecimal_number(digits).ok_or(WRONG_CHARACTER)?;
        value = value << (4 * (end - start)) | number;
    }
    Ok(Guid(value))
}

fn unprefixed(group: &[u8]) -> &[u8] {
    let group = group.strip_prefix(b"+").unwrap_or(group);
    group.strip_prefix(b"0x").or_else(|| group.strip_prefix(b"0X")).unwrap_or(group)
}

/// The number of at most 31 hexadecimal digits.
fn hexadecimal_number(digits: &[u8]) -> Option<u128> {
    digits.iter().try_fold(0u128, |value, byte| Some(value << 4 | u128::from(char::from(*byte).to_digit(16)?)))
}

/// The number of a group of the braced form, below 2^32. What follows the eighth significant digit overflows.
fn braced_number(digits: &[u8]) -> Result<u128, Fault> {
    const MOST_DIGITS: usize = 8;
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let significant = digits.get(zeros..).unwrap_or_default();
    if digits.is_empty() {
        return Err(WRONG_CHARACTER);
    }
    let (kept, beyond) = significant.split_at_checked(MOST_DIGITS).unwrap_or((significant, &[]));
    let value = hexadecimal_number(kept).ok_or(WRONG_CHARACTER)?;
    match beyond.first() {
        None => Ok(value),
        Some(digit) if digit.is_ascii_hexdigit() => {
            Err(Fault::overflow("Value was either too large or too small for a UInt32."))
        }
        Some(_) => Err(WRONG_CHARACTER),
    }
}

/// `{0x00112233,0x4455,0x6677,{0x88,0x99,0xaa,0xbb,0xcc,0xdd,0xee,0xff}}`, white space anywhere.
fn parse_braced(text: &[u8]) -> Result<Guid, Fault> {
    const COMMA: &str = "Could not find a comma, or the length between the previous token and the comma was zero \
                         (i.e., '0x,'etc.).";
    const BRACE: &str = "Could not find a brace, or the length between the previous token and the brace was zero \
                         (i.e., '0x,'etc.).";
    let mut compact = Vec::with_capacity(text.len());
    for code_point in wtf8::code_points(text).filter(|code_point| !wtf8::is_white_space(*code_point)) {
        wtf8::push_code_point(&mut compact, code_point);
    }
    let mut rest = compact.strip_prefix(b"{").ok_or(Fault::format("Expected {0xdddddddd, etc}."))?;
    let mut value = 0u128;
    let groups =
        [(32, b','), (16, b','), (16, b',')].into_iter().chain(std::iter::repeat_n((8, b','), 7)).chain([(8, b'}')]);
    for (number, (bits, separator)) in groups.enumerate() {
        const FIRST_OF_INNER: usize = 3;
        if number == FIRST_OF_INNER {
            rest = rest.strip_prefix(b"{").ok_or(Fault::format("Expected {0xdddddddd, etc}."))?;
        }
        rest = rest
            .strip_prefix(b"0x")
            .or_else(|| rest.strip_prefix(b"0X"))
            .ok_or_else(|| Fault::format("Expected hex 0x in '{0}'."))?;
        let length = rest.iter().position(|byte| *byte == separator).filter(|length| *length > 0);
        let length = length.ok_or(Fault::format(if separator == b',' { COMMA } else { BRACE }))?;
        let (digits, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let group = braced_number(unprefixed(digits))?;
        if bits == 8 && group > 0xFF {
            // .NET treats groups as integers, so only those above 32 bits overflow.
            return Err(Fault::format("Value was either too large or too small for an unsigned byte."));
        }
        // .NET cuts the groups of 16 bits to their width.
        value = value << bits | group & ((1 << bits) - 1);
        rest = after.get(1..).unwrap_or_default();
    }
    match rest {
        b"}" => Ok(Guid(value)),
        [b'}', ..] => Err(Fault::format("Additional non-parsable characters are at the end of the string.")),
        _ => Err(Fault::format("Could not find the ending brace.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAMPLE: Guid = Guid::from_u128(0x00112233_4455_6677_8899_aabbccddeeff);

    fn text(guid: Guid, format: &str) -> String {
        let mut out = Vec::new();
        guid.format(&mut out, format.as_bytes()).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Source: mono.
    #[test]
    fn identifiers_are_formatted() {
        for (format, expected) in [
            ("", "00112233-4455-6677-8899-aabbccddeeff"),
            ("d", "00112233-4455-6677-8899-aabbccddeeff"),
            ("N", "00112233445566778899aabbccddeeff"),
            ("B", "{00112233-4455-6677-8899-aabbccddeeff}"),
            ("P", "(00112233-4455-6677-8899-aabbccddeeff)"),
            ("X", "{0x00112233,0x4455,0x6677,{0x88,0x99,0xaa,0xbb,0xcc,0xdd,0xee,0xff}}"),
        ] {
            assert_eq!(text(SAMPLE, format), expected);
        }
        assert!(SAMPLE.format(&mut Vec::new(), b"Q").is_err() && SAMPLE.format(&mut Vec::new(), b"DD").is_err());
    }

    /// Source: mono.
    #[test]
    fn identifiers_are_parsed() {
        for (input, expected) in [
            ("00112233-4455-6677-8899-AABBCCDDEEFF", Ok(SAMPLE)),
            (" 00112233-4455-6677-8899-aabbccddeeff\u{a0}", Ok(SAMPLE)),
            ("00112233445566778899aabbccddeeff", Ok(SAMPLE)),
            ("{00112233-4455-6677-8899-aabbccddeeff}", Ok(SAMPLE)),
            ("(00112233-4455-6677-8899-aabbccddeeff)", Ok(SAMPLE)),
            ("{0x00112233,0x4455,0x6677,{0x88,0x99,0xaa,0xbb,0xcc,0xdd,0xee,0xff}}", Ok(SAMPLE)),
            (
                "{0X1, 0x2,0x3,{0x4,0x5,0x6,0x7,0x8,0x9,0xa,0xb} }",
                Ok(Guid::from_u128(0x00000001_0002_0003_0405_060708090a0b)),
            ),
            ("+0345678-1234-1234-1234-123456789012", Ok(Guid::from_u128(0x00345678_1234_1234_1234_123456789012))),
            ("0x345678-0x34-+0x4-1234-0x3456789012", Ok(Guid::from_u128(0x00345678_0034_0004_1234_003456789012))),
            ("", Err("FormatException")),
            ("not-a-guid", Err("FormatException")),
            ("12", Err("FormatException")),
            ("0011223344556677-8899-aabbccddeeff", Err("FormatException")),
            ("0011223344556677889-9-aabb-ccdd-eeff", Err("FormatException")),
            ("00112233-4455-6677-8899-aabbccddeefg", Err("FormatException")),
            ("(00112233-4455-6677-8899-aabbccddeeff}", Err("FormatException")),
            ("{0x1,0x2,0x3,{0x4,0x5,0x6,0x7,0x8,0x9,0xa,0xb}", Err("FormatException")),
            ("{0x123456789,0x2,0x3,{0x4,0x5,0x6,0x7,0x8,0x9,0xa,0xb}}", Err("OverflowException")),
        ] {
            let found = Guid::parse(input.as_bytes()).map_err(|fault| fault.exception.type_name());
            assert_eq!(found, expected, "{input}");
        }
        assert_eq!(Guid::parse_exact(b"00112233445566778899aabbccddeeff", b"n"), Ok(SAMPLE));
        assert!(Guid::parse_exact(b"00112233445566778899aabbccddeeff", b"D").is_err());
        assert!(Guid::parse_exact(b"00112233445566778899aabbccddeeff", b"Z").is_err());
    }

    /// Source: mono; the hash is .NET Core 3.0's.
    #[test]
    fn bytes_are_mixed_endian() {
        let bytes = SAMPLE.to_bytes();
        assert_eq!(
            bytes,
            [0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff]
        );
        assert_eq!(Guid::from_bytes(bytes), SAMPLE);
        assert_eq!(
            SAMPLE.hash_code(),
            0x00112233 ^ 0x66774455 ^ 0xbbaa9988u32.cast_signed() ^ 0xffeeddccu32.cast_signed()
        );
        assert!(Guid::from_u128(1 << 127) > Guid::EMPTY);
        assert_eq!(&text(Guid::from_u128(u128::MAX).with_random_version(), "")[14..20], "4fff-b");
    }

    proptest! {
        #[test]
        fn every_form_reads_back(value in any::<u128>(), form in "[NDBPXndbpx]") {
            let guid = Guid::from_u128(value);
            prop_assert_eq!(Guid::parse(text(guid, &form).as_bytes()), Ok(guid));
            prop_assert_eq!(Guid::from_bytes(guid.to_bytes()), guid);
        }

        #[test]
        fn no_text_panics(text in "[{(]?[-0-9a-fx,{} é+]{0,40}") {
            let _ = Guid::parse(text.as_bytes());
        }
    }
}
