//! `$ref`: from one place of a document to another, or to a file beside it.
//!
//! Nothing is fetched and no file outside the instance is touched. Not here: reading the files (`read`).

use std::collections::HashMap;
use std::fmt;

use grammar::diagnostic::{Level, Rule};
use grammar::source::Source;

use crate::findings::Findings;
use crate::text::value::Node;

/// How many references may lead on from one to the next.
const MAX_HOPS: usize = 32;

/// A reference to something that is not there.
pub static UNRESOLVED_REFERENCE: Rule = Rule {
    id: "openapi/unresolved-reference",
    level: Level::Error,
    summary: "a `$ref` names something that is not there",
    page: include_str!("../rules/openapi-unresolved-reference.md"),
    aliases: &[],
};

/// A reference to a URL.
pub static REMOTE_REFERENCE: Rule = Rule {
    id: "openapi/remote-reference",
    level: Level::Warning,
    summary: "a `$ref` names a URL, which is not fetched",
    page: include_str!("../rules/openapi-remote-reference.md"),
    aliases: &[],
};

/// A reference to a file outside the instance.
pub static REFERENCE_OUTSIDE: Rule = Rule {
    id: "openapi/reference-outside",
    level: Level::Error,
    summary: "a `$ref` names a file outside the instance, which is not read",
    page: include_str!("../rules/openapi-reference-outside.md"),
    aliases: &[],
};

/// The documents that references of one API may lead to, by the names of their sources.
///
/// Two of them compare equal: they only tell where things are.
#[derive(Clone, Default)]
pub struct References {
    root: String,
    documents: HashMap<String, Node>,
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// To a place of a document: the name of its source, and a JSON pointer.
    Document { name: String, pointer: String },
    /// To a URL.
    Remote,
    /// To a file outside the instance.
    Outside,
}

impl References {
    /// References within the instance whose files' names begin with `root`.
    #[must_use]
    pub fn new(root: &str) -> Self {
        Self { root: root.to_owned(), documents: HashMap::new() }
    }

    /// Adds a document; pointers into the source called `name` begin at it.
    pub fn insert(&mut self, name: &str, document: Node) {
        self.documents.insert(name.to_owned(), document);
    }

    /// Whether the source called `name` is there.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.documents.contains_key(name)
    }

    /// `node`, or what it stands for if it is a `$ref`; `None` where that leads nowhere.
    #[must_use]
    pub fn resolve<'n>(&'n self, node: &'n Node) -> Option<&'n Node> {
        let mut node = node;
        for _ in 0..MAX_HOPS {
            let Some(reference) = node.get("$ref").and_then(Node::as_str) else { return Some(node) };
            node = self.follow(reference, &node.source)?;
        }
        None
    }

    /// What `reference`, written in `from`, names.
    #[must_use]
    pub fn follow(&self, reference: &str, from: &Source) -> Option<&Node> {
        match self.target(reference, from) {
            Target::Document { name, pointer } => self.documents.get(&name)?.pointer(&pointer),
            Target::Remote | Target::Outside => None,
        }
    }

    /// Where `reference`, written in `from`, leads.
    pub(crate) fn target(&self, reference: &str, from: &Source) -> Target {
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        if file.is_empty() {
            return Target::Document { name: from.name().to_owned(), pointer: percent_decode(pointer) };
        }
        let scheme = file.find(':').map(|at| file.split_at(at).0);
        if file.starts_with("//") || scheme.is_some_and(|s| s.len() > 1 && s.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            return Target::Remote;
        }
        match self.beside(&percent_decode(file), from) {
            Some(name) => Target::Document { name, pointer: percent_decode(pointer) },
            None => Target::Outside,
        }
    }

    /// The name of the file that `file`, written in `from`, names; `None` if it lies outside the instance.
    fn beside(&self, file: &str, from: &Source) -> Option<String> {
        if file.starts_with(['/', '\\']) || file.get(1..2) == Some(":") {
            return None;
        }
        let inside = from.name().strip_prefix(&self.root)?;
        let folder = inside.rfind('/').map_or("", |at| inside.split_at(at).0);
        let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
        for segment in file.split(['/', '\\']) {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                name => segments.push(name),
            }
        }
        Some(format!("{}{}", self.root, segments.join("/")))
    }

    /// Reports every reference below `node` that leads nowhere.
    pub(crate) fn check(&self, node: &Node, out: &mut Findings) {
        each_reference(node, &mut |reference| {
            let Some(text) = reference.as_str() else { return };
            match self.target(text, &reference.source) {
                Target::Remote => {
                    out.at(&REMOTE_REFERENCE, reference, format!("`{text}` is a URL, which is not fetched"));
                }
                Target::Outside => {
                    out.at(&REFERENCE_OUTSIDE, reference, format!("`{text}` lies outside the instance"));
                }
                Target::Document { name, pointer } => match self.documents.get(&name) {
                    None => out.at(&UNRESOLVED_REFERENCE, reference, format!("there is no file `{name}`")),
                    // Anchors of JSON Schema are names, not pointers; a document's own are left alone.
                    Some(_) if !pointer.is_empty() && !pointer.starts_with('/') => {}
                    Some(document) => {
                        if document.pointer(&pointer).is_none() {
                            out.at(&UNRESOLVED_REFERENCE, reference, format!("there is no `#{pointer}` in `{name}`"));
                        }
                    }
                },
            }
        });
    }
}

