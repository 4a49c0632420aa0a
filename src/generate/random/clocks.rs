//! Half-hour slots on the clocks of the zones, and diaries in them.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use crate::format::IntervalDoc;
use crate::generate::draw::Draw;

use super::{DAYS, first_day};

/// Slots in a day.
pub(super) const A_DAY: u32 = 48;

/// The instant at which a slot begins, in UTC.
pub(super) fn instant(slot: u32) -> String {
    utc(slot).format("%Y-%m-%dT%H:%M:00Z").to_string()
}

fn utc(slot: u32) -> DateTime<Utc> {
    let midnight = first_day().and_time(NaiveTime::MIN).and_utc();
    midnight + TimeDelta::minutes(30 * i64::from(slot))
}

/// The day of the horizon as a date.
pub(super) fn day(after: u32) -> NaiveDate {
    first_day() + Days::new(after.into())
}

/// What a clock shows at the start of each slot.
pub(super) struct Clock {
    /// Date, and minutes since midnight.
    shows: Vec<(NaiveDate, u32)>,
    friday_rests: bool,
}

impl Clock {
    pub(super) fn new(zone: &str, weekend: &str) -> Self {
        let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
        let show = |slot| {
            let local = utc(slot).with_timezone(&zone);
            (local.date_naive(), local.hour() * 60 + local.minute())
        };
        Self { shows: (0..DAYS * A_DAY).map(show).collect(), friday_rests: weekend == "fri-sat" }
    }

    fn works_on(&self, date: NaiveDate) -> bool {
        match date.weekday() {
            Weekday::Sat => false,
            Weekday::Fri => !self.friday_rests,
            Weekday::Sun => self.friday_rests,
            _ => true,
        }
    }

    /// Slots of a working day between 06:00 and 23:00.
    fn awake(&self) -> Vec<bool> {
        let awake = |(date, minute): &(NaiveDate, u32)| {
            self.works_on(*date) && (360..=1350).contains(minute)
        };
        self.shows.iter().map(awake).collect()
    }

    /// Busy time: up to three days off, and in each working day blocks of one to three hours
    /// between 09:00 and 18:00 until about `percent` of eighteen half-hours are taken.
    pub(super) fn diary(&self, percent: u32, draw: &mut Draw) -> Diary {
        let mut days: Vec<NaiveDate> = self.shows.iter().map(|(date, _)| *date).collect();
        days.dedup();
        let off = *draw.pick(&[0, 1, 1, 2, 3]);
        let off: Vec<NaiveDate> = draw.sample(&days, off).into_iter().copied().collect();
        let mut busy = vec![false; self.shows.len()];
        for date in days.into_iter().filter(|date| self.works_on(*date)) {
            let mut block = |from: u32, until: u32| {
                for (slot, (day, minute)) in self.shows.iter().enumerate() {
                    if *day == date && (from..until).contains(minute) {
                        busy[slot] = true;
                    }
                }
            };
            if off.contains(&date) {
                block(0, 24 * 60);
                continue;
            }
            let mut taken = 0;
            while taken * 100 < percent * 18 {
                let slots = *draw.pick(&[2, 2, 3, 4, 6]);
                let from = 9 * 60 + 30 * draw.between(0, 18 - slots);
                block(from, from + 30 * slots);
                taken += slots;
                if draw.chance(25) {
                    break;
                }
            }
        }
        let mut free = self.awake();
        free.iter_mut().zip(&busy).for_each(|(free, busy)| *free &= !busy);
        Diary { busy: intervals(&busy), free }
    }
}

/// When somebody is taken.
#[derive(Clone)]
pub(super) struct Diary {
    pub(super) busy: Vec<IntervalDoc>,
    /// Slots in which a session is possible.
    pub(super) free: Vec<bool>,
}

fn intervals(busy: &[bool]) -> Vec<IntervalDoc> {
    let mut found = Vec::new();
    let mut start = None;
    for slot in 0..=busy.len() {
        match (start, busy.get(slot).copied().unwrap_or(false)) {
            (None, true) => start = Some(slot),
            (Some(first), false) => {
                let (start_, end) = (instant(first as u32), instant(slot as u32));
                found.push(IntervalDoc { start: start_, end, notes: None });
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// How many starts of a session of that length all of them have in common.
pub(super) fn common_starts(diaries: &[&Diary], slots: usize) -> usize {
    let mut run = 0;
    let mut found = 0;
    for slot in 0..(DAYS * A_DAY) as usize {
        run = if diaries.iter().all(|diary| diary.free[slot]) { run + 1 } else { 0 };
        found += usize::from(run >= slots);
    }
    found
}
