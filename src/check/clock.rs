//! The checker's own clock: dates, instants and what a wall clock shows.
//!
//! * Takes the strings of the documents, gives whole minutes and days since 1970-01-01 UTC.
//! * Civil time is read, never converted: an instant is turned into a reading by adding the
//!   offset that its zone has at that instant, so gaps and folds need no decision.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Months, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

use crate::format::{CalendarDoc, Weekday};

/// Minutes of a day.
pub(super) const DAY: i64 = 1440;

/// Days from 0000-12-31 to 1970-01-01.
const EPOCH: i32 = 719_163;

/// Days since 1970-01-01 of a date `YYYY-MM-DD`.
pub(super) fn day(text: &str) -> Option<i64> {
    if text.len() != 10 {
        return None;
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(i64::from(date.num_days_from_ce()) - i64::from(EPOCH))
}

/// The day that lies so many years before; 29 February becomes the 28th.
pub(super) fn years_before(day: i64, years: u32) -> i64 {
    let back = || {
        let ce = i32::try_from(day).ok()?.checked_add(EPOCH)?;
        let date = NaiveDate::from_num_days_from_ce_opt(ce)?;
        date.checked_sub_months(Months::new(years.checked_mul(12)?))
    };
    back().map_or(i64::MIN, |d| i64::from(d.num_days_from_ce()) - i64::from(EPOCH))
}

/// Minutes since 1970-01-01 UTC of an RFC 3339 instant, rounded down.
pub(super) fn instant(text: &str) -> Option<i64> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.timestamp().div_euclid(60))
}

/// Seconds since 1970-01-01 UTC and the offset in seconds of an RFC 3339 instant.
pub(super) fn instant_and_offset(text: &str) -> Option<(i64, i32)> {
    let read = DateTime::parse_from_rfc3339(text).ok()?;
    (read.timestamp_subsec_nanos() == 0)
        .then(|| (read.timestamp(), read.offset().local_minus_utc()))
}

/// An instant as it stands in a solution, for messages.
pub(super) fn show(minute: i64) -> String {
    minute
        .checked_mul(60)
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .map_or_else(|| format!("minute {minute}"), |t| t.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Minutes since midnight of a civil time `HH:MM`, `00:00` to `24:00`.
pub(super) fn civil(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = i64::from(hours) * 60 + i64::from(minutes);
    (minutes < 60 && total <= DAY).then_some(total)
}

/// 0 for Monday to 6 for Sunday.
pub(super) fn weekday(day: i64) -> usize {
    // WHY: 1970-01-01 was a Thursday.
    (day.rem_euclid(7) + 3).rem_euclid(7) as usize
}

/// The position of a day of the week, 0 for Monday.
pub(super) fn weekday_index(day: Weekday) -> usize {
    match day {
        Weekday::Mon => 0,
        Weekday::Tue => 1,
        Weekday::Wed => 2,
        Weekday::Thu => 3,
        Weekday::Fri => 4,
        Weekday::Sat => 5,
        Weekday::Sun => 6,
    }
}

/// What a wall clock and the calendar beside it show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// Days since 1970-01-01.
    pub(super) day: i64,
    /// Minutes since midnight on the dial.
    pub(super) minute: i64,
}

/// A zone with a calendar of rest days.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock {
    zone: Option<Tz>,
    weekend: [bool; 7],
    holidays: BTreeSet<i64>,
    workdays: BTreeSet<i64>,
}

impl Clock {
    /// The clock of a zone; a zone that does not exist has no readings.
    pub(super) fn new(zone: Option<&str>, calendar: Option<&CalendarDoc>) -> Self {
        let mut clock =
            Self { zone: zone.and_then(|name| Tz::from_str(name).ok()), ..Self::default() };
        if let Some(calendar) = calendar {
            for &day in &calendar.weekend {
                clock.weekend[weekday_index(day)] = true;
            }
            clock.holidays = calendar.holidays.iter().filter_map(|h| day(&h.date)).collect();
            clock.workdays = calendar.workdays.iter().filter_map(|w| day(&w.date)).collect();
        }
        clock
    }

    /// The offset from UTC in seconds at an instant.
    pub(super) fn offset(&self, minute: i64) -> Option<i32> {
        offset(self.zone?, minute)
    }

    /// What the clock shows at an instant.
    pub(super) fn read(&self, minute: i64) -> Option<Reading> {
        Some(reading(minute, self.offset(minute)?))
    }

    /// True on holidays, and on days of the weekend that are not worked.
    pub(super) fn rests(&self, day: i64) -> bool {
        let weekend = self.weekend[weekday(day)] && !self.workdays.contains(&day);
        weekend || self.holidays.contains(&day)
    }
}

/// The offset from UTC in seconds that a zone has at an instant, in whole minutes.
///
/// WHY: RFC 3339 has no seconds in an offset; local mean time, which has them, is rounded down.
pub(super) fn offset(zone: Tz, minute: i64) -> Option<i32> {
    let utc = DateTime::from_timestamp(minute.checked_mul(60)?, 0)?.naive_utc();
    Some(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc().div_euclid(60) * 60)
}

/// The reading at an instant under an offset in seconds.
pub(super) fn reading(minute: i64, offset: i32) -> Reading {
    let local = minute.saturating_add(i64::from(offset).div_euclid(60));
    Reading { day: local.div_euclid(DAY), minute: local.rem_euclid(DAY) }
}
