//! One run: a process of its own, measured; its answer checked in another.
//!
//! * **Invariant**: this process stays small. It reads no document whole: instances are made,
//!   converted and validated by processes of their own, and of a solution only what a record holds
//!   is kept. WHY: on Linux a process counts as its peak what it shared with its parent before it
//!   became itself, so a large bench would hide what a small run takes.
//! * A record is the last file of a run that is put in its place, and the first that goes when the
//!   run is made again: where it stands, the others do.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use wait4::Wait4;

use super::super::{Failure, files};
use crate::bench::{
    Answer, InstanceUsed, Machine, Outcome, RECORD_SCHEMA, Run, RunOptions, RunRecord, Software,
    Verdict,
};
use crate::format::{Decimal, MeasuresDoc, Pairs, Status, StopReason};

/// The exit codes of `solve` with an answer, and those of `check`.
const ANSWERED: [i32; 2] = [0, 4];
const HOLDS: i32 = 0;
const VIOLATED: i32 = 6;
/// How much of what a process said is kept.
const MOST_SAID: usize = 20;

/// Where runs are made.
pub(super) struct Bench<'a> {
    /// This executable.
    pub(super) program: PathBuf,
    /// The folder of the plan.
    pub(super) base: PathBuf,
    /// The folder of the results.
    pub(super) folder: PathBuf,
    /// A folder of this process alone.
    pub(super) work: PathBuf,
    /// Options that all runs share.
    pub(super) options: &'a RunOptions,
    /// This comity.
    pub(super) software: Software,
    /// This machine.
    pub(super) machine: Machine,
}

/// An instance that is known to be sound.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    pub(super) path: PathBuf,
    pub(super) sha256: String,
}

/// How a process went.
#[derive(Default)]
pub(super) struct Measured {
    pub(super) exit: Option<i32>,
    pub(super) said: Vec<String>,
    wall_seconds: Decimal,
    cpu_seconds: Option<Decimal>,
    peak_memory_bytes: Option<u64>,
}

/// SHA-256 of a file, without holding it.
pub(super) fn digest(path: &Path) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
    }
    let mut hexadecimal = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a string does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    Ok(hexadecimal)
}

fn seconds(elapsed: std::time::Duration) -> Decimal {
    Decimal(i64::try_from(elapsed.as_micros()).unwrap_or(i64::MAX).min(1_000_000 * Decimal::ONE))
}

