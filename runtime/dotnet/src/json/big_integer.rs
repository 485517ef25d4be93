//! `System.Numerics.BigInteger`, as far as JSON needs it: whole numbers of more than 64 bits, kept as digits.
//!
//! Policies cannot name the type; they only meet its values in JSON and convert them to other types. Not here:
//! arithmetic.

use std::cmp::Ordering;

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::number::integer::Integer;
use crate::format::number::{NumberStyles, parse};
use crate::format::{Decimal, Fault};
use crate::object::{Header, Obj, Ops, REFERENCE, fold_hash, object_of};
use crate::text::{Str, StrObj};
use crate::ty::Ty;
use crate::word::Word;

/// The object of a `BigInteger`.
#[repr(C)]
pub struct BigInteger<'a> {
    header: Header,
    /// The digits without leading zeros, a minus sign before those of a negative number.
    pub digits: Str<'a>,
}

crate::layout!(BigInteger<'a>, BIG_INTEGER_DEF);

static ZERO_DIGITS: StrObj = StrObj::ascii("0");

/// Whole numbers of any size.
#[members("public struct System.Numerics.BigInteger", as = BIG_INTEGER, ops = BIG_INTEGER_OPS)]
impl<'a> BigInteger<'a> {
    /// The number in decimal digits.
    #[member("string ToString()", pure)]
    fn to_text(&'a self) -> Str<'a> {
        self.digits
    }
}

/// The behaviour of `BigInteger`s.
pub static BIG_INTEGER_OPS: Ops = Ops {
    to_text: |_, object| Ok(object.downcast::<BigInteger<'_>>().map_or(Str::EMPTY, |number| number.digits)),
    equals: |_, a, b| match (a.downcast::<BigInteger<'_>>(), b.downcast::<BigInteger<'_>>()) {
        (Some(a), Some(b)) => Ok(a.digits == b.digits),
        _ => Ok(false),
    },
    compare: Some(|_, a, b| match (a.downcast::<BigInteger<'_>>(), b.downcast::<BigInteger<'_>>()) {
        (Some(a), Some(b)) => Ok(a.compare(b)),
        _ => Ok(Ordering::Greater),
    }),
    hash: |_, object| {
        let digits = object.downcast::<BigInteger<'_>>().map_or(&b""[..], |number| number.digits.bytes());
        let hash = digits.iter().fold(0_u64, |hash, digit| hash.wrapping_mul(31).wrapping_add(u64::from(*digit)));
        Ok(fold_hash(hash))
    },
    default: Some(|_| {
        /// The object of 0.
        struct Zero(BigInteger<'static>);
        // SAFETY: it is never changed.
        unsafe impl Sync for Zero {}
        static ZERO: std::sync::OnceLock<Zero> = std::sync::OnceLock::new();
        let digits = Str::from_static(&ZERO_DIGITS);
        let zero = ZERO.get_or_init(|| Zero(BigInteger { header: Header::new(Ty(&BIG_INTEGER)), digits }));
        Word(std::ptr::from_ref(&zero.0) as u64)
    }),
    ..REFERENCE
};

/// The number of these decimal digits, with a minus sign before them or without.
#[must_use]
pub fn of_digits<'a>(cx: &Cx<'a>, text: &[u8]) -> Obj<'a> {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (&b"-"[..], digits),
        digits => (&b""[..], digits),
    };
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let digits = match digits.get(zeros..) {
        Some([]) | None => b"0".to_vec(),
        Some(digits) => [sign, digits].concat(),
    };
    let digits = cx.str_from_wtf8(&digits);
    object_of(cx.arena().alloc(BigInteger { header: Header::new(Ty(&BIG_INTEGER)), digits }))
}

impl BigInteger<'_> {
    /// The value as one of an integer type.
    ///
    /// # Errors
    /// `OverflowException` if the type cannot hold it.
    pub fn to_integer<I: Integer>(&self) -> Result<I, Fault> {
        parse::parse_integer(self.digits.bytes())
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.digits.bytes().starts_with(b"-")
    }

    /// The order of two numbers.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let magnitude = |number: &Self| number.digits.bytes().len();
        let larger = magnitude(self).cmp(&magnitude(other)).then_with(|| self.digits.bytes().cmp(other.digits.bytes()));
        match (self.is_negative(), other.is_negative()) {
            (false, false) => larger,
            (true, true) => larger.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }

    /// The nearest `double`.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.digits.as_utf8().and_then(|digits| digits.parse().ok()).unwrap_or(f64::NAN)
    }

    /// The value as a `decimal`.
    ///
    /// # Errors
    /// `OverflowException` if it is too large for one.
    pub fn to_decimal(&self) -> Result<Decimal, Fault> {
        Decimal::parse(self.digits.bytes(), NumberStyles::INTEGER)
    }
}
