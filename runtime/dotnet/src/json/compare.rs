//! When tokens are equal, and how values are ordered.
//!
//! Not here: paths that compare (`jpath`).

use std::cmp::Ordering;
use std::hash::{BuildHasher, RandomState};

use super::big_integer::BigInteger;
use super::raise;
use super::token::{Content, Kind, Token};
use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::time::{DateTime, DateTimeOffset};
use crate::object::Obj;
use crate::search::Case;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::convert::{Value, to_boolean, to_date, to_decimal, to_double, to_integer};
use crate::types::date_time_offset::OffsetObj;
use crate::types::number::UINT64;
use crate::types::primitive::sign_of;
use crate::types::string_compare::ordinal;

/// Whether two values are of the same kind and equal: `JValue.Equals`.
///
/// # Errors
/// What comparing them throws.
pub fn values_equal<'a>(cx: &mut Cx<'a>, a: &'a Token<'a>, b: &'a Token<'a>) -> Result<bool, Throw> {
    if a.is(b) {
        return Ok(true);
    }
    if !b.is_value() || a.kind() != b.kind() {
        return Ok(false);
    }
    match (a.content(), b.content()) {
        (Content::Text(a), Content::Text(b)) => Ok(a == b),
        (Content::Integer(a), Content::Integer(b)) => Ok(a == b),
        (Content::Boolean(a), Content::Boolean(b)) => Ok(a == b),
        _ => Ok(compare_as(cx, a.kind(), a, b)? == Ordering::Equal),
    }
}

/// The order of two values: `JValue.CompareTo`. A string is compared as what the other one is.
///
/// # Errors
/// What converting the other value throws.
pub fn compare<'a>(cx: &mut Cx<'a>, a: &'a Token<'a>, b: &'a Token<'a>) -> Result<Ordering, Throw> {
    let kind = if a.kind() == Kind::String { b.kind() } else { a.kind() };
    compare_as(cx, kind, a, b)
}

/// What `JValue.CompareTo` gives: strings and bytes tell by how much they differ.
///
/// # Errors
/// As [`compare`].
pub fn compare_to<'a>(cx: &mut Cx<'a>, a: &'a Token<'a>, b: &'a Token<'a>) -> Result<i32, Throw> {
    let is_text = |kind| matches!(kind, Kind::String | Kind::Comment | Kind::Raw);
    if let (true, true, Some(a), Some(b)) = (is_text(a.kind()), is_text(b.kind()), a.held(cx), b.held(cx)) {
        let (a, b) = (a.to_text(cx)?, b.to_text(cx)?);
        return Ok(ordinal(a, b, Case::Sensitive));
    }
    if let (Content::Held(a), Content::Held(b)) = (a.content(), b.content())
        && let (Some(a), Some(b)) = (a.downcast::<Bytes<'a>>(), b.downcast::<Bytes<'a>>())
        && a.items().len() == b.items().len()
    {
        let differences = a.items().iter().zip(b.items()).map(|(a, b)| i32::from(a.get()) - i32::from(b.get()));
        return Ok(differences.into_iter().find(|difference| *difference != 0).unwrap_or(0));
    }
    compare(cx, a, b).map(sign_of)
}

