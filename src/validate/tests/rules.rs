//! What is wrong with rules of the instance's own.

use serde_json::{Value, json};

use super::{findings, rule, rules, with};

/// Findings about an inline profile, places below it.
fn about(keys: &Value) -> Vec<String> {
    let found = findings(&with(&json!({"policy": {"conflict_rules": rules(keys)}})));
    found.iter().map(|text| text.replace("/policy/conflict_rules", "")).collect()
}

/// Findings about one rule, places below it.
fn about_rule(keys: &Value) -> Vec<String> {
    let found = about(&json!({"rules": [rule("one", keys)]}));
    found.iter().map(|text| text.replace("/rules/0", "")).collect()
}

#[test]
fn the_frame_of_a_profile_is_checked() {
    assert_eq!(about(&json!({"schema": "comity.rules/2"})), ["wrong-schema /schema"]);
    assert_eq!(about(&json!({"id": "my rules"})), ["bad-id /id"]);
    let twice = [rule("one", &json!({})), rule("one", &json!({}))];
    assert_eq!(about(&json!({"rules": twice})), ["duplicate-id /rules/1/id"]);
    assert_eq!(about(&json!({"remove": ["x"]})), ["unknown-rule /remove/0"]);
    assert_eq!(about(&json!({"severities": {"x": "green"}})), ["unknown-rule /severities/x"]);
    let weak = json!({"consent": {"waivable-red": "disclosure"}});
    assert_eq!(about(&weak), ["weak-consent /consent/waivable-red"]);
    assert_eq!(about(&json!({"groups": {"g": []}})), ["empty-step /groups/g"]);
}

#[test]
fn severities_and_removals_of_inherited_rules_are_checked() {
    let known = crate::validate::resolve_profile("strict").expect("strict").rules[0].id.clone();
    let of = |keys: Value| {
        let mut keys = keys;
        keys["extends"] = json!(["strict"]);
        about(&keys)
    };
    assert_eq!(of(json!({"remove": [known, known]})), [""; 0]);
    let both = json!({"remove": [known], "severities": {&known: "green"}});
    assert_eq!(of(both), [format!("unknown-rule /severities/{known}")]);
    let own = json!({"severities": {&known: "green"}, "rules": [rule(&known, &json!({}))]});
    assert_eq!(of(own), [format!("rule-contradiction /severities/{known}")]);
    let clear = json!({"severities": {&known: "clear"}});
    assert_eq!(of(clear), [format!("rule-contradiction /severities/{known}")]);
}

#[test]
fn a_rule_finds_something_by_its_form() {
    assert_eq!(about_rule(&json!({})), [""; 0]);
    assert_eq!(about_rule(&json!({"path": []})), ["empty-path "]);
    assert_eq!(about_rule(&json!({"path": [{}]})), ["empty-step /path/0"]);
    assert_eq!(about_rule(&json!({"path": [{"use": ["g"]}]})), ["unknown-group /path/0/use/0"]);
    assert_eq!(about_rule(&json!({"severity": "clear"})), ["rule-contradiction /severity"]);
    for id in ["own-cause", "panel", "not-scored"] {
        assert_eq!(about(&json!({"rules": [rule(id, &json!({}))]})), ["reserved-rule /rules/0/id"]);
    }
    assert_eq!(about(&json!({"rules": [rule("nationality", &json!({}))]})), [""; 0]);
    let red = json!({"severity": "non-waivable-red", "overridable": true});
    assert_eq!(about_rule(&red), ["rule-contradiction /overridable"]);
    // A policy may bring a governed rule down to what can be overridden.
    let governed =
        json!({"severity": "non-waivable-red", "overridable": true, "governed_by": "nationality"});
    assert_eq!(about_rule(&governed), [""; 0]);
    let among = json!({"to": "co-panellist", "governed_by": "nationality"});
    assert_eq!(about_rule(&among), ["rule-contradiction /governed_by"]);
}

#[test]
fn years_stand_where_they_mean_something() {
    let of = |pattern: Value| about_rule(&json!({"path": [{"any": [pattern]}]}));
    assert_eq!(of(json!({"kind": "friend", "when": "within"})), ["pattern-years /path/0/any/0"]);
    assert_eq!(of(json!({"kind": "friend", "when": "within", "years": 3})), [""; 0]);
    assert_eq!(of(json!({"kind": "friend", "when": "ended"})), [""; 0]);
    assert_eq!(of(json!({"kind": "friend", "when": "ended", "years": 3})), [""; 0]);
    for when in ["current", "test-dates", "ever"] {
        let pattern = json!({"kind": "friend", "when": when, "years": 3});
        assert_eq!(of(pattern), ["pattern-years /path/0/any/0/years"]);
    }
    let endless = json!({"kind": "friend", "when": "within", "years": 4_000_000_000_u32});
    assert_eq!(of(endless), ["out-of-range /path/0/any/0/years"]);
    let share = json!({"kind": "owns", "share_above": 1.5});
    assert_eq!(of(share), ["out-of-range /path/0/any/0/share_above"]);
    let words = json!({"kind": "owns", "roles": ["a b"], "tags": ["c"], "without": ["d", "c"]});
    assert_eq!(
        of(words),
        ["bad-word /path/0/any/0/roles/0", "rule-contradiction /path/0/any/0/without"]
    );
}

