//! Certificates: prices, questions, and trees that are none.

use serde_json::{Value, json};

use super::documents::{instance, read, solution, verdict};
use crate::check::certificate;
use crate::check::desk::Desk;
use crate::check::eligible::Eligibility;
use crate::check::facts::Facts;
use crate::check::graph::Graph;
use crate::check::prices::{Held, Tier};
use crate::format::TierCertificateDoc;

/// The right answer with a bound on its quality under these nodes.
fn claim(bound: i64, gap: f64, nodes: &Value) -> Value {
    let mut s = solution();
    s["bound"] = json!(bound);
    s["gap"] = json!(gap);
    s["certificate"]["tiers"][2] = json!({ "bound": bound, "nodes": nodes });
    s
}

fn broken(solution: &Value) -> Vec<&'static str> {
    verdict(&instance(), solution).violations.iter().map(|v| v.rule).collect()
}

/// `m4` is the best for both disputes; her second one costs 20,000, and the price says so.
fn priced() -> Value {
    json!({ "prices": { "cases": { "m4": 20_000_000 } } })
}

#[test]
fn the_rising_supply_of_cases_is_priced() {
    let holds = claim(3_480_000, 0.044_253, &json!([priced()]));
    assert_eq!(broken(&holds), Vec::<&str>::new());
    let short = claim(3_479_999, 0.044_253, &json!([priced()]));
    assert_eq!(broken(&short), ["B1 bound"]);
}

#[test]
fn points_of_priority_are_whole() {
    let mut s = solution();
    let cases = json!({ "m5": 333_333_333 });
    s["certificate"]["tiers"][0]["nodes"] = json!([{ "prices": { "cases": cases } }]);
    // Three cases of `m5` make one nano-unit less than a point.
    assert_eq!(broken(&s), Vec::<&str>::new());
}

#[test]
fn an_impossible_side_of_a_question_needs_no_price() {
    let question = |until: u32| json!({ "branch": { "dispute": "d2", "session": "t1", "until": until, "yes": 1, "no": 2 } });
    // Nobody is awake at slot 4; at slot 9 all of the second dispute are at work.
    let holds = claim(3_480_000, 0.044_253, &json!([question(4), {}, priced()]));
    assert_eq!(broken(&holds), Vec::<&str>::new());
    let short = claim(3_480_000, 0.044_253, &json!([question(9), {}, priced()]));
    assert_eq!(broken(&short), ["B1 bound"]);
}

#[test]
fn who_sits_splits_the_plans() {
    let question = json!({ "branch": { "dispute": "d1", "mediator": "m4", "yes": 2, "no": 1 } });
    // Without `m4` the first dispute brings 2,400,000; with her, 2,530,000 after her price.
    let holds = claim(3_480_000, 0.044_253, &json!([question, {}, priced()]));
    assert_eq!(broken(&holds), Vec::<&str>::new());
    let short = claim(3_480_000, 0.044_253, &json!([question, priced(), {}]));
    assert_eq!(broken(&short), ["B1 bound"]);
}

#[test]
fn what_is_no_tree_proves_nothing() {
    let ask = |yes: u32, no: u32| json!({ "branch": { "dispute": "d1", "mediator": "m4", "yes": yes, "no": no } });
    let trees = [
        json!([ask(0, 1), {}]),
        json!([ask(1, 1), {}]),
        json!([ask(1, 3), {}, {}]),
        json!([ask(1, 2), {}, {}, {}]),
        json!([{ "branch": ask(1, 2)["branch"], "prices": {} }, {}, {}]),
        json!([{ "branch": { "dispute": "d1", "yes": 1, "no": 2 } }, {}, {}]),
        json!([{ "branch": { "dispute": "d9", "mediator": "m4", "yes": 1, "no": 2 } }, {}, {}]),
        json!([{ "prices": { "cases": { "m9": 1 } } }]),
        json!([{ "prices": { "cases": { "m4": -1 } } }]),
        json!([{ "prices": { "effort": { "m4": 1 } } }]),
        json!([{ "prices": { "time": { "ra": [[120, 1]] } } }]),
        json!([{ "prices": { "time": { "ra": [[1, 1], [1, 1]] } } }]),
        json!([{ "prices": { "rooms": [{ "place": "attic", "slots": [[1, 1]] }] } }]),
        json!([{ "prices": { "rooms": [{ "place": "hall", "seats": 3, "slots": [] }] } }]),
        json!([{ "prices": { "sides": -1 } }]),
        json!([{ "prices": { "days": [{ "actor": "m1", "date": "2026-03-02", "price": 1 }] } }]),
        json!([{ "prices": { "journeys": [{ "actor": "m1", "price": 1,
            "from": { "place": "hall", "slot": 1 }, "to": { "place": "hall", "slot": 2 } }] } }]),
    ];
    for tree in trees {
        let solution = claim(3_500_000, 0.049_715, &tree);
        assert_eq!(broken(&solution), ["B1 bound"], "{tree}");
    }
}

