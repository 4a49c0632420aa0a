//! The lottery: a distribution over whole answers in which no pair of dispute and mediator is too likely.
//!
//! * Takes an instance; gives answers with probabilities, what quality they can be expected to have, and prices that
//!   bound what any lottery under the cap could expect.
//! * A lottery is a point of the convex hull of lawful answers. It is found by column generation over whole answers
//!   (Dantzig and Wolfe, 1960): prices make frequent pairs dear; the engine finds the best answer at these prices, and
//!   its bound, with what the caps are worth, bounds every lottery; a small linear program mixes the answers found so
//!   far under the caps. WHY whole answers: each keeps every rule, which rounding a fractional assignment
//!   would not, and the marginals are those of the program by construction.
//! * The idea of capping every pair's probability: Jecmen, Zhang, Liu, Shah, Conitzer and Fang, "Mitigating manipulation
//!   in peer review via randomized reviewer assignments", 2020.
//! * Panels are mixed first, without dates; then each answer of the mixture gets dates, and other panels where that is
//!   better, within what the others leave of the caps (`dated`). WHY so: prices and the bound need no calendar, and what
//!   bounds panels bounds answers with dates, which are among them.
//! * Complexity: a solve of the docket without sessions a round, at most [`ROUNDS`] to spread seats and as many after that.

use std::collections::{BTreeMap, BTreeSet};

use super::dated;
use super::draw::{Draw, commitment};
use super::mixture::{Caps, Pair, Program, Ticket, in_millionths, pairs_of};
use crate::domain::{DisputeIx, Instance, MediatorIx, Micro};
use crate::format::{Decimal, FromPanelDoc, LotteryDoc, LotteryTicketDoc, PairPriceDoc, PricesDoc};
use crate::pipeline::Screened;
use crate::solution::{Plan, Solution, evaluate, seat_worth};
use crate::solve::{Control, Options, solve};

/// At most so many solves.
const ROUNDS: usize = 60;

/// A gap at which the lottery is good enough, in millionths of its bound.
const ENOUGH: i64 = 1000;

/// Weights of tickets add up to this.
pub(super) const WHOLE: u32 = 1_000_000;

/// How much of the average of the answers each new one is.
const NOVELTY: f64 = 0.2;

/// The bound is never hoped to come down by more than this part of it in one step.
const FARTHEST: f64 = 0.02;

/// After so many rounds without a better bound, steps become half as long.
const PATIENCE: usize = 5;

/// A lottery that has been made.
pub(super) struct Lottery {
    /// Weights in millionths, and answers.
    pub(super) tickets: Vec<(u32, Solution)>,
    expected: Micro,
    proof: Proof,
}

/// What the prices of a round prove.
#[derive(Default)]
struct Proof {
    bound: Micro,
    prices: PricesDoc,
    pairs: BTreeMap<Pair, Micro>,
}

/// The largest worth of a seat, in units of quality and 1 at least, and the number of seats.
fn size(screened: &Screened) -> (f64, usize) {
    let instance = &screened.instance;
    let weight = instance.policy().weights.fit;
    let worth = |d: DisputeIx| {
        let eligible = screened.eligibility.eligible(d).iter();
        eligible
            .map(move |(m, fit, _)| seat_worth(weight, *fit).abs() + instance.rotation(*m))
            .max()
    };
    let most = instance.dispute_indices().filter_map(worth).max().unwrap_or(0);
    let balance = instance.policy().weights.balance * instance.disputes().len() as Micro;
    let seats = instance.disputes().iter().map(|dispute| dispute.panel.size).sum();
    (((most + balance) as f64 / 1e6).max(1.0), seats)
}

