//! What every pricing of a dispute needs: free starts, slot tables, coverage.
//!
//! * Takes the facts; gives, once for all leaves of all trees, the starts at which the parties and
//!   the place of each session are free, with the parties' points, and running sums for mediators.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::eligible::Eligibility;
use super::facts::{Dispute, Facts, Session};
use super::hours::Table;

/// A person on a clock: her own, or that of a place.
type Seat = (usize, Option<usize>);

/// A session on the grid.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    /// Number of slots.
    pub(super) length: usize,
    /// Starts at which parties and place are free, with the points of the parties; ascending.
    pub(super) starts: Vec<(usize, i64)>,
    /// Fewest slots between the end of the session before and the start of this one.
    pub(super) min_gap: usize,
    /// Most slots between them.
    pub(super) max_gap: Option<usize>,
}

/// A requirement of A4 and who meets it.
#[derive(Debug, Clone)]
pub(super) struct Need {
    /// How many members must meet it.
    pub(super) count: usize,
    /// By mediator.
    pub(super) met: Vec<bool>,
}

/// The desk.
#[derive(Debug)]
pub(super) struct Desk<'f, 'a> {
    pub(super) facts: &'f Facts<'a>,
    pub(super) eligibility: &'f Eligibility,
    /// By dispute, then by session.
    pub(super) slots: Vec<Vec<Slots>>,
    /// By dispute.
    pub(super) needs: Vec<Vec<Need>>,
    nationals: Vec<BTreeSet<&'a str>>,
    tables: BTreeMap<Seat, Table>,
}

impl<'f, 'a> Desk<'f, 'a> {
    /// Sets the desk for the disputes that may be mediated.
    pub(super) fn new(facts: &'f Facts<'a>, eligibility: &'f Eligibility) -> Self {
        let mut seats: BTreeSet<Seat> = BTreeSet::new();
        for (d, dispute) in facts.disputes.iter().enumerate() {
            for session in &dispute.sessions {
                seats.extend(session.people.iter().map(|&a| (a, session.on_site)));
                let able = facts.actor_of.iter().enumerate();
                let able = able.filter(|(m, _)| eligibility.eligible(d, *m));
                seats.extend(able.map(|(_, &a)| (a, session.on_site)));
                let voices = session.booths.iter().flat_map(|booth| &booth.suited);
                let voices = voices.filter_map(|i| facts.voices.get(*i));
                seats.extend(voices.map(|&a| (a, session.on_site)));
            }
        }
        let tables: BTreeMap<Seat, Table> = seats
            .into_par_iter()
            .filter_map(|(actor, place)| Some(((actor, place), facts.table(actor, place)?)))
            .collect();
        let places: Vec<Table> =
            facts.places.iter().map(|p| p.opening.table(&p.clock, facts.grid)).collect();
        let slots = facts
            .disputes
            .iter()
            .map(|d| {
                let slots = |s| slots(facts, &tables, &places, s);
                d.sessions.iter().map(slots).collect()
            })
            .collect();
        let nationals =
            facts.actor_of.iter().map(|&a| facts.nationals(a, &[facts.as_of])).collect();
        let needs = facts.disputes.iter().map(|d| needs(facts, d)).collect();
        Desk { facts, eligibility, slots, needs, nationals, tables }
    }

    /// The running sums of an actor in a session.
    pub(super) fn table(&self, actor: usize, session: &Session<'_>) -> Option<&Table> {
        self.tables.get(&(actor, session.on_site))
    }

    /// Whether two mediators may not sit together (A5).
    pub(super) fn clash(&self, dispute: usize, a: usize, b: usize) -> bool {
        self.eligibility.apart(dispute, a, b)
            || (self
                .facts
                .disputes
                .get(dispute)
                .is_some_and(|d| d.doc.panel.distinct_nationalities == Some(true))
                && self
                    .nationals
                    .get(a)
                    .zip(self.nationals.get(b))
                    .is_some_and(|(x, y)| !x.is_disjoint(y)))
    }
}

fn needs(facts: &Facts<'_>, dispute: &Dispute<'_>) -> Vec<Need> {
    let all = || 0..facts.mediators.len();
    let panel = &dispute.doc.panel;
    let languages = panel.languages.iter().map(|(language, &count)| Need {
        count: count as usize,
        met: all().map(|m| facts.speaks(m, language)).collect(),
    });
    let expertise = panel.expertise.iter().map(|(subject, least)| Need {
        count: 1,
        met: facts
            .mediators
            .iter()
            .map(|m| m.expertise.get(subject).copied().unwrap_or_default() >= *least)
            .collect(),
    });
    languages.chain(expertise).collect()
}

fn slots(
    facts: &Facts<'_>,
    tables: &BTreeMap<Seat, Table>,
    places: &[Table],
    session: &Session<'_>,
) -> Slots {
    let grid = facts.grid;
    let length = (session.minutes as usize).div_ceil(grid.slot as usize);
    let window = session.window;
    let open = |slot: usize| {
        let (from, to) = (grid.instant(slot), grid.instant(slot + length));
        session.locked.is_none_or(|lock| lock == from)
            && (session.held || facts.today().is_none_or(|today| today <= from))
            && window.not_before.is_none_or(|first| first <= from)
            && window.due.is_none_or(|last| to <= last)
    };
    let points = |slot: usize| {
        if session.held {
            return Some(0);
        }
        if let Some(place) = session.place {
            places.get(place)?.cost(slot, slot + length)?;
        }
        session.people.iter().try_fold(0_i64, |sum, &actor| {
            let table = tables.get(&(actor, session.on_site))?;
            Some(sum.saturating_add(table.cost(slot, slot + length)?))
        })
    };
    let starts = (0..grid.slots)
        .take_while(|slot| slot + length <= grid.slots)
        .filter(|&slot| open(slot))
        .filter_map(|slot| Some((slot, points(slot)?)))
        .collect();
    let in_slots = |minutes: i64| (minutes / grid.slot) as usize;
    Slots {
        length,
        starts,
        min_gap: (session.min_gap as usize).div_ceil(grid.slot as usize),
        max_gap: session.max_gap.map(in_slots),
    }
}
