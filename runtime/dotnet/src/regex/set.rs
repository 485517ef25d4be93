//! Sets of UTF-16 code units.
//!
//! Not here: which units a category, a block or a class of a pattern has (`unicode`, `class`).

use std::sync::Arc;

/// A set of code units; cheap to copy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Set {
    /// First and last unit of each run, sorted; no two touch.
    ranges: Arc<[(u16, u16)]>,
    /// The units below 128, one bit each.
    ascii: u128,
}

impl Set {
    /// The set without units.
    #[must_use]
    pub fn empty() -> Self {
        Self::new(Vec::new())
    }

    /// The set of all units.
    #[must_use]
    pub fn all() -> Self {
        Self::new(vec![(0, u16::MAX)])
    }

    /// The set of one unit.
    #[must_use]
    pub fn of(unit: u16) -> Self {
        Self::new(vec![(unit, unit)])
    }

    /// The set of the units in these runs, which may overlap and stand in any order.
    #[must_use]
    pub fn new(mut ranges: Vec<(u16, u16)>) -> Self {
        ranges.retain(|(first, last)| first <= last);
        ranges.sort_unstable();
        let mut joined: Vec<(u16, u16)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some(previous) if u32::from(first) <= u32::from(previous.1) + 1 => previous.1 = previous.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        let below = |(first, last): &(u16, u16)| (*first < 128).then_some(*first..=(*last).min(127));
        let ascii = joined.iter().filter_map(below).flatten().fold(0, |bits, unit| bits | 1_u128 << unit);
        Self { ranges: joined.into(), ascii }
    }

    /// The runs of units, sorted.
    #[must_use]
    pub fn ranges(&self) -> &[(u16, u16)] {
        &self.ranges
    }

    /// Whether a unit is in the set.
    #[must_use]
    #[inline]
    pub fn contains(&self, unit: u16) -> bool {
        if unit < 128 {
            return self.ascii >> unit & 1 != 0;
        }
        let at = self.ranges.partition_point(|(_, last)| *last < unit);
        self.ranges.get(at).is_some_and(|(first, _)| *first <= unit)
    }

    /// The single unit of the set, if it has just one.
    #[must_use]
    pub fn single(&self) -> Option<u16> {
        match *self.ranges {
            [(first, last)] if first == last => Some(first),
            _ => None,
        }
    }

    /// Whether there is no unit in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The units that are not in the set.
    #[must_use]
    pub fn negated(&self) -> Self {
        let mut rest = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0_u32;
        for (first, last) in &*self.ranges {
            if next < u32::from(*first) {
                rest.push((next as u16, first - 1));
            }
            next = u32::from(*last) + 1;
        }
        if next <= u32::from(u16::MAX) {
            rest.push((next as u16, u16::MAX));
        }
        Self::new(rest)
    }

    /// The units in this set or in the other.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.ranges.iter().chain(&*other.ranges).copied().collect())
    }

    /// The units in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.negated().union(&other.negated()).negated()
    }

    /// The units in this set and not in the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.negated().union(other).negated()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sets_hold_what_their_parts_say(
            a in proptest::collection::vec((any::<u16>(), any::<u16>()), 0..5),
            b in proptest::collection::vec((0_u16..300, 0_u16..300), 0..5),
            unit in prop_oneof![any::<u16>(), 0_u16..300],
        ) {
            let inside = |ranges: &[(u16, u16)]| ranges.iter().any(|(first, last)| (*first..=*last).contains(&unit));
            let (in_a, in_b) = (inside(&a), inside(&b));
            let (a, b) = (Set::new(a), Set::new(b));
            prop_assert_eq!(a.contains(unit), in_a);
            prop_assert_eq!(b.contains(unit), in_b);
            prop_assert_eq!(a.negated().contains(unit), !in_a);
            prop_assert_eq!(a.union(&b).contains(unit), in_a || in_b);
            prop_assert_eq!(a.intersection(&b).contains(unit), in_a && in_b);
            prop_assert_eq!(a.minus(&b).contains(unit), in_a && !in_b);
            prop_assert_eq!(a.negated().negated(), a);
        }
    }
}
