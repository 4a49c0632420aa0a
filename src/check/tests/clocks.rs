//! Wall clocks: daylight saving, odd offsets, the date line, rest days, working hours.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::check::clock::{self, Clock};
use crate::check::hours::{Burden, Grid, Schedule};
use crate::format::{CalendarDoc, HoursDoc, WorkingTimeDoc};

fn at(text: &str) -> i64 {
    clock::instant(text).expect("an instant")
}

fn shows(zone: &str, instant: &str) -> (i64, i64) {
    let reading = Clock::new(Some(zone), None).read(at(instant)).expect("a zone");
    (reading.day - clock::day("2026-01-01").expect("a date"), reading.minute)
}

#[test]
fn dates_and_times_are_read_strictly() {
    assert_eq!(clock::day("1970-01-01"), Some(0));
    assert_eq!(clock::day("2026-02-29"), None);
    assert_eq!(clock::day("2026-2-09"), None);
    assert_eq!(clock::civil("24:00"), Some(1440));
    assert_eq!(clock::civil("24:01"), None);
    assert_eq!(clock::civil("9:00"), None);
    assert_eq!(at("1970-01-01T01:00:00+01:00"), 0);
    assert_eq!(clock::weekday(0), 3);
    assert_eq!(clock::weekday(-1), 2);
}

#[test]
fn a_leap_day_less_a_year_is_the_28th() {
    let leap = clock::day("2024-02-29").expect("a date");
    assert_eq!(Some(clock::years_before(leap, 1)), clock::day("2023-02-28"));
    assert_eq!(Some(clock::years_before(leap, 4)), clock::day("2020-02-29"));
    assert_eq!(clock::years_before(leap, u32::MAX), i64::MIN);
}

#[test]
fn gaps_folds_and_odd_offsets_are_only_read() {
    // Paris springs from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
    assert_eq!(shows("Europe/Paris", "2026-03-29T00:59:00Z"), (87, 119));
    assert_eq!(shows("Europe/Paris", "2026-03-29T01:00:00Z"), (87, 180));
    // and falls from 03:00 to 02:00 on 25 October, at 01:00 UTC: 02:30 is shown twice.
    assert_eq!(shows("Europe/Paris", "2026-10-25T00:30:00Z"), (297, 150));
    assert_eq!(shows("Europe/Paris", "2026-10-25T01:30:00Z"), (297, 150));
    // Half an hour and three quarters beside the full hour; half an hour of daylight saving.
    assert_eq!(shows("Asia/Kolkata", "2026-01-01T00:00:00Z"), (0, 330));
    assert_eq!(shows("Asia/Kathmandu", "2026-01-01T00:00:00Z"), (0, 345));
    assert_eq!(shows("Australia/Lord_Howe", "2026-07-01T00:00:00Z").1, 630);
    assert_eq!(shows("Australia/Lord_Howe", "2026-01-01T00:00:00Z").1, 660);
    // Two sides of the date line.
    assert_eq!(shows("Pacific/Kiritimati", "2026-01-01T10:00:00Z"), (1, 0));
    assert_eq!(shows("Pacific/Pago_Pago", "2026-01-01T10:00:00Z"), (-1, 1380));
}

/// The draws of tests/python/zones.py, by Python's `zoneinfo`; tests/zones.rs holds the solving
/// side's clock to them, and the table to the version of the database.
#[test]
fn ten_thousand_draws_show_what_zoneinfo_shows() {
    let (mut clock, mut name, mut drawn) = (Clock::default(), "", 0);
    for line in include_str!("../../../tests/zones/offsets.txt").lines() {
        if line.starts_with('#') || line.starts_with("tzdb ") {
            continue;
        }
        if let Some(zone) = line.strip_prefix("zone ") {
            (clock, name) = (Clock::new(Some(zone), None), zone);
            continue;
        }
        let words: Vec<&str> = line.split(' ').collect();
        let time = NaiveDateTime::parse_from_str(words[0], "%Y%m%dT%H%M").expect("an instant");
        let minute = time.and_utc().timestamp() / 60;
        let offset: i32 = words[1].parse().expect("an offset");
        assert_eq!(clock.offset(minute), Some(offset * 60), "{name}: {line}");
        let zone = name.parse().expect("a zone");
        assert_eq!(clock::offset(zone, minute), Some(offset * 60), "{name}: {line}");
        let shown = (time + chrono::TimeDelta::minutes(i64::from(offset))).and_utc().timestamp();
        let expected = clock::Reading { day: shown / 86_400, minute: shown % 86_400 / 60 };
        assert_eq!(clock.read(minute), Some(expected), "{name}: {line}");
        drawn += 1;
    }
    assert_eq!(drawn, 10_000);
}

