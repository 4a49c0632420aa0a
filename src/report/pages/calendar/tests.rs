//! What stands on a strip is what the clock of the zone shows, by the time-zone database itself; and
//! the script lays out as Rust does.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::clocks::offsets;
use super::layout::{DAY, Part, Room, lay, monday, touched};
use crate::check::Verdict;
use crate::format::{canonical_digest, read_solution};
use crate::pipeline::{Loaded, Screened, load};
use crate::report::view::ZoneView;
use crate::report::{Language, Reader, Source, report};
use crate::time::{Interval, Zone, parse_date, parse_instant};

const ROOM: Room = Room { label: 235, mark: 90 };

/// Zones with whole, half and quarter hours, far to both sides, with changes at midnight, by half an
/// hour and of a whole day.
const ZONES: [&str; 12] = [
    "UTC",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "America/St_Johns",
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Africa/Cairo",
    "America/Havana",
    "Asia/Beirut",
];

fn instant(text: &str) -> i64 {
    parse_instant(text).expect("an instant")
}

fn days(text: &str) -> i64 {
    parse_date(text).expect("a date").days()
}

fn view(name: &str, from: &str, to: &str) -> ZoneView {
    let zone = Zone::parse(name).expect("a zone");
    let around = Interval { start: instant(from) - DAY, end: instant(to) + DAY };
    ZoneView { name: zone.name(), spans: zone.offsets(around), people: 1 }
}

/// What chrono says the clock shows: the day, and the minute of it.
fn reading(zone: Zone, instant: i64) -> (i64, i64) {
    let text = zone.local_rfc3339(instant);
    let clock: Vec<i64> = text[11..16].split(':').map(|n| n.parse().expect("a number")).collect();
    (days(&text[..10]), clock[0] * 60 + clock[1])
}

/// Day, from, to, before, after.
fn seen(parts: &[Part]) -> Vec<(i64, i64, i64, bool, bool)> {
    parts.iter().map(|part| (part.day, part.from, part.to, part.before, part.after)).collect()
}

/// Sessions in 2026 and 2027, of a few minutes to two days, and one of the zones.
fn anything() -> impl Strategy<Value = (Vec<(i64, i64)>, usize)> {
    let first = instant("2026-01-01T00:00:00Z");
    let session = (first..first + 730 * DAY, 1..2 * DAY).prop_map(|(at, long)| (at, at + long));
    // Days on which clocks change, so that most runs meet some.
    let changes = vec!["2026-03-29", "2026-10-25", "2026-04-05", "2026-04-24", "2026-10-29"];
    let near = (prop::sample::select(changes), -DAY..2 * DAY, 1..360_i64).prop_map(
        |(date, into, long)| {
            let at = days(date) * DAY + into;
            (at, at + long)
        },
    );
    let sessions = prop::collection::vec(prop_oneof![session, near], 1..60);
    (sessions, 0..ZONES.len())
}

