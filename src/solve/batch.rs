//! The rows over seats by what they touch (docs/model.md): A6 in-batch conflicts, then A7 caps.

use std::collections::BTreeMap;

use crate::conflict::BatchRow;
use crate::domain::{Cap, DisputeIx, Instance, MediatorIx};
use crate::eligibility::EligibilityTable;
use crate::solution::Plan;

/// What a row over seats is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SeatRow<'a> {
    /// What the batch would make a conflict of one mediator (A6).
    InBatch(&'a BatchRow),
    /// What one group may have of the docket (A7).
    Cap(&'a Cap),
}

/// The rows with an index by seat.
#[derive(Debug)]
pub(crate) struct Batch<'a> {
    rows: &'a [BatchRow],
    caps: Vec<&'a Cap>,
    of: BTreeMap<(DisputeIx, MediatorIx), Vec<(usize, i64)>>,
    /// By mediator, the caps that each of her seats counts in.
    capped: Vec<Vec<(usize, i64)>>,
}

impl<'a> Batch<'a> {
    /// Indexes the rows; caps that no answer can reach are left out.
    pub(crate) fn new(instance: &'a Instance, eligibility: &'a EligibilityTable) -> Self {
        let rows = eligibility.batch_rows();
        let mut of: BTreeMap<_, Vec<(usize, i64)>> = BTreeMap::new();
        for (position, row) in rows.iter().enumerate() {
            for (dispute, factor) in &row.terms {
                of.entry((*dispute, row.mediator)).or_default().push((position, *factor));
            }
        }
        let caps = binding_caps(instance, eligibility);
        let mut capped = vec![Vec::new(); instance.mediators().len()];
        for (position, cap) in caps.iter().enumerate() {
            for mediator in &cap.members {
                capped[mediator.ix()].push((rows.len() + position, 1));
            }
        }
        Self { rows, caps, of, capped }
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.rows.len() + self.caps.len()
    }

    /// A row.
    pub(crate) fn row(&self, position: usize) -> SeatRow<'a> {
        match self.rows.get(position) {
            Some(row) => SeatRow::InBatch(row),
            None => SeatRow::Cap(self.caps[position - self.rows.len()]),
        }
    }

    /// The most that a row takes.
    pub(crate) fn limit(&self, position: usize) -> i64 {
        match self.row(position) {
            SeatRow::InBatch(row) => row.limit,
            SeatRow::Cap(cap) => cap.limit,
        }
    }

    /// True when a row is one that several members of a panel can count in.
    pub(crate) fn is_cap(&self, position: usize) -> bool {
        position >= self.rows.len()
    }

    /// True when there is such a row.
    pub(crate) fn has_caps(&self) -> bool {
        !self.caps.is_empty()
    }

    /// The rows that a seat counts in, with its factors; each row once.
    pub(crate) fn of(
        &self,
        dispute: DisputeIx,
        mediator: MediatorIx,
    ) -> impl Iterator<Item = (usize, i64)> {
        let in_batch = self.of.get(&(dispute, mediator)).map_or(&[][..], Vec::as_slice);
        in_batch.iter().chain(&self.capped[mediator.ix()]).copied()
    }

    /// What a plan uses of the rows.
    pub(crate) fn uses(&self, plan: &Plan) -> impl Iterator<Item = (usize, i64)> {
        plan.panel.iter().flat_map(|m| self.of(plan.dispute, *m))
    }
}

/// The caps that some answer could exceed: the others make no row.
pub(crate) fn binding_caps<'a>(
    instance: &'a Instance,
    eligibility: &EligibilityTable,
) -> Vec<&'a Cap> {
    let reach = |cap: &Cap| -> i64 {
        let open = instance.dispute_indices().filter(|d| instance.dispute(*d).gates.is_empty());
        open.map(|dispute| {
            let eligible = eligibility.eligible(dispute).iter();
            let own = eligible.filter(|(m, ..)| cap.members.binary_search(m).is_ok());
            own.count().min(instance.dispute(dispute).panel.size) as i64
        })
        .sum()
    };
    instance.caps().iter().filter(|cap| reach(cap) > cap.limit).collect()
}
