//! Policies as the driver runs them.

use dotnet::throw::Throw;

use crate::document::Document;
use crate::exchange::Exchange;
use crate::services::Later;

/// A policy of a loaded document, with what its attributes say.
pub trait Policy: Send + Sync {
    /// Runs the policy between two statements of compiled code. It must not wait.
    ///
    /// # Errors
    /// What is thrown goes to `on-error`.
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw>;

    /// Runs a policy that may have to wait, as far as it goes without waiting.
    ///
    /// # Errors
    /// What is thrown goes to `on-error`.
    fn attempt<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        self.run(exchange)
    }

    /// Goes on after `attempt` said that it has to wait.
    fn wait<'a, 'x: 'a>(&'x self, exchange: &'a mut Exchange<'x>) -> Later<'a, Result<Next, Throw>> {
        let _ = exchange;
        Box::pin(std::future::ready(Ok(Next::Continue)))
    }

    /// Whether the policies that stand in this one may run again after one of them threw. If so, its condition is asked
    /// as after any other turn; while that holds the throw is forgotten, and else it goes on its way.
    fn catches(&self, exchange: &mut Exchange<'_>) -> bool {
        let _ = exchange;
        false
    }

    /// Answers a request that asks which requests a browser may send, if that is what the policy is for. `document` is
    /// the one that it stands in.
    ///
    /// # Errors
    /// What its expressions throw.
    fn preflight<'x>(&'x self, exchange: &mut Exchange<'x>, document: &'x Document) -> Result<Preflight, Throw> {
        let _ = (exchange, document);
        Ok(Preflight::NotAsked)
    }
}

/// What a policy says to a request that asks which requests a browser may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preflight {
    /// It is no policy for such requests.
    NotAsked,
    /// Another policy may know.
    Unmatched,
    /// The response is made.
    Answered,
}

/// What follows a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Next {
    /// The next step.
    Continue,
    /// The other step, of a policy that decides between two: `retry` when there is no other turn.
    Otherwise,
    /// `wait` has to be called.
    Wait,
    /// Nothing: the response is made.
    Stop,
    /// The response is made, and the outbound section goes on behind the policy that would have stored it.
    Outbound,
}
