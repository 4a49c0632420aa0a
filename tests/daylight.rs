//! Wall clocks: clock changes, half-hour zones, the date line, weekends, nights and busy times,
//! by hand and against a naive second computation, minute by minute.

mod common;

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use comity::availability::SlotProfile;
use comity::format::{InstanceDoc, SolutionDoc};
use comity::pipeline::Screened;
use comity::time::Zone;
use common::Lots;
use serde_json::{Value, json};

/// One dispute of one person `p` before one mediator `m` in the same zone, one remote session.
fn scene(zone: &str, start: &str, end: &str) -> Value {
    json!({
        "schema": "comity.instance/1", "id": "daylight", "as_of": "2026-01-01",
        "horizon": { "start": start, "end": end },
        "states": [{ "id": "KE" }, { "id": "BR" }, { "id": "GB" }],
        "people": [{ "id": "p", "time_zone": zone }],
        "mediators": [{ "id": "m", "nationalities": ["GB"], "time_zone": zone }],
        "disputes": [{
            "id": "d", "class": "state-state",
            "parties": [
                { "id": "a", "actor": "KE", "representatives": ["p"] },
                { "id": "b", "actor": "BR" },
            ],
            "panel": { "size": 1 },
            "sessions": [{ "id": "s", "kind": "call", "minutes": 60 }],
        }],
    })
}

/// The working day as the only band.
fn only(scene: &mut Value, from: &str, to: &str) {
    scene["policy"] =
        json!({ "working_time": { "bands": [{ "from": from, "to": to, "cost": 0 }] } });
}

fn document(scene: &Value) -> InstanceDoc {
    serde_json::from_value(scene.clone()).unwrap_or_else(|e| panic!("not an instance: {e}"))
}

fn screened(scene: &Value) -> Screened {
    common::screened(&document(scene))
}

fn solve(scene: &Value) -> SolutionDoc {
    common::solve(&document(scene))
}

/// The stretches in which a profile is free, in UTC without year and seconds.
fn stretches(screened: &Screened, profile: &SlotProfile) -> Vec<String> {
    let grid = screened.instance.grid();
    let name = |slot: u32| Zone::utc_rfc3339(grid.instant(slot))[5..16].to_owned();
    let mut found = Vec::new();
    let mut slot = 0;
    while slot < grid.slots() {
        let first = slot;
        while slot < grid.slots() && profile.is_free(slot, 1) {
            slot += 1;
        }
        if slot > first {
            found.push(format!("{} - {}", name(first), name(slot)));
        }
        slot += 1;
    }
    found
}

/// When the person of the scene is free for its session.
fn free(scene: &Value) -> Vec<String> {
    let screened = screened(scene);
    let session = &screened.instance.disputes()[0].sessions[0];
    let profile = screened.availability.of(session.attendees[0], session.mode).expect("a profile");
    stretches(&screened, profile)
}

fn free_within(zone: &str, start: &str, end: &str, from: &str, to: &str) -> Vec<String> {
    let mut scene = scene(zone, start, end);
    only(&mut scene, from, to);
    free(&scene)
}

#[test]
fn london_springs_forward() {
    let days = ("2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z");
    let london = |from, to| free_within("Europe/London", days.0, days.1, from, to);
    assert_eq!(
        london("09:00", "17:00"),
        ["03-28T09:00 - 03-28T17:00", "03-29T08:00 - 03-29T16:00", "03-30T08:00 - 03-30T16:00"]
    );
    // From 01:00 to 02:00 no clock in London shows anything on the 29th.
    assert_eq!(
        london("00:30", "01:30"),
        [
            "03-28T00:30 - 03-28T01:30",
            "03-29T00:30 - 03-29T01:00",
            "03-29T23:30 - 03-30T00:30",
            "03-30T23:30 - 03-31T00:00"
        ]
    );
    assert_eq!(
        london("01:00", "02:00"),
        ["03-28T01:00 - 03-28T02:00", "03-30T00:00 - 03-30T01:00"]
    );
}

