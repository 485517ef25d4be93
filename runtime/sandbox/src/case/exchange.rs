//! What requests led to, against what a case says.

use std::fmt::Write as _;

use bytes::Bytes;
use engine::services::Severity;
use grammar::source::{Source, Span};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::message::{Content, Exchange, Header, Misread, duration};
use super::run::{Edit, Failure};
use crate::world::Trace;
use crate::world::script::{Answer, Reply, Sent, fits_text};

/// What stands for any text in what is expected.
const ANY: char = '…';
/// What is written for something that is not there.
const NONE: &str = "(none)";

/// What a caller got.
#[derive(Clone, Debug, PartialEq)]
pub struct Got {
    /// The status.
    pub status: u16,
    /// The reason, if it is not the usual one.
    pub reason: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// The headers of a message that is sent.
///
/// # Errors
/// If one of them can be no header.
pub fn headers(content: &Content) -> Result<HeaderMap, Misread> {
    let mut map = HeaderMap::new();
    for header in &content.headers {
        let misread = || Misread { span: header.span, message: "this can be no header".to_owned() };
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(|_| misread())?;
        let value = HeaderValue::from_bytes(header.value.as_bytes()).map_err(|_| misread())?;
        map.append(name, value);
    }
    Ok(map)
}

/// The bytes of a body that is sent.
#[must_use]
pub fn body(content: &Content) -> Bytes {
    content.body.as_ref().map(|(body, _)| Bytes::copy_from_slice(body.as_bytes())).unwrap_or_default()
}

/// What a backend answers to an exchange of a case.
///
/// # Errors
/// If its outcome is none that a backend can have.
pub fn answer(exchange: &Exchange) -> Result<Answer, Misread> {
    let (text, span) = match &exchange.outcome {
        Some((text, span)) => (text.as_str(), *span),
        None => ("200", exchange.span),
    };
    let misread = |message: &str| Misread { span, message: message.to_owned() };
    let (text, after) = match text.split_once(" after ") {
        Some((text, time)) => (text, duration(time.trim()).ok_or_else(|| misread("a time is a number and a unit"))?),
        None => (text, std::time::Duration::ZERO),
    };
    let reply = match text.trim() {
        "refused" => Reply::Refused,
        "timeout" => Reply::Silence,
        text => {
            let (status, reason) = status(text)
                .and_then(|(status, reason)| Some((status?, reason)))
                .ok_or_else(|| misread("a backend answers with a status, `refused` or `timeout`"))?;
            let reason = reason.map(str::to_owned);
            let (headers, body) = (headers(&exchange.response)?, body(&exchange.response));
            Reply::Response { status, reason, headers, body }
        }
    };
    Ok(Answer { method: exchange.method.clone(), url: exchange.target.clone(), reply, after })
}

/// Status and reason of a text such as `201 Created`; no status if the text is empty.
fn status(text: &str) -> Option<(Option<u16>, Option<&str>)> {
    if text.is_empty() {
        return Some((None, None));
    }
    let (status, reason) = text.split_once(' ').unwrap_or((text, ""));
    let status = status.parse().ok().filter(|status| (100..1000).contains(status))?;
    Some((Some(status), Some(reason.trim()).filter(|reason| !reason.is_empty())))
}

/// Compares a response with what is expected of it.
pub fn compare_response(expected: &Exchange, got: &Got, source: &Source, failures: &mut Vec<Failure>) {
    if let Some((text, span)) = &expected.outcome {
        let shown = |with_reason: bool| match &got.reason {
            Some(reason) if with_reason => format!("{} {reason}", got.status),
            _ => got.status.to_string(),
        };
        match status(text) {
            Some((Some(status), reason)) => {
                let is_reason = reason.is_none_or(|reason| reason == got_reason(got));
                if status != got.status || !is_reason {
                    let message = format!("the status is {}, and not {text}", shown(true));
                    failures.push(Failure::replacing(*span, message, shown(reason.is_some())));
                }
            }
            Some((None, _)) => {
                let message = format!("the status is {}, and none is expected", shown(true));
                failures.push(Failure::replacing(*span, message, format!(" {}", shown(false))));
            }
            None => {
                let message = format!("`{text}` is no status; the status is {}", shown(true));
                failures.push(Failure::replacing(*span, message, shown(false)));
            }
        }
    }
    compare_headers(&expected.response.headers, &got.headers, source, failures);
    compare_body(&expected.response, &got.body, failures);
}

fn got_reason(got: &Got) -> &str {
    let usual = || http::StatusCode::from_u16(got.status).ok().and_then(|status| status.canonical_reason());
    got.reason.as_deref().or_else(usual).unwrap_or("")
}

/// Compares a request that a backend was sent with what is expected of it.
pub fn compare_request(expected: &Exchange, sent: &Sent, source: &Source, failures: &mut Vec<Failure>) {
    compare_headers(&expected.request.headers, &sent.headers, source, failures);
    compare_body(&expected.request, &sent.body, failures);
}

/// Compares the headers that are named with those that are there.
fn compare_headers(expected: &[Header], got: &HeaderMap, source: &Source, failures: &mut Vec<Failure>) {
    for (index, first) in expected.iter().enumerate() {
        let is_same = |header: &&Header| header.name.eq_ignore_ascii_case(&first.name);
        if expected.iter().take(index).any(|header| is_same(&header)) {
            continue;
        }
        let lines: Vec<&Header> = expected.iter().filter(is_same).collect();
        let values = got.get_all(first.name.as_str());
        let values: Vec<String> =
            values.iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
        let is_absence = lines.iter().all(|line| line.value == NONE);
        let fits = match is_absence {
            true => values.is_empty(),
            false => {
                values.len() == lines.len()
                    && lines.iter().zip(&values).all(|(line, value)| fits_text(&line.value, value, ANY))
            }
        };
        if fits {
            continue;
        }
        let shown = |value: &str| format!("{}: {value}", first.name);
        let mut actual: Vec<String> = values.iter().map(|value| shown(value)).collect();
        if actual.is_empty() {
            actual.push(shown(NONE));
        }
        let wanted: Vec<String> = lines.iter().map(|line| shown(&line.value)).collect();
        let message = format!("a header differs\n{}", diff(&wanted.join("\n"), &actual.join("\n")));
        let mut edits = vec![Edit { span: first.span, text: actual.join("\n") }];
        for line in lines.iter().skip(1) {
            // An empty line would end the headers.
            let has_break = source.text().as_bytes().get(line.span.end as usize) == Some(&b'\n');
            let span = Span::new(line.span.start, line.span.end + u32::from(has_break));
            edits.push(Edit { span, text: String::new() });
        }
        failures.push(Failure { span: first.span, message, edits });
    }
}

fn compare_body(expected: &Content, got: &Bytes, failures: &mut Vec<Failure>) {
    let Some((text, span)) = &expected.body else { return };
    let got = String::from_utf8_lossy(got);
    if text == NONE && got.is_empty() {
        return;
    }
    let (wanted, found) = (serde_json::from_str::<Value>(text), serde_json::from_str::<Value>(&got));
    if let (Ok(wanted), Ok(found)) = (&wanted, &found) {
        if fits_json(wanted, found) {
            return;
        }
        let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
        let message = format!("the body differs\n{}", diff(&pretty(wanted), &pretty(found)));
        let text = if text.contains('\n') { pretty(found) } else { got.trim_end().to_owned() };
        failures.push(Failure::replacing(*span, message, text));
        return;
    }
    let got = got.replace("\r\n", "\n");
    let got = got.trim_end_matches('\n');
    if !fits_text(text, got, ANY) {
        let message = format!("the body differs\n{}", diff(text, got));
        let actual = if got.is_empty() { NONE } else { got };
        failures.push(Failure::replacing(*span, message, actual.to_owned()));
    }
}

/// Whether JSON is what is expected: the same, besides texts with marks that stand for any text.
fn fits_json(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::String(expected), Value::String(got)) => fits_text(expected, got, ANY),
        (Value::Array(expected), Value::Array(got)) => {
            expected.len() == got.len() && expected.iter().zip(got).all(|(expected, got)| fits_json(expected, got))
        }
        (Value::Object(expected), Value::Object(got)) => {
            expected.len() == got.len()
                && expected.iter().all(|(name, value)| got.get(name).is_some_and(|got| fits_json(value, got)))
        }
        _ => expected == got,
    }
}

