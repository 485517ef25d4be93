//! `System.Guid`.

use dotnet_macros::members;

use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::guid::Guid;
use crate::object::{Obj, Ops, REFERENCE};
use crate::rt::Out;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::thrown;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::primitive::sign_of;
use crate::types::struct_value::struct_value;

struct_value!(GuidObj, Guid, GUID, GUID_DEF, Guid::from_u128(0));

/// The members of `Guid`.
pub struct GuidType;

/// An identifier that nobody else has.
#[members("public struct System.Guid : IComparable, IComparable<Guid>, IEquatable<Guid>, IFormattable",
    as = GUID, ops = GUID_OPS)]
impl<'a> GuidType {
    /// The identifier of zeros.
    #[member("static Guid Empty { get; }", pure)]
    fn empty() -> Guid {
        Guid::from_u128(0)
    }

    /// A new random identifier.
    #[member("static Guid NewGuid()")]
    fn new_guid(cx: &mut Cx<'a>) -> Guid {
        let mut bytes = [0; 16];
        cx.ambient().random(&mut bytes);
        Guid::from_u128(u128::from_le_bytes(bytes)).with_random_version()
    }

    /// The identifier that the text writes.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("Guid(string g)", pure)]
    fn of_text(cx: &mut Cx<'a>, g: Str<'a>) -> Result<Guid, Throw> {
        thrown(cx, Guid::parse(g.bytes()))
    }

    /// The identifier of 16 bytes, of which the first eight are in little-endian groups.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if they are not 16.
    #[member("Guid(byte[] b)", pure)]
    pub(crate) fn of_bytes(cx: &mut Cx<'a>, b: &'a Bytes<'a>) -> Result<Guid, Throw> {
        match <[u8; 16]>::try_from(b.to_vec()) {
            Ok(bytes) => Ok(Guid::from_bytes(bytes)),
            Err(_) => {
                let message = "Byte array for Guid must be exactly 16 bytes long.";
                Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "b"))
            }
        }
    }

    /// The identifier of these groups.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException` if the bytes are not 8.
    #[member("Guid(int a, short b, short c, byte[] d)", pure)]
    fn of_groups(cx: &mut Cx<'a>, a: i32, b: i16, c: i16, d: &'a Bytes<'a>) -> Result<Guid, Throw> {
        match <[u8; 8]>::try_from(d.to_vec()) {
            Ok(rest) => Ok(of_parts(a as u32, b as u16, c as u16, rest)),
            Err(_) => {
                let message = "Byte array for Guid must be exactly 8 bytes long.";
                Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "d"))
            }
        }
    }

    /// The identifier of these groups and bytes.
    #[member("Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)", pure)]
    #[expect(clippy::too_many_arguments, clippy::many_single_char_names, reason = "so has the constructor of .NET")]
    fn of_pieces(a: i32, b: i16, c: i16, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8, j: u8, k: u8) -> Guid {
        of_parts(a as u32, b as u16, c as u16, [d, e, f, g, h, i, j, k])
    }

    /// The identifier of these groups and bytes.
    #[member("Guid(uint a, ushort b, ushort c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)", pure)]
    #[expect(clippy::too_many_arguments, clippy::many_single_char_names, reason = "so has the constructor of .NET")]
    fn of_unsigned_pieces(a: u32, b: u16, c: u16, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8, j: u8, k: u8) -> Guid {
        of_parts(a, b, c, [d, e, f, g, h, i, j, k])
    }

    /// The identifier that the text writes, in any of the formats `N`, `D`, `B`, `P` and `X`.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static Guid Parse(string input)", pure)]
    fn parse(cx: &mut Cx<'a>, input: Str<'a>) -> Result<Guid, Throw> {
        thrown(cx, Guid::parse(input.bytes()))
    }

    /// The identifier that the text writes in this format.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static Guid ParseExact(string input, string format)", pure)]
    fn parse_exact(cx: &mut Cx<'a>, input: Str<'a>, format: Str<'a>) -> Result<Guid, Throw> {
        thrown(cx, Guid::parse_exact(input.bytes(), format.bytes()))
    }

    /// Whether the text writes an identifier, which comes back in `result`.
    #[member("static bool TryParse(string input, out Guid result)")]
    fn try_parse(cx: &mut Cx<'a>, input: Option<Str<'a>>, result: Out<'a>) -> bool {
        found(cx, result, input.and_then(|input| Guid::parse(input.bytes()).ok()))
    }

    /// Whether the text writes an identifier in this format; it comes back in `result`.
    #[member("static bool TryParseExact(string input, string format, out Guid result)")]
    fn try_parse_exact(cx: &mut Cx<'a>, input: Option<Str<'a>>, format: Option<Str<'a>>, result: Out<'a>) -> bool {
        let parsed = input.zip(format);
        found(cx, result, parsed.and_then(|(input, format)| Guid::parse_exact(input.bytes(), format.bytes()).ok()))
    }

    /// The identifier in lower-case digits with dashes.
    #[member("string ToString()", pure)]
    fn to_text(this: Guid, cx: &mut Cx<'a>) -> Str<'a> {
        cx.write(|out| this.write(out))
    }

    /// The identifier in one of the formats `N`, `D`, `B`, `P` and `X`; null and empty are `D`.
    ///
    /// # Throws
    /// `FormatException` for another format.
    #[member("string ToString(string format)", pure)]
    fn to_text_in(this: Guid, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
        cx.try_write(|out| this.format(out, format.map_or(b"", Str::bytes)))
    }

    /// The identifier in a format; the culture does not matter.
    ///
    /// # Throws
    /// `FormatException` for another format.
    #[member("string ToString(string format, IFormatProvider provider)", pure)]
    fn to_text_in_culture(
        this: Guid,
        cx: &mut Cx<'a>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        Self::to_text_in(this, cx, format)
    }

    /// The 16 bytes, of which the first eight are in little-endian groups.
    #[member("byte[] ToByteArray()")]
    fn to_byte_array(this: Guid, cx: &mut Cx<'a>) -> &'a Bytes<'a> {
        Bytes::new(cx, &this.to_bytes())
    }

    /// Whether the other is the same identifier.
    #[member("bool Equals(object o)", pure)]
    fn equals_object(this: Guid, o: Option<Obj<'a>>) -> bool {
        o.and_then(GuidObj::value_of) == Some(this)
    }

    /// Whether both are the same.
    #[member("bool Equals(Guid g)", pure)]
    fn equals(this: Guid, g: Guid) -> bool {
        this == g
    }

    /// The order of the two; null comes first.
    ///
    /// # Throws
    /// `ArgumentException` if the other is no `Guid`.
    #[member("int CompareTo(object value)", pure)]
    fn compare_to_object(this: Guid, cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<i32, Throw> {
        match value.map(GuidObj::value_of) {
            None => Ok(1),
            Some(Some(other)) => Ok(Self::compare_to(this, other)),
            Some(None) => Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), "Object must be of type GUID.", "value")),
        }
    }

    /// The order of the two.
    #[member("int CompareTo(Guid value)", pure)]
    fn compare_to(this: Guid, value: Guid) -> i32 {
        sign_of(this.as_u128().cmp(&value.as_u128()))
    }

    /// A number that is the same for equal identifiers.
    #[member("int GetHashCode()", pure)]
    fn get_hash_code(this: Guid) -> i32 {
        this.hash_code()
    }

    /// Whether both are the same.
    #[member("static bool operator ==(Guid a, Guid b)", pure)]
    fn same(a: Guid, b: Guid) -> bool {
        a == b
    }

    /// Whether they differ.
    #[member("static bool operator !=(Guid a, Guid b)", pure)]
    fn differ(a: Guid, b: Guid) -> bool {
        a != b
    }
}

