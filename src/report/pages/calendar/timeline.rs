//! The horizon on one line for each mediator, and for each room.
//!
//! * A picture is drawn in pieces of at most `ROWS` lines, so that it can be printed; behind the
//!   pieces stands a table with the same in numbers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::{Markup, html};

use super::clocks::within;
use super::layout::{DAY, monday};
use super::week::width;
use crate::report::pages::shared::{person, place_of};
use crate::report::texts::{Texts, clock};
use crate::report::view::{SessionView, Side, View};
use crate::time::{Date, Instant};

/// Lines of one picture.
const ROWS: usize = 40;
/// Lines from which on a picture folds.
const MANY: usize = 60;
/// How wide labels and lines are together, and where the lines begin, in tenths of a unit.
const WIDE: (i64, i64) = (10_000, 2_200);
/// How high the axis and a line are, in units.
const HIGH: (usize, usize) = (22, 20);
/// How many digits of a label there is room for.
const LABEL: usize = 31;

/// A line.
struct Row<'v> {
    /// What it is called in the picture.
    label: String,
    /// And in the table.
    head: Markup,
    /// Its sessions in time.
    sessions: Vec<&'v SessionView<'v>>,
}

/// Mediators who sit, by name.
pub(super) fn by_mediator(view: &View<'_>, texts: &Texts) -> Markup {
    let mut sits: BTreeMap<(&str, &str), Vec<&SessionView<'_>>> = BTreeMap::new();
    for member in view.disputes.iter().flat_map(|dispute| &dispute.panel) {
        sits.entry((view.names.of(member.id), member.id)).or_default();
    }
    for (_, session) in view.sessions() {
        for one in session.attendees.iter().filter(|one| one.side == Side::Panel) {
            sits.entry((view.names.of(one.id), one.id)).or_default().push(session);
        }
    }
    let rows: Vec<Row<'_>> = sits
        .into_iter()
        .map(|((name, id), sessions)| Row {
            label: name.to_owned(),
            head: person(&view.names, id),
            sessions,
        })
        .collect();
    html! {
        h3 { (texts.say("cal-mediators")) }
        @if rows.is_empty() { p { (texts.say("cal-mediators-none")) } } @else { (lines(view, texts, "m", "mediator", &rows)) }
    }
}

/// Rooms in which there are sessions, by place.
pub(super) fn by_room(view: &View<'_>, texts: &Texts) -> Markup {
    let mut used: BTreeMap<(&str, &str, Option<&str>), Vec<&SessionView<'_>>> = BTreeMap::new();
    let mut remote = 0_usize;
    for (_, session) in view.sessions() {
        let Some(place) = session.place else {
            remote += 1;
            continue;
        };
        let name = view.names.place(place);
        if session.rooms.is_empty() {
            used.entry((name, place, None)).or_default().push(session);
        }
        for room in &session.rooms {
            used.entry((name, place, Some(room))).or_default().push(session);
        }
    }
    let rows: Vec<Row<'_>> = used
        .into_iter()
        .map(|((name, place, room), sessions)| Row {
            label: room.map_or_else(|| name.to_owned(), |room| format!("{room}, {name}")),
            head: html! { @if let Some(room) = room { (room) ", " } (place_of(&view.names, place)) },
            sessions,
        })
        .collect();
    html! {
        h3 { (texts.say("cal-rooms")) }
        p { (texts.tell("cal-remote", &[("n", remote.into())])) }
        @if !rows.is_empty() { (lines(view, texts, "r", "room", &rows)) }
    }
}

/// Pictures and table of some lines; `id` makes ids of the page, `what` is the kind of line.
fn lines(view: &View<'_>, texts: &Texts, id: &str, what: &str, rows: &[Row<'_>]) -> Markup {
    let title = texts.say(&format!("cal-{what}s"));
    let pieces = rows.chunks(ROWS).count();
    let numbers = texts.tell("cal-lines-table", &[("title", title.as_str().into())]);
    let pictures = html! {
        div.scroll.tl tabindex="0" role="region" aria-label=(title) {
            @for (at, rows) in rows.chunks(ROWS).enumerate() {
                (picture(view, texts, &format!("cal-{id}{at}"), &piece(texts, &title, at + 1, pieces), rows))
            }
        }
    };
    html! {
        p { (texts.say("cal-lines-how")) }
        @if rows.len() > MANY {
            details { summary { (texts.tell("cal-lines-fold", &[("n", rows.len().into())])) } (pictures) }
        } @else {
            (pictures)
        }
        details {
            summary { (numbers) }
            div.scroll tabindex="0" role="region" aria-label=(numbers) {
                table {
                    caption { (title) }
                    thead { tr {
                        th scope="col" { (texts.say(&format!("cal-{what}"))) }
                        th.n scope="col" { (texts.say("cal-sessions")) }
                        th.n scope="col" { (texts.say("cal-hours")) }
                        th scope="col" { (texts.say("cal-first")) }
                        th scope="col" { (texts.say("cal-last")) }
                    } }
                    tbody { @for row in rows { (line_of_table(texts, row)) } }
                }
            }
        }
    }
}

