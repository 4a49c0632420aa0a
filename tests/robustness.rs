//! No input, however broken, makes the program panic: ten thousand spoilt documents.
//!
//! Texts are cut and their bytes changed; values are taken out, doubled, swapped and replaced by
//! extremes. What is refused has findings; what is accepted is screened, and some of it solved and
//! checked. Lots are drawn from fixed seeds: a failure names its number and leaves the document in
//! the folder for temporary files of the target.

mod common;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use comity::check;
use comity::diagnostic::Level;
use comity::format::{InstanceDoc, canonical_digest, read_instance, read_solution, to_json_string};
use comity::generate::{LaunchOptions, launch};
use comity::pipeline::{Screened, load};
use comity::solve::{Control, Options};
use common::{Lots, files};
use serde_json::{Value, json};

/// A way to spoil a text.
fn spoil_text(text: &[u8], lots: &mut Lots) -> Vec<u8> {
    let mut bytes = text.to_vec();
    match lots.below(4) {
        0 => bytes.truncate(lots.below(bytes.len())),
        1 => {
            for _ in 0..=lots.below(4) {
                let place = lots.below(bytes.len());
                bytes[place] = lots.below(256) as u8;
            }
        }
        2 => {
            // One character of JSON for another: what comes out often still parses.
            let place = lots.below(bytes.len());
            bytes[place] = *lots.pick(b"\"{}[]:,0189-.eE \\n");
        }
        _ => {
            let from = lots.below(bytes.len());
            let to = (from + lots.below(40)).min(bytes.len());
            bytes.drain(from..to);
        }
    }
    bytes
}

/// Pointers to every value below the root.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut below = |key: String, value: &Value| {
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        pointers(value, &pointer, found);
        found.push(pointer);
    };
    match value {
        Value::Array(list) => list.iter().enumerate().for_each(|(i, v)| below(i.to_string(), v)),
        Value::Object(map) => map.iter().for_each(|(k, v)| below(k.clone(), v)),
        _ => {}
    }
}

fn extreme(old: &Value, lots: &mut Lots) -> Value {
    let numbers = [
        json!(0),
        json!(-1),
        json!(1),
        json!(2),
        json!(7),
        json!(0.5),
        json!(-0.000_001),
        json!(0.123_456_7),
        json!(1e6),
        json!(1e18),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u32::MAX),
        json!(4_294_967_296_u64),
        json!(1000),
        json!(1001),
        json!(1440),
        json!(100_000),
    ];
    let strings = [
        "",
        " ",
        "x",
        "0",
        "null",
        "é",
        "\u{0}",
        "../..",
        "`",
        "12:60",
        "24:00",
        "00:00",
        "09:00",
        "-09:00",
        "2026-02-29",
        "2024-02-29",
        "0000-01-01",
        "9999-12-31",
        "-262143-01-01",
        "+262142-12-31",
        "2026-03-02T00:00:00Z",
        "2026-03-02T00:00:30Z",
        "2026-03-02T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "9999-12-31T23:59:00Z",
        "0001-01-01T00:00:00+23:59",
        "2026-03-02T00:00:00-23:59",
        "+262142-12-31T23:00:00Z",
        "UTC",
        "Pacific/Kiritimati",
        "Pacific/Apia",
        "America/Nuuk",
        "Australia/Lord_Howe",
        "Etc/GMT+12",
        "Mars/Olympus",
        "institution",
        "all",
        "strict",
        "in-person",
    ];
    match (old, lots.below(8)) {
        (Value::Number(_), 0..7) => lots.pick(&numbers).clone(),
        (Value::String(_), 0..6) => json!(*lots.pick(&strings)),
        (Value::String(text), 6) => json!(text.repeat(1 + lots.below(80))),
        (Value::Bool(flag), 0..7) => json!(!flag),
        (Value::Array(list), 0..4) => json!(list.iter().rev().collect::<Vec<_>>()),
        (_, 0..2) => Value::Null,
        (_, 2) => json!([]),
        (_, 3) => json!({}),
        (_, 4) => json!(*lots.pick(&strings)),
        _ => lots.pick(&numbers).clone(),
    }
}

