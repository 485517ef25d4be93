//! `<return-response>` at run time.

use dotnet::context::body::{Body, Content};
use dotnet::context::message::Response;
use dotnet::object::Obj;
use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};
use engine::services::Payload;
use http::HeaderMap;

use super::ReturnResponse;
use crate::run::failure;

impl Policy for ReturnResponse {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        match &self.response_variable_name {
            None => exchange.set_response(200, None, HeaderMap::new(), Payload::Empty),
            Some(name) => begin_with(exchange, &name.0)?,
        }
        let response = exchange.response();
        if let Some(status) = &self.set_status {
            status.apply(exchange)?;
        }
        for header in &self.set_header {
            header.apply(exchange, &response.headers.headers)?;
        }
        if let Some(body) = &self.set_body {
            let body = body.content(exchange)?;
            exchange.set_response_body(body);
        }
        Ok(Next::Stop)
    }
}

/// Makes the response that a variable holds the response of the exchange.
fn begin_with<'x>(exchange: &mut Exchange<'x>, name: &str) -> Result<(), Throw> {
    let held = exchange.variable(name).flatten().and_then(Obj::downcast::<Response<'x>>);
    let Some(held) = held else {
        let message = format!("The variable '{name}' holds no response.");
        return Err(failure(exchange, "ResponseVariableInvalid", message));
    };
    if exchange.context.response.get().is_some_and(|response| std::ptr::eq(response, held)) {
        return Ok(());
    }
    let reason = held.reason.get().map(|reason| reason.to_utf8().into_owned());
    let body = match held.body.get().map(Body::content) {
        Some(Content::Memory(bytes)) => Payload::Memory(bytes.clone()),
        // What an expression read for good is gone.
        _ => Payload::Empty,
    };
    exchange.set_response(held.status.get(), reason, held.headers.headers.to_map(), body);
    Ok(())
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use bytes::Bytes;
    use http::{HeaderName, HeaderValue};

    use super::*;
    use crate::testing::{World, get, header, load, run};

    fn body(exchange: &mut Exchange<'_>) -> String {
        match exchange.take_response_body() {
            Payload::Memory(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            _ => String::new(),
        }
    }

    #[test]
    fn parts_make_the_response() {
        let policy = load(
            "<return-response>
                <set-status code='401' reason='No' />
                <set-header name='X-Many'><value>a</value><value>b</value></set-header>
                <set-body><![CDATA[{ \"a\": 1 }]]></set-body>
            </return-response>",
        );
        get("/").run(&World::default(), |exchange| {
            assert_eq!(run(policy, exchange), Ok(Next::Stop));
            let response = exchange.response();
            assert_eq!(response.status.get(), 401);
            assert_eq!(response.reason.get().map(|reason| reason.to_utf8().into_owned()).as_deref(), Some("No"));
            assert_eq!(header(&response.headers.headers, "x-many").as_deref(), Some("a|b"));
            assert_eq!(body(exchange), "{ \"a\": 1 }");
        });
    }

    #[test]
    fn without_parts_the_response_is_empty_and_ok_whatever_was_there() {
        let policy = load("<return-response />");
        get("/").run(&World::default(), |exchange| {
            let headers = HeaderMap::from_iter([(HeaderName::from_static("x-old"), HeaderValue::from_static("1"))]);
            exchange.set_response(503, None, headers, Payload::Memory(Bytes::from_static(b"old")));
            assert_eq!(run(policy, exchange), Ok(Next::Stop));
            let response = exchange.response();
            assert_eq!((response.status.get(), header(&response.headers.headers, "x-old")), (200, None));
            assert_eq!(body(exchange), "");
        });
    }

    #[test]
    fn a_variable_may_hold_the_response_to_begin_with() {
        let policy = load(
            "<return-response response-variable-name='answer'>
                <set-header name='X-New'><value>1</value></set-header>
            </return-response>",
        );
        get("/").run(&World::default(), |exchange| {
            let headers = HeaderMap::from_iter([(HeaderName::from_static("x-old"), HeaderValue::from_static("1"))]);
            let answer = exchange.response_object(418, None, headers, Bytes::from_static(b"tea"));
            exchange.set_variable("answer", Some(answer));
            for _ in 0..2 {
                assert_eq!(run(policy, exchange), Ok(Next::Stop));
                let headers = &exchange.response().headers.headers;
                assert_eq!(header(headers, "x-old").as_deref(), Some("1"));
                assert_eq!(header(headers, "x-new").as_deref(), Some("1"));
                assert_eq!((exchange.response().status.get(), body(exchange)), (418, "tea".to_owned()));
            }
        });
    }

    #[test]
    fn a_variable_without_a_response_is_an_error() {
        let policy = load("<return-response response-variable-name='answer' />");
        get("/").run(&World::default(), |exchange| {
            for _ in 0..2 {
                assert!(run(policy, exchange).is_err());
                let refusal = exchange.take_refusal().expect("a refusal");
                assert_eq!((refusal.status, refusal.reason), (500, "ResponseVariableInvalid"));
                exchange.set_variable("answer", None);
            }
        });
    }
}
