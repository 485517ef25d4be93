//! What can be put into elements and documents: nodes, attributes, values, and sequences of them.

use super::members::container::{XCONTAINER, XDOCUMENT};
use super::members::element::XELEMENT;
use super::members::object::XNODE;
use super::node::{Kind, Node};
use super::{read, write};
use crate::array::Bytes;
use crate::cx::Cx;
use crate::format::number::float;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::types::boolean::BOOLEAN;
use crate::types::date_time::DATE_TIME;
use crate::types::date_time_offset::OffsetObj;
use crate::types::double::{DOUBLE, SINGLE};
use crate::types::exception::{ARGUMENT_EXCEPTION, INVALID_OPERATION_EXCEPTION};
use crate::types::primitive::{value_if, value_of};
use crate::types::string::as_string;
use crate::types::time_span::TIME_SPAN;

/// The text of a value as XML has it: `true`, `1.5`, `2024-01-02T03:04:05Z`.
///
/// # Errors
/// `ArgumentException` for a node, and what the value's own `ToString` throws.
pub fn text_of<'a>(cx: &mut Cx<'a>, value: Obj<'a>) -> Result<Str<'a>, Throw> {
    if let Some(text) = as_string(value) {
        return Ok(text);
    }
    if value.downcast::<Node<'a>>().is_some() {
        return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "An XObject cannot be used as a value."));
    }
    let ty = value.ty();
    if ty == Ty(&BOOLEAN) {
        return Ok(cx.str(if value_of(value) { "true" } else { "false" }));
    }
    if ty == Ty(&DOUBLE) {
        return Ok(cx.write(|out| write_float(out, value_of::<f64>(value))));
    }
    if ty == Ty(&SINGLE) {
        let number = value_of::<f32>(value);
        return Ok(cx.write(|out| match number {
            number if number.is_infinite() => write_float(out, f64::from(number)),
            number => float::write(out, number),
        }));
    }
    if let Some(date) = value_if::<crate::format::time::DateTime>(Some(value), Ty(&DATE_TIME)) {
        return cx.try_write(|out| date.format(out, b"yyyy-MM-ddTHH:mm:ss.FFFFFFFK"));
    }
    if let Some(date) = OffsetObj::value_of(value) {
        let is_universal = date.offset().ticks() == 0;
        let format: &[u8] =
            if is_universal { b"yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'" } else { b"yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz" };
        return cx.try_write(|out| date.format(out, format));
    }
    if let Some(span) = value_if::<crate::format::time::TimeSpan>(Some(value), Ty(&TIME_SPAN)) {
        return Ok(cx.write(|out| write_duration(out, span.ticks())));
    }
    value.to_text(cx)
}

fn write_float(out: &mut Vec<u8>, number: f64) {
    if number.is_infinite() {
        out.extend_from_slice(if number > 0.0 { b"INF" } else { b"-INF" });
    } else if number == 0.0 && number.is_sign_negative() {
        out.extend_from_slice(b"-0");
    } else {
        float::write(out, number);
    }
}

/// A length of time as XML has it: `P1DT2H3M4.5S`.
fn write_duration(out: &mut Vec<u8>, ticks: i64) {
    const SECOND: u64 = 10_000_000;
    let all = ticks.unsigned_abs();
    let (seconds, fraction) = (all / SECOND, all % SECOND);
    let mut text = String::from(if ticks < 0 { "-P" } else { "P" });
    let (days, hours, minutes, rest) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    if days > 0 {
        text.push_str(&format!("{days}D"));
    }
    if hours + minutes + rest + fraction > 0 {
        text.push('T');
        if hours > 0 {
            text.push_str(&format!("{hours}H"));
        }
        if minutes > 0 {
            text.push_str(&format!("{minutes}M"));
        }
        if rest + fraction > 0 {
            text.push_str(&rest.to_string());
            if fraction > 0 {
                text.push_str(format!(".{fraction:07}").trim_end_matches('0'));
            }
            text.push('S');
        }
    } else if days == 0 {
        text.push_str("T0S");
    }
    out.extend_from_slice(text.as_bytes());
}

/// Adds content to an element or document, before one of its nodes or at its end.
///
/// # Errors
/// `InvalidOperationException` for a second attribute of a name, `ArgumentException` for what a document cannot hold, and
/// what walking a sequence throws.
pub fn add<'a>(
    cx: &mut Cx<'a>,
    container: &'a Node<'a>,
    content: Option<Obj<'a>>,
    before: Option<&'a Node<'a>>,
) -> Result<(), Throw> {
    let Some(content) = content else { return Ok(()) };
    if let Some(node) = content.downcast::<Node<'a>>() {
        return add_node(cx, container, node, before);
    }
    let is_sequence = content.ty().def.ops.elements.is_some();
    if is_sequence && as_string(content).is_none() && content.downcast::<Bytes<'a>>().is_none() {
        let mut cursor = content.elements(cx, crate::catalogue::OBJECT)?;
        while let Some(item) = cursor.next_object(cx, crate::catalogue::OBJECT)? {
            cx.deeper(|cx| add(cx, container, item, before))?;
        }
        return Ok(());
    }
    let text = text_of(cx, content)?;
    add_text(cx, container, text, before)
}

