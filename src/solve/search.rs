//! Branch and price: one tier of the objective, maximised with the tiers above held.
//!
//! * Column generation at each node (Desrosiers and Luebbecke, "A primer in column generation",
//!   2005): prices from the restricted master, plans from exact pricing, until no plan is worth
//!   more than its dispute already gets. Every round gives a valid bound.
//! * Where the master stays fractional, a question about one dispute splits the node; the tree
//!   with the prices of its leaves is the certificate (docs/model.md, "Branching").
//! * Best bound first; deterministic.

use std::collections::BTreeMap;

use super::bound::price_all;
use super::improve::{Incumbent, complete};
use super::master::{Fractional, Master};
use super::price::PLANS_KEPT;
use super::prices::{Held, Prices, Tier};
use super::restriction::{Decision, Question, Restriction};
use super::{Engine, Phase, Stop};
use crate::domain::{DisputeIx, MediatorIx, Micro};
use crate::solution::{Objective, Plan};

/// A plan enters the master when it is worth more than this beyond what its dispute gets, in
/// nano-units.
pub(super) const ENTRY: i64 = 500;

/// Rounds of column generation at a node before it is taken as it is.
const ROUNDS: usize = 300;

/// The same where prices are only near.
const ROUNDS_NEAR: usize = 80;

/// Iterations of the first-order method in a round: where pricing brings much, little, and hardly anything.
const ITERATIONS: (usize, usize, usize) = (60, 120, 400);

/// Pricing brings little where it improves on the pool by less than this part of the bound.
const ROUGH: i128 = 200;

/// Where pricing improves on the pool by no more than this part of the bound, a near optimum is as good as it gets;
/// or by this part of the gap asked for.
const NEAR: i128 = 50_000;
const OF_THE_GAP: i128 = 20;

/// Rounds for which that has to hold.
const CALM: usize = 2;

/// Rounds in a row after which a rehearsal holds too much, if what it holds is as dear as it gets.
pub(crate) const PATIENCE: usize = 6;

/// A node of the tree.
#[derive(Debug, Clone)]
pub(crate) struct TreeNode {
    parent: Option<(usize, bool)>,
    /// Bound in micro-units; `None` when the node is impossible.
    pub(crate) bound: Option<Micro>,
    pub(crate) prices: Prices,
    /// The question that splits it, and the nodes for yes and no.
    pub(crate) split: Option<(DisputeIx, Question, usize, usize)>,
    solved: bool,
}

impl TreeNode {
    /// A node without a question.
    pub(crate) fn leaf(prices: Prices) -> Self {
        Self { parent: None, bound: None, prices, split: None, solved: true }
    }
}

/// What is known of a tier in the end.
#[derive(Debug, Clone)]
pub(crate) struct TierResult {
    pub(crate) bound: Micro,
    pub(crate) nodes: Vec<TreeNode>,
    pub(crate) stop: Option<Stop>,
    /// Ended because what it holds of the tiers above seems to be out of reach.
    overreached: bool,
}

impl TierResult {
    /// A bound that needed no search.
    pub(crate) fn leaf(bound: Micro, prices: Prices) -> Self {
        Self { bound, nodes: vec![TreeNode::leaf(prices)], stop: None, overreached: false }
    }

    /// What its prices prove beside other values of the tiers above; `value` is what the answer is worth.
    pub(crate) fn hold(&mut self, engine: &Engine<'_>, tier: Tier, held: Held, value: Micro) {
        let mut most = None;
        for at in 0..self.nodes.len() {
            if self.nodes[at].split.is_none() {
                let restrictions = restrictions(&self.nodes, at);
                let prices = &self.nodes[at].prices;
                let bound = price_all(engine, tier, held, prices, &restrictions, 1).bound;
                most = most.max(bound);
                self.nodes[at].bound = bound;
            }
        }
        self.bound = most.unwrap_or(value).max(value);
        let open = if self.bound > value { Some(Stop::NodeLimit) } else { None };
        self.stop = self.stop.or(open);
    }
}

