//! The brackets that are open, and what becomes due when one is closed.

use super::{Behind, Due, Kind, Lexeme, Pass, Room};
use csharp::token::Token;

/// An open bracket, or something else that has an end of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    /// How many `?` wait for their `:`.
    pub(super) conditionals: u32,
    /// Of an initializer: whether the element so far could be the left side of `=`.
    pub(super) plain: bool,
    /// Of a block and of the head of a `for`: whether the statement so far is a declaration.
    pub(super) declares: bool,
    /// Of a block: how many statements were pending when it was opened.
    pub(super) pending: usize,
}

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// `@(…)`
    Expression,
    /// `{ statements }`
    Block(BlockKind),
    /// `{ sections }`
    Switch,
    /// `( value )` or `( tuple )`
    Group,
    /// `( arguments )`; true if of a construction, which an initializer may follow.
    Arguments(bool),
    /// `[ arguments ]`
    Index,
    /// `[ arguments ] =` in an initializer
    ElementName,
    /// `[ sizes ]` of an array
    Sizes,
    /// `[ elements ]`, which is not C# 7
    Collection,
    /// `{ elements }`; true if it belongs to a construction.
    Initializer(bool),
    /// `( value )` that belongs to something.
    Head(Head),
    /// `( initializers; condition; updates )`, with how many `;` there have been.
    For(u8),
    /// `( variable in sequence )`; true behind `in`.
    ForEach(bool),
    /// `( parameters )`
    Parameters(Owner),
    /// A hole of an interpolated string; true behind its comma.
    Hole(bool),
    /// From `case` to `:`; nothing closes it but its end.
    Case,
    /// Parentheses that are not written, around what may only stand in parentheses.
    Parenthesized,
    /// The head of a statement whose parentheses are not written.
    Bare(Head),
    /// A query, from `from` to where it cannot go on.
    Query(Clause),
}

/// What a block is the block of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Root,
    Statement,
    Lambda,
    /// Of `try` and `catch`, which handlers may follow.
    Tried,
}

/// What a value in parentheses belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    If,
    /// `while`, `lock` and `using`: a statement follows.
    Body,
    Do,
    Switch,
    Filter,
    Checked,
}

/// What parameters belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Lambda,
    Delegate,
    Function,
}

/// Which clause of a query is being read, as far as that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    Other,
    OrderBy,
    /// `orderby`, behind `ascending` or `descending`.
    Ordered,
    /// `join`, before `on`.
    JoinSource,
    /// `join`, between `on` and `equals`.
    JoinLeft,
    /// `join`, behind `equals`.
    JoinRight,
    /// `group`, before `by`.
    Group,
    /// `select`, or `group` behind `by`: only `into` may go on.
    Last,
}

/// A statement that waits for the end of the statement in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pending {
    /// `if (…) …`, which `else` may follow.
    If,
    /// Any other that simply ends then.
    Body,
    /// `do …`, which `while` must follow.
    Do,
}

impl FrameKind {
    /// Whether no bracket of the text closes it.
    fn is_unwritten(self) -> bool {
        matches!(self, Self::Case | Self::Parenthesized | Self::Bare(_) | Self::Query(_))
    }
}

