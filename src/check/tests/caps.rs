//! Docket caps (A7) by hand: who counts where, how many seats a share is, what a price may say.

use serde_json::{Value, json};

use super::documents::{instance, read, solution, verdict};
use crate::check::caps::{Group, caps};
use crate::check::facts::Facts;

/// The instance with caps. In the right answer CH has two seats (`m1` and `m4`), AT and KE one each,
/// of the four that the docket asks for: the dispute without consent asks for none.
fn capped(policy: &Value) -> Value {
    let mut instance = instance();
    instance["policy"]["caps"] = policy.clone();
    for (state, blocs) in [(0, json!(["x"])), (2, json!(["y"])), (5, json!(["x", "y", "x"]))] {
        instance["states"][state]["blocs"] = blocs;
    }
    instance
}

fn broken(instance: &Value) -> Vec<String> {
    let violations = verdict(instance, &solution()).violations;
    assert!(violations.iter().all(|v| v.rule == "A7 docket-caps"), "{violations:#?}");
    violations.into_iter().map(|v| format!("{} {}", v.pointer, v.message)).collect()
}

#[test]
fn a_nationality_has_its_share_rounded_down() {
    assert!(broken(&capped(&json!({ "nationality_share": 0.5 }))).is_empty());
    let found = broken(&capped(&json!({ "nationality_share": 0.499_999 })));
    let told = "nationals of `CH` have 2 seats of this docket, and may have 1";
    assert_eq!(found, [format!("/assignments/1/panel/0 {told}")]);
}

#[test]
fn one_seat_is_always_allowed() {
    let found = broken(&capped(&json!({ "nationality_share": 0.01 })));
    assert_eq!(found.len(), 1, "AT and KE keep theirs: {found:?}");
}

#[test]
fn blocs_are_counted_through_nationalities_once_a_bloc() {
    // `x`: AT and KE, two seats; `y`: CH and KE, three.
    assert!(broken(&capped(&json!({ "bloc_share": 0.75 }))).is_empty());
    let found = broken(&capped(&json!({ "bloc_share": 0.74 })));
    let told = "nationals of States in `y` have 3 seats of this docket, and may have 2";
    assert_eq!(found, [format!("/assignments/1/panel/0 {told}")]);
    assert_eq!(broken(&capped(&json!({ "bloc_share": 0.49 }))).len(), 2);
}

#[test]
fn every_nationality_of_as_of_counts() {
    let mut two = capped(&json!({ "nationality_share": 0.5 }));
    two["mediators"][2]["nationalities"] = json!(["KE", { "state": "CH", "from": "2026-03-02" }]);
    assert_eq!(broken(&two).len(), 1);
    for other in [
        json!({ "state": "CH", "from": "2026-03-03" }),
        json!({ "state": "CH", "to": "2026-03-01" }),
    ] {
        two["mediators"][2]["nationalities"][1] = other;
        assert!(broken(&two).is_empty());
    }
}

#[test]
fn seats_of_disputes_that_may_not_be_mediated_are_none() {
    let instance = capped(&json!({ "nationality_share": 0.4 }));
    let limit = |value: &Value| {
        let doc = read(value);
        let facts = Facts::new(&doc);
        caps(&facts).get(&Group::Nationality("CH")).map(|cap| cap.limit)
    };
    assert_eq!(limit(&instance), Some(1), "of four seats");
    let mut open = instance;
    open["disputes"][2]["parties"][0]["consent"]["given"] = json!(true);
    assert_eq!(limit(&open), Some(2), "of five");
}

/// The right answer with these prices of caps in the tier of quality.
fn priced(prices: &Value) -> Vec<String> {
    let instance = capped(&json!({ "nationality_share": 0.5, "bloc_share": 0.75 }));
    let mut solution = solution();
    solution["certificate"]["tiers"][2]["nodes"][0]["prices"]["caps"] = prices.clone();
    let found = verdict(&instance, &solution);
    let bound = found.recomputed.bounds.get(2).copied().flatten();
    let messages = found.violations.into_iter().map(|v| v.message);
    messages.chain(bound.map(|bound| bound.to_string())).collect()
}

#[test]
fn a_price_of_a_cap_moves_the_bound() {
    assert_eq!(priced(&json!([])), ["3500000"]);
    // The best panels are m1, m3, m4 and m4: three seats of CH are paid for, two are supplied.
    assert_eq!(priced(&json!([{ "nationality": "CH", "price": 10_000_000 }])), ["3490000"]);
    // All four are of `y`, three are supplied.
    assert_eq!(priced(&json!([{ "bloc": "y", "price": 10_000_000 }])), ["3490000"]);
    // None is of AT, and two are supplied.
    let told = priced(&json!([{ "nationality": "AT", "price": 10_000_000 }]));
    assert_eq!(told, ["the prices prove 3520000 only", "3520000"]);
}

#[test]
fn prices_of_caps_are_of_groups_that_have_one() {
    let one = |price: Value| priced(&json!([price])).join("; ");
    assert!(one(json!({ "nationality": "BR", "price": 1 })).contains("have no cap"));
    assert!(one(json!({ "bloc": "z", "price": 1 })).contains("have no cap"));
    assert!(one(json!({ "price": 1 })).contains("names a nationality or a bloc"));
    let both = json!({ "nationality": "CH", "bloc": "x", "price": 1 });
    assert!(one(both).contains("names a nationality or a bloc"));
    assert!(one(json!({ "bloc": "x", "price": -1 })).contains("is negative"));
    let twice = json!([{ "bloc": "x", "price": 1 }, { "bloc": "x", "price": 1 }]);
    assert!(priced(&twice).join("; ").contains("two prices"));
}
