//! Requests and responses as cases write them.
//!
//! ```text
//! GET /orders → 200              a request with the response that it gets
//! Retry-After: 60                headers of that response
//!
//! {"statusCode": 200}            its body
//!
//! POST /orders from 203.0.113.9  a request with headers and body of its own
//! Content-Type: text/plain
//!
//! two wheels
//!
//! → 201 Created                  its response
//!
//! wait 30 s                      time passes
//! ```
//!
//! What a caller sends and gets is written in the same way as what a backend gets and sends: of the one, the request is
//! given and the response expected, of the other the request is expected and the response given.

use std::time::Duration;

use grammar::source::Span;

/// What stands between a request and its response.
const ARROWS: [&str; 2] = ["→", "->"];

/// A line, or several, that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
}

/// What a block says, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Time passes.
    Wait(Duration),
    /// A request and its response.
    Exchange(Box<Exchange>),
}

/// A request and its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Where the line of the request stands.
    pub span: Span,
    /// The method.
    pub method: String,
    /// The URL, or path and query.
    pub target: String,
    /// The address that it comes from.
    pub from: Option<String>,
    /// Headers and body of the request.
    pub request: Content,
    /// What stands behind the arrow, with its place; none if there is no arrow.
    pub outcome: Option<(String, Span)>,
    /// Headers and body of the response.
    pub response: Content,
}

/// Headers and body of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The headers, in order.
    pub headers: Vec<Header>,
    /// The body, without the line break at its end; none if nothing is said of it.
    pub body: Option<(String, Span)>,
}

/// A header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where its line stands.
    pub span: Span,
}

/// Reads a block whose text begins at `at`.
///
/// # Errors
/// The first line that is none of what stands there.
pub fn read(text: &str, at: u32) -> Result<Vec<Item>, Misread> {
    let mut reader = Reader { items: Vec::new(), place: Place::Nowhere };
    let mut start = at;
    for line in text.split_inclusive('\n') {
        let length = u32::try_from(line.len()).unwrap_or(0);
        let shown = line.strip_suffix('\n').unwrap_or(line);
        let shown = shown.strip_suffix('\r').unwrap_or(shown);
        let span = Span::new(start, start + u32::try_from(shown.len()).unwrap_or(0));
        reader.line(shown, span)?;
        start += length;
    }
    reader.end_body();
    Ok(reader.items)
}

/// What the next line belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Nowhere,
    RequestHeaders,
    RequestBody,
    ResponseHeaders,
    ResponseBody,
}

struct Reader {
    items: Vec<Item>,
    place: Place,
}

impl Reader {
    fn line(&mut self, line: &str, span: Span) -> Result<(), Misread> {
        let misread = |message: &str| Misread { span, message: message.to_owned() };
        if let Some(rest) = ARROWS.iter().find_map(|arrow| line.strip_prefix(arrow)) {
            self.end_body();
            let Some(exchange) = self.exchange().filter(|exchange| exchange.outcome.is_none()) else {
                return Err(misread("there is no request before this response"));
            };
            exchange.outcome = Some((rest.trim().to_owned(), behind(span, line, rest)));
            self.place = Place::ResponseHeaders;
            return Ok(());
        }
        if let Some(rest) = line.strip_prefix("wait ") {
            let time =
                duration(rest.trim()).ok_or_else(|| misread("a time is a number and `ms`, `s`, `min` or `h`"))?;
            self.end_body();
            self.items.push(Item::Wait(time));
            self.place = Place::Nowhere;
            return Ok(());
        }
        if let Some(exchange) = start_line(line, span) {
            self.end_body();
            let is_answered = exchange.outcome.is_some();
            self.place = if is_answered { Place::ResponseHeaders } else { Place::RequestHeaders };
            self.items.push(Item::Exchange(Box::new(exchange)));
            return Ok(());
        }
        match self.place {
            Place::Nowhere if line.trim().is_empty() => Ok(()),
            Place::Nowhere => Err(misread("a request is a method and a URL")),
            Place::RequestHeaders | Place::ResponseHeaders if line.trim().is_empty() => {
                self.place = if self.place == Place::RequestHeaders { Place::RequestBody } else { Place::ResponseBody };
                Ok(())
            }
            Place::RequestHeaders | Place::ResponseHeaders => {
                let (name, value) =
                    line.split_once(':').ok_or_else(|| misread("a header is a name, `:` and a value"))?;
                let header = Header { name: name.trim().to_owned(), value: value.trim().to_owned(), span };
                if let Some(content) = self.content() {
                    content.headers.push(header);
                }
                Ok(())
            }
            Place::RequestBody | Place::ResponseBody => {
                if let Some(content) = self.content() {
                    match &mut content.body {
                        None => content.body = Some((line.to_owned(), span)),
                        Some((body, whole)) => {
                            body.push('\n');
                            body.push_str(line);
                            whole.end = span.end;
                        }
                    }
                }
                Ok(())
            }
        }
    }

    fn exchange(&mut self) -> Option<&mut Exchange> {
        match self.items.last_mut() {
            Some(Item::Exchange(exchange)) => Some(exchange),
            _ => None,
        }
    }

