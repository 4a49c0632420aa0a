//! Forward and reverse auction: almost optimal prices, fast.
use super::{Failure, Mirror, NEVER, SCALE, State, Transport};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// No bid goes higher; the exact stage takes over.
const CEILING: i64 = 1 << 58;

/// A unit of a right node in use: the price it went for, and the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seat {
    bid: i64,
    other: u32,
    pair: u32,
}

/// Seats, the cheapest on top.
type Heap = BinaryHeap<Reverse<Seat>>;

/// The reverse auction: right nodes offer units, left nodes have prices (the value of their worst seat).
struct Market<'a> {
    /// The pairs by right node.
    pairs: &'a Transport,
    /// Prices of left nodes, units on offer of right nodes, pairs in use.
    back: State,
    /// Seats of each left node; a bid is what the seat leaves to the left node.
    seats: Vec<Heap>,
    /// Units in use of each right node.
    load: Vec<usize>,
}

impl Transport {
    /// Both auctions: almost optimal (scaled) prices and the pairs of every left node.
    pub(super) fn settle(
        &self,
        should_stop: &dyn Fn() -> bool,
    ) -> Result<(State, Vec<Vec<u32>>), Failure> {
        let mut state = self.floor();
        let holders = self.auction(&mut state, should_stop)?;
        let mut mine = vec![vec![]; self.demand.len()];
        let left_over =
            |(r, h): (usize, &Heap)| self.cheap(r, state.price[r].div_euclid(SCALE)) > h.len();
        if holders.iter().enumerate().any(left_over) {
            let mirror = self.mirror();
            let mut market = self.market(&mut state, &mirror, &holders);
            self.drive(self.hi.len(), should_stop, |r, eps| {
                self.offer(&mut state, &mut market, r, eps)
            })?;
            for (mine, seats) in mine.iter_mut().zip(&market.seats) {
                mine.extend(seats.iter().map(|s| mirror.twin[s.0.pair as usize]));
            }
        } else {
            for seat in holders.iter().flatten() {
                mine[seat.0.other as usize].push(seat.0.pair);
            }
        }
        Ok((state, mine))
    }

    /// Nobody seated; every right node asks the cost of the first unit beyond its least load, or of its first unit
    /// if the least loads alone could take everyone (the level at which supply meets demand, roughly).
    pub(super) fn floor(&self) -> State {
        let least = |r: usize| (self.lo[r] as usize).min(self.room(r));
        let wanted: u64 = self.demand.iter().map(|&d| u64::from(d)).sum();
        let scarce = (0..self.hi.len()).map(|r| least(r) as u64).sum::<u64>() < wanted;
        let price = |r: usize| self.unit(r, 1 + if scarce { least(r) } else { 0 }) * SCALE;
        self.state((0..self.hi.len()).map(price).collect(), &self.demand)
    }

