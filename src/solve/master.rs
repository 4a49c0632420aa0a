//! The restricted master: the plans found so far, and the prices that they agree on.
//!
//! * The pool holds plans; a master picks at most one for each dispute under the shared rows.
//! * Rows in time (S2, S4, S6) are made only once a fractional answer has violated them.
//! * Units: objective in score units (a million micro-units), so that the LP sees small numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::batch::Batch;
use super::holds::{self, Hold, World};
use super::pool::{PoolPlan, TimeRow};
use super::prices::{Held, JourneyRow, NANO, Prices, Tier, TimePrices};
use super::restriction::Restriction;
use crate::availability::Availability;
use crate::domain::{ActorIx, DisputeIx, Instance, MediatorIx, PlaceIx};
use crate::milp::{Column, MilpError, Model, Row, solve_integer, solve_relaxation};
use crate::solution::{Plan, Solution, evaluate};

/// Prices are kept below this, in nano-units, so that sums stay far from overflow.
const PRICE_LIMIT: f64 = 1e12;

/// A fractional answer of the master.
#[derive(Debug)]
pub(crate) struct Fractional {
    /// Plans with their values, those above zero, by position in the pool.
    pub(crate) weights: Vec<(usize, f64)>,
    pub(crate) prices: Prices,
}

/// The pool of plans and the rows made so far.
#[derive(Debug)]
pub(crate) struct Master<'a> {
    instance: &'a Instance,
    availability: &'a Availability,
    batch: &'a Batch<'a>,
    pub(crate) pool: Vec<PoolPlan>,
    known: BTreeSet<Plan>,
    rows: BTreeSet<TimeRow>,
}

impl<'a> Master<'a> {
    pub(crate) fn new(
        instance: &'a Instance,
        availability: &'a Availability,
        batch: &'a Batch<'a>,
    ) -> Self {
        Self {
            instance,
            availability,
            batch,
            pool: Vec::new(),
            known: BTreeSet::new(),
            rows: BTreeSet::new(),
        }
    }

    /// Adds a plan; false when it was there.
    pub(crate) fn add(&mut self, plan: &Plan) -> bool {
        if !self.known.insert(plan.clone()) {
            return false;
        }
        let dispute = self.instance.dispute(plan.dispute);
        let alone = {
            let mut solution = Solution::empty(self.instance.disputes().len());
            solution.plans[plan.dispute.ix()] = Some(plan.clone());
            evaluate(self.instance, self.availability, &solution)
        };
        let world = World::new(self.instance, self.availability);
        self.pool.push(PoolPlan {
            priority: dispute.priority,
            scheduled: plan.starts.is_some() || dispute.sessions.is_empty(),
            quality: alone.quality() - alone.balance,
            worse: alone.sides / -1_000_000,
            seats: plan
                .panel
                .iter()
                .map(|m| (*m, self.instance.effort(plan.dispute, *m)))
                .collect(),
            batch: self.batch.uses(plan).collect(),
            people: holds::people(world, plan).collect(),
            rooms: holds::rooms(self.instance, plan).collect(),
            plan: plan.clone(),
        });
        true
    }

    /// Solves the relaxation over the plans that the restrictions allow, rows made as needed.
    pub(crate) fn relax(
        &mut self,
        tier: Tier,
        held: Held,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
    ) -> Result<Fractional, MilpError> {
        loop {
            let built = self.build(tier, held, restrictions);
            let answer = solve_relaxation(&built.model)?;
            let weights: Vec<(usize, f64)> = built
                .plans
                .iter()
                .zip(&answer.values)
                .filter(|(_, value)| **value > 1e-6)
                .map(|(plan, value)| (*plan, *value))
                .collect();
            if !self.make_violated_rows(&weights) {
                return Ok(built.read(self.instance, weights, &answer.prices));
            }
        }
    }

