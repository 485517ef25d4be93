//! `HttpUtility.JavaScriptStringEncode`.
//!
//! Not here: strings of JSON (`json`).

use std::io::Write;

use crate::wtf8;

/// Writes what `HttpUtility.JavaScriptStringEncode(text)` gives: quotes, `<>&`, control characters and what ends a line
/// escaped.
pub fn encode(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    while let Some((code, tail)) = wtf8::split_first(rest) {
        match code {
            0x08 => out.extend_from_slice(b"\\b"),
            0x09 => out.extend_from_slice(b"\\t"),
            0x0A => out.extend_from_slice(b"\\n"),
            0x0C => out.extend_from_slice(b"\\f"),
            0x0D => out.extend_from_slice(b"\\r"),
            0x22 => out.extend_from_slice(b"\\\""),
            0x5C => out.extend_from_slice(b"\\\\"),
            0..0x20 | 0x26 | 0x27 | 0x3C | 0x3E | 0x85 | 0x2028 | 0x2029 => {
                // Writing to memory does not fail.
                let _ = write!(out, "\\u{code:04x}");
            }
            _ => out.extend_from_slice(rest.get(..rest.len() - tail.len()).unwrap_or_default()),
        }
        rest = tail;
    }
}
