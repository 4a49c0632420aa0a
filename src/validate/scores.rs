//! `scores`: explicit fit and effort of pairs, a dispute at a time.
//!
//! Complexity: n log n in the entries of a dispute; there may be millions in all.

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{Dispute, MediatorIx};
use crate::format::{Decimal, Scores};

/// The greatest effort of a pair, in hours.
pub(super) const MOST_HOURS: u32 = 100_000;

/// Reads the scores into the disputes.
pub(super) fn read(cx: &mut Context<'_>, disputes: &mut [Option<Dispute>]) {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("scores");
    let mut first: Vec<Option<usize>> = vec![None; disputes.len()];
    for (index, score) in doc.scores.iter().enumerate() {
        let at = list.item(index);
        let dispute = cx.dispute(&score.dispute, &at.key("dispute"));
        if let Some(dispute) = dispute {
            if let Some(first) = first[dispute.ix()] {
                cx.error_with(
                    codes::DUPLICATE_SCORE,
                    &at.key("dispute"),
                    list.item(first).pointer(),
                    format!("{} has an entry in `scores` already", quote(&score.dispute)),
                    "put all scores of a dispute into one entry",
                );
            }
            first[dispute.ix()].get_or_insert(index);
        }
        let fit = pairs(cx, &score.fit, (1, 1), &at.key("fit"));
        let hours = pairs(cx, &score.hours, (0, MOST_HOURS), &at.key("hours"));
        if let Some(dispute) = dispute.and_then(|d| disputes[d.ix()].as_mut()) {
            dispute.fit = fit;
            // Rounded up to whole minutes.
            let minutes = |micro: i64| (micro * 60 + Decimal::ONE - 1) / Decimal::ONE;
            dispute.effort =
                hours.into_iter().map(|(mediator, micro)| (mediator, minutes(micro))).collect();
        }
    }
}

/// Entries by mediator, sorted; from the one number, negative, to the other.
fn pairs(
    cx: &mut Context<'_>,
    doc: &Scores,
    range: (u32, u32),
    at: &At<'_>,
) -> Vec<(MediatorIx, i64)> {
    let mut entries = Vec::with_capacity(doc.len());
    for (id, value) in doc.iter() {
        let mediator = cx.mediator(id, &at.key(id));
        let value = cx.decimal_within(value, range, at, id);
        if let (Some(mediator), Some(value)) = (mediator, value) {
            entries.push((mediator, value));
        }
    }
    entries.sort_unstable();
    for pair in entries.windows(2) {
        if pair[0].0 == pair[1].0 {
            cx.duplicate_key(&cx.doc.mediators[pair[0].0.ix()].id, at);
        }
    }
    entries
}
