//! Exact transportation (many-to-many assignment) with convex costs of load.
//!
//! 1. Forward auction from the floor prices, in integers scaled by `SCALE` (Bertsekas and Castanon, "The auction
//!    algorithm for the transportation problem", Annals of OR 20, 1989): one price per unit of a right node, bids up
//!    to the second-best *other* right node. A left node looks only at a short list of its best pairs: prices only
//!    rise, so the list holds until its second best falls below the best pair left off it.
//! 2. Reverse auction for units left over at a price above their cost (minimum loads): right nodes bid for left ones.
//! 3. Prices are rounded to whole units of worth, seats that are then not best choices are given up, and shortest
//!    augmenting paths (Tomizawa, Networks 1, 1971; Edmonds and Karp, JACM 19, 1972) restore optimality exactly:
//!    upwards from every open seat, downwards from every unit left over. Mostly there is nothing left to do.
mod auction;
mod exact;

/// The auction counts in worth / SCALE.
const SCALE: i64 = 256;
/// Pairs kept at hand for a left node beyond its demand.
const SPARE: usize = 8;
/// Largest |worth|, step x degree or price of a missing unit.
pub const LARGEST: i64 = 1 << 40;
/// A value below any that occurs.
const NEVER: i64 = i64::MIN / 4;

/// Left nodes (demands), right nodes (loads) and candidate pairs, the pairs by left node (compressed rows).
#[derive(Clone, Debug)]
pub struct Transport {
    /// `start[p]..start[p + 1]` are the pairs of left node p.
    start: Vec<usize>,
    /// Right node of a pair; ascending in a row.
    right: Vec<u32>,
    /// Worth of a pair.
    worth: Vec<i64>,
    demand: Vec<u32>,
    hi: Vec<u32>,
    lo: Vec<u32>,
    /// One for all right nodes, or one each.
    step: Vec<i64>,
    short: i64,
    /// Number of pairs of a right node.
    degree: Vec<u32>,
}

/// What is not an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// `lo` or `step` does not fit `hi`, or too many nodes or pairs for 32 bits.
    Size,
    /// A pair names a right node that does not exist.
    NoSuchRight,
    /// A pair is listed twice.
    Twice,
    /// A number is negative or beyond `LARGEST`.
    Range,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Left nodes (ascending) W with sum of demand > sum over r of `min(hi[r], pairs between W and r)`.
    Unmet(Vec<u32>),
    /// The caller asked to stop.
    Stopped,
}

/// An optimal answer and its certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Right nodes chosen for each left node, ascending.
    pub seats: Vec<Vec<u32>>,
    /// Worths less costs; equals `Transport::bound(&prices)`.
    pub value: i128,
    /// One price per right node (the dual).
    pub prices: Vec<i64>,
}

/// The best few pairs of every left node at the prices of some earlier moment. Prices only rise, so no pair off
/// the list is ever worth more than `rest`.
struct Lists {
    start: Vec<usize>,
    pair: Vec<u32>,
    rest: Vec<i64>,
    row: Vec<(i64, u32)>,
}

/// Prices and who holds what.
struct State {
    /// Units of `price` in one of worth.
    scale: i64,
    price: Vec<i64>,
    held: Vec<bool>,
    /// Open seats of a left node.
    open: Vec<u32>,
    lists: Lists,
}

/// The pairs by right node (rows and columns exchanged) and the pair each one is.
struct Mirror {
    pairs: Transport,
    twin: Vec<u32>,
}

impl Transport {
    /// Right nodes with largest and smallest loads, the rise of the cost per unit (one for all or one each) and the
    /// price of a unit short of the smallest load.
    ///
    /// # Errors
    /// When the lengths do not fit each other or a number is out of range.
    pub fn new(hi: Vec<u32>, lo: Vec<u32>, step: Vec<i64>, short: i64) -> Result<Self, Invalid> {
        let n = hi.len();
        if lo.len() != n || (step.len() != n && step.len() != 1) || n >= u32::MAX as usize / 2 {
            return Err(Invalid::Size);
        }
        if step.iter().chain([&short]).any(|x| !(0..=LARGEST).contains(x)) {
            return Err(Invalid::Range);
        }
        let degree = vec![0; n];
        Ok(Transport {
            start: vec![0],
            right: vec![],
            worth: vec![],
            demand: vec![],
            hi,
            lo,
            step,
            short,
            degree,
        })
    }