    /// Lets nodes bid in turn, the last loser first, until none wants to. `turn(node, eps)` makes one bid and names
    /// the node that lost by it (itself if none did), or None when the node is content. When the bids drag on (a
    /// price war) eps, the least rise of a bid, grows; what is unsettled at the end is left to the exact stage.
    fn drive(
        &self,
        nodes: usize,
        stop: &dyn Fn() -> bool,
        mut turn: impl FnMut(usize, i64) -> Option<u32>,
    ) -> Result<(), Failure> {
        let seats =
            self.demand.iter().map(|&d| u64::from(d)).sum::<u64>().min(self.right.len() as u64);
        let (mut eps, mut bids) = (self.grain(), 100 * seats + 1000);
        let mut queue: Vec<u32> = (0..nodes as u32).rev().collect();
        let mut turns = 0_u64;
        while let Some(&node) = queue.last() {
            if turns.is_multiple_of(1024) && stop() {
                return Err(Failure::Stopped);
            }
            turns += 1;
            match turn(node as usize, eps) {
                None => {
                    queue.pop();
                }
                Some(loser) => {
                    bids -= 1;
                    if loser != node {
                        queue.push(loser);
                    }
                }
            }
            if bids == 0 {
                (eps, bids) = (eps * 4, 16 * seats + 1000);
                if eps > self.spread() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Difference of the largest and the smallest worth, scaled, and one.
    fn spread(&self) -> i64 {
        self.worth.iter().max().zip(self.worth.iter().min()).map_or(0, |(a, b)| (a - b) * SCALE) + 1
    }

    /// Forward auction: an open seat bids for its best pair up to its second best.
    fn auction(&self, state: &mut State, stop: &dyn Fn() -> bool) -> Result<Vec<Heap>, Failure> {
        let mut holders = vec![BinaryHeap::new(); self.hi.len()];
        let spread = self.spread();
        self.drive(self.demand.len(), stop, |p, eps| {
            self.bid(state, &mut holders, p, eps, spread)
        })?;
        Ok(holders)
    }

    /// One bid of left node p.
    fn bid(
        &self,
        state: &mut State,
        holders: &mut [Heap],
        p: usize,
        eps: i64,
        spread: i64,
    ) -> Option<u32> {
        if state.open[p] == 0 {
            return None;
        }
        let (first, second, pair) = self.choices(state, p);
        let pair = pair?;
        let r = self.right[pair as usize] as usize;
        let bid = state.price[r] + eps + if second == NEVER { spread } else { first - second };
        if bid > CEILING {
            return None;
        }
        state.held[pair as usize] = true;
        state.open[p] -= 1;
        let seats = &mut holders[r];
        let full = seats.len() >= self.room(r);
        seats.push(Reverse(Seat { bid, other: p as u32, pair }));
        let low = seats.peek().map_or(bid, |s| s.0.bid);
        let mut loser = p as u32;
        if (full || low < self.unit(r, seats.len()) * SCALE)
            && let Some(Reverse(out)) = seats.pop()
        {
            state.held[out.pair as usize] = false;
            state.open[out.other as usize] += 1;
            state.price[r] = state.price[r].max(out.bid);
            loser = out.other;
        }
        let next = (seats.len() < self.room(r)).then(|| self.unit(r, seats.len() + 1) * SCALE);
        let ask = seats.peek().map(|s| s.0.bid).into_iter().chain(next).min().unwrap_or(NEVER);
        state.price[r] = state.price[r].max(ask);
        Some(loser)
    }

    /// What the reverse auction starts from: the seats with what they leave to their left nodes.
    fn market<'a>(&self, state: &mut State, mirror: &'a Mirror, holders: &[Heap]) -> Market<'a> {
        let mut seats: Vec<Heap> = vec![BinaryHeap::new(); self.demand.len()];
        let mut back = mirror.pairs.state(vec![], &self.hi);
        for (r, heap) in holders.iter().enumerate() {
            let row = mirror.pairs.row(r);
            for &Reverse(Seat { other: p, pair, .. }) in heap {
                let at = row.start + mirror.pairs.right[row.clone()].partition_point(|&q| q < p);
                back.held[at] = true;
                seats[p as usize].push(Reverse(Seat {
                    bid: self.net(state, pair),
                    other: r as u32,
                    pair: at as u32,
                }));
            }
            back.open[r] =
                self.cheap(r, state.price[r].div_euclid(SCALE)).saturating_sub(heap.len()) as u32;
        }
        for (p, heap) in seats.iter().enumerate() {
            let first = if state.open[p] > 0 { self.choices(state, p).0 } else { CEILING };
            back.price.push(heap.peek().map_or(first, |s| s.0.bid.min(first)));
        }
        Market {
            pairs: &mirror.pairs,
            back,
            seats,
            load: holders.iter().map(BinaryHeap::len).collect(),
        }
    }

    /// Reverse auction (Bertsekas and Castanon, "A forward/reverse auction algorithm for asymmetric assignment
    /// problems", Comput. Optim. Appl. 1, 1992): a unit of r left over at a price above its cost goes to the left
    /// node that pays best, at what the second best pays; a left node that is full leaves its worst seat for it.
    fn offer(&self, state: &mut State, market: &mut Market<'_>, r: usize, eps: i64) -> Option<u32> {
        let Market { pairs, back, seats, load } = market;
        if back.open[r] == 0 {
            return None;
        }
        let (first, second, pair) = pairs.choices(back, r);
        let cost = self.unit(r, load[r] + 1) * SCALE;
        let Some(pair) = pair.filter(|_| first >= cost + eps) else {
            state.price[r] = state.price[r].min(cost);
            back.open[r] = 0;
            return None;
        };
        let (k, price) = (pair as usize, cost.max(second - eps));
        let p = pairs.right[k] as usize;
        state.price[r] = state.price[r].min(price);
        (back.open[r], load[r], back.held[k]) = (back.open[r] - 1, load[r] + 1, true);
        seats[p].push(Reverse(Seat { bid: pairs.worth[k] * SCALE - price, other: r as u32, pair }));
        let mut loser = r as u32;
        if state.open[p] > 0 {
            state.open[p] -= 1;
        } else if let Some(Reverse(out)) = seats[p].pop() {
            loser = out.other;
            let to = loser as usize;
            (back.open[to], load[to], back.held[out.pair as usize]) =
                (back.open[to] + 1, load[to] - 1, false);
        }
        if state.open[p] == 0 {
            back.price[p] = back.price[p].max(seats[p].peek().map_or(CEILING, |s| s.0.bid));
        }
        Some(loser)
    }
}
