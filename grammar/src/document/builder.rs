//! Builds the tree: which tag closes which, and what becomes of tags that close nothing or are never closed.
//!
//! Both readers drive it, so that a document has one tree whoever read it. Not here: how tags and values are read.

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use super::characters::{blank_start, is_all_blank, is_blank};
use super::faults::{Faults, MAX_FAULTS};
use super::tag::{AttributeRow, CloseTag, OpenTag};
use super::tree::{ElementRow, Language, NodeKind, NodeRow};
use crate::diagnostic::{Diagnostic, Edit, Fix, Level, Rule, Safety, nearest};
use crate::source::{Span, slice};

/// How deep elements nest in a tree; those further in lie flat beside each other, so that a walk that recurses is safe.
pub const MAX_DEPTH: usize = 256;

/// An element without its closing tag.
pub static UNCLOSED_ELEMENT: Rule = Rule {
    id: "document/unclosed-element",
    level: Level::Error,
    summary: "an element is never closed",
    page: include_str!("rules/unclosed-element.md"),
    aliases: &[],
};

/// A closing tag whose name is not that of the element it closes.
pub static MISMATCHED_TAG: Rule = Rule {
    id: "document/mismatched-tag",
    level: Level::Error,
    summary: "a closing tag has another name than the element it closes",
    page: include_str!("rules/mismatched-tag.md"),
    aliases: &[],
};

/// A closing tag that closes nothing.
pub static STRAY_CLOSING_TAG: Rule = Rule {
    id: "document/stray-closing-tag",
    level: Level::Error,
    summary: "a closing tag closes no element",
    page: include_str!("rules/stray-closing-tag.md"),
    aliases: &[],
};

/// An attribute given twice.
pub static DUPLICATE_ATTRIBUTE: Rule = Rule {
    id: "document/duplicate-attribute",
    level: Level::Error,
    summary: "an element has an attribute twice",
    page: include_str!("rules/duplicate-attribute.md"),
    aliases: &[],
};

/// Elements nested beyond all reason.
pub static TOO_DEEP: Rule = Rule {
    id: "document/too-deep",
    level: Level::Error,
    summary: "elements are nested too deep",
    page: include_str!("rules/too-deep.md"),
    aliases: &[],
};

/// A comment that holds two hyphens.
pub static DOUBLE_HYPHEN_IN_COMMENT: Rule = Rule {
    id: "document/double-hyphen-in-comment",
    level: Level::Warning,
    summary: "a comment holds `--`, which XML forbids",
    page: include_str!("rules/double-hyphen-in-comment.md"),
    aliases: &[],
};

/// An XML declaration that is not the first thing in its text.
pub static MISPLACED_DECLARATION: Rule = Rule {
    id: "document/misplaced-declaration",
    level: Level::Error,
    summary: "an XML declaration is not the first thing in the text",
    page: include_str!("rules/misplaced-declaration.md"),
    aliases: &[],
};

/// How many open elements are looked at to find the one that a misspelt closing tag means.
const NEAR: usize = 16;

/// The longest name that is compared with others, in bytes.
const MAX_NAME: usize = 64;

/// The widest indentation that tells anything, in bytes.
const MAX_INDENT: usize = 256;

/// The longest line on which two tags are taken for a pair, in bytes.
const MAX_LINE: u32 = 1024;

/// How many fixes of one comment are worked out.
const MAX_EDITS: usize = 64;

/// How many children may be given to another parent in one document; enough for any that a person wrote.
const MAX_MOVES: usize = 100_000;

/// No node: the parent of what stands at the top.
pub(super) const NONE: u32 = u32::MAX;

/// The tree while it grows.
pub(super) struct Builder<'t> {
    text: &'t str,
    pub(super) nodes: Vec<NodeRow>,
    pub(super) elements: Vec<ElementRow>,
    pub(super) attributes: Vec<AttributeRow>,
    pub(super) faults: Faults,
    open: Vec<Open<'t>>,
    open_names: HashMap<&'t str, u32>,
    moves_left: usize,
}

