//! Reads a masked text that may be broken in any way: whatever is wrong is told, and reading goes on behind it.
//!
//! It splits the text at `<` alone and never looks back, so it takes linear time. Not here: documents without faults in
//! their tags, which `reader` gives to quick-xml; a test holds both to the same tree.

use memchr::{memchr, memmem};

use super::builder::Builder;
use super::characters::{byte, cdata_end, name_end, starts_with};
use super::mask::Mask;
use super::tag::{RAW_LESS_THAN, Tags, close_tag};
use super::tree::NodeKind;
use crate::diagnostic::{Diagnostic, Fix, Level, Rule, Safety};
use crate::source::Span;

/// A comment without its `-->`.
pub static UNCLOSED_COMMENT: Rule = Rule {
    id: "document/unclosed-comment",
    level: Level::Error,
    summary: "a comment is never closed",
    page: include_str!("rules/unclosed-comment.md"),
    aliases: &[],
};

/// A CDATA section without its `]]>`.
pub static UNCLOSED_CDATA: Rule = Rule {
    id: "document/unclosed-cdata",
    level: Level::Error,
    summary: "a CDATA section is never closed",
    page: include_str!("rules/unclosed-cdata.md"),
    aliases: &[],
};

/// A processing instruction without its `?>`.
pub static UNCLOSED_INSTRUCTION: Rule = Rule {
    id: "document/unclosed-instruction",
    level: Level::Error,
    summary: "a processing instruction is never closed",
    page: include_str!("rules/unclosed-instruction.md"),
    aliases: &[],
};

/// A document type, which could define entities that expand without end.
pub static DOCUMENT_TYPE: Rule = Rule {
    id: "document/document-type",
    level: Level::Error,
    summary: "a policy document must not have a document type",
    page: include_str!("rules/document-type.md"),
    aliases: &[],
};

/// Reads a masked text from `start` to its end.
pub(super) fn read(mask: &Mask<'_>, start: usize, builder: &mut Builder<'_>) {
    let text = &*mask.text;
    let mut recovery = Recovery {
        text,
        bytes: text.as_bytes(),
        tags: Tags::new(text, &mask.hidden),
        builder,
        stray_end: 0,
        unclosed: false,
        no_section_ends: false,
    };
    let mut at = start;
    while let Some(offset) = recovery.bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        recovery.builder.text(Span::from(at..at + offset));
        at = recovery.markup(at + offset);
    }
    recovery.builder.text(Span::from(at..text.len()));
}

struct Recovery<'t, 'b, 'd> {
    text: &'t str,
    bytes: &'t [u8],
    tags: Tags<'t>,
    builder: &'b mut Builder<'d>,
    /// The end of the last stray `<`, so that a row of them is told once.
    stray_end: usize,
    /// Whether an instruction or a document type was met that has no end: then no later one has, and none is searched.
    unclosed: bool,
    /// Whether no `]]>` is left to be found.
    no_section_ends: bool,
}

