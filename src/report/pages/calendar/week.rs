//! Weeks: seven days, each a strip of 24 hours with its sessions.

use maud::{Markup, html};

use super::clocks::{marks, offsets};
use super::layout::{DAY, Part, Room, lay, monday};
use crate::format::SessionKind;
use crate::report::pages::shared::offset;
use crate::report::texts::{Texts, clock};
use crate::report::view::{DisputeView, SessionView, View, ZoneView};
use crate::time::{OffsetSpan, Zone};

/// Up to so many weeks and sessions, all weeks are open; `script/calendar.js` has them too.
const FEW: (usize, usize) = (10, 200);

/// The kind of a session.
pub(super) fn kind(texts: &Texts, kind: SessionKind) -> String {
    texts.say(match kind {
        SessionKind::Call => "cal-kind-call",
        SessionKind::Opening => "cal-kind-opening",
        SessionKind::Joint => "cal-kind-joint",
        SessionKind::Caucus => "cal-kind-caucus",
        SessionKind::Signing => "cal-kind-signing",
    })
}

/// How wide a text is, in digits; what is not Latin may be twice as wide.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

/// The choice of a clock, and all weeks that have sessions, on UTC.
pub(super) fn weeks(view: &View<'_>, texts: &Texts) -> Markup {
    let sessions = view.sessions();
    let times: Vec<(i64, i64)> = sessions.iter().map(|(_, s)| (s.start, s.end)).collect();
    let room = room(texts, &sessions);
    let parts = lay(&times, &utc(view), room);
    let weeks: Vec<&[Part]> = parts.chunk_by(|a, b| monday(a.day) == monday(b.day)).collect();
    let ahead = |week: &&[Part]| {
        week.iter().any(|part| sessions.get(part.session).is_some_and(|(_, s)| !s.held))
    };
    let all = weeks.len() <= FEW.0 && sessions.len() <= FEW.1;
    let next = weeks.iter().position(ahead).unwrap_or(0);
    html! {
        p { (texts.say("cal-weeks-how")) }
        p.filter id="cal-form" hidden {
            label for="cal-zone" { (texts.say("cal-zone")) }
            select id="cal-zone" autocomplete="off" {
                @for zone in choices(view) {
                    option value=(zone.name) data-z=(offsets(zone)) selected[zone.name == Zone::UTC.name()] {
                        (texts.tell("cal-zone-option", &[("zone", zone.name.into()), ("offset", offset(zone.offset_at(view.horizon.start)).into()), ("n", zone.people.into())]))
                    }
                }
            }
        }
        p id="cal-clock" role="status" data-text=(texts.tell("cal-clock", &[("zone", "{0}".into())])) {
            (texts.tell("cal-clock", &[("zone", Zone::UTC.name().into())]))
        }
        div.scroll id="cal" tabindex="0" role="region" aria-labelledby="cal-weeks" style={ "--w:" (room.label) ";--c:" (room.mark) }
            data-label=(room.label) data-mark=(room.mark)
            data-days=((0..7).map(|day| texts.say(&format!("weekday-{day}"))).collect::<Vec<_>>().join("|"))
            data-months=((1..13).map(|month| texts.say(&format!("month-{month}"))).collect::<Vec<_>>().join("|"))
            data-date=(texts.tell("date", &[("weekday", "{0}".into()), ("day", "{1}".into()), ("month", "{2}".into()), ("year", "{3}".into())]))
            data-week=(texts.tell("cal-week", &[("from", "{0}".into()), ("to", "{1}".into()), ("n", "{2}".into())]))
            data-none=(texts.say("cal-none"))
            data-after=(texts.say("cal-after")) data-before=(texts.say("cal-before"))
            data-skips=(own_change(texts, "cal-skips")) data-doubles=(own_change(texts, "cal-doubles")) {
            @for (at, week) in weeks.iter().enumerate() {
                (one_week(view, texts, &sessions, week, all || at == next))
            }
        }
    }
}

/// What the script says of a change of the clock that it shows.
fn own_change(texts: &Texts, key: &str) -> String {
    let args = ["from", "to", "before", "after"].into_iter().zip(["{0}", "{1}", "{2}", "{3}"]);
    texts.tell(key, &args.map(|(name, place)| (name, place.into())).collect::<Vec<_>>())
}

