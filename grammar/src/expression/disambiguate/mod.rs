//! Tells what each lexeme means, and mends what is missing.
//!
//! One pass from left to right turns lexemes into the tokens of the grammar. It knows at each place whether an operand,
//! an operator or a statement is due, and in which brackets it is; so it can tell a type list from less-than, a cast or
//! a lambda from parentheses and a declaration from an expression by C#'s own rules, and announces each by a token of
//! its own. The same knowledge mends broken text where it breaks: a missing operand, name, semicolon or parenthesis is
//! put in as a token of no width, and what has no place is left out, each with a finding. **What comes out is always a
//! sentence of the grammar**; sound text comes out without a finding.
//!
//! Not here: brackets without a partner (`repair`, before this pass), and what a finished tree may not hold (`check`).

mod frame;
mod names;
mod operand;
mod operator;
mod query;
mod statement;

use super::finding::{Finding, Findings};
use super::lexer::{Kind, Lexeme};
use crate::diagnostic::{Level, Rule};
use csharp::span::Span;
use csharp::token::{Placed, Token};
use frame::{Frame, FrameKind, Pending};

/// Something that C# wants here and that is not there.
pub static MISSING: Rule = Rule {
    id: "expression/missing",
    level: Level::Error,
    summary: "an operand, a name or a piece of punctuation is missing in an expression",
    page: include_str!("../rules/missing.md"),
    aliases: &["CS1525", "CS1002", "CS1001", "CS1003", "CS1026", "CS1031", "CS1514", "CS1526", "CS1586", "CS1733"],
};

/// Something that has no place where it stands.
pub static UNEXPECTED: Rule = Rule {
    id: "expression/unexpected",
    level: Level::Error,
    summary: "something in an expression has no place where it stands",
    page: include_str!("../rules/unexpected.md"),
    aliases: &["CS1525", "CS1041", "CS1002", "CS1003", "CS0650", "CS0178"],
};

/// The tokens of `text`, whose lexemes are `lexemes` and whose brackets match as `mates` tells.
pub(super) fn disambiguate(text: &str, lexemes: &[Lexeme], mates: &[u32], findings: &mut Findings) -> Vec<Placed> {
    let mut pass = Pass {
        text,
        lexemes,
        mates,
        at: 0,
        out: Vec::with_capacity(lexemes.len() + lexemes.len() / 8 + 8),
        due: Due::Operand,
        room: Room::Expression,
        by_ref: false,
        postfix: false,
        behind: Behind::Operand,
        frames: Vec::with_capacity(16),
        pending: Vec::new(),
        findings,
    };
    pass.run();
    pass.out
}

/// What is due next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Statement,
    Operand,
    /// An operator or the end of the expression.
    Operator,
    /// A clause of a query, or its end.
    Clause,
    /// A handler of a `try`, or the end of it.
    Handler,
}

/// How much of an expression may stand where an operand is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// A whole one: lambda, `throw`, assignment.
    Expression,
    /// The right side of `??`: no lambda, but `throw`.
    Coalesce,
    /// One operand.
    Unary,
}

/// What has just ended where an operator is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    Operand,
    /// The block of a lambda, behind which no operator may stand.
    LambdaBlock,
    /// Elements in braces that are no value of their own: only a separator or a closing bracket may follow.
    Elements,
}

struct Pass<'a> {
    text: &'a str,
    lexemes: &'a [Lexeme],
    mates: &'a [u32],
    /// The index of the next lexeme.
    at: usize,
    out: Vec<Placed>,
    due: Due,
    /// Where an operand is due: how much of an expression may stand there.
    room: Room,
    /// Where an operand is due: whether `ref` may stand before it.
    by_ref: bool,
    /// Where an operator is due: whether a call, an indexer or `++` may follow.
    postfix: bool,
    /// Where an operator is due: behind what.
    behind: Behind,
    frames: Vec<Frame>,
    /// Statements that wait for the end of the statement in them.
    pending: Vec<Pending>,
    findings: &'a mut Findings,
}

impl<'a> Pass<'a> {
    fn run(&mut self) {
        match self.kind(0) {
            Some(Kind::OpenBlock) => {
                self.emit(Token::OpenBlock);
                self.open(FrameKind::Block(frame::BlockKind::Root));
                self.due = Due::Statement;
            }
            _ => {
                self.emit(Token::OpenExpression);
                self.open(FrameKind::Expression);
                self.expect_operand(Room::Expression);
            }
        }
        let (mut stuck_at, mut turns) = (self.at, 0);
        while let Some(lexeme) = self.lexemes.get(self.at).copied() {
            match self.due {
                Due::Statement => self.statement(lexeme),
                Due::Operand => self.operand(lexeme),
                Due::Operator => self.operator(lexeme),
                Due::Clause => self.clause_due(lexeme),
                Due::Handler => self.handler(lexeme),
            }
            // Every turn reads a lexeme or ends a frame. Should a mistake ever break that, text is left out instead of
            // read forever.
            turns = if self.at == stuck_at { turns + 1 } else { 0 };
            stuck_at = self.at;
            if turns > self.frames.len() + self.pending.len() + 64 {
                self.unexpected(lexeme);
            }
        }
    }

