//! A place in the text of a date, and the small things that are read there.
//!
//! Not here: what order they may have.

use super::names;
use super::{TICKS_PER_HOUR, TICKS_PER_MINUTE};
use crate::format::wtf8;

/// A number of more digits than this is no part of a date.
pub(super) const MOST_DIGITS: usize = 8;

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// The whole text.
    pub(super) const fn text(&self) -> &'a [u8] {
        self.text
    }

    /// What is left of it.
    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// How many UTF-16 units stand before the place.
    pub(super) fn utf16_index(&self) -> usize {
        wtf8::utf16_len(self.text.get(..self.at).unwrap_or_default())
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(super) fn skip_to_end(&mut self) {
        self.at = self.text.len();
    }

    /// Reads this byte, if it comes next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Reads this text, if it comes next, letter by letter.
    pub(super) fn eat_text(&mut self, text: &[u8]) -> bool {
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// Reads this ASCII word in any case, if it comes next.
    pub(super) fn eat_ignoring_case(&mut self, word: &str) -> bool {
        let found = self.rest().get(..word.len()).is_some_and(|next| next.eq_ignore_ascii_case(word.as_bytes()));
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Reads this ASCII word in any case, if it comes next and no letter follows.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let before = *self;
        let found = self.eat_ignoring_case(word) && !self.is_at_letter();
        if !found {
            *self = before;
        }
        found
    }

    pub(super) fn skip_white(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - wtf8::trim_start(rest).len();
    }

    pub(super) fn is_at_digit(&self) -> bool {
        self.peek().is_some_and(|byte| byte.is_ascii_digit())
    }

    pub(super) fn is_at_letter(&self) -> bool {
        let next = wtf8::first_code_point(self.rest()).and_then(|(code_point, _)| char::from_u32(code_point));
        next.is_some_and(char::is_alphabetic)
    }

    /// The digit that comes next.
    pub(super) fn digit(&mut self) -> Option<u8> {
        let digit = self.peek().filter(u8::is_ascii_digit)?;
        self.at += 1;
        Some(digit - b'0')
    }

    /// All digits that come next: their number, which saturates, and how many they are.
    pub(super) fn number(&mut self) -> (i32, usize) {
        let (mut value, mut count) = (0i32, 0);
        while let Some(digit) = self.digit() {
            value = value.saturating_mul(10).saturating_add(i32::from(digit));
            count += 1;
        }
        (value, count)
    }

    /// A number of at least `least` digits, of which no more than `most` are read; it wraps around.
    pub(super) fn number_of(&mut self, least: usize, most: usize) -> Option<i32> {
        let before = *self;
        let (mut value, mut count) = (0i32, 0);
        while count < most
            && let Some(digit) = self.digit()
        {
            value = value.wrapping_mul(10).wrapping_add(i32::from(digit));
            count += 1;
        }
        if count < least {
            *self = before;
            return None;
        }
        Some(value)
    }

    /// The digits behind a point as a fraction; `None` if there are none.
    ///
    /// The sum is taken digit by digit in `double`, as .NET takes it, so that its errors are the same.
    pub(super) fn fraction(&mut self) -> Option<f64> {
        let (mut value, mut base, mut any) = (0.0, 0.1, false);
        while let Some(digit) = self.digit() {
            value += f64::from(digit) * base;
            base *= 0.1;
            any = true;
        }
        any.then_some(value)
    }

    /// A zone `+8`, `+08`, `+8:30`, `+0830`, in ticks.
    pub(super) fn offset(&mut self) -> Option<i64> {
        let negative = match self.peek()? {
            b'+' => false,
            b'-' => true,
            _ => return None,
        };
        self.skip(1);
        let (value, count) = self.number();
        let (hours, minutes) = match count {
            1 | 2 if self.eat(b':') => {
                let (minutes, count) = self.number();
                (value, Some(minutes).filter(|_| (1..=2).contains(&count))?)
            }
            1 | 2 => (value, 0),
            3 | 4 => (value / 100, value % 100),
            _ => return None,
        };
        offset_ticks(hours, minutes, negative)
    }

    /// One of the names that comes next, in any case; the longest if there are several, and its index.
    pub(super) fn longest_name(&mut self, names: &[&'static str], abbreviated: bool) -> Option<usize> {
        let shown = |name: &'static str| if abbreviated { names::abbreviated(name) } else { name };
        let start = *self;
        let found = names.iter().enumerate().filter(|(_, name)| start.clone().eat_ignoring_case(shown(name)));
        let (index, name) = found.max_by_key(|(_, name)| shown(name).len())?;
        self.skip(shown(name).len());
        Some(index)
    }
}

/// The ticks of a zone, unless it has more minutes than an hour.
pub(super) fn offset_ticks(hours: i32, minutes: i32, negative: bool) -> Option<i64> {
    if minutes >= 60 {
        return None;
    }
    let ticks = i64::from(hours) * TICKS_PER_HOUR + i64::from(minutes) * TICKS_PER_MINUTE;
    Some(if negative { -ticks } else { ticks })
}