/// The answers on the way to a node.
fn restrictions(nodes: &[TreeNode], node: usize) -> BTreeMap<DisputeIx, Restriction> {
    let mut restrictions: BTreeMap<DisputeIx, Restriction> = BTreeMap::new();
    let mut at = nodes[node].parent;
    while let Some((parent, yes)) = at {
        if let Some((dispute, question, ..)) = &nodes[parent].split {
            let decision = Decision { dispute: *dispute, question: question.clone(), yes };
            restrictions.entry(*dispute).or_default().add(&decision);
        }
        at = nodes[parent].parent;
    }
    restrictions
}

/// A search of quality with what the tiers above can hold at most.
#[derive(Debug)]
pub(crate) struct Rehearsal {
    held: Held,
    result: TierResult,
    /// What the answer that it ended with is worth.
    found: Objective,
}

impl Rehearsal {
    /// The prices of its root.
    pub(crate) fn prices(&self) -> &Prices {
        &self.result.nodes[0].prices
    }

    /// True when it held more than any answer seems to reach.
    pub(crate) fn overreached(&self) -> bool {
        self.result.overreached
    }
}

/// What column generation at a node has found.
struct Solved {
    bound: Option<Micro>,
    prices: Prices,
    fractional: Option<Fractional>,
}

/// True when exact linear programs of the docket's size would take too long.
pub(crate) fn is_large(engine: &Engine<'_>) -> bool {
    engine.spaces.len() >= engine.options.large_from
}

/// The search on one tier.
pub(crate) struct Search<'a, 'b> {
    pub(super) engine: &'b Engine<'a>,
    pub(super) master: &'b mut Master<'a>,
    pub(super) incumbent: &'b mut Incumbent,
    pub(super) tier: Tier,
    pub(super) held: Held,
    pub(super) nodes: Vec<TreeNode>,
    node_limit: usize,
    /// The value that is asked for, where any other answer is of no use.
    goal: Option<Micro>,
    /// Rounds in a row for which what is held may seem out of reach.
    patience: usize,
    overreached: bool,
}

/// Searches quality as if the tiers above held as much as each dispute could have by itself: on a large docket they
/// mostly do, and then nothing is left to do for them.
pub(crate) fn rehearse<'a>(
    engine: &Engine<'a>,
    master: &mut Master<'a>,
    incumbent: &mut Incumbent,
    (panels, scheduled): (i64, i64),
    patience: usize,
) -> Rehearsal {
    let held = Held { panels, scheduled, ..Held::default() };
    let mut search = Search::new(engine, master, incumbent, Tier::Quality);
    search.held = held;
    search.node_limit = 1;
    search.patience = patience;
    let result = search.run(None);
    Rehearsal { held, result, found: incumbent.objective }
}

/// The most points of priority that relaxed answers reach in a tier.
pub(crate) fn reach<'a>(
    engine: &Engine<'a>,
    master: &mut Master<'a>,
    incumbent: &mut Incumbent,
    tier: Tier,
) -> i64 {
    let mut search = Search::new(engine, master, incumbent, tier);
    search.master.enter(tier, search.held);
    let nothing = BTreeMap::new();
    let zero = Prices::zero(engine.instance);
    let priced = price_all(engine, tier, search.held, &zero, &nothing, 3);
    for plan in priced.plans.iter().flatten() {
        search.master.add(&plan.plan);
    }
    let solved = search.generate(&nothing, priced.bound);
    solved.bound.unwrap_or(0) / 1_000_000
}

impl<'a, 'b> Search<'a, 'b> {
    /// Prepares the search of a tier that starts from `incumbent`, which gives the tiers above.
    pub(crate) fn new(
        engine: &'b Engine<'a>,
        master: &'b mut Master<'a>,
        incumbent: &'b mut Incumbent,
        tier: Tier,
    ) -> Self {
        engine.control.enter(Phase::Tier(tier.word()));
        let held = Held::before(tier, incumbent.objective.tiers());
        let node_limit = engine.options.node_limit;
        Self {
            engine,
            master,
            incumbent,
            tier,
            held,
            nodes: Vec::new(),
            node_limit,
            goal: None,
            patience: usize::MAX,
            overreached: false,
        }
    }

    /// The same, to end as soon as it is known whether the tier can reach `goal`.
    pub(crate) fn toward(mut self, goal: Micro) -> Self {
        self.goal = Some(goal);
        self
    }

