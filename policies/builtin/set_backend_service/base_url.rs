//! The URL of a backend, taken apart once.

use dotnet::context::facts::UrlParts;
use dotnet::cx::Cx;
use dotnet::object::Left;
use dotnet::throw::Throw;

use crate::declaration::ValueType;
use crate::value::{AttributeValue, Text, UrlText, unusable};

/// The URL of a backend: absolute, of HTTP or WebSocket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(UrlParts);

/// What a policy gets of it.
pub enum Given<'x> {
    /// A literal.
    Literal(&'x UrlParts),
    /// The value of an expression.
    Computed(UrlParts),
}

fn parse(text: &str) -> Option<UrlParts> {
    UrlParts::parse(text).filter(|url| !url.host.is_empty())
}

impl AttributeValue for BaseUrl {
    const VALUE: ValueType = UrlText::VALUE;
    type Now<'x> = Given<'x>;

    fn parse(text: &str) -> Option<Self> {
        parse(text).map(Self)
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Given<'x> {
        Given::Literal(&self.0)
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Given<'x>, Throw> {
        let text = Text::from_left(cx, value)?;
        parse(text).map(Given::Computed).ok_or_else(|| unusable(cx, "an absolute URL", text))
    }
}
