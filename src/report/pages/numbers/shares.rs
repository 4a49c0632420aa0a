//! Whose nationals sit, beside how many of them there are.

use maud::{Markup, html};

use super::bars::{Table, cell, marked, percent, thousandths};
use crate::report::pages::shared::person;
use crate::report::texts::Texts;
use crate::report::view::{Attribute, ShareLine, Shares, View};

/// The part about nationality and region.
pub(super) fn part(view: &View<'_>, texts: &Texts, shares: &Shares<'_>) -> Markup {
    if shares.seats == 0 {
        return html! { p { (texts.say("numbers-none-sit")) } };
    }
    let nationality = |id: &str| person(&view.names, id);
    let plain = |name: &str| html! { bdi { (name) } };
    let capped = shares.capped || !shares.blocs.is_empty();
    html! {
        p { (texts.say("numbers-shares-note")) }
        @if shares.several > 0 {
            p { (texts.tell("numbers-shares-several", &[("n", shares.several.into())])) }
        }
        p { (texts.say(if capped { "numbers-caps" } else { "numbers-caps-none" })) }
        (lines(texts, shares, &shares.nationalities, Head::of("nationalities", "nationality", shares.capped), &nationality))
        @if !shares.regions.is_empty() {
            (lines(texts, shares, &shares.regions, Head::of("regions", "region", false), &plain))
        }
        @if !shares.blocs.is_empty() {
            (lines(texts, shares, &shares.blocs, Head::of("blocs", "bloc", true), &plain))
        }
    }
}

/// The part about other attributes.
pub(super) fn attributes(texts: &Texts, all: &[Attribute<'_>], shares: &Shares<'_>) -> Markup {
    let plain = |name: &str| html! { bdi { (name) } };
    html! {
        p.note { (texts.say("numbers-attributes-note")) }
        @for attribute in all {
            @let head = Head { caption: None, name: Some(attribute.name), column: "value", capped: false };
            (lines(texts, shares, &attribute.lines, head, &plain))
        }
    }
}

/// What a table of shares is about.
#[derive(Clone, Copy)]
struct Head<'h> {
    /// Key of its caption; else the caption of an attribute with this name.
    caption: Option<&'h str>,
    name: Option<&'h str>,
    /// Key of the head of its first column.
    column: &'h str,
    /// Whether it tells caps.
    capped: bool,
}

impl<'h> Head<'h> {
    fn of(caption: &'h str, column: &'h str, capped: bool) -> Self {
        Self { caption: Some(caption), name: None, column, capped }
    }
}

/// Line by line.
fn lines(
    texts: &Texts,
    shares: &Shares<'_>,
    lines: &[ShareLine<'_>],
    head: Head<'_>,
    called: &dyn Fn(&str) -> Markup,
) -> Markup {
    let part = |n: usize, all: usize| thousandths(n as i64, all as i64);
    let most =
        |line: &ShareLine<'_>| part(line.seats, shares.seats).max(part(line.roster, shares.roster));
    // The longest bar fills its column, up to the next whole per cent.
    let full = (lines.iter().map(most).max().unwrap_or(0) + 9) / 10;
    let long = |n: usize, all: usize| thousandths(part(n, all), full.max(1) * 10);
    let row = |line: &ShareLine<'_>| {
        let (sitting, roster) =
            (texts.number(line.sitting as i64), texts.number(line.roster as i64));
        let sit = texts.tell("numbers-of", &[("n", sitting.into()), ("all", roster.into())]);
        html! {
            tr {
                th scope="row" {
                    @if let Some(what) = line.what { (called(what)) }
                    @else { (texts.say("numbers-unknown")) }
                }
                (cell(&texts.number(line.seats as i64)))
                (cell(&percent(texts, line.seats, shares.seats)))
                (cell(&sit))
                (cell(&percent(texts, line.roster, shares.roster)))
                @if head.capped {
                    (cell(&line.cap.map_or_else(|| texts.say("numbers-cap-none"), |cap| texts.number(cap))))
                }
                (marked(long(line.seats, shares.seats), long(line.roster, shares.roster)))
            }
        }
    };
    let said = |key: &str| texts.say(&format!("numbers-{key}"));
    let mut heads = vec![
        ("", said(head.column)),
        ("n", said("seats")),
        ("n", said("seat-share")),
        ("n", said("sitting")),
        ("n", said("roster-share")),
    ];
    if head.capped {
        heads.push(("n", said("cap")));
    }
    heads.push(("", texts.tell("numbers-share-axis", &[("most", full.max(1).into())])));
    let name = head.name.unwrap_or_default();
    let caption = head
        .caption
        .map_or_else(|| texts.tell("numbers-attribute", &[("name", name.into())]), said);
    let table = Table { caption, heads, rows: lines.iter().map(row).collect() };
    table.draw(texts)
}
