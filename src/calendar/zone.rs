//! A zone as a `VTIMEZONE`: one observance for every stretch between two changes.
//!
//! WHY no rules: what the database knows is the changes themselves; a rule that fits this year's
//! would be a guess about the next.

use crate::ical::Writer;
use crate::time::{Interval, Zone};

/// Writes a zone as it is during `window`.
pub(super) fn write(writer: &mut Writer, zone: Zone, window: Interval) {
    writer.line("BEGIN", "VTIMEZONE");
    writer.line("TZID", zone.name());
    writer.line("X-LIC-LOCATION", zone.name());
    let spans = zone.offsets(window);
    let mut before = None;
    for span in spans {
        let kind = if zone.is_daylight(span.start) { "DAYLIGHT" } else { "STANDARD" };
        let from = before.unwrap_or(span.offset);
        // The first stretch has begun before; a day long gone stands for that.
        let onset = match before {
            Some(from) => reading(span.start + i64::from(from)),
            None if window.start > 0 => "19700101T000000".to_owned(),
            None => "00010101T000000".to_owned(),
        };
        writer.line("BEGIN", kind);
        writer.line("DTSTART", &onset);
        writer.line("TZOFFSETFROM", &offset(from));
        writer.line("TZOFFSETTO", &offset(span.offset));
        let name = Some(zone.abbreviation(span.start)).filter(|name| !name.is_empty());
        writer.text("TZNAME", &name.unwrap_or_else(|| offset(span.offset)));
        writer.line("END", kind);
        before = Some(span.offset);
    }
    writer.line("END", "VTIMEZONE");
}

/// Minutes on a wall clock as `DATE-TIME`.
fn reading(minutes: i64) -> String {
    let text = Zone::utc_rfc3339(minutes);
    text.chars().filter(|c| !matches!(c, '-' | ':' | 'Z')).collect()
}

fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}