    /// One more left node with its candidate pairs (right node, worth), in any order. After an error nothing is added.
    ///
    /// # Errors
    /// When a pair names nobody, stands twice, or is out of range.
    pub fn add_left(
        &mut self,
        demand: u32,
        pairs: impl Iterator<Item = (u32, i64)>,
    ) -> Result<(), Invalid> {
        let mut row: Vec<(u32, i64)> = pairs.collect();
        row.sort_unstable();
        self.check(&row)?;
        for &(r, worth) in &row {
            self.right.push(r);
            self.worth.push(worth);
            self.degree[r as usize] += 1;
        }
        self.start.push(self.right.len());
        self.demand.push(demand);
        Ok(())
    }

    /// Is this sorted row fit to be added?
    fn check(&self, row: &[(u32, i64)]) -> Result<(), Invalid> {
        let room = u32::MAX as usize / 2;
        if self.demand.len() + 1 >= room || self.right.len() + row.len() >= room {
            return Err(Invalid::Size);
        }
        if row.windows(2).any(|w| w[0].0 == w[1].0) {
            return Err(Invalid::Twice);
        }
        for &(r, worth) in row {
            let degree = *self.degree.get(r as usize).ok_or(Invalid::NoSuchRight)?;
            let rise = i128::from(self.rise(r as usize)) * i128::from(degree + 1);
            if !(-LARGEST..=LARGEST).contains(&worth) || rise > i128::from(LARGEST) {
                return Err(Invalid::Range);
            }
        }
        Ok(())
    }

    /// Rise of the cost of r per unit.
    fn rise(&self, r: usize) -> i64 {
        if self.step.len() == 1 { self.step[0] } else { self.step[r] }
    }

    /// Units of right node r that can be used at all.
    fn room(&self, r: usize) -> usize {
        self.hi[r].min(self.degree[r]) as usize
    }

    /// Cost of the j-th unit of r (j = 1, 2, ..., at most its room), counting a missing unit as `short`.
    fn unit(&self, r: usize, j: usize) -> i64 {
        self.rise(r) * (j as i64 - 1) - if j <= self.lo[r] as usize { self.short } else { 0 }
    }

    /// Pairs of left node p.
    fn row(&self, p: usize) -> std::ops::Range<usize> {
        self.start[p]..self.start[p + 1]
    }

    /// Worth of pair k less the price of its right node.
    fn net(&self, state: &State, k: u32) -> i64 {
        let k = k as usize;
        self.worth[k] * state.scale - state.price[self.right[k] as usize]
    }

    /// Upper bound on every answer from right prices alone (Lagrange dual; strong at an optimum):
    /// each left node takes its best pairs at these prices, each right node sells the units that pay.
    #[must_use]
    pub fn bound(&self, prices: &[i64]) -> i128 {
        let price = |k: usize| i128::from(prices.get(self.right[k] as usize).copied().unwrap_or(0));
        let mut total = 0;
        for (p, &d) in self.demand.iter().enumerate() {
            let mut row: Vec<i128> =
                self.row(p).map(|k| i128::from(self.worth[k]) - price(k)).collect();
            let d = d as usize;
            if d < row.len() {
                row.select_nth_unstable_by(d, |a, b| b.cmp(a));
            }
            total += row.iter().take(d).sum::<i128>();
        }
        for r in 0..self.hi.len() {
            total += self.rent(r, i128::from(prices.get(r).copied().unwrap_or(0)));
        }
        total
    }

    /// What r earns at price v: sum over its units of max(0, v - cost), less `short` for each unit of its least load.
    fn rent(&self, r: usize, v: i128) -> i128 {
        let (hi, lo) = (i128::from(self.hi[r]), i128::from(self.lo[r]));
        let (step, short) = (i128::from(self.rise(r)), i128::from(self.short));
        let part = |from: i128, to: i128, v: i128| {
            let last = if v <= 0 {
                0
            } else if step == 0 {
                to
            } else {
                to.min((v - 1) / step + 1)
            };
            let n = (last - from).max(0);
            n * v - step * (n * from + n * (n - 1) / 2)
        };
        part(0, lo.min(hi), v + short) + part(lo.min(hi), hi, v) - short * lo
    }

    /// The best answer with its prices, a violated cut, or `Stopped`.
    ///
    /// # Errors
    /// When the demands cannot all be met, or the caller wishes to stop.
    pub fn solve(&self, should_stop: &dyn Fn() -> bool) -> Result<Flow, Failure> {
        if let Some(cut) = self.plain_cut() {
            return Err(Failure::Unmet(cut));
        }
        let (state, mine) = self.settle(should_stop)?;
        self.repair(self.round(state, mine), should_stop)
    }

