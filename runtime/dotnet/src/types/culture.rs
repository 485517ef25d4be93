//! `System.Globalization.CultureInfo` and `NumberFormatInfo`: the invariant culture.
//!
//! The gateway runs with the invariant culture, so that every member may ignore the culture it is given. Not here:
//! other cultures, which have no constructor.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::text::casing;
use crate::object::{Header, Ops, REFERENCE, object_of};
use crate::text::{Str, StrObj};
use crate::ty::Ty;
use crate::types::text_case;
use crate::word::Char;

/// The object of a culture.
#[repr(C)]
pub struct Culture {
    header: Header,
}

crate::layout!(Culture, CULTURE_INFO_DEF, NUMBER_FORMAT_INFO_DEF, DATE_TIME_FORMAT_INFO_DEF, TEXT_INFO_DEF);

static INVARIANT: Culture = Culture { header: Header { ty: Ty(&CULTURE_INFO) } };
static NUMBERS: Culture = Culture { header: Header { ty: Ty(&NUMBER_FORMAT_INFO) } };
static DATES: Culture = Culture { header: Header { ty: Ty(&DATE_TIME_FORMAT_INFO) } };
static TEXTS: Culture = Culture { header: Header { ty: Ty(&TEXT_INFO) } };
static DISPLAY_NAME: StrObj = StrObj::ascii("Invariant Language (Invariant Country)");

/// How a language and country write numbers, dates and texts.
#[members("public class System.Globalization.CultureInfo : IFormatProvider", as = CULTURE_INFO, ops = CULTURE_OPS)]
impl<'a> Culture {
    /// The culture that belongs to no country.
    #[member("static CultureInfo InvariantCulture { get; }", pure)]
    fn invariant_culture() -> &'a Self {
        &INVARIANT
    }

    /// The culture of the gateway: the invariant one.
    #[member("static CultureInfo CurrentCulture { get; }", pure)]
    fn current_culture() -> &'a Self {
        &INVARIANT
    }

    /// The culture of the gateway's messages: the invariant one.
    #[member("static CultureInfo CurrentUICulture { get; }", pure)]
    fn current_ui_culture() -> &'a Self {
        &INVARIANT
    }

    /// The code of language and country: empty.
    #[member("string Name { get; }", pure)]
    fn name(&'a self) -> Str<'a> {
        Str::EMPTY
    }

    /// The name for people.
    #[member("string DisplayName { get; }", pure)]
    fn display_name(&'a self) -> Str<'a> {
        Str::from_static(&DISPLAY_NAME)
    }

    /// The name in English.
    #[member("string EnglishName { get; }", pure)]
    fn english_name(&'a self) -> Str<'a> {
        Str::from_static(&DISPLAY_NAME)
    }

    /// How numbers are written.
    #[member("NumberFormatInfo NumberFormat { get; }", pure)]
    fn number_format(&'a self) -> &'a Self {
        &NUMBERS
    }

    /// How dates are written.
    #[member("DateTimeFormatInfo DateTimeFormat { get; }", pure)]
    fn date_time_format(&'a self) -> &'a Self {
        &DATES
    }

    /// How letters change their case.
    #[member("TextInfo TextInfo { get; }", pure)]
    fn text_info(&'a self) -> &'a Self {
        &TEXTS
    }

    /// The code of language and country: empty.
    #[member("string ToString()", pure)]
    fn to_text(&'a self) -> Str<'a> {
        Str::EMPTY
    }
}

/// The members of `NumberFormatInfo`.
pub struct NumberFormatInfo;

/// How numbers are written.
#[members("public sealed class System.Globalization.NumberFormatInfo : IFormatProvider", as = NUMBER_FORMAT_INFO)]
impl<'a> NumberFormatInfo {
    /// How the invariant culture writes numbers.
    #[member("static NumberFormatInfo InvariantInfo { get; }", pure)]
    fn invariant_info() -> &'a Culture {
        &NUMBERS
    }

    /// How the gateway writes numbers: as the invariant culture does.
    #[member("static NumberFormatInfo CurrentInfo { get; }", pure)]
    fn current_info() -> &'a Culture {
        &NUMBERS
    }
}

/// The members of `DateTimeFormatInfo`.
pub struct DateTimeFormatInfo;

/// How dates are written.
#[members("public sealed class System.Globalization.DateTimeFormatInfo : IFormatProvider", as = DATE_TIME_FORMAT_INFO)]
impl<'a> DateTimeFormatInfo {
    /// How the invariant culture writes dates.
    #[member("static DateTimeFormatInfo InvariantInfo { get; }", pure)]
    fn invariant_info() -> &'a Culture {
        &DATES
    }

    /// How the gateway writes dates: as the invariant culture does.
    #[member("static DateTimeFormatInfo CurrentInfo { get; }", pure)]
    fn current_info() -> &'a Culture {
        &DATES
    }
}

