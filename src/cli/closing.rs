//! What `solve` says in the end on a terminal: one screen, whatever the size of the docket.
//!
//! * Takes the solution and a few numbers about its instance; gives lines, each no wider than it may be. Nothing is
//!   computed anew: the solution has it all.
//! * **Invariant**: at most [`MOST_LINES`] lines. What does not go into a line is counted, never left out in silence.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use clap::CommandFactory;
use console::{Term, measure_text_width, truncate_str};

use super::args::{Cli, SolveArgs};
use super::paint::{self, Ink};
use crate::explain::{self, Change, changes_text};
use crate::format::{AssignmentDoc, Decimal, SolutionDoc, Status, StopReason, UnservedStage};
use crate::pipeline::Screened;

/// The height of a terminal as it always was, less a line for the prompt.
pub(super) const MOST_LINES: usize = 23;

/// The width of such a terminal.
pub(super) const MOST_COLUMNS: usize = 80;

/// Changed disputes that are told one by one.
const CHANGES_TOLD: usize = 3;

/// Columns of the names in front.
const LABEL: usize = 13;

/// What is told in the end of a run.
pub(super) struct Closing<'a> {
    /// The answer.
    pub(super) solution: &'a SolutionDoc,
    /// Disputes of the instance.
    pub(super) disputes: usize,
    /// Their sessions.
    pub(super) sessions: usize,
    /// Mediators of the instance.
    pub(super) mediators: usize,
    /// What has changed against the plan that was to be kept to, where there was one.
    pub(super) changes: Option<&'a [Change]>,
    /// Time from the start of the command.
    pub(super) took: Duration,
    /// The instance, as it was given.
    pub(super) instance: &'a Path,
    /// The file that has the solution, `-` for one whose name is not known; nothing where it is not kept.
    pub(super) kept: Option<&'a Path>,
    /// Commands that make something of a solution, in the order in which they are told.
    pub(super) next: &'a [&'a str],
}

/// Says it on standard error, which is a terminal.
pub(super) fn say(args: &SolveArgs, screened: &Screened, solution: &SolutionDoc, took: Duration) {
    let instance = &screened.instance;
    let changes = solution.from.as_ref().map(|from| explain::changes(screened, from, solution));
    let is_stdout = args.output == Path::new("-");
    let is_kept = if is_stdout { !std::io::stdout().is_terminal() } else { args.output.is_file() };
    let known = Cli::command();
    let next = ["check", "report"].into_iter().filter(|name| known.find_subcommand(name).is_some());
    let told = Closing {
        solution,
        disputes: instance.disputes().len(),
        sessions: instance.disputes().iter().map(|dispute| dispute.sessions.len()).sum(),
        mediators: instance.mediators().len(),
        changes: changes.as_deref(),
        took,
        instance: &args.instance,
        kept: is_kept.then_some(&args.output),
        next: &next.collect::<Vec<_>>(),
    };
    let columns = usize::from(Term::stderr().size().1);
    let lines = closing(&told, columns.min(MOST_COLUMNS));
    let text = |of: fn(&Line) -> String| lines.iter().map(of).collect::<Vec<_>>().join("\n");
    paint::to_stderr(&text(Line::plain), |_| text(Line::painted));
}

/// A line: a word with its colour, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    ink: Ink,
    head: String,
    rest: String,
}

impl Line {
    /// The line as it is read.
    pub(super) fn plain(&self) -> String {
        format!("{}{}", self.head, self.rest)
    }

    /// The same with its colour.
    pub(super) fn painted(&self) -> String {
        self.ink.on(&self.head) + &self.rest
    }
}

/// Lines as they come to be.
struct Screen {
    width: usize,
    lines: Vec<Line>,
}

impl Screen {
    fn put(&mut self, ink: Ink, head: &str, rest: &str) {
        let rest = cut(rest, self.width.saturating_sub(measure_text_width(head)));
        self.lines.push(Line { ink, head: cut(head, self.width), rest });
    }

