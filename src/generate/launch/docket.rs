//! The docket: disputes of all three classes among the signatories, with the organisations and
//! people who stand behind the parties.

use std::collections::BTreeSet;

use crate::format::{
    AfterDoc, Decimal, DisputeClass, DisputeDoc, InstanceDoc, LanguageLevel, MediatorDoc,
    OrganisationKind, Pairs, PartyDoc, RelationKind, SessionDoc, SessionKind, SessionMode,
};
use crate::generate::diary::{Window, busy, working_hours};
use crate::generate::draw::Draw;
use crate::generate::make;
use crate::generate::world::{StateFacts, common_hours, state};

use super::{PLACE, SIGNATORIES, STATE_SUBJECTS, TRADE_SUBJECTS, calendar_of};

const CLASSES: [DisputeClass; 10] = [
    DisputeClass::StateState,
    DisputeClass::StateInvestor,
    DisputeClass::Commercial,
    DisputeClass::StateInvestor,
    DisputeClass::StateState,
    DisputeClass::Commercial,
    DisputeClass::StateInvestor,
    DisputeClass::StateState,
    DisputeClass::StateInvestor,
    DisputeClass::Commercial,
];
const SIZES: [u32; 10] = [3, 3, 1, 2, 3, 1, 3, 2, 3, 2];
/// Law firms and the States in which they have their seats.
const FIRMS: [&str; 8] = ["GB", "FR", "CN", "SG", "KE", "VE", "DZ", "RS"];

/// Adds `count` disputes and everyone who appears for a party.
pub(super) fn add(doc: &mut InstanceDoc, seed: u64, count: u32, window: Window) {
    for (n, seat) in (1..).zip(FIRMS) {
        let mut firm =
            make::organisation(format!("firm-{n:02}"), OrganisationKind::LawFirm, &[seat]);
        firm.name = Some(format!("Synthetic law firm {n:02}"));
        doc.organisations.push(firm);
    }
    let mut met = BTreeSet::new();
    for n in 1..=count {
        let mut draw = Draw::new(seed, &format!("dispute-{n:02}"));
        let (one, other) = pair(&mut met, window, &mut draw);
        let mut bench = Bench { doc: &mut *doc, seed, window };
        let dispute = bench.dispute(n, [one, other], &mut draw);
        doc.disputes.push(dispute);
    }
}

/// Two States that have not met yet, and that share at least five waking hours.
fn pair(
    met: &mut BTreeSet<(&'static str, &'static str)>,
    window: Window,
    draw: &mut Draw,
) -> (StateFacts, StateFacts) {
    loop {
        let two = draw.sample(&SIGNATORIES, 2);
        let (Some(one), Some(other)) = (state(two[0]), state(two[1])) else {
            continue;
        };
        let zones = [one.main_zone(), other.main_zone()];
        // WHY: a long docket runs out of fresh pairs; then States may meet again.
        let fresh =
            met.len() > 300 || met.insert((one.code.min(other.code), one.code.max(other.code)));
        if fresh && common_hours(&zones, None, window.start) >= 5 {
            return (one, other);
        }
    }
}

struct Bench<'a> {
    doc: &'a mut InstanceDoc,
    seed: u64,
    window: Window,
}

