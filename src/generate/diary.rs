//! Diaries: when people are taken, which hours they work, how many disputes they take.

use chrono::{Days, NaiveDate};

use crate::format::{CapacityDoc, Decimal, HoursDoc, IntervalDoc, Weekday};

use super::draw::Draw;
use super::make::{MON_FRI, hours};
use super::world::instant;

/// The days over which a docket is scheduled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    /// First day.
    pub(crate) start: NaiveDate,
    /// Number of days.
    pub(crate) days: u32,
}

impl Window {
    /// The day `after` days after the first.
    pub(crate) fn day(self, after: u32) -> NaiveDate {
        self.start + Days::new(after.into())
    }

    /// The window as an interval from midnight to midnight in `zone`.
    pub(crate) fn interval(self, zone: &str) -> IntervalDoc {
        span(zone, (self.start, 0), (self.day(self.days), 0))
    }
}

fn span(zone: &str, start: (NaiveDate, u32), end: (NaiveDate, u32)) -> IntervalDoc {
    IntervalDoc {
        start: instant(zone, start.0, start.1),
        end: instant(zone, end.0, end.1),
        notes: None,
    }
}

/// Up to `most` absences: half days, days and stretches of up to `longest` days, none touching.
pub(crate) fn busy(
    window: Window,
    zone: &str,
    most: u32,
    longest: u32,
    draw: &mut Draw,
) -> Vec<IntervalDoc> {
    let mut taken: Vec<(u32, u32)> = Vec::new();
    for _ in 0..draw.between(0, most) {
        let first = draw.between(0, window.days - 1);
        let length = if draw.chance(50) { 0 } else { draw.between(1, longest) };
        let after = (first + length.max(1)).min(window.days);
        if taken.iter().all(|&(from, to)| after < from || to < first) {
            taken.push((first, if length == 0 { first } else { after }));
        }
    }
    taken.sort_unstable();
    let interval = |(first, after): (u32, u32)| {
        if first == after {
            let from = if first % 2 == 0 { 8 } else { 13 };
            span(zone, (window.day(first), from), (window.day(first), from + 5))
        } else {
            span(zone, (window.day(first), 0), (window.day(after), 0))
        }
    };
    taken.into_iter().map(interval).collect()
}

/// For `percent` of a hundred people: working hours that are their own.
pub(crate) fn working_hours(weekend: &str, percent: usize, draw: &mut Draw) -> Vec<HoursDoc> {
    if !draw.chance(percent) {
        return Vec::new();
    }
    let days = if weekend == "sat-sun" {
        MON_FRI
    } else {
        [Weekday::Sun, Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu]
    };
    let &(from, to) = draw.pick(&[("08:00", "16:00"), ("10:00", "19:00"), ("12:00", "21:00")]);
    vec![hours(&days, from, to)]
}

/// One to three disputes, and hours to match.
pub(crate) fn capacity(draw: &mut Draw) -> CapacityDoc {
    let cases = *draw.weighted(&[(1, 35), (2, 45), (3, 20)]);
    let hours = 8 * cases + draw.between(0, 12);
    CapacityDoc {
        cases: Some(cases),
        min_cases: None,
        hours: Some(Decimal(i64::from(hours) * Decimal::ONE)),
        notes: None,
    }
}

/// Expertise in `count` of `subjects`, from 0.40 to 0.90, and `bonus` hundredths on top.
pub(crate) fn expertise(
    subjects: &[&str],
    count: usize,
    bonus: u32,
    draw: &mut Draw,
) -> Vec<(String, Decimal)> {
    let mut known: Vec<(String, Decimal)> = draw
        .sample(subjects, count)
        .into_iter()
        .map(|subject| (*subject).to_owned())
        .map(|subject| (subject, Decimal(i64::from(draw.between(40, 90) + bonus) * 10_000)))
        .collect();
    known.sort();
    known
}
