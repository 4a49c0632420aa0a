//! Reviewer assignment in OpenReview's layout: `convert --from openreview`, its findings, what gets through, and that
//! the optimum is that of the files.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Output};

use comity::convert::openreview::{CODES, File, Files, Options, Problem, read};
use comity::format::{InstanceDoc, Status, read_instance};
use common::{Lots, invalid, seats};

fn file<'a>(name: &'a str, text: &'a [u8]) -> File<'a> {
    File { name, text }
}

fn document(problem: &Problem) -> InstanceDoc {
    let mut text = String::new();
    problem.write(&mut text).expect("a string takes everything");
    read_instance(text.as_bytes()).expect("an instance")
}

#[test]
fn each_code_has_its_file_and_its_row_in_the_book_of_errors() {
    invalid::each_code_has_its_file_and_its_row("openreview", "csv", CODES, |code, text| {
        let name = format!("{code}.csv");
        if code == "openreview-unscored" {
            let files = Files {
                scores: vec![file("scores.csv", b"p1,r1,0.5\n")],
                loads: Some(file(&name, text)),
                ..Files::default()
            };
            let problem = read(&files, &Options::default()).expect("a warning only");
            return problem.warnings().to_vec();
        }
        let files = Files { scores: vec![file(&name, text)], ..Files::default() };
        read(&files, &Options::default()).expect_err(code)
    });
}

/// What can be wrong with the other files, each told with its name and line.
#[test]
fn every_file_is_read_before_anything_is_refused() {
    let files = Files {
        scores: vec![file("s", b"p1,r1,high\np1,r2,0.5\n")],
        constraints: Some(file("c", b"p1,r1,1\np1,r2,1\np1,r1,-1\np2,r1,2\np1,,0\n")),
        loads: Some(file("l", b"r1\nr1,2,3\nr1,x\nr1,1.5\nr2,1,1,1\nr2,-1\nr1,2\n")),
        demands: Some(file("d", b"p1,4\np1,1\np1,1\n,1\n")),
    };
    let found = read(&files, &Options::default()).expect_err("much is wrong");
    let told: BTreeSet<(&str, usize, &str)> = found
        .iter()
        .map(|finding| {
            let name = finding.file.as_deref().expect("a file");
            (name, finding.position.expect("a line").0, finding.code)
        })
        .collect();
    let (count, range) = ("openreview-count", "openreview-range");
    let (syntax, twice) = ("openreview-syntax", "openreview-twice");
    let expected = [
        ("s", 1, syntax),
        ("c", 3, twice),
        ("c", 4, syntax),
        ("c", 5, syntax),
        // Two fixed for one.
        ("c", 2, range),
        ("l", 1, count),
        ("l", 2, range),
        ("l", 3, syntax),
        ("l", 4, syntax),
        ("l", 5, count),
        ("l", 6, range),
        ("l", 7, twice),
        ("d", 1, range),
        ("d", 3, twice),
        ("d", 4, syntax),
    ];
    assert_eq!(told, BTreeSet::from(expected));
    assert!(found.iter().all(|finding| finding.help.is_some()));
}

/// Names as people have them: with commas, quotes, line feeds, marks of other scripts, and names that are ids here.
const NAMES: &[&str] = &[
    "~Ada_Synthetic1",
    "~Ada_Synthetic2",
    ":7EAda_Synthetic1",
    "ada@synthetic.example",
    "Synthetic, Ada",
    "\"Ada\"",
    "two\nlines",
    "~Ådá_Sýnthetic1",
    "institution",
    ":authors",
    "a b",
    "a:b",
    "a%b",
    "-1",
    "~A_name_that_is_much_longer_than_any_id_may_be_and_goes_on_and_on_and_on1",
    "~A_name_that_is_much_longer_than_any_id_may_be_and_goes_on_and_on_and_on2",
];

/// What a problem says, by names; scores in thousandths.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    scores: BTreeMap<(String, String), i64>,
    conflicts: BTreeSet<(String, String)>,
    fixed: BTreeSet<(String, String)>,
    loads: BTreeMap<String, (Option<u32>, u32)>,
    demands: BTreeMap<String, u32>,
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("a vector takes everything");
    }
    writer.into_inner().expect("whole")
}

