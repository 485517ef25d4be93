//! `<cors>` at run time: the answer to browsers that ask first, and the headers of other responses.

use dotnet::context::headers::{Name, Value};
use dotnet::throw::Throw;
use engine::document::Document;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy, Preflight};
use engine::services::Payload;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE, HeaderMap, HeaderValue, VARY,
};

use super::Cors;
use super::origin::normalised;
use crate::value::{Deferred, NameText, utf8};

/// What stands for everything.
const ANY: &str = "*";

/// Whether an earlier `cors` of the request allowed its origin. One for all policies of the kind.
static DECIDED_BY: Decided = Decided(0);
struct Decided(#[expect(dead_code, reason = "it gives the static an address of its own")] u8);

/// An origin that is allowed.
struct Allowed<'x> {
    /// The origin for the answer: that of the request, or `*`.
    origin: &'x str,
    /// Whether credentials may be sent.
    credentials: bool,
    /// Whether the answer would be another for another origin.
    varies: bool,
}

impl Policy for Cors {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let Some(origin) = request_header(exchange, "Origin") else {
            self.vary(exchange);
            return Ok(Next::Continue);
        };
        if *exchange.state::<bool, _>(&DECIDED_BY) {
            return Ok(Next::Continue);
        }
        let document = exchange.running();
        if let Some(allowed) = self.allowed(exchange, document, origin)? {
            *exchange.state::<bool, _>(&DECIDED_BY) = true;
            self.mark(exchange, document, &allowed)?;
            return Ok(Next::Continue);
        }
        exchange.add_late_header(Name::new("Vary"), Value::new(b"Origin"));
        let is_simple = matches!(exchange.request().method.get().as_utf8(), Some("GET" | "HEAD"));
        if is_simple && self.terminate_unmatched_request.evaluate(exchange, document)? {
            exchange.set_response(200, None, HeaderMap::new(), Payload::Empty);
            return Ok(Next::Stop);
        }
        Ok(Next::Continue)
    }

    fn preflight<'x>(&'x self, exchange: &mut Exchange<'x>, document: &'x Document) -> Result<Preflight, Throw> {
        self.answer(exchange, Some(document))
    }
}

impl Cors {
    /// Answers a browser that asks first.
    fn answer<'x>(&'x self, exchange: &mut Exchange<'x>, document: Option<&'x Document>) -> Result<Preflight, Throw> {
        let origin = request_header(exchange, "Origin");
        let method = request_header(exchange, "Access-Control-Request-Method");
        let (Some(origin), Some(method)) = (origin, method) else { return Ok(Preflight::NotAsked) };
        let asked = request_header(exchange, "Access-Control-Request-Headers").unwrap_or("");
        let allowed = self.allowed(exchange, document, origin)?;
        let methods = self.methods(exchange, document, method.trim())?;
        let headers = self.headers(exchange, document, asked)?;
        let (Some(allowed), Some(methods), Some(headers)) = (allowed, methods, headers) else {
            let terminates = self.terminate_unmatched_request.evaluate(exchange, document)?;
            return Ok(if terminates {
                exchange.set_response(200, None, vary_map(), Payload::Empty);
                Preflight::Answered
            } else {
                Preflight::Unmatched
            });
        };
        let age = match &self.allowed_methods {
            Some(methods) => methods.preflight_result_max_age.evaluate(exchange, document)?.0,
            None => 0,
        };
        let mut map = if allowed.varies { vary_map() } else { HeaderMap::new() };
        let texts = [
            (ACCESS_CONTROL_ALLOW_ORIGIN, allowed.origin.to_owned()),
            (ACCESS_CONTROL_ALLOW_METHODS, methods),
            (ACCESS_CONTROL_ALLOW_HEADERS, headers),
            (ACCESS_CONTROL_MAX_AGE, age.to_string()),
        ];
        for (name, text) in texts {
            if !text.is_empty()
                && let Ok(value) = HeaderValue::from_str(&text)
            {
                map.insert(name, value);
            }
        }
        if allowed.credentials {
            map.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        exchange.set_response(200, None, map, Payload::Empty);
        Ok(Preflight::Answered)
    }

    /// Whether an origin is allowed.
    fn allowed<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        document: Option<&'x Document>,
        origin: &'x str,
    ) -> Result<Option<Allowed<'x>>, Throw> {
        let found = normalised(origin);
        let (mut is_any, mut is_listed) = (false, false);
        for allowed in &self.allowed_origins.origin {
            let allowed = allowed.text.evaluate(exchange, document)?;
            is_any |= allowed == ANY;
            is_listed |= allowed == found;
        }
        if !is_any && !is_listed {
            return Ok(None);
        }
        let credentials = self.allow_credentials.evaluate(exchange, document)?;
        let is_star = is_any && !credentials;
        Ok(Some(Allowed { origin: if is_star { ANY } else { origin.trim() }, credentials, varies: !is_star }))
    }

    /// The methods for the answer; none if the one that was asked for is not allowed.
    fn methods<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        document: Option<&'x Document>,
        asked: &str,
    ) -> Result<Option<String>, Throw> {
        let Some(methods) = &self.allowed_methods else {
            return Ok(matches!(asked, "GET" | "POST").then(|| "GET,POST".to_owned()));
        };
        let texts = methods.method.iter().map(|method| &method.text);
        let listed = list(exchange, document, texts)?;
        let is_any = listed.contains(&ANY);
        if !is_any && !listed.iter().any(|method| method.eq_ignore_ascii_case(asked)) {
            return Ok(None);
        }
        Ok(Some(if is_any { asked.to_owned() } else { listed.join(",") }))
    }

    /// The headers for the answer; none if one of those that were asked for is not allowed.
    fn headers<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        document: Option<&'x Document>,
        asked: &str,
    ) -> Result<Option<String>, Throw> {
        let allowed = self.allowed_headers.as_ref().map_or(&[][..], |allowed| &allowed.header);
        let listed = list(exchange, document, allowed.iter().map(|header| &header.text))?;
        if listed.contains(&ANY) {
            return Ok(Some(asked.trim().to_owned()));
        }
        let mut names = asked.split(',').map(str::trim).filter(|name| !name.is_empty());
        let is_allowed = names.all(|name| listed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name)));
        Ok(is_allowed.then(|| listed.join(",")))
    }

    /// Leaves for the response what lets the page read it.
    fn mark<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        document: Option<&'x Document>,
        allowed: &Allowed<'x>,
    ) -> Result<(), Throw> {
        let origin = Value::new(allowed.origin.as_bytes());
        if origin.is_sound() {
            exchange.set_late_header(Name::new("Access-Control-Allow-Origin"), origin);
        }
        if allowed.credentials {
            exchange.set_late_header(Name::new("Access-Control-Allow-Credentials"), Value::new(b"true"));
        }
        if allowed.varies {
            exchange.add_late_header(Name::new("Vary"), Value::new(b"Origin"));
        }
        if let Some(expose) = &self.expose_headers {
            let listed = list(exchange, document, expose.header.iter().map(|header| &header.text))?.join(",");
            let value = Value::new(exchange.arena().alloc_slice(listed.as_bytes()));
            if value.is_sound() {
                exchange.set_late_header(Name::new("Access-Control-Expose-Headers"), value);
            }
        }
        Ok(())
    }

    /// Says on the response to a request without an origin that one with an origin may get another.
    fn vary(&self, exchange: &mut Exchange<'_>) {
        let is_any = |text: &Deferred<super::OriginText>| matches!(text, Deferred::Fixed(text) if text.is_any());
        let is_open = self.allowed_origins.origin.iter().any(|origin| is_any(&origin.text))
            && self.allow_credentials == Deferred::Fixed(false);
        if !is_open {
            exchange.add_late_header(Name::new("Vary"), Value::new(b"Origin"));
        }
    }
}

