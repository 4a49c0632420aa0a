//! Two benches beside each other, run by run.
//!
//! * A pair is a run of the same key on the same bytes of an instance in both. Ratios are of the
//!   second to the first; quality is compared where the tiers above it are equal.
//! * An answer is better when its tiers are greater, compared one after the other; no answer, or one
//!   that does not hold, is worse than any that does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use super::answers::is_wrong;
use super::record::RunRecord;
use super::statistics::{Summary, summary};
use crate::format::Decimal;

/// Two benches beside each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// All pairs.
    pub all: Block,
    /// By method, where there are several.
    pub methods: BTreeMap<String, Block>,
    /// Keys of runs that only the first has.
    pub only_in_first: Vec<String>,
    /// Keys of runs that only the second has.
    pub only_in_second: Vec<String>,
    /// Keys of runs on different bytes of an instance.
    pub other_instance: Vec<String>,
    /// The pairs, one by one.
    pub pairs: Vec<Pair>,
}

/// What some pairs come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    /// How many pairs there are.
    pub pairs: usize,
    /// How many answers of the second are better, the same, worse.
    pub answers: Signs,
    /// Measure by measure.
    pub measures: Vec<Measure>,
}

/// How many pairs lie on which side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Signs {
    /// The second is less (an answer: worse).
    pub less: usize,
    /// They are the same.
    pub same: usize,
    /// The second is more (an answer: better).
    pub more: usize,
}

/// One measure of some pairs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure {
    /// Its name.
    pub name: &'static str,
    /// Where the second lies.
    pub signs: Signs,
    /// Second by first, where both are positive.
    pub ratio: Option<Summary>,
    /// Second less first.
    pub difference: Option<Summary>,
}

/// One pair: both values of each measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// The key of both.
    pub key: String,
    /// The method of both.
    pub method: String,
    /// Whether the second answer is less (worse), equal or greater (better).
    pub answer: Side,
    /// By the name of the measure.
    pub values: BTreeMap<&'static str, (f64, f64)>,
}

/// On which side of the first the second lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Worse.
    Worse,
    /// Neither.
    Same,
    /// Better.
    Better,
}

const MEASURES: [&str; 5] = ["time", "cpu time", "peak memory", "quality", "gap"];

/// Puts the records of two benches, by key, beside each other.
#[must_use]
pub fn compare(
    first: &BTreeMap<String, RunRecord>,
    second: &BTreeMap<String, RunRecord>,
) -> Comparison {
    let lacking = |own: &BTreeMap<String, RunRecord>, other: &BTreeMap<String, RunRecord>| {
        own.keys().filter(|key| !other.contains_key(*key)).cloned().collect()
    };
    let mut pairs = Vec::new();
    let mut other_instance = Vec::new();
    for (key, one) in first {
        let Some(other) = second.get(key) else { continue };
        if one.instance.sha256 == other.instance.sha256 {
            pairs.push(pair(key, one, other));
        } else {
            other_instance.push(key.clone());
        }
    }
    let names: BTreeSet<&String> = pairs.iter().map(|pair| &pair.method).collect();
    let mut methods = BTreeMap::new();
    if names.len() > 1 {
        for name in names {
            let own: Vec<&Pair> = pairs.iter().filter(|pair| pair.method == *name).collect();
            methods.insert(name.clone(), block(&own));
        }
    }
    Comparison {
        all: block(&pairs.iter().collect::<Vec<_>>()),
        methods,
        only_in_first: lacking(first, second),
        only_in_second: lacking(second, first),
        other_instance,
        pairs,
    }
}

fn tiers(record: &RunRecord) -> Option<&[i64]> {
    let answer = record.outcome.answer.as_ref().filter(|_| !is_wrong(record));
    answer.map(|answer| answer.tiers.as_slice())
}

