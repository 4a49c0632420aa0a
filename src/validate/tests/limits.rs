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

#[test]
fn levels_of_service_rise_from_0_to_1_and_are_few() {
    let with = |levels: &Value| {
        full(
            1,
            &json!({"fairness": "leximin", "fairness_levels": levels, "weights": {"burden": 0}}),
        )
    };
    assert_eq!(sound(&with(&json!([0.25, 1]))).policy().levels, [250_000, 1_000_000]);
    let usual = sound(&with(&json!([]))).policy().levels.clone();
    assert_eq!((usual.len(), usual[0], usual[19]), (20, 50_000, 1_000_000));
    for (levels, index) in [
        (json!([0, 0.5]), 0),
        (json!([0.5, 0.5]), 1),
        (json!([0.5, 0.4, 2]), 1),
        (json!([0.5, 1.000_001]), 1),
    ] {
        let place = format!("out-of-range /policy/fairness_levels/{index}");
        assert_eq!(findings(&with(&levels)), [place], "{levels}");
    }
    let many: Vec<f64> = (1..=21).map(|level| f64::from(level) / 21.0 * 0.5).collect();
    let many: Vec<f64> = many.iter().map(|level| (level * 1e4).round() / 1e4).collect();
    assert_eq!(findings(&with(&json!(many))), ["out-of-range /policy/fairness_levels"]);
    // Levels that nothing goes by are as good as none.
    let idle = full(1, &json!({"fairness_levels": [0.5], "weights": {"burden": 0}}));
    assert_eq!(findings(&idle), ["idle-levels /policy/fairness_levels"]);
}