    /// Picks whole plans from the pool; `incumbent` is an answer to start from.
    pub(crate) fn pick(
        &mut self,
        tier: Tier,
        held: Held,
        incumbent: &Solution,
        seconds: Option<f64>,
    ) -> Option<Solution> {
        let nothing = BTreeMap::new();
        loop {
            let built = self.build(tier, held, &nothing);
            let start = built.start(&self.pool, incumbent);
            let values = solve_integer(&built.model, Some(&start), seconds).ok()?;
            let chosen: Vec<(usize, f64)> = built
                .plans
                .iter()
                .zip(&values)
                .filter(|(_, value)| **value > 0.5)
                .map(|(plan, _)| (*plan, 1.0))
                .collect();
            if !self.make_violated_rows(&chosen) {
                let mut solution = Solution::empty(self.instance.disputes().len());
                for (position, _) in chosen {
                    let plan = self.pool[position].plan.clone();
                    let dispute = plan.dispute.ix();
                    solution.plans[dispute] = Some(plan);
                }
                return Some(solution);
            }
        }
    }

    /// Makes rows for slots that the weighted plans use beyond supply; true when it made any.
    fn make_violated_rows(&mut self, weights: &[(usize, f64)]) -> bool {
        let slots = self.instance.grid().slots();
        let rest = self.instance.slots_between(None, None);
        let mut people: BTreeMap<ActorIx, Vec<f64>> = BTreeMap::new();
        let mut days: BTreeMap<(ActorIx, i32), f64> = BTreeMap::new();
        let mut located: BTreeMap<ActorIx, Vec<(Hold, f64)>> = BTreeMap::new();
        let mut rooms: BTreeMap<(PlaceIx, u32), Vec<f64>> = BTreeMap::new();
        let add = |uses: &mut Vec<f64>, start: u32, end: u32, weight: f64| {
            uses.resize(slots as usize, 0.0);
            let held = &mut uses[start as usize..end.min(slots) as usize];
            for use_ in held {
                *use_ += weight;
            }
        };
        for (position, weight) in weights {
            let column = &self.pool[*position];
            for hold in &column.people {
                let uses = people.entry(hold.person).or_default();
                add(uses, hold.start, hold.end + rest, *weight);
                if let Some(day) = hold.day {
                    let length = f64::from(hold.slots());
                    *days.entry((hold.person, day)).or_default() += weight * length;
                }
                if hold.at.is_some() {
                    located.entry(hold.person).or_default().push((*hold, *weight));
                }
            }
            for room in &column.rooms {
                let uses = rooms.entry((room.place, room.class)).or_default();
                add(uses, room.start, room.start + room.slots, *weight);
            }
        }
        let mut made = false;
        for (person, uses) in &people {
            for slot in peaks(uses, 1.0) {
                made |= self.rows.insert(TimeRow::Person(*person, slot));
            }
        }
        for ((place, class), uses) in &rooms {
            for slot in peaks(uses, self.rooms_of(*place, *class)) {
                made |= self.rows.insert(TimeRow::Room(*place, *class, slot));
            }
        }
        if let Some(limit) = self.instance.day_slots() {
            for ((person, day), used) in days {
                if used > f64::from(limit) + 1e-5 {
                    made |= self.rows.insert(TimeRow::Day(person, day));
                }
            }
        }
        for holds in located.values() {
            for row in broken_journeys(self.instance, holds) {
                made |= self.rows.insert(TimeRow::Journey(row));
            }
        }
        made
    }

    fn rooms_of(&self, place: PlaceIx, class: u32) -> f64 {
        self.instance.place(place).classes[class as usize].rooms.len() as f64
    }

