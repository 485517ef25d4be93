//! The driver runs the sections of compiled documents as their steps say.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use bundle::document::DocumentName;
use codegen::Compiler;
use dotnet::context::facts::Deployment;
use dotnet::context::headers::{Name, Value};
use dotnet::format::Guid;
use dotnet::throw::Throw;
use engine::document::Document;
use engine::documents::{Chain, Documents};
use engine::driver::{self, Start};
use engine::exchange::{Arrival, Exchange, Ground, Refusal};
use engine::load::{NoSecrets, Secrets};
use engine::policy::{Next, Policy, Preflight};
use engine::services::Payload;
use http::HeaderMap;
use ir::build::bool_const;
use ir::document::{Body, Element, PolicyId, Repeat, Run, Section, Step, Value as Attribute};
use tests::world::{now, silent};

/// What the policies did, in order.
type Log = Arc<Mutex<Vec<String>>>;

/// A policy that does what its element's name says.
struct Scripted {
    name: String,
    log: Log,
    turns: Mutex<u32>,
}

/// How often `retry` policies repeat.
const RETRIES: u32 = 2;

impl Scripted {
    fn note(&self, what: &str) {
        self.log.lock().expect("nobody panicked").push(format!("{}{what}", self.name));
    }

    fn turn(&self) -> u32 {
        let mut turns = self.turns.lock().expect("nobody panicked");
        *turns += 1;
        *turns
    }
}

fn refusal(reason: &'static str, status: u16) -> Refusal {
    Refusal { source: None, reason, message: reason.into(), status, public: reason.into(), headers: vec![] }
}

impl Policy for Scripted {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let seen = exchange.context.last_error.get().and_then(|error| error.reason).map(|reason| reason.to_utf8());
        self.note(&seen.map(|reason| format!(" after {reason}")).unwrap_or_default());
        match self.name.as_str() {
            "fail" => Err(exchange.refuse(refusal("Always", 503))),
            "fail-keeping-response" => {
                exchange.set_response(418, None, HeaderMap::new(), Payload::Empty);
                Err(exchange.refuse_with_response(refusal("Teapot", 503)))
            }
            "fail-once" if self.turn() == 1 => Err(exchange.refuse(refusal("Once", 500))),
            "late-header" => {
                exchange.set_late_header(Name::new("X-Late"), Value::new(b"1"));
                exchange.add_late_header(Name::new("Vary"), Value::new(b"Origin"));
                exchange.add_late_header(Name::new("Vary"), Value::new(b"origin"));
                Ok(Next::Continue)
            }
            "stop" => Ok(Next::Stop),
            name => {
                if name.starts_with("retry") {
                    *self.turns.lock().expect("nobody panicked") = 0;
                }
                Ok(Next::Continue)
            }
        }
    }

    fn attempt<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        if !self.name.starts_with("retry") {
            return self.run(exchange);
        }
        let turn = self.turn();
        self.note(&format!(" {turn}"));
        Ok(if turn <= RETRIES { Next::Continue } else { Next::Otherwise })
    }

    fn catches(&self, _: &mut Exchange<'_>) -> bool {
        self.name == "retry" && *self.turns.lock().expect("nobody panicked") < RETRIES
    }

    fn preflight<'x>(&'x self, exchange: &mut Exchange<'x>, _: &'x Document) -> Result<Preflight, Throw> {
        Ok(match self.name.as_str() {
            "cors" => {
                self.note("");
                exchange.set_response(204, None, HeaderMap::new(), Payload::Empty);
                Preflight::Answered
            }
            "other-cors" => {
                self.note("");
                Preflight::Unmatched
            }
            _ => Preflight::NotAsked,
        })
    }
}

/// Makes documents of outlines such as `("retry", [("fail", [])])`.
#[derive(Default)]
struct Outline {
    policies: Vec<ir::document::Policy>,
}

enum Node {
    One(&'static str),
    Retry(bool, Vec<Node>),
}

use Node::{One, Retry};

impl Outline {
    fn policy(&mut self, name: &str, section: Option<Section>, parent: &str) -> (PolicyId, String) {
        let id = PolicyId(u32::try_from(self.policies.len()).expect("few policies"));
        let before = format!("{parent}{name}[");
        let rank =
            self.policies.iter().filter(|p| p.path.starts_with(&before) && !p.path[before.len()..].contains('/'));
        let path = format!("{before}{}]", rank.count() + 1);
        let attributes = match name {
            "include-fragment" => vec![("fragment-id".to_owned(), Attribute::Literal("shared".to_owned()))],
            _ => vec![],
        };
        self.policies.push(ir::document::Policy {
            element: Element { name: name.to_owned(), attributes, ..Element::default() },
            section,
            path: path.clone(),
            place: (1, 1),
            runs: true,
        });
        (id, path)
    }

