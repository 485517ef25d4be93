//! The exchange: everything about one request and its response while policies run.
//!
//! Compiled code sees its first part, the context; policies and the driver see all of it. It lives on the thread that
//! serves the request and refers to the request's own memory ([`Ground`]) and to the generation of the configuration
//! that the request began with.

use std::any::Any;
use std::sync::atomic::AtomicU64;

use bundle::document::{Message, Section};
use bundle::manifest::MockResponse;
use bytes::Bytes;
use dotnet::arena::Arena;
use dotnet::context::body::{Body, Content};
use dotnet::context::headers::{Headers, Name, Value};
use dotnet::context::message::{Request, Response};
use dotnet::context::objects::LastError;
use dotnet::context::{Context, NoTrace, facts};
use dotnet::context::{dictionary::ListDictionary, url::Url};
use dotnet::cx::Cx;
use dotnet::format::Guid;
use dotnet::keep::Keeper;
use dotnet::object::{Left, Obj, boxed};
use dotnet::text::Str;
use dotnet::throw::Throw;
use dotnet::ty::Ty;
use dotnet::types::exception::EXCEPTION;
use dotnet::types::int32::INT32;
use dotnet::types::string::as_string;
use dotnet::word::Word;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::document::Document;
use crate::documents::Chain;
use crate::services::{Backends, BodyError, BodyStream, CacheChoice, Later, Payload, Services};

/// Memory that a request may use for the values of its policies, in bytes.
pub const MEMORY_LIMIT: usize = 16 << 20;
/// The largest body that is read into memory, in bytes.
pub const BODY_LIMIT: usize = 2 << 20;
/// How many ticks of the epoch a request's code may run.
pub const TIME_LIMIT: u64 = 100;

/// The memory of a request; used again for the next one.
pub struct Ground {
    arena: Arena,
    keeper: Keeper,
}

impl Default for Ground {
    fn default() -> Self {
        Self { arena: Arena::new(MEMORY_LIMIT), keeper: Keeper::default() }
    }
}

impl Ground {
    /// Forgets everything of the last request.
    pub fn clear(&mut self) {
        self.arena.reset(MEMORY_LIMIT);
        self.keeper.clear();
    }
}

/// What arrived.
pub struct Arrival<'x> {
    /// The method.
    pub method: &'x str,
    /// `http` or `https`.
    pub scheme: &'x str,
    /// The host that the caller asked for, without the port.
    pub host: &'x str,
    /// The port that the caller asked for.
    pub port: u16,
    /// The path, with its escapes.
    pub path: &'x str,
    /// The query, without its question mark.
    pub query: &'x str,
    /// The headers.
    pub headers: &'x HeaderMap,
    /// The caller's address.
    pub ip_address: &'x str,
    /// The request's id.
    pub id: Guid,
    /// When it arrived, in ticks, UTC.
    pub timestamp: i64,
}

/// Where the request is to be sent; the path and query of its URL come behind this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Upstream<'x> {
    /// To the URL of the API, or nowhere if it has none.
    #[default]
    Api,
    /// To a URL that a policy named.
    Url(&'x facts::UrlParts),
    /// To a backend of the instance.
    Backend {
        /// Its id.
        id: &'x str,
        /// The scope whose policy named it, counted from the innermost; none if the API does.
        scope: Option<usize>,
    },
}

/// Everything about one request while policies run. Its first field is what compiled code knows.
#[repr(C)]
pub struct Exchange<'x> {
    /// The context of compiled code.
    pub cx: Cx<'x>,
    /// The object of `context`.
    pub context: &'x Context<'x>,
    /// The world.
    pub services: &'x Services,
    /// The documents that run for this request, innermost first.
    pub chain: Chain<'x>,
    /// The backends of the instance; none before the request has matched an operation.
    pub backends: Option<&'x dyn Backends>,
    /// The responses that the description of the operation gives.
    pub mocks: &'x [MockResponse],
    /// Where the request is to be sent.
    pub upstream: Upstream<'x>,
    /// What a `cache-lookup` decided, for the `cache-store` of the same request.
    pub cache: Option<CacheDecision<'x>>,
    keeper: &'x Keeper,
    pub(crate) running: Option<&'x Document>,
    section: Section,
    scope: usize,
    refusal: Option<Refusal>,
    request_stream: Option<BodyStream>,
    response_stream: Option<BodyStream>,
    keeps_response: bool,
    states: Vec<(usize, Box<dyn Any>)>,
    late_headers: Vec<LateHeader<'x>>,
    after: Vec<After<'x>>,
}

