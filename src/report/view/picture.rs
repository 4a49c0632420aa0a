//! How mediators stand to the parties of a dispute: what the drawing of its conflict graph shows.
//!
//! * Takes what was screened, or, for a party, what is disclosed to it and nothing else; gives boxes
//!   and arrows. A box stands in the column of its distance from the parties.
//! * Mediators about whom the same was found, on paths that differ in them alone, share a box. No
//!   more boxes are given than the size of the docket allows; whoever is left out is counted.
//! * **Invariant**: a party's picture is made of `DisclosureLine`s, in which nothing confidential
//!   stands, and depends on nothing else of the docket, not even on its size.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::dispute::{DisclosureLine, Member, StepLine};
use super::screening::RuleText;
use super::{Desk, DisputeView};
use crate::conflict::Finding;
use crate::conflict::show::svg;
use crate::domain::{DisputeIx, MediatorIx};
use crate::format::{DisputeDoc, NodeKind, RelationKind, Severity};

/// The boxes of a picture at most, by the number of disputes: pages of large dockets stay small.
const MOST: [(usize, usize); 3] = [(12, 30), (60, 18), (usize::MAX, 6)];
/// People of parties who are drawn though no path leads to them, at most.
const PEOPLE: usize = 8;

/// Boxes and arrows.
#[derive(Debug, Default)]
pub(in crate::report) struct PictureView<'a> {
    /// The boxes.
    pub(in crate::report) nodes: Vec<PictureNode<'a>>,
    /// The arrows, each once.
    pub(in crate::report) edges: Vec<PictureEdge>,
    /// How many mediators of whom something was found are not drawn.
    pub(in crate::report) left_out: usize,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct PictureNode<'a> {
    /// Who; several where the same was found about them; nobody for a dispute that a party is not
    /// told of.
    pub(in crate::report) ids: Vec<&'a str>,
    /// What kind of node.
    pub(in crate::report) kind: NodeKind,
    /// The party that it is, by its id in the dispute.
    pub(in crate::report) party: Option<&'a str>,
    /// Whether she sits on the panel.
    pub(in crate::report) sits: bool,
    /// What was found, by rule.
    pub(in crate::report) found: Vec<FoundLine<'a>>,
    /// Its column, from the parties on.
    pub(in crate::report) column: usize,
}

/// What a rule found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) struct FoundLine<'a> {
    /// The rule.
    pub(in crate::report) rule: RuleText<'a>,
    /// How serious.
    pub(in crate::report) severity: Severity,
    /// Whether it keeps her off the panel.
    pub(in crate::report) bars: bool,
}

/// An arrow, in the direction of the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) struct PictureEdge {
    /// From this box.
    pub(in crate::report) from: usize,
    /// To this one.
    pub(in crate::report) to: usize,
    /// What it says.
    pub(in crate::report) says: Says,
    /// Whether it may not be disclosed.
    pub(in crate::report) confidential: bool,
}

/// What an arrow says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Says {
    /// A relation.
    Relation(RelationKind),
    /// So many appointments or relations.
    Times(u32),
}

impl PictureNode<'_> {
    /// The most serious finding about her.
    pub(in crate::report) fn severity(&self) -> Severity {
        self.found.iter().map(|found| found.severity).max().unwrap_or(Severity::Clear)
    }
}

impl PictureView<'_> {
    /// Whether something was found about somebody who is drawn.
    pub(in crate::report) fn tells(&self) -> bool {
        self.nodes.iter().any(|node| !node.found.is_empty())
    }

    /// Gives boxes of these widths and heights their places (x, y, width, height), with so much
    /// between them and between columns: no two of them overlap.
    pub(in crate::report) fn arranged(
        &self,
        sizes: Vec<(usize, usize)>,
        (gap, between): (usize, usize),
    ) -> Vec<[usize; 4]> {
        // In the order of the boxes.
        let key = |at: usize| format!("{at:06}");
        let mut placed = svg::Picture::default();
        for ((at, node), (width, height)) in self.nodes.iter().enumerate().zip(sizes) {
            let (kind, severity, column) = (node.kind, node.severity(), node.column);
            let lines = Vec::new();
            let own = svg::Node { lines, kind, severity, column, x: 0, y: 0, width, height };
            placed.nodes.insert(key(at), own);
        }
        for edge in &self.edges {
            placed.edges.insert((key(edge.from), key(edge.to), String::new(), false));
        }
        svg::arrange(&mut placed, (gap, between, gap));
        placed.nodes.into_values().map(|node| [node.x, node.y, node.width, node.height]).collect()
    }
}