/// A way to spoil a document.
fn spoil(document: &Value, lots: &mut Lots) -> Value {
    let mut document = document.clone();
    for _ in 0..=lots.below(3) {
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        if all.is_empty() {
            break;
        }
        let pointer = lots.pick(&all).clone();
        let old = document.pointer(&pointer).expect("a value").clone();
        let (parent, key) = pointer.rsplit_once('/').expect("below the root");
        match lots.below(8) {
            0 | 1 => match document.pointer_mut(parent).expect("its parent") {
                Value::Object(map) => drop(map.remove(key)),
                Value::Array(list) => drop(list.remove(key.parse().expect("an index"))),
                _ => {}
            },
            2 => {
                if let Some(Value::Array(list)) = document.pointer_mut(parent) {
                    let place = lots.below(list.len() + 1);
                    list.insert(place, old);
                }
            }
            3 => {
                // Two values of the document change places, or one is written over the other.
                let other = lots.pick(&all).clone();
                let value = document.pointer(&other).expect("a value").clone();
                *document.pointer_mut(&pointer).expect("a value") = value;
                if let Some(place) = document.pointer_mut(&other).filter(|_| lots.chance(50)) {
                    *place = old;
                }
            }
            _ => {
                let new = extreme(&old, lots);
                *document.pointer_mut(&pointer).expect("a value") = new;
            }
        }
    }
    document
}

/// Runs a case, and keeps the document of one that panics.
fn survive<T>(name: &str, bytes: &[u8], case: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(case)).unwrap_or_else(|_| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.json"));
        fs::write(&path, bytes).expect("written");
        panic!("{name} panics; the document is {}", path.display())
    })
}

/// Reads, validates and screens; solves and checks where asked. True when it was accepted.
fn take(bytes: &[u8], solve: bool) -> bool {
    let loaded = match load(bytes) {
        Ok(loaded) => loaded,
        Err(findings) => {
            assert!(!findings.is_empty(), "refused without a finding");
            return false;
        }
    };
    // WHY: a long horizon in slots of five minutes is lawful, and slow to screen in such numbers.
    if loaded.instance.grid().slots() > 20_000 {
        return true;
    }
    let document = loaded.document;
    let screened = Screened::new(loaded.instance);
    if solve {
        let options = Options { node_limit: 3, ..Options::default() };
        let control = Control::new(Some(Duration::from_millis(200)), None);
        let solution = screened.answer(options, &control);
        let verdict = check::check(&document, &solution, screened.instance.digest());
        assert!(verdict.holds(), "the checker refuses the answer:\n{verdict}");
    }
    true
}

fn spoilt(name: &str, seeds: &[Vec<u8>], number: usize, solve_one_in: usize) {
    let values: Vec<Option<Value>> =
        seeds.iter().map(|text| serde_json::from_slice(text).ok()).collect();
    let mut accepted = 0;
    for n in 0..number {
        let mut lots = Lots::new(n as u64 * 7919 + name.len() as u64);
        let which = lots.below(seeds.len());
        let bytes = match &values[which] {
            Some(value) if lots.chance(80) => spoil(value, &mut lots).to_string().into_bytes(),
            _ => spoil_text(&seeds[which], &mut lots),
        };
        let solve = n % solve_one_in == 0;
        accepted += usize::from(survive(&format!("{name}-{n}"), &bytes, || take(&bytes, solve)));
    }
    // WHY: were nearly everything refused at the door, the rooms behind it would go untested.
    let least = number / 100;
    assert!(accepted >= least && accepted < number, "{accepted} of {number} accepted");
}

fn texts(folder: &str) -> Vec<Vec<u8>> {
    files::json_files(folder).iter().map(|path| fs::read(path).expect("a document")).collect()
}

/// The launch, with a dozen mediators and two disputes.
fn small_launch() -> Vec<u8> {
    let options = LaunchOptions { seed: 3, disputes: Some(2), mediators: Some(12) };
    to_json_string(&launch(&options)).expect("JSON").into_bytes()
}

