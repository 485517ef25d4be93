//! How words are ordered, and how they are sorted.
//!
//! `Array.Sort` and `List<T>.Sort` are not stable: which of two equal elements comes first depends on every step of the
//! algorithm, so that this is the one of .NET, step by step. `OrderBy` is stable and needs only that.
//!
//! Not here: which order a single type has (`object::Ops`).

use std::cmp::Ordering;

use crate::collection::Comparing;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::Obj;
use crate::object::objects_compare;
use crate::rt::scalar_of;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::DATE_TIME;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::number::{UINT32, UINT64};
use crate::types::raise;
use crate::word::{Repr, Word};

/// A way to order words of one type.
#[derive(Clone, Copy)]
pub enum Order<'a> {
    /// As numbers of 32 bits with a sign; those of fewer bits are the same number in 32.
    Signed32,
    /// As numbers of 32 bits without a sign.
    Unsigned32,
    /// As numbers of 64 bits with a sign.
    Signed64,
    /// As numbers of 64 bits without a sign.
    Unsigned64,
    /// As dates, whatever their kinds.
    Date,
    /// As floating-point numbers of 32 bits; NaN comes first.
    Single,
    /// As floating-point numbers of 64 bits; NaN comes first.
    Double,
    /// As objects order themselves.
    Objects,
    /// By a comparer.
    Comparer(Obj<'a>, &'static Comparing),
    /// By a lambda.
    Comparison(&'a Func<'a>),
}

impl<'a> Order<'a> {
    /// How a comparer orders words of type `ty`; without one, as `Comparer<T>.Default` does.
    #[must_use]
    pub fn of(ty: Ty, comparer: Option<Obj<'a>>) -> Self {
        match comparer.and_then(|comparer| Some((comparer, comparer.ty().def.ops.comparing?))) {
            Some((comparer, comparing)) if !(comparing.is_plain_order)(comparer) => Self::Comparer(comparer, comparing),
            _ => Self::own(ty),
        }
    }

    fn own(ty: Ty) -> Self {
        match ty.repr() {
            Repr::I32 if ty == Ty(&UINT32) => Self::Unsigned32,
            Repr::I32 | Repr::Void => Self::Signed32,
            Repr::I64 if ty == Ty(&UINT64) => Self::Unsigned64,
            Repr::I64 if ty == Ty(&DATE_TIME) => Self::Date,
            Repr::I64 => Self::Signed64,
            Repr::F32 => Self::Single,
            Repr::F64 => Self::Double,
            Repr::Ref => Self::Objects,
        }
    }

    /// How two words are ordered; null comes first.
    ///
    /// # Errors
    /// `ArgumentException` if the objects have no order, and what the comparer throws.
    pub fn compare(self, cx: &mut Cx<'a>, a: Word, b: Word) -> Result<Ordering, Throw> {
        Ok(match self {
            Self::Signed32 => scalar_of::<i32>(a).cmp(&scalar_of(b)),
            Self::Unsigned32 => scalar_of::<u32>(a).cmp(&scalar_of(b)),
            Self::Signed64 => scalar_of::<i64>(a).cmp(&scalar_of(b)),
            Self::Unsigned64 => a.0.cmp(&b.0),
            Self::Date => (a.0 << 2).cmp(&(b.0 << 2)),
            Self::Single => float_order(f64::from(scalar_of::<f32>(a)), f64::from(scalar_of::<f32>(b))),
            Self::Double => float_order(scalar_of(a), scalar_of(b)),
            // SAFETY: words of a reference type are objects.
            Self::Objects => return unsafe { objects_compare(cx, Obj::from_address(a), Obj::from_address(b)) },
            Self::Comparer(comparer, comparing) => return (comparing.compare)(cx, comparer, a, b),
            Self::Comparison(comparison) => scalar_of::<i32>(comparison.call2(cx, a, b)?).cmp(&0),
        })
    }
}

/// How .NET orders floating-point numbers: NaN is equal to itself and below everything else.
#[must_use]
pub fn float_order(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()))
}

/// Words to be sorted, with others that follow every move: the items that belong to the keys. Without items, the second
/// slice is empty.
struct Rows<'k, 'a> {
    keys: &'k mut [Word],
    items: &'k mut [Word],
    order: Order<'a>,
}

/// Below this many elements .NET sorts by insertion.
const INSERTION_SIZE: usize = 16;

