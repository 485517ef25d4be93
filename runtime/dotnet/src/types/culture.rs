//! `System.Globalization.CultureInfo` and `NumberFormatInfo`: the invariant culture.
//!
//! The gateway runs with the invariant culture, so that every member may ignore the culture it is given. Not here:
//! other cultures, which have no constructor.

use dotnet_macros::members;

use crate::object::{Header, Ops, REFERENCE, object_of};
use crate::text::{Str, StrObj};
use crate::ty::Ty;

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
impl<'a> TextInfo {}

/// The behaviour of cultures.
pub static CULTURE_OPS: Ops = Ops {
    to_text: |_, _| Ok(Str::EMPTY),
    equals: |_, a, b| Ok(a.is_same(b) || a.ty() == b.ty()),
    hash: |_, object| Ok(object_of::<Culture>(&INVARIANT).is_same(object).into()),
    ..REFERENCE
};