/// Everything as large, as early or as late as the rules allow, all at once and one by one.
#[test]
fn lawful_extremes() {
    let text = fs::read(files::home().join("instances/tiny/time-zones.json")).expect("it");
    let plain: Value = serde_json::from_slice(&text).expect("JSON");
    let large = |document: &mut Value| {
        document["policy"] = json!({
            "weights": { "fit": 1000, "burden": 1000, "balance": 1000 },
            "working_time": {
                "bands": [{ "from": "00:00", "to": "24:00", "cost": 100 }], "rest_day_cost": 100,
            },
        });
        let two = json!({ "carla": 100_000, "njeri": 0.000_001 });
        let fit = json!({ "carla": 1, "njeri": 1 });
        document["scores"] = json!([
            { "dispute": "ports", "fit": fit, "hours": two },
            { "dispute": "tea", "fit": fit, "hours": two },
        ]);
        for dispute in document["disputes"].as_array_mut().expect("a list") {
            dispute["priority"] = json!(1000);
        }
        for mediator in document["mediators"].as_array_mut().expect("a list") {
            mediator["capacity"] = json!({ "cases": u32::MAX, "hours": 1_000_000 });
        }
    };
    let horizons = [
        ("0001-01-01", "0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z"),
        ("0000-01-01", "0000-01-01T00:00:00Z", "0000-01-02T00:00:00Z"),
        ("9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T23:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00-23:59", "2024-03-01T00:00:00-23:59"),
        ("2026-02-03", "2026-02-03T00:00:00Z", "2027-03-10T00:00:00Z"),
    ];
    let zones = ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"];
    for (n, (as_of, start, end)) in horizons.into_iter().enumerate() {
        for (m, zone) in zones.into_iter().enumerate() {
            for enlarged in [false, true] {
                let mut document = plain.clone();
                document["as_of"] = json!(as_of);
                document["horizon"] = json!({ "start": start, "end": end });
                for person in document["people"].as_array_mut().expect("a list") {
                    person["time_zone"] = json!(zone);
                }
                if enlarged {
                    large(&mut document);
                }
                let bytes = document.to_string().into_bytes();
                let name = format!("extreme-{n}-{m}-{enlarged}");
                let accepted = survive(&name, &bytes, || take(&bytes, true));
                assert!(
                    accepted != ((1..3).contains(&n)),
                    "{name} is lawful: {:#?}",
                    load(&bytes).err()
                );
            }
        }
    }
}

#[test]
fn spoilt_tiny_instances() {
    spoilt("tiny", &texts("instances/tiny"), 3000, 3);
}

#[test]
fn spoilt_rich_instances() {
    let base = fs::read(files::home().join("instances/corrupt/base.json")).expect("it");
    let mut seeds = vec![base];
    seeds.extend((0..30).map(|seed| common::bytes(&common::tiny::instance(seed))));
    spoilt("rich", &seeds, 2500, 3);
}

/// Rules of the instance's own, waivers, overrides, related disputes, third States, cases.
#[test]
fn spoilt_rules_and_cures() {
    let rich = fs::read(files::home().join("tests/common/rich.json")).expect("it");
    let loaded = load(&rich).expect("the document is valid before it is spoilt");
    assert!(loaded.warnings.is_empty(), "{:#?}", loaded.warnings);
    spoilt("rules", &[rich], 2000, 5);
}

/// Documents with a fault, and their neighbours without it: those parts that hold it are left out.
#[test]
fn spoilt_invalid_documents() {
    let mut seeds: Vec<Vec<u8>> = texts("instances/invalid");
    let neighbours: Vec<Vec<u8>> = seeds.iter().filter_map(|text| neighbour(text)).collect();
    assert!(neighbours.len() > 30, "{} neighbours", neighbours.len());
    seeds.extend(neighbours);
    spoilt("invalid", &seeds, 2000, 5);
}

/// The valid document next to an invalid one: the innermost list entry or section at fault is
/// taken out, a few times at most; `None` where that does not help.
fn neighbour(text: &[u8]) -> Option<Vec<u8>> {
    let mut document: Value = serde_json::from_slice(text).ok()?;
    for _ in 0..20 {
        let bytes = document.to_string().into_bytes();
        let Err(findings) = load(&bytes) else { return Some(bytes) };
        let fault = findings.iter().find(|finding| finding.level == Level::Error)?;
        let (parent, key) = fault.pointer.rsplit_once('/')?;
        match document.pointer_mut(parent)? {
            Value::Object(map) => drop(map.remove(key)?),
            Value::Array(list) => drop(list.remove(key.parse().ok()?)),
            _ => return None,
        }
    }
    None
}

#[test]
fn spoilt_launches() {
    spoilt("launch", &[small_launch()], 500, 5);
}

