//! Walks through the conflict graph.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::documents::{instance, read};
use crate::check::consent::Standing;
use crate::check::eligible::Eligibility;
use crate::check::facts::Facts;
use crate::check::graph::Graph;
use crate::check::paths::Query;

/// The reasons, and the orange rules, of a mediator in the first dispute under some relations.
fn found(relations: Value, mediator: usize) -> (Vec<String>, Vec<String>) {
    let mut document = instance();
    document["relations"] = relations;
    screened(&document, mediator)
}

fn screened(document: &Value, mediator: usize) -> (Vec<String>, Vec<String>) {
    let document = read(document);
    let facts = Facts::new(&document);
    let graph = Graph::new(&facts);
    let all = Eligibility::new(&facts, &graph);
    let pair = all.pair(0, mediator).expect("a pair");
    let told = pair.findings.iter().filter(|(_, x)| x.1 == Standing::Told);
    let orange = told.map(|(&r, _)| facts.profile.rules[r].id.clone()).collect();
    (pair.reasons.iter().cloned().collect(), orange)
}

fn tie(id: &str, from: &str, to: &str, kind: &str) -> Value {
    json!({ "id": id, "from": from, "to": to, "kind": kind })
}

#[test]
fn the_look_back_includes_its_first_day_and_no_day_before() {
    let ended = |day: &str| {
        json!([{ "id": "o", "from": "m1", "to": "BR",
                                     "kind": "officer-of", "end": day }])
    };
    assert_eq!(found(ended("2023-03-02"), 0).1, ["past-service"]);
    assert_eq!(found(ended("2023-03-01"), 0), (vec![], vec![]));
    // On the day itself office is held still: red, and orange as well.
    assert_eq!(found(ended("2026-03-02"), 0).0, ["party-office"]);
}

#[test]
fn what_begins_after_the_date_of_judgment_is_not_seen() {
    let mut office = tie("o", "m1", "BR", "officer-of");
    office["start"] = json!("2026-03-03");
    assert_eq!(found(json!([office]), 0), (vec![], vec![]));
}

#[test]
fn chains_of_ownership_are_followed_through_cycles() {
    let mut chain = vec![
        tie("a", "m1", "acme", "officer-of"),
        tie("b", "acme", "house", "controls"),
        tie("c", "house", "acme", "controls"),
    ];
    assert_eq!(found(json!(chain), 0), (vec![], vec![]));
    let mut owns = tie("d", "house", "BR", "owns");
    owns["share"] = json!(0.5);
    chain.push(owns.clone());
    assert_eq!(found(json!(chain), 0), (vec![], vec![]));
    owns["share"] = json!(0.500_001);
    chain[3] = owns;
    let (reasons, orange) = found(json!(chain), 0);
    assert_eq!(reasons, ["party-office"]);
    assert_eq!(orange, ["past-service"]);
}

#[test]
fn what_may_not_be_disclosed_bars() {
    let mut past = tie("o", "m1", "BR", "officer-of");
    past["end"] = json!("2025-01-01");
    past["confidential"] = json!(true);
    assert_eq!(found(json!([past]), 0), (vec!["undisclosable".to_owned()], vec![]));
    let mut open = past.clone();
    open["id"] = json!("p");
    open["confidential"] = json!(false);
    assert_eq!(found(json!([past, open]), 0), (vec![], vec!["past-service".to_owned()]));
}

#[test]
fn nationality_is_tested_on_every_date() {
    let mut document = instance();
    document["disputes"][0]["opened"] = json!("2020-01-01");
    let past = json!([{ "state": "FR", "to": "2020-01-01" }, "CH"]);
    document["mediators"][0]["nationalities"] = past;
    assert_eq!(screened(&document, 0).0, ["nationality"]);
    document["disputes"][0]["opened"] = json!("2020-01-02");
    assert_eq!(screened(&document, 0).0, Vec::<String>::new());
    document["disputes"][0]["parties"][1]["consent"] =
        json!({ "given": true, "date": "2019-05-05" });
    assert_eq!(screened(&document, 0).0, ["nationality"]);
    document["mediators"][0]["nationalities"] = json!([]);
    assert_eq!(screened(&document, 0).0, ["nationality-unknown"]);
}

#[test]
fn appointments_count_for_each_target_by_itself() {
    let mut document = instance();
    let made = |date: &str, by: &str| json!({ "mediator": "m1", "date": date, "by": by });
    document["appointments"] =
        json!([made("2023-03-02", "FR"), made("2025-01-01", "BR"), made("2023-03-01", "FR")]);
    assert_eq!(screened(&document, 0).1, Vec::<String>::new());
    document["appointments"][2]["date"] = json!("2023-03-02");
    assert_eq!(screened(&document, 0).1, ["repeat-party"]);
}

#[test]
fn a_party_to_the_dispute_does_not_find_herself() {
    let mut document = instance();
    document["disputes"][0]["parties"][0]["counsel"] = json!(["m1"]);
    let (reasons, _) = screened(&document, 0);
    assert_eq!(reasons, ["own-cause", "party-counsel"]);
}

#[test]
fn the_witness_is_shortest() {
    let mut document = instance();
    document["relations"] = json!([
        tie("a", "m1", "acme", "officer-of"),
        tie("b", "acme", "house", "controls"),
        tie("c", "house", "BR", "controls"),
        tie("d", "acme", "BR", "controls"),
    ]);
    let document = read(&document);
    let facts = Facts::new(&document);
    let graph = Graph::new(&facts);
    let rule = facts.profile.rules.iter().find(|r| r.id == "party-office").expect("the rule");
    let ends = facts.disputes[0].parties.iter().copied().collect();
    let nothing = BTreeSet::new();
    let query = Query {
        steps: &rule.steps,
        together: false,
        tests: &facts.disputes[0].tests,
        secret: false,
        without: &nothing,
    };
    let walk = graph.shortest(&query, facts.actor_of[0], &ends).expect("a walk");
    let told = graph.describe(&walk);
    let ids: Vec<&str> = told.iter().filter_map(|s| s.relation.as_deref()).collect();
    assert_eq!(ids, ["a", "d"]);
    assert!(graph.accepts(&query, facts.actor_of[0], &ends, &told).is_ok());
    assert!(graph.accepts(&query, facts.actor_of[0], &ends, &told[..1]).is_err());
}
