//! The `hk-spring` profile: thirty disputes between parties on five continents, spring of 2026.
//!
//! The weeks from 2 March to 24 April 2026 cross the American, European and Australian changes of
//! the clock, Eid al-Fitr, Easter and Ching Ming. Real are States, time zones, weekends, languages
//! and the seats of places; chosen by hand are the pairs of parties and the courses of the
//! proceedings (`docket`); drawn are people, organisations, relations and diaries. Holidays are not
//! made here: `comity convert --from ics` adds them from the files of `instances/calendars`.

mod docket;
mod hours;
mod interpreters;
mod places;
mod roster;
mod rules;
mod series;
mod sides;

use chrono::NaiveDate;
use serde_json::json;

use crate::format::{CalendarDoc, DisputeClass, InstanceDoc, PanelDoc, StateDoc, Weekday};

use super::diary::Window;
use super::launch::{SIGNATORIES, ties};
use super::make;
use super::world::{state, weekend_calendars};

/// Options of the `hk-spring` profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpringOptions {
    /// Seed of all draws.
    pub seed: u64,
}

/// States that designate mediators (our choice, as in the `launch` profile).
const DESIGNATING: [&str; 10] = ["CN", "DZ", "CM", "ID", "JM", "KE", "PK", "RS", "TL", "VE"];

/// States that have not signed, but where people live and companies are.
const OTHERS: [&str; 12] = ["AU", "BR", "CH", "EG", "FR", "GB", "HK", "IN", "NG", "NZ", "SG", "US"];

/// Calendars with holidays: id, State, weekend; `instances/calendars/ID-2026.ics` has the days.
pub(in crate::generate) const HOLIDAYS: [(&str, &str, &[Weekday]); 18] = {
    const WEST: &[Weekday] = &[Weekday::Sat, Weekday::Sun];
    const EAST: &[Weekday] = &[Weekday::Fri, Weekday::Sat];
    [
        ("algeria", "DZ", EAST),
        ("brazil", "BR", WEST),
        ("cameroon", "CM", WEST),
        ("china", "CN", WEST),
        ("egypt", "EG", EAST),
        ("england", "GB", WEST),
        ("france", "FR", WEST),
        ("geneva", "CH", WEST),
        ("hong-kong", "HK", WEST),
        ("indonesia", "ID", WEST),
        ("kenya", "KE", WEST),
        ("new-south-wales", "AU", WEST),
        ("nigeria", "NG", WEST),
        ("pakistan", "PK", WEST),
        ("serbia", "RS", WEST),
        ("singapore", "SG", WEST),
        ("united-states", "US", WEST),
        ("venezuela", "VE", WEST),
    ]
};

/// The calendar that people in a State keep.
pub(in crate::generate) fn calendar_of(code: &str) -> String {
    let own = HOLIDAYS.iter().find(|(_, of, _)| *of == code).map(|(id, _, _)| *id);
    own.or_else(|| state(code).map(|facts| facts.weekend)).unwrap_or("sat-sun").to_owned()
}

/// The main zone of a State; New South Wales stands for Australia, whose clocks change.
fn zone_of(code: &str) -> &'static str {
    state(code).map_or("UTC", |facts| facts.main_zone())
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

/// From 2 March to 24 April 2026, both included.
fn window() -> Window {
    Window { start: day(3, 2), days: 54 }
}

/// Makes an instance of the `hk-spring` profile, without holidays.
#[must_use]
pub fn spring(options: &SpringOptions) -> InstanceDoc {
    let seed = options.seed;
    let mut doc = make::instance(
        "hk-spring-2026",
        "Spring in Hong Kong: thirty disputes on five continents, synthetic people",
        day(2, 20).to_string(),
        window().interval("Asia/Hong_Kong"),
    );
    doc.policy = Some(rules::policy());
    doc.deadlines = vec![rules::deadlines()];
    doc.states = states();
    doc.panels = panels();
    doc.calendars = calendars();
    doc.places = places::places();
    doc.journeys = places::journeys();
    doc.mediators = roster::mediators(seed);
    doc.interpreters = interpreters::interpreters(seed);
    docket::add(&mut doc, seed);
    ties::add(&mut doc, seed);
    doc.relations.extend(interpreters::relations());
    doc.notes = Some(json!({
        "generator": "comity generate hk-spring, then comity convert --from ics for each calendar: see instances/README.md",
        "seed": seed,
        "real": "States, regions, time zones, weekends, languages; the seats of the places; holidays as in instances/calendars; ICSID Mediation Rules 2022",
        "chosen": "which States designate mediators, which States and companies' homes meet and what for (many have no office hour in common), the courses of the proceedings, opening hours, rooms, journeys, recovery, working hours in Ramadan (until 19 March 2026), limits of workload",
        "invented": "all people, organisations, relations, appointments, diaries, trips and disputes: nothing is said about a real person, company or quarrel",
    }));
    doc
}

fn states() -> Vec<StateDoc> {
    let mut codes: Vec<&str> = SIGNATORIES.iter().chain(&OTHERS).copied().collect();
    codes.sort_unstable();
    codes.into_iter().filter_map(|code| Some(state(code)?.actor())).collect()
}

fn panels() -> Vec<PanelDoc> {
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

/// Weekends alone; holidays come from the files.
fn calendars() -> Vec<CalendarDoc> {
    let mut calendars = weekend_calendars();
    calendars.extend(HOLIDAYS.iter().map(|(id, _, weekend)| CalendarDoc {
        id: (*id).to_owned(),
        weekend: weekend.to_vec(),
        holidays: Vec::new(),
        workdays: Vec::new(),
        notes: Some(format!("holidays: instances/calendars/{id}-2026.ics").into()),
    }));
    calendars
}

#[cfg(test)]
mod tests;
