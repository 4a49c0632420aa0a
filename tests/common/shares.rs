//! Tiny random instances in which the past has a price (rotation), with a plain statement of what
//! that asks. They have sessions, and batches that make conflicts (A6).

use comity::format::{InstanceDoc, SolutionDoc};
use serde_json::{Value, json};

use super::Lots;
use super::batch;

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
