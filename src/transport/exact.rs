//! Exact stage: shortest augmenting paths from whatever the auctions left.
use super::{Failure, Flow, Mirror, NEVER, SCALE, State, Transport};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A distance not reached.
const FAR: i64 = i64::MAX;

/// Prices, seats and the work space of the exact stage.
pub(super) struct Exact {
    state: State,
    /// (left node, pair) at each right node.
    holders: Vec<Vec<(u32, u32)>>,
    /// Pairs of each left node.
    mine: Vec<Vec<u32>>,
    /// Units of a right node that cost less than its price and are not in use.
    spare: Vec<usize>,
    /// Distance of a right node and the (left node, pair) it was reached by.
    far: Vec<i64>,
    from: Vec<(u32, u32)>,
    /// Label of a left node (distance + value given up) and the pair it was reached by.
    label: Vec<i64>,
    via: Vec<u32>,
    rights: Vec<u32>,
    lefts: Vec<u32>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// Nearest end of a path.
    best: i64,
    end: usize,
}

impl Transport {
    /// The exact stage: fills every open seat, then clears every unit left over.
    pub(super) fn repair(
        &self,
        mut exact: Exact,
        should_stop: &dyn Fn() -> bool,
    ) -> Result<Flow, Failure> {
        for p in 0..self.demand.len() {
            while exact.state.open[p] > 0 {
                if should_stop() {
                    return Err(Failure::Stopped);
                }
                self.seat(&mut exact, p)?;
            }
        }
        if exact.spare.iter().any(|&n| n > 0) {
            self.clear(&mut exact, &self.mirror(), should_stop)?;
        }
        Ok(self.answer(exact))
    }

    /// Whole prices; seats that are not best choices at them are given up.
    pub(super) fn round(&self, mut state: State, mut mine: Vec<Vec<u32>>) -> Exact {
        let (n, m) = (self.hi.len(), self.demand.len());
        let mut load = vec![0; n];
        for &k in mine.iter().flatten() {
            load[self.right[k as usize] as usize] += 1;
        }
        let grain = self.grain();
        let up = gap(&state.price, grain);
        for (r, &load) in load.iter().enumerate() {
            let cost = if load == 0 { NEVER } else { self.unit(r, load) };
            state.price[r] = ((state.price[r] + up).div_euclid(SCALE * grain) * grain).max(cost);
        }
        state.scale = 1;
        state.lists.rest.fill(i64::MAX);
        state.held.fill(false);
        for &k in mine.iter().flatten() {
            state.held[k as usize] = true;
        }
        let mut holders = vec![vec![]; n];
        for (p, mine) in mine.iter_mut().enumerate() {
            let other = self.choices(&mut state, p).0;
            mine.sort_unstable();
            mine.retain(|&k| {
                let stays = self.net(&state, k) >= other;
                state.held[k as usize] = stays;
                stays
            });
            for &k in mine.iter() {
                holders[self.right[k as usize] as usize].push((p as u32, k));
            }
            state.open[p] = self.demand[p].saturating_sub(mine.len() as u32);
        }
        let spare = (0..n)
            .map(|r| self.cheap(r, state.price[r]).saturating_sub(holders[r].len()))
            .collect();
        let (far, from, label, via) = (vec![FAR; n], vec![(0, 0); n], vec![FAR; m], vec![0; m]);
        let (rights, lefts, heap) = (vec![], vec![], BinaryHeap::new());
        Exact {
            state,
            holders,
            mine,
            spare,
            far,
            from,
            label,
            via,
            rights,
            lefts,
            heap,
            best: FAR,
            end: 0,
        }
    }

    /// Fills one open seat of p along a shortest path upwards (prices rise), or names the violated cut.
    fn seat(&self, x: &mut Exact, p: usize) -> Result<(), Failure> {
        x.reset();
        let first = self.choices(&mut x.state, p).0;
        x.reach(p, first, u32::MAX);
        self.relax(x, p);
        while let Some(Reverse((key, node))) = x.heap.pop() {
            if key >= x.best {
                break;
            }
            let node = node as usize;
            if node >= self.hi.len() {
                self.rest(x, node - self.hi.len(), key);
            } else if key == x.far[node] {
                self.displace(x, node);
            }
        }
        if x.best == FAR {
            x.lefts.sort_unstable();
            return Err(Failure::Unmet(x.lefts.clone()));
        }
        for &r in &x.rights {
            x.state.price[r as usize] += (x.best - x.far[r as usize]).max(0);
        }
        self.augment(x, p);
        Ok(())
    }

