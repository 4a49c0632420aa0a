//! iCalendar files in: against what other programs make of them, and what is wrong with some.
//!
//! `tests/ics/expected.json` and `readings.json` are made by `tests/python/ics_expect.py`, without
//! comity. After a change of messages that is meant, run with `COMITY_BLESS=1`.

mod common;

use std::collections::BTreeSet;
use std::fs;

use comity::convert::ics::{add_busy, add_holidays, busy, holidays};
use comity::diagnostic::{Diagnostic, render_text};
use comity::ical::CODES;
use comity::time::{Interval, Zone, parse_instant};
use common::files::home;
use serde_json::{Value, json};

fn json_file(name: &str) -> Value {
    let text = fs::read(home().join("tests/ics").join(name)).expect("a table");
    serde_json::from_slice(&text).expect("JSON")
}

fn instant(value: &Value) -> i64 {
    parse_instant(value.as_str().expect("text")).expect("an instant")
}

fn interval(value: &Value) -> Interval {
    Interval { start: instant(&value[0]), end: instant(&value[1]) }
}

fn intervals(value: &Value) -> Vec<Interval> {
    value.as_array().expect("a list").iter().map(interval).collect()
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).expect("a zone")
}

/// March and April 2026, as the tables have it.
fn spring() -> Interval {
    interval(&json!(["2026-03-01T16:00:00Z", "2026-04-24T16:00:00Z"]))
}

fn shown(found: &[Interval]) -> Vec<String> {
    let at = Zone::utc_rfc3339;
    found.iter().map(|one| format!("{} {}", at(one.start), at(one.end))).collect()
}

/// The busy time of somebody in `home` whose calendar has these lines.
fn busy_of(lines: &str, home: &str) -> Vec<String> {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{lines}\nEND:VCALENDAR\n");
    shown(&busy(text.as_bytes(), Some(zone(home)), spring()).expect("readable").entries)
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT")
}

#[test]
fn civil_time_is_what_zoneinfo_says() {
    let mut rows = 0;
    for row in json_file("readings.json").as_array().expect("rows") {
        let (name, civil) = (row[0].as_str().expect("text"), row[1].as_str().expect("text"));
        // WHY: the two packages differ in the abandoned names that they carry along.
        let Some(zone) = Zone::parse(name) else { continue };
        let reading = parse_instant(&format!("{civil}:00Z")).expect("a reading");
        let expected = parse_instant(&row[2].as_str().expect("text").replace('Z', ":00Z"));
        assert_eq!(Ok(zone.instant_of(reading)), expected, "{name} {civil}");
        rows += 1;
    }
    assert!(rows > 1000, "{rows}");
}

#[test]
fn feeds_are_what_an_independent_reader_makes_of_them() {
    let expected = json_file("expected.json");
    assert_eq!(interval(&expected["horizon"]), spring());
    for (name, case) in expected["feeds"].as_object().expect("feeds") {
        let text = fs::read(home().join(format!("tests/ics/feeds/{name}.ics"))).expect("a feed");
        let home = zone(case["zone"].as_str().expect("text"));
        let found = busy(&text, Some(home), spring()).expect("readable");
        assert_eq!(shown(&found.entries), shown(&intervals(&case["busy"])), "{name}");
        assert_eq!(found.warnings, [], "{name}");
    }
}

/// WHY so many: the crate that expands rules is known to fail across changes of the clocks.
#[test]
fn rules_come_round_as_an_independent_reader_has_it() {
    for case in json_file("expected.json")["rules"].as_array().expect("rules") {
        let text = |key: &str| case[key].as_str().expect("text");
        let lines = event(&format!(
            "DTSTART;TZID={}:{}\nDURATION:PT{}M\nRRULE:{}",
            text("zone"),
            text("start"),
            case["minutes"],
            text("rule")
        ));
        assert_eq!(busy_of(&lines, "UTC"), shown(&intervals(&case["busy"])), "{lines}");
    }
}

