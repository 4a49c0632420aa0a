//! What seating somebody costs: stated losses come true when the docket is solved with her in the dispute.

mod common;

use comity::explain::{InDispute, Outcome, in_dispute, in_dispute_text, read_answer};
use comity::format::{InstanceDoc, SolutionDoc, Status};
use comity::generate::{RandomOptions, random};
use comity::pipeline::Screened;
use comity::solve::Options;
use serde_json::{Value, json};

/// How often each kind of statement was made and came true.
#[derive(Debug, Default)]
struct Seen {
    pairs: usize,
    /// Where both ends are the same, or the loss lies strictly between.
    exact: usize,
    between: usize,
    /// Where no answer with her keeps what comes before quality.
    lost_above: usize,
    /// Where a fit is told from which she does as well, and where none would do.
    enough: usize,
    never: usize,
    /// Where somebody who sits is wanted elsewhere.
    wanted: usize,
}

fn edited(document: &InstanceDoc, edit: impl Fn(&mut Value)) -> Option<InstanceDoc> {
    let mut value = serde_json::to_value(document).expect("JSON");
    edit(&mut value);
    let changed: InstanceDoc = serde_json::from_value(value).expect("still a document");
    comity::validate::validate(&changed, String::new()).0.map(|_| changed)
}

fn push(value: &mut Value, entry: Value) {
    match value.as_array_mut() {
        Some(list) => list.push(entry),
        None => *value = json!([entry]),
    }
}

/// The docket solved with somebody seated; nothing where she cannot be.
fn forced(document: &InstanceDoc, told: &InDispute) -> Option<SolutionDoc> {
    let changed = edited(document, |value| {
        let entry = json!({ "dispute": told.dispute, "mediator": told.mediator });
        push(&mut value["locks"]["require"], entry);
    })?;
    let options = Options { gap: 0, ..Options::default() };
    let found = common::solve_with(&changed, options);
    let sits = found.assignments.iter().any(|panel| {
        panel.dispute == told.dispute && panel.panel.iter().any(|s| s.mediator == told.mediator)
    });
    sits.then_some(found)
}

/// The docket solved with another fit of the pair.
fn with_fit(document: &InstanceDoc, told: &InDispute, fit: i64) -> SolutionDoc {
    let changed = edited(document, |value| {
        if !value["scores"].is_array() {
            value["scores"] = json!([]);
        }
        let scores = value["scores"].as_array_mut().expect("scores");
        let own = scores.iter_mut().find(|entry| entry["dispute"] == *told.dispute);
        let fit = json!(fit as f64 / 1e6);
        match own {
            Some(own) => own["fit"][&told.mediator] = fit,
            None => scores.push(json!({ "dispute": told.dispute, "fit": { &told.mediator: fit } })),
        }
    });
    let options = Options { gap: 0, ..Options::default() };
    common::solve_with(&changed.expect("valid"), options)
}

fn sits(solution: &SolutionDoc, told: &InDispute) -> bool {
    solution.assignments.iter().any(|panel| {
        panel.dispute == told.dispute && panel.panel.iter().any(|s| s.mediator == told.mediator)
    })
}

fn all_pairs(screened: &Screened, solution: &SolutionDoc) -> Vec<InDispute> {
    let instance = &screened.instance;
    let answer = read_answer(instance, solution).expect("an answer");
    let pairs =
        instance.dispute_indices().flat_map(|d| instance.mediator_indices().map(move |m| (d, m)));
    pairs.map(|pair| in_dispute(screened, (solution, &answer), pair, false)).collect()
}

