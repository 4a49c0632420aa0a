//! The worst-served dispute first (docs/model.md, tier `worst`).
//!
//! * A threshold asks: is there an answer that holds the tiers above, in which every panel has at
//!   least this service? Leaving out all other panels makes it a question to the search of the
//!   tiers above, which says yes with an answer, no with a tree of prices, or neither.
//! * Bisection over thresholds closes in on the best service of the worst-served dispute from both
//!   sides; what no search decides stays as a gap between the tier and its bound.

use std::collections::BTreeMap;

use super::bound::price_all;
use super::fair;
use super::improve::{Incumbent, PASSES, complete, construct, improve};
use super::master::Master;
use super::prices::{ABOVE_WORST, Held, NANO, Prices, Tier};
use super::search::{Search, TierResult, TreeNode, is_large};
use super::swaps;
use super::{Engine, Stop};
use crate::domain::Micro;
use crate::solution::{BEST_SERVICE, Plan, Solution};

/// A point of priority, a missing dispute, or a point-minute, in nano-units.
const POINT: i64 = 1_000_000 * NANO;

/// What is known of a threshold.
enum Reached {
    /// An answer that reaches it.
    Yes(Box<Incumbent>, Option<Box<Prices>>),
    /// The tree that proves that none does.
    No(Vec<TreeNode>),
    /// Neither.
    Unknown(Option<Stop>),
}

/// What is known of all thresholds.
struct Range {
    /// The largest one that is reached.
    reached: Micro,
    /// The largest one that may be: no answer reaches the next.
    most: Micro,
    /// The smallest and the largest one that no search decided.
    open: Option<(Micro, Micro)>,
    /// Tried before all others.
    first: Vec<Micro>,
}

impl Range {
    /// The threshold to try next.
    fn next(&mut self) -> Option<Micro> {
        while let Some(first) = self.first.pop() {
            if self.reached < first && first <= self.most {
                return Some(first);
            }
        }
        let (low, high) = self.open.unwrap_or((self.most + 1, self.most));
        if low - self.reached > 1 {
            // WHY upwards from two neighbours: the one above is left, and is the last to be tried.
            return Some(self.reached + (low - self.reached) / 2);
        }
        (self.most > high).then(|| high + (self.most - high + 1) / 2)
    }

    /// Takes note of a threshold that was not decided.
    fn leave_open(&mut self, threshold: Micro) {
        let (low, high) = self.open.unwrap_or((threshold, threshold));
        self.open = Some((low.min(threshold), high.max(threshold)));
    }

    /// The undecided part without what is decided by now.
    fn narrow(&mut self) {
        let (reached, most) = (self.reached, self.most);
        self.open = self
            .open
            .map(|(low, high)| (low.max(reached + 1), high.min(most)))
            .filter(|(low, high)| low <= high);
    }
}

/// Leaves only panels of at least this service.
pub(super) fn demand(engine: &mut Engine<'_>, service: Micro) {
    engine.spaces.iter_mut().for_each(|space| space.demand(service));
}

/// Raises the service of the worst-served dispute as far as searches find and prove it, the tiers
/// above held.
///
/// `assigned` is the best answer that ignores service, with its prices, where nothing but cases
/// couples disputes; it leaves with prices that bound quality better under the demand, where some
/// are found.
pub(super) fn settle(
    engine: &mut Engine<'_>,
    incumbent: &mut Incumbent,
    assigned: &mut Option<(Solution, Prices)>,
) -> TierResult {
    let mut proof = nothing(engine);
    let mut stop = None;
    let mut range = start(engine, incumbent);
    let mut prices = None;
    while let Some(threshold) = range.next() {
        stop = engine.control.stop_reason();
        if stop.is_some() {
            break;
        }
        demand(engine, threshold);
        match reach(engine, incumbent, assigned.as_ref()) {
            Reached::Yes(better, found) => {
                prices = found.or(prices);
                let held = above(incumbent);
                incumbent.offer(*better);
                if above(incumbent) == held {
                    range.reached = incumbent.objective.worst;
                } else {
                    // The tiers above were not at their best after all; what was proven beside the
                    // old values says nothing of the new ones.
                    (proof, range) = (nothing(engine), start(engine, incumbent));
                }
            }
            Reached::No(nodes) => {
                range.most = threshold - 1;
                proof.nodes = nodes;
            }
            Reached::Unknown(reason) => {
                range.leave_open(threshold);
                proof.stop = reason.or(proof.stop);
            }
        }
        range.narrow();
    }
    demand(engine, incumbent.objective.worst);
    if let Some((_, known)) = assigned {
        if let Some(polished) = fair::polish(engine, &incumbent.solution) {
            incumbent.offer(Incumbent::new(engine, polished));
        }
        let held = Held::before(Tier::Quality, incumbent.objective.tiers());
        let bound = |prices: &Prices| {
            price_all(engine, Tier::Quality, held, prices, &BTreeMap::new(), 1).nano
        };
        if let Some(prices) = prices.filter(|prices| bound(prices) < bound(known)) {
            *known = *prices;
        }
    }
    if swaps::is_bare(engine)
        && let Some(climbed) = swaps::climb(engine, &incumbent.solution)
    {
        incumbent.offer(Incumbent::new(engine, climbed));
    }
    proof.bound = range.most;
    if range.reached < range.most {
        proof.stop = stop.or(proof.stop);
    } else {
        proof.stop = None;
    }
    proof
}

