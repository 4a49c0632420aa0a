//! What is done today where nobody optimises: one dispute after the other, each served with what is left.
//!
//! * *First come, first served*: in the order in which disputes were opened, each takes the best panel and dates that
//!   are left.
//! * *Greedy*: whichever dispute gains most from the best panel and dates that are left for it goes next. SOURCE of the
//!   lazy evaluation: Minoux, "Accelerated greedy algorithms", 1978; what is left only shrinks, so that an old value is a
//!   bound.
//! * *Random*: in a drawn order, each takes members in a drawn order who have dates together.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::draw::Draw;
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::solution::{Plan, Solution};
use crate::solve::{Control, Seats};

/// First come, first served.
pub(super) fn first_come(
    instance: &Instance,
    seats: &mut Seats<'_>,
    control: &Control<'_>,
) -> Solution {
    let mut order: Vec<DisputeIx> = instance.dispute_indices().collect();
    order.sort_by_key(|d| (instance.dispute(*d).opened.is_none(), instance.dispute(*d).opened, *d));
    let mut solution = Solution::empty(instance.disputes().len());
    for dispute in order {
        if control.should_stop() {
            break;
        }
        if let Some(priced) = seats.best(dispute, &[]) {
            seats.take(&priced.plan);
            solution.plans[dispute.ix()] = Some(priced.plan);
        }
    }
    solution
}

/// Greedy.
pub(super) fn greedy(
    instance: &Instance,
    seats: &mut Seats<'_>,
    control: &Control<'_>,
) -> Solution {
    let mut solution = Solution::empty(instance.disputes().len());
    let mut heap: BinaryHeap<(i64, Reverse<DisputeIx>)> = instance
        .dispute_indices()
        .filter_map(|d| Some((seats.best(d, &[])?.value, Reverse(d))))
        .collect();
    while let Some((_, Reverse(dispute))) = heap.pop() {
        if control.should_stop() {
            break;
        }
        let Some(priced) = seats.best(dispute, &[]) else { continue };
        let next = heap.peek().map(|(value, Reverse(other))| (*value, Reverse(*other)));
        if next.is_some_and(|next| next > (priced.value, Reverse(dispute))) {
            heap.push((priced.value, Reverse(dispute)));
            continue;
        }
        seats.take(&priced.plan);
        solution.plans[dispute.ix()] = Some(priced.plan);
    }
    solution
}

/// Random.
pub(super) fn random(
    instance: &Instance,
    seats: &mut Seats<'_>,
    draw: &Draw<'_>,
    control: &Control<'_>,
) -> Solution {
    let mut order: Vec<([u8; 32], DisputeIx)> =
        instance.dispute_indices().map(|d| (draw.ticket(&[instance.dispute_name(d)]), d)).collect();
    order.sort_unstable();
    let mut solution = Solution::empty(instance.disputes().len());
    for (_, dispute) in order {
        if control.should_stop() {
            break;
        }
        if let Some(plan) = any_plan(instance, seats, draw, dispute) {
            seats.take(&plan);
            solution.plans[dispute.ix()] = Some(plan);
        }
    }
    solution
}

/// A plan with members in a drawn order; as well served as the best that is left.
fn any_plan(
    instance: &Instance,
    seats: &Seats<'_>,
    draw: &Draw<'_>,
    dispute: DisputeIx,
) -> Option<Plan> {
    let mut plan = seats.best(dispute, &[])?.plan;
    let dated = plan.starts.is_some();
    let order = draw.order(dispute, &seats.members(dispute));
    let mut chosen: Vec<MediatorIx> = Vec::new();
    for mediator in order {
        if chosen.len() == instance.dispute(dispute).panel.size {
            break;
        }
        chosen.push(mediator);
        let found = seats.best(dispute, &chosen).map(|priced| priced.plan);
        match found.filter(|found| found.starts.is_some() == dated) {
            Some(found) => plan = found,
            None => {
                chosen.pop();
            }
        }
    }
    Some(plan)
}
