//! The expression language of policies: C# 7 inside `@(…)` and `@{…}`.
//!
//! Text becomes lexemes ([`lexemes`]), brackets are paired (`repair`), lexemes become tokens (`disambiguate`), tokens become
//! a tree ([`csharp::parse`]), and the tree and its literals are checked for what the grammar lets pass (`check`). Each
//! step accepts anything the one before gives, so every text has a tree.
//!
//! ```
//! let parsed = grammar::expression::parse("@(1 + )");
//! assert_eq!(parsed.findings[0].message, "an operand is missing before `)`");
//! ```
//!
//! Not here: names, types and values (`check` the crate), and where in a document expressions stand (`document`).

mod check;
mod disambiguate;
mod finding;
mod lexer;
mod newer;
mod outline;
mod print;
mod repair;
mod types;

pub use check::{
    BAD_LITERAL, DECLARATION_AS_BODY, MISPLACED, MIXED_INITIALIZER, NOT_A_STATEMENT, QUERY_END, SWITCH_WITHOUT_LABEL,
    TRY_WITHOUT_HANDLER,
};
pub use disambiguate::{MISSING, UNEXPECTED};
pub use finding::Finding;
pub use lexer::{INTERPOLATION, Kind, Lexed, Lexeme, STRAY_CHARACTER, UNTERMINATED};
pub use newer::NEWER_CSHARP;
pub use outline::outline;
pub use print::print;
pub use repair::UNMATCHED_BRACKET;

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::source::{MappedText, Source};
use csharp::span::Span;
use csharp::token::{Placed, Token};
use csharp::tree::{MAX_DEPTH, Tree};
use finding::Findings;
use repair::Flaw;

/// An expression that is nested deeper than anything real.
pub static TOO_DEEP: Rule = Rule {
    id: "expression/too-deep",
    level: Level::Error,
    summary: "an expression is nested too deeply",
    page: include_str!("rules/too-deep.md"),
    aliases: &["CS8078"],
};

/// All rules that are found here.
pub static RULES: &[&Rule] = &[
    &BAD_LITERAL,
    &DECLARATION_AS_BODY,
    &INTERPOLATION,
    &MISPLACED,
    &MISSING,
    &MIXED_INITIALIZER,
    &NEWER_CSHARP,
    &NOT_A_STATEMENT,
    &QUERY_END,
    &STRAY_CHARACTER,
    &SWITCH_WITHOUT_LABEL,
    &TOO_DEEP,
    &TRY_WITHOUT_HANDLER,
    &UNEXPECTED,
    &UNMATCHED_BRACKET,
    &UNTERMINATED,
];

/// The tree of an expression, and what is wrong with its text.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree. Where the text is broken, it has holes.
    pub tree: Tree,
    /// The faults, in the order of their places; none if C# reads the text.
    pub findings: Vec<Finding>,
}

impl Parsed {
    /// The findings as they are told to the author. `text` is the text that was parsed, with the places it came from in
    /// `source`.
    #[must_use]
    pub fn diagnostics(&self, source: &Source, text: &MappedText) -> Vec<Diagnostic> {
        self.findings.iter().map(|finding| finding.clone().into_diagnostic(source, text)).collect()
    }
}

/// Reads an expression. `text` is the whole of it, from `@(` or `@{` to the bracket that closes it; white space around
/// it does not matter.
///
/// Never fails, and takes time in proportion to the length of the text.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut findings = Findings::default();
    let tree = tree(text, &mut findings);
    Parsed { tree, findings: findings.into_sorted() }
}

/// The lexemes and comments of an expression, as they are written: for colouring and formatting.
#[must_use]
pub fn lexemes(text: &str) -> Lexed {
    lexer::lex(text, &mut Findings::default())
}

fn tree(text: &str, findings: &mut Findings) -> Tree {
    let lexed = lexer::lex(text, findings);
    let mut lexemes = lexed.lexemes;
    let mut mates = Vec::new();
    if let Err(flaw) = repair::mates(&lexemes, &mut mates) {
        if let Flaw::TooDeep(at) = flaw {
            too_deep(lexemes.get(at).map_or(Span::default(), |lexeme| lexeme.span()), findings);
        }
        lexemes = repair::repair(text, &lexemes, findings);
        // What is repaired matches.
        let _ = repair::mates(&lexemes, &mut mates);
    }
    let tokens = disambiguate::disambiguate(text, &lexemes, &mates, findings);
    let tree = match csharp::parse(text, &tokens, lexed.comments) {
        Ok(tree) => tree,
        Err(at) => {
            findings.report(&UNEXPECTED, at, "the text makes no sense from here on").code("CS1525");
            return hole(text);
        }
    };
    // Few tokens make no deep tree.
    if tokens.len() > MAX_DEPTH / 2 && tree.depth() > MAX_DEPTH {
        too_deep(Span::empty(0), findings);
        return hole(text);
    }
    check::check(&tree, findings);
    tree
}

fn too_deep(span: Span, findings: &mut Findings) {
    findings
        .report(&TOO_DEEP, span, "this expression is nested too deeply")
        .code("CS8078")
        .help("move parts of it into variables of their own");
}

/// The tree of text that could not be read.
fn hole(text: &str) -> Tree {
    let tokens = [Token::OpenExpression, Token::Hole, Token::ParenClose];
    let tokens = tokens.map(|token| Placed { token, span: Span::empty(0) });
    csharp::parse(text, &tokens, Vec::new()).unwrap_or_default()
}
