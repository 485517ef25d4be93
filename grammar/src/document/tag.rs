//! Reads one tag, sound or broken: its name, its attributes and where it ends.
//!
//! Works on masked text, where no expression is left. Whatever is wrong in a tag stays in it: the reader goes on at the
//! next attribute or at the tag's end. A tag that never ends is ended before the next one begins.
//!
//! Not here: which tag closes which (`builder`), what the values mean (`values`).

use memchr::{memchr, memchr2};

use super::characters::{blank_end, blank_start, byte, is_blank, is_name_char, is_name_start, name_end};
use super::faults::Faults;
use super::mask::{Hidden, is_line_of_markup, is_tail_of_value};
use crate::diagnostic::{Diagnostic, Edit, Fix, Level, Rule, Safety};
use crate::source::{Source, Span, slice};

/// A tag without its `>`.
pub static UNCLOSED_TAG: Rule = Rule {
    id: "document/unclosed-tag",
    level: Level::Error,
    summary: "a tag has no `>`",
    page: include_str!("rules/unclosed-tag.md"),
    aliases: &[],
};

/// An attribute that is only a name.
pub static ATTRIBUTE_WITHOUT_VALUE: Rule = Rule {
    id: "document/attribute-without-value",
    level: Level::Error,
    summary: "an attribute has no value",
    page: include_str!("rules/attribute-without-value.md"),
    aliases: &[],
};

/// An attribute's value that no quotes surround.
pub static UNQUOTED_VALUE: Rule = Rule {
    id: "document/unquoted-value",
    level: Level::Error,
    summary: "the value of an attribute is not in quotes",
    page: include_str!("rules/unquoted-value.md"),
    aliases: &[],
};

/// An attribute's value whose closing quote is missing.
pub static UNCLOSED_QUOTE: Rule = Rule {
    id: "document/unclosed-quote",
    level: Level::Error,
    summary: "the value of an attribute has no closing quote",
    page: include_str!("rules/unclosed-quote.md"),
    aliases: &[],
};

/// A quote in a literal value that would end the value.
pub static RAW_QUOTE: Rule = Rule {
    id: "document/raw-quote",
    level: Level::Error,
    summary: "a literal value holds the quote that surrounds it",
    page: include_str!("rules/raw-quote.md"),
    aliases: &[],
};

/// A `<` that begins no tag.
pub static RAW_LESS_THAN: Rule = Rule {
    id: "document/raw-less-than",
    level: Level::Error,
    summary: "`<` stands where no tag begins",
    page: include_str!("rules/raw-less-than.md"),
    aliases: &[],
};

/// Two attributes, or a name and an attribute, with nothing between them.
pub static MISSING_BLANK: Rule = Rule {
    id: "document/missing-blank",
    level: Level::Error,
    summary: "two attributes stand without a blank between them",
    page: include_str!("rules/missing-blank.md"),
    aliases: &[],
};

/// Characters in a tag that are no attribute.
pub static UNEXPECTED_IN_TAG: Rule = Rule {
    id: "document/unexpected-in-tag",
    level: Level::Error,
    summary: "something in a tag is no attribute",
    page: include_str!("rules/unexpected-in-tag.md"),
    aliases: &[],
};

/// An opening tag as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenTag {
    /// From the `<` to behind the `>`, or to the last character that belongs to it.
    pub(super) span: Span,
    pub(super) name: Span,
    pub(super) self_closing: bool,
    /// Whether the `>` was there.
    pub(super) closed: bool,
}

/// A closing tag as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct CloseTag {
    pub(super) span: Span,
    pub(super) name: Span,
    /// Whether the `>` was there.
    pub(super) closed: bool,
    /// Whether anything but a name stood in it.
    pub(super) has_junk: bool,
}

/// An attribute as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AttributeRow {
    pub(super) name: Span,
    /// Between the quotes; none if there is no `=`.
    pub(super) value: Option<Span>,
    /// The opening quote; 0 if there is none.
    pub(super) quote: u8,
    /// Whether the closing quote was there.
    pub(super) closed: bool,
}

/// Reads the opening tags of one text.
pub(super) struct Tags<'t> {
    text: &'t str,
    hidden: &'t [Hidden],
    /// Where the next quote of a line stands behind which a tag can go on, as found by earlier searches.
    next_ends: [NextEnd; 2],
}

