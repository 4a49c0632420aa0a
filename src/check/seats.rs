//! Rules about panels: A1 to A6, A8, G1, and what the solution says of its seats (D7).

use std::collections::BTreeSet;

use crate::format::{AssignmentDoc, Role, SolutionDoc};

use super::answer::{Answer, Panel};
use super::batch;
use super::disclose;
use super::eligible::Eligibility;
use super::facts::{Dispute, Facts};
use super::graph::Graph;
use super::panels;
use super::reasons::FORBIDDEN;
use super::verdict::Findings;

/// What the rules about panels are judged by.
pub(super) struct Bench<'f, 'a> {
    pub(super) facts: &'f Facts<'a>,
    pub(super) graph: &'f Graph<'a>,
    pub(super) eligibility: &'f Eligibility,
    /// By mediator, the disputes in which she sits.
    pub(super) batch: Vec<Vec<usize>>,
}

/// Judges every panel.
pub(super) fn check(
    bench: &Bench<'_, '_>,
    doc: &SolutionDoc,
    answer: &Answer,
    found: &mut Findings,
) {
    let facts = bench.facts;
    for (d, dispute) in facts.disputes.iter().enumerate() {
        let Some(panel) = answer.panels.get(d).and_then(Option::as_ref) else {
            continue;
        };
        let at = format!("/assignments/{}", panel.at);
        let id = Some(dispute.doc.id.as_str());
        if let Some(reason) = &dispute.barred {
            found.add("G1", id, at.clone(), format!("it may not be mediated: {reason}"));
        }
        let Some(assignment) = doc.assignments.get(panel.at) else {
            continue;
        };
        if panel.known {
            let roles_hold = locks(facts, dispute, panel, &at, found);
            size(bench, d, assignment, panel, &at, roles_hold, found);
            if let Some(message) = panels::too_tied(facts, bench.eligibility, d, &panel.members()) {
                found.add("A5", id, at.clone() + "/panel", message);
            }
            if let Some(message) = panels::uncovered(facts, dispute, &panel.members()) {
                found.add("A4", id, at.clone() + "/panel", message);
            }
            disclose::check(bench, d, assignment, panel, &at, found);
            reasons(bench, d, assignment, panel, &at, found);
        }
        members(bench, d, panel, &at, found);
    }
    capacity(facts, answer, found);
}

/// A8, panels: require and forbid. True when nothing is wrong with the required.
fn locks(
    facts: &Facts<'_>,
    dispute: &Dispute<'_>,
    panel: &Panel,
    at: &str,
    found: &mut Findings,
) -> bool {
    let id = Some(dispute.doc.id.as_str());
    let name = |m: usize| facts.mediators.get(m).map(|x| x.id.as_str()).unwrap_or_default();
    let mut holds = true;
    for &(m, role) in &dispute.required {
        let message = match panel.seats.iter().find(|seat| seat.1 == m) {
            None => format!("`{}` is required and does not sit", name(m)),
            Some(&(_, _, seat)) if role.is_some_and(|role| role != seat) => {
                format!("`{}` is required in the other role", name(m))
            }
            Some(_) => continue,
        };
        holds = false;
        found.add("A8", id, format!("{at}/panel"), message);
    }
    for &(j, m, _) in panel.seats.iter().filter(|seat| dispute.forbidden.contains(&seat.1)) {
        let message = format!("`{}` is forbidden and sits", name(m));
        found.add("A8", id, format!("{at}/panel/{j}"), message);
    }
    holds
}

/// A1: number of members, chair, order.
fn size(
    bench: &Bench<'_, '_>,
    d: usize,
    assignment: &AssignmentDoc,
    panel: &Panel,
    at: &str,
    roles_hold: bool,
    found: &mut Findings,
) {
    let Some(dispute) = bench.facts.disputes.get(d) else {
        return;
    };
    let id = Some(dispute.doc.id.as_str());
    let at = format!("{at}/panel");
    let named = assignment.panel.len();
    if named != dispute.size || panel.seats.len() != named {
        let message =
            format!("{} different members sit, {} are asked for", panel.seats.len(), dispute.size);
        found.add("A1", id, at, message);
        return;
    }
    let chairs: Vec<usize> =
        panel.seats.iter().filter(|s| s.2 == Role::Chair).map(|s| s.1).collect();
    let chair = panels::chair(bench.eligibility, dispute, d, &panel.members());
    if chairs.len() != usize::from(dispute.chair) {
        let message = format!("{} members chair", chairs.len());
        found.add("A1", id, at, message);
    } else if roles_hold && chair != Ok(chairs.first().copied()) {
        let message = match chair {
            Ok(_) => "another member should chair",
            Err(()) => "nobody of these members may chair",
        };
        found.add("A1", id, at, message);
    } else if !panel.seats.is_sorted_by_key(|seat| (seat.2 != Role::Chair, seat.1)) {
        found.add("A1", id, at, "the chair comes first, the others in the order of the roster");
    }
}

