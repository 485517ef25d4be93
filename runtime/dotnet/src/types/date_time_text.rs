//! `System.DateTime` as text.
//!
//! Parsing asks the clock where a text leaves the date out, so that it is never pure. Not here: the formats themselves
//! (`format::time`).

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::time::{DateTime, DateTimeStyles};
use crate::object::Obj;
use crate::rt::Out;
use crate::text::Str;
use crate::throw::Throw;
use crate::types::date_time::{now, thrown};
use crate::types::string_join::strings_of;

/// The styles of a number.
pub(super) fn styles_of(styles: i32) -> DateTimeStyles {
    DateTimeStyles::from_bits(styles as u32)
}

/// The members of `DateTime` that read and write text.
pub struct Text;

/// Dates as text.
#[members("System.DateTime", group = TEXT)]
impl<'a> Text {
    /// `MM/dd/yyyy HH:mm:ss`.
    #[member("string ToString()", pure)]
    fn to_text(this: DateTime, cx: &mut Cx<'a>) -> Str<'a> {
        default_text(cx, this)
    }

    /// The date in a standard or custom format.
    ///
    /// # Throws
    /// `FormatException` for an unknown format.
    #[member("string ToString(string format)", pure)]
    fn to_text_in(this: DateTime, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
        formatted(cx, this, format)
    }

    /// The default text; the culture is always the invariant one.
    #[member("string ToString(IFormatProvider provider)", pure)]
    fn to_text_of_culture(this: DateTime, cx: &mut Cx<'a>, _provider: Option<Obj<'a>>) -> Str<'a> {
        default_text(cx, this)
    }

    /// The date in a standard or custom format; the culture is always the invariant one.
    ///
    /// # Throws
    /// `FormatException` for an unknown format.
    #[member("string ToString(string format, IFormatProvider provider)", pure)]
    fn to_text_in_culture(
        this: DateTime,
        cx: &mut Cx<'a>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        formatted(cx, this, format)
    }

    /// `MM/dd/yyyy`.
    #[member("string ToShortDateString()", pure)]
    fn to_short_date_string(this: DateTime, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        cx.try_write(|out| this.format(out, b"d"))
    }

    /// `dddd, dd MMMM yyyy`.
    #[member("string ToLongDateString()", pure)]
    fn to_long_date_string(this: DateTime, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        cx.try_write(|out| this.format(out, b"D"))
    }

    /// `HH:mm`.
    #[member("string ToShortTimeString()", pure)]
    fn to_short_time_string(this: DateTime, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        cx.try_write(|out| this.format(out, b"t"))
    }

    /// `HH:mm:ss`.
    #[member("string ToLongTimeString()", pure)]
    fn to_long_time_string(this: DateTime, cx: &mut Cx<'a>) -> Result<Str<'a>, Throw> {
        cx.try_write(|out| this.format(out, b"T"))
    }

    /// The date that the text writes. A text without a date means today; a zone is converted to local time.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static DateTime Parse(string s)")]
    fn parse(cx: &mut Cx<'a>, s: Str<'a>) -> Result<DateTime, Throw> {
        let now = now(cx);
        thrown(cx, DateTime::parse(s.bytes(), DateTimeStyles::NONE, now))
    }

    /// The date that the text writes; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static DateTime Parse(string s, IFormatProvider provider)")]
    fn parse_of_culture(cx: &mut Cx<'a>, s: Str<'a>, _provider: Option<Obj<'a>>) -> Result<DateTime, Throw> {
        Self::parse(cx, s)
    }

    /// The date that the text writes, read in a style.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `ArgumentException` for impossible styles.
    #[member("static DateTime Parse(string s, IFormatProvider provider, DateTimeStyles styles)")]
    fn parse_styled(cx: &mut Cx<'a>, s: Str<'a>, _provider: Option<Obj<'a>>, styles: i32) -> Result<DateTime, Throw> {
        let now = now(cx);
        thrown(cx, DateTime::parse(s.bytes(), styles_of(styles), now))
    }

    /// The date that the text writes exactly in a format.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`.
    #[member("static DateTime ParseExact(string s, string format, IFormatProvider provider)")]
    fn parse_exact(
        cx: &mut Cx<'a>,
        s: Str<'a>,
        format: Str<'a>,
        _provider: Option<Obj<'a>>,
    ) -> Result<DateTime, Throw> {
        let now = now(cx);
        thrown(cx, DateTime::parse_exact(s.bytes(), format.bytes(), DateTimeStyles::NONE, now))
    }

    /// The date that the text writes exactly in a format, read in a style.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `ArgumentException` for impossible styles.
    #[member("static DateTime ParseExact(string s, string format, IFormatProvider provider, DateTimeStyles style)")]
    fn parse_exact_styled(
        cx: &mut Cx<'a>,
        s: Str<'a>,
        format: Str<'a>,
        _provider: Option<Obj<'a>>,
        styles: i32,
    ) -> Result<DateTime, Throw> {
        let now = now(cx);
        thrown(cx, DateTime::parse_exact(s.bytes(), format.bytes(), styles_of(styles), now))
    }

    /// The date that the text writes exactly in one of several formats.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `ArgumentException` for impossible styles.
    #[member("static DateTime ParseExact(string s, string[] formats, IFormatProvider provider, DateTimeStyles style)")]
    fn parse_exact_any(
        cx: &mut Cx<'a>,
        s: Str<'a>,
        formats: &'a Array<'a>,
        _provider: Option<Obj<'a>>,
        styles: i32,
    ) -> Result<DateTime, Throw> {
        let now = now(cx);
        let formats = strings_of(formats);
        let formats: Vec<&[u8]> = formats.iter().map(|format| format.bytes()).collect();
        thrown(cx, DateTime::parse_exact_any(s.bytes(), &formats, styles_of(styles), now))
    }

    /// Whether the text writes a date, which comes back in `result`.
    #[member("static bool TryParse(string s, out DateTime result)")]
    fn try_parse(cx: &mut Cx<'a>, s: Option<Str<'a>>, result: Out<'a>) -> bool {
        let now = now(cx);
        found(cx, result, s.and_then(|s| DateTime::try_parse(s.bytes(), DateTimeStyles::NONE, now)))
    }

    /// Whether the text writes a date, read in a style; it comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for impossible styles.
    #[member("static bool TryParse(string s, IFormatProvider provider, DateTimeStyles styles, out DateTime result)")]
    fn try_parse_styled(
        cx: &mut Cx<'a>,
        s: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
        styles: i32,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let (now, styles) = (now(cx), styles_of(styles));
        thrown(cx, styles.check())?;
        Ok(found(cx, result, s.and_then(|s| DateTime::try_parse(s.bytes(), styles, now))))
    }

    /// Whether the text writes a date exactly in a format; it comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for impossible styles.
    #[member(
        "static bool TryParseExact(string s, string format, IFormatProvider provider, DateTimeStyles style, out DateTime result)"
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
        thrown(cx, styles.check())?;
        let parsed =
            s.zip(format).and_then(|(s, format)| DateTime::try_parse_exact(s.bytes(), format.bytes(), styles, now));
        Ok(found(cx, result, parsed))
    }

    /// Whether the text writes a date exactly in one of several formats; it comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for impossible styles.
    #[member(
        "static bool TryParseExact(string s, string[] formats, IFormatProvider provider, DateTimeStyles style, out DateTime result)"
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
        thrown(cx, styles.check())?;
        let formats = formats.map(strings_of).unwrap_or_default();
        let formats: Vec<&[u8]> = formats.iter().map(|format| format.bytes()).collect();
        let parsed = s.and_then(|s| DateTime::parse_exact_any(s.bytes(), &formats, styles, now).ok());
        Ok(found(cx, result, parsed))
    }
}

