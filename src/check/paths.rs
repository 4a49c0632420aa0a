//! Walks through the conflict graph that match a rule.
//!
//! * Takes a graph and a query; answers which nodes reach a target and by which shortest walk.
//! * A plain breadth-first search over pairs (node, position in the list of steps): a step that
//!   may be left out is crossed for free, one that may be taken again keeps its position.
//! * O(edges x steps) a search. Where all edges must hold `together`, a plain search comes first;
//!   if it finds anything, one more for each day on which an edge that it took, or the period
//!   asked for, begins: the common days of a walk begin on one of these.

use std::collections::{BTreeSet, VecDeque};

use crate::format::{EdgePatternDoc, When};

use super::clock;
use super::graph::{Edge, Graph};
use super::rules::Step;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Query<'q> {
    pub(super) steps: &'q [Step],
    /// Whether all edges must hold on one day.
    pub(super) together: bool,
    /// The test dates.
    pub(super) tests: &'q [i64],
    /// Whether confidential relations may be used.
    pub(super) secret: bool,
    /// Relations that are left out.
    pub(super) without: &'q BTreeSet<usize>,
}

/// A walk: edges and whether each is walked backward.
pub(super) type Walk = Vec<(usize, bool)>;

/// The days on which some common days may begin.
type Days = BTreeSet<i64>;

