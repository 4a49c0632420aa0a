//! What is scarce: prices of the answer's bound as advice.
//!
//! * Takes an instance with its solution and certificate; gives which mediators, rooms, people's hours, languages and
//!   nationalities have a price, and what one more of some would be worth: at most, by the bound, and as planned again.
//! * A price is what the last unit of something adds to the bound on quality. One more of it adds its price to the
//!   bound and nothing else, so a docket with it that is no worse in any tier above quality is worth no more than the
//!   bound and the price together, whatever tree of prices the certificate is (Lagrangian duality; docs/model.md). But
//!   a room may also let a session have rooms that no class had enough of: then nothing is said.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use super::{Supposition, units, what_if};
use crate::format::{InstanceDoc, LanguageLevel, PricesDoc, SolutionDoc, StopReason};
use crate::pipeline::Screened;
use crate::solve::{Control, Options};

/// How many of each kind are told, and how many of those are planned again with one more.
const TOLD: usize = 8;
const TRIED: usize = 3;

/// Nano-units of a price in a micro-unit.
const NANO: i128 = 1000;

/// Something that has a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scarcity {
    /// What it is.
    pub what: String,
    /// What its last unit adds to the bound, in micro-units.
    pub price: i64,
    /// What one more of it would be worth at most, in micro-units, while no tier above quality is worse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    /// What it is worth, planned again, where that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tried: Option<Tried>,
}

/// What planning again has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// What quality gains, in micro-units; negative where it loses, for the sake of the tiers above.
    pub quality: i64,
    /// What each tier above quality gains, in micro-units.
    pub above: Vec<i64>,
    /// How many more disputes have a panel.
    pub panels: i64,
    /// How many more sessions have a date.
    pub sessions: i64,
    /// What ended the planning before its proof, where something did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<StopReason>,
}

/// Mediators who have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they have in common.
    pub what: String,
    /// How many they are.
    pub mediators: usize,
    /// How many of them have as many disputes as they take.
    pub full: usize,
    /// What one more dispute of theirs adds to the bound, in micro-units; the mean over all of them.
    pub price: i64,
}

/// What is scarce in a docket, the dearest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scarcities {
    /// How far the bound on quality lies above the answer, in micro-units.
    pub open: i64,
    /// One more dispute of a mediator.
    pub mediators: Vec<Scarcity>,
    /// One more hour of work of a mediator.
    pub hours: Vec<Scarcity>,
    /// One more seat for a group that has no more than its share.
    pub caps: Vec<Scarcity>,
    /// One more room.
    pub rooms: Vec<Scarcity>,
    /// All hours of a person that have a price, together.
    pub people: Vec<Scarcity>,
    /// Mediators by language that disputes ask for.
    pub languages: Vec<Group>,
    /// Mediators by nationality.
    pub nationalities: Vec<Group>,
}