    /// Searches for better answers from the incumbent, at the prices of a rehearsal.
    pub(crate) fn polish(mut self, rehearsal: &Rehearsal) -> TierResult {
        self.master.enter(self.tier, self.held);
        self.nodes.clone_from(&rehearsal.result.nodes);
        let prices = self.nodes[0].prices.clone();
        if !self.is_closed(self.nodes[0].bound) && rehearsal.found != self.incumbent.objective {
            let start = self.incumbent.clone();
            self.exchange_and_improve(start, &Fractional { weights: Vec::new(), prices });
        }
        // The rehearsal has visited the root, and a large docket has no other node.
        self.go_on(1)
    }

    /// True when a rehearsal has held what this search holds: there is nothing new to find.
    pub(crate) fn is_as(&self, rehearsal: &Rehearsal) -> bool {
        self.tier == Tier::Quality && self.held == rehearsal.held
    }

    /// Searches until the tier is proven within the gap asked for, or a limit strikes; `hint` are
    /// prices that may prove much.
    pub(crate) fn run(mut self, hint: Option<&Prices>) -> TierResult {
        self.master.enter(self.tier, self.held);
        let mut start = Prices::zero(self.engine.instance);
        let nothing = BTreeMap::new();
        let mut priced = price_all(self.engine, self.tier, self.held, &start, &nothing, 3);
        if let Some(hint) = hint {
            let hinted = price_all(self.engine, self.tier, self.held, hint, &nothing, 3);
            if hinted.bound < priced.bound {
                (priced, start) = (hinted, hint.clone());
            }
        }
        let mut plans = priced.plans;
        if self.tier == Tier::Quality && self.is_large() {
            // Without prices, dates only cost: what the tiers above hold needs plans that have them.
            let served = start.serving();
            plans.extend(price_all(self.engine, self.tier, self.held, &served, &nothing, 3).plans);
        }
        for plan in plans.iter().flatten() {
            self.master.add(&plan.plan);
        }
        self.nodes.push(TreeNode {
            parent: None,
            bound: priced.bound,
            prices: start,
            split: None,
            solved: false,
        });
        self.go_on(0)
    }

    /// Visits nodes until the tier is proven or a limit strikes.
    fn go_on(mut self, mut visited: usize) -> TierResult {
        let mut stop = None;
        while let Some(node) = self.next_open() {
            if let Some(reason) = self.engine.control.stop_reason() {
                stop = Some(reason);
                break;
            }
            if visited == self.node_limit {
                stop = Some(Stop::NodeLimit);
                break;
            }
            visited += 1;
            self.visit(node);
        }
        // A stop inside a node leaves it without children, so that the loop may end by itself.
        let stop = stop.or_else(|| self.engine.control.stop_reason());
        // A large docket has no node but the root.
        let open = self.is_large() && !self.leaves().all(|leaf| self.is_closed(leaf.bound));
        let stop = stop.or_else(|| open.then_some(Stop::NodeLimit));
        let bound = self.leaves().filter_map(|leaf| leaf.bound).max();
        let value = self.value();
        let bound = bound.unwrap_or(value).max(value);
        TierResult { bound, nodes: self.nodes, stop, overreached: self.overreached }
    }

    /// What the incumbent is worth in the tier; nothing at all where it does not hold the tiers above.
    pub(super) fn value(&self) -> Micro {
        let tiers = self.incumbent.objective.tiers();
        let holds = |after: Tier, points: i64, at: usize| {
            self.tier <= after || tiers[at] >= points * 1_000_000
        };
        if holds(Tier::Panels, self.held.panels, 0)
            && holds(Tier::Sessions, self.held.scheduled, 1)
            && holds(Tier::Frozen, -self.held.frozen, 2)
        {
            tiers[self.tier.ix()]
        } else {
            Micro::MIN / 4
        }
    }

    /// True when a bound leaves nothing to gain beyond the gap asked for.
    pub(super) fn is_closed(&self, bound: Option<Micro>) -> bool {
        let Some(bound) = bound else { return true };
        if self.goal.is_some_and(|goal| bound < goal || self.value() >= goal) {
            return true;
        }
        let slack = if self.tier == Tier::Quality {
            (i128::from(self.engine.options.gap) * i128::from(bound.abs().max(1)) / 1_000_000)
                as Micro
        } else {
            0
        };
        bound <= self.value() + slack
    }

