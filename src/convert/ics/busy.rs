//! The busy time of a person.

use chrono::NaiveTime;

use crate::diagnostic::{Diagnostic, Level};
use crate::ical::{BAD_VALUE, Component, Stamp, TOO_MANY, parse_span, parse_stamp, read};
use crate::time::{Interval, Zone};

use super::event::{Event, Reader};
use super::zones::Zones;
use super::{MARGIN, MOST_OCCURRENCES, Seconds, Stretch, Taken, series};

/// When the events of an `.ics` file keep their owner busy, merged, in order, cut to `horizon`.
///
/// `home` is the owner's zone, by which whole days and times without a zone are read. Cancelled and
/// transparent events leave their owner free, tentative ones do not. Minutes begun count whole.
///
/// # Errors
/// Every finding with its line.
pub fn busy(
    text: &[u8],
    home: Option<Zone>,
    horizon: Interval,
) -> Result<Taken<Interval>, Vec<Diagnostic>> {
    let window = Stretch::of(horizon);
    let mut findings = Vec::new();
    let mut found = Vec::new();
    for calendar in read(text)? {
        let mut zones = Zones::new(&calendar, window.end);
        let mut events: Vec<Event<'_>> = Vec::new();
        let mut reader = Reader { zones: &mut zones, home };
        for component in calendar.inside("VEVENT").filter(|event| !is_far(event, window)) {
            match reader.event(component) {
                Ok(event) => events.push(event),
                Err(finding) => findings.extend(finding),
            }
        }
        for component in calendar.inside("VFREEBUSY") {
            free_busy(&mut reader, component, &mut found, &mut findings);
        }
        for group in series::groups(&events) {
            match series::busy(&group, window, &mut zones) {
                Ok(stretches) => found.extend(stretches),
                Err(finding) => findings.push(finding),
            }
            if found.len() > MOST_OCCURRENCES {
                let finding = group[0].component.error(TOO_MANY, "the file has too many events");
                findings.push(finding.help("split the file"));
                break;
            }
        }
        findings.append(&mut zones.findings);
    }
    findings.sort_by_key(|finding| finding.position);
    if findings.iter().any(|finding| finding.level == Level::Error) {
        return Err(findings);
    }
    Ok(Taken { entries: merged(found, horizon), warnings: findings })
}

/// Whether an event that comes but once surely lies outside the window: what it says of zones
/// need not concern anybody.
fn is_far(event: &Component, window: Stretch) -> bool {
    let once =
        ["RRULE", "RDATE", "RECURRENCE-ID", "EXRULE"].iter().all(|name| event.get(name).is_none());
    let reading = |name: &str| -> Option<Seconds> {
        let at = match parse_stamp(&event.get(name)?.value)? {
            Stamp::Day(day) => day.and_time(NaiveTime::MIN),
            Stamp::Civil(at) | Stamp::Utc(at) => at,
        };
        Some(at.and_utc().timestamp())
    };
    let Some(start) = reading("DTSTART") else { return false };
    let end = match (event.get("DTEND"), event.get("DURATION")) {
        (Some(_), _) => reading("DTEND"),
        (None, Some(property)) => {
            parse_span(&property.value).map(|s| start + s.days * 86_400 + s.seconds)
        }
        (None, None) => Some(start + 86_400),
    };
    let Some(end) = end.filter(|end| *end >= start) else { return false };
    once && (end + MARGIN < window.start || start - MARGIN > window.end)
}

fn free_busy(
    reader: &mut Reader<'_, '_>,
    component: &Component,
    found: &mut Vec<Stretch>,
    findings: &mut Vec<Diagnostic>,
) {
    for property in component.all("FREEBUSY") {
        if property.param("FBTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("FREE")) {
            continue;
        }
        for value in property.value.split(',') {
            match reader.period(property, value) {
                Ok((start, _)) if start.whole_day => {
                    let finding = property.error(BAD_VALUE, "a period runs between times");
                    findings.push(finding.help("write it like `20260302T090000Z/PT1H`"));
                }
                Ok((start, length)) => {
                    let instant = start.instant();
                    let end = length.end(start.zone, start.reading, instant);
                    found.push(Stretch { start: instant, end });
                }
                Err(finding) => findings.extend(finding),
            }
        }
    }
}

/// Whole minutes, cut to the horizon, in order, none touching the next.
fn merged(found: Vec<Stretch>, horizon: Interval) -> Vec<Interval> {
    let minutes = |stretch: Stretch| Interval {
        start: stretch.start.div_euclid(60).max(horizon.start),
        end: (stretch.end + 59).div_euclid(60).min(horizon.end),
    };
    let mut all: Vec<Interval> = found
        .into_iter()
        .filter(|stretch| stretch.start < stretch.end)
        .map(minutes)
        .filter(|interval| interval.start < interval.end)
        .collect();
    all.sort_unstable();
    let mut merged: Vec<Interval> = Vec::new();
    for next in all {
        match merged.last_mut() {
            Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
            _ => merged.push(next),
        }
    }
    merged
}
