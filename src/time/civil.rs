//! Dates, times of the day and their spans, as they stand in documents.

use chrono::{DateTime, Datelike, Months, NaiveDate, Timelike};

use super::Instant;

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The date that many days after 1970-01-01; saturates far outside any horizon.
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        Self(
            i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days).unwrap_or(NaiveDate::MAX),
        )
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(self.0.to_epoch_days())
    }

    /// The date that many days later, or earlier.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days().saturating_add(days))
    }

    /// Day of the week, Monday is 0.
    #[must_use]
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// The same day so many years earlier; 29 February becomes 28 February.
    #[must_use]
    pub fn years_before(self, years: u32) -> Self {
        let months = Months::new(years.saturating_mul(12));
        Self(self.0.checked_sub_months(months).unwrap_or(NaiveDate::MIN))
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}

/// A span of dates with both days inside; open where `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct DateSpan {
    /// First day inside.
    pub first: Option<Date>,
    /// Last day inside.
    pub last: Option<Date>,
}

impl DateSpan {
    /// True when `date` is inside.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.first.is_none_or(|first| first <= date) && self.last.is_none_or(|last| date <= last)
    }

    /// True when some day from `from` to `to`, both inclusive, is inside.
    #[must_use]
    pub fn meets(&self, from: Date, to: Date) -> bool {
        self.first.is_none_or(|first| first <= to) && self.last.is_none_or(|last| from <= last)
    }
}

/// Minutes since midnight on the wall clock, 0 to 1440.
pub type MinuteOfDay = u16;

/// A set of days of the week, Monday is bit 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct WeekdaySet(pub u8);

impl WeekdaySet {
    /// True when the day (Monday is 0) is in the set.
    #[must_use]
    pub fn contains(self, weekday: u32) -> bool {
        self.0 >> weekday & 1 == 1
    }
    /// Adds a day (Monday is 0).
    pub fn insert(&mut self, weekday: u32) {
        self.0 |= 1 << weekday;
    }
}

/// Reads `YYYY-MM-DD`; `None` when it has another form or does not exist.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10
        || !bytes
            .iter()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
    {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Date)
}

/// Reads `HH:MM`, `00:00` to `24:00`, as minutes of the day.
#[must_use]
pub fn parse_clock(text: &str) -> Option<MinuteOfDay> {
    let bytes = text.as_bytes();
    if bytes.len() != 5 || bytes[2] != b':' {
        return None;
    }
    let digit = |i: usize| bytes[i].is_ascii_digit().then(|| u16::from(bytes[i] - b'0'));
    let (hour, minute) = (digit(0)? * 10 + digit(1)?, digit(3)? * 10 + digit(4)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= 24 * 60).then_some(total)
}

/// Reads an RFC 3339 instant with offset that lies on a whole minute.
///
/// # Errors
/// A sentence about what is wrong.
pub fn parse_instant(text: &str) -> Result<Instant, &'static str> {
    let instant = DateTime::parse_from_rfc3339(text)
        .map_err(|_| "an instant is written like `2026-03-02T09:00:00+08:00`")?;
    if instant.second() != 0 || instant.nanosecond() != 0 {
        return Err("an instant lies on a whole minute");
    }
    // WHY: the wall clocks of all zones then show years of four digits, as RFC 3339 asks.
    if !(1..=9998).contains(&instant.naive_utc().year()) {
        return Err("an instant lies in the years 1 to 9998");
    }
    // WHY: an offset has whole minutes in RFC 3339, so the UTC minute is whole too.
    Ok(instant.timestamp().div_euclid(60))
}