fn add_text<'a>(
    cx: &mut Cx<'a>,
    container: &'a Node<'a>,
    text: Str<'a>,
    before: Option<&'a Node<'a>>,
) -> Result<(), Throw> {
    if container.kind == Kind::Document && !text.bytes().iter().all(u8::is_ascii_whitespace) {
        return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "Non-whitespace characters cannot be added to content."));
    }
    if text.is_empty() {
        container.is_empty.set(false);
        return Ok(());
    }
    let neighbour = before.map_or(container.last(), Node::previous).filter(|node| node.kind == Kind::Text);
    match neighbour {
        Some(neighbour) => {
            let mut joined = neighbour.value.get().bytes().to_vec();
            cx.reserve(joined.len() + text.bytes().len())?;
            crate::wtf8::append(&mut joined, text.bytes());
            neighbour.value.set(cx.str_from_wtf8(&joined));
        }
        None => container.insert(Node::new(cx, Kind::Text, None, text), before),
    }
    Ok(())
}

/// Adds a node or attribute; one that belongs to something already is copied.
fn add_node<'a>(
    cx: &mut Cx<'a>,
    container: &'a Node<'a>,
    node: &'a Node<'a>,
    before: Option<&'a Node<'a>>,
) -> Result<(), Throw> {
    cx.check_limits()?;
    if node.kind == Kind::Attribute {
        if container.kind != Kind::Element {
            return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "An attribute cannot be added to content."));
        }
        if node.name.get().is_some_and(|name| container.attribute(name).is_some()) {
            return Err(cx.throw(Ty(&INVALID_OPERATION_EXCEPTION), "Duplicate attribute."));
        }
        let own = if node.parent().is_some() { node.copied(cx)? } else { node };
        container.insert_attribute(own);
        return Ok(());
    }
    if node.kind == Kind::Document {
        return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "A node of type Document cannot be added to content."));
    }
    if container.kind == Kind::Document {
        match node.kind {
            Kind::CData => {
                return Err(cx.throw(Ty(&ARGUMENT_EXCEPTION), "A node of type CDATA cannot be added to content."));
            }
            Kind::Element if container.root().is_some() => {
                let message = "This operation would create an incorrectly structured document.";
                return Err(cx.throw(Ty(&INVALID_OPERATION_EXCEPTION), message));
            }
            Kind::Text => return add_text(cx, container, node.value.get(), before),
            _ => {}
        }
    }
    let outermost = std::iter::successors(Some(container), |node| node.parent()).last();
    let is_around = outermost.is_some_and(|outermost| std::ptr::eq(outermost, node));
    let own = if node.parent().is_some() || is_around { node.copied(cx)? } else { node };
    container.insert(own, before);
    Ok(())
}

/// Whether two nodes are the same in everything but white space that is not there.
///
/// # Errors
/// The limit of time.
pub fn deep_equals<'a>(cx: &mut Cx<'a>, a: &'a Node<'a>, b: &'a Node<'a>) -> Result<bool, Throw> {
    let (mut left, mut right) = (a, b);
    loop {
        cx.check_limits()?;
        let same_name = match (left.name.get(), right.name.get()) {
            (Some(one), Some(other)) => one.is(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let same_empty = left.kind != Kind::Element || left.is_empty.get() == right.is_empty.get();
        if left.kind != right.kind
            || !same_name
            || !same_empty
            || left.value.get() != right.value.get()
            || left.target.get() != right.target.get()
            || left.first().is_some() != right.first().is_some()
            || !same_attributes(left, right)
        {
            return Ok(false);
        }
        let (one, other) = (left.following(a), right.following(b));
        match (one, other) {
            (Some(one), Some(other)) => {
                let is_sibling =
                    |from: &'a Node<'a>, to: &'a Node<'a>| from.next().is_some_and(|next| std::ptr::eq(next, to));
                let enters = left.first().is_some();
                if !enters && is_sibling(left, one) != is_sibling(right, other) {
                    return Ok(false);
                }
                (left, right) = (one, other);
            }
            (one, other) => return Ok(one.is_none() && other.is_none()),
        }
    }
}

fn same_attributes<'a>(left: &'a Node<'a>, right: &'a Node<'a>) -> bool {
    let (mut one, mut other) = (left.first_attribute(), right.first_attribute());
    while let (Some(a), Some(b)) = (one, other) {
        let same_name = match (a.name.get(), b.name.get()) {
            (Some(a), Some(b)) => a.is(b),
            _ => false,
        };
        if !same_name || a.value.get() != b.value.get() {
            return false;
        }
        (one, other) = (a.next(), b.next());
    }
    one.is_none() && other.is_none()
}

/// What a body holds, as an element or a document.
///
/// # Errors
/// `XmlException` if the body is no XML.
pub fn from_body<'a>(cx: &mut Cx<'a>, text: Str<'a>, ty: Ty) -> Result<Obj<'a>, Throw> {
    let node = if ty == Ty(&XDOCUMENT) {
        read::document(cx, text, false)?
    } else if [&XELEMENT, &XNODE, &XCONTAINER].iter().any(|element| ty == Ty(element)) {
        read::element(cx, text, false)?
    } else {
        return Err(crate::rt::throw_cast(cx, Ty(&XELEMENT), ty));
    };
    Ok(crate::object::object_of(node))
}

/// The text of an object that is a node.
///
/// # Errors
/// The limits of time and memory.
pub fn node_text<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<Str<'a>, Throw> {
    match object.downcast::<Node<'a>>() {
        Some(node) => write::text(cx, node, true),
        None => Ok(Str::EMPTY),
    }
}
