//! The time in which a session may lie: what `not_before`, `due`, the dispute's `due` and the
//! steps of its procedural calendar leave together.

use super::at::At;
use super::codes;
use super::context::Context;
use super::dates::Told;
use crate::diagnostic::{Diagnostic, quote};
use crate::format::{DeadlineSets, SessionDoc};
use crate::time::Instant;

/// The window of a session.
#[derive(Clone, Copy)]
pub(super) struct Window {
    /// First slot at which it may start.
    pub(super) earliest: u32,
    /// Slot by which it must have ended.
    pub(super) latest_end: u32,
    /// A due date that it may miss at a price.
    pub(super) priced_due: Option<Instant>,
}

/// What a dispute says of the windows of its sessions.
pub(super) struct Dates<'a> {
    pub(super) due: Option<Instant>,
    pub(super) told: &'a [Told],
}

/// The window of the session at a position.
pub(super) fn read(
    cx: &mut Context<'_>,
    doc: &SessionDoc,
    (position, last): (usize, bool),
    dates: &Dates<'_>,
    at: &At<'_>,
) -> Window {
    let not_before =
        doc.not_before.as_ref().and_then(|text| cx.instant(text, &at.key("not_before")));
    let due = doc.due.as_ref().and_then(|text| cx.instant(text, &at.key("due")));
    let mut open = true;
    if let (Some(first), Some(last)) = (not_before, due)
        && first >= last
    {
        cx.error(
            codes::REVERSED_INTERVAL,
            at,
            "`due` is not after `not_before`",
            "let `due` be after `not_before`, by the length of the session at least",
        );
        open = false;
    }
    let Some(grid) = cx.grid else {
        return Window { earliest: 0, latest_end: 0, priced_due: None };
    };
    let priced = cx.house.late_is_priced;
    let (mut earliest, mut latest_end) = (0, grid.slots());
    let mut priced_due: Option<Instant> = None;
    let (mut first_by, mut last_by): (Option<&Told>, Option<&Told>) = (None, None);
    earliest = not_before.map_or(earliest, |instant| grid.first_slot_from(instant));
    let mut ends_by = |instant: Instant, priced: bool, step| {
        if priced {
            priced_due = Some(priced_due.map_or(instant, |due| due.min(instant)));
        } else if grid.slots_ended_by(instant) < latest_end {
            latest_end = grid.slots_ended_by(instant);
            last_by = step;
        }
    };
    if let Some(due) = due {
        ends_by(due, priced, None);
    }
    // WHY: a session before the last ends before it, so a hard date may bind it as well.
    if let Some(due) = dates.due.filter(|_| last || !priced) {
        ends_by(due, priced, None);
    }
    for told in dates.told {
        match told.date.binds {
            Some((session, DeadlineSets::Due)) if session == position => {
                ends_by(told.instant, told.priced, Some(told));
            }
            Some((session, DeadlineSets::NotBefore)) if session == position => {
                let from = grid.first_slot_from(told.instant);
                if from > earliest {
                    (earliest, first_by) = (from, Some(told));
                }
            }
            _ => {}
        }
    }
    let slots = doc.minutes.div_ceil(grid.slot_minutes());
    if open && u64::from(earliest) + u64::from(slots) > u64::from(latest_end) {
        note(cx, doc, first_by, last_by, at);
    }
    Window { earliest, latest_end, priced_due }
}

/// Notes a session that cannot be held, with the steps that have to do with it.
fn note(
    cx: &mut Context<'_>,
    doc: &SessionDoc,
    first: Option<&Told>,
    last: Option<&Told>,
    at: &At<'_>,
) {
    let said = |told: &Told, what: &str| {
        format!("the step {} lets it {what} `{}`", quote(&told.date.step), told.date.date)
    };
    let mut why = Vec::new();
    why.extend(first.map(|told| said(told, "start no earlier than")));
    why.extend(last.map(|told| said(told, "end no later than")));
    let why = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
    let message = format!("no time is left in which the session {} fits{why}", quote(&doc.id));
    let mut finding = Diagnostic::warning(codes::EMPTY_WINDOW, at.pointer(), message);
    finding = finding.help(
        "look at `not_before` and `due` of the session, `due` and `deadlines` of the dispute, and the horizon",
    );
    cx.note(finding);
}