    /// For each dispute, the largest reduced value of its plans in the pool that are allowed, in
    /// nano-units, exact at these prices; what being unserved is worth, 0, where nothing is more
    /// or, for a dispute that must be served, `i64::MIN`.
    pub(crate) fn worth(
        &self,
        tier: Tier,
        prices: &Prices,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
    ) -> Vec<i64> {
        let mut worth = vec![0; self.instance.disputes().len()];
        for (dispute, restriction) in restrictions {
            if restriction.forced {
                worth[dispute.ix()] = i64::MIN;
            }
        }
        for column in &self.pool {
            let dispute = column.plan.dispute;
            if restrictions.get(&dispute).is_none_or(|r| r.allows(&column.plan)) {
                let value = column.reduced(self.instance, tier, prices);
                worth[dispute.ix()] = worth[dispute.ix()].max(value);
            }
        }
        worth
    }

    fn build(
        &self,
        tier: Tier,
        held: Held,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
    ) -> Built {
        let mut built = Built { held, tier: Some(tier), ..Built::default() };
        for (position, column) in self.pool.iter().enumerate() {
            let allowed =
                restrictions.get(&column.plan.dispute).is_none_or(|r| r.allows(&column.plan));
            if allowed {
                let value = column.value(tier);
                built.plans.push(position);
                built.model.columns.push(Column { gain: value as f64 / 1e6, upper: f64::INFINITY });
            }
        }
        self.add_convexity_rows(&mut built, restrictions);
        self.add_capacity_rows(&mut built, tier);
        self.add_batch_rows(&mut built);
        self.add_time_rows(&mut built);
        self.add_tier_rows(&mut built, tier, held);
        built
    }

    /// At most one plan a dispute; at least one where the search demands it, at a high penalty.
    fn add_convexity_rows(
        &self,
        built: &mut Built,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
    ) {
        let mut members: BTreeMap<DisputeIx, Vec<(usize, f64)>> = BTreeMap::new();
        for (column, position) in built.plans.iter().enumerate() {
            members.entry(self.pool[*position].plan.dispute).or_default().push((column, 1.0));
        }
        for (dispute, restriction) in restrictions {
            if restriction.forced {
                let entries = members.get(dispute).cloned().unwrap_or_default();
                let penalty = self.penalty(built);
                built.demand(RowName::OneDispute, entries, 1.0, penalty);
            }
        }
        for entries in members.into_values() {
            built.row(RowName::OneDispute, entries, 1.0);
        }
    }

    /// What missing a demand costs: more than all plans of the pool together can be worth.
    fn penalty(&self, built: &Built) -> f64 {
        let worth = |c: &PoolPlan| {
            let own = if built.tier == Some(Tier::Sides) { c.worse as f64 } else { 0.0 };
            c.quality.abs() as f64 / 1e6 + c.priority as f64 + own
        };
        2.0 * self.pool.iter().map(worth).fold(1.0, f64::max)
            * (1 + self.instance.disputes().len()) as f64
    }

    /// A3: cases, with the rising cost of balance, and hours.
    fn add_capacity_rows(&self, built: &mut Built, tier: Tier) {
        let mut cases: BTreeMap<MediatorIx, Vec<(usize, f64)>> = BTreeMap::new();
        let mut effort: BTreeMap<MediatorIx, Vec<(usize, f64)>> = BTreeMap::new();
        let mut wanted_by: BTreeMap<MediatorIx, BTreeSet<DisputeIx>> = BTreeMap::new();
        for (column, position) in built.plans.iter().enumerate() {
            let plan = &self.pool[*position];
            for (mediator, minutes) in &plan.seats {
                cases.entry(*mediator).or_default().push((column, 1.0));
                wanted_by.entry(*mediator).or_default().insert(plan.plan.dispute);
                if *minutes > 0 {
                    effort.entry(*mediator).or_default().push((column, *minutes as f64));
                }
            }
        }
        let balance = self.instance.policy().weights.balance;
        for (mediator, mut entries) in cases {
            let wanted = wanted_by[&mediator].len();
            let limit =
                self.instance.mediator(mediator).cases.map_or(wanted, |c| wanted.min(c as usize));
            if tier == Tier::Quality && balance > 0 {
                if wanted < 2 && limit == wanted {
                    continue;
                }
                // sum of plans with m <= sum of y[m,j], where the j-th case costs w_bal (j - 1)
                for j in 0..limit {
                    let gain = -(balance as f64 / 1e6) * j as f64;
                    entries.push((built.model.columns.len(), -1.0));
                    built.model.columns.push(Column { gain, upper: 1.0 });
                }
                built.row(RowName::Cases(mediator), entries, 0.0);
            } else if limit < wanted {
                built.row(RowName::Cases(mediator), entries, limit as f64);
            }
        }
        for (mediator, entries) in effort {
            if let Some(minutes) = self.instance.mediator(mediator).minutes {
                // In units of the limit, so that the row has coefficients near 1.
                let scale = (minutes.max(1)) as f64;
                let entries = entries.into_iter().map(|(c, e)| (c, e / scale)).collect();
                built.row(RowName::Effort(mediator), entries, minutes as f64 / scale);
            }
        }
    }

