//! The batch: disputes between real parties, with invented panels, people and sessions.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::format::{
    AfterDoc, CalendarDoc, Decimal, DisputeClass, DisputeDoc, HolidayDoc, InstanceDoc, Pairs,
    PartyDoc, PlaceDoc, SessionDoc, SessionKind, SessionMode, Weekday,
};
use crate::generate::diary::{Window, busy, working_hours};
use crate::generate::draw::Draw;
use crate::generate::make;
use crate::generate::world::{StateFacts, state};

use super::docket::{Case, Docket};

/// Invented subjects.
pub(super) const SUBJECTS: [&str; 8] = [
    "construction",
    "energy",
    "expropriation",
    "finance",
    "mining",
    "real-estate",
    "tax",
    "telecoms",
];
/// Places with their zone, rooms, and public holidays of the default horizon.
const PLACES: [(&str, &str, u32, &[&str]); 3] = [
    ("washington", "America/New_York", 2, &["2015-05-25"]),
    ("paris", "Europe/Paris", 1, &["2015-05-08", "2015-05-14", "2015-05-25"]),
    ("the-hague", "Europe/Amsterdam", 1, &["2015-05-05", "2015-05-14", "2015-05-25"]),
];
/// States whose administration works in French though few have it as their first language.
const FRANCOPHONE: [&str; 5] = ["BI", "DZ", "LB", "MA", "TN"];
/// Real counsel of a side who attend; their colleagues stay relations.
const COUNSEL: usize = 2;

/// The places and the calendars of their rest days; holidays are known for one year only.
pub(super) fn places(start: NaiveDate) -> (Vec<PlaceDoc>, Vec<CalendarDoc>) {
    let place = |&(id, zone, rooms, _): &(&str, &str, u32, &[&str])| {
        make::place(id, zone, ("08:30", "18:30"), rooms, 24)
    };
    let year = format!("{}-", start.year());
    let calendar = |&(id, _, _, days): &(&str, &str, u32, &[&str])| CalendarDoc {
        id: id.to_owned(),
        weekend: vec![Weekday::Sat, Weekday::Sun],
        holidays: days
            .iter()
            .filter(|day| day.starts_with(&year))
            .map(|day| HolidayDoc {
                date: (*day).to_owned(),
                name: None,
                tentative: None,
                notes: None,
            })
            .collect(),
        workdays: Vec::new(),
        notes: None,
    };
    (PLACES.iter().map(place).collect(), PLACES.iter().map(calendar).collect())
}

/// Adds the disputes of the batch and the people who appear in them.
pub(super) fn add(doc: &mut InstanceDoc, docket: &Docket, seed: u64, window: Window) {
    let mut faced: BTreeMap<&str, usize> = BTreeMap::new();
    for case in docket.batch() {
        let mut draw = Draw::new(seed, &case.id);
        let (Some(home), Some(host)) = (
            case.home_states.first().and_then(|code| state(code)),
            case.respondents.first().and_then(|code| state(code)),
        ) else {
            continue;
        };
        let mut stage = Stage { doc: &mut *doc, seed, window };
        let before = faced.entry(host.code).or_default();
        // A State sends one delegate to each of its first three disputes in turn, then the same.
        let delegate = format!("rep-{}-{}", host.code.to_lowercase(), 1 + *before % 3);
        *before += 1;
        let claimant = stage.party(case, home, "claimant", format!("rep-{}", case.number()));
        let respondent = stage.party(case, host, "respondent", delegate);
        doc.disputes.push(dispute(case, host, vec![claimant, respondent], &mut draw));
    }
}

struct Stage<'a> {
    doc: &'a mut InstanceDoc,
    seed: u64,
    window: Window,
}

