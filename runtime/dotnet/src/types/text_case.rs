//! Upper and lower case of strings and code units, one to one as the invariant culture has it.
//!
//! Not here: comparisons that ignore case (`search`, `string_compare`).

use crate::cx::Cx;
use crate::format::text::casing;
use crate::text::Str;
use crate::types::char::category;
use crate::word::Char;
use crate::wtf8;

/// A text in upper case; the same object if it is already.
#[must_use]
pub fn upper<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Str<'a> {
    mapped(cx, text, |byte| byte.to_ascii_uppercase(), casing::write_upper)
}

/// A text in lower case; the same object if it is already.
#[must_use]
pub fn lower<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Str<'a> {
    mapped(cx, text, |byte| byte.to_ascii_lowercase(), casing::write_lower)
}

fn mapped<'a>(cx: &mut Cx<'a>, text: Str<'a>, ascii: fn(u8) -> u8, write: fn(&mut Vec<u8>, &[u8])) -> Str<'a> {
    if text.is_ascii() {
        if text.bytes().iter().all(|byte| ascii(*byte) == *byte) {
            return text;
        }
        let bytes = cx.arena().alloc_slice(text.bytes());
        bytes.iter_mut().for_each(|byte| *byte = ascii(*byte));
        return Str::over_ascii(cx.arena(), bytes);
    }
    let mut changed = cx.scratch();
    write(&mut changed, text.bytes());
    if changed == text.bytes() {
        return text;
    }
    cx.finish(changed)
}

/// The text with the first letter of every word in upper case and the others in lower case; what has no lower-case
/// letter up to an apostrophe stays.
#[must_use]
pub fn title<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Str<'a> {
    let is_letter = |unit: u16| matches!(category(u32::from(unit)), 0..=4);
    let is_lower = |unit: u16| category(u32::from(unit)) == 1;
    // A word goes on over marks, digits and what Unicode has not assigned.
    let goes_on = |unit: u16| unit == APOSTROPHE || matches!(category(u32::from(unit)), 0..=10 | 17 | 29);
    let mut out = cx.scratch();
    let mut units = text.units().peekable();
    while let Some(first) = units.next() {
        if !is_letter(first) {
            wtf8::push_unit(&mut out, first);
            continue;
        }
        wtf8::push_unit(&mut out, casing::upper_unit(first));
        let mut has_lower = is_lower(first);
        let mut piece = Vec::new();
        loop {
            let next = units.next_if(|unit| goes_on(*unit));
            if let Some(unit) = next {
                has_lower |= is_lower(unit);
                piece.push(unit);
            }
            if next.is_none_or(|unit| unit == APOSTROPHE) {
                for unit in piece.drain(..) {
                    wtf8::push_unit(&mut out, if has_lower { casing::lower_unit(unit) } else { unit });
                }
                has_lower = true;
            }
            if next.is_none() {
                break;
            }
        }
    }
    cx.finish(out)
}

const APOSTROPHE: u16 = 0x27;

impl Char {
    /// Whether this is half of a surrogate pair.
    #[must_use]
    pub fn is_surrogate(self) -> bool {
        (0xD800..0xE000).contains(&self.0)
    }
}
