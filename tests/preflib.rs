//! Preferences of PrefLib: `convert --from preflib`, its findings, what gets through, and that the optimum is that of the
//! file. All preferences here are synthetic but those that are read from the shared data.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use comity::convert::preflib::{CODES, Options, Profile, read};
use comity::convert::rap;
use comity::format::{InstanceDoc, SolutionDoc, Status, read_instance};
use common::{Lots, invalid, seats};

#[test]
fn each_code_has_its_file_and_its_row_in_the_book_of_errors() {
    invalid::each_code_has_its_file_and_its_row("preflib", "pref", CODES, |code, text| {
        read(text, &Options::default()).expect_err(code)
    });
}

#[test]
fn scores_are_for_categories_alone_and_for_each() {
    let options = Options { category_scores: Some(vec![Some(1)]), ..Options::default() };
    let codes = |text: &str| -> Vec<&str> {
        let found = read(text.as_bytes(), &options).expect_err("no profile");
        found.iter().map(|finding| finding.code).collect()
    };
    let bids = "# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 1\n# NUMBER CATEGORIES: 2\n1: 1,{}\n";
    assert_eq!(codes(bids), ["preflib-count"]);
    assert_eq!(codes("# DATA TYPE: soc\n# NUMBER ALTERNATIVES: 1\n1: 1\n"), ["preflib-type"]);
}

fn document(profile: &Profile) -> InstanceDoc {
    let mut text = String::new();
    profile.write(&mut text).expect("a string takes everything");
    read_instance(text.as_bytes()).expect("an instance")
}

fn solved(document: &InstanceDoc) -> SolutionDoc {
    let options = comity::solve::Options { gap: 0, ..Default::default() };
    common::solve_with(document, options)
}

/// Groups of alternatives, the best first.
type Groups = Vec<Vec<usize>>;

fn shown(groups: &[Vec<usize>]) -> String {
    let group = |own: &Vec<usize>| match own.as_slice() {
        [one] => one.to_string(),
        own => {
            let numbers: Vec<String> = own.iter().map(usize::to_string).collect();
            format!("{{{}}}", numbers.join(", "))
        }
    };
    groups.iter().map(group).collect::<Vec<_>>().join(",")
}

/// A file: lines with the number of voters for which they stand.
fn file(kind: &str, alternatives: usize, categories: usize, lines: &[(usize, Groups)]) -> String {
    let mut text = format!("# DATA TYPE: {kind}\n# NUMBER ALTERNATIVES: {alternatives}\n");
    let voters: usize = lines.iter().map(|(voters, _)| voters).sum();
    let _ = writeln!(text, "# NUMBER VOTERS: {voters}");
    if categories > 0 {
        let _ = writeln!(text, "# NUMBER CATEGORIES: {categories}");
    }
    for (voters, groups) in lines {
        let _ = writeln!(text, "{voters}: {}", shown(groups));
    }
    text
}

/// Alternatives from 1 in a random order.
fn shuffled(alternatives: usize, lots: &mut Lots) -> Vec<usize> {
    let mut order: Vec<usize> = (1..=alternatives).collect();
    for n in (1..order.len()).rev() {
        order.swap(n, lots.below(n + 1));
    }
    order
}

/// A random order, with ties perhaps, and perhaps not of all.
fn order(kind: &str, alternatives: usize, lots: &mut Lots) -> Groups {
    let mut rest = shuffled(alternatives, lots);
    if kind.ends_with('i') {
        rest.truncate(lots.below(alternatives + 1));
    }
    let mut groups = Groups::new();
    while !rest.is_empty() {
        let tied = if kind.starts_with('t') { 1 + lots.below(rest.len()) } else { 1 };
        groups.push(rest.drain(..tied).collect());
    }
    groups
}

/// A random vote of categories, some alternatives in none.
fn vote(alternatives: usize, categories: usize, lots: &mut Lots) -> Groups {
    let mut groups = vec![Vec::new(); categories];
    for alternative in shuffled(alternatives, lots) {
        if lots.chance(85) {
            groups[lots.below(categories)].push(alternative);
        }
    }
    groups
}

fn fits_of(document: &InstanceDoc) -> BTreeMap<(String, String), i64> {
    let rows = document.scores.iter().flat_map(|row| {
        row.fit.iter().map(|(voter, fit)| ((row.dispute.clone(), voter.to_owned()), fit.micro()))
    });
    rows.collect()
}

/// Twice the points of Borda by their meaning: one for whoever is worse, half a one for whoever is as good.
fn doubled(groups: &Groups, alternative: usize, alternatives: usize) -> i64 {
    let rank =
        |a: usize| groups.iter().position(|group| group.contains(&a)).unwrap_or(groups.len());
    let own = rank(alternative);
    let others = (1..=alternatives).filter(|a| *a != alternative);
    others.map(|a| i64::from(rank(a) > own) * 2 + i64::from(rank(a) == own)).sum()
}

