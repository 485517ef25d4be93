//! Composite format strings, `"{0,-5:N2} of {1}"`, taken into pieces.
//!
//! Not here: what the arguments look like, and interpolated strings, which the compiler takes apart itself.

use std::borrow::Cow;

use super::{Fault, wtf8};

/// An index and an alignment must stay below this many (and one more digit decides that they do not).
const LIMIT: u32 = 1_000_000;

/// A piece of a composite format string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text to copy.
    Text(&'a [u8]),
    /// `{index,alignment:format}`.
    Hole {
        /// Which argument.
        index: usize,
        /// The least width in UTF-16 units; negative puts the text to the left. 0 if none is given.
        alignment: i32,
        /// The format string, `{{` and `}}` undone; empty if none is given.
        format: Cow<'a, [u8]>,
    },
}

/// Takes a composite format string into its pieces.
///
/// Ends after the first error, which is always a `FormatException`.
#[derive(Debug, Clone)]
pub struct Pieces<'a> {
    rest: &'a [u8],
    arguments: usize,
}

/// The pieces of `format`, whose holes must name one of the first `arguments` arguments.
pub const fn pieces(format: &[u8], arguments: usize) -> Pieces<'_> {
    Pieces { rest: format, arguments }
}

const fn bad_format() -> Fault {
    Fault::format("Input string was not in a correct format.")
}

impl<'a> Pieces<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    fn skip_spaces(&mut self) {
        self.take(self.rest.iter().take_while(|byte| **byte == b' ').count());
    }

    /// The number at the start; digits may only end the text if something follows.
    fn number(&mut self) -> Result<u32, Fault> {
        let (mut value, mut any) = (0u32, false);
        while let Some(digit @ b'0'..=b'9') = self.rest.first().copied()
            && value < LIMIT
        {
            value = value * 10 + u32::from(digit - b'0');
            any = true;
            self.take(1);
        }
        if any && !self.rest.is_empty() { Ok(value) } else { Err(bad_format()) }
    }

    /// The hole behind an opening brace.
    fn hole(&mut self) -> Result<Piece<'a>, Fault> {
        let index = self.number()? as usize;
        if index >= self.arguments {
            return Err(Fault::format(
                "Index (zero based) must be greater than or equal to zero and less than the size of the argument list.",
            ));
        }
        self.skip_spaces();
        let mut alignment = 0;
        if self.rest.first() == Some(&b',') {
            self.take(1);
            self.skip_spaces();
            let to_the_left = self.rest.first() == Some(&b'-');
            self.take(usize::from(to_the_left));
            let width = self.number()?.cast_signed();
            alignment = if to_the_left { -width } else { width };
            self.skip_spaces();
        }
        let format = if self.rest.first() == Some(&b':') {
            self.take(1);
            self.item_format()?
        } else {
            Cow::default()
        };
        if self.take(1) == b"}" { Ok(Piece::Hole { index, alignment, format }) } else { Err(bad_format()) }
    }

    /// The format string of a hole, up to its closing brace.
    fn item_format(&mut self) -> Result<Cow<'a, [u8]>, Fault> {
        let mut out = Cow::Borrowed([].as_slice());
        loop {
            let plain = self.take(self.rest.iter().take_while(|byte| !matches!(byte, b'{' | b'}')).count());
            if out.is_empty() {
                out = Cow::Borrowed(plain);
            } else {
                out.to_mut().extend_from_slice(plain);
            }
            match self.rest {
                [a, b, ..] if a == b => out.to_mut().extend_from_slice(self.take(2).get(..1).unwrap_or_default()),
                [b'}', ..] => return Ok(out),
                _ => return Err(bad_format()),
            }
        }
    }

    fn piece(&mut self) -> Result<Piece<'a>, Fault> {
        let plain = self.rest.iter().take_while(|byte| !matches!(byte, b'{' | b'}')).count();
        if plain > 0 {
            return Ok(Piece::Text(self.take(plain)));
        }
        match self.rest {
            [a, b, ..] if a == b => Ok(Piece::Text(self.take(2).get(..1).unwrap_or_default())),
            [b'{', ..] => {
                self.take(1);
                self.hole()
            }
            _ => Err(bad_format()),
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let piece = self.piece();
        if piece.is_err() {
            self.rest = &[];
        }
        Some(piece)
    }
}

/// Fills the text that stands in `out` from `start` on with spaces up to the alignment of its hole.
pub fn align(out: &mut Vec<u8>, start: usize, alignment: i32) {
    let text = out.get(start..).unwrap_or_default();
    let missing = (alignment.unsigned_abs() as usize).saturating_sub(wtf8::utf16_len(text));
    if missing == 0 {
        return;
    }
    let length = text.len();
    out.resize(out.len() + missing, b' ');
    if alignment > 0
        && let Some(field) = out.get_mut(start..)
    {
        field.copy_within(..length, missing);
        field.iter_mut().take(missing).for_each(|byte| *byte = b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows what `string.Format(format, "ab", "é")` gives, with the format of each hole behind it.
    fn render(format: &str) -> Option<String> {
        let mut out = Vec::new();
        for piece in pieces(format.as_bytes(), 2) {
            match piece {
                Ok(Piece::Text(text)) => out.extend_from_slice(text),
                Ok(Piece::Hole { index, alignment, format }) => {
                    let start = out.len();
                    out.extend_from_slice(["ab", "é"][index].as_bytes());
                    out.extend_from_slice(&format);
                    align(&mut out, start, alignment);
                }
                Err(fault) => {
                    assert_eq!(fault.exception.type_name(), "FormatException");
                    return None;
                }
            }
        }
        Some(String::from_utf8(out).unwrap())
    }

    /// Source: mono.
    #[test]
    fn formats_are_taken_apart() {
        for (format, expected) in [
            ("plain", Some("plain")),
            ("", Some("")),
            ("{0} and {1}", Some("ab and é")),
            ("{{{0}}}", Some("{ab}")),
            ("[{0,5}]", Some("[   ab]")),
            ("[{1,-5}]", Some("[é    ]")),
            ("[{0,1}]", Some("[ab]")),
            ("{0 , 5 :X}", Some("  abX")),
            ("{0,5 }|", Some("   ab|")),
            ("{00}", Some("ab")),
            ("{0:a}}b}", Some("aba}b")),
            ("{0:{{x}}}", Some("ab{x}")),
            ("{{{0:D}}}", Some("{abD}")),
            ("{0:}", Some("ab")),
            ("{0:}}}", Some("ab}")),
            ("{2}", None),
            ("{0", None),
            ("{", None),
            ("{0,", None),
            ("{0:", None),
            ("a } b", None),
            ("{ 0}", None),
            ("{-1}", None),
            ("{0,-}", None),
            ("{0,+5}", None),
            ("{0,\t5}", None),
            ("{0:{x}", None),
            ("{0}}", None),
            ("{0x}", None),
            ("{0:}}", None),
            ("{99999999}", None),
            ("{0,99999999}", None),
        ] {
            assert_eq!(render(format).as_deref(), expected, "{format}");
        }
    }

    #[test]
    fn an_error_ends_the_pieces() {
        let mut pieces = pieces(b"a}b", 0);
        assert_eq!(pieces.next(), Some(Ok(Piece::Text(b"a"))));
        assert_eq!(pieces.next(), Some(Err(bad_format())));
        assert_eq!(pieces.next(), None);
    }
}
