//! `System.DateTimeOffset` as text.
//!
//! Not here: the formats themselves (`format::time`).

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::time::{DateTimeOffset, DateTimeStyles};
use crate::object::Obj;
use crate::rt::Out;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::date_time::{now, thrown};
use crate::types::date_time_text::styles_of;
use crate::types::string_join::strings_of;

/// The members of `DateTimeOffset` that read and write text.
pub struct Text;

/// Moments as text.
#[members("System.DateTimeOffset", group = TEXT)]
impl<'a> Text {
    /// `MM/dd/yyyy HH:mm:ss` and the offset.
    #[member("string ToString()", pure)]
    fn to_text(this: DateTimeOffset, cx: &mut Cx<'a>) -> Str<'a> {
        default_text(cx, this)
    }

    /// The date in a standard or custom format.
    ///
    /// # Throws
    /// `FormatException` for an unknown format.
    #[member("string ToString(string format)", pure)]
    fn to_text_in(this: DateTimeOffset, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
        formatted(cx, this, format)
    }

    /// The default text; the culture is always the invariant one.
    #[member("string ToString(IFormatProvider formatProvider)", pure)]
    fn to_text_of_culture(this: DateTimeOffset, cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> Str<'a> {
        default_text(cx, this)
    }

    /// The date in a standard or custom format; the culture is always the invariant one.
    ///
    /// # Throws
    /// `FormatException` for an unknown format.
    #[member("string ToString(string format, IFormatProvider formatProvider)", pure)]
    fn to_text_in_culture(
        this: DateTimeOffset,
        cx: &mut Cx<'a>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        formatted(cx, this, format)
    }

    /// The date that the text writes. A text without a date means today; a zone is converted to an offset.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static DateTimeOffset Parse(string input)")]
    fn parse(cx: &mut Cx<'a>, s: Str<'a>) -> Result<DateTimeOffset, Throw> {
        let now = now(cx);
        thrown(cx, DateTimeOffset::parse(s.bytes(), DateTimeStyles::NONE, now))
    }

    /// The date that the text writes; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static DateTimeOffset Parse(string input, IFormatProvider provider)")]
    fn parse_of_culture(cx: &mut Cx<'a>, s: Str<'a>, _provider: Option<Obj<'a>>) -> Result<DateTimeOffset, Throw> {
        Self::parse(cx, s)
    }

    /// The date that the text writes, read in a style.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `ArgumentException` for impossible styles.
    #[member("static DateTimeOffset Parse(string input, IFormatProvider provider, DateTimeStyles styles)")]
    fn parse_styled(
        cx: &mut Cx<'a>,
        s: Str<'a>,
        _provider: Option<Obj<'a>>,
        styles: i32,
    ) -> Result<DateTimeOffset, Throw> {
        let now = now(cx);
        thrown(cx, DateTimeOffset::parse(s.bytes(), styles_of(styles), now))
    }

    /// The date that the text writes exactly in a format.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static DateTimeOffset ParseExact(string input, string format, IFormatProvider provider)")]
    fn parse_exact(
        cx: &mut Cx<'a>,
        s: Str<'a>,
        format: Str<'a>,
        _provider: Option<Obj<'a>>,
    ) -> Result<DateTimeOffset, Throw> {
        let now = now(cx);
        thrown(cx, DateTimeOffset::parse_exact(s.bytes(), format.bytes(), DateTimeStyles::NONE, now))
    }

    /// The date that the text writes exactly in a format, read in a style.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `ArgumentException` for impossible styles.
    #[member(
        "static DateTimeOffset ParseExact(string input, string format, IFormatProvider provider, DateTimeStyles styles)"
    )]
    fn parse_exact_styled(
        cx: &mut Cx<'a>,
        s: Str<'a>,
        format: Str<'a>,
        _provider: Option<Obj<'a>>,
        styles: i32,
    ) -> Result<DateTimeOffset, Throw> {
        let now = now(cx);
        thrown(cx, DateTimeOffset::parse_exact(s.bytes(), format.bytes(), styles_of(styles), now))
    }

    /// The date that the text writes exactly in one of several formats.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `ArgumentException` for impossible styles.
    #[member(
        "static DateTimeOffset ParseExact(string input, string[] formats, IFormatProvider provider, DateTimeStyles styles)"
    )]
    fn parse_exact_any(
        cx: &mut Cx<'a>,
        s: Str<'a>,
        formats: &'a Array<'a>,
        _provider: Option<Obj<'a>>,
        styles: i32,
    ) -> Result<DateTimeOffset, Throw> {
        let now = now(cx);
        let formats = strings_of(formats);
        let formats: Vec<&[u8]> = formats.iter().map(|format| format.bytes()).collect();
        thrown(cx, DateTimeOffset::parse_exact_any(s.bytes(), &formats, styles_of(styles), now))
    }

    /// Whether the text writes a date, which comes back in `result`.
    #[member("static bool TryParse(string input, out DateTimeOffset result)")]
    fn try_parse(cx: &mut Cx<'a>, s: Option<Str<'a>>, result: Out<'a>) -> bool {
        let now = now(cx);
        found(cx, result, s.and_then(|s| DateTimeOffset::try_parse(s.bytes(), DateTimeStyles::NONE, now)))
    }

    /// Whether the text writes a date, read in a style; it comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for impossible styles.
    #[member(
        "static bool TryParse(string input, IFormatProvider formatProvider, DateTimeStyles styles, out DateTimeOffset result)"
    )]
    fn try_parse_styled(
        cx: &mut Cx<'a>,
        s: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
        styles: i32,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let (now, styles) = (now(cx), styles_of(styles));
        thrown(cx, styles.check_for_offset())?;
        Ok(found(cx, result, s.and_then(|s| DateTimeOffset::try_parse(s.bytes(), styles, now))))
    }

    /// Whether the text writes a date exactly in a format; it comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for impossible styles.
    #[member(
        "static bool TryParseExact(string input, string format, IFormatProvider formatProvider, DateTimeStyles styles, out DateTimeOffset result)"
    )]
    fn try_parse_exact(
        cx: &mut Cx<'a>,
        s: Option<Str<'a>>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
        styles: i32,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let (now, styles) = (now(cx), styles_of(styles));
        thrown(cx, styles.check_for_offset())?;
        let parsed = s
            .zip(format)
            .and_then(|(s, format)| DateTimeOffset::try_parse_exact(s.bytes(), format.bytes(), styles, now));
        Ok(found(cx, result, parsed))
    }

    /// Whether the text writes a date exactly in one of several formats; it comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for impossible styles.
    #[member(
        "static bool TryParseExact(string input, string[] formats, IFormatProvider formatProvider, DateTimeStyles styles, out DateTimeOffset result)"
    )]
    fn try_parse_exact_any(
        cx: &mut Cx<'a>,
        s: Option<Str<'a>>,
        formats: Option<&'a Array<'a>>,
        _provider: Option<Obj<'a>>,
        styles: i32,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let (now, styles) = (now(cx), styles_of(styles));
        thrown(cx, styles.check_for_offset())?;
        let formats = formats.map(strings_of).unwrap_or_default();
        let formats: Vec<&[u8]> = formats.iter().map(|format| format.bytes()).collect();
        let parsed = s.and_then(|s| DateTimeOffset::parse_exact_any(s.bytes(), &formats, styles, now).ok());
        Ok(found(cx, result, parsed))
    }
}

