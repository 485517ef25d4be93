//! `System.Uri`: the parts of an absolute URI.
//!
//! All throw `InvalidOperationException` for a relative one.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::Fault;
use crate::format::escape::percent::unescape_data_string;
use crate::format::uri::Uri;
use crate::search::Case;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::primitive::sign_of;
use crate::types::string_compare::ordinal;
use crate::types::string_search::case_of;
use crate::types::uri::{Parts, UriObj};
use crate::wtf8;

/// Bits of `UriComponents`.
mod component {
    pub(super) const SCHEME: i32 = 0x1;
    pub(super) const USER_INFO: i32 = 0x2;
    pub(super) const HOST: i32 = 0x4;
    pub(super) const PORT: i32 = 0x8;
    pub(super) const PATH: i32 = 0x10;
    pub(super) const QUERY: i32 = 0x20;
    pub(super) const FRAGMENT: i32 = 0x40;
    pub(super) const STRONG_PORT: i32 = 0x80;
    pub(super) const KEEP_DELIMITER: i32 = 0x4000_0000;
}

/// Parts of a URI.
#[members("System.Uri", group = COMPONENTS)]
impl<'a> UriObj<'a> {
    /// The scheme, in lower case.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string Scheme { get; }", pure)]
    fn scheme(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        Ok(self.parts(cx)?.scheme)
    }

    /// The host, in lower case; IPv6 addresses in brackets.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string Host { get; }", pure)]
    fn host(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        Ok(self.parts(cx)?.host)
    }

    /// The host, and the port unless it is that of the scheme.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string Authority { get; }", pure)]
    fn authority(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        Ok(self.parts(cx)?.authority)
    }

    /// The path, escaped.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string AbsolutePath { get; }", pure)]
    fn path(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        Ok(self.parts(cx)?.path)
    }

    /// The query with its `?`, escaped; empty if there is none.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string Query { get; }", pure)]
    fn query(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        Ok(self.parts(cx)?.query)
    }

    /// The fragment with its `#`, escaped; empty if there is none.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string Fragment { get; }", pure)]
    fn fragment(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        Ok(self.parts(cx)?.fragment)
    }

    /// What stands before the host and `@`.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string UserInfo { get; }", pure)]
    fn user_info(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        Ok(self.parts(cx)?.user_info)
    }

    /// The whole URI, escaped.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string AbsoluteUri { get; }", pure)]
    fn absolute(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        Ok(self.parts(cx)?.absolute)
    }

    /// The port, that of the scheme if none is named; -1 if the scheme has none.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("int Port { get; }", pure)]
    fn port(&'a self, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        Ok(self.parts(cx)?.port)
    }

    /// Whether the port is that of the scheme.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("bool IsDefaultPort { get; }", pure)]
    fn is_default_port(&'a self, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        Ok(self.parts(cx)?.is_default_port)
    }

    /// The host without brackets.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string DnsSafeHost { get; }", pure)]
    fn dns_safe_host(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        let host = asked(cx, self, |uri| uri.dns_safe_host().map(str::to_owned))?;
        Ok(cx.str(&host))
    }

    /// The host in ASCII.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string IdnHost { get; }", pure)]
    fn idn_host(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        let host = asked(cx, self, Uri::idn_host)?;
        Ok(cx.str(&host))
    }

    /// Whether the scheme is that of files.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("bool IsFile { get; }", pure)]
    fn is_file(&'a self, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        asked(cx, self, Uri::is_file)
    }

    /// Whether it is a file on another host.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("bool IsUnc { get; }", pure)]
    fn is_unc(&'a self, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        asked(cx, self, Uri::is_unc)
    }

    /// Whether the host is the gateway itself.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("bool IsLoopback { get; }", pure)]
    fn is_loopback(&'a self, cx: &mut Cx<'a>) -> Result<bool, Throw> {
        asked(cx, self, Uri::is_loopback)
    }

    /// What kind of host it is.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("UriHostNameType HostNameType { get; }", pure)]
    fn host_name_type(&'a self, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        asked(cx, self, Uri::host_name_type).map(|kind| kind as i32)
    }

    /// The path and the query, escaped.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string PathAndQuery { get; }", pure)]
    fn path_and_query(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        let parts = self.parts(cx)?;
        Str::concat(cx, &[parts.path, parts.query])
    }

    /// The path without escapes.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string LocalPath { get; }", pure)]
    fn local_path(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        let uri = self.uri(cx)?;
        cx.try_write(|out| uri.write_local_path(out))
    }

    /// Whether the text was said to be escaped already, which cannot be said here.
    #[member("bool UserEscaped { get; }", pure)]
    fn user_escaped(&'a self) -> bool {
        false
    }

