//! Sessions as the solution writes them: times, rooms, everyone's wall clock, burden.

use std::collections::BTreeMap;

use crate::availability::Availability;
use crate::domain::{ActorIx, Instance, PlaceIx, Session};
use crate::format::ScheduledSessionDoc;
use crate::solution::{Plan, Solution};
use crate::time::Zone;

/// Every scheduled session, in the order of the instance.
pub(super) fn sessions(
    instance: &Instance,
    availability: &Availability,
    solution: &Solution,
) -> Vec<ScheduledSessionDoc> {
    let rooms = rooms(instance, solution);
    solution
        .plans
        .iter()
        .flatten()
        .flat_map(|plan| {
            let starts = plan.starts.iter().flatten();
            let sessions = &instance.dispute(plan.dispute).sessions;
            sessions.iter().zip(starts).enumerate().map(|(position, (session, start))| {
                let room = rooms.get(&(plan.dispute.ix(), position)).cloned();
                session_doc(instance, availability, plan, session, *start, room)
            })
        })
        .collect()
}

/// A room for each session at a place: the first that is free, sessions by start.
///
/// WHY this suffices: rooms of a place are interchangeable, no more sessions than rooms run at any
/// time (S4), and first-fit by start colours an interval graph with as many colours as overlap.
fn rooms(instance: &Instance, solution: &Solution) -> BTreeMap<(usize, usize), String> {
    let mut by_place: BTreeMap<PlaceIx, Vec<(u32, u32, (usize, usize))>> = BTreeMap::new();
    for plan in solution.plans.iter().flatten() {
        let starts = plan.starts.iter().flatten();
        let sessions = &instance.dispute(plan.dispute).sessions;
        for (position, (session, start)) in sessions.iter().zip(starts).enumerate() {
            if let Some(place) = session.mode.room_at() {
                let key = (plan.dispute.ix(), position);
                by_place.entry(place).or_default().push((*start, start + session.slots, key));
            }
        }
    }
    let mut given = BTreeMap::new();
    for (place, mut wanted) in by_place {
        wanted.sort_unstable();
        let names = &instance.place(place).rooms;
        let mut free_from = vec![0_u32; names.len()];
        for (start, end, key) in wanted {
            if let Some(room) = free_from.iter().position(|free| *free <= start) {
                free_from[room] = end;
                given.insert(key, names[room].clone());
            }
        }
    }
    given
}

fn session_doc(
    instance: &Instance,
    availability: &Availability,
    plan: &Plan,
    session: &Session,
    start: u32,
    room: Option<String>,
) -> ScheduledSessionDoc {
    let grid = instance.grid();
    let dispute = instance.dispute(plan.dispute);
    let panel: Vec<ActorIx> = plan.panel.iter().map(|m| instance.mediator(*m).actor).collect();
    let points = |people: &[ActorIx]| -> i64 {
        let profiles = people.iter().filter_map(|a| availability.of(*a, session.mode));
        profiles.map(|profile| profile.points(start, session.slots)).sum()
    };
    let local = |person: ActorIx| {
        let clock = match session.mode.clock_of() {
            Some(place) => Some(instance.place(place).clock),
            None => instance.actor(person).clock,
        };
        clock.map_or_else(String::new, |clock| {
            instance.clock(clock).zone.local_rfc3339(grid.instant(start))
        })
    };
    ScheduledSessionDoc {
        dispute: instance.dispute_name(plan.dispute).to_owned(),
        session: session.id.clone(),
        start: Zone::utc_rfc3339(grid.instant(start)),
        end: Zone::utc_rfc3339(grid.instant(start + session.slots)),
        place: session.mode.room_at().map(|place| instance.place_name(place).to_owned()),
        room,
        breakout_rooms: Vec::new(),
        interpreter_burden: None,
        interpreters: Vec::new(),
        local: panel
            .iter()
            .chain(&session.attendees)
            .map(|person| (instance.actor_name(*person).to_owned(), local(*person)))
            .collect(),
        burden: session
            .parties
            .iter()
            .map(|position| {
                let party = &dispute.parties[*position];
                (party.id.clone(), points(&party.attendees))
            })
            .collect(),
        panel_burden: points(&panel),
    }
}