    /// The kind of the lexeme `ahead` of the next one.
    fn kind(&self, ahead: usize) -> Option<Kind> {
        self.kind_at(self.at + ahead)
    }

    fn kind_at(&self, at: usize) -> Option<Kind> {
        self.lexemes.get(at).map(|lexeme| lexeme.kind)
    }

    fn is(&self, ahead: usize, kind: Kind) -> bool {
        self.kind(ahead) == Some(kind)
    }

    /// The text of the lexeme at index `at`.
    fn text_at(&self, at: usize) -> &'a str {
        self.lexemes.get(at).and_then(|l| self.text.get(l.start as usize..l.end as usize)).unwrap_or("")
    }

    /// Whether the lexeme at index `at` is the word `word`.
    fn is_word(&self, at: usize, word: &str) -> bool {
        self.kind_at(at) == Some(Kind::Identifier) && self.text_at(at) == word
    }

    /// The index of the bracket that closes the one at index `at`.
    fn mate(&self, at: usize) -> usize {
        self.mates.get(at).map_or(self.lexemes.len(), |mate| *mate as usize).max(at)
    }

    /// Whether the lexeme at index `at` is the first of its line.
    fn begins_line(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.lexemes.get(before)).map_or(0, |before| before.end);
        let start = self.lexemes.get(at).map_or(before, |lexeme| lexeme.start);
        self.text.get(before as usize..start as usize).is_some_and(|gap| gap.contains('\n'))
    }

    /// Whether no white space lies between the lexeme at index `at` and the one before it.
    fn is_adjacent(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.lexemes.get(before));
        before.map(|before| before.end) == self.lexemes.get(at).map(|lexeme| lexeme.start)
    }

    /// Where the last token ends, which is where missing ones are put.
    fn here(&self) -> u32 {
        self.out.last().map_or(0, |placed| placed.span.end)
    }

    /// Reads the next lexeme as `token`.
    fn emit(&mut self, token: Token) {
        if let Some(lexeme) = self.lexemes.get(self.at) {
            self.out.push(Placed { token, span: lexeme.span() });
            self.at += 1;
        }
    }

    /// Reads the next `count` lexemes as one `token`.
    fn emit_joined(&mut self, token: Token, count: usize) {
        let ends = (self.lexemes.get(self.at), self.lexemes.get(self.at + count - 1));
        if let (Some(first), Some(last)) = ends {
            self.out.push(Placed { token, span: first.span().to(last.span()) });
            self.at += count;
        }
    }

    /// Adds a token of no width.
    fn insert(&mut self, token: Token) {
        let span = Span::empty(self.here());
        self.out.push(Placed { token, span });
    }

    /// Adds a token of no width that announces the next lexeme, where that starts.
    fn announce(&mut self, token: Token) {
        let at = self.lexemes.get(self.at).map_or(self.here(), |next| next.start);
        self.out.push(Placed { token, span: Span::empty(at) });
    }

    /// Leaves out the next lexeme.
    fn skip(&mut self) {
        self.at += 1;
    }

    /// Leaves out the lexemes before the one at index `at`.
    fn skip_to(&mut self, at: usize) {
        self.at = self.at.max(at);
    }

    fn expect_operand(&mut self, room: Room) {
        self.due = Due::Operand;
        self.room = room;
        self.by_ref = false;
    }

    fn expect_operator(&mut self, postfix: bool) {
        self.due = Due::Operator;
        self.postfix = postfix;
        self.behind = Behind::Operand;
    }

    /// Reports that something is missing where the last token ends.
    fn missing(&mut self, message: String) -> &mut Finding {
        let span = Span::empty(self.here());
        self.findings.report(&MISSING, span, message).code("CS1525")
    }

    /// Reports that `text` is missing, which can be added.
    fn missing_text(&mut self, text: &'static str) -> &mut Finding {
        let span = Span::empty(self.here());
        self.missing(format!("`{text}` is missing")).fix(format!("Add `{text}`"), span, text)
    }

    /// Adds `token` and reports that `text` is missing.
    fn insert_missing(&mut self, token: Token, text: &'static str) {
        self.missing_text(text);
        self.insert(token);
    }

    /// Reports that a lexeme has no place where it stands.
    fn misplaced(&mut self, lexeme: Lexeme) -> &mut Finding {
        let text = self.text.get(lexeme.start as usize..lexeme.end as usize).unwrap_or("");
        let message = match lexeme.kind {
            Kind::Identifier | Kind::Integer | Kind::Real | Kind::Char | Kind::String if text.len() > 40 => {
                "this has no place here".to_owned()
            }
            _ => format!("`{text}` has no place here"),
        };
        self.findings.report(&UNEXPECTED, lexeme.span(), message).code("CS1525")
    }

    /// Leaves out the next lexeme, which has no place here; a bracket with all that is in it.
    fn unexpected(&mut self, lexeme: Lexeme) {
        self.misplaced(lexeme);
        self.skip_to(self.mate(self.at) + 1);
    }

    /// Reads the next lexeme as `token` if it is of `kind`, and adds it where it is missing.
    fn expect(&mut self, kind: Kind, token: Token, text: &'static str) {
        if self.is(0, kind) {
            self.emit(token);
        } else {
            self.insert_missing(token, text);
        }
    }
}