fn schedule(policy: serde_json::Value, hours: serde_json::Value) -> Schedule {
    let policy: WorkingTimeDoc = serde_json::from_value(policy).expect("a policy");
    let hours: Vec<HoursDoc> = serde_json::from_value(hours).expect("hours");
    Schedule::new(Some(&policy), &hours, &[])
}

#[test]
fn the_repeated_hour_costs_twice_and_the_skipped_one_never() {
    let night = json!({ "bands": [{ "from": "02:00", "to": "03:00", "cost": 7 }] });
    let schedule = schedule(night, json!([]));
    let paris = Clock::new(Some("Europe/Paris"), None);
    let fold = schedule.span(&paris, at("2026-10-25T00:00:00Z"), at("2026-10-25T02:00:00Z"));
    assert_eq!(fold, Burden { free: true, points: 2 * 60 * 7 });
    let gap = schedule.span(&paris, at("2026-03-29T00:30:00Z"), at("2026-03-29T01:30:00Z"));
    assert_eq!(gap, Burden { free: false, points: 0 });
}

#[test]
fn working_hours_are_free_of_cost_and_all_else_costs() {
    let hours = json!([{ "days": ["thu"], "from": "23:00", "to": "24:00" }]);
    let schedule = schedule(json!({}), hours);
    let utc = Clock::new(Some("UTC"), None);
    let points = |from: &str, to: &str| schedule.span(&utc, at(from), at(to));
    // 1 January 2026 is a Thursday.
    let free = |points| Burden { free: true, points };
    assert_eq!(points("2026-01-01T22:00:00Z", "2026-01-02T00:00:00Z"), free(360));
    assert_eq!(points("2026-01-01T12:00:00Z", "2026-01-01T12:30:00Z"), free(30));
    assert!(!points("2026-01-02T22:00:00Z", "2026-01-03T00:00:00Z").free);
}

#[test]
fn rest_days_close_or_cost() {
    let calendar = json!({ "id": "c", "weekend": ["sat"], "holidays": [{ "date": "2026-01-01" }] });
    let calendar: CalendarDoc = serde_json::from_value(calendar).expect("a calendar");
    let tokyo = Clock::new(Some("Asia/Tokyo"), Some(&calendar));
    let (from, to) = (at("2026-01-01T00:00:00Z"), at("2026-01-01T02:00:00Z"));
    assert!(!schedule(json!({}), json!([])).span(&tokyo, from, to).free);
    let paid = schedule(json!({ "rest_day_cost": 5 }), json!([])).span(&tokyo, from, to);
    assert_eq!(paid, Burden { free: true, points: 600 });
    // The holiday is over in Tokyo while it lasts in London.
    let later = at("2025-12-31T14:00:00Z");
    assert_eq!(tokyo.read(later).map(|r| tokyo.rests(r.day)), Some(false));
    assert_eq!(tokyo.read(later + 60).map(|r| tokyo.rests(r.day)), Some(true));
}

#[test]
fn tables_agree_with_minutes() {
    let schedule = schedule(json!({ "rest_day_cost": 2 }), json!([]));
    let clock = Clock::new(Some("Australia/Lord_Howe"), None);
    let grid = Grid { start: at("2026-04-03T00:00:00Z"), slot: 60, slots: 96 };
    let table = schedule.table(&clock, grid);
    for slot in 0..grid.slots {
        for length in 1..4 {
            let end = slot + length;
            if end <= grid.slots {
                let plain = schedule.span(&clock, grid.instant(slot), grid.instant(end));
                assert_eq!(table.cost(slot, end), plain.free.then_some(plain.points));
            }
        }
    }
}
