//! `<retry>` at run time: counts turns and waits between them.

use std::time::Duration;

use dotnet::throw::Throw;
use engine::exchange::Exchange;
use engine::policy::{Next, Policy};
use engine::services::Later;

use super::Retry;
use crate::value::unusable;

/// The range of `count`.
const COUNTS: std::ops::RangeInclusive<i32> = 1..=50;

/// What a request knows of one `retry`.
#[derive(Clone, Copy, Default)]
struct Turns {
    /// How often there may be another turn.
    left: u32,
    /// How many further turns there were.
    made: u32,
    interval: Duration,
    delta: Option<Duration>,
    longest: Option<Duration>,
    is_first_fast: bool,
}

impl Policy for Retry {
    /// Told before the first turn.
    fn run<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let count = self.count.get(exchange)?;
        if !COUNTS.contains(&count) {
            return Err(unusable(&mut exchange.cx, "a number of retries from 1 to 50", &count.to_string()));
        }
        let interval = self.interval.get(exchange)?.duration();
        let longest = self.max_interval.as_ref().map(|time| time.get(exchange)).transpose()?;
        let delta = self.delta.as_ref().map(|time| time.get(exchange)).transpose()?;
        let is_first_fast = self.first_fast_retry.get(exchange)?;
        *exchange.state::<Turns, _>(self) = Turns {
            left: count.unsigned_abs(),
            made: 0,
            interval,
            delta: delta.map(|time| time.duration()),
            longest: longest.map(|time| time.duration()),
            is_first_fast,
        };
        Ok(Next::Continue)
    }

    /// Asked after a turn whose condition holds.
    fn attempt<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<Next, Throw> {
        let turns = *exchange.state::<Turns, _>(self);
        if turns.left == 0 {
            return Ok(Next::Otherwise);
        }
        if turns.waits() {
            return Ok(Next::Wait);
        }
        exchange.state::<Turns, _>(self).begin();
        Ok(Next::Continue)
    }

    fn wait<'a, 'x: 'a>(&'x self, exchange: &'a mut Exchange<'x>) -> Later<'a, Result<Next, Throw>> {
        Box::pin(async move {
            let mut random = [0; 8];
            exchange.services.ambient.random(&mut random);
            let time = exchange.state::<Turns, _>(self).interval(u64::from_le_bytes(random));
            exchange.services.timer.sleep(time).await;
            exchange.state::<Turns, _>(self).begin();
            Ok(Next::Continue)
        })
    }

    fn catches(&self, exchange: &mut Exchange<'_>) -> bool {
        exchange.state::<Turns, _>(self).left > 0
    }
}

impl Turns {
    fn begin(&mut self) {
        self.left = self.left.saturating_sub(1);
        self.made = self.made.saturating_add(1);
    }

    fn waits(&self) -> bool {
        !(self.interval(0).is_zero() || self.made == 0 && self.is_first_fast)
    }

    /// How long to wait for the next turn. The formula of the documentation, with n counted from 0 as in its example.
    fn interval(&self, random: u64) -> Duration {
        let time = match (self.delta, self.longest) {
            (None, _) => self.interval,
            (Some(delta), None) => self.interval.saturating_add(delta.saturating_mul(self.made)),
            (Some(delta), Some(_)) => {
                // From 0.8 to 1.2, in steps of a thousandth.
                let share = 800 + u32::try_from(random % 401).unwrap_or(0);
                let grown = delta.saturating_mul(1_u32.checked_shl(self.made).unwrap_or(u32::MAX) - 1);
                self.interval.saturating_add(grown / 1000 * share)
            }
        };
        self.longest.map_or(time, |longest| time.min(longest))
    }
}

#[cfg(all(test, feature = "check"))]
mod tests {
    use super::*;
    use crate::testing::{World, get, load, run};

    fn waits(attributes: &str, random: u8) -> Vec<u64> {
        let policy = load(&format!("<retry condition='true' {attributes}><base /></retry>"));
        let world = World::default();
        world.state().random = random;
        get("/").run(&world, |exchange| {
            assert_eq!(policy.run(exchange), Ok(Next::Continue));
            let mut turns = 0;
            while run(policy, exchange) == Ok(Next::Continue) {
                turns += 1;
                assert!(turns < 100, "it ends");
            }
            assert!(!policy.catches(exchange));
        });
        let slept: Vec<u64> = world.state().slept.iter().map(Duration::as_secs).collect();
        slept
    }

    #[test]
    fn waits_follow_the_attributes() {
        assert_eq!(waits("count='3' interval='10'", 0), [10, 10, 10]);
        assert!(waits("count='3' interval='0'", 0).is_empty());
        assert_eq!(waits("count='3' interval='10' first-fast-retry='true'", 0), [10, 10]);
        assert_eq!(waits("count='4' interval='1' delta='2'", 0), [1, 3, 5, 7]);
        assert_eq!(waits("count='5' interval='10' delta='10' max-interval='100'", 0), [10, 18, 34, 66, 100]);
        assert_eq!(waits("count='2' interval='20' max-interval='15'", 0), [15, 15]);
        assert_eq!(waits("count='50' interval='1' delta='2147483647' max-interval='7'", 255).last(), Some(&7));
    }

    #[test]
    fn errors_are_caught_while_turns_are_left() {
        let policy = load("<retry condition='true' count='1' interval='0'><base /></retry>");
        get("/").run(&World::default(), |exchange| {
            assert_eq!(policy.run(exchange), Ok(Next::Continue));
            assert!(policy.catches(exchange));
            assert_eq!(run(policy, exchange), Ok(Next::Continue));
            assert!(!policy.catches(exchange));
            assert_eq!(run(policy, exchange), Ok(Next::Otherwise));
        });
    }
}
