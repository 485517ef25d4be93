//! The placeholders of overlays: `{#[NAME]#}` and `{#NAME#}` stand for environment variables.
//!
//! The pipelines that publish instances replace them in the text of the file, quoted or not. Here they are hidden from
//! the YAML reader behind signs of the same length, so that places stay true, and replaced in the values it finds.
//! Not here: where the values of the variables come from.

use std::borrow::Cow;

/// Stand for `{#[` and `]#}`: three bytes each, for private use, so in no text by accident.
const WIDE: (char, char) = ('\u{e000}', '\u{e001}');
/// Stand for `{#` and `#}`: two bytes each, characters without a meaning.
const NARROW: (char, char) = ('\u{7fb}', '\u{7fc}');

/// A text whose placeholders are hidden, byte for byte as long as it was.
pub(crate) struct Hidden<'t>(Cow<'t, str>);

impl<'t> Hidden<'t> {
    /// Hides the placeholders of `text`.
    ///
    /// Text that already holds one of the signs is left as it is: its placeholders are found where they are quoted.
    pub(crate) fn new(text: &'t str) -> Self {
        if !text.contains("{#") || text.contains([WIDE.0, WIDE.1, NARROW.0, NARROW.1]) {
            return Self(Cow::Borrowed(text));
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(token) = next(rest) {
            out.push_str(rest.get(..token.start).unwrap_or(""));
            let (open, close) = if token.is_wide { WIDE } else { NARROW };
            out.push(open);
            out.push_str(token.name);
            out.push(close);
            rest = rest.get(token.end..).unwrap_or("");
        }
        out.push_str(rest);
        Self(Cow::Owned(out))
    }

    /// The text for the reader.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// A value from this text with every placeholder replaced; `value` gives what a name stands for.
    ///
    /// A name without a value leaves its placeholder as it was written. `None` if nothing changes.
    pub(crate) fn replace(&self, scalar: &str, mut value: impl FnMut(&str) -> Option<String>) -> Option<String> {
        let is_hidden = matches!(self.0, Cow::Owned(_)) && scalar.contains([WIDE.0, NARROW.0]);
        let shown = if is_hidden { Cow::Owned(show(scalar)) } else { Cow::Borrowed(scalar) };
        if !is_hidden {
            next(&shown)?;
        }
        let mut out = String::with_capacity(shown.len());
        let mut rest = &*shown;
        while let Some(token) = next(rest) {
            out.push_str(rest.get(..token.start).unwrap_or(""));
            match value(token.name) {
                Some(value) => out.push_str(&value),
                None => out.push_str(rest.get(token.start..token.end).unwrap_or("")),
            }
            rest = rest.get(token.end..).unwrap_or("");
        }
        out.push_str(rest);
        Some(out)
    }
}

fn show(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c == WIDE.0 => out.push_str("{#["),
            c if c == WIDE.1 => out.push_str("]#}"),
            c if c == NARROW.0 => out.push_str("{#"),
            c if c == NARROW.1 => out.push_str("#}"),
            c => out.push(c),
        }
    }
    out
}

struct Token<'t> {
    start: usize,
    end: usize,
    name: &'t str,
    is_wide: bool,
}

/// The first placeholder in `text`. Names are those of environment variables: letters, digits, `_`, `-` and `.`.
fn next(text: &str) -> Option<Token<'_>> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("{#")?;
        for (open, close, is_wide) in [("{#[", "]#}", true), ("{#", "#}", false)] {
            let Some(inside) = text.get(start..).and_then(|rest| rest.strip_prefix(open)) else { continue };
            let length = inside.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-.".contains(b)).count();
            let (name, rest) = inside.split_at(length);
            if !name.is_empty() && rest.starts_with(close) {
                let end = start + open.len() + length + close.len();
                return Some(Token { start, end, name, is_wide });
            }
        }
        from = start + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_hidden_and_replaced() {
        let cases = [
            ("{#[A]#}", "1"),
            ("{#A#}", "1"),
            ("x{#[A]#}y{#B_2#}z", "x1y22z"),
            ("{#[C]#}", "{#[C]#}"),
            ("{# A #}", "{# A #}"),
            ("{#[A#}", "{#[A#}"),
            ("{#{#A#}", "{#1"),
            ("{#[]#}", "{#[]#}"),
            ("plain", "plain"),
            ("\u{e000}{#A#}", "\u{e000}1"),
        ];
        for (text, expected) in cases {
            let hidden = Hidden::new(text);
            assert_eq!(hidden.text().len(), text.len(), "{text}");
            let replaced = hidden.replace(hidden.text(), |name| match name {
                "A" => Some("1".to_owned()),
                "B_2" => Some("22".to_owned()),
                _ => None,
            });
            assert_eq!(replaced.as_deref().unwrap_or(text), expected, "{text}");
        }
    }
}
