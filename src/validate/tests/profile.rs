//! Profiles made whole.

use serde_json::{Value, json};

use super::{findings, read, rule, rules, sound, with};
use crate::format::ConsentNeeded::{AllExpress, Disclosure, Never};
use crate::format::{BUILT_IN_PROFILES, DEFAULT_PROFILE, RelationKind, RulesDoc, Severity};
use crate::validate::profile::{Layer, complete};
use crate::validate::resolve_profile;

/// The profile in force under this inline one.
fn whole(keys: &Value) -> RulesDoc {
    sound(&with(&json!({"policy": {"conflict_rules": rules(keys)}}))).policy().rules.clone()
}

fn ids(rules: &RulesDoc) -> Vec<&str> {
    rules.rules.iter().map(|rule| rule.id.as_str()).collect()
}

#[test]
fn every_built_in_profile_is_sound_and_whole() {
    for (name, text) in BUILT_IN_PROFILES {
        let rules = resolve_profile(name).expect("a built-in profile");
        assert!(rules.extends.is_empty() && rules.groups.is_empty());
        assert!(rules.remove.is_empty() && rules.severities.is_empty());
        let steps: Vec<_> = rules.rules.iter().flat_map(|rule| &rule.path).collect();
        assert!(steps.iter().all(|step| step.groups.is_empty() && !step.any.is_empty()), "{name}");
        // As rules of an instance, as written and whole, they have no finding.
        let written: Value = serde_json::from_str(text).expect("JSON");
        let printed = serde_json::to_value(&rules).expect("JSON");
        for inline in [written, printed] {
            let document = with(&json!({"policy": {"conflict_rules": inline}}));
            assert_eq!(sound(&document).policy().rules, rules, "{name}");
        }
    }
    assert_eq!(resolve_profile("strickt"), None);
    let document = with(&json!({}));
    assert_eq!(Some(&sound(&document).policy().rules), resolve_profile(DEFAULT_PROFILE).as_ref());
}

#[test]
fn rules_are_removed_replaced_and_added_in_this_order() {
    let base = resolve_profile("strict").expect("strict");
    let known = ids(&base);
    let (first, second) = (known[0], known[1]);
    let own = whole(&json!({
        "extends": ["strict"], "remove": [first], "severities": {second: "green"},
        "rules": [rule(known[2], &json!({"severity": "green"})), rule("new", &json!({})),
                  rule(first, &json!({}))],
    }));
    let mut wanted: Vec<&str> = known[1..].to_vec();
    wanted.extend(["new", first]);
    assert_eq!(ids(&own), wanted);
    assert_eq!(own.rules[0].severity, Severity::Green);
    assert_eq!((own.rules[1].severity, &*own.rules[1].text), (Severity::Green, "t"));
    // The same profile twice is the same as once.
    let twice = whole(&json!({"extends": ["strict", "strict"]}));
    assert_eq!(twice.rules, base.rules);
}

#[test]
fn groups_are_looked_up_last_and_written_out() {
    let own = whole(&json!({
        "groups": {"near": [{"kind": "friend"}, {"kind": "family"}]},
        "rules": [rule("one", &json!({"path": [{"any": [{"kind": "enmity"}], "use": ["near"]}]}))],
    }));
    let kinds: Vec<RelationKind> = own.rules[0].path[0].any.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [RelationKind::Enmity, RelationKind::Friend, RelationKind::Family]);
    assert!(own.rules[0].path[0].groups.is_empty() && own.groups.is_empty());
}

/// A group that is replaced changes inherited rules too, also where they stand.
#[test]
fn a_replaced_group_changes_inherited_rules() {
    let doc = |keys: Value| -> RulesDoc { serde_json::from_value(rules(&keys)).expect("rules") };
    let near = |kind: &str| json!({"near": [{"kind": kind}]});
    let using = |id: &str| rule(id, &json!({"path": [{"use": ["near"]}]}));
    let first = doc(json!({"groups": near("friend"), "rules": [using("a"), using("b")]}));
    let inherited =
        Layer { groups: first.groups.0, rules: first.rules.clone(), ..Layer::default() };
    let own = doc(json!({"groups": near("enmity"), "rules": [using("c")]}));
    let whole = complete(&own, inherited);
    assert_eq!(ids(&whole), ["a", "b", "c"]);
    let kinds: Vec<RelationKind> =
        whole.rules.iter().flat_map(|rule| rule.path[0].any.iter().map(|p| p.kind)).collect();
    assert_eq!(kinds, [RelationKind::Enmity; 3]);
}

#[test]
fn consent_is_the_policy_s_then_the_profile_s_then_the_default() {
    let of = |policy: Value, profile: Value| {
        let mut document = with(&json!({"policy": {"conflict_rules": rules(&profile)}}));
        if !policy.is_null() {
            document["policy"]["consent"] = policy;
        }
        let consent = sound(&document).policy().consent;
        (consent.orange, consent.waivable_red)
    };
    assert_eq!(of(Value::Null, json!({})), (Disclosure, AllExpress));
    let profile = json!({"consent": {"orange": "never", "waivable-red": "never"}});
    assert_eq!(of(Value::Null, profile.clone()), (Never, Never));
    assert_eq!(of(json!({"orange": "all-express"}), profile), (AllExpress, Never));
}

#[test]
fn an_unknown_profile_is_the_only_finding_about_it() {
    let document = with(&json!({
        "policy": {"conflict_rules": rules(&json!({"extends": ["strickt"], "remove": ["x"]}))},
        "waivers": [{"mediator": "m1", "dispute": "d1", "rule": "y", "by": []}],
    }));
    assert_eq!(findings(&document), ["unknown-profile /policy/conflict_rules/extends/0"]);
    assert!(read(&document).0.is_none());
}