/// An element whose closing tag is still to come.
#[derive(Clone, Copy)]
struct Open<'t> {
    name: &'t str,
    node: u32,
    element: u32,
    /// Too deep: its content does not lie in it.
    flat: bool,
    /// Whether its opening tag had its `>`.
    tag_closed: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, faults: Faults) -> Self {
        Self {
            text,
            // Real documents have about one node in thirty bytes.
            nodes: Vec::with_capacity(text.len() / 24),
            elements: Vec::with_capacity(text.len() / 64),
            attributes: Vec::with_capacity(text.len() / 64),
            faults,
            open: Vec::new(),
            open_names: HashMap::new(),
            moves_left: MAX_MOVES,
        }
    }

    /// Adds an opening tag whose attributes are those from `first_attribute` on.
    pub(super) fn open(&mut self, tag: OpenTag, first_attribute: usize) {
        self.report_duplicates(first_attribute);
        let element = index(self.elements.len());
        let parent = self.parent();
        let node = self.push(NodeKind::Element, tag.span, element);
        let attributes = (index(first_attribute), index(self.attributes.len()));
        let name = slice(self.text, tag.name);
        let language = self.language(parent, name, first_attribute);
        self.elements.push(ElementRow {
            node,
            name: tag.name,
            open: tag.span,
            close: None,
            close_name: Span::default(),
            attributes,
            self_closing: tag.self_closing,
            tag_closed: tag.closed,
            language,
        });
        if tag.self_closing {
            return;
        }
        let flat = self.open.len() >= MAX_DEPTH;
        if self.open.len() == MAX_DEPTH {
            self.faults.report(|source| {
                let message = format!("elements are nested more than {MAX_DEPTH} deep");
                Diagnostic::new(&TOO_DEEP, source, tag.name, message)
            });
        }
        *self.open_names.entry(name).or_default() += 1;
        self.open.push(Open { name, node, element, flat, tag_closed: tag.closed });
    }

    /// Adds a closing tag.
    pub(super) fn close(&mut self, tag: CloseTag) {
        let name = slice(self.text, tag.name);
        let by_name = self.open_names.get(name).is_some_and(|count| *count > 0);
        let target =
            if by_name { self.open.iter().rposition(|open| open.name == name) } else { self.meant_by(name, tag) };
        let Some(target) = target else {
            self.push(NodeKind::Stray, tag.span, NONE);
            // A tag of nothing but junk has been reported for that, and one of nothing at all as well.
            if name.is_empty() && (tag.has_junk || !tag.closed) {
                return;
            }
            self.faults.report(|source| {
                let message = format!("`</{name}>` closes no element");
                Diagnostic::new(&STRAY_CLOSING_TAG, source, tag.span, message).fix(Fix::new(
                    "Remove it",
                    Safety::Unsafe,
                    tag.span,
                    "",
                ))
            });
            return;
        };
        while self.open.len() > target + 1 {
            self.abandon_last(tag.span.start);
        }
        let Some(open) = self.pop() else { return };
        if !by_name && tag.closed {
            self.report_mismatch(open, tag);
        }
        if open.flat {
            self.push(NodeKind::Stray, tag.span, NONE);
            return;
        }
        if let Some(element) = self.elements.get_mut(open.element as usize) {
            element.close = Some(tag.span);
            element.close_name = tag.name;
        }
        self.end(open.node, tag.span.end);
    }

    /// Adds text; what directly follows text belongs to it.
    pub(super) fn text(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let parent = self.parent();
        if let Some(last) = self.nodes.last_mut()
            && (last.kind, last.span.end, last.parent) == (NodeKind::Text, span.start, parent)
        {
            last.span.end = span.end;
            return;
        }
        self.push(NodeKind::Text, span, NONE);
    }

    /// Adds a comment that is closed.
    pub(super) fn comment(&mut self, span: Span) {
        self.push(NodeKind::Comment, span, NONE);
        let body = Span::new(span.start + 4, span.end.saturating_sub(3));
        let inner = slice(self.text, body);
        if memmem::find(inner.as_bytes(), b"--").is_none() && !inner.ends_with('-') {
            return;
        }
        let mut edits: Vec<Edit> = Vec::new();
        let bytes = inner.as_bytes();
        let pairs = bytes.iter().enumerate().filter(|(at, b)| **b == b'-' && bytes.get(at + 1) == Some(&b'-'));
        for (at, _) in pairs.take(MAX_EDITS) {
            edits.push(Edit { span: Span::empty(body.start + index(at) + 1), text: " ".to_owned() });
        }
        if inner.ends_with('-') {
            edits.push(Edit { span: Span::empty(body.end), text: " ".to_owned() });
        }
        let at = edits.first().map_or(body.start, |edit| edit.span.start.saturating_sub(1));
        self.faults.report(|source| {
            let title = "Put a blank between the hyphens".to_owned();
            let message = "a comment must not hold `--`";
            Diagnostic::new(&DOUBLE_HYPHEN_IN_COMMENT, source, Span::new(at, (at + 2).min(span.end)), message)
                .fix(Fix { title, safety: Safety::Safe, edits })
        });
    }

    /// Adds a processing instruction, or the XML declaration, which looks like one.
    pub(super) fn instruction(&mut self, span: Span) {
        let target = slice(self.text, span).trim_start_matches("<?");
        let is_declaration =
            target.strip_prefix("xml").is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n', '?']));
        if !is_declaration {
            self.push(NodeKind::ProcessingInstruction, span, NONE);
            return;
        }
        let before = slice(self.text, Span::new(0, span.start));
        self.push(NodeKind::Declaration, span, NONE);
        if !before.is_empty() && before != "\u{FEFF}" {
            self.faults.report(|source| {
                let message = "the XML declaration must be the first thing in the text";
                Diagnostic::new(&MISPLACED_DECLARATION, source, span, message).fix(Fix::safe("Remove it", span, ""))
            });
        }
    }

    /// Adds anything else that stands in the content of an element and holds no element.
    pub(super) fn leaf(&mut self, kind: NodeKind, span: Span) {
        self.push(kind, span, NONE);
    }

    /// Ends the document: whatever is open is never closed.
    pub(super) fn finish(&mut self) {
        let end = index(self.text.len());
        while !self.open.is_empty() {
            self.abandon_last(end);
        }
    }

    /// The name of the innermost open element.
    pub(super) fn open_name(&self) -> Option<&'t str> {
        self.open.last().map(|open| open.name)
    }

    /// The element that new nodes lie in.
    fn parent(&self) -> u32 {
        let depth = self.open.len().min(MAX_DEPTH);
        depth.checked_sub(1).and_then(|last| self.open.get(last)).map_or(NONE, |open| open.node)
    }

    fn push(&mut self, kind: NodeKind, span: Span, element: u32) -> u32 {
        let node = index(self.nodes.len());
        self.nodes.push(NodeRow { kind, span, parent: self.parent(), end: node + 1, element });
        node
    }

    fn pop(&mut self) -> Option<Open<'t>> {
        let open = self.open.pop()?;
        if let Some(count) = self.open_names.get_mut(open.name) {
            *count -= 1;
        }
        Some(open)
    }

    /// Ends a node behind everything read so far.
    fn end(&mut self, node: u32, at: u32) {
        let end = index(self.nodes.len());
        if let Some(row) = self.nodes.get_mut(node as usize) {
            row.end = end;
            row.span.end = at;
        }
    }

    /// Ends the innermost open element without a closing tag, at `at`.
    fn abandon_last(&mut self, at: u32) {
        let Some(open) = self.pop() else { return };
        if open.flat {
            return self.report_unclosed(open, None);
        }
        self.end(open.node, at);
        let moved = self.first_to_move(open);
        if let Some(first) = moved {
            self.give_to_parent(open.node, first);
        }
        let end = self.nodes.get(open.node as usize).map(|row| row.span.end);
        // A tag that is itself cut off has been reported, and what it lacks first is its own end.
        if open.tag_closed {
            self.report_unclosed(open, end);
        }
    }

    /// The first child of an unclosed element that belongs beside it and not in it: everything if its tag is cut off,
    /// what is indented no deeper than itself if the text is indented, and the blanks at its end.
    fn first_to_move(&mut self, open: Open<'_>) -> Option<u32> {
        let row = *self.nodes.get(open.node as usize)?;
        let first = open.node + 1;
        if !open.tag_closed {
            return (first < row.end).then_some(first);
        }
        let indent = self.indent(row.span.start);
        let parent_indent = self.nodes.get(row.parent as usize).and_then(|parent| self.indent(parent.span.start));
        let is_indented = row.parent == NONE || parent_indent < indent;
        let mut blank = None;
        let mut child = first;
        while child < row.end && self.moves_left > 0 {
            self.moves_left -= 1;
            let node = *self.nodes.get(child as usize)?;
            let begins = matches!(node.kind, NodeKind::Element | NodeKind::Comment);
            if is_indented && begins && self.indent(node.span.start).is_some_and(|own| Some(own) <= indent) {
                return Some(blank.unwrap_or(child));
            }
            let is_blank = node.kind == NodeKind::Text && is_all_blank(slice(self.text, node.span));
            blank = is_blank.then_some(child);
            child = node.end;
        }
        blank
    }

    /// Makes the children of `node` from `first` on its next siblings.
    fn give_to_parent(&mut self, node: u32, first: u32) {
        let Some(row) = self.nodes.get(node as usize).copied() else { return };
        let mut child = first;
        let mut start = row.span.end;
        while child < row.end {
            self.moves_left = self.moves_left.saturating_sub(1);
            let Some(moved) = self.nodes.get_mut(child as usize) else { break };
            moved.parent = row.parent;
            if child == first {
                start = moved.span.start;
            }
            child = moved.end;
        }
        if let Some(row) = self.nodes.get_mut(node as usize) {
            row.end = first;
            row.span.end = start;
        }
    }

    /// How far the tag at `start` is indented, if it begins its line.
    fn indent(&self, start: u32) -> Option<usize> {
        let start = start as usize;
        let line = self.text.as_bytes().get(start.saturating_sub(MAX_INDENT)..start)?;
        match line.iter().rposition(|b| *b == b'\n' || !is_blank(*b)) {
            Some(last) => (line.get(last) == Some(&b'\n')).then(|| line.len() - last - 1),
            None => (start <= MAX_INDENT).then_some(start),
        }
    }

    /// Which open element a closing tag means that has the name of none.
    fn meant_by(&self, name: &str, tag: CloseTag) -> Option<usize> {
        let last = self.open.len().checked_sub(1)?;
        // Guessing costs time, and beyond this many faults nobody reads the result.
        if self.faults.count() > MAX_FAULTS {
            return None;
        }
        let opening = self.nodes.get(self.open.last()?.node as usize)?.span.start;
        let indent = self.indent(tag.span.start);
        if name.is_empty() {
            let is_elsewhere = indent.is_some() && self.indent(opening).is_some_and(|outer| Some(outer) != indent);
            return (!tag.has_junk && (tag.closed || !is_elsewhere)).then_some(last);
        }
        let near = || self.open.iter().enumerate().rev().take(NEAR);
        if !tag.closed
            && let Some((half_typed, _)) = near().find(|(_, open)| open.name.starts_with(name))
        {
            return Some(half_typed);
        }
        let is_short = |name: &str| name.len() <= MAX_NAME;
        if let Some((misspelt, _)) = near()
            .filter(|(_, open)| is_short(name) && is_short(open.name))
            .find(|(_, open)| nearest(name, [open.name]).is_some())
        {
            return Some(misspelt);
        }
        let between = Span::new(opening, tag.span.start);
        let is_on_one_line = between.len() < MAX_LINE && !slice(self.text, between).contains('\n');
        (is_on_one_line || (indent.is_some() && indent == self.indent(opening))).then_some(last)
    }

    fn report_mismatch(&mut self, open: Open<'_>, tag: CloseTag) {
        let opened = self.elements.get(open.element as usize).map_or(Span::default(), |element| element.name);
        let text = self.text;
        self.faults.report(|source| {
            let found = slice(text, tag.name);
            let message = match found {
                "" => format!("a closing tag without a name closes `{}`", open.name),
                _ => format!("`</{found}>` closes `{}`", open.name),
            };
            let title = format!("Write `</{}>`", open.name);
            let span = if found.is_empty() { tag.span } else { tag.name };
            Diagnostic::new(&MISMATCHED_TAG, source, span, message).label(opened, "opened here").fix(Fix::new(
                title,
                Safety::Unsafe,
                tag.name,
                open.name,
            ))
        });
    }

    /// Tells of an element that is never closed; its closing tag belongs at `end`.
    fn report_unclosed(&mut self, open: Open<'_>, end: Option<u32>) {
        let Some(element) = self.elements.get(open.element as usize).copied() else { return };
        let text = self.text;
        self.faults.report(|source| {
            let message = format!("`{}` is never closed", open.name);
            let diagnostic = Diagnostic::new(&UNCLOSED_ELEMENT, source, element.name, message);
            match end {
                None => diagnostic,
                Some(end) if end <= element.open.end => {
                    let bracket = Span::new(element.open.end - 1, element.open.end);
                    let before = Span::new(element.name.end, bracket.start);
                    let blank = if slice(text, before).ends_with([' ', '\t', '\n']) { "" } else { " " };
                    diagnostic.fix(Fix::new("Close it at once", Safety::Unsafe, bracket, format!("{blank}/>")))
                }
                Some(end) => {
                    let last = blank_start(text.as_bytes(), end as usize);
                    let tag = format!("</{}>", open.name);
                    diagnostic.fix(Fix::new(format!("Insert `{tag}`"), Safety::Unsafe, Span::from(last..last), tag))
                }
            }
        });
    }

    /// Tells of attributes from `first` on that have the name of an earlier one.
    fn report_duplicates(&mut self, first: usize) {
        /// Up to here comparing each with each is quicker than a set.
        const FEW: usize = 16;
        let attributes = self.attributes.get(first..).unwrap_or_default();
        let name = |attribute: &AttributeRow| slice(self.text, attribute.name);
        let mut seen: HashSet<&str> = HashSet::new();
        for (index, attribute) in attributes.iter().enumerate() {
            let is_known = match attributes.len() {
                0..=FEW => attributes.iter().take(index).any(|other| name(other) == name(attribute)),
                _ => !seen.insert(name(attribute)),
            };
            if !is_known {
                continue;
            }
            let end = attribute.value.map_or(attribute.name.end, |value| value.end + u32::from(attribute.closed));
            let previous = index.checked_sub(1).and_then(|last| attributes.get(last));
            let start = previous.map_or(attribute.name.start, |last| {
                last.value.map_or(last.name.end, |value| value.end + u32::from(last.closed))
            });
            self.faults.report(|source| {
                let message = format!("attribute `{}` is given twice", name(attribute));
                let span = Span::new(start.min(attribute.name.start), end);
                let diagnostic = Diagnostic::new(&DUPLICATE_ATTRIBUTE, source, attribute.name, message).fix(Fix::new(
                    "Remove the second",
                    Safety::Unsafe,
                    span,
                    "",
                ));
                match attributes.iter().find(|other| name(other) == name(attribute)) {
                    Some(earlier) => diagnostic.label(earlier.name, "given here first"),
                    None => diagnostic,
                }
            });
        }
    }

    /// The language of an element's content.
    fn language(&self, parent: u32, name: &str, first_attribute: usize) -> Language {
        let outer = self.nodes.get(parent as usize).and_then(|parent| self.elements.get(parent.element as usize));
        if let Some(outer) = outer.filter(|outer| outer.language != Language::Policy) {
            return outer.language;
        }
        if matches!(name, "xsl:stylesheet" | "xsl:transform") {
            return Language::Xslt;
        }
        let attributes = self.attributes.get(first_attribute..).unwrap_or_default();
        let is_liquid = attributes.iter().any(|attribute| {
            slice(self.text, attribute.name) == "template"
                && attribute.value.is_some_and(|value| slice(self.text, value).trim().eq_ignore_ascii_case("liquid"))
        });
        if is_liquid { Language::Liquid } else { Language::Policy }
    }
}

/// A row number. A text has fewer than 2³² bytes, so there are fewer rows as well.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
