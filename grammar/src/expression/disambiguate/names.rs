//! Names, types and lists of parameters.

use super::frame::{BlockKind, FrameKind, Owner};
use super::{Due, Kind, Pass, Room, UNEXPECTED};
use crate::expression::types::{Place, is_declaration, scan_type, scan_type_arguments};
use csharp::span::Span;
use csharp::token::Token;
use csharp::tree::Predefined;

impl Pass<'_> {
    /// The keyword type of the lexeme at index `at`.
    pub(super) fn predefined(&self, at: usize) -> Predefined {
        let text = self.text_at(at);
        Predefined::ALL.into_iter().find(|ty| ty.keyword() == text).unwrap_or(Predefined::Object)
    }

    /// Reads the lexemes before index `end` as a type.
    pub(super) fn emit_type(&mut self, end: usize) {
        let mut in_rank = false;
        while self.at < end {
            let Some(kind) = self.kind(0) else { return };
            let in_list = matches!(self.out.last().map(|last| last.token), Some(Token::TypeListOpen | Token::Comma));
            if in_list && !in_rank && matches!(kind, Kind::Comma | Kind::Greater) {
                self.insert(Token::OmittedType);
            }
            let token = match kind {
                Kind::Predefined => Token::Predefined(self.predefined(self.at)),
                Kind::Identifier => Token::Ident,
                Kind::Less => Token::TypeListOpen,
                Kind::Greater => Token::TypeListClose,
                Kind::Question => Token::Nullable,
                Kind::ParenOpen => Token::TupleTypeOpen,
                Kind::ParenClose => Token::ParenClose,
                Kind::BracketOpen => {
                    in_rank = true;
                    Token::RankOpen
                }
                Kind::BracketClose => {
                    in_rank = false;
                    Token::BracketClose
                }
                Kind::Dot => Token::Dot,
                Kind::ColonColon => Token::ColonColon,
                _ => Token::Comma,
            };
            self.emit(token);
        }
    }

    /// Reads the type that is next, or reports that there is none.
    pub(super) fn expect_type(&mut self, place: Place) {
        match scan_type(self.lexemes, self.at, place) {
            Some(ty) => self.emit_type(ty.end),
            None => self.missing_type(),
        }
    }

    pub(super) fn missing_type(&mut self) {
        self.missing("a type is missing".to_owned());
        self.insert(Token::MissingType);
    }

    /// Reads the name that is next, or reports by `code` that there is none.
    pub(super) fn expect_name(&mut self, of: &str, code: &'static str) {
        if self.is(0, Kind::Identifier) {
            return self.emit(Token::Ident);
        }
        self.missing(format!("the name of {of} is missing")).code(code);
        self.insert(Token::Ident);
    }

    /// Reads the name behind a point, with its type arguments.
    pub(super) fn member_name(&mut self) {
        let next_line = self.begins_line(self.at);
        match self.lexemes.get(self.at).copied() {
            Some(name) if name.kind == Kind::Identifier && !(next_line && self.begins_statement(self.at)) => {
                self.emit(Token::Ident);
                self.type_arguments();
            }
            // A name that is half typed may spell a keyword: `context.Request.as`.
            Some(word) if self.is_keyword(self.at) && self.is_adjacent(self.at) => {
                let message = format!("`{}` is a keyword and cannot be a name", self.text_at(self.at));
                self.findings.report(&UNEXPECTED, word.span(), message).code("CS1041");
                self.emit(Token::Ident);
            }
            _ => {
                let code = if self.is_keyword(self.at) && !next_line { "CS1041" } else { "CS1001" };
                self.missing("a name is missing behind the point".to_owned()).code(code);
                self.insert(Token::Ident);
            }
        }
        self.expect_operator(true);
    }

    pub(super) fn is_keyword(&self, at: usize) -> bool {
        let word = self.text_at(at).bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        word && self.kind_at(at) != Some(Kind::Identifier)
    }

    /// Reads the type arguments of the name that was just read, if it has any. Less-than or a list: C# looks at what
    /// follows the list.
    pub(super) fn type_arguments(&mut self) {
        if !self.is(0, Kind::Less) {
            return;
        }
        let sure = |kind: Option<Kind>| {
            matches!(
                kind,
                None | Some(
                    Kind::ParenOpen
                        | Kind::ParenClose
                        | Kind::BracketOpen
                        | Kind::BracketClose
                        | Kind::BraceClose
                        | Kind::HoleClose
                        | Kind::HoleFormat
                        | Kind::Colon
                        | Kind::Semicolon
                        | Kind::Comma
                        | Kind::Dot
                        | Kind::Question
                        | Kind::Equal
                        | Kind::NotEqual
                        | Kind::Bar
                        | Kind::Caret
                        | Kind::AndAnd
                        | Kind::OrOr
                        | Kind::Ampersand
                )
            )
        };
        if self.missing_type_arguments() {
            return;
        }
        match scan_type_arguments(self.lexemes, self.at) {
            Some(end) if sure(self.kind_at(end)) => self.emit_type(end),
            Some(_) => {}
            None => self.unfinished_type_arguments(),
        }
    }

    /// Reads `<>` or `<,>`, which only `typeof` may have, if that is next.
    pub(super) fn missing_type_arguments(&mut self) -> bool {
        let mut close = self.at + 1;
        while self.kind_at(close) == Some(Kind::Comma) {
            close += 1;
        }
        if self.kind_at(close) != Some(Kind::Greater) {
            return false;
        }
        self.missing("the type arguments are missing".to_owned()).code("CS1031");
        self.emit_type(close + 1);
        true
    }

    /// Reads `<Type` at the end of the text, where the cursor is in a list that is being typed.
    fn unfinished_type_arguments(&mut self) {
        let mut end = self.at + 1;
        if !self.is_adjacent(self.at)
            || self.lexemes.get(end).is_some_and(|next| next.start < next.end && !self.is_adjacent(end))
        {
            return;
        }
        while self.kind_at(end - 1) != Some(Kind::Greater)
            && let Some(ty) = scan_type(self.lexemes, end, Place::Anywhere)
        {
            end = ty.end;
            if self.kind_at(end) != Some(Kind::Comma) {
                break;
            }
            end += 1;
        }
        // Only what is written without an end has an end of no width: sound text is never read so.
        let ends_text = self.lexemes.get(end).is_none_or(|next| next.start == next.end);
        if !ends_text {
            return;
        }
        self.emit_type(end);
        if matches!(self.out.last().map(|last| last.token), Some(Token::TypeListOpen | Token::Comma)) {
            self.insert(Token::MissingType);
        }
        self.missing_text(">");
        self.insert(Token::TypeListClose);
    }

    /// Reads `(type)` behind `token`, which is next.
    pub(super) fn type_in_parentheses(&mut self, token: Token, place: Place) {
        self.emit(token);
        if !self.is(0, Kind::ParenOpen) {
            self.insert_missing(Token::ParenOpen, "(");
            self.expect_type(place);
            self.insert(Token::ParenClose);
            return self.expect_operator(true);
        }
        let close = self.mate(self.at);
        self.emit(Token::ParenOpen);
        match scan_type(self.lexemes, self.at, place) {
            Some(ty) => self.emit_type(ty.end),
            None => {
                self.missing("a type is missing".to_owned()).code("CS1031");
                self.insert(Token::MissingType);
            }
        }
        self.leave_out_to(close);
        self.emit(Token::ParenClose);
        self.expect_operator(true);
    }

    /// Leaves out what stands before index `end`, with a finding if there is anything.
    pub(super) fn leave_out_to(&mut self, end: usize) {
        if let Some(first) = self.lexemes.get(self.at).copied()
            && self.at < end
        {
            self.misplaced(first);
            self.skip_to(end);
        }
    }

    /// Whether a statement plainly begins at index `at`.
    pub(super) fn begins_statement(&self, at: usize) -> bool {
        match self.kind_at(at) {
            Some(kind) if is_statement_keyword(kind) => true,
            // `await x;` may be the rest of what was begun in the line before.
            Some(Kind::Identifier | Kind::Predefined) => !self.is_word(at, "await") && is_declaration(self.lexemes, at),
            _ => false,
        }
    }

    /// Reads the parameters whose `(` is next.
    pub(super) fn parameters(&mut self, owner: Owner) {
        self.emit(Token::ParametersOpen);
        self.open(FrameKind::Parameters(owner));
        if self.is(0, Kind::ParenClose) {
            return self.close_parameters();
        }
        self.parameter(owner);
    }

    /// Reads one parameter, and goes on behind it.
    pub(super) fn parameter(&mut self, owner: Owner) {
        loop {
            let modifier = match self.kind(0) {
                Some(Kind::Ref) => Some(Token::Ref),
                Some(Kind::Out) => Some(Token::Out),
                Some(Kind::In) => Some(Token::In),
                Some(Kind::Params) => Some(Token::Params),
                _ => None,
            };
            modifier.into_iter().for_each(|token| self.emit(token));
            let bare = self.is(0, Kind::Identifier) && matches!(self.kind(1), Some(Kind::Comma | Kind::ParenClose));
            if bare && modifier.is_none() && owner == Owner::Lambda {
                self.emit(Token::Ident);
            } else {
                self.expect_type(Place::Anywhere);
                self.expect_name("the parameter", "CS1001");
                if self.is(0, Kind::Assign) {
                    self.emit(Token::Equals);
                    return self.expect_operand(Room::Expression);
                }
            }
            let close = self.frames.len();
            self.leave_out_parameter_rest();
            debug_assert_eq!(close, self.frames.len());
            if !self.is(0, Kind::Comma) {
                return self.close_parameters();
            }
            self.emit(Token::Comma);
        }
    }

    /// Leaves out what stands behind a parameter and is not of it.
    fn leave_out_parameter_rest(&mut self) {
        let start = self.at;
        while !matches!(self.kind(0), None | Some(Kind::Comma | Kind::ParenClose)) {
            let at = self.at;
            self.skip_to(self.mate(at).max(at) + 1);
        }
        let end = std::mem::replace(&mut self.at, start);
        self.leave_out_to(end);
    }

    fn close_parameters(&mut self) {
        match self.lexemes.get(self.at).copied() {
            Some(close) => self.close(close),
            None => self.due = Due::Operator,
        }
    }

    /// What is due behind the `)` of parameters.
    pub(super) fn behind_parameters(&mut self, owner: Owner) {
        match owner {
            Owner::Lambda => self.lambda_body(),
            Owner::Delegate => self.block(BlockKind::Lambda),
            Owner::Function => self.function_body(),
        }
    }

    /// Where the lexeme at index `at` stands.
    pub(super) fn span_at(&self, at: usize) -> Span {
        self.lexemes.get(at).map_or(Span::empty(self.here()), |lexeme| lexeme.span())
    }
}

/// Whether a statement begins with this keyword and nothing else does.
pub(super) fn is_statement_keyword(kind: Kind) -> bool {
    matches!(
        kind,
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
            | Kind::Finally
            | Kind::Case
    )
}
