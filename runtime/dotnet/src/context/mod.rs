//! The policy context: `context`, the request, the response, and what else a policy sees of the gateway.
//!
//! The objects here are made when a request begins and are read and changed in place by policies. Nothing is copied
//! before somebody reads it.
//!
//! Not here: who runs the policies (`engine`), and where requests come from (`gateway`).

pub mod body;
pub mod claims;
pub mod cloud;
pub mod dictionary;
pub mod extensions;
pub mod facts;
pub mod form;
pub mod headers;
pub mod message;
pub mod objects;
pub mod token;
pub mod url;

use std::cell::Cell;

use dotnet_macros::members;

use crate::cx::Cx;
use crate::format::guid::Guid;
use crate::object::{Header, Obj};
use crate::text::Str;
use crate::ty::Ty;
use crate::word::Word;
use dictionary::ListDictionary;
use message::{Request, Response};
use objects::LastError;

/// The object of `context`. What the configuration says of the request is null until it is known.
#[repr(C)]
pub struct Context<'a> {
    header: Header,
    /// The request.
    pub request: &'a Request<'a>,
    /// The response; null before there is one.
    pub response: Cell<Option<&'a Response<'a>>>,
    /// The variables.
    pub variables: &'a ListDictionary<'a>,
    /// The error that led to `on-error`.
    pub last_error: Cell<Option<&'a LastError<'a>>>,
    /// The id of the request.
    pub request_id: Guid,
    /// The API.
    pub api: Cell<Option<&'a facts::Api>>,
    /// The operation.
    pub operation: Cell<Option<&'a facts::Operation>>,
    /// The product.
    pub product: Cell<Option<&'a facts::Product>>,
    /// The subscription.
    pub subscription: Cell<Option<&'a facts::Subscription>>,
    /// Whether the subscription's secondary key was used.
    pub used_secondary_key: Cell<bool>,
    /// The user.
    pub user: Cell<Option<&'a facts::User>>,
    /// The backend entity that the request goes to.
    pub backend: Cell<Option<&'a cloud::Backend<'a>>>,
    /// The field that a GraphQL resolver resolves.
    pub graphql: Cell<Option<&'a cloud::GraphQl<'a>>>,
    /// The workspace.
    pub workspace: Cell<Option<&'a facts::Workspace>>,
    /// The gateway.
    pub deployment: &'a facts::Deployment,
    /// When the request arrived, in ticks, UTC.
    pub timestamp: i64,
    /// How long the request has been here, in ticks, where that is fixed; else it is read off the clock.
    pub elapsed: Option<i64>,
    /// Whether the request is traced.
    pub tracing: Cell<bool>,
    /// What `context.Trace` and `trace` write to.
    pub trace: &'a dyn Trace,
}

/// Where traces go.
pub trait Trace {
    /// One entry of a trace.
    fn entry(&self, source: &str, message: &str);
}

/// A trace that nobody reads.
pub struct NoTrace;

impl Trace for NoTrace {
    fn entry(&self, _: &str, _: &str) {}
}

