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
use crate::solution::Solution;
use crate::transport::Transport;

/// The best answer and the prices of its certificate.
pub(crate) fn assign(engine: &Engine<'_>) -> Option<(Solution, Prices)> {
    let instance = engine.instance;
    let open: Vec<_> = engine.spaces.iter().filter(|space| space.open).collect();
    if open.is_empty() || !open.iter().all(|space| space.is_plain(instance)) {
        return None;
    }
    let cases = instance.mediators().iter().map(|m| m.cases.unwrap_or(open.len() as u32));
    let cases: Vec<u32> = cases.collect();
    let nobody = vec![0; cases.len()];
    let balance = instance.policy().weights.balance;
    let mut transport = Transport::new(cases, nobody, vec![balance], 0).ok()?;
    for space in &open {
        let pairs = space.members.iter().map(|m| (m.mediator.ix() as u32, m.worth));
        transport.add_left(space.size as u32, pairs).ok()?;
    }
    let flow = transport.solve(&|| engine.control.should_stop()).ok()?;
    let mut solution = Solution::empty(engine.spaces.len());
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
    // Every panel is due: with this price no dispute gains by going without, whatever rotation
    // makes its seats cost.
    let costs = open.iter().flat_map(|space| &space.members).map(|member| -member.worth);
    let dearest: Micro = flow.prices.iter().copied().max().unwrap_or(0).max(0);
    let dearest = dearest + costs.max().unwrap_or(0).max(0);
    let largest = open.iter().map(|space| space.size).max().unwrap_or(0) as i64;
    prices.panels = dearest * largest * NANO;
    Some((solution, prices))
}
