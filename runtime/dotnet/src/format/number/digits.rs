//! The decimal digits of a number on its way to a text, and their rounding.
//!
//! Not here: where the digits come from, and how a format arranges them.

/// What a number is decides how it rounds and whether a zero keeps its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `sbyte` to `ulong`.
    Integer,
    /// `decimal`.
    Decimal,
    /// `float` and `double`.
    Float,
}

/// A number as `0.d₁d₂d₃… × 10^scale`, in a buffer of the caller.
///
/// The first digit is not zero; a number without digits is zero.
#[derive(Debug)]
pub(crate) struct Number<'a> {
    buffer: &'a mut [u8],
    length: usize,
    /// Where the decimal point stands: before the digit of this index.
    pub(crate) scale: i32,
    /// Whether a minus sign belongs to it.
    pub(crate) negative: bool,
    /// The kind of number.
    pub(crate) kind: Kind,
}

impl<'a> Number<'a> {
    /// A number over ASCII digits, whose leading zeros are dropped.
    pub(crate) fn new(digits: &'a mut [u8], mut scale: i32, negative: bool, kind: Kind) -> Self {
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        if zeros < digits.len() {
            scale -= zeros as i32;
        }
        let buffer = digits.get_mut(zeros..).unwrap_or_default();
        Self { length: buffer.len(), buffer, scale, negative, kind }
    }

    /// The digits, ASCII.
    #[inline]
    pub(crate) fn digits(&self) -> &[u8] {
        self.buffer.get(..self.length).unwrap_or_default()
    }

    /// Whether no digit is left.
    #[inline]
    pub(crate) fn is_zero(&self) -> bool {
        self.length == 0
    }

    /// Makes a zero plain: its scale is 0, and only a floating-point zero keeps its sign.
    pub(crate) fn settle_zero(&mut self) {
        if self.kind != Kind::Float {
            self.negative = false;
        }
        self.scale = 0;
    }

    /// Keeps `count` digits, rounding half away from zero, and drops zeros at the end.
    pub(crate) fn round_half_up(&mut self, count: i32) {
        let rounds_up =
            usize::try_from(count).ok().and_then(|count| self.digits().get(count)).is_some_and(|digit| *digit >= b'5');
        if !rounds_up {
            return self.cut(count);
        }
        self.keep(count);
        let nines = self.digits().iter().rev().take_while(|digit| **digit == b'9').count();
        self.length -= nines;
        match self.length.checked_sub(1).and_then(|last| self.buffer.get_mut(last)) {
            Some(last) => *last += 1,
            None => {
                self.scale += 1;
                self.length = 1;
                if let Some(first) = self.buffer.first_mut() {
                    *first = b'1';
                }
            }
        }
    }

    /// Keeps `count` digits of a number that was rounded there when its digits were made, and drops zeros at the end.
    pub(crate) fn cut(&mut self, count: i32) {
        self.keep(count);
        let zeros = self.digits().iter().rev().take_while(|digit| **digit == b'0').count();
        self.length -= zeros;
        if self.length == 0 {
            self.settle_zero();
        }
    }

    fn keep(&mut self, count: i32) {
        self.length = self.length.min(usize::try_from(count).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_carries_and_drops_zeros() {
        for (digits, scale, count, expected, expected_scale) in [
            ("12345", 2, 3, "123", 2),
            ("12350", 2, 3, "124", 2),
            ("9996", 1, 3, "1", 2),
            ("7", 0, 0, "1", 1),
            ("4", 0, 0, "", 0),
            ("7", -1, -1, "", 0),
            ("10020", 5, 4, "1002", 5),
            ("00120", 5, 9, "12", 3),
        ] {
            let mut buffer = digits.as_bytes().to_vec();
            let mut number = Number::new(&mut buffer, scale, false, Kind::Integer);
            number.round_half_up(count);
            assert_eq!((number.digits(), number.scale), (expected.as_bytes(), expected_scale), "{digits} to {count}");
        }
    }
}
