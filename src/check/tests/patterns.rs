//! What a pattern of a step asks of an edge, and what `together` asks of all.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::dockets::{docket, reasons, rule, tie, with};
use crate::check::paths::Query;

/// Whether a rule of this path finds the first mediator in the first dispute.
fn hits(path: &Value, more: &Value, relations: &Value) -> bool {
    let mut document = docket(&json!([rule("it", path, more)]));
    document["relations"] = relations.clone();
    !reasons(&document, 0, 0).is_empty()
}

fn plain(pattern: &Value, relation: &Value) -> bool {
    let office = json!([tie("a", "m0", "officer-of", "FR", relation)]);
    hits(&json!([{ "any": [pattern] }]), &json!({}), &office)
}

#[test]
fn roles_tags_and_what_it_must_not_have() {
    let roles = json!({ "kind": "officer-of", "roles": ["chair", "member"] });
    assert!(plain(&roles, &json!({ "role": "member" })));
    assert!(!plain(&roles, &json!({ "role": "auditor" })));
    assert!(!plain(&roles, &json!({})));
    let tags = json!({ "kind": "officer-of", "tags": ["listed", "regular"], "without": ["past"] });
    assert!(plain(&tags, &json!({ "tags": ["regular", "x", "listed"] })));
    assert!(!plain(&tags, &json!({ "tags": ["listed"] })));
    assert!(!plain(&tags, &json!({ "tags": ["listed", "regular", "past"] })));
}

#[test]
fn the_node_to_which_a_step_leads_is_of_the_kind_asked_for() {
    let into = |kind: &str| {
        let path = json!([{ "any": [{ "kind": "member-of", "into": [kind] }] },
                          { "any": [{ "kind": "advises" }] }]);
        let relations = json!([
            tie("a", "m0", "member-of", "law", &json!({})),
            tie("b", "law", "advises", "FR", &json!({}))
        ]);
        hits(&path, &json!({}), &relations)
    };
    assert!(into("law-firm"));
    assert!(!into("chambers"));
    // Walked backward, it is the node from which the edge runs.
    let back = |kind: &str| {
        let path = json!([{ "any": [{ "kind": "instructs", "backward": true, "into": [kind] }] },
                          { "any": [{ "kind": "advises" }] }]);
        let relations = json!([
            tie("a", "ann", "instructs", "m0", &json!({})),
            tie("b", "ann", "advises", "FR", &json!({}))
        ]);
        hits(&path, &json!({}), &relations)
    };
    assert!(back("person"));
    assert!(!back("mediator"));
}

#[test]
fn what_has_ended_ended_before_the_date_and_within_the_years() {
    let ended = json!({ "kind": "officer-of", "when": "ended" });
    assert!(plain(&ended, &json!({ "end": "2026-03-01" })));
    assert!(plain(&ended, &json!({ "end": "1990-01-01" })));
    assert!(!plain(&ended, &json!({ "end": "2026-03-02" })));
    assert!(!plain(&ended, &json!({})));
    let recent = json!({ "kind": "officer-of", "when": "ended", "years": 3 });
    assert!(plain(&recent, &json!({ "end": "2023-03-02" })));
    assert!(!plain(&recent, &json!({ "end": "2023-03-01" })));
}

#[test]
fn ever_looks_back_without_end_and_not_ahead() {
    let ever = json!({ "kind": "officer-of", "when": "ever" });
    assert!(plain(&ever, &json!({ "end": "1970-01-01" })));
    assert!(plain(&ever, &json!({ "start": "2026-03-02" })));
    assert!(!plain(&ever, &json!({ "start": "2026-03-03" })));
}

#[test]
fn once_or_more_is_not_none() {
    let path = json!([{ "any": [{ "kind": "officer-of" }], "repeat": "any" },
                      { "any": [{ "kind": "controls" }], "repeat": "some" }]);
    let office = tie("a", "m0", "officer-of", "firm", &json!({}));
    let control = |id: &str, from: &str, to: &str| tie(id, from, "controls", to, &json!({}));
    assert!(!hits(&path, &json!({}), &json!([tie("a", "m0", "officer-of", "FR", &json!({}))])));
    assert!(hits(&path, &json!({}), &json!([office, control("b", "firm", "FR")])));
    let two = json!([office, control("b", "firm", "law"), control("c", "law", "FR")]);
    assert!(hits(&path, &json!({}), &two));
    assert!(hits(&path, &json!({}), &json!([control("b", "m0", "FR")])));
}

