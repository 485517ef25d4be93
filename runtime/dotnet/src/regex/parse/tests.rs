//! What is wrong with patterns, in the words of .NET.

use super::{parse, unescape};
use crate::regex::options::Options;

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

#[test]
fn faults_are_told_as_in_dotnet() {
    let rows = [
        ("(", 1, "Not enough )'s."),
        ("a)", 2, "Too many )'s."),
        ("[z-a]", 4, "[x-y] range in reverse order."),
        ("[a", 2, "Unterminated [] set."),
        ("(?P<n>a)", 3, "Unrecognized grouping construct."),
        ("a{2,1}", 6, "Illegal {x,y} with x > y."),
    ];
    for (pattern, offset, message) in rows {
        let fault = parse(&units(pattern), Options::default()).err().unwrap();
        assert_eq!((fault.offset, fault.message.as_str()), (offset, message), "{pattern}");
    }
}

#[test]
fn deep_and_long_patterns_are_refused() {
    for pattern in ["(".repeat(5000), "a".repeat(70_000), format!("{}a{}", "(".repeat(300), ")".repeat(300))] {
        assert!(parse(&units(&pattern), Options::default()).is_err());
    }
}

#[test]
fn escapes_become_what_they_mean() {
    for (text, plain) in [(r"a\.b\t", "a.b\t"), (r"\x41\u0042\103", "ABC"), ("plain", "plain"), (r"a\", "a")] {
        assert_eq!(String::from_utf16(&unescape(&units(text)).unwrap()).unwrap(), plain);
    }
    assert!(unescape(&units(r"\x4")).is_err());
}
