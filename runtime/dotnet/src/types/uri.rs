//! `System.Uri`: absolute and relative references.
//!
//! The parts that are asked for most are kept beside the text; what is asked for seldom is found by reading the text
//! again. Not here: reading, combining and showing URIs (`format::uri`), texts in URIs (`uri_text`), `UriBuilder`.

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::Fault;
use crate::format::uri::{Uri, UriKind, UriPartial, is_well_formed, relative_uri};
use crate::hash;
use crate::object::{Header, Obj, Ops, REFERENCE, fold_hash};
use crate::rt::Out;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::uri_component::COMPONENTS;
use crate::types::uri_text::TEXTS;

/// The object of a `Uri`.
#[repr(C)]
pub struct UriObj<'a> {
    header: Header,
    /// The text that it was made of.
    pub original: Str<'a>,
    parts: Option<&'a Parts<'a>>,
}

crate::layout!(UriObj<'a>, URI_DEF);

/// The parts of an absolute URI, escaped.
pub(super) struct Parts<'a> {
    pub(super) scheme: Str<'a>,
    pub(super) user_info: Str<'a>,
    pub(super) host: Str<'a>,
    pub(super) authority: Str<'a>,
    pub(super) path: Str<'a>,
    pub(super) query: Str<'a>,
    pub(super) fragment: Str<'a>,
    pub(super) absolute: Str<'a>,
    pub(super) port: i32,
    pub(super) is_default_port: bool,
}

impl<'a> UriObj<'a> {
    /// The object of a URI.
    #[must_use]
    pub fn new(cx: &mut Cx<'a>, uri: &Uri) -> &'a Self {
        let original = cx.str_from_wtf8(uri.original());
        let parts = parts_of(cx, uri).ok().map(|parts| -> &'a Parts<'a> { cx.arena().alloc(parts) });
        cx.arena().alloc(Self { header: Header::new(Ty(&URI)), original, parts })
    }

    /// The URI that a text writes.
    ///
    /// # Errors
    /// `UriFormatException`.
    pub fn parse(cx: &mut Cx<'a>, text: Str<'a>, kind: UriKind) -> Result<&'a Self, Throw> {
        match Uri::parse(text.bytes(), kind) {
            Ok(uri) => Ok(Self::new(cx, &uri)),
            Err(fault) => Err(cx.throw_fault(&fault)),
        }
    }

    /// The URI itself, read from its text again.
    ///
    /// # Errors
    /// Never, as the text was read before.
    pub(super) fn uri(&self, cx: &mut Cx<'a>) -> Result<Uri, Throw> {
        let kind = if self.parts.is_some() { UriKind::Absolute } else { UriKind::Relative };
        Uri::parse(self.original.bytes(), kind).map_err(|fault| cx.throw_fault(&fault))
    }

    /// The parts of an absolute URI.
    ///
    /// # Errors
    /// `InvalidOperationException` if it is relative.
    pub(super) fn parts(&self, cx: &mut Cx<'a>) -> Result<&'a Parts<'a>, Throw> {
        self.parts.ok_or_else(|| cx.throw_fault(&relative_uri()))
    }

    /// The text that a function writes of the URI.
    fn written(
        &self,
        cx: &mut Cx<'a>,
        write: impl FnOnce(&Uri, &mut Vec<u8>) -> Result<(), Fault>,
    ) -> Result<Str<'a>, Throw> {
        let uri = self.uri(cx)?;
        cx.try_write(|out| write(&uri, out))
    }

    fn same(&self, other: &Self) -> bool {
        match (self.parts, other.parts) {
            (None, None) => self.original == other.original,
            (Some(a), Some(b)) => {
                a.scheme == b.scheme && a.host == b.host && a.port == b.port && a.path == b.path && a.query == b.query
            }
            _ => false,
        }
    }

    fn hash(&self) -> i32 {
        let text = match self.parts {
            None => hash::of_bytes(self.original.bytes()),
            Some(parts) => {
                let pieces = [parts.host, parts.path, parts.query].map(|piece| hash::of_bytes(piece.bytes()));
                pieces.into_iter().fold(parts.port as u64, |all, piece| hash::of_bits(all ^ piece))
            }
        };
        fold_hash(text)
    }
}

