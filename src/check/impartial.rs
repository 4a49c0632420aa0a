//! Impartiality by itself: every breach of A2, A5 and A6 that comes of ties, with its witness.

use std::collections::BTreeSet;

use crate::format::{InstanceDoc, NationalityPolicy, Role, Severity, SolutionDoc, WitnessStepDoc};

use super::answer::Answer;
use super::batch::{self, Evidence};
use super::consent::Standing;
use super::eligible::{self, Eligibility, NATIONALITY};
use super::facts::{Dispute, Facts};
use super::graph::Graph;
use super::panels;
use super::paths::Query;
use super::reasons::{OWN_CAUSE, UNKNOWN};
use super::ties;
use super::verdict::Findings;

/// A member of a panel who should not sit on it, or not beside another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breach {
    /// The dispute.
    pub dispute: String,
    /// The member.
    pub mediator: String,
    /// The other member, for a tie between two of one panel, or to one side.
    pub other: Option<String>,
    /// Id of the rule, or `own-cause`, `nationality-unknown`, `undisclosable`, `nationality` (of
    /// a national whom no rule has found), `distinct-nationalities`, or where members are tied to
    /// sides `majority-neutral`, `one-per-side`, and `tied-chair`.
    pub code: String,
    /// How serious it is, where a rule says so.
    pub severity: Option<Severity>,
    /// A shortest path, confidential relations included; empty where there is none.
    pub path: Vec<WitnessStepDoc>,
    /// The party, counsel or State to which a count, or a nationality, leads.
    pub target: Option<String>,
    /// How many a rule that counts has counted, those of this batch included.
    pub count: Option<u32>,
    /// The related dispute or past case.
    pub case: Option<String>,
}

/// Every breach of impartiality in the panels of a solution: by dispute, then by seat.
///
/// Nothing but panels is read of the solution, so that any tool's answer can be judged.
///
/// ```
/// use comity::check::impartiality;
/// use comity::format::{read_instance, read_solution};
///
/// let instance = br#"{
///     "schema": "comity.instance/1", "id": "river", "as_of": "2026-03-02",
///     "horizon": { "start": "2026-03-02T00:00:00Z", "end": "2026-03-03T00:00:00Z" },
///     "states": [{ "id": "CH" }, { "id": "FR" }, { "id": "BR" }],
///     "mediators": [{ "id": "una", "nationalities": ["FR", "CH"] }],
///     "disputes": [{
///         "id": "delta", "class": "state-state", "panel": { "size": 1 },
///         "parties": [{ "id": "north", "actor": "FR" }, { "id": "south", "actor": "BR" }]
///     }]
/// }"#;
/// let solution = br#"{
///     "schema": "comity.solution/1", "instance": { "id": "river", "digest": "" },
///     "status": "feasible", "objective": { "tiers": [], "terms": {} },
///     "assignments": [{
///         "dispute": "delta", "panel": [{ "mediator": "una", "role": "member" }]
///     }],
///     "sessions": [], "unserved": [],
///     "run": { "version": "", "solver": "", "tzdb": "", "seed": 0, "gap": 0,
///              "nodes": 0, "plans": 0, "elapsed_ms": 0 }
/// }"#;
/// let instance = read_instance(instance).expect("an instance");
/// let solution = read_solution(solution).expect("a solution");
/// let breaches = impartiality(&instance, &solution);
/// assert_eq!(breaches.len(), 1);
/// assert_eq!((&*breaches[0].mediator, &*breaches[0].code), ("una", "nationality"));
/// assert_eq!(breaches[0].path[0].to, "FR");
/// ```
#[must_use]
pub fn impartiality(instance: &InstanceDoc, solution: &SolutionDoc) -> Vec<Breach> {
    let facts = Facts::new(instance);
    let graph = Graph::new(&facts);
    let law = Eligibility::new(&facts, &graph);
    let answer = Answer::new(&facts, solution, &mut Findings::default());
    let batch = batch::seats(&facts, &answer);
    let mut all = Vec::new();
    for (d, (dispute, panel)) in facts.disputes.iter().zip(&answer.panels).enumerate() {
        let Some(panel) = panel else { continue };
        let members = panel.members();
        for (i, &(_, m, role)) in panel.seats.iter().enumerate() {
            let seats = batch.get(m).map(Vec::as_slice).unwrap_or_default();
            let court = Court { facts: &facts, graph: &graph, law: &law, dispute, d, m, seats };
            all.extend(court.alone());
            all.extend(court.in_batch());
            all.extend(members[..i].iter().flat_map(|&other| court.beside(other)));
            all.extend(court.tied(&members, i, role));
        }
    }
    all
}

struct Court<'c, 'a> {
    facts: &'c Facts<'a>,
    graph: &'c Graph<'a>,
    law: &'c Eligibility,
    dispute: &'c Dispute<'a>,
    d: usize,
    m: usize,
    seats: &'c [usize],
}

impl Court<'_, '_> {
    fn name(&self, m: usize) -> String {
        self.facts.mediators.get(m).map(|x| x.id.clone()).unwrap_or_default()
    }

    fn breach(&self, code: &str) -> Breach {
        Breach {
            dispute: self.dispute.doc.id.clone(),
            mediator: self.name(self.m),
            code: code.to_owned(),
            ..Breach::default()
        }
    }

