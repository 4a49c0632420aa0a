//! A small docket and a right answer to it, with every number worked out by hand.

use serde_json::{Value, json};

use crate::check::{Verdict, check};
use crate::format::{InstanceDoc, SolutionDoc};

/// The digest that the tests hand to the checker.
pub(super) const DIGEST: &str = "d1";

/// Two disputes that can be served and one without consent.
pub(super) fn instance() -> Value {
    let mediator = |id: &str, state: &str, zone: &str, trade: f64| {
        json!({ "id": id, "nationalities": [state], "time_zone": zone,
                "languages": { "en": "C1" }, "expertise": { "trade": trade } })
    };
    let mut first = mediator("m1", "CH", "Europe/Zurich", 0.9);
    first["languages"]["fr"] = json!("C2");
    let party = |id: &str, actor: &str, agent: &str| json!({ "id": id, "actor": actor, "representatives": [agent] });
    let states: Vec<Value> =
        ["AT", "BR", "CH", "DE", "FR", "KE"].iter().map(|id| json!({ "id": id })).collect();
    json!({
        "schema": "comity.instance/1", "id": "small", "as_of": "2026-03-02",
        "horizon": { "start": "2026-03-02T00:00:00Z", "end": "2026-03-07T00:00:00Z" },
        "slot_minutes": 60,
        "policy": { "conflict_rules": {
            "schema": "comity.rules/1", "id": "own", "extends": ["strict"],
            "severities": { "co-panel-family": "waivable-red", "co-panel-firm": "waivable-red" }
        } },
        "states": states,
        "organisations": [
            { "id": "acme", "kind": "company", "nationalities": ["FR"] },
            { "id": "house", "kind": "chambers" }
        ],
        "people": [
            { "id": "ra", "time_zone": "Europe/Paris" },
            { "id": "rb", "time_zone": "America/Sao_Paulo" },
            { "id": "rc", "time_zone": "Europe/Paris" },
            { "id": "rd", "time_zone": "Europe/Berlin" }
        ],
        "mediators": [
            first,
            mediator("m2", "AT", "Europe/Vienna", 0.8),
            mediator("m3", "KE", "Africa/Nairobi", 0.7),
            mediator("m4", "CH", "Europe/Zurich", 0.95),
            mediator("m5", "FR", "Europe/Paris", 1.0)
        ],
        "places": [{ "id": "hall", "time_zone": "Europe/Zurich", "rooms": [{ "id": "r1" }] }],
        "relations": [
            { "id": "h2", "from": "m2", "to": "house", "kind": "member-of" },
            { "id": "h4", "from": "m4", "to": "house", "kind": "member-of" },
            { "id": "o2", "from": "m2", "to": "BR", "kind": "officer-of", "end": "2024-01-01" }
        ],
        "disputes": [
            { "id": "d1", "class": "state-state", "subjects": ["trade"],
              "parties": [party("p1", "FR", "ra"), party("p2", "BR", "rb")],
              "panel": { "size": 3, "languages": { "fr": 1 } }, "languages": ["en"],
              "sessions": [
                  { "id": "s1", "kind": "opening", "minutes": 120 },
                  { "id": "s2", "kind": "joint", "minutes": 60, "mode": "in-person",
                    "place": "hall", "after": { "session": "s1", "min_days": 1 } }
              ] },
            { "id": "d2", "class": "state-investor", "subjects": ["trade"],
              "parties": [party("p1", "acme", "rc"), party("p2", "DE", "rd")],
              "panel": { "size": 1 },
              "sessions": [
                  { "id": "t1", "kind": "joint", "minutes": 60, "mode": "hybrid", "place": "hall" }
              ] },
            { "id": "d3", "class": "state-state",
              "parties": [
                  { "id": "p1", "actor": "DE", "consent": { "given": false } },
                  { "id": "p2", "actor": "BR" }
              ],
              "panel": { "size": 1 } }
        ]
    })
}