/// One finding on the way into the picture.
struct Item<'a> {
    found: FoundLine<'a>,
    /// The steps, each with whether it may not be disclosed.
    path: Vec<(StepLine<'a>, bool)>,
    count: Option<(u32, &'a str)>,
}

impl Item<'_> {
    /// What two mediators have alike: all but where the path starts.
    fn same(&self, other: &Self) -> bool {
        let way = |item: &Self| -> Vec<_> {
            item.path
                .iter()
                .map(|(step, secret)| (step.kind, step.backward, step.to, *secret))
                .collect()
        };
        self.found == other.found && self.count == other.count && way(self) == way(other)
    }
}

/// Mediators about whom the same was found.
struct Group<'a> {
    ids: Vec<&'a str>,
    sits: bool,
    items: Vec<Item<'a>>,
}

/// The picture of a dispute, for the secretariat or for a party.
pub(super) fn picture<'a>(
    desk: &Desk<'a>,
    ix: DisputeIx,
    document: &'a DisputeDoc,
    (panel, disclosures): (&[Member<'a>], &[DisclosureLine<'a>]),
    secretariat: bool,
) -> PictureView<'a> {
    let size = if secretariat { desk.source.document.disputes.len() } else { 0 };
    let most = MOST.iter().find(|(up_to, _)| size <= *up_to).map_or(0, |(_, most)| *most);
    let mut groups: Vec<Group<'a>> = panel
        .iter()
        .map(|member| {
            let told = disclosures.iter().filter(|line| line.mediator == member.id);
            Group { ids: vec![member.id], sits: true, items: told.map(disclosed).collect() }
        })
        .collect();
    if secretariat {
        screened(desk, ix, &mut groups);
    }
    let mut drawing = Drawing { desk, picture: PictureView::default(), places: BTreeMap::new() };
    for party in &document.parties {
        let at = drawing.node(Some(&party.actor));
        drawing.picture.nodes[at].party.get_or_insert(&party.id);
    }
    if secretariat && most >= MOST[0].1 {
        let mut people = 0;
        for party in &document.parties {
            let represent = party.representatives.iter().map(|one| (one, RelationKind::Represents));
            let counsel = party.counsel.iter().map(|one| (one, RelationKind::CounselFor));
            for (one, kind) in counsel.chain(represent).take(PEOPLE.saturating_sub(people)) {
                let step =
                    StepLine { from: Some(one), kind, backward: false, to: Some(&party.actor) };
                drawing.step(&step, false);
                people += 1;
            }
        }
    }
    for group in groups {
        // A member of whom nothing is told is drawn where pictures may be large; what is told of a
        // member is always drawn.
        let needless = group.items.is_empty() && most < MOST[0].1;
        if needless || (!group.sits && drawing.more(&group) > most) {
            drawing.picture.left_out += if group.items.is_empty() { 0 } else { group.ids.len() };
        } else {
            drawing.group(group);
        }
    }
    drawing.columns();
    drawing.picture
}

fn disclosed<'a>(line: &DisclosureLine<'a>) -> Item<'a> {
    Item {
        found: FoundLine { rule: line.rule, severity: line.severity, bars: false },
        path: line.path.iter().map(|step| (*step, false)).collect(),
        count: line.count,
    }
}

/// What the screening found: more about the members of the panel, and then all others, the most
/// serious first.
fn screened<'a>(desk: &Desk<'a>, ix: DisputeIx, groups: &mut Vec<Group<'a>>) {
    let screened = desk.source.screened;
    let mut found: Vec<MediatorIx> = screened.conflicts.found(ix).to_vec();
    found.dedup();
    let mut others: Vec<Group<'a>> = Vec::new();
    let named = |m: &MediatorIx| screened.instance.mediator_name(*m);
    // Whoever stands on somebody's path has a box of her own.
    let walked: BTreeSet<&str> = found
        .iter()
        .flat_map(|m| screened.conflicts.findings(ix, *m))
        .flat_map(|finding| finding.witness.iter())
        .map(|step| screened.instance.actor_name(step.to))
        .collect();
    for mediator in &found {
        let own = screened.conflicts.findings(ix, *mediator).iter();
        let items: Vec<Item<'a>> = own.filter_map(|finding| item(desk, finding)).collect();
        let id = named(mediator);
        if let Some(member) = groups.iter_mut().find(|group| group.ids.first() == Some(&id)) {
            let known: Vec<&str> = member.items.iter().map(|item| item.found.rule.id).collect();
            let fresh = |item: &Item<'_>| !known.contains(&item.found.rule.id);
            let fresh: Vec<Item<'a>> = items.into_iter().filter(fresh).collect();
            member.items.extend(fresh);
            continue;
        }
        let alike = |group: &&mut Group<'a>| {
            group.items.len() == items.len()
                && group.items.iter().zip(&items).all(|(a, b)| a.same(b))
                && !group.ids.iter().chain([&id]).any(|one| walked.contains(one))
        };
        match others.iter_mut().find(alike) {
            Some(group) => group.ids.push(id),
            None => others.push(Group { ids: vec![id], sits: false, items }),
        }
    }
    let worst = |group: &Group<'_>| group.items.iter().map(|i| i.found.severity).max();
    others.sort_by_key(|group| std::cmp::Reverse((worst(group), group.ids.len())));
    groups.extend(others);
}

