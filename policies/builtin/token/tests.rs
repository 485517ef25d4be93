//! Which key verifies which token: every algorithm with every key, forged tokens, and tokens with a byte changed.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use dotnet::context::claims::Members;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::algorithm::{Algorithm, KeyKind};
use super::compact::{Compact, Signed};
use super::key::{Key, NoKey};
use super::mint::{MintError, SigningKey, mint};
use super::verify::{Unverified, find_key};

/// The private keys of the fixtures, by the kind of key.
pub const PRIVATE: &[(KeyKind, &str)] = &[
    (KeyKind::Rsa, include_str!("fixtures/rsa.pem")),
    (KeyKind::P256, include_str!("fixtures/p256.pem")),
    (KeyKind::P384, include_str!("fixtures/p384.pem")),
    (KeyKind::P521, include_str!("fixtures/p521.pem")),
];
const CERTIFICATES: &[(KeyKind, &str)] = &[
    (KeyKind::Rsa, include_str!("fixtures/rsa.crt.pem")),
    (KeyKind::P256, include_str!("fixtures/p256.crt.pem")),
    (KeyKind::P384, include_str!("fixtures/p384.crt.pem")),
    (KeyKind::P521, include_str!("fixtures/p521.crt.pem")),
];
/// A secret of 64 bytes.
pub const SECRET: [u8; 64] = [7; 64];

/// The public keys of the fixtures as an issuer publishes them.
pub fn published() -> Vec<Value> {
    let set: Value = serde_json::from_str(include_str!("fixtures/jwks.json")).unwrap();
    set["keys"].as_array().unwrap().clone()
}

/// The private key for an algorithm.
pub fn signing_key(algorithm: Algorithm) -> SigningKey {
    let private = PRIVATE.iter().find(|(kind, _)| *kind == algorithm.kind());
    match private {
        Some((_, pem)) => SigningKey::read(pem).unwrap(),
        None => SigningKey::read(&STANDARD.encode(SECRET)).unwrap(),
    }
}

/// The members of an object.
pub fn members(value: Value) -> Members {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

fn minted(header: Value, algorithm: Algorithm) -> String {
    mint(members(header), &members(json!({"sub": "letty"})), algorithm, &signing_key(algorithm)).unwrap()
}

fn read(token: &str) -> Signed<'_> {
    match Compact::read(token).unwrap() {
        Compact::Signed(signed) => signed,
        Compact::Encrypted(_) => panic!("the token is encrypted"),
    }
}

fn keys() -> Vec<Key> {
    let mut keys: Vec<Key> = published().iter().map(|jwk| Key::from_jwk(jwk).unwrap()).collect();
    keys.push(Key::from_secret(&SECRET).with_id(Some("secret")));
    keys
}

#[test]
fn a_key_verifies_what_was_signed_with_its_algorithms_and_nothing_else() {
    let certificates = CERTIFICATES.iter().map(|(_, pem)| Key::from_certificate_pem(pem).unwrap());
    let keys: Vec<Key> = keys().into_iter().chain(certificates).collect();
    for (name, algorithm) in Algorithm::ALL {
        let token = minted(json!({}), *algorithm);
        let signed = read(&token);
        for key in &keys {
            let verified = key.verifies(*algorithm, signed.input, signed.signature);
            assert_eq!(verified, key.fits(*algorithm), "{name} with {key:?}");
            for (_, other) in Algorithm::ALL.iter().filter(|(_, other)| other != algorithm) {
                assert!(
                    !key.verifies(*other, signed.input, signed.signature),
                    "{name} as {} with {key:?}",
                    other.name()
                );
            }
        }
        assert!(keys.iter().any(|key| key.fits(*algorithm)), "{name}");
    }
}

