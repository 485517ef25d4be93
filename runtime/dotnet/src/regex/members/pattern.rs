//! `Regex`: its constructors and what its objects can do.
//!
//! Not here: its static members (`statics`), and how texts are searched (`run`).

use dotnet_macros::members;

use super::collections::MatchCollection;
use super::found::FoundObj;
use super::invalid_pattern;
use super::run::{self, Search, With, compiled, kept};
use super::statics::REGEX_STATICS;
use crate::array::Array;
use crate::cx::Cx;
use crate::format::time::TimeSpan;
use crate::func::Func;
use crate::object::{Header, Ops, REFERENCE, on};
use crate::regex::Regex;
use crate::regex::cache::PreparedRegex;
use crate::regex::matcher::{MAX_STEPS, STEPS_PER_MILLISECOND};
use crate::regex::options::Options;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::int32::INT32;
use crate::types::raise;
use crate::types::string::throw_range;
use crate::word::{FromWord, Repr, Role, Word};

/// The object of a `Regex`.
#[repr(C)]
pub struct RegexObj<'a> {
    header: Header,
    regex: &'a Regex,
    pattern: Str<'a>,
    limit: u64,
    timeout: TimeSpan,
}

crate::layout!(RegexObj<'a>, REGEX_DEF);

/// How long a match may take: without end, as far as .NET goes.
const INFINITE: TimeSpan = TimeSpan::from_ticks(-10_000);

const BAD_START: &str = "Start index cannot be less than 0 or greater than input length.";

// SAFETY: the loader puts the address of a prepared pattern where code passes one; it lives as long as its document, which
// the request holds.
unsafe impl<'a> FromWord<'a> for &'a PreparedRegex {
    const REPR: Repr = Repr::I64;
    #[inline]
    unsafe fn from_word(word: Word, _: &mut Cx<'a>, _: Role) -> Result<Self, Throw> {
        // SAFETY: as above.
        Ok(unsafe { &*(word.0 as *const PreparedRegex) })
    }
}

/// The options as a number, if .NET takes them together.
pub(super) fn checked(cx: &mut Cx<'_>, options: i32) -> Result<Options, Throw> {
    let options = Options(options);
    if options.are_valid() { Ok(options) } else { Err(raise::out_of_range(cx, "options")) }
}

/// How many steps a match may take.
fn limit_of(cx: &mut Cx<'_>, timeout: TimeSpan) -> Result<u64, Throw> {
    /// The longest time, in milliseconds.
    const LONGEST: i64 = i32::MAX as i64 - 1;
    if timeout == INFINITE {
        return Ok(MAX_STEPS);
    }
    let milliseconds = timeout.ticks() / 10_000;
    if timeout.ticks() <= 0 || milliseconds > LONGEST {
        return Err(raise::out_of_range(cx, "matchTimeout"));
    }
    Ok(MAX_STEPS.min((timeout.ticks() as u64).saturating_mul(STEPS_PER_MILLISECOND) / 10_000))
}

/// The compiled form of a literal pattern.
pub(super) fn prepared<'a>(cx: &mut Cx<'a>, pattern: &'a PreparedRegex, options: Options) -> Result<&'a Regex, Throw> {
    if let Some(ready) = pattern.ready(options) {
        return Ok(ready);
    }
    match pattern.regex(options) {
        Ok(regex) => Ok(kept(cx, regex)),
        Err(fault) => {
            let text = cx.str_from_wtf8(pattern.pattern());
            Err(invalid_pattern(cx, text, &fault))
        }
    }
}

/// Checks a number of matches or parts.
fn check_count(cx: &mut Cx<'_>, count: i32, least: i32) -> Result<(), Throw> {
    if count >= least {
        return Ok(());
    }
    Err(throw_range(cx, "Count cannot be less than -1.", "count"))
}

