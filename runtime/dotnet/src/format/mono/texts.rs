//! Escapes, base 64, identifiers, composite formats and random numbers beside mono's.

use super::{outcome, rows, unescape};
use crate::format::composite::{Piece, align, pieces};
use crate::format::escape::{html, percent};
use crate::format::number::integer;
use crate::format::{Fault, Guid, Random, base64, hex};

fn call(operation: &str, input: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    match operation {
        "data" => percent::escape_data_string(&mut out, input)?,
        "uri" => percent::escape_uri_string(&mut out, input)?,
        "web" => percent::url_encode(&mut out, input),
        "undata" => percent::unescape_data_string(&mut out, input),
        "unweb" => percent::url_decode(&mut out, input),
        "html" => html::encode(&mut out, input),
        "unhtml" => html::decode(&mut out, input),
        "base64" => {
            let mut bytes = Vec::new();
            base64::decode(&mut bytes, input)?;
            hex::write_upper(&mut out, &bytes);
        }
        "guid" => Guid::parse(input)?.write(&mut out),
        "composite" => {
            for piece in pieces(input, 2) {
                match piece? {
                    Piece::Text(text) => out.extend_from_slice(text),
                    Piece::Hole { index, alignment, format } => {
                        let start = out.len();
                        integer::format(&mut out, [7, -12345][index], &format)?;
                        align(&mut out, start, alignment);
                    }
                }
            }
        }
        "random" => {
            let mut random = Random::new(String::from_utf8(input.to_vec()).unwrap().parse().unwrap());
            let mut bytes = [0; 3];
            random.next_bytes(&mut bytes);
            let whole = [random.next(), random.next_below(100)?, random.next_between(-5, 5)?];
            out.extend_from_slice(whole.map(|number| number.to_string()).join(" ").as_bytes());
            let fraction = random.next_double().to_bits();
            out.extend_from_slice(format!(" {fraction:016x} {} ", random.next_between(i32::MIN, i32::MAX)?).as_bytes());
            hex::write_upper(&mut out, &bytes);
            (0..60).for_each(|_| _ = random.next());
            out.extend_from_slice(format!(" {}", random.next()).as_bytes());
        }
        other => panic!("no operation {other}"),
    }
    Ok(out)
}

#[test]
fn texts_are_those_of_mono() {
    let rows = rows("texts.tsv", include_str!("texts.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [operation, input, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let found = outcome(call(operation, &unescape(input)));
            (found != unescape(expected)).then(|| {
                let found = String::from_utf8_lossy(&found);
                format!("{operation} {input:?}: mono {expected:?}, here {found:?}")
            })
        })
        .collect();
    super::report(&differences, rows.len());
}
