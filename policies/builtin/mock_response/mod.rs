//! `<mock-response>`: answers with what the API's description gives as an example.

#[cfg(feature = "run")]
mod run;

use policies_macros::Policy;

use crate::value::StatusCode;

/// Ends the pipeline and answers the caller with an example of the operation's description, or with one made of its
/// schema.
#[derive(Policy)]
#[policy(
    element = "mock-response",
    sections(inbound, outbound, on_error),
    undocumented(backend),
    runs = Ends,
    source = "https://learn.microsoft.com/azure/api-management/mock-response-policy"
)]
pub struct MockResponse {
    /// The status of the response; it also chooses the response of the description.
    #[attr(default = "200")]
    pub status_code: StatusCode,
    /// The media type of the response; it also chooses the form of the body. Without it the first form is taken.
    pub content_type: Option<MediaType>,
    /// Which of several examples is taken, counted from 0.
    #[attr(range = 0..)]
    pub index: Option<i32>,
}

crate::forms! {
    /// A media type.
    MediaType, "a media type such as `application/json`", is_media_type;
}

fn is_media_type(text: &str) -> bool {
    let kind = text.split(';').next().unwrap_or(text).trim();
    let is_printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    is_printable
        && kind
            .split_once('/')
            .is_some_and(|(main, sub)| [main, sub].iter().all(|part| crate::declaration::is_token(part)))
}
