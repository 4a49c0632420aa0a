//! What is disclosed, and how.

use serde_json::{Value, json};

use super::dockets::{broken, docket, panels, rule, tie};

/// What is wrong with one disclosure in `d0`, where these sit and `m0` sits in `d1` as well.
fn told(document: &Value, members: &[&str], disclosures: &Value) -> Vec<String> {
    let mut solution = panels(&[("d0", members), ("d1", &["m0"])], false);
    solution["assignments"][0]["disclosures"] = disclosures.clone();
    let verdict = super::documents::verdict(document, &solution);
    let of = verdict.violations.into_iter();
    let of = of.filter(|v| v.rule.starts_with("D3") && v.pointer.starts_with("/assignments/0"));
    of.map(|v| v.message).collect()
}

fn disclosure(rule: &str, severity: &str, more: &Value) -> Value {
    let mut told = json!({ "mediator": "m0", "rule": rule, "severity": severity,
                           "date": "2026-03-02", "text": "t" });
    for (key, value) in more.as_object().expect("an object") {
        told[key] = value.clone();
    }
    told
}

/// Asserts that one disclosure is right, and is not with each of some changes.
fn only(document: &Value, members: &[&str], right: &Value, wrong: &[(&str, Value)]) {
    assert_eq!(told(document, members, &json!([right])), Vec::<String>::new(), "{right}");
    assert_eq!(told(document, members, &json!([])).len(), 1, "it is due");
    assert_eq!(told(document, members, &json!([right, right])).len(), 1, "once");
    for (key, value) in wrong {
        let mut changed = right.clone();
        changed[*key] = value.clone();
        assert!(!told(document, members, &json!([changed])).is_empty(), "{key}: {value}");
    }
}

fn step(from: &str, kind: &str, to: &str, relation: &str) -> Value {
    json!({ "from": from, "kind": kind, "to": to, "relation": relation })
}

fn office() -> Value {
    let path = json!([{ "any": [{ "kind": "officer-of" }] }, { "any": [{ "kind": "controls" }], "repeat": "any" }]);
    let more = json!({ "overridable": true });
    let mut document = docket(&json!([rule("office", &path, &more)]));
    document["relations"] = json!([
        tie("o", "m0", "officer-of", "FR", &json!({})),
        tie("p", "m0", "officer-of", "house", &json!({})),
        tie("q", "house", "controls", "FR", &json!({})),
    ]);
    document
}

fn waive(document: &mut Value, what: &str, id: &str) {
    document["waivers"] = json!([{ "mediator": "m0", "dispute": "d0", what: id, "by": ["p", "q"],
                                   "express": true, "date": "2026-01-01" }]);
}

#[test]
fn what_is_waived_says_so() {
    let mut document = office();
    waive(&mut document, "rule", "office");
    let path = json!([step("m0", "officer-of", "FR", "o")]);
    let right = disclosure("office", "waivable-red", &json!({ "path": path, "cure": "waived" }));
    let long =
        json!([step("m0", "officer-of", "house", "p"), step("house", "controls", "FR", "q")]);
    let wrong = [
        ("cure", json!("overridden")),
        ("cure", Value::Null),
        ("reason", json!("why")),
        ("severity", json!("orange")),
        ("date", json!("2026-03-01")),
        ("path", long),
        ("path", json!([])),
        ("target", json!("FR")),
        ("count", json!(1)),
        ("case", json!("d1")),
    ];
    only(&document, &["m0"], &right, &wrong);
}

#[test]
fn what_is_set_aside_gives_its_reason() {
    let mut document = office();
    document["overrides"] = json!([{ "mediator": "m0", "dispute": "d0", "rule": "office",
                                     "reason": "why", "date": "2026-01-01" }]);
    let path = json!([step("m0", "officer-of", "FR", "o")]);
    let more = json!({ "path": path, "cure": "overridden", "reason": "why" });
    let right = disclosure("office", "waivable-red", &more);
    let wrong = [("cure", json!("waived")), ("reason", json!("else")), ("reason", Value::Null)];
    only(&document, &["m0"], &right, &wrong);
}

/// Without the waived relations the finding stands by a longer path; without both it is gone,
/// and disclosed as it was.
#[test]
fn what_waived_relations_took_away_is_told() {
    let mut document = office();
    waive(&mut document, "relation", "o");
    let rest = json!([{ "mediator": "m0", "dispute": "d0", "rule": "office", "reason": "why",
                        "date": "2026-01-01" }]);
    document["overrides"] = rest;
    let long =
        json!([step("m0", "officer-of", "house", "p"), step("house", "controls", "FR", "q")]);
    let short = json!([step("m0", "officer-of", "FR", "o")]);
    let more = json!({ "path": long, "cure": "overridden", "reason": "why" });
    let right = disclosure("office", "waivable-red", &more);
    only(&document, &["m0"], &right, &[("path", short.clone())]);
    let mut second = document["waivers"][0].clone();
    second["relation"] = json!("q");
    document["waivers"].as_array_mut().expect("a list").push(second);
    let more = json!({ "path": short, "cure": "waived" });
    let right = disclosure("office", "waivable-red", &more);
    only(&document, &["m0"], &right, &[("path", long), ("cure", json!("overridden"))]);
}

