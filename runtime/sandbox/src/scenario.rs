//! Scenarios: the request, response and variables that an expression is evaluated with.
//!
//! A scenario is a JSON object; everything in it may be missing: `method`, `url`, `originalUrl`, `ip`, `headers`
//! (text or lists of text), `matched`, `body`, `response` (`status`, `reason`, `headers`, `body`, or null), `variables`
//! (name to `type` and `value`), and `lastError`, `subscription`, `user` and `product`, which may be null. What is
//! missing comes from the cars of the documentation.

use bytes::Bytes;
use dotnet::arena::Arena;
use dotnet::context::body::{Body, Content};
use dotnet::context::dictionary::ListDictionary;
use dotnet::context::facts::{Api, Deployment, Group, Operation, Product, Subscription, UrlParts, User};
use dotnet::context::headers::{Headers, Name, Value as HeaderValue};
use dotnet::context::message::{Request, Response};
use dotnet::context::objects::LastError;
use dotnet::context::token::Jwt;
use dotnet::context::url::Url;
use dotnet::context::{Context, NoTrace};
use dotnet::cx::Cx;
use dotnet::format::Guid;
use dotnet::json::load::{self, Wanted};
use dotnet::keep::Keeper;
use dotnet::object::{boxed, object_of};
use dotnet::text::Str;
use dotnet::ty::Ty;
use dotnet::types::{boolean::BOOLEAN, double::DOUBLE, int32::INT32, number::INT64, string::STRING};
use dotnet::word::{IntoWord, Word};
use serde_json::{Map, Value};

/// A scenario that was read.
pub struct Scenario {
    members: Map<String, Value>,
    api: Api,
    operation: Operation,
    product: Product,
    subscription: Subscription,
    user: User,
    deployment: Deployment,
}

/// Why a scenario cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct ScenarioError(pub String);

impl std::fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ScenarioError {}

fn fault<T>(text: impl Into<String>) -> Result<T, ScenarioError> {
    Err(ScenarioError(text.into()))
}

/// When the request arrived.
const TIMESTAMP: i64 = crate::world::BEGINNING;
/// 2 January 2024, 03:04:05.
const SUBSCRIBED: i64 = 638_397_614_450_000_000;
/// 6 May 2023, 07:08:09.
const REGISTERED: i64 = 638_189_536_890_000_000;
/// How long the request has been here, in ticks.
const ELAPSED: i64 = 125_000;
/// The id of the request.
const REQUEST_ID: &[u8] = b"6f1c2b1e-3c50-4b8e-9a53-0d8f2a7b9c11";
/// The URL of the request, where the scenario names none.
const URL: &str = "https://gateway.example.com/cars/v1/cars/1";

impl Scenario {
    /// The scenario that a JSON value describes.
    ///
    /// # Errors
    /// If it is no object.
    pub fn read(value: &Value) -> Result<Self, ScenarioError> {
        let Value::Object(members) = value else { return fault("a scenario is an object") };
        let group = |id: &str, name: &str| Group { id: id.into(), name: name.into() };
        let api = Api {
            id: "cars-api".into(),
            name: "Cars API".into(),
            path: "cars".into(),
            revision: "1".into(),
            version: Some("v1".into()),
            is_current_revision: true,
            service_url: UrlParts::parse("https://cars-service.example.com/api"),
            protocols: vec!["https".into()],
            key_header: "Ocp-Apim-Subscription-Key".into(),
            key_query: "subscription-key".into(),
        };
        Ok(Self {
            members: members.clone(),
            operation: Operation {
                id: "get-car".into(),
                method: "GET".into(),
                name: "Get car".into(),
                url_template: "/cars/{carId}".into(),
            },
            product: Product {
                id: "gold".into(),
                name: "Gold".into(),
                approval_required: false,
                subscription_required: true,
                subscriptions_limit: Some(5),
                is_published: true,
                groups: vec![group("developers", "Developers")],
                apis: vec![api.clone()],
            },
            subscription: Subscription {
                id: "sub-1".into(),
                name: "Racing team".into(),
                primary_key: "key-primary".into(),
                secondary_key: "key-secondary".into(),
                created: SUBSCRIBED,
                start: None,
                end: None,
            },
            user: User {
                id: "user-7".into(),
                email: "letty@example.com".into(),
                first_name: "Letty".into(),
                last_name: "Ortiz".into(),
                note: String::new(),
                registered: REGISTERED,
                groups: vec![group("administrators", "Administrators"), group("developers", "Developers")],
                identities: vec![("letty".into(), "Basic".into())],
            },
            deployment: Deployment {
                gateway_id: "managed".into(),
                instance_id: "managed".into(),
                is_managed: true,
                region: "West Europe".into(),
                service_id: "apim-cars".into(),
                service_name: "apim-cars".into(),
            },
            api,
        })
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(Value::as_str)
    }

