//! `disputes[].sessions`: lengths, attendance, order and windows; then rooms and time zones, which
//! need the whole docket.

use std::collections::HashSet;

use super::at::At;
use super::codes;
use super::context::Context;
use super::names::Table;
use crate::diagnostic::{Diagnostic, quote};
use crate::domain::{ActorIx, ActorKind, Dispute, Mode, Party, Session};
use crate::format::{AttendeesDoc, DisputeDoc, SessionDoc, SessionMode};
use crate::time::Instant;

/// The longest session, in minutes.
pub(super) const MOST_MINUTES: u32 = 24 * 60;
/// The longest gap, in days: no horizon is longer.
const MOST_GAP: u32 = 400;

/// Reads the sessions of a dispute; `None` when one of them has errors.
pub(super) fn read(
    cx: &mut Context<'_>,
    doc: &DisputeDoc,
    parties: Option<&[Party]>,
    due: Option<Instant>,
    at: &At<'_>,
) -> Option<Vec<Session>> {
    let list = at.key("sessions");
    cx.own_ids(
        &mut Table::default(),
        &list,
        doc.sessions.iter().map(|session| session.id.as_str()),
    );
    let mut sessions = Vec::with_capacity(doc.sessions.len());
    let mut before: Option<&SessionDoc> = None;
    for (index, session) in doc.sessions.iter().enumerate() {
        let at = list.item(index);
        let (min_gap, max_gap) = gap(cx, session, before, &at);
        let window = window(cx, session, due, &at);
        let slots = slots(cx, session, &at);
        let mode = mode(cx, session, &at);
        let attending = attending(cx, doc, session, &at);
        let built = match (parties, slots, mode) {
            (Some(parties), Some(slots), Some(mode)) => Some(Session {
                id: session.id.clone(),
                slots,
                attendees: attendees(parties, &attending),
                parties: attending,
                mode,
                min_gap,
                max_gap,
                earliest: window.0,
                latest_end: window.1,
                priced_due: None,
                seats: 0,
                breakouts: 0,
                breakout_seats: 0,
                booths: Vec::new(),
                fixed: None,
            }),
            _ => None,
        };
        sessions.push(built);
        before = Some(session);
    }
    sessions.into_iter().collect()
}

