//! Committed instances solved: exactly the optimum that instances/README.md derives, and never a
//! national of a party on a panel.
//!
//! `isds-2015.json` is too slow for the test profile; it is solved with the release binary.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use comity::format::{InstanceDoc, SolutionDoc, Status, UnservedStage, read_instance};
use serde_json::Value;

fn instance(name: &str) -> InstanceDoc {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    read_instance(&fs::read(path).expect("the instance")).expect("of the right shape")
}

/// The terms that these instances are about: panels, sessions, fit, burden, balance. Fairness has no
/// weight in them, and nobody is late.
fn assert_optimum(solution: &SolutionDoc, terms: [i64; 5]) {
    assert_eq!(solution.status, Status::Optimal);
    assert_eq!(solution.stop_reason, None);
    let names = ["panels", "sessions", "fit", "burden", "balance"];
    let all = solution.objective.terms.iter().map(|(name, value)| (name, *value));
    let (found, others): (Vec<(&str, i64)>, Vec<_>) =
        all.partition(|(name, _)| names.contains(name));
    assert!(others.iter().all(|(name, value)| *name == "sides" || *value == 0), "{others:?}");
    assert_eq!(found, names.into_iter().zip(terms).collect::<Vec<_>>());
    let quality = terms[2..].iter().sum();
    assert_eq!(solution.objective.tiers, [terms[0], terms[1], quality]);
    assert!(solution.bound >= Some(quality));
}

fn seats(solution: &SolutionDoc) -> Vec<(&str, Vec<&str>)> {
    solution
        .assignments
        .iter()
        .map(|a| (a.dispute.as_str(), a.panel.iter().map(|s| s.mediator.as_str()).collect()))
        .collect()
}

#[test]
fn two_disputes() {
    let solution = common::solve(&instance("tiny/two-disputes.json"));
    assert_optimum(&solution, [2_000_000, 2_000_000, 2_620_000, 0, 0]);
    assert_eq!(seats(&solution), [("river", vec!["ana"]), ("rail", vec!["ben", "eva"])]);
    assert!(solution.unserved.is_empty());
    let una: Vec<(&str, u64)> = solution.exclusions.iter().map(|(c, n)| (c, *n)).collect();
    assert_eq!(una, [("nationality", 2)]);
}

#[test]
fn time_zones() {
    let solution = common::solve(&instance("tiny/time-zones.json"));
    assert_optimum(&solution, [2_000_000, 2_000_000, 1_560_000, -120_000, 0]);
    assert_eq!(seats(&solution), [("ports", vec!["njeri"]), ("tea", vec!["carla"])]);
    let starts: Vec<&str> = solution.sessions.iter().map(|s| s.start.as_str()).collect();
    assert_eq!(starts, ["2026-02-03T12:00:00Z", "2026-02-03T13:00:00Z"]);
}

#[test]
fn inadmissible() {
    let solution = common::solve(&instance("tiny/inadmissible.json"));
    assert_optimum(&solution, [1_000_000, 1_000_000, 700_000, 0, 0]);
    assert_eq!(seats(&solution), [("fisheries", vec!["cem"])]);
    let unserved: Vec<(&str, UnservedStage)> =
        solution.unserved.iter().map(|u| (u.dispute.as_str(), u.stage)).collect();
    let stages = [UnservedStage::Admissibility, UnservedStage::Panel];
    assert_eq!(unserved, [("delimitation", stages[0]), ("nationals", stages[1])]);
    let nationality = solution.unserved[1].core.iter().find(|c| c.reason == "nationality");
    assert_eq!(nationality.expect("the reason").mediators, Some(3));
}

#[test]
fn shareholder() {
    let solution = common::solve(&instance("tiny/shareholder.json"));
    assert_optimum(&solution, [1_000_000, 1_000_000, 900_000, 0, 0]);
    assert_eq!(seats(&solution), [("supply", vec!["ada"])]);
    assert!(solution.assignments[0].disclosures.is_empty());
}

#[test]
fn worst_first() {
    let solution = common::solve(&instance("tiny/worst-first.json"));
    assert_eq!(solution.status, Status::Optimal);
    assert_eq!(solution.objective.tiers, [2_000_000, 2_000_000, 300_000, 900_000]);
    assert_eq!(seats(&solution), [("river", vec!["m2"]), ("rail", vec!["m1"])]);
}

#[test]
fn levels() {
    let solution = common::solve(&instance("tiny/levels.json"));
    assert_eq!(solution.status, Status::Optimal);
    let tiers = [3_000_000, 3_000_000, -1_000_000, -2_000_000, -3_000_000, 1_000_000];
    assert_eq!(solution.objective.tiers, tiers);
    let seated = [("river", vec!["m2"]), ("rail", vec!["m1"]), ("delta", vec!["m3"])];
    assert_eq!(seats(&solution), seated);
}

#[test]
fn every_tiny_instance_is_told_of_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/tiny");
    let names: BTreeSet<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    let told = [
        "inadmissible.json",
        "levels.json",
        "shareholder.json",
        "time-zones.json",
        "two-disputes.json",
        "worst-first.json",
    ];
    assert_eq!(names, told.into_iter().map(str::to_owned).collect());
}

/// States of a mediator or organisation, ever held, straight from the JSON.
fn states(document: &Value, section: &str, id: &str) -> BTreeSet<String> {
    let entries = document[section].as_array().into_iter().flatten();
    entries
        .filter(|entry| entry["id"] == id)
        .flat_map(|entry| entry["nationalities"].as_array().into_iter().flatten())
        .filter_map(|held| held.as_str().or_else(|| held["state"].as_str()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_launch_is_proven_and_seats_no_national() {
    let document = instance("iomed-launch.json");
    let solution = common::solve(&document);
    assert_eq!(solution.status, Status::Optimal);
    assert!(solution.unserved.is_empty());
    assert_eq!(solution.assignments.len(), document.disputes.len());
    let json = serde_json::to_value(&document).expect("JSON");
    for assignment in &solution.assignments {
        let dispute = document.disputes.iter().find(|d| d.id == assignment.dispute);
        let mut barred = BTreeSet::new();
        for party in &dispute.expect("of the docket").parties {
            barred.insert(party.actor.clone());
            barred.extend(states(&json, "organisations", &party.actor));
            barred.extend(states(&json, "people", &party.actor));
        }
        for seat in &assignment.panel {
            let held = states(&json, "mediators", &seat.mediator);
            assert!(!held.is_empty(), "{} has no nationality", seat.mediator);
            assert!(
                held.is_disjoint(&barred),
                "{}: {} {held:?}",
                assignment.dispute,
                seat.mediator
            );
        }
    }
}
