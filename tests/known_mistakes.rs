//! Mistakes with local time that other calendars made, and that the solving side must not make:
//! in who is free when, and in the sessions of a solution. What comes from iCalendar files and goes
//! into them is in `ics.rs`, `ics_cli.rs` and `calendar.rs`.

mod common;

use std::process::Command;

use comity::domain::ActorIx;
use comity::format::{InstanceDoc, SolutionDoc};
use comity::time::{Zone, parse_instant};
use common::files::home;
use serde_json::{Value, json};

const ALL_DAY: (&str, &str) = ("00:00", "24:00");

/// One dispute before the mediator `m` in the zone of `p`; `p` and `q` represent its parties.
fn scene(zones: (&str, &str), horizon: (&str, &str), bands: &[(&str, &str)]) -> Value {
    let bands: Vec<Value> =
        bands.iter().map(|band| json!({ "from": band.0, "to": band.1, "cost": 0 })).collect();
    json!({
        "schema": "comity.instance/1", "id": "mistakes", "as_of": "2026-01-01",
        "horizon": { "start": horizon.0, "end": horizon.1 }, "slot_minutes": 60,
        "policy": { "working_time": { "bands": bands } },
        "states": [{ "id": "KE" }, { "id": "BR" }, { "id": "GB" }],
        "people": [{ "id": "p", "time_zone": zones.0 }, { "id": "q", "time_zone": zones.1 }],
        "mediators": [{ "id": "m", "nationalities": ["GB"], "time_zone": zones.0 }],
        "disputes": [{
            "id": "d", "class": "state-state",
            "parties": [
                { "id": "a", "actor": "KE", "representatives": ["p"] },
                { "id": "b", "actor": "BR", "representatives": ["q"] },
            ],
            "panel": { "size": 1 },
            "sessions": [{ "id": "s", "kind": "call", "minutes": 60 }],
        }],
    })
}

fn document(scene: &Value) -> InstanceDoc {
    serde_json::from_value(scene.clone()).unwrap_or_else(|e| panic!("not an instance: {e}"))
}

fn solve(scene: &Value) -> SolutionDoc {
    common::solve(&document(scene))
}

/// The rules that are broken once `change` has been made to the answer.
fn broken(scene: &Value, answer: &SolutionDoc, change: impl Fn(&mut Value)) -> Vec<&'static str> {
    let mut changed = serde_json::to_value(answer).expect("JSON");
    change(&mut changed);
    let changed = serde_json::from_value(changed).expect("a solution");
    common::broken_rules(&document(scene), &changed)
}

/// The stretches in which `p` is free, in UTC without year and seconds.
fn free(scene: &Value) -> Vec<String> {
    let screened = common::screened(&document(scene));
    let session = &screened.instance.disputes()[0].sessions[0];
    let named_p = |person: &&ActorIx| screened.instance.actor_name(**person) == "p";
    let person = *session.attendees.iter().find(named_p).expect("p attends");
    let profile = screened.availability.of(person, session.mode).expect("a profile");
    let grid = screened.instance.grid();
    let is_free = |slot: u32| slot < grid.slots() && profile.is_free(slot, 1);
    let at = |slot: u32| Zone::utc_rfc3339(grid.instant(slot))[5..16].to_owned();
    let first =
        (0..grid.slots()).filter(|slot| is_free(*slot) && (*slot == 0 || !is_free(slot - 1)));
    first
        .map(|slot| {
            let end = (slot..=grid.slots()).find(|later| !is_free(*later)).expect("an end");
            format!("{} - {}", at(slot), at(end))
        })
        .collect()
}

