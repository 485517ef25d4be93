//! `System.TimeSpan` as text.
//!
//! Not here: the formats themselves (`format::time`).

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::enumeration;
use crate::format::time::TimeSpan;
use crate::object::Obj;
use crate::rt::Out;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::date_time::thrown;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::string_join::strings_of;

enumeration! {
    /// How the text of a time span is read.
    TIME_SPAN_STYLES, TIME_SPAN_STYLES_DEF, "public flags enum System.Globalization.TimeSpanStyles",
    "System.Globalization.TimeSpanStyles", [("None", 0), ("AssumeNegative", 1)]
}

/// The members of `TimeSpan` that read and write text.
pub struct Text;

/// Time spans as text.
#[members("System.TimeSpan", group = TEXT)]
impl<'a> Text {
    /// `[-][d.]hh:mm:ss[.fffffff]`.
    #[member("string ToString()", pure)]
    fn to_text(this: TimeSpan, cx: &mut Cx<'a>) -> Str<'a> {
        default_text(cx, this)
    }

    /// The time span in a standard (`c`, `g`, `G`) or custom format.
    ///
    /// # Throws
    /// `FormatException` for an unknown format.
    #[member("string ToString(string format)", pure)]
    fn to_text_in(this: TimeSpan, cx: &mut Cx<'a>, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
        formatted(cx, this, format)
    }

    /// The time span in a standard or custom format; the culture is always the invariant one.
    ///
    /// # Throws
    /// `FormatException` for an unknown format.
    #[member("string ToString(string format, IFormatProvider formatProvider)", pure)]
    fn to_text_in_culture(
        this: TimeSpan,
        cx: &mut Cx<'a>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
    ) -> Result<Str<'a>, Throw> {
        formatted(cx, this, format)
    }

    /// The time span that the text writes; a single number is days.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `OverflowException` for parts that are too large.
    #[member("static TimeSpan Parse(string s)", pure)]
    fn parse(cx: &mut Cx<'a>, s: Str<'a>) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::parse(s.bytes()))
    }

    /// The time span that the text writes; the culture is always the invariant one.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `OverflowException` for parts that are too large.
    #[member("static TimeSpan Parse(string input, IFormatProvider formatProvider)", pure)]
    fn parse_of_culture(cx: &mut Cx<'a>, input: Str<'a>, _provider: Option<Obj<'a>>) -> Result<TimeSpan, Throw> {
        Self::parse(cx, input)
    }

    /// Whether the text writes a time span, which comes back in `result`.
    #[member("static bool TryParse(string s, out TimeSpan result)")]
    fn try_parse(cx: &mut Cx<'a>, s: Option<Str<'a>>, result: Out<'a>) -> bool {
        found(cx, result, s.and_then(|s| TimeSpan::try_parse(s.bytes())))
    }

    /// Whether the text writes a time span, which comes back in `result`.
    #[member("static bool TryParse(string input, IFormatProvider formatProvider, out TimeSpan result)")]
    fn try_parse_of_culture(
        cx: &mut Cx<'a>,
        input: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
        result: Out<'a>,
    ) -> bool {
        Self::try_parse(cx, input, result)
    }

    /// The time span that the text writes exactly in a format.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `OverflowException`.
    #[member("static TimeSpan ParseExact(string input, string format, IFormatProvider formatProvider)", pure)]
    fn parse_exact(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        format: Str<'a>,
        _provider: Option<Obj<'a>>,
    ) -> Result<TimeSpan, Throw> {
        thrown(cx, TimeSpan::parse_exact(input.bytes(), format.bytes(), false))
    }

    /// The time span that the text writes exactly in one of several formats.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `OverflowException`.
    #[member("static TimeSpan ParseExact(string input, string[] formats, IFormatProvider formatProvider)", pure)]
    fn parse_exact_any(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        formats: &'a Array<'a>,
        _provider: Option<Obj<'a>>,
    ) -> Result<TimeSpan, Throw> {
        let formats = strings_of(formats);
        let formats: Vec<&[u8]> = formats.iter().map(|format| format.bytes()).collect();
        thrown(cx, TimeSpan::parse_exact_any(input.bytes(), &formats, false))
    }

    /// Whether the text writes a time span exactly in a format; it comes back in `result`.
    #[member(
        "static bool TryParseExact(string input, string format, IFormatProvider formatProvider, out TimeSpan result)"
    )]
    fn try_parse_exact(
        cx: &mut Cx<'a>,
        input: Option<Str<'a>>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
        result: Out<'a>,
    ) -> bool {
        let parsed = input.zip(format);
        let parsed = parsed.and_then(|(input, format)| TimeSpan::try_parse_exact(input.bytes(), format.bytes(), false));
        found(cx, result, parsed)
    }

    /// Whether the text writes a time span exactly in one of several formats; it comes back in `result`.
    #[member(
        "static bool TryParseExact(string input, string[] formats, IFormatProvider formatProvider, out TimeSpan result)"
    )]
    fn try_parse_exact_any(
        cx: &mut Cx<'a>,
        input: Option<Str<'a>>,
        formats: Option<&'a Array<'a>>,
        _provider: Option<Obj<'a>>,
        result: Out<'a>,
    ) -> bool {
        let formats = formats.map(strings_of).unwrap_or_default();
        let formats: Vec<&[u8]> = formats.iter().map(|format| format.bytes()).collect();
        let parsed = input.and_then(|input| TimeSpan::parse_exact_any(input.bytes(), &formats, false).ok());
        found(cx, result, parsed)
    }

    /// The time span that the text writes exactly in a format, read in a style.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `OverflowException`, `ArgumentException` for an impossible style.
    #[member(
        "static TimeSpan ParseExact(string input, string format, IFormatProvider formatProvider, TimeSpanStyles styles)",
        pure
    )]
    fn parse_exact_styled(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        format: Str<'a>,
        _provider: Option<Obj<'a>>,
        styles: i32,
    ) -> Result<TimeSpan, Throw> {
        let negative = is_negative(cx, styles)?;
        thrown(cx, TimeSpan::parse_exact(input.bytes(), format.bytes(), negative))
    }

    /// The time span that the text writes exactly in one of several formats, read in a style.
    ///
    /// # Throws
    /// `ArgumentNullException`, `FormatException`, `OverflowException`, `ArgumentException` for an impossible style.
    #[member(
        "static TimeSpan ParseExact(string input, string[] formats, IFormatProvider formatProvider, TimeSpanStyles styles)",
        pure
    )]
    fn parse_exact_any_styled(
        cx: &mut Cx<'a>,
        input: Str<'a>,
        formats: &'a Array<'a>,
        _provider: Option<Obj<'a>>,
        styles: i32,
    ) -> Result<TimeSpan, Throw> {
        let negative = is_negative(cx, styles)?;
        let formats = strings_of(formats);
        let formats: Vec<&[u8]> = formats.iter().map(|format| format.bytes()).collect();
        thrown(cx, TimeSpan::parse_exact_any(input.bytes(), &formats, negative))
    }

    /// Whether the text writes a time span exactly in a format; it comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for an impossible style.
    #[member(
        "static bool TryParseExact(string input, string format, IFormatProvider formatProvider, TimeSpanStyles styles, out TimeSpan result)"
    )]
    fn try_parse_exact_styled(
        cx: &mut Cx<'a>,
        input: Option<Str<'a>>,
        format: Option<Str<'a>>,
        _provider: Option<Obj<'a>>,
        styles: i32,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let negative = is_negative(cx, styles)?;
        let parsed = input.zip(format);
        let parsed =
            parsed.and_then(|(input, format)| TimeSpan::try_parse_exact(input.bytes(), format.bytes(), negative));
        Ok(found(cx, result, parsed))
    }

    /// Whether the text writes a time span exactly in one of several formats; it comes back in `result`.
    ///
    /// # Throws
    /// `ArgumentException` for an impossible style.
    #[member(
        "static bool TryParseExact(string input, string[] formats, IFormatProvider formatProvider, TimeSpanStyles styles, out TimeSpan result)"
    )]
    fn try_parse_exact_any_styled(
        cx: &mut Cx<'a>,
        input: Option<Str<'a>>,
        formats: Option<&'a Array<'a>>,
        _provider: Option<Obj<'a>>,
        styles: i32,
        result: Out<'a>,
    ) -> Result<bool, Throw> {
        let negative = is_negative(cx, styles)?;
        let formats = formats.map(strings_of).unwrap_or_default();
        let formats: Vec<&[u8]> = formats.iter().map(|format| format.bytes()).collect();
        let parsed = input.and_then(|input| TimeSpan::parse_exact_any(input.bytes(), &formats, negative).ok());
        Ok(found(cx, result, parsed))
    }
}

