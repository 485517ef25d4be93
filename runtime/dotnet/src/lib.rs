//! .NET values and members as policy expressions see them.
//!
//! Not here: how expressions are typed (`check`), compiled (`codegen`) or driven (`engine`).

pub mod format;
