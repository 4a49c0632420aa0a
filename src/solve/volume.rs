//! Prices without a linear program: the volume method.
//!
//! * Each round prices all disputes at the present prices, which gives a bound, and moves the best
//!   prices known along the *averaged* excess of use over supply. The averages over the plans that
//!   rounds have found come near an optimal fractional answer, from which whole answers are made.
//! * All rows in time have a price from the first round on; none has to be made.
//! * Deterministic; no matrix and no factors: a round costs one pricing.
//!
//! SOURCE: Barahona and Anbil, "The volume algorithm: producing primal solutions with a subgradient
//! method", 2000. The step follows Polyak (1969) with the best answer known as target.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Engine;
use super::bound::{Priced, price_all};
use super::master::Master;
use super::pool::PoolPlan;
use super::prices::{Held, NANO, Prices, Tier, TimePrices};
use super::restriction::Restriction;
use crate::domain::{ActorIx, DisputeIx, Instance, Micro, PlaceIx};
use crate::solution::Plan;

/// Score units in which prices are kept here, as nano-units.
const UNIT: f64 = 1e6 * NANO as f64;

/// Rounds without a better bound after which steps get shorter.
const PATIENCE: u32 = 3;

/// The first step, as a part of the one that would reach the target if excess were constant.
const FIRST_STEP: f64 = 0.1;

/// Least and largest part of a round in the averages.
const SMOOTHING: (f64, f64) = (0.02, 0.2);

/// Rounds over which the bound has to come down by `WORTHWHILE` of itself.
const PROGRESS: usize = 25;
const WORTHWHILE: f64 = 2e-5;

/// Where the rows stand in one vector.
struct Layout {
    mediators: usize,
    batch: usize,
    slots: usize,
    /// By actor, the first of her slots; `None` when only one dispute can want her.
    time: Vec<Option<usize>>,
    rooms: BTreeMap<(PlaceIx, u32), usize>,
    days: BTreeMap<(ActorIx, i32), usize>,
    len: usize,
}

/// Rows that hold the tiers above, behind the mediators' two.
const HOLDS: usize = 3;

impl Layout {
    fn new(engine: &Engine<'_>) -> Self {
        let instance = engine.instance;
        let (mediators, batch) = (instance.mediators().len(), engine.batch.len());
        let slots = instance.grid().slots() as usize;
        let mut wanted_by: Vec<Option<DisputeIx>> = vec![None; instance.actors().len()];
        let mut shared = vec![false; instance.actors().len()];
        for space in &engine.spaces {
            for actor in space.people(instance) {
                let first = wanted_by[actor.ix()].get_or_insert(space.dispute);
                shared[actor.ix()] |= *first != space.dispute;
            }
        }
        let mut len = 2 * mediators + HOLDS + batch;
        let mut take = |number: usize| {
            len += number;
            len - number
        };
        let time = shared.iter().map(|shared| shared.then(|| take(slots))).collect();
        let mut rooms = BTreeMap::new();
        for place in (0..instance.places().len()).map(PlaceIx::new) {
            for class in 0..instance.place(place).classes.len() as u32 {
                rooms.insert((place, class), take(slots));
            }
        }
        Self { mediators, batch, slots, time, rooms, days: BTreeMap::new(), len }
    }

    fn hold(&self, number: usize) -> usize {
        2 * self.mediators + number
    }

    fn batch_row(&self, row: usize) -> usize {
        2 * self.mediators + HOLDS + row
    }

    /// Calls with every row that a plan uses, and how much.
    fn uses(&mut self, instance: &Instance, plan: &PoolPlan, mut each: impl FnMut(usize, f64)) {
        for (mediator, minutes) in &plan.seats {
            each(mediator.ix(), 1.0);
            each(self.mediators + mediator.ix(), *minutes as f64);
        }
        each(self.hold(0), -(plan.priority as f64));
        if plan.scheduled {
            each(self.hold(1), -(plan.priority as f64));
        }
        each(self.hold(2), plan.worse as f64);
        for (row, factor) in &plan.batch {
            each(self.batch_row(*row), *factor as f64);
        }
        let rest = instance.slots_between(None, None);
        for hold in &plan.people {
            if let Some(first) = self.time[hold.person.ix()] {
                let end = ((hold.end + rest) as usize).min(self.slots);
                (hold.start as usize..end).for_each(|slot| each(first + slot, 1.0));
            }
            if let Some(day) = hold.day {
                let next = self.len;
                let row = *self.days.entry((hold.person, day)).or_insert(next);
                self.len = self.len.max(row + 1);
                each(row, f64::from(hold.slots()));
            }
        }
        for room in &plan.rooms {
            if let Some(first) = self.rooms.get(&(room.place, room.class)) {
                let slots = room.start as usize..(room.start + room.slots) as usize;
                slots.for_each(|slot| each(first + slot, 1.0));
            }
        }
    }

