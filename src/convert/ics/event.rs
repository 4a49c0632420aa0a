//! One event as it is written: when it starts, how long it lasts, how it comes round.

use crate::diagnostic::{Diagnostic, quote};
use crate::ical::{BAD_VALUE, Component, NO_ZONE, Property, Span, Stamp, parse_span, parse_stamp};
use crate::time::Zone;

use super::Seconds;
use super::recur::{Rule, refuse};
use super::zones::Zones;

const DAY: Seconds = 86_400;

/// A date or time with the zone by which it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Start {
    /// The reading of the wall clock.
    pub(super) reading: Seconds,
    pub(super) zone: Zone,
    /// The name of the zone in the file, where it has one.
    pub(super) named: Option<String>,
    pub(super) whole_day: bool,
}

impl Start {
    pub(super) fn instant(&self) -> Seconds {
        instant_of(self.zone, self.reading)
    }
    pub(super) fn day(&self) -> Seconds {
        self.reading.div_euclid(DAY)
    }
}

pub(super) fn instant_of(zone: Zone, reading: Seconds) -> Seconds {
    zone.instant_of(reading.div_euclid(60)) * 60 + reading.rem_euclid(60)
}

/// How long an occurrence lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// Elapsed time: what lies between start and end.
    Exact(Seconds),
    /// Days on the calendar, then elapsed time: a duration.
    Nominal(Span),
}

impl Length {
    /// The instant at which what starts at a reading ends.
    pub(super) fn end(self, zone: Zone, reading: Seconds, instant: Seconds) -> Seconds {
        match self {
            Self::Exact(seconds) | Self::Nominal(Span { days: 0, seconds }) => instant + seconds,
            Self::Nominal(span) => instant_of(zone, reading + span.days * DAY) + span.seconds,
        }
    }
    pub(super) fn at_most(self) -> Seconds {
        match self {
            Self::Exact(seconds) => seconds,
            Self::Nominal(span) => span.days * DAY + span.seconds + DAY,
        }
    }
}

/// An event of a file.
#[derive(Debug)]
pub(super) struct Event<'a> {
    pub(super) component: &'a Component,
    pub(super) uid: Option<&'a str>,
    pub(super) sequence: i64,
    pub(super) start: Start,
    pub(super) length: Length,
    pub(super) rules: Vec<Rule>,
    pub(super) more: Vec<(Start, Length)>,
    pub(super) except: Vec<Start>,
    /// The occurrence that it stands in for.
    pub(super) instead: Option<Start>,
    /// False for what is cancelled or leaves its owner free.
    pub(super) counts: bool,
}

/// Whether the word is the value of the property.
pub(super) fn says(component: &Component, name: &str, word: &str) -> bool {
    component.get(name).is_some_and(|p| p.value.trim().eq_ignore_ascii_case(word))
}

/// The value of a property as a date or time.
pub(super) fn stamp(property: &Property, value: &str) -> Result<Stamp, Diagnostic> {
    let stamp = parse_stamp(value).filter(|stamp| {
        let day = property.param("VALUE").is_some_and(|v| v.eq_ignore_ascii_case("DATE"));
        !day || matches!(stamp, Stamp::Day(_))
    });
    stamp.ok_or_else(|| {
        let message = format!("{} is no date or time of `{}`", quote(value), property.name);
        let help = "write it like `20260302T090000`, or `20260302` with `VALUE=DATE`";
        property.error(BAD_VALUE, message).help(help)
    })
}

/// Reads times by the zones of a file and the zone of its owner.
pub(super) struct Reader<'z, 'a> {
    pub(super) zones: &'z mut Zones<'a>,
    /// The zone of times without one.
    pub(super) home: Option<Zone>,
}

/// `Err(None)`: told already.
type Read<T> = Result<T, Option<Diagnostic>>;

