//! The rows A6 by what they touch (docs/model.md, "A6 in-batch conflicts").

use std::collections::BTreeMap;

use crate::conflict::BatchRow;
use crate::domain::{DisputeIx, MediatorIx};
use crate::solution::Plan;

/// The rows with an index by seat.
#[derive(Debug)]
pub(crate) struct Batch<'a> {
    rows: &'a [BatchRow],
    of: BTreeMap<(DisputeIx, MediatorIx), Vec<(usize, i64)>>,
}

impl<'a> Batch<'a> {
    /// Indexes the rows.
    pub(crate) fn new(rows: &'a [BatchRow]) -> Self {
        let mut of: BTreeMap<_, Vec<(usize, i64)>> = BTreeMap::new();
        for (position, row) in rows.iter().enumerate() {
            for (dispute, factor) in &row.terms {
                of.entry((*dispute, row.mediator)).or_default().push((position, *factor));
            }
        }
        Self { rows, of }
    }

    /// The rows.
    pub(crate) fn rows(&self) -> &'a [BatchRow] {
        self.rows
    }

    /// The rows that a seat counts in, with its factors.
    pub(crate) fn of(&self, dispute: DisputeIx, mediator: MediatorIx) -> &[(usize, i64)] {
        self.of.get(&(dispute, mediator)).map_or(&[], Vec::as_slice)
    }

    /// What a plan uses of the rows.
    pub(crate) fn uses(&self, plan: &Plan) -> impl Iterator<Item = (usize, i64)> {
        plan.panel.iter().flat_map(|m| self.of(plan.dispute, *m)).copied()
    }
}
