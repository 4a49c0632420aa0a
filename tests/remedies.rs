//! Remedies come true: made so, the docket serves the dispute, and everybody who was served.

mod common;

use std::fs;

use comity::explain::{
    Remedies, Supposition, find_dispute, remedies, remedies_text, what_if, what_if_text,
    write_remedies,
};
use comity::format::{InstanceDoc, SolutionDoc, UnservedDoc, UnservedStage, read_instance};
use comity::solve::{Control, Options};
use serde_json::{Value, json};

fn ask(document: &InstanceDoc, solution: &SolutionDoc, dispute: &str) -> Option<Remedies> {
    let screened = common::screened(document);
    let control = Control::new(None, None);
    let dispute = find_dispute(&screened.instance, dispute).expect("it is there");
    remedies(&screened, document, solution, dispute, Options::default(), &control)
}

/// Makes it so and looks who is served.
fn replay(document: &InstanceDoc, solution: &SolutionDoc, supposed: &[String], dispute: &str) {
    let supposed: Vec<Supposition> =
        supposed.iter().map(|text| text.parse().expect("a supposition")).collect();
    let control = Control::new(None, None);
    let how = (Options::default(), false);
    let found = what_if(document, solution, &supposed, how, &control).expect("an answer");
    assert!(!found.after.unserved.iter().any(|id| id == dispute), "{supposed:?}");
    assert!(found.newly_unserved.is_empty(), "{supposed:?}");
}

#[test]
fn the_first_later_date_that_serves_is_told() {
    let text = fs::read_to_string("instances/iomed-launch.json").expect("the instance");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    let start = value["horizon"]["start"].clone();
    let disputes = value["disputes"].as_array_mut().expect("a list");
    let own = disputes.iter_mut().find(|d| d["id"] == "dispute-03").expect("it is there");
    own["due"] = start;
    let document = read_instance(value.to_string().as_bytes()).expect("an instance");
    let solution = common::solve(&document);
    let found = ask(&document, &solution, "dispute-03").expect("it is unserved");
    let best = found.found.first().expect("a remedy");
    let words: Vec<&str> = best.supposed[0].split_whitespace().collect();
    let ["due", "dispute-03", days] = words[..] else { panic!("{best:?}") };
    let days: i64 = days.parse().expect("a number");
    replay(&document, &solution, &best.supposed, "dispute-03");
    // A call and an opening four days later at least cannot be held in half of that.
    let control = Control::new(None, None);
    let less = vec![Supposition::Due("dispute-03".to_owned(), days / 2)];
    let how = (Options::default(), false);
    let less = what_if(&document, &solution, &less, how, &control).expect("an answer");
    assert!(less.after.unserved.iter().any(|id| id == "dispute-03"));
    assert!(remedies_text(&found).contains("(due dispute-03 +"));
    // Who is served needs none.
    assert_eq!(ask(&document, &solution, "dispute-01"), None);
}

/// A solution in which a dispute has lost its dates, or all, as one that a limit has ended could.
fn without(solution: &SolutionDoc, dispute: &str, panel: bool) -> SolutionDoc {
    let mut told = solution.clone();
    told.sessions.retain(|session| session.dispute != dispute);
    if !panel {
        told.assignments.retain(|own| own.dispute != dispute);
    }
    told.unserved.push(UnservedDoc {
        dispute: dispute.to_owned(),
        stage: UnservedStage::Docket,
        core: Vec::new(),
        remedies: Vec::new(),
    });
    told
}

#[test]
fn planning_again_is_tried_before_any_change() {
    let text = fs::read_to_string("instances/iomed-launch.json").expect("the instance");
    let document = read_instance(text.as_bytes()).expect("an instance");
    let solution = without(&common::solve(&document), "dispute-03", false);
    let found = ask(&document, &solution, "dispute-03").expect("it is unserved");
    assert_eq!((found.tried, found.found.len()), (0, 1));
    assert!(found.found[0].supposed.is_empty() && found.found[0].others.is_empty());
    assert!(remedies_text(&found).contains("  planning again: no other dispute changes"));
}

/// Who lacks dates may still lose a panel, and that is told.
#[test]
fn a_panel_that_is_lost_is_told_of_a_dispute_without_dates() {
    let text = fs::read_to_string("instances/iomed-launch.json").expect("the instance");
    let document = read_instance(text.as_bytes()).expect("an instance");
    let solution = without(&common::solve(&document), "dispute-03", true);
    let screened = common::screened(&document);
    let dispute = find_dispute(&screened.instance, "dispute-03").expect("it is there");
    let eligible = screened.eligibility.eligible(dispute).iter();
    let names = eligible.map(|(m, ..)| screened.instance.mediator_name(*m).to_owned());
    let all: Vec<Supposition> =
        names.map(|name| Supposition::Forbid("dispute-03".to_owned(), name)).collect();
    let control = Control::new(None, None);
    let how = (Options::default(), false);
    let found = what_if(&document, &solution, &all, how, &control).expect("an answer");
    let lost: Vec<&str> = found.newly_unserved.iter().map(|lost| lost.dispute.as_str()).collect();
    assert_eq!(lost, ["dispute-03"]);
    assert!(what_if_text(&found).contains("dispute-03 would be unserved: "));
}

