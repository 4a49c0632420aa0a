//! Working time: who is available in which minute, and what it costs.
//!
//! * Takes a person's week, `busy` intervals and a clock; gives minutes, spans and slot tables.
//! * The clock is the person's own, or that of a place for a session in person.

use crate::format::{HoursDoc, IntervalDoc, WorkingTimeDoc};

use super::clock::{self, Clock, DAY, Reading};

/// Marks a minute outside every band.
const NEVER: u32 = u32::MAX;

/// Burden points of every minute of a week as the wall clock shows it, before rest days.
#[derive(Debug, Clone)]
pub(super) struct Week {
    usual: Vec<u32>,
    /// Hours that count on some dates only.
    dated: Vec<Dated>,
}

/// Hours that count from one date to another, both inside.
#[derive(Debug, Clone)]
struct Dated {
    first: i64,
    last: i64,
    week: Vec<bool>,
}

impl Dated {
    /// The entries of a list with a period.
    fn all(hours: &[HoursDoc]) -> Vec<Self> {
        let dated = hours.iter().filter(|entry| entry.since.is_some() || entry.until.is_some());
        dated
            .map(|entry| {
                let mut week = vec![false; 7 * DAY as usize];
                paint(std::slice::from_ref(entry), |minute| {
                    if let Some(cell) = week.get_mut(minute) {
                        *cell = true;
                    }
                });
                Self {
                    first: entry.since.as_deref().and_then(clock::day).unwrap_or(i64::MIN),
                    last: entry.until.as_deref().and_then(clock::day).unwrap_or(i64::MAX),
                    week,
                }
            })
            .collect()
    }

    fn holds(&self, at: Reading) -> bool {
        (self.first..=self.last).contains(&at.day)
            && self.week.get(place(at)).copied().unwrap_or(false)
    }
}

/// The entries of a list without a period.
fn undated(hours: &[HoursDoc]) -> Vec<HoursDoc> {
    hours.iter().filter(|entry| entry.since.is_none() && entry.until.is_none()).cloned().collect()
}

/// The minute of the week.
fn place(at: Reading) -> usize {
    clock::weekday(at.day) * DAY as usize + at.minute as usize
}

impl Week {
    /// The week of the policy's bands and a person's working hours.
    pub(super) fn new(policy: Option<&WorkingTimeDoc>, hours: &[HoursDoc]) -> Self {
        let mut day = vec![NEVER; DAY as usize];
        for (from, to, cost) in bands(policy) {
            for minute in from..to {
                if let Some(cell) = day.get_mut(minute as usize) {
                    *cell = cost;
                }
            }
        }
        if !hours.is_empty() {
            for cell in day.iter_mut().filter(|cell| **cell != NEVER) {
                *cell = (*cell).max(1);
            }
        }
        let mut usual = day.repeat(7);
        paint(&undated(hours), |minute| {
            if let Some(cell) = usual.get_mut(minute) {
                *cell = 0;
            }
        });
        Self { usual, dated: Dated::all(hours) }
    }

    fn points(&self, at: Reading) -> Option<i64> {
        if self.dated.iter().any(|dated| dated.holds(at)) {
            return Some(0);
        }
        let cell = self.usual.get(place(at))?;
        (*cell != NEVER).then_some(i64::from(*cell))
    }
}

fn bands(policy: Option<&WorkingTimeDoc>) -> Vec<(i64, i64, u32)> {
    let own = policy.map(|p| p.bands.as_slice()).unwrap_or_default();
    if own.is_empty() {
        let hour = |from: i64, to: i64, cost| (from * 60, to * 60, cost);
        return vec![
            hour(6, 7, 6),
            hour(7, 8, 3),
            hour(8, 9, 1),
            hour(9, 18, 0),
            hour(18, 20, 1),
            hour(20, 22, 3),
            hour(22, 23, 6),
        ];
    }
    own.iter()
        .filter_map(|b| Some((clock::civil(&b.from)?, clock::civil(&b.to)?, b.cost)))
        .collect()
}

/// Calls `mark` with every minute of the week that lies in the hours.
fn paint(hours: &[HoursDoc], mut mark: impl FnMut(usize)) {
    for entry in hours {
        let (Some(from), Some(to)) = (clock::civil(&entry.from), clock::civil(&entry.to)) else {
            continue;
        };
        for &day in &entry.days {
            let base = clock::weekday_index(day) * DAY as usize;
            (from..to).for_each(|minute| mark(base + minute as usize));
        }
    }
}

/// Availability and burden of one minute, or the sum of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Burden {
    /// Available throughout.
    pub(super) free: bool,
    /// Point-minutes; a minute outside every band counts 0.
    pub(super) points: i64,
}

/// What is known of a person's time.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    week: Week,
    busy: Vec<(i64, i64)>,
    rest_cost: Option<u32>,
}

impl Schedule {
    /// The schedule of a person under a policy.
    pub(super) fn new(
        policy: Option<&WorkingTimeDoc>,
        hours: &[HoursDoc],
        busy: &[IntervalDoc],
    ) -> Self {
        Self {
            week: Week::new(policy, hours),
            busy: busy
                .iter()
                .filter_map(|b| Some((clock::instant(&b.start)?, clock::instant(&b.end)?)))
                .collect(),
            rest_cost: policy.and_then(|p| p.rest_day_cost),
        }
    }

