//! The worst-served first where nothing but cases couples disputes, at the scale of conferences.
//!
//! * `auction` looks for panels that all have the service demanded: from the best answer that
//!   ignores the demand, every dispute that falls short bids for a whole panel at prices of cases.
//!   Whoever can best do without a mediator that is wanted too often lets her go, and her price
//!   rises to where that is so (after Bertsekas and Castanon, 1989, with panels in place of seats).
//! * `refute` looks for prices at which the disputes with the least room cannot all have such a
//!   panel: subgradient steps on their least costs alone, since the others only help such a proof.
//! * `polish` keeps the panels that the demand has moved and assigns all others anew, exactly.

use std::collections::{BTreeSet, VecDeque};

use rayon::prelude::*;

use super::Engine;
use super::price::{Market, best_plans};
use super::prices::{NANO, Prices, Tier};
use super::restriction::Restriction;
use crate::domain::{DisputeIx, MediatorIx, Micro};
use crate::solution::{Plan, Solution};
use crate::transport::Transport;

/// What a price rises by beyond what the first to let go would lose, in nano-units.
const RISE: i64 = 10 * NANO;

/// Bids after which it rises by twice as much.
const PATIENCE: usize = 150;

/// No price rises higher.
const HIGHEST: i64 = 1 << 50;

/// Bids before an auction is given up.
const BIDS: usize = 2_000;

/// Disputes with the least room that a refutation is built from.
const TIGHT: usize = 250;

/// Its steps.
const STEPS: usize = 120;

/// Rounds of polishing.
const POLISHES: usize = 6;

/// A point of priority in the row that holds tier `panels`, in nano-units.
const POINT: i64 = 1_000_000 * NANO;

/// True when nothing but cases couples the disputes, any members make a panel, and nobody is to
/// have a number of disputes: of smallest loads neither the auction nor its start knows.
pub(super) fn is_plain(engine: &Engine<'_>) -> bool {
    let mut open = engine.spaces.iter().filter(|space| space.open).peekable();
    !engine.instance.has_least()
        && open.peek().is_some()
        && open.all(|space| space.is_plain(engine.instance))
}

/// The best answer that ignores service, and prices that bound quality with it.
pub(super) fn assign(engine: &Engine<'_>) -> Option<(Solution, Prices)> {
    is_plain(engine).then(|| flow(engine, &[])).flatten()
}

/// The best answer that keeps some plans, which go together, with the prices for all others.
pub(super) fn flow(engine: &Engine<'_>, kept: &[&Plan]) -> Option<(Solution, Prices)> {
    let instance = engine.instance;
    let mut solution = Solution::empty(engine.spaces.len());
    let mut load = vec![0_u32; instance.mediators().len()];
    for plan in kept {
        plan.panel.iter().for_each(|mediator| load[mediator.ix()] += 1);
        solution.plans[plan.dispute.ix()] = Some((*plan).clone());
    }
    let all = engine.spaces.iter().filter(|space| space.open);
    let open: Vec<_> = all.filter(|space| solution.plans[space.dispute.ix()].is_none()).collect();
    let everyone = engine.spaces.len() as u32;
    let cases = instance.mediators().iter().zip(&load);
    let cases: Vec<u32> =
        cases.map(|(m, load)| m.cases.unwrap_or(everyone).saturating_sub(*load)).collect();
    let nobody = vec![0; cases.len()];
    let balance = instance.policy().weights.balance;
    let mut transport = Transport::new(cases, nobody, vec![balance], 0).ok()?;
    for space in &open {
        let pairs = space.members.iter().map(|m| (m.mediator.ix() as u32, m.worth));
        transport.add_left(space.size as u32, pairs).ok()?;
    }
    let flow = transport.solve(&|| engine.control.should_stop()).ok()?;
    for (space, seats) in open.iter().zip(&flow.seats) {
        let seated = |seat: &u32| {
            space.members.binary_search_by_key(&(*seat as usize), |m| m.mediator.ix()).ok()
        };
        let panel: Vec<usize> = seats.iter().filter_map(seated).collect();
        solution.plans[space.dispute.ix()] = Some(space.plan(&panel, None, Vec::new()));
    }
    let mut prices = Prices::zero(instance);
    for (price, flow) in prices.cases.iter_mut().zip(&flow.prices) {
        *price = flow.max(&0) * NANO;
    }
    // Every panel is due: with this price no dispute gains by going without, whatever rotation
    // makes its seats cost.
    let costs = open.iter().flat_map(|space| &space.members).map(|member| -member.worth);
    let dearest: Micro = flow.prices.iter().copied().max().unwrap_or(0).max(0);
    let dearest = dearest + costs.max().unwrap_or(0).max(0);
    let largest = open.iter().map(|space| space.size).max().unwrap_or(0) as i64;
    prices.panels = dearest * largest * NANO;
    Some((solution, prices))
}

