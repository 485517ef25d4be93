//! Preprocessor lines: `#region`, `#pragma`, `#if`…
//!
//! They are legal in the statements of a policy. No symbol is defined there, so that `#if` means `false` unless it is
//! spelt with `true`.

/// What a preprocessor line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    /// Nothing: `#region`, `#endregion`, `#pragma`, `#line`, `#warning`.
    Ignore,
    /// To leave out the lines up to this offset, where the next line that counts begins.
    SkipTo(usize),
    /// `#error`: to refuse the text.
    Error,
    /// Something that is no directive, or has no place here.
    Unknown,
}

/// The `#if`s that are open.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    open: u32,
}

impl Conditions {
    /// Reads the directive whose `#` lies at `at`. The line itself is always left out by the caller.
    pub(super) fn read(&mut self, text: &str, at: usize) -> Directive {
        let (word, rest) = words(line_at(text, at));
        match word {
            "region" | "endregion" | "pragma" | "line" | "warning" => Directive::Ignore,
            "error" => Directive::Error,
            "if" if holds(rest) => {
                self.open += 1;
                Directive::Ignore
            }
            "if" => {
                self.open += 1;
                self.skip(text, at, true)
            }
            // A branch was taken before this one, so that it is left out whatever it asks.
            "elif" | "else" if self.open > 0 => self.skip(text, at, false),
            "endif" if self.open > 0 => {
                self.open -= 1;
                Directive::Ignore
            }
            _ => Directive::Unknown,
        }
    }

    /// Leaves out lines from behind `at` to the branch that counts, or to the `#endif`.
    fn skip(&mut self, text: &str, at: usize, branches: bool) -> Directive {
        let mut inner = 0;
        let mut start = at + line_at(text, at).len();
        while start < text.len() {
            start += text.get(start..).map_or(1, |rest| rest.find('\n').map_or(rest.len(), |end| end + 1));
            let line = line_at(text, start);
            let Some(directive) = line.trim_start().strip_prefix('#') else { continue };
            let (word, rest) = words(directive);
            match word {
                "if" => inner += 1,
                "endif" if inner > 0 => inner -= 1,
                "endif" => {
                    self.open -= 1;
                    return Directive::SkipTo(start + line.len());
                }
                "else" if inner == 0 && branches => return Directive::SkipTo(start + line.len()),
                "elif" if inner == 0 && branches && holds(rest) => return Directive::SkipTo(start + line.len()),
                _ => {}
            }
        }
        Directive::SkipTo(text.len())
    }
}

/// The line from `at` on, without its end.
fn line_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    rest.split(['\r', '\n']).next().unwrap_or(rest)
}

/// The first word behind `#`, and what follows it.
fn words(line: &str) -> (&str, &str) {
    let line = line.trim_start_matches('#').trim();
    let end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
    line.split_at_checked(end).unwrap_or((line, ""))
}

/// Whether the condition of an `#if` holds, with no symbol defined. `||` binds weaker than `&&`, that weaker than `==`.
fn holds(condition: &str) -> bool {
    let condition = condition.split("//").next().unwrap_or(condition);
    split(condition, "||").any(|part| split(part, "&&").all(term))
}

fn term(text: &str) -> bool {
    let mut sides = split(text, "!=").map(|side| split(side, "==").map(factor).reduce(|a, b| a == b).unwrap_or(false));
    let first = sides.next().unwrap_or(false);
    sides.fold(first, |value, side| value != side)
}

fn factor(text: &str) -> bool {
    let mut text = text.trim();
    let mut value = true;
    while let Some(rest) = text.strip_prefix('!') {
        value = !value;
        text = rest.trim();
    }
    match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        // Parentheses within parentheses are refused a meaning rather than recursed into.
        Some(inner) if !inner.contains('(') => holds(inner) == value,
        _ => (text == "true") == value,
    }
}

/// The parts of `text` between operators that stand outside of parentheses.
fn split<'a>(text: &'a str, operator: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut depth = 0_i32;
        for (at, c) in text.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0
                && let Some(after) = text.get(at..).and_then(|here| here.strip_prefix(operator))
            {
                rest = Some(after);
                return text.get(..at);
            }
        }
        rest = None;
        Some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_symbol_is_defined() {
        let table = [
            ("DEBUG", false),
            ("!DEBUG", true),
            ("true", true),
            ("true && !false // really", true),
            ("DEBUG || true", true),
            ("DEBUG == TRACE", true),
            ("(DEBUG || true) && !TRACE", true),
            ("", false),
        ];
        for (condition, expected) in table {
            assert_eq!(holds(condition), expected, "{condition}");
        }
    }

    #[test]
    fn the_branch_that_holds_counts() {
        let text = "#if A\nx\n#if B\n#else\n#endif\n#elif true\ny\n#else\nz\n#endif\nw";
        let mut conditions = Conditions::default();
        assert_eq!(conditions.read(text, 0), Directive::SkipTo(text.find("\ny").unwrap()));
        assert_eq!(conditions.read(text, text.find("#else\nz").unwrap()), Directive::SkipTo(text.find("\nw").unwrap()));
        assert_eq!(conditions.read("#endif", 0), Directive::Unknown);
        assert_eq!(conditions.read("#region anything", 0), Directive::Ignore);
    }
}
