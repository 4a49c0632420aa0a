//! What an answer has changed against the plan that it was to keep to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::find_mediator;
use super::mediator::describe;
use crate::domain::{ActorIx, DisputeIx};
use crate::format::{AssignmentDoc, FromDoc, FromPanelDoc, ScheduledSessionDoc, SolutionDoc};
use crate::pipeline::Screened;
use crate::time::{Instant, parse_instant};

/// A dispute whose panel or dates are not those of the earlier plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The dispute.
    pub dispute: String,
    /// Who has left the panel.
    pub left: Vec<Left>,
    /// Who has joined it.
    pub joined: Vec<String>,
    /// Sessions with another start.
    pub moved: Vec<Moved>,
}

/// Somebody who has left a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Left {
    /// The mediator.
    pub mediator: String,
    /// Why she had to, where she had to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A session with another start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The session.
    pub session: String,
    /// When it was to start, where it had a date (RFC 3339).
    pub before: Option<String>,
    /// When it starts, where it has a date.
    pub now: Option<String>,
    /// Why it cannot be as it was to be, with the panel that there is now, where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What an answer of a screened instance has changed against the plan that it was to keep to, in the order of the
/// instance.
#[must_use]
pub fn changes(screened: &Screened, from: &FromDoc, solution: &SolutionDoc) -> Vec<Change> {
    let instance = &screened.instance;
    let mut changes = Vec::new();
    let panels = from.panels.iter().map(|panel| (panel.dispute.as_str(), panel));
    let old_panels: BTreeMap<&str, &FromPanelDoc> = panels.collect();
    let panels = solution.assignments.iter().map(|panel| (panel.dispute.as_str(), panel));
    let new_panels: BTreeMap<&str, &AssignmentDoc> = panels.collect();
    // The first entry of a session counts, so it is the last to be taken.
    let sessions = from.sessions.iter().rev();
    let old_starts: BTreeMap<(&str, &str), &String> =
        sessions.map(|s| ((s.dispute.as_str(), s.session.as_str()), &s.start)).collect();
    let sessions = solution.sessions.iter();
    let new_starts: BTreeMap<(&str, &str), &String> =
        sessions.map(|s| ((s.dispute.as_str(), s.session.as_str()), &s.start)).collect();
    for d in instance.dispute_indices() {
        let name = instance.dispute_name(d);
        let of_before = old_panels.get(name);
        let before = of_before.map(|panel| panel.mediators.as_slice()).unwrap_or_default();
        let of_now = new_panels.get(name);
        let now: Vec<&String> =
            of_now.iter().flat_map(|panel| &panel.panel).map(|seat| &seat.mediator).collect();
        let left = before.iter().filter(|id| !now.contains(id));
        let left: Vec<Left> =
            left.map(|id| Left { mediator: id.clone(), why: why_out(screened, d, id) }).collect();
        let joined = now.iter().filter(|id| !before.contains(id));
        let joined: Vec<String> = joined.map(|id| (*id).clone()).collect();
        let mut moved = Vec::new();
        for (position, session) in instance.dispute(d).sessions.iter().enumerate() {
            if session.held {
                continue;
            }
            let key = (name, session.id.as_str());
            let (before, now) = (old_starts.get(&key).copied(), new_starts.get(&key).copied());
            let at = |start: Option<&String>| start.and_then(|start| parse_instant(start).ok());
            if at(before) != at(now) {
                let was = at(before);
                let why = was.and_then(|was| why_moved(screened, solution, (d, position), was));
                let (before, now) = (before.cloned(), now.cloned());
                moved.push(Moved { session: session.id.clone(), before, now, why });
            }
        }
        if !left.is_empty() || !joined.is_empty() || !moved.is_empty() {
            changes.push(Change { dispute: name.to_owned(), left, joined, moved });
        }
    }
    changes
}

/// Why a mediator may not sit any more.
fn why_out(screened: &Screened, dispute: DisputeIx, id: &str) -> Option<String> {
    let Some(mediator) = find_mediator(&screened.instance, id) else {
        return Some("no longer on the roster".to_owned());
    };
    let reason = screened.eligibility.get(dispute, mediator).reasons().first()?;
    Some(describe(screened, dispute, mediator, *reason))
}

/// What keeps a session of an answer from its earlier start: what the instance says now, or another session of somebody
/// who attends.
fn why_moved(
    screened: &Screened,
    solution: &SolutionDoc,
    (dispute, position): (DisputeIx, usize),
    start: Instant,
) -> Option<String> {
    let Screened { instance, availability, .. } = screened;
    let session = &instance.dispute(dispute).sessions[position];
    let grid = instance.grid();
    let slot = grid.slot_at(start).filter(|slot| slot + session.slots <= grid.slots());
    let Some(slot) = slot else { return Some("the horizon has no slots for it then".to_owned()) };
    if session.fixed.is_some_and(|fixed| fixed != slot) {
        return Some("its start is fixed".to_owned());
    }
    if slot < session.earliest || slot + session.slots > session.latest_end {
        return Some("it may not be at that time any more".to_owned());
    }
    let name = instance.dispute_name(dispute);
    let panel = solution.assignments.iter().filter(|panel| panel.dispute == name);
    let panel = panel.flat_map(|panel| &panel.panel);
    let members = panel.filter_map(|seat| find_mediator(instance, &seat.mediator));
    let members = members.map(|m| instance.mediator(m).actor);
    let people: Vec<ActorIx> = session.attendees.iter().copied().chain(members).collect();
    for person in &people {
        let profile = availability.of(*person, session.mode);
        if !profile.is_some_and(|profile| profile.is_free(slot, session.slots)) {
            return Some(format!("{} is not available then", instance.actor_name(*person)));
        }
    }
    if let Some(place) = session.room_at()
        && !availability.open(place).is_free(slot, session.slots)
    {
        return Some(format!("{} is not open then", instance.place_name(place)));
    }
    let end = grid.instant(slot + session.slots);
    let meets = |other: &&ScheduledSessionDoc| {
        let ends = (parse_instant(&other.start).ok(), parse_instant(&other.end).ok());
        let overlaps = ends.0.zip(ends.1).is_some_and(|(from, to)| from < end && start < to);
        other.dispute != name && overlaps
    };
    for other in solution.sessions.iter().filter(meets) {
        for person in people.iter().map(|person| instance.actor_name(*person)) {
            if other.local.get(person).is_some() {
                let (session, dispute) = (&other.session, &other.dispute);
                return Some(format!("{person} is in session {session} of {dispute} then"));
            }
        }
    }
    None
}

/// The changes in words, a line each.
#[must_use]
pub fn changes_text(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let mut parts = Vec::new();
        for Left { mediator, why } in &change.left {
            parts.push(match why {
                Some(why) => format!("{mediator} leaves ({why})"),
                None => format!("{mediator} leaves"),
            });
        }
        parts.extend(change.joined.iter().map(|id| format!("{id} joins")));
        for Moved { session, before, now, why } in &change.moved {
            let none = "no date".to_owned();
            let (before, now) = (before.as_ref().unwrap_or(&none), now.as_ref().unwrap_or(&none));
            let why = why.as_ref().map_or(String::new(), |why| format!(" ({why})"));
            parts.push(format!("session {session} from {before} to {now}{why}"));
        }
        let _ = writeln!(text, "changed {}: {}", change.dispute, parts.join("; "));
    }
    text
}
