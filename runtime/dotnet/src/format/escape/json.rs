//! Strings of JSON as Newtonsoft.Json writes them.
//!
//! Not here: the rest of JSON.

/// Appends `text` between quotes, with the escapes of `StringEscapeHandling.Default`: the quote, `\`, control characters,
/// U+0085, U+2028 and U+2029. `quote` is `"` or `'`.
pub fn write_string(out: &mut Vec<u8>, text: &[u8], quote: u8) {
    out.push(quote);
    let mut rest = text;
    loop {
        let plain = rest.iter().take_while(|byte| !needs_look(**byte, quote)).count();
        let (before, after) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        out.extend_from_slice(before);
        let taken = match after {
            [] => break,
            [0xC2, 0x85, ..] => {
                out.extend_from_slice(b"\\u0085");
                2
            }
            [0xE2, 0x80, last @ 0xA8..=0xA9, ..] => {
                out.extend_from_slice(if *last == 0xA8 { b"\\u2028" } else { b"\\u2029" });
                3
            }
            [byte @ (0xC2 | 0xE2), ..] => {
                out.push(*byte);
                1
            }
            [byte, ..] => {
                push_escape(out, *byte);
                1
            }
        };
        rest = after.get(taken..).unwrap_or_default();
    }
    out.push(quote);
}

/// Whether a byte is escaped or starts a character that might be.
const fn needs_look(byte: u8, quote: u8) -> bool {
    byte < 0x20 || byte == quote || matches!(byte, b'\\' | 0xC2 | 0xE2)
}

fn push_escape(out: &mut Vec<u8>, byte: u8) {
    let letter = match byte {
        b'\t' => b't',
        b'\n' => b'n',
        b'\r' => b'r',
        0x0C => b'f',
        0x08 => b'b',
        0..0x20 => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[b'0' + (byte >> 4), crate::format::hex::lower_digit(byte & 0xF)]);
            return;
        }
        _ => byte,
    };
    out.extend_from_slice(&[b'\\', letter]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: Newtonsoft.Json 12.0.1, as recorded in the reference.
    #[test]
    fn strings_are_escaped() {
        for (input, expected) in [
            ("plain é/<'", "\"plain é/<'\""),
            ("\"\\\n\t\r\u{c}\u{8}\u{1}\u{1f}", "\"\\\"\\\\\\n\\t\\r\\f\\b\\u0001\\u001f\""),
            ("\u{85}\u{2028}\u{2029}\u{84}\u{2030}\u{7f}", "\"\\u0085\\u2028\\u2029\u{84}\u{2030}\u{7f}\""),
            ("", "\"\""),
        ] {
            let mut out = Vec::new();
            write_string(&mut out, input.as_bytes(), b'"');
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
        let mut out = Vec::new();
        write_string(&mut out, b"it's \"x\"", b'\'');
        assert_eq!(out, br#"'it\'s "x"'"#);
    }
}
