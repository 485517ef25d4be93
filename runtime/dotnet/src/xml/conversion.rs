//! The values that the text of an element or attribute is read as.

use crate::cx::Cx;
use crate::format::guid::Guid;
use crate::format::number::NumberStyles;
use crate::format::number::integer::Integer;
use crate::format::number::parse::{parse_double, parse_integer_styled, parse_single};
use crate::format::time::{DateTime, DateTimeOffset, DateTimeStyles, TimeSpan};
use crate::format::{Decimal, Fault};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::{now, thrown};
use crate::types::exception::FORMAT_EXCEPTION;

/// What can be read from the text of XML.
pub trait FromXml<'a>: Sized {
    /// The value of a text.
    ///
    /// # Errors
    /// `FormatException` and `OverflowException` if it is none.
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw>;
}

fn trimmed<'t>(text: &Str<'t>) -> &'t [u8] {
    text.bytes().trim_ascii()
}

fn integer<T: Integer>(cx: &mut Cx<'_>, text: &Str<'_>) -> Result<T, Throw> {
    let styles = NumberStyles::from_bits(NumberStyles::ALLOW_LEADING_SIGN.bits());
    let read: Result<T, Fault> = parse_integer_styled(trimmed(text), styles);
    thrown(cx, read)
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl<'a> FromXml<'a> for $ty {
            fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
                integer(cx, &text)
            }
        }
    )*};
}

integers!(i32, u32, i64, u64);

impl<'a> FromXml<'a> for bool {
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
        match trimmed(&text).to_ascii_lowercase().as_slice() {
            b"1" | b"true" => Ok(true),
            b"0" | b"false" => Ok(false),
            _ => {
                let message = format!("The string '{}' is not a valid Boolean value.", text.to_utf8());
                Err(cx.throw(Ty(&FORMAT_EXCEPTION), &message))
            }
        }
    }
}

impl<'a> FromXml<'a> for f64 {
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
        match trimmed(&text) {
            b"INF" => Ok(Self::INFINITY),
            b"-INF" => Ok(Self::NEG_INFINITY),
            plain => thrown(cx, parse_double(plain, NumberStyles::FLOAT)),
        }
    }
}

impl<'a> FromXml<'a> for f32 {
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
        match trimmed(&text) {
            b"INF" => Ok(Self::INFINITY),
            b"-INF" => Ok(Self::NEG_INFINITY),
            plain => thrown(cx, parse_single(plain, NumberStyles::FLOAT)),
        }
    }
}

impl<'a> FromXml<'a> for Decimal {
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
        let styles = NumberStyles::ALLOW_LEADING_SIGN.bits() | NumberStyles::ALLOW_DECIMAL_POINT.bits();
        thrown(cx, Self::parse(trimmed(&text), NumberStyles::from_bits(styles)))
    }
}

impl<'a> FromXml<'a> for DateTime {
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
        let now = now(cx);
        thrown(cx, Self::parse(trimmed(&text), DateTimeStyles::ROUNDTRIP_KIND, now))
    }
}

impl<'a> FromXml<'a> for DateTimeOffset {
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
        let now = now(cx);
        thrown(cx, Self::parse(trimmed(&text), DateTimeStyles::NONE, now))
    }
}

impl<'a> FromXml<'a> for Guid {
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
        thrown(cx, Self::parse(trimmed(&text)))
    }
}

impl<'a> FromXml<'a> for TimeSpan {
    fn read(cx: &mut Cx<'a>, text: Str<'a>) -> Result<Self, Throw> {
        match duration(trimmed(&text)) {
            Some(ticks) => Ok(Self::from_ticks(ticks)),
            None => {
                let message = format!("The string '{}' is not a valid TimeSpan value.", text.to_utf8());
                Err(cx.throw(Ty(&FORMAT_EXCEPTION), &message))
            }
        }
    }
}

/// The ticks of a length of time as XML has it: `P1DT2H3M4.5S`; a year has 365 days, a month 30.
fn duration(text: &[u8]) -> Option<i64> {
    const SECOND: i128 = 10_000_000;
    let (negative, text) = match text.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut rest = text.strip_prefix(b"P")?;
    let mut in_time = false;
    let mut least = 0;
    let mut ticks: i128 = 0;
    let mut parts = 0;
    while !rest.is_empty() {
        if !in_time && let Some(time) = rest.strip_prefix(b"T") {
            (in_time, rest) = (true, time);
            if rest.is_empty() {
                return None;
            }
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number: i128 = std::str::from_utf8(rest.get(..digits)?).ok()?.parse::<u32>().ok()?.into();
        rest = rest.get(digits..)?;
        let mut fraction: i128 = 0;
        if let Some(behind) = rest.strip_prefix(b".") {
            let digits = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let shown: String = behind.get(..digits)?.iter().take(7).map(|byte| char::from(*byte)).collect();
            fraction = format!("{shown:0<7}").parse().ok()?;
            rest = behind.get(digits..)?;
            if rest.first() != Some(&b'S') {
                return None;
            }
        }
        let (rank, size) = match (in_time, rest.first()?) {
            (false, b'Y') => (1, 365 * 86_400),
            (false, b'M') => (2, 30 * 86_400),
            (false, b'D') => (3, 86_400),
            (true, b'H') => (4, 3600),
            (true, b'M') => (5, 60),
            (true, b'S') => (6, 1),
            _ => return None,
        };
        if rank <= least {
            return None;
        }
        least = rank;
        ticks += number * size * SECOND + fraction;
        rest = rest.get(1..)?;
        parts += 1;
    }
    let signed = if negative { -ticks } else { ticks };
    if parts == 0 { None } else { i64::try_from(signed).ok() }
}
