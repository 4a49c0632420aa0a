//! Those who appear for parties, and interpreters, with their diaries.

use crate::format::{InterpreterDoc, LanguagePairDoc, PersonDoc};
use crate::generate::diary::{busy, working_hours};
use crate::generate::make;

use super::Docket;
use super::bar::lawyer_id;
use super::cast::{Actor, Party};
use super::facts::{INTERPRETED, calendar};
use super::groups::Group;

impl Docket {
    /// How many delegates a State has: one for about six disputes of the docket a State.
    pub(super) fn delegates_each(&self) -> u32 {
        (self.disputes / (6 * self.designating.len().max(1) as u32)).max(2)
    }

    /// The id of the person who represents a party.
    pub(super) fn representative(&self, party: &Party) -> String {
        match party.actor {
            Actor::State | Actor::Agency => self.delegate_id(party.home, party.turn),
            Actor::Company(group) => manager_id(group, party.turn),
        }
    }

    fn delegate_id(&self, home: usize, turn: u32) -> String {
        format!("delegate-{}-{:02}", self.code(home).to_lowercase(), turn + 1)
    }

    pub(super) fn delegates(&self) -> impl Iterator<Item = PersonDoc> + '_ {
        self.designating.iter().flat_map(|home| {
            (0..self.delegates_each())
                .map(|turn| self.person(self.delegate_id(*home, turn), *home, 8))
        })
    }

    pub(super) fn managers(&self) -> impl Iterator<Item = PersonDoc> + '_ {
        self.groups().flat_map(move |(group, home)| {
            let turns = match group {
                Group::Recurring(n) => self.circle.managers[n],
                Group::Single(..) => 1,
            };
            (0..turns).map(move |turn| self.person(manager_id(group, turn), home, 6))
        })
    }

    pub(super) fn lawyers(&self) -> impl Iterator<Item = PersonDoc> + '_ {
        let all = self.bar.lawyers.iter().enumerate();
        all.map(|(n, lawyer)| self.person(lawyer_id(n), lawyer.home, 12))
    }

    /// Somebody in a State's main time zone with up to `most` absences.
    fn person(&self, id: String, home: usize, most: u32) -> PersonDoc {
        let facts = self.homes[home].facts;
        let mut draw = self.draw(&format!("person {id}"));
        let mut person = make::person(id, &[facts.code]);
        person.time_zone = Some(facts.main_zone().to_owned());
        person.calendar = Some(calendar(facts.code));
        person.working_hours = working_hours(facts.weekend, 20, &mut draw);
        person.busy = busy(self.window, facts.main_zone(), most, 5, &mut draw);
        person
    }

    /// Interpreters into and from English: more for a longer docket.
    pub(super) fn interpreters(&self) -> impl Iterator<Item = InterpreterDoc> + '_ {
        let each = (self.disputes / 25).max(5);
        INTERPRETED.into_iter().flat_map(move |(tag, seats)| {
            (1..=each).map(move |n| {
                let id = format!("interpreter-{tag}-{n:03}");
                let mut draw = self.draw(&id);
                let facts = self.homes[self.home(draw.pick::<&str>(&seats))].facts;
                InterpreterDoc {
                    id,
                    name: None,
                    nationalities: make::nationalities(&[facts.code]),
                    time_zone: Some(facts.main_zone().to_owned()),
                    calendar: Some(calendar(facts.code)),
                    working_hours: Vec::new(),
                    base: None,
                    stays: Vec::new(),
                    busy: busy(self.window, facts.main_zone(), 8, 5, &mut draw),
                    pairs: vec![LanguagePairDoc {
                        from: tag.to_owned(),
                        to: "en".to_owned(),
                        notes: None,
                    }],
                    notes: None,
                }
            })
        })
    }
}

fn manager_id(group: Group, turn: u32) -> String {
    match group {
        Group::Recurring(n) => format!("manager-r{:04}-{:02}", n + 1, turn + 1),
        Group::Single(dispute, party) => {
            format!("manager-{dispute:05}{}", ["a", "b", "c"][party.min(2)])
        }
    }
}
