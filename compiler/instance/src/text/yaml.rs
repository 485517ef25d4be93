//! Reads YAML text into a [`Node`] with places.
//!
//! granit-parser finds the events; this builds the tree by the core schema of YAML 1.2, with the merge key `<<`,
//! and keeps the text of numbers. What an alias repeats is bounded, so a small file cannot become a huge tree.
//! Not here: what the members mean.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use grammar::source::{Source, Span};
use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use super::json::{duplicates, number_length};
use super::value::{MAX_DEPTH, Member, Node, Object, Value};
use super::{Parsed, SyntaxError};

/// How many values the aliases of one file may repeat.
pub const MAX_ALIASED: usize = 1_000_000;

/// Gives the text that stands in place of a scalar, before the scalar's type is decided; `None` to keep it.
pub(crate) type Substitute<'f> = &'f mut dyn FnMut(&str, Span) -> Option<String>;

/// Reads the one document in the whole text of `source`.
pub(crate) fn parse(source: &Source) -> Result<Parsed, SyntaxError> {
    parse_text(source, source.text(), &mut |_, _| None)
}

/// Reads `text`, which stands byte for byte where the text of `source` does, with its scalars changed.
pub(crate) fn parse_text(source: &Source, text: &str, substitute: Substitute) -> Result<Parsed, SyntaxError> {
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder {
        source,
        substitute,
        stack: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        aliased: 0,
        duplicates: Vec::new(),
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|error| scan_error(&error))?;
        let span = span.byte_range().map(Span::from).unwrap_or_default();
        builder.event(event, span)?;
    }
    let root = builder.root.unwrap_or_else(|| Node::new(Value::Null, source, Span::empty(0)));
    Ok(Parsed { root, duplicates: builder.duplicates })
}

fn scan_error(error: &ScanError) -> SyntaxError {
    let at = error.marker().byte_offset().unwrap_or(0);
    SyntaxError { span: Span::from(at..at), message: error.info() }
}

/// A tree with what is needed to bound the trees it becomes part of.
#[derive(Clone)]
struct Sized {
    node: Node,
    count: usize,
    height: usize,
}

struct Builder<'s, 'f> {
    source: &'s Source,
    substitute: Substitute<'f>,
    stack: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<usize, Sized>,
    aliased: usize,
    duplicates: Vec<Span>,
}

/// A collection that is not yet complete.
struct Frame {
    start: u32,
    anchor: usize,
    count: usize,
    height: usize,
    kind: Collection,
}

enum Collection {
    Sequence(Vec<Node>),
    Mapping { members: Vec<Member>, key: Option<Key>, merged: Vec<Node> },
}

