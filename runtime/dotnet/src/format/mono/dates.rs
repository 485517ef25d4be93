//! Dates, moments and spans beside mono's.

use super::{outcome, rows, unescape};
use crate::format::Fault;
use crate::format::time::{DateTime, DateTimeOffset, Kind, TimeSpan};

fn kind(number: &str) -> Kind {
    match number {
        "0" => Kind::Unspecified,
        "1" => Kind::Utc,
        _ => Kind::Local,
    }
}

fn call(operation: &str, ticks: i64, argument: &str, format: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let date = |kind| DateTime::from_ticks(ticks, kind).unwrap();
    let number = || argument.parse::<i64>().unwrap();
    let ticks_of = |value: DateTime| value.ticks().to_string().into_bytes();
    match operation {
        "date" => date(kind(argument)).format(&mut out, format)?,
        "moment" => {
            let offset = TimeSpan::from_ticks(number() * 600_000_000);
            DateTimeOffset::from_clock(date(Kind::Unspecified), offset)?.format(&mut out, format)?;
        }
        "span" => TimeSpan::from_ticks(ticks).format(&mut out, format)?,
        "months" => return date(Kind::Utc).add_months(number() as i32).map(ticks_of),
        "days" => return date(Kind::Utc).add_days(f64::from_bits(number() as u64)).map(ticks_of),
        "seconds" => return date(Kind::Utc).add_seconds(f64::from_bits(number() as u64)).map(ticks_of),
        "parts" => {
            let value = date(Kind::Local);
            let parts = [
                value.year(),
                value.month(),
                value.day(),
                value.day_of_year(),
                value.day_of_week(),
                value.hour(),
                value.minute(),
                value.second(),
                value.millisecond(),
            ];
            return Ok(parts.map(|part| part.to_string()).join(" ").into_bytes());
        }
        other => panic!("no operation {other}"),
    }
    Ok(out)
}

#[test]
fn dates_are_those_of_mono() {
    let rows = rows("dates.tsv", include_str!("dates.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [operation, ticks, argument, format, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let found = outcome(call(operation, ticks.parse().unwrap(), argument, &unescape(format)));
            (found != unescape(expected)).then(|| {
                let found = String::from_utf8_lossy(&found);
                format!("{operation} {ticks} {argument} {format:?}: mono {expected:?}, here {found:?}")
            })
        })
        .collect();
    super::report(&differences, rows.len());
}
