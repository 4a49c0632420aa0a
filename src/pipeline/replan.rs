//! An earlier solution as the plan to keep to (docs/model.md, term `disruption`).
//!
//! * `keep_to` tells what of a solution concerns an instance; `recall` has answers of the instance keep to it.
//! * **Invariant**: the earlier solution may answer another version of the instance: what this one does not know is
//!   left out, and nothing of it has to be possible any more.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, quote};
use crate::domain::{DisputeIx, Former, Instance, MediatorIx};
use crate::format::{FromDoc, FromPanelDoc, FromSessionDoc, SolutionDoc};
use crate::time::{Instant, Zone, parse_instant};

/// What of a solution concerns an instance; `digest` is that of the solution.
///
/// # Errors
/// Every start that is no instant, and every one before `as_of` that is not on the grid of the instance. Disputes,
/// sessions and mediators that the instance does not know are no error: it may be a later version.
pub fn keep_to(
    instance: &Instance,
    solution: &SolutionDoc,
    digest: String,
) -> Result<FromDoc, Vec<Diagnostic>> {
    let disputes = disputes(instance);
    let panels = solution.assignments.iter().filter(|p| disputes.contains_key(p.dispute.as_str()));
    let panels = panels.map(|panel| FromPanelDoc {
        dispute: panel.dispute.clone(),
        mediators: panel.panel.iter().map(|seat| seat.mediator.clone()).collect(),
    });
    let (mut sessions, mut findings) = (Vec::new(), Vec::new());
    for (position, session) in solution.sessions.iter().enumerate() {
        match parse_instant(&session.start) {
            Ok(start) if disputes.contains_key(session.dispute.as_str()) => {
                let dispute = disputes[session.dispute.as_str()];
                let at = format!("/sessions/{position}/start");
                let names = (&*session.session, &*session.dispute);
                findings.extend(out_of_sight(instance, dispute, names, (start, at)));
                sessions.push(FromSessionDoc {
                    dispute: session.dispute.clone(),
                    session: session.session.clone(),
                    start: Zone::utc_rfc3339(start),
                    held: start < instance.today(),
                });
            }
            Ok(_) => {}
            Err(why) => {
                let message = format!("{} is no start of a session", quote(&session.start));
                let at = format!("/sessions/{position}/start");
                findings.push(Diagnostic::error("bad-start", at, message).help(why));
            }
        }
    }
    // What had been held when the earlier solution was made is still so, also of disputes that it left without dates.
    let before = solution.from.iter().flat_map(|from| &from.sessions).enumerate();
    for (position, held) in before.filter(|(_, session)| session.held) {
        let is_told = sessions
            .iter()
            .any(|told| (&told.dispute, &told.session) == (&held.dispute, &held.session));
        let start = parse_instant(&held.start).ok().filter(|start| *start < instance.today());
        let known = disputes.get(held.dispute.as_str()).zip(start).filter(|_| !is_told);
        if let Some((dispute, start)) = known {
            let at = format!("/from/sessions/{position}/start");
            let names = (&*held.session, &*held.dispute);
            findings.extend(out_of_sight(instance, *dispute, names, (start, at)));
            sessions.push(held.clone());
        }
    }
    if findings.is_empty() {
        Ok(FromDoc { digest, panels: panels.collect(), sessions })
    } else {
        Err(findings)
    }
}

/// A finding where an earlier session has been held at a time that the instance has no slots for: it could only be
/// planned once more.
fn out_of_sight(
    instance: &Instance,
    dispute: DisputeIx,
    (session, name): (&str, &str),
    (start, at): (Instant, String),
) -> Option<Diagnostic> {
    let id = quote(session);
    let mut sessions = instance.dispute(dispute).sessions.iter();
    let session = sessions.find(|known| known.id == session)?;
    let grid = instance.grid();
    let is_on = |slot: u32| slot + session.slots <= grid.slots();
    if start >= instance.today() || grid.slot_at(start).is_some_and(is_on) {
        return None;
    }
    let name = quote(name);
    let message = format!("session {id} of {name} was held outside the horizon, or off its slots");
    let help =
        "let the horizon of the instance begin before it, or leave the session out of the dispute";
    Some(Diagnostic::error("bad-start", at, message).help(help))
}

/// Has answers of an instance keep to an earlier plan; what it had before `as_of` has been held, if so asked.
pub(super) fn recall(instance: &mut Instance, from: &FromDoc, holds: bool) {
    let all = instance.dispute_indices();
    let mut former: Vec<Former> = all
        .map(|d| Former { panel: None, starts: vec![None; instance.dispute(d).sessions.len()] })
        .collect();
    let disputes = disputes(instance);
    let mediators: BTreeMap<&str, MediatorIx> =
        instance.mediator_indices().map(|m| (instance.mediator_name(m), m)).collect();
    for panel in &from.panels {
        if let Some(dispute) = disputes.get(panel.dispute.as_str()) {
            let known = panel.mediators.iter().filter_map(|id| mediators.get(id.as_str()));
            former[dispute.ix()].panel = Some(known.copied().collect());
        }
    }
    for session in &from.sessions {
        let Some(dispute) = disputes.get(session.dispute.as_str()) else { continue };
        let sessions = &instance.dispute(*dispute).sessions;
        if let Some(at) = sessions.iter().position(|known| known.id == session.session) {
            // The first entry of a session counts.
            let known = &mut former[dispute.ix()].starts[at];
            *known = known.or(parse_instant(&session.start).ok());
        }
    }
    instance.recall(former, holds);
}

fn disputes(instance: &Instance) -> BTreeMap<&str, DisputeIx> {
    instance.dispute_indices().map(|d| (instance.dispute_name(d), d)).collect()
}
