//! The conflict graph: actors, disputes and past cases, and every edge between them.
//!
//! * Takes the facts, gives the graph. Nodes are the actors in their order, then the disputes,
//!   then the past cases, so that a case may have the name of an actor.
//! * An edge from a node to itself is left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{Decimal, NodeKind, RelationKind};

use super::clock;
use super::facts::Facts;

/// An edge of the graph; the days are inclusive.
#[derive(Debug, Clone)]
pub(super) struct Edge<'a> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: RelationKind,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) significant: bool,
    pub(super) share: Option<i64>,
    pub(super) role: Option<&'a str>,
    pub(super) tags: &'a [String],
    pub(super) confidential: bool,
    /// Position in `relations`.
    pub(super) relation: Option<usize>,
}

/// The graph.
#[derive(Debug, Clone)]
pub(super) struct Graph<'a> {
    pub(super) names: Vec<&'a str>,
    pub(super) kinds: Vec<NodeKind>,
    /// Disputes and past cases by name.
    pub(super) cases: BTreeMap<&'a str, usize>,
    pub(super) edges: Vec<Edge<'a>>,
    /// Ids of `relations`, by position.
    pub(super) relations: Vec<&'a str>,
    /// Whether any edge is confidential.
    pub(super) secrets: bool,
    pub(super) as_of: i64,
    leaving: Vec<Vec<usize>>,
    entering: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    /// Builds the graph.
    pub(super) fn new(facts: &Facts<'a>) -> Self {
        let mut graph = Graph {
            names: facts.actors.clone(),
            kinds: facts.kinds.clone(),
            cases: BTreeMap::new(),
            edges: Vec::new(),
            relations: facts.doc.relations.iter().map(|r| r.id.as_str()).collect(),
            secrets: false,
            as_of: facts.as_of,
            leaving: Vec::new(),
            entering: Vec::new(),
        };
        let disputes = facts.disputes.iter().map(|d| d.doc.id.as_str());
        let past = facts.doc.appointments.iter().filter_map(|a| a.case.as_deref());
        for case in disputes.chain(past) {
            if !graph.cases.contains_key(case) {
                graph.cases.insert(case, graph.names.len());
                graph.names.push(case);
                graph.kinds.push(NodeKind::Dispute);
            }
        }
        graph.leaving = vec![Vec::new(); graph.names.len()];
        graph.entering = vec![Vec::new(); graph.names.len()];
        graph.add_relations(facts);
        graph.add_actors(facts);
        graph.add_parties(facts);
        graph.add_cases(facts);
        graph
    }

    fn add(&mut self, edge: Edge<'a>) {
        if edge.from == edge.to {
            return;
        }
        let index = self.edges.len();
        if let Some((leaving, entering)) =
            self.leaving.get_mut(edge.from).zip(self.entering.get_mut(edge.to))
        {
            leaving.push(index);
            entering.push(index);
            self.secrets |= edge.confidential;
            self.edges.push(edge);
        }
    }

    fn add_relations(&mut self, facts: &Facts<'a>) {
        for (i, r) in facts.doc.relations.iter().enumerate() {
            let to = if r.kind.runs_to_case() {
                r.case.as_deref().and_then(|id| self.cases.get(id).copied())
            } else {
                r.to.as_deref().and_then(|id| facts.actor(id))
            };
            if let Some((from, to)) = facts.actor(&r.from).zip(to) {
                self.add(Edge {
                    start: first_day(r.start.as_deref()),
                    end: last_day(r.end.as_deref()),
                    significant: r.significant.unwrap_or(false),
                    share: r.share.map(Decimal::micro),
                    role: r.role.as_deref(),
                    tags: &r.tags,
                    confidential: r.confidential.unwrap_or(false),
                    relation: Some(i),
                    ..Edge::implied(from, to, r.kind)
                });
            }
        }
    }

    /// Nationalities, designations and members.
    fn add_actors(&mut self, facts: &Facts<'a>) {
        for (actor, nationalities) in facts.nationalities.iter().enumerate() {
            for n in nationalities {
                if let Some(state) = facts.actor(n.state) {
                    let edge = Edge::implied(actor, state, RelationKind::Nationality);
                    self.add(Edge { start: n.from, end: n.to, ..edge });
                }
            }
        }
        for (m, doc) in facts.mediators.iter().enumerate() {
            for d in &doc.designations {
                if let Some((from, to)) = facts.actor_of.get(m).copied().zip(facts.actor(&d.by)) {
                    self.add(Edge {
                        start: first_day(d.from.as_deref()),
                        end: last_day(d.to.as_deref()),
                        ..Edge::implied(from, to, RelationKind::DesignatedBy)
                    });
                }
            }
        }
        for body in &facts.doc.organisations {
            let members: BTreeSet<usize> =
                body.members.iter().filter_map(|id| facts.actor(id)).collect();
            for to in members {
                if let Some(from) = facts.actor(&body.id) {
                    self.add(Edge::implied(from, to, RelationKind::HasMember));
                }
            }
        }
    }

    /// Who speaks, pleads and testifies for whom.
    fn add_parties(&mut self, facts: &Facts<'a>) {
        for party in facts.disputes.iter().flat_map(|d| &d.doc.parties) {
            let Some(actor) = facts.actor(&party.actor) else {
                continue;
            };
            let agents = [
                (&party.representatives, RelationKind::Represents),
                (&party.counsel, RelationKind::CounselFor),
                (&party.experts, RelationKind::ExpertFor),
            ];
            for (ids, kind) in agents {
                let all: BTreeSet<usize> = ids.iter().filter_map(|id| facts.actor(id)).collect();
                for from in all {
                    self.add(Edge::implied(from, actor, kind));
                }
            }
        }
    }

    /// Appointments, parties of cases, related cases.
    fn add_cases(&mut self, facts: &Facts<'a>) {
        let mut parties: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut related: BTreeSet<(usize, usize)> = BTreeSet::new();
        for d in &facts.disputes {
            parties.extend(d.parties.iter().map(|&actor| (actor, d.node)));
            for other in d.doc.related.iter().filter_map(|id| self.cases.get(id.as_str())) {
                related.extend([(d.node, *other), (*other, d.node)]);
            }
        }
        for a in &facts.doc.appointments {
            let Some(&case) = a.case.as_deref().and_then(|id| self.cases.get(id)) else {
                continue;
            };
            if !facts.dispute_ix.contains_key(self.names[case]) {
                parties.extend(a.parties.iter().filter_map(|id| Some((facts.actor(id)?, case))));
            }
            let mediator = facts.mediator_ix.get(a.mediator.as_str());
            let actor = mediator.and_then(|&m| facts.actor_of.get(m));
            if let Some((&from, start)) = actor.zip(clock::day(&a.date)) {
                let end = a.end.as_deref().and_then(clock::day).unwrap_or(start);
                let edge = Edge::implied(from, case, RelationKind::AppointedIn);
                self.add(Edge { start, end, ..edge });
            }
        }
        for (from, to) in parties {
            self.add(Edge::implied(from, to, RelationKind::PartyTo));
        }
        for (from, to) in related {
            self.add(Edge::implied(from, to, RelationKind::RelatedTo));
        }
    }

    /// Edges at a node with the way they are walked: to the node, or away from it.
    pub(super) fn incident(
        &self,
        node: usize,
        arriving: bool,
    ) -> impl Iterator<Item = (usize, bool)> + '_ {
        let leaving = self.leaving.get(node).into_iter().flatten();
        let entering = self.entering.get(node).into_iter().flatten();
        leaving.map(move |&i| (i, arriving)).chain(entering.map(move |&i| (i, !arriving)))
    }
}

impl Edge<'_> {
    fn implied(from: usize, to: usize, kind: RelationKind) -> Self {
        Edge {
            from,
            to,
            kind,
            start: i64::MIN,
            end: i64::MAX,
            significant: false,
            share: None,
            role: None,
            tags: &[],
            confidential: false,
            relation: None,
        }
    }

    /// Whether it holds on a day between two, both included.
    pub(super) fn holds(&self, from: i64, to: i64) -> bool {
        self.start.max(from) <= self.end.min(to)
    }
}

/// The first day of a span; open where it says nothing.
pub(super) fn first_day(text: Option<&str>) -> i64 {
    text.and_then(clock::day).unwrap_or(i64::MIN)
}

/// The last day of a span; open where it says nothing.
pub(super) fn last_day(text: Option<&str>) -> i64 {
    text.and_then(clock::day).unwrap_or(i64::MAX)
}
