//! `<set-header>` at run time.

use bundle::document::Section;
use dotnet::context::headers::{Headers, Value};
use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};

use super::{ExistsAction, PROTECTED, SetHeader};

impl Policy for SetHeader {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let headers = match exchange.section() {
            Section::Inbound | Section::Backend => &exchange.request().headers.headers,
            Section::Outbound | Section::OnError => &exchange.response().headers.headers,
        };
        self.apply(exchange, headers)?;
        Ok(Next::Continue)
    }
}

impl SetHeader {
    /// Changes these headers.
    ///
    /// # Throws
    /// `FormatException` if an expression gives what cannot be a name, a value or an action.
    pub fn apply<'x>(&'x self, exchange: &mut Exchange<'x>, headers: &Headers<'x>) -> Result<(), Throw> {
        let name = self.name.get(exchange)?;
        let action = self.exists_action.get(exchange)?;
        if PROTECTED.iter().any(|protected| name.is(protected)) {
            return Ok(());
        }
        if action == ExistsAction::Delete {
            headers.set(exchange.arena(), name, &[]);
            return Ok(());
        }
        let mut values: Vec<Value<'x>> = Vec::new();
        for value in &self.value {
            values.extend(value.text.get(exchange)?);
        }
        match action {
            ExistsAction::Skip if headers.contains(name) => {}
            ExistsAction::Append => headers.append(exchange.arena(), name, &values),
            _ => headers.set(exchange.arena(), name, &values),
        }
        Ok(())
    }
}
