//! The roster: five mediators to panel A and twenty to panel B from each designating State.

use crate::format::{Decimal, DesignationDoc, LanguageLevel, MediatorDoc, Pairs};
use crate::generate::diary::{Window, busy, capacity, expertise, working_hours};
use crate::generate::draw::Draw;
use crate::generate::make;
use crate::generate::world::{StateFacts, state};

use super::{OTHERS, SIGNATORIES, STATE_SUBJECTS, TRADE_SUBJECTS, calendar_of};

/// `count` mediators in the order of the designating States.
pub(super) fn mediators(seed: u64, count: u32, window: Window) -> Vec<MediatorDoc> {
    let seats = (1..=5).map(|n| ("A", n)).chain((1..=20).map(|n| ("B", n)));
    SIGNATORIES
        .iter()
        .flat_map(|by| seats.clone().map(move |(panel, n)| (*by, panel, n)))
        .take(count as usize)
        .filter_map(|(by, panel, n)| mediator(seed, by, panel, n, window))
        .collect()
}

fn mediator(seed: u64, by: &str, panel: &str, n: u32, window: Window) -> Option<MediatorDoc> {
    let id = format!("m-{}-{}-{n:02}", by.to_lowercase(), panel.to_lowercase());
    let mut draw = Draw::new(seed, &id);
    let of = nationality(by, &mut draw)?;
    let codes: Vec<&str> = of.iter().map(|facts| facts.code).collect();
    let mut doc = make::mediator(id, &codes);
    doc.name = Some(format!("Synthetic mediator {by}-{panel}-{n:02}"));
    doc.designations = vec![DesignationDoc {
        panel: panel.to_owned(),
        by: by.to_owned(),
        from: Some("2025-11-01".to_owned()),
        to: None,
        notes: None,
    }];
    let home = if draw.chance(12) {
        state(draw.pick::<&str>(&["CH", "FR", "GB", "SG"]))?
    } else {
        *of.first()?
    };
    let zone = home.zone(&mut draw);
    doc.residence = Some(home.code.to_owned());
    doc.time_zone = Some(zone.to_owned());
    doc.calendar = Some(calendar_of(home.code));
    doc.working_hours = working_hours(home.weekend, 15, &mut draw);
    doc.busy = busy(window, zone, 4, 7, &mut draw);
    doc.languages = StateFacts::speech(&of, 85, &mut draw);
    // Chinese is, with English, the language of the organisation.
    if draw.chance(10) && doc.languages.get("zh").is_none() {
        doc.languages.0.push(("zh".to_owned(), LanguageLevel::C1));
    }
    doc.expertise = Pairs(skills(panel, &mut draw));
    doc.capacity = Some(capacity(&mut draw));
    let background: &[&str] = match panel {
        "A" => &["diplomat", "diplomat", "judge", "civil-servant", "academic"],
        _ => &["lawyer", "lawyer", "lawyer", "academic", "engineer", "judge"],
    };
    doc.attributes = Pairs(vec![("background".to_owned(), (*draw.pick(background)).to_owned())]);
    Some(doc)
}

/// The designating State's own nationality mostly, some dual nationals, some foreigners.
fn nationality(by: &str, draw: &mut Draw) -> Option<Vec<StateFacts>> {
    let anyone: Vec<&str> =
        SIGNATORIES.iter().chain(&OTHERS).copied().filter(|code| *code != by).collect();
    let first = if draw.chance(12) { *draw.pick(&anyone) } else { by };
    let mut of = vec![state(first)?];
    if draw.chance(7) {
        let second = *draw.pick(&anyone);
        if second != first {
            of.push(state(second)?);
        }
    }
    Some(of)
}

fn skills(panel: &str, draw: &mut Draw) -> Vec<(String, Decimal)> {
    if panel == "A" {
        expertise(&STATE_SUBJECTS, 4, draw.between(0, 8), draw)
    } else {
        expertise(&TRADE_SUBJECTS, 4, draw.between(0, 8), draw)
    }
}
