//! Numeric formats beside mono's.

use super::{outcome, rows, unescape};
use crate::format::number::{NumberStyles, float, integer, parse};
use crate::format::{Decimal, Fault};

fn format(kind: &str, value: &str, format: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    match kind {
        "int" => integer::format(&mut out, value.parse::<i32>().unwrap(), format)?,
        "long" => integer::format(&mut out, value.parse::<i64>().unwrap(), format)?,
        "sbyte" => integer::format(&mut out, value.parse::<i8>().unwrap(), format)?,
        "ulong" => integer::format(&mut out, value.parse::<u64>().unwrap(), format)?,
        "decimal" => Decimal::parse(value.as_bytes(), NumberStyles::NUMBER)?.format(&mut out, format)?,
        other => panic!("no kind {other}"),
    }
    Ok(out)
}

#[test]
fn formatted_numbers_are_those_of_mono() {
    let rows = rows("numbers.tsv", include_str!("numbers.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [kind, value, picture, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let found = outcome(format(kind, value, &unescape(picture)));
            (found != unescape(expected)).then(|| {
                format!("{kind} {value} {picture:?}: mono {expected:?}, here {:?}", String::from_utf8_lossy(&found))
            })
        })
        .collect();
    super::report(&differences, rows.len());
}

fn parse(kind: &str, text: &[u8], styles: NumberStyles) -> Result<Vec<u8>, Fault> {
    fn integer<I: integer::Integer>(text: &[u8], styles: NumberStyles) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::new();
        integer::write(&mut out, parse::parse_integer_styled::<I>(text, styles)?);
        Ok(out)
    }
    let mut out = Vec::new();
    match kind {
        "int" => return integer::<i32>(text, styles),
        "uint" => return integer::<u32>(text, styles),
        "long" => return integer::<i64>(text, styles),
        "ulong" => return integer::<u64>(text, styles),
        "sbyte" => return integer::<i8>(text, styles),
        "byte" => return integer::<u8>(text, styles),
        "short" => return integer::<i16>(text, styles),
        "double" => float::write(&mut out, parse::parse_double(text, styles)?),
        "decimal" => Decimal::parse(text, styles)?.write(&mut out),
        other => panic!("no kind {other}"),
    }
    Ok(out)
}

#[test]
fn parsed_numbers_are_those_of_mono() {
    let rows = rows("parsed.tsv", include_str!("parsed.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [kind, text, styles, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let found = outcome(parse(kind, &unescape(text), NumberStyles::from_bits(styles.parse().unwrap())));
            (found != unescape(expected)).then(|| {
                format!("{kind} {text:?} {styles}: mono {expected:?}, here {:?}", String::from_utf8_lossy(&found))
            })
        })
        .collect();
    super::report(&differences, rows.len());
}