/// Length in slots.
fn slots(cx: &mut Context<'_>, doc: &SessionDoc, at: &At<'_>) -> Option<u32> {
    let slot = cx.slot?;
    if doc.minutes > 0 && doc.minutes <= MOST_MINUTES && doc.minutes.is_multiple_of(slot) {
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

fn attendees(parties: &[Party], attending: &[usize]) -> Vec<ActorIx> {
    let mut people: Vec<ActorIx> =
        attending.iter().flat_map(|party| parties[*party].attendees.iter().copied()).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// The least and the greatest gap to the session before, in slots.
fn gap(
    cx: &mut Context<'_>,
    doc: &SessionDoc,
    before: Option<&SessionDoc>,
    at: &At<'_>,
) -> (u32, Option<u32>) {
    let Some(after) = &doc.after else { return (0, None) };
    let at = at.key("after");
    match before {
        None => cx.error(
            codes::BAD_AFTER,
            &at,
            "the first session follows none",
            "take `after` out, or move the session behind the one that it follows",
        ),
        Some(before) if before.id != after.session => cx.error(
            codes::BAD_AFTER,
            &at.key("session"),
            format!("{} is not the session listed just before", quote(&after.session)),
            format!(
                "name {}, or reorder the sessions: they are held in the order of the list",
                quote(&before.id)
            ),
        ),
        Some(_) => {}
    }
    let mut days = |key: &str, value: Option<u32>| {
        value.and_then(|days| cx.whole(days, 0..=MOST_GAP, &at, key))
    };
    let (least, most) = (days("min_days", after.min_days), days("max_days", after.max_days));
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        cx.error(
            codes::REVERSED_GAP,
            &at,
            format!("`min_days` {least} is above `max_days` {most}"),
            "let `min_days` be no more than `max_days`",
        );
    }
    let slots_a_day = 24 * 60 / cx.slot.unwrap_or(30);
    (least.unwrap_or(0) * slots_a_day, most.map(|days| days * slots_a_day))
}

/// The first slot at which the session may start, and the slot by which it must have ended.
fn window(
    cx: &mut Context<'_>,
    doc: &SessionDoc,
    dispute_due: Option<Instant>,
    at: &At<'_>,
) -> (u32, u32) {
    let not_before =
        doc.not_before.as_ref().and_then(|text| cx.instant(text, &at.key("not_before")));
    let due = doc.due.as_ref().and_then(|text| cx.instant(text, &at.key("due")));
    if let (Some(first), Some(last)) = (not_before, due)
        && first >= last
    {
        cx.error(
            codes::REVERSED_INTERVAL,
            at,
            "`due` is not after `not_before`",
            "let `due` be after `not_before`, by the length of the session at least",
        );
    }
    let Some(grid) = cx.grid else { return (0, 0) };
    let earliest = not_before.map_or(0, |instant| grid.first_slot_from(instant));
    let ended = |instant: Option<Instant>| instant.map_or(grid.slots(), |i| grid.slots_ended_by(i));
    (earliest, ended(due).min(ended(dispute_due)))
}

/// Notes everyone who attends a session without a time zone.
pub(super) fn time_zones(cx: &mut Context<'_>, disputes: &[Option<Dispute>]) {
    let doc = cx.doc;
    let (others, people) = (doc.states.len() + doc.organisations.len(), doc.people.len());
    let mut told = HashSet::new();
    for (index, dispute) in disputes.iter().enumerate() {
        for (place, session) in dispute.iter().flat_map(|d| d.sessions.iter().enumerate()) {
            for actor in &session.attendees {
                // INVARIANT: people follow States and organisations; mediators have been checked.
                let person = actor.ix() - others;
                if cx.names.kinds[actor.ix()] != ActorKind::Person || person >= people {
                    continue;
                }
                let person = &doc.people[person];
                if person.time_zone.is_some()
                    || !person.working_hours.is_empty()
                    || !told.insert(*actor)
                {
                    continue;
                }
                let finding = Diagnostic::error(
                    codes::MISSING_TIME_ZONE,
                    cx.actor_pointer(*actor),
                    format!("{} attends sessions and has no `time_zone`", quote(&person.id)),
                );
                let finding = finding.help("add the IANA zone of the person, like `Asia/Shanghai`");
                cx.note(finding.related(format!("/disputes/{index}/sessions/{place}")));
            }
        }
    }
}

/// Notes every session in person with more people than some room of its place has seats.
pub(super) fn rooms(cx: &mut Context<'_>, disputes: &[Option<Dispute>]) {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("disputes");
    for (index, dispute) in disputes.iter().enumerate() {
        let Some(dispute) = dispute else { continue };
        let at = list.item(index);
        let at = at.key("sessions");
        for (index, session) in dispute.sessions.iter().enumerate() {
            let Mode::InPerson(place) = session.mode else { continue };
            let people = session.attendees.len() + dispute.panel.size;
            let rooms = &doc.places[place.ix()].rooms;
            let small = |seats: Option<u32>| seats.is_some_and(|seats| (seats as usize) < people);
            let too_small: Vec<usize> =
                (0..rooms.len()).filter(|room| small(rooms[*room].seats)).collect();
            let Some(first) = too_small.first().map(|room| &rooms[*room]) else { continue };
            let mut finding = Diagnostic::error(
                codes::ROOM_TOO_SMALL,
                at.item(index).key("place").pointer(),
                format!(
                    "{people} people meet where the room {} has {} seats",
                    quote(&first.id),
                    first.seats.unwrap_or(0)
                ),
            );
            finding = finding.help(
                "any room of the place may be taken: list only rooms that are large enough, as a place of their own if need be",
            );
            for room in too_small {
                finding = finding.related(format!("/places/{}/rooms/{room}/seats", place.ix()));
            }
            cx.note(finding);
        }
    }
}
