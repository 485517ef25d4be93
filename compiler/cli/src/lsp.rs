//! `tollgate lsp`: the language server on standard input and output.

use std::io;

use clap::Args;

use crate::{Ending, Failure};

/// Serves an editor over standard input and output.
#[derive(Args)]
pub struct Arguments {
    /// Taken because editors pass it; there is no other way to talk
    #[arg(long)]
    stdio: bool,
}

/// Runs the verb until the editor leaves.
pub fn run(_: &Arguments) -> Result<Ending, Failure> {
    match ::lsp::serve(io::BufReader::new(io::stdin()), io::stdout().lock()) {
        ::lsp::Ending::Clean => Ok(Ending::Fine),
        // The protocol asks for 1 where the client exits without shutting down first.
        ::lsp::Ending::Abrupt => Ok(Ending::Findings),
    }
}
