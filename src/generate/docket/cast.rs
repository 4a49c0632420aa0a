//! Who meets whom: the class and the parties of each dispute, with those who appear for them.

use crate::format::DisputeClass;
use crate::generate::draw::Draw;

use super::Docket;
use super::facts::Hours;
use super::groups::Group;

/// Hours of the day that the parties must share.
const SHARED: u32 = 5;

/// Draws before a pair with fewer hours is taken.
const ATTEMPTS: u32 = 100;

/// The parties of a dispute.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    pub(super) class: DisputeClass,
    /// Two, or three of which the last two are one side.
    pub(super) parties: Vec<Party>,
    /// Hours at which all of their people are awake.
    pub(super) awake: Hours,
    /// Whether the first party is that of the dispute before, to which it is related.
    pub(super) related: bool,
}

/// A party.
#[derive(Debug, Clone, Copy)]
pub(super) struct Party {
    pub(super) home: usize,
    pub(super) actor: Actor,
    /// Who represents it, among those who take turns.
    pub(super) turn: u32,
    pub(super) lawyer: Option<usize>,
}

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Actor {
    State,
    Agency,
    Company(Group),
}

impl Actor {
    pub(super) fn group(self) -> Option<Group> {
        match self {
            Self::Company(group) => Some(group),
            _ => None,
        }
    }
}

impl Docket {
    /// The parties of the `n`-th dispute, from 1.
    pub(super) fn cast(&self, n: u32) -> Cast {
        let mut draw = self.draw(&format!("cast {n}"));
        // The dispute before has an odd number and is related to none before it.
        let related = n.is_multiple_of(2) && draw.chance(6);
        let before = related.then(|| self.cast(n - 1));
        let class = before.as_ref().map_or_else(|| class(&mut draw), |cast| cast.class);
        let first = before.map_or_else(|| self.first(class, n, &mut draw), |cast| cast.parties[0]);
        let second = self.second(class, n, first.home, &mut draw);
        let mut parties = vec![first, second];
        if class == DisputeClass::Commercial && draw.chance(8) {
            let actor = Actor::Company(Group::Single(n, 2));
            parties.push(Party { actor, turn: 0, lawyer: None, ..second });
        }
        let mut awake = self.homes[first.home].awake.and(self.homes[second.home].awake);
        for side in 0..2 {
            let often = if parties[side].actor.group().is_some() { 85 } else { 60 };
            let against = parties[1 - side].lawyer.filter(|_| side == 1);
            parties[side].lawyer = draw
                .chance(often)
                .then(|| self.lawyer_for(parties[side].home, awake, against, &mut draw))
                .flatten();
            if let Some(lawyer) = parties[side].lawyer {
                awake = awake.and(self.homes[self.bar.lawyers[lawyer].home].awake);
            }
        }
        Cast { class, parties, awake, related }
    }

    fn first(&self, class: DisputeClass, n: u32, draw: &mut Draw) -> Party {
        if class == DisputeClass::StateState {
            self.state(*draw.pick(&self.designating), 0, draw)
        } else {
            self.draw_company(Group::Single(n, 0), draw)
        }
    }

    /// Somebody from another State whose day has hours in common with the first party's.
    fn second(&self, class: DisputeClass, n: u32, first: usize, draw: &mut Draw) -> Party {
        let mut attempt = 0;
        loop {
            let party = match class {
                DisputeClass::Commercial => self.draw_company(Group::Single(n, 1), draw),
                DisputeClass::StateInvestor => self.state(*draw.pick(&self.designating), 25, draw),
                DisputeClass::StateState => self.state(*draw.pick(&self.designating), 0, draw),
            };
            let shared = self.homes[party.home].awake.and(self.homes[first].awake).longest();
            let same = |a: &str, b: &str| {
                let codes = [self.code(first), self.code(party.home)];
                codes == [a, b] || codes == [b, a]
            };
            attempt += 1;
            let apart = party.home != first && !same("HK", "CN");
            if apart && (shared >= SHARED || attempt > ATTEMPTS) {
                return party;
            }
        }
    }

    /// A State, or in `agency` of a hundred its agency.
    fn state(&self, home: usize, agency: usize, draw: &mut Draw) -> Party {
        let actor = if draw.chance(agency) { Actor::Agency } else { Actor::State };
        Party { home, actor, turn: draw.below(self.delegates_each() as usize) as u32, lawyer: None }
    }

    /// One of the circle in 25 of a hundred, else a company that appears this once.
    fn draw_company(&self, single: Group, draw: &mut Draw) -> Party {
        let (group, home, turns) = if draw.chance(25) {
            let n = *draw.weighted(&self.circle.weights);
            (Group::Recurring(n), self.circle.homes[n], self.circle.managers[n])
        } else {
            (single, self.draw_market(draw), 1)
        };
        let turn = draw.below(turns as usize) as u32;
        Party { home, actor: Actor::Company(group), turn, lawyer: None }
    }

    /// The id of a party's actor.
    pub(super) fn actor_id(&self, party: &Party) -> String {
        match party.actor {
            Actor::State => self.code(party.home).to_owned(),
            Actor::Agency => self.agency(party.home),
            Actor::Company(group) => self.company((group, party.home)),
        }
    }
}

/// The mix of classes: chosen.
fn class(draw: &mut Draw) -> DisputeClass {
    *draw.weighted(&[
        (DisputeClass::StateState, 8),
        (DisputeClass::StateInvestor, 32),
        (DisputeClass::Commercial, 60),
    ])
}
