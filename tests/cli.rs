//! The command line: what each command does, its exit codes, and what it leaves behind.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use comity::format::{
    BUILT_IN_PROFILES, DocumentKind, read_instance, read_rules, read_solution, schema_of,
    to_json_string,
};
use serde_json::{Value, json};
use tempfile::TempDir;

fn instance(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(name)
}

fn text(path: &Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

/// An instance by its name below instances/, as an argument.
fn named(name: &str) -> String {
    text(&instance(name))
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn comity(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    command.args(args).stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    comity(args).output().expect("comity runs")
}

fn run_with(args: &[&str], input: &[u8]) -> Output {
    let mut child = comity(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("comity runs");
    child.stdin.take().expect("a pipe").write_all(input).expect("read whole");
    child.wait_with_output().expect("comity ends")
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

#[track_caller]
fn expect(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}\n{}", out(output), err(output));
}

#[test]
fn validate_says_nothing_about_a_valid_document() {
    for name in ["tiny/two-disputes.json", "tiny/inadmissible.json", "iomed-launch.json"] {
        let output = run(&["validate", &named(name)]);
        expect(&output, 0);
        assert_eq!((out(&output), err(&output)), ("", ""));
    }
}

#[test]
fn validate_tells_every_finding_at_once() {
    let output = run(&["validate", &named("invalid/bad-date.json")]);
    expect(&output, 3);
    assert_eq!(out(&output), "");
    let expected = fs::read_to_string(instance("invalid/bad-date.expected.txt")).expect("it");
    let heads = |text: &str| {
        text.lines().filter(|l| l.starts_with("error[")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(heads(&expected).len() > 1);
    assert_eq!(heads(err(&output)), heads(&expected));
}

#[test]
fn a_warning_does_not_refuse() {
    let output = run(&["validate", &named("invalid/as-of-after-horizon.json")]);
    expect(&output, 0);
    assert!(err(&output).starts_with("warning[as-of-after-horizon]"), "{}", err(&output));
}

#[test]
fn validate_looks_at_a_solution_beside_the_instance() {
    let folder = folder();
    let two = named("tiny/two-disputes.json");
    let solution = text(&folder.path().join("solution.json"));
    expect(&run(&["solve", &two, "-o", &solution]), 0);
    let output = run(&["validate", &two, &solution]);
    expect(&output, 0);
    assert_eq!((out(&output), err(&output)), ("", ""));
    let other = run(&["validate", &named("tiny/shareholder.json"), &solution]);
    expect(&other, 0);
    assert!(err(&other).starts_with("warning[other-instance]"), "{}", err(&other));

    let mut answer: Value =
        serde_json::from_slice(&fs::read(&solution).expect("it")).expect("JSON");
    answer["run"]["tzdb"] = json!("1999a");
    fs::write(&solution, answer.to_string()).expect("written");
    for command in ["validate", "check"] {
        let output = run(&[command, &two, &solution]);
        expect(&output, 0);
        assert!(err(&output).starts_with("warning[other-tzdb]"), "{}", err(&output));
        assert!(err(&output).contains("(/run/tzdb)"), "{}", err(&output));
    }
    answer["rum"] = json!(1);
    fs::write(&solution, answer.to_string()).expect("written");
    let output = run(&["validate", &two, &solution]);
    expect(&output, 3);
    assert!(err(&output).starts_with("error[unknown-key]"), "{}", err(&output));
    expect(&run(&["validate", &two, "no-such-file.json"]), 2);
}

#[test]
fn findings_as_json() {
    for name in ["bad-date", "syntax", "missing-key", "not-utf8", "unknown-id"] {
        let path = named(&format!("invalid/{name}.json"));
        for args in [
            ["--error-format", "json", "validate", &path],
            ["validate", &path, "--error-format", "json"],
        ] {
            let output = run(&args);
            expect(&output, 3);
            let document: Value = serde_json::from_str(err(&output)).expect("one JSON object");
            let findings = document["findings"].as_array().expect("findings");
            assert!(findings.iter().any(|finding| finding["code"] == name), "{document}");
            for finding in findings {
                for key in ["code", "level", "message", "pointer", "line", "column", "help"] {
                    assert!(finding.get(key).is_some(), "{name}: {key} in {finding}");
                }
            }
        }
    }
}

#[test]
fn failures_as_json() {
    let output = run(&["validate", "no-such-file.json", "--error-format", "json"]);
    expect(&output, 2);
    let document: Value = serde_json::from_str(err(&output)).expect("one JSON object");
    assert!(document["error"].as_str().expect("text").contains("no-such-file.json"));
}

#[test]
fn usage() {
    let two = named("tiny/two-disputes.json");
    for args in [
        &[][..],
        &["mediate"],
        &["validate"],
        &["validate", "no-such-file.json"],
        &["solve", &two, "--gap", "2"],
        &["solve", &two, "--gap", "NaN"],
        &["solve", &two, "--time-limit", "-1"],
        &["solve", &two, "--time-limit", "NaN"],
        &["solve", &two, "--threads", "0"],
        &["solve", &two, "--node-limit", "-1"],
        &["conflicts", &two, "--dispute", "nowhere"],
        &["conflicts", &two, "--mediator", "nobody"],
        &["conflicts", &two, "--format", "xml"],
        &["generate", "nothing"],
        &["convert", "--from", "nothing", &two],
        &["schema", "anything"],
    ] {
        let output = run(args);
        expect(&output, 2);
        assert_eq!(out(&output), "", "{args:?}");
        assert!(!err(&output).is_empty(), "{args:?}");
    }
    for args in [["--help"], ["--version"]] {
        let output = run(&args);
        expect(&output, 0);
        assert!(out(&output).contains("comity") && err(&output).is_empty());
    }
}

#[test]
fn solve_check_and_explain() {
    let folder = folder();
    let solution = text(&folder.path().join("solution.json"));
    let path = named("tiny/two-disputes.json");
    let output = run(&["solve", &path, "-o", &solution]);
    expect(&output, 0);
    assert_eq!(out(&output), "");
    assert!(err(&output).starts_with("optimal: 2 panels"), "{}", err(&output));
    let output = run(&["check", &path, &solution]);
    expect(&output, 0);
    assert!(out(&output).starts_with("everything holds"), "{}", out(&output));
    let by_stdin = run_with(&["check", &path, "-"], &fs::read(&solution).expect("it"));
    assert_eq!((by_stdin.status.code(), out(&by_stdin)), (Some(0), out(&output)));
    let output = run(&["explain", &path, &solution]);
    expect(&output, 0);
    assert!(out(&output).contains("river") && out(&output).contains("rail"), "{}", out(&output));
    let output = run(&["explain", &path, &solution, "--dispute", "river"]);
    expect(&output, 0);
    assert!(out(&output).contains("ana"), "{}", out(&output));
    let output = run(&["explain", &path, &solution, "--dispute", "river", "--mediator", "una"]);
    expect(&output, 0);
    assert!(out(&output).contains("national"), "{}", out(&output));
    for args in [
        &["explain", &path, &solution, "--dispute", "nowhere"][..],
        &["explain", &path, &solution, "--dispute", "river", "--mediator", "nobody"],
        &["explain", &path, &solution, "--mediator", "una"],
    ] {
        expect(&run(args), 2);
    }
    // A solution of another instance.
    let other = named("tiny/time-zones.json");
    let output = run(&["check", &other, &solution]);
    expect(&output, 6);
    assert!(out(&output).contains("violated D1 reference"), "{}", out(&output));
    let output = run(&["explain", &other, &solution]);
    expect(&output, 3);
}

#[test]
fn standard_streams() {
    let bytes = fs::read(instance("tiny/two-disputes.json")).expect("it");
    let to_stdout = run_with(&["solve", "-"], &bytes);
    expect(&to_stdout, 0);
    let read = read_solution(&to_stdout.stdout).expect("data alone on standard output");
    let named = run_with(&["solve", "-", "-o", "-", "--seed", "7"], &bytes);
    expect(&named, 0);
    assert_eq!(read_solution(&named.stdout).expect("a solution").assignments, read.assignments);
    expect(&run_with(&["validate", "-"], &bytes), 0);
    expect(&run_with(&["validate", "-"], b""), 3);
    expect(&run_with(&["validate", "-"], &bytes[..bytes.len() / 2]), 3);
    expect(&run_with(&["conflicts", "-"], &bytes), 0);
}

#[test]
fn an_unserved_dispute_leaves_with_4() {
    let output = run(&["solve", &named("tiny/inadmissible.json")]);
    expect(&output, 4);
    let solution = read_solution(&output.stdout).expect("a solution all the same");
    assert_eq!(solution.unserved.len(), 2);
    assert!(err(&output).contains("unserved delimitation"), "{}", err(&output));
}

#[test]
fn a_violation_leaves_with_6() {
    let base = named("corrupt/base.json");
    expect(&run(&["check", &base, &named("corrupt/base.solution.json")]), 0);
    for (file, rule) in [("a2-eligible", "A2 eligible"), ("b1-bound", "B1 bound")] {
        let output = run(&["check", &base, &named(&format!("corrupt/{file}.json"))]);
        expect(&output, 6);
        assert!(out(&output).contains(&format!("violated {rule}")), "{}", out(&output));
    }
    expect(&run(&["check", &base, &base]), 3);
    expect(&run(&["check", &named("invalid/unknown-id.json"), &base]), 3);
}

/// All or nothing: what was there stays, byte for byte, until a whole new file takes its place.
#[test]
fn an_invalid_document_writes_nothing() {
    let folder = folder();
    let output_path = folder.path().join("solution.json");
    for name in ["syntax", "unknown-id", "not-enforced"] {
        let path = named(&format!("invalid/{name}.json"));
        expect(&run(&["solve", &path, "-o", &text(&output_path)]), 3);
        assert!(!output_path.exists());
    }
    fs::write(&output_path, "as it was").expect("written");
    let path = named("invalid/unknown-id.json");
    expect(&run(&["solve", &path, "-o", &text(&output_path)]), 3);
    expect(&run(&["convert", "--from", "isds", &path, "-o", &text(&output_path)]), 3);
    assert_eq!(fs::read_to_string(&output_path).expect("it"), "as it was");
    let path = named("tiny/two-disputes.json");
    expect(&run(&["solve", &path, "-o", &text(&output_path)]), 0);
    read_solution(&fs::read(&output_path).expect("it")).expect("a solution");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn an_output_that_cannot_be_written() {
    let folder = folder();
    let path = named("tiny/two-disputes.json");
    let nowhere = text(&folder.path().join("no-such-folder/solution.json"));
    for args in [&["solve", &path, "-o", &nowhere][..], &["generate", "launch", "-o", &nowhere]] {
        let output = run(args);
        expect(&output, 2);
        assert!(err(&output).contains("cannot write"), "{}", err(&output));
    }
    let output = run(&["solve", &path, "-o", &text(folder.path())]);
    expect(&output, 2);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn limits() {
    let folder = folder();
    let solution = text(&folder.path().join("solution.json"));
    let path = named("iomed-launch.json");
    let output = run(&["solve", &path, "-o", &solution, "--time-limit", "0.01"]);
    assert!(matches!(output.status.code(), Some(0 | 4)), "{}", err(&output));
    let document = read_solution(&fs::read(&solution).expect("it")).expect("a solution");
    let stopped = serde_json::to_value(document.stop_reason).expect("JSON");
    assert_eq!(stopped, "time-limit");
    expect(&run(&["check", &path, &solution]), 0);
    let two = named("tiny/two-disputes.json");
    let output = run(&["solve", &two, "--node-limit", "1", "--threads", "1", "--gap", "0"]);
    expect(&output, 0);
    expect(&run_with(&["check", &two, "-"], &output.stdout), 0);
}

#[test]
fn a_plan_made_again() {
    let folder = folder();
    let (first, changed) = (folder.path().join("first.json"), folder.path().join("changed.json"));
    let again = folder.path().join("again.json");
    let path = named("tiny/two-disputes.json");
    expect(&run(&["solve", &path, "-o", &text(&first)]), 0);
    let solution = read_solution(&fs::read(&first).expect("it")).expect("a solution");
    let panel = &solution.assignments[0];
    let mut told: Value = serde_json::from_slice(&fs::read(&path).expect("it")).expect("JSON");
    let seat = serde_json::json!({ "dispute": panel.dispute, "mediator": panel.panel[0].mediator });
    told["locks"]["forbid"] = serde_json::json!([seat]);
    fs::write(&changed, told.to_string()).expect("written");
    let output = run(&["solve", &text(&changed), "--from", &text(&first), "-o", &text(&again)]);
    assert!(matches!(output.status.code(), Some(0 | 4)), "{}", err(&output));
    let leaves = format!("{} leaves (forbidden", panel.panel[0].mediator);
    assert!(err(&output).contains(&leaves), "{}", err(&output));
    expect(&run(&["check", &text(&changed), &text(&again)]), 0);
    let docket = run(&["explain", &text(&changed), &text(&again)]);
    expect(&docket, 0);
    assert!(out(&docket).contains("against the plan before:") && out(&docket).contains(&leaves));
    // Why somebody had to leave is nothing for the parties.
    let docket = run(&["explain", &text(&changed), &text(&again), "--audience", "parties"]);
    expect(&docket, 0);
    assert!(!out(&docket).contains(" leaves"), "{}", out(&docket));
    let told = run(&[
        "solve",
        &text(&changed),
        "--from",
        &text(&first),
        "-o",
        &text(&again),
        "--error-format",
        "json",
    ]);
    let told: Value = serde_json::from_str(err(&told)).expect("JSON");
    let left = &told["changes"][0]["left"][0];
    assert_eq!(left["mediator"], panel.panel[0].mediator.as_str(), "{told}");
    // A solution of another docket is no plan to keep to, and nothing is written.
    let nowhere = folder.path().join("nowhere.json");
    let other = named("iomed-launch.json");
    let output = run(&["solve", &other, "--from", &text(&first), "-o", &text(&nowhere)]);
    expect(&output, 3);
    assert!(err(&output).contains("other-instance") && !nowhere.exists(), "{}", err(&output));
    let output = run(&["solve", &path, "--from", &path]);
    expect(&output, 3);
    // Every start that is none is told at once.
    let mut told: Value = serde_json::from_slice(&fs::read(&first).expect("it")).expect("JSON");
    let sessions = told["sessions"].as_array_mut().expect("a list");
    sessions[0]["start"] = "2026-02-30T09:00:00Z".into();
    sessions[1]["start"] = "noon".into();
    let odd = folder.path().join("odd.json");
    fs::write(&odd, told.to_string()).expect("written");
    let output = run(&["solve", &path, "--from", &text(&odd), "-o", &text(&nowhere)]);
    expect(&output, 3);
    assert!(err(&output).matches("error[bad-start]").count() == 2, "{}", err(&output));
    assert!(!nowhere.exists());
}

#[test]
fn remedies_in_two_forms() {
    let folder = folder();
    let solution = text(&folder.path().join("solution.json"));
    let path = named("tiny/inadmissible.json");
    expect(&run(&["solve", &path, "-o", &solution]), 4);
    let ask = ["explain", &path, &solution, "--dispute", "delimitation", "--remedies"];
    let output = run(&ask);
    expect(&output, 0);
    assert!(out(&output).contains("was seen to serve delimitation"), "{}", out(&output));
    let output = run(&[&ask[..], &["--format", "json"]].concat());
    expect(&output, 0);
    let told: Value = serde_json::from_str(out(&output)).expect("JSON");
    assert_eq!((&told["dispute"], &told["found"]), (&"delimitation".into(), &Value::Array(vec![])));
}

#[test]
fn what_if_in_two_forms() {
    let folder = folder();
    let solution = text(&folder.path().join("solution.json"));
    let path = named("tiny/two-disputes.json");
    expect(&run(&["solve", &path, "-o", &solution]), 0);
    let answer = read_solution(&fs::read(&solution).expect("it")).expect("a solution");
    let seat = &answer.assignments[0];
    let change = format!("forbid {} {}", seat.dispute, seat.panel[0].mediator);
    let output = run(&["explain", &path, &solution, "--what-if", &change, "--anew"]);
    expect(&output, 0);
    assert!(out(&output).starts_with(&format!("what if: {change}\n")), "{}", out(&output));
    let output = run(&["explain", &path, &solution, "--what-if", &change, "--format", "json"]);
    expect(&output, 0);
    let told: Value = serde_json::from_str(out(&output)).expect("JSON");
    assert_eq!(told["supposed"][0], change.as_str());
    assert!(told["before"]["quality"].is_i64() && told["changes"].is_array(), "{told}");
    for (args, code) in [
        (&["--what-if", "sack everybody"][..], 2),
        (&["--what-if", "cases nobody 1"], 2),
        (&["--what-if", "forbid nobody nobody"], 3),
        (&["--anew"], 2),
        (&["--remedies"], 2),
        (&["--dispute", &seat.dispute, "--remedies"], 2),
        (&["--what-if", &change, "--dispute", &seat.dispute], 2),
    ] {
        let args: Vec<&str> =
            ["explain", &path, &solution].into_iter().chain(args.iter().copied()).collect();
        expect(&run(&args), code);
    }
}

/// What is told is told to programs too, with the names of what it calls by an id.
#[test]
fn explanations_in_two_forms() {
    let path = named("iomed-launch.json");
    let folder = folder();
    let solution = text(&folder.path().join("solution.json"));
    expect(&run(&["solve", &path, "-o", &solution]), 0);
    let ask = |args: &[&str]| {
        let all = ["explain", &path, &solution].into_iter().chain(args.iter().copied());
        let text = run(&all.clone().collect::<Vec<_>>());
        expect(&text, 0);
        let json = run(&all.chain(["--format", "json"]).collect::<Vec<_>>());
        expect(&json, 0);
        let told: Value = serde_json::from_str(out(&json)).expect("JSON");
        (out(&text).to_owned(), told)
    };
    let (text, told) = ask(&[]);
    assert_eq!(told["disputes"].as_array().map(Vec::len), Some(10));
    assert!(text.contains("names:\n"));
    let (text, told) = ask(&["--dispute", "dispute-01"]);
    assert_eq!(told["panel"].as_array().map(Vec::len), Some(3));
    let member = told["panel"][0]["mediator"].as_str().expect("an id").to_owned();
    let name = told["names"][&member].as_str().expect("a name");
    assert!(text.contains(&format!("{member}   {name}\n")), "{text}");
    let (_, told) = ask(&["--dispute", "dispute-01", "--audience", "parties"]);
    assert!(told.get("reserves").is_none() && told.get("burden").is_none(), "{told}");
    let (text, told) = ask(&["--dispute", "dispute-01", "--mediator", "m-cn-a-01"]);
    let (least, most) = (&told["forced"]["at_least"], &told["forced"]["at_most"]);
    assert!(least.is_i64() && least.as_i64() <= most.as_i64(), "{told}");
    assert!(text.contains("keeps what comes before quality"), "{text}");
    let (text, told) = ask(&["--dispute", "dispute-01", "--mediator", &member]);
    assert_eq!(told["sits"], true);
    assert!(text.contains("who else could have her"), "{text}");
}

#[test]
fn what_would_serve_is_written_down_on_demand() {
    let launch = fs::read_to_string(named("iomed-launch.json")).expect("the instance");
    let mut value: Value = serde_json::from_str(&launch).expect("JSON");
    value["disputes"][2]["panel"]["languages"] = serde_json::json!({ "mn": 1 });
    let folder = folder();
    let path = text(&folder.path().join("instance.json"));
    fs::write(&path, value.to_string()).expect("written");
    let solution = text(&folder.path().join("solution.json"));
    for (args, some) in [(&[][..], false), (&["--remedies"], true)] {
        let all = ["solve", &path, "-o", &solution].into_iter().chain(args.iter().copied());
        expect(&run(&all.collect::<Vec<_>>()), 4);
        let told: Value =
            serde_json::from_str(&fs::read_to_string(&solution).expect("written")).expect("JSON");
        let remedies = told["unserved"][0]["remedies"].as_array().map_or(0, Vec::len);
        assert_eq!(remedies > 0, some, "{told}");
        expect(&run(&["check", &path, &solution]), 0);
    }
}

#[test]
fn conflicts_in_three_forms() {
    let path = named("tiny/two-disputes.json");
    let plain = run(&["conflicts", &path]);
    expect(&plain, 0);
    assert!(out(&plain).contains("una"), "{}", out(&plain));
    let same = run(&["conflicts", &path, "--format", "text"]);
    assert_eq!(out(&same), out(&plain));
    let json = run(&["conflicts", &path, "--format", "json", "--dispute", "river"]);
    expect(&json, 0);
    let document: Value = serde_json::from_str(out(&json)).expect("JSON");
    assert!(document.to_string().contains("nationality"), "{document}");
    assert!(!document.to_string().contains("rail"), "only the dispute asked for: {document}");
    let dot = run(&["conflicts", &path, "--format", "dot", "--mediator", "una"]);
    expect(&dot, 0);
    let text = out(&dot).trim();
    assert!(text.starts_with("digraph") && text.ends_with('}'), "{text}");
    assert_eq!(text.matches('{').count(), text.matches('}').count());
}

#[test]
fn schemas_are_those_of_the_library() {
    for (name, kind) in [
        ("instance", DocumentKind::Instance),
        ("solution", DocumentKind::Solution),
        ("rules", DocumentKind::Rules),
    ] {
        let output = run(&["schema", name]);
        expect(&output, 0);
        assert_eq!(out(&output), to_json_string(&schema_of(kind)).expect("JSON"));
    }
}

/// A profile is printed whole: what comes out reads as a rules document and extends nothing.
#[test]
fn profiles_are_printed_whole() {
    for (name, _) in BUILT_IN_PROFILES {
        let output = run(&["schema", "rules", "--profile", name]);
        expect(&output, 0);
        let rules = read_rules(&output.stdout).expect("a rules document");
        assert_eq!(rules.id, *name);
        assert!(rules.extends.is_empty() && rules.groups.is_empty() && rules.remove.is_empty());
        assert!(rules.rules.iter().flat_map(|rule| &rule.path).all(|step| step.groups.is_empty()));
    }
    expect(&run(&["schema", "rules", "--profile", "strickt"]), 2);
    expect(&run(&["schema", "instance", "--profile", "strict"]), 2);
}

#[test]
fn generate_is_reproducible_and_valid() {
    let args = ["generate", "launch", "--seed", "5", "--disputes", "2", "--mediators", "30"];
    let first = run(&args);
    expect(&first, 0);
    assert_eq!(first.stdout, run(&args).stdout);
    let document = read_instance(&first.stdout).expect("an instance");
    assert_eq!((document.disputes.len(), document.mediators.len()), (2, 30));
    expect(&run_with(&["validate", "-"], &first.stdout), 0);
    let seed = run(&["generate", "launch", "--seed", "6", "--disputes", "2", "--mediators", "30"]);
    assert_ne!(first.stdout, seed.stdout);
    let folder = folder();
    let file = folder.path().join("launch.json");
    expect(&run(&["generate", "launch", "--seed", "1", "-o", &text(&file)]), 0);
    let committed = fs::read(instance("iomed-launch.json")).expect("it");
    assert!(fs::read(file).expect("it") == committed, "the committed instance is another");
}

#[test]
fn convert_refuses_what_is_no_docket() {
    let output = run(&["convert", "--from", "isds", &named("tiny/two-disputes.json")]);
    expect(&output, 3);
    assert_eq!(out(&output), "");
}

#[test]
fn convert_reads_reviewers() {
    let folder = folder();
    let (set, made) = (folder.path().join("set.rap"), folder.path().join("set.json"));
    fs::write(&set, "2 2\n1 1\n1 1\n0 1\n2 0:9000 1:-1000\n1 0:5000\n").expect("written");
    let (set, made) = (text(&set), text(&made));
    expect(&run(&["convert", "--from", "rap", &set, "-o", &made]), 0);
    expect(&run(&["solve", &made, "-o", &text(&folder.path().join("out.json"))]), 0);
    expect(&run(&["check", &made, &text(&folder.path().join("out.json"))]), 0);
    let output = run(&["convert", "--from", "rap", &made]);
    expect(&output, 3);
    assert_eq!(out(&output), "");
    expect(&run(&["convert", "--from", "rap"]), 2);
    expect(&run(&["convert", "--from", "rap", &set, &set]), 2);
}

/// A reader that has seen enough is no failure.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = comity(&["schema", "instance"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("comity runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("comity ends");
    expect(&output, 0);
    assert_eq!(err(&output), "");
}

/// Ctrl-C writes the best answer so far, and it holds.
#[cfg(unix)]
/// A docket that no solver proves: equal disputes, equal mediators, and a heavy price on evenness,
/// so that the bound stays far off whatever is asked.
fn even() -> Value {
    let mediator = |i| {
        json!({
            "id": format!("m{i}"), "nationalities": ["X-N"], "expertise": { "trade": 0.5 },
            "languages": { "en": "native" },
        })
    };
    let parties = json!([{ "id": "a", "actor": "X-A" }, { "id": "b", "actor": "X-B" }]);
    let dispute = |i| {
        json!({
            "id": format!("d{i}"), "class": "state-state", "subjects": ["trade"],
            "parties": parties,
            // Asked for so that the docket is no transportation problem, which would be proven.
            "panel": { "size": 2, "languages": { "en": 1 } },
        })
    };
    json!({
        "schema": "comity.instance/1", "id": "even", "as_of": "2026-03-01",
        "horizon": { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z" },
        "policy": { "weights": { "balance": 1000 } },
        "states": [{ "id": "X-A" }, { "id": "X-B" }, { "id": "X-N" }],
        "mediators": (0..9).map(mediator).collect::<Vec<_>>(),
        "disputes": (0..11).map(dispute).collect::<Vec<_>>(),
    })
}

/// What is read is never written over, links stay links, and standard input is read once.
#[test]
fn inputs_stay_as_they_are() {
    let folder = folder();
    let at = |name: &str| text(&folder.path().join(name));
    let (docket, solution, page) = (at("docket.json"), at("solution.json"), at("page.html"));
    fs::copy(instance("tiny/two-disputes.json"), &docket).expect("copied");
    expect(&run(&["solve", &docket, "-o", &solution]), 0);
    let before = [&docket, &solution].map(|path| fs::read(path).expect("it"));
    let refused = [
        vec!["solve", &docket, "-o", &docket],
        vec!["report", &docket, &solution, "-o", &docket],
        vec!["report", &docket, &solution, "-o", &solution],
    ];
    for args in refused {
        let output = run(&args);
        expect(&output, 2);
        assert!(err(&output).contains("would be written over"), "{}", err(&output));
    }
    assert_eq!([&docket, &solution].map(|path| fs::read(path).expect("it")), before);
    expect(&run(&["report", &docket, &solution, "-o", &page]), 0);
    // Planning again may put the new plan in the place of the old one.
    expect(&run(&["solve", &docket, "--from", &solution, "-o", &solution]), 0);
    let output = run_with(&["check", "-", "-"], &before[0]);
    expect(&output, 2);
    assert!(err(&output).contains("only once"), "{}", err(&output));
    #[cfg(unix)]
    {
        let link = at("link.json");
        std::os::unix::fs::symlink("real.json", &link).expect("a link");
        fs::write(at("real.json"), "{}").expect("written");
        expect(&run(&["solve", &docket, "-o", &link]), 0);
        assert!(fs::symlink_metadata(&link).expect("it").is_symlink());
        assert!(read_solution(&fs::read(at("real.json")).expect("it")).is_ok());
    }
}

/// A plan does not say who came to a session that is over, and neither does the page.
#[test]
fn the_page_does_not_say_who_came_to_a_session_that_is_over() {
    let folder = folder();
    let at = |name: &str| text(&folder.path().join(name));
    let [before, now, plan, later, page] =
        ["before.json", "now.json", "plan.json", "later.json", "page.html"].map(at);
    let docket = fs::read_to_string(instance("tiny/two-disputes.json")).expect("it");
    let mut docket: Value = serde_json::from_str(&docket).expect("JSON");
    docket["horizon"]["end"] = json!("2026-02-06T18:00:00Z");
    let next = json!({ "id": "next", "kind": "joint", "minutes": 60, "attendees": "all",
        "after": { "session": "opening", "min_days": 2, "max_days": 3 } });
    docket["disputes"][0]["sessions"].as_array_mut().expect("sessions").push(next);
    fs::write(&before, docket.to_string()).expect("written");
    expect(&run(&["solve", &before, "-o", &plan]), 0);
    docket["as_of"] = json!("2026-02-04");
    fs::write(&now, docket.to_string()).expect("written");
    expect(&run(&["solve", &now, "--from", &plan, "-o", &later]), 0);
    for (language, over, absent) in [
        ("en", "held; who attended is not recorded here", "does not attend"),
        ("zh", "此处未载出席情况", "不出席"),
    ] {
        expect(&run(&["report", &now, &later, "--language", language, "-o", &page]), 0);
        let told = fs::read_to_string(&page).expect("it");
        assert!(told.contains(over) && !told.contains(absent), "{language}");
    }
}

#[test]
fn an_interrupted_run_writes_what_it_has() {
    let folder = folder();
    let solution = text(&folder.path().join("solution.json"));
    let path = text(&folder.path().join("even.json"));
    fs::write(&path, even().to_string()).expect("written");
    let child = comity(&["solve", &path, "-o", &solution, "--gap", "0", "--node-limit", "1000000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("comity runs");
    std::thread::sleep(std::time::Duration::from_secs(2));
    let sent = Command::new("sh").args(["-c", &format!("kill -INT {}", child.id())]).status();
    assert!(sent.expect("a shell runs").success(), "the run had ended already");
    let output = child.wait_with_output().expect("comity ends");
    assert!(matches!(output.status.code(), Some(0 | 4)), "{:?} {}", output.status, err(&output));
    let document = read_solution(&fs::read(&solution).expect("it")).expect("a solution");
    assert_eq!(serde_json::to_value(document.stop_reason).expect("JSON"), "interrupted");
    let output = run(&["check", &path, &solution]);
    expect(&output, 0);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2, "nothing else is left");
}
