//! The record of one run, `comity.bench-run/1`: what was run, where, and what came of it.

use serde::{Deserialize, Serialize};

use super::codes::RECORD;
use super::plan::RunOptions;
use crate::diagnostic::Diagnostic;
use crate::format::{Decimal, MeasuresDoc, Pairs, Status, StopReason};

/// The `schema` value of a record.
pub const RECORD_SCHEMA: &str = "comity.bench-run/1";

/// What was run, where, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunRecord {
    /// Always `comity.bench-run/1`.
    pub schema: String,
    /// The key of the run.
    pub key: String,
    /// The instance.
    pub instance: InstanceUsed,
    /// The method by its name in the plan.
    pub method: String,
    /// The command of the plan, where the method is another program.
    pub program: Option<Vec<String>>,
    /// The seed.
    pub seed: u64,
    /// Seconds, if limited.
    pub time_limit: Option<Decimal>,
    /// Which of several equal runs.
    pub repeat: u32,
    /// Options that all runs of the plan share.
    pub options: RunOptions,
    /// What was run, word by word.
    pub command: Vec<String>,
    /// When it began, RFC 3339.
    pub started: String,
    /// What came of it.
    pub outcome: Outcome,
    /// The comity that ran and checked it.
    pub comity: Software,
    /// Where.
    pub machine: Machine,
}

/// The instance of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceUsed {
    /// Its name in the plan.
    pub name: String,
    /// SHA-256 of the bytes of the file.
    pub sha256: String,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Exit code; nothing when a signal ended it.
    pub exit: Option<i32>,
    /// From start to end, reading and writing included.
    pub wall_seconds: Decimal,
    /// Processor time of all its threads and processes.
    pub cpu_seconds: Option<Decimal>,
    /// Peak resident memory of the largest of its processes, where the system tells.
    pub peak_memory_bytes: Option<u64>,
    /// The answer, where there is one.
    pub answer: Option<Answer>,
    /// What the independent checker says of it.
    pub verdict: Verdict,
    /// What the answer is like, where the checker holds with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<MeasuresDoc>,
    /// What was said where something went wrong, the first lines.
    pub said: Vec<String>,
}

/// The answer of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Digest of the instance, as the solution has it.
    pub instance_digest: String,
    /// Status.
    pub status: Status,
    /// What ended the run, apart from the status.
    pub stop_reason: Option<StopReason>,
    /// Number of panels.
    pub panels: u64,
    /// Number of sessions.
    pub sessions: u64,
    /// Number of disputes that go unserved.
    pub unserved: u64,
    /// The tiers, in micro-units.
    pub tiers: Vec<i64>,
    /// The terms, in micro-units.
    pub terms: Pairs<i64>,
    /// The bound on the last tier.
    pub bound: Option<i64>,
    /// The relative gap to it.
    pub gap: Option<Decimal>,
    /// What the solution says of its own time, in milliseconds.
    pub elapsed_ms: u64,
}

impl Answer {
    /// The last tier.
    #[must_use]
    pub fn quality(&self) -> i64 {
        self.tiers.last().copied().unwrap_or(0)
    }
}

/// What the independent checker says of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything holds.
    Holds,
    /// Something does not.
    Violated,
    /// The solution could not be read.
    Unreadable,
    /// There is no answer.
    NoAnswer,
}

/// The comity that ran and checked a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Software {
    /// Version.
    pub version: String,
    /// Commit, or `unknown`.
    pub commit: String,
    /// Compiler.
    pub rustc: String,
    /// Target triple.
    pub target: String,
    /// `release` or `debug`.
    pub profile: String,
    /// Features.
    pub features: Vec<String>,
}

/// The machine of a run; nothing where the system does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// Model of the processor.
    pub cpu: Option<String>,
    /// Cores that the process could use.
    pub cores: Option<u32>,
    /// Memory.
    pub memory_bytes: Option<u64>,
    /// Operating system and its version.
    pub os: String,
}

/// Reads the record of a run.
///
/// # Errors
/// What is wrong with it.
pub fn read_record(bytes: &[u8]) -> Result<RunRecord, Diagnostic> {
    let help = "delete the file and run the bench again; only this run is made anew";
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let mut track = serde_path_to_error::Track::new();
    let read = serde_path_to_error::Deserializer::new(&mut deserializer, &mut track);
    let (pointer, message) = match RunRecord::deserialize(read) {
        Ok(record) if record.schema == RECORD_SCHEMA => return Ok(record),
        Ok(_) => ("/schema".to_owned(), format!("a record says that it is `{RECORD_SCHEMA}`")),
        Err(error) => {
            let path = track.path().to_string();
            let pointer =
                if path == "." { String::new() } else { format!("/{}", path.replace('.', "/")) };
            let full = error.to_string();
            let what = full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what);
            (pointer, format!("the record of a run cannot be read: {what}"))
        }
    };
    Err(Diagnostic::error(RECORD, pointer, message).help(help))
}
