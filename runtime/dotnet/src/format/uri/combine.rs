//! References relative to a base: `new Uri(base, relative)` and `MakeRelativeUri`.
//!
//! Not here: taking a text apart ([`parse`](super::parse)).

use super::component::without_dot_segments;
use super::parse::{parse, split_scheme, trim};
use super::{Uri, UriKind, UriPartial};
use crate::format::Fault;

/// The URI that `relative` stands for, seen from `base`.
///
/// # Throws
/// `ArgumentOutOfRangeException` if the base is relative, `UriFormatException`.
pub(super) fn combine(base: &Uri, relative: &[u8]) -> Result<Uri, Fault> {
    let Some(parts) = &base.parts else {
        return Err(Fault::out_of_range(
            "Specified argument was out of the range of valid values. (Parameter 'baseUri')",
        ));
    };
    let trimmed = trim(relative);
    if trimmed.starts_with(b"//") {
        // Another host by the scheme of the base.
        return parse(&[parts.scheme.as_bytes(), b":", trimmed].concat(), UriKind::Absolute);
    }
    let reference = match split_scheme(trimmed) {
        // The scheme of the base without `//` is dropped: `http:x` is `x`.
        Some((scheme, rest))
            if scheme.eq_ignore_ascii_case(parts.scheme.as_bytes())
                && !rest.starts_with(b"//")
                && parts.has_authority =>
        {
            rest
        }
        _ => {
            let alone = parse(relative, UriKind::RelativeOrAbsolute)?;
            if alone.is_absolute() {
                return Ok(alone);
            }
            trimmed
        }
    };
    let path_end = reference.iter().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(reference.len());
    let (path, tail) = reference.split_at_checked(path_end).unwrap_or((reference, &[]));
    let mut text = Vec::new();
    match (path, tail) {
        ([], []) => return Ok(base.clone()),
        ([], [b'?', ..]) => parts.write_left(&mut text, UriPartial::Path),
        ([], _) => parts.write_left(&mut text, UriPartial::Query),
        ([b'/' | b'\\', ..], _) => {
            parts.write_server(&mut text);
            text.extend_from_slice(path);
        }
        _ => {
            parts.write_server(&mut text);
            let folder = parts.path.iter().rposition(|byte| *byte == b'/').map_or(0, |last| last + 1);
            let folder = parts.path.get(..folder).unwrap_or_default();
            // Segments that `..` takes away do not count when .NET looks for escapes.
            text.extend_from_slice(&without_dot_segments(&[folder, path].concat()));
        }
    }
    text.extend_from_slice(tail);
    parse(&text, UriKind::Absolute)
}

/// Writes how one path refers to another on the same server.
pub(super) fn write_relative_path(out: &mut Vec<u8>, from: &[u8], to: &[u8]) {
    if from == to {
        return;
    }
    let same = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    let common = from.get(..same).unwrap_or_default().iter().rposition(|byte| *byte == b'/').map_or(0, |last| last + 1);
    let up = from.get(common..).unwrap_or_default().iter().filter(|byte| **byte == b'/').count();
    (0..up).for_each(|_| out.extend_from_slice(b"../"));
    let rest = to.get(common..).unwrap_or_default();
    if up == 0 && rest.is_empty() {
        out.extend_from_slice(b"./");
    }
    // A colon in the first segment would be taken for the end of a scheme.
    if up == 0 && rest.iter().take_while(|byte| **byte != b'/').any(|byte| *byte == b':') {
        out.extend_from_slice(b"./");
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn combined(base: &str, relative: &str) -> Result<String, &'static str> {
        let base = parse(base.as_bytes(), UriKind::Absolute).unwrap();
        let mut out = Vec::new();
        combine(&base, relative.as_bytes())
            .and_then(|uri| uri.write_absolute_uri(&mut out))
            .map_err(|fault| fault.exception.type_name())?;
        Ok(String::from_utf8(out).unwrap())
    }

    /// Source: mono.
    #[test]
    fn references_are_resolved() {
        for (relative, expected) in [
            ("", "http://u:p@h:81/a/b/c?q=1#f"),
            ("./x", "http://u:p@h:81/a/b/x"),
            ("../x", "http://u:p@h:81/a/x"),
            ("../../../x", "http://u:p@h:81/x"),
            ("/x", "http://u:p@h:81/x"),
            ("\\x", "http://u:p@h:81/x"),
            ("//other/x", "http://other/x"),
            ("?y", "http://u:p@h:81/a/b/c?y"),
            ("#z", "http://u:p@h:81/a/b/c?q=1#z"),
            (".", "http://u:p@h:81/a/b/"),
            ("..?q", "http://u:p@h:81/a/?q"),
            ("http:x", "http://u:p@h:81/a/b/x"),
            ("http:/x", "http://u:p@h:81/x"),
            ("https://z/", "https://z/"),
            ("g;x=1/../y", "http://u:p@h:81/a/b/y"),
            ("  a b  ", "http://u:p@h:81/a/b/a%20b"),
            ("c:/x", "file:///c:/x"),
        ] {
            assert_eq!(combined("http://u:p@h:81/a/b/c?q=1#f", relative).as_deref(), Ok(expected), "{relative}");
        }
        assert_eq!(combined("http://h/", "x:y"), Err("UriFormatException"));
        assert_eq!(combined("file:///c:/a/b", "../x").as_deref(), Ok("file:///c:/x"));
    }

    /// Source: mono.
    #[test]
    fn a_uri_refers_to_another() {
        let uri = |text: &str| parse(text.as_bytes(), UriKind::Absolute).unwrap();
        for (from, to, expected) in [
            ("http://h/a/b/c", "http://h/a/x?y", "../x?y"),
            ("http://h/a/", "http://h/a/b#f", "b#f"),
            ("http://h/a/", "https://h/a/x", "https://h/a/x"),
            ("http://h/a/b", "http://h/a/b", ""),
        ] {
            let mut out = Vec::new();
            uri(from).write_relative_to(&mut out, &uri(to)).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{from} {to}");
        }
        assert_eq!(uri("http://h/a/").is_base_of(&uri("http://h/a/b")), Ok(true));
        assert_eq!(uri("http://h/a/").is_base_of(&uri("http://h/b")), Ok(false));
    }
}
