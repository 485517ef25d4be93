//! Regular expressions through their rows.

use crate::testing::{Harness, call, ty, with_harness};
use crate::word::Word;

const REGEX: &str = "System.Text.RegularExpressions.Regex";

fn regex(member: &str) -> String {
    format!("{REGEX}::{member}")
}

fn member(class: &str, member: &str) -> String {
    format!("System.Text.RegularExpressions.{class}::{member}")
}

#[test]
fn texts_are_searched() {
    let rows = [
        ("abc123", "[0-9]+", "True", "123", 3, 3),
        ("a😀b", "b", "True", "b", 3, 1),
        ("a😀b", "\\uD83D", "True", "\u{FFFD}", 1, 1),
        ("é1", "\\d", "True", "1", 1, 1),
        ("abc", "x", "False", "", 0, 0),
    ];
    for (input, pattern, found, value, index, length) in rows {
        assert_eq!(call(&regex("static bool IsMatch(string input, string pattern)"), &[&input, &pattern]), found);
        with_harness(|harness| {
            let object = harness.word(&regex("static Match Match(string input, string pattern)"), &[&input, &pattern]);
            assert_eq!(harness.call(&member("Group", "bool Success { get; }"), &[&object]), found);
            assert_eq!(harness.call(&member("Capture", "string Value { get; }"), &[&object]), value);
            assert_eq!(harness.call(&member("Capture", "int Index { get; }"), &[&object]), index.to_string());
            assert_eq!(harness.call(&member("Capture", "int Length { get; }"), &[&object]), length.to_string());
        });
    }
}

#[test]
fn matches_are_replaced() {
    let rows = [
        ("2024-03-05", r"(\d+)-(\d+)-(\d+)", "$3/$2/$1", "05/03/2024"),
        ("john", "(?<n>.+)", "<${n}>", "<john>"),
        ("ab", "b", "[$&$`$'$_$$]", "a[baab$]"),
        ("ab", "(a)", "$9", "$9b"),
        ("ab", "", "-", "-a-b-"),
        ("a😀b", ".", "x", "xxxx"),
        ("abc", "x", "y", "abc"),
    ];
    for (input, pattern, replacement, expected) in rows {
        let replace = regex("static string Replace(string input, string pattern, string replacement)");
        assert_eq!(call(&replace, &[&input, &pattern, &replacement]), expected, "{input} {pattern} {replacement}");
    }
    let backwards =
        regex("static string Replace(string input, string pattern, string replacement, RegexOptions options)");
    assert_eq!(call(&backwards, &[&"aXbXc", &"X", &"[$`]", &64]), "a[a]b[aXb]c");
    with_harness(|harness| {
        let object = harness.word(&regex("Regex(string pattern)"), &[&"a"]);
        let some = regex("string Replace(string input, string replacement, int count)");
        assert_eq!(harness.call(&some, &[&object, &"aaa", &"b", &2]), "bba");
        assert_eq!(harness.call(&some, &[&object, &"aaa", &"b", &0]), "aaa");
        assert!(harness.call(&some, &[&object, &"aaa", &"b", &-2]).starts_with("ArgumentOutOfRangeException"));
    });
}

#[test]
fn lambdas_say_what_replaces_a_match() {
    with_harness(|harness| {
        let lambda = harness.delegate(ty("Func<Match, string>"), |cx, words| {
            // SAFETY: the lambda is given a match.
            let found = unsafe { cx.object(words[0]) }.unwrap().to_text(cx)?;
            Ok(cx.str(&found.to_utf8().repeat(2)).word())
        });
        let replace = regex("static string Replace(string input, string pattern, MatchEvaluator evaluator)");
        assert_eq!(harness.call(&replace, &[&"a1b2", &r"\d", &lambda]), "a11b22");
    });
}

