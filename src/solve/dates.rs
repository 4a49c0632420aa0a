//! The best dates of a panel in one dispute.
//!
//! * Takes a `PlanSpace` and a `Market`; gives the best value of dates for any panel, and the
//!   starts that reach it.
//! * By dynamic programming over possible starts: for each session and start, the value of the best
//!   series up to there is the value of the start plus the best value of the session before that
//!   leaves the gap (rule S3): a running maximum, so the whole is linear in the number of starts.
//! * What the worse-off side bears is a maximum of sums and not of that form. The dynamic program
//!   then counts a fixed mixture of the sides, which is never more, so that its values bound the
//!   true ones from above; `series` finds the true best below them.

use std::collections::VecDeque;

use super::holds::Hold;
use super::price::Market;
use super::prices::{NANO, Tier};
use super::restriction::Restriction;
use super::space::{PlanSpace, SessionSpace};
use super::staff::Staffing;
use crate::solution::Staff;

/// Stands for "cannot be": far below every value, far above overflow when a few are added.
pub(crate) const NEVER: i64 = i64::MIN / 16;

/// Below this, a value has `NEVER` in it.
pub(super) const POSSIBLE: i64 = NEVER / 2;

/// Parts into which a mixture of sides is cut.
const PARTS: i64 = 12;

/// What is known of the parties' dates without a panel.
#[derive(Clone, Copy)]
enum Alone {
    NotAsked,
    Never,
    Worth(i64),
}

/// Values of dates in one dispute at given prices.
pub(crate) struct Dates<'a> {
    pub(super) market: Market<'a>,
    pub(super) space: &'a PlanSpace,
    staffing: Vec<Staffing<'a>>,
    /// Price of a point-minute that the worse-off side bears; 0 where nobody bears any.
    pub(super) of_sides: i64,
    /// For each session, the value of each start as far as the parties, the place and the
    /// interpreters go, sides apart.
    pub(super) base: Vec<Vec<i64>>,
    /// What the mixture of sides takes off at each start; empty where sides have no price.
    pub(super) mixed: Vec<Vec<i64>>,
    /// For each member and session, what her attendance adds at each start; made on demand.
    pub(super) attendance: Vec<Option<Vec<Vec<i64>>>>,
    /// For each session and start, the best value of dates up to there, for the panel last asked.
    pub(super) tables: Vec<Vec<i64>>,
    scratch: Vec<i64>,
    /// The true best value of dates for the parties without a panel; found on demand.
    alone: Alone,
}

impl<'a> Dates<'a> {
    /// Values the starts for the parties, places and interpreters.
    pub(crate) fn new(market: Market<'a>, space: &'a PlanSpace, restriction: &Restriction) -> Self {
        let staffing: Vec<Staffing<'a>> =
            space.sessions.iter().map(|session| Staffing::new(market, session)).collect();
        let base = base_values(market, space, restriction, &staffing);
        let of_sides =
            if space.has_sides { market.prices.of_sides(market.instance, market.tier) } else { 0 };
        let mut dates = Self {
            market,
            space,
            staffing,
            of_sides,
            tables: base.clone(),
            base,
            mixed: Vec::new(),
            attendance: vec![None; space.members.len()],
            scratch: Vec::new(),
            alone: Alone::NotAsked,
        };
        if of_sides > 0 {
            dates.mix();
        }
        dates
    }

    /// True when the dynamic program by itself gives the true best.
    pub(crate) fn is_plain(&self) -> bool {
        self.of_sides == 0 && !self.is_careful()
    }

    /// True when the sessions of the dispute must be kept apart for somebody's journeys or days.
    pub(super) fn is_careful(&self) -> bool {
        let world = self.market.world();
        self.market.taken.is_some() && (world.moves || world.dated) && self.space.sessions.len() > 1
    }

    /// Chooses the mixture of sides under which the parties' best dates are worth least.
    fn mix(&mut self) {
        let sides = self.space.sides;
        let single = |side: usize, parts: i64| {
            let mut mixture = vec![0; sides];
            mixture[side] = parts;
            mixture
        };
        let mut mixtures = vec![vec![PARTS / sides as i64; sides]];
        mixtures.extend((0..sides).map(|side| single(side, PARTS)));
        if sides == 2 {
            mixtures.extend((1..PARTS).map(|part| vec![part, PARTS - part]));
        }
        let mut least: Option<(i64, Vec<Vec<i64>>)> = None;
        for mixture in mixtures {
            self.mixed = self.space.sessions.iter().map(|s| self.mixed_of(s, &mixture)).collect();
            let best = self.best(&[]).unwrap_or(NEVER);
            if least.as_ref().is_none_or(|(value, _)| best < *value) {
                least = Some((best, std::mem::take(&mut self.mixed)));
            }
        }
        self.mixed = least.map_or_else(Vec::new, |(_, mixed)| mixed);
    }

