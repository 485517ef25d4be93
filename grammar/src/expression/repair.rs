//! Brackets: which closes which, and what to do where they do not match.
//!
//! Sound text passes through [`mates`] alone. Where that finds brackets that do not match, [`repair`] adds closing ones
//! of no width and drops those that nothing opened, so that everything after it may rely on pairs.
//!
//! Not here: missing operands, names, semicolons and keywords, which `disambiguate` adds where it finds them missing.

use super::finding::Findings;
use super::lexer::{Kind, Lexeme};
use super::types::is_declaration;
use crate::diagnostic::{Level, Rule};
use csharp::span::Span;

/// A bracket that has no partner.
pub static UNMATCHED_BRACKET: Rule = Rule {
    id: "expression/unmatched-bracket",
    level: Level::Error,
    summary: "a bracket in an expression has no partner",
    page: include_str!("rules/unmatched-bracket.md"),
    aliases: &["CS1026", "CS1513", "CS1003", "CS1525", "CS8076"],
};

/// How deep brackets may lie in each other. Real expressions reach 11.
pub(super) const DEEPEST: usize = 128;

/// What is wrong with the brackets of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// One has no partner, or the wrapper does not end the text.
    Unmatched,
    /// The bracket at this index lies deeper than [`DEEPEST`].
    TooDeep(usize),
}

/// What closes a bracket, if `kind` is one that opens.
fn closer(kind: Kind) -> Option<Kind> {
    Some(match kind {
        Kind::OpenExpression | Kind::ParenOpen => Kind::ParenClose,
        Kind::OpenBlock | Kind::BraceOpen => Kind::BraceClose,
        Kind::BracketOpen => Kind::BracketClose,
        Kind::HoleOpen => Kind::HoleClose,
        Kind::InterpolatedStart => Kind::InterpolatedEnd,
        _ => return None,
    })
}

fn is_closer(kind: Kind) -> bool {
    matches!(kind, Kind::ParenClose | Kind::BraceClose | Kind::BracketClose | Kind::HoleClose | Kind::InterpolatedEnd)
}

/// For every opening bracket the index of the one that closes it, written to `mates`, 0 elsewhere.
pub(super) fn mates(lexemes: &[Lexeme], mates: &mut Vec<u32>) -> Result<(), Flaw> {
    mates.clear();
    mates.resize(lexemes.len(), 0);
    let mut open: Vec<(usize, Kind)> = Vec::with_capacity(16);
    for (at, lexeme) in lexemes.iter().enumerate() {
        if let Some(closer) = closer(lexeme.kind) {
            if open.len() >= DEEPEST {
                return Err(Flaw::TooDeep(at));
            }
            if open.is_empty() && at > 0 {
                return Err(Flaw::Unmatched);
            }
            open.push((at, closer));
        } else if is_closer(lexeme.kind) {
            let Some((opener, expected)) = open.pop() else { return Err(Flaw::Unmatched) };
            if expected != lexeme.kind || open.is_empty() && at + 1 < lexemes.len() {
                return Err(Flaw::Unmatched);
            }
            if let Some(mate) = mates.get_mut(opener) {
                *mate = u32::try_from(at).unwrap_or(u32::MAX);
            }
        }
    }
    let wrapped = matches!(lexemes.first(), Some(Lexeme { kind: Kind::OpenExpression | Kind::OpenBlock, .. }));
    if open.is_empty() && wrapped { Ok(()) } else { Err(Flaw::Unmatched) }
}

/// The lexemes with brackets added and dropped so that all match, the wrapper around them. What lies behind a bracket
/// deeper than [`DEEPEST`] is left out.
pub(super) fn repair(text: &str, lexemes: &[Lexeme], findings: &mut Findings) -> Vec<Lexeme> {
    let out = Vec::with_capacity(lexemes.len() + 8);
    let mut repair = Repair { text, lexemes, out, open: Vec::new(), construction: false, closed: None, findings };
    repair.run();
    repair.out
}

/// What an open bracket is for, as far as that tells where it must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Block,
    Initializer,
    /// The arguments or sizes behind `new T`, after which an initializer may come.
    Construction,
    /// The head of a `for`, with how many `;` it has had.
    For(u8),
    /// The head of another statement, or the parameters of a function.
    Head,
    Other,
}

#[derive(Clone, Copy)]
struct Open {
    lexeme: Lexeme,
    closer: Kind,
    purpose: Purpose,
}

struct Repair<'a> {
    text: &'a str,
    lexemes: &'a [Lexeme],
    out: Vec<Lexeme>,
    open: Vec<Open>,
    /// Whether what was just read belongs to `new T`.
    construction: bool,
    /// What the last lexeme closed, if it closed something.
    closed: Option<Purpose>,
    findings: &'a mut Findings,
}

