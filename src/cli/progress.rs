//! A progress line on a terminal, for what lasts over a second.
//!
//! * Takes what the command and the solver tell: phase, better answers, bounds; shows it in one line on standard error,
//!   shortened to the width of the terminal.
//! * **Invariant**: it looks on. The run stores what it tells and goes on; a thread of its own draws, so that the line
//!   ticks while nothing is told and a terminal that stands still (Ctrl-S) holds nobody up. No terminal, no thread.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use console::{Term, measure_text_width};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::closing::decimal;
use crate::solve::{News, Phase};

/// What is over before this shows nothing.
const DELAY: Duration = Duration::from_secs(1);

/// Time between two drawings.
const TICK: Duration = Duration::from_millis(250);

/// Drawings a second at most.
const MOST: u8 = 8;

/// A line on standard error that shows time and the best answer so far.
pub(super) struct Progress {
    shared: Arc<Shared>,
    started: Instant,
    drawer: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// The run is over.
    ended: Condvar,
}

/// What has been told so far.
#[derive(Clone, Default)]
struct State {
    phase: String,
    news: Option<News>,
    deadline: Option<Instant>,
    interrupted: Option<Arc<AtomicBool>>,
    is_over: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the run is over, or for this long; what has been told then, or nothing when it is over.
    fn after(&self, time: Duration) -> Option<State> {
        let waited = self.ended.wait_timeout_while(self.state(), time, |state| !state.is_over);
        let state = waited.unwrap_or_else(PoisonError::into_inner).0;
        (!state.is_over).then(|| state.clone())
    }
}

impl Progress {
    /// A line about something that has started then; it does not appear before it is asked to.
    pub(super) fn since(started: Instant) -> Self {
        Self { shared: Arc::default(), started, drawer: Mutex::default() }
    }

    /// Lets the line appear a second after the start, and only on a terminal. From now on nothing else may be written
    /// there before the end.
    pub(super) fn appear(&self) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        let (shared, started) = (Arc::clone(&self.shared), self.started);
        // WHY no failure: without a thread there is no line, and the answer is the same.
        let drawer = std::thread::Builder::new().spawn(move || draw(&shared, started)).ok();
        *self.drawer.lock().unwrap_or_else(PoisonError::into_inner) = drawer;
    }

    /// A line about something that begins now and has no phases.
    pub(super) fn about(phase: &str) -> Self {
        let progress = Self::since(Instant::now());
        progress.phase(phase);
        progress.appear();
        progress
    }

    /// When the run is to end, and what tells that somebody wants it to.
    pub(super) fn until(&self, limit: Option<Duration>, interrupted: Option<&Arc<AtomicBool>>) {
        let mut state = self.shared.state();
        state.deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
        state.interrupted = interrupted.map(Arc::clone);
    }

    /// Shows what is being done.
    pub(super) fn phase(&self, phase: &str) {
        phase.clone_into(&mut self.shared.state().phase);
    }

    /// Shows what the solver is at.
    pub(super) fn enter(&self, phase: Phase) {
        match phase {
            Phase::FirstAnswer => self.phase("first answer"),
            Phase::Tier(tier) => self.phase(&format!("tier {tier}")),
            Phase::Reserves => self.phase("reserves"),
        }
    }

    /// Shows how far the run has come.
    pub(super) fn show(&self, news: &News) {
        self.shared.state().news = Some(*news);
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        self.shared.state().is_over = true;
        self.shared.ended.notify_all();
        let drawer = self.drawer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(drawer) = drawer {
            let _ = drawer.join();
        }
    }
}

/// WHY: a command that fails must not leave its line behind.
impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}

fn draw(shared: &Shared, started: Instant) {
    let Some(mut state) = shared.after(DELAY.saturating_sub(started.elapsed())) else { return };
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(MOST));
    if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
        line.set_style(style);
    }
    loop {
        // WHY one column less: some terminals go to the next line when the last is written to.
        let width = usize::from(Term::stderr().size().1).saturating_sub(1);
        line.set_message(told(&state, started, Instant::now(), width));
        match shared.after(TICK) {
            Some(later) => state = later,
            None => break,
        }
    }
    line.finish_and_clear();
}

