//! IANA zones: the wall clock at an instant.

use chrono::{DateTime, FixedOffset, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

use super::{Date, Instant, Interval};

/// An IANA time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// A stretch of time in which a zone keeps one offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffsetSpan {
    /// First instant of the stretch.
    pub start: Instant,
    /// First instant after it.
    pub end: Instant,
    /// Minutes east of UTC.
    pub offset: i32,
}

/// The version of the time-zone database, like `2025b`.
#[must_use]
pub fn tzdb_version() -> &'static str {
    chrono_tz::IANA_TZDB_VERSION
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Tz::UTC);

    /// The zone of that name, if the database knows it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The name of the zone.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Every zone name of the database.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name())
    }

    /// Minutes east of UTC at an instant; local mean time, which has seconds, is rounded down.
    #[must_use]
    pub fn offset_at(self, instant: Instant) -> i32 {
        let seconds = instant.saturating_mul(60);
        DateTime::<Utc>::from_timestamp(seconds, 0).map_or(0, |utc| {
            self.0.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc().div_euclid(60)
        })
    }

    /// The stretches of constant offset that cover `interval`, in order.
    ///
    /// Complexity: one look-up an hour of the interval, and a bisection a change.
    #[must_use]
    pub fn offsets(self, interval: Interval) -> Vec<OffsetSpan> {
        let mut spans = Vec::new();
        let mut start = interval.start;
        let mut offset = self.offset_at(start);
        let mut probe = start;
        while probe < interval.end {
            let next = (probe + 60).min(interval.end);
            let ahead = self.offset_at(next - 1);
            if ahead == offset {
                probe = next;
                continue;
            }
            // INVARIANT: the offset is the old one at `low` and another one at `high`.
            let (mut low, mut high) = (probe - 1, next - 1);
            if self.offset_at(probe) != offset {
                high = probe;
            }
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if self.offset_at(middle) == offset { low = middle } else { high = middle }
            }
            spans.push(OffsetSpan { start, end: high, offset });
            start = high;
            offset = self.offset_at(high);
            probe = high;
        }
        if start < interval.end {
            spans.push(OffsetSpan { start, end: interval.end, offset });
        }
        spans
    }

    /// The first instant at which the wall clock shows that date or a later one.
    #[must_use]
    pub fn day_begins(self, date: Date) -> Instant {
        const DAY: i64 = 24 * 60;
        let civil = date.days() * DAY;
        // WHY: no zone has ever been a day and a half off.
        let around = Interval { start: civil - DAY * 3 / 2, end: civil + DAY * 3 / 2 };
        let spans = self.offsets(around);
        let mut begun = spans.iter().filter_map(|span| {
            let first = span.start.max(civil - i64::from(span.offset));
            (first < span.end).then_some(first)
        });
        begun.next().unwrap_or(around.end)
    }

    /// The wall clock at an instant, as RFC 3339 with offset.
    #[must_use]
    pub fn local_rfc3339(self, instant: Instant) -> String {
        let offset =
            FixedOffset::east_opt(self.offset_at(instant) * 60).unwrap_or_else(|| Utc.fix());
        DateTime::<Utc>::from_timestamp(instant.saturating_mul(60), 0)
            .map_or_else(String::new, |utc| {
                utc.with_timezone(&offset).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
            })
    }

    /// An instant as RFC 3339 in UTC, with `Z`.
    #[must_use]
    pub fn utc_rfc3339(instant: Instant) -> String {
        DateTime::<Utc>::from_timestamp(instant.saturating_mul(60), 0)
            .map_or_else(String::new, |utc| utc.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    }
}

/// Civil time to instants and names of offsets, for calendars of others (docs/decisions/0011):
/// nothing on the solving side asks for it.
impl Zone {
    /// The instant that a reading of the wall clock names, after RFC 5545, 3.3.5: of a reading
    /// that occurs twice the first; of one that is skipped, what it would be by the offset before.
    ///
    /// `civil` is the reading in minutes, counted as if the zone were UTC.
    #[must_use]
    pub fn instant_of(self, civil: i64) -> Instant {
        let seconds = civil.saturating_mul(60);
        let reading = DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or_default().naive_utc();
        if let Some(first) = self.0.offset_from_local_datetime(&reading).earliest() {
            return (seconds - i64::from(first.fix().local_minus_utc())).div_euclid(60);
        }
        let around = Interval { start: civil - 24 * 60, end: civil + 24 * 60 };
        let spans = self.offsets(around);
        let before = spans.windows(2).find(|pair| {
            let change = pair[0].end;
            (change + i64::from(pair[0].offset)..change + i64::from(pair[1].offset))
                .contains(&civil)
        });
        let offset = before.map_or_else(|| self.offset_at(civil), |pair| pair[0].offset);
        civil - i64::from(offset)
    }

    /// True when daylight-saving time is in force.
    #[must_use]
    pub fn is_daylight(self, instant: Instant) -> bool {
        self.offset_details(instant).is_some_and(|o| o.dst_offset() > TimeDelta::zero())
    }

    /// The abbreviation in use, like `CEST`; empty where the database has none but the offset.
    #[must_use]
    pub fn abbreviation(self, instant: Instant) -> String {
        let details = self.offset_details(instant);
        details.and_then(|o| o.abbreviation().map(str::to_owned)).unwrap_or_default()
    }

    fn offset_details(self, instant: Instant) -> Option<<Tz as TimeZone>::Offset> {
        let utc = DateTime::<Utc>::from_timestamp(instant.saturating_mul(60), 0)?;
        Some(self.0.offset_from_utc_datetime(&utc.naive_utc()))
    }
}
