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
        ("not-scored", scored && !dispute.scored.get(mediator).copied().unwrap_or(false)),
    ];
    found.into_iter().filter(|(_, hit)| *hit).map(|(code, _)| code.to_owned()).collect()
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
