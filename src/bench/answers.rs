//! The tables: what was answered, and apart from it how long it took.
//!
//! * A row holds the runs of one instance by one method under one time limit; seeds and repeats
//!   are its members. Where they differ, the median is told with the least and the greatest.
//! * **Invariant**: `table` reads nothing of a record that a clock or a machine has a say in.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::plan::{Checked, limit_text};
use super::record::{RunRecord, Verdict};
use super::runs::runs;
use super::statistics::{Summary, summary};
use crate::format::Decimal;

/// Least, median and greatest of some whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    least: i64,
    /// The lower of the two in the middle, so that it is one of them.
    median: i64,
    greatest: i64,
}

impl Spread {
    fn of(numbers: impl Iterator<Item = i64>) -> Option<Self> {
        let mut sorted: Vec<i64> = numbers.collect();
        sorted.sort_unstable();
        let (least, greatest) = (*sorted.first()?, *sorted.last()?);
        Some(Self { least, median: sorted[(sorted.len() - 1) / 2], greatest })
    }
}

/// The runs of one instance by one method under one time limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The instance.
    pub instance: String,
    /// The method.
    pub method: String,
    /// Seconds, if limited.
    pub time_limit: Option<Decimal>,
    /// How many runs have been made.
    pub runs: usize,
    /// How many have not.
    pub missing: usize,
    /// How often each status was the outcome.
    pub status: BTreeMap<String, usize>,
    /// Panels.
    pub panels: Option<Spread>,
    /// Sessions.
    pub sessions: Option<Spread>,
    /// Disputes that go unserved.
    pub unserved: Option<Spread>,
    /// The last tier, in micro-units.
    pub quality: Option<Spread>,
    /// The bound on it.
    pub bound: Option<Spread>,
    /// The relative gap, in micro-units.
    pub gap: Option<Spread>,
    /// How often the checker said what.
    pub check: BTreeMap<String, usize>,
    /// Seconds from start to end.
    pub wall_seconds: Option<Summary>,
    /// Bytes.
    pub peak_memory_bytes: Option<Summary>,
}

/// The rows of a plan, in its order, with the records that there are, by key.
#[must_use]
pub fn rows(plan: &Checked, records: &BTreeMap<String, RunRecord>) -> Vec<Row> {
    let mut rows: Vec<(Row, Vec<&RunRecord>)> = Vec::new();
    for run in runs(plan) {
        let (instance, method) = (&run.source.name, &run.method.name);
        let same = rows.last().is_some_and(|(row, _)| {
            row.instance == *instance && row.method == *method && row.time_limit == run.limit
        });
        if !same {
            rows.push((Row::empty(instance, method, run.limit), Vec::new()));
        }
        let Some((row, members)) = rows.last_mut() else { continue };
        match records.get(&run.key()) {
            Some(record) => members.push(record),
            None => row.missing += 1,
        }
    }
    rows.into_iter().map(|(row, members)| row.filled(&members)).collect()
}

impl Row {
    fn empty(instance: &str, method: &str, time_limit: Option<Decimal>) -> Self {
        Self {
            instance: instance.to_owned(),
            method: method.to_owned(),
            time_limit,
            runs: 0,
            missing: 0,
            status: BTreeMap::new(),
            panels: None,
            sessions: None,
            unserved: None,
            quality: None,
            bound: None,
            gap: None,
            check: BTreeMap::new(),
            wall_seconds: None,
            peak_memory_bytes: None,
        }
    }

    fn filled(mut self, members: &[&RunRecord]) -> Self {
        self.runs = members.len();
        for record in members {
            let status = match &record.outcome.answer {
                Some(answer) => word(&answer.status),
                None => "no answer".to_owned(),
            };
            *self.status.entry(status).or_default() += 1;
            let verdict = word(&record.outcome.verdict).replace('-', " ");
            *self.check.entry(verdict).or_default() += 1;
        }
        let answers = || members.iter().filter_map(|record| record.outcome.answer.as_ref());
        self.panels = Spread::of(answers().map(|one| one.panels as i64));
        self.sessions = Spread::of(answers().map(|one| one.sessions as i64));
        self.unserved = Spread::of(answers().map(|one| one.unserved as i64));
        self.quality = Spread::of(answers().map(super::record::Answer::quality));
        self.bound = Spread::of(answers().filter_map(|one| one.bound));
        self.gap = Spread::of(answers().filter_map(|one| one.gap).map(Decimal::micro));
        let outcomes = || members.iter().map(|record| &record.outcome);
        let seconds: Vec<f64> =
            outcomes().map(|one| one.wall_seconds.micro() as f64 / 1e6).collect();
        self.wall_seconds = summary(&seconds);
        let memory: Vec<f64> =
            outcomes().filter_map(|one| one.peak_memory_bytes).map(|one| one as f64).collect();
        self.peak_memory_bytes = summary(&memory);
        self
    }
}