    /// Some parts of the URI in order, escaped or not. Delimiters stand between parts, and around a single one only on
    /// request.
    ///
    /// # Throws
    /// `InvalidOperationException` if the URI is relative.
    #[member("string GetComponents(UriComponents components, UriFormat format)", pure)]
    fn get_components(&'a self, cx: &mut Cx<'a>, components: i32, format: i32) -> Result<Str<'a>, Throw> {
        let parts = self.parts(cx)?;
        Ok(cx.write(|out| write_components(out, parts, components, format)))
    }

    /// The order of some parts of two URIs, null first.
    ///
    /// # Throws
    /// `InvalidOperationException` if one is relative, `ArgumentException` for an unknown comparison.
    #[member(
        "static int Compare(Uri uri1, Uri uri2, UriComponents partsToCompare, UriFormat compareFormat, StringComparison comparisonType)",
        pure
    )]
    fn compare(
        cx: &mut Cx<'a>,
        a: Option<&'a Self>,
        b: Option<&'a Self>,
        components: i32,
        format: i32,
        comparison: i32,
    ) -> Result<i32, Throw> {
        let case: Case = case_of(cx, comparison)?;
        let (Some(a), Some(b)) = (a, b) else { return Ok(sign_of(a.is_some().cmp(&b.is_some()))) };
        let (a, b) = (a.get_components(cx, components, format)?, b.get_components(cx, components, format)?);
        Ok(ordinal(a, b, case))
    }
}

/// What a function tells of the URI.
fn asked<'a, T>(cx: &mut Cx<'a>, this: &UriObj<'a>, ask: impl FnOnce(&Uri) -> Result<T, Fault>) -> Result<T, Throw> {
    let uri = this.uri(cx)?;
    ask(&uri).map_err(|fault| cx.throw_fault(&fault))
}

/// `UriFormat.UriEscaped`.
const ESCAPED: i32 = 1;

fn write_components(out: &mut Vec<u8>, parts: &Parts<'_>, components: i32, format: i32) {
    use component::{FRAGMENT, HOST, KEEP_DELIMITER, PATH, PORT, QUERY, SCHEME, STRONG_PORT, USER_INFO};
    let wanted = |bit: i32| components & bit != 0;
    let keeps = wanted(KEEP_DELIMITER) || (components & !KEEP_DELIMITER).count_ones() > 1;
    let part = |out: &mut Vec<u8>, text: &[u8]| {
        if format == ESCAPED {
            wtf8::append(out, text);
        } else {
            unescape_data_string(out, text);
        }
    };
    if wanted(SCHEME) {
        part(out, parts.scheme.bytes());
        if keeps {
            let has_authority =
                parts.absolute.bytes().get(parts.scheme.bytes().len()..).is_some_and(|rest| rest.starts_with(b"://"));
            out.extend_from_slice(if has_authority { b"://" } else { b":" });
        }
    }
    if wanted(USER_INFO) && !parts.user_info.is_empty() {
        part(out, parts.user_info.bytes());
        if keeps {
            out.push(b'@');
        }
    }
    if wanted(HOST) {
        part(out, parts.host.bytes());
    }
    if (wanted(PORT) && !parts.is_default_port) || (wanted(STRONG_PORT) && parts.port >= 0) {
        if wanted(HOST) || wanted(KEEP_DELIMITER) {
            out.push(b':');
        }
        crate::format::number::integer::write(out, parts.port);
    }
    if wanted(PATH) {
        // Behind the server, or alone, the path comes without its slash only where nothing stands around it.
        let path = if keeps {
            parts.path.bytes()
        } else {
            parts.path.bytes().strip_prefix(b"/").unwrap_or(parts.path.bytes())
        };
        part(out, path);
    }
    for (bit, text, mark) in [(QUERY, parts.query, b"?"), (FRAGMENT, parts.fragment, b"#")] {
        if wanted(bit) {
            let text = text.bytes();
            part(out, if keeps { text } else { text.strip_prefix(mark).unwrap_or(text) });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::with_harness;

    #[test]
    fn uris_have_parts() {
        with_harness(|harness| {
            let new = "System.Uri::Uri(string uriString)";
            let uri = harness.word(new, &[&"https://user:pw@Example.com:8443/a/b%20c.txt?x=1&y=2#frag"]);
            for (member, expected) in [
                ("string Scheme { get; }", "https"),
                ("string Host { get; }", "example.com"),
                ("int Port { get; }", "8443"),
                ("string AbsolutePath { get; }", "/a/b%20c.txt"),
                ("string LocalPath { get; }", "/a/b c.txt"),
                ("string Query { get; }", "?x=1&y=2"),
                ("string Fragment { get; }", "#frag"),
                ("string UserInfo { get; }", "user:pw"),
                ("string Authority { get; }", "example.com:8443"),
                ("string PathAndQuery { get; }", "/a/b%20c.txt?x=1&y=2"),
                ("string DnsSafeHost { get; }", "example.com"),
                ("bool IsDefaultPort { get; }", "False"),
                ("UriHostNameType HostNameType { get; }", "Dns"),
            ] {
                assert_eq!(harness.call(&format!("System.Uri::{member}"), &[&uri]), expected, "{member}");
            }
            let components = "System.Uri::string GetComponents(UriComponents components, UriFormat format)";
            for (bits, format, expected) in [
                (13, 1, "https://example.com:8443"),
                (16, 1, "a/b%20c.txt"),
                (48, 2, "/a/b c.txt?x=1&y=2"),
                (32, 1, "x=1&y=2"),
                (127, 1, "https://user:pw@example.com:8443/a/b%20c.txt?x=1&y=2#frag"),
            ] {
                assert_eq!(harness.call(components, &[&uri, &bits, &format]), expected, "{bits}");
            }
            let relative = harness.word("System.Uri::Uri(string uriString, UriKind uriKind)", &[&"/x", &2]);
            assert_eq!(
                harness.call("System.Uri::string Host { get; }", &[&relative]),
                "InvalidOperationException: This operation is not supported for a relative URI."
            );
        });
    }
}
