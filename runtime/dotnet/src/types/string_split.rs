//! `System.String`: splitting a text into parts.
//!
//! The parts are slices of the text; nothing is copied.

use dotnet_macros::members;

use crate::array::Array;
use crate::cx::Cx;
use crate::format::wtf8 as points;
use crate::object::NotNull;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::exception::ARGUMENT_EXCEPTION;
use crate::types::string::{STRING, throw_range};
use crate::types::string_search::UnitSet;
use crate::word::{Char, Word};
use crate::wtf8;

const REMOVE_EMPTY: i32 = 1;
const TRIM: i32 = 2;

/// Parts of a text.
#[members("System.String", group = SPLIT)]
impl<'a> Str<'a> {
    /// The parts between the code units; between white space if there are none.
    #[member("string[] Split(params char[] separator)")]
    fn split(self, cx: &mut Cx<'a>, separator: Option<&'a Array<'a>>) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::of_units(separator), i32::MAX, 0)
    }

    /// At most `count` parts between the code units; the last one is the rest.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative.
    #[member("string[] Split(char[] separator, int count)")]
    fn split_count(
        self,
        cx: &mut Cx<'a>,
        separator: Option<&'a Array<'a>>,
        count: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::of_units(separator), count, 0)
    }

    /// The parts between the code units, without the empty ones on request.
    #[member("string[] Split(char[] separator, StringSplitOptions options)")]
    fn split_options(
        self,
        cx: &mut Cx<'a>,
        separator: Option<&'a Array<'a>>,
        options: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::of_units(separator), i32::MAX, options)
    }

    /// At most `count` parts between the code units, without the empty ones on request.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative.
    #[member("string[] Split(char[] separator, int count, StringSplitOptions options)")]
    fn split_count_options(
        self,
        cx: &mut Cx<'a>,
        separator: Option<&'a Array<'a>>,
        count: i32,
        options: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::of_units(separator), count, options)
    }

    /// The parts between the texts; between white space if there are none.
    #[member("string[] Split(string[] separator, StringSplitOptions options)")]
    fn split_texts(
        self,
        cx: &mut Cx<'a>,
        separator: Option<&'a Array<'a>>,
        options: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::of_texts(separator), i32::MAX, options)
    }

    /// At most `count` parts between the texts; the last one is the rest.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative.
    #[member("string[] Split(string[] separator, int count, StringSplitOptions options)")]
    fn split_texts_count(
        self,
        cx: &mut Cx<'a>,
        separator: Option<&'a Array<'a>>,
        count: i32,
        options: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::of_texts(separator), count, options)
    }

    /// The parts between the code unit.
    #[member("string[] Split(char separator, StringSplitOptions options = StringSplitOptions.None)")]
    fn split_unit(self, cx: &mut Cx<'a>, separator: Char, options: i32) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::of_unit(separator), i32::MAX, options)
    }

    /// At most `count` parts between the code unit; the last one is the rest.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative.
    #[member("string[] Split(char separator, int count, StringSplitOptions options = StringSplitOptions.None)")]
    fn split_unit_count(
        self,
        cx: &mut Cx<'a>,
        separator: Char,
        count: i32,
        options: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::of_unit(separator), count, options)
    }

    /// The parts between the text; the whole if it is null or empty.
    #[member("string[] Split(string separator, StringSplitOptions options = StringSplitOptions.None)")]
    fn split_text(self, cx: &mut Cx<'a>, separator: Option<Self>, options: i32) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::Texts(separator.into_iter().collect()), i32::MAX, options)
    }

    /// At most `count` parts between the text; the last one is the rest.
    ///
    /// # Throws
    /// `ArgumentOutOfRangeException` if the count is negative.
    #[member("string[] Split(string separator, int count, StringSplitOptions options = StringSplitOptions.None)")]
    fn split_text_count(
        self,
        cx: &mut Cx<'a>,
        separator: Option<Self>,
        count: i32,
        options: i32,
    ) -> Result<&'a Array<'a>, Throw> {
        split(cx, self, &Separator::Texts(separator.into_iter().collect()), count, options)
    }
}

/// What stands between the parts.
enum Separator<'a> {
    /// One ASCII character.
    Byte(u8),
    /// Any of these code units.
    Units(UnitSet),
    /// White space.
    White,
    /// Any of these texts, the first that fits; empty ones never do.
    Texts(Vec<Str<'a>>),
}

impl<'a> Separator<'a> {
    fn of_unit(unit: Char) -> Self {
        match u8::try_from(unit.0) {
            Ok(byte @ 0..0x80) => Self::Byte(byte),
            _ => Self::Units(UnitSet::of_unit(unit)),
        }
    }

    fn of_units(units: Option<&'a Array<'a>>) -> Self {
        match units.map(Array::items) {
            None | Some([]) => Self::White,
            Some([unit]) => Self::of_unit(crate::rt::scalar_of(unit.get())),
            Some(_) => units.map_or(Self::White, |units| Self::Units(UnitSet::of(units))),
        }
    }

