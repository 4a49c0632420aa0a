//! What an answer has changed against the plan that it was to keep to.

use std::fmt::Write as _;

use super::find_mediator;
use super::mediator::describe;
use crate::domain::DisputeIx;
use crate::format::{FromDoc, SolutionDoc};
use crate::pipeline::Screened;
use crate::time::parse_instant;

/// A dispute whose panel or dates are not those of the earlier plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The dispute.
    pub dispute: String,
    /// Who has left the panel, each with why she had to, where she had to.
    pub left: Vec<(String, Option<String>)>,
    /// Who has joined it.
    pub joined: Vec<String>,
    /// Sessions with another start: id, before, now; `None` for without.
    pub moved: Vec<(String, Option<String>, Option<String>)>,
}

/// What an answer of a screened instance has changed against the plan that it was to keep to, in the order of the
/// instance.
#[must_use]
pub fn changes(screened: &Screened, from: &FromDoc, solution: &SolutionDoc) -> Vec<Change> {
    let instance = &screened.instance;
    let mut changes = Vec::new();
    for d in instance.dispute_indices() {
        let name = instance.dispute_name(d);
        let of_before = from.panels.iter().find(|panel| panel.dispute == name);
        let before = of_before.map(|panel| panel.mediators.as_slice()).unwrap_or_default();
        let of_now = solution.assignments.iter().find(|panel| panel.dispute == name);
        let now: Vec<&String> =
            of_now.iter().flat_map(|panel| &panel.panel).map(|seat| &seat.mediator).collect();
        let left = before.iter().filter(|id| !now.contains(id));
        let left: Vec<(String, Option<String>)> =
            left.map(|id| (id.clone(), why_out(screened, d, id))).collect();
        let joined = now.iter().filter(|id| !before.contains(id));
        let joined: Vec<String> = joined.map(|id| (*id).clone()).collect();
        let mut moved = Vec::new();
        for session in &instance.dispute(d).sessions {
            let before =
                from.sessions.iter().find(|s| s.dispute == name && s.session == session.id);
            let now =
                solution.sessions.iter().find(|s| s.dispute == name && s.session == session.id);
            let (before, now) = (before.map(|s| &s.start), now.map(|s| &s.start));
            let at = |start: Option<&String>| start.and_then(|start| parse_instant(start).ok());
            if at(before) != at(now) {
                moved.push((session.id.clone(), before.cloned(), now.cloned()));
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

/// The changes in words, a line each.
#[must_use]
pub fn changes_text(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let mut parts = Vec::new();
        for (id, why) in &change.left {
            parts.push(match why {
                Some(why) => format!("{id} leaves ({why})"),
                None => format!("{id} leaves"),
            });
        }
        parts.extend(change.joined.iter().map(|id| format!("{id} joins")));
        for (session, before, now) in &change.moved {
            let none = "no date".to_owned();
            let (before, now) = (before.as_ref().unwrap_or(&none), now.as_ref().unwrap_or(&none));
            parts.push(format!("session {session} from {before} to {now}"));
        }
        let _ = writeln!(text, "changed {}: {}", change.dispute, parts.join("; "));
    }
    text
}