/// An answer in which only the time of `m3` in the first session costs anything.
pub(super) fn solution() -> Value {
    let bound = |bound: i64| json!({ "bound": bound, "nodes": [{ "prices": {} }] });
    json!({
        "schema": "comity.solution/1",
        "instance": { "id": "small", "digest": DIGEST },
        "status": "feasible", "stop_reason": "node-limit",
        "objective": {
            "tiers": [2_000_000, 2_000_000, 3_326_000],
            "terms": { "panels": 2_000_000, "sessions": 2_000_000, "sides": 0,
                       "fit": 3_350_000, "burden": -24_000, "fairness": 0, "lateness": 0,
                       "balance": 0 }
        },
        "bound": 3_500_000, "gap": 0.049_715,
        "certificate": { "tiers": [bound(2_000_000), bound(2_000_000), bound(3_500_000)] },
        "assignments": [
            { "dispute": "d1",
              "panel": [
                  { "mediator": "m1", "role": "chair" },
                  { "mediator": "m2", "role": "member" },
                  { "mediator": "m3", "role": "member" }
              ],
              "disclosures": [
                  { "mediator": "m2", "rule": "past-service", "severity": "orange",
                    "path": [{ "from": "m2", "kind": "officer-of", "backward": false,
                               "to": "BR", "relation": "o2" }],
                    "date": "2026-03-02", "text": "past office" }
              ],
              "reasons": [
                  { "mediator": "m1", "fit": 900_000, "better_fits": 1 },
                  { "mediator": "m2", "fit": 800_000, "better_fits": 2 },
                  { "mediator": "m3", "fit": 700_000, "better_fits": 3 }
              ] },
            { "dispute": "d2", "panel": [{ "mediator": "m4", "role": "member" }],
              "disclosures": [],
              "reasons": [{ "mediator": "m4", "fit": 950_000, "better_fits": 0 }] }
        ],
        "sessions": [
            { "dispute": "d1", "session": "s1",
              "start": "2026-03-03T15:00:00Z", "end": "2026-03-03T17:00:00Z",
              "local": { "ra": "2026-03-03T16:00:00+01:00", "rb": "2026-03-03T12:00:00-03:00",
                         "m1": "2026-03-03T16:00:00+01:00", "m2": "2026-03-03T16:00:00+01:00",
                         "m3": "2026-03-03T18:00:00+03:00" },
              "burden": { "p1": 0, "p2": 0 }, "panel_burden": 120 },
            { "dispute": "d1", "session": "s2",
              "start": "2026-03-05T11:00:00Z", "end": "2026-03-05T12:00:00Z",
              "place": "hall", "room": "r1",
              "local": { "ra": "2026-03-05T12:00:00+01:00", "rb": "2026-03-05T12:00:00+01:00",
                         "m1": "2026-03-05T12:00:00+01:00", "m2": "2026-03-05T12:00:00+01:00",
                         "m3": "2026-03-05T12:00:00+01:00" },
              "burden": { "p1": 0, "p2": 0 }, "panel_burden": 0 },
            { "dispute": "d2", "session": "t1",
              "start": "2026-03-04T09:00:00Z", "end": "2026-03-04T10:00:00Z",
              "place": "hall", "room": "r1",
              "local": { "rc": "2026-03-04T10:00:00+01:00", "rd": "2026-03-04T10:00:00+01:00",
                         "m4": "2026-03-04T10:00:00+01:00" },
              "burden": { "p1": 0, "p2": 0 }, "panel_burden": 0 }
        ],
        "burdens": [
            { "dispute": "d1", "sides": { "p1": 0, "p2": 0 }, "parties": { "p1": 0, "p2": 0 },
              "people": { "ra": 0, "rb": 0 } },
            { "dispute": "d2", "sides": { "p1": 0, "p2": 0 }, "parties": { "p1": 0, "p2": 0 },
              "people": { "rc": 0, "rd": 0 } }
        ],
        "unserved": [{ "dispute": "d3", "stage": "admissibility", "core": [], "remedies": [] }],
        "exclusions": { "nationality": 2 },
        "run": { "version": "0", "solver": "none", "tzdb": "none", "seed": 0, "gap": 0.0001,
                 "nodes": 0, "plans": 0, "elapsed_ms": 0 }
    })
}

/// Reads an instance that is of the right shape.
pub(super) fn read(value: &Value) -> InstanceDoc {
    serde_json::from_value(value.clone()).expect("an instance")
}

/// The verdict on two documents.
pub(super) fn verdict(instance: &Value, solution: &Value) -> Verdict {
    let solution: SolutionDoc = serde_json::from_value(solution.clone()).expect("a solution");
    check(&read(instance), &solution, DIGEST)
}
