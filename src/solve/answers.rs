//! Whole answers near a fractional one.
//!
//! * Takes what column generation has found at a node; offers answers to the search's incumbent.
//! * Small dockets: rounded, re-placed, dived for, picked from a small pool by an integer program. Others:
//!   rounded, then plans of the pool exchanged in turn with re-placing.

use std::collections::{BTreeMap, BTreeSet};

use super::bound::{price_all, price_near};
use super::draw::Draw;
use super::exchange::exchange;
use super::improve::{Incumbent, PASSES, complete, improve};
use super::master::Fractional;
use super::price::PLANS_KEPT;
use super::prices::{Prices, Tier};
use super::search::{ENTRY, Search};
use crate::domain::{DisputeIx, Micro};
use crate::solution::{Plan, Solution};

/// Largest pool for which whole plans are picked by an integer program.
const POOL_FOR_PICKING: usize = 250;

/// Plans near the best of a dispute that are brought for exchanges.
const KEPT_NEAR: usize = 40;

/// Rounds in a row that bring nothing before exchanges end.
const IDLE: usize = 2;

/// Times that prices are shaken for exchanges, and plans of a dispute that each time brings at most.
const SHAKES: usize = 3;
const KEPT_SHAKEN: usize = 4;

/// Rounds of exchanges, and moves of each for a dispute.
const EXCHANGES: u64 = 12;
const MOVES: usize = 300;
const LEAST_MOVES: usize = 60_000;

/// A dive gives this part of the disputes that are open their plans at each step.
const STRIDE: usize = 10;

impl Search<'_, '_> {
    /// The plans of a fractional answer, those with the largest parts first.
    pub(super) fn plans_of(&self, fractional: &Fractional) -> Vec<Plan> {
        let mut weights = fractional.weights.clone();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.iter().map(|(position, _)| self.master.pool[*position].plan.clone()).collect()
    }

    /// Dives from the fractional answer of the root: gives some disputes the plans that they have
    /// for the most part, finds prices and plans for the others, and so on to a whole answer.
    fn dive(&mut self, root: &Fractional) -> Option<Fractional> {
        let nothing = BTreeMap::new();
        let mut fixed: BTreeSet<DisputeIx> = BTreeSet::new();
        let mut at = root.clone();
        let control = self.engine.control;
        let whole = loop {
            let open = at
                .weights
                .iter()
                .filter(|(position, _)| !fixed.contains(&self.master.pool[*position].plan.dispute));
            let mut open: Vec<(usize, f64)> = open.copied().collect();
            if open.is_empty() {
                break Some(at);
            }
            open.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let least = open.len().div_ceil(STRIDE);
            for (number, (position, weight)) in open.into_iter().enumerate() {
                let dispute = self.master.pool[position].plan.dispute;
                if (number < least || weight > 0.999) && fixed.insert(dispute) {
                    self.master.fix(position);
                }
            }
            let Ok(found) = self.master.relax(&nothing, &|| control.should_stop()) else {
                break None;
            };
            at = found;
            let prices = &at.prices;
            let priced = price_all(self.engine, self.tier, self.held, prices, &nothing, PLANS_KEPT);
            let worth = self.master.worth(prices, &nothing);
            let mut added = false;
            for (found, worth) in priced.plans.iter().zip(&worth) {
                let better = found.iter().filter(|plan| plan.value > worth.saturating_add(ENTRY));
                for plan in better.filter(|plan| !fixed.contains(&plan.plan.dispute)) {
                    added |= self.master.add(&plan.plan);
                }
            }
            if added {
                match self.master.relax(&nothing, &|| control.should_stop()) {
                    Ok(found) => at = found,
                    Err(_) => break None,
                }
            }
        };
        for dispute in fixed {
            self.master.unfix(dispute);
        }
        whole
    }

