//! Figures of a docket as a whole: who bears the odd hours, who carries the load, whose nationals sit,
//! who comes first, what is scarce.
//!
//! * Takes what the report is made of; gives figures as data. **Invariant**: only for the
//!   secretariat, as every one of them depends on other people's disputes.
//! * Whoever is counted by a nationality is counted by those held on `as_of`, in each of them in
//!   full, as the caps of the docket count (docs/model.md, A7).
//! * Sums saturate: a document that is wrong makes wrong figures, and no panic.

mod burden;
mod load;
mod shares;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::Source;
use crate::domain::{DisputeIx, MediatorIx};
use crate::explain;

pub(in crate::report) use burden::{Burden, DisputeBurden};
pub(in crate::report) use load::{Load, LoadLine, Rotation};
pub(in crate::report) use shares::{Attribute, ShareLine, Shares};

/// The figures of a docket.
#[derive(Debug)]
pub(in crate::report) struct Numbers<'a> {
    /// Odd hours, by side, party and region.
    pub(in crate::report) burden: Burden<'a>,
    /// Disputes and hours, by mediator.
    pub(in crate::report) load: Load<'a>,
    /// Seats by nationality and region.
    pub(in crate::report) shares: Shares<'a>,
    /// Who had appointments before.
    pub(in crate::report) rotation: Rotation,
    /// Seats by what else is said of mediators.
    pub(in crate::report) attributes: Vec<Attribute<'a>>,
    /// What has a price in the bound; nothing without a certificate.
    pub(in crate::report) prices: Option<explain::Prices<'a>>,
}

impl<'a> Numbers<'a> {
    /// Gathers them.
    pub(in crate::report) fn new(source: &Source<'a>) -> Self {
        let seated = Seated::new(source);
        Self {
            burden: burden::burden(source),
            load: load::load(source, &seated),
            shares: shares::shares(source, &seated),
            rotation: load::rotation(source, &seated),
            attributes: shares::attributes(source, &seated),
            prices: explain::prices(source.screened, source.document, source.solution),
        }
    }
}

/// Who sits where.
struct Seated {
    /// The disputes of each mediator, by place on the roster.
    disputes: Vec<Vec<DisputeIx>>,
}

impl Seated {
    /// Reads the panels; a name that nobody has counts for nothing.
    fn new(source: &Source<'_>) -> Self {
        let instance = &source.screened.instance;
        let disputes: BTreeMap<&str, DisputeIx> =
            instance.dispute_indices().map(|d| (instance.dispute_name(d), d)).collect();
        let mediators: BTreeMap<&str, MediatorIx> =
            instance.mediator_indices().map(|m| (instance.mediator_name(m), m)).collect();
        let mut all = vec![Vec::new(); instance.mediators().len()];
        for assignment in &source.solution.assignments {
            let Some(dispute) = disputes.get(assignment.dispute.as_str()) else { continue };
            for seat in &assignment.panel {
                let known = mediators.get(seat.mediator.as_str());
                if let Some(own) = known.and_then(|m| all.get_mut(m.ix())) {
                    own.push(*dispute);
                }
            }
        }
        Self { disputes: all }
    }

    /// Seats of a mediator.
    fn seats(&self, mediator: MediatorIx) -> usize {
        self.disputes.get(mediator.ix()).map_or(0, Vec::len)
    }

    /// All seats.
    fn all(&self) -> usize {
        self.disputes.iter().map(Vec::len).sum()
    }
}

/// How many of a list of numbers lie from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) struct Bin {
    /// The least.
    pub(in crate::report) from: i64,
    /// The greatest.
    pub(in crate::report) to: i64,
    /// How many.
    pub(in crate::report) count: usize,
}

/// How a list of numbers is spread: those that are 0, and the others in at most nine bins of one
/// width, which is one of `widths` or ten, a hundred... times one.
fn bins(values: &[i64], widths: &[i64]) -> Vec<Bin> {
    const MOST: i64 = 9;
    let largest = values.iter().copied().max().unwrap_or(0);
    if values.is_empty() {
        return Vec::new();
    }
    let mut scale = 1_i64;
    let width = loop {
        let mut all = widths.iter().map(|width| width.saturating_mul(scale).max(1));
        let fits = all.find(|width| largest.saturating_sub(1) / width < MOST);
        if fits.is_some() || scale > i64::MAX / 100 {
            break fits.unwrap_or(i64::MAX);
        }
        scale *= 10;
    };
    let number = if largest > 0 { (largest - 1) / width + 1 } else { 0 };
    let mut bins = vec![Bin { from: 0, to: 0, count: 0 }];
    bins.extend((0..number).map(|at| Bin {
        from: width.saturating_mul(at).saturating_add(1),
        to: width.saturating_mul(at + 1),
        count: 0,
    }));
    for value in values {
        let at = bins.partition_point(|bin| bin.to < *value);
        if let Some(bin) = bins.get_mut(at) {
            bin.count += 1;
        }
    }
    bins
}

/// A sum that stays within its type.
fn total(values: impl Iterator<Item = i64>) -> i64 {
    values.fold(0, i64::saturating_add)
}
