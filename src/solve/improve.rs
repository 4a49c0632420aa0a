//! Whole answers: placing disputes one after the other, and re-placing small groups of them.
//!
//! * Placing takes, for each dispute in turn, its best plan beside what is taken already, exactly
//!   priced. Prices, where given, tell it what its wishes cost those that come later.
//! * Improving takes a dispute that has not got its best plan together with those that stand in
//!   its way, and places them anew; it keeps what is better in the order of the tiers.
//! * Deterministic: no clock and no chance decides, but the time limit ends it early.

use rayon::prelude::*;

use super::Engine;
use super::price::{Market, best_plans};
use super::prices::{NANO, Prices, Tier};
use super::restriction::Restriction;
use super::taken::Taken;
use crate::domain::DisputeIx;
use crate::solution::{Objective, Plan, Solution, evaluate};

/// What a point of priority is worth when placing: a panel more than any dates, dates more than
/// any quality.
const PANEL_FIRST: i64 = 4_000_000_000_000_000;
const DATES_FIRST: i64 = 1_000_000_000_000_000;

/// What a point-minute of the worse-off side costs when placing, where sides come first.
const SIDES_FIRST: i64 = 1_000_000_000;

/// At most so many disputes in the way are taken up together with one.
const GROUP: usize = 3;

/// Passes over the docket.
const PASSES: usize = 4;

/// An answer and its value.
#[derive(Debug, Clone)]
pub(crate) struct Incumbent {
    pub(crate) solution: Solution,
    pub(crate) objective: Objective,
}

impl Incumbent {
    pub(crate) fn new(engine: &Engine<'_>, solution: Solution) -> Self {
        let objective = evaluate(engine.instance, engine.availability, &solution);
        Self { solution, objective }
    }
}

/// Places the disputes of `order` beside the plans that `solution` has.
pub(crate) fn place(
    engine: &Engine<'_>,
    solution: &mut Solution,
    taken: &mut Taken<'_>,
    order: &[DisputeIx],
    guide: Option<&Prices>,
) {
    for dispute in order {
        let plan = best_beside(engine, *dispute, Some(taken), guide);
        if let Some(plan) = &plan {
            taken.add(plan);
        }
        solution.plans[dispute.ix()] = plan;
    }
}

/// The best plan of a dispute beside what is taken.
fn best_beside(
    engine: &Engine<'_>,
    dispute: DisputeIx,
    taken: Option<&Taken<'_>>,
    guide: Option<&Prices>,
) -> Option<Plan> {
    let mut prices = guide.cloned().unwrap_or_else(|| Prices::zero(engine.instance));
    prices.panels = PANEL_FIRST;
    prices.scheduled = DATES_FIRST;
    if engine.instance.policy().worse_off_first {
        prices.sides = SIDES_FIRST;
    }
    if let Some(taken) = taken {
        // One more dispute of a mediator costs what balance says (docs/model.md).
        let balance = engine.instance.policy().weights.balance * NANO;
        for mediator in engine.instance.mediator_indices() {
            let marginal = balance * i64::from(taken.load(mediator));
            let price = &mut prices.cases[mediator.ix()];
            *price = (*price).max(marginal);
        }
    }
    let market = Market {
        instance: engine.instance,
        availability: engine.availability,
        prices: &prices,
        tier: Tier::Quality,
        taken,
    };
    let space = &engine.spaces[dispute.ix()];
    let found = best_plans(market, space, &Restriction::default(), None);
    found.into_iter().next().map(|priced| priced.plan)
}

/// An answer from nothing: the disputes with the least room to move first.
pub(crate) fn construct(engine: &Engine<'_>, guide: Option<&Prices>) -> Incumbent {
    let mut order: Vec<DisputeIx> = engine.spaces.iter().map(|space| space.dispute).collect();
    order.sort_by_key(|d| {
        let space = &engine.spaces[d.ix()];
        let room = space.sessions.iter().map(|s| s.starts.len()).min().unwrap_or(usize::MAX);
        (std::cmp::Reverse(space.priority), room, space.members.len(), *d)
    });
    let mut solution = Solution::empty(engine.spaces.len());
    let mut taken = Taken::new(engine.world(), engine.batch);
    place(engine, &mut solution, &mut taken, &order, guide);
    Incumbent::new(engine, solution)
}

/// An answer that keeps the given plans as far as they go together, the first ones first.
pub(crate) fn complete(engine: &Engine<'_>, plans: &[Plan], guide: &Prices) -> Incumbent {
    let mut solution = Solution::empty(engine.spaces.len());
    let mut taken = Taken::new(engine.world(), engine.batch);
    for plan in plans {
        let seat = &mut solution.plans[plan.dispute.ix()];
        if seat.is_none() && taken.admits(plan) {
            taken.add(plan);
            *seat = Some(plan.clone());
        }
    }
    let open: Vec<DisputeIx> =
        engine.instance.dispute_indices().filter(|d| solution.plans[d.ix()].is_none()).collect();
    place(engine, &mut solution, &mut taken, &open, Some(guide));
    Incumbent::new(engine, solution)
}

/// Re-places groups of disputes that stand in each other's way until a pass changes nothing.
pub(crate) fn improve(engine: &Engine<'_>, start: Incumbent) -> Incumbent {
    let ideals: Vec<Option<Plan>> =
        engine.spaces.par_iter().map(|s| best_beside(engine, s.dispute, None, None)).collect();
    let mut best = start;
    for _ in 0..PASSES {
        let before = best.objective;
        for dispute in engine.instance.dispute_indices() {
            if engine.control.should_stop() {
                return best;
            }
            let Some(ideal) = &ideals[dispute.ix()] else { continue };
            if best.solution.plans[dispute.ix()].as_ref() == Some(ideal) {
                continue;
            }
            let mut group = in_the_way(engine, &best.solution, ideal);
            group.truncate(GROUP);
            group.insert(0, dispute);
            let mut turned = group.clone();
            turned.rotate_left(1);
            let (one, other) = rayon::join(
                || replace(engine, &best.solution, &group),
                || replace(engine, &best.solution, &turned),
            );
            for candidate in [one, other] {
                if candidate.objective.tiers() > best.objective.tiers() {
                    best = candidate;
                }
            }
        }
        if best.objective == before {
            break;
        }
    }
    best
}

/// The disputes whose plans cannot stand beside `plan`, or share a mediator with it.
fn in_the_way(engine: &Engine<'_>, solution: &Solution, plan: &Plan) -> Vec<DisputeIx> {
    let mut alone = Taken::new(engine.world(), engine.batch);
    alone.add(plan);
    solution
        .plans
        .iter()
        .flatten()
        .filter(|other| other.dispute != plan.dispute)
        .filter(|other| !alone.admits(other) || other.panel.iter().any(|m| plan.panel.contains(m)))
        .map(|other| other.dispute)
        .collect()
}

/// The answer with the group placed anew in that order.
fn replace(engine: &Engine<'_>, solution: &Solution, group: &[DisputeIx]) -> Incumbent {
    let mut solution = solution.clone();
    for dispute in group {
        solution.plans[dispute.ix()] = None;
    }
    let mut taken = Taken::new(engine.world(), engine.batch);
    for plan in solution.plans.iter().flatten() {
        taken.add(plan);
    }
    place(engine, &mut solution, &mut taken, group, None);
    Incumbent::new(engine, solution)
}
