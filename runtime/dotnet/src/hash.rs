//! Hashing for tables in memory: fast, and different in every process.
//!
//! Keys of tables come from requests. The seed, which nobody outside knows, keeps a sender from choosing keys that fall
//! into one bucket.
//!
//! Not here: which hash a type of values has (`equality`, `object::Ops`).

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

fn seeds() -> (u64, u64) {
    static SEEDS: OnceLock<(u64, u64)> = OnceLock::new();
    *SEEDS.get_or_init(|| {
        let state = RandomState::new();
        (state.hash_one(1_u8), state.hash_one(2_u8) | 1)
    })
}

/// Both halves of the product of two numbers, folded into one.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The hash of a number.
#[must_use]
#[inline]
pub fn of_bits(bits: u64) -> u64 {
    let (first, second) = seeds();
    fold(bits ^ first, second ^ MULTIPLIER)
}

/// The hash of bytes.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> u64 {
    let (first, second) = seeds();
    let mut hash = first ^ (bytes.len() as u64).wrapping_mul(MULTIPLIER);
    let (pairs, rest) = bytes.as_chunks::<16>();
    for pair in pairs {
        let (low, high) = halves(pair);
        hash = fold(low ^ second, high ^ hash);
    }
    let mut last = [0; 16];
    for (place, byte) in last.iter_mut().zip(rest) {
        *place = *byte;
    }
    let (low, high) = halves(&last);
    fold(fold(low ^ second, high ^ hash), MULTIPLIER)
}

fn halves(pair: &[u8; 16]) -> (u64, u64) {
    let whole = u128::from_le_bytes(*pair);
    (whole as u64, (whole >> 64) as u64)
}

/// Two hashes as one; the order counts.
#[must_use]
#[inline]
pub fn combine(first: i32, second: i32) -> i32 {
    crate::object::fold_hash(fold(u64::from(first as u32) ^ MULTIPLIER, (u64::from(second as u32) << 1) | 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn neighbours_fall_into_different_buckets() {
        let numbers: HashSet<u64> = (0..4096).map(|n| of_bits(n) >> 40).collect();
        assert!(numbers.len() > 4000, "{}", numbers.len());
        let texts: HashSet<u64> = (0..4096).map(|n| of_bytes(format!("key-{n}").as_bytes()) >> 40).collect();
        assert!(texts.len() > 4000, "{}", texts.len());
    }

    #[test]
    fn length_and_place_of_a_zero_byte_count() {
        let texts: [&[u8]; 6] = [b"", b"\0", b"\0\0", b"a", b"a\0", b"\0a"];
        let hashes: HashSet<u64> = texts.iter().map(|text| of_bytes(text)).collect();
        assert_eq!(hashes.len(), texts.len());
        let long: HashSet<u64> = (0..40).map(|n| of_bytes(&vec![0; n])).collect();
        assert_eq!(long.len(), 40);
    }
}
