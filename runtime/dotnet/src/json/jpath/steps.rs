//! What the steps of a path find.

use super::query::is_match;
use super::{Step, raise};
use crate::cx::Cx;
use crate::json::token::{Content, Token};
use crate::text::Str;
use crate::throw::Throw;
use crate::types;

/// Tokens that were found.
type Found<'a> = Vec<&'a Token<'a>>;

/// What steps find from a token on. With `must_match`, a step that finds nothing is an exception.
pub(super) fn evaluate<'a>(
    cx: &mut Cx<'a>,
    steps: &[Step],
    root: &'a Token<'a>,
    token: &'a Token<'a>,
    must_match: bool,
) -> Result<Found<'a>, Throw> {
    let mut current = vec![token];
    for step in steps {
        let mut found = Vec::new();
        if *step == Step::Root {
            found.push(root);
        } else {
            for token in current {
                cx.check_limits()?;
                apply(cx, step, root, token, must_match, &mut found)?;
                cx.reserve(found.len() * size_of::<usize>())?;
            }
        }
        current = found;
    }
    Ok(current)
}

fn apply<'a>(
    cx: &mut Cx<'a>,
    step: &Step,
    root: &'a Token<'a>,
    token: &'a Token<'a>,
    must_match: bool,
    found: &mut Found<'a>,
) -> Result<(), Throw> {
    match step {
        Step::Root => {}
        Step::Field(name) => field(cx, name.as_deref(), token, must_match, found)?,
        Step::Fields(names) => fields(cx, names, token, must_match, found)?,
        Step::Scan(None) => each_inside(cx, token, |_, inside| {
            if inside.as_property().is_none() {
                found.push(inside);
            }
            Ok(())
        })?,
        Step::Scan(Some(name)) => each_inside(cx, token, |_, inside| {
            if inside.name().is_some_and(|other| other.bytes() == name) && !inside.is(token) {
                found.push(inside.value_or_self());
            }
            Ok(())
        })?,
        Step::ScanFields(names) => each_inside(cx, token, |_, inside| {
            let is_named = |name: Str<'a>| names.iter().filter(|other| name.bytes() == other.as_slice()).count();
            let count = inside.name().filter(|_| !inside.is(token)).map_or(0, is_named);
            found.extend(std::iter::repeat_n(inside.value_or_self(), count));
            Ok(())
        })?,
        Step::Index(Some(index)) => found.extend(element(cx, token, *index, must_match)?),
        Step::Index(None) => match token.content() {
            Content::Array(children) => found.extend(children.iter()),
            Content::Constructor(constructor) => found.extend(constructor.children.iter()),
            _ if must_match => return Err(no_match(cx, "Index *", token)),
            _ => {}
        },
        Step::Indexes(indexes) => {
            for index in indexes {
                found.extend(element(cx, token, *index, must_match)?);
            }
        }
        Step::Slice { start, end, step } => slice(cx, (*start, *end, *step), token, must_match, found)?,
        Step::Query(expression) => {
            for child in (0..token.count()).filter_map(|index| token.child(index)) {
                if is_match(cx, expression, root, child)? {
                    found.push(child);
                }
            }
        }
        Step::ScanQuery(expression) => each_inside(cx, token, |cx, inside| {
            if is_match(cx, expression, root, inside)? {
                found.push(inside);
            }
            Ok(())
        })?,
    }
    Ok(())
}

/// Shows a function a token and all that is in it, in the order of the text.
fn each_inside<'a>(
    cx: &mut Cx<'a>,
    token: &'a Token<'a>,
    mut visit: impl FnMut(&mut Cx<'a>, &'a Token<'a>) -> Result<(), Throw>,
) -> Result<(), Throw> {
    let mut pending = vec![token];
    while let Some(token) = pending.pop() {
        cx.check_limits()?;
        visit(cx, token)?;
        pending.extend((0..token.count()).rev().filter_map(|index| token.child(index)));
    }
    Ok(())
}

fn no_match<'a>(cx: &mut Cx<'a>, what: &str, token: &'a Token<'a>) -> Throw {
    let message = format!("{what} not valid on {}.", token.ty().def.short_name());
    raise::json(cx, &message)
}

fn no_property(cx: &mut Cx<'_>, name: &[u8]) -> Throw {
    let message = [b"Property '", name, b"' does not exist on JObject."].concat();
    super::throw(cx, &super::Fault::Json(message))
}

