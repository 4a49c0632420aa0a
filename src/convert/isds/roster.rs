//! The roster: everyone who ever sat, with invented origin, languages and diaries.

use std::collections::BTreeSet;

use crate::format::{MediatorDoc, Pairs, PersonDoc};
use crate::generate::diary::{Window, busy, capacity, expertise, working_hours};
use crate::generate::draw::Draw;
use crate::generate::make;
use crate::generate::world::{StateFacts, state};

use super::batch::SUBJECTS;
use super::docket::Docket;

/// Nationalities of neutrals with invented weights, in the order of magnitude of what ICSID
/// publishes about its appointments.
const ORIGINS: [(&str, usize); 36] = [
    ("US", 44),
    ("GB", 40),
    ("FR", 40),
    ("CH", 32),
    ("CA", 32),
    ("ES", 24),
    ("DE", 22),
    ("AU", 20),
    ("AR", 18),
    ("MX", 14),
    ("CL", 14),
    ("IT", 14),
    ("NL", 12),
    ("BE", 12),
    ("CO", 10),
    ("EG", 10),
    ("SE", 10),
    ("NZ", 8),
    ("BR", 8),
    ("SG", 8),
    ("IN", 8),
    ("CR", 6),
    ("AT", 6),
    ("BG", 6),
    ("PE", 6),
    ("UY", 6),
    ("PK", 4),
    ("CN", 4),
    ("KR", 4),
    ("LB", 4),
    ("MA", 4),
    ("GH", 4),
    ("ZA", 4),
    ("JP", 4),
    ("PT", 4),
    ("IE", 4),
];

/// All neutrals, ordered by pseudonym.
pub(super) fn mediators(docket: &Docket, seed: u64, window: Window) -> Vec<MediatorDoc> {
    let sat = docket.neutrals();
    sat.into_iter().filter_map(|(id, times)| mediator(id, times, seed, window)).collect()
}

fn mediator(id: &str, times: usize, seed: u64, window: Window) -> Option<MediatorDoc> {
    let mut draw = Draw::new(seed, id);
    let first = *draw.weighted(&ORIGINS);
    let mut of = vec![state(first)?];
    if draw.chance(7) {
        let second = *draw.weighted(&ORIGINS);
        if second != first {
            of.push(state(second)?);
        }
    }
    let codes: Vec<&str> = of.iter().map(|facts| facts.code).collect();
    let home = of[0];
    let zone = home.zone(&mut draw);
    let mut doc = make::mediator(id.to_owned(), &codes);
    doc.time_zone = Some(zone.to_owned());
    doc.calendar = Some(home.weekend.to_owned());
    doc.working_hours = working_hours(home.weekend, 10, &mut draw);
    // People who sit often are taken more often.
    let absences = if times > 5 { 5 } else { 3 };
    doc.busy = busy(window, zone, absences, 10, &mut draw);
    doc.languages = StateFacts::speech(&of, 90, &mut draw);
    let known = draw.between(2, 4) as usize;
    doc.expertise = Pairs(expertise(&SUBJECTS, known, times.min(10) as u32, &mut draw));
    doc.capacity = Some(capacity(&mut draw));
    Some(doc)
}

/// Counsel and experts who never sat: actors without anything else on record.
pub(super) fn people(docket: &Docket) -> Vec<PersonDoc> {
    let sat = docket.neutrals();
    let others: BTreeSet<&str> = docket
        .cases
        .iter()
        .flat_map(|case| &case.others)
        .filter(|seat| seat.role != "expert")
        .map(|seat| seat.person.as_str())
        .filter(|id| !sat.contains_key(id))
        .collect();
    others.into_iter().map(|id| make::person(id.to_owned(), &[])).collect()
}