#[test]
fn texts_are_split() {
    let split = regex("static string[] Split(string input, string pattern)");
    for (input, pattern, expected) in [
        ("a1b22c", r"\d+", "[a, b, c]"),
        ("a1b", r"(\d)", "[a, 1, b]"),
        ("abc", "", r#"["", a, b, c, ""]"#),
        ("abc", ",", "[abc]"),
        ("a1b", r"(x)?\d", "[a, b]"),
    ] {
        assert_eq!(call(&split, &[&input, &pattern]), expected, "{input} {pattern}");
    }
    let backwards = regex("static string[] Split(string input, string pattern, RegexOptions options)");
    assert_eq!(call(&backwards, &[&"a1b2c", &r"(\d)", &64]), "[a, 1, b, 2, c]");
}

fn group_text(harness: &mut Harness<'_>, found: Word, name: &str) -> String {
    let groups = harness.word(&member("Match", "GroupCollection Groups { get; }"), &[&found]);
    let get = member("GroupCollection", "Group this[string groupname] { get; }");
    let group = harness.word(&get, &[&groups, &name]);
    let captures = harness.word(&member("Group", "CaptureCollection Captures { get; }"), &[&group]);
    let count = harness.call(&member("CaptureCollection", "int Count { get; }"), &[&captures]);
    format!("{}*{count}", harness.call(&member("Capture", "string Value { get; }"), &[&group]))
}

#[test]
fn groups_keep_what_they_matched() {
    with_harness(|harness| {
        let find = regex("static Match Match(string input, string pattern)");
        let found = harness.word(&find, &[&"a1b2", &r"(?:([a-z])(?<digit>\d))+(x)?"]);
        for (name, expected) in [("0", "a1b2*1"), ("1", "b*2"), ("digit", "2*2"), ("2", "*0"), ("nope", "*0")] {
            assert_eq!(group_text(harness, found, name), expected, "{name}");
        }
        let result = member("Match", "string Result(string replacement)");
        assert_eq!(harness.call(&result, &[&found, &"${digit}$1"]), "2b");
    });
}

#[test]
fn matches_are_found_as_they_are_walked() {
    with_harness(|harness| {
        let find = regex("static MatchCollection Matches(string input, string pattern)");
        let all = harness.word(&find, &[&"a1b22", &r"\d+|$"]);
        assert_eq!(harness.show(Some(ty("MatchCollection")), all), r#"[1, 22, ""]"#);
        assert_eq!(harness.call(&member("MatchCollection", "int Count { get; }"), &[&all]), "3");
        let item = member("MatchCollection", "Match this[int i] { get; }");
        assert_eq!(harness.call(&item, &[&all, &1]), "22");
        assert!(harness.call(&item, &[&all, &3]).starts_with("ArgumentOutOfRangeException"));
    });
}

#[test]
fn faults_and_endless_searches_throw() {
    let is_match = regex("static bool IsMatch(string input, string pattern)");
    assert_eq!(call(&is_match, &[&"a", &"("]), "ArgumentException: Invalid pattern '(' at offset 1. Not enough )'s.");
    let text = "a".repeat(40);
    assert_eq!(call(&is_match, &[&text.as_str(), &"^(a+)+$"]), "True");
    assert_eq!(call(&is_match, &[&format!("{text}b").as_str(), &"^(a+)+$"]), "False");
    assert!(
        call(&is_match, &[&format!("{text}b").as_str(), &r"^(a+)+\1$"]).starts_with("RegexMatchTimeoutException: ")
    );
    let with_options = regex("static bool IsMatch(string input, string pattern, RegexOptions options)");
    assert!(call(&with_options, &[&"a", &"a", &2048]).starts_with("ArgumentOutOfRangeException: "));
    let at = regex("Match Match(string input, int startat)");
    with_harness(|harness| {
        let object = harness.word(&regex("Regex(string pattern)"), &[&"a"]);
        assert_eq!(
            harness.call(&at, &[&object, &"a", &2]),
            "ArgumentOutOfRangeException: Start index cannot be less than 0 or greater than input length. (Parameter 'startat')"
        );
        let part = regex("Match Match(string input, int beginning, int length)");
        let found = harness.word(&part, &[&object, &"xxaxa", &3, &2]);
        assert_eq!(harness.call(&member("Capture", "int Index { get; }"), &[&found]), "4");
    });
}
