//! A sample value made from a schema, for responses without an example.
//!
//! What the service makes is not written down anywhere; this makes what its users see in other tools: every property,
//! the example, default or first choice of a schema where it has one, else a plain value of its type and format.
//! Not here: which schema is meant, and how the value becomes a body (`example`).

use std::sync::Arc;

use grammar::source::Span;

use super::operations::schema_type;
use super::references::References;
use crate::text::value::{Member, Node, Object, Value};

/// How deeply a sample nests.
const MAX_DEPTH: usize = 24;
/// How many values a sample holds.
const MAX_VALUES: usize = 10_000;
/// How many elements an array with `minItems` gets.
const MAX_ITEMS: i64 = 4;
/// How long a string with `minLength` gets, in characters.
const MAX_LENGTH: i64 = 4_096;

/// A value that fits `schema`; `None` where there is none that ends, as in a type that needs itself.
#[must_use]
pub fn sample_from_schema(schema: &Node, references: &References) -> Option<Node> {
    Sampler { references, budget: MAX_VALUES, open: Vec::new() }.sample(schema, 0)
}

struct Sampler<'r> {
    references: &'r References,
    budget: usize,
    /// The schemas that a value is being made of: one of them again is a type that holds itself.
    open: Vec<(&'r str, Span)>,
}

impl<'r> Sampler<'r> {
    fn sample(&mut self, schema: &'r Node, depth: usize) -> Option<Node> {
        let target = self.references.resolve(schema)?;
        let identity = (target.source.name(), target.span);
        if depth == MAX_DEPTH || self.open.contains(&identity) {
            return None;
        }
        self.budget = self.budget.checked_sub(1)?;
        self.open.push(identity);
        let sample = self.of_target(target, depth);
        self.open.pop();
        sample
    }

    fn of_target(&mut self, schema: &'r Node, depth: usize) -> Option<Node> {
        if let Some(given) = given(schema) {
            return Some(given.clone());
        }
        let at = |value| Node::new(value, &schema.source, schema.span);
        if let Some(parts) = schema.get("allOf") {
            return self.all_of(schema, parts.items(), depth);
        }
        for key in ["oneOf", "anyOf"] {
            for choice in schema.get(key).map_or(&[][..], Node::items) {
                let is_null = choice.get("type").and_then(Node::as_str) == Some("null");
                if let Some(sample) = (!is_null).then(|| self.sample(choice, depth + 1)).flatten() {
                    return Some(sample);
                }
            }
        }
        let value = match inferred_type(schema).as_deref() {
            Some("object") => return Some(self.object(schema, depth)),
            Some("array") => self.array(schema, depth),
            Some("string") => Value::String(Arc::from(string(schema))),
            Some("integer" | "number") => Value::Number(Arc::from(number(schema))),
            Some("boolean") => Value::Bool(true),
            Some("null") => Value::Null,
            _ => Value::Object(Arc::new(Object::new(Vec::new()))),
        };
        Some(at(value))
    }

    /// The members of all parts together; where a part is no object, the last part.
    fn all_of(&mut self, schema: &'r Node, parts: &'r [Node], depth: usize) -> Option<Node> {
        let mut members: Vec<Member> = Vec::new();
        let mut other = None;
        for part in parts {
            match self.sample(part, depth + 1) {
                Some(sample) if sample.as_object().is_some() => join(&mut members, sample.members()),
                Some(sample) => other = Some(sample),
                None => {}
            }
        }
        if schema.get("properties").is_some() {
            let own = self.object(schema, depth);
            join(&mut members, own.members());
        }
        match other {
            Some(other) if members.is_empty() => Some(other),
            _ => Some(Node::new(Value::Object(Arc::new(Object::new(members))), &schema.source, schema.span)),
        }
    }

    fn object(&mut self, schema: &'r Node, depth: usize) -> Node {
        let mut members = Vec::new();
        for property in schema.get("properties").map_or(&[][..], Node::members) {
            let resolved = self.references.resolve(&property.value);
            let is_write_only = resolved.and_then(|schema| schema.get("writeOnly")).and_then(Node::as_bool);
            if is_write_only == Some(true) {
                continue;
            }
            if let Some(value) = self.sample(&property.value, depth + 1) {
                members.push(Member { value, ..property.clone() });
            }
        }
        let additional = schema.get("additionalProperties").filter(|schema| schema.as_object().is_some());
        if let Some(additional) = additional.filter(|_| members.is_empty())
            && let Some(value) = self.sample(additional, depth + 1)
        {
            members.push(Member { key: Arc::from("additionalProp1"), key_span: additional.span, value });
        }
        Node::new(Value::Object(Arc::new(Object::new(members))), &schema.source, schema.span)
    }

