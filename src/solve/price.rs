//! Pricing: the best plans of one dispute at given prices, exactly.
//!
//! * Takes a `PlanSpace`, `Prices`, the tier, a `Restriction`, and optionally what is already
//!   `Taken`; gives the largest reduced value of any plan allowed, and good plans.
//! * Dates: dynamic programming over the possible starts of the sessions with running maxima,
//!   linear in the number of starts.
//! * Panels: depth-first over members by falling worth. A partial panel is dropped when its worth,
//!   the best that the open seats could add, and the best dates of those already in it together do
//!   not beat the best plan known: dates only get worse with every further member.

use std::collections::VecDeque;

use super::prices::{NANO, Prices, Tier};
use super::restriction::Restriction;
use super::space::PlanSpace;
use super::taken::Taken;
use crate::availability::Availability;
use crate::domain::{Instance, Micro};
use crate::solution::Plan;

/// Stands for "cannot be": far below every value, far above overflow when a few are added.
const NEVER: i64 = i64::MIN / 16;

/// How many plans a call gives back at most.
const PLANS_KEPT: usize = 12;

/// What pricing needs beside the space of the dispute.
#[derive(Clone, Copy)]
pub(crate) struct Market<'a> {
    pub(crate) instance: &'a Instance,
    pub(crate) availability: &'a Availability,
    pub(crate) prices: &'a Prices,
    pub(crate) tier: Tier,
    /// Resources that are gone, whatever the prices.
    pub(crate) taken: Option<&'a Taken>,
}

/// A plan with its reduced value in nano-units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PricedPlan {
    pub(crate) value: i64,
    pub(crate) plan: Plan,
}

/// Worth in the tier, in micro-units, that does not depend on prices.
pub(crate) fn tier_value(tier: Tier, priority: i64, scheduled: bool, quality: Micro) -> Micro {
    match tier {
        Tier::Panels => priority * 1_000_000,
        Tier::Sessions => {
            if scheduled {
                priority * 1_000_000
            } else {
                0
            }
        }
        Tier::Quality => quality,
    }
}

/// The best plans of a dispute, best first; empty when no plan is allowed.
///
/// With `floor`, plans whose reduced value does not exceed it may be left out: the answer is exact
/// above the floor.
pub(crate) fn best_plans(
    market: Market<'_>,
    space: &PlanSpace,
    restriction: &Restriction,
    floor: Option<i64>,
) -> Vec<PricedPlan> {
    let Some(mut pricing) = Pricing::new(market, space, restriction, floor) else {
        return Vec::new();
    };
    pricing.search();
    pricing.found.sort_by(|a, b| b.value.cmp(&a.value).then_with(|| a.plan.cmp(&b.plan)));
    pricing.found.dedup();
    pricing.found.truncate(PLANS_KEPT);
    pricing.found
}

struct Pricing<'a> {
    market: Market<'a>,
    space: &'a PlanSpace,
    /// Members who may sit, by falling gain: (gain, position in the space).
    candidates: Vec<(i64, usize)>,
    /// Members who must sit.
    required: Vec<usize>,
    gain: Vec<i64>,
    /// For each session, the value of each start as far as the parties and the place go.
    base: Vec<Vec<i64>>,
    /// For each member and session, what her attendance adds at each start; made on demand.
    attendance: Vec<Option<Vec<Vec<i64>>>>,
    /// Best dates with this member alone; made on demand.
    single: Vec<Option<i64>>,
    /// Added when the plan has a panel.
    panel_bonus: i64,
    /// Added when it has dates; `None` when dates are not wanted or not possible.
    dates_bonus: Option<i64>,
    may_lack_dates: bool,
    /// For each session and start, the best value of dates up to there, for the panel last asked.
    tables: Vec<Vec<i64>>,
    scratch: Vec<i64>,
    best: i64,
    found: Vec<PricedPlan>,
}

