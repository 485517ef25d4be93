//! `JContainer.Merge`.

use super::token::{Content, Kind, Token};
use super::{edit, index};
use crate::catalogue::OBJECT;
use crate::cx::Cx;
use crate::object::Obj;
use crate::throw::Throw;

/// Takes over what is in another tree: properties are joined by name, arrays put one behind the other, values
/// replaced; nulls replace nothing.
///
/// # Errors
/// What adding throws, and the limits of time and memory.
pub fn merge<'a>(cx: &mut Cx<'a>, target: &'a Token<'a>, content: Option<Obj<'a>>) -> Result<(), Throw> {
    let Some(object) = content else { return Ok(()) };
    let Some(source) = object.downcast::<Token<'a>>() else {
        let is_list = matches!(target.content(), Content::Array(_) | Content::Constructor(_));
        return if is_list && edit::is_many(object) { append(cx, target, object) } else { Ok(()) };
    };
    // Pairs of containers that are still to be merged, the next last.
    let mut pending = vec![(target, source)];
    while let Some((target, source)) = pending.pop() {
        cx.check_limits()?;
        match (target.content(), source.content()) {
            (Content::Object(_), Content::Object(_)) => merge_objects(cx, target, source, &mut pending)?,
            (Content::Array(_) | Content::Constructor(_), Content::Array(_)) => {
                append(cx, target, source.object())?;
            }
            (Content::Constructor(_), Content::Constructor(_)) => append(cx, target, source.object())?,
            (Content::Property(_), Content::Property(property)) => {
                if let Some(value) = property.value.get().filter(|value| value.kind() != Kind::Null) {
                    edit::set_value(cx, target, Some(value))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn merge_objects<'a>(
    cx: &mut Cx<'a>,
    target: &'a Token<'a>,
    source: &'a Token<'a>,
    pending: &mut Vec<(&'a Token<'a>, &'a Token<'a>)>,
) -> Result<(), Throw> {
    let mut inner = Vec::new();
    // The source may be the target itself: what is added meanwhile is not merged again.
    let properties: Vec<_> = (0..source.count()).filter_map(|index| source.child(index)?.as_property()).collect();
    for property in properties {
        let Some(value) = property.value.get() else { continue };
        let Some(existing) = index::property(cx, target, property.name) else {
            edit::set_member(cx, target, property.name, Some(value))?;
            continue;
        };
        let current = existing.value_or_self();
        if current.is_value() || current.kind() != value.kind() {
            if !is_null(value) {
                edit::set_value(cx, existing, Some(value))?;
            }
        } else {
            inner.push((current, value));
        }
    }
    pending.extend(inner.into_iter().rev());
    Ok(())
}

/// Whether a value is null, of whatever kind.
fn is_null(token: &Token<'_>) -> bool {
    matches!(token.content(), Content::Null | Content::Undefined | Content::Text(None) | Content::Comment(None))
}

/// Adds the elements of a sequence behind those of a list.
fn append<'a>(cx: &mut Cx<'a>, target: &'a Token<'a>, sequence: Obj<'a>) -> Result<(), Throw> {
    let mut elements = sequence.elements(cx, OBJECT)?;
    while let Some(word) = elements.next(cx)? {
        // SAFETY: an element of a sequence of objects.
        let element = unsafe { cx.object(word) };
        if element.is_some_and(|element| element.downcast::<Token<'a>>().is_none()) {
            let ty = element.map_or(OBJECT, Obj::ty);
            return Err(crate::rt::throw_cast(cx, ty, crate::ty::Ty(&super::members::token::JTOKEN)));
        }
        edit::add_last(cx, target, element)?;
    }
    Ok(())
}
