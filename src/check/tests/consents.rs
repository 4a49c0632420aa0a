//! Consent: thresholds, waivers of rules and of relations, overrides, what is confidential.

use serde_json::{Value, json};

use super::dockets::{breaches, broken, docket, findings, panels, reasons, rule, tie};
use crate::check::consent::Standing;
use crate::format::Severity;

/// An officer of a party, under a rule of this severity.
fn office(severity: &str) -> Value {
    let path = json!([{ "any": [{ "kind": "officer-of" }] }]);
    let more = json!({ "severity": severity, "overridable": true });
    let mut document = docket(&json!([rule("office", &path, &more)]));
    document["relations"] = json!([tie("o", "m0", "officer-of", "FR", &json!({}))]);
    document
}

fn waiver(what: &str, id: &str, by: &[&str]) -> Value {
    json!({ "mediator": "m0", "dispute": "d0", what: id, "by": by, "express": true,
            "date": "2026-03-02" })
}

fn standing(document: &Value) -> Option<Standing> {
    findings(document, 0, 0).first().map(|x| x.1)
}

#[test]
fn every_party_must_waive_expressly_and_in_time() {
    let mut document = office("waivable-red");
    assert_eq!(reasons(&document, 0, 0), ["office"]);
    let mut check = |waivers: Value, right: Standing| {
        document["waivers"] = waivers;
        assert_eq!(standing(&document), Some(right), "{}", document["waivers"]);
    };
    check(json!([waiver("rule", "office", &["p"])]), Standing::Bars);
    check(json!([waiver("rule", "office", &["p", "q"])]), Standing::Waived);
    let two = json!([waiver("rule", "office", &["p"]), waiver("rule", "office", &["q"])]);
    check(two.clone(), Standing::Waived);
    for (key, value) in [
        ("date", json!("2026-03-03")),
        ("date", Value::Null),
        ("express", json!(false)),
        ("rule", json!("other")),
        ("mediator", json!("m1")),
        ("dispute", json!("d1")),
    ] {
        let mut spoilt = two.clone();
        spoilt[1][key] = value;
        check(spoilt, Standing::Bars);
    }
}

#[test]
fn what_may_not_be_waived_is_not() {
    let mut document = office("non-waivable-red");
    document["waivers"] =
        json!([waiver("rule", "office", &["p", "q"]), waiver("relation", "o", &["p", "q"])]);
    document["overrides"] = json!([{ "mediator": "m0", "dispute": "d0", "rule": "office",
                                     "reason": "why", "date": "2026-03-02" }]);
    assert_eq!(standing(&document), Some(Standing::Bars));
}

#[test]
fn thresholds_decide_what_consent_takes() {
    let mut document = office("orange");
    assert_eq!(standing(&document), Some(Standing::Told));
    document["policy"]["consent"] = json!({ "orange": "all-express" });
    assert_eq!(standing(&document), Some(Standing::Bars));
    document["waivers"] = json!([waiver("rule", "office", &["p", "q"])]);
    assert_eq!(standing(&document), Some(Standing::Waived));
    document["policy"]["consent"] = json!({ "orange": "never" });
    assert_eq!(standing(&document), Some(Standing::Bars));
    assert_eq!(findings(&office("green"), 0, 0), vec![]);
    assert_eq!(reasons(&office("green"), 0, 0), Vec::<String>::new());
}

#[test]
fn overrides_need_a_rule_that_allows_them_and_a_date() {
    let mut document = office("waivable-red");
    let set_aside = |date: &str| json!([{ "mediator": "m0", "dispute": "d0", "rule": "office", "reason": "why", "date": date }]);
    document["overrides"] = set_aside("2026-03-03");
    assert_eq!(standing(&document), Some(Standing::Bars));
    document["overrides"] = set_aside("2026-03-02");
    assert_eq!(standing(&document), Some(Standing::Overridden));
    document["policy"]["consent"] = json!({ "waivable-red": "never" });
    assert_eq!(standing(&document), Some(Standing::Overridden));
    document["policy"]["conflict_rules"]["rules"][0]["overridable"] = json!(false);
    assert_eq!(standing(&document), Some(Standing::Bars));
    document["policy"]["conflict_rules"]["rules"][0]["overridable"] = json!(true);
    document["policy"]["consent"] = json!({});
    document["waivers"] = json!([waiver("rule", "office", &["p", "q"])]);
    assert_eq!(standing(&document), Some(Standing::Waived));
}

#[test]
fn waived_relations_are_left_out_and_others_stand() {
    let mut document = office("waivable-red");
    document["waivers"] = json!([waiver("relation", "o", &["p"])]);
    assert_eq!(standing(&document), Some(Standing::Bars));
    document["waivers"] = json!([waiver("relation", "o", &["p", "q"])]);
    assert_eq!(standing(&document), Some(Standing::Gone));
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    let second = tie("o2", "m0", "officer-of", "BR", &json!({}));
    document["relations"].as_array_mut().expect("a list").push(second);
    assert_eq!(standing(&document), Some(Standing::Bars));
    assert_eq!(reasons(&document, 1, 0), ["office"]);
    // Where disclosure is enough nothing is waived.
    document["policy"]["conflict_rules"]["rules"][0]["severity"] = json!("orange");
    assert_eq!(standing(&document), Some(Standing::Told));
}

