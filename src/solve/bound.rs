//! The Lagrangian bound: exact prices in, a bound in integers out (docs/model.md, "Plans and
//! prices").
//!
//! SOURCE: Geoffrion, "Lagrangean relaxation for integer programming", 1974.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Engine;
use super::price::{Market, PricedPlan, best_plans, plans_near_best};
use super::prices::{Held, NANO, Prices, Tier};
use super::restriction::Restriction;
use super::space::PlanSpace;
use crate::domain::{DisputeIx, Micro};

/// Hardly less is less by this part of what a perfect fit is worth, for each seat.
const HARDLY: i64 = 20;

/// What all disputes answer to given prices.
#[derive(Debug)]
pub(crate) struct Priced {
    /// The bound in micro-units; `None` when some dispute must have a plan and has none.
    pub(crate) bound: Option<Micro>,
    /// The same in nano-units, not rounded to what a tier can be.
    pub(crate) nano: i128,
    /// The best plans of each dispute.
    pub(crate) plans: Vec<Vec<PricedPlan>>,
}

/// Prices every dispute, at most `keep` plans each, and adds up the bound. Deterministic whatever the number of threads.
pub(crate) fn price_all(
    engine: &Engine<'_>,
    tier: Tier,
    held: Held,
    prices: &Prices,
    restrictions: &BTreeMap<DisputeIx, Restriction>,
    keep: usize,
) -> Priced {
    let free = Restriction::default();
    let market = Market {
        instance: engine.instance,
        availability: engine.availability,
        prices,
        tier,
        taken: None,
    };
    let plans: Vec<Vec<PricedPlan>> = engine
        .spaces
        .par_iter()
        .map(|space| {
            let restriction = restrictions.get(&space.dispute).unwrap_or(&free);
            let floor = (!restriction.forced).then_some(0);
            best_plans(market, space, restriction, floor, keep)
        })
        .collect();
    let mut sum = prices.supply(engine.instance, engine.batch, tier, held);
    let mut possible = true;
    for (space, found) in engine.spaces.iter().zip(&plans) {
        let best = found.first().map(|plan| plan.value);
        if restrictions.get(&space.dispute).is_some_and(|r| r.forced) {
            possible &= best.is_some();
            sum += i128::from(best.unwrap_or(0));
        } else {
            sum += i128::from(best.unwrap_or(0).max(0));
        }
    }
    let micro = sum.div_euclid(i128::from(NANO));
    let micro = micro.clamp(i128::from(i64::MIN / 4), i128::from(i64::MAX / 4)) as Micro;
    let bound = if tier.is_whole() { whole_points(micro) } else { micro };
    Priced { bound: possible.then_some(bound), nano: sum, plans }
}

/// Plans of every dispute that are worth hardly less than its best, `keep` at most.
pub(crate) fn price_near(
    engine: &Engine<'_>,
    tier: Tier,
    prices: &Prices,
    keep: usize,
) -> Vec<Vec<PricedPlan>> {
    let market = Market {
        instance: engine.instance,
        availability: engine.availability,
        prices,
        tier,
        taken: None,
    };
    let weight = engine.instance.policy().weights.fit;
    let near = |space: &PlanSpace| {
        let slack = weight * NANO / HARDLY * space.size as i64;
        plans_near_best(market, space, &Restriction::default(), Some(0), (keep, slack))
    };
    engine.spaces.par_iter().map(near).collect()
}

/// Down to whole points, a million micro-units each.
fn whole_points(bound: Micro) -> Micro {
    bound.div_euclid(1_000_000) * 1_000_000
}
