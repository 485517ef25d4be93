//! The body of a mocked response: the example of a description, else a sample of its schema.
//!
//! Not here: the policy that asks for it (`mock-response`).

use super::references::References;
use super::sample::sample_from_schema;
use crate::resources::operation::{Operation, Representation, media_type};
use crate::text::value::{Node, Value, write_json_string};

/// A response made from the description of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mock {
    /// The media type of the representation that was chosen, or the one that was asked for.
    pub content_type: Option<String>,
    /// The body; empty where the description has neither an example nor a schema.
    pub body: String,
}

/// The response that `operation` describes for `status` in the form `content_type`.
///
/// Without a content type the first representation counts. `index` chooses among several examples and counts from 0;
/// where there are fewer, the first is taken. A status or content type that is not described gives an empty body.
#[must_use]
pub fn example_for(
    operation: &Operation,
    references: &References,
    status: u16,
    content_type: Option<&str>,
    index: Option<usize>,
) -> Mock {
    let representations = operation.response(status).map_or(&[][..], |response| &response.representations);
    let chosen = match content_type {
        Some(wanted) => representations.iter().find(|representation| serves(&representation.content_type, wanted)),
        None => representations.first(),
    };
    let asked = content_type.map(str::to_owned);
    let Some(chosen) = chosen else { return Mock { content_type: asked, body: String::new() } };
    let own = (!chosen.content_type.is_empty()).then(|| chosen.content_type.clone());
    let content_type = asked.or(own);
    let media = media_type(content_type.as_deref().unwrap_or("application/json"));
    Mock { body: body(chosen, &media, references, index).unwrap_or_default(), content_type }
}

/// The body that one form of a response gives by itself, as its own content type asks; `index` as for [`example_for`].
#[must_use]
pub fn example_of(representation: &Representation, references: &References, index: usize) -> String {
    let own = representation.content_type.as_str();
    let media = media_type(if own.is_empty() { "application/json" } else { own });
    body(representation, &media, references, Some(index)).unwrap_or_default()
}

/// Whether a representation of type `offered` is what `wanted` asks for; `application/*` and `*/*` offer many.
fn serves(offered: &str, wanted: &str) -> bool {
    let (offered, wanted) = (media_type(offered), media_type(wanted));
    offered == wanted
        || offered == "*/*"
        || offered.strip_suffix('*').is_some_and(|prefix| prefix.ends_with('/') && wanted.starts_with(prefix))
}

fn body(representation: &Representation, media: &str, references: &References, index: Option<usize>) -> Option<String> {
    let examples = &representation.examples;
    let example = index.and_then(|index| examples.get(index)).or_else(|| examples.first());
    let schema = representation.schema.as_ref();
    let sample;
    let value = match example {
        Some(example) => &example.value,
        None => {
            sample = sample_from_schema(schema?, references)?;
            &sample
        }
    };
    Some(match &value.value {
        Value::String(text) if is_json(media) && !is_json_text(text) => {
            let mut out = String::new();
            write_json_string(text, &mut out);
            out
        }
        Value::String(text) => text.to_string(),
        _ if is_xml(media) => xml(value, schema, references),
        _ => value.to_json(),
    })
}

fn is_json(media: &str) -> bool {
    media == "application/json" || media == "text/json" || media.ends_with("+json") || media == "*/*"
}

fn is_xml(media: &str) -> bool {
    media == "application/xml" || media == "text/xml" || media.ends_with("+xml")
}

/// Whether an example that is written as a string holds JSON: many authors quote a whole body.
fn is_json_text(text: &str) -> bool {
    let source = grammar::source::Source::new("", text);
    matches!(text.trim_start().as_bytes().first(), Some(b'{' | b'[')) && crate::text::json::parse(&source).is_ok()
}

/// A value as XML, with the names and attributes that the `xml` members of its schema ask for.
fn xml(value: &Node, schema: Option<&Node>, references: &References) -> String {
    let component = schema
        .and_then(|schema| schema.get("$ref"))
        .and_then(Node::as_str)
        .and_then(|reference| reference.rsplit('/').next());
    let resolved = schema.and_then(|schema| references.resolve(schema));
    let name = xml_hint(resolved, "name").and_then(Node::as_str).or(component).unwrap_or("root");
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    Xml { references, out: &mut out }.element(name, value, resolved);
    out
}

fn xml_hint<'n>(schema: Option<&'n Node>, key: &str) -> Option<&'n Node> {
    schema?.get("xml")?.get(key)
}

struct Xml<'x> {
    references: &'x References,
    out: &'x mut String,
}

impl Xml<'_> {
    fn schema_of<'n>(&'n self, schema: Option<&'n Node>, key: &str) -> Option<&'n Node> {
        let own = schema?.get("properties").and_then(|properties| properties.get(key));
        let inherited = || {
            let parts = schema?.get("allOf")?.items().iter();
            parts.filter_map(|part| self.references.resolve(part)).find_map(|part| part.get("properties")?.get(key))
        };
        self.references.resolve(own.or_else(inherited)?)
    }

    fn element(&mut self, name: &str, value: &Node, schema: Option<&Node>) {
        let name = xml_name(name);
        let references = self.references;
        let mut content = String::new();
        let mut attributes = String::new();
        for member in value.members() {
            let property = Xml { references, out: &mut content }.schema_of(schema, &member.key).cloned();
            let property = property.as_ref();
            let hint = |key: &str| xml_hint(property, key);
            let name = hint("name").and_then(Node::as_str).unwrap_or(&member.key).to_owned();
            if hint("attribute").and_then(Node::as_bool) == Some(true) {
                attributes.push_str(&format!(" {}=\"", xml_name(&name)));
                escape(member.value.as_scalar_text().unwrap_or(""), &mut attributes);
                attributes.push('"');
                continue;
            }
            Xml { references, out: &mut content }.member(&name, &member.value, property);
        }
        if value.members().is_empty() {
            for item in value.items() {
                Xml { references, out: &mut content }.element("item", item, None);
            }
            escape(value.as_scalar_text().unwrap_or(""), &mut content);
        }
        if content.is_empty() {
            self.out.push_str(&format!("<{name}{attributes} />"));
        } else {
            self.out.push_str(&format!("<{name}{attributes}>{content}</{name}>"));
        }
    }

    /// A member of an object: an array becomes one element for each of its items.
    fn member(&mut self, name: &str, value: &Node, schema: Option<&Node>) {
        if !matches!(value.value, Value::Array(_)) {
            return self.element(name, value, schema);
        }
        let items = schema.and_then(|schema| schema.get("items")).and_then(|items| self.references.resolve(items));
        let items = items.cloned();
        let item_name = xml_hint(items.as_ref(), "name").and_then(Node::as_str).unwrap_or(name).to_owned();
        let is_wrapped = xml_hint(schema, "wrapped").and_then(Node::as_bool) == Some(true);
        let name = xml_name(name);
        if is_wrapped {
            self.out.push_str(&format!("<{name}>"));
        }
        for item in value.items() {
            self.element(&item_name, item, items.as_ref());
        }
        if is_wrapped {
            self.out.push_str(&format!("</{name}>"));
        }
    }
}

/// `name` with every character replaced that no XML name holds.
fn xml_name(name: &str) -> String {
    let mut out: String =
        name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':') { c } else { '_' }).collect();
    if !out.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        out.insert(0, '_');
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c < ' ' && !matches!(c, '\t' | '\n' | '\r') => {}
            c => out.push(c),
        }
    }
}