#[test]
fn counts_and_pairs_have_their_own_limits() {
    let count = |keys: Value, count: Value| {
        let mut all = json!({"path": [], "count": {"at_least": 2, "years": 3}});
        for (key, value) in keys.as_object().expect("an object") {
            all[key] = value.clone();
        }
        for (key, value) in count.as_object().expect("an object") {
            all["count"][key] = value.clone();
        }
        about_rule(&all)
    };
    let none = || json!({});
    assert_eq!(count(none(), none()), [""; 0]);
    assert_eq!(count(none(), json!({"at_least": 0})), ["out-of-range /count/at_least"]);
    assert_eq!(count(none(), json!({"years": 0})), ["out-of-range /count/years"]);
    assert_eq!(count(json!({"together": true}), none()), ["rule-contradiction /together"]);
    assert_eq!(count(json!({"pair": {"years": 3}}), none()), ["rule-contradiction /pair"]);
    let dates = json!({"path": [{"any": [{"kind": "owns", "when": "test-dates"}]}]});
    assert_eq!(count(dates, none()), ["rule-contradiction /path"]);
    for to in ["expert", "representative"] {
        assert_eq!(count(json!({"to": to}), none()), ["rule-contradiction /to"]);
        let relation = json!({"relation": {"kind": "retained-by"}});
        assert_eq!(count(json!({"to": to}), relation), [""; 0]);
    }
    for to in ["co-panellist", "third-state", "dispute", "institution"] {
        let relation = json!({"relation": {"kind": "retained-by"}});
        assert_eq!(count(json!({"to": to}), relation), ["rule-contradiction /to"]);
    }
    let timed = json!({"relation": {"kind": "friend", "when": "ever", "years": 2}});
    assert_eq!(
        count(none(), timed),
        ["pattern-years /count/relation/when", "pattern-years /count/relation/years"]
    );
    let whose = json!({"appointed_by": "target", "relation": {"kind": "friend"}});
    assert_eq!(count(none(), whose), ["rule-contradiction /count/appointed_by"]);

    let pair = |keys: Value| {
        let mut all = json!({"path": [], "pair": {"years": 3}});
        for (key, value) in keys.as_object().expect("an object") {
            all[key] = value.clone();
        }
        about_rule(&all)
    };
    assert_eq!(pair(none()), [""; 0]);
    assert_eq!(pair(json!({"to": "counsel"})), ["rule-contradiction /to"]);
    let path = json!([{"any": [{"kind": "controls"}]}]);
    assert_eq!(pair(json!({"path": path})), ["rule-contradiction /path"]);
    assert_eq!(pair(json!({"path": path, "pair": {"years": 3, "shares_party": true}})), [""; 0]);
}

/// A group with test dates in a rule that counts is found where the rule uses it.
#[test]
fn dates_are_seen_through_groups() {
    let counting =
        rule("one", &json!({"path": [{"use": ["g"]}], "count": {"at_least": 2, "years": 3}}));
    let keys = json!({
        "groups": {"g": [{"kind": "owns", "when": "test-dates"}]}, "rules": [counting],
    });
    assert_eq!(about(&keys), ["rule-contradiction /rules/0/path"]);
}

#[test]
fn large_profiles_are_refused_before_they_grow() {
    let many: Vec<Value> = (0..501).map(|n| rule(&format!("r{n}"), &json!({}))).collect();
    assert_eq!(about(&json!({"rules": many})), ["too-large /rules"]);
    let step = json!({"any": [{"kind": "friend"}]});
    assert_eq!(about_rule(&json!({"path": vec![step; 17]})), ["too-large /path"]);
    let group = vec![json!({"kind": "friend"}); 100];
    let long = json!({"use": vec!["g"; 100]});
    let keys = json!({"groups": {"g": group}, "rules": [rule("one", &json!({"path": [long, long, long]}))]});
    assert_eq!(about(&keys), ["too-large /rules"]);
    assert_eq!(about(&json!({"extends": vec!["strict"; 17]})), ["too-large /extends"]);
}