    /// A violated cut that needs no search: a left node with too few pairs, or all of them with too little room.
    fn plain_cut(&self) -> Option<Vec<u32>> {
        let poor = |&(p, &d): &(usize, &u32)| d as usize > self.row(p).len();
        if let Some((p, _)) = self.demand.iter().enumerate().find(poor) {
            return Some(vec![p as u32]);
        }
        let wanted: u64 = self.demand.iter().map(|&d| u64::from(d)).sum();
        let room: u64 = (0..self.hi.len()).map(|r| self.room(r) as u64).sum();
        (wanted > room).then(|| (0..self.demand.len() as u32).collect())
    }

    /// Nothing in use at these (scaled) prices; a list holds `SPARE` pairs more than `most`.
    fn state(&self, price: Vec<i64>, most: &[u32]) -> State {
        let mut start = vec![0];
        for (p, &d) in most.iter().enumerate() {
            start.push(start[p] + self.row(p).len().min(d as usize + SPARE));
        }
        let pair = vec![0; start[most.len()]];
        let lists = Lists { start, pair, rest: vec![i64::MAX; most.len()], row: vec![] };
        State {
            scale: SCALE,
            price,
            held: vec![false; self.right.len()],
            open: most.to_vec(),
            lists,
        }
    }

    /// Makes the list of p anew: its best pairs at the prices of now.
    fn refill(&self, state: &mut State, p: usize) {
        let mut row = std::mem::take(&mut state.lists.row);
        row.clear();
        row.extend(self.row(p).map(|k| (self.net(state, k as u32), k as u32)));
        let lists = &mut state.lists;
        let at = lists.start[p]..lists.start[p + 1];
        lists.rest[p] = NEVER;
        if at.len() < row.len() {
            lists.rest[p] = row.select_nth_unstable_by(at.len(), |a, b| b.cmp(a)).1.0;
        }
        for (slot, item) in lists.pair[at].iter_mut().zip(&row) {
            *slot = item.1;
        }
        lists.row = row;
    }

    /// Best and second-best net worth of the pairs of p not in use, and the best pair, from its list.
    fn listed(&self, state: &State, p: usize) -> (i64, i64, Option<u32>) {
        let (mut first, mut second, mut pair) = (NEVER, NEVER, None);
        for &k in &state.lists.pair[state.lists.start[p]..state.lists.start[p + 1]] {
            if state.held[k as usize] {
                continue;
            }
            let net = self.net(state, k);
            if net > first {
                (second, first, pair) = (first, net, Some(k));
            } else if net > second {
                second = net;
            }
        }
        (first, second, pair)
    }

    /// As `listed`, but exact over the whole row.
    fn choices(&self, state: &mut State, p: usize) -> (i64, i64, Option<u32>) {
        let found = self.listed(state, p);
        if found.1 >= state.lists.rest[p] && found.2.is_some() {
            return found;
        }
        self.refill(state, p);
        self.listed(state, p)
    }

    /// Greatest common divisor of all worths and costs (at least 1): optimal prices are multiples of it.
    fn grain(&self) -> i64 {
        let costs = self.step.iter().chain([&self.short]);
        let mut g = 0_u64;
        for x in costs.chain(&self.worth) {
            let (mut a, mut b) = (x.unsigned_abs(), g);
            while b > 0 {
                (a, b) = (b, a % b);
            }
            g = a;
            if g == 1 {
                break;
            }
        }
        (g as i64).max(1)
    }

    /// Units of r that cost less than v (unscaled).
    fn cheap(&self, r: usize, v: i64) -> usize {
        let (mut low, mut high) = (0, self.room(r));
        while low < high {
            let mid = low + (high - low) / 2;
            if self.unit(r, mid + 1) < v { low = mid + 1 } else { high = mid }
        }
        low
    }

    /// The pairs by right node (a counting sort).
    fn mirror(&self) -> Mirror {
        let mut start = vec![0; self.hi.len() + 1];
        for (r, &d) in self.degree.iter().enumerate() {
            start[r + 1] = start[r] + d as usize;
        }
        let mut next = start.clone();
        let n = self.right.len();
        let (mut right, mut worth, mut twin) = (vec![0; n], vec![0; n], vec![0; n]);
        for p in 0..self.demand.len() {
            for k in self.row(p) {
                let at = &mut next[self.right[k] as usize];
                (right[*at], worth[*at], twin[*at]) = (p as u32, self.worth[k], k as u32);
                *at += 1;
            }
        }
        let (hi, lo, step) = (vec![], vec![], vec![]);
        let (demand, degree) = (vec![], vec![]);
        Mirror {
            pairs: Transport { start, right, worth, demand, hi, lo, step, short: 0, degree },
            twin,
        }
    }
}

#[cfg(test)]
mod tests;