impl<'a> RegexObj<'a> {
    fn of(cx: &Cx<'a>, regex: &'a Regex, pattern: Str<'a>, limit: u64, timeout: TimeSpan) -> &'a Self {
        cx.arena().alloc(Self { header: Header::new(Ty(&REGEX)), regex, pattern, limit, timeout })
    }

    fn of_prepared(cx: &mut Cx<'a>, pattern: &'a PreparedRegex, options: Options) -> Result<&'a Self, Throw> {
        let regex = prepared(cx, pattern, options)?;
        let text = cx.str_from_wtf8(pattern.pattern());
        Ok(Self::of(cx, regex, text, MAX_STEPS, INFINITE))
    }

    fn search(&self, cx: &mut Cx<'a>, input: Str<'a>) -> Result<&'a Search<'a>, Throw> {
        Search::new(cx, self.regex, input, self.limit)
    }

    /// A search of a text, and the place that an index in it means.
    fn search_at(&self, cx: &mut Cx<'a>, input: Str<'a>, start: i32) -> Result<(&'a Search<'a>, usize), Throw> {
        let start = usize::try_from(start).ok().filter(|start| *start <= input.utf16_len());
        let Some(start) = start else { return Err(throw_range(cx, BAD_START, "startat")) };
        let search = self.search(cx, input)?;
        Ok((search, search.haystack.byte(start)))
    }
}

/// A regular expression.
#[members("public class System.Text.RegularExpressions.Regex", as = REGEX, ops = REGEX_OPS,
    groups = [REGEX_STATICS, REGEX_SEARCHES, REGEX_FACTS])]
impl<'a> RegexObj<'a> {
    /// A pattern that can search texts.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty.
    #[member("Regex(string pattern)", prepare(0 = Regex, new_prepared))]
    fn new(cx: &mut Cx<'a>, pattern: Str<'a>) -> Result<&'a Self, Throw> {
        let regex = compiled(cx, pattern, Options::default())?;
        Ok(Self::of(cx, regex, pattern, MAX_STEPS, INFINITE))
    }

    fn new_prepared(cx: &mut Cx<'a>, pattern: &'a PreparedRegex) -> Result<&'a Self, Throw> {
        Self::of_prepared(cx, pattern, Options::default())
    }

    /// A pattern that can search texts.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `ArgumentOutOfRangeException` if the options do not go together.
    #[member("Regex(string pattern, RegexOptions options)", prepare(0 = Regex, with_options_prepared))]
    fn with_options(cx: &mut Cx<'a>, pattern: Str<'a>, options: i32) -> Result<&'a Self, Throw> {
        let options = checked(cx, options)?;
        let regex = compiled(cx, pattern, options)?;
        Ok(Self::of(cx, regex, pattern, MAX_STEPS, INFINITE))
    }

    fn with_options_prepared(cx: &mut Cx<'a>, pattern: &'a PreparedRegex, options: i32) -> Result<&'a Self, Throw> {
        let options = checked(cx, options)?;
        Self::of_prepared(cx, pattern, options)
    }

    /// A pattern that can search texts; a match that takes longer than `matchTimeout`, by the number of its steps, is given
    /// up.
    ///
    /// # Throws
    /// `ArgumentException` if the pattern is faulty, `ArgumentOutOfRangeException` if the options do not go together or the
    /// time is not positive.
    #[member("Regex(string pattern, RegexOptions options, TimeSpan matchTimeout)")]
    pub(super) fn with_timeout(
        cx: &mut Cx<'a>,
        pattern: Str<'a>,
        options: i32,
        timeout: TimeSpan,
    ) -> Result<&'a Self, Throw> {
        let options = checked(cx, options)?;
        let limit = limit_of(cx, timeout)?;
        let regex = compiled(cx, pattern, options)?;
        Ok(Self::of(cx, regex, pattern, limit, timeout))
    }

    /// The pattern.
    #[member("string ToString()", pure)]
    fn to_text(&'a self) -> Str<'a> {
        self.pattern
    }
}

