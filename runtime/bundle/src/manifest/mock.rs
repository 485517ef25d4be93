//! The responses that the description of an operation gives, as `mock-response` answers with them.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// A response of an operation's description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MockResponse {
    /// Which status codes it describes.
    pub status: MockStatus,
    /// The forms of its body, in the order of the description.
    pub forms: Vec<MockForm>,
}

/// The status codes that a description of a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MockStatus {
    /// This one.
    Code(u16),
    /// All that begin with this digit.
    Class(u8),
    /// All that have no description of their own.
    Default,
}

/// One form of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MockForm {
    /// The media type; empty where the description gives none.
    pub content_type: String,
    /// Bodies: the examples, else one that was made of the schema.
    pub bodies: Vec<Bytes>,
}

/// The body that `mock-response` answers with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MockBody {
    /// The media type that was asked for, or that of the form that was chosen.
    pub content_type: Option<String>,
    /// The body; empty where the description has neither an example nor a schema.
    pub body: Bytes,
}

/// The body that the responses of an operation give for a status.
///
/// Without a content type the first form counts. `index` chooses among several examples and counts from 0; where there
/// are fewer, the first is taken. A status or content type that is not described gives an empty body.
#[must_use]
pub fn find_mock(
    responses: &[MockResponse],
    status: u16,
    content_type: Option<&str>,
    index: Option<usize>,
) -> MockBody {
    let find = |wanted: MockStatus| responses.iter().find(|response| response.status == wanted);
    let response = find(MockStatus::Code(status))
        .or_else(|| find(MockStatus::Class(u8::try_from(status / 100).unwrap_or(0))))
        .or_else(|| find(MockStatus::Default));
    let forms = response.map_or(&[][..], |response| &response.forms);
    let chosen = match content_type {
        Some(wanted) => forms.iter().find(|form| serves(&form.content_type, wanted)),
        None => forms.first(),
    };
    let asked = content_type.map(str::to_owned);
    let Some(chosen) = chosen else { return MockBody { content_type: asked, body: Bytes::new() } };
    let own = (!chosen.content_type.is_empty()).then(|| chosen.content_type.clone());
    let body = index.and_then(|index| chosen.bodies.get(index)).or_else(|| chosen.bodies.first());
    MockBody { content_type: asked.or(own), body: body.cloned().unwrap_or_default() }
}

/// Whether a form of type `offered` is what `wanted` asks for; `application/*` and `*/*` offer many.
fn serves(offered: &str, wanted: &str) -> bool {
    let media = |text: &str| text.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let (offered, wanted) = (media(offered), media(wanted));
    offered == wanted
        || offered == "*/*"
        || offered.strip_suffix('*').is_some_and(|prefix| prefix.ends_with('/') && wanted.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_description_of_a_status_counts() {
        let form = |content_type: &str, bodies: &[&'static str]| MockForm {
            content_type: content_type.into(),
            bodies: bodies.iter().map(|body| Bytes::from_static(body.as_bytes())).collect(),
        };
        let responses = [
            MockResponse { status: MockStatus::Default, forms: vec![form("text/plain", &["default"])] },
            MockResponse {
                status: MockStatus::Code(200),
                forms: vec![form("application/json", &["{}", "[]"]), form("text/*", &["t"])],
            },
            MockResponse { status: MockStatus::Class(4), forms: vec![form("", &["class"])] },
            MockResponse { status: MockStatus::Code(204), forms: vec![] },
        ];
        let cases = [
            (200, None, None, (Some("application/json"), "{}")),
            (200, None, Some(1), (Some("application/json"), "[]")),
            (200, None, Some(9), (Some("application/json"), "{}")),
            (200, Some("APPLICATION/JSON; charset=utf-8"), None, (Some("APPLICATION/JSON; charset=utf-8"), "{}")),
            (200, Some("text/csv"), None, (Some("text/csv"), "t")),
            (200, Some("image/png"), None, (Some("image/png"), "")),
            (204, None, None, (None, "")),
            (404, None, None, (None, "class")),
            (500, None, None, (Some("text/plain"), "default")),
        ];
        for (status, content_type, index, (expected_type, body)) in cases {
            let found = find_mock(&responses, status, content_type, index);
            let shown = (found.content_type.as_deref(), std::str::from_utf8(&found.body).unwrap());
            assert_eq!(shown, (expected_type, body), "{status} {content_type:?} {index:?}");
        }
        assert_eq!(find_mock(&responses[1..2], 500, None, None), MockBody::default());
    }
}