    /// Whether a member is there and null.
    fn is_null(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(Value::is_null)
    }

    /// Makes the context of the scenario and gives it to `cx`.
    ///
    /// # Errors
    /// If the scenario says what cannot be.
    pub fn enter<'a>(&'a self, cx: &mut Cx<'a>, keeper: &'a Keeper) -> Result<(), ScenarioError> {
        let url = self.text("url").unwrap_or(URL);
        let original = self.text("originalUrl").unwrap_or(url);
        let request = Request::new(
            cx,
            cx.str(self.text("method").unwrap_or("GET")),
            parse_url(cx, keeper, url)?,
            parse_url(cx, keeper, original)?,
            headers(cx.arena(), self.members.get("headers"))?,
            body(cx.arena(), keeper, self.members.get("body")),
            cx.str(self.text("ip").unwrap_or("203.0.113.9")),
        );
        if let Some(Value::Object(matched)) = self.members.get("matched") {
            let entries: Vec<(Str<'a>, Word)> = matched
                .iter()
                .map(|(name, value)| (cx.str(name), cx.str(value.as_str().unwrap_or_default()).word()))
                .collect();
            let entries = cx.arena().alloc_slice(&entries);
            request.matched.set(cx.arena().alloc(ListDictionary::new(Ty(&STRING), entries)));
        }
        let variables: &'a _ = cx.arena().alloc(ListDictionary::new(dotnet::catalogue::OBJECT, &[]));
        if let Some(Value::Object(values)) = self.members.get("variables") {
            for (name, value) in values {
                let word = variable(cx, keeper, value)?;
                let name = cx.str(name);
                variables.set(cx, name, word);
            }
        }
        let id = Guid::parse(REQUEST_ID).unwrap_or_default();
        let mut context = Context::new(request, variables, id, &self.deployment, TIMESTAMP, &NoTrace);
        context.elapsed = Some(ELAPSED);
        context.api.set(Some(&self.api));
        context.operation.set(Some(&self.operation));
        if !self.is_null("product") {
            context.product.set(Some(&self.product));
        }
        if !self.is_null("subscription") {
            context.subscription.set(Some(&self.subscription));
        }
        if !self.is_null("user") {
            context.user.set(Some(&self.user));
        }
        if !self.is_null("response") {
            let empty = Value::Object(Map::new());
            let answer = self.members.get("response").unwrap_or(&empty);
            context.response.set(Some(response(cx, keeper, answer)?));
        }
        if !self.is_null("lastError") {
            context.last_error.set(Some(last_error(cx)));
        }
        cx.context = Some(cx.arena().alloc(context));
        Ok(())
    }
}

fn last_error<'a>(cx: &Cx<'a>) -> &'a LastError<'a> {
    let mut error = LastError::new(cx.str("validate-jwt"), cx.str("JWT not present."));
    error.reason = Some(cx.str("TokenNotPresent"));
    error.scope = Some(cx.str("api"));
    error.section = Some(cx.str("inbound"));
    error.path = Some(cx.str("validate-jwt[1]"));
    error.policy_id = Some(Str::EMPTY);
    cx.arena().alloc(error)
}

