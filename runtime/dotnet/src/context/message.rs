//! `IRequest` and `IResponse`.

use std::cell::Cell;

use dotnet_macros::members;

use super::body::Body;
use super::cloud::{Foundry, PrivateEndpoint, VirtualNetwork};
use super::dictionary::{HeaderDictionary, ListDictionary};
use super::headers::Headers;
use super::url::Url;
use crate::cx::Cx;
use crate::object::{Header, Obj};
use crate::text::Str;
use crate::ty::Ty;

/// The object of a request.
#[repr(C)]
pub struct Request<'a> {
    header: Header,
    /// The method, in upper case for the usual ones.
    pub method: Cell<Str<'a>>,
    /// The method that the request arrived with.
    pub original_method: Str<'a>,
    /// The URL that is bound for the backend.
    pub url: &'a Url<'a>,
    /// The URL that the caller asked for.
    pub original_url: &'a Url<'a>,
    /// The headers.
    pub headers: &'a HeaderDictionary<'a>,
    /// The parameters that the operation's template found in the URL.
    pub matched: Cell<&'a ListDictionary<'a>>,
    /// The body; null if there is none.
    pub body: Cell<Option<&'a Body<'a>>>,
    /// The caller's address.
    pub ip_address: Str<'a>,
}

crate::layout!(Request<'a>, REQUEST_DEF);

impl<'a> Request<'a> {
    /// A request.
    #[must_use]
    pub fn new(
        cx: &Cx<'a>,
        method: Str<'a>,
        url: &'a Url<'a>,
        original_url: &'a Url<'a>,
        headers: Headers<'a>,
        body: Option<&'a Body<'a>>,
        ip_address: Str<'a>,
    ) -> &'a Self {
        let matched: &'a _ = cx.arena().alloc(ListDictionary::new(Ty(&crate::types::string::STRING), &[]));
        cx.arena().alloc(Self {
            header: Header::new(Ty(&REQUEST)),
            method: Cell::new(method),
            original_method: method,
            url,
            original_url,
            headers: cx.arena().alloc(HeaderDictionary::new(headers)),
            matched: Cell::new(matched),
            body: Cell::new(body),
            ip_address,
        })
    }
}

/// A request.
#[members("public interface IRequest", as = REQUEST)]
impl<'a> Request<'a> {
    /// The method: `GET`, `POST`, ….
    #[member("string Method { get; }", field = method)]
    const METHOD: () = ();

    /// The method that the request arrived with.
    #[member("string OriginalMethod { get; }", field = original_method)]
    const ORIGINAL_METHOD: () = ();

    /// The URL that is bound for the backend.
    #[member("IUrl Url { get; }", field = url)]
    const URL: () = ();

    /// The URL that the caller asked for.
    #[member("IUrl OriginalUrl { get; }", field = original_url)]
    const ORIGINAL_URL: () = ();

    /// The headers by name.
    #[member("IReadOnlyDictionary<string, string[]> Headers { get; }", field = headers)]
    const HEADERS: () = ();

    /// The parameters that the operation's URL template found, by name.
    #[member("IReadOnlyDictionary<string, string> MatchedParameters { get; }", field = matched)]
    const MATCHED: () = ();

    /// The caller's address.
    #[member("string IpAddress { get; }", field = ip_address)]
    const IP_ADDRESS: () = ();

    /// The body; null if the request has none.
    #[member("IMessageBody Body { get; }", field = body)]
    const BODY: () = ();

    /// The private endpoint that the request came through; null, as this gateway has none.
    #[member("IPrivateEndpointConnection PrivateEndpointConnection { get; }")]
    fn private_endpoint(&'a self) -> Option<&'a PrivateEndpoint<'a>> {
        None
    }

    /// The virtual network that the request came through; null, as this gateway knows none.
    #[member("IAzureVnetInfo AzureVnetInfo { get; }")]
    fn virtual_network(&'a self) -> Option<&'a VirtualNetwork<'a>> {
        None
    }

    /// The model that the request asks; null, as this gateway knows none.
    #[member("IFoundry Foundry { get; }")]
    fn foundry(&'a self) -> Option<&'a Foundry<'a>> {
        None
    }

    /// Whether the request has a body.
    #[member("bool HasBody { get; }")]
    fn has_body(&'a self) -> bool {
        self.body.get().is_some()
    }
}

/// The object of a response.
#[repr(C)]
pub struct Response<'a> {
    header: Header,
    /// The status.
    pub status: Cell<u16>,
    /// The reason; none for the usual one of the status.
    pub reason: Cell<Option<Str<'a>>>,
    /// The headers.
    pub headers: &'a HeaderDictionary<'a>,
    /// The body; null if there is none.
    pub body: Cell<Option<&'a Body<'a>>>,
}

crate::layout!(Response<'a>, RESPONSE_DEF);

impl<'a> Response<'a> {
    /// A response.
    #[must_use]
    pub fn new(
        cx: &Cx<'a>,
        status: u16,
        reason: Option<Str<'a>>,
        headers: Headers<'a>,
        body: Option<&'a Body<'a>>,
    ) -> &'a Self {
        cx.arena().alloc(Self {
            header: Header::new(Ty(&RESPONSE)),
            status: Cell::new(status),
            reason: Cell::new(reason),
            headers: cx.arena().alloc(HeaderDictionary::new(headers)),
            body: Cell::new(body),
        })
    }

    /// The response as an object, as a variable holds it.
    #[must_use]
    pub fn as_object(&'a self) -> Obj<'a> {
        crate::object::object_of(self)
    }
}

/// A response.
#[members("public interface IResponse", as = RESPONSE)]
impl<'a> Response<'a> {
    /// The status.
    #[member("int StatusCode { get; }")]
    fn status_code(&'a self) -> i32 {
        i32::from(self.status.get())
    }

    /// The reason behind the status, or the usual one.
    #[member("string StatusReason { get; }")]
    fn status_reason(&'a self, cx: &mut Cx<'a>) -> Str<'a> {
        self.reason.get().unwrap_or_else(|| {
            let usual = http::StatusCode::from_u16(self.status.get()).ok().and_then(|status| status.canonical_reason());
            cx.str(usual.unwrap_or(""))
        })
    }

    /// The headers by name.
    #[member("IReadOnlyDictionary<string, string[]> Headers { get; }", field = headers)]
    const HEADERS: () = ();

    /// The body; null if the response has none.
    #[member("IMessageBody Body { get; }", field = body)]
    const BODY: () = ();
}
