//! `<mock-response>` at run time.

use bundle::manifest::find_mock;
use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};
use engine::services::Payload;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use super::MockResponse;

impl Policy for MockResponse {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let status = self.status_code.0;
        let content_type = self.content_type.as_ref().map(|media_type| &*media_type.0);
        let index = self.index.and_then(|index| usize::try_from(index).ok());
        let found = find_mock(exchange.mocks, status, content_type, index);
        let mut headers = HeaderMap::new();
        let content_type = found.content_type.and_then(|text| HeaderValue::from_str(&text).ok());
        headers.extend(content_type.map(|value| (CONTENT_TYPE, value)));
        let body = if found.body.is_empty() { Payload::Empty } else { Payload::Memory(found.body) };
        exchange.set_response(status, None, headers, body);
        Ok(Next::Stop)
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use bundle::manifest::{MockForm, MockResponse, MockStatus};
    use bytes::Bytes;

    use super::*;
    use crate::testing::{Request, World, get, header, load, run};

    #[test]
    fn the_response_is_an_example_of_the_description() {
        let form = |content_type: &str, bodies: &[&'static str]| MockForm {
            content_type: content_type.to_owned(),
            bodies: bodies.iter().map(|body| Bytes::from_static(body.as_bytes())).collect(),
        };
        let forms = vec![form("application/json", &["{}", "[]"]), form("text/xml", &["<a/>"])];
        let mocks = vec![MockResponse { status: MockStatus::Code(200), forms }];
        for (snippet, status, content_type, body) in [
            ("<mock-response />", 200, Some("application/json"), "{}"),
            ("<mock-response index='1' />", 200, Some("application/json"), "[]"),
            ("<mock-response status-code='200' content-type='text/xml' />", 200, Some("text/xml"), "<a/>"),
            ("<mock-response status-code='404' content-type='text/xml' />", 404, Some("text/xml"), ""),
            ("<mock-response status-code='404' />", 404, None, ""),
        ] {
            let policy = load(snippet);
            Request { mocks: mocks.clone(), ..get("/") }.run(&World::default(), |exchange| {
                assert_eq!(run(policy, exchange), Ok(Next::Stop), "{snippet}");
                let response = exchange.response();
                assert_eq!(response.status.get(), status, "{snippet}");
                assert_eq!(header(&response.headers.headers, "content-type").as_deref(), content_type, "{snippet}");
                let found = match exchange.take_response_body() {
                    Payload::Memory(bytes) => bytes,
                    _ => Bytes::new(),
                };
                assert_eq!(found, body, "{snippet}");
            });
        }
    }
}
