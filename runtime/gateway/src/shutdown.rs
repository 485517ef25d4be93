//! When the gateway stops: first it finishes what it began, then, if asked again, it just ends.

use std::io;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Ends a gateway. Every clone ends the same one.
#[derive(Clone, Debug)]
pub struct Shutdown {
    stage: watch::Sender<Stage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    Draining,
    Now,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self { stage: watch::Sender::new(Stage::Running) }
    }
}

impl Shutdown {
    /// One that nothing triggered yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One that SIGTERM and SIGINT trigger: the first of them drains, the second ends at once.
    ///
    /// # Errors
    /// If the system gives no thread, or lets nobody listen to signals.
    pub fn on_signals() -> io::Result<Self> {
        let shutdown = Self::new();
        let told = shutdown.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let (mut terminate, mut interrupt) = {
            let _entered = runtime.enter();
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?)
        };
        let listen = async move {
            for stage in [Stage::Draining, Stage::Now] {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
                told.reach(stage);
            }
        };
        std::thread::Builder::new().name("signals".into()).spawn(move || runtime.block_on(listen))?;
        Ok(shutdown)
    }

    /// Lets the gateway finish the requests that it has and take no more.
    pub fn drain(&self) {
        self.reach(Stage::Draining);
    }

    /// Ends the gateway now, whatever it is doing.
    pub fn end(&self) {
        self.reach(Stage::Now);
    }

    fn reach(&self, stage: Stage) {
        self.stage.send_if_modified(|now| {
            let further = stage > *now;
            *now = stage.max(*now);
            further
        });
    }

    /// Waits until no more requests are to be taken.
    pub(crate) async fn draining(&self) {
        self.wait(Stage::Draining).await;
    }

    /// Waits until everything is to end.
    pub(crate) async fn ended(&self) {
        self.wait(Stage::Now).await;
    }

    async fn wait(&self, stage: Stage) {
        // The sender lives as long as this, so that waiting cannot fail.
        let _ = self.stage.subscribe().wait_for(|now| *now >= stage).await;
    }
}
