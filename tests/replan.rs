//! A plan made again keeps to the one before as far as it can, and says what it has changed.

mod common;

use std::fs;

use chrono::{NaiveDate, TimeDelta};
use comity::check;
use comity::explain::{changes, changes_text, read_answer};
use comity::format::{InstanceDoc, SolutionDoc, canonical_digest, read_instance};
use comity::pipeline::keep_to;
use comity::solution::evaluate;
use comity::solve::{Control, Options};
use serde_json::{Value, json};

fn launch() -> Value {
    let text = fs::read_to_string("instances/iomed-launch.json").expect("the instance");
    serde_json::from_str(&text).expect("JSON")
}

fn document(value: &Value) -> InstanceDoc {
    read_instance(value.to_string().as_bytes()).expect("an instance")
}

/// Solves anew, keeping to an earlier solution; checked.
fn again(document: &InstanceDoc, before: &SolutionDoc) -> (SolutionDoc, String) {
    let screened = common::screened(document);
    let from = keep_to(&screened.instance, before, "0".repeat(64)).expect("starts");
    let screened = screened.keeping_to(from.clone());
    let solution = screened.answer(Options::default(), &Control::new(None, None));
    common::assert_holds(document, &solution);
    let text = changes_text(&changes(&screened, &from, &solution));
    (solution, text)
}

fn panel_of<'a>(solution: &'a SolutionDoc, dispute: &str) -> Vec<&'a str> {
    let own = solution.assignments.iter().find(|panel| panel.dispute == dispute);
    own.into_iter().flat_map(|panel| &panel.panel).map(|seat| seat.mediator.as_str()).collect()
}

fn starts(solution: &SolutionDoc) -> Vec<(&str, &str, &str)> {
    let all = solution.sessions.iter();
    all.map(|s| (s.dispute.as_str(), s.session.as_str(), s.start.as_str())).collect()
}

#[test]
fn nothing_changes_where_nothing_has_happened() {
    let document = document(&launch());
    let before = common::solve(&document);
    let (after, changes) = again(&document, &before);
    assert_eq!(after.objective.tiers, before.objective.tiers);
    assert_eq!(after.objective.terms.get("disruption"), Some(&0));
    assert_eq!(starts(&after), starts(&before));
    assert_eq!(changes, "");
}

#[test]
fn a_recusal_moves_nobody_else_and_is_told_with_its_reason() {
    let value = launch();
    let before = common::solve(&document(&value));
    for panel in before.assignments.iter().take(4) {
        let mut value = value.clone();
        let who = &panel.panel[0].mediator;
        value["locks"] = json!({ "forbid": [{ "dispute": panel.dispute, "mediator": who }] });
        let (after, changes) = again(&document(&value), &before);
        let left = format!("{who} leaves (forbidden: is kept from this dispute by a lock)");
        assert!(changes.contains(&left), "{changes}");
        assert_eq!(changes.lines().count(), 1, "{changes}");
        for other in before.assignments.iter().filter(|other| other.dispute != panel.dispute) {
            let name = other.dispute.as_str();
            assert_eq!(panel_of(&after, name), panel_of(&before, name), "{name}");
        }
    }
}

/// At weight 0 the earlier plan counts for nothing; the more it counts, the less is changed.
#[test]
fn the_more_disruption_weighs_the_less_is_changed() {
    let mut value = launch();
    let before = common::solve(&document(&value));
    // Another taste: whoever has sat before is no longer the best fit.
    value["policy"]["weights"] = json!({ "fit": 1, "burden": 0, "fairness": 0, "balance": 0.5 });
    let free = common::solve(&document(&value));
    let mut fewest = usize::MAX;
    for weight in [json!(0), json!(0.05), json!(0.5), json!(5)] {
        value["policy"]["weights"]["disruption"] = weight;
        let (after, changes) = again(&document(&value), &before);
        if fewest == usize::MAX {
            assert_eq!(after.objective.tiers, free.objective.tiers);
        }
        let number = changes.lines().count();
        assert!(number <= fewest, "{number} after {fewest}");
        fewest = number;
    }
    assert_eq!(fewest, 0);
}

#[test]
fn the_checker_has_the_cost_of_changes_by_itself() {
    let value = launch();
    let before = common::solve(&document(&value));
    let document = document(&value);
    let (after, _) = again(&document, &before);
    let mut told = after.clone();
    let from = told.from.as_mut().expect("the plan kept to");
    from.panels[0].mediators = vec!["nobody".to_owned()];
    assert_eq!(common::broken_rules(&document, &told), ["D4 objective", "B2 status"]);
    let mut told = after.clone();
    let from = told.from.as_mut().expect("the plan kept to");
    from.sessions[0].start = "2020-01-01T00:00:00Z".to_owned();
    assert!(common::broken_rules(&document, &told).contains(&"D4 objective"));
    // Without the plan there is nothing to keep to, and no such term.
    let told = SolutionDoc { from: None, ..after };
    assert!(common::broken_rules(&document, &told).contains(&"D4 objective"));
}

/// A point for a session in the first week after `as_of` or before it, a quarter less for each week after, a quarter at
/// least: engine and checker alike, against days counted here.
#[test]
fn near_sessions_are_the_dearest_to_move() {
    let value = launch();
    let document = document(&value);
    let before = common::solve(&document);
    let as_of: NaiveDate = value["as_of"].as_str().expect("a text").parse().expect("a date");
    let digest = canonical_digest(&common::bytes(&document)).expect("canonical");
    for (after, quarters) in
        [(-40, 4), (0, 4), (6, 4), (7, 3), (13, 3), (14, 2), (20, 2), (21, 1), (60, 1)]
    {
        // As if the first session had been at a time at which nothing begins.
        let mut earlier = before.clone();
        let day = as_of + TimeDelta::days(after);
        earlier.sessions[0].start = format!("{day}T23:45:00Z");
        let screened = common::screened(&document);
        let from = keep_to(&screened.instance, &earlier, "0".repeat(64)).expect("starts");
        let screened = screened.keeping_to(from.clone());
        let plans = read_answer(&screened.instance, &before).expect("plans");
        let told = evaluate(&screened.instance, &screened.availability, &plans);
        assert_eq!(told.disruption, -250_000 * quarters, "{after} days");
        let solution = SolutionDoc { from: Some(from), ..before.clone() };
        let terms = check::check(&document, &solution, &digest).recomputed.terms;
        let own = terms.iter().find(|(name, _)| name == "disruption").expect("the term");
        assert_eq!(own.1, -250_000 * quarters, "{after} days");
    }
}
