//! `policy.working_time.bands`: what a minute costs by the wall clock.

use super::at::At;
use super::codes;
use super::context::Context;
use super::policy::MOST_COST;
use crate::domain::WorkingBand;
use crate::format::BandDoc;

/// Bands where the document gives none: from, to, cost.
const DEFAULT_BANDS: [(u16, u16, u32); 7] =
    [(6, 7, 6), (7, 8, 3), (8, 9, 1), (9, 18, 0), (18, 20, 1), (20, 22, 3), (22, 23, 6)];

/// Reads the bands, sorted.
pub(super) fn read(cx: &mut Context<'_>, docs: &[BandDoc], at: &At<'_>) -> Vec<WorkingBand> {
    if docs.is_empty() {
        let band =
            |(from, to, cost): (u16, u16, u32)| WorkingBand { from: from * 60, to: to * 60, cost };
        return DEFAULT_BANDS.into_iter().map(band).collect();
    }
    let mut bands = Vec::with_capacity(docs.len());
    for (index, doc) in docs.iter().enumerate() {
        let at = at.item(index);
        cx.whole(doc.cost, 0..=MOST_COST, &at, "cost");
        if let Some((from, to)) = cx.hours(&doc.from, &doc.to, &at) {
            bands.push((from, to, index, doc.cost));
        }
    }
    bands.sort_unstable();
    let mut widest: Option<(u16, usize)> = None;
    for (from, to, index, _) in &bands {
        if let Some((_, before)) = widest.filter(|(end, _)| from < end) {
            let (first, second) = (before.min(*index), before.max(*index));
            let other = at.item(first).pointer();
            let (one, two) = (&docs[first], &docs[second]);
            cx.error_with(
                codes::OVERLAPPING_BANDS,
                &at.item(second),
                other,
                format!(
                    "the band `{}`-`{}` overlaps the band `{}`-`{}`",
                    two.from, two.to, one.from, one.to
                ),
                "give each minute of the day to one band",
            );
        }
        if widest.is_none_or(|(end, _)| end < *to) {
            widest = Some((*to, *index));
        }
    }
    bands.into_iter().map(|(from, to, _, cost)| WorkingBand { from, to, cost }).collect()
}
