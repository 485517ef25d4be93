//! Searching, replacing and splitting with a regular expression.

use std::sync::Arc;

use super::found::{FoundObj, Span};
use super::{invalid_pattern, timed_out};
use crate::array::Array;
use crate::cx::Cx;
use crate::func::Func;
use crate::object::NotNull;
use crate::regex::haystack::{Haystack, after, before};
use crate::regex::matcher::{Kept, MAX_STEPS};
use crate::regex::options::Options;
use crate::regex::replacement::Replacement;
use crate::regex::{Found, Regex, cache};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::NOT_SUPPORTED_EXCEPTION;
use crate::wtf8;

/// A text that is searched with a regular expression.
pub struct Search<'a> {
    /// The regular expression.
    pub regex: &'a Regex,
    /// What is searched.
    pub haystack: Haystack<'a>,
    /// How many steps a single match may take.
    pub limit: u64,
    text: Str<'a>,
    /// What stands before and behind the part that is searched, where it is a part of a text.
    outside: (Str<'a>, Str<'a>),
}

impl<'a> Search<'a> {
    /// A search through a whole text.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn new(cx: &mut Cx<'a>, regex: &'a Regex, text: Str<'a>, limit: u64) -> Result<&'a Self, Throw> {
        Self::of_part(cx, regex, text, (Str::EMPTY, Str::EMPTY), limit)
    }

    /// A search through a part of a text.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn of_part(
        cx: &mut Cx<'a>,
        regex: &'a Regex,
        text: Str<'a>,
        outside: (Str<'a>, Str<'a>),
        limit: u64,
    ) -> Result<&'a Self, Throw> {
        // A text may have to be copied twice, one of the copies half as long again.
        cx.reserve(text.bytes().len().saturating_mul(if text.is_ascii() { 1 } else { 3 }))?;
        let haystack = Haystack::new(cx.arena(), text);
        Ok(cx.arena().alloc(Self { regex, haystack, limit, text, outside }))
    }

    /// The search that found nothing.
    ///
    /// # Errors
    /// The limit of memory.
    pub fn of_nothing(cx: &mut Cx<'a>) -> Result<&'a Self, Throw> {
        let regex = compiled(cx, Str::EMPTY, Options::default())?;
        Self::new(cx, regex, Str::EMPTY, MAX_STEPS)
    }

    /// The place where searching begins if nobody says otherwise.
    #[must_use]
    pub fn first_place(&self) -> usize {
        if self.regex.is_right_to_left() { self.haystack.bytes().len() } else { 0 }
    }

    /// The index of a place, in UTF-16 units of the whole text.
    #[must_use]
    pub fn index(&self, byte: usize) -> i32 {
        let index = self.outside.0.utf16_len() + self.haystack.index(byte);
        i32::try_from(index).unwrap_or(i32::MAX)
    }

    /// A part of the text.
    #[must_use]
    pub fn part(&self, cx: &Cx<'a>, (start, end): Span) -> Str<'a> {
        let bytes = self.haystack.bytes();
        if std::ptr::eq(bytes, self.text.bytes()) {
            return self.text.part(cx, bytes.get(start..end).unwrap_or(&[]));
        }
        let mut part = Vec::with_capacity(end.saturating_sub(start));
        self.haystack.append(&mut part, start, end);
        cx.str_from_wtf8(&part)
    }
}

/// The compiled form of a pattern, kept for the request.
///
/// # Errors
/// `ArgumentException` if the pattern is faulty.
pub fn compiled<'a>(cx: &mut Cx<'a>, pattern: Str<'a>, options: Options) -> Result<&'a Regex, Throw> {
    match cache::regex(pattern.bytes(), options) {
        Ok(regex) => Ok(kept(cx, regex)),
        Err(fault) => Err(invalid_pattern(cx, pattern, &fault)),
    }
}

/// A regular expression that lives as long as the request.
pub fn kept<'a>(cx: &Cx<'a>, regex: Arc<Regex>) -> &'a Regex {
    let regex: &'a Arc<Regex> = cx.arena().keep(regex);
    regex
}

