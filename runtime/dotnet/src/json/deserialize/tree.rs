//! The pieces of a tree.

use super::source::{Item, Source, throw_with};
use super::typed::{bytes, decimal, int, offset, string_as, unreadable};
use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::time::DateTimeOffset;
use crate::json::big_integer::BigInteger;
use crate::json::path;
use crate::json::reader::Expected;
use crate::json::token::{Content, Kind, Token};
use crate::json::{edit, value};
use crate::object::Obj;
use crate::throw::{Exception, Throw};
use crate::ty::Ty;
use crate::types::convert::{Value, to_boolean, to_decimal, to_double, to_integer};
use crate::types::date_time::thrown;
use crate::types::date_time_offset::OffsetObj;

/// A tree that is being read.
pub(super) struct TreeSource<'a> {
    root: &'a Token<'a>,
    /// The token that was read last.
    current: Option<&'a Token<'a>>,
    /// The open containers, each with the position of the child that comes next.
    open: Vec<(&'a Token<'a>, usize)>,
}

impl<'a> TreeSource<'a> {
    /// The start of a tree.
    pub(super) fn new(root: &'a Token<'a>) -> Self {
        Self { root, current: None, open: Vec::new() }
    }

    /// The piece that a token begins with.
    fn enter(&mut self, cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<Item<'a>, Throw> {
        self.current = Some(token);
        if !token.is_value() {
            self.open.push((token, 0));
        }
        Ok(match token.content() {
            Content::Object(_) => Item::StartObject,
            Content::Array(_) => Item::StartArray,
            Content::Constructor(constructor) => Item::StartConstructor(constructor.name.get()),
            Content::Property(property) => Item::Name(property.name),
            Content::Comment(_) => Item::Comment,
            Content::Raw(_) => Item::Raw(token),
            Content::Held(object)
                if !matches!(token.kind(), Kind::Integer | Kind::Float | Kind::Date | Kind::Bytes) =>
            {
                Item::Value(Content::Text(Some(value::plain_text(cx, object)?)))
            }
            content => Item::Value(content),
        })
    }

    /// A number as the value of another type.
    fn number_as(&mut self, cx: &mut Cx<'a>, number: Obj<'a>, expected: Expected) -> Result<Item<'a>, Throw> {
        if let Some(big) = number.downcast::<BigInteger<'a>>() {
            return match expected {
                Expected::Integer => {
                    let value = big.to_integer();
                    thrown(cx, value).map(|value| int(cx, value))
                }
                Expected::Decimal => {
                    let value = big.to_decimal();
                    thrown(cx, value).map(|value| decimal(cx, value))
                }
                Expected::Boolean => Ok(Item::Value(Content::Boolean(true))),
                _ => Ok(Item::Value(Content::Float(big.to_f64()))),
            };
        }
        let value = Value::of(cx, Some(number))?;
        let (item, name) = match expected {
            Expected::Integer => (to_integer(cx, value).map(|value| int(cx, value)), "integer"),
            Expected::Decimal => (to_decimal(cx, value).map(|value| decimal(cx, value)), "decimal"),
            Expected::Boolean => return Ok(Item::Value(Content::Boolean(to_boolean(cx, value)?))),
            _ => return Ok(Item::Value(Content::Float(to_double(cx, value)?))),
        };
        match item {
            Err(_) if cx.thrown().is_some_and(|thrown| thrown.limit.is_none()) => {
                let shown = number.to_text(cx)?;
                let before = format!("Could not convert to {name}: ");
                Err(unreadable(cx, self, &before, shown.bytes(), "."))
            }
            item => item,
        }
    }

    /// The bytes of an array of numbers, which was entered.
    fn byte_array(&mut self, cx: &mut Cx<'a>) -> Result<Item<'a>, Throw> {
        let mut found = Vec::new();
        loop {
            match self.next(cx)? {
                Item::Comment => {}
                Item::Value(content) if matches!(Item::Value(content).name(), "Integer") => {
                    let number = super::typed::object_of_content(cx, content);
                    let value = Value::of(cx, number)?;
                    found.push(to_integer::<u8>(cx, value)?);
                }
                Item::EndArray => return bytes(cx, &found),
                item => {
                    return Err(unreadable(
                        cx,
                        self,
                        "Unexpected token when reading bytes: ",
                        item.name().as_bytes(),
                        ".",
                    ));
                }
            }
        }
    }
}

