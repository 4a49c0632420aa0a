//! `stays`: when a person is away from where she usually is, and on what wall clock.

use super::at::At;
use super::codes;
use super::context::{Context, Rest};
use super::places::clock_of;
use crate::diagnostic::quote;
use crate::domain::{HoursRule, Stay};
use crate::format::StayDoc;

/// The stays of a person with these rest days and working hours, in the order of time.
pub(super) fn read(
    cx: &mut Context<'_>,
    docs: &[StayDoc],
    own: &Rest,
    hours: &[HoursRule],
    list: &At<'_>,
) -> Vec<Stay> {
    let mut found = Vec::with_capacity(docs.len());
    for (index, doc) in docs.iter().enumerate() {
        let stay = read_one(cx, doc, own, hours, &list.item(index));
        found.extend(stay.map(|stay| (stay.interval, index, stay)));
    }
    found.sort_unstable_by_key(|(interval, index, _)| (*interval, *index));
    let mut longest: Option<(i64, usize)> = None;
    for (interval, index, _) in &found {
        if let Some((_, other)) = longest.filter(|(end, _)| interval.start < *end) {
            let (first, second) = (other.min(*index), other.max(*index));
            cx.error_with(
                codes::OVERLAPPING_STAYS,
                &list.item(second),
                list.item(first).pointer(),
                format!(
                    "the stay from {} begins while the stay until {} lasts",
                    quote(&docs[*index].start),
                    quote(&docs[other].end)
                ),
                "let a stay end by the start of the next: nobody is at two places at once",
            );
        }
        if longest.is_none_or(|(end, _)| end < interval.end) {
            longest = Some((interval.end, *index));
        }
    }
    found.into_iter().map(|(_, _, stay)| stay).collect()
}

fn read_one(
    cx: &mut Context<'_>,
    doc: &StayDoc,
    own: &Rest,
    hours: &[HoursRule],
    at: &At<'_>,
) -> Option<Stay> {
    let interval = cx.interval_of(&doc.start, &doc.end, at);
    let zone = cx.zone(&doc.time_zone, &at.key("time_zone"));
    let rest = match &doc.calendar {
        Some(id) => cx.rest_days(Some(id), at),
        None => own.clone(),
    };
    let place = doc.place.as_ref().map(|id| cx.place(id, &at.key("place")));
    let clock = cx.clocks.share(clock_of(zone?, rest, hours.to_vec()));
    Some(Stay { interval: interval?, clock, place: place.flatten() })
}
