//! `tollgate check`: reports every fault.

use std::path::PathBuf;

use ::check::document::{Alone, Options, check_source};
use clap::{Args, ValueEnum};
use grammar::diagnostic::{Diagnostic, Level};
use policies::Gateway;
use report::Format;

use crate::console::Console;
use crate::sources::{self, Target};
use crate::{Ending, Failure, build};

/// Reports every fault of policy documents or instances.
#[derive(Args)]
pub struct Arguments {
    /// Policy documents, folders of an instance, or folders to search for both; `-` for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "full", value_parser = format_names())]
    output_format: String,
    /// From which level on findings make the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// The environment whose overlay is merged into an instance
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
    /// The kind of gateway that is to run the policies
    #[arg(long, value_name = "KIND", value_parser = gateway_names())]
    profile: Option<String>,
    /// What messages call a document that is read from standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    Format::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>().into()
}

fn gateway_names() -> clap::builder::PossibleValuesParser {
    Gateway::ALL.iter().map(|gateway| gateway.name()).collect::<Vec<_>>().into()
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let format = Format::ALL.iter().find(|(name, _)| *name == arguments.output_format);
    let format = format.map(|(_, format)| *format).unwrap_or_default();
    let gateway = Gateway::ALL.iter().copied().find(|gateway| arguments.profile.as_deref() == Some(gateway.name()));
    let options = Options { gateway, ..Options::default() };
    let mut diagnostics = Vec::new();
    for target in sources::targets(&arguments.paths)? {
        let source = match target {
            Target::Instance(folder) => {
                diagnostics.extend(build::check(&folder, arguments.env.as_deref(), &options)?.diagnostics);
                continue;
            }
            Target::Document(path) => sources::read_document(&path)?,
            Target::Input => sources::read_input(&arguments.stdin_filename)?,
        };
        match source {
            Ok(source) => diagnostics.extend(check_source(&source, &options, &Alone).diagnostics),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    console.diagnostics(&diagnostics, format);
    let limit = match arguments.fail_on {
        FailOn::Error => Level::Error,
        FailOn::Warning => Level::Warning,
    };
    let fails = |diagnostic: &Diagnostic| diagnostic.level() >= limit;
    Ok(if diagnostics.iter().any(fails) { Ending::Findings } else { Ending::Fine })
}
