//! Conversions between numbers, and numbers in bases, beside mono's.

use super::{outcome, rows, unescape};
use crate::format::number::integer::Integer;
use crate::format::number::{convert, radix, rounding};
use crate::format::{Fault, MidpointRounding};

fn show<I: Integer + ToString>(result: Result<I, Fault>) -> String {
    result.map_or_else(|fault| fault.exception.type_name().to_owned(), |value| value.to_string())
}

fn call(operation: &str, input: &[u8], argument: i32) -> Result<Vec<u8>, Fault> {
    let number = || std::str::from_utf8(input).unwrap().parse::<i64>().unwrap();
    let double = || f64::from_bits(number() as u64);
    Ok(match operation {
        "round" => {
            let d = double();
            [
                show(convert::round_to_integer::<i8>(d)),
                show(convert::round_to_integer::<u8>(d)),
                show(convert::round_to_integer::<i16>(d)),
                show(convert::round_to_integer::<u16>(d)),
                show(convert::round_to_integer::<i32>(d)),
                show(convert::round_to_integer::<u32>(d)),
                show(convert::round_to_integer::<i64>(d)),
                show(convert::round_to_integer::<u64>(d)),
            ]
            .join(" ")
        }
        "checked" => {
            let d = double();
            [
                show(convert::checked_cast_double::<u8>(d)),
                show(convert::checked_cast_double::<i16>(d)),
                show(convert::checked_cast_double::<i32>(d)),
                show(convert::checked_cast_double::<u32>(d)),
                show(convert::checked_cast_double::<i64>(d)),
                show(convert::checked_cast_double::<u64>(d)),
            ]
            .join(" ")
        }
        "math-round" => {
            let modes = [MidpointRounding::ToEven, MidpointRounding::AwayFromZero];
            let bits = modes.map(|mode| rounding::round(double(), argument, mode).unwrap().to_bits().cast_signed());
            bits.map(|bits| bits.to_string()).join(" ")
        }
        "parse" => [
            show(radix::parse::<i8>(input, argument)),
            show(radix::parse::<u8>(input, argument)),
            show(radix::parse::<i16>(input, argument)),
            show(radix::parse::<u16>(input, argument)),
            show(radix::parse::<i32>(input, argument)),
            show(radix::parse::<u32>(input, argument)),
            show(radix::parse::<i64>(input, argument)),
            show(radix::parse::<u64>(input, argument)),
        ]
        .join(" "),
        "write" => {
            let (mut out, value) = (Vec::new(), number());
            radix::write(&mut out, value, argument)?;
            out.push(b' ');
            radix::write(&mut out, value as i32, argument)?;
            out.push(b' ');
            radix::write(&mut out, value as i16, argument)?;
            out.push(b' ');
            radix::write(&mut out, value as u8, argument)?;
            return Ok(out);
        }
        other => panic!("no operation {other}"),
    }
    .into_bytes())
}

#[test]
fn converted_numbers_are_those_of_mono() {
    let rows = rows("converted.tsv", include_str!("converted.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [operation, input, argument, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let found = outcome(call(operation, &unescape(input), argument.parse().unwrap()));
            (found != unescape(expected)).then(|| {
                let found = String::from_utf8_lossy(&found);
                format!("{operation} {input:?} {argument}: mono {expected:?}, here {found:?}")
            })
        })
        .collect();
    super::report(&differences, rows.len());
}
