//! What the policy does with tokens of all kinds.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use dotnet::context::claims::ticks;
use dotnet::context::token::Jwt;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};
use engine::services::IssuerKeys;
use grammar::document::NoInstance;
use grammar::source::Source;
use serde_json::{Value, json};

use crate::findings::{Element, Findings, NoTypes};
use crate::testing::{Request, World, get, load, run};
use crate::token::algorithm::Algorithm;
use crate::token::encrypted::tests::sealed;
use crate::token::mint::mint;
use crate::token::tests::{SECRET, members, published, signing_key};

/// The time of the tests, in seconds after 1970.
const NOW: i64 = 1_800_000_000;
const CONFIG: &str = "https://login.example/.well-known/openid-configuration";
const ISSUER: &str = "https://login.example/";

fn world() -> World {
    let world = World::default();
    world.state().now = ticks(NOW);
    world
}

/// A world in which the issuer publishes these keys.
fn world_with(keys: Vec<Value>) -> World {
    let world = world();
    world.state().issuers.insert(CONFIG.to_owned(), issuer_keys(ISSUER, keys));
    world
}

fn issuer_keys(issuer: &str, keys: Vec<Value>) -> Arc<IssuerKeys> {
    Arc::new(IssuerKeys { issuer: Some(issuer.to_owned()), keys, generation: 1 })
}

fn token(algorithm: Algorithm, header: Value, claims: Value) -> String {
    mint(members(header), &members(claims), algorithm, &signing_key(algorithm)).expect("a token")
}

/// A token with a secret that is sound but for these claims; null takes one away.
fn sound_but(changes: Value) -> String {
    let mut claims = members(json!({"iss": ISSUER, "aud": ["cars", "boats"], "exp": NOW + 60, "sub": "letty"}));
    for (name, value) in members(changes) {
        if value.is_null() {
            claims.remove(&name)
        } else {
            claims.insert(name, value)
        };
    }
    token(Algorithm::Hs256, json!({}), Value::Object(claims))
}

fn policy(attributes: &str, children: &str) -> &'static dyn Policy {
    let key = STANDARD.encode(SECRET);
    let keys = format!("<issuer-signing-keys><key>{key}</key></issuer-signing-keys>");
    load(&format!("<validate-jwt header-name='Authorization' {attributes}>{keys}{children}</validate-jwt>"))
}

fn with_issuer(attributes: &str, children: &str) -> &'static dyn Policy {
    let config = format!("<openid-config url='{CONFIG}' />");
    load(&format!("<validate-jwt header-name='Authorization' {attributes}>{config}{children}</validate-jwt>"))
}

