//! The optimisation core: plans and prices (docs/model.md).
//!
//! * Takes the `Instance` with its conflict and eligibility tables; gives an `Outcome`: an answer,
//!   what is proven of it, and the certificate.
//! * One idea in exchangeable steps: `space` holds all plans of a dispute implicitly, `price` finds
//!   the best of them at given prices, `master` makes prices from plans, `bound` makes a bound from
//!   prices, `search` splits what stays fractional, `improve` makes whole answers.
//! * **Invariant**: the answer does not depend on the number of threads; only the time limit and an
//!   interruption may change it.
//! * **Invariant**: no plan seats a national of a party (`space` asks the domain once more).

mod answers;
mod assign;
mod attendance;
mod batch;
mod bound;
mod certificate;
mod control;
mod dates;
mod draw;
mod exchange;
mod fair;
mod forced;
mod holds;
mod improve;
mod levels;
mod master;
mod near;
mod pick;
mod pool;
mod price;
mod prices;
mod proof;
mod reserves;
mod restriction;
mod rows;
mod search;
mod seats;
mod series;
mod space;
mod staff;
mod swaps;
mod taken;
mod violations;
mod what_if;
mod worst;

use rayon::prelude::*;

pub(crate) use batch::binding_caps;
pub use control::{Control, News, Phase, Stop};
pub use forced::Forced;
pub(crate) use holds::{Hold, World};
pub(crate) use prices::Tier;
pub use reserves::{Reserve, reserves, reserves_of};
pub(crate) use seats::{Seats, appraise, with_seats};
pub use what_if::{Seating, try_seat};

use crate::availability::Availability;
use crate::conflict::ConflictTable;
use crate::domain::{Instance, MOST_LEVELS, MediatorIx, Micro};
use crate::eligibility::EligibilityTable;
use crate::format::{CertificateDoc, PricesDoc};
use crate::solution::{Objective, Solution, TIERS};
use assign::assign;
use batch::Batch;
use improve::{DATES_FIRST, Incumbent, PASSES, construct, improve};
use master::Master;
use price::{Market, best_plans};
use prices::{Held, Prices};
use restriction::Restriction;
use search::{PATIENCE, Search, TierResult, is_large, reach, rehearse};
pub(crate) use space::{PlanSpace, SessionSpace};
use taken::Taken;

/// The tiers of a docket that can be rehearsed: what others hold is not known beforehand.
const PLAIN: [Tier; 3] = [Tier::Panels, Tier::Sessions, Tier::Quality];

/// What a user can ask of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Relative gap at which quality counts as proven, in micro-units (1 is a millionth).
    pub gap: Micro,
    /// Seed of the exchanges; nothing else draws.
    pub seed: u64,
    /// Largest number of nodes of each tier's search.
    pub node_limit: usize,
    /// Disputes from which on answers come from exchanges of plans.
    pub exchange_from: usize,
    /// Disputes from which on a docket is large: prices come from the first-order method, and nothing is split.
    pub large_from: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { gap: 10, seed: 0, node_limit: 100, exchange_from: 60, large_from: 150 }
    }
}

/// What a dispute could have if it were the only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alone {
    /// A panel.
    pub panel: bool,
    /// A panel with dates.
    pub scheduled: bool,
    /// Dates, as far as the parties and places go, without any panel.
    pub dates: bool,
}

/// An answer and what is known of it.
#[derive(Debug)]
pub struct Outcome {
    /// The answer.
    pub solution: Solution,
    /// Its value.
    pub objective: Objective,
    /// Proven upper bounds of the tiers, each given the values of those above; as in
    /// `Objective::tiers`.
    pub bounds: [Micro; TIERS],
    /// What re-derives the bounds.
    pub certificate: CertificateDoc,
    /// What the first prices of the quality tier prove without questions, and these prices.
    pub root: (Micro, PricesDoc),
    /// What ended the run before its proof.
    pub stop: Option<Stop>,
    /// What each dispute could have by itself.
    pub alone: Vec<Alone>,
    /// Nodes of the three searches.
    pub nodes: u64,
    /// Plans in the pool.
    pub plans: u64,
    /// The options of the run.
    pub options: Options,
    /// By dispute, those who could step in, as many as the policy wants; empty where it wants none.
    pub reserves: Vec<Vec<MediatorIx>>,
}

impl Outcome {
    /// Relative gap of the quality tier, in micro-units, rounded up.
    #[must_use]
    pub fn gap(&self) -> Micro {
        let bound = i128::from(self.bounds[TIERS - 1]);
        let short = (bound - i128::from(self.objective.quality())).max(0);
        let scale = bound.abs().max(1);
        // As far as a decimal reaches.
        ((short * 1_000_000 + scale - 1) / scale).min(1_000_000_000_000) as Micro
    }

