//! The prices of the answer's bound, as data: who and what has one, and what one more of it is worth at most.
//!
//! * Takes an instance with its solution and certificate; gives what is dear, the dearest first. Nothing is solved.
//! * A price is what the last unit of something adds to the bound on quality. One more of it adds its price to the
//!   bound and nothing else, so a docket with it that is no worse in any tier above quality is worth no more than the
//!   bound and the price together, whatever tree of prices the certificate is (Lagrangian duality; docs/model.md). But
//!   a room may also let a session have rooms that no class had enough of: then nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{InstanceDoc, LanguageLevel, PricesDoc, SolutionDoc};
use crate::pipeline::Screened;

/// How many of each kind are told.
const TOLD: usize = 8;

/// Nano-units of a price in a micro-unit.
const NANO: i128 = 1000;

/// What a docket may have too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scarce<'d> {
    /// One more dispute of a mediator, who takes so many.
    Case {
        /// The mediator.
        mediator: &'d str,
        /// How many she takes.
        takes: u32,
    },
    /// One more hour of work of a mediator.
    Hour(&'d str),
    /// One more seat for the nationals of a State, or of the States of a bloc.
    Seat {
        /// The State.
        nationality: Option<&'d str>,
        /// The bloc, where it is no State.
        bloc: Option<&'d str>,
    },
    /// One more room.
    Room {
        /// Where.
        place: &'d str,
        /// For how many; any number when `None`.
        seats: Option<u32>,
    },
    /// All hours of a person that have a price, together.
    Time(&'d str),
}

/// Something that has a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced<'d> {
    /// What it is.
    pub what: Scarce<'d>,
    /// What its last unit adds to the bound, in micro-units.
    pub price: i64,
    /// What one more of it would be worth at most, in micro-units, while no tier above quality is worse.
    pub at_most: Option<i64>,
}

/// Mediators who have a language or a nationality in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared<'d> {
    /// The language or the State.
    pub what: &'d str,
    /// How many they are.
    pub mediators: usize,
    /// How many of them have as many disputes as they take.
    pub full: usize,
    /// What one more dispute of theirs adds to the bound, in micro-units; the mean over all of them.
    pub price: i64,
}

/// What has a price in the bound of an answer, the dearest of each kind first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices<'d> {
    /// How far the bound on quality lies above the answer, in micro-units.
    pub open: i64,
    /// One more dispute of a mediator.
    pub mediators: Vec<Priced<'d>>,
    /// One more hour of work of a mediator.
    pub hours: Vec<Priced<'d>>,
    /// One more seat for a group that has no more than its share.
    pub caps: Vec<Priced<'d>>,
    /// One more room.
    pub rooms: Vec<Priced<'d>>,
    /// All hours of a person that have a price, together.
    pub people: Vec<Priced<'d>>,
    /// Mediators by language that disputes ask for.
    pub languages: Vec<Shared<'d>>,
    /// Mediators by nationality.
    pub nationalities: Vec<Shared<'d>>,
}

impl Prices<'_> {
    /// True where nothing but languages and nationalities has a price, and so neither have they.
    #[must_use]
    pub fn are_none(&self) -> bool {
        let lists = [&self.mediators, &self.hours, &self.caps, &self.rooms, &self.people];
        lists.iter().all(|list| list.is_empty())
    }
}

