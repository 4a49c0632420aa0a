//! Reserves and recusals: whoever is named could step in, nobody else could, and what is told of a recusal comes true.

mod common;

use std::collections::BTreeMap;

use comity::explain::{Supposition, WhatIf, recusals, recusals_text, what_if};
use comity::format::{Fairness, InstanceDoc, RequireLockDoc, SolutionDoc, read_instance};
use comity::pipeline::Screened;
use comity::publish::publish;
use comity::solution::{Objective, Plan, Solution, evaluate};
use comity::solve::{Control, Options, Outcome, reserves, reserves_of};
use serde_json::json;

/// Whether an answer obeys every rule about panels, time and what is shared, by the checker.
fn is_lawful(
    document: &InstanceDoc,
    screened: &Screened,
    proof: &Outcome,
    answer: Solution,
) -> bool {
    let outcome = Outcome {
        objective: evaluate(&screened.instance, &screened.availability, &answer),
        solution: answer,
        bounds: proof.bounds,
        certificate: proof.certificate.clone(),
        root: proof.root.clone(),
        stop: None,
        alone: proof.alone.clone(),
        nodes: proof.nodes,
        plans: proof.plans,
        options: proof.options,
        reserves: Vec::new(),
    };
    let written = publish(&screened.instance, screened.tables(), &outcome, 0);
    let broken = common::broken_rules(document, &written);
    !broken.iter().any(|rule| rule.starts_with(['A', 'G', 'S']))
}

/// What answers are worth in which somebody takes a seat, everything else as it is: by trying everybody in every seat.
fn all_swaps(
    document: &InstanceDoc,
    screened: &Screened,
    proof: &Outcome,
) -> BTreeMap<[u32; 3], Objective> {
    let instance = &screened.instance;
    let mut swaps = BTreeMap::new();
    for plan in proof.solution.plans.iter().flatten() {
        for leaver in &plan.panel {
            for joiner in instance.mediator_indices().filter(|m| !plan.panel.contains(m)) {
                let mut panel: Vec<_> =
                    plan.panel.iter().copied().filter(|m| m != leaver).collect();
                panel.push(joiner);
                panel.sort_unstable();
                // Who chairs follows from the panel; here whoever the checker lets chair.
                let chairs: Vec<_> = if plan.chair.is_some() {
                    panel.iter().copied().map(Some).collect()
                } else {
                    vec![None]
                };
                let lawful = chairs.into_iter().find_map(|chair| {
                    let mut answer = proof.solution.clone();
                    let swapped = Plan { panel: panel.clone(), chair, ..plan.clone() };
                    answer.plans[plan.dispute.ix()] = Some(swapped);
                    let worth = evaluate(instance, &screened.availability, &answer);
                    is_lawful(document, screened, proof, answer).then_some(worth)
                });
                if let Some(worth) = lawful {
                    swaps.insert([plan.dispute.0, leaver.0, joiner.0], worth);
                }
            }
        }
    }
    swaps
}

#[test]
fn those_who_could_step_in_are_those_whom_every_rule_lets() {
    let (mut able, mut unable, mut choices) = (0, 0, 0);
    let tiny = (0..60).map(common::tiny::instance);
    let batch = (0..30).map(common::batch::instance);
    let capped = (0..30).map(common::shares::capped);
    let least = (0..30).map(|seed| common::tiny::with_least(seed, seed % 2 == 0));
    let contested = (0..60).map(common::tiny::contested);
    let all = tiny.chain(batch).chain(capped).chain(least).chain(contested);
    for (place, mut document) in all.enumerate() {
        let fairness = [Fairness::Leximin, Fairness::MaxMin, Fairness::Sum][place % 3];
        document.policy.get_or_insert_default().fairness = Some(fairness);
        if place % 4 == 1 {
            // One of those who sit has to.
            let answer = common::solve(&document);
            if let Some(own) = answer.assignments.iter().max_by_key(|a| a.panel.len()) {
                let (dispute, mediator) = (own.dispute.clone(), own.panel[0].mediator.clone());
                let lock = RequireLockDoc { dispute, mediator, role: None, notes: None };
                let locks = document.locks.get_or_insert_default();
                locks.require.retain(|known| known.dispute != lock.dispute);
                locks.forbid.retain(|known| known.dispute != lock.dispute);
                locks.require.push(lock);
            }
        }
        let screened = common::screened(&document);
        let proof = screened.solve(Options::default(), &Control::new(None, None));
        let Screened { instance, conflicts, eligibility, availability, .. } = &screened;
        let swaps = all_swaps(&document, &screened, &proof);
        let found = reserves(instance, conflicts, eligibility, availability, &proof.solution);
        let mut told = Vec::new();
        for (dispute, found) in instance.dispute_indices().zip(&found) {
            let one = reserves_of(
                instance,
                conflicts,
                eligibility,
                availability,
                &proof.solution,
                dispute,
            );
            assert_eq!(*found, one);
            let worth = |joiner: u32| {
                let own = swaps.iter().filter(|(k, _)| k[0] == dispute.0 && k[2] == joiner);
                own.map(|(_, worth)| worth.tiers()).max().expect("a swap")
            };
            let ranks: Vec<_> = found
                .iter()
                .filter(|r| swaps.keys().any(|k| k[0] == dispute.0 && k[2] == r.mediator.0))
                .map(|r| {
                    (r.stands_in_for.len(), worth(r.mediator.0), std::cmp::Reverse(r.mediator))
                })
                .collect();
            assert!(ranks.is_sorted_by(|a, b| a > b), "docket {place}: {ranks:?}");
            choices += usize::from(ranks.len() > 1);
            for reserve in found {
                told.extend(
                    reserve.stands_in_for.iter().map(|m| [dispute.0, m.0, reserve.mediator.0]),
                );
            }
        }
        told.sort_unstable();
        let right: Vec<[u32; 3]> = swaps.into_keys().collect();
        assert_eq!(told, right, "docket {place}");
        able += right.len();
        unable += proof.solution.plans.iter().flatten().count();
    }
    println!("{able} could step in, {choices} times there is a choice");
    assert!(able > 60 && choices > 20 && unable > 100, "{able}, {choices}, {unable}");
}

