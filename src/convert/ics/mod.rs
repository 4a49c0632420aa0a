//! iCalendar files in: holidays of a calendar, busy time of a person.
//!
//! * Takes the bytes of an `.ics` file, gives dates or intervals, or every finding with its line.
//! * Civil time becomes instants by the zone that the file names (or the person's own, where it
//!   names none), after RFC 5545, 3.3.5. A zone that is not known is a finding, never UTC.
//! * **Invariant**: nothing of an event but its time gets into the instance; of a holiday its name.
//! * Complexity: linear in the file, and in the occurrences up to the end of the horizon.

mod busy;
mod event;
mod holidays;
mod merge;
mod recur;
mod series;
mod zones;

use crate::diagnostic::Diagnostic;
use crate::time::Interval;

pub use busy::busy;
pub use holidays::holidays;
pub use merge::{MergeError, add_busy, add_holidays, zone_of};

/// What was read from a file, and what is worth knowing about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken<T> {
    /// The entries, in order.
    pub entries: Vec<T>,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
}

/// Seconds since 1970-01-01T00:00Z, in UTC or, as a reading, as if the zone were UTC.
type Seconds = i64;

/// A stretch of time in seconds, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    start: Seconds,
    end: Seconds,
}

impl Stretch {
    fn of(interval: Interval) -> Self {
        Self { start: interval.start.saturating_mul(60), end: interval.end.saturating_mul(60) }
    }
    fn meets(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// WHY two days: no zone is further than that from UTC, with room to spare.
const MARGIN: Seconds = 2 * 86_400;
/// Occurrences that one file may have in the horizon.
const MOST_OCCURRENCES: usize = 1_000_000;

#[cfg(test)]
mod tests;
