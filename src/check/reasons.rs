//! The reasons why a mediator is not eligible that no rule of the profile gives.

use std::collections::BTreeSet;

use crate::format::{Candidates, DesignationDoc, NationalityPolicy, PanelDoc};

use super::clock;
use super::facts::{Dispute, Facts};
use super::graph::{first_day, last_day};

/// A party, representative, counsel or expert in the dispute.
pub(super) const OWN_CAUSE: &str = "own-cause";
/// No nationality on record.
pub(super) const UNKNOWN: &str = "nationality-unknown";
/// Without a score, where only those who have one are candidates.
pub(super) const NOT_SCORED: &str = "not-scored";
/// Named by `locks.forbid`.
pub(super) const FORBIDDEN: &str = "forbidden";

/// The codes of a pair.
pub(super) fn plain(facts: &Facts<'_>, d: usize, mediator: usize) -> BTreeSet<String> {
    let dispute = &facts.disputes[d];
    let m = facts.mediators[mediator];
    let actor = facts.actor_of[mediator];
    let own = [&dispute.parties, &dispute.counsel, &dispute.representatives, &dispute.experts];
    let languages = &dispute.doc.languages;
    let ballots = || dispute.doc.parties.iter().filter_map(|p| p.ballot.as_ref());
    let scored = facts.doc.policy.as_ref().and_then(|p| p.candidates) == Some(Candidates::Scored);
    let found = [
        (OWN_CAUSE, own.iter().any(|list| list.contains(&actor))),
        (UNKNOWN, m.nationalities.is_empty() && dispute.policy != NationalityPolicy::Advisory),
        ("panel", !facts.doc.panels.is_empty() && !dispute.agreed && !listed(facts, d, mediator)),
        ("language", !languages.is_empty() && !languages.iter().any(|l| facts.speaks(mediator, l))),
        ("strike", ballots().any(|ballot| ballot.strikes.contains(&m.id))),
        (FORBIDDEN, dispute.forbidden.contains(&mediator)),
        (NOT_SCORED, scored && !dispute.scored(mediator)),
    ];
    found.into_iter().filter(|(_, hit)| *hit).map(|(code, _)| code.to_owned()).collect()
}

/// Who has a score, or stands in the dispute itself: to everyone else `plain` says that she has no
/// score and nothing more; nothing where something else is asked of everybody.
pub(super) fn named(facts: &Facts<'_>, d: usize) -> Option<BTreeSet<usize>> {
    let dispute = &facts.disputes[d];
    let scored = facts.doc.policy.as_ref().and_then(|p| p.candidates) == Some(Candidates::Scored);
    let listed = facts.doc.panels.is_empty() || dispute.agreed;
    let free = dispute.policy == NationalityPolicy::Advisory && dispute.doc.languages.is_empty();
    if !(scored && listed && free) {
        return None;
    }
    let id = |actor: &usize| facts.actors.get(*actor).copied();
    let own = [&dispute.parties, &dispute.counsel, &dispute.representatives, &dispute.experts];
    let ballots = dispute.doc.parties.iter().filter_map(|p| p.ballot.as_ref());
    let strikes = ballots.flat_map(|ballot| &ballot.strikes).map(String::as_str);
    let ids = own.into_iter().flatten().filter_map(id).chain(strikes);
    let mut named: BTreeSet<usize> =
        ids.filter_map(|id| facts.mediator_ix.get(id).copied()).collect();
    named.extend(&dispute.forbidden);
    named.extend(dispute.scored_fit.iter().map(|(m, _)| *m));
    Some(named)
}

/// Whether a designation of the mediator counts to a panel that admits the class.
fn listed(facts: &Facts<'_>, d: usize, mediator: usize) -> bool {
    let dispute = &facts.disputes[d];
    let required = dispute.required.iter().any(|(m, _)| *m == mediator);
    let admits = |panel: &&PanelDoc| panel.admits.contains(&dispute.doc.class);
    facts.mediators[mediator].designations.iter().any(|x| {
        let panel = facts.doc.panels.iter().find(|p| p.id == x.panel).filter(admits);
        panel.is_some_and(|panel| {
            let goes_on = required && panel.continue_in_office == Some(true);
            current(facts, x) || (goes_on && continues(facts, dispute, x))
        })
    })
}

fn current(facts: &Facts<'_>, x: &DesignationDoc) -> bool {
    first_day(x.from.as_deref()) <= facts.as_of && facts.as_of <= last_day(x.to.as_deref())
}

/// Whether a designation has ended, but was valid when the dispute was opened.
fn continues(facts: &Facts<'_>, dispute: &Dispute<'_>, x: &DesignationDoc) -> bool {
    let (from, to) = (first_day(x.from.as_deref()), last_day(x.to.as_deref()));
    let opened = dispute.doc.opened.as_deref().and_then(clock::day);
    to < facts.as_of && opened.map_or(from <= to, |day| from <= day && day <= to)
}
