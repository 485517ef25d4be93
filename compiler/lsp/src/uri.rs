//! Paths of files as URIs.

use std::path::{Path, PathBuf};

/// The path that a `file:` URI names; none for other URIs.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let (_host, path) = rest.split_at_checked(rest.find('/')?)?;
    let path = path.split(['?', '#']).next()?;
    let path = decoded(path)?;
    // `/c:/folder` names a drive.
    let drive = path.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// The `file:` URI of a path.
pub fn of(path: &Path) -> String {
    let text = path.to_string_lossy();
    let mut uri = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'\\' if std::path::MAIN_SEPARATOR == '\\' => uri.push('/'),
            b'/' | b'-' | b'_' | b'.' | b'~' | b':' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_uris_name_the_same() {
        for (uri_text, path_text) in [
            ("file:///a/b.xml", "/a/b.xml"),
            ("file:///policy%20fragments/%C3%A9/p.xml", "/policy fragments/é/p.xml"),
            ("file:///apis/a%3Brev%3D2/policy.xml", "/apis/a;rev=2/policy.xml"),
        ] {
            assert_eq!(path(uri_text).as_deref(), Some(Path::new(path_text)));
            assert_eq!(of(Path::new(path_text)), uri_text);
        }
        assert_eq!(path("file://host/a"), Some(PathBuf::from("/a")));
        assert_eq!(path("file:///c%3A/a"), Some(PathBuf::from("c:/a")));
        for none in ["untitled:a", "file:", "file://", "file:///%", "file:///%zz", ""] {
            assert_eq!(path(none), None, "{none}");
        }
    }
}
