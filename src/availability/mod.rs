//! Who is free when, and at what burden: every person on every wall clock, slot by slot.
//!
//! * Takes the `Instance`; gives, for each actor who attends sessions and each clock that she
//!   reads in one (her own, or that of a place), prefix sums over the slots.
//! * **Invariant**: a slot is free only when every one of its minutes is; its points are the sum
//!   over its minutes (docs/format.md, sessions).
//! * Complexity: one step a minute of the horizon for each distinct clock, then one step a slot
//!   for each person.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::domain::{ActorIx, Clock, Instance, Mode, PlaceIx, Policy};
use crate::time::{Date, Interval, SlotGrid};

/// Free slots and burden of one person on one clock, as prefix sums over the slots.
#[derive(Debug, Clone)]
pub struct SlotProfile {
    blocked: Vec<u32>,
    points: Vec<i64>,
}

impl SlotProfile {
    fn from_slots(slots: &[Option<i64>]) -> Self {
        let mut blocked = Vec::with_capacity(slots.len() + 1);
        let mut points = Vec::with_capacity(slots.len() + 1);
        let (mut closed, mut sum) = (0_u32, 0_i64);
        blocked.push(0);
        points.push(0);
        for slot in slots {
            match slot {
                Some(cost) => sum += cost,
                None => closed += 1,
            }
            blocked.push(closed);
            points.push(sum);
        }
        Self { blocked, points }
    }

    /// True when every slot of `[start, start + slots)` is free. The range lies in the horizon.
    #[must_use]
    pub fn is_free(&self, start: u32, slots: u32) -> bool {
        self.blocked[(start + slots) as usize] == self.blocked[start as usize]
    }

    /// Point-minutes of `[start, start + slots)`; slots that are not free count nothing.
    #[must_use]
    pub fn points(&self, start: u32, slots: u32) -> i64 {
        self.points[(start + slots) as usize] - self.points[start as usize]
    }
}

/// The profiles of everyone, and the opening of every place.
#[derive(Debug, Clone)]
pub struct Availability {
    own: Vec<Option<SlotProfile>>,
    at_place: BTreeMap<(ActorIx, PlaceIx), SlotProfile>,
    open: Vec<SlotProfile>,
}