/// The members of `TextInfo`.
pub struct TextInfo;

/// How letters change their case.
#[members("public sealed class System.Globalization.TextInfo", as = TEXT_INFO)]
impl<'a> TextInfo {
    /// The text with the first letter of every word in upper case and the others in lower case; words that are all in
    /// upper case stay.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("string ToTitleCase(string str)", pure)]
    fn to_title_case(_this: &'a Culture, cx: &mut Cx<'a>, str: Str<'a>) -> Str<'a> {
        text_case::title(cx, str)
    }

    /// The text in upper case.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("string ToUpper(string str)", pure)]
    fn to_upper(_this: &'a Culture, cx: &mut Cx<'a>, str: Str<'a>) -> Str<'a> {
        text_case::upper(cx, str)
    }

    /// The text in lower case.
    ///
    /// # Throws
    /// `ArgumentNullException`.
    #[member("string ToLower(string str)", pure)]
    fn to_lower(_this: &'a Culture, cx: &mut Cx<'a>, str: Str<'a>) -> Str<'a> {
        text_case::lower(cx, str)
    }

    /// The upper-case form, if it is one code unit, else the same.
    #[member("char ToUpper(char c)", pure)]
    fn unit_to_upper(_this: &'a Culture, c: Char) -> Char {
        Char(casing::upper_unit(c.0))
    }

    /// The lower-case form, if it is one code unit, else the same.
    #[member("char ToLower(char c)", pure)]
    fn unit_to_lower(_this: &'a Culture, c: Char) -> Char {
        Char(casing::lower_unit(c.0))
    }
}

/// The behaviour of cultures.
pub static CULTURE_OPS: Ops = Ops {
    to_text: |_, _| Ok(Str::EMPTY),
    equals: |_, a, b| Ok(a.is_same(b) || a.ty() == b.ty()),
    hash: |_, object| Ok(object_of::<Culture>(&INVARIANT).is_same(object).into()),
    ..REFERENCE
};

#[cfg(test)]
mod tests {
    use crate::testing::with_harness;

    #[test]
    fn words_are_put_in_title_case() {
        with_harness(|harness| {
            let culture =
                harness.word("System.Globalization.CultureInfo::static CultureInfo InvariantCulture { get; }", &[]);
            let info = harness.word("System.Globalization.CultureInfo::TextInfo TextInfo { get; }", &[&culture]);
            let title = "System.Globalization.TextInfo::string ToTitleCase(string str)";
            for (text, expected) in [
                ("wAR aND pEaCe don't 3com 1st", "War And Peace Don't 3Com 1St"),
                ("O'NEILL NASA ABC's McDonald", "O'neill NASA ABC's Mcdonald"),
                ("a.b x-ray world_wide élan \"quoted\"", "A.B X-Ray World_Wide Élan \"Quoted\""),
                ("", ""),
            ] {
                assert_eq!(harness.call(title, &[&info, &text]), expected);
            }
        });
    }
}
