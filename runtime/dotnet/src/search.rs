//! Searching in strings, by UTF-16 index.
//!
//! Text is searched as WTF-8 bytes, which find the same places as UTF-16 units would, unless a half of a surrogate pair
//! is looked for; that and other letters than ASCII without regard to case are searched as units.
//!
//! Not here: the order of strings (`format::compare`), and regular expressions.

use memchr::memmem;

use crate::format::text::casing::upper_unit;
pub use crate::format::text::collation::Case;
use crate::text::Str;

/// Which of several places is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// The index of the first place between two indexes where `needle` lies as a whole.
#[must_use]
pub fn find(hay: Str<'_>, needle: Str<'_>, start: usize, end: usize, case: Case) -> Option<usize> {
    search(hay, needle, start, end, case, End::First)
}

/// The index of the last place between two indexes where `needle` lies as a whole.
#[must_use]
pub fn rfind(hay: Str<'_>, needle: Str<'_>, start: usize, end: usize, case: Case) -> Option<usize> {
    search(hay, needle, start, end, case, End::Last)
}

fn search(hay: Str<'_>, needle: Str<'_>, start: usize, end: usize, case: Case, which: End) -> Option<usize> {
    if start > end {
        return None;
    }
    let (from, to) = (hay.byte_offset(start)?, hay.byte_offset(end)?);
    let bytes = match (from, to) {
        (Ok(from), Ok(to)) => hay.bytes().get(from..to),
        _ => None,
    };
    let found = match bytes {
        Some(bytes) if case == Case::Sensitive && needle.is_utf8() => match which {
            End::First => memmem::find(bytes, needle.bytes()),
            End::Last => memmem::rfind(bytes, needle.bytes()),
        },
        Some(bytes) if hay.is_ascii() && needle.is_ascii() => search_ascii(bytes, needle.bytes(), which),
        _ => return search_units(hay, needle, start, end, case, which).map(|index| start + index),
    };
    let from = from.unwrap_or_else(|at| at);
    found.map(|at| hay.utf16_index(from + at))
}

/// Searches ASCII text without regard to case.
fn search_ascii(hay: &[u8], needle: &[u8], which: End) -> Option<usize> {
    /// A needle up to this long is compared at every place; longer ones would take quadratic time.
    const SHORT: usize = 32;
    if needle.len() > SHORT {
        let (hay, needle) = (hay.to_ascii_lowercase(), needle.to_ascii_lowercase());
        return match which {
            End::First => memmem::find(&hay, &needle),
            End::Last => memmem::rfind(&hay, &needle),
        };
    }
    let Some(first) = needle.first() else {
        return Some(if which == End::First { 0 } else { hay.len() });
    };
    let last_start = hay.len().checked_sub(needle.len())?;
    let starts = hay.get(..=last_start)?;
    let is_here = |at: &usize| hay.get(*at..at + needle.len()).is_some_and(|part| part.eq_ignore_ascii_case(needle));
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    match which {
        End::First => memchr::memchr2_iter(lower, upper, starts).find(is_here),
        End::Last => memchr::memchr2_iter(lower, upper, starts).rev().find(is_here),
    }
}

/// Searches the code units, each as two bytes.
fn search_units(hay: Str<'_>, needle: Str<'_>, start: usize, end: usize, case: Case, which: End) -> Option<usize> {
    let fold = |unit: u16| if case == Case::Ignored { upper_unit(unit) } else { unit };
    let hay: Vec<u8> = hay.units().skip(start).take(end - start).flat_map(|unit| fold(unit).to_be_bytes()).collect();
    let needle: Vec<u8> = needle.units().flat_map(|unit| fold(unit).to_be_bytes()).collect();
    let mut window = 0..hay.len();
    loop {
        let part = hay.get(window.clone())?;
        let at = match which {
            End::First => memmem::find(part, &needle)?,
            End::Last => memmem::rfind(part, &needle)?,
        } + window.start;
        if at.is_multiple_of(2) {
            return Some(at / 2);
        }
        match which {
            End::First => window.start = at + 1,
            End::Last => window.end = at + needle.len() - 1,
        }
    }
}

