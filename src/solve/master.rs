//! The restricted master: the plans found so far, and the prices that they agree on.
//!
//! * The pool holds plans; a master picks at most one for each dispute under the shared rows. It is
//!   one linear program that grows with the pool and keeps its basis from round to round.
//! * Rows in time (S2, S4, S6) are made only once a fractional answer has violated them.
//! * Units: objective in score units (a million micro-units), so that the LP sees small numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::batch::Batch;
use super::holds::{self, World};
use super::pool::{PoolPlan, TimeRow};
use super::prices::{Held, Prices, Tier};
use super::restriction::Restriction;
use super::rows::RowName;
use super::violations::violated_rows;
use crate::availability::Availability;
use crate::domain::{ActorIx, DisputeIx, Instance, MediatorIx, PlaceIx};
use crate::milp::{FirstOrder, MilpError, Outcome, Simplex};
use crate::solution::{Plan, TIERS, evaluate_alone, level};

/// Prices are kept below this, in nano-units, so that sums stay far from overflow.
pub(super) const PRICE_LIMIT: f64 = 1e13;

/// Point-minutes in a unit of the row that holds the sides.
pub(super) const SIDES_SCALE: f64 = 1000.0;

/// A fractional answer of the master.
#[derive(Debug, Clone)]
pub(crate) struct Fractional {
    /// Plans with their values, those above zero, by position in the pool.
    pub(crate) weights: Vec<(usize, f64)>,
    pub(crate) prices: Prices,
}

/// A row that must be reached, with the column that makes up for what is missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demand {
    pub(super) row: usize,
    pub(super) slack: usize,
}

/// The row of a mediator's cases, and the columns that supply them at a rising cost.
#[derive(Debug, Clone, Default)]
pub(super) struct Cases {
    row: Option<usize>,
    pub(super) steps: Vec<usize>,
    wanted: usize,
}

/// The pool of plans, and the program over it.
#[derive(Debug)]
pub(crate) struct Master<'a> {
    pub(super) instance: &'a Instance,
    availability: &'a Availability,
    batch: &'a Batch<'a>,
    pub(crate) pool: Vec<PoolPlan>,
    known: BTreeMap<Plan, usize>,
    /// Positions in the pool by dispute.
    pub(super) of_dispute: Vec<Vec<usize>>,
    pub(super) tier: Tier,
    held: Held,
    pub(crate) lp: Simplex,
    pub(super) names: Vec<RowName>,
    /// Column of each plan of the pool.
    pub(super) columns: Vec<usize>,
    pub(super) one_dispute: Vec<usize>,
    pub(super) demands: BTreeMap<DisputeIx, Demand>,
    pub(super) holds: [Demand; 5],
    /// By level, the row of disputes below it.
    pub(super) below: Vec<Demand>,
    pub(super) cases: Vec<Cases>,
    /// The row of what a mediator is to have, and the column of what she has too little.
    pub(super) floors: BTreeMap<MediatorIx, Demand>,
    effort: Vec<Option<usize>>,
    batch_rows: BTreeMap<usize, usize>,
    time_rows: BTreeSet<TimeRow>,
    of_person: BTreeMap<ActorIx, Vec<(TimeRow, usize)>>,
    of_place: BTreeMap<PlaceIx, Vec<(TimeRow, usize)>>,
    /// Positions in the pool of those who may count in a row of a person or place.
    plans_of_person: BTreeMap<ActorIx, Vec<usize>>,
    plans_of_place: BTreeMap<PlaceIx, Vec<usize>>,
    /// Disputes whose plans are restricted now.
    restricted: BTreeSet<DisputeIx>,
    /// What missing a unit of a demand costs.
    penalty: f64,
    /// Values and prices near the optimum of each tier, for large dockets.
    pub(super) near: [FirstOrder; TIERS],
}