impl Bench<'_> {
    /// Runs a process to its end.
    pub(super) fn process(&self, command: &[String], folder: &Path) -> Result<Measured, Failure> {
        let log = self.work.join("said.txt");
        let cannot = |error: std::io::Error| {
            let program = command.first().map_or("", String::as_str);
            Failure::Usage(format!("cannot run `{program}`: {error}"))
        };
        let [program, arguments @ ..] = command else {
            return Err(Failure::Bug("a command without a program".to_owned()));
        };
        let output = File::create(&log).map_err(cannot)?;
        let started = Instant::now();
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(output.try_clone().map_err(cannot)?)
            .stderr(output)
            .spawn()
            .map_err(cannot)?;
        let used = loop {
            match child.wait4() {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                result => break result.map_err(cannot)?,
            }
        };
        let wall_seconds = seconds(started.elapsed());
        let memory = used.rusage.maxrss;
        Ok(Measured {
            exit: used.status.code(),
            said: said(&log),
            wall_seconds,
            cpu_seconds: Some(seconds(used.rusage.utime + used.rusage.stime)),
            peak_memory_bytes: (memory > 0).then_some(memory),
        })
    }

    /// The same for this executable.
    pub(super) fn own(&self, arguments: &[&str]) -> Result<Measured, Failure> {
        let arguments = arguments.iter().map(|word| (*word).to_owned());
        let command: Vec<String> = std::iter::once(text(&self.program)).chain(arguments).collect();
        self.process(&command, &self.base)
    }

    /// What is run, its answer and its trace going to these files.
    fn command(&self, run: &Run<'_>, instance: &Path, answer: &Path, trace: &Path) -> Vec<String> {
        let (instance, answer) = (text(instance), text(answer));
        if let Some(mut filled) = run.method.filled(&instance, &answer, run.seed, run.limit) {
            // WHY: systems differ in where they look for a program that is no mere name.
            if filled[0].contains(['/', '\\']) {
                filled[0] = text(&self.base.join(&filled[0]));
            }
            return filled;
        }
        let mut command = vec![text(&self.program), "solve".to_owned(), instance];
        let mut option = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                command.extend([format!("--{name}"), value]);
            }
        };
        let decimal = |value: Decimal| format!("{}", value.micro() as f64 / 1e6);
        option("output", Some(answer));
        option("seed", Some(run.seed.to_string()));
        option("time-limit", run.limit.map(decimal));
        option("gap", self.options.gap.map(decimal));
        option("threads", self.options.threads.map(|threads| threads.to_string()));
        option("node-limit", self.options.node_limit.map(|limit| limit.to_string()));
        option("trace", Some(text(trace)));
        // WHY even `optimise`: an instance may ask for another.
        option("mechanism", Some(run.method.name.clone()));
        command
    }

    /// Makes a run and puts its files in their places; `None` when it was `interrupted` meanwhile.
    pub(super) fn make(
        &self,
        run: &Run<'_>,
        ready: &Ready,
        interrupted: impl Fn() -> bool,
    ) -> Result<Option<RunRecord>, Failure> {
        let (answer, trace) = (self.work.join("solution.json"), self.work.join("trace.jsonl"));
        for file in [&answer, &trace] {
            let _ = fs::remove_file(file);
        }
        let command = self.command(run, &ready.path, &answer, &trace);
        let started = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let measured = match self.process(&command, &self.base) {
            // A program that cannot be run has no answer; the others go on.
            Err(Failure::Usage(message)) if run.method.command.is_some() => {
                Measured { said: vec![message], ..Measured::default() }
            }
            measured => measured?,
        };
        let read = answer.exists().then(|| read_answer(&answer));
        let broken_off = match &read {
            Some(Ok(answer)) => answer.stop_reason == Some(StopReason::Interrupted),
            _ => !measured.exit.is_some_and(|exit| ANSWERED.contains(&exit)),
        };
        if interrupted() && broken_off {
            return Ok(None);
        }
        let (verdict, mut said) = match &read {
            None => (Verdict::NoAnswer, measured.said),
            Some(_) => self.checked(&ready.path, &answer)?,
        };
        let answered = match read {
            Some(Err(message)) => {
                said.insert(0, message);
                None
            }
            Some(Ok(answer)) => Some(answer),
            None => None,
        };
        let measures =
            (verdict == Verdict::Holds).then(|| self.measures(&ready.path, &answer)).flatten();
        // WHY: Ctrl-C ends what judges an answer as well; the run is then made again another time.
        let unjudged =
            verdict == Verdict::Unreadable || (verdict == Verdict::Holds && measures.is_none());
        if unjudged && interrupted() {
            return Ok(None);
        }
        let key = run.key();
        let record = RunRecord {
            schema: RECORD_SCHEMA.to_owned(),
            key: key.clone(),
            instance: InstanceUsed { name: run.source.name.clone(), sha256: ready.sha256.clone() },
            method: run.method.name.clone(),
            program: run.method.command.clone(),
            seed: run.seed,
            time_limit: run.limit,
            repeat: run.repeat,
            options: self.options.clone(),
            command,
            started,
            outcome: Outcome {
                exit: measured.exit,
                wall_seconds: measured.wall_seconds,
                cpu_seconds: measured.cpu_seconds,
                peak_memory_bytes: measured.peak_memory_bytes,
                answer: answered,
                verdict,
                measures,
                said,
            },
            comity: self.software.clone(),
            machine: self.machine.clone(),
        };
        let place = self.folder.join(format!("runs/{key}.json"));
        absent(fs::remove_file(&place)).map_err(|e| super::cannot("write", &place, &e))?;
        put(&answer, &self.folder.join(format!("solutions/{key}.json")))?;
        put(&trace, &self.folder.join(format!("traces/{key}.jsonl")))?;
        let text = super::super::commands::json(&record)?;
        files::write(&place, text.as_bytes())?;
        Ok(Some(record))
    }

    /// What an answer is like, in a process of its own; nothing where that cannot be told.
    fn measures(&self, instance: &Path, answer: &Path) -> Option<MeasuresDoc> {
        let mut command = Command::new(&self.program);
        command.arg("stats").args([instance, answer]).args(["--format", "json"]);
        let told = command.current_dir(&self.base).stdin(Stdio::null()).output().ok()?;
        serde_json::from_slice(&told.stdout).ok()
    }

    /// What the independent checker says, in a process of its own.
    fn checked(&self, instance: &Path, answer: &Path) -> Result<(Verdict, Vec<String>), Failure> {
        let (instance, answer) = (text(instance), text(answer));
        let measured = self.own(&["check", &instance, &answer])?;
        Ok(match measured.exit {
            Some(HOLDS) => (Verdict::Holds, Vec::new()),
            Some(VIOLATED) => (Verdict::Violated, measured.said),
            _ => (Verdict::Unreadable, measured.said),
        })
    }
}

