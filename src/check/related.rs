//! Rules about related disputes: in which other disputes and past cases a mediator may not be.
//!
//! * Takes facts and graph, gives for each rule which two disputes it ties, and which past cases
//!   of a mediator it finds.

use std::collections::{BTreeMap, BTreeSet};

use super::clock;
use super::counts::{leads, past};
use super::facts::Facts;
use super::graph::Graph;

/// What the rules that pair disputes find.
#[derive(Debug, Clone, Default)]
pub(super) struct Related {
    /// Rule, dispute, and the other dispute in which sitting makes a finding in the first.
    ties: BTreeSet<(usize, usize, usize)>,
    /// By rule, dispute and mediator: the cases of past appointments that make a finding.
    past: BTreeMap<(usize, usize, usize), BTreeSet<String>>,
}

impl Related {
    /// Looks at every two related disputes, and at every past appointment.
    pub(super) fn new(facts: &Facts<'_>, graph: &Graph<'_>) -> Self {
        let mut all = Related::default();
        let pairs = || facts.profile.rules.iter().enumerate().filter(|(_, r)| !r.between());
        if pairs().all(|(_, rule)| rule.pair.is_none()) {
            return all;
        }
        let (beside, past) = (beside(facts, graph), past(facts));
        for (r, rule) in pairs() {
            let Some(pair) = &rule.pair else { continue };
            let since = clock::years_before(facts.as_of, pair.years);
            for (d, dispute) in facts.disputes.iter().enumerate() {
                let Some(near) = beside.get(&dispute.node) else {
                    continue;
                };
                let shares = pair.shares_party == Some(true);
                let ends = dispute.parties.iter().copied().collect();
                let found = if shares { leads(graph, rule, &ends, true) } else { Vec::new() };
                let leads_here = |x: &usize| !shares || found.get(*x).copied().unwrap_or(false);
                let ties = |e: &usize| {
                    let other = &facts.disputes[*e];
                    near.contains(&other.node) && (!shares || other.parties.iter().any(leads_here))
                };
                let tied: Vec<usize> = (0..facts.disputes.len()).filter(ties).collect();
                all.ties.extend(tied.iter().map(|&e| (r, d, e)));
                for a in past.iter().filter(|a| since <= a.day && a.day <= facts.as_of) {
                    let Some((name, node)) =
                        a.case.and_then(|name| Some((name, graph.cases.get(name)?)))
                    else {
                        continue;
                    };
                    let hit = near.contains(node)
                        && match facts.dispute_ix.get(name) {
                            Some(e) => tied.contains(e),
                            None => !shares || a.parties.iter().chain(&a.by).any(leads_here),
                        };
                    if hit {
                        let key = (r, d, a.mediator);
                        all.past.entry(key).or_default().insert(name.to_owned());
                    }
                }
            }
        }
        all
    }

    /// Whether sitting in one dispute makes a finding of a rule in another.
    pub(super) fn ties(&self, r: usize, d: usize, other: usize) -> bool {
        self.ties.contains(&(r, d, other))
    }

    /// The past cases that make a finding of a rule about a mediator in a dispute.
    pub(super) fn past(&self, r: usize, d: usize, m: usize) -> Option<&BTreeSet<String>> {
        self.past.get(&(r, d, m))
    }
}

/// By node: the disputes and past cases that are related to it, whichever names the other.
fn beside(facts: &Facts<'_>, graph: &Graph<'_>) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut all: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for d in &facts.disputes {
        for &other in d.doc.related.iter().filter_map(|id| graph.cases.get(id.as_str())) {
            if other != d.node {
                all.entry(d.node).or_default().insert(other);
                all.entry(other).or_default().insert(d.node);
            }
        }
    }
    all
}
