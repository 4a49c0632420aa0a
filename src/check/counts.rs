//! Rules that count: appointments, relations, and the disputes of this very batch.
//!
//! * Takes facts and graph, gives for each rule and target a [`Tally`]: who leads to the target,
//!   how often each mediator counts already, and in which disputes sitting would count.
//! * One search (two where something is confidential) for each rule and target of the docket.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{AppointedBy, CountDoc, Target};

use super::clock;
use super::eligible::targets;
use super::facts::Facts;
use super::graph::Graph;
use super::paths::Query;
use super::rules::Rule;

/// The count of a rule for one target.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// By mediator, the batch apart.
    pub(super) past: Vec<u32>,
    /// The same without confidential relations.
    pub(super) open: Vec<u32>,
    /// By dispute: whether sitting there counts.
    pub(super) sitting: Vec<bool>,
}

impl Tally {
    /// The past count of a mediator.
    pub(super) fn of(&self, m: usize) -> u32 {
        self.past.get(m).copied().unwrap_or(0)
    }

    /// Her count with the other disputes of the batch in which she sits.
    pub(super) fn with(&self, m: usize, d: usize, seats: &[usize], secret: bool) -> u32 {
        let past = if secret { &self.past } else { &self.open };
        let counts = |e: &&usize| **e != d && self.sitting.get(**e).copied().unwrap_or(false);
        let batch = seats.iter().filter(counts).count() as u32;
        past.get(m).copied().unwrap_or(0).saturating_add(batch)
    }
}

/// A past appointment as the checker reads it.
#[derive(Debug)]
pub(super) struct Past<'a> {
    pub(super) mediator: usize,
    pub(super) day: i64,
    pub(super) by: Option<usize>,
    pub(super) parties: Vec<usize>,
    counsel: Vec<usize>,
    pub(super) case: Option<&'a str>,
}

/// The past appointments whose mediator and date can be read.
pub(super) fn past<'a>(facts: &Facts<'a>) -> Vec<Past<'a>> {
    let actors = |ids: &[String]| ids.iter().filter_map(|id| facts.actor(id)).collect();
    let read = facts.doc.appointments.iter().filter_map(|a| {
        Some(Past {
            mediator: *facts.mediator_ix.get(a.mediator.as_str())?,
            day: clock::day(&a.date)?,
            by: facts.actor(&a.by),
            parties: actors(&a.parties),
            counsel: actors(&a.counsel),
            case: a.case.as_deref(),
        })
    });
    read.collect()
}

/// The tallies of all rules that count.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    /// By rule, then by target.
    tallies: BTreeMap<usize, BTreeMap<usize, Tally>>,
}

impl Counts {
    /// Counts for every target of the docket.
    pub(super) fn new(facts: &Facts<'_>, graph: &Graph<'_>) -> Self {
        let past = past(facts);
        let mut counts = Counts::default();
        for (r, rule) in facts.profile.rules.iter().enumerate() {
            let Some(count) = rule.count.as_ref().filter(|_| !rule.between()) else {
                continue;
            };
            let ends: BTreeSet<usize> =
                (0..facts.disputes.len()).flat_map(|d| targets(facts, d, rule.to)).collect();
            let tally = |&end: &usize| (end, tally(facts, graph, rule, count, &past, end));
            counts.tallies.insert(r, ends.iter().map(tally).collect());
        }
        counts
    }

    /// The tallies of a rule for the targets in a dispute, the mediator herself left out.
    pub(super) fn of<'s>(
        &'s self,
        facts: &Facts<'_>,
        r: usize,
        d: usize,
        m: usize,
    ) -> Vec<(usize, &'s Tally)> {
        let Some((rule, all)) = facts.profile.rules.get(r).zip(self.tallies.get(&r)) else {
            return Vec::new();
        };
        let mut ends = targets(facts, d, rule.to);
        ends.retain(|end| facts.actor_of.get(m) != Some(end));
        ends.into_iter().filter_map(|end| Some((end, all.get(&end)?))).collect()
    }

    /// All targets of a rule with their tallies.
    pub(super) fn targets(&self, r: usize) -> impl Iterator<Item = (usize, &Tally)> {
        self.tallies.get(&r).into_iter().flatten().map(|(end, tally)| (*end, tally))
    }
}

/// By node: whether it leads to a target.
pub(super) fn leads(
    graph: &Graph<'_>,
    rule: &Rule,
    ends: &BTreeSet<usize>,
    secret: bool,
) -> Vec<bool> {
    let tests = [graph.as_of];
    let nothing = BTreeSet::new();
    let query = Query {
        steps: &rule.steps,
        together: rule.together,
        tests: &tests,
        secret,
        without: &nothing,
    };
    let mut found = graph.sources(&query, ends);
    if rule.steps.iter().all(|step| step.skip) {
        for &end in ends {
            found.get_mut(end).into_iter().for_each(|x| *x = true);
        }
    }
    found
}

fn tally(
    facts: &Facts<'_>,
    graph: &Graph<'_>,
    rule: &Rule,
    count: &CountDoc,
    past: &[Past<'_>],
    end: usize,
) -> Tally {
    let ends = BTreeSet::from([end]);
    let found = leads(graph, rule, &ends, true);
    let leads_there = |x: &usize| found.get(*x).copied().unwrap_or(false);
    let since = clock::years_before(facts.as_of, count.years);
    let mut tally = Tally {
        past: vec![0; facts.mediators.len()],
        open: Vec::new(),
        sitting: vec![false; facts.disputes.len()],
    };
    if count.relation.is_some() {
        tally.past = relations(facts, graph, count, since, &found, true);
        tally.open = if graph.secrets {
            let found = leads(graph, rule, &ends, false);
            relations(facts, graph, count, since, &found, false)
        } else {
            tally.past.clone()
        };
        return tally;
    }
    let anyone = count.appointed_by == Some(AppointedBy::Anyone);
    for a in past.iter().filter(|a| since <= a.day && a.day <= facts.as_of) {
        let counts = match rule.to {
            Target::Party => {
                a.by.as_ref().is_some_and(leads_there)
                    || (anyone && a.parties.iter().any(leads_there))
            }
            Target::Counsel => a.counsel.iter().any(leads_there),
            _ => false,
        };
        if let Some(n) = tally.past.get_mut(a.mediator).filter(|_| counts) {
            *n += 1;
        }
    }
    tally.open.clone_from(&tally.past);
    for (sitting, d) in tally.sitting.iter_mut().zip(&facts.disputes) {
        *sitting = (anyone || d.agreed)
            && match rule.to {
                Target::Party => d.parties.iter().any(leads_there),
                Target::Counsel => d.counsel.iter().any(leads_there),
                _ => false,
            };
    }
    tally
}

/// By mediator: the relations of hers that match and whose other end leads to the target.
fn relations(
    facts: &Facts<'_>,
    graph: &Graph<'_>,
    count: &CountDoc,
    since: i64,
    leads: &[bool],
    secret: bool,
) -> Vec<u32> {
    let Some(pattern) = &count.relation else {
        return Vec::new();
    };
    let matching = |&actor: &usize| {
        let own = graph.incident(actor, false).filter(|&(index, backward)| {
            let edge = &graph.edges[index];
            let other = if backward { edge.from } else { edge.to };
            (secret || !edge.confidential)
                && leads.get(other).copied().unwrap_or(false)
                && edge.holds(since, facts.as_of)
                && graph.alike(pattern, edge, backward)
        });
        own.count() as u32
    };
    facts.actor_of.iter().map(matching).collect()
}
