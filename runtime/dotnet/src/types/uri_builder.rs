//! `System.UriBuilder`: a URI whose parts can be set one by one.
//!
//! Not here: URIs themselves (`uri`).

use std::cell::Cell;

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::escape::percent;
use crate::format::uri::{UriKind, check_scheme_name};
use crate::object::{Header, Obj, Ops, REFERENCE, on};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::{ARGUMENT_EXCEPTION, URI_FORMAT_EXCEPTION};
use crate::types::raise;
use crate::types::uri::UriObj;

/// The object of a `UriBuilder`.
#[repr(C)]
pub struct UriBuilder<'a> {
    header: Header,
    scheme: Cell<Str<'a>>,
    user: Cell<Str<'a>>,
    password: Cell<Str<'a>>,
    host: Cell<Str<'a>>,
    /// -1 where the URI does not name it.
    port: Cell<i32>,
    path: Cell<Str<'a>>,
    /// With its question mark.
    query: Cell<Str<'a>>,
    /// With its `#`.
    fragment: Cell<Str<'a>>,
}

crate::layout!(UriBuilder<'a>, URI_BUILDER_DEF);

impl<'a> UriBuilder<'a> {
    fn of_uri(cx: &mut Cx<'a>, uri: &'a UriObj<'a>) -> Result<&'a Self, Throw> {
        let parts = uri.parts(cx)?;
        let (user, password) = match parts.user_info.bytes().iter().position(|byte| *byte == b':') {
            Some(at) => {
                let (user, rest) = parts.user_info.bytes().split_at(at);
                let password = rest.get(1..).unwrap_or_default();
                (parts.user_info.part(cx, user), parts.user_info.part(cx, password))
            }
            None => (parts.user_info, Str::default()),
        };
        Ok(cx.arena().alloc(Self {
            header: Header::new(Ty(&URI_BUILDER)),
            scheme: Cell::new(parts.scheme),
            user: Cell::new(user),
            password: Cell::new(password),
            host: Cell::new(parts.host),
            port: Cell::new(parts.port),
            path: Cell::new(parts.path),
            query: Cell::new(parts.query),
            fragment: Cell::new(parts.fragment),
        }))
    }

    fn text(&self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        let (scheme, user, password, host) = (self.scheme.get(), self.user.get(), self.password.get(), self.host.get());
        if user.is_empty() && !password.is_empty() {
            let message = "Invalid URI: The username:password construct is badly formed.";
            return Err(cx.throw(Ty(&URI_FORMAT_EXCEPTION), message));
        }
        let mut out: Vec<u8> = Vec::new();
        if !scheme.is_empty() {
            let delimiter: &[u8] = if matches!(scheme.bytes(), b"mailto" | b"news") { b":" } else { b"://" };
            out.extend([scheme.bytes(), delimiter].concat());
        }
        out.extend_from_slice(user.bytes());
        if !password.is_empty() {
            out.extend([b":", password.bytes()].concat());
        }
        if !user.is_empty() {
            out.push(b'@');
        }
        out.extend_from_slice(host.bytes());
        let path = self.path.get();
        if !host.is_empty() {
            if self.port.get() != -1 {
                out.extend_from_slice(format!(":{}", self.port.get()).as_bytes());
            }
            if !path.is_empty() && path.bytes().first() != Some(&b'/') {
                out.push(b'/');
            }
        }
        for part in [path, self.query.get(), self.fragment.get()] {
            crate::wtf8::append(&mut out, part.bytes());
        }
        Ok(cx.str_from_wtf8(&out))
    }
}

/// A URI whose parts can be set one by one.
#[members("public class System.UriBuilder", as = URI_BUILDER, ops = URI_BUILDER_OPS)]
impl<'a> UriBuilder<'a> {
    /// The URI `http://localhost/`.
    #[member("UriBuilder()")]
    fn construct(cx: &mut Cx<'a>) -> Result<&'a Self, Throw> {
        let (scheme, host) = (cx.str("http"), cx.str("localhost"));
        Self::construct_of_host(cx, Some(scheme), Some(host))
    }

    /// The parts of a URI; without a scheme it is one of `http`.
    ///
    /// # Throws
    /// `ArgumentNullException`, `UriFormatException`.
    #[member("UriBuilder(string uri)")]
    fn construct_of_text(cx: &mut Cx<'a>, uri: Str<'a>) -> Result<&'a Self, Throw> {
        let parsed = UriObj::parse(cx, uri, UriKind::RelativeOrAbsolute)?;
        if parsed.is_absolute() {
            return Self::of_uri(cx, parsed);
        }
        let text = cx.str_from_wtf8(&[b"http://", uri.bytes()].concat());
        let parsed = UriObj::parse(cx, text, UriKind::Absolute)?;
        Self::of_uri(cx, parsed)
    }

    /// The parts of a URI.
    ///
    /// # Throws
    /// `ArgumentNullException`, `InvalidOperationException` if it is relative.
    #[member("UriBuilder(Uri uri)")]
    fn construct_of_uri(cx: &mut Cx<'a>, uri: &'a UriObj<'a>) -> Result<&'a Self, Throw> {
        Self::of_uri(cx, uri)
    }

    /// The URI of a scheme and a host.
    ///
    /// # Throws
    /// `ArgumentException` if the scheme is none.
    #[member("UriBuilder(string schemeName, string hostName)")]
    fn construct_of_host(cx: &mut Cx<'a>, scheme: Option<Str<'a>>, host: Option<Str<'a>>) -> Result<&'a Self, Throw> {
        Self::construct_of_parts(cx, scheme, host, -1, None, None)
    }

    /// The URI of a scheme, a host and a port.
    ///
    /// # Throws
    /// `ArgumentException` if the scheme is none, `ArgumentOutOfRangeException` if the port is none.
    #[member("UriBuilder(string scheme, string host, int portNumber)")]
    fn construct_of_port(
        cx: &mut Cx<'a>,
        scheme: Option<Str<'a>>,
        host: Option<Str<'a>>,
        port: i32,
    ) -> Result<&'a Self, Throw> {
        Self::construct_of_parts(cx, scheme, host, port, None, None)
    }

    /// The URI of a scheme, a host, a port and a path.
    ///
    /// # Throws
    /// `ArgumentException` if the scheme is none, `ArgumentOutOfRangeException` if the port is none.
    #[member("UriBuilder(string scheme, string host, int port, string pathValue)")]
    fn construct_of_path(
        cx: &mut Cx<'a>,
        scheme: Option<Str<'a>>,
        host: Option<Str<'a>>,
        port: i32,
        path: Option<Str<'a>>,
    ) -> Result<&'a Self, Throw> {
        Self::construct_of_parts(cx, scheme, host, port, path, None)
    }

    /// The URI of these parts; the last is a query or a fragment with its mark.
    ///
    /// # Throws
    /// `ArgumentException` if the scheme is none or the last part has no mark, `ArgumentOutOfRangeException` if the port
    /// is none.
    #[member("UriBuilder(string scheme, string host, int port, string path, string extraValue)")]
    fn construct_of_parts(
        cx: &mut Cx<'a>,
        scheme: Option<Str<'a>>,
        host: Option<Str<'a>>,
        port: i32,
        path: Option<Str<'a>>,
        extra: Option<Str<'a>>,
    ) -> Result<&'a Self, Throw> {
        let empty = || Cell::new(Str::default());
        let builder: &'a Self = cx.arena().alloc(Self {
            header: Header::new(Ty(&URI_BUILDER)),
            scheme: empty(),
            user: empty(),
            password: empty(),
            host: empty(),
            port: Cell::new(-1),
            path: empty(),
            query: empty(),
            fragment: empty(),
        });
        builder.set_scheme(cx, scheme)?;
        builder.set_host(cx, host);
        if port != -1 {
            builder.set_port(cx, port)?;
        }
        builder.set_path(cx, path)?;
        let Some(extra) = extra.filter(|extra| !extra.is_empty()) else { return Ok(builder) };
        let bytes = extra.bytes();
        let fragment = bytes.iter().position(|byte| *byte == b'#').unwrap_or(bytes.len());
        if fragment != 0 && bytes.first() != Some(&b'?') {
            let message = "Extra portion of URI not valid.";
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "extraValue"));
        }
        let (query, fragment) = bytes.split_at_checked(fragment).unwrap_or((bytes, &[]));
        let (query, fragment) = (extra.part(cx, query), extra.part(cx, fragment));
        builder.set_query(cx, Some(query));
        builder.set_fragment(cx, Some(fragment));
        Ok(builder)
    }

    /// The scheme.
    #[member("string Scheme { get; }", field = scheme)]
    const SCHEME: () = ();

    /// Sets the scheme; what follows a colon is dropped.
    ///
    /// # Throws
    /// `ArgumentException` if it is none.
    #[member("string Scheme { set; }")]
    fn set_scheme(&'a self, cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<(), Throw> {
        let text = value.unwrap_or_default().to_utf8();
        let name = text.split(':').next().unwrap_or("");
        if !name.is_empty() && !check_scheme_name(name.as_bytes()) {
            let message = "Invalid URI: The URI scheme is not valid.";
            return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "value"));
        }
        self.scheme.set(cx.str(&name.to_ascii_lowercase()));
        Ok(())
    }

    /// The name of the user.
    #[member("string UserName { get; }", field = user)]
    const USER: () = ();

    /// Sets the name of the user.
    #[member("string UserName { set; }")]
    fn set_user(&'a self, value: Option<Str<'a>>) {
        self.user.set(value.unwrap_or_default());
    }

    /// The password.
    #[member("string Password { get; }", field = password)]
    const PASSWORD: () = ();

    /// Sets the password.
    #[member("string Password { set; }")]
    fn set_password(&'a self, value: Option<Str<'a>>) {
        self.password.set(value.unwrap_or_default());
    }

    /// The host.
    #[member("string Host { get; }", field = host)]
    const HOST: () = ();

    /// Sets the host; addresses with colons get their brackets.
    #[member("string Host { set; }")]
    fn set_host(&'a self, cx: &mut Cx<'a>, value: Option<Str<'a>>) {
        let host = value.unwrap_or_default();
        let is_bare = host.bytes().contains(&b':') && host.bytes().first() != Some(&b'[');
        self.host.set(if is_bare { cx.str_from_wtf8(&[b"[", host.bytes(), b"]"].concat()) } else { host });
    }

    /// The port; -1 if the URI does not name it.
    #[member("int Port { get; }")]
    fn port_number(&'a self) -> i32 {
        self.port.get()
    }

    /// Sets the port; -1 leaves it out.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException`.
    #[member("int Port { set; }")]
    fn set_port(&'a self, cx: &mut Cx<'a>, value: i32) -> Result<(), Throw> {
        if !(-1..=0xFFFF).contains(&value) {
            return Err(raise::out_of_range(cx, "value"));
        }
        self.port.set(value);
        Ok(())
    }

    /// The path, with its escapes.
    #[member("string Path { get; }", field = path)]
    const PATH: () = ();

    /// Sets the path, which is escaped where it must be; without one it is `/`.
    ///
    /// # Throws
    /// The limit of memory.
    #[member("string Path { set; }")]
    fn set_path(&'a self, cx: &mut Cx<'a>, value: Option<Str<'a>>) -> Result<(), Throw> {
        let path = match value.filter(|path| !path.is_empty()) {
            None => cx.str("/"),
            Some(path) => {
                cx.reserve(path.bytes().len().saturating_mul(3))?;
                let slashes: Vec<u8> =
                    path.bytes().iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
                cx.write(|out| percent::escape_path(out, &slashes))
            }
        };
        self.path.set(path);
        Ok(())
    }

    /// The query with its question mark; empty if there is none.
    #[member("string Query { get; }", field = query)]
    const QUERY: () = ();

    /// Sets the query, with or without its question mark.
    #[member("string Query { set; }")]
    fn set_query(&'a self, cx: &mut Cx<'a>, value: Option<Str<'a>>) {
        self.query.set(marked(cx, value, b'?'));
    }

    /// The fragment with its `#`; empty if there is none.
    #[member("string Fragment { get; }", field = fragment)]
    const FRAGMENT: () = ();

    /// Sets the fragment, with or without its `#`.
    #[member("string Fragment { set; }")]
    fn set_fragment(&'a self, cx: &mut Cx<'a>, value: Option<Str<'a>>) {
        self.fragment.set(marked(cx, value, b'#'));
    }

    /// The URI.
    ///
    /// # Throws
    /// `UriFormatException` if the parts make none.
    #[member("Uri Uri { get; }")]
    fn uri(&'a self, cx: &mut Cx<'a>) -> Result<&'a UriObj<'a>, Throw> {
        let text = self.text(cx)?;
        UriObj::parse(cx, text, UriKind::Absolute)
    }

    /// The URI as text.
    ///
    /// # Throws
    /// `UriFormatException` if there is a password without a user.
    #[member("string ToString()")]
    fn as_text(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        self.text(cx)
    }
}

