//! Pure assignment: where nothing but the mediators' cases couples disputes, all panels at once.
//!
//! * Takes the plan spaces; gives the best answer that gives every open dispute its panel, with the
//!   prices of cases that prove it, or nothing where the docket is not of that kind or cannot be
//!   served whole.
//! * It is a transportation problem (room `transport`), with what balance costs as the rise of the
//!   supply of cases.

use super::Engine;
use super::prices::{NANO, Prices};
use crate::domain::Micro;
use crate::solution::{Plan, Solution};
use crate::transport::Transport;

/// True when nothing but cases couples the disputes, and any members make a panel.
pub(super) fn is_plain(engine: &Engine<'_>) -> bool {
    let mut open = engine.spaces.iter().filter(|space| space.open).peekable();
    open.peek().is_some() && open.all(|space| space.is_plain(engine.instance))
}

/// The best answer and the prices of its certificate.
pub(super) fn assign(engine: &Engine<'_>) -> Option<(Solution, Prices)> {
    is_plain(engine).then(|| flow(engine, &[])).flatten()
}

/// The best answer that keeps some plans, which go together, with the prices for all others.
pub(super) fn flow(engine: &Engine<'_>, kept: &[&Plan]) -> Option<(Solution, Prices)> {
    let instance = engine.instance;
    let mut solution = Solution::empty(engine.spaces.len());
    let mut load = vec![0_u32; instance.mediators().len()];
    for plan in kept {
        plan.panel.iter().for_each(|mediator| load[mediator.ix()] += 1);
        solution.plans[plan.dispute.ix()] = Some((*plan).clone());
    }
    let all = engine.spaces.iter().filter(|space| space.open);
    let open: Vec<_> = all.filter(|space| solution.plans[space.dispute.ix()].is_none()).collect();
    let everyone = engine.spaces.len() as u32;
    let cases = instance.mediators().iter().zip(&load);
    let cases: Vec<u32> =
        cases.map(|(m, load)| m.cases.unwrap_or(everyone).saturating_sub(*load)).collect();
    let nobody = vec![0; cases.len()];
    let balance = instance.policy().weights.balance;
    let mut transport = Transport::new(cases, nobody, vec![balance], 0).ok()?;
    for space in &open {
        let pairs = space.members.iter().map(|m| (m.mediator.ix() as u32, m.worth));
        transport.add_left(space.size as u32, pairs).ok()?;
    }
    let flow = transport.solve(&|| engine.control.should_stop()).ok()?;
    for (space, seats) in open.iter().zip(&flow.seats) {
        let seated = |seat: &u32| {
            space.members.binary_search_by_key(&(*seat as usize), |m| m.mediator.ix()).ok()
        };
        let panel: Vec<usize> = seats.iter().filter_map(seated).collect();
        solution.plans[space.dispute.ix()] = Some(space.plan(&panel, None, Vec::new()));
    }
    let mut prices = Prices::zero(instance);
    for (price, flow) in prices.cases.iter_mut().zip(&flow.prices) {
        *price = flow.max(&0) * NANO;
    }
    // Every panel is due: with this price no dispute gains by going without.
    let dearest: Micro = flow.prices.iter().copied().max().unwrap_or(0).max(0);
    let largest = open.iter().map(|space| space.size).max().unwrap_or(0) as i64;
    prices.panels = dearest * largest * NANO;
    Some((solution, prices))
}
