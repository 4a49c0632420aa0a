//! Tiny random instances in which the past has a price (rotation) and groups are capped (A7), with a
//! plain statement of what these ask. They have sessions, and batches that make conflicts (A6).

use std::collections::{BTreeMap, BTreeSet};

use comity::format::{InstanceDoc, SolutionDoc};
use serde_json::{Value, json};

use super::Lots;
use super::batch::{self, Seats};

/// A tiny instance with a weight on rotation; the same seed gives the same one.
pub(crate) fn rotating(seed: u64) -> InstanceDoc {
    serde_json::from_value(document(seed)).expect("the generator writes instances")
}

fn document(seed: u64) -> Value {
    let mut doc = batch::document(seed);
    let mut lots = Lots::new(seed ^ 0x5EA7);
    doc["policy"]["weights"]["rotation"] = json!(*lots.pick(&[0.01, 0.2, 1.5]));
    if lots.chance(50) {
        doc["policy"]["rotation_years"] = json!(*lots.pick(&[1, 2, 10]));
    }
    let mediators = doc["mediators"].as_array().map_or(0, Vec::len);
    let past = doc["appointments"].as_array_mut().expect("a list");
    for _ in 0..3 + lots.below(6) {
        past.push(json!({
            "mediator": format!("m{}", lots.below(mediators)),
            "date": *lots.pick(&["2026-03-01", "2025-03-01", "2025-02-28", "2024-01-01", "2020-06-01"]),
            "by": "institution",
        }));
    }
    doc
}

/// The same with caps by nationality and bloc.
pub(crate) fn capped(seed: u64) -> InstanceDoc {
    let mut doc = document(seed);
    let mut lots = Lots::new(seed ^ 0xCA95);
    for (key, chance) in [("nationality_share", 80), ("bloc_share", 70)] {
        if lots.chance(chance) {
            doc["policy"]["caps"][key] = json!(*lots.pick(&[0.2, 0.34, 0.5, 0.7]));
        }
    }
    let blocs = |id: &str| match id {
        "KE" => json!(["south"]),
        "X-a" => json!(["north"]),
        "X-b" => json!(["south", "north"]),
        _ => json!([]),
    };
    doc["states"] = ["KE", "BR", "IN", "GB", "X-a", "X-b", "X-c"]
        .map(|id| json!({ "id": id, "blocs": blocs(id) }))
        .into();
    for mediator in doc["mediators"].as_array_mut().expect("a list") {
        let held = match lots.below(6) {
            0 | 1 => json!(["X-a"]),
            2 => json!(["X-a", "X-b"]),
            3 => json!(["X-b"]),
            4 => json!([{ "state": "X-a", "to": "2026-02-28" }, "X-c"]),
            _ => continue,
        };
        mediator["nationalities"] = held;
    }
    if lots.chance(15) {
        doc["disputes"][1]["parties"][0]["consent"] = json!({ "given": false });
    }
    serde_json::from_value(doc).expect("the generator writes instances")
}

/// The instance without its caps.
pub(crate) fn uncapped(document: &InstanceDoc) -> InstanceDoc {
    let mut free = document.clone();
    if let Some(policy) = &mut free.policy {
        policy.caps = None;
    }
    free
}

/// True when no group has more than its share; written from docs/model.md for these instances, with
/// nothing but the document.
pub(crate) fn holds(doc: &InstanceDoc, seats: &Seats) -> bool {
    let value = serde_json::to_value(doc).expect("a document");
    let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
    let may = |dispute: &Value| dispute["parties"][0]["consent"]["given"] != false;
    let sizes = list("disputes").into_iter().filter(may).map(|d| d["panel"]["size"].as_u64());
    let all: u64 = sizes.map(|size| size.unwrap_or(1)).sum();
    let mut taken: BTreeMap<(&str, String), u64> = BTreeMap::new();
    for mediator in list("mediators") {
        let own = seats.get(mediator["id"].as_str().expect("an id")).map_or(0, BTreeSet::len);
        let mut groups = Vec::new();
        for held in mediator["nationalities"].as_array().into_iter().flatten() {
            // As of 2026-03-01, what ended the day before is held no more.
            if !held["to"].is_null() {
                continue;
            }
            let state = held.as_str().or(held["state"].as_str()).expect("a State").to_owned();
            for entry in list("states").iter().filter(|entry| entry["id"] == *state) {
                for bloc in entry["blocs"].as_array().into_iter().flatten() {
                    groups.push(("bloc_share", bloc.as_str().expect("a name").to_owned()));
                }
            }
            groups.push(("nationality_share", state));
        }
        groups.sort();
        groups.dedup();
        for group in groups {
            *taken.entry(group).or_default() += own as u64;
        }
    }
    taken.iter().all(|((kind, _), seats)| {
        let share = value["policy"]["caps"][*kind].as_f64();
        share.is_none_or(|share| {
            let most = (share * 100.0).round() as u64 * all / 100;
            *seats <= most.max(1)
        })
    })
}

/// The term `rotation` of an answer; written from docs/model.md, with nothing but the documents.
pub(crate) fn rotation(doc: &InstanceDoc, solution: &SolutionDoc) -> i64 {
    let value = serde_json::to_value(doc).expect("a document");
    let years = value["policy"]["rotation_years"].as_u64().unwrap_or(3);
    // As of 2026-03-01.
    let since = format!("{}-03-01", 2026 - years);
    let weight = value["policy"]["weights"]["rotation"].as_f64().expect("a weight");
    let past = |mediator: &str| {
        let all = value["appointments"].as_array().expect("a list").iter();
        let own = all.filter(|a| a["mediator"] == mediator);
        own.filter(|a| a["date"].as_str().is_some_and(|date| date >= &*since)).count() as i64
    };
    let seats = solution.assignments.iter().flat_map(|a| &a.panel);
    -((weight * 1e6).round() as i64) * seats.map(|seat| past(&seat.mediator)).sum::<i64>()
}
