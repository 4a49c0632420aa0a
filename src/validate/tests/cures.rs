//! Waivers and overrides.

use serde_json::{Value, json};

use super::{findings, read, rule, rules, sound, with};
use crate::domain::{Cures, DisputeIx, MediatorIx};

/// Two relations (one confidential), and rules of every severity.
fn docket(sections: &Value) -> Value {
    let path = |kind: &str| json!([{"any": [{"kind": kind}]}]);
    let own = rules(&json!({
        "consent": {"orange": "disclosure", "waivable-red": "all-express"},
        "rules": [
            rule("red", &json!({"severity": "waivable-red", "overridable": true})),
            rule("dark", &json!({"severity": "non-waivable-red", "path": path("family")})),
            rule("orange", &json!({"path": path("enmity"), "overridable": true})),
            rule("green", &json!({"severity": "green", "overridable": true})),
            rule("state", &json!({
                "severity": "non-waivable-red", "governed_by": "nationality", "overridable": true,
                "path": [{"any": [{"kind": "nationality", "when": "test-dates"}]}],
            })),
        ],
    }));
    let mut document = with(&json!({
        "policy": {"conflict_rules": own, "nationality": {"commercial": "waivable-by-parties"}},
        "relations": [
            {"id": "open", "from": "m1", "to": "CN", "kind": "friend"},
            {"id": "secret", "from": "m1", "to": "DE", "kind": "friend", "confidential": true},
            {"id": "kin", "from": "m1", "to": "ann", "kind": "family"},
        ],
    }));
    for (key, value) in sections.as_object().expect("an object") {
        document[key] = value.clone();
    }
    document
}

/// A waiver of the rule `red` by both parties, with other keys; null takes a key out.
fn waiver(keys: &Value) -> Value {
    let mut waiver = json!({
        "mediator": "m1", "dispute": "d1", "rule": "red", "by": ["p", "q"], "express": true,
        "date": "2026-03-01",
    });
    let map = waiver.as_object_mut().expect("an object");
    for (key, value) in keys.as_object().expect("an object") {
        if value.is_null() {
            map.remove(key);
        } else {
            map.insert(key.clone(), value.clone());
        }
    }
    waiver
}

fn cures(document: &Value) -> Vec<Vec<(MediatorIx, Cures)>> {
    let instance = sound(document);
    instance.disputes().iter().map(|dispute| dispute.cures.clone()).collect()
}

fn rule_cure(rule: u32) -> Cures {
    Cures { rules: vec![rule], ..Cures::default() }
}

#[test]
fn waivers_of_all_parties_together_cure() {
    let document = docket(&json!({"waivers": [
        waiver(&json!({"by": ["q", "q"]})),
        waiver(&json!({"mediator": "m2", "dispute": "d2", "rule": "state"})),
        waiver(&json!({"by": ["p"], "date": "2025-01-01"})),
        waiver(&json!({"mediator": "m2", "rule": null, "relation": "open"})),
    ]}));
    let open = Cures { relations: vec![0], ..Cures::default() };
    assert_eq!(
        cures(&document),
        [
            vec![(MediatorIx(0), rule_cure(0)), (MediatorIx(1), open.clone())],
            vec![(MediatorIx(1), rule_cure(4))],
        ]
    );
    let instance = sound(&document);
    let dispute = instance.dispute(DisputeIx(0));
    assert_eq!(dispute.cures_of(MediatorIx(1)), Some(&open));
    assert_eq!(instance.dispute(DisputeIx(1)).cures_of(MediatorIx(0)), None);
}

#[test]
fn idle_waivers_are_warnings_and_cure_nothing() {
    let idle = |keys: Value| {
        let (instance, found) = read(&docket(&json!({"waivers": [waiver(&keys)]})));
        let instance = instance.expect("warnings accept");
        assert!(instance.disputes().iter().all(|dispute| dispute.cures.is_empty()));
        let [(code, place)] = &found[..] else { panic!("one finding: {found:?}") };
        assert_eq!(*code, "idle-waiver");
        place.clone()
    };
    for keys in [
        json!({"express": null}),
        json!({"express": false}),
        json!({"date": null}),
        json!({"date": "2026-03-02"}),
        json!({"by": []}),
        json!({"rule": "dark"}),
        json!({"rule": "orange"}),
        json!({"rule": "green"}),
        json!({"rule": "state"}),
        json!({"rule": null, "relation": "secret"}),
        json!({"rule": null, "relation": "kin"}),
    ] {
        assert_eq!(idle(keys), "/waivers/0");
    }
    assert_eq!(idle(json!({"by": ["p"]})), "/waivers/0/by");
}

