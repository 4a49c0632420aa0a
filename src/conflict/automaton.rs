//! Rules as automata.
//!
//! A path of n steps has the states 0 to n: state i means that steps before i are done. A step
//! `once` moves from i to i+1 along an edge; `optional` may also move there without one; `any`
//! stays at i along an edge and moves on without one; `some` is `once` and then `any`. Searches run
//! backward, so moves are stored by the state that they arrive in, and edges by the actor that
//! they arrive at.

use rayon::prelude::*;

use super::graph::{ConflictGraph, EdgeIx};
use super::pattern::{Match, Pattern, Reading};
use crate::domain::Instance;
use crate::format::{Repeat, RuleDoc, StepDoc};

/// One edge of a step, seen from the actor at which it arrives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hop {
    /// Where the walk comes from.
    pub from: u32,
    /// The edge.
    pub edge: EdgeIx,
    /// True when the edge is walked against its direction.
    pub backward: bool,
    /// True when it matches only if it holds on a test date.
    pub dated: bool,
    /// True when its relation may not be disclosed.
    pub confidential: bool,
}

/// The edges that a step may take, by the actor at which they arrive, in the order of the edges.
#[derive(Debug)]
pub(super) struct StepTable {
    starts: Vec<u32>,
    hops: Vec<Hop>,
    /// The same hops by the actor that they come from: where each actor's begin, and the actors at
    /// which they arrive.
    onward: (Vec<u32>, Vec<u32>),
}

impl StepTable {
    /// The hops that arrive at an actor.
    pub(super) fn arriving(&self, actor: usize) -> &[Hop] {
        &self.hops[self.starts[actor] as usize..self.starts[actor + 1] as usize]
    }

    /// Where the hops from an actor arrive.
    fn departing(&self, actor: usize) -> &[u32] {
        let (starts, to) = &self.onward;
        &to[starts[actor] as usize..starts[actor + 1] as usize]
    }
}

/// A move of an automaton, seen from the state in which it arrives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    /// State before.
    pub from: u32,
    /// The step table of its edges.
    pub table: usize,
}

/// The automaton of one rule.
#[derive(Debug)]
pub(super) struct Automaton {
    /// Moves along an edge, by the state in which they arrive. The last state accepts.
    pub moves: Vec<Vec<Move>>,
    /// Whether the state can be reached from the one before it without an edge.
    pub free: Vec<bool>,
    /// Whether some step depends on the test dates of the dispute.
    pub dated: bool,
    /// Whether all edges must hold on one same day.
    pub together: bool,
    /// For each pair of actor and state, whether a walk from some mediator gets there, dates and
    /// confidentiality aside: a search for mediators need not look anywhere else.
    pub useful: Vec<bool>,
}

impl Automaton {
    /// Number of states.
    pub(super) fn states(&self) -> usize {
        self.moves.len()
    }
}

/// The rules of a profile, compiled against a graph.
#[derive(Debug)]
pub(super) struct Program {
    /// The patterns of each different step.
    pub steps: Vec<Vec<Pattern>>,
    /// One table for each different step.
    pub tables: Vec<StepTable>,
    /// The automaton of each rule's path.
    pub automata: Vec<Automaton>,
}

impl Program {
    /// Compiles the rules. Complexity: a pass over the edges for each different step.
    pub(super) fn compile(instance: &Instance, rules: &[RuleDoc], graph: &ConflictGraph) -> Self {
        let mut steps: Vec<Vec<Pattern>> = Vec::new();
        let mut automata: Vec<Automaton> = rules
            .iter()
            .map(|rule| Automaton {
                together: rule.together == Some(true),
                ..automaton(instance, &rule.path, &mut steps)
            })
            .collect();
        let tables: Vec<StepTable> =
            steps.par_iter().map(|patterns| step_table(patterns, graph)).collect();
        // WHY not the roster: the graph says from whom walks start (`with_interpreters`).
        let starts = |actor: &usize| graph.mediator_of(*actor).is_some();
        let mediators: Vec<usize> = (0..graph.actor_count()).filter(starts).collect();
        automata.par_iter_mut().for_each(|automaton| {
            automaton.useful = useful(automaton, &tables, &mediators, graph.actor_count());
        });
        Self { steps, tables, automata }
    }
}