impl Pass<'_> {
    /// Opens a frame behind the token that was just read.
    pub(super) fn open(&mut self, kind: FrameKind) {
        let pending = self.pending.len();
        self.frames.push(Frame { kind, conditionals: 0, plain: true, declares: false, pending });
    }

    pub(super) fn frame(&self) -> Option<FrameKind> {
        self.frames.last().map(|frame| frame.kind)
    }

    pub(super) fn change_frame(&mut self, change: impl FnOnce(&mut Frame)) {
        if let Some(frame) = self.frames.last_mut() {
            change(frame);
        }
    }

    /// Whether the innermost frame is of statements.
    pub(super) fn is_in_block(&self) -> bool {
        matches!(self.frame(), Some(FrameKind::Block(_) | FrameKind::Switch))
    }

    /// Whether the innermost frame that is written is of statements.
    pub(super) fn is_in_statement(&self) -> bool {
        let written = self.frames.iter().rev().find(|frame| !frame.kind.is_unwritten());
        written.is_some_and(|frame| matches!(frame.kind, FrameKind::Block(_) | FrameKind::Switch))
    }

    /// Opens the block whose `{` is next, or adds an empty one where there is none.
    pub(super) fn block(&mut self, kind: BlockKind) {
        if self.is(0, Kind::BraceOpen) {
            self.emit(Token::BraceOpen);
            self.open(FrameKind::Block(kind));
            self.due = Due::Statement;
            return;
        }
        self.missing("`{ … }` is missing".to_owned());
        self.insert(Token::BraceOpen);
        self.insert(Token::BraceClose);
        self.behind_block_of(kind);
    }

    /// Opens the parentheses that are next, or does as if there were some.
    pub(super) fn head(&mut self, head: Head) {
        if self.is(0, Kind::ParenOpen) {
            self.emit(Token::ParenOpen);
            self.open(FrameKind::Head(head));
        } else {
            self.insert_missing(Token::ParenOpen, "(");
            self.open(FrameKind::Bare(head));
        }
        self.expect_operand(Room::Expression);
    }

    /// Ends a frame that is not written, behind a finished operand. The lexeme that ended it stays to be read.
    pub(super) fn end_unwritten(&mut self) {
        self.finish_conditionals();
        match self.frames.pop().map(|frame| frame.kind) {
            Some(FrameKind::Query(clause)) => {
                self.finish_clause(clause, Token::QueryEnd);
                self.insert(Token::QueryEnd);
                self.expect_operator(true);
            }
            Some(FrameKind::Parenthesized) => {
                self.insert(Token::ParenClose);
                self.expect_operator(true);
            }
            Some(FrameKind::Case) => {
                self.insert_missing(Token::Colon, ":");
                self.due = Due::Statement;
            }
            Some(FrameKind::Bare(head)) => {
                self.insert_missing(Token::ParenClose, ")");
                self.behind_head(head);
            }
            _ => {}
        }
    }

    /// Adds what conditionals of the innermost frame are missing.
    pub(super) fn finish_conditionals(&mut self) {
        let count = self.frames.last_mut().map_or(0, |frame| std::mem::take(&mut frame.conditionals));
        for _ in 0..count {
            self.missing("a conditional `? :` is missing its `:`".to_owned());
            self.insert(Token::Colon);
            self.insert(Token::Hole);
        }
    }

    /// Reads the bracket that closes the innermost frame, behind a finished operand.
    pub(super) fn close(&mut self, lexeme: Lexeme) {
        let Some(kind) = self.frame() else { return self.unexpected(lexeme) };
        if kind.is_unwritten() {
            return self.end_unwritten();
        }
        self.finish_conditionals();
        match kind {
            FrameKind::Block(_) | FrameKind::Switch => {
                self.insert_missing(Token::Semicolon, ";");
                return self.end_statement();
            }
            FrameKind::For(count) => {
                for _ in count..2 {
                    self.insert_missing(Token::Semicolon, ";");
                }
            }
            FrameKind::ForEach(false) => {
                self.insert_missing(Token::In, "in");
                self.insert(Token::Hole);
            }
            _ => {}
        }
        self.frames.pop();
        match kind {
            FrameKind::Hole(_) => {
                self.emit(Token::HoleClose);
                self.interpolation();
            }
            FrameKind::Index | FrameKind::Collection => {
                self.emit(Token::BracketClose);
                self.expect_operator(true);
            }
            FrameKind::ElementName => {
                self.emit(Token::BracketClose);
                self.expect(Kind::Assign, Token::Equals, "=");
                self.initializer_or_operand();
            }
            FrameKind::Sizes => {
                self.emit(Token::BracketClose);
                self.ranks_and_initializer();
            }
            FrameKind::Initializer(constructs) => {
                self.emit(Token::BraceClose);
                self.expect_operator(constructs);
                if !constructs {
                    self.behind = Behind::Elements;
                }
            }
            FrameKind::Arguments(construction) => {
                self.emit(Token::ParenClose);
                if construction && self.is(0, Kind::BraceOpen) {
                    self.initializer(true);
                } else {
                    self.expect_operator(true);
                }
            }
            FrameKind::Head(head) => {
                self.emit(Token::ParenClose);
                self.behind_head(head);
            }
            FrameKind::For(_) | FrameKind::ForEach(_) => {
                self.emit(Token::ParenClose);
                self.behind_head(Head::Body);
            }
            FrameKind::Parameters(owner) => {
                self.emit(Token::ParenClose);
                self.behind_parameters(owner);
            }
            // The wrapper, and parentheses.
            _ => {
                self.emit(Token::ParenClose);
                self.expect_operator(true);
            }
        }
    }

    /// What is due behind the parentheses of a statement.
    fn behind_head(&mut self, head: Head) {
        match head {
            Head::If => self.begin_body(Pending::If),
            Head::Body => self.begin_body(Pending::Body),
            Head::Do => {
                self.expect(Kind::Semicolon, Token::Semicolon, ";");
                self.end_statement();
            }
            Head::Switch => {
                if self.is(0, Kind::BraceOpen) {
                    self.emit(Token::BraceOpen);
                    self.open(FrameKind::Switch);
                    self.due = Due::Statement;
                } else {
                    self.missing("`{ … }` is missing".to_owned());
                    self.insert(Token::BraceOpen);
                    self.insert(Token::BraceClose);
                    self.end_statement();
                }
            }
            Head::Filter => self.block(BlockKind::Tried),
            Head::Checked => self.expect_operator(true),
        }
    }

    pub(super) fn begin_body(&mut self, pending: Pending) {
        self.pending.push(pending);
        self.due = Due::Statement;
    }

    /// Reads the `}` of a block in which no statement is unfinished.
    pub(super) fn close_block(&mut self, lexeme: Lexeme) {
        let Some(frame) = self.frames.last().copied() else { return self.unexpected(lexeme) };
        if self.pending.len() > frame.pending {
            self.missing("a statement is missing".to_owned());
            self.insert(Token::Semicolon);
            return self.end_statement();
        }
        self.emit(Token::BraceClose);
        self.frames.pop();
        match frame.kind {
            FrameKind::Block(kind) => self.behind_block_of(kind),
            _ => self.end_statement(),
        }
    }

    /// What is due behind the `}` of a block.
    fn behind_block_of(&mut self, kind: BlockKind) {
        match kind {
            BlockKind::Lambda => {
                self.expect_operator(true);
                self.behind = Behind::LambdaBlock;
            }
            BlockKind::Root | BlockKind::Statement => self.end_statement(),
            BlockKind::Tried => self.due = Due::Handler,
        }
    }

    /// A statement has ended, and with it those that waited for it.
    pub(super) fn end_statement(&mut self) {
        self.due = Due::Statement;
        let Some(frame) = self.frames.last_mut() else { return };
        frame.declares = false;
        let outer = frame.pending;
        while self.pending.len() > outer {
            match self.pending.pop() {
                Some(Pending::If) if self.is(0, Kind::Else) => {
                    self.emit(Token::Else);
                    return self.begin_body(Pending::Body);
                }
                Some(Pending::Do) => {
                    if self.is(0, Kind::While) {
                        self.emit(Token::While);
                        return self.head(Head::Do);
                    }
                    self.missing_text("while (…);");
                    for token in [Token::While, Token::ParenOpen, Token::Hole, Token::ParenClose, Token::Semicolon] {
                        self.insert(token);
                    }
                }
                _ => {}
            }
        }
    }
}