    fn steps(&mut self, nodes: &[Node], section: Option<Section>, parent: &str) -> Vec<Step> {
        let mut steps = Vec::new();
        for node in nodes {
            match node {
                One(name) => {
                    let (policy, _) = self.policy(name, section, parent);
                    steps.push(match *name {
                        "base" => Step::Base(policy),
                        "include-fragment" => Step::Fragment(policy, "shared".to_owned()),
                        _ => Step::Run(Run { policy, values: vec![], waits: name.starts_with("wait") }),
                    });
                }
                Retry(condition, inside) => {
                    let (policy, path) = self.policy("retry", section, parent);
                    let body = self.steps(inside, section, &format!("{path}/"));
                    let condition = bool_const(*condition);
                    steps.push(Step::Repeat(Repeat { policy, values: vec![], body, condition }));
                }
            }
        }
        steps
    }
}

/// The code of documents, one after the other, and what goes with it.
#[derive(Default)]
struct Compiled {
    code: Vec<u8>,
    documents: Vec<bundle::document::Document>,
}

impl Compiled {
    fn add(&mut self, name: DocumentName, document: &ir::document::Document) {
        let segmented = ir::segment::segment(document);
        let compiled =
            Compiler::new().and_then(|c| c.compile(name, document, &segmented)).expect("the document compiles");
        let mut document = compiled.document;
        document.code.start = u32::try_from(self.code.len()).expect("it is small");
        self.code.extend_from_slice(&compiled.bytes);
        self.code.resize(self.code.len().next_multiple_of(16), 0);
        self.documents.push(document);
    }

