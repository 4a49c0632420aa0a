//! `disputes`: parties, the panel they need, gates and test dates; `sessions` has the rest.

use std::collections::BTreeMap;

use super::at::At;
use super::cases::{self, Behind};
use super::codes;
use super::context::Context;
use super::dates;
use super::deadlines::Calendars;
use super::names::Table;
use super::sessions;
use super::windows::Dates;
use crate::diagnostic::quote;
use crate::domain::{
    ActorIx, ActorKind, Dispute, Gate, LanguageIx, MediatorIx, PanelSpec, Party, SubjectIx,
};
use crate::format::{AppointmentMode, DisputeDoc, PanelSpecDoc, PartyDoc};
use crate::time::Date;

/// Reads the docket; `None` stands for a dispute with errors.
pub(super) fn read(
    cx: &mut Context<'_>,
    behind: &Behind,
    calendars: &Calendars<'_>,
) -> Vec<Option<Dispute>> {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("disputes");
    let mut disputes = Vec::with_capacity(doc.disputes.len());
    for (index, dispute) in doc.disputes.iter().enumerate() {
        // INVARIANT: the disputes follow the actors, in their order.
        let node = ActorIx::new(cx.names.kinds.len() + index);
        disputes.push(read_one(cx, dispute, node, (behind, calendars), &list.item(index)));
    }
    cases::make_mutual(&mut disputes, cx.names.kinds.len());
    disputes
}

fn read_one(
    cx: &mut Context<'_>,
    doc: &DisputeDoc,
    node: ActorIx,
    (behind, calendars): (&Behind, &Calendars<'_>),
    at: &At<'_>,
) -> Option<Dispute> {
    let subjects: Vec<_> = doc.subjects.iter().map(|s| SubjectIx(cx.subjects.number(s))).collect();
    let languages: Vec<_> =
        doc.languages.iter().map(|l| LanguageIx(cx.languages.number(l))).collect();
    let parties = parties(cx, doc, at);
    let panel = panel(cx, &doc.panel, &at.key("panel"));
    let priority = cx.whole(doc.priority.unwrap_or(1), 1..=1000, at, "priority");
    let opened = doc.opened.as_ref().and_then(|text| cx.date(text, &at.key("opened")));
    let test_dates = test_dates(cx, doc, opened, at);
    let due = doc.due.as_ref().and_then(|due| cx.instant(due, &at.key("due")));
    let told = dates::told(cx, doc, calendars, at);
    let size = panel.as_ref().map_or(0, |panel| panel.size);
    let window_dates = Dates { due, told: &told };
    let sessions = sessions::read(cx, doc, (parties.as_deref(), size), &window_dates, at);
    let (third_states, closed) = cases::third_states(cx, doc, at);
    let related = cases::related(cx, doc, node, at);
    let parties = parties?;
    let mut gates = gates(cx, doc, &parties, &subjects, behind);
    gates.extend(closed);
    gates.sort_unstable();
    gates.dedup();
    Some(Dispute {
        class: doc.class,
        gates,
        sides: sides(doc).into_iter().map(str::to_owned).collect(),
        deadlines: told.into_iter().map(|told| told.date).collect(),
        subjects,
        parties,
        panel: panel?,
        mode: doc.panel.mode.unwrap_or(AppointmentMode::Institution),
        node,
        third_states,
        related,
        cures: Vec::new(),
        languages,
        sessions: sessions?,
        priority: i64::from(priority?),
        opened,
        test_dates,
        fit: Vec::new(),
        effort: Vec::new(),
    })
}

fn side_of(party: &PartyDoc) -> &str {
    party.side.as_ref().unwrap_or(&party.id)
}

/// The sides in the order in which they appear.
fn sides(doc: &DisputeDoc) -> Vec<&str> {
    let mut sides = Vec::new();
    for party in &doc.parties {
        if !sides.contains(&side_of(party)) {
            sides.push(side_of(party));
        }
    }
    sides
}

fn parties(cx: &mut Context<'_>, doc: &DisputeDoc, at: &At<'_>) -> Option<Vec<Party>> {
    let list = at.key("parties");
    if doc.parties.len() < 2 {
        cx.error(
            codes::TOO_FEW_PARTIES,
            &list,
            format!(
                "the dispute {} has {}",
                quote(&doc.id),
                if doc.parties.is_empty() { "no party" } else { "one party" }
            ),
            "name two parties or more",
        );
    }
    cx.own_ids(&mut Table::default(), &list, doc.parties.iter().map(|party| party.id.as_str()));
    let sides = sides(doc);
    let mut parties = Vec::with_capacity(doc.parties.len());
    for (index, party) in doc.parties.iter().enumerate() {
        // INVARIANT: `sides` has the side of every party.
        let side = sides.iter().position(|side| *side == side_of(party)).unwrap_or(0);
        parties.push(read_party(cx, party, side as u32, &list.item(index)));
    }
    parties.into_iter().collect()
}

fn read_party(cx: &mut Context<'_>, doc: &PartyDoc, side: u32, at: &At<'_>) -> Option<Party> {
    let actor = cx.actor(&doc.actor, &at.key("actor"));
    let representatives =
        cx.actor_list(&doc.representatives, &at.key("representatives"), "a person", is_person);
    let counsel = cx.counsel(&doc.counsel, &at.key("counsel"));
    let experts = cx.actor_list(&doc.experts, &at.key("experts"), "a person", is_person);
    let mut attendees = representatives.clone();
    attendees.extend(counsel.iter().filter(|actor| is_person(cx.names.kinds[actor.ix()])));
    attendees.sort_unstable();
    attendees.dedup();
    let mut strikes = Vec::new();
    if let Some(ballot) = &doc.ballot {
        let ballot_at = at.key("ballot");
        let list = ballot_at.key("strikes");
        for (index, id) in ballot.strikes.iter().enumerate() {
            strikes.extend(cx.mediator(id, &list.item(index)));
        }
    }
    strikes.sort_unstable();
    strikes.dedup();
    let ranking = doc.ballot.as_ref().map_or(&[][..], |ballot| &ballot.ranking);
    let ranking = read_ranking(cx, ranking, &at.key("ballot").key("ranking"));
    Some(Party {
        id: doc.id.clone(),
        actor: actor?,
        side,
        representatives,
        counsel,
        experts,
        attendees,
        strikes,
        ranking,
    })
}

/// A party's ranking: each mediator once.
fn read_ranking(cx: &mut Context<'_>, ids: &[String], list: &At<'_>) -> Vec<MediatorIx> {
    let mut ranking = Vec::with_capacity(ids.len());
    // WHY a flag for everybody: rankings are the most of a large document, and often name half the roster.
    let mut seen = vec![false; if ids.is_empty() { 0 } else { cx.doc.mediators.len() }];
    for (index, id) in ids.iter().enumerate() {
        let Some(mediator) = cx.mediator(id, &list.item(index)) else { continue };
        if std::mem::replace(&mut seen[mediator.ix()], true) {
            cx.error(
                codes::RANKED_TWICE,
                &list.item(index),
                format!("the mediator {} is ranked twice", quote(id)),
                "rank each mediator once",
            );
        } else {
            ranking.push(mediator);
        }
    }
    ranking
}

fn is_person(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Person | ActorKind::Mediator(_) | ActorKind::Interpreter(_))
}

