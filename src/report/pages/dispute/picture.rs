//! The conflict graph around a dispute as a drawing, and the same as a list.
//!
//! * Columns from right to left by distance from the parties (the view lays them out);
//!   arrows run between neighbouring columns or within one. Each arrow has a place of its own at the
//!   edge of the box that is farther from the parties, and its words stand there: no two labels meet.
//! * **Invariant**: no two boxes overlap, and all is inside of the frame (tests).

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::path::called;
use super::shapes::{Frame, LINE, cut, frame, lines, width};
use super::word;
use crate::format::{NodeKind, Severity};
use crate::report::pages::shared::rule;
use crate::report::texts::Texts;
use crate::report::view::{DisputeView, PictureEdge, PictureNode, PictureView, Says, View};

/// Widest text of a box, and widest label.
const WIDEST: usize = 260;
/// Names in a box; the others are counted.
const NAMES: usize = 3;
/// Between boxes.
const GAP: usize = 12;
/// Height that an arrow takes at its box.
const SLOT: usize = 15;

/// The drawing laid out.
pub(super) struct Layout {
    pub(super) boxes: Vec<(Frame, Vec<String>)>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// An arrow with its words.
pub(super) struct Arrow {
    /// At the outer box, where the words stand.
    pub(super) outer: (usize, usize),
    /// At the other box.
    pub(super) inner: (usize, usize),
    /// Whether it points to the outer box.
    outward: bool,
    /// Whether both stand in one column.
    bent: bool,
    counts: bool,
    pub(super) label: String,
}

/// The section of a dispute.
pub(super) fn graph(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let picture = &dispute.picture;
    let heading = texts.say("dispute-graph");
    // Without a panel there is nothing that a party could be told about it.
    if view.for_party() && dispute.panel.is_empty() && !picture.tells() && picture.left_out == 0 {
        return html! {};
    }
    html! {
        h4 { (heading) }
        @if !picture.tells() && picture.left_out > 0 {
            // What was found is not drawn; the note below says so.
        } @else if !picture.tells() {
            p { (texts.say(if view.for_party() { "dispute-graph-none-told" } else { "dispute-graph-none" })) }
        } @else {
            (drawing(view, texts, dispute))
            // On the page of a large docket the title of the drawing says it.
            @if !super::large(view) {
                details {
                    summary { (texts.say("dispute-graph-list")) }
                    (list(view, texts, picture))
                }
            }
        }
        @if picture.left_out > 0 {
            p.note {
                (texts.tell("dispute-graph-more", &[("n", picture.left_out.into())]))
                @if !view.for_party() && !super::large(view) { " " (texts.say("dispute-graph-all")) " " code { "comity conflicts INSTANCE --dispute " (dispute.id) " --format svg" } }
            }
        }
    }
}

fn drawing(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let at = layout(view, texts, &dispute.picture);
    let id = format!("g{}", dispute.number);
    let title = texts.tell("dispute-graph-title", &[("dispute", dispute.id.into())]);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(title) {
            svg.gr.w viewBox={ "0 0 " (at.width) " " (at.height) } width=(at.width) height=(at.height) role="img" aria-labelledby=(id) {
                title id=(id) { (title) @if super::large(view) { ": " (in_words(view, texts, &dispute.picture)) } }
                @for counts in [false, true] {
                    @let ways: String = at.arrows.iter().filter(|a| a.counts == counts).map(way).collect();
                    @if !ways.is_empty() { path d=(ways) class=[counts.then_some("c")] {} }
                }
                g.l {
                    @for arrow in &at.arrows {
                        text x=(arrow.outer.0 + 9) y=(arrow.outer.1.saturating_sub(3)) { (arrow.label) }
                    }
                }
                @for ((frame_of, said), node) in at.boxes.iter().zip(&dispute.picture.nodes) {
                    (frame(*frame_of, node.kind, class(node)))
                    (lines(*frame_of, said))
                }
            }
        }
    }
}

/// The arrows as text.
fn in_words(view: &View<'_>, texts: &Texts, picture: &PictureView<'_>) -> String {
    let said: Vec<String> =
        picture.edges.iter().map(|edge| sentence(view, texts, picture, edge, 1)).collect();
    said.join(&texts.say("dispute-then"))
}

