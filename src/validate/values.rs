//! Single values: dates, instants, civil times, spans, numbers in a range.
//!
//! Each reader gives the value, or notes a finding and gives `None`.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::Micro;
use crate::format::{Decimal, IntervalDoc, Pairs, READ_DUPLICATE_KEY, Weekday};
use crate::time::{
    Date, DateSpan, Instant, Interval, MinuteOfDay, WeekdaySet, Zone, parse_clock, parse_date,
    parse_instant,
};

impl Context<'_> {
    pub(super) fn date(&mut self, text: &str, at: &At<'_>) -> Option<Date> {
        let date = parse_date(text);
        if date.is_none() {
            self.error(
                codes::BAD_DATE,
                at,
                format!("{} is not a date", quote(text)),
                "write an existing day like `2026-03-02`",
            );
        }
        date
    }

    pub(super) fn instant(&mut self, text: &str, at: &At<'_>) -> Option<Instant> {
        parse_instant(text)
            .map_err(|rule| {
                self.error(
                    codes::BAD_INSTANT,
                    at,
                    format!("{} is not an instant on a whole minute", quote(text)),
                    rule,
                );
            })
            .ok()
    }

    pub(super) fn clock_time(&mut self, text: &str, at: &At<'_>) -> Option<MinuteOfDay> {
        let time = parse_clock(text);
        if time.is_none() {
            self.error(
                codes::BAD_TIME,
                at,
                format!("{} is not a time of the day", quote(text)),
                "write `HH:MM` from `00:00` to `24:00`",
            );
        }
        time
    }

    /// The times `from` and `to` of the object at `at`, in that order.
    pub(super) fn hours(
        &mut self,
        from: &str,
        to: &str,
        at: &At<'_>,
    ) -> Option<(MinuteOfDay, MinuteOfDay)> {
        let first = self.clock_time(from, &at.key("from"));
        let last = self.clock_time(to, &at.key("to"));
        let (first, last) = (first?, last?);
        if first >= last {
            self.error(
                codes::REVERSED_HOURS,
                at,
                format!("`{from}` is not before `{to}`"),
                "let `from` be before `to`; hours across midnight are two entries",
            );
            return None;
        }
        Some((first, last))
    }

    pub(super) fn zone(&mut self, name: &str, at: &At<'_>) -> Option<Zone> {
        let zone = Zone::parse(name);
        if zone.is_none() {
            let help =
                self.did_you_mean(name, Zone::names(), "write an IANA name like `Asia/Shanghai`");
            self.error(
                codes::UNKNOWN_ZONE,
                at,
                format!("{} is not a known time zone", quote(name)),
                help,
            );
        }
        zone
    }

    pub(super) fn interval(&mut self, doc: &IntervalDoc, at: &At<'_>) -> Option<Interval> {
        self.interval_of(&doc.start, &doc.end, at)
    }

    /// The interval between the instants `start` and `end` of the object at `at`.
    pub(super) fn interval_of(&mut self, first: &str, last: &str, at: &At<'_>) -> Option<Interval> {
        let start = self.instant(first, &at.key("start"));
        let end = self.instant(last, &at.key("end"));
        let (start, end) = (start?, end?);
        if start >= end {
            self.error(
                codes::REVERSED_INTERVAL,
                at,
                format!("the end {} is not after the start {}", quote(last), quote(first)),
                "let `end` be after `start`",
            );
            return None;
        }
        Some(Interval { start, end })
    }

    /// A span of dates whose ends stand under the keys `first` and `last`.
    pub(super) fn span(
        &mut self,
        (first_key, first): (&str, Option<&String>),
        (last_key, last): (&str, Option<&String>),
        at: &At<'_>,
    ) -> DateSpan {
        let span = DateSpan {
            first: first.and_then(|text| self.date(text, &at.key(first_key))),
            last: last.and_then(|text| self.date(text, &at.key(last_key))),
        };
        if let (Some(from), Some(to)) = (span.first, span.last)
            && from > to
        {
            self.error(
                codes::REVERSED_SPAN,
                at,
                format!("the last day `{to}` is before the first day `{from}`"),
                format!("let `{first_key}` be no later than `{last_key}`; both days are inside"),
            );
        }
        span
    }

    /// A whole number under `key` of the object at `at`.
    pub(super) fn whole(
        &mut self,
        value: u32,
        allowed: RangeInclusive<u32>,
        at: &At<'_>,
        key: &str,
    ) -> Option<u32> {
        if allowed.contains(&value) {
            return Some(value);
        }
        self.error(
            codes::OUT_OF_RANGE,
            &at.key(key),
            format!("{} is {value}", quote(key)),
            format!("write a whole number from {} to {}", allowed.start(), allowed.end()),
        );
        None
    }

    /// A decimal from 0 to `most` under `key` of the object at `at`.
    pub(super) fn decimal(
        &mut self,
        value: Decimal,
        most: u32,
        at: &At<'_>,
        key: &str,
    ) -> Option<Micro> {
        self.decimal_within(value, (0, most), at, key)
    }

    /// A decimal from `-below` to `most`.
    pub(super) fn decimal_within(
        &mut self,
        value: Decimal,
        (below, most): (u32, u32),
        at: &At<'_>,
        key: &str,
    ) -> Option<Micro> {
        let (low, high) = (-i64::from(below) * Decimal::ONE, i64::from(most) * Decimal::ONE);
        if (low..=high).contains(&value.micro()) {
            return Some(value.micro());
        }
        self.error(
            codes::OUT_OF_RANGE,
            &at.key(key),
            format!("{} is {}", quote(key), value.micro() as f64 / 1e6),
            format!("write a number from {} to {most}", -i64::from(below)),
        );
        None
    }

    /// Notes each key that an object repeats.
    pub(super) fn unique_keys<T>(&mut self, pairs: &Pairs<T>, at: &At<'_>) {
        let mut seen = HashSet::with_capacity(pairs.0.len());
        for (key, _) in &pairs.0 {
            if !seen.insert(key.as_str()) {
                self.duplicate_key(key, at);
            }
        }
    }

    pub(super) fn duplicate_key(&mut self, key: &str, at: &At<'_>) {
        self.error(
            READ_DUPLICATE_KEY,
            &at.key(key),
            format!("the key {} stands here twice", quote(key)),
            "keep one of the two",
        );
    }
}

/// Days of the week as a set.
pub(super) fn weekdays(days: &[Weekday]) -> WeekdaySet {
    let mut set = WeekdaySet::default();
    for day in days {
        set.insert(match day {
            Weekday::Mon => 0,
            Weekday::Tue => 1,
            Weekday::Wed => 2,
            Weekday::Thu => 3,
            Weekday::Fri => 4,
            Weekday::Sat => 5,
            Weekday::Sun => 6,
        });
    }
    set
}
