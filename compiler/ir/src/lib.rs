//! The typed form of a document between the checker and the code generator.
//!
//! An expression is a tree of typed nodes (`tree`), a document is policies and the steps of its sections (`document`),
//! a section is cut into segments at every point that may wait (`segment`). Passes make both faster (`fold`, `join`);
//! `interpret` runs the same tree without machine code and is the second opinion on it; `print` shows it.
//!
//! Not here: C# (`check`), machine code (`codegen`), and who runs segments (`engine`).

pub mod build;
pub mod document;
pub mod fold;
pub mod interpret;
pub mod join;
pub mod number;
pub mod print;
pub mod segment;
pub mod tree;
pub mod walk;
