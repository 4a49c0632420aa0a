//! What makes a panel a panel: A1, A4, A5 and A8 for any set of mediators.

use crate::format::Role;

use super::eligible::Eligibility;
use super::facts::{Dispute, Facts};

/// Who chairs a set of members: an error when nobody may, nothing when there is no chair.
pub(super) fn chair(dispute: &Dispute<'_>, members: &[usize]) -> Result<Option<usize>, ()> {
    let role = |m: usize, role: Role| dispute.required.contains(&(m, Some(role)));
    let named: Vec<usize> = members.iter().copied().filter(|&m| role(m, Role::Chair)).collect();
    if !dispute.chair {
        return if named.is_empty() { Ok(None) } else { Err(()) };
    }
    match named.as_slice() {
        [one] if !role(*one, Role::Member) => Ok(Some(*one)),
        [] => members
            .iter()
            .copied()
            .filter(|&m| !role(m, Role::Member))
            .max_by_key(|&m| (dispute.fit.get(m).copied(), std::cmp::Reverse(m)))
            .map(Some)
            .ok_or(()),
        _ => Err(()),
    }
}

/// What A4 misses in a set of members.
pub(super) fn uncovered(
    facts: &Facts<'_>,
    dispute: &Dispute<'_>,
    members: &[usize],
) -> Option<String> {
    for (language, &wanted) in dispute.doc.panel.languages.iter() {
        let speakers = members.iter().filter(|&&m| facts.speaks(m, language)).count();
        if (speakers as u64) < u64::from(wanted) {
            return Some(format!("{speakers} of {wanted} members speak `{language}`"));
        }
    }
    for (subject, least) in dispute.doc.panel.expertise.iter() {
        let reaches = |m: usize| {
            let own = facts.mediators.get(m).and_then(|d| d.expertise.get(subject));
            own.copied().unwrap_or_default() >= *least
        };
        if !members.iter().any(|&m| reaches(m)) {
            return Some(format!("no member has the expertise asked for in `{subject}`"));
        }
    }
    None
}

/// Why two mediators may not sit together (A5).
pub(super) fn clash(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    index: usize,
    a: usize,
    b: usize,
) -> Option<String> {
    if let Some(rule) = eligibility.clash(index, a, b) {
        let id = facts.rules.rules.get(rule).map(|r| r.id.as_str()).unwrap_or_default();
        return Some(format!("a finding of rule `{id}` stands between them"));
    }
    let dispute = facts.disputes.get(index)?;
    if dispute.doc.panel.distinct_nationalities != Some(true) {
        return None;
    }
    let nationals = |m: usize| {
        facts.actor_of.get(m).map(|&a| facts.nationals(a, &[facts.as_of])).unwrap_or_default()
    };
    let (left, right) = (nationals(a), nationals(b));
    let state = left.intersection(&right).next()?;
    Some(format!("both are nationals of `{state}`"))
}

/// Whether a set of members makes a panel, eligibility and A5 apart.
pub(super) fn stands(facts: &Facts<'_>, dispute: &Dispute<'_>, members: &[usize]) -> bool {
    members.len() == dispute.size
        && dispute.required.iter().all(|(m, _)| members.contains(m))
        && chair(dispute, members).is_ok()
        && uncovered(facts, dispute, members).is_none()
}