/// Reads prices off the certificate and tries one more of the dearest; `None` where there is no certificate.
#[must_use]
pub fn scarcities(
    screened: &Screened,
    document: &InstanceDoc,
    solution: &SolutionDoc,
    options: Options,
    control: &Control<'_>,
) -> Option<Scarcities> {
    let instance = &screened.instance;
    let quality = solution.certificate.as_ref()?.tiers.last()?;
    let leaves: Vec<&PricesDoc> = quality.nodes.iter().filter_map(|n| n.prices.as_ref()).collect();
    let worth = solution.objective.tiers.last().copied().unwrap_or(0);
    let open = quality.bound.saturating_sub(worth);
    let Dearest { cases, effort, caps, people, rooms } = Dearest::of(&leaves);
    let balance = instance.policy().weights.balance;
    let limit = |id: &str| limit(document, id);
    // Her next dispute costs what balance says.
    let worth = |id: &str| {
        let price = cases.get(id)? - NANO * i128::from(balance) * i128::from(limit(id)?);
        (price > 0).then_some(price)
    };
    let one_more = |id: &&str| {
        let told = format!("one more dispute of {id}, who takes {}", limit(id)?);
        let supposition = Supposition::Cases((*id).to_owned(), 1);
        Some((scarcity(told, worth(id)?, Some(open)), supposition))
    };
    let one_room = |((place, seats), price): (&(&str, Option<u32>), &i128)| {
        let size = seats.map_or(String::new(), |seats| format!(" with {seats} seats"));
        let told = format!("one more room at {place}{size}");
        let known = document.places.iter().find(|known| known.id == *place)?;
        let rooms = known.rooms.iter().filter(|room| room.seats == *seats).count();
        let sessions = document.disputes.iter().flat_map(|dispute| &dispute.sessions);
        let here = sessions.filter(|session| session.place.as_deref() == Some(*place));
        let most = here.map(|session| 1 + session.breakout_rooms.unwrap_or(0) as usize).max();
        let open = (rooms >= most.unwrap_or(0)).then_some(open);
        let supposition = Supposition::Room((*place).to_owned(), *seats);
        (*price > 0).then(|| (scarcity(told, *price, open), supposition))
    };
    let with = |found: Vec<(Scarcity, Supposition)>| {
        let mut found = dearest(found, |(scarcity, _)| scarcity.price);
        for (scarcity, supposition) in found.iter_mut().take(TRIED) {
            // WHY not beside an earlier plan: what changes cost would be mixed with what more is worth.
            if solution.from.is_none() && !control.should_stop() {
                scarcity.tried = tried(document, solution, supposition, options, control);
            }
        }
        found.into_iter().map(|(scarcity, _)| scarcity).collect()
    };
    let mediators = with(cases.keys().filter_map(one_more).collect());
    let rooms = with(rooms.iter().filter_map(one_room).collect());
    let all = |told: &dyn Fn(&str) -> String, prices: Vec<(&str, i128)>| {
        let priced = prices.into_iter().filter(|(_, price)| *price > 0);
        dearest(priced.map(|(id, price)| scarcity(told(id), price, Some(open))).collect(), |s| {
            s.price
        })
    };
    let hour = |id: &str| format!("one more hour of work of {id}");
    let seat = |whom: &str| format!("one more seat for {whom}");
    let caps = all(&seat, caps.iter().map(|(whom, price)| (whom.as_str(), *price)).collect());
    let effort = all(&hour, effort.into_iter().collect());
    let hours = |(id, price): (&&str, &i128)| {
        (*price > 0).then(|| scarcity(format!("hours of {id}"), *price, None))
    };
    let people = people.iter().filter_map(hours).collect();
    let worths: BTreeMap<&str, i128> =
        cases.keys().filter_map(|id| Some((*id, worth(id)?))).collect();
    let (languages, nationalities) = groups(screened, document, solution, &worths);
    Some(Scarcities {
        open,
        mediators,
        hours: effort,
        caps,
        rooms,
        people: dearest(people, |scarcity| scarcity.price),
        languages,
        nationalities,
    })
}

/// The largest price of everything in any leaf, in nano-units: the bound is the largest of all leaves, so what is dearest
/// in any of them counts.
#[derive(Default)]
struct Dearest<'d> {
    /// Of a dispute of a mediator, and of an hour of her work.
    cases: BTreeMap<&'d str, i128>,
    effort: BTreeMap<&'d str, i128>,
    /// Of a seat of a group.
    caps: BTreeMap<String, i128>,
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
                let whom = cap.nationality.as_ref().map(|state| format!("nationals of {state}"));
                let whom =
                    whom.or(cap.bloc.as_ref().map(|bloc| format!("nationals of States in {bloc}")));
                let most = all.caps.entry(whom.unwrap_or_default()).or_default();
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

/// Mediators by language and by nationality, with what one more dispute of each is worth.
fn groups(
    screened: &Screened,
    document: &InstanceDoc,
    solution: &SolutionDoc,
    worths: &BTreeMap<&str, i128>,
) -> (Vec<Group>, Vec<Group>) {
    let instance = &screened.instance;
    let mut loads: BTreeMap<&str, usize> = BTreeMap::new();
    for seat in solution.assignments.iter().flat_map(|assignment| &assignment.panel) {
        *loads.entry(seat.mediator.as_str()).or_default() += 1;
    }
    let group = |what: String, is_in: &dyn Fn(usize) -> bool| {
        let members = document.mediators.iter().enumerate().filter(|(at, _)| is_in(*at));
        let members: Vec<&str> = members.map(|(_, mediator)| mediator.id.as_str()).collect();
        let full = |id: &&&str| {
            let load = loads.get(**id).copied().unwrap_or(0);
            limit(document, id).is_some_and(|limit| load >= limit as usize)
        };
        let sum: i128 = members.iter().filter_map(|id| worths.get(*id)).sum();
        let price = (sum / NANO / (members.len() as i128).max(1)) as i64;
        Group { what, full: members.iter().filter(full).count(), mediators: members.len(), price }
    };
    let level = document.policy.as_ref().and_then(|policy| policy.language_level);
    let level = level.unwrap_or(LanguageLevel::C1);
    let asked = document.disputes.iter().flat_map(|d| d.panel.languages.iter().map(|(id, _)| id));
    let asked: BTreeSet<&str> = asked.collect();
    let languages = asked.into_iter().map(|language| {
        group(format!("speakers of {language}"), &|at| {
            document.mediators[at].languages.get(language).is_some_and(|own| *own >= level)
        })
    });
    let states = document.states.iter().map(|state| {
        group(format!("nationals of {}", state.id), &|at| {
            let known = instance.mediators().get(at).map(|mediator| mediator.actor);
            let held = known.into_iter().flat_map(|actor| &instance.actor(actor).nationalities);
            let mut held = held.filter(|held| held.span.contains(instance.as_of()));
            held.any(|held| instance.actor_name(held.state) == state.id)
        })
    });
    let priced = |groups: Vec<Group>| {
        dearest(groups.into_iter().filter(|group| group.price > 0).collect(), |group| group.price)
    };
    (priced(languages.collect()), priced(states.collect()))
}