#[test]
fn the_document_names_them_and_the_checker_judges_them() {
    let mut refused = 0;
    let contested = (0..60).map(common::tiny::contested);
    let capped = (0..60).map(common::shares::capped);
    let batch = (0..30).map(common::batch::instance);
    for (seed, mut document) in contested.chain(capped).chain(batch).enumerate() {
        document.policy.get_or_insert_default().reserves = Some(2);
        // The answer goes through the checker here.
        let solution = common::solve(&document);
        let screened = common::screened(&document);
        let proof = screened.solve(Options::default(), &Control::new(None, None));
        let Screened { instance, conflicts, eligibility, availability, .. } = &screened;
        let all = reserves(instance, conflicts, eligibility, availability, &proof.solution);
        for (at, assignment) in solution.assignments.iter().enumerate() {
            let d =
                comity::explain::find_dispute(instance, &assignment.dispute).expect("it is there");
            let names: Vec<&str> =
                all[d.ix()].iter().map(|r| instance.mediator_name(r.mediator)).collect();
            let best: Vec<&str> = names.iter().copied().take(2).collect();
            assert_eq!(assignment.reserves, best, "seed {seed}");
            for mediator in &document.mediators {
                let mut changed: SolutionDoc = solution.clone();
                changed.assignments[at].reserves = vec![mediator.id.clone()];
                let broken = common::broken_rules(&document, &changed);
                let right: &[&str] =
                    if names.contains(&mediator.id.as_str()) { &[] } else { &["D9 reserves"] };
                assert_eq!(broken, right, "seed {seed}, {}", mediator.id);
                refused += usize::from(!right.is_empty());
            }
        }
        let mut twice = solution.clone();
        if let Some(assignment) = twice.assignments.iter_mut().find(|a| !a.reserves.is_empty()) {
            assignment.reserves = vec![assignment.reserves[0].clone(); 2];
            assert_eq!(common::broken_rules(&document, &twice), ["D9 reserves"]);
        }
    }
    assert!(refused > 100, "only {refused}");
}

#[test]
fn a_recusal_comes_to_what_is_told() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/instances/iomed-launch.json");
    let mut document = read_instance(&std::fs::read(path).expect("the file")).expect("an instance");
    // Fewer to choose from, so that some seats have nobody to step in.
    let value = serde_json::to_value(&document).expect("JSON");
    let solution = common::solve(&document);
    let seated: Vec<String> = solution
        .assignments
        .iter()
        .flat_map(|a| a.panel.iter().map(|seat| seat.mediator.clone()))
        .collect();
    let mut value = value;
    let mut kept = 0;
    let mediators = value["mediators"].as_array_mut().expect("a list");
    mediators.retain(|m| {
        kept += 1;
        seated.iter().any(|id| m["id"] == json!(id)) || kept % 40 == 0
    });
    for section in ["relations", "appointments", "waivers", "overrides"] {
        if let Some(list) = value.get_mut(section).and_then(|list| list.as_array_mut()) {
            list.retain(|entry| {
                let text = entry.to_string();
                !text.contains("\"m-")
                    || seated.iter().any(|id| text.contains(&format!("\"{id}\"")))
            });
        }
    }
    document = serde_json::from_value(value).expect("an instance");
    let solution = common::solve(&document);
    let screened = common::screened(&document);
    let answer = comity::explain::read_answer(&screened.instance, &solution).expect("an answer");
    let options = Options::default();
    let control = Control::new(None, None);
    let found = recusals(&screened, &document, (&solution, &answer), options, &control);
    let seats: usize = solution.assignments.iter().map(|a| a.panel.len()).sum();
    assert_eq!(found.seats.len(), seats);
    assert!(!found.without.is_empty(), "everybody can be replaced");
    let none = found.seats.iter().filter(|seat| seat.reserves.is_empty()).count();
    assert_eq!(found.without.len() + found.not_tried.len(), none);
    for told in &found.without {
        let supposed = [Supposition::Forbid(told.dispute.clone(), told.mediator.clone())];
        let again: WhatIf = what_if(&document, &solution, &supposed, (options, false), &control)
            .unwrap_or_else(|_| panic!("{told:?}"));
        assert_eq!(told.newly_unserved, again.newly_unserved);
        assert_eq!(told.lost, again.before.quality - again.after.quality);
        let changed: Vec<&String> = again.changes.iter().map(|change| &change.dispute).collect();
        assert!(told.others.iter().all(|other| changed.contains(&other)), "{told:?}");
    }
    let text = recusals_text(&found);
    println!("{text}");
    assert!(text.contains(&format!("of {seats} seats somebody could step in")), "{text}");
    assert!(text.contains(&found.without[0].dispute), "{text}");
}
