//! A second, naive statement of the rules: every walk up to a length, step by step.

use crate::domain::{ActorIx, Instance, WordIx};
use crate::format::{EdgePatternDoc, RelationKind, Repeat, StepDoc, When};
use crate::time::{Date, DateSpan};

pub(super) struct PlainEdge {
    pub(super) from: ActorIx,
    pub(super) to: ActorIx,
    pub(super) kind: RelationKind,
    pub(super) span: DateSpan,
    pub(super) significant: bool,
    pub(super) share: Option<i64>,
    pub(super) role: Option<String>,
    pub(super) tags: Vec<String>,
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
        role: None,
        tags: Vec::new(),
        confidential: false,
    };
    let word = |word: &WordIx| WORDS[word.ix()].to_owned();
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
    // What runs from a node to itself says nothing; `relations` may not say it.
    edges.retain(|edge| edge.from != edge.to);
    for r in instance.relations() {
        edges.push(PlainEdge {
            from: r.from,
            to: r.to,
            kind: r.kind,
            span: r.span,
            significant: r.significant,
            share: r.share,
            role: r.role.as_ref().map(word),
            tags: r.tags.iter().map(word).collect(),
            confidential: r.confidential,
        });
    }
    edges
}

/// The words of random worlds, in order.
pub(super) const WORDS: [&str; 3] = ["partner", "listed", "regular"];

#[derive(Clone, Copy)]
pub(super) struct Oracle<'a> {
    pub(super) instance: &'a Instance,
    /// A day on which every edge must hold.
    pub(super) day: Option<Date>,
    pub(super) edges: &'a [PlainEdge],
    pub(super) as_of: Date,
    pub(super) dates: &'a [Date],
    pub(super) confidential: bool,
}

impl Oracle<'_> {
    /// The same with all edges on one day: the best over every day on which something changes.
    pub(super) fn shortest_together(
        &self,
        path: &[StepDoc],
        at: ActorIx,
        target: ActorIx,
        most: usize,
    ) -> Option<usize> {
        let mut days: Vec<Date> =
            self.edges.iter().flat_map(|e| [e.span.first, e.span.last]).flatten().collect();
        days.extend(self.dates);
        days.extend([self.as_of, self.as_of.years_before(3), self.as_of.years_before(100)]);
        let on = |day: Date| Oracle { day: Some(day), ..*self }.shortest(path, at, target, most);
        days.into_iter().filter_map(on).min()
    }

    fn on_the_day(&self, edge: &PlainEdge, pattern: &EdgePatternDoc, day: Date) -> bool {
        edge.span.contains(day)
            && match pattern.when.unwrap_or(When::Current) {
                When::Current => day == self.as_of,
                When::TestDates => self.dates.contains(&day),
                When::Within => {
                    self.as_of.years_before(pattern.years.unwrap_or(0)) <= day && day <= self.as_of
                }
                When::Ever => day <= self.as_of,
                When::Ended => true,
            }
    }

    fn matches(&self, edge: &PlainEdge, pattern: &EdgePatternDoc, into: ActorIx) -> bool {
        let words = edge.role.as_ref().map_or(pattern.roles.is_empty(), |role| {
            pattern.roles.is_empty() || pattern.roles.contains(role)
        }) && pattern.tags.iter().all(|tag| edge.tags.contains(tag))
            && !pattern.without.iter().any(|tag| edge.tags.contains(tag))
            && (pattern.into.is_empty() || pattern.into.contains(&self.instance.actor(into).node))
            && self.day.is_none_or(|day| self.on_the_day(edge, pattern, day));
        let holds = match pattern.when {
            None | Some(When::Current) => edge.span.contains(self.as_of),
            Some(When::TestDates) => self.dates.iter().any(|date| edge.span.contains(*date)),
            Some(When::Within) => {
                let from = self.as_of.years_before(pattern.years.unwrap_or(0));
                edge.span.first.is_none_or(|first| first <= self.as_of)
                    && edge.span.last.is_none_or(|last| last >= from)
            }
            Some(When::Ended) => edge.span.last.is_some_and(|last| {
                let from = pattern.years.map(|years| self.as_of.years_before(years));
                last < self.as_of && from.is_none_or(|from| from <= last)
            }),
            Some(When::Ever) => edge.span.first.is_none_or(|first| first <= self.as_of),
        };
        holds
            && words
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
        let mut best = if matches!(repeat, Repeat::Once | Repeat::Some) {
            None
        } else {
            self.shortest(rest, at, target, most)
        };
        // Once more of a step that may be taken again.
        let again: Vec<StepDoc> = [StepDoc { repeat: Some(Repeat::Any), ..step.clone() }]
            .into_iter()
            .chain(rest.iter().cloned())
            .collect();
        let after = match repeat {
            Repeat::Any | Repeat::Some => &again,
            Repeat::Once | Repeat::Optional => rest,
        };
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
                if from == at && self.matches(edge, pattern, to) {
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
