//! Tiny random instances about time: journeys, stays, rest, daily limits, rooms of several sizes,
//! interpreters, sides, lateness. Small enough for brute force.

use comity::format::InstanceDoc;
use serde_json::{Value, json};

use super::Lots;

const ZONES: [&str; 3] = ["UTC", "Africa/Lagos", "Europe/Athens"];
const STATES: [&str; 4] = ["KE", "BR", "IN", "GB"];

/// A tiny instance; the same seed gives the same one.
pub(crate) fn instance(seed: u64) -> InstanceDoc {
    serde_json::from_value(document(seed)).expect("the generator writes instances")
}

pub(crate) fn document(seed: u64) -> Value {
    let mut lots = Lots::new(seed ^ 0x7133);
    let lots = &mut lots;
    let disputes = 1 + lots.below(2);
    let mediators = 2 + lots.below(2);
    let interpreters = lots.below(4);
    let people = 4;
    let teams = json!({
        "teams": [{ "minutes": 60, "size": 1 }, { "minutes": 180, "size": 1 + lots.below(2) }],
        "booths": [{ "minutes": 180, "size": 1 }],
    });
    let mut workload = json!({});
    if lots.chance(50) {
        workload["rest_minutes"] = json!(*lots.pick(&[30, 60, 90]));
    }
    if lots.chance(40) {
        workload["day_minutes"] = json!(*lots.pick(&[120, 150, 180]));
    }
    let mut policy = json!({
        "weights": {
            "fit": 1,
            "burden": *lots.pick(&[0.0, 0.001]),
            "fairness": *lots.pick(&[0.0, 0.0007, 0.01]),
            "lateness": *lots.pick(&[0.0, 0.05, 0.4]),
            "balance": *lots.pick(&[0.02, 0.0]),
        },
        "working_time": { "bands": [
            { "from": "08:00", "to": "10:00", "cost": 1 },
            { "from": "10:00", "to": "11:00", "cost": 0 },
            { "from": "11:00", "to": "13:00", "cost": 3 },
        ] },
        "workload": workload,
        "interpretation": teams,
        "lateness": *lots.pick(&["barred", "priced", "priced"]),
        "burden_sharing": *lots.pick(&["weighed", "worse-off-first"]),
    });
    if lots.chance(50) {
        policy["travel"] = json!({
            "default_minutes": *lots.pick(&[0, 60]),
            "recovery_from_minutes": 90,
            "recovery_minutes": *lots.pick(&[0, 60, 1200]),
        });
    }
    let journeys = if lots.chance(60) {
        json!([{ "from": "hall", "to": "court", "minutes": *lots.pick(&[60, 120]) }])
    } else {
        json!([])
    };
    json!({
        "schema": "comity.instance/1",
        "id": format!("hours-{seed}"),
        "as_of": "2026-03-01",
        "horizon": { "start": "2026-03-02T06:00:00Z", "end": "2026-03-03T13:00:00Z" },
        "slot_minutes": 60,
        "policy": policy,
        "deadlines": [deadlines(lots)],
        "states": STATES.map(|id| json!({ "id": id })),
        "people": (0..people).map(|p| person(lots, &format!("p{p}"))).collect::<Vec<_>>(),
        "mediators": (0..mediators).map(|m| mediator(lots, m)).collect::<Vec<_>>(),
        "interpreters": (0..interpreters).map(|i| interpreter(lots, i)).collect::<Vec<_>>(),
        "places": [
            { "id": "hall", "time_zone": "UTC", "rooms": rooms(lots) },
            { "id": "court", "time_zone": "Africa/Lagos", "rooms": rooms(lots) },
        ],
        "journeys": journeys,
        "calendars": [{ "id": "weeks", "weekend": ["sat", "sun"],
            "workdays": [{ "date": "2026-03-01" }], "holidays": [{ "date": "2026-02-28" }] }],
        "relations": relations(lots, interpreters),
        "disputes": (0..disputes).map(|d| dispute(lots, d, people)).collect::<Vec<_>>(),
    })
}

/// A procedural calendar of one or two steps.
fn deadlines(lots: &mut Lots) -> Value {
    let mut steps = Vec::new();
    for (position, from) in ["filed", "step-0"].iter().enumerate().take(1 + lots.below(2)) {
        let mut step = json!({
            "id": format!("step-{position}"), "from": from, "days": lots.below(2),
            "count": *lots.pick(&["calendar", "working"]),
            "on_rest_day": *lots.pick(&["keep", "next", "previous"]),
        });
        if lots.chance(80) {
            step["sets"] = json!(*lots.pick(&["due", "due", "not-before"]));
            step["session"] = json!(*lots.pick(&["first", "last", "joint", "signing"]));
        }
        if step["sets"] == "due" && lots.chance(40) {
            step["lateness"] = json!(*lots.pick(&["barred", "priced"]));
        }
        steps.push(step);
    }
    json!({ "id": "own", "time_zone": *lots.pick(&ZONES), "calendar": "weeks", "steps": steps })
}

