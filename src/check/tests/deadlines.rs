//! Procedural calendars, by hand.

use serde_json::{Value, json};

use super::documents::read;
use crate::check::clock;
use crate::check::facts::Facts;

/// A dispute with two sessions and a calendar of Hong Kong in which 3, 6 and 7 April 2026 rest.
fn docket(steps: &Value, events: &Value) -> Value {
    json!({
        "schema": "comity.instance/1", "id": "small", "as_of": "2026-03-02",
        "horizon": { "start": "2026-03-02T00:00:00Z", "end": "2026-05-02T00:00:00Z" },
        "states": [{ "id": "FR" }, { "id": "BR" }],
        "mediators": [],
        "calendars": [{ "id": "hk", "weekend": ["sat", "sun"],
            "holidays": [{ "date": "2026-04-03" }, { "date": "2026-04-06" }, { "date": "2026-04-07" }],
            "workdays": [{ "date": "2026-04-11" }] }],
        "deadlines": [{ "id": "own", "extends": "icsid-mediation-2022",
            "time_zone": "Asia/Hong_Kong", "calendar": "hk", "steps": steps }],
        "disputes": [{ "id": "d", "class": "state-state", "panel": { "size": 1 },
            "parties": [{ "id": "a", "actor": "FR" }, { "id": "b", "actor": "BR" }],
            "deadlines": { "profile": "own", "events": events },
            "sessions": [
                { "id": "s", "kind": "opening", "minutes": 60, "due": "2026-05-01T00:00:00Z" },
                { "id": "t", "kind": "joint", "minutes": 60 },
            ] }],
    })
}

/// The windows of the sessions: not before, due, priced due.
fn windows(steps: &Value, events: &Value) -> Vec<[Option<i64>; 3]> {
    let document = read(&docket(steps, events));
    let facts = Facts::new(&document);
    let sessions = facts.disputes[0].sessions.iter().map(|s| s.window);
    sessions.map(|w| [w.not_before, w.due, w.priced_due]).collect()
}

fn at(text: &str) -> Option<i64> {
    let instant = clock::instant(text);
    assert!(instant.is_some(), "{text} is no instant");
    instant
}

#[test]
fn the_built_in_calendar_binds_the_first_session() {
    let [first, second] = windows(&json!([]), &json!({ "transmittal": "2026-03-02" }))[..] else {
        panic!("two sessions")
    };
    // Statements on 17 March, the first session by the end of 1 April, in Hong Kong.
    assert_eq!(first, [at("2026-03-16T16:00:00Z"), at("2026-04-01T16:00:00Z"), None]);
    assert_eq!(second, [None, None, None]);
    let none = windows(&json!([]), &json!({ "registration": "2026-03-02" }));
    assert_eq!(none[0], [None, at("2026-05-01T00:00:00Z"), None]);
}

#[test]
fn working_days_rest_days_and_prices() {
    let step = |id: &str, from: &str, days: u32, more: Value| {
        let mut step = json!({ "id": id, "from": from, "days": days });
        step.as_object_mut().expect("a step").extend(more.as_object().expect("keys").clone());
        step
    };
    let due = |session: &str| json!({ "sets": "due", "session": session });
    let one = |step: Value| windows(&json!([step]), &json!({ "e": "2026-04-02" }))[1];
    // Working days after Thursday the 2nd: 8, 9, 10, and Saturday the 11th, which is worked.
    let mut working = due("last");
    working["count"] = json!("working");
    let fourth = one(step("w", "e", 4, working.clone()));
    assert_eq!(fourth, [None, at("2026-04-11T16:00:00Z"), None]);
    assert_eq!(one(step("w", "e", 1, working))[1], at("2026-04-08T16:00:00Z"));
    // Friday the 3rd rests: kept, moved on to the 8th, or back to the 2nd.
    for (rule, day) in [("keep", "03"), ("next", "08"), ("previous", "02")] {
        let mut moved = due("joint");
        moved["on_rest_day"] = json!(rule);
        let found = one(step("c", "e", 1, moved));
        assert_eq!(found[1], at(&format!("2026-04-{day}T16:00:00Z")), "{rule}");
    }
    let mut priced = due("last");
    priced["lateness"] = json!("priced");
    assert_eq!(one(step("p", "e", 1, priced)), [None, None, at("2026-04-03T16:00:00Z")]);
    // A step from a step, and one whose kind of session there is none.
    let steps = json!([
        step("first", "e", 5, json!({})),
        step("second", "first", 5, json!({ "sets": "not-before", "session": "joint" })),
        step("third", "second", 5, due("signing")),
    ]);
    let both = windows(&steps, &json!({ "e": "2026-04-02" }));
    assert_eq!(both[1], [at("2026-04-11T16:00:00Z"), None, None]);
}