impl Recovery<'_, '_, '_> {
    /// Reads what begins with the `<` at `at` and gives the place behind it.
    fn markup(&mut self, at: usize) -> usize {
        match byte(self.bytes, at + 1) {
            b'/' => {
                let tag = close_tag(self.text, at, &mut self.builder.faults);
                self.builder.close(tag);
                tag.span.end as usize
            }
            b'?' => self.instruction(at),
            b'!' if starts_with(self.bytes, at, b"<!--") => self.comment(at),
            b'!' if starts_with(self.bytes, at, b"<![CDATA[") => self.cdata(at),
            b'!' if is_document_type(self.bytes, at) => self.document_type(at),
            _ if name_end(self.text, at + 1) > at + 1 => {
                let first = self.builder.attributes.len();
                let tag = self.tags.open(at, &mut self.builder.attributes, &mut self.builder.faults);
                self.builder.open(tag, first);
                tag.span.end as usize
            }
            _ => self.stray(at),
        }
    }

    fn behind(&self, from: usize, mark: &[u8]) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        memmem::find(rest, mark).map(|offset| from + offset + mark.len())
    }

    fn comment(&mut self, at: usize) -> usize {
        if let Some(end) = self.behind(at + 4, b"-->") {
            self.builder.comment(Span::from(at..end));
            return end;
        }
        let end = self.bytes.len();
        let rest = self.bytes.get(at..).unwrap_or_default();
        let line = at + memchr(b'\n', rest).unwrap_or(rest.len());
        self.unclosed(Span::from(at..end), NodeKind::Comment, &UNCLOSED_COMMENT, line, " -->");
        end
    }

    fn cdata(&mut self, at: usize) -> usize {
        let end = if self.no_section_ends { None } else { self.behind(at + 9, b"]]>") };
        if let Some(end) = end {
            self.builder.leaf(NodeKind::CData, Span::from(at..end));
            return end;
        }
        self.no_section_ends = true;
        let end = cdata_end(self.text, at + 9, self.builder.open_name()).unwrap_or(self.bytes.len());
        self.unclosed(Span::from(at..end), NodeKind::CData, &UNCLOSED_CDATA, end, "]]>");
        end
    }

    /// Adds what is never closed, and tells that `closing` is missing, which might stand at `close_at`.
    fn unclosed(&mut self, span: Span, kind: NodeKind, rule: &'static Rule, close_at: usize, closing: &str) {
        self.builder.leaf(kind, span);
        let opening = Span::new(span.start, span.start + if kind == NodeKind::Comment { 4 } else { 9 });
        self.builder.faults.report(|source| {
            let insertion = Span::from(close_at..close_at);
            let title = format!("Insert `{}`", closing.trim_start());
            Diagnostic::new(rule, source, opening, rule.summary).fix(Fix::new(
                title,
                Safety::Unsafe,
                insertion,
                closing,
            ))
        });
    }

    fn instruction(&mut self, at: usize) -> usize {
        let end = if self.unclosed { None } else { self.behind(at + 2, b"?>") };
        if let Some(end) = end {
            self.builder.instruction(Span::from(at..end));
            return end;
        }
        self.unclosed = true;
        // Without its end it is a slip of one line, not the rest of the text.
        let rest = self.bytes.get(at + 1..).unwrap_or_default();
        let end = at + 1 + memchr::memchr2(b'\n', b'<', rest).unwrap_or(rest.len());
        self.builder.leaf(NodeKind::ProcessingInstruction, Span::from(at..end));
        self.builder.faults.report(|source| {
            let rule = &UNCLOSED_INSTRUCTION;
            Diagnostic::new(rule, source, Span::from(at..at + 2), rule.summary).fix(Fix::new(
                "Insert `?>`",
                Safety::Unsafe,
                Span::from(end..end),
                "?>",
            ))
        });
        end
    }

    /// Steps over a document type with its internal subset; nothing in it is ever expanded.
    fn document_type(&mut self, at: usize) -> usize {
        let end = if self.unclosed { None } else { document_type_end(self.bytes, at) };
        self.unclosed |= end.is_none();
        // Without an end its keyword is all that is taken for it.
        let end = end.unwrap_or(at + 9);
        let span = Span::from(at..end);
        self.builder.leaf(NodeKind::DocumentType, span);
        self.builder.faults.report(|source| {
            let message = "a policy document must not have a document type";
            Diagnostic::new(&DOCUMENT_TYPE, source, span, message).fix(Fix::new("Remove it", Safety::Unsafe, span, ""))
        });
        end
    }

    /// A `<` that begins nothing is text.
    fn stray(&mut self, at: usize) -> usize {
        let span = Span::from(at..at + 1);
        self.builder.text(span);
        if self.stray_end != at || at == 0 {
            self.builder.faults.report(|source| {
                let message = "`<` in text must be written `&lt;`";
                Diagnostic::new(&RAW_LESS_THAN, source, span, message).fix(Fix::safe("Write `&lt;`", span, "&lt;"))
            });
        }
        self.stray_end = at + 1;
        at + 1
    }
}

/// Whether a document type begins at `at`, however it is spelled.
pub(super) fn is_document_type(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 2..at + 9).is_some_and(|word| word.eq_ignore_ascii_case(b"DOCTYPE"))
}

/// Where the document type at `at` ends: behind the `>` outside its brackets and quotes.
fn document_type_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = 0u8;
    for (offset, b) in bytes.get(at..).unwrap_or_default().iter().enumerate() {
        match b {
            b'"' | b'\'' if quote == 0 => quote = *b,
            _ if quote != 0 => quote = if *b == quote { 0 } else { quote },
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return Some(at + offset + 1),
            _ => {}
        }
    }
    None
}
