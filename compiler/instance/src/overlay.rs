//! Overlays: `configuration.<environment>.yaml`, which changes resources for one environment.
//!
//! A section names resources of one kind, each entry a resource and the properties that differ; entries nest as
//! resources do. Not here: finding the file (`read`), placeholders (`text::tokens`).

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use grammar::diagnostic::{Level, Rule};
use grammar::source::Span;

use crate::findings::{Findings, Place, WRONG_TYPE};
use crate::members::wrong_type;
use crate::model::definition::Definition;
use crate::model::table::fold;
use crate::text::value::{Member, Node, Object, Value};

/// A placeholder for a variable that is not set.
pub static MISSING_VARIABLE: Rule = Rule {
    id: "overlay/missing-variable",
    level: Level::Error,
    summary: "a placeholder names an environment variable that is not set",
    page: include_str!("rules/overlay-missing-variable.md"),
    aliases: &[],
};

/// An entry for a resource that the instance does not have.
pub static UNMATCHED_NAME: Rule = Rule {
    id: "overlay/unmatched-name",
    level: Level::Warning,
    summary: "an entry of an overlay names a resource that the instance does not have",
    page: include_str!("rules/overlay-unmatched-name.md"),
    aliases: &[],
};

/// A section that means nothing.
pub static UNKNOWN_SECTION: Rule = Rule {
    id: "overlay/unknown-section",
    level: Level::Warning,
    summary: "an overlay has a section that names no kind of resource",
    page: include_str!("rules/overlay-unknown-section.md"),
    aliases: &[],
};

/// The sections of an overlay and of a workspace in it.
const SECTIONS: [&str; 15] = [
    "apis",
    "backends",
    "diagnostics",
    "gateways",
    "groups",
    "loggers",
    "namedValues",
    "policies",
    "policyFragments",
    "products",
    "subscriptions",
    "tags",
    "users",
    "versionSets",
    "workspaces",
];
/// Members at the top that are no sections: whom the publisher talks to, and what it adds to names.
const SETTINGS: [&str; 2] = ["apimServiceName", "environment"];
/// The sections of an entry, by the section it stands in.
const INNER: [(&str, &[&str]); 3] = [
    ("apis", &["diagnostics", "operations", "policies", "releases"]),
    ("operations", &["policies"]),
    ("products", &["policies"]),
];

/// Where the entries of a section stand, by the names in them: the places of the section and of the entry in it.
type Names = HashMap<String, (usize, usize)>;

/// An overlay, or none.
#[derive(Default)]
pub(crate) struct Overlay {
    root: Option<Node>,
    /// The entries that a resource asked for.
    used: RefCell<HashSet<Span>>,
    /// The names in the sections that were looked into.
    names: RefCell<HashMap<(Span, &'static str), Names>>,
}

/// A part of an overlay in which sections stand: the whole, or one entry.
#[derive(Clone, Copy)]
pub(crate) struct Layer<'o> {
    overlay: &'o Overlay,
    node: Option<&'o Node>,
    section: &'static str,
}

impl Overlay {
    pub(crate) fn new(root: Node, out: &mut Findings) -> Self {
        if root.as_object().is_none() && !root.is_null() {
            let message = format!("the overlay is {}, and sections are read", root.kind());
            out.at(&WRONG_TYPE, &root, message);
        }
        check_sections(&root, "workspaces", true, out);
        Self { root: Some(root), ..Self::default() }
    }

    pub(crate) fn layer(&self) -> Layer<'_> {
        Layer { overlay: self, node: self.root.as_ref(), section: "workspaces" }
    }
}

/// Reports sections that mean nothing, and entries that cannot be read.
fn check_sections(node: &Node, section: &'static str, is_root: bool, out: &mut Findings) {
    let inner = inner_sections(section);
    for member in node.members() {
        let Some(known) = inner.iter().find(|known| is_same_word(known, &member.key)) else {
            // An entry may hold its properties without the wrapper, so only the top can have a wrong section.
            if is_root && !SETTINGS.iter().any(|setting| is_same_word(setting, &member.key)) {
                unknown_section(node, member, inner, out);
            }
            continue;
        };
        if !matches!(member.value.value, Value::Array(_) | Value::Null) {
            wrong_type(member, "an array of entries with a `name`", out);
        }
        for entry in member.value.items() {
            if entry_name(entry).is_none() {
                let message = format!("an entry of `{}` needs a `name`", member.key);
                out.at(&WRONG_TYPE, entry, message);
            }
            check_sections(entry, known, false, out);
        }
    }
}

fn unknown_section(node: &Node, member: &Member, inner: &[&'static str], out: &mut Findings) {
    let message = format!("`{}` is no kind of resource", member.key);
    let place = Place::new(&node.source, member.key_span);
    out.missing(&UNKNOWN_SECTION, &place, message, &member.key, inner.iter().copied());
}

fn inner_sections(section: &str) -> &'static [&'static str] {
    match section {
        "workspaces" => &SECTIONS,
        _ => INNER.iter().find(|(outer, _)| *outer == section).map_or(&[], |(_, inner)| *inner),
    }
}

