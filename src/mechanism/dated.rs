//! Dates for the answers of a lottery.
//!
//! * Takes a mixture of panels under caps; gives one of answers with dates, under the same caps, that serves as many.
//! * One after the other, each answer becomes the best that the engine finds with the docket's sessions, whole quality
//!   counted, among those that the other answers leave room for: a pair that is not its own must fit under its cap beside
//!   what the others, at their weights, have of it. So the caps hold after every step, weights as they are; and the
//!   panels that it had are always among what it can have, so that no dispute loses its panel.
//! * At the end all answers that have been made are mixed anew.
//! * Complexity: [`SWEEPS`] solves of the docket for each answer of the mixture.

use std::collections::{BTreeMap, BTreeSet};

use super::mixture::{Caps, Pair, Program, Ticket, in_millionths, pairs_of};
use crate::domain::Micro;
use crate::pipeline::Screened;
use crate::solution::{Solution, evaluate};
use crate::solve::{Control, Options, solve};

/// How often each answer is made anew at most.
const SWEEPS: usize = 2;

/// Gives the answers of a mixture dates. `program` is empty; weights are in millionths.
pub(super) fn with_dates(
    screened: &Screened,
    caps: &Caps,
    mut drawn: Vec<(u32, Ticket)>,
    mut program: Program,
    options: Options,
    control: &Control<'_>,
) -> Vec<(u32, Ticket)> {
    let dating = Dating { screened, caps, options, control };
    let mut likely: BTreeMap<Pair, i64> = BTreeMap::new();
    for (weight, ticket) in &drawn {
        for pair in pairs_of(&ticket.solution) {
            *likely.entry(pair).or_default() += i64::from(*weight);
        }
    }
    let mut made: Vec<Ticket> = Vec::new();
    for sweep in 0..SWEEPS {
        let mut better = false;
        for (weight, ticket) in &mut drawn {
            if sweep > 0 && control.should_stop() {
                break;
            }
            let weight = i64::from(*weight);
            // Once there is no time left the panels stay, and only dates are looked for.
            let found = if control.should_stop() {
                dating.dates(ticket)
            } else {
                dating.best(ticket, weight, &likely)
            };
            if sweep > 0 && !found.is_better_than(ticket) {
                continue;
            }
            for pair in pairs_of(&ticket.solution) {
                likely.entry(pair).and_modify(|p| *p -= weight);
            }
            for pair in pairs_of(&found.solution) {
                *likely.entry(pair).or_default() += weight;
            }
            match made.iter_mut().find(|other| other.seats_as(&found)) {
                Some(other) if found.is_better_than(other) => *other = found.clone(),
                Some(_) => {}
                None => made.push(found.clone()),
            }
            *ticket = found;
            better = true;
        }
        if !better {
            break;
        }
    }
    for ticket in &made {
        program.add(ticket);
    }
    let weights = program.solve(&made, caps, control);
    let mixed = in_millionths(&weights, &made, caps).or_else(|| {
        program.spare(caps);
        let weights = program.solve(&made, caps, control);
        in_millionths(&weights, &made, caps)
    });
    let as_it_was = merged(drawn);
    let Some(mixed) = mixed else { return as_it_was };
    let mixed: Vec<(u32, Ticket)> =
        mixed.into_iter().zip(made).filter(|(weight, _)| *weight > 0).collect();
    if worth(&mixed) > worth(&as_it_was) { mixed } else { as_it_was }
}

/// What a mixture has of dates, then of quality.
fn worth(mixture: &[(u32, Ticket)]) -> (i128, i128) {
    let sum = |of: fn(&Ticket) -> Micro| -> i128 {
        mixture.iter().map(|(weight, t)| i128::from(*weight) * i128::from(of(t))).sum()
    };
    (sum(|ticket| ticket.sessions), sum(|ticket| ticket.quality))
}

/// The same with tickets of the same panels put together.
fn merged(drawn: Vec<(u32, Ticket)>) -> Vec<(u32, Ticket)> {
    let mut merged: Vec<(u32, Ticket)> = Vec::with_capacity(drawn.len());
    for (weight, ticket) in drawn {
        match merged.iter_mut().find(|(_, other)| other.seats_as(&ticket)) {
            Some((sum, other)) => {
                *sum += weight;
                if ticket.is_better_than(other) {
                    *other = ticket;
                }
            }
            None => merged.push((weight, ticket)),
        }
    }
    merged
}

struct Dating<'a> {
    screened: &'a Screened,
    caps: &'a Caps,
    options: Options,
    control: &'a Control<'a>,
}

impl Dating<'_> {
    /// The best answer with dates in the place of one of this weight, beside what all are likely to seat.
    fn best(&self, ticket: &Ticket, weight: i64, likely: &BTreeMap<Pair, i64>) -> Ticket {
        let Screened { instance, eligibility, .. } = self.screened;
        let own: BTreeSet<Pair> = pairs_of(&ticket.solution).collect();
        let is_full = |pair: &Pair| {
            let cap = self.caps.of(*pair);
            let p = likely.get(pair).copied().unwrap_or(0);
            !own.contains(pair) && cap.is_some_and(|cap| p + weight > cap)
        };
        let all = instance.dispute_indices().flat_map(|d| {
            let eligible = eligibility.eligible(d).iter();
            eligible.map(move |(m, ..)| (d, *m))
        });
        let full: Vec<Pair> = all.filter(is_full).collect();
        let found = self.solve(&full);
        // WHY: all answers of a lottery serve as many, and the engine may have missed what is there.
        if found.panels == ticket.panels { found } else { self.dates(ticket) }
    }

    /// The best answer without these pairs.
    fn solve(&self, barred: &[Pair]) -> Ticket {
        let Screened { instance, conflicts, eligibility, availability, .. } = self.screened;
        let mut left = eligibility.clone();
        left.bar(barred);
        let outcome = solve(instance, conflicts, &left, availability, self.options, self.control);
        self.told(outcome.solution)
    }

    /// The best dates of the panels of an answer.
    fn dates(&self, ticket: &Ticket) -> Ticket {
        let panels = ticket.solution.plans.iter();
        let panels: Vec<_> =
            panels.map(|plan| plan.as_ref().map(|plan| plan.panel.clone())).collect();
        let (found, _) = super::dates(self.screened, &panels, self.options, self.control);
        let found = self.told(found);
        // A limit may have ended the search before all panels stood.
        if found.panels == ticket.panels { found } else { ticket.clone() }
    }

    fn told(&self, solution: Solution) -> Ticket {
        let Screened { instance, availability, .. } = self.screened;
        let objective = evaluate(instance, availability, &solution);
        let dates = objective.burden + objective.fairness + objective.lateness;
        Ticket {
            solution,
            panels: objective.panels,
            sessions: objective.sessions,
            quality: objective.quality(),
            bare: objective.quality() - dates,
        }
    }
}
