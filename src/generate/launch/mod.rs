//! The `launch` profile: the International Organization for Mediation as it starts work.
//!
//! Real are the signatories of 30 May 2025 (as listed in the press; one of 33 is missing there),
//! the two panels and their quotas of 5 and 20, the seat in Hong Kong, time zones, weekends and
//! languages. Drawn are the people, the organisations, their relations and the disputes.

mod docket;
mod roster;
pub(super) mod ties;

use chrono::NaiveDate;
use serde_json::json;

use crate::format::{
    CalendarDoc, DisputeClass, HolidayDoc, InstanceDoc, PanelDoc, StateDoc, Weekday,
};

use super::diary::Window;
use super::make;
use super::world::{state, weekend_calendars};

/// Options of the `launch` profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaunchOptions {
    /// Seed of all draws.
    pub seed: u64,
    /// Number of disputes; 10 when left out.
    pub disputes: Option<u32>,
    /// Number of mediators, 25 to a State, at most 800; 250 when left out.
    pub mediators: Option<u32>,
}

/// Signatories of 30 May 2025. The first ten designate mediators (our choice); States that follow
/// do so when more than 250 mediators are asked for.
pub(in crate::generate) const SIGNATORIES: [&str; 32] = [
    "CN", "DZ", "CM", "ID", "JM", "KE", "PK", "RS", "TL", "VE", //
    "BJ", "BY", "CG", "CU", "DJ", "DM", "ET", "GA", "GQ", "GW", "KH", "KI", "LA", "MR", "NI", "NR",
    "PG", "SB", "SD", "UG", "VU", "ZW",
];

/// States that have not signed but whose nationals are designated.
pub(super) const OTHERS: [&str; 8] = ["BR", "CH", "EG", "FR", "GB", "IN", "SG", "ZA"];

pub(super) const PLACE: &str = "hong-kong";

/// Subjects of disputes between States, and of the others.
pub(in crate::generate) const STATE_SUBJECTS: [&str; 6] =
    ["cultural-property", "fisheries", "sovereign-debt", "trade", "transit", "water-sharing"];
pub(in crate::generate) const TRADE_SUBJECTS: [&str; 8] =
    ["construction", "energy", "finance", "mining", "sale-of-goods", "shipping", "tax", "telecoms"];

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Makes an instance of the `launch` profile.
#[must_use]
pub fn launch(options: &LaunchOptions) -> InstanceDoc {
    let seed = options.seed;
    let window = Window { start: day(2026, 2, 2), days: 42 };
    let mut doc = make::instance(
        "iomed-launch",
        "IOMed at its start: real States, synthetic people and disputes",
        day(2026, 1, 15).to_string(),
        window.interval("Asia/Hong_Kong"),
    );
    doc.states = states();
    doc.panels = panels();
    doc.calendars = calendars();
    let mut place = make::place(PLACE, "Asia/Hong_Kong", ("09:00", "18:00"), 3, 16);
    place.name = Some("Old Wan Chai Police Station, Hong Kong".to_owned());
    place.notes = Some("opening hours as of HKIAC's rooms; number of rooms assumed".into());
    doc.places = vec![place];
    doc.mediators = roster::mediators(seed, options.mediators.unwrap_or(250), window);
    docket::add(&mut doc, seed, options.disputes.unwrap_or(10), window);
    ties::add(&mut doc, seed);
    doc.notes = Some(json!({
        "generator": "comity generate launch",
        "seed": seed,
        "real": "the signatories of 30 May 2025 (32 of 33: the list in the press lacks one), their regions, time zones, weekends and languages; the two panels and their quotas; the seat; the Hong Kong holidays of the horizon",
        "chosen": "which States designate mediators; `contracting` follows that choice and is no statement about ratifications; `Congo` in the list is read as the Republic of the Congo",
        "invented": "all people, organisations, relations, appointments and disputes: nothing is said about a real person, company or quarrel",
    }));
    doc
}

fn states() -> Vec<StateDoc> {
    let mut codes: Vec<&str> = SIGNATORIES.iter().chain(&OTHERS).copied().collect();
    codes.sort_unstable();
    let actor = |code: &str| {
        let mut actor = state(code)?.actor();
        if SIGNATORIES.contains(&code) {
            actor.blocs = vec!["iomed-signatory".to_owned()];
        }
        actor.contracting = SIGNATORIES[..10].contains(&code).then_some(true);
        Some(actor)
    };
    codes.into_iter().filter_map(actor).collect()
}

pub(in crate::generate) fn panels() -> Vec<PanelDoc> {
    let panel = |id: &str, name: &str, admits: &[DisputeClass], quota| PanelDoc {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        admits: admits.to_vec(),
        quota_per_state: Some(quota),
        quota_per_founder: None,
        continue_in_office: None,
        notes: None,
    };
    vec![
        panel("A", "State-to-State panel", &[DisputeClass::StateState], 5),
        panel("B", "General panel", &[DisputeClass::StateInvestor, DisputeClass::Commercial], 20),
    ]
}

fn calendars() -> Vec<CalendarDoc> {
    let mut calendars = weekend_calendars();
    let mut add = |id: &str, days: &[(u32, &str)], notes: &str| {
        let holiday = |&(date, name): &(u32, &str)| HolidayDoc {
            date: day(2026, 2, date).to_string(),
            name: Some(name.to_owned()),
            tentative: None,
            notes: None,
        };
        calendars.push(CalendarDoc {
            id: id.to_owned(),
            weekend: vec![Weekday::Sat, Weekday::Sun],
            holidays: days.iter().map(holiday).collect(),
            workdays: Vec::new(),
            notes: Some(notes.into()),
        });
    };
    let new_year = [
        (17, "Lunar New Year's Day"),
        (18, "second day of Lunar New Year"),
        (19, "third day of Lunar New Year"),
    ];
    add(PLACE, &new_year, "general holidays of Hong Kong that fall into the horizon");
    let spring = [
        (16, "Lunar New Year's Eve"),
        (17, "Spring Festival"),
        (18, "Spring Festival"),
        (19, "Spring Festival"),
    ];
    add("china", &spring, "statutory days only, without bridging days and days worked instead");
    calendars
}

/// The calendar that people in a State keep.
pub(super) fn calendar_of(code: &str) -> String {
    match (code, state(code)) {
        ("CN", _) => "china".to_owned(),
        (_, Some(facts)) => facts.weekend.to_owned(),
        (_, None) => "sat-sun".to_owned(),
    }
}

#[cfg(test)]
mod tests;
