//! What mono's regular expressions answered: tables made once by the programs beside them, see `format::mono`.

use crate::arena::Arena;
use crate::format::mono::{report, rows, unescape};
use crate::regex::Regex;
use crate::regex::haystack::{Haystack, after, before};
use crate::regex::matcher::{Kept, MAX_STEPS};
use crate::regex::options::Options;
use crate::text::Str;
use crate::wtf8;

/// Up to four matches with everything that their groups kept, in the notation of the tables.
fn outcome(pattern: &[u8], options: Options, text: &[u8]) -> String {
    let pattern: Vec<u16> = wtf8::units(pattern).collect();
    let Ok(regex) = Regex::new(&pattern, options) else { return "!ArgumentException".to_owned() };
    let arena = Arena::new(1 << 20);
    let haystack = Haystack::new(&arena, Str::over_wtf8(&arena, arena.alloc_slice(text)));
    let bytes = haystack.bytes();
    let mut from = if regex.is_right_to_left() { bytes.len() } else { 0 };
    let mut search_start = from;
    let mut shown = Vec::new();
    let steps = &mut MAX_STEPS.clone();
    assert_eq!(
        regex.is_match(&haystack, from, steps).unwrap(),
        regex.find(&haystack, from, from, steps).unwrap().is_some()
    );
    while let Some(found) = regex.find(&haystack, from, search_start, steps).unwrap() {
        let span = (found.start, found.end);
        let kept = found.kept.unwrap_or_else(|| {
            // The automaton found the match: its own groups, where it has them, must be those that the matcher gives.
            let last = regex.kept(&haystack, span, false, steps).unwrap();
            let all = regex.kept(&haystack, span, true, steps).unwrap();
            assert_eq!(show(&haystack, &last, true), show(&haystack, &all, true), "what the groups kept last");
            all
        });
        shown.push(show(&haystack, &kept, false));
        let rtl = regex.is_right_to_left();
        search_start = if rtl { found.start } else { found.end };
        from = search_start;
        if found.start == found.end {
            if from == if rtl { 0 } else { bytes.len() } {
                break;
            }
            from = if rtl { before(bytes, from) } else { after(bytes, from) };
        }
        if shown.len() == 4 {
            break;
        }
    }
    format!("={}", shown.join(";"))
}

fn show(haystack: &Haystack<'_>, kept: &Kept, only_last: bool) -> String {
    let one = |spans: &Vec<(usize, usize)>| {
        let skipped = if only_last { spans.len().saturating_sub(1) } else { 0 };
        let spans = spans.iter().skip(skipped).map(|(start, end)| {
            let index = haystack.index(*start);
            format!("{index}+{}", haystack.index(*end) - index)
        });
        spans.collect::<Vec<_>>().join(",")
    };
    kept.iter().map(one).collect::<Vec<_>>().join("|")
}

#[test]
fn patterns_match_as_in_mono() {
    let rows = rows("regexes.tsv", include_str!("regexes.tsv"));
    let differences: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let options = Options(row[1].parse().unwrap());
            let found = outcome(&unescape(&row[0]), options, &unescape(&row[2]));
            (found != row[3]).then(|| format!("{}\n  mono: {}\n  here: {found}", row[..3].join("  "), row[3]))
        })
        .collect();
    report(&differences, rows.len());
}
