//! Screened conflicts as text.

use std::fmt::Write as _;

use super::{Filter, FindingView, MediatorView, PairView, StepView, finding_view, overview, word};
use crate::conflict::{ConflictTable, Finding};
use crate::domain::Instance;

/// The screened conflicts as text, grouped by dispute.
#[must_use]
pub fn text(instance: &Instance, table: &ConflictTable, filter: Filter) -> String {
    let overview = overview(instance, table, filter);
    let mut out = String::new();
    for dispute in &overview.disputes {
        let _ = writeln!(out, "dispute {}", dispute.dispute);
        group(&mut out, "barred", &dispute.barred);
        group(&mut out, "to be disclosed", &dispute.disclosed);
        group(&mut out, "noted, no duty to disclose", &dispute.noted);
        let _ = writeln!(out, "  clear: {}\n", dispute.clear);
    }
    let (apart, told): (Vec<_>, Vec<_>) =
        overview.pairs.iter().partition(|pair| pair.finding.barring);
    pairs(&mut out, "not on one panel", &apart);
    if !told.is_empty() {
        pairs(&mut out, "on one panel with a disclosure, or without", &told);
    }
    out
}

fn pairs(out: &mut String, title: &str, pairs: &[&PairView]) {
    let _ = writeln!(out, "{title}: {}", pairs.len());
    for pair in pairs {
        let [a, b] = &pair.mediators;
        let _ = writeln!(out, "  {a} and {b}");
        finding_lines(out, &pair.finding);
    }
}

fn group(out: &mut String, title: &str, mediators: &[MediatorView]) {
    let _ = writeln!(out, "  {title}: {}", mediators.len());
    for mediator in mediators {
        let _ = writeln!(out, "    {}", mediator.mediator);
        for reason in &mediator.reasons {
            let _ = writeln!(out, "      {reason}");
        }
        for finding in &mediator.findings {
            finding_lines(out, finding);
        }
    }
}

fn finding_lines(out: &mut String, finding: &FindingView) {
    let _ = write!(out, "      {}", finding.rule);
    if let Some(severity) = finding.severity {
        let _ = write!(out, " ({})", word(severity));
        if finding.undisclosable {
            out.push_str(", undisclosable");
        }
    }
    if let Some(cure) = finding.cure {
        let _ = write!(out, ", {}", word(cure));
    }
    if let Some(count) = finding.count {
        let _ = write!(out, ": {count} times through {}", finding.target);
    }
    if let Some(case) = &finding.case {
        let _ = write!(out, ": {case}");
    }
    out.push('\n');
    if !finding.path.is_empty() {
        let _ = writeln!(out, "        {}", path_line(&finding.path));
    }
}

/// The witness of a finding on one line; empty for a rule that counts.
#[must_use]
pub fn path(instance: &Instance, finding: &Finding) -> String {
    finding_view(instance, Filter::default(), finding)
        .map_or_else(String::new, |view| path_line(&view.path))
}

fn path_line(path: &[StepView]) -> String {
    let mut line = path.first().map_or_else(String::new, |first| first.from.clone());
    for step in path {
        let (tail, head) = if step.backward { ("<-", "-") } else { ("-", "->") };
        let _ = write!(line, " {tail}{}{head} {}", label(step, " "), step.to);
    }
    line
}

/// The kind of a step, the id of its relation, and whether it is confidential.
pub(super) fn label(step: &StepView, between: &str) -> String {
    let mut label = word(step.kind);
    if let Some(relation) = &step.relation {
        let _ = write!(label, "{between}({relation})");
    }
    if step.confidential {
        let _ = write!(label, "{between}[confidential]");
    }
    label
}
