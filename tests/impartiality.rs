//! What makes an answer impartial, property by property, on random worlds: the engine's screening
//! and the checker's, which share no code, must agree on every pair and every panel.
//!
//! It is also an example of a suite that uses `comity::check::impartiality`: see
//! docs/impartiality.md.

mod common;

use std::collections::BTreeSet;

use comity::check::{Breach, impartiality};
use comity::conflict::Finding;
use comity::domain::{DisputeIx, MediatorIx};
use comity::eligibility::Reason;
use comity::format::{InstanceDoc, Severity, SolutionDoc, WitnessStepDoc};
use comity::pipeline::Screened;
use comity::solve::Options;
use serde_json::{Value, json};

const WORLDS: u64 = 250;

/// A solution document with nothing but these panels.
fn seating(instance: &InstanceDoc, panels: &[(&str, &[&str])]) -> SolutionDoc {
    let panel = |(dispute, members): &(&str, &[&str])| {
        let seat = |m: &&str| json!({ "mediator": m, "role": "member" });
        json!({ "dispute": dispute, "panel": members.iter().map(seat).collect::<Vec<_>>() })
    };
    serde_json::from_value(json!({
        "schema": "comity.solution/1",
        "instance": { "id": instance.id, "digest": "" },
        "status": "feasible",
        "objective": { "tiers": [0, 0, 0], "terms": {} },
        "assignments": panels.iter().map(panel).collect::<Vec<_>>(),
        "sessions": [],
        "unserved": [],
        "run": {
            "version": "", "solver": "", "tzdb": "", "seed": 0, "gap": 0, "nodes": 0, "plans": 0,
            "elapsed_ms": 0,
        },
    }))
    .expect("a solution")
}

fn breaches(instance: &InstanceDoc, dispute: &str, members: &[&str]) -> Vec<Breach> {
    impartiality(instance, &seating(instance, &[(dispute, members)]))
}

/// What the engine has against a pair, by code, as far as impartiality goes.
fn engine_codes(screened: &Screened, d: DisputeIx, m: MediatorIx) -> BTreeSet<String> {
    screened
        .eligibility
        .get(d, m)
        .reasons()
        .iter()
        .filter(|reason| {
            matches!(
                reason,
                Reason::OwnCause
                    | Reason::NationalityUnknown
                    | Reason::National
                    | Reason::Conflict { .. }
                    | Reason::Undisclosable { .. }
            )
        })
        .map(|reason| reason.code(&screened.instance).to_owned())
        .collect()
}

fn finding<'a>(
    screened: &'a Screened,
    d: DisputeIx,
    m: MediatorIx,
    id: &str,
) -> Option<&'a Finding> {
    screened.conflicts.findings(d, m).iter().find(|f| screened.conflicts.rule_id(f.rule) == id)
}

/// Every pair: the same codes, and witnesses of the same length.
#[test]
fn the_checker_and_the_engine_agree_on_every_pair() {
    let (mut barred, mut free, mut witnesses) = (0, 0, 0);
    for seed in 0..WORLDS {
        let document = common::rich::instance(seed);
        let screened = common::screened(&document);
        let instance = &screened.instance;
        for d in instance.dispute_indices() {
            for m in instance.mediator_indices() {
                let (dispute, mediator) = (instance.dispute_name(d), instance.mediator_name(m));
                let found = breaches(&document, dispute, &[mediator]);
                let theirs: BTreeSet<String> = found.iter().map(|b| b.code.clone()).collect();
                let ours = engine_codes(&screened, d, m);
                assert_eq!(ours, theirs, "seed {seed}: {mediator} in {dispute}");
                barred += u32::from(!ours.is_empty());
                free += u32::from(ours.is_empty());
                for breach in found.iter().filter(|b| !b.path.is_empty()) {
                    if let Some(own) = finding(&screened, d, m, &breach.code) {
                        // The engine prefers a path that may be told, the checker a short one.
                        let secret = |step: &WitnessStepDoc| {
                            document.relations.iter().any(|r| {
                                Some(&r.id) == step.relation.as_ref()
                                    && r.confidential == Some(true)
                            })
                        };
                        let alike = own.witness.len() == breach.path.len();
                        assert!(alike || breach.path.iter().any(secret), "seed {seed}: {breach:?}");
                        witnesses += 1;
                    }
                }
            }
        }
    }
    println!("{barred} pairs barred, {free} not, {witnesses} witnesses");
    assert!(barred > 500 && free > 500 && witnesses > 300);
}

