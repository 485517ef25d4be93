//! The life of a session: what may come when, and the order in which things are done.

use std::collections::VecDeque;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, TryRecvError};

use serde_json::{Value, json};

use crate::Ending;
use crate::answer::{Client, answer, capabilities, parameters};
use crate::protocol::{Changed, Failure, FileEvents, OfDocument, Opened, notification, response};
use crate::session::{Session, Shown};
use crate::transport::{Incoming, write};
use crate::{translate, uri};

/// Where in its life a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing was said yet.
    New,
    /// Requests are answered.
    Begun,
    /// The client asked for an end.
    Ending,
}

/// A server with its one client.
pub struct Server<W> {
    output: W,
    stage: Stage,
    client: Client,
    session: Session,
    /// What was read and not looked at yet.
    queue: VecDeque<Incoming>,
    /// Whether the client can no longer be written to.
    is_gone: bool,
}

impl<W: Write> Server<W> {
    pub fn new(output: W) -> Self {
        let (stage, client, session, queue) = (Stage::New, Client::default(), Session::default(), VecDeque::new());
        Self { output, stage, client, session, queue, is_gone: false }
    }

    /// Answers messages until the client leaves.
    pub fn run(&mut self, messages: &Receiver<Incoming>) -> Ending {
        loop {
            if self.is_gone {
                return Ending::Abrupt;
            }
            self.fetch(messages);
            let next = match self.queue.pop_front() {
                Some(next) => next,
                None if !self.session.is_idle() => {
                    self.work();
                    continue;
                }
                None => messages.recv().unwrap_or(Incoming::End),
            };
            let message = match next {
                Incoming::Message(message) => message,
                Incoming::Malformed(why) => {
                    self.send(&response(&Value::Null, Err(Failure::new(Failure::PARSE_ERROR, why))));
                    continue;
                }
                Incoming::End => return Ending::Abrupt,
            };
            if let Some(ending) = self.message(&message) {
                return ending;
            }
        }
    }