    fn walk(&self, r: usize, from: usize, ends: &BTreeSet<usize>) -> Vec<WitnessStepDoc> {
        let (Some(rule), nothing) = (self.facts.profile.rules.get(r), BTreeSet::new()) else {
            return Vec::new();
        };
        let tests = if rule.between() { &self.law.beside.tests } else { &self.dispute.tests };
        let without = if rule.between() {
            &nothing
        } else {
            self.law.consent.left_out(self.facts, self.d, self.m, rule)
        };
        let mut query =
            Query { steps: &rule.steps, together: rule.together, tests, secret: true, without };
        let walk = self.graph.shortest(&query, from, ends).or_else(|| {
            // WHY: what rests on a confidential relation bars, even where another is waived.
            query.without = &nothing;
            self.graph.shortest(&query, from, ends)
        });
        walk.map(|walk| self.graph.describe(&walk)).unwrap_or_default()
    }

    fn with(&self, breach: Breach, r: usize) -> Breach {
        let place = (self.d, self.m, r);
        match batch::evidence(self.facts, self.law, place, self.seats, true) {
            Some(Evidence::Count(most, ends)) => {
                let end = ends.first().and_then(|&x| self.graph.names.get(x));
                let target = end.map(|&id| id.to_owned());
                Breach { target, count: Some(most), ..breach }
            }
            Some(Evidence::Cases(cases)) => Breach { case: cases.first().cloned(), ..breach },
            None => breach,
        }
    }

    /// A2: what bars the member whoever else sits.
    fn alone(&self) -> Vec<Breach> {
        let Some(pair) = self.law.pair(self.d, self.m) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for code in [OWN_CAUSE, UNKNOWN] {
            if pair.reasons.contains(code) {
                all.push(self.breach(code));
            }
        }
        let actor = self.facts.actor_of.get(self.m).copied().unwrap_or(usize::MAX);
        for (&r, &(severity, standing)) in pair.findings.iter().filter(|(_, x)| x.1.bars()) {
            let Some(rule) = self.facts.profile.rules.get(r) else {
                continue;
            };
            let hidden = standing == Standing::Hidden;
            let code = if hidden { "undisclosable" } else { rule.id.as_str() };
            let ends = eligible::targets(self.facts, self.d, rule.to);
            let path = if rule.by_path() { self.walk(r, actor, &ends) } else { Vec::new() };
            let breach = Breach { severity: Some(severity), path, ..self.breach(code) };
            all.push(self.with(breach, r));
        }
        if pair.reasons.contains(NATIONALITY) && !all.iter().any(|b| b.code == NATIONALITY) {
            let parties = self.dispute.parties.iter().copied();
            let state = ties::national(self.facts, self.dispute, parties, self.m);
            all.push(Breach { target: state.map(str::to_owned), ..self.breach(NATIONALITY) });
        }
        all
    }

    /// A6: what her other disputes of this batch create.
    fn in_batch(&self) -> Vec<Breach> {
        let created = batch::created(self.facts, self.law, (self.d, self.m), self.seats);
        let judged = created.into_iter().filter_map(|(r, _)| {
            let rule = self.facts.profile.rules.get(r)?;
            let (severity, _) = self.law.consent.standing(self.facts, self.d, &[self.m], r)?;
            Some(self.with(Breach { severity: Some(severity), ..self.breach(&rule.id) }, r))
        });
        judged.collect()
    }

    /// A5: what stands between her and another member.
    fn beside(&self, other: usize) -> Vec<Breach> {
        let name = Some(self.name(other));
        let (facts, consent) = (self.facts, &self.law.consent);
        let ends = |m: usize| facts.actor_of.get(m).copied().unwrap_or(usize::MAX);
        let mut all = Vec::new();
        for (r, severity, standing) in
            self.law.beside.findings(facts, consent, self.d, (self.m, other))
        {
            let Some(rule) = facts.profile.rules.get(r).filter(|_| standing.bars()) else {
                continue;
            };
            let mut path = self.walk(r, ends(self.m), &BTreeSet::from([ends(other)]));
            if path.is_empty() {
                path = self.walk(r, ends(other), &BTreeSet::from([ends(self.m)]));
            }
            let hidden = standing == Standing::Hidden;
            let code = if hidden { "undisclosable" } else { rule.id.as_str() };
            let severity = Some(severity);
            all.push(Breach { other: name.clone(), severity, path, ..self.breach(code) });
        }
        if let Some(state) = panels::shared_nationality(facts, self.d, self.m, other) {
            let target = Some(state.to_owned());
            all.push(Breach { other: name, target, ..self.breach("distinct-nationalities") });
        }
        all
    }

    /// A5 and A1: ties to sides that the nationality policy does not allow.
    fn tied(&self, members: &[usize], place: usize, role: Role) -> Vec<Breach> {
        let Some(sides) = self.law.tied(self.d, self.m) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        if role == Role::Chair {
            all.push(self.breach("tied-chair"));
        }
        let shares = |other: &&usize| {
            let theirs = self.law.tied(self.d, **other);
            theirs.is_some_and(|theirs| !theirs.is_disjoint(sides))
        };
        if self.dispute.policy == NationalityPolicy::OnePerSide {
            let other = members[..place].iter().find(shares).map(|&other| self.name(other));
            if other.is_some() || self.dispute.size == 1 {
                all.push(Breach { other, ..self.breach("one-per-side") });
            }
        } else if panels::too_tied(self.facts, self.law, self.d, members).is_some() {
            all.push(self.breach("majority-neutral"));
        }
        all
    }
}
