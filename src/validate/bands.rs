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

/// From, to, place in the document, cost.
type Band = (u16, u16, usize, u32);

/// Reads the bands, sorted.
pub(super) fn read(cx: &mut Context<'_>, docs: &[BandDoc], at: &At<'_>) -> Vec<WorkingBand> {
    if docs.is_empty() {
        let band =
            |(from, to, cost): (u16, u16, u32)| WorkingBand { from: from * 60, to: to * 60, cost };
        return DEFAULT_BANDS.into_iter().map(band).collect();
    }
    let mut bands: Vec<Band> = Vec::with_capacity(docs.len());
    for (index, doc) in docs.iter().enumerate() {
        let at = at.item(index);
        cx.whole(doc.cost, 0..=MOST_COST, &at, "cost");
        if let Some((from, to)) = cx.hours(&doc.from, &doc.to, &at) {
            bands.push((from, to, index, doc.cost));
        }
    }
    bands.sort_unstable();
    let mut sound = bands.len() == docs.len();
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
            sound = false;
        }
        if widest.is_none_or(|(end, _)| end < *to) {
            widest = Some((*to, *index));
        }
    }
    if sound {
        shape(cx, docs, &bands, at);
    }
    bands.into_iter().map(|(from, to, _, cost)| WorkingBand { from, to, cost }).collect()
}

/// A stretch of the day at one cost.
#[derive(Clone, Copy)]
struct Stretch {
    minutes: u32,
    /// More than any band costs where nobody is available.
    cost: u32,
    /// Place of its first band in the document.
    band: usize,
}

/// The stretches of the day around the clock, neighbours of one cost joined.
fn stretches(bands: &[Band]) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    let mut add = |minutes: u16, cost: u32, band: usize| match all.last_mut() {
        _ if minutes == 0 => {}
        Some(last) if last.cost == cost => last.minutes += u32::from(minutes),
        _ => all.push(Stretch { minutes: u32::from(minutes), cost, band }),
    };
    let mut end = 0;
    for (from, to, index, cost) in bands {
        add(from - end, u32::MAX, *index);
        add(to - from, *cost, *index);
        end = *to;
    }
    add(24 * 60 - end, u32::MAX, 0);
    if let [first, .., last] = all.as_mut_slice()
        && first.cost == last.cost
    {
        first.minutes += last.minutes;
        all.pop();
    }
    all
}

/// Notes bands whose points do not rise ever faster in both directions from the cheapest stretch;
/// docs/errors.md says how that is read.
fn shape(cx: &mut Context<'_>, docs: &[BandDoc], bands: &[Band], at: &At<'_>) {
    let mut around = stretches(bands);
    let cheapest = (0..around.len()).min_by_key(|place| around[*place].cost).unwrap_or(0);
    around.rotate_left(cheapest);
    let Some((cheapest, others)) = around.split_first() else { return };
    // The two walks end at the dearest stretch, which is the night where there is one.
    let Some(most) = others.iter().map(|stretch| stretch.cost).max() else { return };
    let dearest = others.iter().position(|stretch| stretch.cost == most).unwrap_or(0);
    let (later, earlier) = others.split_at(dearest + 1);
    for walk in [later.to_vec(), earlier.iter().rev().copied().collect()] {
        let (mut cost, mut rise, mut minutes) = (cheapest.cost, 0, 1);
        for stretch in walk {
            let band = &docs[stretch.band];
            let name = format!("the band `{}`-`{}`", band.from, band.to);
            let message = if stretch.cost < cost {
                format!("{name} costs less than one nearer to the cheapest hours")
            } else if stretch.cost < most
                && (stretch.cost - cost) * minutes < rise * stretch.minutes
            {
                format!("the points rise more slowly in {name} than before it")
            } else {
                (rise, minutes) = (stretch.cost - cost, stretch.minutes);
                cost = stretch.cost;
                continue;
            };
            let help =
                "let points rise, and ever faster, the further a band lies from the cheapest hours";
            cx.warn(codes::BENT_BANDS, &at.item(stretch.band), message, help);
            break;
        }
    }
}
