//! `IUrl`: the URL of a request, whose parts policies change, and other URLs of the context.

use std::cell::Cell;

use dotnet_macros::members;

use super::dictionary::ListDictionary;
use super::facts::UrlParts;
use crate::array::Array;
use crate::cx::Cx;
use crate::format::escape;
use crate::format::uri::UriKind;
use crate::object::{Header, Obj, Ops, REFERENCE, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::string::STRING;
use crate::types::uri::UriObj;
use crate::word::Word;

/// The object of a URL.
#[repr(C)]
pub struct Url<'a> {
    header: Header,
    /// `http` or `https`.
    pub scheme: Cell<Str<'a>>,
    /// The host, without the port.
    pub host: Cell<Str<'a>>,
    /// The path, with its escapes.
    pub path: Cell<Str<'a>>,
    query: Cell<Str<'a>>,
    parameters: Cell<Option<&'a ListDictionary<'a>>>,
    /// The port.
    pub port: Cell<u16>,
}

crate::layout!(Url<'a>, URL_DEF);

impl<'a> Url<'a> {
    /// A URL of these parts; the query comes without its question mark.
    #[must_use]
    pub fn new(scheme: Str<'a>, host: Str<'a>, port: u16, path: Str<'a>, query: Str<'a>) -> Self {
        Self {
            header: Header::new(Ty(&URL)),
            scheme: Cell::new(scheme),
            host: Cell::new(host),
            path: Cell::new(path),
            query: Cell::new(query),
            parameters: Cell::new(None),
            port: Cell::new(port),
        }
    }

    /// A URL of parts that live as long as the request.
    #[must_use]
    pub fn of_parts(cx: &Cx<'a>, parts: &'a UrlParts) -> &'a Self {
        let text = |text: &'a str| Str::over(cx.arena(), text);
        let url = Self::new(text(&parts.scheme), text(&parts.host), parts.port, text(&parts.path), text(&parts.query));
        cx.arena().alloc(url)
    }

    /// The query without its question mark.
    #[must_use]
    pub fn query(&self) -> Str<'a> {
        self.query.get()
    }

    /// Replaces the query, given without its question mark.
    pub fn set_query(&self, query: Str<'a>) {
        self.query.set(query);
        self.parameters.set(None);
    }

    /// Path and query as they stand in a request.
    #[must_use]
    pub fn path_and_query(&self) -> String {
        let (path, query) = (self.path.get().to_utf8(), self.query().to_utf8());
        if query.is_empty() { path.into_owned() } else { format!("{path}?{query}") }
    }

    /// The whole URL.
    #[must_use]
    pub fn to_absolute(&self) -> String {
        let (scheme, host, port) = (self.scheme.get().to_utf8(), self.host.get().to_utf8(), self.port.get());
        let port = match (&*scheme, port) {
            ("http" | "ws", 80) | ("https" | "wss", 443) => String::new(),
            _ => format!(":{port}"),
        };
        format!("{scheme}://{host}{port}{}", self.path_and_query())
    }

    /// The query's parameters: each name once, with all its values decoded.
    pub fn parameters(&self, cx: &Cx<'a>) -> &'a ListDictionary<'a> {
        if let Some(parameters) = self.parameters.get() {
            return parameters;
        }
        let mut groups: Vec<(Str<'a>, Vec<Str<'a>>)> = Vec::new();
        for (name, value) in pairs(self.query().bytes()) {
            let (name, value) = (decoded(cx, name), decoded(cx, value));
            match groups.iter_mut().find(|(known, _)| known.eq_ignore_case(name)) {
                Some((_, values)) => values.push(value),
                None => groups.push((name, vec![value])),
            }
        }
        let lines = |values: &[Str<'a>]| object_of(Array::of_strings(cx, values)).word();
        let entries: Vec<(Str<'a>, Word)> = groups.iter().map(|(name, values)| (*name, lines(values))).collect();
        let entries = cx.arena().alloc_slice(&entries);
        let parameters: &'a _ = cx.arena().alloc(ListDictionary::new(Ty::array(Ty(&STRING), 1), entries));
        self.parameters.set(Some(parameters));
        parameters
    }
}

/// The names and values of a query or a form, still encoded.
pub fn pairs(query: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    query.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=');
        match at {
            Some(at) => (pair.get(..at).unwrap_or(&[]), pair.get(at + 1..).unwrap_or(&[])),
            None => (pair, &[][..]),
        }
    })
}

/// The text of an encoded name or value of a query or form.
#[must_use]
pub fn decoded<'a>(cx: &Cx<'a>, text: &[u8]) -> Str<'a> {
    let mut out = Vec::with_capacity(text.len());
    escape::percent::url_decode(&mut out, text);
    cx.str_from_wtf8(&out)
}

/// A URL.
#[members("public interface IUrl", as = URL, ops = URL_OPS)]
impl<'a> Url<'a> {
    /// `http` or `https`.
    #[member("string Scheme { get; }", field = scheme)]
    const SCHEME: () = ();

    /// The host, without the port.
    #[member("string Host { get; }", field = host)]
    const HOST: () = ();

    /// The path, with its escapes and its leading slash.
    #[member("string Path { get; }", field = path)]
    const PATH: () = ();

    /// The port; that of the scheme where none was written.
    #[member("int Port { get; }")]
    fn port_number(&'a self) -> i32 {
        i32::from(self.port.get())
    }

    /// The query with its question mark; empty if there is none.
    #[member("string QueryString { get; }", reads_message)]
    fn query_string(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        match self.query() {
            query if query.is_empty() => query,
            query => cx.str_from_wtf8(&[b"?", query.bytes()].concat()),
        }
    }

    /// The query's parameters by name, decoded.
    #[member("IReadOnlyDictionary<string, string[]> Query { get; }", reads_message)]
    fn query_parameters(&'a self, cx: &mut Cx<'a>) -> &'a ListDictionary<'a> {
        self.parameters(cx)
    }

    /// The whole URL as a `Uri`.
    ///
    /// # Throws
    /// `UriFormatException` if policies have made it one that cannot be read.
    #[member("Uri ToUri()", reads_message)]
    fn to_uri(&'a self, cx: &mut Cx<'a>) -> Result<&'a UriObj<'a>, Throw> {
        let text = cx.str(&self.to_absolute());
        UriObj::parse(cx, text, UriKind::Absolute)
    }

    /// The whole URL.
    #[member("string ToString()", reads_message)]
    fn text(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        cx.str(&self.to_absolute())
    }
}

/// The behaviour of URLs: the whole URL as text.
pub static URL_OPS: Ops = Ops {
    to_text: |cx, object: Obj<'_>| -> Result<Str<'_>, Throw> {
        let text = object.downcast::<Url<'_>>().map(Url::to_absolute).unwrap_or_default();
        Ok(cx.str(&text))
    },
    ..REFERENCE
};