/// How many disputes a mediator takes, where that is limited.
fn limit(document: &InstanceDoc, id: &str) -> Option<u32> {
    let known = document.mediators.iter().find(|mediator| mediator.id == id)?;
    known.capacity.as_ref()?.cases
}

/// A scarcity at a price in nano-units.
fn scarcity(what: String, nano: i128, open: Option<i64>) -> Scarcity {
    let price = (nano + NANO - 1).div_euclid(NANO).clamp(0, i128::from(i64::MAX / 4)) as i64;
    Scarcity { what, price, at_most: open.map(|open| price.saturating_add(open)), tried: None }
}

/// The dearest of a list, the first among equals.
fn dearest<T>(mut all: Vec<T>, price: impl Fn(&T) -> i64) -> Vec<T> {
    all.sort_by_key(|one| std::cmp::Reverse(price(one)));
    all.truncate(TOLD);
    all
}

/// Plans the docket anew with something more.
fn tried(
    document: &InstanceDoc,
    solution: &SolutionDoc,
    supposition: &Supposition,
    options: Options,
    control: &Control<'_>,
) -> Option<Tried> {
    let supposed = std::slice::from_ref(supposition);
    let found = what_if(document, solution, supposed, (options, true), control).ok()?;
    let anew = found.anew?;
    let more = |after: usize, before: usize| after as i64 - before as i64;
    let (now, then) = (&found.before.above, &anew.worth.above);
    Some(Tried {
        above: then.iter().zip(now).map(|(then, now)| then.saturating_sub(*now)).collect(),
        quality: anew.worth.quality.saturating_sub(found.before.quality),
        panels: more(anew.worth.panels, found.before.panels),
        sessions: more(anew.worth.sessions, found.before.sessions),
        stop_reason: anew.stop_reason,
    })
}

/// The same in words.
#[must_use]
pub fn scarcities_text(found: &Scarcities) -> String {
    let mut text = String::new();
    let lists = [
        ("mediators", &found.mediators),
        ("mediators' hours of work", &found.hours),
        ("seats of groups that have no more than their share", &found.caps),
        ("rooms", &found.rooms),
        ("people whose hours are wanted by several disputes", &found.people),
    ];
    if lists.iter().all(|(_, list)| list.is_empty()) {
        text.push_str("no mediator's dispute or hour, no room and no person's hour has a price in this bound\n");
    }
    for (name, list) in lists {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{name}, the scarcest first:");
        for Scarcity { what, price, at_most, tried } in list {
            let _ = write!(text, "  {what}: {}", units(*price));
            if let Some(at_most) = at_most {
                let _ = write!(text, ", by proof worth {} at most", units(*at_most));
            }
            if let Some(Tried { quality, above, panels, sessions, stop_reason }) = tried {
                let change = match quality {
                    0 => "the same".to_owned(),
                    1.. => format!("{} more", units(*quality)),
                    _ => format!("{} less", units(quality.saturating_neg())),
                };
                let _ = write!(text, "; planned again, quality is {change}");
                if *panels != 0 || *sessions != 0 {
                    let _ = write!(text, ", with {panels:+} panels and {sessions:+} sessions");
                } else if above.iter().any(|gain| *gain != 0) {
                    text.push_str(", and what comes before quality is better");
                }
                if stop_reason.is_some() {
                    text.push_str(" (a limit ended this early)");
                }
            }
            text.push('\n');
        }
    }
    for (name, list) in [("languages", &found.languages), ("nationalities", &found.nationalities)] {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{name}, by the mean price of a dispute of their mediators:");
        for Group { what, mediators, full, price } in list {
            let _ = writeln!(text, "  {what}: {}; {full} of {mediators} are full", units(*price));
        }
    }
    text
}
