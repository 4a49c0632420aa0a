//! Who carries how much, and who had appointments before.

use maud::{Markup, html};

use super::bars::{Table, bar, cell, columns, marked, percent, thousandths};
use crate::report::pages::shared::person;
use crate::report::texts::Texts;
use crate::report::view::{Load, LoadLine, Rotation, View};

/// The part about load.
pub(super) fn load(view: &View<'_>, texts: &Texts, load: &Load<'_>) -> Markup {
    if load.lines.is_empty() {
        return html! { p { (texts.say("numbers-none-sit")) } };
    }
    let sum = texts.tell(
        "numbers-load-sum",
        &[
            ("seats", load.seats.into()),
            ("sit", load.lines.len().into()),
            ("roster", load.roster.into()),
        ],
    );
    let used = load.used.map(|(used, takes)| {
        let share = percent(texts, used, usize::try_from(takes).unwrap_or(usize::MAX));
        let takes = i64::try_from(takes).unwrap_or(i64::MAX);
        let args = [
            ("takes", takes.into()),
            ("used", used.into()),
            ("share", share.into()),
            ("full", load.full.into()),
        ];
        texts.tell("numbers-load-used", &args)
    });
    let (spread, axes) = (texts.say("numbers-load-spread"), texts.say("numbers-load-spread-x"));
    html! {
        p { (sum) @if let Some(used) = used { " " (used) } }
        p { (concentration(texts, load)) }
        (columns(texts, &spread, &axes, &load.bins))
        (lines(view, texts, load))
    }
}

/// How seats are concentrated, and how well they fit.
fn concentration(texts: &Texts, load: &Load<'_>) -> String {
    let micro = |value: f64| (value * 1e6).round() as i64;
    let measures = &load.measures;
    let index = micro(measures.concentration);
    // As many mediators with equal shares have the same index.
    let equal = if index > 0 { 1_000_000_000_000 / index } else { 0 };
    let share = texts.decimal(micro(measures.busiest_tenth * 100.0), 1);
    let tenth = texts.tell(
        "numbers-load-tenth",
        &[
            ("share", texts.tell("numbers-percent", &[("n", share.into())]).into()),
            ("index", texts.decimal(index, 4).into()),
            ("equal", texts.decimal(equal, 1).into()),
        ],
    );
    let fit = texts.tell(
        "numbers-fit-mean",
        &[
            ("mean", texts.decimal(micro(measures.mean_fit), 3).into()),
            ("lowest", texts.decimal(micro(measures.lowest_fit), 3).into()),
        ],
    );
    format!("{tenth} {fit}")
}

/// Mediator by mediator.
fn lines(view: &View<'_>, texts: &Texts, load: &Load<'_>) -> Markup {
    let most = load.lines.first().map_or(0, |line| line.disputes);
    let hours = |minutes: i64| {
        let hundredths = i128::from(minutes) * 1_000_000 / 60;
        texts.decimal(i64::try_from(hundredths).unwrap_or(i64::MAX), 1)
    };
    let of = |n: String, all: Option<String>| match all {
        Some(all) => texts.tell("numbers-of", &[("n", n.into()), ("all", all.into())]),
        None => n,
    };
    let row = |line: &LoadLine<'_>| {
        let takes = line.takes.map(|takes| texts.number(i64::from(takes)));
        html! {
            tr {
                th scope="row" { (person(&view.names, line.id)) }
                (cell(&of(texts.number(line.disputes as i64), takes)))
                (cell(&of(hours(line.minutes), line.gives.map(hours))))
                (bar(thousandths(line.disputes as i64, most as i64)))
            }
        }
    };
    let table = Table {
        caption: texts.say("numbers-load-lines"),
        heads: vec![
            ("", texts.say("numbers-mediator")),
            ("n", texts.say("numbers-load-takes")),
            ("n", texts.say("numbers-load-hours")),
            ("", texts.tell("numbers-disputes-axis", &[("most", most.into())])),
        ],
        rows: load.lines.iter().map(row).collect(),
    };
    table.draw(texts)
}

/// The part about first appointments and rotation.
pub(super) fn rotation(texts: &Texts, rotation: &Rotation) -> Markup {
    if rotation.sitting.all == 0 {
        return html! { p { (texts.say("numbers-none-sit")) } };
    }
    if rotation.known == 0 {
        return html! { p { (texts.say("numbers-rotation-unknown")) } };
    }
    let (sitting, roster) = (&rotation.sitting, &rotation.roster);
    let sum = texts.tell(
        "numbers-rotation-sum",
        &[
            ("sit", sitting.all.into()),
            ("never", sitting.never.into()),
            ("none", sitting.none.into()),
            ("years", i64::from(rotation.years).into()),
            ("again", rotation.again.into()),
        ],
    );
    let cost = if rotation.weighed {
        let cost = texts.decimal(rotation.cost.unwrap_or(0).saturating_neg(), 3);
        texts.tell("numbers-rotation-weighed", &[("cost", cost.into())])
    } else {
        texts.say("numbers-rotation-free")
    };
    let lines = [
        ("never", sitting.never, roster.never),
        ("none", sitting.none, roster.none),
        ("one", sitting.one, roster.one),
        ("more", sitting.more, roster.more),
    ];
    let rows = lines.into_iter().map(|(code, sit, on)| {
        html! {
            tr {
                th scope="row" { (texts.say(&format!("numbers-rotation-{code}"))) }
                (cell(&texts.number(sit as i64)))
                (cell(&percent(texts, sit, sitting.all)))
                (cell(&texts.number(on as i64)))
                (cell(&percent(texts, on, roster.all)))
                (marked(thousandths(sit as i64, sitting.all as i64), thousandths(on as i64, roster.all as i64)))
            }
        }
    });
    let table = Table {
        caption: texts.say("numbers-rotation-table"),
        heads: vec![
            ("", texts.say("numbers-rotation-had")),
            ("n", texts.say("numbers-rotation-sitting")),
            ("n", texts.say("numbers-share")),
            ("n", texts.say("numbers-rotation-roster")),
            ("n", texts.say("numbers-share")),
            ("", texts.tell("numbers-share-axis", &[("most", "100".into())])),
        ],
        rows: rows.collect(),
    };
    html! {
        p { (sum) " " (cost) }
        (table.draw(texts))
        p.note { (texts.say("numbers-rotation-note")) }
    }
}
