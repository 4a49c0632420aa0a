//! The certificate as a document: trees of questions with prices at their leaves.

use super::batch::{Batch, SeatRow};
use super::prices::{Prices, SlotPrices};
use super::restriction::Question;
use super::search::{TierResult, TreeNode};
use crate::conflict::BatchRow;
use crate::domain::{Cap, Group, Instance, Micro, PlaceIx};
use crate::format::{
    BatchPriceDoc, BranchDoc, CapPriceDoc, CertificateDoc, DayPriceDoc, JourneyPriceDoc, NodeDoc,
    Pairs, PricesDoc, RoomPriceDoc, TierCertificateDoc, WhereaboutsDoc,
};
use crate::time::Date;

/// Writes down the trees of the three tiers.
pub(crate) fn certificate(
    instance: &Instance,
    rows: &Batch<'_>,
    results: &[TierResult],
) -> CertificateDoc {
    let tiers = results
        .iter()
        .map(|result| TierCertificateDoc {
            bound: result.bound,
            nodes: result.nodes.iter().map(|node| node_doc(instance, rows, node)).collect(),
        })
        .collect();
    CertificateDoc { tiers }
}

/// What the prices at the root of the last tier's tree prove by themselves, without questions, and these prices.
pub(crate) fn root(
    instance: &Instance,
    rows: &Batch<'_>,
    results: &[TierResult],
) -> (Micro, PricesDoc) {
    let Some((result, node)) =
        results.last().and_then(|result| Some((result, result.nodes.first()?)))
    else {
        return (0, PricesDoc::default());
    };
    let bound = if node.split.is_none() { Some(result.bound) } else { node.bound };
    (bound.unwrap_or(Micro::MAX / 4), prices_doc(instance, rows, &node.prices))
}

fn node_doc(instance: &Instance, rows: &Batch<'_>, node: &TreeNode) -> NodeDoc {
    let Some((dispute, question, yes, no)) = &node.split else {
        return NodeDoc { branch: None, prices: Some(prices_doc(instance, rows, &node.prices)) };
    };
    let (mediator, session, until) = match question {
        Question::Seat(mediator) => {
            (Some(instance.mediator_name(*mediator).to_owned()), None, None)
        }
        Question::Until(session, slot) => {
            let id = instance.dispute(*dispute).sessions[*session].id.clone();
            (None, Some(id), Some(*slot))
        }
    };
    let branch = BranchDoc {
        dispute: instance.dispute_name(*dispute).to_owned(),
        mediator,
        session,
        until,
        yes: *yes as u32,
        no: *no as u32,
    };
    NodeDoc { branch: Some(branch), prices: None }
}

fn prices_doc(instance: &Instance, rows: &Batch<'_>, prices: &Prices) -> PricesDoc {
    let (mut batch, mut caps) = (Vec::new(), Vec::new());
    for (row, price) in &prices.batch {
        match rows.row(*row) {
            SeatRow::InBatch(row) => batch.push(batch_doc(instance, row, *price)),
            SeatRow::Cap(cap) => caps.push(cap_doc(instance, cap, *price)),
        }
    }
    let by_mediator = |values: &[i64]| -> Pairs<i64> {
        instance
            .mediator_indices()
            .filter(|m| values[m.ix()] != 0)
            .map(|m| (instance.mediator_name(m).to_owned(), values[m.ix()]))
            .collect()
    };
    let named = |entries: &SlotPrices, name: &str| (name.to_owned(), entries.entries.clone());
    PricesDoc {
        cases: by_mediator(&prices.cases),
        floor: by_mediator(&prices.floor),
        effort: by_mediator(&prices.effort),
        time: prices
            .time
            .iter()
            .filter(|(_, p)| !p.entries.is_empty())
            .map(|(a, p)| named(p, instance.actor_name(*a)))
            .collect(),
        days: prices
            .days
            .iter()
            .map(|((person, day), price)| DayPriceDoc {
                actor: instance.actor_name(*person).to_owned(),
                date: Date::from_days(i64::from(*day)).to_string(),
                price: *price,
            })
            .collect(),
        journeys: prices
            .journeys
            .iter()
            .map(|(row, price)| JourneyPriceDoc {
                actor: instance.actor_name(row.person).to_owned(),
                from: whereabouts(instance, row.from),
                to: whereabouts(instance, row.to),
                price: *price,
            })
            .collect(),
        rooms: prices
            .rooms
            .iter()
            .filter(|(_, p)| !p.entries.is_empty())
            .map(|((place, class), p)| RoomPriceDoc {
                place: instance.place_name(*place).to_owned(),
                seats: instance.place(*place).classes[*class as usize].seats,
                slots: p.entries.clone(),
            })
            .collect(),
        batch,
        caps,
        panels: prices.panels,
        scheduled: prices.scheduled,
        frozen: prices.frozen,
        loads: prices.loads,
        sides: prices.sides,
        below: prices.below[..priced_levels(prices)].to_vec(),
    }
}

/// The levels up to the last one with a price.
fn priced_levels(prices: &Prices) -> usize {
    prices.below.iter().rposition(|price| *price != 0).map_or(0, |last| last + 1)
}

fn whereabouts(instance: &Instance, (place, slot): (PlaceIx, u32)) -> WhereaboutsDoc {
    WhereaboutsDoc { place: instance.place_name(place).to_owned(), slot }
}

pub(super) fn cap_doc(instance: &Instance, cap: &Cap, price: i64) -> CapPriceDoc {
    match &cap.group {
        Group::Nationality(state) => CapPriceDoc {
            nationality: Some(instance.actor_name(*state).to_owned()),
            bloc: None,
            price,
        },
        Group::Bloc(bloc) => CapPriceDoc { nationality: None, bloc: Some(bloc.clone()), price },
    }
}

pub(super) fn batch_doc(instance: &Instance, row: &BatchRow, price: i64) -> BatchPriceDoc {
    let term = |(dispute, factor): &(_, i64)| (instance.dispute_name(*dispute).to_owned(), *factor);
    BatchPriceDoc {
        mediator: instance.mediator_name(row.mediator).to_owned(),
        disputes: row.terms.iter().map(term).collect(),
        limit: row.limit,
        price,
    }
}