/// Sorts words, and moves `items` (empty, or as many) along, with .NET's introspective sort.
///
/// # Errors
/// `InvalidOperationException` around what a comparison throws; `ArgumentException` if the comparisons contradict each
/// other.
pub fn introsort<'a>(cx: &mut Cx<'a>, keys: &mut [Word], items: &mut [Word], order: Order<'a>) -> Result<(), Throw> {
    let length = keys.len();
    if length < 2 {
        return Ok(());
    }
    let depth = 2 * (usize::BITS - length.leading_zeros());
    let mut rows = Rows { keys, items, order };
    match rows.sort(cx, 0, length - 1, depth) {
        Ok(()) => Ok(()),
        Err(Stop::Thrown(_)) => Err(raise::failed_comparison(cx)),
        Err(Stop::Contradiction) => Err(cx.throw(
            Ty(&ARGUMENT_EXCEPTION),
            "Unable to sort because the IComparer.Compare() method returns inconsistent results: a value does not \
             compare equal to itself, or one value repeatedly compared to another value yields different results.",
        )),
    }
}

/// Why sorting ended early.
enum Stop {
    Thrown(Throw),
    Contradiction,
}

impl From<Throw> for Stop {
    fn from(throw: Throw) -> Self {
        Self::Thrown(throw)
    }
}

impl<'a> Rows<'_, 'a> {
    fn key(&self, at: usize) -> Result<Word, Stop> {
        self.keys.get(at).copied().ok_or(Stop::Contradiction)
    }

    fn compare(&self, cx: &mut Cx<'a>, a: Word, b: Word) -> Result<Ordering, Stop> {
        Ok(self.order.compare(cx, a, b)?)
    }

    fn swap(&mut self, a: usize, b: usize) {
        if a < self.keys.len() && b < self.keys.len() {
            self.keys.swap(a, b);
            if !self.items.is_empty() {
                self.items.swap(a, b);
            }
        }
    }

    fn take(&self, at: usize) -> Result<(Word, Word), Stop> {
        Ok((self.key(at)?, self.items.get(at).copied().unwrap_or_default()))
    }

    fn put(&mut self, at: usize, (key, item): (Word, Word)) {
        if let Some(place) = self.keys.get_mut(at) {
            *place = key;
        }
        if let Some(place) = self.items.get_mut(at) {
            *place = item;
        }
    }

    fn swap_if_greater(&mut self, cx: &mut Cx<'a>, a: usize, b: usize) -> Result<(), Stop> {
        if a != b && self.compare(cx, self.key(a)?, self.key(b)?)? == Ordering::Greater {
            self.swap(a, b);
        }
        Ok(())
    }

    fn sort(&mut self, cx: &mut Cx<'a>, lo: usize, mut hi: usize, mut depth: u32) -> Result<(), Stop> {
        while hi > lo {
            match hi - lo + 1 {
                2 => return self.swap_if_greater(cx, lo, hi),
                3 => {
                    self.swap_if_greater(cx, lo, hi - 1)?;
                    self.swap_if_greater(cx, lo, hi)?;
                    return self.swap_if_greater(cx, hi - 1, hi);
                }
                4..=INSERTION_SIZE => return self.insertion_sort(cx, lo, hi),
                _ if depth == 0 => return self.heap_sort(cx, lo, hi),
                _ => {}
            }
            depth -= 1;
            cx.check_limits()?;
            let pivot = self.partition(cx, lo, hi)?;
            self.sort(cx, pivot + 1, hi, depth)?;
            hi = pivot.saturating_sub(1);
        }
        Ok(())
    }

    fn partition(&mut self, cx: &mut Cx<'a>, lo: usize, hi: usize) -> Result<usize, Stop> {
        let middle = lo + (hi - lo) / 2;
        self.swap_if_greater(cx, lo, middle)?;
        self.swap_if_greater(cx, lo, hi)?;
        self.swap_if_greater(cx, middle, hi)?;
        let pivot = self.key(middle)?;
        self.swap(middle, hi - 1);
        let (mut left, mut right) = (lo, hi - 1);
        while left < right {
            left += 1;
            while self.compare(cx, self.key(left)?, pivot)? == Ordering::Less {
                left += 1;
            }
            right = right.checked_sub(1).ok_or(Stop::Contradiction)?;
            while self.compare(cx, pivot, self.key(right)?)? == Ordering::Less {
                right = right.checked_sub(1).ok_or(Stop::Contradiction)?;
            }
            if left >= right {
                break;
            }
            self.swap(left, right);
        }
        self.swap(left, hi - 1);
        Ok(left)
    }

    fn insertion_sort(&mut self, cx: &mut Cx<'a>, lo: usize, hi: usize) -> Result<(), Stop> {
        for at in lo..hi {
            let row = self.take(at + 1)?;
            let mut place = at + 1;
            while place > lo && self.compare(cx, row.0, self.key(place - 1)?)? == Ordering::Less {
                let moved = self.take(place - 1)?;
                self.put(place, moved);
                place -= 1;
            }
            self.put(place, row);
        }
        Ok(())
    }

    fn heap_sort(&mut self, cx: &mut Cx<'a>, lo: usize, hi: usize) -> Result<(), Stop> {
        let count = hi - lo + 1;
        for node in (1..=count / 2).rev() {
            self.sink(cx, node, count, lo)?;
        }
        for last in (2..=count).rev() {
            self.swap(lo, lo + last - 1);
            self.sink(cx, 1, last - 1, lo)?;
        }
        Ok(())
    }

    /// Moves the row of a node (counted from 1) down to where it belongs in the heap.
    fn sink(&mut self, cx: &mut Cx<'a>, mut node: usize, count: usize, lo: usize) -> Result<(), Stop> {
        let row = self.take(lo + node - 1)?;
        while node <= count / 2 {
            let mut child = 2 * node;
            if child < count && self.compare(cx, self.key(lo + child - 1)?, self.key(lo + child)?)? == Ordering::Less {
                child += 1;
            }
            if self.compare(cx, row.0, self.key(lo + child - 1)?)? != Ordering::Less {
                break;
            }
            let moved = self.take(lo + child - 1)?;
            self.put(lo + node - 1, moved);
            node = child;
        }
        self.put(lo + node - 1, row);
        Ok(())
    }
}

