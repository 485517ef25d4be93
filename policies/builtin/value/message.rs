//! Attributes that are parts of messages: header names and values, statuses, bodies, addresses.

use std::net::IpAddr;

use bytes::Bytes;
use dotnet::context::headers::{Name, Value};
use dotnet::cx::Cx;
use dotnet::object::Left;
use dotnet::throw::Throw;

use super::{AttributeValue, text_of, unusable, utf8};
use crate::declaration::{Form, ValueType};

/// The status of a response. Those below 200 announce another one, which is no policy's to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusCode(pub u16);

impl AttributeValue for StatusCode {
    const VALUE: ValueType = ValueType::Int { min: 200, max: 999 };
    type Now<'x> = u16;

    fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().filter(|code| (200..=999).contains(code)).map(Self)
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> u16 {
        self.0
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<u16, Throw> {
        let code: i32 = value.scalar();
        let sound = u16::try_from(code).ok().filter(|code| (200..=999).contains(code));
        sound.ok_or_else(|| unusable(cx, "the status of a response", &code.to_string()))
    }
}

/// An IP address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub IpAddr);

/// The address that a text names; an IPv4 address inside IPv6 is the IPv4 address.
#[must_use]
pub fn parse_address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let bare = inner.split_once('%').map_or(inner, |(address, _)| address);
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

impl AttributeValue for Address {
    const VALUE: ValueType =
        ValueType::Form(&Form { name: "an IP address", accepts: |text| parse_address(text).is_some() });
    type Now<'x> = IpAddr;

    fn parse(text: &str) -> Option<Self> {
        parse_address(text).map(Self)
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> IpAddr {
        self.0
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<IpAddr, Throw> {
        let text = text_of(value).map_or("", |text| utf8(cx, text));
        parse_address(text).ok_or_else(|| unusable(cx, "an IP address", text))
    }
}

/// The name of a header.
#[derive(Debug)]
pub struct HeaderName {
    text: Box<str>,
    name: http::HeaderName,
}

impl HeaderName {
    /// The name as messages have it.
    #[must_use]
    pub fn name(&self) -> &http::HeaderName {
        &self.name
    }
}

impl AttributeValue for HeaderName {
    const VALUE: ValueType = ValueType::HeaderName;
    type Now<'x> = Name<'x>;

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Some(Self { text: text.into(), name: http::HeaderName::from_bytes(text.as_bytes()).ok()? })
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Name<'x> {
        Name::checked(&self.text, &self.name)
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Name<'x>, Throw> {
        let text = text_of(value).map_or("", |text| utf8(cx, text));
        if Self::VALUE.accepts(text) { Ok(Name::new(text)) } else { Err(unusable(cx, "the name of a header", text)) }
    }
}

/// The value of a header; an expression's null is none.
#[derive(Debug)]
pub struct HeaderText(http::HeaderValue);

impl AttributeValue for HeaderText {
    const VALUE: ValueType =
        ValueType::Form(&Form { name: "the value of a header", accepts: |text| Self::parse(text).is_some() });
    type Now<'x> = Option<Value<'x>>;

    fn parse(text: &str) -> Option<Self> {
        http::HeaderValue::from_bytes(text.trim().as_bytes()).ok().map(Self)
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Option<Value<'x>> {
        Some(Value::checked(&self.0))
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Option<Value<'x>>, Throw> {
        let Some(text) = text_of(value) else { return Ok(None) };
        let value = Value::new(utf8(cx, text).trim_matches([' ', '\t']).as_bytes());
        if value.is_sound() {
            Ok(Some(value))
        } else {
            Err(unusable(cx, "the value of a header", "a text with control characters"))
        }
    }
}

/// The body of a message: the bytes of a `byte[]`, else the text of any other value.
#[derive(Debug)]
pub struct BodyContent(Bytes);

impl AttributeValue for BodyContent {
    const VALUE: ValueType = ValueType::Any;
    type Now<'x> = Bytes;

    fn parse(text: &str) -> Option<Self> {
        Some(Self(Bytes::copy_from_slice(text.as_bytes())))
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Bytes {
        self.0.clone()
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Bytes, Throw> {
        let Some(object) = value.object() else { return Ok(Bytes::new()) };
        if let Some(bytes) = object.downcast::<dotnet::array::Bytes<'x>>() {
            return Ok(Bytes::copy_from_slice(&bytes.to_vec()));
        }
        let text = match dotnet::types::string::as_string(object) {
            Some(text) => text,
            None => object.to_text(cx)?,
        };
        Ok(Bytes::copy_from_slice(utf8(cx, text).as_bytes()))
    }
}
