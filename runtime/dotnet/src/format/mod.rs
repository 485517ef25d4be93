//! Text forms and arithmetic of .NET values: numbers, decimals, dates, durations, identifiers, escapes, URIs, casing.
//!
//! Plain functions over Rust values that do what .NET Core does with the invariant culture on a host whose time zone is
//! UTC. Text comes in as bytes and goes out into a caller's `Vec<u8>`; both are WTF-8, that is UTF-8 in which a lone
//! surrogate may occur (see [`wtf8`]). A failure is a [`Fault`]: the exception type and message that .NET raises.
//!
//! Not here: the .NET types and their members, arenas, JSON and XML documents, regular expressions, ciphers.

pub mod base64;
pub mod composite;
pub mod decimal;
pub mod escape;
pub mod fault;
pub mod guid;
pub mod hex;
pub mod ip_address;
pub mod number;
pub mod random;
pub mod text;
pub mod time;
pub mod uri;
pub mod wtf8;

pub use decimal::{Decimal, MidpointRounding};
pub use fault::{Exception, Fault};
pub use guid::Guid;
pub use random::Random;
pub use uri::Uri;

#[cfg(test)]
pub(crate) mod mono;
