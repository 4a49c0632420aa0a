//! The conflict graph: the actors, an edge for each relation, and the edges that the rest of the
//! instance implies.
//!
//! Edges stand in the order of `relations[]`, then nationalities and members by actor,
//! designations by mediator, representatives, counsel and experts by dispute, parties and related
//! cases by dispute, and past appointments. Ties between witnesses are broken in that order. The
//! nodes are the actors and, after them, the cases.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::domain::{ActorIx, ActorKind, Instance, MediatorIx, Micro, WordIx};
use crate::format::{NodeKind, RelationKind};
use crate::time::DateSpan;

/// An edge of the conflict graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeIx(pub u32);

/// What an edge says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeData {
    /// Kind.
    pub kind: RelationKind,
    /// When it holds.
    pub span: DateSpan,
    /// Whether it is significant.
    pub significant: bool,
    /// Share, in micro-units.
    pub share: Option<Micro>,
    /// In what capacity.
    pub role: Option<WordIx>,
    /// What else is said of it, sorted.
    pub tags: Vec<WordIx>,
    /// Whether it may not be disclosed.
    pub confidential: bool,
    /// Position in `Instance::relations()`; `None` when another section implies it.
    pub relation: Option<usize>,
}

impl EdgeData {
    /// An edge that another section implies.
    fn implied(kind: RelationKind, span: DateSpan) -> Self {
        Self {
            kind,
            span,
            significant: false,
            share: None,
            role: None,
            tags: Vec::new(),
            confidential: false,
            relation: None,
        }
    }
}

/// An edge with its ends.
#[derive(Debug, Clone, Copy)]
pub struct Edge<'a> {
    /// Its index.
    pub index: EdgeIx,
    /// Of whom it is said.
    pub from: ActorIx,
    /// To whom it points.
    pub to: ActorIx,
    /// What it says.
    pub data: &'a EdgeData,
}

/// The edges that other sections than `relations` imply, in the order of the module header.
fn implied_edges(instance: &Instance) -> Vec<(ActorIx, ActorIx, RelationKind, DateSpan)> {
    use RelationKind as Kind;
    let always = DateSpan::default();
    let mut edges = Vec::new();
    for (position, actor) in instance.actors().iter().enumerate() {
        let own = ActorIx::new(position);
        let held = &actor.nationalities;
        edges.extend(held.iter().map(|held| (own, held.state, Kind::Nationality, held.span)));
        edges.extend(actor.members.iter().map(|member| (own, *member, Kind::HasMember, always)));
    }
    for mediator in instance.mediators() {
        let by = &mediator.designations;
        edges.extend(by.iter().map(|d| (mediator.actor, d.by, Kind::DesignatedBy, d.span)));
    }
    let mut known = BTreeSet::new();
    let mut once = |edge: (ActorIx, ActorIx, RelationKind)| known.insert(edge).then_some(edge);
    for dispute in instance.disputes() {
        for party in &dispute.parties {
            let representatives = party.representatives.iter().map(|a| (*a, Kind::Represents));
            let counsel = party.counsel.iter().map(|a| (*a, Kind::CounselFor));
            let experts = party.experts.iter().map(|a| (*a, Kind::ExpertFor));
            for (from, kind) in representatives.chain(counsel).chain(experts) {
                let edge = once((from, party.actor, kind));
                edges.extend(edge.map(|(from, to, kind)| (from, to, kind, always)));
            }
        }
    }
    for dispute in instance.disputes() {
        for party in &dispute.parties {
            let edge = once((party.actor, dispute.node, Kind::PartyTo));
            edges.extend(edge.map(|(from, to, kind)| (from, to, kind, always)));
        }
        for other in &dispute.related {
            for edge in [(dispute.node, *other), (*other, dispute.node)] {
                let edge = once((edge.0, edge.1, Kind::RelatedTo));
                edges.extend(edge.map(|(from, to, kind)| (from, to, kind, always)));
            }
        }
    }
    let docket: BTreeSet<ActorIx> = instance.disputes().iter().map(|d| d.node).collect();
    for appointment in instance.appointments() {
        let Some(case) = appointment.case else { continue };
        let span = DateSpan { first: Some(appointment.date), last: Some(appointment.end) };
        let mediator = instance.mediator(appointment.mediator).actor;
        edges.push((mediator, case, Kind::AppointedIn, span));
        // The parties of a case that is a dispute of the docket are the dispute's.
        let past = !docket.contains(&case);
        for party in appointment.parties.iter().filter(|_| past) {
            let edge = once((*party, case, Kind::PartyTo));
            edges.extend(edge.map(|(from, to, kind)| (from, to, kind, always)));
        }
    }
    edges
}