crate::layout!(Context<'a>, CONTEXT_DEF);

impl<'a> Context<'a> {
    /// The context of a request, with no configuration known yet.
    #[must_use]
    pub fn new(
        request: &'a Request<'a>,
        variables: &'a ListDictionary<'a>,
        request_id: Guid,
        deployment: &'a facts::Deployment,
        timestamp: i64,
        trace: &'a dyn Trace,
    ) -> Self {
        Self {
            header: Header::new(Ty(&CONTEXT)),
            request,
            response: Cell::new(None),
            variables,
            last_error: Cell::new(None),
            request_id,
            api: Cell::new(None),
            operation: Cell::new(None),
            product: Cell::new(None),
            subscription: Cell::new(None),
            used_secondary_key: Cell::new(false),
            user: Cell::new(None),
            backend: Cell::new(None),
            graphql: Cell::new(None),
            workspace: Cell::new(None),
            deployment,
            timestamp,
            elapsed: None,
            tracing: Cell::new(false),
            trace,
        }
    }
}

/// What a policy expression sees as `context`.
#[members("public sealed class IContext", as = CONTEXT)]
impl<'a> Context<'a> {
    /// The request.
    #[member("IRequest Request { get; }", field = request)]
    const REQUEST: () = ();

    /// The response; null before there is one.
    #[member("IResponse Response { get; }", field = response)]
    const RESPONSE: () = ();

    /// The variables of this request, shared by all scopes and fragments.
    #[member("IReadOnlyDictionary<string, object> Variables { get; }", field = variables)]
    const VARIABLES: () = ();

    /// The error that led to `on-error`; null before one happens.
    #[member("ILastError LastError { get; }", field = last_error)]
    const LAST_ERROR: () = ();

    /// The API; null when the request matched none.
    #[member("IApi Api { get; }")]
    fn api_object(&'a self, cx: &mut Cx<'a>) -> Option<Obj<'a>> {
        self.api.get().map(|facts| objects::api(cx, facts))
    }

    /// The operation; null when the request matched none.
    #[member("IOperation Operation { get; }")]
    fn operation_object(&'a self, cx: &mut Cx<'a>) -> Option<Obj<'a>> {
        self.operation.get().map(|facts| objects::operation(cx, facts))
    }

    /// The product that the subscription is for; null outside of products.
    #[member("IProduct Product { get; }")]
    fn product_object(&'a self, cx: &mut Cx<'a>) -> Option<Obj<'a>> {
        self.product.get().map(|facts| objects::product(cx, facts))
    }

    /// The subscription; null without a key.
    #[member("ISubscription Subscription { get; }")]
    fn subscription_object(&'a self, cx: &mut Cx<'a>) -> Option<Obj<'a>> {
        let secondary = self.used_secondary_key.get();
        self.subscription.get().map(|facts| objects::subscription(cx, facts, secondary))
    }

    /// The user who owns the subscription; null without one.
    #[member("IUser User { get; }")]
    fn user_object(&'a self, cx: &mut Cx<'a>) -> Option<Obj<'a>> {
        self.user.get().map(|facts| objects::user(cx, facts))
    }

    /// The workspace of the API; null outside of workspaces.
    #[member("IWorkspace Workspace { get; }")]
    fn workspace_object(&'a self, cx: &mut Cx<'a>) -> Option<Obj<'a>> {
        self.workspace.get().map(|facts| objects::workspace(cx, facts))
    }

    /// The backend entity that the request goes to; null where it goes to none.
    #[member("IBackend Backend { get; }", field = backend)]
    const BACKEND: () = ();

    /// The field that a GraphQL resolver resolves; null outside of resolvers.
    #[member("IGraphQL GraphQL { get; }", field = graphql)]
    const GRAPHQL: () = ();

    /// The gateway that runs the policy.
    #[member("IDeployment Deployment { get; }")]
    fn deployment_object(&'a self, cx: &mut Cx<'a>) -> Obj<'a> {
        objects::deployment(cx, self.deployment)
    }

    /// The identifier of the request.
    #[member("Guid RequestId { get; }")]
    fn request_id(&'a self) -> Guid {
        self.request_id
    }

    /// When the request arrived, UTC.
    #[member("DateTime Timestamp { get; }")]
    fn timestamp(&'a self) -> u64 {
        // The two high bits of a `DateTime` are its kind; 1 is UTC.
        (self.timestamp as u64) | (1 << 62)
    }

    /// How long the request has been here.
    #[member("TimeSpan Elapsed { get; }")]
    fn elapsed(&'a self, cx: &mut Cx<'a>) -> i64 {
        self.elapsed.unwrap_or_else(|| cx.ambient().utc_ticks().saturating_sub(self.timestamp).max(0))
    }

    /// Whether the request is traced.
    #[member("bool Tracing { get; }")]
    fn tracing(&'a self) -> bool {
        self.tracing.get()
    }

    /// Adds a message to the trace of the request, if it is traced.
    #[member("void Trace(string message)")]
    fn trace_message(&'a self, message: Option<Str<'a>>) {
        if self.tracing.get() {
            self.trace.entry("context", &message.map(Str::to_utf8).unwrap_or_default());
        }
    }
}

/// A `DateTime?` in UTC as a word.
#[must_use]
pub fn nullable_utc(cx: &mut Cx<'_>, ticks: Option<i64>) -> Word {
    ticks.map_or(Word::ZERO, |ticks| {
        crate::object::boxed(cx, Ty(&crate::types::date_time::DATE_TIME), Word((ticks as u64) | (1 << 62)))
    })
}