    /// A name and what there is of it.
    fn tell(&mut self, name: &str, rest: &str) {
        self.put(Ink::Label, &format!("  {name:<LABEL$}"), rest);
    }

    fn room(&self) -> usize {
        self.width.saturating_sub(LABEL + 2)
    }
}

/// The lines, none of them wider than `width`.
pub(super) fn closing(told: &Closing<'_>, width: usize) -> Vec<Line> {
    let solution = told.solution;
    let mut screen = Screen { width, lines: Vec::new() };
    let (ink, head, rest) = verdict(solution);
    screen.put(ink, &head, &rest);
    let served = told.disputes.saturating_sub(solution.unserved.len());
    let panels = solution.assignments.len();
    let undated = match panels.saturating_sub(served) {
        0 => String::new(),
        more => format!("; {more} more with a panel, without dates"),
    };
    let all = count(told.disputes, "dispute");
    screen.tell("served", &format!("{served} of {all}{undated}"));
    screen.tell(
        "dated",
        &format!("{} of {}", solution.sessions.len(), count(told.sessions, "session")),
    );
    if panels > 0 {
        screen.tell("disclosures", &disclosures(solution));
        if let Some(odd) = odd_hours(solution) {
            screen.tell("odd hours", &odd);
        }
        screen.tell("mediators", &seated(solution, told.mediators, screen.room()));
    }
    screen.tell("quality", &quality(solution));
    unserved(&mut screen, solution);
    if let Some(changes) = told.changes {
        changed(&mut screen, changes);
    }
    screen.tell("time", &format!("{:.1} s", told.took.as_secs_f64()));
    next(&mut screen, told);
    debug_assert!(screen.lines.len() <= MOST_LINES, "{} lines", screen.lines.len());
    screen.lines
}

/// How good the answer is, in words.
fn verdict(solution: &SolutionDoc) -> (Ink, String, String) {
    let gap = solution.gap.map_or(0, Decimal::micro);
    let within = format!("within {} of the best possible", percent(gap));
    let (ink, head) = match (solution.status, solution.stop_reason) {
        (Status::Optimal, _) if gap == 0 => (Ink::Good, "proven optimal".to_owned()),
        (Status::Optimal, _) => (Ink::Good, format!("proven {within}")),
        (Status::Infeasible, _) => (Ink::Error, "no dispute can be served, proven".to_owned()),
        (Status::Unknown, _) => (Ink::Error, "nothing is known".to_owned()),
        (Status::Feasible, Some(reason)) => {
            let reason = match reason {
                StopReason::TimeLimit => "the time limit",
                StopReason::NodeLimit => "the limit on nodes",
                StopReason::Interrupted => "Ctrl-C",
            };
            (Ink::Warning, format!("stopped by {reason}"))
        }
        (Status::Feasible, None) => (Ink::Warning, "not proven".to_owned()),
    };
    let rest = match (&solution.selection, solution.status) {
        (Some(selection), Status::Feasible) => {
            format!(": panels by `{}`, not by optimisation", selection.mechanism.name())
        }
        (None, Status::Feasible) => match open(solution) {
            None => format!(": {within}"),
            Some(open) => format!(": {open}"),
        },
        _ => String::new(),
    };
    (ink, head, rest)
}

/// What is not proven of the first tier before quality of which something is not.
fn open(solution: &SolutionDoc) -> Option<&'static str> {
    let certificate = solution.certificate.as_ref()?;
    let bounds = certificate.tiers.iter().map(|tier| tier.bound);
    let above = solution.objective.tiers.len().saturating_sub(1);
    let mut tiers = solution.objective.tiers.iter().zip(bounds).take(above);
    tiers.position(|(value, bound)| *value != bound).map(|at| match at {
        0 => "more panels may be possible",
        1 => "more dates may be possible",
        _ => "what comes before quality may be better",
    })
}

