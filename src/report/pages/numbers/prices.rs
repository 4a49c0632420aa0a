//! What has a price in the bound, and what one more of it is worth at most.

use maud::{Markup, html};

use super::bars::{Table, bar, cell, thousandths};
use crate::explain::{Priced, Prices, Scarce, Shared};
use crate::report::pages::shared::person;
use crate::report::texts::Texts;
use crate::report::view::View;

/// The part about scarcity.
pub(super) fn part(view: &View<'_>, texts: &Texts, prices: Option<&Prices<'_>>) -> Markup {
    let Some(prices) = prices else {
        return html! { p { (texts.say("numbers-scarce-unknown")) } };
    };
    if prices.are_none() {
        return html! { p { (texts.say("numbers-scarce-none")) } };
    }
    let lists = [
        ("mediators", &prices.mediators),
        ("hours", &prices.hours),
        ("caps", &prices.caps),
        ("rooms", &prices.rooms),
        ("people", &prices.people),
    ];
    let state = |id: &str| person(&view.names, id);
    let language = |id: &str| html! { (texts.code("language", id)) };
    let open = at_most(texts, prices.open);
    html! {
        p { (texts.tell("numbers-scarce-what", &[("open", open.into())])) }
        p { (texts.say("numbers-scarce-try")) " " code { "comity explain INSTANCE SOLUTION --scarce" } }
        @for (code, list) in lists {
            @if !list.is_empty() { (items(view, texts, code, list)) }
        }
        @if !prices.languages.is_empty() || !prices.nationalities.is_empty() {
            @if !prices.languages.is_empty() { (groups(texts, "languages", &prices.languages, &language)) }
            @if !prices.nationalities.is_empty() { (groups(texts, "nationalities", &prices.nationalities, &state)) }
            p.note { (texts.say("numbers-scarce-shared-note")) }
        }
    }
}

/// Micro-units with three places, with six where three would show nothing.
fn units(texts: &Texts, micro: i64) -> String {
    texts.decimal(micro, if (1..500).contains(&micro) { 6 } else { 3 })
}

/// The same, never less: what is said to be the most.
fn at_most(texts: &Texts, micro: i64) -> String {
    if (1..500).contains(&micro) {
        return units(texts, micro);
    }
    units(texts, micro.saturating_add(999).div_euclid(1000).saturating_mul(1000))
}

/// What a bar of full length is.
fn axis(texts: &Texts, most: i64) -> String {
    texts.tell("numbers-scarce-axis", &[("most", units(texts, most).into())])
}

/// Things of a kind.
fn items(view: &View<'_>, texts: &Texts, code: &str, list: &[Priced<'_>]) -> Markup {
    let most = list.first().map_or(0, |priced| priced.price);
    // Hours of a person are a sum over many slots: of one more of them nothing is said.
    let told = list.iter().any(|priced| priced.at_most.is_some());
    let rows = list.iter().map(|priced| {
        html! {
            tr {
                th scope="row" { (what(view, texts, priced.what)) }
                (cell(&units(texts, priced.price)))
                @if told { (cell(&priced.at_most.map_or_else(|| "\u{2013}".to_owned(), |most| at_most(texts, most)))) }
                (bar(thousandths(priced.price, most)))
            }
        }
    });
    let mut heads =
        vec![("", texts.say("numbers-scarce-item")), ("n", texts.say("numbers-scarce-price"))];
    if told {
        heads.push(("n", texts.say("numbers-scarce-worth")));
    }
    heads.push(("", axis(texts, most)));
    let caption = texts.say(&format!("numbers-scarce-{code}"));
    Table { caption, heads, rows: rows.collect() }.draw(texts)
}

/// What something is called.
fn what(view: &View<'_>, texts: &Texts, what: Scarce<'_>) -> Markup {
    let named = |key: &str, id: &str| texts.tell(key, &[("who", view.names.of(id).into())]);
    match what {
        Scarce::Case { mediator, takes } => {
            let who = view.names.of(mediator);
            let args = [("who", who.into()), ("takes", i64::from(takes).into())];
            html! { bdi { (texts.tell("numbers-scarce-case", &args)) } @if view.names.has(mediator) { " " small.id { (mediator) } } }
        }
        Scarce::Hour(id) | Scarce::Time(id) => person(&view.names, id),
        Scarce::Seat { nationality: Some(state), .. } => {
            html! { bdi { (named("numbers-scarce-nationals", state)) } }
        }
        Scarce::Seat { nationality: None, bloc } => {
            html! { bdi { (named("numbers-scarce-bloc", bloc.unwrap_or_default())) } }
        }
        Scarce::Room { place, seats } => {
            let name = view.names.place(place);
            match seats {
                Some(seats) => {
                    let args = [("where", name.into()), ("seats", i64::from(seats).into())];
                    html! { bdi { (texts.tell("numbers-scarce-room", &args)) } }
                }
                None => person(&view.names, place),
            }
        }
    }
}

/// Mediators who have something in common.
fn groups(
    texts: &Texts,
    code: &str,
    list: &[Shared<'_>],
    called: &dyn Fn(&str) -> Markup,
) -> Markup {
    let most = list.first().map_or(0, |shared| shared.price);
    let rows = list.iter().map(|shared| {
        let (full, all) = (texts.number(shared.full as i64), texts.number(shared.mediators as i64));
        html! {
            tr {
                th scope="row" { (called(shared.what)) }
                (cell(&units(texts, shared.price)))
                (cell(&texts.tell("numbers-of", &[("n", full.into()), ("all", all.into())])))
                (bar(thousandths(shared.price, most)))
            }
        }
    });
    let table = Table {
        caption: texts.say(&format!("numbers-scarce-{code}")),
        heads: vec![
            ("", texts.say("numbers-scarce-item")),
            ("n", texts.say("numbers-scarce-price")),
            ("n", texts.say("numbers-scarce-full")),
            ("", axis(texts, most)),
        ],
        rows: rows.collect(),
    };
    table.draw(texts)
}
