//! Sessions as the solution writes them: times, rooms, everyone's wall clock, burden.

use std::collections::BTreeMap;

use crate::availability::Availability;
use crate::domain::{ActorIx, Instance, PlaceIx, Session};
use crate::format::{BurdenDoc, ScheduledSessionDoc};
use crate::solution::{Plan, Solution, person_points, sides_of};
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
                let rooms = rooms.get(&(plan.dispute.ix(), position));
                let rooms = rooms.map_or(&[][..], Vec::as_slice);
                session_doc(instance, availability, plan, (position, session, *start), rooms)
            })
        })
        .collect()
}

/// The rooms of each session, by dispute and session: of each class the first that is free, sessions
/// by start.
///
/// WHY this suffices: rooms of a class are interchangeable, no more of them than there are are in
/// use at any time (S4), and first-fit by start colours an interval graph with as many colours as
/// overlap.
fn rooms(instance: &Instance, solution: &Solution) -> BTreeMap<(usize, usize), Vec<String>> {
    // By class: start, end, session and which of its rooms.
    let mut wanted: BTreeMap<(PlaceIx, u32), Vec<(u32, u32, (usize, usize), usize)>> =
        BTreeMap::new();
    for plan in solution.plans.iter().flatten() {
        for (position, session, start) in plan.sessions(instance) {
            let Some(place) = session.room_at() else { continue };
            let key = (plan.dispute.ix(), position);
            for (which, class) in plan.staff[position].rooms.iter().enumerate() {
                let entry = (start, start + session.slots, key, which);
                wanted.entry((place, *class)).or_default().push(entry);
            }
        }
    }
    let mut given: BTreeMap<(usize, usize), Vec<(usize, String)>> = BTreeMap::new();
    for ((place, class), mut wanted) in wanted {
        wanted.sort_unstable();
        let place = instance.place(place);
        let rooms = &place.classes[class as usize].rooms;
        let mut free_from = vec![0_u32; rooms.len()];
        for (start, end, key, which) in wanted {
            if let Some(room) = free_from.iter().position(|free| *free <= start) {
                free_from[room] = end;
                given.entry(key).or_default().push((which, place.rooms[rooms[room]].clone()));
            }
        }
    }
    let in_order = |mut rooms: Vec<(usize, String)>| {
        rooms.sort_unstable();
        rooms.into_iter().map(|(_, name)| name).collect()
    };
    given.into_iter().map(|(key, rooms)| (key, in_order(rooms))).collect()
}

/// What sides, parties and people bear over the sessions of each dispute.
pub(super) fn burdens(
    instance: &Instance,
    availability: &Availability,
    solution: &Solution,
) -> Vec<BurdenDoc> {
    let dated = solution.plans.iter().flatten().filter(|plan| plan.starts.is_some());
    dated.map(|plan| burden_doc(instance, availability, plan)).collect()
}

fn burden_doc(instance: &Instance, availability: &Availability, plan: &Plan) -> BurdenDoc {
    let dispute = instance.dispute(plan.dispute);
    // What a person bears in the sessions of the parties that `counts` accepts.
    let borne = |person: ActorIx, counts: &dyn Fn(&Session) -> bool| -> i64 {
        let sessions = plan.sessions(instance).filter(|(_, session, _)| counts(session));
        sessions
            .map(|(_, session, start)| person_points(availability, session, person, start))
            .sum()
    };
    let parties = dispute.parties.iter().enumerate();
    let mut people: Vec<ActorIx> = Vec::new();
    for (position, party) in dispute.parties.iter().enumerate() {
        // Who stands on two sides may attend for one of them alone.
        let meets = dispute.sessions.iter().any(|session| session.parties.contains(&position));
        for person in party.attendees.iter().filter(|_| meets) {
            if !people.contains(person) {
                people.push(*person);
            }
        }
    }
    BurdenDoc {
        dispute: instance.dispute_name(plan.dispute).to_owned(),
        sides: dispute.sides.iter().cloned().zip(sides_of(instance, availability, plan)).collect(),
        parties: parties
            .map(|(position, party)| {
                let attends = |session: &Session| session.parties.contains(&position);
                let sum = party.attendees.iter().map(|person| borne(*person, &attends)).sum();
                (party.id.clone(), sum)
            })
            .collect(),
        people: people
            .into_iter()
            .map(|person| {
                let attends = |s: &Session| s.attendees.binary_search(&person).is_ok();
                (instance.actor_name(person).to_owned(), borne(person, &attends))
            })
            .collect(),
    }
}

fn session_doc(
    instance: &Instance,
    availability: &Availability,
    plan: &Plan,
    (position, session, start): (usize, &Session, u32),
    rooms: &[String],
) -> ScheduledSessionDoc {
    let grid = instance.grid();
    let dispute = instance.dispute(plan.dispute);
    let panel: Vec<ActorIx> = plan.panel.iter().map(|m| instance.mediator(*m).actor).collect();
    let points = |people: &[ActorIx]| -> i64 {
        people.iter().map(|person| person_points(availability, session, *person, start)).sum()
    };
    let staff = &plan.staff[position].interpreters;
    let interpreters: Vec<ActorIx> = staff.iter().map(|i| instance.interpreter(*i).actor).collect();
    let local = |person: ActorIx| {
        let clock = instance.clock_in(person, session.mode, start);
        clock.map_or_else(String::new, |clock| {
            instance.clock(clock).zone.local_rfc3339(grid.instant(start))
        })
    };
    let named = |people: &[ActorIx]| {
        people.iter().map(|person| instance.actor_name(*person).to_owned()).collect()
    };
    ScheduledSessionDoc {
        dispute: instance.dispute_name(plan.dispute).to_owned(),
        session: session.id.clone(),
        start: Zone::utc_rfc3339(grid.instant(start)),
        end: Zone::utc_rfc3339(grid.instant(start + session.slots)),
        place: session.mode.room_at().map(|place| instance.place_name(place).to_owned()),
        room: rooms.first().cloned(),
        breakout_rooms: rooms.iter().skip(1).cloned().collect(),
        interpreters: named(&interpreters),
        interpreter_burden: (!interpreters.is_empty()).then(|| points(&interpreters)),
        local: panel
            .iter()
            .chain(&session.attendees)
            .chain(&interpreters)
            .filter(|_| !session.held)
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
        panel_burden: if session.held { 0 } else { points(&panel) },
    }
}
