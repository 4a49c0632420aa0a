//! Walks as they are written down: whether one that somebody wrote is right, and our own.
//!
//! * Takes a graph, a query and the steps of a document; says where they go wrong. A path that is
//!   told uses no confidential edge, whatever the query allows.

use std::collections::BTreeSet;

use crate::format::WitnessStepDoc;

use super::graph::{Edge, Graph};
use super::paths::{Query, Walk};

impl Graph<'_> {
    /// Whether a path that someone wrote down is a walk to a target.
    pub(super) fn accepts(
        &self,
        query: &Query<'_>,
        start: usize,
        targets: &BTreeSet<usize>,
        path: &[WitnessStepDoc],
    ) -> Result<(), String> {
        self.accepts_on(query, start, targets, path, None)?;
        let mut days = self.days(query, targets).into_iter();
        let common = |day| self.accepts_on(query, start, targets, path, Some(day)).is_ok();
        if query.together && !days.any(common) {
            return Err("the steps of the path never hold on one same day".to_owned());
        }
        Ok(())
    }

    fn accepts_on(
        &self,
        query: &Query<'_>,
        start: usize,
        targets: &BTreeSet<usize>,
        path: &[WitnessStepDoc],
        day: Option<i64>,
    ) -> Result<(), String> {
        let close = |positions: BTreeSet<usize>| {
            let mut all = positions.clone();
            for mut at in positions {
                while query.steps.get(at).is_some_and(|s| s.skip) {
                    at += 1;
                    all.insert(at);
                }
            }
            all
        };
        let mut positions = close(BTreeSet::from([0]));
        let mut node = start;
        for step in path {
            if self.names.get(node).is_none_or(|id| *id != step.from) {
                return Err(format!("the path breaks off before `{}`", step.from));
            }
            let mut next = BTreeSet::new();
            let mut ahead = None;
            for (index, backward) in self.incident(node, false) {
                let edge = &self.edges[index];
                let other = if backward { edge.from } else { edge.to };
                if edge.confidential
                    || backward != step.backward
                    || edge.kind != step.kind
                    || self.id(edge) != step.relation.as_deref()
                    || self.names.get(other).is_none_or(|id| *id != step.to)
                {
                    continue;
                }
                ahead = Some(other);
                for &at in &positions {
                    if let Some(s) = query.steps.get(at)
                        && self.takes(query, s, edge, backward, day)
                    {
                        next.insert(if s.again { at } else { at + 1 });
                    }
                }
            }
            node = ahead.ok_or_else(|| {
                format!("no edge that may be disclosed runs from `{}` to `{}`", step.from, step.to)
            })?;
            positions = close(next);
        }
        if !positions.contains(&query.steps.len()) {
            return Err("the path does not match the steps of the rule".to_owned());
        }
        if node == start || !targets.contains(&node) {
            return Err("the path does not end at a target of the rule".to_owned());
        }
        Ok(())
    }

    fn id(&self, edge: &Edge<'_>) -> Option<&str> {
        edge.relation.and_then(|r| self.relations.get(r).copied())
    }

    /// A walk as it is written down.
    pub(super) fn describe(&self, walk: &Walk) -> Vec<WitnessStepDoc> {
        let name = |node: usize| self.names.get(node).copied().unwrap_or_default().to_owned();
        walk.iter()
            .filter_map(|&(index, backward)| {
                let edge = self.edges.get(index)?;
                let (from, to) = if backward { (edge.to, edge.from) } else { (edge.from, edge.to) };
                Some(WitnessStepDoc {
                    from: name(from),
                    kind: edge.kind,
                    backward,
                    to: name(to),
                    relation: self.id(edge).map(str::to_owned),
                })
            })
            .collect()
    }
}
