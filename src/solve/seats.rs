//! Seats by procedure: who may still be seated as disputes are given their panels one after the other.
//!
//! * Takes an instance with its tables; gives a table of [`Seats`] that knows what has been given away.
//! * **Invariant**: whoever may be next completes a lawful panel, with dates where the dispute can have dates by itself,
//!   together with mediators who all have room left. `check` holds the same of a draw, in its own words.
//! * [`appraise`] bounds an answer that no search has made: by what every dispute could have by itself.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::batch::Batch;
use super::bound::price_all;
use super::certificate::{certificate, root};
use super::holds::World;
use super::improve::DATES_FIRST;
use super::price::{Market, PricedPlan, best_plans};
use super::prices::{Held, Prices, Tier};
use super::restriction::Restriction;
use super::search::TierResult;
use super::space::PlanSpace;
use super::taken::Taken;
use super::{Control, Engine, Options, Outcome, alone, reserves, spaces, worst};
use crate::availability::Availability;
use crate::conflict::ConflictTable;
use crate::domain::{DisputeIx, Instance, MOST_LEVELS, MediatorIx, Micro};
use crate::eligibility::EligibilityTable;
use crate::solution::{Plan, Solution, TIERS, evaluate};

/// What a panel is worth before its dates when a dispute takes the best that is left.
const PANEL_FIRST: i64 = 4 * DATES_FIRST;

/// How many others are tried first to complete a panel.
const FEW: usize = 8;

/// Who has been seated, and who may be.
pub(crate) struct Seats<'a> {
    engine: Engine<'a>,
    /// By dispute: whether it could have a panel by itself, and one with dates.
    could: Vec<(bool, bool)>,
    taken: Taken<'a>,
    /// Nothing costs anything.
    free: Prices,
    /// A panel before dates, dates before quality.
    placing: Prices,
}

/// Hands a table on which nothing has been given away to a procedure.
pub(crate) fn with_seats<R>(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    procedure: impl FnOnce(&mut Seats<'_>) -> R,
) -> R {
    let batch = Batch::new(instance, eligibility);
    let spaces = spaces(instance, conflicts, eligibility, availability, &batch);
    let (control, options) = (Control::new(None, None), Options::default());
    let quota = [0; MOST_LEVELS];
    let engine =
        Engine { instance, availability, spaces, batch: &batch, control: &control, options, quota };
    let free = Prices::zero(instance);
    let placing = Prices { panels: PANEL_FIRST, scheduled: DATES_FIRST, ..free.clone() };
    let lone = |space: &PlanSpace| {
        let market =
            Market { instance, availability, prices: &free, tier: Tier::Sessions, taken: None };
        let could = |scheduled: bool| {
            let restriction = Restriction { forced: true, scheduled, ..Restriction::default() };
            !best_plans(market, space, &restriction, None, 1).is_empty()
        };
        (could(false), !space.sessions.is_empty() && could(true))
    };
    let could = engine.spaces.par_iter().map(lone).collect();
    procedure(&mut Seats {
        could,
        taken: Taken::new(World::new(instance, availability), &batch),
        engine,
        free,
        placing,
    })
}

impl Seats<'_> {
    /// True when the dispute could have a panel if it were the only one.
    pub(crate) fn is_open(&self, dispute: DisputeIx) -> bool {
        self.could[dispute.ix()].0
    }

    /// Who may sit in the dispute at all, in roster order.
    pub(crate) fn members(&self, dispute: DisputeIx) -> Vec<MediatorIx> {
        self.engine.spaces[dispute.ix()].members.iter().map(|member| member.mediator).collect()
    }

    /// The number of disputes that a mediator has been given.
    pub(crate) fn load(&self, mediator: MediatorIx) -> u32 {
        self.taken.load(mediator)
    }

    /// True when a mediator has room for one more seat beside these fellow members: disputes, hours, what this batch
    /// would make a conflict, caps.
    pub(crate) fn has_room(
        &self,
        dispute: DisputeIx,
        beside: &[MediatorIx],
        mediator: MediatorIx,
    ) -> bool {
        let (instance, batch) = (self.engine.instance, self.engine.batch);
        let effort = instance.effort(dispute, mediator);
        let seats = beside.iter().filter(|m| **m != mediator).chain([&mediator]);
        self.taken.has_capacity(instance, mediator, effort)
            && self.taken.full_row(batch.of(dispute, mediator)).is_none()
            && self.taken.may_join(seats.flat_map(|m| batch.of(dispute, *m)))
    }

    /// True when a mediator may take the next seat beside those who have been chosen for the dispute.
    pub(crate) fn may_be_next(
        &self,
        dispute: DisputeIx,
        chosen: &[MediatorIx],
        mediator: MediatorIx,
    ) -> bool {
        let space = &self.engine.spaces[dispute.ix()];
        if chosen.contains(&mediator) || !self.has_room(dispute, chosen, mediator) {
            return false;
        }
        let mut required = chosen.to_vec();
        required.push(mediator);
        if required.len() == space.size {
            return self.completes(space, &required, &[]);
        }
        let has_room =
            |m: &MediatorIx| !required.contains(m) && self.has_room(dispute, &required, *m);
        let all = space.members.iter().map(|member| member.mediator);
        let others: Vec<MediatorIx> = all.filter(has_room).collect();
        // WHY a few first: they mostly do, and looking at everybody's hours is what takes time.
        let few: Vec<MediatorIx> =
            others.iter().step_by((others.len() / FEW).max(1)).copied().collect();
        self.completes(space, &required, &few)
            || (few.len() < others.len() && self.completes(space, &required, &others))
    }

    /// True when these and some of the others make a lawful panel, with dates where the dispute can have dates.
    fn completes(&self, space: &PlanSpace, required: &[MediatorIx], others: &[MediatorIx]) -> bool {
        let is_out = |m: &MediatorIx| !required.contains(m) && !others.contains(m);
        let all = space.members.iter().map(|member| member.mediator);
        let restriction = Restriction {
            required: required.to_vec(),
            forbidden: all.filter(is_out).collect(),
            forced: true,
            scheduled: self.could[space.dispute.ix()].1,
            ..Restriction::default()
        };
        let market = Market {
            instance: self.engine.instance,
            availability: self.engine.availability,
            prices: &self.free,
            // WHY this tier: in it nothing has a worth but to have dates at all.
            tier: Tier::Sessions,
            taken: None,
        };
        !best_plans(market, space, &restriction, None, 1).is_empty()
    }

    /// The first so many of these who may take the next seat, in their order.
    pub(crate) fn first(
        &self,
        dispute: DisputeIx,
        chosen: &[MediatorIx],
        order: &[MediatorIx],
        count: usize,
    ) -> Vec<MediatorIx> {
        let mut found = Vec::with_capacity(count);
        // WHY in handfuls: most may, and asking is what takes time.
        for handful in order.chunks(count.max(4)) {
            let may: Vec<bool> =
                handful.par_iter().map(|m| self.may_be_next(dispute, chosen, *m)).collect();
            found.extend(handful.iter().zip(may).filter(|(_, may)| *may).map(|(m, _)| *m));
            if found.len() >= count {
                found.truncate(count);
                break;
            }
        }
        found
    }

    /// Gives a dispute its panel or a part of it, without dates.
    pub(crate) fn give(&mut self, dispute: DisputeIx, panel: &[MediatorIx]) {
        self.taken.add(&seated(dispute, panel));
    }

    /// Takes back what was given.
    pub(crate) fn take_back(&mut self, dispute: DisputeIx, panel: &[MediatorIx]) {
        self.taken.remove(&seated(dispute, panel));
    }

    /// The best plan of a dispute beside what has been given away, people's time and rooms included: with this panel,
    /// or with any.
    pub(crate) fn best(&self, dispute: DisputeIx, panel: &[MediatorIx]) -> Option<PricedPlan> {
        let restriction = Restriction { required: panel.to_vec(), ..Restriction::default() };
        let market = Market {
            instance: self.engine.instance,
            availability: self.engine.availability,
            prices: &self.placing,
            tier: Tier::Quality,
            taken: Some(&self.taken),
        };
        let space = &self.engine.spaces[dispute.ix()];
        let found = best_plans(market, space, &restriction, None, 1);
        found.into_iter().next()
    }

    /// Takes a plan with all that it holds.
    pub(crate) fn take(&mut self, plan: &Plan) {
        self.taken.add(plan);
    }
}