fn field<'a>(
    cx: &mut Cx<'a>,
    name: Option<&[u8]>,
    token: &'a Token<'a>,
    must_match: bool,
    found: &mut Found<'a>,
) -> Result<(), Throw> {
    match (token.content(), name) {
        (Content::Object(children), Some(name)) => match children.find(cx.arena(), name) {
            Some(property) => found.push(property.value_or_self()),
            None if must_match => return Err(no_property(cx, name)),
            None => {}
        },
        (Content::Object(children), None) => found.extend(children.iter().map(Token::value_or_self)),
        _ if must_match => {
            let message = [b"Property '", name.unwrap_or(b"*"), b"' not valid on "].concat();
            let message = [&message, token.ty().def.short_name().as_bytes(), b"."].concat();
            return Err(super::throw(cx, &super::Fault::Json(message)));
        }
        _ => {}
    }
    Ok(())
}

fn fields<'a>(
    cx: &mut Cx<'a>,
    names: &[Vec<u8>],
    token: &'a Token<'a>,
    must_match: bool,
    found: &mut Found<'a>,
) -> Result<(), Throw> {
    let Content::Object(children) = token.content() else {
        if !must_match {
            return Ok(());
        }
        let names: Vec<Vec<u8>> = names.iter().map(|name| [b"'", name.as_slice(), b"'"].concat()).collect();
        let message = [b"Properties ", names.join(b", ".as_slice()).as_slice(), b" not valid on "].concat();
        let message = [&message, token.ty().def.short_name().as_bytes(), b"."].concat();
        return Err(super::throw(cx, &super::Fault::Json(message)));
    };
    for name in names {
        found.extend(children.find(cx.arena(), name).map(Token::value_or_self));
        // Json.NET throws here even for a name that is there.
        if must_match {
            return Err(no_property(cx, name));
        }
    }
    Ok(())
}

fn element<'a>(
    cx: &mut Cx<'a>,
    token: &'a Token<'a>,
    index: i32,
    must_match: bool,
) -> Result<Option<&'a Token<'a>>, Throw> {
    let owner = match token.content() {
        Content::Array(_) => "JArray",
        Content::Constructor(_) => "JConstructor",
        _ if must_match => {
            let what = format!("Index {index}");
            return Err(no_match(cx, &what, token));
        }
        _ => return Ok(None),
    };
    match usize::try_from(index) {
        Err(_) => Err(types::raise::index(cx, "index")),
        Ok(place) if place < token.count() => Ok(token.child(place)),
        Ok(_) if must_match => {
            let message = format!("Index {index} outside the bounds of {owner}.");
            Err(raise::json(cx, &message))
        }
        Ok(_) => Ok(None),
    }
}

fn slice<'a>(
    cx: &mut Cx<'a>,
    (start, end, step): (Option<i32>, Option<i32>, Option<i32>),
    token: &'a Token<'a>,
    must_match: bool,
    found: &mut Found<'a>,
) -> Result<(), Throw> {
    if step == Some(0) {
        return Err(raise::json(cx, "Step cannot be zero."));
    }
    let Content::Array(children) = token.content() else {
        return if must_match { Err(no_match(cx, "Array slice is", token)) } else { Ok(()) };
    };
    let count = children.len() as i64;
    let step = i64::from(step.unwrap_or(1));
    let forwards = step > 0;
    let from_end = |bound: i32| if bound < 0 { count + i64::from(bound) } else { i64::from(bound) };
    let first = start.map_or(if forwards { 0 } else { count - 1 }, from_end);
    let last = end.map_or(if forwards { count } else { -1 }, from_end);
    let first = if forwards { first.clamp(0, count) } else { first.min(count - 1) };
    let last = last.clamp(-1, count);
    let is_inside = |index: i64| if forwards { index < last } else { index > last };
    if must_match && !is_inside(first) {
        let shown = |bound: Option<i32>| bound.map_or(String::from("*"), |bound| bound.to_string());
        let message = format!("Array slice of {} to {} returned no results.", shown(start), shown(end));
        return Err(raise::json(cx, &message));
    }
    let mut index = first;
    while is_inside(index) {
        match usize::try_from(index).ok().and_then(|index| children.get(index)) {
            Some(child) => found.push(child),
            // A start before the first element, walked backwards.
            None => return Err(types::raise::index(cx, "index")),
        }
        index += step;
    }
    Ok(())
}
