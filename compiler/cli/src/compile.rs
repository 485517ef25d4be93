//! `tollgate compile`: an instance becomes a bundle.

use std::path::PathBuf;
use std::time::Instant;

use ::check::document::Options;
use clap::Args;
use report::Format;

use crate::console::Console;
use crate::{Ending, Failure, build};

/// Compiles an instance into a bundle for `tollgate-gateway`.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the instance
    path: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The environment whose overlay is merged in
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let start = Instant::now();
    let checked = build::check(&arguments.path, arguments.env.as_deref(), &Options::default())?;
    console.diagnostics(&checked.diagnostics, Format::Full);
    if checked.has_errors() {
        return Ok(Ending::Findings);
    }
    let operations: usize = checked
        .instance
        .scopes()
        .flat_map(|(_, resources)| resources.apis.iter())
        .map(|api| api.operations.iter().filter(|operation| operation.route.is_some()).count())
        .sum();
    let environment = checked.instance.environment.clone();
    let assembled = checked.assemble()?;
    let bytes = assembled.to_bytes(engine::load::host_digest());
    build::write_file(&arguments.output, &bytes)?;
    let code: usize = assembled.sizes.iter().map(|size| size.code).sum();
    let policies: usize = assembled.sizes.iter().map(|size| size.policies).sum();
    console.result(&format!(
        "{output}: {documents} documents with {policies} policies, {operations} operations, {code} bytes of code, \
         {bytes} bytes in all{environment}, in {milliseconds:.1} ms",
        output = arguments.output.display(),
        documents = assembled.sizes.len(),
        bytes = bytes.len(),
        environment = environment.map(|name| format!(", environment {name}")).unwrap_or_default(),
        milliseconds = start.elapsed().as_secs_f64() * 1000.0,
    ));
    Ok(Ending::Fine)
}
