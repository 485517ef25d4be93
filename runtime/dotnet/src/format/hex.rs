//! Bytes in hexadecimal: `BitConverter.ToString`, and digits in either case.
//!
//! Not here: numbers in base 16 ([`number::radix`](super::number::radix)).

/// The lower-case digit of a number below 16.
pub(crate) const fn lower_digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

/// The upper-case digit of a number below 16.
pub(crate) const fn upper_digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'A' + value - 10 }
}

/// The number of a digit in either case.
pub(crate) const fn digit_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Writes what `BitConverter.ToString(bytes)` gives: `01-AB-FF`.
pub fn write_hyphenated(out: &mut Vec<u8>, bytes: &[u8]) {
    out.reserve(bytes.len() * 3);
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 {
            out.push(b'-');
        }
        out.extend_from_slice(&[upper_digit(byte >> 4), upper_digit(byte & 0xF)]);
    }
}

/// Writes two lower-case digits for each byte.
pub fn write_lower(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(bytes.iter().flat_map(|byte| [lower_digit(byte >> 4), lower_digit(byte & 0xF)]));
}

/// Writes two upper-case digits for each byte.
pub fn write_upper(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(bytes.iter().flat_map(|byte| [upper_digit(byte >> 4), upper_digit(byte & 0xF)]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written() {
        let written = |write: fn(&mut Vec<u8>, &[u8])| {
            let mut out = Vec::new();
            write(&mut out, &[1, 0xAB, 0xFF]);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(write_hyphenated), "01-AB-FF");
        assert_eq!(written(write_lower), "01abff");
        assert_eq!(written(write_upper), "01ABFF");
        assert_eq!([b'0', b'f', b'A', b'g'].map(digit_value), [Some(0), Some(15), Some(10), None]);
    }
}