    /// Whole answers near the fractional one.
    pub(super) fn look_for_answers(&mut self, fractional: &Fractional, root: bool) {
        let plans = self.plans_of(fractional);
        let rounded = complete(self.engine, &plans, &fractional.prices);
        self.offer(rounded.clone());
        if !root || self.is_closed(self.nodes[0].bound) {
            return;
        }
        if self.engine.spaces.len() >= self.engine.options.exchange_from {
            if matches!(self.tier, Tier::Quality | Tier::Below(_)) {
                self.exchange_and_improve(rounded, fractional);
            } else {
                self.offer(improve(self.engine, rounded, Some(&fractional.prices), 1));
            }
            return;
        }
        let guided = improve(self.engine, rounded, Some(&fractional.prices), PASSES);
        self.offer(guided.clone());
        self.offer(improve(self.engine, guided, None, PASSES));
        let improved =
            improve(self.engine, self.incumbent.clone(), Some(&fractional.prices), PASSES);
        self.offer(improved);
        if !self.is_closed(self.nodes[0].bound)
            && let Some(whole) = self.dive(fractional)
        {
            let plans = self.plans_of(&whole);
            let dived = complete(self.engine, &plans, &fractional.prices);
            self.offer(improve(self.engine, dived, Some(&fractional.prices), PASSES));
            let improved = improve(self.engine, self.incumbent.clone(), None, PASSES);
            self.offer(improved);
        }
        if !self.is_closed(self.nodes[0].bound) && self.master.pool.len() <= POOL_FOR_PICKING {
            for plan in self.incumbent.solution.plans.iter().flatten() {
                self.master.add(plan);
            }
            let seconds = self.engine.control.seconds_left();
            let solution = self.incumbent.solution.clone();
            let all = (0..self.master.pool.len()).collect();
            if let Some(picked) = self.master.pick(&all, &solution, seconds) {
                self.offer_solution(picked);
            }
        }
    }

    /// Whole answers by exchanges: plans of the pool exchanged, then groups placed anew by exact pricing, which
    /// brings plans that the pool lacks; and so on while it helps.
    pub(super) fn exchange_and_improve(&mut self, rounded: Incumbent, fractional: &Fractional) {
        let engine = self.engine;
        let prices = &fractional.prices;
        for plan in price_near(engine, self.tier, prices, KEPT_NEAR).into_iter().flatten() {
            self.master.add(&plan.plan);
        }
        let mut draw = Draw::new(engine.options.seed);
        self.shake(prices, &mut draw);
        let mut at = rounded;
        let mut idle = 0;
        for round in 0..EXCHANGES {
            if idle == IDLE || self.is_closed(self.nodes[0].bound) || engine.control.should_stop() {
                break;
            }
            for plan in at.solution.plans.iter().flatten() {
                self.master.add(plan);
            }
            let before = at.objective.tiers();
            let moves = (MOVES * engine.spaces.len()).max(LEAST_MOVES);
            let tier = (self.tier, prices);
            let warm = self.value() == Micro::MIN / 4;
            let plans = exchange(engine, self.master, tier, &at.solution, (moves, round, warm));
            let exchanged = complete(engine, &plans, prices);
            self.offer(exchanged.clone());
            let guide = (round % 2 == 0).then_some(prices);
            let improved = improve(engine, exchanged, guide, 1);
            self.offer(improved.clone());
            let after = improved.objective.tiers();
            at = improved;
            if self.incumbent.objective.tiers() > after {
                at.clone_from(self.incumbent);
            }
            // Where the pool has no better answer, it may have with other plans.
            idle = if after > before { 0 } else { idle + 1 };
            if idle > 0 {
                self.shake(prices, &mut draw);
            }
        }
        let improved = improve(engine, self.incumbent.clone(), None, 1);
        self.offer(improved);
    }

    /// Brings plans that are best at prices near the given ones: of those, exchanges may find a use.
    fn shake(&mut self, prices: &Prices, draw: &mut Draw) {
        let people = self.engine.shared_people();
        let nothing = BTreeMap::new();
        for _ in 0..SHAKES {
            let shaken = prices.shaken(self.engine.instance, &people, draw);
            let found =
                price_all(self.engine, self.tier, self.held, &shaken, &nothing, KEPT_SHAKEN);
            found.plans.iter().flatten().for_each(|plan| {
                self.master.add(&plan.plan);
            });
        }
    }

    /// Tells how far the search has come; a bound says something where the tiers above are held.
    pub(super) fn report(&self, bound: Option<Micro>) {
        let told = self.tier == Tier::Quality && self.value() > Micro::MIN / 4;
        let best = (&self.incumbent.solution, &self.incumbent.objective);
        self.engine.control.report(self.engine.instance, best, bound.filter(|_| told));
    }

    fn offer_solution(&mut self, solution: Solution) {
        self.offer(Incumbent::new(self.engine, solution));
    }

    pub(super) fn offer(&mut self, candidate: Incumbent) {
        if self.incumbent.offer(candidate) {
            self.report(self.nodes.first().and_then(|root| root.bound));
        }
    }
}
