//! The holidays of a calendar.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::diagnostic::{Diagnostic, Level, quote};
use crate::format::HolidayDoc;
use crate::ical::{
    BAD_VALUE, Component, NOT_ALL_DAY, Property, Stamp, TOO_MANY, parse_span, read, unescape,
};

use super::event::{says, stamp};
use super::recur::{Rule, refuse};
use super::{Seconds, Taken};

const DAY: Seconds = 86_400;
/// Days that one file may have.
const MOST_DAYS: usize = 20_000;
/// What sources write into the name of a day that waits for the sighting of the moon.
const TENTATIVE: [&str; 5] =
    ["tentative", "estimated", "moon sighting", "moon-sighting", "sighting of the moon"];

/// The days off of an `.ics` file, in order, one entry a day; what comes round is expanded from
/// the first to the last of `years`.
///
/// Days are dates: no zone moves them. Cancelled events are left out; what is not made of whole
/// days is left out with a warning.
///
/// # Errors
/// Every finding with its line.
pub fn holidays(text: &[u8], years: (i32, i32)) -> Result<Taken<HolidayDoc>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut days: BTreeMap<NaiveDate, (Vec<String>, bool)> = BTreeMap::new();
    for calendar in read(text)? {
        let mut moved: BTreeSet<(&str, NaiveDate)> = BTreeSet::new();
        for event in calendar.inside("VEVENT") {
            let named = event.get("UID").zip(event.get("RECURRENCE-ID"));
            if let Some((uid, property)) = named {
                match stamp(property, &property.value) {
                    Ok(stamp) => drop(moved.insert((uid.value.trim(), reading(stamp).date()))),
                    Err(finding) => findings.push(finding),
                }
            }
        }
        for event in calendar.inside("VEVENT") {
            match dates(event, years, &moved) {
                Ok(dates) => {
                    let name = event.get("SUMMARY").map(|p| unescape(&p.value)).unwrap_or_default();
                    let name = name.trim().to_owned();
                    for date in dates {
                        let (names, tentative) = days.entry(date).or_default();
                        if !name.is_empty() && !names.contains(&name) {
                            names.push(name.clone());
                        }
                        *tentative |= is_tentative(event);
                    }
                }
                Err(finding) => findings.push(finding),
            }
            if days.len() > MOST_DAYS {
                let finding = event.error(TOO_MANY, format!("more than {MOST_DAYS} holidays"));
                findings.push(finding.help("split the file"));
                break;
            }
        }
    }
    findings.sort_by_key(|finding| finding.position);
    if findings.iter().any(|finding| finding.level == Level::Error) {
        return Err(findings);
    }
    let entry = |(date, (names, tentative)): (NaiveDate, (Vec<String>, bool))| HolidayDoc {
        date: date.format("%Y-%m-%d").to_string(),
        name: (!names.is_empty()).then(|| names.join("; ")),
        tentative: tentative.then_some(true),
        notes: None,
    };
    Ok(Taken { entries: days.into_iter().map(entry).collect(), warnings: findings })
}

fn is_tentative(event: &Component) -> bool {
    let text = |name: &str| event.get(name).map(|p| p.value.to_lowercase()).unwrap_or_default();
    let said = format!("{}\n{}", text("SUMMARY"), text("DESCRIPTION"));
    says(event, "STATUS", "TENTATIVE") || TENTATIVE.iter().any(|word| said.contains(word))
}

/// The reading, whatever the zone: holidays are dates of their own calendar.
fn reading(stamp: Stamp) -> NaiveDateTime {
    match stamp {
        Stamp::Day(day) => day.and_time(NaiveTime::MIN),
        Stamp::Civil(at) | Stamp::Utc(at) => at,
    }
}

