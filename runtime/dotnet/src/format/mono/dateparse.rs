//! Parsed dates beside mono's.

use super::{outcome, rows, unescape};
use crate::format::Fault;
use crate::format::time::{DateTime, DateTimeOffset, DateTimeStyles, Kind};

fn call(operation: &str, now: DateTime, styles: DateTimeStyles, format: &[u8], text: &[u8]) -> Result<Vec<u8>, Fault> {
    let date = |value: DateTime| format!("{} {}", value.ticks(), value.kind() as i32).into_bytes();
    let moment = |value: DateTimeOffset| {
        format!("{} {}", value.clock().ticks(), value.offset().ticks() / 600_000_000).into_bytes()
    };
    match operation {
        "date" => DateTime::parse(text, styles, now).map(date),
        "date-exact" => DateTime::parse_exact(text, format, styles, now).map(date),
        "offset" => DateTimeOffset::parse(text, styles, now).map(moment),
        "offset-exact" => DateTimeOffset::parse_exact(text, format, styles, now).map(moment),
        other => panic!("no operation {other}"),
    }
}

#[test]
fn parsed_dates_are_those_of_mono() {
    let rows = rows("dateparse.tsv", include_str!("dateparse.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [operation, now, styles, format, text, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let now = DateTime::from_ticks(now.parse().unwrap(), Kind::Utc).unwrap();
            let found = outcome(call(
                operation,
                now,
                DateTimeStyles::from_bits(styles.parse().unwrap()),
                &unescape(format),
                &unescape(text),
            ));
            (found != unescape(expected)).then(|| {
                let found = String::from_utf8_lossy(&found);
                format!("{operation} {styles} {format:?} {text:?}: mono {expected:?}, here {found:?}")
            })
        })
        .collect();
    super::report(&differences, rows.len());
}
