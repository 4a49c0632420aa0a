//! What sides, parties and people bear over the sessions of a dispute (D8), and what the worse-off
//! side does.

use crate::format::{Pairs, SolutionDoc};

use super::answer::Answer;
use super::facts::{Dispute, Facts, Session};
use super::verdict::Findings;

/// What a side bears in a session that starts at a minute: the most of any of its people.
pub(super) fn of_side(
    facts: &Facts<'_>,
    dispute: &Dispute<'_>,
    session: &Session<'_>,
    side: &str,
    start: i64,
) -> i64 {
    let people = side_people(dispute, session, side);
    people.into_iter().map(|a| facts.attendance(a, session, start).points).max().unwrap_or(0)
}

/// The people of a side who attend a session.
pub(super) fn side_people(dispute: &Dispute<'_>, session: &Session<'_>, side: &str) -> Vec<usize> {
    let stands = |party: &str| {
        let doc = dispute.doc.parties.iter().find(|p| p.id == party);
        doc.is_some_and(|p| p.side.as_deref().unwrap_or(&p.id) == side)
    };
    let parties = session.parties.iter().filter(|(party, _)| stands(party));
    parties.flat_map(|(_, people)| people.iter().copied()).collect()
}

/// What each side bears over all sessions that have a date, by name.
fn sides<'a>(facts: &Facts<'a>, answer: &Answer, d: usize) -> Vec<(&'a str, i64)> {
    let Some(dispute) = facts.disputes.get(d) else { return Vec::new() };
    let dates = || answer.dates.get(d).into_iter().flatten();
    let sum = |side: &str| {
        let held = dispute.sessions.iter().zip(dates()).filter_map(|(s, date)| Some((s, (*date)?)));
        held.fold(0_i64, |sum, (session, date)| {
            sum.saturating_add(of_side(facts, dispute, session, side, date.start))
        })
    };
    dispute.sides.iter().map(|(side, _)| (*side, sum(side))).collect()
}

/// What the worse-off side of a dispute bears.
pub(super) fn worse(facts: &Facts<'_>, answer: &Answer, d: usize) -> i64 {
    sides(facts, answer, d).into_iter().map(|(_, points)| points).max().unwrap_or(0)
}

/// D8: an entry for each dispute whose sessions have dates, in the order of the instance.
pub(super) fn check(facts: &Facts<'_>, doc: &SolutionDoc, answer: &Answer, found: &mut Findings) {
    let mut entries = doc.burdens.iter().enumerate().peekable();
    for (d, dispute) in facts.disputes.iter().enumerate() {
        if dispute.sessions.is_empty() || !answer.served(d) {
            continue;
        }
        let id = dispute.doc.id.as_str();
        let Some((at, entry)) = entries.next_if(|(_, entry)| entry.dispute == id) else {
            let message = "the burden of this dispute is missing, or out of order";
            found.add("D8", Some(id), "/burdens", message);
            continue;
        };
        let mut differ = |key: &str, own: &[(String, i64)], told: &Pairs<i64>| {
            let same = own.len() == told.0.len()
                && own.iter().zip(told.iter()).all(|((a, b), (c, d))| a == c && b == d);
            if !same {
                let list: Vec<String> = own.iter().map(|(k, v)| format!("{k} {v}")).collect();
                let message = format!("{key} bear {}", list.join(", "));
                found.add("D8", Some(id), format!("/burdens/{at}/{key}"), message);
            }
        };
        let named = |list: Vec<(&str, i64)>| -> Vec<(String, i64)> {
            list.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
        };
        differ("sides", &named(sides(facts, answer, d)), &entry.sides);
        differ("parties", &parties(facts, answer, d), &entry.parties);
        differ("people", &people(facts, answer, d), &entry.people);
    }
    if let Some((at, _)) = entries.next() {
        found.add("D8", None, format!("/burdens/{at}"), "this dispute has no sessions with dates");
    }
}

/// By party: the sum over its people.
fn parties(facts: &Facts<'_>, answer: &Answer, d: usize) -> Vec<(String, i64)> {
    let Some(dispute) = facts.disputes.get(d) else { return Vec::new() };
    let dates = || answer.dates.get(d).into_iter().flatten();
    let sum = |party: &str| {
        let held = dispute.sessions.iter().zip(dates()).filter_map(|(s, date)| Some((s, (*date)?)));
        held.fold(0_i64, |sum, (session, date)| {
            let own = session.parties.iter().filter(|(id, _)| *id == party);
            let points = own.flat_map(|(_, people)| people);
            points.fold(sum, |sum, actor| {
                sum.saturating_add(facts.attendance(*actor, session, date.start).points)
            })
        })
    };
    dispute.doc.parties.iter().map(|p| (p.id.clone(), sum(&p.id))).collect()
}

/// By person, in the order of the parties and of the people in the instance.
fn people(facts: &Facts<'_>, answer: &Answer, d: usize) -> Vec<(String, i64)> {
    let Some(dispute) = facts.disputes.get(d) else { return Vec::new() };
    let dates = || answer.dates.get(d).into_iter().flatten();
    let mut order: Vec<usize> = Vec::new();
    for party in &dispute.doc.parties {
        let mut own: Vec<usize> = Vec::new();
        for session in &dispute.sessions {
            let attends = session.parties.iter().filter(|(id, _)| *id == party.id);
            own.extend(attends.flat_map(|(_, people)| people.iter().copied()));
        }
        own.sort_unstable();
        own.dedup();
        own.retain(|actor| !order.contains(actor));
        order.extend(own);
    }
    let sum = |actor: usize| {
        let held = dispute.sessions.iter().zip(dates()).filter_map(|(s, date)| Some((s, (*date)?)));
        held.filter(|(session, _)| session.people.contains(&actor)).fold(0_i64, |sum, (s, date)| {
            sum.saturating_add(facts.attendance(actor, s, date.start).points)
        })
    };
    let name = |actor: usize| facts.actors.get(actor).copied().unwrap_or_default().to_owned();
    order.into_iter().map(|actor| (name(actor), sum(actor))).collect()
}
