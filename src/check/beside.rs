//! What stands between two mediators who would share a panel.
//!
//! * Takes facts and graph, gives for every two mediators the rules that find something between
//!   them, from whichever of the two the path starts.
//! * The rules belong to no dispute, so the searches are made once: their test dates are those of
//!   all disputes. What a finding means is a matter of each dispute.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::Severity;

use super::consent::{Consent, Standing};
use super::facts::Facts;
use super::graph::Graph;
use super::paths::Query;

/// Findings between mediators.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    /// Every test date of the docket.
    pub(super) tests: Vec<i64>,
    /// By two mediators, the earlier in the roster first: the rules, and whether they find
    /// something without confidential relations.
    found: BTreeMap<(usize, usize), BTreeMap<usize, bool>>,
}

impl Beside {
    /// Searches from every mediator to every other.
    pub(super) fn new(facts: &Facts<'_>, graph: &Graph<'_>) -> Self {
        let tests: BTreeSet<i64> =
            facts.disputes.iter().flat_map(|d| d.tests.iter().copied()).collect();
        let mut beside = Beside { tests: tests.into_iter().collect(), found: BTreeMap::new() };
        let nothing = BTreeSet::new();
        for (r, rule) in facts.profile.rules.iter().enumerate() {
            if !rule.between() || !rule.by_path() || rule.severity < Severity::Orange {
                continue;
            }
            let query = |secret| Query {
                steps: &rule.steps,
                together: rule.together,
                tests: &beside.tests,
                secret,
                without: &nothing,
            };
            for (m, &actor) in facts.actor_of.iter().enumerate() {
                let ends = BTreeSet::from([actor]);
                let any = graph.sources(&query(true), &ends);
                let hits: Vec<usize> = (0..facts.mediators.len())
                    .filter(|&x| x != m && any.get(facts.actor_of[x]) == Some(&true))
                    .collect();
                if hits.is_empty() {
                    continue;
                }
                let open = if graph.secrets { graph.sources(&query(false), &ends) } else { any };
                for other in hits {
                    let seen = open.get(facts.actor_of[other]) == Some(&true);
                    let rules = beside.found.entry((m.min(other), m.max(other))).or_default();
                    *rules.entry(r).or_default() |= seen;
                }
            }
        }
        beside
    }

    /// The findings of orange or above between two mediators in a dispute.
    pub(super) fn findings(
        &self,
        facts: &Facts<'_>,
        consent: &Consent,
        d: usize,
        (a, b): (usize, usize),
    ) -> Vec<(usize, Severity, Standing)> {
        let rules = self.found.get(&(a.min(b), a.max(b)));
        let judged = rules.into_iter().flatten().filter_map(|(&r, &open)| {
            let (severity, standing) = consent.standing(facts, d, &[a, b], r)?;
            Some((r, severity, if open { standing } else { Standing::Hidden }))
        });
        judged.collect()
    }

    /// By dispute: every two mediators who may not sit together in it.
    pub(super) fn apart(
        &self,
        facts: &Facts<'_>,
        consent: &Consent,
    ) -> Vec<BTreeSet<(usize, usize)>> {
        let barred = |d: usize| {
            let two = self.found.keys().copied();
            let bars = |two: &(usize, usize)| {
                self.findings(facts, consent, d, *two).iter().any(|x| x.2.bars())
            };
            two.filter(bars).collect()
        };
        (0..facts.disputes.len()).map(barred).collect()
    }
}