/// The searches of a `Regex`.
#[members("System.Text.RegularExpressions.Regex", group = REGEX_SEARCHES)]
impl<'a> RegexObj<'a> {
    /// Whether the pattern matches somewhere in the text.
    ///
    /// # Throws
    /// `RegexMatchTimeoutException` if it takes too long.
    #[member("bool IsMatch(string input)")]
    pub(super) fn is_match(&'a self, cx: &mut Cx<'a>, input: Str<'a>) -> Result<bool, Throw> {
        let search = self.search(cx, input)?;
        run::is_match(cx, search, search.first_place())
    }

    /// Whether the pattern matches at or behind a place in the text.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the start lies outside of the text, `RegexMatchTimeoutException` if it takes too long.
    #[member("bool IsMatch(string input, int startat)")]
    pub(super) fn is_match_at(&'a self, cx: &mut Cx<'a>, input: Str<'a>, start: i32) -> Result<bool, Throw> {
        let (search, from) = self.search_at(cx, input, start)?;
        run::is_match(cx, search, from)
    }

    /// The first match in the text.
    ///
    /// # Throws
    /// `RegexMatchTimeoutException` if it takes too long.
    #[member("Match Match(string input)")]
    pub(super) fn find(&'a self, cx: &mut Cx<'a>, input: Str<'a>) -> Result<&'a FoundObj<'a>, Throw> {
        let search = self.search(cx, input)?;
        let found = run::first(cx, search, search.first_place())?;
        Ok(FoundObj::of(cx, search, found))
    }

    /// The first match at or behind a place in the text.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the start lies outside of the text, `RegexMatchTimeoutException` if it takes too long.
    #[member("Match Match(string input, int startat)")]
    pub(super) fn find_at(&'a self, cx: &mut Cx<'a>, input: Str<'a>, start: i32) -> Result<&'a FoundObj<'a>, Throw> {
        let (search, from) = self.search_at(cx, input, start)?;
        let found = run::first(cx, search, from)?;
        Ok(FoundObj::of(cx, search, found))
    }

    /// The first match in a part of the text, which is searched as if it were all.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the part lies outside of the text, `RegexMatchTimeoutException` if it takes too
    /// long.
    #[member("Match Match(string input, int beginning, int length)")]
    pub(super) fn find_in_part(
        &'a self,
        cx: &mut Cx<'a>,
        input: Str<'a>,
        beginning: i32,
        length: i32,
    ) -> Result<&'a FoundObj<'a>, Throw> {
        let total = input.utf16_len();
        let Some(start) = usize::try_from(beginning).ok().filter(|start| *start <= total) else {
            return Err(throw_range(cx, BAD_START, "beginning"));
        };
        let Some(length) = usize::try_from(length).ok().filter(|length| *length <= total - start) else {
            let message = "Length cannot be less than 0 or exceed input length.";
            return Err(throw_range(cx, message, "length"));
        };
        let part = |cx: &Cx<'a>, from, to| input.utf16_slice(cx, from, to).unwrap_or(Str::EMPTY);
        let inside = part(cx, start, start + length);
        let outside = (part(cx, 0, start), part(cx, start + length, total));
        let search = Search::of_part(cx, self.regex, inside, outside, self.limit)?;
        let found = run::first(cx, search, search.first_place())?;
        Ok(FoundObj::of(cx, search, found))
    }

    /// All matches in the text.
    ///
    /// # Throws
    /// The limit of memory.
    #[member("MatchCollection Matches(string input)")]
    pub(super) fn matches(&'a self, cx: &mut Cx<'a>, input: Str<'a>) -> Result<&'a MatchCollection<'a>, Throw> {
        let search = self.search(cx, input)?;
        Ok(MatchCollection::new(cx, search, search.first_place()))
    }

    /// All matches at or behind a place in the text.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the start lies outside of the text.
    #[member("MatchCollection Matches(string input, int startat)")]
    pub(super) fn matches_at(
        &'a self,
        cx: &mut Cx<'a>,
        input: Str<'a>,
        start: i32,
    ) -> Result<&'a MatchCollection<'a>, Throw> {
        let (search, from) = self.search_at(cx, input, start)?;
        Ok(MatchCollection::new(cx, search, from))
    }

