//! Names of months and days, and other words of the invariant culture.
//!
//! Not here: how formats use them.

/// Full names, January first.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Full names, Sunday first.
pub(super) const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The only era of the Gregorian calendar.
pub(super) const ERA: &str = "A.D.";

/// How long the abbreviations of months and days are.
pub(super) const ABBREVIATION: usize = 3;

/// The name of a month from 1 to 12.
pub(super) fn month(number: u32) -> &'static str {
    number.checked_sub(1).and_then(|index| MONTHS.get(index as usize)).copied().unwrap_or_default()
}

/// The name of a day of the week, 0 for Sunday.
pub(super) fn day(number: u32) -> &'static str {
    DAYS.get(number as usize).copied().unwrap_or_default()
}

/// The first letters of a name.
pub(super) fn abbreviated(name: &'static str) -> &'static str {
    name.get(..ABBREVIATION).unwrap_or(name)
}