/// Compares a whole block with the text that it should be.
pub fn compare_block(what: &str, span: Span, source: &Source, actual: &str, failures: &mut Vec<Failure>) {
    let expected = source.slice(span).trim_end();
    let actual = actual.trim_end();
    if fits_text(expected, actual, ANY) {
        return;
    }
    let message = format!("{what} differs\n{}", diff(expected, actual));
    let text = if actual.is_empty() { String::new() } else { format!("{actual}\n") };
    failures.push(Failure::replacing(span, message, text));
}

/// Compares the lines of a block with those of the same names: of the last error, only what is named counts.
pub fn compare_named(span: Span, source: &Source, actual: &[(&str, String)], failures: &mut Vec<Failure>) {
    let expected = source.slice(span).trim_end();
    let name_of = |line: &str| line.split_once(':').map_or(line, |(name, _)| name).trim().to_owned();
    let names: Vec<String> = expected.lines().map(name_of).collect();
    let mut lines: Vec<String> = Vec::new();
    for name in &names {
        match actual.iter().find(|(known, _)| known == name) {
            Some((known, value)) => lines.push(format!("{known}: {value}")),
            None if actual.is_empty() => {}
            None => lines.push(format!("there is no {name}")),
        }
    }
    if actual.is_empty() {
        lines = vec![NONE.to_owned()];
    } else if names.is_empty() || names == [NONE] {
        lines = actual.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    }
    compare_block("the last error", span, source, &lines.join("\n"), failures);
}