#[test]
fn keys_sign_only_with_their_algorithms() {
    for (_, algorithm) in Algorithm::ALL {
        for (_, other) in Algorithm::ALL.iter().filter(|(_, other)| other.kind() != algorithm.kind()) {
            let result = mint(Members::new(), &Members::new(), *other, &signing_key(*algorithm));
            assert_eq!(result, Err(MintError::WrongKey(*other)));
        }
    }
    let first = |algorithm| signing_key(algorithm).algorithm().map(Algorithm::name);
    assert_eq!(first(Algorithm::Hs512), Some("HS256"));
    assert_eq!(first(Algorithm::Ps256), Some("RS256"));
    assert_eq!(first(Algorithm::Es384), Some("ES384"));
    for text in ["", "!", "-----BEGIN NOTHING-----\n"] {
        assert!(matches!(SigningKey::read(text), Err(MintError::NoKey)), "{text}");
    }
}

#[test]
fn the_key_that_a_token_names_is_the_one_that_counts() {
    let keys = keys();
    let find = |header: Value, algorithm| find_key(&read(&minted(header, algorithm)), keys.iter());
    assert_eq!(find(json!({"kid": "p256"}), Algorithm::Es256), Ok(1));
    assert_eq!(find(json!({}), Algorithm::Es256), Ok(1));
    assert_eq!(find(json!({"kid": "gone"}), Algorithm::Es256), Ok(1), "every key is tried");
    assert_eq!(find(json!({"kid": "rsa"}), Algorithm::Es256), Err(Unverified::WrongSignature));
    assert_eq!(find(json!({"kid": "secret"}), Algorithm::Hs512), Ok(4));
    let stranger = SigningKey::read(include_str!("fixtures/other-rsa.pem")).unwrap();
    let forged = |header| mint(members(header), &Members::new(), Algorithm::Rs256, &stranger).unwrap();
    assert_eq!(find_key(&read(&forged(json!({}))), keys.iter()), Err(Unverified::WrongSignature));
    assert_eq!(find_key(&read(&forged(json!({"kid": "rsa"}))), keys.iter()), Err(Unverified::WrongSignature));
    assert_eq!(find_key(&read(&forged(json!({"kid": "x"}))), keys.iter()), Err(Unverified::UnknownKey));
    assert_eq!(find_key(&read(&forged(json!({}))), [].iter()), Err(Unverified::NoKeys));
}

/// Attacks on verifiers: what comes with the token is never a reason to believe it.
#[test]
fn forged_tokens_are_refused() {
    let keys = keys();
    let segment = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = |algorithm: &str| format!("{}.{}.", segment(json!({"alg": algorithm})), segment(json!({})));
    let refused = |token: &str| find_key(&read(token), keys.iter()).unwrap_err();
    assert_eq!(refused(&unsigned("none")), Unverified::NoSignature);
    assert_eq!(refused(&unsigned("RS256")), Unverified::NoSignature);
    for algorithm in ["none", "None", "nOnE", "HS1", "RS1", "", "hs256", "EdDSA", "HS256 "] {
        let token = format!("{}AA", unsigned(algorithm));
        assert_eq!(refused(&token), Unverified::UnknownAlgorithm, "{algorithm}");
    }
    // The public key as the secret, in every form that it may be known in.
    let rsa = &published()[0];
    let forms = [
        include_bytes!("fixtures/rsa.crt.pem").to_vec(),
        rsa["n"].as_str().unwrap().as_bytes().to_vec(),
        URL_SAFE_NO_PAD.decode(rsa["n"].as_str().unwrap()).unwrap(),
        rsa.to_string().into_bytes(),
        Vec::new(),
    ];
    for form in forms {
        let key = SigningKey::Secret(form);
        for header in [json!({}), json!({"kid": "rsa"})] {
            let token = mint(members(header), &Members::new(), Algorithm::Hs256, &key).unwrap();
            assert_eq!(refused(&token), Unverified::WrongSignature);
        }
    }
    // Keys that the token brings along.
    let stranger = SigningKey::read(include_str!("fixtures/other-rsa.pem")).unwrap();
    for header in [
        json!({"jwk": rsa}),
        json!({"jku": "https://attacker.example/keys"}),
        json!({"x5u": "https://attacker.example/chain"}),
        json!({"x5c": ["AAAA"]}),
    ] {
        let token = mint(members(header), &Members::new(), Algorithm::Rs256, &stranger).unwrap();
        assert_eq!(refused(&token), Unverified::WrongSignature);
    }
    // Curves: nothing but zeros, DER instead of two numbers, cut and doubled.
    let token = minted(json!({}), Algorithm::Es256);
    let (input, signature) = token.rsplit_once('.').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut der = vec![0x30, 68, 2, 32];
    der.extend(&bytes[..32]);
    der.extend([2, 32]);
    der.extend(&bytes[32..]);
    for forged in
        [vec![0; 64], vec![0; 1], vec![0xff; 64], der, bytes[..63].to_vec(), [&bytes[..], &bytes[..]].concat()]
    {
        let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(forged));
        assert_eq!(refused(&token), Unverified::WrongSignature);
    }
}

