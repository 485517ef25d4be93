//! `System.Random` with a seed: the subtractive generator that .NET keeps for reproducible numbers.
//!
//! Not here: seeds of generators made without one, which are the host's randomness.
//!
//! Source: Knuth, The Art of Computer Programming, volume 2, 3.2.2, with the constants of the .NET documentation.

use super::{Exception, Fault};

const SEED: i32 = 161_803_398;
/// Numbers of the sequence the next one is made of.
const MEMORY: usize = 55;

/// A `System.Random`.
#[derive(Debug, Clone)]
pub struct Random {
    /// The last numbers; `next` is the place of the next of them.
    state: [i32; MEMORY],
    next: usize,
}

impl Random {
    /// `new Random(seed)`.
    pub fn new(seed: i32) -> Self {
        /// How far the second operand of each difference is behind, while the state is stirred.
        const STIR_LAG: usize = 31;
        /// The step in which the first numbers are spread over the state.
        const SPREAD: usize = 21;
        const STIRS: usize = 4;
        let mut state = [0; MEMORY];
        let mut number = SEED - if seed == i32::MIN { i32::MAX } else { seed.abs() };
        let mut following = 1;
        // Index `i` of .NET's array is `i - 1` here, and the last place takes the seed itself.
        if let Some(last) = state.last_mut() {
            *last = number;
        }
        for step in 1..MEMORY {
            if let Some(place) = state.get_mut(SPREAD * step % MEMORY - 1) {
                *place = following;
            }
            (number, following) = (following, wrapped(number.wrapping_sub(following)));
        }
        for _ in 0..STIRS {
            for index in 0..MEMORY {
                let other = state.get((index + STIR_LAG) % MEMORY).copied().unwrap_or_default();
                if let Some(place) = state.get_mut(index) {
                    *place = wrapped(place.wrapping_sub(other));
                }
            }
        }
        Self { state, next: 0 }
    }

    /// A number from 0 to `int.MaxValue - 1`.
    fn sample(&mut self) -> i32 {
        /// How far behind the second operand is.
        const LAG: usize = 21;
        let other = self.state.get((self.next + LAG) % MEMORY).copied().unwrap_or_default();
        let Some(place) = self.state.get_mut(self.next) else { return 0 };
        let mut number = place.wrapping_sub(other);
        if number == i32::MAX {
            number -= 1;
        }
        *place = wrapped(number);
        self.next = (self.next + 1) % MEMORY;
        *place
    }

    /// `Next()`: from 0 to `int.MaxValue - 1`.
    #[expect(clippy::should_implement_trait, reason = "the member is called so")]
    pub fn next(&mut self) -> i32 {
        self.sample()
    }

    /// `Next(maxValue)`: from 0 up to but without `max`; 0 for 0.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `max` is negative.
    pub fn next_below(&mut self, max: i32) -> Result<i32, Fault> {
        if max < 0 {
            return Err(Fault::out_of_range("'maxValue' must be greater than zero. (Parameter 'maxValue')"));
        }
        Ok((self.next_double() * f64::from(max)) as i32)
    }

    /// `Next(minValue, maxValue)`: from `min` up to but without `max`; `min` if they are equal.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `min` is above `max`.
    pub fn next_between(&mut self, min: i32, max: i32) -> Result<i32, Fault> {
        if min > max {
            return Err(Fault::new(
                Exception::ArgumentOutOfRange,
                "'minValue' cannot be greater than maxValue. (Parameter 'minValue')",
            ));
        }
        let range = i64::from(max) - i64::from(min);
        let offset = if range <= i64::from(i32::MAX) {
            (self.next_double() * range as f64) as i64
        } else {
            (self.next_wide() * range as f64) as i64
        };
        Ok((offset + i64::from(min)) as i32)
    }

    /// A fraction from two numbers, for ranges wider than `int`.
    fn next_wide(&mut self) -> f64 {
        let number = self.sample();
        let number = if self.sample() % 2 == 0 { -number } else { number };
        (f64::from(number) + f64::from(i32::MAX - 1)) / (2.0 * f64::from(i32::MAX.unsigned_abs()) - 1.0)
    }

    /// `NextDouble()`: from 0 up to but without 1.
    pub fn next_double(&mut self) -> f64 {
        f64::from(self.sample()) * (1.0 / f64::from(i32::MAX))
    }

    /// `NextBytes(buffer)`.
    pub fn next_bytes(&mut self, buffer: &mut [u8]) {
        buffer.fill_with(|| self.sample() as u8);
    }
}

/// Differences are taken modulo `int.MaxValue`.
const fn wrapped(difference: i32) -> i32 {
    if difference < 0 { difference.wrapping_add(i32::MAX) } else { difference }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: .NET Core 3.1 and mono, as recorded in the reference, and mono.
    #[test]
    fn sequences_are_dotnets() {
        let mut random = Random::new(42);
        assert_eq!(random.next(), 1434747710);
        assert_eq!(random.next_below(100), Ok(14));
        assert_eq!(random.next_between(5, 10), Ok(5));
        let mut random = Random::new(123);
        assert_eq!([(); 5].map(|()| random.next_between(1, 100).unwrap()), [98, 90, 74, 81, 74]);
    }

    #[test]
    fn limits_are_checked() {
        let mut random = Random::new(0);
        assert_eq!(random.next_below(0), Ok(0));
        assert!(random.next_below(-1).is_err() && random.next_between(5, 1).is_err());
        assert_eq!(random.next_between(7, 7), Ok(7));
    }
}
