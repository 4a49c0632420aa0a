//! The conflict graph and walks through it that match a rule.
//!
//! * Takes the instance's facts; answers which actors reach a target and by which shortest walk.
//! * A plain breadth-first search over pairs (actor, position in the list of steps): a step that
//!   may be left out is crossed for free, one that may repeat keeps its position.
//! * O(edges x steps) a search.

use std::collections::{BTreeSet, VecDeque};

use crate::format::{EdgePatternDoc, RelationKind, Repeat, RuleDoc, StepDoc, When, WitnessStepDoc};

use super::clock;
use super::facts::Facts;

/// An edge of the graph; the days are inclusive.
#[derive(Debug, Clone)]
pub(super) struct Edge<'a> {
    from: usize,
    to: usize,
    kind: RelationKind,
    start: i64,
    end: i64,
    significant: bool,
    share: Option<i64>,
    confidential: bool,
    relation: Option<&'a str>,
}

/// The graph.
#[derive(Debug, Clone)]
pub(super) struct Graph<'a> {
    edges: Vec<Edge<'a>>,
    leaving: Vec<Vec<usize>>,
    entering: Vec<Vec<usize>>,
    as_of: i64,
}

/// A walk: edges and whether each is walked backward.
pub(super) type Walk = Vec<(usize, bool)>;

impl<'a> Graph<'a> {
    /// Builds the graph.
    pub(super) fn new(facts: &Facts<'a>) -> Self {
        let count = facts.actors.len();
        let mut graph = Graph {
            edges: Vec::new(),
            leaving: vec![Vec::new(); count],
            entering: vec![Vec::new(); count],
            as_of: facts.as_of,
        };
        let date =
            |text: &Option<String>, open| text.as_deref().and_then(clock::day).unwrap_or(open);
        let find = |id: &str| facts.actor_ix.get(id).copied();
        for r in &facts.doc.relations {
            if let Some((from, to)) = find(&r.from).zip(r.to.as_deref().and_then(find)) {
                graph.add(Edge {
                    start: date(&r.start, i64::MIN),
                    end: date(&r.end, i64::MAX),
                    significant: r.significant.unwrap_or(false),
                    share: r.share.map(crate::format::Decimal::micro),
                    confidential: r.confidential.unwrap_or(false),
                    relation: Some(&r.id),
                    ..Edge::implied(from, to, r.kind)
                });
            }
        }
        for (actor, nationalities) in facts.nationalities.iter().enumerate() {
            for n in nationalities {
                if let Some(state) = find(n.state) {
                    let edge = Edge::implied(actor, state, RelationKind::Nationality);
                    graph.add(Edge { start: n.from, end: n.to, ..edge });
                }
            }
        }
        for (m, doc) in facts.mediators.iter().enumerate() {
            for d in &doc.designations {
                if let Some((from, to)) = facts.actor_of.get(m).copied().zip(find(&d.by)) {
                    graph.add(Edge {
                        start: date(&d.from, i64::MIN),
                        end: date(&d.to, i64::MAX),
                        ..Edge::implied(from, to, RelationKind::DesignatedBy)
                    });
                }
            }
        }
        for body in &facts.doc.organisations {
            for member in &body.members {
                if let Some((from, to)) = find(&body.id).zip(find(member)) {
                    graph.add(Edge::implied(from, to, RelationKind::HasMember));
                }
            }
        }
        for party in facts.doc.disputes.iter().flat_map(|d| &d.parties) {
            let Some(actor) = find(&party.actor) else {
                continue;
            };
            let agents = [
                (&party.representatives, RelationKind::Represents),
                (&party.counsel, RelationKind::CounselFor),
            ];
            for (ids, kind) in agents {
                for from in ids.iter().filter_map(|id| find(id)) {
                    graph.add(Edge::implied(from, actor, kind));
                }
            }
        }
        graph
    }

    fn add(&mut self, edge: Edge<'a>) {
        let index = self.edges.len();
        if let Some(list) = self.leaving.get_mut(edge.from) {
            list.push(index);
        }
        if let Some(list) = self.entering.get_mut(edge.to) {
            list.push(index);
        }
        self.edges.push(edge);
    }

