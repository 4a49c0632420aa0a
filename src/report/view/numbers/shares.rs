//! Whose nationals sit, beside how many of them there are.

use std::collections::{BTreeMap, BTreeSet};

use super::Seated;
use crate::domain::{Group, Instance, MediatorIx};
use crate::format::CapsDoc;
use crate::report::view::Source;

/// An attribute is told of where it has so many values at most, and so many of them are.
const MOST_VALUES: usize = 6;
const MOST_ATTRIBUTES: usize = 3;

/// Seats by nationality and region.
#[derive(Debug)]
pub(in crate::report) struct Shares<'a> {
    /// Seats of all panels, and mediators on the roster.
    pub(in crate::report) seats: usize,
    /// See `seats`.
    pub(in crate::report) roster: usize,
    /// Seats of those who are counted under several nationalities.
    pub(in crate::report) several: usize,
    /// By nationality.
    pub(in crate::report) nationalities: Vec<ShareLine<'a>>,
    /// By region; empty where no State has one.
    pub(in crate::report) regions: Vec<ShareLine<'a>>,
    /// By bloc, where blocs are capped.
    pub(in crate::report) blocs: Vec<ShareLine<'a>>,
    /// Whether nationalities are capped.
    pub(in crate::report) capped: bool,
}

/// A part of the seats.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::report) struct ShareLine<'a> {
    /// Whose; nothing where it is not known.
    pub(in crate::report) what: Option<&'a str>,
    /// Seats.
    pub(in crate::report) seats: usize,
    /// Mediators who sit.
    pub(in crate::report) sitting: usize,
    /// Mediators on the roster.
    pub(in crate::report) roster: usize,
    /// The most seats that it may have, where a cap can bind.
    pub(in crate::report) cap: Option<i64>,
}

/// Seats by the values of an attribute.
#[derive(Debug)]
pub(in crate::report) struct Attribute<'a> {
    /// What it is called in the document.
    pub(in crate::report) name: &'a str,
    /// By value; nothing for those of whom nothing is said.
    pub(in crate::report) lines: Vec<ShareLine<'a>>,
}

/// Gathers them.
pub(super) fn shares<'a>(source: &Source<'a>, seated: &Seated) -> Shares<'a> {
    let instance = &source.screened.instance;
    let states: BTreeMap<&str, &'a crate::format::StateDoc> =
        source.document.states.iter().map(|state| (state.id.as_str(), state)).collect();
    let held = |m| held(instance, m).filter_map(|id| states.get(id).copied()).collect::<Vec<_>>();
    let by = |parts: &dyn Fn(&'a crate::format::StateDoc) -> Vec<&'a str>| {
        lines(instance, seated, &|m| held(m).into_iter().flat_map(parts).collect())
    };
    let mut nationalities = by(&|state| vec![state.id.as_str()]);
    let has_regions = source.document.states.iter().any(|state| state.region.is_some());
    let mut blocs = by(&|state| state.blocs.iter().map(String::as_str).collect());
    for cap in instance.caps() {
        let (list, whose) = match &cap.group {
            Group::Nationality(state) => (&mut nationalities, instance.actor_name(*state)),
            Group::Bloc(bloc) => (&mut blocs, bloc.as_str()),
        };
        if let Some(line) = list.iter_mut().find(|line| line.what == Some(whose)) {
            line.cap = Some(cap.limit);
        }
    }
    let caps = source.document.policy.as_ref().and_then(|policy| policy.caps.as_ref());
    let has = |share: fn(&CapsDoc) -> bool| caps.is_some_and(share);
    // Who is in no bloc is no group of those that are capped.
    blocs.retain(|bloc| bloc.what.is_some() && has(|caps| caps.bloc_share.is_some()));
    let several = instance.mediator_indices().filter(|m| held(*m).len() > 1);
    Shares {
        seats: seated.all(),
        roster: instance.mediators().len(),
        several: several.map(|m| seated.seats(m)).sum(),
        nationalities,
        regions: if has_regions {
            by(&|state| state.region.as_deref().into_iter().collect())
        } else {
            Vec::new()
        },
        blocs,
        capped: has(|caps| caps.nationality_share.is_some()),
    }
}

/// The States whose nationality a mediator holds, each once.
fn held(instance: &Instance, mediator: MediatorIx) -> impl Iterator<Item = &str> {
    let held = instance.actor(instance.mediator(mediator).actor).nationalities.iter();
    let held = held.filter(|held| held.span.contains(instance.as_of()));
    let states: BTreeSet<&str> = held.map(|held| instance.actor_name(held.state)).collect();
    states.into_iter()
}

/// Counts seats and mediators by what each mediator belongs to, the most seats first.
fn lines<'a>(
    instance: &Instance,
    seated: &Seated,
    parts: &dyn Fn(MediatorIx) -> BTreeSet<&'a str>,
) -> Vec<ShareLine<'a>> {
    let mut all: BTreeMap<Option<&'a str>, (usize, usize, usize)> = BTreeMap::new();
    for m in instance.mediator_indices() {
        let parts = parts(m);
        let unknown = parts.is_empty().then_some(None);
        for part in parts.into_iter().map(Some).chain(unknown) {
            let (seats, sitting, roster) = all.entry(part).or_default();
            *seats += seated.seats(m);
            *sitting += usize::from(seated.seats(m) > 0);
            *roster += 1;
        }
    }
    let mut all: Vec<ShareLine<'a>> = all
        .into_iter()
        .map(|(what, (seats, sitting, roster))| ShareLine {
            what,
            seats,
            sitting,
            roster,
            cap: None,
        })
        .collect();
    all.sort_by_key(|line| (line.what.is_none(), std::cmp::Reverse((line.seats, line.roster))));
    all
}

/// Attributes that split the roster into few parts.
pub(super) fn attributes<'a>(source: &Source<'a>, seated: &Seated) -> Vec<Attribute<'a>> {
    let instance = &source.screened.instance;
    let roster = &source.document.mediators;
    let names = roster.iter().flat_map(|mediator| mediator.attributes.iter().map(|(name, _)| name));
    let names: BTreeSet<&'a str> = names.collect();
    let attribute = |name: &'a str| {
        let lines = lines(instance, seated, &|m| {
            let own = roster.get(m.ix()).and_then(|mediator| mediator.attributes.get(name));
            own.map(String::as_str).into_iter().collect()
        });
        let values = lines.iter().filter(|line| line.what.is_some()).count();
        (2..=MOST_VALUES).contains(&values).then_some(Attribute { name, lines })
    };
    names.into_iter().filter_map(attribute).take(MOST_ATTRIBUTES).collect()
}
