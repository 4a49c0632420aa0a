//! Procedural calendars: the dates that they give, and the windows that they leave.

use serde_json::{Value, json};

use super::places::docket;
use super::{findings, read, sound};
use crate::domain::Instance;
use crate::format::{BUILT_IN_DEADLINES, DeadlineSets, DeadlinesDoc};
use crate::time::parse_instant;

/// A docket whose one dispute has three sessions and this procedural calendar.
fn with(steps: &Value, events: &Value, sections: &Value) -> Value {
    let mut document = docket(
        &json!([{"id": "s1", "kind": "call", "minutes": 60},
                {"id": "s2", "kind": "joint", "minutes": 60},
                {"id": "s3", "kind": "joint", "minutes": 60}]),
        &json!({"horizon": {"start": "2026-03-02T00:00:00Z", "end": "2026-04-20T00:00:00Z"},
                "calendars": [{"id": "law", "weekend": ["sat", "sun"],
                               "holidays": [{"date": "2026-04-03"}, {"date": "2026-04-06"}],
                               "workdays": [{"date": "2026-03-28"}]}]}),
    );
    let mut calendar =
        json!({"id": "own", "time_zone": "Europe/Berlin", "calendar": "law", "steps": steps});
    for (key, value) in sections.as_object().expect("an object") {
        if key == "policy" {
            document[key] = value.clone();
        } else {
            calendar[key] = value.clone();
        }
    }
    document["deadlines"] = json!([calendar]);
    document["disputes"][0]["deadlines"] = json!({"profile": "own", "events": events});
    document
}

/// Step and date, as `step date` each.
fn dates(instance: &Instance) -> Vec<String> {
    let told = &instance.disputes()[0].deadlines;
    told.iter().map(|told| format!("{} {}", told.step, told.date)).collect()
}

fn at(text: &str) -> i64 {
    parse_instant(text).expect("an instant")
}

#[test]
fn every_built_in_calendar_is_readable_and_sound() {
    for (name, text) in BUILT_IN_DEADLINES {
        let calendar: DeadlinesDoc = serde_json::from_str(text).expect(name);
        assert_eq!(calendar.id, *name);
        let events: Vec<&str> = calendar
            .steps
            .iter()
            .map(|step| step.from.as_str())
            .filter(|from| calendar.steps.iter().all(|step| step.id != *from))
            .collect();
        let events: serde_json::Map<String, Value> =
            events.into_iter().map(|event| (event.to_owned(), json!("2026-03-01"))).collect();
        let steps = calendar.steps.len();
        let mut document = with(&json!([]), &json!(events), &json!({}));
        let mut own = serde_json::to_value(calendar).expect("a document");
        own["id"] = json!("own");
        document["deadlines"] = json!([own]);
        assert_eq!(dates(&sound(&document)).len(), steps, "{name}");
        // The same by its name, in UTC.
        document["deadlines"] = json!([]);
        document["disputes"][0]["deadlines"]["profile"] = json!(name);
        assert_eq!(dates(&sound(&document)).len(), steps, "{name}");
    }
}

#[test]
fn the_built_in_calendar_bounds_the_first_session() {
    let mut document = with(&json!([]), &json!({}), &json!({}));
    document["disputes"][0]["deadlines"] =
        json!({"profile": "icsid-mediation-2022", "events": {"transmittal": "2026-02-20"}});
    let instance = sound(&document);
    assert_eq!(dates(&instance), ["statements 2026-03-07", "first-session 2026-03-22"]);
    let (grid, dispute) = (instance.grid(), &instance.disputes()[0]);
    assert_eq!(dispute.deadlines[1].binds, Some((0, DeadlineSets::Due)));
    let session = &dispute.sessions[0];
    assert_eq!(grid.instant(session.earliest), at("2026-03-07T00:00:00Z"));
    assert_eq!(grid.instant(session.latest_end), at("2026-03-23T00:00:00Z"));
    assert_eq!(dispute.sessions[1].latest_end, grid.slots());
}

