//! Procedural calendars: from the events of a dispute to the windows of its sessions.
//!
//! * Takes the documents of a dispute and of the calendars; gives, for each session, the bounds
//!   that follow. Dates are days since 1970-01-01.

use std::collections::BTreeMap;

use crate::format::{
    BUILT_IN_DEADLINES, DayCount, DeadlineSets, DeadlineStepDoc, DeadlinesDoc, DisputeDoc,
    InstanceDoc, Lateness, OnRestDay, SessionChoice, SessionDoc, SessionKind,
};

use super::clock::{Clock, DAY};
use super::facts::Facts;

/// More days than any calendar needs to find a working day, or to count to the longest deadline.
const FAR: i64 = 40_000;

/// What binds one session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) not_before: Option<i64>,
    /// No later end is allowed.
    pub(super) due: Option<i64>,
    /// A later end costs.
    pub(super) priced_due: Option<i64>,
}

impl Window {
    pub(super) fn starts_from(&mut self, minute: i64) {
        self.not_before = Some(self.not_before.map_or(minute, |own| own.max(minute)));
    }

    pub(super) fn ends_by(&mut self, minute: i64, lateness: Lateness) {
        let own = match lateness {
            Lateness::Barred => &mut self.due,
            Lateness::Priced => &mut self.priced_due,
        };
        *own = Some(own.map_or(minute, |own| own.min(minute)));
    }
}

/// Adds what the deadlines of a dispute ask of its sessions.
pub(super) fn apply(facts: &Facts<'_>, dispute: &DisputeDoc, windows: &mut [Window]) {
    let Some(own) = &dispute.deadlines else { return };
    let Some((calendar, steps)) = find(facts.doc, &own.profile) else { return };
    let clock = facts.clock(Some(&calendar.time_zone), calendar.calendar.as_deref());
    let usual = facts.lateness;
    let mut dates: BTreeMap<&str, Option<i64>> = BTreeMap::new();
    for step in &steps {
        let from = match dates.get(step.from.as_str()) {
            Some(earlier) => *earlier,
            None => own.events.get(&step.from).and_then(|text| super::clock::day(text)),
        };
        let date = from.and_then(|from| reach(&clock, step, from));
        dates.insert(&step.id, date);
        let (Some(date), Some(sets), Some(choice)) = (date, step.sets, step.session) else {
            continue;
        };
        let Some(window) = choose(&dispute.sessions, choice).and_then(|k| windows.get_mut(k))
        else {
            continue;
        };
        match sets {
            DeadlineSets::NotBefore => {
                if let Some(minute) = begins(&clock, date) {
                    window.starts_from(minute);
                }
            }
            DeadlineSets::Due => {
                if let Some(minute) = begins(&clock, date.saturating_add(1)) {
                    window.ends_by(minute, step.lateness.unwrap_or(usual));
                }
            }
        }
    }
}

/// The calendar of that name with all its steps.
fn find(doc: &InstanceDoc, name: &str) -> Option<(DeadlinesDoc, Vec<DeadlineStepDoc>)> {
    let built_in = |name: &str| {
        let (_, text) = BUILT_IN_DEADLINES.iter().find(|(known, _)| *known == name)?;
        serde_json::from_str::<DeadlinesDoc>(text).ok()
    };
    let Some(own) = doc.deadlines.iter().find(|d| d.id == name) else {
        let found = built_in(name)?;
        let steps = found.steps.clone();
        return Some((found, steps));
    };
    let mut steps = own.extends.as_deref().and_then(built_in).map_or_else(Vec::new, |d| d.steps);
    for step in &own.steps {
        match steps.iter_mut().find(|known| known.id == step.id) {
            Some(known) => *known = step.clone(),
            None => steps.push(step.clone()),
        }
    }
    Some((own.clone(), steps))
}

/// The date that a step reaches.
fn reach(clock: &Clock, step: &DeadlineStepDoc, from: i64) -> Option<i64> {
    let days = i64::from(step.days);
    let date = match step.count.unwrap_or(DayCount::Calendar) {
        DayCount::Calendar => from.checked_add(days)?,
        DayCount::Working if days == 0 => from,
        DayCount::Working => {
            let mut working = (1..FAR).map(|n| from + n).filter(|day| !clock.rests(*day));
            working.nth(usize::try_from(days - 1).ok()?)?
        }
    };
    match step.on_rest_day.unwrap_or(OnRestDay::Keep) {
        OnRestDay::Keep => Some(date),
        OnRestDay::Next => (0..FAR).map(|n| date + n).find(|day| !clock.rests(*day)),
        OnRestDay::Previous => (0..FAR).map(|n| date - n).find(|day| !clock.rests(*day)),
    }
}

/// The first minute at which the clock shows that date, or a later one.
fn begins(clock: &Clock, date: i64) -> Option<i64> {
    let around = date.checked_mul(DAY)?;
    // WHY: no offset is more than a day away from UTC.
    (around - DAY..around + DAY).find(|minute| clock.read(*minute).is_some_and(|r| r.day >= date))
}

fn choose(sessions: &[SessionDoc], choice: SessionChoice) -> Option<usize> {
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
