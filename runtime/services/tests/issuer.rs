//! An issuer over real connections: discovery, key set, refusals.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::services::{IssuerKeys, KeySets, SendError};
use services::client::{ClientOptions, HttpClient};
use services::keys::{FetchedKeys, Issuers};

/// A server on this machine that answers every request by its path, and remembers the heads of the requests.
struct Issuer {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

fn issuer(answer: impl Fn(&str, SocketAddr) -> (u16, String) + Send + 'static) -> Issuer {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let heads: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = heads.clone();
    // The thread ends with the process; it waits for connections that no test makes any more.
    std::thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let Some(head) = read_head(&connection) else { continue };
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            seen.lock().expect("no thread panicked").push(head);
            let (status, body) = answer(&path, address);
            let length = body.len();
            let head = format!("HTTP/1.1 {status} OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
            let _ = (&connection).write_all(format!("{head}{body}").as_bytes());
        }
    });
    Issuer { address, heads }
}

fn read_head(connection: &TcpStream) -> Option<String> {
    let mut head = String::new();
    let mut reader = BufReader::new(connection);
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    Some(head)
}

fn keys_of(address: SocketAddr) -> Result<Arc<IssuerKeys>, SendError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let issuers = Arc::new(Issuers::new(Arc::new(|| Duration::from_secs(1000))));
        let keys = FetchedKeys::new(issuers, Rc::new(HttpClient::new(ClientOptions::default())));
        keys.keys(&format!("http://{address}/.well-known/openid-configuration"), false).get().await
    })
}

#[test]
fn keys_are_found_by_way_of_the_configuration() {
    let issuer = issuer(|path, address| match path {
        "/.well-known/openid-configuration" => {
            (200, format!(r#"{{"issuer": "http://{address}/", "jwks_uri": "http://{address}/keys?v=1"}}"#))
        }
        "/keys?v=1" => (200, r#"{"keys": [{"kid": "1"}, {"kid": "2"}]}"#.to_owned()),
        _ => (404, String::new()),
    });
    let keys = keys_of(issuer.address).expect("keys");
    assert_eq!(keys.issuer, Some(format!("http://{}/", issuer.address)));
    assert_eq!(keys.keys.len(), 2);
    for head in issuer.heads.lock().expect("no thread panicked").iter() {
        let host = format!("host: {}", issuer.address);
        assert!(head.lines().any(|line| line.eq_ignore_ascii_case(&host)), "{head}");
        assert!(head.lines().any(|line| line.eq_ignore_ascii_case("accept: application/json")), "{head}");
    }
}

#[test]
fn an_answer_that_is_not_what_it_should_be_gives_no_keys() {
    let answers: &[(u16, &str)] =
        &[(404, "{}"), (500, ""), (302, ""), (200, "<html>"), (200, "{}"), (200, r#"{"jwks_uri": 1}"#)];
    for (status, body) in answers {
        let issuer = issuer(|_, _| (*status, (*body).to_owned()));
        assert!(keys_of(issuer.address).is_err(), "{status} {body}");
    }
    let large = issuer(|_, _| (200, format!("\"{}\"", "x".repeat(1 << 21))));
    assert!(keys_of(large.address).is_err());
}
