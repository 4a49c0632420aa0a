//! Who is free when, and at what burden: every person on every wall clock, slot by slot.
//!
//! * Takes the `Instance`; gives, for each actor who attends sessions and each clock that she
//!   reads in one (her own, or that of a place), prefix sums over the slots; and where she is.
//! * **Invariant**: a slot is free only when every one of its minutes is; its points are the sum
//!   over its minutes (docs/format.md, sessions).
//! * Complexity: one step a minute of the horizon for each distinct clock, then one step a slot
//!   for each person.

mod minutes;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::domain::{ActorIx, Clock, ClockIx, Instance, Mode, PlaceIx};
use crate::time::Interval;
use minutes::{block, days, horizon, open_slots, person_slots};

/// Free slots and burden of one person on one clock, as prefix sums over the slots.
#[derive(Debug, Clone)]
pub struct SlotProfile {
    blocked: Vec<u32>,
    /// WHY 32 bits: 200 points a minute for 400 days are 115 millions, and of a large docket these
    /// lists are most of what is held.
    points: Vec<u32>,
}

impl SlotProfile {
    fn from_slots(slots: &[Option<i64>]) -> Self {
        let mut blocked = Vec::with_capacity(slots.len() + 1);
        let mut points = Vec::with_capacity(slots.len() + 1);
        let (mut closed, mut sum) = (0_u32, 0_u32);
        blocked.push(0);
        points.push(0);
        for slot in slots {
            match slot {
                Some(cost) => sum += *cost as u32,
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

    /// Point-minutes of `[start, start + slots)`, or `None` where a slot of it is not free.
    ///
    /// WHY wrapping: pricing asks this more than anything else. Prefix sums rise and stay within
    /// what validation allows, so that a difference never wraps.
    #[must_use]
    pub fn free_points(&self, start: u32, slots: u32) -> Option<i64> {
        let (start, end) = (start as usize, start.wrapping_add(slots) as usize);
        (self.blocked[end] == self.blocked[start])
            .then(|| i64::from(self.points[end].wrapping_sub(self.points[start])))
    }

    /// Point-minutes of `[start, start + slots)`; slots that are not free count nothing.
    #[must_use]
    pub fn points(&self, start: u32, slots: u32) -> i64 {
        i64::from(self.points[(start + slots) as usize] - self.points[start as usize])
    }
}

/// The profiles of everyone, and the opening of every place.
#[derive(Debug, Clone)]
pub struct Availability {
    own: Vec<Option<SlotProfile>>,
    at_place: BTreeMap<(ActorIx, PlaceIx), SlotProfile>,
    open: Vec<SlotProfile>,
    /// By clock, the date at the start of each slot; empty where no rule asks.
    days: Vec<Vec<i32>>,
}

impl Availability {
    /// Computes every profile that a session of the instance can ask for.
    #[must_use]
    pub fn compute(instance: &Instance) -> Self {
        let grid = instance.grid();
        let policy = instance.policy();
        let by_clock: Vec<Vec<Option<i64>>> = instance
            .clocks()
            .par_iter()
            .map(|clock| person_slots(&[(horizon(grid), clock)], policy, grid))
            .collect();
        let own = instance
            .actors()
            .par_iter()
            .map(|actor| {
                let clock = actor.clock?;
                let mut slots = if actor.stays.is_empty() {
                    by_clock[clock.ix()].clone()
                } else {
                    let clocks = clocks_of(instance, actor.clock?, &actor.stays);
                    person_slots(&clocks, policy, grid)
                };
                actor.busy.iter().for_each(|busy| block(&mut slots, *busy, grid));
                Some(SlotProfile::from_slots(&slots))
            })
            .collect();
        let at_place = at_places(instance);
        let open = instance
            .places()
            .iter()
            .map(|place| SlotProfile::from_slots(&open_slots(instance.clock(place.clock), grid)))
            .collect();
        let dated = policy.day_minutes.is_some();
        let clocks = instance.clocks().par_iter().filter(|_| dated);
        let days = clocks.map(|clock| days(clock, grid)).collect();
        Self { own, at_place, open, days }
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

    /// The day, counted from 1970-01-01, that the clock of a person shows in a session of that
    /// mode which starts at a slot. Known only where the policy limits the hours of a day.
    #[must_use]
    pub fn day(&self, instance: &Instance, person: ActorIx, mode: Mode, start: u32) -> Option<i32> {
        let clock = instance.clock_in(person, mode, start)?;
        self.days.get(clock.ix())?.get(start as usize).copied()
    }
}

/// The clocks that a person reads over the horizon.
fn clocks_of<'a>(
    instance: &'a Instance,
    own: ClockIx,
    stays: &[crate::domain::Stay],
) -> Vec<(Interval, &'a Clock)> {
    let whole = horizon(instance.grid());
    let mut clocks = Vec::with_capacity(2 * stays.len() + 1);
    let mut from = whole.start;
    for stay in stays {
        let start = stay.interval.start.clamp(whole.start, whole.end);
        let end = stay.interval.end.clamp(whole.start, whole.end);
        clocks.push((Interval { start: from, end: start }, instance.clock(own)));
        clocks.push((Interval { start, end }, instance.clock(stay.clock)));
        from = end;
    }
    clocks.push((Interval { start: from, end: whole.end }, instance.clock(own)));
    clocks.retain(|(interval, _)| interval.start < interval.end);
    clocks
}

/// The profiles of everyone at every place to which a session in person can bring them.
fn at_places(instance: &Instance) -> BTreeMap<(ActorIx, PlaceIx), SlotProfile> {
    let (grid, policy) = (instance.grid(), instance.policy());
    let pairs = people_at_places(instance);
    // People with the same clock at home read the same at a place.
    let kind = |person: ActorIx, place: PlaceIx| (place, instance.actor(person).clock);
    let mut kinds: Vec<_> = pairs.iter().map(|(person, place)| kind(*person, *place)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let by_kind: BTreeMap<_, Vec<Option<i64>>> = kinds
        .into_par_iter()
        .map(|(place, own)| {
            let clock = clock_at_place(instance, own, place);
            ((place, own), person_slots(&[(horizon(grid), &clock)], policy, grid))
        })
        .collect();
    pairs
        .into_par_iter()
        .filter_map(|(person, place)| {
            let mut slots = by_kind.get(&kind(person, place))?.clone();
            let actor = instance.actor(person);
            actor.busy.iter().for_each(|busy| block(&mut slots, *busy, grid));
            let elsewhere = actor.stays.iter().filter(|stay| stay.place != Some(place));
            elsewhere.for_each(|stay| block(&mut slots, stay.interval, grid));
            Some(((person, place), SlotProfile::from_slots(&slots)))
        })
        .collect()
}

/// The pairs of person and place that a session in person can bring together, sorted.
fn people_at_places(instance: &Instance) -> Vec<(ActorIx, PlaceIx)> {
    let mut pairs = Vec::new();
    let mut places = Vec::new();
    for session in instance.disputes().iter().flat_map(|dispute| &dispute.sessions) {
        if let Some(place) = session.mode.clock_of() {
            places.push(place);
            pairs.extend(session.attendees.iter().map(|person| (*person, place)));
            let suited = session.booths.iter().flat_map(|booth| &booth.suited);
            pairs.extend(suited.map(|i| (instance.interpreter(*i).actor, place)));
        }
    }
    places.sort_unstable();
    places.dedup();
    for place in places {
        pairs.extend(instance.mediators().iter().map(|m| (m.actor, place)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The clock of the place with the working hours of whoever has that clock at home.
fn clock_at_place(instance: &Instance, own: Option<ClockIx>, place: PlaceIx) -> Clock {
    let there = instance.clock(instance.place(place).clock);
    let hours = own.map_or_else(Vec::new, |own| instance.clock(own).hours.clone());
    Clock { hours, ..there.clone() }
}
