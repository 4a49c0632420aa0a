//! Ties: what connects mediators to parties, counsel and each other, so that screening has work.

use crate::format::RelationKind::{
    Advises, CounselAgainst, CounselFor, EmployedBy, ExpertFor, Family, Friend, Holds, MemberOf,
    OfficerOf, OfficialOf,
};
use crate::format::{
    AppointmentDoc, InstanceDoc, MediatorDoc, OrganisationKind, RelationDoc, RelationKind,
};
use crate::generate::draw::Draw;
use crate::generate::make;

use super::SIGNATORIES;

/// Actors that a tie can point to.
struct Circle {
    /// Law firms, the large ones more often.
    firms: Vec<(String, usize)>,
    universities: Vec<(String, usize)>,
    /// Actors of the parties.
    parties: Vec<String>,
    companies: Vec<String>,
    lawyers: Vec<String>,
    people: Vec<String>,
}

/// Adds universities, relations of mediators, and their past appointments.
pub(in crate::generate) fn add(doc: &mut InstanceDoc, seed: u64) {
    for (n, seat) in (1..).zip(["GB", "CN", "KE", "FR"]) {
        let id = format!("university-{n:02}");
        let mut school = make::organisation(id, OrganisationKind::University, &[seat]);
        school.name = Some(format!("Synthetic university {n:02}"));
        doc.organisations.push(school);
    }
    let circle = Circle::of(doc);
    for mediator in &doc.mediators {
        doc.relations.extend(circle.relations(mediator, seed));
        doc.appointments.extend(circle.appointments(mediator, seed));
    }
    doc.relations.extend(confidential(doc));
}

/// The relations of one mediator, so far.
struct Ties<'a> {
    mediator: &'a MediatorDoc,
    found: Vec<RelationDoc>,
}

