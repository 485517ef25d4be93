//! `System.Uri`: absolute and relative references, their parts, and their combination.
//!
//! An absolute URI is kept in its canonical form: lower-case scheme and host, no dot segments, everything escaped that
//! RFC 3986 does not allow, and nothing else. Paths that start with a slash are relative, as on Windows.
//!
//! Source: the .NET documentation of `System.Uri`, with mono as judge.
//!
//! Not here: escaping of other texts ([`escape`](super::escape)).

mod combine;
mod component;
mod host;
mod parse;
mod scheme;
mod wellformed;

use super::{Exception, Fault};
use component::{Escapes, write_unescaped, write_visible};
pub(super) use host::parse_ipv4;
pub use host::{HostNameType, check_host_name};
pub use scheme::check_scheme_name;
pub use wellformed::is_well_formed;

/// A `System.Uri`.
#[derive(Debug, Clone)]
pub struct Uri {
    /// The text it was made of.
    original: Box<[u8]>,
    /// `None` if it is relative.
    parts: Option<Box<Parts>>,
}

/// The parts of an absolute URI, escaped and canonical.
#[derive(Debug, Clone, Default)]
struct Parts {
    scheme: String,
    /// Whether `//` stands behind the scheme.
    has_authority: bool,
    /// What stands before `@`, if that is there.
    user_info: Option<Vec<u8>>,
    host: String,
    host_type: HostNameType,
    /// The port that the text gives, if it is not that of the scheme.
    port: Option<u16>,
    /// Starts with `/` if there is an authority; a DOS path starts with its drive.
    path: Vec<u8>,
    /// Starts with `?` if it is there.
    query: Vec<u8>,
    /// Starts with `#` if it is there.
    fragment: Vec<u8>,
}

/// `System.UriKind`: what a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UriKind {
    /// Either.
    RelativeOrAbsolute = 0,
    /// With a scheme.
    Absolute = 1,
    /// Without a scheme.
    Relative = 2,
}

/// `System.UriPartial`: how far [`Uri::write_left_part`] goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UriPartial {
    /// The scheme and what separates it from the rest.
    Scheme = 0,
    /// Up to the port.
    Authority = 1,
    /// Up to the path.
    Path = 2,
    /// Up to the query.
    Query = 3,
}

/// The exception of members that relative URIs do not have.
pub const fn relative_uri() -> Fault {
    Fault::new(Exception::InvalidOperation, "This operation is not supported for a relative URI.")
}

impl Uri {
    /// `new Uri(text, kind)`; `new Uri(text)` takes absolute URIs.
    ///
    /// # Throws
    /// `UriFormatException` with one of .NET's messages.
    pub fn parse(text: &[u8], kind: UriKind) -> Result<Self, Fault> {
        parse::parse(text, kind)
    }

    /// `new Uri(base, relative)`.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the base is relative, `UriFormatException`.
    pub fn combine(base: &Self, relative: &[u8]) -> Result<Self, Fault> {
        combine::combine(base, relative)
    }

    /// The text it was made of: `OriginalString`.
    pub fn original(&self) -> &[u8] {
        &self.original
    }

    /// `IsAbsoluteUri`.
    pub const fn is_absolute(&self) -> bool {
        self.parts.is_some()
    }

    fn parts(&self) -> Result<&Parts, Fault> {
        self.parts.as_deref().ok_or_else(relative_uri)
    }

    /// `Scheme`, in lower case.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative; so do the other properties.
    pub fn scheme(&self) -> Result<&str, Fault> {
        self.parts().map(|parts| parts.scheme.as_str())
    }