/// Makes the lottery of an instance; nothing where no answers were found that keep the caps together.
pub(super) fn make(
    screened: &Screened,
    options: Options,
    control: &Control<'_>,
) -> Option<Lottery> {
    let mut instance = screened.instance.clone();
    instance.without_sessions();
    let caps = Caps::new(screened);
    let (unit, seats) = size(screened);
    // WHY one node: the bound of a lottery is proven by prices alone, without questions.
    let options = Options { node_limit: 1, ..options };
    let mut maker = Maker {
        screened,
        instance,
        caps,
        options,
        control,
        tickets: Vec::new(),
        program: Program::new(unit, seats),
    };
    maker.spread();
    let (weights, proof) = maker.mix();
    let weights = in_millionths(&weights, &maker.tickets, &maker.caps).or_else(|| {
        // Where caps leave rounding no room, the program leaves some.
        maker.program.spare(&maker.caps);
        let weights = maker.program.solve(&maker.tickets, &maker.caps, control);
        in_millionths(&weights, &maker.tickets, &maker.caps)
    })?;
    let Maker { caps, tickets, options, .. } = maker;
    let mut drawn: Vec<(u32, Ticket)> =
        weights.into_iter().zip(tickets).filter(|(weight, _)| *weight > 0).collect();
    let most = drawn.iter().map(|(_, ticket)| ticket.panels).max()?;
    if drawn.iter().any(|(_, ticket)| ticket.panels < most) {
        return None;
    }
    if screened.instance.disputes().iter().any(|dispute| !dispute.sessions.is_empty()) {
        let program = Program::new(unit, seats);
        drawn = dated::with_dates(screened, &caps, drawn, program, options, control);
    }
    let expected: i128 =
        drawn.iter().map(|(weight, t)| i128::from(t.bare) * i128::from(*weight)).sum();
    Some(Lottery {
        tickets: drawn.into_iter().map(|(weight, t)| (weight, t.solution)).collect(),
        expected: expected.div_euclid(i128::from(WHOLE)) as Micro,
        proof,
    })
}

impl Lottery {
    /// As the solution document has it.
    ///
    /// `draw` says which ticket it is; its answer is given too.
    pub(super) fn document(&self, instance: &Instance, draw: &Draw<'_>) -> (LotteryDoc, Solution) {
        let id = |d: DisputeIx| instance.dispute_name(d).to_owned();
        let name = |m: MediatorIx| instance.mediator_name(m).to_owned();
        let panels = |solution: &Solution| -> Vec<FromPanelDoc> {
            let plans = solution.plans.iter().flatten();
            let panel = |plan: &Plan| FromPanelDoc {
                dispute: id(plan.dispute),
                mediators: plan.panel.iter().map(|m| name(*m)).collect(),
            };
            plans.map(panel).collect()
        };
        let told = |(weight, solution): &(u32, Solution)| {
            let ticket = LotteryTicketDoc { weight: *weight, panels: panels(solution) };
            (text(&ticket.panels), ticket, solution.clone())
        };
        let mut told: Vec<(String, LotteryTicketDoc, Solution)> =
            self.tickets.iter().map(told).collect();
        told.sort_by(|a, b| a.0.cmp(&b.0));
        let (tickets, answers): (Vec<_>, Vec<_>) =
            told.into_iter().map(|(_, ticket, solution)| (ticket, solution)).unzip();
        let drawn = place(draw, &tickets);
        let pairs = self.proof.pairs.iter().filter(|(_, price)| **price > 0);
        let doc = LotteryDoc {
            pair_cap: Decimal(instance.policy().selection.pair_cap),
            expected: self.expected,
            bound: self.proof.bound,
            prices: self.proof.prices.clone(),
            pairs: pairs
                .map(|((d, m), price)| PairPriceDoc {
                    dispute: id(*d),
                    mediator: name(*m),
                    price: price * 1000,
                })
                .collect(),
            tickets,
            drawn: drawn as u32,
        };
        (doc, answers[drawn].clone())
    }
}

/// The place of the ticket that a draw takes: that in whose part of the million the number falls. The number depends on
/// every ticket and its weight, so that nobody can order them to suit a seed.
pub(super) fn place(draw: &Draw<'_>, tickets: &[LotteryTicketDoc]) -> usize {
    let line = |ticket: &LotteryTicketDoc| format!("{} {}", ticket.weight, text(&ticket.panels));
    let lines: Vec<String> = tickets.iter().map(line).collect();
    let subject = format!("lottery\n{}", commitment(&lines.join("\n")));
    let number = draw.below(&subject, u64::from(WHOLE));
    let mut below = 0;
    let reaches = |ticket: &LotteryTicketDoc| {
        below += u64::from(ticket.weight);
        number < below
    };
    // INVARIANT: the weights add up to a million.
    tickets.iter().map(reaches).position(|reached| reached).unwrap_or(0)
}