fn piece(texts: &Texts, title: &str, at: usize, of: usize) -> String {
    if of == 1 {
        return title.to_owned();
    }
    texts.tell(
        "cal-piece",
        &[
            ("title", title.to_owned().into()),
            ("at", at.to_string().into()),
            ("of", of.to_string().into()),
        ],
    )
}

fn line_of_table(texts: &Texts, row: &Row<'_>) -> Markup {
    let minutes: i64 = row.sessions.iter().map(|session| session.minutes()).sum();
    let when = |session: Option<&&SessionView<'_>>| {
        session.map_or_else(String::new, |session| {
            format!("{} {}", texts.date(session.start.div_euclid(DAY)), clock(session.start))
        })
    };
    html! {
        tr {
            th scope="row" { (row.head) }
            td.n { (texts.number(row.sessions.len() as i64)) }
            td.n { (texts.hours(minutes)) }
            td { (when(row.sessions.first())) }
            td { (when(row.sessions.last())) }
        }
    }
}

/// Where instants lie on a line.
struct Scale {
    start: Instant,
    length: i64,
}

impl Scale {
    /// Tenths of a unit from the left; what lies outside of the horizon stands at its edge.
    fn at(&self, instant: Instant) -> i64 {
        let (from, to) = (WIDE.1, WIDE.0);
        let into = (instant - self.start).clamp(0, self.length);
        from + into * (to - from) / self.length
    }
}

/// A length in tenths as a decimal.
fn unit(tenths: i64) -> String {
    if tenths % 10 == 0 {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// One picture: weeks above, a line for each row, a mark for each session.
fn picture(view: &View<'_>, texts: &Texts, id: &str, title: &str, rows: &[Row<'_>]) -> Markup {
    let start = view.horizon.start;
    let scale = Scale { start, length: (view.horizon.end - start).max(1) };
    let height = HIGH.0 + rows.len() * HIGH.1 + 4;
    let line = |at: usize| HIGH.0 + at * HIGH.1 + HIGH.1 / 2;
    let ticks = ticks(view);
    let mut rules = String::new();
    for (_, instant) in &ticks {
        let _ = write!(rules, "M{} {}V{height}", unit(scale.at(*instant)), HIGH.0 - 4);
    }
    for at in 0..rows.len() {
        let _ = write!(rules, "M{} {}H{}", WIDE.1 / 10, line(at), WIDE.0 / 10);
    }
    let mut changes = String::new();
    let mut told: Vec<Instant> = within(view).iter().map(|(change, _)| change.at).collect();
    told.dedup();
    for instant in told {
        let _ = write!(changes, "M{} {}V{height}", unit(scale.at(instant)), HIGH.0 - 4);
    }
    html! {
        svg viewBox={ "0 0 " (WIDE.0 / 10) " " (height) } role="img" aria-labelledby=(id) {
            title id=(id) { (title) }
            path.w d=(rules) {}
            @if !changes.is_empty() { path.z d=(changes) {} }
            @for (day, instant) in &ticks {
                text x=(unit(scale.at(*instant) + 20)) y=(HIGH.0 - 8) { (short(texts, *day)) }
            }
            @for (at, row) in rows.iter().enumerate() {
                text y=(line(at) + 4) { (cut(&row.label)) }
                @for held in [true, false] {
                    @let marks = marks(&scale, line(at), &row.sessions, held);
                    @if !marks.is_empty() { path.h[held] d=(marks) {} }
                }
            }
        }
    }
}

fn marks(scale: &Scale, line: usize, sessions: &[&SessionView<'_>], held: bool) -> String {
    let mut path = String::new();
    for session in sessions.iter().filter(|session| session.held == held) {
        let from = scale.at(session.start);
        // WHY three units: in a long horizon an hour is less than can be seen.
        let long = (scale.at(session.end) - from).max(30);
        let _ = write!(path, "M{} {line}h{}", unit(from), unit(long));
    }
    path
}

/// The Mondays that the axis names: as many as there is room for, and the first day where there is
/// none.
fn ticks(view: &View<'_>) -> Vec<(i64, Instant)> {
    const ROOM: i64 = 8;
    let (first, last) =
        (view.horizon.start.div_euclid(DAY), (view.horizon.end - 1).div_euclid(DAY));
    let next = monday(first + 6);
    let weeks = ((last - next).div_euclid(7) + 1).max(0);
    let every = (weeks + ROOM - 1).div_euclid(ROOM).max(1);
    let mut days: Vec<i64> = (0..weeks).step_by(every as usize).map(|w| next + 7 * w).collect();
    if days.is_empty() {
        days.push(first);
    }
    days.into_iter().map(|day| (day, day * DAY)).collect()
}

/// Day and month.
fn short(texts: &Texts, day: i64) -> String {
    let date = Date::from_days(day).to_string();
    let mut parts = date.rsplit('-').map(|part| part.trim_start_matches('0').to_owned());
    let (day, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let month = texts.say(&format!("month-{month}"));
    texts.tell("cal-day-month", &[("day", day.into()), ("month", month.into())])
}

/// A label that fits.
fn cut(label: &str) -> String {
    if width(label) <= LABEL {
        return label.to_owned();
    }
    let mut text = String::new();
    for c in label.chars() {
        if width(&text) + width(c.encode_utf8(&mut [0; 4])) >= LABEL {
            break;
        }
        text.push(c);
    }
    text.push('\u{2026}');
    text
}
