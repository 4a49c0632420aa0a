//! What ends a run before its proof, and who is told of progress.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::domain::Micro;
use crate::solution::Objective;

/// Why a run ended before its proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The time limit.
    TimeLimit,
    /// The limit on nodes.
    NodeLimit,
    /// The user.
    Interrupted,
}

/// Watches the clock and the user's wish to stop; passes on progress.
pub struct Control<'a> {
    started: Instant,
    limit: Option<Duration>,
    interrupted: Option<&'a AtomicBool>,
    progress: Option<&'a (dyn Fn(&News) + Sync)>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy)]
pub struct News {
    /// What the best answer is worth.
    pub objective: Objective,
    /// A proven bound of the quality tier, once there is one for what the tiers above are worth.
    pub bound: Option<Micro>,
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("limit", &self.limit).finish_non_exhaustive()
    }
}

impl<'a> Control<'a> {
    /// A control that begins now.
    #[must_use]
    pub fn new(limit: Option<Duration>, interrupted: Option<&'a AtomicBool>) -> Self {
        Self { started: Instant::now(), limit, interrupted, progress: None }
    }

    /// The same, with somebody who is told of each better answer and bound.
    #[must_use]
    pub fn with_progress(mut self, progress: &'a (dyn Fn(&News) + Sync)) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Why the run should end now, if it should.
    #[must_use]
    pub fn stop_reason(&self) -> Option<Stop> {
        if self.interrupted.is_some_and(|flag| flag.load(Ordering::Relaxed)) {
            return Some(Stop::Interrupted);
        }
        self.limit.is_some_and(|limit| self.started.elapsed() >= limit).then_some(Stop::TimeLimit)
    }

    /// True when the run should end now.
    #[must_use]
    pub fn should_stop(&self) -> bool {
        self.stop_reason().is_some()
    }

    /// Seconds left, where there is a limit; at least a hundredth.
    #[must_use]
    pub fn seconds_left(&self) -> Option<f64> {
        self.limit.map(|limit| limit.saturating_sub(self.started.elapsed()).as_secs_f64().max(0.01))
    }

    /// Tells how far the run has come.
    pub fn report(&self, objective: &Objective, bound: Option<Micro>) {
        if let Some(progress) = self.progress {
            progress(&News { objective: *objective, bound });
        }
    }
}
