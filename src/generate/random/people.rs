//! People: mediators, interpreters, counsel and their firms, representatives; and the places.

use std::collections::BTreeMap;

use crate::format::{
    CapacityDoc, Decimal, InstanceDoc, InterpreterDoc, LanguageLevel, LanguagePairDoc, MediatorDoc,
    OrganisationKind, Pairs, PersonDoc, PlaceDoc, RelationKind,
};
use crate::generate::draw::Draw;
use crate::generate::make;
use crate::generate::world::state;

use super::clocks::{Clock, Diary};
use super::{HOMES, INTERPRETED, RandomOptions, SUBJECTS};

/// Seats of the places, and their zones.
pub(super) const PLACES: [(&str, &str); 3] = [
    ("london", "Europe/London"),
    ("new-york", "America/New_York"),
    ("singapore", "Asia/Singapore"),
];

/// Somebody who appears for a party.
#[derive(Clone)]
pub(super) struct Advocate {
    pub(super) id: String,
    pub(super) home: usize,
    pub(super) diary: Diary,
}

/// The world so far.
pub(super) struct World {
    pub(super) options: RandomOptions,
    clocks: Vec<Clock>,
    pub(super) counsel: Vec<Advocate>,
    /// Counsel who appear in some dispute, and representatives.
    people: BTreeMap<String, PersonDoc>,
}

pub(super) fn draw_home(draw: &mut Draw) -> usize {
    let weights: Vec<(usize, usize)> =
        HOMES.iter().enumerate().map(|(home, (.., weight))| (home, *weight)).collect();
    *draw.weighted(&weights)
}

fn weekend(home: usize) -> &'static str {
    state(HOMES[home].0).map_or("sat-sun", |facts| facts.weekend)
}

impl World {
    pub(super) fn new(options: &RandomOptions) -> Self {
        let clocks = (0..HOMES.len()).map(|home| Clock::new(HOMES[home].1, weekend(home)));
        let mut world = Self {
            options: *options,
            clocks: clocks.collect(),
            counsel: Vec::new(),
            people: BTreeMap::new(),
        };
        let shared = if options.tight { 30 } else { 60 };
        let number = (options.disputes * shared / 100).max(4);
        world.counsel =
            (1..=number).map(|n| world.advocate(format!("counsel-{n:04}"), None)).collect();
        world
    }

    pub(super) fn draw(&self, label: &str) -> Draw {
        Draw::new(self.options.seed, &format!("random {label}"))
    }

    /// Percent of the office day that is taken.
    fn taken(&self) -> u32 {
        if self.options.tight { 34 } else { 22 }
    }

    /// Somebody at home in a place, or anywhere.
    pub(super) fn advocate(&self, id: String, home: Option<usize>) -> Advocate {
        let mut draw = self.draw(&id);
        let home = home.unwrap_or_else(|| draw_home(&mut draw));
        let diary = self.clocks[home].diary(self.taken(), &mut draw);
        Advocate { id, home, diary }
    }

    /// Makes a person of the document.
    pub(super) fn enter(&mut self, advocate: &Advocate) {
        let (code, zone, _) = HOMES[advocate.home];
        let mut person = make::person(advocate.id.clone(), &[code]);
        person.time_zone = Some(zone.to_owned());
        person.calendar = Some(weekend(advocate.home).to_owned());
        person.busy.clone_from(&advocate.diary.busy);
        self.people.insert(advocate.id.clone(), person);
    }

    /// The law firm of a counsel.
    pub(super) fn firm(&self, counsel: &str) -> String {
        let mut draw = self.draw(&format!("firm of {counsel}"));
        format!("firm-{:03}", 1 + draw.below(self.firms()))
    }

    fn firms(&self) -> usize {
        3 + self.options.disputes as usize / 6
    }

    pub(super) fn places(&self) -> Vec<PlaceDoc> {
        let rooms = (self.options.disputes / if self.options.tight { 25 } else { 12 }).max(1);
        let place = |(id, zone): &(&str, &str)| {
            let mut place = make::place(id, zone, ("07:00", "22:00"), rooms, 20);
            place.calendar = Some("sat-sun".to_owned());
            place
        };
        PLACES.iter().map(place).collect()
    }

    pub(super) fn mediators(&self) -> Vec<MediatorDoc> {
        let RandomOptions { disputes, mediators, .. } = self.options;
        let cases = (3 * disputes).div_ceil(mediators.max(1)).max(2);
        let mediator = |n: u32| {
            let id = format!("mediator-{n:04}");
            let mut draw = self.draw(&id);
            let home = draw_home(&mut draw);
            let (code, zone, _) = HOMES[home];
            let mut doc = make::mediator(id, &[code]);
            doc.time_zone = Some(zone.to_owned());
            doc.calendar = Some(weekend(home).to_owned());
            doc.busy = self.clocks[home].diary(20, &mut draw).busy;
            doc.languages.0.push(("en".to_owned(), LanguageLevel::C2));
            let mut known = draw.sample(&INTERPRETED, 2);
            known.sort_unstable();
            let learn = |tag: &&str| ((*tag).to_owned(), LanguageLevel::C1);
            doc.languages.0.extend(known.into_iter().map(learn));
            let subject = |subject: &&str| {
                let level = Decimal(i64::from(draw.between(0, 100)) * 10_000);
                ((*subject).to_owned(), level)
            };
            doc.expertise = Pairs(SUBJECTS.iter().map(subject).collect());
            doc.capacity =
                Some(CapacityDoc { cases: Some(cases), min_cases: None, hours: None, notes: None });
            doc
        };
        (1..=mediators).map(mediator).collect()
    }

    pub(super) fn interpreters(&self) -> Vec<InterpreterDoc> {
        let each = (self.options.disputes / if self.options.tight { 30 } else { 15 }).max(4);
        let all = INTERPRETED.iter().flat_map(|tag| (1..=each).map(move |n| (*tag, n)));
        all.map(|(tag, n)| {
            let id = format!("interpreter-{tag}-{n:03}");
            let mut draw = self.draw(&id);
            let home = draw_home(&mut draw);
            let (code, zone, _) = HOMES[home];
            InterpreterDoc {
                id,
                name: None,
                nationalities: make::nationalities(&[code]),
                time_zone: Some(zone.to_owned()),
                calendar: Some(weekend(home).to_owned()),
                working_hours: Vec::new(),
                base: None,
                stays: Vec::new(),
                busy: self.clocks[home].diary(10, &mut draw).busy,
                pairs: vec![LanguagePairDoc {
                    from: tag.to_owned(),
                    to: "en".to_owned(),
                    notes: None,
                }],
                notes: None,
            }
        })
        .collect()
    }

    /// Adds people and firms; a quarter of the mediators belong to one.
    pub(super) fn finish(self, doc: &mut InstanceDoc) {
        for n in 1..=self.firms() {
            let id = format!("firm-{n:03}");
            doc.organisations.push(make::organisation(id, OrganisationKind::LawFirm, &["GB"]));
        }
        let mut members: Vec<String> =
            self.people.keys().filter(|id| id.starts_with("counsel-")).cloned().collect();
        for mediator in &doc.mediators {
            if self.draw(&format!("practice of {}", mediator.id)).chance(25) {
                members.push(mediator.id.clone());
            }
        }
        for member in members {
            let id = format!("member-{member}");
            let firm = self.firm(&member);
            doc.relations.push(make::relation(id, &member, RelationKind::MemberOf, &firm));
        }
        doc.people = self.people.into_values().collect();
    }
}