    /// True when every tier is proven, quality within the gap asked for.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        let tiers = self.objective.tiers();
        self.bounds[..TIERS - 1] == tiers[..TIERS - 1] && self.gap() <= self.options.gap
    }
}

/// What every step of the engine sees.
pub(crate) struct Engine<'a> {
    pub(crate) instance: &'a Instance,
    pub(crate) availability: &'a Availability,
    pub(crate) spaces: Vec<PlanSpace>,
    pub(crate) batch: &'a Batch<'a>,
    pub(crate) control: &'a Control<'a>,
    pub(crate) options: Options,
    /// By level of service, how many panels may be below it while answers are sought.
    pub(crate) quota: [u32; MOST_LEVELS],
}

/// Assigns and schedules, and finds as many reserves as the policy wants.
#[must_use]
pub fn solve(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    options: Options,
    control: &Control<'_>,
) -> Outcome {
    let mut outcome = plan(instance, conflicts, eligibility, availability, options, control);
    let wanted = instance.policy().reserves;
    if wanted > 0 {
        control.enter(Phase::Reserves);
        let solution = &outcome.solution;
        let found = reserves(instance, conflicts, eligibility, availability, solution).into_iter();
        let best = |of: Vec<Reserve>| of.into_iter().take(wanted).map(|r| r.mediator).collect();
        outcome.reserves = found.map(best).collect();
    }
    outcome
}

fn plan(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    options: Options,
    control: &Control<'_>,
) -> Outcome {
    control.enter(Phase::FirstAnswer);
    let batch = Batch::new(instance, eligibility);
    let assigned = assign(instance, conflicts, eligibility, availability, &batch, options, control);
    if let Some(outcome) = assigned {
        return outcome;
    }
    let spaces = spaces(instance, conflicts, eligibility, availability, &batch);
    let quota = [0; MOST_LEVELS];
    let mut engine =
        Engine { instance, availability, spaces, batch: &batch, control, options, quota };
    let alone = alone(&engine);
    let mut incumbent = construct(&engine, None);
    control.report(instance, (&incumbent.solution, &incumbent.objective), None);
    let mut assigned = fair::assign(&engine);
    if let Some((solution, _)) = &assigned {
        incumbent.offer(Incumbent::new(&engine, solution.clone()));
    }
    let has_levels = !instance.policy().levels.is_empty();
    if has_levels && (assigned.is_some() || swaps::is_bare(&engine)) {
        levels::raise(&mut engine, &mut incumbent, assigned.as_ref());
    }
    let mut master = Master::new(instance, availability, &batch);
    let rehearses = is_large(&engine) && assigned.is_none() && Tier::all(instance) == PLAIN;
    let rehearsal = rehearses.then(|| {
        let most = most_served(&alone, instance);
        let rehearsal = rehearse(&engine, &mut master, &mut incumbent, most, PATIENCE);
        if !rehearsal.overreached() {
            return rehearsal;
        }
        let mut least = |tier| reach(&engine, &mut master, &mut incumbent, tier);
        let less = (most.0.min(least(Tier::Panels)), most.1.min(least(Tier::Sessions)));
        rehearse(&engine, &mut master, &mut incumbent, less, usize::MAX)
    });
    if !rehearses && !all_served(&alone, &incumbent.solution, instance) {
        incumbent = improve(&engine, incumbent, None, PASSES);
    }
    let mut results: Vec<TierResult> = Vec::with_capacity(TIERS);
    let mut bounds = [0; TIERS];
    let mut settled = None;
    let mut searched = Vec::with_capacity(TIERS);
    for tier in Tier::all(instance) {
        let hint = match tier {
            Tier::Quality => assigned.as_ref().map(|(_, prices)| prices.clone()),
            Tier::Below(_) => Some(levels::hint(&engine)),
            _ => None,
        };
        searched.push(Held::before(tier, incumbent.objective.tiers()));
        let result = if tier == Tier::Worst {
            control.enter(Phase::Tier(tier.word()));
            let result = worst::settle(&mut engine, &mut incumbent, &mut assigned);
            worst::demand(&mut engine, incumbent.objective.worst);
            let spaces = &engine.spaces;
            master = master.of_those(|plan| spaces[plan.dispute.ix()].admits(instance, plan));
            settled = Some((results.len(), worst::above(&incumbent)));
            result
        } else {
            engine.quota = levels::quota(tier, instance, &incumbent.objective);
            let search = Search::new(&engine, &mut master, &mut incumbent, tier);
            match &rehearsal {
                Some(rehearsal) if search.is_as(rehearsal) => search.polish(rehearsal),
                // What a rehearsal has found bounds what is held now as well, if not as closely.
                Some(rehearsal) if tier == Tier::Quality => search.run(Some(rehearsal.prices())),
                _ => search.run(hint.as_ref()),
            }
        };
        bounds[tier.ix()] = result.bound;
        results.push(result);
    }
    if let Some((at, _)) = settled.filter(|(_, above)| *above != worst::above(&incumbent)) {
        // Beside tiers above that were still to be raised, nothing is proven of the worst-served.
        results[at] = worst::nothing(&engine);
        bounds[Tier::Worst.ix()] = results[at].bound;
    }
    // A better answer for a lower tier may raise a tier above that a limit left open, whose bound holds still, and
    // lower those between: what was proven of the tiers after it was proven beside other values.
    let tiers = incumbent.objective.tiers();
    for ((tier, result), before) in Tier::all(instance).into_iter().zip(&mut results).zip(searched)
    {
        // What a tier's prices prove, they prove of the plans that it has.
        match tier {
            Tier::Panels => engine.spaces.iter_mut().for_each(PlanSpace::demand_nothing),
            Tier::Worst => worst::demand(&mut engine, incumbent.objective.worst),
            _ => {}
        }
        let held = Held::before(tier, tiers);
        if tier != Tier::Worst && (held != before || tiers[tier.ix()] > result.bound) {
            result.hold(&engine, tier, held, tiers[tier.ix()]);
            bounds[tier.ix()] = result.bound;
        }
    }
    Outcome {
        bounds,
        certificate: certificate::certificate(instance, &batch, &results),
        root: certificate::root(instance, &batch, &results),
        stop: results.iter().find_map(|result| result.stop),
        nodes: results.iter().map(|result| result.nodes.len() as u64).sum(),
        plans: master.pool.len() as u64,
        objective: incumbent.objective,
        solution: incumbent.solution,
        alone,
        options,
        reserves: Vec::new(),
    }
}

