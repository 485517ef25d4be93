//! `Convert.ToBase64String` and `Convert.FromBase64String`.
//!
//! Not here: the URL-safe alphabet, which .NET refuses.

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::Fault;

/// Padding is required; bits of the last digit that no byte takes may be set.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// How many digits `Base64FormattingOptions.InsertLineBreaks` puts on a line.
const LINE: usize = 76;

/// How many digits `bytes` bytes take.
pub const fn encoded_len(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// Writes what `Convert.ToBase64String(bytes)` gives.
pub fn encode(out: &mut Vec<u8>, bytes: &[u8]) {
    let start = out.len();
    out.resize(start + encoded_len(bytes.len()), 0);
    let written = ENGINE.encode_slice(bytes, out.get_mut(start..).unwrap_or_default());
    debug_assert!(written.is_ok());
}

/// Writes what `Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)` gives: lines of 76 digits.
pub fn encode_with_line_breaks(out: &mut Vec<u8>, bytes: &[u8]) {
    for (index, line) in bytes.chunks(LINE / 4 * 3).enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\r\n");
        }
        encode(out, line);
    }
}

/// Appends the bytes that `Convert.FromBase64String(text)` gives: spaces, tabs and line ends are skipped.
///
/// # Throws
/// `FormatException` for other characters, missing padding, and anything behind the padding.
pub fn decode(out: &mut Vec<u8>, text: &[u8]) -> Result<(), Fault> {
    let is_skipped = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let decoded = if text.iter().any(is_skipped) {
        let digits: Vec<u8> = text.iter().copied().filter(|byte| !is_skipped(byte)).collect();
        ENGINE.decode_vec(digits, out)
    } else {
        ENGINE.decode_vec(text, out)
    };
    decoded.map_err(|_| {
        Fault::format(
            "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding \
             characters, or an illegal character among the padding characters.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Source: mono.
    #[test]
    fn texts_are_decoded() {
        for (text, expected) in [
            ("aGVsbG8=", Some("hello".as_bytes())),
            ("", Some(b"")),
            ("  \r\n\t", Some(b"")),
            (" aGVs\nbG8= ", Some(b"hello")),
            ("aGVsbG9=", Some(b"hello")),
            ("aA= =", Some(b"h")),
            ("aA==", Some(b"h")),
            ("AP/+", Some(&[0, 255, 254])),
            ("aGVsbG8", None),
            ("-_-_", None),
            ("a$b=", None),
            ("====", None),
            ("=aaa", None),
            ("aaa", None),
            ("a", None),
            ("aA==aA==", None),
            ("aA===", None),
            ("aA=a", None),
            ("aA==\u{a0}", None),
            ("a\u{b}A==", None),
        ] {
            let mut out = vec![];
            let found = decode(&mut out, text.as_bytes()).map(|()| out.as_slice()).ok();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn long_texts_break_into_lines() {
        let mut out = Vec::new();
        encode_with_line_breaks(&mut out, &[0; 58]);
        assert_eq!(out, ["A".repeat(76), "AA==".to_owned()].join("\r\n").as_bytes());
    }

    proptest! {
        #[test]
        fn what_is_encoded_reads_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let (mut text, mut back) = (b"x".to_vec(), b"y".to_vec());
            encode(&mut text, &bytes);
            prop_assert_eq!(text.len(), 1 + encoded_len(bytes.len()));
            decode(&mut back, &text[1..]).unwrap();
            prop_assert_eq!(&back[1..], bytes);
        }
    }
}
