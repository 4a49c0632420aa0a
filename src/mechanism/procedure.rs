//! The procedures that go through the docket seat by seat.

use super::draw::Draw;
use super::lists::{Ballots, shortlist, strike_and_rank};
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::format::{Mechanism, SeatListDoc};
use crate::solve::Seats;

/// Panels by dispute, and the lists from which they come.
#[derive(Debug, Default)]
pub(super) struct Panels {
    pub(super) panels: Vec<Option<Vec<MediatorIx>>>,
    pub(super) lists: Vec<SeatListDoc>,
}

/// Selects panels, dispute by dispute in the order of the docket. Whoever is required sits from the start.
pub(super) fn select(
    instance: &Instance,
    seats: &mut Seats<'_>,
    draw: &Draw<'_>,
    mechanism: Mechanism,
) -> Panels {
    let disputes: Vec<DisputeIx> =
        instance.dispute_indices().filter(|d| seats.is_open(*d)).collect();
    for dispute in &disputes {
        seats.give(*dispute, &required(instance, *dispute));
    }
    let mut found = Panels { panels: vec![None; instance.disputes().len()], lists: Vec::new() };
    for dispute in disputes {
        let must = required(instance, dispute);
        seats.take_back(dispute, &must);
        let mut chosen: Vec<MediatorIx> = Vec::new();
        for mediator in must.iter().copied() {
            if !seats.has_room(dispute, &chosen, mediator) {
                break;
            }
            chosen.push(mediator);
        }
        if chosen.len() < must.len() {
            continue;
        }
        let size = instance.dispute(dispute).panel.size;
        let order = draw.order(dispute, &seats.members(dispute));
        while chosen.len() < size {
            let Some(next) = (match mechanism {
                Mechanism::Sortition => seats.first(dispute, &chosen, &order, 1).first().copied(),
                _ => by_list(
                    instance,
                    seats,
                    draw,
                    mechanism,
                    (dispute, &chosen, &order),
                    &mut found,
                ),
            }) else {
                break;
            };
            chosen.push(next);
        }
        if chosen.len() == size {
            seats.give(dispute, &chosen);
            found.panels[dispute.ix()] = Some(chosen);
        }
    }
    found
}

/// Who must sit in a dispute.
fn required(instance: &Instance, dispute: DisputeIx) -> Vec<MediatorIx> {
    instance.dispute(dispute).panel.required.iter().map(|seat| seat.mediator).collect()
}

/// The names on a list for a seat, and the strikes of each party.
pub(super) fn numbers(instance: &Instance, mechanism: Mechanism) -> (usize, usize) {
    let usual = match mechanism {
        Mechanism::ListProcedure => (3, 1),
        Mechanism::Shortlisting => (5, 0),
        _ => (10, 4),
    };
    let policy = &instance.policy().selection;
    (policy.names.unwrap_or(usual.0), policy.strikes.unwrap_or(usual.1))
}

/// Fills a seat from a list.
fn by_list(
    instance: &Instance,
    seats: &Seats<'_>,
    draw: &Draw<'_>,
    mechanism: Mechanism,
    (dispute, chosen, drawn): (DisputeIx, &[MediatorIx], &[MediatorIx]),
    found: &mut Panels,
) -> Option<MediatorIx> {
    let (count, strikes) = numbers(instance, mechanism);
    let mut order = drawn.to_vec();
    if mechanism == Mechanism::ListProcedure {
        // The institution knows its roster: the fittest, of equals those with fewer disputes.
        order.sort_by_key(|m| (-instance.fit(dispute, *m), seats.load(*m), *m));
    }
    // One more for the case that everybody is struck.
    let mut names = seats.first(dispute, chosen, &order, count + 1);
    let spare = if names.len() > count { names.pop() } else { None };
    let ballots = Ballots::of(instance.dispute(dispute));
    let outcome = if mechanism == Mechanism::Shortlisting {
        let id = instance.dispute_name(dispute);
        let first = draw.below(id, ballots.sides().max(1) as u64) as usize;
        shortlist(&ballots, &names, first)
    } else {
        strike_and_rank(&ballots, &names, strikes, |m| seats.load(m))
    };
    // Where nobody else is left either, the institution appoints the first on the list all the same.
    let discretion = outcome.invited.is_none();
    let invited = outcome.invited.or(spare).or(names.first().copied())?;
    let ids = |list: &[MediatorIx]| -> Vec<String> {
        list.iter().map(|m| instance.mediator_name(*m).to_owned()).collect()
    };
    found.lists.push(SeatListDoc {
        dispute: instance.dispute_name(dispute).to_owned(),
        names: ids(&names),
        out: ids(&outcome.out),
        invited: instance.mediator_name(invited).to_owned(),
        discretion,
    });
    Some(invited)
}