    /// Supply of every row at given prices.
    fn supply(&self, engine: &Engine<'_>, tier: Tier, held: Held, prices: &[f64]) -> Vec<f64> {
        let instance = engine.instance;
        let mut supply = vec![1.0; self.len];
        let balance = if tier == Tier::Quality { instance.policy().weights.balance } else { 0 };
        for (mediator, data) in instance.mediators().iter().enumerate() {
            let cases = data.cases.map_or(instance.disputes().len() as f64, f64::from);
            // A rising curve: the j-th case is supplied once its price is above w_bal (j - 1).
            let supplied = if balance > 0 {
                (prices[mediator] * 1e6 / balance as f64).ceil().clamp(0.0, cases)
            } else {
                cases
            };
            supply[mediator] = supplied;
            supply[self.mediators + mediator] =
                data.minutes.map_or(f64::INFINITY, |minutes| minutes as f64);
        }
        let on = |after: Tier| tier > after;
        let points = [held.panels, held.scheduled].map(|points| -(points as f64));
        supply[self.hold(0)] = if on(Tier::Panels) { points[0] } else { f64::INFINITY };
        supply[self.hold(1)] = if on(Tier::Sessions) { points[1] } else { f64::INFINITY };
        let sides = tier > Tier::Sides && instance.policy().worse_off_first;
        supply[self.hold(2)] = if sides { held.sides as f64 } else { f64::INFINITY };
        for row in 0..self.batch {
            supply[self.batch_row(row)] = engine.batch.limit(row) as f64;
        }
        for ((place, class), first) in &self.rooms {
            let rooms = instance.place(*place).classes[*class as usize].rooms.len() as f64;
            supply[*first..first + self.slots].fill(rooms);
        }
        for row in self.days.values() {
            supply[*row] = f64::from(instance.day_slots().unwrap_or(0));
        }
        supply
    }

    /// The prices in integers.
    fn exact(&self, instance: &Instance, prices: &[f64]) -> Prices {
        let nano = |row: usize| (prices.get(row).copied().unwrap_or(0.0) * UNIT).round() as i64;
        let slots = |first: usize| -> Vec<(u32, i64)> {
            let priced = prices.get(first..first + self.slots).unwrap_or_default();
            let entries = (0_u32..).zip(priced).filter(|(_, price)| **price > 0.0);
            let entries = entries.map(|(slot, price)| (slot, (price * UNIT).round() as i64));
            entries.filter(|(_, price)| *price > 0).collect()
        };
        let mut exact = Prices {
            cases: (0..self.mediators).map(nano).collect(),
            effort: (0..self.mediators).map(|m| nano(self.mediators + m)).collect(),
            panels: nano(self.hold(0)),
            scheduled: nano(self.hold(1)),
            sides: nano(self.hold(2)),
            ..Prices::zero(instance)
        };
        let batch = (0..self.batch).map(|row| (row, nano(self.batch_row(row))));
        exact.batch = batch.filter(|(_, price)| *price > 0).collect();
        let time = (0..).map(ActorIx::new).zip(&self.time);
        let time = time.filter_map(|(actor, first)| Some((actor, slots((*first)?))));
        let rooms = self.rooms.iter().map(|(key, first)| (*key, slots(*first)));
        let days = self.days.iter().map(|(key, row)| (*key, nano(*row)));
        exact.set_time(
            instance,
            TimePrices {
                time: time.filter(|(_, entries)| !entries.is_empty()).collect(),
                rooms: rooms.filter(|(_, entries)| !entries.is_empty()).collect(),
                journeys: BTreeMap::new(),
                days: days.filter(|(_, price)| *price > 0).collect(),
            },
        );
        exact
    }
}

/// What the method has found.
pub(crate) struct Volume {
    /// The best bound, with its prices.
    pub(crate) bound: Option<Micro>,
    pub(crate) prices: Prices,
    /// Plans with their averages, the largest first.
    pub(crate) weights: Vec<(Plan, f64)>,
}

