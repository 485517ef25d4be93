//! Which operation of an API a request is for: by method and URL template.
//!
//! Segment by segment, literal text goes before text with parameters in it, that before a lone parameter, and that
//! before a wildcard; of templates that are alike, one that asks for more of the query goes first. Literal text is
//! compared without case. A slash at the end counts, but for the root.
//!
//! The templates of an API make one tree. No node of it is visited twice for a request, so that matching takes time
//! linear in the number of templates at worst.

use bundle::manifest::{Operation, Part, QueryPart, Wildcard};

use super::path::decode;
use super::{decode_query, query_pairs};

/// The templates of an API's operations.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    root: Node,
    operations: Vec<Shape>,
}

/// What of an operation's template is not in the tree.
#[derive(Debug)]
struct Shape {
    method: Box<str>,
    /// The names of the parameters in the path, in order; the wildcard's is the last.
    names: Vec<Box<str>>,
    query: Vec<QueryPart>,
    has_wildcard: bool,
}

#[derive(Debug, Default)]
struct Node {
    /// Sorted by their text, which is in lower case and decoded.
    literals: Vec<(Box<str>, Node)>,
    /// Segments of text and parameters, those with most text first.
    mixed: Vec<(Vec<Part>, Node)>,
    parameter: Option<Box<Node>>,
    /// Operations whose template ends here.
    ends: Vec<u32>,
    /// Operations whose template ends here with a slash.
    slash_ends: Vec<u32>,
    /// Operations whose template takes the rest of the path from here.
    wildcards: Vec<u32>,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'p> {
    pub(crate) method: &'p str,
    pub(crate) query: &'p str,
}

/// An operation that a request is for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// The operation's position.
    pub(crate) operation: u32,
    /// The parameters of its template with what stands for them, decoded.
    pub(crate) parameters: Vec<(String, String)>,
}

impl Templates {
    /// The templates of operations, in their order.
    pub(crate) fn new(operations: &[Operation]) -> Self {
        let mut templates = Self::default();
        for (index, operation) in (0..).zip(operations) {
            let template = &operation.template;
            let node = template.segments.iter().fold(&mut templates.root, |node, segment| node.descend(segment));
            match &template.wildcard {
                Some(_) => node.wildcards.push(index),
                None if template.has_trailing_slash && !template.segments.is_empty() => node.slash_ends.push(index),
                None => node.ends.push(index),
            }
            let names = template.segments.iter().flatten().filter_map(parameter_of);
            let wildcard = template.wildcard.as_ref().and_then(|Wildcard { name }| name.as_deref());
            templates.operations.push(Shape {
                method: operation.method.as_str().into(),
                names: names.chain(wildcard).map(Into::into).collect(),
                query: template.query.clone(),
                has_wildcard: template.wildcard.is_some(),
            });
        }
        let asked: Vec<usize> = templates.operations.iter().map(|shape| shape.query.len()).collect();
        templates.root.sort(&|index| asked.get(index as usize).copied().unwrap_or(0));
        templates
    }

    /// The operation for a request to the path behind the API's suffix.
    pub(crate) fn find(&self, path: &str, asked: Asked<'_>) -> Option<Match> {
        let mut values = Vec::new();
        let search = Search { templates: self, asked };
        let operation = search.node(&self.root, path, &mut values, true)?;
        let shape = self.operations.get(operation as usize)?;
        let mut parameters = Vec::new();
        for (name, value) in shape.names.iter().zip(values) {
            parameters.push((String::from(&**name), decode(value).into_owned()));
        }
        if !shape.query.is_empty() {
            match_query(&shape.query, asked.query, Some(&mut parameters));
        }
        Some(Match { operation, parameters })
    }
}

impl Node {
    fn descend(&mut self, segment: &[Part]) -> &mut Self {
        match segment {
            [Part::Parameter(_)] => self.parameter.get_or_insert_default(),
            [] => self.literal(String::new()),
            [Part::Literal(text)] => self.literal(fold(text)),
            mixed => {
                let folded: Vec<Part> = mixed
                    .iter()
                    .map(|part| match part {
                        Part::Literal(text) => Part::Literal(fold(text)),
                        // Templates that differ in the names of their parameters are alike.
                        Part::Parameter(_) => Part::Parameter(String::new()),
                    })
                    .collect();
                let place = self.mixed.iter().position(|(known, _)| *known == folded).unwrap_or_else(|| {
                    let place = self.mixed.partition_point(|(known, _)| text_of(known) >= text_of(&folded));
                    self.mixed.insert(place, (folded, Self::default()));
                    place
                });
                match self.mixed.get_mut(place) {
                    Some((_, node)) => node,
                    None => unreachable!("it was just put there"),
                }
            }
        }
    }

