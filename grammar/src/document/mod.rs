//! Reads policy documents: XML in which expressions stand as they are.
//!
//! `mask` hides the expressions, `reader` (quick-xml) reads what is left, `recovery` reads it where a tag is broken,
//! `builder` makes the tree for both, and `values` finds the expressions among its values again. A document always has
//! a tree; what is wrong with it is in its diagnostics. All of it takes linear time and bounded stack.
//!
//! Not here: what elements and attributes mean (`check`), C# (`expression`), Liquid (`liquid`).

mod builder;
mod characters;
mod entity;
pub mod exercise;
mod extent;
mod faults;
mod mask;
mod named_values;
mod place;
mod reader;
mod recovery;
mod tag;
mod tree;
mod value;
mod values;

use std::sync::OnceLock;

pub use builder::{
    DOUBLE_HYPHEN_IN_COMMENT, DUPLICATE_ATTRIBUTE, MAX_DEPTH, MISMATCHED_TAG, MISPLACED_DECLARATION, STRAY_CLOSING_TAG,
    TOO_DEEP, UNCLOSED_ELEMENT,
};
pub use faults::{MAX_FAULTS, TOO_MANY_FAULTS};
pub use named_values::{NamedValue, NamedValueReference, NamedValues, NoInstance};
pub use place::Place;
pub use recovery::{DOCUMENT_TYPE, UNCLOSED_CDATA, UNCLOSED_COMMENT, UNCLOSED_INSTRUCTION};
pub use tag::{
    ATTRIBUTE_WITHOUT_VALUE, MISSING_BLANK, RAW_LESS_THAN, RAW_QUOTE, UNCLOSED_QUOTE, UNCLOSED_TAG, UNEXPECTED_IN_TAG,
    UNQUOTED_VALUE,
};
pub use tree::{Attribute, Document, Element, Language, Node, NodeId, NodeKind, is_section_name};
pub use value::{Code, Content, Expression, Form, NamedValueUse, Outcome, Resolved, Value};
pub use values::{
    BAD_CHARACTER, BAD_CHARACTER_REFERENCE, BARE_AMPERSAND, CDATA_END_IN_TEXT, COMMENT_IN_EXPRESSION,
    TEXT_AFTER_EXPRESSION, UNCLOSED_EXPRESSION, UNKNOWN_ENTITY,
};

use crate::diagnostic::Rule;
use crate::source::{Source, Span};
use builder::Builder;
use faults::Faults;

/// The largest policy document that APIM stores, in bytes.
pub const MAX_DOCUMENT_BYTES: usize = 256 * 1024;

/// The largest policy fragment that APIM stores, in bytes.
pub const MAX_FRAGMENT_BYTES: usize = 512 * 1024;

/// Every rule of this room, by id.
pub static RULES: &[&Rule] = &[
    &ATTRIBUTE_WITHOUT_VALUE,
    &BAD_CHARACTER,
    &BAD_CHARACTER_REFERENCE,
    &BARE_AMPERSAND,
    &CDATA_END_IN_TEXT,
    &COMMENT_IN_EXPRESSION,
    &DOCUMENT_TYPE,
    &DOUBLE_HYPHEN_IN_COMMENT,
    &DUPLICATE_ATTRIBUTE,
    &MISMATCHED_TAG,
    &MISPLACED_DECLARATION,
    &MISSING_BLANK,
    &RAW_LESS_THAN,
    &RAW_QUOTE,
    &STRAY_CLOSING_TAG,
    &TEXT_AFTER_EXPRESSION,
    &TOO_DEEP,
    &TOO_MANY_FAULTS,
    &UNCLOSED_CDATA,
    &UNCLOSED_COMMENT,
    &UNCLOSED_ELEMENT,
    &UNCLOSED_EXPRESSION,
    &UNCLOSED_INSTRUCTION,
    &UNCLOSED_QUOTE,
    &UNCLOSED_TAG,
    &UNEXPECTED_IN_TAG,
    &UNKNOWN_ENTITY,
    &UNQUOTED_VALUE,
];

/// What a text is as a whole, judged by its elements at the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// A whole document: `<policies>` alone.
    Policies,
    /// A policy fragment: `<fragment>` alone.
    Fragment,
    /// One section alone, such as `<inbound>`.
    Section,
    /// One other element alone: a policy, or a GraphQL resolver.
    Policy,
    /// More than one element.
    Several,
    /// No element.
    Empty,
}

