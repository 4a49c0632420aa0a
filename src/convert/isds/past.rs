//! The past: real appointments and mandates of all cases but those of the batch.

use chrono::Datelike;
use serde_json::{Value, json};

use crate::format::{AppointmentDoc, InstanceDoc, RelationDoc, RelationKind};
use crate::generate::draw::Draw;
use crate::generate::make;

use super::IsdsOptions;
use super::docket::{Case, Docket, Seat};

const MARK: &str = "year invented";

/// Years from which one is drawn for a case without: those in which most of the dated cases lie
/// that the source numbers alike (it began with the older cases, by name, and then went by date).
fn plausible(case: &Case, latest: u32) -> (u32, u32) {
    let older = case.number().parse::<u32>().is_ok_and(|number| number < 1500);
    let (from, to) = if older { (1999, 2008) } else { (2009, 2014) };
    (from.min(latest), to.min(latest))
}

/// Adds appointments and relations; gives the counts of what had to be left out.
pub(super) fn add(doc: &mut InstanceDoc, docket: &Docket, options: &IsdsOptions) -> Value {
    let latest = (options.as_of.year() - 1).unsigned_abs();
    let (mut own, mut sideless, mut later) = (0, 0, 0);
    for case in &docket.cases {
        let mut draw = Draw::new(options.seed, &format!("year {}", case.id));
        let (from, to) = plausible(case, latest);
        let drawn = draw.between(from, to) as i32;
        let year = case.year.unwrap_or(drawn);
        let in_batch = docket.is_in_batch(case);
        sideless += case.others.iter().filter(|seat| seat.role == "expert").count();
        if year > latest as i32 {
            later += case.neutrals.len();
            continue;
        }
        if in_batch {
            own += case.neutrals.len();
        } else {
            doc.appointments.extend(case.neutrals.iter().map(|seat| appointment(case, seat, year)));
        }
        for seat in &case.others {
            let id = format!("relation-{}", doc.relations.len() + 1);
            let already = in_batch && represents(doc, case, seat);
            if !already {
                doc.relations.extend(mandate(case, seat, year, id));
            }
        }
    }
    doc.appointments.sort_by(|one, other| {
        (&one.mediator, &one.date, &one.case).cmp(&(&other.mediator, &other.date, &other.case))
    });
    json!({
        "experts whose side is unknown": sideless,
        "appointments in cases of the batch": own,
        "appointments in cases after `as_of`": later,
    })
}

/// True when the dispute already names this person as counsel.
fn represents(doc: &InstanceDoc, case: &Case, seat: &Seat) -> bool {
    let id = format!("dispute-{}", case.number());
    let mut parties =
        doc.disputes.iter().filter(|dispute| dispute.id == id).flat_map(|d| &d.parties);
    parties.any(|party| party.counsel.contains(&seat.person))
}

fn appointment(case: &Case, seat: &Seat, year: i32) -> AppointmentDoc {
    let respondent = case.respondents.first();
    let (by, side) = match (seat.role.as_str(), respondent) {
        ("claimant-appointee", _) => (case.claimant.as_str(), "claimant-counsel"),
        ("respondent-appointee", Some(state)) => (state.as_str(), "respondent-counsel"),
        _ => ("institution", ""),
    };
    let mut doc = make::appointment(&seat.person, format!("{year}-07-01"), by);
    doc.parties = [&case.claimant].into_iter().chain(&case.respondents).cloned().collect();
    let counsel = case.others.iter().filter(|other| other.role == side);
    doc.counsel = counsel.map(|other| other.person.clone()).collect();
    doc.case = Some(case.id.clone());
    doc.notes = case.year.is_none().then(|| MARK.into());
    doc
}

fn mandate(case: &Case, seat: &Seat, year: i32, id: String) -> Option<RelationDoc> {
    let (side, role) = seat.role.split_once('-')?;
    let kind = if role == "counsel" { RelationKind::CounselFor } else { RelationKind::ExpertFor };
    let client = if side == "claimant" { &case.claimant } else { case.respondents.first()? };
    let mut doc = make::relation(id, &seat.person, kind, client);
    doc.start = Some(format!("{year}-07-01"));
    doc.end = Some(format!("{}-06-30", year + 3));
    doc.source = Some(case.id.clone());
    doc.notes = case.year.is_none().then(|| MARK.into());
    Some(doc)
}
