//! A progress line on a terminal, for what lasts over a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::solution::Objective;

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

    /// Shows a better answer.
    pub(super) fn show(&self, objective: &Objective) {
        if self.started.elapsed() < Duration::from_secs(1) {
            return;
        }
        let ([panels, sessions, ..], quality) = (objective.tiers(), objective.quality());
        self.line.set_message(format!(
            "panels {} sessions {} quality {:.3}",
            panels / 1_000_000,
            sessions / 1_000_000,
            quality as f64 / 1e6
        ));
        self.line.tick();
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        self.line.finish_and_clear();
    }
}
