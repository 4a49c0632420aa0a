//! A plan of the pool, and the shared rows in time that plans count in.

use super::holds::{Hold, RoomHold};
use super::price::tier_value;
use super::prices::{JourneyRow, NANO, Prices, Tier};
use crate::domain::{ActorIx, Instance, MediatorIx, Micro, PlaceIx};
use crate::solution::Plan;

/// A plan of the pool with what it takes and what it is worth.
#[derive(Debug, Clone)]
pub(crate) struct PoolPlan {
    pub(crate) plan: Plan,
    pub(crate) priority: i64,
    pub(crate) scheduled: bool,
    /// Everything of quality but balance, in micro-units.
    pub(crate) quality: Micro,
    /// Sessions that it moves although they were to be within the freeze period.
    pub(super) frozen: i64,
    /// What the worse-off side bears, in point-minutes.
    pub(super) worse: i64,
    /// How many levels of service its panel reaches.
    pub(super) level: usize,
    pub(super) seats: Vec<(MediatorIx, i64)>,
    /// Use of rows A6 and A7.
    pub(super) batch: Vec<(usize, i64)>,
    pub(super) people: Vec<Hold>,
    pub(super) rooms: Vec<RoomHold>,
}

impl PoolPlan {
    /// Its worth in a tier, in micro-units.
    pub(super) fn value(&self, tier: Tier) -> Micro {
        let (scheduled, level) = (self.scheduled, self.level);
        tier_value(tier, self.priority, scheduled, (self.quality, self.frozen, self.worse, level))
    }

    /// The reduced value of docs/model.md, in nano-units.
    pub(super) fn reduced(&self, instance: &Instance, tier: Tier, prices: &Prices) -> i64 {
        let mut value = self.value(tier) * NANO;
        if tier >= Tier::Sessions {
            value += prices.panels * self.priority;
        }
        if tier > Tier::Sessions && self.scheduled {
            value += prices.scheduled * self.priority;
        }
        if tier > Tier::Frozen {
            value -= prices.frozen * self.frozen;
        }
        if tier > Tier::Sides {
            value -= prices.sides * self.worse;
        }
        value -= prices.of_level(self.level);
        let seats: i64 = self.seats.iter().map(|(m, effort)| prices.seat(*m, *effort)).sum();
        let people: i64 = self.people.iter().map(|hold| prices.attendance(instance, hold)).sum();
        let rooms: i64 = self.rooms.iter().map(|room| prices.room(room)).sum();
        value - seats - prices.batch_of(&self.batch) - people - rooms
    }

    /// How often the plan counts in a row.
    pub(super) fn uses(&self, instance: &Instance, row: &TimeRow) -> f64 {
        let count = match row {
            TimeRow::Person(person, slot) => {
                let rest = instance.slots_between(None, None);
                let own = self.people.iter().filter(|hold| hold.person == *person);
                own.filter(|hold| (hold.start..hold.end + rest).contains(slot)).count() as u32
            }
            TimeRow::Room(place, class, slot) => {
                let own = self.rooms.iter().filter(|r| (r.place, r.class) == (*place, *class));
                own.filter(|r| (r.start..r.start + r.slots).contains(slot)).count() as u32
            }
            TimeRow::Day(person, day) => {
                let own = self.people.iter().filter(|hold| hold.person == *person);
                own.filter(|hold| hold.day == Some(*day)).map(Hold::slots).sum()
            }
            TimeRow::Journey(row) => {
                let own = self.people.iter().filter(|hold| hold.person == row.person);
                let there = |hold: &Hold, (place, slot): (PlaceIx, u32)| {
                    hold.at == Some(place) && (hold.start..hold.end).contains(&slot)
                };
                own.map(|h| u32::from(there(h, row.from)) + u32::from(there(h, row.to))).sum()
            }
        };
        f64::from(count)
    }
}

/// A shared row in time, made on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TimeRow {
    /// S2 no-overlap, rest.
    Person(ActorIx, u32),
    /// S4.
    Room(PlaceIx, u32, u32),
    /// S6.
    Day(ActorIx, i32),
    /// S2 travel.
    Journey(JourneyRow),
}
