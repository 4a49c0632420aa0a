//! Nationality: who is a national of a party, who is tied to a side, and what follows.
//!
//! * Takes facts, graph and counts; gives for each dispute whose policy limits ties the sides to
//!   which each mediator is tied.

use std::collections::BTreeSet;

use crate::format::{NationalityPolicy, Severity};

use super::consent::Consent;
use super::counts::Counts;
use super::eligible::targets;
use super::facts::{Dispute, Facts};
use super::graph::Graph;
use super::paths::Query;

/// By plain sets: a State whose nationality the mediator shares with one of these parties, be the
/// party that State or a national of it, on the test dates.
pub(super) fn national<'a>(
    facts: &Facts<'a>,
    dispute: &Dispute<'_>,
    parties: impl IntoIterator<Item = usize>,
    mediator: usize,
) -> Option<&'a str> {
    let mine = facts.nationals(*facts.actor_of.get(mediator)?, &dispute.tests);
    let mut theirs: BTreeSet<&str> = BTreeSet::new();
    for party in parties {
        theirs.extend(facts.nationals(party, &dispute.tests));
        theirs.extend(facts.actors.get(party).filter(|id| facts.states.contains_key(*id)));
    }
    mine.into_iter().find(|state| theirs.contains(state))
}

/// Whether a policy looks at who is tied to a side.
pub(super) fn limits(policy: NationalityPolicy) -> bool {
    matches!(policy, NationalityPolicy::MajorityNeutral | NationalityPolicy::OnePerSide)
}

/// By mediator: the sides of a dispute to which she is tied; empty where the policy does not ask.
pub(super) fn sides(
    facts: &Facts<'_>,
    graph: &Graph<'_>,
    consent: &Consent,
    counts: &Counts,
    d: usize,
) -> Vec<BTreeSet<usize>> {
    let Some(dispute) = facts.disputes.get(d).filter(|x| limits(x.policy)) else {
        return Vec::new();
    };
    let mut tied = vec![BTreeSet::new(); facts.mediators.len()];
    for (s, (_, actors)) in dispute.sides.iter().enumerate() {
        for (m, own) in tied.iter_mut().enumerate() {
            if national(facts, dispute, actors.iter().copied(), m).is_some() {
                own.insert(s);
            }
        }
        for (r, rule) in facts.profile.rules.iter().enumerate() {
            if !rule.governed || rule.between() || rule.severity <= Severity::Orange {
                continue;
            }
            let ends: BTreeSet<usize> =
                targets(facts, d, rule.to).intersection(actors).copied().collect();
            let found = rule.by_path().then(|| found(facts, graph, d, r, &ends));
            for (m, own) in tied.iter_mut().enumerate() {
                let actor = facts.actor_of[m];
                let hit = match (&found, &rule.count) {
                    (Some(found), _) => {
                        found.get(actor) == Some(&true)
                            && stands(facts, graph, consent, (d, m, r), &ends)
                    }
                    (None, Some(count)) => counts
                        .of(facts, r, d, m)
                        .iter()
                        .any(|(end, tally)| ends.contains(end) && tally.of(m) >= count.at_least),
                    (None, None) => false,
                };
                if hit {
                    own.insert(s);
                }
            }
        }
    }
    tied
}

fn found(
    facts: &Facts<'_>,
    graph: &Graph<'_>,
    d: usize,
    r: usize,
    ends: &BTreeSet<usize>,
) -> Vec<bool> {
    let (rule, nothing) = (&facts.profile.rules[r], BTreeSet::new());
    let query = Query {
        steps: &rule.steps,
        together: rule.together,
        tests: &facts.disputes[d].tests,
        secret: true,
        without: &nothing,
    };
    graph.sources(&query, ends)
}

/// Whether a finding stands without the relations that are waived for the pair.
fn stands(
    facts: &Facts<'_>,
    graph: &Graph<'_>,
    consent: &Consent,
    (d, m, r): (usize, usize, usize),
    ends: &BTreeSet<usize>,
) -> bool {
    let rule = &facts.profile.rules[r];
    let without = consent.left_out(facts, d, m, rule);
    let query = Query {
        steps: &rule.steps,
        together: rule.together,
        tests: &facts.disputes[d].tests,
        secret: true,
        without,
    };
    without.is_empty() || graph.shortest(&query, facts.actor_of[m], ends).is_some()
}
