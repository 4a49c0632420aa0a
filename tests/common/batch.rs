//! Tiny random instances in which the batch itself makes conflicts (A6) and nationality policies
//! bear on whole panels, with a plain statement of what they ask.

use std::collections::{BTreeMap, BTreeSet};

use comity::format::InstanceDoc;
use serde_json::{Value, json};

use super::Lots;
use super::tiny;

/// Who sits where: for each mediator her disputes.
pub(crate) type Seats = BTreeMap<String, BTreeSet<String>>;

/// A tiny instance; the same seed gives the same one.
pub(crate) fn instance(seed: u64) -> InstanceDoc {
    serde_json::from_value(document(seed)).expect("the generator writes instances")
}

pub(crate) fn document(seed: u64) -> Value {
    let mut doc = tiny::document(seed);
    let mut lots = Lots::new(seed ^ 0xBA7C);
    let appointed_by = *lots.pick(&["target", "anyone"]);
    let severity = *lots.pick(&["waivable-red", "waivable-red", "orange"]);
    doc["policy"]["conflict_rules"] = json!({
        "schema": "comity.rules/1",
        "id": "batch",
        "extends": ["strict"],
        "rules": [
            {
                "id": "pair-red", "text": "sits in a related dispute", "source": "this test",
                "severity": severity, "to": "party",
                "pair": { "years": 3, "shares_party": lots.chance(50) },
            },
            {
                "id": "count-red", "text": "appointed too often", "source": "this test",
                "severity": "waivable-red", "to": "party",
                "count": { "at_least": 1 + lots.below(2), "years": 3, "appointed_by": appointed_by },
            },
        ],
    });
    let policy = *lots.pick(&["strict", "majority-neutral", "one-per-side", "advisory"]);
    doc["policy"]["nationality"] = json!({ "state-state": policy });
    let disputes = doc["disputes"].as_array().map_or(0, Vec::len);
    let mediators = doc["mediators"].as_array().map_or(0, Vec::len);
    for d in 0..disputes {
        let other = (d + 1) % disputes;
        if lots.chance(60) {
            doc["disputes"][d]["related"] = json!([format!("d{other}")]);
        }
        if lots.chance(60) {
            doc["disputes"][d]["panel"]["mode"] = json!("party-agreed");
        }
    }
    let waivers: Vec<Value> = (0..2)
        .map(|_| {
            json!({
                "mediator": format!("m{}", lots.below(mediators)),
                "dispute": format!("d{}", lots.below(disputes)),
                "rule": *lots.pick(&["pair-red", "count-red"]),
                "by": ["a", "b"], "express": true, "date": "2026-02-01",
            })
        })
        .collect();
    if severity == "waivable-red" && lots.chance(40) {
        doc["waivers"] = json!(waivers);
    }
    let appointments: Vec<Value> = (0..lots.below(4))
        .map(|_| {
            json!({
                "mediator": format!("m{}", lots.below(mediators)),
                "date": *lots.pick(&["2025-01-01", "2024-06-01", "2020-01-01"]),
                "by": *lots.pick(&["KE", "BR", "IN", "GB"]),
            })
        })
        .collect();
    doc["appointments"] = json!(appointments);
    doc
}

/// True when no finding that the batch creates bars anybody who sits; written from docs/format.md
/// for the two rules of these instances, with nothing but the document.
pub(crate) fn holds(doc: &InstanceDoc, seats: &Seats) -> bool {
    let value = serde_json::to_value(doc).expect("a document");
    let dispute = |id: &str| {
        value["disputes"].as_array().and_then(|all| all.iter().find(|d| d["id"] == id)).cloned()
    };
    let rules = &value["policy"]["conflict_rules"]["rules"];
    seats.iter().all(|(mediator, sits)| {
        sits.iter().all(|d| {
            let here = dispute(d).expect("a dispute");
            let others: Vec<Value> =
                sits.iter().filter(|e| *e != d).filter_map(|e| dispute(e)).collect();
            let pair = rules[0]["severity"] == "waivable-red"
                && !waived(&value, mediator, d, "pair-red")
                && others.iter().any(|other| {
                    related(&here, other)
                        && (rules[0]["pair"]["shares_party"] != true
                            || actors(&here).iter().any(|a| actors(other).contains(a)))
                });
            let count = !waived(&value, mediator, d, "count-red")
                && actors(&here)
                    .iter()
                    .any(|party| too_often(&value, &rules[1]["count"], mediator, party, &others));
            !pair && !count
        })
    })
}

fn too_often(value: &Value, rule: &Value, mediator: &str, party: &str, others: &[Value]) -> bool {
    let past = value["appointments"].as_array().map_or(0, |all| {
        all.iter()
            .filter(|a| a["mediator"] == mediator && a["by"] == party)
            // As of 2026-03-01, three years back.
            .filter(|a| a["date"].as_str().is_some_and(|date| date >= "2023-03-01"))
            .count()
    });
    let counts = |other: &&Value| {
        (rule["appointed_by"] == "anyone" || other["panel"]["mode"] == "party-agreed")
            && actors(other).iter().any(|actor| actor == party)
    };
    let now = others.iter().filter(counts).count();
    (past + now) as u64 >= rule["at_least"].as_u64().unwrap_or(0)
}

fn actors(dispute: &Value) -> Vec<String> {
    let parties = dispute["parties"].as_array().cloned().unwrap_or_default();
    parties.iter().filter_map(|p| p["actor"].as_str().map(str::to_owned)).collect()
}

fn related(a: &Value, b: &Value) -> bool {
    let names = |x: &Value, y: &Value| {
        x["related"].as_array().is_some_and(|all| all.iter().any(|id| *id == y["id"]))
    };
    names(a, b) || names(b, a)
}

fn waived(value: &Value, mediator: &str, dispute: &str, rule: &str) -> bool {
    value["waivers"].as_array().is_some_and(|all| {
        all.iter()
            .any(|w| w["mediator"] == mediator && w["dispute"] == dispute && w["rule"] == rule)
    })
}
