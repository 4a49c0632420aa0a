//! What the tests share: one way to call the solver, which checks the answer, and tiny random
//! instances.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod batch;
pub(crate) mod files;
pub(crate) mod hours;
pub(crate) mod invalid;
pub(crate) mod rich;
pub(crate) mod seats;
pub(crate) mod shares;
pub(crate) mod tiny;

use comity::check;
use comity::format::{InstanceDoc, SolutionDoc, canonical_digest, to_json_string};
use comity::pipeline::{Screened, load};
use comity::solve::{Control, Options};

/// The bytes of a document.
pub(crate) fn bytes(document: &InstanceDoc) -> Vec<u8> {
    to_json_string(document).expect("an instance can be written").into_bytes()
}

/// Loads and screens a valid instance.
pub(crate) fn screened(document: &InstanceDoc) -> Screened {
    match load(&bytes(document)) {
        Ok(loaded) => Screened::new(loaded.instance),
        Err(findings) => panic!("the instance is invalid: {findings:#?}"),
    }
}

/// Solves and checks: an answer that the checker refuses fails the test.
pub(crate) fn solve(document: &InstanceDoc) -> SolutionDoc {
    solve_with(document, Options::default())
}

/// Solves with options and checks.
pub(crate) fn solve_with(document: &InstanceDoc, options: Options) -> SolutionDoc {
    let solution = solve_without_checking_the_answer(document, options);
    assert_holds(document, &solution);
    solution
}

/// Solves and leaves the answer unchecked, for tests of the checker itself.
pub(crate) fn solve_without_checking_the_answer(
    document: &InstanceDoc,
    options: Options,
) -> SolutionDoc {
    screened(document).answer(options, &Control::new(None, None))
}

/// Fails with everything that the checker has against an answer.
pub(crate) fn assert_holds(document: &InstanceDoc, solution: &SolutionDoc) {
    let digest = canonical_digest(&bytes(document)).expect("canonical");
    let verdict = check::check(document, solution, &digest);
    assert!(
        verdict.holds(),
        "the checker refuses the answer:\n{verdict}\n{}\n{}",
        to_json_string(document).unwrap_or_default(),
        to_json_string(solution).unwrap_or_default()
    );
    // What the checker makes of the prices is a bound itself: below the answer it would be wrong.
    let Some(certificate) = &solution.certificate else { return };
    let own = verdict.recomputed.tiers.iter().zip(&verdict.recomputed.bounds);
    for ((value, bound), tier) in own.zip(&certificate.tiers) {
        let bound = bound.unwrap_or(tier.bound);
        assert!(bound >= *value, "the checker bounds {value} by {bound}\n{verdict}");
    }
}

/// The rules that the checker finds broken.
pub(crate) fn broken_rules(document: &InstanceDoc, solution: &SolutionDoc) -> Vec<&'static str> {
    let digest = canonical_digest(&bytes(document)).expect("canonical");
    let mut rules: Vec<&str> =
        check::check(document, solution, &digest).violations.iter().map(|v| v.rule).collect();
    rules.dedup();
    rules
}

/// A small generator of pseudo-random numbers (`SplitMix64`), the same on every machine.
pub(crate) struct Lots(u64);

impl Lots {
    /// From a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// A number from 0 to `n - 1`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    /// One of the items.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
