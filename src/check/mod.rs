//! The independent verdict on a solution.
//!
//! * Takes an instance, a solution and the digest of the instance; gives a [`Verdict`].
//! * Written from docs/format.md and docs/model.md alone. **Invariant**: from this crate it uses
//!   `format` and nothing else; it has its own clock, path search, objective and pricing, so that
//!   a mistake on the solving side cannot hide here.
//! * **Invariant**: no input makes it panic; what names nothing is reported or left out.

mod answer;
mod apart;
mod batch;
mod beside;
mod booths;
mod caps;
mod certificate;
mod clock;
mod consent;
mod counts;
mod dates;
mod deadlines;
mod desk;
mod disclose;
mod docket;
mod eligible;
mod facts;
mod former;
mod gates;
mod graph;
mod hours;
mod impartial;
mod limits;
mod lottery;
mod objective;
mod panels;
mod paths;
mod people;
mod prices;
mod pricing;
mod reasons;
mod related;
mod reserves;
mod rooms;
mod rules;
mod seating;
mod seats;
mod selection;
mod series;
mod sharing;
mod status;
mod ties;
mod verdict;
mod witness;

#[cfg(test)]
mod tests;

pub use impartial::{Breach, impartiality};
pub use verdict::{RULES, Recomputed, Verdict, Violation};

use crate::format::{InstanceDoc, SolutionDoc};

use answer::Answer;
use desk::Desk;
use eligible::Eligibility;
use facts::Facts;
use graph::Graph;
use verdict::Findings;

/// Judges a solution by every rule of [`RULES`].
///
/// `digest` is [`crate::format::canonical_digest`] of the bytes of the instance.
#[must_use]
pub fn check(instance: &InstanceDoc, solution: &SolutionDoc, digest: &str) -> Verdict {
    let mut facts = Facts::new(instance);
    if let Some(from) = &solution.from {
        facts.recall(from);
    }
    let graph = Graph::new(&facts);
    let eligibility = Eligibility::new(&facts, &graph);
    let mut found = Findings::default();
    answer::head(&facts, solution, digest, &mut found);
    if let Some(from) = &solution.from {
        facts.check_held(from, &mut found);
    }
    let answer = Answer::new(&facts, solution, &mut found);
    let batch = batch::seats(&facts, &answer);
    let bench = seats::Bench { facts: &facts, graph: &graph, eligibility: &eligibility, batch };
    seats::check(&bench, solution, &answer, &mut found);
    caps::check(&facts, &answer, &mut found);
    dates::check(&facts, solution, &answer, &mut found);
    apart::check(&facts, &answer, &mut found);
    rooms::check(&facts, solution, &answer, &mut found);
    booths::check(&facts, &eligibility, solution, &answer, &mut found);
    let (tiers, terms) = objective::value(&facts, &answer);
    let exclusions = status::exclusions(&eligibility);
    status::check_exclusions(solution, &exclusions, &mut found);
    let mut recomputed = Recomputed { tiers, terms, bounds: Vec::new(), exclusions };
    if answer.whole {
        let desk = Desk::new(&facts, &eligibility);
        reserves::check(&bench, solution, &answer, &mut found);
        sharing::check(&facts, solution, &answer, &mut found);
        objective::check(solution, &recomputed.tiers, &recomputed.terms, &mut found);
        selection::check(&desk, solution, &answer, digest, &mut found);
        status::check_unserved(&desk, solution, &answer, &mut found);
        let lawful = !found.breaks_model();
        status::check_bounds(&desk, solution, &mut recomputed, &mut found);
        if lawful {
            status::check_status(solution, &recomputed, &mut found);
        }
    }
    Verdict { violations: found.into_violations(), recomputed }
}
