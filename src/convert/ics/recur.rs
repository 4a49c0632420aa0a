//! One recurrence rule: when it comes round.
//!
//! * Rules by day, week, month and year run on the wall clock: the crate `rrule` expands them as
//!   readings, as if the zone were UTC, so that no change of the clocks is in its way (its issue
//!   115); the caller turns readings into instants.
//! * Rules by hour and minute run in elapsed time, which is arithmetic; with `BY...` parts they
//!   are refused.

use std::str::FromStr;

use chrono::{DateTime, TimeZone, Utc};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};

use crate::diagnostic::{Diagnostic, quote};
use crate::ical::{BAD_VALUE, NOT_SUPPORTED, Property, Stamp, TOO_MANY, parse_stamp};

use super::{MOST_OCCURRENCES, Seconds};

/// A recurrence rule.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    kind: Kind,
    until: Option<Stamp>,
    property: Property,
}

#[derive(Debug, Clone)]
enum Kind {
    /// On the wall clock.
    Calendar(Box<RRule<Unvalidated>>),
    /// In elapsed time.
    Elapsed { step: Seconds, count: Option<i64> },
}

/// Times a day at which a rule may come round: every five minutes. WHY: the crate lists those of a
/// whole year at once.
const MOST_A_DAY: usize = 288;
const PARTS: [&str; 14] = [
    "FREQ",
    "UNTIL",
    "COUNT",
    "INTERVAL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
];

impl Rule {
    /// Reads an `RRULE`.
    pub(super) fn parse(property: &Property) -> Result<Self, Diagnostic> {
        let wrong = |message: String| {
            let help = "export the event again, or write its dates one by one";
            property.error(BAD_VALUE, message).help(help)
        };
        let text = property.value.trim().to_ascii_uppercase();
        let mut parts: Vec<(&str, &str)> = Vec::new();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let Some((key, value)) = part.split_once('=') else {
                return Err(wrong(format!("{} is no part of a rule", quote(part))));
            };
            if !PARTS.contains(&key) {
                return Err(refuse(property, &format!("{} in a rule", quote(key))));
            }
            if parts.iter().any(|(known, _)| *known == key) {
                return Err(wrong(format!("`{key}` stands twice in the rule")));
            }
            parts.push((key, value));
        }
        let get =
            |key: &str| parts.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
        let number = |key: &str| match get(key) {
            None => Ok(None),
            Some(value) => match value.parse::<u32>() {
                Ok(number @ 1..=65_535) => Ok(Some(i64::from(number))),
                _ => Err(wrong(format!("`{key}` is a number from 1 to 65535"))),
            },
        };
        let (interval, count) = (number("INTERVAL")?.unwrap_or(1), number("COUNT")?);
        let until = match get("UNTIL") {
            None => None,
            Some(value) => Some(
                parse_stamp(value).ok_or_else(|| wrong(format!("{} is no time", quote(value))))?,
            ),
        };
        let step = match get("FREQ") {
            Some("HOURLY") => Some(3600),
            Some("MINUTELY") => Some(60),
            Some("SECONDLY") => return Err(refuse(property, "a rule by seconds")),
            _ => None,
        };
        let kind = if let Some(step) = step {
            if parts.iter().any(|(key, _)| key.starts_with("BY")) {
                return Err(refuse(property, "a rule by hours or minutes that has `BY...` parts"));
            }
            Kind::Elapsed { step: step * interval, count }
        } else {
            let times = |key: &str| get(key).map_or(1, |value| value.split(',').count());
            if times("BYHOUR") * times("BYMINUTE") * times("BYSECOND") > MOST_A_DAY {
                return Err(refuse(property, "a rule for so many times a day"));
            }
            let rest: Vec<String> = parts
                .iter()
                .filter(|(key, _)| *key != "UNTIL")
                .map(|(key, value)| format!("{key}={value}"))
                .collect();
            let rule = RRule::from_str(&rest.join(";"));
            let rule = rule.map_err(|_| wrong(format!("{} is no rule", quote(&text))))?;
            Kind::Calendar(Box::new(rule))
        };
        Ok(Self { kind, until, property: property.clone() })
    }

    /// Whether the rule runs in elapsed time, so that its readings are instants.
    pub(super) fn is_elapsed(&self) -> bool {
        matches!(self.kind, Kind::Elapsed { .. })
    }

    /// Whether an occurrence comes after the rule's `UNTIL`.
    pub(super) fn ends_before(&self, reading: Seconds, instant: Seconds) -> bool {
        match self.until {
            None => false,
            Some(Stamp::Day(day)) => reading.div_euclid(86_400) > i64::from(day.to_epoch_days()),
            Some(Stamp::Civil(until)) => reading > until.and_utc().timestamp(),
            Some(Stamp::Utc(until)) => instant > until.and_utc().timestamp(),
        }
    }

    /// The readings from `from` to `to`, both inclusive, in order; `UNTIL` is the caller's.
    pub(super) fn readings(
        &self,
        start: Seconds,
        from: Seconds,
        to: Seconds,
    ) -> Result<Vec<Seconds>, Diagnostic> {
        let mut found = Vec::new();
        match &self.kind {
            Kind::Elapsed { step, count } => {
                let first = if from <= start { 0 } else { (from - start + step - 1) / step };
                let last = (to - start).div_euclid(*step);
                let last = count.map_or(last, |count| last.min(count - 1));
                for turn in first..=last {
                    found.push(start + turn * step);
                    self.bounded(found.len())?;
                }
            }
            Kind::Calendar(rule) => {
                let begin = Utc.timestamp_opt(start, 0).single().unwrap_or_default();
                let begin: DateTime<Tz> = begin.with_timezone(&Tz::UTC);
                let rule = rule.as_ref().clone().validate(begin).map_err(|_| {
                    let message = format!("{} is no rule", quote(&self.property.value));
                    self.property.error(BAD_VALUE, message).help("export the event again")
                })?;
                let all = RRuleSet::new(begin).rrule(rule).limit();
                for (turn, time) in all.into_iter().enumerate() {
                    self.bounded(turn)?;
                    let reading = time.timestamp();
                    if reading > to {
                        break;
                    }
                    if reading >= from {
                        found.push(reading);
                    }
                }
            }
        }
        Ok(found)
    }

    fn bounded(&self, count: usize) -> Result<(), Diagnostic> {
        if count <= MOST_OCCURRENCES {
            return Ok(());
        }
        Err(self.property.error(TOO_MANY, "the rule comes round too often").help("thin it out"))
    }
}

pub(super) fn refuse(property: &Property, what: &str) -> Diagnostic {
    let message = format!("{what} is not expanded by comity");
    property.error(NOT_SUPPORTED, message).help("write the occurrences one by one")
}
