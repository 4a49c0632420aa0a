//! What the plans of an answer take from the shared resources.

use std::collections::BTreeMap;
use std::ops::Range;

use super::batch::Batch;
use super::holds::{Hold, RoomHold, World, is_consistent, people, rooms};
use crate::domain::{ActorIx, Instance, MOST_LEVELS, MediatorIx, Micro, PlaceIx};
use crate::solution::{Plan, level, shortfall};

/// Use of people's time, of rooms, of mediators.
#[derive(Debug, Clone)]
pub(crate) struct Taken<'a> {
    world: World<'a>,
    batch: &'a Batch<'a>,
    /// Use of the rows A6 and A7, by position.
    used: BTreeMap<usize, i64>,
    /// By actor.
    people: Vec<Vec<Hold>>,
    /// By place and class, the number of rooms in use in each slot.
    rooms: BTreeMap<(PlaceIx, u32), Vec<u16>>,
    load: Vec<u32>,
    minutes: Vec<i64>,
    /// Whether mediators' capacity and rows A6 and A7 count.
    limited: bool,
    /// By level of service, how many panels are below it, and how many may be at no cost.
    below: [u32; MOST_LEVELS],
    quota: [u32; MOST_LEVELS],
}

/// What a panel below a level costs when placing, where there are as many as may be: more than any quality.
const LEVELS_FIRST: i64 = 400_000_000_000;

impl<'a> Taken<'a> {
    /// Nothing is taken.
    pub(crate) fn new(world: World<'a>, batch: &'a Batch<'a>) -> Self {
        let mediators = world.instance.mediators().len();
        Self {
            world,
            batch,
            used: BTreeMap::new(),
            people: vec![Vec::new(); world.instance.actors().len()],
            rooms: BTreeMap::new(),
            load: vec![0; mediators],
            minutes: vec![0; mediators],
            limited: true,
            below: [0; MOST_LEVELS],
            quota: [u32::MAX; MOST_LEVELS],
        }
    }

    /// The same with so many panels below each level of service before they cost.
    pub(crate) fn with_quota(self, quota: [u32; MOST_LEVELS]) -> Self {
        Self { quota, ..self }
    }

    /// What a panel costs that reaches so many levels of service: a high price for each other one that has as many
    /// below it as may be.
    pub(crate) fn of_level(&self, reached: usize) -> i64 {
        let levels = reached..self.world.instance.policy().levels.len();
        let full = levels.filter(|level| self.below[*level] >= self.quota[*level]);
        LEVELS_FIRST * full.count() as i64
    }

    /// The levels of service that a plan is below.
    fn levels(&self, plan: &Plan) -> Range<usize> {
        let instance = self.world.instance;
        level(instance, plan)..instance.policy().levels.len()
    }

    /// Nothing is taken, and mediators have no limits: plans must only be sound by themselves.
    pub(crate) fn without_limits(world: World<'a>, batch: &'a Batch<'a>) -> Self {
        Self { limited: false, ..Self::new(world, batch) }
    }

    /// Adds a plan.
    pub(crate) fn add(&mut self, plan: &Plan) {
        let instance = self.world.instance;
        let slots = instance.grid().slots() as usize;
        for mediator in &plan.panel {
            self.load[mediator.ix()] += 1;
            self.minutes[mediator.ix()] += instance.effort(plan.dispute, *mediator);
        }
        for level in self.levels(plan) {
            self.below[level] += 1;
        }
        for (row, factor) in self.batch.uses(plan) {
            *self.used.entry(row).or_default() += factor;
        }
        for hold in people(self.world, plan) {
            self.people[hold.person.ix()].push(hold);
        }
        for room in rooms(instance, plan) {
            let uses = self.rooms.entry((room.place, room.class)).or_insert_with(|| vec![0; slots]);
            for use_ in &mut uses[room.start as usize..(room.start + room.slots) as usize] {
                *use_ += 1;
            }
        }
    }

    /// Takes a plan away again that was added.
    pub(crate) fn remove(&mut self, plan: &Plan) {
        let instance = self.world.instance;
        for mediator in &plan.panel {
            self.load[mediator.ix()] -= 1;
            self.minutes[mediator.ix()] -= instance.effort(plan.dispute, *mediator);
        }
        for level in self.levels(plan) {
            self.below[level] -= 1;
        }
        for (row, factor) in self.batch.uses(plan) {
            *self.used.entry(row).or_default() -= factor;
        }
        for hold in people(self.world, plan) {
            let own = &mut self.people[hold.person.ix()];
            if let Some(position) = own.iter().position(|other| *other == hold) {
                own.remove(position);
            }
        }
        for room in rooms(instance, plan) {
            if let Some(uses) = self.rooms.get_mut(&(room.place, room.class)) {
                for use_ in &mut uses[room.start as usize..(room.start + room.slots) as usize] {
                    *use_ -= 1;
                }
            }
        }
    }

    /// The term `balance`, in micro-units.
    pub(crate) fn balance(&self) -> Micro {
        let pairs = self.load.iter().map(|load| i64::from(*load));
        let pairs: i64 = pairs.map(|load| load * (load - 1) / 2).sum();
        -self.world.instance.policy().weights.balance * pairs
    }

    /// The term `loads`, in micro-units.
    pub(crate) fn loads(&self) -> Micro {
        shortfall(self.world.instance, |m| i64::from(self.load[m.ix()]))
    }

