//! Hides secrets in the text of files, so that no message that quotes a line can show one.
//!
//! Every secret is overwritten by signs of the same length: places stay true. The values themselves stay in the tree.

use grammar::source::{Source, Span};

use crate::overlay::is_same_word;
use crate::text::value::{Node, Value};

/// Members whose whole content is secret, in whatever file that can hold secrets.
const SECRET_MEMBERS: [&str; 6] =
    ["credentials", "password", "primaryKey", "secondaryKey", "clientSecret", "instrumentationKey"];

/// The same tree, over a text without the secrets of it.
pub(crate) fn redact(root: &Node) -> Node {
    let mut spans = Vec::new();
    find(root, false, &mut spans);
    overwrite(root, &spans)
}

/// The same for an overlay, where the text of a named value is secret unless the entry says that it is not: an overlay
/// need not repeat that what it replaces is secret.
pub(crate) fn redact_overlay(root: &Node) -> Node {
    let mut spans = Vec::new();
    find(root, false, &mut spans);
    named_values(root, &mut spans);
    overwrite(root, &spans)
}

fn overwrite(root: &Node, spans: &[Span]) -> Node {
    if spans.is_empty() {
        return root.clone();
    }
    let mut text = root.source.text().as_bytes().to_vec();
    for span in spans {
        for byte in text.get_mut(span.start as usize..span.end as usize).unwrap_or_default() {
            if !matches!(byte, b'\n' | b'\r' | b'"' | b'\'') {
                *byte = b'*';
            }
        }
    }
    // Whole characters were overwritten, so the text is UTF-8 as it was.
    let text = String::from_utf8(text).unwrap_or_default();
    root.with_source(&Source::new(root.source.name(), text))
}

fn find(node: &Node, is_secret: bool, spans: &mut Vec<Span>) {
    match &node.value {
        Value::Object(object) => {
            let secret_flag = object.get_ignoring_case("secret").map(|member| member.value.as_bool());
            for member in object.members() {
                let is = |name: &str| member.key.eq_ignore_ascii_case(name);
                // A named value's text is secret where the file says so, or says something that is no clear `false`.
                let is_value = is("value") && secret_flag.is_some_and(|flag| flag != Some(false));
                let is_member = SECRET_MEMBERS.iter().any(|name| is(name));
                find(&member.value, is_secret && !is("scheme") || is_value || is_member, spans);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| find(item, is_secret, spans)),
        Value::String(_) | Value::Number(_) if is_secret && !is_placeholder(node) => spans.push(node.span),
        _ => {}
    }
}

fn named_values(root: &Node, spans: &mut Vec<Span>) {
    for section in root.members() {
        if is_same_word(&section.key, "workspaces") {
            section.value.items().iter().for_each(|workspace| named_values(workspace, spans));
        }
        if is_same_word(&section.key, "namedValues") {
            for entry in section.value.items() {
                let properties = entry.get("properties").unwrap_or(entry);
                let is_open = properties.get("secret").and_then(Node::as_bool) == Some(false);
                if let Some(value) = properties.get("value").filter(|_| !is_open) {
                    find(value, true, spans);
                }
            }
        }
    }
}

/// Whether what was written is nothing but the name of something: `{{named-value}}`, `{#VARIABLE#}`.
fn is_placeholder(node: &Node) -> bool {
    let written = node.source.slice(node.span).trim_matches(['"', '\'', ' ']);
    let named = [("{{", "}}"), ("{#", "#}")].iter().find_map(|(open, close)| {
        let inner = written.strip_prefix(open)?;
        inner.strip_suffix(close)
    });
    named.is_some_and(|name| !name.contains(['{', '}']))
}

/// The text of a file that could not be read, with everything hidden that may be a secret: what follows the first
/// colon of a line, and lines without one.
pub(crate) fn redact_broken(source: &Source) -> Source {
    let mut text = String::with_capacity(source.text().len());
    for line in source.text().split_inclusive('\n') {
        let (name, value) = line.split_at(line.find(':').map_or(0, |at| at + 1));
        text.push_str(name);
        for c in value.chars() {
            if c.is_alphanumeric() {
                text.extend(std::iter::repeat_n('*', c.len_utf8()));
            } else {
                text.push(c);
            }
        }
    }
    Source::new(source.name(), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::yaml;

    #[test]
    fn secrets_are_overwritten_where_they_stand() {
        let cases = [
            ("secret: true\nvalue: hunter2\n", "secret: true\nvalue: *******\n"),
            ("secret: false\nvalue: hunter2\n", "secret: false\nvalue: hunter2\n"),
            ("secret: maybe\nvalue: 'hé'\n", "secret: maybe\nvalue: '***'\n"),
            ("value: hunter2\n", "value: hunter2\n"),
            ("primaryKey: 123\nname: a\n", "primaryKey: ***\nname: a\n"),
            (
                "credentials: {header: {k: [a, '{{b}}']}, authorization: {scheme: Basic, parameter: x}}\n",
                "credentials: {header: {k: [*, '{{b}}']}, authorization: {scheme: Basic, parameter: *}}\n",
            ),
            ("primaryKey: '{#[KEY]#}'\n", "primaryKey: '{#[KEY]#}'\n"),
        ];
        for (text, expected) in cases {
            let root = yaml::parse(&Source::new("t", text)).unwrap().root;
            assert_eq!(redact(&root).source.text(), expected);
        }
    }

    #[test]
    fn an_overlay_hides_the_texts_of_named_values() {
        let text = "namedValues:\n- {name: a, properties: {value: xx}}\n- {name: b, secret: false, value: yy}\nworkspaces:\n- {name: w, namedValues: [{name: c, value: zz}]}\n";
        let root = yaml::parse(&Source::new("t", text)).unwrap().root;
        assert_eq!(redact_overlay(&root).source.text(), text.replace("xx", "**").replace("zz", "**"));
    }

    #[test]
    fn a_broken_file_shows_its_names_alone() {
        let source = Source::new("t", "{\n  \"value\": \"hunté2\"\n  \"more\"\n");
        assert_eq!(redact_broken(&source).text(), "{\n  \"value\": \"*******\"\n  \"****\"\n");
    }
}
