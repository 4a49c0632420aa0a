//! Selection by a mechanism: the draw and the lists repeated from the published seed (D10).
//!
//! * Takes the facts, the desk and the proceedings; gives violations where panels or lists are not those that the seed
//!   and the ballots give. Written from docs/mechanisms.md alone, with hashes of its own.
//! * The baselines `first-come`, `greedy` and `random` promise nothing that could be repeated without dates; of them the
//!   name alone is told.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::format::{Mechanism, SeatListDoc, SelectionDoc, SolutionDoc};

use super::answer::{Answer, Panel};
use super::batch;
use super::caps::{self, Cap};
use super::desk::Desk;
use super::facts::Dispute;
use super::lottery;
use super::seating::{Dates, Seating};
use super::verdict::Findings;

/// Judges the proceedings of a solution.
pub(super) fn check(
    desk: &Desk<'_, '_>,
    solution: &SolutionDoc,
    answer: &Answer,
    digest: &str,
    found: &mut Findings,
) {
    let policy = desk.facts.doc.policy.as_ref();
    let committed = policy.and_then(|policy| policy.selection.as_ref()?.commitment.as_ref());
    let promised = policy.and_then(|policy| policy.mechanism).filter(|mechanism| draws(*mechanism));
    let told = solution.selection.as_ref().map(|selection| selection.mechanism);
    if let Some(promised) =
        promised.filter(|promised| committed.is_some() && told != Some(*promised))
    {
        let message = format!("the instance commits to a draw by `{}`", promised.name());
        found.add("D10", None, "/selection", message);
        return;
    }
    let Some(selection) = &solution.selection else { return };
    if solution.from.is_some() && selection.mechanism != Mechanism::Optimise {
        // WHY: what an earlier plan holds decides who has dates, and the checker never sees that plan.
        let message = "only `optimise` keeps to an earlier plan";
        found.add("D10", None, "/from", message);
        return;
    }
    if draws(selection.mechanism) {
        commitment(desk, selection, found);
    } else if selection.seed.is_some() || selection.commitment.is_some() {
        found.add("D10", None, "/selection/seed", "this mechanism draws nothing");
    }
    let seed = Seed { seed: selection.seed.as_deref().unwrap_or_default(), digest };
    if selection.lottery.is_some() != (selection.mechanism == Mechanism::Lottery) {
        let message = "a lottery stands with the mechanism `lottery`, and with no other";
        found.add("D10", None, "/selection/lottery", message);
    } else if let Some(doc) = &selection.lottery {
        let number = |tickets: &str| seed.below(&format!("lottery\n{tickets}"), 1_000_000);
        lottery::check(desk, doc, answer, &number, found);
    }
    let repeats = matches!(
        selection.mechanism,
        Mechanism::StrikeAndRank
            | Mechanism::ListProcedure
            | Mechanism::Shortlisting
            | Mechanism::Sortition
    );
    if repeats {
        replay(desk, selection, answer, &seed, found);
    } else if !selection.lists.is_empty() {
        found.add("D10", None, "/selection/lists", "this mechanism has no lists");
    }
}

/// Whether a mechanism draws.
fn draws(mechanism: Mechanism) -> bool {
    matches!(
        mechanism,
        Mechanism::StrikeAndRank
            | Mechanism::Shortlisting
            | Mechanism::Sortition
            | Mechanism::Lottery
            | Mechanism::Random
    )
}

/// The seed is the one that was committed to.
fn commitment(desk: &Desk<'_, '_>, selection: &SelectionDoc, found: &mut Findings) {
    let Some(seed) = &selection.seed else {
        found.add("D10", None, "/selection", "the seed of the draws is missing");
        return;
    };
    let hash = sha256(seed);
    if selection.commitment.as_ref() != Some(&hash) {
        let message = format!("the SHA-256 of the seed is {hash}");
        found.add("D10", None, "/selection/commitment", message);
    }
    let policy = desk.facts.doc.policy.as_ref().and_then(|policy| policy.selection.as_ref());
    let promised = policy.and_then(|policy| policy.commitment.as_ref());
    if promised.is_some_and(|promised| *promised != hash) {
        let message = "the instance commits to another seed";
        found.add("D10", None, "/selection/seed", message);
    }
}

/// SHA-256, lower-case hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    let digits = Sha256::digest(text.as_bytes());
    let digits: Vec<String> = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// A seed, with the instance that it is bound to.
struct Seed<'a> {
    seed: &'a str,
    digest: &'a str,
}

impl Seed<'_> {
    fn hash(&self, subjects: &[&str]) -> Vec<u8> {
        let lines = [&["comity.draw/1", self.seed, self.digest], subjects].concat();
        Sha256::digest(lines.join("\n").as_bytes()).to_vec()
    }

    fn below(&self, subject: &str, bound: u64) -> u64 {
        let hash = self.hash(&[subject]);
        hash.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte)) % bound
    }
}