impl Availability {
    /// Computes every profile that a session of the instance can ask for.
    #[must_use]
    pub fn compute(instance: &Instance) -> Self {
        let grid = instance.grid();
        let policy = instance.policy();
        let by_clock: Vec<Vec<Option<i64>>> =
            instance.clocks().par_iter().map(|clock| person_slots(clock, policy, grid)).collect();
        let own = instance
            .actors()
            .par_iter()
            .map(|actor| {
                let clock = actor.clock?;
                Some(SlotProfile::from_slots(&without_busy(
                    by_clock[clock.ix()].clone(),
                    &actor.busy,
                    grid,
                )))
            })
            .collect();
        let wanted = people_at_places(instance);
        let at_place = wanted
            .into_par_iter()
            .map(|(person, place)| {
                let clock = clock_at_place(instance, person, place);
                let slots = person_slots(&clock, policy, grid);
                let slots = without_busy(slots, &instance.actor(person).busy, grid);
                ((person, place), SlotProfile::from_slots(&slots))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        let open = instance
            .places()
            .iter()
            .map(|place| SlotProfile::from_slots(&open_slots(instance.clock(place.clock), grid)))
            .collect();
        Self { own, at_place, open }
    }

    /// The profile of a person in a session of that mode; `None` for actors without a clock.
    #[must_use]
    pub fn of(&self, person: ActorIx, mode: Mode) -> Option<&SlotProfile> {
        match mode.clock_of() {
            Some(place) => self.at_place.get(&(person, place)),
            None => self.own[person.ix()].as_ref(),
        }
    }

    /// When a place is open.
    #[must_use]
    pub fn open(&self, place: PlaceIx) -> &SlotProfile {
        &self.open[place.ix()]
    }
}

/// The pairs of person and place that a session in person can bring together.
fn people_at_places(instance: &Instance) -> Vec<(ActorIx, PlaceIx)> {
    let mut pairs = Vec::new();
    for dispute in instance.disputes() {
        for session in &dispute.sessions {
            if let Some(place) = session.mode.clock_of() {
                pairs.extend(session.attendees.iter().map(|person| (*person, place)));
                pairs.extend(instance.mediators().iter().map(|m| (m.actor, place)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
    }
    pairs
}

/// The clock of the place with the working hours of the person.
fn clock_at_place(instance: &Instance, person: ActorIx, place: PlaceIx) -> Clock {
    let there = instance.clock(instance.place(place).clock);
    let hours =
        instance.actor(person).clock.map_or_else(Vec::new, |own| instance.clock(own).hours.clone());
    Clock { hours, ..there.clone() }
}

/// Calls `visit` with the slot, the date and the minute of the day of every minute.
fn for_each_minute(clock: &Clock, grid: &SlotGrid, mut visit: impl FnMut(usize, DayKind, usize)) {
    let horizon = Interval { start: grid.start(), end: grid.end() };
    let length = i64::from(grid.slot_minutes());
    for span in clock.zone.offsets(horizon) {
        let mut minute = span.start;
        while minute < span.end {
            let local = minute + i64::from(span.offset);
            let day = local.div_euclid(1440);
            let kind = DayKind::of(clock, day);
            let day_end = (day + 1) * 1440 - i64::from(span.offset);
            while minute < span.end.min(day_end) {
                let of_day = (minute + i64::from(span.offset)).rem_euclid(1440);
                visit(((minute - grid.start()) / length) as usize, kind, of_day as usize);
                minute += 1;
            }
        }
    }
}

/// What matters about a local day.
#[derive(Clone, Copy)]
struct DayKind {
    weekday: u32,
    rest: bool,
}

impl DayKind {
    fn of(clock: &Clock, day: i64) -> Self {
        let date = Date::from_days(day);
        let weekday = date.weekday();
        let rest = clock.weekend.contains(weekday) || clock.holidays.binary_search(&date).is_ok();
        Self { weekday, rest }
    }
}

/// Points of each minute of a day of the week, `None` where nobody is available.
fn minute_costs(clock: &Clock, policy: &Policy, weekday: u32) -> Vec<Option<i64>> {
    let mut costs = vec![None; 1440];
    for band in &policy.bands {
        costs[usize::from(band.from)..usize::from(band.to)].fill(Some(i64::from(band.cost)));
    }
    if clock.hours.is_empty() {
        return costs;
    }
    for cost in costs.iter_mut().flatten() {
        *cost = (*cost).max(1);
    }
    for hours in clock.hours.iter().filter(|hours| hours.days.contains(weekday)) {
        costs[usize::from(hours.from)..usize::from(hours.to)].fill(Some(0));
    }
    costs
}

/// The slots of a person on a clock, busy times apart: points, `None` when not available.
fn person_slots(clock: &Clock, policy: &Policy, grid: &SlotGrid) -> Vec<Option<i64>> {
    let costs: Vec<_> = (0..7).map(|weekday| minute_costs(clock, policy, weekday)).collect();
    let mut slots = vec![Some(0_i64); grid.slots() as usize];
    for_each_minute(clock, grid, |slot, day, minute| {
        let rest = if day.rest { policy.rest_day_cost.map(i64::from) } else { Some(0) };
        let cost = costs[day.weekday as usize][minute];
        slots[slot] = match (slots[slot], cost, rest) {
            (Some(sum), Some(cost), Some(rest)) => Some(sum + cost + rest),
            _ => None,
        };
    });
    slots
}

/// The slots in which a place is open.
fn open_slots(clock: &Clock, grid: &SlotGrid) -> Vec<Option<i64>> {
    let mut slots = vec![Some(0_i64); grid.slots() as usize];
    for_each_minute(clock, grid, |slot, day, minute| {
        let open = clock.hours.is_empty()
            || clock.hours.iter().any(|hours| {
                hours.days.contains(day.weekday)
                    && (usize::from(hours.from)..usize::from(hours.to)).contains(&minute)
            });
        if day.rest || !open {
            slots[slot] = None;
        }
    });
    slots
}

fn without_busy(
    mut slots: Vec<Option<i64>>,
    busy: &[Interval],
    grid: &SlotGrid,
) -> Vec<Option<i64>> {
    for interval in busy {
        let (first, last) = grid.slots_touched(*interval);
        slots[first as usize..last as usize].fill(None);
    }
    slots
}
