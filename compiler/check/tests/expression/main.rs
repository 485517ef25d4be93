//! Expressions as authors write them, and what the binder makes of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot read its data has to fail")]

mod collections;
mod evaluate;
mod oracle;
mod pages;
mod shared;