fn panel(cx: &mut Context<'_>, doc: &PanelSpecDoc, at: &At<'_>) -> Option<PanelSpec> {
    let size = cx.whole(doc.size, 1..=3, at, "size");
    let list = at.key("languages");
    cx.unique_keys(&doc.languages, &list);
    let mut languages = Vec::with_capacity(doc.languages.0.len());
    for (tag, count) in doc.languages.iter() {
        if size.is_some_and(|size| *count > size) {
            cx.error_with(
                codes::COVERAGE_BEYOND_PANEL,
                &list.key(tag),
                at.key("size").pointer(),
                format!(
                    "{count} speakers of {} are asked for on a panel of {}",
                    quote(tag),
                    doc.size
                ),
                "ask for no more speakers than the panel has members",
            );
        }
        let language = LanguageIx(cx.languages.number(tag));
        // WHY: a demand of none is no demand.
        languages.extend((*count > 0).then_some((language, *count)));
    }
    let list = at.key("expertise");
    cx.unique_keys(&doc.expertise, &list);
    let mut expertise = Vec::with_capacity(doc.expertise.0.len());
    for (subject, least) in doc.expertise.iter() {
        let least = cx.decimal(*least, 1, &list, subject);
        expertise.extend(least.map(|least| (SubjectIx(cx.subjects.number(subject)), least)));
    }
    let size = size?;
    Some(PanelSpec {
        size: size as usize,
        chair: doc.chair.unwrap_or(size == 3),
        languages,
        expertise,
        distinct_nationalities: doc.distinct_nationalities.unwrap_or(false),
        required: Vec::new(),
        forbidden: Vec::new(),
    })
}

/// `as_of`, `opened` and the dates of consent, sorted, each once.
fn test_dates(
    cx: &mut Context<'_>,
    doc: &DisputeDoc,
    opened: Option<Date>,
    at: &At<'_>,
) -> Vec<Date> {
    let mut dates: Vec<Date> = cx.as_of.into_iter().collect();
    dates.extend(opened);
    let list = at.key("parties");
    for (index, party) in doc.parties.iter().enumerate() {
        if let Some(text) = party.consent.as_ref().and_then(|consent| consent.date.as_ref()) {
            let at = list.item(index);
            dates.extend(cx.date(text, &at.key("consent").key("date")));
        }
    }
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// Why the dispute may not be mediated: a party without consent, a subject that the State of a
/// party excludes.
fn gates(
    cx: &Context<'_>,
    doc: &DisputeDoc,
    parties: &[Party],
    subjects: &[SubjectIx],
    behind: &Behind,
) -> Vec<Gate> {
    let mut gates = Vec::new();
    let by_name: BTreeMap<&str, SubjectIx> =
        doc.subjects.iter().map(String::as_str).zip(subjects.iter().copied()).collect();
    for (index, party) in parties.iter().enumerate() {
        if doc.parties[index].consent.as_ref().is_some_and(|consent| !consent.given) {
            gates.push(Gate::NoConsent(index));
        }
        gates.extend(cases::exclusions(cx, behind, (index, party.actor), &by_name));
    }
    gates
}
