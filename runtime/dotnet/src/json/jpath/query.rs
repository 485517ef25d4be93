//! What holds in the queries of paths.

use std::sync::OnceLock;

use super::steps::evaluate;
use super::{Expression, Literal, Operator, Side, raise};
use crate::cx::Cx;
use crate::format::base64;
use crate::json::compare::{compare, compare_as, values_equal};
use crate::json::date;
use crate::json::token::{Content, Kind, Token};
use crate::json::value;
use crate::text::Str;
use crate::throw::Throw;

/// Whether a text matches a regular expression of .NET with these options of `RegexOptions`.
pub type IsMatch = for<'a> fn(&mut Cx<'a>, input: Str<'a>, pattern: Str<'a>, options: i32) -> Result<bool, Throw>;

static REGEX: OnceLock<IsMatch> = OnceLock::new();

/// Sets what `=~` asks. The first one stays.
pub fn set_regex(is_match: IsMatch) {
    let _ = REGEX.set(is_match);
}

/// Whether an expression holds for a token.
pub(super) fn is_match<'a>(
    cx: &mut Cx<'a>,
    expression: &Expression,
    root: &'a Token<'a>,
    token: &'a Token<'a>,
) -> Result<bool, Throw> {
    match expression {
        Expression::Exists(side) => Ok(!found(cx, side, root, token)?.is_empty()),
        Expression::Compare(operator, left, right) => {
            let left = found(cx, left, root, token)?;
            if left.is_empty() {
                return Ok(false);
            }
            let right = found(cx, right, root, token)?;
            for left in left {
                for right in &right {
                    cx.check_limits()?;
                    if matches(cx, *operator, left, right)? {
                        return Ok(true);
                    }
                }
            }
            Ok(false)
        }
        Expression::And(parts) => {
            for part in parts {
                if !is_match(cx, part, root, token)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Expression::Or(parts) => {
            for part in parts {
                if is_match(cx, part, root, token)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// What a side of a comparison finds from a token on.
fn found<'a>(
    cx: &mut Cx<'a>,
    side: &Side,
    root: &'a Token<'a>,
    token: &'a Token<'a>,
) -> Result<Vec<&'a Token<'a>>, Throw> {
    match side {
        Side::Path(steps) => evaluate(cx, steps, root, token, false),
        Side::Literal(literal) => {
            let content = match literal {
                Literal::Null => Content::Null,
                Literal::Boolean(value) => Content::Boolean(*value),
                Literal::Integer(value) => Content::Integer(*value),
                Literal::Float(value) => Content::Float(*value),
                Literal::Text(text) => Content::Text(Some(cx.str_from_wtf8(text))),
            };
            Ok(vec![Token::new(cx, content)])
        }
    }
}

fn matches<'a>(cx: &mut Cx<'a>, operator: Operator, left: &'a Token<'a>, right: &'a Token<'a>) -> Result<bool, Throw> {
    if !left.is_value() || !right.is_value() {
        // Only values are equal to anything.
        return Ok(operator == Operator::NotEquals);
    }
    Ok(match operator {
        Operator::Equals => equals_leniently(cx, left, right)?,
        Operator::NotEquals => !equals_leniently(cx, left, right)?,
        Operator::StrictEquals => equals_strictly(cx, left, right)?,
        Operator::StrictNotEquals => !equals_strictly(cx, left, right)?,
        Operator::Less => compare(cx, left, right)?.is_lt(),
        Operator::LessOrEqual => compare(cx, left, right)?.is_le(),
        Operator::Greater => compare(cx, left, right)?.is_gt(),
        Operator::GreaterOrEqual => compare(cx, left, right)?.is_ge(),
        Operator::Regex => matches_regex(cx, left, right)?,
    })
}

/// Whether one is a whole number and the other one with a fraction.
fn are_different_numbers(left: Kind, right: Kind) -> bool {
    matches!((left, right), (Kind::Integer, Kind::Float) | (Kind::Float, Kind::Integer))
}

/// `==`: by value; numbers of both kinds; dates, bytes, identifiers and the like also by their text.
fn equals_leniently<'a>(cx: &mut Cx<'a>, left: &'a Token<'a>, right: &'a Token<'a>) -> Result<bool, Throw> {
    if values_equal(cx, left, right)? {
        return Ok(true);
    }
    if are_different_numbers(left.kind(), right.kind()) {
        return Ok(compare_as(cx, left.kind(), left, right)?.is_eq());
    }
    let Content::Text(Some(expected)) = right.content() else { return Ok(false) };
    let mut text = Vec::new();
    match (left.kind(), left.content()) {
        (Kind::Date, Content::Date(date)) => date::write(&mut text, date),
        (Kind::Date, Content::Held(object)) => value::write_date(&mut text, object),
        (Kind::Bytes, Content::Held(object)) => {
            let bytes = object.downcast::<crate::array::Bytes<'a>>().map(crate::array::Bytes::to_vec);
            base64::encode(&mut text, &bytes.unwrap_or_default());
        }
        (Kind::Guid | Kind::TimeSpan | Kind::Uri, Content::Held(object)) => {
            text.extend_from_slice(value::plain_text(cx, object)?.bytes());
        }
        _ => return Ok(false),
    }
    Ok(text == expected.bytes())
}

/// `===`: by kind and value; numbers of both kinds.
fn equals_strictly<'a>(cx: &mut Cx<'a>, left: &'a Token<'a>, right: &'a Token<'a>) -> Result<bool, Throw> {
    if are_different_numbers(left.kind(), right.kind()) {
        return Ok(compare_as(cx, left.kind(), left, right)?.is_eq());
    }
    values_equal(cx, left, right)
}

/// `=~`: a string against a regular expression between slashes, with options behind them.
fn matches_regex<'a>(cx: &mut Cx<'a>, left: &'a Token<'a>, right: &'a Token<'a>) -> Result<bool, Throw> {
    let (Content::Text(Some(input)), Content::Text(Some(regex))) = (left.content(), right.content()) else {
        return Ok(false);
    };
    let regex = regex.bytes();
    let end = regex.iter().rposition(|byte| *byte == b'/').unwrap_or(0);
    let (Some(pattern), Some(letters)) = (regex.get(1..end), regex.get(end + 1..)) else {
        return Err(raise::argument(cx, "Length cannot be less than zero. (Parameter 'length')"));
    };
    // `RegexOptions`: IgnoreCase 1, Multiline 2, ExplicitCapture 4, Singleline 16.
    let options = letters.iter().fold(0, |options, letter| {
        options
            | match letter {
                b'i' => 1,
                b'm' => 2,
                b's' => 16,
                b'x' => 4,
                _ => 0,
            }
    });
    let pattern = cx.str_from_wtf8(pattern);
    match REGEX.get() {
        Some(is_match) => is_match(cx, input, pattern, options),
        None => Err(raise::json(cx, "This gateway was built without regular expressions.")),
    }
}
