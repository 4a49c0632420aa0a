//! `deadlines`: procedural calendars, whole and checked; `dates` counts by them.
//!
//! * **Invariant**: no step of a calendar that is given here leads to a search without end: where
//!   working days are asked for, some day of the week is one.

use std::collections::BTreeMap;

use super::at::At;
use super::codes;
use super::context::{Context, Rest};
use super::names::Table;
use super::places::clock_of;
use crate::diagnostic::quote;
use crate::domain::Clock;
use crate::format::{
    BUILT_IN_DEADLINES, DayCount, DeadlineSets, DeadlineStepDoc, DeadlinesDoc, OnRestDay,
};
use crate::time::Zone;

/// The longest step, in days.
const MOST_DAYS: u32 = 3650;
/// A weekend that leaves no day of the week.
const WHOLE_WEEK: u8 = 0x7F;

/// A procedural calendar, whole.
pub(super) struct Calendar {
    /// On which dates begin and end, with the rest days.
    pub(super) clock: Clock,
    pub(super) steps: Vec<DeadlineStepDoc>,
}

/// The procedural calendars that disputes may name.
#[derive(Default)]
pub(super) struct Calendars<'a> {
    names: Table<'a>,
    /// By place in the document; `None` for one with errors.
    own: Vec<Option<Calendar>>,
    built_in: BTreeMap<&'static str, Calendar>,
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
    let whole = |doc: DeadlinesDoc| Calendar {
        clock: clock_of(Zone::UTC, Rest::default(), Vec::new()),
        steps: doc.steps,
    };
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
    Some(Calendar { clock: clock_of(zone?, rest, Vec::new()), steps })
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
    /// True when there is a calendar of that name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.names.find(name).is_some() || self.built_in.contains_key(name)
    }

    /// The calendar of that name; none where it has errors.
    pub(super) fn find(&self, name: &str) -> Option<&Calendar> {
        match self.names.find(name) {
            Some(own) => self.own.get(own)?.as_ref(),
            None => self.built_in.get(name),
        }
    }

    pub(super) fn known(&self) -> Vec<&'a str> {
        self.names.iter().chain(self.built_in.keys().copied()).collect()
    }
}

impl Context<'_> {
    /// Notes a name that is no procedural calendar.
    pub(super) fn unknown_deadlines<'n>(
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
