//! URL templates of operations: `/orders/{id}/Items({item})/*?expand={expand}`.
//!
//! Not here: which of several templates a request matches (the gateway), nor where a template's fault is shown.

use std::collections::HashSet;
use std::fmt;

use grammar::source::Span;

use super::table::fold;

/// How many faults of one template are told; those behind follow from those before.
const MAX_FAULTS: usize = 8;

/// The shape of the requests that one operation answers.
///
/// Text between parameters is kept as it was written: not decoded, not lower-cased.
#[derive(Clone, PartialEq, Eq)]
pub struct UrlTemplate {
    text: String,
    /// The path, segment by segment; neither the leading slash nor a trailing one makes a segment.
    pub segments: Vec<Segment>,
    /// Whether the path ends in a slash. The service distinguishes `/a` and `/a/`.
    pub has_trailing_slash: bool,
    /// The `/*` at the end, which matches the rest of the path, slashes included.
    pub wildcard: Option<Wildcard>,
    /// The parts of the query that must be there, in any order.
    pub query: Vec<QueryPart>,
}

/// What stands between two slashes: literal text and parameters in turn. Empty for `//`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Segment(pub Vec<Part>);

/// A piece of a segment or of a query value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself.
    Literal(String),
    /// `{name}`: some text, that appears under this name in `context.Request.MatchedParameters`.
    Parameter(String),
}

/// A trailing `/*`, or `/{*name}` where the rest of the path has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wildcard {
    /// The parameter that holds the rest of the path.
    pub name: Option<String>,
}

/// `name=value` behind the `?` of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPart {
    /// The query parameter.
    pub name: String,
    /// What its value must look like; empty if only the name was given.
    pub value: Vec<Part>,
}

/// What is wrong with a template, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The bytes of the template that show it.
    pub span: Span,
    /// One lower-case clause.
    pub message: String,
}

impl UrlTemplate {
    /// Reads a template. Every text gives one; what cannot be meant is reported beside it and read as literal text.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<TemplateFault>) {
        let mut faults = Vec::new();
        let mut halves = split_outside_braces(text, 0, '?', 2).into_iter();
        let (_, path) = halves.next().unwrap_or((0, ""));
        let mut template = Self {
            text: text.to_owned(),
            segments: Vec::new(),
            has_trailing_slash: path.ends_with('/'),
            wildcard: None,
            query: Vec::new(),
        };
        let inner = path.strip_prefix('/').unwrap_or(path);
        let start = path.len() - inner.len();
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let segments = if inner.is_empty() { Vec::new() } else { split_outside_braces(inner, start, '/', usize::MAX) };
        let count = segments.len();
        for (index, (at, segment)) in segments.into_iter().enumerate() {
            let is_last = index + 1 == count && !template.has_trailing_slash;
            match wildcard(segment) {
                Some(wildcard) if is_last => template.wildcard = Some(wildcard),
                Some(_) => {
                    let message = "`*` matches the rest of the path, so nothing may follow it".to_owned();
                    faults.push(TemplateFault { span: Span::from(at..at + segment.len()), message });
                    template.segments.push(Segment(vec![Part::Literal(segment.to_owned())]));
                }
                None => template.segments.push(Segment(parts(segment, at, &mut faults))),
            }
        }
        if let Some((start, query)) = halves.next() {
            for (at, pair) in split_outside_braces(query, start, '&', usize::MAX) {
                if !pair.is_empty() {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    let value = parts(value, at + name.len() + 1, &mut faults);
                    template.query.push(QueryPart { name: name.to_owned(), value });
                }
            }
        }
        repeated_names(&template, &mut faults);
        faults.truncate(MAX_FAULTS);
        (template, faults)
    }

    /// The template as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of its parameters, in the order of the template.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let path = self.segments.iter().flat_map(|segment| &segment.0);
        let wildcard = self.wildcard.iter().filter_map(|wildcard| wildcard.name.as_deref());
        let query = self.query.iter().flat_map(|part| &part.value);
        path.filter_map(Part::parameter).chain(wildcard).chain(query.filter_map(Part::parameter))
    }

    /// The text that two templates share exactly when no request can tell them apart: literals in lower case, names
    /// of parameters left out, the query in the order of its names.
    #[must_use]
    pub fn shape(&self) -> String {
        let part = |out: &mut String, part: &Part| match part {
            Part::Literal(text) => out.push_str(&fold(text)),
            Part::Parameter(_) => out.push_str("{}"),
        };
        let mut shape = String::new();
        for segment in &self.segments {
            shape.push('/');
            segment.0.iter().for_each(|p| part(&mut shape, p));
        }
        if self.wildcard.is_some() {
            shape.push_str("/*");
        }
        if self.has_trailing_slash {
            shape.push('/');
        }
        let mut query: Vec<String> = self
            .query
            .iter()
            .map(|pair| {
                let mut text = format!("{}=", fold(&pair.name));
                pair.value.iter().for_each(|p| part(&mut text, p));
                text
            })
            .collect();
        query.sort();
        if !query.is_empty() {
            shape.push('?');
            shape.push_str(&query.join("&"));
        }
        shape
    }
}

