//! `Match`, `Group` and `Capture`: what was found.
//!
//! All three are objects of one layout, as each derives from the next. What the groups of a match kept is found out when
//! somebody asks.

use std::cell::Cell;

use dotnet_macros::members;

use super::collections::{CaptureCollection, GroupCollection};
use super::run::{self, Search};
use super::timed_out;
use crate::cx::Cx;
use crate::object::{Header, Layout, Ops, REFERENCE, on};
use crate::regex::Found as Match;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;

/// Where something was found, in bytes of the text that was searched.
pub type Span = (usize, usize);

/// The object of a `Capture`, a `Group` or a `Match`.
#[repr(C)]
pub struct FoundObj<'a> {
    header: Header,
    /// The search that found it.
    pub search: &'a Search<'a>,
    /// Where it is.
    pub span: Span,
    /// Whether something was found.
    pub success: bool,
    value: Cell<Option<Str<'a>>>,
    role: Role<'a>,
}

/// What an object is besides a capture.
enum Role<'a> {
    /// Nothing.
    Capture,
    /// The group at a place of a match.
    Group { of: &'a FoundObj<'a>, place: usize },
    /// A match.
    Match { groups: Cell<Option<&'a [&'a FoundObj<'a>]>>, kept: Cell<Option<&'a [&'a [Span]]>> },
}

// SAFETY: `#[repr(C)]`, header first; objects of these types are made here only.
unsafe impl<'a> Layout<'a> for FoundObj<'a> {
    fn is_layout_of(ty: Ty) -> bool {
        [&CAPTURE, &GROUP, &MATCH].iter().any(|own| Ty(own) == ty)
    }
}

impl<'a> FoundObj<'a> {
    fn new(cx: &Cx<'a>, ty: Ty, search: &'a Search<'a>, span: Option<Span>, role: Role<'a>) -> &'a Self {
        let (success, span) = (span.is_some(), span.unwrap_or_default());
        cx.arena().alloc(Self { header: Header::new(ty), search, span, success, value: Cell::new(None), role })
    }

    /// The match that a search found; without one, the failed match.
    #[must_use]
    pub fn of(cx: &Cx<'a>, search: &'a Search<'a>, found: Option<Match>) -> &'a Self {
        let known = found.as_ref().and_then(|found| found.kept.as_ref());
        let kept = known.map(|kept| all_of(cx, kept));
        let role = Role::Match { groups: Cell::new(None), kept: Cell::new(kept) };
        Self::new(cx, Ty(&MATCH), search, found.map(|found| (found.start, found.end)), role)
    }

    /// A group that a match does not have.
    #[must_use]
    pub fn no_group(cx: &Cx<'a>, of: &'a Self) -> &'a Self {
        Self::new(cx, Ty(&GROUP), of.search, None, Role::Group { of, place: 0 })
    }

    /// How many groups a match has; one if it failed.
    #[must_use]
    pub fn group_count(&self) -> usize {
        if self.success { self.search.regex.groups.count() } else { 1 }
    }

    /// A capture of a group.
    #[must_use]
    pub fn capture(cx: &Cx<'a>, search: &'a Search<'a>, span: Span) -> &'a Self {
        Self::new(cx, Ty(&CAPTURE), search, Some(span), Role::Capture)
    }

    /// The groups of a match; a match that failed has one, itself.
    ///
    /// # Errors
    /// `RegexMatchTimeoutException` if finding them takes too long.
    pub fn group_list(&'a self, cx: &mut Cx<'a>) -> Result<&'a [&'a Self], Throw> {
        let Role::Match { groups, kept } = &self.role else { return Ok(&[]) };
        if let Some(groups) = groups.get() {
            return Ok(groups);
        }
        let lasts: Vec<Option<Span>> = match kept.get() {
            Some(kept) => kept.iter().map(|spans| spans.last().copied()).collect(),
            None if self.success => {
                let kept = self.ask(cx, false)?;
                kept.into_iter().map(|spans| spans.last().copied()).collect()
            }
            None => Vec::new(),
        };
        let mut list = vec![self];
        for (place, span) in lasts.into_iter().enumerate().skip(1) {
            list.push(Self::new(cx, Ty(&GROUP), self.search, span, Role::Group { of: self, place }));
        }
        let list = cx.arena().alloc_slice(&list);
        groups.set(Some(list));
        Ok(list)
    }

    /// Everything that the groups of this match kept.
    fn all_kept(&self, cx: &mut Cx<'a>) -> Result<&'a [&'a [Span]], Throw> {
        let Role::Match { kept, .. } = &self.role else { return Ok(&[]) };
        if let Some(kept) = kept.get() {
            return Ok(kept);
        }
        let found = self.ask(cx, true)?;
        let all = all_of(cx, &found);
        kept.set(Some(all));
        Ok(all)
    }

    fn ask(&self, cx: &mut Cx<'a>, all: bool) -> Result<crate::regex::matcher::Kept, Throw> {
        let Search { regex, haystack, limit, .. } = self.search;
        regex.kept(haystack, self.span, all, &mut limit.clone()).map_err(|fault| timed_out(cx, fault))
    }

    /// What this group kept; for a capture alone, itself.
    ///
    /// # Errors
    /// `RegexMatchTimeoutException` if finding them takes too long.
    pub fn captures_of(&'a self, cx: &mut Cx<'a>) -> Result<Vec<&'a Self>, Throw> {
        let Role::Group { of, place } = &self.role else {
            return Ok(if self.success { vec![self] } else { Vec::new() });
        };
        if !self.success || self.search.regex.keeps_once() {
            return Ok(if self.success { vec![self] } else { Vec::new() });
        }
        let spans = of.all_kept(cx)?.get(*place).copied().unwrap_or(&[]);
        let earlier = spans.len().saturating_sub(1);
        let mut captures: Vec<&'a Self> =
            spans.iter().take(earlier).map(|span| Self::capture(cx, self.search, *span)).collect();
        captures.push(self);
        Ok(captures)
    }

    /// The match after this one, or the failed match.
    ///
    /// # Errors
    /// `RegexMatchTimeoutException` if finding it takes too long.
    pub fn following(&'a self, cx: &mut Cx<'a>) -> Result<&'a Self, Throw> {
        if !self.success {
            return Ok(self);
        }
        let next = run::next(cx, self.search, self.span)?;
        Ok(Self::of(cx, self.search, next))
    }

    /// The text that was found; empty if nothing was.
    #[must_use]
    pub fn text(&self, cx: &Cx<'a>) -> Str<'a> {
        self.value.get().unwrap_or_else(|| {
            let value = if self.success { self.search.part(cx, self.span) } else { Str::EMPTY };
            self.value.set(Some(value));
            value
        })
    }
}

