//! Rules as automata.
//!
//! A path of n steps has the states 0 to n: state i means that steps before i are done. A step
//! `once` moves from i to i+1 along an edge; `optional` may also move there without one; `any`
//! stays at i along an edge and moves on without one. Searches run backward, so moves are stored
//! by the state that they arrive in, and edges by the actor that they arrive at.

use rayon::prelude::*;

use super::graph::{ConflictGraph, EdgeData, EdgeIx};
use crate::domain::Micro;
use crate::format::{EdgePatternDoc, Repeat, RuleDoc, StepDoc, When};
use crate::time::Date;

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
}

impl StepTable {
    /// The hops that arrive at an actor.
    pub(super) fn arriving(&self, actor: usize) -> &[Hop] {
        &self.hops[self.starts[actor] as usize..self.starts[actor + 1] as usize]
    }
}

/// Which edges match, and when they must hold, seen from `as_of`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    kind: u8,
    backward: bool,
    when: Moment,
    significant: Option<bool>,
    share_above: Option<Micro>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// On some day from the first date to the second; open to the past without the first.
    Between(Option<Date>, Date),
    /// On a test date.
    TestDates,
}

/// How an edge matches a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    No,
    OnTestDates,
    Always,
}

impl Pattern {
    fn new(doc: &EdgePatternDoc, as_of: Date) -> Self {
        let when = match doc.when.unwrap_or(When::Current) {
            When::Current => Moment::Between(Some(as_of), as_of),
            When::TestDates => Moment::TestDates,
            When::Within => {
                Moment::Between(Some(as_of.years_before(doc.years.unwrap_or(0))), as_of)
            }
            When::Ever => Moment::Between(None, as_of),
            When::Ended => Moment::Between(None, as_of),
        };
        Self {
            kind: doc.kind as u8,
            backward: doc.backward.unwrap_or(false),
            when,
            significant: doc.significant,
            share_above: doc.share_above.map(crate::format::Decimal::micro),
        }
    }

    fn judge(&self, edge: &EdgeData) -> Match {
        let attributes = self.kind == edge.kind as u8
            && self.significant.is_none_or(|wanted| wanted == edge.significant)
            && self.share_above.is_none_or(|above| edge.share.is_some_and(|share| share > above));
        if !attributes {
            return Match::No;
        }
        let holds = match self.when {
            Moment::TestDates => return Match::OnTestDates,
            Moment::Between(Some(from), to) => edge.span.meets(from, to),
            Moment::Between(None, to) => edge.span.first.is_none_or(|first| first <= to),
        };
        if holds { Match::Always } else { Match::No }
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
}

impl Automaton {
    /// Number of states.
    pub(super) fn states(&self) -> usize {
        self.moves.len()
    }
}

/// The path rules of a profile, compiled against a graph.
#[derive(Debug)]
pub(super) struct Program {
    /// One table for each different set of patterns.
    pub tables: Vec<StepTable>,
    /// The automaton of each rule; `None` for rules that count.
    pub automata: Vec<Option<Automaton>>,
}

impl Program {
    /// Compiles the rules. Complexity: a pass over the edges for each different step.
    pub(super) fn compile(rules: &[RuleDoc], graph: &ConflictGraph, as_of: Date) -> Self {
        let mut steps: Vec<Vec<Pattern>> = Vec::new();
        let automata = rules
            .iter()
            .map(|rule| rule.count.is_none().then(|| automaton(&rule.path, as_of, &mut steps)))
            .collect();
        let tables = steps.par_iter().map(|patterns| step_table(patterns, graph)).collect();
        Self { tables, automata }
    }
}

fn automaton(path: &[StepDoc], as_of: Date, steps: &mut Vec<Vec<Pattern>>) -> Automaton {
    let mut moves = vec![Vec::new(); path.len() + 1];
    let mut free = vec![false; path.len() + 1];
    let mut dated = false;
    for (state, step) in path.iter().enumerate() {
        let patterns: Vec<Pattern> = step.any.iter().map(|p| Pattern::new(p, as_of)).collect();
        dated |= patterns.iter().any(|pattern| pattern.when == Moment::TestDates);
        let table = steps.iter().position(|known| *known == patterns).unwrap_or_else(|| {
            steps.push(patterns);
            steps.len() - 1
        });
        let repeat = step.repeat.unwrap_or(Repeat::Once);
        let arrives = if repeat == Repeat::Any { state } else { state + 1 };
        moves[arrives].push(Move { from: state as u32, table });
        free[state + 1] = repeat != Repeat::Once;
    }
    Automaton { moves, free, dated }
}

fn step_table(patterns: &[Pattern], graph: &ConflictGraph) -> StepTable {
    let kinds = patterns.iter().fold(0_u64, |kinds, pattern| kinds | 1 << pattern.kind);
    let mut arrivals: Vec<(u32, Hop)> = Vec::new();
    for edge in graph.edges().filter(|edge| kinds >> (edge.data.kind as u8) & 1 == 1) {
        for backward in [false, true] {
            let matched = patterns
                .iter()
                .filter(|pattern| pattern.backward == backward)
                .map(|pattern| pattern.judge(edge.data))
                .max()
                .unwrap_or(Match::No);
            if matched == Match::No {
                continue;
            }
            let (from, to) = if backward { (edge.to, edge.from) } else { (edge.from, edge.to) };
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
    StepTable { starts, hops: arrivals.into_iter().map(|(_, hop)| hop).collect() }
}
