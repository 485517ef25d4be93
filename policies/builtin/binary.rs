//! Bytes as documents write them: base64 and base64url.

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// Reads base64 as people write it, with or without padding and with stray bits at the end, which .NET passes over too.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of a text in base64; blanks are passed over. `None` if it is none, or if there are no bytes.
#[must_use]
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let compact: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    LENIENT.decode(compact).ok().filter(|bytes| !bytes.is_empty())
}

/// As [`from_base64`] of a text in base64url; the other alphabet is read as well.
#[must_use]
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    from_base64(&text.replace('-', "+").replace('_', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_as_it_is_written() {
        for (text, expected) in [
            ("AQID", Some(&[1, 2, 3][..])),
            (" AQ\n ID ", Some(&[1, 2, 3])),
            ("AQI=", Some(&[1, 2])),
            ("AQI", Some(&[1, 2])),
            ("AQJ", Some(&[1, 2])),
            ("", None),
            ("A", None),
            ("AQ=I", None),
            ("_-", None),
            ("secret!", None),
        ] {
            assert_eq!(from_base64(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(from_base64url("_-8"), from_base64("/+8"));
    }
}
