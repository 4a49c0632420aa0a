//! Whole answers: placing disputes one after the other, and re-placing small groups of them.
//!
//! * Placing takes, for each dispute in turn, its best plan beside what is taken already, exactly
//!   priced. Prices, where given, tell it what its wishes cost those that come later.
//! * Improving takes a dispute that has not got its best plan together with those that stand in
//!   its way, and places them anew; it keeps what is better in the order of the tiers.
//! * Deterministic: no clock and no chance decides, but the time limit ends it early.

use rayon::prelude::*;

use super::Engine;
use super::holds::people;
use super::price::{Market, best_plans};
use super::prices::{Prices, Tier};
use super::restriction::Restriction;
use super::taken::Taken;
use crate::domain::{ActorIx, DisputeIx, Instance, Micro};
use crate::solution::{BEST_SERVICE, Objective, Plan, Solution, evaluate, evaluate_alone, service};

/// What a point of priority is worth when placing: a panel more than any dates, dates more than
/// any quality.
const PANEL_FIRST: i64 = 4_000_000_000_000_000;
pub(super) const DATES_FIRST: i64 = 1_000_000_000_000_000;

/// What a point-minute of the worse-off side costs when placing, where sides come first.
const SIDES_FIRST: i64 = 1_000_000_000;

/// What a session costs when placing that moves although it was to be within the freeze period.
const FREEZE_FIRST: i64 = 100_000_000_000_000;

/// At most so many disputes in the way are taken up together with one.
const GROUP: usize = 3;

/// Passes over the docket, unless the docket is large.
pub(crate) const PASSES: usize = 4;

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

    /// Takes over a better answer; true when it was one.
    pub(crate) fn offer(&mut self, candidate: Self) -> bool {
        let better = candidate.objective.tiers() > self.objective.tiers();
        if better {
            *self = candidate;
        }
        better
    }
}

/// Places the disputes of `order` beside the plans that `solution` has.
pub(crate) fn place(
    engine: &Engine<'_>,
    solution: &mut Solution,
    taken: &mut Taken<'_>,
    order: &[DisputeIx],
    prices: &Prices,
) {
    for dispute in order {
        let plan = best_beside(engine, *dispute, Some(taken), prices);
        if let Some(plan) = &plan {
            taken.add(plan);
        }
        solution.plans[dispute.ix()] = plan;
    }
}

/// Prices for placing: panels before dates before quality, at those of a guide where there is one.
fn placing(engine: &Engine<'_>, guide: Option<&Prices>) -> Prices {
    let mut prices = guide.cloned().unwrap_or_else(|| Prices::zero(engine.instance));
    prices.panels = PANEL_FIRST;
    prices.scheduled = DATES_FIRST;
    put_first(engine.instance, &mut prices);
    prices
}

/// Has plans cost what comes before quality and after being served.
pub(super) fn put_first(instance: &Instance, prices: &mut Prices) {
    if instance.has_freeze() {
        prices.frozen = FREEZE_FIRST;
    }
    if instance.policy().worse_off_first {
        prices.sides = SIDES_FIRST;
    }
}

/// The best plan of a dispute beside what is taken.
fn best_beside(
    engine: &Engine<'_>,
    dispute: DisputeIx,
    taken: Option<&Taken<'_>>,
    prices: &Prices,
) -> Option<Plan> {
    let market = Market {
        instance: engine.instance,
        availability: engine.availability,
        prices,
        tier: Tier::Quality,
        taken,
    };
    let space = &engine.spaces[dispute.ix()];
    let found = best_plans(market, space, &Restriction::default(), None, 1);
    found.into_iter().next().map(|priced| priced.plan)
}

/// An answer from nothing: first the disputes that can keep what an earlier plan gave them, where there is one (beside
/// each other, they mostly do); then those with the least room to move.
pub(crate) fn construct(engine: &Engine<'_>, guide: Option<&Prices>) -> Incumbent {
    let mut order: Vec<DisputeIx> = engine.spaces.iter().map(|space| space.dispute).collect();
    order.sort_by_key(|d| {
        let space = &engine.spaces[d.ix()];
        let room = space.sessions.iter().map(|s| s.starts.len()).min().unwrap_or(usize::MAX);
        let moves = !space.keeps(engine.instance);
        (moves, std::cmp::Reverse(space.priority), room, space.members.len(), *d)
    });
    let mut solution = Solution::empty(engine.spaces.len());
    let mut taken = engine.nothing_taken();
    place(engine, &mut solution, &mut taken, &order, &placing(engine, guide));
    Incumbent::new(engine, solution)
}