fn parse_url<'a>(cx: &Cx<'a>, keeper: &'a Keeper, text: &str) -> Result<&'a Url<'a>, ScenarioError> {
    match UrlParts::parse(text) {
        Some(parts) => Ok(Url::of_parts(cx, keeper.keep(parts))),
        None => fault(format!("`{text}` is no absolute URL")),
    }
}

fn headers<'a>(arena: &'a Arena, value: Option<&Value>) -> Result<Headers<'a>, ScenarioError> {
    let headers = Headers::default();
    let Some(Value::Object(members)) = value else { return Ok(headers) };
    let copy = |text: &str| -> &'a [u8] { arena.alloc_slice(text.as_bytes()) };
    for (name, value) in members {
        let lines: Vec<&str> = match value {
            Value::String(line) => vec![line.as_str()],
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
            _ => return fault(format!("the header `{name}` is text or a list of text")),
        };
        let values: Vec<HeaderValue<'a>> = lines.into_iter().map(|line| HeaderValue::new(copy(line))).collect();
        let name = std::str::from_utf8(copy(name)).unwrap_or_default();
        headers.set(arena, Name::new(name), &values);
    }
    Ok(headers)
}

fn body<'a>(arena: &'a Arena, keeper: &'a Keeper, value: Option<&Value>) -> Option<&'a Body<'a>> {
    let text = value?.as_str()?;
    let bytes = keeper.keep(Bytes::copy_from_slice(text.as_bytes()));
    Some(arena.alloc(Body::new(Content::Memory(bytes))))
}

fn response<'a>(cx: &Cx<'a>, keeper: &'a Keeper, value: &Value) -> Result<&'a Response<'a>, ScenarioError> {
    let status = value.get("status").and_then(Value::as_u64).unwrap_or(200);
    let Ok(status) = u16::try_from(status) else { return fault(format!("{status} is no status")) };
    let reason = cx.str(value.get("reason").and_then(Value::as_str).unwrap_or("OK"));
    let headers = headers(cx.arena(), value.get("headers"))?;
    let body = body(cx.arena(), keeper, value.get("body"));
    Ok(Response::new(cx, status, Some(reason), headers, body))
}

/// The object that a variable holds.
fn variable<'a>(cx: &mut Cx<'a>, keeper: &'a Keeper, typed: &Value) -> Result<Word, ScenarioError> {
    let kind = typed.get("type").and_then(Value::as_str).unwrap_or("string");
    let value = typed.get("value").unwrap_or(&Value::Null);
    let text = value.as_str().unwrap_or_default();
    let json = |cx: &mut Cx<'a>, wanted: Wanted| {
        let text = cx.str(text);
        match load::parse(cx, text, wanted) {
            Ok(token) => Ok(object_of(token).word()),
            Err(_) => fault(cx.thrown_text()),
        }
    };
    Ok(match kind {
        "int" => {
            let word = i32::try_from(value.as_i64().unwrap_or_default()).unwrap_or_default().into_word(cx);
            boxed(cx, Ty(&INT32), word)
        }
        "long" => {
            let word = value.as_i64().unwrap_or_default().into_word(cx);
            boxed(cx, Ty(&INT64), word)
        }
        "double" => {
            let word = value.as_f64().unwrap_or_default().into_word(cx);
            boxed(cx, Ty(&DOUBLE), word)
        }
        "bool" => {
            let word = value.as_bool().unwrap_or_default().into_word(cx);
            boxed(cx, Ty(&BOOLEAN), word)
        }
        "string" => cx.str(text).word(),
        "JObject" => json(cx, Wanted::Object)?,
        "JArray" => json(cx, Wanted::Array)?,
        "null" => Word::ZERO,
        "response" => response(cx, keeper, value)?.as_object().word(),
        "jwt" => {
            let text = cx.str(text);
            Jwt::parse(cx, text).map_or(Word::ZERO, |token| token.as_object().word())
        }
        other => return fault(format!("there are no variables of type `{other}`")),
    })
}
