//! What is real or chosen: States that designate, seats of trade, holidays, hours that places share.

use chrono::NaiveDate;

use crate::format::{CalendarDoc, HolidayDoc, StateDoc};
use crate::generate::launch::SIGNATORIES;
use crate::generate::make;
use crate::generate::spring::{HOLIDAYS, calendar_of};
use crate::generate::world::{StateFacts, local_hour, states, weekend_calendars};

/// The 38 signatories of December 2025 are 32 whose names our source has and six whom it does not
/// name; these six stand in for them, which says nothing about what they have signed.
pub(super) const STAND_INS: [&str; 6] = ["BR", "EG", "IN", "NG", "SG", "ZA"];

/// Where companies, firms and holdings have their seats, beside the States that designate.
pub(super) const TRADE: [(&str, usize); 16] = [
    ("GB", 6),
    ("US", 6),
    ("FR", 5),
    ("HK", 5),
    ("SG", 5),
    ("AE", 4),
    ("CH", 4),
    ("DE", 4),
    ("IN", 4),
    ("BR", 3),
    ("NG", 3),
    ("NL", 3),
    ("ZA", 3),
    ("EG", 2),
    ("JP", 2),
    ("TR", 2),
];

/// Seats of companies in the middle of an ownership tree.
pub(super) const OFFSHORE: [&str; 8] = ["AE", "CH", "GB", "HK", "LU", "MU", "NL", "SG"];

/// Languages that are interpreted into and from English, and where interpreters live.
pub(super) const INTERPRETED: [(&str, [&str; 3]); 6] = [
    ("ar", ["AE", "DZ", "EG"]),
    ("es", ["CU", "ES", "VE"]),
    ("fr", ["CH", "CM", "FR"]),
    ("pt", ["BR", "GW", "PT"]),
    ("ru", ["BY", "CH", "RU"]),
    ("zh", ["CN", "HK", "SG"]),
];

/// Places with rooms: id, name, zone, calendar, opening hours, how often a session is held there.
pub(super) const PLACES: [(&str, &str, &str, &str, (&str, &str), usize); 3] = [
    (
        "hong-kong",
        "Old Wan Chai Police Station, Hong Kong",
        "Asia/Hong_Kong",
        "hong-kong",
        ("09:00", "18:00"),
        60,
    ),
    ("geneva", "Rooms in Geneva", "Europe/Zurich", "geneva", ("08:00", "19:00"), 20),
    ("nairobi", "Rooms in Nairobi", "Africa/Nairobi", "kenya", ("08:00", "17:00"), 20),
];

/// A State of the table with the hours at which people there are awake.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home {
    pub(super) facts: StateFacts,
    pub(super) awake: Hours,
}

/// Hours of the day in UTC, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours(u32);

impl Hours {
    /// Hours at which a clock in `zone` reads `from` o'clock or later, and earlier than `to`.
    pub(super) fn read(zone: &str, from: u32, to: u32, date: NaiveDate) -> Self {
        let reads = |hour| local_hour(zone, date, hour).is_some_and(|h| from <= h && h < to);
        Self((0..24).filter(|hour| reads(*hour)).map(|hour| 1 << hour).sum())
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The longest run of hours, around midnight too.
    pub(super) fn longest(self) -> u32 {
        let (mut best, mut run) = (0, 0);
        for hour in 0..48 {
            run = if self.0 >> (hour % 24) & 1 == 1 { run + 1 } else { 0 };
            best = best.max(run);
        }
        best.min(24)
    }
}

/// The States of the table; `date` is the day on which their clocks are compared.
pub(super) fn homes(date: NaiveDate) -> Vec<Home> {
    let home =
        |facts: StateFacts| Home { facts, awake: Hours::read(facts.main_zone(), 6, 23, date) };
    states().map(home).collect()
}

/// States in the order in which they designate: signatories, stand-ins, then all others of the
/// table but Hong Kong, which is a region.
pub(super) fn designating() -> Vec<&'static str> {
    let mut order: Vec<&str> = SIGNATORIES.iter().chain(&STAND_INS).copied().collect();
    let others = states().map(|facts| facts.code).filter(|code| *code != "HK");
    let others: Vec<&str> = others.filter(|code| !order.contains(code)).collect();
    order.extend(others);
    order
}

/// A State as an actor.
pub(super) fn actor(facts: &StateFacts) -> StateDoc {
    let mut actor = facts.actor();
    if SIGNATORIES.contains(&facts.code) {
        actor.blocs = vec!["iomed-signatory".to_owned()];
    }
    if STAND_INS.contains(&facts.code) {
        actor.notes = Some("stands in for a signatory that our source does not name".into());
    }
    actor
}

/// The days of `instances/calendars/` that fall into the horizon; a test compares.
const DAYS: &str = include_str!("holidays.txt");

/// Weekends alone, and the calendars of eighteen States with their holidays.
pub(super) fn calendars() -> Vec<CalendarDoc> {
    let mut calendars = weekend_calendars();
    for (id, _, weekend) in HOLIDAYS {
        let rows = DAYS.lines().filter_map(|line| line.strip_prefix(id)?.strip_prefix(';'));
        let day = |row: &str| {
            let (date, name) = row.split_once(';')?;
            let name = Some(name.to_owned());
            Some(HolidayDoc { date: date.to_owned(), name, tentative: None, notes: None })
        };
        calendars.push(CalendarDoc {
            id: id.to_owned(),
            weekend: weekend.to_vec(),
            holidays: rows.filter_map(day).collect(),
            workdays: Vec::new(),
            notes: None,
        });
    }
    calendars
}

/// The calendar that people in a State keep.
pub(super) fn calendar(code: &str) -> String {
    calendar_of(code)
}

/// The rooms of the docket: more for a longer one.
pub(super) fn places(disputes: u32) -> Vec<crate::format::PlaceDoc> {
    let place = |(id, name, zone, calendar, open, often): (_, &str, _, &str, _, usize)| {
        let rooms = 2 + disputes * often as u32 / 600;
        let mut place = make::place(id, zone, open, rooms, 16);
        place.name = Some(name.to_owned());
        place.calendar = Some(calendar.to_owned());
        place.notes = Some("opening hours and rooms assumed".into());
        place
    };
    PLACES.into_iter().map(place).collect()
}
