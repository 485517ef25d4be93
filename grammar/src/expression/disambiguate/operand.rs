//! Where an operand is due.

use super::frame::{BlockKind, Frame, FrameKind, Head, Owner};
use super::names::is_statement_keyword;
use super::{Kind, Lexeme, Pass, Room};
use crate::expression::check::MISPLACED;
use crate::expression::newer::{self, Form};
use crate::expression::types::{Place, begins_operand, scan_type};
use csharp::token::Token;
use csharp::tree::{Literal, UnaryOp};

impl Pass<'_> {
    /// Reads on where an operand is due.
    pub(super) fn operand(&mut self, lexeme: Lexeme) {
        let literal = |pass: &mut Self, literal| {
            pass.emit(Token::Literal(literal));
            pass.expect_operator(true);
        };
        match lexeme.kind {
            Kind::Identifier => self.name_operand(),
            Kind::String => literal(self, Literal::String),
            Kind::Integer => literal(self, Literal::Integer),
            Kind::Real => literal(self, Literal::Real),
            Kind::Char => literal(self, Literal::Char),
            Kind::Null => literal(self, Literal::Null),
            Kind::True => literal(self, Literal::True),
            Kind::False => literal(self, Literal::False),
            Kind::Default if self.is(1, Kind::ParenOpen) => self.type_in_parentheses(Token::DefaultOf, Place::Anywhere),
            Kind::Default => literal(self, Literal::Default),
            Kind::TypeOf => self.type_in_parentheses(Token::TypeOf, Place::Open),
            Kind::SizeOf => self.type_in_parentheses(Token::SizeOf, Place::Anywhere),
            Kind::InterpolatedStart => {
                self.emit(Token::InterpolatedStart(lexeme.end - lexeme.start == 3));
                self.interpolation();
            }
            Kind::Placeholder => {
                self.emit(Token::Placeholder);
                self.expect_operator(true);
            }
            Kind::This => {
                self.emit(Token::This);
                self.expect_operator(true);
            }
            Kind::Base => {
                self.emit(Token::Base);
                self.expect_operator(true);
            }
            Kind::Predefined => self.predefined_operand(),
            Kind::ParenOpen => self.parenthesis(),
            Kind::New => self.creation(),
            Kind::StackAlloc => {
                self.misplaced(lexeme).help("policies know no memory that is not managed; use `new`");
                self.creation();
            }
            Kind::Delegate => self.delegate(),
            Kind::Static if self.begins_lambda(self.at + 1) => {
                newer::report(self.findings, lexeme.span(), Form::StaticFunction);
                self.skip();
            }
            Kind::Checked | Kind::Unchecked => {
                self.emit(Token::Checked(lexeme.kind == Kind::Checked));
                self.head(Head::Checked);
            }
            Kind::Plus => self.prefix(UnaryOp::Plus),
            Kind::Minus => self.prefix(UnaryOp::Minus),
            Kind::Bang => self.prefix(UnaryOp::Not),
            Kind::Tilde => self.prefix(UnaryOp::Complement),
            Kind::Increment => self.prefix(UnaryOp::PreIncrement),
            Kind::Decrement => self.prefix(UnaryOp::PreDecrement),
            Kind::Caret if self.kind(1).is_some_and(begins_operand) && self.frame() == Some(FrameKind::Index) => {
                newer::report(self.findings, lexeme.span(), Form::IndexFromEnd);
                self.emit(Token::Prefix(None));
                self.expect_operand(Room::Unary);
            }
            Kind::Throw => self.throw(),
            Kind::Ref if self.by_ref => {
                self.emit(Token::Ref);
                self.expect_operand(Room::Expression);
            }
            Kind::BracketOpen => {
                newer::report(self.findings, lexeme.span(), Form::CollectionExpression);
                self.emit(Token::CollectionOpen);
                self.open(FrameKind::Collection);
                self.element();
            }
            Kind::BraceOpen => self.stray_initializer(lexeme),
            kind if is_statement_keyword(kind) || kind == Kind::Switch => self.statement_in_expression(lexeme),
            Kind::Ref
            | Kind::Out
            | Kind::In
            | Kind::Params
            | Kind::ReadOnly
            | Kind::Static
            | Kind::Class
            | Kind::Struct
            | Kind::Unsafe
            | Kind::Reserved
            | Kind::PointerArrow
            | Kind::ColonColon => self.unexpected(lexeme),
            Kind::DotDot => {
                newer::report(self.findings, lexeme.span(), Form::Range).code("CS1525");
                self.insert(Token::Hole);
                self.expect_operator(true);
            }
            _ => self.hole(),
        }
    }

    /// Puts in an operand where one is missing.
    pub(super) fn hole(&mut self) {
        let next = match self.lexemes.get(self.at) {
            Some(next) if next.start < next.end => format!(" before `{}`", self.text_at(self.at)),
            _ => String::new(),
        };
        let left_out = self.is(0, Kind::Comma)
            && self.frame() == Some(FrameKind::Arguments(false))
            && self.out.last().is_some_and(|last| last.token == Token::ParenOpen);
        let finding = self.missing(format!("an operand is missing{next}"));
        if left_out {
            finding.code("CS0839");
        }
        self.insert(Token::Hole);
        self.expect_operator(true);
    }

    fn prefix(&mut self, op: UnaryOp) {
        self.emit(Token::Prefix(Some(op)));
        self.expect_operand(Room::Unary);
    }

    fn name_operand(&mut self) {
        let at = self.at;
        if self.is(1, Kind::Arrow) {
            self.give_room();
            self.emit(Token::Ident);
            return self.lambda_body();
        }
        if self.begins_statement(at) && self.begins_line(at) && self.is_in_statement() {
            return self.hole();
        }
        match self.text_at(at) {
            "async" if self.begins_lambda(at + 1) => {
                self.give_room();
                self.emit(Token::Async);
                if self.is(0, Kind::ParenOpen) {
                    return self.parameters(Owner::Lambda);
                }
                self.emit(Token::Ident);
                return self.lambda_body();
            }
            "async" if self.is(1, Kind::Delegate) => {
                self.emit(Token::Async);
                return self.delegate();
            }
            "await" if self.is_await() => return self.prefix(UnaryOp::Await),
            "from" if self.begins_query() => return self.query(),
            _ => {}
        }
        self.emit(Token::Ident);
        if self.is(0, Kind::ColonColon) {
            self.emit(Token::ColonColon);
            return self.member_name();
        }
        self.type_arguments();
        self.expect_operator(true);
    }

    /// Whether the `await` that is next is an operator: an operand follows that cannot follow a name.
    fn is_await(&self) -> bool {
        self.kind(1).is_some_and(|kind| begins_operand(kind) && !matches!(kind, Kind::ParenOpen | Kind::Bang))
            && !(self.begins_line(self.at + 1) && self.begins_statement(self.at + 1))
    }

    /// Whether a lambda begins at index `at`: `x =>`, or parentheses before `=>`.
    fn begins_lambda(&self, at: usize) -> bool {
        match self.kind_at(at) {
            Some(Kind::Identifier) => self.kind_at(at + 1) == Some(Kind::Arrow),
            Some(Kind::ParenOpen) => self.kind_at(self.mate(at) + 1) == Some(Kind::Arrow),
            _ => false,
        }
    }

    /// Puts parentheses around what follows where only one operand may stand, which is not enough for a lambda.
    fn give_room(&mut self) {
        if self.room == Room::Expression {
            return self.change_frame(|frame| frame.plain = false);
        }
        self.missing("a lambda has to stand in parentheses here".to_owned());
        self.parenthesize();
    }

    fn parenthesize(&mut self) {
        self.insert(Token::ParenOpen);
        self.open(FrameKind::Parenthesized);
        self.expect_operand(Room::Expression);
    }

    /// Reads `=>` and goes on in the body.
    pub(super) fn lambda_body(&mut self) {
        self.expect(Kind::Arrow, Token::Arrow, "=>");
        if self.is(0, Kind::BraceOpen) {
            return self.block(BlockKind::Lambda);
        }
        self.expect_operand(Room::Expression);
    }

    fn throw(&mut self) {
        let allowed = matches!(
            self.out.last().map(|last| last.token),
            Some(Token::Coalesce | Token::Question | Token::Colon | Token::Arrow)
        );
        if let Some(throw) = self.lexemes.get(self.at).filter(|_| !allowed) {
            let message = "`throw` can only stand behind `??`, in a branch of `? :` and as the body of a lambda";
            self.findings.report(&MISPLACED, throw.span(), message).code("CS1525");
        }
        if self.room == Room::Unary {
            self.parenthesize();
        }
        let whole = self.room == Room::Expression;
        if whole {
            self.change_frame(|frame| frame.plain = false);
        }
        self.emit(Token::Throw);
        self.expect_operand(if whole { Room::Expression } else { Room::Unary });
    }

    /// A keyword type: only its members are values.
    fn predefined_operand(&mut self) {
        if !self.is(1, Kind::Dot) {
            if self.inline_declaration() {
                return;
            }
            if self.begins_line(self.at) && self.begins_statement(self.at) && self.is_in_statement() {
                return self.hole();
            }
        }
        self.emit(Token::Predefined(self.predefined(self.at)));
        if self.is(0, Kind::Dot) {
            self.emit(Token::Dot);
            return self.member_name();
        }
        self.missing("a type is no value: a point and a name are missing".to_owned());
        self.insert(Token::Dot);
        self.insert(Token::Ident);
        self.expect_operator(true);
    }

    /// Reads `type name` if it stands next, as a declaration inside an expression.
    fn inline_declaration(&mut self) -> bool {
        let Some(ty) = scan_type(self.lexemes, self.at, Place::Anywhere) else { return false };
        let closes = matches!(self.kind_at(ty.end + 1), Some(Kind::Comma | Kind::ParenClose));
        if self.is_word(self.at, "await") {
            return false;
        }
        if self.kind_at(ty.end) != Some(Kind::Identifier) || !closes {
            return false;
        }
        self.announce(Token::InlineDeclaration);
        self.emit_type(ty.end);
        self.emit(Token::Ident);
        self.expect_operator(true);
        true
    }

    /// A lambda, a cast, a tuple or a value in parentheses.
    fn parenthesis(&mut self) {
        if self.begins_lambda(self.at) {
            self.give_room();
            return self.parameters(Owner::Lambda);
        }
        if let Some(end) = self.cast() {
            self.emit(Token::CastOpen);
            self.emit_type(end);
            self.emit(Token::ParenClose);
            return self.expect_operand(Room::Unary);
        }
        self.emit(Token::ParenOpen);
        self.open(FrameKind::Group);
        self.argument();
    }

    /// The index of the `)` if the parenthesis that is next opens a cast. Text alone does not always tell; then C#
    /// looks at what follows.
    fn cast(&self) -> Option<usize> {
        let ty = scan_type(self.lexemes, self.at + 1, Place::Anywhere)?;
        if self.kind_at(ty.end) != Some(Kind::ParenClose) {
            return None;
        }
        if ty.end == self.at + 2 && self.is(1, Kind::Predefined) {
            return Some(ty.end);
        }
        let next = ty.end + 1;
        let casts = match self.kind_at(next)? {
            Kind::Identifier => !self.is_clause_word(next),
            Kind::Plus | Kind::Minus | Kind::Increment | Kind::Decrement => ty.certain,
            kind => begins_operand(kind),
        };
        casts.then_some(ty.end)
    }

    /// Whether the name at index `at` is a keyword of what is being read: `when` of a label, `where` of a query.
    fn is_clause_word(&self, at: usize) -> bool {
        match self.frame() {
            Some(FrameKind::Case) => self.is_word(at, "when"),
            _ => self.is_query_word(at),
        }
    }

    /// Reads on where an argument or an element of a tuple begins.
    pub(super) fn argument(&mut self) {
        if self.is(0, Kind::Identifier) && self.is(1, Kind::Colon) {
            self.emit(Token::Ident);
            self.emit(Token::Colon);
        }
        let group = self.frame() == Some(FrameKind::Group);
        let modifier = match self.kind(0) {
            _ if !matches!(self.frame(), Some(FrameKind::Arguments(_))) => None,
            Some(Kind::Ref) => Some(Token::Ref),
            Some(Kind::Out) => Some(Token::Out),
            Some(Kind::In) => Some(Token::In),
            _ => None,
        };
        modifier.into_iter().for_each(|token| self.emit(token));
        self.expect_operand(Room::Expression);
        if modifier == Some(Token::Out) || group {
            if self.is_word(self.at, "var") && self.is(1, Kind::ParenOpen) && self.var_tuple() {
                return;
            }
            self.inline_declaration();
        }
    }

    /// Reads on where an element of an initializer or of a collection begins.
    pub(super) fn element(&mut self) {
        self.change_frame(|frame| frame.plain = true);
        match self.kind(0) {
            Some(Kind::BraceClose | Kind::BracketClose) => {
                if let Some(close) = self.lexemes.get(self.at).copied() {
                    self.close(close);
                }
            }
            Some(Kind::BraceOpen) => self.initializer(false),
            Some(Kind::BracketOpen) if self.kind_at(self.mate(self.at) + 1) == Some(Kind::Assign) => {
                self.emit(Token::BracketOpen);
                self.open(FrameKind::ElementName);
                self.argument();
            }
            _ => self.expect_operand(Room::Expression),
        }
    }

    /// Reads the `{` of an initializer that is next, which belongs to a construction or not.
    pub(super) fn initializer(&mut self, constructs: bool) {
        self.emit(Token::BraceOpen);
        self.open(FrameKind::Initializer(constructs));
        self.element();
    }

    pub(super) fn initializer_or_operand(&mut self) {
        if self.is(0, Kind::BraceOpen) { self.initializer(false) } else { self.expect_operand(Room::Expression) }
    }

    /// Braces where an operand is due: read as the array they probably mean.
    pub(super) fn stray_initializer(&mut self, lexeme: Lexeme) {
        self.misplaced(lexeme).help("an object or array begins with `new`");
        self.insert(Token::New);
        self.insert(Token::RankOpen);
        self.insert(Token::BracketClose);
        self.initializer(true);
    }

    /// A statement's keyword where an operand is due.
    fn statement_in_expression(&mut self, lexeme: Lexeme) {
        if self.is_in_statement() {
            return self.hole();
        }
        self.misplaced(lexeme).help("statements stand in `@{ … }`");
        self.skip();
    }

    fn creation(&mut self) {
        self.emit(Token::New);
        let ty = scan_type(self.lexemes, self.at, Place::Anywhere);
        match (self.kind(0), ty) {
            (Some(Kind::BraceOpen), _) => self.initializer(true),
            (Some(Kind::BracketOpen), _) if self.is_rank() => {
                self.rank();
                self.array_initializer("CS1525");
            }
            (Some(Kind::ParenOpen), ty)
                if ty.is_none_or(|ty| {
                    !matches!(self.kind_at(ty.end), Some(Kind::BracketOpen | Kind::BraceOpen)) && !ty.array
                }) =>
            {
                let span = self.span_at(self.at - 1);
                newer::report(self.findings, span, Form::TargetTypedNew);
                self.insert(Token::MissingType);
                self.behind_new_type(false);
            }
            (_, Some(ty)) => {
                self.emit_type(ty.end);
                if self.is(0, Kind::Less) {
                    self.missing_type_arguments();
                }
                self.behind_new_type(ty.array);
            }
            (_, None) => {
                self.missing_type();
                self.behind_new_type(false);
            }
        }
    }

    fn behind_new_type(&mut self, array: bool) {
        match self.kind(0) {
            Some(Kind::ParenOpen) => self.call(true),
            Some(Kind::BraceOpen) => self.initializer(true),
            Some(Kind::BracketOpen) => {
                if array {
                    let message = "the sizes of an array stand in its first brackets";
                    self.missing(message.to_owned()).code("CS0178");
                }
                self.emit(Token::BracketOpen);
                self.open(FrameKind::Sizes);
                self.expect_operand(Room::Expression);
            }
            _ if array => self.array_initializer("CS1586"),
            _ => {
                self.missing_text("()");
                self.insert(Token::ParenOpen);
                self.insert(Token::ParenClose);
                self.expect_operator(true);
            }
        }
    }

    /// Reads the elements of an array without sizes, or reports by `code` that they are missing.
    fn array_initializer(&mut self, code: &'static str) {
        if self.is(0, Kind::BraceOpen) {
            return self.initializer(true);
        }
        self.missing("an array has to have a size, or its elements in braces".to_owned()).code(code);
        self.insert(Token::BraceOpen);
        self.insert(Token::BraceClose);
        self.expect_operator(true);
    }

    /// Whether `[]` or `[,]` is next.
    fn is_rank(&self) -> bool {
        let last = self.mate(self.at).saturating_sub(1);
        self.is(0, Kind::BracketOpen) && (self.at + 1..=last).all(|at| self.kind_at(at) == Some(Kind::Comma))
    }

    /// Reads `[]` or `[,]`.
    fn rank(&mut self) {
        self.emit(Token::RankOpen);
        while self.is(0, Kind::Comma) {
            self.emit(Token::Comma);
        }
        self.expect(Kind::BracketClose, Token::BracketClose, "]");
    }

    /// What is due behind the sizes of an array.
    pub(super) fn ranks_and_initializer(&mut self) {
        while self.is_rank() {
            self.rank();
        }
        if self.is(0, Kind::BraceOpen) { self.initializer(true) } else { self.expect_operator(true) }
    }

    /// Reads the arguments of a call or, if `construction`, of a construction.
    pub(super) fn call(&mut self, construction: bool) {
        self.emit(Token::ParenOpen);
        self.open(FrameKind::Arguments(construction));
        match self.lexemes.get(self.at).copied() {
            Some(close) if close.kind == Kind::ParenClose => self.close(close),
            _ => self.argument(),
        }
    }

    fn delegate(&mut self) {
        self.emit(Token::Delegate);
        if self.is(0, Kind::ParenOpen) { self.parameters(Owner::Delegate) } else { self.block(BlockKind::Lambda) }
    }

    /// Reads on in an interpolated string, outside of its holes.
    pub(super) fn interpolation(&mut self) {
        loop {
            match self.kind(0) {
                Some(Kind::InterpolatedText) => self.emit(Token::InterpolatedText),
                Some(Kind::HoleOpen) => {
                    self.emit(Token::HoleOpen);
                    self.open(FrameKind::Hole(false));
                    return self.expect_operand(Room::Expression);
                }
                Some(Kind::InterpolatedEnd) => {
                    self.emit(Token::InterpolatedEnd);
                    return self.expect_operator(true);
                }
                // The lexer lets nothing else stand here, unless repair took a bracket away.
                Some(_) => self.skip(),
                None => return self.expect_operator(true),
            }
        }
    }

    /// Reads `var (a, (b, c))` if it stands next. With one name it would be a call.
    pub(super) fn var_tuple(&mut self) -> bool {
        let close = self.mate(self.at + 1);
        if close == self.at + 3 {
            return false;
        }
        let mut depth = 0_u32;
        let mut name_due = true;
        for at in self.at + 1..=close {
            match (self.kind_at(at), name_due) {
                (Some(Kind::ParenOpen), true) => depth += 1,
                (Some(Kind::Identifier), true) => name_due = false,
                (Some(Kind::Comma), false) => name_due = true,
                (Some(Kind::ParenClose), false) => depth = depth.saturating_sub(1),
                _ => return false,
            }
        }
        if depth > 0 {
            return false;
        }
        self.emit(Token::VarTuple);
        while self.at <= close {
            let token = match self.kind(0) {
                Some(Kind::ParenOpen) => Token::ParenOpen,
                Some(Kind::ParenClose) => Token::ParenClose,
                Some(Kind::Comma) => Token::Comma,
                _ => Token::Ident,
            };
            self.emit(token);
        }
        self.expect_operator(true);
        true
    }
}

/// Whether a frame is one of arguments or elements, between which a comma may be missing.
pub(super) fn holds_list(frame: &Frame) -> bool {
    matches!(
        frame.kind,
        FrameKind::Arguments(_)
            | FrameKind::Index
            | FrameKind::ElementName
            | FrameKind::Initializer(_)
            | FrameKind::Collection
            | FrameKind::Sizes
    )
}
