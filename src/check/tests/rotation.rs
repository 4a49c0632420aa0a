//! The term `rotation` by hand.

use serde_json::{Value, json};

use super::documents::{instance, solution, verdict};

/// The instance with a weight and a past: of `m1` two appointments count, on the first and the last
/// day of the look-back, and two do not; `m5`, who has one, does not sit.
fn with_a_past() -> Value {
    let mut instance = instance();
    instance["policy"]["weights"] = json!({ "rotation": 0.01 });
    let past = |mediator: &str, date: &str| json!({ "mediator": mediator, "date": date, "by": "institution" });
    instance["appointments"] = json!([
        past("m1", "2023-03-02"),
        past("m1", "2026-03-02"),
        past("m1", "2023-03-01"),
        past("m1", "2026-03-03"),
        past("m3", "2025-01-01"),
        past("m5", "2025-01-01"),
    ]);
    instance
}

fn rotation(instance: &Value) -> i64 {
    let recomputed = verdict(instance, &solution()).recomputed;
    let term = recomputed.terms.iter().find(|(name, _)| name == "rotation").expect("the term");
    assert_eq!(recomputed.tiers[2], 3_326_000 + term.1, "the term is part of quality");
    term.1
}

#[test]
fn the_look_back_is_of_three_years_both_days_inside() {
    assert_eq!(rotation(&with_a_past()), -30_000);
    let mut longer = with_a_past();
    longer["policy"]["rotation_years"] = json!(4);
    assert_eq!(rotation(&longer), -40_000);
    let mut shorter = with_a_past();
    shorter["policy"]["rotation_years"] = json!(1);
    assert_eq!(rotation(&shorter), -10_000);
}

#[test]
fn without_a_weight_there_is_no_such_term() {
    let mut free = with_a_past();
    free["policy"]["weights"]["rotation"] = json!(0);
    let verdict = verdict(&free, &solution());
    assert!(verdict.holds(), "{:#?}", verdict.violations);
    assert!(verdict.recomputed.terms.iter().all(|(name, _)| name != "rotation"));
}