/// A reading that is skipped means what it would by the offset before; of one that occurs twice
/// the first is meant; an occurrence lasts as long as the first one did (RFC 5545, 3.3.5, 3.8.5.3).
#[test]
fn occurrences_in_a_gap_and_in_a_fold() {
    let gap = event(
        "DTSTART;TZID=Europe/London:20260328T013000\nDURATION:PT30M\nRRULE:FREQ=DAILY;COUNT=3",
    );
    assert_eq!(
        busy_of(&gap, "UTC"),
        [
            "2026-03-28T01:30:00Z 2026-03-28T02:00:00Z",
            "2026-03-29T01:30:00Z 2026-03-29T02:00:00Z",
            "2026-03-30T00:30:00Z 2026-03-30T01:00:00Z",
        ]
    );
    let fold = event(
        "DTSTART;TZID=Australia/Sydney:20260404T023000\nDTEND;TZID=Australia/Sydney:20260404T030000\nRRULE:FREQ=DAILY;COUNT=3",
    );
    assert_eq!(
        busy_of(&fold, "UTC"),
        [
            "2026-04-03T15:30:00Z 2026-04-03T16:00:00Z",
            "2026-04-04T15:30:00Z 2026-04-04T16:00:00Z",
            "2026-04-05T16:30:00Z 2026-04-05T17:00:00Z",
        ]
    );
    // A duration in days is one on the calendar: 23 hours over the American gap.
    let day = event("DTSTART;TZID=America/New_York:20260307T120000\nDURATION:P1D");
    assert_eq!(busy_of(&day, "UTC"), ["2026-03-07T17:00:00Z 2026-03-08T16:00:00Z"]);
}

/// fmeringdal/rust-rrule 115: hourly rules repeat and skip hours where the clocks change.
#[test]
fn hourly_rules_neither_repeat_nor_skip_an_hour() {
    for (start, first) in [
        ("Europe/London:20260328T230000", "2026-03-28T23:00:00Z"),
        ("America/New_York:20260307T230000", "2026-03-08T04:00:00Z"),
        ("Australia/Sydney:20260404T230000", "2026-04-04T12:00:00Z"),
    ] {
        let lines =
            event(&format!("DTSTART;TZID={start}\nDURATION:PT1M\nRRULE:FREQ=HOURLY;COUNT=8"));
        let first = parse_instant(first).expect("an instant");
        let expected: Vec<Interval> =
            (0..8).map(|n| Interval { start: first + 60 * n, end: first + 60 * n + 1 }).collect();
        assert_eq!(busy_of(&lines, "UTC"), shown(&expected), "{start}");
    }
}

/// Cal.com 5570: the busy times of a feed are an hour off in summer.
#[test]
fn a_feed_keeps_its_hour_on_the_wall_clock() {
    let lines = event(
        "DTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3",
    );
    let starts: Vec<String> = busy_of(&lines, "Europe/Paris");
    assert_eq!(starts[0], "2026-03-02T14:00:00Z 2026-03-02T15:00:00Z");
    assert_eq!(starts[1], "2026-03-09T13:00:00Z 2026-03-09T14:00:00Z");
    // A file that leaves the summer out of its zone is told.
    let text = fs::read(home().join("tests/ics/invalid/ics-zone-mismatch.ics")).expect("it");
    let findings = busy(&text, None, spring()).expect_err("an error beside the warning");
    assert!(findings.iter().all(|finding| finding.code == "ics-zone-mismatch"));
}

