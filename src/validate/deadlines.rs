//! `deadlines`: procedural calendars, and the dates that they give a dispute from its events.
//!
//! * `read` checks the calendars; `told` counts the dates of one dispute; `windows` folds them
//!   into its sessions.
//! * **Invariant**: no step of a calendar that is given here leads to a search without end: where
//!   working days are asked for, some day of the week is one.

use std::collections::{BTreeMap, BTreeSet};

use super::at::At;
use super::codes;
use super::context::{Context, Rest};
use super::names::Table;
use crate::diagnostic::quote;
use crate::domain::DeadlineDate;
use crate::format::{
    BUILT_IN_DEADLINES, DayCount, DeadlineSets, DeadlineStepDoc, DeadlinesDoc, DisputeDoc,
    Lateness, OnRestDay, SessionChoice, SessionDoc, SessionKind,
};
use crate::time::{Date, Instant, Zone};

/// The longest step, in days.
const MOST_DAYS: u32 = 3650;
/// A weekend that leaves no day of the week.
const WHOLE_WEEK: u8 = 0x7F;

/// A procedural calendar, whole.
struct Calendar {
    zone: Zone,
    rest: Rest,
    steps: Vec<DeadlineStepDoc>,
}

/// The procedural calendars that disputes may name.
#[derive(Default)]
pub(super) struct Calendars<'a> {
    names: Table<'a>,
    /// By place in the document; `None` for one with errors.
    own: Vec<Option<Calendar>>,
    built_in: BTreeMap<&'static str, Calendar>,
}

/// A date of a dispute, and what it means.
pub(super) struct Told {
    pub(super) date: DeadlineDate,
    /// The first instant of that date, of the next one for what is due.
    pub(super) instant: Instant,
    /// True when a due date may be missed at a price.
    pub(super) priced: bool,
}

/// The built-in procedural calendars by name.
pub(super) fn built_in() -> BTreeMap<&'static str, DeadlinesDoc> {
    let parsed = BUILT_IN_DEADLINES
        .iter()
        .filter_map(|(name, text)| Some((*name, serde_json::from_str(text).ok()?)));
    parsed.collect()
}

/// Reads the procedural calendars.
pub(super) fn read<'a>(cx: &mut Context<'a>) -> Calendars<'a> {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("deadlines");
    let texts = built_in();
    let mut names = Table::default();
    cx.own_ids(&mut names, &list, doc.deadlines.iter().map(|calendar| calendar.id.as_str()));
    let mut own = Vec::with_capacity(doc.deadlines.len());
    for (index, calendar) in doc.deadlines.iter().enumerate() {
        own.push(read_one(cx, calendar, &texts, &list.item(index)));
    }
    let whole =
        |doc: DeadlinesDoc| Calendar { zone: Zone::UTC, rest: Rest::default(), steps: doc.steps };
    let built_in = texts.into_iter().map(|(name, doc)| (name, whole(doc))).collect();
    Calendars { names, own, built_in }
}

fn read_one(
    cx: &mut Context<'_>,
    doc: &DeadlinesDoc,
    texts: &BTreeMap<&str, DeadlinesDoc>,
    at: &At<'_>,
) -> Option<Calendar> {
    let zone = cx.zone(&doc.time_zone, &at.key("time_zone"));
    let rest = cx.rest_days(doc.calendar.as_deref(), at);
    let inherited = match &doc.extends {
        None => Some(&[][..]),
        Some(name) => {
            let found = texts.get(name.as_str()).map(|doc| doc.steps.as_slice());
            if found.is_none() {
                cx.unknown_deadlines(name, texts.keys().copied(), &at.key("extends"));
            }
            found
        }
    };
    let list = at.key("steps");
    cx.own_ids(&mut Table::default(), &list, doc.steps.iter().map(|step| step.id.as_str()));
    let mut sound = true;
    for (index, step) in doc.steps.iter().enumerate() {
        sound &= check(cx, step, &list.item(index));
    }
    // A step with a known id replaces it where it stands.
    let mut steps = inherited?.to_vec();
    for step in &doc.steps {
        match steps.iter_mut().find(|known| known.id == step.id) {
            Some(known) => *known = step.clone(),
            None => steps.push(step.clone()),
        }
    }
    sound &= order(cx, doc, &steps, &list);
    let moves = |step: &&DeadlineStepDoc| {
        (step.count == Some(DayCount::Working) && step.days > 0)
            || matches!(step.on_rest_day, Some(OnRestDay::Next | OnRestDay::Previous))
    };
    if rest.weekend.0 == WHOLE_WEEK
        && let Some(step) = steps.iter().find(moves)
    {
        cx.error(
            codes::NO_WORKING_DAYS,
            &at.key("calendar"),
            format!(
                "every day of the week is a rest day, and the step {} asks for others",
                quote(&step.id)
            ),
            "leave a day of the week out of `weekend`, or name another calendar",
        );
        return None;
    }
    sound.then_some(())?;
    Some(Calendar { zone: zone?, rest, steps })
}