fn disclosures(solution: &SolutionDoc) -> String {
    let of = |panel: &AssignmentDoc| panel.disclosures.len();
    let all: usize = solution.assignments.iter().map(of).sum();
    let panels = solution.assignments.iter().filter(|panel| of(panel) > 0).count();
    let cured = solution.assignments.iter().flat_map(|panel| &panel.disclosures);
    let cured = cured.filter(|disclosure| disclosure.cure.is_some()).count();
    match (all, cured) {
        (0, _) => "none to be made".to_owned(),
        (_, 0) => format!("{all} to be made, in {}", count(panels, "dispute")),
        _ => format!(
            "{all} to be made, in {}; {cured} of them waived or overridden",
            count(panels, "dispute")
        ),
    }
}

/// The side that bears most, with its dispute.
fn worst_side(solution: &SolutionDoc) -> Option<(&str, &str, i64)> {
    let sides = solution.burdens.iter().flat_map(|burden| {
        burden.sides.iter().map(|(side, bears)| (burden.dispute.as_str(), side, *bears))
    });
    // WHY: the first of several, in the order of the docket.
    sides.reduce(|worst, side| if side.2 > worst.2 { side } else { worst })
}

fn odd_hours(solution: &SolutionDoc) -> Option<String> {
    let (dispute, side, most) = worst_side(solution)?;
    let sides = solution.burdens.iter().flat_map(|burden| burden.sides.iter());
    let sum: i64 = sides.map(|(_, bears)| *bears).sum();
    Some(if sum == 0 {
        "none on any side".to_owned()
    } else {
        format!("{sum} point-minutes on all sides; most {most}, {side} in {dispute}")
    })
}

/// Who sits, and who most: as many of them as go into the line.
fn seated(solution: &SolutionDoc, roster: usize, room: usize) -> String {
    let mut loads: BTreeMap<&str, usize> = BTreeMap::new();
    for seat in solution.assignments.iter().flat_map(|panel| &panel.panel) {
        *loads.entry(&seat.mediator).or_default() += 1;
    }
    let most = loads.values().max().copied().unwrap_or(0);
    let busiest = loads.iter().filter(|(_, load)| **load == most).map(|(id, _)| *id);
    let busiest: Vec<&str> = busiest.collect();
    let told = format!("{} of {roster} seated; busiest, {}: ", loads.len(), count(most, "dispute"));
    let room = room.saturating_sub(told.len());
    told + &as_many(&busiest, room)
}

fn quality(solution: &SolutionDoc) -> String {
    let value = decimal(solution.objective.tiers.last().copied().unwrap_or(0));
    match (solution.bound, solution.gap) {
        (Some(bound), Some(gap)) => {
            format!("{value}, bound {}, gap {}", decimal(bound), percent(gap.micro()))
        }
        _ => value,
    }
}

/// The unserved, stage by stage: as many ids as go into the line, and how many more there are.
fn unserved(screen: &mut Screen, solution: &SolutionDoc) {
    let stages = [
        (UnservedStage::Admissibility, "may not be mediated"),
        (UnservedStage::Panel, "no panel possible"),
        (UnservedStage::Sessions, "no dates for a panel"),
        (UnservedStage::Docket, "not beside the others"),
    ];
    for (stage, words) in stages {
        let here = solution.unserved.iter().filter(|unserved| unserved.stage == stage);
        let ids: Vec<&str> = here.map(|unserved| unserved.dispute.as_str()).collect();
        if ids.is_empty() {
            continue;
        }
        let told = format!("{} {words}: ", ids.len());
        let room = screen.room().saturating_sub(told.len());
        let rest = told + &as_many(&ids, room);
        screen.put(Ink::Warning, &format!("  {:<LABEL$}", "unserved"), &rest);
    }
}

/// As many ids as there is room for, one at least, and how many more there are.
fn as_many(ids: &[&str], room: usize) -> String {
    let list = |first: usize| {
        let told = ids.get(..first).unwrap_or(ids).join(", ");
        match ids.len().saturating_sub(first) {
            0 => told,
            more => format!("{told} and {more} more"),
        }
    };
    // WHY no more than there are columns: an id takes one at least.
    let mut lists = (1..=ids.len().min(room)).rev().map(list);
    lists.find(|told| told.len() <= room).unwrap_or_else(|| list(1))
}

