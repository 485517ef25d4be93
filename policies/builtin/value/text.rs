//! Attributes that are texts: names, references, and texts of a form.

use dotnet::context::facts::UrlParts;
use dotnet::cx::Cx;
use dotnet::object::Left;
use dotnet::throw::Throw;

use super::{AttributeValue, text_of, unusable, utf8};
use crate::declaration::ValueType;

/// Any text; null is the empty text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(pub Box<str>);

impl AttributeValue for Text {
    const VALUE: ValueType = ValueType::Text;
    type Now<'x> = &'x str;

    fn parse(text: &str) -> Option<Self> {
        Some(Self(text.into()))
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> &'x str {
        &self.0
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<&'x str, Throw> {
        Ok(text_of(value).map_or("", |text| utf8(cx, text)))
    }
}

/// Any text, a literal without the blanks around it; an expression's null is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NullableText(Box<str>);

impl AttributeValue for NullableText {
    const VALUE: ValueType = ValueType::Text;
    type Now<'x> = Option<&'x str>;

    fn parse(text: &str) -> Option<Self> {
        Some(Self(text.trim().into()))
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Option<&'x str> {
        Some(&self.0)
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Option<&'x str>, Throw> {
        Ok(text_of(value).map(|text| utf8(cx, text)))
    }
}

/// Text that is not empty: a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameText(pub Box<str>);

impl AttributeValue for NameText {
    const VALUE: ValueType = ValueType::Name;
    type Now<'x> = &'x str;

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.into()))
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> &'x str {
        &self.0
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<&'x str, Throw> {
        let text = text_of(value).map_or("", |text| utf8(cx, text));
        if text.is_empty() { Err(unusable(cx, "a name", text)) } else { Ok(text) }
    }
}

macro_rules! references {
    ($($(#[doc = $docs:literal])+ $name:ident, $kind:ident;)*) => {$(
        $(#[doc = $docs])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub Box<str>);

        impl AttributeValue for $name {
            const VALUE: ValueType = ValueType::Reference(crate::declaration::Reference::$kind);
            type Now<'x> = &'x str;

            fn parse(text: &str) -> Option<Self> {
                NameText::parse(text).map(|name| Self(name.0))
            }

            fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> &'x str {
                &self.0
            }

            fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<&'x str, Throw> {
                NameText::from_left(cx, value)
            }
        }
    )*};
}

references! {
    /// The name of a fragment.
    FragmentName, Fragment;
    /// The id of a backend.
    BackendId, Backend;
}

crate::forms! {
    /// An absolute URL of HTTP.
    UrlText, "an absolute URL", |text| UrlParts::parse(text).is_some_and(|url| !url.host.is_empty());
    /// The name of a method of HTTP.
    MethodName, "a method of HTTP", crate::declaration::is_token;
    /// One character.
    Character, "one character", |text| text.chars().count() == 1;
    /// A number from 0 to 1.
    Fraction, "a number from 0 to 1", |text| text.parse::<f64>().is_ok_and(|number| (0.0..=1.0).contains(&number));
    /// A GUID.
    GuidText, "a GUID", |text| dotnet::format::Guid::parse(text.as_bytes()).is_ok();
    /// A time as `TimeSpan` writes it.
    TimeText, "a time such as `00:10:00`", is_time;
    /// A moment in UTC as ISO 8601 writes it.
    MomentText, "a moment such as `2026-01-31T00:00:00Z`", is_moment;
}

/// Whether a text is a time in the form `[d.]hh:mm[:ss[.fffffff]]`.
fn is_time(text: &str) -> bool {
    let (days, time) = text.split_once('.').filter(|(days, _)| !days.contains(':')).unwrap_or(("0", text));
    let parts: Vec<&str> = time.splitn(3, ':').collect();
    let number = |text: &str, below: u32| text.len() <= 2 && text.parse::<u32>().is_ok_and(|number| number < below);
    let seconds = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        number(whole, 60) && (1..=7).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit())
    };
    let clock = match parts.as_slice() {
        [hours, minutes] => number(hours, 24) && number(minutes, 60),
        [hours, minutes, rest] => number(hours, 24) && number(minutes, 60) && seconds(rest),
        _ => false,
    };
    clock && days.parse::<u32>().is_ok()
}

/// Whether a text is a moment in the form `yyyy-MM-ddTHH:mm:ssZ`.
fn is_moment(text: &str) -> bool {
    let pattern = b"dddd-dd-ddTdd:dd:ddZ";
    text.len() == pattern.len()
        && text
            .bytes()
            .zip(pattern)
            .all(|(byte, form)| if *form == b'd' { byte.is_ascii_digit() } else { byte == *form })
}
