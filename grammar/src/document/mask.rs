//! Finds the expressions of a document before XML is read, and hides them from the XML reader.
//!
//! Policy text is not XML: an expression may hold quotes, `<` and `&` as they are. The mask replaces each expression
//! by filler of the same length, newlines kept, so that what is left can be read as XML and every offset stays true.
//! It judges by what stands directly around an expression and knows little of tags; whether a found stretch really is
//! a whole value is settled when the tree is there (`values`). What looks like an expression within other text is
//! hidden as well: it is none, but its quotes and brackets would break the document around it.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};

use super::characters::{
    BYTE_ORDER_MARK, blank_end, blank_start, byte, cdata_end, is_blank, is_name_char, starts_with,
};
use super::extent::{Extent, Surroundings, begins, find};
use crate::source::Span;

/// A text whose expressions are hidden.
pub(super) struct Mask<'t> {
    /// The text as XML may read it: same length, newlines at the same places.
    pub(super) text: Cow<'t, str>,
    /// What was hidden, in order.
    pub(super) hidden: Vec<Hidden>,
}

/// One stretch that looks like an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hidden {
    /// From the `@` to the closing bracket, or as far as an unclosed expression seems to reach.
    pub(super) span: Span,
    /// Whether the closing bracket was found.
    pub(super) closed: bool,
    /// XML comments between the tokens of the expression.
    pub(super) comments: Vec<Span>,
}

/// What replaces the bytes of an expression: it means nothing to XML.
const FILLER: u8 = b'x';

/// How far any scan may go once scans that found nothing have used up their allowance: the rest of a line, about.
const LEAST_REACH: usize = 256;

/// Hides the expressions of `text`.
pub(super) fn mask(text: &str) -> Mask<'_> {
    let mut masking = Masking {
        text,
        bytes: text.as_bytes(),
        masked: None,
        hidden: Vec::new(),
        // Scans that end in nothing are repeated from further on; together they may read the text a few times over.
        allowance: text.len().saturating_mul(4),
        no_instruction_ends: false,
        no_section_ends: false,
        in_text: true,
    };
    masking.run();
    let text = match masking.masked {
        // Filler is ASCII and covers whole characters, so this cannot fail.
        Some(bytes) => String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned),
        None => Cow::Borrowed(text),
    };
    Mask { text, hidden: masking.hidden }
}

struct Masking<'t> {
    text: &'t str,
    bytes: &'t [u8],
    masked: Option<Vec<u8>>,
    hidden: Vec<Hidden>,
    allowance: usize,
    /// Whether no `?>` is left to be found.
    no_instruction_ends: bool,
    /// Whether no `]]>` is left to be found.
    no_section_ends: bool,
    /// Whether the last bracket passed was a `>`, so that text stands here and no tag.
    in_text: bool,
}