/// Counted relations that lead to a party by way of confidential ones count for excluding, not for telling: two of three
/// relations that must be counted may be open while the ownership behind them is not.
#[test]
fn the_checker_and_the_engine_agree_on_counted_relations() {
    let (mut hidden, mut told, mut few) = (0, 0, 0);
    for seed in 0..600 {
        let mut lots = common::Lots::new(seed);
        let companies = ["p", "q", "c0", "c1", "c2"];
        let mut relations = Vec::new();
        for (from, a) in companies.iter().enumerate() {
            for b in &companies[from + 1..] {
                if lots.below(3) == 0 {
                    relations.push(json!({
                        "id": format!("o{}", relations.len()), "from": a, "to": b, "kind": "owns",
                        "share": 0.9, "confidential": lots.below(2) == 0,
                    }));
                }
            }
        }
        for mediator in ["ada", "ben"] {
            for _ in 0..lots.below(5) {
                relations.push(json!({
                    "id": format!("r{}", relations.len()), "from": mediator,
                    "to": *lots.pick(&companies), "kind": "retained-by", "tags": ["mock-trial"],
                    "start": "2025-01-01", "end": "2025-02-01", "confidential": lots.below(4) == 0,
                }));
            }
        }
        let company = |id: &&str| json!({ "id": id, "kind": "company", "nationalities": ["X-A"] });
        let mediator =
            |id: &str| json!({ "id": id, "nationalities": ["X-N"], "expertise": { "trade": 1 } });
        let document: InstanceDoc = serde_json::from_value(json!({
            "schema": "comity.instance/1", "id": "counted", "as_of": "2026-03-01",
            "horizon": { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z" },
            "policy": { "conflict_rules": "iba-2024" },
            "states": [{ "id": "X-A" }, { "id": "X-N" }],
            "organisations": companies.iter().map(company).collect::<Vec<_>>(),
            "mediators": [mediator("ada"), mediator("ben")],
            "relations": relations,
            "disputes": [{
                "id": "d", "class": "commercial", "subjects": ["trade"],
                "parties": [{ "id": "p", "actor": "p" }, { "id": "q", "actor": "q" }],
                "panel": { "size": 1 },
            }],
        }))
        .expect("an instance");
        let screened = common::screened(&document);
        let d = DisputeIx::new(0);
        for m in screened.instance.mediator_indices() {
            let mediator = screened.instance.mediator_name(m);
            let theirs: BTreeSet<String> =
                breaches(&document, "d", &[mediator]).into_iter().map(|b| b.code).collect();
            assert_eq!(engine_codes(&screened, d, m), theirs, "seed {seed}: {mediator}");
            match finding(&screened, d, m, "iba-3.1.4") {
                Some(finding) if finding.undisclosable => hidden += 1,
                Some(_) => told += 1,
                None => few += 1,
            }
        }
        common::solve(&document);
    }
    println!("{hidden} hidden, {told} told, {few} without");
    assert!(hidden > 50 && told > 50 && few > 50);
}

/// Every two members: apart for the engine exactly when the checker has something against them.
#[test]
fn the_checker_and_the_engine_agree_on_every_two() {
    let mut apart = 0;
    for seed in 0..WORLDS {
        let mut document = common::rich::document(seed);
        document["policy"]["conflict_rules"] = json!(["strict", "iba-2024"][seed as usize % 2]);
        let document: InstanceDoc = serde_json::from_value(document).expect("an instance");
        let screened = common::screened(&document);
        let instance = &screened.instance;
        for d in instance.dispute_indices() {
            for a in instance.mediator_indices() {
                for b in instance.mediator_indices().filter(|b| a < *b) {
                    let members = [instance.mediator_name(a), instance.mediator_name(b)];
                    let found = breaches(&document, instance.dispute_name(d), &members);
                    let theirs = found.iter().any(|breach| breach.other.is_some());
                    let ours = screened.conflicts.apart(d, a, b);
                    assert_eq!(ours, theirs, "seed {seed}: {members:?} {found:?}");
                    apart += u32::from(ours);
                }
            }
        }
    }
    println!("{apart} pairs apart");
    assert!(apart > 60);
}

/// Every answer of the engine passes the whole check, and seats nobody over a finding that is
/// non-waivable, whatever waivers there are.
#[test]
fn answers_hold_and_nothing_cures_a_non_waivable_finding() {
    let mut disclosed = 0;
    for seed in 0..WORLDS {
        let document = common::rich::instance(seed);
        let screened = common::screened(&document);
        let solution = common::solve_with(&document, Options::default());
        assert_eq!(impartiality(&document, &solution), []);
        for assignment in &solution.assignments {
            let found = |d: DisputeIx, m: MediatorIx| {
                let instance = &screened.instance;
                instance.dispute_name(d) == assignment.dispute
                    && assignment.panel.iter().any(|s| s.mediator == instance.mediator_name(m))
            };
            for d in screened.instance.dispute_indices() {
                for m in screened.instance.mediator_indices().filter(|m| found(d, *m)) {
                    assert!(screened.conflicts.severity(d, m) < Severity::NonWaivableRed);
                }
            }
            disclosed += assignment.disclosures.len();
        }
    }
    println!("{disclosed} disclosures");
    assert!(disclosed > 50);
}

/// Strict nationality by plain sets, on every test date.
#[test]
fn no_national_of_a_party_sits_under_strict() {
    for seed in 0..WORLDS {
        let mut document = common::rich::document(seed);
        document["policy"]["nationality"] = json!({});
        let document: InstanceDoc = serde_json::from_value(document).expect("an instance");
        let screened = common::screened(&document);
        for d in screened.instance.dispute_indices() {
            for (m, ..) in screened.eligibility.eligible(d) {
                assert!(!screened.instance.is_national_of_party(*m, d), "seed {seed}");
            }
        }
    }
}

fn severities(document: &InstanceDoc) -> Vec<Severity> {
    let screened = common::screened(document);
    let instance = &screened.instance;
    instance
        .dispute_indices()
        .flat_map(|d| instance.mediator_indices().map(move |m| (d, m)))
        .map(|(d, m)| screened.conflicts.severity(d, m))
        .collect()
}

/// A relation less never raises a severity: one more never lowers it.
#[test]
fn severity_is_monotone_in_relations() {
    for seed in 0..WORLDS {
        let mut document = common::rich::instance(seed);
        // A waiver of a relation that is gone would be a dangling name.
        document.waivers.clear();
        let before = severities(&document);
        document.relations.pop();
        let after = severities(&document);
        for (before, after) in before.iter().zip(&after) {
            assert!(after <= before, "seed {seed}");
        }
    }
}

/// Parties in another order: the same eligible mediators, an equal optimum.
#[test]
fn swapping_the_parties_changes_nothing() {
    for seed in 0..WORLDS / 2 {
        let document = common::rich::instance(seed);
        let mut swapped = document.clone();
        swapped.disputes.iter_mut().for_each(|dispute| dispute.parties.reverse());
        let eligible = |document: &InstanceDoc| {
            let screened = common::screened(document);
            let disputes = screened.instance.dispute_indices();
            disputes.map(|d| screened.eligibility.eligible(d).to_vec()).collect::<Vec<_>>()
        };
        assert_eq!(eligible(&document), eligible(&swapped), "seed {seed}");
        let value = |document: &InstanceDoc| {
            common::solve_with(document, Options { gap: 0, ..Options::default() }).objective.tiers
        };
        assert_eq!(value(&document), value(&swapped), "seed {seed}");
    }
}

/// A waiver by all but one of the parties changes nothing.
#[test]
fn waivers_by_one_party_alone_change_nothing() {
    for seed in 0..WORLDS {
        let mut one = common::rich::instance(seed);
        one.waivers.iter_mut().for_each(|waiver| waiver.by = vec!["b".to_owned()]);
        let mut none = one.clone();
        none.waivers.clear();
        let codes = |document: &InstanceDoc| {
            let screened = common::screened(document);
            let instance = &screened.instance;
            instance
                .dispute_indices()
                .flat_map(|d| instance.mediator_indices().map(move |m| (d, m)))
                .map(|(d, m)| engine_codes(&screened, d, m))
                .collect::<Vec<_>>()
        };
        assert_eq!(codes(&one), codes(&none), "seed {seed}");
    }
}

/// Other names in another order: the same severities.
#[test]
fn renaming_and_shuffling_change_nothing() {
    for seed in 0..WORLDS {
        let document = common::rich::document(seed);
        let mut renamed = rename(&document);
        renamed["relations"].as_array_mut().expect("a list").reverse();
        renamed["appointments"].as_array_mut().expect("a list").reverse();
        renamed["people"].as_array_mut().expect("a list").reverse();
        renamed["organisations"].as_array_mut().expect("a list").reverse();
        let read = |value: Value| serde_json::from_value(value).expect("an instance");
        assert_eq!(severities(&read(document)), severities(&read(renamed)), "seed {seed}");
    }
}

/// Renames organisations, people, mediators and relations wherever they are named.
fn rename(value: &Value) -> Value {
    let names = ["oil", "rail", "bank", "firm", "inn", "ministry", "union", "ann", "bob", "cyd"];
    match value {
        Value::String(text) => {
            let numbered = text.starts_with(['m', 'r'])
                && text.len() > 1
                && text[1..].bytes().all(|b| b.is_ascii_digit());
            if names.contains(&text.as_str()) || numbered {
                json!(format!("zz-{text}"))
            } else {
                value.clone()
            }
        }
        Value::Array(list) => list.iter().map(rename).collect(),
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), rename(v))).collect(),
        _ => value.clone(),
    }
}