/// The order of two values taken for values of a kind; null comes first.
///
/// # Errors
/// What converting the values throws, and `ArgumentException` for kinds that do not convert.
pub fn compare_as<'a>(cx: &mut Cx<'a>, kind: Kind, a: &'a Token<'a>, b: &'a Token<'a>) -> Result<Ordering, Throw> {
    let (a, b) = match (a.held(cx), b.held(cx)) {
        (None, None) => return Ok(Ordering::Equal),
        (_, None) => return Ok(Ordering::Greater),
        (None, _) => return Ok(Ordering::Less),
        (Some(a), Some(b)) => (a, b),
    };
    match kind {
        Kind::Integer | Kind::Float => compare_numbers(cx, kind, a, b),
        Kind::String | Kind::Comment | Kind::Raw => {
            let (a, b) = (a.to_text(cx)?, b.to_text(cx)?);
            Ok(ordinal(a, b, Case::Sensitive).cmp(&0))
        }
        Kind::Boolean => {
            let (a, b) = (Value::of(cx, Some(a))?, Value::of(cx, Some(b))?);
            Ok(to_boolean(cx, a)?.cmp(&to_boolean(cx, b)?))
        }
        Kind::Date => compare_dates(cx, a, b),
        Kind::Bytes => match (a.downcast::<Bytes<'a>>(), b.downcast::<Bytes<'a>>()) {
            (Some(a), Some(b)) => {
                let (a, b) = (a.to_vec(), b.to_vec());
                Ok(a.len().cmp(&b.len()).then(a.cmp(&b)))
            }
            _ => Err(raise::argument(cx, "Object must be of type byte[].")),
        },
        Kind::Guid | Kind::TimeSpan if a.ty() != b.ty() => {
            let message = format!("Object must be of type {}.", kind.name());
            Err(raise::argument(cx, &message))
        }
        Kind::Guid | Kind::TimeSpan => match a.ty().def.ops.compare {
            Some(compare) => compare(cx, a, b),
            None => Ok(Ordering::Equal),
        },
        Kind::Uri if a.ty() != b.ty() => Err(raise::argument(cx, "Object must be of type Uri.")),
        Kind::Uri => {
            let (a, b) = (a.to_text(cx)?, b.to_text(cx)?);
            Ok(ordinal(a, b, Case::Sensitive).cmp(&0))
        }
        _ => Err(raise::value_type(cx, kind)),
    }
}

/// Numbers: as `decimal` if one is that or `ulong`, as `double` if one is floating point, else as `long`. Doubles that
/// differ by no more than rounding are equal.
fn compare_numbers<'a>(cx: &mut Cx<'a>, kind: Kind, a: Obj<'a>, b: Obj<'a>) -> Result<Ordering, Throw> {
    if let Some(big) = a.downcast::<BigInteger<'a>>() {
        return compare_big(cx, big, b);
    }
    if let Some(big) = b.downcast::<BigInteger<'a>>() {
        return compare_big(cx, big, a).map(Ordering::reverse);
    }
    let is_long = |object: Obj<'a>| object.ty() == Ty(&UINT64);
    let is_exact = is_long(a) || is_long(b);
    let (a, b) = (Value::of(cx, Some(a))?, Value::of(cx, Some(b))?);
    let is_decimal = |value| matches!(value, Value::Decimal(_));
    let is_floating = |value| matches!(value, Value::Single(_) | Value::Double(_));
    if is_exact || is_decimal(a) || is_decimal(b) {
        return Ok(to_decimal(cx, a)?.cmp(&to_decimal(cx, b)?));
    }
    if kind == Kind::Integer && !is_floating(a) && !is_floating(b) {
        return Ok(to_integer::<i64>(cx, a)?.cmp(&to_integer(cx, b)?));
    }
    let (a, b) = (to_double(cx, a)?, to_double(cx, b)?);
    let tolerance = (a.abs() + b.abs() + 10.0) * f64::EPSILON;
    let difference = a - b;
    if a == b || (-tolerance < difference && tolerance > difference) {
        return Ok(Ordering::Equal);
    }
    // As `double.CompareTo`: what is no number comes first.
    Ok(a.partial_cmp(&b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan())))
}

/// A large whole number against any number: a fraction makes the other one the larger where they are else equal.
fn compare_big<'a>(cx: &mut Cx<'a>, big: &'a BigInteger<'a>, other: Obj<'a>) -> Result<Ordering, Throw> {
    if let Some(other) = other.downcast::<BigInteger<'a>>() {
        return Ok(big.compare(other));
    }
    let other = Value::of(cx, Some(other))?;
    match other {
        Value::Single(_) | Value::Double(_) => {
            let other = to_double(cx, other)?;
            Ok(big.to_f64().partial_cmp(&other).unwrap_or(Ordering::Greater))
        }
        _ => {
            let other = to_decimal(cx, other)?;
            Ok(match big.to_decimal() {
                Ok(big) => big.cmp(&other),
                Err(_) if big.is_negative() => Ordering::Less,
                Err(_) => Ordering::Greater,
            })
        }
    }
}

