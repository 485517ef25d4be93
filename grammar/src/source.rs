//! Source text and places in it: files, byte spans, the line index, and text that was put together from pieces.
//!
//! Not here: reading files from disk, which is the caller's business.

use std::fmt;
use std::sync::Arc;

pub use csharp::span::Span;

/// A place in a text as editors count: line and column from 0, the column in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 0.
    pub line: u32,
    /// Column, from 0, in UTF-16 code units.
    pub column: u32,
}

/// One text with the name it goes by. Cheap to clone.
#[derive(Clone)]
pub struct Source(Arc<SourceText>);

struct SourceText {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// A source called `name` (a path, relative as the user gave it) that holds `text`.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        line_starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| clamp_u32(at + 1)));
        Self(Arc::new(SourceText { name: name.into(), text, line_starts }))
    }

    /// The name that messages print.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The text of `span`; what lies outside the text, or splits a character, is left off.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        slice(&self.0.text, span)
    }

    /// The line and column of a byte offset; an offset past the end counts as the end.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let offset = offset.min(clamp_u32(self.0.text.len()));
        let line = self.0.line_starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.0.line_starts.get(line).copied().unwrap_or(0);
        let before = self.slice(Span::new(start, offset));
        LineColumn { line: clamp_u32(line), column: clamp_u32(before.encode_utf16().count()) }
    }

    /// The byte offset of a line and column; one past the end of its line counts as the end of that line.
    #[must_use]
    pub fn offset(&self, at: LineColumn) -> u32 {
        let line = self.line(at.line);
        let mut units = 0;
        for (byte, c) in self.slice(line).char_indices() {
            if units >= at.column || c == '\n' || c == '\r' {
                return line.start + clamp_u32(byte);
            }
            units += clamp_u32(c.len_utf16());
        }
        line.end
    }

    /// The range of a line (from 0), its line break included.
    #[must_use]
    pub fn line(&self, line: u32) -> Span {
        let end = clamp_u32(self.0.text.len());
        let start_of = |line: u32| self.0.line_starts.get(line as usize).copied().unwrap_or(end);
        Span::new(start_of(line), start_of(line.saturating_add(1)))
    }

    /// How many lines the text has; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        clamp_u32(self.0.line_starts.len())
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.0.name, self.0.text.len())
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.name() == other.name() && self.text() == other.text())
    }
}

impl Eq for Source {}

/// The text of `span` in `text`; what lies outside, or splits a character, is left off.
#[must_use]
pub fn slice(text: &str, span: Span) -> &str {
    let end = floor_boundary(text, span.end as usize);
    let start = floor_boundary(text, span.start as usize).min(end);
    text.get(start..end).unwrap_or("")
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn clamp_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Text whose pieces came from places in a source: an attribute's value with its entities decoded and its named
/// values filled in.
///
/// Every byte of the text belongs to one piece, and every piece knows the span it stands for, so that a finding in
/// the put-together text can be shown where the author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    at: u32,
    source: Span,
    verbatim: bool,
}

impl MappedText {
    /// Text that stands as it is at `at` in the source.
    #[must_use]
    pub fn verbatim(text: &str, at: u32) -> Self {
        let mut mapped = Self::default();
        mapped.push_verbatim(text, at);
        mapped
    }

    /// Appends text that stands as it is at `at` in the source.
    pub fn push_verbatim(&mut self, text: &str, at: u32) {
        self.push(text, Span::new(at, at.saturating_add(clamp_u32(text.len()))), true);
    }

    /// Appends text that replaces `source`: a decoded entity, the value of a named value.
    pub fn push_replacement(&mut self, text: &str, source: Span) {
        self.push(text, source, false);
    }