fn utc(view: &View<'_>) -> ZoneView {
    let (start, end) = (view.horizon.start, view.horizon.end);
    let spans = vec![OffsetSpan { start, end, offset: 0 }];
    ZoneView { name: Zone::UTC.name(), spans, people: 0 }
}

/// UTC, then the zones of those who attend.
fn choices<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v ZoneView> {
    let is_utc = |zone: &&ZoneView| zone.name == Zone::UTC.name();
    let others = view.zones.iter().filter(move |zone| !is_utc(zone));
    view.zones.iter().filter(is_utc).chain(others)
}

fn room(texts: &Texts, sessions: &[(&DisputeView<'_>, &SessionView<'_>)]) -> Room {
    // A digit is about eleven minutes wide on the narrowest strip that the styles allow.
    let minutes = |text: &str| width(text) as i64 * 11;
    let labels = sessions.iter().map(|(dispute, session)| {
        let held = if session.held { minutes(&texts.say("cal-held")) + 16 } else { 0 };
        minutes(dispute.id) + minutes(&kind(texts, session.kind)) + held
    });
    let marks = ["cal-after", "cal-before"].map(|key| minutes(&texts.say(key)));
    Room {
        label: (labels.max().unwrap_or(0) + minutes("00:00-00:00   ")).clamp(120, DAY / 2),
        mark: marks.into_iter().max().unwrap_or(0).clamp(16, DAY / 4) + 16,
    }
}

fn one_week(
    view: &View<'_>,
    texts: &Texts,
    sessions: &[(&DisputeView<'_>, &SessionView<'_>)],
    parts: &[Part],
    open: bool,
) -> Markup {
    let first = parts.first().map_or(0, |part| monday(part.day));
    let count = parts.iter().filter(|part| !part.before || part.day == first).count();
    html! {
        details open[open] {
            summary {
                (texts.tell("cal-week", &[("from", texts.date(first).into()), ("to", texts.date(first + 6).into()), ("n", count.to_string().into())]))
            }
            p.ax aria-hidden="true" { @for hour in (0..=24).step_by(3) { span style={ "--s:" (hour * 60) } { (hour) } } }
            @for day in first..first + 7 {
                @let own = parts.iter().filter(|part| part.day == day).collect::<Vec<_>>();
                @let changes = marks(view, day);
                div.day.no[own.is_empty() && changes.is_empty()] {
                    h4 { (texts.date(day)) }
                    div {
                        @for (at, zones) in &changes {
                            p.chg { (texts.tell("cal-change-utc", &[("time", clock(*at).into()), ("zones", texts.list(zones.iter().map(|zone| (*zone).to_owned())).into())])) }
                        }
                        @if own.is_empty() {
                            p.none { (texts.say("cal-none")) }
                        } @else {
                            ol style={ "--k:" (own.iter().map(|part| part.lane + 1).max().unwrap_or(1)) } {
                                @for part in own {
                                    @if let Some((dispute, session)) = sessions.get(part.session) { (block(texts, dispute, session, part)) }
                                }
                                @for (at, _) in &changes { li.at aria-hidden="true" style={ "--s:" (at.rem_euclid(DAY)) } {} }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn block(
    texts: &Texts,
    dispute: &DisputeView<'_>,
    session: &SessionView<'_>,
    part: &Part,
) -> Markup {
    let crosses = part.before || part.after;
    let class = match (crosses, session.held) {
        (false, false) => None,
        (false, true) => Some("h"),
        (true, false) => Some("c"),
        (true, true) => Some("h c"),
    };
    // The script finds each session once, by its first part.
    let times = (!part.before).then(|| format!("{},{}", session.start, session.end));
    html! {
        li class=[class] style={ "--s:" (part.from) ";--l:" (part.to - part.from) ";--y:" (part.lane) } {
            a href={ "#" (dispute.anchor()) } data-t=[times] {
                b { (clock(session.start)) "\u{2013}" (clock(session.end)) }
                span { " " (dispute.id) " " (kind(texts, session.kind)) @if session.held { (texts.say("comma")) (texts.say("cal-held")) } }
                @if crosses { i { " " (texts.say(if part.before { "cal-before" } else { "cal-after" })) } }
            }
        }
    }
}
