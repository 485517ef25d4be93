//! Where the JSON of a value goes: text, or a tree.

use crate::cx::Cx;
use crate::json::token::{Content, Kind, Token};
use crate::json::value::{content_of, write_object};
use crate::json::writer::Writer;
use crate::json::{edit, index};
use crate::object::{Obj, boxed, unboxed};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::char::CHAR;
use crate::types::number::{INT32, widened};
use crate::word::IntoWord;

/// Takes the parts of a JSON text in order.
pub(super) trait Sink<'a> {
    /// How much it holds, in bytes; 0 where the arena counts that.
    fn size(&self) -> usize;

    /// `null`
    fn null(&mut self, cx: &mut Cx<'a>) -> Result<(), Throw>;

    /// An object that is a value of JSON.
    fn value(&mut self, cx: &mut Cx<'a>, object: Obj<'a>) -> Result<(), Throw>;

    /// A tree.
    fn token(&mut self, cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<(), Throw>;

    /// The name of a property, whose value follows.
    fn name(&mut self, cx: &mut Cx<'a>, name: Str<'a>) -> Result<(), Throw>;

    /// The beginning of an object.
    fn start_object(&mut self, cx: &mut Cx<'a>);

    /// The beginning of an array.
    fn start_array(&mut self, cx: &mut Cx<'a>);

    /// The end of the object or array that was begun last.
    fn end(&mut self, cx: &mut Cx<'a>) -> Result<(), Throw>;
}

impl<'a> Sink<'a> for Writer {
    fn size(&self) -> usize {
        self.len()
    }

    fn null(&mut self, _: &mut Cx<'a>) -> Result<(), Throw> {
        self.plain(b"null");
        Ok(())
    }

    fn value(&mut self, cx: &mut Cx<'a>, object: Obj<'a>) -> Result<(), Throw> {
        write_object(cx, self, object)
    }

    fn token(&mut self, cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<(), Throw> {
        Self::token(self, cx, token)
    }

    fn name(&mut self, _: &mut Cx<'a>, name: Str<'a>) -> Result<(), Throw> {
        Self::name(self, name.bytes());
        Ok(())
    }

    fn start_object(&mut self, _: &mut Cx<'a>) {
        Self::start_object(self);
    }

    fn start_array(&mut self, _: &mut Cx<'a>) {
        Self::start_array(self);
    }

    fn end(&mut self, _: &mut Cx<'a>) -> Result<(), Throw> {
        Self::end(self);
        Ok(())
    }
}

/// Makes a tree, from the inside outwards: what is put somewhere is complete.
#[derive(Default)]
pub(super) struct Builder<'a> {
    root: Option<&'a Token<'a>>,
    open: Vec<Open<'a>>,
}

/// An object or array that is not complete.
struct Open<'a> {
    token: &'a Token<'a>,
    /// The property that has no value yet.
    property: Option<&'a Token<'a>>,
}

impl<'a> Builder<'a> {
    /// The tree.
    pub(super) fn root(self) -> Option<&'a Token<'a>> {
        self.root
    }

    fn add(&mut self, cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<(), Throw> {
        let Some(Open { token: container, property }) = self.open.last_mut() else {
            self.root = Some(token);
            return Ok(());
        };
        let added = match property {
            // A comment is no value; objects have no place for it.
            Some(_) if token.kind() == Kind::Comment => return Ok(()),
            Some(property) => {
                edit::insert(cx, property, 0, Some(token))?;
                *property
            }
            None => token,
        };
        *property = None;
        edit::insert(cx, container, container.count(), Some(added))
    }
}

impl<'a> Sink<'a> for Builder<'a> {
    fn size(&self) -> usize {
        0
    }

    fn null(&mut self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        let token = Token::new(cx, Content::Null);
        self.add(cx, token)
    }

    fn value(&mut self, cx: &mut Cx<'a>, object: Obj<'a>) -> Result<(), Throw> {
        let content = if object.ty().is_enum() {
            let number = widened(object.ty(), unboxed(object)) as i32;
            let word = number.into_word(cx);
            let word = boxed(cx, Ty(&INT32), word);
            // SAFETY: the address of the box that was just made.
            unsafe { cx.object(word) }.map_or(Content::Null, Content::Held)
        } else if object.ty() == Ty(&CHAR) {
            Content::Text(Some(object.to_text(cx)?))
        } else {
            content_of(cx, Some(object))?
        };
        let token = Token::new(cx, content);
        self.add(cx, token)
    }

    fn token(&mut self, cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<(), Throw> {
        let copy = edit::written_copy(cx, token)?;
        self.add(cx, copy)
    }

    fn name(&mut self, cx: &mut Cx<'a>, name: Str<'a>) -> Result<(), Throw> {
        let Some(Open { token, property }) = self.open.last_mut() else { return Ok(()) };
        if let Some(same) = index::property(cx, token, name) {
            edit::remove(cx, token, Some(same))?;
        }
        *property = Some(Token::new_property(cx, name));
        Ok(())
    }

    fn start_object(&mut self, cx: &mut Cx<'a>) {
        self.open.push(Open { token: Token::new_object(cx), property: None });
    }

    fn start_array(&mut self, cx: &mut Cx<'a>) {
        self.open.push(Open { token: Token::new_array(cx), property: None });
    }

    fn end(&mut self, cx: &mut Cx<'a>) -> Result<(), Throw> {
        match self.open.pop() {
            Some(Open { token, .. }) => self.add(cx, token),
            None => Ok(()),
        }
    }
}
