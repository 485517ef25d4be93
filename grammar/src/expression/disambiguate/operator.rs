//! Where an operand is finished: an operator is due, or the end of the expression.

use super::frame::{Clause, FrameKind};
use super::names::is_statement_keyword;
use super::operand::holds_list;
use super::{Behind, Due, Kind, Lexeme, Pass, Room};
use crate::expression::newer::{self, Form};
use crate::expression::types::{Place, begins_operand, is_declaration, scan_type};
use csharp::token::Token;
use csharp::tree::{AssignOp, BinaryOp, Literal, UnaryOp};

/// What to do about two strings that touch.
const QUOTE_HELP: &str = "a quote inside of a string is written `\\\"`, or `\"\"` in a verbatim string";

impl Pass<'_> {
    /// Reads on behind a finished operand.
    pub(super) fn operator(&mut self, lexeme: Lexeme) {
        match std::mem::replace(&mut self.behind, Behind::Operand) {
            Behind::Operand => {}
            Behind::LambdaBlock => self.behind_lambda_block(lexeme),
            Behind::Elements => return self.behind_elements(lexeme),
        }
        if let Some(op) = infix(lexeme.kind) {
            return self.infix(op);
        }
        if let Some(op) = compound(lexeme.kind) {
            return self.compound(op, 1);
        }
        match lexeme.kind {
            Kind::Dot if self.postfix => {
                self.emit(Token::Dot);
                self.member_name();
            }
            Kind::ParenOpen if self.postfix => self.call(false),
            Kind::BracketOpen if self.postfix => {
                self.emit(Token::BracketOpen);
                self.open(FrameKind::Index);
                self.argument();
            }
            Kind::ParenClose | Kind::BracketClose | Kind::BraceClose | Kind::HoleClose => self.close(lexeme),
            Kind::Comma => self.comma(lexeme),
            Kind::Semicolon => self.semicolon(lexeme),
            Kind::Colon => self.colon(lexeme),
            Kind::Question => self.question(),
            Kind::Coalesce => {
                self.emit(Token::Coalesce);
                self.expect_operand(Room::Coalesce);
            }
            Kind::Assign => self.assign(),
            Kind::CoalesceAssign => {
                newer::report(self.findings, lexeme.span(), Form::CoalesceAssign);
                self.compound(BinaryOp::Coalesce, 1);
            }
            Kind::Greater => self.greater(lexeme),
            Kind::Is => self.is_pattern(),
            Kind::As => {
                self.emit(Token::As);
                self.expect_type(Place::Tested);
                self.expect_operator(false);
            }
            Kind::Increment if self.postfix => self.step(UnaryOp::PostIncrement),
            Kind::Decrement if self.postfix => self.step(UnaryOp::PostDecrement),
            Kind::DotDot => {
                newer::report(self.findings, lexeme.span(), Form::Range);
                self.emit(Token::Infix(None));
                match self.kind(0) {
                    Some(next) if begins_operand(next) || matches!(next, Kind::Plus | Kind::Minus | Kind::Caret) => {
                        self.expect_operand(Room::Unary);
                    }
                    _ => {
                        self.insert(Token::Hole);
                        self.expect_operator(true);
                    }
                }
            }
            Kind::Bang if !self.kind(1).is_some_and(begins_operand) || self.is(1, Kind::ParenOpen) => {
                newer::report(self.findings, lexeme.span(), Form::NullForgiving);
                self.skip();
            }
            Kind::In => self.in_keyword(lexeme),
            Kind::Switch if self.is(1, Kind::BraceOpen) => {
                newer::report(self.findings, lexeme.span(), Form::SwitchExpression);
                self.skip_to(self.mate(self.at + 1) + 1);
            }
            Kind::BraceOpen => self.brace(lexeme),
            Kind::HoleFormat => {
                self.finish_conditionals();
                match self.frame() {
                    Some(FrameKind::Hole(_)) => self.emit(Token::HoleFormat),
                    _ => self.end_or_drop(lexeme),
                }
            }
            Kind::Identifier if self.clause(lexeme) => {}
            kind if is_statement_keyword(kind) || self.begins_statement_here(lexeme) => self.end_before(lexeme),
            kind if begins_operand(kind) => self.second_operand(lexeme),
            Kind::ParenOpen | Kind::BracketOpen | Kind::Increment | Kind::Decrement | Kind::Bang | Kind::Dot => {
                self.second_operand(lexeme);
            }
            Kind::Arrow | Kind::PointerArrow => {
                self.misplaced(lexeme);
                self.emit(Token::Infix(None));
                self.expect_operand(Room::Unary);
            }
            _ => self.unexpected(lexeme),
        }
    }

    fn infix(&mut self, op: BinaryOp) {
        self.emit(Token::Infix(Some(op)));
        self.expect_operand(Room::Unary);
    }

    fn step(&mut self, op: UnaryOp) {
        self.emit(Token::Postfix(op));
        self.expect_operator(true);
    }

    /// Behind the block of a lambda only what ends its expression may stand.
    fn behind_lambda_block(&mut self, lexeme: Lexeme) {
        let ends = matches!(
            lexeme.kind,
            Kind::ParenClose
                | Kind::BracketClose
                | Kind::BraceClose
                | Kind::HoleClose
                | Kind::Comma
                | Kind::Semicolon
                | Kind::Colon
                | Kind::HoleFormat
                | Kind::Identifier
        );
        if !ends && !is_statement_keyword(lexeme.kind) && !self.begins_line(self.at) {
            self.misplaced(lexeme).help("put the lambda in parentheses");
        }
    }

    /// Behind the elements of an array only what separates or closes may stand.
    fn behind_elements(&mut self, lexeme: Lexeme) {
        let read = self.out.len();
        match lexeme.kind {
            Kind::ParenClose | Kind::BracketClose | Kind::BraceClose | Kind::HoleClose => self.close(lexeme),
            Kind::Comma => self.comma(lexeme),
            Kind::Semicolon => self.semicolon(lexeme),
            kind if is_statement_keyword(kind) || self.begins_statement_here(lexeme) => self.end_before(lexeme),
            kind if begins_operand(kind) || matches!(kind, Kind::BraceOpen | Kind::BracketOpen) => {
                if self.frames.last().is_some_and(holds_list) {
                    return self.second_operand(lexeme);
                }
                self.end_before(lexeme);
            }
            _ => self.unexpected(lexeme),
        }
        // What was left out changes nothing.
        if self.due == Due::Operator && self.out.len() == read {
            self.behind = Behind::Elements;
        }
    }

    fn comma(&mut self, lexeme: Lexeme) {
        let Some(frame) = self.frames.last().copied() else { return self.unexpected(lexeme) };
        match frame.kind {
            FrameKind::Query(Clause::OrderBy) => {
                self.finish_conditionals();
                self.emit(Token::OrderComma);
                return self.expect_operand(Room::Expression);
            }
            FrameKind::Query(_) | FrameKind::Parenthesized => return self.end_unwritten(),
            _ => {}
        }
        let declares = frame.declares
            && matches!(frame.kind, FrameKind::Block(_) | FrameKind::Switch | FrameKind::For(0) | FrameKind::Head(_));
        let separates = declares
            || holds_list(&frame)
            || matches!(
                frame.kind,
                FrameKind::Group | FrameKind::For(0 | 2) | FrameKind::Hole(false) | FrameKind::Parameters(_)
            );
        self.finish_conditionals();
        if frame.kind == FrameKind::For(1) || frame.kind == FrameKind::For(0) && declares && !self.declares_another() {
            self.misplaced(lexeme).help("the parts of a `for` are separated by `;`");
            return self.for_semicolon();
        }
        if !separates {
            self.misplaced(lexeme);
            self.emit(Token::Infix(None));
            return self.expect_operand(Room::Unary);
        }
        self.emit(Token::Comma);
        match frame.kind {
            _ if declares => self.declarator(),
            FrameKind::Initializer(_) | FrameKind::Collection => self.element(),
            FrameKind::Arguments(_) | FrameKind::Index | FrameKind::ElementName | FrameKind::Group => self.argument(),
            FrameKind::Parameters(owner) => self.parameter(owner),
            kind => {
                if let FrameKind::Hole(_) = kind {
                    self.change_frame(|frame| frame.kind = FrameKind::Hole(true));
                }
                self.expect_operand(Room::Expression);
            }
        }
    }

    /// Whether a variable stands behind the comma that is next, and not the condition of a `for`.
    fn declares_another(&self) -> bool {
        let ends = matches!(self.kind(2), Some(Kind::Assign | Kind::Comma | Kind::Semicolon | Kind::ParenClose));
        self.is(1, Kind::Identifier) && ends
    }

    fn semicolon(&mut self, lexeme: Lexeme) {
        match self.frame() {
            Some(FrameKind::Block(_) | FrameKind::Switch) => {
                self.finish_conditionals();
                self.emit(Token::Semicolon);
                self.end_statement();
            }
            Some(FrameKind::For(0 | 1)) => {
                self.finish_conditionals();
                self.for_semicolon();
            }
            Some(FrameKind::Case | FrameKind::Parenthesized | FrameKind::Bare(_) | FrameKind::Query(_)) => {
                self.end_unwritten()
            }
            _ => self.unexpected(lexeme),
        }
    }

    fn colon(&mut self, lexeme: Lexeme) {
        let Some(frame) = self.frames.last_mut() else { return self.unexpected(lexeme) };
        if frame.conditionals > 0 {
            frame.conditionals -= 1;
            self.emit(Token::Colon);
            self.expect_operand(Room::Expression);
            self.by_ref = true;
            return;
        }
        match frame.kind {
            FrameKind::Case => {
                self.frames.pop();
                self.emit(Token::Colon);
                self.due = Due::Statement;
            }
            FrameKind::Query(_) | FrameKind::Parenthesized => self.end_unwritten(),
            _ => self.unexpected(lexeme),
        }
    }

    /// `?.`, `?[` or the `?` of a conditional. No operand begins with `.` or `[` in C# 7, so what follows tells.
    fn question(&mut self) {
        match self.kind(1) {
            Some(Kind::Dot) if self.postfix => {
                self.emit_joined(Token::QuestionDot, 2);
                self.member_name();
            }
            Some(Kind::BracketOpen) if self.postfix => {
                self.emit(Token::QuestionBracket);
                self.emit(Token::BracketOpen);
                self.open(FrameKind::Index);
                self.argument();
            }
            _ => {
                self.emit(Token::Question);
                self.change_frame(|frame| {
                    frame.conditionals += 1;
                    frame.plain = false;
                });
                self.expect_operand(Room::Expression);
                self.by_ref = true;
            }
        }
    }

    fn assign(&mut self) {
        self.emit(Token::Equals);
        let nests =
            self.frames.last().is_some_and(|frame| matches!(frame.kind, FrameKind::Initializer(_)) && frame.plain);
        self.change_frame(|frame| frame.plain = false);
        if nests { self.initializer_or_operand() } else { self.expect_operand(Room::Expression) }
    }

    fn compound(&mut self, op: BinaryOp, lexemes: usize) {
        self.emit_joined(Token::Assign(AssignOp::Compound(op)), lexemes);
        self.change_frame(|frame| frame.plain = false);
        self.expect_operand(Room::Expression);
    }

    /// `>`, or `>>` and `>>=`, whose characters no type list has claimed.
    fn greater(&mut self, lexeme: Lexeme) {
        let adjacent = |pass: &Self, ahead: usize| pass.kind(ahead).filter(|_| pass.is_adjacent(pass.at + ahead));
        let doubled = |kind: Option<Kind>| matches!(kind, Some(Kind::Greater | Kind::GreaterOrEqual));
        while adjacent(self, 1) == Some(Kind::Greater) && doubled(adjacent(self, 2)) {
            newer::report(self.findings, lexeme.span(), Form::UnsignedShift);
            self.skip();
        }
        match adjacent(self, 1) {
            Some(Kind::GreaterOrEqual) => self.compound(BinaryOp::ShiftRight, 2),
            Some(Kind::Greater) => {
                self.emit_joined(Token::Infix(Some(BinaryOp::ShiftRight)), 2);
                self.expect_operand(Room::Unary);
            }
            _ => self.infix(BinaryOp::Greater),
        }
    }

    /// `is` and what a value is tested for: a type, a declaration or a constant.
    fn is_pattern(&mut self) {
        let after = self.at + 1;
        if let Some(form) = self.newer_pattern(after) {
            newer::report(self.findings, self.span_at(after), form);
            self.emit(Token::IsConstant);
            return self.newer_pattern_operand(form);
        }
        match scan_type(self.lexemes, after, Place::Tested) {
            Some(ty) if ty.certain || !self.goes_on_as_constant(ty.end) => {
                self.emit(Token::IsType);
                self.emit_type(ty.end);
                if self.is(0, Kind::Identifier) && !self.is_pattern_word(self.at) && !self.begins_next_statement() {
                    self.emit(Token::Ident);
                }
                self.expect_operator(false);
            }
            _ => {
                self.emit(Token::IsConstant);
                self.expect_operand(Room::Unary);
            }
        }
    }

    /// Whether what follows a name behind `is` makes it the start of a constant expression.
    fn goes_on_as_constant(&self, at: usize) -> bool {
        matches!(
            self.kind_at(at),
            Some(
                Kind::ParenOpen
                    | Kind::Plus
                    | Kind::Minus
                    | Kind::Star
                    | Kind::Slash
                    | Kind::Percent
                    | Kind::ShiftLeft
                    | Kind::Dot
            )
        )
    }

    /// The form of C# 8 and later that the pattern at index `at` is, if it is one.
    pub(super) fn newer_pattern(&self, at: usize) -> Option<Form> {
        match self.kind_at(at)? {
            Kind::Less | Kind::LessOrEqual | Kind::Greater | Kind::GreaterOrEqual => Some(Form::RelationalPattern),
            Kind::BraceOpen => Some(Form::PropertyPattern),
            Kind::Identifier if self.text_at(at) == "not" => {
                let operand = self.kind_at(at + 1)?;
                let negates = begins_operand(operand) && operand != Kind::ParenOpen
                    || matches!(operand, Kind::BraceOpen | Kind::Less | Kind::Greater);
                negates.then_some(Form::LogicalPattern)
            }
            _ => None,
        }
    }

    /// Reads a newer pattern as what its operand is.
    pub(super) fn newer_pattern_operand(&mut self, mut form: Form) {
        while form != Form::PropertyPattern {
            self.skip();
            let Some(inner) = self.newer_pattern(self.at) else { return self.expect_operand(Room::Unary) };
            form = inner;
        }
        self.insert(Token::Hole);
        self.skip_to(self.mate(self.at) + 1);
        self.expect_operator(true);
    }

    /// Whether the name that is next is the first of a statement in a new line, and not that of a variable.
    fn begins_next_statement(&self) -> bool {
        let goes_on = matches!(
            self.kind(1),
            Some(Kind::Assign | Kind::ParenOpen | Kind::BracketOpen | Kind::Dot | Kind::Identifier | Kind::Increment)
        );
        goes_on && self.begins_line(self.at)
    }

    fn is_pattern_word(&self, at: usize) -> bool {
        matches!(self.text_at(at), "when" | "and" | "or") && self.kind_at(at + 1).is_some_and(begins_operand)
            || self.is_query_word(at)
    }

    fn in_keyword(&mut self, lexeme: Lexeme) {
        match self.frame() {
            Some(FrameKind::ForEach(false)) => {
                self.finish_conditionals();
                self.change_frame(|frame| frame.kind = FrameKind::ForEach(true));
                self.emit(Token::In);
                self.expect_operand(Room::Expression);
            }
            Some(FrameKind::Query(_) | FrameKind::Parenthesized) => self.end_unwritten(),
            _ => self.unexpected(lexeme),
        }
    }

    /// A brace behind an operand.
    fn brace(&mut self, lexeme: Lexeme) {
        match self.frame() {
            Some(FrameKind::Bare(_) | FrameKind::Case | FrameKind::Parenthesized | FrameKind::Query(_)) => {
                self.end_unwritten()
            }
            Some(FrameKind::Block(_) | FrameKind::Switch) => {
                self.finish_conditionals();
                self.insert_missing(Token::Semicolon, ";");
                self.end_statement();
            }
            _ => {
                self.insert(Token::Infix(None));
                self.stray_initializer(lexeme);
            }
        }
    }

    /// A word that is a keyword in the clause that is being read.
    fn clause(&mut self, lexeme: Lexeme) -> bool {
        if self.query_clause() {
            return true;
        }
        match self.text_at(self.at) {
            "when" if self.frame() == Some(FrameKind::Case) => {
                self.finish_conditionals();
                self.emit(Token::When);
                self.expect_operand(Room::Expression);
                true
            }
            "with" if self.is(1, Kind::BraceOpen) && !self.begins_line(self.at) => {
                newer::report(self.findings, lexeme.span(), Form::WithExpression);
                self.skip_to(self.mate(self.at + 1) + 1);
                true
            }
            word @ ("and" | "or") if self.kind(1).is_some_and(begins_operand) && !self.begins_line(self.at) => {
                if self.is_behind_pattern() {
                    newer::report(self.findings, lexeme.span(), Form::LogicalPattern);
                } else {
                    let operator = if word == "and" { "&&" } else { "||" };
                    let finding = self.misplaced(lexeme).help(format!("in C#, `{word}` is written `{operator}`"));
                    finding.fix(format!("Replace with `{operator}`"), lexeme.span(), operator);
                }
                self.emit(Token::Infix(None));
                self.expect_operand(Room::Unary);
                if let Some(form) = self.newer_pattern(self.at) {
                    self.newer_pattern_operand(form);
                }
                true
            }
            _ => false,
        }
    }

    /// Whether the operand that has just ended is what something is tested for.
    fn is_behind_pattern(&self) -> bool {
        let part = |token: &Token| {
            matches!(
                token,
                Token::Ident | Token::Dot | Token::Literal(_) | Token::Predefined(_) | Token::Prefix(_) | Token::Hole
            )
        };
        let mut before = self.out.iter().rev().map(|placed| placed.token).skip_while(part);
        matches!(before.next(), Some(Token::IsType | Token::IsConstant | Token::Case | Token::Infix(None)))
    }

    /// Whether the lexeme, which might be an operand, rather begins a new statement.
    fn begins_statement_here(&self, lexeme: Lexeme) -> bool {
        match lexeme.kind {
            Kind::Throw | Kind::Switch | Kind::Static | Kind::Unsafe => true,
            Kind::Default => self.is(1, Kind::Colon),
            Kind::Checked | Kind::Unchecked => self.is(1, Kind::BraceOpen),
            Kind::Identifier | Kind::Predefined => {
                self.is_in_statement() && (self.begins_line(self.at) || is_declaration(self.lexemes, self.at))
            }
            kind => begins_operand(kind) && self.is_in_statement() && self.begins_line(self.at),
        }
    }

    /// Ends what is being read before a lexeme that begins a statement.
    fn end_before(&mut self, lexeme: Lexeme) {
        match self.frame() {
            Some(FrameKind::Block(_) | FrameKind::Switch) => {
                self.finish_conditionals();
                self.insert_missing(Token::Semicolon, ";");
                self.end_statement();
            }
            _ => self.end_or_drop(lexeme),
        }
    }

    /// Ends a frame that is not written before a lexeme that cannot be in it, and else leaves the lexeme out.
    fn end_or_drop(&mut self, lexeme: Lexeme) {
        match self.frame() {
            Some(FrameKind::Bare(_) | FrameKind::Case | FrameKind::Parenthesized | FrameKind::Query(_)) => {
                self.end_unwritten()
            }
            _ if is_statement_keyword(lexeme.kind) && !self.is_in_statement() => {
                self.misplaced(lexeme).help("statements stand in `@{ … }`");
                self.skip();
            }
            _ => self.unexpected(lexeme),
        }
    }

    /// An operand directly behind another.
    fn second_operand(&mut self, lexeme: Lexeme) {
        let Some(frame) = self.frames.last().copied() else { return self.unexpected(lexeme) };
        if let FrameKind::Bare(_) = frame.kind {
            return self.end_unwritten();
        }
        let quoted = lexeme.kind == Kind::String
            && self.is_adjacent(self.at)
            && self.out.last().is_some_and(|last| last.token == Token::Literal(Literal::String));
        if holds_list(&frame) && frame.conditionals == 0 {
            let finding = self.missing_text(",");
            if quoted {
                finding.help(QUOTE_HELP);
            }
            self.insert(Token::Comma);
            return match frame.kind {
                FrameKind::Initializer(_) | FrameKind::Collection => self.element(),
                FrameKind::Sizes => self.expect_operand(Room::Expression),
                _ => self.argument(),
            };
        }
        // Of a row of operands, as in prose, one is told.
        let before = self.out.len().checked_sub(2).and_then(|before| self.out.get(before));
        if !before.is_some_and(|before| before.token == Token::Infix(None)) {
            let finding = self.misplaced(lexeme);
            if quoted {
                finding.help(QUOTE_HELP);
            }
        }
        self.insert(Token::Infix(None));
        self.expect_operand(Room::Unary);
    }
}