fn asking(headers: Vec<(&'static str, String)>) -> Request {
    let headers: Vec<_> = headers.into_iter().map(|(name, value)| (name, &*value.leak())).collect();
    Request { headers: headers.leak(), ..get("/") }
}

fn outcome_of(policy: &'static dyn Policy, exchange: &mut Exchange<'_>) -> String {
    let result = run(policy, exchange);
    match (result, exchange.take_refusal()) {
        (Ok(Next::Continue), None) => "valid".to_owned(),
        (Err(_), Some(refusal)) => {
            assert_eq!((refusal.status, &refusal.public), (401, &refusal.message));
            format!("{}: {}", refusal.reason, refusal.message)
        }
        other => panic!("{other:?}"),
    }
}

fn outcome(policy: &'static dyn Policy, world: &World, token: &str) -> String {
    let request = asking(vec![("authorization", format!("Bearer {token}"))]);
    request.run(world, |exchange| outcome_of(policy, exchange))
}

#[test]
fn the_token_is_where_the_policy_says() {
    let token = sound_but(json!({}));
    let key = STANDARD.encode(SECRET);
    let policy = |attributes: &str| {
        load(&format!(
            "<validate-jwt {attributes}><issuer-signing-keys><key>{key}</key></issuer-signing-keys></validate-jwt>"
        ))
    };
    let missing = "TokenNotPresent: JWT not present.";
    let unclear = "JwtInvalid: IDX12741: JWT must have three segments (JWS) or five segments (JWE).";
    let header = |value: &str| vec![("authorization", value.replace("TOKEN", &token))];
    let custom = |value: &str| vec![("x-token", value.replace("TOKEN", &token))];
    let two = vec![("authorization", "Bearer x".to_owned()), ("authorization", format!("Bearer {token}"))];
    for (attributes, headers, expected) in [
        ("header-name='Authorization'", header("TOKEN"), "valid"),
        ("header-name='Authorization'", header("Bearer TOKEN"), "valid"),
        ("header-name='Authorization'", vec![], missing),
        ("header-name='Authorization'", header(""), missing),
        ("header-name='Authorization'", header("Bearer"), unclear),
        ("header-name='Authorization'", two, unclear),
        ("header-name='authorization' require-scheme='Bearer'", header("bearer TOKEN"), "valid"),
        ("header-name='authorization' require-scheme='Bearer'", header("TOKEN"), missing),
        ("header-name='authorization' require-scheme='Bearer'", header("Basic TOKEN"), missing),
        ("header-name='X-Token' require-scheme='Bearer'", custom("TOKEN"), "valid"),
        ("header-name='X-Token' require-scheme='Bearer'", custom("bearer TOKEN"), "valid"),
        ("header-name='X-Token'", header("Bearer TOKEN"), missing),
        ("token-value='@(null)'", header("TOKEN"), missing),
    ] {
        let policy = policy(attributes);
        let found = asking(headers).run(&world(), |exchange| outcome_of(policy, exchange));
        assert_eq!(found, expected, "{attributes}");
    }
    let policy = policy("query-parameter-name='access_token'");
    for (query, expected) in [
        (format!("/?x=1&Access_Token={}", token.replace('.', "%2E")), "valid"),
        ("/?access_token".to_owned(), missing),
        ("/?x=1".to_owned(), missing),
        (format!("/?access_token=x&access_token={token}"), unclear),
    ] {
        assert_eq!(get(query.leak()).run(&world(), |exchange| outcome_of(policy, exchange)), expected);
    }
}

#[test]
fn what_a_token_says_is_judged() {
    let children = "<audiences><audience>planes</audience><audience> cars </audience></audiences>
        <issuers><issuer>https://login.example/</issuer></issuers>
        <required-claims>
            <claim name='scope' match='any' separator=' '><value>cars.read</value><value>cars.write</value></claim>
            <claim name='groups'><value>a</value><value>1</value></claim>
            <claim name='sub' />
        </required-claims>";
    let policy = policy("", children);
    let with = |changes: Value| {
        let mut claims = members(json!({"scope": "openid cars.write", "groups": ["b", "a", 1]}));
        claims.extend(members(changes));
        sound_but(Value::Object(claims))
    };
    let expired = "TokenExpired: IDX10223: Lifetime validation failed. The token is expired. Access denied.";
    let audience = "TokenAudienceNotAllowed: IDX10214: Audience validation failed. Access denied.";
    let issuer = "TokenIssuerNotAllowed: IDX10205: Issuer validation failed. Access denied.";
    for (changes, expected) in [
        (json!({}), "valid"),
        (json!({"exp": NOW}), expired),
        (json!({"exp": NOW + 1}), "valid"),
        (json!({"exp": -1}), expired),
        (json!({"exp": i64::MAX}), "valid"),
        (
            json!({"exp": null}),
            "JwtInvalid: IDX10225: Lifetime validation failed. The token is missing an Expiration Time.",
        ),
        (json!({"exp": "1900000000"}), "JwtInvalid: IDX12723: Unable to decode the payload as Base64Url encoded JSON."),
        (json!({"nbf": NOW}), "valid"),
        (json!({"nbf": NOW + 1}), "JwtInvalid: IDX10222: Lifetime validation failed. The token is not yet valid."),
        (
            json!({"nbf": NOW + 61}),
            "JwtInvalid: IDX10224: Lifetime validation failed. The NotBefore is after the Expires.",
        ),
        (json!({"aud": "cars"}), "valid"),
        (json!({"aud": "Cars"}), audience),
        (json!({"aud": "cars/"}), audience),
        (json!({"aud": []}), audience),
        (json!({"aud": ""}), audience),
        (json!({"aud": null}), audience),
        (json!({"aud": null, "exp": 1}), expired),
        (json!({"aud": null, "iss": "x"}), audience),
        (json!({"iss": "https://login.example"}), issuer),
        (json!({"iss": ["https://login.example/"]}), issuer),
        (json!({"iss": null}), issuer),
        (json!({"scope": "cars.read"}), "valid"),
        (
            json!({"scope": "cars.reads xcars.write"}),
            "TokenClaimValueNotAllowed: Claim scope value of cars.reads xcars.write is not allowed. Access denied.",
        ),
        (json!({"groups": "a"}), "TokenClaimValueNotAllowed: Claim groups value of a is not allowed. Access denied."),
        (
            json!({"groups": ["a", "b"]}),
            "TokenClaimValueNotAllowed: Claim groups value of a,b is not allowed. Access denied.",
        ),
        (
            json!({"scope": null, "sub": null}),
            "TokenClaimNotFound: JWT is missing the following claims: scope, sub. Access denied.",
        ),
        (
            json!({"groups": "x", "sub": null}),
            "TokenClaimNotFound: JWT is missing the following claims: sub. Access denied.",
        ),
    ] {
        assert_eq!(outcome(policy, &world(), &with(changes.clone())), expected, "{changes}");
    }
}

#[test]
fn clocks_may_differ_and_expiration_may_be_missing() {
    let policy = policy("clock-skew='30' require-expiration-time='false'", "");
    for (changes, is_valid) in [
        (json!({"exp": NOW - 29}), true),
        (json!({"exp": NOW - 30}), false),
        (json!({"nbf": NOW + 30}), true),
        (json!({"nbf": NOW + 31}), false),
        (json!({"exp": null}), true),
    ] {
        assert_eq!(outcome(policy, &world(), &sound_but(changes.clone())) == "valid", is_valid, "{changes}");
    }
}

#[test]
fn tokens_without_signature_are_valid_only_where_they_may_be() {
    let segment = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = segment(json!({"exp": NOW + 1}));
    let unsigned = |algorithm: &str| format!("{}.{claims}.", segment(json!({"alg": algorithm})));
    let (strict, open) = (policy("", ""), policy("require-signed-tokens='false'", ""));
    let missing = "TokenSignatureInvalid: IDX10504: Unable to validate signature, token does not have a signature. Access denied.";
    assert_eq!(outcome(strict, &world(), &unsigned("none")), missing);
    assert_eq!(outcome(open, &world(), &unsigned("none")), "valid");
    assert_eq!(outcome(open, &world(), &unsigned("HS256")), missing);
    assert!(outcome(open, &world(), &format!("{}AAAA", unsigned("none"))).starts_with("TokenSignatureInvalid"));
    assert!(outcome(open, &world(), &format!("{}AAAA", unsigned("HS256"))).starts_with("TokenSignatureInvalid"));
    assert_eq!(outcome(open, &world(), &sound_but(json!({}))), "valid");
    let expired = format!("{}.{}.", segment(json!({"alg": "none"})), segment(json!({"exp": 1})));
    assert!(outcome(open, &world(), &expired).starts_with("TokenExpired"));
}

#[test]
fn an_issuer_publishes_keys_and_its_name() {
    let policy = with_issuer("", "");
    let claims = |issuer: &str| json!({"iss": issuer, "exp": NOW + 60});
    for (name, algorithm) in Algorithm::ALL.iter().filter(|(name, _)| !name.starts_with("HS")) {
        let sound = token(*algorithm, json!({}), claims(ISSUER));
        assert_eq!(outcome(policy, &world_with(published()), &sound), "valid", "{name}");
    }
    let other = token(Algorithm::Es256, json!({}), claims("https://other.example/"));
    let issuer = "TokenIssuerNotAllowed: IDX10205: Issuer validation failed. Access denied.";
    assert_eq!(outcome(policy, &world_with(published()), &other), issuer);
    let sound = token(Algorithm::Es256, json!({}), claims(ISSUER));
    let unreachable = "JwtInvalid: IDX20803: Unable to obtain configuration from the issuer.";
    let world = world();
    assert_eq!(outcome(policy, &world, &sound), unreachable);
    assert!(world.state().traces[0].contains(CONFIG), "the operator is told");
}

#[test]
fn a_key_that_is_not_known_is_asked_for_once() {
    for far in [false, true] {
        let policy = with_issuer("", "");
        let world = world_with(published()[..1].to_vec());
        world.state().issuers_are_far = far;
        let claims = json!({"iss": ISSUER, "exp": NOW + 60});
        let sound = token(Algorithm::Es256, json!({"kid": "p256"}), claims.clone());
        let unknown =
            "TokenSignatureKeyNotFound: IDX10501: Signature validation failed. Unable to match keys. Access denied.";
        assert_eq!(outcome(policy, &world, &sound), unknown);
        world.state().new_keys.insert(CONFIG.to_owned(), issuer_keys(ISSUER, published()));
        assert_eq!(outcome(policy, &world, &sound), "valid");
        let refreshes = world.state().refreshes;
        assert_eq!(outcome(policy, &world, &sound), "valid");
        assert_eq!(world.state().refreshes, refreshes);
        // A key that is named and known does not ask for others, however wrong the signature is.
        let forged = token(Algorithm::Rs256, json!({"kid": "p256"}), claims);
        assert!(outcome(policy, &world, &forged).starts_with("TokenSignatureInvalid"));
        assert_eq!(world.state().refreshes, refreshes);
    }
}

#[test]
fn a_seen_token_is_valid_no_longer_than_its_key_and_its_time() {
    let policy = with_issuer("", "");
    let world = world_with(published());
    let sound = token(Algorithm::Es256, json!({"kid": "p256"}), json!({"iss": ISSUER, "exp": NOW + 60}));
    assert_eq!(outcome(policy, &world, &sound), "valid");
    assert_eq!(outcome(policy, &world, &sound), "valid");
    world.state().now = ticks(NOW + 60);
    assert!(outcome(policy, &world, &sound).starts_with("TokenExpired"));
    world.state().now = ticks(NOW);
    world.state().issuers.insert(CONFIG.to_owned(), issuer_keys(ISSUER, published()[..1].to_vec()));
    assert!(outcome(policy, &world, &sound).starts_with("TokenSignatureKeyNotFound"));
    let mut forged = sound.clone();
    forged.replace_range(sound.len() - 4.., "AAAA");
    world.state().issuers.insert(CONFIG.to_owned(), issuer_keys(ISSUER, published()));
    assert_eq!(outcome(policy, &world, &sound), "valid");
    assert!(outcome(policy, &world, &forged).starts_with("TokenSignatureInvalid"));
}

#[test]
fn the_keys_of_one_issuer_do_not_count_for_another() {
    let other = "https://other.example/config";
    let children = format!(
        "<openid-config url='{other}' />
        <issuers><issuer>{ISSUER}</issuer><issuer>https://other.example/</issuer><issuer>third</issuer></issuers>"
    );
    let policy = with_issuer("", &children);
    let world = world_with(published()[..1].to_vec());
    world.state().issuers.insert(other.to_owned(), issuer_keys("https://other.example/", published()[1..].to_vec()));
    let from = |algorithm, issuer: &str| {
        outcome(policy, &world, &token(algorithm, json!({}), json!({"iss": issuer, "exp": NOW + 60})))
    };
    assert_eq!(from(Algorithm::Rs256, ISSUER), "valid");
    assert_eq!(from(Algorithm::Es256, "https://other.example/"), "valid");
    assert!(from(Algorithm::Es256, ISSUER).starts_with("TokenSignature"));
    assert!(from(Algorithm::Rs256, "https://other.example/").starts_with("TokenSignature"));
    assert_eq!(from(Algorithm::Rs256, "third"), "valid");
}

#[test]
fn keys_of_the_document_are_of_all_kinds() {
    let rsa = published()[0].clone();
    let (n, e) = (rsa["n"].as_str().unwrap(), rsa["e"].as_str().unwrap());
    let keys =
        format!("<issuer-signing-keys><key id='r' n='{n}' e='{e}' /><key>no base64!</key></issuer-signing-keys>");
    let policy = load(&format!("<validate-jwt header-name='Authorization'>{keys}</validate-jwt>"));
    let claims = json!({"exp": NOW + 60});
    let with = |algorithm, header| outcome(policy, &world(), &token(algorithm, header, claims.clone()));
    assert_eq!(with(Algorithm::Rs256, json!({})), "valid");
    assert_eq!(with(Algorithm::Ps512, json!({"kid": "r"})), "valid");
    assert!(with(Algorithm::Hs256, json!({"kid": "r"})).starts_with("TokenSignatureInvalid"));
}

/// From RFC 7516, appendix A.3: a text that is no token, encrypted.
const ENCRYPTED_TEXT: &str = "eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.\
    6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ.AxY8DCtDaGlsbGljb3RoZQ.\
    KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ";

#[test]
fn an_encrypted_token_must_hold_a_signed_one() {
    let key = "<decryption-keys><key>GawgguFyGrWKav7AX4VKUg==</key></decryption-keys>";
    let with = |attributes, children| outcome(policy(attributes, children), &world(), ENCRYPTED_TEXT);
    assert_eq!(with("", ""), "JwtInvalid: IDX10609: Decryption failed. No Keys tried.");
    assert_eq!(with("", key), "JwtInvalid: IDX10618: Decryption failed. There is no signed token inside.");
    assert_eq!(
        with("require-signed-tokens='false'", key),
        "JwtInvalid: IDX12723: Unable to decode the payload as Base64Url encoded JSON."
    );
    let content_key = [5; 32];
    let keys = format!("<decryption-keys><key>{}</key></decryption-keys>", STANDARD.encode(content_key));
    let sealed = |text: &str| sealed("dir", "A256GCM", &content_key, &[], text);
    let outcome = |attributes, token: &str| outcome(policy(attributes, &keys), &world(), token);
    assert_eq!(outcome("", &sealed(&sound_but(json!({})))), "valid");
    assert!(outcome("", &sealed(&sound_but(json!({"exp": 1})))).starts_with("TokenExpired"));
    let claims = json!({"exp": NOW + 60}).to_string();
    assert!(outcome("", &sealed(&claims)).starts_with("JwtInvalid: IDX10618"));
    assert_eq!(outcome("require-signed-tokens='false'", &sealed(&claims)), "valid");
    let twice = sealed(&sealed(&sound_but(json!({}))));
    assert!(outcome("", &twice).starts_with("JwtInvalid: IDX10618"), "encrypted twice is too much");
}

#[test]
fn a_valid_token_is_put_into_its_variable() {
    let policy = policy("output-token-variable-name='token' failed-validation-error-message='No'", "");
    let request = asking(vec![("authorization", format!("Bearer {}", sound_but(json!({}))))]);
    request.run(&world(), |exchange| {
        assert_eq!(run(policy, exchange), Ok(Next::Continue));
        let token = exchange.variable("token").flatten().expect("a token");
        let token = token.downcast::<Jwt<'_>>().expect("a `Jwt`");
        assert_eq!(token.subject().map(|text| text.to_utf8().into_owned()).as_deref(), Some("letty"));
    });
    get("/").run(&world(), |exchange| {
        assert!(run(policy, exchange).is_err());
        let refusal = exchange.take_refusal().expect("a refusal");
        assert_eq!((refusal.public.as_str(), refusal.message.as_str()), ("No", "JWT not present."));
        assert!(exchange.variable("token").is_none());
    });
}

/// What the checks find in a snippet: rules and messages.
fn findings(snippet: &str) -> Vec<(&'static str, String)> {
    let source = Source::new("snippet.xml", snippet);
    let document = grammar::document::read(&source);
    let root = document.root().expect("an element");
    let policy = crate::find(root.name()).expect("a policy");
    let element = Element { node: root, named_values: &NoInstance, types: &NoTypes };
    let mut diagnostics = Vec::new();
    let mut out = Findings { source: &source, element: root.name(), diagnostics: &mut diagnostics };
    policy.check.expect("checks")(&element, &mut out);
    diagnostics.into_iter().map(|found| (found.rule.id, found.message)).collect()
}

#[test]
fn the_examples_of_the_rules_are_what_they_say() {
    let rules = crate::RULES.iter().filter(|rule| rule.id.starts_with("validate-jwt/"));
    for rule in rules {
        let example = |kind: &str| {
            let (_, rest) = rule.page.split_once(&format!("```xml {kind}\n")).expect("an example");
            rest.split_once("```").expect("its end").0
        };
        let bad: Vec<_> = findings(example("bad")).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(bad, [rule.id], "{}", example("bad"));
        assert_eq!(findings(example("good")), [], "{}", rule.id);
    }
}

#[test]
fn faults_of_keys_are_told_apart() {
    for (key, expected) in [
        ("<key>{{secret}}</key>", vec![]),
        ("<key certificate-id='corp' id='k' />", vec![]),
        ("<key />", vec!["the key is empty"]),
        ("<key n='AQAB' />", vec!["`n` and `e` belong together"]),
        ("<key n='AQAB' e='AQAB' />", vec!["the key has 24 bits, and is not used below 2048"]),
        ("<key n='!' e='AQAB' />", vec!["`n` is not base64url"]),
        ("<key>c2VjcmV0</key>", vec!["the secret has 6 bytes, and should have at least 32"]),
        ("<key>c2VjcmV</key>", vec!["the secret has 5 bytes, and should have at least 32"]),
        ("<key>c2VjcmV0c</key>", vec!["the key is not base64"]),
        ("<key certificate-id='corp'>c2VjcmV0</key>", vec!["the key is given in several ways"]),
    ] {
        let found = findings(&format!(
            "<validate-jwt header-name='A'><issuer-signing-keys>{key}</issuer-signing-keys><audiences><audience>a</audience>
             </audiences><issuers><issuer>i</issuer></issuers></validate-jwt>"
        ));
        let messages: Vec<_> = found.iter().map(|(_, message)| message.as_str()).collect();
        assert_eq!(messages, expected, "{key}");
    }
}
