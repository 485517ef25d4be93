//! `tollgate`: checks, tests, compiles and serves policies.
//!
//! One file for each verb; `console` writes, `sources` finds what a path means, `build` leads from an instance to a
//! bundle. Exit status: 0 fine, 1 findings or failed tests, 2 usage, files or configuration, 3 a fault of this program.
//!
//! Not here: what is found and computed; the verbs call the crates that do it.
#![forbid(unsafe_code)]

mod build;
mod capabilities;
mod check;
mod compile;
mod console;
mod effective;
mod eval;
mod explain;
mod inspect;
mod lsp;
mod serve;
mod sources;
mod test;
mod token;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::Console;

/// Checks, tests, compiles and serves Azure API Management policies.
#[derive(Parser)]
#[command(name = "tollgate", version, arg_required_else_help = true, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Check(check::Arguments),
    Compile(compile::Arguments),
    Inspect(inspect::Arguments),
    Eval(eval::Arguments),
    Explain(explain::Arguments),
    Serve(serve::Arguments),
    Lsp(lsp::Arguments),
    Test(test::Arguments),
    Token(token::Arguments),
    Capabilities(capabilities::Arguments),
    Effective(effective::Arguments),
}

/// How a verb ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// All is well.
    Fine,
    /// There are findings, or failed tests.
    Findings,
}

/// Why a verb could not do its work.
#[derive(Debug)]
enum Failure {
    /// Usage, files or configuration.
    Operator(String),
    /// A fault of this program.
    Fault(String),
}

impl Failure {
    fn operator(text: impl std::fmt::Display) -> Self {
        Self::Operator(text.to_string())
    }

    fn fault(text: impl std::fmt::Display) -> Self {
        Self::Fault(text.to_string())
    }
}

impl From<codegen::CompileError> for Failure {
    fn from(error: codegen::CompileError) -> Self {
        match error {
            codegen::CompileError::Processor => Self::operator(error),
            _ => Self::fault(error),
        }
    }
}

fn main() -> ExitCode {
    let mut console = Console::new();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let is_fault = error.use_stderr();
            // Nobody reads what could not be printed.
            let _ = error.print();
            return if is_fault { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let run = std::panic::AssertUnwindSafe(|| run(arguments.verb, &mut console));
    let ended = std::panic::catch_unwind(run);
    console.flush();
    match ended {
        Ok(Ok(Ending::Fine)) => ExitCode::SUCCESS,
        Ok(Ok(Ending::Findings)) => ExitCode::from(1),
        Ok(Err(Failure::Operator(text))) => {
            console.error(&text);
            ExitCode::from(2)
        }
        Ok(Err(Failure::Fault(text))) => {
            console.error(&format!("{text}\nThis is a fault of tollgate, please report it."));
            ExitCode::from(3)
        }
        // The panic's own message was printed.
        Err(_) => {
            console.error("This is a fault of tollgate, please report it.");
            ExitCode::from(3)
        }
    }
}

fn run(verb: Verb, console: &mut Console) -> Result<Ending, Failure> {
    match verb {
        Verb::Check(arguments) => check::run(&arguments, console),
        Verb::Compile(arguments) => compile::run(&arguments, console),
        Verb::Inspect(arguments) => inspect::run(&arguments, console),
        Verb::Eval(arguments) => eval::run(&arguments, console),
        Verb::Explain(arguments) => explain::run(&arguments, console),
        Verb::Serve(arguments) => serve::run(&arguments, console),
        Verb::Lsp(arguments) => lsp::run(&arguments),
        Verb::Test(arguments) => test::run(&arguments, console),
        Verb::Token(arguments) => token::run(&arguments, console),
        Verb::Capabilities(_) => capabilities::run(console),
        Verb::Effective(arguments) => effective::run(&arguments, console),
    }
}
