//! `Uri.IsWellFormedUriString`: whether a text is a URI as RFC 3986 and 3987 have it.
//!
//! Not here: reading texts that are less than that ([`parse`](super::parse)).

use super::parse::split_scheme;
use super::{Uri, UriKind};
use crate::format::hex::digit_value;

/// What `Uri.IsWellFormedUriString(text, kind)` gives.
pub fn is_well_formed(text: &[u8], kind: UriKind) -> bool {
    let Ok(uri) = Uri::parse(text, kind) else { return false };
    match uri.parts {
        Some(ref parts) => {
            let implicit = split_scheme(text).is_none() || parts.has_dos_path() && !text.starts_with(b"file:///");
            let rest = split_scheme(text).map_or(text, |(_, rest)| rest);
            !implicit && has_only_valid_characters(rest)
        }
        None => !text.contains(&b'\\') && has_only_valid_characters(text) && !has_colon_in_first_segment(text),
    }
}

fn has_colon_in_first_segment(text: &[u8]) -> bool {
    text.iter().take_while(|byte| !matches!(byte, b'/' | b'?' | b'#')).any(|byte| *byte == b':')
}

/// Whether everything is allowed where it stands: no white space, no lone percent sign, one `#`.
fn has_only_valid_characters(text: &[u8]) -> bool {
    let mut rest = text;
    let mut in_fragment = false;
    let mut in_path = false;
    // Brackets belong to the host alone.
    let host_end = text.strip_prefix(b"//").map_or(0, |host| 2 + host.iter().take_while(|byte| **byte != b'/').count());
    while let Some((&byte, tail)) = rest.split_first() {
        in_path |= text.len() - rest.len() >= host_end;
        let length = match byte {
            b'%' => match tail {
                [high, low, ..] if digit_value(*high).is_some() && digit_value(*low).is_some() => 3,
                _ => return false,
            },
            b'#' if in_fragment => return false,
            b'#' => {
                in_fragment = true;
                1
            }
            b'[' | b']' if in_path => return false,
            0..=b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x7F => return false,
            _ => 1,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: mono.
    #[test]
    fn texts_are_checked() {
        use UriKind::{Absolute, Relative, RelativeOrAbsolute};
        for (text, absolute, relative) in [
            ("http://h/a", true, false),
            ("http://h/é", true, false),
            ("http://h/%41", true, false),
            ("http://h:80/", true, false),
            ("HTTP://h/..", true, false),
            ("mailto:a@b", true, false),
            ("a/b", false, true),
            ("/x", false, true),
            ("", false, true),
            ("http://h/a b", false, false),
            ("http://h/%zz", false, false),
            ("http://h/a\\b", false, false),
            ("http://h/[x]", false, false),
            ("http://h/a#b#c", false, false),
            ("http:\\\\h", false, false),
            ("c:\\x", false, false),
            ("a b", false, false),
            ("x:y", false, false),
        ] {
            assert_eq!(is_well_formed(text.as_bytes(), Absolute), absolute, "{text}");
            assert_eq!(is_well_formed(text.as_bytes(), Relative), relative, "{text}");
            assert_eq!(is_well_formed(text.as_bytes(), RelativeOrAbsolute), absolute || relative, "{text}");
        }
        assert!(is_well_formed(b"http://[::1]/", Absolute));
    }
}
