//! Cryptography as policies see it: hashes, keyed hashes, random bytes.
//!
//! The algorithms come from the RustCrypto crates, which need no C compiler; the members stand beside the type that they
//! belong to.
//!
//! Not here: tokens and their signatures, which the policies about tokens check themselves.

pub mod digest;
pub mod exception;
pub mod hash_algorithm;
pub mod hash_algorithm_name;
pub mod hashes;
pub mod hmac;
pub mod keyed_hash;
pub mod names;
pub mod random;

#[cfg(test)]
mod tests;