fn parts_of<'a>(cx: &mut Cx<'a>, uri: &Uri) -> Result<Parts<'a>, Fault> {
    let mut authority = Vec::new();
    uri.write_authority(&mut authority)?;
    let mut absolute = Vec::new();
    uri.write_absolute_uri(&mut absolute)?;
    Ok(Parts {
        scheme: cx.str(uri.scheme()?),
        user_info: cx.str_from_wtf8(uri.user_info()?),
        host: cx.str(uri.host()?),
        authority: cx.str_from_wtf8(&authority),
        path: cx.str_from_wtf8(uri.absolute_path()?),
        query: cx.str_from_wtf8(uri.query()?),
        fragment: cx.str_from_wtf8(uri.fragment()?),
        absolute: cx.str_from_wtf8(&absolute),
        port: uri.port()?,
        is_default_port: uri.is_default_port()?,
    })
}

/// A value of `UriKind`.
///
/// # Errors
/// `ArgumentException` for another number.
fn kind_of(cx: &mut Cx<'_>, kind: i32) -> Result<UriKind, Throw> {
    match kind {
        0 => Ok(UriKind::RelativeOrAbsolute),
        1 => Ok(UriKind::Absolute),
        2 => Ok(UriKind::Relative),
        _ => {
            let message = format!("The value '{kind}' passed for the UriKind parameter is invalid.");
            Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), &message))
        }
    }
}

