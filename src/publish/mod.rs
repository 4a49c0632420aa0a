//! From an `Outcome` to the solution document.
//!
//! * Takes the instance, the screening tables and the outcome; gives a `SolutionDoc`.
//! * **Invariant**: says only what earlier stages hold already: reasons are read, not
//!   reconstructed, and everything stands in the order of the instance.

mod sessions;
mod unserved;

use crate::availability::Availability;
use crate::conflict::ConflictTable;
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::eligibility::EligibilityTable;
use crate::format::{
    AssignmentDoc, Decimal, InstanceRefDoc, ObjectiveDoc, Role, RunDoc, SOLUTION_SCHEMA, SeatDoc,
    SeatReasonDoc, SolutionDoc, Status, StopReason,
};
use crate::milp::solver_name;
use crate::solution::{Objective, Plan, TIERS};
use crate::solve::{Outcome, Stop};
use crate::time::tzdb_version;

/// What the stages before `publish` have made of an instance.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// Findings about every pair.
    pub conflicts: &'a ConflictTable,
    /// Eligibility of every pair.
    pub eligibility: &'a EligibilityTable,
    /// Free time and burden of everyone.
    pub availability: &'a Availability,
}

/// Writes down an outcome. `elapsed_ms` is the wall-clock time of the run.
#[must_use]
pub fn publish(
    instance: &Instance,
    tables: Tables<'_>,
    outcome: &Outcome,
    elapsed_ms: u64,
) -> SolutionDoc {
    let plans = || outcome.solution.plans.iter().flatten();
    SolutionDoc {
        schema: SOLUTION_SCHEMA.to_owned(),
        instance: InstanceRefDoc {
            id: instance.id().to_owned(),
            digest: instance.digest().to_owned(),
        },
        from: None,
        selection: None,
        status: status(instance, outcome),
        stop_reason: outcome.stop.filter(|_| !outcome.is_proven()).map(stop_reason),
        objective: objective(instance, &outcome.objective),
        bound: Some(outcome.bounds[TIERS - 1]),
        gap: Some(Decimal(outcome.gap())),
        certificate: Some(outcome.certificate.clone()),
        assignments: plans().map(|plan| assignment(instance, tables, outcome, plan)).collect(),
        sessions: sessions::sessions(instance, tables.availability, &outcome.solution),
        burdens: sessions::burdens(instance, tables.availability, &outcome.solution),
        unserved: unserved::unserved(instance, tables, outcome),
        exclusions: tables.eligibility.exclusion_counts(instance).into_iter().collect(),
        run: RunDoc {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            solver: solver_name().to_owned(),
            tzdb: tzdb_version().to_owned(),
            seed: outcome.options.seed,
            gap: Decimal(outcome.options.gap),
            nodes: outcome.nodes,
            plans: outcome.plans,
            elapsed_ms,
        },
        notes: None,
    }
}

fn status(instance: &Instance, outcome: &Outcome) -> Status {
    if outcome.bounds[0] == 0 && !instance.disputes().is_empty() {
        Status::Infeasible
    } else if outcome.is_proven() {
        Status::Optimal
    } else {
        Status::Feasible
    }
}

fn stop_reason(stop: Stop) -> StopReason {
    match stop {
        Stop::TimeLimit => StopReason::TimeLimit,
        Stop::NodeLimit => StopReason::NodeLimit,
        Stop::Interrupted => StopReason::Interrupted,
    }
}

fn objective(instance: &Instance, objective: &Objective) -> ObjectiveDoc {
    let has_rotation = instance.policy().weights.rotation > 0;
    let terms = [
        ("panels", Some(objective.panels)),
        ("sessions", Some(objective.sessions)),
        ("frozen", objective.has_freeze.then_some(objective.frozen)),
        ("loads", objective.has_least.then_some(objective.loads)),
        ("sides", Some(objective.sides)),
        ("fit", Some(objective.fit)),
        ("burden", Some(objective.burden)),
        ("fairness", Some(objective.fairness)),
        ("lateness", Some(objective.lateness)),
        ("balance", Some(objective.balance)),
        ("rotation", has_rotation.then_some(objective.rotation)),
        ("disruption", instance.is_replanned().then_some(objective.disruption)),
        // WHY only where it is a tier: it is no sum, and means little beside a sum.
        ("worst", objective.worst_first.then_some(objective.worst)),
    ];
    let told = terms.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let below = instance.policy().levels.iter().zip(objective.below);
    let below = below.map(|(level, value)| (format!("below-{}", *level as f64 / 1e6), value));
    ObjectiveDoc { tiers: objective.told(), terms: told.chain(below).collect() }
}

fn assignment(
    instance: &Instance,
    tables: Tables<'_>,
    outcome: &Outcome,
    plan: &Plan,
) -> AssignmentDoc {
    let sits = |dispute: DisputeIx, mediator: MediatorIx| {
        outcome.solution.plans[dispute.ix()].as_ref().is_some_and(|p| p.panel.contains(&mediator))
    };
    let mut seats = plan.panel.clone();
    seats.sort_by_key(|mediator| (Some(*mediator) != plan.chair, *mediator));
    let role = |m: MediatorIx| if plan.chair == Some(m) { Role::Chair } else { Role::Member };
    AssignmentDoc {
        dispute: instance.dispute_name(plan.dispute).to_owned(),
        panel: seats
            .iter()
            .map(|m| SeatDoc { mediator: instance.mediator_name(*m).to_owned(), role: role(*m) })
            .collect(),
        reserves: outcome
            .reserves
            .get(plan.dispute.ix())
            .into_iter()
            .flatten()
            .map(|m| instance.mediator_name(*m).to_owned())
            .collect(),
        disclosures: tables
            .conflicts
            .disclosures_of_panel(instance, plan.dispute, &seats, &sits)
            .iter()
            .map(|(m, finding)| finding.to_disclosure(instance, plan.dispute, *m))
            .collect(),
        reasons: seats
            .iter()
            .map(|m| SeatReasonDoc {
                mediator: instance.mediator_name(*m).to_owned(),
                fit: instance.fit(plan.dispute, *m),
                better_fits: better_fits(instance, tables.eligibility, plan.dispute, *m),
            })
            .collect(),
    }
}

/// How many eligible mediators have a higher fit.
fn better_fits(
    instance: &Instance,
    eligibility: &EligibilityTable,
    dispute: DisputeIx,
    mediator: MediatorIx,
) -> u32 {
    let fit = instance.fit(dispute, mediator);
    eligibility.eligible(dispute).iter().filter(|(_, other, _)| *other > fit).count() as u32
}