/// The conflict graph of an instance.
#[derive(Debug, Clone)]
pub struct ConflictGraph {
    graph: DiGraph<ActorIx, EdgeData>,
    mediators: Vec<Option<MediatorIx>>,
    nodes: Vec<NodeKind>,
}

impl ConflictGraph {
    /// Builds the graph.
    #[must_use]
    pub fn build(instance: &Instance) -> Self {
        let mut graph = DiGraph::with_capacity(
            instance.actors().len(),
            instance.relations().len() + 2 * instance.actors().len(),
        );
        // INVARIANT: node i is actor i, and edge i is relation i while there are relations.
        for position in 0..instance.actors().len() {
            graph.add_node(ActorIx::new(position));
        }
        let node = |actor: ActorIx| NodeIndex::new(actor.ix());
        for (position, relation) in instance.relations().iter().enumerate() {
            let data = EdgeData {
                kind: relation.kind,
                span: relation.span,
                significant: relation.significant,
                share: relation.share,
                role: relation.role,
                tags: relation.tags.clone(),
                confidential: relation.confidential,
                relation: Some(position),
            };
            graph.add_edge(node(relation.from), node(relation.to), data);
        }
        for (from, to, kind, span) in implied_edges(instance) {
            // WHY: an edge from a node to itself says nothing.
            if from != to {
                graph.add_edge(node(from), node(to), EdgeData::implied(kind, span));
            }
        }
        let mediators = instance
            .actors()
            .iter()
            .map(|actor| match actor.kind {
                ActorKind::Mediator(mediator) => Some(mediator),
                ActorKind::State
                | ActorKind::Organisation
                | ActorKind::Person
                | ActorKind::Interpreter(_)
                | ActorKind::Case => None,
            })
            .collect();
        let nodes = instance.actors().iter().map(|actor| actor.node).collect();
        Self { graph, mediators, nodes }
    }

    /// Number of actors.
    #[must_use]
    pub fn actor_count(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of edges, the implied ones included.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// The edges in order.
    pub fn edges(&self) -> impl Iterator<Item = Edge<'_>> {
        self.graph.raw_edges().iter().enumerate().map(|(position, edge)| Edge {
            index: EdgeIx(position as u32),
            from: ActorIx::new(edge.source().index()),
            to: ActorIx::new(edge.target().index()),
            data: &edge.weight,
        })
    }

    /// The edges that leave or reach an actor, in order.
    #[must_use]
    pub fn edges_at(&self, actor: ActorIx) -> Vec<Edge<'_>> {
        let node = NodeIndex::new(actor.ix());
        let mut edges: Vec<Edge<'_>> = [Direction::Outgoing, Direction::Incoming]
            .into_iter()
            .flat_map(|direction| self.graph.edges_directed(node, direction))
            .map(|edge| Edge {
                index: EdgeIx(edge.id().index() as u32),
                from: ActorIx::new(edge.source().index()),
                to: ActorIx::new(edge.target().index()),
                data: edge.weight(),
            })
            .collect();
        edges.sort_by_key(|edge| edge.index);
        edges.dedup_by_key(|edge| edge.index);
        edges
    }

    /// What an edge says.
    pub(super) fn data(&self, edge: EdgeIx) -> &EdgeData {
        &self.graph[EdgeIndex::new(edge.0 as usize)]
    }

    /// What kind of node an actor or a case is.
    pub(super) fn node(&self, actor: ActorIx) -> NodeKind {
        self.nodes[actor.ix()]
    }

    /// The same graph with the interpreters in the mediators' place: what `mediator_of` gives is
    /// then the position of an interpreter.
    pub(super) fn with_interpreters(&self, instance: &Instance) -> Self {
        let mediators = instance
            .actors()
            .iter()
            .map(|actor| match actor.kind {
                ActorKind::Interpreter(interpreter) => Some(MediatorIx(interpreter.0)),
                _ => None,
            })
            .collect();
        Self { mediators, ..self.clone() }
    }

    /// The mediator that an actor is.
    pub(super) fn mediator_of(&self, actor: usize) -> Option<MediatorIx> {
        self.mediators[actor]
    }
}