fn changed(screen: &mut Screen, changes: &[Change]) {
    let sum = |of: fn(&Change) -> usize| changes.iter().map(of).sum::<usize>();
    let (left, joined) = (sum(|change| change.left.len()), sum(|change| change.joined.len()));
    let moved = sum(|change| change.moved.len());
    let told = if changes.is_empty() {
        "none against the earlier plan".to_owned()
    } else {
        let disputes = count(changes.len(), "dispute");
        format!("{disputes}; left {left}, joined {joined}, sessions moved {moved}")
    };
    screen.tell("changes", &told);
    let text = changes_text(changes);
    for line in text.lines().take(CHANGES_TOLD) {
        screen.tell("", line.strip_prefix("changed ").unwrap_or(line));
    }
    if let Some(more) = changes.len().checked_sub(CHANGES_TOLD).filter(|more| *more > 0) {
        screen.tell("", &format!("and {more} more; `2>changes.txt` writes all of them down"));
    }
}

/// What to do next: commands that can be copied, none of them cut.
fn next(screen: &mut Screen, told: &Closing<'_>) {
    screen.put(Ink::Label, "next", "");
    let Some(kept) = told.kept else {
        return screen.put(
            Ink::Label,
            "",
            "  the same with `-o solution.json`, to keep the answer",
        );
    };
    let room = screen.width.saturating_sub(2);
    let fits =
        |commands: &Vec<String>| commands.iter().all(|line| measure_text_width(line) <= room);
    let named = typed(told.instance).zip(typed(kept));
    let named = named.map(|(instance, solution)| commands(told, &instance, &solution));
    let plain = || Some(commands(told, "INSTANCE", "SOLUTION")).filter(fits);
    let named = named.filter(fits).or_else(plain).unwrap_or_default();
    for command in named {
        screen.put(Ink::Label, "", &format!("  {command}"));
    }
}

fn commands(told: &Closing<'_>, instance: &str, solution: &str) -> Vec<String> {
    let mut lines: Vec<String> =
        told.next.iter().map(|command| format!("comity {command} {instance} {solution}")).collect();
    if let Some(dispute) = of_interest(told.solution) {
        lines.push(format!("comity explain {instance} {solution} --dispute {dispute}"));
    }
    lines
}

/// A dispute that somebody will ask about: the first unserved, else the one with the heaviest side.
fn of_interest(solution: &SolutionDoc) -> Option<&str> {
    let unserved = solution.unserved.first().map(|unserved| unserved.dispute.as_str());
    let heaviest = || worst_side(solution).map(|(dispute, ..)| dispute);
    let first = || solution.assignments.first().map(|panel| panel.dispute.as_str());
    unserved.or_else(heaviest).or_else(first)
}

/// A path as it is typed; nothing for standard input, and for what cannot be typed.
fn typed(path: &Path) -> Option<String> {
    let text = path.to_str().filter(|text| *text != "-" && !text.contains(char::is_control))?;
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:@%+=,".contains(c);
    let dash = if text.starts_with('-') { "./" } else { "" };
    Some(if text.chars().all(is_plain) {
        format!("{dash}{text}")
    } else {
        format!("'{dash}{}'", text.replace('\'', "'\\''"))
    })
}

fn cut(text: &str, width: usize) -> String {
    truncate_str(text, width, if width > 3 { "..." } else { "" }).into_owned()
}

/// `one panel`, `2 panels`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("one {noun}") } else { format!("{number} {noun}s") }
}

/// Micro-units with all their places.
pub(super) fn decimal(micro: i64) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let micro = micro.unsigned_abs();
    format!("{sign}{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}

/// A relative gap as people say it.
pub(super) fn percent(micro: i64) -> String {
    format!("{} %", micro as f64 / 1e4)
}
