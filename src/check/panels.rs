//! What makes a panel a panel: A1, A4, A5 and A8 for any set of mediators.

use crate::format::{NationalityPolicy, Role};

use super::desk::Desk;
use super::eligible::Eligibility;
use super::facts::{Dispute, Facts};
use super::ties;

/// Who chairs a set of members: an error when nobody may, nothing when there is no chair.
pub(super) fn chair(
    eligibility: &Eligibility,
    dispute: &Dispute<'_>,
    index: usize,
    members: &[usize],
) -> Result<Option<usize>, ()> {
    let role = |m: usize, role: Role| dispute.required.contains(&(m, Some(role)));
    let named: Vec<usize> = members.iter().copied().filter(|&m| role(m, Role::Chair)).collect();
    if !dispute.chair {
        return if named.is_empty() { Ok(None) } else { Err(()) };
    }
    let may = |m: usize| !role(m, Role::Member) && eligibility.tied(index, m).is_none();
    match named.as_slice() {
        [one] if may(*one) => Ok(Some(*one)),
        [] => members
            .iter()
            .copied()
            .filter(|&m| may(m))
            .max_by_key(|&m| (dispute.fit(m), std::cmp::Reverse(m)))
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

/// Every reason why two mediators may not sit together (A5).
pub(super) fn clash(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    index: usize,
    a: usize,
    b: usize,
) -> Vec<String> {
    let findings = eligibility.beside.findings(facts, &eligibility.consent, index, (a, b));
    let mut reasons: Vec<String> = findings
        .into_iter()
        .filter(|(_, _, standing)| standing.bars())
        .filter_map(|(rule, ..)| facts.profile.rules.get(rule))
        .map(|rule| format!("a finding of rule `{}` stands between them", rule.id))
        .collect();
    reasons.extend(
        shared_nationality(facts, index, a, b).map(|s| format!("both are nationals of `{s}`")),
    );
    reasons
}

/// A State of which both are nationals, where the dispute asks for distinct nationalities.
pub(super) fn shared_nationality<'a>(
    facts: &Facts<'a>,
    index: usize,
    a: usize,
    b: usize,
) -> Option<&'a str> {
    let panel = &facts.disputes.get(index)?.doc.panel;
    if panel.distinct_nationalities != Some(true) {
        return None;
    }
    let nationals = |m: usize| {
        facts.actor_of.get(m).map(|&a| facts.nationals(a, &[facts.as_of])).unwrap_or_default()
    };
    nationals(a).intersection(&nationals(b)).next().copied()
}

/// Why so many members may not be tied to sides (A5); what holds for some holds for fewer.
pub(super) fn too_tied(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    index: usize,
    members: &[usize],
) -> Option<String> {
    let dispute = facts.disputes.get(index).filter(|d| ties::limits(d.policy))?;
    let tied: Vec<_> = members.iter().filter_map(|&m| eligibility.tied(index, m)).collect();
    if dispute.policy == NationalityPolicy::MajorityNeutral {
        let too_many = 2 * tied.len() >= dispute.size && !tied.is_empty();
        return too_many.then(|| format!("{} members are tied to sides", tied.len()));
    }
    if dispute.size == 1 && !tied.is_empty() {
        return Some("a sole mediator is tied to a side".to_owned());
    }
    let crowded = (0..dispute.sides.len())
        .find(|side| tied.iter().filter(|sides| sides.contains(side)).count() > 1)?;
    let side = dispute.sides.get(crowded).map(|s| s.0).unwrap_or_default();
    Some(format!("more than one member is tied to side `{side}`"))
}

/// Whether somebody may take one of the seats that are left beside some members: nothing keeps her from one of them, and
/// those to come can still meet what A4 asks.
pub(super) fn may_join(
    desk: &Desk<'_, '_>,
    index: usize,
    members: &(impl Iterator<Item = usize> + Clone),
    new: usize,
    left: usize,
) -> bool {
    let covers = desk.needs.get(index).into_iter().flatten().all(|need| {
        let meets = |m: usize| usize::from(need.met.get(m).copied().unwrap_or(false));
        let met: usize = members.clone().map(meets).sum();
        met + meets(new) + left > need.count
    });
    let crowds = || {
        let facts = desk.facts;
        facts.disputes.get(index).is_some_and(|dispute| ties::limits(dispute.policy)) && {
            let members: Vec<usize> = members.clone().chain([new]).collect();
            too_tied(facts, desk.eligibility, index, &members).is_some()
        }
    };
    covers && !crowds() && !members.clone().any(|m| desk.clash(index, m, new))
}

/// Whether a set of members makes a panel, eligibility and findings between two of them apart.
pub(super) fn stands(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    index: usize,
    members: &[usize],
) -> bool {
    facts.disputes.get(index).is_some_and(|dispute| {
        members.len() == dispute.size
            && dispute.required.iter().all(|(m, _)| members.contains(m))
            && chair(eligibility, dispute, index, members).is_ok()
            && uncovered(facts, dispute, members).is_none()
            && too_tied(facts, eligibility, index, members).is_none()
    })
}