impl Repair<'_> {
    fn run(&mut self) {
        let (wrapper, first) = match self.lexemes.first() {
            Some(first @ Lexeme { kind: Kind::OpenExpression | Kind::OpenBlock, .. }) => (*first, 1),
            _ => {
                let message = "an expression stands in `@(…)` or `@{…}`";
                self.findings.report(&UNMATCHED_BRACKET, Span::empty(0), message);
                (Lexeme { kind: Kind::OpenExpression, start: 0, end: 0 }, 0)
            }
        };
        self.push_opener(wrapper, if wrapper.kind == Kind::OpenBlock { Purpose::Block } else { Purpose::Other });
        let last = self.lexemes.len().checked_sub(1).filter(|last| *last >= first);
        let end = last.and_then(|last| self.lexemes.get(last)).filter(|end| closer(wrapper.kind) == Some(end.kind));
        let inside = if end.is_some() { self.lexemes.len() - 1 } else { self.lexemes.len() };
        for at in first..inside {
            let Some(lexeme) = self.lexemes.get(at).copied() else { continue };
            if closer(lexeme.kind).is_some() && self.open.len() >= DEEPEST {
                break;
            }
            self.read(at, lexeme);
        }
        match end {
            Some(end) => {
                self.close_down_to(1);
                self.out.push(*end);
            }
            None => self.close_down_to(0),
        }
    }

    fn read(&mut self, at: usize, lexeme: Lexeme) {
        if !is_closer(lexeme.kind)
            && !self.is_in_block()
            && self.ends_brackets(at, lexeme)
            && let Some(block) = self.enclosing_block()
        {
            self.close_down_to(block + 1);
        }
        if let Some(open) = self.open.last_mut()
            && let Purpose::For(count) = &mut open.purpose
            && lexeme.kind == Kind::Semicolon
        {
            *count += 1;
        }
        if closer(lexeme.kind).is_some() {
            let purpose = self.purpose(lexeme.kind);
            self.push_opener(lexeme, purpose);
        } else if is_closer(lexeme.kind) {
            return self.read_closer(lexeme);
        } else {
            self.out.push(lexeme);
        }
        self.closed = None;
        self.construction = match lexeme.kind {
            Kind::New | Kind::StackAlloc => true,
            Kind::Identifier
            | Kind::Predefined
            | Kind::Dot
            | Kind::ColonColon
            | Kind::Less
            | Kind::Greater
            | Kind::Question => self.construction,
            _ => false,
        };
    }

    fn read_closer(&mut self, lexeme: Lexeme) {
        // The wrapper, at the bottom, is closed by the end of the text and by nothing before it.
        let found = self.open.iter().skip(1).rposition(|open| open.closer == lexeme.kind).map(|at| at + 1);
        // A `)` behind half a statement does not close the block the statement is in: it is one too many.
        let stray = found.is_none_or(|found| {
            let crosses = self.open.iter().skip(found + 1).any(|open| open.purpose == Purpose::Block);
            crosses && !self.is_after_statement()
        });
        let Some(found) = found.filter(|_| !stray) else {
            let text = self.text.get(lexeme.start as usize..lexeme.end as usize).unwrap_or("");
            if !text.is_empty() {
                let message = format!("nothing opens this `{text}`");
                let finding = self.findings.report(&UNMATCHED_BRACKET, lexeme.span(), message);
                finding.code("CS1525").fix("Remove it", lexeme.span(), "");
            }
            return;
        };
        self.close_down_to(found + 1);
        self.closed = self.open.pop().map(|open| open.purpose);
        self.construction = self.closed == Some(Purpose::Construction);
        self.out.push(lexeme);
    }

    fn push_opener(&mut self, lexeme: Lexeme, purpose: Purpose) {
        self.out.push(lexeme);
        if let Some(closer) = closer(lexeme.kind) {
            self.open.push(Open { lexeme, closer, purpose });
        }
    }

    /// Closes the innermost brackets until `count` are open.
    fn close_down_to(&mut self, count: usize) {
        while self.open.len() > count {
            let Some(open) = self.open.pop() else { return };
            let at = self.out.last().map_or(0, |lexeme| lexeme.end);
            self.out.push(Lexeme { kind: open.closer, start: at, end: at });
            let written = self.text.get(open.lexeme.start as usize..open.lexeme.end as usize).unwrap_or("");
            // What does not end took the closing brackets with it, wherever they are.
            if self.findings.swallowed(self.text.len()) {
                continue;
            }
            let missing = match open.closer {
                Kind::ParenClose => ")",
                Kind::BracketClose => "]",
                Kind::InterpolatedEnd => "\"",
                _ => "}",
            };
            let message = match written {
                "" => format!("`{missing}` is missing"),
                _ => format!("`{missing}` is missing: nothing closes the `{written}`"),
            };
            let code = match open.closer {
                Kind::HoleClose | Kind::InterpolatedEnd => "CS8076",
                _ => "CS1525",
            };
            let finding = self.findings.report(&UNMATCHED_BRACKET, Span::empty(at), message);
            if !written.is_empty() {
                finding.label(open.lexeme.span(), "opened here");
            }
            finding.code(code).fix(format!("Add `{missing}`"), Span::empty(at), missing);
        }
    }

    fn is_in_block(&self) -> bool {
        self.open.last().is_some_and(|open| open.purpose == Purpose::Block)
    }

    /// The innermost open block, unless a hole of a string lies between.
    fn enclosing_block(&self) -> Option<usize> {
        let open =
            self.open.iter().rposition(|open| open.purpose == Purpose::Block || open.closer == Kind::HoleClose)?;
        self.open.get(open).filter(|open| open.purpose == Purpose::Block).map(|_| open)
    }

    fn is_after_statement(&self) -> bool {
        self.out.last().is_some_and(|before| matches!(before.kind, Kind::Semicolon | Kind::BraceClose))
    }

    /// Whether a lexeme cannot stand in the brackets that are open, so that they must have been meant to end before it.
    fn ends_brackets(&self, at: usize, lexeme: Lexeme) -> bool {
        let before = self.out.last().copied();
        let after_opener = before.is_some_and(|before| closer(before.kind).is_some());
        match lexeme.kind {
            Kind::Semicolon => !matches!(self.open.last(), Some(Open { purpose: Purpose::For(0 | 1), .. })),
            Kind::If
            | Kind::Return
            | Kind::For
            | Kind::ForEach
            | Kind::While
            | Kind::Do
            | Kind::Try
            | Kind::Using
            | Kind::Lock
            | Kind::Break
            | Kind::Continue
            | Kind::Goto
            | Kind::Const
            | Kind::Else
            | Kind::Catch
            | Kind::Finally => true,
            Kind::BraceOpen => self.brace_purpose() == Purpose::Block && !self.may_follow_in_brackets(before),
            Kind::Identifier | Kind::Predefined => {
                let gap = before.map_or(0, |before| before.end as usize)..lexeme.start as usize;
                let new_line = self.text.get(gap).is_some_and(|gap| gap.contains('\n'));
                new_line && !after_opener && is_declaration(self.lexemes, at)
            }
            _ => false,
        }
    }

    /// Whether a block may stand behind `before` inside of parentheses.
    fn may_follow_in_brackets(&self, before: Option<Lexeme>) -> bool {
        before.is_some_and(|before| matches!(before.kind, Kind::Arrow | Kind::Delegate))
            || self.closed == Some(Purpose::Head)
    }

    fn purpose(&self, opener: Kind) -> Purpose {
        let mut before = self.out.iter().rev();
        match (opener, before.next().map(|lexeme| lexeme.kind)) {
            (Kind::BraceOpen, _) => self.brace_purpose(),
            (Kind::ParenOpen, Some(Kind::For)) => Purpose::For(0),
            (
                Kind::ParenOpen,
                Some(
                    Kind::If
                    | Kind::While
                    | Kind::Switch
                    | Kind::Lock
                    | Kind::Using
                    | Kind::ForEach
                    | Kind::Catch
                    | Kind::Delegate,
                ),
            ) => Purpose::Head,
            (Kind::ParenOpen | Kind::BracketOpen, _) if self.construction => Purpose::Construction,
            (Kind::ParenOpen, Some(Kind::Identifier)) => {
                // A type before the name: a function. `when (…)` is the filter of a handler.
                let declares = matches!(
                    before.next().map(|lexeme| lexeme.kind),
                    Some(Kind::Identifier | Kind::Predefined | Kind::Greater | Kind::BracketClose | Kind::Question)
                );
                let name = self.out.last().and_then(|l| self.text.get(l.start as usize..l.end as usize));
                if self.is_in_block() && (declares || name == Some("when")) { Purpose::Head } else { Purpose::Other }
            }
            _ => Purpose::Other,
        }
    }

    fn brace_purpose(&self) -> Purpose {
        let in_initializer = self.open.last().is_some_and(|open| open.purpose == Purpose::Initializer);
        let Some(before) = self.out.last() else { return Purpose::Block };
        match before.kind {
            Kind::BraceOpen | Kind::BraceClose if in_initializer => Purpose::Initializer,
            Kind::New
            | Kind::Assign
            | Kind::Comma
            | Kind::ParenOpen
            | Kind::OpenExpression
            | Kind::Return
            | Kind::BracketClose
            | Kind::Switch
            | Kind::Is => Purpose::Initializer,
            Kind::ParenClose if self.closed == Some(Purpose::Construction) => Purpose::Initializer,
            Kind::Identifier if self.text.get(before.start as usize..before.end as usize) == Some("with") => {
                Purpose::Initializer
            }
            _ if self.construction => Purpose::Initializer,
            _ => Purpose::Block,
        }
    }
}