    fn mixed_of(&self, session: &SessionSpace, mixture: &[i64]) -> Vec<i64> {
        (0..session.starts.len())
            .map(|at| {
                let sides = session.side_points.iter().zip(mixture);
                let points: i64 = sides.map(|(points, part)| points[at] * part).sum();
                // WHY rounded down: the mixture must never cost more than the worse-off side.
                (i128::from(self.of_sides) * i128::from(points) / i128::from(PARTS)) as i64
            })
            .collect()
    }

    /// The true best value of dates for the parties without a panel: no panel has better ones.
    ///
    /// WHY: what a side bears does not depend on the panel. Where all panels are alike but for it, a
    /// bound above the truth would have every one of them looked at.
    pub(crate) fn alone(&mut self) -> Option<i64> {
        match self.alone {
            Alone::NotAsked => {}
            Alone::Never => return None,
            Alone::Worth(value) => return Some(value),
        }
        let value = if self.of_sides == 0 {
            self.best(&[])
        } else {
            self.free_series(&[], NEVER).map(|(value, _)| value)
        };
        self.alone = value.map_or(Alone::Never, Alone::Worth);
        value
    }

    /// Best value of dates for a panel, or more than that where `is_plain` does not hold; `None`
    /// when there are none.
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

    /// The starts that the dynamic program likes best for a panel, the earliest among equals.
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

    /// The cheapest rooms and interpreters at given starts.
    pub(crate) fn staff(&self, starts: &[u32]) -> Option<Vec<Staff>> {
        self.staffing.iter().zip(starts).map(|(staffing, start)| staffing.best(*start)).collect()
    }

    /// Fills `tables`.
    pub(super) fn forward(&mut self, panel: &[usize], times: i64) {
        for member in panel {
            self.attend(*member);
        }
        for session in 0..self.space.sessions.len() {
            let (done, open) = self.tables.split_at_mut(session);
            let values = &mut open[0];
            values.copy_from_slice(&self.base[session]);
            if let Some(mixed) = self.mixed.get(session) {
                values.iter_mut().zip(mixed).for_each(|(value, mixed)| *value -= mixed);
            }
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
        let world = self.market.world();
        let weight =
            if tier == Tier::Quality { instance.policy().weights.burden * NANO } else { 0 };
        let person = self.space.members[member].actor;
        let taken = taken.filter(|taken| !taken.is_idle(person));
        let rows = self.space.sessions.iter().map(|session| {
            let Some(profile) = availability.of(person, session.mode) else {
                return vec![NEVER; session.starts.len()];
            };
            let value = |start: u32| {
                if !profile.is_free(start, session.slots) {
                    return NEVER;
                }
                let hold = Hold::new(world, person, session.mode, (start, session.slots));
                if taken.is_some_and(|taken| !taken.person_free(&hold)) {
                    return NEVER;
                }
                let points = profile.points(start, session.slots);
                -weight * points - prices.attendance(instance, &hold)
            };
            session.starts.iter().map(|start| value(*start)).collect()
        });
        self.attendance[member] = Some(rows.collect());
    }
}

/// True when the parties, places and interpreters alone leave dates for every session.
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

/// For each session, the value of each start as far as the parties, the place and the interpreters
/// go.
fn base_values(
    market: Market<'_>,
    space: &PlanSpace,
    restriction: &Restriction,
    staffing: &[Staffing<'_>],
) -> Vec<Vec<i64>> {
    let Market { instance, prices, tier, taken, .. } = market;
    let world = market.world();
    let weights = instance.policy().weights;
    let (weight, of_a_day) = if tier == Tier::Quality {
        (weights.burden * NANO, weights.lateness * NANO)
    } else {
        (0, 0)
    };
    let sessions = space.sessions.iter().zip(staffing).enumerate();
    sessions
        .map(|(position, (session, staffing))| {
            let value = |at: usize| {
                let start = session.starts[at];
                if !restriction.allows_start(position, start) {
                    return NEVER;
                }
                let mut value = -weight * session.points[at] - of_a_day * session.late[at];
                for person in &session.attendees {
                    let hold = Hold::new(world, *person, session.mode, (start, session.slots));
                    if taken.is_some_and(|taken| !taken.person_free(&hold)) {
                        return NEVER;
                    }
                    value -= prices.attendance(instance, &hold);
                }
                staffing.cost(start).map_or(NEVER, |cost| value - cost)
            };
            (0..session.starts.len()).map(value).collect()
        })
        .collect()
}
