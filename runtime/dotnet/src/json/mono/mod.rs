//! What mono's Newtonsoft.Json answered: tables made once by the programs beside them, see `format::mono`.

use crate::format::mono::{report, rows, unescape};
use crate::json::load::{Wanted, parse};
use crate::json::writer::{Formatting, to_text};
use crate::testing::with_harness;

/// The outcome of a call in the notation of the tables.
pub(super) fn outcome(text: &[u8]) -> Vec<u8> {
    with_harness(|harness| {
        let cx = &mut harness.cx;
        let text = cx.str_from_wtf8(text);
        let result = parse(cx, text, Wanted::Token).and_then(|token| {
            let text = to_text(cx, token, Formatting::Compact)?;
            Ok([b"=", token.kind().name().as_bytes(), b" ", text.bytes()].concat())
        });
        result.unwrap_or_else(|_| {
            let thrown = cx.take_thrown().unwrap_or_else(|| panic!("nothing was thrown"));
            format!("!{}", thrown.ty().def.short_name()).into_bytes()
        })
    })
}

#[test]
fn texts_are_read_as_mono_reads_them() {
    let rows = rows("texts.tsv", include_str!("texts.tsv"));
    let differences: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let (text, expected) = (unescape(&row[0]), unescape(&row[1]));
            let found = outcome(&text);
            (found != expected)
                .then(|| format!("{}\n  mono: {}\n  here: {}", row[0], row[1], String::from_utf8_lossy(&found)))
        })
        .collect();
    report(&differences, rows.len());
}
