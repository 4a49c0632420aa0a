//! Values: dates, times, durations, offsets, text.

use chrono::{NaiveDate, NaiveDateTime};

/// A date or time as it is written, before any zone is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// A whole day, `20260302`.
    Day(NaiveDate),
    /// A reading of a wall clock, `20260302T090000`.
    Civil(NaiveDateTime),
    /// A time in UTC, `20260302T090000Z`.
    Utc(NaiveDateTime),
}

/// A duration: whole days are nominal (on the calendar), seconds exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Days on the calendar.
    pub days: i64,
    /// Seconds of elapsed time.
    pub seconds: i64,
}

/// Longest duration that is read, in days or seconds of as many days: more than any horizon.
const LONGEST_DAYS: i64 = 100_000;

fn digits(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn parse_day(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 || !text.is_ascii() {
        return None;
    }
    let year = digits(&text[..4])?;
    NaiveDate::from_ymd_opt(year as i32, digits(&text[4..6])?, digits(&text[6..])?)
        .filter(|_| year > 0)
}

/// Reads a `DATE` or `DATE-TIME`; a leap second counts as the second before.
#[must_use]
pub fn parse_stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let Some((day, time)) = text.split_once('T') else {
        return parse_day(text).map(Stamp::Day);
    };
    let (time, utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
    if time.len() != 6 || !time.is_ascii() {
        return None;
    }
    let second = digits(&time[4..])?;
    let second = if second == 60 { 59 } else { second };
    let civil = parse_day(day)?.and_hms_opt(digits(&time[..2])?, digits(&time[2..4])?, second)?;
    Some(if utc { Stamp::Utc(civil) } else { Stamp::Civil(civil) })
}

/// Reads a `DURATION`, `PT1H30M` or `P1D`; not below zero.
#[must_use]
pub fn parse_span(text: &str) -> Option<Span> {
    let text = text.trim();
    let mut rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let mut span = Span::default();
    let (mut in_time, mut parts) = (false, 0);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            if in_time || time.is_empty() {
                return None;
            }
            (in_time, rest) = (true, time);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let number = i64::from(digits(&rest[..end])?);
        let unit = rest[end..].chars().next()?;
        match (unit, in_time) {
            ('W', false) => span.days += 7 * number,
            ('D', false) => span.days += number,
            ('H', true) => span.seconds += 3600 * number,
            ('M', true) => span.seconds += 60 * number,
            ('S', true) => span.seconds += number,
            _ => return None,
        }
        parts += 1;
        rest = &rest[end + unit.len_utf8()..];
    }
    let sound = span.days <= LONGEST_DAYS && span.seconds <= LONGEST_DAYS * 86_400;
    (parts > 0 && sound).then_some(span)
}

/// Reads a `UTC-OFFSET`, `+0530`, as seconds east of UTC.
#[must_use]
pub fn parse_offset(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    if !matches!(rest.len(), 4 | 6) || !rest.is_ascii() {
        return None;
    }
    let (hours, minutes) = (digits(&rest[..2])?, digits(&rest[2..4])?);
    let seconds = if rest.len() == 6 { digits(&rest[4..])? } else { 0 };
    let total = i64::from(hours * 3600 + minutes * 60 + seconds);
    (hours < 24 && minutes < 60 && seconds < 60).then_some(sign * total)
}

/// Text as it was before escaping.
#[must_use]
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => {}
            },
            other => plain.push(other),
        }
    }
    plain
}