#[test]
fn a_waiver_names_what_there_is() {
    let of = |keys: Value| findings(&docket(&json!({"waivers": [waiver(&keys)]})));
    assert_eq!(of(json!({"rule": null})), ["waiver-object /waivers/0"]);
    assert_eq!(of(json!({"relation": "open"})), ["waiver-object /waivers/0"]);
    assert_eq!(of(json!({"rule": "rad"})), ["unknown-rule /waivers/0/rule"]);
    assert_eq!(of(json!({"rule": null, "relation": "opens"})), ["unknown-id /waivers/0/relation"]);
    assert_eq!(of(json!({"mediator": "ann"})), ["wrong-kind /waivers/0/mediator"]);
    assert_eq!(of(json!({"dispute": "d3"})), ["unknown-id /waivers/0/dispute"]);
    assert_eq!(of(json!({"by": ["p", "q", "r"]})), ["unknown-id /waivers/0/by/2"]);
    assert_eq!(of(json!({"date": "2026-02-30"})), ["bad-date /waivers/0/date"]);
}

#[test]
fn consent_says_what_can_be_waived() {
    let mut document = docket(&json!({"waivers": [
        waiver(&json!({"rule": "orange"})), waiver(&json!({})),
    ]}));
    document["policy"]["consent"] = json!({"orange": "all-express", "waivable-red": "never"});
    let (instance, found) = read(&document);
    assert_eq!(found, [("idle-waiver", "/waivers/1".to_owned())]);
    let instance = instance.expect("warnings accept");
    assert_eq!(instance.disputes()[0].cures, [(MediatorIx(0), rule_cure(2))]);
}

fn overriding(keys: &Value) -> Value {
    let mut one = json!({
        "mediator": "m1", "dispute": "d1", "rule": "red", "reason": "why", "date": "2026-03-01",
    });
    for (key, value) in keys.as_object().expect("an object") {
        one[key] = value.clone();
    }
    one
}

#[test]
fn overrides_cure_with_their_reason() {
    let document = docket(&json!({
        "overrides": [overriding(&json!({})), overriding(&json!({"dispute": "d2", "rule": "state"}))],
        "waivers": [waiver(&json!({}))],
    }));
    let both = Cures { overrides: vec![(0, "why".into())], ..rule_cure(0) };
    let state = Cures { overrides: vec![(4, "why".into())], ..Cures::default() };
    assert_eq!(cures(&document), [vec![(MediatorIx(0), both)], vec![(MediatorIx(0), state)]]);
}

#[test]
fn overrides_that_cannot_be_are_errors_and_idle_ones_warnings() {
    let of = |keys: Value| findings(&docket(&json!({"overrides": [overriding(&keys)]})));
    assert_eq!(of(json!({"rule": "dark"})), ["not-overridable /overrides/0/rule"]);
    assert_eq!(of(json!({"rule": "state"})), ["not-overridable /overrides/0/rule"]);
    assert_eq!(of(json!({"rule": "rad"})), ["unknown-rule /overrides/0/rule"]);
    assert_eq!(of(json!({"reason": " \n"})), ["empty-reason /overrides/0/reason"]);
    assert_eq!(of(json!({"date": "2026-03-02"})), ["idle-override /overrides/0"]);
    assert_eq!(of(json!({"rule": "green"})), ["idle-override /overrides/0"]);
    assert_eq!(of(json!({"rule": "orange"})), ["idle-override /overrides/0"]);
    let twice = [overriding(&json!({})), overriding(&json!({"reason": "or why"}))];
    assert_eq!(
        findings(&docket(&json!({"overrides": twice}))),
        ["duplicate-override /overrides/1"]
    );
}
