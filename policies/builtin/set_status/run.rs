//! `<set-status>` at run time.

use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};

use super::SetStatus;

impl SetStatus {
    /// Gives the response of the exchange this status.
    ///
    /// # Throws
    /// `FormatException` if an expression gives what is no status.
    pub fn apply<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<(), Throw> {
        let code = self.code.get(exchange)?;
        let reason = self.reason.as_ref().map(|reason| reason.get(exchange)).transpose()?;
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(|reason| exchange.cx.str(reason));
        let response = exchange.response();
        response.status.set(code);
        response.reason.set(reason);
        Ok(())
    }
}

impl Policy for SetStatus {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        self.apply(exchange)?;
        Ok(Next::Continue)
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{World, get, load, run};

    #[test]
    fn a_status_without_a_reason_has_the_usual_one() {
        for (snippet, code, reason) in [
            ("<set-status code='404' reason='Gone fishing' />", 404, Some("Gone fishing")),
            ("<set-status code='404' reason='' />", 404, None),
            ("<set-status code='299' />", 299, None),
        ] {
            let policy = load(snippet);
            get("/").run(&World::default(), |exchange| {
                exchange.response().reason.set(Some(exchange.cx.str("old")));
                assert_eq!(run(policy, exchange), Ok(Next::Continue));
                let response = exchange.response();
                let found = response.reason.get().map(|reason| reason.to_utf8().into_owned());
                assert_eq!((response.status.get(), found.as_deref()), (code, reason));
            });
        }
    }
}
