//! The template of a `<rewrite-uri>`, taken apart once.

use dotnet::cx::Cx;
use dotnet::object::Left;
use dotnet::throw::Throw;

use crate::declaration::ValueType;
use crate::query::{Place, escape, parts};
use crate::value::{AttributeValue, Text};

/// A template: a literal taken apart, or what an expression gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UriTemplate {
    /// The pieces of the path.
    pub path: Vec<Piece>,
    /// The pieces of the query.
    pub query: Vec<Piece>,
    /// The names of the query's parameters, escaped as they are written.
    pub names: Vec<Box<[u8]>>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text, escaped.
    Text(Box<[u8]>),
    /// The value of a parameter; with its slashes if it is written `{*name}`.
    Parameter(Box<str>, bool),
}

impl UriTemplate {
    /// Takes a literal apart.
    #[must_use]
    pub fn parse_literal(text: &str) -> Self {
        let text = text.trim();
        let (path, query) = split(text);
        let names = parts(query.as_bytes()).map(|(name, _)| name.into()).collect();
        Self { path: pieces(path, Place::Path), query: pieces(query, Place::Query), names }
    }

    /// A text without parameters.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let (path, query) = text.trim().split_once('?').unwrap_or((text.trim(), ""));
        let piece = |text: &str, place| {
            let mut out = Vec::new();
            escape(&mut out, text.as_bytes(), place);
            if out.is_empty() { Vec::new() } else { vec![Piece::Text(out.into())] }
        };
        let names = parts(query.as_bytes()).map(|(name, _)| name.into()).collect();
        Self { path: piece(path, Place::Path), query: piece(query, Place::Query), names }
    }
}

/// Path and query of a template: the first question mark that is not in the name of a parameter stands between them.
fn split(text: &str) -> (&str, &str) {
    let mut is_inside = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => is_inside = true,
            b'}' => is_inside = false,
            b'?' if !is_inside => return (text.get(..at).unwrap_or(text), text.get(at + 1..).unwrap_or("")),
            _ => {}
        }
    }
    (text, "")
}

fn pieces(text: &str, place: Place) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut literal = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, behind) = rest.split_at(open);
        let inside = behind.get(1..).unwrap_or("");
        let Some((name, after)) = inside.split_once('}').filter(|(name, _)| !name.contains('{')) else { break };
        escape(&mut literal, before.as_bytes(), place);
        if !literal.is_empty() {
            out.push(Piece::Text(std::mem::take(&mut literal).into()));
        }
        let name = name.trim();
        let (name, is_rest) = name.strip_prefix('*').map_or((name, false), |name| (name, true));
        out.push(Piece::Parameter(name.into(), is_rest));
        rest = after;
    }
    escape(&mut literal, rest.as_bytes(), place);
    if !literal.is_empty() {
        out.push(Piece::Text(literal.into()));
    }
    out
}

/// What a policy gets of its template.
pub enum Given<'x> {
    /// A literal.
    Literal(&'x UriTemplate),
    /// The value of an expression.
    Computed(UriTemplate),
}

impl AttributeValue for UriTemplate {
    const VALUE: ValueType = ValueType::Text;
    type Now<'x> = Given<'x>;

    fn parse(text: &str) -> Option<Self> {
        Some(Self::parse_literal(text))
    }

    fn fixed<'x>(&'x self, _: &mut Cx<'x>) -> Given<'x> {
        Given::Literal(self)
    }

    fn from_left<'x>(cx: &mut Cx<'x>, value: Left<'x>) -> Result<Given<'x>, Throw> {
        Ok(Given::Computed(Self::of_text(Text::from_left(cx, value)?)))
    }
}

impl Given<'_> {
    /// The template.
    #[must_use]
    pub fn template(&self) -> &UriTemplate {
        match self {
            Self::Literal(template) => template,
            Self::Computed(template) => template,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| match piece {
            Piece::Text(text) => String::from_utf8_lossy(text).into_owned(),
            Piece::Parameter(name, is_rest) => format!("<{name}{}>", if *is_rest { "..." } else { "" }),
        };
        pieces.iter().map(one).collect()
    }

    #[test]
    fn templates_are_taken_apart_once() {
        let cases = [
            ("/v2/{id}/Items('{item}')?a={a}&b=c d", "/v2/<id>/Items('<item>')", "a=<a>&b=c%20d"),
            (" /files/{*path} ", "/files/<path...>", ""),
            ("/a{b?c", "/a%7Bb?c", ""),
            ("/a}?x={", "/a%7D", "x=%7B"),
            ("", "", ""),
        ];
        for (text, path, query) in cases {
            let template = UriTemplate::parse_literal(text);
            let path = path.replace('?', "%3F");
            assert_eq!((shown(&template.path), shown(&template.query)), (path, query.to_owned()), "{text}");
        }
        let names = |text: &str| -> Vec<String> {
            let template = UriTemplate::parse_literal(text);
            template.names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
        };
        assert_eq!(names("/x?a={a}&b&c="), ["a", "b", "c"]);
        let computed = UriTemplate::of_text("/a/{b} c?x=1");
        assert_eq!((shown(&computed.path), shown(&computed.query)), ("/a/%7Bb%7D%20c".to_owned(), "x=1".to_owned()));
    }
}
