//! Keys that this version reads but does not enforce: refused when they are used.
//!
//! WHY: an answer that ignored a rule in silence would look as if it kept it.

use super::at::At;
use super::context::Context;
use crate::format::{AppointmentMode, Mechanism, PolicyDoc};

/// The mechanisms that go by rankings.
const BY_RANKING: [Mechanism; 3] =
    [Mechanism::StrikeAndRank, Mechanism::ListProcedure, Mechanism::Shortlisting];

/// Notes every use of a key that is not enforced yet.
pub(super) fn report(cx: &mut Context<'_>) {
    let doc = cx.doc;
    let root = At::ROOT;
    if let Some(doc) = &doc.policy {
        policy(cx, doc, &root.key("policy"));
    }
    let mechanism = doc.policy.as_ref().and_then(|policy| policy.mechanism);
    let ranks = mechanism.is_some_and(|mechanism| BY_RANKING.contains(&mechanism));
    let disputes = root.key("disputes");
    for (index, dispute) in doc.disputes.iter().enumerate() {
        let at = disputes.item(index);
        if let Some(AppointmentMode::List | AppointmentMode::Lot) = dispute.panel.mode {
            let what = "a `mode` other than `institution` and `party-agreed`";
            cx.not_enforced(&at.key("panel").key("mode"), what);
        }
        for (index, party) in dispute.parties.iter().enumerate() {
            if !ranks && party.ballot.as_ref().is_some_and(|ballot| !ballot.ranking.is_empty()) {
                let parties = at.key("parties");
                let at = parties.item(index);
                let what = "a ranking under a `mechanism` that goes by none";
                cx.not_enforced(&at.key("ballot").key("ranking"), what);
            }
        }
    }
}

fn policy(cx: &mut Context<'_>, doc: &PolicyDoc, at: &At<'_>) {
    if let Some(weights) = &doc.weights {
        let at = at.key("weights");
        for (key, weight) in [("ballots", weights.ballots), ("cost", weights.cost)] {
            if weight.is_some_and(|weight| weight.micro() != 0) {
                cx.not_enforced(&at.key(key), &format!("the weight `{key}`"));
            }
        }
    }
}
