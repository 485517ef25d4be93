//! JSONPath in the dialect of Json.NET: `$.a.b[0]`, `..name`, `[*]`, `[1:3]`, `['a','b']`, `[?(@.n == 'x')]`.
//!
//! Not here: looking up a single name or position (`index`).

mod parse;
mod query;
mod steps;

use super::raise;
use super::token::Token;
use crate::cx::Cx;
use crate::object::Obj;
use crate::seq::{Cursor, Lazy};
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::{Role, Word};

pub use query::set_regex;

/// One step of a path: what it finds from each token that the steps before found.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// `.name`: the value of a property; all values for `*`.
    Field(Option<Vec<u8>>),
    /// `['a','b']`: the values of some properties.
    Fields(Vec<Vec<u8>>),
    /// `..name`: the values of that name in the whole tree; everything in it for `*`.
    Scan(Option<Vec<u8>>),
    /// `..['a','b']`: the values of these names in the whole tree.
    ScanFields(Vec<Vec<u8>>),
    /// `[0]`: an element; all elements for `*`.
    Index(Option<i32>),
    /// `[0,2]`: some elements.
    Indexes(Vec<i32>),
    /// `[1:3]`: a run of elements.
    Slice { start: Option<i32>, end: Option<i32>, step: Option<i32> },
    /// `[?(…)]`: the children for which something holds.
    Query(Expression),
    /// `..[?(…)]`: the tokens in the whole tree for which something holds.
    ScanQuery(Expression),
    /// `$` in a query: the root of the search.
    Root,
}

/// What must hold in a query.
#[derive(Clone, Debug, PartialEq)]
enum Expression {
    /// Something is found.
    Exists(Side),
    /// Two sides compare in a way.
    Compare(Operator, Side, Side),
    /// All of these.
    And(Vec<Expression>),
    /// One of these.
    Or(Vec<Expression>),
}

/// A side of a comparison.
#[derive(Clone, Debug, PartialEq)]
enum Side {
    /// What a path finds.
    Path(Vec<Step>),
    /// A value.
    Literal(Literal),
}

/// A value that is written in a path.
#[derive(Clone, Debug, PartialEq)]
enum Literal {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// A string, or a regular expression with its slashes and options.
    Text(Vec<u8>),
}

/// The ways in which sides compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equals,
    NotEquals,
    StrictEquals,
    StrictNotEquals,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Regex,
}

/// Why a path cannot be used.
#[derive(Clone, Debug, PartialEq)]
enum Fault {
    /// A `JsonException` with this message, as WTF-8.
    Json(Vec<u8>),
    /// What reading a number fails with.
    Number(crate::format::Fault),
}

fn throw(cx: &mut Cx<'_>, fault: &Fault) -> Throw {
    match fault {
        Fault::Json(message) => raise::throw_wtf8(cx, Ty(&super::exception::JSON_EXCEPTION), message),
        Fault::Number(fault) => cx.throw_fault(fault),
    }
}

fn parsed<'a>(cx: &mut Cx<'a>, path: Option<Str<'a>>) -> Result<Vec<Step>, Throw> {
    let Some(path) = path else { return Err(cx.throw_null(Role::Argument("expression"))) };
    parse::parse(path.bytes()).map_err(|fault| throw(cx, &fault))
}

/// `SelectToken`: the one token that a path finds.
///
/// # Errors
/// `JsonException` if the path is wrong, finds several, or finds none though it must; what looking up throws.
pub fn select_one<'a>(
    cx: &mut Cx<'a>,
    token: &'a Token<'a>,
    path: Option<Str<'a>>,
    must_match: bool,
) -> Result<Option<&'a Token<'a>>, Throw> {
    let steps = parsed(cx, path)?;
    let found = steps::evaluate(cx, &steps, token, token, must_match)?;
    match *found.as_slice() {
        [] => Ok(None),
        [found] => Ok(Some(found)),
        _ => Err(raise::json(cx, "Path returned multiple tokens.")),
    }
}

/// `SelectTokens`: what a path finds, looked up anew each time the sequence is walked.
///
/// # Errors
/// `JsonException` if the path is wrong.
pub fn select<'a>(
    cx: &mut Cx<'a>,
    token: &'a Token<'a>,
    path: Option<Str<'a>>,
    must_match: bool,
) -> Result<Obj<'a>, Throw> {
    parsed(cx, path)?;
    Ok(Lazy::of(cx, Ty(&super::members::token::JTOKEN), move |cx: &mut Cx<'a>| {
        // Nothing in the arena is dropped, so that the path is kept as text.
        let steps = parsed(cx, path)?;
        let found = steps::evaluate(cx, &steps, token, token, must_match)?;
        let words: Vec<Word> = found.into_iter().map(|token| token.object().word()).collect();
        Ok(Cursor::over(cx.arena().alloc_slice(&words)))
    }))
}

#[cfg(test)]
mod tests;