/// Reads prices off the certificate; `None` where there is no certificate.
#[must_use]
pub fn prices<'d>(
    screened: &Screened,
    document: &'d InstanceDoc,
    solution: &'d SolutionDoc,
) -> Option<Prices<'d>> {
    let quality = solution.certificate.as_ref()?.tiers.last()?;
    let leaves: Vec<&PricesDoc> = quality.nodes.iter().filter_map(|n| n.prices.as_ref()).collect();
    let worth = solution.objective.tiers.last().copied().unwrap_or(0);
    let open = quality.bound.saturating_sub(worth);
    let Dearest { cases, effort, caps, people, rooms } = Dearest::of(&leaves);
    let balance = screened.instance.policy().weights.balance;
    // Her next dispute costs what balance says.
    let worths: BTreeMap<&str, (u32, i128)> = cases
        .into_iter()
        .filter_map(|(id, price)| {
            let takes = limit(document, id)?;
            let worth = price - NANO * i128::from(balance) * i128::from(takes);
            (worth > 0).then_some((id, (takes, worth)))
        })
        .collect();
    let case = |(mediator, (takes, worth)): (&&'d str, &(u32, i128))| {
        priced(Scarce::Case { mediator, takes: *takes }, *worth, Some(open))
    };
    let room = |((place, seats), price): ((&'d str, Option<u32>), i128)| {
        let known = document.places.iter().find(|known| known.id == place)?;
        let rooms = known.rooms.iter().filter(|room| room.seats == seats).count();
        let sessions = document.disputes.iter().flat_map(|dispute| &dispute.sessions);
        let here = sessions.filter(|session| session.place.as_deref() == Some(place));
        let most = here.map(|session| 1 + session.breakout_rooms.unwrap_or(0) as usize).max();
        let open = (rooms >= most.unwrap_or(0)).then_some(open);
        priced(Scarce::Room { place, seats }, price, open)
    };
    let seat = |((nationality, bloc), price): ((Option<&'d str>, Option<&'d str>), i128)| {
        priced(Scarce::Seat { nationality, bloc }, price, Some(open))
    };
    let hour = |(id, price)| priced(Scarce::Hour(id), price, Some(open));
    let time = |(id, price)| priced(Scarce::Time(id), price, None);
    let by_price = |priced: &Priced<'_>| priced.price;
    let (languages, nationalities) = groups(screened, document, solution, &worths);
    Some(Prices {
        open,
        mediators: dearest(worths.iter().filter_map(case).collect(), by_price),
        hours: dearest(effort.into_iter().filter_map(hour).collect(), by_price),
        caps: dearest(caps.into_values().filter_map(seat).collect(), by_price),
        rooms: dearest(rooms.into_iter().filter_map(room).collect(), by_price),
        people: dearest(people.into_iter().filter_map(time).collect(), by_price),
        languages,
        nationalities,
    })
}

/// A group that is capped: a State or a bloc.
type Capped<'d> = (Option<&'d str>, Option<&'d str>);

