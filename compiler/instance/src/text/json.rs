//! Reads JSON text into a [`Node`] with places.
//!
//! Strict as RFC 8259, save that a byte-order mark is skipped and half of a surrogate pair becomes U+FFFD.
//! Not here: what the members mean.

use std::collections::HashSet;
use std::sync::Arc;

use grammar::source::{Source, Span};

use super::value::{MAX_DEPTH, Member, Node, Object, Value};
use super::{Parsed, SyntaxError};

/// Reads one JSON value from the whole text of `source`.
pub(crate) fn parse(source: &Source) -> Result<Parsed, SyntaxError> {
    let mut reader = Reader { source, text: source.text(), at: 0, depth: 0, duplicates: Vec::new() };
    if reader.text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
    }
    reader.skip_blank();
    let root = reader.value()?;
    reader.skip_blank();
    if reader.at < reader.text.len() {
        return Err(reader.unexpected("the end of the file"));
    }
    Ok(Parsed { root, duplicates: reader.duplicates })
}

struct Reader<'t> {
    source: &'t Source,
    text: &'t str,
    at: usize,
    depth: usize,
    duplicates: Vec<Span>,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn unexpected(&self, expected: &str) -> SyntaxError {
        let found = match self.rest().chars().next() {
            None => "the file ends".to_owned(),
            Some('/') if self.rest().starts_with("//") || self.rest().starts_with("/*") => {
                "JSON has no comments".to_owned()
            }
            Some(c) if c.is_control() => format!("`\\u{:04x}` stands", u32::from(c)),
            Some(c) => format!("`{c}` stands"),
        };
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        self.error(self.at..self.at + width, format!("{found} where {expected} is expected"))
    }

    fn error(&self, range: std::ops::Range<usize>, message: String) -> SyntaxError {
        SyntaxError { span: Span::from(range), message }
    }

    fn value(&mut self) -> Result<Node, SyntaxError> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node::new(value, self.source, Span::from(start..self.at)))
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, SyntaxError>) -> Result<Value, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(self.at..self.at + 1, format!("values nest deeper than {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Result<Value, SyntaxError> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(Arc::from(items)));
        }
        loop {
            items.push(self.value()?);
            self.skip_blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::Array(Arc::from(items)));
                }
                _ => return Err(self.unexpected("`,` or `]`")),
            }
            self.skip_blank();
        }
    }

    fn object(&mut self) -> Result<Value, SyntaxError> {
        let mut members = Vec::new();
        self.at += 1;
        self.skip_blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(Arc::new(Object::new(members))));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a member's name in double quotes"));
            }
            let start = self.at;
            let key = self.string()?;
            let key_span = Span::from(start..self.at);
            self.skip_blank();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("`:`"));
            }
            self.at += 1;
            self.skip_blank();
            let value = self.value()?;
            members.push(Member { key, key_span, value });
            self.skip_blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    duplicates(&members, &mut self.duplicates);
                    return Ok(Value::Object(Arc::new(Object::new(members))));
                }
                _ => return Err(self.unexpected("`,` or `}`")),
            }
            self.skip_blank();
        }
    }

    fn word(&mut self) -> Result<Value, SyntaxError> {
        for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected("a value"))
    }

    fn number(&mut self) -> Result<Value, SyntaxError> {
        let start = self.at;
        let length = number_length(self.rest());
        if length == 0 {
            return Err(self.unexpected("a number"));
        }
        self.at += length;
        // `007` and `1.` begin with a number and go on: the message belongs to the whole word.
        let tail = self.rest().bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'));
        let tail = tail.count();
        if tail > 0 {
            let end = self.at + tail;
            // The word itself is not repeated: it may be a secret without its quotes.
            return Err(self.error(start..end, "this is no JSON number".to_owned()));
        }
        Ok(Value::Number(Arc::from(self.text.get(start..self.at).unwrap_or("0"))))
    }

    fn string(&mut self) -> Result<Arc<str>, SyntaxError> {
        let start = self.at;
        self.at += 1;
        let body = self.rest();
        let plain = body.bytes().position(|b| b == b'"' || b == b'\\' || b < b' ').unwrap_or(body.len());
        if body.as_bytes().get(plain) == Some(&b'"') {
            self.at += plain + 1;
            return Ok(Arc::from(body.get(..plain).unwrap_or("")));
        }
        let mut out = String::from(body.get(..plain).unwrap_or(""));
        self.at += plain;
        loop {
            let rest = self.rest();
            let Some(c) = rest.chars().next() else {
                return Err(self.error(start..start + 1, "the string that begins here has no end".to_owned()));
            };
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(Arc::from(out));
                }
                '\\' => out.push(self.escape()?),
                '\n' | '\r' => {
                    return Err(self.error(start..self.at, "the string does not end on its line".to_owned()));
                }
                c if c < ' ' => return Err(self.unexpected("a printable character or an escape")),
                c => {
                    out.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxError> {
        let start = self.at;
        let escaped = self.text.as_bytes().get(self.at + 1).copied();
        self.at += 2;
        Ok(match escaped {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let high = self.hex4(start)?;
                let is_high = (0xd800..0xdc00).contains(&high);
                if is_high && self.rest().starts_with("\\u") {
                    let after_high = self.at;
                    self.at += 2;
                    let low = self.hex4(start)?;
                    if (0xdc00..0xe000).contains(&low) {
                        let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                        return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    self.at = after_high;
                }
                char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => {
                self.at = start;
                let end = start + 1 + self.rest().chars().nth(1).map_or(0, char::len_utf8);
                return Err(self.error(start..end, "JSON has no such escape".to_owned()));
            }
        })
    }

    fn hex4(&mut self, start: usize) -> Result<u32, SyntaxError> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(self.error(start..self.at, "`\\u` needs four hexadecimal digits".to_owned()));
        };
        self.at += 4;
        Ok(code)
    }
}

