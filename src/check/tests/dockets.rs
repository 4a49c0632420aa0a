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

/// An instance with something of everything, and panels for it.
pub(super) fn rich() -> [Value; 2] {
    let path = json!([
        { "any": [{ "kind": "member-of", "when": "within", "years": 3, "roles": ["partner"],
                    "tags": ["x"], "without": ["y"], "into": ["law-firm"] }], "repeat": "some" },
        { "any": [{ "kind": "advises", "when": "ended", "years": 9, "share_above": 0.1 }],
          "use": ["work"], "repeat": "any" }
    ]);
    let relation = json!({ "kind": "officer-of" });
    let count = |more: Value| json!({ "count": more });
    let mut document = docket(&json!([
        rule("path", &path, &json!({ "together": true, "overridable": true })),
        rule(
            "often",
            &json!([]),
            &count(json!({ "at_least": 1, "years": 3, "appointed_by": "anyone" }))
        ),
        rule(
            "held",
            &json!([]),
            &count(json!({ "at_least": 1, "years": 3, "relation": relation }))
        ),
        rule("both", &json!([]), &json!({ "pair": { "years": 3, "shares_party": true } })),
        rule(
            "kin",
            &json!([{ "any": [{ "kind": "family", "when": "test-dates" }] }]),
            &json!({ "to": "co-panellist", "severity": "orange" })
        ),
        rule(
            "national",
            &json!([{ "any": [{ "kind": "nationality" }] }]),
            &json!({ "governed_by": "nationality" })
        ),
    ]));
    document["policy"]["conflict_rules"]["groups"] = json!({ "work": [{ "kind": "employed-by" }] });
    document["policy"]["conflict_rules"]["consent"] = json!({ "orange": "all-express" });
    document["policy"]["nationality"] = json!({ "commercial": "one-per-side" });
    document["policy"]["institution"] = json!("house");
    document["panels"] =
        json!([{ "id": "roster", "admits": ["commercial"], "continue_in_office": true }]);
    document["mediators"][1]["designations"] =
        json!([{ "panel": "roster", "by": "CH", "from": "2020-01-01", "to": "2025-01-01" }]);
    document["mediators"][0]["nationalities"] = json!([{ "state": "FR", "from": "2000-01-01" }]);
    document["relations"] = json!([
        tie(
            "a",
            "m0",
            "member-of",
            "law",
            &json!({ "role": "partner", "tags": ["x"], "start": "2024-01-01" })
        ),
        tie("b", "law", "employed-by", "FR", &json!({ "end": "2026-03-02" })),
        tie("c", "m0", "officer-of", "BR", &json!({ "confidential": true })),
        tie("d", "m1", "family", "m0", &json!({ "share": 0.5 })),
        tie("e", "firm", "agency-of", "AT", &json!({})),
    ]);
    document["appointments"] = json!([{ "mediator": "m1", "date": "2025-01-01", "end": "2025-02-02",
                                        "by": "BR", "parties": ["FR"], "counsel": ["law"], "case": "old" }]);
    document["states"][0]["exclusions"] = json!(["y"]);
    document["disputes"][0]["related"] = json!(["old", "d1"]);
    document["disputes"][0]["panel"]["size"] = json!(2);
    document["disputes"][0]["opened"] = json!("2024-01-01");
    document["disputes"][0]["third_states"] = json!([{ "state": "CH", "consent": true }]);
    let waiver = |what: &str, id: &str| {
        json!({ "mediator": "m0", "dispute": "d0", what: id, "by": ["p", "q"], "express": true,
                "date": "2026-03-02" })
    };
    document["waivers"] = json!([waiver("rule", "path"), waiver("relation", "a")]);
    document["overrides"] = json!([{ "mediator": "m0", "dispute": "d0", "rule": "path",
                                     "reason": "why", "date": "2026-03-02" }]);
    let mut solution = panels(&[("d0", &["m0", "m1"]), ("d1", &["m1"])], false);
    solution["assignments"][0]["disclosures"] = json!([
        { "mediator": "m0", "rule": "path", "severity": "waivable-red", "date": "2026-03-02",
          "cure": "waived", "text": "t",
          "path": [{ "from": "m0", "kind": "member-of", "to": "law", "relation": "a" },
                   { "from": "law", "kind": "employed-by", "to": "FR", "relation": "b" }] },
        { "mediator": "m1", "rule": "often", "severity": "waivable-red", "date": "2026-03-02",
          "target": "BR", "count": 2, "text": "t" },
        { "mediator": "m1", "rule": "both", "severity": "waivable-red", "date": "2026-03-02",
          "case": "old", "text": "t" }
    ]);
    let row = json!({ "mediator": "m2", "disputes": { "d0": 1, "d1": 1 }, "limit": 1, "price": 5 });
    let leaf = json!({ "bound": 9, "nodes": [{ "prices": { "batch": [row] } }] });
    solution["certificate"] = json!({ "tiers": [leaf, leaf, leaf] });
    [document, solution]
}
