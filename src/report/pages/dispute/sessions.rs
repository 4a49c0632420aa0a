//! The sessions of a dispute with the local time of everyone, side by side; and what hours cost.
//!
//! * One table: a row a session, a column for those who stand for the same and have the same clock
//!   and the same hours in all sessions. So every person's time is there, and is told once.
//! * Hours outside of somebody's working hours are marked by a sign and a word and by number, a day
//!   other than UTC's by its name and by what it is to UTC's.

use maud::{Markup, html};

use super::word;
use crate::format::SessionMode;
use crate::report::pages::shared::{in_brackets, place_of, time};
use crate::report::texts::{Texts, clock};
use crate::report::view::{Attendee, DisputeView, SessionView, Side, View};

/// A person's hours in one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    zone: &'a str,
    /// Start and end on her clock, in minutes since 1970 as if her zone were UTC.
    start: i64,
    end: i64,
    /// Days from UTC's date to hers.
    shift: i64,
    points: i64,
}

/// People with the same hours.
#[derive(Debug)]
pub(super) struct Column<'a> {
    pub(super) side: Side<'a>,
    pub(super) people: Vec<&'a str>,
    /// A cell a session; nothing where they do not attend.
    cells: Vec<Option<Cell<'a>>>,
}

impl<'a> Column<'a> {
    /// The zone, where it is the same in all sessions.
    fn zone(&self) -> Option<&'a str> {
        let mut zones = self.cells.iter().flatten().map(|cell| cell.zone);
        let first = zones.next()?;
        zones.all(|zone| zone == first).then_some(first)
    }
}

/// What a session is called: its kind, and its number where there are several of the kind.
pub(super) fn called(texts: &Texts, session: &SessionView<'_>) -> String {
    let kind = word(texts, "session", session.kind);
    match session.of_kind {
        (_, 0 | 1) => kind,
        (number, of) => texts.tell(
            "dispute-session-of",
            &[("kind", kind.into()), ("number", number.into()), ("of", of.into())],
        ),
    }
}

/// Everyone who attends, by what they have in common: the panel, the parties, the interpreters.
pub(super) fn columns<'a>(view: &View<'a>, dispute: &DisputeView<'a>) -> Vec<Column<'a>> {
    let mut order: Vec<Side<'a>> = vec![Side::Panel];
    order.extend(dispute.parties.iter().map(|party| Side::Party(party.id)));
    order.push(Side::Interpreter);
    let mut columns: Vec<Column<'a>> = Vec::new();
    for side in order {
        let mut people: Vec<&str> = Vec::new();
        for attendee in dispute.sessions.iter().flat_map(|session| &session.attendees) {
            if attendee.side == side && !people.contains(&attendee.id) {
                people.push(attendee.id);
            }
        }
        for id in people {
            let cells: Vec<Option<Cell<'a>>> =
                dispute.sessions.iter().map(|session| cell(view, session, id, side)).collect();
            match columns.iter_mut().find(|column| column.side == side && column.cells == cells) {
                Some(column) => column.people.push(id),
                None => columns.push(Column { side, people: vec![id], cells }),
            }
        }
    }
    columns
}

fn cell<'a>(
    view: &View<'a>,
    session: &SessionView<'a>,
    id: &str,
    side: Side<'a>,
) -> Option<Cell<'a>> {
    let mut all = session.attendees.iter();
    let own: &Attendee<'a> = all.find(|attendee| attendee.id == id && attendee.side == side)?;
    // The clock may change while they sit.
    let zone = view.zones.iter().find(|zone| zone.name == own.zone);
    let at_end = zone.map_or(own.offset, |zone| {
        own.offset + zone.offset_at(session.end) - zone.offset_at(session.start)
    });
    Some(Cell {
        zone: own.zone,
        start: own.starts(session),
        end: session.end + i64::from(at_end),
        shift: own.day_shift(session),
        points: own.points,
    })
}

/// The table.
pub(super) fn table(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let columns = columns(view, dispute);
    let heading = texts.say("dispute-sessions");
    let burdened = dispute.sessions.iter().any(|session| burdens(session) > 0);
    html! {
        h4 { (heading) }
        div.scroll tabindex="0" role="region" aria-label=(texts.tell("dispute-sessions-of", &[("dispute", dispute.id.into())])) {
            table.lt {
                thead {
                    tr {
                        th scope="col" { (texts.say("dispute-session")) }
                        th scope="col" { "UTC" }
                        @for column in &columns { th scope="col" { (head(view, texts, column)) } }
                        @if burdened { th scope="col" { (texts.say("dispute-burden")) } }
                    }
                }
                tbody {
                    @for (at, session) in dispute.sessions.iter().enumerate() {
                        tr {
                            th scope="row" { (what(view, texts, session)) }
                            td { (time(texts, session.start, 0)) (until(texts, session.start, session.end)) }
                            @for column in &columns {
                                td { @if let Some(Some(cell)) = column.cells.get(at) { (told(texts, column, cell)) } @else { (texts.say(absent(session))) } }
                            }
                            @if burdened { td { (in_numbers(texts, session)) } }
                        }
                    }
                }
            }
        }
    }
}