#[test]
fn orders_can_be_told_again() {
    for seed in 0..200 {
        let mut lots = Lots::new(seed);
        let kind = ["soc", "soi", "toc", "toi"][seed as usize % 4];
        let alternatives = 1 + lots.below(15);
        let lines: Vec<(usize, Groups)> = (0..=lots.below(4))
            .map(|_| (1 + lots.below(3), order(kind, alternatives, &mut lots)))
            .collect();
        let text = file(kind, alternatives, 0, &lines);
        let profile = read(text.as_bytes(), &Options::default()).expect("a sound file");
        let fits = fits_of(&document(&profile));
        let mut voter = 0;
        for (voters, groups) in &lines {
            for _ in 0..*voters {
                voter += 1;
                for alternative in 1..=alternatives {
                    let fit = fits[&(format!("a{alternative}"), format!("v{voter}"))];
                    let points = doubled(groups, alternative, alternatives);
                    assert_eq!(2 * fit * profile.scale(), points * 1_000_000, "{text}");
                }
            }
        }
        assert_eq!(profile.voters(), voter);
        assert_eq!(fits.len(), voter as usize * alternatives);
    }
}

#[test]
fn categories_can_be_told_again() {
    for seed in 0..200 {
        let mut lots = Lots::new(seed);
        let (alternatives, categories) = (1 + lots.below(12), 1 + lots.below(6));
        let lines: Vec<(usize, Groups)> = (0..=lots.below(4))
            .map(|_| (1 + lots.below(3), vote(alternatives, categories, &mut lots)))
            .collect();
        let text = file("cat", alternatives, categories, &lines);
        let profile = read(text.as_bytes(), &Options::default()).expect("a sound file");
        let fits = fits_of(&document(&profile));
        // Evenly from 1 to 0: the category follows from the fit.
        let steps = (categories as i64 - 1).max(1);
        let mut voter = 0;
        for (voters, groups) in &lines {
            for _ in 0..*voters {
                voter += 1;
                let mut again = vec![Vec::new(); categories];
                for alternative in 1..=alternatives {
                    let pair = (format!("a{alternative}"), format!("v{voter}"));
                    let Some(fit) = fits.get(&pair) else { continue };
                    let category = ((1_000_000 - fit) * steps + 500_000) / 1_000_000;
                    again[category as usize].push(alternative);
                }
                let mut groups = groups.clone();
                for group in &mut groups {
                    group.sort_unstable();
                }
                assert_eq!(again, groups, "{text}");
            }
        }
    }
}

#[test]
fn the_optimum_is_the_largest_sum_of_points() {
    let (mut proven, mut whole) = (0, 0);
    for seed in 0..120 {
        let mut lots = Lots::new(seed);
        let kind = ["soc", "soi", "toc", "toi", "cat"][seed as usize % 5];
        let alternatives = 2 + lots.below(2);
        let categories = if kind == "cat" { 3 } else { 0 };
        let lines: Vec<(usize, Groups)> = (0..2 + lots.below(2))
            .map(|_| {
                let groups = match kind {
                    "cat" => vote(alternatives, categories, &mut lots),
                    _ => order(kind, alternatives, &mut lots),
                };
                (1 + lots.below(2), groups)
            })
            .collect();
        let voters: Vec<&Groups> =
            lines.iter().flat_map(|(voters, groups)| vec![groups; *voters]).collect();
        let (size, cases) = (1 + lots.below(2), 1 + lots.below(2));
        let least = lots.below(cases + 1);
        let options = Options {
            panel_size: size as u8,
            cases: Some(cases as u32),
            min_cases: least as u32,
            ..Options::default()
        };
        let text = file(kind, alternatives, categories, &lines);
        let profile = read(text.as_bytes(), &options).expect("a sound file");
        // In halves of a point; categories have 2, 1 and 0 halves.
        let score = |a: usize, groups: &Groups| match kind {
            "cat" => groups.iter().position(|group| group.contains(&a)).map(|at| 2 - at as i64),
            _ => Some(doubled(groups, a, alternatives)),
        };
        let problem = seats::Problem {
            sizes: vec![size; alternatives],
            scores: (1..=alternatives)
                .map(|a| voters.iter().map(|groups| score(a, groups)).collect())
                .collect(),
            fixed: vec![Vec::new(); alternatives],
            most: vec![cases; voters.len()],
            least: vec![least; voters.len()],
        };
        let (served, missing, sum) = problem.best();
        let solution = solved(&document(&profile));
        let tiers = &solution.objective.tiers;
        assert_eq!(tiers[0], served * 1_000_000, "{text}");
        if least > 0 {
            assert_eq!(tiers[2], missing * 1_000_000, "{text}");
        }
        let quality = tiers.last().expect("quality");
        assert_eq!(2 * quality * profile.scale(), sum * 1_000_000, "{text}");
        proven += u32::from(solution.status == Status::Optimal);
        whole += u32::from(served == alternatives as i64);
    }
    println!("{proven} proven, {whole} in which every alternative is served");
    assert!(proven == 120 && whole > 30, "{proven} {whole}");
}

