//! Events that belong together by their `UID`: what comes round, what stands in for what.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;

use crate::time::Zone;

use super::event::{Event, Length, Start, instant_of};
use super::zones::Zones;
use super::{MARGIN, Seconds, Stretch};

const DAY: Seconds = 86_400;

/// One occurrence.
#[derive(Debug, Clone, Copy)]
struct Occurrence {
    time: Stretch,
    /// The day of its start on its own wall clock.
    day: Seconds,
}

/// Events by `UID`, in the order of the names; those without one each for itself.
pub(super) fn groups<'e, 'a>(events: &'e [Event<'a>]) -> Vec<Vec<&'e Event<'a>>> {
    let mut named: BTreeMap<&str, Vec<&Event<'a>>> = BTreeMap::new();
    let mut all = Vec::new();
    for event in events {
        match event.uid {
            Some(uid) => named.entry(uid).or_default().push(event),
            None => all.push(vec![event]),
        }
    }
    all.extend(named.into_values());
    all
}

/// The stretches within `window` in which the events of one `UID` keep their owner busy.
pub(super) fn busy(
    group: &[&Event<'_>],
    window: Stretch,
    zones: &mut Zones<'_>,
) -> Result<Vec<Stretch>, Diagnostic> {
    let (changes, masters): (Vec<&Event<'_>>, Vec<&Event<'_>>) =
        group.iter().partition(|event| event.instead.is_some());
    // A later version takes the place of an earlier one.
    let latest = masters.iter().map(|event| event.sequence).max();
    let mut newest: BTreeMap<Seconds, i64> = BTreeMap::new();
    for (start, event) in changes.iter().filter_map(|e| e.instead.as_ref().zip(Some(e))) {
        let sequence = newest.entry(start.instant()).or_insert(event.sequence);
        *sequence = event.sequence.max(*sequence);
    }
    let replaced = Named::new(changes.iter().filter_map(|change| change.instead.as_ref()));
    let mut found = Vec::new();
    for event in masters.into_iter().filter(|event| Some(event.sequence) == latest) {
        if !event.counts {
            continue;
        }
        for occurrence in occurrences(event, window, zones)? {
            if !replaced.has(occurrence) {
                found.push(occurrence.time);
            }
        }
    }
    for event in changes {
        let key = event.instead.as_ref().map(Start::instant);
        let current = key.and_then(|key| newest.get(&key)) == Some(&event.sequence);
        if event.counts && current {
            let own = occurrence(&event.start, event.length, zones);
            found.extend(Some(own.time).filter(|time| time.meets(window)));
        }
    }
    Ok(found)
}

/// Occurrences that are named elsewhere: by their instants, or by their days.
#[derive(Debug, Default)]
struct Named {
    instants: BTreeSet<Seconds>,
    days: BTreeSet<Seconds>,
}

impl Named {
    fn new<'s>(starts: impl Iterator<Item = &'s Start>) -> Self {
        let mut named = Self::default();
        for start in starts {
            if start.whole_day {
                named.days.insert(start.day());
            } else {
                named.instants.insert(start.instant());
            }
        }
        named
    }
    fn has(&self, occurrence: Occurrence) -> bool {
        self.days.contains(&occurrence.day) || self.instants.contains(&occurrence.time.start)
    }
}

fn occurrence(start: &Start, length: Length, zones: &mut Zones<'_>) -> Occurrence {
    let instant = start.instant();
    if let Some(name) = &start.named {
        zones.compare(name, instant);
    }
    let end = length.end(start.zone, start.reading, instant);
    Occurrence { time: Stretch { start: instant, end }, day: start.day() }
}

/// The occurrences of an event that meet the window, without those excepted.
fn occurrences(
    event: &Event<'_>,
    window: Stretch,
    zones: &mut Zones<'_>,
) -> Result<Vec<Occurrence>, Diagnostic> {
    let first = &event.start;
    let from = window.start - MARGIN - event.length.at_most();
    let to = window.end + MARGIN;
    // WHY the first in any case: `DTSTART` is the first occurrence, whatever the rule says.
    let mut starts = vec![(first.clone(), event.length)];
    for rule in &event.rules {
        let elapsed = rule.is_elapsed();
        let origin = if elapsed { first.instant() } else { first.reading };
        for found in rule.readings(origin, from, to)? {
            let (reading, instant) = if elapsed {
                (found + i64::from(first.zone.offset_at(found.div_euclid(60))) * 60, found)
            } else {
                (found, instant_of(first.zone, found))
            };
            if rule.ends_before(reading, instant) {
                continue;
            }
            // WHY: in the second pass of a repeated hour a reading names the first; UTC is exact.
            let start = if elapsed {
                Start { reading: instant, zone: Zone::UTC, ..first.clone() }
            } else {
                Start { reading, ..first.clone() }
            };
            starts.push((start, event.length));
        }
    }
    starts.extend(event.more.iter().cloned());
    let except = Named::new(event.except.iter());
    let mut found = Vec::new();
    for (start, length) in starts {
        let near = start.reading + length.at_most() + MARGIN >= window.start
            && start.reading - MARGIN <= window.end;
        if !near {
            continue;
        }
        let mut one = occurrence(&start, length, zones);
        if start.zone != first.zone {
            let offset = i64::from(first.zone.offset_at(one.time.start.div_euclid(60))) * 60;
            one.day = (one.time.start + offset).div_euclid(DAY);
        }
        if one.time.meets(window) && !except.has(one) {
            found.push(one);
        }
    }
    Ok(found)
}