#[test]
fn days_are_counted_over_rest_days_and_move_off_them() {
    let step = |id: &str, from: &str, days: u32, keys: &Value| {
        let mut step = json!({"id": id, "from": from, "days": days});
        for (key, value) in keys.as_object().expect("an object") {
            step[key] = value.clone();
        }
        step
    };
    let steps = json!([
        // Friday; then the Saturday that is worked, Monday ...
        step("a", "notice", 1, &json!({"count": "working"})),
        step("b", "notice", 2, &json!({"count": "working"})),
        // ... and over the holidays of 3 and 6 April.
        step("c", "notice", 7, &json!({"count": "working"})),
        step("d", "c", 0, &json!({})),
        step("e", "notice", 8, &json!({})),
        step("f", "notice", 8, &json!({"on_rest_day": "next"})),
        step("g", "notice", 11, &json!({"on_rest_day": "previous"})),
        step("h", "notice", 11, &json!({"on_rest_day": "keep"})),
        step("i", "silence", 1, &json!({})),
        step("j", "i", 1, &json!({})),
        step("k", "weekend", 0, &json!({"count": "working"})),
    ]);
    let instance =
        sound(&with(&steps, &json!({"notice": "2026-03-26", "weekend": "2026-03-29"}), &json!({})));
    assert_eq!(
        dates(&instance),
        [
            "a 2026-03-27",
            "b 2026-03-28",
            "c 2026-04-07",
            "d 2026-04-07",
            "e 2026-04-03",
            "f 2026-04-07",
            "g 2026-04-02",
            "h 2026-04-06",
            "k 2026-03-29",
        ]
    );
}

#[test]
fn a_built_in_step_is_replaced_where_it_stands() {
    let steps = json!([
        {"id": "first-session", "from": "statements", "days": 45, "sets": "due", "session": "last"},
        {"id": "report", "from": "first-session", "days": 1},
        {"id": "statements", "from": "transmittal", "days": 10},
    ]);
    let extends = json!({"extends": "icsid-mediation-2022"});
    let instance = sound(&with(&steps, &json!({"transmittal": "2026-02-20"}), &extends));
    let expected = ["statements 2026-03-02", "first-session 2026-04-16", "report 2026-04-17"];
    assert_eq!(dates(&instance), expected);
    assert_eq!(instance.disputes()[0].sessions[0].earliest, 0);
    // Its own id goes before a built-in name.
    let mut document = with(&steps, &json!({"transmittal": "2026-02-20"}), &extends);
    document["deadlines"][0]["id"] = json!("icsid-mediation-2022");
    document["disputes"][0]["deadlines"]["profile"] = json!("icsid-mediation-2022");
    assert_eq!(dates(&sound(&document)), expected);
}

#[test]
fn dates_bind_on_the_clock_of_the_calendar_across_a_change() {
    let steps = json!([
        {"id": "open", "from": "notice", "days": 0, "sets": "not-before", "session": "joint"},
        {"id": "close", "from": "notice", "days": 7, "sets": "due", "session": "joint"},
        {"id": "sign", "from": "notice", "days": 1, "sets": "due", "session": "signing"},
    ]);
    let instance = sound(&with(&steps, &json!({"notice": "2026-03-22"}), &json!({})));
    let (grid, dispute) = (instance.grid(), &instance.disputes()[0]);
    // Berlin goes from +01:00 to +02:00 on the 29th. The first joint session is the second one.
    let session = &dispute.sessions[1];
    assert_eq!(grid.instant(session.earliest), at("2026-03-22T00:00:00+01:00"));
    assert_eq!(grid.instant(session.latest_end), at("2026-03-30T00:00:00+02:00"));
    let binds: Vec<_> = dispute.deadlines.iter().map(|told| told.binds).collect();
    let expected = [Some((1, DeadlineSets::NotBefore)), Some((1, DeadlineSets::Due)), None];
    assert_eq!(binds, expected);
    assert_eq!((dispute.sessions[2].earliest, dispute.sessions[2].priced_due), (0, None));
}

