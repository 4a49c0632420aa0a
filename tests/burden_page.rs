//! docs/burden.md: the burden of `instances/hk-spring-2026.json` by side, shared in three ways.
//!
//! Three dockets are solved and checked for it, so it is asked for by name:
//! `cargo test --test burden_page -- --ignored` compares the page with what is found, and with
//! `COMITY_BLESS=1` writes it anew.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use comity::format::{InstanceDoc, SolutionDoc, read_instance};
use comity::solve::Options;
use common::files::home;
use serde_json::{Value, json};

const BEFORE: &str = include_str!("burden/before.md");
const AFTER: &str = include_str!("burden/after.md");

/// The three ways: what is said of them, and the change of the policy.
fn ways() -> [(&'static str, Value); 3] {
    [
        ("not shared", json!({ "weights": { "fairness": 0 } })),
        ("weighed", json!({ "weights": { "fairness": 0.0002 } })),
        (
            "worse off first",
            json!({ "weights": { "fairness": 0.0002 }, "burden_sharing": "worse-off-first" }),
        ),
    ]
}

fn solve(document: &Value, policy: &Value) -> SolutionDoc {
    let mut document = document.clone();
    for (key, value) in policy.as_object().expect("an object") {
        document["policy"][key] = value.clone();
    }
    let document: InstanceDoc = serde_json::from_value(document).expect("an instance");
    common::solve_with(&document, Options { node_limit: 1, ..Options::default() })
}

/// The region of each party of each dispute.
fn regions(document: &InstanceDoc) -> BTreeMap<(String, String), String> {
    let region = |actor: &str| -> String {
        let body = document.organisations.iter().find(|o| o.id == actor);
        let state = body.map_or(actor, |body| body.nationalities[0].state.as_str());
        let state = document.states.iter().find(|s| s.id == state);
        state.and_then(|s| s.region.clone()).unwrap_or_else(|| "elsewhere".to_owned())
    };
    let parties = document.disputes.iter().flat_map(|d| d.parties.iter().map(move |p| (d, p)));
    parties.map(|(d, p)| ((d.id.clone(), p.id.clone()), region(&p.actor))).collect()
}

fn page(document: &InstanceDoc, answers: &[SolutionDoc]) -> String {
    let mut text = BEFORE.to_owned();
    let row = |text: &mut String, name: &str, of: &dyn Fn(&SolutionDoc) -> String| {
        let cells: Vec<String> = answers.iter().map(of).collect();
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    };
    let worse = |answer: &SolutionDoc| -> Vec<i64> {
        let most = |b: &comity::format::BurdenDoc| b.sides.iter().map(|(_, v)| *v).max();
        let mut all: Vec<i64> = answer.burdens.iter().filter_map(most).collect();
        all.sort_unstable();
        all
    };
    let term = |answer: &SolutionDoc, name: &str| {
        let value = answer.objective.terms.get(name).copied().unwrap_or(0);
        format!("{:.3}", value as f64 / 1e6)
    };
    let heads: Vec<&str> = ways().iter().map(|way| way.0).collect();
    let _ = writeln!(text, "| | {} |\n|---|---:|---:|---:|", heads.join(" | "));
    row(&mut text, "worse-off sides, sum", &|a| worse(a).iter().sum::<i64>().to_string());
    row(&mut text, "worse-off side, median", &|a| worse(a)[worse(a).len() / 2].to_string());
    row(&mut text, "worse-off side, largest", &|a| worse(a).last().expect("one").to_string());
    row(&mut text, "all sides, sum", &|a| {
        a.burdens.iter().flat_map(|b| b.sides.iter().map(|x| *x.1)).sum::<i64>().to_string()
    });
    row(&mut text, "difference between the sides, sum", &|a| {
        let apart = |b: &comity::format::BurdenDoc| {
            let sides: Vec<i64> = b.sides.iter().map(|x| *x.1).collect();
            sides.iter().max().unwrap_or(&0) - sides.iter().min().unwrap_or(&0)
        };
        a.burdens.iter().map(apart).sum::<i64>().to_string()
    });
    row(&mut text, "fit", &|a| term(a, "fit"));
    row(&mut text, "sessions held", &|a| a.sessions.len().to_string());
    row(&mut text, "proven gap of quality", &|a| {
        format!("{:.2} %", a.gap.map_or(0, comity::format::Decimal::micro) as f64 / 1e4)
    });
    let regions = regions(document);
    let mut names: Vec<&String> = regions.values().collect();
    names.sort();
    names.dedup();
    let _ = writeln!(text, "\n## By region of the party\n\nPoint-minutes of all its people.\n");
    let _ = writeln!(text, "| | {} |\n|---|---:|---:|---:|", heads.join(" | "));
    for name in names {
        row(&mut text, name, &|a| {
            let own = |b: &comity::format::BurdenDoc| -> i64 {
                let here = |p: &str| regions[&(b.dispute.clone(), p.to_owned())] == *name;
                b.parties.iter().filter(|(p, _)| here(p)).map(|x| *x.1).sum()
            };
            a.burdens.iter().map(own).sum::<i64>().to_string()
        });
    }
    let _ = writeln!(text, "\n## By dispute and side\n");
    let _ = writeln!(text, "| | {} |\n|---|---|---|---|", heads.join(" | "));
    for dispute in &document.disputes {
        row(&mut text, &dispute.id, &|a| {
            let own = a.burdens.iter().find(|b| b.dispute == dispute.id);
            let sides = own.map_or_else(Vec::new, |b| b.sides.iter().collect());
            let cell = |(side, points): (&str, &i64)| format!("{side} {points}");
            sides.into_iter().map(cell).collect::<Vec<_>>().join(", ")
        });
    }
    text + AFTER
}

#[test]
#[ignore = "solves three dockets: `cargo test --test burden_page -- --ignored`"]
fn the_page_shows_what_sharing_brings() {
    let bytes = fs::read(home().join("instances/hk-spring-2026.json")).expect("the instance");
    let document = read_instance(&bytes).expect("an instance");
    let value = serde_json::to_value(&document).expect("a value");
    let answers: Vec<SolutionDoc> = ways().iter().map(|way| solve(&value, &way.1)).collect();
    let text = page(&document, &answers);
    let path = home().join("docs/burden.md");
    if std::env::var_os("COMITY_BLESS").is_some() {
        fs::write(&path, &text).expect("written");
    }
    assert_eq!(fs::read_to_string(&path).expect("the page"), text, "docs/burden.md is out of step");
}