impl<'a> Pricing<'a> {
    fn new(
        market: Market<'a>,
        space: &'a PlanSpace,
        restriction: &Restriction,
        floor: Option<i64>,
    ) -> Option<Self> {
        if !space.open {
            return None;
        }
        let Market { prices, tier, .. } = market;
        let has_sessions = !space.sessions.is_empty();
        let (panel_bonus, dates_bonus) = match tier {
            Tier::Panels => (space.priority * 1_000_000 * NANO, 0),
            Tier::Sessions => (prices.panels * space.priority, space.priority * 1_000_000 * NANO),
            Tier::Quality => (prices.panels * space.priority, prices.scheduled * space.priority),
        };
        let gain: Vec<i64> = space
            .members
            .iter()
            .map(|member| {
                let worth = if tier == Tier::Quality { member.worth * NANO } else { 0 };
                worth - prices.seat(member.mediator, member.effort)
            })
            .collect();
        let mut required: Vec<usize> = space.required().collect();
        for mediator in &restriction.required {
            let position = space.members.iter().position(|m| m.mediator == *mediator)?;
            if !required.contains(&position) {
                required.push(position);
            }
        }
        let usable = |position: usize| {
            let member = &space.members[position];
            !restriction.forbidden.contains(&member.mediator)
                && market.taken.is_none_or(|taken| {
                    taken.has_capacity(market.instance, member.mediator, member.effort)
                })
        };
        let compatible = |position: usize| {
            required.iter().all(|r| *r == position || space.compatible(*r, position))
        };
        if required.len() > space.size || !required.iter().all(|r| usable(*r) && compatible(*r)) {
            return None;
        }
        let mut candidates: Vec<(i64, usize)> = (0..space.members.len())
            .filter(|m| !required.contains(m) && usable(*m) && compatible(*m))
            .map(|m| (gain[m], m))
            .collect();
        candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        // WHY: in tier 1 dates add nothing and only cost, so panels are priced without them.
        let wants_dates = has_sessions && tier != Tier::Panels;
        let base = if wants_dates { base_values(market, space, restriction) } else { Vec::new() };
        Some(Self {
            market,
            space,
            candidates,
            required,
            gain,
            tables: base.clone(),
            scratch: Vec::new(),
            base,
            attendance: vec![None; space.members.len()],
            single: vec![None; space.members.len()],
            panel_bonus: if has_sessions { panel_bonus } else { panel_bonus + dates_bonus },
            dates_bonus: wants_dates.then_some(dates_bonus),
            may_lack_dates: !(has_sessions && restriction.scheduled && tier != Tier::Panels),
            best: floor.unwrap_or(NEVER / 2),
            found: Vec::new(),
        })
    }

    fn search(&mut self) {
        let panel = self.required.clone();
        let gain: i64 = panel.iter().map(|m| self.gain[*m]).sum();
        let dates = self.dates(&panel);
        self.extend(&panel, gain, dates, 0);
    }

    /// The value that dates of at most `dates` can give a plan.
    fn with_dates(&self, dates: Option<i64>) -> i64 {
        let scheduled = match (self.dates_bonus, dates) {
            (Some(bonus), Some(dates)) => bonus + dates,
            _ => NEVER,
        };
        if self.may_lack_dates { scheduled.max(0) } else { scheduled }
    }

    /// Tries every way to complete `panel` with candidates from position `next` on. `dates` are
    /// the best dates of `panel`.
    fn extend(&mut self, panel: &[usize], gain: i64, dates: Option<i64>, next: usize) {
        let open = self.space.size - panel.len();
        if open == 0 {
            self.complete(panel, gain, dates);
            return;
        }
        for position in next..self.candidates.len() {
            let Some(ahead) = self.candidates.get(position..position + open) else { break };
            let ahead: i64 = ahead.iter().map(|(gain, _)| gain).sum();
            if self.panel_bonus + gain + ahead + self.with_dates(dates) <= self.best {
                break;
            }
            let (own, member) = self.candidates[position];
            if !panel.iter().all(|m| self.space.compatible(*m, member)) {
                continue;
            }
            let alone = self.single_dates(member);
            let at_most = match (dates, alone) {
                (Some(a), Some(b)) => Some(a.min(b)),
                _ => None,
            };
            if self.panel_bonus + gain + ahead + self.with_dates(at_most) <= self.best {
                continue;
            }
            let mut longer = panel.to_vec();
            longer.push(member);
            let dates = if longer.len() == 1 { alone } else { self.dates(&longer) };
            self.extend(&longer, gain + own, dates, position + 1);
        }
    }

    /// Records a complete panel.
    fn complete(&mut self, panel: &[usize], gain: i64, dates: Option<i64>) {
        if !self.space.covers(panel) {
            return;
        }
        let value = self.panel_bonus + gain + self.with_dates(dates);
        if value <= self.best {
            return;
        }
        let dated = match (self.dates_bonus, dates) {
            (Some(bonus), Some(dates)) => bonus + dates,
            _ => NEVER,
        };
        let starts = if dated >= 0 || !self.may_lack_dates { self.starts(panel) } else { None };
        self.best = value;
        self.found.push(PricedPlan { value, plan: self.space.plan(panel, starts) });
    }

    fn single_dates(&mut self, member: usize) -> Option<i64> {
        self.dates_bonus?;
        if self.single[member].is_none() {
            self.single[member] = Some(self.dates(&[member]).unwrap_or(NEVER));
        }
        self.single[member].filter(|value| *value > NEVER)
    }