/// A decimal of three places, written in one way or another.
fn thousandths(value: i64, lots: &mut Lots) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (whole, part) = (value.abs() / 1000, value.abs() % 1000);
    match lots.below(3) {
        0 => format!("{sign}{whole}.{part:03}"),
        1 => format!("{value}e-3"),
        _ => format!(" {sign}{whole}.{part:03}000000000000000000 "),
    }
}

/// A random problem and its four files.
fn random(lots: &mut Lots) -> (Told, [Vec<u8>; 4]) {
    let mut told = Told::default();
    let most = *lots.pick(&[900_usize, 1000, 40_000, 999_999]);
    for paper in NAMES.iter().filter(|_| lots.chance(60)).collect::<Vec<_>>() {
        for reviewer in NAMES {
            let pair = ((*paper).to_owned(), (*reviewer).to_owned());
            if lots.chance(50) {
                let score = 1 + lots.below(most) as i64;
                told.scores.insert(pair.clone(), if lots.chance(10) { -score } else { score });
            }
            let fixed = told.fixed.iter().filter(|(p, _)| p == paper).count();
            match lots.below(20) {
                0 | 1 => drop(told.conflicts.insert(pair)),
                2 if fixed < 3 => drop(told.fixed.insert(pair)),
                _ => {}
            }
        }
        told.demands.insert((*paper).to_owned(), 3);
    }
    for name in NAMES {
        let most = 1 + lots.below(5) as u32;
        told.loads.insert((*name).to_owned(), (Some(most), lots.below(most as usize) as u32));
    }
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let scores: Vec<Vec<String>> =
        told.scores.iter().map(|((p, r), s)| row([p, r, &thousandths(*s, lots)])).collect();
    let mut constraints: Vec<Vec<String>> =
        told.conflicts.iter().map(|(p, r)| row([p, r, "-1"])).collect();
    constraints.extend(told.fixed.iter().map(|(p, r)| row([p, r, "1.0"])));
    let loads: Vec<Vec<String>> = (told.loads.iter())
        .map(|(r, (most, least))| row([r, &most.expect("a load").to_string(), &least.to_string()]))
        .collect();
    let demands: Vec<Vec<String>> =
        told.demands.iter().map(|(p, n)| vec![p.clone(), n.to_string()]).collect();
    (told, [csv(&scores), csv(&constraints), csv(&loads), csv(&demands)])
}

/// What an instance says, in the words of the files.
fn read_back(document: &InstanceDoc, scale: i64) -> Told {
    let names: BTreeMap<&str, &str> = (document.mediators.iter())
        .map(|one| (one.id.as_str(), one.name.as_deref().unwrap_or(&one.id)))
        .collect();
    let titles: BTreeMap<&str, &str> = (document.disputes.iter())
        .map(|one| (one.id.as_str(), one.title.as_deref().unwrap_or(&one.id)))
        .collect();
    let pair = |paper: &str, reviewer: &str| (titles[paper].to_owned(), names[reviewer].to_owned());
    let mut told = Told::default();
    for row in &document.scores {
        for (reviewer, fit) in row.fit.iter() {
            let score = fit.micro() * scale;
            assert_eq!(score % 1000, 0);
            told.scores.insert(pair(&row.dispute, reviewer), score / 1000);
        }
    }
    let locks = document.locks.as_ref().expect("locks");
    told.fixed = locks.require.iter().map(|lock| pair(&lock.dispute, &lock.mediator)).collect();
    told.conflicts = locks.forbid.iter().map(|lock| pair(&lock.dispute, &lock.mediator)).collect();
    for one in &document.mediators {
        let load = one.capacity.clone().unwrap_or_default();
        let load = (load.cases, load.min_cases.unwrap_or(0));
        told.loads.insert(names[one.id.as_str()].to_owned(), load);
    }
    for one in &document.disputes {
        told.demands.insert(titles[one.id.as_str()].to_owned(), one.panel.size);
    }
    told
}

