//! The best dates of a panel in one dispute, by dynamic programming over possible starts.
//!
//! * Takes a `PlanSpace` and a `Market`; gives the best value of dates for any panel, and the
//!   starts that reach it.
//! * For each session and start, the value of the best series up to there is the value of the
//!   start plus the best value of the session before that leaves the gap (rule S3): a running
//!   maximum, so the whole is linear in the number of starts.

use std::collections::VecDeque;

use super::price::Market;
use super::prices::{NANO, Tier};
use super::restriction::Restriction;
use super::space::PlanSpace;

/// Stands for "cannot be": far below every value, far above overflow when a few are added.
pub(crate) const NEVER: i64 = i64::MIN / 16;

/// Below this, a value has `NEVER` in it.
const POSSIBLE: i64 = NEVER / 2;

/// Values of dates in one dispute at given prices.
pub(crate) struct Dates<'a> {
    market: Market<'a>,
    space: &'a PlanSpace,
    /// For each session, the value of each start as far as the parties and the place go.
    base: Vec<Vec<i64>>,
    /// For each member and session, what her attendance adds at each start; made on demand.
    attendance: Vec<Option<Vec<Vec<i64>>>>,
    /// For each session and start, the best value of dates up to there, for the panel last asked.
    tables: Vec<Vec<i64>>,
    scratch: Vec<i64>,
}

impl<'a> Dates<'a> {
    /// Values the starts for the parties and places.
    pub(crate) fn new(market: Market<'a>, space: &'a PlanSpace, restriction: &Restriction) -> Self {
        let base = base_values(market, space, restriction);
        Self {
            market,
            space,
            tables: base.clone(),
            base,
            attendance: vec![None; space.members.len()],
            scratch: Vec::new(),
        }
    }

    /// Best value of dates for a panel; `None` when there are none.
    pub(crate) fn best(&mut self, panel: &[usize]) -> Option<i64> {
        self.best_weighted(panel, 1)
    }

    /// The same with every member's share counted `times` over.
    pub(crate) fn best_weighted(&mut self, panel: &[usize], times: i64) -> Option<i64> {
        self.forward(panel, times);
        let last = self.tables.last()?;
        let best = last.iter().fold(NEVER, |best, value| best.max(*value));
        (best > POSSIBLE).then_some(best)
    }

    /// The starts that give the best dates of a panel, the earliest among equals.
    pub(crate) fn starts(&mut self, panel: &[usize]) -> Option<Vec<u32>> {
        self.forward(panel, 1);
        let mut starts = Vec::with_capacity(self.tables.len());
        let mut limit: Option<(u32, u32)> = None;
        for (session, table) in self.tables.iter().enumerate().rev() {
            let space = &self.space.sessions[session];
            let fits = |start: u32| {
                limit.is_none_or(|(first, last)| (first..=last).contains(&(start + space.slots)))
            };
            let (start, value) = space
                .starts
                .iter()
                .zip(table)
                .filter(|(start, _)| fits(**start))
                .max_by_key(|(start, value)| (**value, std::cmp::Reverse(**start)))?;
            if *value <= POSSIBLE {
                return None;
            }
            starts.push(*start);
            let latest = start.saturating_sub(space.min_gap);
            let earliest = space.max_gap.map_or(0, |gap| start.saturating_sub(gap));
            limit = Some((earliest, latest));
        }
        starts.reverse();
        Some(starts)
    }

    /// Fills `tables`.
    fn forward(&mut self, panel: &[usize], times: i64) {
        for member in panel {
            self.attend(*member);
        }
        for session in 0..self.space.sessions.len() {
            let (done, open) = self.tables.split_at_mut(session);
            let values = &mut open[0];
            values.copy_from_slice(&self.base[session]);
            for member in panel {
                if let Some(rows) = &self.attendance[*member] {
                    // WHY no clamp here: a base, a table entry and three shares at `NEVER` stay
                    // within i64.
                    for (value, own) in values.iter_mut().zip(&rows[session]) {
                        *value += own * times;
                    }
                }
            }
            if let Some(before) = done.last() {
                add_best_before(self.space, session, before, values, &mut self.scratch);
            }
            for value in values.iter_mut() {
                *value = (*value).max(NEVER);
            }
        }
    }

