//! Paths as Json.NET writes them: `a.b[0]['c d']`.

use crate::cx::Cx;
use crate::format::escape::json::write_string;
use crate::text::Str;

use super::token::{Content, Token};

/// The text of a path.
#[derive(Clone, Debug, Default)]
pub struct Path(Vec<u8>);

/// Characters that a name may not have outside of brackets.
const SPECIAL: &[u8] = b". '/\"[]()\t\n\r\x0c\x08\\";

impl Path {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.0
    }

    /// Goes on with a property.
    pub fn push_name(&mut self, name: &[u8]) {
        if needs_brackets(name) {
            self.0.push(b'[');
            write_string(&mut self.0, name, b'\'');
            self.0.push(b']');
        } else {
            if !self.0.is_empty() {
                self.0.push(b'.');
            }
            self.0.extend_from_slice(name);
        }
    }

    /// Goes on with an element.
    pub fn push_index(&mut self, index: i64) {
        self.0.extend_from_slice(format!("[{index}]").as_bytes());
    }
}

/// Ends a message with the place that it is about, as all messages of Json.NET end.
pub fn append_to_message(message: &mut Vec<u8>, path: &[u8]) {
    // A message that ends with a line has its full stop before that.
    if !message.ends_with(b"\n") {
        if !message.ends_with(b".") {
            message.push(b'.');
        }
        message.push(b' ');
    }
    message.extend_from_slice(&[b"Path '", path, b"'."].concat());
}

fn needs_brackets(name: &[u8]) -> bool {
    let separators: [&[u8]; 3] = ["\u{85}".as_bytes(), "\u{2028}".as_bytes(), "\u{2029}".as_bytes()];
    name.iter().any(|byte| SPECIAL.contains(byte))
        || !name.is_ascii() && separators.iter().any(|mark| name.windows(mark.len()).any(|part| part == *mark))
}

/// The path from a token's root to it.
#[must_use]
pub fn of_token<'a>(cx: &Cx<'a>, token: &'a Token<'a>) -> Str<'a> {
    let mut steps = Vec::new();
    let mut current = token;
    while let Some(parent) = current.parent() {
        steps.push((parent, current));
        current = parent;
    }
    let mut path = Path::default();
    if let (Some(name), true) = (current.name(), !steps.is_empty()) {
        path.push_name(name.bytes());
    }
    for (parent, child) in steps.into_iter().rev() {
        match (parent.content(), child.name()) {
            (_, Some(name)) => path.push_name(name.bytes()),
            (Content::Array(_) | Content::Constructor(_), None) => {
                let index = parent.index_of(child).and_then(|index| i64::try_from(index).ok());
                path.push_index(index.unwrap_or(-1));
            }
            _ => {}
        }
    }
    cx.str_from_wtf8(path.text())
}
