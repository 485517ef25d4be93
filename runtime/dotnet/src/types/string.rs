//! `System.String`.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::object::{self, Ops, REFERENCE};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_OUT_OF_RANGE_EXCEPTION;
use crate::word::Word;

/// Text: a sequence of UTF-16 code units.
#[members("public sealed class System.String : IComparable<string>, IEquatable<string>, IEnumerable<char>", as = STRING, ops = STRING_OPS)]
impl<'a> Str<'a> {
    /// How many UTF-16 code units the text has.
    #[member("int Length { get; }", pure)]
    fn length(self) -> i32 {
        i32::try_from(self.utf16_len()).unwrap_or(i32::MAX)
    }

    /// The part of this string from `startIndex` to its end; at the length it is empty.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if `startIndex` is negative or past the end.
    #[member("string Substring(int startIndex)", pure)]
    fn substring(self, cx: &mut Cx<'a>, start_index: i32) -> Result<Self, Throw> {
        let part = usize::try_from(start_index).ok().and_then(|start| self.utf16_slice(cx, start, self.utf16_len()));
        part.ok_or_else(|| {
            let message = if start_index < 0 {
                "StartIndex cannot be less than zero."
            } else {
                "startIndex cannot be larger than length of string."
            };
            cx.throw_argument(Ty(&ARGUMENT_OUT_OF_RANGE_EXCEPTION), message, "startIndex")
        })
    }
}

/// The behaviour of strings.
pub static STRING_OPS: Ops = Ops {
    to_text: |_, object| Ok(as_string(object).unwrap_or(Str::EMPTY)),
    equals: |_, a, b| Ok(as_string(a) == as_string(b)),
    ..REFERENCE
};

/// The string that an object is.
#[must_use]
pub fn as_string(object: object::Obj<'_>) -> Option<Str<'_>> {
    // SAFETY: the object's own type says that it is a string.
    (object.ty() == Ty(&STRING)).then(|| unsafe { object::NotNull::from_not_null(object.word()) })
}

/// The text of a value of static type `ty` in a format, padded with blanks to `width`: on the left where it is
/// positive, on the right where it is negative.
///
/// # Errors
/// `FormatException` if the type does not know the format.
pub fn formatted<'a>(
    cx: &mut Cx<'a>,
    ty: Ty,
    value: Word,
    format: Option<Str<'a>>,
    width: i32,
) -> Result<Str<'a>, Throw> {
    let boxed = object::boxed(cx, ty, value);
    // SAFETY: a box, or a word of a reference type.
    let text = match (unsafe { cx.object(boxed) }, format) {
        (None, _) => Str::EMPTY,
        (Some(object), Some(format)) => match object.ty().def.ops.format {
            Some(with_format) => with_format(cx, object, format)?,
            None => object.to_text(cx)?,
        },
        (Some(object), None) => object.to_text(cx)?,
    };
    let missing = usize::try_from(width.unsigned_abs()).unwrap_or(0).saturating_sub(text.utf16_len());
    if missing == 0 {
        return Ok(text);
    }
    cx.reserve(missing.saturating_add(text.bytes().len()))?;
    let blanks = vec![b' '; missing];
    let padded = if width > 0 { [&blanks, text.bytes()].concat() } else { [text.bytes(), &blanks].concat() };
    Ok(cx.str_from_wtf8(&padded))
}