/// Cal.com PR 8330: what replaces one occurrence is not shifted with its zone.
#[test]
fn an_override_is_found_in_whatever_zone_it_names_its_occurrence() {
    let series = event(
        "DTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2",
    );
    for id in [
        "TZID=America/New_York:20260309T090000",
        "VALUE=DATE:20260309",
        "TZID=Europe/Paris:20260309T140000",
    ] {
        let moved = event(&format!(
            "RECURRENCE-ID;{id}\nDTSTART;TZID=Asia/Tokyo:20260310T080000\nDURATION:PT2H"
        ));
        assert_eq!(
            busy_of(&format!("{series}\n{moved}"), "UTC"),
            [
                "2026-03-02T14:00:00Z 2026-03-02T15:00:00Z",
                "2026-03-09T23:00:00Z 2026-03-10T01:00:00Z",
            ],
            "{id}"
        );
    }
    let cancelled = event(
        "RECURRENCE-ID:20260309T130000Z\nDTSTART:20260309T130000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
    );
    assert_eq!(busy_of(&format!("{series}\n{cancelled}"), "UTC").len(), 1);
}

/// open-mercato 5862: a local time stored with a `Z`.
#[test]
fn a_time_in_two_zones_is_refused() {
    let text = event("DTSTART;TZID=America/New_York:20260309T090000Z\nDURATION:PT1H");
    let text = format!("BEGIN:VCALENDAR\n{text}\nEND:VCALENDAR\n");
    let findings = busy(text.as_bytes(), None, spring()).expect_err("refused");
    assert_eq!((findings[0].code, findings[0].position), ("ics-bad-value", Some((4, 1))));
}

/// Rallly 22: a day that differs by the viewer's zone.
#[test]
fn a_whole_day_is_a_day_of_its_owner_and_a_holiday_a_date() {
    let day = event("DTSTART;VALUE=DATE:20260310");
    assert_eq!(busy_of(&day, "Pacific/Kiritimati"), ["2026-03-09T10:00:00Z 2026-03-10T10:00:00Z"]);
    assert_eq!(busy_of(&day, "Pacific/Pago_Pago"), ["2026-03-10T11:00:00Z 2026-03-11T11:00:00Z"]);
    let text = format!("BEGIN:VCALENDAR\n{day}\nEND:VCALENDAR\n");
    let found = holidays(text.as_bytes(), (2026, 2026)).expect("readable");
    assert_eq!(found.entries[0].date, "2026-03-10");
}

#[test]
fn the_newest_version_counts_and_free_time_does_not() {
    let one = |sequence: u32, hour: u32, more: &str| {
        event(&format!(
            "SEQUENCE:{sequence}\nDTSTART:20260310T{hour:02}0000Z\nDURATION:PT1H\n{more}X-A:1"
        ))
    };
    let both = format!("{}\n{}", one(2, 9, ""), one(1, 12, ""));
    assert_eq!(busy_of(&both, "UTC"), ["2026-03-10T09:00:00Z 2026-03-10T10:00:00Z"]);
    assert_eq!(busy_of(&one(0, 9, "STATUS:TENTATIVE\n"), "UTC").len(), 1);
    for free in ["STATUS:CANCELLED\n", "TRANSP:TRANSPARENT\n"] {
        assert!(busy_of(&one(0, 9, free), "UTC").is_empty(), "{free}");
    }
    let published = "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=FREE:20260310T090000Z/PT1H\nFREEBUSY:20260311T090000Z/PT1H,20260311T093000Z/20260311T110000Z\nEND:VFREEBUSY";
    assert_eq!(busy_of(published, "UTC"), ["2026-03-11T09:00:00Z 2026-03-11T11:00:00Z"]);
}

