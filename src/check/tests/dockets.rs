//! A bare docket under rules of its own, for one new thing at a time.

use serde_json::{Value, json};

use super::documents::read;
use crate::check::Breach;
use crate::check::consent::Standing;
use crate::check::eligible::Eligibility;
use crate::check::facts::Facts;
use crate::check::graph::Graph;
use crate::check::impartiality;
use crate::format::SolutionDoc;

/// Two disputes of one mediator each, `d0` between FR and BR, `d1` between firm and BR, and four
/// Swiss mediators of whom nothing is known.
pub(super) fn docket(rules: &Value) -> Value {
    let states: Vec<Value> =
        ["AT", "BR", "CH", "FR"].iter().map(|id| json!({ "id": id })).collect();
    let mediator = |i: usize| json!({ "id": format!("m{i}"), "nationalities": ["CH"], "expertise": { "x": (9 - i) as f64 / 10.0 } });
    let dispute = |id: &str, first: &str, second: &str| {
        json!({ "id": id, "class": "commercial", "panel": { "size": 1 }, "subjects": ["x"],
                "parties": [{ "id": "p", "actor": first }, { "id": "q", "actor": second }] })
    };
    let org = |id: &str, kind: &str| json!({ "id": id, "kind": kind });
    json!({
        "schema": "comity.instance/1", "id": "bare", "as_of": "2026-03-02",
        "horizon": { "start": "2026-03-02T00:00:00Z", "end": "2026-03-03T00:00:00Z" },
        "policy": { "conflict_rules": { "schema": "comity.rules/1", "id": "own", "rules": rules } },
        "states": states,
        "organisations": [org("firm", "company"), org("law", "law-firm"), org("bar", "chambers"),
                          org("house", "igo")],
        "people": [{ "id": "ann" }, { "id": "bob" }],
        "mediators": (0..4).map(mediator).collect::<Vec<_>>(),
        "disputes": [dispute("d0", "FR", "BR"), dispute("d1", "firm", "BR")]
    })
}

/// A rule by path to a party, waivable red unless `more` says otherwise.
pub(super) fn rule(id: &str, path: &Value, more: &Value) -> Value {
    let mut rule = json!({ "id": id, "text": "t", "source": "s", "severity": "waivable-red",
                           "to": "party", "path": path });
    for (key, value) in more.as_object().expect("an object") {
        rule[key] = value.clone();
    }
    rule
}

/// A relation with further keys.
pub(super) fn tie(id: &str, from: &str, kind: &str, to: &str, more: &Value) -> Value {
    let mut tie = json!({ "id": id, "from": from, "kind": kind, "to": to });
    for (key, value) in more.as_object().expect("an object") {
        tie[key] = value.clone();
    }
    tie
}

/// Runs something on the tables of an instance.
pub(super) fn with<T>(
    document: &Value,
    run: impl FnOnce(&Facts<'_>, &Graph<'_>, &Eligibility) -> T,
) -> T {
    let document = read(document);
    let facts = Facts::new(&document);
    let graph = Graph::new(&facts);
    let law = Eligibility::new(&facts, &graph);
    run(&facts, &graph, &law)
}

/// Why a mediator is not eligible.
pub(super) fn reasons(document: &Value, d: usize, m: usize) -> Vec<String> {
    with(document, |_, _, law| law.pair(d, m).expect("a pair").reasons.iter().cloned().collect())
}

/// What the rules find about a pair: each rule and what comes of it.
pub(super) fn findings(document: &Value, d: usize, m: usize) -> Vec<(String, Standing)> {
    with(document, |facts, _, law| {
        let found = &law.pair(d, m).expect("a pair").findings;
        found.iter().map(|(&r, x)| (facts.profile.rules[r].id.clone(), x.1)).collect()
    })
}

/// A solution of panels alone, the first of each being its chair if `chair` says so.
pub(super) fn panels(panels: &[(&str, &[&str])], chair: bool) -> Value {
    let seat = |i: usize, m: &str| {
        let role = if chair && i == 0 { "chair" } else { "member" };
        json!({ "mediator": m, "role": role })
    };
    let panel = |(dispute, members): &(&str, &[&str])| {
        let seats: Vec<Value> = members.iter().enumerate().map(|(i, m)| seat(i, m)).collect();
        json!({ "dispute": dispute, "panel": seats })
    };
    json!({
        "schema": "comity.solution/1", "instance": { "id": "bare", "digest": "d1" },
        "status": "feasible", "objective": { "tiers": [], "terms": {} },
        "assignments": panels.iter().map(panel).collect::<Vec<_>>(),
        "sessions": [], "unserved": [],
        "run": { "version": "0", "solver": "none", "tzdb": "none", "seed": 0, "gap": 0,
                 "nodes": 0, "plans": 0, "elapsed_ms": 0 }
    })
}

/// The messages about a label, for a solution of panels alone.
pub(super) fn broken(document: &Value, solution: &Value, label: &str) -> Vec<String> {
    let verdict = super::documents::verdict(document, solution);
    let of = verdict.violations.into_iter().filter(|v| v.rule.starts_with(label));
    of.map(|v| v.message).collect()
}

/// The breaches of impartiality.
pub(super) fn breaches(document: &Value, solution: &Value) -> Vec<Breach> {
    let solution: SolutionDoc = serde_json::from_value(solution.clone()).expect("a solution");
    impartiality(&read(document), &solution)
}
