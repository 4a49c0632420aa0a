//! Names: the namespaces of the document, their rules, and references into them.
//!
//! * States, organisations, people, mediators (and interpreters) share one namespace, in that
//!   order; the index of an actor is its place in that order.
//! * **Invariant**: a repeated id keeps its place in the table, and references mean the first.

use std::collections::HashMap;

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{ActorIx, ActorKind, DisputeIx, InterpreterIx, MediatorIx, PanelIx, PlaceIx};

/// The names of one namespace by place.
#[derive(Default)]
pub(super) struct Table<'a> {
    list: Vec<&'a str>,
    index: HashMap<&'a str, u32>,
}

impl<'a> Table<'a> {
    /// Adds a name; the place of an earlier equal one, if there is one.
    pub(super) fn add(&mut self, name: &'a str) -> Option<usize> {
        let place = self.list.len();
        self.list.push(name);
        let first = *self.index.entry(name).or_insert(place as u32) as usize;
        (first != place).then_some(first)
    }
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.index.get(name).map(|place| *place as usize)
    }
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.list.iter().copied()
    }
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }
    pub(super) fn to_vec(&self) -> Vec<String> {
        self.list.iter().map(|name| (*name).to_owned()).collect()
    }
}

/// All namespaces whose names other sections use.
#[derive(Default)]
pub(super) struct Names<'a> {
    pub(super) actors: Table<'a>,
    pub(super) kinds: Vec<ActorKind>,
    pub(super) disputes: Table<'a>,
    /// The disputes, then the past cases that are no disputes; they follow the actors.
    pub(super) cases: Table<'a>,
    pub(super) places: Table<'a>,
    pub(super) panels: Table<'a>,
    pub(super) calendars: Table<'a>,
}

/// Checks every id of the document and fills the tables.
pub(super) fn check(cx: &mut Context<'_>) {
    let doc = cx.doc;
    cx.id(&doc.id, &At::ROOT);
    actors(cx);
    let mut table = std::mem::take(&mut cx.names.disputes);
    section(cx, &mut table, "disputes", doc.disputes.iter().map(|d| d.id.as_str()));
    cx.names.disputes = table;
    for dispute in &doc.disputes {
        cx.names.cases.add(&dispute.id);
    }
    for case in doc.appointments.iter().filter_map(|appointment| appointment.case.as_deref()) {
        if cx.names.cases.find(case).is_none() {
            cx.names.cases.add(case);
        }
    }
    let mut table = std::mem::take(&mut cx.names.places);
    section(cx, &mut table, "places", doc.places.iter().map(|p| p.id.as_str()));
    cx.names.places = table;
    let mut table = std::mem::take(&mut cx.names.panels);
    section(cx, &mut table, "panels", doc.panels.iter().map(|p| p.id.as_str()));
    cx.names.panels = table;
    let mut table = std::mem::take(&mut cx.names.calendars);
    section(cx, &mut table, "calendars", doc.calendars.iter().map(|c| c.id.as_str()));
    cx.names.calendars = table;
}

fn actors(cx: &mut Context<'_>) {
    let doc = cx.doc;
    let states = doc.states.iter().map(|s| s.id.as_str());
    let organisations = doc.organisations.iter().map(|o| o.id.as_str());
    let people = doc.people.iter().map(|p| p.id.as_str());
    let mediators = doc.mediators.iter().map(|m| m.id.as_str());
    let interpreters = doc.interpreters.iter().map(|i| i.id.as_str());
    let all =
        states
            .enumerate()
            .map(|(i, id)| ("states", i, id, ActorKind::State))
            .chain(
                organisations
                    .enumerate()
                    .map(|(i, id)| ("organisations", i, id, ActorKind::Organisation)),
            )
            .chain(people.enumerate().map(|(i, id)| ("people", i, id, ActorKind::Person)))
            .chain(
                mediators
                    .enumerate()
                    .map(|(i, id)| ("mediators", i, id, ActorKind::Mediator(MediatorIx::new(i)))),
            )
            .chain(interpreters.enumerate().map(|(i, id)| {
                ("interpreters", i, id, ActorKind::Interpreter(InterpreterIx::new(i)))
            }));
    for (key, index, id, kind) in all {
        let list = At::ROOT.key(key);
        let at = list.item(index);
        let sound = cx.id(id, &at);
        if kind == ActorKind::State && sound && !is_state_id(id) {
            cx.error(
                codes::BAD_STATE_ID,
                &at.key("id"),
                format!("{} is not an id of a State", quote(id)),
                "write the ISO 3166-1 alpha-2 code in capitals, or `X-...` for another entity",
            );
        }
        if id == "institution" {
            cx.error(
                codes::BAD_ID,
                &at.key("id"),
                "`institution` is not free as the id of an actor",
                "choose another id: `institution` stands for the institution in `appointments`",
            );
        }
        cx.names.kinds.push(kind);
        if let Some(first) = cx.names.actors.add(id) {
            let other = cx.actor_pointer(ActorIx::new(first));
            cx.duplicate_id(id, &at, &format!("{other}/id"), "actors share one namespace");
        }
    }
}