/// Runs `rounds` rounds; `target` is what the best answer known is worth in the tier.
pub(crate) fn volume(
    engine: &Engine<'_>,
    master: &Master<'_>,
    (tier, held): (Tier, Held),
    target: Micro,
    rounds: usize,
) -> Volume {
    let instance = engine.instance;
    let nothing: BTreeMap<DisputeIx, Restriction> = BTreeMap::new();
    let mut layout = Layout::new(engine);
    let mut best_prices = vec![0.0; layout.len];
    let mut exact = Prices::zero(instance);
    let mut found = Volume { bound: None, prices: exact.clone(), weights: Vec::new() };
    let mut averages: Vec<Vec<(PoolPlan, f64)>> = vec![Vec::new(); engine.spaces.len()];
    let mut excess: Vec<f64> = Vec::new();
    let mut prices = best_prices.clone();
    let target = target as f64 / 1e6;
    let mut best = f64::INFINITY;
    let mut history: Vec<f64> = Vec::new();
    let (mut step, mut smoothing, mut since) = (FIRST_STEP, SMOOTHING.1, 0_u32);
    for round in 0..rounds {
        if engine.control.should_stop() {
            break;
        }
        let priced = price_all(engine, tier, held, &exact, &nothing, 1);
        let value = priced.nano as f64 / UNIT;
        let plans = describe(master, &averages, &priced);
        let own = own_excess(engine, &mut layout, (tier, held), &prices, &plans);
        for list in [&mut best_prices, &mut prices, &mut excess] {
            list.resize(layout.len, 0.0);
        }
        let part = if round == 0 { 1.0 } else { mixture(&excess, &own, &best_prices, smoothing) };
        for (sum, own) in excess.iter_mut().zip(&own) {
            *sum = if own.is_finite() { (1.0 - part) * *sum + part * own } else { 0.0 };
        }
        average(&mut averages, plans, part);
        if priced.bound < found.bound || found.bound.is_none() {
            found.bound = priced.bound;
            found.prices = exact.clone();
        }
        if value < best {
            let much = best - value > 1e-3 * (best - target).abs().max(1e-9);
            best = value;
            best_prices.clone_from(&prices);
            since = 0;
            if much {
                step = (step * 1.15).min(2.0);
            }
        } else {
            since += 1;
            if since.is_multiple_of(PATIENCE) {
                step *= 0.7;
                smoothing = (smoothing * 0.8).max(SMOOTHING.0);
            }
        }
        let norm: f64 = excess
            .iter()
            .zip(&best_prices)
            .filter(|(excess, price)| **excess > 0.0 || **price > 0.0)
            .map(|(excess, _)| excess * excess)
            .sum();
        history.push(best);
        let stalled = history
            .len()
            .checked_sub(PROGRESS)
            .is_some_and(|then| history[then] - best < WORTHWHILE * best.abs());
        if norm < 1e-12 || stalled || best <= target {
            break;
        }
        let length = step * (best - target).max(1e-6 * best.abs()) / norm;
        for ((price, known), excess) in prices.iter_mut().zip(&best_prices).zip(&excess) {
            *price = (known + length * excess).max(0.0);
        }
        exact = layout.exact(instance, &prices);
    }
    let weighted = averages.into_iter().flatten().map(|(plan, weight)| (plan.plan, weight));
    found.weights = weighted.collect();
    found.weights.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found
}

/// The best plan of each dispute with what it takes.
fn describe(
    master: &Master<'_>,
    averages: &[Vec<(PoolPlan, f64)>],
    priced: &Priced,
) -> Vec<Option<PoolPlan>> {
    let best = priced.plans.par_iter().zip(averages);
    best.map(|(found, known)| {
        let plan = &found.first()?.plan;
        let known = known.iter().find(|(known, _)| known.plan == *plan);
        Some(known.map_or_else(|| master.describe(plan), |(known, _)| known.clone()))
    })
    .collect()
}

/// Use of the best plans less supply.
fn own_excess(
    engine: &Engine<'_>,
    layout: &mut Layout,
    (tier, held): (Tier, Held),
    prices: &[f64],
    plans: &[Option<PoolPlan>],
) -> Vec<f64> {
    let mut uses = vec![0.0; layout.len];
    for plan in plans.iter().flatten() {
        layout.uses(engine.instance, plan, |row, amount| {
            if row >= uses.len() {
                uses.resize(row + 1, 0.0);
            }
            uses[row] += amount;
        });
    }
    uses.resize(layout.len, 0.0);
    let supply = layout.supply(engine, tier, held, prices);
    uses.iter().zip(&supply).map(|(used, supply)| used - supply).collect()
}

/// How much of the new excess makes the mixture shortest, within limits.
fn mixture(mean: &[f64], own: &[f64], prices: &[f64], most: f64) -> f64 {
    let (mut dot, mut square) = (0.0, 0.0);
    for ((mean, own), price) in mean.iter().zip(own).zip(prices) {
        if own.is_finite() && (*mean > 0.0 || *own > 0.0 || *price > 0.0) {
            let way = own - mean;
            dot -= mean * way;
            square += way * way;
        }
    }
    if square < 1e-12 { most } else { (dot / square).clamp(most / 10.0, most) }
}

/// Mixes the plans of a round into the averages.
fn average(averages: &mut [Vec<(PoolPlan, f64)>], plans: Vec<Option<PoolPlan>>, part: f64) {
    for (known, plan) in averages.iter_mut().zip(plans) {
        known.retain_mut(|(_, weight)| {
            *weight *= 1.0 - part;
            *weight > 1e-3
        });
        let Some(plan) = plan else { continue };
        match known.iter_mut().find(|(known, _)| known.plan == plan.plan) {
            Some((_, weight)) => *weight += part,
            None => known.push((plan, part)),
        }
    }
}
