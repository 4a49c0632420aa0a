//! Rooms: that a session has those it needs, and each to itself (S4, D2).

use crate::format::{RoomDoc, ScheduledSessionDoc, SessionMode, SolutionDoc};

use super::answer::{Answer, Date};
use super::facts::{Facts, Place, Session};
use super::verdict::Findings;

/// The rooms of a place with equally many seats; `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) seats: Option<u32>,
    pub(super) rooms: usize,
}

impl Class {
    /// Whether so many people find a seat.
    pub(super) fn seats_all(self, people: usize) -> bool {
        self.seats.is_none_or(|seats| people <= seats as usize)
    }
}

/// The classes of a list of rooms.
pub(super) fn classes(rooms: &[RoomDoc]) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    for room in rooms {
        match classes.iter_mut().find(|class| class.seats == room.seats) {
            Some(class) => class.rooms += 1,
            None => classes.push(Class { seats: room.seats, rooms: 1 }),
        }
    }
    classes
}

/// What rooms a session needs: seats of the room for all, number of others, seats of each of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) all: usize,
    pub(super) others: usize,
    pub(super) each: usize,
}

impl Need {
    /// Of a session with these people, by party and in all, and a panel.
    pub(super) fn new(
        mode: SessionMode,
        breakouts: Option<u32>,
        parties: &[(&str, Vec<usize>)],
        people: usize,
        panel: usize,
    ) -> Self {
        let others = breakouts.unwrap_or(0) as usize;
        if mode != SessionMode::InPerson {
            return Self { others, ..Self::default() };
        }
        let each = parties.iter().map(|(_, own)| own.len()).max().unwrap_or(0);
        Self { all: people.saturating_add(panel), others, each }
    }

    /// What the cheapest rooms cost that meet it, from classes with the price of a room; nothing where there are too
    /// few.
    pub(super) fn cheapest(self, offers: &[(Class, i128)]) -> Option<i128> {
        let with = |main: usize| {
            let mut others: Vec<i128> = Vec::new();
            for (i, (class, price)) in offers.iter().enumerate() {
                let left = class.rooms - usize::from(i == main);
                let taken = if class.seats_all(self.each) { left.min(self.others) } else { 0 };
                others.extend(std::iter::repeat_n(*price, taken));
            }
            others.sort_unstable();
            let enough = others.get(..self.others)?;
            Some(offers[main].1 + enough.iter().sum::<i128>())
        };
        let fits = (0..offers.len()).filter(|i| offers[*i].0.seats_all(self.all));
        fits.filter_map(with).min()
    }
}

struct Taken<'s> {
    place: usize,
    room: &'s str,
    start: i64,
    end: i64,
}

/// Judges the rooms of every session.
pub(super) fn check(facts: &Facts<'_>, doc: &SolutionDoc, answer: &Answer, found: &mut Findings) {
    let mut taken: Vec<Taken<'_>> = Vec::new();
    for (d, dispute) in facts.disputes.iter().enumerate() {
        for (k, session) in dispute.sessions.iter().enumerate() {
            let date = answer.dates.get(d).and_then(|x| x.get(k)).copied().flatten();
            let Some(Date { at, start }) = date else { continue };
            let Some(entry) = doc.sessions.get(at) else { continue };
            let id = Some(dispute.doc.id.as_str());
            let mut add = |label: &str, below: &str, message: String| {
                found.add(label, id, format!("/sessions/{at}{below}"), message);
            };
            let place = session.place.filter(|_| !session.held);
            let Some((index, place)) = place.and_then(|k| Some((k, facts.places.get(k)?))) else {
                if entry.room.is_some() || !entry.breakout_rooms.is_empty() {
                    let message = "a session that is remote, or over, takes no room";
                    add("D2", "/room", message.to_owned());
                }
                continue;
            };
            for (label, below, message) in own(place, session, entry) {
                add(label, below, message);
            }
            let end = start.saturating_add(session.minutes);
            for room in entry.room.iter().chain(&entry.breakout_rooms) {
                let mut here = taken.iter().filter(|t| t.place == index && t.room == room.as_str());
                if here.any(|t| t.start < end && start < t.end) {
                    add("S4", "/room", format!("`{room}` is taken at that time"));
                }
                taken.push(Taken { place: index, room, start, end });
            }
        }
    }
}

/// What is wrong with the rooms of a session by themselves.
fn own(
    place: &Place<'_>,
    session: &Session<'_>,
    entry: &ScheduledSessionDoc,
) -> Vec<(&'static str, &'static str, String)> {
    let mut wrong = Vec::new();
    let need = session.rooms;
    let room = |id: &String| place.doc.rooms.iter().find(|room| room.id == *id);
    let small =
        |room: &RoomDoc, people: usize| room.seats.is_some_and(|seats| (seats as usize) < people);
    match entry.room.as_ref().map(|id| (id, room(id))) {
        None => wrong.push(("D2", "/room", "a room of the place is expected".to_owned())),
        Some((id, None)) => {
            wrong.push(("D2", "/room", format!("the place has no room `{id}`")));
        }
        Some((id, Some(room))) if small(room, need.all) => {
            wrong.push(("S4", "/room", format!("`{id}` has no seats for {} people", need.all)));
        }
        Some(_) => {}
    }
    if entry.breakout_rooms.len() != need.others {
        let message = format!("{} breakout rooms are expected", need.others);
        wrong.push(("S4", "/breakout_rooms", message));
    }
    for id in &entry.breakout_rooms {
        match room(id) {
            None => {
                wrong.push(("D2", "/breakout_rooms", format!("the place has no room `{id}`")));
            }
            Some(room) if small(room, need.each) => {
                let message = format!("`{id}` has no seats for {} people", need.each);
                wrong.push(("S4", "/breakout_rooms", message));
            }
            Some(_) => {}
        }
    }
    wrong
}