fn minute(text: &str) -> i64 {
    parse_instant(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// Who attends, and what her clock shows.
fn local(answer: &SolutionDoc, session: usize, who: &str) -> String {
    answer.sessions[session].local.get(who).expect("she attends").clone()
}

/// Cal.com 4702 and 10517: across a change of the clocks, slots at 08:00 for somebody who works from
/// 09:00. New York changes on 8 March and 1 November, London on 29 March and 25 October.
#[test]
fn sessions_keep_their_hour_when_the_clocks_change() {
    // Each day New York and London are both free for one hour: 09:00 and 13:00 or 14:00.
    let bands = [("09:00", "10:00"), ("13:00", "15:00")];
    for (from, to, expected) in [
        ("03-07", "03-10", ["14:00Z 09-05 14+00", "13:00Z 09-04 13+00", "13:00Z 09-04 13+00"]),
        ("03-28", "03-31", ["13:00Z 09-04 13+00", "13:00Z 09-04 14+01", "13:00Z 09-04 14+01"]),
        ("10-24", "10-27", ["13:00Z 09-04 14+01", "13:00Z 09-04 13+00", "13:00Z 09-04 13+00"]),
        ("10-31", "11-03", ["13:00Z 09-04 13+00", "14:00Z 09-05 14+00", "14:00Z 09-05 14+00"]),
    ] {
        let horizon = (format!("2026-{from}T00:00:00Z"), format!("2026-{to}T00:00:00Z"));
        let mut scene = scene(
            ("America/New_York", "Europe/London"),
            (horizon.0.as_str(), horizon.1.as_str()),
            &bands,
        );
        scene["disputes"][0]["sessions"] =
            json!(["s", "t", "u"].map(|id| json!({ "id": id, "kind": "call", "minutes": 60 })));
        let answer = solve(&scene);
        // Hour and offset, without the minutes, which are all 00.
        let hour = |text: String| format!("{}{}", &text[11..13], &text[19..22]);
        let shown: Vec<String> = (0..answer.sessions.len())
            .map(|session| {
                let start = &answer.sessions[session].start[11..16];
                let [p, q] = ["p", "q"].map(|who| hour(local(&answer, session, who)));
                format!("{start}Z {p} {q}")
            })
            .collect();
        assert_eq!(shown, expected, "{from}");
        // An hour earlier on all clocks: right as an instant, but nobody works then.
        let refused = broken(&scene, &answer, |solution| {
            let session = &mut solution["sessions"][1];
            for field in ["start", "end", "/p", "/q", "/m"] {
                let time = match field.strip_prefix('/') {
                    Some(who) => &mut session["local"][who],
                    None => &mut session[field],
                };
                let text = time.as_str().expect("a time").to_owned();
                let hour: u32 = text[11..13].parse().expect("an hour");
                *time = json!(format!("{}{:02}{}", &text[..11], hour - 1, &text[13..]));
            }
        });
        assert_eq!(refused, ["S1 together"], "{from}");
    }
}

/// open-mercato 5862: a local time stored with a `Z`, as if it were UTC.
#[test]
fn a_local_time_is_not_taken_for_utc() {
    let horizon = ("2026-03-09T00:00:00Z", "2026-03-10T00:00:00Z");
    let mut scene = scene(("America/New_York", "America/New_York"), horizon, &[("09:00", "10:00")]);
    let answer = solve(&scene);
    assert_eq!(answer.sessions[0].start, "2026-03-09T13:00:00Z");
    assert_eq!(local(&answer, 0, "p"), "2026-03-09T09:00:00-04:00");
    for wrong in ["2026-03-09T09:00:00Z", "2026-03-09T09:00:00+00:00", "2026-03-09T13:00:00Z"] {
        let told = broken(&scene, &answer, |s| s["sessions"][0]["local"]["p"] = json!(wrong));
        assert_eq!(told, ["D2 session-data"], "{wrong}");
    }
    // And on the way in: a time that does not say where it is read is no instant.
    scene["people"][0]["busy"] =
        json!([{ "start": "2026-03-09T09:00:00", "end": "2026-03-09T14:00:00Z" }]);
    let findings = comity::pipeline::load(scene.to_string().as_bytes()).expect_err("refused");
    assert_eq!(findings[0].pointer, "/people/0/busy/0/start");
}

/// Rallly 22: a day that differs by the viewer's zone. On both sides of the date line one instant has
/// three dates, and a holiday is a date of its person.
#[test]
fn a_date_is_that_of_its_person() {
    let horizon = ("2026-03-09T10:00:00Z", "2026-03-09T11:00:00Z");
    for (zone, shown) in [
        ("Pacific/Kiritimati", "2026-03-10T00:00:00+14:00"),
        ("Pacific/Apia", "2026-03-09T23:00:00+13:00"),
        ("Pacific/Pago_Pago", "2026-03-08T23:00:00-11:00"),
    ] {
        let mut scene = scene(("UTC", zone), horizon, &[ALL_DAY]);
        scene["people"][1]["calendar"] = json!("c");
        for date in ["2026-03-08", "2026-03-09", "2026-03-10"] {
            scene["calendars"] = json!([{ "id": "c", "holidays": [{ "date": date }] }]);
            let answer = solve(&scene);
            if shown.starts_with(date) {
                assert!(answer.sessions.is_empty(), "{zone} is on holiday on {date}");
            } else {
                assert_eq!(local(&answer, 0, "q"), shown);
            }
        }
    }
    // What is written is read as the same instant, throughout the days on which dates differ.
    for name in ["Pacific/Kiritimati", "Pacific/Apia", "Pacific/Pago_Pago"] {
        let zone = Zone::parse(name).expect("a zone");
        let first = minute("2026-12-30T00:00:00Z");
        for at in first..first + 3 * 1440 {
            assert_eq!(parse_instant(&zone.local_rfc3339(at)), Ok(at), "{name}");
        }
    }
}

/// Cal.com PR 8330: an exception to the usual hours is shifted with its zone. Cal.com 5570: busy
/// times are an hour off in summer. Here busy time is instants, and a holiday the day of its zone.
#[test]
fn an_exception_is_not_shifted_with_its_zone() {
    for (day, next) in [("03-07", "03-08"), ("03-08", "03-09"), ("07-06", "07-07")] {
        let horizon = (format!("2026-{day}T00:00:00Z"), format!("2026-{next}T00:00:00Z"));
        let horizon = (horizon.0.as_str(), horizon.1.as_str());
        for zone in ["America/New_York", "Europe/London", "Asia/Tokyo", "Pacific/Kiritimati"] {
            let mut scene = scene((zone, zone), horizon, &[ALL_DAY]);
            for (start, end) in [("13:00:00Z", "14:00:00Z"), ("09:00:00-04:00", "15:00:00+01:00")] {
                let (start, end) = (format!("2026-{day}T{start}"), format!("2026-{day}T{end}"));
                scene["people"][0]["busy"] = json!([{ "start": start, "end": end }]);
                let expected =
                    [format!("{day}T00:00 - {day}T13:00"), format!("{day}T14:00 - {next}T00:00")];
                assert_eq!(free(&scene), expected, "{zone}");
            }
        }
    }
    // The holidays on which the clocks change have 23 and 25 hours.
    for (zone, date, from, to) in [
        ("America/New_York", "2026-03-08", "03-08T05:00", "03-09T04:00"),
        ("America/New_York", "2026-11-01", "11-01T04:00", "11-02T05:00"),
        ("Europe/London", "2026-10-25", "10-24T23:00", "10-26T00:00"),
        ("Pacific/Kiritimati", "2026-03-08", "03-07T10:00", "03-08T10:00"),
        ("Pacific/Pago_Pago", "2026-03-08", "03-08T11:00", "03-09T11:00"),
    ] {
        let around =
            |days: i64| Zone::utc_rfc3339(minute(&format!("{date}T00:00:00Z")) + days * 1440);
        let (start, end) = (around(-1), around(3));
        let mut scene = scene((zone, zone), (&start, &end), &[ALL_DAY]);
        scene["calendars"] = json!([{ "id": "c", "holidays": [{ "date": date }] }]);
        scene["people"][0]["calendar"] = json!("c");
        let expected = [format!("{} - {from}", &start[5..16]), format!("{to} - {}", &end[5..16])];
        assert_eq!(free(&scene), expected, "{zone}");
    }
}

/// margince 2530: working hours of the installation, read in UTC, so that Monday morning in Ho Chi
/// Minh City is still Sunday. Here hours and their days are the person's.
#[test]
fn working_hours_belong_to_the_person() {
    let horizon = ("2026-03-08T00:00:00Z", "2026-03-11T00:00:00Z");
    for (zone, monday) in [
        ("Asia/Ho_Chi_Minh", "03-09T00:00 - 03-09T04:00"),
        ("Pacific/Kiritimati", "03-08T17:00 - 03-08T21:00"),
        ("Pacific/Pago_Pago", "03-09T18:00 - 03-09T22:00"),
        ("America/New_York", "03-09T11:00 - 03-09T15:00"),
    ] {
        // The band is shorter than a slot: but for her hours, nobody is free.
        let mut scene = scene((zone, "UTC"), horizon, &[("00:00", "00:30")]);
        assert!(free(&scene).is_empty(), "{zone}");
        let hours = json!([{ "days": ["mon"], "from": "07:00", "to": "11:00" }]);
        scene["people"][1]["working_hours"] = hours.clone();
        scene["mediators"][0]["working_hours"] = hours.clone();
        assert!(free(&scene).is_empty(), "{zone}: the hours of others are theirs");
        scene["people"][0]["working_hours"] = hours;
        assert_eq!(free(&scene), [monday], "{zone}");
    }
}

/// margince 2530 again: nor does the zone of the machine count.
#[test]
fn the_zone_of_the_machine_moves_no_session() {
    let instance = home().join("tests/ics/spring.json");
    let [here, there] = ["America/Los_Angeles", "Pacific/Kiritimati"].map(|zone| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
        let output = command.arg("solve").arg(&instance).env("TZ", zone).output().expect("it runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(text.contains("\"local\""), "{zone}: sessions are scheduled");
        let apart = |line: &&str| !line.contains("elapsed_ms");
        text.lines().filter(apart).collect::<Vec<_>>().join("\n")
    });
    assert_eq!(here, there);
}
