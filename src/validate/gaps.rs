//! `after`, rest and journeys: how much time lies between a session and the one before.

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::Mode;
use crate::format::SessionDoc;

/// The longest gap, in days: no horizon is longer.
const MOST_GAP: u32 = 400;

/// The least and the greatest gap to the session before, in slots.
///
/// The panel attends both sessions, so its rest and its journey between two places bind every
/// dispute.
pub(super) fn read(
    cx: &mut Context<'_>,
    (doc, mode): (&SessionDoc, Option<Mode>),
    before: Option<(&SessionDoc, Option<Mode>)>,
    at: &At<'_>,
) -> (u32, Option<u32>) {
    let slot = cx.slot.unwrap_or(30);
    let rest = cx.house.rest_minutes;
    let clock = |mode: Option<Mode>| mode.and_then(Mode::clock_of);
    let way = match (before.and_then(|(_, mode)| clock(mode)), clock(mode)) {
        (Some(from), Some(to)) => cx.house.journeys.minutes(from, to),
        _ => 0,
    };
    let pause = if before.is_some() { way.max(i64::from(rest)) as u32 } else { 0 };
    let pause_slots = pause.div_ceil(slot);
    let Some(after) = &doc.after else { return (pause_slots, None) };
    let at = at.key("after");
    match before {
        None => cx.error(
            codes::BAD_AFTER,
            &at,
            "the first session follows none",
            "take `after` out, or move the session behind the one that it follows",
        ),
        Some((before, _)) if before.id != after.session => cx.error(
            codes::BAD_AFTER,
            &at.key("session"),
            format!("{} is not the session listed just before", quote(&after.session)),
            format!(
                "name {}, or reorder the sessions: they are held in the order of the list",
                quote(&before.id)
            ),
        ),
        Some(_) => {}
    }
    let mut days = |key: &str, value: Option<u32>| {
        value.and_then(|days| cx.whole(days, 0..=MOST_GAP, &at, key))
    };
    let (least, most) = (days("min_days", after.min_days), days("max_days", after.max_days));
    let slots_a_day = 24 * 60 / slot;
    let min_gap = pause_slots.max(least.unwrap_or(0) * slots_a_day);
    let max_gap = most.map(|days| days * slots_a_day);
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        cx.error(
            codes::REVERSED_GAP,
            &at,
            format!("`min_days` {least} is above `max_days` {most}"),
            "let `min_days` be no more than `max_days`",
        );
    } else if let (Some(most), Some(_)) = (most, max_gap.filter(|most| *most < pause_slots)) {
        let what = if way > i64::from(rest) { "the journey from there" } else { "rest" };
        cx.error(
            codes::REVERSED_GAP,
            &at.key("max_days"),
            format!("`max_days` {most} is less than the {pause} minutes that {what} takes"),
            "raise `max_days`, or leave it out",
        );
    }
    (min_gap, max_gap)
}
