//! An earlier solution as the plan to keep to (docs/model.md, term `disruption`).
//!
//! * `keep_to` tells what of a solution concerns an instance; `recall` has answers of the instance keep to it.
//! * **Invariant**: the earlier solution may answer another version of the instance: what this one does not know is
//!   left out, and nothing of it has to be possible any more.

use std::collections::BTreeMap;

use crate::domain::{DisputeIx, Former, Instance, MediatorIx};
use crate::format::{FromDoc, FromPanelDoc, FromSessionDoc, SolutionDoc};
use crate::time::{Zone, parse_instant};

/// What of a solution concerns an instance; `digest` is that of the solution. Starts that cannot be read are left out.
#[must_use]
pub fn keep_to(instance: &Instance, solution: &SolutionDoc, digest: String) -> FromDoc {
    let disputes = disputes(instance);
    let panels = solution.assignments.iter().filter(|p| disputes.contains_key(p.dispute.as_str()));
    let sessions = solution.sessions.iter();
    let sessions = sessions.filter(|s| disputes.contains_key(s.dispute.as_str()));
    FromDoc {
        digest,
        panels: panels
            .map(|panel| FromPanelDoc {
                dispute: panel.dispute.clone(),
                mediators: panel.panel.iter().map(|seat| seat.mediator.clone()).collect(),
            })
            .collect(),
        sessions: sessions
            .filter_map(|session| {
                Some(FromSessionDoc {
                    dispute: session.dispute.clone(),
                    session: session.session.clone(),
                    // INVARIANT: on a whole minute, so that nobody who reads it has to round.
                    start: Zone::utc_rfc3339(parse_instant(&session.start).ok()?),
                })
            })
            .collect(),
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