impl<'a> Master<'a> {
    pub(crate) fn new(
        instance: &'a Instance,
        availability: &'a Availability,
        batch: &'a Batch<'a>,
    ) -> Self {
        let mut lp = Simplex::new();
        let mut names = Vec::new();
        let one_dispute = instance
            .disputes()
            .iter()
            .map(|_| {
                names.push(RowName::OneDispute);
                lp.add_row(1.0, &[])
            })
            .collect();
        let held = [
            RowName::HoldPanels,
            RowName::HoldSessions,
            RowName::HoldFrozen,
            RowName::HoldLoads,
            RowName::HoldSides,
        ];
        let holds = held.map(|name| {
            let slack = lp.add_column(0.0, f64::INFINITY, &[]);
            names.push(name);
            Demand { row: lp.add_row(0.0, &[(slack, -1.0)]), slack }
        });
        let below = (0..instance.policy().levels.len()).map(|level| {
            let slack = lp.add_column(0.0, f64::INFINITY, &[]);
            names.push(RowName::HoldBelow(level));
            Demand { row: lp.add_row(0.0, &[(slack, -1.0)]), slack }
        });
        let below = below.collect();
        let floors = instance.mediator_indices().filter(|m| instance.mediator(*m).least > 0);
        let floors = floors
            .map(|m| {
                let least = f64::from(instance.mediator(m).least);
                let slack = lp.add_column(0.0, least, &[(holds[3].row, 1.0)]);
                names.push(RowName::Floor(m));
                (m, Demand { row: lp.add_row(-least, &[(slack, -1.0)]), slack })
            })
            .collect();
        let mediators = instance.mediators().len();
        Self {
            instance,
            availability,
            batch,
            pool: Vec::new(),
            known: BTreeMap::new(),
            of_dispute: vec![Vec::new(); instance.disputes().len()],
            tier: Tier::Panels,
            held: Held::default(),
            lp,
            names,
            columns: Vec::new(),
            one_dispute,
            demands: BTreeMap::new(),
            holds,
            below,
            cases: vec![Cases::default(); mediators],
            floors,
            effort: vec![None; mediators],
            batch_rows: BTreeMap::new(),
            time_rows: BTreeSet::new(),
            of_person: BTreeMap::new(),
            of_place: BTreeMap::new(),
            plans_of_person: BTreeMap::new(),
            plans_of_place: BTreeMap::new(),
            restricted: BTreeSet::new(),
            penalty: 0.0,
            near: Default::default(),
        }
    }

    /// A master that knows only some of these plans.
    pub(crate) fn of_those(&self, may_stay: impl Fn(&Plan) -> bool) -> Self {
        let mut other = Self::new(self.instance, self.availability, self.batch);
        for plan in self.pool.iter().filter(|plan| may_stay(&plan.plan)) {
            other.add(&plan.plan);
        }
        other
    }

    /// Turns to a tier, with what those above keep.
    pub(crate) fn enter(&mut self, tier: Tier, held: Held) {
        (self.tier, self.held) = (tier, held);
        for (position, plan) in self.pool.iter().enumerate() {
            self.lp.set_gain(self.columns[position], gain(plan, tier));
        }
        for cases in &self.cases {
            for (step, column) in cases.steps.iter().enumerate() {
                self.lp.set_gain(*column, step_gain(self.instance, tier, step));
            }
        }
        for floor in self.floors.values() {
            self.lp.set_gain(floor.slack, if tier == Tier::Loads { -1.0 } else { 0.0 });
        }
        let [panels, sessions, frozen, loads, sides] = self.holds;
        let if_after = |after: Tier, points: i64| if tier > after { -(points as f64) } else { 0.0 };
        self.lp.set_limit(panels.row, if_after(Tier::Panels, held.panels));
        self.lp.set_limit(sessions.row, if_after(Tier::Sessions, held.scheduled));
        let if_frozen = if self.holds_freeze() { held.frozen as f64 } else { 1e9 };
        self.lp.set_limit(frozen.row, if_frozen);
        let if_loads = if tier > Tier::Loads { held.loads as f64 } else { 1e9 };
        self.lp.set_limit(loads.row, if_loads);
        self.lp.set_limit(
            sides.row,
            if self.holds_sides() { held.sides as f64 / SIDES_SCALE } else { 1e9 },
        );
        for (level, demand) in self.below.iter().enumerate() {
            let holds = tier > Tier::Below(level as u8);
            self.lp.set_limit(demand.row, if holds { held.below[level] as f64 } else { 1e9 });
        }
        self.penalty = 0.0;
        self.set_penalty();
    }

    /// True when the tier `frozen` is above the present one.
    pub(super) fn holds_freeze(&self) -> bool {
        self.tier > Tier::Frozen && self.instance.has_freeze()
    }

    /// True when the tier `sides` is above the present one.
    pub(super) fn holds_sides(&self) -> bool {
        self.tier > Tier::Sides && self.instance.policy().worse_off_first
    }

    /// Missing a demand costs more than all plans of the pool together can be worth.
    pub(super) fn set_penalty(&mut self) {
        let worth = |plan: &PoolPlan| gain(plan, self.tier).abs() + plan.priority as f64;
        let most = self.pool.iter().map(worth).fold(1.0, f64::max);
        let penalty = 2.0 * most * (1 + self.instance.disputes().len()) as f64;
        if penalty > self.penalty {
            self.penalty = penalty;
            let demands = self.demands.values().chain(&self.holds).chain(&self.below);
            for demand in demands {
                self.lp.set_gain(demand.slack, -penalty);
            }
        }
    }