/// A text with its mark before it; empty stays empty.
fn marked<'a>(cx: &mut Cx<'a>, text: Option<Str<'a>>, mark: u8) -> Str<'a> {
    let text = text.unwrap_or_default();
    if text.is_empty() || text.bytes().first() == Some(&mark) {
        return text;
    }
    cx.str_from_wtf8(&[&[mark], text.bytes()].concat())
}

/// The behaviour of builders of URIs: equal where their URIs are.
pub static URI_BUILDER_OPS: Ops = Ops {
    to_text: |cx, object| on(cx, object, |builder: &UriBuilder<'_>, cx| builder.text(cx)),
    equals: |cx, object, other| {
        let Some(other) = other.downcast::<UriBuilder<'_>>() else { return Ok(false) };
        on(cx, object, |builder: &UriBuilder<'_>, cx| {
            let (a, b) = (builder.text(cx)?, other.text(cx)?);
            let a: Obj<'_> = crate::object::object_of(UriObj::parse(cx, a, UriKind::Absolute)?);
            let b = crate::object::object_of(UriObj::parse(cx, b, UriKind::Absolute)?);
            a.equals(cx, b)
        })
    },
    ..REFERENCE
};

#[cfg(test)]
mod tests {
    use crate::testing::{Null, with_harness};