/// The outcome of a search for the end of a faulty value: it holds for every search that begins within the stretch
/// looked through, which keeps a text full of broken values linear.
#[derive(Clone, Copy, Default)]
struct NextEnd {
    from: usize,
    until: usize,
    found: bool,
}

impl<'t> Tags<'t> {
    pub(super) fn new(text: &'t str, hidden: &'t [Hidden]) -> Self {
        Self { text, hidden, next_ends: [NextEnd::default(); 2] }
    }

    /// Reads the opening tag whose `<` stands at `at`; a name begins behind it. Its attributes are added to
    /// `attributes`.
    pub(super) fn open(&mut self, at: usize, attributes: &mut Vec<AttributeRow>, faults: &mut Faults) -> OpenTag {
        let text = self.text;
        let name = at + 1..name_end(text, at + 1);
        let (hidden, next_ends) = (self.hidden, &mut self.next_ends);
        let mut reader = TagReader { text, bytes: text.as_bytes(), hidden, at: name.end, faults, next_ends };
        let (self_closing, closed) = reader.attributes(attributes);
        let tag = OpenTag { span: Span::from(at..reader.at), name: Span::from(name), self_closing, closed };
        if !closed {
            faults.report(|source| {
                let message = format!("the tag of `{}` has no `>`", slice(text, tag.name));
                let end = Span::empty(tag.span.end);
                Diagnostic::new(&UNCLOSED_TAG, source, Span::new(tag.span.start, tag.name.end), message).fix(Fix::new(
                    "Close the tag with `/>`",
                    Safety::Unsafe,
                    end,
                    " />",
                ))
            });
        }
        tag
    }
}

/// Reads the closing tag whose `</` stands at `at`; the name may be missing.
pub(super) fn close_tag(text: &str, at: usize, faults: &mut Faults) -> CloseTag {
    let bytes = text.as_bytes();
    let start = blank_end(bytes, at + 2);
    let is_apart = start > at + 2 && !bytes.get(at + 2..start).unwrap_or_default().contains(&b'\n');
    let name = if is_apart { start..name_end(text, start) } else { at + 2..name_end(text, at + 2) };
    if is_apart && !name.is_empty() {
        faults.report(|source| {
            let message = "a blank stands before the name in a closing tag";
            let span = Span::from(at + 2..start);
            Diagnostic::new(&UNEXPECTED_IN_TAG, source, span, message).fix(Fix::safe("Remove it", span, ""))
        });
    }
    let mut tag = CloseTag { span: Span::default(), name: Span::from(name.clone()), closed: false, has_junk: false };
    let mut end = name.end;
    loop {
        let next = blank_end(bytes, end);
        match byte(bytes, next) {
            b'>' => {
                let span = Span::from(at..next + 1);
                return CloseTag { span, closed: true, ..tag };
            }
            b'<' => break,
            0 if next >= bytes.len() => break,
            // Junk on the line of the tag belongs to it; what stands on the next line does not.
            _ if bytes.get(end..next).unwrap_or_default().contains(&b'\n') => break,
            _ => {
                let rest = bytes.get(next..).unwrap_or_default();
                let len = rest.iter().position(|b| is_blank(*b) || matches!(b, b'<' | b'>')).unwrap_or(rest.len());
                end = next + len;
                tag.has_junk = true;
                faults.report(|source| unexpected(source, Span::from(next..end)));
            }
        }
    }
    tag.span = Span::from(at..end);
    faults.report(|source| {
        let message = match slice(text, tag.name) {
            "" => "a closing tag has no name".to_owned(),
            name => format!("the closing tag of `{name}` has no `>`"),
        };
        let insertion = Fix::new("Insert `>`", Safety::Unsafe, Span::empty(tag.span.end), ">");
        Diagnostic::new(&UNCLOSED_TAG, source, tag.span, message).fix(insertion)
    });
    tag
}

