//! The best series of starts where what the worse-off side bears has a price.
//!
//! * That burden is a maximum of sums over the series, so no start has a value of its own. Series
//!   grow from the first session on; of two that end at the same start or earlier, one that is
//!   worth no more and in which no side bears less is dropped, and so is one that cannot beat the
//!   cutoff with the best that may follow it.

use super::desk::Slots;

/// A start of a session: its slot, its worth with sides apart, what each side bears at it.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub(super) slot: usize,
    pub(super) worth: i128,
    pub(super) sides: Vec<i64>,
}

/// A series up to some session.
#[derive(Clone)]
struct Series {
    worth: i128,
    sides: Vec<i64>,
}

impl Series {
    fn beats(&self, other: &Self) -> bool {
        self.worth >= other.worth && self.sides.iter().zip(&other.sides).all(|(a, b)| a <= b)
    }
}

/// The most that a series is worth, at `price` a point of the worse-off side; nothing where none is
/// worth more than the cutoff.
pub(super) fn best(
    slots: &[Slots],
    starts: &[Vec<Start>],
    price: i128,
    cutoff: Option<i128>,
) -> Option<i128> {
    let ahead = ahead(slots, starts)?;
    let mut cutoff = cutoff;
    let mut best = None;
    // By start of the session before, rising: its series.
    let mut before: Vec<(usize, Vec<Series>)> = Vec::new();
    for (s, open) in starts.iter().enumerate() {
        let mut here: Vec<(usize, Vec<Series>)> = Vec::new();
        let mut front: Vec<Series> = Vec::new();
        let mut entered = 0;
        for (at, start) in open.iter().enumerate() {
            let sources: Vec<Series> = match s.checked_sub(1).map(|b| &slots[b]) {
                None => vec![Series { worth: 0, sides: vec![0; start.sides.len()] }],
                Some(earlier) => {
                    let gap = slots[s].min_gap + earlier.length;
                    while let Some((_, own)) =
                        before.get(entered).filter(|x| x.0 + gap <= start.slot)
                    {
                        for series in own {
                            enter(&mut front, series.clone());
                        }
                        entered += 1;
                    }
                    match slots[s].max_gap {
                        None => front.clone(),
                        Some(most) => before[..entered]
                            .iter()
                            .filter(|x| start.slot <= x.0 + earlier.length + most)
                            .flat_map(|x| x.1.iter().cloned())
                            .collect(),
                    }
                }
            };
            let Some(rest) = ahead[s][at] else { continue };
            let mut own: Vec<Series> = Vec::new();
            for source in sources {
                let worth = source.worth + start.worth;
                let sides: Vec<i64> = source
                    .sides
                    .iter()
                    .zip(&start.sides)
                    .map(|(a, b)| a.saturating_add(*b))
                    .collect();
                let worst = i128::from(sides.iter().max().copied().unwrap_or(0));
                // WHY: what follows only adds to what sides bear.
                let hope = worth + rest - price * worst;
                if cutoff.is_some_and(|cutoff| hope <= cutoff) {
                    continue;
                }
                if s + 1 == starts.len() {
                    cutoff = Some(hope);
                    best = Some(hope);
                } else {
                    enter(&mut own, Series { worth, sides });
                }
            }
            if !own.is_empty() {
                here.push((start.slot, own));
            }
        }
        before = here;
    }
    best
}

/// For each start, the most that the sessions after it can be worth, sides apart; nothing where they
/// have no starts left.
fn ahead(slots: &[Slots], starts: &[Vec<Start>]) -> Option<Vec<Vec<Option<i128>>>> {
    let mut ahead: Vec<Vec<Option<i128>>> = vec![Vec::new(); starts.len()];
    *ahead.last_mut()? = vec![Some(0); starts.last()?.len()];
    for s in (0..starts.len().saturating_sub(1)).rev() {
        let next = &starts[s + 1];
        // The best from each start of the next session on.
        let mut most: Vec<Option<i128>> = Vec::with_capacity(next.len());
        let mut running: Option<i128> = None;
        for (start, rest) in next.iter().zip(&ahead[s + 1]).rev() {
            let whole = rest.map(|rest| rest + start.worth);
            running = running.max(whole);
            most.push(running);
        }
        most.reverse();
        let gap = slots[s].length + slots[s + 1].min_gap;
        ahead[s] = starts[s]
            .iter()
            .map(|start| {
                let first = next.partition_point(|x| x.slot < start.slot + gap);
                most.get(first).copied().flatten()
            })
            .collect();
    }
    Some(ahead)
}

fn enter(front: &mut Vec<Series>, new: Series) {
    if front.iter().any(|old| old.beats(&new)) {
        return;
    }
    front.retain(|old| !new.beats(old));
    front.push(new);
}