/// The text of `ToString()`.
pub(super) fn default_text<'a>(cx: &mut Cx<'a>, value: DateTime) -> Str<'a> {
    cx.write(|out| value.write(out))
}

/// The text in a format; null and empty are the default.
pub(super) fn formatted<'a>(cx: &mut Cx<'a>, value: DateTime, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
    match format.filter(|format| !format.is_empty()) {
        Some(format) => cx.try_write(|out| value.format(out, format.bytes())),
        None => Ok(default_text(cx, value)),
    }
}

/// Writes the date that was found, or the first one of all, and says whether one was found.
fn found<'a>(cx: &mut Cx<'a>, result: Out<'a>, parsed: Option<DateTime>) -> bool {
    result.set(cx, parsed.unwrap_or(DateTime::MIN));
    parsed.is_some()
}

#[cfg(test)]
mod tests {
    use crate::format::time::DateTime;
    use crate::testing::{Null, call, ty};

    #[test]
    fn dates_are_written() {
        let date = DateTime::from_parts(2024, 3, 5, 14, 7, 9, 123, crate::format::time::Kind::Utc).unwrap();
        let format = "System.DateTime::string ToString(string format)";
        for (picture, expected) in [
            ("o", "2024-03-05T14:07:09.1230000Z"),
            ("yyyy-MM-dd", "2024-03-05"),
            ("", "03/05/2024 14:07:09"),
            ("x", "FormatException: Input string was not in a correct format."),
        ] {
            assert_eq!(call(format, &[&date, &picture]), expected, "{picture}");
        }
        assert_eq!(call(format, &[&date, &Null]), "03/05/2024 14:07:09");
        assert_eq!(call("System.DateTime::string ToLongDateString()", &[&date]), "Tuesday, 05 March 2024");
        let boxed = crate::testing::Object(date);
        assert_eq!(call("System.Object::string ToString()", &[&boxed]), "03/05/2024 14:07:09");
    }

    #[test]
    fn dates_are_read() {
        let parse = "System.DateTime::static DateTime Parse(string s)";
        for (text, expected) in [
            ("2024-03-05", "2024-03-05T00:00:00.0000000"),
            ("2024-03-05T14:07:09Z", "2024-03-05T14:07:09.0000000+00:00"),
            ("12:30", "2026-03-14T12:30:00.0000000"),
            (
                "tomorrow",
                "FormatException: The string 'tomorrow' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.",
            ),
        ] {
            assert_eq!(call(parse, &[&text]), expected, "{text}");
        }
        assert_eq!(call(parse, &[&Null]), "ArgumentNullException: Value cannot be null. (Parameter 's')");
        let exact = "System.DateTime::static DateTime ParseExact(string s, string format, IFormatProvider provider)";
        assert_eq!(call(exact, &[&"20240305", &"yyyyMMdd", &Null]), "2024-03-05T00:00:00.0000000");
        let any = "System.DateTime::static DateTime ParseExact(string s, string[] formats, IFormatProvider provider, DateTimeStyles style)";
        let formats: &[&str] = &["yyyyMMdd", "yyyy-MM-dd"];
        assert_eq!(call(any, &[&"2024-03-05", &formats, &Null, &0]), "2024-03-05T00:00:00.0000000");
        let try_parse = "System.DateTime::static bool TryParse(string s, out DateTime result)";
        assert_eq!(call(try_parse, &[&"2024-03-05"]), "True; 2024-03-05T00:00:00.0000000");
        assert_eq!(call(try_parse, &[&"someday"]), "False; 0001-01-01T00:00:00.0000000");
        assert_eq!(ty("DateTime?").to_string(), "DateTime?");
    }
}