    fn array(&mut self, schema: &'r Node, depth: usize) -> Value {
        let mut items: Vec<Node> = Vec::new();
        for prefix in schema.get("prefixItems").map_or(&[][..], Node::items) {
            items.extend(self.sample(prefix, depth + 1));
        }
        let is_schema = |node: &&Node| node.as_object().is_some();
        if let Some(item) = schema.get("items").filter(is_schema).and_then(|item| self.sample(item, depth + 1)) {
            let wanted = schema.get("minItems").and_then(Node::as_i64).unwrap_or(1).clamp(1, MAX_ITEMS);
            while items.len() < usize::try_from(wanted).unwrap_or(1) {
                items.push(item.clone());
            }
        }
        Value::Array(Arc::from(items))
    }
}

fn join(members: &mut Vec<Member>, more: &[Member]) {
    for member in more {
        match members.iter_mut().find(|known| known.key == member.key) {
            Some(known) => known.value = member.value.clone(),
            None => members.push(member.clone()),
        }
    }
}

/// The value that a schema itself gives.
fn given(schema: &Node) -> Option<&Node> {
    let example =
        schema.get("example").or_else(|| schema.get("examples").and_then(|examples| examples.items().first()));
    let constant = schema.get("default").or_else(|| schema.get("const"));
    example.or(constant).or_else(|| schema.get("enum").and_then(|choices| choices.items().first()))
}

fn inferred_type(schema: &Node) -> Option<String> {
    if let Some(name) = schema.get("type").and_then(schema_type) {
        return Some(name);
    }
    let has = |keys: &[&str]| keys.iter().any(|key| schema.get(key).is_some());
    let name = if has(&["properties", "additionalProperties", "required"]) {
        "object"
    } else if has(&["items", "prefixItems", "minItems", "maxItems"]) {
        "array"
    } else if has(&["pattern", "format", "minLength", "maxLength"]) {
        "string"
    } else if has(&["minimum", "maximum", "multipleOf"]) {
        "number"
    } else {
        return None;
    };
    Some(name.to_owned())
}

fn string(schema: &Node) -> String {
    let format = schema.get("format").and_then(Node::as_str).unwrap_or("");
    let text = match format {
        "date-time" => "2024-01-01T00:00:00Z",
        "date" => "2024-01-01",
        "time" => "00:00:00Z",
        "duration" => "PT1H",
        "uuid" => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "email" | "idn-email" => "user@example.com",
        "uri" | "url" | "iri" => "https://example.com",
        "uri-reference" | "iri-reference" => "/example",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "198.51.100.1",
        "ipv6" => "2001:db8::1",
        "byte" => "c3RyaW5n",
        _ => {
            let bound = |key: &str| schema.get(key).and_then(Node::as_i64).map(|bound| bound.clamp(0, MAX_LENGTH));
            let length = |key: &str| bound(key).and_then(|bound| usize::try_from(bound).ok());
            let plain = "string";
            let count =
                plain.len().max(length("minLength").unwrap_or(0)).min(length("maxLength").unwrap_or(usize::MAX));
            return plain.chars().cycle().take(count).collect();
        }
    };
    text.to_owned()
}

