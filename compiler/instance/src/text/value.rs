//! The value tree that JSON and YAML files are read into: every value knows the file and the bytes it was written in.
//!
//! Numbers keep the text they were written with and objects keep their order, because an example in a specification
//! becomes the body of a response. Cloning a tree shares it. Not here: the readers (`json`, `yaml`).

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use grammar::source::{Source, Span};

/// How deeply values may nest; deeper text is refused by both readers, so that no walk over a tree can run out of stack.
pub const MAX_DEPTH: usize = 128;

/// From this many members on, an object answers look-ups from an index.
const INDEXED_FROM: usize = 16;

/// A value with the place it was read from.
///
/// Two values are equal when they say the same, wherever they stand. `Debug` shows kinds and places and no content,
/// since the content may be a secret.
#[derive(Clone)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands in its source.
    pub span: Span,
    /// The text it was read from.
    pub source: Source,
}

/// What a value is.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// `null`, or nothing where YAML allows nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as JSON text.
    Number(Arc<str>),
    /// A text.
    String(Arc<str>),
    /// A list.
    Array(Arc<[Node]>),
    /// Members in the order they were written.
    Object(Arc<Object>),
}

/// The members of an object.
pub struct Object {
    members: Box<[Member]>,
    index: OnceLock<HashMap<Arc<str>, usize>>,
}

/// One member of an object.
#[derive(Clone, PartialEq)]
pub struct Member {
    /// Its name.
    pub key: Arc<str>,
    /// Where the name stands, in the source of the value.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Object {
    /// An object of these members; of two with one name the later counts.
    #[must_use]
    pub fn new(members: Vec<Member>) -> Self {
        Self { members: members.into_boxed_slice(), index: OnceLock::new() }
    }

    /// The members in the order they were written.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member called exactly `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Member> {
        if self.members.len() < INDEXED_FROM {
            return self.members.iter().rev().find(|member| &*member.key == key);
        }
        let index = self
            .index
            .get_or_init(|| self.members.iter().enumerate().map(|(at, member)| (member.key.clone(), at)).collect());
        self.members.get(*index.get(key)?)
    }

    /// The member called `key`; where none is, one whose name differs in case only.
    #[must_use]
    pub fn get_ignoring_case(&self, key: &str) -> Option<&Member> {
        self.get(key).or_else(|| self.members.iter().rev().find(|member| member.key.eq_ignore_ascii_case(key)))
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members
    }
}

impl Node {
    /// A value that stands at `span` of `source`.
    #[must_use]
    pub fn new(value: Value, source: &Source, span: Span) -> Self {
        Self { value, span, source: source.clone() }
    }

    /// What kind of value it is, as messages say it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string, number or boolean: what a YAML author meant by an unquoted word.
    ///
    /// A number has the text it was written with: an id `0123` is not 123.
    #[must_use]
    pub fn as_scalar_text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            Value::Number(text) => {
                let written = self.source.slice(self.span);
                let is_same = super::yaml::number(written).is_some_and(|number| number == **text);
                Some(if is_same { written } else { text })
            }
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, if it is a whole one that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.value {
            Value::Number(text) => whole(text),
            _ => None,
        }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The members in order; none if it is no object.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        self.as_object().map_or(&[], Object::members)
    }

    /// The elements; none if it is no array.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The value of the member called exactly `key`, if it is an object that has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        Some(&self.as_object()?.get(key)?.value)
    }

    /// The value that a JSON pointer (`/paths/~1cars/get`) leads to.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        let mut node = self;
        let Some(steps) = pointer.strip_prefix('/') else {
            return pointer.is_empty().then_some(self);
        };
        for step in steps.split('/') {
            let step = step.replace("~1", "/").replace("~0", "~");
            node = match &node.value {
                Value::Object(object) => &object.get(&step)?.value,
                Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// How many values the tree holds, itself included; shared parts count as often as they occur.
    #[must_use]
    pub fn size(&self) -> usize {
        let below: usize = match &self.value {
            Value::Array(items) => items.iter().map(Node::size).fold(0, usize::saturating_add),
            Value::Object(object) => {
                object.members().iter().map(|member| member.value.size()).fold(0, usize::saturating_add)
            }
            _ => 0,
        };
        below.saturating_add(1)
    }

    /// The same tree as if it had been read from `source`, which must be as long as the source it has.
    #[must_use]
    pub fn with_source(&self, source: &Source) -> Self {
        let value = match &self.value {
            Value::Array(items) => Value::Array(items.iter().map(|item| item.with_source(source)).collect()),
            Value::Object(object) => {
                let members = object
                    .members()
                    .iter()
                    .map(|member| Member { value: member.value.with_source(source), ..member.clone() })
                    .collect();
                Value::Object(Arc::new(Object::new(members)))
            }
            scalar => scalar.clone(),
        };
        Self { value, span: self.span, source: source.clone() }
    }

    /// The same tree with its strings changed where `change` gives another text for one.
    pub(crate) fn map_strings(&self, change: &mut dyn FnMut(&str, Span) -> Option<String>) -> Self {
        let value = match &self.value {
            Value::String(text) => {
                change(text, self.span).map_or_else(|| self.value.clone(), |new| Value::String(Arc::from(new)))
            }
            Value::Array(items) => Value::Array(items.iter().map(|item| item.map_strings(change)).collect()),
            Value::Object(object) => {
                let members = object
                    .members()
                    .iter()
                    .map(|member| Member { value: member.value.map_strings(change), ..member.clone() })
                    .collect();
                Value::Object(Arc::new(Object::new(members)))
            }
            scalar => scalar.clone(),
        };
        Self { value, ..self.clone() }
    }

    /// Compact JSON text: members in their order, numbers as they were written.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match &self.value {
            Value::Null => out.push_str("null"),
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::Number(text) => out.push_str(text),
            Value::String(text) => write_json_string(text, out),
            Value::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write_json(out);
                }
                out.push(']');
            }
            Value::Object(object) => {
                out.push('{');
                for (at, member) in object.members().iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    write_json_string(&member.key, out);
                    out.push(':');
                    member.value.write_json(out);
                }
                out.push('}');
            }
        }
    }
}

/// Appends `text` as a JSON string, escaping no more than JSON asks for.
pub fn write_json_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The whole number that a JSON number's text stands for: `3`, `3.0` and `3e2`, if it fits.
fn whole(text: &str) -> Option<i64> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let value: f64 = text.parse().ok()?;
    // Beyond 2^53 a double no longer names one whole number.
    (value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0).then_some(value as i64)
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:?} of {}", self.kind(), self.span, self.source.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_whole_however_they_are_written() {
        let cases = [
            ("3", Some(3)),
            ("3.0", Some(3)),
            ("3e2", Some(300)),
            ("-7", Some(-7)),
            ("9223372036854775807", Some(i64::MAX)),
            ("3.5", None),
            ("1e300", None),
        ];
        for (text, expected) in cases {
            assert_eq!(whole(text), expected, "{text}");
        }
    }
}
