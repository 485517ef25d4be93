//! Policy text in, trees out.
//!
//! Reads policy documents (XML with C# expressions inside) and the expressions themselves. Nothing here fails: every
//! reader gives a tree and the diagnostics it found, however broken the text is. Nothing here does I/O.
//!
//! Not here: what elements, attributes, names and types mean (`check`), and how a diagnostic is printed (`report`).

#![forbid(unsafe_code)]

pub mod diagnostic;
pub mod document;
pub mod expression;
pub mod source;