#[test]
fn new_york_springs_forward() {
    let days = ("2026-03-07T00:00:00Z", "2026-03-10T00:00:00Z");
    let new_york = |from, to| free_within("America/New_York", days.0, days.1, from, to);
    assert_eq!(
        new_york("09:00", "17:00"),
        ["03-07T14:00 - 03-07T22:00", "03-08T13:00 - 03-08T21:00", "03-09T13:00 - 03-09T21:00"]
    );
    assert_eq!(
        new_york("02:00", "03:00"),
        ["03-07T07:00 - 03-07T08:00", "03-09T06:00 - 03-09T07:00"]
    );
    assert_eq!(
        new_york("01:00", "04:00"),
        ["03-07T06:00 - 03-07T09:00", "03-08T06:00 - 03-08T08:00", "03-09T05:00 - 03-09T08:00"]
    );
}

#[test]
fn london_falls_back() {
    let days = ("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z");
    let london = |from, to| free_within("Europe/London", days.0, days.1, from, to);
    assert_eq!(
        london("09:00", "12:00"),
        ["10-25T09:00 - 10-25T12:00", "10-26T09:00 - 10-26T12:00"]
    );
    // Both passes of the repeated hour are inside.
    assert_eq!(
        london("01:00", "02:00"),
        ["10-25T00:00 - 10-25T02:00", "10-26T01:00 - 10-26T02:00"]
    );
    assert_eq!(
        london("01:30", "02:00"),
        ["10-25T00:30 - 10-25T01:00", "10-25T01:30 - 10-25T02:00", "10-26T01:30 - 10-26T02:00"]
    );
}

#[test]
fn zones_of_half_and_quarter_hours() {
    let day = ("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z");
    let office = |zone| free_within(zone, day.0, day.1, "09:00", "17:00");
    assert_eq!(office("Asia/Kolkata"), ["06-01T03:30 - 06-01T11:30"]);
    // 09:00 in Kathmandu is 03:15 UTC: the slots of the grid that the day cuts are not free.
    assert_eq!(office("Asia/Kathmandu"), ["06-01T03:30 - 06-01T11:00"]);
    let mut fine = scene("Asia/Kathmandu", day.0, day.1);
    only(&mut fine, "09:00", "17:00");
    fine["slot_minutes"] = json!(15);
    assert_eq!(free(&fine), ["06-01T03:15 - 06-01T11:15"]);
    let answer = solve(&fine);
    assert!(answer.sessions[0].local.get("p").is_some_and(|local| local.ends_with("+05:45")));
}

#[test]
fn lord_howe_changes_by_half_an_hour() {
    let days = ("2026-04-03T12:00:00Z", "2026-04-05T12:00:00Z");
    let lord_howe = |from, to| free_within("Australia/Lord_Howe", days.0, days.1, from, to);
    assert_eq!(
        lord_howe("09:00", "17:00"),
        ["04-03T22:00 - 04-04T06:00", "04-04T22:30 - 04-05T06:30"]
    );
    assert_eq!(
        lord_howe("01:30", "02:00"),
        ["04-03T14:30 - 04-03T15:00", "04-04T14:30 - 04-04T15:30"]
    );
    // In October half an hour is missing.
    let spring = free_within(
        "Australia/Lord_Howe",
        "2026-10-03T12:00:00Z",
        "2026-10-04T12:00:00Z",
        "01:00",
        "03:00",
    );
    assert_eq!(spring, ["10-03T14:30 - 10-03T16:00"]);
}

#[test]
fn sydney_falls_back_in_april() {
    let days = ("2026-04-03T12:00:00Z", "2026-04-05T12:00:00Z");
    let sydney = |from, to| free_within("Australia/Sydney", days.0, days.1, from, to);
    assert_eq!(
        sydney("09:00", "17:00"),
        ["04-03T22:00 - 04-04T06:00", "04-04T23:00 - 04-05T07:00"]
    );
    assert_eq!(
        sydney("02:00", "03:00"),
        ["04-03T15:00 - 04-03T16:00", "04-04T15:00 - 04-04T17:00"]
    );
}

