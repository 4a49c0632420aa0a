//! What the plans of an answer take from the shared resources.

use std::collections::BTreeMap;

use super::batch::Batch;
use crate::domain::{ActorIx, Instance, MediatorIx, PlaceIx};
use crate::solution::Plan;

/// Counts of use: of people's slots, of rooms, of mediators.
#[derive(Debug, Clone)]
pub(crate) struct Taken<'a> {
    batch: &'a Batch<'a>,
    /// Use of the rows A6, by position.
    used: BTreeMap<usize, i64>,
    time: BTreeMap<ActorIx, Vec<u16>>,
    rooms: BTreeMap<PlaceIx, Vec<u16>>,
    load: Vec<u32>,
    minutes: Vec<i64>,
}

impl<'a> Taken<'a> {
    /// Nothing is taken.
    pub(crate) fn new(instance: &Instance, batch: &'a Batch<'a>) -> Self {
        let mediators = instance.mediators().len();
        Self {
            batch,
            used: BTreeMap::new(),
            time: BTreeMap::new(),
            rooms: BTreeMap::new(),
            load: vec![0; mediators],
            minutes: vec![0; mediators],
        }
    }

    /// Adds a plan.
    pub(crate) fn add(&mut self, instance: &Instance, plan: &Plan) {
        let slots = instance.grid().slots() as usize;
        let change = |uses: &mut Vec<u16>, start: u32, length: u32| {
            for use_ in &mut uses[start as usize..(start + length) as usize] {
                *use_ += 1;
            }
        };
        for mediator in &plan.panel {
            let effort = instance.effort(plan.dispute, *mediator);
            self.load[mediator.ix()] += 1;
            self.minutes[mediator.ix()] += effort;
        }
        for (row, factor) in self.batch.uses(plan) {
            *self.used.entry(row).or_default() += factor;
        }
        let sessions = &instance.dispute(plan.dispute).sessions;
        for (session, start) in sessions.iter().zip(plan.starts.iter().flatten()) {
            let panel = plan.panel.iter().map(|m| instance.mediator(*m).actor);
            for person in session.attendees.iter().copied().chain(panel) {
                let uses = self.time.entry(person).or_insert_with(|| vec![0; slots]);
                change(uses, *start, session.slots);
            }
            if let Some(place) = session.mode.room_at() {
                let uses = self.rooms.entry(place).or_insert_with(|| vec![0; slots]);
                change(uses, *start, session.slots);
            }
        }
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
        let data = instance.mediator(mediator);
        data.cases.is_none_or(|cases| self.load[mediator.ix()] < cases)
            && data.minutes.is_none_or(|minutes| self.minutes[mediator.ix()] + effort <= minutes)
    }

    /// True when these uses of rows A6 are within their limits.
    pub(crate) fn may_add(&self, uses: &[(usize, i64)]) -> bool {
        uses.iter().all(|(row, factor)| {
            let used = self.used.get(row).copied().unwrap_or(0);
            used + factor <= self.batch.rows()[*row].limit
        })
    }

    /// True when nobody holds the person in `[start, start + slots)` (S2).
    pub(crate) fn person_free(&self, person: ActorIx, start: u32, slots: u32) -> bool {
        self.time.get(&person).is_none_or(|uses| {
            uses[start as usize..(start + slots) as usize].iter().all(|use_| *use_ == 0)
        })
    }

    /// True when a room is left throughout `[start, start + slots)` (S4).
    pub(crate) fn room_free(
        &self,
        instance: &Instance,
        place: PlaceIx,
        start: u32,
        slots: u32,
    ) -> bool {
        let rooms = instance.place(place).rooms.len();
        self.rooms.get(&place).map_or(rooms > 0, |uses| {
            uses[start as usize..(start + slots) as usize]
                .iter()
                .all(|use_| usize::from(*use_) < rooms)
        })
    }

    /// True when the plan fits beside what is taken.
    pub(crate) fn admits(&self, instance: &Instance, plan: &Plan) -> bool {
        let sessions = &instance.dispute(plan.dispute).sessions;
        plan.panel
            .iter()
            .all(|m| self.has_capacity(instance, *m, instance.effort(plan.dispute, *m)))
            && plan.panel.iter().all(|m| self.may_add(self.batch.of(plan.dispute, *m)))
            && sessions.iter().zip(plan.starts.iter().flatten()).all(|(session, start)| {
                let panel = plan.panel.iter().map(|m| instance.mediator(*m).actor);
                session
                    .attendees
                    .iter()
                    .copied()
                    .chain(panel)
                    .all(|person| self.person_free(person, *start, session.slots))
                    && session
                        .mode
                        .room_at()
                        .is_none_or(|k| self.room_free(instance, k, *start, session.slots))
            })
    }
}