    fn leaves(&self) -> impl Iterator<Item = &TreeNode> {
        self.nodes.iter().filter(|node| node.split.is_none())
    }

    /// The unsolved leaf with the largest bound, the first among equals.
    fn next_open(&self) -> Option<usize> {
        self.nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.split.is_none() && !node.solved && !self.is_closed(node.bound))
            .max_by_key(|(position, node)| (node.bound, std::cmp::Reverse(*position)))
            .map(|(position, _)| position)
    }

    fn visit(&mut self, node: usize) {
        let restrictions = restrictions(&self.nodes, node);
        let large = self.is_large();
        let solved = self.generate(&restrictions, self.nodes[node].bound);
        let known = &mut self.nodes[node];
        known.solved = true;
        if solved.bound < known.bound {
            known.bound = solved.bound;
            known.prices = solved.prices;
        }
        let Some(fractional) = solved.fractional.filter(|_| !self.overreached) else { return };
        self.look_for_answers(&fractional, node == 0);
        // WHY: below the root a large docket would cost rounds of pricing of the whole, and few move the bound.
        if large || self.is_closed(self.nodes[node].bound) || self.engine.control.should_stop() {
            return;
        }
        if let Some((dispute, question)) = self.question(&fractional) {
            let (bound, prices) = (self.nodes[node].bound, self.nodes[node].prices.clone());
            let children = self.nodes.len();
            for yes in [true, false] {
                self.nodes.push(TreeNode {
                    parent: Some((node, yes)),
                    bound,
                    prices: prices.clone(),
                    split: None,
                    solved: false,
                });
            }
            self.nodes[node].split = Some((dispute, question, children, children + 1));
        }
    }

    /// Column generation: the best bound of all rounds, and the last fractional answer.
    fn generate(
        &mut self,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
        known: Option<Micro>,
    ) -> Solved {
        let mut best =
            Solved { bound: known, prices: Prices::zero(self.engine.instance), fractional: None };
        // The plans of the incumbent keep the held tiers within reach of the master.
        for plan in self.incumbent.solution.plans.iter().flatten() {
            self.master.add(plan);
        }
        let large = self.is_large();
        let (mut calm, mut dear) = (0, 0);
        let mut rounded = !large || self.tier != Tier::Quality;
        let mut iterations = ITERATIONS.1;
        let near = NEAR.min(OF_THE_GAP * 1_000_000 / i128::from(self.engine.options.gap.max(1)));
        let rounds = if large { ROUNDS_NEAR } else { ROUNDS };
        for _ in 0..rounds {
            if self.engine.control.should_stop() {
                break;
            }
            let Some(fractional) = self.relax(restrictions, iterations) else { break };
            let prices = &fractional.prices;
            let priced =
                price_all(self.engine, self.tier, self.held, prices, restrictions, PLANS_KEPT);
            let mut added = 0_usize;
            let mut missed = 0_i128;
            let worth = self.master.worth(prices, restrictions);
            for (found, worth) in priced.plans.iter().zip(&worth) {
                let better = found.iter().filter(|plan| plan.value > worth.saturating_add(ENTRY));
                for (at, plan) in better.enumerate() {
                    if at == 0 {
                        missed += i128::from(plan.value) - i128::from(*worth);
                    }
                    added += usize::from(self.master.add(&plan.plan));
                }
            }
            let infeasible = priced.bound.is_none();
            // WHY: plans that are all there already say nothing of prices that are still on their way.
            let settled = best.bound.zip(priced.bound).is_none_or(|(best, bound)| {
                i128::from(best - bound) * near <= i128::from(bound.abs())
            });
            if priced.bound < best.bound {
                best.bound = priced.bound;
                best.prices = fractional.prices.clone();
                self.report(best.bound);
            }
            // A near optimum is taken when pricing has hardly missed anything for a while.
            calm = if settled && missed * near <= priced.nano.abs() { calm + 1 } else { 0 };
            let converged = if large { calm == CALM } else { added == 0 };
            // WHY: while pricing brings much, prices need not be fine.
            let fine = missed * ROUGH <= priced.nano.abs();
            iterations = match (calm, fine) {
                (0, false) => ITERATIONS.0,
                (0, true) => ITERATIONS.1,
                _ => ITERATIONS.2,
            };
            if fine && !rounded {
                // WHY once: a first answer that is worth telling, long before the prices are.
                rounded = true;
                let plans = self.plans_of(&fractional);
                self.offer(complete(self.engine, &plans, &fractional.prices));
            }
            if converged {
                self.tidy(&fractional.prices, restrictions, &mut best);
            }
            // WHY not at once: prices overshoot while pricing still brings much.
            dear =
                if fine && self.master.is_out_of_reach(&fractional.prices) { dear + 1 } else { 0 };
            self.overreached = dear >= self.patience;
            best.fractional = Some(fractional);
            if self.overreached || converged || infeasible || self.is_closed(best.bound) {
                break;
            }
        }
        best
    }

    pub(super) fn is_large(&self) -> bool {
        is_large(self.engine)
    }

    /// A fractional answer over the pool with its prices: exact on a small docket, near on a large one.
    fn relax(
        &mut self,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
        iterations: usize,
    ) -> Option<Fractional> {
        let control = self.engine.control;
        let stop = || control.should_stop();
        if self.is_large() {
            return Some(self.master.approach(restrictions, iterations, &stop));
        }
        self.master.relax(restrictions, &stop).ok()
    }

    /// Tries rounder prices: where they do as well, they prove more and read better.
    fn tidy(
        &self,
        prices: &Prices,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
        best: &mut Solved,
    ) {
        for unit in [1_000, 10_000] {
            let rounder = prices.rounded(self.engine.instance, unit);
            let priced = price_all(self.engine, self.tier, self.held, &rounder, restrictions, 1);
            if priced.bound <= best.bound {
                best.bound = priced.bound;
                best.prices = rounder;
            }
        }
    }

    /// The question that splits a fractional answer best; `None` when it is whole.
    fn question(&self, fractional: &Fractional) -> Option<(DisputeIx, Question)> {
        let mut seats: BTreeMap<(DisputeIx, MediatorIx), f64> = BTreeMap::new();
        for (position, weight) in &fractional.weights {
            let plan = &self.master.pool[*position].plan;
            for mediator in &plan.panel {
                *seats.entry((plan.dispute, *mediator)).or_default() += weight;
            }
        }
        let seat = seats
            .iter()
            .filter(|(_, weight)| **weight > 1e-4 && **weight < 1.0 - 1e-4)
            .map(|(key, weight)| ((weight - 0.5).abs(), *key))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        if let Some((_, (dispute, mediator))) = seat {
            return Some((dispute, Question::Seat(mediator)));
        }
        self.date_question(fractional)
    }

    /// A question about dates: some session starts at different slots, or not at all, in part.
    fn date_question(&self, fractional: &Fractional) -> Option<(DisputeIx, Question)> {
        let mut by_dispute: BTreeMap<DisputeIx, Vec<(&Plan, f64)>> = BTreeMap::new();
        for (position, weight) in &fractional.weights {
            let plan = &self.master.pool[*position].plan;
            if *weight < 1.0 - 1e-4 && *weight > 1e-4 {
                by_dispute.entry(plan.dispute).or_default().push((plan, *weight));
            }
        }
        for (dispute, plans) in &by_dispute {
            let sessions = self.engine.spaces[dispute.ix()].sessions.len();
            for session in 0..sessions {
                let mut starts: Vec<u32> =
                    plans.iter().filter_map(|(p, _)| Some(p.starts.as_ref()?[session])).collect();
                starts.sort_unstable();
                starts.dedup();
                let undated = plans.iter().any(|(p, _)| p.starts.is_none());
                if starts.len() > 1 {
                    let middle = starts[(starts.len() - 1) / 2];
                    return Some((*dispute, Question::Until(session, middle)));
                }
                if undated && starts.len() == 1 {
                    let last = self.engine.instance.grid().slots();
                    return Some((*dispute, Question::Until(session, last)));
                }
            }
        }
        None
    }
}