    /// What a member's attendance adds at each start of each session.
    fn attend(&mut self, member: usize) {
        if self.attendance[member].is_some() {
            return;
        }
        let Market { instance, availability, prices, tier, taken } = self.market;
        let weight =
            if tier == Tier::Quality { instance.policy().weights.burden * NANO } else { 0 };
        let person = self.space.members[member].actor;
        let priced = prices.time.get(&person);
        let rows = self.space.sessions.iter().map(|session| {
            let Some(profile) = availability.of(person, session.mode) else {
                return vec![NEVER; session.starts.len()];
            };
            let value = |start: u32| {
                let free = profile.is_free(start, session.slots)
                    && taken.is_none_or(|t| t.person_free(person, start, session.slots));
                if !free {
                    return NEVER;
                }
                let price = priced.map_or(0, |prices| prices.of(start, session.slots));
                -weight * profile.points(start, session.slots) - price
            };
            session.starts.iter().map(|start| value(*start)).collect()
        });
        self.attendance[member] = Some(rows.collect());
    }
}

/// True when the parties and places alone leave dates for every session.
pub(crate) fn has_dates(market: Market<'_>, space: &PlanSpace) -> bool {
    space.sessions.is_empty()
        || Dates::new(market, space, &Restriction::default()).best(&[]).is_some()
}

/// Adds to each start of `session` the best value of the session before that leaves the gap.
fn add_best_before(
    space: &PlanSpace,
    session: usize,
    before: &[i64],
    values: &mut [i64],
    scratch: &mut Vec<i64>,
) {
    let this = &space.sessions[session];
    if let Some(max_gap) = this.max_gap {
        add_best_in_window(space, session, max_gap, before, values);
        return;
    }
    scratch.clear();
    scratch.push(NEVER);
    let mut best = NEVER;
    for value in before {
        best = best.max(*value);
        scratch.push(best);
    }
    for (value, reach) in values.iter_mut().zip(&this.reach) {
        *value += scratch[*reach as usize];
    }
}

/// The same where the gap has an upper end: a running maximum over a sliding window.
fn add_best_in_window(
    space: &PlanSpace,
    session: usize,
    max_gap: u32,
    before: &[i64],
    values: &mut [i64],
) {
    let (earlier, this) = (&space.sessions[session - 1], &space.sessions[session]);
    // The positions whose values can still matter, their values falling.
    let mut window: VecDeque<usize> = VecDeque::new();
    let mut next = 0;
    for (position, value) in values.iter_mut().enumerate() {
        while next < this.reach[position] as usize {
            while window.back().is_some_and(|last| before[*last] <= before[next]) {
                window.pop_back();
            }
            window.push_back(next);
            next += 1;
        }
        let start = this.starts[position];
        while window
            .front()
            .is_some_and(|first| earlier.starts[*first] + earlier.slots + max_gap < start)
        {
            window.pop_front();
        }
        *value += window.front().map_or(NEVER, |first| before[*first]);
    }
}

/// For each session, the value of each start as far as the parties and the place go.
fn base_values(market: Market<'_>, space: &PlanSpace, restriction: &Restriction) -> Vec<Vec<i64>> {
    let Market { instance, prices, tier, taken, .. } = market;
    let weight = if tier == Tier::Quality { instance.policy().weights.burden * NANO } else { 0 };
    let sessions = space.sessions.iter().enumerate();
    sessions
        .map(|(position, session)| {
            let place = session.mode.room_at();
            let is_left = |start: u32| {
                taken.is_none_or(|taken| {
                    let people = &session.attendees;
                    people.iter().all(|a| taken.person_free(*a, start, session.slots))
                        && place.is_none_or(|k| taken.room_free(instance, k, start, session.slots))
                })
            };
            let value = |start: u32, points: i64| {
                if !restriction.allows_start(position, start) || !is_left(start) {
                    return NEVER;
                }
                let people = session.attendees.iter();
                let time: i64 = people.map(|a| prices.time_of(*a, start, session.slots)).sum();
                -weight * points - time - prices.room_of(place, start, session.slots)
            };
            let starts = session.starts.iter().zip(&session.points);
            starts.map(|(start, points)| value(*start, *points)).collect()
        })
        .collect()
}