fn section<'a>(
    cx: &mut Context<'_>,
    table: &mut Table<'a>,
    key: &str,
    ids: impl Iterator<Item = &'a str>,
) {
    let root = At::ROOT;
    let list = root.key(key);
    cx.own_ids(table, &list, ids);
}

const FORM_OF_IDS: &str = "write 1 to 64 characters from `A-Z a-z 0-9 . _ : -`";

fn is_id(id: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-');
    (1..=64).contains(&id.len()) && id.bytes().all(allowed)
}

fn is_state_id(id: &str) -> bool {
    (id.len() == 2 && id.bytes().all(|b| b.is_ascii_uppercase()))
        || (id.starts_with("X-") && id.len() > 2)
}

impl<'a> Context<'a> {
    /// Checks the ids of the objects in the list at `list`.
    pub(super) fn own_ids<'b>(
        &mut self,
        table: &mut Table<'b>,
        list: &At<'_>,
        ids: impl Iterator<Item = &'b str>,
    ) {
        for (index, id) in ids.enumerate() {
            let at = list.item(index);
            self.id(id, &at);
            if let Some(first) = table.add(id) {
                let other = list.item(first).pointer();
                self.duplicate_id(id, &at, &format!("{other}/id"), "ids in this list are unique");
            }
        }
    }

    /// Checks the form of the id of the object at `at`.
    pub(super) fn id(&mut self, id: &str, at: &At<'_>) -> bool {
        self.id_at(id, &at.key("id"))
    }

    /// Checks the form of the id that stands at `at`.
    pub(super) fn id_at(&mut self, id: &str, at: &At<'_>) -> bool {
        let sound = is_id(id);
        if !sound {
            self.error(codes::BAD_ID, at, format!("{} is not an id", quote(id)), FORM_OF_IDS);
        }
        sound
    }

    /// Checks the form of the role or tag that stands at `at`.
    pub(super) fn word(&mut self, word: &str, at: &At<'_>) {
        if !is_id(word) {
            let message = format!("{} is not a role or tag", quote(word));
            self.error(codes::BAD_WORD, at, message, FORM_OF_IDS);
        }
    }

    fn duplicate_id(&mut self, id: &str, at: &At<'_>, other: &str, why: &str) {
        self.error_with(
            codes::DUPLICATE_ID,
            &at.key("id"),
            other,
            format!("the id {} is used twice", quote(id)),
            format!("give one of the two another id: {why}"),
        );
    }

    /// Where an actor stands.
    pub(super) fn actor_pointer(&self, actor: ActorIx) -> String {
        let doc = self.doc;
        let mut place = actor.ix();
        for (key, length) in [
            ("states", doc.states.len()),
            ("organisations", doc.organisations.len()),
            ("people", doc.people.len()),
            ("mediators", doc.mediators.len()),
        ] {
            if place < length {
                return format!("/{key}/{place}");
            }
            place -= length;
        }
        format!("/interpreters/{place}")
    }

    /// An actor of any kind.
    pub(super) fn actor(&mut self, id: &str, at: &At<'_>) -> Option<ActorIx> {
        self.actor_of(id, at, "an actor", |_| true)
    }

    /// An actor of the kinds that `fits` accepts; `wanted` says which, with its article.
    pub(super) fn actor_of(
        &mut self,
        id: &str,
        at: &At<'_>,
        wanted: &str,
        fits: impl Fn(ActorKind) -> bool,
    ) -> Option<ActorIx> {
        let Some(place) = self.names.actors.find(id) else {
            self.unknown(id, at, wanted, |names| {
                let fitting = names.kinds.iter().enumerate().filter(|(_, kind)| fits(**kind));
                fitting.map(|(place, _)| names.actors.list[place]).collect()
            });
            return None;
        };
        let kind = self.names.kinds[place];
        if fits(kind) {
            return Some(ActorIx::new(place));
        }
        let is = match kind {
            ActorKind::State => "a State",
            ActorKind::Organisation => "an organisation",
            ActorKind::Person => "a person",
            ActorKind::Mediator(_) => "a mediator",
            ActorKind::Interpreter(_) => "an interpreter",
            ActorKind::Case => "a dispute",
        };
        let other = self.actor_pointer(ActorIx::new(place));
        self.error_with(
            codes::WRONG_KIND,
            at,
            other,
            format!("{} is {is}", quote(id)),
            format!("name {wanted} here"),
        );
        None
    }

    /// A mediator.
    pub(super) fn mediator(&mut self, id: &str, at: &At<'_>) -> Option<MediatorIx> {
        let actor =
            self.actor_of(id, at, "a mediator", |kind| matches!(kind, ActorKind::Mediator(_)))?;
        match self.names.kinds[actor.ix()] {
            ActorKind::Mediator(mediator) => Some(mediator),
            _ => None,
        }
    }

    /// A dispute.
    pub(super) fn dispute(&mut self, id: &str, at: &At<'_>) -> Option<DisputeIx> {
        let found = self.names.disputes.find(id).map(DisputeIx::new);
        if found.is_none() {
            self.unknown(id, at, "a dispute", |names| names.disputes.list.clone());
        }
        found
    }

    /// A dispute of the docket or a past case, as a node of the conflict graph.
    pub(super) fn case(&mut self, id: &str, at: &At<'_>) -> Option<ActorIx> {
        let found = self.names.cases.find(id);
        if found.is_none() {
            self.unknown(id, at, "a dispute or past case", |names| names.cases.list.clone());
        }
        // INVARIANT: the cases follow the actors.
        found.map(|place| ActorIx::new(self.names.kinds.len() + place))
    }

    /// A place.
    pub(super) fn place(&mut self, id: &str, at: &At<'_>) -> Option<PlaceIx> {
        let found = self.names.places.find(id).map(PlaceIx::new);
        if found.is_none() {
            self.unknown(id, at, "a place", |names| names.places.list.clone());
        }
        found
    }

    /// A panel of the institution.
    pub(super) fn panel(&mut self, id: &str, at: &At<'_>) -> Option<PanelIx> {
        let found = self.names.panels.find(id).map(PanelIx::new);
        if found.is_none() {
            self.unknown(id, at, "a panel", |names| names.panels.list.clone());
        }
        found
    }

    /// A calendar, by place.
    pub(super) fn calendar(&mut self, id: &str, at: &At<'_>) -> Option<usize> {
        let found = self.names.calendars.find(id);
        if found.is_none() {
            self.unknown(id, at, "a calendar", |names| names.calendars.list.clone());
        }
        found
    }

    /// Notes a reference to something that is not in a table of its own.
    pub(super) fn unknown_among(&mut self, id: &str, table: &Table<'_>, at: &At<'_>, wanted: &str) {
        let otherwise = format!("name {wanted} of this document, or add one with this id");
        let help = self.did_you_mean(id, table.list.iter().copied(), otherwise);
        let bare = wanted.trim_start_matches("a ");
        self.error(codes::UNKNOWN_ID, at, format!("no {bare} has the id {}", quote(id)), help);
    }

    /// Notes a reference that leads nowhere.
    fn unknown(
        &mut self,
        id: &str,
        at: &At<'_>,
        wanted: &str,
        known: impl FnOnce(&Names<'a>) -> Vec<&'a str>,
    ) {
        let bare =
            wanted.split_once(' ').map_or(wanted, |(_, noun)| noun).replace(" or an ", " or ");
        let known = if self.may_search() { known(&self.names) } else { Vec::new() };
        let help = self.did_you_mean(
            id,
            known,
            format!("name {wanted} of this document, or add one with this id"),
        );
        self.error(codes::UNKNOWN_ID, at, format!("no {bare} has the id {}", quote(id)), help);
    }
}
