//! Policies as the driver runs them.

use dotnet::throw::Throw;

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
