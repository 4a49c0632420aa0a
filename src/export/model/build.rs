//! Columns and rows as they come, and what the rows between disputes will need of them.

use std::collections::BTreeMap;

use super::names::part;
use super::{Column, Kind, Row, Sense, Terms};
use crate::domain::{ActorIx, DisputeIx, Instance, MediatorIx, Micro, PlaceIx};
use crate::publish::Tables;
use crate::solve::{Hold, PlanSpace, Tier, World};

/// In which part somebody attends. One who has two has to be kept apart from herself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Party,
    Panel,
    /// By the place of the booth.
    Booth(u32),
}

/// That somebody attends a session when a column is 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    pub(super) column: usize,
    pub(super) hold: Hold,
    pub(super) dispute: DisputeIx,
    pub(super) session: u32,
    pub(super) part: Part,
}

/// That a session takes rooms, so many for each unit of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct RoomUse {
    pub(super) column: usize,
    pub(super) rooms: i64,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) dispute: DisputeIx,
    /// The most rooms of the class that the session can take.
    pub(super) most: i64,
}

/// A seat that somebody can have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    pub(super) dispute: DisputeIx,
    pub(super) column: usize,
    pub(super) effort: i64,
}

/// A model in the making.
pub(super) struct Builder<'a> {
    pub(super) instance: &'a Instance,
    pub(super) tables: Tables<'a>,
    pub(super) world: World<'a>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    /// By tier, what is maximised in it.
    tiers: BTreeMap<Tier, Terms>,
    /// By mediator, in the order of the docket.
    pub(super) seats: Vec<Vec<Seat>>,
    pub(super) people: BTreeMap<ActorIx, Vec<Use>>,
    pub(super) rooms: BTreeMap<(PlaceIx, u32), Vec<RoomUse>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(instance: &'a Instance, tables: Tables<'a>) -> Self {
        Self {
            instance,
            tables,
            world: World::new(instance, tables.availability),
            columns: Vec::new(),
            rows: Vec::new(),
            tiers: BTreeMap::new(),
            seats: vec![Vec::new(); instance.mediators().len()],
            people: BTreeMap::new(),
            rooms: BTreeMap::new(),
        }
    }

    /// Everything about one dispute.
    pub(super) fn dispute(&mut self, space: &PlanSpace) {
        let name = self.dispute_name(space.dispute);
        let served = self.binary(format!("served__{name}"));
        let points = 1_000_000 * space.priority;
        self.gain(Tier::Panels, served, points);
        if !space.open {
            let gated = !self.instance.dispute(space.dispute).gates.is_empty();
            let label = if gated { "G1_inadmissible" } else { "A8_required" };
            self.row(format!("{label}__{name}"), vec![(served, 1)], Sense::Equal, 0);
            return;
        }
        let seats = self.panel(space, &name, served);
        if space.sessions.is_empty() {
            self.gain(Tier::Sessions, served, points);
            return;
        }
        let scheduled = self.binary(format!("scheduled__{name}"));
        self.gain(Tier::Sessions, scheduled, points);
        // A session that is to come has a panel by S1.
        if space.sessions.iter().all(|session| session.held) {
            let after = vec![(scheduled, 1), (served, -1)];
            self.row(format!("S3_panel__{name}"), after, Sense::AtMost, 0);
        }
        self.dates(space, &name, scheduled, &seats);
    }

    pub(super) fn binary(&mut self, name: String) -> usize {
        self.column(name, Kind::Binary, (0, 1))
    }

    pub(super) fn column(&mut self, name: String, kind: Kind, (least, most): (i64, i64)) -> usize {
        self.columns.push(Column { name, kind, least, most });
        self.columns.len() - 1
    }

    pub(super) fn row(&mut self, name: String, terms: Terms, sense: Sense, limit: i64) {
        self.rows.push(Row { name, terms, sense, limit });
    }

    /// What one unit of a column adds to a tier.
    pub(super) fn gain(&mut self, tier: Tier, column: usize, worth: Micro) {
        if worth != 0 {
            self.tiers.entry(tier).or_default().push((column, worth));
        }
    }

    /// What is maximised in a tier.
    pub(super) fn tier(&self, tier: Tier) -> Terms {
        self.tiers.get(&tier).cloned().unwrap_or_default()
    }

    /// Keeps a tier at what it has reached.
    pub(super) fn hold(&mut self, tier: Tier, value: Micro) {
        let mut terms = self.tier(tier);
        // What nobody can add to is 0, and a row without columns is none for some readers.
        if terms.is_empty() && value <= 0 {
            return;
        }
        let mut limit = value;
        // WHY: all of it is whole points, and solvers like small numbers.
        if tier.is_whole() && value % 1_000_000 == 0 {
            limit /= 1_000_000;
            for (_, worth) in &mut terms {
                *worth /= 1_000_000;
            }
        }
        let name = format!("hold_{}", super::tiers::name(self.instance, tier));
        self.row(name, terms, Sense::AtLeast, limit);
    }

    pub(super) fn dispute_name(&self, dispute: DisputeIx) -> String {
        part(self.instance.dispute_name(dispute), dispute.ix())
    }

    pub(super) fn actor_name(&self, actor: ActorIx) -> String {
        part(self.instance.actor_name(actor), actor.ix())
    }

    pub(super) fn mediator_name(&self, mediator: MediatorIx) -> String {
        self.actor_name(self.instance.mediator(mediator).actor)
    }

    pub(super) fn place_name(&self, place: PlaceIx) -> String {
        part(self.instance.place_name(place), place.ix())
    }
}
