//! XML as LINQ to XML has it: documents, elements, attributes and what stands between them.
//!
//! All of them are objects of one layout ([`node`]), linked with each other; nothing here recurses, so that a text may
//! nest as deeply as it likes. Document types are refused, and with them all entities but the five of XML itself.
//!
//! `members` has the .NET types. Not here: message bodies (`context::body`).

pub mod content;
pub mod conversion;
pub mod members;
pub mod name;
pub mod node;
pub mod read;
pub mod walk;
pub mod write;

#[cfg(test)]
mod tests;
