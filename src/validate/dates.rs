//! `disputes[].deadlines`: the dates that a procedural calendar gives a dispute from its events;
//! `windows` folds them into its sessions.

use std::collections::{BTreeMap, BTreeSet};

use super::at::At;
use super::codes;
use super::context::Context;
use super::deadlines::{Calendar, Calendars};
use crate::diagnostic::quote;
use crate::domain::{Clock, DeadlineDate};
use crate::format::{
    DayCount, DeadlineSets, DeadlineStepDoc, DisputeDoc, Lateness, OnRestDay, SessionChoice,
    SessionDoc, SessionKind,
};
use crate::time::{Date, Instant};

/// A date of a dispute, and what it means.
pub(super) struct Told {
    pub(super) date: DeadlineDate,
    /// The first instant of that date, of the next one for what is due.
    pub(super) instant: Instant,
    /// True when a due date may be missed at a price.
    pub(super) priced: bool,
}

/// The dates of a dispute, in the order of the steps that apply.
pub(super) fn told(
    cx: &mut Context<'_>,
    doc: &DisputeDoc,
    calendars: &Calendars<'_>,
    at: &At<'_>,
) -> Vec<Told> {
    let Some(own) = &doc.deadlines else { return Vec::new() };
    let at = at.key("deadlines");
    let list = at.key("events");
    cx.unique_keys(&own.events, &list);
    let mut dates: BTreeMap<&str, Date> = BTreeMap::new();
    for (event, text) in own.events.iter() {
        let date = cx.date(text, &list.key(event));
        dates.extend(date.map(|date| (event, date)));
    }
    if !calendars.knows(&own.profile) {
        cx.unknown_deadlines(&own.profile, calendars.known(), &at.key("profile"));
    }
    let Some(calendar) = calendars.find(&own.profile) else { return Vec::new() };
    let steps: BTreeSet<&str> = calendar.steps.iter().map(|step| step.id.as_str()).collect();
    let origins = calendar.steps.iter().map(|step| step.from.as_str());
    let events: BTreeSet<&str> = origins.filter(|from| !steps.contains(from)).collect();
    for (event, _) in own.events.iter() {
        if !events.contains(event) {
            let names: Vec<&str> = events.iter().copied().collect();
            let otherwise = match names.as_slice() {
                [] => "take it out: this procedural calendar reads no events".to_owned(),
                names => format!("its events are `{}`", names.join("`, `")),
            };
            let help = cx.did_you_mean(event, names, otherwise);
            cx.warn(
                codes::UNREAD_EVENT,
                &list.key(event),
                format!("no step of {} is counted from {}", quote(&own.profile), quote(event)),
                help,
            );
        }
    }
    dates.retain(|event, _| events.contains(event));
    count(calendar, &doc.sessions, dates, cx.house.late_is_priced)
}

fn count<'d>(
    calendar: &'d Calendar,
    sessions: &[SessionDoc],
    mut dates: BTreeMap<&'d str, Date>,
    late_is_priced: bool,
) -> Vec<Told> {
    let mut told = Vec::new();
    for step in &calendar.steps {
        let Some(from) = dates.get(step.from.as_str()) else { continue };
        let date = reached(&calendar.clock, step, *from);
        dates.insert(&step.id, date);
        let session = step.session.and_then(|choice| chosen(choice, sessions));
        let binds = session.zip(step.sets);
        let begins = match step.sets {
            Some(DeadlineSets::Due) => date.plus_days(1),
            Some(DeadlineSets::NotBefore) | None => date,
        };
        let priced = step.lateness.map_or(late_is_priced, |lateness| lateness == Lateness::Priced);
        told.push(Told {
            // WHY: a date that binds nothing is only told, and needs no instant.
            instant: if binds.is_some() { calendar.clock.zone.day_begins(begins) } else { 0 },
            priced,
            date: DeadlineDate {
                step: step.id.clone(),
                text: step.text.clone(),
                date,
                binds,
                priced: priced && step.sets == Some(DeadlineSets::Due),
            },
        });
    }
    told
}

/// The date that a step reaches from another.
fn reached(clock: &Clock, step: &DeadlineStepDoc, from: Date) -> Date {
    let mut date = match step.count.unwrap_or(DayCount::Calendar) {
        DayCount::Calendar => from.plus_days(i64::from(step.days)),
        DayCount::Working => (0..step.days).fold(from, |date, _| beside(clock, date, 1)),
    };
    if clock.rests_on(date) {
        match step.on_rest_day.unwrap_or(OnRestDay::Keep) {
            OnRestDay::Keep => {}
            OnRestDay::Next => date = beside(clock, date, 1),
            OnRestDay::Previous => date = beside(clock, date, -1),
        }
    }
    date
}

/// The nearest day after (or before) that is no rest day.
fn beside(clock: &Clock, date: Date, step: i64) -> Date {
    let mut date = date.plus_days(step);
    while clock.rests_on(date) {
        date = date.plus_days(step);
    }
    date
}

/// The position of the session that a step means.
fn chosen(choice: SessionChoice, sessions: &[SessionDoc]) -> Option<usize> {
    let kind = match choice {
        SessionChoice::First => return (!sessions.is_empty()).then_some(0),
        SessionChoice::Last => return sessions.len().checked_sub(1),
        SessionChoice::Call => SessionKind::Call,
        SessionChoice::Opening => SessionKind::Opening,
        SessionChoice::Joint => SessionKind::Joint,
        SessionChoice::Caucus => SessionKind::Caucus,
        SessionChoice::Signing => SessionKind::Signing,
    };
    sessions.iter().position(|session| session.kind == kind)
}
