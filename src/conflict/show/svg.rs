//! The neighbourhood of one dispute as a picture: mediators on the left, those of the dispute on
//! the right, and between them whoever stands on the witness paths.
//!
//! * Takes what `overview` gives for one dispute; gives a whole SVG document, without scripts and
//!   without outside resources. The same input gives the same bytes.
//! * A node stands in the column of its distance from the dispute's own people; within a column,
//!   nodes are ordered by the mean place of their neighbours, in a few sweeps (Sugiyama, Tagawa and
//!   Toda, 1981).
//! * **Invariant**: nothing is told by colour alone: kinds by shape and word, severity by the line of
//!   a mediator's box and in words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::text::label;
use super::{DisputeView, Filter, FindingView, MediatorView, overview, word};
use crate::conflict::ConflictTable;
use crate::domain::{DisputeIx, Instance};
use crate::format::{NodeKind, Severity};

/// No more boxes of mediators than this are drawn, the most severe first. Mediators about whom the
/// same was found, on paths that differ in them alone, share a box.
const MOST: usize = 40;
/// Names on a line of such a box.
const NAMES: usize = 3;
const SWEEPS: usize = 6;
const LETTER: usize = 8;
const LINE: usize = 15;
const GAP: usize = 14;
const BETWEEN: usize = 150;
const TOP: usize = 70;

/// A box of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) lines: Vec<String>,
    pub(crate) kind: NodeKind,
    pub(crate) severity: Severity,
    pub(crate) column: usize,
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// The boxes by id, and the edges: from, to, label, whether it is a count.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) nodes: BTreeMap<String, Node>,
    pub(crate) edges: BTreeSet<(String, String, String, bool)>,
    pub(crate) left_out: usize,
}

/// The neighbourhood of a dispute as an SVG document.
#[must_use]
pub fn svg(
    instance: &Instance,
    table: &ConflictTable,
    dispute: DisputeIx,
    filter: Filter,
) -> String {
    let filter = Filter { dispute: Some(dispute), ..filter };
    let overview = overview(instance, table, filter);
    let Some(view) = overview.disputes.first() else { return String::new() };
    let mut picture = gather(instance, dispute, view);
    place(&mut picture);
    let title = format!("{} under {}", view.dispute, overview.profile);
    draw(&picture, view, &title)
}

fn worst(view: &MediatorView) -> Severity {
    let found = view.findings.iter().filter_map(|finding| finding.severity).max();
    // What is against a mediator beside the rules bars her as well.
    let reasons = !view.reasons.is_empty();
    found.unwrap_or(Severity::Clear).max(if reasons {
        Severity::NonWaivableRed
    } else {
        Severity::Clear
    })
}

fn describe(finding: &FindingView) -> String {
    let mut line = finding.rule.clone();
    if let Some(severity) = finding.severity {
        line = format!("{}: {line}", word(severity));
    }
    if let Some(cure) = finding.cure {
        let _ = write!(line, ", {}", word(cure));
    }
    line
}

/// What stands in the box of a mediator.
fn said(view: &MediatorView) -> Vec<String> {
    let reasons = view.reasons.iter().map(|reason| (*reason).to_owned());
    reasons.chain(view.findings.iter().map(describe)).collect()
}

/// Where the path of a finding leads, and along what.
fn way(finding: &FindingView) -> Vec<&str> {
    let nodes = finding.path.iter().map(|step| step.to.as_str());
    let relations = finding.path.iter().skip(1).filter_map(|step| step.relation.as_deref());
    nodes.chain(relations).chain([finding.target.as_str()]).collect()
}