/// The first match from a place on.
///
/// # Errors
/// `RegexMatchTimeoutException` if finding it takes too long, and the limits of time and memory.
pub fn first<'a>(cx: &mut Cx<'a>, search: &Search<'a>, from: usize) -> Result<Option<Found>, Throw> {
    find(cx, search, from, from)
}

/// The match that follows another.
///
/// # Errors
/// As [`first`].
pub fn next<'a>(cx: &mut Cx<'a>, search: &Search<'a>, (start, end): Span) -> Result<Option<Found>, Throw> {
    let bytes = search.haystack.bytes();
    let back = search.regex.is_right_to_left();
    let behind = if back { start } else { end };
    if start != end {
        return find(cx, search, behind, behind);
    }
    // An empty match is not found again.
    if behind == if back { 0 } else { bytes.len() } {
        return Ok(None);
    }
    let from = if back { before(bytes, behind) } else { after(bytes, behind) };
    find(cx, search, from, behind)
}

fn find<'a>(cx: &mut Cx<'a>, search: &Search<'a>, from: usize, start: usize) -> Result<Option<Found>, Throw> {
    cx.check_limits()?;
    let found = search.regex.find(&search.haystack, from, start, &mut search.limit.clone());
    found.map_err(|fault| timed_out(cx, fault))
}

/// Whether there is a match from a place on.
///
/// # Errors
/// As [`first`].
pub fn is_match<'a>(cx: &mut Cx<'a>, search: &Search<'a>, from: usize) -> Result<bool, Throw> {
    let found = search.regex.is_match(&search.haystack, from, &mut search.limit.clone());
    found.map_err(|fault| timed_out(cx, fault))
}

/// The replacement pattern with a match filled in.
///
/// # Errors
/// `NotSupportedException` if there is no match, `ArgumentException` if the pattern is faulty.
pub fn result<'a>(cx: &mut Cx<'a>, found: &'a FoundObj<'a>, pattern: Str<'a>) -> Result<Str<'a>, Throw> {
    if !found.success {
        return Err(cx.throw(Ty(&NOT_SUPPORTED_EXCEPTION), "Result cannot be called on a failed Match."));
    }
    let search = found.search;
    let replacement = read_replacement(cx, search, pattern)?;
    let groups = known_groups(cx, search, &replacement, Found { start: found.span.0, end: found.span.1, kept: None })?;
    let mut text = cx.scratch();
    append_replacement(cx, search, &replacement, &groups, &mut text)?;
    Ok(cx.finish(text))
}

fn read_replacement<'a>(cx: &mut Cx<'a>, search: &Search<'a>, pattern: Str<'a>) -> Result<Replacement, Throw> {
    Replacement::new(pattern.bytes(), &search.regex.groups, search.regex.options)
        .map_err(|fault| invalid_pattern(cx, pattern, &fault))
}

/// What the groups kept, as far as the replacement asks for it.
fn known_groups<'a>(
    cx: &mut Cx<'a>,
    search: &Search<'a>,
    replacement: &Replacement,
    found: Found,
) -> Result<Kept, Throw> {
    let span = (found.start, found.end);
    match found.kept {
        Some(kept) => Ok(kept),
        None if replacement.needs_groups() => search
            .regex
            .kept(&search.haystack, span, false, &mut search.limit.clone())
            .map_err(|fault| timed_out(cx, fault)),
        None => Ok(vec![vec![span]]),
    }
}

fn append_replacement<'a>(
    cx: &mut Cx<'a>,
    search: &Search<'a>,
    replacement: &Replacement,
    groups: &Kept,
    out: &mut Vec<u8>,
) -> Result<(), Throw> {
    replacement.append(out, &search.haystack, groups, (search.outside.0.bytes(), search.outside.1.bytes()));
    cx.reserve(out.len())
}

/// What matches are replaced with.
pub enum With<'a> {
    /// A replacement pattern.
    Pattern(Str<'a>),
    /// What a lambda gives for each.
    Lambda(&'a Func<'a>),
}