/// Reads a policy document.
#[must_use]
pub fn read(source: &Source) -> Document {
    let text = source.text();
    let mask = mask::mask(text);
    let start = if text.starts_with(characters::BYTE_ORDER_MARK) { characters::BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let begin = || {
        let mut builder = Builder::new(&mask.text, Faults::new(source));
        builder.text(Span::from(0..start));
        builder
    };
    let mut builder = begin();
    if reader::read(&mask, start, &mut builder).is_err() {
        builder = begin();
        recovery::read(&mask, start, &mut builder);
    }
    builder.finish();
    let found = values::examine(text, mask.hidden, &mut builder);
    Document {
        source: source.clone(),
        nodes: builder.nodes,
        elements: builder.elements,
        attributes: builder.attributes,
        expressions: found.expressions,
        embedded: found.embedded,
        diagnostics: builder.faults.into_sorted(),
        ordinals: OnceLock::new(),
    }
}

impl Document {
    /// What the text is as a whole.
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        let mut roots = self.roots();
        match (roots.next(), roots.next()) {
            (None, _) => DocumentKind::Empty,
            (Some(_), Some(_)) => DocumentKind::Several,
            (Some(root), None) => match root.name() {
                "policies" => DocumentKind::Policies,
                "fragment" => DocumentKind::Fragment,
                name if is_section_name(name) => DocumentKind::Section,
                _ => DocumentKind::Policy,
            },
        }
    }
}

#[cfg(test)]
#[path = "../../tests/shared/mod.rs"]
mod shared;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a builder has read, to be compared.
    fn rows(
        mask: &mask::Mask<'_>,
        read: impl FnOnce(&mask::Mask<'_>, usize, &mut Builder<'_>) -> bool,
    ) -> Option<String> {
        let text = &*mask.text;
        let source = Source::new("rows.xml", text);
        let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        let mut builder = Builder::new(text, Faults::new(&source));
        let is_read = read(mask, start, &mut builder);
        builder.finish();
        let Builder { nodes, elements, attributes, faults, .. } = builder;
        let faults: Vec<_> = faults.into_sorted().into_iter().map(|found| (found.rule.id, found.span)).collect();
        is_read.then(|| format!("{nodes:?}\n{elements:?}\n{attributes:?}\n{faults:?}"))
    }

    /// Reads the masked text with both readers. Whether quick-xml called it sound.
    fn agree(text: &str) -> bool {
        let mask = mask::mask(text);
        let sound = rows(&mask, |mask, start, builder| reader::read(mask, start, builder).is_ok());
        let recovered = rows(&mask, |mask, start, builder| {
            recovery::read(mask, start, builder);
            true
        });
        assert!(sound.is_none() || sound == recovered, "the readers differ on {text:?}\n{sound:?}\n{recovered:?}");
        sound.is_some()
    }

    #[test]
    fn both_readers_agree_on_published_documents() {
        let Some(shared) = shared::folder("the comparison of both readers") else { return };
        let (mut sound, mut broken) = (0, Vec::new());
        for folder in ["corpus/real", "corpus/docs", "corpus/cars"] {
            for path in shared::documents(&shared.join(folder)) {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                if agree(&text) { sound += 1 } else { broken.push(path) }
            }
        }
        assert!(sound > 2_500 && broken.len() < 60, "{sound} sound, broken: {broken:#?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_readers_agree_on_any_text(pieces in prop::collection::vec(
            prop_oneof![
                4 => Just("<a>"), 4 => Just("</a>"), 3 => Just("<b c=\"d\"/>"), 2 => Just("<b e='f' g = \"h\">"),
                3 => Just("</b >"), 3 => Just("text"), 2 => Just("\n  "), 2 => Just("<!-- x -->"), 1 => Just("<!-->"),
                1 => Just("--"), 1 => Just("->"), 1 => Just("<![CDATA[<y>]]>"), 1 => Just("]]>"), 1 => Just("<?z?>"),
                1 => Just("<?xml version='1.0'?>"), 1 => Just("<??>"), 1 => Just("<?>"), 1 => Just("&amp;"),
                1 => Just("&"), 1 => Just("<"), 1 => Just(">"), 1 => Just("/"), 1 => Just("<a/ >"), 1 => Just("<a\n/>"),
                1 => Just("<a b='>'/>"), 1 => Just("<a b='<'/>"), 1 => Just("</a b='>'>"), 1 => Just("@(x)"),
                1 => Just("<!DOCTYPE a>"), 1 => Just("é"), 1 => Just("\u{feff}"), 1 => Just("'"), 1 => Just("\""),
            ],
            0..12,
        )) {
            agree(&pieces.concat());
        }
    }
}