/// A ticket in one line.
fn text(panels: &[FromPanelDoc]) -> String {
    let panel = |panel: &FromPanelDoc| format!("{}={}", panel.dispute, panel.mediators.join(","));
    panels.iter().map(panel).collect::<Vec<String>>().join(" ")
}

struct Maker<'a> {
    screened: &'a Screened,
    /// Without sessions.
    instance: Instance,
    caps: Caps,
    options: Options,
    control: &'a Control<'a>,
    tickets: Vec<Ticket>,
    program: Program,
}

impl Maker<'_> {
    /// The best answer when seats cost so much, what bounds all others, and the prices that prove it.
    fn best(&mut self, prices: BTreeMap<Pair, Micro>) -> (Solution, (Micro, PricesDoc)) {
        let Screened { conflicts, eligibility, availability, .. } = self.screened;
        self.instance.price_seats(prices);
        let outcome =
            solve(&self.instance, conflicts, eligibility, availability, self.options, self.control);
        self.instance.price_seats(BTreeMap::new());
        (outcome.solution, outcome.root)
    }

    /// Adds an answer; true when it is new.
    fn add(&mut self, solution: Solution) -> bool {
        if self.tickets.iter().any(|ticket| ticket.solution == solution) {
            return false;
        }
        let objective = evaluate(&self.instance, &self.screened.availability, &solution);
        let (panels, quality) = (objective.panels, objective.quality());
        let ticket = Ticket { solution, panels, sessions: 0, quality, bare: quality };
        self.program.add(&ticket);
        self.tickets.push(ticket);
        true
    }

    /// Answers that, equally likely, keep the caps: nobody sits again where she has sat as often as she may.
    fn spread(&mut self) {
        let least = self.caps.of.iter().copied().min().unwrap_or(Decimal::ONE).max(1);
        let fewest = (Decimal::ONE + least - 1) / least;
        // So many that a pair may sit in nearly as large a share of them as its cap allows.
        let used =
            |rounds: &i64| least * rounds / Decimal::ONE * Decimal::ONE * 1000 / rounds / least;
        let rounds = (fewest..=3 * fewest).rev().max_by_key(used).unwrap_or(fewest);
        let rounds = rounds.min(ROUNDS as i64);
        let mut sat: BTreeMap<Pair, i64> = BTreeMap::new();
        // More than all seats are worth.
        let forbidding = (self.program.served * 1e6) as Micro;
        for _ in 0..rounds {
            if !self.tickets.is_empty() && self.control.should_stop() {
                break;
            }
            let full = |(pair, times): (&Pair, &i64)| {
                let most = self.caps.of(*pair)? * rounds / Decimal::ONE;
                (*times >= most).then_some((*pair, forbidding))
            };
            let prices = sat.iter().filter_map(full).collect();
            let (solution, ..) = self.best(prices);
            for pair in pairs_of(&solution) {
                *sat.entry(pair).or_default() += 1;
            }
            self.add(solution);
        }
    }

    /// Prices that would be right if nobody's capacity were scarce and any members made a panel: whoever is better
    /// than the last who is needed to fill the seats under the cap costs the difference.
    fn first_prices(&self) -> BTreeMap<Pair, Micro> {
        let (instance, weight) = (&self.instance, self.instance.policy().weights.fit);
        let mut prices = BTreeMap::new();
        for dispute in instance.dispute_indices() {
            let eligible = self.screened.eligibility.eligible(dispute).iter();
            let worth = |(m, fit, _): &(MediatorIx, Micro, i64)| {
                let pair = (dispute, *m);
                let cap = self.caps.of(pair)?;
                Some((seat_worth(weight, *fit) - instance.rotation(*m), cap, pair))
            };
            let mut worths: Vec<(Micro, Micro, Pair)> = eligible.filter_map(worth).collect();
            worths.sort_unstable_by(|a, b| b.cmp(a));
            let mut left = Decimal::ONE * instance.dispute(dispute).panel.size as i64;
            let is_last = |(_, cap, _): &&(Micro, Micro, Pair)| {
                left -= cap;
                left <= 0
            };
            if let Some((last, ..)) = worths.iter().find(is_last).copied() {
                let dearer = worths.iter().filter(|(worth, ..)| *worth > last);
                prices.extend(dearer.map(|(worth, _, pair)| (*pair, worth - last)));
            }
        }
        prices
    }

    /// Mixes answers and looks for better ones until nothing is to be gained.
    ///
    /// SOURCE of the steps of the prices: Barahona and Anbil, "The volume algorithm", 2000: from the prices with the
    /// best bound towards what the answers seat too often on average.
    fn mix(&mut self) -> (Vec<f64>, Proof) {
        let mut weights = self.program.solve(&self.tickets, &self.caps, self.control);
        let mut known: Option<Proof> = None;
        let (mut likely, mut reach, mut failed) = (BTreeMap::new(), 1.0, 0);
        for round in 0..ROUNDS {
            let value = self.program.value(&self.tickets, &weights);
            // WHY every other round at the program's own prices: they ask for what the mixture lacks.
            let own = round % 2 == 1;
            let prices = match &known {
                None => self.first_prices(),
                Some(best) => {
                    let short = (best.bound as f64 - value).max(0.0);
                    let size = best.bound.abs().max(1) as f64;
                    if short * 1e6 <= ENOUGH as f64 * size || self.control.should_stop() {
                        break;
                    }
                    if own {
                        self.program.prices()
                    } else {
                        self.step(&best.pairs, &likely, reach * short.min(FARTHEST * size))
                    }
                }
            };
            let (solution, (bound, root)) = self.best(prices.clone());
            let worth = |(pair, price): (&Pair, &Micro)| {
                i128::from(*price) * i128::from(self.caps.of(*pair).unwrap_or(0))
            };
            let of_caps: i128 = prices.iter().map(worth).sum();
            let of_caps = (of_caps + i128::from(WHOLE) - 1).div_euclid(i128::from(WHOLE));
            let bound = bound + of_caps as Micro;
            if !own {
                let part = if round == 0 { 1.0 } else { NOVELTY };
                for p in likely.values_mut() {
                    *p *= 1.0 - part;
                }
                for pair in pairs_of(&solution) {
                    *likely.entry(pair).or_default() += part;
                }
            }
            if known.as_ref().is_none_or(|known| bound < known.bound) {
                known = Some(Proof { bound, prices: root, pairs: prices });
                failed = 0;
            } else if !own {
                failed += 1;
                if failed % PATIENCE == 0 {
                    reach /= 2.0;
                }
            }
            if self.add(solution) {
                weights = self.program.solve(&self.tickets, &self.caps, self.control);
            }
        }
        (weights, known.unwrap_or_default())
    }

    /// Prices towards which pairs are dearer that are likelier than they may be, and cheaper that are not; `short` is
    /// how far the bound may come down, in micro-units.
    fn step(
        &self,
        from: &BTreeMap<Pair, Micro>,
        likely: &BTreeMap<Pair, f64>,
        short: f64,
    ) -> BTreeMap<Pair, Micro> {
        let beyond = |pair: &Pair| {
            let cap = self.caps.of(*pair)? as f64 / 1e6;
            Some(likely.get(pair).copied().unwrap_or(0.0) - cap)
        };
        let pairs: BTreeSet<&Pair> = from.keys().chain(likely.keys()).collect();
        let moves: Vec<(Pair, f64, f64)> = pairs
            .into_iter()
            .filter_map(|pair| {
                let (price, beyond) = (from.get(pair).copied().unwrap_or(0) as f64, beyond(pair)?);
                (price > 0.0 || beyond > 0.0).then_some((*pair, price, beyond))
            })
            .collect();
        let length: f64 = moves.iter().map(|(_, _, beyond)| beyond * beyond).sum();
        let step = short / length.max(1e-9);
        let moved = moves.into_iter().map(|(pair, price, beyond)| {
            (pair, (price + step * beyond).clamp(0.0, self.program.penalty * 1e6).round() as Micro)
        });
        moved.filter(|(_, price)| *price > 0).collect()
    }
}
