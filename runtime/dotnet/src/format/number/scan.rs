//! Reads the text of a number into sign, digits and scale, as `NumberStyles` allow.
//!
//! Not here: what value the digits have in a type ([`parse`](super::parse), [`decimal`](crate::format::decimal)).

use super::styles::NumberStyles;

/// An exponent above this is as good as infinite for every type.
const LARGEST_EXPONENT: i64 = 1 << 40;

const CURRENCY_SYMBOL: &[u8] = "¤".as_bytes();

/// A number as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scanned<'a> {
    /// Whether a minus sign or parentheses were there.
    pub(crate) negative: bool,
    /// The digits with what stood between them: the point and commas.
    text: &'a [u8],
    /// Where the point stands among the digits without leading zeros; for a zero, how far its last digit is behind it.
    pub(crate) scale: i64,
    /// Whether there was a point.
    pub(crate) pointed: bool,
}

impl<'a> Scanned<'a> {
    /// The digits from the first that is not zero, as numbers 0 to 9.
    pub(crate) fn digits(&self) -> impl Iterator<Item = u8> + use<'a> {
        self.text.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0').skip_while(|digit| *digit == 0)
    }
}

/// Whether number parsing skips this byte as white space: fewer than `Char.IsWhiteSpace`.
#[inline]
pub(crate) const fn is_white(byte: u8) -> bool {
    matches!(byte, 0x20 | 0x09..=0x0D)
}

/// Whether only NUL characters are left, which .NET ignores.
#[inline]
pub(crate) fn only_nul(rest: &[u8]) -> bool {
    rest.iter().all(|byte| *byte == 0)
}

/// Reads a decimal number; `None` if the text is none or goes on behind it.
pub(crate) fn scan(text: &[u8], styles: NumberStyles) -> Option<Scanned<'_>> {
    let mut reader = Reader {
        rest: text,
        styles,
        negative: false,
        signed: false,
        parenthesised: false,
        currency_wanted: styles.contains(NumberStyles::ALLOW_CURRENCY_SYMBOL),
        currency_seen: false,
    };
    reader.read_prefix();
    let (digits, mut scale, pointed) = reader.read_digits()?;
    scale += reader.read_exponent();
    reader.read_suffix();
    if reader.parenthesised || !only_nul(reader.rest) {
        return None;
    }
    Some(Scanned { negative: reader.negative, text: digits, scale, pointed })
}

struct Reader<'a> {
    rest: &'a [u8],
    styles: NumberStyles,
    negative: bool,
    signed: bool,
    parenthesised: bool,
    currency_wanted: bool,
    currency_seen: bool,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    fn take_sign(&mut self) -> bool {
        match self.peek() {
            Some(b'+') => {}
            Some(b'-') => self.negative = true,
            _ => return false,
        }
        self.signed = true;
        self.skip(1);
        true
    }

    fn take_currency(&mut self) -> bool {
        let found = self.currency_wanted && self.rest.starts_with(CURRENCY_SYMBOL);
        if found {
            self.skip(CURRENCY_SYMBOL.len());
            self.currency_wanted = false;
        }
        found
    }

    fn read_prefix(&mut self) {
        while let Some(byte) = self.peek() {
            // White space may stand between a sign and the digits only if a currency sign is there too.
            let white_allowed =
                self.styles.contains(NumberStyles::ALLOW_LEADING_WHITE) && (!self.signed || self.currency_seen);
            if is_white(byte) && white_allowed {
                self.skip(1);
            } else if self.styles.contains(NumberStyles::ALLOW_LEADING_SIGN) && !self.signed && self.take_sign() {
            } else if byte == b'(' && self.styles.contains(NumberStyles::ALLOW_PARENTHESES) && !self.signed {
                (self.signed, self.parenthesised, self.negative) = (true, true, true);
                self.skip(1);
            } else if self.take_currency() {
                self.currency_seen = true;
            } else {
                return;
            }
        }
    }

    /// The digits with point and commas, and the position of the point among them, and whether there is one; `None` without a digit.
    fn read_digits(&mut self) -> Option<(&'a [u8], i64, bool)> {
        let start = self.rest;
        let (mut scale, mut any, mut non_zero, mut pointed) = (0i64, false, false, false);
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' => {
                    any = true;
                    non_zero |= byte != b'0';
                    match (non_zero, pointed) {
                        (true, false) => scale += 1,
                        (false, true) => scale -= 1,
                        _ => {}
                    }
                }
                b'.' if self.styles.contains(NumberStyles::ALLOW_DECIMAL_POINT) && !pointed => pointed = true,
                b',' if self.styles.contains(NumberStyles::ALLOW_THOUSANDS) && any && !pointed => {}
                _ => break,
            }
            self.skip(1);
        }
        any.then(|| (start.get(..start.len() - self.rest.len()).unwrap_or_default(), scale, pointed))
    }

    /// The exponent behind the digits; an `e` without digits is left to stand.
    fn read_exponent(&mut self) -> i64 {
        let Some((b'E' | b'e', after)) = self.rest.split_first() else { return 0 };
        if !self.styles.contains(NumberStyles::ALLOW_EXPONENT) {
            return 0;
        }
        let (negative, digits) = match after.split_first() {
            Some((b'+', digits)) => (false, digits),
            Some((b'-', digits)) => (true, digits),
            _ => (false, after),
        };
        let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return 0;
        }
        let (number, rest) = digits.split_at_checked(count).unwrap_or((digits, &[]));
        let value =
            number.iter().fold(0i64, |value, digit| (value * 10 + i64::from(digit - b'0')).min(LARGEST_EXPONENT));
        self.rest = rest;
        if negative { -value } else { value }
    }

    fn read_suffix(&mut self) {
        while let Some(byte) = self.peek() {
            if is_white(byte) && self.styles.contains(NumberStyles::ALLOW_TRAILING_WHITE) {
                self.skip(1);
            } else if self.styles.contains(NumberStyles::ALLOW_TRAILING_SIGN) && !self.signed && self.take_sign() {
            } else if byte == b')' && self.parenthesised {
                self.parenthesised = false;
                self.skip(1);
            } else if !self.take_currency() {
                return;
            }
        }
    }
}