fn entry_name(entry: &Node) -> Option<&str> {
    entry.get("name").and_then(Node::as_scalar_text).map(str::trim).filter(|name| !name.is_empty())
}

/// Whether two words are the same but for case, blanks, hyphens and underscores.
pub(crate) fn is_same_word(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = u8> {
        text.bytes().filter(|b| !matches!(b, b' ' | b'-' | b'_')).map(|b| b.to_ascii_lowercase())
    }
    letters(a).eq(letters(b))
}

impl<'o> Layer<'o> {
    /// The entries of a section, each with the places of the section and of itself in it.
    fn entries<'s>(self, section: &'s str) -> impl Iterator<Item = ((usize, usize), &'o Node)> + use<'s, 'o> {
        let members = self.node.map_or(&[][..], Node::members).iter().enumerate();
        members.filter(move |(_, member)| is_same_word(&member.key, section)).flat_map(|(at, member)| {
            member.value.items().iter().enumerate().map(move |(item, entry)| ((at, item), entry))
        })
    }

    /// The entry of `section` for the resource called `name`; an empty layer if there is none.
    pub(crate) fn entry(self, section: &'static str, name: &str) -> Layer<'o> {
        let node = self.node.and_then(|node| {
            let mut names = self.overlay.names.borrow_mut();
            let names = names.entry((node.span, section)).or_insert_with(|| {
                let mut names = HashMap::new();
                for (at, entry) in self.entries(section) {
                    if let Some(name) = entry_name(entry) {
                        names.entry(fold(name)).or_insert(at);
                    }
                }
                names
            });
            let (member, item) = *names.get(&fold(name))?;
            node.members().get(member)?.value.items().get(item)
        });
        if let Some(node) = node {
            self.overlay.used.borrow_mut().insert(node.span);
        }
        Layer { overlay: self.overlay, node, section }
    }

    /// Whether the overlay says anything here.
    pub(crate) fn is_empty(self) -> bool {
        self.node.is_none()
    }

    /// The names in `section` that no resource asked for, each with its place.
    pub(crate) fn unused(self, section: &str) -> Vec<(&'o str, Place)> {
        if self.node.is_none() {
            return Vec::new();
        }
        let used = self.overlay.used.borrow();
        self.entries(section)
            .filter(|(_, entry)| !used.contains(&entry.span))
            .filter_map(|(_, entry)| Some((entry_name(entry)?, Place::from(entry.get("name")?))))
            .collect()
    }

    /// The properties of this entry: those under `properties`, or all that name neither it nor a section.
    pub(crate) fn properties(self) -> Option<Node> {
        let node = self.node?;
        let object = node.as_object()?;
        if let Some(wrapped) = object.get_ignoring_case("properties") {
            return wrapped.value.as_object().map(|_| wrapped.value.clone());
        }
        let is_own = |member: &&Member| {
            &*member.key != "name" && !inner_sections(self.section).iter().any(|s| is_same_word(s, &member.key))
        };
        let members: Vec<Member> = object.members().iter().filter(is_own).cloned().collect();
        let value = Value::Object(Arc::new(Object::new(members)));
        Some(Node::new(value, &node.source, node.span))
    }

    /// The definition `file` with this entry merged in: objects member by member, everything else replaced.
    pub(crate) fn merge_into(self, file: Option<Node>) -> Option<Definition> {
        let Some(properties) = self.properties() else { return file.map(Definition::new) };
        let Some(file) = file else {
            let wrapper = Member { key: Arc::from("properties"), key_span: properties.span, value: properties.clone() };
            let value = Value::Object(Arc::new(Object::new(vec![wrapper])));
            return Some(Definition::new(Node::new(value, &properties.source, properties.span)));
        };
        let wrapper = file.as_object().and_then(|object| object.get_ignoring_case("properties"));
        let merged = match wrapper {
            Some(wrapper) => {
                let merged = merge(&wrapper.value, &properties);
                let replaced = file.members().iter().map(|member| {
                    let value = if member.key == wrapper.key { merged.clone() } else { member.value.clone() };
                    Member { value, ..member.clone() }
                });
                let value = Value::Object(Arc::new(Object::new(replaced.collect())));
                Node { value, ..file.clone() }
            }
            None => merge(&file, &properties),
        };
        Some(Definition::new(merged))
    }
}

fn merge(base: &Node, over: &Node) -> Node {
    let (Some(_), Some(_)) = (base.as_object(), over.as_object()) else { return over.clone() };
    let mut members = base.members().to_vec();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        // Of members that differ in case only the last counts, as it does where members are read.
        places.insert(member.key.to_ascii_lowercase(), at);
    }
    for new in over.members() {
        match places.get(&new.key.to_ascii_lowercase()).and_then(|at| members.get_mut(*at)) {
            Some(member) if member.value.as_object().is_some() && new.value.as_object().is_some() => {
                member.value = merge(&member.value, &new.value);
            }
            Some(member) => *member = new.clone(),
            None => {
                places.insert(new.key.to_ascii_lowercase(), members.len());
                members.push(new.clone());
            }
        }
    }
    Node { value: Value::Object(Arc::new(Object::new(members))), ..base.clone() }
}