/// An answer that keeps the given plans as far as they go together, the first ones first.
pub(crate) fn complete(engine: &Engine<'_>, plans: &[Plan], guide: &Prices) -> Incumbent {
    let mut solution = Solution::empty(engine.spaces.len());
    let mut taken = engine.nothing_taken();
    for plan in plans {
        let seat = &mut solution.plans[plan.dispute.ix()];
        if seat.is_none() && taken.admits(plan) {
            taken.add(plan);
            *seat = Some(plan.clone());
        }
    }
    let open: Vec<DisputeIx> =
        engine.instance.dispute_indices().filter(|d| solution.plans[d.ix()].is_none()).collect();
    place(engine, &mut solution, &mut taken, &open, &placing(engine, Some(guide)));
    Incumbent::new(engine, solution)
}

/// Re-places groups of disputes that stand in each other's way until a pass changes nothing.
///
/// With `guide`, plans are chosen at these prices, though answers are compared by what they are
/// worth.
pub(crate) fn improve(
    engine: &Engine<'_>,
    start: Incumbent,
    guide: Option<&Prices>,
    passes: usize,
) -> Incumbent {
    let prices = placing(engine, guide);
    let ideals: Vec<Option<Plan>> =
        engine.spaces.par_iter().map(|s| best_beside(engine, s.dispute, None, &prices)).collect();
    let mut bench = [Bench::new(engine, &start.solution), Bench::new(engine, &start.solution)];
    let mut best = start;
    for _ in 0..passes {
        let mut changed = false;
        for dispute in engine.instance.dispute_indices() {
            if engine.control.should_stop() {
                return best;
            }
            let Some(ideal) = &ideals[dispute.ix()] else { continue };
            if best.solution.plans[dispute.ix()].as_ref() == Some(ideal) {
                continue;
            }
            let mut group = in_the_way(engine, &bench[0], &best.solution, ideal);
            group.truncate(GROUP);
            group.insert(0, dispute);
            let mut turned = group.clone();
            turned.rotate_left(1);
            let [one, other] = &mut bench;
            let before = &best;
            let tries = rayon::join(
                || one.replace(before, &group, &prices),
                || other.replace(before, &turned, &prices),
            );
            let (a, b) = (&tries.0, &tries.1);
            let better = if b.1.tiers() > a.1.tiers() { b } else { a };
            if better.1.tiers() > best.objective.tiers() {
                for bench in &mut bench {
                    bench.accept(&best.solution, &better.0);
                }
                for (dispute, plan) in &better.0 {
                    best.solution.plans[dispute.ix()].clone_from(plan);
                }
                best.objective = better.1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    best
}

/// New plans of some disputes.
type Change = Vec<(DisputeIx, Option<Plan>)>;

/// Where groups of an answer are placed anew, again and again.
struct Bench<'e, 'a> {
    engine: &'e Engine<'a>,
    taken: Taken<'e>,
    /// By dispute, everyone who sits in its sessions.
    people: Vec<Vec<ActorIx>>,
    /// By dispute, its service; the best where it has no panel.
    service: Vec<Micro>,
}

impl<'e, 'a> Bench<'e, 'a> {
    fn new(engine: &'e Engine<'a>, solution: &Solution) -> Self {
        let mut taken = engine.nothing_taken();
        solution.plans.iter().flatten().for_each(|plan| taken.add(plan));
        let people = solution.plans.iter().map(|plan| people_of(engine, plan.as_ref())).collect();
        let service = solution.plans.iter().map(|plan| service_of(engine, plan.as_ref())).collect();
        Self { engine, taken, people, service }
    }

    /// Places a group anew in that order, and leaves everything as it was.
    fn replace(
        &mut self,
        before: &Incumbent,
        group: &[DisputeIx],
        prices: &Prices,
    ) -> (Change, Objective) {
        let engine = self.engine;
        let old = |dispute: &DisputeIx| before.solution.plans[dispute.ix()].as_ref();
        group.iter().filter_map(old).for_each(|plan| self.taken.remove(plan));
        let mut change: Change = Vec::with_capacity(group.len());
        for dispute in group {
            let plan = best_beside(engine, *dispute, Some(&self.taken), prices);
            if let Some(plan) = &plan {
                self.taken.add(plan);
            }
            change.push((*dispute, plan));
        }
        let mut objective = before.objective;
        let alone = |plan: &Plan| evaluate_alone(engine.instance, engine.availability, plan);
        for plan in group.iter().filter_map(old) {
            objective = objective.less(&alone(plan));
        }
        for plan in change.iter().filter_map(|(_, plan)| plan.as_ref()) {
            objective = objective.plus(&alone(plan));
        }
        objective.balance = self.taken.balance();
        objective.loads = self.taken.loads();
        if objective.worst_first {
            let others = (0..).zip(&self.service).filter(|(d, _)| !group.contains(&DisputeIx(*d)));
            let changed = change.iter().map(|(_, plan)| service_of(engine, plan.as_ref()));
            let all = others.map(|(_, service)| *service).chain(changed);
            objective.worst = all.min().unwrap_or(BEST_SERVICE);
        }
        change.iter().filter_map(|(_, plan)| plan.as_ref()).for_each(|p| self.taken.remove(p));
        group.iter().filter_map(old).for_each(|plan| self.taken.add(plan));
        (change, objective)
    }

    /// Takes over a change of an answer.
    fn accept(&mut self, before: &Solution, change: &Change) {
        let old = |dispute: &DisputeIx| before.plans[dispute.ix()].as_ref();
        let gone = change.iter().filter_map(|(dispute, _)| old(dispute));
        gone.for_each(|plan| self.taken.remove(plan));
        for (dispute, plan) in change {
            if let Some(plan) = plan {
                self.taken.add(plan);
            }
            self.people[dispute.ix()] = people_of(self.engine, plan.as_ref());
            self.service[dispute.ix()] = service_of(self.engine, plan.as_ref());
        }
    }
}

/// The service of a dispute; the best where it has no panel, so that it never counts as the worst.
fn service_of(engine: &Engine<'_>, plan: Option<&Plan>) -> Micro {
    plan.map_or(BEST_SERVICE, |plan| service(engine.instance, plan))
}

/// Everyone who sits in the sessions of a plan, in order.
fn people_of(engine: &Engine<'_>, plan: Option<&Plan>) -> Vec<ActorIx> {
    let all = plan.into_iter().flat_map(|plan| people(engine.world(), plan));
    let mut all: Vec<ActorIx> = all.map(|hold| hold.person).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The disputes whose plans cannot stand beside `plan`, or share a mediator or a full
/// cap with it.
fn in_the_way(
    engine: &Engine<'_>,
    bench: &Bench<'_, '_>,
    solution: &Solution,
    plan: &Plan,
) -> Vec<DisputeIx> {
    let mut alone = Taken::new(engine.world(), engine.batch);
    alone.add(plan);
    let own = people_of(engine, Some(plan));
    let has_rooms = !plan.staff.iter().all(|staff| staff.rooms.is_empty());
    let meets = |other: &Plan| {
        has_rooms || bench.people[other.dispute.ix()].iter().any(|p| own.binary_search(p).is_ok())
    };
    let shares = |other: &Plan| other.panel.iter().any(|m| plan.panel.contains(m));
    let old = solution.plans[plan.dispute.ix()].as_ref();
    let overfilled = bench.taken.overfilled(plan, old);
    let fills = |other: &Plan| {
        !overfilled.is_empty() && engine.batch.uses(other).any(|(row, _)| overfilled.contains(&row))
    };
    solution
        .plans
        .iter()
        .flatten()
        .filter(|other| other.dispute != plan.dispute)
        .filter(|other| shares(other) || fills(other) || (meets(other) && !alone.admits(other)))
        .map(|other| other.dispute)
        .collect()
}
