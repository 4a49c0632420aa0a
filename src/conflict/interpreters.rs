//! Which interpreters have a conflict of interest in a dispute (docs/format.md, Interpreters).
//!
//! * Takes the instance and the graph; gives, for each dispute, the interpreters about whom a rule
//!   by path finds orange or above. Rules that count, pair, look at co-panellists or are governed
//!   by the nationality policy say nothing about interpreters.
//! * The walks are those of mediators, from other starting points: the same search runs on the
//!   graph with the interpreters in the mediators' place.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::automaton::Program;
use super::graph::ConflictGraph;
use super::search::{Scratch, Search};
use super::targets::targets;
use crate::domain::{ActorIx, Dispute, Instance, InterpreterIx};
use crate::format::{RuleDoc, Severity, Target};
use crate::time::Date;

/// By dispute, the interpreters who may not serve it for a conflict of interest; sorted.
pub(super) fn barred(instance: &Instance, graph: &ConflictGraph) -> Vec<Vec<InterpreterIx>> {
    if instance.interpreters().is_empty() {
        return vec![Vec::new(); instance.disputes().len()];
    }
    let graph = graph.with_interpreters(instance);
    let rules = &instance.policy().rules.rules;
    let program = Program::compile(instance, rules, &graph);
    let keys = |dispute: &Dispute| -> Vec<(usize, ActorIx, Vec<Date>)> {
        let asked = rules.iter().enumerate().filter(|(_, rule)| asks(rule));
        let keys = asked.flat_map(|(rule, doc)| {
            let dated = program.automata[rule].dated;
            let dates = if dated { dispute.test_dates.clone() } else { Vec::new() };
            let targets = targets(instance, dispute, doc.to).into_iter();
            targets.map(move |target| (rule, target, dates.clone()))
        });
        keys.collect()
    };
    let by_dispute: Vec<_> = instance.disputes().iter().map(keys).collect();
    let mut searches: Vec<_> = by_dispute.iter().flatten().cloned().collect();
    searches.sort_unstable();
    searches.dedup();
    let found: BTreeMap<_, Vec<InterpreterIx>> = searches
        .into_par_iter()
        .map_init(
            || Scratch::new(&program, &graph),
            |scratch, key| {
                let (rule, target, dates) = &key;
                let search = Search {
                    graph: &graph,
                    program: &program,
                    automaton: &program.automata[*rule],
                    target: *target,
                    dates,
                    without: &[],
                };
                let reached = search.run(scratch);
                let found = reached.iter().map(|r| InterpreterIx(r.mediator.0)).collect();
                (key, found)
            },
        )
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let barred = |keys: &Vec<(usize, ActorIx, Vec<Date>)>| {
        let mut all: Vec<_> = keys.iter().flat_map(|key| found[key].iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    by_dispute.iter().map(barred).collect()
}

fn asks(rule: &RuleDoc) -> bool {
    rule.count.is_none()
        && rule.pair.is_none()
        && rule.to != Target::CoPanellist
        && rule.governed_by.is_none()
        && rule.severity >= Severity::Orange
}