/// What is said of somebody of whom a session has no hours.
///
/// WHY not always that they do not attend: a plan does not say who came to a session that is over.
fn absent(session: &SessionView<'_>) -> &'static str {
    let told = !(session.held && session.attendees.is_empty());
    if told { "dispute-absent" } else { "dispute-held-untold" }
}

fn head(view: &View<'_>, texts: &Texts, column: &Column<'_>) -> Markup {
    html! {
        small {
            @match column.side {
                Side::Panel => (texts.say("dispute-panel")),
                Side::Party(id) => (texts.tell("dispute-party", &[("party", id.into())])),
                Side::Interpreter => (texts.say("dispute-interpreters")),
            }
        }
        @for id in &column.people { br; (view.names.of(id)) }
        @if let Some(zone) = column.zone() { br; small { (zone) } }
    }
}

/// What a session is, where, and whether it has been held.
fn what(view: &View<'_>, texts: &Texts, session: &SessionView<'_>) -> Markup {
    let remote = session.mode == SessionMode::Remote;
    html! {
        (called(texts, session))
        br;
        small {
            @if let Some(id) = session.id { (id) (texts.say("comma")) }
            (word(texts, "mode", session.mode))
            @if let (Some(place), false) = (session.place, remote) { (texts.say("comma")) (place_of(&view.names, place)) }
            @if !session.rooms.is_empty() { (texts.say("comma")) (texts.tell("dispute-rooms", &[("rooms", texts.list(session.rooms.iter().map(|room| (*room).to_owned())).into())])) }
            @if session.held { (texts.say("comma")) b { (texts.say("dispute-held")) } }
        }
    }
}

/// From when to when on a clock.
fn hours(texts: &Texts, start: i64, end: i64) -> Markup {
    html! { (clock(start)) (until(texts, start, end)) }
}

/// The end of something that has its start before it.
fn until(texts: &Texts, start: i64, end: i64) -> Markup {
    html! {
        "\u{2013}" (clock(end))
        @let later = end.div_euclid(1440) - start.div_euclid(1440);
        // Until midnight is no other day.
        @if later > 0 && end.rem_euclid(1440) > 0 { (in_brackets(texts, texts.weekday(end.div_euclid(1440)))) }
    }
}

fn told(texts: &Texts, column: &Column<'_>, cell: &Cell<'_>) -> Markup {
    let day = match cell.shift {
        0 => None,
        n if n < 0 => Some("dispute-day-earlier"),
        _ => Some("dispute-day-later"),
    };
    html! {
        (hours(texts, cell.start, cell.end))
        @if let Some(key) = day {
            br; i { (texts.tell(key, &[("weekday", texts.weekday(cell.start.div_euclid(1440)).into())])) }
        }
        @if column.zone().is_none() { br; small { (cell.zone) } }
        @if cell.points > 0 {
            br; b { "\u{25b2} " (texts.tell("dispute-odd-hours", &[("n", cell.points.into())])) }
        }
    }
}

fn burdens(session: &SessionView<'_>) -> i64 {
    let parties = session.burden.iter().map(|(_, points)| *points);
    let others = [session.panel_burden, session.interpreter_burden.unwrap_or(0)];
    parties.chain(others).fold(0, i64::saturating_add)
}

/// What a session costs each party, the panel and the interpreters.
fn in_numbers(texts: &Texts, session: &SessionView<'_>) -> Markup {
    let line =
        |who: &str, n: i64| texts.tell("dispute-bears", &[("who", who.into()), ("n", n.into())]);
    let parties = session.burden.iter().map(|(party, n)| line(party, *n));
    let panel = line(&texts.say("dispute-panel"), session.panel_burden);
    let interpreters =
        session.interpreter_burden.map(|n| line(&texts.say("dispute-interpreters"), n));
    let all: Vec<String> = parties.chain([panel]).chain(interpreters).collect();
    html! { @for (at, line) in all.iter().enumerate() { @if at > 0 { br; } (line) } }
}

/// A side with what it bears.
struct SideLine<'a> {
    side: &'a str,
    parties: i64,
    worst: Option<i64>,
}

/// What is borne by party, session by session, everybody counted once: counsel whom parties share count for the first of
/// them. Of a session that is over only the sums of parties are known.
fn borne<'v>(dispute: &'v DisputeView<'_>) -> Vec<(&'v str, i64)> {
    let mut borne = Vec::new();
    for session in &dispute.sessions {
        if session.attendees.is_empty() {
            borne.extend(session.burden.iter().map(|(party, points)| (*party, *points)));
        }
        borne.extend(session.attendees.iter().filter_map(|one| match one.side {
            Side::Party(party) => Some((party, one.points)),
            Side::Panel | Side::Interpreter => None,
        }));
    }
    borne
}

/// What each side bears over all sessions, as numbers and bars.
pub(super) fn burden(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let mut lines: Vec<SideLine<'_>> = Vec::new();
    let borne = borne(dispute);
    for party in &dispute.parties {
        let own = borne.iter().filter(|(id, _)| *id == party.id);
        let own = own.fold(0, |sum: i64, (_, points)| sum.saturating_add(*points));
        if let Some(line) = lines.iter_mut().find(|line| line.side == party.side) {
            line.parties = line.parties.saturating_add(own);
        } else {
            let mut sides = dispute.sides.iter();
            let worst = sides.find(|(side, _)| *side == party.side).map(|(_, n)| *n);
            lines.push(SideLine { side: party.side, parties: own, worst });
        }
    }
    let most = lines.iter().map(|line| line.parties).max().unwrap_or(0);
    html! {
        h4 { (texts.say(if view.for_party() { "dispute-sides-seen" } else { "dispute-sides" })) }
        @if most == 0 {
            p { (texts.say(if view.for_party() { "dispute-no-burden-seen" } else { "dispute-no-burden" })) }
        } @else {
            ul.bs {
                @for line in &lines {
                    li {
                        bdi { (line.side) } " "
                        i style={ "--s:" (line.parties.saturating_mul(100) / most.max(1)) } {}
                        " " (texts.number(line.parties))
                        @if let Some(worst) = line.worst { (texts.tell("dispute-side-worst", &[("n", worst.into())])) }
                    }
                }
            }
        }
    }
}
