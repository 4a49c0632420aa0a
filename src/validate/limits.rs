//! Limits that keep later arithmetic inside 64 bits.
//!
//! * `lists`: how long lists may be, so that dense indices fit and sums of counts stay small.
//! * `magnitude`: the greatest sum that an objective, its bound in nano-units and the efforts can
//!   reach; computed in 128 bits from the numbers of the document.

use super::at::At;
use super::codes;
use super::context::Context;
use super::policy::MOST_COST;
use crate::domain::{Dispute, Mediator, Policy};

const MOST_ENTRIES: usize = 10_000_000;
const MOST_DISPUTES: usize = 1_000_000;
const MOST_PARTIES: usize = 100;
const MOST_SESSIONS: usize = 200;

/// Whether every list is short enough; notes those that are not.
pub(super) fn lists(cx: &mut Context<'_>) -> bool {
    let doc = cx.doc;
    let root = At::ROOT;
    let actors =
        doc.states.len() + doc.organisations.len() + doc.people.len() + doc.mediators.len();
    let mut sound = true;
    for (key, length, most) in [
        ("mediators", actors, MOST_ENTRIES),
        ("relations", doc.relations.len(), MOST_ENTRIES),
        ("appointments", doc.appointments.len(), MOST_ENTRIES),
        ("disputes", doc.disputes.len(), MOST_DISPUTES),
        ("waivers", doc.waivers.len(), MOST_ENTRIES),
        ("overrides", doc.overrides.len(), MOST_ENTRIES),
    ] {
        sound &= list(cx, length, most, &root.key(key));
    }
    let disputes = root.key("disputes");
    for (index, dispute) in doc.disputes.iter().enumerate() {
        let at = disputes.item(index);
        sound &= list(cx, dispute.parties.len(), MOST_PARTIES, &at.key("parties"));
        sound &= list(cx, dispute.sessions.len(), MOST_SESSIONS, &at.key("sessions"));
    }
    sound
}

fn list(cx: &mut Context<'_>, length: usize, most: usize, at: &At<'_>) -> bool {
    if length > most {
        cx.error(
            codes::TOO_LARGE,
            at,
            format!("{length} entries are more than this version takes"),
            format!("write at most {most}, or split the docket"),
        );
    }
    length <= most
}

/// Notes when weights and lengths are so large that the objective could overflow.
pub(super) fn magnitude(
    cx: &mut Context<'_>,
    policy: &Policy,
    mediators: &[Mediator],
    disputes: &[Dispute],
) {
    let slot = i128::from(cx.slot.unwrap_or(30));
    let points = i128::from(2 * MOST_COST);
    let weights = policy.weights;
    let mut total: i128 = 0;
    let mut seats: i128 = 0;
    for dispute in disputes {
        let size = dispute.panel.size as i128;
        seats += size;
        total += 1_000_000 * i128::from(dispute.priority) + size * i128::from(weights.fit);
        for session in &dispute.sessions {
            let people = size + session.attendees.len() as i128;
            total +=
                i128::from(weights.burden) * points * people * i128::from(session.slots) * slot;
        }
    }
    let most_cases = mediators.iter().map(|m| m.cases.unwrap_or(u32::MAX)).max().unwrap_or(0);
    let load = i128::from(most_cases).min(disputes.len() as i128);
    total += i128::from(weights.balance) * seats * load / 2;
    // The factor 1000 is that of nano-units; a quarter leaves room for the sums of prices.
    if total * 1000 > i128::from(i64::MAX / 4) {
        let root = At::ROOT;
        cx.error(
            codes::TOO_LARGE,
            &root.key("disputes"),
            "the objective of this docket could grow beyond 64 bits",
            "use smaller weights, or split the docket",
        );
    }
}
