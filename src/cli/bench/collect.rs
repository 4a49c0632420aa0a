//! Tables and plots of the records that are there; two folders beside each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::super::args::{ErrorFormat, TextFormat};
use super::super::{Exit, Failure, commands, complain, files};
use crate::bench::{
    MISSING, Plan, PlotError, RESULTS_SCHEMA, Results, Row, RunRecord, TracePoint, Verdict,
    compare as beside, compare_text, csv_text, draw_gaps, draw_measures, draw_quality_profile,
    draw_time_profile, gap_curves, measure_points, measures_table, quality_profile, read_plan,
    read_record, read_trace, rows, runs, runs_of, table, time_profile, times,
};
use crate::diagnostic::Diagnostic;

/// Reads the records of a folder, all or those of these keys, by key.
fn records(
    folder: &Path,
    wanted: Option<&BTreeSet<String>>,
) -> Result<BTreeMap<String, RunRecord>, Failure> {
    let place = folder.join("runs");
    let entries = fs::read_dir(&place).map_err(|e| super::cannot("read", &place, &e))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        // WHY: a file that is still being written is not there yet.
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    let mut found = BTreeMap::new();
    let mut findings = Vec::new();
    for name in names {
        if wanted.is_some_and(|wanted| !wanted.contains(&name)) {
            continue;
        }
        let path = place.join(format!("{name}.json"));
        let text = match fs::read(&path) {
            Ok(text) => text,
            // Another shard is making this run again.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(super::cannot("read", &path, &error)),
        };
        match read_record(&text) {
            Ok(record) => {
                found.insert(name, record);
            }
            Err(mut finding) => {
                finding.file = Some(path.display().to_string());
                findings.push(finding);
            }
        }
    }
    if findings.is_empty() {
        return Ok(found);
    }
    Err(commands::invalid(&place, Vec::new(), findings))
}

fn plan_of(folder: &Path) -> Result<Plan, Failure> {
    let path = folder.join("plan.json");
    let text = files::read(&path)?;
    read_plan(&text, false).map_err(|findings| commands::invalid(&path, text, findings))
}

/// `bench --collect`, and the end of every bench.
pub(super) fn collect(folder: &Path, format: ErrorFormat) -> Result<Exit, Failure> {
    let plan = plan_of(folder)?;
    let keys: Vec<String> = runs(&plan.checked).iter().map(crate::bench::Run::key).collect();
    let records = records(folder, Some(&keys.iter().cloned().collect()))?;
    let (there, missing): (Vec<_>, Vec<String>) =
        keys.into_iter().partition(|key| records.contains_key(key));
    let ordered: Vec<&RunRecord> = there.iter().filter_map(|key| records.get(key)).collect();
    tell_missing(folder, &missing, format);
    let rows = rows(&plan.checked, &records);
    let results = Results {
        schema: RESULTS_SCHEMA,
        plan: &plan.document,
        missing: &missing,
        rows: &rows,
        runs: &ordered,
    };
    let title = plan.checked.title.as_deref();
    let answers = table(title, &rows);
    let put = |name: &str, text: &str| files::write(&folder.join(name), text.as_bytes());
    put("results.json", &commands::json(&results)?)?;
    put("results.csv", &csv_text(&ordered).map_err(|e| Failure::Bug(e.to_string()))?)?;
    put("table.md", &answers)?;
    put("measures.md", &measures_table(title, &plan.checked, &records))?;
    put("times.md", &times_text(title, &rows, &ordered))?;
    let plots = folder.join("plots");
    fs::create_dir_all(&plots).map_err(|e| super::cannot("make the folder", &plots, &e))?;
    draw(folder, &plan, &records)?;
    commands::print(&answers)?;
    let wrong = ordered
        .iter()
        .any(|record| matches!(record.outcome.verdict, Verdict::Violated | Verdict::Unreadable));
    Ok(if wrong { Exit::Violation } else { Exit::Done })
}

fn tell_missing(folder: &Path, missing: &[String], format: ErrorFormat) {
    let findings: Vec<Diagnostic> = missing
        .iter()
        .map(|key| {
            let message = format!("the run `{key}` has not been made");
            Diagnostic::warning(MISSING, "", message)
                .help("run the bench again; what is there is not run again")
        })
        .collect();
    if !findings.is_empty() {
        files::show_findings(&folder.display().to_string(), &[], &findings, format);
        complain(&format!("{} runs are missing", findings.len()));
    }
}

/// The table of times, and below it where they were taken.
fn times_text(title: Option<&str>, rows: &[Row], records: &[&RunRecord]) -> String {
    let mut text = times(title, rows);
    let places: BTreeSet<String> = records
        .iter()
        .map(|record| {
            let (comity, machine) = (&record.comity, &record.machine);
            let cores = machine.cores.map_or_else(String::new, |cores| format!(", {cores} cores"));
            let cpu = machine.cpu.as_deref().unwrap_or("processor not told");
            format!(
                "comity {} ({}, {}, commit {}) on {cpu}{cores}, {}",
                comity.version, comity.profile, comity.target, comity.commit, machine.os
            )
        })
        .collect();
    for place in places {
        // Writing to a string does not fail.
        let _ = write!(text, "\n{place}.\n");
    }
    text
}

fn draw(folder: &Path, plan: &Plan, records: &BTreeMap<String, RunRecord>) -> Result<(), Failure> {
    let bug = |error: PlotError| Failure::Bug(error.to_string());
    let put = |name: &str, text: String| {
        files::write(&folder.join(format!("plots/{name}.svg")), text.as_bytes())
    };
    let (checked, title) = (&plan.checked, plan.checked.title.as_deref().unwrap_or("Bench"));
    let time = time_profile(checked, records);
    put("profile-time", draw_time_profile(&format!("{title}: time"), &time).map_err(bug)?)?;
    let quality = quality_profile(checked, records);
    let text = draw_quality_profile(&format!("{title}: quality"), &quality).map_err(bug)?;
    put("profile-quality", text)?;
    for (instance, points) in measure_points(checked, records) {
        let title = format!("{instance}: what methods cost");
        put(&format!("measures-{instance}"), draw_measures(&title, &points).map_err(bug)?)?;
    }
    for source in &checked.instances {
        // WHY: one instance at a time, since traces may be long.
        let mut traces: BTreeMap<String, Vec<TracePoint>> = BTreeMap::new();
        for run in runs_of(checked, source) {
            let path = folder.join(format!("traces/{}.jsonl", run.key()));
            if let Ok(text) = fs::read(path) {
                traces.insert(run.key(), read_trace(&String::from_utf8_lossy(&text)));
            }
        }
        let curves = gap_curves(checked, records, &traces, source);
        if !curves.is_empty() {
            let title = format!("{}: gap over time", source.name);
            put(&format!("gap-{}", source.name), draw_gaps(&title, &curves).map_err(bug)?)?;
        }
    }
    Ok(())
}

/// `bench --compare`.
pub(super) fn compare(first: &Path, second: &Path, form: TextFormat) -> Result<Exit, Failure> {
    let read = |folder: &Path| {
        let plan = folder.join("plan.json").exists().then(|| plan_of(folder)).transpose()?;
        let keys = plan.map(|plan| -> BTreeSet<String> {
            runs(&plan.checked).iter().map(crate::bench::Run::key).collect()
        });
        records(folder, keys.as_ref())
    };
    let found = beside(&read(first)?, &read(second)?);
    commands::print(&match form {
        TextFormat::Json => commands::json(&found)?,
        TextFormat::Text => {
            compare_text(&first.display().to_string(), &second.display().to_string(), &found)
        }
    })
}
