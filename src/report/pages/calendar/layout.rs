//! Where sessions stand on the days of a clock.
//!
//! * Takes sessions and the offsets of a zone; gives, for each day, what of each session is on it
//!   and in which lane.
//! * A session covers every reading of the clock that is shown in it. One in which an hour is
//!   skipped is longer on the strip than it lasts; one in which an hour is doubled may be shorter.
//! * **Invariant**: what stands in the same lane of a day is nowhere on top of each other, label and
//!   all.
//! * `script/calendar.js` does the same once more; `tests.rs` compares the two.

use crate::report::view::{Change, ZoneView};
use crate::time::Instant;

/// Minutes of a day.
pub(super) const DAY: i64 = 1440;

/// The longest session that is drawn.
///
/// WHY: a solution that breaks rules may say anything, and its page should still be a page.
const LONGEST: i64 = 7 * DAY;

/// What of a session is on one day of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Its session, by place.
    pub(super) session: usize,
    /// The day, counted from 1970-01-01.
    pub(super) day: i64,
    /// First minute of that day, and the first after it.
    pub(super) from: i64,
    /// See `from`.
    pub(super) to: i64,
    /// Whether it was going on the day before.
    pub(super) before: bool,
    /// Whether it goes on the next day.
    pub(super) after: bool,
    /// The lane, from 0.
    pub(super) lane: usize,
}

/// How much room labels take, in minutes of a strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// A label.
    pub(super) label: i64,
    /// What says that a session goes on, besides.
    pub(super) mark: i64,
}

impl Part {
    /// The minutes of the strip that it takes with its label: the label begins where the session
    /// does, unless the day is too short for that.
    pub(super) fn seen(&self, room: Room) -> (i64, i64) {
        let mark = if self.before || self.after { room.mark } else { 0 };
        let width = (self.to - self.from).max(room.label + mark);
        let from = self.from.min(DAY - width);
        (from, from + width)
    }
}

/// The parts of all sessions on the clock of a zone: by day, then by time, each in its lane.
pub(super) fn lay(sessions: &[(Instant, Instant)], zone: &ZoneView, room: Room) -> Vec<Part> {
    let each = sessions.iter().enumerate();
    let mut parts: Vec<Part> =
        each.flat_map(|(at, session)| parts_of(at, *session, zone)).collect();
    parts.sort_by_key(|part| (part.day, part.from, part.to, part.session));
    for day in parts.chunk_by_mut(|a, b| a.day == b.day) {
        let mut ends: Vec<i64> = Vec::new();
        for part in day {
            let (from, to) = part.seen(room);
            part.lane = ends.iter().position(|end| *end <= from).unwrap_or(ends.len());
            match ends.get_mut(part.lane) {
                Some(end) => *end = to,
                None => ends.push(to),
            }
        }
    }
    parts
}

fn parts_of(session: usize, (start, end): (Instant, Instant), zone: &ZoneView) -> Vec<Part> {
    let end = end.clamp(start.saturating_add(1), start.saturating_add(LONGEST));
    let mut parts: Vec<Part> = Vec::new();
    for (at, span) in zone.spans.iter().enumerate() {
        let first = if at == 0 { start } else { start.max(span.start) };
        let last = zone.spans.get(at + 1).map_or(end, |next| end.min(next.start));
        if first >= last {
            continue;
        }
        let (first, last) = (first + i64::from(span.offset), last + i64::from(span.offset));
        for day in first.div_euclid(DAY)..=(last - 1).div_euclid(DAY) {
            let from = (first - day * DAY).max(0);
            let to = (last - day * DAY).min(DAY);
            if let Some(part) = parts.iter_mut().find(|part| part.day == day) {
                (part.from, part.to) = (part.from.min(from), part.to.max(to));
            } else {
                let (before, after) = (false, false);
                parts.push(Part { session, day, from, to, before, after, lane: 0 });
            }
        }
    }
    parts.sort_by_key(|part| part.day);
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.iter_mut().enumerate() {
        (part.before, part.after) = (at > 0, at < last);
    }
    parts
}

/// The Monday of the week in which a day falls.
pub(super) fn monday(day: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    (day + 3).div_euclid(7) * 7 - 3
}

/// The readings of a clock that its change skips or shows twice: day, minutes from and to.
pub(super) fn touched(change: Change) -> (i64, i64, i64) {
    let low = change.at + i64::from(change.before.min(change.after));
    let high = change.at + i64::from(change.before.max(change.after));
    let day = low.div_euclid(DAY);
    (day, low - day * DAY, high - day * DAY)
}