impl Part {
    fn parameter(&self) -> Option<&str> {
        match self {
            Self::Parameter(name) => Some(name),
            Self::Literal(_) => None,
        }
    }
}

impl fmt::Debug for UrlTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UrlTemplate({:?})", self.text)
    }
}

impl fmt::Display for UrlTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The pieces of `text` between signs that do not stand inside `{…}`, at most `limit` of them, each with its place,
/// counted from `start`. An unclosed brace hides nothing.
fn split_outside_braces(text: &str, start: usize, sign: char, limit: usize) -> Vec<(usize, &str)> {
    let last_close = text.rfind('}').unwrap_or(0);
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        match c {
            '{' => inside = last_close > at,
            '}' => inside = false,
            c if c == sign && !inside && pieces.len() + 1 < limit => {
                pieces.push((start + from, text.get(from..at).unwrap_or("")));
                from = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push((start + from, text.get(from..).unwrap_or("")));
    pieces
}

fn wildcard(segment: &str) -> Option<Wildcard> {
    if segment == "*" {
        return Some(Wildcard { name: None });
    }
    let name = segment.strip_prefix("{*")?.strip_suffix('}')?;
    (!name.is_empty() && !name.contains(['{', '}'])).then(|| Wildcard { name: Some(name.to_owned()) })
}

/// The parts of a segment or value that begins at byte `at` of the template.
fn parts(text: &str, at: usize, faults: &mut Vec<TemplateFault>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut literal = String::new();
    let mut fault = |range: std::ops::Range<usize>, message: &str| {
        let span = Span::from(at + range.start..at + range.end);
        faults.push(TemplateFault { span, message: message.to_owned() });
    };
    let mut from = 0;
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let Some(sign) = rest.find(['{', '}']) else {
            literal.push_str(rest);
            break;
        };
        literal.push_str(rest.get(..sign).unwrap_or(""));
        let open = from + sign;
        from = open + 1;
        let inside = text.get(from..).unwrap_or("");
        if rest.get(sign..).is_some_and(|rest| rest.starts_with('}')) {
            fault(open..open + 1, "`}` closes nothing");
            literal.push('}');
            continue;
        }
        match inside.find(['{', '}']) {
            Some(length) if inside.get(length..).is_some_and(|rest| rest.starts_with('}')) => {
                let name = inside.get(..length).unwrap_or("");
                let range = open..from + length + 1;
                if name.is_empty() {
                    fault(range.clone(), "a parameter needs a name");
                }
                if literal.is_empty() && matches!(parts.last(), Some(Part::Parameter(_))) {
                    fault(range, "two parameters need text between them, or no request tells where one ends");
                }
                if !literal.is_empty() {
                    parts.push(Part::Literal(std::mem::take(&mut literal)));
                }
                parts.push(Part::Parameter(name.to_owned()));
                from += length + 1;
            }
            _ => {
                fault(open..open + 1, "`{` has no `}`");
                literal.push('{');
            }
        }
    }
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    parts
}

fn repeated_names(template: &UrlTemplate, faults: &mut Vec<TemplateFault>) {
    let mut seen: HashSet<String> = HashSet::new();
    for name in template.parameters().filter(|name| !name.is_empty()) {
        if !seen.insert(fold(name)) {
            // The name's last place shows it; names differ in case only, so the text itself is searched.
            let start = template.text.rfind(&format!("{{{name}}}")).unwrap_or(0);
            let span = Span::from(start..start + name.len() + 2);
            faults.push(TemplateFault { span, message: format!("the parameter `{name}` occurs twice") });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn describe(template: &UrlTemplate) -> String {
        let part = |part: &Part| match part {
            Part::Literal(text) => text.clone(),
            Part::Parameter(name) => format!("<{name}>"),
        };
        let mut out: Vec<String> = Vec::new();
        out.extend(template.segments.iter().map(|segment| segment.0.iter().map(part).collect::<Vec<_>>().join("|")));
        out.extend(template.wildcard.iter().map(|w| format!("*{}", w.name.as_deref().unwrap_or(""))));
        if template.has_trailing_slash {
            out.push("(slash)".to_owned());
        }
        out.extend(
            template
                .query
                .iter()
                .map(|q| format!("?{}={}", q.name, q.value.iter().map(part).collect::<Vec<_>>().join("|"))),
        );
        out.join(" ")
    }

    #[test]
    fn templates_are_read_into_segments() {
        let cases = [
            ("", ""),
            ("/", "(slash)"),
            ("/cars", "cars"),
            ("cars/", "cars (slash)"),
            ("/cars/{id}", "cars <id>"),
            ("/Items({id})", "Items(|<id>|)"),
            ("/Items({a},{b})/x", "Items(|<a>|,|<b>|) x"),
            ("/a//b", "a  b"),
            ("/files/*", "files *"),
            ("/files/{*path}", "files *path"),
            ("/*", "*"),
            ("/add?a={a}&b={b}", "add ?a=<a> ?b=<b>"),
            ("/?v=1&w", "(slash) ?v=1 ?w="),
            ("/a/{b/c}/d", "a <b/c> d"),
            ("/a?", "a"),
            ("/x*y", "x*y"),
        ];
        for (text, expected) in cases {
            let (template, faults) = UrlTemplate::parse(text);
            assert_eq!((describe(&template).as_str(), faults), (expected, vec![]), "{text}");
            assert_eq!(template.to_string(), text);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_reported_where_it_stands() {
        let cases = [
            ("/a/{b", "{", "`{` has no `}`"),
            ("/a/b}", "}", "`}` closes nothing"),
            ("/a/{}", "{}", "a parameter needs a name"),
            ("/{a}{b}", "{b}", "two parameters need text between them, or no request tells where one ends"),
            ("/{a}/x/{A}", "{A}", "the parameter `A` occurs twice"),
            ("/{id}?id={id}", "{id}", "the parameter `id` occurs twice"),
            ("/*/x", "*", "`*` matches the rest of the path, so nothing may follow it"),
            ("/a?q={", "{", "`{` has no `}`"),
            ("/{*a}/", "{*a}", "`*` matches the rest of the path, so nothing may follow it"),
        ];
        for (text, shown, message) in cases {
            let (_, faults) = UrlTemplate::parse(text);
            let found: Vec<_> =
                faults.iter().map(|f| (grammar::source::slice(text, f.span), f.message.as_str())).collect();
            assert_eq!(found, [(shown, message)], "{text}");
        }
    }

    #[test]
    fn templates_that_no_request_tells_apart_have_one_shape() {
        let shape = |text: &str| UrlTemplate::parse(text).0.shape();
        assert_eq!(shape("/Cars/{id}?b={x}&a={y}"), shape("/cars/{name}?a={p}&b={q}"));
        assert_ne!(shape("/cars/{id}"), shape("/cars/id"));
        assert_ne!(shape("/cars"), shape("/cars/"));
        assert_ne!(shape("/cars"), shape("/cars/*"));
    }
}