/// Dates by their clocks, or by the moment if the first one has an offset.
fn compare_dates<'a>(cx: &mut Cx<'a>, a: Obj<'a>, b: Obj<'a>) -> Result<Ordering, Throw> {
    if let Some(a) = OffsetObj::value_of(a) {
        let b = match OffsetObj::value_of(b) {
            Some(b) => b,
            None => DateTimeOffset::from_date_time(date_of(cx, b)?),
        };
        return Ok(a.cmp(&b));
    }
    let a = date_of(cx, a)?;
    let b = match OffsetObj::value_of(b) {
        Some(b) => b.clock(),
        None => date_of(cx, b)?,
    };
    Ok(a.cmp(&b))
}

fn date_of<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<DateTime, Throw> {
    let value = Value::of(cx, Some(object))?;
    to_date(cx, value)
}

/// Whether two trees are equal: `JToken.DeepEquals`. The order of properties does not matter.
///
/// # Errors
/// What comparing values throws, and the limits of time and memory.
pub fn deep_equals<'a>(cx: &mut Cx<'a>, a: &'a Token<'a>, b: &'a Token<'a>) -> Result<bool, Throw> {
    let mut pending = vec![(a, b)];
    let mut steps = 0_u32;
    while let Some((a, b)) = pending.pop() {
        steps = steps.wrapping_add(1);
        if steps.is_multiple_of(512) {
            cx.check_limits()?;
        }
        if a.is(b) {
            continue;
        }
        if a.is_value() || b.is_value() {
            if !a.is_value() || !values_equal(cx, a, b)? {
                return Ok(false);
            }
            continue;
        }
        if a.kind() != b.kind() || a.count() != b.count() {
            return Ok(false);
        }
        match (a.content(), b.content()) {
            (Content::Object(a), Content::Object(b)) => {
                for property in a.iter().filter_map(Token::as_property) {
                    let other = b.find(cx.arena(), property.name.bytes()).and_then(Token::first);
                    match (property.value.get(), other) {
                        (Some(value), Some(other)) => pending.push((value, other)),
                        _ => return Ok(false),
                    }
                }
                continue;
            }
            (Content::Property(a), Content::Property(b)) if a.name != b.name => return Ok(false),
            (Content::Constructor(a), Content::Constructor(b)) if a.name.get() != b.name.get() => return Ok(false),
            _ => {}
        }
        pending.extend((0..a.count()).filter_map(|index| Some((a.child(index)?, b.child(index)?))).rev());
    }
    Ok(true)
}

/// A hash code that goes with [`deep_equals`].
///
/// # Errors
/// What the hash codes of values throw, and the limits of time and memory.
pub fn deep_hash<'a>(cx: &mut Cx<'a>, token: &'a Token<'a>) -> Result<i32, Throw> {
    static SEED: std::sync::OnceLock<RandomState> = std::sync::OnceLock::new();
    let mut hash = 0;
    let mut pending = vec![token];
    let mut steps = 0_u32;
    while let Some(token) = pending.pop() {
        steps = steps.wrapping_add(1);
        if steps.is_multiple_of(512) {
            cx.check_limits()?;
        }
        // Parts are joined by exclusive or, so that the order of properties does not matter.
        if let Some(name) = token.name() {
            hash ^= crate::object::fold_hash(SEED.get_or_init(RandomState::new).hash_one(name.bytes()));
        }
        if token.is_value() {
            hash ^= token.kind() as i32;
            if let Some(held) = token.held(cx) {
                hash ^= held.hash_code(cx)?;
            }
        }
        pending.extend((0..token.count()).filter_map(|index| token.child(index)));
    }
    Ok(hash)
}