pub(crate) fn gather(instance: &Instance, dispute: DisputeIx, view: &DisputeView) -> Picture {
    let mut picture = Picture::default();
    let kinds: BTreeMap<&str, NodeKind> = instance
        .actors()
        .iter()
        .enumerate()
        .map(|(i, actor)| (instance.actor_name(crate::domain::ActorIx::new(i)), actor.node))
        .collect();
    let add = |picture: &mut Picture, id: &str, column: usize, line: Option<String>| {
        let node = picture.nodes.entry(id.to_owned()).or_insert_with(|| {
            let kind = kinds.get(id).copied().unwrap_or(NodeKind::Dispute);
            let lines = vec![format!("{id} ({})", word(kind))];
            let severity = Severity::Clear;
            Node { lines, kind, severity, column, x: 0, y: 0, width: 0, height: 0 }
        });
        node.column = node.column.min(column);
        node.lines.extend(line);
    };
    for party in &instance.dispute(dispute).parties {
        let name = |actor| instance.actor_name(actor);
        add(&mut picture, name(party.actor), 0, Some(format!("party {}", party.id)));
        let roles = [
            ("counsel of", &party.counsel),
            ("representative of", &party.representatives),
            ("expert of", &party.experts),
        ];
        for (role, people) in roles {
            for actor in people {
                add(&mut picture, name(*actor), 0, Some(format!("{role} {}", party.id)));
            }
        }
    }
    let mut mediators: Vec<&MediatorView> =
        view.barred.iter().chain(&view.disclosed).chain(&view.noted).collect();
    mediators.sort_by_key(|view| std::cmp::Reverse(worst(view)));
    let mut groups: Vec<(Vec<String>, Vec<Vec<&str>>, Vec<&MediatorView>)> = Vec::new();
    for mediator in mediators {
        let said = said(mediator);
        let ways: Vec<Vec<&str>> = mediator.findings.iter().map(way).collect();
        match groups.iter_mut().find(|(s, w, _)| *s == said && *w == ways) {
            Some((.., alike)) => alike.push(mediator),
            None => groups.push((said, ways, vec![mediator])),
        }
    }
    picture.left_out = groups.iter().skip(MOST).map(|(.., alike)| alike.len()).sum();
    groups.truncate(MOST);
    for (.., alike) in &groups {
        let mediator = alike[0];
        for finding in &mediator.findings {
            for (position, step) in finding.path.iter().enumerate() {
                let left = finding.path.len() - position;
                if position > 0 {
                    add(&mut picture, &step.from, left, None);
                }
                add(&mut picture, &step.to, left - 1, None);
                let (from, to) =
                    if step.backward { (&step.to, &step.from) } else { (&step.from, &step.to) };
                // What is said of several has the relation of each, so that none is named.
                let name = if position == 0 && alike.len() > 1 {
                    word(step.kind)
                } else {
                    label(step, " ")
                };
                let edge = (from.clone(), to.clone(), name, false);
                picture.edges.insert(edge);
            }
            if let Some(count) = finding.count {
                add(&mut picture, &finding.target, 0, None);
                let edge = (finding.target.clone(), mediator.mediator.clone());
                picture.edges.insert((edge.0, edge.1, format!("{count} times"), true));
            }
        }
    }
    let last = picture.nodes.values().map(|node| node.column).max().unwrap_or(0) + 1;
    for (said, _, alike) in groups {
        let mediator = alike[0];
        let own = &mediator.mediator;
        let names: Vec<&str> = alike.iter().map(|view| view.mediator.as_str()).collect();
        let mut lines: Vec<String> = names.chunks(NAMES).map(|names| names.join(", ")).collect();
        lines.push(if alike.len() == 1 {
            "mediator".to_owned()
        } else {
            format!("{} mediators", alike.len())
        });
        lines.extend(said);
        // A mediator who stands on the path of another one is drawn once, on the outside.
        picture.nodes.remove(own);
        picture.nodes.insert(
            own.clone(),
            Node {
                lines,
                kind: NodeKind::Mediator,
                severity: worst(mediator),
                column: last,
                x: 0,
                y: 0,
                width: 0,
                height: 0,
            },
        );
    }
    picture
}

/// Gives every box its size and its place.
pub(crate) fn place(picture: &mut Picture) {
    for node in picture.nodes.values_mut() {
        node.lines.dedup();
        let longest = node.lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        node.width = longest * LETTER + 20;
        node.height = node.lines.len() * LINE + 12;
    }
    arrange(picture, (GAP, BETWEEN, TOP));
}