impl Graph<'_> {
    /// Every node from which a walk along the steps ends at a target other than the node.
    pub(super) fn sources(&self, query: &Query<'_>, targets: &BTreeSet<usize>) -> Vec<bool> {
        let mut days = Days::new();
        let plain = self.reach(query, targets, None, &mut days);
        if !query.together || !plain.contains(&true) {
            return plain;
        }
        let mut found = vec![false; plain.len()];
        for day in days {
            let on_day = self.reach(query, targets, Some(day), &mut Days::new());
            found.iter_mut().zip(on_day).for_each(|(all, one)| *all |= one);
        }
        found
    }

    fn reach(
        &self,
        query: &Query<'_>,
        targets: &BTreeSet<usize>,
        day: Option<i64>,
        days: &mut Days,
    ) -> Vec<bool> {
        let mut found = self.backward(query, targets, day, days);
        for &target in targets {
            // WHY: a target may have reached only itself; it counts when it reaches another.
            if found.get(target).copied().unwrap_or(false) {
                let others = targets.iter().copied().filter(|t| *t != target).collect();
                let again = self.backward(query, &others, day, &mut Days::new());
                found[target] = again.get(target).copied().unwrap_or(false);
            }
        }
        found
    }

    fn backward(
        &self,
        query: &Query<'_>,
        targets: &BTreeSet<usize>,
        day: Option<i64>,
        days: &mut Days,
    ) -> Vec<bool> {
        let steps = query.steps;
        let width = steps.len() + 1;
        let mut seen = vec![false; self.names.len() * width];
        let mut queue: Vec<(usize, usize)> = Vec::new();
        let mut visit = |queue: &mut Vec<(usize, usize)>, node: usize, at: usize| {
            if let Some(cell) = seen.get_mut(node * width + at)
                && !*cell
            {
                *cell = true;
                queue.push((node, at));
            }
        };
        for &target in targets {
            visit(&mut queue, target, steps.len());
        }
        while let Some((node, at)) = queue.pop() {
            if at > 0 && steps.get(at - 1).is_some_and(|s| s.skip) {
                visit(&mut queue, node, at - 1);
            }
            let again = steps.get(at).filter(|s| s.again).map(|s| (s, at));
            let single =
                at.checked_sub(1).and_then(|i| Some((steps.get(i)?, i))).filter(|(s, _)| !s.again);
            for (step, before) in again.into_iter().chain(single) {
                for (index, walked_backward) in self.incident(node, true) {
                    let edge = &self.edges[index];
                    if self.takes(query, step, edge, walked_backward, day) {
                        if query.together && day.is_none() {
                            self.openings(query, step, edge, walked_backward, days);
                        }
                        let other = if walked_backward { edge.to } else { edge.from };
                        visit(&mut queue, other, before);
                    }
                }
            }
        }
        (0..self.names.len()).map(|node| seen[node * width]).collect()
    }

    /// A shortest walk from a node along the steps to a target other than itself.
    pub(super) fn shortest(
        &self,
        query: &Query<'_>,
        start: usize,
        targets: &BTreeSet<usize>,
    ) -> Option<Walk> {
        let walk = self.forward(query, start, targets, None)?;
        if !query.together {
            return Some(walk);
        }
        let days = self.days(query, targets);
        let walks = days.into_iter().filter_map(|d| self.forward(query, start, targets, Some(d)));
        walks.min_by_key(Vec::len)
    }

    /// The days on which the common days of a walk to a target may begin.
    pub(super) fn days(&self, query: &Query<'_>, targets: &BTreeSet<usize>) -> BTreeSet<i64> {
        let mut days = Days::new();
        self.backward(query, targets, None, &mut days);
        days
    }

    fn forward(
        &self,
        query: &Query<'_>,
        start: usize,
        targets: &BTreeSet<usize>,
        day: Option<i64>,
    ) -> Option<Walk> {
        let steps = query.steps;
        let width = steps.len() + 1;
        let mut far = vec![usize::MAX; self.names.len() * width];
        let mut from: Vec<Option<(usize, usize, bool)>> = vec![None; far.len()];
        let mut queue = VecDeque::new();
        *far.get_mut(start * width)? = 0;
        queue.push_back((start, 0));
        while let Some((node, at)) = queue.pop_front() {
            let here = node * width + at;
            if at == steps.len() && node != start && targets.contains(&node) {
                let mut walk = Walk::new();
                let mut cell = here;
                while let Some(Some((before, edge, backward))) = from.get(cell).copied() {
                    if edge != usize::MAX {
                        walk.push((edge, backward));
                    }
                    cell = before;
                }
                walk.reverse();
                return Some(walk);
            }
            let Some(step) = steps.get(at) else { continue };
            if step.skip {
                let next = here + 1;
                if far[here] < far[next] {
                    far[next] = far[here];
                    from[next] = Some((here, usize::MAX, false));
                    // WHY: leaving a step out costs nothing, so its end is as near as its start.
                    queue.push_front((node, at + 1));
                }
            }
            let after = if step.again { at } else { at + 1 };
            for (index, backward) in self.incident(node, false) {
                let edge = &self.edges[index];
                if !self.takes(query, step, edge, backward, day) {
                    continue;
                }
                let other = if backward { edge.from } else { edge.to };
                let next = other * width + after;
                if far[here] + 1 < far[next] {
                    far[next] = far[here] + 1;
                    from[next] = Some((here, index, backward));
                    queue.push_back((other, after));
                }
            }
        }
        None
    }

    /// Whether a step may take an edge, walked this way; on a day, where one is given.
    pub(super) fn takes(
        &self,
        query: &Query<'_>,
        step: &Step,
        edge: &Edge<'_>,
        backward: bool,
        day: Option<i64>,
    ) -> bool {
        (query.secret || !edge.confidential)
            && edge.relation.is_none_or(|r| !query.without.contains(&r))
            && step.any.iter().any(|pattern| {
                self.alike(pattern, edge, backward)
                    && self.spans(pattern, edge, query.tests).any(|(from, to)| {
                        from <= to && day.is_none_or(|day| from <= day && day <= to)
                    })
            })
    }

    /// Notes the first days on which a step may take an edge that it takes.
    fn openings(
        &self,
        query: &Query<'_>,
        step: &Step,
        edge: &Edge<'_>,
        backward: bool,
        days: &mut Days,
    ) {
        for pattern in step.any.iter().filter(|p| self.alike(p, edge, backward)) {
            let spans = self.spans(pattern, edge, query.tests).filter(|(from, to)| from <= to);
            days.extend(spans.map(|span| span.0));
        }
    }

    /// Whether an edge, walked this way, is of the sort that a pattern describes, days apart.
    pub(super) fn alike(&self, pattern: &EdgePatternDoc, edge: &Edge<'_>, backward: bool) -> bool {
        let kind = || self.kinds.get(if backward { edge.from } else { edge.to });
        pattern.kind == edge.kind
            && pattern.backward.unwrap_or(false) == backward
            && pattern.significant.is_none_or(|s| s == edge.significant)
            && pattern.share_above.is_none_or(|s| edge.share.is_some_and(|e| e > s.micro()))
            && (pattern.roles.is_empty()
                || edge.role.is_some_and(|role| pattern.roles.iter().any(|r| r == role)))
            && pattern.tags.iter().all(|tag| edge.tags.contains(tag))
            && !pattern.without.iter().any(|tag| edge.tags.contains(tag))
            && (pattern.into.is_empty() || kind().is_some_and(|k| pattern.into.contains(k)))
    }

    /// The days of an edge that lie in the period of a pattern; a span may be empty.
    fn spans<'s>(
        &self,
        pattern: &EdgePatternDoc,
        edge: &Edge<'_>,
        tests: &'s [i64],
    ) -> impl Iterator<Item = (i64, i64)> + use<'s> {
        let (start, end, as_of) = (edge.start, edge.end, self.as_of);
        let when = pattern.when.unwrap_or(When::Current);
        let since = |usual| pattern.years.map_or(usual, |y| clock::years_before(as_of, y));
        let period = match when {
            When::Current => (as_of, as_of),
            When::Within => (since(as_of), as_of),
            When::Ever => (i64::MIN, as_of),
            // WHY: an end outside the years, or no end yet, leaves no day.
            When::Ended if end < as_of && end >= since(i64::MIN) => (start, end),
            When::Ended | When::TestDates => (i64::MAX, i64::MIN),
        };
        let dates: &'s [i64] = if when == When::TestDates { tests } else { &[] };
        let dates = dates.iter().map(|&day| (day, day));
        dates.chain([period]).map(move |(from, to)| (start.max(from), end.min(to)))
    }
}