/// Whether the keys of a step stand together; notes those that do not.
fn check(cx: &mut Context<'_>, step: &DeadlineStepDoc, at: &At<'_>) -> bool {
    let mut sound = cx.whole(step.days, 0..=MOST_DAYS, at, "days").is_some();
    let (given, missing) = match (step.sets, step.session) {
        (Some(_), None) => ("sets", "session"),
        (None, Some(_)) => ("session", "sets"),
        _ => ("", ""),
    };
    if !given.is_empty() {
        cx.error(
            codes::LONE_SETS,
            &at.key(given),
            format!("the step {} has `{given}` without `{missing}`", quote(&step.id)),
            format!("add `{missing}`, or take `{given}` out: the date is then only told"),
        );
        sound = false;
    }
    if step.lateness.is_some() && step.sets != Some(DeadlineSets::Due) {
        cx.error(
            codes::IDLE_LATENESS,
            &at.key("lateness"),
            format!("the step {} sets no due date that could be missed", quote(&step.id)),
            "take `lateness` out, or write `due` in `sets`",
        );
        sound = false;
    }
    sound
}

/// Whether no step is counted from itself or from a later one; notes those that are.
fn order(
    cx: &mut Context<'_>,
    doc: &DeadlinesDoc,
    steps: &[DeadlineStepDoc],
    list: &At<'_>,
) -> bool {
    let mut sound = true;
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, step) in steps.iter().enumerate() {
        places.entry(&step.id).or_insert(place);
    }
    for (place, step) in steps.iter().enumerate() {
        if places.get(step.from.as_str()).is_none_or(|from| *from < place) {
            continue;
        }
        // INVARIANT: a built-in calendar is sound, so one of the two stands in the document.
        let stands = |id: &str| doc.steps.iter().position(|own| own.id == id);
        let (own, key) = match stands(&step.id) {
            Some(own) => (own, "from"),
            None => (stands(&step.from).unwrap_or(0), "id"),
        };
        cx.error(
            codes::LATER_STEP,
            &list.item(own).key(key),
            format!(
                "the step {} is counted from {}, which does not stand before it",
                quote(&step.id),
                quote(&step.from)
            ),
            "count it from an earlier step, or give the step another id than the event",
        );
        sound = false;
    }
    sound
}

impl<'a> Calendars<'a> {
    fn find(&self, name: &str) -> Option<Option<&Calendar>> {
        match self.names.find(name) {
            Some(own) => Some(self.own.get(own).and_then(Option::as_ref)),
            None => self.built_in.get(name).map(Some),
        }
    }

    fn known(&self) -> Vec<&'a str> {
        self.names.iter().chain(self.built_in.keys().copied()).collect()
    }
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
    let Some(calendar) = calendars.find(&own.profile) else {
        cx.unknown_deadlines(&own.profile, calendars.known(), &at.key("profile"));
        return Vec::new();
    };
    let Some(calendar) = calendar else { return Vec::new() };
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
        let date = reached(&calendar.rest, step, *from);
        dates.insert(&step.id, date);
        let session = step.session.and_then(|choice| chosen(choice, sessions));
        let binds = session.zip(step.sets);
        let begins = match step.sets {
            Some(DeadlineSets::Due) => date.plus_days(1),
            Some(DeadlineSets::NotBefore) | None => date,
        };
        told.push(Told {
            // WHY: a date that binds nothing is only told, and needs no instant.
            instant: if binds.is_some() { calendar.zone.day_begins(begins) } else { 0 },
            priced: step.lateness.map_or(late_is_priced, |lateness| lateness == Lateness::Priced),
            date: DeadlineDate { step: step.id.clone(), text: step.text.clone(), date, binds },
        });
    }
    told
}

/// The date that a step reaches from another.
fn reached(rest: &Rest, step: &DeadlineStepDoc, from: Date) -> Date {
    let mut date = match step.count.unwrap_or(DayCount::Calendar) {
        DayCount::Calendar => from.plus_days(i64::from(step.days)),
        DayCount::Working => (0..step.days).fold(from, |date, _| beside(rest, date, 1)),
    };
    if rest.rests_on(date) {
        match step.on_rest_day.unwrap_or(OnRestDay::Keep) {
            OnRestDay::Keep => {}
            OnRestDay::Next => date = beside(rest, date, 1),
            OnRestDay::Previous => date = beside(rest, date, -1),
        }
    }
    date
}

/// The nearest day after (or before) that is no rest day.
fn beside(rest: &Rest, date: Date, step: i64) -> Date {
    let mut date = date.plus_days(step);
    while rest.rests_on(date) {
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

impl Context<'_> {
    /// Notes a name that is no procedural calendar.
    fn unknown_deadlines<'n>(
        &mut self,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        at: &At<'_>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let otherwise = format!("there are `{}`", known.join("`, `"));
        let help = self.did_you_mean(name, known, otherwise);
        let message = format!("no procedural calendar is called {}", quote(name));
        self.error(codes::UNKNOWN_DEADLINES, at, message, help);
    }
}
