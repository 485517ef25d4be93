//! `WebUtility.HtmlEncode` and `HtmlDecode`.
//!
//! Not here: the names of entities ([`entities`](super::entities)).

use super::entities;
use crate::format::number::NumberStyles;
use crate::format::number::parse::parse_integer_styled;
use crate::format::wtf8;

/// Writes what `WebUtility.HtmlEncode(text)` gives: `<>"'&`, U+00A0 to U+00FF and everything beyond the first 65,536
/// code points as entities; a lone surrogate becomes U+FFFD.
pub fn encode(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    while let Some((code_point, length)) = wtf8::first_code_point(rest) {
        let (character, tail) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        match code_point {
            0x3C => out.extend_from_slice(b"&lt;"),
            0x3E => out.extend_from_slice(b"&gt;"),
            0x22 => out.extend_from_slice(b"&quot;"),
            0x27 => out.extend_from_slice(b"&#39;"),
            0x26 => out.extend_from_slice(b"&amp;"),
            0xA0..=0xFF | 0x1_0000.. => {
                out.extend_from_slice(b"&#");
                out.extend_from_slice(itoa::Buffer::new().format(code_point).as_bytes());
                out.push(b';');
            }
            0xD800..=0xDFFF => out.extend_from_slice("\u{FFFD}".as_bytes()),
            _ => out.extend_from_slice(character),
        }
        rest = tail;
    }
}

/// Writes what `HttpUtility.HtmlAttributeEncode(text)` gives: `<"'&` as entities.
pub fn encode_attribute(out: &mut Vec<u8>, text: &[u8]) {
    for byte in text {
        match byte {
            b'<' => out.extend_from_slice(b"&lt;"),
            b'"' => out.extend_from_slice(b"&quot;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            _ => out.push(*byte),
        }
    }
}

/// Writes what `WebUtility.HtmlDecode(text)` gives: entities of HTML 4 by name, case counting, and by number.
pub fn decode(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    loop {
        let plain = rest.iter().position(|byte| *byte == b'&').unwrap_or(rest.len());
        let (before, after) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        out.extend_from_slice(before);
        let Some((_, inside)) = after.split_first() else { return };
        let end = inside.iter().position(|byte| matches!(byte, b';' | b'&'));
        let name = end.filter(|end| inside.get(*end) == Some(&b';')).and_then(|end| inside.get(..end));
        match name.and_then(|name| Some((name, character(name)?))) {
            Some((name, code_point)) => {
                wtf8::push_code_point(out, code_point);
                rest = inside.get(name.len() + 1..).unwrap_or_default();
            }
            None => {
                out.push(b'&');
                rest = inside;
            }
        }
    }
}

/// The character that an entity stands for; it is given without `&` and `;`.
fn character(entity: &[u8]) -> Option<u32> {
    let number = match entity {
        [b'#', b'x' | b'X', digits @ ..] => parse_integer_styled::<u32>(digits, NumberStyles::ALLOW_HEX_SPECIFIER),
        // .NET reads the number as an integer with white space and sign.
        [b'#', digits @ ..] => parse_integer_styled::<u32>(digits, NumberStyles::INTEGER),
        _ => return entities::lookup(entity),
    };
    number.ok().filter(|number| char::from_u32(*number).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    /// Source: .NET Core 3.1 and mono, as recorded in the reference.
    #[test]
    fn characters_are_encoded() {
        for (input, expected) in [
            ("<a href='x'>\"é&😀 </a>", "&lt;a href=&#39;x&#39;&gt;&quot;&#233;&amp;&#128512; &lt;/a&gt;"),
            ("\u{9f}\u{a0}ÿĀ€", "\u{9f}&#160;&#255;Ā€"),
            ("", ""),
        ] {
            assert_eq!(written(|out| encode(out, input.as_bytes())), expected);
        }
        assert_eq!(written(|out| encode(out, b"a\xED\xA0\x80b")), "a\u{fffd}b");
    }

    /// Source: mono.
    #[test]
    fn entities_are_decoded() {
        for (input, expected) in [
            ("&lt;b&gt; &amp;&quot;&#39;&eacute;&nope;", "<b> &\"'é&nope;"),
            ("&#65;&# 66;&#x43;&#xD800;&#1114112;", "ABC&#xD800;&#1114112;"),
            ("&amp&lt;&#+67;&;&#;&#x;&apos;&AMP;", "&amp<C&;&#;&#x;'&AMP;"),
            ("&euro;&thetasym;&notin;&Alpha;&alpha;", "€ϑ∉Αα"),
            ("a & b", "a & b"),
            ("&", "&"),
            ("&#128512;", "😀"),
        ] {
            assert_eq!(written(|out| decode(out, input.as_bytes())), expected, "{input}");
        }
    }
}