/// Moves a file of the work folder to its place; where there is none, an earlier one goes.
pub(super) fn put(from: &Path, to: &Path) -> Result<(), Failure> {
    // WHY: another shard that could not begin takes empty folders away.
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|e| super::cannot("make the folder", folder, &e))?;
    }
    let moved = if from.exists() { fs::rename(from, to) } else { absent(fs::remove_file(to)) };
    moved.map_err(|e| super::cannot("write", to, &e))
}

fn absent(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// WHY: a path that is not Unicode cannot stand in a record; such a run fails and says so.
pub(super) fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The first lines of what was said.
fn said(log: &Path) -> Vec<String> {
    let mut bytes = Vec::new();
    let read = File::open(log).and_then(|file| file.take(1 << 16).read_to_end(&mut bytes));
    if read.is_err() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    text.lines().take(MOST_SAID).map(|line| line.chars().take(400).collect()).collect()
}

/// What of a solution a record holds; lists are counted, the certificate is passed over.
#[derive(Deserialize)]
struct Slim {
    instance: SlimInstance,
    status: Status,
    #[serde(default)]
    stop_reason: Option<StopReason>,
    objective: SlimObjective,
    #[serde(default)]
    bound: Option<i64>,
    #[serde(default)]
    gap: Option<Decimal>,
    assignments: Vec<IgnoredAny>,
    sessions: Vec<IgnoredAny>,
    unserved: Vec<IgnoredAny>,
    run: SlimRun,
}

#[derive(Deserialize)]
struct SlimInstance {
    digest: String,
}

#[derive(Deserialize)]
struct SlimObjective {
    tiers: Vec<i64>,
    terms: Pairs<i64>,
}

#[derive(Deserialize)]
struct SlimRun {
    elapsed_ms: u64,
}

fn read_answer(path: &Path) -> Result<Answer, String> {
    let file = File::open(path).map_err(|e| format!("the solution cannot be read: {e}"))?;
    let slim: Slim = serde_json::from_reader(BufReader::new(file))
        .map_err(|e| format!("the solution cannot be read: {e}"))?;
    Ok(Answer {
        instance_digest: slim.instance.digest,
        status: slim.status,
        stop_reason: slim.stop_reason,
        panels: slim.assignments.len() as u64,
        sessions: slim.sessions.len() as u64,
        unserved: slim.unserved.len() as u64,
        tiers: slim.objective.tiers,
        terms: slim.objective.terms,
        bound: slim.bound,
        gap: slim.gap,
        elapsed_ms: slim.run.elapsed_ms,
    })
}