/// Replays all that is said of a pair.
fn replay(document: &InstanceDoc, solution: &SolutionDoc, told: &InDispute, seen: &mut Seen) {
    let (quality, above) = solution.objective.tiers.split_last().expect("tiers");
    let text = in_dispute_text(told);
    for wanted in told.wanted.iter().filter(|wanted| wanted.at_least > 0) {
        let there = InDispute { dispute: wanted.dispute.clone(), ..told.clone() };
        if let Some(found) = forced(document, &there) {
            let (with, beside) = found.objective.tiers.split_last().expect("tiers");
            assert!(beside < above || quality - with >= wanted.at_least, "{text}");
            seen.wanted += 1;
        }
    }
    let Some(loss) = told.forced else { return };
    seen.pairs += 1;
    let found = forced(document, told);
    let Some(found) = found else {
        // With her the dispute cannot be served at all: nothing may say that it can.
        assert_eq!(loss.at_most, None, "{text}");
        seen.lost_above += usize::from(loss.at_least.is_none());
        return;
    };
    let (with, beside) = found.objective.tiers.split_last().expect("tiers");
    if beside < above {
        assert_eq!(loss.at_most, None, "{text}");
        seen.lost_above += usize::from(loss.at_least.is_none());
        return;
    }
    let lost = quality - with;
    let least = loss.at_least.unwrap_or_else(|| panic!("no answer with her? {lost}\n{text}"));
    assert!(least <= lost, "{lost} is lost:\n{text}");
    assert!(loss.at_most.is_none_or(|most| lost <= most), "{lost} is lost:\n{text}");
    seen.exact += usize::from(loss.at_most == Some(least));
    seen.between += usize::from(loss.at_most.is_some_and(|most| least < lost && lost < most));
    if let Some(needed) = loss.fit_needed {
        // With what is just not enough she does not sit, in any best answer.
        let (most, fit) = (1_000_000.min(needed - 1), told.fit.expect("a fit"));
        if most > fit {
            let found = with_fit(document, told, most);
            assert!(!sits(&found, told), "sits with {most}:\n{text}");
            assert_eq!(found.objective.tiers, solution.objective.tiers, "{text}");
        }
        seen.never += usize::from(needed > 1_000_000);
    }
    if let Some(enough) = loss.fit_enough {
        let raised = with_fit(document, told, enough);
        let best = raised.objective.tiers;
        assert!(best >= solution.objective.tiers, "{text}");
        let changed = edited(document, |value| {
            let entry = json!({ "dispute": told.dispute, "mediator": told.mediator });
            push(&mut value["locks"]["require"], entry);
        });
        let with = with_fit(&changed.expect("valid"), told, enough);
        assert!(with.objective.tiers >= solution.objective.tiers, "not with {enough}:\n{text}");
        seen.enough += 1;
    }
}

#[test]
fn stated_losses_contain_those_of_solving_with_her() {
    let mut seen = Seen::default();
    for seed in 0..160 {
        let document = common::tiny::instance(seed);
        let screened = common::screened(&document);
        let options = Options { gap: 0, ..Options::default() };
        let solution = common::solve_with(&document, options);
        if solution.status != Status::Optimal {
            continue;
        }
        for told in all_pairs(&screened, &solution) {
            replay(&document, &solution, &told, &mut seen);
        }
    }
    println!("{seen:?}");
    assert!(seen.pairs > 150 && seen.exact > 20 && seen.lost_above > 50, "{seen:?}");
    assert!(seen.enough > 25 && seen.wanted > 10, "{seen:?}");
}

/// Larger ones, where trees have many leaves: a sample of pairs.
#[test]
fn stated_losses_hold_where_mediators_are_short() {
    let mut seen = Seen::default();
    for seed in 0..4 {
        let how = RandomOptions { seed, disputes: 10, mediators: 12, tight: true };
        let document = random(&how);
        let screened = common::screened(&document);
        let options = Options { gap: 0, ..Options::default() };
        let solution = common::solve_with(&document, options);
        assert_eq!(solution.status, Status::Optimal, "seed {seed}");
        let pairs = all_pairs(&screened, &solution);
        let eligible = pairs.iter().filter(|told| told.fit.is_some());
        for told in eligible.step_by(5) {
            replay(&document, &solution, told, &mut seen);
        }
    }
    println!("{seen:?}");
    assert!(seen.pairs > 40 && seen.between + seen.exact > 5, "{seen:?}");
}