#[test]
fn every_remedy_of_small_dockets_comes_true() {
    let (mut asked, mut found, mut cases) = (0, 0, 0);
    for seed in 0..250 {
        let mut value = serde_json::to_value(common::tiny::instance(seed)).expect("a document");
        // One dispute each, so that disputes are left.
        for mediator in value["mediators"].as_array_mut().expect("a list") {
            mediator["capacity"] = json!({ "cases": 1 });
        }
        let document: InstanceDoc = serde_json::from_value(value).expect("still a document");
        let solution = common::solve(&document);
        for unserved in solution.unserved.iter().take(1) {
            let told = ask(&document, &solution, &unserved.dispute).expect("it is unserved");
            asked += 1;
            for remedy in &told.found {
                replay(&document, &solution, &remedy.supposed, &unserved.dispute);
                found += 1;
                cases += u64::from(remedy.supposed[0].starts_with("cases"));
            }
            let moved: Vec<usize> = told.found.iter().map(|remedy| remedy.others.len()).collect();
            assert!(moved.is_sorted(), "{told:?}");
            assert!(told.tried >= told.found.len());
        }
    }
    println!("{asked} unserved disputes, {found} remedies, {cases} of them a case more");
    assert!(asked > 40 && cases > 10, "{asked} {found} {cases}");
}

/// A docket whose dispute asks for a language that nobody speaks, and for two members where one is left.
fn nobody_speaks() -> InstanceDoc {
    let text = fs::read_to_string("instances/iomed-launch.json").expect("the instance");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    let disputes = value["disputes"].as_array_mut().expect("a list");
    let own = disputes.iter_mut().find(|d| d["id"] == "dispute-03").expect("it is there");
    own["panel"]["languages"] = json!({ "mn": 1 });
    read_instance(value.to_string().as_bytes()).expect("an instance")
}

#[test]
fn one_more_designation_with_the_languages_serves() {
    let document = nobody_speaks();
    let solution = common::solve(&document);
    let found = ask(&document, &solution, "dispute-03").expect("it is unserved");
    let best = found.found.first().expect("a remedy");
    let words: Vec<&str> = best.supposed[0].split_whitespace().collect();
    let ["designate", "dispute-03", state] = words[..] else { panic!("{best:?}") };
    replay(&document, &solution, &best.supposed, "dispute-03");
    assert!(remedies_text(&found).contains(&format!("one more mediator, designated by {state}")));
    // Made by hand: somebody with that language, of that State and panel, and otherwise as anybody could be.
    let own = document.disputes.iter().find(|d| d.id == "dispute-03").expect("it is there");
    let panel = document.panels.iter().find(|p| p.admits.contains(&own.class)).expect("a panel");
    let mut value = serde_json::to_value(&document).expect("JSON");
    let languages: Vec<(&str, &str)> =
        own.languages.iter().map(|id| (id.as_str(), "C2")).chain([("mn", "C2")]).collect();
    let languages: serde_json::Map<String, Value> =
        languages.into_iter().map(|(id, level)| (id.to_owned(), json!(level))).collect();
    value["mediators"].as_array_mut().expect("mediators").push(json!({
        "id": "by-hand", "nationalities": [state], "time_zone": "Asia/Bangkok",
        "designations": [{ "panel": panel.id, "by": state }], "languages": languages,
    }));
    let by_hand: InstanceDoc = serde_json::from_value(value).expect("a document");
    let after = common::solve(&by_hand);
    assert!(!after.unserved.iter().any(|unserved| unserved.dispute == "dispute-03"));
    let panel = after.assignments.iter().find(|a| a.dispute == "dispute-03").expect("a panel");
    assert!(panel.panel.iter().any(|seat| seat.mediator == "by-hand"));
    // Without the language nobody helps, and what does not exist is refused.
    let control = Control::new(None, None);
    let how = (Options::default(), false);
    let ask = |text: String| {
        what_if(&document, &solution, &[text.parse().expect("a supposition")], how, &control)
    };
    let other = ask(format!("designate dispute-03 {state} en")).expect("an answer");
    assert!(other.after.unserved.iter().any(|id| id == "dispute-03"));
    assert!(ask("designate dispute-03 XX".to_owned()).is_err());
    assert!(ask(format!("designate nothing {state}")).is_err());
}

/// A national of a party is no cure, whoever designates her; nor is the State of a party asked.
#[test]
fn no_party_is_asked_to_designate() {
    let document = nobody_speaks();
    let own = document.disputes.iter().find(|d| d.id == "dispute-03").expect("it is there");
    let solution = common::solve(&document);
    let found = ask(&document, &solution, "dispute-03").expect("it is unserved");
    for remedy in &found.found {
        for party in &own.parties {
            assert!(!remedy.supposed[0].split(' ').any(|word| word == party.actor), "{remedy:?}");
        }
    }
}

#[test]
fn what_solve_writes_down_comes_true_and_nonsense_is_refused() {
    let document = nobody_speaks();
    let mut solution = common::solve(&document);
    let screened = common::screened(&document);
    let control = Control::new(None, None);
    write_remedies(&screened, &document, &mut solution, Options::default(), &control);
    common::assert_holds(&document, &solution);
    let unserved = solution.unserved.clone();
    assert!(!unserved.is_empty());
    let mut replayed = 0;
    for UnservedDoc { dispute, remedies, .. } in &unserved {
        for remedy in remedies {
            let supposed: Vec<String> = remedy.split("; ").map(str::to_owned).collect();
            replay(&document, &solution, &supposed, dispute);
            replayed += 1;
        }
    }
    assert!(replayed > 0);
    for nonsense in [
        "",
        "wait",
        "due dispute-99 +4",
        "cases nobody +1",
        "due dispute-03 soon",
        "waive dispute-03 nobody nationality",
        "designate dispute-03 XX",
        "due dispute-03 +4; wait",
    ] {
        let mut told = solution.clone();
        told.unserved[0].remedies = vec![nonsense.to_owned()];
        assert_eq!(common::broken_rules(&document, &told), ["D6 unserved"], "{nonsense}");
    }
}