    fn push(&mut self, text: &str, source: Span, verbatim: bool) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece { at: clamp_u32(self.text.len()), source, verbatim });
        self.text.push_str(text);
    }

    /// Appends another text with its places.
    pub fn append(&mut self, other: &Self) {
        let at = clamp_u32(self.text.len());
        self.pieces.extend(other.pieces.iter().map(|piece| Piece { at: piece.at + at, ..*piece }));
        self.text.push_str(&other.text);
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part of this text that `span` names, with its places.
    #[must_use]
    pub fn part(&self, span: Span) -> Self {
        let mut part = Self::default();
        for (index, piece) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(index + 1).map_or(clamp_u32(self.text.len()), |next| next.at);
            let (from, to) = (piece.at.max(span.start), end.min(span.end));
            if from >= to {
                continue;
            }
            let text = slice(&self.text, Span::new(from, to));
            if piece.verbatim {
                part.push_verbatim(text, piece.source.start + (from - piece.at));
            } else {
                part.push_replacement(text, piece.source);
            }
        }
        part
    }

    /// The source span that a span of the text stands for. A span that touches replaced text covers the whole of what
    /// it replaces.
    #[must_use]
    pub fn source_span(&self, span: Span) -> Span {
        let start = self.source_offset(span.start, false);
        if span.is_empty() {
            return Span::empty(start);
        }
        Span::new(start, self.source_offset(span.end, true))
    }

    /// Where the source offset `at` lies in the text; within replaced text, at its start. None if nothing of the text
    /// comes from there.
    #[must_use]
    pub fn offset_of(&self, at: u32) -> Option<u32> {
        let index = self.pieces.partition_point(|piece| piece.source.end < at);
        let piece = self.pieces.get(index).filter(|piece| piece.source.start <= at)?;
        let end = self.pieces.get(index + 1).map_or(clamp_u32(self.text.len()), |next| next.at);
        Some(match at {
            _ if piece.verbatim => piece.at + (at - piece.source.start),
            _ if at == piece.source.end => end,
            _ => piece.at,
        })
    }

    fn source_offset(&self, at: u32, is_end: bool) -> u32 {
        let index = self.pieces.partition_point(|p| if is_end { p.at < at } else { p.at <= at }).saturating_sub(1);
        let Some(piece) = self.pieces.get(index) else { return 0 };
        match (piece.verbatim, is_end) {
            (true, _) => (piece.source.start + at.saturating_sub(piece.at)).min(piece.source.end),
            (false, false) if at > piece.at && index + 1 == self.pieces.len() && at as usize >= self.text.len() => {
                piece.source.end
            }
            (false, false) => piece.source.start,
            (false, true) => piece.source.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units() {
        let source = Source::new("p.xml", "<a>\n  é😀x</a>");
        let x = source.text().find('x').unwrap() as u32;
        assert_eq!(source.line_column(x), LineColumn { line: 1, column: 5 });
        assert_eq!(source.offset(LineColumn { line: 1, column: 5 }), x);
        assert_eq!(source.offset(LineColumn { line: 0, column: 99 }), 3);
        assert_eq!(source.line_column(999), LineColumn { line: 1, column: 10 });
    }

    #[test]
    fn spans_of_replaced_text_cover_what_was_replaced() {
        let mut text = MappedText::verbatim("a == ", 10);
        text.push_replacement("\"", Span::new(15, 21));
        text.push_verbatim("x", 21);
        text.push_replacement("\"", Span::new(22, 28));
        assert_eq!(text.text(), "a == \"x\"");
        assert_eq!(text.source_span(Span::new(0, 1)), Span::new(10, 11));
        assert_eq!(text.source_span(Span::new(5, 8)), Span::new(15, 28));
        assert_eq!(text.source_span(Span::new(6, 7)), Span::new(21, 22));
        assert_eq!(text.source_span(Span::empty(8)), Span::empty(28));
        assert_eq!(text.part(Span::new(6, 8)).source_span(Span::new(0, 2)), Span::new(21, 28));
        let offsets = [9, 10, 14, 15, 18, 21, 22, 28, 29].map(|at| text.offset_of(at));
        assert_eq!(offsets, [None, Some(0), Some(4), Some(5), Some(5), Some(6), Some(7), Some(8), None]);
    }
}
