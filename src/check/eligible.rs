//! Who may sit where: every pair of dispute and mediator, and every two mediators.
//!
//! * Takes facts and graph, gives for each pair the codes of format.md's table, the orange rules
//!   to be disclosed, and for each dispute which two mediators may not sit together.
//! * One search backward from the targets of each (rule, dispute), so all mediators at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{RuleDoc, Severity, Target};

use super::clock;
use super::facts::Facts;
use super::paths::Graph;

const OWN_CAUSE: &str = "own-cause";
const UNKNOWN: &str = "nationality-unknown";
const UNDISCLOSABLE: &str = "undisclosable";
/// The code of a mediator whom `locks.forbid` names.
pub(super) const FORBIDDEN: &str = "forbidden";

/// What was found about one pair.
#[derive(Debug, Clone, Default)]
pub(super) struct Pair {
    /// Codes of the reasons why the mediator is not eligible.
    pub(super) reasons: BTreeSet<String>,
    /// Orange rules that are to be disclosed, by index.
    pub(super) orange: BTreeSet<usize>,
    /// Orange rules that match through confidential relations alone, by index.
    pub(super) hidden: BTreeSet<usize>,
}

/// Findings of all pairs.
#[derive(Debug, Clone)]
pub(super) struct Eligibility {
    /// By dispute, then by mediator.
    pub(super) pairs: Vec<Vec<Pair>>,
    /// By dispute, then by mediator: mediators with whom she may not sit, and the rule.
    together: Vec<Vec<BTreeMap<usize, usize>>>,
}

impl Eligibility {
    /// Screens every pair.
    pub(super) fn new(facts: &Facts<'_>, graph: &Graph<'_>) -> Self {
        let mut all = Eligibility { pairs: Vec::new(), together: Vec::new() };
        // WHY: unless a rule asks for test dates, who may sit together is the same everywhere.
        let dated = co_rules(facts).any(|(_, rule)| asks_test_dates(rule));
        for d in 0..facts.disputes.len() {
            all.pairs.push(screen(facts, graph, d));
            let shared = all.together.first().filter(|_| !dated).cloned();
            all.together.push(shared.unwrap_or_else(|| clashes(facts, graph, d)));
        }
        all
    }

    /// The finding of a pair.
    pub(super) fn pair(&self, dispute: usize, mediator: usize) -> Option<&Pair> {
        self.pairs.get(dispute)?.get(mediator)
    }

    /// Whether a mediator may sit in a dispute.
    pub(super) fn eligible(&self, dispute: usize, mediator: usize) -> bool {
        self.pair(dispute, mediator).is_some_and(|p| p.reasons.is_empty())
    }

    /// The rule that keeps two mediators off one panel, by index.
    pub(super) fn clash(&self, dispute: usize, a: usize, b: usize) -> Option<usize> {
        let all = self.together.get(dispute)?;
        let one = |x: usize, y: usize| all.get(x).and_then(|m| m.get(&y)).copied();
        one(a, b).or_else(|| one(b, a))
    }
}

fn co_rules<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (usize, &'f RuleDoc)> {
    facts
        .rules
        .rules
        .iter()
        .enumerate()
        .filter(|(_, r)| r.to == Target::CoPanellist && r.severity >= Severity::Orange)
}

fn asks_test_dates(rule: &RuleDoc) -> bool {
    rule.path.iter().flat_map(|s| &s.any).any(|p| p.when == Some(crate::format::When::TestDates))
}

/// The targets of a rule in a dispute.
pub(super) fn targets(facts: &Facts<'_>, dispute: usize, to: Target) -> BTreeSet<usize> {
    let Some(d) = facts.disputes.get(dispute) else {
        return BTreeSet::new();
    };
    let list = match to {
        Target::Party => &d.parties,
        Target::Counsel => &d.counsel,
        Target::Representative => &d.representatives,
        Target::CoPanellist => &facts.actor_of,
        Target::Expert | Target::ThirdState | Target::Dispute | Target::Institution => {
            return BTreeSet::new();
        }
    };
    list.iter().copied().collect()
}

