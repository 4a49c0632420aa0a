//! The earlier file of the same calendar: what is unchanged, changed, gone.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, quote};
use crate::ical::{
    BAD_VALUE, Component, OTHER_CALENDAR, Property, Stamp, UNKNOWN_ZONE, parse_stamp, read,
    unescape,
};
use crate::time::{Instant, Zone};

use super::audience::Audience;
use super::entry::{Entry, UID_END, Versioned};
use super::{AUDIENCE, INSTANCE};

/// The entries of an earlier file by `UID`.
#[derive(Debug, Default)]
pub(super) struct Previous {
    entries: BTreeMap<String, Old>,
}

#[derive(Debug)]
struct Old {
    entry: Versioned,
    cancelled: bool,
    /// Whether it was over when the docket was planned again.
    over: bool,
    times: Vec<(Zone, Instant)>,
}

/// Properties that say what an entry is, in the order in which they are written.
const KEPT: [&str; 9] =
    ["UID", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "TRANSP", "CLASS"];

impl Previous {
    /// Reads an earlier file of the same instance for the same audience.
    ///
    /// WHY the same audience: what is gone is written out as cancelled, and from the file of
    /// another audience that would tell what this one may not see.
    pub(super) fn read(
        text: &[u8],
        instance: &str,
        audience: &Audience,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = Vec::new();
        let mut entries = BTreeMap::new();
        for calendar in read(text)? {
            let audience = audience.to_string();
            for (name, wanted) in [(INSTANCE, instance), (AUDIENCE, audience.as_str())] {
                let found = calendar.get(name);
                if found.is_none_or(|property| unescape(&property.value) != wanted) {
                    let value = found.map_or_else(|| "not there".to_owned(), |p| quote(&p.value));
                    let message = format!("`{name}` is {value}, not {}", quote(wanted));
                    let help = "give the earlier file of this instance for this audience";
                    let finding = match found {
                        Some(property) => property.error(OTHER_CALENDAR, message),
                        None => calendar.error(OTHER_CALENDAR, message),
                    };
                    findings.push(finding.help(help));
                }
            }
            for event in calendar.inside("VEVENT") {
                match old(event) {
                    Ok((uid, old)) => drop(entries.insert(uid, old)),
                    Err(finding) => findings.push(finding),
                }
            }
        }
        if findings.is_empty() { Ok(Self { entries }) } else { Err(findings) }
    }

    /// Leaves entries as they are that start before a time: nobody has to be told anew of what is over.
    pub(super) fn leave(&mut self, before: Instant) {
        for old in self.entries.values_mut() {
            old.over = old.times.first().is_some_and(|(_, start)| *start < before);
        }
    }

    /// The version of an entry: the earlier one, where nothing has changed.
    pub(super) fn update(&self, entry: &Entry) -> Versioned {
        match self.entries.get(&entry.uid) {
            Some(old) if old.keeps(entry) || old.entry.lines == entry.lines => old.entry.clone(),
            old => Versioned {
                lines: entry.lines.clone(),
                sequence: old.map_or(0, |old| old.entry.sequence.saturating_add(1)),
                modified: None,
            },
        }
    }

    fn missing<'p>(&'p self, entries: &'p [Entry]) -> impl Iterator<Item = &'p Old> {
        let gone = |uid: &String| entries.iter().all(|entry| entry.uid != *uid);
        self.entries.iter().filter(move |(uid, _)| gone(uid)).map(|(_, old)| old)
    }

    /// What is no longer there, cancelled.
    pub(super) fn gone(&self, entries: &[Entry]) -> Vec<Versioned> {
        let cancel = |old: &Old| {
            if old.cancelled || old.over {
                return old.entry.clone();
            }
            let lines = old.entry.lines.iter().filter(|(head, _)| head != "DESCRIPTION");
            let cancelled = lines.cloned().map(|(head, value)| {
                let value = if head == "STATUS" { "CANCELLED".to_owned() } else { value };
                (head, value)
            });
            Versioned {
                lines: cancelled.collect(),
                sequence: old.entry.sequence.saturating_add(1),
                modified: None,
            }
        };
        self.missing(entries).map(cancel).collect()
    }

    /// The zones of what is written as it was, gone or over, each with a time that it has to cover.
    pub(super) fn times_of_old(&self, entries: &[Entry]) -> Vec<(Zone, Instant)> {
        let over = self.entries.values().filter(|old| old.over);
        self.missing(entries).chain(over).flat_map(|old| old.times.iter().copied()).collect()
    }
}

impl Old {
    /// True when an entry is of a session that was over, at the time that stands here.
    fn keeps(&self, entry: &Entry) -> bool {
        let start = self.times.first().map(|(_, start)| *start);
        self.over && !self.cancelled && start == Some(entry.start)
    }
}

fn old(event: &Component) -> Result<(String, Old), Diagnostic> {
    let foreign = |message: &str| {
        event.error(OTHER_CALENDAR, message).help("give the file as `comity calendar` wrote it")
    };
    let uid = event.get("UID").map(|uid| uid.value.clone()).unwrap_or_default();
    if !uid.ends_with(UID_END) || event.get("STATUS").is_none() {
        return Err(foreign("this event was not written by `comity calendar`"));
    }
    let mut lines = Vec::new();
    let mut times = Vec::new();
    for property in &event.properties {
        if !KEPT.contains(&property.name.as_str()) {
            continue;
        }
        if matches!(property.name.as_str(), "DTSTART" | "DTEND") {
            times.push(time(property)?);
        }
        let mut head = property.name.clone();
        if let Some(zone) = property.param("TZID") {
            head.push_str(";TZID=");
            head.push_str(zone);
        }
        lines.push((head, property.value.clone()));
    }
    if times.len() != 2 {
        return Err(foreign("the event has not one `DTSTART` and one `DTEND`"));
    }
    let sequence = event.get("SEQUENCE").map_or("0", |property| property.value.trim());
    let sequence = sequence.parse::<u32>().ok().filter(|number| *number < u32::MAX / 2);
    let modified = event.get("LAST-MODIFIED").map(|property| property.value.trim().to_owned());
    let entry = Versioned {
        lines,
        sequence: sequence.ok_or_else(|| foreign("`SEQUENCE` is no number"))?,
        modified: modified.filter(|text| matches!(parse_stamp(text), Some(Stamp::Utc(_)))),
    };
    let cancelled = event.get("STATUS").is_some_and(|status| status.value == "CANCELLED");
    Ok((uid, Old { entry, cancelled, over: false, times }))
}

fn time(property: &Property) -> Result<(Zone, Instant), Diagnostic> {
    let minutes = |at: chrono::NaiveDateTime| at.and_utc().timestamp().div_euclid(60);
    match (parse_stamp(&property.value), property.param("TZID")) {
        (Some(Stamp::Utc(at)), None) => Ok((Zone::UTC, minutes(at))),
        (Some(Stamp::Civil(at)), Some(name)) => {
            let zone = Zone::parse(name).ok_or_else(|| {
                let message = format!("{} is not a known time zone", quote(name));
                property.error(UNKNOWN_ZONE, message).help("give the file as it was written")
            })?;
            Ok((zone, zone.instant_of(minutes(at))))
        }
        _ => {
            let message = format!("{} is no time with a zone", quote(&property.value));
            Err(property.error(BAD_VALUE, message).help("give the file as it was written"))
        }
    }
}
