//! The runs of a plan: their list, their keys, their shards.
//!
//! * **Invariant**: two runs of a plan have different keys, and a run has the same key in every plan
//!   that asks for it by the same names, on every machine.

use std::fmt::Write as _;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::plan::{Checked, Method, Source};
use crate::format::Decimal;

/// One run of a plan.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The instance.
    pub source: &'a Source,
    /// The method.
    pub method: &'a Method,
    /// The seed.
    pub seed: u64,
    /// Seconds, if limited.
    pub limit: Option<Decimal>,
    /// Which of several equal runs, from 0.
    pub repeat: u32,
}

/// All runs of a plan, in its order: instances, limits, methods, seeds, repeats.
#[must_use]
pub fn runs(plan: &Checked) -> Vec<Run<'_>> {
    plan.instances.iter().flat_map(|source| runs_of(plan, source)).collect()
}

/// The same of one instance.
#[must_use]
pub fn runs_of<'a>(plan: &'a Checked, source: &'a Source) -> Vec<Run<'a>> {
    let mut all = Vec::new();
    for limit in &plan.limits {
        for method in &plan.methods {
            for seed in &plan.seeds {
                for repeat in 0..plan.repeat {
                    all.push(Run { source, method, seed: *seed, limit: *limit, repeat });
                }
            }
        }
    }
    all
}

impl Run<'_> {
    /// The name of its files: readable, and ended by a digest that tells runs apart whose names run together.
    #[must_use]
    pub fn key(&self) -> String {
        let (instance, method) = (&self.source.name, &self.method.name);
        let limit = self
            .limit
            .map_or_else(|| "none".to_owned(), |limit| super::answers::plain(limit.micro()));
        let (seed, repeat) = (self.seed, self.repeat);
        let told = [instance.as_str(), method, &limit, &seed.to_string(), &repeat.to_string()];
        let mut key = format!("{instance}.{method}.t{limit}.s{seed}.r{repeat}.");
        // WHY: names hold no line breaks.
        for byte in &Sha256::digest(told.join("\n"))[..4] {
            // Writing to a string does not fail.
            let _ = write!(key, "{byte:02x}");
        }
        key
    }
}

/// One of several parts of a plan: `I/N`, I from 1 to N.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "a shard is written I/N, with I from 1 to N and N at most 100000";
        let (index, of) = text.split_once('/').ok_or(wrong)?;
        let index: usize = index.parse().map_err(|_| wrong)?;
        let of: usize = of.parse().map_err(|_| wrong)?;
        if index == 0 || index > of || of > 100_000 { Err(wrong) } else { Ok(Self { index, of }) }
    }
}

/// For each run of a plan whether it belongs to a shard.
///
/// WHY: dealt out by their digests, so that one shard does not get all runs of a slow method or instance.
#[must_use]
pub fn in_shard(runs: &[Run<'_>], shard: Shard) -> Vec<bool> {
    let mut dealt: Vec<(Vec<u8>, usize)> = runs
        .iter()
        .enumerate()
        .map(|(index, run)| (Sha256::digest(run.key()).to_vec(), index))
        .collect();
    dealt.sort();
    let mut mine = vec![false; runs.len()];
    for (turn, (_, index)) in dealt.into_iter().enumerate() {
        mine[index] = turn % shard.of == shard.index - 1;
    }
    mine
}
