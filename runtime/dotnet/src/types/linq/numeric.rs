//! What sums, averages and extremes are of the numeric types.
//!
//! Not here: the members (`sum`, `extreme`).

use crate::cx::Cx;
use crate::format::Decimal;
use crate::func::Func;
use crate::object::{IntoReference, NotNull, Obj};
use crate::seq::Cursor;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::decimal::thrown;
use crate::types::raise;
use crate::word::{FromWord, IntoWord, Role};

/// A walk over the numbers of a sequence, or over those that a lambda makes of its elements. Nulls are left out.
pub(super) struct Numbers<'a> {
    cursor: Cursor<'a>,
    selector: Option<&'a Func<'a>>,
    may_be_null: bool,
}

impl<'a> Numbers<'a> {
    /// The numbers of a sequence of `element`s; `may_be_null` says that they are of type `T?`.
    pub(super) fn of(
        cx: &mut Cx<'a>,
        source: Obj<'a>,
        element: Ty,
        selector: Option<&'a Func<'a>>,
        may_be_null: bool,
    ) -> Result<Self, Throw> {
        Ok(Self { cursor: source.elements(cx, element)?, selector, may_be_null })
    }

    fn next<T: Number<'a>>(&mut self, cx: &mut Cx<'a>) -> Result<Option<T>, Throw> {
        while let Some(word) = self.cursor.next(cx)? {
            let word = match self.selector {
                Some(selector) => selector.call1(cx, word)?,
                None => word,
            };
            if !self.may_be_null {
                // SAFETY: a word of the type that the member's signature says.
                return unsafe { T::from_word(word, cx, Role::Receiver) }.map(Some);
            }
            if !word.is_null() {
                // SAFETY: a word of the nullable type that is not null.
                return Ok(Some(unsafe { T::from_not_null(word) }));
            }
        }
        Ok(None)
    }
}

/// A type that sums and averages are made of.
pub(super) trait Number<'a>: FromWord<'a> + NotNull<'a> + IntoWord<'a> + IntoReference<'a> + Copy {
    /// The type of an average.
    type Mean: IntoWord<'a> + IntoReference<'a>;

    /// The sum of the numbers; 0 if there is none.
    fn sum(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Self, Throw>;

    /// The average of the numbers; `None` if there is none.
    fn mean(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Option<Self::Mean>, Throw>;

    /// The least number; `None` if there is none.
    fn least(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Option<Self>, Throw>;

    /// The greatest number; `None` if there is none.
    fn greatest(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Option<Self>, Throw>;
}

/// The first number with everything after it folded into it.
fn reduce<'a, T: Number<'a>>(
    cx: &mut Cx<'a>,
    mut numbers: Numbers<'a>,
    fold: impl Fn(T, T) -> T,
) -> Result<Option<T>, Throw> {
    let Some(mut result) = numbers.next::<T>(cx)? else { return Ok(None) };
    while let Some(number) = numbers.next(cx)? {
        result = fold(result, number);
    }
    Ok(Some(result))
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl<'a> Number<'a> for $ty {
            type Mean = f64;

            fn sum(cx: &mut Cx<'a>, mut numbers: Numbers<'a>) -> Result<Self, Throw> {
                let mut sum: Self = 0;
                while let Some(number) = numbers.next::<Self>(cx)? {
                    sum = sum.checked_add(number).ok_or_else(|| raise::overflow(cx))?;
                }
                Ok(sum)
            }

            fn mean(cx: &mut Cx<'a>, mut numbers: Numbers<'a>) -> Result<Option<f64>, Throw> {
                let (mut sum, mut count) = (0_i64, 0_i64);
                while let Some(number) = numbers.next::<Self>(cx)? {
                    sum = sum.checked_add(i64::from(number)).ok_or_else(|| raise::overflow(cx))?;
                    count += 1;
                }
                Ok((count > 0).then(|| sum as f64 / count as f64))
            }

            fn least(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Option<Self>, Throw> {
                reduce(cx, numbers, Self::min)
            }

            fn greatest(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Option<Self>, Throw> {
                reduce(cx, numbers, Self::max)
            }
        }
    )*};
}

integers!(i32, i64);

macro_rules! floats {
    ($($ty:ty),*) => {$(
        impl<'a> Number<'a> for $ty {
            type Mean = Self;

            fn sum(cx: &mut Cx<'a>, mut numbers: Numbers<'a>) -> Result<Self, Throw> {
                let mut sum = 0_f64;
                while let Some(number) = numbers.next::<Self>(cx)? {
                    sum += f64::from(number);
                }
                Ok(sum as Self)
            }

            fn mean(cx: &mut Cx<'a>, mut numbers: Numbers<'a>) -> Result<Option<Self>, Throw> {
                let (mut sum, mut count) = (0_f64, 0_i64);
                while let Some(number) = numbers.next::<Self>(cx)? {
                    sum += f64::from(number);
                    count += 1;
                }
                Ok((count > 0).then(|| (sum / count as f64) as Self))
            }

            // NaN is below everything; nothing after it can change the result, and .NET looks at nothing more.
            fn least(cx: &mut Cx<'a>, mut numbers: Numbers<'a>) -> Result<Option<Self>, Throw> {
                let Some(mut least) = numbers.next::<Self>(cx)? else { return Ok(None) };
                while !least.is_nan() {
                    let Some(number) = numbers.next::<Self>(cx)? else { break };
                    if number < least || number.is_nan() {
                        least = number;
                    }
                }
                Ok(Some(least))
            }

            fn greatest(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Option<Self>, Throw> {
                let greater = |greatest: Self, number: Self| {
                    if greatest < number || greatest.is_nan() { number } else { greatest }
                };
                reduce(cx, numbers, greater)
            }
        }
    )*};
}

floats!(f32, f64);

impl<'a> Number<'a> for Decimal {
    type Mean = Self;

    fn sum(cx: &mut Cx<'a>, mut numbers: Numbers<'a>) -> Result<Self, Throw> {
        let mut sum = Self::ZERO;
        while let Some(number) = numbers.next::<Self>(cx)? {
            sum = thrown(cx, sum.plus(number))?;
        }
        Ok(sum)
    }

    fn mean(cx: &mut Cx<'a>, mut numbers: Numbers<'a>) -> Result<Option<Self>, Throw> {
        let (mut sum, mut count) = (Self::ZERO, 0_i64);
        while let Some(number) = numbers.next::<Self>(cx)? {
            sum = thrown(cx, sum.plus(number))?;
            count += 1;
        }
        if count == 0 {
            return Ok(None);
        }
        let count = Self::from_parts(u128::from(count.unsigned_abs()), 0, false);
        thrown(cx, sum.divided_by(count)).map(Some)
    }

    fn least(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Option<Self>, Throw> {
        reduce(cx, numbers, |least: Self, number| if number < least { number } else { least })
    }

    fn greatest(cx: &mut Cx<'a>, numbers: Numbers<'a>) -> Result<Option<Self>, Throw> {
        reduce(cx, numbers, |greatest: Self, number| if number > greatest { number } else { greatest })
    }
}