#[test]
fn weekends_and_holidays_are_those_of_the_local_date() {
    let mut far = scene("Pacific/Kiritimati", "2026-03-06T00:00:00Z", "2026-03-10T00:00:00Z");
    only(&mut far, "09:00", "17:00");
    far["calendars"] = json!([{ "id": "c", "weekend": ["sat", "sun"] }]);
    far["people"][0]["calendar"] = json!("c");
    // Fourteen hours ahead: Saturday begins on Friday at 10:00 UTC.
    assert_eq!(
        free(&far),
        ["03-06T00:00 - 03-06T03:00", "03-08T19:00 - 03-09T03:00", "03-09T19:00 - 03-10T00:00"]
    );
    let mut apia = scene("Pacific/Apia", "2026-06-01T00:00:00Z", "2026-06-03T00:00:00Z");
    only(&mut apia, "00:00", "24:00");
    apia["calendars"] = json!([{ "id": "c", "holidays": [{ "date": "2026-06-02" }] }]);
    apia["people"][0]["calendar"] = json!("c");
    assert_eq!(free(&apia), ["06-01T00:00 - 06-01T11:00", "06-02T11:00 - 06-03T00:00"]);
    // The holiday of the change has 25 hours.
    let mut auckland = scene("Pacific/Auckland", "2026-04-04T00:00:00Z", "2026-04-06T00:00:00Z");
    only(&mut auckland, "00:00", "24:00");
    auckland["calendars"] = json!([{ "id": "c", "holidays": [{ "date": "2026-04-05" }] }]);
    auckland["people"][0]["calendar"] = json!("c");
    assert_eq!(free(&auckland), ["04-04T00:00 - 04-04T11:00", "04-05T12:00 - 04-06T00:00"]);
}

#[test]
fn a_weekend_may_be_friday_and_saturday() {
    let mut scene = scene("Asia/Riyadh", "2026-03-05T00:00:00Z", "2026-03-09T00:00:00Z");
    only(&mut scene, "09:00", "17:00");
    scene["calendars"] = json!([{ "id": "c", "weekend": ["fri", "sat"] }]);
    scene["people"][0]["calendar"] = json!("c");
    assert_eq!(free(&scene), ["03-05T06:00 - 03-05T14:00", "03-08T06:00 - 03-08T14:00"]);
    // With a cost for rest days they are open, and dearer.
    scene["policy"]["working_time"]["rest_day_cost"] = json!(4);
    assert_eq!(free(&scene).len(), 4);
    scene["horizon"] = json!({ "start": "2026-03-06T00:00:00Z", "end": "2026-03-07T00:00:00Z" });
    let answer = solve(&scene);
    assert_eq!(answer.sessions[0].burden.get("a"), Some(&240));
    assert_eq!(answer.sessions[0].panel_burden, 0, "the mediator has no calendar");
}

#[test]
fn nobody_meets_at_night() {
    let scene = scene("Europe/London", "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z");
    assert_eq!(free(&scene), ["03-28T06:00 - 03-28T23:00", "03-29T05:00 - 03-29T22:00"]);
    let mut night = scene.clone();
    night["disputes"][0]["sessions"][0]["not_before"] = json!("2026-03-29T21:30:00Z");
    assert!(solve(&night).sessions.is_empty(), "22:30 to 23:30 reaches into the night");
    night["disputes"][0]["sessions"][0]["not_before"] = json!("2026-03-29T21:00:00Z");
    let answer = solve(&night);
    assert_eq!(answer.sessions[0].start, "2026-03-29T21:00:00Z");
    assert_eq!(
        answer.sessions[0].local.get("p").map(String::as_str),
        Some("2026-03-29T22:00:00+01:00")
    );
}