    /// `Host`, in lower case; IPv6 addresses in brackets.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn host(&self) -> Result<&str, Fault> {
        self.parts().map(|parts| parts.host.as_str())
    }

    /// `DnsSafeHost`: as [`host`](Self::host), without brackets.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn dns_safe_host(&self) -> Result<&str, Fault> {
        self.host().map(|host| host.trim_start_matches('[').trim_end_matches(']'))
    }

    /// `IdnHost`: as [`dns_safe_host`](Self::dns_safe_host), with labels beyond ASCII in punycode.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn idn_host(&self) -> Result<String, Fault> {
        self.dns_safe_host().map(host::to_ascii)
    }

    /// `HostNameType`.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn host_name_type(&self) -> Result<HostNameType, Fault> {
        self.parts().map(|parts| parts.host_type)
    }

    /// `Port`: that of the scheme if none is given, −1 if the scheme has none.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn port(&self) -> Result<i32, Fault> {
        self.parts().map(|parts| parts.port.map_or_else(|| scheme::default_port(&parts.scheme), i32::from))
    }

    /// `IsDefaultPort`.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn is_default_port(&self) -> Result<bool, Fault> {
        self.parts().map(|parts| parts.port.is_none())
    }

    /// `UserInfo`, escaped; empty if there is none.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn user_info(&self) -> Result<&[u8], Fault> {
        self.parts().map(|parts| parts.user_info.as_deref().unwrap_or_default())
    }

    /// `AbsolutePath`, escaped.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn absolute_path(&self) -> Result<&[u8], Fault> {
        self.parts().map(|parts| parts.path.as_slice())
    }

    /// `Query`, escaped and with its `?`; empty if there is none.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn query(&self) -> Result<&[u8], Fault> {
        self.parts().map(|parts| parts.query.as_slice())
    }

    /// `Fragment`, escaped and with its `#`; empty if there is none.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn fragment(&self) -> Result<&[u8], Fault> {
        self.parts().map(|parts| parts.fragment.as_slice())
    }

    /// `Segments`: the path in pieces that end with their slash.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn segments(&self) -> Result<impl Iterator<Item = &[u8]>, Fault> {
        let parts = self.parts()?;
        // A DOS path has a segment before its drive.
        let root: &[u8] = if parts.has_dos_path() { b"/" } else { b"" };
        let pieces = parts.path.split_inclusive(|byte| *byte == b'/');
        Ok(std::iter::once(root).filter(|root| !root.is_empty()).chain(pieces))
    }

    /// `IsFile`.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn is_file(&self) -> Result<bool, Fault> {
        self.scheme().map(|scheme| scheme == "file")
    }

    /// `IsUnc`: a file on another host.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn is_unc(&self) -> Result<bool, Fault> {
        self.parts().map(|parts| parts.scheme == "file" && !parts.host.is_empty())
    }

    /// `IsLoopback`: the host of the gateway itself, by name or address, or none.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn is_loopback(&self) -> Result<bool, Fault> {
        self.parts().map(|parts| match parts.host_type {
            HostNameType::Basic => parts.host.is_empty(),
            HostNameType::Dns => matches!(parts.host.as_str(), "localhost" | "loopback"),
            HostNameType::IPv4 => parts.host.starts_with("127."),
            HostNameType::IPv6 => parts.host == "[::1]",
            HostNameType::Unknown => false,
        })
    }

    /// Writes `Authority`: the host, and the port unless it is that of the scheme.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn write_authority(&self, out: &mut Vec<u8>) -> Result<(), Fault> {
        self.parts()?.write_host_and_port(out);
        Ok(())
    }

    /// Writes `PathAndQuery`, escaped.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn write_path_and_query(&self, out: &mut Vec<u8>) -> Result<(), Fault> {
        let parts = self.parts()?;
        out.extend_from_slice(&parts.path);
        out.extend_from_slice(&parts.query);
        Ok(())
    }

    /// Writes `LocalPath`: the path without escapes; for a DOS path with backslashes.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn write_local_path(&self, out: &mut Vec<u8>) -> Result<(), Fault> {
        let parts = self.parts()?;
        let start = out.len();
        super::escape::percent::unescape_data_string(out, &parts.path);
        if parts.has_dos_path() {
            out.iter_mut().skip(start).filter(|byte| **byte == b'/').for_each(|byte| *byte = b'\\');
        }
        Ok(())
    }

    /// Writes `AbsoluteUri`: the whole URI, escaped.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn write_absolute_uri(&self, out: &mut Vec<u8>) -> Result<(), Fault> {
        let parts = self.parts()?;
        parts.write_left(out, UriPartial::Query);
        out.extend_from_slice(&parts.fragment);
        Ok(())
    }

    /// Writes `ToString()`: the whole URI with escapes undone where that is safe; the text of a relative one likewise.
    pub fn write(&self, out: &mut Vec<u8>) {
        let Some(parts) = &self.parts else { return write_unescaped(out, &self.original) };
        parts.write_server(out);
        write_unescaped(out, &parts.path);
        if self.original.contains(&b'\\') {
            // Backslashes of the text show, although their canonical form is an escape.
            let escapes = Escapes::of(&self.original);
            let (query, fragment) = parse::written_tail(&self.original, parts);
            write_visible(out, &query, escapes);
            write_visible(out, &fragment, escapes);
        } else {
            write_unescaped(out, &parts.query);
            write_unescaped(out, &parts.fragment);
        }
    }

    /// Writes `GetLeftPart(part)`, escaped.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn write_left_part(&self, out: &mut Vec<u8>, part: UriPartial) -> Result<(), Fault> {
        let parts = self.parts()?;
        if part != UriPartial::Authority || parts.has_authority {
            parts.write_left(out, part);
        }
        Ok(())
    }

    /// `Equals` and `==`: the same scheme, host, port, path and query, whatever the user and the fragment; relative ones by
    /// their text.
    pub fn equals(&self, other: &Self) -> bool {
        match (&self.parts, &other.parts) {
            (None, None) => self.original == other.original,
            (Some(a), Some(b)) => a.server() == b.server() && a.path == b.path && a.query == b.query,
            _ => false,
        }
    }

    /// `IsBaseOf(other)`: whether `other` lies in the folder of this URI.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn is_base_of(&self, other: &Self) -> Result<bool, Fault> {
        let parts = self.parts()?;
        let Some(other) = &other.parts else { return Ok(true) };
        let folder = parts.path.iter().rposition(|byte| *byte == b'/').map_or(0, |last| last + 1);
        let folder = parts.path.get(..folder).unwrap_or_default();
        Ok(parts.server() == other.server() && other.path.starts_with(folder))
    }

    /// Writes `MakeRelativeUri(target)`: how this URI refers to `target`, the whole of it if it is on another server.
    ///
    /// # Throws
    /// See [`scheme`](Self::scheme).
    pub fn write_relative_to(&self, out: &mut Vec<u8>, target: &Self) -> Result<(), Fault> {
        let (from, to) = (self.parts()?, target.parts()?);
        if from.server() != to.server() {
            target.write(out);
            return Ok(());
        }
        combine::write_relative_path(out, &from.path, &to.path);
        out.extend_from_slice(&to.query);
        out.extend_from_slice(&to.fragment);
        Ok(())
    }
}

