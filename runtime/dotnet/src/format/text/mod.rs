//! Letter case and order of strings in the invariant culture.
//!
//! Not here: searching, splitting and the other members of `System.String`.

pub mod casing;
pub mod collation;
