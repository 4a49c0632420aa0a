//! A second, naive statement of the rules: every walk up to a length, step by step.

use crate::domain::{ActorIx, Instance};
use crate::format::{EdgePatternDoc, RelationKind, Repeat, StepDoc, When};
use crate::time::{Date, DateSpan};

pub(super) struct PlainEdge {
    pub(super) from: ActorIx,
    pub(super) to: ActorIx,
    pub(super) kind: RelationKind,
    pub(super) span: DateSpan,
    pub(super) significant: bool,
    pub(super) share: Option<i64>,
    pub(super) confidential: bool,
}

/// Every edge, written down once more from the document's point of view.
pub(super) fn edges(instance: &Instance) -> Vec<PlainEdge> {
    let implied = |from, to, kind, span| PlainEdge {
        from,
        to,
        kind,
        span,
        significant: false,
        share: None,
        confidential: false,
    };
    let open = DateSpan::default();
    let mut edges = Vec::new();
    for dispute in instance.disputes() {
        for party in &dispute.parties {
            for person in &party.representatives {
                edges.push(implied(*person, party.actor, RelationKind::Represents, open));
            }
            for counsel in &party.counsel {
                edges.push(implied(*counsel, party.actor, RelationKind::CounselFor, open));
            }
        }
    }
    for mediator in instance.mediators() {
        for d in &mediator.designations {
            edges.push(implied(mediator.actor, d.by, RelationKind::DesignatedBy, d.span));
        }
    }
    for (position, actor) in instance.actors().iter().enumerate() {
        let own = ActorIx::new(position);
        for n in &actor.nationalities {
            edges.push(implied(own, n.state, RelationKind::Nationality, n.span));
        }
        for member in &actor.members {
            edges.push(implied(own, *member, RelationKind::HasMember, open));
        }
    }
    for r in instance.relations() {
        edges.push(PlainEdge {
            from: r.from,
            to: r.to,
            kind: r.kind,
            span: r.span,
            significant: r.significant,
            share: r.share,
            confidential: r.confidential,
        });
    }
    edges
}

pub(super) struct Oracle<'a> {
    pub(super) edges: &'a [PlainEdge],
    pub(super) as_of: Date,
    pub(super) dates: &'a [Date],
    pub(super) confidential: bool,
}

impl Oracle<'_> {
    fn matches(&self, edge: &PlainEdge, pattern: &EdgePatternDoc) -> bool {
        let holds = match pattern.when {
            None | Some(When::Current) => edge.span.contains(self.as_of),
            Some(When::TestDates) => self.dates.iter().any(|date| edge.span.contains(*date)),
            Some(When::Within) => {
                let from = self.as_of.years_before(pattern.years.unwrap_or(0));
                edge.span.first.is_none_or(|first| first <= self.as_of)
                    && edge.span.last.is_none_or(|last| last >= from)
            }
            Some(When::Ended) => edge.span.last.is_some_and(|last| last < self.as_of),
            Some(When::Ever) => edge.span.first.is_none_or(|first| first <= self.as_of),
        };
        holds
            && edge.kind == pattern.kind
            && pattern.significant.is_none_or(|s| s == edge.significant)
            && pattern.share_above.is_none_or(|above| edge.share.is_some_and(|s| s > above.0))
            && (self.confidential || !edge.confidential)
    }

    /// Length of a shortest walk from `at` to `target` along the path, at most `most` edges.
    pub(super) fn shortest(
        &self,
        path: &[StepDoc],
        at: ActorIx,
        target: ActorIx,
        most: usize,
    ) -> Option<usize> {
        let Some((step, rest)) = path.split_first() else {
            return (at == target).then_some(0);
        };
        let repeat = step.repeat.unwrap_or(Repeat::Once);
        let mut best =
            if repeat == Repeat::Once { None } else { self.shortest(rest, at, target, most) };
        let after = if repeat == Repeat::Any { path } else { rest };
        for edge in self.edges {
            if best.unwrap_or(most + 1) < 1 || most == 0 {
                break;
            }
            for pattern in &step.any {
                let (from, to) = if pattern.backward.unwrap_or(false) {
                    (edge.to, edge.from)
                } else {
                    (edge.from, edge.to)
                };
                if from == at && self.matches(edge, pattern) {
                    let bound = best.map_or(most, |b| b - 1).saturating_sub(1).min(most - 1);
                    if let Some(length) = self.shortest(after, to, target, bound) {
                        best = Some(best.map_or(length + 1, |b| b.min(length + 1)));
                    }
                }
            }
        }
        best
    }
}
