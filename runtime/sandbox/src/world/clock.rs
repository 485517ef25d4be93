//! Time that passes only when somebody waits for it, or when a case says so.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

/// What waits for something that nobody brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the request waits for something that never comes")]
pub struct Stuck;

/// A clock that stands until somebody waits.
#[derive(Debug, Default)]
pub struct Clock(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    /// The moments that somebody waits for.
    awaited: Vec<Duration>,
}

impl Clock {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time since the clock was made.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.state().now
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(time);
    }

    /// Waits until so much time has passed.
    pub fn sleep(self: &Arc<Self>, time: Duration) -> Sleep {
        Sleep { clock: self.clone(), until: self.now().saturating_add(time), is_awaited: false }
    }

    /// Runs a future to its end. Whenever nothing else happens, time goes on to the next moment that is waited for.
    ///
    /// # Errors
    /// If the future waits, but for no moment.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, Stuck> {
        let mut future = pin!(future);
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(woken.clone());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Ok(value);
            }
            if woken.0.swap(false, Ordering::Relaxed) {
                continue;
            }
            let mut state = self.state();
            let now = state.now;
            state.awaited.retain(|moment| *moment > now);
            state.now = state.awaited.iter().copied().min().ok_or(Stuck)?;
        }
    }
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Waits for a moment of a clock.
pub struct Sleep {
    clock: Arc<Clock>,
    until: Duration,
    is_awaited: bool,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let (until, is_awaited) = (self.until, self.is_awaited);
        let mut state = self.clock.state();
        if state.now >= until {
            return Poll::Ready(());
        }
        if !is_awaited {
            state.awaited.push(until);
            drop(state);
            self.is_awaited = true;
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        // Time must not go on to a moment that nobody waits for any more.
        if self.is_awaited {
            let mut state = self.clock.state();
            if let Some(index) = state.awaited.iter().position(|moment| *moment == self.until) {
                state.awaited.swap_remove(index);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn time_goes_on_to_what_is_waited_for() {
        let clock = Arc::new(Clock::default());
        let ran = clock.run(async {
            clock.sleep(secs(5)).await;
            clock.sleep(secs(7)).await;
            clock.now()
        });
        assert_eq!(ran, Ok(secs(12)));
        clock.pass(secs(3));
        assert_eq!(clock.now(), secs(15));
    }

    #[test]
    fn of_two_that_wait_the_earlier_goes_first_and_a_dropped_one_holds_nothing_up() {
        let clock = Arc::new(Clock::default());
        let ran = clock.run(async {
            let (mut long, mut short) = (Box::pin(clock.sleep(secs(100))), Box::pin(clock.sleep(secs(1))));
            std::future::poll_fn(|task| {
                let _ = long.as_mut().poll(task);
                short.as_mut().poll(task)
            })
            .await;
            drop(long);
            clock.sleep(secs(1)).await;
            clock.now()
        });
        assert_eq!(ran, Ok(secs(2)));
    }

    #[test]
    fn waiting_for_nothing_ends() {
        assert_eq!(Clock::default().run(std::future::pending::<()>()), Err(Stuck));
    }
}
