//! Nationality: a set over time, through incorporation, control, organs, members and regions,
//! under each policy; judged by the engine and by the checker.

mod common;

use comity::format::{InstanceDoc, UnservedStage};
use comity::pipeline::Screened;
use serde_json::{Value, json};

const STATES: [&str; 6] = ["CN", "HK", "FR", "KE", "BR", "X-N"];

/// A dispute between `P` and `Q`, and one mediator for each list of nationalities.
fn world(party: &str, nationalities: &[Value]) -> Value {
    let mediator = |(i, held): (usize, &Value)| json!({ "id": format!("m{i}"), "nationalities": held, "expertise": { "trade": 0.5 } });
    json!({
        "schema": "comity.instance/1",
        "id": "nationality",
        "as_of": "2026-03-01",
        "horizon": { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z" },
        "states": STATES.map(|id| json!({ "id": id })),
        "organisations": [
            { "id": "company", "kind": "company" },
            { "id": "parent", "kind": "company" },
            { "id": "ministry", "kind": "government" },
            { "id": "union", "kind": "regional-integration", "members": ["FR", "KE"] },
        ],
        "people": [{ "id": "someone", "nationalities": ["FR"] }],
        "mediators": nationalities.iter().enumerate().map(mediator).collect::<Vec<_>>(),
        "relations": [],
        "disputes": [{
            "id": "d", "class": "commercial", "subjects": ["trade"],
            "parties": [{ "id": "p", "actor": party }, { "id": "q", "actor": "BR" }],
            "panel": { "size": 1 },
        }],
    })
}

fn read(value: &Value) -> InstanceDoc {
    serde_json::from_value(value.clone()).expect("an instance")
}

/// The codes against each mediator; the answer is solved and checked on the way.
fn codes(value: &Value) -> Vec<Vec<String>> {
    let document = read(value);
    common::solve(&document);
    let screened: Screened = common::screened(&document);
    let d = screened.instance.dispute_indices().next().expect("a dispute");
    screened
        .instance
        .mediator_indices()
        .map(|m| {
            let reasons = screened.eligibility.get(d, m).reasons();
            reasons.iter().map(|r| r.code(&screened.instance).to_owned()).collect()
        })
        .collect()
}

/// Whether the first mediator is excluded as a national, and nobody else for anything.
fn bars_the_first(value: &Value) -> bool {
    let codes = codes(value);
    assert!(codes[1..].iter().all(Vec::is_empty), "{codes:?}");
    match codes[0].as_slice() {
        [] => false,
        [code] if code == "nationality" => true,
        other => panic!("{other:?}"),
    }
}

fn relate(value: &mut Value, relation: Value) {
    let list = value["relations"].as_array_mut().expect("a list");
    let id = format!("r{}", list.len());
    list.push(relation);
    list.last_mut().expect("it")["id"] = json!(id);
}

#[test]
fn a_state_bars_its_nationals_and_nobody_else() {
    assert!(bars_the_first(&world("CN", &[json!(["CN"]), json!(["X-N"]), json!(["FR", "KE"])])));
    assert!(bars_the_first(&world("CN", &[json!(["X-N", "CN"]), json!(["X-N"])])));
    assert!(!bars_the_first(&world("CN", &[json!(["FR"]), json!(["X-N"])])));
}

#[test]
fn nationality_is_tested_on_each_test_date() {
    let held = |from: &str, to: &str| json!([{ "state": "CN", "from": from, "to": to }, "X-N"]);
    let mut w = world("CN", &[held("2020-01-01", "2025-06-30"), json!(["X-N"])]);
    assert!(!bars_the_first(&w), "over by as_of");
    w["disputes"][0]["opened"] = json!("2025-07-01");
    assert!(!bars_the_first(&w), "over the day before it was opened");
    w["disputes"][0]["opened"] = json!("2025-06-30");
    assert!(bars_the_first(&w), "held on the day on which it was opened");
    w["disputes"][0]["opened"] = json!(null);
    w["disputes"][0].as_object_mut().expect("it").remove("opened");
    w["disputes"][0]["parties"][1]["consent"] = json!({ "given": true, "date": "2021-01-01" });
    assert!(bars_the_first(&w), "held when a party consented");
}

#[test]
fn companies_through_incorporation_and_control() {
    let nationals = [json!(["FR"]), json!(["X-N"])];
    let mut w = world("company", &nationals);
    assert!(!bars_the_first(&w));
    w["organisations"][0]["nationalities"] = json!(["KE", "FR"]);
    assert!(bars_the_first(&w), "one of its nationalities: incorporation, seat");

    let mut w = world("company", &nationals);
    w["organisations"][1]["nationalities"] = json!(["FR"]);
    relate(&mut w, json!({ "from": "parent", "to": "company", "kind": "owns", "share": 0.5 }));
    assert!(!bars_the_first(&w), "half is no majority");
    w["relations"][0]["share"] = json!(0.500_001);
    assert!(bars_the_first(&w));
    w["relations"][0] =
        json!({ "id": "r0", "from": "parent", "to": "company", "kind": "controls" });
    assert!(bars_the_first(&w));
    // Owned in a circle: no harm.
    relate(&mut w, json!({ "from": "company", "to": "parent", "kind": "owns", "share": 0.9 }));
    assert!(bars_the_first(&w));

    let mut w = world("company", &nationals);
    relate(&mut w, json!({ "from": "someone", "to": "parent", "kind": "controls" }));
    relate(&mut w, json!({ "from": "parent", "to": "company", "kind": "controls" }));
    assert!(bars_the_first(&w), "controlled by a national through another company");
}

#[test]
fn state_owned_entities_organs_and_agencies_are_their_state() {
    for kind in ["organ-of", "agency-of", "subdivision-of"] {
        let mut w = world("ministry", &[json!(["KE"]), json!(["X-N"])]);
        relate(&mut w, json!({ "from": "ministry", "to": "KE", "kind": kind }));
        assert!(bars_the_first(&w), "{kind}");
        w["relations"][0]["end"] = json!("2026-02-28");
        assert!(!bars_the_first(&w), "{kind}, over");
    }
    let mut w = world("company", &[json!(["KE"]), json!(["X-N"])]);
    relate(&mut w, json!({ "from": "KE", "to": "company", "kind": "owns", "share": 1 }));
    assert!(bars_the_first(&w), "a State-owned company");
}

#[test]
fn a_regional_organisation_bars_the_nationals_of_its_members() {
    assert!(bars_the_first(&world("union", &[json!(["KE"]), json!(["X-N"])])));
    assert!(!bars_the_first(&world("union", &[json!(["CN"]), json!(["X-N"])])));
}

/// Hong Kong is a region apart: who belongs to it alone is no national of China, and is disclosed;
/// a national of China is one also where the party is the region or a company of it.
#[test]
fn hong_kong_is_a_region_apart_from_the_state() {
    let region = |w: &mut Value| {
        relate(w, json!({ "from": "HK", "to": "CN", "kind": "subdivision-of" }));
    };
    let mut w = world("CN", &[json!(["HK"]), json!(["X-N"])]);
    region(&mut w);
    assert!(!bars_the_first(&w));
    w["locks"] = json!({ "require": [{ "dispute": "d", "mediator": "m0" }] });
    let solution = common::solve(&read(&w));
    let told: Vec<&str> =
        solution.assignments[0].disclosures.iter().map(|d| d.rule.as_str()).collect();
    assert_eq!(told, ["region"]);

    let mut w = world("HK", &[json!(["CN"]), json!(["X-N"])]);
    region(&mut w);
    assert!(bars_the_first(&w));
    let mut w = world("company", &[json!(["CN"]), json!(["X-N"])]);
    w["organisations"][0]["nationalities"] = json!(["HK"]);
    region(&mut w);
    assert!(bars_the_first(&w));
    let mut w = world("HK", &[json!(["HK"]), json!(["X-N"])]);
    region(&mut w);
    assert!(bars_the_first(&w));
}

#[test]
fn a_mediator_of_unknown_nationality_is_not_eligible() {
    let mut w = world("CN", &[json!([]), json!(["X-N"])]);
    assert_eq!(codes(&w)[0], ["nationality-unknown"]);
    for policy in ["waivable-by-parties", "majority-neutral", "one-per-side"] {
        w["policy"] = json!({ "nationality": { "commercial": policy } });
        assert_eq!(codes(&w)[0], ["nationality-unknown"], "{policy}");
    }
    w["policy"] = json!({ "nationality": { "commercial": "advisory", "state-state": "strict" } });
    assert!(codes(&w)[0].is_empty());
    w["policy"] = json!({ "nationality": { "state-state": "advisory" } });
    assert_eq!(codes(&w)[0], ["nationality-unknown"], "the policy of another class");
}

#[test]
fn the_parties_may_waive_where_the_policy_says_so() {
    let mut w = world("CN", &[json!(["CN"]), json!(["X-N"])]);
    w["waivers"] = json!([{
        "mediator": "m0", "dispute": "d", "rule": "nationality", "by": ["p", "q"],
        "express": true, "date": "2026-02-01",
    }]);
    assert!(bars_the_first(&w), "strict: no waiver helps");
    w["policy"] = json!({ "nationality": { "commercial": "waivable-by-parties" } });
    assert!(!bars_the_first(&w));
    w["waivers"][0]["by"] = json!(["p"]);
    assert!(bars_the_first(&w), "one party alone");
    w["waivers"][0]["by"] = json!(["p", "q"]);
    w["waivers"][0]["express"] = json!(false);
    assert!(bars_the_first(&w), "not express");
}

/// Who sits on a panel of three where nationals of the parties fit best.
fn panel_under(policy: &str, size: u32) -> Vec<String> {
    let held = [json!(["CN"]), json!(["CN"]), json!(["BR"]), json!(["X-N"]), json!(["FR"])];
    let mut w = world("CN", &held);
    w["disputes"][0]["panel"]["size"] = json!(size);
    w["policy"] = json!({ "nationality": { "commercial": policy } });
    for (m, fit) in [(0, 0.9), (1, 0.85), (2, 0.8), (3, 0.3), (4, 0.2)] {
        w["mediators"][m]["expertise"]["trade"] = json!(fit);
    }
    let solution = common::solve(&read(&w));
    let Some(assignment) = solution.assignments.first() else { return Vec::new() };
    assignment.panel.iter().map(|seat| seat.mediator.clone()).collect()
}

#[test]
fn policies_about_whole_panels() {
    assert_eq!(panel_under("advisory", 3), ["m0", "m1", "m2"]);
    // Fewer than half, and the chair, who comes first, is neutral.
    assert_eq!(panel_under("majority-neutral", 3), ["m3", "m0", "m4"]);
    assert_eq!(panel_under("majority-neutral", 2), ["m3", "m4"]);
    assert_eq!(panel_under("majority-neutral", 1), ["m3"]);
    // One of each side, and a neutral chair.
    assert_eq!(panel_under("one-per-side", 3), ["m3", "m0", "m2"]);
    assert_eq!(panel_under("one-per-side", 2), ["m0", "m2"]);
    assert_eq!(panel_under("one-per-side", 1), ["m3"]);
    assert!(panel_under("strict", 3).is_empty(), "two are left");
    assert_eq!(panel_under("strict", 2), ["m3", "m4"]);
}

/// Findings that do not bar are disclosed.
#[test]
fn nationals_who_sit_are_disclosed() {
    for (policy, nationals) in [("advisory", 3), ("majority-neutral", 1), ("one-per-side", 2)] {
        let held = [json!(["CN"]), json!(["BR"]), json!(["CN"]), json!(["X-N"]), json!(["FR"])];
        let mut w = world("CN", &held);
        w["disputes"][0]["panel"]["size"] = json!(3);
        w["policy"] = json!({ "nationality": { "commercial": policy } });
        for m in 0..3 {
            w["mediators"][m]["expertise"]["trade"] = json!(0.9);
        }
        let solution = common::solve(&read(&w));
        let disclosures = &solution.assignments[0].disclosures;
        assert_eq!(disclosures.len(), nationals, "{policy}");
        assert!(disclosures.iter().all(|d| d.rule == "nationality" && d.date == "2026-03-01"));
    }
}

#[test]
fn third_states_consent_and_their_nationals() {
    let mut w = world("CN", &[json!(["FR"]), json!(["X-N"])]);
    w["disputes"][0]["third_states"] = json!([{ "state": "FR", "consent": true }]);
    assert_eq!(codes(&w), [vec!["third-state-nationality".to_owned()], vec![]]);
    w["disputes"][0]["third_states"][0]["consent"] = json!(false);
    let solution = common::solve(&read(&w));
    assert_eq!(solution.unserved[0].stage, UnservedStage::Admissibility);
    assert_eq!(solution.unserved[0].core[0].reason, "no-third-state-consent");
}

/// A designation taints like a nationality: a foreigner to the State that designated her.
#[test]
fn a_designee_of_a_party_does_not_sit() {
    let mut w = world("CN", &[json!(["X-N"]), json!(["X-N"])]);
    w["panels"] = json!([{ "id": "B", "admits": ["commercial"] }]);
    w["mediators"][0]["designations"] = json!([{ "panel": "B", "by": "CN" }]);
    w["mediators"][1]["designations"] = json!([{ "panel": "B", "by": "KE" }]);
    assert_eq!(codes(&w), [vec!["designation".to_owned()], vec![]]);
}
