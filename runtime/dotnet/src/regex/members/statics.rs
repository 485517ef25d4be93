//! The static members of `Regex`: each makes a regular expression and uses it once.

use dotnet_macros::members;

use super::collections::MatchCollection;
use super::found::FoundObj;
use super::invalid_pattern;
use super::pattern::{RegexObj, checked, prepared};
use super::run::{self, Search, With, compiled};
use crate::array::Array;
use crate::cx::Cx;
use crate::format::time::TimeSpan;
use crate::func::Func;
use crate::regex::cache::PreparedRegex;
use crate::regex::matcher::MAX_STEPS;
use crate::regex::options::Options;
use crate::regex::{Regex, parse};
use crate::text::Str;
use crate::throw::Throw;
use crate::wtf8;

fn search<'a>(cx: &mut Cx<'a>, regex: &'a Regex, input: Str<'a>) -> Result<&'a Search<'a>, Throw> {
    Search::new(cx, regex, input, MAX_STEPS)
}

fn is_match<'a>(cx: &mut Cx<'a>, regex: &'a Regex, input: Str<'a>) -> Result<bool, Throw> {
    let search = search(cx, regex, input)?;
    run::is_match(cx, search, search.first_place())
}

fn match_in<'a>(cx: &mut Cx<'a>, regex: &'a Regex, input: Str<'a>) -> Result<&'a FoundObj<'a>, Throw> {
    let search = search(cx, regex, input)?;
    let found = run::first(cx, search, search.first_place())?;
    Ok(FoundObj::of(cx, search, found))
}

fn matches_in<'a>(cx: &mut Cx<'a>, regex: &'a Regex, input: Str<'a>) -> Result<&'a MatchCollection<'a>, Throw> {
    let search = search(cx, regex, input)?;
    Ok(MatchCollection::new(cx, search, search.first_place()))
}

fn replace_in<'a>(cx: &mut Cx<'a>, regex: &'a Regex, input: Str<'a>, with: &With<'a>) -> Result<Str<'a>, Throw> {
    let search = search(cx, regex, input)?;
    run::replace(cx, search, with, -1, search.first_place())
}

fn split_in<'a>(cx: &mut Cx<'a>, regex: &'a Regex, input: Str<'a>) -> Result<&'a Array<'a>, Throw> {
    let search = search(cx, regex, input)?;
    run::split(cx, search, 0, search.first_place())
}

/// The static members of `Regex`.
pub struct Statics;

