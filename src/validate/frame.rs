//! The frame of the instance: its id, `as_of`, the horizon and the slot grid.

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::time::{Date, SlotGrid};

const MINUTES_OF_A_DAY: i64 = 24 * 60;
const MOST_DAYS: i64 = 400;

/// Reads the frame into the context.
pub(super) fn read(cx: &mut Context<'_>) {
    let doc = cx.doc;
    let root = At::ROOT;
    cx.as_of = cx.date(&doc.as_of, &root.key("as_of"));
    cx.slot = slot(cx);
    let at = root.key("horizon");
    let Some(horizon) = cx.interval(&doc.horizon, &at) else { return };
    let length = horizon.end - horizon.start;
    if length > MOST_DAYS * MINUTES_OF_A_DAY {
        cx.error(
            codes::HORIZON_TOO_LONG,
            &at,
            format!("the horizon has {} days", length / MINUTES_OF_A_DAY),
            "plan at most 400 days at a time",
        );
        return;
    }
    if let Some(slot) = cx.slot {
        if length % i64::from(slot) == 0 {
            cx.grid = Some(SlotGrid::new(horizon.start, slot, (length / i64::from(slot)) as u32));
        } else {
            cx.error(
                codes::HORIZON_NOT_WHOLE,
                &at,
                format!("the horizon of {length} minutes is not a whole number of slots of {slot} minutes"),
                "move its end to the end of a slot",
            );
        }
    }
    if let Some(as_of) = cx.as_of {
        let last = Date::from_days((horizon.end - 1).div_euclid(MINUTES_OF_A_DAY));
        if as_of > last {
            let finding = Diagnostic::warning(
                codes::AS_OF_AFTER_HORIZON,
                root.key("as_of").pointer(),
                format!("`as_of` is `{as_of}`, after the last day `{last}` of the horizon"),
            );
            cx.note(
                finding.help("judge relations on a day before the sessions").related("/horizon"),
            );
        }
    }
}

fn slot(cx: &mut Context<'_>) -> Option<u32> {
    let slot = cx.doc.slot_minutes.unwrap_or(30);
    if matches!(slot, 5 | 10 | 15 | 20 | 30 | 60) {
        return Some(slot);
    }
    cx.error(
        codes::BAD_SLOT,
        &At::ROOT.key("slot_minutes"),
        format!("a slot of {slot} minutes is not supported"),
        "write 5, 10, 15, 20, 30 or 60",
    );
    None
}
