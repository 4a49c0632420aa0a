//! The search: backward from a target through the product of graph and automaton.
//!
//! Breadth first, so that the path from each mediator is a shortest one. Ties go to whatever the
//! search meets first, and it takes edges in their order. Confidential relations are left out at
//! first; only when one was in the way, a second search with them looks for further mediators.

use std::sync::Arc;

use super::automaton::{Automaton, Hop, Program};
use super::finding::WitnessStep;
use super::graph::{ConflictGraph, EdgeIx};
use super::together;
use crate::domain::{ActorIx, MediatorIx};
use crate::time::Date;

/// A mediator from whom a rule's path leads to the target.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    pub mediator: MediatorIx,
    pub witness: Arc<[WitnessStep]>,
    /// Whether every path needs a confidential relation.
    pub confidential: bool,
}

/// How the walk goes on from a visited pair of actor and state.
#[derive(Debug, Clone, Copy)]
struct Onward {
    edge: EdgeIx,
    backward: bool,
    next: u32,
}

const END: u32 = u32::MAX;

/// Buffers that a thread keeps between searches.
#[derive(Debug)]
pub(super) struct Scratch {
    stamps: Vec<u32>,
    stamp: u32,
    onward: Vec<Onward>,
    queue: Vec<u32>,
}

impl Scratch {
    /// Buffers for the largest automaton of the program.
    pub(super) fn new(program: &Program, graph: &ConflictGraph) -> Self {
        let states = program.automata.iter().map(Automaton::states).max().unwrap_or(1);
        let size = states * graph.actor_count();
        let nowhere = Onward { edge: EdgeIx(0), backward: false, next: END };
        Self { stamps: vec![0; size], stamp: 0, onward: vec![nowhere; size], queue: Vec::new() }
    }

    fn is_new(&self, pair: usize) -> bool {
        self.stamps[pair] != self.stamp
    }
}

/// An edge as it is walked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub from: usize,
    pub edge: EdgeIx,
    pub backward: bool,
    pub to: usize,
}

/// A search to be done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search<'a> {
    pub graph: &'a ConflictGraph,
    pub program: &'a Program,
    pub automaton: &'a Automaton,
    pub target: ActorIx,
    /// The test dates.
    pub dates: &'a [Date],
    /// Relations (by position, sorted) that are left out.
    pub without: &'a [usize],
}

impl Search<'_> {
    /// Every mediator but the target from whom a path leads to it, in roster order.
    pub(super) fn run(self, scratch: &mut Scratch) -> Vec<Reached> {
        let mut reached = Vec::new();
        let useful = Some(self.automaton.useful.as_slice());
        if self.pass(scratch, false, useful, &mut reached) {
            self.pass(scratch, true, useful, &mut reached);
        }
        // INVARIANT: the sort is stable, so a path found without confidential relations is kept.
        reached.sort_by_key(|r| r.mediator);
        reached.dedup_by_key(|r| r.mediator);
        if self.automaton.together && !reached.is_empty() {
            return together::run(self);
        }
        reached
    }

    /// Every node from which a path leads to the target, by confidential relations too where `confidential`; the
    /// target itself where the path may be empty or returns. Sorted.
    pub(super) fn sources(self, scratch: &mut Scratch, confidential: bool) -> Vec<ActorIx> {
        self.pass(scratch, confidential, None, &mut Vec::new());
        let states = self.automaton.states();
        let firsts = scratch.queue.iter().filter(|pair| (**pair as usize).is_multiple_of(states));
        let mut found: Vec<ActorIx> =
            firsts.map(|pair| ActorIx::new(*pair as usize / states)).collect();
        found.sort_unstable();
        found
    }

    /// True when the relation of the hop is left out of this search.
    pub(super) fn leaves_out(self, hop: &Hop) -> bool {
        !self.without.is_empty()
            && self
                .graph
                .data(hop.edge)
                .relation
                .is_some_and(|relation| self.without.binary_search(&relation).is_ok())
    }

    /// One search, only through what is `useful`; true when a confidential relation was in the way.
    fn pass(
        self,
        scratch: &mut Scratch,
        confidential: bool,
        useful: Option<&[bool]>,
        reached: &mut Vec<Reached>,
    ) -> bool {
        let states = self.automaton.states();
        let mut in_the_way = false;
        scratch.stamp += 1;
        scratch.queue.clear();
        let end = Onward { edge: EdgeIx(0), backward: false, next: END };
        self.visit(scratch, self.target.ix(), states - 1, end, confidential, reached);
        let mut head = 0;
        while let Some(&pair) = scratch.queue.get(head) {
            head += 1;
            let (actor, state) = (pair as usize / states, pair as usize % states);
            for step in &self.automaton.moves[state] {
                for hop in self.program.tables[step.table].arriving(actor) {
                    let before = hop.from as usize * states + step.from as usize;
                    if !scratch.is_new(before)
                        || useful.is_some_and(|useful| !useful[before])
                        || !self.holds(hop)
                        || self.leaves_out(hop)
                    {
                        continue;
                    }
                    if hop.confidential && !confidential {
                        in_the_way = true;
                        continue;
                    }
                    let onward = Onward { edge: hop.edge, backward: hop.backward, next: pair };
                    let (from, state) = (hop.from as usize, step.from as usize);
                    self.visit(scratch, from, state, onward, confidential, reached);
                }
            }
        }
        in_the_way
    }

    /// Marks a pair, and the pairs from which it is reached without an edge.
    fn visit(
        self,
        scratch: &mut Scratch,
        actor: usize,
        state: usize,
        onward: Onward,
        confidential: bool,
        reached: &mut Vec<Reached>,
    ) {
        let states = self.automaton.states();
        for state in (0..=state).rev() {
            let pair = actor * states + state;
            if scratch.is_new(pair) {
                scratch.stamps[pair] = scratch.stamp;
                scratch.onward[pair] = onward;
                scratch.queue.push(pair as u32);
                if state == 0
                    && actor != self.target.ix()
                    && let Some(mediator) = self.graph.mediator_of(actor)
                {
                    let witness = self.witness(scratch, pair);
                    let confidential = confidential && witness.iter().any(|s| s.confidential);
                    reached.push(Reached { mediator, witness, confidential });
                }
            }
            if !self.automaton.free[state] {
                break;
            }
        }
    }

    fn holds(self, hop: &Hop) -> bool {
        if !hop.dated {
            return true;
        }
        let span = self.graph.data(hop.edge).span;
        self.dates.iter().any(|date| span.contains(*date))
    }

    fn witness(self, scratch: &Scratch, start: usize) -> Arc<[WitnessStep]> {
        let states = self.automaton.states();
        let mut steps = Vec::new();
        let mut pair = start;
        loop {
            let onward = scratch.onward[pair];
            if onward.next == END {
                return steps.into();
            }
            let next = onward.next as usize;
            let (edge, backward) = (onward.edge, onward.backward);
            steps.push(self.step(Visit { from: pair / states, edge, backward, to: next / states }));
            pair = next;
        }
    }

    /// A step of a witness.
    pub(super) fn step(self, visit: Visit) -> WitnessStep {
        let data = self.graph.data(visit.edge);
        WitnessStep {
            from: ActorIx::new(visit.from),
            kind: data.kind,
            backward: visit.backward,
            to: ActorIx::new(visit.to),
            relation: data.relation,
            confidential: data.confidential,
        }
    }
}
