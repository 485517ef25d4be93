//! The C# subset of policy expressions: tokens, tree and the parser that LALRPOP generates.
//!
//! A crate of its own because generated code is slow to build. Not here: lexing, disambiguation and repair (`grammar`).
#![forbid(unsafe_code)]

pub mod builder;
pub mod literal;
pub mod span;
pub mod tree;