    /// A6: what a mediator may not take together.
    fn add_batch_rows(&self, built: &mut Built) {
        let mut rows: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (column, position) in built.plans.iter().enumerate() {
            for (row, factor) in &self.pool[*position].batch {
                rows.entry(*row).or_default().push((column, *factor as f64));
            }
        }
        for (row, entries) in rows {
            built.row(RowName::Batch(row), entries, self.batch.rows()[row].limit as f64);
        }
    }

    /// S2, S4 and S6, where they have proved to matter.
    fn add_time_rows(&self, built: &mut Built) {
        // By what can count in a row, so that a plan meets few rows: its people and places.
        let mut of_person: BTreeMap<ActorIx, Vec<TimeRow>> = BTreeMap::new();
        let mut of_place: BTreeMap<PlaceIx, Vec<TimeRow>> = BTreeMap::new();
        for row in &self.rows {
            match row {
                TimeRow::Person(person, _) | TimeRow::Day(person, _) => {
                    of_person.entry(*person).or_default().push(*row);
                }
                TimeRow::Journey(journey) => {
                    of_person.entry(journey.person).or_default().push(*row);
                }
                TimeRow::Room(place, ..) => of_place.entry(*place).or_default().push(*row),
            }
        }
        let mut entries: BTreeMap<TimeRow, Vec<(usize, f64)>> = BTreeMap::new();
        for (column, position) in built.plans.iter().enumerate() {
            let plan = &self.pool[*position];
            let people: BTreeSet<ActorIx> = plan.people.iter().map(|hold| hold.person).collect();
            let places: BTreeSet<PlaceIx> = plan.rooms.iter().map(|room| room.place).collect();
            let rows = people.iter().filter_map(|person| of_person.get(person));
            for row in rows.chain(places.iter().filter_map(|place| of_place.get(place))).flatten() {
                let uses = plan.uses(self.instance, row);
                if uses > 0.0 {
                    entries.entry(*row).or_default().push((column, uses));
                }
            }
        }
        for (row, mut entries) in entries {
            let limit = match row {
                TimeRow::Person(..) | TimeRow::Journey(_) => 1.0,
                TimeRow::Room(place, class, _) => self.rooms_of(place, class),
                TimeRow::Day(..) => {
                    // In units of the limit, so that the row has coefficients near 1.
                    let limit = f64::from(self.instance.day_slots().unwrap_or(1).max(1));
                    for (_, uses) in &mut entries {
                        *uses /= limit;
                    }
                    1.0
                }
            };
            built.row(RowName::Time(row), entries, limit);
        }
    }

