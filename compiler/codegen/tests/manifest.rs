//! What the gateway is told of an instance.

use std::path::Path;

use bundle::container::{from_bytes, to_bytes};
use bundle::document::TextPart;
use bundle::manifest::{
    Api, Group, KeyDigest, Manifest, MockStatus, Part, Product, Protocol, Scope, SecretText, Subscription, Target,
    Versioning, find_mock,
};
use codegen::manifest::{Made, manifest};
use instance::files::InMemory;
use instance::{Instance, Options};

/// An instance written as one text: `=== path` begins a file.
fn made(text: &str) -> Made {
    let mut files = InMemory::default();
    for part in text.split("=== ").skip(1) {
        let (path, body) = part.split_once('\n').expect("a file's name ends its line");
        files.insert(path.trim(), body);
    }
    let options = Options { environment: None, variables: &|_| None };
    let (instance, diagnostics) = Instance::read_from(&files, Path::new(""), &options).expect("the folder is there");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    manifest(&instance)
}

const INSTANCE: &str = r#"
=== policy.xml
<policies />
=== version sets/cars/versionSetInformation.json
{"properties": {"displayName": "Cars", "versioningScheme": "Header", "versionHeaderName": "X-Version"}}
=== apis/cars-v2/apiInformation.json
{"properties": {"displayName": "Cars", "path": "cars", "apiVersion": "v2", "apiVersionSetId": "/apiVersionSets/cars",
 "protocols": ["http", "https"], "serviceUrl": "https://{{host}}/v2",
 "subscriptionKeyParameterNames": {"header": "X-Key", "query": "k"}}}
=== apis/cars-v2/specification.yaml
openapi: 3.0.1
info: { title: Cars, version: v2 }
paths:
  /cars/{id}:
    get:
      operationId: get-car
      summary: One car
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        "200":
          description: ok
          content:
            application/json:
              examples: { a: { value: { id: 1 } }, b: { value: { id: 2 } } }
            text/plain: { schema: { type: string, example: hi } }
        default: { description: other, content: { application/json: { example: { error: true } } } }
=== apis/cars-v2;rev=2/apiInformation.json
{"properties": {"displayName": "Cars", "path": "cars", "apiVersion": "v2", "apiVersionSetId": "/apiVersionSets/cars",
 "apiRevision": "2", "isCurrent": false, "subscriptionRequired": false}}
=== products/starter/productInformation.json
{"properties": {"displayName": "Starter", "subscriptionRequired": true, "approvalRequired": true,
 "subscriptionsLimit": 3, "state": "published"}}
=== products/starter/apis.json
[{"name": "cars-v2"}]
=== products/starter/groups.json
[{"name": "developers"}]
=== subscriptions/ada/subscriptionInformation.json
{"properties": {"displayName": "Ada", "scope": "/products/starter", "state": "active", "ownerId": "/users/1",
 "primaryKey": "ada-primary", "createdDate": "2024-05-01T00:00:00Z", "expirationDate": "soon"}}
=== subscriptions/old/subscriptionInformation.json
{"properties": {"displayName": "Old", "scope": "/apis", "state": "suspended"}}
=== named values/host/namedValueInformation.json
{"properties": {"displayName": "host", "value": "cars.example"}}
=== named values/token/namedValueInformation.json
{"properties": {"displayName": "token", "secret": true, "value": "the-token"}}
=== backends/a/backendInformation.json
{"properties": {"url": "https://{{host}}/a", "protocol": "http",
 "credentials": {"header": {"x-key": ["first", "{{token}}"], "x-host": ["{{host}}"]},
                 "authorization": {"scheme": "Bearer", "parameter": "pre{{token}}"}},
 "circuitBreaker": {"rules": [{"name": "r", "tripDuration": "PT1M", "acceptRetryAfter": true,
   "failureCondition": {"count": 3, "interval": "PT10S", "statusCodeRanges": [{"min": 500, "max": 599}]}}]}}}
=== backends/pool/backendInformation.json
{"properties": {"type": "Pool", "pool": {"services": [{"id": "/backends/a", "priority": 1, "weight": 5}]}}}
"#;

