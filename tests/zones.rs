//! Local time against a second source: Python's `zoneinfo` on the same database.
//!
//! tests/python/zones.py makes the tables tests/zones/*.txt without comity. Times have no exception:
//! both sources hold the database in its main form, in which Dublin in winter and Casablanca in
//! Ramadan have a saving of minus one hour. Python knows one name more, `Factory` (nobody has set a
//! zone yet), which the recipe leaves out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime};
use comity::time::{Instant, Interval, OffsetSpan, Zone, tzdb_version};

const OFFSETS: &str = include_str!("zones/offsets.txt");
const CHANGES: &str = include_str!("zones/changes.txt");
const CIVIL: &str = include_str!("zones/civil.txt");

/// The zone of whose offsets the database spells out the digits, as if they were letters.
const SPELLED_OUT: &str = "Antarctica/Troll";

/// An instant in UTC, or a reading counted as if its zone were UTC.
fn minute(text: &str) -> i64 {
    let time = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M");
    time.unwrap_or_else(|e| panic!("{text}: {e}")).and_utc().timestamp() / 60
}

fn number(text: &str) -> i32 {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap_or_else(|| panic!("no zone {name}"))
}

/// 2024 to 2032, the years of the tables.
fn years() -> Interval {
    Interval { start: minute("20240101T0000"), end: minute("20330101T0000") }
}

/// The lines without comments and version.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let says_something = |line: &&str| !line.starts_with('#') && !line.starts_with("tzdb ");
    table.lines().filter(says_something).map(|line| line.split(' ').collect())
}

/// The rows of every zone, of a table in which zones share them.
fn by_zone(table: &'static str) -> BTreeMap<&'static str, Vec<Vec<&'static str>>> {
    let mut found = BTreeMap::new();
    let mut names: Vec<&str> = Vec::new();
    for row in rows(table) {
        if row[0] == "zones" {
            names = row[1..].to_vec();
            for name in &names {
                assert!(found.insert(*name, Vec::new()).is_none(), "{name} twice");
            }
        } else {
            for name in &names {
                found.get_mut(name).expect("a zone").push(row.clone());
            }
        }
    }
    found
}

/// (instant, offset before, offset after) of every change of every zone.
fn changes() -> BTreeMap<&'static str, Vec<(Instant, i32, i32)>> {
    let change = |row: Vec<&str>| (minute(row[0]), number(row[1]), number(row[2]));
    let all = by_zone(CHANGES).into_iter();
    all.map(|(name, rows)| (name, rows.into_iter().map(change).collect())).collect()
}

/// What to do about a table of another database, if it is one.
fn stale(table: &str, ours: &str) -> Option<String> {
    let theirs = table.lines().find_map(|line| line.strip_prefix("tzdb ")).unwrap_or("none");
    (theirs != ours).then(|| {
        format!(
            "tests/zones is of the database {theirs}, chrono-tz of {ours}: pin `tzdata` in \
             tests/python/requirements.txt to {ours} and run tests/python/zones.py, whose first \
             lines say how"
        )
    })
}

#[test]
fn the_tables_are_of_our_database() {
    for table in [OFFSETS, CHANGES, CIVIL] {
        assert_eq!(stale(table, tzdb_version()), None);
        let told = stale(table, "1999z").expect("another database");
        for word in [tzdb_version(), "1999z", "requirements.txt", "run tests/python/zones.py"] {
            assert!(told.contains(word), "{told}");
        }
    }
    assert!(stale("", tzdb_version()).is_some(), "a table without a version is not trusted");
}

#[test]
fn both_sources_know_the_same_zones() {
    let ours: BTreeSet<&str> = Zone::names().collect();
    for table in [CHANGES, CIVIL] {
        assert_eq!(by_zone(table).into_keys().collect::<BTreeSet<_>>(), ours);
    }
    let drawn: BTreeSet<&str> =
        rows(OFFSETS).filter(|row| row[0] == "zone").map(|row| row[1]).collect();
    assert_eq!(drawn, ours, "every zone is drawn");
}

