//! Custom numeric formats such as `#,##0.00;(0)`, which paint a number into a picture.
//!
//! Not here: reading a format string as standard or custom ([`specifier`](super::specifier)).

use super::digits::Number;
use super::standard::write_exponent;

const SIGNS_OF_EXPONENT: [u8; 2] = [b'+', b'-'];
const MOST_EXPONENT_DIGITS: usize = 10;

/// One element of a picture.
enum Element<'a> {
    /// `0`: a digit, also where the number has none.
    Zero,
    /// `#`: a digit the number has.
    Digit,
    /// `.`: the decimal point.
    Point,
    /// `,`: grouping between digits, division by a thousand before the point.
    Comma,
    /// `%`: multiplies by a hundred.
    Percent,
    /// `‰`: multiplies by a thousand.
    PerMille,
    /// `E0`, `e+00`: scientific form.
    Exponent { letter: u8, plus: bool, digits: usize, text: &'a [u8] },
    /// Quoted, escaped and all other text.
    Text(&'a [u8]),
}

/// The elements of one section; ends at `;`, NUL or the end of the format.
struct Elements<'a> {
    rest: &'a [u8],
}

impl<'a> Elements<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    /// The text up to the closing quote, which is dropped; without one, all the rest.
    fn quoted(&mut self, quote: u8) -> &'a [u8] {
        let length = self.rest.iter().take_while(|byte| **byte != quote && **byte != 0).count();
        let text = self.take(length);
        if self.rest.first() == Some(&quote) {
            self.take(1);
        }
        text
    }

    /// The exponent whose letter was just read, if its zeros follow.
    fn exponent(&mut self, from: &'a [u8], letter: u8) -> Option<Element<'a>> {
        let sign = self.rest.first().copied().filter(|byte| SIGNS_OF_EXPONENT.contains(byte));
        let zeros = self.rest.iter().skip(usize::from(sign.is_some())).take_while(|byte| **byte == b'0').count();
        if zeros == 0 {
            return None;
        }
        let length = zeros + usize::from(sign.is_some());
        self.take(length);
        let digits = zeros.min(MOST_EXPONENT_DIGITS);
        Some(Element::Exponent { letter, plus: sign == Some(b'+'), digits, text: from.get(..=length).unwrap_or(from) })
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let from = self.rest;
        let byte = *from.first().filter(|byte| !matches!(byte, 0 | b';'))?;
        self.take(1);
        Some(match byte {
            b'0' => Element::Zero,
            b'#' => Element::Digit,
            b'.' => Element::Point,
            b',' => Element::Comma,
            b'%' => Element::Percent,
            b'\'' | b'"' => Element::Text(self.quoted(byte)),
            b'\\' => {
                let escaped = self.rest.first().is_some_and(|byte| *byte != 0);
                let length = if escaped {
                    super::super::wtf8::first_code_point(self.rest).map_or(0, |(_, length)| length)
                } else {
                    0
                };
                Element::Text(self.take(length))
            }
            b'E' | b'e' => {
                self.exponent(from, byte).unwrap_or_else(|| Element::Text(from.get(..1).unwrap_or_default()))
            }
            0xE2 if self.rest.starts_with(b"\x80\xB0") => {
                self.take(2);
                Element::PerMille
            }
            _ => Element::Text(from.get(..1).unwrap_or_default()),
        })
    }
}

/// What a section says about the digits it shows.
#[derive(Default)]
struct Layout {
    /// How many `0` and `#` there are.
    places: i32,
    /// How many of them stand before the point.
    before_point: i32,
    /// How many places stand before the first `0`, if there is one.
    first_zero: Option<i32>,
    /// How many places there are up to the last `0`.
    last_zero: i32,
    scientific: bool,
    grouped: bool,
    /// The power of ten that `%`, `‰` and commas multiply by.
    shift: i32,
}

