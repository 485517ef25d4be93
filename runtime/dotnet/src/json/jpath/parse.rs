//! Reads paths.

use super::{Expression, Fault, Literal, Operator, Side, Step};
use crate::format::number::{NumberStyles, parse as numbers};
use crate::format::wtf8::trim_end;
use crate::wtf8::{push_unit, units};

/// How deep queries may stand in each other.
const MAX_DEPTH: usize = 32;

/// The steps of a path.
///
/// # Errors
/// What Json.NET throws a `JsonException` for, and numbers that no `int` holds.
pub(super) fn parse(text: &[u8]) -> Result<Vec<Step>, Fault> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    parser.skip_blanks();
    if parser.peek().is_none() {
        return Ok(Vec::new());
    }
    // A dollar sign is the root only before a dot or bracket; else it begins a name.
    let mut start = 0;
    if parser.peek() == Some(b'$') {
        if text.len() == 1 {
            return Ok(Vec::new());
        }
        if matches!(text.get(parser.at + 1), Some(b'.' | b'[')) {
            parser.at += 1;
            start = parser.at;
        }
    }
    let mut steps = Vec::new();
    if !parser.path(&mut steps, start, false)? {
        let last = parser.at;
        parser.skip_blanks();
        if parser.peek().is_some() {
            return Err(parser.with_character("Unexpected character while parsing path: ", last));
        }
    }
    Ok(steps)
}

struct Parser<'t> {
    text: &'t [u8],
    at: usize,
    depth: usize,
}

