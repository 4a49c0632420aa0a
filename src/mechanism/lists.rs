//! Lists: what parties make of the names for a seat.
//!
//! * Takes names in the order of the list and the parties' rankings; gives who is out and who is invited.
//! * *Strike and rank*, after FINRA Rules 12402 to 12405 and UNCITRAL Arbitration Rules Art. 8(2): every party strikes
//!   those that it ranks last; the parties of a side add up their ranks; the places that the sides give are added, and
//!   the lowest sum is invited, of equals whoever has fewer disputes, then whoever comes first on the list.
//! * *Shortlisting*, after de Clippel, Eliaz and Knight (2014): one side cuts the list to half and one more, the other
//!   picks. Which side begins is drawn.
//! * A party that has returned no ranking accepts everybody alike and strikes nobody. Whom a party has not ranked it
//!   likes less than those whom it has.

use std::collections::BTreeMap;

use crate::domain::{Dispute, MediatorIx};

/// What has become of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Whom somebody struck or left out, in the order of the list.
    pub(crate) out: Vec<MediatorIx>,
    /// Who is to be invited; nobody when all were struck.
    pub(crate) invited: Option<MediatorIx>,
}

/// A party's view of the names on a list: for each side, for each party, the rank of each mediator whom it ranks.
pub(crate) struct Ballots {
    sides: Vec<Vec<BTreeMap<MediatorIx, usize>>>,
}

impl Ballots {
    /// The rankings that the parties of a dispute have returned.
    pub(crate) fn of(dispute: &Dispute) -> Self {
        let most = dispute.parties.iter().map(|party| party.side as usize + 1).max();
        let mut sides = vec![Vec::new(); most.unwrap_or(0)];
        for party in &dispute.parties {
            let ranks = party.ranking.iter().enumerate().map(|(rank, m)| (*m, rank)).collect();
            sides[party.side as usize].push(ranks);
        }
        Self { sides }
    }

    /// The same with one side's parties all ranking so.
    fn with_side(&self, side: usize, ranking: &[MediatorIx]) -> Self {
        let mut sides = self.sides.clone();
        let ranks: BTreeMap<MediatorIx, usize> =
            ranking.iter().enumerate().map(|(rank, m)| (*m, rank)).collect();
        for party in &mut sides[side] {
            party.clone_from(&ranks);
        }
        Self { sides }
    }

    /// The same with one side ranking so that a name gets the seat, if it can be: that name first, then the others, those
    /// last whom the other sides like best. Sides that rank strike whom they rank last.
    pub(crate) fn wishing(&self, side: usize, wish: MediatorIx, names: &[MediatorIx]) -> Self {
        let others = (0..self.sides()).filter(|other| *other != side);
        let mut sums = vec![0; names.len()];
        for other in others {
            for (sum, own) in sums.iter_mut().zip(self.sums(other, names)) {
                *sum += own;
            }
        }
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|at| (names[*at] != wish, std::cmp::Reverse(sums[*at]), *at));
        let ranking: Vec<MediatorIx> = order.into_iter().map(|at| names[at]).collect();
        self.with_side(side, &ranking)
    }

    /// Number of sides.
    pub(crate) fn sides(&self) -> usize {
        self.sides.len()
    }

    /// Names in the order in which a side likes them, by the sum of its parties' ranks among these names.
    pub(crate) fn liked(&self, side: usize, names: &[MediatorIx]) -> Vec<MediatorIx> {
        let mut sums: Vec<(usize, usize)> = self.sums(side, names).into_iter().zip(0..).collect();
        sums.sort_unstable();
        sums.into_iter().map(|(_, at)| names[at]).collect()
    }

    /// True when a party of the side has returned a ranking.
    pub(crate) fn ranks(&self, side: usize) -> bool {
        self.sides[side].iter().any(|party| !party.is_empty())
    }

    /// For each name, the sum of the ranks that a side's parties give it among these names.
    fn sums(&self, side: usize, names: &[MediatorIx]) -> Vec<usize> {
        let mut sums = vec![0; names.len()];
        for party in self.sides[side].iter().filter(|party| !party.is_empty()) {
            for (rank, at) in order(party, names).into_iter().enumerate() {
                sums[at] += rank;
            }
        }
        sums
    }
}

/// Positions of names in the order in which a party likes them.
fn order(party: &BTreeMap<MediatorIx, usize>, names: &[MediatorIx]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|at| (party.get(&names[*at]).copied().unwrap_or(usize::MAX), *at));
    order
}

/// Strike and rank.
pub(crate) fn strike_and_rank(
    ballots: &Ballots,
    names: &[MediatorIx],
    strikes: usize,
    load: impl Fn(MediatorIx) -> u32,
) -> Outcome {
    let mut struck = vec![false; names.len()];
    for party in ballots.sides.iter().flatten().filter(|party| !party.is_empty()) {
        for at in order(party, names).into_iter().rev().take(strikes) {
            struck[at] = true;
        }
    }
    let of = |is_out: bool| -> Vec<MediatorIx> {
        names.iter().zip(&struck).filter(|(_, out)| **out == is_out).map(|(m, _)| *m).collect()
    };
    let (out, left) = (of(true), of(false));
    let mut totals = vec![0; left.len()];
    for side in 0..ballots.sides() {
        let sums = ballots.sums(side, &left);
        for (total, own) in totals.iter_mut().zip(&sums) {
            *total += sums.iter().filter(|other| *other < own).count();
        }
    }
    let best = left.iter().zip(totals).enumerate();
    let invited = best.min_by_key(|(at, (m, total))| (*total, load(**m), *at));
    Outcome { out, invited: invited.map(|(_, (m, _))| *m) }
}

/// Shortlisting; `first` is the side that begins.
pub(crate) fn shortlist(ballots: &Ballots, names: &[MediatorIx], first: usize) -> Outcome {
    let sides = ballots.sides().max(1);
    let mut left = names.to_vec();
    for turn in 0..ballots.sides() {
        let keep = if turn + 1 == sides {
            1
        } else {
            left.len().saturating_sub(names.len() / sides).max(1)
        };
        let liked = ballots.liked((first + turn) % sides, &left);
        left.retain(|m| liked.iter().take(keep).any(|kept| kept == m));
    }
    let out = names.iter().filter(|m| !left.contains(m)).copied().collect();
    Outcome { out, invited: left.first().copied() }
}