struct Key {
    text: Arc<str>,
    span: Span,
    is_merge: bool,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event, span: Span) -> Result<(), SyntaxError> {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                Err(SyntaxError { span, message: "the file holds more than one YAML document".to_owned() })
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_text =
                    style != ScalarStyle::Plain || tag.as_deref().is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                let text = (self.substitute)(&text, span).map_or(text, Cow::Owned);
                if self.awaits_key() {
                    let key = Key { is_merge: !is_text && text == "<<", text: Arc::from(&*text), span };
                    self.anchor(anchor, || Node::new(Value::String(key.text.clone()), self.source, span));
                    self.set_key(key);
                    return Ok(());
                }
                let value = if is_text { Value::String(Arc::from(&*text)) } else { plain(&text) };
                let node = Node::new(value, self.source, span);
                self.complete(Sized { node, count: 1, height: 1 }, anchor)
            }
            Event::SequenceStart(_, anchor, _) => self.open(Collection::Sequence(Vec::new()), anchor, span),
            Event::MappingStart(_, anchor, _) => {
                let kind = Collection::Mapping { members: Vec::new(), key: None, merged: Vec::new() };
                self.open(kind, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => self.alias(id, span),
            _ => Ok(()),
        }
    }

    fn awaits_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { kind: Collection::Mapping { key: None, .. }, .. }))
    }

    fn set_key(&mut self, new: Key) {
        if let Some(Frame { kind: Collection::Mapping { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some(new);
        }
    }

    fn anchor(&mut self, id: usize, node: impl FnOnce() -> Node) {
        if id != 0 {
            let node = node();
            self.anchors.insert(id, Sized { node, count: 1, height: 1 });
        }
    }

    fn open(&mut self, kind: Collection, anchor: usize, span: Span) -> Result<(), SyntaxError> {
        if self.awaits_key() {
            return Err(SyntaxError { span, message: "a key must be a single word or text".to_owned() });
        }
        if self.stack.len() == MAX_DEPTH {
            return Err(too_deep(span));
        }
        self.stack.push(Frame { start: span.start, anchor, count: 1, height: 1, kind });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), SyntaxError> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let value = match frame.kind {
            Collection::Sequence(items) => Value::Array(Arc::from(items)),
            Collection::Mapping { mut members, merged, .. } => {
                duplicates(&members, &mut self.duplicates);
                merge(&mut members, &merged);
                Value::Object(Arc::new(Object::new(members)))
            }
        };
        let node = Node::new(value, self.source, Span::new(frame.start, span.end));
        self.complete(Sized { node, count: frame.count, height: frame.height }, frame.anchor)
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), SyntaxError> {
        let Some(target) = self.anchors.get(&id).cloned() else {
            return Err(SyntaxError { span, message: "the alias stands inside the value it repeats".to_owned() });
        };
        self.aliased = self.aliased.saturating_add(target.count);
        if self.aliased > MAX_ALIASED {
            return Err(SyntaxError { span, message: format!("aliases repeat more than {MAX_ALIASED} values") });
        }
        if self.stack.len() + target.height > MAX_DEPTH {
            return Err(too_deep(span));
        }
        if self.awaits_key() {
            let Some(text) = target.node.as_scalar_text() else {
                return Err(SyntaxError { span, message: "a key must be a single word or text".to_owned() });
            };
            self.set_key(Key { text: Arc::from(text), span, is_merge: false });
            return Ok(());
        }
        self.complete(target, 0)
    }

    fn complete(&mut self, done: Sized, anchor: usize) -> Result<(), SyntaxError> {
        if anchor != 0 {
            self.anchors.insert(anchor, done.clone());
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(done.node);
            return Ok(());
        };
        frame.count = frame.count.saturating_add(done.count);
        frame.height = frame.height.max(done.height + 1);
        match &mut frame.kind {
            Collection::Sequence(items) => items.push(done.node),
            Collection::Mapping { members, key, merged } => {
                if let Some(key) = key.take() {
                    if key.is_merge {
                        merged.push(done.node);
                    } else {
                        members.push(Member { key: key.text, key_span: key.span, value: done.node });
                    }
                }
            }
        }
        Ok(())
    }
}

fn too_deep(span: Span) -> SyntaxError {
    SyntaxError { span, message: format!("values nest deeper than {MAX_DEPTH} levels") }
}

/// Adds what `<<` names and the mapping does not say itself; of several sources the first counts.
fn merge(members: &mut Vec<Member>, merged: &[Node]) {
    if merged.is_empty() {
        return;
    }
    let mut known: std::collections::HashSet<Arc<str>> = members.iter().map(|member| member.key.clone()).collect();
    for source in merged {
        let parts = if source.items().is_empty() { std::slice::from_ref(source) } else { source.items() };
        for member in parts.iter().flat_map(Node::members) {
            if known.insert(member.key.clone()) {
                members.push(member.clone());
            }
        }
    }
}

/// The value of an unquoted word in the core schema of YAML 1.2.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => match number(text) {
            Some(number) => Value::Number(Arc::from(number)),
            None => Value::String(Arc::from(text)),
        },
    }
}