    /// What a member's attendance adds at each start of each session.
    fn attend(&mut self, member: usize) {
        if self.attendance[member].is_some() {
            return;
        }
        let Market { instance, availability, prices, tier, taken } = self.market;
        let weight = instance.policy().weights.burden * NANO;
        let person = self.space.members[member].actor;
        let rows = self
            .space
            .sessions
            .iter()
            .map(|session| {
                let Some(profile) = availability.of(person, session.mode) else {
                    return vec![NEVER; session.starts.len()];
                };
                session
                    .starts
                    .iter()
                    .map(|start| {
                        let free = profile.is_free(*start, session.slots)
                            && taken.is_none_or(|t| t.person_free(person, *start, session.slots));
                        if !free {
                            return NEVER;
                        }
                        let burden = if tier == Tier::Quality {
                            weight * profile.points(*start, session.slots)
                        } else {
                            0
                        };
                        -burden - prices.time_of(person, *start, session.slots)
                    })
                    .collect()
            })
            .collect();
        self.attendance[member] = Some(rows);
    }

    /// Best value of dates for a panel; `None` when there are none.
    fn dates(&mut self, panel: &[usize]) -> Option<i64> {
        self.dates_bonus?;
        self.forward(panel);
        let last = self.tables.last()?;
        last.iter().copied().max().filter(|value| *value > NEVER / 2)
    }

    /// Fills `tables`: for each session and start, the best value of dates up to there.
    fn forward(&mut self, panel: &[usize]) {
        for member in panel {
            self.attend(*member);
        }
        for session in 0..self.space.sessions.len() {
            let (done, open) = self.tables.split_at_mut(session);
            let values = &mut open[0];
            values.copy_from_slice(&self.base[session]);
            for member in panel {
                if let Some(rows) = &self.attendance[*member] {
                    // WHY no clamp here: a base, three members and a table entry at `NEVER` each
                    // stay within i64.
                    for (value, own) in values.iter_mut().zip(&rows[session]) {
                        *value += own;
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

    /// The starts that give the best dates of a panel, the earliest among equals.
    fn starts(&mut self, panel: &[usize]) -> Option<Vec<u32>> {
        self.forward(panel);
        let mut starts = Vec::with_capacity(self.tables.len());
        let mut limit: Option<(u32, u32)> = None;
        for (session, table) in self.tables.iter().enumerate().rev() {
            let space = &self.space.sessions[session];
            let best = space
                .starts
                .iter()
                .zip(table)
                .filter(|(start, _)| {
                    limit.is_none_or(|(first, last)| {
                        let end = **start + space.slots;
                        first <= end && end <= last
                    })
                })
                .max_by_key(|(start, value)| (**value, std::cmp::Reverse(**start)))?;
            if *best.1 <= NEVER / 2 {
                return None;
            }
            starts.push(*best.0);
            let latest = best.0.saturating_sub(space.min_gap);
            let earliest = space.max_gap.map_or(0, |gap| best.0.saturating_sub(gap));
            limit = Some((earliest, latest));
        }
        starts.reverse();
        Some(starts)
    }
}

/// Adds to each start of `session` the best value of the session before that leaves the gap (S3).
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
    space
        .sessions
        .iter()
        .enumerate()
        .map(|(position, session)| {
            let place = session.mode.room_at();
            session
                .starts
                .iter()
                .zip(&session.points)
                .map(|(start, points)| {
                    let free = restriction.allows_start(position, *start)
                        && taken.is_none_or(|taken| {
                            session
                                .attendees
                                .iter()
                                .all(|a| taken.person_free(*a, *start, session.slots))
                                && place.is_none_or(|k| {
                                    taken.room_free(instance, k, *start, session.slots)
                                })
                        });
                    if !free {
                        return NEVER;
                    }
                    let time: i64 = session
                        .attendees
                        .iter()
                        .map(|person| prices.time_of(*person, *start, session.slots))
                        .sum();
                    -weight * points - time - prices.room_of(place, *start, session.slots)
                })
                .collect()
        })
        .collect()
}

/// True when the parties and places alone leave dates for every session.
pub(crate) fn has_dates(market: Market<'_>, space: &PlanSpace) -> bool {
    let mut before: Option<Vec<i64>> = None;
    for (session, mut values) in
        base_values(market, space, &Restriction::default()).into_iter().enumerate()
    {
        if let Some(before) = &before {
            add_best_before(space, session, before, &mut values, &mut Vec::new());
        }
        for value in &mut values {
            *value = (*value).max(NEVER);
        }
        before = Some(values);
    }
    before.is_none_or(|values| values.iter().any(|value| *value > NEVER / 2))
}