/// Sorts numbers so that equal ones keep their order, which `compare` decides.
///
/// # Errors
/// What `compare` throws.
pub fn stable_sort<'a>(
    cx: &mut Cx<'a>,
    rows: &mut [u32],
    mut compare: impl FnMut(&mut Cx<'a>, u32, u32) -> Result<Ordering, Throw>,
) -> Result<(), Throw> {
    const RUN: usize = 8;
    for run in rows.chunks_mut(RUN) {
        for end in 1..run.len() {
            for at in (1..=end).rev() {
                let (Some(&before), Some(&here)) = (run.get(at - 1), run.get(at)) else { break };
                if compare(cx, before, here)? != Ordering::Greater {
                    break;
                }
                run.swap(at - 1, at);
            }
        }
    }
    let mut merged = Vec::with_capacity(rows.len());
    let mut width = RUN;
    while width < rows.len() {
        cx.check_limits()?;
        merged.clear();
        for pair in rows.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((&first, after_first)), Some((&second, after_second))) =
                (left.split_first(), right.split_first())
            {
                if compare(cx, first, second)? == Ordering::Greater {
                    merged.push(second);
                    right = after_second;
                } else {
                    merged.push(first);
                    left = after_first;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        rows.copy_from_slice(&merged);
        width *= 2;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ty, with_harness};
    use crate::throw::Limit;
    use proptest::prelude::*;

    /// The order in which Mono's `List<T>.Sort(Comparison<T>)` leaves the original indexes of keys that are often equal,
    /// as a checksum (FNV-1): number of keys, how many different ones there can be (0 for keys that rise and fall).
    const MONO: &[(u32, u32, u32)] = &[
        (2, 2, 276207162),
        (2, 1000000, 3950255460),
        (3, 2, 4255908178),
        (3, 1000000, 231360402),
        (4, 2, 1395958321),
        (4, 7, 3836527675),
        (5, 7, 2607225491),
        (15, 7, 2335324032),
        (16, 2, 554843555),
        (16, 1000000, 286722093),
        (17, 2, 1732162957),
        (17, 7, 1902364997),
        (18, 2, 2728863480),
        (33, 2, 2692549619),
        (33, 7, 375112553),
        (64, 7, 2270178555),
        (100, 2, 3879081423),
        (100, 7, 1235541267),
        (257, 2, 1721198671),
        (257, 1000000, 3746455475),
        (1000, 2, 3063761385),
        (1000, 7, 3711724825),
        (5000, 2, 3780155973),
        (5000, 7, 250794553),
        (5000, 1000000, 3859720477),
        (100, 0, 3178201107),
        (1000, 0, 884411533),
        (5000, 0, 893553433),
    ];

    fn keys(count: u32, different: u32) -> Vec<Word> {
        let mut state = count * 31 + different;
        let key = |index: u32| match different {
            0 => {
                if index < count / 2 {
                    index
                } else {
                    count - index
                }
            }
            _ => {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) % different
            }
        };
        (0..count).map(key).map(|key| Word(u64::from(key))).collect()
    }

    #[test]
    fn equal_elements_end_where_dotnet_leaves_them() {
        for (count, different, expected) in MONO {
            with_harness(|harness| {
                let mut keys = keys(*count, *different);
                let mut items: Vec<Word> = (0..*count).map(|index| Word(u64::from(index))).collect();
                introsort(&mut harness.cx, &mut keys, &mut items, Order::Signed32).unwrap();
                let checksum =
                    items.iter().fold(2_166_136_261_u32, |hash, item| (hash ^ item.0 as u32).wrapping_mul(16_777_619));
                assert_eq!(checksum, *expected, "{count} keys of {different}");
            });
        }
    }

    #[test]
    fn comparisons_that_contradict_each_other_end() {
        for size in [2, 3, 10, 17, 100, 1000] {
            with_harness(|harness| {
                let mut words = vec![Word(1); size];
                let always_less = harness.delegate(ty("Comparison<int>"), |_, _| Ok(Word(u64::from(-1_i32 as u32))));
                // SAFETY: the word of a delegate.
                let function = unsafe { harness.cx.object(always_less) }.unwrap().downcast::<Func<'_>>().unwrap();
                let _ = introsort(&mut harness.cx, &mut words, &mut [], Order::Comparison(function));
                assert_eq!(words.len(), size);
            });
        }
    }

    #[test]
    fn limits_pass_through_sorting_as_they_are() {
        with_harness(|harness| {
            let mut words = vec![Word(2), Word(1)];
            let failing = harness.delegate(ty("Comparison<int>"), |cx, _| Err(cx.throw_limit(Limit::Time)));
            // SAFETY: the word of a delegate.
            let function = unsafe { harness.cx.object(failing) }.unwrap().downcast::<Func<'_>>().unwrap();
            assert!(introsort(&mut harness.cx, &mut words, &mut [], Order::Comparison(function)).is_err());
            assert_eq!(harness.cx.thrown().unwrap().limit, Some(Limit::Time));
        });
    }

    #[test]
    fn numbers_are_ordered_by_their_value() {
        let cases: &[(&str, u64, u64, Ordering)] = &[
            ("int", u64::from(-1_i32 as u32), 1, Ordering::Less),
            ("uint", u64::from(u32::MAX), 1, Ordering::Greater),
            ("byte", 255, 1, Ordering::Greater),
            ("long", u64::MAX, 1, Ordering::Less),
            ("ulong", u64::MAX, 1, Ordering::Greater),
            ("double", f64::NAN.to_bits(), f64::NEG_INFINITY.to_bits(), Ordering::Less),
            ("double", f64::NAN.to_bits(), f64::NAN.to_bits(), Ordering::Equal),
            ("double", 0_f64.to_bits(), (-0_f64).to_bits(), Ordering::Equal),
            ("DateTime", 5 | 1 << 62, 5 | 2 << 62, Ordering::Equal),
        ];
        for (name, a, b, expected) in cases {
            with_harness(|harness| {
                let order = Order::of(ty(name), None).compare(&mut harness.cx, Word(*a), Word(*b));
                assert_eq!(order, Ok(*expected), "{name} {a} {b}");
            });
        }
    }

    proptest! {
        #[test]
        fn sorting_agrees_with_rust(numbers in proptest::collection::vec(any::<i32>(), 0..300)) {
            let mut expected = numbers.clone();
            expected.sort_unstable();
            let mut words: Vec<Word> = numbers.iter().map(|n| Word(u64::from(*n as u32))).collect();
            with_harness(|harness| introsort(&mut harness.cx, &mut words, &mut [], Order::Signed32)).unwrap();
            let sorted: Vec<i32> = words.iter().map(|word| scalar_of(*word)).collect();
            prop_assert_eq!(sorted, expected);
        }

        #[test]
        fn stable_sorting_keeps_the_order_of_equal_ones(keys in proptest::collection::vec(0_u8..10, 0..300)) {
            let mut expected: Vec<u32> = (0..).take(keys.len()).collect();
            expected.sort_by_key(|row| keys[*row as usize]);
            let mut rows: Vec<u32> = (0..).take(keys.len()).collect();
            with_harness(|harness| {
                stable_sort(&mut harness.cx, &mut rows, |_, a, b| Ok(keys[a as usize].cmp(&keys[b as usize])))
            }).unwrap();
            prop_assert_eq!(rows, expected);
        }
    }
}