#[test]
fn spoilt_solutions() {
    let bytes = fs::read(files::home().join("instances/corrupt/base.json")).expect("it");
    let document: InstanceDoc = read_instance(&bytes).expect("an instance");
    let digest = canonical_digest(&bytes).expect("canonical");
    let seeds: Vec<Vec<u8>> = files::solutions().into_iter().map(|(_, text)| text).collect();
    let mut read = 0;
    for n in 0..2000 {
        let mut lots = Lots::new(n * 104_729 + 1);
        let text = lots.pick(&seeds).clone();
        let bytes = if lots.chance(85) {
            let value: Value = serde_json::from_slice(&text).expect("JSON");
            spoil(&value, &mut lots).to_string().into_bytes()
        } else {
            spoil_text(&text, &mut lots)
        };
        survive(&format!("solution-{n}"), &bytes, || match read_solution(&bytes) {
            Ok(solution) => {
                read += 1;
                let verdict = check::check(&document, &solution, &digest);
                assert_eq!(verdict.holds(), verdict.violations.is_empty());
                let _ = check::impartiality(&document, &solution);
                assert!(!verdict.to_string().is_empty());
            }
            Err(findings) => assert!(!findings.is_empty(), "refused without a finding"),
        });
    }
    assert!(read > 200, "{read} of 2000 have the shape of a solution");
}

/// A spoilt instance under a sound solution: the checker takes what has the right shape.
#[test]
fn spoilt_instances_under_a_solution() {
    let home = files::home();
    let text = fs::read(home.join("instances/corrupt/base.json")).expect("it");
    let value: Value = serde_json::from_slice(&text).expect("JSON");
    let answer = fs::read(home.join("instances/corrupt/base.solution.json")).expect("it");
    let answer = read_solution(&answer).expect("a solution");
    for n in 0..1000 {
        let bytes = spoil(&value, &mut Lots::new(n * 15_485_863 + 2)).to_string().into_bytes();
        survive(&format!("under-{n}"), &bytes, || {
            if let Ok(document) = read_instance(&bytes) {
                let _ = check::check(&document, &answer, &answer.instance.digest);
                let _ = check::impartiality(&document, &answer);
            }
        });
    }
}

/// Through the program itself: it ends as the contract says and leaves nothing lying about.
#[test]
fn spoilt_documents_through_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let input: PathBuf = folder.path().join("instance.json");
    let output = folder.path().join("solution.json");
    let seeds = texts("instances/tiny");
    for n in 0..50 {
        let mut lots = Lots::new(n * 32_452_843 + 3);
        let text = lots.pick(&seeds).clone();
        let value: Value = serde_json::from_slice(&text).expect("JSON");
        let bytes = if lots.chance(70) {
            spoil(&value, &mut lots).to_string().into_bytes()
        } else {
            spoil_text(&text, &mut lots)
        };
        fs::write(&input, &bytes).expect("written");
        let comity = |command: &str| {
            let mut process = Command::new(env!("CARGO_BIN_EXE_comity"));
            process.arg(command).arg(&input);
            process
        };
        let solved = comity("solve")
            .args(["--time-limit", "0.5", "--node-limit", "3", "-o"])
            .arg(&output)
            .output()
            .expect("comity runs");
        let code = solved.status.code();
        let said = String::from_utf8_lossy(&solved.stderr).into_owned();
        assert!(matches!(code, Some(0 | 3 | 4)), "{n}: {code:?} {said}");
        assert_eq!(output.exists(), code != Some(3), "{n}: {said}");
        if code == Some(3) {
            assert!(said.contains("error["), "{n}: {said}");
        } else {
            let checked = comity("check").arg(&output).output().expect("comity runs");
            let said = String::from_utf8_lossy(&checked.stdout).into_owned();
            assert_eq!(checked.status.code(), Some(0), "{n}: {said}");
            fs::remove_file(&output).expect("it was there");
        }
        // A spoilt solution: the verdict, or findings.
        let spoilt = spoil(&value, &mut lots).to_string();
        fs::write(&output, spoilt).expect("written");
        let checked = comity("check").arg(&output).output().expect("comity runs");
        assert!(matches!(checked.status.code(), Some(3 | 6)), "{n}: {:?}", checked.status);
        fs::remove_file(&output).expect("it was there");
        let left = fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left, 1, "{n}: something is left beside the instance");
    }
}