struct Hall<'e, 'a> {
    engine: &'e Engine<'a>,
    prices: Prices,
    /// By mediator: how many disputes she may take, and which she has.
    cases: Vec<usize>,
    holders: Vec<Vec<DisputeIx>>,
    solution: Solution,
}

/// Panels of the service demanded for every open dispute, with the prices at which they were had.
pub(super) fn auction(
    engine: &Engine<'_>,
    (start, prices): (&Solution, &Prices),
) -> Option<(Solution, Prices)> {
    let instance = engine.instance;
    let cases = instance.mediators().iter();
    let mut hall = Hall {
        engine,
        prices: Prices { panels: 0, scheduled: 0, ..prices.clone() },
        cases: cases.map(|m| m.cases.map_or(usize::MAX, |cases| cases as usize)).collect(),
        holders: vec![Vec::new(); instance.mediators().len()],
        solution: Solution::empty(engine.spaces.len()),
    };
    let mut waiting: VecDeque<DisputeIx> = VecDeque::new();
    for space in engine.spaces.iter().filter(|space| space.open) {
        match &start.plans[space.dispute.ix()] {
            Some(plan) if space.admits(instance, plan) => hall.seat(plan.clone()),
            _ => waiting.push_back(space.dispute),
        }
    }
    let mut bids = 0;
    while let Some(dispute) = waiting.front().copied() {
        bids += 1;
        if bids > BIDS || engine.control.should_stop() {
            return None;
        }
        let (value, plan) = hall.best(dispute, None)?;
        match plan.panel.iter().copied().find(|m| hall.is_full(*m)) {
            None => {
                hall.seat(plan);
                waiting.pop_front();
            }
            Some(wanted) => {
                let loser = hall.settle(wanted, (dispute, value), bids)?;
                if loser != dispute {
                    hall.clear(loser);
                    waiting.push_back(loser);
                }
            }
        }
    }
    Some((hall.solution, hall.prices))
}

impl Hall<'_, '_> {
    fn is_full(&self, mediator: MediatorIx) -> bool {
        self.holders[mediator.ix()].len() >= self.cases[mediator.ix()]
    }

    fn seat(&mut self, plan: Plan) {
        for mediator in &plan.panel {
            self.holders[mediator.ix()].push(plan.dispute);
        }
        let place = plan.dispute.ix();
        self.solution.plans[place] = Some(plan);
    }

    fn clear(&mut self, dispute: DisputeIx) {
        for mediator in self.solution.plans[dispute.ix()].take().iter().flat_map(|p| &p.panel) {
            self.holders[mediator.ix()].retain(|holder| *holder != dispute);
        }
    }

    /// The best panel at the prices, if need be without a mediator.
    fn best(&self, dispute: DisputeIx, without: Option<MediatorIx>) -> Option<(i64, Plan)> {
        let mut restriction = Restriction::default();
        restriction.forbidden.extend(without);
        best_panel(self.engine, &self.prices, Tier::Quality, dispute, &restriction, None)
    }

    /// What the panel of a dispute is worth at the prices.
    fn value(&self, dispute: DisputeIx) -> i64 {
        let members = &self.engine.spaces[dispute.ix()].members;
        let worth = |m: &MediatorIx| {
            let found = members.binary_search_by_key(m, |member| member.mediator);
            found.map_or(0, |place| members[place].worth * NANO) - self.prices.cases[m.ix()]
        };
        self.solution.plans[dispute.ix()].iter().flat_map(|plan| &plan.panel).map(worth).sum()
    }

    /// Who of those who have or want a mediator loses least without her; her price rises to there.
    /// Nothing when nobody can do without her.
    fn settle(
        &mut self,
        wanted: MediatorIx,
        (bidder, value): (DisputeIx, i64),
        bids: usize,
    ) -> Option<DisputeIx> {
        let holders = self.holders[wanted.ix()].iter().map(|d| (*d, self.value(*d)));
        let all = holders.chain([(bidder, value)]);
        let loss = |(dispute, value): (DisputeIx, i64)| {
            let (other, _) = self.best(dispute, Some(wanted))?;
            Some((value - other, dispute))
        };
        let (loss, loser) = all.filter_map(loss).min()?;
        let price = &mut self.prices.cases[wanted.ix()];
        // WHY steps that grow: disputes that could do without her at no loss would bid for long.
        *price += loss.max(0) + (RISE << (bids / PATIENCE).min(12));
        (*price < HIGHEST).then_some(loser)
    }
}