/// A reference to a resource.
#[members("public class System.Uri", as = URI, ops = URI_OPS, groups = [TEXTS, COMPONENTS])]
impl<'a> UriObj<'a> {
    /// The absolute URI that the text writes.
    ///
    /// # Throws
    /// `ArgumentNullException`, `UriFormatException`.
    #[member("Uri(string uriString)", pure)]
    fn of_text(cx: &mut Cx<'a>, text: Str<'a>) -> Result<&'a Self, Throw> {
        Self::parse(cx, text, UriKind::Absolute)
    }

    /// The URI that the text writes, absolute or relative as asked.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentException`, `UriFormatException`.
    #[member("Uri(string uriString, UriKind uriKind)", pure)]
    fn of_kind(cx: &mut Cx<'a>, text: Str<'a>, kind: i32) -> Result<&'a Self, Throw> {
        let kind = kind_of(cx, kind)?;
        Self::parse(cx, text, kind)
    }

    /// The URI that a reference stands for, seen from another.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the base is relative, `UriFormatException`.
    #[member("Uri(Uri baseUri, string relativeUri)", pure)]
    fn of_base(cx: &mut Cx<'a>, base: &'a Self, relative: Option<Str<'a>>) -> Result<&'a Self, Throw> {
        let combined = Uri::combine(&base.uri(cx)?, relative.unwrap_or_default().bytes());
        match combined {
            Ok(uri) => Ok(Self::new(cx, &uri)),
            Err(fault) => Err(cx.throw_fault(&fault)),
        }
    }

    /// The URI that a reference stands for, seen from another.
    ///
    /// # Throws
    /// `ArgumentNullException`, `ArgumentOutOfRangeException` if the base is relative.
    #[member("Uri(Uri baseUri, Uri relativeUri)", pure)]
    fn of_uris(cx: &mut Cx<'a>, base: &'a Self, relative: &'a Self) -> Result<&'a Self, Throw> {
        Self::of_base(cx, base, Some(relative.original))
    }

    /// Whether the text writes a URI of the kind, which comes back in `result`.
    #[member("static bool TryCreate(string uriString, UriKind uriKind, out Uri result)")]
    fn try_create(cx: &mut Cx<'a>, text: Option<Str<'a>>, kind: i32, result: Out<'a>) -> Result<bool, Throw> {
        let kind = kind_of(cx, kind)?;
        let parsed = text.and_then(|text| Uri::parse(text.bytes(), kind).ok());
        Ok(Self::found(cx, result, parsed))
    }

    /// Whether the reference stands for a URI, seen from another; it comes back in `result`.
    #[member("static bool TryCreate(Uri baseUri, string relativeUri, out Uri result)")]
    fn try_create_of_base(
        cx: &mut Cx<'a>,
        base: Option<&'a Self>,
        relative: Option<Str<'a>>,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let combined = match (base.filter(|base| base.parts.is_some()), relative) {
            (Some(base), Some(relative)) => Uri::combine(&base.uri(cx)?, relative.bytes()).ok(),
            _ => None,
        };
        Ok(Self::found(cx, result, combined))
    }

    /// Whether the reference stands for a URI, seen from another; it comes back in `result`.
    #[member("static bool TryCreate(Uri baseUri, Uri relativeUri, out Uri result)")]
    fn try_create_of_uris(
        cx: &mut Cx<'a>,
        base: Option<&'a Self>,
        relative: Option<&'a Self>,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        Self::try_create_of_base(cx, base, relative.map(|relative| relative.original), result)
    }

    /// Whether the text is a URI of the kind and needs no escaping.
    #[member("static bool IsWellFormedUriString(string uriString, UriKind uriKind)", pure)]
    fn is_well_formed(cx: &mut Cx<'a>, text: Option<Str<'a>>, kind: i32) -> Result<bool, Throw> {
        let kind = kind_of(cx, kind)?;
        Ok(text.is_some_and(|text| is_well_formed(text.bytes(), kind)))
    }

    /// Whether the text of this URI needs no escaping.
    #[member("bool IsWellFormedOriginalString()", pure)]
    fn is_well_formed_original(&'a self) -> bool {
        is_well_formed(self.original.bytes(), UriKind::RelativeOrAbsolute)
    }

    /// The text that the URI was made of.
    #[member("string OriginalString { get; }", pure)]
    fn original_string(&'a self) -> Str<'a> {
        self.original
    }

    /// Whether it names its scheme.
    #[member("bool IsAbsoluteUri { get; }", pure)]
    pub(super) fn is_absolute(&'a self) -> bool {
        self.parts.is_some()
    }

    /// The URI for people: escapes are undone where that is safe.
    #[member("string ToString()", pure)]
    fn to_text(&'a self, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        self.written(cx, |uri, out| {
            uri.write(out);
            Ok(())
        })
    }

    /// Whether the other is a URI of the same server, path and query.
    #[member("bool Equals(object comparand)", pure)]
    fn equals(&'a self, comparand: Option<Obj<'a>>) -> bool {
        comparand.and_then(|object| object.downcast::<Self>()).is_some_and(|other| self.same(other))
    }

    /// A number that is the same for equal URIs.
    #[member("int GetHashCode()")]
    fn get_hash_code(&'a self) -> i32 {
        self.hash()
    }

    /// Whether both are of the same server, path and query.
    #[member("static bool operator ==(Uri uri1, Uri uri2)", pure)]
    fn equal(a: Option<&'a Self>, b: Option<&'a Self>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => a.same(b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }

    /// Whether they differ in server, path or query.
    #[member("static bool operator !=(Uri uri1, Uri uri2)", pure)]
    fn unequal(a: Option<&'a Self>, b: Option<&'a Self>) -> bool {
        !Self::equal(a, b)
    }

    /// The URI from its start through a part.
    ///
    /// # Throws
    /// `InvalidOperationException` if it is relative, `ArgumentException` for a part that there is not.
    #[member("string GetLeftPart(UriPartial part)", pure)]
    fn get_left_part(&'a self, cx: &mut Cx<'a>, part: i32) -> Result<Str<'a>, Throw> {
        let partial = match part {
            0 => UriPartial::Scheme,
            1 => UriPartial::Authority,
            2 => UriPartial::Path,
            3 => UriPartial::Query,
            _ => {
                let message = format!("The value '{part}' passed for the UriPartial parameter is invalid.");
                return Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), &message, "part"));
            }
        };
        self.written(cx, |uri, out| uri.write_left_part(out, partial))
    }

    /// Whether the other lies in the folder of this one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `InvalidOperationException` if it is relative.
    #[member("bool IsBaseOf(Uri uri)", pure)]
    fn is_base_of(&'a self, cx: &mut Cx<'a>, other: &'a Self) -> Result<bool, Throw> {
        let (this, other) = (self.uri(cx)?, other.uri(cx)?);
        this.is_base_of(&other).map_err(|fault| cx.throw_fault(&fault))
    }

    /// How this one refers to the other.
    ///
    /// # Throws
    /// `ArgumentNullException`, `InvalidOperationException` if one is relative.
    #[member("Uri MakeRelativeUri(Uri uri)", pure)]
    fn make_relative(&'a self, cx: &mut Cx<'a>, other: &'a Self) -> Result<&'a Self, Throw> {
        let target = other.uri(cx)?;
        let text = self.written(cx, |uri, out| uri.write_relative_to(out, &target))?;
        Self::parse(cx, text, UriKind::RelativeOrAbsolute)
    }

    /// The path in pieces that end with their slash.
    ///
    /// # Throws
    /// `InvalidOperationException` if it is relative.
    #[member("string[] Segments { get; }")]
    fn segments(&'a self, cx: &mut Cx<'a>) -> Result<&'a Array<'a>, Throw> {
        let uri = self.uri(cx)?;
        match uri.segments() {
            Ok(segments) => {
                let texts: Vec<Str<'a>> = segments.map(|segment| cx.str_from_wtf8(segment)).collect();
                Ok(Array::of_strings(cx, &texts))
            }
            Err(fault) => Err(cx.throw_fault(&fault)),
        }
    }

    fn found(cx: &mut Cx<'a>, result: Out<'a>, uri: Option<Uri>) -> bool {
        let object = uri.map(|uri| Self::new(cx, &uri));
        let is_found = object.is_some();
        result.set(cx, object);
        is_found
    }
}