/// What a `cache-lookup` decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheDecision<'x> {
    /// The key that it looked for.
    pub key: &'x str,
    /// The cache that it looked in.
    pub cache: CacheChoice,
    /// What the response says to caches on its way to the caller, besides for how long.
    pub downstream: &'static str,
}

/// A header that goes onto the response when everything else is done.
#[derive(Clone, Copy)]
struct LateHeader<'x> {
    name: Name<'x>,
    value: Value<'x>,
    adds: bool,
}

/// Something that a policy does when the response is made.
pub type After<'x> = Box<dyn for<'a> FnOnce(&'a mut Exchange<'x>) -> Later<'a, Result<(), Throw>> + 'x>;

/// The response and the error of a moment, to return to.
pub(crate) struct Moment<'x> {
    response: Option<&'x Response<'x>>,
    stream: Option<BodyStream>,
    last_error: Option<&'x LastError<'x>>,
}

/// Why a policy or a step of the gateway refuses a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// `LastError.Source` where it is not the policy's element.
    pub source: Option<&'static str>,
    /// `LastError.Reason`.
    pub reason: &'static str,
    /// `LastError.Message`.
    pub message: String,
    /// The status of the response.
    pub status: u16,
    /// The message in the body of the default response.
    pub public: String,
    /// More headers of the default response.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// The refusal of a request whose own body, or whose response's body, could not be read.
    #[must_use]
    pub fn of_body(message: Message, error: &BodyError) -> Self {
        let (reason, status, public) = match (message, error) {
            (Message::Request, BodyError::TooLarge { .. }) => ("RequestBodyTooLarge", 413, "Request body is too large"),
            (Message::Request, _) => ("ClientConnectionFailure", 400, "The request body could not be read"),
            (Message::Response, _) => ("BackendConnectionFailure", 500, "Internal server error"),
        };
        let (message, public) = (error.to_string(), public.to_owned());
        Self { source: None, reason, message, status, public, headers: Vec::new() }
    }
}

