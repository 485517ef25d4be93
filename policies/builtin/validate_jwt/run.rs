//! `<validate-jwt>` at run time.
//!
//! A token that was seen costs a look into the list of those; its times, audience, issuer and claims are judged anew.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bundle::document::Element;
use dotnet::context::claims::Claims;
use dotnet::context::token::Jwt;
use dotnet::throw::Throw;
use engine::exchange::{Exchange, Refusal};
use engine::load::LoadError;
use engine::policy::{Next, Policy};
use engine::services::{Later, Severity};

use super::failure::Failure;
use super::issuers::{Patience, Prepared, Published, TakesAWhile};
use super::{Match, RequiredClaim, ValidateJwt, keys};
use crate::run::{Decode, Loader};
use crate::token::compact::{self, Compact, Malformed, Signed};
use crate::token::encrypted::{self, OpeningKey};
use crate::token::key::Key;
use crate::token::seen::{Seen, Verified};
use crate::token::verify::{Unverified, find_key};

/// Ticks in a second.
const TICKS_PER_SECOND: i64 = 10_000_000;

/// Makes the policy ready to run.
///
/// # Errors
/// If a secret is missing or is no key.
pub fn load(element: &Element, loader: &Loader<'_>) -> Result<Box<dyn Policy>, LoadError> {
    let declared = ValidateJwt::decode(element, loader)?;
    let keys = keys::signing(&declared, element, loader)?;
    let opening = keys::opening(&declared, element, loader)?;
    let issuers = declared.openid_config.iter().map(|_| Prepared::default()).collect();
    Ok(Box::new(Validation { declared, keys, opening, issuers, seen: Seen::default() }))
}

/// The policy with its keys and the tokens that it has seen.
struct Validation {
    declared: ValidateJwt,
    keys: Vec<Key>,
    opening: Vec<OpeningKey>,
    /// One for each `openid-config`.
    issuers: Vec<Prepared>,
    seen: Seen<Signer>,
}

/// Whose key verified a token.
enum Signer {
    /// One of the document.
    Document,
    /// An issuer's, as it was published then.
    Issuer(Arc<Published>),
    /// Nobody's: it has no signature and needs none.
    Nobody,
}

/// The issuers of a request, in the order of the document; none for one that cannot be asked.
type Asked = Vec<Option<Arc<Published>>>;

impl Policy for Validation {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        match pin!(self.validate(exchange, Patience::None)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(result)) => result,
            Poll::Ready(Err(TakesAWhile)) | Poll::Pending => Ok(Next::Wait),
        }
    }

    fn wait<'a, 'x: 'a>(&'x self, exchange: &'a mut Exchange<'x>) -> Later<'a, Result<Next, Throw>> {
        Box::pin(async move {
            match self.validate(exchange, Patience::Waits).await {
                Ok(result) => result,
                // Nothing takes too long with patience; if it did, the request would be refused.
                Err(TakesAWhile) => Err(self.refuse(exchange, &Failure::NoIssuer)),
            }
        })
    }
}