/// How many bytes at the start of `text` are one JSON number; 0 if none is.
pub(crate) fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    at += match bytes.get(at) {
        Some(b'0') => 1,
        Some(b'1'..=b'9') => digits(at),
        _ => return 0,
    };
    if bytes.get(at) == Some(&b'.') && digits(at + 1) > 0 {
        at += 1 + digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    at
}

/// Adds the places of names that occur before in the same object.
pub(crate) fn duplicates(members: &[Member], out: &mut Vec<Span>) {
    if members.len() <= 8 {
        for (at, member) in members.iter().enumerate() {
            if members.iter().take(at).any(|before| before.key == member.key) {
                out.push(member.key_span);
            }
        }
        return;
    }
    let mut seen = HashSet::with_capacity(members.len());
    out.extend(members.iter().filter(|member| !seen.insert(&*member.key)).map(|member| member.key_span));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, SyntaxError> {
        parse(&Source::new("t.json", text)).map(|parsed| parsed.root)
    }

    #[test]
    fn numbers_and_order_stay_as_they_were_written() {
        for text in [
            r#"{"z":1.0,"a":[1e5,-0,12345678901234567890123],"m":{"x":null,"b":true}}"#,
            r#""a\"\\\n\u0001é😀""#,
            "[]",
            "{}",
            "-1.50E+10",
        ] {
            assert_eq!(read(text).unwrap().to_json(), text);
        }
    }

    #[test]
    fn escapes_are_decoded() {
        let cases = [
            (r#""\u00e9\/\b\f\r\t""#, "é/\u{8}\u{c}\r\t"),
            (r#""\ud83d\ude00""#, "😀"),
            (r#""\ud83dx""#, "\u{fffd}x"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            ("\u{feff}\"x\"", "x"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).unwrap().as_str(), Some(expected), "{text}");
        }
    }

    #[test]
    fn faults_are_shown_where_they_are() {
        let cases = [
            ("{\"a\": 1,}", 8, "`}` stands where a member's name in double quotes is expected"),
            ("{\"a\" 1}", 5, "`1` stands where `:` is expected"),
            ("[1 2]", 3, "`2` stands where `,` or `]` is expected"),
            ("[007]", 1, "this is no JSON number"),
            ("[1.]", 1, "this is no JSON number"),
            ("[.5]", 1, "`.` stands where a value is expected"),
            ("\"a", 0, "the string that begins here has no end"),
            ("\"a\nb\"", 0, "the string does not end on its line"),
            (r#""\x""#, 1, "JSON has no such escape"),
            (r#""\u12""#, 1, "`\\u` needs four hexadecimal digits"),
            ("{} {}", 3, "`{` stands where the end of the file is expected"),
            ("// x\n{}", 0, "JSON has no comments where a value is expected"),
            ("", 0, "the file ends where a value is expected"),
            ("[\"\u{1}\"]", 2, "`\\u0001` stands where a printable character or an escape is expected"),
        ];
        for (text, at, message) in cases {
            let error = read(text).unwrap_err();
            assert_eq!((error.span.start, error.message.as_str()), (at, message), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = "[".repeat(100_000);
        assert_eq!(read(&text).unwrap_err().message, "values nest deeper than 128 levels");
    }

    #[test]
    fn values_know_their_places() {
        let node = read("{ \"a\": [ 10 ] }").unwrap();
        let item = node.pointer("/a/0").unwrap();
        assert_eq!(item.source.slice(item.span), "10");
        assert_eq!(node.pointer("/a/1"), None);
        assert_eq!(node.pointer("a"), None);
    }

    #[test]
    fn repeated_names_are_found_and_the_last_counts() {
        for size in [0, 100] {
            let filler: String = (0..size).map(|n| format!("\"k{n}\":0,")).collect();
            let parsed = parse(&Source::new("t", format!("{{{filler}\"a\":1,\"b\":2,\"a\":3}}"))).unwrap();
            assert_eq!(parsed.duplicates.len(), 1);
            assert_eq!(parsed.root.get("a").and_then(Node::as_i64), Some(3));
        }
    }
}
