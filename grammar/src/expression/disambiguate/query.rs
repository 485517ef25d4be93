//! Queries: `from x in xs where … select …`. Their words are keywords only inside of one.

use super::frame::{Clause, FrameKind};
use super::names::is_statement_keyword;
use super::{Due, Kind, Lexeme, Pass, Room};
use crate::expression::types::{Place, begins_operand, scan_type};
use csharp::token::Token;

impl Pass<'_> {
    /// Whether the `from` that is next begins a query: a name and `in` follow, or a type, a name and `in`.
    pub(super) fn begins_query(&self) -> bool {
        self.is_range_variable(self.at + 1)
    }

    fn is_range_variable(&self, at: usize) -> bool {
        if self.kind_at(at) == Some(Kind::Identifier) && self.kind_at(at + 1) == Some(Kind::In) {
            return true;
        }
        scan_type(self.lexemes, at, Place::Anywhere).is_some_and(|ty| {
            self.kind_at(ty.end) == Some(Kind::Identifier) && self.kind_at(ty.end + 1) == Some(Kind::In)
        })
    }

    pub(super) fn query(&mut self) {
        self.change_frame(|frame| frame.plain = false);
        self.open(FrameKind::Query(Clause::Other));
        self.emit(Token::From);
        self.range_variable();
    }

    /// Reads `name in` or `type name in`, and goes on behind it.
    fn range_variable(&mut self) {
        if !(self.is(0, Kind::Identifier) && self.is(1, Kind::In))
            && let Some(ty) = scan_type(self.lexemes, self.at, Place::Anywhere)
            && self.kind_at(ty.end) == Some(Kind::Identifier)
        {
            self.announce(Token::Declaration);
            self.emit_type(ty.end);
        }
        self.expect_name("the range variable", "CS1001");
        self.expect(Kind::In, Token::In, "in");
        self.expect_operand(Room::Expression);
    }

    fn clause_now(&self) -> Option<Clause> {
        self.frames.iter().rev().find_map(|frame| match frame.kind {
            FrameKind::Query(clause) => Some(Some(clause)),
            FrameKind::Parenthesized => None,
            _ => Some(None),
        })?
    }

    /// Whether the name at index `at` is a keyword of the query that is being read.
    pub(super) fn is_query_word(&self, at: usize) -> bool {
        let words = [
            "from",
            "let",
            "where",
            "join",
            "on",
            "equals",
            "into",
            "orderby",
            "ascending",
            "descending",
            "select",
            "group",
            "by",
        ];
        self.clause_now().is_some() && self.kind_at(at) == Some(Kind::Identifier) && words.contains(&self.text_at(at))
    }

    /// Reads a word that begins or continues a clause of the query that is being read, if it does.
    pub(super) fn query_clause(&mut self) -> bool {
        let Some(clause) = self.clause_now() else { return false };
        if !self.is_query_word(self.at) {
            return false;
        }
        if !matches!(self.frame(), Some(FrameKind::Query(_))) {
            self.end_unwritten();
            return true;
        }
        let (next, token) = match (self.text_at(self.at), clause) {
            ("by", Clause::Group) => (Clause::Last, Token::By),
            ("on", Clause::JoinSource) => (Clause::JoinLeft, Token::On),
            ("equals", Clause::JoinLeft) => (Clause::JoinRight, Token::EqualsWord),
            ("into", Clause::JoinRight) => (Clause::Other, Token::JoinInto),
            ("ascending", Clause::OrderBy) => (Clause::Ordered, Token::Direction(false)),
            ("descending", Clause::OrderBy) => (Clause::Ordered, Token::Direction(true)),
            ("into", Clause::Last) => (Clause::Other, Token::Into),
            (_, Clause::Last) => {
                self.end_unwritten();
                return true;
            }
            ("from", _) if self.begins_query() => (Clause::Other, Token::From),
            ("let", _) => (Clause::Other, Token::Let),
            ("where", _) => (Clause::Other, Token::Where),
            ("join", _) => (Clause::JoinSource, Token::Join),
            ("orderby", _) => (Clause::OrderBy, Token::OrderBy),
            ("select", _) => (Clause::Last, Token::Select),
            ("group", _) => (Clause::Group, Token::Group),
            _ => return false,
        };
        self.finish_conditionals();
        self.finish_clause(clause, token);
        self.emit(token);
        self.change_frame(|frame| frame.kind = FrameKind::Query(next));
        match token {
            Token::From | Token::Join => self.range_variable(),
            Token::Let => {
                self.expect_name("the range variable", "CS1001");
                self.expect(Kind::Assign, Token::Equals, "=");
                self.expect_operand(Room::Expression);
            }
            Token::JoinInto | Token::Into => {
                self.expect_name("the range variable", "CS1001");
                self.due = Due::Clause;
            }
            Token::Direction(_) => self.due = Due::Clause,
            _ => self.expect_operand(Room::Expression),
        }
        true
    }

    /// Reads on where only a clause can follow, or the end of the query.
    pub(super) fn clause_due(&mut self, lexeme: Lexeme) {
        let FrameKind::Query(clause) = self.frame().unwrap_or(FrameKind::Expression) else {
            return self.expect_operator(true);
        };
        match lexeme.kind {
            Kind::Identifier if self.query_clause() => {}
            Kind::Comma if clause == Clause::Ordered => {
                self.change_frame(|frame| frame.kind = FrameKind::Query(Clause::OrderBy));
                self.emit(Token::OrderComma);
                self.expect_operand(Room::Expression);
            }
            kind if begins_operand(kind) && !is_statement_keyword(kind) => self.unexpected(lexeme),
            _ => self.end_unwritten(),
        }
    }

    /// Adds what the clause that is left is missing.
    pub(super) fn finish_clause(&mut self, clause: Clause, next: Token) {
        match clause {
            Clause::Group if next != Token::By => {
                self.insert_missing(Token::By, "by");
                self.insert(Token::Hole);
            }
            Clause::JoinSource if next != Token::On => {
                self.insert_missing(Token::On, "on");
                self.insert(Token::Hole);
                self.insert(Token::EqualsWord);
                self.insert(Token::Hole);
            }
            Clause::JoinLeft if next != Token::EqualsWord => {
                self.insert_missing(Token::EqualsWord, "equals");
                self.insert(Token::Hole);
            }
            _ => {}
        }
    }
}
