//! The exceptions of Json.NET.

use dotnet_macros::members;

use crate::cx::Cx;
use crate::text::Str;
use crate::throw::Exception;
use crate::ty::Ty;
use crate::types::exception::{exceptions, make};

exceptions! {
    JSON_EXCEPTION, JsonType, "JsonException", "public class Newtonsoft.Json.JsonException : Exception", None, [],
        "JSON could not be read, written or searched.";
    JSON_READER_EXCEPTION, JsonReaderType, "JsonReaderException",
        "public class Newtonsoft.Json.JsonReaderException : JsonException", None, [],
        "A text is not JSON, or not the JSON that is wanted.";
    JSON_SERIALIZATION_EXCEPTION, JsonSerializationType, "JsonSerializationException",
        "public class Newtonsoft.Json.JsonSerializationException : JsonException", None, [],
        "A value and JSON could not be converted into each other.";
    JSON_WRITER_EXCEPTION, JsonWriterType, "JsonWriterException",
        "public class Newtonsoft.Json.JsonWriterException : JsonException", None, [], "JSON could not be written.";
}