/// A docket of the size that the checker must manage within a minute; here within seconds.
#[test]
fn a_large_certificate_is_checked() {
    let (disputes, mediators, leaves) = (60_usize, 400_usize, 20_usize);
    let zones = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Africa/Nairobi"];
    let states = ["CH", "AT", "KE"];
    let mut small = instance();
    small["horizon"]["end"] = json!("2026-05-04T00:00:00Z");
    small["slot_minutes"] = json!(30);
    small["people"] = (0..2 * disputes)
        .map(|i| json!({ "id": format!("r{i}"), "time_zone": zones[(i * 7 / 3) % 4] }))
        .collect();
    small["mediators"] = (0..mediators)
        .map(|i| {
            let expertise = ((i * 7919) % 1000) as f64 / 1000.0;
            json!({ "id": format!("m{i}"), "nationalities": [states[i % 3]],
                    "time_zone": zones[i % 4], "languages": { "en": "C1" },
                    "expertise": { "trade": expertise } })
        })
        .collect();
    small["relations"] = json!([]);
    small["disputes"] = (0..disputes)
        .map(|i| {
            let session =
                |k: usize| json!({ "id": format!("s{k}"), "kind": "joint", "minutes": 120 });
            json!({ "id": format!("d{i}"), "class": "state-state", "subjects": ["trade"],
                "parties": [
                    { "id": "p", "actor": "FR", "representatives": [format!("r{}", 2 * i)] },
                    { "id": "q", "actor": "BR", "representatives": [format!("r{}", 2 * i + 1)] }
                ],
                "panel": { "size": 3 }, "sessions": [session(0), session(1), session(2)] })
        })
        .collect();
    let mut nodes: Vec<Value> = Vec::new();
    for leaf in 0..leaves - 1 {
        nodes.push(json!({ "branch": { "dispute": format!("d{leaf}"), "mediator": "m5",
                                       "yes": 2 * leaf + 1, "no": 2 * leaf + 2 } }));
        nodes.push(json!({}));
    }
    nodes.push(json!({}));
    for (n, node) in nodes.iter_mut().enumerate().filter(|(_, x)| x.get("branch").is_none()) {
        let case = |m: usize| (format!("m{m}"), json!(((m * 7919) % 1000) * 990_000 + n * 1000));
        let cases: serde_json::Map<String, Value> = (0..mediators).map(case).collect();
        let time: serde_json::Map<String, Value> = (0..60_usize)
            .map(|m| (format!("m{m}"), json!([[20 + m, 5_000_000], [700 + n, 9_000_000]])))
            .collect();
        *node = json!({ "prices": { "cases": cases, "time": time } });
    }
    let document = read(&small);
    let tree = json!({ "bound": 0, "nodes": nodes });
    let tree: TierCertificateDoc = serde_json::from_value(tree).expect("a tree");
    let facts = Facts::new(&document);
    let eligibility = Eligibility::new(&facts, &Graph::new(&facts));
    let desk = Desk::new(&facts, &eligibility);
    let bound = certificate::bound(
        &desk,
        Tier::Quality,
        &tree,
        &Held { panels: 60, scheduled: 60, ..Held::default() },
    )
    .expect("a tree");
    assert!(bound.is_some());
}