    fn of_texts(texts: Option<&'a Array<'a>>) -> Self {
        match texts.map(Array::items) {
            None | Some([]) => Self::White,
            // SAFETY: the words of a `string[]` are strings.
            Some(words) => Self::Texts(
                words
                    .iter()
                    .filter(|word| !word.get().is_null())
                    .map(|word| unsafe { Str::from_not_null(word.get()) })
                    .collect(),
            ),
        }
    }

    /// Whether it can be looked for among the bytes: it has no half of a surrogate pair.
    fn is_in_bytes(&self) -> bool {
        match self {
            Self::Byte(_) | Self::White => true,
            Self::Units(set) => !set.has_surrogates(),
            Self::Texts(texts) => texts.iter().all(|text| text.is_utf8()),
        }
    }

    /// Where it occurs in the text: offset and length in bytes, in order, none over another.
    fn places(&self, bytes: &[u8]) -> Vec<(usize, usize)> {
        match self {
            Self::Byte(byte) => memchr::memchr_iter(*byte, bytes).map(|at| (at, 1)).collect(),
            Self::White => character_places(bytes, points::is_white_space),
            Self::Units(set) => {
                character_places(bytes, |code| u16::try_from(code).is_ok_and(|unit| set.contains(unit)))
            }
            Self::Texts(texts) => match texts.as_slice() {
                [] => Vec::new(),
                [text] if text.is_empty() => Vec::new(),
                [text] => {
                    let length = text.bytes().len();
                    memchr::memmem::find_iter(bytes, text.bytes()).map(|at| (at, length)).collect()
                }
                _ => text_places(bytes, texts),
            },
        }
    }
}

fn character_places(bytes: &[u8], is_separator: impl Fn(u32) -> bool) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some((code, length)) = bytes.get(at..).and_then(points::first_code_point) {
        if is_separator(code) {
            places.push((at, length));
        }
        at += length;
    }
    places
}

/// The places of several texts: at each character the first text that fits.
fn text_places(bytes: &[u8], texts: &[Str<'_>]) -> Vec<(usize, usize)> {
    let mut finders: Vec<_> = texts
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| (memchr::memmem::Finder::new(text.bytes()), text.bytes().len(), Some(0)))
        .collect();
    let mut places = Vec::new();
    let mut from = 0;
    loop {
        let mut best: Option<(usize, usize)> = None;
        for (finder, length, next) in &mut finders {
            // Each finder goes over the text once: it only looks on from its last place.
            if let Some(at) = *next
                && (at < from || at == 0)
            {
                let start = at.max(from);
                *next = bytes.get(start..).and_then(|rest| finder.find(rest)).map(|found| start + found);
            }
            if let Some(at) = *next
                && best.is_none_or(|(place, _)| at < place)
            {
                best = Some((at, *length));
            }
        }
        let Some((at, length)) = best else { return places };
        places.push((at, length));
        from = at + length;
    }
}

fn split<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    separator: &Separator<'a>,
    count: i32,
    options: i32,
) -> Result<&'a Array<'a>, Throw> {
    let Ok(count) = usize::try_from(count) else {
        return Err(throw_range(cx, "Count cannot be less than zero.", "count"));
    };
    if options & !(REMOVE_EMPTY | TRIM) != 0 {
        return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), &format!("Illegal enum value: {options}.")));
    }
    if !separator.is_in_bytes() {
        return split_units(cx, text, separator, count, options);
    }
    let bytes = text.bytes();
    let places = if count > 1 { separator.places(bytes) } else { Vec::new() };
    cx.reserve(places.len().saturating_mul(6 * size_of::<Word>()))?;
    let mut parts: Vec<Word> = Vec::with_capacity(if count == 0 { 0 } else { places.len() + 1 });
    for (from, to) in stretches(bytes, &places, count, options) {
        let part = bytes.get(from..to).unwrap_or(&[]);
        parts.push(text.part(cx, part).word());
    }
    Ok(Array::new(cx, Ty(&STRING), &parts))
}

/// The stretches of bytes that are the parts, given the places of the separators.
fn stretches(bytes: &[u8], places: &[(usize, usize)], count: usize, options: i32) -> Vec<(usize, usize)> {
    let kept = |from: usize, to: usize| -> Option<(usize, usize)> {
        let mut part = (from, to);
        if options & TRIM != 0 {
            let whole = bytes.get(from..to).unwrap_or(&[]);
            let start = from + whole.len() - points::trim_start(whole).len();
            part = (start, start + points::trim(whole).len());
        }
        (options & REMOVE_EMPTY == 0 || part.0 < part.1).then_some(part)
    };
    let mut parts = Vec::with_capacity(places.len() + 1);
    if count == 0 {
        return parts;
    }
    let mut places = places.iter();
    let mut from = 0;
    while parts.len() + 1 < count {
        let Some((at, length)) = places.next() else { break };
        parts.extend(kept(from, *at));
        from = at + length;
    }
    if options & REMOVE_EMPTY != 0 && parts.len() + 1 >= count {
        // The rest is the last part, without the empty ones it begins with.
        for (at, length) in places {
            if kept(from, *at).is_some() {
                break;
            }
            from = at + length;
        }
    }
    parts.extend(kept(from, bytes.len()));
    parts
}

