//! The roster: three mediators to panel A and five to panel B from each designating State.

use crate::format::{DesignationDoc, LanguageLevel, MediatorDoc, Pairs};
use crate::generate::diary::{busy, capacity, expertise};
use crate::generate::draw::Draw;
use crate::generate::launch::{STATE_SUBJECTS, TRADE_SUBJECTS};
use crate::generate::make;
use crate::generate::world::{StateFacts, state};

use super::hours::{keeps_ramadan, late, outside, part_time, ramadan, trip};
use super::{DESIGNATING, calendar_of, places, window};

/// Eighty mediators in the order of the designating States.
pub(super) fn mediators(seed: u64) -> Vec<MediatorDoc> {
    let seats = (1..=3).map(|n| ("A", n)).chain((1..=5).map(|n| ("B", n)));
    DESIGNATING
        .iter()
        .flat_map(|by| seats.clone().map(move |(panel, n)| (*by, panel, n)))
        .enumerate()
        .filter_map(|(position, seat)| mediator(seed, position, seat))
        .collect()
}

fn mediator(seed: u64, position: usize, (by, panel, n): (&str, &str, u32)) -> Option<MediatorDoc> {
    let id = format!("m-{}-{}-{n:02}", by.to_lowercase(), panel.to_lowercase());
    let mut draw = Draw::new(seed, &format!("spring {id}"));
    let facts = state(by)?;
    let mut of = vec![facts];
    // A second nationality, here and there.
    if draw.chance(8) {
        of.push(state(draw.pick::<&str>(&["CH", "FR", "GB", "SG", "IN", "BR"]))?);
    }
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
    let home = if draw.chance(25) {
        state(draw.pick::<&str>(&["CH", "GB", "HK", "SG", "US", "AU"]))?
    } else {
        facts
    };
    doc.residence = Some(home.code.to_owned());
    doc.time_zone = Some(home.main_zone().to_owned());
    doc.calendar = Some(calendar_of(home.code));
    doc.base = base(home.code);
    let kept = keeps_ramadan(home.code) && draw.chance(75);
    doc.working_hours = match position % 10 {
        _ if kept => ramadan(home.code, draw.chance(60)),
        3 => part_time(),
        7 => late(home.code),
        _ => Vec::new(),
    };
    if position % 7 == 4 {
        doc.stays = vec![trip(position / 7)];
    }
    let absences = busy(window(), home.main_zone(), 4, 6, &mut draw);
    doc.busy = outside(absences, &doc.stays);
    doc.languages = StateFacts::speech(&of, 90, &mut draw);
    if draw.chance(10) && doc.languages.get("zh").is_none() {
        doc.languages.0.push(("zh".to_owned(), LanguageLevel::C1));
    }
    let bonus = draw.between(0, 8);
    let subjects: &[&str] = if panel == "A" { &STATE_SUBJECTS } else { &TRADE_SUBJECTS };
    doc.expertise = Pairs(expertise(subjects, 4, bonus, &mut draw));
    doc.capacity = Some(capacity(&mut draw));
    Some(doc)
}

/// The place where people of a State are at home, when it is one of ours.
pub(super) fn base(code: &str) -> Option<String> {
    let place = match code {
        "HK" => places::HONG_KONG,
        "CH" => places::GENEVA,
        "KE" => places::NAIROBI,
        "SG" => places::SINGAPORE,
        _ => return None,
    };
    Some(place.to_owned())
}