fn fault(message: &str) -> Fault {
    Fault::Json(message.as_bytes().to_vec())
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn part(&self, start: usize, end: usize) -> &'t [u8] {
        self.text.get(start..end).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// The next byte; a fault at the end of the text.
    fn require(&self, message: &str) -> Result<u8, Fault> {
        self.peek().ok_or_else(|| fault(message))
    }

    fn accept(&mut self, mark: &str) -> bool {
        let found = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(mark.as_bytes()));
        if found {
            self.at += mark.len();
        }
        found
    }

    /// A fault whose message ends with the character at a place.
    fn with_character(&self, message: &str, at: usize) -> Fault {
        let mut message = message.as_bytes().to_vec();
        if let Some(unit) = units(self.text.get(at..).unwrap_or_default()).next() {
            push_unit(&mut message, unit);
        }
        Fault::Json(message)
    }

    fn unexpected_in_indexer(&self) -> Fault {
        self.with_character("Unexpected character while parsing path indexer: ", self.at)
    }

    fn unexpected_in_query(&self) -> Fault {
        self.with_character("Unexpected character while parsing path query: ", self.at)
    }

    /// Reads steps; whether they go on to the end of the text.
    fn path(&mut self, steps: &mut Vec<Step>, start: usize, in_query: bool) -> Result<bool, Fault> {
        let mut start = start;
        let (mut scans, mut follows_indexer, mut follows_dot) = (false, false, false);
        while let Some(byte) = self.peek() {
            match byte {
                b'[' | b'(' => {
                    if self.at > start {
                        steps.push(field(self.part(start, self.at), scans));
                        scans = false;
                    }
                    let step = self.indexer(byte, scans)?;
                    steps.push(step);
                    scans = false;
                    self.at += 1;
                    start = self.at;
                    (follows_indexer, follows_dot) = (true, false);
                }
                b']' | b')' | b' ' => break,
                b'.' => {
                    if self.at > start {
                        steps.push(field(self.part(start, self.at), scans));
                        scans = false;
                    }
                    if self.text.get(self.at + 1) == Some(&b'.') {
                        scans = true;
                        self.at += 1;
                    }
                    self.at += 1;
                    start = self.at;
                    (follows_indexer, follows_dot) = (false, true);
                }
                b'=' | b'<' | b'!' | b'>' | b'|' | b'&' if in_query => break,
                _ if follows_indexer => {
                    return Err(self.with_character("Unexpected character following indexer: ", self.at));
                }
                _ => self.at += 1,
            }
        }
        let is_at_end = self.peek().is_none();
        if self.at > start {
            steps.push(field(trim_end(self.part(start, self.at)), scans));
        } else if follows_dot && (is_at_end || in_query) {
            return Err(fault("Unexpected end while parsing path."));
        }
        Ok(is_at_end)
    }

    /// Reads what stands in brackets, and stops at the closing one.
    fn indexer(&mut self, open: u8, scans: bool) -> Result<Step, Fault> {
        const OPEN: &str = "Path ended with open indexer.";
        self.at += 1;
        let close = if open == b'[' { b']' } else { b')' };
        self.require(OPEN)?;
        self.skip_blanks();
        match self.require(OPEN)? {
            b'\'' => self.quoted_fields(close, scans),
            b'?' => self.query(close, scans),
            _ => self.array_indexer(close),
        }
    }

    fn quoted_fields(&mut self, close: u8, scans: bool) -> Result<Step, Fault> {
        let mut fields = Vec::new();
        while self.peek().is_some() {
            let field = self.quoted_text()?;
            self.skip_blanks();
            let byte = self.require("Path ended with open indexer.")?;
            fields.push(field);
            if byte == close {
                return Ok(match (fields.len(), scans) {
                    (1, false) => Step::Field(fields.pop()),
                    (1, true) => Step::Scan(fields.pop()),
                    (_, false) => Step::Fields(fields),
                    (_, true) => Step::ScanFields(fields),
                });
            }
            if byte != b',' {
                return Err(self.unexpected_in_indexer());
            }
            self.at += 1;
            self.skip_blanks();
        }
        Err(fault("Path ended with open indexer."))
    }

    /// Reads a string in single quotes. Where a list of names goes on without a quote, its first character is taken for
    /// one, as in Json.NET.
    fn quoted_text(&mut self) -> Result<Vec<u8>, Fault> {
        let mut text = Vec::new();
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if self.text.get(self.at + 1).is_some() => {
                    self.at += 1;
                    text.push(match self.peek() {
                        Some(b'b') => 8,
                        Some(b't') => b'\t',
                        Some(b'n') => b'\n',
                        Some(b'f') => 12,
                        Some(b'r') => b'\r',
                        Some(byte @ (b'\\' | b'"' | b'\'' | b'/')) => byte,
                        _ => return Err(self.with_character("Unknown escape character: \\", self.at)),
                    });
                    self.at += 1;
                }
                b'\'' => {
                    self.at += 1;
                    return Ok(text);
                }
                _ => {
                    text.push(byte);
                    self.at += 1;
                }
            }
        }
        Err(fault("Path ended with an open string."))
    }

    fn array_indexer(&mut self, close: u8) -> Result<Step, Fault> {
        let mut start = self.at;
        let mut end = None;
        let mut indexes: Option<Vec<i32>> = None;
        let mut bounds = [None; 3];
        let mut colons = 0;
        while let Some(byte) = self.peek() {
            let written = self.part(start, end.unwrap_or(self.at));
            match byte {
                b' ' => {
                    end = Some(self.at);
                    self.skip_blanks();
                    continue;
                }
                _ if byte == close => {
                    if colons > 0 && indexes.is_none() {
                        if !written.is_empty() {
                            set_bound(&mut bounds, colons, written)?;
                        }
                        let [start, end, step] = bounds;
                        return Ok(Step::Slice { start, end, step });
                    }
                    if written.is_empty() {
                        return Err(fault("Array index expected."));
                    }
                    let last = number(written)?;
                    return Ok(match indexes {
                        Some(mut indexes) => {
                            indexes.push(last);
                            Step::Indexes(indexes)
                        }
                        None => Step::Index(Some(last)),
                    });
                }
                b',' => {
                    if written.is_empty() {
                        return Err(fault("Array index expected."));
                    }
                    indexes.get_or_insert_default().push(number(written)?);
                }
                b'*' => {
                    self.at += 1;
                    self.require("Path ended with open indexer.")?;
                    self.skip_blanks();
                    return match self.peek() {
                        Some(byte) if byte == close => Ok(Step::Index(None)),
                        Some(_) => Err(fault("Unexpected character while parsing path indexer: *")),
                        None => Err(fault("Path ended with open indexer.")),
                    };
                }
                b':' => {
                    if !written.is_empty() {
                        set_bound(&mut bounds, colons, written)?;
                    }
                    colons += 1;
                }
                b'0'..=b'9' | b'-' if end.is_none() => {
                    self.at += 1;
                    continue;
                }
                _ => return Err(self.unexpected_in_indexer()),
            }
            // Behind a comma or colon.
            self.at += 1;
            self.skip_blanks();
            start = self.at;
            end = None;
        }
        Err(fault("Path ended with open indexer."))
    }

    fn query(&mut self, close: u8, scans: bool) -> Result<Step, Fault> {
        const OPEN: &str = "Path ended with open indexer.";
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(fault("Queries are nested too deeply."));
        }
        self.at += 1;
        if self.require(OPEN)? != b'(' {
            return Err(self.unexpected_in_indexer());
        }
        self.at += 1;
        let expression = self.expression()?;
        self.at += 1;
        self.require(OPEN)?;
        self.skip_blanks();
        if self.require(OPEN)? != close {
            return Err(self.unexpected_in_indexer());
        }
        self.depth -= 1;
        Ok(if scans { Step::ScanQuery(expression) } else { Step::Query(expression) })
    }

    /// Reads comparisons that are joined by `&&` and `||`, and stops at the closing parenthesis. Where the operator
    /// changes, what follows goes into the group before, as in Json.NET: neither binds more tightly.
    fn expression(&mut self) -> Result<Expression, Fault> {
        const OPEN: &str = "Path ended with open query.";
        // The groups from the outermost to the one that is being read.
        let mut groups: Vec<(bool, Vec<Expression>)> = Vec::new();
        while self.peek().is_some() {
            let left = self.side()?;
            let comparison = match self.require(OPEN)? {
                b')' | b'|' | b'&' => Expression::Exists(left),
                _ => {
                    let operator = self.operator()?;
                    Expression::Compare(operator, left, self.side()?)
                }
            };
            let is_and = match self.require(OPEN)? {
                b')' => {
                    let mut whole = comparison;
                    while let Some((is_and, mut parts)) = groups.pop() {
                        parts.push(whole);
                        whole = if is_and { Expression::And(parts) } else { Expression::Or(parts) };
                    }
                    return Ok(whole);
                }
                b'&' if self.accept("&&") => true,
                b'|' if self.accept("||") => false,
                b'&' | b'|' => return Err(self.unexpected_in_query()),
                // Json.NET reads on with the next comparison and forgets this one.
                _ => continue,
            };
            match groups.last_mut() {
                Some((joined_by_and, parts)) if *joined_by_and == is_and => parts.push(comparison),
                _ => groups.push((is_and, vec![comparison])),
            }
        }
        Err(fault(OPEN))
    }

    fn side(&mut self) -> Result<Side, Fault> {
        const OPEN: &str = "Path ended with open query.";
        self.skip_blanks();
        let side = match self.require(OPEN)? {
            root @ (b'$' | b'@') => {
                let mut steps = if root == b'$' { vec![Step::Root] } else { Vec::new() };
                self.at += 1;
                if self.path(&mut steps, self.at, true)? {
                    return Err(fault(OPEN));
                }
                Side::Path(steps)
            }
            _ => match self.literal()? {
                Some(literal) => Side::Literal(literal),
                None => return Err(self.unexpected_in_query()),
            },
        };
        self.skip_blanks();
        self.require(OPEN)?;
        Ok(side)
    }

    /// Reads a value, if one stands here.
    fn literal(&mut self) -> Result<Option<Literal>, Fault> {
        Ok(match self.peek() {
            Some(b'\'') => Some(Literal::Text(self.quoted_text()?)),
            Some(b'0'..=b'9' | b'-') => {
                let start = self.at;
                while self.peek().is_some_and(|byte| byte != b' ' && byte != b')') {
                    self.at += 1;
                }
                if self.peek().is_none() {
                    return Ok(None);
                }
                let written = self.part(start, self.at);
                if written.iter().any(|byte| matches!(byte, b'.' | b'E' | b'e')) {
                    numbers::parse_double(written, NumberStyles::FLOAT_AND_THOUSANDS).ok().map(Literal::Float)
                } else {
                    numbers::parse_integer(written).ok().map(Literal::Integer)
                }
            }
            Some(b't') if self.accept("true") => Some(Literal::Boolean(true)),
            Some(b'f') if self.accept("false") => Some(Literal::Boolean(false)),
            Some(b'n') if self.accept("null") => Some(Literal::Null),
            Some(b'/') => Some(Literal::Text(self.regex_text()?)),
            _ => None,
        })
    }

    /// Reads a regular expression with its slashes and options.
    fn regex_text(&mut self) -> Result<Vec<u8>, Fault> {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if self.text.get(self.at + 1).is_some() => self.at += 2,
                b'/' => {
                    self.at += 1;
                    while self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
                        self.at += 1;
                    }
                    return Ok(self.part(start, self.at).to_vec());
                }
                _ => self.at += 1,
            }
        }
        Err(fault("Path ended with an open regex."))
    }

    fn operator(&mut self) -> Result<Operator, Fault> {
        if self.at + 1 >= self.text.len() {
            return Err(fault("Path ended with open query."));
        }
        let operators = [
            ("===", Operator::StrictEquals),
            ("==", Operator::Equals),
            ("=~", Operator::Regex),
            ("!==", Operator::StrictNotEquals),
            ("!=", Operator::NotEquals),
            ("<>", Operator::NotEquals),
            ("<=", Operator::LessOrEqual),
            ("<", Operator::Less),
            (">=", Operator::GreaterOrEqual),
            (">", Operator::Greater),
        ];
        let found = operators.iter().find(|(mark, _)| self.accept(mark)).map(|(_, operator)| *operator);
        found.ok_or_else(|| fault("Could not read query operator."))
    }
}

/// The step of a name, which may be `*`.
fn field(name: &[u8], scans: bool) -> Step {
    let name = (name != b"*").then(|| name.to_vec());
    if scans { Step::Scan(name) } else { Step::Field(name) }
}

/// Notes the bound of a slice that stands behind so many colons.
fn set_bound(bounds: &mut [Option<i32>; 3], colons: usize, written: &[u8]) -> Result<(), Fault> {
    let value = number(written)?;
    if let Some(bound) = bounds.get_mut(colons.min(2)) {
        *bound = Some(value);
    }
    Ok(())
}

fn number(text: &[u8]) -> Result<i32, Fault> {
    numbers::parse_integer(text).map_err(Fault::Number)
}