fn automaton(instance: &Instance, path: &[StepDoc], steps: &mut Vec<Vec<Pattern>>) -> Automaton {
    let reading = Reading::new(instance);
    let mut taken: Vec<(Repeat, usize)> = Vec::with_capacity(path.len());
    let mut dated = false;
    for step in path {
        let patterns: Vec<Pattern> = step.any.iter().map(|p| reading.pattern(p)).collect();
        dated |= patterns.iter().any(Pattern::asks_test_dates);
        let table = steps.iter().position(|known| *known == patterns).unwrap_or_else(|| {
            steps.push(patterns);
            steps.len() - 1
        });
        match step.repeat.unwrap_or(Repeat::Once) {
            Repeat::Some => taken.extend([(Repeat::Once, table), (Repeat::Any, table)]),
            repeat => taken.push((repeat, table)),
        }
    }
    let mut moves = vec![Vec::new(); taken.len() + 1];
    let mut free = vec![false; taken.len() + 1];
    for (state, (repeat, table)) in taken.into_iter().enumerate() {
        let arrives = if repeat == Repeat::Any { state } else { state + 1 };
        moves[arrives].push(Move { from: state as u32, table });
        free[state + 1] = repeat != Repeat::Once;
    }
    Automaton { moves, free, dated, together: false, useful: Vec::new() }
}

/// The pairs of actor and state that walks from the mediators reach: one pass over the edges for
/// each state.
fn useful(
    automaton: &Automaton,
    tables: &[StepTable],
    mediators: &[usize],
    actors: usize,
) -> Vec<bool> {
    let states = automaton.states();
    let mut moves: Vec<Vec<(usize, usize)>> = vec![Vec::new(); states];
    for (to, arriving) in automaton.moves.iter().enumerate() {
        for step in arriving {
            moves[step.from as usize].push((to, step.table));
        }
    }
    let mut reached = vec![false; actors * states];
    let mut queue: Vec<(usize, usize)> = Vec::new();
    let visit = |reached: &mut Vec<bool>, queue: &mut Vec<_>, actor: usize, first: usize| {
        for state in first..states {
            // A state is free to enter from the one before it.
            if state > first && !automaton.free[state] {
                break;
            }
            if !std::mem::replace(&mut reached[actor * states + state], true) {
                queue.push((actor, state));
            }
        }
    };
    for mediator in mediators {
        visit(&mut reached, &mut queue, *mediator, 0);
    }
    while let Some((actor, state)) = queue.pop() {
        for (to, table) in &moves[state] {
            for next in tables[*table].departing(actor) {
                visit(&mut reached, &mut queue, *next as usize, *to);
            }
        }
    }
    reached
}

fn step_table(patterns: &[Pattern], graph: &ConflictGraph) -> StepTable {
    let kinds = patterns.iter().fold(0_u64, |kinds, pattern| kinds | 1 << pattern.kind());
    let mut arrivals: Vec<(u32, Hop)> = Vec::new();
    for edge in graph.edges().filter(|edge| kinds >> (edge.data.kind as u8) & 1 == 1) {
        for backward in [false, true] {
            let (from, to) = if backward { (edge.to, edge.from) } else { (edge.from, edge.to) };
            let matched = patterns
                .iter()
                .filter(|pattern| pattern.is_backward() == backward)
                .map(|pattern| pattern.judge(edge.data, graph.node(to)))
                .max()
                .unwrap_or(Match::No);
            if matched == Match::No {
                continue;
            }
            let hop = Hop {
                from: from.0,
                edge: edge.index,
                backward,
                dated: matched == Match::OnTestDates,
                confidential: edge.data.confidential,
            };
            arrivals.push((to.0, hop));
        }
    }
    arrivals.sort_by_key(|(to, _)| *to);
    let mut starts = vec![0_u32; graph.actor_count() + 1];
    for (to, _) in &arrivals {
        starts[*to as usize + 1] += 1;
    }
    for actor in 0..graph.actor_count() {
        starts[actor + 1] += starts[actor];
    }
    let mut departures: Vec<(u32, u32)> =
        arrivals.iter().map(|(to, hop)| (hop.from, *to)).collect();
    departures.sort_unstable();
    let mut begin = vec![0_u32; graph.actor_count() + 1];
    for (from, _) in &departures {
        begin[*from as usize + 1] += 1;
    }
    for actor in 0..graph.actor_count() {
        begin[actor + 1] += begin[actor];
    }
    StepTable {
        starts,
        hops: arrivals.into_iter().map(|(_, hop)| hop).collect(),
        onward: (begin, departures.into_iter().map(|(_, to)| to).collect()),
    }
}
