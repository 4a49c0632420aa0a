//! The docket as plain numbers, for other solvers (docs/format.md, "Grid").
//!
//! * Takes an `Instance` with its tables; gives a `GridDoc`: who may sit with whom, when each
//!   session can start and at what cost, who is free when, and what the answer must disclose.
//! * **Invariant**: nothing is derived here. Everything is read from the same tables and plan
//!   spaces that `solve` reads, so that a peer works on the very problem.
//! * **Invariant**: a rule that couples disputes and is not in the grid stands in `not_in_grid`.
//! * `model` gives one mixed-integer program instead, with every rule in it.

mod dispute;
mod grid;
pub mod model;
mod people;

pub use grid::{
    BetweenDoc, BoothDoc, ClassDoc, ClockDoc, GRID_SCHEMA, GridDisputeDoc, GridDoc,
    GridMediatorDoc, GridSessionDoc, InterpreterDoc, LanguageDoc, MemberDoc, NotInGridDoc,
    PartyDoc, RoomsDoc, SitesDoc, WeightsDoc,
};

use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::format::{InstanceRefDoc, Pairs};
use crate::publish::Tables;
use crate::solve::{PlanSpace, binding_caps, survey};
use crate::time::{Zone, tzdb_version};
use people::People;

/// Writes a docket down as plain numbers.
///
/// Complexity: that of the plan spaces, and the best plan of every dispute by itself.
#[must_use]
pub fn grid(instance: &Instance, tables: Tables<'_>) -> GridDoc {
    let (spaces, alone) =
        survey(instance, tables.conflicts, tables.eligibility, tables.availability);
    let people = People::new(instance, &spaces);
    let grid = instance.grid();
    let policy = instance.policy();
    GridDoc {
        schema: GRID_SCHEMA.to_owned(),
        instance: InstanceRefDoc {
            id: instance.id().to_owned(),
            digest: instance.digest().to_owned(),
        },
        tzdb: tzdb_version().to_owned(),
        not_in_grid: not_in_grid(instance, tables, &spaces),
        start: Zone::utc_rfc3339(grid.start()),
        slot_minutes: grid.slot_minutes(),
        slots: grid.slots(),
        rest_slots: instance.slots_between(None, None),
        worse_off_first: policy.worse_off_first,
        worst_first: policy.worst_first,
        weights: WeightsDoc {
            fit: policy.weights.fit,
            burden: policy.weights.burden,
            fairness: policy.weights.fairness,
            lateness: policy.weights.lateness,
            balance: policy.weights.balance,
            rotation: policy.weights.rotation,
        },
        people: people.names(instance),
        mediators: instance
            .mediators()
            .iter()
            .map(|mediator| GridMediatorDoc {
                id: instance.actor_name(mediator.actor).to_owned(),
                person: people.place_of(mediator.actor),
                cases: mediator.cases,
                minutes: mediator.minutes,
            })
            .collect(),
        interpreters: instance
            .interpreters()
            .iter()
            .map(|interpreter| InterpreterDoc {
                id: instance.actor_name(interpreter.actor).to_owned(),
                person: people.place_of(interpreter.actor),
            })
            .collect(),
        places: people::sites(instance),
        clocks: people.clocks(instance, tables.availability),
        disputes: spaces
            .iter()
            .zip(&alone)
            .map(|(space, alone)| dispute::dispute(instance, tables, &people, space, *alone))
            .collect(),
        exclusions: Pairs(tables.eligibility.exclusion_counts(instance)),
    }
}

/// What couples disputes and is not told by the grid.
fn not_in_grid(instance: &Instance, tables: Tables<'_>, spaces: &[PlanSpace]) -> Vec<NotInGridDoc> {
    let batch = tables.eligibility.batch_rows();
    let capped = !binding_caps(instance, tables.eligibility).is_empty();
    let disclosed = batch_discloses(instance, tables, spaces);
    [
        (!batch.is_empty(), "A6", "the batch itself would create conflicts of interest"),
        (capped, "A7", "nationalities or blocs have no more than their share of the seats"),
        (disclosed, "D3", "what must be disclosed depends on who sits in other disputes"),
        (!instance.journeys().are_none(), "S2", "people travel between places"),
        (instance.has_least(), "loads", "mediators are to have a number of disputes at least"),
        (!instance.policy().levels.is_empty(), "below", "levels of service come before quality"),
        (instance.policy().day_minutes.is_some(), "S6", "people's days are limited"),
    ]
    .into_iter()
    .filter(|(holds, ..)| *holds)
    .map(|(_, rule, text)| NotInGridDoc { rule: rule.to_owned(), text: text.to_owned() })
    .collect()
}

/// True when a seat has other disclosures beside all seats that could be taken than by itself.
fn batch_discloses(instance: &Instance, tables: Tables<'_>, spaces: &[PlanSpace]) -> bool {
    let all = |dispute: DisputeIx, mediator: MediatorIx| {
        tables.eligibility.get(dispute, mediator).is_eligible()
    };
    spaces.iter().any(|space| {
        space.members.iter().any(|member| {
            let told = |sits| {
                let panel = [member.mediator];
                let found =
                    tables.conflicts.disclosures_of_panel(instance, space.dispute, &panel, sits);
                found.iter().map(|(_, f)| (f.rule, f.count, f.case)).collect::<Vec<_>>()
            };
            told(&all) != told(&|_, _| false)
        })
    })
}
