//! `fairness: leximin`: what the checker makes of documents that claim too much, and what is told of those who do not
//! sit. That optima are right is for `oracle.rs`.

mod common;

use comity::explain::{find_dispute, find_mediator, in_dispute, in_dispute_text, read_answer};
use comity::format::{InstanceDoc, SolutionDoc};
use serde_json::{Value, json};

fn levels() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/instances/tiny/levels.json");
    let bytes = std::fs::read(path).expect("the instance is there");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn document(value: &Value) -> InstanceDoc {
    serde_json::from_value(value.clone()).expect("an instance")
}

/// The rules that an answer breaks after something has been written elsewhere in it.
fn broken_by(
    instance: &InstanceDoc,
    answer: &SolutionDoc,
    at: &str,
    new: Value,
) -> Vec<&'static str> {
    let mut changed = serde_json::to_value(answer).expect("JSON");
    let line = changed.pointer_mut(at).unwrap_or_else(|| panic!("nothing stands at {at}"));
    assert_ne!(*line, new, "{at} is as it was");
    *line = new;
    let changed: SolutionDoc = serde_json::from_value(changed).expect("a solution");
    common::broken_rules(instance, &changed)
}

#[test]
fn the_checker_counts_who_is_below_and_prices_it_by_itself() {
    let instance = document(&levels());
    let answer = common::solve(&instance);
    let breaks = |at: &str, new: Value| broken_by(&instance, &answer, at, new);
    for (at, claimed) in [
        ("/objective/terms/below-0.25", 0),
        ("/objective/terms/below-0.5", -1_000_000),
        ("/objective/tiers/4", -2_000_000),
    ] {
        assert_eq!(breaks(at, json!(claimed)), ["D4 objective"], "{at}");
    }
    for (tier, bound) in [(2, -2_000_000), (3, -3_000_000), (4, -4_000_000)] {
        let at = format!("/certificate/tiers/{tier}/bound");
        // Closer than the prices prove, and less than the answer has.
        assert_eq!(breaks(&at, json!(bound)), ["B1 bound", "B2 status"], "{at}");
    }
    for (tier, below) in [(2, json!([0, 0, 0, 1])), (5, json!([-1])), (5, json!([1, 1, 1, 0]))] {
        let at = format!("/certificate/tiers/{tier}/nodes/0/prices");
        let mut prices = serde_json::to_value(&answer).expect("JSON").pointer(&at).cloned();
        let prices = prices.get_or_insert_default();
        prices["below"] = below;
        let broken = breaks(&at, prices.clone());
        assert!(broken.contains(&"B1 bound"), "{at}: {broken:?}");
    }
    // A row of a level is held in the tiers after its own: its price says nothing about itself.
    let at = "/certificate/tiers/2/nodes/0/prices";
    let mut prices = serde_json::to_value(&answer).expect("JSON").pointer(at).cloned();
    let prices = prices.get_or_insert_default();
    prices["below"] = json!([5_000_000_000_i64]);
    assert_eq!(breaks(at, prices.clone()), [""; 0]);
}

/// Who could sit beside the rest, but would leave the dispute below a level that it reaches.
#[test]
fn it_is_told_that_levels_come_first() {
    let mut value = levels();
    value["mediators"][2]["capacity"]["cases"] = json!(2);
    value["scores"][0]["fit"]["m3"] = json!(0.2);
    value["scores"][1]["fit"]["m3"] = json!(0.5);
    let instance = document(&value);
    let answer = common::solve(&instance);
    let screened = common::screened(&instance);
    let solution = read_answer(&screened.instance, &answer).expect("an answer");
    let tell = |dispute: &str| {
        let d = find_dispute(&screened.instance, dispute).expect("the dispute");
        let m = find_mediator(&screened.instance, "m3").expect("the mediator");
        in_dispute_text(&in_dispute(&screened, (&answer, &solution), (d, m), false))
    };
    assert_eq!(answer.objective.tiers[2..5], [-1_000_000, -1_000_000, -2_000_000], "{answer:?}");
    let river = tell("river");
    assert!(river.contains("more disputes would be below a level of service"), "{river}");
}

/// With nothing but a price on the lowest level, by hand: the best of `river` and `rail`, 0.9 and 0.6, reach it; `delta`
/// does better without a panel than with its 0.1 less 5; and the row has one place at 5.
#[test]
fn the_price_of_a_level_adds_up() {
    let instance = document(&levels());
    let answer = common::solve(&instance);
    let claim = |bound: i64| {
        let mut changed = serde_json::to_value(&answer).expect("JSON");
        changed["certificate"]["tiers"][5] =
            json!({ "bound": bound, "nodes": [{ "prices": { "below": [5_000_000_000_i64] } }] });
        let changed: SolutionDoc = serde_json::from_value(changed).expect("a solution");
        let rules = common::broken_rules(&instance, &changed);
        // That the bound stands elsewhere too is another matter.
        let violations = rules.iter().filter(|rule| **rule == "B1 bound").count();
        let verdict = comity::check::check(&instance, &changed, &answer.instance.digest);
        (violations, verdict.recomputed.bounds[5])
    };
    assert_eq!(claim(6_500_000).1, Some(6_500_000));
    assert!(claim(6_499_999).0 > 0);
}
