//! `solve --trace`: each better answer and bound as a line of JSON, as it is found.
//!
//! **Invariant**: it looks on. A trace that cannot be written any more changes nothing in the
//! answer, and is told in the end.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::{Failure, files};
use crate::bench::TracePoint;
use crate::format::SolutionDoc;
use crate::solve::News;

/// A trace, if one was asked for.
pub(super) struct Trace {
    started: Instant,
    path: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    file: Option<File>,
    failed: Option<std::io::Error>,
}

impl Trace {
    /// A trace whose time begins now.
    pub(super) fn new(path: Option<&Path>) -> Self {
        let path = path.map(Path::to_path_buf);
        Self { started: Instant::now(), path, state: Mutex::default() }
    }

    /// Opens the file.
    /// It must be none of the files that the run reads or writes.
    pub(super) fn open(&self, others: &[&Path]) -> Result<(), Failure> {
        if let Some(path) = &self.path {
            if others.iter().any(|other| files::same(path, other)) {
                let message = format!("`{}` is both the trace and another file", path.display());
                return Err(Failure::Usage(message));
            }
            let file = File::create(path).map_err(|e| cannot(path, &e))?;
            self.state.lock().unwrap_or_else(PoisonError::into_inner).file = Some(file);
        }
        Ok(())
    }

    /// Writes down how far the run has come.
    pub(super) fn tell(&self, news: &News) {
        if self.path.is_some() {
            self.put(news.objective.told(), news.objective.quality(), news.bound);
        }
    }

    /// Writes down what the solution says, as the last line.
    pub(super) fn finish(&self, solution: &SolutionDoc) -> Result<(), Failure> {
        let Some(path) = &self.path else { return Ok(()) };
        let tiers = solution.objective.tiers.clone();
        let quality = tiers.last().copied().unwrap_or(0);
        self.put(tiers, quality, solution.bound);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failed.take().map_or(Ok(()), |error| Err(cannot(path, &error)))
    }

    fn put(&self, tiers: Vec<i64>, quality: i64, bound: Option<i64>) {
        // WHY: the clock is read inside, so that the lines of several threads stand in order.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let elapsed_ms = self.started.elapsed().as_millis() as u64;
        let point = TracePoint { elapsed_ms, tiers, quality, bound };
        let line = serde_json::to_string(&point).unwrap_or_default() + "\n";
        if let Some(file) = &mut state.file
            && let Err(error) = file.write_all(line.as_bytes())
        {
            state.file = None;
            state.failed = Some(error);
        }
    }
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("cannot write `{}`: {error}", path.display()))
}