/// The line: as much of it as goes into so many columns, what matters least left out first.
fn told(state: &State, started: Instant, now: Instant, width: usize) -> String {
    let left = state.deadline.map(|deadline| deadline.saturating_duration_since(now));
    let left = left.map(|left| format!(", {} left", clock(left))).unwrap_or_default();
    let time = clock(now.saturating_duration_since(started)) + &left;
    let stops = state.interrupted.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed));
    let phase = if stops { "stopping" } else { &state.phase };
    let [mut served, mut quality, mut bound, mut gap] = <[String; 4]>::default();
    if let Some(news) = &state.news {
        let value = news.objective.quality();
        served = format!("{}/{} served", news.served, news.disputes);
        quality = format!("quality {}", short(value));
        if let Some(most) = news.bound {
            let short_by = 100.0 * (most - value).max(0) as f64 / most.abs().max(1) as f64;
            (bound, gap) = (format!("bound {}", short(most)), format!("gap {short_by:.3} %"));
        }
    }
    let parts: [&str; 6] = [&time, phase, &served, &quality, &bound, &gap];
    // The bound is told by quality and gap as well.
    let shorter: [&[usize]; 4] = [&[], &[4], &[3, 4], &[2, 3, 4, 5]];
    let lines = shorter.map(|without| {
        let kept =
            parts.iter().enumerate().filter(|(at, part)| !part.is_empty() && !without.contains(at));
        kept.map(|(_, part)| *part).collect::<Vec<_>>().join("  ")
    });
    let fits = |line: &&String| measure_text_width(line) <= width;
    lines.iter().find(fits).or(lines.last()).cloned().unwrap_or_default()
}

/// Micro-units with three places.
fn short(micro: i64) -> String {
    let text = decimal(micro);
    text.get(..text.len().saturating_sub(3)).unwrap_or(&text).to_owned()
}

/// `0:07`, `1:02:03`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
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
            ProgressDrawTarget::stderr_with_hz(MOST)
        } else {
            ProgressDrawTarget::hidden()
        };
        let line = ProgressBar::with_draw_target(Some(steps), target);
        if let Ok(style) = ProgressStyle::with_template("{elapsed} {pos}/{len} {bar:20} {wide_msg}")
        {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::time::{Duration, Instant};

    use super::{State, clock, told};
    use crate::solution::Objective;
    use crate::solve::News;

    fn state() -> State {
        let objective = Objective { fit: 310_123_456, ..Objective::default() };
        let news = News { objective, bound: Some(311_204_000), served: 340, disputes: 350 };
        State { phase: "tier quality".to_owned(), news: Some(news), ..State::default() }
    }

    #[test]
    fn the_line_tells_all_that_fits() {
        let (mut state, now) = (state(), Instant::now());
        let later = now + Duration::from_secs(72);
        let line = |state: &State, width| told(state, now, later, width);
        assert_eq!(
            line(&state, 99),
            "1:12  tier quality  340/350 served  quality 310.123  bound 311.204  gap 0.347 %"
        );
        state.deadline = Some(now + Duration::from_secs(100));
        for (width, expected) in [
            (
                99,
                "1:12, 0:28 left  tier quality  340/350 served  quality 310.123  bound 311.204  gap 0.347 %",
            ),
            (79, "1:12, 0:28 left  tier quality  340/350 served  quality 310.123  gap 0.347 %"),
            (60, "1:12, 0:28 left  tier quality  340/350 served  gap 0.347 %"),
            (30, "1:12, 0:28 left  tier quality"),
        ] {
            assert_eq!(line(&state, width), expected);
        }
        state.interrupted = Some(Arc::new(AtomicBool::new(true)));
        assert_eq!(line(&state, 30), "1:12, 0:28 left  stopping");
        state.deadline = Some(now);
        assert!(line(&state, 30).starts_with("1:12, 0:00 left"));
        let empty = State { phase: "screening".to_owned(), ..State::default() };
        assert_eq!(line(&empty, 80), "1:12  screening");
    }

    #[test]
    fn times_are_read_as_on_a_clock() {
        assert_eq!(clock(Duration::from_millis(7999)), "0:07");
        assert_eq!(clock(Duration::from_secs(3723)), "1:02:03");
    }
}