fn screen(facts: &Facts<'_>, graph: &Graph<'_>, index: usize) -> Vec<Pair> {
    let dispute = &facts.disputes[index];
    let mut row: Vec<Pair> = (0..facts.mediators.len()).map(|m| plain(facts, index, m)).collect();
    for (r, rule) in facts.rules.rules.iter().enumerate() {
        if rule.to == Target::CoPanellist || rule.severity < Severity::Orange {
            continue;
        }
        let ends = targets(facts, index, rule.to);
        let orange = rule.severity == Severity::Orange;
        let (any, open): (Vec<bool>, Vec<bool>) = if rule.count.is_some() {
            let hits = count(facts, rule, &ends);
            (hits.clone(), hits)
        } else {
            let any = graph.sources(&rule.path, &ends, &dispute.tests, true);
            let open = if orange {
                graph.sources(&rule.path, &ends, &dispute.tests, false)
            } else {
                Vec::new()
            };
            (any, open)
        };
        for (pair, &actor) in row.iter_mut().zip(&facts.actor_of) {
            let hit = |list: &[bool]| list.get(actor).copied().unwrap_or(false);
            if !hit(&any) {
                continue;
            }
            if !orange {
                pair.reasons.insert(rule.id.clone());
            } else if hit(&open) {
                pair.orange.insert(r);
            } else {
                pair.hidden.insert(r);
                pair.reasons.insert(UNDISCLOSABLE.to_owned());
            }
        }
    }
    row
}

/// The reasons that no rule of the profile gives.
fn plain(facts: &Facts<'_>, dispute: usize, mediator: usize) -> Pair {
    let d = &facts.disputes[dispute];
    let m = facts.mediators[mediator];
    let actor = facts.actor_of[mediator];
    let admits = |panel: &str| {
        facts.doc.panels.iter().any(|p| p.id == panel && p.admits.contains(&d.doc.class))
    };
    let valid = |from: &Option<String>, to: &Option<String>| {
        from.as_deref().and_then(clock::day).is_none_or(|day| day <= facts.as_of)
            && to.as_deref().and_then(clock::day).is_none_or(|day| facts.as_of <= day)
    };
    let found = [
        (
            OWN_CAUSE,
            [&d.parties, &d.counsel, &d.representatives].iter().any(|l| l.contains(&actor)),
        ),
        (UNKNOWN, m.nationalities.is_empty()),
        (
            "panel",
            !facts.doc.panels.is_empty()
                && !m.designations.iter().any(|x| valid(&x.from, &x.to) && admits(&x.panel)),
        ),
        (
            "language",
            !d.doc.languages.is_empty()
                && !d.doc.languages.iter().any(|l| facts.speaks(mediator, l)),
        ),
        (
            "strike",
            d.doc
                .parties
                .iter()
                .filter_map(|p| p.ballot.as_ref())
                .any(|ballot| ballot.strikes.contains(&m.id)),
        ),
        (FORBIDDEN, d.forbidden.contains(&mediator)),
        (
            "not-scored",
            facts.doc.policy.as_ref().and_then(|p| p.candidates)
                == Some(crate::format::Candidates::Scored)
                && !d.scored.get(mediator).copied().unwrap_or(false),
        ),
    ];
    let reasons =
        found.into_iter().filter(|(_, hit)| *hit).map(|(code, _)| code.to_owned()).collect();
    Pair { reasons, ..Pair::default() }
}

/// By actor: whether appointments by one target reach the rule's number.
fn count(facts: &Facts<'_>, rule: &RuleDoc, ends: &BTreeSet<usize>) -> Vec<bool> {
    let mut hits = vec![false; facts.actors.len()];
    let Some(limit) = &rule.count else {
        return hits;
    };
    let since = clock::years_before(facts.as_of, limit.years);
    for &end in ends {
        let Some(id) = facts.actors.get(end) else {
            continue;
        };
        let mut tally: BTreeMap<usize, u32> = BTreeMap::new();
        for a in &facts.doc.appointments {
            let counts = match rule.to {
                Target::Party => a.by == *id,
                Target::Counsel => a.counsel.iter().any(|c| c == id),
                _ => false,
            };
            let dated = clock::day(&a.date).is_some_and(|d| since <= d && d <= facts.as_of);
            if let Some(&m) = facts.mediator_ix.get(a.mediator.as_str())
                && counts
                && dated
            {
                *tally.entry(m).or_default() += 1;
            }
        }
        for (m, times) in tally {
            let actor = facts.actor_of[m];
            if times >= limit.at_least && actor != end {
                hits[actor] = true;
            }
        }
    }
    hits
}

fn clashes(facts: &Facts<'_>, graph: &Graph<'_>, dispute: usize) -> Vec<BTreeMap<usize, usize>> {
    let tests = facts.disputes.get(dispute).map(|d| d.tests.as_slice()).unwrap_or_default();
    let mut found = vec![BTreeMap::new(); facts.mediators.len()];
    for (r, rule) in co_rules(facts).filter(|(_, rule)| rule.count.is_none()) {
        for (m, &actor) in facts.actor_of.iter().enumerate() {
            let ends = BTreeSet::from([actor]);
            let reached = graph.sources(&rule.path, &ends, tests, true);
            for (other, &start) in facts.actor_of.iter().enumerate() {
                if other != m && reached.get(start).copied().unwrap_or(false) {
                    found[other].entry(m).or_insert(r);
                }
            }
        }
    }
    found
}