    fn literal(&mut self, text: String) -> &mut Self {
        let place = match self.literals.binary_search_by(|(known, _)| (**known).cmp(&text)) {
            Ok(place) => place,
            Err(place) => {
                self.literals.insert(place, (text.into(), Self::default()));
                place
            }
        };
        match self.literals.get_mut(place) {
            Some((_, node)) => node,
            None => unreachable!("it was just put there"),
        }
    }

    /// Puts operations that ask for more of the query first.
    fn sort(&mut self, asked: &dyn Fn(u32) -> usize) {
        for ends in [&mut self.ends, &mut self.slash_ends, &mut self.wildcards] {
            ends.sort_by_key(|operation| std::cmp::Reverse(asked(*operation)));
        }
        self.literals.iter_mut().for_each(|(_, node)| node.sort(asked));
        self.mixed.iter_mut().for_each(|(_, node)| node.sort(asked));
        if let Some(node) = &mut self.parameter {
            node.sort(asked);
        }
    }
}

struct Search<'s> {
    templates: &'s Templates,
    asked: Asked<'s>,
}

impl<'s> Search<'s> {
    /// The operation for the rest of a path below a node; `values` then has what stands for its parameters.
    fn node(&self, node: &Node, path: &'s str, values: &mut Vec<&'s str>, is_root: bool) -> Option<u32> {
        let found = match path {
            "" => self.end(&node.ends),
            "/" => self.end(if is_root { &node.ends } else { &node.slash_ends }),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        if let Some(rest) = path.strip_prefix('/') {
            let (segment, behind) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if let Some(found) = self.below(node, segment, behind, values) {
                return Some(found);
            }
        }
        if !path.is_empty() && !path.starts_with('/') {
            return None;
        }
        let operation = self.end(&node.wildcards)?;
        let shape = self.templates.operations.get(operation as usize)?;
        if shape.has_wildcard {
            values.push(path.strip_prefix('/').unwrap_or(path));
        }
        Some(operation)
    }

    fn below(&self, node: &Node, segment: &'s str, behind: &'s str, values: &mut Vec<&'s str>) -> Option<u32> {
        if !node.literals.is_empty()
            && let Some(child) = literal_of(node, segment)
            && let Some(found) = self.node(child, behind, values, false)
        {
            return Some(found);
        }
        let before = values.len();
        for (parts, child) in &node.mixed {
            if match_parts(parts, segment, values)
                && let Some(found) = self.node(child, behind, values, false)
            {
                return Some(found);
            }
            values.truncate(before);
        }
        let child = node.parameter.as_deref().filter(|_| !segment.is_empty())?;
        values.push(segment);
        let found = self.node(child, behind, values, false);
        if found.is_none() {
            values.truncate(before);
        }
        found
    }

    /// The first of these operations that the request's method and query fit.
    fn end(&self, operations: &[u32]) -> Option<u32> {
        operations.iter().copied().find(|operation| {
            self.templates.operations.get(*operation as usize).is_some_and(|shape| {
                *shape.method == *self.asked.method
                    && (shape.query.is_empty() || match_query(&shape.query, self.asked.query, None))
            })
        })
    }
}

fn literal_of<'n>(node: &'n Node, segment: &str) -> Option<&'n Node> {
    let place = if segment.is_ascii() && !segment.contains('%') {
        let folded = |known: &str| known.bytes().cmp(segment.bytes().map(|byte| byte.to_ascii_lowercase()));
        node.literals.binary_search_by(|(known, _)| folded(known))
    } else {
        let folded = fold(segment);
        node.literals.binary_search_by(|(known, _)| (**known).cmp(&folded))
    };
    node.literals.get(place.ok()?).map(|(_, child)| child)
}

fn parameter_of(part: &Part) -> Option<&str> {
    match part {
        Part::Parameter(name) => Some(name),
        Part::Literal(_) => None,
    }
}

/// How much text a segment has.
fn text_of(parts: &[Part]) -> usize {
    parts.iter().map(|part| if let Part::Literal(text) = part { text.len() } else { 0 }).sum()
}

/// Text as it is compared: decoded, in lower case.
fn fold(text: &str) -> String {
    decode(text).to_lowercase()
}

