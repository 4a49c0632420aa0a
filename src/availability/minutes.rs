//! Minute by minute on a wall clock: what a minute costs, who is available, what is open.

use crate::domain::{Clock, Policy};
use crate::time::{Date, Interval, SlotGrid};

/// The whole horizon of a grid.
pub(super) fn horizon(grid: &SlotGrid) -> Interval {
    Interval { start: grid.start(), end: grid.end() }
}

/// Calls `visit` with the slot, the date and the minute of the day of every minute of `within`,
/// which lies in the horizon.
fn for_each_minute(
    clock: &Clock,
    grid: &SlotGrid,
    within: Interval,
    mut visit: impl FnMut(usize, Day, usize),
) {
    let length = i64::from(grid.slot_minutes());
    for span in clock.zone.offsets(within) {
        let mut minute = span.start;
        while minute < span.end {
            let local = minute + i64::from(span.offset);
            let day = local.div_euclid(1440);
            let kind = Day::of(clock, day);
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
struct Day {
    date: Date,
    weekday: u32,
    rest: bool,
}

impl Day {
    fn of(clock: &Clock, day: i64) -> Self {
        let date = Date::from_days(day);
        Self { date, weekday: date.weekday(), rest: clock.rests_on(date) }
    }
}

/// Points of each minute of a day, `None` where nobody is available.
fn minute_costs(clock: &Clock, policy: &Policy, day: Day) -> Vec<Option<i64>> {
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
    let on_day = |hours: &&crate::domain::HoursRule| {
        hours.days.contains(day.weekday) && hours.span.contains(day.date)
    };
    for hours in clock.hours.iter().filter(on_day) {
        costs[usize::from(hours.from)..usize::from(hours.to)].fill(Some(0));
    }
    costs
}

/// Points of the slots of a person who reads each clock in its interval, busy times apart; `None`
/// where she is not available. The intervals cover the horizon, in order.
pub(super) fn person_slots(
    clocks: &[(Interval, &Clock)],
    policy: &Policy,
    grid: &SlotGrid,
) -> Vec<Option<i64>> {
    let mut slots = vec![Some(0_i64); grid.slots() as usize];
    for (within, clock) in clocks {
        let dated = clock.hours.iter().any(|hours| hours.span != crate::time::DateSpan::default());
        let mut known: Vec<Option<(Date, Vec<Option<i64>>)>> = vec![None; 7];
        for_each_minute(clock, grid, *within, |slot, day, minute| {
            let place = &mut known[day.weekday as usize];
            // WHY: without periods all Mondays are alike, so a week of costs is enough.
            if place.as_ref().is_none_or(|(date, _)| dated && *date != day.date) {
                *place = Some((day.date, minute_costs(clock, policy, day)));
            }
            let cost = place.as_ref().and_then(|(_, costs)| costs[minute]);
            let rest = if day.rest { policy.rest_day_cost.map(i64::from) } else { Some(0) };
            slots[slot] = match (slots[slot], cost, rest) {
                (Some(sum), Some(cost), Some(rest)) => Some(sum + cost + rest),
                _ => None,
            };
        });
    }
    slots
}

/// The slots in which a place is open.
pub(super) fn open_slots(clock: &Clock, grid: &SlotGrid) -> Vec<Option<i64>> {
    let mut slots = vec![Some(0_i64); grid.slots() as usize];
    for_each_minute(clock, grid, horizon(grid), |slot, day, minute| {
        let open = clock.hours.is_empty()
            || clock.hours.iter().any(|hours| {
                hours.days.contains(day.weekday)
                    && hours.span.contains(day.date)
                    && (usize::from(hours.from)..usize::from(hours.to)).contains(&minute)
            });
        if day.rest || !open {
            slots[slot] = None;
        }
    });
    slots
}

/// The day, counted from 1970-01-01, that the clock shows at the start of each slot.
pub(super) fn days(clock: &Clock, grid: &SlotGrid) -> Vec<i32> {
    let mut days = Vec::with_capacity(grid.slots() as usize);
    for span in clock.zone.offsets(horizon(grid)) {
        while days.len() < grid.slots() as usize {
            let start = grid.instant(days.len() as u32);
            if start >= span.end {
                break;
            }
            days.push((start + i64::from(span.offset)).div_euclid(1440) as i32);
        }
    }
    days
}

/// Takes out the slots that an interval touches.
pub(super) fn block(slots: &mut [Option<i64>], interval: Interval, grid: &SlotGrid) {
    let (first, last) = grid.slots_touched(interval);
    slots[first as usize..last as usize].fill(None);
}