    /// Every actor from which a walk along the steps ends at a target other than the actor.
    pub(super) fn sources(
        &self,
        steps: &[StepDoc],
        targets: &BTreeSet<usize>,
        tests: &[i64],
        confidential: bool,
    ) -> Vec<bool> {
        let mut found = self.backward(steps, targets, tests, confidential);
        for &target in targets {
            // WHY: a target may have reached only itself; it counts when it reaches another.
            if found.get(target).copied().unwrap_or(false) {
                let others = targets.iter().copied().filter(|t| *t != target).collect();
                let again = self.backward(steps, &others, tests, confidential);
                found[target] = again.get(target).copied().unwrap_or(false);
            }
        }
        found
    }

    fn backward(
        &self,
        steps: &[StepDoc],
        targets: &BTreeSet<usize>,
        tests: &[i64],
        confidential: bool,
    ) -> Vec<bool> {
        let width = steps.len() + 1;
        let mut seen = vec![false; self.leaving.len() * width];
        let mut queue: Vec<(usize, usize)> = Vec::new();
        let mut visit = |queue: &mut Vec<(usize, usize)>, actor: usize, at: usize| {
            if let Some(cell) = seen.get_mut(actor * width + at)
                && !*cell
            {
                *cell = true;
                queue.push((actor, at));
            }
        };
        for &target in targets {
            visit(&mut queue, target, steps.len());
        }
        while let Some((actor, at)) = queue.pop() {
            if at > 0 && steps.get(at - 1).is_some_and(can_skip) {
                visit(&mut queue, actor, at - 1);
            }
            let repeated = steps.get(at).filter(|s| repeats(s)).map(|s| (s, at));
            let single = at
                .checked_sub(1)
                .and_then(|i| Some((steps.get(i)?, i)))
                .filter(|(s, _)| !repeats(s));
            for (step, before) in repeated.into_iter().chain(single) {
                for (index, walked_backward) in self.incident(actor, true) {
                    let edge = &self.edges[index];
                    if (confidential || !edge.confidential)
                        && self.takes(step, edge, walked_backward, tests)
                    {
                        let other = if walked_backward { edge.to } else { edge.from };
                        visit(&mut queue, other, before);
                    }
                }
            }
        }
        (0..self.leaving.len()).map(|actor| seen[actor * width]).collect()
    }