/// Splitting where halves of surrogate pairs are separators: over a text in which every half stands alone.
fn split_units<'a>(
    cx: &mut Cx<'a>,
    text: Str<'a>,
    separator: &Separator<'a>,
    count: usize,
    options: i32,
) -> Result<&'a Array<'a>, Throw> {
    let alone = |text: Str<'_>| -> Vec<u8> {
        let mut bytes = Vec::new();
        for unit in text.units() {
            let mut one = Vec::new();
            wtf8::push_unit(&mut one, unit);
            bytes.extend(one);
        }
        bytes
    };
    let bytes = alone(text);
    let places = match separator {
        Separator::Texts(texts) => {
            let texts: Vec<Str<'a>> =
                texts.iter().map(|text| Str::over_wtf8(cx.arena(), cx.arena().alloc_slice(&alone(*text)))).collect();
            Separator::Texts(texts).places(&bytes)
        }
        _ => separator.places(&bytes),
    };
    let mut parts = Vec::new();
    for (from, to) in stretches(&bytes, if count > 1 { &places } else { &[] }, count, options) {
        let units = wtf8::units(bytes.get(from..to).unwrap_or(&[])).map(Char);
        parts.push(crate::types::string::from_units(cx, units).word());
    }
    Ok(Array::new(cx, Ty(&STRING), &parts))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Items, Null, Units, call};

    const UNITS: &str = "System.String::string[] Split(char[] separator, int count, StringSplitOptions options)";
    const TEXTS: &str = "System.String::string[] Split(string[] separator, int count, StringSplitOptions options)";

    #[test]
    fn texts_are_split_at_units() {
        let comma = Items("char", &[&',']);
        let several = Items("char", &[&',', &';', &'é']);
        let white = Items("char", &[]);
        for (text, separator, count, options, expected) in [
            ("a,b,c", &comma, i32::MAX, 0, "[a, b, c]"),
            ("a,,b,", &comma, i32::MAX, 0, "[a, \"\", b, \"\"]"),
            ("", &comma, i32::MAX, 0, "[\"\"]"),
            ("", &comma, i32::MAX, 1, "[]"),
            ("a,bécq;d", &several, i32::MAX, 0, "[a, b, cq, d]"),
            (",a,,b,", &comma, i32::MAX, 1, "[a, b]"),
            ("a=b", &comma, 1, 0, "[a=b]"),
            ("a,b,c", &comma, 2, 0, "[a, b,c]"),
            ("a,,b,c", &comma, 2, 1, "[a, b,c]"),
            (",,a,,", &comma, 2, 1, "[a]"),
            ("a,b", &comma, 0, 0, "[]"),
            (" a , b ", &comma, i32::MAX, 2, "[a, b]"),
            (" a , ,b", &comma, i32::MAX, 3, "[a, b]"),
            ("a b\tc\nd  e", &white, i32::MAX, 0, "[a, b, c, d, \"\", e]"),
            ("a", &comma, -1, 0, "ArgumentOutOfRangeException: Count cannot be less than zero. (Parameter 'count')"),
            ("a", &comma, 1, 9, "ArgumentException: Illegal enum value: 9."),
        ] {
            assert_eq!(call(UNITS, &[&text, separator, &count, &options]), expected, "{text} {count} {options}");
        }
        assert_eq!(call("System.String::string[] Split(params char[] separator)", &[&"a b", &Null]), "[a, b]");
    }

    #[test]
    fn texts_are_split_at_texts() {
        fn texts(texts: &[&'static str]) -> Vec<&'static str> {
            texts.to_vec()
        }
        for (text, separators, count, options, expected) in [
            ("a--b--c", texts(&["--"]), i32::MAX, 0, "[a, b, c]"),
            ("a<br>b<hr>c", texts(&["<br>", "<hr>"]), i32::MAX, 0, "[a, b, c]"),
            ("::a::::b::", texts(&["::"]), i32::MAX, 1, "[a, b]"),
            ("a😀b", texts(&["😀"]), i32::MAX, 0, "[a, b]"),
            ("aXbXYc", texts(&["X", "XY"]), i32::MAX, 0, "[a, b, Yc]"),
            ("aXbXYc", texts(&["XY", "X"]), i32::MAX, 0, "[a, b, c]"),
            ("abc", texts(&[""]), i32::MAX, 0, "[abc]"),
            ("a b", texts(&[]), i32::MAX, 0, "[a, b]"),
        ] {
            let separators: &[&str] = &separators;
            assert_eq!(call(TEXTS, &[&text, &separators, &count, &options]), expected, "{text} {separators:?}");
        }
        let single =
            "System.String::string[] Split(string separator, StringSplitOptions options = StringSplitOptions.None)";
        assert_eq!(call(single, &[&"a--b", &"--", &0]), "[a, b]");
        assert_eq!(call(single, &[&"a b", &Null, &0]), "[a b]");
        let halves = Items("string", &[&Units(&[0xDE00])]);
        assert_eq!(call(TEXTS, &[&"x😀y", &halves, &2, &0]), "[x\u{fffd}, y]");
    }
}