/// A certificate that says anything is no reason to say anything.
#[test]
fn prices_that_are_none_bound_nothing() {
    let document = common::tiny::instance(3);
    let screened = common::screened(&document);
    let solution = common::solve(&document);
    let answer = read_answer(&screened.instance, &solution).expect("an answer");
    let instance = &screened.instance;
    // Those of whom something is said as long as the certificate is sound.
    let pairs =
        instance.dispute_indices().flat_map(|d| instance.mediator_indices().map(move |m| (d, m)));
    let says = |solution: &SolutionDoc, pair| {
        let told = in_dispute(&screened, (solution, &answer), pair, false);
        told.forced.is_some() || told.price.is_some() || !told.wanted.is_empty()
    };
    let pairs: Vec<_> = pairs.filter(|pair| says(&solution, *pair)).collect();
    assert!(!pairs.is_empty(), "nothing is said of anybody");
    for (place, entry) in [
        ("cases", json!({ "nobody": 5 })),
        ("cases", json!({ "m0": -5 })),
        ("cases", json!({ "m0": i64::MAX })),
        ("time", json!({ "m0": [[99999, 4]] })),
        ("time", json!({ "m0": [[0, i64::MAX], [1, i64::MAX]] })),
        ("rooms", json!([{ "place": "hall", "seats": 7, "slots": [] }])),
        ("days", json!([{ "actor": "m0", "date": "2026-03-02", "price": 5 }])),
        (
            "journeys",
            json!([{ "actor": "m0", "from": { "place": "hall", "slot": 0 },
                              "to": { "place": "hall", "slot": 1 }, "price": 5 }]),
        ),
        ("below", json!([5])),
        ("panels", json!(-1)),
        ("panels", json!(i64::MAX)),
        ("effort", json!({ "m0": 1_000_000_000_000_000_i64 })),
        ("sides", json!(-1)),
    ] {
        let mut value = serde_json::to_value(&solution).expect("JSON");
        let tiers = value["certificate"]["tiers"].as_array_mut().expect("tiers");
        let quality = tiers.last_mut().expect("quality");
        quality["nodes"] = json!([{ "prices": { place: entry } }]);
        let spoilt: SolutionDoc = serde_json::from_value(value).expect("a solution");
        assert!(!pairs.iter().any(|pair| says(&spoilt, *pair)), "{place}");
    }
    for nodes in [
        json!([]),
        json!([{}]),
        json!([{ "branch": { "dispute": "d0", "mediator": "m0", "yes": 0, "no": 0 } }]),
        json!([{ "branch": { "dispute": "d0", "mediator": "m0", "yes": 7, "no": 8 } }]),
        json!([{ "branch": { "dispute": "d0", "session": "s0", "until": u32::MAX,
                             "yes": 1, "no": 2 } }, { "prices": {} }, { "prices": {} }]),
        json!([{ "branch": { "dispute": "d0", "mediator": "m0", "session": "s0", "until": 3,
                             "yes": 1, "no": 2 } }, { "prices": {} }, { "prices": {} }]),
    ] {
        let mut value = serde_json::to_value(&solution).expect("JSON");
        let tiers = value["certificate"]["tiers"].as_array_mut().expect("tiers");
        tiers.last_mut().expect("quality")["nodes"] = nodes;
        let spoilt: SolutionDoc = serde_json::from_value(value).expect("a solution");
        assert!(!pairs.iter().any(|pair| says(&spoilt, *pair)), "{spoilt:?}");
    }
}

/// Parties are told neither prices nor other disputes.
#[test]
fn parties_are_told_no_prices() {
    let document = random(&RandomOptions { seed: 1, disputes: 8, mediators: 10, tight: true });
    let screened = common::screened(&document);
    let solution = common::solve(&document);
    let answer = read_answer(&screened.instance, &solution).expect("an answer");
    let mut priced = 0;
    for told in all_pairs(&screened, &solution) {
        let instance = &screened.instance;
        let d = comity::explain::find_dispute(instance, &told.dispute).expect("it is there");
        let m = comity::explain::find_mediator(instance, &told.mediator).expect("she is there");
        let for_them = in_dispute(&screened, (&solution, &answer), (d, m), true);
        assert_eq!((for_them.forced, for_them.price, for_them.wanted.len()), (None, None, 0));
        priced += usize::from(told.forced.is_some() || told.price.is_some());
        assert!(!told.sits || told.trial.is_none());
        assert!(told.trial.is_none_or(|trial| trial.outcome != Outcome::Better));
    }
    assert!(priced > 20);
}
