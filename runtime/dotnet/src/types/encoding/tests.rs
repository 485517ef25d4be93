//! Encodings through their rows.

use crate::testing::{Harness, Null, Units, call, with_harness};
use crate::word::Word;

fn encoding(harness: &mut Harness<'_>, name: &str) -> Word {
    harness.word("System.Text.Encoding::static Encoding GetEncoding(string name)", &[&name])
}

const ENCODE: &str = "System.Text.Encoding::byte[] GetBytes(string s)";
const DECODE: &str = "System.Text.Encoding::string GetString(byte[] bytes)";

#[test]
fn texts_become_bytes_and_texts_again() {
    with_harness(|harness| {
        for (name, text, expected) in [
            ("utf-8", "aé€", "[97, 195, 169, 226, 130, 172]"),
            ("UTF-16", "aé", "[97, 0, 233, 0]"),
            ("utf-16BE", "a", "[0, 97]"),
            ("utf-32", "😀", "[0, 246, 1, 0]"),
            ("us-ascii", "aéb", "[97, 63, 98]"),
            ("us-ascii", "😀", "[63, 63]"),
            ("ISO-8859-1", "é€Ā！", "[233, 63, 65, 33]"),
        ] {
            let encoding = encoding(harness, name);
            assert_eq!(harness.call(ENCODE, &[&encoding, &text]), expected, "{name} {text}");
        }
        for (name, bytes, expected) in [
            ("utf-8", [0x61, 0xFF, 0x62, 0xE2, 0x82].as_slice(), "a\u{fffd}b\u{fffd}"),
            ("utf-16", &[0x61, 0, 0x3D, 0xD8, 0x62, 0, 0x63], "a\u{fffd}b\u{fffd}"),
            ("utf-32be", &[0, 0, 0, 0x61, 0, 0x11, 0, 0], "a\u{fffd}"),
            ("ascii", &[65, 200], "A?"),
            ("latin1", &[65, 233], "Aé"),
        ] {
            let encoding = encoding(harness, name);
            assert_eq!(harness.call(DECODE, &[&encoding, &bytes]), expected, "{name}");
        }
        let utf8 = encoding(harness, "utf-8");
        assert_eq!(harness.call(ENCODE, &[&utf8, &Units(&[0x61, 0xD800])]), "[97, 239, 191, 189]");
        assert_eq!(
            harness.call(ENCODE, &[&utf8, &Null]),
            "ArgumentNullException: Value cannot be null. (Parameter 's')"
        );
        let part = "System.Text.Encoding::string GetString(byte[] bytes, int index, int count)";
        let bytes: &[u8] = &[65, 66, 67];
        assert_eq!(harness.call(part, &[&utf8, &bytes, &1, &2]), "BC");
        assert_eq!(
            harness.call(part, &[&utf8, &bytes, &2, &2]),
            "ArgumentOutOfRangeException: Index and count must refer to a location within the buffer. (Parameter 'bytes')"
        );
    });
}

#[test]
fn encodings_are_known_by_name_and_number() {
    with_harness(|harness| {
        for (name, number, web_name) in [("unicode", "1200", "utf-16"), ("LATIN1", "28591", "iso-8859-1")] {
            let encoding = encoding(harness, name);
            assert_eq!(harness.call("System.Text.Encoding::int CodePage { get; }", &[&encoding]), number);
            assert_eq!(harness.call("System.Text.Encoding::string WebName { get; }", &[&encoding]), web_name);
        }
        let utf8 = harness.word("System.Text.Encoding::static Encoding UTF8 { get; }", &[]);
        let max = "System.Text.Encoding::int GetMaxByteCount(int charCount)";
        assert_eq!(harness.call(max, &[&utf8, &10]), "33");
        assert_eq!(harness.call("System.Text.Encoding::byte[] GetPreamble()", &[&utf8]), "[239, 187, 191]");
        let plain = harness.word("System.Text.UTF8Encoding::UTF8Encoding()", &[]);
        assert_eq!(harness.call("System.Text.Encoding::byte[] GetPreamble()", &[&plain]), "[]");
        assert_eq!(harness.call("System.Object::string ToString()", &[&utf8]), "System.Text.UTF8Encoding");
    });
    let get = "System.Text.Encoding::static Encoding GetEncoding(string name)";
    assert!(
        call(get, &[&"no-such-charset"])
            .starts_with("ArgumentException: 'no-such-charset' is not a supported encoding name.")
    );
    let by_number = "System.Text.Encoding::static Encoding GetEncoding(int codepage)";
    assert!(call(by_number, &[&12345]).starts_with("NotSupportedException: No data is available for encoding 12345."));
}

#[test]
fn strict_encodings_throw() {
    with_harness(|harness| {
        let strict =
            "System.Text.UTF8Encoding::UTF8Encoding(bool encoderShouldEmitUTF8Identifier, bool throwOnInvalidBytes)";
        let strict = harness.word(strict, &[&false, &true]);
        let bytes: &[u8] = &[65, 255];
        assert_eq!(
            harness.call(DECODE, &[&strict, &bytes]),
            "DecoderFallbackException: Unable to translate bytes [FF] at index 1 from specified code page to Unicode."
        );
        assert!(harness.call(ENCODE, &[&strict, &Units(&[0x61, 0xD800])]).starts_with("EncoderFallbackException: "));
    });
}
