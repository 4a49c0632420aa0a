//! Reviewer-assignment sets: `convert --from rap`, its findings, and what is known of real sets.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use comity::convert::rap::{CODES, read};
use common::invalid;

#[test]
fn each_code_has_its_file_and_its_row_in_the_book_of_errors() {
    invalid::each_code_has_its_file_and_its_row("rap", "rap", CODES, |code, text| {
        read(text).expect_err(code)
    });
}

/// A shared set, where this machine has it.
fn shared(name: &str) -> Option<Vec<u8>> {
    let data = std::env::var_os("COMITY_DATA")
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let path = data.join("reviewers").join(name);
    let bytes = fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: no set at {}", path.display());
    }
    bytes
}

fn document(text: &[u8]) -> Vec<u8> {
    let mut document = String::new();
    read(text).expect("a sound set").write(&mut document).expect("a string takes everything");
    document.into_bytes()
}

/// The largest total of a set, proven and checked.
fn largest_total(name: &str, total: i64) {
    let Some(text) = shared(name) else { return };
    let document = comity::format::read_instance(&document(&text)).expect("a document");
    let solution = common::solve(&document);
    assert_eq!(solution.status, comity::format::Status::Optimal);
    assert_eq!(solution.objective.tiers.last(), Some(&total));
    assert_eq!(solution.bound, Some(total));
}

#[test]
fn the_largest_totals_of_real_sets_are_proven() {
    largest_total("midl_ub.rap", 201_884_800);
    largest_total("aamas2015.rap", 1_339_500_000);
    // The same papers, each reviewer with two at least.
    largest_total("midl_lb.rap", 150_043_600);
}

/// Everything that a set can say, from its text to the verdict.
#[test]
fn a_small_set_comes_through() {
    let text =
        b"3 3\n1 2 1\n2 2 2\n0 2 1\n2 0:9000 1:1000\n3 0:8000 1:-5000 2:100\n2 0:7000 2:-1\n";
    let document = comity::format::read_instance(&document(text)).expect("a document");
    let solution = common::solve(&document);
    assert_eq!(solution.status, comity::format::Status::Optimal);
    // Reviewer 1 has two papers and reviewer 2 one, whatever they like: p0 with 1, p1 with 0 and 1,
    // p2 with 2.
    assert_eq!(solution.objective.tiers, [3_000_000, 3_000_000, 0, 399_900]);
    let seats = |at: usize| -> Vec<&str> {
        solution.assignments[at].panel.iter().map(|seat| seat.mediator.as_str()).collect()
    };
    assert_eq!((seats(0), seats(1), seats(2)), (vec!["r1"], vec!["r0", "r1"], vec!["r2"]));
}

/// Who is to have more than there is for her lacks the rest, and the proof says so.
#[test]
fn what_cannot_be_reached_is_told() {
    let text = b"2 3\n1 1\n2 2 2\n0 2 2\n2 0:9000 1:1000\n2 0:8000 1:500\n";
    let document = comity::format::read_instance(&document(text)).expect("a document");
    let solution = common::solve(&document);
    assert_eq!(solution.status, comity::format::Status::Optimal);
    assert_eq!(solution.objective.tiers, [2_000_000, 2_000_000, -2_000_000, 150_000]);
    assert_eq!(solution.objective.terms.get("loads"), Some(&-2_000_000));
}

/// The prices that hold the smallest loads are part of the proof, and judged.
#[test]
fn prices_of_smallest_loads_are_judged() {
    let text = b"2 3\n1 1\n2 2 2\n0 2 2\n2 0:9000 1:1000\n2 0:8000 1:500\n";
    let bytes = document(text);
    let document = comity::format::read_instance(&bytes).expect("a document");
    let solution = serde_json::to_value(common::solve(&document)).expect("JSON");
    let broken = |change: &dyn Fn(&mut serde_json::Value)| -> BTreeSet<String> {
        let mut changed = solution.clone();
        change(&mut changed);
        let changed = serde_json::from_value(changed).expect("a solution");
        let digest = comity::format::canonical_digest(&common::bytes(&document)).expect("JSON");
        let verdict = comity::check::check(&document, &changed, &digest);
        verdict
            .violations
            .iter()
            .map(|found| found.rule.split(' ').next().unwrap_or_default().to_owned())
            .collect()
    };
    let prices = |tier: usize| format!("/certificate/tiers/{tier}/nodes/0/prices");
    let none = BTreeSet::new();
    assert_eq!(broken(&|_| {}), none);
    let bound = BTreeSet::from(["B1".to_owned()]);
    for tier in [2, 3] {
        let without = |s: &mut serde_json::Value| {
            let prices = s.pointer_mut(&prices(tier)).expect("prices");
            prices.as_object_mut().expect("an object").remove("floor").expect("floor prices");
        };
        assert_eq!(broken(&without), bound, "tier {tier}");
    }
    let held = |s: &mut serde_json::Value| {
        let loads = s.pointer_mut(&format!("{}/loads", prices(3))).expect("a price");
        *loads = serde_json::json!(loads.as_i64().expect("a number") * 2);
    };
    // What is missing counts at the dearer price, and the floor prices do not reach it.
    assert_eq!(broken(&held), bound);
    let cheap = |s: &mut serde_json::Value| {
        *s.pointer_mut(&format!("{}/loads", prices(3))).expect("a price") = serde_json::json!(1);
    };
    assert_eq!(broken(&cheap), bound);
    let unasked = |s: &mut serde_json::Value| {
        let floor = s.pointer_mut(&format!("{}/floor", prices(3))).expect("floor prices");
        floor["r0"] = serde_json::json!(1);
    };
    assert_eq!(broken(&unasked), bound);
    let told = |s: &mut serde_json::Value| s["objective"]["terms"]["loads"] = serde_json::json!(0);
    assert_eq!(broken(&told), BTreeSet::from(["D4".to_owned()]));
}
