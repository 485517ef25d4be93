//! Newtonsoft.Json as policies see it: tokens, the reader and writer of JSON text, conversions, paths.
//!
//! The rules are those of Json.NET 13 on a host in universal time. The .NET types and members stand in `members`; the
//! rest are plain Rust functions over [`Token`](token::Token)s.
//!
//! Not here: the bodies of messages (`context`), and the values that JSON holds (`types`, `format`).

pub mod big_integer;
mod body;
pub mod children;
pub mod compare;
pub mod conversion;
pub mod date;
pub mod deserialize;
pub mod edit;
pub mod exception;
pub mod index;
pub mod jpath;
pub mod load;
pub mod members;
pub mod merge;
pub mod path;
pub mod raise;
pub mod reader;
pub mod serialize;
pub mod token;
pub mod value;
pub mod walk;
pub mod writer;

#[cfg(test)]
mod mono;
#[cfg(test)]
mod tests;