    fn load(self, log: &Log) -> Documents {
        let policy = |policy: &bundle::document::Policy| -> Box<dyn Policy> {
            Box::new(Scripted { name: policy.element.name.clone(), log: log.clone(), turns: Mutex::default() })
        };
        let policies =
            |policies: &[bundle::document::Policy], _: &dyn Secrets| Ok(policies.iter().map(policy).collect());
        Documents::load(&self.code, self.documents, &NoSecrets, &policies).expect("they load")
    }
}

/// What the policies did and what the response is: its status and headers.
type Outcome = (Vec<String>, u16, Vec<String>);

/// A document's sections by name.
type Sections = Vec<(Section, Vec<Node>)>;

fn with_chain<T>(scopes: &[Sections], fragment: &[Node], run: impl FnOnce(&mut Exchange<'_>) -> T) -> (T, Outcome) {
    let log = Log::default();
    let names = [DocumentName::Operation("a".into(), "o".into()), DocumentName::Api("a".into()), DocumentName::Global];
    let mut compiled = Compiled::default();
    for (sections, name) in scopes.iter().zip(names.clone()) {
        let mut outline = Outline::default();
        let sections: Vec<_> =
            sections.iter().map(|(section, nodes)| (*section, outline.steps(nodes, Some(*section), ""))).collect();
        let body = Body::Sections(sections);
        compiled.add(name, &ir::document::Document { body, policies: outline.policies, ..Default::default() });
    }
    let mut outline = Outline::default();
    let body = Body::Fragment(outline.steps(fragment, None, ""));
    let fragment = ir::document::Document { body, policies: outline.policies, ..Default::default() };
    compiled.add(DocumentName::Fragment("shared".into()), &fragment);
    let documents = compiled.load(&log);
    let (services, epoch, deployment) = (silent(), AtomicU64::new(0), Deployment::default());
    let (ground, headers) = (Ground::default(), HeaderMap::new());
    let arrival = Arrival {
        method: "GET",
        scheme: "https",
        host: "localhost",
        port: 443,
        path: "/",
        query: "",
        headers: &headers,
        ip_address: "127.0.0.1",
        id: Guid::from_u128(0),
        timestamp: 0,
    };
    let mut exchange = Exchange::new(&ground, &services, &epoch, &deployment, &arrival, Payload::Empty);
    exchange.chain = Chain::new(&documents, names.iter().filter_map(|name| documents.find(name)));
    let given = run(&mut exchange);
    let response = exchange.response();
    let mut headers: Vec<String> = Vec::new();
    response.headers.headers.for_each(|name, values| {
        let values: Vec<_> = values.iter().map(|value| String::from_utf8_lossy(value.bytes()).into_owned()).collect();
        headers.push(format!("{}: {}", name.as_str(), values.join(",")));
    });
    let done = log.lock().expect("nobody panicked").clone();
    (given, (done, response.status.get(), headers))
}

fn drive(scopes: &[Sections], fragment: &[Node]) -> Outcome {
    with_chain(scopes, fragment, |exchange| now(driver::drive(exchange, Start::Matched))).1
}

fn did(sections: Sections) -> (Vec<String>, u16) {
    let (did, status, _) = drive(&[sections], &[]);
    (did, status)
}

#[test]
fn a_retry_runs_what_failed_again_and_forgets_the_error() {
    let outcome = did(vec![(Section::Backend, vec![Retry(true, vec![One("fail-once"), One("set")]), One("behind")])]);
    let expected =
        ["retry", "fail-once", "retry 1", "fail-once", "set", "retry 2", "fail-once", "set", "retry 3", "behind"];
    assert_eq!(outcome, (expected.map(String::from).to_vec(), 200));
}

#[test]
fn the_error_of_the_last_turn_goes_to_on_error() {
    let sections = || {
        let inside = vec![Retry(true, vec![One("fail")]), One("never")];
        vec![(Section::Backend, inside), (Section::OnError, vec![One("handle")])]
    };
    let expected = ["retry", "fail", "retry 1", "fail", "retry 2", "fail", "handle after Always"];
    assert_eq!(did(sections()), (expected.map(String::from).to_vec(), 503));
}

#[test]
fn an_error_whose_condition_does_not_hold_goes_to_on_error() {
    let inside = vec![Retry(false, vec![One("fail-once")]), One("never")];
    let outcome = did(vec![(Section::Inbound, inside), (Section::OnError, vec![One("handle")])]);
    assert_eq!(outcome, (["retry", "fail-once", "handle after Once"].map(String::from).to_vec(), 500));
}

#[test]
fn an_outer_retry_catches_what_an_inner_one_gives_up() {
    let inside = vec![Retry(true, vec![One("outer"), Retry(false, vec![One("fail-once")])])];
    let (log, status) = did(vec![(Section::Inbound, inside)]);
    let expected = [
        "retry",
        "outer",
        "retry",
        "fail-once",
        "retry 1",
        "outer",
        "retry",
        "fail-once",
        "retry 2",
        "outer",
        "retry",
        "fail-once",
        "retry 3",
    ];
    assert_eq!((log, status), (expected.map(String::from).to_vec(), 200));
}

#[test]
fn a_retry_catches_errors_of_enclosing_scopes_and_fragments() {
    for inside in ["base", "include-fragment"] {
        let operation = vec![(Section::Inbound, vec![Retry(true, vec![One(inside)]), One("behind")])];
        let api = vec![(Section::Inbound, vec![One("fail-once")])];
        let (log, status, _) = drive(&[operation, api], &[One("fail-once")]);
        assert_eq!((log.first().map(String::as_str), log.last().map(String::as_str)), (Some("retry"), Some("behind")));
        assert_eq!((log.iter().filter(|entry| *entry == "fail-once").count(), status), (3, 200), "{inside}");
    }
}

#[test]
fn a_response_may_stay_when_its_maker_throws() {
    let (_, status) = did(vec![(Section::Backend, vec![One("fail-keeping-response")])]);
    assert_eq!(status, 418);
}

#[test]
fn late_headers_are_on_whatever_response_is_sent() {
    let (_, status, headers) = drive(&[vec![(Section::Inbound, vec![One("late-header"), One("fail")])]], &[]);
    assert_eq!(status, 503);
    assert_eq!(headers, ["content-type: application/json", "X-Late: 1", "Vary: Origin"]);
}

#[test]
fn a_preflight_asks_the_policies_of_inbound_in_their_order() {
    let ask = |scopes: &[Sections], fragment: &[Node]| with_chain(scopes, fragment, driver::preflight);
    let api = || vec![(Section::Inbound, vec![One("set"), One("cors"), One("never")])];
    let through = |name| vec![(Section::Inbound, vec![One("other-cors"), One(name), One("other-cors")])];
    for (scopes, expected) in [
        (vec![through("base"), api()], ["other-cors", "cors"]),
        (vec![through("include-fragment")], ["other-cors", "cors"]),
    ] {
        let (answered, (log, status, _)) = ask(&scopes, &[One("cors")]);
        assert_eq!((answered, log, status), (true, expected.map(String::from).to_vec(), 204));
    }
    let inside = vec![(Section::Inbound, vec![Retry(true, vec![One("cors")])]), (Section::Outbound, vec![One("cors")])];
    let (answered, (log, ..)) = ask(&[inside], &[]);
    assert_eq!((answered, log), (false, vec![]));
    let (answered, (log, status, _)) = ask(&[through("set")], &[]);
    assert_eq!((answered, log.len(), status), (true, 2, 200));
}