/// An arrow as text, with so many names at most.
fn sentence(
    view: &View<'_>,
    texts: &Texts,
    picture: &PictureView<'_>,
    edge: &PictureEdge,
    names: usize,
) -> String {
    let who = |at: usize| {
        picture.nodes.get(at).map_or_else(String::new, |node| named(view, texts, node, names))
    };
    let (from, says, to) = (who(edge.from), label(texts, edge), who(edge.to));
    texts.tell("dispute-step", &[("from", from.into()), ("says", says.into()), ("to", to.into())])
}

/// The outline of an arrow with its head.
fn way(arrow: &Arrow) -> String {
    let ((ax, ay), (bx, by)) = (arrow.outer, arrow.inner);
    let way = if arrow.bent {
        format!("M{ax} {ay}c40 0 40 {} 0 {}", by as i64 - ay as i64, by as i64 - ay as i64)
    } else {
        let bend = usize::midpoint(ax, bx);
        format!("M{ax} {ay}C{bend} {ay} {bend} {by} {bx} {by}")
    };
    // Both ends of a bent arrow are at the right of a box, so that its head points to the left.
    let head = match (arrow.outward, arrow.bent) {
        (true, _) => format!("M{} {}l-6 4 6 4", ax + 6, ay.saturating_sub(4)),
        (false, true) => format!("M{} {}l-6 4 6 4", bx + 6, by.saturating_sub(4)),
        (false, false) => "m-6-4l6 4-6 4".to_owned(),
    };
    way + &head
}