/// What has been given away so far.
pub(super) struct Table<'d, 'f, 'a> {
    desk: &'d Desk<'f, 'a>,
    caps: Vec<Cap>,
    /// By mediator, her disputes.
    seats: Vec<Vec<usize>>,
}

impl<'d, 'f, 'a> Table<'d, 'f, 'a> {
    pub(super) fn new(desk: &'d Desk<'f, 'a>) -> Self {
        let caps = caps::caps(desk.facts).into_values().collect();
        Self { desk, caps, seats: vec![Vec::new(); desk.facts.mediators.len()] }
    }

    pub(super) fn give(&mut self, d: usize, m: usize) {
        if let Some(seats) = self.seats.get_mut(m) {
            seats.push(d);
        }
    }

    fn take_back(&mut self, d: usize, m: usize) {
        if let Some(seats) = self.seats.get_mut(m) {
            seats.retain(|seat| *seat != d);
        }
    }

    fn of(&self, m: usize) -> &[usize] {
        self.seats.get(m).map_or(&[], Vec::as_slice)
    }

    /// Whether a mediator has room for one more seat, beside these members of the same panel.
    pub(super) fn has_room(&self, d: usize, beside: &[usize], m: usize) -> bool {
        self.has_own_room(d, m) && self.has_shared_room(beside, m)
    }

    /// Whether her own disputes leave a mediator room for one more: A3 and A6.
    fn has_own_room(&self, d: usize, m: usize) -> bool {
        let facts = self.desk.facts;
        let effort = |d: usize| facts.disputes.get(d).map_or(0, |x: &Dispute<'_>| x.effort(m));
        let own = self.of(m);
        let doc = facts.mediators.get(m).and_then(|x| x.capacity.as_ref());
        let cases = doc.and_then(|capacity| capacity.cases);
        if cases.is_some_and(|cases| own.len() as u64 >= u64::from(cases)) {
            return false;
        }
        let minutes = own.iter().map(|d| effort(*d)).fold(effort(d), i64::saturating_add);
        if facts.hours(m).is_some_and(|limit| minutes > limit) {
            return false;
        }
        let mut all = own.to_vec();
        all.push(d);
        let is_clean =
            |e: &usize| batch::created(facts, self.desk.eligibility, (*e, m), &all).is_empty();
        // Who sits nowhere else, and is eligible, has nothing that the batch could make.
        own.is_empty() || all.iter().all(is_clean)
    }

    /// Whether the caps leave room for a panel of these: A7.
    fn has_shared_room(&self, beside: &[usize], m: usize) -> bool {
        if self.caps.is_empty() {
            return true;
        }
        let mut panel: BTreeSet<usize> = beside.iter().copied().collect();
        panel.insert(m);
        self.caps.iter().all(|cap| {
            let joins = panel.iter().filter(|m| cap.members.contains(m)).count();
            let given: usize = cap.members.iter().map(|m| self.of(*m).len()).sum();
            joins == 0 || (given + joins) as i64 <= cap.limit
        })
    }
}

/// What a dispute could have by itself.
struct Lone {
    dates: Dates,
    panel: bool,
    dated: bool,
}

impl Lone {
    fn new(desk: &Desk<'_, '_>, d: usize) -> Self {
        let seating = Seating::new(desk, d, Dates::new(desk, d));
        let (panel, dated) = (seating.possible(false), seating.possible(true));
        Self { dates: seating.into_dates(), panel, dated }
    }
}

/// Repeats the procedure and compares.
fn replay(
    desk: &Desk<'_, '_>,
    selection: &SelectionDoc,
    answer: &Answer,
    seed: &Seed<'_>,
    found: &mut Findings,
) {
    let facts = desk.facts;
    let mut table = Table::new(desk);
    let lone: Vec<Lone> =
        (0..facts.disputes.len()).into_par_iter().map(|d| Lone::new(desk, d)).collect();
    let required = |d: usize| -> Vec<usize> {
        facts.disputes.get(d).into_iter().flat_map(|x| &x.required).map(|(m, _)| *m).collect()
    };
    for d in (0..).zip(&lone).filter(|(_, lone)| lone.panel).map(|(d, _)| d) {
        for m in required(d) {
            table.give(d, m);
        }
    }
    let mut lists = selection.lists.iter().enumerate();
    for ((d, dispute), lone) in facts.disputes.iter().enumerate().zip(lone) {
        let id = dispute.doc.id.as_str();
        let mut chosen = Vec::new();
        if lone.panel {
            let must = required(d);
            for m in &must {
                table.take_back(d, *m);
            }
            for &m in &must {
                if !table.has_room(d, &chosen, m) {
                    break;
                }
                chosen.push(m);
            }
            let short = chosen.len() < must.len();
            let turn = Turn {
                table: &table,
                d,
                dated: lone.dated,
                seating: Seating::new(desk, d, lone.dates),
                roomy: RefCell::default(),
            };
            while !short && chosen.len() < dispute.size {
                let seat = Seat { turn: &turn, chosen: &chosen, seed };
                let next = if selection.mechanism == Mechanism::Sortition {
                    seat.first(&seat.drawn(), 1).first().copied()
                } else {
                    let list = seat.by_list(selection.mechanism);
                    if list.is_some() && lists.next().map(|(_, l)| l) != list.as_ref().map(|l| &l.0)
                    {
                        let message =
                            "the list of a seat is not what the seed and the ballots give";
                        found.add("D10", Some(id), "/selection/lists", message);
                        return;
                    }
                    list.map(|list| list.1)
                };
                let Some(next) = next else { break };
                chosen.push(next);
            }
        }
        let whole = chosen.len() == dispute.size;
        let wanted: BTreeSet<usize> =
            if whole { chosen.iter().copied().collect() } else { BTreeSet::new() };
        let panel = answer.panels.get(d).and_then(Option::as_ref);
        let sits: BTreeSet<usize> = panel.into_iter().flat_map(Panel::members).collect();
        if wanted != sits {
            let names: Vec<&str> = wanted
                .iter()
                .filter_map(|m| facts.mediators.get(*m))
                .map(|x| x.id.as_str())
                .collect();
            let at = panel.map_or("/assignments".to_owned(), |p| format!("/assignments/{}", p.at));
            let message = format!("the seed and the ballots give the panel {}", names.join(", "));
            found.add("D10", Some(id), at, message);
            return;
        }
        if whole {
            for m in &chosen {
                table.give(d, *m);
            }
        }
    }
    if let Some((at, _)) = lists.next() {
        let message = "there are more lists than seats";
        found.add("D10", None, format!("/selection/lists/{at}"), message);
    }
}

/// A dispute whose seats are filled; until they are, the table stays as it is.
struct Turn<'t, 'd, 'f, 'a> {
    table: &'t Table<'d, 'f, 'a>,
    d: usize,
    dated: bool,
    seating: Seating<'d, 'f, 'a>,
    /// Whom her own disputes leave room, as far as it has been asked.
    roomy: RefCell<BTreeMap<usize, bool>>,
}

impl Turn<'_, '_, '_, '_> {
    /// The same as the table says; what does not depend on fellow members is asked once.
    fn has_room(&self, beside: &[usize], m: usize) -> bool {
        let known = self.roomy.borrow().get(&m).copied();
        let own = known.unwrap_or_else(|| {
            let own = self.table.has_own_room(self.d, m);
            self.roomy.borrow_mut().insert(m, own);
            own
        });
        own && self.table.has_shared_room(beside, m)
    }
}

/// A seat that is to be filled.
struct Seat<'t, 'd, 'f, 'a> {
    turn: &'t Turn<'t, 'd, 'f, 'a>,
    chosen: &'t [usize],
    seed: &'t Seed<'t>,
}

impl Seat<'_, '_, '_, '_> {
    fn dispute(&self) -> &Dispute<'_> {
        &self.turn.table.desk.facts.disputes[self.turn.d]
    }

