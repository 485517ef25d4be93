//! `System.Int32`, whose members stand with those of the other integer types.

pub use crate::types::number::{INT32, INT32_DEF, INT32_OPS};
