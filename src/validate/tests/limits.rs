//! What an objective may grow to before it is refused.

use serde_json::{Value, json};

use super::places::docket;
use super::{findings, sound};

/// A docket of so many disputes with two hundred sessions of a whole day each.
fn full(disputes: usize, policy: &Value) -> Value {
    let sessions: Vec<Value> = (0..200)
        .map(|s| json!({"id": format!("s{s}"), "kind": "joint", "minutes": 1440}))
        .collect();
    let mut document = docket(
        &json!(sessions),
        &json!({"policy": policy,
                "horizon": {"start": "2026-03-02T00:00:00Z", "end": "2026-12-02T00:00:00Z"}}),
    );
    let one = document["disputes"][0].clone();
    let copies = (0..disputes).map(|d| {
        let mut copy = one.clone();
        copy["id"] = json!(format!("d{d}"));
        copy
    });
    document["disputes"] = copies.collect();
    document
}

#[test]
fn weights_of_the_new_terms_are_bounded() {
    let free = json!({"fit": 0, "burden": 0, "balance": 0, "lateness": 0});
    let with = |key: &str, value: u32| {
        let mut weights = free.clone();
        weights[key] = json!(value);
        json!({"weights": weights, "lateness": "priced"})
    };
    sound(&full(1, &with("fairness", 1)));
    assert_eq!(findings(&full(1, &with("fairness", 1000))), ["too-large /disputes"]);
    let mut late = full(1, &with("lateness", 1000));
    sound(&late);
    for session in late["disputes"][0]["sessions"].as_array_mut().expect("a list") {
        session["due"] = json!("0001-01-01T00:00:00Z");
    }
    assert_eq!(findings(&late), ["too-large /disputes"]);
}

#[test]
fn the_tier_of_sides_is_bounded_where_there_is_one() {
    let policy = |sharing: &str| json!({"burden_sharing": sharing, "weights": {"fit": 0, "burden": 0, "balance": 0}});
    sound(&full(50, &policy("weighed")));
    assert!(sound(&full(10, &policy("worse-off-first"))).policy().worse_off_first);
    assert_eq!(findings(&full(50, &policy("worse-off-first"))), ["too-large /disputes"]);
}
