//! Ties of mediators: office, firms, mandates, holdings, family; and the bodies that they name.

use crate::format::RelationKind::{
    Advises, CoCounselWith, CommercialWith, ContactOf, CounselAgainst, CounselFor, EmployedBy,
    Enmity, ExpertFor, Family, Friend, Funds, Holds, MemberOf, OfficerOf, OfficialOf, RetainedBy,
};
use crate::format::{OrganisationDoc, OrganisationKind, RelationDoc, RelationKind};
use crate::generate::draw::Draw;
use crate::generate::make;

use super::Docket;
use super::bar::{firm_id, lawyer_id};
use super::roster::named;

/// Universities and funders, by seat.
const UNIVERSITIES: [&str; 8] = ["GB", "CN", "KE", "FR", "BR", "IN", "SG", "ZA"];
const FUNDERS: [&str; 5] = ["GB", "US", "SG", "AE", "CH"];

/// Universities and funders.
pub(super) fn others() -> impl Iterator<Item = OrganisationDoc> {
    let body = |word: &str, kind, (n, seat): (usize, &&str)| {
        let id = format!("{word}-{:02}", n + 1);
        let name = format!("Synthetic {id}");
        named(make::organisation(id, kind, &[seat]), name)
    };
    let schools = UNIVERSITIES.iter().enumerate();
    let funders = FUNDERS.iter().enumerate();
    schools
        .map(move |row| body("university", OrganisationKind::University, row))
        .chain(funders.map(move |row| body("funder", OrganisationKind::Funder, row)))
}

/// The ties of one mediator, so far.
struct Ties<'a> {
    docket: &'a Docket,
    mediator: &'a str,
    draw: Draw,
    found: Vec<RelationDoc>,
}

impl Ties<'_> {
    /// Adds a tie from January of one year to June of another.
    fn add(
        &mut self,
        kind: RelationKind,
        to: &str,
        since: Option<u32>,
        until: Option<u32>,
    ) -> &mut RelationDoc {
        let id = format!("{}-{}", self.mediator, self.found.len() + 1);
        let mut tie = make::relation(id, self.mediator, kind, to);
        tie.start = since.map(|year| format!("{year}-01-01"));
        tie.end = until.map(|year| format!("{year}-06-30"));
        self.found.push(tie);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// The actor of a party of some dispute.
    fn party(&mut self) -> Option<String> {
        let all = self.docket.disputes as usize;
        if all == 0 {
            return None;
        }
        let cast = self.docket.cast(1 + self.draw.below(all) as u32);
        Some(self.docket.actor_id(self.draw.pick(&cast.parties)))
    }

    /// A party of some dispute that is a company.
    fn company(&mut self) -> Option<String> {
        self.party().filter(|id| id.starts_with("co-"))
    }

    fn lawyer(&mut self) -> String {
        lawyer_id(self.draw.below(self.docket.bar.lawyers.len()))
    }

    /// What diplomats and judges bring with them: public office, advice to States.
    fn public_life(&mut self, home: &str) {
        if self.draw.chance(70) {
            let since = Some(self.draw.between(2000, 2012));
            let until = self.draw.chance(60).then(|| self.draw.between(2018, 2025));
            self.add(OfficialOf, home, since, until);
        }
        if self.draw.chance(20) {
            let client = self.docket.code(*self.draw.pick(&self.docket.designating));
            let since = Some(self.draw.between(2015, 2021));
            let until = self.draw.chance(70).then(|| self.draw.between(2022, 2025));
            self.add(Advises, client, since, until);
        }
    }

    /// What lawyers bring with them: firms, mandates for and against parties, board seats.
    fn practice(&mut self) {
        if self.draw.chance(45) {
            let firm = firm_id(*self.draw.weighted(&self.docket.bar.firms));
            let since = Some(self.draw.between(2005, 2024));
            let role = if self.draw.chance(60) { "partner" } else { "counsel" };
            self.add(MemberOf, &firm, since, None).role = Some(role.to_owned());
        }
        if self.draw.chance(20) {
            let since = Some(self.draw.between(2012, 2019));
            let until = self.draw.chance(75).then(|| self.draw.between(2020, 2025));
            let kind = *self.draw.pick(&[CounselFor, CounselAgainst, Advises]);
            let confidential = self.draw.chance(8);
            if let Some(client) = self.party() {
                let tie = self.add(kind, &client, since, until);
                tie.confidential = confidential.then_some(true);
            }
        }
        if self.draw.chance(4) {
            let since = Some(self.draw.between(2015, 2024));
            if let Some(company) = self.company() {
                self.add(OfficerOf, &company, since, None);
            }
        }
    }

    /// What anybody may have.
    fn life(&mut self) {
        if self.draw.chance(15) {
            let school = format!("university-{:02}", 1 + self.draw.below(UNIVERSITIES.len()));
            let since = Some(self.draw.between(2000, 2024));
            self.add(EmployedBy, &school, since, None);
        }
        if self.draw.chance(8) {
            let until = self.draw.between(2021, 2025);
            if let Some(party) = self.party() {
                self.add(ExpertFor, &party, Some(until - 1), Some(until));
            }
        }
        if self.draw.chance(8) {
            let significant = self.draw.chance(40);
            let kind = *self.draw.pick(&[Holds, Holds, CommercialWith]);
            if let Some(company) = self.company() {
                self.add(kind, &company, None, None).significant = Some(significant);
            }
        }
        let kind = *self.draw.weighted(&[
            (None, 72),
            (Some(Family), 5),
            (Some(Friend), 6),
            (Some(Enmity), 2),
            (Some(ContactOf), 9),
            (Some(CoCounselWith), 6),
        ]);
        if let Some(kind) = kind {
            let lawyer = self.lawyer();
            self.add(kind, &lawyer, Some(2024), None);
        }
        if self.draw.chance(4) {
            let lawyer = self.lawyer();
            for _ in 0..self.draw.between(1, 4) {
                self.add(RetainedBy, &lawyer, Some(2024), Some(2025)).tags =
                    vec!["expert".to_owned()];
            }
        }
    }
}

impl Docket {
    /// The ties of the `n`-th mediator.
    pub(super) fn ties(&self, n: u32) -> Vec<RelationDoc> {
        let seat = &self.seats[n as usize];
        let draw = self.draw(&format!("ties {}", seat.id));
        let mut ties = Ties { docket: self, mediator: &seat.id, draw, found: Vec::new() };
        if seat.on_a {
            ties.public_life(self.code(seat.bound[1]));
        } else {
            ties.practice();
        }
        ties.life();
        ties.found
    }

    /// Every twentieth dispute has a company that somebody funds.
    pub(super) fn funding(&self) -> impl Iterator<Item = RelationDoc> + '_ {
        (1..=self.disputes).filter_map(|n| {
            let mut draw = self.draw(&format!("funds {n}"));
            if !draw.chance(5) {
                return None;
            }
            let cast = self.cast(n);
            let party = cast.parties.first().filter(|party| party.actor.group().is_some())?;
            let funder = format!("funder-{:02}", 1 + draw.below(FUNDERS.len()));
            let id = format!("funds-{n:05}");
            Some(make::relation(id, &funder, Funds, &self.actor_id(party)))
        })
    }
}
