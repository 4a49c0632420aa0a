//! `disputes[].sessions`: lengths, attendance, order and windows; then time zones, which need the
//! whole docket.

use std::collections::HashSet;

use super::actors::PersonView;
use super::at::At;
use super::codes;
use super::context::Context;
use super::names::Table;
use super::windows::Dates;
use super::{gaps, interpreters, rooms, windows};
use crate::diagnostic::{Diagnostic, quote};
use crate::domain::{ActorIx, ActorKind, Dispute, Mode, Party, Session};
use crate::format::{AttendeesDoc, DisputeDoc, SessionDoc, SessionKind, SessionMode};

/// The longest session, in minutes.
pub(super) const MOST_MINUTES: u32 = 24 * 60;

/// Reads the sessions of a dispute; `None` when one of them has errors.
pub(super) fn read(
    cx: &mut Context<'_>,
    doc: &DisputeDoc,
    (parties, panel): (Option<&[Party]>, usize),
    dates: &Dates<'_>,
    at: &At<'_>,
) -> Option<Vec<Session>> {
    let list = at.key("sessions");
    cx.own_ids(
        &mut Table::default(),
        &list,
        doc.sessions.iter().map(|session| session.id.as_str()),
    );
    let mut sessions = Vec::with_capacity(doc.sessions.len());
    let mut before: Option<(&SessionDoc, Option<Mode>)> = None;
    for (index, session) in doc.sessions.iter().enumerate() {
        let at = list.item(index);
        let last = index + 1 == doc.sessions.len();
        let window = windows::read(cx, session, (index, last), dates, &at);
        let slots = slots(cx, session, &at);
        let mode = mode(cx, session, &at);
        let (min_gap, max_gap) = gaps::read(cx, (session, mode), before, &at);
        let attending = attending(cx, doc, session, &at);
        let breakouts = mode.map_or(0, |mode| rooms::breakouts(cx, session, mode, &at));
        let booths = interpreters::booths(cx, session, &at);
        let built = match (parties, slots, mode) {
            (Some(parties), Some(slots), Some(mode)) => {
                sides(cx, session, parties, &attending, &at);
                let attendees = attendees(parties, &attending);
                let largest = attending.iter().map(|p| parties[*p].attendees.len()).max();
                let largest = largest.unwrap_or(0);
                let (seats, breakout_seats) = rooms::seats(mode, attendees.len() + panel, largest);
                Some(Session {
                    id: session.id.clone(),
                    slots,
                    attendees,
                    parties: attending,
                    mode,
                    min_gap,
                    max_gap,
                    earliest: window.earliest,
                    latest_end: window.latest_end,
                    priced_due: window.priced_due,
                    seats,
                    breakouts,
                    breakout_seats,
                    booths,
                    fixed: None,
                    held: false,
                })
            }
            _ => None,
        };
        sessions.push(built);
        before = Some((session, mode));
    }
    sessions.into_iter().collect()
}

/// Length in slots.
fn slots(cx: &mut Context<'_>, doc: &SessionDoc, at: &At<'_>) -> Option<u32> {
    let slot = cx.slot?;
    if doc.minutes > 0 && doc.minutes <= MOST_MINUTES && doc.minutes.is_multiple_of(slot) {
        if let Some(most) = cx.house.day_minutes.filter(|most| doc.minutes > *most) {
            cx.error_with(
                codes::SESSION_BEYOND_DAY,
                &at.key("minutes"),
                "/policy/workload/day_minutes",
                format!(
                    "the session {} of {} minutes is longer than the {most} minutes that anybody may sit on one date",
                    quote(&doc.id),
                    doc.minutes
                ),
                "split the session, or raise `day_minutes`",
            );
        }
        return Some(doc.minutes / slot);
    }
    cx.error(
        codes::BAD_MINUTES,
        &at.key("minutes"),
        format!("a session of {} minutes does not fill slots of {slot} minutes", doc.minutes),
        format!("write a multiple of {slot} from {slot} to {MOST_MINUTES}"),
    );
    None
}