/// The class of a box: severity by the line, States by their ground.
fn class(node: &PictureNode<'_>) -> &'static str {
    match (node.severity(), node.kind) {
        (Severity::NonWaivableRed, _) => "n",
        (Severity::WaivableRed, _) => "r",
        (Severity::Orange, _) => "o",
        (Severity::Green, _) => "g",
        (Severity::Clear, NodeKind::State) => "s",
        (Severity::Clear, _) => "",
    }
}

/// Names in one line.
fn named(view: &View<'_>, texts: &Texts, node: &PictureNode<'_>, most: usize) -> String {
    let names = node.ids.iter().take(most).map(|id| view.names.of(id).to_owned());
    match node.ids.len() {
        0 => called(view, texts, None),
        n if n > most => texts.tell(
            "dispute-and-more",
            &[("names", texts.list(names).into()), ("n", (n - most).into())],
        ),
        _ => texts.list(names),
    }
}

/// What stands in a box: who, as what, and how serious it is.
fn said(view: &View<'_>, texts: &Texts, node: &PictureNode<'_>) -> Vec<String> {
    let large = super::large(view);
    let mut said: Vec<String> = if large || node.ids.len() < 2 {
        vec![named(view, texts, node, 1)]
    } else {
        node.ids.iter().take(NAMES).map(|id| view.names.of(id).to_owned()).collect()
    };
    if !large && node.ids.len() > NAMES {
        said.push(texts.tell("dispute-more", &[("n", (node.ids.len() - NAMES).into())]));
    }
    let part = match node.party {
        Some(party) => Some(texts.tell("dispute-party", &[("party", party.into())])),
        None if node.sits => Some(texts.say("dispute-sits")),
        // The kind is told by the shape, and in words where there is room.
        None if large => None,
        None => Some(word(texts, "node", node.kind)),
    };
    let found = (!node.found.is_empty()).then(|| word(texts, "severity", node.severity()));
    said.extend(match (part, found) {
        (Some(part), Some(found)) => Some(format!("{part}: {found}")),
        (part, found) => part.or(found),
    });
    said.into_iter().map(|line| cut(&line, WIDEST)).collect()
}

fn label(texts: &Texts, edge: &PictureEdge) -> String {
    let says = match edge.says {
        Says::Relation(kind) => word(texts, "relation", kind),
        Says::Times(n) => texts.tell("dispute-times", &[("n", n.into())]),
    };
    if edge.confidential { format!("{says} ({})", texts.say("dispute-confidential")) } else { says }
}

/// Gives every box and every arrow its place.
pub(super) fn layout(view: &View<'_>, texts: &Texts, picture: &PictureView<'_>) -> Layout {
    let ends = |edge: &PictureEdge| {
        let column = |at: usize| picture.nodes.get(at).map_or(0, |node| node.column);
        // The outer end first.
        let turned = column(edge.to) > column(edge.from);
        if turned { (edge.to, edge.from) } else { (edge.from, edge.to) }
    };
    let column = |at: usize| picture.nodes.get(at).map_or(0, |node| node.column);
    // How many arrows have their place at the right of a box: those for which it is the outer one,
    // and both ends of those within a column.
    let mut slots = vec![0_usize; picture.nodes.len()];
    let mut take = |at: usize| {
        let slot = slots.get_mut(at)?;
        *slot += 1;
        Some(*slot - 1)
    };
    let taken: Vec<(usize, usize)> = picture
        .edges
        .iter()
        .map(|edge| {
            let (outer, inner) = ends(edge);
            let own = take(outer).unwrap_or(0);
            let other = if column(outer) == column(inner) { take(inner) } else { None };
            (own, other.unwrap_or(0))
        })
        .collect();
    let labels: Vec<String> =
        picture.edges.iter().map(|edge| cut(&label(texts, edge), WIDEST)).collect();
    let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let inside: Vec<Vec<String>> =
        picture.nodes.iter().map(|node| said(view, texts, node)).collect();
    let sizes = inside.iter().zip(&slots).map(|(lines, slots)| {
        let wide = lines.iter().map(|line| width(line)).max().unwrap_or(0) + 20;
        (wide, (lines.len() * LINE + 10).max(slots * SLOT + 10))
    });
    let frames = picture.arranged(sizes.collect(), (GAP, widest + 44));
    let boxes: Vec<(Frame, Vec<String>)> = frames
        .into_iter()
        .map(|[x, y, width, height]| Frame { x, y, width, height })
        .zip(inside)
        .collect();
    let mut inward: BTreeMap<usize, usize> = BTreeMap::new();
    let mut arrows = Vec::new();
    for ((edge, (own, other)), label) in picture.edges.iter().zip(taken).zip(labels) {
        let (outer, inner) = ends(edge);
        let (Some((a, _)), Some((b, _))) = (boxes.get(outer), boxes.get(inner)) else { continue };
        let bent = column(outer) == column(inner);
        let place = |frame: &Frame, slot: usize| frame.y + SLOT + 2 + slot * SLOT;
        let seen = inward.entry(inner).or_default();
        *seen += 1;
        let inner_end = if bent {
            (b.x + b.width, place(b, other))
        } else {
            // The places at the left are as many as there is height for, and then again from the top.
            (b.x, b.y + 6 + (*seen * 7) % b.height.saturating_sub(12).max(1))
        };
        arrows.push(Arrow {
            outer: (a.x + a.width, place(a, own)),
            inner: inner_end,
            outward: edge.to == outer,
            bent,
            counts: matches!(edge.says, Says::Times(_)),
            label,
        });
    }
    let right = boxes.iter().map(|(at, _)| at.x + at.width).max().unwrap_or(0);
    let beside = arrows
        .iter()
        .filter(|arrow| arrow.bent)
        .map(|arrow| arrow.outer.0 + 12 + width(&arrow.label).max(30));
    let bottom = boxes.iter().map(|(at, _)| at.y + at.height).max().unwrap_or(0);
    let width = beside.chain([right]).max().unwrap_or(right) + GAP;
    Layout { boxes, arrows, width, height: bottom + GAP }
}

/// The same as a list: who stands how to whom, and what the rules make of it.
fn list(view: &View<'_>, texts: &Texts, picture: &PictureView<'_>) -> Markup {
    html! {
        ul {
            @for edge in &picture.edges { li { (sentence(view, texts, picture, edge, usize::MAX)) } }
        }
        ul {
            @for node in picture.nodes.iter().filter(|node| !node.found.is_empty()) {
                li {
                    bdi { (named(view, texts, node, usize::MAX)) } (texts.say("colon"))
                    @for (at, found) in node.found.iter().enumerate() {
                        @if at > 0 { (texts.say("dispute-then")) }
                        (texts.tell("dispute-found", &[
                            ("rule", rule(texts, found.rule).into()),
                            ("severity", word(texts, "severity", found.severity).into()),
                        ]))
                        @if found.bars { (texts.say("dispute-bars")) }
                    }
                }
            }
        }
    }
}
