//! The shipped instance, from the command line to answers over HTTP.
//!
//! Not here: what single policies do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

fn tollgate() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
    command.env("NO_COLOR", "1");
    command
}

fn cars() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/cars")
}

/// A gateway that ends with the test.
struct Serving {
    child: Child,
    address: String,
    _out: BufReader<ChildStdout>,
}

impl Serving {
    fn start(path: &Path, more: &[&str]) -> Self {
        let mut command = tollgate();
        command.arg("serve").arg(path).args(["--listen", "127.0.0.1:0"]).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("tollgate starts");
        let mut out = BufReader::new(child.stdout.take().expect("it was piped"));
        let mut line = String::new();
        out.read_line(&mut line).expect("it says that it listens");
        let address = line.trim().strip_prefix("listening on http://").expect("the ready line").to_owned();
        Self { child, address, _out: out }
    }

    /// The answer: its head in lower case, and its body.
    fn send(&self, line: &str, headers: &[(&str, &str)]) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("it accepts");
        let mut request = format!("{line} HTTP/1.1\r\nHost: cars.example\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head.to_ascii_lowercase(), body.to_owned())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const STARTER: (&str, &str) = ("Ocp-Apim-Subscription-Key", "starter-demo-key");
const UNLIMITED: (&str, &str) = ("Ocp-Apim-Subscription-Key", "unlimited-demo-key");

fn token(issuer: &str, audience: &str, more: &[&str]) -> String {
    let key = cars().join("demo/token-key.pem");
    let output = tollgate()
        .args(["token", "--issuer", issuer, "--audience", audience, "--subject", "dom", "--key"])
        .arg(key)
        .args(more)
        .output()
        .expect("tollgate runs");
    assert!(output.status.success());
    format!("Bearer {}", String::from_utf8(output.stdout).expect("text").trim())
}

#[test]
fn every_environment_is_without_findings() {
    for environment in ["dev", "staging", "production"] {
        let output = tollgate().arg("check").arg(cars()).args(["--env", environment]).output().expect("tollgate runs");
        assert_eq!(output.status.code(), Some(0), "{environment}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{environment}");
    }
}

#[test]
fn the_cases_of_the_instance_pass() {
    let output = tollgate().arg("test").arg(cars()).output().expect("tollgate runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn keys_and_tokens_let_callers_in_and_nothing_else_does() {
    let gateway = Serving::start(&cars(), &[]);
    let issuer = "https://login.cars.example";
    let good = token(issuer, "cars", &[]);
    let expired = token(issuer, "cars", &["--expires-in", "-7200"]);
    let elsewhere = token(issuer, "other", &[]);
    let unsigned = "Bearer eyJhbGciOiJub25lIn0.eyJhdWQiOiJjYXJzIn0.";
    let cases: [(&[(&str, &str)], &str); 8] = [
        (&[STARTER], "200"),
        (&[UNLIMITED], "200"),
        (&[("Authorization", &good)], "200"),
        (&[], "401"),
        (&[("Ocp-Apim-Subscription-Key", "nobody's")], "401"),
        (&[("Authorization", &expired)], "401"),
        (&[("Authorization", &elsewhere)], "401"),
        (&[("Authorization", unsigned)], "401"),
    ];
    for (headers, status) in cases {
        let (head, body) = gateway.send("GET /cars/v1/cars", headers);
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{headers:?}\n{head}\n{body}");
        if status == "401" {
            assert!(head.contains("content-type: application/problem+json"), "{head}");
        }
    }
}

#[test]
fn the_call_after_a_hundred_is_refused_with_the_time_to_wait() {
    let gateway = Serving::start(&cars(), &[]);
    for call in 1..=100 {
        let (head, _) = gateway.send("GET /cars/v1/cars", &[STARTER]);
        assert!(head.starts_with("http/1.1 200"), "call {call}: {head}");
        assert!(head.contains(&format!("x-ratelimit-remaining: {}", 100 - call)), "call {call}: {head}");
    }
    let (head, body) = gateway.send("GET /cars/v1/cars", &[STARTER]);
    assert!(head.starts_with("http/1.1 429"), "{head}");
    assert!(head.contains("\r\nretry-after: "), "{head}");
    assert!(body.contains("\"/problems/rate-limited\""), "{body}");
    let (head, _) = gateway.send("GET /cars/v1/cars", &[UNLIMITED]);
    assert!(head.starts_with("http/1.1 200"), "{head}");
}

#[test]
fn cars_and_pages_are_answered_as_asked() {
    let gateway = Serving::start(&cars(), &[]);
    let cases = [
        ("/cars/v1/cars/1", "200", "\"Charger R/T\""),
        ("/cars/v1/cars/999", "404", "\"suggestion\""),
        ("/cars/v1/cars/abc", "400", "\"parameter\": \"carId\""),
        ("/cars/v1/cars?page=2&pageSize=3", "200", "\"Mazda\""),
        ("/cars/v1/cars?page=2&pageSize=3", "200", "\"Honda\""),
        ("/cars/v1/cars?page=0", "400", "\"parameter\": \"page\""),
        ("/cars/v1/cars?pageSize=x", "400", "\"parameter\": \"pageSize\""),
        ("/cars/v1/featured", "200", "\"Supra\""),
        ("/nowhere", "404", "\"/problems/not-found\""),
    ];
    for (path, status, part) in cases {
        let (head, body) = gateway.send(&format!("GET {path}"), &[STARTER]);
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{path}\n{head}\n{body}");
        assert!(body.contains(part), "{path}\n{body}");
    }
}

#[test]
fn browsers_may_ask_before_they_have_a_key() {
    let gateway = Serving::start(&cars(), &[]);
    let asks = [("Origin", "https://cars.example"), ("Access-Control-Request-Method", "GET")];
    let (head, _) = gateway.send("OPTIONS /cars/v1/cars", &asks);
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(head.contains("access-control-allow-origin: https://cars.example"), "{head}");
}

#[test]
fn a_dead_backend_is_a_problem_document() {
    let gateway = Serving::start(&cars(), &["--env", "staging"]);
    let (head, body) = gateway.send("GET /cars/v1/cars", &[STARTER]);
    assert!(head.starts_with("http/1.1 503"), "{head}\n{body}");
    assert!(body.contains("\"/problems/unavailable\""), "{body}");
}

#[test]
fn a_bundle_answers_as_the_instance_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let bundle = folder.path().join("cars.bundle");
    let compiled = tollgate().arg("compile").arg(cars()).arg("-o").arg(&bundle).output().expect("tollgate runs");
    assert!(compiled.status.success());
    let gateway = Serving::start(&bundle, &[]);
    let (head, body) = gateway.send("GET /cars/v1/cars/8", &[UNLIMITED]);
    assert!(head.starts_with("http/1.1 200") && body.contains("\"350Z\""), "{head}\n{body}");
}

#[test]
fn a_bundle_with_a_changed_byte_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let bundle = folder.path().join("cars.bundle");
    let compiled = tollgate().arg("compile").arg(cars()).arg("-o").arg(&bundle).output().expect("tollgate runs");
    assert!(compiled.status.success());
    let mut bytes = std::fs::read(&bundle).expect("it was written");
    let middle = bytes.len() / 2;
    *bytes.get_mut(middle).expect("it is not empty") ^= 1;
    std::fs::write(&bundle, bytes).expect("it can be written");
    let output = tollgate().arg("serve").arg(&bundle).output().expect("tollgate runs");
    assert_eq!(output.status.code(), Some(2));
    assert_ne!(String::from_utf8_lossy(&output.stderr), "");
}