    /// Those seated at r could look elsewhere.
    fn displace(&self, x: &mut Exact, r: usize) {
        for i in 0..x.holders[r].len() {
            let (p, k) = x.holders[r][i];
            let label = x.far[r] + self.net(&x.state, k);
            if label < x.label[p as usize] {
                x.reach(p as usize, label, k);
                self.relax(x, p as usize);
            }
        }
    }

    /// Reaches the right nodes on the list of p; the others wait until they can matter.
    fn relax(&self, x: &mut Exact, p: usize) {
        for i in x.state.lists.start[p]..x.state.lists.start[p + 1] {
            self.step_up(x, p, x.state.lists.pair[i]);
        }
        let rest = x.state.lists.rest[p];
        if rest > NEVER && x.label[p] - rest < x.best {
            x.heap.push(Reverse((x.label[p] - rest, (self.hi.len() + p) as u32)));
        }
    }

    /// Reaches the right nodes off the list of p (and makes its list anew).
    fn rest(&self, x: &mut Exact, p: usize, key: i64) {
        if x.label[p] - x.state.lists.rest[p] != key {
            return;
        }
        self.refill(&mut x.state, p);
        for k in self.row(p) {
            self.step_up(x, p, k as u32);
        }
    }

    /// Reaches the right node of pair k from p; the path may end there at a free unit.
    fn step_up(&self, x: &mut Exact, p: usize, k: u32) {
        let r = self.right[k as usize] as usize;
        let far = x.label[p] - self.net(&x.state, k);
        if far >= x.far[r] || far >= x.best || x.state.held[k as usize] {
            return;
        }
        x.arrive(r, far, (p as u32, k));
        let load = x.holders[r].len();
        if x.spare[r] > 0 {
            x.finish(r, far);
        } else if load < self.room(r) {
            x.finish(r, far + (self.unit(r, load + 1) - x.state.price[r]).max(0));
        }
    }

    /// Moves everyone on the path found by `seat`.
    fn augment(&self, x: &mut Exact, source: usize) {
        let mut r = x.end;
        x.spare[r] = x.spare[r].saturating_sub(1);
        loop {
            let (p, k) = x.from[r];
            let left = p as usize;
            x.take(r, p, k);
            if left == source {
                x.state.open[left] -= 1;
                return;
            }
            let old = x.via[left];
            r = self.right[old as usize] as usize;
            x.leave(r, p, old);
        }
    }

    /// Sells or withdraws every unit left over at a price above its cost, along shortest paths downwards.
    fn clear(
        &self,
        x: &mut Exact,
        mirror: &Mirror,
        stop: &dyn Fn() -> bool,
    ) -> Result<(), Failure> {
        for r in 0..self.hi.len() {
            while x.spare[r] > 0 {
                if stop() {
                    return Err(Failure::Stopped);
                }
                self.sell(x, mirror, r);
            }
        }
        Ok(())
    }

    /// One unit of r finds a left node, or is withdrawn, here or further on (prices fall).
    fn sell(&self, x: &mut Exact, mirror: &Mirror, source: usize) {
        x.reset();
        x.arrive(source, 0, (0, 0));
        self.withdraw(x, source, 0);
        while let Some(Reverse((key, r))) = x.heap.pop() {
            if key >= x.best {
                break;
            }
            if key == x.far[r as usize] {
                self.attract(x, mirror, r as usize);
            }
        }
        for &r in &x.rights {
            x.state.price[r as usize] -= (x.best - x.far[r as usize]).max(0);
        }
        let mut r = x.end;
        while r != source {
            let (p, old) = x.from[r];
            x.leave(r, p, old);
            let k = x.via[p as usize];
            r = self.right[k as usize] as usize;
            x.take(r, p, k);
        }
        x.spare[source] -= 1;
    }

