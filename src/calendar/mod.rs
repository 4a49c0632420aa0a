//! Sessions of a solution as iCalendar (RFC 5545): for everyone, an actor, a room or a party.
//!
//! * Takes an instance, a solution of it, and who is to read the file; gives the file. Times stand
//!   on the wall clock of a zone, with a `VTIMEZONE` made of that zone's changes.
//! * **Invariant**: a file holds nothing that its reader does not attend: no session, no person,
//!   no zone, no number that depends on one.
//! * **Invariant**: a `UID` depends on instance, dispute and session alone, and every byte on the
//!   documents (and the earlier file) alone: the clock on the wall is not read.
//! * A re-plan that names the earlier file updates it: changed entries get the next `SEQUENCE`,
//!   unchanged ones and those that are over stay byte for byte, those that are gone are cancelled.

mod audience;
mod entry;
mod previous;
mod zone;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::format::{InstanceDoc, SolutionDoc};
use crate::ical::Writer;
use crate::time::{Instant, Interval, Zone, parse_instant};

pub use audience::Audience;
use entry::Entry;
use previous::Previous;

/// Why there is no file.
#[derive(Debug, Clone, PartialEq)]
pub enum CalendarError {
    /// The solution does not fit the instance.
    Solution(Vec<Diagnostic>),
    /// The earlier file is none, or about something else.
    Previous(Vec<Diagnostic>),
}

/// The sessions that the audience attends, as an iCalendar file.
///
/// # Errors
/// When the solution has sessions that the instance has not, or the earlier file is not an earlier
/// file of the same instance for the same audience.
pub fn calendar(
    instance: &InstanceDoc,
    solution: &SolutionDoc,
    audience: &Audience,
    previous: Option<&[u8]>,
) -> Result<String, CalendarError> {
    let mut entries =
        entry::entries(instance, solution, audience).map_err(CalendarError::Solution)?;
    let mut previous = match previous {
        None => Previous::default(),
        Some(text) => {
            Previous::read(text, &instance.id, audience).map_err(CalendarError::Previous)?
        }
    };
    // What an earlier plan had before `as_of` has been held.
    let today = parse_instant(&format!("{}T00:00:00Z", instance.as_of)).ok();
    if let Some(today) = today.filter(|_| solution.from.is_some()) {
        previous.leave(today);
    }
    entries
        .sort_by(|a, b| (a.start, &a.dispute, &a.session).cmp(&(b.start, &b.dispute, &b.session)));
    let stamp = instance.as_of.replace('-', "") + "T000000Z";
    let mut writer = Writer::default();
    writer.line("BEGIN", "VCALENDAR");
    writer.line("VERSION", "2.0");
    writer.line("PRODID", concat!("-//comity//comity ", env!("CARGO_PKG_VERSION"), "//EN"));
    writer.line("CALSCALE", "GREGORIAN");
    writer.text("X-WR-CALNAME", &audience.title(instance));
    writer.text(INSTANCE, &instance.id);
    writer.text(AUDIENCE, &audience.to_string());
    for (zone, window) in zones(instance, audience, &entries, &previous).into_values() {
        zone::write(&mut writer, zone, window);
    }
    for entry in &entries {
        previous.update(entry).write(&mut writer, &stamp);
    }
    for gone in previous.gone(&entries) {
        gone.write(&mut writer, &stamp);
    }
    writer.line("END", "VCALENDAR");
    Ok(writer.finish())
}

/// The property that names the instance.
const INSTANCE: &str = "X-COMITY-INSTANCE";
/// The property that names the audience.
const AUDIENCE: &str = "X-COMITY-FOR";

/// The zones of the file by name, each with the time that it has to cover.
///
/// WHY the zone of the audience in any case: a calendar without any component is not valid.
fn zones(
    instance: &InstanceDoc,
    audience: &Audience,
    entries: &[Entry],
    previous: &Previous,
) -> BTreeMap<&'static str, (Zone, Interval)> {
    let ends = [&instance.horizon.start, &instance.horizon.end];
    let mut times: Vec<Instant> = ends.iter().filter_map(|end| parse_instant(end).ok()).collect();
    times.extend(entries.iter().flat_map(|entry| [entry.start, entry.end]));
    let kept = previous.times_of_old(entries);
    times.extend(kept.iter().map(|(_, instant)| *instant));
    let window = Interval {
        start: times.iter().min().copied().unwrap_or(0) - MARGIN,
        end: times.iter().max().copied().unwrap_or(0) + MARGIN,
    };
    let named =
        entries.iter().map(|entry| entry.zone).chain(kept.into_iter().map(|(zone, _)| zone));
    let own = audience.zone(instance).unwrap_or(Zone::UTC);
    let mut all: BTreeMap<&'static str, (Zone, Interval)> = BTreeMap::new();
    for zone in named {
        all.insert(zone.name(), (zone, window));
    }
    if all.is_empty() {
        all.insert(own.name(), (own, window));
    }
    all
}

/// WHY: readers look a little around what they show; a year holds every change that recurs.
const MARGIN: i64 = 400 * 24 * 60;