impl Bench<'_> {
    fn dispute(&mut self, n: u32, states: [StateFacts; 2], draw: &mut Draw) -> DisputeDoc {
        let index = (n as usize - 1) % CLASSES.len();
        let (class, size) = (CLASSES[index], SIZES[index]);
        let mut dispute = make::dispute(format!("dispute-{n:02}"), class, size);
        let [one, other] = states;
        dispute.title =
            Some(format!("Synthetic {} matter, {} and {}", word(class), one.name, other.name));
        let subjects: &[&str] =
            if class == DisputeClass::StateState { &STATE_SUBJECTS } else { &TRADE_SUBJECTS };
        dispute.subjects = draw.sample(subjects, 2).into_iter().map(|s| (*s).to_owned()).collect();
        dispute.parties = match class {
            DisputeClass::StateState => vec![self.state(one, draw), self.state(other, draw)],
            DisputeClass::StateInvestor => vec![self.company(one, draw), self.state(other, draw)],
            DisputeClass::Commercial => vec![self.company(one, draw), self.company(other, draw)],
        };
        for party in &mut dispute.parties {
            let date = format!("2025-{:02}-{:02}", draw.between(11, 12), draw.between(1, 28));
            party.consent =
                Some(crate::format::ConsentDoc { given: true, date: Some(date), notes: None });
        }
        dispute.opened = Some(format!("2026-01-{:02}", draw.between(2, 14)));
        dispute.panel.distinct_nationalities = (size == 3).then_some(true);
        self.speak(&mut dispute, states);
        self.know(&mut dispute, states);
        dispute.sessions = self.sessions(size, states, draw);
        dispute
    }

    /// A State, its delegate (the same in all its disputes) and perhaps counsel.
    fn state(&mut self, facts: StateFacts, draw: &mut Draw) -> PartyDoc {
        let tag = facts.code.to_lowercase();
        let mut party = make::party(&tag, facts.code);
        party.representatives = vec![self.person(&format!("rep-{tag}-1"), facts)];
        if draw.chance(60) {
            party.counsel = self.counsel(facts, draw);
        }
        party
    }

    /// A company of the State with a manager and counsel; every third has a parent, every third
    /// belongs to its State.
    fn company(&mut self, facts: StateFacts, draw: &mut Draw) -> PartyDoc {
        let tag = facts.code.to_lowercase();
        let number = 1 + self
            .doc
            .organisations
            .iter()
            .filter(|known| known.id.starts_with(&format!("co-{tag}-")))
            .count();
        let id = format!("co-{tag}-{number}");
        let mut company = make::organisation(id.clone(), OrganisationKind::Company, &[facts.code]);
        company.name = Some(format!("Synthetic company {} {number}", facts.code));
        let share = Decimal(i64::from(draw.between(51, 100)) * 10_000);
        let owner = match draw.below(3) {
            0 => {
                company.kind = OrganisationKind::StateOwned;
                Some(facts.code.to_owned())
            }
            1 => {
                let parent = format!("holding-{tag}-{number}");
                let seat = *draw.pick(&["GB", "SG", "CH", facts.code]);
                let mut holding =
                    make::organisation(parent.clone(), OrganisationKind::Company, &[seat]);
                holding.name = Some(format!("Synthetic holding of {id}"));
                self.doc.organisations.push(holding);
                Some(parent)
            }
            _ => None,
        };
        self.doc.organisations.push(company);
        if let Some(owner) = owner {
            let mut owns = make::relation(format!("owns-{id}"), &owner, RelationKind::Owns, &id);
            owns.share = Some(share);
            self.doc.relations.push(owns);
        }
        let mut party = make::party(&id, &id);
        party.representatives = vec![self.person(&format!("rep-{id}"), facts)];
        party.counsel = self.counsel(facts, draw);
        party
    }

    /// A firm and its lawyer who works where the client is.
    fn counsel(&mut self, facts: StateFacts, draw: &mut Draw) -> Vec<String> {
        let firm = format!("firm-{:02}", 1 + draw.below(FIRMS.len()));
        let lawyer = format!("lawyer-{}-{}", &firm[5..], facts.code.to_lowercase());
        let known = self.doc.people.iter().any(|person| person.id == lawyer);
        let lawyer = self.person(&lawyer, facts);
        if !known {
            let id = format!("member-{lawyer}");
            self.doc.relations.push(make::relation(id, &lawyer, RelationKind::MemberOf, &firm));
        }
        vec![lawyer, firm]
    }

    /// The id of a person in a State's main time zone, made at the first call.
    fn person(&mut self, id: &str, facts: StateFacts) -> String {
        if self.doc.people.iter().all(|known| known.id != id) {
            let mut draw = Draw::new(self.seed, id);
            let mut person = make::person(id.to_owned(), &[facts.code]);
            person.name = Some(format!("Synthetic person {id}"));
            person.time_zone = Some(facts.main_zone().to_owned());
            person.calendar = Some(calendar_of(facts.code));
            person.working_hours = working_hours(facts.weekend, 25, &mut draw);
            person.busy = busy(self.window, facts.main_zone(), 3, 4, &mut draw);
            self.doc.people.push(person);
        }
        id.to_owned()
    }

    /// Mediators of the right panel who have nothing to do with the States.
    fn neutral(&self, class: DisputeClass, states: [StateFacts; 2]) -> Vec<&MediatorDoc> {
        let panel = if class == DisputeClass::StateState { "A" } else { "B" };
        let free = |mediator: &&MediatorDoc| {
            let apart = |code: &str| states.iter().all(|facts| facts.code != code);
            mediator.designations.iter().all(|d| d.panel == panel && apart(&d.by))
                && mediator.nationalities.iter().all(|n| apart(&n.state))
        };
        self.doc.mediators.iter().filter(free).collect()
    }

    /// The language that both States share, where the panel has it, else English with somebody
    /// who speaks the language of each side.
    fn speak(&self, dispute: &mut DisputeDoc, states: [StateFacts; 2]) {
        let neutral = self.neutral(dispute.class, states);
        let speakers = |tag: &str| {
            let fluent = |m: &&&MediatorDoc| {
                m.languages.get(tag).is_some_and(|level| *level >= LanguageLevel::C1)
            };
            neutral.iter().filter(fluent).count()
        };
        let [one, other] = states.map(|facts| facts.native());
        let shared = one.iter().find(|tag| other.contains(tag) && speakers(tag) >= 6);
        let mut needed: Vec<(String, u32)> = Vec::new();
        if let Some(tag) = shared {
            dispute.languages = vec![(*tag).to_owned()];
            if *tag != "en" {
                dispute.languages.push("en".to_owned());
            }
            needed.push(((*tag).to_owned(), dispute.panel.size.min(2)));
        } else {
            dispute.languages = vec!["en".to_owned()];
            if dispute.panel.size > 1 {
                for tag in [one[0], other[0]] {
                    if tag != "en" && speakers(tag) >= 3 {
                        needed.push((tag.to_owned(), 1));
                    }
                }
            }
        }
        needed.sort();
        needed.dedup();
        dispute.panel.languages = Pairs(needed);
    }

    /// For a panel of two or three: somebody who knows the first subject well.
    fn know(&self, dispute: &mut DisputeDoc, states: [StateFacts; 2]) {
        let Some(subject) = dispute.subjects.first() else {
            return;
        };
        let level = Decimal(700_000);
        let expert = |m: &&&MediatorDoc| m.expertise.get(subject).is_some_and(|e| *e >= level);
        let neutral = self.neutral(dispute.class, states);
        if dispute.panel.size > 1 && neutral.iter().filter(expert).count() >= 6 {
            dispute.panel.expertise = Pairs(vec![(subject.clone(), level)]);
        }
    }

    /// A call, an opening, and for larger panels a joint session; remote, hybrid or in Hong Kong
    /// as the clocks of the parties allow.
    fn sessions(&self, size: u32, states: [StateFacts; 2], draw: &mut Draw) -> Vec<SessionDoc> {
        let zones = states.map(|facts| facts.main_zone());
        let office = common_hours(&zones, Some("Asia/Hong_Kong"), self.window.start);
        let mut joint = make::session("joint", SessionKind::Joint, 60 * draw.between(3, 4));
        let mode = match draw.below(100) {
            0..50 => SessionMode::InPerson,
            50..80 if office * 60 > joint.minutes => SessionMode::Hybrid,
            _ if common_hours(&zones, None, self.window.start) * 60 > joint.minutes + 60 => {
                SessionMode::Remote
            }
            _ => SessionMode::InPerson,
        };
        if mode != SessionMode::Remote {
            joint.place = Some(PLACE.to_owned());
        }
        joint.mode = Some(mode);
        let mut sessions = vec![
            make::session("call", SessionKind::Call, 60),
            make::session("opening", SessionKind::Opening, 120),
        ];
        if size > 1 {
            sessions.push(joint);
        }
        for n in 1..sessions.len() {
            sessions[n].after = Some(AfterDoc {
                session: sessions[n - 1].id.clone(),
                min_days: Some(draw.between(2, 5)),
                max_days: draw.chance(50).then_some(21),
                notes: None,
            });
        }
        sessions
    }
}

fn word(class: DisputeClass) -> &'static str {
    match class {
        DisputeClass::StateState => "State-to-State",
        DisputeClass::StateInvestor => "investment",
        DisputeClass::Commercial => "commercial",
    }
}