/// Whether `hay` begins with `needle`.
#[must_use]
pub fn starts_with(hay: Str<'_>, needle: Str<'_>, case: Case) -> bool {
    match case {
        Case::Sensitive if needle.is_utf8() => hay.bytes().starts_with(needle.bytes()),
        Case::Ignored if hay.is_ascii() && needle.is_ascii() => {
            let start = hay.bytes().get(..needle.bytes().len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(needle.bytes()))
        }
        _ => find(hay, needle, 0, needle.utf16_len().min(hay.utf16_len()), case) == Some(0),
    }
}

/// Whether `hay` ends with `needle`.
#[must_use]
pub fn ends_with(hay: Str<'_>, needle: Str<'_>, case: Case) -> bool {
    match case {
        Case::Sensitive if needle.is_utf8() => hay.bytes().ends_with(needle.bytes()),
        _ => {
            let (all, part) = (hay.utf16_len(), needle.utf16_len());
            all >= part && find(hay, needle, all - part, all, case).is_some()
        }
    }
}

/// The index of the first code unit between two indexes that `wanted` accepts.
#[must_use]
pub fn find_unit(hay: Str<'_>, start: usize, end: usize, wanted: impl Fn(u16) -> bool) -> Option<usize> {
    let count = end.checked_sub(start)?;
    if hay.is_ascii() {
        let part = hay.bytes().get(start..end)?;
        return part.iter().position(|byte| wanted(u16::from(*byte))).map(|at| start + at);
    }
    let place = hay.byte_offset(start)?;
    let units = crate::wtf8::units(hay.bytes().get(place.unwrap_or_else(|at| at)..)?);
    let mut units = units.skip(usize::from(place.is_err())).take(count);
    units.position(wanted).map(|at| start + at)
}

/// The index of the last code unit between two indexes that `wanted` accepts.
#[must_use]
pub fn rfind_unit(hay: Str<'_>, start: usize, end: usize, wanted: impl Fn(u16) -> bool) -> Option<usize> {
    if hay.is_ascii() {
        let part = hay.bytes().get(start..end)?;
        return part.iter().rposition(|byte| wanted(u16::from(*byte))).map(|at| start + at);
    }
    // Walking down by index takes constant time for each step.
    (start..end).rev().find(|index| hay.unit(*index).is_some_and(&wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::with_harness;

    #[test]
    fn places_are_those_of_utf16() {
        use Case::{Ignored, Sensitive};
        with_harness(|harness| {
            for (hay, needle, case, first, last) in [
                ("hello", "l", Sensitive, Some(2), Some(3)),
                ("hello", "L", Sensitive, None, None),
                ("hello", "L", Ignored, Some(2), Some(3)),
                ("hello", "", Ignored, Some(0), Some(5)),
                ("hello", "hello!", Ignored, None, None),
                ("😀b😀b", "b", Sensitive, Some(2), Some(5)),
                ("😀É😀é", "é", Ignored, Some(2), Some(5)),
                ("x😀y", "😀", Ignored, Some(1), Some(1)),
                ("ĀaĀ", "āA", Ignored, Some(0), Some(0)),
            ] {
                let (hay, needle) = (harness.cx.str(hay), harness.cx.str(needle));
                let end = hay.utf16_len();
                assert_eq!(find(hay, needle, 0, end, case), first, "{hay:?} {needle:?}");
                assert_eq!(rfind(hay, needle, 0, end, case), last, "{hay:?} {needle:?}");
            }
            let hay = harness.cx.str("a😀b");
            let low = hay.utf16_slice(&harness.cx, 2, 3).unwrap();
            assert_eq!(find(hay, low, 0, 4, Sensitive), Some(2));
            assert!(ends_with(hay, harness.cx.str("B"), Ignored) && starts_with(hay, harness.cx.str("A😀"), Ignored));
        });
    }

    #[test]
    fn long_needles_do_not_take_quadratic_time() {
        with_harness(|harness| {
            let hay = harness.cx.str(&"a".repeat(400_000));
            let needle = harness.cx.str(&format!("{}B", "a".repeat(200_000)));
            for case in [Case::Sensitive, Case::Ignored] {
                assert_eq!(find(hay, needle, 0, 400_000, case), None);
                assert_eq!(rfind(hay, needle, 0, 400_000, case), None);
            }
        });
    }
}
