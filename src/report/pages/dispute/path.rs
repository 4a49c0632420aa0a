//! What the parties are to be told, each with the path that shows it as a small picture.
//!
//! The picture stands upright, so that a phone shows it without turning: a box for each node of the
//! path and between two of them an arrow in the direction of the relation, with its words. Its title
//! tells the same in order.

use maud::{Markup, html};

use super::shapes::{Frame, LINE, cut, frame, lines, width};
use super::word;
use crate::format::NodeKind;
use crate::report::pages::shared::rule;
use crate::report::texts::Texts;
use crate::report::view::{Case, DisclosureLine, DisputeView, Names, StepLine, View};

/// Widest text of a box.
const WIDEST: usize = 250;
/// From one box to the next.
const BETWEEN: usize = 34;

/// The disclosures of a dispute.
pub(super) fn disclosures(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    html! {
        h4 { (texts.say("dispute-disclosures")) }
        @for (number, line) in dispute.disclosures.iter().enumerate() {
            div.dc {
                (told(view, texts, line))
                @if !line.path.is_empty() {
                    (picture(view, texts, dispute, &line.path, &format!("p{}-{number}", dispute.number)))
                }
            }
        }
    }
}

/// A disclosure in words.
fn told(view: &View<'_>, texts: &Texts, line: &DisclosureLine<'_>) -> Markup {
    let names = &view.names;
    let other = || texts.say("dispute-other");
    html! {
        div {
            p { b { bdi { (names.of(line.mediator)) } } (texts.say("colon")) (rule(texts, line.rule)) " " code { (line.rule.id) } }
            ul {
                li { (texts.say("dispute-severity")) (texts.say("colon")) (word(texts, "severity", line.severity)) }
                @if let Some((times, whose)) = line.count {
                    li { (texts.tell("dispute-count", &[("n", times.into()), ("whose", names.of(whose).into())])) }
                }
                @if let Some(case) = line.case {
                    li { (texts.say("dispute-case")) (texts.say("colon")) bdi { (case_name(names, case, other)) } }
                }
                @if let Some(cure) = line.cure { li { (word(texts, "cure", cure)) } }
                @if let Some(reason) = line.reason {
                    li { (texts.say("dispute-cure-reason")) (texts.say("colon")) bdi { (reason) } }
                }
            }
        }
    }
}

/// A related dispute or past case; what stands for one that a party is not told of.
fn case_name(names: &Names<'_>, case: Case<'_>, other: impl Fn() -> String) -> String {
    match case {
        Case::Named(id) => names.of(id).to_owned(),
        Case::Another => other(),
    }
}

/// A node of a path by name.
pub(super) fn called(view: &View<'_>, texts: &Texts, id: Option<&str>) -> String {
    id.map_or_else(|| texts.say("dispute-other"), |id| view.names.of(id).to_owned())
}

/// A step as text, in the direction of the relation.
pub(super) fn step(view: &View<'_>, texts: &Texts, step: &StepLine<'_>) -> String {
    let (from, to) = if step.backward { (step.to, step.from) } else { (step.from, step.to) };
    texts.tell(
        "dispute-step",
        &[
            ("from", called(view, texts, from).into()),
            ("says", word(texts, "relation", step.kind).into()),
            ("to", called(view, texts, to).into()),
        ],
    )
}

/// A path as text, step by step.
pub(super) fn in_words(view: &View<'_>, texts: &Texts, path: &[StepLine<'_>]) -> String {
    let steps: Vec<String> = path.iter().map(|one| step(view, texts, one)).collect();
    steps.join(&texts.say("dispute-then"))
}

/// The boxes of a path with what stands in them, and the size of the whole.
pub(super) fn boxes(
    view: &View<'_>,
    texts: &Texts,
    dispute: &DisputeView<'_>,
    path: &[StepLine<'_>],
) -> (Vec<(Frame, NodeKind, Vec<String>)>, usize, usize) {
    let first = path.first().map(|step| step.from);
    let stops: Vec<Option<&str>> = first.into_iter().chain(path.iter().map(|s| s.to)).collect();
    let said: Vec<(NodeKind, Vec<String>)> = stops
        .iter()
        .map(|id| {
            let kind = kind(dispute, *id);
            (kind, vec![cut(&called(view, texts, *id), WIDEST), word(texts, "node", kind)])
        })
        .collect();
    let texts_of = said.iter().flat_map(|(_, lines)| lines).map(|line| width(line));
    let labels = path.iter().map(|step| width(&word(texts, "relation", step.kind)) + 30);
    let wide = texts_of.chain(labels).max().unwrap_or(0).min(WIDEST + 40) + 20;
    let height = 2 * LINE + 10;
    let boxed = said.into_iter().enumerate().map(|(number, (kind, lines))| {
        let y = 2 + number * (height + BETWEEN);
        (Frame { x: 2, y, width: wide, height }, kind, lines)
    });
    let boxed: Vec<_> = boxed.collect();
    let tall = boxed.last().map_or(0, |(at, ..)| at.y + at.height + 2);
    (boxed, wide + 4, tall)
}

/// What kind of node stands somewhere on a path: the picture of the dispute has them all.
fn kind(dispute: &DisputeView<'_>, id: Option<&str>) -> NodeKind {
    let mut nodes = dispute.picture.nodes.iter();
    let own = nodes.find(|node| match id {
        Some(id) => node.ids.contains(&id),
        None => node.ids.is_empty(),
    });
    own.map_or(NodeKind::Dispute, |node| node.kind)
}

fn picture(
    view: &View<'_>,
    texts: &Texts,
    dispute: &DisputeView<'_>,
    path: &[StepLine<'_>],
    id: &str,
) -> Markup {
    let (boxes, wide, tall) = boxes(view, texts, dispute, path);
    html! {
        svg.gr viewBox={ "0 0 " (wide) " " (tall) } width=(wide) height=(tall) role="img" aria-labelledby=(id) {
            title id=(id) { (in_words(view, texts, path)) }
            @for (at, kind, said) in &boxes {
                (frame(*at, *kind, if *kind == NodeKind::State { "s" } else { "" }))
                (lines(*at, said))
            }
            @for ((at, ..), step) in boxes.iter().zip(path) {
                @let (top, end) = (at.y + at.height, at.y + at.height + BETWEEN);
                @if step.backward {
                    path d={ "M24 " (end) "V" (top) "m-4 6l4-6 4 6" } {}
                } @else {
                    path d={ "M24 " (top) "V" (end) "m-4-6l4 6 4-6" } {}
                }
                text x="34" y=(top + BETWEEN / 2 + 4) { (cut(&word(texts, "relation", step.kind), WIDEST)) }
            }
        }
    }
}
