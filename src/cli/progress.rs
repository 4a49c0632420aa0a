//! A progress line on a terminal, for what lasts over a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::solve::News;

/// A line on standard error that shows time and the best answer so far.
pub(super) struct Progress {
    line: ProgressBar,
    started: Instant,
}

impl Progress {
    /// A line that appears after a second, and only on a terminal.
    pub(super) fn new() -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let line = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{elapsed} {msg}") {
            line.set_style(style);
        }
        Self { line, started: Instant::now() }
    }

    /// Shows how far the run has come.
    pub(super) fn show(&self, news: &News) {
        if self.started.elapsed() < Duration::from_secs(1) {
            return;
        }
        let ([panels, sessions, ..], quality) = (news.objective.tiers(), news.objective.quality());
        let served = format!("panels {} sessions {}", panels / 1_000_000, sessions / 1_000_000);
        let quality_of = format!("{served} quality {:.3}", quality as f64 / 1e6);
        let told = news.bound.map_or(quality_of.clone(), |bound| {
            let gap = 100.0 * (bound - quality).max(0) as f64 / bound.abs().max(1) as f64;
            format!("{quality_of} bound {:.3} gap {gap:.3} %", bound as f64 / 1e6)
        });
        self.line.set_message(told);
        self.line.tick();
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        self.line.finish_and_clear();
    }
}

/// A line on standard error that shows how many of several steps are done.
pub(super) struct Bar {
    line: ProgressBar,
}

impl Bar {
    /// A line that appears on a terminal alone.
    pub(super) fn new(steps: u64) -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let line = ProgressBar::with_draw_target(Some(steps), target);
        if let Ok(style) = ProgressStyle::with_template("{elapsed} {pos}/{len} {bar:20} {msg}") {
            line.set_style(style);
        }
        line.enable_steady_tick(Duration::from_secs(1));
        Self { line }
    }

    /// Shows what is being done.
    pub(super) fn show(&self, what: &str) {
        self.line.set_message(what.to_owned());
    }

    /// One step more is done.
    pub(super) fn step(&self) {
        self.line.inc(1);
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        self.line.finish_and_clear();
    }
}