/// A2 and A6 of each member, A5 of each two.
fn members(bench: &Bench<'_, '_>, d: usize, panel: &Panel, at: &str, found: &mut Findings) {
    let facts = bench.facts;
    let Some(dispute) = facts.disputes.get(d) else {
        return;
    };
    let id = Some(dispute.doc.id.as_str());
    let name = |m: usize| facts.mediators.get(m).map(|x| x.id.as_str()).unwrap_or_default();
    for (i, &(j, m, _)) in panel.seats.iter().enumerate() {
        let pair = bench.eligibility.pair(d, m);
        let reasons: Vec<&str> = pair
            .into_iter()
            .flat_map(|p| p.reasons.iter().map(String::as_str))
            .filter(|code| *code != FORBIDDEN)
            .collect();
        if !reasons.is_empty() {
            let message = format!("`{}` is not eligible: {}", name(m), reasons.join(", "));
            found.add("A2", id, format!("{at}/panel/{j}"), message);
        }
        for &(_, other, _) in panel.seats.iter().take(i) {
            for reason in panels::clash(facts, bench.eligibility, d, other, m) {
                let message =
                    format!("`{}` and `{}` may not sit together: {reason}", name(other), name(m));
                found.add("A5", id, format!("{at}/panel/{j}"), message);
            }
        }
        let seats = bench.batch.get(m).map(Vec::as_slice).unwrap_or_default();
        for (r, _) in batch::created(facts, bench.eligibility, (d, m), seats) {
            let rule = facts.profile.rules.get(r).map(|rule| rule.id.as_str()).unwrap_or_default();
            let message = format!("the other disputes of `{}` make a finding of `{rule}`", name(m));
            found.add("A6", id, format!("{at}/panel/{j}"), message);
        }
    }
}

/// A3: disputes and hours of each mediator.
fn capacity(facts: &Facts<'_>, answer: &Answer, found: &mut Findings) {
    // By mediator: disputes, minutes, and the place of the last seat.
    let mut loads = vec![(0_i64, 0_i64, (0, 0)); facts.mediators.len()];
    for (dispute, panel) in facts.disputes.iter().zip(&answer.panels) {
        for &(j, m, _) in panel.iter().flat_map(|panel| &panel.seats) {
            if let Some((cases, minutes, last)) = loads.get_mut(m) {
                *cases += 1;
                *minutes = minutes.saturating_add(dispute.effort(m));
                *last = (panel.as_ref().map_or(0, |panel| panel.at), j);
            }
        }
    }
    for (m, (doc, &(cases, minutes, (at, seat)))) in facts.mediators.iter().zip(&loads).enumerate()
    {
        let last = format!("/assignments/{at}/panel/{seat}");
        let limit = doc.capacity.as_ref().and_then(|c| c.cases).map(i64::from);
        if limit.is_some_and(|limit| cases > limit) {
            let message = format!("`{}` has {cases} disputes, which is too many", doc.id);
            found.add("A3", None, last.clone(), message);
        }
        if cases > 0 && facts.hours(m).is_some_and(|limit| minutes > limit) {
            let message = format!("`{}` has {minutes} minutes of work, which is too much", doc.id);
            found.add("A3", None, last, message);
        }
    }
}

/// D7: one reason for each seat, with the right numbers.
fn reasons(
    bench: &Bench<'_, '_>,
    d: usize,
    assignment: &AssignmentDoc,
    panel: &Panel,
    at: &str,
    found: &mut Findings,
) {
    let facts = bench.facts;
    let Some(dispute) = facts.disputes.get(d) else {
        return;
    };
    let id = Some(dispute.doc.id.as_str());
    let mut open: BTreeSet<usize> = panel.members().into_iter().collect();
    for (i, reason) in assignment.reasons.iter().enumerate() {
        let pointer = format!("{at}/reasons/{i}");
        let mediator = facts.mediator_ix.get(reason.mediator.as_str()).copied();
        let Some(m) = mediator.filter(|m| open.remove(m)) else {
            let message = format!("`{}` has no seat, or two reasons", reason.mediator);
            found.add("D7", id, pointer, message);
            continue;
        };
        let fit = dispute.fit(m);
        let all = bench.eligibility.all_eligible(d);
        let better = all.filter(|&other| dispute.fit(other) > fit).count();
        if reason.fit != fit || reason.better_fits as usize != better {
            let message =
                format!("the fit is {fit}, and {better} eligible mediators have a better one");
            found.add("D7", id, pointer, message);
        }
    }
    if !open.is_empty() {
        let message = format!("{} seats have no reason", open.len());
        found.add("D7", id, format!("{at}/reasons"), message);
    }
}
