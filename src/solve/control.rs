//! What ends a run before its proof, and who is told of progress.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::domain::{Instance, Micro};
use crate::solution::{Objective, Plan, Solution};

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

/// What a run is at. Who is told of it cannot change the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// A first answer, one dispute after the other.
    FirstAnswer,
    /// A tier, by the word that solutions have for it.
    Tier(&'static str),
    /// Who could step in.
    Reserves,
}

/// Watches the clock and the user's wish to stop; passes on progress.
pub struct Control<'a> {
    started: Instant,
    limit: Option<Duration>,
    interrupted: Option<&'a AtomicBool>,
    progress: Option<&'a (dyn Fn(&News) + Sync)>,
    phases: Option<&'a (dyn Fn(Phase) + Sync)>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy)]
pub struct News {
    /// What the best answer is worth.
    pub objective: Objective,
    /// A proven bound of the quality tier, once there is one for what the tiers above are worth.
    pub bound: Option<Micro>,
    /// Disputes that have all that they ask for, panel and dates.
    pub served: usize,
    /// All disputes.
    pub disputes: usize,
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
        Self { started: Instant::now(), limit, interrupted, progress: None, phases: None }
    }

    /// The same, with somebody who is told of each better answer and bound.
    #[must_use]
    pub fn with_progress(mut self, progress: &'a (dyn Fn(&News) + Sync)) -> Self {
        self.progress = Some(progress);
        self
    }

    /// The same, with somebody who is told what the run is at.
    #[must_use]
    pub fn with_phases(mut self, phases: &'a (dyn Fn(Phase) + Sync)) -> Self {
        self.phases = Some(phases);
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

    /// Tells what the run is at.
    pub fn enter(&self, phase: Phase) {
        if let Some(phases) = self.phases {
            phases(phase);
        }
    }

    /// Tells how far the run has come: its best answer, and what that is worth.
    pub fn report(
        &self,
        instance: &Instance,
        (solution, objective): (&Solution, &Objective),
        bound: Option<Micro>,
    ) {
        if let Some(progress) = self.progress {
            let disputes = solution.plans.iter().zip(instance.disputes());
            let served = disputes.filter(|(plan, dispute)| {
                let has_dates = |plan: &Plan| plan.starts.is_some() || dispute.sessions.is_empty();
                plan.as_ref().is_some_and(has_dates)
            });
            let (served, disputes) = (served.count(), instance.disputes().len());
            progress(&News { objective: *objective, bound, served, disputes });
        }
    }
}