    /// A plan with what it takes and what it is worth.
    pub(crate) fn describe(&self, plan: &Plan) -> PoolPlan {
        let dispute = self.instance.dispute(plan.dispute);
        let alone = evaluate_alone(self.instance, self.availability, plan);
        let world = World::new(self.instance, self.availability);
        PoolPlan {
            priority: dispute.priority,
            scheduled: plan.starts.is_some() || dispute.sessions.is_empty(),
            quality: alone.quality(),
            frozen: alone.frozen / -1_000_000,
            worse: alone.sides / -1_000_000,
            level: level(self.instance, plan),
            seats: plan
                .panel
                .iter()
                .map(|m| (*m, self.instance.effort(plan.dispute, *m)))
                .collect(),
            batch: self.batch.uses(plan).collect(),
            people: holds::people(world, plan).collect(),
            rooms: holds::rooms(self.instance, plan).collect(),
            plan: plan.clone(),
        }
    }

    /// Adds a plan; false when it was there.
    pub(crate) fn add(&mut self, plan: &Plan) -> bool {
        if self.known.contains_key(plan) {
            return false;
        }
        self.known.insert(plan.clone(), self.pool.len());
        let plan = self.describe(plan);
        let entries = self.entries(&plan);
        let position = self.pool.len();
        let column = self.lp.add_column(gain(&plan, self.tier), f64::INFINITY, &entries);
        self.columns.push(column);
        self.of_dispute[plan.plan.dispute.ix()].push(position);
        let people: BTreeSet<ActorIx> = plan.people.iter().map(|hold| hold.person).collect();
        let places: BTreeSet<PlaceIx> = plan.rooms.iter().map(|room| room.place).collect();
        for person in people {
            self.plans_of_person.entry(person).or_default().push(position);
        }
        for place in places {
            self.plans_of_place.entry(place).or_default().push(position);
        }
        self.pool.push(plan);
        true
    }

    /// Rows that a plan counts in, made where they are not there.
    fn entries(&mut self, plan: &PoolPlan) -> Vec<(usize, f64)> {
        let dispute = plan.plan.dispute;
        let mut entries = vec![(self.one_dispute[dispute.ix()], 1.0)];
        if let Some(demand) = self.demands.get(&dispute) {
            entries.push((demand.row, -1.0));
        }
        let [panels, sessions, frozen, _, sides] = self.holds;
        entries.push((panels.row, -(plan.priority as f64)));
        if plan.scheduled {
            entries.push((sessions.row, -(plan.priority as f64)));
        }
        if plan.frozen > 0 {
            entries.push((frozen.row, plan.frozen as f64));
        }
        if plan.worse > 0 && self.instance.policy().worse_off_first {
            entries.push((sides.row, plan.worse as f64 / SIDES_SCALE));
        }
        entries.extend(self.below[plan.level..].iter().map(|demand| (demand.row, 1.0)));
        for (mediator, minutes) in &plan.seats {
            entries.extend(self.cases_row(*mediator).map(|row| (row, 1.0)));
            entries.extend(self.floors.get(mediator).map(|floor| (floor.row, -1.0)));
            if let Some((row, part)) = self.effort_row(*mediator, *minutes) {
                entries.push((row, part));
            }
        }
        let mut batch: BTreeMap<usize, f64> = BTreeMap::new();
        for (row, factor) in &plan.batch {
            *batch.entry(*row).or_default() += *factor as f64;
        }
        for (row, factor) in batch {
            entries.push((self.batch_row(row), factor));
        }
        let people: BTreeSet<ActorIx> = plan.people.iter().map(|hold| hold.person).collect();
        let places: BTreeSet<PlaceIx> = plan.rooms.iter().map(|room| room.place).collect();
        let rows = people.iter().filter_map(|person| self.of_person.get(person));
        let rows = rows.chain(places.iter().filter_map(|place| self.of_place.get(place)));
        for (name, row) in rows.flatten() {
            let uses = self.uses(plan, name);
            if uses > 0.0 {
                entries.push((*row, uses));
            }
        }
        entries
    }

    /// How often a plan counts in a row, in the units of the linear program.
    fn uses(&self, plan: &PoolPlan, name: &TimeRow) -> f64 {
        let uses = plan.uses(self.instance, name);
        match name {
            TimeRow::Day(..) => uses / self.day_scale(),
            _ => uses,
        }
    }