    fn content(&mut self) -> Option<&mut Content> {
        let is_request = matches!(self.place, Place::RequestHeaders | Place::RequestBody);
        let exchange = self.exchange()?;
        Some(if is_request { &mut exchange.request } else { &mut exchange.response })
    }

    /// Empty lines behind a body are not part of it.
    fn end_body(&mut self) {
        let Some(content) = self.content() else { return };
        let Some((body, span)) = &mut content.body else { return };
        let trimmed = body.trim_end_matches('\n').len();
        let cut = body.len() - trimmed;
        body.truncate(trimmed);
        span.end = span.end.saturating_sub(u32::try_from(cut).unwrap_or(0)).max(span.start);
        if body.is_empty() {
            content.body = None;
        }
    }
}

/// The request of a line such as `GET /orders from 203.0.113.9 → 200`.
fn start_line(line: &str, span: Span) -> Option<Exchange> {
    let (method, rest) = line.split_once(' ')?;
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    let rest = rest.trim_start();
    let is_target = rest.starts_with(['/', '*']) || rest.starts_with("http://") || rest.starts_with("https://");
    if !is_method || !is_target {
        return None;
    }
    let split = ARROWS.iter().find_map(|arrow| {
        let (before, behind) = rest.split_once(&format!(" {arrow}"))?;
        Some((before, behind))
    });
    let (request, outcome) = match split {
        Some((request, outcome)) => (request, Some((outcome.trim().to_owned(), behind(span, line, outcome)))),
        None => (rest, None),
    };
    let (target, from) = match request.trim().split_once(" from ") {
        Some((target, from)) => (target.trim(), Some(from.trim().to_owned())),
        None => (request.trim(), None),
    };
    if target.contains(' ') {
        return None;
    }
    let (method, target) = (method.to_owned(), target.to_owned());
    let (request, response) = (Content::default(), Content::default());
    Some(Exchange { span, method, target, from, request, outcome, response })
}

/// The place of the end of a line, without the blanks before it; at the arrow if there is nothing behind it.
fn behind(line_span: Span, line: &str, rest: &str) -> Span {
    let start = line.len() - rest.trim_start().len();
    let offset = |bytes: usize| line_span.start + u32::try_from(bytes).unwrap_or(0);
    Span::new(offset(start), offset(line.trim_end().len().max(start)))
}

/// The time of a text such as `30 s`.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let number: u64 = number.parse().ok()?;
    let millis = match unit.trim() {
        "ms" => 1,
        "s" => 1000,
        "min" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    Some(Duration::from_millis(number.checked_mul(millis)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let content = |content: &Content| {
            let headers: Vec<String> =
                content.headers.iter().map(|header| format!("{}={}", header.name, header.value)).collect();
            let body = content.body.as_ref().map(|(body, span)| {
                let start = (span.start - 10) as usize;
                assert_eq!(&text[start..start + body.len()], body, "the place of the body");
                format!(" {body:?}")
            });
            format!("[{}{}]", headers.join(","), body.unwrap_or_default())
        };
        let items = match read(text, 10) {
            Ok(items) => items,
            Err(misread) => return vec![format!("{}: {}", misread.span.start - 10, misread.message)],
        };
        let item = |item: &Item| match item {
            Item::Wait(time) => format!("wait {time:?}"),
            Item::Exchange(exchange) => {
                let outcome = exchange.outcome.as_ref().map(|(outcome, span)| {
                    assert_eq!(&text[(span.start - 10) as usize..(span.end - 10) as usize], outcome);
                    outcome.as_str()
                });
                format!(
                    "{} {} {:?} {} {:?} {}",
                    exchange.method,
                    exchange.target,
                    exchange.from,
                    content(&exchange.request),
                    outcome,
                    content(&exchange.response)
                )
            }
        };
        items.iter().map(item).collect()
    }

    #[test]
    fn both_forms_are_read() {
        let text = "GET /orders → 200\nGET /orders -> 429\nRetry-After: 60\n\n{\n\n}\n\nwait 30 s\nPOST /x?a=1 from 1.2.3.4\nA: b\n\nbody\n\n→ 201 Created\n\nPUT https://a/b\n→\n";
        assert_eq!(
            shown(text),
            [
                "GET /orders None [] Some(\"200\") []",
                "GET /orders None [] Some(\"429\") [Retry-After=60 \"{\\n\\n}\"]",
                "wait 30s",
                "POST /x?a=1 Some(\"1.2.3.4\") [A=b \"body\"] Some(\"201 Created\") []",
                "PUT https://a/b None [] Some(\"\") []",
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        for (text, expected) in [
            ("hello", "0: a request is a method and a URL"),
            ("GET /a\nb", "7: a header is a name, `:` and a value"),
            ("→ 200", "0: there is no request before this response"),
            ("GET /a → 200\n→ 200", "15: there is no request before this response"),
            ("wait a while", "0: a time is a number and `ms`, `s`, `min` or `h`"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
    }

    #[test]
    fn times_have_units() {
        for (text, expected) in [("30 s", Some(30_000)), ("500ms", Some(500)), ("2 min", Some(120_000)), ("5", None)] {
            assert_eq!(duration(text), expected.map(Duration::from_millis), "{text}");
        }
    }
}
