//! `tollgate serve`: a gateway in this process, from an instance or a bundle.
//!
//! Not here: how requests are served (`gateway`), and how an instance becomes a bundle (`build`).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ::check::document::Options;
use clap::Args;
use gateway::{Gateway, Listener, Loaded, SecretSources, Settings, Shutdown};
use notify::{RecursiveMode, Watcher};
use report::Format;

use crate::console::Console;
use crate::{Ending, Failure, build};

/// How long nothing must happen after a change before the instance is read again, since editors write in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// Serves an instance, or a bundle.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the instance, or a bundle
    path: PathBuf,
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// The environment whose overlay is merged in
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
    /// Settings of the gateway
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A folder with a file for each secret
    #[arg(long, value_name = "FOLDER")]
    secrets: Option<PathBuf>,
    /// Serves what is saved from then on, if it has no errors
    #[arg(long)]
    watch: bool,
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let mut settings = Settings::read(arguments.config.as_deref()).map_err(Failure::operator)?;
    settings.listen = arguments.listen.unwrap_or(settings.listen);
    settings.secrets = arguments.secrets.clone().or(settings.secrets);
    let secrets = settings.secrets.clone();
    let Some(loaded) = load(arguments, secrets.as_deref(), console)? else { return Ok(Ending::Findings) };
    let shutdown = Shutdown::on_signals().map_err(Failure::operator)?;
    let address = settings.listen;
    let listener = Listener::bind(address, settings.thread_count())
        .map_err(|error| Failure::Operator(format!("{address} cannot be listened at: {error}")))?;
    let gateway = Gateway::new(settings).map_err(Failure::operator)?;
    gateway.replace(loaded);
    // A watcher that is dropped watches no more.
    let _watcher = if arguments.watch { Some(watch(arguments, secrets, gateway.clone())?) } else { None };
    console.result(&format!("listening on http://{}", listener.address()));
    console.flush();
    gateway.serve(listener, &shutdown).map_err(Failure::operator)?;
    Ok(Ending::Fine)
}

/// What to serve; nothing if the instance has errors, which were reported then.
fn load(arguments: &Arguments, folder: Option<&Path>, console: &mut Console) -> Result<Option<Loaded>, Failure> {
    let mut secrets = SecretSources::of_machine(folder.map(Path::to_owned));
    if !arguments.path.is_dir() {
        return Loaded::open(&arguments.path, &secrets).map(Some).map_err(Failure::operator);
    }
    let checked = build::check(&arguments.path, arguments.env.as_deref(), &Options::default())?;
    console.diagnostics(&checked.diagnostics, Format::Full);
    if checked.has_errors() {
        return Ok(None);
    }
    let assembled = checked.assemble()?;
    for (name, secret) in &assembled.secrets {
        secrets.given.insert(name.clone(), secret.expose().to_owned());
    }
    Loaded::read(&assembled.to_bytes(engine::load::host_digest()), &secrets).map(Some).map_err(Failure::operator)
}

/// Replaces what is served whenever something below the path was saved. What has errors is reported, and the gateway
/// goes on with what it had.
fn watch(
    arguments: &Arguments,
    secrets: Option<PathBuf>,
    gateway: Gateway,
) -> Result<notify::RecommendedWatcher, Failure> {
    let (tell, told) = std::sync::mpsc::channel();
    let changed = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // Nobody listens any more when the program ends.
            let _ = tell.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(changed).map_err(Failure::operator)?;
    watcher.watch(&arguments.path, RecursiveMode::Recursive).map_err(Failure::operator)?;
    let again = Arguments {
        path: arguments.path.clone(),
        listen: None,
        env: arguments.env.clone(),
        config: None,
        secrets: None,
        watch: true,
    };
    let reload = move || {
        let mut console = Console::new();
        while told.recv().is_ok() {
            while told.recv_timeout(QUIET).is_ok() {}
            match load(&again, secrets.as_deref(), &mut console) {
                Ok(Some(loaded)) => {
                    let generation = gateway.replace(loaded);
                    console.say(&format!("serving generation {generation}"));
                }
                Ok(None) => console.say("still serving what was saved before"),
                Err(Failure::Operator(text) | Failure::Fault(text)) => {
                    console.error(&text);
                    console.say("still serving what was saved before");
                }
            }
        }
    };
    std::thread::Builder::new().name("watch".into()).spawn(reload).map_err(Failure::operator)?;
    Ok(watcher)
}
