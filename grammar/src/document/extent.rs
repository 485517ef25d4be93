//! Where a C# expression ends: the bracket that closes `@(` or `@{`, found by reading strings, characters, comments
//! and interpolation holes the way C# does.
//!
//! The text is read as it stands in the document, entities included, because the end has to be known before XML can be
//! read. Not here: anything else about C# (`expression`). One pass, no recursion; the caller bounds how far it goes.

use super::characters::{blank_end, is_blank, starts_with};
use super::entity::{Reference, reference};
use crate::source::{Span, slice};

/// What surrounds the expression, which decides what may stand in it besides C#.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surroundings {
    /// An attribute's value in quotes of this kind: entities count as their characters.
    Attribute(u8),
    /// Element text: entities count as their characters, and XML comments may stand between tokens.
    Text,
    /// A CDATA section, or text that is decoded already: nothing but C#.
    Plain,
}

/// Where an expression ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The closing bracket ends at `end`; the XML comments lie between tokens of the expression.
    Closed { end: usize, comments: Vec<Span> },
    /// No closing bracket was found, and from `gave_up` on none can be.
    Open { gave_up: usize },
}

/// Finds the end of the expression whose `@` stands at `at` and whose bracket follows it, looking no further than
/// `limit`.
pub(super) fn find(text: &str, at: usize, surroundings: Surroundings, limit: usize) -> Extent {
    let bytes = text.as_bytes();
    let (open, close) = if bytes.get(at + 1) == Some(&b'{') { (b'{', b'}') } else { (b'(', b')') };
    let text = slice(text, Span::from(0..limit));
    let mut scan = Scan {
        text,
        bytes: text.as_bytes(),
        at: at + 2,
        surroundings,
        open,
        close,
        depth: 1,
        holes: Vec::new(),
        comments: Vec::new(),
    };
    match scan.run() {
        Ok(()) => Extent::Closed { end: scan.at, comments: scan.comments },
        Err(Unclosed) => Extent::Open { gave_up: scan.at },
    }
}

/// The end cannot be found: something is open that never closes.
struct Unclosed;

struct Scan<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    surroundings: Surroundings,
    /// The wrapper's brackets; only these are counted, so that a missing `]` inside does not hide the end.
    open: u8,
    close: u8,
    depth: u32,
    holes: Vec<Hole>,
    comments: Vec<Span>,
}

/// An interpolation hole that is being read, and the string to return to behind it.
struct Hole {
    string: Literal,
    depth: u32,
}

#[derive(Clone, Copy)]
struct Literal {
    verbatim: bool,
    interpolated: bool,
    /// How its opening quote is written; it ends at a quote written alike, so that `"&quot;"` is one string.
    escaped: bool,
}

/// One character of C#, which the document may write as an entity.
#[derive(Clone, Copy)]
struct Unit {
    /// The character if it is ASCII, else 0x80: no other matters to the end of an expression.
    ascii: u8,
    len: usize,
    escaped: bool,
}

/// Whether a byte can change what the scanner does while it reads code; all others are passed over.
fn matters(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'/' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'$' | b'@' | b'&' | b'<' | b':')
}

