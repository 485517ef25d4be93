//! Reads the known members of an object as values of their types.
//!
//! Members are found without regard to case, as the service finds them. A missing member and a `null` are the same; a
//! value of another type is reported and counts as missing. Not here: which members a resource has (`resources`).

use std::time::Duration;

use grammar::diagnostic::Rule;

use crate::findings::{BAD_DURATION, Findings, Place, UNKNOWN_VALUE, WRONG_TYPE};
use crate::model::duration::parse_duration;
use crate::model::secret::Secret;
use crate::text::value::{Member, Node, Value};

/// One object whose members are being read.
#[derive(Clone, Copy)]
pub(crate) struct Members<'n> {
    node: Option<&'n Node>,
}

impl<'n> Members<'n> {
    /// The members of `node`; none if it is `None` or no object.
    pub(crate) fn of(node: Option<&'n Node>) -> Self {
        Self { node }
    }

    pub(crate) fn node(self) -> Option<&'n Node> {
        self.node
    }

    fn member(self, key: &str) -> Option<&'n Member> {
        self.node?.as_object()?.get_ignoring_case(key).filter(|member| !member.value.is_null())
    }

    /// The value of `key`, whatever its type.
    pub(crate) fn any(self, key: &str) -> Option<&'n Node> {
        self.member(key).map(|member| &member.value)
    }

    /// The text of `key`.
    pub(crate) fn text(self, key: &str, out: &mut Findings) -> Option<String> {
        self.str(key, out).map(str::to_owned)
    }

    pub(crate) fn str(self, key: &str, out: &mut Findings) -> Option<&'n str> {
        let member = self.member(key)?;
        let text = if is_loosely_typed(&member.value) { member.value.as_scalar_text() } else { member.value.as_str() };
        if text.is_none() {
            wrong_type(member, "a string", out);
        }
        text
    }

    /// The secret text of `key`.
    pub(crate) fn secret(self, key: &str, out: &mut Findings) -> Option<Secret> {
        Secret::new(self.str(key, out)?)
    }

    /// The boolean of `key`.
    pub(crate) fn flag(self, key: &str, out: &mut Findings) -> Option<bool> {
        let member = self.member(key)?;
        let value = member.value.as_bool().or_else(|| match loose_text(&member.value)?.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        });
        if value.is_none() {
            wrong_type(member, "a boolean", out);
        }
        value
    }

    /// The whole number of `key`.
    pub(crate) fn integer(self, key: &str, out: &mut Findings) -> Option<i64> {
        let member = self.member(key)?;
        let value = member.value.as_i64().or_else(|| loose_text(&member.value)?.trim().parse().ok());
        if value.is_none() {
            wrong_type(member, "a whole number", out);
        }
        value
    }

    /// The number of `key`, whole or not.
    pub(crate) fn number(self, key: &str, out: &mut Findings) -> Option<f64> {
        let member = self.member(key)?;
        let value = match &member.value.value {
            Value::Number(text) => text.parse().ok(),
            _ => loose_text(&member.value).and_then(|text| text.trim().parse().ok()),
        };
        if value.is_none() {
            wrong_type(member, "a number", out);
        }
        value.filter(|value: &f64| value.is_finite())
    }

    /// The ISO 8601 duration of `key`.
    pub(crate) fn duration(self, key: &str, out: &mut Findings) -> Option<Duration> {
        let text = self.str(key, out)?;
        let duration = parse_duration(text);
        if duration.is_none() {
            let message = format!("`{text}` is not an ISO 8601 duration such as `PT1H` or `PT30S`");
            self.report(&BAD_DURATION, key, message, out);
        }
        duration
    }

    /// The choice that `key` names, without regard to case.
    pub(crate) fn choice<T: Copy>(self, key: &str, choices: &[(&str, T)], out: &mut Findings) -> Option<T> {
        let text = self.str(key, out)?;
        let known = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
        if known.is_none() {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = format!("`{key}` is `{text}`, which is none of {}", names.join(", "));
            self.report(&UNKNOWN_VALUE, key, message, out);
        }
        known.map(|(_, value)| *value)
    }

    /// The object of `key`; without members if there is none.
    pub(crate) fn object(self, key: &str, out: &mut Findings) -> Members<'n> {
        let Some(member) = self.member(key) else { return Members::of(None) };
        if member.value.as_object().is_none() {
            wrong_type(member, "an object", out);
            return Members::of(None);
        }
        Members::of(Some(&member.value))
    }

    /// The elements of the array of `key`.
    pub(crate) fn items(self, key: &str, out: &mut Findings) -> &'n [Node] {
        let Some(member) = self.member(key) else { return &[] };
        if !matches!(member.value.value, Value::Array(_)) {
            wrong_type(member, "an array", out);
        }
        member.value.items()
    }

    /// The objects in the array of `key`.
    pub(crate) fn objects(self, key: &str, out: &mut Findings) -> Vec<Members<'n>> {
        let items = self.items(key, out);
        let mut objects = Vec::with_capacity(items.len());
        for item in items {
            if item.as_object().is_some() {
                objects.push(Members::of(Some(item)));
            } else {
                wrong_element(item, key, "an object", out);
            }
        }
        objects
    }

    /// The texts in the array of `key`.
    pub(crate) fn texts(self, key: &str, out: &mut Findings) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.items(key, out) {
            match if is_loosely_typed(item) { item.as_scalar_text() } else { item.as_str() } {
                Some(text) => texts.push(text.to_owned()),
                None => wrong_element(item, key, "a string", out),
            }
        }
        texts
    }

    /// The members of this object, in order.
    pub(crate) fn entries(self) -> &'n [Member] {
        self.node.map_or(&[], Node::members)
    }

    /// Where the value of `key` stands; where there is none, the object itself.
    pub(crate) fn place(self, key: &str) -> Option<Place> {
        self.any(key).or(self.node).map(Place::from)
    }

    /// Reports something about the value of `key`.
    pub(crate) fn report(self, rule: &'static Rule, key: &str, message: impl Into<String>, out: &mut Findings) {
        if let Some(place) = self.place(key) {
            out.at(rule, place, message);
        }
    }
}

pub(crate) fn wrong_type(member: &Member, expected: &str, out: &mut Findings) {
    // A collection is shown by its name, which is one word.
    let place = if member.value.members().is_empty() && member.value.items().is_empty() {
        Place::from(&member.value)
    } else {
        Place::new(&member.value.source, member.key_span)
    };
    let message = format!("`{}` is {}, and the service reads {expected}", member.key, member.value.kind());
    out.at(&WRONG_TYPE, place, message);
}

fn wrong_element(item: &Node, key: &str, expected: &str, out: &mut Findings) {
    out.at(&WRONG_TYPE, item, format!("`{key}` holds {}, and the service reads {expected}", item.kind()));
}

/// Whether a value's type was guessed from unquoted text, as YAML does: then `1` may well be meant as a text.
fn is_loosely_typed(node: &Node) -> bool {
    let name = node.source.name();
    !name.get(name.len().saturating_sub(5)..).is_some_and(|end| end.eq_ignore_ascii_case(".json"))
}

/// The text of a loosely typed string: a placeholder between quotes may stand for a number.
fn loose_text(node: &Node) -> Option<&str> {
    if is_loosely_typed(node) { node.as_str() } else { None }
}
