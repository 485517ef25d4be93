//! `<set-backend-service>` at run time.

use dotnet::context::facts::UrlParts;
use dotnet::text::Str;
use dotnet::throw::Throw;
use engine::exchange::{Exchange, Upstream};
use engine::policy::{Next, Policy};

use super::{Given, SetBackendService};

impl Policy for SetBackendService {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        if let Some(backend) = &self.backend_id {
            let id = backend.get(exchange)?;
            exchange.upstream = Upstream::Backend { id, scope: Some(exchange.scope()) };
        } else if let Some(url) = &self.base_url {
            let url = match url.get(exchange)? {
                Given::Literal(url) => url,
                Given::Computed(url) => exchange.keep(url),
            };
            if !is_inherited(exchange) {
                set_url(exchange, url);
            }
        }
        Ok(Next::Continue)
    }
}

/// Whether an enclosing scope chose a backend, which a URL does not replace.
fn is_inherited(exchange: &Exchange<'_>) -> bool {
    matches!(exchange.upstream, Upstream::Backend { scope: Some(scope), .. } if scope > exchange.scope())
}

fn set_url<'x>(exchange: &mut Exchange<'x>, url: &'x UrlParts) {
    exchange.upstream = Upstream::Url(url);
    let (arena, shown) = (exchange.arena(), exchange.request().url);
    shown.scheme.set(Str::over(arena, &url.scheme));
    shown.host.set(Str::over(arena, &url.host));
    shown.port.set(url.port);
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{World, get, load, run};

    #[test]
    fn the_request_goes_to_the_url_or_backend_named_last() {
        let url = load("<set-backend-service base-url='http://Orders.example:8080/v2' />");
        let backend = load("<set-backend-service backend-id=' orders ' />");
        get("/a?b").run(&World::default(), |exchange| {
            assert_eq!(run(backend, exchange), Ok(Next::Continue));
            assert_eq!(exchange.upstream, Upstream::Backend { id: "orders", scope: Some(0) });
            assert_eq!(exchange.request().url.to_absolute(), "https://cars.example/a?b");
            assert_eq!(run(url, exchange), Ok(Next::Continue));
            assert!(matches!(exchange.upstream, Upstream::Url(url) if url.path == "/v2" && url.port == 8080));
            assert_eq!(exchange.request().url.to_absolute(), "http://orders.example:8080/a?b");
        });
    }

    #[test]
    fn a_url_does_not_replace_a_backend_of_an_enclosing_scope() {
        let url = load("<set-backend-service base-url='https://orders.example' />");
        let backend = load("<set-backend-service backend-id='orders' />");
        get("/").run(&World::default(), |exchange| {
            exchange.set_scope(1);
            assert_eq!(run(backend, exchange), Ok(Next::Continue));
            exchange.set_scope(0);
            assert_eq!(run(url, exchange), Ok(Next::Continue));
            assert_eq!(exchange.upstream, Upstream::Backend { id: "orders", scope: Some(1) });
            assert_eq!(run(backend, exchange), Ok(Next::Continue));
            assert_eq!(run(url, exchange), Ok(Next::Continue));
            assert!(matches!(exchange.upstream, Upstream::Url(_)));
        });
    }

    #[test]
    fn what_is_no_url_throws() {
        let url = load("<set-backend-service base-url='@(null)' />");
        get("/").run(&World::default(), |exchange| {
            assert!(run(url, exchange).is_err());
            assert_eq!(exchange.upstream, Upstream::Api);
        });
    }
}
