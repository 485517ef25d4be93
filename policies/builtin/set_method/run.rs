//! `<set-method>` at run time.

use dotnet::text::Str;
use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};

use super::SetMethod;

/// Methods that are written in capitals however a document writes them.
const USUAL: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

impl SetMethod {
    /// The method.
    ///
    /// # Throws
    /// `FormatException` if an expression gives what is no method.
    pub fn method<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<&'x str, Throw> {
        let method = self.method.get(exchange)?;
        Ok(USUAL.iter().find(|usual| usual.eq_ignore_ascii_case(method)).map_or(method, |usual| usual))
    }
}

impl Policy for SetMethod {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let method = self.method(exchange)?;
        exchange.request().method.set(Str::over(exchange.arena(), method));
        Ok(Next::Continue)
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{World, get, load, run};

    #[test]
    fn the_method_changes_and_the_original_one_stays() {
        for (snippet, expected) in [
            ("<set-method>POST</set-method>", "POST"),
            ("<set-method>\n  patch\n</set-method>", "PATCH"),
            ("<set-method>Purge</set-method>", "Purge"),
        ] {
            let policy = load(snippet);
            get("/").run(&World::default(), |exchange| {
                assert_eq!(run(policy, exchange), Ok(Next::Continue));
                let request = exchange.request();
                assert_eq!(request.method.get().to_utf8(), expected);
                assert_eq!(request.original_method.to_utf8(), "GET");
            });
        }
    }

    #[test]
    fn what_is_no_method_throws() {
        let policy = load("<set-method>@(null)</set-method>");
        get("/").run(&World::default(), |exchange| {
            assert!(run(policy, exchange).is_err());
            assert_eq!(exchange.request().method.get().to_utf8(), "GET");
        });
    }
}