/// A panel that holds nobody's time.
fn seated(dispute: DisputeIx, panel: &[MediatorIx]) -> Plan {
    let mut panel = panel.to_vec();
    panel.sort_unstable();
    Plan { dispute, panel, chair: None, starts: None, staff: Vec::new() }
}

/// An answer that no search has made, with what is proven of it: each tier by what every dispute could have by itself.
pub(crate) fn appraise(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    solution: Solution,
    options: Options,
) -> Outcome {
    let batch = Batch::new(instance, eligibility);
    let spaces = spaces(instance, conflicts, eligibility, availability, &batch);
    let control = Control::new(None, None);
    let quota = [0; MOST_LEVELS];
    let engine =
        Engine { instance, availability, spaces, batch: &batch, control: &control, options, quota };
    let objective = evaluate(instance, availability, &solution);
    let mut bounds = [0; TIERS];
    let mut results = Vec::with_capacity(TIERS);
    for tier in Tier::all(instance) {
        let value: Micro = objective.tiers()[tier.ix()];
        let result = if tier == Tier::Worst {
            worst::nothing(&engine)
        } else {
            let (held, prices) = (Held::before(tier, objective.tiers()), Prices::zero(instance));
            let bound = price_all(&engine, tier, held, &prices, &BTreeMap::new(), 1).bound;
            TierResult::leaf(bound.unwrap_or(value).max(value), prices)
        };
        bounds[tier.ix()] = result.bound;
        results.push(result);
    }
    let wanted = instance.policy().reserves;
    let stand_by = if wanted == 0 {
        Vec::new()
    } else {
        let found = reserves(instance, conflicts, eligibility, availability, &solution);
        let best = |of: Vec<super::Reserve>| {
            of.into_iter().take(wanted).map(|reserve| reserve.mediator).collect()
        };
        found.into_iter().map(best).collect()
    };
    Outcome {
        bounds,
        certificate: certificate(instance, &batch, &results),
        root: root(instance, &batch, &results),
        stop: None,
        nodes: results.len() as u64,
        plans: solution.plans.iter().flatten().count() as u64,
        alone: alone(&engine),
        objective,
        solution,
        options,
        reserves: stand_by,
    }
}
