//! An earlier solution as the plan to keep to (docs/model.md, "Disruption").
//!
//! * `keep_to` tells what of a solution concerns an instance; `recall` has answers of the instance keep to it.
//! * **Invariant**: the earlier solution may answer another version of the instance: what this one does not know is
//!   left out, and nothing of it has to be possible any more.

use crate::domain::{DisputeIx, Former, Instance, MediatorIx};
use crate::format::{FromDoc, FromPanelDoc, FromSessionDoc, SolutionDoc};
use crate::time::parse_instant;

/// What of a solution concerns an instance; `digest` is that of the solution.
#[must_use]
pub fn keep_to(instance: &Instance, solution: &SolutionDoc, digest: String) -> FromDoc {
    let known = |id: &str| dispute(instance, id).is_some();
    let panels = solution.assignments.iter().filter(|panel| known(&panel.dispute));
    let sessions = solution.sessions.iter().filter(|session| known(&session.dispute));
    FromDoc {
        digest,
        panels: panels
            .map(|panel| FromPanelDoc {
                dispute: panel.dispute.clone(),
                mediators: panel.panel.iter().map(|seat| seat.mediator.clone()).collect(),
            })
            .collect(),
        sessions: sessions
            .map(|session| FromSessionDoc {
                dispute: session.dispute.clone(),
                session: session.session.clone(),
                start: session.start.clone(),
            })
            .collect(),
    }
}

/// Has answers of an instance keep to an earlier plan.
pub(super) fn recall(instance: &mut Instance, from: &FromDoc) {
    let disputes = instance.dispute_indices();
    let mut former: Vec<Former> = disputes
        .map(|d| Former { panel: None, starts: vec![None; instance.dispute(d).sessions.len()] })
        .collect();
    for panel in &from.panels {
        if let Some(dispute) = dispute(instance, &panel.dispute) {
            let known = panel.mediators.iter().filter_map(|id| mediator(instance, id));
            former[dispute.ix()].panel = Some(known.collect());
        }
    }
    for session in &from.sessions {
        let Some(dispute) = dispute(instance, &session.dispute) else { continue };
        let sessions = &instance.dispute(dispute).sessions;
        if let Some(at) = sessions.iter().position(|known| known.id == session.session) {
            former[dispute.ix()].starts[at] = parse_instant(&session.start).ok();
        }
    }
    instance.recall(former);
}

fn dispute(instance: &Instance, id: &str) -> Option<DisputeIx> {
    instance.dispute_indices().find(|d| instance.dispute_name(*d) == id)
}

fn mediator(instance: &Instance, id: &str) -> Option<MediatorIx> {
    instance.mediator_indices().find(|m| instance.mediator_name(*m) == id)
}