#[test]
fn a_session_that_spans_a_change_pays_for_the_readings_that_occur() {
    let mut gap = scene("Europe/London", "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z");
    gap["policy"] = json!({ "working_time": { "bands": [
        { "from": "00:00", "to": "01:00", "cost": 1 },
        { "from": "01:00", "to": "02:00", "cost": 50 },
        { "from": "02:00", "to": "24:00", "cost": 3 },
    ] } });
    gap["disputes"][0]["sessions"][0]["minutes"] = json!(120);
    let answer = solve(&gap);
    assert_eq!(
        answer.sessions[0].local.get("p").map(String::as_str),
        Some("2026-03-29T00:00:00+00:00")
    );
    assert_eq!(answer.sessions[0].burden.get("a"), Some(&(60 + 3 * 60)));
    assert_eq!(answer.sessions[0].panel_burden, 60 + 3 * 60);

    let mut fold = scene("Europe/London", "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z");
    fold["policy"] = json!({ "working_time": { "bands": [
        { "from": "01:00", "to": "02:00", "cost": 5 },
        { "from": "02:00", "to": "24:00", "cost": 2 },
    ] } });
    fold["disputes"][0]["sessions"][0]["minutes"] = json!(180);
    let answer = solve(&fold);
    assert_eq!(
        answer.sessions[0].local.get("p").map(String::as_str),
        Some("2026-10-25T01:00:00+01:00")
    );
    assert_eq!(answer.sessions[0].burden.get("a"), Some(&(2 * 5 * 60 + 2 * 60)));
}

#[test]
fn a_session_in_person_is_read_on_the_clock_of_the_place() {
    let mut scene = scene("America/New_York", "2026-03-06T00:00:00Z", "2026-03-10T00:00:00Z");
    only(&mut scene, "08:00", "18:00");
    scene["calendars"] =
        json!([{ "id": "hk", "weekend": ["sat", "sun"] }, { "id": "us", "weekend": ["mon"] }]);
    scene["people"][0]["calendar"] = json!("us");
    scene["people"][0]["working_hours"] =
        json!([{ "days": ["mon", "fri"], "from": "10:00", "to": "11:00" }]);
    scene["places"] = json!([{
        "id": "seat", "time_zone": "Asia/Hong_Kong", "calendar": "hk",
        "opening_hours": [{ "days": ["mon", "tue", "fri", "sat"], "from": "09:30", "to": "17:00" }],
        "rooms": [{ "id": "r" }],
    }]);
    scene["disputes"][0]["sessions"][0]["mode"] = json!("in-person");
    scene["disputes"][0]["sessions"][0]["place"] = json!("seat");
    // Friday and Monday in Hong Kong; the Mondays off of her own calendar do not count there.
    assert_eq!(free(&scene), ["03-06T00:00 - 03-06T10:00", "03-09T00:00 - 03-09T10:00"]);
    let told = screened(&scene);
    let place = told.instance.disputes()[0].sessions[0].mode.room_at().expect("a place");
    assert_eq!(
        stretches(&told, told.availability.open(place)),
        ["03-06T01:30 - 03-06T09:00", "03-09T01:30 - 03-09T09:00"]
    );
    let answer = solve(&scene);
    let session = &answer.sessions[0];
    // Her working hours, 10:00 to 11:00, are read in Hong Kong too: free of charge.
    assert_eq!(session.local.get("p").map(String::as_str), Some("2026-03-06T10:00:00+08:00"));
    assert_eq!(session.local.get("m"), session.local.get("p"));
    assert_eq!(session.burden.get("a"), Some(&0));
    // The same session in hybrid form is read in New York, and the room in Hong Kong.
    scene["disputes"][0]["sessions"][0]["mode"] = json!("hybrid");
    assert_eq!(
        free(&scene),
        ["03-06T13:00 - 03-06T23:00", "03-07T13:00 - 03-07T23:00", "03-08T12:00 - 03-08T22:00"]
    );
    assert!(solve(&scene).sessions.is_empty(), "the place is closed while New York works");
}

