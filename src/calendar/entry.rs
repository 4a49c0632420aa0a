//! One entry of a calendar: a session as its audience sees it.

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, quote};
use crate::format::{InstanceDoc, PartyDoc, ScheduledSessionDoc, SessionKind, SolutionDoc};
use crate::ical::{Writer, escape};
use crate::time::{Instant, Zone, parse_instant};

use super::audience::{Audience, Meeting, Sight, name_of, place_zone};

/// A session as its audience sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) dispute: String,
    pub(super) session: String,
    pub(super) uid: String,
    pub(super) start: Instant,
    pub(super) end: Instant,
    pub(super) zone: Zone,
    /// Its lines but those that count versions: head and value.
    pub(super) lines: Vec<(String, String)>,
}

/// An entry with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Versioned {
    pub(super) lines: Vec<(String, String)>,
    pub(super) sequence: u32,
    /// When it was last changed; now, where there is nothing.
    pub(super) modified: Option<String>,
}

impl Versioned {
    pub(super) fn write(&self, writer: &mut Writer, now: &str) {
        let modified = self.modified.as_deref().unwrap_or(now);
        writer.line("BEGIN", "VEVENT");
        for (head, value) in &self.lines {
            writer.line(head, value);
        }
        writer.line("SEQUENCE", &self.sequence.to_string());
        writer.line("DTSTAMP", modified);
        writer.line("LAST-MODIFIED", modified);
        writer.line("END", "VEVENT");
    }
}

/// What ends the `UID` of every entry.
pub(super) const UID_END: &str = "@comity";

