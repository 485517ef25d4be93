//! Parsed spans beside mono's.

use super::{outcome, rows, unescape};
use crate::format::time::TimeSpan;

#[test]
fn parsed_spans_are_those_of_mono() {
    let rows = rows("spanparse.tsv", include_str!("spanparse.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [operation, styles, format, text, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let input = unescape(text);
            let span = match operation.as_str() {
                "parse" => TimeSpan::parse(&input),
                _ => TimeSpan::parse_exact(&input, &unescape(format), styles == "1"),
            };
            let found = outcome(span.map(|span| span.ticks().to_string().into_bytes()));
            (found != unescape(expected)).then(|| {
                let found = String::from_utf8_lossy(&found);
                format!("{operation} {styles} {format:?} {text:?}: mono {expected:?}, here {found:?}")
            })
        })
        .collect();
    super::report(&differences, rows.len());
}
