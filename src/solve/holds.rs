//! What a plan holds of what disputes share in time: people and rooms (docs/model.md, rows S2, S4
//! and S6).

use super::Engine;
use super::taken::Taken;
use crate::availability::Availability;
use crate::domain::{ActorIx, DisputeIx, Instance, Mode, PlaceIx};
use crate::solution::Plan;

/// A person in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) person: ActorIx,
    /// First slot.
    pub(crate) start: u32,
    /// First slot after the session.
    pub(crate) end: u32,
    /// Where she is, as far as that is known and matters.
    pub(crate) at: Option<PlaceIx>,
    /// The date on her clock, where days are limited.
    pub(crate) day: Option<i32>,
}

impl Hold {
    /// The hold of a person in a session of that mode.
    pub(crate) fn new(
        world: World<'_>,
        person: ActorIx,
        mode: Mode,
        (start, slots): (u32, u32),
    ) -> Self {
        let World { instance, availability, moves, dated } = world;
        Self {
            person,
            start,
            end: start + slots,
            at: if moves { instance.location_in(person, mode, start) } else { None },
            day: if dated { availability.day(instance, person, mode, start) } else { None },
        }
    }

    /// True when one person can have both (S2): the later starts late enough after the earlier.
    pub(crate) fn goes_with(&self, other: &Self, instance: &Instance) -> bool {
        let (first, then) = if self.start <= other.start { (self, other) } else { (other, self) };
        then.start >= first.end + instance.slots_between(first.at, then.at)
    }

    pub(crate) fn slots(&self) -> u32 {
        self.end - self.start
    }
}

/// Rooms of one class in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RoomHold {
    pub(crate) place: PlaceIx,
    pub(crate) class: u32,
    pub(crate) start: u32,
    pub(crate) slots: u32,
}

/// The instance with what is asked of it over and over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) instance: &'a Instance,
    pub(crate) availability: &'a Availability,
    /// Whether it matters where people are.
    pub(crate) moves: bool,
    /// Whether it matters on which date.
    pub(crate) dated: bool,
}

impl<'a> World<'a> {
    pub(crate) fn new(instance: &'a Instance, availability: &'a Availability) -> Self {
        Self {
            instance,
            availability,
            moves: !instance.journeys().are_none(),
            dated: instance.policy().day_minutes.is_some(),
        }
    }
}

impl<'a> Engine<'a> {
    pub(crate) fn world(&self) -> World<'a> {
        World::new(self.instance, self.availability)
    }
}

impl Engine<'_> {
    /// Everyone whom more than one dispute may want in its sessions, sorted.
    pub(crate) fn shared_people(&self) -> Vec<ActorIx> {
        let instance = self.instance;
        let mut wanted: Vec<(ActorIx, DisputeIx)> = Vec::new();
        for space in &self.spaces {
            let sessions = space.sessions.iter();
            let attendees = sessions.clone().flat_map(|session| session.attendees.iter().copied());
            let booths = sessions.flat_map(|session| &session.booths);
            let suited = booths.flat_map(|(_, suited)| suited);
            let interpreters = suited.map(|interpreter| instance.interpreter(*interpreter).actor);
            let members = space.members.iter().map(|member| member.actor);
            let all = members.chain(attendees).chain(interpreters);
            wanted.extend(all.map(|person| (person, space.dispute)));
        }
        wanted.sort_unstable();
        wanted.dedup();
        let by_person = wanted.chunk_by(|a, b| a.0 == b.0);
        by_person.filter(|own| own.len() > 1).map(|own| own[0].0).collect()
    }
}

/// Every person in every session of a plan.
pub(crate) fn people<'a>(world: World<'a>, plan: &'a Plan) -> impl Iterator<Item = Hold> + 'a {
    plan.sessions(world.instance).flat_map(move |(position, session, start)| {
        let people = plan.people(world.instance, position);
        people.map(move |person| Hold::new(world, person, session.mode, (start, session.slots)))
    })
}

/// Every room of every session of a plan.
pub(crate) fn rooms<'a>(
    instance: &'a Instance,
    plan: &'a Plan,
) -> impl Iterator<Item = RoomHold> + 'a {
    plan.sessions(instance).flat_map(move |(position, session, start)| {
        let classes = plan.staff.get(position).map_or(&[][..], |staff| &staff.rooms);
        let place = session.room_at();
        classes.iter().filter_map(move |class| {
            Some(RoomHold { place: place?, class: *class, start, slots: session.slots })
        })
    })
}

/// True when a plan by itself keeps what its rows S2 and S6 ask of each of its people, what is
/// taken of their days included.
pub(crate) fn is_consistent(world: World<'_>, plan: &Plan, taken: Option<&Taken<'_>>) -> bool {
    let mut holds: Vec<Hold> = people(world, plan).collect();
    holds.sort_unstable_by_key(|hold| (hold.person, hold.start));
    let limit = world.instance.day_slots();
    holds.chunk_by(|a, b| a.person == b.person).all(|own| {
        let apart = own.iter().enumerate().all(|(i, hold)| {
            own[i + 1..].iter().all(|later| hold.goes_with(later, world.instance))
        });
        let on = |hold: &Hold| -> u32 {
            let own = own.iter().filter(|other| other.day == hold.day).map(Hold::slots);
            own.sum::<u32>() + taken.map_or(0, |taken| taken.slots_on(hold.person, hold.day))
        };
        apart && limit.is_none_or(|limit| own.iter().all(|hold| on(hold) <= limit))
    })
}