/// The largest price of everything in any leaf, in nano-units: the bound is the largest of all leaves, so what is dearest
/// in any of them counts.
#[derive(Default)]
struct Dearest<'d> {
    /// Of a dispute of a mediator, and of an hour of her work.
    cases: BTreeMap<&'d str, i128>,
    effort: BTreeMap<&'d str, i128>,
    /// Of a seat of a group, in the order of what it is called.
    caps: BTreeMap<String, (Capped<'d>, i128)>,
    /// Of all hours of a person, and of a room of a size at a place.
    people: BTreeMap<&'d str, i128>,
    rooms: BTreeMap<(&'d str, Option<u32>), i128>,
}

impl<'d> Dearest<'d> {
    fn of(leaves: &[&'d PricesDoc]) -> Self {
        let mut all = Self::default();
        for leaf in leaves {
            for (id, price) in leaf.cases.iter() {
                let most = all.cases.entry(id).or_default();
                *most = (*most).max(i128::from(*price));
            }
            for (id, price) in leaf.effort.iter() {
                let most = all.effort.entry(id).or_default();
                *most = (*most).max(60 * i128::from(*price));
            }
            for cap in &leaf.caps {
                let capped = (cap.nationality.as_deref(), cap.bloc.as_deref());
                let (_, most) = all.caps.entry(capped_name(capped)).or_insert((capped, 0));
                *most = (*most).max(i128::from(cap.price));
            }
            for (id, slots) in leaf.time.iter() {
                let sum = slots.iter().map(|(_, price)| i128::from(*price)).sum();
                let most = all.people.entry(id).or_default();
                *most = (*most).max(sum);
            }
            for room in &leaf.rooms {
                let sum = room.slots.iter().map(|(_, price)| i128::from(*price)).sum();
                let most = all.rooms.entry((room.place.as_str(), room.seats)).or_default();
                *most = (*most).max(sum);
            }
        }
        all
    }
}

/// What a capped group is called.
pub(super) fn capped_name((nationality, bloc): Capped<'_>) -> String {
    let nationals = nationality.map(|state| format!("nationals of {state}"));
    let all = nationals.or(bloc.map(|bloc| format!("nationals of States in {bloc}")));
    all.unwrap_or_default()
}

/// Mediators by language and by nationality, with what one more dispute of each is worth.
fn groups<'d>(
    screened: &Screened,
    document: &'d InstanceDoc,
    solution: &SolutionDoc,
    worths: &BTreeMap<&str, (u32, i128)>,
) -> (Vec<Shared<'d>>, Vec<Shared<'d>>) {
    let instance = &screened.instance;
    let mut loads: BTreeMap<&str, usize> = BTreeMap::new();
    for seat in solution.assignments.iter().flat_map(|assignment| &assignment.panel) {
        *loads.entry(seat.mediator.as_str()).or_default() += 1;
    }
    let group = |what: &'d str, is_in: &dyn Fn(usize) -> bool| {
        let members = document.mediators.iter().enumerate().filter(|(at, _)| is_in(*at));
        let members: Vec<&str> = members.map(|(_, mediator)| mediator.id.as_str()).collect();
        let full = |id: &&&str| {
            let load = loads.get(**id).copied().unwrap_or(0);
            limit(document, id).is_some_and(|limit| load >= limit as usize)
        };
        let sum: i128 =
            members.iter().filter_map(|id| worths.get(*id)).map(|(_, worth)| worth).sum();
        let price = (sum / NANO / (members.len() as i128).max(1)) as i64;
        Shared { what, full: members.iter().filter(full).count(), mediators: members.len(), price }
    };
    let level = document.policy.as_ref().and_then(|policy| policy.language_level);
    let level = level.unwrap_or(LanguageLevel::C1);
    let asked = document.disputes.iter().flat_map(|d| d.panel.languages.iter().map(|(id, _)| id));
    let asked: BTreeSet<&str> = asked.collect();
    let languages = asked.into_iter().map(|language| {
        group(language, &|at| {
            let known = document.mediators.get(at).and_then(|known| known.languages.get(language));
            known.is_some_and(|own| *own >= level)
        })
    });
    let states = document.states.iter().map(|state| {
        group(&state.id, &|at| {
            let known = instance.mediators().get(at).map(|mediator| mediator.actor);
            let held = known.into_iter().flat_map(|actor| &instance.actor(actor).nationalities);
            let mut held = held.filter(|held| held.span.contains(instance.as_of()));
            held.any(|held| instance.actor_name(held.state) == state.id)
        })
    });
    let dear = |groups: Vec<Shared<'d>>| {
        dearest(groups.into_iter().filter(|group| group.price > 0).collect(), |group| group.price)
    };
    (dear(languages.collect()), dear(states.collect()))
}

/// How many disputes a mediator takes, where that is limited.
fn limit(document: &InstanceDoc, id: &str) -> Option<u32> {
    let known = document.mediators.iter().find(|mediator| mediator.id == id)?;
    known.capacity.as_ref()?.cases
}

/// Something at a price in nano-units, if it has one.
fn priced(what: Scarce<'_>, nano: i128, open: Option<i64>) -> Option<Priced<'_>> {
    let price = (nano + NANO - 1).div_euclid(NANO).clamp(0, i128::from(i64::MAX / 4)) as i64;
    let at_most = open.map(|open| price.saturating_add(open));
    (nano > 0).then_some(Priced { what, price, at_most })
}

/// The dearest of a list, the first among equals.
fn dearest<T>(mut all: Vec<T>, price: impl Fn(&T) -> i64) -> Vec<T> {
    all.sort_by_key(|one| std::cmp::Reverse(price(one)));
    all.truncate(TOLD);
    all
}