    /// A shortest walk from an actor along the steps to a target other than itself.
    pub(super) fn shortest(
        &self,
        steps: &[StepDoc],
        start: usize,
        targets: &BTreeSet<usize>,
        tests: &[i64],
        confidential: bool,
    ) -> Option<Walk> {
        let width = steps.len() + 1;
        let mut far = vec![usize::MAX; self.leaving.len() * width];
        let mut from: Vec<Option<(usize, usize, bool)>> = vec![None; far.len()];
        let mut queue = VecDeque::new();
        *far.get_mut(start * width)? = 0;
        queue.push_back((start, 0));
        while let Some((actor, at)) = queue.pop_front() {
            let here = actor * width + at;
            if at == steps.len() && actor != start && targets.contains(&actor) {
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
            if can_skip(step) {
                let next = here + 1;
                if far[here] < far[next] {
                    far[next] = far[here];
                    from[next] = Some((here, usize::MAX, false));
                    // WHY: leaving a step out costs nothing, so its end is as near as its start.
                    queue.push_front((actor, at + 1));
                }
            }
            let after = if repeats(step) { at } else { at + 1 };
            for (index, backward) in self.incident(actor, false) {
                let edge = &self.edges[index];
                if (!confidential && edge.confidential) || !self.takes(step, edge, backward, tests)
                {
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

    /// Edges at an actor with the way they are walked: to the actor, or away from it.
    fn incident(&self, actor: usize, arriving: bool) -> impl Iterator<Item = (usize, bool)> + '_ {
        let leaving = self.leaving.get(actor).into_iter().flatten();
        let entering = self.entering.get(actor).into_iter().flatten();
        leaving.map(move |&i| (i, arriving)).chain(entering.map(move |&i| (i, !arriving)))
    }

    fn takes(&self, step: &StepDoc, edge: &Edge<'_>, backward: bool, tests: &[i64]) -> bool {
        step.any
            .iter()
            .any(|p| p.backward.unwrap_or(false) == backward && self.fits(p, edge, tests))
    }

    fn fits(&self, pattern: &EdgePatternDoc, edge: &Edge<'_>, tests: &[i64]) -> bool {
        let holds = |from: i64, to: i64| edge.start.max(from) <= edge.end.min(to);
        pattern.kind == edge.kind
            && pattern.significant.is_none_or(|s| s == edge.significant)
            && pattern.share_above.is_none_or(|s| edge.share.is_some_and(|e| e > s.micro()))
            && match pattern.when.unwrap_or(When::Current) {
                When::Current => holds(self.as_of, self.as_of),
                When::TestDates => tests.iter().any(|&d| holds(d, d)),
                When::Within => {
                    let years = pattern.years.unwrap_or(0);
                    holds(clock::years_before(self.as_of, years), self.as_of)
                }
                When::Ever => holds(i64::MIN, self.as_of),
                When::Ended => edge.end < self.as_of,
            }
    }

    /// Whether a path that someone wrote down is a walk of the rule to a target.
    pub(super) fn accepts(
        &self,
        facts: &Facts<'_>,
        rule: &RuleDoc,
        start: usize,
        targets: &BTreeSet<usize>,
        tests: &[i64],
        path: &[WitnessStepDoc],
    ) -> Result<(), String> {
        let close = |positions: BTreeSet<usize>| {
            let mut all = positions.clone();
            for mut at in positions {
                while rule.path.get(at).is_some_and(can_skip) {
                    at += 1;
                    all.insert(at);
                }
            }
            all
        };
        let mut positions = close(BTreeSet::from([0]));
        let mut actor = start;
        for step in path {
            if facts.actors.get(actor).is_none_or(|id| *id != step.from) {
                return Err(format!("the path breaks off before `{}`", step.from));
            }
            let mut next = BTreeSet::new();
            let mut ahead = None;
            for (index, backward) in self.incident(actor, false) {
                let edge = &self.edges[index];
                let other = if backward { edge.from } else { edge.to };
                if edge.confidential
                    || backward != step.backward
                    || edge.kind != step.kind
                    || edge.relation != step.relation.as_deref()
                    || facts.actors.get(other).is_none_or(|id| *id != step.to)
                {
                    continue;
                }
                ahead = Some(other);
                for &at in &positions {
                    if let Some(s) = rule.path.get(at)
                        && self.takes(s, edge, backward, tests)
                    {
                        next.insert(if repeats(s) { at } else { at + 1 });
                    }
                }
            }
            actor = ahead.ok_or_else(|| {
                format!("no edge that may be disclosed runs from `{}` to `{}`", step.from, step.to)
            })?;
            positions = close(next);
        }
        if !positions.contains(&rule.path.len()) {
            return Err("the path does not match the steps of the rule".to_owned());
        }
        if actor == start || !targets.contains(&actor) {
            return Err("the path does not end at a target of the rule".to_owned());
        }
        Ok(())
    }

    /// A walk as it is written down.
    pub(super) fn describe(&self, facts: &Facts<'_>, walk: &Walk) -> Vec<WitnessStepDoc> {
        let name = |a: usize| facts.actors.get(a).copied().unwrap_or_default().to_owned();
        walk.iter()
            .filter_map(|&(index, backward)| {
                let edge = self.edges.get(index)?;
                let (from, to) = if backward { (edge.to, edge.from) } else { (edge.from, edge.to) };
                Some(WitnessStepDoc {
                    from: name(from),
                    kind: edge.kind,
                    backward,
                    to: name(to),
                    relation: edge.relation.map(str::to_owned),
                })
            })
            .collect()
    }
}

impl Edge<'_> {
    fn implied(from: usize, to: usize, kind: RelationKind) -> Self {
        Edge {
            from,
            to,
            kind,
            start: i64::MIN,
            end: i64::MAX,
            significant: false,
            share: None,
            confidential: false,
            relation: None,
        }
    }
}

fn repeats(step: &StepDoc) -> bool {
    step.repeat == Some(Repeat::Any)
}

fn can_skip(step: &StepDoc) -> bool {
    matches!(step.repeat, Some(Repeat::Optional | Repeat::Any))
}