fn unexpected(source: &Source, span: Span) -> Diagnostic {
    /// How much of it a message repeats, in characters.
    const SHOWN: usize = 40;
    let text = source.slice(span);
    let message = match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…` does not belong in a tag", slice(text, Span::from(0..end))),
        None => format!("`{text}` does not belong in a tag"),
    };
    Diagnostic::new(&UNEXPECTED_IN_TAG, source, span, message).fix(Fix::new("Remove it", Safety::Unsafe, span, ""))
}

struct TagReader<'t, 'f> {
    text: &'t str,
    bytes: &'t [u8],
    hidden: &'t [Hidden],
    at: usize,
    faults: &'f mut Faults,
    next_ends: &'f mut [NextEnd; 2],
}

impl TagReader<'_, '_> {
    /// Reads up to the tag's end and says whether it closes itself and whether the `>` was there.
    fn attributes(&mut self, attributes: &mut Vec<AttributeRow>) -> (bool, bool) {
        loop {
            let start = self.at;
            let next = blank_end(self.bytes, start);
            match byte(self.bytes, next) {
                b'>' => {
                    self.at = next + 1;
                    return (false, true);
                }
                b'/' if byte(self.bytes, next + 1) == b'>' => {
                    self.at = next + 2;
                    return (true, true);
                }
                b'/' if byte(self.bytes, blank_end(self.bytes, next + 1)) == b'>' => {
                    let end = blank_end(self.bytes, next + 1);
                    self.at = end + 1;
                    self.faults.report(|source| {
                        let message = "a blank stands between `/` and `>`";
                        let span = Span::from(next + 1..end);
                        Diagnostic::new(&UNEXPECTED_IN_TAG, source, span, message).fix(Fix::safe("Remove it", span, ""))
                    });
                    return (true, true);
                }
                // The tag is left open; the blanks behind it are text.
                b'<' => return (false, false),
                0 if next >= self.bytes.len() => return (false, false),
                _ => {}
            }
            self.at = next;
            let name = name_end(self.text, next);
            if name == next {
                self.unexpected();
                continue;
            }
            if next == start {
                self.faults.report(|source| {
                    let message = format!("a blank is missing before `{}`", slice(self.text, Span::from(next..name)));
                    Diagnostic::new(&MISSING_BLANK, source, Span::from(next..name), message).fix(Fix::safe(
                        "Insert a blank",
                        Span::from(next..next),
                        " ",
                    ))
                });
            }
            self.at = name;
            let attribute = self.attribute(Span::from(next..name));
            attributes.push(attribute);
        }
    }

    /// Steps over what is no attribute and tells of it.
    fn unexpected(&mut self) {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let mut before = ' ';
        let mut ends = |(offset, c): (usize, char)| {
            let at = start + offset;
            // An attribute may follow without a blank, as behind a comma.
            let begins_attribute = !is_name_char(before) && is_name_start(c) && is_tail_of_value(self.text, at);
            before = c;
            let closes = matches!(c, '<' | '>') || (c == '/' && byte(self.bytes, at + 1) == b'>');
            offset > 0 && (closes || begins_attribute || u8::try_from(c).is_ok_and(is_blank))
        };
        let end = rest.char_indices().find(|at| ends(*at)).map(|(offset, _)| offset);
        self.at = start + end.unwrap_or(rest.len());
        let span = Span::from(start..self.at);
        self.faults.report(|source| unexpected(source, span));
    }

    /// Reads what follows an attribute's name.
    fn attribute(&mut self, name: Span) -> AttributeRow {
        let equals = blank_end(self.bytes, self.at);
        if byte(self.bytes, equals) != b'=' {
            self.without_value(name, "=\"\"", name.end);
            return AttributeRow { name, value: None, quote: 0, closed: false };
        }
        let start = blank_end(self.bytes, equals + 1);
        self.at = start;
        match byte(self.bytes, start) {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                self.quoted(name, quote)
            }
            _ => self.unquoted(name, equals + 1),
        }
    }

    fn without_value(&mut self, name: Span, insert: &str, at: u32) {
        self.faults.report(|source| {
            let message = format!("attribute `{}` has no value", slice(self.text, name));
            Diagnostic::new(&ATTRIBUTE_WITHOUT_VALUE, source, name, message).fix(Fix::display_only(
                "Give it a value",
                Span::empty(at),
                insert,
            ))
        });
    }

    /// Reads a value without quotes: up to a blank or the tag's end.
    fn unquoted(&mut self, name: Span, behind_equals: usize) -> AttributeRow {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let ends = |(index, b): (usize, &u8)| {
            is_blank(*b)
                || matches!(b, b'<' | b'>' | b'"' | b'\'')
                || (*b == b'/' && rest.get(index + 1) == Some(&b'>'))
        };
        let end = start + rest.iter().enumerate().position(ends).unwrap_or(rest.len());
        // `name=` at the end of a line is half typed: what follows is the next attribute, not the value.
        let is_next_attribute = start > behind_equals && is_tail_of_value(self.text, behind_equals);
        if end == start || is_next_attribute {
            self.at = behind_equals;
            let value = Span::from(behind_equals..behind_equals);
            self.without_value(name, "\"\"", value.end);
            return AttributeRow { name, value: Some(value), quote: 0, closed: false };
        }
        self.at = end;
        let value = Span::from(start..end);
        self.faults.report(|source| {
            let message = format!("the value of `{}` is not in quotes", slice(self.text, name));
            let edits = vec![
                Edit { span: Span::empty(value.start), text: "\"".to_owned() },
                Edit { span: Span::empty(value.end), text: "\"".to_owned() },
            ];
            let title = "Put it in quotes".to_owned();
            Diagnostic::new(&UNQUOTED_VALUE, source, value, message).fix(Fix { title, safety: Safety::Safe, edits })
        });
        AttributeRow { name, value: Some(value), quote: 0, closed: false }
    }

    /// Reads a value behind its opening quote.
    fn quoted(&mut self, name: Span, quote: u8) -> AttributeRow {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        if let Some(len) = memchr2(quote, b'<', rest) {
            let end = start + len;
            // What XML asks for; a document without faults never gets further.
            if byte(self.bytes, end) == quote && self.can_end_value(end) {
                self.at = end + 1;
                return AttributeRow { name, value: Some(Span::from(start..end)), quote, closed: true };
            }
        }
        self.faulty_value(name, quote)
    }

    /// Whether what stands behind the quote at `at` lets the tag go on.
    fn can_end_value(&self, at: usize) -> bool {
        let next = byte(self.bytes, at + 1);
        is_blank(next)
            || matches!(next, b'>' | b'/')
            || at + 1 >= self.bytes.len()
            || is_tail_of_value(self.text, at + 1)
    }

    /// Reads a value that holds `<` or its own quote, or has no closing quote.
    fn faulty_value(&mut self, name: Span, quote: u8) -> AttributeRow {
        let start = self.at;
        let end = self.faulty_end(start, quote);
        let closed = byte(self.bytes, end) == quote;
        let value = Span::from(start..end);
        self.at = end + usize::from(closed);
        if !closed {
            self.faults.report(|source| {
                let message = format!("the value of `{}` has no closing quote", slice(self.text, name));
                let quote = char::from(quote).to_string();
                let span = Span::new(name.start, value.start);
                let insertion = Fix::new("Insert the quote", Safety::Unsafe, Span::empty(value.end), quote);
                Diagnostic::new(&UNCLOSED_QUOTE, source, span, message).fix(insertion)
            });
        }
        let (sign, escape) = if quote == b'"' { ("\"", "&quot;") } else { ("'", "&apos;") };
        self.raw(value, sign, &RAW_QUOTE, escape);
        self.raw(value, "<", &RAW_LESS_THAN, "&lt;");
        AttributeRow { name, value: Some(value), quote, closed }
    }

    /// Tells of `sign` in a value, once for all places, with the fix that escapes them all.
    fn raw(&mut self, value: Span, sign: &str, rule: &'static Rule, escape: &str) {
        let found = slice(self.text, value).match_indices(sign);
        let edits: Vec<Edit> = found
            .map(|(offset, sign)| {
                let at = value.start as usize + offset;
                Edit { span: Span::from(at..at + sign.len()), text: escape.to_owned() }
            })
            .collect();
        if let Some(first) = edits.first() {
            let span = first.span;
            self.faults.report(|source| {
                let message = format!("`{sign}` in a literal value must be written `{escape}`");
                let title = format!("Write `{escape}`");
                Diagnostic::new(rule, source, span, message).fix(Fix { title, safety: Safety::Safe, edits })
            });
        }
    }

    /// Where a faulty value ends: at a quote on its line behind which the tag can go on, else at the first quote. If
    /// that stands only behind another tag, the value has no closing quote and ends with its line.
    fn faulty_end(&mut self, start: usize, quote: u8) -> usize {
        if let Some(end) = self.end_before_attribute(start, quote) {
            return end;
        }
        let start = self.behind_expression(start);
        let first = self.bytes.get(start..).and_then(|rest| memchr(quote, rest)).map(|offset| start + offset);
        let Some(first) = first.filter(|first| !self.has_line_of_markup(start, *first)) else {
            return self.line_end(start);
        };
        if self.has_attribute_behind(first, quote) {
            return first;
        }
        let [double, single] = *self.next_ends;
        let mut next = if quote == b'"' { double } else { single };
        if !(next.from..=next.until).contains(&first) {
            next = self.next_end(first, quote);
            *self.next_ends = if quote == b'"' { [next, single] } else { [double, next] };
        }
        match next.found {
            true => next.until,
            // Behind the value on its own line stands junk; a value of several lines was rather left open.
            false if self.bytes.get(start..first).is_some_and(|value| !value.contains(&b'\n')) => first,
            false => self.line_end(start),
        }
    }

    /// Where the expression ends that the value begins with, if it does: none of its lines ends the value.
    fn behind_expression(&self, start: usize) -> usize {
        let first = super::builder::index(blank_end(self.bytes, start));
        let index = self.hidden.partition_point(|hidden| hidden.span.start < first);
        let hidden = self.hidden.get(index).filter(|hidden| hidden.span.start == first);
        hidden.map_or(start, |hidden| hidden.span.end as usize)
    }

    /// Whether the next quote behind the one at `at` opens the value of an attribute, so that there is only junk between
    /// two attributes, as in `a="1", b="2"`.
    fn has_attribute_behind(&self, at: usize, quote: u8) -> bool {
        let Some(next) = self.bytes.get(at + 1..).and_then(|rest| memchr(quote, rest)) else { return false };
        let between = self.text.get(at + 1..at + 1 + next).unwrap_or_default();
        between.trim_end().strip_suffix('=').is_some_and(|name| name.trim_end().ends_with(is_name_char))
    }

    fn has_line_of_markup(&self, from: usize, to: usize) -> bool {
        let value = self.bytes.get(from..to).unwrap_or_default();
        memchr::memchr_iter(b'\n', value).any(|offset| is_line_of_markup(self.bytes, from + offset + 1))
    }

    fn next_end(&self, from: usize, quote: u8) -> NextEnd {
        let mut at = from;
        while let Some(offset) = self.bytes.get(at..).and_then(|rest| memchr2(quote, b'\n', rest)) {
            at += offset;
            if byte(self.bytes, at) != quote {
                return NextEnd { from, until: at, found: false };
            }
            if is_tail_of_value(self.text, at + 1) {
                return NextEnd { from, until: at, found: true };
            }
            at += 1;
        }
        NextEnd { from, until: self.bytes.len(), found: false }
    }

    /// Where a value ends whose quote is missing before the next attribute, as in `a="x b="y"`: there the next quote
    /// opens another value and does not close this one.
    fn end_before_attribute(&self, start: usize, quote: u8) -> Option<usize> {
        let opening = start + memchr(quote, self.bytes.get(start..)?)?;
        let value = self.text.get(start..opening)?;
        let before = value.trim_end().strip_suffix('=')?.trim_end();
        let name = before.rfind(|c: char| !is_name_char(c))? + 1;
        let blank = before.get(..name)?;
        let end = blank.trim_end().len();
        let is_name = name < before.len() && name_end(before, name) == before.len();
        if !is_name || end == blank.len() || blank.contains(['<', '"', '\'']) {
            return None;
        }
        let closing = opening + 1 + memchr(quote, self.bytes.get(opening + 1..)?)?;
        is_tail_of_value(self.text, closing + 1).then_some(start + end)
    }

    /// The end of the line at `start` without the end of a tag.
    fn line_end(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        // A tag that begins within the line ends the value as well.
        let line = memchr2(b'\n', b'<', rest).unwrap_or(rest.len());
        let end = blank_start(self.bytes, start + line).max(start);
        let value = self.bytes.get(start..end).unwrap_or_default();
        let end = if value.ends_with(b"/>") {
            end - 2
        } else if value.ends_with(b">") {
            end - 1
        } else {
            end
        };
        blank_start(self.bytes, end).max(start)
    }
}