impl Ties<'_> {
    /// Adds a relation from January of one year to June of another.
    fn add(
        &mut self,
        kind: RelationKind,
        to: &str,
        since: Option<u32>,
        until: Option<u32>,
    ) -> &mut RelationDoc {
        let id = format!("{}-{}", self.mediator.id, self.found.len() + 1);
        let mut tie = make::relation(id, &self.mediator.id, kind, to);
        tie.start = since.map(|year| format!("{year}-01-01"));
        tie.end = until.map(|year| format!("{year}-06-30"));
        self.found.push(tie);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// What diplomats and judges bring with them: public office, advice to States.
fn public_life(ties: &mut Ties<'_>, draw: &mut Draw) {
    if let Some(home) = ties.mediator.nationalities.first().filter(|_| draw.chance(70)) {
        let until = draw.chance(60).then(|| draw.between(2018, 2025));
        ties.add(OfficialOf, &home.state, Some(draw.between(2000, 2012)), until);
    }
    if draw.chance(20) {
        let client = *draw.pick(&SIGNATORIES);
        let until = draw.chance(70).then(|| draw.between(2022, 2025));
        ties.add(Advises, client, Some(draw.between(2015, 2021)), until);
    }
}

impl Circle {
    fn of(doc: &InstanceDoc) -> Self {
        let ids = |kind: OrganisationKind| {
            let of_kind = doc.organisations.iter().filter(move |known| known.kind == kind);
            of_kind.map(|known| known.id.clone())
        };
        // The n-th firm is half as large again as its successor.
        let heavy = |list: Vec<String>| -> Vec<(String, usize)> {
            let sizes = [34, 22, 15, 10, 7, 5, 4, 3];
            list.into_iter().zip(sizes).collect()
        };
        let mut parties: Vec<String> = Vec::new();
        for party in doc.disputes.iter().flat_map(|dispute| &dispute.parties) {
            if !parties.contains(&party.actor) {
                parties.push(party.actor.clone());
            }
        }
        let people: Vec<String> = doc.people.iter().map(|person| person.id.clone()).collect();
        Self {
            firms: heavy(ids(OrganisationKind::LawFirm).collect()),
            universities: heavy(ids(OrganisationKind::University).collect()),
            companies: ids(OrganisationKind::Company)
                .chain(ids(OrganisationKind::StateOwned))
                .collect(),
            lawyers: people.iter().filter(|id| id.starts_with("lawyer-")).cloned().collect(),
            parties,
            people,
        }
    }

    /// Relations of one mediator: office, employment, membership, mandates, holdings, family.
    fn relations(&self, mediator: &MediatorDoc, seed: u64) -> Vec<RelationDoc> {
        let mut draw = Draw::new(seed, &format!("ties {}", mediator.id));
        let mut ties = Ties { mediator, found: Vec::new() };
        if mediator.designations.iter().any(|designation| designation.panel == "A") {
            public_life(&mut ties, &mut draw);
        } else {
            self.practice(&mut ties, &mut draw);
        }
        if draw.chance(15) {
            let since = draw.between(2000, 2024);
            ties.add(EmployedBy, draw.weighted::<String>(&self.universities), Some(since), None);
        }
        if draw.chance(6) && !self.companies.is_empty() {
            let significant = draw.chance(40);
            let tie = ties.add(Holds, draw.pick::<String>(&self.companies), None, None);
            tie.significant = Some(significant);
        } else if draw.chance(5) && !self.people.is_empty() {
            ties.add(Family, draw.pick::<String>(&self.people), None, None);
        } else if draw.chance(6) && !self.lawyers.is_empty() {
            ties.add(Friend, draw.pick::<String>(&self.lawyers), None, None);
        }
        ties.found
    }

    /// What lawyers bring with them: firms, mandates for and against parties, board seats.
    fn practice(&self, ties: &mut Ties<'_>, draw: &mut Draw) {
        if draw.chance(45) {
            let firm = draw.weighted::<String>(&self.firms);
            ties.add(MemberOf, firm, Some(draw.between(2005, 2024)), None);
        }
        if draw.chance(15) && !self.parties.is_empty() {
            let until = draw.chance(75).then(|| draw.between(2020, 2025));
            let kind = *draw.pick(&[CounselFor, CounselAgainst]);
            let client = draw.pick::<String>(&self.parties);
            ties.add(kind, client, Some(draw.between(2012, 2019)), until);
        }
        if draw.chance(8) && !self.parties.is_empty() {
            let until = draw.between(2021, 2025);
            ties.add(ExpertFor, draw.pick::<String>(&self.parties), Some(until - 1), Some(until));
        }
        if draw.chance(4) && !self.companies.is_empty() {
            let company = draw.pick::<String>(&self.companies);
            ties.add(OfficerOf, company, Some(draw.between(2015, 2024)), None);
        }
    }

    /// Past appointments of one mediator elsewhere; one party in four comes back to her.
    fn appointments(&self, mediator: &MediatorDoc, seed: u64) -> Vec<AppointmentDoc> {
        let mut draw = Draw::new(seed, &format!("appointments {}", mediator.id));
        let mut found = Vec::new();
        for _ in 0..*draw.weighted(&[(0, 75), (1, 15), (2, 7), (3, 3)]) {
            let by = if draw.chance(40) || self.parties.is_empty() {
                "institution"
            } else {
                draw.pick::<String>(&self.parties)
            };
            for _ in 0..if draw.chance(25) { 2 } else { 1 } {
                let month = draw.between(1, 12);
                let date =
                    format!("{}-{month:02}-{:02}", draw.between(2021, 2025), draw.between(1, 28));
                found.push(make::appointment(&mediator.id, date, by));
            }
        }
        found.sort_by(|one, other| one.date.cmp(&other.date));
        found
    }
}

/// A past mandate that may not be disclosed, of a mediator who would else be clear.
fn confidential(doc: &InstanceDoc) -> Option<RelationDoc> {
    let dispute = doc.disputes.get(1)?;
    let party = &dispute.parties.first()?.actor;
    let states: Vec<&str> = dispute
        .parties
        .iter()
        .flat_map(|party| {
            let company = doc.organisations.iter().find(|known| known.id == party.actor);
            let of = company.into_iter().flat_map(|known| &known.nationalities);
            of.map(|n| n.state.as_str()).chain([party.actor.as_str()])
        })
        .collect();
    let apart = |mediator: &&MediatorDoc| {
        mediator.designations.iter().all(|d| d.panel == "B" && !states.contains(&d.by.as_str()))
            && mediator.nationalities.iter().all(|n| !states.contains(&n.state.as_str()))
            && doc.relations.iter().all(|tie| tie.from != mediator.id)
    };
    let mediator = doc.mediators.iter().find(apart)?;
    let mut tie = make::relation("confidential-1".to_owned(), &mediator.id, Advises, party);
    tie.start = Some("2023-01-01".to_owned());
    tie.end = Some("2025-06-30".to_owned());
    tie.confidential = Some(true);
    Some(tie)
}