fn of_parts(a: u32, b: u16, c: u16, rest: [u8; 8]) -> Guid {
    let head = u128::from(a) << 96 | u128::from(b) << 80 | u128::from(c) << 64;
    Guid::from_u128(head | u128::from(u64::from_be_bytes(rest)))
}

fn found<'a>(cx: &mut Cx<'a>, result: Out<'a>, parsed: Option<Guid>) -> bool {
    result.set(cx, parsed.unwrap_or(Guid::from_u128(0)));
    parsed.is_some()
}

/// The behaviour of identifiers.
pub static GUID_OPS: Ops = Ops {
    to_text: |cx, object| Ok(GuidType::to_text(of(object), cx)),
    format: Some(|cx, object, format| GuidType::to_text_in(of(object), cx, Some(format))),
    equals: |_, a, b| Ok(a.ty() == b.ty() && of(a) == of(b)),
    hash: |_, object| Ok(of(object).hash_code()),
    compare: Some(|_, a, b| Ok(of(a).as_u128().cmp(&of(b).as_u128()))),
    default: Some(GuidObj::default_word),
    ..REFERENCE
};

fn of(object: Obj<'_>) -> Guid {
    GuidObj::value_of(object).unwrap_or(Guid::from_u128(0))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, call, with_harness};

    const TEXT: &str = "00112233-4455-6677-8899-aabbccddeeff";

    #[test]
    fn identifiers_are_read_and_written() {
        let parse = "System.Guid::static Guid Parse(string input)";
        for text in ["00112233445566778899AABBCCDDEEFF", " {00112233-4455-6677-8899-aabbccddeeff} "] {
            assert_eq!(call(parse, &[&text]), TEXT, "{text}");
        }
        assert!(call(parse, &[&"12"]).starts_with("FormatException: "));
        assert_eq!(call(parse, &[&Null]), "ArgumentNullException: Value cannot be null. (Parameter 'input')");
        with_harness(|harness| {
            let guid = harness.word(parse, &[&TEXT]);
            let format = "System.Guid::string ToString(string format)";
            assert_eq!(harness.call(format, &[&guid, &"N"]), TEXT.replace('-', ""));
            assert_eq!(harness.call(format, &[&guid, &Null]), TEXT);
            assert!(harness.call(format, &[&guid, &"Q"]).starts_with("FormatException: "));
            assert_eq!(
                harness.call("System.Guid::byte[] ToByteArray()", &[&guid]),
                "[51, 34, 17, 0, 85, 68, 119, 102, 136, 153, 170, 187, 204, 221, 238, 255]"
            );
            let bytes = harness.word("System.Guid::byte[] ToByteArray()", &[&guid]);
            let again = harness.word("System.Guid::Guid(byte[] b)", &[&bytes]);
            assert_eq!(harness.call("System.Guid::static bool operator ==(Guid a, Guid b)", &[&guid, &again]), "True");
            let new = harness.call("System.Guid::static Guid NewGuid()", &[]);
            assert_eq!((new.len(), new.as_bytes()[14]), (36, b'4'));
        });
        let try_parse = "System.Guid::static bool TryParse(string input, out Guid result)";
        assert_eq!(call(try_parse, &[&"x"]), "False; 00000000-0000-0000-0000-000000000000");
        let pieces = "System.Guid::Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)";
        let byte = |n: u8| n;
        assert_eq!(
            call(
                pieces,
                &[
                    &0x0011_2233,
                    &0x4455_i16,
                    &0x6677_i16,
                    &byte(0x88),
                    &byte(0x99),
                    &byte(0xaa),
                    &byte(0xbb),
                    &byte(0xcc),
                    &byte(0xdd),
                    &byte(0xee),
                    &byte(0xff)
                ]
            ),
            TEXT
        );
    }
}