    /// One minute on a clock, `busy` apart.
    fn minute(&self, clock: &Clock, at: Reading) -> Burden {
        let rests = clock.rests(at.day);
        let points = self.week.points(at);
        let extra = if rests { self.rest_cost.map_or(0, i64::from) } else { 0 };
        Burden {
            free: points.is_some() && (!rests || self.rest_cost.is_some()),
            points: points.map_or(0, |p| p + extra),
        }
    }

    fn is_busy(&self, from: i64, to: i64) -> bool {
        self.busy.iter().any(|&(start, end)| start < to && from < end)
    }

    /// All minutes of `[from, to)`, one by one.
    pub(super) fn span(&self, clock: &Clock, from: i64, to: i64) -> Burden {
        let mut total = Burden { free: !self.is_busy(from, to), points: 0 };
        for minute in from..to {
            match clock.read(minute) {
                Some(at) => {
                    let one = self.minute(clock, at);
                    total.free &= one.free;
                    total.points = total.points.saturating_add(one.points);
                }
                None => total.free = false,
            }
        }
        total
    }

    /// The slots of a grid, as running sums.
    pub(super) fn table(&self, clock: &Clock, grid: Grid) -> Table {
        let mut table = Table::with_capacity(grid.slots);
        let mut before = clock.offset(grid.start);
        for slot in 0..grid.slots {
            let (from, to) = (grid.instant(slot), grid.instant(slot + 1));
            let after = clock.offset(to);
            let sum = match before {
                Some(offset) if before == after => {
                    let mut sum = Burden { free: !self.is_busy(from, to), points: 0 };
                    for minute in from..to {
                        let one = self.minute(clock, clock::reading(minute, offset));
                        sum.free &= one.free;
                        sum.points = sum.points.saturating_add(one.points);
                    }
                    sum
                }
                _ => self.span(clock, from, to),
            };
            table.push(sum);
            before = after;
        }
        table
    }
}

/// The grid of slots.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    /// First minute of the horizon.
    pub(super) start: i64,
    /// Minutes of a slot.
    pub(super) slot: i64,
    /// Number of slots.
    pub(super) slots: usize,
}

impl Grid {
    /// First minute of a slot.
    pub(super) fn instant(self, slot: usize) -> i64 {
        self.start.saturating_add((slot as i64).saturating_mul(self.slot))
    }

    /// First minute after the horizon.
    pub(super) fn end(self) -> i64 {
        self.instant(self.slots)
    }
}

/// Running sums over the slots of a grid.
#[derive(Debug, Clone)]
pub(super) struct Table {
    taken: Vec<u32>,
    points: Vec<i64>,
}

impl Table {
    pub(super) fn with_capacity(slots: usize) -> Self {
        let mut table =
            Self { taken: Vec::with_capacity(slots + 1), points: Vec::with_capacity(slots + 1) };
        table.taken.push(0);
        table.points.push(0);
        table
    }

    pub(super) fn push(&mut self, slot: Burden) {
        let taken = self.taken.last().copied().unwrap_or(0);
        let points = self.points.last().copied().unwrap_or(0);
        self.taken.push(taken + u32::from(!slot.free));
        self.points.push(points.saturating_add(slot.points));
    }

    /// Points of slots `[from, to)`, if they are all free.
    pub(super) fn cost(&self, from: usize, to: usize) -> Option<i64> {
        (self.taken.get(from)? == self.taken.get(to)?)
            .then(|| self.points.get(to).zip(self.points.get(from)))?
            .map(|(after, before)| after.saturating_sub(*before))
    }
}

/// When a place is open.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    week: Option<Vec<bool>>,
    dated: Vec<Dated>,
}

impl Opening {
    /// From opening hours; without any, a place is open all day.
    pub(super) fn new(hours: &[HoursDoc]) -> Self {
        let week = (!hours.is_empty()).then(|| {
            let mut week = vec![false; 7 * DAY as usize];
            paint(&undated(hours), |minute| {
                if let Some(cell) = week.get_mut(minute) {
                    *cell = true;
                }
            });
            week
        });
        Self { week, dated: Dated::all(hours) }
    }

    /// Open in every minute of `[from, to)`.
    pub(super) fn spans(&self, clock: &Clock, from: i64, to: i64) -> bool {
        (from..to).all(|minute| {
            clock.read(minute).is_some_and(|at| {
                let open = |week: &Vec<bool>| week.get(place(at)).copied().unwrap_or(false);
                !clock.rests(at.day)
                    && (self.week.as_ref().is_none_or(open)
                        || self.dated.iter().any(|dated| dated.holds(at)))
            })
        })
    }

    /// The slots of a grid: 0 points, free when open.
    pub(super) fn table(&self, clock: &Clock, grid: Grid) -> Table {
        let mut table = Table::with_capacity(grid.slots);
        for slot in 0..grid.slots {
            let free = self.spans(clock, grid.instant(slot), grid.instant(slot + 1));
            table.push(Burden { free, points: 0 });
        }
        table
    }
}
