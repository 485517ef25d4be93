//! The characters of XML: blanks, names, and those that no document may hold.

/// What a file may begin with to say that it is UTF-8.
pub(super) const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Whether `byte` is white space in XML.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether `text` is white space only.
pub(super) fn is_all_blank(text: &str) -> bool {
    text.bytes().all(is_blank)
}

/// Whether a name may begin with `c` (XML 1.0, fifth edition, `NameStartChar`).
pub(super) fn is_name_start(c: char) -> bool {
    match c {
        ':' | '_' | 'A'..='Z' | 'a'..='z' => true,
        _ if c.is_ascii() => false,
        _ => matches!(c,
            '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}'),
    }
}

/// Whether `c` may stand in a name after its first character (`NameChar`).
pub(super) fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Whether an XML document may hold `c`, written as it is or as a character reference (`Char`).
pub(super) fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Where the name that begins at `at` ends; `at` itself if none begins there.
pub(super) fn name_end(text: &str, at: usize) -> usize {
    let Some(rest) = text.get(at..) else { return at };
    let mut chars = rest.char_indices();
    match chars.next() {
        Some((_, c)) if is_name_start(c) => {}
        _ => return at,
    }
    chars.find(|(_, c)| !is_name_char(*c)).map_or(text.len(), |(offset, _)| at + offset)
}

/// Where the blanks that begin at `at` end.
pub(super) fn blank_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|b| !is_blank(*b)).unwrap_or(rest.len())
}

/// Where the blanks that end at `at` begin.
pub(super) fn blank_start(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or_default();
    before.iter().rposition(|b| !is_blank(*b)).map_or(0, |last| last + 1)
}

/// The byte at `at`, or 0 at the end of the text: no document may hold a NUL, so it never means anything else.
pub(super) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Whether `text` goes on with `prefix` at `at`.
pub(super) fn starts_with(bytes: &[u8], at: usize, prefix: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(prefix))
}

/// Where an unclosed CDATA section that begins at `from` in an element called `name` may be taken to end: before that
/// element's closing tag.
pub(super) fn cdata_end(text: &str, from: usize, name: Option<&str>) -> Option<usize> {
    let closing = format!("</{}", name.filter(|name| !name.is_empty())?);
    let rest = text.as_bytes().get(from..)?;
    memchr::memmem::find(rest, closing.as_bytes()).map(|offset| from + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_before_the_first_other_character() {
        let cases = [
            ("set-header name", 10),
            ("xsl:value-of>", 12),
            ("größe=", 7),
            ("-a", 0),
            ("a\u{a0}b", 1),
            ("", 0),
            ("a", 1),
        ];
        for (text, end) in cases {
            assert_eq!(name_end(text, 0), end, "{text:?}");
        }
    }
}
