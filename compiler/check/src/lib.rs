//! What policy documents and their expressions mean.
//!
//! Takes trees from `grammar` and the tables of types and members from `dotnet`, and gives typed code (`ir`) together
//! with everything that the author should be told. A fault never stops the check: it becomes a diagnostic, and what
//! depends on it has an unknown type that silences its consequences.
//!
//! Not here: reading text (`grammar`), passes over typed code (`ir`), machine code (`codegen`).
#![forbid(unsafe_code)]

pub mod document;
pub mod expression;
pub mod instance;