impl Stage<'_> {
    fn party(&mut self, case: &Case, from: StateFacts, side: &str, delegate: String) -> PartyDoc {
        let actor = if side == "claimant" { &case.claimant } else { &case.respondents[0] };
        let mut party = make::party(side, actor);
        self.seat(&delegate, from);
        party.representatives = vec![delegate];
        let counsel = case.others.iter().filter(|seat| seat.role == format!("{side}-counsel"));
        for seat in counsel.take(COUNSEL) {
            if self.doc.mediators.iter().all(|mediator| mediator.id != seat.person) {
                self.seat(&seat.person, from);
            }
            party.counsel.push(seat.person.clone());
        }
        party
    }

    /// Gives a person of a State a place on the clock, once.
    fn seat(&mut self, id: &str, facts: StateFacts) {
        let mut draw = Draw::new(self.seed, id);
        let known = self.doc.people.iter().position(|person| person.id == id);
        let at = known.unwrap_or_else(|| {
            self.doc.people.push(make::person(id.to_owned(), &[facts.code]));
            self.doc.people.len() - 1
        });
        let person = &mut self.doc.people[at];
        if person.time_zone.is_none() {
            let zone = facts.main_zone();
            person.time_zone = Some(zone.to_owned());
            person.calendar = Some(facts.weekend.to_owned());
            person.working_hours = working_hours(facts.weekend, 20, &mut draw);
            person.busy = busy(self.window, zone, 3, 5, &mut draw);
        }
    }
}

fn dispute(case: &Case, host: StateFacts, parties: Vec<PartyDoc>, draw: &mut Draw) -> DisputeDoc {
    let size = *draw.weighted(&[(3, 70), (1, 20), (2, 10)]);
    let id = format!("dispute-{}", case.number());
    let mut dispute = make::dispute(id, DisputeClass::StateInvestor, size);
    dispute.title = Some(format!("An investor and {}", host.name));
    let charter = case.treaties.iter().any(|treaty| treaty.contains("Energy Charter"));
    let mut subjects = draw.sample(&SUBJECTS, 2);
    if charter && !subjects.contains(&&"energy") {
        subjects[0] = &"energy";
    }
    dispute.subjects = subjects.into_iter().map(|subject| (*subject).to_owned()).collect();
    dispute.parties = parties;
    let native = host.native();
    let tag = match host.code {
        code if FRANCOPHONE.contains(&code) => "fr",
        _ => native.iter().find(|tag| ["es", "fr"].contains(tag)).copied().unwrap_or("en"),
    };
    dispute.languages = vec![tag.to_owned()];
    if tag != "en" {
        dispute.languages.push("en".to_owned());
    }
    dispute.panel.languages = Pairs(vec![(tag.to_owned(), size.min(2))]);
    if size > 1 && draw.chance(50) {
        let known = (dispute.subjects[0].clone(), Decimal(750_000));
        dispute.panel.expertise = Pairs(vec![known]);
    }
    dispute.panel.distinct_nationalities = (size == 3).then_some(true);
    dispute.opened = case.year.map(|year| format!("{year}-07-01"));
    dispute.sessions = sessions(case, size, draw);
    dispute
}

/// A call and an opening from everywhere, and a joint session, often at a place.
fn sessions(case: &Case, size: u32, draw: &mut Draw) -> Vec<SessionDoc> {
    let mut call = make::session("call", SessionKind::Call, 60);
    call.mode = Some(SessionMode::Remote);
    let mut opening = make::session("opening", SessionKind::Opening, 120);
    opening.mode = Some(SessionMode::Remote);
    opening.after = Some(after("call", draw.between(2, 7), None));
    let mut sessions = vec![call, opening];
    if size > 1 {
        let mut joint = make::session("joint", SessionKind::Joint, 60 * draw.between(3, 4));
        let mode = *draw.weighted(&[
            (SessionMode::InPerson, 55),
            (SessionMode::Hybrid, 15),
            (SessionMode::Remote, 30),
        ]);
        joint.mode = Some(mode);
        if mode != SessionMode::Remote {
            let icsid = case.rules.as_deref().is_some_and(|rules| rules.starts_with("ICSID"));
            let choice: &[(&str, usize)] = if icsid {
                &[("washington", 55), ("paris", 30), ("the-hague", 15)]
            } else {
                &[("the-hague", 70), ("paris", 30)]
            };
            joint.place = Some((*draw.weighted(choice)).to_owned());
        }
        let latest = draw.chance(50).then_some(28);
        joint.after = Some(after("opening", draw.between(3, 10), latest));
        sessions.push(joint);
    }
    sessions
}

fn after(session: &str, min: u32, max: Option<u32>) -> AfterDoc {
    AfterDoc { session: session.to_owned(), min_days: Some(min), max_days: max, notes: None }
}