/// First day and number of days; `None` when it does not begin and end at midnight.
fn whole_days(event: &Component, begin: &Property) -> Result<Option<(NaiveDate, i64)>, Diagnostic> {
    let start = stamp(begin, &begin.value)?;
    let wrong = |property: &Property, message: &str| {
        property.error(BAD_VALUE, message.to_owned()).help("correct the end")
    };
    let seconds = match (event.get("DTEND"), event.get("DURATION")) {
        (Some(end), _) => {
            let until = stamp(end, &end.value)?;
            if std::mem::discriminant(&start) != std::mem::discriminant(&until) {
                return Err(wrong(end, "start and end are not of one kind, day or time"));
            }
            let seconds = (reading(until) - reading(start)).num_seconds();
            if seconds < 0 {
                return Err(wrong(end, "the end comes before the start"));
            }
            seconds
        }
        (None, Some(property)) => {
            let span = parse_span(&property.value);
            let span = span.ok_or_else(|| wrong(property, "this is no duration"))?;
            span.days * DAY + span.seconds
        }
        (None, None) => 0,
    };
    let day = matches!(start, Stamp::Day(_));
    // WHY not UTC: midnight in UTC is midnight of nobody in particular.
    let midnight = matches!(start, Stamp::Civil(at) if at.time() == NaiveTime::MIN && seconds > 0);
    let whole = (day || midnight) && seconds % DAY == 0;
    Ok(whole.then(|| (reading(start).date(), (seconds / DAY).max(1))))
}

/// The days of one event.
fn dates(
    event: &Component,
    years: (i32, i32),
    moved: &BTreeSet<(&str, NaiveDate)>,
) -> Result<Vec<NaiveDate>, Diagnostic> {
    if says(event, "STATUS", "CANCELLED") {
        return Ok(Vec::new());
    }
    let Some(begin) = event.get("DTSTART") else {
        return Err(event.error(BAD_VALUE, "the event has no `DTSTART`").help("say when it is"));
    };
    let Some((first, length)) = whole_days(event, begin)? else {
        let message = format!("{} is not made of whole days and is left out", name_of(event));
        let mut finding = Diagnostic::warning(NOT_ALL_DAY, "", message)
            .help("write it with `VALUE=DATE`; parts of days go into `opening_hours` or `busy`");
        finding.position = Some((begin.line, 1));
        return Err(finding);
    };
    if let Some(rule) = event.get("EXRULE") {
        return Err(refuse(rule, "`EXRULE`"));
    }
    let mut starts: BTreeSet<NaiveDate> = BTreeSet::from([first]);
    let edge = |year: i32, month, day| {
        let date = NaiveDate::from_ymd_opt(year, month, day).unwrap_or(first);
        date.and_time(NaiveTime::MIN).and_utc().timestamp()
    };
    let (from, to) = (edge(years.0, 1, 1) - length * DAY, edge(years.1, 12, 31));
    for property in event.all("RRULE") {
        let rule = Rule::parse(property)?;
        if rule.is_elapsed() {
            return Err(refuse(property, "a rule by hours or minutes of a whole day"));
        }
        let origin = first.and_time(NaiveTime::MIN).and_utc().timestamp();
        for found in rule.readings(origin, from, to)? {
            if !rule.ends_before(found, found) {
                starts.extend(chrono::DateTime::from_timestamp(found, 0).map(|t| t.date_naive()));
            }
        }
    }
    if event.get("RRULE").is_some() {
        starts.retain(|date| (years.0..=years.1).contains(&date.year()));
    }
    for property in event.all("RDATE") {
        for value in property.value.split(',') {
            starts.insert(reading(stamp(property, value)?).date());
        }
    }
    for property in event.all("EXDATE") {
        for value in property.value.split(',') {
            starts.remove(&reading(stamp(property, value)?).date());
        }
    }
    if event.get("RECURRENCE-ID").is_none() {
        let uid = event.get("UID").map(|uid| uid.value.trim()).unwrap_or_default();
        starts.retain(|date| !moved.contains(&(uid, *date)));
    }
    if starts.len().saturating_mul(length as usize) > MOST_DAYS {
        return Err(event.error(TOO_MANY, "the holiday lasts too long").help("write its days"));
    }
    let days = |start: NaiveDate| {
        (0..length).filter_map(move |day| start.checked_add_signed(TimeDelta::days(day)))
    };
    Ok(starts.into_iter().flat_map(days).collect())
}

fn name_of(event: &Component) -> String {
    quote(&event.get("SUMMARY").map(|p| unescape(&p.value)).unwrap_or_default())
}