fn mode(cx: &mut Context<'_>, doc: &SessionDoc, at: &At<'_>) -> Option<Mode> {
    let mode = doc.mode.unwrap_or(SessionMode::Remote);
    let place = doc.place.as_ref().map(|id| cx.place(id, &at.key("place")));
    match (mode, place) {
        (SessionMode::Remote, None) => Some(Mode::Remote),
        (SessionMode::Remote, Some(_)) => {
            cx.error(
                codes::UNWANTED_PLACE,
                &at.key("place"),
                format!("the session {} is remote and has a place", quote(&doc.id)),
                "take the place out, or set `mode` to `in-person` or `hybrid`",
            );
            None
        }
        (_, None) => {
            cx.error(
                codes::MISSING_PLACE,
                at,
                format!("the session {} is not remote and has no place", quote(&doc.id)),
                "add `place`, or set `mode` to `remote`",
            );
            None
        }
        (_, Some(place)) => {
            let place = place?;
            if cx.doc.places[place.ix()].rooms.is_empty() {
                cx.error_with(
                    codes::NO_ROOMS,
                    &at.key("place"),
                    format!("/places/{}/rooms", place.ix()),
                    format!("the place {} has no rooms", quote(&cx.doc.places[place.ix()].id)),
                    "add a room to the place, or hold the session elsewhere",
                );
            }
            Some(if mode == SessionMode::InPerson {
                Mode::InPerson(place)
            } else {
                Mode::Hybrid(place)
            })
        }
    }
}

/// Positions of the parties that attend, each once.
fn attending(
    cx: &mut Context<'_>,
    dispute: &DisputeDoc,
    doc: &SessionDoc,
    at: &At<'_>,
) -> Vec<usize> {
    let AttendeesDoc::Parties(ids) = &doc.attendees else {
        return (0..dispute.parties.len()).collect();
    };
    let list = at.key("attendees");
    let mut found = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        if let Some(party) = dispute.parties.iter().position(|party| party.id == *id) {
            found.push(party);
            continue;
        }
        let known = dispute.parties.iter().map(|party| party.id.as_str());
        let help = cx.did_you_mean(id, known, "name a party of this dispute by its `id`");
        cx.error(
            codes::UNKNOWN_ID,
            &list.item(index),
            format!("no party of this dispute has the id {}", quote(id)),
            help,
        );
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Notes a caucus that more than one side attends.
fn sides(
    cx: &mut Context<'_>,
    doc: &SessionDoc,
    parties: &[Party],
    attending: &[usize],
    at: &At<'_>,
) {
    let mut sides = attending.iter().map(|party| parties[*party].side);
    let first = sides.next();
    if doc.kind == SessionKind::Caucus && sides.any(|side| Some(side) != first) {
        cx.warn(
            codes::CAUCUS_OF_SIDES,
            at,
            format!("more than one side attends the caucus {}", quote(&doc.id)),
            "name the parties of one side in `attendees`, or call it a `joint` session",
        );
    }
}

fn attendees(parties: &[Party], attending: &[usize]) -> Vec<ActorIx> {
    let mut people: Vec<ActorIx> =
        attending.iter().flat_map(|party| parties[*party].attendees.iter().copied()).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Notes everyone who attends a session without a time zone.
pub(super) fn time_zones(cx: &mut Context<'_>, disputes: &[Option<Dispute>]) {
    let doc = cx.doc;
    let others = doc.states.len() + doc.organisations.len();
    let mut sessions = doc.disputes.iter().flat_map(|dispute| &dispute.sessions);
    let interpreted = sessions.any(|session| !session.interpretation.is_empty());
    let mut told = HashSet::new();
    for (index, dispute) in disputes.iter().enumerate() {
        for (place, session) in dispute.iter().flat_map(|d| d.sessions.iter().enumerate()) {
            for actor in &session.attendees {
                // INVARIANT: people follow States and organisations; mediators have been checked.
                let (id, view) = match cx.names.kinds[actor.ix()] {
                    ActorKind::Person => {
                        let person = &doc.people[actor.ix() - others];
                        (&person.id, PersonView::from(person))
                    }
                    ActorKind::Interpreter(interpreter) => {
                        let person = &doc.interpreters[interpreter.ix()];
                        (&person.id, PersonView::from(person))
                    }
                    _ => continue,
                };
                // WHY: an interpreter without a zone has been noted where somebody interprets.
                let noted = cx.names.kinds[actor.ix()] != ActorKind::Person && interpreted;
                if view.time_zone.is_some() || view.misses_zone() || noted || !told.insert(*actor) {
                    continue;
                }
                let finding = Diagnostic::error(
                    codes::MISSING_TIME_ZONE,
                    cx.actor_pointer(*actor),
                    format!("{} attends sessions and has no `time_zone`", quote(id)),
                );
                let finding = finding.help("add the IANA zone of the person, like `Asia/Shanghai`");
                cx.note(finding.related(format!("/disputes/{index}/sessions/{place}")));
            }
        }
    }
}
