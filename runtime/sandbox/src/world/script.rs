//! Other servers, as a case describes them: which request gets which answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use engine::exchange::read_whole;
use engine::services::{BodyError, Client, Incoming, Later, Outgoing, Payload, SendError};
use http::{HeaderMap, Method, Uri};

use super::clock::Clock;

/// The largest body of a request that is recorded, in bytes.
const MAX_BODY: usize = 64 << 20;

/// One answer to one request. Answers are used in order: the first unused one whose method and URL fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The method of the request.
    pub method: String,
    /// The URL of the request: absolute, or without scheme and host. A `*` stands for any text.
    pub url: String,
    /// What the server does.
    pub reply: Reply,
    /// How long that takes.
    pub after: Duration,
}

/// What a server does with a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// It answers.
    Response {
        /// The status.
        status: u16,
        /// The reason, if it is not the usual one.
        reason: Option<String>,
        /// The headers.
        headers: HeaderMap,
        /// The body.
        body: Bytes,
    },
    /// It does not let anybody connect.
    Refused,
    /// It never answers.
    Silence,
}

/// A request that was sent to another server.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// When.
    pub at: Duration,
    /// The method.
    pub method: Method,
    /// Where to.
    pub url: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The answer that it got, by its position in the script; none if the script has none for it.
    pub answer: Option<usize>,
}

/// What other servers answer, and what they were sent.
#[derive(Clone)]
pub struct Script {
    clock: Arc<Clock>,
    /// Whether a request that no answer is for gets an empty response.
    is_lenient: bool,
    answers: Arc<[Answer]>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    used: Vec<bool>,
    sent: Vec<Sent>,
}

impl Script {
    /// Servers that answer as listed. If nothing is listed, every request gets an empty response of status 200.
    #[must_use]
    pub fn new(clock: Arc<Clock>, answers: Vec<Answer>) -> Self {
        let state = State { used: vec![false; answers.len()], sent: Vec::new() };
        Self { clock, is_lenient: answers.is_empty(), answers: answers.into(), state: Arc::new(Mutex::new(state)) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that was sent since the last time this was asked, in order.
    #[must_use]
    pub fn take_sent(&self) -> Vec<Sent> {
        std::mem::take(&mut self.state().sent)
    }

    /// The positions of the answers that nobody asked for.
    #[must_use]
    pub fn unused(&self) -> Vec<usize> {
        let used = &self.state().used;
        used.iter().enumerate().filter(|(_, used)| !**used).map(|(index, _)| index).collect()
    }

    fn find(&self, method: &Method, url: &Uri) -> Option<usize> {
        let mut state = self.state();
        let fits = |answer: &Answer| answer.method == method.as_str() && fits(&answer.url, url);
        let mut unused = self.answers.iter().zip(state.used.iter_mut()).enumerate().filter(|(_, (_, used))| !**used);
        let (index, (_, used)) = unused.find(|(_, (answer, _))| fits(answer))?;
        *used = true;
        Some(index)
    }

    async fn answer(&self, request: Outgoing) -> Result<Incoming, SendError> {
        let at = self.clock.now();
        let (method, url, timeout) = (request.method, request.uri, request.timeout);
        let body = whole(request.body).await.map_err(|error| SendError::Connection(error.to_string()))?;
        let found = self.find(&method, &url);
        let from = url.clone();
        let sent = Sent { at, method, url, headers: request.headers, body, answer: found };
        self.state().sent.push(sent);
        let Some(answer) = found.and_then(|index| self.answers.get(index)) else {
            if self.is_lenient {
                let (reason, headers) = (None, HeaderMap::new());
                return Ok(Incoming { from, status: 200, reason, headers, body: Payload::Empty });
            }
            return Err(SendError::Connection("the case says nothing of this request".to_owned()));
        };
        if answer.reply == Reply::Silence || answer.after > timeout {
            self.clock.sleep(timeout).await;
            return Err(SendError::Timeout(timeout));
        }
        if !answer.after.is_zero() {
            self.clock.sleep(answer.after).await;
        }
        match answer.reply.clone() {
            Reply::Response { status, reason, headers, body } => {
                let body = if body.is_empty() { Payload::Empty } else { Payload::Memory(body) };
                Ok(Incoming { from, status, reason, headers, body })
            }
            Reply::Refused | Reply::Silence => Err(SendError::Connection("connection refused".to_owned())),
        }
    }
}

impl Client for Script {
    fn send(&self, request: Outgoing) -> Later<'_, Result<Incoming, SendError>> {
        Box::pin(self.answer(request))
    }
}

/// All bytes of a body.
///
/// # Errors
/// If it breaks off or is too large.
pub async fn whole(body: Payload) -> Result<Bytes, BodyError> {
    match body {
        Payload::Empty => Ok(Bytes::new()),
        Payload::Memory(bytes) => Ok(bytes),
        Payload::Stream(stream) => read_whole(stream, MAX_BODY).await,
    }
}

/// Whether a URL is what an answer is for.
fn fits(pattern: &str, url: &Uri) -> bool {
    let text = url.to_string();
    let is_absolute = pattern.contains("://") || pattern.starts_with('*');
    let text = if is_absolute { text.as_str() } else { url.path_and_query().map_or("/", |path| path.as_str()) };
    fits_text(pattern, text, '*')
}

/// Whether a text is what a pattern says, in which a mark stands for any text.
#[must_use]
pub fn fits_text(pattern: &str, text: &str, mark: char) -> bool {
    let mut pieces = pattern.split(mark);
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_fit_patterns() {
        for (pattern, url, expected) in [
            ("/cars", "https://a.example/cars", true),
            ("/cars", "https://a.example/cars?x=1", false),
            ("/cars*", "https://a.example/cars?x=1", true),
            ("https://a.example/cars", "https://a.example/cars", true),
            ("https://b.example/cars", "https://a.example/cars", false),
            ("*", "https://a.example/cars", true),
            ("https://*.example/*/1", "https://a.example/cars/1", true),
            ("https://*.example/*/1", "https://a.example/1", false),
            ("*.example*ars", "https://a.example/cars", true),
        ] {
            assert_eq!(fits(pattern, &url.parse().unwrap()), expected, "{pattern} {url}");
        }
    }

    #[test]
    fn a_mark_at_the_end_does_not_take_what_stood_before_it() {
        assert!(!fits_text("ab*bc", "abc", '*'));
        assert!(fits_text("ab*bc", "abbc", '*'));
        assert!(fits_text("a", "a", '*') && !fits_text("a", "ab", '*'));
    }
}
