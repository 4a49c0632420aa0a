//! Generalised assignment: `convert --from gap`, its findings, and what is known of published problems.

mod common;

use std::fs;
use std::path::PathBuf;

use comity::convert::gap::{CODES, Problem, read};
use comity::format::{InstanceDoc, SolutionDoc, Status, read_instance};
use comity::solve::Options;
use common::Lots;
use common::invalid;

#[test]
fn each_code_has_its_file_and_its_row_in_the_book_of_errors() {
    invalid::each_code_has_its_file_and_its_row("gap", "gap", CODES, |code, text| {
        read(text).expect_err(code)
    });
}

fn document(problem: &Problem) -> InstanceDoc {
    let mut text = String::new();
    problem.write(&mut text).expect("a string takes everything");
    read_instance(text.as_bytes()).expect("an instance")
}

fn solved(problem: &Problem, node_limit: usize) -> SolutionDoc {
    common::solve_with(&document(problem), Options { gap: 0, node_limit, ..Options::default() })
}

/// The least cost of all ways to give every job to an agent who has room, by trying them all.
fn least_cost(costs: &[Vec<i64>], needs: &[Vec<i64>], left: &mut [i64], job: usize) -> Option<i64> {
    if job == costs[0].len() {
        return Some(0);
    }
    let mut best: Option<i64> = None;
    for agent in 0..costs.len() {
        let need = needs[agent][job];
        if need <= left[agent] {
            left[agent] -= need;
            let rest = least_cost(costs, needs, left, job + 1);
            left[agent] += need;
            let whole = rest.map(|rest| rest + costs[agent][job]);
            best = [best, whole].into_iter().flatten().min();
        }
    }
    best
}

#[test]
fn the_optimum_is_that_of_the_problem() {
    let (mut proven, mut whole) = (0, 0);
    for seed in 0..200 {
        let mut lots = Lots::new(seed);
        let (agents, jobs) = (2 + lots.below(2), 3 + lots.below(4));
        let most = [9, 50, 1234, 99_999][lots.below(4)];
        let mut table = |from: usize, most: usize| -> Vec<Vec<i64>> {
            let mut row = || (0..jobs).map(|_| (from + lots.below(most)) as i64).collect();
            (0..agents).map(|_| row()).collect()
        };
        let (costs, needs) = (table(0, most), table(1, 20));
        let mut capacities: Vec<i64> =
            needs.iter().map(|row| row.iter().sum::<i64>() * 8 / (10 * agents as i64)).collect();
        let rows = |table: &[Vec<i64>]| -> String {
            let row = |row: &Vec<i64>| row.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
            table.iter().map(|own| row(own) + "\n").collect()
        };
        let last: Vec<String> = capacities.iter().map(i64::to_string).collect();
        let text = format!("{agents} {jobs}\n{}{}{}", rows(&costs), rows(&needs), last.join(" "));
        let problem = read(text.as_bytes()).expect("a problem");
        assert_eq!((problem.agents(), problem.jobs()), (agents, jobs));
        let solution = solved(&problem, 100);
        let served = solution.assignments.len() == jobs;
        let least = least_cost(&costs, &needs, &mut capacities, 0);
        assert_eq!(served, least.is_some(), "seed {seed}");
        proven += u32::from(solution.status == Status::Optimal);
        if let Some(least) = least {
            let quality = *solution.objective.tiers.last().expect("quality");
            assert_eq!(problem.cost(quality), least, "seed {seed}");
            whole += 1;
        }
    }
    println!("{proven} proven, {whole} in which every job finds an agent");
    assert!(proven > 190 && whole > 60, "{proven} {whole}");
}

/// Published problems with their published optima, where this machine has them.
#[test]
fn published_optima_are_reached() {
    let data = std::env::var_os("COMITY_DATA")
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let folder = data.join("gap");
    let Ok(table) = fs::read_to_string(folder.join("best-known.csv")) else {
        eprintln!("skipped: no problems at {}", folder.display());
        return;
    };
    let (mut seen, mut proven) = (0, 0);
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [name, _, _, _, best, "yes"] = cells[..] else { continue };
        // The small ones; larger ones are for the benchmarks.
        if !name.starts_with("gap1-") && !name.starts_with("gap2-") {
            continue;
        }
        let problem = read(&fs::read(folder.join(name)).expect(name)).expect(name);
        let solution = solved(&problem, 300);
        let quality = *solution.objective.tiers.last().expect("quality");
        assert_eq!(problem.cost(quality).to_string(), best, "{name}");
        seen += 1;
        proven += u32::from(solution.status == Status::Optimal);
    }
    println!("{proven} of {seen} proven by 300 nodes");
    assert_eq!(seen, 10);
}
