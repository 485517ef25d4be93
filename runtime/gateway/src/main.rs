//! The program `tollgate-gateway`: serves a bundle.
//!
//! `tollgate-gateway FILE [--listen ADDRESS] [--config FILE] [--secrets FOLDER]`. Ends with 0 when it was told to end,
//! and with 2 if the bundle, the settings or the system do not let it serve.
#![forbid(unsafe_code)]

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use gateway::{Gateway, Listener, Loaded, SecretSources, Settings, Shutdown};

const USAGE: &str = "usage: tollgate-gateway FILE [--listen ADDRESS] [--config FILE] [--secrets FOLDER]";

/// What the command line says.
#[derive(Default)]
struct Arguments {
    bundle: PathBuf,
    listen: Option<SocketAddr>,
    config: Option<PathBuf>,
    secrets: Option<PathBuf>,
}

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let told = match given.first().map(String::as_str) {
        Some("--help" | "-h") => Some(USAGE.to_owned()),
        Some("--version" | "-V") => Some(format!("tollgate-gateway {}", env!("CARGO_PKG_VERSION"))),
        _ => None,
    };
    if let Some(told) = told {
        let _ = writeln!(std::io::stdout(), "{told}");
        return ExitCode::SUCCESS;
    }
    match run(given) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "error: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(given: Vec<String>) -> Result<(), String> {
    let arguments = parse(given)?;
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let mut settings = Settings::read(arguments.config.as_deref()).map_err(|error| text(&error))?;
    settings.listen = arguments.listen.unwrap_or(settings.listen);
    settings.secrets = arguments.secrets.or(settings.secrets);
    let secrets = SecretSources::of_machine(settings.secrets.clone());
    let loaded = Loaded::open(&arguments.bundle, &secrets).map_err(|error| text(&error))?;
    let shutdown = Shutdown::on_signals().map_err(|error| text(&error))?;
    let address = settings.listen;
    let listener = Listener::bind(address, settings.thread_count());
    let listener = listener.map_err(|error| format!("{address} cannot be listened at: {error}"))?;
    let gateway = Gateway::new(settings).map_err(|error| text(&error))?;
    gateway.replace(loaded);
    let mut out = std::io::stdout();
    let ready = writeln!(out, "listening on http://{}", listener.address()).and_then(|()| out.flush());
    ready.map_err(|error| text(&error))?;
    gateway.serve(listener, &shutdown).map_err(|error| text(&error))
}

fn parse(given: Vec<String>) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    let mut bundle = None;
    let mut given = given.into_iter();
    while let Some(argument) = given.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
            _ => (argument, None),
        };
        let mut value = || inline.clone().or_else(|| given.next()).ok_or(format!("{name} needs a value\n{USAGE}"));
        match name.as_str() {
            "--listen" => {
                let text = value()?;
                let address = text.parse().map_err(|_| format!("`{text}` is no address, such as 127.0.0.1:8080"))?;
                arguments.listen = Some(address);
            }
            "--config" => arguments.config = Some(value()?.into()),
            "--secrets" => arguments.secrets = Some(value()?.into()),
            unknown if unknown.starts_with('-') => return Err(format!("there is no option `{unknown}`\n{USAGE}")),
            _ if bundle.is_none() => bundle = Some(name),
            extra => return Err(format!("`{extra}` is one file too many\n{USAGE}")),
        }
    }
    arguments.bundle = bundle.ok_or(USAGE)?.into();
    Ok(arguments)
}
