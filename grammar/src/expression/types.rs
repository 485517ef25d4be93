//! Finds types among lexemes.
//!
//! C# tells a type from an expression by trying to read one, so this is tried at every `<` and `(`. A try is bounded:
//! it reads at most [`BUDGET`] names, which keeps hostile text linear.
//!
//! Not here: what to do with a type that was found (`disambiguate`).

use super::lexer::{Kind, Lexeme};

/// How many names and suffixes one type may have. Real ones have at most a dozen.
const BUDGET: u32 = 128;

/// A type that could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeScan {
    /// The index of the first lexeme behind it.
    pub(super) end: usize,
    /// Whether it can be nothing but a type: it is a keyword, or generic, or ends with `?` or `[]`.
    pub(super) certain: bool,
    /// Whether it ends with `[]`.
    pub(super) array: bool,
}

/// Where a type stands, as far as that decides how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Where nothing but a type can stand, or where what follows is looked at.
    Anywhere,
    /// Behind `is`, `as` and `case`, where a `?` may as well begin a conditional.
    Tested,
    /// In `typeof`, where type arguments may be left out.
    Open,
}

/// Reads a type that begins at `start`.
pub(super) fn scan_type(lexemes: &[Lexeme], start: usize, place: Place) -> Option<TypeScan> {
    Scanner { lexemes, budget: BUDGET, open: place == Place::Open }.ty(start, place)
}

/// Reads a list `<…>` of type arguments whose `<` is at `start`; gives the index behind its `>`.
pub(super) fn scan_type_arguments(lexemes: &[Lexeme], start: usize) -> Option<usize> {
    Scanner { lexemes, budget: BUDGET, open: false }.type_arguments(start)
}

/// Whether a type, a name and `=` or `;` stand at `start`, as at the start of a declaration.
pub(super) fn is_declaration(lexemes: &[Lexeme], start: usize) -> bool {
    let kind = |at: usize| lexemes.get(at).map(|lexeme| lexeme.kind);
    scan_type(lexemes, start, Place::Anywhere).is_some_and(|ty| {
        kind(ty.end) == Some(Kind::Identifier) && matches!(kind(ty.end + 1), Some(Kind::Assign | Kind::Semicolon))
    })
}

/// Whether an operand can begin with this. Not the signs that also stand between two operands.
pub(super) fn begins_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Identifier
            | Kind::Integer
            | Kind::Real
            | Kind::Char
            | Kind::String
            | Kind::InterpolatedStart
            | Kind::Placeholder
            | Kind::ParenOpen
            | Kind::Bang
            | Kind::Tilde
            | Kind::Predefined
            | Kind::Base
            | Kind::Checked
            | Kind::Default
            | Kind::Delegate
            | Kind::False
            | Kind::New
            | Kind::Null
            | Kind::SizeOf
            | Kind::StackAlloc
            | Kind::This
            | Kind::Throw
            | Kind::True
            | Kind::TypeOf
            | Kind::Unchecked
    )
}

struct Scanner<'a> {
    lexemes: &'a [Lexeme],
    budget: u32,
    open: bool,
}

impl Scanner<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.lexemes.get(at).map(|lexeme| lexeme.kind)
    }

    fn spend(&mut self) -> Option<()> {
        self.budget = self.budget.checked_sub(1)?;
        Some(())
    }

    fn ty(&mut self, start: usize, place: Place) -> Option<TypeScan> {
        self.spend()?;
        let (mut end, mut certain) = match self.kind(start)? {
            Kind::Predefined => (start + 1, true),
            Kind::Identifier => self.name(start)?,
            Kind::ParenOpen => self.tuple(start)?,
            _ => return None,
        };
        let (mut array, mut nullable) = (false, false);
        loop {
            self.spend()?;
            match self.kind(end) {
                Some(Kind::Question) if !nullable && (place != Place::Tested || !self.continues_conditional(end)) => {
                    (end, certain, array, nullable) = (end + 1, true, false, true);
                }
                Some(Kind::BracketOpen) => {
                    let mut close = end + 1;
                    while self.kind(close) == Some(Kind::Comma) {
                        self.spend()?;
                        close += 1;
                    }
                    if self.kind(close) != Some(Kind::BracketClose) {
                        break;
                    }
                    (end, certain, array, nullable) = (close + 1, true, true, false);
                }
                _ => break,
            }
        }
        Some(TypeScan { end, certain, array })
    }

    /// Whether the `?` at `at` is followed by an operand, so that it asks.
    fn continues_conditional(&self, at: usize) -> bool {
        self.kind(at + 1).is_some_and(|next| {
            begins_operand(next) || matches!(next, Kind::Plus | Kind::Minus | Kind::Increment | Kind::Decrement)
        })
    }

    fn name(&mut self, start: usize) -> Option<(usize, bool)> {
        let mut at = start;
        let mut generic = false;
        if self.kind(at + 1) == Some(Kind::ColonColon) {
            at += 2;
        }
        loop {
            self.spend()?;
            if self.kind(at) != Some(Kind::Identifier) {
                return None;
            }
            at += 1;
            if self.kind(at) == Some(Kind::Less) {
                // A `<` that opens no list ends the type; whether that makes sense is seen by what follows.
                let Some(end) = self.type_arguments(at) else { break };
                generic = true;
                at = end;
            }
            if self.kind(at) != Some(Kind::Dot) || self.kind(at + 1) != Some(Kind::Identifier) {
                break;
            }
            at += 1;
        }
        Some((at, generic))
    }

    fn type_arguments(&mut self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        if self.open && matches!(self.kind(at), Some(Kind::Comma | Kind::Greater)) {
            while self.kind(at) == Some(Kind::Comma) {
                self.spend()?;
                at += 1;
            }
            return (self.kind(at) == Some(Kind::Greater)).then_some(at + 1);
        }
        loop {
            at = self.ty(at, Place::Anywhere)?.end;
            match self.kind(at)? {
                Kind::Comma => at += 1,
                Kind::Greater => return Some(at + 1),
                _ => return None,
            }
        }
    }

    fn tuple(&mut self, start: usize) -> Option<(usize, bool)> {
        let mut at = start + 1;
        let mut certain = false;
        let mut elements = 0;
        loop {
            let element = self.ty(at, Place::Anywhere)?;
            certain |= element.certain;
            elements += 1;
            at = element.end;
            if self.kind(at) == Some(Kind::Identifier) {
                at += 1;
            }
            match self.kind(at)? {
                Kind::Comma => at += 1,
                Kind::ParenClose if elements > 1 => return Some((at + 1, certain)),
                _ => return None,
            }
        }
    }
}