impl Scan<'_> {
    /// Reads code until the wrapper's bracket closes; `at` is then behind it, or where it gave up.
    fn run(&mut self) -> Result<(), Unclosed> {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += rest.iter().position(|b| matters(*b)).unwrap_or(rest.len());
            let unit = self.unit(self.at).ok_or(Unclosed)?;
            let next = self.at + unit.len;
            match unit.ascii {
                b'"' => self.string(next, false, false, unit.escaped)?,
                b'$' | b'@' => self.prefixed(unit.ascii, next)?,
                b'\'' => self.character(next, unit.escaped)?,
                b'/' => self.slash(next)?,
                b'<' => self.less_than(unit, next)?,
                other => {
                    self.at = next;
                    self.bracket(other)?;
                    if self.depth == 0 {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// The character at `at`; none at the end.
    fn unit(&self, at: usize) -> Option<Unit> {
        let byte = *self.bytes.get(at)?;
        if byte == b'&'
            && self.surroundings != Surroundings::Plain
            && let Reference::Character { character, len } = reference(self.text, at)
        {
            let ascii = u8::try_from(character).ok().filter(u8::is_ascii).unwrap_or(0x80);
            return Some(Unit { ascii, len, escaped: true });
        }
        Some(Unit { ascii: byte, len: 1, escaped: false })
    }

    /// Counts a bracket, or ends the innermost interpolation hole.
    fn bracket(&mut self, ascii: u8) -> Result<(), Unclosed> {
        if let Some(hole) = self.holes.last_mut() {
            match ascii {
                b'(' | b'[' | b'{' => hole.depth += 1,
                b'}' if hole.depth == 0 => return self.resume(),
                b')' | b']' | b'}' => hole.depth = hole.depth.saturating_sub(1),
                // A colon outside brackets begins the hole's format, unless it is `::` behind an alias.
                b':' if hole.depth == 0 => {
                    if self.unit(self.at).is_some_and(|unit| unit.ascii == b':') {
                        self.at += 1;
                    } else {
                        return self.format();
                    }
                }
                _ => {}
            }
        } else if ascii == self.open {
            self.depth += 1;
        } else if ascii == self.close {
            self.depth -= 1;
        }
        Ok(())
    }

    /// Goes on with the text of the string whose hole has just ended.
    fn resume(&mut self) -> Result<(), Unclosed> {
        match self.holes.pop() {
            Some(hole) => self.literal(hole.string),
            None => Ok(()),
        }
    }

    /// Reads a hole's format up to the bracket that ends the hole.
    fn format(&mut self) -> Result<(), Unclosed> {
        let string = self.holes.last().map(|hole| hole.string);
        while let Some(unit) = self.unit(self.at) {
            match unit.ascii {
                b'}' => {
                    self.at += unit.len;
                    return self.resume();
                }
                // The quote of the string itself: the hole was left open.
                b'"' if string.is_some_and(|string| string.escaped == unit.escaped) => {
                    self.holes.pop();
                    self.at += unit.len;
                    return Ok(());
                }
                b'\n' | b'\r' if string.is_some_and(|string| !string.verbatim) => return Err(Unclosed),
                _ => self.at += unit.len,
            }
        }
        Err(Unclosed)
    }

    /// At `$` or `@`: a string if quotes follow, else a character like any other.
    fn prefixed(&mut self, first: u8, next: usize) -> Result<(), Unclosed> {
        self.at = next;
        let (mut verbatim, mut interpolated) = (first == b'@', first == b'$');
        let Some(mut unit) = self.unit(next) else { return Ok(()) };
        let mut behind = next;
        if (unit.ascii == b'@' && !verbatim) || (unit.ascii == b'$' && !interpolated) {
            (verbatim, interpolated) = (true, true);
            behind += unit.len;
            match self.unit(behind) {
                Some(second) => unit = second,
                None => return Ok(()),
            }
        }
        if unit.ascii == b'"' {
            self.string(behind + unit.len, verbatim, interpolated, unit.escaped)?;
        }
        Ok(())
    }

    fn string(&mut self, at: usize, verbatim: bool, interpolated: bool, escaped: bool) -> Result<(), Unclosed> {
        self.at = at;
        self.literal(Literal { verbatim, interpolated, escaped })
    }

    /// Reads the text of a string up to its closing quote or its next hole.
    fn literal(&mut self, string: Literal) -> Result<(), Unclosed> {
        while let Some(unit) = self.unit(self.at) {
            let next = self.at + unit.len;
            match unit.ascii {
                b'"' if unit.escaped == string.escaped => {
                    let doubled = string.verbatim
                        && self.unit(next).is_some_and(|second| second.ascii == b'"' && second.escaped == unit.escaped);
                    if !doubled {
                        self.at = next;
                        return Ok(());
                    }
                    self.at = next + unit.len;
                }
                // An escaped string holds no bare quote of the attribute's own kind: the value ends there.
                b'"' if string.escaped && self.surroundings == Surroundings::Attribute(b'"') => return Err(Unclosed),
                b'\\' if !string.verbatim => self.at = next + self.unit(next).map_or(0, |escaped| escaped.len),
                b'\n' | b'\r' if !string.verbatim => return Err(Unclosed),
                b'{' if string.interpolated => {
                    if self.unit(next).is_some_and(|second| second.ascii == b'{') {
                        self.at = next + 1;
                    } else {
                        self.at = next;
                        self.holes.push(Hole { string, depth: 0 });
                        return Ok(());
                    }
                }
                _ => self.at = next,
            }
        }
        Err(Unclosed)
    }

    /// Reads a character literal. Several characters in single quotes are an error in C# that real documents make; they
    /// are read as one literal, so that the error is found inside the expression and not in its end.
    fn character(&mut self, next: usize, escaped: bool) -> Result<(), Unclosed> {
        let mut at = next;
        let mut first = true;
        while let Some(unit) = self.unit(at) {
            match unit.ascii {
                // `'''` is a quote in quotes, `''` alone an empty literal: as wrong as it is common.
                b'\''
                    if unit.escaped == escaped
                        && !(first && self.unit(at + unit.len).is_some_and(|third| third.ascii == b'\'')) =>
                {
                    self.at = at + unit.len;
                    return Ok(());
                }
                b'\\' => at += unit.len + self.unit(at + unit.len).map_or(0, |escaped| escaped.len),
                b'\n' | b'\r' => break,
                _ => at += unit.len,
            }
            first = false;
        }
        if self.surroundings == Surroundings::Attribute(b'\'') && !escaped {
            return Err(Unclosed);
        }
        self.at = next;
        Ok(())
    }

    /// At a slash: a comment, the end of an XML tag, or a division.
    fn slash(&mut self, next: usize) -> Result<(), Unclosed> {
        let rest = self.bytes.get(next..).unwrap_or_default();
        match rest.first() {
            Some(b'/') => {
                self.at = next + 1;
                while let Some(unit) = self.unit(self.at).filter(|unit| !matches!(unit.ascii, b'\n' | b'\r')) {
                    self.at += unit.len;
                }
            }
            Some(b'*') => {
                let end = memchr::memmem::find(rest.get(1..).unwrap_or_default(), b"*/").ok_or(Unclosed)?;
                self.at = next + 1 + end + 2;
            }
            // No C# puts `/>` together outside a string, and every empty element does.
            Some(b'>') if self.surroundings != Surroundings::Plain => return Err(Unclosed),
            _ => self.at = next,
        }
        Ok(())
    }

    /// At `<`: a comparison or a type list, an XML comment to pass over, or a closing tag, which means that the
    /// expression was left open.
    fn less_than(&mut self, unit: Unit, next: usize) -> Result<(), Unclosed> {
        if self.surroundings != Surroundings::Plain && !unit.escaped {
            if self.surroundings == Surroundings::Text && starts_with(self.bytes, next, b"!--") {
                let body = self.bytes.get(next + 3..).unwrap_or_default();
                let end = next + 3 + memchr::memmem::find(body, b"-->").ok_or(Unclosed)? + 3;
                self.comments.push(Span::from(self.at..end));
                self.at = end;
                return Ok(());
            }
            let after_slash = self.bytes.get(next + 1).copied().unwrap_or(0);
            if starts_with(self.bytes, next, b"/") && (after_slash.is_ascii_alphabetic() || after_slash == b'_') {
                return Err(Unclosed);
            }
        }
        self.at = next;
        Ok(())
    }
}

/// The expression that makes up the whole of `text`, blanks around it aside: where it begins, where its bracket closes
/// (none if it never does), and whether anything but blanks follows. None if `text` does not begin like an expression.
pub(super) fn whole(text: &str) -> Option<Whole> {
    let bytes = text.as_bytes();
    let start = blank_end(bytes, 0);
    if !begins(bytes, start) {
        return None;
    }
    let last = bytes.iter().rposition(|b| !is_blank(*b)).map_or(start, |last| last + 1);
    Some(match find(text, start, Surroundings::Plain, text.len()) {
        Extent::Closed { end, .. } => Whole { start, end, closed: true, followed: (end < last).then_some(last) },
        Extent::Open { .. } => Whole { start, end: last, closed: false, followed: None },
    })
}

/// See [`whole`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) closed: bool,
    pub(super) followed: Option<usize>,
}

/// Whether an expression's `@(` or `@{` stands at `at`.
pub(super) fn begins(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'@') && matches!(bytes.get(at + 1), Some(b'(' | b'{'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes behind the closing bracket, or what is left where the scanner gave up.
    fn rest(text: &str, surroundings: Surroundings) -> Result<&str, &str> {
        match find(text, 0, surroundings, text.len()) {
            Extent::Closed { end, .. } => Ok(&text[end..]),
            Extent::Open { gave_up } => Err(&text[gave_up..]),
        }
    }

    #[test]
    fn the_end_is_found_by_reading_csharp() {
        let attribute = Surroundings::Attribute(b'"');
        let cases = [
            ("@(a)|", "|"),
            ("@(a(b)(c))|", "|"),
            ("@{ return (1); }|", "|"),
            (r#"@(x[")"])|"#, "|"),
            (r#"@(x["\")"])|"#, "|"),
            (r#"@(@"a"")\")|"#, "|"),
            (r#"@(x == ')')|"#, "|"),
            (r"@(x == '\'' || y == '\\')|", "|"),
            (r#"@(x == '"' && y[")"])|"#, "|"),
            ("@(x == 'GET)')|", "|"),
            ("@(x == '' || y == ')' || z == \"'\")|", "|"),
            ("@(a // )\n)|", "|"),
            ("@(a /* ) */)|", "|"),
            (r#"@($"{a})")|"#, "|"),
            (r#"@($"{{)}} {x["}"]:N2)} {(b ? 1 : 2)}")|"#, "|"),
            (r#"@($"{f($"{g(")")}")})")|"#, "|"),
            (r#"@($@"{a}"")\")|"#, "|"),
            (r#"@(@$"{a}"")\")|"#, "|"),
            (r#"@($"{global::System.Guid.NewGuid()})")|"#, "|"),
            ("@{ if (a) { } }|", "|"),
            ("@(a[ )|", "|"),
            ("@(@class.x)|", "|"),
            ("@({{name}})|", "|"),
            ("@(a / b)|", "|"),
            ("@(a&amp;&amp;b)|", "|"),
            ("@(x[&quot;)&quot;])|", "|"),
            ("@(x[&#34;)&#x22;])|", "|"),
            (r#"@(x.Replace("&quot;", ")"))|"#, "|"),
            ("@{ a // )}&#xA; }|", "|"),
            ("@(As<JObject>()[\"a\"] < 3)|", "|"),
            ("@(\"a\u{1F600})\")|", "|"),
        ];
        for (text, expected) in cases {
            assert_eq!(rest(text, attribute), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_never_closes_is_given_up_early() {
        let attribute = Surroundings::Attribute(b'"');
        let cases = [
            ("@(a", attribute, ""),
            ("@(a(\" />\n<b c=\")\"/>", attribute, "\n<b c=\")\"/>"),
            ("@(a />", attribute, "/>"),
            ("@(x[&quot;a)\" b=\"c\"", attribute, "\" b=\"c\""),
            ("@{ return 1;</set-body>}", Surroundings::Text, "</set-body>}"),
            ("@(a /* )", attribute, "/* )"),
            ("@(a <!-- )", Surroundings::Text, "<!-- )"),
            ("@(@\"a)", attribute, ""),
            ("@($\"{a)", attribute, ""),
            ("@($\"{a:)", attribute, ""),
            ("@(\"\\", attribute, ""),
        ];
        for (text, surroundings, expected) in cases {
            assert_eq!(rest(text, surroundings), Err(expected), "{text}");
        }
    }

    #[test]
    fn xml_comments_lie_between_tokens_of_element_text() {
        let text = "@{ <!-- don't ) --> return \"<!--\"; }";
        let Extent::Closed { end, comments } = find(text, 0, Surroundings::Text, text.len()) else { panic!() };
        assert_eq!((end, comments), (text.len(), vec![Span::new(3, 19)]));
    }

    #[test]
    fn an_expression_is_the_whole_value() {
        let found = |start, end, closed, followed| Some(Whole { start, end, closed, followed });
        let cases = [
            (" @(a) ", found(1, 5, true, None)),
            ("@(a) b ", found(0, 4, true, Some(6))),
            ("@{ ", found(0, 2, false, None)),
            ("a @(b)", None),
            ("me@example.com", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(whole(text), expected, "{text:?}");
        }
    }
}
