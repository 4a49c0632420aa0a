//! Cores of disputes that cannot be served even alone: they stand in the way, and no part of them could be left out.

mod common;

use std::collections::BTreeSet;

use comity::explain::{Core, Lacks, Requirement, by_itself, core, core_text, find_dispute, relax};
use comity::format::{InstanceDoc, UnservedStage, read_instance};
use comity::pipeline::Screened;
use serde_json::json;

/// Whether the one dispute of a document has a panel, and dates, by solving it with nothing in short supply.
fn is_served(document: &InstanceDoc) -> (bool, bool) {
    let mut document = document.clone();
    document.mediators.iter_mut().for_each(|mediator| mediator.capacity = None);
    document.policy.get_or_insert_default().caps = None;
    let solution = common::solve(&document);
    let dated = solution.unserved.is_empty();
    (!solution.assignments.is_empty(), dated && !solution.assignments.is_empty())
}

fn reaches(
    screened: &Screened,
    document: &InstanceDoc,
    found: &Core,
    also: Option<&Requirement>,
) -> bool {
    let without: Vec<Requirement> = found.left_out.iter().chain(also).cloned().collect();
    let only = by_itself(document, &found.dispute);
    let relaxed = relax(&only, &screened.instance.policy().rules, &without);
    let (panel, dates) = is_served(&relaxed);
    if found.lacks == Lacks::Panel { panel } else { dates }
}

/// A tiny instance in which anybody may sit, and dates are hard to find.
fn rushed(seed: u64) -> InstanceDoc {
    let mut lots = common::Lots::new(seed ^ 0xDA7E);
    let mut value = common::tiny::document(seed);
    for key in ["relations", "locks", "scores"] {
        value.as_object_mut().expect("an object").remove(key);
    }
    value["states"].as_array_mut().expect("a list").push(json!({ "id": "X-far" }));
    for mediator in value["mediators"].as_array_mut().expect("a list") {
        mediator["nationalities"] = json!(["X-far"]);
        mediator["languages"] = json!({ "en": "native" });
    }
    let (start, end) = (value["horizon"]["start"].clone(), value["horizon"]["end"].clone());
    for dispute in value["disputes"].as_array_mut().expect("a list") {
        dispute["panel"] = json!({ "size": 1 });
        for session in dispute["sessions"].as_array_mut().expect("a list") {
            match lots.below(4) {
                0 => session["due"] = start.clone(),
                1 => session["not_before"] = end.clone(),
                _ => {}
            }
        }
        if lots.chance(30) {
            dispute["due"] = start.clone();
        }
    }
    serde_json::from_value(value).expect("an instance")
}

#[test]
fn no_part_of_a_core_could_be_left_out() {
    let (mut panels, mut dates, mut parts, mut empty) = (0, 0, 0, 0);
    let mut kinds = BTreeSet::new();
    let any = (0..100).map(common::tiny::instance);
    for (seed, document) in any.chain((0..100).map(rushed)).enumerate() {
        let screened = common::screened(&document);
        let solution = common::solve(&document);
        for dispute in &document.disputes {
            let d = find_dispute(&screened.instance, &dispute.id).expect("it is there");
            let stage = solution.unserved.iter().find(|u| u.dispute == dispute.id).map(|u| u.stage);
            let found = core(&screened, &document, d);
            let place = format!("seed {seed}, {}: {found:?}", dispute.id);
            let Some(found) = found else {
                let reachable = matches!(
                    stage,
                    None | Some(UnservedStage::Docket | UnservedStage::Admissibility)
                );
                assert!(reachable, "{place} at stage {stage:?}");
                continue;
            };
            let right = if found.lacks == Lacks::Panel {
                UnservedStage::Panel
            } else {
                UnservedStage::Sessions
            };
            assert_eq!(stage, Some(right), "{place}");
            assert!(!reaches(&screened, &document, &found, None), "{place}");
            for requirement in &found.requirements {
                assert!(
                    reaches(&screened, &document, &found, Some(requirement)),
                    "{place} without {requirement:?}"
                );
                kinds.insert(format!("{requirement:?}").split('(').next().map(str::to_owned));
            }
            let told: usize = found.tree.iter().map(|branch| branch.parts.len()).sum();
            assert_eq!(told, found.requirements.len());
            panels += usize::from(found.lacks == Lacks::Panel);
            dates += usize::from(found.lacks == Lacks::Dates);
            parts += found.requirements.len();
            empty += usize::from(found.requirements.is_empty());
        }
    }
    println!(
        "{panels} without a panel, {dates} without dates, {parts} requirements, {empty} without: {kinds:?}"
    );
    assert!(panels > 20 && dates > 20 && parts > panels + dates, "{panels}, {dates}, {parts}");
    assert!(empty * 5 < panels + dates, "{empty} of {} have no core", panels + dates);
    assert!(kinds.len() > 8, "{kinds:?}");
}

#[test]
fn it_is_told_in_words() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/instances/tiny/inadmissible.json");
    let document = read_instance(&std::fs::read(path).expect("the file")).expect("an instance");
    let screened = common::screened(&document);
    let d = find_dispute(&screened.instance, "nationals").expect("it is there");
    let found = core(&screened, &document, d).expect("nobody can sit");
    assert_eq!(found.requirements, [Requirement::Nationality]);
    assert_eq!(
        core_text(&found),
        "nationals: no panel can be formed, even if it were the only dispute\n  this alone stands in the way:\n    who may sit (of 3 mediators on the roster, 0 may):\n      no member is a national of a party: keeps 3 mediators off\n"
    );
    // One that may not be mediated has no core, nor has one that is served.
    for other in ["delimitation", "fisheries"] {
        let d = find_dispute(&screened.instance, other).expect("it is there");
        assert_eq!(core(&screened, &document, d), None, "{other}");
    }
}