impl<'x> Exchange<'x> {
    /// The exchange of a request that arrived. Its configuration is not known yet.
    #[must_use]
    pub fn new(
        ground: &'x Ground,
        services: &'x Services,
        epoch: &'x AtomicU64,
        deployment: &'x facts::Deployment,
        arrival: &Arrival<'x>,
        body: Payload,
    ) -> Self {
        let mut cx = Cx::new(&ground.arena, services.ambient.as_ref(), epoch, u64::MAX);
        cx.set_deadline(epoch.load(std::sync::atomic::Ordering::Relaxed).saturating_add(TIME_LIMIT));
        let text = |text: &'x str| Str::over(&ground.arena, text);
        let url = |path: &'x str| {
            let (scheme, host) = (text(arrival.scheme), text(arrival.host));
            ground.arena.alloc(Url::new(scheme, host, arrival.port, text(path), text(arrival.query)))
        };
        let (body, stream) = body_object(&ground.arena, &ground.keeper, body);
        let request = Request::new(
            &cx,
            text(arrival.method),
            url(arrival.path),
            url(arrival.path),
            Headers::arrived(arrival.headers),
            body,
            text(arrival.ip_address),
        );
        let variables: &'x _ = ground.arena.alloc(ListDictionary::new(dotnet::catalogue::OBJECT, &[]));
        let context = Context::new(request, variables, arrival.id, deployment, arrival.timestamp, &NoTrace);
        let context: &'x Context<'x> = ground.arena.alloc(context);
        cx.context = Some(context);
        Self {
            cx,
            context,
            services,
            chain: Chain::default(),
            backends: None,
            mocks: &[],
            upstream: Upstream::Api,
            cache: None,
            keeper: &ground.keeper,
            running: None,
            section: Section::Inbound,
            scope: 0,
            refusal: None,
            request_stream: stream,
            response_stream: None,
            keeps_response: false,
            states: Vec::new(),
            late_headers: Vec::new(),
            after: Vec::new(),
        }
    }

    /// The request.
    #[must_use]
    pub fn request(&self) -> &'x Request<'x> {
        self.context.request
    }

    /// The response; one with status 200 and nothing else is made if there is none.
    pub fn response(&mut self) -> &'x Response<'x> {
        if let Some(response) = self.context.response.get() {
            return response;
        }
        let response = Response::new(&self.cx, 200, None, Headers::default(), None);
        self.context.response.set(Some(response));
        response
    }

    /// The value of a variable; `None` if there is no such variable, `Some(None)` if it is null.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<Option<Obj<'x>>> {
        let word = self.context.variables.find(self.cx.str(name))?;
        // SAFETY: variables hold objects of the request, or null.
        Some(unsafe { Obj::from_address(word) })
    }

    /// Sets a variable.
    pub fn set_variable(&self, name: &'x str, value: Option<Obj<'x>>) {
        let name = Str::over(self.arena(), name);
        self.context.variables.set(&self.cx, name, value.map_or(Word::ZERO, |value| value.word()));
    }

    /// Sets a variable to a number, an `int`.
    pub fn set_int_variable(&mut self, name: &'x str, value: i32) {
        let value = boxed(&mut self.cx, Ty(&INT32), Word(u64::from(value as u32)));
        self.context.variables.set(&self.cx, Str::over(self.arena(), name), value);
    }

    /// What the URL template of the operation found for a parameter.
    #[must_use]
    pub fn matched_parameter(&self, name: &str) -> Option<Str<'x>> {
        let word = self.request().matched.get().find(self.cx.str(name))?;
        // SAFETY: the parameters are strings of the request.
        unsafe { Obj::from_address(word) }.and_then(as_string)
    }

    /// Keeps a value until the request ends.
    pub fn keep<T: 'static>(&self, value: T) -> &'x T {
        self.keeper.keep(value)
    }

    /// The memory of the request.
    #[must_use]
    pub fn arena(&self) -> &'x Arena {
        self.cx.arena()
    }

    /// What compiled code left in a slot of the running document.
    #[must_use]
    pub fn slot(&self, slot: u32) -> Left<'x> {
        let word = match self.running {
            // SAFETY: the driver gave the document as many words as it has slots.
            Some(document) if slot < document.slots() => unsafe { *self.cx.args.add(slot as usize) },
            _ => Word::ZERO,
        };
        // SAFETY: code leaves values of the request in the slots of attributes, and policies ask for what the
        // attribute is.
        unsafe { Left::new(word) }
    }

    /// Leaves a value in a slot of the running document, in place of compiled code.
    pub fn set_slot(&mut self, slot: u32, word: Word) {
        if let Some(document) = self.running
            && slot < document.slots()
        {
            // SAFETY: the driver gave the document as many words as it has slots.
            unsafe { *self.cx.args.add(slot as usize) = word };
        }
    }

    /// The section that runs.
    #[must_use]
    pub fn section(&self) -> Section {
        self.section
    }

    /// Begins a section.
    pub fn set_section(&mut self, section: Section) {
        self.section = section;
    }

    /// The scope whose policies run, counted from the innermost; a fragment has that of who includes it.
    #[must_use]
    pub fn scope(&self) -> usize {
        self.scope
    }

    /// Enters a scope.
    pub fn set_scope(&mut self, scope: usize) {
        self.scope = scope;
    }

    /// The document whose policies run.
    #[must_use]
    pub fn running(&self) -> Option<&'x Document> {
        self.running
    }

    /// Calls a function of a document that a policy of that document evaluates by itself.
    ///
    /// # Errors
    /// What it throws.
    pub fn call(&mut self, document: Option<&'x Document>, function: u32) -> Result<Left<'x>, Throw> {
        let word = match document {
            Some(document) => document.call(&mut self.cx, function)?,
            None => Word::ZERO,
        };
        // SAFETY: functions of attributes give values of the request, and policies ask for what the attribute is.
        Ok(unsafe { Left::new(word) })
    }

    /// Refuses the request: what is thrown carries the reason to `on-error`.
    #[cold]
    pub fn refuse(&mut self, refusal: Refusal) -> Throw {
        let throw = self.cx.throw(Ty(&EXCEPTION), &refusal.message);
        self.refusal = Some(refusal);
        throw
    }

    /// Why the request was refused, if it just was.
    pub fn take_refusal(&mut self) -> Option<Refusal> {
        self.refusal.take()
    }

    /// As [`Exchange::refuse`], and the response that there is stays the answer unless `on-error` makes another.
    #[cold]
    pub fn refuse_with_response(&mut self, refusal: Refusal) -> Throw {
        self.keeps_response = true;
        self.refuse(refusal)
    }

    /// Whether the response stays after what was just thrown; asked once.
    pub(crate) fn take_keeps_response(&mut self) -> bool {
        std::mem::take(&mut self.keeps_response)
    }

    /// The policy's own state for this request, made on first use. `owner` is the policy.
    pub fn state<T: Default + 'static, P>(&mut self, owner: &P) -> &mut T {
        let address = std::ptr::from_ref(owner) as usize;
        let known = self.states.iter().position(|(owner, state)| *owner == address && state.is::<T>());
        let index = known.unwrap_or_else(|| {
            self.states.push((address, Box::new(T::default())));
            self.states.len() - 1
        });
        match self.states.get_mut(index).and_then(|(_, state)| state.downcast_mut()) {
            Some(state) => state,
            // The entry was found by this type, or just made with it.
            None => unreachable!("a state of another type"),
        }
    }

    /// Gives a header of the response that is sent at the end this value, whichever response that is.
    pub fn set_late_header(&mut self, name: Name<'x>, value: Value<'x>) {
        self.late_headers.retain(|late| late.adds || !late.name.is(name.as_str()));
        self.late_headers.push(LateHeader { name, value, adds: false });
    }

    /// Adds this value to a header of the response that is sent at the end, unless it is one of its values already.
    pub fn add_late_header(&mut self, name: Name<'x>, value: Value<'x>) {
        self.late_headers.push(LateHeader { name, value, adds: true });
    }

    /// Puts the headers that policies left for the end onto the response.
    pub(crate) fn apply_late_headers(&mut self) {
        if self.late_headers.is_empty() {
            return;
        }
        let headers = &self.response().headers.headers;
        for late in std::mem::take(&mut self.late_headers) {
            if !late.adds {
                headers.set(self.arena(), late.name, &[late.value]);
                continue;
            }
            let given = headers.get(late.name);
            let mut parts = given.iter().flat_map(|value| value.bytes().split(|byte| *byte == b','));
            if !parts.any(|part| part.trim_ascii().eq_ignore_ascii_case(late.value.bytes())) {
                headers.append(self.arena(), late.name, &[late.value]);
            }
        }
    }

    /// Does something when the response is made, before it is sent; what is thrown then reaches nobody.
    pub fn after_response(&mut self, action: After<'x>) {
        self.after.push(action);
    }

    /// Does what policies left for when the response is made.
    pub(crate) async fn finish(&mut self) {
        while !self.after.is_empty() {
            for action in std::mem::take(&mut self.after) {
                if action(self).await.is_err() {
                    self.cx.take_thrown();
                    self.refusal = None;
                }
            }
        }
    }

    /// The response and the error as they are now; whoever takes the moment has the stream of the body.
    pub(crate) fn take_moment(&mut self) -> Moment<'x> {
        Moment {
            response: self.context.response.get(),
            stream: self.response_stream.take(),
            last_error: self.context.last_error.get(),
        }
    }

    /// Returns to the response and the error of a moment.
    pub(crate) fn return_to(&mut self, moment: Moment<'x>) {
        self.context.response.set(moment.response);
        self.response_stream = moment.stream;
        self.context.last_error.set(moment.last_error);
    }

    /// Gives a header of a message these values.
    pub fn set_header(&self, headers: &Headers<'x>, name: Name<'x>, values: &[Value<'x>]) {
        headers.set(self.arena(), name, values);
    }

    /// Replaces the response.
    pub fn set_response(&mut self, status: u16, reason: Option<String>, headers: HeaderMap, body: Payload) {
        let reason = reason.map(|reason| self.cx.str(&reason));
        let headers = Headers::arrived(self.keep(headers));
        let (body, stream) = body_object(self.arena(), self.keeper, body);
        self.response_stream = stream;
        let response = Response::new(&self.cx, status, reason, headers, body);
        self.context.response.set(Some(response));
    }

    /// Gives the request another body.
    pub fn set_request_body(&mut self, body: Payload) {
        let (body, stream) = body_object(self.arena(), self.keeper, body);
        self.request_stream = stream;
        self.request().body.set(body);
    }

    /// Gives the response another body.
    pub fn set_response_body(&mut self, body: Payload) {
        let response = self.response();
        let (body, stream) = body_object(self.arena(), self.keeper, body);
        self.response_stream = stream;
        response.body.set(body);
    }

    /// An object of a response that is none of this exchange's own: the answer to `send-request`.
    #[must_use]
    pub fn response_object(&self, status: u16, reason: Option<String>, headers: HeaderMap, body: Bytes) -> Obj<'x> {
        let reason = reason.map(|reason| self.cx.str(&reason));
        let headers = Headers::arrived(self.keep(headers));
        let (body, _) = body_object(self.arena(), self.keeper, Payload::Memory(body));
        Response::new(&self.cx, status, reason, headers, body).as_object()
    }

    /// Reads the whole body of the request into memory, if it has one that is still on its way.
    ///
    /// # Errors
    /// If it breaks off or is larger than [`BODY_LIMIT`].
    pub async fn buffer_request(&mut self) -> Result<(), BodyError> {
        if let Some(stream) = self.request_stream.take() {
            let bytes = read_whole(stream, BODY_LIMIT).await?;
            if let Some(body) = self.request().body.get() {
                body.set_content(Content::Memory(self.keep(bytes)));
            }
        }
        Ok(())
    }

    /// Reads the whole body of the response into memory, if it has one that is still on its way.
    ///
    /// # Errors
    /// If it breaks off or is larger than [`BODY_LIMIT`].
    pub async fn buffer_response(&mut self) -> Result<(), BodyError> {
        if let Some(stream) = self.response_stream.take() {
            let bytes = read_whole(stream, BODY_LIMIT).await?;
            if let Some(body) = self.context.response.get().and_then(|response| response.body.get()) {
                body.set_content(Content::Memory(self.keep(bytes)));
            }
        }
        Ok(())
    }

    /// The body of the request for sending it on. A body in memory can be taken again; `None` if one that was on its
    /// way was taken before.
    pub fn take_request_body(&mut self) -> Option<Payload> {
        take_body(self.request().body.get(), &mut self.request_stream)
    }

    /// The body of the response for sending it. A body in memory can be taken again.
    pub fn take_response_body(&mut self) -> Payload {
        let body = self.context.response.get().and_then(|response| response.body.get());
        take_body(body, &mut self.response_stream).unwrap_or_default()
    }
}