/// The text of `ToString()`.
pub(super) fn default_text<'a>(cx: &mut Cx<'a>, value: DateTimeOffset) -> Str<'a> {
    cx.write(|out| value.write(out))
}

/// The text in a format; null and empty are the default.
pub(super) fn formatted<'a>(cx: &mut Cx<'a>, value: DateTimeOffset, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
    match format.filter(|format| !format.is_empty()) {
        Some(format) => cx.try_write(|out| value.format(out, format.bytes())),
        None => Ok(default_text(cx, value)),
    }
}

/// Writes the date that was found, or the first one of all, and says whether one was found.
fn found<'a>(cx: &mut Cx<'a>, result: Out<'a>, parsed: Option<DateTimeOffset>) -> bool {
    result.set(cx, parsed.unwrap_or(DateTimeOffset::MIN));
    parsed.is_some()
}

#[cfg(test)]
mod tests {
    use crate::testing::{Null, call};

    #[test]
    fn moments_are_read_and_written() {
        let parse = "System.DateTimeOffset::static DateTimeOffset Parse(string input)";
        assert_eq!(call(parse, &[&"2024-03-05T14:07:09+02:00"]), "2024-03-05T14:07:09.0000000+02:00");
        assert!(call(parse, &[&"later"]).starts_with("FormatException: "));
        assert_eq!(call(parse, &[&Null]), "ArgumentNullException: Value cannot be null. (Parameter 'input')");
        let exact = "System.DateTimeOffset::static DateTimeOffset ParseExact(string input, string format, IFormatProvider provider)";
        assert_eq!(
            call(exact, &[&"20240305140709+0200", &"yyyyMMddHHmmsszzz", &Null]),
            "2024-03-05T14:07:09.0000000+02:00"
        );
        let try_parse = "System.DateTimeOffset::static bool TryParse(string input, out DateTimeOffset result)";
        assert_eq!(call(try_parse, &[&"later"]), "False; 0001-01-01T00:00:00.0000000+00:00");
        let moment = crate::format::time::DateTimeOffset::from_unix_time_seconds(0).unwrap();
        assert_eq!(call("System.DateTimeOffset::string ToString()", &[&moment]), "01/01/1970 00:00:00 +00:00");
        assert_eq!(
            call("System.DateTimeOffset::string ToString(string format)", &[&moment, &"r"]),
            "Thu, 01 Jan 1970 00:00:00 GMT"
        );
    }
}