fn best_panel(
    engine: &Engine<'_>,
    prices: &Prices,
    tier: Tier,
    dispute: DisputeIx,
    restriction: &Restriction,
    floor: Option<i64>,
) -> Option<(i64, Plan)> {
    let (instance, availability) = (engine.instance, engine.availability);
    let market = Market { instance, availability, prices, tier, taken: None };
    let found = best_plans(market, &engine.spaces[dispute.ix()], restriction, floor, 1);
    found.into_iter().next().map(|priced| (priced.value, priced.plan))
}

/// Prices in tier `worst` at which the open disputes cannot all have a panel of the service
/// demanded, where steps find some.
pub(super) fn refute(engine: &Engine<'_>) -> Option<Prices> {
    let instance = engine.instance;
    let open = engine.spaces.iter().filter(|space| space.open);
    let mut tight: Vec<(Micro, DisputeIx)> =
        open.map(|space| (space.best_service(), space.dispute)).collect();
    tight.sort_unstable();
    tight.truncate(TIGHT);
    let mut prices = Prices { panels: POINT, ..Prices::zero(instance) };
    let mut exact = vec![0.0_f64; instance.mediators().len()];
    let free = Restriction::default();
    let (mut best, mut best_at, mut since, mut step) = (i128::MIN, exact.clone(), 0, 1.0);
    for _ in 0..STEPS {
        if engine.control.should_stop() {
            return None;
        }
        let found: Vec<(i128, Vec<MediatorIx>)> = tight
            .par_iter()
            .map(|(_, dispute)| {
                let whole = engine.spaces[dispute.ix()].priority * POINT;
                let panel = best_panel(engine, &prices, Tier::Worst, *dispute, &free, Some(0));
                let (left, panel) = panel.map_or((0, Vec::new()), |(left, p)| (left, p.panel));
                (i128::from(whole - left), panel)
            })
            .collect();
        let mut excess = vec![0.0_f64; exact.len()];
        let mut lack: i128 = found.iter().map(|(cost, _)| cost).sum();
        for mediator in found.iter().flat_map(|(_, panel)| panel) {
            excess[mediator.ix()] += 1.0;
        }
        for (mediator, data) in instance.mediators().iter().enumerate() {
            let cases = data.cases.map_or(tight.len() as i64, i64::from);
            lack -= i128::from(prices.cases[mediator]) * i128::from(cases);
            excess[mediator] -= cases as f64;
        }
        if lack > 0 {
            return Some(prices);
        }
        if lack > best {
            (best, best_at, since) = (lack, exact.clone(), 0);
        } else {
            since += 1;
            if since == 8 {
                (step, since) = (step * 0.6, 0);
                exact.clone_from(&best_at);
            }
        }
        let moved = |excess: f64, price: f64| excess > 0.0 || price > 0.0;
        let square: f64 =
            excess.iter().zip(&exact).filter(|(e, p)| moved(**e, **p)).map(|(e, _)| e * e).sum();
        if square < 0.5 {
            return None;
        }
        let length = step * (0.3 - lack as f64 / POINT as f64) / square;
        for ((price, excess), exact) in prices.cases.iter_mut().zip(&excess).zip(&mut exact) {
            *exact = (*exact + length * excess).max(0.0);
            *price = (*exact * POINT as f64).round() as i64;
        }
    }
    None
}

/// A better answer with the same service: panels that fall short in the best assignment of all
/// others stay as they are.
pub(super) fn polish(engine: &Engine<'_>, start: &Solution) -> Option<Solution> {
    let mut kept: BTreeSet<DisputeIx> = BTreeSet::new();
    for _ in 0..POLISHES {
        let pinned = |dispute: &DisputeIx| start.plans[dispute.ix()].as_ref();
        let beside: Vec<&Plan> = kept.iter().filter_map(pinned).collect();
        let (solution, _) = flow(engine, &beside)?;
        let short = solution.plans.iter().flatten();
        let short = short.filter(|p| !engine.spaces[p.dispute.ix()].admits(engine.instance, p));
        let before = kept.len();
        kept.extend(short.map(|plan| plan.dispute));
        if kept.len() == before {
            return Some(solution);
        }
    }
    None
}
