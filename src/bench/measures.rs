//! What answers are like, method by method: a table, and points of a plot.
//!
//! * Means over the seeds and repeats of a row. What is lost is told against the best mean quality of the instance, among
//!   methods that serve as many.
//! * **Invariant**: as the table of answers, it reads nothing that a clock or a machine has a say in.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::answers::heading;
use super::plan::{Checked, limit_text};
use super::record::RunRecord;
use super::runs::runs;
use crate::format::{Decimal, MeasuresDoc};

/// The measures of the runs of one instance by one method under one limit.
#[derive(Debug)]
struct Group<'a> {
    instance: &'a str,
    method: &'a str,
    limit: Option<Decimal>,
    members: Vec<&'a MeasuresDoc>,
}

impl Group<'_> {
    /// The mean of what the members that know it tell.
    fn mean(&self, of: impl Fn(&MeasuresDoc) -> Option<f64>) -> Option<f64> {
        let told: Vec<f64> = self.members.iter().filter_map(|one| of(one)).collect();
        (!told.is_empty()).then(|| told.iter().sum::<f64>() / told.len() as f64)
    }

    fn quality(&self) -> f64 {
        self.mean(|one| Some(one.quality as f64 / 1e6)).unwrap_or(0.0)
    }

    fn served(&self) -> f64 {
        self.mean(|one| Some(one.served as f64)).unwrap_or(0.0)
    }
}

fn groups<'a>(plan: &'a Checked, records: &'a BTreeMap<String, RunRecord>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for run in runs(plan) {
        let (instance, method) = (run.source.name.as_str(), run.method.name.as_str());
        let same = |group: &Group<'_>| {
            group.instance == instance && group.method == method && group.limit == run.limit
        };
        if !groups.last().is_some_and(same) {
            groups.push(Group { instance, method, limit: run.limit, members: Vec::new() });
        }
        let told = records.get(&run.key()).and_then(|record| record.outcome.measures.as_ref());
        if let (Some(group), Some(measures)) = (groups.last_mut(), told) {
            group.members.push(measures);
        }
    }
    groups.retain(|group| !group.members.is_empty());
    groups
}

/// The best mean quality of an instance, among the methods that serve the most.
fn best(groups: &[Group<'_>], instance: &str) -> f64 {
    let own = || groups.iter().filter(|group| group.instance == instance);
    let served = own().map(Group::served).fold(0.0, f64::max);
    own().filter(|group| group.served() >= served).map(Group::quality).fold(f64::MIN, f64::max)
}

/// What is lost of the best, in per cent.
fn lost(best: f64, quality: f64) -> f64 {
    100.0 * (best - quality) / best.abs().max(1e-6)
}

/// The table of measures, as Markdown.
#[must_use]
pub fn measures_table(
    title: Option<&str>,
    plan: &Checked,
    records: &BTreeMap<String, RunRecord>,
) -> String {
    let groups = groups(plan, records);
    let mut text = heading(title);
    text.push_str(
        "| instance | method | time limit | runs | served | quality | lost % | mean fit | lowest fit \
         | burden | worst side | seated | busiest tenth % | concentration | likeliest pair | content \
         | least content | apart | false ballots paid % | gain % |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for group in &groups {
        let number = |value: Option<f64>, digits: usize| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
        };
        let mean =
            |of: fn(&MeasuresDoc) -> f64, digits| number(group.mean(|m| Some(of(m))), digits);
        let content = |of: fn(&crate::format::SatisfactionDoc) -> f64| {
            number(group.mean(|m| m.satisfaction.as_ref().map(of)), 3)
        };
        let of_lists = |of: fn(&crate::format::FalseBallotsDoc) -> f64| {
            number(group.mean(|m| m.false_ballots.as_ref().map(of)), 1)
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} of {} | {} | {:.2} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} \
             | {} | {} |",
            group.instance,
            group.method,
            limit_text(group.limit),
            group.members.len(),
            mean(|m| m.served as f64, 1),
            mean(|m| m.disputes as f64, 0),
            mean(|m| m.quality as f64 / 1e6, 3),
            lost(best(&groups, group.instance), group.quality()),
            mean(|m| m.mean_fit, 3),
            mean(|m| m.lowest_fit, 3),
            mean(|m| m.burden as f64, 0),
            mean(|m| m.worst_side as f64, 0),
            mean(|m| m.seated as f64, 1),
            mean(|m| 100.0 * m.busiest_tenth, 1),
            mean(|m| m.concentration, 4),
            number(group.mean(|m| m.likeliest), 3),
            content(|s| s.mean),
            content(|s| s.least),
            content(|s| s.difference),
            of_lists(|f| 100.0 * f.paid as f64 / f.tried.max(1) as f64),
            of_lists(|f| 100.0 * f.mean_gain),
        );
    }
    text
}

/// For each instance, a point for each method: quality lost in per cent, and the share of seats of the busiest tenth of
/// the roster in per cent.
#[must_use]
pub fn measure_points(
    plan: &Checked,
    records: &BTreeMap<String, RunRecord>,
) -> Vec<(String, Vec<(String, f64, f64)>)> {
    let groups = groups(plan, records);
    let mut found: Vec<(String, Vec<(String, f64, f64)>)> = Vec::new();
    for group in &groups {
        if found.last().is_none_or(|(instance, _)| instance != group.instance) {
            found.push((group.instance.to_owned(), Vec::new()));
        }
        let lost = lost(best(&groups, group.instance), group.quality());
        let busiest = group.mean(|m| Some(100.0 * m.busiest_tenth)).unwrap_or(0.0);
        let label = match group.limit {
            None => group.method.to_owned(),
            limit => format!("{}, {}", group.method, limit_text(limit)),
        };
        if let Some((_, points)) = found.last_mut() {
            points.push((label, lost, busiest));
        }
    }
    found
}