#[test]
fn published_keys_that_verify_no_signatures_are_left_out() {
    let [rsa, p256, ..] = &published()[..] else { panic!("there are keys") };
    let with = |key: &Value, name: &str, value: Value| {
        let mut key = key.clone();
        key[name] = value;
        Key::from_jwk(&key)
    };
    for (key, name, value) in [
        (rsa, "use", json!("enc")),
        (rsa, "kty", json!("oct")),
        (rsa, "key_ops", json!(["encrypt"])),
        (rsa, "alg", json!("HS256")),
        (rsa, "alg", json!("ES256")),
        (rsa, "alg", json!("RSA-OAEP")),
        (rsa, "n", json!("AQAB")),
        (rsa, "n", json!("!")),
        (rsa, "n", json!(null)),
        (p256, "crv", json!("P-384")),
        (p256, "crv", json!("secp256k1")),
        (p256, "x", json!("AA")),
        (p256, "kty", json!("OKP")),
    ] {
        assert!(with(key, name, value.clone()).is_none(), "{name} {value}");
    }
    let secret = json!({"kty": "oct", "k": "AAAA"});
    assert!(Key::from_jwk(&secret).is_none(), "a secret that is published is none");
    for value in [json!(null), json!([]), json!(1), json!("x")] {
        assert!(Key::from_jwk(&value).is_none());
    }
    let bound = with(rsa, "alg", json!("RS512")).unwrap();
    assert!(bound.fits(Algorithm::Rs512) && !bound.fits(Algorithm::Rs256) && !bound.fits(Algorithm::Ps512));
    // A point that is not on its curve is a key with which nothing can be verified.
    let off_curve = with(p256, "y", p256["x"].clone()).unwrap();
    let token = minted(json!({}), Algorithm::Es256);
    assert!(!off_curve.verifies(Algorithm::Es256, read(&token).input, read(&token).signature));
}

#[test]
fn a_certificate_in_a_published_key_stands_for_modulus_and_exponent() {
    let pem = include_str!("fixtures/rsa.crt.pem");
    let der: String = pem.lines().filter(|line| !line.starts_with("---")).collect();
    let key = Key::from_jwk(&json!({"kty": "RSA", "x5t": "print", "x5c": [der]})).unwrap();
    let token = minted(json!({"x5t": "print"}), Algorithm::Ps384);
    assert_eq!(find_key(&read(&token), [key].iter()), Ok(0));
    assert_eq!(Key::from_certificate_pem("x").err(), Some(NoKey::Certificate));
    assert_eq!(Key::from_certificate(&[0x30, 0]).err(), Some(NoKey::Certificate));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever single character of a token is changed, it is no longer valid.
    #[test]
    fn a_changed_token_is_refused(at in 0_usize..400, with in "[A-Za-z0-9_.=-]", which in 0_usize..12) {
        let (_, algorithm) = Algorithm::ALL[which];
        let token = minted(json!({}), algorithm);
        let at = at % token.len();
        prop_assume!(token[at..=at] != with[..]);
        let changed = format!("{}{with}{}", &token[..at], &token[at + 1..]);
        let verified = match Compact::read(&changed) {
            Ok(Compact::Signed(signed)) => find_key(&signed, keys().iter()).is_ok(),
            _ => false,
        };
        prop_assert!(!verified, "{changed}");
    }
}
