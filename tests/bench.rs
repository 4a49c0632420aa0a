//! `comity bench`: whole, killed, resumed and in shards, always the same table; its findings; its
//! comparison; what a trace says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use comity::bench::{
    Answer, CODES, Checked, Curve, InstanceUsed, Machine, Method, Outcome, RECORD_SCHEMA,
    RunOptions, RunRecord, Shard, Software, Source, Verdict, What, compare, compare_text,
    draw_gaps, draw_time_profile, in_shard, quality_profile, read_record, read_trace, runs,
    time_profile,
};
use comity::diagnostic::{locate, render_text};
use comity::format::{Decimal, Pairs, Status, read_solution};
use proptest::prelude::*;
use serde_json::Value;

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn comity(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .current_dir(home())
        .output()
        .expect("comity runs")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with a plan over the tiny instances, one generated, by comity and by a program beside it.
fn plan(folder: &Path) -> PathBuf {
    let tiny = home().join("instances/tiny");
    let program = env!("CARGO_BIN_EXE_comity");
    let text = format!(
        "schema = 'comity.bench/1'\ntitle = 'Tiny | whole'\nseeds = [0, 1]\nthreads = 1\n\
         methods = ['optimise', {{ name = 'peer', command = ['{program}', 'solve', '{{instance}}', \
         '-o', '{{output}}', '--seed', '{{seed}}'] }}]\ninstances = [\n  '{0}/two-disputes.json', \
         '{0}/shareholder.json', '{0}/time-zones.json',\n  {{ generate = 'random', disputes = 3, \
         mediators = 8, seed = 5 }},\n]\n",
        tiny.display()
    );
    let path = folder.join("plan.toml");
    fs::write(&path, text).expect("written");
    path
}

fn bench(plan: &Path, folder: &Path, more: &[&str]) -> Output {
    let (plan, folder) = (plan.to_str().expect("UTF-8"), folder.to_str().expect("UTF-8"));
    comity(&[&["bench", "--plan", plan, "-o", folder], more].concat())
}

fn records(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.join("runs")) else { return Vec::new() };
    let all = entries.map(|entry| entry.expect("an entry").path());
    let mut all: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
    all.sort();
    all
}

fn table(folder: &Path) -> String {
    fs::read_to_string(folder.join("table.md")).expect("table.md")
}

const RUNS: usize = 16;

#[test]
fn whole_killed_resumed_and_sharded_give_the_same_table() {
    let place = tempfile::tempdir().expect("a folder");
    let plan = plan(place.path());
    let folder = |name: &str| place.path().join(name);

    let whole = folder("whole");
    let output = bench(&plan, &whole, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(errors(&output).contains("16 runs: 16 made, 0 there before"), "{}", errors(&output));
    assert_eq!(records(&whole).len(), RUNS);
    let expected = table(&whole);
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "the table is printed");
    assert_eq!(expected.matches("| optimal |").count(), 8, "{expected}");
    assert_eq!(expected.matches("| holds |").count(), 8, "{expected}");

    // Killed when the first record is there, then run again.
    let killed = folder("killed");
    let mut child = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(["bench", "--plan"])
        .arg(&plan)
        .arg("-o")
        .arg(&killed)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("comity runs");
    let started = Instant::now();
    while records(&killed).is_empty() && started.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("killed");
    let _ = child.wait();
    let left = records(&killed).len();
    assert!((1..RUNS).contains(&left), "{left} records when killed");
    assert!(!killed.join("table.md").exists());
    let before = fs::read(&records(&killed)[0]).expect("a record");
    let output = bench(&plan, &killed, &[]);
    let told = format!("16 runs: {} made, {left} there before", RUNS - left);
    assert!(errors(&output).contains(&told), "{told}: {}", errors(&output));
    assert_eq!(table(&killed), expected);
    assert!(records(&killed).iter().any(|path| fs::read(path).expect("a record") == before));

    // Two shards into one folder, at the same time.
    let shards = folder("shards");
    let children: Vec<_> = ["1/2", "2/2"]
        .iter()
        .map(|shard| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
            command.args(["bench", "--plan"]).arg(&plan).arg("-o").arg(&shards);
            command.args(["--shard", shard]).stdout(Stdio::null()).stderr(Stdio::piped());
            command.spawn().expect("comity runs")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        assert!(errors(&output).contains("8 runs: 8 made"), "{}", errors(&output));
    }
    assert_eq!(table(&shards), expected, "the last of the two collects");

    // Nothing is left to do, and nothing else changes.
    let output = bench(&plan, &whole, &[]);
    assert!(errors(&output).contains("16 runs: 0 made, 16 there before"), "{}", errors(&output));
    let output = bench(&plan, &whole, &["--again", "--shard", "1/16"]);
    assert!(errors(&output).contains("1 run: 1 made, 0 there before"), "{}", errors(&output));
    assert_eq!(table(&whole), expected);
    compared(&whole, &killed);
    figures(&whole);
}

