//! Profiles: what is taken over, left out, replaced; groups last.

use serde_json::{Value, json};

use super::dockets::{docket, reasons, rule, tie};
use crate::check::rules::Profile;
use crate::format::{ConsentNeeded, PolicyDoc, Severity};

fn profile(rules: &Value) -> Profile {
    let policy: PolicyDoc =
        serde_json::from_value(json!({ "conflict_rules": rules })).expect("a policy");
    Profile::new(Some(&policy))
}

fn ids(profile: &Profile) -> Vec<&str> {
    profile.rules.iter().map(|r| r.id.as_str()).collect()
}

#[test]
fn the_default_is_strict_and_unknown_names_lead_there() {
    let strict = profile(&json!("strict"));
    assert!(ids(&strict).contains(&"nationality"));
    assert_eq!(ids(&profile(&json!("nonsense"))), ids(&strict));
    assert_eq!(ids(&Profile::new(None)), ids(&strict));
}

#[test]
fn rules_are_dropped_replaced_in_place_and_added_at_the_end() {
    let strict = profile(&json!("strict"));
    let own = json!({
        "schema": "comity.rules/1", "id": "own", "extends": ["strict", "nowhere"],
        "remove": ["party-office"], "severities": { "designation": "green", "new": "green" },
        "rules": [rule("party-counsel", &json!([]), &json!({ "severity": "orange" })),
                  rule("new", &json!([]), &json!({}))]
    });
    let own = profile(&own);
    let mut expected = ids(&strict);
    expected.retain(|id| *id != "party-office");
    expected.push("new");
    assert_eq!(ids(&own), expected);
    let severity = |id: &str| own.rules.iter().find(|r| r.id == id).map(|r| r.severity);
    assert_eq!(severity("designation"), Some(Severity::Green));
    assert_eq!(severity("party-counsel"), Some(Severity::Orange));
    // What a profile adds has the severity that it says.
    assert_eq!(severity("new"), Some(Severity::WaivableRed));
}

#[test]
fn consent_is_that_of_the_policy_else_of_the_profile_else_the_usual() {
    let consents = |policy: Value| {
        let policy: PolicyDoc = serde_json::from_value(policy).expect("a policy");
        let profile = Profile::new(Some(&policy));
        (profile.orange, profile.red)
    };
    let own = json!({ "schema": "comity.rules/1", "id": "own",
                      "consent": { "orange": "never", "waivable-red": "never" } });
    let usual = (ConsentNeeded::Disclosure, ConsentNeeded::AllExpress);
    assert_eq!(consents(json!({})), usual);
    let never = (ConsentNeeded::Never, ConsentNeeded::Never);
    assert_eq!(consents(json!({ "conflict_rules": own })), never);
    let mixed = json!({ "conflict_rules": own, "consent": { "orange": "all-express" } });
    assert_eq!(consents(mixed), (ConsentNeeded::AllExpress, ConsentNeeded::Never));
    // Disclosure is never enough for red.
    assert_eq!(consents(json!({ "consent": { "waivable-red": "disclosure" } })), usual);
}

#[test]
fn a_step_takes_what_its_groups_name_besides_its_own() {
    let path = json!([{ "any": [{ "kind": "friend" }], "use": ["work", "nowhere"] }]);
    let mut document = docket(&json!([rule("close", &path, &json!({}))]));
    let groups = json!({ "work": [{ "kind": "employed-by" }] });
    document["relations"] = json!([
        tie("a", "m0", "friend", "FR", &json!({})),
        tie("b", "m1", "employed-by", "FR", &json!({})),
    ]);
    assert_eq!((reasons(&document, 0, 0).len(), reasons(&document, 0, 1).len()), (1, 0));
    document["policy"]["conflict_rules"]["groups"] = groups;
    assert_eq!((reasons(&document, 0, 0).len(), reasons(&document, 0, 1).len()), (1, 1));
}

/// A group that is named again changes the rules that a profile inherits, whatever they are.
#[test]
fn groups_are_looked_up_last() {
    for (name, text) in crate::format::BUILT_IN_PROFILES {
        let built_in: Value = serde_json::from_str(text).expect("JSON");
        let Some(groups) = built_in.get("groups").and_then(Value::as_object) else {
            continue;
        };
        let mine = json!([{ "kind": "contact-of", "roles": ["only-here"] }]);
        let all: serde_json::Map<String, Value> =
            groups.keys().map(|group| (group.clone(), mine.clone())).collect();
        let own = profile(&json!({ "schema": "comity.rules/1", "id": "own", "extends": [name],
                                   "groups": all }));
        let uses = |rule: &&Value| {
            let steps = rule["path"].as_array().into_iter().flatten();
            let mut named = steps.filter_map(|step| step["use"].as_array()).flatten().peekable();
            named.peek().is_some()
                && named.all(|group| group.as_str().is_some_and(|g| groups.contains_key(g)))
        };
        let rules = built_in["rules"].as_array().into_iter().flatten();
        for wanted in rules.filter(uses).filter_map(|rule| rule["id"].as_str()) {
            let found = own.rules.iter().find(|r| r.id == wanted).expect("it is inherited");
            let mut patterns = found.steps.iter().flat_map(|s| &s.any);
            assert!(patterns.any(|p| p.roles == ["only-here"]), "{name} {wanted}");
        }
    }
}

#[test]
fn every_step_of_what_is_built_in_takes_some_edge() {
    for (name, _) in crate::format::BUILT_IN_PROFILES {
        let own = json!({ "schema": "comity.rules/1", "id": "own", "extends": [name] });
        for rule in profile(&own).rules {
            assert!(rule.steps.iter().all(|s| !s.any.is_empty()), "{name} {}", rule.id);
        }
    }
}

#[test]
fn what_extends_itself_ends() {
    let own =
        json!({ "schema": "comity.rules/1", "id": "strict", "extends": ["strict", "strict"] });
    assert_eq!(ids(&profile(&own)), ids(&profile(&json!("strict"))));
}
