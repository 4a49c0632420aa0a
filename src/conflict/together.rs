//! The search of rules whose edges must all hold on one same day.
//!
//! Like `search`, backward and breadth first, but a pair of actor and state is visited once for
//! every set of days (a span) that is not inside one found before. Spans only get smaller along a
//! walk, so that leaving those out loses nothing; and since the walks found before are no longer,
//! witnesses stay shortest.

use std::collections::BTreeMap;

use super::finding::WitnessStep;
use super::graph::EdgeIx;
use super::pattern::meet;
use super::search::{Reached, Search, Visit};
use crate::domain::ActorIx;
use crate::time::DateSpan;

/// A visited pair of actor and state with the days of the walk from there.
struct Label {
    actor: usize,
    state: usize,
    days: DateSpan,
    /// The edge, whether it is walked backward, and the label to which it leads; nothing at the
    /// target.
    onward: Option<(EdgeIx, bool, usize)>,
}

/// Every mediator but the target from whom such a path leads to it, in roster order.
pub(super) fn run(search: Search<'_>) -> Vec<Reached> {
    let mut reached = pass(search, false);
    reached.extend(pass(search, true));
    // INVARIANT: the sort is stable, so a path found without confidential relations is kept.
    reached.sort_by_key(|r| r.mediator);
    reached.dedup_by_key(|r| r.mediator);
    reached
}

fn pass(search: Search<'_>, confidential: bool) -> Vec<Reached> {
    let mut labels: Vec<Label> = Vec::new();
    let mut seen: BTreeMap<(usize, usize), Vec<DateSpan>> = BTreeMap::new();
    let mut reached = Vec::new();
    let mut visit = |labels: &mut Vec<Label>, actor: usize, state: usize, days, onward| {
        for state in (0..=state).rev() {
            let known = seen.entry((actor, state)).or_default();
            if !known.iter().any(|other| meet(*other, days) == Some(days)) {
                known.push(days);
                labels.push(Label { actor, state, days, onward });
                if state == 0
                    && actor != search.target.ix()
                    && let Some(mediator) = search.graph.mediator_of(actor)
                {
                    let witness = witness(search, labels);
                    let confidential = confidential && witness.iter().any(|s| s.confidential);
                    reached.push(Reached { mediator, witness: witness.into(), confidential });
                }
            }
            if !search.automaton.free[state] {
                break;
            }
        }
    };
    let last = search.automaton.states() - 1;
    visit(&mut labels, search.target.ix(), last, DateSpan::default(), None);
    let mut head = 0;
    while head < labels.len() {
        let (actor, state, days) = (labels[head].actor, labels[head].state, labels[head].days);
        for step in &search.automaton.moves[state] {
            for hop in search.program.tables[step.table].arriving(actor) {
                if hop.confidential && !confidential || search.leaves_out(hop) {
                    continue;
                }
                let data = search.graph.data(hop.edge);
                let into = search.graph.node(ActorIx::new(actor));
                for pattern in &search.program.steps[step.table] {
                    if pattern.is_backward() != hop.backward {
                        continue;
                    }
                    for own in pattern.days(data, into, search.dates) {
                        if let Some(common) = meet(days, own) {
                            let onward = Some((hop.edge, hop.backward, head));
                            let (from, state) = (hop.from as usize, step.from as usize);
                            visit(&mut labels, from, state, common, onward);
                        }
                    }
                }
            }
        }
        head += 1;
    }
    reached
}

/// The walk from the label that was added last.
fn witness(search: Search<'_>, labels: &[Label]) -> Vec<WitnessStep> {
    let mut steps = Vec::new();
    let mut at = labels.len() - 1;
    while let Some((edge, backward, next)) = labels[at].onward {
        let visit = Visit { from: labels[at].actor, edge, backward, to: labels[next].actor };
        steps.push(search.step(visit));
        at = next;
    }
    steps
}
