//! `<check-header>` at run time.

use dotnet::context::dictionary::joined_header;
use dotnet::throw::Throw;
use engine::exchange::{Exchange, Refusal};
use engine::policy::{Next, Policy};

use super::CheckHeader;

impl Policy for CheckHeader {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let name = self.name.get(exchange)?;
        let ignores_case = self.ignore_case.get(exchange)?;
        let value = joined_header(&exchange.cx, &exchange.request().headers.headers, name);
        let Some(value) = value.map(|value| value.to_utf8().into_owned()) else {
            let message = format!("Header {} was not found in the request. Access denied.", name.as_str());
            return self.refuse(exchange, "HeaderNotFound", message);
        };
        let found = value.trim();
        let mut is_allowed = self.value.is_empty();
        for allowed in &self.value {
            let Some(allowed) = allowed.text.get(exchange)? else { continue };
            let is_same = if ignores_case { is_same_ignoring_case(allowed, found) } else { allowed == found };
            is_allowed |= is_same;
        }
        if is_allowed {
            return Ok(Next::Continue);
        }
        let message = format!("Header {} value of {found} is not allowed. Access denied.", name.as_str());
        self.refuse(exchange, "HeaderValueNotAllowed", message)
    }
}

fn is_same_ignoring_case(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || a.chars().flat_map(char::to_uppercase).eq(b.chars().flat_map(char::to_uppercase))
}

impl CheckHeader {
    #[cold]
    fn refuse<'x>(&'x self, exchange: &mut Exchange<'x>, reason: &'static str, message: String) -> Result<Next, Throw> {
        let status = self.failed_check_httpcode.get(exchange)?;
        let public = self.failed_check_error_message.get(exchange)?.to_owned();
        Err(exchange.refuse(Refusal { source: None, reason, message, status, public, headers: Vec::new() }))
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use crate::testing::{Request, World, get, load, run};

    fn outcome(values: &str, ignore_case: bool, headers: &'static [(&'static str, &'static str)]) -> Option<String> {
        let policy = load(&format!(
            "<check-header name='X-Tier' failed-check-httpcode='403' failed-check-error-message='No \"way\"'
                ignore-case='{ignore_case}'>{values}</check-header>"
        ));
        Request { headers, ..get("/") }.run(&World::default(), |exchange| {
            let result = run(policy, exchange);
            let refusal = exchange.take_refusal();
            assert_eq!(result.is_ok(), refusal.is_none());
            refusal.map(|refusal| {
                assert_eq!((refusal.status, refusal.public.as_str()), (403, "No \"way\""));
                format!("{}: {}", refusal.reason, refusal.message)
            })
        })
    }

    #[test]
    fn a_header_must_be_there_with_one_of_the_values() {
        let gold = "<value>Gold</value><value> silver </value><value>@(null)</value>";
        assert_eq!(outcome(gold, false, &[("x-tier", "Gold")]), None);
        assert_eq!(outcome(gold, false, &[("x-tier", "silver")]), None);
        assert_eq!(outcome(gold, true, &[("x-tier", "GOLD")]), None);
        assert_eq!(outcome("", false, &[("x-tier", "")]), None);
        let wrong = |value| {
            Some(format!("HeaderValueNotAllowed: Header X-Tier value of {value} is not allowed. Access denied."))
        };
        assert_eq!(outcome(gold, false, &[("x-tier", "gold")]), wrong("gold"));
        assert_eq!(outcome(gold, true, &[("x-tier", "Gold"), ("x-tier", "iron")]), wrong("Gold,iron"));
        let missing = "HeaderNotFound: Header X-Tier was not found in the request. Access denied.";
        assert_eq!(outcome("", false, &[]).as_deref(), Some(missing));
    }
}
