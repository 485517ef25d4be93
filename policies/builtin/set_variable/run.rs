//! `<set-variable>` at run time.

use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};

use super::SetVariable;

impl Policy for SetVariable {
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let value = self.value.get(exchange)?;
        exchange.set_variable(&self.name.0, value);
        Ok(Next::Continue)
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{World, get, load, run};

    #[test]
    fn the_last_value_counts_and_null_is_one() {
        let (first, second) =
            (load("<set-variable name='tier' value=' gold ' />"), load("<set-variable name='TIER' value='' />"));
        let null = load("<set-variable name='none' value='@(null)' />");
        get("/").run(&World::default(), |exchange| {
            let value = |exchange: &Exchange<'_>, name: &str| {
                let value = exchange.variable(name)?;
                Some(value.and_then(dotnet::types::string::as_string).map(|text| text.to_utf8().into_owned()))
            };
            assert_eq!(value(exchange, "tier"), None);
            for (policy, name, expected) in
                [(first, "Tier", Some(" gold ")), (second, "tier", Some("")), (null, "none", None)]
            {
                assert_eq!(run(policy, exchange), Ok(Next::Continue));
                assert_eq!(value(exchange, name), Some(expected.map(str::to_owned)), "{name}");
            }
            assert_eq!(exchange.context.variables.entries().len(), 2);
        });
    }
}
