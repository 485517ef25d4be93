//! Where a statement may begin.

use super::frame::{BlockKind, FrameKind, Head, Owner, Pending};
use super::{Due, Kind, Lexeme, Pass, Room};
use crate::expression::newer::{self, Form};
use crate::expression::types::{Place, TypeScan, begins_operand, scan_type, scan_type_arguments};
use csharp::token::Token;

impl Pass<'_> {
    /// Reads on where a statement is due.
    pub(super) fn statement(&mut self, lexeme: Lexeme) {
        match lexeme.kind {
            Kind::BraceClose => self.close_block(lexeme),
            Kind::BraceOpen => self.block(BlockKind::Statement),
            Kind::Semicolon => {
                self.emit(Token::Semicolon);
                self.end_statement();
            }
            Kind::If => self.headed(Token::If, Head::If),
            Kind::While => self.headed(Token::While, Head::Body),
            Kind::Lock => self.headed(Token::Lock, Head::Body),
            Kind::Switch => self.headed(Token::Switch, Head::Switch),
            Kind::Using => self.using(lexeme),
            Kind::For => self.for_statement(),
            Kind::ForEach => self.foreach(),
            Kind::Do => {
                self.emit(Token::Do);
                self.begin_body(Pending::Do);
            }
            Kind::Break => self.word(Token::Break),
            Kind::Continue => self.word(Token::Continue),
            Kind::Return => self.valued(Token::Return),
            Kind::Throw => self.valued(Token::Throw),
            Kind::Goto => self.goto(),
            Kind::Try => {
                self.emit(Token::Try);
                self.block(BlockKind::Tried);
            }
            Kind::Case if self.is_in_switch() => self.case(),
            Kind::Default if self.is_in_switch() && self.is_label_default() => {
                self.emit(Token::DefaultLabel);
                self.expect(Kind::Colon, Token::Colon, ":");
                self.due = Due::Statement;
            }
            Kind::Case | Kind::Default if self.ends_section() => {
                self.missing("a statement is missing".to_owned());
                self.insert(Token::Semicolon);
                self.end_statement();
            }
            Kind::Checked | Kind::Unchecked if self.is(1, Kind::BraceOpen) => {
                self.emit(Token::Checked(lexeme.kind == Kind::Checked));
                self.block(BlockKind::Statement);
            }
            Kind::Const => {
                self.emit(Token::Const);
                self.change_frame(|frame| frame.declares = true);
                self.expect_type(Place::Anywhere);
                self.declarator();
            }
            Kind::Ref => self.ref_local(lexeme),
            Kind::Static => {
                newer::report(self.findings, lexeme.span(), Form::StaticFunction);
                self.skip();
            }
            Kind::Unsafe => {
                self.misplaced(lexeme).code("CS0227").help("policies know no unsafe code");
                self.skip();
            }
            Kind::Else | Kind::Case | Kind::Finally => self.unexpected(lexeme),
            Kind::Catch => self.stray_catch(lexeme),
            Kind::Class | Kind::Struct | Kind::Reserved | Kind::ReadOnly | Kind::Params => {
                self.misplaced(lexeme).help("only functions can be declared among statements");
                self.skip();
            }
            // What repair left over has no place among statements.
            Kind::ParenClose | Kind::BracketClose | Kind::HoleClose | Kind::InterpolatedEnd => self.unexpected(lexeme),
            Kind::Identifier => self.name_statement(),
            Kind::Predefined | Kind::ParenOpen if self.declaration() => {}
            _ => self.expect_operand(Room::Expression),
        }
    }

    fn headed(&mut self, token: Token, head: Head) {
        self.emit(token);
        self.head(head);
    }

    /// Reads a statement of one word.
    fn word(&mut self, token: Token) {
        self.emit(token);
        self.expect(Kind::Semicolon, Token::Semicolon, ";");
        self.end_statement();
    }

    /// Reads `return` or `throw`, behind which a value may stand.
    fn valued(&mut self, token: Token) {
        self.emit(token);
        match self.kind(0) {
            Some(Kind::Semicolon) => {
                self.emit(Token::Semicolon);
                return self.end_statement();
            }
            None | Some(Kind::BraceClose) => {}
            Some(_) if self.begins_line(self.at) && self.begins_statement(self.at) => {}
            _ => {
                self.expect_operand(Room::Expression);
                self.by_ref = token == Token::Return;
                return;
            }
        }
        self.insert_missing(Token::Semicolon, ";");
        self.end_statement();
    }

    fn goto(&mut self) {
        self.emit(Token::Goto);
        match self.kind(0) {
            Some(Kind::Case) => {
                self.emit(Token::Case);
                return self.expect_operand(Room::Expression);
            }
            Some(Kind::Default) => self.emit(Token::DefaultLabel),
            _ => self.expect_name("the label", "CS1525"),
        }
        self.expect(Kind::Semicolon, Token::Semicolon, ";");
        self.end_statement();
    }

    /// Whether the innermost frame is a `switch` in which no statement is unfinished.
    fn is_in_switch(&self) -> bool {
        let frame = self.frames.last();
        frame.is_some_and(|frame| frame.kind == FrameKind::Switch && frame.pending == self.pending.len())
    }

    /// Whether a label here would end a statement that has begun.
    fn ends_section(&self) -> bool {
        self.frame() == Some(FrameKind::Switch) && !self.is_in_switch()
    }

    /// Whether the `default` that is next is a label, and not the value.
    fn is_label_default(&self) -> bool {
        !matches!(self.kind(1), Some(Kind::ParenOpen | Kind::Dot | Kind::Semicolon))
    }

    fn case(&mut self) {
        let after = self.at + 1;
        self.open(FrameKind::Case);
        if let Some(form) = self.newer_pattern(after) {
            newer::report(self.findings, self.span_at(after), form);
            self.emit(Token::Case);
            return self.newer_pattern_operand(form);
        }
        // A keyword is no value, so that a `?` behind it does not ask.
        let place = if self.kind_at(after) == Some(Kind::Predefined) { Place::Anywhere } else { Place::Tested };
        if let Some(ty) = scan_type(self.lexemes, after, place)
            && self.kind_at(ty.end) == Some(Kind::Identifier)
            && (!self.is_word(ty.end, "when") || self.is_guard(ty.end + 1))
            && !self.is_word(ty.end, "and")
            && !self.is_word(ty.end, "or")
        {
            self.emit(Token::CaseType);
            self.emit_type(ty.end);
            self.emit(Token::Ident);
            return self.behind_case_type();
        }
        self.emit(Token::Case);
        self.expect_operand(Room::Expression);
    }

    /// Whether `:` or another `when` stands at index `at`: then the `when` before it is a name.
    fn is_guard(&self, at: usize) -> bool {
        self.kind_at(at) == Some(Kind::Colon) || self.is_word(at, "when")
    }

    fn behind_case_type(&mut self) {
        if self.is_word(self.at, "when") {
            self.emit(Token::When);
            return self.expect_operand(Room::Expression);
        }
        self.frames.pop();
        self.expect(Kind::Colon, Token::Colon, ":");
        self.due = Due::Statement;
    }

    /// Reads on behind the block of a `try` or of a `catch`.
    pub(super) fn handler(&mut self, lexeme: Lexeme) {
        match lexeme.kind {
            Kind::Catch => self.catch(),
            Kind::Finally => {
                self.emit(Token::Finally);
                self.block(BlockKind::Statement);
            }
            _ => self.end_statement(),
        }
    }

    /// Reads `catch (T e) when (…)`, which is next, up to its block.
    fn catch(&mut self) {
        self.emit(Token::Catch);
        if self.is(0, Kind::ParenOpen) {
            let close = self.mate(self.at);
            self.emit(Token::ParenOpen);
            self.expect_type(Place::Anywhere);
            if self.is(0, Kind::Identifier) {
                self.emit(Token::Ident);
            }
            self.leave_out_to(close);
            self.emit(Token::ParenClose);
        }
        if self.is_word(self.at, "when") {
            self.emit(Token::When);
            return self.head(Head::Filter);
        }
        self.block(BlockKind::Tried);
    }

    /// A handler of nothing: its head is left out.
    fn stray_catch(&mut self, lexeme: Lexeme) {
        self.misplaced(lexeme).help("`catch` follows the block of a `try`");
        self.skip();
        if self.is(0, Kind::ParenOpen) {
            self.skip_to(self.mate(self.at) + 1);
        }
    }

    fn using(&mut self, lexeme: Lexeme) {
        if self.is(1, Kind::ParenOpen) {
            self.emit(Token::Using);
            self.emit(Token::ParenOpen);
            self.open(FrameKind::Head(Head::Body));
            if !self.declaration() {
                self.expect_operand(Room::Expression);
            }
            return;
        }
        let declares = scan_type(self.lexemes, self.at + 1, Place::Anywhere)
            .is_some_and(|ty| self.kind_at(ty.end) == Some(Kind::Identifier));
        if declares {
            newer::report(self.findings, lexeme.span(), Form::UsingDeclaration);
        } else {
            self.misplaced(lexeme).help("namespaces cannot be opened here; write the whole name of a type");
        }
        self.skip();
        while !declares && matches!(self.kind(0), Some(Kind::Static | Kind::Identifier | Kind::Dot | Kind::Assign)) {
            self.skip();
        }
    }

    fn for_statement(&mut self) {
        self.emit(Token::For);
        if !self.is(0, Kind::ParenOpen) {
            self.missing_text("(");
            let tokens = [Token::ParenOpen, Token::Semicolon, Token::Semicolon, Token::ParenClose];
            tokens.into_iter().for_each(|token| self.insert(token));
            return self.begin_body(Pending::Body);
        }
        self.emit(Token::ParenOpen);
        self.open(FrameKind::For(0));
        match self.lexemes.get(self.at).copied() {
            Some(next) if next.kind == Kind::Semicolon => self.for_semicolon(),
            Some(close) if close.kind == Kind::ParenClose => self.close(close),
            _ if self.declaration() => {}
            _ => self.expect_operand(Room::Expression),
        }
    }

    /// Reads the `;` that is next, or something in its place, in the head of a `for`.
    pub(super) fn for_semicolon(&mut self) {
        self.emit(Token::Semicolon);
        self.change_frame(|frame| {
            if let FrameKind::For(count) = frame.kind {
                frame.kind = FrameKind::For(count + 1);
                frame.declares = false;
            }
        });
        match (self.lexemes.get(self.at).copied(), self.frame()) {
            (Some(next), Some(FrameKind::For(1))) if next.kind == Kind::Semicolon => self.for_semicolon(),
            (Some(close), _) if close.kind == Kind::ParenClose => self.close(close),
            _ => self.expect_operand(Room::Expression),
        }
    }

    fn foreach(&mut self) {
        self.emit(Token::ForEach);
        if !self.is(0, Kind::ParenOpen) {
            self.missing_text("(");
            let tokens = [Token::ParenOpen, Token::Hole, Token::In, Token::Hole, Token::ParenClose];
            tokens.into_iter().for_each(|token| self.insert(token));
            return self.begin_body(Pending::Body);
        }
        self.emit(Token::ParenOpen);
        self.open(FrameKind::ForEach(false));
        if self.is_word(self.at, "var") && self.is(1, Kind::ParenOpen) && self.var_tuple() {
            return;
        }
        let Some(ty) = scan_type(self.lexemes, self.at, Place::Anywhere) else {
            return self.expect_operand(Room::Expression);
        };
        let named = self.kind_at(ty.end) == Some(Kind::Identifier);
        let half_typed = (ty.certain || self.is_word(self.at, "var")) && !self.is(0, Kind::ParenOpen);
        if !named && !half_typed {
            return self.expect_operand(Room::Expression);
        }
        self.announce(Token::Declaration);
        self.emit_type(ty.end);
        self.expect_name("the variable", "CS1525");
        self.expect(Kind::In, Token::In, "in");
        self.change_frame(|frame| frame.kind = FrameKind::ForEach(true));
        self.expect_operand(Room::Expression);
    }

    fn ref_local(&mut self, lexeme: Lexeme) {
        let readonly = usize::from(self.is(1, Kind::ReadOnly));
        let Some(ty) = scan_type(self.lexemes, self.at + 1 + readonly, Place::Anywhere) else {
            return self.unexpected(lexeme);
        };
        if self.kind_at(ty.end) != Some(Kind::Identifier) {
            return self.unexpected(lexeme);
        }
        let function = self.is_function(ty.end);
        self.announce(if function { Token::LocalFunction } else { Token::Declaration });
        self.emit_joined(Token::Ref, 1 + readonly);
        self.emit_type(ty.end);
        if function {
            return self.function();
        }
        self.change_frame(|frame| frame.declares = true);
        self.declarator();
    }

    /// A statement that begins with a name.
    fn name_statement(&mut self) {
        if self.is(1, Kind::Colon) {
            self.emit(Token::Ident);
            self.emit(Token::Colon);
            return self.begin_body(Pending::Body);
        }
        match (self.text_at(self.at), self.kind(1)) {
            ("yield", Some(Kind::Return)) => {
                self.emit(Token::Yield);
                self.emit(Token::Return);
                return self.expect_operand(Room::Expression);
            }
            ("yield", Some(Kind::Break)) => {
                self.emit(Token::Yield);
                return self.word(Token::Break);
            }
            ("var", Some(Kind::ParenOpen))
                if self.kind_at(self.mate(self.at + 1) + 1) == Some(Kind::Assign) && self.var_tuple() =>
            {
                return;
            }
            ("async", Some(Kind::Identifier | Kind::Predefined)) => {
                if let Some(ty) = scan_type(self.lexemes, self.at + 1, Place::Anywhere)
                    && self.kind_at(ty.end) == Some(Kind::Identifier)
                    && self.is_function(ty.end)
                {
                    self.announce(Token::LocalFunction);
                    self.emit(Token::Async);
                    self.emit_type(ty.end);
                    return self.function();
                }
            }
            // `await x;` is an operand; `await x = …` would declare.
            ("await", Some(next)) if begins_operand(next) && self.kind(2) != Some(Kind::Assign) => {
                return self.expect_operand(Room::Expression);
            }
            _ => {}
        }
        if !self.declaration() {
            self.expect_operand(Room::Expression);
        }
    }

    /// Reads a declaration or the start of a local function if one stands next.
    fn declaration(&mut self) -> bool {
        let Some(ty) = scan_type(self.lexemes, self.at, Place::Anywhere) else { return false };
        if !self.declares(ty) {
            return false;
        }
        if self.is_function(ty.end) && self.is_in_block() {
            self.announce(Token::LocalFunction);
            self.emit_type(ty.end);
            self.function();
            return true;
        }
        self.announce(Token::Declaration);
        self.change_frame(|frame| frame.declares = true);
        self.emit_type(ty.end);
        self.declarator();
        true
    }

    /// Whether the type that is next is the start of a declaration.
    fn declares(&self, ty: TypeScan) -> bool {
        let next = self.kind_at(ty.end);
        if next != Some(Kind::Identifier) {
            // Half a declaration: a type that can be nothing else, and no name behind it.
            let member = matches!(next, Some(Kind::Dot | Kind::ParenOpen | Kind::ParenClose | Kind::Question));
            return ty.certain && !member && !self.is(0, Kind::ParenOpen) && !self.goes_on(ty.end);
        }
        match self.kind_at(ty.end + 1) {
            Some(Kind::Dot | Kind::ColonColon | Kind::Arrow) => false,
            Some(Kind::ParenOpen | Kind::Less) => self.is_function(ty.end) || ty.certain,
            _ if self.begins_line(ty.end) && !ty.certain => {
                matches!(self.kind_at(ty.end + 1), Some(Kind::Assign | Kind::Semicolon | Kind::Comma))
            }
            _ => true,
        }
    }

    /// Whether an operator at index `at` shows that what looked like a type is a value.
    fn goes_on(&self, at: usize) -> bool {
        self.kind_at(at).is_some_and(|kind| {
            begins_operand(kind) && kind != Kind::Predefined
                || matches!(
                    kind,
                    Kind::Greater
                        | Kind::BracketOpen
                        | Kind::Equal
                        | Kind::NotEqual
                        | Kind::AndAnd
                        | Kind::OrOr
                        | Kind::Coalesce
                        | Kind::Increment
                        | Kind::Decrement
                )
        })
    }

    /// Whether the name at index `at` is that of a local function: parameters follow, and a body.
    fn is_function(&self, at: usize) -> bool {
        if self.kind_at(at) != Some(Kind::Identifier) {
            return false;
        }
        let open = match self.kind_at(at + 1) {
            Some(Kind::Less) => scan_type_arguments(self.lexemes, at + 1),
            _ => Some(at + 1),
        };
        open.filter(|open| self.kind_at(*open) == Some(Kind::ParenOpen)).is_some_and(|open| {
            let behind = self.mate(open) + 1;
            matches!(self.kind_at(behind), Some(Kind::BraceOpen | Kind::Arrow)) || self.is_word(behind, "where")
        })
    }

    /// Reads a local function from its name on.
    fn function(&mut self) {
        self.expect_name("the function", "CS1001");
        if let Some(end) = scan_type_arguments(self.lexemes, self.at).filter(|_| self.is(0, Kind::Less)) {
            self.emit(Token::TypeListOpen);
            loop {
                self.expect_name("the type parameter", "CS1001");
                if !self.is(0, Kind::Comma) {
                    break;
                }
                self.emit(Token::Comma);
            }
            self.leave_out_to(end - 1);
            self.emit(Token::TypeListClose);
        }
        self.parameters(Owner::Function);
    }

    /// What is due behind the parameters of a local function: bounds and a body.
    pub(super) fn function_body(&mut self) {
        while self.is_word(self.at, "where") {
            self.emit(Token::Where);
            self.expect_name("the type parameter", "CS1001");
            self.expect(Kind::Colon, Token::Colon, ":");
            loop {
                match self.kind(0) {
                    Some(Kind::Class) => self.emit(Token::Class),
                    Some(Kind::Struct) => self.emit(Token::Struct),
                    Some(Kind::New) => {
                        self.emit(Token::New);
                        self.expect(Kind::ParenOpen, Token::ParenOpen, "(");
                        self.leave_out_to(self.at.max(self.mate(self.at.saturating_sub(1))));
                        self.expect(Kind::ParenClose, Token::ParenClose, ")");
                    }
                    _ => self.expect_type(Place::Anywhere),
                }
                if !self.is(0, Kind::Comma) {
                    break;
                }
                self.emit(Token::Comma);
            }
        }
        if self.is(0, Kind::Arrow) {
            self.emit(Token::Arrow);
            self.expect_operand(Room::Expression);
            self.by_ref = true;
            return;
        }
        self.block(BlockKind::Statement);
    }

    /// Reads a variable of a declaration, and goes on behind it.
    pub(super) fn declarator(&mut self) {
        loop {
            if let Some(word) = self.lexemes.get(self.at).copied()
                && self.is_keyword(self.at)
                && !self.begins_line(self.at)
            {
                self.misplaced(word).help("a keyword is no name, but `@` before it makes it one");
                self.skip();
                self.insert(Token::Ident);
            } else {
                let first = self.out.last().is_some_and(|last| last.token != Token::Comma);
                self.expect_name("the variable", if first { "CS1525" } else { "CS1001" });
            }
            if let Some(open) = self.lexemes.get(self.at).copied()
                && open.kind == Kind::BracketOpen
            {
                let finding = self.misplaced(open).code("CS0650");
                finding.help("the brackets of an array stand behind its type");
                self.skip_to(self.mate(self.at) + 1);
            }
            match self.lexemes.get(self.at).copied() {
                Some(next) if next.kind == Kind::Assign => {
                    self.emit(Token::Equals);
                    return self.declarator_value();
                }
                Some(next) if next.kind == Kind::Comma => self.emit(Token::Comma),
                Some(next) if next.kind == Kind::Equal => {
                    self.misplaced(next).fix("Replace with `=`", next.span(), "=");
                    self.emit(Token::Equals);
                    return self.declarator_value();
                }
                Some(next)
                    if begins_operand(next.kind)
                        && next.kind != Kind::Identifier
                        && next.kind != Kind::Predefined
                        && !self.begins_line(self.at) =>
                {
                    self.insert_missing(Token::Equals, "=");
                    return self.declarator_value();
                }
                _ => return self.end_declaration(),
            }
        }
    }

    fn declarator_value(&mut self) {
        if self.is(0, Kind::BraceOpen) {
            return self.initializer(false);
        }
        self.expect_operand(Room::Expression);
        self.by_ref = true;
    }

    /// What is due behind a variable without a value.
    fn end_declaration(&mut self) {
        match (self.frame(), self.lexemes.get(self.at).copied()) {
            (Some(FrameKind::For(0)), Some(next)) if next.kind == Kind::Semicolon => self.for_semicolon(),
            (Some(FrameKind::For(_) | FrameKind::Head(_)), Some(next)) if next.kind == Kind::ParenClose => {
                self.close(next)
            }
            (Some(FrameKind::For(0)), Some(next)) if next.kind == Kind::In => {
                self.misplaced(next).help("a loop over a sequence is a `foreach`");
                self.insert(Token::Equals);
                self.skip();
                self.expect_operand(Room::Expression);
            }
            (Some(FrameKind::For(_) | FrameKind::Head(_)), Some(_)) => {
                // A value that lacks its `=`, whatever it is.
                self.insert_missing(Token::Equals, "=");
                self.expect_operand(Room::Expression);
            }
            (_, Some(next)) if next.kind == Kind::Semicolon => {
                self.emit(Token::Semicolon);
                self.end_statement();
            }
            _ => {
                self.insert_missing(Token::Semicolon, ";");
                self.end_statement();
            }
        }
    }
}
