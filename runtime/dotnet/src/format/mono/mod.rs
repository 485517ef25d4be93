//! What mono answered: large tables of calls and results, made once by the programs beside them.
//!
//! Only calls in which the Framework line (mono) and .NET Core agree are in the tables. `make.sh` makes them anew; with
//! `TOLLGATE_MONO_ANSWERS=folder` the tests read larger tables of the same form from there.

mod collation;
mod converted;
mod dateparse;
mod dates;
mod decimals;
mod numbers;
mod spanparse;
mod texts;
mod uri;

/// The rows of a table: fields between tabs, with `\t`, `\n`, `\r`, `\\` and `\xHHHH` for UTF-16 units that do not print.
pub(crate) fn rows(name: &str, kept: &str) -> Vec<Vec<String>> {
    let larger = std::env::var_os("TOLLGATE_MONO_ANSWERS").map(|folder| std::path::Path::new(&folder).join(name));
    let text = larger.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_else(|| kept.to_owned());
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The text of a field without its escapes, as WTF-8.
pub(crate) fn unescape(field: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = field;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let (character, length) = match rest.as_bytes()[at + 1] {
            b't' => (9, 2),
            b'n' => (10, 2),
            b'r' => (13, 2),
            b'x' => (u16::from_str_radix(&rest[at + 2..at + 6], 16).unwrap(), 6),
            _ => (u16::from(b'\\'), 2),
        };
        super::wtf8::push_unit(&mut out, character);
        rest = &rest[at + length..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// Shows the first differences, so that a broken rule is seen at once, and fails if there is any.
pub(crate) fn report(differences: &[String], rows: usize) {
    assert!(rows > 0);
    let shown = differences.iter().take(25).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} of {rows} differ:\n{shown}", differences.len());
}

/// The result of a call in the notation of the tables: `=text` or `!ExceptionType`.
fn outcome(result: Result<Vec<u8>, super::Fault>) -> Vec<u8> {
    match result {
        Ok(text) => [b"=".as_slice(), &text].concat(),
        Err(fault) => format!("!{}", fault.exception.type_name()).into_bytes(),
    }
}
