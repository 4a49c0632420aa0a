//! The objective, from panels and sessions alone (D4).

use crate::format::SolutionDoc;

use super::answer::Answer;
use super::facts::{Facts, clamp};
use super::verdict::Findings;

/// The tiers, and the terms by name in the order of format.md.
pub(super) fn value(facts: &Facts<'_>, answer: &Answer) -> ([i64; 3], Vec<(String, i64)>) {
    let (mut panels, mut sessions, mut fit, mut points) = (0_i128, 0_i128, 0_i128, 0_i128);
    let mut loads = vec![0_i128; facts.mediators.len()];
    for (d, dispute) in facts.disputes.iter().enumerate() {
        let panel = answer.panels.get(d).and_then(Option::as_ref);
        let members = panel.map(super::answer::Panel::members).unwrap_or_default();
        if panel.is_some() {
            panels += i128::from(dispute.priority);
        }
        if answer.served(d) {
            sessions += i128::from(dispute.priority);
        }
        for &m in &members {
            fit += i128::from(facts.seat(dispute, m));
            if let Some(load) = loads.get_mut(m) {
                *load += 1;
            }
        }
        let dates = answer.dates.get(d).into_iter().flatten();
        for (session, date) in dispute.sessions.iter().zip(dates) {
            let Some(date) = date else { continue };
            let mut people = session.people.clone();
            people.extend(members.iter().filter_map(|&m| facts.actor_of.get(m)));
            people.sort_unstable();
            people.dedup();
            for actor in people {
                points += i128::from(facts.attendance(actor, session, date.start).points);
            }
        }
    }
    let pairs: i128 = loads.iter().map(|load| load * (load - 1) / 2).sum();
    let burden = -i128::from(facts.w_burden) * points;
    let balance = -i128::from(facts.w_balance) * pairs;
    let million = 1_000_000;
    let tiers = [clamp(million * panels), clamp(million * sessions), clamp(fit + burden + balance)];
    let terms = [
        ("panels", tiers[0]),
        ("sessions", tiers[1]),
        ("fit", clamp(fit)),
        ("burden", clamp(burden)),
        ("balance", clamp(balance)),
    ];
    (tiers, terms.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// D4: what the solution says against what was computed.
pub(super) fn check(
    doc: &SolutionDoc,
    tiers: [i64; 3],
    terms: &[(String, i64)],
    found: &mut Findings,
) {
    if doc.objective.tiers != tiers {
        let message = format!("the tiers are {}, {} and {}", tiers[0], tiers[1], tiers[2]);
        found.add("D4", None, "/objective/tiers", message);
    }
    for (name, value) in terms {
        if doc.objective.terms.get(name) != Some(value) {
            let message = format!("the term `{name}` is {value}");
            found.add("D4", None, format!("/objective/terms/{name}"), message);
        }
    }
    if doc.objective.terms.0.len() != terms.len() {
        let message = format!("{} terms are expected", terms.len());
        found.add("D4", None, "/objective/terms", message);
    }
}