/// The findings about a document of tests/ics/invalid, by whichever reader has such findings.
fn findings(code: &str, text: &[u8]) -> Vec<Diagnostic> {
    match code {
        "ics-not-all-day" => {
            let found = holidays(text, (2026, 2026)).expect("but warnings");
            assert_eq!(found.entries.len(), 1);
            found.warnings
        }
        "ics-other-calendar" => {
            let path = home().join("instances/tiny/inadmissible.json");
            let instance = fs::read(path).expect("a document");
            let instance = comity::format::read_instance(&instance).expect("it reads");
            let solution = common::solve(&instance);
            let audience = comity::calendar::Audience::Everyone;
            match comity::calendar::calendar(&instance, &solution, &audience, Some(text)) {
                Err(comity::calendar::CalendarError::Previous(findings)) => findings,
                other => panic!("{other:?}"),
            }
        }
        "ics-no-zone" => busy(text, None, spring()).expect_err("refused"),
        "ics-too-many" => {
            let year = interval(&json!(["2026-03-01T00:00:00Z", "2027-03-31T00:00:00Z"]));
            busy(text, Some(zone("UTC")), year).expect_err("refused")
        }
        _ => busy(text, Some(zone("Asia/Hong_Kong")), spring()).expect_err("refused"),
    }
}

#[test]
fn each_code_has_its_document_and_its_row_in_the_book_of_errors() {
    let folder = home().join("tests/ics/invalid");
    let book = fs::read_to_string(home().join("docs/errors.md")).expect("docs/errors.md");
    let mut known = BTreeSet::new();
    for (code, _) in CODES {
        let text = fs::read(folder.join(format!("{code}.ics"))).expect(code);
        let found = findings(code, &text);
        assert!(found.iter().any(|finding| finding.code == *code), "{code}: {found:#?}");
        assert!(found.iter().all(|one| one.position.is_some() && one.help.is_some()), "{found:#?}");
        let shown = render_text(&format!("{code}.ics"), &found);
        let expected = folder.join(format!("{code}.expected.txt"));
        if std::env::var_os("COMITY_BLESS").is_some() {
            fs::write(&expected, &shown).expect("written");
        }
        assert_eq!(fs::read_to_string(&expected).unwrap_or_default(), shown);
        assert!(book.contains(&format!("| `{code}` |")), "{code} is not in docs/errors.md");
        known.extend([format!("{code}.ics"), format!("{code}.expected.txt")]);
    }
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    assert_eq!(there, known);
}

/// Cutting a feed anywhere, or spoiling a byte of it, gives findings and no panic.
#[test]
fn broken_feeds_never_panic() {
    for name in ["outlook", "london", "hong-kong"] {
        let text = fs::read(home().join(format!("tests/ics/feeds/{name}.ics"))).expect("a feed");
        for cut in (0..text.len()).step_by(3) {
            let _ = busy(&text[..cut], None, spring());
            for byte in [0xFF, b';', b'9', b'-', b'\n'] {
                let mut spoilt = text.clone();
                spoilt[cut] = byte;
                let _ = busy(&spoilt, Some(zone("Asia/Hong_Kong")), spring());
                let _ = holidays(&spoilt, (2026, 2026));
            }
        }
    }
}

#[test]
fn the_hong_kong_table_has_the_general_holidays() {
    let text = fs::read(home().join("instances/calendars/hong-kong-2026.ics")).expect("the table");
    let found = holidays(&text, (2025, 2027)).expect("readable");
    assert_eq!(found.warnings, []);
    let dates: Vec<&str> = found.entries.iter().map(|day| &day.date[5..]).collect();
    assert_eq!(
        dates,
        [
            "01-01", "02-17", "02-18", "02-19", "04-03", "04-04", "04-06", "04-07", "05-01",
            "05-25", "06-19", "07-01", "09-26", "10-01", "10-19", "12-25", "12-26",
        ]
    );
    assert!(found.entries.iter().all(|day| day.tentative.is_none()));
    let text = fs::read(home().join("instances/calendars/pakistan-2026.ics")).expect("the table");
    let found = holidays(&text, (2025, 2027)).expect("readable").entries;
    let eid: Vec<_> = found.iter().filter(|day| day.tentative == Some(true)).collect();
    assert!(eid.iter().any(|day| day.date == "2026-03-20") && eid.len() < found.len());
}

