//! The hash functions themselves, plain and keyed, as one value whose kind is known at run time.

use digest::Digest;
use hmac::{HmacReset, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

/// The hash functions that .NET has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// MD5.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-2 of 256 bits.
    Sha256,
    /// SHA-2 of 384 bits.
    Sha384,
    /// SHA-2 of 512 bits.
    Sha512,
}

impl Algorithm {
    /// The name that .NET gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
        }
    }

    /// How many bytes a hash has.
    #[must_use]
    pub fn output_bytes(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// How many bytes the function takes at a time; longer keys of keyed hashes are hashed first.
    #[must_use]
    pub fn block_bytes(self) -> usize {
        match self {
            Self::Md5 | Self::Sha1 | Self::Sha256 => 64,
            Self::Sha384 | Self::Sha512 => 128,
        }
    }

    /// The hash of some bytes.
    #[must_use]
    pub fn hash(self, bytes: &[u8]) -> Vec<u8> {
        let mut state = State::new(self);
        state.update(bytes);
        state.finish()
    }
}

/// A hash that is being computed.
#[derive(Clone)]
pub enum State {
    /// Plain MD5.
    Md5(Md5),
    /// Plain SHA-1.
    Sha1(Sha1),
    /// Plain SHA-256.
    Sha256(Sha256),
    /// Plain SHA-384.
    Sha384(Sha384),
    /// Plain SHA-512.
    Sha512(Sha512),
    /// Keyed MD5.
    HmacMd5(HmacReset<Md5>),
    /// Keyed SHA-1.
    HmacSha1(HmacReset<Sha1>),
    /// Keyed SHA-256.
    HmacSha256(HmacReset<Sha256>),
    /// Keyed SHA-384.
    HmacSha384(HmacReset<Sha384>),
    /// Keyed SHA-512.
    HmacSha512(HmacReset<Sha512>),
}

/// Does the same with every kind of state: `$plain` with hashes, `$keyed` with keyed ones.
macro_rules! each {
    ($state:expr, |$inner:ident| $plain:expr, $keyed:expr) => {
        match $state {
            State::Md5($inner) => $plain,
            State::Sha1($inner) => $plain,
            State::Sha256($inner) => $plain,
            State::Sha384($inner) => $plain,
            State::Sha512($inner) => $plain,
            State::HmacMd5($inner) => $keyed,
            State::HmacSha1($inner) => $keyed,
            State::HmacSha256($inner) => $keyed,
            State::HmacSha384($inner) => $keyed,
            State::HmacSha512($inner) => $keyed,
        }
    };
}

impl State {
    /// The state before the first byte.
    #[must_use]
    pub fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Md5 => Self::Md5(Md5::new()),
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
            Algorithm::Sha384 => Self::Sha384(Sha384::new()),
            Algorithm::Sha512 => Self::Sha512(Sha512::new()),
        }
    }

    /// The state of a keyed hash before the first byte; a key may be of any length.
    #[must_use]
    pub fn keyed(algorithm: Algorithm, key: &[u8]) -> Self {
        // Keyed hashes take every key, so that the fallback is never used.
        match algorithm {
            Algorithm::Md5 => HmacReset::new_from_slice(key).map_or_else(|_| Self::new(algorithm), Self::HmacMd5),
            Algorithm::Sha1 => HmacReset::new_from_slice(key).map_or_else(|_| Self::new(algorithm), Self::HmacSha1),
            Algorithm::Sha256 => HmacReset::new_from_slice(key).map_or_else(|_| Self::new(algorithm), Self::HmacSha256),
            Algorithm::Sha384 => HmacReset::new_from_slice(key).map_or_else(|_| Self::new(algorithm), Self::HmacSha384),
            Algorithm::Sha512 => HmacReset::new_from_slice(key).map_or_else(|_| Self::new(algorithm), Self::HmacSha512),
        }
    }

    /// Takes more bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        each!(self, |state| Digest::update(state, bytes), Mac::update(state, bytes));
    }

    /// The hash of all bytes taken in; the state is then as it was before the first.
    pub fn finish(&mut self) -> Vec<u8> {
        each!(self, |state| Digest::finalize_reset(state).to_vec(), state.finalize_reset().into_bytes().to_vec())
    }
}