fn compared(one: &Path, other: &Path) {
    let names = [one.to_str().expect("UTF-8"), other.to_str().expect("UTF-8")];
    let output = comity(&["bench", "--compare", names[0], names[1], "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found["all"]["pairs"], 16);
    assert_eq!(found["all"]["answers"]["same"], 16);
    assert_eq!(found["methods"]["peer"]["pairs"], 8);
    let text = comity(&["bench", "--compare", names[0], names[1]]);
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(text.contains("16 pairs; answers of B: 0 better, 16 the same, 0 worse"), "{text}");
}

/// What stands in the other files of a bench of the plan.
fn figures(folder: &Path) {
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect(name);
    let csv = read("results.csv");
    assert_eq!(csv.lines().count(), 1 + RUNS, "{csv}");
    assert!(csv.starts_with("key,instance,method,time_limit,seed,"), "{csv}");
    let results: Value = serde_json::from_str(&read("results.json")).expect("JSON");
    assert_eq!(results["runs"].as_array().map(Vec::len), Some(RUNS));
    assert_eq!(results["plan"]["title"], "Tiny | whole");
    let run = &results["runs"][0];
    assert_eq!(run["comity"]["version"], env!("CARGO_PKG_VERSION"));
    assert!(run["outcome"]["wall_seconds"].as_f64().is_some_and(|seconds| seconds > 0.0));
    assert!(run["instance"]["sha256"].as_str().is_some_and(|digest| digest.len() == 64));
    if cfg!(target_os = "linux") {
        let bytes = run["outcome"]["peak_memory_bytes"].as_u64().unwrap_or(0);
        assert!((1 << 20..1 << 32).contains(&bytes), "{bytes}");
        assert!(run["machine"]["cores"].as_u64().is_some(), "{run}");
    }
    assert!(read("times.md").contains("| two-disputes | optimise | none | 2 |"));
    for name in ["profile-time", "profile-quality", "gap-two-disputes", "gap-random-s5-d3-m8"] {
        let svg = read(&format!("plots/{name}.svg"));
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{name}");
        let lines: Vec<&str> = svg.lines().map(str::trim).collect();
        assert!(lines.contains(&"optimise") && lines.contains(&"peer"), "{name}: no legend");
    }
    let generated = folder.join("instances/random-s5-d3-m8.json");
    let made =
        comity(&["generate", "random", "--seed", "5", "--disputes", "3", "--mediators", "8"]);
    assert_eq!(fs::read(generated).expect("the instance"), made.stdout);
    // A solution can be checked by hand.
    let key = run["key"].as_str().expect("a key");
    let solution = folder.join(format!("solutions/{key}.json"));
    assert!(read_solution(&fs::read(solution).expect("a solution")).is_ok());
    assert!(!read_trace(&read(&format!("traces/{key}.jsonl"))).is_empty());
}

#[test]
fn what_is_missing_or_broken_is_told() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("out");
    let out = folder.to_str().expect("UTF-8");
    let instance = place.path().join("one.json");
    fs::copy(home().join("instances/tiny/two-disputes.json"), &instance).expect("copied");
    let one = instance.to_str().expect("UTF-8");
    let arguments = ["bench", one, "-o", out, "--seed", "3", "--seed", "4"];
    let output = comity(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));

    let record = records(&folder).remove(0);
    let text = fs::read(&record).expect("a record");
    for broken in [&text[..text.len() / 2], b"", b"[]", b"{\"schema\": 1}", b"\xff"] {
        fs::write(&record, broken).expect("written");
        let output = comity(&["bench", "--collect", out]);
        assert_eq!(output.status.code(), Some(3), "{}", errors(&output));
        assert!(errors(&output).contains("error[bench-record]"), "{}", errors(&output));
        let output = comity(&["bench", "--compare", out, out]);
        assert_eq!(output.status.code(), Some(3), "{}", errors(&output));
    }
    // A bench makes that run again, and no other.
    let output = comity(&arguments);
    assert!(errors(&output).contains("2 runs: 1 made, 1 there before"), "{}", errors(&output));

    let key = record.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
    fs::remove_file(&record).expect("removed");
    let output = comity(&["bench", "--collect", out]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(errors(&output).contains("warning[bench-missing]"), "{}", errors(&output));
    assert!(errors(&output).contains(&key), "{}", errors(&output));
    assert!(table(&folder).contains("| 1 of 2 |"), "{}", table(&folder));

    // Other bytes of an instance are another instance.
    comity(&arguments);
    let mut text = fs::read(&instance).expect("an instance");
    text.push(b'\n');
    fs::write(&instance, text).expect("written");
    let output = comity(&arguments);
    assert!(errors(&output).contains("2 runs: 2 made, 0 there before"), "{}", errors(&output));
}

#[cfg(unix)]
#[test]
fn an_answer_that_does_not_hold_is_told() {
    let place = tempfile::tempdir().expect("a folder");
    let corrupt = home().join("instances/corrupt");
    let text = format!(
        "schema = 'comity.bench/1'\ninstances = ['{0}/base.json']\n\
         methods = [\n\
         {{ name = 'wrong', command = ['sh', '-c', 'cp {0}/a2-eligible.json \"$0\"', '{{output}}', '{{instance}}'] }},\n\
         {{ name = 'no-solution', command = ['sh', '-c', 'echo [] > \"$0\"', '{{output}}', '{{instance}}'] }},\n\
         {{ name = 'nothing', command = ['sh', '-c', 'echo so it goes; exit 9', '{{output}}', '{{instance}}'] }},\n]\n",
        corrupt.display()
    );
    let plan = place.path().join("plan.toml");
    fs::write(&plan, text).expect("written");
    let folder = place.path().join("out");
    let output = bench(&plan, &folder, &[]);
    assert_eq!(output.status.code(), Some(6), "{}", errors(&output));
    let table = table(&folder);
    assert!(table.contains("| base | wrong | none | 1 | feasible |"), "{table}");
    assert!(table.contains("| violated |") && table.contains("| unreadable |"), "{table}");
    assert!(table.contains("| no answer | - | - | - | - | - | - | no answer |"), "{table}");
    let results = fs::read(folder.join("results.json")).expect("results.json");
    let results: Value = serde_json::from_slice(&results).expect("JSON");
    assert_eq!(results["runs"][2]["outcome"]["said"][0], "so it goes");
    assert_eq!(results["runs"][2]["outcome"]["exit"], 9);
    assert!(results["runs"][0]["outcome"]["said"].to_string().contains("A2"), "{results}");
}

#[test]
fn a_trace_looks_on() {
    let place = tempfile::tempdir().expect("a folder");
    let path = |name: &str| place.path().join(name).to_str().expect("UTF-8").to_owned();
    let (plain, traced, trace) = (path("plain.json"), path("traced.json"), path("trace.jsonl"));
    let instance = "instances/office-hours.json";
    comity(&["solve", instance, "-o", &plain]);
    comity(&["solve", instance, "-o", &traced, "--trace", &trace]);
    let same = |path: &str| {
        let mut value: Value =
            serde_json::from_slice(&fs::read(path).expect("a solution")).expect("JSON");
        value["run"]["elapsed_ms"] = Value::Null;
        value
    };
    assert_eq!(same(&plain), same(&traced));
    let text = fs::read_to_string(&trace).expect("a trace");
    let points = read_trace(&text);
    assert_eq!(points.len(), text.lines().count());
    assert!(points.len() > 1, "{text}");
    assert!(points.windows(2).all(|pair| pair[0].elapsed_ms <= pair[1].elapsed_ms), "{text}");
    let solution = same(&traced);
    let last = points.last().expect("a point");
    assert_eq!(serde_json::json!(last.tiers), solution["objective"]["tiers"]);
    assert_eq!(serde_json::json!(last.bound), solution["bound"]);
    let broken = format!("{}\n{{\"elapsed_ms\": 7, \"ti", text.trim_end());
    assert_eq!(read_trace(&broken), points);
    let nowhere = comity(&["solve", instance, "-o", &plain, "--trace", &path("no/where")]);
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn each_code_has_its_file_and_its_row_in_the_book_of_errors() {
    let folder = home().join("tests/bench/invalid");
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("out");
    let book = fs::read_to_string(home().join("docs/errors.md")).expect("docs/errors.md");
    let mut known = BTreeSet::from(["one.json".to_owned()]);
    for (code, _) in CODES {
        assert!(book.contains(&format!("| `{code}` |")), "{code} is not in docs/errors.md");
        let (file, shown) = match *code {
            // Told when runs are missing; a test above provokes it.
            "bench-missing" => continue,
            "bench-record" => {
                let text = fs::read(folder.join("bench-record.json")).expect(code);
                let mut found = vec![read_record(&text).expect_err(code)];
                locate(&text, &mut found);
                ("bench-record.json".to_owned(), render_text("bench-record.json", &found))
            }
            _ => {
                let file = format!("{code}.toml");
                let output = Command::new(env!("CARGO_BIN_EXE_comity"))
                    .args(["bench", "--plan", &file, "-o"])
                    .arg(&out)
                    .current_dir(&folder)
                    .output()
                    .expect("comity runs");
                assert_eq!(output.status.code(), Some(3), "{code}: {}", errors(&output));
                assert!(output.stdout.is_empty() && !out.exists(), "{code}: something was written");
                (file, errors(&output))
            }
        };
        let codes = shown.lines().filter(|line| line.starts_with("error"));
        assert!(codes.clone().count() > 0, "{code}: {shown}");
        assert!(codes.clone().all(|line| line.contains(&format!("[{code}]"))), "{code}: {shown}");
        let expected = folder.join(format!("{code}.expected.txt"));
        if std::env::var_os("COMITY_BLESS").is_some() {
            fs::write(&expected, &shown).expect("written");
        }
        assert_eq!(fs::read_to_string(&expected).unwrap_or_default(), shown, "{code}");
        known.extend([file, format!("{code}.expected.txt")]);
    }
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    assert_eq!(there, known);
}

#[test]
fn a_plan_is_read_strictly_and_every_finding_is_told() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("out");
    let told = |name: &str, text: &str| {
        let path = place.path().join(name);
        fs::write(&path, text).expect("written");
        let output = bench(&path, &out, &["--error-format", "json"]);
        assert_eq!(output.status.code(), Some(3), "{text}: {}", errors(&output));
        assert!(!out.exists(), "something was written");
        let found: Value = serde_json::from_slice(&output.stderr).expect("JSON");
        let list = found["findings"].as_array().expect("findings").clone();
        list.iter()
            .map(|one| {
                let code = one["code"].as_str().expect("a code").to_owned();
                (code, one["line"].as_u64().unwrap_or(0))
            })
            .collect::<Vec<_>>()
    };
    let owned = |list: &[(&str, u64)]| -> Vec<(String, u64)> {
        list.iter().map(|(code, line)| ((*code).to_owned(), *line)).collect()
    };
    let toml = "schema = 'comity.bench/1'\ninstances = ['x.json']\nseads = [1]\nseeds = ['one']\n";
    let mut found = told("a.toml", toml);
    found.sort();
    assert_eq!(found, owned(&[("unknown-key", 3), ("wrong-type", 4)]));
    let json = "{\"schema\": \"comity.bench/1\",\n\"instances\": [\"x.json\"],\n\"repeat\": -1}";
    assert_eq!(told("b.json", json), owned(&[("bad-number", 3)]));
    assert_eq!(told("c.toml", "schema = 'comity.bench/1'\nseeds = [\n"), owned(&[("syntax", 2)]));
    assert_eq!(told("d.json", "schema = 1"), owned(&[("syntax", 1)]));
    let wrong = "schema = 'comity.instance/1'\n";
    assert_eq!(told("e.toml", wrong), owned(&[("wrong-schema", 1)]));
    let invalid = format!(
        "schema = 'comity.bench/1'\ninstances = ['{0}/unknown-zone.json', '{0}/bad-id.json']\n",
        home().join("instances/invalid").display()
    );
    let found = told("f.toml", &invalid);
    assert_eq!(found, owned(&[("bench-instance", 2), ("bench-instance", 2)]));
}

fn source(name: String) -> Source {
    Source { name, what: What::File(String::new()) }
}

fn checked(instances: usize, methods: usize, seeds: u64, limits: i64, repeat: u32) -> Checked {
    Checked {
        title: None,
        instances: (0..instances).map(|index| source(format!("i{index}"))).collect(),
        methods: (0..methods)
            .map(|index| Method { name: format!("m{index}"), command: None })
            .collect(),
        seeds: (0..seeds).collect(),
        limits: (0..limits).map(|limit| (limit > 0).then_some(Decimal(limit))).collect(),
        repeat,
        options: RunOptions::default(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn shards_take_each_run_once_and_about_equally_many(
        (instances, methods, seeds, limits) in (1_usize..5, 1_usize..4, 1_u64..4, 1_i64..4),
        repeat in 1_u32..4,
        of in 1_usize..12,
    ) {
        let plan = checked(instances, methods, seeds, limits, repeat);
        let all = runs(&plan);
        let keys: BTreeSet<String> = all.iter().map(comity::bench::Run::key).collect();
        prop_assert_eq!(keys.len(), all.len());
        let mut taken = vec![0; all.len()];
        for index in 1..=of {
            let shard: Shard = format!("{index}/{of}").parse().expect("a shard");
            let mine = in_shard(&all, shard);
            let size = mine.iter().filter(|mine| **mine).count();
            prop_assert!((all.len() / of..=all.len().div_ceil(of)).contains(&size));
            for (count, mine) in taken.iter_mut().zip(mine) {
                *count += usize::from(mine);
            }
        }
        prop_assert!(taken.iter().all(|count| *count == 1));
    }
}

#[test]
fn names_that_run_together_have_other_keys() {
    let mut plan = checked(2, 2, 1, 1, 1);
    for (index, name) in ["a", "a.b"].iter().enumerate() {
        plan.instances[index].name = (*name).to_owned();
    }
    for (index, name) in ["b.c", "c"].iter().enumerate() {
        plan.methods[index].name = (*name).to_owned();
    }
    let keys: BTreeSet<String> = runs(&plan).iter().map(comity::bench::Run::key).collect();
    assert_eq!(keys.len(), 4, "{keys:?}");
    for wrong in ["0/2", "3/2", "1", "a/b", "1/0", "-1/2"] {
        assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
    }
}

/// A record by hand: seconds, mebibytes, tiers.
fn record(key: &str, method: &str, seconds: i64, megabytes: u64, tiers: &[i64]) -> RunRecord {
    RunRecord {
        schema: RECORD_SCHEMA.to_owned(),
        key: key.to_owned(),
        instance: InstanceUsed { name: "i0".to_owned(), sha256: "0".repeat(64) },
        method: method.to_owned(),
        program: None,
        seed: 0,
        time_limit: None,
        repeat: 0,
        options: RunOptions::default(),
        command: Vec::new(),
        started: "2026-01-01T00:00:00Z".to_owned(),
        outcome: Outcome {
            exit: Some(0),
            wall_seconds: Decimal(seconds * Decimal::ONE),
            cpu_seconds: None,
            peak_memory_bytes: Some(megabytes * 1_000_000),
            answer: Some(Answer {
                instance_digest: String::new(),
                status: Status::Optimal,
                stop_reason: None,
                panels: 1,
                sessions: 1,
                unserved: 0,
                tiers: tiers.to_vec(),
                terms: Pairs::default(),
                bound: None,
                gap: Some(Decimal(0)),
                elapsed_ms: 0,
            }),
            verdict: Verdict::Holds,
            measures: None,
            said: Vec::new(),
        },
        comity: Software {
            version: String::new(),
            commit: String::new(),
            rustc: String::new(),
            target: String::new(),
            profile: String::new(),
            features: Vec::new(),
        },
        machine: Machine { cpu: None, cores: None, memory_bytes: None, os: String::new() },
    }
}

fn by_key(list: Vec<RunRecord>) -> BTreeMap<String, RunRecord> {
    list.into_iter().map(|record| (record.key.clone(), record)).collect()
}

#[test]
fn a_comparison_has_the_ratios_that_were_made() {
    let tiers = [3_000_000, 10_000_000];
    let first = by_key(vec![
        record("a", "x", 4, 10, &tiers),
        record("b", "x", 8, 10, &tiers),
        record("c", "y", 1, 10, &tiers),
        record("d", "y", 1, 10, &tiers),
        record("gone", "y", 1, 10, &tiers),
    ]);
    let mut other = record("d", "y", 1, 10, &tiers);
    other.instance.sha256 = "1".repeat(64);
    let second = by_key(vec![
        record("a", "x", 2, 20, &tiers),
        record("b", "x", 16, 10, &[3_000_000, 11_000_000]),
        record("c", "y", 1, 5, &[2_000_000, 50_000_000]),
        other,
        record("new", "y", 1, 10, &tiers),
    ]);
    let found = compare(&first, &second);
    assert_eq!(found.only_in_first, ["gone"]);
    assert_eq!(found.only_in_second, ["new"]);
    assert_eq!(found.other_instance, ["d"]);
    assert_eq!(found.all.pairs, 3);
    let answers = found.all.answers;
    assert_eq!((answers.less, answers.same, answers.more), (1, 1, 1), "fewer panels are worse");
    let measure = |name: &str| {
        found.all.measures.iter().find(|one| one.name == name).expect("a measure").clone()
    };
    let time = measure("time");
    let ratio = time.ratio.expect("ratios");
    let near = |one: f64, other: f64| (one - other).abs() < 1e-12;
    assert_eq!((time.signs.less, time.signs.same, time.signs.more), (1, 1, 1));
    assert!(near(ratio.median, 1.0) && near(ratio.first_quartile, 0.75), "{ratio:?}");
    assert!(near(ratio.geometric_mean.expect("positive"), 1.0), "{ratio:?}");
    let quality = measure("quality");
    assert_eq!(quality.ratio.expect("ratios").count, 2, "other panels are not compared");
    assert!(near(quality.ratio.expect("ratios").greatest, 1.1));
    assert!(near(measure("peak memory").ratio.expect("ratios").greatest, 2.0));
    assert_eq!(measure("gap").ratio, None, "nothing can be divided by a gap of 0");
    assert_eq!(found.methods["x"].pairs, 2);
    let text = compare_text("one", "two", &found);
    assert!(text.contains("3 pairs; answers of B: 1 better, 1 the same, 1 worse"), "{text}");
    let back = compare(&second, &first);
    let back = back.all.measures[0].ratio.expect("ratios");
    assert!(near(back.median * ratio.median, 1.0));
}

#[test]
fn profiles_are_those_of_the_definition() {
    let plan = checked(1, 2, 3, 1, 1);
    let all = runs(&plan);
    // m0 takes 1, 4, 9 seconds; m1 takes 2, 2 and has no proof of the third.
    let mut list = BTreeMap::new();
    for (run, seconds) in all.iter().zip([1, 4, 9, 2, 2, 1]) {
        let quality = if run.method.name == "m0" { 10_000_000 } else { 9_000_000 };
        let mut one = record(&run.key(), &run.method.name, seconds, 1, &[1_000_000, quality]);
        if run.method.name == "m1" && run.seed == 2 {
            one.outcome.answer.as_mut().expect("an answer").status = Status::Feasible;
        }
        list.insert(run.key(), one);
    }
    let time = time_profile(&plan, &list);
    let third = 1.0 / 3.0;
    let expected = |label: &str, points: &[(f64, f64)]| Curve {
        label: label.to_owned(),
        points: points.to_vec(),
    };
    let m0 = [(1.0, 0.0), (1.0, third), (1.0, 2.0 * third), (2.0, 1.0)];
    assert_eq!(time[0], expected("m0", &m0));
    assert_eq!(time[1], expected("m1", &[(1.0, 0.0), (1.0, third), (2.0, 2.0 * third)]));
    let quality = quality_profile(&plan, &list);
    assert_eq!(quality[0].points.last(), Some(&(0.001, 1.0)));
    assert_eq!(quality[1].points.last(), Some(&(10.0, 1.0)));
    // A run that is missing takes its problem out for everybody.
    list.remove(&all[0].key());
    assert_eq!(time_profile(&plan, &list)[1].points.len(), 2);
}

#[test]
fn plots_have_words_and_are_told_apart_without_colour() {
    let curve = |label: &str| Curve {
        label: label.to_owned(),
        points: vec![(1.0, 0.0), (1.0, 0.5), (3.0, 1.0)],
    };
    let svg = draw_time_profile("A <title> & more", &[curve("one"), curve("two")]).expect("a plot");
    let again = draw_time_profile("A <title> & more", &[curve("one"), curve("two")]);
    assert_eq!(again.expect("a plot"), svg);
    for words in [
        "A &lt;title&gt; &amp; more",
        "time as a multiple of the fastest",
        "share of runs proven within it",
        "one",
        "two",
    ] {
        assert!(svg.lines().any(|line| line.trim() == words), "no `{words}` in {svg}");
    }
    // The second line is dashed: many short strokes where the first has few.
    let strokes = |colour: &str| svg.matches(&format!("stroke=\"{colour}\"")).count();
    assert!(strokes("#D55E00") > strokes("#000000"), "{svg}");
    assert!(draw_gaps("empty", &[]).is_ok());
    let odd = Curve { label: "odd".to_owned(), points: vec![(f64::NAN, 1.0), (1e300, 0.0)] };
    assert!(draw_gaps("odd", &[odd]).is_ok());
}
