//! The gates before matching: consent, declared exclusions, terms of office, appointment from the
//! panel only or not.

mod common;

use comity::format::{InstanceDoc, UnservedStage};
use serde_json::{Value, json};

fn world() -> Value {
    json!({
        "schema": "comity.instance/1",
        "id": "gates",
        "as_of": "2026-03-01",
        "horizon": { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z" },
        "states": [
            { "id": "CN" }, { "id": "KE", "exclusions": ["delimitation"] }, { "id": "X-N" },
        ],
        "organisations": [
            { "id": "ports", "kind": "government" }, { "id": "harbour", "kind": "government" },
        ],
        "panels": [{ "id": "B", "admits": ["commercial", "state-investor"] }],
        "mediators": [{
            "id": "m", "nationalities": ["X-N"],
            "designations": [{ "panel": "B", "by": "X-N", "from": "2020-01-01", "to": "2025-12-31" }],
        }],
        "disputes": [{
            "id": "d", "class": "commercial", "opened": "2025-12-01", "subjects": ["trade"],
            "parties": [{ "id": "p", "actor": "CN" }, { "id": "q", "actor": "ports" }],
            "panel": { "size": 1 },
        }],
    })
}

/// Whether the dispute is served, and else at which stage and why not.
fn answer(value: &Value) -> Option<(UnservedStage, String)> {
    let document: InstanceDoc = serde_json::from_value(value.clone()).expect("an instance");
    let solution = common::solve(&document);
    solution.unserved.first().map(|u| (u.stage, u.core[0].reason.clone()))
}

#[test]
fn terms_and_serving_to_the_end_of_a_case() {
    let mut w = world();
    assert_eq!(answer(&w), Some((UnservedStage::Panel, "panel".to_owned())), "her term is over");
    w["locks"] = json!({ "require": [{ "dispute": "d", "mediator": "m" }] });
    assert!(answer(&w).is_some(), "the panel does not let her go on");
    w["panels"][0]["continue_in_office"] = json!(true);
    assert_eq!(answer(&w), None, "she goes on where she sits already");
    w["disputes"][0]["opened"] = json!("2026-01-01");
    assert!(answer(&w).is_some(), "it was opened after her term");
    w["disputes"][0]["opened"] = json!("2025-12-31");
    assert_eq!(answer(&w), None, "it was opened on its last day");
    w["locks"] = json!({});
    assert!(answer(&w).is_some(), "she is not required");
}

#[test]
fn the_parties_may_agree_on_somebody_from_outside_the_panel() {
    let mut w = world();
    w["disputes"][0]["panel"]["mode"] = json!("party-agreed");
    assert_eq!(answer(&w), None);
    w["disputes"][0]["panel"]["mode"] = json!("institution");
    assert!(answer(&w).is_some());
}

#[test]
fn every_party_consents() {
    let mut w = world();
    w["disputes"][0]["panel"]["mode"] = json!("party-agreed");
    w["disputes"][0]["parties"][1]["consent"] = json!({ "given": false });
    assert_eq!(answer(&w), Some((UnservedStage::Admissibility, "no-consent".to_owned())));
    w["disputes"][0]["parties"][1]["consent"] = json!({ "given": true, "date": "2026-02-01" });
    assert_eq!(answer(&w), None);
}

#[test]
fn a_state_that_stands_behind_a_party_may_have_excluded_the_subject() {
    let mut w = world();
    w["disputes"][0]["panel"]["mode"] = json!("party-agreed");
    w["disputes"][0]["subjects"] = json!(["delimitation"]);
    assert_eq!(answer(&w), None, "nothing links the ports to Kenya");
    w["relations"] = json!([{ "id": "r0", "from": "ports", "to": "KE", "kind": "agency-of" }]);
    let excluded = Some((UnservedStage::Admissibility, "excluded-subject".to_owned()));
    assert_eq!(answer(&w), excluded);
    w["relations"][0]["end"] = json!("2026-02-28");
    assert_eq!(answer(&w), None, "it is no agency any more");
    w["disputes"][0]["parties"][1]["actor"] = json!("KE");
    assert_eq!(answer(&w), excluded, "the State itself");
}
