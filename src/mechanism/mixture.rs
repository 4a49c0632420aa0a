//! Mixing answers under caps: a linear program over the answers that have been made.
//!
//! * Takes tickets and caps; gives weights in millionths under which no pair is likelier than its cap, and in which, in
//!   this order, as many disputes as possible are served, as many have dates, and quality is highest.
//! * One row for each pair, made when a mixture breaks it.

use std::collections::BTreeMap;

use super::lottery::WHOLE;
use crate::domain::{DisputeIx, MediatorIx, Micro};
use crate::format::Decimal;
use crate::milp::{Outcome as Ended, Simplex};
use crate::pipeline::Screened;
use crate::solution::Solution;
use crate::solve::Control;

/// What is left of a cap where the rounding of weights needs room; more than there are tickets, in millionths.
const SPARE: f64 = 2e-4;

/// What a unit of probability above a cap costs in the program, in seats of the largest worth; and what a point of
/// priority is worth there that has dates: more than better panels.
const PENALTY: f64 = 100.0;
const DATED: f64 = 10.0;

/// A dispute and who may sit in it.
pub(super) type Pair = (DisputeIx, MediatorIx);

/// An answer that can be drawn.
#[derive(Clone)]
pub(super) struct Ticket {
    pub(super) solution: Solution,
    /// Its panels and those of them with dates, counted by priority as tiers 1 and 2 count them.
    pub(super) panels: Micro,
    pub(super) sessions: Micro,
    /// Its quality, and that of its panels without dates.
    pub(super) quality: Micro,
    pub(super) bare: Micro,
}

impl Ticket {
    /// Whether it has more dates, or as many and more quality.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        (self.sessions, self.quality) > (other.sessions, other.quality)
    }

    /// True when the panels of another are the same.
    pub(super) fn seats_as(&self, other: &Self) -> bool {
        pairs_of(&self.solution).eq(pairs_of(&other.solution))
    }
}

/// The pairs of an answer.
pub(super) fn pairs_of(solution: &Solution) -> impl Iterator<Item = Pair> + '_ {
    let plans = solution.plans.iter().flatten();
    plans.flat_map(|plan| plan.panel.iter().map(|m| (plan.dispute, *m)))
}

/// Weights that add up to a million: rounded down, and what that leaves given where caps have room for it. Nothing
/// where they have not.
pub(super) fn in_millionths(weights: &[f64], tickets: &[Ticket], caps: &Caps) -> Option<Vec<u32>> {
    let sum: f64 = weights.iter().sum();
    // WHY a hair more: what should be whole may be a hair less.
    let part = |weight: &f64| (weight / sum.max(1e-9) * f64::from(WHOLE) + 1e-4).floor() as u32;
    let mut whole: Vec<u32> = weights.iter().map(part).collect();
    let mut rest = WHOLE.checked_sub(whole.iter().sum())?;
    let mut likely: BTreeMap<Pair, i64> = BTreeMap::new();
    for (ticket, weight) in tickets.iter().zip(&whole) {
        for pair in pairs_of(&ticket.solution) {
            *likely.entry(pair).or_default() += i64::from(*weight);
        }
    }
    for (ticket, weight) in tickets.iter().zip(&mut whole) {
        let room = |pair: Pair| caps.of(pair).map(|cap| cap - likely[&pair]);
        let room = pairs_of(&ticket.solution).filter_map(room).min();
        let more = room.map_or(rest, |room| rest.min(room.max(0) as u32));
        *weight += more;
        rest -= more;
        for pair in pairs_of(&ticket.solution) {
            *likely.entry(pair).or_default() += i64::from(more);
        }
    }
    let keeps = |(pair, p): (&Pair, &i64)| caps.of(*pair).is_none_or(|cap| *p <= cap);
    (rest == 0 && likely.iter().all(keeps)).then_some(whole)
}

/// How likely the pairs of each dispute may be, in millionths.
pub(super) struct Caps {
    pub(super) of: Vec<Micro>,
    required: Vec<Vec<MediatorIx>>,
}

impl Caps {
    /// The cap of the policy; where a dispute has too few who may sit, that of an even draw among them.
    pub(super) fn new(screened: &Screened) -> Self {
        let instance = &screened.instance;
        let cap = instance.policy().selection.pair_cap;
        let required = |d: DisputeIx| {
            instance.dispute(d).panel.required.iter().map(|seat| seat.mediator).collect::<Vec<_>>()
        };
        let of = instance.dispute_indices().map(|d| {
            let asked = required(d);
            let free = instance.dispute(d).panel.size.saturating_sub(asked.len()) as i64;
            let may = screened.eligibility.eligible(d).iter();
            let may = may.filter(|(m, ..)| !asked.contains(m)).count().max(1) as i64;
            cap.max((Decimal::ONE * free + may - 1) / may).min(Decimal::ONE)
        });
        Self { of: of.collect(), required: instance.dispute_indices().map(required).collect() }
    }

    /// The cap of a pair; nothing where it is none, or whoever is required sits in any case.
    pub(super) fn of(&self, (dispute, mediator): Pair) -> Option<Micro> {
        let required = self.required[dispute.ix()].contains(&mediator);
        let cap = self.of[dispute.ix()];
        (!required && cap < Decimal::ONE).then_some(cap)
    }
}

