//! The results of a bench as JSON, and as CSV with a line for each run.

use serde::Serialize;

use super::answers::{Row, plain, word};
use super::record::RunRecord;
use crate::format::{BenchDoc, Decimal};

/// The `schema` value of the results of a bench.
pub const RESULTS_SCHEMA: &str = "comity.bench-results/1";

/// Everything that is known of a bench: `results.json`.
#[derive(Debug, Serialize)]
pub struct Results<'a> {
    /// Always `comity.bench-results/1`.
    pub schema: &'static str,
    /// The plan.
    pub plan: &'a BenchDoc,
    /// Keys of the runs that have not been made.
    pub missing: &'a [String],
    /// The rows of the tables.
    pub rows: &'a [Row],
    /// The records.
    pub runs: &'a [&'a RunRecord],
}

const COLUMNS: [&str; 33] = [
    "key",
    "instance",
    "method",
    "time_limit",
    "seed",
    "repeat",
    "status",
    "stop_reason",
    "panels",
    "sessions",
    "unserved",
    "tiers",
    "quality",
    "bound",
    "gap",
    "check",
    "exit",
    "wall_seconds",
    "cpu_seconds",
    "solution_elapsed_ms",
    "peak_memory_bytes",
    "instance_sha256",
    "instance_digest",
    "version",
    "commit",
    "profile",
    "target",
    "rustc",
    "cpu",
    "cores",
    "memory_bytes",
    "os",
    "started",
];

/// A line for each run.
///
/// # Errors
/// When csv fails, which a text in memory does not provoke.
pub fn csv_text(records: &[&RunRecord]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for record in records {
        writer.write_record(fields(record))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn fields(record: &RunRecord) -> [String; COLUMNS.len()] {
    let (outcome, machine, comity) = (&record.outcome, &record.machine, &record.comity);
    let answer = outcome.answer.as_ref();
    let decimal = |value: Option<Decimal>| shown(value.map(|value| plain(value.micro())));
    let tiers = answer.map(|one| {
        let tiers: Vec<String> = one.tiers.iter().map(i64::to_string).collect();
        tiers.join(" ")
    });
    [
        record.key.clone(),
        record.instance.name.clone(),
        record.method.clone(),
        decimal(record.time_limit),
        record.seed.to_string(),
        record.repeat.to_string(),
        shown(answer.map(|one| word(&one.status))),
        shown(answer.and_then(|one| one.stop_reason).map(|reason| word(&reason))),
        shown(answer.map(|one| one.panels)),
        shown(answer.map(|one| one.sessions)),
        shown(answer.map(|one| one.unserved)),
        shown(tiers),
        shown(answer.map(|one| plain(one.quality()))),
        shown(answer.and_then(|one| one.bound).map(plain)),
        decimal(answer.and_then(|one| one.gap)),
        word(&outcome.verdict),
        shown(outcome.exit),
        plain(outcome.wall_seconds.micro()),
        decimal(outcome.cpu_seconds),
        shown(answer.map(|one| one.elapsed_ms)),
        shown(outcome.peak_memory_bytes),
        record.instance.sha256.clone(),
        shown(answer.map(|one| one.instance_digest.clone())),
        comity.version.clone(),
        comity.commit.clone(),
        comity.profile.clone(),
        comity.target.clone(),
        comity.rustc.clone(),
        shown(machine.cpu.clone()),
        shown(machine.cores),
        shown(machine.memory_bytes),
        machine.os.clone(),
        record.started.clone(),
    ]
}
