//! The same input gives the same bytes: run after run, on any number of threads, as a library and
//! as a program.

mod common;

use std::path::Path;
use std::process::Command;

use comity::format::{Fairness, InstanceDoc, SolutionDoc, read_instance, to_json_string};
use comity::generate::{RandomOptions, random};
use comity::solve::Options;

const LAUNCH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instances/iomed-launch.json");

fn launch() -> InstanceDoc {
    let bytes = std::fs::read(LAUNCH).expect("the instance is there");
    read_instance(&bytes).expect("it is an instance")
}

/// The bytes of an answer, apart from the time that it took.
fn timeless(mut solution: SolutionDoc) -> String {
    solution.run.elapsed_ms = 0;
    to_json_string(&solution).expect("a solution can be written")
}

fn bytes_with(threads: usize, instance: &InstanceDoc) -> String {
    bytes_of(threads, instance, Options::default())
}

fn bytes_of(threads: usize, instance: &InstanceDoc, options: Options) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| timeless(common::solve_with(instance, options)))
}

#[test]
fn tiny_instances_have_one_answer() {
    for seed in 0..20 {
        let mut instance = common::tiny::instance(seed);
        let fairness = [Fairness::Sum, Fairness::MaxMin, Fairness::Leximin][seed as usize % 3];
        instance.policy.get_or_insert_default().fairness = Some(fairness);
        let once = timeless(common::solve(&instance));
        assert_eq!(once, timeless(common::solve(&instance)), "seed {seed}, run again");
        for threads in [1, 2, 4] {
            assert_eq!(once, bytes_with(threads, &instance), "seed {seed}, {threads} threads");
        }
    }
}

#[test]
fn the_seed_is_recorded_and_draws_nothing_on_a_small_docket() {
    let instance = common::tiny::instance(3);
    let mut other = common::solve_with(&instance, Options { seed: 7, ..Options::default() });
    assert_eq!(other.run.seed, 7);
    other.run.seed = 0;
    assert_eq!(timeless(common::solve(&instance)), timeless(other));
}

#[test]
fn a_large_docket_has_one_answer_for_each_seed() {
    let instance = random(&RandomOptions { seed: 5, disputes: 64, mediators: 80, tight: true });
    // Near prices and exchanges, as on a docket of hundreds.
    let options = Options { large_from: 60, ..Options::default() };
    let once = bytes_of(1, &instance, options);
    for threads in [1, 2, 4] {
        assert!(once == bytes_of(threads, &instance, options), "{threads} threads");
    }
}

#[test]
fn the_launch_docket_has_one_answer() {
    let instance = launch();
    let once = bytes_with(1, &instance);
    for threads in [1, 2, 4] {
        assert_eq!(once, bytes_with(threads, &instance), "{threads} threads");
    }
}

/// The bytes that the program writes, apart from the time that it took.
fn program(threads: &str) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(["solve", LAUNCH, "--threads", threads])
        .output()
        .expect("the program runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    let (mut kept, mut dropped) = (String::with_capacity(text.len()), 0);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("\"elapsed_ms\":") {
            dropped += 1;
        } else {
            kept.push_str(line);
        }
    }
    assert_eq!(dropped, 1, "one line says how long it took");
    kept
}

#[test]
fn the_program_writes_the_same_bytes_on_any_number_of_threads() {
    assert!(Path::new(LAUNCH).exists());
    let once = program("1");
    assert_eq!(once, program("1"));
    assert_eq!(once, program("2"));
}

#[test]
fn the_program_and_the_library_say_the_same() {
    let written: String = timeless(common::solve(&launch()));
    let written: String = written
        .lines()
        .filter(|line| !line.contains("\"elapsed_ms\""))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(written.trim_end(), program("2").trim_end());
}
