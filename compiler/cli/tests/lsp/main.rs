//! The language server as an editor meets it: a process that is talked to over its standard input and output.

mod client;
mod neovim;

use std::fs;
use std::path::{Path, PathBuf};

use client::{Client, frame, uri};
use serde_json::{Value, json};

fn at(document: &str, line: u32, character: u32) -> Value {
    json!({"textDocument": {"uri": document}, "position": {"line": line, "character": character}})
}

#[test]
fn a_session_begins_answers_and_ends() {
    let mut client = Client::begun(None);
    client.open("untitled:p", "<policies>\n<inbounds />\n</policies>");
    assert_eq!(client.findings("untitled:p"), ["document/unknown-section"]);
    assert_eq!(client.ask("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(client.ask("textDocument/hover", at("untitled:p", 0, 0)), Err(-32600));
    client.tell("exit", Value::Null);
    assert_eq!(client.end(), 0);
}

#[test]
fn leaving_without_a_shutdown_is_a_failure() {
    let mut client = Client::begun(None);
    client.tell("exit", Value::Null);
    assert_eq!(client.end(), 1);
    assert_eq!(Client::begun(None).end(), 1, "the input ends");
}

#[test]
fn requests_before_the_beginning_and_unknown_ones_are_refused() {
    let mut client = Client::start();
    assert_eq!(client.ask("textDocument/hover", json!({})), Err(-32002));
    client.tell("textDocument/didOpen", json!({}));
    let offered = client.ask("initialize", json!({"capabilities": {}})).unwrap();
    assert_eq!(offered["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(client.ask("initialize", json!({"capabilities": {}})), Err(-32600));
    assert_eq!(client.ask("textDocument/nonsense", json!({})), Err(-32601));
    assert_eq!(client.ask("$/nonsense", json!({})), Err(-32601));
    assert_eq!(client.ask("textDocument/hover", json!({"textDocument": 1})), Err(-32602));
    assert_eq!(client.ask("textDocument/hover", at("file:///not/open.xml", 0, 0)), Ok(Value::Null));
    client.tell("$/nonsense", json!({}));
    client.tell("textDocument/didChange", json!([1, 2, 3]));
    assert_eq!(client.ask("shutdown", Value::Null), Ok(Value::Null));
}

#[test]
fn malformed_messages_do_not_end_the_session() {
    let mut client = Client::begun(None);
    for bad in [
        &b"Content-Length: 5\r\n\r\n{\"a\":"[..],
        b"Content-Length: x\r\n\r\n",
        b"Content-Length: 2\r\n\r\n\xff\xfe",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: 4\r\n\r\nnull",
        b"Content-Length: 8\r\n\r\n{\"id\":1}",
        b"Content-Length: 0\r\n\r\n",
    ] {
        client.write(bad);
        let answer = client.wait(|message| message["error"].is_object());
        assert!([-32700, -32600].contains(&answer["error"]["code"].as_i64().unwrap()), "{answer}");
    }
    client.open("untitled:p", "<inbound />");
    client.ask("textDocument/hover", at("untitled:p", u32::MAX, u32::MAX)).unwrap();
    client.ask("textDocument/completion", at("untitled:p", 0, 1)).unwrap();
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let mut client = Client::begun(None);
    client.open("untitled:p", "<inbound />");
    // All at once, so that the request still waits when its end is read.
    let mut bytes = Vec::new();
    for id in 0..200 {
        bytes.extend(frame(&json!({"jsonrpc": "2.0", "id": format!("r{id}"), "method": "textDocument/completion", "params": at("untitled:p", 0, 1)})));
    }
    bytes.extend(frame(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "r199"}})));
    bytes.extend(frame(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "unknown"}})));
    client.write(&bytes);
    for id in 0..199 {
        client.answer(&json!(format!("r{id}"))).unwrap();
    }
    // Either it was begun already or it is cancelled; it is answered once.
    let last = client.answer(&json!("r199"));
    assert!(last.is_ok() || last == Err(-32800), "{last:?}");
    assert_eq!(client.ask("shutdown", Value::Null), Ok(Value::Null));
    assert!(!client.seen.iter().any(|message| message["id"] == "r199"));
}

#[test]
fn changes_are_applied_in_utf16_units_and_checked() {
    let mut client = Client::begun(None);
    let document = "file:///nowhere/lone.xml";
    client.open(document, "<!-- 😀 --><set-header name=\"a\" exists-action=\"drop\"><value>1</value></set-header>");
    assert_eq!(client.findings(document), ["policy/attribute-value"]);
    let range = json!({"start": {"line": 0, "character": 47}, "end": {"line": 0, "character": 51}});
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": document, "version": 2}, "contentChanges": [{"range": range, "text": "skip"}]}),
    );
    assert_eq!(client.findings(document), [""; 0]);
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": document, "version": 3}, "contentChanges": [{"text": "<nothing />"}]}),
    );
    assert_eq!(client.findings(document), ["policy/unknown-policy"]);
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": document}}));
    assert_eq!(client.findings(document), [""; 0]);
}