/// The operator that a lexeme is between two operands, if it can be nothing else there.
fn infix(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::Star => BinaryOp::Multiply,
        Kind::Slash => BinaryOp::Divide,
        Kind::Percent => BinaryOp::Remainder,
        Kind::Plus => BinaryOp::Add,
        Kind::Minus => BinaryOp::Subtract,
        Kind::ShiftLeft => BinaryOp::ShiftLeft,
        Kind::Less => BinaryOp::Less,
        Kind::LessOrEqual => BinaryOp::LessOrEqual,
        Kind::GreaterOrEqual => BinaryOp::GreaterOrEqual,
        Kind::Equal => BinaryOp::Equal,
        Kind::NotEqual => BinaryOp::NotEqual,
        Kind::Ampersand => BinaryOp::BitAnd,
        Kind::Caret => BinaryOp::BitXor,
        Kind::Bar => BinaryOp::BitOr,
        Kind::AndAnd => BinaryOp::And,
        Kind::OrOr => BinaryOp::Or,
        _ => return None,
    })
}

/// The operator of a compound assignment.
fn compound(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::AddAssign => BinaryOp::Add,
        Kind::SubtractAssign => BinaryOp::Subtract,
        Kind::MultiplyAssign => BinaryOp::Multiply,
        Kind::DivideAssign => BinaryOp::Divide,
        Kind::RemainderAssign => BinaryOp::Remainder,
        Kind::AndAssign => BinaryOp::BitAnd,
        Kind::OrAssign => BinaryOp::BitOr,
        Kind::XorAssign => BinaryOp::BitXor,
        Kind::ShiftLeftAssign => BinaryOp::ShiftLeft,
        _ => return None,
    })
}
