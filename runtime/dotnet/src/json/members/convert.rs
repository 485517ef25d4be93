//! `Newtonsoft.Json.JsonConvert`.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::json::writer::Formatting;
use crate::json::{deserialize, serialize};
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;
use crate::ty::Ty;
use crate::word::Word;

/// The members of `JsonConvert`.
pub struct JsonConvertType;

/// Converts between values and JSON text.
#[members("public static class Newtonsoft.Json.JsonConvert", as = JSON_CONVERT)]
impl<'a> JsonConvertType {
    /// The JSON of a value, in one line.
    ///
    /// # Throws
    /// `JsonSerializationException` for an object that holds itself.
    #[member("static string SerializeObject(object value)")]
    fn serialize(cx: &mut Cx<'a>, value: Option<Obj<'a>>) -> Result<Str<'a>, Throw> {
        serialize::to_text(cx, value, Formatting::Compact)
    }

    /// The JSON of a value, in one line or indented.
    ///
    /// # Throws
    /// `JsonSerializationException` for an object that holds itself.
    #[member("static string SerializeObject(object value, Formatting formatting)")]
    fn serialize_formatted(cx: &mut Cx<'a>, value: Option<Obj<'a>>, formatting: i32) -> Result<Str<'a>, Throw> {
        serialize::to_text(cx, value, Formatting::of(formatting))
    }

    /// The value of a JSON text: trees for objects and arrays, .NET's own values for others; null for an empty text.
    ///
    /// # Throws
    /// `JsonReaderException` if the text is not JSON.
    #[member("static object DeserializeObject(string value)")]
    fn deserialize(cx: &mut Cx<'a>, value: Str<'a>) -> Result<Word, Throw> {
        deserialize::any_from_text(cx, value)
    }

    /// The value of a type that a JSON text means.
    ///
    /// # Throws
    /// `JsonReaderException` if the text is not JSON, `JsonSerializationException` if it means no such value.
    #[member("static T DeserializeObject<T>(string value)")]
    fn deserialize_as(cx: &mut Cx<'a>, value: Str<'a>, ty: Ty) -> Result<Word, Throw> {
        deserialize::from_text(cx, value, ty)
    }
}
