//! What is real about States: name, region, weekend, time zones and languages.
//!
//! The table `states.txt` was written by hand from general knowledge; it needs no completeness,
//! only the States that the docket and the profiles name.

use chrono::{NaiveDate, NaiveTime, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::format::{CalendarDoc, LanguageLevel, Pairs, StateDoc, Weekday};

use super::draw::Draw;
use super::make;

/// What the table knows about a State.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StateFacts {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) region: &'static str,
    /// Id of the calendar with this weekend: `sat-sun`, `fri-sat` or `fri`.
    pub(crate) weekend: &'static str,
    zones: &'static str,
    languages: &'static str,
}

const TABLE: &str = include_str!("states.txt");

/// The rows of the table, ordered by code.
pub(crate) fn states() -> impl Iterator<Item = StateFacts> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split(';');
        Some(StateFacts {
            code: cells.next()?,
            name: cells.next()?,
            region: cells.next()?,
            weekend: cells.next()?,
            zones: cells.next()?,
            languages: cells.next()?,
        })
    })
}

/// The row of a State, when the table has it.
pub(crate) fn state(code: &str) -> Option<StateFacts> {
    states().find(|row| row.code == code)
}

impl StateFacts {
    /// One of the State's time zones.
    pub(crate) fn zone(&self, draw: &mut Draw) -> &'static str {
        let zones: Vec<&str> = self.zones.split(',').collect();
        draw.pick::<&str>(&zones)
    }

    /// The State's first time zone.
    pub(crate) fn main_zone(&self) -> &'static str {
        self.zones.split(',').next().unwrap_or("UTC")
    }

    /// Languages of which people of the State have one as their first.
    pub(crate) fn native(&self) -> Vec<&'static str> {
        self.languages.split('/').next().unwrap_or_default().split(',').collect()
    }

    /// Second languages that are widespread there.
    pub(crate) fn second(&self) -> Vec<&'static str> {
        self.languages.split('/').nth(1).map(|list| list.split(',').collect()).unwrap_or_default()
    }

    /// Languages of one educated person of these States, English in `english` of a hundred.
    pub(crate) fn speech(
        of: &[StateFacts],
        english: usize,
        draw: &mut Draw,
    ) -> Pairs<LanguageLevel> {
        let mut spoken: Vec<(String, LanguageLevel)> = Vec::new();
        let mut learn = |tag: &str, level| {
            if spoken.iter().all(|(known, _)| known != tag) {
                spoken.push((tag.to_owned(), level));
            }
        };
        let native: Vec<_> = of.iter().flat_map(Self::native).collect();
        for tag in &native {
            learn(tag, LanguageLevel::Native);
        }
        for tag in of.iter().flat_map(Self::second) {
            if draw.chance(70) {
                learn(tag, *draw.pick(&[LanguageLevel::C2, LanguageLevel::C1, LanguageLevel::B2]));
            }
        }
        if draw.chance(english) {
            learn("en", *draw.pick(&[LanguageLevel::C2, LanguageLevel::C1]));
        } else {
            learn("en", LanguageLevel::B2);
        }
        if draw.chance(30) {
            let level = *draw.pick(&[LanguageLevel::C1, LanguageLevel::B2]);
            learn(draw.pick::<&str>(&["fr", "es", "en", "ar", "ru", "pt", "zh"]), level);
        }
        Pairs(spoken)
    }

    /// The State as an actor.
    pub(crate) fn actor(&self) -> StateDoc {
        StateDoc {
            name: Some(self.name.to_owned()),
            region: Some(self.region.to_owned()),
            ..make::state(self.code)
        }
    }
}

/// The calendars that `StateFacts::weekend` names.
pub(crate) fn weekend_calendars() -> Vec<CalendarDoc> {
    let calendar = |id: &str, weekend: &[Weekday], notes: Option<&str>| CalendarDoc {
        id: id.to_owned(),
        weekend: weekend.to_vec(),
        holidays: Vec::new(),
        workdays: Vec::new(),
        notes: notes.map(Into::into),
    };
    vec![
        calendar("sat-sun", &[Weekday::Sat, Weekday::Sun], None),
        calendar("fri-sat", &[Weekday::Fri, Weekday::Sat], None),
        calendar("fri", &[Weekday::Fri], Some("assumed for Djibouti and Iran")),
    ]
}

/// What the wall clock in `zone` shows, in hours, at `hour` o'clock UTC on `date`.
pub(crate) fn local_hour(zone: &str, date: NaiveDate, hour: u32) -> Option<u32> {
    let zone: Tz = zone.parse().ok()?;
    let instant = Utc.from_utc_datetime(&date.and_hms_opt(hour, 0, 0)?);
    Some(instant.with_timezone(&zone).time().hour())
}

/// The longest run of hours of the day during which every zone reads 06:00 to 23:00, and `office`
/// (where given) reads 09:00 to 18:00.
pub(crate) fn common_hours(zones: &[&str], office: Option<&str>, date: NaiveDate) -> u32 {
    let fits = |hour: u32| {
        zones.iter().all(|zone| matches!(local_hour(zone, date, hour), Some(6..=22)))
            && office.is_none_or(|zone| matches!(local_hour(zone, date, hour), Some(9..=17)))
    };
    let (mut best, mut run) = (0, 0);
    for hour in 0..48 {
        run = if fits(hour % 24) { run + 1 } else { 0 };
        best = best.max(run);
    }
    best.min(24)
}

/// `time` o'clock on `date` in `zone` as RFC 3339, with the offset that the zone has then.
///
/// In a daylight-saving gap or fold the offset is that of midnight UTC of the day.
pub(crate) fn instant(zone: &str, date: NaiveDate, hour: u32) -> String {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let civil = date.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
    let offset = zone
        .from_local_datetime(&civil)
        .single()
        .map_or_else(|| zone.offset_from_utc_datetime(&civil).fix(), |t| t.offset().fix());
    let minutes = offset.local_minus_utc() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (h, m) = (minutes.abs() / 60, minutes.abs() % 60);
    format!("{}{sign}{h:02}:{m:02}", civil.format("%Y-%m-%dT%H:%M:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let calendars: Vec<String> = weekend_calendars().into_iter().map(|c| c.id).collect();
        let rows: Vec<StateFacts> = states().collect();
        assert_eq!(rows.len(), TABLE.lines().filter(|line| !line.starts_with('#')).count());
        assert!(rows.is_sorted_by(|a, b| a.code < b.code));
        for row in rows {
            assert_eq!(row.code.len(), 2, "{}", row.name);
            assert!(calendars.iter().any(|id| id == row.weekend), "{}", row.name);
            assert!(row.zones.split(',').all(|zone| zone.parse::<Tz>().is_ok()), "{}", row.zones);
            assert!(
                row.native().iter().chain(&row.second()).all(|tag| (2..4).contains(&tag.len()))
            );
        }
    }

    #[test]
    fn hours_in_common_are_read_on_real_clocks() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 11).unwrap_or_default();
        assert_eq!(common_hours(&["Asia/Hong_Kong", "America/Caracas"], None, day), 5);
        assert_eq!(common_hours(&["America/Caracas"], Some("Asia/Hong_Kong"), day), 2);
        assert_eq!(instant("America/Caracas", day, 9), "2026-02-11T09:00:00-04:00");
        assert_eq!(instant("Europe/Belgrade", day, 9), "2026-02-11T09:00:00+01:00");
    }
}
