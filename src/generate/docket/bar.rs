//! The bar: law firms of very different sizes, and their lawyers.

use crate::format::{OrganisationDoc, OrganisationKind, RelationDoc, RelationKind};
use crate::generate::draw::Draw;
use crate::generate::make;

use super::Docket;
use super::facts::{Hours, TRADE};
use super::roster::named;

/// Firms and lawyers.
#[derive(Debug, Default)]
pub(super) struct Bar {
    /// Firms with their weight: the r-th largest is an r-th as large as the first.
    pub(super) firms: Vec<(usize, usize)>,
    pub(super) lawyers: Vec<Lawyer>,
    /// Lawyers by home.
    by_home: Vec<Vec<usize>>,
}

/// A lawyer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lawyer {
    pub(super) firm: usize,
    pub(super) home: usize,
}

pub(super) fn firm_id(firm: usize) -> String {
    format!("firm-{:04}", firm + 1)
}

pub(super) fn lawyer_id(lawyer: usize) -> String {
    format!("lawyer-{:05}", lawyer + 1)
}

impl Docket {
    pub(super) fn draw_bar(&self) -> Bar {
        let number = 12 + self.disputes as usize / 12;
        let firms: Vec<(usize, usize)> =
            (0..number).map(|rank| (rank, 1_000_000 / (rank + 1))).collect();
        let lawyer = |n: usize| {
            let mut draw = self.draw(&lawyer_id(n));
            Lawyer { firm: *draw.weighted(&firms), home: self.draw_market(&mut draw) }
        };
        let lawyers: Vec<Lawyer> =
            (0..(self.disputes as usize * 35 / 100).max(8)).map(lawyer).collect();
        let mut by_home = vec![Vec::new(); self.homes.len()];
        for (n, lawyer) in lawyers.iter().enumerate() {
            by_home[lawyer.home].push(n);
        }
        Bar { firms, lawyers, by_home }
    }

    /// Where a company or a lawyer is at home: in a State that designates, or at a seat of trade.
    pub(super) fn draw_market(&self, draw: &mut Draw) -> usize {
        if draw.chance(55) {
            *draw.pick(&self.designating[..self.designating.len().min(38)])
        } else {
            self.home(draw.weighted::<&str>(&TRADE))
        }
    }

    /// A lawyer for a client: of the State where there is one, else of one whose day has five hours
    /// in common with everyone's; never of the firm of the other side.
    pub(super) fn lawyer_for(
        &self,
        home: usize,
        awake: Hours,
        against: Option<usize>,
        draw: &mut Draw,
    ) -> Option<usize> {
        let free = |n: &&usize| {
            against.is_none_or(|other| self.bar.lawyers[**n].firm != self.bar.lawyers[other].firm)
        };
        let near: Vec<&usize> = self.bar.by_home[home].iter().filter(free).collect();
        if !near.is_empty() {
            return Some(**draw.pick(&near));
        }
        let far: Vec<&usize> = (0..self.homes.len())
            .filter(|home| self.homes[*home].awake.and(awake).longest() >= 5)
            .flat_map(|home| self.bar.by_home[home].iter().filter(free))
            .collect();
        (!far.is_empty()).then(|| **draw.pick(&far))
    }

    /// The firms, of which the largest have their seats at the first seats of trade.
    pub(super) fn firms(&self) -> impl Iterator<Item = OrganisationDoc> + '_ {
        self.bar.firms.iter().map(|(firm, _)| {
            let (seat, _) = TRADE[firm % TRADE.len()];
            let id = firm_id(*firm);
            let name = format!("Synthetic law {id}");
            named(make::organisation(id, OrganisationKind::LawFirm, &[seat]), name)
        })
    }

    pub(super) fn memberships(&self) -> impl Iterator<Item = RelationDoc> + '_ {
        self.bar.lawyers.iter().enumerate().map(|(n, lawyer)| {
            let (id, firm) = (lawyer_id(n), firm_id(lawyer.firm));
            let mut tie =
                make::relation(format!("member-{id}"), &id, RelationKind::MemberOf, &firm);
            let mut draw = self.draw(&format!("member {id}"));
            tie.start = Some(format!("{}-01-01", draw.between(2005, 2024)));
            tie.role = Some(if draw.chance(40) { "partner" } else { "associate" }.to_owned());
            tie
        })
    }

    /// One firm in ten is allied with the next, half of them sharing fees.
    pub(super) fn alliances(&self) -> impl Iterator<Item = RelationDoc> + '_ {
        (1..self.bar.firms.len()).filter_map(|firm| {
            let mut draw = self.draw(&format!("alliance {firm}"));
            if !draw.chance(10) {
                return None;
            }
            let kind = *draw.pick(&[RelationKind::AlliedWith, RelationKind::SharesRevenueWith]);
            let id = format!("alliance-{:04}", firm + 1);
            Some(make::relation(id, &firm_id(firm), kind, &firm_id(firm - 1)))
        })
    }
}
