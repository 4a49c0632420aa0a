//! Impartiality by itself: every breach of A2 and A5 that comes of ties, with its witness.

use std::collections::BTreeSet;

use crate::format::{InstanceDoc, Severity, SolutionDoc, WitnessStepDoc};

use super::answer::Answer;
use super::eligible::{self, Eligibility};
use super::facts::Facts;
use super::paths::Graph;
use super::seats;
use super::verdict::Findings;

/// A member of a panel who should not sit on it, or not beside another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The dispute.
    pub dispute: String,
    /// The member.
    pub mediator: String,
    /// The other member, for a tie between two of one panel.
    pub other: Option<String>,
    /// Id of the rule, or `own-cause`, `nationality-unknown`, `undisclosable`,
    /// `distinct-nationalities`, or `shared-nationality` when no rule has seen what plain sets see.
    pub code: String,
    /// How serious it is, where a rule says so.
    pub severity: Option<Severity>,
    /// A shortest path, confidential relations included; empty where there is none.
    pub path: Vec<WitnessStepDoc>,
}

/// Every breach of impartiality in the panels of a solution: by dispute, then by seat.
#[must_use]
pub fn impartiality(instance: &InstanceDoc, solution: &SolutionDoc) -> Vec<Breach> {
    let facts = Facts::new(instance);
    let graph = Graph::new(&facts);
    let eligibility = Eligibility::new(&facts, &graph);
    let answer = Answer::new(&facts, solution, &mut Findings::default());
    let mut all = Vec::new();
    for (d, panel) in answer.panels.iter().enumerate() {
        let members = panel.as_ref().map(super::answer::Panel::members).unwrap_or_default();
        for (i, &m) in members.iter().enumerate() {
            let court = Court { facts: &facts, graph: &graph, eligibility: &eligibility, d, m };
            all.extend(court.alone());
            for &other in &members[..i] {
                all.extend(court.beside(other));
            }
        }
    }
    all
}

struct Court<'c, 'a> {
    facts: &'c Facts<'a>,
    graph: &'c Graph<'a>,
    eligibility: &'c Eligibility,
    d: usize,
    m: usize,
}

impl Court<'_, '_> {
    fn breach(&self, code: &str) -> Breach {
        let name = |m: usize| self.facts.mediators.get(m).map(|x| x.id.clone()).unwrap_or_default();
        Breach {
            dispute: self.facts.disputes.get(self.d).map(|x| x.doc.id.clone()).unwrap_or_default(),
            mediator: name(self.m),
            other: None,
            code: code.to_owned(),
            severity: None,
            path: Vec::new(),
        }
    }

    fn walk(&self, rule: usize, from: usize, ends: &BTreeSet<usize>) -> Vec<WitnessStepDoc> {
        let tests = self.facts.disputes.get(self.d).map(|x| x.tests.as_slice()).unwrap_or_default();
        let Some(rule) = self.facts.rules.rules.get(rule) else {
            return Vec::new();
        };
        self.graph
            .shortest(&rule.path, from, ends, tests, true)
            .map(|walk| self.graph.describe(self.facts, &walk))
            .unwrap_or_default()
    }

    fn alone(&self) -> Vec<Breach> {
        let Some(pair) = self.eligibility.pair(self.d, self.m) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for code in ["own-cause", "nationality-unknown"] {
            if pair.reasons.contains(code) {
                all.push(self.breach(code));
            }
        }
        let actor = self.facts.actor_of.get(self.m).copied().unwrap_or(usize::MAX);
        for (r, rule) in self.facts.rules.rules.iter().enumerate() {
            let red = rule.severity > Severity::Orange && pair.reasons.contains(&rule.id);
            if red || pair.hidden.contains(&r) {
                let code = if red { rule.id.as_str() } else { "undisclosable" };
                let ends = eligible::targets(self.facts, self.d, rule.to);
                all.push(Breach {
                    severity: Some(rule.severity),
                    path: self.walk(r, actor, &ends),
                    ..self.breach(code)
                });
            }
        }
        let dispute = self.facts.disputes.get(self.d);
        let shares = dispute.and_then(|d| seats::shared_state(self.facts, d, self.m)).is_some();
        if shares && !all.iter().any(|b| b.severity.is_some()) {
            all.push(self.breach("shared-nationality"));
        }
        all
    }

    fn beside(&self, other: usize) -> Option<Breach> {
        let name = self.facts.mediators.get(other).map(|x| x.id.clone());
        let Some(r) = self.eligibility.clash(self.d, self.m, other) else {
            super::panels::clash(self.facts, self.eligibility, self.d, self.m, other)?;
            return Some(Breach { other: name, ..self.breach("distinct-nationalities") });
        };
        let rule = self.facts.rules.rules.get(r)?;
        let actor = |m: usize| self.facts.actor_of.get(m).copied();
        let (a, b) = actor(self.m).zip(actor(other))?;
        let mut path = self.walk(r, a, &BTreeSet::from([b]));
        if path.is_empty() {
            path = self.walk(r, b, &BTreeSet::from([a]));
        }
        Some(Breach { other: name, severity: Some(rule.severity), path, ..self.breach(&rule.id) })
    }
}