/// The behaviour of URIs.
pub static URI_OPS: Ops = Ops {
    to_text: |cx, object| match object.downcast::<UriObj<'_>>() {
        Some(uri) => uri.to_text(cx),
        None => Ok(Str::EMPTY),
    },
    equals: |_, a, b| {
        let (a, b) = (a.downcast::<UriObj<'_>>(), b.downcast::<UriObj<'_>>());
        Ok(a.zip(b).is_some_and(|(a, b)| a.same(b)))
    },
    hash: |_, object| Ok(object.downcast::<UriObj<'_>>().map_or(0, UriObj::hash)),
    ..REFERENCE
};

#[cfg(test)]
mod tests {
    use crate::testing::{Null, call, with_harness};

    #[test]
    fn uris_are_read_and_compared() {
        let new = "System.Uri::Uri(string uriString)";
        assert_eq!(call(new, &[&"https://Example.com:443/a/../b?q=1#f"]), "https://example.com/b?q=1#f");
        assert_eq!(call(new, &[&"https://example.com/a%20b"]), "https://example.com/a b");
        assert_eq!(
            call(new, &[&"nope"]),
            "UriFormatException: Invalid URI: The format of the URI could not be determined."
        );
        assert_eq!(call(new, &[&Null]), "ArgumentNullException: Value cannot be null. (Parameter 'uriString')");
        with_harness(|harness| {
            let a = harness.word(new, &[&"https://EXAMPLE.com/a"]);
            let b = harness.word(new, &[&"https://example.com/a#x"]);
            assert_eq!(harness.call("System.Uri::static bool operator ==(Uri uri1, Uri uri2)", &[&a, &b]), "True");
            assert_eq!(
                harness.call("System.Uri::int GetHashCode()", &[&a]),
                harness.call("System.Uri::int GetHashCode()", &[&b])
            );
            assert_eq!(harness.call("System.Uri::static bool operator !=(Uri uri1, Uri uri2)", &[&a, &Null]), "True");
            let base = harness.word(new, &[&"https://example.com/a/b/"]);
            let combine = "System.Uri::Uri(Uri baseUri, string relativeUri)";
            assert_eq!(harness.call(combine, &[&base, &"../c?d=1"]), "https://example.com/a/c?d=1");
            let moved = harness.word(combine, &[&base, &"../c?d=1"]);
            assert_eq!(harness.call("System.Uri::string AbsolutePath { get; }", &[&moved]), "/a/c");
            assert_eq!(harness.call("System.Uri::Uri MakeRelativeUri(Uri uri)", &[&base, &moved]), "../c?d=1");
            assert_eq!(harness.call("System.Uri::bool IsBaseOf(Uri uri)", &[&base, &moved]), "False");
            assert_eq!(harness.call("System.Uri::string[] Segments { get; }", &[&base]), "[/, a/, b/]");
            assert_eq!(
                harness.call("System.Uri::string GetLeftPart(UriPartial part)", &[&base, &1]),
                "https://example.com"
            );
        });
    }

    #[test]
    fn texts_that_are_no_uris_are_told() {
        let create = "System.Uri::static bool TryCreate(string uriString, UriKind uriKind, out Uri result)";
        assert_eq!(call(create, &[&"https://example.com/x", &1]), "True; https://example.com/x");
        assert_eq!(call(create, &[&"/x/y", &1]), "False; <null>");
        assert_eq!(call(create, &[&"/x/y", &2]), "True; /x/y");
        assert_eq!(call(create, &[&Null, &1]), "False; <null>");
        let well_formed = "System.Uri::static bool IsWellFormedUriString(string uriString, UriKind uriKind)";
        assert_eq!(call(well_formed, &[&"https://example.com/a b", &1]), "False");
        assert_eq!(call(well_formed, &[&"https://example.com/a", &1]), "True");
    }
}
