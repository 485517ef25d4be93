//! `<return-response>`: answers the caller at once.

#[cfg(feature = "run")]
mod run;

use policies_macros::Policy;

use crate::set_body::SetBody;
use crate::set_header::SetHeader;
use crate::set_status::SetStatus;
use crate::value::NameText;

/// Ends the pipeline and answers the caller: with an empty `200 OK`, with a response that a variable holds, or with what
/// its parts say.
#[derive(Policy)]
#[policy(
    element = "return-response",
    sections(inbound, backend, outbound, on_error),
    runs = Ends,
    source = "https://learn.microsoft.com/azure/api-management/return-response-policy"
)]
pub struct ReturnResponse {
    /// The variable that holds the response to begin with, such as one that `send-request` left there.
    pub response_variable_name: Option<NameText>,
    /// The status of the response.
    #[child]
    pub set_status: Option<SetStatus>,
    /// A header of the response.
    #[child]
    pub set_header: Vec<SetHeader>,
    /// The body of the response.
    #[child]
    pub set_body: Option<SetBody>,
}