/// The object of a body, and the stream that it still comes from.
fn body_object<'x>(arena: &'x Arena, keeper: &'x Keeper, body: Payload) -> (Option<&'x Body<'x>>, Option<BodyStream>) {
    match body {
        Payload::Empty => (None, None),
        Payload::Memory(bytes) => (Some(arena.alloc(Body::new(Content::Memory(keeper.keep(bytes))))), None),
        Payload::Stream(stream) => (Some(arena.alloc(Body::new(Content::Streaming))), Some(stream)),
    }
}

fn take_body(body: Option<&Body<'_>>, stream: &mut Option<BodyStream>) -> Option<Payload> {
    match body.map(Body::content) {
        None => Some(Payload::Empty),
        // What an expression read for good and nobody replaced is gone.
        Some(Content::Consumed(_)) => Some(Payload::Empty),
        Some(Content::Memory(bytes)) => Some(Payload::Memory(bytes.clone())),
        Some(Content::Streaming) => stream.take().map(Payload::Stream),
    }
}

/// All bytes of a body.
///
/// # Errors
/// If it breaks off or is larger than `limit` bytes.
pub async fn read_whole(mut stream: BodyStream, limit: usize) -> Result<Bytes, BodyError> {
    let mut first: Option<Bytes> = None;
    let mut all = Vec::new();
    while let Some(frame) = std::future::poll_fn(|task| stream.as_mut().poll_frame(task)).await {
        let Ok(data) = frame?.into_data() else { continue };
        if first.as_ref().map_or(all.len(), Bytes::len).saturating_add(data.len()) > limit {
            return Err(BodyError::TooLarge { limit });
        }
        match first.take() {
            None if all.is_empty() => first = Some(data),
            held => {
                all.extend_from_slice(held.as_deref().unwrap_or(&[]));
                all.extend_from_slice(&data);
            }
        }
    }
    Ok(first.unwrap_or_else(|| Bytes::from(all)))
}
