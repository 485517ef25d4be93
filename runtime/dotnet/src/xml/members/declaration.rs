//! `XDeclaration`.

use std::cell::Cell;

use dotnet_macros::members;

use crate::cx::Cx;
use crate::object::{Header, Ops, REFERENCE, on};
use crate::text::Str;
use crate::ty::Ty;

/// The object of an `XDeclaration`.
#[repr(C)]
pub struct Declaration<'a> {
    header: Header,
    version: Cell<Option<Str<'a>>>,
    encoding: Cell<Option<Str<'a>>>,
    standalone: Cell<Option<Str<'a>>>,
}

crate::layout!(Declaration<'a>, XDECLARATION_DEF);

impl<'a> Declaration<'a> {
    /// A declaration.
    #[must_use]
    pub fn new(
        cx: &Cx<'a>,
        version: Option<Str<'a>>,
        encoding: Option<Str<'a>>,
        standalone: Option<Str<'a>>,
    ) -> &'a Self {
        cx.arena().alloc(Self {
            header: Header::new(Ty(&XDECLARATION)),
            version: Cell::new(version),
            encoding: Cell::new(encoding),
            standalone: Cell::new(standalone),
        })
    }
}

/// The declaration that a document begins with.
#[members("public class System.Xml.Linq.XDeclaration", as = XDECLARATION, ops = DECLARATION_OPS)]
impl<'a> Declaration<'a> {
    /// A declaration.
    #[member("XDeclaration(string version, string encoding, string standalone)")]
    fn construct(
        cx: &mut Cx<'a>,
        version: Option<Str<'a>>,
        encoding: Option<Str<'a>>,
        standalone: Option<Str<'a>>,
    ) -> &'a Self {
        Self::new(cx, version, encoding, standalone)
    }

    /// A declaration like another.
    #[member("XDeclaration(XDeclaration other)")]
    fn construct_like(cx: &mut Cx<'a>, other: &'a Self) -> &'a Self {
        Self::new(cx, other.version.get(), other.encoding.get(), other.standalone.get())
    }

    /// The version.
    #[member("string Version { get; }")]
    fn version(&'a self) -> Option<Str<'a>> {
        self.version.get()
    }

    /// Sets the version.
    #[member("string Version { set; }")]
    fn set_version(&'a self, value: Option<Str<'a>>) {
        self.version.set(value);
    }

    /// The encoding.
    #[member("string Encoding { get; }")]
    fn encoding(&'a self) -> Option<Str<'a>> {
        self.encoding.get()
    }

    /// Sets the encoding.
    #[member("string Encoding { set; }")]
    fn set_encoding(&'a self, value: Option<Str<'a>>) {
        self.encoding.set(value);
    }

    /// `yes`, `no` or nothing.
    #[member("string Standalone { get; }")]
    fn standalone(&'a self) -> Option<Str<'a>> {
        self.standalone.get()
    }

    /// Sets whether the document stands alone.
    #[member("string Standalone { set; }")]
    fn set_standalone(&'a self, value: Option<Str<'a>>) {
        self.standalone.set(value);
    }

    /// `<?xml version="1.0" …?>`.
    #[member("string ToString()")]
    fn to_text(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        let parts = [("version", &self.version), ("encoding", &self.encoding), ("standalone", &self.standalone)];
        cx.write(|out| {
            out.extend_from_slice(b"<?xml");
            for (name, value) in parts {
                if let Some(value) = value.get() {
                    out.extend_from_slice(format!(" {name}=\"").as_bytes());
                    out.extend_from_slice(value.bytes());
                    out.push(b'"');
                }
            }
            out.extend_from_slice(b"?>");
        })
    }
}

/// The behaviour of declarations.
pub static DECLARATION_OPS: Ops = Ops {
    to_text: |cx, object| on::<Declaration<'_>, _>(cx, object, |declaration, cx| Ok(declaration.to_text(cx))),
    ..REFERENCE
};
