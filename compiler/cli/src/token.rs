//! `tollgate token`: makes a JSON Web Token from a test key, for trying policies.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use policies::token::algorithm::Algorithm;
use policies::token::mint::{SigningKey, mint};
use serde_json::{Map, Value};

use crate::console::Console;
use crate::{Ending, Failure};

/// Makes a JSON Web Token from a test key, for trying policies.
#[derive(Args)]
pub struct Arguments {
    /// A file with the key: a private key in PEM, or a secret in base64
    #[arg(long, value_name = "FILE", required_unless_present = "secret", conflicts_with = "secret")]
    key: Option<PathBuf>,
    /// A secret in base64
    #[arg(long, value_name = "BASE64")]
    secret: Option<String>,
    /// The algorithm; the first one that the key signs with, if not given
    #[arg(long, value_name = "NAME", visible_alias = "algorithm")]
    alg: Option<String>,
    /// The name of the key, for `kid`
    #[arg(long, value_name = "ID")]
    kid: Option<String>,
    /// Who makes the token, for `iss`
    #[arg(long, value_name = "NAME")]
    issuer: Option<String>,
    /// Whom the token is for, for `aud`; several may be given
    #[arg(long, value_name = "NAME")]
    audience: Vec<String>,
    /// Whom the token is about, for `sub`
    #[arg(long, value_name = "NAME")]
    subject: Option<String>,
    /// How long the token is valid, in seconds; less than nothing makes one that has expired
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, allow_negative_numbers = true)]
    expires_in: i64,
    /// Makes a token that never expires
    #[arg(long, conflicts_with = "expires_in")]
    no_expiration: bool,
    /// All claims at once, as a JSON object
    #[arg(long, value_name = "JSON")]
    claims: Option<String>,
    /// A claim; the value is JSON where it can be read as such, and else text
    #[arg(long, value_name = "NAME=VALUE")]
    claim: Vec<String>,
    /// A member of the header, written as a claim is
    #[arg(long, value_name = "NAME=VALUE")]
    header: Vec<String>,
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let key = match (&arguments.key, &arguments.secret) {
        (Some(path), _) => {
            std::fs::read_to_string(path).map_err(|error| Failure::operator(format!("{}: {error}", path.display())))?
        }
        (None, secret) => secret.clone().unwrap_or_default(),
    };
    let key = SigningKey::read(&key).map_err(Failure::operator)?;
    let algorithm = match &arguments.alg {
        Some(name) => Algorithm::named(name).ok_or_else(|| {
            let known: Vec<&str> = Algorithm::ALL.iter().map(|(name, _)| *name).collect();
            Failure::operator(format!("there is no algorithm `{name}`; there are {}", known.join(", ")))
        })?,
        None => key.algorithm().ok_or_else(|| Failure::operator("the key signs with no algorithm that is known"))?,
    };
    let mut header = Map::new();
    header.extend(arguments.kid.iter().map(|id| ("kid".to_owned(), id.as_str().into())));
    for member in &arguments.header {
        let (name, value) = pair(member)?;
        header.insert(name, value);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let claims = claims(arguments, i64::try_from(now).unwrap_or(i64::MAX))?;
    let token = mint(header, &claims, algorithm, &key).map_err(Failure::operator)?;
    console.result(&token);
    Ok(Ending::Fine)
}

/// The claims; those of options of their own give way to `--claims`, and those to `--claim`.
fn claims(arguments: &Arguments, now: i64) -> Result<Map<String, Value>, Failure> {
    let mut claims = Map::new();
    let texts = [("iss", &arguments.issuer), ("sub", &arguments.subject)];
    for (name, text) in texts {
        claims.extend(text.iter().map(|text| (name.to_owned(), text.as_str().into())));
    }
    match arguments.audience.as_slice() {
        [] => {}
        [one] => drop(claims.insert("aud".to_owned(), one.as_str().into())),
        several => drop(claims.insert("aud".to_owned(), several.to_vec().into())),
    }
    claims.insert("iat".to_owned(), now.into());
    if !arguments.no_expiration {
        claims.insert("exp".to_owned(), now.saturating_add(arguments.expires_in).into());
    }
    if let Some(text) = &arguments.claims {
        let members: Map<String, Value> = serde_json::from_str(text)
            .map_err(|error| Failure::operator(format!("`--claims` is no JSON object: {error}")))?;
        claims.extend(members);
    }
    for claim in &arguments.claim {
        let (name, value) = pair(claim)?;
        claims.insert(name, value);
    }
    Ok(claims)
}

fn pair(text: &str) -> Result<(String, Value), Failure> {
    let (name, value) = text
        .split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| Failure::operator(format!("`{text}` is not `NAME=VALUE`")))?;
    Ok((name.to_owned(), serde_json::from_str(value).unwrap_or_else(|_| value.into())))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn claims_of(options: &[&str]) -> String {
        let line = ["token", "--secret", "AA=="].iter().chain(options);
        let line = Line::try_parse_from(line).unwrap();
        claims(&line.arguments, 1000)
            .map(|claims| Value::Object(claims).to_string())
            .unwrap_or_else(|_| "refused".into())
    }

    #[test]
    fn claims_are_those_of_the_options() {
        for (options, expected) in [
            (&[][..], r#"{"iat":1000,"exp":4600}"#),
            (&["--no-expiration"], r#"{"iat":1000}"#),
            (&["--expires-in", "-1"], r#"{"iat":1000,"exp":999}"#),
            (
                &["--issuer", "i", "--subject", "s", "--audience", "a", "--no-expiration"],
                r#"{"iss":"i","sub":"s","aud":"a","iat":1000}"#,
            ),
            (&["--audience", "a", "--audience", "b", "--no-expiration"], r#"{"aud":["a","b"],"iat":1000}"#),
            (&["--claims", r#"{"exp": 1, "x": {}}"#, "--claim", "x=y=z"], r#"{"iat":1000,"exp":1,"x":"y=z"}"#),
            (
                &["--no-expiration", "--claim", "n=1", "--claim", "l=[true]", "--claim", "t=\"1\""],
                r#"{"iat":1000,"n":1,"l":[true],"t":"1"}"#,
            ),
            (&["--claims", "[]"], "refused"),
            (&["--claim", "x"], "refused"),
            (&["--claim", "=x"], "refused"),
        ] {
            assert_eq!(claims_of(options), expected, "{options:?}");
        }
    }
}
