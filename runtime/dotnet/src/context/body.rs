//! `IMessageBody`: the body of a message, read as text, bytes, JSON or XML.
//!
//! Not here: reading the body off the network (`engine`); an expression finds it in memory.

use std::cell::Cell;

use bytes::Bytes as Shared;
use dotnet_macros::members;

use super::form;
use crate::array::Bytes;
use crate::cx::Cx;
use crate::object::{Header, object_of};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::dictionary::Dictionary;
use crate::types::exception::INVALID_OPERATION_EXCEPTION;
use crate::types::number::BYTE;
use crate::types::string::STRING;
use crate::word::Word;

/// The object of a body.
#[repr(C)]
pub struct Body<'a> {
    header: Header,
    content: Cell<Content<'a>>,
}

crate::layout!(Body<'a>, BODY_DEF);

/// Where a body is.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// Still on its way; whoever drives the request has it.
    Streaming,
    /// In memory.
    Memory(&'a Shared),
    /// In memory, and read for good: another read throws.
    Consumed(&'a Shared),
}

impl<'a> Body<'a> {
    /// The object of a body.
    #[must_use]
    pub fn new(content: Content<'a>) -> Self {
        Self { header: Header::new(Ty(&BODY)), content: Cell::new(content) }
    }

    /// Where the body is.
    #[must_use]
    pub fn content(&self) -> Content<'a> {
        self.content.get()
    }

    /// Puts the body somewhere else.
    pub fn set_content(&self, content: Content<'a>) {
        self.content.set(content);
    }

    /// The body's bytes for a reader.
    fn take(&self, cx: &mut Cx<'a>, preserve: bool) -> Result<&'a Shared, Throw> {
        match self.content.get() {
            Content::Memory(bytes) => {
                if !preserve {
                    self.content.set(Content::Consumed(bytes));
                }
                Ok(bytes)
            }
            Content::Consumed(_) => Err(cx.throw(
                Ty(&INVALID_OPERATION_EXCEPTION),
                "The message body was already consumed; pass preserveContent: true to keep it.",
            )),
            Content::Streaming => {
                Err(cx.throw(Ty(&INVALID_OPERATION_EXCEPTION), "The message body cannot be read at this point."))
            }
        }
    }
}

/// The body of a request or response.
#[members("public interface IMessageBody", as = BODY)]
impl<'a> Body<'a> {
    /// The body as a `string`, `byte[]`, `JObject`, `JArray`, `JToken`, `XNode`, `XElement` or `XDocument`. Unless
    /// `preserveContent` is set, the body cannot be read again.
    ///
    /// # Throws
    /// `InvalidOperationException` if it was read before, `JsonReaderException` or `XmlException` if it has another
    /// form.
    #[member("T As<T>(bool preserveContent = false)")]
    fn as_type(&'a self, cx: &mut Cx<'a>, preserve: bool, ty: Ty) -> Result<Word, Throw> {
        let bytes = self.take(cx, preserve)?;
        if ty == Ty(&STRING) {
            return Ok(text(cx, bytes).word());
        }
        if ty == Ty::array(Ty(&BYTE), 1) {
            return Ok(object_of(Bytes::new(cx, bytes)).word());
        }
        match ty.def.ops.from_body {
            Some(from_body) => {
                let text = text(cx, bytes);
                Ok(from_body(cx, text, ty)?.word())
            }
            None => {
                let message = format!("The message body cannot be read as {}.", ty.full_name());
                Err(cx.throw(Ty(&crate::types::exception::INVALID_CAST_EXCEPTION), &message))
            }
        }
    }

    /// The fields of a form: each name, in the order in which they came, with the list of its values, decoded. Unless
    /// `preserveContent` is set, the body cannot be read again.
    ///
    /// # Throws
    /// `InvalidOperationException` if it was read before.
    #[member("IDictionary<string, IList<string>> AsFormUrlEncodedContent(bool preserveContent = false)")]
    fn as_form(&'a self, cx: &mut Cx<'a>, preserve: bool) -> Result<&'a Dictionary<'a>, Throw> {
        let bytes = self.take(cx, preserve)?;
        let text = text(cx, bytes);
        form::parse(cx, text.bytes())
    }
}

/// A body's text: UTF-8 without its mark, U+FFFD for what is not.
fn text<'a>(cx: &Cx<'a>, bytes: &'a Shared) -> Str<'a> {
    let bytes: &'a [u8] = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Str::over(cx.arena(), text),
        Err(_) => cx.str(&String::from_utf8_lossy(bytes)),
    }
}