/// Calls `visit` with the value of every `$ref` below `node` that is one: not those in examples and other data.
pub(crate) fn each_reference<'n>(node: &'n Node, visit: &mut impl FnMut(&'n Node)) {
    /// Members that hold data.
    const DATA: [&str; 5] = ["example", "default", "enum", "const", "value"];
    /// Members whose own members have names of the author's choice.
    const NAMES: [&str; 15] = [
        "$defs",
        "callbacks",
        "definitions",
        "examples",
        "headers",
        "links",
        "parameters",
        "pathItems",
        "paths",
        "patternProperties",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
        "securitySchemes",
    ];
    fn walk<'n>(node: &'n Node, has_free_names: bool, visit: &mut impl FnMut(&'n Node)) {
        for item in node.items() {
            walk(item, false, visit);
        }
        for member in node.members() {
            if has_free_names {
                walk(&member.value, false, visit);
            } else if &*member.key == "$ref" {
                if member.value.as_str().is_some() {
                    visit(&member.value);
                }
            } else if !DATA.contains(&&*member.key) {
                walk(&member.value, NAMES.contains(&&*member.key), visit);
            }
        }
    }
    walk(node, false, visit);
}

fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let code = (byte == b'%').then(|| Some((hex(ahead.next()?)? << 4) | hex(ahead.next()?)?)).flatten();
        match code {
            Some(code) => {
                out.push(code);
                bytes = ahead;
            }
            None => out.push(byte),
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

impl PartialEq for References {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for References {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names: Vec<&String> = self.documents.keys().collect();
        names.sort();
        f.debug_list().entries(names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_to_files_of_the_instance_alone() {
        let references = References::new("shop/");
        let from = Source::new("shop/apis/a/specification.yaml", "");
        let document =
            |name: &str, pointer: &str| Target::Document { name: name.to_owned(), pointer: pointer.to_owned() };
        let cases = [
            ("#/a/b", document("shop/apis/a/specification.yaml", "/a/b")),
            ("x.yaml", document("shop/apis/a/x.yaml", "")),
            ("./c/x.yaml#/p", document("shop/apis/a/c/x.yaml", "/p")),
            ("../b/x.yaml#/a%20b", document("shop/apis/b/x.yaml", "/a b")),
            ("../../x%2Eyaml", document("shop/x.yaml", "")),
            ("../../../x.yaml", Target::Outside),
            ("..%2F..%2F..%2Fx.yaml", Target::Outside),
            ("/etc/passwd", Target::Outside),
            ("C:\\x.yaml", Target::Outside),
            ("..\\..\\..\\x.yaml", Target::Outside),
            ("https://example.com/x.yaml#/p", Target::Remote),
            ("file:///etc/passwd", Target::Remote),
            ("//example.com/x", Target::Remote),
        ];
        for (reference, expected) in cases {
            assert_eq!(references.target(reference, &from), expected, "{reference}");
        }
    }
}