proptest! {
    /// Nothing is on top of anything: no two labels of a lane share a minute of the strip.
    #[test]
    fn lanes_never_overlap((sessions, zone) in anything(), label in 1..700_i64) {
        let zone = view(ZONES[zone], "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
        let room = Room { label, mark: ROOM.mark };
        let mut lanes: BTreeMap<(i64, usize), Vec<(i64, i64)>> = BTreeMap::new();
        for part in lay(&sessions, &zone, room) {
            let (from, to) = part.seen(room);
            prop_assert!(from <= part.from && part.to <= to && to <= DAY);
            lanes.entry((part.day, part.lane)).or_default().push((from, to));
        }
        for (at, mut blocks) in lanes {
            blocks.sort_unstable();
            let apart = blocks.windows(2).all(|pair| pair[0].1 <= pair[1].0);
            prop_assert!(apart, "{at:?}: {blocks:?}");
        }
    }

}

proptest! {
    // WHY fewer: every minute of every session is read off chrono.
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Each minute of a session stands where the clock says, and each part begins and ends with a
    /// minute of it; the first part is marked as the first alone, the last as the last.
    #[test]
    fn parts_are_what_the_clock_shows((sessions, zone) in anything()) {
        let name = ZONES[zone];
        let zone = Zone::parse(name).expect("a zone");
        let parts = lay(&sessions, &view(name, "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"), ROOM);
        for (at, (start, end)) in sessions.iter().enumerate() {
            let mut days: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
            for minute in *start..*end {
                let (day, of_day) = reading(zone, minute);
                let part = days.entry(day).or_insert((of_day, of_day + 1));
                *part = (part.0.min(of_day), part.1.max(of_day + 1));
            }
            let last = days.len() - 1;
            let expected: Vec<_> = days
                .into_iter()
                .enumerate()
                .map(|(n, (day, (from, to)))| (day, from, to, n > 0, n < last))
                .collect();
            let own: Vec<Part> = parts.iter().filter(|part| part.session == at).copied().collect();
            prop_assert_eq!(seen(&own), expected);
        }
    }
}

#[test]
fn a_session_past_midnight_goes_on_the_next_day() {
    let session = (instant("2026-03-02T22:30:00Z"), instant("2026-03-03T01:30:00Z"));
    let on = |name| {
        let zone = view(name, "2026-03-01T00:00:00Z", "2026-03-05T00:00:00Z");
        seen(&lay(&[session], &zone, ROOM))
    };
    let (second, third) = (days("2026-03-02"), days("2026-03-03"));
    assert_eq!(on("UTC"), [(second, 1350, 1440, false, true), (third, 0, 90, true, false)]);
    // The same in Hong Kong is a morning of the next day, in New York an evening of the same.
    assert_eq!(on("Asia/Hong_Kong"), [(third, 390, 570, false, false)]);
    assert_eq!(on("America/New_York"), [(second, 1050, 1230, false, false)]);
    // What ends at midnight does not go on.
    let until = (session.0, instant("2026-03-03T00:00:00Z"));
    let zone = view("UTC", "2026-03-01T00:00:00Z", "2026-03-05T00:00:00Z");
    assert_eq!(seen(&lay(&[until], &zone, ROOM)), [(second, 1350, 1440, false, false)]);
}

#[test]
fn a_session_in_which_the_clock_changes_covers_what_the_clock_shows() {
    let on =
        |zone: &ZoneView, start, end| seen(&lay(&[(instant(start), instant(end))], zone, ROOM));
    let london = view("Europe/London", "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z");
    // 00:00 to 01:00, then 02:00 to 03:00.
    let spring = on(&london, "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z");
    assert_eq!(spring, [(days("2026-03-29"), 0, 180, false, false)]);
    // 01:30 to 02:00, then 01:00 to 01:30 once more.
    let autumn = on(&london, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z");
    assert_eq!(autumn, [(days("2026-10-25"), 60, 120, false, false)]);

    let both: Vec<_> = london.changes().into_iter().map(touched).collect();
    assert_eq!(both, [(days("2026-03-29"), 60, 120), (days("2026-10-25"), 60, 120)]);
    // Havana goes back at 01:00, and half an hour is what Lord Howe Island changes by.
    let havana = view("America/Havana", "2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z");
    let one: Vec<_> = havana.changes().into_iter().map(touched).collect();
    assert_eq!(one, [(days("2026-11-01"), 0, 60)]);
    let island = view("Australia/Lord_Howe", "2026-09-01T00:00:00Z", "2026-11-01T00:00:00Z");
    let one: Vec<_> = island.changes().into_iter().map(touched).collect();
    assert_eq!(one, [(days("2026-10-04"), 120, 150)]);
}

#[test]
fn a_week_begins_on_monday() {
    assert_eq!(monday(days("2026-03-02")), days("2026-03-02"));
    assert_eq!(monday(days("2026-03-08")), days("2026-03-02"));
    assert_eq!(monday(days("1969-12-31")), days("1969-12-29"));
}

#[test]
fn sessions_that_no_solution_may_have_still_make_a_page() {
    let zone = view("UTC", "2026-03-01T00:00:00Z", "2026-03-05T00:00:00Z");
    let start = instant("2026-03-02T12:00:00Z");
    let odd = [(start, start), (start, start - 60), (start, i64::MAX), (i64::MAX - 3 * DAY, 0)];
    let parts = lay(&odd[..3], &zone, ROOM);
    assert_eq!(parts.len(), 1 + 1 + 8);
    assert_eq!(lay(&odd[3..], &zone, ROOM).len(), 1);
}

/// Sessions that are not chosen but spread, the same in every run.
fn spread() -> Vec<(i64, i64)> {
    let first = instant("2026-01-01T00:00:00Z");
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below) as i64
    };
    let mut all: Vec<(i64, i64)> = (0..3000)
        .map(|_| {
            let start = first + next(365) * DAY + next(96) * 15;
            (start, start + 15 + next(40) * 15)
        })
        .collect();
    all.sort_unstable();
    all
}