/// Whether a segment is made of these parts, whose literals are in lower case. What stands for the parameters, at least
/// a character each, is put behind `values`.
fn match_parts<'s>(parts: &[Part], segment: &'s str, values: &mut Vec<&'s str>) -> bool {
    let mut rest = segment;
    let mut is_open = false;
    let mut parts = parts.iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Parameter(_) if is_open => {
                // Two parameters side by side: the first takes one character.
                let Some(first) = rest.chars().next() else { return false };
                let (value, behind) = rest.split_at(first.len_utf8());
                values.push(value);
                rest = behind;
            }
            Part::Parameter(_) => is_open = true,
            Part::Literal(text) if !is_open => match strip(rest, text) {
                Some(behind) => rest = behind,
                None => return false,
            },
            Part::Literal(text) => {
                let is_last = parts.peek().is_none();
                let Some((value, behind)) = split_at_text(rest, text, is_last) else { return false };
                values.push(value);
                (rest, is_open) = (behind, false);
            }
        }
    }
    if is_open {
        values.push(rest);
        return !rest.is_empty();
    }
    rest.is_empty()
}

fn strip<'s>(text: &'s str, lower: &str) -> Option<&'s str> {
    let (start, behind) = text.split_at_checked(lower.len())?;
    (start.to_lowercase() == lower).then_some(behind)
}

/// What stands before and behind a text; before it is at least a character. With `is_last` nothing may stand behind.
fn split_at_text<'s>(text: &'s str, lower: &str, is_last: bool) -> Option<(&'s str, &'s str)> {
    let mut places = text.char_indices().map(|(at, _)| at).skip(1);
    places.find_map(|at| {
        let (value, rest) = text.split_at_checked(at)?;
        let behind = strip(rest, lower)?;
        (!is_last || behind.is_empty()).then_some((value, behind))
    })
}