#[test]
fn what_was_read_can_be_told_again() {
    let mut scales = BTreeSet::new();
    for seed in 0..100 {
        let mut lots = Lots::new(seed);
        let (mut told, [scores, constraints, loads, demands]) = random(&mut lots);
        if told.scores.is_empty() {
            continue;
        }
        let files = Files {
            scores: vec![file("scores", &scores)],
            constraints: Some(file("constraints", &constraints)),
            loads: Some(file("loads", &loads)),
            demands: Some(file("demands", &demands)),
        };
        let problem = read(&files, &Options::default()).expect("sound files");
        assert!(!problem.rounded(), "seed {seed}");
        scales.insert(problem.scale());
        let document = document(&problem);
        // A fixed pair without a score has one of 0.
        for pair in &told.fixed {
            told.scores.entry(pair.clone()).or_insert(0);
        }
        assert_eq!(read_back(&document, problem.scale()), told, "seed {seed}");
        assert!(comity::pipeline::load(&common::bytes(&document)).is_ok(), "seed {seed}");
    }
    assert_eq!(scales, BTreeSet::from([1, 100, 1000]));
}

/// A tiny random problem: the files, the options, and what there is to choose from, scores in thousandths.
fn tiny(lots: &mut Lots) -> ([String; 5], Options, seats::Problem) {
    let (papers, reviewers) = (2 + lots.below(2), 3 + lots.below(2));
    let zero_scores = lots.chance(30);
    let mut files: [String; 5] = Default::default();
    let mut problem = seats::Problem {
        sizes: Vec::new(),
        scores: vec![vec![None; reviewers]; papers],
        fixed: vec![Vec::new(); papers],
        most: Vec::new(),
        least: Vec::new(),
    };
    for p in 0..papers {
        let size = 1 + lots.below(3);
        problem.sizes.push(size);
        let _ = writeln!(files[4], "p{p},{size}");
        for r in 0..reviewers {
            let (mut sum, mut told) = (0, false);
            if lots.chance(75) {
                let score = lots.below(30_000) as i64 - 6000;
                let _ = writeln!(files[0], "p{p},~r{r},{}", thousandths(score, lots));
                (sum, told) = (score, true);
            }
            // A second kind of score, which counts half; often it takes away just what the first gives.
            if lots.chance(40) {
                let bid =
                    if told && lots.chance(30) { -2 * sum } else { lots.below(9) as i64 * 1000 };
                let _ = writeln!(files[1], "p{p},~r{r},{}", thousandths(bid, lots));
                sum += bid / 2;
            }
            let fixed = lots.chance(8) && problem.fixed[p].len() < size;
            let conflict = !fixed && lots.chance(15);
            if fixed || conflict || lots.chance(10) {
                let value = i64::from(fixed) - i64::from(conflict);
                let _ = writeln!(files[2], "p{p},~r{r},{value}");
            }
            if fixed {
                problem.fixed[p].push(r);
            }
            let may = !conflict && (sum != 0 || fixed || zero_scores);
            problem.scores[p][r] = may.then_some(sum);
        }
    }
    let some_least = lots.chance(50);
    for r in 0..reviewers {
        let most = lots.below(4);
        let least = if some_least { lots.below(most + 1) } else { 0 };
        let _ = writeln!(files[3], "~r{r},{most},{least}");
        problem.most.push(most);
        problem.least.push(least);
    }
    let weights = vec![1_000_000, 500_000];
    (files, Options { weights, zero_scores, ..Options::default() }, problem)
}