/// The text of `ToString()`.
pub(super) fn default_text<'a>(cx: &mut Cx<'a>, value: TimeSpan) -> Str<'a> {
    cx.write(|out| value.write(out))
}

/// The text in a format; null and empty are the default.
pub(super) fn formatted<'a>(cx: &mut Cx<'a>, value: TimeSpan, format: Option<Str<'a>>) -> Result<Str<'a>, Throw> {
    match format.filter(|format| !format.is_empty()) {
        Some(format) => cx.try_write(|out| value.format(out, format.bytes())),
        None => Ok(default_text(cx, value)),
    }
}

/// Writes the time span that was found, or zero, and says whether one was found.
fn found<'a>(cx: &mut Cx<'a>, result: Out<'a>, parsed: Option<TimeSpan>) -> bool {
    result.set(cx, parsed.unwrap_or(TimeSpan::ZERO));
    parsed.is_some()
}

/// Whether a style says that times are negative.
fn is_negative(cx: &mut Cx<'_>, styles: i32) -> Result<bool, Throw> {
    match styles {
        0 => Ok(false),
        1 => Ok(true),
        _ => {
            let message = "An undefined TimeSpanStyles value is being used.";
            Err(cx.throw_argument(Ty(&ARGUMENT_EXCEPTION), message, "styles"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::format::time::TimeSpan;
    use crate::testing::{Null, call};

    #[test]
    fn time_spans_are_read_and_written() {
        let parse = "System.TimeSpan::static TimeSpan Parse(string s)";
        for (text, expected) in [
            ("01:30:00", "01:30:00"),
            ("5", "5.00:00:00"),
            (
                "25:00",
                "OverflowException: The TimeSpan string '25:00' could not be parsed because at least one of the numeric components is out of range or contains too many digits.",
            ),
            ("soon", "FormatException: String 'soon' was not recognized as a valid TimeSpan."),
        ] {
            assert_eq!(call(parse, &[&text]), expected, "{text}");
        }
        let try_parse = "System.TimeSpan::static bool TryParse(string s, out TimeSpan result)";
        assert_eq!(call(try_parse, &[&"01:30:00"]), "True; 01:30:00");
        assert_eq!(call(try_parse, &[&"soon"]), "False; 00:00:00");
        let exact = "System.TimeSpan::static TimeSpan ParseExact(string input, string format, IFormatProvider formatProvider, TimeSpanStyles styles)";
        assert_eq!(call(exact, &[&"0130", &"hhmm", &Null, &1]), "-01:30:00");
        let format = "System.TimeSpan::string ToString(string format)";
        let span = TimeSpan::from_dhms(1, 2, 3, 4, 500).unwrap();
        for (picture, expected) in [("g", "1:2:03:04.5"), ("c", "1.02:03:04.5000000"), (r"hh\:mm", "02:03")] {
            assert_eq!(call(format, &[&span, &picture]), expected, "{picture}");
        }
        assert!(call(format, &[&span, &"hh:mm"]).starts_with("FormatException: "));
    }
}
