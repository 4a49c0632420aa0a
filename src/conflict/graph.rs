//! The conflict graph: the actors, an edge for each relation, and the edges that the rest of the
//! instance implies.
//!
//! Edges stand in the order of `relations[]`, then nationalities and members by actor,
//! designations by mediator, and representatives and counsel by dispute. Ties between witnesses
//! are broken in that order.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::domain::{ActorIx, ActorKind, Instance, MediatorIx, Micro};
use crate::format::RelationKind;
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
    /// Whether it may not be disclosed.
    pub confidential: bool,
    /// Position in `Instance::relations()`; `None` when another section implies it.
    pub relation: Option<usize>,
}

impl EdgeData {
    /// An edge that another section implies.
    fn implied(kind: RelationKind, span: DateSpan) -> Self {
        Self { kind, span, significant: false, share: None, confidential: false, relation: None }
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

/// The conflict graph of an instance.
#[derive(Debug, Clone)]
pub struct ConflictGraph {
    graph: DiGraph<ActorIx, EdgeData>,
    mediators: Vec<Option<MediatorIx>>,
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
                confidential: relation.confidential,
                relation: Some(position),
            };
            graph.add_edge(node(relation.from), node(relation.to), data);
        }
        for (position, actor) in instance.actors().iter().enumerate() {
            let own = NodeIndex::new(position);
            for held in &actor.nationalities {
                let data = EdgeData::implied(RelationKind::Nationality, held.span);
                graph.add_edge(own, node(held.state), data);
            }
            for member in &actor.members {
                let data = EdgeData::implied(RelationKind::HasMember, DateSpan::default());
                graph.add_edge(own, node(*member), data);
            }
        }
        for mediator in instance.mediators() {
            for designation in &mediator.designations {
                let data = EdgeData::implied(RelationKind::DesignatedBy, designation.span);
                graph.add_edge(node(mediator.actor), node(designation.by), data);
            }
        }
        let mut known = BTreeSet::new();
        for party in instance.disputes().iter().flat_map(|dispute| &dispute.parties) {
            let representatives =
                party.representatives.iter().map(|person| (*person, RelationKind::Represents));
            let counsel = party.counsel.iter().map(|actor| (*actor, RelationKind::CounselFor));
            for (from, kind) in representatives.chain(counsel) {
                if known.insert((from, party.actor, kind)) {
                    let data = EdgeData::implied(kind, DateSpan::default());
                    graph.add_edge(node(from), node(party.actor), data);
                }
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
                | ActorKind::Case => None,
            })
            .collect();
        Self { graph, mediators }
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

    /// The mediator that an actor is.
    pub(super) fn mediator_of(&self, actor: usize) -> Option<MediatorIx> {
        self.mediators[actor]
    }
}
