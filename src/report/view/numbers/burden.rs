//! What sides, parties and regions bear, in point-minutes (docs/burden.md).

use std::collections::BTreeMap;

use super::{Bin, bins, total};
use crate::domain::{ActorIx, Instance};
use crate::report::view::Source;

/// How many parties are told of by themselves.
const NAMED: usize = 20;

/// Widths of bins of point-minutes.
const WIDTHS: [i64; 4] = [30, 60, 120, 180];

/// What everybody bears.
#[derive(Debug)]
pub(in crate::report) struct Burden<'a> {
    /// Disputes in which some side bears something, that of the worst-off side first.
    pub(in crate::report) disputes: Vec<DisputeBurden<'a>>,
    /// Disputes with dates, those of them in which no side bears anything.
    pub(in crate::report) held: usize,
    /// See `held`.
    pub(in crate::report) free: usize,
    /// What sides bear: how many, all of them together, the median (the lower one), the most.
    pub(in crate::report) sides: usize,
    /// See `sides`.
    pub(in crate::report) sum: i64,
    /// See `sides`.
    pub(in crate::report) median: i64,
    /// See `sides`.
    pub(in crate::report) most: i64,
    /// Differences between the most and the least burdened side, of all disputes together.
    pub(in crate::report) apart: i64,
    /// How what sides bear is spread.
    pub(in crate::report) bins: Vec<Bin>,
    /// The most burdened parties, over all their disputes.
    pub(in crate::report) parties: Vec<PartyBurden<'a>>,
    /// How many other parties bear something, and how much together.
    pub(in crate::report) others: (usize, i64),
    /// By region of the party's State, the most burdened first; empty where no State has a region.
    pub(in crate::report) regions: Vec<RegionBurden<'a>>,
}

/// What the sides of a dispute bear.
#[derive(Debug)]
pub(in crate::report) struct DisputeBurden<'a> {
    /// The dispute.
    pub(in crate::report) dispute: &'a str,
    /// Its sides, in the order of the document.
    pub(in crate::report) sides: Vec<(&'a str, i64)>,
    /// What the most burdened side bears.
    pub(in crate::report) most: i64,
    /// How much that is more than what the least burdened one bears.
    pub(in crate::report) apart: i64,
}

/// What the people of a party bear over all its disputes.
#[derive(Debug)]
pub(in crate::report) struct PartyBurden<'a> {
    /// The party.
    pub(in crate::report) actor: &'a str,
    /// In how many disputes with dates it is a party.
    pub(in crate::report) disputes: usize,
    /// Point-minutes.
    pub(in crate::report) points: i64,
}

/// What the parties of a region bear.
#[derive(Debug)]
pub(in crate::report) struct RegionBurden<'a> {
    /// The region; nothing where the State has none.
    pub(in crate::report) region: Option<&'a str>,
    /// Parties, once for each dispute with dates.
    pub(in crate::report) parties: usize,
    /// Point-minutes of all their people.
    pub(in crate::report) points: i64,
}

/// Gathers what everybody bears.
pub(super) fn burden<'a>(source: &Source<'a>) -> Burden<'a> {
    let told = &source.solution.burdens;
    let mut disputes: Vec<DisputeBurden<'a>> = told
        .iter()
        .map(|burden| {
            let sides: Vec<(&str, i64)> = burden.sides.iter().map(|(s, p)| (s, *p)).collect();
            let most = sides.iter().map(|side| side.1).max().unwrap_or(0);
            let least = sides.iter().map(|side| side.1).min().unwrap_or(0);
            let apart = most.saturating_sub(least);
            DisputeBurden { dispute: &burden.dispute, sides, most, apart }
        })
        .collect();
    let mut all: Vec<i64> = disputes.iter().flat_map(|d| d.sides.iter().map(|s| s.1)).collect();
    all.sort_unstable();
    let apart = total(disputes.iter().map(|dispute| dispute.apart));
    let held = disputes.len();
    disputes.retain(|dispute| dispute.most > 0);
    disputes.sort_by_key(|d| (std::cmp::Reverse(d.most), std::cmp::Reverse(d.apart)));
    let mut parties = parties(source);
    let others = parties.split_off(parties.len().min(NAMED));
    Burden {
        free: held - disputes.len(),
        held,
        disputes,
        sides: all.len(),
        sum: total(all.iter().copied()),
        median: all.get(all.len().saturating_sub(1) / 2).copied().unwrap_or(0),
        most: all.last().copied().unwrap_or(0),
        apart,
        bins: bins(&all, &WIDTHS),
        parties,
        others: (others.len(), total(others.iter().map(|party| party.points))),
        regions: regions(source),
    }
}

