//! Where people meet, and how long it takes from one place to another.

use crate::format::{HoursDoc, JourneyDoc, PlaceDoc, RoomDoc};
use crate::generate::make::{MON_FRI, hours};

/// The main place.
pub(super) const HONG_KONG: &str = "hong-kong";
pub(super) const GENEVA: &str = "geneva";
pub(super) const NAIROBI: &str = "nairobi";
pub(super) const SINGAPORE: &str = "singapore";

/// Three places with rooms, and one where people only are.
pub(super) fn places() -> Vec<PlaceDoc> {
    let weekdays = |from: &str, to: &str| vec![hours(&MON_FRI, from, to)];
    vec![
        place(
            (HONG_KONG, "Old Wan Chai Police Station, Hong Kong"),
            ("Asia/Hong_Kong", HONG_KONG),
            weekdays("09:00", "18:00"),
            &[("large", 24, 1), ("medium", 9, 3), ("small", 4, 4)],
            "opening hours as of HKIAC's rooms; rooms assumed",
        ),
        place(
            (GENEVA, "Rooms in Geneva"),
            ("Europe/Zurich", GENEVA),
            weekdays("08:00", "19:00"),
            &[("large", 18, 1), ("small", 5, 3)],
            "opening hours and rooms assumed",
        ),
        place(
            (NAIROBI, "Rooms in Nairobi"),
            ("Africa/Nairobi", "kenya"),
            weekdays("08:00", "17:00"),
            &[("large", 16, 1), ("small", 5, 3)],
            "opening hours and rooms assumed",
        ),
        place(
            (SINGAPORE, "Singapore"),
            ("Asia/Singapore", SINGAPORE),
            Vec::new(),
            &[],
            "where people are; no sessions",
        ),
    ]
}

fn place(
    (id, name): (&str, &str),
    (zone, calendar): (&str, &str),
    opening_hours: Vec<HoursDoc>,
    rooms: &[(&str, u32, u32)],
    notes: &str,
) -> PlaceDoc {
    let room = |size: &str, seats, n: u32| RoomDoc {
        id: format!("{size}-{n}"),
        seats: Some(seats),
        notes: None,
    };
    PlaceDoc {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        time_zone: zone.to_owned(),
        calendar: Some(calendar.to_owned()),
        opening_hours,
        rooms: rooms
            .iter()
            .flat_map(|&(size, seats, count)| (1..=count).map(move |n| room(size, seats, n)))
            .collect(),
        notes: Some(notes.into()),
    }
}

/// Door to door: the flight, a change where no line flies direct, and four hours for both ends.
pub(super) fn journeys() -> Vec<JourneyDoc> {
    let journey = |(from, to, minutes): (&str, &str, u32)| JourneyDoc {
        from: from.to_owned(),
        to: to.to_owned(),
        minutes,
        notes: Some("assumed".into()),
    };
    [
        (HONG_KONG, GENEVA, 1140),
        (HONG_KONG, NAIROBI, 1140),
        (HONG_KONG, SINGAPORE, 480),
        (GENEVA, NAIROBI, 840),
        (GENEVA, SINGAPORE, 1080),
        (NAIROBI, SINGAPORE, 1080),
    ]
    .map(journey)
    .to_vec()
}
