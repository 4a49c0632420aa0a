//! People and places: who can attend anything, and when they are free on which clock.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{ClassDoc, ClockDoc, Runs, SitesDoc};
use crate::availability::Availability;
use crate::domain::{ActorIx, Instance, Mode, PlaceIx};
use crate::solve::PlanSpace;

/// Everyone who can attend some session, and the clocks on which they do.
pub(super) struct People {
    place_of: BTreeMap<ActorIx, usize>,
    /// Person and place of the clock, sorted.
    clocks: BTreeSet<(ActorIx, Option<PlaceIx>)>,
}

impl People {
    pub(super) fn new(instance: &Instance, spaces: &[PlanSpace]) -> Self {
        let mut clocks = BTreeSet::new();
        for space in spaces {
            for session in &space.sessions {
                let suited = session.booths.iter().flat_map(|(_, suited)| suited);
                let attending = session.attendees.iter().copied();
                let people = attending
                    .chain(space.members.iter().map(|member| member.actor))
                    .chain(suited.map(|i| instance.interpreter(*i).actor));
                clocks.extend(people.map(|person| (person, session.mode.clock_of())));
            }
        }
        let mut known: Vec<ActorIx> = clocks.iter().map(|(person, _)| *person).collect();
        // A party's people are named even when their party attends nothing.
        let parties = instance.disputes().iter().flat_map(|dispute| &dispute.parties);
        known.extend(parties.flat_map(|party| party.attendees.iter().copied()));
        known.sort_unstable();
        known.dedup();
        let place_of = known.into_iter().enumerate().map(|(at, person)| (person, at)).collect();
        Self { place_of, clocks }
    }

    pub(super) fn place_of(&self, person: ActorIx) -> Option<usize> {
        self.place_of.get(&person).copied()
    }

    /// The places of people who are known to be there.
    pub(super) fn places_of(&self, people: &[ActorIx]) -> Vec<usize> {
        people.iter().filter_map(|person| self.place_of(*person)).collect()
    }

    pub(super) fn names(&self, instance: &Instance) -> Vec<String> {
        self.place_of.keys().map(|person| instance.actor_name(*person).to_owned()).collect()
    }

    pub(super) fn clocks(&self, instance: &Instance, availability: &Availability) -> Vec<ClockDoc> {
        let grid = instance.grid();
        let slots = || 0..grid.slots();
        let clock = |(person, place): &(ActorIx, Option<PlaceIx>)| {
            let mode = place.map_or(Mode::Remote, Mode::InPerson);
            let profile = availability.of(*person, mode)?;
            let cost = |slot| profile.is_free(slot, 1).then(|| profile.points(slot, 1));
            let offset = |slot| {
                let clock = instance.clock_in(*person, mode, slot);
                let zone = clock.map(|clock| instance.clock(clock).zone);
                zone.map_or(0, |zone| zone.offset_at(grid.instant(slot)))
            };
            Some(ClockDoc {
                person: self.place_of(*person)?,
                place: place.map(PlaceIx::ix),
                points: runs(slots().map(cost)),
                offsets: runs(slots().map(offset)),
            })
        };
        self.clocks.iter().filter_map(clock).collect()
    }
}

/// Equal neighbours told once.
fn runs<T: PartialEq>(values: impl Iterator<Item = T>) -> Runs<T> {
    let mut runs: Runs<T> = Vec::new();
    for value in values {
        match runs.last_mut() {
            Some((length, last)) if *last == value => *length += 1,
            _ => runs.push((1, value)),
        }
    }
    runs
}

/// The places with their rooms.
pub(super) fn sites(instance: &Instance) -> Vec<SitesDoc> {
    let named = instance.places().iter().enumerate();
    named
        .map(|(at, place)| SitesDoc {
            id: instance.place_name(PlaceIx::new(at)).to_owned(),
            classes: place
                .classes
                .iter()
                .map(|class| ClassDoc {
                    seats: class.seats,
                    rooms: class.rooms.iter().map(|room| place.rooms[*room].clone()).collect(),
                })
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn runs_tell_equal_neighbours_once() {
        assert_eq!(runs([4, 4, 4, 0, 4].into_iter()), [(3, 4), (1, 0), (1, 4)]);
        assert_eq!(runs(std::iter::empty::<u8>()), []);
    }
}