#[test]
fn nothing_cures_what_may_not_be_told() {
    for severity in ["orange", "waivable-red", "non-waivable-red"] {
        let mut document = office(severity);
        document["relations"][0]["confidential"] = json!(true);
        document["waivers"] =
            json!([waiver("rule", "office", &["p", "q"]), waiver("relation", "o", &["p", "q"])]);
        document["overrides"] = json!([{ "mediator": "m0", "dispute": "d0", "rule": "office",
                                         "reason": "why", "date": "2026-03-02" }]);
        assert_eq!(standing(&document), Some(Standing::Hidden), "{severity}");
        assert_eq!(reasons(&document, 0, 0), ["undisclosable"]);
        // A second one that may be told is judged as usual; waived away, the first remains.
        let open = tie("o2", "m0", "officer-of", "FR", &json!({}));
        document["relations"].as_array_mut().expect("a list").push(open);
        assert_ne!(standing(&document), Some(Standing::Hidden), "{severity}");
        document["waivers"][1]["relation"] = json!("o2");
        let hidden = severity == "waivable-red";
        assert_eq!(standing(&document) == Some(Standing::Hidden), hidden, "{severity}");
    }
}

/// Between two members the waiver of either will do, in the dispute for which it was given.
#[test]
fn what_stands_between_two_members() {
    let path = json!([{ "any": [{ "kind": "family" }] }]);
    let more = json!({ "to": "co-panellist", "overridable": true });
    let friend = json!([{ "any": [{ "kind": "friend" }] }]);
    let mut document = docket(&json!([rule("kin", &path, &more), rule("friends", &friend, &more)]));
    document["relations"] = json!([tie("f", "m1", "family", "m0", &json!({}))]);
    for d in 0..2 {
        document["disputes"][d]["panel"]["size"] = json!(2);
    }
    let solution = panels(&[("d0", &["m0", "m1"]), ("d1", &["m0", "m1"])], false);
    assert_eq!(broken(&document, &solution, "A5").len(), 2);
    document["waivers"] = json!([waiver("rule", "kin", &["p", "q"])]);
    assert_eq!(broken(&document, &solution, "A5").len(), 1);
    document["waivers"][0]["mediator"] = json!("m1");
    assert_eq!(broken(&document, &solution, "A5").len(), 1);
    document["waivers"][0]["mediator"] = json!("m2");
    assert_eq!(broken(&document, &solution, "A5").len(), 2);
    document["overrides"] = json!([{ "mediator": "m0", "dispute": "d1", "rule": "kin",
                                     "reason": "why", "date": "2026-03-02" }]);
    assert_eq!(broken(&document, &solution, "A5").len(), 1);
    // Every rule between them is found, not the first alone.
    let more = tie("g", "m0", "friend", "m1", &json!({}));
    document["relations"].as_array_mut().expect("a list").push(more);
    assert_eq!(broken(&document, &solution, "A5").len(), 3);
    document["policy"]["conflict_rules"]["rules"][1]["severity"] = json!("orange");
    assert_eq!(broken(&document, &solution, "A5").len(), 1);
    document["relations"][1]["confidential"] = json!(true);
    assert_eq!(broken(&document, &solution, "A5").len(), 3);
}

/// Rules between members belong to no dispute: their test dates are those of all.
#[test]
fn members_are_tested_on_the_dates_of_all_disputes() {
    let path = json!([{ "any": [{ "kind": "family", "when": "test-dates" }] }]);
    let mut document = docket(&json!([rule("kin", &path, &json!({ "to": "co-panellist" }))]));
    document["relations"] =
        json!([tie("f", "m1", "family", "m0", &json!({ "end": "2020-01-01" }))]);
    document["disputes"][0]["panel"]["size"] = json!(2);
    let solution = panels(&[("d0", &["m0", "m1"])], false);
    assert_eq!(broken(&document, &solution, "A5").len(), 0);
    document["disputes"][1]["opened"] = json!("2020-01-01");
    assert_eq!(broken(&document, &solution, "A5").len(), 1);
}

#[test]
fn breaches_show_what_the_parties_are_not_told() {
    let mut document = office("orange");
    document["relations"][0]["confidential"] = json!(true);
    document["disputes"][1]["parties"][0]["experts"] = json!(["m1"]);
    document["mediators"][1]["nationalities"] = json!([]);
    let solution = panels(&[("d0", &["m0"]), ("d1", &["m1"])], false);
    let found = breaches(&document, &solution);
    let codes: Vec<_> = found.iter().map(|b| (b.code.as_str(), b.severity)).collect();
    let orange = Some(Severity::Orange);
    let right = [("undisclosable", orange), ("own-cause", None), ("nationality-unknown", None)];
    assert_eq!(codes, right);
    assert_eq!(found[0].path[0].relation.as_deref(), Some("o"));
}