/// Gives every box of a known size its place: columns from right to left, no two boxes on each other;
/// with so much between boxes and between columns, and above all of them.
pub(crate) fn arrange(picture: &mut Picture, (gap, between, above): (usize, usize, usize)) {
    let columns = picture.nodes.values().map(|node| node.column).max().unwrap_or(0) + 1;
    let mut order: Vec<Vec<String>> = vec![Vec::new(); columns];
    for (id, node) in &picture.nodes {
        order[node.column].push(id.clone());
    }
    for column in &mut order {
        column.sort_by_key(|id| std::cmp::Reverse(picture.nodes[id].severity));
    }
    let mut beside: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to, ..) in &picture.edges {
        beside.entry(from).or_default().push(to);
        beside.entry(to).or_default().push(from);
    }
    for sweep in 0..SWEEPS {
        let places: BTreeMap<String, usize> = order
            .iter()
            .flat_map(|column| {
                let share = 10_000 / column.len().max(1);
                column.iter().enumerate().map(move |(i, id)| (id.clone(), i * share + share / 2))
            })
            .collect();
        let forward = sweep % 2 == 0;
        for at in 0..columns {
            let column = if forward { at } else { columns - 1 - at };
            let mean = |id: &String| {
                let near: Vec<usize> = beside
                    .get(id.as_str())
                    .into_iter()
                    .flatten()
                    .filter_map(|other| places.get(*other).copied())
                    .collect();
                near.iter().sum::<usize>().checked_div(near.len()).unwrap_or(places[id])
            };
            order[column].sort_by_cached_key(mean);
        }
    }
    let tall = |column: &Vec<String>| -> usize {
        column.iter().map(|id| picture.nodes[id].height + gap).sum()
    };
    let tallest = order.iter().map(tall).max().unwrap_or(0);
    let tops: Vec<usize> =
        order.iter().map(|column| above + (tallest - tall(column)) / 2).collect();
    let mut x = gap;
    for (column, top) in order.iter().zip(tops).rev() {
        let width = column.iter().map(|id| picture.nodes[id].width).max().unwrap_or(0);
        let mut y = top;
        for id in column {
            if let Some(node) = picture.nodes.get_mut(id) {
                (node.x, node.y, node.width) = (x, y, width);
                y += node.height + gap;
            }
        }
        x += width + between;
    }
}

fn draw(picture: &Picture, view: &DisputeView, title: &str) -> String {
    let nodes = picture.nodes.values();
    let width = nodes.clone().map(|n| n.x + n.width).max().unwrap_or(0).max(700) + GAP;
    let height = nodes.map(|n| n.y + n.height).max().unwrap_or(TOP) + 60;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">"
    );
    let _ = writeln!(out, "<title>{}</title>", escape(title));
    out.push_str("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"#333\"/></marker></defs>\n");
    let _ = writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
    let _ = writeln!(
        out,
        "<text x=\"{GAP}\" y=\"24\" font-size=\"16\" font-weight=\"bold\" fill=\"#111\">{}</text>",
        escape(title)
    );
    let mut said = format!(
        "{} barred, {} to be disclosed, {} noted, {} clear",
        view.barred.len(),
        view.disclosed.len(),
        view.noted.len(),
        view.clear
    );
    if picture.left_out > 0 {
        let _ = write!(said, "; {} more mediators are left out of the picture", picture.left_out);
    }
    let _ = writeln!(out, "<text x=\"{GAP}\" y=\"46\" fill=\"#111\">{}</text>", escape(&said));
    // Edges between the same two boxes are one line with all their labels.
    let mut lines: BTreeMap<(&str, &str, bool), Vec<&str>> = BTreeMap::new();
    for (from, to, label, count) in &picture.edges {
        lines.entry((from, to, *count)).or_default().push(label);
    }
    // Labels of lines from one box stand one above the other.
    let mut above: BTreeMap<&str, usize> = BTreeMap::new();
    for ((from, to, count), labels) in lines {
        if let (Some(a), Some(b)) = (picture.nodes.get(from), picture.nodes.get(to)) {
            let place = above.entry(from).or_default();
            edge(&mut out, (a, b), (&labels.join(", "), *place), count);
            *place += 1;
        }
    }
    for (id, node) in &picture.nodes {
        boxed(&mut out, id, node);
    }
    legend(&mut out, height - 30);
    out.push_str("</svg>\n");
    out
}