fn pair(key: &str, one: &RunRecord, other: &RunRecord) -> Pair {
    let (first, second) = (&one.outcome, &other.outcome);
    let micro = |value: Decimal| value.micro() as f64 / 1e6;
    let mut values = BTreeMap::new();
    let mut put = |name, pair: (Option<f64>, Option<f64>)| {
        if let (Some(first), Some(second)) = pair {
            values.insert(name, (first, second));
        }
    };
    put(MEASURES[0], (Some(micro(first.wall_seconds)), Some(micro(second.wall_seconds))));
    put(MEASURES[1], (first.cpu_seconds.map(micro), second.cpu_seconds.map(micro)));
    let bytes = |bytes: Option<u64>| bytes.map(|bytes| bytes as f64);
    put(MEASURES[2], (bytes(first.peak_memory_bytes), bytes(second.peak_memory_bytes)));
    let (before, after) = (tiers(one), tiers(other));
    if let (Some((quality, above)), Some((other_quality, other_above))) =
        (before.and_then(<[i64]>::split_last), after.and_then(<[i64]>::split_last))
        && above == other_above
    {
        let told = |micro: i64| Some(micro as f64 / 1e6);
        put(MEASURES[3], (told(*quality), told(*other_quality)));
        let gap = |record: &RunRecord| record.outcome.answer.as_ref()?.gap.map(micro);
        put(MEASURES[4], (gap(one), gap(other)));
    }
    let answer = match after.cmp(&before) {
        std::cmp::Ordering::Less => Side::Worse,
        std::cmp::Ordering::Equal => Side::Same,
        std::cmp::Ordering::Greater => Side::Better,
    };
    Pair { key: key.to_owned(), method: one.method.clone(), answer, values }
}

fn block(pairs: &[&Pair]) -> Block {
    let mut answers = Signs::default();
    for pair in pairs {
        match pair.answer {
            Side::Worse => answers.less += 1,
            Side::Same => answers.same += 1,
            Side::Better => answers.more += 1,
        }
    }
    let measure = |name: &&'static str| {
        let values: Vec<(f64, f64)> =
            pairs.iter().filter_map(|pair| pair.values.get(name).copied()).collect();
        let mut signs = Signs::default();
        for (first, second) in &values {
            match second.total_cmp(first) {
                std::cmp::Ordering::Less => signs.less += 1,
                std::cmp::Ordering::Equal => signs.same += 1,
                std::cmp::Ordering::Greater => signs.more += 1,
            }
        }
        let positive = values.iter().filter(|(first, second)| *first > 0.0 && *second > 0.0);
        let ratios: Vec<f64> = positive.map(|(first, second)| second / first).collect();
        let differences: Vec<f64> = values.iter().map(|(first, second)| second - first).collect();
        Measure { name, signs, ratio: summary(&ratios), difference: summary(&differences) }
    };
    Block { pairs: pairs.len(), answers, measures: MEASURES.iter().map(measure).collect() }
}

/// A comparison for people; the names are those of the two folders.
#[must_use]
pub fn compare_text(first: &str, second: &str, found: &Comparison) -> String {
    let mut text = format!("A: {first}\nB: {second}\nratios are B / A\n");
    // Writing to a string does not fail.
    let _ = write!(text, "\nall: ");
    block_text(&mut text, &found.all);
    for (method, block) in &found.methods {
        let _ = write!(text, "\n{method}: ");
        block_text(&mut text, block);
    }
    let lists = [
        ("only in A", &found.only_in_first),
        ("only in B", &found.only_in_second),
        ("not compared, the instance is another", &found.other_instance),
    ];
    for (what, keys) in lists {
        if !keys.is_empty() {
            let _ = writeln!(text, "\n{what}: {}", keys.len());
        }
        for key in keys {
            let _ = writeln!(text, "  {key}");
        }
    }
    text
}

fn block_text(text: &mut String, block: &Block) {
    let Signs { less, same, more } = block.answers;
    let _ = writeln!(
        text,
        "{} pairs; answers of B: {more} better, {same} the same, {less} worse",
        block.pairs
    );
    let _ = writeln!(
        text,
        "  {:<12} {:>6} {:>6} {:>6} {:>6}  {:>8} {:>19}  {:>9}",
        "", "B less", "same", "B more", "ratios", "median", "quartiles", "geometric"
    );
    for measure in &block.measures {
        let Signs { less, same, more } = measure.signs;
        let ratio = measure.ratio.map_or_else(
            || format!("{:>6}  {:>8} {:>19}  {:>9}", 0, "-", "-", "-"),
            |one| {
                let quartiles = format!("{:.4} to {:.4}", one.first_quartile, one.third_quartile);
                let mean = one.geometric_mean.unwrap_or(f64::NAN);
                format!("{:>6}  {:>8.4} {quartiles:>19}  {mean:>9.4}", one.count, one.median)
            },
        );
        let _ = writeln!(text, "  {:<12} {less:>6} {same:>6} {more:>6} {ratio}", measure.name);
    }
}