    /// Source: mono.
    #[test]
    fn parts_of_uris_are_set() {
        for (start, changes, expected) in [
            ("https://example.com/a", &[("Query", "x=1")][..], "https://example.com:443/a?x=1"),
            ("example.com", &[], "http://example.com:80/"),
            ("https://u:p@h:444/x?y#z", &[], "https://u:p@h:444/x?y#z"),
            ("https://h/x", &[("Path", "a b/ü"), ("Fragment", "f")], "https://h:443/a%20b/%C3%BC#f"),
            ("https://h/x", &[("Path", "a?b#c%20%")], "https://h:443/a%3Fb%23c%20%25"),
            ("https://h/x?a=1#f", &[("Fragment", "#g"), ("Query", "?b=2")], "https://h:443/x?b=2#g"),
            ("https://h:8443/x?q", &[("Scheme", "HTTP:"), ("Host", "::1")], "http://[::1]:8443/x?q"),
            (
                "https://h/",
                &[("Password", "p")],
                "UriFormatException: Invalid URI: The username:password construct is badly formed.",
            ),
        ] {
            with_harness(|harness| {
                let builder = harness.word("System.UriBuilder::UriBuilder(string uri)", &[&start]);
                for (part, value) in changes {
                    harness.call(&format!("System.UriBuilder::string {part} {{ set; }}"), &[&builder, value]);
                }
                let text = harness.call("System.UriBuilder::string ToString()", &[&builder]);
                assert_eq!(text, expected, "{start}");
            });
        }
        with_harness(|harness| {
            let plain = harness.call("System.UriBuilder::UriBuilder()", &[]);
            assert_eq!(plain, "http://localhost/");
            let five =
                "System.UriBuilder::UriBuilder(string scheme, string host, int port, string path, string extraValue)";
            assert_eq!(harness.call(five, &[&"http", &"h", &8080, &"p", &"?q#f"]), "http://h:8080/p?q#f");
            assert!(harness.call(five, &[&"http", &"h", &80, &"p", &"q"]).starts_with("ArgumentException: Extra"));
            assert!(harness.call(five, &[&"1x", &"h", &80, &"p", &Null]).starts_with("ArgumentException: Invalid URI"));
        });
    }
}