/// The bound that needs no proof.
pub(super) fn nothing(engine: &Engine<'_>) -> TierResult {
    TierResult::leaf(BEST_SERVICE, Prices::zero(engine.instance))
}

/// The tiers above.
pub(super) fn above(incumbent: &Incumbent) -> [Micro; ABOVE_WORST] {
    let tiers = incumbent.objective.tiers();
    std::array::from_fn(|tier| tiers[tier])
}

/// What is known at first: the worst-served dispute is often at the best that it could have.
fn start(engine: &Engine<'_>, incumbent: &Incumbent) -> Range {
    let served = incumbent.solution.plans.iter().flatten();
    let best = served.map(|plan| engine.spaces[plan.dispute.ix()].best_service()).min();
    let best = best.unwrap_or(BEST_SERVICE);
    Range {
        reached: incumbent.objective.worst,
        most: BEST_SERVICE,
        open: None,
        first: vec![best, best + 1],
    }
}

/// Looks for an answer at least as good in the tiers above, with the panels that are left, or for
/// a proof that there is none.
fn reach(
    engine: &Engine<'_>,
    incumbent: &Incumbent,
    assigned: Option<&(Solution, Prices)>,
) -> Reached {
    let goal = above(incumbent);
    let free = Prices::zero(engine.instance);
    let (held, all) = (Held::default(), BTreeMap::new());
    let points = price_all(engine, Tier::Panels, held, &free, &all, 1).bound;
    if points < Some(goal[Tier::Panels.ix()]) {
        return Reached::No(vec![TreeNode::leaf(demanding(&free, Tier::Panels))]);
    }
    if let Some((solution, prices)) = assigned.filter(|_| fair::is_plain(engine)) {
        if let Some((found, prices)) = fair::auction(engine, (solution, prices)) {
            let found = Incumbent::new(engine, found);
            return Reached::Yes(Box::new(found), Some(Box::new(prices)));
        }
        if let Some(prices) = fair::refute(engine) {
            return Reached::No(vec![TreeNode::leaf(prices)]);
        }
        if is_large(engine) {
            return Reached::Unknown(engine.control.stop_reason());
        }
    }
    if swaps::is_bare(engine)
        && let Some(found) = swaps::reach(engine).map(|found| Incumbent::new(engine, found))
        && above(&found) >= goal
    {
        return Reached::Yes(Box::new(found), None);
    }
    let is_kept = |plan: &&Plan| engine.spaces[plan.dispute.ix()].admits(engine.instance, plan);
    let kept: Vec<Plan> =
        incumbent.solution.plans.iter().flatten().filter(is_kept).cloned().collect();
    let mut found = complete(engine, &kept, &free);
    if above(&found) < goal {
        found.offer(construct(engine, None));
    }
    if above(&found) < goal {
        let better = improve(engine, found.clone(), None, PASSES);
        found.offer(better);
    }
    let mut master = Master::new(engine.instance, engine.availability, engine.batch);
    for tier in Tier::all(engine.instance).into_iter().take_while(|tier| *tier < Tier::Worst) {
        if above(&found) >= goal {
            break;
        }
        let wanted = goal[tier.ix()];
        let search = Search::new(engine, &mut master, &mut found, tier);
        let result = search.toward(wanted).run(None);
        if result.bound < wanted {
            let mut nodes = result.nodes;
            for node in &mut nodes {
                node.prices = demanding(&node.prices, tier);
            }
            return Reached::No(nodes);
        }
        if found.objective.tiers()[tier.ix()] < wanted {
            return Reached::Unknown(result.stop);
        }
    }
    if above(&found) >= goal { Reached::Yes(Box::new(found), None) } else { Reached::Unknown(None) }
}

/// Prices that bound a tier, as prices of the demand that the tier be reached.
fn demanding(prices: &Prices, tier: Tier) -> Prices {
    let mut prices = prices.clone();
    match tier {
        Tier::Panels => prices.panels = POINT,
        Tier::Sessions => prices.scheduled = POINT,
        Tier::Frozen => prices.frozen = POINT,
        Tier::Loads => prices.loads = POINT,
        Tier::Sides => prices.sides = POINT,
        Tier::Worst | Tier::Below(_) | Tier::Quality => {}
    }
    prices
}