/// All plans of every dispute, and what each could have by itself, for those who write the problem
/// down instead of solving it.
pub(crate) fn survey(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
) -> (Vec<PlanSpace>, Vec<Alone>) {
    let batch = Batch::new(instance, eligibility);
    let spaces = spaces(instance, conflicts, eligibility, availability, &batch);
    let (control, options) = (Control::new(None, None), Options::default());
    let quota = [0; MOST_LEVELS];
    let engine =
        Engine { instance, availability, spaces, batch: &batch, control: &control, options, quota };
    let alone = alone(&engine);
    (engine.spaces, alone)
}

/// All plans of every dispute, and nothing more.
pub(crate) fn plan_spaces(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
) -> Vec<PlanSpace> {
    let batch = Batch::new(instance, eligibility);
    spaces(instance, conflicts, eligibility, availability, &batch)
}

/// What each dispute could have if it were the only one.
#[must_use]
pub fn alone_in(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
) -> Vec<Alone> {
    survey(instance, conflicts, eligibility, availability).1
}

fn spaces(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    batch: &Batch<'_>,
) -> Vec<PlanSpace> {
    let disputes: Vec<_> = instance.dispute_indices().collect();
    disputes
        .par_iter()
        .map(|d| PlanSpace::new(instance, conflicts, eligibility, availability, batch, *d))
        .collect()
}

/// True when every dispute has all that it could have by itself.
fn all_served(alone: &[Alone], solution: &Solution, instance: &Instance) -> bool {
    alone.iter().zip(&solution.plans).zip(instance.disputes()).all(|((alone, plan), dispute)| {
        match plan {
            None => !alone.panel,
            Some(plan) => plan.starts.is_some() || dispute.sessions.is_empty() || !alone.scheduled,
        }
    })
}

/// Points of priority of the disputes that could have a panel, and dates, by themselves.
fn most_served(alone: &[Alone], instance: &Instance) -> (i64, i64) {
    let points = |served: fn(&Alone) -> bool| {
        let disputes = alone.iter().zip(instance.disputes());
        disputes.filter(|(alone, _)| served(alone)).map(|(_, dispute)| dispute.priority).sum()
    };
    (points(|alone| alone.panel), points(|alone| alone.scheduled))
}

/// What each dispute could have if it were the only one.
fn alone(engine: &Engine<'_>) -> Vec<Alone> {
    let mut prices = Prices::zero(engine.instance);
    prices.scheduled = DATES_FIRST;
    let nothing = Taken::without_limits(engine.world(), engine.batch);
    let market = Market {
        instance: engine.instance,
        availability: engine.availability,
        prices: &prices,
        tier: Tier::Quality,
        taken: Some(&nothing),
    };
    engine
        .spaces
        .par_iter()
        .map(|space| {
            let best = best_plans(market, space, &Restriction::default(), None, 1);
            let plan = best.first().map(|priced| &priced.plan);
            Alone {
                panel: plan.is_some(),
                scheduled: plan.is_some_and(|p| p.starts.is_some() || space.sessions.is_empty()),
                dates: dates::has_dates(market, space),
            }
        })
        .collect()
}