fn all_of<'a>(cx: &Cx<'a>, kept: &[Vec<Span>]) -> &'a [&'a [Span]] {
    let all: Vec<&'a [Span]> = kept.iter().map(|spans| &*cx.arena().alloc_slice(spans)).collect();
    cx.arena().alloc_slice(&all)
}

/// A part of a text that was found.
#[members("public class System.Text.RegularExpressions.Capture", as = CAPTURE, ops = FOUND_OPS)]
impl<'a> FoundObj<'a> {
    /// Where the part begins, in UTF-16 units.
    #[member("int Index { get; }")]
    fn index(&'a self) -> i32 {
        if self.success { self.search.index(self.span.0) } else { 0 }
    }

    /// How many UTF-16 units the part has.
    #[member("int Length { get; }")]
    fn length(&'a self) -> i32 {
        if self.success { self.search.index(self.span.1) - self.search.index(self.span.0) } else { 0 }
    }

    /// The part.
    #[member("string Value { get; }")]
    fn value(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        self.text(cx)
    }
}

/// The members of `Group`.
pub struct GroupType;

/// What a group of a pattern matched.
#[members("public class System.Text.RegularExpressions.Group : Capture", as = GROUP, ops = FOUND_OPS)]
impl<'a> GroupType {
    /// Whether the group matched.
    #[member("bool Success { get; }")]
    fn success(this: &'a FoundObj<'a>) -> bool {
        this.success
    }

    /// Everything that the group matched, in order.
    #[member("CaptureCollection Captures { get; }")]
    fn captures(this: &'a FoundObj<'a>, cx: &mut Cx<'a>) -> Result<&'a CaptureCollection<'a>, Throw> {
        let captures = this.captures_of(cx)?;
        Ok(CaptureCollection::new(cx, &captures))
    }

    /// The group's name; its number if it has none.
    #[member("string Name { get; }")]
    fn name(this: &'a FoundObj<'a>, cx: &mut Cx<'a>) -> Str<'a> {
        let place = if let Role::Group { place, .. } = this.role { place } else { 0 };
        let name = this.search.regex.groups.name(place);
        cx.str(name.as_deref().unwrap_or("0"))
    }
}

/// The members of `Match`.
pub struct MatchType;

/// A match of a regular expression, or that there is none.
#[members("public class System.Text.RegularExpressions.Match : Group", as = MATCH, ops = FOUND_OPS)]
impl<'a> MatchType {
    /// The match of a search that found nothing.
    #[member("static Match Empty { get; }")]
    fn empty(cx: &mut Cx<'a>) -> Result<&'a FoundObj<'a>, Throw> {
        let search = Search::of_nothing(cx)?;
        Ok(FoundObj::of(cx, search, None))
    }

    /// The groups, the whole match first.
    #[member("GroupCollection Groups { get; }")]
    fn groups(this: &'a FoundObj<'a>, cx: &mut Cx<'a>) -> &'a GroupCollection<'a> {
        GroupCollection::new(cx, this)
    }

    /// The replacement pattern with the match filled in.
    ///
    /// # Throws
    /// `NotSupportedException` if there is no match, `ArgumentException` for a faulty pattern.
    #[member("string Result(string replacement)")]
    fn result(this: &'a FoundObj<'a>, cx: &mut Cx<'a>, replacement: Str<'a>) -> Result<Str<'a>, Throw> {
        run::result(cx, this, replacement)
    }

    /// The match after this one.
    ///
    /// # Throws
    /// `RegexMatchTimeoutException` if finding it takes too long.
    #[member("Match NextMatch()")]
    fn next_match(this: &'a FoundObj<'a>, cx: &mut Cx<'a>) -> Result<&'a FoundObj<'a>, Throw> {
        this.following(cx)
    }
}

/// The behaviour of what was found: the part of the text as text.
pub static FOUND_OPS: Ops =
    Ops { to_text: |cx, object| on::<FoundObj<'_>, _>(cx, object, |found, cx| Ok(found.text(cx))), ..REFERENCE };