impl Validation {
    async fn validate<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        patience: Patience,
    ) -> Result<Result<Next, Throw>, TakesAWhile> {
        let token = match self.declared.presented(exchange) {
            Ok(Ok(token)) => token,
            Ok(Err(failure)) => return Ok(Err(self.refuse(exchange, &failure))),
            Err(throw) => return Ok(Err(throw)),
        };
        let mut urls = Vec::with_capacity(self.issuers.len());
        for config in &self.declared.openid_config {
            match config.url.get(exchange) {
                Ok(url) => urls.push(url),
                Err(throw) => return Ok(Err(throw)),
            }
        }
        let unsigned = match self.declared.require_signed_tokens.get(exchange) {
            Ok(required) => !required,
            Err(throw) => return Ok(Err(throw)),
        };
        let mut asked = self.ask(exchange, &urls, false, patience).await?;
        let mut judged = self.judge(token, &asked, unsigned);
        if let Err(Failure::Unverified { may_be_new: true, .. }) = judged {
            let again = self.ask(exchange, &urls, true, patience).await?;
            if !is_same(&asked, &again) {
                judged = self.judge(token, &again, unsigned);
                asked = again;
            }
        }
        let verified = match judged {
            Ok(verified) => verified,
            Err(failure) => return Ok(Err(self.refuse(exchange, &failure))),
        };
        Ok(self.accept(exchange, verified, &asked))
    }

    /// Asks the issuers for their keys; with `refresh` for new ones.
    async fn ask(
        &self,
        exchange: &Exchange<'_>,
        urls: &[&str],
        refresh: bool,
        patience: Patience,
    ) -> Result<Asked, TakesAWhile> {
        let mut asked = Vec::with_capacity(urls.len());
        for (prepared, url) in self.issuers.iter().zip(urls) {
            let published = prepared.published(exchange.services, url, refresh, patience).await?;
            asked.push(published.map_or_else(
                |error| {
                    let mut id = Vec::new();
                    exchange.context.request_id.write(&mut id);
                    let id = String::from_utf8_lossy(&id);
                    let message = format!("the keys of {url} cannot be had: {error}");
                    exchange.services.log.trace(&id, Severity::Error, "validate-jwt", &message, &[]);
                    None
                },
                Some,
            ));
        }
        Ok(asked)
    }

    /// Verifies a token, unless it was verified before by a key that is still in force.
    fn judge(&self, token: &str, asked: &Asked, unsigned: bool) -> Result<Arc<Verified<Signer>>, Failure> {
        if let Some(verified) = self.seen.find(token) {
            let in_force = match &verified.signer {
                Signer::Document => true,
                Signer::Issuer(then) => asked.iter().flatten().any(|now| Arc::ptr_eq(then, now)),
                Signer::Nobody => false,
            };
            if in_force {
                return Ok(verified);
            }
            self.seen.forget(token);
        }
        let verified = Arc::new(self.verify(token, asked, unsigned)?);
        if !matches!(verified.signer, Signer::Nobody) {
            self.seen.keep(token, verified.clone());
        }
        Ok(verified)
    }

    fn verify(&self, token: &str, asked: &Asked, unsigned: bool) -> Result<Verified<Signer>, Failure> {
        match Compact::read(token).map_err(Failure::Malformed)? {
            Compact::Signed(token) => self.verify_signed(&token, asked, unsigned),
            Compact::Encrypted(token) => {
                let inside = encrypted::open(&token, &self.opening).map_err(Failure::Unopened)?;
                let text = std::str::from_utf8(&inside).map_err(|_| Failure::Malformed(Malformed::Payload))?;
                match Compact::read(text) {
                    Ok(Compact::Signed(signed)) => self.verify_signed(&signed, asked, unsigned),
                    // Claims without a signature: whoever has the key made them, but a signature is asked for.
                    Err(Malformed::Segments) if unsigned => {
                        let payload = compact::claims(&inside).map_err(Failure::Malformed)?;
                        let claims = Claims::new(&token.header.members, &payload);
                        Ok(Verified { claims, signer: Signer::Nobody })
                    }
                    _ => Err(Failure::NothingSigned),
                }
            }
        }
    }

    fn verify_signed(&self, token: &Signed<'_>, asked: &Asked, unsigned: bool) -> Result<Verified<Signer>, Failure> {
        let payload = token.claims().map_err(Failure::Malformed)?;
        let claims = Claims::new(&token.header.members, &payload);
        if unsigned && token.signature.is_empty() && token.header.text("alg") == Some("none") {
            return Ok(Verified { claims, signer: Signer::Nobody });
        }
        // An issuer's name binds its keys: where one of the issuers is called as the token says, no other issuer's key
        // counts for it.
        let is_named = |published: &&Arc<Published>| {
            published.issuer().is_some() && published.issuer() == claims.issuer.as_deref()
        };
        let is_bound = asked.iter().flatten().any(|published| is_named(&published));
        let signers = asked.iter().flatten().filter(|published| !is_bound || is_named(published));
        let issuers = signers.flat_map(|published| published.keys.iter().map(move |key| (key, Some(published))));
        let candidates = self.keys.iter().map(|key| (key, None)).chain(issuers);
        match find_key(token, candidates.clone().map(|(key, _)| key)) {
            Ok(index) => {
                let signer = match candidates.into_iter().nth(index) {
                    Some((_, Some(published))) => Signer::Issuer(published.clone()),
                    _ => Signer::Document,
                };
                Ok(Verified { claims, signer })
            }
            Err(why) => {
                let nameless = token.header.key_id().is_none();
                let is_key = match why {
                    Unverified::UnknownKey | Unverified::NoKeys => true,
                    Unverified::WrongSignature => nameless,
                    Unverified::NoSignature | Unverified::UnknownAlgorithm => false,
                };
                if is_key && asked.iter().any(Option::is_none) {
                    return Err(Failure::NoIssuer);
                }
                Err(Failure::Unverified { why, may_be_new: is_key && !asked.is_empty() })
            }
        }
    }

    /// Judges what a verified token says, and gives it to the policies behind this one.
    fn accept<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        verified: Arc<Verified<Signer>>,
        asked: &Asked,
    ) -> Result<Next, Throw> {
        if let Some(failure) = self.fault(exchange, &verified.claims, asked)? {
            return Err(self.refuse(exchange, &failure));
        }
        if let Some(variable) = &self.declared.output_token_variable_name {
            let kept: &'x Arc<Verified<Signer>> = exchange.keep(verified);
            let token = Jwt::of(&exchange.cx, &kept.claims);
            exchange.set_variable(&variable.0, Some(token.as_object()));
        }
        Ok(Next::Continue)
    }

    /// What is wrong with a token's claims: times first, then audience, issuer and the claims that are required.
    fn fault<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        claims: &Claims,
        asked: &Asked,
    ) -> Result<Option<Failure>, Throw> {
        if let Some(failure) = self.lifetime(exchange, claims)? {
            return Ok(Some(failure));
        }
        if let Some(audiences) = &self.declared.audiences {
            let mut accepted = false;
            for audience in &audiences.audience {
                let audience = audience.text.get(exchange)?;
                accepted |= audience.is_some_and(|audience| {
                    !audience.is_empty() && claims.audiences.iter().any(|found| **found == *audience)
                });
            }
            if !accepted {
                return Ok(Some(Failure::Audience));
            }
        }
        if !self.accepts_issuer(exchange, claims.issuer.as_deref(), asked)? {
            return Ok(Some(Failure::Issuer));
        }
        self.claims(exchange, claims)
    }

    fn lifetime<'x>(&'x self, exchange: &mut Exchange<'x>, claims: &Claims) -> Result<Option<Failure>, Throw> {
        let skew = i64::from(self.declared.clock_skew.get(exchange)?.0) * TICKS_PER_SECOND;
        let now = exchange.services.ambient.utc_ticks();
        Ok(match (claims.not_before, claims.expires) {
            (_, None) if self.declared.require_expiration_time.get(exchange)? => Some(Failure::NoExpiration),
            (Some(begins), Some(ends)) if begins > ends => Some(Failure::NeverValid),
            (Some(begins), _) if begins > now.saturating_add(skew) => Some(Failure::NotYetValid),
            (_, Some(ends)) if ends <= now.saturating_sub(skew) => Some(Failure::Expired),
            _ => None,
        })
    }

    fn accepts_issuer<'x>(
        &'x self,
        exchange: &mut Exchange<'x>,
        issuer: Option<&str>,
        asked: &Asked,
    ) -> Result<bool, Throw> {
        let issuer = issuer.filter(|issuer| !issuer.is_empty());
        let Some(issuers) = &self.declared.issuers else {
            let published = asked.iter().flatten().any(|published| issuer.is_some() && published.issuer() == issuer);
            return Ok(asked.is_empty() || published);
        };
        let mut accepted = false;
        for known in &issuers.issuer {
            let known = known.text.get(exchange)?;
            accepted |= issuer.is_some() && known == issuer;
        }
        Ok(accepted)
    }

    fn claims<'x>(&'x self, exchange: &mut Exchange<'x>, claims: &Claims) -> Result<Option<Failure>, Throw> {
        let Some(required) = &self.declared.required_claims else { return Ok(None) };
        let mut missing = Vec::new();
        let mut wrong = None;
        for claim in &required.claim {
            let name = claim.name.get(exchange)?;
            match claims.values(name) {
                None => missing.push(name.to_owned()),
                Some(values) if !claim.accepts(exchange, values)? => {
                    let value = values.join(",");
                    wrong.get_or_insert_with(|| Failure::ClaimValue { name: name.to_owned(), value });
                }
                Some(_) => {}
            }
        }
        Ok(if missing.is_empty() { wrong } else { Some(Failure::ClaimsMissing(missing)) })
    }

    #[cold]
    fn refuse<'x>(&'x self, exchange: &mut Exchange<'x>, failure: &Failure) -> Throw {
        let message = failure.message();
        let status = match self.declared.failed_validation_httpcode.get(exchange) {
            Ok(status) => status,
            Err(throw) => return throw,
        };
        let public = match &self.declared.failed_validation_error_message {
            Some(text) => match text.get(exchange) {
                Ok(text) => text.to_owned(),
                Err(throw) => return throw,
            },
            None => message.clone(),
        };
        let reason = failure.reason();
        exchange.refuse(Refusal { source: None, reason, message, status, public, headers: Vec::new() })
    }
}

impl RequiredClaim {
    /// Whether the values of a claim are those that are listed.
    fn accepts<'x>(&'x self, exchange: &mut Exchange<'x>, values: &[Box<str>]) -> Result<bool, Throw> {
        let separator = match &self.separator {
            Some(separator) => separator.get(exchange)?,
            None => "",
        };
        let has = |expected: &str| {
            values.iter().any(|value| {
                **value == *expected || (!separator.is_empty() && value.split(separator).any(|part| part == expected))
            })
        };
        let (mut any, mut all) = (self.value.is_empty(), true);
        for expected in &self.value {
            let found = expected.text.get(exchange)?.is_some_and(has);
            any |= found;
            all &= found;
        }
        Ok(match self.r#match.get(exchange)? {
            Match::All => all,
            Match::Any => any,
        })
    }
}

/// Whether the issuers gave the same both times.
fn is_same(first: &Asked, second: &Asked) -> bool {
    let same = |(first, second): (&Option<Arc<Published>>, &Option<Arc<Published>>)| match (first, second) {
        (Some(first), Some(second)) => Arc::ptr_eq(first, second),
        (None, None) => true,
        _ => false,
    };
    first.iter().zip(second).all(same)
}