/// What each party bears in each dispute with dates: the party as an actor, and the points.
fn seats<'a>(source: &Source<'a>) -> Vec<(&'a str, i64)> {
    let disputes: BTreeMap<&str, _> =
        source.document.disputes.iter().map(|d| (d.id.as_str(), d)).collect();
    let told = source.solution.burdens.iter();
    let told = told.filter_map(|burden| Some((disputes.get(burden.dispute.as_str())?, burden)));
    told.flat_map(|(dispute, burden)| {
        burden.parties.iter().filter_map(move |(id, points)| {
            let party = dispute.parties.iter().find(|party| party.id == id)?;
            Some((party.actor.as_str(), *points))
        })
    })
    .collect()
}

/// The parties that bear something, the most burdened first.
fn parties<'a>(source: &Source<'a>) -> Vec<PartyBurden<'a>> {
    let mut all: BTreeMap<&str, (usize, i64)> = BTreeMap::new();
    for (actor, points) in seats(source) {
        let (disputes, sum) = all.entry(actor).or_default();
        *disputes += 1;
        *sum = sum.saturating_add(points);
    }
    let all = all.into_iter().filter(|(_, (_, points))| *points > 0);
    let mut all: Vec<PartyBurden<'a>> =
        all.map(|(actor, (disputes, points))| PartyBurden { actor, disputes, points }).collect();
    all.sort_by_key(|party| std::cmp::Reverse(party.points));
    all
}

/// By region of the party's State, the most burdened first.
fn regions<'a>(source: &Source<'a>) -> Vec<RegionBurden<'a>> {
    let instance = &source.screened.instance;
    let states = source.document.states.iter();
    let known: BTreeMap<&str, &str> =
        states.filter_map(|state| Some((state.id.as_str(), state.region.as_deref()?))).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let actors = (0..instance.actors().len()).map(ActorIx::new);
    let actors: BTreeMap<&str, ActorIx> =
        actors.map(|actor| (instance.actor_name(actor), actor)).collect();
    let mut all: BTreeMap<Option<&str>, (usize, i64)> = BTreeMap::new();
    for (actor, points) in seats(source) {
        let own = known.get(actor).copied();
        let held = || actors.get(actor).and_then(|actor| held(instance, *actor, &known));
        let (parties, sum) = all.entry(own.or_else(held)).or_default();
        *parties += 1;
        *sum = sum.saturating_add(points);
    }
    let mut all: Vec<RegionBurden<'a>> = all
        .into_iter()
        .map(|(region, (parties, points))| RegionBurden { region, parties, points })
        .collect();
    all.sort_by_key(|region| (region.region.is_none(), std::cmp::Reverse(region.points)));
    all
}

/// The region of the first State, of those whose nationality somebody holds, that has one.
fn held<'a>(
    instance: &Instance,
    actor: ActorIx,
    regions: &BTreeMap<&str, &'a str>,
) -> Option<&'a str> {
    let held = instance.actor(actor).nationalities.iter();
    let mut held = held.filter(|held| held.span.contains(instance.as_of()));
    held.find_map(|held| regions.get(instance.actor_name(held.state)).copied())
}