impl<'a> Reader<'_, 'a> {
    pub(super) fn start(&mut self, property: &Property, value: &str) -> Read<Start> {
        let stamp = stamp(property, value)?;
        let name = property.param("TZID");
        let (at, zone, named) = match (stamp, name) {
            (Stamp::Utc(at), None) => (at, Some(Zone::UTC), None),
            (Stamp::Utc(_), Some(name)) => {
                // WHY not guess: such files hold a local time as often as one in UTC.
                let message =
                    format!("{} is in UTC by its `Z` and in {}", quote(value), quote(name));
                let help = "take away the `Z` or the `TZID`";
                return Err(Some(property.error(BAD_VALUE, message).help(help)));
            }
            (Stamp::Civil(at), Some(name)) => {
                let zone = self.zones.find(name, property).ok_or(None)?;
                (at, Some(zone), Some(name.to_owned()))
            }
            (Stamp::Civil(at), None) => (at, self.home, None),
            (Stamp::Day(day), _) => (day.and_time(chrono::NaiveTime::MIN), self.home, None),
        };
        let zone = zone.ok_or_else(|| {
            let message = format!("{} has no zone, and its owner has none either", quote(value));
            property.error(NO_ZONE, message).help("give the person a `time_zone` in the instance")
        })?;
        let whole_day = matches!(stamp, Stamp::Day(_));
        Ok(Start { reading: at.and_utc().timestamp(), zone, named, whole_day })
    }

    fn starts(&mut self, property: &Property) -> Read<Vec<Start>> {
        property.value.split(',').map(|value| self.start(property, value)).collect()
    }

    /// From `start` to the end that `property` names.
    fn until(&mut self, start: &Start, property: &Property, value: &str) -> Read<Length> {
        let end = self.start(property, value)?;
        let wrong =
            |message: &str| Some(property.error(BAD_VALUE, message).help("correct the end"));
        if start.whole_day != end.whole_day {
            return Err(wrong("start and end are not of one kind, day or time"));
        }
        let length = if start.whole_day {
            Length::Nominal(Span { days: end.day() - start.day(), seconds: 0 })
        } else {
            Length::Exact(end.instant() - start.instant())
        };
        match length {
            Length::Exact(s) if s < 0 => Err(wrong("the end comes before the start")),
            Length::Nominal(s) if s.days < 0 => Err(wrong("the end comes before the start")),
            // WHY: some programs write the last day instead of the day after it.
            Length::Nominal(Span { days: 0, seconds }) => {
                Ok(Length::Nominal(Span { days: 1, seconds }))
            }
            length => Ok(length),
        }
    }

    fn lasting(property: &Property, value: &str) -> Read<Length> {
        let span = parse_span(value).ok_or_else(|| {
            let message = format!("{} is no duration", quote(value));
            property.error(BAD_VALUE, message).help("write it like `PT1H30M`")
        })?;
        Ok(Length::Nominal(span))
    }

    /// `start/end` or `start/duration`.
    pub(super) fn period(&mut self, property: &Property, value: &str) -> Read<(Start, Length)> {
        let Some((start, end)) = value.split_once('/') else {
            let message = format!("{} is no period", quote(value));
            let help = "write it like `20260302T090000Z/PT1H`";
            return Err(Some(property.error(BAD_VALUE, message).help(help)));
        };
        let start = self.start(property, start)?;
        let length = if end.trim_start_matches('+').starts_with('P') {
            Self::lasting(property, end)?
        } else {
            self.until(&start, property, end)?
        };
        Ok((start, length))
    }

    pub(super) fn event(&mut self, component: &'a Component) -> Read<Event<'a>> {
        let Some(begin) = component.get("DTSTART") else {
            let finding = component.error(BAD_VALUE, "the event has no `DTSTART`");
            return Err(Some(finding.help("say when it starts")));
        };
        let start = self.start(begin, &begin.value)?;
        let length = match (component.get("DTEND"), component.get("DURATION")) {
            (Some(end), _) => self.until(&start, end, &end.value)?,
            (None, Some(lasting)) => Self::lasting(lasting, &lasting.value)?,
            (None, None) => Length::Nominal(Span { days: i64::from(start.whole_day), seconds: 0 }),
        };
        if let Some(rule) = component.get("EXRULE") {
            return Err(Some(refuse(rule, "`EXRULE`")));
        }
        let mut rules = Vec::new();
        for property in component.all("RRULE") {
            let rule = Rule::parse(property)?;
            if rule.is_elapsed() && start.whole_day {
                return Err(Some(refuse(property, "a rule by hours or minutes of a whole day")));
            }
            rules.push(rule);
        }
        let mut more = Vec::new();
        for property in component.all("RDATE") {
            if property.param("VALUE").is_some_and(|v| v.eq_ignore_ascii_case("PERIOD")) {
                for value in property.value.split(',') {
                    more.push(self.period(property, value)?);
                }
            } else {
                more.extend(self.starts(property)?.into_iter().map(|start| (start, length)));
            }
        }
        let mut except = Vec::new();
        for property in component.all("EXDATE") {
            except.extend(self.starts(property)?);
        }
        let instead = match component.get("RECURRENCE-ID") {
            Some(property) if property.param("RANGE").is_some() => {
                return Err(Some(refuse(property, "a change of this and all later occurrences")));
            }
            Some(property) => Some(self.start(property, &property.value)?),
            None => None,
        };
        Ok(Event {
            component,
            uid: component.get("UID").map(|uid| uid.value.trim()).filter(|uid| !uid.is_empty()),
            sequence: component
                .get("SEQUENCE")
                .and_then(|s| s.value.trim().parse().ok())
                .unwrap_or(0),
            start,
            length,
            rules,
            more,
            except,
            instead,
            counts: !says(component, "STATUS", "CANCELLED")
                && !says(component, "TRANSP", "TRANSPARENT"),
        })
    }
}