fn item<'a>(desk: &Desk<'a>, finding: &Finding) -> Option<Item<'a>> {
    let instance = &desk.source.screened.instance;
    let path = finding.witness.iter().map(|step| {
        let line = StepLine {
            from: Some(instance.actor_name(step.from)),
            kind: step.kind,
            backward: step.backward,
            to: Some(instance.actor_name(step.to)),
        };
        (line, step.confidential)
    });
    Some(Item {
        found: FoundLine {
            rule: desk.rules.get(finding.rule.rule(instance).id.as_str()).copied()?,
            severity: finding.severity,
            bars: finding.bars(),
        },
        path: path.collect(),
        count: finding.count.map(|count| (count, instance.actor_name(finding.target))),
    })
}

/// A picture in the making.
struct Drawing<'d, 'a> {
    desk: &'d Desk<'a>,
    picture: PictureView<'a>,
    /// The box of an id; of a dispute that is not told of, under the empty id, which nobody has.
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Drawing<'_, 'a> {
    /// The box of an actor, made where it is missing.
    fn node(&mut self, id: Option<&'a str>) -> usize {
        let nodes = &mut self.picture.nodes;
        let desk = self.desk;
        *self.places.entry(id.unwrap_or_default()).or_insert_with(|| {
            let instance = &desk.source.screened.instance;
            let actor = id.and_then(|id| desk.actors.get(id));
            nodes.push(PictureNode {
                ids: id.into_iter().collect(),
                kind: actor.map_or(NodeKind::Dispute, |actor| instance.actor(*actor).node),
                party: None,
                sits: false,
                found: Vec::new(),
                column: usize::MAX,
            });
            nodes.len() - 1
        })
    }

    fn step(&mut self, step: &StepLine<'a>, confidential: bool) {
        let (a, b) = (self.node(step.from), self.node(step.to));
        let (from, to) = if step.backward { (b, a) } else { (a, b) };
        let says = Says::Relation(step.kind);
        self.picture.edges.push(PictureEdge { from, to, says, confidential });
    }

    /// How many boxes there would be with a group.
    fn more(&self, group: &Group<'a>) -> usize {
        let steps = group.items.iter().flat_map(|item| &item.path);
        let ends = steps.flat_map(|(step, _)| [step.from, step.to]);
        let counted =
            group.items.iter().filter_map(|item| item.count).map(|(_, whose)| Some(whose));
        let own = group.ids.first().map(|id| Some(*id));
        let all: BTreeSet<&str> =
            ends.chain(counted).chain(own).map(Option::unwrap_or_default).collect();
        let fresh = all.iter().filter(|id| !self.places.contains_key(*id)).count();
        self.picture.nodes.len() + fresh
    }

    fn group(&mut self, group: Group<'a>) {
        let Some(first) = group.ids.first().copied() else { return };
        let own = self.node(Some(first));
        for item in &group.items {
            for (step, secret) in &item.path {
                self.step(step, *secret);
            }
            if let Some((times, whose)) = item.count {
                let from = self.node(Some(whose));
                let says = Says::Times(times);
                self.picture.edges.push(PictureEdge { from, to: own, says, confidential: false });
            }
        }
        let node = &mut self.picture.nodes[own];
        node.ids = group.ids;
        node.sits = group.sits;
        node.found = group.items.iter().map(|item| item.found).collect();
    }

    /// Sorts the arrows and gives each box its distance from the parties; what no arrow leads to
    /// stands beside them.
    fn columns(&mut self) {
        let PictureView { nodes, edges, .. } = &mut self.picture;
        edges.sort_unstable();
        edges.dedup();
        let parties = nodes.iter().enumerate().filter(|(_, node)| node.party.is_some());
        let mut next: VecDeque<usize> = parties.map(|(at, _)| at).collect();
        for at in &next {
            nodes[*at].column = 0;
        }
        while let Some(at) = next.pop_front() {
            for edge in edges.iter() {
                let other = if edge.from == at { edge.to } else { edge.from };
                let touches = edge.from == at || edge.to == at;
                if touches && nodes[other].column == usize::MAX {
                    nodes[other].column = nodes[at].column + 1;
                    next.push_back(other);
                }
            }
        }
        // What leads elsewhere (to a third State, to the dispute) hangs together beside the parties.
        for node in nodes.iter_mut().filter(|node| node.column == usize::MAX) {
            let own = matches!(node.kind, NodeKind::Mediator | NodeKind::Person);
            node.column = usize::from(own);
        }
    }
}

impl<'a> DisputeView<'a> {
    /// Ids of the boxes of its picture.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.picture.nodes.iter().flat_map(|node| node.ids.iter().copied())
    }
}