    /// WHY: rows are in units of their limit, so that they have coefficients near 1.
    pub(super) fn day_scale(&self) -> f64 {
        f64::from(self.instance.day_slots().unwrap_or(1).max(1))
    }

    fn name_row(&mut self, name: RowName, limit: f64, entries: &[(usize, f64)]) -> usize {
        self.names.push(name);
        self.lp.add_row(limit, entries)
    }

    /// A3 cases: sum of plans with m <= cases[m]; with balance, <= sum over j of y[m,j] where the
    /// j-th costs `w_bal (j - 1)`.
    fn cases_row(&mut self, mediator: MediatorIx) -> Option<usize> {
        let cases = self.instance.mediator(mediator).cases;
        let balanced = self.instance.policy().weights.balance > 0;
        let known = &mut self.cases[mediator.ix()];
        known.wanted += 1;
        let most = self.instance.disputes().len();
        let steps = cases.map_or(most, |cases| most.min(cases as usize));
        if known.row.is_none() {
            let limit = match (balanced, cases) {
                (true, _) => 0.0,
                (false, Some(cases)) => f64::from(cases),
                (false, None) => return None,
            };
            self.names.push(RowName::Cases(mediator));
            known.row = Some(self.lp.add_row(limit, &[]));
        }
        let row = known.row?;
        // WHY one more than there are plans: a step that nobody takes keeps the price where the
        // supply of the bound is no more than that of the program.
        while balanced && known.steps.len() < steps.min(known.wanted + 1) {
            let gain = step_gain(self.instance, self.tier, known.steps.len());
            known.steps.push(self.lp.add_column(gain, 1.0, &[(row, -1.0)]));
        }
        Some(row)
    }

    /// A3 hours, in units of the limit.
    fn effort_row(&mut self, mediator: MediatorIx, minutes: i64) -> Option<(usize, f64)> {
        let limit = self.instance.mediator(mediator).minutes?;
        if minutes == 0 {
            return None;
        }
        let scale = limit.max(1) as f64;
        let row = match self.effort[mediator.ix()] {
            Some(row) => row,
            None => self.name_row(RowName::Effort(mediator), limit as f64 / scale, &[]),
        };
        self.effort[mediator.ix()] = Some(row);
        Some((row, minutes as f64 / scale))
    }

    /// A6: what a mediator may not take together. A7: what a group may have.
    fn batch_row(&mut self, position: usize) -> usize {
        if let Some(row) = self.batch_rows.get(&position) {
            return *row;
        }
        let limit = self.batch.limit(position) as f64;
        let row = self.name_row(RowName::Batch(position), limit, &[]);
        self.batch_rows.insert(position, row);
        row
    }

    /// S2, S4 and S6, once they have proved to matter; true when it was not there.
    fn make_time_row(&mut self, name: TimeRow) -> bool {
        if !self.time_rows.insert(name) {
            return false;
        }
        let (person, place) = match name {
            TimeRow::Person(person, _) | TimeRow::Day(person, _) => (Some(person), None),
            TimeRow::Journey(journey) => (Some(journey.person), None),
            TimeRow::Room(place, ..) => (None, Some(place)),
        };
        let plans = match (person, place) {
            (Some(person), _) => self.plans_of_person.get(&person),
            (_, Some(place)) => self.plans_of_place.get(&place),
            _ => None,
        };
        let mut entries = Vec::new();
        for position in plans.into_iter().flatten() {
            let uses = self.uses(&self.pool[*position], &name);
            if uses > 0.0 {
                entries.push((self.columns[*position], uses));
            }
        }
        let limit = match name {
            TimeRow::Person(..) | TimeRow::Journey(_) | TimeRow::Day(..) => 1.0,
            TimeRow::Room(place, class, _) => {
                self.instance.place(place).classes[class as usize].rooms.len() as f64
            }
        };
        let row = self.name_row(RowName::Time(name), limit, &entries);
        if let Some(person) = person {
            self.of_person.entry(person).or_default().push((name, row));
        }
        if let Some(place) = place {
            self.of_place.entry(place).or_default().push((name, row));
        }
        true
    }

    /// Makes rows for what the weighted plans use beyond supply; true when it made any.
    pub(super) fn make_violated_rows(&mut self, weights: &[(usize, f64)]) -> bool {
        let weighted = weights.iter().map(|(position, weight)| (&self.pool[*position], *weight));
        let rows = violated_rows(self.instance, weighted);
        rows.into_iter().fold(false, |made, row| self.make_time_row(row) | made)
    }

