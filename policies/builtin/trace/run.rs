//! `<trace>` at run time.

use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};
use engine::services;

use super::{Severity, Trace};

impl Policy for Trace {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let text = self.message.as_ref().map(|message| &message.text).or(self.text.as_ref());
        let text = text.map(|text| text.get(exchange)).transpose()?.flatten().unwrap_or("");
        let mut metadata = Vec::with_capacity(self.metadata.len());
        for property in &self.metadata {
            let name = property.name.get(exchange)?.to_owned();
            metadata.push((name, property.value.get(exchange)?.unwrap_or("").to_owned()));
        }
        let severity = match self.severity {
            Severity::Verbose => services::Severity::Verbose,
            Severity::Information => services::Severity::Information,
            Severity::Error => services::Severity::Error,
        };
        let mut id = Vec::new();
        exchange.context.request_id.write(&mut id);
        let id = String::from_utf8_lossy(&id);
        exchange.services.log.trace(&id, severity, &self.source.0, text, &metadata);
        if exchange.context.tracing.get() {
            exchange.context.trace.entry(&self.source.0, text);
        }
        Ok(Next::Continue)
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{World, get, load, run};

    #[test]
    fn the_message_or_else_the_text_is_logged() {
        let cases = [
            (
                "<trace source='s' severity='error'>old<message>\n new </message><metadata name='a' value='1'/></trace>",
                r#"Error s: new [("a", "1")]"#,
            ),
            ("<trace source='s'>old</trace>", "Verbose s: old []"),
            ("<trace source='s' severity='information'><message>@(null)</message></trace>", "Information s:  []"),
        ];
        for (snippet, expected) in cases {
            let (policy, world) = (load(snippet), World::default());
            get("/").run(&world, |exchange| assert_eq!(run(policy, exchange), Ok(Next::Continue)));
            assert_eq!(world.state().traces, [expected]);
        }
    }
}