/// Whether a query has what a template asks for. What stands for the parameters is put behind `out`.
fn match_query(wanted: &[QueryPart], query: &str, mut out: Option<&mut Vec<(String, String)>>) -> bool {
    wanted.iter().all(|part| {
        let name = decode_query(&part.name);
        let found = query_pairs(query).find_map(|(given, value)| {
            let is_it = decode_query(given).eq_ignore_ascii_case(&name);
            let mut values = Vec::new();
            let value = is_it.then(|| decode_query(value))?;
            let folded: Vec<Part> = part
                .value
                .iter()
                .map(|part| match part {
                    Part::Literal(text) => Part::Literal(decode_query(text).to_lowercase()),
                    parameter @ Part::Parameter(_) => parameter.clone(),
                })
                .collect();
            // A parameter that is there without a value is there.
            let is_alone = matches!(folded.as_slice(), [Part::Parameter(_)]);
            let fits = folded.is_empty() || (is_alone && value.is_empty()) || match_parts(&folded, &value, &mut values);
            fits.then(|| values.into_iter().map(str::to_owned).collect::<Vec<_>>())
        });
        let Some(values) = found else { return false };
        if let Some(out) = &mut out {
            let names = part.value.iter().filter_map(parameter_of).map(str::to_owned);
            out.extend(names.zip(values.into_iter().chain(std::iter::repeat(String::new()))));
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use bundle::manifest::Template;

    use super::*;

    /// An operation as it is written: `GET /a/{b}?c={d}`.
    fn operation(text: &str) -> Operation {
        let (method, url) = text.split_once(' ').unwrap();
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let parts = |text: &str| {
            let mut parts = Vec::new();
            for piece in text.split('{') {
                let (name, literal) = piece.split_once('}').map_or(("", piece), |(name, literal)| (name, literal));
                if !name.is_empty() {
                    parts.push(Part::Parameter(name.to_owned()));
                }
                if !literal.is_empty() {
                    parts.push(Part::Literal(literal.to_owned()));
                }
            }
            parts
        };
        let inner = path.trim_start_matches('/');
        let (inner, wildcard) = match (inner.strip_suffix('*'), inner.strip_suffix("{*rest}")) {
            (Some(inner), _) => (inner.trim_end_matches('/'), Some(Wildcard { name: None })),
            (_, Some(inner)) => (inner.trim_end_matches('/'), Some(Wildcard { name: Some("rest".to_owned()) })),
            _ => (inner, None),
        };
        let has_trailing_slash = wildcard.is_none() && path.ends_with('/');
        let inner = inner.trim_end_matches('/');
        let segments = if inner.is_empty() { Vec::new() } else { inner.split('/').map(parts).collect() };
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            QueryPart { name: name.to_owned(), value: parts(value) }
        };
        let query = query.split('&').filter(|text| !text.is_empty()).map(pair).collect();
        let template = Template { text: url.to_owned(), segments, has_trailing_slash, wildcard, query };
        Operation { id: text.to_owned(), method: method.to_owned(), template, ..Operation::default() }
    }

    #[test]
    fn the_most_literal_template_wins_and_the_method_counts() {
        let operations = [
            "GET /",
            "GET /cars",
            "GET /cars/",
            "POST /cars",
            "GET /cars/{id}",
            "GET /cars/new",
            "PUT /cars/new",
            "DELETE /cars/{id}/parts/{part}",
            "GET /cars/{id}/*",
            "GET /cars/Items({id})",
            "GET /cars/{from}-{to}",
            "GET /search?q={text}",
            "GET /search?q={text}&page={page}",
            "GET /files/{*rest}",
            "PATCH /*",
            "GET /{kind}/latest",
            "GET /a%20b/x",
            "GET /literal?mode=full",
        ];
        let operations = operations.map(operation);
        let templates = Templates::new(&operations);
        let cases: &[(&str, &str, &[&str])] = &[
            ("GET ", "GET /", &[]),
            ("GET /", "GET /", &[]),
            ("GET /cars", "GET /cars", &[]),
            ("GET /CARS", "GET /cars", &[]),
            ("GET /cars/", "GET /cars/", &[]),
            ("POST /cars", "POST /cars", &[]),
            ("POST /cars/", "", &[]),
            ("GET /cars/1", "GET /cars/{id}", &["id=1"]),
            ("GET /cars/a%20b%2F", "GET /cars/{id}", &["id=a b/"]),
            ("GET /cars/new", "GET /cars/new", &[]),
            ("PUT /cars/NEW", "PUT /cars/new", &[]),
            ("DELETE /cars/7/parts/8", "DELETE /cars/{id}/parts/{part}", &["id=7", "part=8"]),
            ("GET /cars/7/parts/8", "GET /cars/{id}/*", &["id=7"]),
            ("GET /cars/7/", "GET /cars/{id}/*", &["id=7"]),
            ("GET /cars/items(5)", "GET /cars/Items({id})", &["id=5"]),
            ("GET /cars/items()", "GET /cars/{id}", &["id=items()"]),
            ("GET /cars/1-2-3", "GET /cars/{from}-{to}", &["from=1", "to=2-3"]),
            ("GET /cars/-2", "GET /cars/{id}", &["id=-2"]),
            ("GET /search?q=a+b%26", "GET /search?q={text}", &["text=a b&"]),
            ("GET /search?page=2&Q=x", "GET /search?q={text}&page={page}", &["text=x", "page=2"]),
            ("GET /search?q=", "GET /search?q={text}", &["text="]),
            ("GET /search", "", &[]),
            ("GET /search/latest", "GET /{kind}/latest", &["kind=search"]),
            ("GET /files/a/b%20c", "GET /files/{*rest}", &["rest=a/b c"]),
            ("GET /files", "GET /files/{*rest}", &["rest="]),
            ("PATCH /any/thing", "PATCH /*", &[]),
            ("PATCH ", "PATCH /*", &[]),
            ("GET /A%20B/x", "GET /a%20b/x", &[]),
            ("GET /literal?mode=FULL", "GET /literal?mode=full", &[]),
            ("GET /literal?mode=half", "", &[]),
            ("GET //latest", "", &[]),
            ("HEAD /cars", "", &[]),
            ("get /cars", "", &[]),
        ];
        for (request, expected, parameters) in cases {
            let (method, url) = request.split_once(' ').unwrap();
            let (path, query) = url.split_once('?').unwrap_or((url, ""));
            let found = templates.find(path, Asked { method, query });
            let id = found.as_ref().map_or("", |found| operations[found.operation as usize].id.as_str());
            assert_eq!(id, *expected, "{request}");
            let found = found.map(|found| found.parameters).unwrap_or_default();
            let shown: Vec<String> = found.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(shown, *parameters, "{request}");
        }
    }

    #[test]
    fn many_templates_that_almost_fit_take_no_time() {
        let depth = 60;
        let all: Vec<String> = (0..depth)
            .map(|at| (0..depth).map(|i| if i == at { "/x".to_owned() } else { "/{p}".to_owned() }).collect())
            .collect();
        let operations: Vec<Operation> =
            all.iter().map(|path: &String| operation(&format!("GET {path}/end"))).collect();
        let templates = Templates::new(&operations);
        let path = "/x".repeat(depth);
        assert_eq!(templates.find(&path, Asked { method: "GET", query: "" }), None);
    }
}
