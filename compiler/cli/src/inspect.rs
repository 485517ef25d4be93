//! `tollgate inspect`: what is in a bundle.

use std::path::PathBuf;

use bundle::container::{self, FORMAT, Target};
use bundle::document::Document;
use bundle::manifest::Manifest;
use clap::Args;
use iced_x86::{Decoder, DecoderOptions, Formatter, NasmFormatter};

use crate::console::Console;
use crate::{Ending, Failure, sources};

/// Prints what is in a bundle.
#[derive(Args)]
pub struct Arguments {
    /// The bundle
    file: PathBuf,
    /// Prints the typed and the machine code of one document, by its name or a part of the name of one of its segments
    #[arg(long, value_name = "NAME")]
    code: Option<String>,
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let bytes = std::fs::read(&arguments.file).map_err(|error| sources::unreadable(&arguments.file, &error))?;
    let refused = |error| Failure::Operator(format!("`{}`: {error}", arguments.file.display()));
    let (format, target) = container::read_target(&bytes).map_err(refused)?;
    // A bundle for another machine can be looked at here.
    let contents = container::read(&bytes, target).map_err(refused)?;
    let documents: Vec<Document> = container::from_bytes(&contents.documents).map_err(refused)?;
    if let Some(name) = &arguments.code {
        let listings: Vec<(String, String)> = container::from_bytes(&contents.listings).map_err(refused)?;
        return code(name, &documents, &listings, &contents.code, console);
    }
    let manifest: Manifest = container::from_bytes(&contents.manifest).map_err(refused)?;
    overview(format, target, &manifest, &documents, console);
    Ok(Ending::Fine)
}

fn overview(format: u16, target: Target, manifest: &Manifest, documents: &[Document], console: &mut Console) {
    let fits = if target.hosts == engine::load::host_digest() && format == FORMAT { "yes" } else { "no" };
    console.result(&format!("format     {format}\nprocessor  {}\nruns here  {fits}", target.processor));
    console.result("\ndocuments");
    for document in documents {
        console.result(&format!(
            "  {:<44} {:>4} policies {:>4} segments {:>7} bytes",
            document.name.to_string(),
            document.policies.len(),
            document.segments.len(),
            document.code.len,
        ));
    }
    console.result("\noperations");
    for api in &manifest.apis {
        for operation in &api.operations {
            console.result(&format!(
                "  {:<7} /{}{}  {}",
                operation.method, api.path, operation.template.text, operation.id
            ));
        }
    }
    let ids = |ids: Vec<&str>| if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
    console.result(&format!(
        "\nproducts   {}",
        ids(manifest.products.iter().map(|product| product.id.as_str()).collect())
    ));
    console
        .result(&format!("backends   {}", ids(manifest.backends.iter().map(|backend| backend.id.as_str()).collect())));
    console.result(&format!("secrets    {}", ids(manifest.secrets.iter().map(String::as_str).collect())));
}

/// Prints the code of the documents that are called so, or of the functions in them.
fn code(
    name: &str,
    documents: &[Document],
    listings: &[(String, String)],
    code: &[u8],
    console: &mut Console,
) -> Result<Ending, Failure> {
    let document = documents.iter().find(|document| document.name.to_string() == name);
    let Some(document) = document else {
        let names: Vec<String> = documents.iter().map(|document| format!("`{}`", document.name)).collect();
        return Err(Failure::Operator(format!("there is no document `{name}`; there are {}", names.join(", "))));
    };
    if let Some((_, listing)) = listings.iter().find(|(listed, _)| listed == name) {
        console.result(listing);
    }
    let start = document.code.start as usize;
    for (function, span) in &document.symbols {
        let start = start + span.start as usize;
        let bytes = code.get(start..start + span.len as usize).unwrap_or_default();
        console.result(&format!("\n{function}: {} bytes", bytes.len()));
        console.result(&disassembly(bytes));
    }
    Ok(Ending::Fine)
}

/// Machine code as text, an instruction on a line; places are counted from its start.
fn disassembly(bytes: &[u8]) -> String {
    let mut decoder = Decoder::new(64, bytes, DecoderOptions::NONE);
    let mut formatter = NasmFormatter::new();
    let mut text = String::new();
    while decoder.can_decode() {
        let instruction = decoder.decode();
        text.push_str(&format!("  {:>6x}  ", instruction.ip()));
        formatter.format(&instruction, &mut text);
        text.push('\n');
    }
    text
}