#[test]
fn ten_thousand_draws_show_what_zoneinfo_shows() {
    let changes = changes();
    let (mut drawn, mut near, mut named, mut daylight) = (0, 0, 0, 0);
    let mut name = "";
    for row in rows(OFFSETS) {
        if row[0] == "zone" {
            name = row[1];
            continue;
        }
        let (clock, at, offset) = (zone(name), minute(row[0]), number(row[1]));
        assert!(years().start <= at && at < years().end);
        assert_eq!(clock.offset_at(at), offset, "{name}, {}", row[0]);
        let local = DateTime::from_timestamp((at + i64::from(offset)) * 60, 0).expect("a time");
        let sign = if offset < 0 { '-' } else { '+' };
        let shown = format!(
            "{}{sign}{:02}:{:02}",
            local.format("%Y-%m-%dT%H:%M:00"),
            offset.abs() / 60,
            offset.abs() % 60
        );
        assert_eq!(clock.local_rfc3339(at), shown, "{name}, {}", row[0]);
        if let Some(word) = row.get(2) {
            let abbreviation = word.trim_end_matches('*');
            // Where the database has no letters, zoneinfo shows the offset, and we nothing.
            let digits = abbreviation.starts_with(['+', '-']) && name != SPELLED_OUT;
            let expected = if digits { "" } else { abbreviation };
            assert_eq!(clock.abbreviation(at), expected, "{name}, {}", row[0]);
            assert_eq!(clock.is_daylight(at), word.ends_with('*'), "{name}, {}", row[0]);
            named += 1;
            daylight += usize::from(word.ends_with('*'));
        }
        drawn += 1;
        near += usize::from(changes[name].iter().any(|change| (change.0 - at).abs() <= 240));
    }
    println!("{drawn} draws: {near} near a change, {named} named, {daylight} in daylight saving");
    assert_eq!(drawn, 10_000);
    assert!(near >= 4_900 && named >= 4_900 && daylight >= 1_000, "the draws are too easy");
}

#[test]
fn every_change_of_every_zone_is_found_and_no_other() {
    let mut found = 0;
    for (name, expected) in changes() {
        // From an odd minute too, so that changes do not lie on the hours that are looked at.
        for shift in [0, 17] {
            let asked = Interval { start: years().start + shift, end: years().end };
            let spans = zone(name).offsets(asked);
            let ends = Interval { start: spans[0].start, end: spans[spans.len() - 1].end };
            assert_eq!(ends, asked, "{name}");
            assert!(spans.windows(2).all(|pair| pair[0].end == pair[1].start), "{name}");
            let change = |pair: &[OffsetSpan]| (pair[1].start, pair[0].offset, pair[1].offset);
            let changes: Vec<(Instant, i32, i32)> = spans.windows(2).map(change).collect();
            assert_eq!(changes, expected, "{name}");
        }
        found += expected.len();
    }
    println!("{found} changes");
    assert!(found > 3_000);
}

#[test]
fn civil_time_in_every_gap_and_fold_is_the_instant_of_zoneinfo() {
    let (mut gaps, mut folds) = (0, 0);
    let changes = changes();
    for (name, rows) in by_zone(CIVIL) {
        let kinds: Vec<&str> = rows.iter().map(|row| row[0]).collect();
        let expected = changes[name].iter();
        let expected: Vec<&str> =
            expected.map(|change| if change.1 < change.2 { "gap" } else { "fold" }).collect();
        assert_eq!(kinds, expected, "{name}: each change once");
        for row in rows {
            assert_eq!(row.len(), 6, "{name}: a kind and five readings");
            for pair in &row[1..] {
                let (reading, instant) = pair.split_once('=').expect("a reading and its instant");
                let ours = zone(name).instant_of(minute(reading));
                assert_eq!(ours, minute(instant), "{name}, {} {reading}", row[0]);
            }
            gaps += usize::from(row[0] == "gap");
            folds += usize::from(row[0] == "fold");
        }
    }
    println!("{gaps} gaps, {folds} folds");
    assert!(gaps > 1_500 && folds > 1_500);
}
