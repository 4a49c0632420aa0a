//! One mediator in one dispute: could she sit there, beside the rest of an answer, and at what
//! cost?

use super::batch::{Batch, SeatRow};
use super::holds::World;
use super::improve::{DATES_FIRST, put_first};
use super::price::{Market, best_plans};
use super::prices::{NANO, Prices, Tier};
use super::restriction::{Decision, Question, Restriction};
use super::space::PlanSpace;
use super::taken::Taken;
use crate::availability::Availability;
use crate::conflict::ConflictTable;
use crate::domain::{DisputeIx, Group, Instance, MOST_LEVELS, MediatorIx};
use crate::eligibility::EligibilityTable;
use crate::solution::{Objective, Plan, Solution, evaluate};

/// What would come of seating a mediator in a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seating {
    /// No panel with her meets the dispute's requirements.
    NoPanel,
    /// Panels with her exist, but none has dates together with the parties.
    NoDates,
    /// Her capacity is used up by other disputes of the answer.
    NoCapacity,
    /// Together with disputes that she has in the answer it would be a conflict (A6).
    InBatch,
    /// A group that she is in has all the seats that its cap leaves it (A7).
    Capped(Group),
    /// The other disputes of the answer leave no dates for a panel with her.
    Taken,
    /// No panel with her serves the dispute as well as the worst-served one of the answer, or leaves as few below the
    /// levels of service, where that comes first.
    Worse,
    /// She could sit; the value of the answer with only this dispute planned anew.
    Possible(Box<Objective>),
}

/// Finds out what would come of it, the rest of the answer unchanged. Exact.
#[must_use]
pub fn try_seat(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    solution: &Solution,
    (dispute, mediator): (DisputeIx, MediatorIx),
) -> Seating {
    let batch = Batch::new(instance, eligibility);
    let mut space = PlanSpace::new(instance, conflicts, eligibility, availability, &batch, dispute);
    let wants_dates = !space.sessions.is_empty();
    let mut restriction = Restriction::default();
    restriction.add(&Decision { dispute, question: Question::Seat(mediator), yes: true });
    let mut prices = Prices::zero(instance);
    prices.scheduled = DATES_FIRST;
    put_first(instance, &mut prices);
    let best = |space: &PlanSpace, prices: &Prices, taken: Option<&Taken<'_>>| {
        let tier = Tier::Quality;
        let market = Market { instance, availability, prices, tier, taken };
        best_plans(market, space, &restriction, None, 1)
            .into_iter()
            .next()
            .map(|priced| priced.plan)
    };
    match best(&space, &prices, None) {
        None => return Seating::NoPanel,
        Some(plan) if wants_dates && plan.starts.is_none() => return Seating::NoDates,
        Some(_) => {}
    }
    let mut others = solution.clone();
    others.plans[dispute.ix()] = None;
    // WHY no panel below any level is for nothing: alone, the higher service is the better by every level.
    let mut taken =
        Taken::new(World::new(instance, availability), &batch).with_quota([0; MOST_LEVELS]);
    for plan in others.plans.iter().flatten() {
        taken.add(plan);
    }
    if !taken.has_capacity(instance, mediator, instance.effort(dispute, mediator)) {
        return Seating::NoCapacity;
    }
    if let Some(row) = taken.full_row(batch.of(dispute, mediator)) {
        return match batch.row(row) {
            SeatRow::InBatch(_) => Seating::InBatch,
            SeatRow::Cap(cap) => Seating::Capped(cap.group.clone()),
        };
    }
    // WHY: one more dispute of a mediator costs what balance says, and her fellow members are
    // chosen by it too.
    for m in instance.mediator_indices() {
        prices.cases[m.ix()] = instance.policy().weights.balance * NANO * i64::from(taken.load(m));
    }
    let dated = |plan: &Plan| plan.starts.is_some() || !wants_dates;
    let Some(mut plan) = best(&space, &prices, Some(&taken)).filter(dated) else {
        return Seating::Taken;
    };
    if instance.policy().worst_first {
        // WHY only now: who cannot sit at all is told the reason for that.
        space.demand(evaluate(instance, availability, solution).worst);
        match best(&space, &prices, Some(&taken)).filter(dated) {
            Some(well) => plan = well,
            None => return Seating::Worse,
        }
    }
    others.plans[dispute.ix()] = Some(plan);
    let with = evaluate(instance, availability, &others);
    // What the levels above quality lose, where the dispute was served at all.
    let now = evaluate(instance, availability, solution);
    let above = Tier::Below(0).ix();
    if with.tiers()[..above] == now.tiers()[..above] && with.below < now.below {
        return Seating::Worse;
    }
    Seating::Possible(Box::new(with))
}
