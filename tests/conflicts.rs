//! `comity conflicts` and `comity explain`: pictures, the summary, past appointments, and what the
//! parties are not told; cures and overrides show wherever the finding does.

mod common;

use std::process::{Command, Output};

use common::files::home;
use serde_json::{Value, json};
use tempfile::TempDir;

fn comity(folder: &TempDir, args: &[&str]) -> Output {
    let program =
        Command::new(env!("CARGO_BIN_EXE_comity")).args(args).current_dir(folder.path()).output();
    program.expect("comity runs")
}

fn told(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn folder(value: &Value) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("i.json"), value.to_string()).expect("written");
    folder
}

/// `ada` has a secret tie to a party, `ben` an open one that may be overridden, `cem` none.
fn world() -> Value {
    json!({
        "schema": "comity.instance/1", "id": "told", "as_of": "2026-03-01",
        "horizon": { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z" },
        "policy": { "conflict_rules": {
            "schema": "comity.rules/1", "id": "own", "extends": ["strict"],
            "rules": [{
                "id": "guest-lecture", "text": "the mediator lectured for a party",
                "source": "this test", "severity": "waivable-red", "to": "party",
                "path": [{ "any": [{ "kind": "advises", "tags": ["lecture"] }] }],
                "overridable": true,
            }],
            "remove": ["party-counsel", "past-counsel"],
        } },
        "states": [{ "id": "KE" }, { "id": "BR" }, { "id": "X-N" }],
        "mediators": [
            { "id": "ada", "nationalities": ["X-N"], "expertise": { "trade": 1 } },
            { "id": "ben", "nationalities": ["X-N"], "expertise": { "trade": 0.8 } },
            { "id": "cem", "nationalities": ["X-N"], "expertise": { "trade": 0.5 } },
        ],
        "relations": [
            { "id": "whisper", "from": "ada", "to": "KE", "kind": "counsel-against", "confidential": true },
            { "id": "lecture", "from": "ben", "to": "BR", "kind": "advises", "tags": ["lecture"] },
        ],
        "disputes": [{
            "id": "d", "class": "state-state", "subjects": ["trade"],
            "parties": [{ "id": "p", "actor": "KE" }, { "id": "q", "actor": "BR" }],
            "panel": { "size": 1 },
        }],
    })
}

#[test]
fn the_parties_learn_nothing_of_what_may_not_be_told() {
    let folder = folder(&world());
    told(&comity(&folder, &["solve", "i.json", "-o", "s.json"]));
    for format in ["text", "json", "dot", "svg"] {
        let ask = ["conflicts", "i.json", "--dispute", "d", "--format", format];
        let all = told(&comity(&folder, &ask));
        assert!(all.contains("whisper") && all.contains("past-adverse"), "{format}");
        let some = told(&comity(&folder, &[&ask[..], &["--audience", "parties"]].concat()));
        assert!(some.contains("undisclosable"), "{format}: {some}");
        assert!(!some.contains("whisper") && !some.contains("past-adverse"), "{format}: {some}");
        assert!(!some.contains("counsel-against"), "{format}: {some}");
    }
    let ask = ["explain", "i.json", "s.json", "--dispute", "d", "--mediator", "ada"];
    assert!(told(&comity(&folder, &ask)).contains("whisper"));
    let some = told(&comity(&folder, &[&ask[..], &["--audience", "parties"]].concat()));
    assert!(some.contains("undisclosable") && !some.contains("whisper"), "{some}");
    // Nor is it in the solution, which the parties may get.
    let solution = std::fs::read_to_string(folder.path().join("s.json")).expect("written");
    assert!(!solution.contains("whisper") && !solution.contains("past-adverse"));
}

#[test]
fn an_override_shows_wherever_the_finding_does() {
    let mut value = world();
    value["overrides"] = json!([{
        "mediator": "ben", "dispute": "d", "rule": "guest-lecture",
        "reason": "a single public lecture", "by": "the secretariat", "date": "2026-02-01",
    }]);
    let folder = folder(&value);
    told(&comity(&folder, &["solve", "i.json", "-o", "s.json"]));
    told(&comity(&folder, &["check", "i.json", "s.json"]));
    let solution = std::fs::read_to_string(folder.path().join("s.json")).expect("written");
    let solution: Value = serde_json::from_str(&solution).expect("JSON");
    assert_eq!(solution["assignments"][0]["panel"][0]["mediator"], "ben");
    let disclosure = &solution["assignments"][0]["disclosures"][0];
    assert_eq!(disclosure["rule"], "guest-lecture");
    assert_eq!(
        (&disclosure["cure"], &disclosure["date"]),
        (&json!("overridden"), &json!("2026-03-01"))
    );
    assert_eq!(disclosure["reason"], "a single public lecture");
    let explained = told(&comity(&folder, &["explain", "i.json", "s.json", "--dispute", "d"]));
    assert!(explained.contains("overridden: a single public lecture"), "{explained}");
    let shown = told(&comity(&folder, &["conflicts", "i.json"]));
    assert!(shown.contains("guest-lecture (waivable-red), overridden"), "{shown}");
    // Without it, or a day too late, she does not sit.
    value["overrides"][0]["date"] = json!("2026-03-02");
    let document = serde_json::from_value(value).expect("an instance");
    assert_eq!(common::solve(&document).assignments[0].panel[0].mediator, "cem");
}

#[test]
fn the_summary_counts_and_advises() {
    let folder = tempfile::tempdir().expect("a folder");
    let launch = home().join("instances/iomed-launch.json");
    let launch = launch.to_str().expect("UTF-8");
    let text = told(&comity(&folder, &["conflicts", launch]));
    assert!(text.contains("nearly unusable") && text.contains("one more designation"));
    let value: Value =
        serde_json::from_str(&told(&comity(&folder, &["conflicts", launch, "--format", "json"])))
            .expect("JSON");
    let summary = &value["summary"];
    // The same counts as in a solution of that instance.
    let bytes = std::fs::read(launch).expect("the instance");
    let loaded = comity::pipeline::load(&bytes).expect("valid");
    let screened = comity::pipeline::Screened::new(loaded.instance);
    let mut counts = screened.eligibility.exclusion_counts(&screened.instance);
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    assert_eq!(summary["exclusions"], serde_json::to_value(&counts).expect("JSON"));
    // A designation by a State whose dispute it is brings nothing in that dispute.
    let best = summary["designations"].as_array().expect("a list");
    assert!(!best.is_empty());
    for one in best {
        assert!(
            one["disputes"].as_u64() <= Some(10)
                && one["scarce"].as_u64() <= one["disputes"].as_u64()
        );
    }
    let about_one = told(&comity(&folder, &["conflicts", launch, "--dispute", "dispute-01"]));
    assert!(!about_one.contains("summary"), "the summary is about the whole docket");
}

/// What the summary promises of a designation is what comes of it.
#[test]
fn a_designation_brings_what_the_summary_says() {
    let mut value = world();
    value["panels"] = json!([{ "id": "A", "admits": ["state-state"] }]);
    for state in 0..3 {
        value["states"][state]["contracting"] = json!(true);
    }
    value["mediators"][2]["designations"] = json!([{ "panel": "A", "by": "X-N" }]);
    let folder = folder(&value);
    let shown = told(&comity(&folder, &["conflicts", "i.json", "--format", "json"]));
    let shown: Value = serde_json::from_str(&shown).expect("JSON");
    let wanted = json!([{ "state": "X-N", "panel": "A", "disputes": 1, "scarce": 1 }]);
    assert_eq!(shown["summary"]["designations"], wanted, "the parties' own nationals help nobody");
}

#[test]
fn usage() {
    let folder = folder(&world());
    for args in [
        &["conflicts", "i.json", "--format", "svg"][..],
        &["conflicts", "i.json", "--profile", "strict"],
        &["conflicts", "i.json", "--history", "--profile", "no-such"],
        &["conflicts", "i.json", "--history", "--format", "svg"],
        &["conflicts", "i.json", "--history", "--dispute", "d"],
        &["conflicts", "i.json", "--audience", "press"],
    ] {
        let output = comity(&folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty());
    }
    let told = told(&comity(&folder, &["conflicts", "i.json", "--history", "--format", "json"]));
    let value: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(value[0]["judged"], 0);
}
