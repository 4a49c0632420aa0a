//! The actors: States, organisations, people, mediators, interpreters, in this order.

use super::at::At;
use super::codes;
use super::context::Context;
use super::places::clock_of;
use super::stays;
use crate::diagnostic::quote;
use crate::domain::{Actor, ActorIx, ActorKind, Nationality};
use crate::format::{
    HoursDoc, InterpreterDoc, IntervalDoc, MediatorDoc, NationalityDoc, NodeKind, OrganisationDoc,
    OrganisationKind, PersonDoc, StayDoc,
};
use crate::time::Interval;

/// What people, mediators and interpreters have in common.
pub(super) struct PersonView<'a> {
    pub(super) nationalities: &'a [NationalityDoc],
    pub(super) time_zone: Option<&'a str>,
    pub(super) calendar: Option<&'a str>,
    pub(super) working_hours: &'a [HoursDoc],
    pub(super) busy: &'a [IntervalDoc],
    pub(super) base: Option<&'a str>,
    pub(super) stays: &'a [StayDoc],
}

macro_rules! view {
    ($($document:ty),*) => {$(
        impl<'a> From<&'a $document> for PersonView<'a> {
            fn from(doc: &'a $document) -> Self {
                Self {
                    nationalities: &doc.nationalities,
                    time_zone: doc.time_zone.as_deref(),
                    calendar: doc.calendar.as_deref(),
                    working_hours: &doc.working_hours,
                    busy: &doc.busy,
                    base: doc.base.as_deref(),
                    stays: &doc.stays,
                }
            }
        }
    )*};
}

view!(PersonDoc, MediatorDoc, InterpreterDoc);

impl PersonView<'_> {
    /// True where a missing zone has been noted with the person: something is read on her clock.
    pub(super) fn misses_zone(&self) -> bool {
        self.time_zone.is_none() && !(self.working_hours.is_empty() && self.stays.is_empty())
    }
}

/// Reads the actors that are not mediators; `mediators` adds the roster.
pub(super) fn read(cx: &mut Context<'_>) -> Vec<Actor> {
    let doc = cx.doc;
    let root = At::ROOT;
    let mut actors = Vec::with_capacity(cx.names.kinds.len());
    for state in &doc.states {
        for subject in &state.exclusions {
            cx.subjects.number(subject);
        }
        actors.push(bare(ActorKind::State, NodeKind::State));
    }
    let list = root.key("organisations");
    for (index, organisation) in doc.organisations.iter().enumerate() {
        let own = ActorIx::new(actors.len());
        actors.push(read_organisation(cx, organisation, own, &list.item(index)));
    }
    let list = root.key("people");
    for (index, person) in doc.people.iter().enumerate() {
        actors.push(read_person(cx, &person.into(), ActorKind::Person, &list.item(index)));
    }
    actors
}

fn bare(kind: ActorKind, node: NodeKind) -> Actor {
    Actor {
        kind,
        node,
        nationalities: Vec::new(),
        members: Vec::new(),
        clock: None,
        busy: Vec::new(),
        base: None,
        stays: Vec::new(),
    }
}

/// Adds the cases: the disputes, then the past cases.
pub(super) fn cases(cx: &Context<'_>, actors: &mut Vec<Actor>) {
    let number = cx.names.cases.len();
    actors.extend((0..number).map(|_| bare(ActorKind::Case, NodeKind::Dispute)));
}

fn node_of(kind: OrganisationKind) -> NodeKind {
    match kind {
        OrganisationKind::Company => NodeKind::Company,
        OrganisationKind::StateOwned => NodeKind::StateOwned,
        OrganisationKind::LawFirm => NodeKind::LawFirm,
        OrganisationKind::Chambers => NodeKind::Chambers,
        OrganisationKind::Government => NodeKind::Government,
        OrganisationKind::Funder => NodeKind::Funder,
        OrganisationKind::University => NodeKind::University,
        OrganisationKind::Igo => NodeKind::Igo,
        OrganisationKind::RegionalIntegration => NodeKind::RegionalIntegration,
        OrganisationKind::Ngo => NodeKind::Ngo,
    }
}

fn read_organisation(
    cx: &mut Context<'_>,
    doc: &OrganisationDoc,
    own: ActorIx,
    at: &At<'_>,
) -> Actor {
    let nationalities = nationalities(cx, &doc.nationalities, at);
    let list = at.key("members");
    let fits = |kind| matches!(kind, ActorKind::State | ActorKind::Organisation);
    let members = cx.actor_list(&doc.members, &list, "a State or an organisation", fits);
    if members.contains(&own) {
        let place = doc.members.iter().position(|id| *id == doc.id).unwrap_or(0);
        cx.error(
            codes::SELF_RELATION,
            &list.item(place),
            format!("{} is listed as a member of itself", quote(&doc.id)),
            "take it out",
        );
    }
    Actor { nationalities, members, ..bare(ActorKind::Organisation, node_of(doc.kind)) }
}

/// Reads what people, mediators and interpreters have in common.
pub(super) fn read_person(
    cx: &mut Context<'_>,
    doc: &PersonView<'_>,
    kind: ActorKind,
    at: &At<'_>,
) -> Actor {
    let nationalities = nationalities(cx, doc.nationalities, at);
    let hours = ("working_hours", doc.working_hours);
    let zone = doc.time_zone.and_then(|zone| cx.zone(zone, &at.key("time_zone")));
    let (rest, hours) = cx.rest_and_hours(doc.calendar, hours, at);
    let clock = zone.map(|zone| cx.clocks.share(clock_of(zone, rest.clone(), hours.clone())));
    if doc.misses_zone() {
        let what =
            if doc.working_hours.is_empty() { "`stays` stand" } else { "`working_hours` stand" };
        cx.error(
            codes::MISSING_TIME_ZONE,
            at,
            format!("{what} here without a `time_zone`"),
            "add the IANA zone of the person's own wall clock, like `Asia/Shanghai`",
        );
    }
    let busy = busy(cx, doc.busy, &at.key("busy"));
    let base = doc.base.and_then(|id| cx.place(id, &at.key("base")));
    let stays = stays::read(cx, doc.stays, &rest, &hours, &at.key("stays"));
    let node = match kind {
        ActorKind::Mediator(_) => NodeKind::Mediator,
        _ => NodeKind::Person,
    };
    Actor { nationalities, clock, busy, base, stays, ..bare(kind, node) }
}

fn nationalities(cx: &mut Context<'_>, docs: &[NationalityDoc], at: &At<'_>) -> Vec<Nationality> {
    let list = at.key("nationalities");
    let mut found = Vec::with_capacity(docs.len());
    for (index, doc) in docs.iter().enumerate() {
        let at = list.item(index);
        let state = cx.actor_of(&doc.state, &at, "a State", |kind| kind == ActorKind::State);
        let span = cx.span(("from", doc.from.as_ref()), ("to", doc.to.as_ref()), &at);
        found.extend(state.map(|state| Nationality { state, span }));
    }
    found
}

/// Busy intervals, sorted and merged.
fn busy(cx: &mut Context<'_>, docs: &[IntervalDoc], at: &At<'_>) -> Vec<Interval> {
    let mut all = Vec::with_capacity(docs.len());
    for (index, doc) in docs.iter().enumerate() {
        all.extend(cx.interval(doc, &at.item(index)));
    }
    all.sort_unstable();
    let mut merged: Vec<Interval> = Vec::with_capacity(all.len());
    for next in all {
        match merged.last_mut() {
            Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
            _ => merged.push(next),
        }
    }
    merged
}