    /// Number of disputes of a mediator.
    pub(crate) fn load(&self, mediator: MediatorIx) -> u32 {
        self.load[mediator.ix()]
    }

    /// True when the mediator can take one more dispute with that effort (A3).
    pub(crate) fn has_capacity(
        &self,
        instance: &Instance,
        mediator: MediatorIx,
        effort: i64,
    ) -> bool {
        if !self.limited {
            return true;
        }
        let data = instance.mediator(mediator);
        data.cases.is_none_or(|cases| self.load[mediator.ix()] < cases)
            && data.minutes.is_none_or(|minutes| self.minutes[mediator.ix()] + effort <= minutes)
    }

    /// The first row A6 or A7 that leaves no room for one more seat with these uses.
    pub(crate) fn full_row(&self, uses: impl IntoIterator<Item = (usize, i64)>) -> Option<usize> {
        let mut uses = uses.into_iter().filter(|_| self.limited);
        let full =
            |(row, factor): &(usize, i64)| self.use_of(*row) + factor > self.batch.limit(*row);
        uses.find(full).map(|(row, _)| row)
    }

    fn use_of(&self, row: usize) -> i64 {
        self.used.get(&row).copied().unwrap_or(0)
    }

    /// True when seats together are within the rows A7; each by itself is within its rows.
    pub(crate) fn may_join(&self, uses: impl IntoIterator<Item = (usize, i64)>) -> bool {
        if !(self.limited && self.batch.has_caps()) {
            return true;
        }
        let mut wanted: BTreeMap<usize, i64> = BTreeMap::new();
        for (row, factor) in uses.into_iter().filter(|(row, _)| self.batch.is_cap(*row)) {
            *wanted.entry(row).or_default() += factor;
        }
        wanted.iter().all(|(row, wanted)| self.use_of(*row) + wanted <= self.batch.limit(*row))
    }

    /// The rows A7 that a plan would overfill in the place of another.
    pub(crate) fn overfilled(&self, plan: &Plan, old: Option<&Plan>) -> Vec<usize> {
        if !(self.limited && self.batch.has_caps()) {
            return Vec::new();
        }
        let mut change: BTreeMap<usize, i64> = BTreeMap::new();
        for (row, factor) in self.batch.uses(plan) {
            *change.entry(row).or_default() += factor;
        }
        for (row, factor) in old.into_iter().flat_map(|old| self.batch.uses(old)) {
            change.entry(row).and_modify(|change| *change -= factor);
        }
        let over = |(row, change): &(usize, i64)| {
            self.batch.is_cap(*row) && self.use_of(*row) + change > self.batch.limit(*row)
        };
        change.into_iter().filter(over).map(|(row, _)| row).collect()
    }

    /// True when the person has nothing that keeps her from a session (S2, S6).
    pub(crate) fn person_free(&self, hold: &Hold) -> bool {
        let own = &self.people[hold.person.ix()];
        let instance = self.world.instance;
        own.iter().all(|other| hold.goes_with(other, instance))
            && instance
                .day_slots()
                .is_none_or(|limit| self.slots_on(hold.person, hold.day) + hold.slots() <= limit)
    }

    /// Slots of sessions that a person has on a date.
    pub(crate) fn slots_on(&self, person: ActorIx, day: Option<i32>) -> u32 {
        let own = &self.people[person.ix()];
        own.iter().filter(|hold| hold.day == day).map(Hold::slots).sum()
    }

    /// True when the person has no session at all.
    pub(crate) fn is_idle(&self, person: ActorIx) -> bool {
        self.people[person.ix()].is_empty()
    }

    /// How many rooms of a class are left throughout `[start, start + slots)` (S4).
    pub(crate) fn rooms_left(&self, place: PlaceIx, class: u32, start: u32, slots: u32) -> u32 {
        let rooms = self.world.instance.place(place).classes[class as usize].rooms.len() as u32;
        let most = self.rooms.get(&(place, class)).map_or(0, |uses| {
            let during = &uses[start as usize..(start + slots) as usize];
            during.iter().copied().max().unwrap_or(0)
        });
        rooms.saturating_sub(u32::from(most))
    }

    /// True when the plan is sound by itself and fits beside what is taken.
    pub(crate) fn admits(&self, plan: &Plan) -> bool {
        let instance = self.world.instance;
        plan.panel
            .iter()
            .all(|m| self.has_capacity(instance, *m, instance.effort(plan.dispute, *m)))
            && self.full_row(self.batch.uses(plan)).is_none()
            && self.may_join(self.batch.uses(plan))
            && people(self.world, plan).all(|hold| self.person_free(&hold))
            && self.has_rooms(&rooms(instance, plan).collect::<Vec<_>>())
            && is_consistent(self.world, plan, Some(self))
    }

    /// True when all of these rooms, which are of one plan, are left.
    fn has_rooms(&self, wanted: &[RoomHold]) -> bool {
        wanted.iter().all(|room| {
            // INVARIANT: the sessions of a plan do not overlap, so only rooms of one session, which
            // have the same start, are wanted together.
            let together = wanted.iter().filter(|other| {
                (other.place, other.class, other.start) == (room.place, room.class, room.start)
            });
            together.count() as u32
                <= self.rooms_left(room.place, room.class, room.start, room.slots)
        })
    }
}
