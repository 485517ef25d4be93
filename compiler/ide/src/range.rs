//! Places and ranges as editors count, and edits of a text.

use grammar::source::{LineColumn, Source, Span};

/// A range of a text: lines and columns from 0, columns in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// Its first place.
    pub start: LineColumn,
    /// The place behind it.
    pub end: LineColumn,
}

impl Range {
    /// The range of a span.
    #[must_use]
    pub fn of(source: &Source, span: Span) -> Self {
        Self { start: source.line_column(span.start), end: source.line_column(span.end) }
    }

    /// The span of a range; places outside of the text count as its nearest.
    #[must_use]
    pub fn span(self, source: &Source) -> Span {
        let (start, end) = (source.offset(self.start), source.offset(self.end));
        Span::new(start.min(end), start.max(end))
    }
}

/// A text with `range` replaced; all of it where there is none.
#[must_use]
pub fn edited(source: &Source, range: Option<Range>, text: &str) -> Source {
    let Some(range) = range else { return Source::new(source.name(), text) };
    let span = range.span(source);
    let before = source.text().get(..span.start as usize).unwrap_or_default();
    let behind = source.text().get(span.end as usize..).unwrap_or_default();
    Source::new(source.name(), [before, text, behind].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_in_utf16_units_and_stay_within_the_text() {
        let source = Source::new("p.xml", "a😀b\ncd");
        let at = |line, column| LineColumn { line, column };
        let cases = [
            (Some((at(0, 1), at(0, 3))), "x", "axb\ncd"),
            (Some((at(0, 99), at(1, 1))), "", "a😀bd"),
            (Some((at(9, 0), at(99, 9))), "!", "a😀b\ncd!"),
            (Some((at(1, 1), at(0, 0))), "", "d"),
            (None, "new", "new"),
        ];
        for (range, text, expected) in cases {
            let range = range.map(|(start, end)| Range { start, end });
            assert_eq!(edited(&source, range, text).text(), expected, "{range:?}");
        }
    }
}