    fn name(&self, m: usize) -> &str {
        self.turn.table.desk.facts.mediators.get(m).map_or("", |x| x.id.as_str())
    }

    /// Everybody eligible by ticket.
    fn drawn(&self) -> Vec<usize> {
        let id = self.dispute().doc.id.as_str();
        let mut all: Vec<usize> =
            self.turn.table.desk.eligibility.all_eligible(self.turn.d).collect();
        all.sort_by_cached_key(|m| (self.seed.hash(&[id, self.name(*m)]), *m));
        all
    }

    fn first(&self, order: &[usize], count: usize) -> Vec<usize> {
        order.iter().copied().filter(|m| self.may_be_next(*m)).take(count).collect()
    }

    /// Whether a mediator may take the seat: she has room, and a lawful panel with her exists, of mediators who all
    /// have room, with dates where the dispute can have dates.
    fn may_be_next(&self, m: usize) -> bool {
        let turn = self.turn;
        if self.chosen.contains(&m) || !turn.has_room(self.chosen, m) {
            return false;
        }
        let with = [self.chosen, &[m]].concat();
        turn.seating.completes(&with, turn.dated, &|x| turn.has_room(&with, x))
    }

    /// The list for the seat, and who is invited.
    fn by_list(&self, mechanism: Mechanism) -> Option<(SeatListDoc, usize)> {
        let facts = self.turn.table.desk.facts;
        let policy = facts.doc.policy.as_ref().and_then(|policy| policy.selection.as_ref());
        let (count, strikes) = match mechanism {
            Mechanism::ListProcedure => (3, 1),
            Mechanism::Shortlisting => (5, 0),
            _ => (10, 4),
        };
        let count = policy.and_then(|p| p.names).unwrap_or(count) as usize;
        let strikes = policy.and_then(|p| p.strikes).unwrap_or(strikes) as usize;
        let mut order = self.drawn();
        if mechanism == Mechanism::ListProcedure {
            let dispute = self.dispute();
            order.sort_by_key(|m| (Reverse(dispute.fit(*m)), self.turn.table.of(*m).len(), *m));
        }
        let mut names = self.first(&order, count + 1);
        let spare = if names.len() > count { names.pop() } else { None };
        let left = match mechanism {
            Mechanism::Shortlisting => self.shortlisted(&names),
            _ => self.not_struck(&names, strikes),
        };
        let best = match mechanism {
            Mechanism::Shortlisting => left.first().copied(),
            _ => self.best_ranked(&names, &left),
        };
        let invited = best.or(spare).or(names.first().copied())?;
        let ids = |list: &[usize]| list.iter().map(|m| self.name(*m).to_owned()).collect();
        let out: Vec<usize> = names.iter().filter(|m| !left.contains(m)).copied().collect();
        let list = SeatListDoc {
            dispute: self.dispute().doc.id.clone(),
            names: ids(&names),
            out: ids(&out),
            invited: self.name(invited).to_owned(),
            discretion: best.is_none(),
        };
        Some((list, invited))
    }