/// Mixes answers: a linear program whose rows, one for each pair, are made when they are broken.
pub(super) struct Program {
    lp: Simplex,
    /// The row of the weights, whose sum is 1 at most.
    weights: usize,
    columns: Vec<usize>,
    rows: BTreeMap<Pair, usize>,
    /// What is above the cap of each row.
    excess: Vec<usize>,
    /// What is left of every cap.
    spare: f64,
    /// What a unit of probability above a cap costs, what a point of priority is worth that has a panel, and one that
    /// has dates.
    pub(super) penalty: f64,
    pub(super) served: f64,
    dated: f64,
}

impl Program {
    /// `unit` is the largest worth of a seat, and `seats` how many there are.
    pub(super) fn new(unit: f64, seats: usize) -> Self {
        let mut lp = Simplex::new();
        let weights = lp.add_row(1.0, &[]);
        Self {
            lp,
            weights,
            columns: Vec::new(),
            rows: BTreeMap::new(),
            excess: Vec::new(),
            spare: 0.0,
            penalty: PENALTY * unit,
            // More than all seats above their caps would cost: weights are not left out.
            served: PENALTY * unit * (seats + 1) as f64,
            dated: DATED * unit,
        }
    }

    pub(super) fn add(&mut self, ticket: &Ticket) {
        let pairs = pairs_of(&ticket.solution).filter_map(|pair| self.rows.get(&pair));
        let entries: Vec<(usize, f64)> =
            pairs.chain([&self.weights]).map(|row| (*row, 1.0)).collect();
        self.columns.push(self.lp.add_column(self.gain(ticket), 1.0, &entries));
    }

    fn gain(&self, ticket: &Ticket) -> f64 {
        let quality = ticket.quality as f64 / 1e6 + self.dated * ticket.sessions as f64 / 1e6;
        quality + self.served * (1.0 + ticket.panels as f64 / 1e6)
    }

    /// Leaves something of every cap for the rounding of weights to millionths.
    pub(super) fn spare(&mut self, caps: &Caps) {
        self.spare = SPARE;
        for (pair, row) in &self.rows {
            self.lp.set_limit(*row, caps.of(*pair).unwrap_or(WHOLE.into()) as f64 / 1e6 - SPARE);
        }
    }

    /// Finds the best mixture of the tickets under the caps.
    pub(super) fn solve(
        &mut self,
        tickets: &[Ticket],
        caps: &Caps,
        control: &Control<'_>,
    ) -> Vec<f64> {
        loop {
            let ended = self.lp.solve(&|| control.should_stop());
            let values = self.lp.values();
            let weights: Vec<f64> = self.columns.iter().map(|column| values[*column]).collect();
            let mut likely: BTreeMap<Pair, f64> = BTreeMap::new();
            for (ticket, weight) in tickets.iter().zip(&weights).filter(|(_, w)| **w > 0.0) {
                for pair in pairs_of(&ticket.solution) {
                    *likely.entry(pair).or_default() += weight;
                }
            }
            let limit = |pair: Pair| Some(caps.of(pair)? as f64 / 1e6 - self.spare);
            let broken = likely.iter().filter_map(|(pair, p)| {
                let limit = limit(*pair).filter(|limit| *p > *limit + 1e-9)?;
                (!self.rows.contains_key(pair)).then_some((*pair, limit))
            });
            let broken: Vec<(Pair, f64)> = broken.collect();
            if broken.is_empty() || ended != Ended::Optimal {
                return weights;
            }
            for (pair, limit) in broken {
                let sits = |ticket: &Ticket| pairs_of(&ticket.solution).any(|own| own == pair);
                let columns = tickets.iter().zip(&self.columns).filter(|(ticket, _)| sits(ticket));
                let entries: Vec<(usize, f64)> =
                    columns.map(|(_, column)| (*column, 1.0)).collect();
                let row = self.lp.add_row(limit, &entries);
                self.excess.push(self.lp.add_column(-self.penalty, 1.0, &[(row, -1.0)]));
                self.rows.insert(pair, row);
            }
        }
    }

    /// What a unit of probability of each pair is worth, in micro-units.
    pub(super) fn prices(&self) -> BTreeMap<Pair, Micro> {
        let price =
            |row: usize| (self.lp.price(row).clamp(0.0, self.penalty) * 1e6).round() as Micro;
        let prices = self.rows.iter().map(|(pair, row)| (*pair, price(*row)));
        prices.filter(|(_, price)| *price > 0).collect()
    }

    /// What a mixture's panels are worth without dates, in micro-units, less the penalty of what is above the caps.
    pub(super) fn value(&self, tickets: &[Ticket], weights: &[f64]) -> f64 {
        let values = self.lp.values();
        let beyond: f64 = self.excess.iter().map(|column| values[*column]).sum();
        let worth: f64 = tickets.iter().zip(weights).map(|(t, w)| t.bare as f64 * w).sum();
        worth - self.penalty * 1e6 * beyond
    }
}
