//! Linguistic order beside mono's.

use super::{rows, unescape};
use crate::format::text::collation::{Case, compare};

#[test]
fn strings_are_in_the_order_of_mono() {
    let rows = rows("collation.tsv", include_str!("collation.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [a, b, sensitive, ignored] = row.as_slice() else { panic!("bad row {row:?}") };
            let found = [Case::Sensitive, Case::Ignored].map(|case| compare(&unescape(a), &unescape(b), case) as i32);
            let expected = [sensitive, ignored].map(|sign| sign.parse::<i32>().unwrap());
            (found != expected).then(|| format!("{a:?} {b:?}: mono {expected:?}, here {found:?}"))
        })
        .collect();
    super::report(&differences, rows.len());
}