#[test]
fn severity_is_that_after_the_policy() {
    let path = json!([{ "any": [{ "kind": "nationality" }] }]);
    let more = json!({ "severity": "non-waivable-red", "governed_by": "nationality" });
    let mut document = docket(&json!([rule("national", &path, &more)]));
    document["mediators"][0]["nationalities"] = json!(["FR"]);
    document["policy"]["nationality"] = json!({ "commercial": "advisory" });
    let path = json!([{ "from": "m0", "kind": "nationality", "to": "FR" }]);
    let right = disclosure("national", "orange", &json!({ "path": path }));
    let wrong = [("severity", json!("non-waivable-red")), ("cure", json!("waived"))];
    only(&document, &["m0"], &right, &wrong);
}

#[test]
fn counts_are_told_with_the_batch() {
    let count = json!({ "at_least": 2, "years": 3, "appointed_by": "anyone" });
    let more = json!({ "severity": "orange", "count": count });
    let mut document = docket(&json!([rule("often", &json!([]), &more)]));
    let by = |by: &str| json!({ "mediator": "m0", "date": "2025-01-01", "by": by });
    document["appointments"] = json!([by("BR"), by("FR")]);
    let right = disclosure("often", "orange", &json!({ "target": "BR", "count": 2 }));
    let path = json!([{ "from": "m0", "kind": "nationality", "to": "CH" }]);
    let wrong = [
        ("target", json!("FR")),
        ("target", Value::Null),
        ("count", json!(1)),
        ("count", Value::Null),
        ("path", path),
        ("case", json!("d1")),
    ];
    only(&document, &["m0"], &right, &wrong);
    // Any of the highest will do.
    document["appointments"].as_array_mut().expect("a list").push(by("FR"));
    for target in ["BR", "FR"] {
        let right = disclosure("often", "orange", &json!({ "target": target, "count": 2 }));
        assert_eq!(told(&document, &["m0"], &json!([right])), Vec::<String>::new());
    }
}

#[test]
fn related_cases_are_told_by_name() {
    let more = json!({ "severity": "orange", "pair": { "years": 3 } });
    let mut document = docket(&json!([rule("both", &json!([]), &more)]));
    document["disputes"][0]["related"] = json!(["d1", "old"]);
    let right = disclosure("both", "orange", &json!({ "case": "d1" }));
    let wrong = [("case", json!("old")), ("case", Value::Null), ("count", json!(1))];
    only(&document, &["m0"], &right, &wrong);
    document["appointments"] =
        json!([{ "mediator": "m0", "date": "2025-01-01", "by": "AT", "case": "old" }]);
    for case in ["d1", "old"] {
        let right = disclosure("both", "orange", &json!({ "case": case }));
        assert_eq!(told(&document, &["m0"], &json!([right])), Vec::<String>::new());
    }
}

#[test]
fn what_stands_between_two_is_told_of_either() {
    let path = json!([{ "any": [{ "kind": "family" }, { "kind": "family", "backward": true }] }]);
    let more = json!({ "to": "co-panellist", "severity": "orange" });
    let mut document = docket(&json!([rule("kin", &path, &more)]));
    document["disputes"][0]["panel"]["size"] = json!(2);
    document["relations"] = json!([tie("f", "m1", "family", "m0", &json!({}))]);
    let back =
        json!([{ "from": "m0", "kind": "family", "backward": true, "to": "m1", "relation": "f" }]);
    let right = disclosure("kin", "orange", &json!({ "path": back }));
    only(&document, &["m0", "m1"], &right, &[("mediator", json!("m2")), ("path", json!([]))]);
    let ahead = json!([step("m1", "family", "m0", "f")]);
    let right = disclosure("kin", "orange", &json!({ "path": ahead, "mediator": "m1" }));
    only(&document, &["m0", "m1"], &right, &[("mediator", json!("m0"))]);
    let right = json!([right]);
    assert_eq!(told(&document, &["m0", "m2"], &right).len(), 1);
    let other = panels(&[("d0", &["m0", "m2"])], false);
    assert_eq!(broken(&document, &other, "A5"), Vec::<String>::new());
}

/// What is confidential is not counted in what is told.
#[test]
fn counts_of_relations_leave_out_what_may_not_be_told() {
    let count = json!({ "at_least": 1, "years": 3, "relation": { "kind": "retained-by" } });
    let more = json!({ "severity": "orange", "count": count });
    let mut document = docket(&json!([rule("retained", &json!([]), &more)]));
    document["relations"] = json!([
        tie("a", "m0", "retained-by", "FR", &json!({})),
        tie("b", "m0", "retained-by", "FR", &json!({ "confidential": true })),
        tie("c", "m0", "retained-by", "FR", &json!({ "end": "2024-01-01" })),
    ]);
    let right = disclosure("retained", "orange", &json!({ "target": "FR", "count": 2 }));
    only(&document, &["m0"], &right, &[("count", json!(3)), ("target", json!("BR"))]);
}
