//! What-ifs come true: the change made by hand and solved is worth what was told.

mod common;

use std::fs;

use comity::explain::{Supposition, WhatIf, WhatIfError, what_if, what_if_text};
use comity::format::{InstanceDoc, SolutionDoc, read_instance};
use comity::pipeline::keep_to;
use comity::solve::{Control, Options};
use serde_json::{Value, json};

fn launch() -> Value {
    let text = fs::read_to_string("instances/iomed-launch.json").expect("the instance");
    serde_json::from_str(&text).expect("JSON")
}

fn document(value: &Value) -> InstanceDoc {
    read_instance(value.to_string().as_bytes()).expect("an instance")
}

fn supposed(texts: &[&str]) -> Vec<Supposition> {
    texts.iter().map(|text| text.parse().expect("a supposition")).collect()
}

fn ask(document: &InstanceDoc, solution: &SolutionDoc, texts: &[&str]) -> WhatIf {
    let control = Control::new(None, None);
    let how = (Options::default(), true);
    what_if(document, solution, &supposed(texts), how, &control).expect("an answer")
}

/// Solves the document that a change by hand has made, anew and close to the solution; both checked.
fn by_hand(changed: &Value, solution: &SolutionDoc) -> (SolutionDoc, SolutionDoc) {
    let document = document(changed);
    let anew = common::solve(&document);
    let screened = common::screened(&document);
    let from = keep_to(&screened.instance, solution, "0".repeat(64)).expect("starts");
    let screened = screened.keeping_to(from);
    let close = screened.answer(Options::default(), &Control::new(None, None));
    common::assert_holds(&document, &close);
    (anew, close)
}

fn quality(solution: &SolutionDoc) -> i64 {
    let objective = &solution.objective;
    let disruption = objective.terms.get("disruption").copied().unwrap_or(0);
    objective.tiers.last().expect("a tier") - disruption
}

fn compare(texts: &[&str], change: impl Fn(&mut Value)) -> WhatIf {
    let mut value = launch();
    let document = document(&value);
    let solution = common::solve(&document);
    let found = ask(&document, &solution, texts);
    change(&mut value);
    let (anew, close) = by_hand(&value, &solution);
    let told = found.anew.as_ref().expect("asked for");
    assert_eq!(told.worth.quality, quality(&anew), "{texts:?}");
    assert_eq!(told.bound, anew.bound, "{texts:?}");
    assert_eq!(found.after.quality, quality(&close), "{texts:?}");
    assert_eq!(found.before.quality, quality(&solution));
    assert_eq!(found.after.unserved.len(), close.unserved.len());
    // Planned anew, it cannot be worth less where as many are served.
    assert!(told.worth.quality >= found.after.quality || !found.after.unserved.is_empty());
    found
}

#[test]
fn a_mediator_who_may_not_sit() {
    let found = compare(&["forbid dispute-01 m-ke-a-02"], |value| {
        value["locks"]["forbid"] = json!([{ "dispute": "dispute-01", "mediator": "m-ke-a-02" }]);
    });
    assert_eq!(found.changes.len(), 1);
    assert_eq!(found.changes[0].left[0].mediator, "m-ke-a-02");
    assert!(found.changes[0].left[0].why.is_some());
}

#[test]
fn a_mediator_who_has_to_sit_and_another_with_less_time() {
    let texts = ["require dispute-06 m-jm-b-18", "cases m-jm-b-18 -1"];
    let found = compare(&texts, |value| {
        value["locks"]["require"] = json!([{ "dispute": "dispute-06", "mediator": "m-jm-b-18" }]);
        let mediators = value["mediators"].as_array_mut().expect("a list");
        let own = mediators.iter_mut().find(|m| m["id"] == "m-jm-b-18").expect("she is there");
        let cases = own["capacity"]["cases"].as_i64().expect("a limit");
        own["capacity"]["cases"] = json!(cases - 1);
    });
    assert!(found.changes.iter().any(|change| change.joined.contains(&"m-jm-b-18".to_owned())));
    let text = what_if_text(&found);
    assert!(text.contains("what if: cases m-jm-b-18 -1"), "{text}");
    assert!(text.contains(" less"), "{text}");
}

#[test]
fn a_mediator_who_is_busy_all_year() {
    let (from, to) = ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    compare(&[&format!("busy m-rs-b-08 {from} {to}")], |value| {
        let mediators = value["mediators"].as_array_mut().expect("a list");
        let own = mediators.iter_mut().find(|m| m["id"] == "m-rs-b-08").expect("she is there");
        match own["busy"].as_array_mut() {
            Some(busy) => busy.push(json!({ "start": from, "end": to })),
            None => own["busy"] = json!([{ "start": from, "end": to }]),
        }
    });
}

#[test]
fn a_later_date_serves_who_had_none() {
    let mut value = launch();
    let start = value["horizon"]["start"].clone();
    let disputes = value["disputes"].as_array_mut().expect("a list");
    let own = disputes.iter_mut().find(|d| d["id"] == "dispute-03").expect("it is there");
    // Nothing can end by then.
    own["due"] = start;
    let document = document(&value);
    let solution = common::solve(&document);
    assert!(solution.unserved.iter().any(|unserved| unserved.dispute == "dispute-03"));
    let found = ask(&document, &solution, &["due dispute-03 30"]);
    assert!(!found.after.unserved.contains(&"dispute-03".to_owned()));
    assert!(what_if_text(&found).contains("dispute-03 would be served"));
    assert_eq!(found.after.sessions, found.before.sessions + 2);
    let back = ask(&document, &solution, &["due dispute-03 -30"]);
    assert_eq!((back.before, back.changes.len()), (back.after, 0));
}

/// A waiver that cures nothing changes nothing, and why is told.
#[test]
fn a_waiver_without_effect_is_told() {
    let document = document(&launch());
    let solution = common::solve(&document);
    let found = ask(&document, &solution, &["waive dispute-01 m-dz-a-03 nationality"]);
    assert_eq!((&found.before, found.changes.len()), (&found.after, 0));
    let text = what_if_text(&found);
    assert!(
        text.contains("  note: this waiver has no effect: the rule is non-waivable red"),
        "{text}"
    );
    // A national who has to sit sits nowhere.
    let found = ask(&document, &solution, &["require dispute-01 m-dz-a-03"]);
    assert!(found.after.unserved.contains(&"dispute-01".to_owned()));
    assert!(found.changes.iter().all(|change| change.joined.is_empty()));
}

#[test]
fn what_does_not_fit_is_refused() {
    for text in ["", "forbid", "forbid a", "due a b", "cases m 1000000000", "sack m"] {
        assert!(text.parse::<Supposition>().is_err(), "{text}");
    }
    let document = document(&launch());
    let solution = common::solve(&document);
    let control = Control::new(None, None);
    let how = (Options::default(), false);
    for text in ["cases nobody 1", "due nothing 3", "busy nobody 2026-01-01T00:00:00Z x"] {
        let found = what_if(&document, &solution, &supposed(&[text]), how, &control);
        assert!(matches!(found, Err(WhatIfError::Unknown(_))), "{text}");
    }
    for text in ["forbid dispute-01 nobody", "fix dispute-01 nothing 2026-01-01T00:00:00Z"] {
        let found = what_if(&document, &solution, &supposed(&[text]), how, &control);
        assert!(matches!(found, Err(WhatIfError::Invalid(_))), "{text}");
    }
}
