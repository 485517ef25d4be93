//! Decimal arithmetic and conversions beside mono's.

use crate::format::{Decimal, Fault, MidpointRounding};

fn decimal(words: &str) -> Decimal {
    let word = |index: usize| u32::from_str_radix(&words[index * 8..index * 8 + 8], 16).unwrap() as i32;
    Decimal::from_bits([word(3), word(2), word(1), word(0)]).unwrap()
}

fn words(value: Decimal) -> String {
    let [low, middle, high, flags] = value.bits();
    format!("{flags:08x}{high:08x}{middle:08x}{low:08x}")
}

fn call(operation: &str, a: &str, b: &str) -> Result<String, Fault> {
    let value = || decimal(a);
    let places = || b.parse::<i32>().unwrap();
    Ok(match operation {
        "add" => words(value().plus(decimal(b))?),
        "sub" => words(value().minus(decimal(b))?),
        "mul" => words(value().times(decimal(b))?),
        "div" => words(value().divided_by(decimal(b))?),
        "rem" => words(value().remainder(decimal(b))?),
        "cmp" => (value().cmp(&decimal(b)) as i32).to_string(),
        "rnd" => words(value().round(places(), MidpointRounding::ToEven)?),
        "rna" => words(value().round(places(), MidpointRounding::AwayFromZero)?),
        "trn" => words(value().truncate()),
        "flr" => words(value().floor()),
        "cei" => words(value().ceiling()),
        "str" => {
            let mut out = Vec::new();
            value().write(&mut out);
            String::from_utf8(out).unwrap()
        }
        "dbl" => format!("{:016x}", value().to_double().to_bits()),
        "flt" => format!("{:08x}", value().to_single().to_bits()),
        "fdb" => words(Decimal::from_double(f64::from_bits(u64::from_str_radix(a, 16).unwrap()))?),
        "ffl" => words(Decimal::from_single(f32::from_bits(u32::from_str_radix(a, 16).unwrap()))?),
        "l64" => value().to_integer::<i64>()?.to_string(),
        "i32" => value().round_to_integer::<i32>()?.to_string(),
        other => panic!("no operation {other}"),
    })
}

#[test]
fn decimals_are_those_of_mono() {
    let rows = super::rows("decimals.tsv", include_str!("decimals.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [operation, a, b, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let found = call(operation, a, b).unwrap_or_else(|fault| fault.exception.type_name().to_owned());
            (found != *expected).then(|| format!("{operation} {a} {b}: mono {expected}, here {found}"))
        })
        .collect();
    super::report(&differences, rows.len());
}