    /// Lets only plans stand that the restrictions allow.
    pub(super) fn restrict(&mut self, restrictions: &BTreeMap<DisputeIx, Restriction>) {
        let before = std::mem::take(&mut self.restricted);
        for dispute in before.iter().filter(|dispute| !restrictions.contains_key(dispute)) {
            for position in &self.of_dispute[dispute.ix()] {
                self.lp.set_upper(self.columns[*position], f64::INFINITY);
            }
            self.demand(*dispute, false);
        }
        for (dispute, restriction) in restrictions {
            for position in &self.of_dispute[dispute.ix()] {
                let allowed = restriction.allows(&self.pool[*position].plan);
                let upper = if allowed { f64::INFINITY } else { 0.0 };
                self.lp.set_upper(self.columns[*position], upper);
            }
            self.demand(*dispute, restriction.forced);
            self.restricted.insert(*dispute);
        }
    }

    /// Gives a dispute this plan of the pool or none.
    pub(crate) fn fix(&mut self, position: usize) {
        let dispute = self.pool[position].plan.dispute;
        for other in self.of_dispute[dispute.ix()].iter().filter(|other| **other != position) {
            self.lp.set_upper(self.columns[*other], 0.0);
        }
    }

    /// Lets a dispute choose again.
    pub(crate) fn unfix(&mut self, dispute: DisputeIx) {
        for position in &self.of_dispute[dispute.ix()] {
            self.lp.set_upper(self.columns[*position], f64::INFINITY);
        }
    }

    /// Whether the dispute must have a plan; missing it costs the penalty.
    fn demand(&mut self, dispute: DisputeIx, forced: bool) {
        if forced && !self.demands.contains_key(&dispute) {
            let slack = self.lp.add_column(-self.penalty, f64::INFINITY, &[]);
            let plans = self.of_dispute[dispute.ix()].iter();
            let mut entries: Vec<_> = plans.map(|at| (self.columns[*at], -1.0)).collect();
            entries.push((slack, -1.0));
            let row = self.name_row(RowName::OneDispute, -1.0, &entries);
            self.demands.insert(dispute, Demand { row, slack });
        }
        if let Some(demand) = self.demands.get(&dispute) {
            self.lp.set_limit(demand.row, if forced { -1.0 } else { 0.0 });
        }
    }

    /// Solves the relaxation over the plans that the restrictions allow, rows made as needed.
    ///
    /// # Errors
    /// When the simplex gives up or is stopped.
    pub(crate) fn relax(
        &mut self,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
        should_stop: &dyn Fn() -> bool,
    ) -> Result<Fractional, MilpError> {
        self.set_penalty();
        self.restrict(restrictions);
        loop {
            let outcome = self.lp.solve(should_stop);
            if outcome != Outcome::Optimal {
                return Err(MilpError::Solver(format!("{outcome:?}")));
            }
            let values = self.lp.values();
            let weights: Vec<(usize, f64)> = self
                .columns
                .iter()
                .enumerate()
                .map(|(position, column)| (position, values[*column]))
                .filter(|(_, value)| *value > 1e-6)
                .collect();
            if !self.make_violated_rows(&weights) {
                let prices = self.read_prices(&|row| self.lp.price(row));
                return Ok(Fractional { weights, prices });
            }
        }
    }

    /// For each dispute, the largest reduced value of its plans in the pool that are allowed, in
    /// nano-units, exact at these prices; what being unserved is worth, 0, where nothing is more
    /// or, for a dispute that must be served, `i64::MIN`.
    pub(crate) fn worth(
        &self,
        prices: &Prices,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
    ) -> Vec<i64> {
        use rayon::prelude::*;
        let disputes: Vec<DisputeIx> = self.instance.dispute_indices().collect();
        disputes
            .par_iter()
            .map(|dispute| {
                let restriction = restrictions.get(dispute);
                let plans = self.of_dispute[dispute.ix()].iter().map(|at| &self.pool[*at]);
                let allowed = plans.filter(|p| restriction.is_none_or(|r| r.allows(&p.plan)));
                let values = allowed.map(|plan| plan.reduced(self.instance, self.tier, prices));
                let unserved = if restriction.is_some_and(|r| r.forced) { i64::MIN } else { 0 };
                values.fold(unserved, i64::max)
            })
            .collect()
    }
}

/// What a plan adds in a tier, in score units.
pub(super) fn gain(plan: &PoolPlan, tier: Tier) -> f64 {
    plan.value(tier) as f64 / 1e6
}

/// What a mediator's next dispute costs beyond `step` that she has.
fn step_gain(instance: &Instance, tier: Tier, step: usize) -> f64 {
    let balance = if tier == Tier::Quality { instance.policy().weights.balance } else { 0 };
    -(balance as f64 / 1e6) * step as f64
}