    /// Takes in what waits, and answers requests that were cancelled meanwhile.
    fn fetch(&mut self, messages: &Receiver<Incoming>) {
        loop {
            match messages.try_recv() {
                Ok(Incoming::Message(message)) if method(&message) == Some("$/cancelRequest") => {
                    let id = message.pointer("/params/id").cloned().unwrap_or_default();
                    let is_meant = |waiting: &Incoming| {
                        matches!(waiting, Incoming::Message(waiting)
                            if method(waiting).is_some() && waiting.get("id") == Some(&id))
                    };
                    if let Some(at) = self.queue.iter().position(is_meant) {
                        self.queue.remove(at);
                        let failure = Failure::new(Failure::CANCELLED, "the request was cancelled");
                        self.send(&response(&id, Err(failure)));
                    }
                }
                Ok(message) => self.queue.push_back(message),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    self.queue.push_back(Incoming::End);
                    return;
                }
            }
        }
    }

    /// Does what one message asks; gives the end if it is one.
    fn message(&mut self, message: &Value) -> Option<Ending> {
        let Some(method) = method(message) else {
            // An answer to a request of ours needs nothing; anything else is no message.
            let is_answer = message.get("result").is_some() || message.get("error").is_some();
            if !is_answer {
                let id = message.get("id").cloned().unwrap_or_default();
                let failure = Failure::new(Failure::INVALID_REQUEST, "the message has no method");
                self.send(&response(&id, Err(failure)));
            }
            return None;
        };
        let params = message.get("params").unwrap_or(&Value::Null);
        match message.get("id") {
            Some(id) => {
                let result = self.request(method, params);
                self.send(&response(id, result));
                None
            }
            None if method == "exit" => Some(if self.stage == Stage::Ending { Ending::Clean } else { Ending::Abrupt }),
            None => {
                if self.stage == Stage::Begun {
                    self.notified(method, params);
                }
                None
            }
        }
    }

    fn request(&mut self, method: &str, params: &Value) -> Result<Value, Failure> {
        match (self.stage, method) {
            (Stage::New, "initialize") => {
                self.stage = Stage::Begun;
                self.begin(params);
                Ok(capabilities())
            }
            (Stage::New, _) => Err(Failure::new(Failure::NOT_INITIALIZED, "the session has not begun")),
            (Stage::Begun, "initialize") => {
                Err(Failure::new(Failure::INVALID_REQUEST, "the session has begun already"))
            }
            (Stage::Begun, "shutdown") => {
                self.stage = Stage::Ending;
                Ok(Value::Null)
            }
            (Stage::Begun, _) => {
                let (session, client) = (&mut self.session, self.client);
                let ended = catch_unwind(AssertUnwindSafe(|| answer(session, client, method, params)));
                ended.unwrap_or_else(|_| Err(Failure::new(Failure::INTERNAL_ERROR, "this is a fault of tollgate")))
            }
            (Stage::Ending, _) => Err(Failure::new(Failure::INVALID_REQUEST, "the session has ended")),
        }
    }

    /// Takes in what the client tells of itself.
    fn begin(&mut self, params: &Value) {
        let is_set = |pointer: &str| params.pointer(pointer).and_then(Value::as_bool).unwrap_or(false);
        self.client = Client {
            snippets: is_set("/capabilities/textDocument/completion/completionItem/snippetSupport"),
            watches: is_set("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
        };
        let folders = params.get("workspaceFolders").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let folders = folders.iter().filter_map(|folder| folder.get("uri")?.as_str());
        self.session.folders = folders.filter_map(uri::path).collect();
        if self.session.folders.is_empty() {
            let root = params.get("rootUri").and_then(Value::as_str);
            self.session.folders.extend(root.and_then(uri::path));
        }
    }

    /// Does what a notification tells. One that makes no sense is passed over, as the protocol wants it.
    fn notified(&mut self, method: &str, params: &Value) {
        match method {
            "initialized" => {
                if self.client.watches {
                    let watchers = json!([{"globPattern": "**/*.{xml,json,yaml,yml}"}]);
                    let registration = json!({
                        "id": "files",
                        "method": "workspace/didChangeWatchedFiles",
                        "registerOptions": {"watchers": watchers},
                    });
                    self.send(&json!({
                        "jsonrpc": "2.0",
                        "id": "tollgate-files",
                        "method": "client/registerCapability",
                        "params": {"registrations": [registration]},
                    }));
                }
                self.session.read_folders();
            }
            "textDocument/didOpen" => {
                if let Ok(Opened { document }) = parameters(params) {
                    self.session.open(&document.uri, document.version, document.text);
                }
            }
            "textDocument/didChange" => {
                if let Ok(Changed { document, changes }) = parameters(params) {
                    self.session.change(&document.uri, document.version, &changes);
                }
            }
            "textDocument/didClose" => {
                if let Ok(OfDocument { document }) = parameters(params)
                    && let Some(shown) = self.session.close(&document.uri)
                {
                    self.show(&shown);
                }
            }
            "textDocument/didSave" => {
                if let Ok(OfDocument { document }) = parameters(params) {
                    self.session.file_changed(&document.uri);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Ok(FileEvents { changes }) = parameters(params) {
                    changes.iter().for_each(|change| self.session.file_changed(&change.uri));
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                let paths = |which: &str| {
                    let folders = params.pointer(which).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                    folders.iter().filter_map(|folder| uri::path(folder.get("uri")?.as_str()?)).collect::<Vec<_>>()
                };
                let removed = paths("/event/removed");
                self.session.folders.retain(|folder| !removed.contains(folder));
                self.session.folders.extend(paths("/event/added"));
                self.session.read_folders();
            }
            _ => {}
        }
    }

    /// Does one piece of what waits, and shows what came of it.
    fn work(&mut self) {
        let session = &mut self.session;
        // A document that is the end of one check must not be the end of the session.
        let shown = catch_unwind(AssertUnwindSafe(|| session.work())).unwrap_or_default();
        shown.iter().for_each(|shown| self.show(shown));
    }

    fn show(&mut self, shown: &Shown) {
        let findings = shown.findings.iter().map(|finding| translate::diagnostic(finding, &shown.uri));
        let mut params = json!({"uri": shown.uri, "diagnostics": findings.collect::<Vec<_>>()});
        if let (Some(version), Some(object)) = (shown.version, params.as_object_mut()) {
            object.insert("version".to_owned(), version.into());
        }
        self.send(&notification("textDocument/publishDiagnostics", params));
    }

    fn send(&mut self, message: &Value) {
        self.is_gone |= write(&mut self.output, message).is_err();
    }
}

fn method(message: &Value) -> Option<&str> {
    message.get("method")?.as_str()
}
