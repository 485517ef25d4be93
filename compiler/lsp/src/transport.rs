//! Frames: a header with the length, a blank line, JSON.
//!
//! A frame that makes no sense is reported and the next one is looked for; only the end of the input ends the reading.

use std::io::{self, BufRead, Read, Write};

use serde_json::Value;

/// The longest message that is read, in bytes.
const MAX_MESSAGE: u64 = 64 << 20;
/// The longest header line that is read, in bytes.
const MAX_HEADER: u64 = 4096;

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Value),
    /// Something that is none, and why.
    Malformed(String),
    /// The client is gone.
    End,
}

/// Reads messages until the input ends, or `take` wants no more.
pub fn read_all(input: &mut impl BufRead, take: &mut dyn FnMut(Incoming) -> bool) {
    loop {
        let next = read(input).unwrap_or(Incoming::End);
        let is_end = matches!(next, Incoming::End);
        if !take(next) || is_end {
            return;
        }
    }
}

fn read(input: &mut impl BufRead) -> io::Result<Incoming> {
    let mut length: Option<u64> = None;
    let mut has_header = false;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(MAX_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(Incoming::End);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match line.split_once(':') {
            _ if line.is_empty() && !has_header => {}
            _ if line.is_empty() => break,
            Some((name, value)) => {
                has_header = true;
                if name.trim().eq_ignore_ascii_case("content-length") {
                    length = value.trim().parse().ok();
                }
            }
            None => has_header = true,
        }
    }
    let Some(length) = length else { return Ok(Incoming::Malformed("a message without `Content-Length`".to_owned())) };
    if length > MAX_MESSAGE {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Incoming::Malformed(format!("a message of {length} bytes")));
    }
    let mut body = Vec::new();
    if (input.by_ref().take(length).read_to_end(&mut body)? as u64) < length {
        return Ok(Incoming::End);
    }
    Ok(match serde_json::from_slice(&body) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Malformed(error.to_string()),
    })
}

/// Writes a message.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        read_all(&mut text.as_bytes(), &mut |next| {
            found.push(match next {
                Incoming::Message(value) => value.to_string(),
                Incoming::Malformed(_) => "malformed".to_owned(),
                Incoming::End => "end".to_owned(),
            });
            true
        });
        found
    }

    #[test]
    fn frames_are_read_and_senseless_ones_are_passed_over() {
        for (text, expected) in [
            ("Content-Length: 2\r\n\r\n{}", vec!["{}", "end"]),
            (
                "content-length:2\r\nContent-Type: x; charset=utf-8\r\n\r\n{}Content-Length: 1\n\n1",
                vec!["{}", "1", "end"],
            ),
            ("Content-Length: 3\r\n\r\n{]}Content-Length: 2\r\n\r\n{}", vec!["malformed", "{}", "end"]),
            ("Content-Length: x\r\n\r\nContent-Length: 2\r\n\r\n{}", vec!["malformed", "{}", "end"]),
            ("nonsense\r\n\r\nContent-Length: 2\r\n\r\n{}", vec!["malformed", "{}", "end"]),
            ("Content-Length: 9\r\n\r\n{}", vec!["end"]),
            ("Content-Length: -1\r\n\r\n", vec!["malformed", "end"]),
            ("", vec!["end"]),
        ] {
            assert_eq!(read_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn deep_messages_are_malformed() {
        let deep = "[".repeat(100_000);
        assert_eq!(read_text(&format!("Content-Length: {}\r\n\r\n{deep}", deep.len())), ["malformed", "end"]);
    }

    #[test]
    fn what_is_written_can_be_read() {
        let mut out = Vec::new();
        write(&mut out, &serde_json::json!({"a": "é😀"})).unwrap();
        assert_eq!(read_text(std::str::from_utf8(&out).unwrap()), ["{\"a\":\"é😀\"}", "end"]);
    }
}