fn edge(out: &mut String, (a, b): (&Node, &Node), (label, place): (&str, usize), count: bool) {
    let (ay, by) = (a.y + a.height / 2, b.y + b.height / 2);
    let (ax, bx) = match a.x.cmp(&b.x) {
        std::cmp::Ordering::Less => (a.x + a.width, b.x),
        std::cmp::Ordering::Greater => (a.x, b.x + b.width),
        std::cmp::Ordering::Equal => (a.x + a.width, b.x + b.width),
    };
    let bend = if a.x == b.x { ax + BETWEEN / 2 } else { usize::midpoint(ax, bx) };
    let dash = if count { " stroke-dasharray=\"5 4\"" } else { "" };
    let _ = writeln!(
        out,
        "<path d=\"M{ax} {ay} C{bend} {ay} {bend} {by} {bx} {by}\" fill=\"none\" stroke=\"#555\"{dash} marker-end=\"url(#arrow)\"/>"
    );
    // The label stands at the tail, where edges to one box have not met yet.
    let (x, anchor) = if bx < ax { (ax.saturating_sub(6), "end") } else { (ax + 6, "start") };
    let y = ay.saturating_sub(4 + 12 * place);
    // A white rim first, so that lines behind do not run through the letters.
    for look in ["stroke=\"#fff\" stroke-width=\"4\" fill=\"#fff\"", "fill=\"#111\""] {
        let _ = writeln!(
            out,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"10\" text-anchor=\"{anchor}\" {look}>{}</text>",
            escape(label)
        );
    }
}

fn boxed(out: &mut String, id: &str, node: &Node) {
    let Node { x, y, width, height, .. } = *node;
    let round = match node.kind {
        NodeKind::Mediator | NodeKind::Person => 12,
        NodeKind::State | NodeKind::Dispute => 0,
        _ => 4,
    };
    let stroke = match node.severity {
        Severity::NonWaivableRed => "stroke-width=\"4\"",
        Severity::WaivableRed => "stroke-width=\"4\" stroke-dasharray=\"10 4\"",
        Severity::Orange => "stroke-width=\"2\" stroke-dasharray=\"6 3\"",
        Severity::Green => "stroke-width=\"1\" stroke-dasharray=\"2 3\"",
        Severity::Clear => "stroke-width=\"1\"",
    };
    let fill = if node.kind == NodeKind::State { "#eee" } else { "#fff" };
    let _ = writeln!(out, "<g><title>{}</title>", escape(id));
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\" fill=\"{fill}\" stroke=\"#111\" {stroke}/>"
    );
    for (number, line) in node.lines.iter().enumerate() {
        let (tx, ty) = (x + 10, y + 17 + number * LINE);
        let weight = if number == 0 { " font-weight=\"bold\"" } else { "" };
        let _ = writeln!(
            out,
            "<text x=\"{tx}\" y=\"{ty}\" fill=\"#111\"{weight}>{}</text>",
            escape(line)
        );
    }
    out.push_str("</g>\n");
}

fn legend(out: &mut String, y: usize) {
    let lines = [
        "Boxes of mediators: thick = non-waivable red, thick dashed = waivable red, dashed = orange,",
        "dotted = green. Grey = State, round = person or mediator. Dashed arrows count.",
    ];
    for (number, line) in lines.iter().enumerate() {
        let y = y + number * LINE;
        let _ = writeln!(
            out,
            "<text x=\"{GAP}\" y=\"{y}\" font-size=\"11\" fill=\"#111\">{line}</text>"
        );
    }
}

/// Text as XML has it; what XML may not hold is left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