/// The word by which a document tells a value.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    let told = serde_json::to_value(value).ok();
    told.and_then(|told| told.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Micro-units as a decimal without idle zeros.
pub(super) fn plain(micro: i64) -> String {
    let (sign, size) = (if micro < 0 { "-" } else { "" }, micro.unsigned_abs());
    let text = format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn told(spread: Option<Spread>, number: impl Fn(i64) -> String) -> String {
    match spread {
        None => "-".to_owned(),
        Some(one) if one.least == one.greatest => number(one.median),
        Some(one) => {
            format!("{} ({} to {})", number(one.median), number(one.least), number(one.greatest))
        }
    }
}

fn counted(counts: &BTreeMap<String, usize>) -> String {
    match counts.len() {
        0 => "-".to_owned(),
        1 => counts.keys().cloned().collect(),
        _ => {
            let told: Vec<String> = counts.iter().map(|(word, n)| format!("{word} {n}")).collect();
            told.join(", ")
        }
    }
}

/// WHY: a title is the user's, and a table is read by line and by bar.
pub(super) fn heading(title: Option<&str>) -> String {
    let title: String =
        title.unwrap_or("Bench").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("# {title}\n\n")
}

/// The table of answers, as Markdown.
#[must_use]
pub fn table(title: Option<&str>, rows: &[Row]) -> String {
    let mut text = heading(title);
    text.push_str(
        "| instance | method | time limit | runs | status | panels | sessions | unserved | quality \
         | bound | gap % | check |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let whole = |spread| told(spread, |n| n.to_string());
        let runs = match row.missing {
            0 => row.runs.to_string(),
            missing => format!("{} of {}", row.runs, row.runs + missing),
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {runs} | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.instance,
            row.method,
            limit_text(row.time_limit),
            counted(&row.status),
            whole(row.panels),
            whole(row.sessions),
            whole(row.unserved),
            told(row.quality, plain),
            told(row.bound, plain),
            told(row.gap, |micro| plain(micro.saturating_mul(100))),
            counted(&row.check),
        );
    }
    text
}

/// The table of times and memory, as Markdown.
#[must_use]
pub fn times(title: Option<&str>, rows: &[Row]) -> String {
    let mut text = heading(title);
    text.push_str(
        "| instance | method | time limit | runs | seconds, median | quartiles | least | greatest \
         | peak MB, greatest |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let seconds = row.wall_seconds.map_or_else(
            || "- | - | - | -".to_owned(),
            |one| {
                format!(
                    "{:.3} | {:.3} to {:.3} | {:.3} | {:.3}",
                    one.median, one.first_quartile, one.third_quartile, one.least, one.greatest
                )
            },
        );
        let memory = row
            .peak_memory_bytes
            .map_or_else(|| "-".to_owned(), |one| format!("{:.1}", one.greatest / 1e6));
        let limit = limit_text(row.time_limit);
        let (instance, method, runs) = (&row.instance, &row.method, row.runs);
        let _ =
            writeln!(text, "| {instance} | {method} | {limit} | {runs} | {seconds} | {memory} |");
    }
    text
}

/// True when something is wrong with an answer.
pub(super) fn is_wrong(record: &RunRecord) -> bool {
    matches!(record.outcome.verdict, Verdict::Violated | Verdict::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::{Spread, plain, told};

    #[test]
    fn numbers_are_told_without_idle_zeros() {
        assert_eq!(plain(16_835_000), "16.835");
        assert_eq!(plain(-1), "-0.000001");
        assert_eq!(plain(i64::MIN), "-9223372036854.775808");
        let spread = Spread::of([4, 1, 2, 3].into_iter());
        assert_eq!(told(spread, |n| n.to_string()), "2 (1 to 4)");
        assert_eq!(told(None, plain), "-");
    }
}
