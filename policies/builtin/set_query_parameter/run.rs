//! `<set-query-parameter>` at run time.

use dotnet::cx::Cx;
use dotnet::format::escape::percent::escape_data_string;
use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};

use super::SetQueryParameter;
use crate::query::{is_named, parts, separate};
use crate::set_header::ExistsAction;

impl Policy for SetQueryParameter {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let name = self.name.get(exchange)?;
        let action = self.exists_action.get(exchange)?;
        let mut values: Vec<&'x str> = Vec::with_capacity(self.value.len());
        if action != ExistsAction::Delete {
            for value in &self.value {
                values.extend(value.text.get(exchange)?);
            }
        }
        let url = exchange.request().url;
        if let Some(query) = changed(&exchange.cx, url.query().bytes(), name, action, &values) {
            url.set_query(exchange.cx.str_from_wtf8(&query));
        }
        Ok(Next::Continue)
    }
}

/// The query after the change; `None` if it stays as it is. What is not touched keeps its form and its place, new values
/// stand where the first old one stood, or at the end.
fn changed(cx: &Cx<'_>, query: &[u8], name: &str, action: ExistsAction, values: &[&str]) -> Option<Vec<u8>> {
    let is_there = parts(query).any(|(encoded, _)| is_named(cx, encoded, name));
    match action {
        ExistsAction::Skip if is_there => return None,
        ExistsAction::Delete if !is_there => return None,
        _ => {}
    }
    let keeps = action == ExistsAction::Append;
    let mut out = Vec::with_capacity(query.len() + 32);
    let mut is_added = false;
    for (encoded, part) in parts(query) {
        if keeps || !is_named(cx, encoded, name) {
            separate(&mut out);
            out.extend_from_slice(part);
        } else if !is_added {
            add(&mut out, name, values);
            is_added = true;
        }
    }
    if !is_added {
        add(&mut out, name, values);
    }
    Some(out)
}

fn add(out: &mut Vec<u8>, name: &str, values: &[&str]) {
    for value in values {
        separate(out);
        // What is no text in UTF-8 cannot reach this place, and nothing else fails.
        let _ = escape_data_string(out, name.as_bytes());
        out.push(b'=');
        let _ = escape_data_string(out, value.as_bytes());
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{World, get, load, run};

    #[test]
    fn parameters_are_set_added_kept_and_removed() {
        let cases = [
            ("override", "/?a=1&b=2", "/?a=1&b=x%26y"),
            ("override", "/?b=1&a=2&B=3", "/?b=x%26y&a=2"),
            ("override", "/", "/?b=x%26y"),
            ("append", "/?b=1&a", "/?b=1&a&b=x%26y"),
            ("skip", "/?%62=1", "/?%62=1"),
            ("skip", "/?c=", "/?c=&b=x%26y"),
            ("delete", "/?a=+&b=2&b=3&c", "/?a=+&c"),
            ("delete", "/?b", "/"),
            ("delete", "/?a=1", "/?a=1"),
        ];
        for (action, before, after) in cases {
            let policy = load(&format!(
                "<set-query-parameter name='b' exists-action='{action}'><value>x&amp;y</value></set-query-parameter>"
            ));
            get(before).run(&World::default(), |exchange| {
                assert_eq!(run(policy, exchange), Ok(Next::Continue));
                assert_eq!(exchange.request().url.path_and_query(), after, "{action} {before}");
                assert_eq!(exchange.request().original_url.path_and_query(), before);
            });
        }
    }

    #[test]
    fn several_values_make_several_parameters_and_null_makes_none() {
        let policy = load(
            "<set-query-parameter name='a b'>
                <value>1</value><value>@(null)</value><value>é</value><value />
            </set-query-parameter>",
        );
        get("/?a+b=0").run(&World::default(), |exchange| {
            assert_eq!(run(policy, exchange), Ok(Next::Continue));
            assert_eq!(exchange.request().url.path_and_query(), "/?a%20b=1&a%20b=%C3%A9&a%20b=");
            let values = exchange.request().url.parameters(&exchange.cx).entries().len();
            assert_eq!(values, 1);
        });
    }
}
