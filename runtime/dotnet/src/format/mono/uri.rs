//! URIs beside mono's.

use super::{outcome, rows, unescape};
use crate::format::uri::{Uri, UriKind, UriPartial};
use crate::format::{Exception, Fault};

fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), Fault>) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    write(&mut out)?;
    Ok(out)
}

fn truth(value: bool) -> Vec<u8> {
    (if value { b"True".as_slice() } else { b"False" }).to_vec()
}

fn show(uri: &Uri) -> Result<Vec<u8>, Fault> {
    let segments: Vec<&[u8]> = uri.segments()?.collect();
    let fields = [
        written(|out| uri.write_absolute_uri(out))?,
        written(|out| {
            uri.write(out);
            Ok(())
        })?,
        uri.scheme()?.into(),
        uri.host()?.into(),
        format!("{:?}", uri.host_name_type()?).into_bytes(),
        uri.port()?.to_string().into_bytes(),
        truth(uri.is_default_port()?),
        uri.absolute_path()?.to_vec(),
        uri.query()?.to_vec(),
        uri.fragment()?.to_vec(),
        uri.user_info()?.to_vec(),
        written(|out| uri.write_authority(out))?,
        written(|out| uri.write_local_path(out))?,
        written(|out| uri.write_path_and_query(out))?,
        segments.join(b" ".as_slice()),
        written(|out| uri.write_left_part(out, UriPartial::Authority))?,
        written(|out| uri.write_left_part(out, UriPartial::Path))?,
        written(|out| uri.write_left_part(out, UriPartial::Query))?,
        truth(uri.is_loopback()?),
    ];
    Ok(fields.join(b"\n".as_slice()))
}

fn call(operation: &str, basis: &[u8], text: &[u8]) -> Result<Vec<u8>, Fault> {
    match operation {
        "parts" => show(&Uri::parse(text, UriKind::Absolute)?),
        "combine" => {
            let combined = Uri::combine(&Uri::parse(basis, UriKind::Absolute)?, text)?;
            written(|out| combined.write_absolute_uri(out))
        }
        _ => Ok(match Uri::parse(text, UriKind::RelativeOrAbsolute) {
            Ok(uri) => truth(uri.is_absolute()),
            Err(fault) => {
                assert_eq!(fault.exception, Exception::UriFormat);
                b"no".to_vec()
            }
        }),
    }
}

#[test]
fn uris_are_those_of_mono() {
    let rows = rows("uri.tsv", include_str!("uri.tsv"));
    let differences: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [operation, basis, text, expected] = row.as_slice() else { panic!("bad row {row:?}") };
            let (found, wanted) = (outcome(call(operation, &unescape(basis), &unescape(text))), unescape(expected));
            if found == wanted {
                return None;
            }
            let (found, wanted) =
                (String::from_utf8_lossy(&found).into_owned(), String::from_utf8_lossy(&wanted).into_owned());
            let pairs = wanted.split('\n').zip(found.split('\n')).filter(|(a, b)| a != b);
            let shown: Vec<String> = pairs.map(|(a, b)| format!("mono {a:?} here {b:?}")).collect();
            Some(format!("{operation} {basis:?} {text:?}: {}", shown.join("; ")))
        })
        .collect();
    super::report(&differences, rows.len());
}