    /// The tiers above keep what they reached.
    fn add_tier_rows(&self, built: &mut Built, tier: Tier, held: Held) {
        let points = |want: &dyn Fn(&PoolPlan) -> bool| -> Vec<(usize, f64)> {
            let priced = built.plans.iter().enumerate();
            priced
                .filter(|(_, position)| want(&self.pool[**position]))
                .map(|(column, position)| (column, self.pool[*position].priority as f64))
                .collect()
        };
        let (all, dated) = (points(&|_| true), points(&|c| c.scheduled));
        let penalty = self.penalty(built);
        if tier >= Tier::Sessions {
            built.demand(RowName::HoldPanels, all, held.panels as f64, penalty);
        }
        if tier >= Tier::Sides {
            built.demand(RowName::HoldSessions, dated, held.scheduled as f64, penalty);
        }
        if tier == Tier::Quality && self.instance.policy().worse_off_first {
            let borne = built.plans.iter().enumerate();
            let borne = borne.map(|(column, position)| (column, self.pool[*position].worse as f64));
            let mut entries: Vec<_> = borne.filter(|(_, worse)| *worse > 0.0).collect();
            // In units of the limit, so that the row has coefficients near 1.
            let scale = sides_scale(held);
            for (_, worse) in &mut entries {
                *worse /= scale;
            }
            let slack = built.model.columns.len();
            built.model.columns.push(Column { gain: -penalty, upper: f64::INFINITY });
            entries.push((slack, -1.0));
            built.row(RowName::HoldSides, entries, held.sides as f64 / scale);
        }
    }
}

/// What the row that holds the sides is divided by.
fn sides_scale(held: Held) -> f64 {
    held.sides.max(1) as f64
}

/// Rows S2 travel that a person's weighted sessions break, one for each two of them.
fn broken_journeys(instance: &Instance, holds: &[(Hold, f64)]) -> Vec<JourneyRow> {
    let runs = |(place, slot): (PlaceIx, u32)| -> f64 {
        let there = holds.iter().filter(|(hold, _)| hold.at == Some(place));
        there.filter(|(h, _)| (h.start..h.end).contains(&slot)).map(|(_, weight)| weight).sum()
    };
    let mut rows = Vec::new();
    for (first, _) in holds {
        for (then, _) in holds {
            let (Some(from), Some(to)) = (first.at, then.at) else { continue };
            let apart = instance.slots_between(Some(from), Some(to));
            if from == to || first.end > then.start || then.start >= first.end + apart {
                continue;
            }
            let (last, next) = (first.end - 1, then.start);
            let row = JourneyRow { person: first.person, from: (from, last), to: (to, next) };
            if runs(row.from) + runs(row.to) > 1.0 + 1e-5 {
                rows.push(row);
            }
        }
    }
    rows
}

/// Slots where use exceeds supply and is a local peak: the first slot of each plateau.
fn peaks(uses: &[f64], supply: f64) -> Vec<u32> {
    let at = |slot: usize| uses.get(slot).copied().unwrap_or(0.0);
    let mut found = Vec::new();
    let mut rising = true;
    for slot in 0..uses.len() {
        let before = if slot == 0 { 0.0 } else { at(slot - 1) };
        if at(slot) > before + 1e-9 {
            rising = true;
        }
        if at(slot) > supply + 1e-5 && rising && at(slot + 1) <= at(slot) + 1e-9 {
            // WHY: the plateau's end is looked for so that a later rise is not missed.
            let end = (slot + 1..uses.len()).find(|s| (at(*s) - at(slot)).abs() > 1e-9);
            if end.is_none_or(|end| at(end) < at(slot)) {
                found.push(slot as u32);
            }
            rising = false;
        }
    }
    found
}

/// What a row of the built model stands for.
#[derive(Debug, Clone, Copy)]
enum RowName {
    /// Concerns one dispute alone; its price is no part of the bound.
    OneDispute,
    Cases(MediatorIx),
    Effort(MediatorIx),
    /// A row A6, by position.
    Batch(usize),
    Time(TimeRow),
    HoldPanels,
    HoldSessions,
    HoldSides,
}