    /// The rankings of the parties of each side, as names; only of those who rank.
    fn rankings(&self) -> Vec<Vec<&[String]>> {
        let dispute = self.dispute();
        let own = |side: &str| {
            let of =
                dispute.doc.parties.iter().filter(|p| p.side.as_deref().unwrap_or(&p.id) == side);
            let ballots = of.filter_map(|party| party.ballot.as_ref());
            ballots.map(|ballot| ballot.ranking.as_slice()).filter(|r| !r.is_empty()).collect()
        };
        dispute.sides.iter().map(|(side, _)| own(side)).collect()
    }

    /// Names as a party likes them, the best first.
    fn liked(&self, ranking: &[String], names: &[usize]) -> Vec<usize> {
        let rank = |m: usize| ranking.iter().position(|id| id == self.name(m));
        let mut liked = names.to_vec();
        // WHY stable: whom a party has not ranked it takes in the order of the list.
        liked.sort_by_key(|m| rank(*m).unwrap_or(usize::MAX));
        liked
    }

    fn not_struck(&self, names: &[usize], strikes: usize) -> Vec<usize> {
        let mut left = names.to_vec();
        for ranking in self.rankings().into_iter().flatten() {
            let liked = self.liked(ranking, names);
            let kept = &liked[..liked.len().saturating_sub(strikes)];
            left.retain(|m| kept.contains(m));
        }
        left
    }

    /// For each of the names, the sum of the ranks that a side gives it.
    fn sums(&self, side: &[&[String]], names: &[usize]) -> Vec<usize> {
        let liked: Vec<Vec<usize>> = side.iter().map(|r| self.liked(r, names)).collect();
        let rank = |list: &Vec<usize>, m: usize| list.iter().position(|x| *x == m).unwrap_or(0);
        names.iter().map(|m| liked.iter().map(|list| rank(list, *m)).sum()).collect()
    }

    fn best_ranked(&self, names: &[usize], left: &[usize]) -> Option<usize> {
        let mut totals = vec![0; left.len()];
        for side in self.rankings() {
            let sums = self.sums(&side, left);
            for (total, own) in totals.iter_mut().zip(&sums) {
                *total += sums.iter().filter(|other| *other < own).count();
            }
        }
        let place = |m: usize| names.iter().position(|x| *x == m);
        let load = |m: usize| self.turn.table.of(m).len();
        let all = left.iter().zip(totals);
        all.min_by_key(|(m, total)| (*total, load(**m), place(**m))).map(|(m, _)| *m)
    }

    fn shortlisted(&self, names: &[usize]) -> Vec<usize> {
        let rankings = self.rankings();
        let sides = rankings.len();
        let first = self.seed.below(&self.dispute().doc.id, sides.max(1) as u64) as usize;
        let mut left = names.to_vec();
        for turn in 0..sides {
            let keep =
                if turn + 1 == sides { 1 } else { (left.len() - names.len() / sides).max(1) };
            let Some(side) = rankings.get((first + turn) % sides) else { continue };
            let mut order: Vec<(usize, usize)> =
                self.sums(side, &left).into_iter().zip(left.iter().copied()).collect();
            order.sort_by_key(|(sum, _)| *sum);
            let kept: Vec<usize> = order.into_iter().take(keep).map(|(_, m)| m).collect();
            left.retain(|m| kept.contains(m));
        }
        left
    }
}
