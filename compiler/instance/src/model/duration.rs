//! ISO 8601 durations, as resources write them: `PT1H`, `P1DT2H30M`, `PT0.5S`.

use std::time::Duration;

/// Days that .NET's `XmlConvert.ToTimeSpan` counts for a year.
const DAYS_PER_YEAR: u64 = 365;
/// Days that it counts for a month.
const DAYS_PER_MONTH: u64 = 30;
const SECONDS_PER_DAY: u64 = 86_400;

/// The length of an ISO 8601 duration; `None` if `text` is none, is negative, or is longer than .NET's `TimeSpan`.
///
/// Years and months count 365 and 30 days, as `XmlConvert.ToTimeSpan` counts them. Fractions of a second are kept to
/// the nanosecond.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    let body = text.trim().strip_prefix('P')?;
    let (date, time) = match body.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (body, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let mut seconds = units(
        date,
        &[
            ('Y', DAYS_PER_YEAR * SECONDS_PER_DAY),
            ('M', DAYS_PER_MONTH * SECONDS_PER_DAY),
            ('W', 7 * SECONDS_PER_DAY),
            ('D', SECONDS_PER_DAY),
        ],
    )?;
    let (whole, fraction) = match time.split_once('.') {
        Some((whole, fraction)) => (format!("{whole}S"), fraction.strip_suffix('S')?),
        None => (time.to_owned(), "0"),
    };
    seconds = seconds.checked_add(units(&whole, &[('H', 3600), ('M', 60), ('S', 1)])?)?;
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let nanoseconds: u32 = format!("{:0<9}", fraction.get(..9).unwrap_or(fraction)).parse().ok()?;
    let limit = i64::MAX.unsigned_abs() / 10_000_000;
    (seconds <= limit).then(|| Duration::new(seconds, nanoseconds))
}

/// The sum of `3D`, `4H`…: every unit at most once and in the order given.
fn units(text: &str, order: &[(char, u64)]) -> Option<u64> {
    let mut rest = text;
    let mut order = order.iter();
    let mut total = 0u64;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = rest.split_at(digits);
        let unit = tail.chars().next()?;
        let (_, seconds) = order.by_ref().find(|(name, _)| *name == unit)?;
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(*seconds)?)?;
        rest = tail.strip_prefix(unit)?;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_xml_schema_writes_them() {
        let cases = [
            ("PT1H", Some((3600, 0))),
            ("PT10S", Some((10, 0))),
            ("P1DT2H30M", Some((95_400, 0))),
            ("P1Y2M", Some((425 * 86_400, 0))),
            ("P2W", Some((14 * 86_400, 0))),
            ("PT0.5S", Some((0, 500_000_000))),
            ("PT1M0.0000000019S", Some((60, 1))),
            ("PT1M", Some((60, 0))),
            ("P1M", Some((30 * 86_400, 0))),
            (" PT1S ", Some((1, 0))),
            ("PT0S", Some((0, 0))),
            ("P", None),
            ("PT", None),
            ("P1DT", None),
            ("PT1H1H", None),
            ("PT1S1H", None),
            ("1H", None),
            ("-PT1H", None),
            ("PT.S", None),
            ("PT1.S", None),
            ("PT1.5M", None),
            ("PTH", None),
            ("00:01:00", None),
            ("P99999999999999999999D", None),
            ("P10675200D", None),
            ("PT1é", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_duration(text), expected.map(|(s, n)| Duration::new(s, n)), "{text}");
        }
    }
}