/// The JSON text of a word that the core schema reads as a finite number: itself, where JSON writes it so too.
pub(crate) fn number(text: &str) -> Option<Cow<'_, str>> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) {
        return None;
    }
    if number_length(text) == text.len() {
        return Some(Cow::Borrowed(text));
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let value = u128::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))?;
            return Some(Cow::Owned(value.to_string()));
        }
    }
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = unsigned.split_at(digits(unsigned));
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if !rest.is_empty() {
        let exponent = rest.strip_prefix(['e', 'E'])?;
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if exponent.is_empty() || digits(exponent) != exponent.len() {
            return None;
        }
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if unsigned.contains('.') { "." } else { "" };
    let fraction = if fraction.is_empty() && !point.is_empty() { "0" } else { fraction };
    Some(Cow::Owned(format!("{sign}{whole}{point}{fraction}{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, SyntaxError> {
        parse(&Source::new("t.yaml", text)).map(|parsed| parsed.root)
    }

    #[test]
    fn words_have_the_types_of_the_core_schema() {
        let cases = [
            ("~", "null"),
            ("", "null"),
            ("True", "true"),
            ("yes", "\"yes\""),
            ("'true'", "\"true\""),
            ("!!str 12", "\"12\""),
            ("1.0", "1.0"),
            ("12345678901234567890123", "12345678901234567890123"),
            ("+12", "12"),
            ("007", "7"),
            ("0x1F", "31"),
            ("0o17", "15"),
            (".5", "0.5"),
            ("-1.", "-1.0"),
            ("1.e3", "1.0e3"),
            ("1e3", "1e3"),
            ("00", "0"),
            (".", "\".\""),
            ("-", "[null]"),
            ("1.2.3", "\"1.2.3\""),
            ("2024-01-01", "\"2024-01-01\""),
            (".inf", "\".inf\""),
            ("0x+1", "\"0x+1\""),
            ("1e", "\"1e\""),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).unwrap().to_json(), expected, "{text}");
        }
    }

    #[test]
    fn collections_aliases_and_merges_become_a_tree() {
        let text = "base: &b {x: 1, y: 2}\nmore: &m [1, two]\nall:\n  <<: *b\n  y: 3\n200: *m\nlist:\n- <<: [*b, {z: 4, x: 9}]\n";
        assert_eq!(
            read(text).unwrap().to_json(),
            r#"{"base":{"x":1,"y":2},"more":[1,"two"],"all":{"y":3,"x":1},"200":[1,"two"],"list":[{"x":1,"y":2,"z":4}]}"#
        );
    }

    #[test]
    fn values_and_keys_know_their_places() {
        let node = read("a:\n  bé: [ten, 10]\n").unwrap();
        let item = node.pointer("/a/bé/1").unwrap();
        assert_eq!(item.source.slice(item.span), "10");
        let key = &node.get("a").unwrap().members()[0];
        assert_eq!(node.source.slice(key.key_span), "bé");
    }

    #[test]
    fn faults_are_shown_where_they_are() {
        for (text, line) in [
            ("a: [1, 2\nb: 3\n", 1),
            ("a: 1\n  b: 2\n", 1),
            ("a: *x\n", 0),
            ("? [a]\n: b\n", 0),
            ("a: 1\n---\nb: 2\n", 1),
        ] {
            let source = Source::new("t.yaml", text);
            let error = parse(&source).err().expect("an error");
            assert_eq!(source.line_column(error.span.start).line, line, "{text}: {}", error.message);
        }
    }

    #[test]
    fn a_small_file_cannot_become_a_huge_tree() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let items = vec![format!("*a{}", level - 1); 10].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        assert!(read(&text).unwrap_err().message.contains("aliases repeat"));

        let mut text = String::from("a0: &a0 [x]\n");
        for level in 1..200 {
            text.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
        }
        assert!(read(&text).unwrap_err().message.contains("deeper"));
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&"- ".repeat(100_000)).is_err());
    }

    #[test]
    fn a_repeated_key_is_found() {
        let parsed = parse(&Source::new("t.yaml", "a: 1\nb: 2\na: 3\n")).unwrap();
        assert_eq!(parsed.duplicates, [Span::new(10, 11)]);
        assert_eq!(parsed.root.get("a").and_then(Node::as_i64), Some(3));
    }
}