/// The text of 0, or of the bound that keeps 0 out.
fn number(schema: &Node) -> String {
    let bound = |key: &str| match schema.get(key).map(|node| &node.value) {
        Some(Value::Number(text)) => text.parse::<f64>().ok().map(|value| (value, text.to_string())),
        _ => None,
    };
    let is_exclusive = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
    let beyond = |value: f64, step: f64| format!("{}", value + step);
    if let Some((value, _)) = bound("exclusiveMinimum").filter(|(value, _)| *value >= 0.0) {
        return beyond(value, 1.0);
    }
    if let Some((value, _)) = bound("exclusiveMaximum").filter(|(value, _)| *value <= 0.0) {
        return beyond(value, -1.0);
    }
    match (bound("minimum"), bound("maximum")) {
        (Some((value, _)), _) if value >= 0.0 && is_exclusive("exclusiveMinimum") => beyond(value, 1.0),
        (Some((value, text)), _) if value > 0.0 => text,
        (_, Some((value, _))) if value <= 0.0 && is_exclusive("exclusiveMaximum") => beyond(value, -1.0),
        (_, Some((value, text))) if value < 0.0 => text,
        _ => "0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::yaml;
    use grammar::source::Source;

    /// Samples the schema under `s` of a document.
    fn sample(text: &str) -> String {
        let document = yaml::parse(&Source::new("t.yaml", text)).unwrap().root;
        let mut references = References::default();
        references.insert("t.yaml", document.clone());
        sample_from_schema(document.get("s").unwrap(), &references).map_or("-".to_owned(), |node| node.to_json())
    }

    #[test]
    fn samples_fit_their_schemas() {
        let cases = [
            ("s: {type: string}", "\"string\""),
            ("s: {type: string, minLength: 8}", "\"stringst\""),
            ("s: {type: string, maxLength: 3}", "\"str\""),
            ("s: {type: string, format: date}", "\"2024-01-01\""),
            ("s: {type: string, enum: [b, a]}", "\"b\""),
            ("s: {type: integer, default: 1.0}", "1.0"),
            ("s: {type: integer, minimum: 5}", "5"),
            ("s: {type: integer, minimum: 0, exclusiveMinimum: true}", "1"),
            ("s: {type: number, exclusiveMaximum: 0}", "-1"),
            ("s: {type: [\"null\", boolean]}", "true"),
            ("s: {type: \"null\"}", "null"),
            ("s: {}", "{}"),
            ("s: {example: {z: 1, a: 2}}", r#"{"z":1,"a":2}"#),
            ("s: {examples: [x, y]}", "\"x\""),
            ("s: {const: 7}", "7"),
            ("s: {type: array, items: {type: boolean}, minItems: 2}", "[true,true]"),
            ("s: {type: array}", "[]"),
            ("s: {prefixItems: [{type: string}, {type: integer}]}", "[\"string\",0]"),
            (
                "s: {properties: {b: {type: string}, a: {writeOnly: true, type: string}, c: {type: integer}}}",
                r#"{"b":"string","c":0}"#,
            ),
            ("s: {type: object, additionalProperties: {type: integer}}", r#"{"additionalProp1":0}"#),
            ("s: {oneOf: [{type: \"null\"}, {type: integer}]}", "0"),
            (
                "s: {allOf: [{$ref: '#/d'}, {properties: {b: {type: integer}}}], properties: {c: {type: boolean}}}\nd: {properties: {a: {type: string}, b: {type: string}}}",
                r#"{"a":"string","b":0,"c":true}"#,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(sample(text), expected, "{text}");
        }
    }

    #[test]
    fn types_that_hold_themselves_end() {
        let cases = [
            (
                "s: {$ref: '#/n'}\nn: {properties: {name: {type: string}, children: {type: array, items: {$ref: '#/n'}}}}",
                r#"{"name":"string","children":[]}"#,
            ),
            ("s: {$ref: '#/n'}\nn: {properties: {next: {$ref: '#/n'}, v: {type: integer}}}", r#"{"v":0}"#),
            ("s: {$ref: '#/s'}", "-"),
            ("s: {$ref: '#/missing'}", "-"),
            ("s: {allOf: [{$ref: '#/s'}]}", "{}"),
        ];
        for (text, expected) in cases {
            assert_eq!(sample(text), expected, "{text}");
        }
    }

    #[test]
    fn a_fan_of_types_is_bounded() {
        let mut text = String::from("s: {$ref: '#/t0'}\n");
        for level in 0..20 {
            let properties: Vec<String> = (0..10).map(|n| format!("p{n}: {{$ref: '#/t{}'}}", level + 1)).collect();
            text.push_str(&format!("t{level}: {{properties: {{{}}}}}\n", properties.join(", ")));
        }
        text.push_str("t20: {type: string}\n");
        assert!(sample(&text).len() < 1_000_000);
    }
}
