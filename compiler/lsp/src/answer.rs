//! What requests are answered, once a session has begun.

use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::protocol::{Failure, OfDocument, OfPlace, OfRange};
use crate::session::Session;
use crate::{translate, uri};

/// What the client can do, as far as it matters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Client {
    /// Completions may place the cursor.
    pub snippets: bool,
    /// It can be asked to watch files.
    pub watches: bool,
}

/// What the server offers, for the answer to `initialize`.
pub fn capabilities() -> Value {
    json!({
        "capabilities": {
            "positionEncoding": "utf-16",
            "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
            "completionProvider": {"triggerCharacters": ["<", "/", " ", "\"", "'", "{", "(", "."]},
            "hoverProvider": true,
            "definitionProvider": true,
            "documentSymbolProvider": true,
            "foldingRangeProvider": true,
            "codeActionProvider": {"codeActionKinds": ["quickfix", "refactor"]},
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
        },
        "serverInfo": {"name": "tollgate", "version": env!("CARGO_PKG_VERSION")},
    })
}

/// The parameters of a message.
pub fn parameters<T: DeserializeOwned>(params: &Value) -> Result<T, Failure> {
    T::deserialize(params).map_err(|error| Failure::new(Failure::INVALID_PARAMS, error.to_string()))
}

/// Answers a request. A document that is not open has nothing to tell.
pub fn answer(session: &mut Session, client: Client, method: &str, params: &Value) -> Result<Value, Failure> {
    match method {
        "textDocument/completion" => {
            let asked: OfPlace = parameters(params)?;
            let typed = asked.context.and_then(|context| context.typed?.chars().next());
            let Some((analysis, neighbours)) = session.document(&asked.document.uri) else { return Ok(Value::Null) };
            let found = analysis.completion(asked.position.into(), typed, &neighbours);
            let items: Vec<Value> = found.iter().map(|found| translate::completion(found, client.snippets)).collect();
            Ok(json!({"isIncomplete": false, "items": items}))
        }
        "textDocument/hover" => {
            let asked: OfPlace = parameters(params)?;
            let Some((analysis, neighbours)) = session.document(&asked.document.uri) else { return Ok(Value::Null) };
            let told = analysis.hover(asked.position.into(), &neighbours);
            Ok(told.map_or(Value::Null, |hover| {
                let contents = json!({"kind": "markdown", "value": hover.text});
                json!({"contents": contents, "range": translate::range(hover.range)})
            }))
        }
        "textDocument/definition" => {
            let asked: OfPlace = parameters(params)?;
            let Some((analysis, neighbours)) = session.document(&asked.document.uri) else { return Ok(Value::Null) };
            let found = analysis.definition(asked.position.into(), &neighbours);
            Ok(found.map_or(Value::Null, |target| {
                let file = target.file.map_or_else(|| asked.document.uri.clone(), |file| uri::of(Path::new(&file)));
                json!({"uri": file, "range": translate::range(target.range)})
            }))
        }
        "textDocument/documentSymbol" => {
            let asked: OfDocument = parameters(params)?;
            let Some((analysis, _)) = session.document(&asked.document.uri) else { return Ok(Value::Null) };
            Ok(analysis.symbols().iter().map(translate::symbol).collect())
        }
        "textDocument/foldingRange" => {
            let asked: OfDocument = parameters(params)?;
            let Some((analysis, _)) = session.document(&asked.document.uri) else { return Ok(Value::Null) };
            Ok(analysis.folds().iter().map(translate::fold).collect())
        }
        "textDocument/codeAction" => {
            let asked: OfRange = parameters(params)?;
            let Some((analysis, _)) = session.document(&asked.document.uri) else { return Ok(Value::Null) };
            let found = analysis.actions(asked.range.into());
            Ok(found.iter().map(|action| translate::action(action, &asked.document.uri)).collect())
        }
        _ => Err(Failure::new(Failure::METHOD_NOT_FOUND, format!("there is no request `{method}`"))),
    }
}