#[test]
fn the_optimum_is_that_of_the_files() {
    let (mut proven, mut whole, mut short, mut done) = (0, 0, 0, 0);
    for seed in 0..150 {
        let mut lots = Lots::new(seed);
        let ([first, second, constraints, loads, demands], options, problem) = tiny(&mut lots);
        if first.is_empty() || second.is_empty() {
            continue;
        }
        let files = Files {
            scores: vec![file("scores", first.as_bytes()), file("bids", second.as_bytes())],
            constraints: Some(file("constraints", constraints.as_bytes())),
            loads: Some(file("loads", loads.as_bytes())),
            demands: Some(file("demands", demands.as_bytes())),
        };
        let read = read(&files, &options).expect("sound files");
        assert!(!read.rounded());
        let solver = comity::solve::Options { gap: 0, ..Default::default() };
        let solution = common::solve_with(&document(&read), solver);
        let (served, missing, sum) = problem.best();
        let tiers = &solution.objective.tiers;
        assert_eq!(tiers[0], served * 1_000_000, "seed {seed}");
        if problem.least.iter().any(|least| *least > 0) {
            assert_eq!(tiers[2], missing * 1_000_000, "seed {seed}");
            short += u32::from(missing < 0);
        }
        let quality = tiers.last().expect("quality");
        assert_eq!(quality * read.scale(), sum * 1000, "seed {seed}");
        done += 1;
        let status = if served == 0 { Status::Infeasible } else { Status::Optimal };
        assert_eq!(solution.status, status, "seed {seed}");
        proven += u32::from(status == Status::Optimal);
        whole += u32::from(served == problem.sizes.len() as i64);
    }
    println!("{done} solved, {proven} proven, {whole} with every paper, {short} short of a load");
    assert!(done > 130 && proven > 120 && whole > 20 && short > 10, "{proven} of {done}");
}

/// Scores of many places are rounded, which is told, and costs a millionth a seat at most.
#[test]
fn what_is_rounded_is_told() {
    let scores = b"p1,r1,0.83192735910415\np1,r2,0.8319274\np2,r1,1e-9\np2,r2,0.5\n";
    let files = Files { scores: vec![file("s", scores)], ..Files::default() };
    let options = Options { panel_size: 1, cases: Some(1), ..Options::default() };
    let problem = read(&files, &options).expect("sound files");
    assert!(problem.rounded());
    let document = document(&problem);
    let notes = document.notes.clone().expect("notes").to_string();
    assert!(notes.contains("within 1 x 10^-6 a seat"), "{notes}");
    let solution = common::solve(&document);
    // r1 for p1 and r2 for p2.
    assert_eq!(solution.objective.tiers.last(), Some(&1_331_927));
}

fn comity(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_comity")).args(args).output().expect("comity runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an end")
}

#[test]
fn the_command_line_takes_the_files_and_refuses_what_it_cannot_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let scores = path("scores.csv", "p1,~R_Synthetic1,0.5\np1,~S_Synthetic1,0.25\n");
    let bids = path("bids.csv", "p1,~S_Synthetic1,1\n");
    let loads = path("loads.csv", "~T_Synthetic1,1\n");
    let broken = path("broken.csv", "p1,~R_Synthetic1,0.5\np1,~S_Synthetic1,good\n");
    let made = path("made.json", "before");
    let solved = folder.path().join("solved.json").to_str().expect("UTF-8").to_owned();
    let convert = |rest: &[&str]| {
        let mut args = vec!["convert", "--from", "openreview"];
        args.extend(rest);
        comity(&args)
    };
    let output = convert(&[&scores, &broken, "-o", &made]);
    assert_eq!(code(&output), 3);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("broken.csv:2:1") && told.contains("openreview-syntax"), "{told}");
    assert_eq!(fs::read_to_string(&made).expect("it"), "before");

    let weighted = ["--weights", "1,0.5", "--panel-size", "1", "--loads", &loads, "-o", &made];
    let output = convert(&[&[scores.as_str(), &bids][..], &weighted].concat());
    assert_eq!(code(&output), 0);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("openreview-unscored"), "{told}");
    assert_eq!(code(&comity(&["solve", &made, "-o", &solved])), 0);
    assert_eq!(code(&comity(&["check", &made, &solved])), 0);
    assert!(fs::read_to_string(&solved).expect("it").contains(":7ES_Synthetic1"));

    for usage in [
        &[][..],
        &[&scores, "--weights", "1,2"],
        &[&scores, "--weights", "x"],
        &[&scores, "--panel-size", "4"],
        &[&scores, "--cases", "1", "--min-cases", "2"],
        &[&scores, "--category-scores", "1,0"],
        &[&scores, "--seed", "1"],
    ] {
        assert_eq!(code(&convert(usage)), 2, "{usage:?}");
    }
    assert_eq!(code(&comity(&["convert", "--from", "rap", &scores, "--loads", &loads])), 2);
}
