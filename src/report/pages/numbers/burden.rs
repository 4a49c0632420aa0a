//! Who bears the odd hours.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::bars::{Table, bar, cell, columns, length, thousandths};
use crate::report::pages::shared::person;
use crate::report::texts::Texts;
use crate::report::view::{Burden, DisputeBurden, DisputeView, View};

/// The part about burden.
pub(super) fn part(view: &View<'_>, texts: &Texts, burden: &Burden<'_>) -> Markup {
    let what = html! { p { (texts.say("numbers-burden-what")) } };
    if burden.held == 0 {
        return html! { (what) p { (texts.say("numbers-burden-none")) } };
    }
    let sum = texts.tell(
        "numbers-burden-sum",
        &[
            ("held", burden.held.into()),
            ("sides", burden.sides.into()),
            ("sum", burden.sum.into()),
            ("median", burden.median.into()),
            ("most", burden.most.into()),
            ("free", burden.free.into()),
            ("apart", burden.apart.into()),
        ],
    );
    let (spread, axes) = (texts.say("numbers-burden-spread"), texts.say("numbers-burden-spread-x"));
    html! {
        (what)
        p { (sum) }
        (columns(texts, &spread, &axes, &burden.bins))
        @if !burden.disputes.is_empty() {
            (sides(view, texts, burden))
            p.note { (texts.say("numbers-burden-sides-note")) }
            (parties(view, texts, burden))
            p.note {
                (texts.say("numbers-burden-parties-note"))
                @if burden.others.0 > 0 {
                    " " (texts.tell("numbers-burden-others", &[("n", burden.others.0.into()), ("points", burden.others.1.into())]))
                }
            }
        }
        @if !burden.regions.is_empty() {
            (regions(texts, burden))
            p.note { (texts.say("numbers-burden-regions-note")) }
        }
    }
}

/// What a bar of full length is, in point-minutes.
fn axis(texts: &Texts, most: i64) -> String {
    texts.tell("numbers-points-axis", &[("most", most.into())])
}

/// Dispute by dispute.
fn sides(view: &View<'_>, texts: &Texts, burden: &Burden<'_>) -> Markup {
    let disputes: BTreeMap<&str, &DisputeView<'_>> =
        view.disputes.iter().map(|dispute| (dispute.id, dispute)).collect();
    let row = |line: &DisputeBurden<'_>| {
        let dispute = disputes.get(line.dispute).copied();
        html! {
            tr {
                th scope="row" {
                    @if let Some(dispute) = dispute { a href={ "#" (dispute.anchor()) } { (line.dispute) } }
                    @else { (line.dispute) }
                }
                td.w { ul {
                    @for (side, points) in &line.sides {
                        li {
                            bdi { (called(view, texts, dispute, side)) } " " b { (texts.number(*points)) }
                            (length(thousandths(*points, burden.most)))
                        }
                    }
                } }
                (cell(&texts.number(line.apart)))
            }
        }
    };
    let side = format!("{} ({})", texts.say("numbers-side"), axis(texts, burden.most));
    let table = Table {
        caption: texts.say("numbers-burden-sides"),
        heads: vec![
            ("", texts.say("numbers-dispute")),
            ("", side),
            ("n", texts.say("numbers-apart")),
        ],
        rows: burden.disputes.iter().map(row).collect(),
    };
    table.draw(texts)
}

/// The parties of a side by name; the side itself where nobody is known to stand on it.
fn called(view: &View<'_>, texts: &Texts, dispute: Option<&DisputeView<'_>>, side: &str) -> String {
    let parties = dispute.iter().flat_map(|dispute| &dispute.parties);
    let own = parties.filter(|party| party.side == side).map(|party| view.names.of(party.actor));
    let names = texts.list(own.map(str::to_owned));
    if names.is_empty() { side.to_owned() } else { names }
}

/// Party by party.
fn parties(view: &View<'_>, texts: &Texts, burden: &Burden<'_>) -> Markup {
    let most = burden.parties.first().map_or(0, |party| party.points);
    let rows = burden.parties.iter().map(|party| {
        html! {
            tr {
                th scope="row" { (person(&view.names, party.actor)) }
                (cell(&texts.number(party.disputes as i64)))
                (cell(&texts.number(party.points)))
                (bar(thousandths(party.points, most)))
            }
        }
    });
    let table = Table {
        caption: texts.say("numbers-burden-parties"),
        heads: vec![
            ("", texts.say("numbers-party")),
            ("n", texts.say("numbers-disputes")),
            ("n", texts.say("numbers-points")),
            ("", axis(texts, most)),
        ],
        rows: rows.collect(),
    };
    table.draw(texts)
}

/// Region by region.
fn regions(texts: &Texts, burden: &Burden<'_>) -> Markup {
    let most = burden.regions.iter().map(|region| region.points).max().unwrap_or(0);
    let rows = burden.regions.iter().map(|line| {
        let parties = (line.parties as i64).max(1);
        let mean = line.points.saturating_add(parties / 2).div_euclid(parties);
        html! {
            tr {
                th scope="row" {
                    @if let Some(region) = line.region { bdi { (region) } }
                    @else { (texts.say("numbers-no-region")) }
                }
                (cell(&texts.number(line.parties as i64)))
                (cell(&texts.number(line.points)))
                (cell(&texts.number(mean)))
                (bar(thousandths(line.points, most)))
            }
        }
    });
    let table = Table {
        caption: texts.say("numbers-burden-regions"),
        heads: vec![
            ("", texts.say("numbers-region")),
            ("n", texts.say("numbers-parties")),
            ("n", texts.say("numbers-points")),
            ("n", texts.say("numbers-per-party")),
            ("", axis(texts, most)),
        ],
        rows: rows.collect(),
    };
    table.draw(texts)
}