/// Two members of one firm: at one time, or one after the other.
#[test]
fn together_asks_for_one_same_day() {
    let member = json!({ "kind": "member-of", "when": "within", "years": 3 });
    let mut back = member.clone();
    back["backward"] = json!(true);
    let path = json!([{ "any": [member] }, { "any": [back] }, { "any": [{ "kind": "advises", "when": "ever" }] }]);
    let with = |mine: &Value, theirs: &Value, advice: &Value, together: bool| {
        let relations = json!([
            tie("a", "m0", "member-of", "law", mine),
            tie("b", "ann", "member-of", "law", theirs),
            tie("c", "ann", "advises", "FR", advice),
        ]);
        hits(&path, &json!({ "together": together }), &relations)
    };
    let always = json!({});
    let until = |day: &str| json!({ "end": day });
    let from = |day: &str| json!({ "start": day });
    assert!(with(&until("2024-06-30"), &from("2024-06-30"), &always, true));
    assert!(!with(&until("2024-06-30"), &from("2024-07-01"), &always, true));
    assert!(with(&until("2024-06-30"), &from("2024-07-01"), &always, false));
    // The common day lies in the period that each pattern asks for.
    assert!(with(&until("2023-03-02"), &always, &always, true));
    assert!(!with(&until("2023-03-02"), &always, &from("2023-03-03"), true));
    assert!(with(&until("2024-06-30"), &always, &until("2023-03-02"), true));
    assert!(!with(&until("2024-06-30"), &always, &until("2023-03-01"), true));
    assert!(with(&until("2024-06-30"), &always, &until("2023-03-01"), false));
}

#[test]
fn together_finds_the_pair_of_edges_that_fits() {
    let path = json!([{ "any": [{ "kind": "member-of", "when": "ever" }] },
                      { "any": [{ "kind": "advises", "when": "ended" }] }]);
    let span = |from: &str, to: &str| json!({ "start": from, "end": to });
    let mut relations = vec![
        tie("a", "m0", "member-of", "law", &span("2000-01-01", "2001-01-01")),
        tie("b", "m0", "member-of", "law", &span("2010-01-01", "2010-12-31")),
        tie("c", "law", "advises", "FR", &span("2002-01-01", "2009-12-31")),
    ];
    let together = json!({ "together": true });
    assert!(!hits(&path, &together, &json!(relations)));
    relations.push(tie("d", "law", "advises", "FR", &span("2010-12-31", "2020-01-01")));
    assert!(hits(&path, &together, &json!(relations)));
}

/// Against trying every day: the relations that do not hold on it are taken away.
#[test]
fn together_is_what_some_one_day_shows() {
    let mut state = 11_u64;
    let mut below = |n: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let ever = |kind: &str| json!({ "kind": kind, "when": "ever" });
    let path = json!([{ "any": [ever("member-of"), ever("advises")], "repeat": "some" },
                      { "any": [ever("controls")], "repeat": "any" }]);
    let day = |n: u64| format!("2026-02-{:02}", n + 1);
    let (mut found, mut apart) = (0, 0);
    for round in 0..150 {
        let nodes = ["m0", "law", "bar", "house", "firm", "FR"];
        let relations: Vec<Value> = (0..9)
            .map(|i| {
                let (from, to) = (below(5) as usize, 1 + below(5) as usize);
                let kind = ["member-of", "advises", "controls"][below(3) as usize];
                let start = below(24);
                let span = json!({ "start": day(start), "end": day((start + below(12)).min(27)) });
                tie(&format!("r{i}"), nodes[from], kind, nodes[to], &span)
            })
            .filter(|r| r["from"] != r["to"])
            .collect();
        let together = hits(&path, &json!({ "together": true }), &json!(relations));
        let holds = |r: &Value, day: &str| {
            r["start"].as_str().is_some_and(|d| d <= day)
                && r["end"].as_str().is_some_and(|d| day <= d)
        };
        let some_day = (0..28).any(|n| {
            let mut left = relations.clone();
            left.retain(|r| holds(r, &day(n)));
            hits(&path, &json!({}), &json!(left))
        });
        assert_eq!(together, some_day, "round {round}: {relations:?}");
        searches_agree(&path, &relations);
        found += usize::from(together);
        apart += usize::from(!together && hits(&path, &json!({}), &json!(relations)));
    }
    assert!(found > 10 && apart > 10, "{found} found, {apart} apart");
}

/// The search backward from all targets, the one forward from the mediator, and the reading of
/// what that one found.
fn searches_agree(path: &Value, relations: &[Value]) {
    for together in [false, true] {
        let mut document = docket(&json!([rule("it", path, &json!({ "together": together }))]));
        document["relations"] = json!(relations);
        with(&document, |facts, graph, _| {
            let nothing = BTreeSet::new();
            let query = Query {
                steps: &facts.profile.rules[0].steps,
                together,
                tests: &facts.disputes[0].tests,
                secret: true,
                without: &nothing,
            };
            let ends: BTreeSet<usize> = facts.disputes[0].parties.iter().copied().collect();
            let sources = graph.sources(&query, &ends);
            for (node, &reaches) in sources.iter().enumerate() {
                let walk = graph.shortest(&query, node, &ends);
                assert_eq!(walk.is_some(), reaches, "{node} {relations:?}");
                if let Some(walk) = walk {
                    let told = graph.describe(&walk);
                    assert_eq!(graph.accepts(&query, node, &ends, &told), Ok(()));
                }
            }
        });
    }
}
