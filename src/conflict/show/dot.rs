//! Screened conflicts as a DOT graph: the neighbourhood of the witnesses, a cluster a dispute.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::text::label;
use super::{Filter, FindingView, MediatorView, overview, word};
use crate::conflict::ConflictTable;
use crate::domain::{DisputeIx, Instance};

/// The screened conflicts as a DOT graph. Mediators are boxes; severity stands in their labels.
#[must_use]
pub fn dot(instance: &Instance, table: &ConflictTable, filter: Filter) -> String {
    let overview = overview(instance, table, filter);
    let mediators: BTreeSet<&str> =
        instance.mediator_indices().map(|m| instance.mediator_name(m)).collect();
    let mut out = String::from("digraph conflicts {\n  rankdir=LR;\n  node [shape=ellipse];\n");
    let shown = instance
        .dispute_indices()
        .filter(|dispute| filter.dispute.is_none_or(|only| only == *dispute));
    for (view, dispute) in overview.disputes.iter().zip(shown) {
        let mut cluster = Cluster { roles: roles(instance, dispute), ..Cluster::default() };
        for mediator in view.barred.iter().chain(&view.disclosed).chain(&view.noted) {
            cluster.mediator(mediator);
        }
        cluster.write(&mut out, &format!("dispute {}", view.dispute), &mediators);
    }
    let mut cluster = Cluster::default();
    for pair in &overview.pairs {
        let [a, b] = &pair.mediators;
        let line = line(&pair.finding);
        cluster.lines.entry(a.clone()).or_default().insert(format!("not with {b}: {line}"));
        cluster.lines.entry(b.clone()).or_default().insert(format!("not with {a}: {line}"));
        cluster.finding(a, &pair.finding);
    }
    if !cluster.lines.is_empty() {
        cluster.write(&mut out, "not on one panel", &mediators);
    }
    out.push_str("}\n");
    out
}

/// What the actors of a dispute are in it.
fn roles(instance: &Instance, dispute: DisputeIx) -> BTreeMap<String, String> {
    let mut roles: BTreeMap<String, String> = BTreeMap::new();
    for party in &instance.dispute(dispute).parties {
        let mut add = |actor, role: &str| {
            let entry = roles.entry(instance.actor_name(actor).to_owned()).or_default();
            let _ =
                write!(entry, "{}{role} {}", if entry.is_empty() { "" } else { ", " }, party.id);
        };
        add(party.actor, "party");
        party.representatives.iter().for_each(|actor| add(*actor, "representative of"));
        party.counsel.iter().for_each(|actor| add(*actor, "counsel of"));
    }
    roles
}

fn line(finding: &FindingView) -> String {
    let undisclosable = if finding.undisclosable { ", undisclosable" } else { "" };
    match finding.severity {
        Some(severity) => format!("{}: {}{undisclosable}", word(severity), finding.rule),
        None => finding.rule.clone(),
    }
}

#[derive(Default)]
struct Cluster {
    roles: BTreeMap<String, String>,
    /// Lines of the labels, by actor.
    lines: BTreeMap<String, BTreeSet<String>>,
    /// From, to, label, and whether it is a count.
    edges: BTreeSet<(String, String, String, bool)>,
}

impl Cluster {
    fn mediator(&mut self, view: &MediatorView) {
        let lines = self.lines.entry(view.mediator.clone()).or_default();
        lines.extend(view.reasons.iter().map(|reason| (*reason).to_owned()));
        lines.extend(view.findings.iter().map(line));
        for finding in &view.findings {
            self.finding(&view.mediator, finding);
        }
    }

    fn finding(&mut self, mediator: &str, finding: &FindingView) {
        for step in &finding.path {
            let (from, to) =
                if step.backward { (&step.to, &step.from) } else { (&step.from, &step.to) };
            self.edges.insert((from.clone(), to.clone(), label(step, "\n"), false));
        }
        if let Some(count) = finding.count {
            let label = format!("{count} times");
            self.edges.insert((finding.target.clone(), mediator.to_owned(), label, true));
        }
    }

    fn write(&self, out: &mut String, title: &str, mediators: &BTreeSet<&str>) {
        let _ = writeln!(out, "  subgraph {} {{", quoted(&format!("cluster {title}")));
        let _ = writeln!(out, "    label={};", quoted(title));
        let node = |actor: &str| quoted(&format!("{title} / {actor}"));
        let mut actors: BTreeSet<&str> = self.lines.keys().map(String::as_str).collect();
        actors.extend(self.edges.iter().flat_map(|(from, to, ..)| [from.as_str(), to.as_str()]));
        for actor in actors {
            let mut label = actor.to_owned();
            let lines = self.lines.get(actor).into_iter().flatten();
            for line in self.roles.get(actor).into_iter().chain(lines) {
                let _ = write!(label, "\n{line}");
            }
            let shape = if mediators.contains(actor) { "shape=box, " } else { "" };
            let _ = writeln!(out, "    {} [{shape}label={}];", node(actor), quoted(&label));
        }
        for (from, to, label, count) in &self.edges {
            let style = if *count { "style=dashed, " } else { "" };
            let label = quoted(label);
            let _ = writeln!(out, "    {} -> {} [{style}label={label}];", node(from), node(to));
        }
        out.push_str("  }\n");
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