impl Layout {
    fn of(section: &[u8]) -> Self {
        let mut layout = Self::default();
        let mut point = None;
        // Where the latest run of commas stands, and how long it is.
        let mut commas: Option<(i32, i32)> = None;
        for element in (Elements { rest: section }) {
            match element {
                Element::Digit => layout.places += 1,
                Element::Zero => {
                    layout.first_zero.get_or_insert(layout.places);
                    layout.places += 1;
                    layout.last_zero = layout.places;
                }
                Element::Point => {
                    point.get_or_insert(layout.places);
                }
                Element::Comma if layout.places > 0 && point.is_none() => {
                    commas = Some(match commas {
                        Some((place, count)) if place == layout.places => (place, count + 1),
                        earlier => {
                            layout.grouped |= earlier.is_some();
                            (layout.places, 1)
                        }
                    });
                }
                Element::Percent => layout.shift += 2,
                Element::PerMille => layout.shift += 3,
                Element::Exponent { .. } => layout.scientific = true,
                Element::Comma | Element::Text(_) => {}
            }
        }
        layout.before_point = point.unwrap_or(layout.places);
        match commas {
            Some((place, count)) if place == layout.before_point => layout.shift -= 3 * count,
            Some(_) => layout.grouped = true,
            None => {}
        }
        layout
    }
}

/// The section of this number (0 for the first), and whether it exists and is not empty; else the first.
fn section(format: &[u8], number: usize) -> (&[u8], bool) {
    let mut rest = format;
    for _ in 0..number {
        let mut elements = Elements { rest };
        elements.by_ref().for_each(drop);
        match elements.rest.split_first() {
            Some((b';', after)) => rest = after,
            _ => return (format, true),
        }
    }
    match rest.first() {
        _ if number == 0 => (format, true),
        None | Some(0 | b';') => (format, true),
        Some(_) => (rest, false),
    }
}

/// Writes `number` into the picture `format`.
///
/// The number's digits are those the format may show: 15 for `double`, 7 for `float`, all for the others.
pub(super) fn write(out: &mut Vec<u8>, number: &mut Number<'_>, format: &[u8]) {
    const ZERO_SECTION: usize = 2;
    let mut choice = if number.is_zero() { ZERO_SECTION } else { usize::from(number.negative) };
    let (mut text, mut is_first) = section(format, choice);
    let layout = loop {
        let layout = Layout::of(text);
        if number.is_zero() {
            number.settle_zero();
            break layout;
        }
        number.scale += layout.shift;
        let shown = if layout.scientific { layout.places } else { number.scale + layout.places - layout.before_point };
        number.round_half_up(shown);
        if number.is_zero() && choice != ZERO_SECTION {
            // What rounds to zero is painted like a zero, if zeros have a section of their own.
            choice = ZERO_SECTION;
            let (zero, zero_is_first) = section(format, ZERO_SECTION);
            if zero.len() != text.len() {
                (text, is_first) = (zero, zero_is_first);
                continue;
            }
        }
        break layout;
    };
    let start = out.len();
    let signed = number.negative && is_first;
    if signed && number.scale != 0 {
        out.push(b'-');
    }
    Painter::new(number, &layout).paint(out, text);
    if signed && number.scale == 0 && out.len() > start {
        out.insert(start, b'-');
    }
}

/// Paints the digits of a number into the places of a section, from left to right.
struct Painter<'a> {
    digits: std::slice::Iter<'a, u8>,
    layout: &'a Layout,
    /// The place the next digit has: 1 for units, 0 for tenths.
    place: i32,
    /// Digits before the first place of the section if positive, places before the first digit if negative.
    surplus: i32,
    /// From this place down to the units a digit is always shown.
    padded_from: i32,
    /// Down to this place, counted below the point, a digit is always shown.
    padded_to: i32,
    exponent: i32,
    pointed: bool,
    scientific: bool,
}

impl<'a> Painter<'a> {
    fn new(number: &'a Number<'_>, layout: &'a Layout) -> Self {
        let surplus = if layout.scientific { 0 } else { number.scale - layout.before_point };
        Self {
            digits: number.digits().iter(),
            layout,
            place: layout.before_point + surplus.max(0),
            surplus,
            padded_from: (layout.before_point - layout.first_zero.unwrap_or(i32::MAX)).max(0),
            padded_to: (layout.before_point - layout.last_zero).min(0),
            exponent: if number.is_zero() { 0 } else { number.scale - layout.before_point },
            pointed: false,
            scientific: layout.scientific,
        }
    }

    fn push_digit(&self, out: &mut Vec<u8>, digit: u8) {
        out.push(digit);
        if self.layout.grouped && self.place > 1 && (self.place - 1) % 3 == 0 {
            out.push(b',');
        }
    }