    /// The text with all matches replaced.
    ///
    /// # Throws
    /// `RegexMatchTimeoutException` if it takes too long.
    #[member("string Replace(string input, string replacement)")]
    pub(super) fn replace(&'a self, cx: &mut Cx<'a>, input: Str<'a>, replacement: Str<'a>) -> Result<Str<'a>, Throw> {
        let search = self.search(cx, input)?;
        run::replace(cx, search, &With::Pattern(replacement), -1, search.first_place())
    }

    /// The text with the first matches replaced.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is less than -1, `RegexMatchTimeoutException` if it takes too long.
    #[member("string Replace(string input, string replacement, int count)")]
    pub(super) fn replace_some(
        &'a self,
        cx: &mut Cx<'a>,
        input: Str<'a>,
        replacement: Str<'a>,
        count: i32,
    ) -> Result<Str<'a>, Throw> {
        check_count(cx, count, -1)?;
        let search = self.search(cx, input)?;
        run::replace(cx, search, &With::Pattern(replacement), count, search.first_place())
    }

    /// The text with the first matches at or behind a place replaced.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is less than -1, `RegexMatchTimeoutException` if it takes too long.
    #[member("string Replace(string input, string replacement, int count, int startat)")]
    pub(super) fn replace_some_at(
        &'a self,
        cx: &mut Cx<'a>,
        input: Str<'a>,
        replacement: Str<'a>,
        count: i32,
        start: i32,
    ) -> Result<Str<'a>, Throw> {
        check_count(cx, count, -1)?;
        let (search, from) = self.search_at(cx, input, start)?;
        run::replace(cx, search, &With::Pattern(replacement), count, from)
    }

    /// The text with all matches replaced by what the lambda gives for each.
    ///
    /// # Throws
    /// `RegexMatchTimeoutException` if it takes too long.
    #[member("string Replace(string input, MatchEvaluator evaluator)")]
    pub(super) fn replace_each(
        &'a self,
        cx: &mut Cx<'a>,
        input: Str<'a>,
        evaluator: &'a Func<'a>,
    ) -> Result<Str<'a>, Throw> {
        let search = self.search(cx, input)?;
        run::replace(cx, search, &With::Lambda(evaluator), -1, search.first_place())
    }

    /// The text with the first matches replaced by what the lambda gives for each.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is less than -1, `RegexMatchTimeoutException` if it takes too long.
    #[member("string Replace(string input, MatchEvaluator evaluator, int count)")]
    pub(super) fn replace_each_some(
        &'a self,
        cx: &mut Cx<'a>,
        input: Str<'a>,
        evaluator: &'a Func<'a>,
        count: i32,
    ) -> Result<Str<'a>, Throw> {
        check_count(cx, count, -1)?;
        let search = self.search(cx, input)?;
        run::replace(cx, search, &With::Lambda(evaluator), count, search.first_place())
    }

    /// The text with the first matches at or behind a place replaced by what the lambda gives for each.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is less than -1, `RegexMatchTimeoutException` if it takes too long.
    #[member("string Replace(string input, MatchEvaluator evaluator, int count, int startat)")]
    pub(super) fn replace_each_some_at(
        &'a self,
        cx: &mut Cx<'a>,
        input: Str<'a>,
        evaluator: &'a Func<'a>,
        count: i32,
        start: i32,
    ) -> Result<Str<'a>, Throw> {
        check_count(cx, count, -1)?;
        let (search, from) = self.search_at(cx, input, start)?;
        run::replace(cx, search, &With::Lambda(evaluator), count, from)
    }

    /// The parts of the text between the matches, with what groups matched.
    ///
    /// # Throws
    /// `RegexMatchTimeoutException` if it takes too long.
    #[member("string[] Split(string input)")]
    pub(super) fn split(&'a self, cx: &mut Cx<'a>, input: Str<'a>) -> Result<&'a Array<'a>, Throw> {
        let search = self.search(cx, input)?;
        run::split(cx, search, 0, search.first_place())
    }

    /// So many parts of the text between the matches, with what groups matched; all for 0.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is negative, `RegexMatchTimeoutException` if it takes too long.
    #[member("string[] Split(string input, int count)")]
    pub(super) fn split_some(&'a self, cx: &mut Cx<'a>, input: Str<'a>, count: i32) -> Result<&'a Array<'a>, Throw> {
        check_count(cx, count, 0)?;
        let search = self.search(cx, input)?;
        run::split(cx, search, count, search.first_place())
    }

    /// So many parts of the text between the matches at or behind a place, with what groups matched; all for 0.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the number is negative, `RegexMatchTimeoutException` if it takes too long.
    #[member("string[] Split(string input, int count, int startat)")]
    pub(super) fn split_some_at(
        &'a self,
        cx: &mut Cx<'a>,
        input: Str<'a>,
        count: i32,
        start: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        check_count(cx, count, 0)?;
        let (search, from) = self.search_at(cx, input, start)?;
        run::split(cx, search, count, from)
    }
}

