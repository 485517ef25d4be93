//! Upper and lower case of strings and code units, one to one as the invariant culture has it.
//!
//! Not here: comparisons that ignore case (`search`, `string_compare`).

use crate::cx::Cx;
use crate::text::{Str, upper_unit};
use crate::word::Char;
use crate::wtf8;

/// A text in upper case; the same object if it is already.
#[must_use]
pub fn upper<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Str<'a> {
    mapped(cx, text, |byte| byte.to_ascii_uppercase(), upper_unit)
}

/// A text in lower case; the same object if it is already.
#[must_use]
pub fn lower<'a>(cx: &mut Cx<'a>, text: Str<'a>) -> Str<'a> {
    mapped(cx, text, |byte| byte.to_ascii_lowercase(), lower_unit)
}

fn mapped<'a>(cx: &mut Cx<'a>, text: Str<'a>, ascii: fn(u8) -> u8, unit: fn(u16) -> u16) -> Str<'a> {
    if text.is_ascii() {
        if text.bytes().iter().all(|byte| ascii(*byte) == *byte) {
            return text;
        }
        let bytes = cx.arena().alloc_slice(text.bytes());
        bytes.iter_mut().for_each(|byte| *byte = ascii(*byte));
        return Str::over_ascii(cx.arena(), bytes);
    }
    if text.units().all(|each| unit(each) == each) {
        return text;
    }
    cx.write(|out| text.units().for_each(|each| wtf8::push_unit(out, unit(each))))
}

/// The lower-case form of a code unit: one to one, or itself.
#[must_use]
pub fn lower_unit(unit: u16) -> u16 {
    let Some(c) = char::from_u32(u32::from(unit)) else { return unit };
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => u16::try_from(u32::from(single)).unwrap_or(unit),
        _ => unit,
    }
}

impl Char {
    /// Whether this is half of a surrogate pair.
    #[must_use]
    pub fn is_surrogate(self) -> bool {
        (0xD800..0xE000).contains(&self.0)
    }
}
