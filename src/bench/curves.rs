//! What is drawn: performance profiles, and the gap over time.
//!
//! * A contestant is a method under a time limit; a problem is an instance with a seed and a repeat.
//!   Problems that not every contestant has run are left out.
//! * SOURCE: Dolan and More, Benchmarking optimization software with performance profiles,
//!   Mathematical Programming 91 (2002): the share of problems that a contestant solves within a
//!   multiple of the time of the best.

use std::collections::BTreeMap;

use super::plan::{Checked, Source, limit_text};
use super::record::{Answer, RunRecord, Verdict};
use super::runs::{Run, runs, runs_of};
use super::trace::TracePoint;
use crate::format::{Decimal, Status};

/// A line of a plot, as steps: from each point on its height holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What the legend calls it.
    pub label: String,
    /// Points by rising x.
    pub points: Vec<(f64, f64)>,
}

/// Shortfalls below this, in percent, are drawn at it: the axis is logarithmic.
pub(super) const LEAST_PERCENT: f64 = 0.001;

/// Contestants with what each has of every problem, in the order of the plan.
type Contest<'a> = Vec<(String, Vec<&'a RunRecord>)>;

fn label(plan: &Checked, method: &str, limit: Option<Decimal>) -> String {
    if plan.limits.len() == 1 {
        return method.to_owned();
    }
    limit.map_or_else(
        || format!("{method}, no limit"),
        |_| format!("{method}, {}", limit_text(limit)),
    )
}

fn contest<'a>(plan: &Checked, records: &'a BTreeMap<String, RunRecord>) -> Contest<'a> {
    let all = runs(plan);
    let problem = |run: &Run<'_>| (run.source.name.clone(), run.seed, run.repeat);
    let mut complete: BTreeMap<_, bool> = BTreeMap::new();
    for run in &all {
        *complete.entry(problem(run)).or_insert(true) &= records.contains_key(&run.key());
    }
    let mut contest: Contest<'a> = Vec::new();
    for limit in &plan.limits {
        for method in &plan.methods {
            let own =
                all.iter().filter(|run| run.limit == *limit && run.method.name == method.name);
            let whole = own.filter(|run| complete[&problem(run)]);
            let members = whole.filter_map(|run| records.get(&run.key())).collect();
            contest.push((label(plan, &method.name, *limit), members));
        }
    }
    contest
}

fn sound(record: &RunRecord) -> Option<&Answer> {
    record.outcome.answer.as_ref().filter(|_| record.outcome.verdict == Verdict::Holds)
}

/// For each contestant the share of problems that it solves, by proof, within a multiple of the
/// time of the fastest.
#[must_use]
pub fn time_profile(plan: &Checked, records: &BTreeMap<String, RunRecord>) -> Vec<Curve> {
    let contest = contest(plan, records);
    let time = |record: &RunRecord| {
        let proven = |one: &Answer| matches!(one.status, Status::Optimal | Status::Infeasible);
        let seconds = record.outcome.wall_seconds.micro().max(1) as f64 / 1e6;
        sound(record).filter(|one| proven(one)).map(|_| seconds)
    };
    let problems = contest.first().map_or(0, |(_, members)| members.len());
    let best: Vec<f64> = (0..problems)
        .map(|problem| {
            let times = contest.iter().filter_map(|(_, members)| time(members[problem]));
            times.fold(f64::INFINITY, f64::min)
        })
        .collect();
    shares(&contest, |problem, record| time(record).map(|own| own / best[problem]), 1.0)
}

/// For each contestant the share of problems that it answers with a quality within a percentage of
/// the best known; an answer that falls short before quality counts for none.
#[must_use]
pub fn quality_profile(plan: &Checked, records: &BTreeMap<String, RunRecord>) -> Vec<Curve> {
    let contest = contest(plan, records);
    let mut best: BTreeMap<&str, &[i64]> = BTreeMap::new();
    for record in contest.iter().flat_map(|(_, members)| members) {
        if let Some(answer) = sound(record) {
            let known = best.entry(&record.instance.name).or_insert(&answer.tiers);
            *known = (*known).max(&answer.tiers);
        }
    }
    let shortfall = |_: usize, record: &RunRecord| {
        let (answer, known) = (sound(record)?, best.get(record.instance.name.as_str())?);
        let quality = known.last().copied().unwrap_or(0);
        percent(&answer.tiers, answer.quality(), known, quality).map(|one| one.max(LEAST_PERCENT))
    };
    shares(&contest, shortfall, LEAST_PERCENT)
}

/// How far a quality is below a reference, in percent of it; nothing where the tiers above differ.
fn percent(tiers: &[i64], quality: i64, known: &[i64], reference: i64) -> Option<f64> {
    let above = |tiers: &[i64]| tiers.split_last().map(|(_, above)| above.to_vec());
    let same = above(tiers) == above(known);
    let short = (reference.saturating_sub(quality)).max(0) as f64;
    same.then(|| (100.0 * short / (reference.unsigned_abs().max(1) as f64)).min(100.0))
}