/// Traces as cases write them.
#[must_use]
pub fn traces(traces: &[Trace]) -> String {
    let mut out = String::new();
    for trace in traces {
        let severity = match trace.severity {
            Severity::Verbose => "verbose",
            Severity::Information => "information",
            Severity::Error => "error",
        };
        let _ = write!(out, "{severity} {}: {}", trace.source, trace.message);
        for (name, value) in &trace.metadata {
            let _ = write!(out, "\n  {name} = {value}");
        }
        out.push('\n');
    }
    out
}

/// The lines of two texts, those that only one has marked with `-` (expected) and `+` (found).
#[must_use]
pub fn diff(expected: &str, found: &str) -> String {
    /// Beyond so many lines, the texts are shown one after the other.
    const MOST: usize = 400;
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let mut out = Vec::new();
    if old.len() > MOST || new.len() > MOST {
        out.extend(old.iter().map(|line| format!("- {line}")));
        out.extend(new.iter().map(|line| format!("+ {line}")));
        return out.join("\n");
    }
    // The length of the longest common part behind each pair of places.
    let mut common = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    let at = |common: &[Vec<u32>], i: usize, j: usize| common.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let longest =
                if a == b { at(&common, i + 1, j + 1) + 1 } else { at(&common, i + 1, j).max(at(&common, i, j + 1)) };
            if let Some(place) = common.get_mut(i).and_then(|row| row.get_mut(j)) {
                *place = longest;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => {
                out.push(format!("  {a}"));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || at(&common, i + 1, j) >= at(&common, i, j + 1) => {
                out.push(format!("- {a}"));
                i += 1;
            }
            (_, Some(b)) => {
                out.push(format!("+ {b}"));
                j += 1;
            }
            _ => return out.join("\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_are_marked() {
        assert_eq!(diff("a\nb\nc", "a\nx\nc\nd"), "  a\n- b\n+ x\n  c\n+ d");
        assert_eq!(diff("", "a"), "+ a");
        assert_eq!(diff("a", ""), "- a");
    }

    #[test]
    fn json_is_compared_by_value_and_marks_take_any_text() {
        let fits = |a: &str, b: &str| fits_json(&serde_json::from_str(a).unwrap(), &serde_json::from_str(b).unwrap());
        assert!(fits(r#"{"a": 1, "b": ["x…"]}"#, r#"{"b":["xyz"],"a":1}"#));
        assert!(!fits(r#"{"a": 1}"#, r#"{"a": 1, "b": 2}"#));
        assert!(!fits(r#"["a…c"]"#, r#"["ab"]"#));
    }

    #[test]
    fn statuses_are_read() {
        for (text, expected) in [
            ("200", Some((Some(200), None))),
            ("201 Created", Some((Some(201), Some("Created")))),
            ("", Some((None, None))),
            ("20", None),
            ("abc", None),
        ] {
            assert_eq!(status(text), expected, "{text}");
        }
    }
}
