//! The shapes that requests and notifications come in, as far as they are used.

use serde::Deserialize;
use serde_json::{Value, json};

/// Why a request failed.
#[derive(Debug)]
pub struct Failure {
    /// The protocol's number for it.
    pub code: i32,
    /// Why, for a log.
    pub message: String,
}

impl Failure {
    /// The message was no JSON.
    pub const PARSE_ERROR: i32 = -32700;
    /// The message was no request.
    pub const INVALID_REQUEST: i32 = -32600;
    /// There is no such request.
    pub const METHOD_NOT_FOUND: i32 = -32601;
    /// The request's parameters are none that it takes.
    pub const INVALID_PARAMS: i32 = -32602;
    /// A fault of the server.
    pub const INTERNAL_ERROR: i32 = -32603;
    /// The session has not begun.
    pub const NOT_INITIALIZED: i32 = -32002;
    /// The client cancelled the request.
    pub const CANCELLED: i32 = -32800;

    /// A failure of this number.
    pub fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// The answer to a request.
pub fn response(id: &Value, result: Result<Value, Failure>) -> Value {
    match result {
        Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
        Err(failure) => {
            let error = json!({"code": failure.code, "message": failure.message});
            json!({"jsonrpc": "2.0", "id": id, "error": error})
        }
    }
}

/// A message to the client that wants no answer.
pub fn notification(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

/// A line and a column in UTF-16 units, both from 0.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Position {
    pub line: u32,
    pub character: u32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Range {
    pub start: Position,
    pub end: Position,
}

#[derive(Debug, Deserialize)]
pub struct TextDocument {
    pub uri: String,
}

#[derive(Debug, Deserialize)]
pub struct OpenedDocument {
    pub uri: String,
    #[serde(default)]
    pub version: i64,
    pub text: String,
}

#[derive(Debug, Deserialize)]
pub struct Opened {
    #[serde(rename = "textDocument")]
    pub document: OpenedDocument,
}

#[derive(Debug, Deserialize)]
pub struct VersionedDocument {
    pub uri: String,
    #[serde(default)]
    pub version: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct Changed {
    #[serde(rename = "textDocument")]
    pub document: VersionedDocument,
    #[serde(rename = "contentChanges")]
    pub changes: Vec<Change>,
}

/// A replacement of a range, or of all of the text.
#[derive(Debug, Deserialize)]
pub struct Change {
    #[serde(default)]
    pub range: Option<Range>,
    pub text: String,
}

/// The parameters of what concerns a document as a whole.
#[derive(Debug, Deserialize)]
pub struct OfDocument {
    #[serde(rename = "textDocument")]
    pub document: TextDocument,
}

/// The parameters of what concerns a place.
#[derive(Debug, Deserialize)]
pub struct OfPlace {
    #[serde(rename = "textDocument")]
    pub document: TextDocument,
    pub position: Position,
    #[serde(default)]
    pub context: Option<CompletionContext>,
}

#[derive(Debug, Deserialize)]
pub struct CompletionContext {
    #[serde(default, rename = "triggerCharacter")]
    pub typed: Option<String>,
}

/// The parameters of what concerns a range.
#[derive(Debug, Deserialize)]
pub struct OfRange {
    #[serde(rename = "textDocument")]
    pub document: TextDocument,
    pub range: Range,
}

#[derive(Debug, Deserialize)]
pub struct FileEvents {
    pub changes: Vec<TextDocument>,
}

impl From<Position> for ide::LineColumn {
    fn from(at: Position) -> Self {
        Self { line: at.line, column: at.character }
    }
}

impl From<Range> for ide::Range {
    fn from(range: Range) -> Self {
        Self { start: range.start.into(), end: range.end.into() }
    }
}