impl Parts {
    /// What two URIs of the same server have in common.
    fn server(&self) -> (&str, &str, Option<u16>) {
        (&self.scheme, &self.host, self.port)
    }

    fn has_dos_path(&self) -> bool {
        self.scheme == "file" && matches!(self.path.as_slice(), [drive, b':', ..] if drive.is_ascii_alphabetic())
    }

    fn write_host_and_port(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.host.as_bytes());
        if let Some(port) = self.port {
            out.push(b':');
            out.extend_from_slice(itoa::Buffer::new().format(port).as_bytes());
        }
    }

    /// Writes the scheme and what stands before the path.
    fn write_server(&self, out: &mut Vec<u8>) {
        self.write_scheme(out);
        if let Some(user_info) = &self.user_info {
            out.extend_from_slice(user_info);
            out.push(b'@');
        }
        self.write_host_and_port(out);
        if self.has_dos_path() {
            out.push(b'/');
        }
    }

    fn write_scheme(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.scheme.as_bytes());
        out.extend_from_slice(if self.has_authority { b"://" } else { b":" });
    }

    fn write_left(&self, out: &mut Vec<u8>, part: UriPartial) {
        if part == UriPartial::Scheme {
            return self.write_scheme(out);
        }
        self.write_server(out);
        if part == UriPartial::Authority {
            return;
        }
        out.extend_from_slice(&self.path);
        if part == UriPartial::Query {
            out.extend_from_slice(&self.query);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn uri(text: &str) -> Uri {
        Uri::parse(text.as_bytes(), UriKind::Absolute).unwrap()
    }

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    /// Source: mono.
    #[test]
    fn a_uri_has_parts() {
        let uri = uri("https://user:pw@Example.com:8443/a/b.txt?x=1&y=2#frag");
        assert_eq!(uri.scheme(), Ok("https"));
        assert_eq!(uri.host(), Ok("example.com"));
        assert_eq!(uri.port(), Ok(8443));
        assert_eq!(uri.absolute_path(), Ok(b"/a/b.txt".as_slice()));
        assert_eq!(uri.query(), Ok(b"?x=1&y=2".as_slice()));
        assert_eq!(uri.fragment(), Ok(b"#frag".as_slice()));
        assert_eq!(uri.user_info(), Ok(b"user:pw".as_slice()));
        assert_eq!(written(|out| uri.write_authority(out).unwrap()), "example.com:8443");
        assert_eq!(uri.segments().unwrap().collect::<Vec<_>>(), [b"/".as_slice(), b"a/", b"b.txt"]);
        assert_eq!(
            written(|out| uri.write_left_part(out, UriPartial::Authority).unwrap()),
            "https://user:pw@example.com:8443"
        );
    }

    /// Source: mono.
    #[test]
    fn a_uri_is_shown_with_and_without_escapes() {
        for (text, absolute, shown, local) in [
            ("HTTPS://EXAMPLE.com:443/a/./b/../c", "https://example.com/a/c", "https://example.com/a/c", "/a/c"),
            ("http://h/a b?d=é#f g", "http://h/a%20b?d=%C3%A9#f%20g", "http://h/a b?d=é#f g", "/a b"),
            ("http://h/%41%2f%20", "http://h/A%2f%20", "http://h/A%2f ", "/A/ "),
            ("http://h?q\\", "http://h/?q%5C", "http://h/?q\\", "/"),
            ("ftp://h/a?b", "ftp://h/a%3Fb", "ftp://h/a%3Fb", "/a?b"),
            ("urn:isbn:123", "urn:isbn:123", "urn:isbn:123", "isbn:123"),
            ("mailto:a@b.c?subject=x y", "mailto:a@b.c?subject=x%20y", "mailto:a@b.c?subject=x y", ""),
            ("file:///c:/x/y", "file:///c:/x/y", "file:///c:/x/y", "c:\\x\\y"),
            ("c:\\x", "file:///c:/x", "file:///c:/x", "c:\\x"),
        ] {
            let uri = uri(text);
            assert_eq!(written(|out| uri.write_absolute_uri(out).unwrap()), absolute, "{text}");
            assert_eq!(written(|out| uri.write(out)), shown, "{text}");
            assert_eq!(written(|out| uri.write_local_path(out).unwrap()), local, "{text}");
        }
    }

    /// Source: mono.
    #[test]
    fn texts_that_are_no_uri_say_why() {
        for (text, message) in [
            ("", "Invalid URI: The URI is empty."),
            ("nope", "Invalid URI: The format of the URI could not be determined."),
            ("/x", "Invalid URI: The format of the URI could not be determined."),
            ("1http://h/", "Invalid URI: The URI scheme is not valid."),
            ("http:h", "Invalid URI: The Authority/Host could not be parsed."),
            ("http://", "Invalid URI: The hostname could not be parsed."),
            ("http://a b/", "Invalid URI: The hostname could not be parsed."),
            ("http://h:99999/", "Invalid URI: Invalid port specified."),
            ("http://h:abc/", "Invalid URI: Invalid port specified."),
            ("x:y", "Invalid URI: A Dos path must be rooted, for example, 'c:\\\\'."),
        ] {
            let fault = Uri::parse(text.as_bytes(), UriKind::Absolute).unwrap_err();
            assert_eq!((fault.exception, fault.message.as_ref()), (Exception::UriFormat, message), "{text}");
        }
        let relative = Uri::parse(b"a b/%41", UriKind::RelativeOrAbsolute).unwrap();
        assert_eq!(written(|out| relative.write(out)), "a b/A");
        assert_eq!(relative.host(), Err(relative_uri()));
        assert!(Uri::parse(b"http://h/", UriKind::Relative).is_err());
    }

    /// Source: mono.
    #[test]
    fn equality_ignores_user_and_fragment() {
        assert!(uri("http://h/a#x").equals(&uri("HTTP://u@H:80/a#y")));
        assert!(!uri("http://h/a").equals(&uri("http://h/A")));
        assert!(!uri("http://h/a?q").equals(&uri("http://h/a")));
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            assert_eq!(uri(&format!("http://{host}/")).is_loopback(), Ok(true));
        }
        assert_eq!(uri("http://münchen.de/").idn_host().as_deref(), Ok("xn--mnchen-3ya.de"));
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_its_own(text in "(http|custom|urn|file)s?:(//)?[-a-z.@:\\[\\]]{0,8}[/a-z.?#%0-9é \\\\]{0,20}") {
            if let Ok(uri) = Uri::parse(text.as_bytes(), UriKind::Absolute) {
                let absolute = written(|out| uri.write_absolute_uri(out).unwrap());
                let again = Uri::parse(absolute.as_bytes(), UriKind::Absolute).unwrap();
                prop_assert_eq!(written(|out| again.write_absolute_uri(out).unwrap()), absolute);
                let _ = (uri.segments().map(Iterator::count), uri.idn_host(), written(|out| uri.write(out)));
            }
            let base = Uri::parse(b"http://h/a/b", UriKind::Absolute).unwrap();
            let _ = Uri::combine(&base, text.as_bytes());
            let _ = is_well_formed(text.as_bytes(), UriKind::RelativeOrAbsolute);
        }
    }
}
