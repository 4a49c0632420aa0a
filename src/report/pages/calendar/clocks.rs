//! Changes of clocks: daylight-saving time begins and ends.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::layout::{DAY, touched};
use crate::report::pages::shared::{offset, time};
use crate::report::texts::{Texts, clock};
use crate::report::view::{Change, View, ZoneView};

/// The offsets of a zone for the script: the first, then each change with what follows.
pub(super) fn offsets(zone: &ZoneView) -> String {
    let each = zone.spans.iter().enumerate().map(|(at, span)| match at {
        0 => span.offset.to_string(),
        _ => format!("{}:{}", span.start, span.offset),
    });
    each.collect::<Vec<_>>().join(",")
}

/// The changes on a day of UTC: at which minute, and in which zones.
pub(super) fn marks<'v>(view: &'v View<'_>, day: i64) -> Vec<(i64, Vec<&'v str>)> {
    let mut marks: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    for zone in &view.zones {
        for change in zone.changes().iter().filter(|change| change.at.div_euclid(DAY) == day) {
            marks.entry(change.at.rem_euclid(DAY)).or_default().push(zone.name);
        }
    }
    marks.into_iter().collect()
}

/// All changes within the horizon, by time.
pub(super) fn within<'v>(view: &'v View<'_>) -> Vec<(Change, &'v ZoneView)> {
    let each = view.zones.iter().flat_map(|zone| {
        let changes = zone.changes().into_iter();
        changes.map(move |change| (change, zone))
    });
    let within = |change: Change| view.horizon.start <= change.at && change.at < view.horizon.end;
    let mut all: Vec<_> = each.filter(|(change, _)| within(*change)).collect();
    all.sort_by_key(|(change, zone)| (change.at, zone.name));
    all
}

/// The changes within the horizon as a table; a sentence where there are none.
pub(super) fn table(view: &View<'_>, texts: &Texts) -> Markup {
    let changes = within(view);
    let heads = ["zone", "when", "from", "to", "own"];
    html! {
        @if changes.is_empty() {
            p { (texts.say("cal-changes-none")) }
        } @else {
            p { (texts.say("cal-changes-how")) }
            div.scroll tabindex="0" role="region" aria-labelledby="cal-changes-c" {
                table {
                    caption id="cal-changes-c" { (texts.say("cal-changes-caption")) }
                    thead { tr {
                        @for head in heads { th scope="col" { (texts.say(&format!("cal-changes-{head}"))) } }
                        th.n scope="col" { (texts.say("cal-changes-people")) }
                    } }
                    tbody {
                        @for (change, zone) in &changes {
                            tr {
                                th scope="row" { (zone.name) }
                                td { (time(texts, change.at, 0)) }
                                td { "UTC" (offset(change.before)) }
                                td { "UTC" (offset(change.after)) }
                                td { (own_clock(texts, *change)) }
                                td.n { (texts.number(zone.people as i64)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn own_clock(texts: &Texts, change: Change) -> String {
    let (day, from, to) = touched(change);
    let forward = change.after > change.before;
    texts.tell(
        if forward { "cal-own-skips" } else { "cal-own-doubles" },
        &[("date", texts.date(day).into()), ("from", clock(from).into()), ("to", end(to).into())],
    )
}

/// The end of a stretch of a day: midnight is its last minute's end, not its first.
pub(super) fn end(minutes: i64) -> String {
    if minutes == DAY { "24:00".to_owned() } else { clock(minutes) }
}