    /// The path may end at r: its dearest unit on sale is withdrawn.
    fn withdraw(&self, x: &mut Exact, r: usize, far: i64) {
        let unit = self.unit(r, x.holders[r].len() + x.spare[r]);
        x.finish(r, far + (x.state.price[r] - unit).max(0));
    }

    /// Left nodes that could move to r, and the right nodes they would leave.
    fn attract(&self, x: &mut Exact, mirror: &Mirror, r: usize) {
        for i in mirror.pairs.row(r) {
            let (p, k) = (mirror.pairs.right[i], mirror.twin[i]);
            let label = x.far[r] - (mirror.pairs.worth[i] - x.state.price[r]);
            if label >= x.label[p as usize] || x.state.held[k as usize] {
                continue;
            }
            x.reach(p as usize, label, k);
            for i in 0..x.mine[p as usize].len() {
                let old = x.mine[p as usize][i];
                let to = self.right[old as usize] as usize;
                let far = label + self.net(&x.state, old);
                if far < x.far[to] && far < x.best {
                    x.arrive(to, far, (p, old));
                    self.withdraw(x, to, far);
                }
            }
        }
    }

    fn answer(&self, x: Exact) -> Flow {
        let (mut value, mut seats, mut prices) = (0, vec![], x.state.price);
        for mine in &x.mine {
            value += mine.iter().map(|&k| i128::from(self.worth[k as usize])).sum::<i128>();
            let mut row: Vec<u32> = mine.iter().map(|&k| self.right[k as usize]).collect();
            row.sort_unstable();
            seats.push(row);
        }
        for (r, holders) in x.holders.iter().enumerate() {
            value -= (1..=holders.len()).map(|j| i128::from(self.unit(r, j))).sum::<i128>();
            value -= i128::from(self.short) * i128::from(self.lo[r]);
            // Every pair of r is in use: units that nobody can want must not seem worth selling.
            if holders.len() == self.degree[r] as usize && self.degree[r] < self.hi[r] {
                prices[r] = prices[r].min(self.unit(r, holders.len() + 1));
            }
        }
        Flow { seats, value, prices }
    }
}

/// What to add to scaled prices before they are rounded down, so that the cut falls where few fractions lie: pairs
/// within eps of a tie then stay on the same side (with no price at all at the cut, rounding loses nothing).
fn gap(price: &[i64], grain: i64) -> i64 {
    let mut count = [0_usize; SCALE as usize];
    for v in price {
        count[(v.div_euclid(grain)).rem_euclid(SCALE) as usize] += 1;
    }
    let crowd = |x: i64| count[(x - 1) as usize] + count[(x % SCALE) as usize];
    grain * (SCALE - (1..=SCALE).min_by_key(|&x| crowd(x)).unwrap_or(SCALE))
}

impl Exact {
    /// Forgets the last search.
    fn reset(&mut self) {
        for r in self.rights.drain(..) {
            self.far[r as usize] = FAR;
        }
        for p in self.lefts.drain(..) {
            self.label[p as usize] = FAR;
        }
        self.heap.clear();
        self.best = FAR;
    }

    fn reach(&mut self, p: usize, label: i64, via: u32) {
        if self.label[p] == FAR {
            self.lefts.push(p as u32);
        }
        (self.label[p], self.via[p]) = (label, via);
    }

    fn arrive(&mut self, r: usize, far: i64, from: (u32, u32)) {
        if self.far[r] == FAR {
            self.rights.push(r as u32);
        }
        (self.far[r], self.from[r]) = (far, from);
        self.heap.push(Reverse((far, r as u32)));
    }

    fn finish(&mut self, r: usize, far: i64) {
        if far < self.best {
            (self.best, self.end) = (far, r);
        }
    }

    fn take(&mut self, r: usize, p: u32, k: u32) {
        self.holders[r].push((p, k));
        self.mine[p as usize].push(k);
        self.state.held[k as usize] = true;
    }

    fn leave(&mut self, r: usize, p: u32, k: u32) {
        self.holders[r].retain(|h| h.1 != k);
        self.mine[p as usize].retain(|&m| m != k);
        self.state.held[k as usize] = false;
    }
}