#[test]
fn every_table_of_holidays_is_readable() {
    let mut tables = 0;
    for entry in fs::read_dir(home().join("instances/calendars")).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "ics") {
            let found = holidays(&fs::read(&path).expect("a table"), (2026, 2026));
            let found = found.expect("readable");
            assert!(found.entries.len() > 5 && found.warnings.is_empty(), "{}", path.display());
            tables += 1;
        }
    }
    assert!(tables > 10);
}

#[test]
fn holidays_come_round_last_days_and_wait_for_the_moon() {
    let text = format!(
        "BEGIN:VCALENDAR\n{}\n{}\n{}\n{}\nEND:VCALENDAR\n",
        event("DTSTART;VALUE=DATE:20000704\nRRULE:FREQ=YEARLY\nSUMMARY:Fourth of July"),
        event(
            "DTSTART;VALUE=DATE:20260320\nDTEND;VALUE=DATE:20260323\nSUMMARY:Eid (moon sighting)"
        ),
        event("DTSTART:20260501T000000\nDTEND:20260502T000000\nSUMMARY:Labour Day"),
        event("DTSTART;VALUE=DATE:20260601\nSTATUS:CANCELLED\nSUMMARY:not this year"),
    );
    let found = holidays(text.as_bytes(), (2026, 2027)).expect("readable").entries;
    let dates: Vec<_> = found.iter().map(|day| (day.date.as_str(), day.tentative)).collect();
    let moon = Some(true);
    assert_eq!(
        dates,
        [
            ("2026-03-20", moon),
            ("2026-03-21", moon),
            ("2026-03-22", moon),
            ("2026-05-01", None),
            ("2026-07-04", None),
            ("2027-07-04", None),
        ]
    );
}

#[test]
fn merging_leaves_everything_else_as_it_was() {
    let mut document = json!({
        "notes": { "z": 1, "a": 2 },
        "people": [{ "id": "ann", "time_zone": "Asia/Hong_Kong", "busy":
            [{ "start": "2026-03-02T00:00:00Z", "end": "2026-03-03T00:00:00Z", "notes": "leave" }] }],
        "calendars": [{ "id": "hk", "weekend": ["sun"], "holidays":
            [{ "date": "2026-04-03", "name": "old", "notes": "kept" }] }],
    });
    let before = document.clone();
    let inside = interval(&json!(["2026-03-02T01:00:00Z", "2026-03-02T02:00:00Z"]));
    let beyond = interval(&json!(["2026-03-04T01:00:00Z", "2026-03-04T02:00:00Z"]));
    add_busy(&mut document, "ann", &[inside], false).expect("added");
    assert_eq!(document, before);
    for _ in 0..2 {
        add_busy(&mut document, "ann", &[beyond], false).expect("added");
    }
    assert_eq!(document["people"][0]["busy"][1]["start"], "2026-03-04T09:00:00+08:00");
    assert_eq!(document["people"][0]["busy"].as_array().map(Vec::len), Some(2));
    add_busy(&mut document, "ann", &[], true).expect("replaced");
    assert!(document["people"][0].get("busy").is_none());
    let text = fs::read(home().join("instances/calendars/hong-kong-2026.ics")).expect("the table");
    let days = holidays(&text, (2026, 2026)).expect("readable").entries;
    add_holidays(&mut document, "hk", &days, None, false).expect("added");
    let list = document["calendars"][0]["holidays"].as_array().expect("a list");
    assert_eq!(list.len(), 17);
    assert_eq!(list[4], json!({ "date": "2026-04-03", "name": "Good Friday", "notes": "kept" }));
    assert_eq!(document["notes"], before["notes"]);
    let missing = add_holidays(&mut document, "hkk", &days, None, false).expect_err("unknown");
    assert!(missing.to_string().contains("did you mean `hk`?"), "{missing}");
    assert!(add_busy(&mut document, "anne", &[], false).is_err());
}