#[test]
fn busy_times_are_rounded_outward_to_slots() {
    let mut scene = scene("UTC", "2026-03-02T09:00:00Z", "2026-03-02T17:00:00Z");
    only(&mut scene, "09:00", "17:00");
    scene["people"][0]["busy"] = json!([
        { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T09:01:00Z" },
        { "start": "2026-03-02T10:10:00Z", "end": "2026-03-02T10:20:00Z" },
        { "start": "2026-03-02T11:30:00Z", "end": "2026-03-02T12:00:00Z" },
        { "start": "2026-03-02T13:29:00Z", "end": "2026-03-02T13:31:00Z" },
        { "start": "2026-03-02T16:59:00Z", "end": "2026-03-03T09:00:00Z" },
    ]);
    assert_eq!(
        free(&scene),
        [
            "03-02T09:30 - 03-02T10:00",
            "03-02T10:30 - 03-02T11:30",
            "03-02T12:00 - 03-02T13:00",
            "03-02T14:00 - 03-02T16:30"
        ]
    );
    // Busy times are instants: another offset says the same.
    scene["people"][0]["busy"] = json!([
        { "start": "2026-03-02T17:30:00+05:30", "end": "2026-03-02T18:30:00+05:30" },
    ]);
    assert_eq!(free(&scene), ["03-02T09:00 - 03-02T12:00", "03-02T13:00 - 03-02T17:00"]);
}

/// Zones, each with instants near which its clocks change (or at which nothing happens).
const CLOCKS: [(&str, &[&str]); 14] = [
    ("Europe/London", &["2026-03-29", "2026-10-25", "2026-06-01"]),
    ("Europe/Berlin", &["2026-03-29", "2026-10-25"]),
    ("America/New_York", &["2026-03-08", "2026-11-01"]),
    ("America/Sao_Paulo", &["2026-02-15", "2018-11-04"]),
    ("America/St_Johns", &["2026-03-08", "2026-11-01"]),
    ("Asia/Kolkata", &["2026-05-05"]),
    ("Asia/Kathmandu", &["2026-05-05"]),
    ("Australia/Lord_Howe", &["2026-04-05", "2026-10-04"]),
    ("Australia/Sydney", &["2026-04-05", "2026-10-04"]),
    ("Pacific/Auckland", &["2026-04-05", "2026-09-27"]),
    ("Pacific/Chatham", &["2026-04-05", "2026-09-27"]),
    ("Pacific/Kiritimati", &["2026-01-01"]),
    ("Pacific/Apia", &["2026-04-04", "2011-12-30"]),
    ("Africa/Casablanca", &["2026-02-15", "2026-03-22"]),
];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn clock(minute: usize) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Bands that do not overlap, on odd minutes: (from, to, cost).
fn random_bands(lots: &mut Lots) -> Vec<(usize, usize, i64)> {
    let mut bands = Vec::new();
    let mut minute = lots.below(200);
    while minute < 1440 {
        let end = (minute + 1 + lots.below(600)).min(1440);
        bands.push((minute, end, lots.below(8) as i64));
        minute = end + if lots.chance(50) { 0 } else { lots.below(240) };
    }
    bands
}

/// Hours that do not overlap on a day: (days, from, to).
fn random_hours(lots: &mut Lots) -> Vec<(Vec<usize>, usize, usize)> {
    let mut hours = Vec::new();
    for (least, most) in [(0, 720), (720, 1440)] {
        if lots.chance(60) {
            let days = (0..7).filter(|_| lots.chance(60)).collect::<Vec<_>>();
            let from = least + lots.below(most - least - 1);
            let to = from + 1 + lots.below(most - from);
            if !days.is_empty() {
                hours.push((days, from, to));
            }
        }
    }
    hours
}

fn bands_doc(bands: &[(usize, usize, i64)]) -> Value {
    bands
        .iter()
        .map(|(from, to, cost)| json!({ "from": clock(*from), "to": clock(*to), "cost": cost }))
        .collect()
}

fn hours_doc(hours: &[(Vec<usize>, usize, usize)]) -> Value {
    hours
        .iter()
        .map(|(days, from, to)| {
            let days: Vec<&str> = days.iter().map(|day| DAYS[*day]).collect();
            json!({ "days": days, "from": clock(*from), "to": clock(*to) })
        })
        .collect()
}

/// What decides about a minute, written down a second time.
struct Naive {
    zone: Tz,
    bands: Vec<(usize, usize, i64)>,
    rest_day_cost: Option<i64>,
    hours: Vec<(Vec<usize>, usize, usize)>,
    weekend: Vec<usize>,
    holidays: Vec<String>,
    busy: Vec<(i64, i64)>,
}

impl Naive {
    /// The local day of the week, minute of the day, and whether the day is one of rest.
    fn reading(&self, minute: i64) -> (usize, usize, bool) {
        let utc = DateTime::<Utc>::from_timestamp(minute * 60, 0).expect("an instant");
        let local = utc.with_timezone(&self.zone);
        let weekday = local.weekday().num_days_from_monday() as usize;
        let date = format!("{:04}-{:02}-{:02}", local.year(), local.month(), local.day());
        let rest = self.weekend.contains(&weekday) || self.holidays.contains(&date);
        (weekday, (local.hour() * 60 + local.minute()) as usize, rest)
    }

    fn in_hours(&self, weekday: usize, of_day: usize) -> bool {
        self.hours
            .iter()
            .any(|(days, from, to)| days.contains(&weekday) && *from <= of_day && of_day < *to)
    }

    /// Points of a minute of a person; `None` when she is not available.
    fn points(&self, minute: i64) -> Option<i64> {
        let (weekday, of_day, rest) = self.reading(minute);
        let band = self.bands.iter().find(|(from, to, _)| *from <= of_day && of_day < *to);
        let mut points = if !self.hours.is_empty() && self.in_hours(weekday, of_day) {
            0
        } else {
            let cost = band?.2;
            if self.hours.is_empty() { cost } else { cost.max(1) }
        };
        if rest {
            points += self.rest_day_cost?;
        }
        Some(points)
    }

    fn is_open(&self, minute: i64) -> bool {
        let (weekday, of_day, rest) = self.reading(minute);
        !rest && (self.hours.is_empty() || self.in_hours(weekday, of_day))
    }

    fn is_busy(&self, start: i64, end: i64) -> bool {
        self.busy.iter().any(|(from, to)| *from < end && start < *to)
    }

    /// Points of a slot; `None` when it is not free.
    fn slot(&self, start: i64, minutes: i64) -> Option<i64> {
        if self.is_busy(start, start + minutes) {
            return None;
        }
        (start..start + minutes).map(|minute| self.points(minute)).sum()
    }
}

fn random_clock(lots: &mut Lots) -> (&'static str, &'static str) {
    let (zone, dates) = *lots.pick(&CLOCKS);
    (zone, *lots.pick::<&str>(dates))
}

fn random_calendar(lots: &mut Lots, around: i64) -> (Vec<usize>, Vec<String>) {
    let weekend = (0..7).filter(|_| lots.chance(25)).collect();
    let holidays = (-3..=4)
        .filter(|_| lots.chance(20))
        .map(|days| {
            let day = DateTime::<Utc>::from_timestamp((around + days * 1440) * 60, 0);
            day.expect("a day").format("%Y-%m-%d").to_string()
        })
        .collect();
    (weekend, holidays)
}

fn calendar_doc(id: &str, weekend: &[usize], holidays: &[String]) -> Value {
    let weekend: Vec<&str> = weekend.iter().map(|day| DAYS[*day]).collect();
    let holidays: Vec<Value> = holidays.iter().map(|date| json!({ "date": date })).collect();
    json!({ "id": id, "weekend": weekend, "holidays": holidays })
}

fn instant(minute: i64) -> String {
    DateTime::<Utc>::from_timestamp(minute * 60, 0)
        .expect("an instant")
        .format("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}

#[test]
fn profiles_equal_a_naive_computation_minute_by_minute() {
    let (mut slots, mut open) = (0, 0);
    for seed in 0..200 {
        let mut lots = Lots::new(seed);
        let (zone, date) = random_clock(&mut lots);
        let (there, _) = random_clock(&mut lots);
        let middle = format!("{date}T00:00:00Z").parse::<DateTime<Utc>>().expect("a date");
        let middle = middle.timestamp() / 60;
        let length = i64::from(*lots.pick(&[5_u32, 10, 15, 20, 30, 60]));
        // A grid that does not start on the hour.
        let start = middle - 3 * 1440 + lots.below(60) as i64;
        let count = 7 * 1440 / length;
        let bands = random_bands(&mut lots);
        let rest_day_cost = lots.chance(40).then(|| lots.below(5) as i64);
        let hours = random_hours(&mut lots);
        let (weekend, holidays) = random_calendar(&mut lots, middle);
        let (far_weekend, far_holidays) = random_calendar(&mut lots, middle);
        let opening = random_hours(&mut lots);
        let busy: Vec<(i64, i64)> = (0..lots.below(4))
            .map(|_| {
                let from = start - 500 + lots.below(8 * 1440) as i64;
                (from, from + 1 + lots.below(900) as i64)
            })
            .collect();

        let mut scene = scene(zone, &instant(start), &instant(start + count * length));
        scene["as_of"] = json!("2011-01-01");
        scene["slot_minutes"] = json!(length);
        scene["policy"] = json!({ "working_time": { "bands": bands_doc(&bands) } });
        if let Some(cost) = rest_day_cost {
            scene["policy"]["working_time"]["rest_day_cost"] = json!(cost);
        }
        scene["calendars"] = json!([
            calendar_doc("here", &weekend, &holidays),
            calendar_doc("there", &far_weekend, &far_holidays),
        ]);
        scene["people"][0]["calendar"] = json!("here");
        scene["people"][0]["working_hours"] = hours_doc(&hours);
        scene["people"][0]["busy"] = busy
            .iter()
            .map(|(from, to)| json!({ "start": instant(*from), "end": instant(*to) }))
            .collect();
        scene["places"] = json!([{
            "id": "seat", "time_zone": there, "calendar": "there",
            "opening_hours": hours_doc(&opening), "rooms": [{ "id": "r" }],
        }]);
        scene["disputes"][0]["sessions"] = json!([
            { "id": "s", "kind": "call", "minutes": 60 },
            { "id": "t", "kind": "joint", "minutes": 60, "mode": "in-person", "place": "seat" },
        ]);

        let own = Naive {
            zone: zone.parse().expect("a zone"),
            bands: bands.clone(),
            rest_day_cost,
            hours: hours.clone(),
            weekend,
            holidays,
            busy: busy.clone(),
        };
        let away = Naive {
            zone: there.parse().expect("a zone"),
            weekend: far_weekend,
            holidays: far_holidays,
            bands,
            rest_day_cost,
            hours,
            busy,
        };
        let seat = Naive {
            zone: away.zone,
            bands: Vec::new(),
            rest_day_cost: None,
            hours: opening,
            weekend: away.weekend.clone(),
            holidays: away.holidays.clone(),
            busy: Vec::new(),
        };
        let screened = screened(&scene);
        let sessions = &screened.instance.disputes()[0].sessions;
        let person = sessions[0].attendees[0];
        let place = sessions[1].mode.room_at().expect("a place");
        let here = screened.availability.of(person, sessions[0].mode).expect("a profile");
        let far = screened.availability.of(person, sessions[1].mode).expect("a profile");
        for slot in 0..count {
            let at = start + slot * length;
            let read = |profile: &SlotProfile| {
                let slot = slot as u32;
                profile.is_free(slot, 1).then(|| profile.points(slot, 1))
            };
            let place_for = format!("seed {seed}, {zone}, {there}, slot at {}", instant(at));
            assert_eq!(read(here), own.slot(at, length), "{place_for}: at home");
            assert_eq!(read(far), away.slot(at, length), "{place_for}: at the place");
            let is_open = (at..at + length).all(|minute| seat.is_open(minute));
            let opening = screened.availability.open(place);
            assert_eq!(opening.is_free(slot as u32, 1), is_open, "{place_for}: the place");
            slots += 1;
            open += i64::from(own.slot(at, length).is_some());
        }
    }
    println!("{slots} slots, {open} of them free");
    assert!(open * 20 > slots && open * 20 < 19 * slots, "the clocks are too easy");
}
