//! The part of the lexer that reads interpolated strings: their text, their holes and where these end.
//!
//! The inside of a hole is read as any other text; here is only what ends it. So strings, comments and further
//! interpolated strings in a hole need nothing of their own.

use super::{Hole, INTERPOLATION, Kind, Lexer, UNTERMINATED};
use crate::expression::newer;
use csharp::span::Span;

/// How far to look for the end of a hole that goes on in the next line, in bytes.
const FURTHEST: usize = 2000;

impl Lexer<'_, '_> {
    /// The start of an interpolated string.
    pub(super) fn interpolated(&mut self, start: usize, end: usize) {
        if self.byte(start) == b'@' {
            newer::report(self.findings, Span::from(start..end), newer::Form::VerbatimInterpolated);
        }
        let verbatim = end - start == 3;
        self.push(Kind::InterpolatedStart, start, end);
        self.text_part(end, verbatim);
    }

    /// Text of an interpolated string from `start` on, and what ends it.
    fn text_part(&mut self, start: usize, verbatim: bool) {
        let mut at = start;
        let text = |lexer: &mut Self, end| {
            if start < end {
                lexer.push(Kind::InterpolatedText, start, end);
            }
        };
        loop {
            let next = self.byte(at + 1);
            match self.byte(at) {
                b'"' if verbatim && next == b'"' => at += 2,
                b'"' => {
                    text(self, at);
                    self.push(Kind::InterpolatedEnd, at, at + 1);
                    return self.go_to(at + 1);
                }
                b'{' if next == b'{' => at += 2,
                b'{' => {
                    text(self, at);
                    self.push(Kind::HoleOpen, at, at + 1);
                    self.holes.push(Hole { verbatim, depth: 0, conditionals: 0, broken_line: false });
                    return self.go_to(at + 1);
                }
                b'\\' if !verbatim && !matches!(next, b'\r' | b'\n') => at += 2,
                b'\r' | b'\n' if !verbatim => break,
                _ if at >= self.text.len() => break,
                _ => at += 1,
            }
        }
        let at = at.min(self.text.len());
        let (code, message) = match verbatim {
            true => ("CS1039", "this string does not end"),
            false => ("CS1010", "this string does not end on its line"),
        };
        self.findings.report(&UNTERMINATED, Span::from(start..at), message).code(code);
        text(self, at);
        self.push(Kind::InterpolatedEnd, at, at);
        self.go_to(at);
    }

    /// Reads one lexeme of a hole if it means something there: what ends the hole, and what may not stand in it.
    /// Gives whether it was read.
    pub(super) fn in_hole(&mut self, found: Result<Kind, ()>, start: usize, end: usize) -> bool {
        let Some(hole) = self.holes.last() else { return false };
        let (verbatim, depth) = (hole.verbatim, hole.depth);
        if !verbatim && self.breaks_line(start) {
            return true;
        }
        match found {
            Ok(Kind::BraceClose) if depth == 0 => {
                self.push(Kind::HoleClose, start, end);
                self.holes.pop();
                self.text_part(end, verbatim);
            }
            Ok(Kind::Colon) if depth == 0 => self.colon(start, end),
            Ok(Kind::BraceOpen) => {
                self.brace(start, end);
                if self.out.lexemes.last().is_some_and(|lexeme| lexeme.kind == Kind::BraceOpen) {
                    self.change_depth(1);
                }
            }
            // A quote that begins no string of its own ends the string around the hole.
            Ok(Kind::UnfinishedString) => {
                let finding = self.findings.report(&UNTERMINATED, Span::from(start..start), "this hole does not end");
                finding.code("CS8076").fix("Add `}`", Span::from(start..start), "}");
                self.push(Kind::HoleClose, start, start);
                self.holes.pop();
                self.push(Kind::InterpolatedEnd, start, start + 1);
                self.go_to(start + 1);
            }
            Ok(Kind::Comment) if !verbatim && self.byte(start + 1) == b'/' => {
                let message = "a `//` comment may not stand in a hole of an interpolated string";
                self.findings.report(&INTERPOLATION, Span::from(start..end), message).code("CS8077");
                self.out.comments.push(Span::from(start..end));
            }
            Ok(kind) => {
                match kind {
                    Kind::ParenOpen | Kind::BracketOpen => self.change_depth(1),
                    Kind::ParenClose | Kind::BracketClose | Kind::BraceClose => self.change_depth(-1),
                    Kind::Question if depth == 0 && !self.opens_conditional_access(end) => {
                        self.holes.last_mut().into_iter().for_each(|hole| hole.conditionals += 1);
                    }
                    _ => {}
                }
                return false;
            }
            Err(()) => return false,
        }
        true
    }

