//! The zones of a file: their names, and how it defines them.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, nearest, quote};
use crate::ical::{
    Component, Property, Stamp, UNKNOWN_ZONE, ZONE_MISMATCH, parse_offset, parse_stamp,
};
use crate::time::Zone;

use super::recur::Rule;
use super::{MARGIN, Seconds};

const WINDOWS: &str = include_str!("windows_zones.txt");

/// The zones that the events of one calendar name.
pub(super) struct Zones<'a> {
    calendar: &'a Component,
    /// Last instant of interest.
    end: Seconds,
    named: BTreeMap<String, Option<Named>>,
    pub(super) findings: Vec<Diagnostic>,
}

#[derive(Debug, Clone)]
struct Named {
    zone: Zone,
    /// Whether the name is that of the database, and not one that we took for it.
    literal: bool,
    line: usize,
    /// When which offset begins, as the file says.
    onsets: Vec<(Seconds, Seconds)>,
    told: bool,
}

impl<'a> Zones<'a> {
    pub(super) fn new(calendar: &'a Component, end: Seconds) -> Self {
        Self { calendar, end, named: BTreeMap::new(), findings: Vec::new() }
    }

    /// The zone of that name; tells once when there is none.
    pub(super) fn find(&mut self, name: &str, property: &Property) -> Option<Zone> {
        if !self.named.contains_key(name) {
            let named = self.look_up(name, property);
            if named.is_none() {
                let message = format!("{} is not a known time zone", quote(name));
                let help = match nearest(name, Zone::names()) {
                    Some(near) => format!("did you mean `{near}`? name an IANA zone in the file"),
                    None => "name an IANA zone, such as `Asia/Hong_Kong`, in the file".to_owned(),
                };
                self.findings.push(property.error(UNKNOWN_ZONE, message).help(help));
            }
            self.named.insert(name.to_owned(), named);
        }
        self.named.get(name)?.as_ref().map(|named| named.zone)
    }

    fn look_up(&mut self, name: &str, property: &Property) -> Option<Named> {
        let defined = self.calendar.inside("VTIMEZONE").find(|definition| {
            definition.get("TZID").is_some_and(|id| id.value.trim() == name.trim())
        });
        let literal = Zone::parse(name);
        let zone = literal.or_else(|| stands_for(name, defined))?;
        let mut onsets = Vec::new();
        for observance in defined.iter().flat_map(|definition| &definition.components) {
            match self.onsets(observance) {
                Some(found) => onsets.extend(found),
                None => {
                    return Some(Named {
                        zone,
                        literal: true,
                        line: property.line,
                        onsets: Vec::new(),
                        told: true,
                    });
                }
            }
        }
        onsets.sort_unstable();
        let line = defined.map_or(property.line, |definition| definition.line);
        Some(Named { zone, literal: literal.is_some(), line, onsets, told: false })
    }

    /// When an observance begins, up to the end of interest; `None` when it cannot be read, which
    /// then counts as no definition: the zone goes by its name.
    fn onsets(&self, observance: &Component) -> Option<Vec<(Seconds, Seconds)>> {
        let from = parse_offset(&observance.get("TZOFFSETFROM")?.value)?;
        let to = parse_offset(&observance.get("TZOFFSETTO")?.value)?;
        let Stamp::Civil(start) = parse_stamp(&observance.get("DTSTART")?.value)? else {
            return None;
        };
        let first = start.and_utc().timestamp();
        let mut readings = vec![first];
        for property in observance.all("RRULE") {
            let rule = Rule::parse(property).ok()?;
            let until = |reading: Seconds| rule.ends_before(reading, reading - from);
            let found = rule.readings(first, first, self.end + MARGIN).ok()?;
            readings.extend(found.into_iter().filter(|reading| !until(*reading)));
        }
        for property in observance.all("RDATE") {
            for value in property.value.split(',') {
                let Stamp::Civil(reading) = parse_stamp(value)? else { return None };
                readings.push(reading.and_utc().timestamp());
            }
        }
        Some(readings.into_iter().map(|reading| (reading - from, to)).collect())
    }

    /// Tells once when the file means another offset at `instant` than the database has.
    pub(super) fn compare(&mut self, name: &str, instant: Seconds) {
        let Some(Some(named)) = self.named.get_mut(name) else { return };
        if named.told {
            return;
        }
        let begun = named.onsets.partition_point(|(onset, _)| *onset <= instant);
        let Some((_, meant)) = begun.checked_sub(1).map(|at| named.onsets[at]) else { return };
        let ours = i64::from(named.zone.offset_at(instant.div_euclid(60))) * 60;
        if meant == ours {
            return;
        }
        named.told = true;
        let when = Zone::utc_rfc3339(instant.div_euclid(60));
        let message = format!(
            "the file defines {} as {} at {when}, the database has {} for `{}`",
            quote(name),
            hours(meant),
            hours(ours),
            named.zone.name(),
        );
        let mut finding = if named.literal {
            Diagnostic::warning(ZONE_MISMATCH, "", message)
                .help("times are read by the database; compare one of them with the source")
        } else {
            Diagnostic::error(ZONE_MISMATCH, "", message)
                .help("name the IANA zone that is meant in the file")
        };
        finding.position = Some((named.line, 1));
        self.findings.push(finding);
    }
}

fn hours(offset: Seconds) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The zone for which a name stands that the database does not have.
fn stands_for(name: &str, defined: Option<&Component>) -> Option<Zone> {
    let name = name.trim();
    let location = defined.and_then(|definition| definition.get("X-LIC-LOCATION"));
    if let Some(zone) = location.and_then(|property| Zone::parse(property.value.trim())) {
        return Some(zone);
    }
    let rows = WINDOWS.lines().filter(|line| !line.starts_with('#'));
    let windows = rows.filter_map(|line| line.split_once(';')).find(|(known, _)| *known == name);
    if let Some((_, zone)) = windows {
        return Zone::parse(zone);
    }
    // `/mozilla.org/20050126_1/Europe/Berlin`
    let tails = name.match_indices('/').filter_map(|(at, _)| Zone::parse(&name[at + 1..]));
    let same = || Zone::names().find(|known| known.eq_ignore_ascii_case(name));
    tails.into_iter().next().or_else(|| Zone::parse(same()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_windows_name_has_a_zone() {
        let rows: Vec<_> = WINDOWS.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.len() > 100);
        for row in rows {
            let (_, zone) = row.split_once(';').expect("two cells");
            assert!(Zone::parse(zone).is_some(), "{row}");
        }
    }

    #[test]
    fn names_in_use() {
        for (name, zone) in [
            ("China Standard Time", "Asia/Shanghai"),
            ("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin"),
            (
                "/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires",
                "America/Argentina/Buenos_Aires",
            ),
            ("asia/hong_kong", "Asia/Hong_Kong"),
        ] {
            assert_eq!(stands_for(name, None).map(Zone::name), Some(zone));
        }
        for name in ["", "/", "Customized Time Zone", "(UTC+08:00) Beijing", "Mars/Olympus"] {
            assert!(stands_for(name, None).is_none(), "{name}");
        }
    }
}
