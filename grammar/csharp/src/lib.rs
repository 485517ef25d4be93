//! The C# subset of policy expressions: tokens, tree and the parser that LALRPOP generates.
//!
//! A crate of its own because generated code is slow to build. Not here: lexing, disambiguation and repair (`grammar`).
#![forbid(unsafe_code)]

pub mod builder;
pub mod literal;
pub mod span;
pub mod token;
pub mod tree;

use builder::Builder;
use lalrpop_util::ParseError;
use span::Span;
use token::Placed;
use tree::Tree;

#[allow(clippy::all, clippy::indexing_slicing, clippy::unwrap_used, missing_docs, unused, reason = "generated")]
mod grammar {
    include!(concat!(env!("OUT_DIR"), "/grammar.rs"));
}

/// The tree of `text`, whose tokens are `tokens` and whose comments are `comments`.
///
/// # Errors
/// The place of the first token that the grammar does not allow. Whoever makes the tokens sees to it that there is none.
pub fn parse(text: &str, tokens: &[Placed], comments: Vec<Span>) -> Result<Tree, Span> {
    let mut builder = Builder::new(text);
    let triples = tokens.iter().map(|placed| (placed.span.start, placed.token, placed.span.end));
    match grammar::ExpressionParser::new().parse(&mut builder, triples) {
        Ok(root) => Ok(builder.finish(root, comments)),
        Err(ParseError::InvalidToken { location } | ParseError::UnrecognizedEof { location, .. }) => {
            Err(Span::empty(location))
        }
        Err(
            ParseError::UnrecognizedToken { token: (start, _, end), .. }
            | ParseError::ExtraToken { token: (start, _, end) },
        ) => Err(Span::new(start, end)),
        Err(ParseError::User { error: () }) => Err(Span::default()),
    }
}
