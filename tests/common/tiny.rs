//! Tiny random instances, small enough for brute force, rich enough for every rule.

use comity::format::InstanceDoc;
use serde_json::{Value, json};

use super::Lots;

const ZONES: [&str; 5] =
    ["UTC", "Europe/London", "Asia/Kolkata", "Africa/Nairobi", "America/Sao_Paulo"];
const STATES: [&str; 4] = ["KE", "BR", "IN", "GB"];

/// A tiny instance; the same seed gives the same one.
pub(crate) fn instance(seed: u64) -> InstanceDoc {
    serde_json::from_value(document(seed)).expect("the generator writes instances")
}

/// A tiny instance in which some mediators are to have a number of disputes at least; `bare` ones
/// are nothing but an assignment of panels.
pub(crate) fn with_least(seed: u64, bare: bool) -> InstanceDoc {
    let mut lots = Lots::new(seed + 5_000);
    let mut document = document(seed);
    for mediator in document["mediators"].as_array_mut().into_iter().flatten() {
        let cases = mediator["capacity"]["cases"].as_u64();
        if lots.chance(60) {
            let most = cases.unwrap_or(2).min(2) as usize;
            mediator["capacity"]["min_cases"] = json!(lots.below(most + 1));
        }
        if bare && let Some(capacity) = mediator["capacity"].as_object_mut() {
            capacity.remove("hours");
        }
    }
    if bare {
        document["locks"] = json!({});
        for dispute in document["disputes"].as_array_mut().into_iter().flatten() {
            dispute["sessions"] = json!([]);
            let size = dispute["panel"]["size"].clone();
            dispute["panel"] = json!({ "size": size });
        }
    }
    serde_json::from_value(document).expect("the generator writes instances")
}

/// A tiny instance in which everybody may sit anywhere and few may sit often.
pub(crate) fn contested(seed: u64) -> InstanceDoc {
    let mut lots = Lots::new(seed ^ 0x0FA1);
    let mut document = document(seed);
    for key in ["relations", "locks", "scores"] {
        document.as_object_mut().expect("an object").remove(key);
    }
    document["policy"]["weights"] = json!({ "balance": *lots.pick(&[0.0, 0.05]) });
    document["states"].as_array_mut().expect("a list").push(json!({ "id": "X-far" }));
    let mediators = document["mediators"].as_array_mut().expect("a list");
    let names: Vec<String> = (0..mediators.len()).map(|m| format!("m{m}")).collect();
    for mediator in mediators {
        mediator["nationalities"] = json!(["X-far"]);
        mediator["languages"] = json!({ "en": "native", "fr": *lots.pick(&["C2", "A1"]) });
        mediator["capacity"] = json!({ "cases": 1 + lots.below(2) });
    }
    // In some of them a fit may be negative.
    let low = if seed.is_multiple_of(3) { 400.0 } else { 0.0 };
    let mut scores = Vec::new();
    for dispute in document["disputes"].as_array_mut().expect("a list") {
        // Half of them are dockets that nothing but cases couples.
        if seed.is_multiple_of(2) {
            dispute["panel"] = json!({});
        }
        if seed.is_multiple_of(2) || lots.chance(50) {
            dispute["sessions"] = json!([]);
        }
        dispute["panel"]["size"] = json!(1 + lots.below(2));
        dispute["panel"]["distinct_nationalities"] = json!(false);
        let fit: serde_json::Map<String, Value> = names
            .iter()
            .map(|name| (name.clone(), json!((lots.below(1001) as f64 - low) / 1000.0)))
            .collect();
        scores.push(json!({ "dispute": dispute["id"], "fit": fit }));
    }
    document["scores"] = json!(scores);
    serde_json::from_value(document).expect("an instance")
}

pub(crate) fn document(seed: u64) -> Value {
    let mut lots = Lots::new(seed);
    let disputes = 2 + lots.below(2);
    let mediators = 3 + lots.below(3);
    let slots = 5 + lots.below(4);
    let people = disputes + 2;
    let start = 6 + lots.below(5);
    json!({
        "schema": "comity.instance/1",
        "id": format!("tiny-{seed}"),
        "as_of": "2026-03-01",
        "horizon": {
            "start": format!("2026-03-02T{start:02}:00:00Z"),
            "end": format!("2026-03-02T{:02}:00:00Z", start + slots),
        },
        "slot_minutes": 60,
        "policy": policy(&mut lots),
        "states": STATES.map(|id| json!({ "id": id })),
        "organisations": [{ "id": "firm", "kind": "law-firm", "nationalities": ["GB"] }],
        "people": (0..people).map(|p| person(&mut lots, &format!("p{p}"), start)).collect::<Vec<_>>(),
        "mediators": (0..mediators).map(|m| mediator(&mut lots, m, start)).collect::<Vec<_>>(),
        "places": [{
            "id": "hall", "time_zone": "UTC",
            "opening_hours": [{ "days": ["mon"], "from": "08:00", "to": "16:00" }],
            "rooms": [{ "id": "r1" }],
        }],
        "relations": relations(&mut lots, mediators),
        "disputes": (0..disputes).map(|d| dispute(&mut lots, d, people)).collect::<Vec<_>>(),
        "scores": scores(&mut lots, disputes, mediators),
        "locks": locks(&mut lots, mediators),
    })
}

