//! The front end of the expression language, tested by text: what is read, what is refused and what becomes of broken
//! text. Published policies and the answers of a C# compiler are used where the folder that holds them is present.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot read its data has to fail")]

mod broken;
mod hostile;
mod messages;
mod oracle;
mod published;
mod samples;
mod shared;
mod trees;
