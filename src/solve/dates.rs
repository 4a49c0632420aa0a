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

use super::attendance::Attendance;
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
        if sides == 2 {
            // WHY by halves: a maximum of linear functions of the mixture is convex.
            let (mut low, mut high) = (0, PARTS);
            while low < high {
                let middle = i64::midpoint(low, high);
                let one = self.try_mixture(&[middle, PARTS - middle]);
                if one <= self.try_mixture(&[middle + 1, PARTS - middle - 1]) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            self.try_mixture(&[low, PARTS - low]);
            return;
        }
        let single = |side: usize| {
            let mut mixture = vec![0; sides];
            mixture[side] = PARTS;
            mixture
        };
        let mut mixtures = vec![vec![PARTS / sides as i64; sides]];
        mixtures.extend((0..sides).map(single));
        let worth: Vec<i64> = mixtures.iter().map(|mixture| self.try_mixture(mixture)).collect();
        if let Some(least) = (0..worth.len()).min_by_key(|at| (worth[*at], *at)) {
            self.try_mixture(&mixtures[least]);
        }
    }

    /// What the parties' best dates are worth under a mixture.
    fn try_mixture(&mut self, mixture: &[i64]) -> i64 {
        self.mixed = self.space.sessions.iter().map(|s| self.mixed_of(s, mixture)).collect();
        self.best(&[]).unwrap_or(NEVER)
    }

    fn mixed_of(&self, session: &SessionSpace, mixture: &[i64]) -> Vec<i64> {
        (0..session.starts.len())
            .map(|at| {
                let sides = session.side_points.iter().zip(mixture);
                let points: i64 = sides.map(|(points, part)| points[at] * part).sum();
                // WHY rounded down: the mixture must never cost more than the worse-off side.
                match self.of_sides.checked_mul(points) {
                    Some(product) => product / PARTS,
                    None => {
                        (i128::from(self.of_sides) * i128::from(points) / i128::from(PARTS)) as i64
                    }
                }
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
                values.iter_mut().zip(mixed).for_each(|(v, mixed)| *v = v.wrapping_sub(*mixed));
            }
            // WHY wrapping, here and below: a base, a table entry and the shares of a panel, `NEVER`
            // all of them, stay within 64 bits; checks would keep the loops from being vectorised.
            for member in panel {
                if let Some(rows) = &self.attendance[*member] {
                    let rows = values.iter_mut().zip(&rows[session]);
                    if times == 1 {
                        rows.for_each(|(value, own)| *value = value.wrapping_add(*own));
                    } else {
                        rows.for_each(|(v, own)| *v = v.wrapping_add(own.wrapping_mul(times)));
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
        let person = self.space.members[member].actor;
        let rows = self.space.sessions.iter().map(|session| {
            match Attendance::of_panel(self.market, person, session) {
                Some(attendance) => attendance.values(&session.starts),
                None => vec![NEVER; session.starts.len()],
            }
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
        *value = value.wrapping_add(scratch[*reach as usize]);
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
    let weights = market.instance.policy().weights;
    let (weight, of_a_day, of_a_move) = if market.tier == Tier::Quality {
        (weights.burden * NANO, weights.lateness * NANO, NANO)
    } else {
        (0, 0, 0)
    };
    let of_a_thaw = market.prices.of_freeze(market.tier);
    let sessions = space.sessions.iter().zip(staffing).enumerate();
    sessions
        .map(|(position, (session, staffing))| {
            let own = session.points.iter().zip(&session.late).zip(&session.moved);
            let cost = |((points, late), moved): ((&i64, &i64), &i64)| {
                -weight * points - of_a_day * late - of_a_move * moved
            };
            let mut values: Vec<i64> = own.map(cost).collect();
            if of_a_thaw > 0 {
                let thawed = values.iter_mut().zip(&session.thawed).filter(|(_, thawed)| **thawed);
                thawed.for_each(|(value, _)| *value -= of_a_thaw);
            }
            if restriction.limits(position) {
                for (value, start) in values.iter_mut().zip(&session.starts) {
                    if !restriction.allows_start(position, *start) {
                        *value = NEVER;
                    }
                }
            }
            for person in &session.attendees {
                Attendance::of_party(market, *person, session).add_to(&session.starts, &mut values);
            }
            staffing.take_from(&mut values);
            values
        })
        .collect()
}