/// A model and what its columns and rows stand for.
#[derive(Default)]
struct Built {
    model: Model,
    /// Position in the pool of each of the first columns.
    plans: Vec<usize>,
    names: Vec<RowName>,
    held: Held,
    tier: Option<Tier>,
}

impl Built {
    fn row(&mut self, name: RowName, entries: Vec<(usize, f64)>, limit: f64) {
        self.names.push(name);
        self.model.rows.push(Row { entries, limit });
    }

    /// `sum >= least`, with a slack that costs `penalty` a unit.
    fn demand(&mut self, name: RowName, entries: Vec<(usize, f64)>, least: f64, penalty: f64) {
        let slack = self.model.columns.len();
        self.model.columns.push(Column { gain: -penalty, upper: f64::INFINITY });
        let mut entries: Vec<_> = entries.into_iter().map(|(c, v)| (c, -v)).collect();
        entries.push((slack, -1.0));
        self.row(name, entries, -least);
    }

    /// Values of the columns for an answer whose plans are in the pool.
    fn start(&self, pool: &[PoolPlan], incumbent: &Solution) -> Vec<f64> {
        let mut values = vec![0.0; self.model.columns.len()];
        for (column, position) in self.plans.iter().enumerate() {
            let plan = &pool[*position].plan;
            if incumbent.plans[plan.dispute.ix()].as_ref() == Some(plan) {
                values[column] = 1.0;
            }
        }
        // Steps of the supply of cases are taken from the cheapest on.
        for (name, row) in self.names.iter().zip(&self.model.rows) {
            if let RowName::Cases(_) = name {
                let mut load: f64 =
                    row.entries.iter().filter(|(_, c)| *c > 0.0).map(|(i, _)| values[*i]).sum();
                for (step, _) in row.entries.iter().filter(|(_, c)| *c < 0.0) {
                    values[*step] = load.clamp(0.0, 1.0);
                    load -= 1.0;
                }
            }
        }
        values
    }

    /// Prices in nano-units from the LP's, which are in score units.
    fn read(&self, instance: &Instance, weights: Vec<(usize, f64)>, duals: &[f64]) -> Fractional {
        let nano = |dual: f64| (dual * 1e6 * NANO as f64).clamp(0.0, PRICE_LIMIT).round() as i64;
        let mut prices = Prices::zero(instance);
        let mut timed = TimePrices::default();
        for (name, dual) in self.names.iter().zip(duals) {
            let price = nano(*dual);
            match name {
                RowName::Cases(m) => prices.cases[m.ix()] = price,
                RowName::Effort(m) => {
                    let scale = instance.mediator(*m).minutes.unwrap_or(1).max(1) as f64;
                    prices.effort[m.ix()] = nano(*dual / scale);
                }
                RowName::Time(TimeRow::Day(person, day)) => {
                    let scale = f64::from(instance.day_slots().unwrap_or(1).max(1));
                    let price = nano(*dual / scale);
                    if price > 0 {
                        timed.days.insert((*person, *day), price);
                    }
                }
                RowName::HoldPanels => prices.panels = price,
                RowName::HoldSessions => prices.scheduled = price,
                RowName::HoldSides => prices.sides = nano(*dual / sides_scale(self.held)),
                _ if price == 0 => {}
                RowName::Time(TimeRow::Person(a, slot)) => {
                    timed.time.entry(*a).or_default().push((*slot, price));
                }
                RowName::Time(TimeRow::Room(k, class, slot)) => {
                    timed.rooms.entry((*k, *class)).or_default().push((*slot, price));
                }
                RowName::Time(TimeRow::Journey(row)) => {
                    timed.journeys.insert(*row, price);
                }
                RowName::Batch(row) => {
                    prices.batch.insert(*row, price);
                }
                RowName::OneDispute => {}
            }
        }
        prices.set_time(instance, timed);
        Fractional { weights, prices }
    }
}
