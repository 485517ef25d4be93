//! A client of the language server that says what it is told and waits for what it expects.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: i64,
    /// What came that nobody waited for yet.
    pub seen: Vec<Value>,
}

impl Client {
    /// A server that nothing was said to.
    pub fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_tollgate"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let (input, output) = (process.stdin.take(), process.stdout.take().expect("its output"));
        Self { process, input, output: BufReader::new(output), next: 0, seen: Vec::new() }
    }

    /// A server whose session has begun, in a folder or in none.
    pub fn begun(folder: Option<&std::path::Path>) -> Self {
        let mut client = Self::start();
        let folders = folder.map(|folder| json!([{"uri": uri(folder), "name": "folder"}]));
        let snippets = json!({"textDocument": {"completion": {"completionItem": {"snippetSupport": true}}}});
        client
            .ask("initialize", json!({"processId": null, "capabilities": snippets, "workspaceFolders": folders}))
            .expect("an answer");
        client.tell("initialized", json!({}));
        client
    }

    /// Writes bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("an open input");
        input.write_all(bytes).expect("the server reads");
        input.flush().expect("the server reads");
    }

    pub fn send(&mut self, message: &Value) {
        self.write(&frame(message));
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks, and waits for the answer: a result, or the number of an error.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, i64> {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.answer(&json!(id))
    }

    /// Waits for the answer to a request.
    pub fn answer(&mut self, id: &Value) -> Result<Value, i64> {
        let answer = self.wait(|message| message.get("method").is_none() && message.get("id") == Some(id));
        match answer.get("error") {
            Some(error) => Err(error.get("code").and_then(Value::as_i64).expect("a number")),
            None => Ok(answer.get("result").cloned().expect("a result")),
        }
    }

    /// Waits for the next findings of a document: the rules of all of them.
    pub fn findings(&mut self, uri: &str) -> Vec<String> {
        let shown = self.wait(|message| {
            message.get("method").is_some_and(|method| method == "textDocument/publishDiagnostics")
                && message.pointer("/params/uri").is_some_and(|of| of == uri)
        });
        let findings = shown.pointer("/params/diagnostics").and_then(Value::as_array).expect("an array").clone();
        findings.iter().map(|finding| finding.get("code").and_then(Value::as_str).expect("a rule").to_owned()).collect()
    }

    /// Waits for a message, and keeps what comes before it.
    pub fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.seen.iter().position(&is_it) {
            return self.seen.remove(at);
        }
        loop {
            let message = self.read().expect("a message");
            if is_it(&message) {
                return message;
            }
            self.seen.push(message);
        }
    }

    fn read(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().ok()?,
                _ if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).ok()?;
        serde_json::from_slice(&body).ok()
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "xml", "version": 1, "text": text}}),
        );
    }

    /// Closes the server's input and gives its exit status.
    pub fn end(mut self) -> i32 {
        self.input = None;
        self.process.wait().expect("it ends").code().expect("a status")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that failed leaves no server behind.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn frame(message: &Value) -> Vec<u8> {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
}

pub fn uri(path: &std::path::Path) -> String {
    format!("file://{}", path.display()).replace(' ', "%20")
}
