//! Findings on `<validate-jwt>`.

use grammar::diagnostic::{Level, Rule};

use crate::binary::{from_base64, from_base64url};
use crate::findings::{Element, Findings};

/// The shortest secret that is as strong as the shortest algorithm with secrets, in bytes.
const STRONG_SECRET: usize = 32;
/// The shortest modulus of RSA that is accepted, in bytes.
const STRONG_MODULUS: usize = 256;

macro_rules! rules {
    ($($name:ident, $id:literal, $level:ident, $summary:literal, $page:literal;)*) => {$(
        #[doc = concat!("`", $id, "`: ", $summary, ".")]
        pub static $name: Rule = Rule {
            id: $id,
            level: Level::$level,
            summary: $summary,
            page: include_str!(concat!("rules/", $page, ".md")),
            aliases: &[],
        };
    )*};
}

rules! {
    KEY_NOT_BASE64, "validate-jwt/key-not-base64", Warning, "a key is not in base64 and verifies nothing", "key-not-base64";
    KEY_SOURCE, "validate-jwt/key-source", Error, "a key is given in no way or in several ways", "key-source";
    MISSING_TOKEN_SOURCE, "validate-jwt/missing-token-source", Error, "nothing says where the token is", "missing-token-source";
    NO_AUDIENCE, "validate-jwt/no-audience", Warning, "tokens for anybody are let in", "no-audience";
    NO_KEYS, "validate-jwt/no-keys", Warning, "no key is known, so that no signed token is valid", "no-keys";
    TWO_TOKEN_SOURCES, "validate-jwt/two-token-sources", Error, "the token is looked for in several places", "two-token-sources";
    UNSIGNED_TOKENS, "validate-jwt/unsigned-tokens", Warning, "tokens that anybody can make are let in", "unsigned-tokens";
    WEAK_KEY, "validate-jwt/weak-key", Warning, "a key is shorter than it should be", "weak-key";
}

/// The attributes that say where the token is.
const SOURCES: &[&str] = &["header-name", "query-parameter-name", "token-value"];

pub fn check(policy: &Element<'_>, out: &mut Findings<'_>) {
    out.one_of(&MISSING_TOKEN_SOURCE, *policy, SOURCES);
    out.exclusive(&TWO_TOKEN_SOURCES, *policy, SOURCES);
    let keys = || policy.children("issuer-signing-keys").flat_map(|list| list.children("key"));
    keys().for_each(|key| signing_key(key, out));
    for key in policy.children("decryption-keys").flat_map(|list| list.children("key")) {
        source(key, out);
        secret(key, None, out);
    }
    if let Some(signed) = policy.literal("require-signed-tokens")
        && crate::value::parse_bool(&signed.text) == Some(false)
    {
        let finding = out.finding(&UNSIGNED_TOKENS, signed.span, "tokens without a signature are let in");
        out.report(finding.help("remove it, unless something before the gateway verifies tokens"));
    } else if policy.children("openid-config").next().is_none() && keys().next().is_none() {
        let finding =
            out.finding(&NO_KEYS, policy.node.name_span(), "no key is known that tokens could be signed with");
        out.report(finding.help("add an `<openid-config url=\"…\" />` or `<issuer-signing-keys>`"));
    }
    let claims = policy.children("required-claims").flat_map(|list| list.children("claim"));
    let mut names = claims.filter_map(|claim| claim.literal("name"));
    let is_for_somebody = policy.children("audiences").next().is_some() || names.any(|name| name.trimmed() == "aud");
    let is_from_somebody =
        policy.children("issuers").next().is_some() || policy.children("openid-config").next().is_some();
    if !is_for_somebody {
        let message = "tokens that were made for others are let in";
        let finding = out.finding(&NO_AUDIENCE, policy.node.name_span(), message);
        out.report(finding.help("name whom tokens must be for in `<audiences>`"));
    } else if !is_from_somebody {
        let finding =
            out.finding(&NO_AUDIENCE, policy.node.name_span(), "tokens from anybody who has the key are let in");
        out.report(finding.help("name whom tokens must be from in `<issuers>`"));
    }
}

/// Which ways of giving a key are used.
fn source(key: Element<'_>, out: &mut Findings<'_>) -> bool {
    let text = !key.node.text().is_blank();
    let ways = [text, key.has("certificate-id"), key.has("n") || key.has("e")];
    let message = match ways.iter().filter(|is_used| **is_used).count() {
        0 => "the key is empty",
        1 if key.has("n") != key.has("e") => "`n` and `e` belong together",
        1 => return true,
        _ => "the key is given in several ways",
    };
    let help = if key.node.parent().is_some_and(|list| list.name() == "decryption-keys") {
        "write the secret in base64 into it, or name a certificate in `certificate-id`"
    } else {
        "write the secret in base64 into it, or name a certificate in `certificate-id`, or an RSA key in `n` and `e`"
    };
    let finding = out.finding(&KEY_SOURCE, key.node.name_span(), message);
    out.report(finding.help(help));
    false
}

fn signing_key(key: Element<'_>, out: &mut Findings<'_>) {
    if !source(key, out) {
        return;
    }
    secret(key, Some(STRONG_SECRET), out);
    for name in ["n", "e"] {
        let Some(attribute) = key.node.attribute(name) else { continue };
        let value = attribute.value().resolve(key.named_values);
        let Some(text) = value.literal().filter(|_| value.named_values.is_empty()) else { continue };
        match from_base64url(text.text()) {
            None => {
                let finding = out.finding(&KEY_NOT_BASE64, attribute.span(), format!("`{name}` is not base64url"));
                out.report(finding);
            }
            Some(bytes) if name == "n" && bytes.len() < STRONG_MODULUS => {
                let message = format!("the key has {} bits, and is not used below 2048", 8 * bytes.len());
                let finding = out.finding(&WEAK_KEY, attribute.span(), message);
                out.report(finding);
            }
            Some(_) => {}
        }
    }
}

/// Checks a secret that stands in the document. What a named value holds is not looked at.
fn secret(key: Element<'_>, strong: Option<usize>, out: &mut Findings<'_>) {
    let place = key.node.text();
    let value = place.resolve(key.named_values);
    let Some(text) = value.literal().filter(|_| value.named_values.is_empty() && !place.is_blank()) else { return };
    match (from_base64(text.text()), strong) {
        (None, _) => {
            let finding = out.finding(&KEY_NOT_BASE64, place.span(), "the key is not base64");
            out.report(finding.help("encode the bytes of the secret in base64"));
        }
        (Some(bytes), Some(strong)) if bytes.len() < strong => {
            let message = format!("the secret has {} bytes, and should have at least {strong}", bytes.len());
            let finding = out.finding(&WEAK_KEY, place.span(), message);
            out.report(finding.help("who sees a token can find out a short secret by trying"));
        }
        _ => {}
    }
}
