//! `tollgate explain`: what a rule means.

use clap::Args;
use grammar::diagnostic::{Rule, nearest};

use crate::console::Console;
use crate::{Ending, Failure};

/// Prints what a rule means, with a bad and a good example.
#[derive(Args)]
pub struct Arguments {
    /// The rule, by its id or a code of the C# compiler
    #[arg(required_unless_present = "all")]
    rule: Option<String>,
    /// Lists every rule
    #[arg(long, conflicts_with = "rule")]
    all: bool,
}

/// Every rule there is, in the order of the ids.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = Vec::new();
    rules.extend(grammar::document::RULES);
    rules.extend(grammar::expression::RULES);
    rules.extend(::check::document::rules::RULES);
    rules.extend(::check::expression::RULES);
    rules.extend(instance::rules::RULES);
    rules.extend(policies::RULES);
    rules.sort_by_key(|rule| rule.id);
    rules
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let rules = rules();
    let Some(wanted) = &arguments.rule else {
        for rule in rules {
            console.result(&format!("{:<48} {:<8} {}", rule.id, rule.level.name(), rule.summary));
        }
        return Ok(Ending::Fine);
    };
    let mut found = rules.iter().filter(|rule| rule.id == wanted || rule.aliases.contains(&wanted.as_str())).peekable();
    if found.peek().is_none() {
        let near = nearest(wanted, rules.iter().map(|rule| rule.id));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Failure::Operator(format!("there is no rule `{wanted}`{hint}")));
    }
    for rule in found {
        let aliases = match rule.aliases {
            [] => String::new(),
            aliases => format!(", also {}", aliases.join(", ")),
        };
        console.result(&format!("# {}\n\n{}: {}{aliases}\n\n{}", rule.id, rule.level.name(), rule.summary, rule.page));
    }
    Ok(Ending::Fine)
}
