//! As few disputes as possible below each level of service, from the lowest on (docs/model.md, tiers `below`).
//!
//! * Every level is a tier like any other: a plan whose panel is below it costs a point, and a row holds what the levels
//!   before have reached. What is here only starts their searches well.

use std::cmp::Ordering;

use super::improve::Incumbent;
use super::prices::{Held, NANO, Prices, Tier};
use super::taken::Taken;
use super::{Engine, fair, swaps, worst};
use crate::domain::{Instance, MOST_LEVELS};
use crate::solution::{Objective, Solution};

impl<'a> Engine<'a> {
    /// Nothing is taken yet, and so many may be below each level of service.
    pub(super) fn nothing_taken(&self) -> Taken<'a> {
        Taken::new(self.world(), self.batch).with_quota(self.quota)
    }
}

/// A point of priority, or a dispute below a level, in nano-units.
const POINT: i64 = 1_000_000 * NANO;

/// Prices at which nobody gains by going without a panel or dates: then no more disputes can be kept from below a level
/// than could reach it if they were alone, which is often all that there is to prove.
pub(super) fn hint(engine: &Engine<'_>) -> Prices {
    Prices { panels: POINT, scheduled: POINT, ..Prices::zero(engine.instance) }
}

/// How many panels may be below each level while answers are sought for a tier: as many as the tiers above hold, none at
/// the level of the tier itself, any number at later ones. In the tiers before all levels, none: a good start for them
/// costs nothing there, unless sides come first, which it could be in the way of.
pub(super) fn quota(tier: Tier, instance: &Instance, objective: &Objective) -> [u32; MOST_LEVELS] {
    let held = Held::before(tier, objective.tiers());
    std::array::from_fn(|level| match tier.cmp(&Tier::Below(level as u8)) {
        Ordering::Greater => held.below[level] as u32,
        Ordering::Equal => 0,
        Ordering::Less if tier < Tier::Worst && !instance.policy().worse_off_first => 0,
        Ordering::Less => u32::MAX,
    })
}

/// Where nothing but cases, and smallest loads, couples disputes: panels that leave nobody below a level, for as many
/// levels as an auction finds some, starting from the best answer that ignores service (or exchanges, beside smallest
/// loads).
pub(super) fn raise(
    engine: &mut Engine<'_>,
    incumbent: &mut Incumbent,
    assigned: Option<&(Solution, Prices)>,
) {
    for level in &engine.instance.policy().levels {
        worst::demand(engine, *level);
        let found = match assigned {
            Some((start, prices)) => fair::auction(engine, (start, prices)).map(|(found, _)| found),
            None => swaps::reach(engine),
        };
        let Some(solution) = found else { break };
        incumbent.offer(Incumbent::new(engine, solution));
    }
    engine.spaces.iter_mut().for_each(super::PlanSpace::demand_nothing);
}
