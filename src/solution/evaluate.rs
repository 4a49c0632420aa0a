//! The value of an answer, term by term, recomputed from the answer alone.

use super::{Plan, Solution};
use crate::availability::Availability;
use crate::domain::{Dispute, Instance, MediatorIx, Micro};

/// Every term of the objective, in micro-units (docs/model.md, "What is maximised").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Objective {
    /// Tier 1: priority of the disputes that have a panel.
    pub panels: Micro,
    /// Tier 2: priority of those that have all their sessions.
    pub sessions: Micro,
    /// Worth of the seats.
    pub fit: Micro,
    /// Cost of out-of-hours time, not positive.
    pub burden: Micro,
    /// Cost of uneven load, not positive.
    pub balance: Micro,
}

impl Objective {
    /// Tier 3.
    #[must_use]
    pub fn quality(&self) -> Micro {
        self.fit + self.burden + self.balance
    }
    /// The tiers, compared lexicographically.
    #[must_use]
    pub fn tiers(&self) -> [Micro; 3] {
        [self.panels, self.sessions, self.quality()]
    }
}

/// Worth of a seat: `floor(w_fit x fit / 1,000,000)`.
#[must_use]
pub fn seat_worth(weight: Micro, fit: Micro) -> Micro {
    (i128::from(weight) * i128::from(fit)).div_euclid(1_000_000) as Micro
}

/// Recomputes every term of an answer. Complexity: linear in its seats and attendances.
#[must_use]
pub fn evaluate(
    instance: &Instance,
    availability: &Availability,
    solution: &Solution,
) -> Objective {
    let weights = instance.policy().weights;
    let mut objective = Objective::default();
    let mut load = vec![0_i64; instance.mediators().len()];
    for plan in solution.plans.iter().flatten() {
        let dispute = instance.dispute(plan.dispute);
        let worth = 1_000_000 * dispute.priority;
        objective.panels += worth;
        if plan.starts.is_some() || dispute.sessions.is_empty() {
            objective.sessions += worth;
        }
        for mediator in &plan.panel {
            load[mediator.ix()] += 1;
            objective.fit += seat_worth(weights.fit, instance.fit(plan.dispute, *mediator));
        }
        objective.burden -= weights.burden * plan_points(instance, availability, dispute, plan);
    }
    objective.balance = -weights.balance * load.iter().map(|l| l * (l - 1) / 2).sum::<i64>();
    objective
}

/// Point-minutes of everyone in every session of a plan.
fn plan_points(
    instance: &Instance,
    availability: &Availability,
    dispute: &Dispute,
    plan: &Plan,
) -> i64 {
    let starts = plan.starts.iter().flatten();
    dispute
        .sessions
        .iter()
        .zip(starts)
        .map(|(session, start)| {
            let panel = plan.panel.iter().map(|m: &MediatorIx| instance.mediator(*m).actor);
            session
                .attendees
                .iter()
                .copied()
                .chain(panel)
                .filter_map(|person| availability.of(person, session.mode))
                .map(|profile| profile.points(*start, session.slots))
                .sum::<i64>()
        })
        .sum()
}