    fn change_depth(&mut self, by: i32) {
        if let Some(hole) = self.holes.last_mut() {
            hole.depth = hole.depth.saturating_add_signed(by);
        }
    }

    fn opens_conditional_access(&self, at: usize) -> bool {
        self.slice(at, self.text.len()).trim_start().starts_with(['.', '['])
    }

    /// The colon that begins a hole's format, or the one of a conditional without parentheses.
    fn colon(&mut self, start: usize, end: usize) {
        let Some(hole) = self.holes.last_mut() else { return };
        let verbatim = hole.verbatim;
        if hole.conditionals > 0 {
            hole.conditionals -= 1;
            let message = "in a hole of an interpolated string `:` begins the format, so this conditional is cut off";
            let finding = self.findings.report(&INTERPOLATION, Span::from(start..end), message);
            finding.code("CS8361").help("put the conditional in parentheses: `{(a ? b : c)}`");
            return self.push(Kind::Colon, start, end);
        }
        let mut at = end;
        loop {
            let next = self.byte(at + 1);
            match self.byte(at) {
                b'}' => break,
                b'"' if verbatim && next == b'"' => at += 2,
                b'"' => break,
                b'\\' if !verbatim && !matches!(next, b'\r' | b'\n') => at += 2,
                b'\r' | b'\n' if !verbatim => break,
                _ if at >= self.text.len() => break,
                _ => at += 1,
            }
        }
        let at = at.min(self.text.len());
        let format = self.slice(end, at);
        let fault = if format.is_empty() {
            Some(("CS8089", "there is no format behind this colon"))
        } else if format.ends_with(char::is_whitespace) {
            Some(("CS8088", "a format may not end with white space"))
        } else {
            None
        };
        if let Some((code, message)) = fault {
            self.findings.report(&INTERPOLATION, Span::from(start..at), message).code(code);
        }
        self.push(Kind::HoleFormat, end, at);
        if self.byte(at) == b'}' {
            self.push(Kind::HoleClose, at, at + 1);
            self.holes.pop();
            return self.text_part(at + 1, verbatim);
        }
        let finding = self.findings.report(&UNTERMINATED, Span::from(at..at), "this hole does not end");
        finding.code("CS8076").fix("Add `}`", Span::from(at..at), "}");
        self.push(Kind::HoleClose, at, at);
        self.holes.pop();
        self.text_part(at, verbatim);
    }

    /// Whether a hole of a plain interpolated string goes on in a new line at `start`, which C# 7 does not allow. If the
    /// hole does not plainly end further down, the string is ended with its first line.
    fn breaks_line(&mut self, start: usize) -> bool {
        let gap = self.gap_before(start);
        let Some(line_end) = gap.find(['\r', '\n']).map(|at| start - gap.len() + at) else { return false };
        let Some(hole) = self.holes.last_mut().filter(|hole| !hole.broken_line) else { return false };
        hole.broken_line = true;
        let span = Span::from(line_end..line_end);
        let message = "a hole of a plain interpolated string may not go on in the next line";
        let finding = self.findings.report(&INTERPOLATION, span, message);
        finding.code("CS8967").help("write the hole in one line, or begin the string with `$@\"`");
        let mut rest = self.text.bytes().skip(start).take(FURTHEST);
        let closed = rest.by_ref().find(|b| matches!(b, b'}' | b';' | b'{')) == Some(b'}');
        if closed && rest.take_while(|b| !matches!(b, b'\r' | b'\n')).any(|b| b == b'"') {
            return false;
        }
        self.push(Kind::HoleClose, line_end, line_end);
        self.holes.pop();
        self.push(Kind::InterpolatedEnd, line_end, line_end);
        self.go_to(line_end);
        true
    }
}