impl<'a> Source<'a> for TreeSource<'a> {
    fn next(&mut self, cx: &mut Cx<'a>) -> Result<Item<'a>, Throw> {
        cx.check_limits()?;
        loop {
            let Some((container, next)) = self.open.last_mut() else {
                return match self.current {
                    None => self.enter(cx, self.root),
                    Some(_) => Ok(Item::End),
                };
            };
            let container = *container;
            let child = container.child(*next);
            *next += 1;
            if let Some(child) = child {
                return self.enter(cx, child);
            }
            self.open.pop();
            self.current = Some(container);
            match container.content() {
                Content::Object(_) => return Ok(Item::EndObject),
                Content::Array(_) => return Ok(Item::EndArray),
                Content::Constructor(_) => return Ok(Item::EndConstructor),
                _ => {}
            }
        }
    }

    fn next_as(&mut self, cx: &mut Cx<'a>, expected: Expected) -> Result<Item<'a>, Throw> {
        let item = self.next_content(cx)?;
        let content = match item {
            Item::End | Item::EndArray => return Ok(item),
            Item::StartArray if expected == Expected::Bytes => return self.byte_array(cx),
            Item::Value(content) => content,
            _ => return Err(self.wrong(cx, item, expected)),
        };
        match (content, expected) {
            (Content::Null | Content::Text(None), _) => Ok(Item::Value(Content::Null)),
            (Content::Text(Some(text)), _) => string_as(cx, self, text, expected),
            (Content::Date(_), Expected::Date) | (Content::Boolean(_), Expected::Boolean) => Ok(item),
            (Content::Date(date), Expected::DateWithOffset) => Ok(offset(cx, DateTimeOffset::from_date_time(date))),
            (Content::Held(object), Expected::Date | Expected::DateWithOffset)
                if OffsetObj::value_of(object).is_some() =>
            {
                match OffsetObj::value_of(object) {
                    Some(date) if expected == Expected::Date => Ok(Item::Value(Content::Date(date.clock()))),
                    _ => Ok(item),
                }
            }
            (Content::Held(object), Expected::Bytes) if object.downcast::<Bytes<'a>>().is_some() => Ok(item),
            (Content::Undefined, _) => Err(self.wrong(cx, item, expected)),
            (content, Expected::Text) => match super::typed::object_of_content(cx, content) {
                Some(object) if object.downcast::<Bytes<'a>>().is_none() => {
                    Ok(Item::Value(Content::Text(Some(value::plain_text(cx, object)?))))
                }
                Some(object) => Ok(Item::Value(Content::Text(Some(object.to_text(cx)?)))),
                None => Ok(Item::Value(Content::Null)),
            },
            (content, Expected::Integer | Expected::Decimal | Expected::Double | Expected::Boolean)
                if matches!(item.name(), "Integer" | "Float") =>
            {
                match super::typed::object_of_content(cx, content) {
                    Some(number) => self.number_as(cx, number, expected),
                    None => Ok(item),
                }
            }
            _ => Err(self.wrong(cx, item, expected)),
        }
    }

    fn tree(&mut self, cx: &mut Cx<'a>, _keep_comments: bool) -> Result<&'a Token<'a>, Throw> {
        let token = self.current.unwrap_or(self.root);
        if !token.is_value() {
            self.open.pop();
        }
        edit::written_copy(cx, token)
    }

    fn fail(&self, cx: &mut Cx<'a>, ty: Ty, message: &[u8], cause: Option<&'a Exception<'a>>) -> Throw {
        let place = path::of_token(cx, self.current.unwrap_or(self.root));
        let mut message = message.to_vec();
        path::append_to_message(&mut message, place.bytes());
        throw_with(cx, ty, &message, cause)
    }
}

impl<'a> TreeSource<'a> {
    #[cold]
    fn wrong(&self, cx: &mut Cx<'a>, item: Item<'a>, expected: Expected) -> Throw {
        let name = match expected {
            Expected::Integer => "integer",
            Expected::Decimal => "decimal",
            Expected::Double => "double",
            Expected::Boolean => "boolean",
            Expected::Text => "string",
            Expected::Date | Expected::DateWithOffset => "date",
            Expected::Bytes => "bytes",
        };
        let before = format!("Error reading {name}. Unexpected token: ");
        unreadable(cx, self, &before, item.name().as_bytes(), ".")
    }
}
