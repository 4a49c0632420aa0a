//! An earlier solution as the plan to keep to (docs/model.md, term `disruption`).
//!
//! * `keep_to` tells what of a solution concerns an instance; `recall` has answers of the instance keep to it.
//! * **Invariant**: the earlier solution may answer another version of the instance: what this one does not know is
//!   left out, and nothing of it has to be possible any more.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, quote};
use crate::domain::{DisputeIx, Former, Instance, MediatorIx};
use crate::format::{FromDoc, FromPanelDoc, FromSessionDoc, SolutionDoc};
use crate::time::{Zone, parse_instant};

/// What of a solution concerns an instance; `digest` is that of the solution.
///
/// # Errors
/// Every start that is no instant. Disputes, sessions and mediators that the instance does not know are no error: it
/// may be a later version.
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
                sessions.push(FromSessionDoc {
                    dispute: session.dispute.clone(),
                    session: session.session.clone(),
                    start: Zone::utc_rfc3339(start),
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
    if findings.is_empty() {
        Ok(FromDoc { digest, panels: panels.collect(), sessions })
    } else {
        Err(findings)
    }
}

/// Has answers of an instance keep to an earlier plan.
pub(super) fn recall(instance: &mut Instance, from: &FromDoc) {
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
            former[dispute.ix()].starts[at] = parse_instant(&session.start).ok();
        }
    }
    instance.recall(former);
}

fn disputes(instance: &Instance) -> BTreeMap<&str, DisputeIx> {
    instance.dispute_indices().map(|d| (instance.dispute_name(d), d)).collect()
}