/// What can be done with a pattern that is used once.
#[members("System.Text.RegularExpressions.Regex", group = REGEX_STATICS)]
impl<'a> Statics {
    /// Whether the pattern matches somewhere in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long.
    #[member("static bool IsMatch(string input, string pattern)", pure, prepare(1 = Regex, is_match_prepared))]
    fn is_match(cx: &mut Cx<'a>, input: Str<'a>, pattern: Str<'a>) -> Result<bool, Throw> {
        let regex = compiled(cx, pattern, Options::default())?;
        is_match(cx, regex, input)
    }

    fn is_match_prepared(cx: &mut Cx<'a>, input: Str<'a>, pattern: &'a PreparedRegex) -> Result<bool, Throw> {
        let regex = prepared(cx, pattern, Options::default())?;
        is_match(cx, regex, input)
    }

    /// Whether the pattern matches somewhere in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together.
    #[member("static bool IsMatch(string input, string pattern, RegexOptions options)", pure, prepare(1 = Regex, is_match_with_prepared))]
    fn is_match_with(cx: &mut Cx<'a>, input: Str<'a>, pattern: Str<'a>, options: i32) -> Result<bool, Throw> {
        let options = checked(cx, options)?;
        let regex = compiled(cx, pattern, options)?;
        is_match(cx, regex, input)
    }

    fn is_match_with_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
        options: i32,
    ) -> Result<bool, Throw> {
        let options = checked(cx, options)?;
        let regex = prepared(cx, pattern, options)?;
        is_match(cx, regex, input)
    }

    /// Whether the pattern matches somewhere in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together or the time is not positive.
    #[member("static bool IsMatch(string input, string pattern, RegexOptions options, TimeSpan matchTimeout)")]
    fn is_match_within(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        options: i32,
        timeout: TimeSpan,
    ) -> Result<bool, Throw> {
        RegexObj::with_timeout(cx, pattern, options, timeout)?.is_match(cx, input)
    }

    /// The first match in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long.
    #[member("static Match Match(string input, string pattern)", prepare(1 = Regex, find_prepared))]
    fn find(cx: &mut Cx<'a>, input: Str<'a>, pattern: Str<'a>) -> Result<&'a FoundObj<'a>, Throw> {
        let regex = compiled(cx, pattern, Options::default())?;
        match_in(cx, regex, input)
    }

    fn find_prepared(cx: &mut Cx<'a>, input: Str<'a>, pattern: &'a PreparedRegex) -> Result<&'a FoundObj<'a>, Throw> {
        let regex = prepared(cx, pattern, Options::default())?;
        match_in(cx, regex, input)
    }

    /// The first match in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together.
    #[member("static Match Match(string input, string pattern, RegexOptions options)", prepare(1 = Regex, find_with_prepared))]
    fn find_with(cx: &mut Cx<'a>, input: Str<'a>, pattern: Str<'a>, options: i32) -> Result<&'a FoundObj<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = compiled(cx, pattern, options)?;
        match_in(cx, regex, input)
    }

    fn find_with_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
        options: i32,
    ) -> Result<&'a FoundObj<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = prepared(cx, pattern, options)?;
        match_in(cx, regex, input)
    }

    /// The first match in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together or the time is not positive.
    #[member("static Match Match(string input, string pattern, RegexOptions options, TimeSpan matchTimeout)")]
    fn find_within(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        options: i32,
        timeout: TimeSpan,
    ) -> Result<&'a FoundObj<'a>, Throw> {
        RegexObj::with_timeout(cx, pattern, options, timeout)?.find(cx, input)
    }

    /// All matches in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long.
    #[member("static MatchCollection Matches(string input, string pattern)", prepare(1 = Regex, matches_prepared))]
    fn matches(cx: &mut Cx<'a>, input: Str<'a>, pattern: Str<'a>) -> Result<&'a MatchCollection<'a>, Throw> {
        let regex = compiled(cx, pattern, Options::default())?;
        matches_in(cx, regex, input)
    }

    fn matches_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
    ) -> Result<&'a MatchCollection<'a>, Throw> {
        let regex = prepared(cx, pattern, Options::default())?;
        matches_in(cx, regex, input)
    }

    /// All matches in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together.
    #[member("static MatchCollection Matches(string input, string pattern, RegexOptions options)", prepare(1 = Regex, matches_with_prepared))]
    fn matches_with(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        options: i32,
    ) -> Result<&'a MatchCollection<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = compiled(cx, pattern, options)?;
        matches_in(cx, regex, input)
    }

    fn matches_with_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
        options: i32,
    ) -> Result<&'a MatchCollection<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = prepared(cx, pattern, options)?;
        matches_in(cx, regex, input)
    }

    /// All matches in the text.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together or the time is not positive.
    #[member(
        "static MatchCollection Matches(string input, string pattern, RegexOptions options, TimeSpan matchTimeout)"
    )]
    fn matches_within(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        options: i32,
        timeout: TimeSpan,
    ) -> Result<&'a MatchCollection<'a>, Throw> {
        RegexObj::with_timeout(cx, pattern, options, timeout)?.matches(cx, input)
    }

    /// The text with all matches replaced.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long.
    #[member("static string Replace(string input, string pattern, string replacement)", pure, prepare(1 = Regex, replace_prepared))]
    fn replace(cx: &mut Cx<'a>, input: Str<'a>, pattern: Str<'a>, replacement: Str<'a>) -> Result<Str<'a>, Throw> {
        let regex = compiled(cx, pattern, Options::default())?;
        replace_in(cx, regex, input, &With::Pattern(replacement))
    }

    fn replace_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
        replacement: Str<'a>,
    ) -> Result<Str<'a>, Throw> {
        let regex = prepared(cx, pattern, Options::default())?;
        replace_in(cx, regex, input, &With::Pattern(replacement))
    }

    /// The text with all matches replaced.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together.
    #[member("static string Replace(string input, string pattern, string replacement, RegexOptions options)", pure, prepare(1 = Regex, replace_with_prepared))]
    fn replace_with(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        replacement: Str<'a>,
        options: i32,
    ) -> Result<Str<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = compiled(cx, pattern, options)?;
        replace_in(cx, regex, input, &With::Pattern(replacement))
    }

    fn replace_with_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
        replacement: Str<'a>,
        options: i32,
    ) -> Result<Str<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = prepared(cx, pattern, options)?;
        replace_in(cx, regex, input, &With::Pattern(replacement))
    }

    /// The text with all matches replaced.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together or the time is not positive.
    #[member(
        "static string Replace(string input, string pattern, string replacement, RegexOptions options, TimeSpan matchTimeout)"
    )]
    fn replace_within(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        replacement: Str<'a>,
        options: i32,
        timeout: TimeSpan,
    ) -> Result<Str<'a>, Throw> {
        RegexObj::with_timeout(cx, pattern, options, timeout)?.replace(cx, input, replacement)
    }

    /// The text with all matches replaced by what the lambda gives for each.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long.
    #[member("static string Replace(string input, string pattern, MatchEvaluator evaluator)", prepare(1 = Regex, replace_each_prepared))]
    fn replace_each(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        evaluator: &'a Func<'a>,
    ) -> Result<Str<'a>, Throw> {
        let regex = compiled(cx, pattern, Options::default())?;
        replace_in(cx, regex, input, &With::Lambda(evaluator))
    }

    fn replace_each_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
        evaluator: &'a Func<'a>,
    ) -> Result<Str<'a>, Throw> {
        let regex = prepared(cx, pattern, Options::default())?;
        replace_in(cx, regex, input, &With::Lambda(evaluator))
    }

    /// The text with all matches replaced by what the lambda gives for each.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together.
    #[member("static string Replace(string input, string pattern, MatchEvaluator evaluator, RegexOptions options)", prepare(1 = Regex, replace_each_with_prepared))]
    fn replace_each_with(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        evaluator: &'a Func<'a>,
        options: i32,
    ) -> Result<Str<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = compiled(cx, pattern, options)?;
        replace_in(cx, regex, input, &With::Lambda(evaluator))
    }

    fn replace_each_with_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
        evaluator: &'a Func<'a>,
        options: i32,
    ) -> Result<Str<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = prepared(cx, pattern, options)?;
        replace_in(cx, regex, input, &With::Lambda(evaluator))
    }

    /// The text with all matches replaced by what the lambda gives for each.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together or the time is not positive.
    #[member(
        "static string Replace(string input, string pattern, MatchEvaluator evaluator, RegexOptions options, TimeSpan matchTimeout)"
    )]
    fn replace_each_within(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        evaluator: &'a Func<'a>,
        options: i32,
        timeout: TimeSpan,
    ) -> Result<Str<'a>, Throw> {
        RegexObj::with_timeout(cx, pattern, options, timeout)?.replace_each(cx, input, evaluator)
    }

    /// The parts of the text between the matches, with what groups matched.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long.
    #[member("static string[] Split(string input, string pattern)", prepare(1 = Regex, split_prepared))]
    fn split(cx: &mut Cx<'a>, input: Str<'a>, pattern: Str<'a>) -> Result<&'a Array<'a>, Throw> {
        let regex = compiled(cx, pattern, Options::default())?;
        split_in(cx, regex, input)
    }

    fn split_prepared(cx: &mut Cx<'a>, input: Str<'a>, pattern: &'a PreparedRegex) -> Result<&'a Array<'a>, Throw> {
        let regex = prepared(cx, pattern, Options::default())?;
        split_in(cx, regex, input)
    }

    /// The parts of the text between the matches, with what groups matched.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together.
    #[member("static string[] Split(string input, string pattern, RegexOptions options)", prepare(1 = Regex, split_with_prepared))]
    fn split_with(cx: &mut Cx<'a>, input: Str<'a>, pattern: Str<'a>, options: i32) -> Result<&'a Array<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = compiled(cx, pattern, options)?;
        split_in(cx, regex, input)
    }

    fn split_with_prepared(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: &'a PreparedRegex,
        options: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        let options = checked(cx, options)?;
        let regex = prepared(cx, pattern, options)?;
        split_in(cx, regex, input)
    }

    /// The parts of the text between the matches, with what groups matched.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `RegexMatchTimeoutException` if it takes too long,
    /// `ArgumentOutOfRangeException` if the options do not go together or the time is not positive.
    #[member("static string[] Split(string input, string pattern, RegexOptions options, TimeSpan matchTimeout)")]
    fn split_within(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        pattern: Str<'a>,
        options: i32,
        timeout: TimeSpan,
    ) -> Result<&'a Array<'a>, Throw> {
        RegexObj::with_timeout(cx, pattern, options, timeout)?.split(cx, input)
    }

    /// The text with its escapes replaced by what they mean; a backslash at the end is left out.
    ///
    /// # Throws
    /// `ArgumentException` for an escape that is none.
    #[member("static string Unescape(string str)", pure)]
    fn unescape(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Str<'a>, Throw> {
        if memchr::memchr(b'\\', text.bytes()).is_none() {
            return Ok(text);
        }
        cx.reserve(text.bytes().len())?;
        let units: Vec<u16> = text.units().collect();
        match parse::unescape(&units) {
            Ok(plain) => Ok(cx.write(|out| plain.iter().for_each(|unit| wtf8::push_unit(out, *unit)))),
            Err(fault) => Err(invalid_pattern(cx, text, &fault)),
        }
    }

    /// The text with a backslash before everything that means something in a pattern.
    #[member("static string Escape(string str)", pure)]
    fn escape(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Str<'a>, Throw> {
        cx.reserve(text.bytes().len().saturating_mul(2))?;
        Ok(cx.write(|out| {
            for byte in text.bytes() {
                match byte {
                    b'\n' => out.extend(b"\\n"),
                    b'\r' => out.extend(b"\\r"),
                    b'\t' => out.extend(b"\\t"),
                    0x0C => out.extend(b"\\f"),
                    b'\\' | b'*' | b'+' | b'?' | b'|' | b'{' | b'[' | b'(' | b')' | b'^' | b'$' | b'.' | b'#'
                    | b' ' => {
                        out.extend([b'\\', *byte]);
                    }
                    _ => out.push(*byte),
                }
            }
        }))
    }
}