fn rooms(lots: &mut Lots) -> Value {
    let mut rooms = vec![json!({ "id": "large", "seats": 9 })];
    rooms.push(json!({ "id": "small", "seats": *lots.pick(&[2, 3, 9]) }));
    if lots.chance(30) {
        rooms.push(json!({ "id": "garden" }));
    }
    json!(rooms)
}

fn person(lots: &mut Lots, id: &str) -> Value {
    let mut person = json!({ "id": id, "time_zone": *lots.pick(&ZONES) });
    if lots.chance(40) {
        person["base"] = json!(*lots.pick(&["hall", "court"]));
    }
    if lots.chance(20) {
        let mut stay = json!({
            "start": *lots.pick(&["2026-03-02T08:30:00Z", "2026-03-02T20:00:00Z"]),
            "end": "2026-03-03T10:00:00Z",
            "time_zone": *lots.pick(&ZONES),
        });
        if lots.chance(70) {
            stay["place"] = json!(*lots.pick(&["hall", "court"]));
        }
        person["stays"] = json!([stay]);
    }
    if lots.chance(20) {
        person["working_hours"] = json!([
            { "days": ["mon", "tue"], "from": "09:00", "to": "10:00", "until": "2026-03-02" },
            { "days": ["tue"], "from": "11:00", "to": "14:00", "since": "2026-03-03" },
        ]);
    }
    if lots.chance(25) {
        let from = 7 + lots.below(4);
        person["busy"] = json!([{
            "start": format!("2026-03-02T{from:02}:30:00Z"),
            "end": format!("2026-03-02T{:02}:00:00Z", from + 2),
        }]);
    }
    person
}

fn mediator(lots: &mut Lots, position: usize) -> Value {
    let mut mediator = person(lots, &format!("m{position}"));
    mediator["nationalities"] = json!(["IN"]);
    mediator["expertise"] = json!({ "trade": lots.below(11) as f64 / 10.0 });
    if lots.chance(30) {
        mediator["capacity"] = json!({ "cases": 1 });
    }
    mediator
}

fn interpreter(lots: &mut Lots, position: usize) -> Value {
    let mut interpreter = person(lots, &format!("i{position}"));
    let mut pairs = vec![json!({ "from": "en", "to": "fr" })];
    if lots.chance(30) {
        pairs = vec![json!({ "from": "zh", "to": "en" })];
    } else if lots.chance(40) {
        pairs.push(json!({ "from": "fr", "to": "zh" }));
    }
    interpreter["pairs"] = json!(pairs);
    interpreter
}

fn relations(lots: &mut Lots, interpreters: usize) -> Vec<Value> {
    (0..interpreters)
        .filter(|_| lots.chance(20))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|i| {
            json!({
                "id": format!("served-{i}"), "from": format!("i{i}"),
                "to": *lots.pick(&["KE", "BR"]), "kind": "employed-by",
                "confidential": lots.chance(30),
            })
        })
        .collect()
}

fn dispute(lots: &mut Lots, position: usize, people: usize) -> Value {
    let representatives = |lots: &mut Lots| {
        let mut all = vec![format!("p{}", lots.below(people))];
        if lots.chance(30) {
            all.push(format!("p{}", lots.below(people)));
            all.dedup();
        }
        all
    };
    let parties = json!([
        { "id": "a", "actor": "KE", "representatives": representatives(lots) },
        { "id": "b", "actor": "BR", "representatives": representatives(lots) },
    ]);
    let sessions: Vec<Value> = (0..=lots.below(2)).map(|s| session(lots, s)).collect();
    let mut dispute = json!({
        "id": format!("d{position}"),
        "class": "state-state",
        "subjects": ["trade"],
        "parties": parties,
        "panel": { "size": *lots.pick(&[1, 1, 2]) },
        "sessions": sessions,
        "priority": 1 + lots.below(2),
    });
    if lots.chance(40) {
        let filed = *lots.pick(&["2026-02-27", "2026-03-01", "2026-03-02"]);
        dispute["deadlines"] = json!({ "profile": "own", "events": { "filed": filed } });
    }
    if lots.chance(30) {
        dispute["due"] = json!(*lots.pick(&["2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z"]));
    }
    dispute
}

fn session(lots: &mut Lots, position: usize) -> Value {
    let mut session = json!({
        "id": format!("s{position}"),
        "kind": "joint",
        "minutes": 60 * (1 + lots.below(2)),
    });
    if lots.chance(55) {
        session["mode"] = json!(*lots.pick(&["in-person", "in-person", "hybrid"]));
        session["place"] = json!(*lots.pick(&["hall", "court"]));
        if lots.chance(35) {
            session["breakout_rooms"] = json!(1);
        }
    }
    if lots.chance(35) {
        session["interpretation"] = json!(["en", "fr"]);
        if lots.chance(25) {
            session["interpretation"] = json!(["en", "fr", "zh"]);
        }
    }
    if lots.chance(20) {
        session["attendees"] = json!([*lots.pick(&["a", "b"])]);
    }
    if lots.chance(20) {
        session["due"] = json!("2026-03-02T12:00:00Z");
    }
    if position > 0 && lots.chance(20) {
        session["after"] = json!({ "session": "s0", "max_days": 1 });
    }
    session
}
