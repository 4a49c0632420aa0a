//! `convert --from ics` and `calendar` on the command line: exit codes, and what is left behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use comity::format::read_instance;
use tempfile::TempDir;

fn path(below: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
    path.to_str().expect("UTF-8").to_owned()
}

fn comity(args: &[&str], zone: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    command.args(args).env("TZ", zone).stdin(Stdio::null());
    command.output().expect("comity runs")
}

fn run(args: &[&str]) -> Output {
    comity(args, "UTC")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

#[track_caller]
fn expect(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", err(output));
}

fn folder() -> (TempDir, impl Fn(&str) -> String) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().to_owned();
    (folder, move |name: &str| root.join(name).to_str().expect("UTF-8").to_owned())
}

const SPRING: &str = "tests/ics/spring.json";

#[test]
fn holidays_and_busy_time_into_an_instance() {
    let (_folder, file) = folder();
    let busy = [("mia", "hong-kong"), ("rep-ny", "outlook"), ("rep-ny", "london")]
        .map(|(id, feed)| format!("{id}={}", path(&format!("tests/ics/feeds/{feed}.ics"))));
    let (hong_kong, china) = (
        path("instances/calendars/hong-kong-2026.ics"),
        path("instances/calendars/china-2026.ics"),
    );
    let (spring, result) = (path(SPRING), file("out.json"));
    let args = [
        "convert",
        "--from",
        "ics",
        "--into",
        &spring,
        "--calendar",
        "hk",
        "--weekend",
        "sat,sun",
        &hong_kong,
        &china,
        "--busy",
        &busy[0],
        "--busy",
        &busy[1],
        "--busy",
        &busy[2],
        "-o",
        &result,
    ];
    let output = run(&args);
    expect(&output, 0);
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{}", err(&output));
    expect(&run(&["validate", &result]), 0);
    let bytes = fs::read(&result).expect("it");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    for private in ["moved", "not to be seen", "three days"] {
        assert!(!text.contains(private), "the title of a private event");
    }
    let document = read_instance(&bytes).expect("an instance");
    assert_eq!(document.calendars[0].weekend.len(), 2);
    assert!(document.calendars[0].holidays.len() > 17);
    let mia = document.mediators.iter().find(|one| one.id == "mia").expect("she");
    assert_eq!(mia.busy[0].start, "2026-03-02T08:00:00+08:00", "cut to the horizon");
    // Once more changes nothing; `--replace` takes away what is no longer there.
    let again = run(&["convert", "--from", "ics", "--into", &result, "--busy", &busy[0]]);
    expect(&again, 0);
    assert_eq!(again.stdout, bytes);
    let feed = format!("mia={}", path("tests/ics/feeds/sydney.ics"));
    let less = run(&["convert", "--from", "ics", "--into", &result, "--busy", &feed, "--replace"]);
    expect(&less, 0);
    let document = read_instance(&less.stdout).expect("an instance");
    assert_eq!(document.mediators[0].busy.len(), 5);
}

#[test]
fn a_bad_file_writes_nothing_and_tells_everything() {
    let (_folder, file) = folder();
    let out = file("out.json");
    let bad = ["ics-unknown-zone", "ics-bad-value"]
        .map(|code| path(&format!("tests/ics/invalid/{code}.ics")));
    let busy = [format!("mia={}", bad[0]), format!("noa={}", bad[1])];
    let spring = path(SPRING);
    let args = [
        "convert", "--from", "ics", "--into", &spring, "--busy", &busy[0], "--busy", &busy[1],
        "-o", &out,
    ];
    let output = run(&args);
    expect(&output, 3);
    assert!(!Path::new(&out).exists() && output.stdout.is_empty());
    assert!(err(&output).contains(&format!(" --> {}:14:1\n", bad[0])), "{}", err(&output));
    assert!(err(&output).contains(&format!(" --> {}:6:1\n", bad[1])), "{}", err(&output));
    let mut as_json = args.to_vec();
    as_json.extend(["--error-format", "json"]);
    let output = run(&as_json);
    let document: serde_json::Value = serde_json::from_str(err(&output)).expect("one object");
    let findings = document["findings"].as_array().expect("findings");
    assert!(findings.iter().all(|one| one["line"].is_number() && one["file"].is_string()));
    assert_eq!(findings.len(), 8);
}

#[test]
fn usage() {
    let (spring, table) = (path(SPRING), path("instances/calendars/hong-kong-2026.ics"));
    let pair = format!("nobody={table}");
    let convert = |rest: &[&str]| {
        let mut args = vec!["convert", "--from", "ics"];
        args.extend(rest);
        run(&args)
    };
    for rest in [
        &[][..],
        &["--into", &spring],
        &["--into", &spring, &table],
        &["--into", &spring, "--calendar", "hk"],
        &["--into", &spring, "--calendar", "hk", &table],
        &["--into", &spring, "--calendar", "hk", "--weekend", "caturday", &table],
        &["--into", &spring, "--busy", "mia"],
        &["--into", &spring, "--busy", &pair],
        &["--into", &spring, "--busy", "mia=no-such-file.ics"],
    ] {
        let output = convert(rest);
        expect(&output, 2);
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{rest:?}");
    }
    expect(&run(&["convert", "--from", "isds"]), 2);
    for rest in [
        &["--for", "nobody"][..],
        &["--room", "seat"],
        &["--room", "seat/attic"],
        &["--party", "harbour/nobody"],
        &["--party", "nowhere/claimant"],
        &["--for", "mia", "--room", "seat/peak-room"],
    ] {
        let mut args = vec!["calendar", &spring, &spring];
        args.extend(rest);
        expect(&run(&args), 2);
    }
}

/// margince 2530: hours that belong to the installation. Cal.com 4702: slots that shift with it.
#[test]
fn the_zone_of_the_machine_changes_no_byte() {
    let (_folder, file) = folder();
    let (spring, solution, old) = (path(SPRING), file("solution.json"), file("old.ics"));
    expect(&run(&["solve", &spring, "-o", &solution]), 0);
    let busy = format!("mia={}", path("tests/ics/feeds/hong-kong.ics"));
    for args in [
        &["calendar", &spring, &solution][..],
        &["calendar", &spring, &solution, "--for", "rep-london"],
        &["convert", "--from", "ics", "--into", &spring, "--busy", &busy],
    ] {
        let [here, there] =
            ["America/Los_Angeles", "Pacific/Kiritimati"].map(|zone| comity(args, zone));
        expect(&here, 0);
        assert_eq!(here.stdout, there.stdout, "{args:?}");
        assert!(here.stderr.is_empty());
    }
    // A re-plan is told by the earlier file; one of another reader is refused, and nothing written.
    expect(&run(&["calendar", &spring, &solution, "--party", "rail/north", "-o", &old]), 0);
    let written = fs::read(&old).expect("it");
    let same =
        ["calendar", &spring, &solution, "--party", "rail/north", "--previous", &old, "-o", &old];
    expect(&run(&same), 0);
    assert_eq!(fs::read(&old).expect("it"), written);
    let other = ["calendar", &spring, &solution, "--previous", &old, "-o", &old];
    let output = run(&other);
    expect(&output, 3);
    assert!(err(&output).contains("ics-other-calendar"), "{}", err(&output));
    assert_eq!(fs::read(&old).expect("it"), written);
    // A solution of another instance.
    let two = path("instances/tiny/two-disputes.json");
    expect(&run(&["calendar", &two, &solution]), 3);
}