#[test]
fn fixes_hover_completion_and_outline_are_answered() {
    let mut client = Client::begun(None);
    let document = "file:///nowhere/lone.xml";
    client.open(
        document,
        "<policies>\n<inbound>\n<set-heder name=\"@(context.Request.Method)\" />\n<\n</inbound>\n</policies>",
    );
    let range = json!({"start": {"line": 2, "character": 3}, "end": {"line": 2, "character": 3}});
    let actions = client
        .ask(
            "textDocument/codeAction",
            json!({"textDocument": {"uri": document}, "range": range, "context": {"diagnostics": []}}),
        )
        .unwrap();
    assert_eq!(actions[0]["edit"]["changes"][document][0]["newText"], "set-header");
    assert_eq!(actions[0]["kind"], "quickfix");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "policy/unknown-policy");
    let told = client.ask("textDocument/hover", at(document, 2, 37)).unwrap();
    assert!(told["contents"]["value"].as_str().unwrap().contains("string IRequest.Method"), "{told}");
    let offered = client.ask("textDocument/completion", at(document, 3, 1)).unwrap();
    let items = offered["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["label"] == "set-header").expect("set-header");
    assert_eq!(item["textEdit"]["newText"], "set-header name=\"$0\"></set-header>");
    let symbols = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": document}})).unwrap();
    assert_eq!(symbols[0]["children"][0]["name"], "inbound");
    let folds = client.ask("textDocument/foldingRange", json!({"textDocument": {"uri": document}})).unwrap();
    assert!(folds.as_array().unwrap().len() >= 2);
}

/// An instance on disk with one API whose policy includes a fragment.
pub fn instance(folder: &Path) -> (PathBuf, PathBuf) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path
    };
    write("apis/a/apiInformation.json", r#"{"properties":{"path":"a","displayName":"a","protocols":["https"]}}"#);
    let api = write(
        "apis/a/policy.xml",
        "<policies>\n<inbound>\n<include-fragment fragment-id=\"shared\" />\n<include-fragment fragment-id=\"late\" />\n</inbound>\n</policies>\n",
    );
    let fragment = write(
        "policy fragments/shared/policy.xml",
        "<fragment>\n<set-header name=\"a\" exists-action=\"delete\" />\n</fragment>\n",
    );
    write(
        "named values/host/namedValueInformation.json",
        r#"{"properties":{"displayName":"host","value":"example.org"}}"#,
    );
    (api, fragment)
}

#[test]
fn an_instance_is_checked_as_a_whole_and_again_when_a_file_comes() {
    let folder = tempfile::tempdir().unwrap();
    let (api, fragment) = instance(folder.path());
    let mut client = Client::begun(Some(folder.path()));
    let (api, shared) = (uri(&api), uri(&fragment));
    assert_eq!(client.findings(&api), ["policy/unknown-reference"], "of a file that is not open");
    client.open(&shared, &fs::read_to_string(&fragment).unwrap());
    assert_eq!(client.findings(&shared), [""; 0]);
    // A fragment edit is followed by a check of whoever includes it.
    client.tell("textDocument/didChange", json!({"textDocument": {"uri": shared, "version": 2}, "contentChanges": [{"text": "<fragment><base /></fragment>"}]}));
    assert_eq!(client.findings(&shared), ["policy/not-in-fragment"]);
    assert_eq!(client.findings(&api), ["policy/unknown-reference"]);
    let late = folder.path().join("policy fragments/late/policy.xml");
    fs::create_dir_all(late.parent().unwrap()).unwrap();
    fs::write(&late, "<fragment />").unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&late), "type": 1}]}));
    assert_eq!(client.findings(&api), [""; 0], "the fragment is there now");
}

#[test]
fn documents_of_an_instance_see_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (api, fragment) = instance(folder.path());
    // Without a folder the instance is found from the document.
    let mut client = Client::begun(None);
    let document = uri(&api);
    client.open(&document, "<policies>\n<inbound>\n<include-fragment fragment-id=\"\" />\n<set-header name=\"{{\" />\n<include-fragment fragment-id=\"shared\" />\n</inbound>\n</policies>\n");
    let labels = |offered: Value| -> Vec<String> {
        offered["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(labels(client.ask("textDocument/completion", at(&document, 2, 31)).unwrap()), ["shared"]);
    assert_eq!(labels(client.ask("textDocument/completion", at(&document, 3, 20)).unwrap()), ["host"]);
    let target = client.ask("textDocument/definition", at(&document, 4, 34)).unwrap();
    assert_eq!(target["uri"], uri(&fragment));
}