    /// Writes the digits that stand before the first place of the section.
    fn paint_surplus(&mut self, out: &mut Vec<u8>) {
        while self.surplus > 0 {
            let digit = self.digits.next().copied().unwrap_or(b'0');
            self.push_digit(out, digit);
            self.place -= 1;
            self.surplus -= 1;
        }
    }

    fn paint_place(&mut self, out: &mut Vec<u8>) {
        let digit = if self.surplus < 0 {
            self.surplus += 1;
            (self.place <= self.padded_from).then_some(b'0')
        } else {
            self.digits.next().copied().or_else(|| (self.place > self.padded_to).then_some(b'0'))
        };
        if let Some(digit) = digit {
            self.push_digit(out, digit);
        }
        self.place -= 1;
    }

    fn paint(mut self, out: &mut Vec<u8>, section: &[u8]) {
        for element in (Elements { rest: section }) {
            match element {
                Element::Zero | Element::Digit => {
                    self.paint_surplus(out);
                    self.paint_place(out);
                }
                Element::Point => {
                    self.paint_surplus(out);
                    let fraction_follows = self.padded_to < 0
                        || (self.layout.before_point < self.layout.places && !self.digits.as_slice().is_empty());
                    if self.place == 0 && !self.pointed && fraction_follows {
                        out.push(b'.');
                        self.pointed = true;
                    }
                }
                Element::Comma => {}
                Element::Percent => out.push(b'%'),
                Element::PerMille => out.extend_from_slice("‰".as_bytes()),
                Element::Exponent { letter, plus, digits, .. } if self.scientific => {
                    write_exponent(out, self.exponent, letter, digits, plus);
                    self.scientific = false;
                }
                Element::Exponent { text, .. } | Element::Text(text) => out.extend_from_slice(text),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::number::digits::Kind;

    fn paint(digits: &str, scale: i32, negative: bool, format: &str) -> String {
        let mut buffer = digits.as_bytes().to_vec();
        let mut number = Number::new(&mut buffer, scale, negative, Kind::Float);
        let mut out = Vec::new();
        write(&mut out, &mut number, format.as_bytes());
        String::from_utf8(out).unwrap()
    }

    /// Source: "Custom numeric format strings" of the .NET documentation, invariant culture.
    #[test]
    fn documented_pictures_are_painted() {
        for (digits, scale, negative, format, expected) in [
            ("1234", 4, false, "00000", "01234"),
            ("45678", 0, false, "0.00", "0.46"),
            ("1234567890", 10, false, "#,#", "1,234,567,890"),
            ("1234567890", 10, false, "0,0.00", "1,234,567,890.00"),
            ("1234567890", 10, false, "#,##0,,", "1,235"),
            ("1234567890", 10, false, "#,,", "1235"),
            ("1234567890", 10, false, "(###) ###-####", "(123) 456-7890"),
            ("123", 3, false, "#####", "123"),
            ("86", -1, false, "#0.##%", "8.6%"),
            ("354", -2, false, "#0.##‰", "3.54‰"),
            ("86", 5, false, "0.###E+0", "8.6E+4"),
            ("86", 5, false, "0.###E+000", "8.6E+004"),
            ("86", 5, true, "0.###E-000", "-8.6E004"),
            ("987654", 6, false, "#0.0e0", "98.8e4"),
            ("1234", 4, true, "##;(##)", "(1234)"),
            ("", 0, false, "##;(##);**Zero**", "**Zero**"),
            ("4", 0, true, "0;(0);z", "z"),
            ("4", 0, true, "0;(0)", "-0"),
            ("4", 0, true, "0", "-0"),
            ("123", 3, false, "0 'units' \\0\\#", "123 units 0#"),
            ("123", 3, false, "0 'unclosed", "123 unclosed"),
            ("5", 0, true, "#.#", "-.5"),
            ("15", 1, false, "0.0.0", "1.50"),
            ("15", 1, false, "E", "E"),
            ("15", 1, false, "0E0E0", "2E0E0"),
            ("1234", 4, false, "a\0b", "a"),
        ] {
            assert_eq!(paint(digits, scale, negative, format), expected, "{format}");
        }
    }
}