/// The same bids as a set of reviewers and papers: 1, 0.5, 0.25, 0, and a conflict for whatever is not told.
#[test]
fn bids_are_those_of_a_reviewer_assignment_set() {
    for seed in 0..40 {
        let mut lots = Lots::new(seed);
        let (papers, reviewers) = (2 + lots.below(4), 3 + lots.below(5));
        let bids: Vec<(usize, Groups)> =
            (0..reviewers).map(|_| (1, vote(papers, 4, &mut lots))).collect();
        let cases = 1 + lots.below(3);
        let mut set = format!("{papers} {reviewers}\n{}\n", vec!["2"; papers].join(" "));
        let load = |n: usize| vec![n.to_string(); reviewers].join(" ") + "\n";
        set += &(load(cases) + &load(0));
        for paper in 1..=papers {
            let category = |groups: &Groups| groups.iter().position(|g| g.contains(&paper));
            let pairs: Vec<String> = (bids.iter().enumerate())
                .filter_map(|(r, (_, groups))| {
                    Some(format!("{r}:{}", [10_000, 5000, 2500, 0][category(groups)?]))
                })
                .collect();
            let _ = writeln!(set, "{} {}", pairs.len(), pairs.join(" "));
        }
        let mut text = String::new();
        rap::read(set.as_bytes()).expect("a sound set").write(&mut text).expect("written");
        let expected = solved(&read_instance(text.as_bytes()).expect("an instance"));
        let options = Options {
            panel_size: 2,
            cases: Some(cases as u32),
            category_scores: Some([1_000_000, 500_000, 250_000, 0].map(Some).to_vec()),
            ..Options::default()
        };
        let profile = read(file("cat", papers, 4, &bids).as_bytes(), &options).expect("bids");
        let found = solved(&document(&profile));
        assert_eq!(found.status, Status::Optimal);
        assert_eq!(found.objective.tiers, expected.objective.tiers, "seed {seed}");
    }
}

/// The bids of 2015, told as PrefLib tells them, give the pairs of the shared set, each with its score.
#[test]
fn the_shared_bids_come_through() {
    let data = std::env::var_os("COMITY_DATA")
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let path = data.join("reviewers/aamas2015.rap");
    let Ok(set) = fs::read(&path) else {
        eprintln!("skipped: no set at {}", path.display());
        return;
    };
    let mut text = String::new();
    rap::read(&set).expect("a sound set").write(&mut text).expect("written");
    let expected = read_instance(text.as_bytes()).expect("an instance");
    let mut bids = vec![(1, vec![Vec::new(); 4]); expected.mediators.len()];
    let number = |id: &str| id[1..].parse::<usize>().expect("a number");
    for ((paper, reviewer), fit) in fits_of(&expected) {
        let category = [1_000_000, 500_000, 250_000, 0].iter().position(|score| *score == fit);
        bids[number(&reviewer)].1[category.expect("a category")].push(number(&paper) + 1);
    }
    let options = Options {
        cases: Some(12),
        category_scores: Some([1_000_000, 500_000, 250_000, 0].map(Some).to_vec()),
        ..Options::default()
    };
    let text = file("cat", expected.disputes.len(), 4, &bids);
    let document = document(&read(text.as_bytes(), &options).expect("bids"));
    let again: BTreeMap<(String, String), i64> = fits_of(&document)
        .into_iter()
        .map(|((a, v), fit)| {
            ((format!("p{}", number(&a) - 1), format!("r{}", number(&v) - 1)), fit)
        })
        .collect();
    assert!(again == fits_of(&expected), "other pairs or scores");
    let loads = |document: &InstanceDoc| -> Vec<_> {
        document.mediators.iter().map(|one| one.capacity.clone()).collect()
    };
    assert_eq!(loads(&document), loads(&expected));
    assert!(document.disputes.iter().zip(&expected.disputes).all(|(a, b)| a.panel == b.panel));
}

#[test]
fn the_command_line_takes_a_file_and_refuses_what_it_cannot_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (bids, made, solved) = (path("bids.cat"), path("made.json"), path("solved.json"));
    let votes = [(1, vec![vec![1], vec![2]]), (2, vec![vec![2], vec![1]])];
    fs::write(&bids, file("cat", 2, 2, &votes)).expect("written");
    let run = |args: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_comity")).args(args).output().expect("comity runs");
        output.status.code().expect("an end")
    };
    let convert = |rest: &[&str]| run(&[&["convert", "--from", "preflib"], rest].concat());
    let whole = ["--panel-size", "1", "--cases", "2", "--category-scores", "0.5,-0.25"];
    assert_eq!(convert(&[&[bids.as_str(), "-o", &made][..], &whole].concat()), 0);
    assert_eq!(run(&["solve", &made, "-o", &solved]), 0);
    assert_eq!(run(&["check", &made, &solved]), 0);
    assert_eq!(convert(&[&made]), 3);
    for usage in [
        &[][..],
        &[bids.as_str(), &bids],
        &[&bids, "--category-scores", "1,2"],
        &[&bids, "--category-scores", "1,x"],
        &[&bids, "--loads", &bids],
        &[&bids, "--zero-scores"],
    ] {
        assert_eq!(convert(usage), 2, "{usage:?}");
    }
}