#[test]
fn the_script_lays_out_as_rust_does() {
    let sessions = spread();
    let zones: Vec<ZoneView> = ZONES
        .iter()
        .map(|name| view(name, "2026-01-01T00:00:00Z", "2027-01-08T00:00:00Z"))
        .collect();
    let input = json!({
        "sessions": sessions.iter().map(|(a, b)| json!([a, b])).collect::<Vec<_>>(),
        "label": ROOM.label,
        "mark": ROOM.mark,
        "zones": zones.iter().map(offsets).collect::<Vec<_>>(),
    });
    let Some(output) = node("calendar.test.cjs", &input) else { return };
    for (zone, script) in zones.iter().zip(output.as_array().expect("a list")) {
        let parts: Vec<Value> = lay(&sessions, zone, ROOM)
            .iter()
            .map(|p| {
                let (before, after) = (i32::from(p.before), i32::from(p.after));
                json!([p.session, p.day, p.from, p.to, before, after, p.lane])
            })
            .collect();
        assert!(script["parts"] == Value::Array(parts), "{}: the parts differ", zone.name);
        let changes: Vec<Value> = zone
            .changes()
            .into_iter()
            .map(|change| {
                let (day, from, to) = touched(change);
                json!([day, from, to, change.before, change.after])
            })
            .collect();
        assert_eq!(script["changes"], Value::Array(changes), "{}", zone.name);
        let read = |instant| Zone::parse(zone.name).expect("a zone").offset_at(instant);
        let offsets = sessions.iter().map(|(a, b)| json!([read(*a), read(*b)]));
        assert!(script["offsets"] == Value::Array(offsets.collect()), "{}: offsets", zone.name);
    }
}

/// The answer beside `instances/corrupt/`, on a page of each language.
#[test]
fn every_session_stands_on_the_page_once_and_all_is_said() {
    let file = |name: &str| {
        let path = format!("{}/instances/corrupt/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).expect("a file of the project")
    };
    let Loaded { document, instance, .. } = load(&file("base.json")).expect("an instance");
    let answer = file("base.solution.json");
    let solution = read_solution(&answer).expect("a solution");
    let source = Source {
        document: &document,
        screened: &Screened::new(instance),
        solution: &solution,
        solution_digest: &canonical_digest(&answer).expect("JSON"),
        verdict: &Verdict::default(),
    };
    for (language, tag) in Language::ALL {
        let page = report(&source, &Reader::Secretariat, language).expect("a page");
        assert!(!page.contains("\u{27e6}cal-"), "{tag}: something is not said");
        assert_eq!(page.matches("data-t=").count(), solution.sessions.len(), "{tag}");
        for session in &solution.sessions {
            let times = format!("{},{}", instant(&session.start), instant(&session.end));
            assert_eq!(page.matches(&times).count(), 1, "{tag}: {}", session.session);
        }
        // A line for each who sits, and one for the one room.
        assert_eq!(page.matches("role=\"img\"").count(), 2, "{tag}");
    }
}

/// What a script of tests/browser says to an input; nothing where there is no node to run it.
fn node(script: &str, input: &Value) -> Option<Value> {
    let path = format!("{}/tests/browser/{script}", env!("CARGO_MANIFEST_DIR"));
    let spawned =
        Command::new("node").arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = spawned else {
        eprintln!("skipped: node is not here, so the script of the calendar was not run");
        return None;
    };
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.to_string().as_bytes()).expect("node reads");
    drop(stdin);
    let output = child.wait_with_output().expect("node ends");
    assert!(output.status.success(), "{script} failed");
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}