fn shares(
    contest: &Contest<'_>,
    measure: impl Fn(usize, &RunRecord) -> Option<f64>,
    from: f64,
) -> Vec<Curve> {
    let curve = |(label, members): &(String, Vec<&RunRecord>)| {
        let measured = members.iter().enumerate().filter_map(|(at, record)| measure(at, record));
        let mut sorted: Vec<f64> = measured.collect();
        sorted.sort_by(f64::total_cmp);
        let mut points = vec![(from, 0.0)];
        for (rank, value) in sorted.iter().enumerate() {
            points.push((*value, (rank + 1) as f64 / members.len() as f64));
        }
        Curve { label: label.clone(), points }
    };
    contest.iter().map(curve).collect()
}

/// How far the best answer so far was from the best bound known of an instance, by seconds, for
/// each contestant: the median of its runs. Before an answer, and as long as one falls short before
/// quality, it is 100 %.
#[must_use]
pub fn gap_curves(
    plan: &Checked,
    records: &BTreeMap<String, RunRecord>,
    traces: &BTreeMap<String, Vec<TracePoint>>,
    instance: &Source,
) -> Vec<Curve> {
    let all = runs_of(plan, instance);
    let answers = || all.iter().filter_map(|run| sound(records.get(&run.key())?));
    let Some(known) = answers().map(|one| &one.tiers).max() else { return Vec::new() };
    let comparable = |one: &&Answer| percent(&one.tiers, 0, known, 0).is_some();
    let bound = answers().filter(comparable).filter_map(|one| one.bound).min();
    let reference = bound.unwrap_or_else(|| known.last().copied().unwrap_or(0));
    let mut curves = Vec::new();
    for limit in &plan.limits {
        for method in &plan.methods {
            let own =
                all.iter().filter(|run| run.limit == *limit && run.method.name == method.name);
            let histories: Vec<Vec<(f64, f64)>> = own
                .filter_map(|run| {
                    let (key, none) = (run.key(), Vec::new());
                    let trace = traces.get(&key).unwrap_or(&none);
                    records.get(&key).map(|record| history(record, trace, known, reference))
                })
                .collect();
            curves.push(Curve {
                label: label(plan, &method.name, *limit),
                points: median(&histories),
            });
        }
    }
    curves.retain(|curve| !curve.points.is_empty());
    curves
}

/// Seconds and percent of one run.
fn history(
    record: &RunRecord,
    trace: &[TracePoint],
    known: &[i64],
    reference: i64,
) -> Vec<(f64, f64)> {
    let far = |tiers: &[i64], quality| percent(tiers, quality, known, reference).unwrap_or(100.0);
    let mut points: Vec<(f64, f64)> = trace
        .iter()
        .map(|one| (one.elapsed_ms.max(1) as f64 / 1e3, far(&one.tiers, one.quality)))
        .collect();
    if let Some(answer) = sound(record).filter(|_| points.is_empty()) {
        let seconds = record.outcome.wall_seconds.micro().max(1000) as f64 / 1e6;
        points.push((seconds, far(&answer.tiers, answer.quality())));
    }
    // WHY: an answer that has been found is not lost again, whatever a trace tells of its search.
    let mut least = 100.0_f64;
    for (_, gap) in &mut points {
        least = least.min(*gap);
        *gap = least.max(LEAST_PERCENT);
    }
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    points
}

/// The median of several histories at every moment at which one of them changes.
fn median(histories: &[Vec<(f64, f64)>]) -> Vec<(f64, f64)> {
    let mut events: Vec<(f64, usize, f64)> = Vec::new();
    for (run, history) in histories.iter().enumerate() {
        events.extend(history.iter().map(|(seconds, gap)| (*seconds, run, *gap)));
    }
    events.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut now = vec![100.0; histories.len()];
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (seconds, run, gap) in events {
        now[run] = gap;
        let mut sorted = now.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted[(sorted.len() - 1) / 2];
        match points.last_mut() {
            Some(last) if last.0 >= seconds => last.1 = middle,
            _ => points.push((seconds, middle)),
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::{median, percent};

    #[test]
    fn the_median_of_histories_changes_when_one_of_them_does() {
        let histories = [vec![(1.0, 50.0), (3.0, 1.0)], vec![(2.0, 20.0)], vec![(2.0, 10.0)]];
        assert_eq!(median(&histories), [(1.0, 100.0), (2.0, 20.0), (3.0, 10.0)]);
        assert!(median(&[]).is_empty());
    }

    #[test]
    fn what_falls_short_above_is_not_compared() {
        assert_eq!(percent(&[2, 90], 90, &[2, 100], 100), Some(10.0));
        assert_eq!(percent(&[1, 200], 200, &[2, 100], 100), None);
        assert_eq!(percent(&[2, -5], -5, &[2, 0], 0), Some(100.0));
    }
}
