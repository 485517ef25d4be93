//! `tollgate eval`: what expressions give.

use std::path::{Path, PathBuf};

use clap::Args;
use report::Format;
use sandbox::evaluate::{Checked, EvaluateError, Evaluator, Machine, Outcome};
use sandbox::scenario::Scenario;
use serde_json::{Map, Value, json};
use services::clock::SystemAmbient;

use crate::console::Console;
use crate::{Ending, Failure, sources};

/// Evaluates an expression, or a file of them.
#[derive(Args)]
pub struct Arguments {
    /// The expression: `@(…)` or `@{…}`
    #[arg(required_unless_present = "cases", conflicts_with = "cases")]
    expression: Option<String>,
    /// A file with cases; it is printed with what every expression gave
    #[arg(long, value_name = "FILE")]
    cases: Option<PathBuf>,
    /// What `context` is, as JSON: method, url, headers, body, response, variables
    #[arg(long, value_name = "FILE", conflicts_with = "cases")]
    scenario: Option<PathBuf>,
    /// Takes types and members that the service does not allow
    #[arg(long)]
    no_allow_list: bool,
    /// Prints the typed code of the expression as well
    #[arg(long, conflicts_with = "cases")]
    code: bool,
    /// Runs the interpreter instead of native code
    #[arg(long)]
    interpret: bool,
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let ambient = SystemAmbient;
    let evaluator = Evaluator::new(&ambient)?;
    let machine = if arguments.interpret { Machine::Interpreter } else { Machine::Native };
    if let Some(file) = &arguments.cases {
        return cases(file, &evaluator, machine, !arguments.no_allow_list, console);
    }
    let text = arguments.expression.as_deref().unwrap_or_default();
    let scenario = match &arguments.scenario {
        Some(file) => read_json(file)?,
        None => json!({}),
    };
    let scenario = Scenario::read(&scenario).map_err(Failure::operator)?;
    let checked = Checked::new(text.trim(), !arguments.no_allow_list);
    console.diagnostics(&checked.diagnostics(), Format::Full);
    if arguments.code {
        console.result(&checked.listing());
    }
    match evaluator.evaluate(&checked, &scenario, machine).map_err(failure)? {
        Outcome::Value(value) => {
            let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
            let shown = value.get("value").unwrap_or(&Value::Null);
            match shown.as_str() {
                Some(text) => console.result(&format!("{kind}: {text}")),
                None => console.result(&format!("{kind}: {shown}")),
            }
            Ok(Ending::Fine)
        }
        Outcome::Throws { name, message } => {
            console.say(&format!("throws {name}: {message}"));
            Ok(Ending::Findings)
        }
        Outcome::Rejected { .. } => Ok(Ending::Findings),
    }
}

/// Evaluates every case of a file and prints the file with what was found.
fn cases(
    file: &Path,
    evaluator: &Evaluator<'_>,
    machine: Machine,
    allow_list: bool,
    console: &mut Console,
) -> Result<Ending, Failure> {
    let mut document = read_json(file)?;
    let wrong = |what: &str| Failure::Operator(format!("`{}`: {what}", file.display()));
    let scenarios = document.get("scenarios").cloned().unwrap_or_else(|| json!({}));
    let cases =
        document.get_mut("cases").and_then(Value::as_array_mut).ok_or_else(|| wrong("there is no list `cases`"))?;
    for case in cases {
        let Value::Object(case) = case else { return Err(wrong("a case is an object")) };
        let expect = evaluate_case(case, &scenarios, evaluator, machine, allow_list).map_err(|error| match error {
            Failure::Operator(text) => wrong(&format!("{}: {text}", case_id(case))),
            Failure::Fault(text) => Failure::Fault(format!("{}: {text}", case_id(case))),
        })?;
        case.insert("expect".to_owned(), expect);
    }
    let text = serde_json::to_string_pretty(&document).map_err(Failure::fault)?;
    console.result(&text);
    Ok(Ending::Fine)
}

fn case_id(case: &Map<String, Value>) -> String {
    case.get("id").and_then(Value::as_str).unwrap_or("a case without `id`").to_owned()
}

fn evaluate_case(
    case: &Map<String, Value>,
    scenarios: &Value,
    evaluator: &Evaluator<'_>,
    machine: Machine,
    allow_list: bool,
) -> Result<Value, Failure> {
    let text = case.get("expr").and_then(Value::as_str).ok_or_else(|| Failure::operator("there is no text `expr`"))?;
    let name = case.get("scenario").and_then(Value::as_str).unwrap_or("default");
    let empty = json!({});
    let scenario = match scenarios.get(name) {
        Some(scenario) => scenario,
        None if name == "default" => &empty,
        None => return Err(Failure::Operator(format!("there is no scenario `{name}`"))),
    };
    let scenario = Scenario::read(scenario).map_err(Failure::operator)?;
    let outcome = evaluator.evaluate(&Checked::new(text.trim(), allow_list), &scenario, machine).map_err(failure)?;
    Ok(match outcome {
        Outcome::Value(value) => value,
        Outcome::Throws { name, .. } => json!({ "throws": name }),
        Outcome::Rejected { code } => json!({ "rejected": code }),
    })
}

fn failure(error: EvaluateError) -> Failure {
    match error {
        EvaluateError::Scenario(error) => Failure::operator(error),
        EvaluateError::Compile(error) => error.into(),
        EvaluateError::Load(error) => Failure::fault(error),
    }
}

fn read_json(file: &Path) -> Result<Value, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| sources::unreadable(file, &error))?;
    serde_json::from_str(&text).map_err(|error| Failure::Operator(format!("`{}` is no JSON: {error}", file.display())))
}
