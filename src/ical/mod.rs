//! The syntax of iCalendar (RFC 5545): content lines, components, values, folding, escaping.
//!
//! * Takes the bytes of an `.ics` file, gives components whose properties know the line on which
//!   they stand; and the other way round, folded lines with CRLF.
//! * What an event means is decided by whoever reads it: `convert` and `calendar`.
//! * **Invariant**: no input makes it panic or recurse: components nest eight deep at most.
//! * WHY not the parser of the crate `icalendar`: it stops at the first error, counts lines after
//!   unfolding, and descends one call a component (docs/decisions/0011); the tests use it as the
//!   second reader.

mod read;
mod tree;
mod value;
mod write;

pub use read::Property;
pub use tree::{Component, read};
pub use value::{Span, Stamp, parse_offset, parse_span, parse_stamp, unescape};
pub use write::{Writer, escape};

/// What can be wrong with an iCalendar file, and what it means: the codes of docs/errors.md.
pub const CODES: &[(&str, &str)] = &[
    (BAD_VALUE, "a date, time, duration, offset or rule that is none"),
    (NO_ZONE, "a time without a zone, of somebody without one"),
    (NOT_ALL_DAY, "a holiday that is not made of whole days"),
    (NOT_SUPPORTED, "a rule that comity does not expand"),
    (OTHER_CALENDAR, "an earlier file that is about something else"),
    (SYNTAX, "not an iCalendar file"),
    (TOO_MANY, "more occurrences than a diary can have"),
    (UNKNOWN_ZONE, "a zone that is not known"),
    (ZONE_MISMATCH, "a file that defines a zone otherwise than the time-zone database"),
];

/// A date, time, duration, offset or rule that is none.
pub const BAD_VALUE: &str = "ics-bad-value";
/// A time without a zone, of somebody without one.
pub const NO_ZONE: &str = "ics-no-zone";
/// A holiday that is not made of whole days.
pub const NOT_ALL_DAY: &str = "ics-not-all-day";
/// A rule that comity does not expand.
pub const NOT_SUPPORTED: &str = "ics-not-supported";
/// An earlier file that is about something else.
pub const OTHER_CALENDAR: &str = "ics-other-calendar";
/// Not an iCalendar file.
pub const SYNTAX: &str = "ics-syntax";
/// More occurrences than a diary can have.
pub const TOO_MANY: &str = "ics-too-many";
/// A zone that is not known.
pub const UNKNOWN_ZONE: &str = "ics-unknown-zone";
/// A file that defines a zone otherwise than the time-zone database.
pub const ZONE_MISMATCH: &str = "ics-zone-mismatch";

#[cfg(test)]
mod tests;