/// The values of a list, without blanks around them.
fn list<'x>(
    exchange: &mut Exchange<'x>,
    document: Option<&'x Document>,
    texts: impl Iterator<Item = &'x Deferred<NameText>>,
) -> Result<Vec<&'x str>, Throw> {
    texts.map(|text| text.evaluate(exchange, document).map(str::trim)).collect()
}

/// The first value of a header of the request.
fn request_header<'x>(exchange: &Exchange<'x>, name: &'static str) -> Option<&'x str> {
    let (value, _) = exchange.request().headers.headers.first(Name::new(name))?;
    let text = exchange.cx.str_from_wtf8(value.bytes());
    Some(utf8(&exchange.cx, text))
}

fn vary_map() -> HeaderMap {
    HeaderMap::from_iter([(VARY, HeaderValue::from_static("Origin"))])
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{Request, World, get, header};

    /// The policy of a snippet as itself.
    fn load(snippet: &str) -> &'static Cors {
        let element = crate::testing::element_of(snippet);
        let loader = crate::run::Loader::new(&engine::load::NoSecrets);
        Box::leak(Box::new(crate::run::Decode::decode(&element, &loader).unwrap_or_else(|error| panic!("{error}"))))
    }

    const LISTED: &str = "<cors allow-credentials='true'><allowed-origins><origin>https://Shop.example:443/</origin>
        <origin>http://localhost:3000</origin></allowed-origins>
        <allowed-methods preflight-result-max-age='300'><method>GET</method><method>PUT</method></allowed-methods>
        <allowed-headers><header>X-A</header><header>content-type</header></allowed-headers>
        <expose-headers><header>X-B</header><header>X-C</header></expose-headers></cors>";
    const ANYONE: &str = "<cors terminate-unmatched-request='false'><allowed-origins><origin>*</origin></allowed-origins>
        <allowed-methods><method>*</method></allowed-methods><allowed-headers><header>*</header></allowed-headers></cors>";
    const PLAIN: &str = "<cors terminate-unmatched-request='false'><allowed-origins><origin>https://a.example</origin>
        </allowed-origins><allowed-headers><header>X-A</header></allowed-headers></cors>";

    const BARE: &str = "<cors><allowed-origins><origin>https://shop.example</origin></allowed-origins></cors>";

    fn ask(snippet: &str, headers: &'static [(&'static str, &'static str)]) -> (Preflight, [Option<String>; 5]) {
        let policy = load(snippet);
        Request { method: "OPTIONS", headers, ..get("/") }.run(&World::default(), |exchange| {
            let answer = policy.answer(exchange, None).expect("nothing is thrown");
            let names = [
                "access-control-allow-origin",
                "access-control-allow-methods",
                "access-control-allow-headers",
                "access-control-max-age",
                "access-control-allow-credentials",
            ];
            (answer, names.map(|name| header(&exchange.response().headers.headers, name)))
        })
    }

    /// A policy, the headers of the request, the answer and the values of its headers.
    type Case = (&'static str, Vec<(&'static str, &'static str)>, Preflight, [Option<String>; 5]);

    #[test]
    fn browsers_that_ask_first_are_told_what_is_allowed() {
        let shown = |texts: [&str; 5]| texts.map(|text| (!text.is_empty()).then(|| text.to_owned()));
        let none = shown([""; 5]);
        let listed = shown(["https://shop.example", "GET,PUT", "X-A,content-type", "300", "true"]);
        let origin = ("origin", "https://shop.example");
        let (put, delete) = (("access-control-request-method", "PUT"), ("access-control-request-method", "DELETE"));
        let get_method = ("access-control-request-method", "GET");
        let known = ("access-control-request-headers", "x-a, Content-Type");
        let unknown = ("access-control-request-headers", "x-a,x-z");
        let cases: Vec<Case> = vec![
            (LISTED, vec![origin, put, known], Preflight::Answered, listed.clone()),
            (LISTED, vec![origin, put], Preflight::Answered, listed),
            (LISTED, vec![origin, delete], Preflight::Answered, none.clone()),
            (LISTED, vec![origin, put, unknown], Preflight::Answered, none.clone()),
            (LISTED, vec![("origin", "https://evil.example"), put], Preflight::Answered, none.clone()),
            (LISTED, vec![("origin", "http://shop.example"), put], Preflight::Answered, none.clone()),
            (LISTED, vec![origin], Preflight::NotAsked, none.clone()),
            (LISTED, vec![put], Preflight::NotAsked, none.clone()),
            (ANYONE, vec![origin, delete, unknown], Preflight::Answered, shown(["*", "DELETE", "x-a,x-z", "0", ""])),
            (
                BARE,
                vec![origin, get_method],
                Preflight::Answered,
                shown(["https://shop.example", "GET,POST", "", "0", ""]),
            ),
            (BARE, vec![origin, get_method, known], Preflight::Answered, none.clone()),
            (PLAIN, vec![origin, put], Preflight::Unmatched, none.clone()),
            (PLAIN, vec![("origin", "https://a.example"), put], Preflight::Unmatched, none),
            (
                PLAIN,
                vec![("origin", "https://a.example"), ("access-control-request-method", "POST")],
                Preflight::Answered,
                shown(["https://a.example", "GET,POST", "X-A", "0", ""]),
            ),
        ];
        for (snippet, headers, expected, values) in cases {
            let headers: &'static [_] = Box::leak(headers.into_boxed_slice());
            assert_eq!(ask(snippet, headers), (expected, values), "{snippet} {headers:?}");
        }
    }

    #[test]
    fn responses_are_marked_for_the_pages_that_may_read_them() {
        let mark = |snippets: &[&str], method, origin: &'static str| {
            let policies: Vec<&'static Cors> = snippets.iter().map(|snippet| load(snippet)).collect();
            let headers: &'static [_] = Box::leak(Box::new([("origin", origin)]));
            Request { method, headers, ..get("/") }.run(&World::default(), |exchange| {
                let mut next = Next::Continue;
                for policy in policies {
                    next = policy.run(exchange).unwrap();
                }
                crate::testing::now(engine::driver::drive(exchange, engine::driver::Start::Matched));
                let headers = &exchange.response().headers.headers;
                let allowed = header(headers, "access-control-allow-origin");
                (next, allowed, header(headers, "access-control-expose-headers"), header(headers, "vary"))
            })
        };
        let text = |text: &str| Some(text.to_owned());
        let shop = "https://shop.example";
        let vary = text("Origin");
        assert_eq!(mark(&[LISTED], "GET", shop), (Next::Continue, text(shop), text("X-B,X-C"), vary.clone()));
        assert_eq!(mark(&[LISTED], "PUT", "https://b.example"), (Next::Continue, None, None, vary.clone()));
        assert_eq!(mark(&[LISTED], "GET", "https://b.example"), (Next::Stop, None, None, vary.clone()));
        assert_eq!(mark(&[PLAIN], "GET", "https://b.example"), (Next::Continue, None, None, vary.clone()));
        assert_eq!(mark(&[ANYONE], "GET", "https://b.example"), (Next::Continue, text("*"), None, None));
        assert_eq!(mark(&[PLAIN, ANYONE], "GET", shop), (Next::Continue, text("*"), None, vary.clone()));
        assert_eq!(mark(&[LISTED, ANYONE], "GET", shop), (Next::Continue, text(shop), text("X-B,X-C"), vary));
    }
}
