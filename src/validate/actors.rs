//! The actors: States, organisations, people, mediators, in this order.

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{Actor, ActorIx, ActorKind, Nationality};
use crate::format::{
    HoursDoc, IntervalDoc, NationalityDoc, NodeKind, OrganisationDoc, OrganisationKind,
};
use crate::time::Interval;

/// What people and mediators have in common.
pub(super) struct PersonView<'a> {
    pub(super) nationalities: &'a [NationalityDoc],
    pub(super) time_zone: Option<&'a str>,
    pub(super) calendar: Option<&'a str>,
    pub(super) working_hours: &'a [HoursDoc],
    pub(super) busy: &'a [IntervalDoc],
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
        let view = PersonView {
            nationalities: &person.nationalities,
            time_zone: person.time_zone.as_deref(),
            calendar: person.calendar.as_deref(),
            working_hours: &person.working_hours,
            busy: &person.busy,
        };
        actors.push(read_person(cx, &view, ActorKind::Person, &list.item(index)));
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

/// Reads what people and mediators have in common.
pub(super) fn read_person(
    cx: &mut Context<'_>,
    doc: &PersonView<'_>,
    kind: ActorKind,
    at: &At<'_>,
) -> Actor {
    let nationalities = nationalities(cx, doc.nationalities, at);
    let hours = ("working_hours", doc.working_hours);
    let clock = if let Some(zone) = doc.time_zone {
        cx.clock(zone, doc.calendar, hours, at)
    } else {
        cx.rest_days(doc.calendar, at);
        cx.hours_rules(doc.working_hours, &at.key("working_hours"));
        if !doc.working_hours.is_empty() {
            cx.error(
                codes::MISSING_TIME_ZONE,
                at,
                "`working_hours` stand here without a `time_zone`",
                "add the IANA zone whose wall clock they mean, like `Asia/Shanghai`",
            );
        }
        None
    };
    let busy = busy(cx, doc.busy, &at.key("busy"));
    let node = match kind {
        ActorKind::Mediator(_) => NodeKind::Mediator,
        _ => NodeKind::Person,
    };
    Actor { nationalities, clock, busy, ..bare(kind, node) }
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
