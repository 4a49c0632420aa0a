//! The nationality policies, each with the panels that it allows.

use serde_json::{Value, json};

use super::dockets::{breaches, broken, docket, findings, panels, reasons, rule};
use crate::check::consent::Standing;

/// `m0` and `m1` are nationals of FR, `m2` of BR; three sit in `d0`, the first in the chair.
fn policy(name: &str) -> Value {
    let path = json!([{ "any": [{ "kind": "nationality", "when": "test-dates" }] }]);
    let more = json!({ "severity": "non-waivable-red", "governed_by": "nationality" });
    let mut document = docket(&json!([rule("national", &path, &more)]));
    for (m, state) in [(0, "FR"), (1, "FR"), (2, "BR")] {
        document["mediators"][m]["nationalities"] = json!([state]);
    }
    let more = json!([{ "id": "m4", "nationalities": ["CH"], "expertise": { "x": 0.5 } },
                      { "id": "m5", "nationalities": [], "expertise": { "x": 0.4 } }]);
    document["mediators"]
        .as_array_mut()
        .expect("a list")
        .extend(more.as_array().expect("a list").iter().cloned());
    document["disputes"][0]["panel"]["size"] = json!(3);
    document["policy"]["nationality"] = json!({ "commercial": name });
    document
}

fn waive(document: &mut Value, rule: &str) {
    document["waivers"] = json!([{ "mediator": "m0", "dispute": "d0", "rule": rule, "by": ["p", "q"],
                                   "express": true, "date": "2026-01-01" }]);
}

#[test]
fn strict_bars_whatever_the_rules_say() {
    let mut document = policy("strict");
    assert_eq!(reasons(&document, 0, 0), ["national", "nationality"]);
    assert_eq!(reasons(&document, 0, 5), ["nationality-unknown"]);
    document["policy"]["conflict_rules"]["rules"] = json!([]);
    assert_eq!(reasons(&document, 0, 0), ["nationality"]);
    // So does a rule of the very name that has been waived.
    document = policy("strict");
    document["policy"]["conflict_rules"]["rules"][0]["id"] = json!("nationality");
    document["policy"]["conflict_rules"]["rules"][0]["severity"] = json!("waivable-red");
    waive(&mut document, "nationality");
    assert_eq!(findings(&document, 0, 0), [("nationality".to_owned(), Standing::Waived)]);
    assert_eq!(reasons(&document, 0, 0), ["nationality"]);
}

#[test]
fn parties_may_waive_where_the_policy_lets_them() {
    let mut document = policy("waivable-by-parties");
    assert_eq!(reasons(&document, 0, 0), ["national", "nationality"]);
    waive(&mut document, "national");
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    assert_eq!(reasons(&document, 0, 1), ["national", "nationality"]);
    // Without a governed finding there is nothing that they could have waived.
    document["policy"]["conflict_rules"]["rules"] = json!([]);
    assert_eq!(reasons(&document, 0, 0), ["nationality"]);
    assert_eq!(reasons(&document, 0, 5), ["nationality-unknown"]);
}

#[test]
fn advice_is_disclosed_and_no_more() {
    let document = policy("advisory");
    assert_eq!(findings(&document, 0, 0), [("national".to_owned(), Standing::Told)]);
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    assert_eq!(reasons(&document, 0, 5), Vec::<String>::new());
    let solution = panels(&[("d0", &["m0", "m1", "m2"])], true);
    assert_eq!(broken(&document, &solution, "A"), Vec::<String>::new());
}

fn judged(document: &Value, panel: &[&str]) -> (usize, usize) {
    let solution = panels(&[("d0", panel)], true);
    (broken(document, &solution, "A1").len(), broken(document, &solution, "A5").len())
}

#[test]
fn most_of_the_panel_is_neutral() {
    let mut document = policy("majority-neutral");
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    assert_eq!(judged(&document, &["m3", "m0", "m4"]), (0, 0));
    assert_eq!(judged(&document, &["m3", "m0", "m2"]), (0, 1));
    // The chair is not tied, whoever fits best or is required to chair.
    assert_eq!(judged(&document, &["m0", "m3", "m4"]), (1, 0));
    let lock = json!({ "require": [{ "dispute": "d0", "mediator": "m0", "role": "chair" }] });
    document["locks"] = lock;
    assert_eq!(judged(&document, &["m0", "m3", "m4"]), (1, 0));
    document["locks"] = json!({});
    // Half is not fewer than half.
    document["disputes"][0]["panel"] = json!({ "size": 2, "chair": true });
    assert_eq!(judged(&document, &["m3", "m0"]), (0, 1));
    assert_eq!(judged(&document, &["m3", "m4"]), (0, 0));
    let found = breaches(&document, &panels(&[("d0", &["m0", "m3"])], true));
    let codes: Vec<&str> = found.iter().map(|b| b.code.as_str()).collect();
    assert_eq!(codes, ["tied-chair", "majority-neutral"]);
}

#[test]
fn one_for_each_side() {
    let mut document = policy("one-per-side");
    assert_eq!(judged(&document, &["m3", "m0", "m2"]), (0, 0));
    assert_eq!(judged(&document, &["m3", "m0", "m1"]), (0, 1));
    assert_eq!(judged(&document, &["m0", "m2", "m3"]), (1, 0));
    let found = breaches(&document, &panels(&[("d0", &["m3", "m0", "m1"])], true));
    let told: Vec<_> = found.iter().map(|b| (b.code.as_str(), b.other.as_deref())).collect();
    assert_eq!(told, [("one-per-side", Some("m0"))]);
    // Two parties on one side.
    document["disputes"][0]["parties"][0]["side"] = json!("q");
    assert_eq!(judged(&document, &["m3", "m0", "m2"]), (0, 1));
    // A sole mediator is tied to none.
    document["disputes"][0]["panel"] = json!({ "size": 1 });
    let alone = |m: &str| broken(&document, &panels(&[("d0", &[m])], false), "A5").len();
    assert_eq!((alone("m0"), alone("m3")), (1, 0));
}

/// A rule that is orange itself ties nobody; plain sets tie nationals without any rule.
#[test]
fn red_rules_and_plain_sets_tie() {
    let mut document = policy("one-per-side");
    document["policy"]["conflict_rules"]["rules"] = json!([]);
    assert_eq!(judged(&document, &["m3", "m0", "m1"]), (0, 1));
    let path = json!([{ "any": [{ "kind": "designated-by" }] }]);
    let governed = |severity: &str| {
        json!([rule(
            "designee",
            &path,
            &json!({ "severity": severity, "governed_by": "nationality" })
        )])
    };
    for m in [3, 4] {
        document["mediators"][m]["designations"] = json!([{ "panel": "x", "by": "FR" }]);
    }
    document["mediators"][0]["nationalities"] = json!(["AT"]);
    document["policy"]["conflict_rules"]["rules"] = governed("orange");
    assert_eq!(judged(&document, &["m0", "m3", "m4"]), (0, 0));
    document["policy"]["conflict_rules"]["rules"] = governed("waivable-red");
    assert_eq!(judged(&document, &["m0", "m3", "m4"]), (0, 1));
    assert_eq!(judged(&document, &["m3", "m0", "m2"]), (1, 0));
}