/// A name of 128 bits for a session, the same in every plan: a UUID of version 8 (RFC 9562).
///
/// WHY `/`: no id contains it, so no two sessions share a text.
fn uid(instance: &str, dispute: &str, session: &str) -> String {
    let digest = Sha256::digest(format!("comity/{instance}/{dispute}/{session}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut text = String::with_capacity(48);
    for (position, byte) in bytes.iter().enumerate() {
        if matches!(position, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.extend(char::from_digit(u32::from(byte >> 4), 16));
        text.extend(char::from_digit(u32::from(byte & 15), 16));
    }
    text + UID_END
}

/// The entries of an audience, in the order of the solution.
pub(super) fn entries(
    instance: &InstanceDoc,
    solution: &SolutionDoc,
    audience: &Audience,
) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut entries = Vec::new();
    for (position, scheduled) in solution.sessions.iter().enumerate() {
        let at = |key: &str| format!("/sessions/{position}/{key}");
        let unknown = |key: &str, id: &str| {
            let message = format!("the instance has no {}", quote(id));
            let help = "take the ids from the instance document";
            Diagnostic::error("unknown-reference", at(key), message).help(help)
        };
        let Some(dispute) = instance.disputes.iter().find(|d| d.id == scheduled.dispute) else {
            findings.push(unknown("dispute", &scheduled.dispute));
            continue;
        };
        let Some(session) = dispute.sessions.iter().find(|s| s.id == scheduled.session) else {
            findings.push(unknown("session", &scheduled.session));
            continue;
        };
        let mut time = |key: &str, text: &str| match parse_instant(text) {
            Ok(instant) => Some(instant),
            Err(message) => {
                findings.push(Diagnostic::error("bad-start", at(key), message));
                None
            }
        };
        let (start, end) = (time("start", &scheduled.start), time("end", &scheduled.end));
        let (Some(start), Some(end)) = (start, end) else { continue };
        // Who sat in what is over stands in the files of that time: the panel of now need not be it.
        let is_over = solution.from.iter().flat_map(|from| &from.sessions).any(|held| {
            let is_same = held.dispute == scheduled.dispute && held.session == scheduled.session;
            is_same && held.held
        });
        let assigned = solution.assignments.iter().find(|one| one.dispute == dispute.id);
        let assigned = assigned.filter(|_| !is_over);
        let meeting = Meeting {
            dispute,
            session,
            panel: assigned.iter().flat_map(|a| &a.panel).map(|s| s.mediator.as_str()).collect(),
            interpreters: scheduled.interpreters.iter().map(String::as_str).collect(),
            place: scheduled.place.as_deref(),
            room: scheduled.room.as_deref(),
            breakouts: scheduled.breakout_rooms.iter().map(String::as_str).collect(),
            start,
        };
        if let Some(sight) = audience.sees(instance, &meeting) {
            entries.push(entry(instance, audience, &meeting, scheduled, (start, end), sight));
        }
    }
    if findings.is_empty() { Ok(entries) } else { Err(findings) }
}

fn entry(
    instance: &InstanceDoc,
    audience: &Audience,
    meeting: &Meeting<'_>,
    scheduled: &ScheduledSessionDoc,
    (start, end): (Instant, Instant),
    sight: Sight,
) -> Entry {
    // WHY the place first: a session held there keeps its hour there, whoever looks.
    let zone = match meeting.place {
        Some(place) => place_zone(instance, place),
        None => audience.clock(instance, meeting),
    };
    let (dispute, session) = (scheduled.dispute.clone(), scheduled.session.clone());
    let zone = zone.unwrap_or(Zone::UTC);
    let uid = uid(&instance.id, &dispute, &session);
    let mut lines = vec![("UID".to_owned(), uid.clone())];
    lines.push(time("DTSTART", zone, start));
    lines.push(time("DTEND", zone, end));
    let mut text = |head: &str, value: &str| lines.push((head.to_owned(), escape(value)));
    text("SUMMARY", &summary(meeting, sight));
    text("LOCATION", &location(instance, meeting));
    text("DESCRIPTION", &description(instance, meeting, sight));
    for (head, value) in [("STATUS", "CONFIRMED"), ("TRANSP", "OPAQUE"), ("CLASS", "PRIVATE")] {
        text(head, value);
    }
    Entry { dispute, session, uid, start, end, zone, lines }
}

/// A time on a wall clock; in UTC where the reading would name another instant.
///
/// WHY: a reading that occurs twice means its first pass (RFC 5545, 3.3.5).
fn time(name: &str, zone: Zone, instant: Instant) -> (String, String) {
    let digits = |text: String| -> String {
        text.chars().take(19).filter(|c| !matches!(c, '-' | ':')).collect()
    };
    let reading = instant + i64::from(zone.offset_at(instant));
    if zone.name() == "UTC" || zone.instant_of(reading) != instant {
        return (name.to_owned(), digits(Zone::utc_rfc3339(instant)) + "Z");
    }
    (format!("{name};TZID={}", zone.name()), digits(zone.local_rfc3339(instant)))
}

fn kind(session: SessionKind) -> &'static str {
    match session {
        SessionKind::Call => "preparatory call",
        SessionKind::Opening => "opening session",
        SessionKind::Joint => "joint session",
        SessionKind::Caucus => "caucus",
        SessionKind::Signing => "signing",
    }
}

fn summary(meeting: &Meeting<'_>, sight: Sight) -> String {
    let Meeting { dispute, session, .. } = meeting;
    let named = match sight {
        Sight::Door => &dispute.id,
        Sight::Whole | Sight::Attending => dispute.title.as_ref().unwrap_or(&dispute.id),
    };
    let kind = kind(session.kind);
    if sight == Sight::Whole {
        format!("{named}: {kind} ({})", session.id)
    } else {
        format!("{named}: {kind}")
    }
}

fn location(instance: &InstanceDoc, meeting: &Meeting<'_>) -> String {
    let Some(id) = meeting.place else { return "remote".to_owned() };
    let place = instance.places.iter().find(|place| place.id == id);
    let name = place.and_then(|place| place.name.as_deref()).unwrap_or(id);
    let room = meeting.room.map_or_else(String::new, |room| format!(", {room}"));
    let breakouts = match meeting.breakouts.as_slice() {
        [] => String::new(),
        rooms => format!(" and {}", rooms.join(", ")),
    };
    format!("{name}{room}{breakouts}")
}

/// Who meets: the panel, the parties that attend with their people, the interpreters.
fn description(instance: &InstanceDoc, meeting: &Meeting<'_>, sight: Sight) -> String {
    let mut lines = vec![format!("Dispute: {}", meeting.dispute.id)];
    let names = |ids: &[&str]| -> String {
        ids.iter().map(|id| name_of(instance, id)).collect::<Vec<_>>().join(", ")
    };
    if sight != Sight::Door {
        if !meeting.panel.is_empty() {
            lines.push(format!("Panel: {}", names(&meeting.panel)));
        }
        for (party, people) in meeting.parties(instance) {
            lines.push(party_line(instance, party, &names(&people)));
        }
        if !meeting.interpreters.is_empty() {
            lines.push(format!("Interpreters: {}", names(&meeting.interpreters)));
        }
    }
    lines.join("\n")
}

fn party_line(instance: &InstanceDoc, party: &PartyDoc, people: &str) -> String {
    let actor = name_of(instance, &party.actor);
    let people = if people.is_empty() { String::new() } else { format!(": {people}") };
    format!("{} ({actor}){people}", party.id)
}