#[test]
fn apis_keep_what_requests_match() {
    let made = made(INSTANCE);
    let [current, revision] = made.manifest.apis.as_slice() else { panic!("two revisions") };
    let operations = current.operations.clone();
    assert_eq!(
        Api { operations: Vec::new(), ..current.clone() },
        Api {
            id: "cars-v2".into(),
            name: "Cars".into(),
            path: "cars".into(),
            protocols: vec![Protocol::Http, Protocol::Https],
            service_url: Some("https://cars.example/v2".into()),
            revision: "1".into(),
            is_current: true,
            version: Some("v2".into()),
            versioning: Some(Versioning::Header("X-Version".into())),
            subscription_required: true,
            key_header: "X-Key".into(),
            key_query: "k".into(),
            ..Api::default()
        }
    );
    assert_eq!((revision.base_id(), revision.is_current, revision.revision.as_str()), ("cars-v2", false, "2"));
    let [operation] = operations.as_slice() else { panic!("one operation") };
    assert_eq!((operation.id.as_str(), operation.method.as_str()), ("get-car", "GET"));
    assert_eq!(operation.template.segments[1], [Part::Parameter("id".into())]);
    let body = |status, content_type, index| {
        let mock = find_mock(&operation.responses, status, content_type, index);
        String::from_utf8(mock.body.to_vec()).unwrap().replace([' ', '\n'], "")
    };
    assert_eq!(operation.responses[1].status, MockStatus::Default);
    assert_eq!(body(200, None, None), r#"{"id":1}"#);
    assert_eq!(body(200, None, Some(1)), r#"{"id":2}"#);
    assert_eq!(body(200, Some("text/plain"), None), "hi");
    assert_eq!(body(500, None, None), r#"{"error":true}"#);
}

#[test]
fn callers_are_known_by_digests() {
    let made = made(INSTANCE);
    let developers = Group { id: "developers".into(), name: "Developers".into() };
    assert_eq!(
        made.manifest.products,
        [Product {
            id: "starter".into(),
            name: "Starter".into(),
            subscription_required: true,
            approval_required: true,
            subscriptions_limit: Some(3),
            is_published: true,
            apis: vec!["cars-v2".into()],
            groups: vec![developers],
            ..Product::default()
        }]
    );
    let [ada, old] = made.manifest.subscriptions.as_slice() else { panic!("two subscriptions") };
    assert_eq!(
        *ada,
        Subscription {
            id: "ada".into(),
            workspace: None,
            name: "Ada".into(),
            scope: Scope::Product("starter".into()),
            is_active: true,
            owner: Some("1".into()),
            allow_tracing: false,
            primary_key: Some(KeyDigest::of(b"ada-primary")),
            secondary_key: None,
            created: 638_501_184_000_000_000,
            start: None,
            // An end that cannot be read has passed.
            end: Some(0),
        }
    );
    assert_eq!((&old.scope, old.is_active, old.primary_key), (&Scope::AllApis, false, None));
}

#[test]
fn credentials_leave_their_values_outside() {
    let made = made(INSTANCE);
    let [single, pool] = made.manifest.backends.as_slice() else { panic!("two backends") };
    let text = |text: &str| TextPart::Text(text.into());
    let secret = |name: &str| TextPart::Secret(name.into());
    let headers = &single.credentials.headers;
    assert_eq!(single.target, Target::Url(SecretText(vec![text("https://cars.example/a")])));
    assert_eq!(headers[0].1[0].0, [secret("backends/a/header/x-key")]);
    assert_eq!(headers[0].1[1].0, [secret("token")]);
    assert_eq!(headers[1].1[0].0, [text("cars.example")]);
    let authorization = single.credentials.authorization.as_ref().unwrap();
    assert_eq!(authorization.0, [text("Bearer"), text(" "), text("pre"), secret("token")]);
    assert_eq!(single.breaker.as_ref().unwrap().status_codes, [(500, 599)]);
    let Target::Pool(pool) = &pool.target else { panic!("a pool") };
    assert_eq!((pool.members[0].id.as_str(), pool.members[0].weight), ("a", Some(5)));
    assert_eq!(made.manifest.secrets, ["backends/a/header/x-key", "token"]);
    let values: Vec<(&str, &str)> = made.secrets.iter().map(|(name, value)| (name.as_str(), value.expose())).collect();
    assert_eq!(values, [("backends/a/header/x-key", "first"), ("token", "the-token")]);
}

#[test]
fn no_secret_is_in_the_bytes() {
    let made = made(INSTANCE);
    let bytes = to_bytes(&made.manifest);
    for secret in ["ada-primary", "the-token", "first"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        assert!(!format!("{made:?}").contains(secret), "{secret}");
    }
    assert_eq!(from_bytes::<Manifest>(&bytes), Ok(made.manifest));
}
