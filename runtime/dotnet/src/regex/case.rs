//! Which code units count as equal where a pattern ignores case.
//!
//! Units are equal if they have the same lower case, as .NET maps case without a culture: the Kelvin sign equals `k`, and
//! the Turkish letters equal only themselves.

use std::sync::OnceLock;

use super::set::Set;
use crate::format::text::casing::lower_unit;

/// The lower-case form by which units are compared.
#[must_use]
pub fn folded(unit: u16) -> u16 {
    lower_unit(unit)
}

/// A set with all units that equal one of its own.
#[must_use]
pub fn with_equals(set: &Set) -> Set {
    let table = table();
    let mut ranges = set.ranges().to_vec();
    for (first, last) in set.ranges() {
        let from = table.by_unit.partition_point(|(unit, _)| unit < first);
        let inside = table.by_unit.get(from..).unwrap_or(&[]).iter().take_while(|(unit, _)| unit <= last);
        for (_, lower) in inside {
            let from = table.by_lower.partition_point(|(other, _)| other < lower);
            let equal = table.by_lower.get(from..).unwrap_or(&[]).iter().take_while(|(other, _)| other == lower);
            ranges.extend(equal.map(|(_, unit)| (*unit, *unit)));
        }
    }
    Set::new(ranges)
}

/// The units that equal others.
struct Table {
    /// Unit and lower-case form, sorted by unit.
    by_unit: Vec<(u16, u16)>,
    /// Lower-case form and unit, sorted.
    by_lower: Vec<(u16, u16)>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let upper: Vec<(u16, u16)> = (0..=u16::MAX).map(|unit| (unit, folded(unit))).filter(|(u, l)| u != l).collect();
        let mut by_lower: Vec<(u16, u16)> = upper.iter().map(|(unit, lower)| (*lower, *unit)).collect();
        by_lower.extend(upper.iter().map(|(_, lower)| (*lower, *lower)));
        by_lower.sort_unstable();
        by_lower.dedup();
        let mut by_unit: Vec<(u16, u16)> = by_lower.iter().map(|(lower, unit)| (*unit, *lower)).collect();
        by_unit.sort_unstable();
        Table { by_unit, by_lower }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_equal_those_of_the_same_lower_case() {
        let rows: &[(&str, &str)] = &[
            ("k", "kK\u{212A}"),
            ("K", "kK\u{212A}"),
            ("\u{212A}", "kK\u{212A}"),
            ("i", "iI"),
            ("\u{130}", "\u{130}"),
            ("\u{131}", "\u{131}"),
            ("\u{DF}", "\u{DF}\u{1E9E}"),
            ("\u{3C3}", "\u{3A3}\u{3C3}"),
            ("\u{3C2}", "\u{3C2}"),
            ("\u{1C5}", "\u{1C4}\u{1C5}\u{1C6}"),
            ("1", "1"),
            ("\u{17F}", "\u{17F}"),
        ];
        for (text, expected) in rows {
            let set = |text: &str| Set::new(text.encode_utf16().map(|unit| (unit, unit)).collect());
            assert_eq!(with_equals(&set(text)), set(expected), "{text}");
        }
    }
}
