//! Origins: what a browser says of the page that a request comes from, and what policies allow.

use std::borrow::Cow;

use dotnet::cx::Cx;
use dotnet::object::Left;
use dotnet::throw::Throw;

use crate::declaration::ValueType;
use crate::value::{AttributeValue, NameText};

/// An origin as policies write it: normalised, so that it can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginText(Box<str>);

impl OriginText {
    /// Whether it stands for all origins.
    #[must_use]
    pub fn is_any(&self) -> bool {
        &*self.0 == "*"
    }
}

/// The form in which origins are compared: scheme and host in lower case, without the usual port and without a slash at
/// the end.
#[must_use]
pub fn normalised(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let text = text.strip_suffix('/').unwrap_or(text);
    let is_lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_ascii_lowercase()) };
    let usual = match lower.split_once("://") {
        Some(("http", _)) => ":80",
        Some(("https", _)) => ":443",
        _ => return lower,
    };
    match lower.strip_suffix(usual) {
        Some(rest) => Cow::Owned(rest.to_owned()),
        None => lower,
    }
}

/// Whether a browser could send this origin, in its normalised form.
#[cfg(any(test, feature = "check"))]
#[must_use]
pub fn is_origin(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else { return text == "null" };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme && !authority.is_empty() && !authority.contains(['/', '?', '#', '*', '@', ' ', '\\'])
}

impl AttributeValue for OriginText {
    const VALUE: ValueType = ValueType::Name;
    type Now<'x> = Cow<'x, str>;

    fn parse(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self(normalised(text).into()))
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Cow<'x, str> {
        Cow::Borrowed(&self.0)
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Cow<'x, str>, Throw> {
        NameText::from_left(cx, value).map(normalised)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_compared_in_one_form() {
        for (text, expected, is_sound) in [
            ("https://Shop.Example", "https://shop.example", true),
            (" https://shop.example:443/ ", "https://shop.example", true),
            ("http://shop.example:80", "http://shop.example", true),
            ("http://shop.example:443", "http://shop.example:443", true),
            ("http://localhost:3000", "http://localhost:3000", true),
            ("http://[::1]:80", "http://[::1]", true),
            ("null", "null", true),
            ("chrome-extension://abc", "chrome-extension://abc", true),
            ("contoso.com", "contoso.com", false),
            ("https://*.contoso.com", "https://*.contoso.com", false),
            ("https://contoso.com/app", "https://contoso.com/app", false),
        ] {
            let found = normalised(text);
            assert_eq!((found.as_ref(), is_origin(&found)), (expected, is_sound), "{text}");
        }
    }
}