/// A date on which nothing begins or ends any more may only take away what looks back.
#[test]
fn ageing_only_takes_away_what_looks_back() {
    for seed in 0..WORLDS {
        let mut document = common::rich::document(seed);
        document["policy"]["conflict_rules"] = json!("strict");
        // What is open stays as it is; what has ended grows old.
        let young = serde_json::from_value(document.clone()).expect("an instance");
        document["as_of"] = json!("2046-03-01");
        document["horizon"] =
            json!({ "start": "2046-03-02T08:00:00Z", "end": "2046-03-02T16:00:00Z" });
        for dispute in document["disputes"].as_array_mut().expect("a list") {
            dispute["opened"] = json!("2026-03-01");
        }
        let old: InstanceDoc = serde_json::from_value(document).expect("an instance");
        let (young, old) = (common::screened(&young), common::screened(&old));
        for d in young.instance.dispute_indices() {
            for m in young.instance.mediator_indices() {
                for finding in young.conflicts.findings(d, m) {
                    let id = young.conflicts.rule_id(finding.rule);
                    let open = finding.count.is_none()
                        && finding.case.is_none()
                        && finding.witness.iter().all(|step| {
                            step.relation.is_none_or(|r| {
                                let span = young.instance.relations()[r].span;
                                span.last.is_none()
                            })
                        });
                    let implied = finding.witness.iter().any(|step| step.relation.is_none());
                    if open && !implied {
                        let still = old
                            .conflicts
                            .findings(d, m)
                            .iter()
                            .any(|f| old.conflicts.rule_id(f.rule) == id);
                        assert!(still, "seed {seed}: {id}");
                    }
                }
            }
        }
    }
}

/// The smallest use: an answer that seats a national of a party.
#[test]
fn a_national_is_reported_with_her_path() {
    let text = std::fs::read(common::files::home().join("instances/tiny/two-disputes.json"));
    let document =
        comity::format::read_instance(&text.expect("the instance")).expect("an instance");
    let found = breaches(&document, "river", &["una"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].code, "nationality");
    assert_eq!(found[0].severity, Some(Severity::NonWaivableRed));
    assert!(!found[0].path.is_empty());
    assert_eq!(breaches(&document, "river", &["ana"]), []);
}