/// What a `Regex` tells of itself.
#[members("System.Text.RegularExpressions.Regex", group = REGEX_FACTS)]
impl<'a> RegexObj<'a> {
    /// The options that it was made with.
    #[member("RegexOptions Options { get; }", pure)]
    fn options(&'a self) -> i32 {
        self.regex.options.0
    }

    /// How long a match may take; -1 ms where nobody said.
    #[member("TimeSpan MatchTimeout { get; }", pure)]
    fn match_timeout(&'a self) -> TimeSpan {
        self.timeout
    }

    /// Whether texts are searched from their end.
    #[member("bool RightToLeft { get; }", pure)]
    fn right_to_left(&'a self) -> bool {
        self.regex.is_right_to_left()
    }

    /// The names of the groups; numbers where they have none.
    #[member("string[] GetGroupNames()")]
    fn get_group_names(&'a self, cx: &mut Cx<'a>) -> &'a Array<'a> {
        let groups = &self.regex.groups;
        let names: Vec<Str<'a>> =
            (0..groups.count()).filter_map(|place| groups.name(place)).map(|name| cx.str(&name)).collect();
        Array::of_strings(cx, &names)
    }

    /// The numbers of the groups.
    #[member("int[] GetGroupNumbers()")]
    fn get_group_numbers(&'a self, cx: &mut Cx<'a>) -> &'a Array<'a> {
        let groups = &self.regex.groups;
        let numbers = (0..groups.count()).filter_map(|place| groups.number(place));
        let words: Vec<Word> = numbers.map(|number| Word(u64::from(number.cast_unsigned()))).collect();
        Array::new(cx, Ty(&INT32), &words)
    }

    /// The name of the group of a number; empty if there is none.
    #[member("string GroupNameFromNumber(int i)")]
    fn group_name_from_number(&'a self, cx: &mut Cx<'a>, number: i32) -> Str<'a> {
        let groups = &self.regex.groups;
        groups.place(number).and_then(|place| groups.name(place)).map_or(Str::EMPTY, |name| cx.str(&name))
    }

    /// The number of the group of a name; -1 if there is none.
    #[member("int GroupNumberFromName(string name)")]
    fn group_number_from_name(&'a self, name: Str<'a>) -> i32 {
        let groups = &self.regex.groups;
        groups.place_of_name(&name.to_utf8()).and_then(|place| groups.number(place)).unwrap_or(-1)
    }
}

/// The behaviour of regular expressions: the pattern as text.
pub static REGEX_OPS: Ops =
    Ops { to_text: |cx, object| on::<RegexObj<'_>, _>(cx, object, |regex, _| Ok(regex.pattern)), ..REFERENCE };
