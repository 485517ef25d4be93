//! The form in which the value of an expression is kept and compared: its type and a text that no culture changes.

use dotnet::array::{AnyArray, Bytes};
use dotnet::cx::Cx;
use dotnet::json::token::Token;
use dotnet::json::writer::{self, Formatting};
use dotnet::object::Obj;
use dotnet::text::Str;
use dotnet::throw::Throw;
use dotnet::ty::Ty;
use dotnet::types::string::as_string;
use dotnet::xml::node::Node;
use serde_json::{Value, json};

/// `{"type", "value"}` of an object; the type is `null` for null.
///
/// # Errors
/// What walking a sequence throws.
pub fn of<'a>(cx: &mut Cx<'a>, object: Option<Obj<'a>>) -> Result<Value, Throw> {
    Ok(match object {
        None => json!({ "type": "null", "value": null }),
        Some(object) => json!({ "type": type_name(object.ty()), "value": text(cx, object)? }),
    })
}

/// The name of a type without namespaces: `List<String>`, `Int32[]`.
#[must_use]
pub fn type_name(ty: Ty) -> String {
    if let Some((element, _)) = ty.array_parts() {
        return format!("{}[]", type_name(element));
    }
    let name = ty.def.short_name();
    if ty.0.args.is_empty() {
        return name.to_owned();
    }
    let args: Vec<String> = ty.0.args.iter().map(|arg| type_name(*arg)).collect();
    format!("{name}<{}>", args.join(","))
}

/// The formats of types whose own text says less than they hold.
const FORMATS: &[(&str, &str)] = &[
    ("System.Double", "R"),
    ("System.Single", "R"),
    ("System.DateTime", "o"),
    ("System.DateTimeOffset", "o"),
    ("System.TimeSpan", "c"),
];

fn text<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<Value, Throw> {
    if let Some(text) = as_string(object) {
        return Ok(string(text));
    }
    let ty = object.ty();
    if let Some((_, format)) = FORMATS.iter().find(|(name, _)| *name == ty.def.name) {
        let format = cx.str(format);
        return match ty.def.ops.format {
            Some(formatted) => Ok(string(formatted(cx, object, format)?)),
            None => Ok(string(object.to_text(cx)?)),
        };
    }
    if let Some(token) = object.downcast::<Token<'a>>() {
        return Ok(string(writer::to_text(cx, token, Formatting::Compact)?));
    }
    if let Some(node) = object.downcast::<Node<'a>>() {
        return Ok(string(dotnet::xml::write::text(cx, node, false)?));
    }
    if let Some(bytes) = object.downcast::<Bytes<'a>>() {
        let mut out = Vec::new();
        dotnet::format::base64::encode(&mut out, &bytes.to_vec());
        return Ok(Value::String(String::from_utf8_lossy(&out).into_owned()));
    }
    if ty.def.ops.elements.is_some() {
        return elements(cx, object);
    }
    Ok(string(object.to_text(cx)?))
}

fn string(text: Str<'_>) -> Value {
    Value::String(text.to_utf8().into_owned())
}

fn elements<'a>(cx: &mut Cx<'a>, object: Obj<'a>) -> Result<Value, Throw> {
    let element = match AnyArray::of(object) {
        Some(array) => array.element(),
        None => object.ty().sequence_element().unwrap_or(dotnet::catalogue::OBJECT),
    };
    let mut cursor = object.elements(cx, element)?;
    let mut values = Vec::new();
    while let Some(item) = cursor.next_object(cx, element)? {
        values.push(match item {
            Some(item) => text(cx, item)?,
            None => Value::Null,
        });
    }
    Ok(Value::Array(values))
}
