//! `System.Random`.
//!
//! With a seed the numbers are those of .NET's own generator (`format::random`); without one the seed is random.

use std::cell::RefCell;

use dotnet_macros::members;

use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::Fault;
use crate::format::random::Random;
use crate::object::Header;
use crate::throw::Throw;
use crate::ty::Ty;

/// The object of a `Random`.
#[repr(C)]
pub struct RandomObj {
    header: Header,
    numbers: RefCell<Random>,
}

crate::layout!(RandomObj, RANDOM_DEF);

impl RandomObj {
    /// Draws a number.
    fn draw<T>(&self, cx: &mut Cx<'_>, draw: impl FnOnce(&mut Random) -> Result<T, Fault>) -> Result<T, Throw> {
        // Nothing is called while a number is drawn, so that the generator is never in use.
        draw(&mut self.numbers.borrow_mut()).map_err(|fault| cx.throw_fault(&fault))
    }
}

/// Numbers that look random.
#[members("public class System.Random", as = RANDOM)]
impl<'a> RandomObj {
    /// A generator with a random seed.
    #[member("Random()")]
    fn new(cx: &mut Cx<'a>) -> &'a Self {
        let mut seed = [0; 4];
        cx.ambient().random(&mut seed);
        Self::with_seed(cx, i32::from_le_bytes(seed))
    }

    /// A generator that gives the same numbers for the same seed.
    #[member("Random(int Seed)")]
    fn with_seed(cx: &mut Cx<'a>, seed: i32) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(Ty(&RANDOM)), numbers: RefCell::new(Random::new(seed)) })
    }

    /// A generator with a random seed, for use in between.
    #[member("static Random Shared { get; }")]
    fn shared(cx: &mut Cx<'a>) -> &'a Self {
        Self::new(cx)
    }

    /// A number from 0 to below 2147483647.
    #[member("int Next()")]
    fn next(&'a self, cx: &mut Cx<'a>) -> Result<i32, Throw> {
        self.draw(cx, |numbers| Ok(numbers.next()))
    }

    /// A number from 0 to below a limit.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the limit is negative.
    #[member("int Next(int maxValue)")]
    fn next_below(&'a self, cx: &mut Cx<'a>, max: i32) -> Result<i32, Throw> {
        self.draw(cx, |numbers| numbers.next_below(max))
    }

    /// A number from one limit to below another.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the first is above the second.
    #[member("int Next(int minValue, int maxValue)")]
    fn next_between(&'a self, cx: &mut Cx<'a>, min: i32, max: i32) -> Result<i32, Throw> {
        self.draw(cx, |numbers| numbers.next_between(min, max))
    }

    /// A number from 0 to below 1.
    #[member("double NextDouble()")]
    fn next_double(&'a self, cx: &mut Cx<'a>) -> Result<f64, Throw> {
        self.draw(cx, |numbers| Ok(numbers.next_double()))
    }

    /// Fills an array with random bytes.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("void NextBytes(byte[] buffer)")]
    fn next_bytes(&'a self, cx: &mut Cx<'a>, buffer: &'a Bytes<'a>) -> Result<(), Throw> {
        let mut bytes = vec![0; buffer.items().len()];
        self.draw(cx, |numbers| {
            numbers.next_bytes(&mut bytes);
            Ok(())
        })?;
        for (place, byte) in buffer.items().iter().zip(bytes) {
            place.set(byte);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::with_harness;

    #[test]
    fn seeds_decide_the_numbers() {
        with_harness(|harness| {
            let random = harness.word("System.Random::Random(int Seed)", &[&42]);
            assert_eq!(harness.call("System.Random::int Next()", &[&random]), "1434747710");
            assert_eq!(harness.call("System.Random::int Next(int maxValue)", &[&random, &100]), "14");
            assert_eq!(harness.call("System.Random::int Next(int minValue, int maxValue)", &[&random, &5, &10]), "5");
            assert_eq!(
                harness.call("System.Random::int Next(int minValue, int maxValue)", &[&random, &5, &1]),
                "ArgumentOutOfRangeException: 'minValue' cannot be greater than maxValue. (Parameter 'minValue')"
            );
            let bytes: &[u8] = &[0; 3];
            let buffer = crate::testing::Arg::word(&bytes, &mut harness.cx);
            assert_eq!(harness.call("System.Random::void NextBytes(byte[] buffer)", &[&random, &buffer]), "void");
            assert_ne!(harness.show(Some(crate::testing::ty("byte[]")), buffer), "[0, 0, 0]");
        });
    }
}