impl Masking<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(offset) = self.bytes.get(at..).and_then(|rest| memchr3(b'<', b'>', b'@', rest)) {
            at += offset;
            at = match byte(self.bytes, at) {
                b'@' => self.at_sign(at),
                b'<' => self.markup(at),
                _ => {
                    self.in_text = true;
                    at + 1
                }
            };
        }
    }

    /// At `<`: steps over what hides expressions from view.
    fn markup(&mut self, at: usize) -> usize {
        if starts_with(self.bytes, at, b"<!--") {
            self.in_text = true;
            return self.behind(at + 4, b"-->").unwrap_or(self.bytes.len());
        }
        if starts_with(self.bytes, at, b"<![CDATA[") {
            self.in_text = true;
            return self.cdata(at);
        }
        if starts_with(self.bytes, at, b"<?") {
            let end = if self.no_instruction_ends { None } else { self.behind(at + 2, b"?>") };
            self.no_instruction_ends |= end.is_none();
            return end.unwrap_or(at + 2);
        }
        self.in_text = false;
        at + 1
    }

    fn behind(&self, from: usize, mark: &[u8]) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        memmem::find(rest, mark).map(|offset| from + offset + mark.len())
    }

    /// At `@`: hides an expression if one begins here and fills an attribute's value or an element's text.
    fn at_sign(&mut self, at: usize) -> usize {
        if !begins(self.bytes, at) {
            return at + 1;
        }
        let before = blank_start(self.bytes, at);
        let is_first = before == 0 || (before == BYTE_ORDER_MARK.len_utf8() && self.text.starts_with(BYTE_ORDER_MARK));
        if is_first {
            return self.element_text(at);
        }
        match before.checked_sub(1).map(|last| (last, byte(self.bytes, last))) {
            Some((_, b'>')) => self.element_text(at),
            Some((quote_at, quote @ (b'"' | b'\''))) if self.is_behind_equals(quote_at) => {
                // In text it may be anything; in a tag it is a value whose end has to be found even if it is faulty.
                if self.in_text {
                    self.if_closed(at, Surroundings::Attribute(quote), self.bytes.len())
                } else {
                    self.attribute(at, quote)
                }
            }
            Some((_, b'=')) if !self.in_text && before == at && self.is_behind_equals(at) => {
                self.if_closed(at, Surroundings::Text, self.bytes.len())
            }
            _ if self.in_text => self.if_closed(at, Surroundings::Text, self.bytes.len()),
            _ => at + 1,
        }
    }

    /// Whether `name =` stands before `at`, as it does before an attribute's value.
    fn is_behind_equals(&self, at: usize) -> bool {
        let behind = blank_start(self.bytes, at);
        if behind == 0 || byte(self.bytes, behind - 1) != b'=' {
            return false;
        }
        let name = blank_start(self.bytes, behind - 1);
        self.text.get(..name).and_then(|before| before.chars().next_back()).is_some_and(is_name_char)
    }

    fn attribute(&mut self, at: usize, quote: u8) -> usize {
        match self.find(at, Surroundings::Attribute(quote)) {
            Some((end, comments)) => {
                let tail = blank_end(self.bytes, end);
                let value_end =
                    if byte(self.bytes, tail) == quote { end } else { self.value_end(end, quote).unwrap_or(end) };
                self.hide(Span::from(at..end), true, comments, value_end)
            }
            None => {
                let end = self.value_end(at + 2, quote).unwrap_or_else(|| self.open_end(at + 2));
                self.hide(Span::from(at..self.trimmed(at + 2, end)), false, Vec::new(), end)
            }
        }
    }

    fn element_text(&mut self, at: usize) -> usize {
        match self.find(at, Surroundings::Text) {
            Some((end, comments)) => self.hide(Span::from(at..end), true, comments, end),
            None => {
                let end = self.text_end(at);
                self.hide(Span::from(at..self.trimmed(at + 2, end)), false, Vec::new(), end)
            }
        }
    }

    /// A stretch that may just as well be no expression, such as one in the middle of text: it is hidden only if it
    /// closes before `end`.
    fn if_closed(&mut self, at: usize, surroundings: Surroundings, end: usize) -> usize {
        match self.find_before(end, at, surroundings) {
            Some((closed, comments)) => self.hide(Span::from(at..closed), true, comments, closed),
            None => at + 2,
        }
    }

    /// Hides the expressions of the CDATA section that begins at `at`, and steps over it.
    fn cdata(&mut self, at: usize) -> usize {
        let section = at;
        let start = blank_end(self.bytes, section + 9);
        let mut at = start;
        // Brackets within the expression that fills a section may look like the section's end.
        if let Some((end, _)) = begins(self.bytes, start).then(|| self.find(start, Surroundings::Plain)).flatten() {
            at = self.hide(Span::from(start..end), true, Vec::new(), end);
        }
        let behind = if self.no_section_ends { None } else { self.behind(at, b"]]>") };
        self.no_section_ends |= behind.is_none();
        let name = if behind.is_none() { self.name_before(section) } else { None };
        let end = match behind {
            Some(behind) => behind - 3,
            None => cdata_end(self.text, at, name).unwrap_or(self.bytes.len()),
        };
        if at == start && begins(self.bytes, start) {
            at = self.hide(Span::from(start..self.trimmed(start + 2, end)), false, Vec::new(), end);
        }
        while let Some(offset) = self.bytes.get(at..end).and_then(|rest| memchr(b'@', rest)) {
            at += offset;
            at = if begins(self.bytes, at) { self.if_closed(at, Surroundings::Plain, end) } else { at + 1 };
        }
        behind.unwrap_or(end)
    }

    /// The end of the expression at `at`, within what the allowance leaves.
    fn find(&mut self, at: usize, surroundings: Surroundings) -> Option<(usize, Vec<Span>)> {
        self.find_before(self.bytes.len(), at, surroundings)
    }

    fn find_before(&mut self, end: usize, at: usize, surroundings: Surroundings) -> Option<(usize, Vec<Span>)> {
        let limit = end.min(at.saturating_add(self.allowance.max(LEAST_REACH)));
        match find(self.text, at, surroundings, limit) {
            Extent::Closed { end, comments } => Some((end, comments)),
            Extent::Open { gave_up } => {
                self.allowance = self.allowance.saturating_sub(gave_up - at);
                None
            }
        }
    }

    /// Hides the bytes from the span's start to `until` and gives the place to go on from.
    fn hide(&mut self, span: Span, closed: bool, comments: Vec<Span>, until: usize) -> usize {
        let masked = self.masked.get_or_insert_with(|| self.bytes.to_vec());
        let until = until.max(span.end as usize);
        for byte in masked.get_mut(span.start as usize..until).unwrap_or_default() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = FILLER;
            }
        }
        self.hidden.push(Hidden { span, closed, comments });
        until
    }

    /// Where the value ends that holds a faulty expression: at the first quote from `from` on behind which a tag can go
    /// on, unless a line that begins with a tag comes first.
    fn value_end(&mut self, from: usize, quote: u8) -> Option<usize> {
        let limit = from.saturating_add(self.allowance.max(LEAST_REACH)).min(self.bytes.len());
        let mut at = from;
        let found = loop {
            let rest = self.bytes.get(at..limit).unwrap_or_default();
            let Some(offset) = memchr2(quote, b'\n', rest) else { break None };
            at += offset;
            if byte(self.bytes, at) == quote {
                if is_tail_of_value(self.text, at + 1) {
                    break Some(at);
                }
            } else if is_line_of_markup(self.bytes, at + 1) {
                break None;
            }
            at += 1;
        };
        if found.is_none() {
            self.allowance = self.allowance.saturating_sub(at - from);
        }
        found
    }

    /// Where an expression ends that lacks both its bracket and its quote: before the next line that begins with a tag,
    /// without the tag's own end.
    fn open_end(&mut self, from: usize) -> usize {
        let limit = from.saturating_add(self.allowance.max(LEAST_REACH)).min(self.bytes.len());
        let mut at = from;
        while let Some(offset) = self.bytes.get(at..limit).and_then(|rest| memchr(b'\n', rest)) {
            at += offset + 1;
            if is_line_of_markup(self.bytes, at) {
                break;
            }
        }
        // The text may end, or the allowance, before such a line: then the expression gets its first line only.
        let first_line = self.bytes.get(from..limit).and_then(|rest| memchr(b'\n', rest)).map_or(limit, |n| from + n);
        self.allowance = self.allowance.saturating_sub(at - from);
        let line_end = if is_line_of_markup(self.bytes, at) { at } else { first_line };
        let end = blank_start(self.bytes, line_end).max(from);
        let line = self.bytes.get(from..end).unwrap_or_default();
        let end = if line.ends_with(b"/>") {
            end - 2
        } else if line.ends_with(b">") && !line.ends_with(b"=>") {
            end - 1
        } else {
            end
        };
        self.floor(blank_start(self.bytes, end).max(from))
    }

    /// Where element text ends that holds an unclosed expression: at the closing tag of its element, else at the first
    /// closing tag that begins a line, else at the first closing tag.
    fn text_end(&mut self, at: usize) -> usize {
        let limit = at.saturating_add(self.allowance.max(LEAST_REACH)).min(self.bytes.len());
        let name = self.name_before(at);
        let mut first = None;
        let mut from = at;
        let end = loop {
            let rest = self.bytes.get(from..limit).unwrap_or_default();
            let Some(offset) = memmem::find(rest, b"</") else { break None };
            from += offset;
            let line = blank_start(self.bytes, from);
            let begins_line = self.bytes.get(line..from).unwrap_or_default().contains(&b'\n');
            if begins_line || name.is_some_and(|name| starts_with(self.bytes, from + 2, name.as_bytes())) {
                break Some(from);
            }
            first = first.or(Some(from));
            from += 2;
        };
        self.allowance = self.allowance.saturating_sub(end.unwrap_or(limit) - at);
        self.floor(end.or(first).unwrap_or(limit))
    }

    /// The name of the element whose opening tag ends before `at`, if that is what stands there.
    fn name_before(&self, at: usize) -> Option<&str> {
        let masked = self.masked.as_deref().unwrap_or(self.bytes);
        let before = masked.get(at.saturating_sub(4 * LEAST_REACH)..at)?;
        let open = at - before.len() + memchr::memrchr(b'<', before)? + 1;
        let end = super::characters::name_end(self.text, open);
        self.text.get(open..end).filter(|name| !name.is_empty())
    }

    /// `end` without the blanks before it, but not before `least`.
    fn trimmed(&self, least: usize, end: usize) -> usize {
        blank_start(self.bytes, end).max(least)
    }

    /// The character boundary at or before `at`.
    fn floor(&self, mut at: usize) -> usize {
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Whether the rest of a tag can begin at `at`, directly behind an attribute's closing quote.
pub(super) fn is_tail_of_value(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let next = blank_end(bytes, at);
    match byte(bytes, next) {
        b'>' => true,
        b'/' | b'?' => byte(bytes, next + 1) == b'>',
        // Another tag begins a line: this one was left open.
        b'<' => bytes.get(at..next).unwrap_or_default().contains(&b'\n'),
        0 => next >= bytes.len(),
        _ => {
            let name = super::characters::name_end(text, next);
            let equals = blank_end(bytes, name);
            let quote = blank_end(bytes, equals + 1);
            name > next && byte(bytes, equals) == b'=' && matches!(byte(bytes, quote), b'"' | b'\'')
        }
    }
}

/// Whether the line that begins at `at` begins with a tag or a comment.
pub(super) fn is_line_of_markup(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let indent = rest.iter().position(|b| !is_blank(*b) || *b == b'\n').unwrap_or(rest.len());
    let next = byte(bytes, at + indent + 1);
    byte(bytes, at + indent) == b'<' && (next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The masked text, and the found expressions with a mark behind those that are not closed.
    fn masked(text: &str) -> (String, Vec<String>) {
        let mask = mask(text);
        assert_eq!(mask.text.len(), text.len());
        let show = |found: &Hidden| {
            let code = crate::source::slice(text, found.span);
            if found.closed { code.to_owned() } else { format!("{code}…") }
        };
        (mask.text.clone().into_owned(), mask.hidden.iter().map(show).collect())
    }

    #[test]
    fn expressions_that_fill_a_value_are_hidden() {
        let cases: &[(&str, &str, &[&str])] = &[
            (r#"<a b="@(x["k"] < 1)"/>"#, r#"<a b="xxxxxxxxxxxxx"/>"#, &[r#"@(x["k"] < 1)"#]),
            ("<a b = ' @{x\n} '/>", "<a b = ' xxx\nx '/>", &["@{x\n}"]),
            ("<a> @(b<c && d) </a>", "<a> xxxxxxxxxxx </a>", &["@(b<c && d)"]),
            ("<a><![CDATA[ @(b[c[0]]>1) ]]></a>", "<a><![CDATA[ xxxxxxxxxxxx ]]></a>", &["@(b[c[0]]>1)"]),
            ("<a b=@(c)/>", "<a b=xxxx/>", &["@(c)"]),
            ("<!-- <a b=\"@(c)\"/> -->", "<!-- <a b=\"@(c)\"/> -->", &[]),
            ("<a b=\"me@example.com\">c @x</a>", "<a b=\"me@example.com\">c @x</a>", &[]),
            ("<a b=\"c @(d)\">e @(f<g)@(</a>", "<a b=\"c @(d)\">e xxxxxx@(</a>", &["@(f<g)"]),
            ("<a><![CDATA[{ \"b\": \"@(c)\" }]]></a>", "<a><![CDATA[{ \"b\": \"xxxx\" }]]></a>", &["@(c)"]),
            ("<a><![CDATA[a @(b]]>c)</a>", "<a><![CDATA[a @(b]]>c)</a>", &[]),
            ("@(a)", "xxxx", &["@(a)"]),
            ("<a>@(é)</a>", "<a>xxxxx</a>", &["@(é)"]),
        ];
        for (text, expected, found) in cases {
            let (mask, expressions) = masked(text);
            assert_eq!(mask, *expected, "{text}");
            assert_eq!(expressions, *found, "{text}");
        }
    }

    #[test]
    fn a_faulty_expression_does_not_swallow_the_document() {
        let cases: &[(&str, &[&str])] = &[
            (r#"<a b="@(f("x")" c="d"/>"#, &[r#"@(f("x")…"#]),
            ("<a b=\"@(f(x\" />\n<c d=\"@(e)\"/>", &["@(f(x…", "@(e)"]),
            ("<a b=\"@(f(x\n  <c d=\"@(e)\"/>", &["@(f(x…", "@(e)"]),
            ("<a b=\"@(f(x />\n  <c d=\"@(e)\"/>", &["@(f(x…", "@(e)"]),
            ("<a b=\"@(f)+1\" c=\"@(e)\"/>", &["@(f)", "@(e)"]),
            ("<a>@{ return x; </a><b>@(e)</b>", &["@{ return x;…", "@(e)"]),
            ("<a>@{ return \"</x> </a><b>@(e)</b>", &["@{ return \"</x>…", "@(e)"]),
            ("<a>@{ return 1;\n</b><b>@(e)</b>", &["@{ return 1;…", "@(e)"]),
            ("<a><![CDATA[@(f]]></a><b>@(e)</b>", &["@(f…", "@(e)"]),
            ("<a b=\"@(", &["@(…"]),
            ("<a>@{", &["@{…"]),
        ];
        for (text, found) in cases {
            assert_eq!(masked(text).1, *found, "{text}");
        }
    }
}
