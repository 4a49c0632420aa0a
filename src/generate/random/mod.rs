//! The `random` profile: dockets of any size on which solvers are measured.
//!
//! Four weeks from 19 October 2026 (the clocks of Europe and America change in them), half-hour
//! slots, real time zones, busy calendars; parties with representatives and counsel who appear in
//! several disputes, three sessions a dispute, rooms, interpreters, a shortlist of mediators for
//! each dispute and relations that bar some of them. `tight` has fewer rooms, interpreters and
//! counsel, and fuller calendars.
//!
//! Complexity: linear in disputes and mediators, but for the shortlists (disputes x mediators).

mod clocks;
mod docket;
mod people;

use chrono::NaiveDate;
use serde_json::json;

use crate::format::{Candidates, InstanceDoc, IntervalDoc, PolicyDoc};

use super::make;
use super::world::{state, weekend_calendars};

/// Options of the `random` profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomOptions {
    /// Seed of all draws.
    pub seed: u64,
    /// Number of disputes, at least 1.
    pub disputes: u32,
    /// Number of mediators, at least 1.
    pub mediators: u32,
    /// Fewer rooms, interpreters and counsel; fuller calendars.
    pub tight: bool,
}

/// Where people live: State, zone, weight of the draw. Zones and weekends are real.
const HOMES: [(&str, &str, usize); 23] = [
    ("GB", "Europe/London", 10),
    ("FR", "Europe/Paris", 9),
    ("CH", "Europe/Zurich", 6),
    ("US", "America/New_York", 11),
    ("US", "America/Chicago", 4),
    ("US", "America/Los_Angeles", 6),
    ("BR", "America/Sao_Paulo", 5),
    ("NG", "Africa/Lagos", 4),
    ("KE", "Africa/Nairobi", 3),
    ("ZA", "Africa/Johannesburg", 3),
    ("EG", "Africa/Cairo", 3),
    ("AE", "Asia/Dubai", 5),
    ("IN", "Asia/Kolkata", 7),
    ("SG", "Asia/Singapore", 7),
    ("HK", "Asia/Hong_Kong", 4),
    ("CN", "Asia/Shanghai", 5),
    ("JP", "Asia/Tokyo", 4),
    ("KR", "Asia/Seoul", 2),
    ("AU", "Australia/Sydney", 4),
    ("NZ", "Pacific/Auckland", 1),
    ("JO", "Asia/Amman", 3),
    ("CO", "America/Bogota", 2),
    ("CA", "America/Toronto", 2),
];

/// Subjects of disputes and of mediators' expertise.
const SUBJECTS: [&str; 8] = [
    "construction",
    "energy",
    "finance",
    "joint-ventures",
    "mining",
    "sale-of-goods",
    "shipping",
    "technology",
];

/// Languages that are interpreted, from and into English.
const INTERPRETED: [&str; 4] = ["ar", "es", "fr", "zh"];

/// Days of the horizon.
const DAYS: u32 = 28;

/// The first day; the horizon begins at midnight UTC.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 19).unwrap_or_default()
}

/// Makes an instance of the `random` profile.
#[must_use]
pub fn random(options: &RandomOptions) -> InstanceDoc {
    let RandomOptions { seed, disputes, mediators, tight } = *options;
    let word = if tight { "-tight" } else { "" };
    let mut doc = make::instance(
        &format!("random-{disputes}-{mediators}-s{seed}{word}"),
        &format!("{disputes} disputes, {mediators} mediators: random, all synthetic"),
        "2026-10-05".to_owned(),
        IntervalDoc {
            start: clocks::instant(0),
            end: clocks::instant(DAYS * clocks::A_DAY),
            notes: None,
        },
    );
    doc.policy = Some(PolicyDoc { candidates: Some(Candidates::Scored), ..PolicyDoc::default() });
    doc.calendars = weekend_calendars();
    let mut codes: Vec<&str> = HOMES.iter().map(|(code, ..)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    doc.states = codes.into_iter().filter_map(|code| Some(state(code)?.actor())).collect();
    let mut world = people::World::new(options);
    doc.places = world.places();
    doc.mediators = world.mediators();
    doc.interpreters = world.interpreters();
    docket::add(&mut doc, &mut world);
    world.finish(&mut doc);
    doc.notes = Some(json!({
        "generator": format!("comity generate random --disputes {disputes} --mediators {mediators} --seed {seed}{}", if tight { " --tight" } else { "" }),
        "real": "States, regions, time zones, weekends",
        "invented": "everything else: all people, organisations, relations, calendars and disputes are synthetic",
    }));
    doc
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(seed: u64, tight: bool) -> InstanceDoc {
        random(&RandomOptions { seed, disputes: 6, mediators: 14, tight })
    }

    #[test]
    fn a_seed_makes_one_document() {
        assert_eq!(small(5, true), small(5, true));
        assert_ne!(small(5, true).disputes, small(6, true).disputes);
    }

    #[test]
    fn one_more_dispute_leaves_the_mediators_as_they_were() {
        let with =
            |disputes| random(&RandomOptions { seed: 4, disputes, mediators: 9, tight: false });
        let strip = |doc: InstanceDoc| -> Vec<_> {
            doc.mediators.into_iter().map(|m| (m.id, m.busy, m.nationalities)).collect()
        };
        assert_eq!(strip(with(3)), strip(with(4)));
    }
}
