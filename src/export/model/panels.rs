//! The panel of a dispute: who sits, with whom, and how well it is served (A1, A2, A4, A5, A8).

use super::build::{Builder, Seat};
use super::names::part;
use super::{Kind, Sense, Terms};
use crate::domain::Micro;
use crate::solution::BEST_SERVICE;
use crate::solve::{PlanSpace, Tier};

impl Builder<'_> {
    /// Seats and their rows; gives the columns of the seats, in the order of the members.
    pub(super) fn panel(&mut self, space: &PlanSpace, name: &str, served: usize) -> Vec<usize> {
        let mut seats = Vec::with_capacity(space.members.len());
        for member in &space.members {
            let mediator = self.mediator_name(member.mediator);
            let seat = self.binary(format!("x__{name}__{mediator}"));
            self.gain(Tier::Quality, seat, member.worth);
            self.seats[member.mediator.ix()].push(Seat {
                dispute: space.dispute,
                column: seat,
                effort: member.effort,
            });
            seats.push(seat);
        }
        let mut size: Terms = seats.iter().map(|seat| (*seat, 1)).collect();
        size.push((served, -(space.size as i64)));
        self.row(format!("A1_size__{name}"), size, Sense::Equal, 0);
        if space.has_chair() {
            let row = at_least(&seats, space.chairs().into_iter(), (served, 1));
            self.row(format!("A1_chair__{name}"), row, Sense::AtLeast, 0);
        }
        for member in space.required() {
            let mediator = self.mediator_name(space.members[member].mediator);
            let row = vec![(seats[member], 1), (served, -1)];
            self.row(format!("A8_required__{name}__{mediator}"), row, Sense::AtLeast, 0);
        }
        self.coverage(space, name, served, &seats);
        for (number, apart) in cliques(&space.apart).into_iter().enumerate() {
            let mut row: Terms = apart.into_iter().map(|member| (seats[member], 1)).collect();
            row.push((served, -1));
            self.row(format!("A5_distinct__{name}__{number}"), row, Sense::AtMost, 0);
        }
        self.service(space, name, served, &seats);
        seats
    }

    /// A4.
    fn coverage(&mut self, space: &PlanSpace, name: &str, served: usize, seats: &[usize]) {
        let spec = &self.instance.dispute(space.dispute).panel;
        let members = |holds: &[bool]| {
            let all = 0..holds.len();
            all.filter(|member| holds[*member]).collect::<Vec<_>>().into_iter()
        };
        for (position, (least, speaks)) in space.languages.iter().enumerate() {
            let language = spec.languages.get(position).map(|(language, _)| *language);
            let told = language.map_or("", |language| self.instance.language_name(language));
            let row = at_least(seats, members(speaks), (served, i64::from(*least)));
            let language = part(told, position);
            self.row(format!("A4_language__{name}__{language}"), row, Sense::AtLeast, 0);
        }
        for (position, reaches) in space.expertise.iter().enumerate() {
            let subject = spec.expertise.get(position).map(|(subject, _)| *subject);
            let told = subject.map_or("", |subject| self.instance.subject_name(subject));
            let row = at_least(seats, members(reaches), (served, 1));
            let subject = part(told, position);
            self.row(format!("A4_expertise__{name}__{subject}"), row, Sense::AtLeast, 0);
        }
    }

    /// What the tier `worst`, or those of levels, ask of the service of the panel.
    fn service(&mut self, space: &PlanSpace, name: &str, served: usize, seats: &[usize]) {
        let size = space.size as Micro;
        let fits: Terms =
            seats.iter().zip(&space.members).map(|(seat, member)| (*seat, member.fit)).collect();
        let fits: Terms = fits.into_iter().filter(|(_, fit)| *fit != 0).collect();
        if self.instance.policy().worst_first {
            let service = self.worst_service();
            let mut row = fits.clone();
            // Whoever is not served does not count: the service is no more than the best there is.
            row.extend([(service, -size), (served, -size * BEST_SERVICE)]);
            let limit = -size * BEST_SERVICE;
            self.row(format!("tier_worst__{name}"), row, Sense::AtLeast, limit);
        }
        let mut least: Vec<Micro> = space.members.iter().map(|member| member.fit).collect();
        least.sort_unstable();
        let least: Micro = least.iter().take(space.size).sum();
        let levels = self.instance.policy().levels.clone();
        for (number, level) in levels.into_iter().enumerate() {
            let short = size * level - least;
            // Every panel reaches it.
            if short <= 0 {
                continue;
            }
            let below = self.binary(format!("below__{name}__{level}"));
            self.gain(Tier::Below(number as u8), below, -1_000_000);
            let mut row = fits.clone();
            row.extend([(below, short), (served, -size * level)]);
            self.row(format!("tier_below__{name}__{level}"), row, Sense::AtLeast, 0);
        }
    }

    /// The column of the worst service, made when it is first asked for.
    pub(super) fn worst_service(&mut self) -> usize {
        if let Some((column, _)) = self.tier(Tier::Worst).first() {
            return *column;
        }
        let span = (-BEST_SERVICE, BEST_SERVICE);
        let service = self.column("service".to_owned(), Kind::Whole, span);
        self.gain(Tier::Worst, service, 1);
        service
    }
}

/// A row that some members sit at least as often as a column says.
fn at_least(
    seats: &[usize],
    members: impl Iterator<Item = usize>,
    (column, times): (usize, i64),
) -> Terms {
    members.map(|member| (seats[member], 1)).chain([(column, -times)]).collect()
}

/// Sets of members of whom no two may sit together, such that every two who may not are in one: each grown from
/// the first pair that is in none. Complexity: pairs times members.
fn cliques(apart: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let together = |a: usize, b: usize| apart[a.min(b)].binary_search(&a.max(b)).is_err();
    let mut open: Vec<Vec<usize>> = apart.to_vec();
    let mut all = Vec::new();
    for first in 0..open.len() {
        while let Some(second) = open[first].first().copied() {
            let mut clique = vec![first, second];
            for next in apart[first].iter().filter(|next| **next > second) {
                if clique.iter().all(|member| !together(*member, *next)) {
                    clique.push(*next);
                }
            }
            for (position, member) in clique.iter().enumerate() {
                let later = &clique[position + 1..];
                open[*member].retain(|other| !later.contains(other));
            }
            all.push(clique);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cliques_say_what_pairs_say(edges in prop::collection::vec((0..7_usize, 0..7_usize), 0..25)) {
            let mut apart = vec![Vec::new(); 7];
            for (a, b) in edges.into_iter().filter(|(a, b)| a != b) {
                apart[a.min(b)].push(a.max(b));
            }
            for later in &mut apart {
                later.sort_unstable();
                later.dedup();
            }
            let found = cliques(&apart);
            for (a, later) in apart.iter().enumerate() {
                for b in a + 1..7 {
                    let named = found.iter().any(|set| set.contains(&a) && set.contains(&b));
                    prop_assert_eq!(named, later.contains(&b), "{} and {}", a, b);
                }
            }
        }
    }
}
