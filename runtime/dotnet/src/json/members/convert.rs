//! `Newtonsoft.Json.JsonConvert`.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::json::serialize;
use crate::json::writer::Formatting;
use crate::object::Obj;
use crate::text::Str;
use crate::throw::Throw;

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
}
