//! The zones of those who attend, and when their clocks change.

use std::collections::BTreeMap;

use super::DisputeView;
use crate::time::{Instant, Interval, OffsetSpan, Zone};

/// A zone.
#[derive(Debug, Clone)]
pub(in crate::report) struct ZoneView {
    /// Its IANA name.
    pub(in crate::report) name: &'static str,
    /// Its offsets over the horizon and a day to both sides, in order.
    pub(in crate::report) spans: Vec<OffsetSpan>,
    /// How many people who attend read its clock.
    pub(in crate::report) people: usize,
}

/// A change of clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) struct Change {
    /// When.
    pub(in crate::report) at: Instant,
    /// Minutes east of UTC before.
    pub(in crate::report) before: i32,
    /// And after.
    pub(in crate::report) after: i32,
}

impl ZoneView {
    /// The changes of its clock, in order.
    pub(in crate::report) fn changes(&self) -> Vec<Change> {
        let pairs = self.spans.windows(2);
        pairs
            .filter_map(|pair| match pair {
                [a, b] => Some(Change { at: b.start, before: a.offset, after: b.offset }),
                _ => None,
            })
            .collect()
    }

    /// Minutes east of UTC at an instant.
    pub(in crate::report) fn offset_at(&self, instant: Instant) -> i32 {
        let span = self.spans.iter().rev().find(|span| span.start <= instant);
        span.or(self.spans.first()).map_or(0, |span| span.offset)
    }
}

/// The zones of all who attend, UTC among them, by offset at the start and then by name.
pub(super) fn of(disputes: &[DisputeView<'_>], horizon: Interval) -> Vec<ZoneView> {
    let around = Interval { start: horizon.start - 1440, end: horizon.end + 1440 };
    let mut people: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    people.insert(Zone::UTC.name(), Vec::new());
    for session in disputes.iter().flat_map(|dispute| &dispute.sessions) {
        for attendee in &session.attendees {
            people.entry(attendee.zone).or_default().push(attendee.id);
        }
    }
    let mut zones: Vec<ZoneView> = people
        .into_iter()
        .filter_map(|(name, mut who)| {
            let zone = Zone::parse(name)?;
            who.sort_unstable();
            who.dedup();
            Some(ZoneView { name: zone.name(), spans: zone.offsets(around), people: who.len() })
        })
        .collect();
    zones.sort_by_key(|zone| (zone.offset_at(horizon.start), zone.name));
    zones
}
