//! `<set-body>` at run time.

use bundle::document::Section;
use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};
use engine::services::Payload;

use super::SetBody;

impl SetBody {
    /// The body; none if the text is empty.
    ///
    /// # Throws
    /// What the conversion of an expression's value to text throws.
    pub fn content<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Payload, Throw> {
        let content = self.content.get(exchange)?;
        Ok(if content.is_empty() { Payload::Empty } else { Payload::Memory(content) })
    }
}

impl Policy for SetBody {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let content = self.content(exchange)?;
        match exchange.section() {
            Section::Inbound | Section::Backend => exchange.set_request_body(content),
            Section::Outbound | Section::OnError => exchange.set_response_body(content),
        }
        Ok(Next::Continue)
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{Request, World, get, load, run};

    fn text(payload: Payload) -> Option<String> {
        match payload {
            Payload::Memory(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            _ => None,
        }
    }

    #[test]
    fn the_text_is_the_body_as_it_stands() {
        for (snippet, expected) in [
            ("<set-body>a &amp; b</set-body>", Some("a & b")),
            ("<set-body>\n  <a:b c='d'/> </set-body>", Some("\n  <a:b c='d'/> ")),
            ("<set-body template='none'><![CDATA[<x>]]></set-body>", Some("<x>")),
            ("<set-body />", None),
            ("<set-body>@(null)</set-body>", None),
        ] {
            let policy = load(snippet);
            let request = Request { body: "old", ..get("/") };
            request.run(&World::default(), |exchange| {
                assert_eq!(run(policy, exchange), Ok(Next::Continue));
                let body = exchange.take_request_body().unwrap_or_default();
                assert_eq!(text(body).as_deref(), expected, "{snippet}");
            });
        }
    }

    #[test]
    fn the_section_decides_which_body_is_set() {
        let policy = load("<set-body>new</set-body>");
        for (section, request, response) in
            [(Section::Backend, "new", ""), (Section::Outbound, "old", "new"), (Section::OnError, "old", "new")]
        {
            Request { body: "old", ..get("/") }.run(&World::default(), |exchange| {
                exchange.set_section(section);
                assert_eq!(run(policy, exchange), Ok(Next::Continue));
                let found = exchange.take_request_body().unwrap_or_default();
                assert_eq!(text(found).unwrap_or_default(), request, "{section:?}");
                assert_eq!(text(exchange.take_response_body()).unwrap_or_default(), response, "{section:?}");
            });
        }
    }
}