/// The text with up to `count` matches from a place on replaced; all with a negative count.
///
/// # Errors
/// `ArgumentException` if the replacement pattern is faulty, `RegexMatchTimeoutException` if finding a match takes too long,
/// what the lambda throws, and the limits of time and memory.
pub fn replace<'a>(
    cx: &mut Cx<'a>,
    search: &'a Search<'a>,
    with: &With<'a>,
    count: i32,
    from: usize,
) -> Result<Str<'a>, Throw> {
    let replacement = match with {
        With::Pattern(pattern) => Some(read_replacement(cx, search, *pattern)?),
        With::Lambda(_) => None,
    };
    if count == 0 {
        return Ok(search.text);
    }
    let Some(mut found) = first(cx, search, from)? else { return Ok(search.text) };
    let back = search.regex.is_right_to_left();
    let mut left = u32::try_from(count).unwrap_or(u32::MAX);
    let mut text = cx.scratch();
    // From right to left the parts come last first.
    let mut parts: Vec<Vec<u8>> = Vec::new();
    let mut place = search.first_place();
    loop {
        let span = (found.start, found.end);
        let between = if back { (span.1, place) } else { (place, span.0) };
        if back {
            let mut rest = Vec::new();
            search.haystack.append(&mut rest, between.0, between.1);
            parts.push(rest);
        } else {
            search.haystack.append(&mut text, between.0, between.1);
        }
        place = if back { span.0 } else { span.1 };
        let mut piece = Vec::new();
        let out = if back { &mut piece } else { &mut text };
        match (&replacement, with) {
            (Some(replacement), _) => {
                let groups = known_groups(cx, search, replacement, found)?;
                append_replacement(cx, search, replacement, &groups, out)?;
            }
            (None, With::Lambda(lambda)) => {
                let object = FoundObj::of(cx, search, Some(found));
                let word = lambda.call1(cx, crate::object::object_of(object).word())?;
                if !word.is_null() {
                    // SAFETY: the lambda is of a type that gives strings.
                    wtf8::append(out, unsafe { Str::from_not_null(word) }.bytes());
                    cx.reserve(out.len())?;
                }
            }
            (None, With::Pattern(_)) => {}
        }
        if back {
            parts.push(piece);
        }
        left -= 1;
        if left == 0 {
            break;
        }
        match next(cx, search, span)? {
            Some(following) => found = following,
            None => break,
        }
    }
    if back {
        search.haystack.append(&mut text, 0, place);
        parts.iter().rev().for_each(|part| wtf8::append(&mut text, part));
    } else {
        search.haystack.append(&mut text, place, search.haystack.bytes().len());
    }
    Ok(cx.finish(text))
}

/// The parts of the text between its matches, at most `count` of them (0 for all), with what groups matched between them.
///
/// # Errors
/// As [`first`].
pub fn split<'a>(cx: &mut Cx<'a>, search: &'a Search<'a>, count: i32, from: usize) -> Result<&'a Array<'a>, Throw> {
    let mut parts = Vec::new();
    let back = search.regex.is_right_to_left();
    let mut left = if count == 0 { u32::MAX } else { count.unsigned_abs() - 1 };
    let mut place = search.first_place();
    let mut found = if left == 0 { None } else { first(cx, search, from)? };
    if found.is_none() {
        return Ok(Array::of_strings(cx, &[search.text]));
    }
    while let Some(here) = found {
        let span = (here.start, here.end);
        parts.push(search.part(cx, if back { (span.1, place) } else { (place, span.0) }));
        place = if back { span.0 } else { span.1 };
        let object = FoundObj::of(cx, search, Some(here));
        for group in object.group_list(cx)?.iter().skip(1).filter(|group| group.success) {
            parts.push(group.text(cx));
        }
        cx.reserve(parts.len() * size_of::<Str<'_>>())?;
        left -= 1;
        found = if left == 0 { None } else { next(cx, search, span)? };
    }
    parts.push(search.part(cx, if back { (0, place) } else { (place, search.haystack.bytes().len()) }));
    if back {
        parts.reverse();
    }
    Ok(Array::of_strings(cx, &parts))
}
