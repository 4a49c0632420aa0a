//! Conflicts of interest: the graph, the rules that run over it, and what they find.
//!
//! * Takes an `Instance`, gives a `ConflictTable`: for every pair of dispute and mediator the
//!   findings of the profile's rules, each with a witness, and for every two mediators what keeps
//!   them off one panel.
//! * **Invariant**: no rule is a special case in code. A rule is a regular expression over edges;
//!   it compiles to a small automaton, and a breadth-first search of the product of graph and
//!   automaton, run backward from a target, reaches every mediator that the rule concerns
//!   (Mendelzon and Wood, 1995, regular path queries under walk semantics).
//! * **Invariant**: the same instance gives the same findings and witnesses, with any number of
//!   threads. Adding an edge never lowers a severity.
//! * Complexity: a search visits an edge at most once for each state of its automaton; it is done
//!   once for each rule, target and class of test dates, however many disputes share them.
//! * petgraph stays inside.

mod automaton;
mod batch;
mod counts;
mod finding;
mod graph;
mod interpreters;
mod meaning;
mod pattern;
mod screen;
mod search;
pub mod show;
mod table;
mod targets;
mod together;

#[cfg(test)]
pub(crate) mod tests;

pub use finding::{BatchRow, Finding, RuleIx, WitnessStep};
pub use graph::{ConflictGraph, Edge, EdgeData, EdgeIx};
pub use screen::screen;
pub use table::ConflictTable;
pub use targets::has_own_cause;
