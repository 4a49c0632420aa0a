//! Time on the solving side: instants, spans of dates, the slot grid, and wall clocks.
//!
//! * Instants are whole minutes since 1970-01-01T00:00Z, as `i64`.
//! * **Invariant**: this is the one place on the solving side that calls chrono-tz.
//! * Civil time is only ever *read* off a wall clock, never converted to an instant, so that gaps
//!   and folds leave nothing to resolve (docs/format.md, conventions). The one exception,
//!   `Zone::instant_of`, serves `convert`, whose sources name instants by civil time.

mod civil;
mod grid;
mod zone;

pub use civil::{Date, DateSpan, MinuteOfDay, WeekdaySet, parse_clock, parse_date, parse_instant};
pub use grid::{Interval, SlotGrid};
pub use zone::{OffsetSpan, Zone, tzdb_version};

/// An instant: whole minutes since 1970-01-01T00:00Z.
pub type Instant = i64;
