//! `<rewrite-uri>` at run time.

use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};

use super::{Piece, RewriteUri};
use crate::query::{Place, escape, is_named, parts, separate};
use crate::run::failure;

impl Policy for RewriteUri {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let copies = self.copy_unmatched_params.get(exchange)?;
        let given = self.template.get(exchange)?;
        let template = given.template();
        let (mut path, mut query) = (Vec::new(), Vec::new());
        fill(exchange, &template.path, Place::Segment, &mut path)?;
        fill(exchange, &template.query, Place::Value, &mut query)?;
        if !path.is_empty() && !path.starts_with(b"/") {
            path.insert(0, b'/');
        }
        let url = exchange.request().url;
        if copies {
            // The parameters of the operation's template are used up by it, and the new template has its own.
            let operation = exchange.context.operation.get().map_or("", |operation| operation.url_template.as_str());
            let used = operation.split_once('?').map_or("", |(_, query)| query).as_bytes();
            let names = || parts(used).map(|(name, _)| name).chain(template.names.iter().map(AsRef::as_ref));
            let cx = &exchange.cx;
            for (encoded, part) in parts(url.query().bytes()) {
                let is_same = |name: &[u8]| is_named(cx, encoded, &String::from_utf8_lossy(name));
                if !names().any(is_same) {
                    separate(&mut query);
                    query.extend_from_slice(part);
                }
            }
        }
        url.path.set(exchange.cx.str_from_wtf8(&path));
        url.set_query(exchange.cx.str_from_wtf8(&query));
        Ok(Next::Continue)
    }
}

/// Appends pieces with the values of their parameters.
fn fill(exchange: &mut Exchange<'_>, pieces: &[Piece], place: Place, out: &mut Vec<u8>) -> Result<(), Throw> {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.extend_from_slice(text),
            Piece::Parameter(name, is_rest) => {
                let Some(value) = exchange.matched_parameter(name) else {
                    let message = format!("The operation's URL template has no parameter '{name}'.");
                    return Err(failure(exchange, "RewriteTemplateInvalid", message));
                };
                escape(out, value.to_utf8().as_bytes(), if *is_rest { Place::Rest } else { place });
            }
        }
    }
    Ok(())
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use dotnet::context::facts::Operation;

    use crate::testing::{Request, World, get, load, run};

    fn rewritten(snippet: &str, target: &'static str, operation: &str) -> Result<String, String> {
        let policy = load(snippet);
        let operation = Operation { url_template: operation.to_owned(), ..Operation::default() };
        let matched = &[("id", "a/b c"), ("b", "x&y=1"), ("path", "d/e f")];
        let request = Request { operation: Some(operation), matched, ..get(target) };
        request.run(&World::default(), |exchange| match run(policy, exchange) {
            Ok(_) => Ok(exchange.request().url.path_and_query()),
            Err(_) => Err(exchange.take_refusal().map(|refusal| refusal.message).unwrap_or_default()),
        })
    }

    #[test]
    fn paths_and_queries_are_rewritten() {
        let cases = [
            ("template='/put'", "/get?a=b&c=d", "/get?a={b}", "/put?c=d"),
            ("template='/put' copy-unmatched-params='false'", "/get?a=b&c=d", "/get?a={b}", "/put"),
            ("template='/put?c=5'", "/get?C=1&d=2&%63=3", "/get", "/put?c=5&d=2"),
            ("template='v2/{id}/x?q={b}'", "/get", "/get/{id}", "/v2/a%2Fb%20c/x?q=x%26y%3D1"),
            ("template='/files/{*path}'", "/get", "/get/{*path}", "/files/d/e%20f"),
            ("template='/Items({id})'", "/get?x", "/get", "/Items(a%2Fb%20c)?x"),
            ("template='/'", "/get", "", "/"),
            ("template=''", "/get?x=1", "", "?x=1"),
            ("template='//evil.example/x'", "/get", "", "//evil.example/x"),
        ];
        for (attributes, target, operation, expected) in cases {
            let found = rewritten(&format!("<rewrite-uri {attributes} />"), target, operation);
            assert_eq!(found.as_deref(), Ok(expected), "{attributes}");
        }
    }

    #[test]
    fn a_parameter_that_the_operation_lacks_is_an_error() {
        let found = rewritten("<rewrite-uri template='/x/{unknown}' />", "/get", "/get/{id}");
        assert_eq!(found, Err("The operation's URL template has no parameter 'unknown'.".to_owned()));
    }
}