#[test]
fn priced_due_dates_bind_nothing() {
    let steps = json!([
        {"id": "a", "from": "notice", "days": 5, "sets": "due", "session": "last"},
        {"id": "b", "from": "notice", "days": 9, "sets": "due", "session": "last", "lateness": "barred"},
        {"id": "c", "from": "notice", "days": 2, "sets": "due", "session": "first", "lateness": "priced"},
    ]);
    let events = json!({"notice": "2026-03-10"});
    let mut document = with(&steps, &events, &json!({"policy": {"lateness": "priced"}}));
    document["disputes"][0]["due"] = json!("2026-03-14T00:00:00Z");
    document["disputes"][0]["sessions"][0]["due"] = json!("2026-03-20T00:00:00Z");
    let due = |document: &Value| {
        let instance = sound(document);
        let grid = *instance.grid();
        let of = |s: &crate::domain::Session| (grid.instant(s.latest_end), s.priced_due);
        instance.disputes()[0].sessions.iter().map(of).collect::<Vec<_>>()
    };
    let end = at("2026-04-20T00:00:00Z");
    assert_eq!(
        due(&document),
        [
            (end, Some(at("2026-03-13T00:00:00+01:00"))),
            (end, None),
            (at("2026-03-20T00:00:00+01:00"), Some(at("2026-03-14T00:00:00Z"))),
        ]
    );
    document["policy"] = json!({});
    let last = at("2026-03-14T00:00:00Z");
    assert_eq!(
        due(&document),
        [(last, Some(at("2026-03-13T00:00:00+01:00"))), (last, None), (last, None),]
    );
}

#[test]
fn slips_in_calendars_are_found() {
    let events = json!({"notice": "2026-03-10", "notise": "2026-03-10"});
    let step = json!({"id": "a", "from": "notice", "days": 5, "sets": "due", "session": "last"});
    let (instance, found) = read(&with(&json!([step]), &events, &json!({})));
    assert!(instance.is_some());
    assert_eq!(found, [("unread-event", "/disputes/0/deadlines/events/notise".to_owned())]);
    let one = |keys: &Value| {
        let mut step = json!({"id": "a", "from": "notice", "days": 5});
        for (key, value) in keys.as_object().expect("an object") {
            step[key] = value.clone();
        }
        findings(&with(&json!([step]), &json!({"notice": "2026-03-10"}), &json!({})))
    };
    let step = "/deadlines/0/steps/0";
    assert_eq!(one(&json!({"days": 3651})), [format!("out-of-range {step}/days")]);
    assert_eq!(one(&json!({"sets": "due"})), [format!("lone-sets {step}/sets")]);
    assert_eq!(one(&json!({"session": "last"})), [format!("lone-sets {step}/session")]);
    assert_eq!(one(&json!({"lateness": "barred"})), [format!("idle-lateness {step}/lateness")]);
    assert_eq!(one(&json!({"from": "a"}))[0], format!("later-step {step}/from"));
    let due = json!({"days": 0, "sets": "due", "session": "first", "from": "notice"});
    assert_eq!(one(&due), Vec::<String>::new());
    let mut document = with(&json!([]), &json!({}), &json!({"extends": "icsid"}));
    assert_eq!(findings(&document), ["unknown-deadlines /deadlines/0/extends"]);
    document["deadlines"] = json!([]);
    assert_eq!(findings(&document), ["unknown-deadlines /disputes/0/deadlines/profile"]);
}

#[test]
fn a_window_without_room_is_told() {
    let steps = json!([
        {"id": "a", "from": "notice", "days": 6, "sets": "not-before", "session": "last"},
        {"id": "b", "from": "notice", "days": 5, "sets": "due", "session": "last"},
    ]);
    let (instance, found) = read(&with(&steps, &json!({"notice": "2026-03-10"}), &json!({})));
    assert!(instance.is_some());
    assert_eq!(found, [("empty-window", "/disputes/0/sessions/2".to_owned())]);
}