fn policy(lots: &mut Lots) -> Value {
    json!({
        "weights": {
            "fit": 1,
            "burden": *lots.pick(&[0.0002, 0.001, 0.0]),
            "balance": *lots.pick(&[0.02, 0.3, 0.0]),
        },
        "working_time": { "bands": [
            { "from": "09:00", "to": "17:00", "cost": 0 },
            { "from": "07:00", "to": "09:00", "cost": 2 },
            { "from": "17:00", "to": "21:00", "cost": 3 },
        ] },
    })
}

fn busy(lots: &mut Lots, start: usize) -> Vec<Value> {
    if !lots.chance(40) {
        return Vec::new();
    }
    let from = start + lots.below(6);
    vec![json!({
        "start": format!("2026-03-02T{from:02}:30:00Z"),
        "end": format!("2026-03-02T{:02}:00:00Z", from + 1 + lots.below(2)),
    })]
}

fn person(lots: &mut Lots, id: &str, start: usize) -> Value {
    json!({ "id": id, "time_zone": *lots.pick(&ZONES), "busy": busy(lots, start) })
}

fn mediator(lots: &mut Lots, position: usize, start: usize) -> Value {
    let mut capacity = json!({});
    if lots.chance(70) {
        capacity["cases"] = json!(1 + lots.below(2));
    }
    if lots.chance(30) {
        capacity["hours"] = json!(1 + lots.below(4));
    }
    json!({
        "id": format!("m{position}"),
        "nationalities": [*lots.pick(&["KE", "BR", "IN", "GB", "GB"])],
        "time_zone": *lots.pick(&ZONES),
        "busy": busy(lots, start),
        "languages": { "en": *lots.pick(&["C1", "native", "B2"]), "fr": *lots.pick(&["C2", "A1"]) },
        "expertise": { "trade": lots.below(11) as f64 / 10.0, "water": lots.below(11) as f64 / 10.0 },
        "capacity": capacity,
    })
}

fn relations(lots: &mut Lots, mediators: usize) -> Vec<Value> {
    let mut relations = Vec::new();
    for m in 0..mediators {
        if lots.chance(15) {
            relations.push(json!({
                "id": format!("member-{m}"), "from": format!("m{m}"), "to": "firm", "kind": "member-of",
            }));
        }
        if lots.chance(15) {
            relations.push(json!({
                "id": format!("past-{m}"), "from": format!("m{m}"), "to": *lots.pick(&STATES),
                "kind": "counsel-for", "end": "2024-05-01", "confidential": lots.chance(30),
            }));
        }
    }
    relations
}

fn dispute(lots: &mut Lots, position: usize, people: usize) -> Value {
    let first = lots.below(2);
    let second = 2 + lots.below(2);
    let size = *lots.pick(&[1, 1, 2, 2, 3]);
    let party = |id: &str, actor: &str, representative: usize| json!({ "id": id, "actor": actor, "representatives": [format!("p{representative}")] });
    let (left, right) = (lots.below(people), lots.below(people));
    let sessions: Vec<Value> = (0..lots.below(3)).map(|s| session(lots, s)).collect();
    let mut panel = json!({ "size": size, "distinct_nationalities": lots.chance(30) });
    if lots.chance(30) {
        panel["languages"] = json!({ "fr": 1 });
    }
    if lots.chance(20) {
        panel["expertise"] = json!({ "water": 0.5 });
    }
    json!({
        "id": format!("d{position}"),
        "class": "state-state",
        "subjects": ["trade", "water"],
        "parties": [party("a", STATES[first], left), party("b", STATES[second], right)],
        "panel": panel,
        "languages": ["en"],
        "sessions": sessions,
        "priority": 1 + lots.below(3),
    })
}

fn session(lots: &mut Lots, position: usize) -> Value {
    let mut session = json!({
        "id": format!("s{position}"),
        "kind": *lots.pick(&["call", "joint", "caucus"]),
        "minutes": 60 * (1 + lots.below(2)),
    });
    match lots.below(4) {
        0 => {
            session["mode"] = json!("in-person");
            session["place"] = json!("hall");
        }
        1 => {
            session["mode"] = json!("hybrid");
            session["place"] = json!("hall");
        }
        _ => {}
    }
    if lots.chance(25) {
        session["attendees"] = json!(["a"]);
    }
    if position > 0 && lots.chance(40) {
        session["after"] = json!({ "session": format!("s{}", position - 1), "max_days": 0 });
    }
    session
}

fn scores(lots: &mut Lots, disputes: usize, mediators: usize) -> Vec<Value> {
    (0..disputes)
        .filter(|_| lots.chance(60))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|d| {
            let fit: serde_json::Map<String, Value> = (0..mediators)
                .map(|m| (format!("m{m}"), json!(lots.below(1001) as f64 / 1000.0)))
                .collect();
            json!({ "dispute": format!("d{d}"), "fit": fit })
        })
        .collect()
}

fn locks(lots: &mut Lots, mediators: usize) -> Value {
    let mut locks = json!({});
    if lots.chance(10) {
        locks["require"] =
            json!([{ "dispute": "d0", "mediator": format!("m{}", lots.below(mediators)) }]);
    }
    if lots.chance(15) {
        locks["forbid"] =
            json!([{ "dispute": "d1", "mediator": format!("m{}", lots.below(mediators)) }]);
    }
    locks
}
