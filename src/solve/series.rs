//! The true best dates of a panel where the dynamic program of `dates` only bounds them.
//!
//! * Backward from the last session. A *label* is a series from some session on, with its value and
//!   what each side bears in it. Where `tables` say that even with the best dates before it, sides
//!   mixed, it cannot beat the cutoff, it is dropped; so it is where another one from the same
//!   starts on is worth no less and no side bears more in it (label setting; Pareto dominance).
//! * Where journeys and days make sessions of the dispute depend on each other for some person,
//!   nothing dominates. If the best series without them does not do, series are tried depth first,
//!   the most promising starts first, so many and no more.

use super::dates::{Dates, POSSIBLE};
use super::holds::Hold;

/// Starts that the depth-first search tries.
///
/// WHY a limit is no loss of proof: only whole answers are made this way; bounds leave journeys and
/// days to the shared rows.
const STEPS: usize = 2_000;

/// A series from some session on.
#[derive(Clone, Copy)]
struct Label {
    /// Its value, sides apart.
    value: i64,
    /// Its value with the sides mixed.
    mixed: i64,
    /// First slot of its first session.
    start: u32,
    /// The label of the rest of the series; itself where there is none.
    rest: usize,
}

/// The labels of a search; what each side bears in them stands in one list.
struct Labels {
    list: Vec<Label>,
    sides: Vec<i64>,
    width: usize,
}

impl Labels {
    fn sides(&self, label: usize) -> &[i64] {
        &self.sides[label * self.width..(label + 1) * self.width]
    }

    fn worst(&self, label: usize) -> i64 {
        self.sides(label).iter().max().copied().unwrap_or(0)
    }

    /// Adds a label whose sides are those of `rest` and these.
    fn push(&mut self, label: Label, rest: Option<usize>, own: impl Iterator<Item = i64>) -> usize {
        let new = self.list.len();
        for (side, points) in own.enumerate() {
            let before = rest.map_or(0, |rest| self.sides[rest * self.width + side]);
            self.sides.push(before + points);
        }
        self.list.push(Label { rest: rest.unwrap_or(new), ..label });
        new
    }

    fn pop(&mut self) {
        self.list.pop();
        self.sides.truncate(self.list.len() * self.width);
    }

    fn beats(&self, a: usize, b: usize) -> bool {
        self.list[a].value >= self.list[b].value
            && self.sides(a).iter().zip(self.sides(b)).all(|(a, b)| a <= b)
    }

    /// Adds a label to a front unless another one is as good in every respect; drops what it beats.
    fn enter(&self, front: &mut Vec<usize>, new: usize) -> bool {
        if front.iter().any(|old| self.beats(*old, new)) {
            return false;
        }
        front.retain(|old| !self.beats(new, *old));
        front.push(new);
        true
    }
}

impl Dates<'_> {
    /// The best dates of a panel with a value above the cutoff; where sessions must be kept apart for
    /// somebody's journeys or days, the best that a search of bounded length finds.
    pub(crate) fn series(&mut self, panel: &[usize], cutoff: i64) -> Option<(i64, Vec<u32>)> {
        let free = self.free_series(panel, cutoff)?;
        if self.is_clear(panel, &free.1) {
            return Some(free);
        }
        let mut walk = Walk { panel, best: None, cutoff, steps: 0 };
        let sides = vec![0; self.space.sides];
        self.walk(&mut walk, &mut Vec::new(), (0, 0), &sides);
        walk.best
    }

    /// The best dates of a panel with a value above the cutoff, journeys and days left aside.
    pub(super) fn free_series(&mut self, panel: &[usize], cutoff: i64) -> Option<(i64, Vec<u32>)> {
        self.forward(panel, 1);
        if self.of_sides > 0 {
            return self.labels(panel, cutoff);
        }
        let best = self.tables.last()?.iter().copied().max()?;
        if best <= POSSIBLE || best <= cutoff {
            return None;
        }
        Some((best, self.starts(panel)?))
    }

    /// The value of given dates of a panel; for starts that `starts` has given.
    pub(crate) fn value_of(&self, panel: &[usize], starts: &[u32]) -> Option<i64> {
        let mut sides = vec![0; self.space.sides];
        let mut value = 0;
        for (session, start) in starts.iter().enumerate() {
            let at = self.space.sessions[session].starts.binary_search(start).ok()?;
            value += self.own(panel, session, at);
            self.add_sides(&mut sides, session, at);
        }
        Some(value - self.of_sides * sides.iter().max().copied().unwrap_or(0))
    }

    /// True when the panel and the parties' people can attend all sessions at these starts.
    pub(crate) fn is_clear(&self, panel: &[usize], starts: &[u32]) -> bool {
        !self.is_careful()
            || (0..starts.len()).all(|session| self.clears(panel, session, &starts[session..]))
    }

    /// What a start of a session is worth with a panel, sides apart.
    fn own(&self, panel: &[usize], session: usize, at: usize) -> i64 {
        let members = panel.iter().filter_map(|m| self.attendance[*m].as_ref());
        self.base[session][at] + members.map(|rows| rows[session][at]).sum::<i64>()
    }

    fn mixed_at(&self, session: usize, at: usize) -> i64 {
        self.mixed.get(session).map_or(0, |mixed| mixed[at])
    }

    fn add_sides(&self, sides: &mut [i64], session: usize, at: usize) {
        let points = &self.space.sessions[session].side_points;
        sides.iter_mut().zip(points).for_each(|(sum, points)| *sum += points[at]);
    }

    fn labels(&mut self, panel: &[usize], mut cutoff: i64) -> Option<(i64, Vec<u32>)> {
        // The same tables without any side: with what a label's sides bear already, a second bound.
        let mixed = std::mem::take(&mut self.mixed);
        let known = std::mem::take(&mut self.tables);
        self.tables.clone_from(&known);
        self.forward(panel, 1);
        let free = std::mem::replace(&mut self.tables, known);
        self.mixed = mixed;
        let sessions = &self.space.sessions;
        let mut labels = Labels { list: Vec::new(), sides: Vec::new(), width: self.space.sides };
        // By start of the session after, from the last one down: its labels, in one list.
        let mut after: Vec<(u32, usize)> = Vec::new();
        let mut of_after: Vec<usize> = Vec::new();
        let mut best: Option<(i64, usize)> = None;
        let (mut front, mut own, mut window): (Vec<usize>, Vec<usize>, Vec<usize>) =
            (Vec::new(), Vec::new(), Vec::new());
        for session in (0..sessions.len()).rev() {
            let this = &sessions[session];
            let next = sessions.get(session + 1);
            let mut here: Vec<(u32, usize)> = Vec::new();
            let mut of_here: Vec<usize> = Vec::new();
            front.clear();
            let mut entered = 0;
            for at in (0..this.starts.len()).rev() {
                let (start, known) = (this.starts[at], self.tables[session][at]);
                if let Some(next) = next {
                    let first = start + this.slots + next.min_gap;
                    let from = entered;
                    while after.get(entered).is_some_and(|(s, _)| *s >= first) {
                        entered += 1;
                    }
                    let bound = |place: usize| after.get(place).map_or(of_after.len(), |x| x.1);
                    if let Some(gap) = next.max_gap {
                        // WHY no front: what a maximum gap allows changes with the start.
                        let last = start + this.slots + gap;
                        let open = after[..entered].partition_point(|(s, _)| *s > last);
                        window.clear();
                        window.extend_from_slice(&of_after[bound(open)..bound(entered)]);
                    } else {
                        for label in &of_after[bound(from)..bound(entered)] {
                            labels.enter(&mut front, *label);
                        }
                    }
                }
                if known <= POSSIBLE {
                    continue;
                }
                let bounded = next.is_some_and(|next| next.max_gap.is_some());
                let rests = if bounded { &window } else { &front };
                let (value, mixed) = (self.own(panel, session, at), self.mixed_at(session, at));
                own.clear();
                for place in 0..rests.len().max(usize::from(next.is_none())) {
                    let rest = rests.get(place).copied();
                    let below =
                        rest.map_or((0, 0), |r| (labels.list[r].value, labels.list[r].mixed));
                    if known + below.1 <= cutoff {
                        continue;
                    }
                    let label = Label {
                        value: value + below.0,
                        mixed: value - mixed + below.1,
                        start,
                        rest: 0,
                    };
                    let points = this.side_points.iter().map(|points| points[at]);
                    let new = labels.push(label, rest, points);
                    let borne = self.of_sides * labels.worst(new);
                    let hope = free[session][at] + below.0 - borne;
                    if hope <= cutoff {
                        labels.pop();
                    } else if session == 0 {
                        // Nothing comes before, so the hope is the value.
                        cutoff = hope;
                        best = Some((hope, new));
                    } else if !labels.enter(&mut own, new) {
                        labels.pop();
                    }
                }
                if !own.is_empty() {
                    here.push((start, of_here.len()));
                    of_here.extend_from_slice(&own);
                }
            }
            (after, of_after) = (here, of_here);
        }
        let (value, mut label) = best?;
        let mut starts = Vec::with_capacity(sessions.len());
        loop {
            starts.push(labels.list[label].start);
            let rest = labels.list[label].rest;
            if rest == label {
                return Some((value, starts));
            }
            label = rest;
        }
    }

    /// Tries every series that can beat the best, from the last session backward; `later` are the
    /// starts chosen so far, the last one first.
    fn walk(
        &self,
        walk: &mut Walk<'_>,
        later: &mut Vec<u32>,
        (value, mixed): (i64, i64),
        sides: &[i64],
    ) {
        let sessions = &self.space.sessions;
        let Some(session) = sessions.len().checked_sub(later.len() + 1) else {
            let total = value - self.of_sides * sides.iter().max().copied().unwrap_or(0);
            if total > walk.cutoff {
                walk.cutoff = total;
                walk.best = Some((total, later.iter().rev().copied().collect()));
            }
            return;
        };
        let this = &sessions[session];
        let fits = |start: u32| match (later.last(), sessions.get(session + 1)) {
            (Some(then), Some(next)) => {
                let end = start + this.slots;
                end + next.min_gap <= *then && next.max_gap.is_none_or(|gap| *then <= end + gap)
            }
            _ => true,
        };
        let table = &self.tables[session];
        let mut open: Vec<usize> = (0..this.starts.len())
            .filter(|at| table[*at] > POSSIBLE && table[*at] + mixed > walk.cutoff)
            .filter(|at| fits(this.starts[*at]))
            .collect();
        open.sort_by_key(|at| (std::cmp::Reverse(table[*at]), *at));
        for at in open {
            walk.steps += 1;
            if table[at] + mixed <= walk.cutoff || walk.steps > STEPS {
                break;
            }
            let mut chosen: Vec<u32> = later.iter().rev().copied().collect();
            chosen.insert(0, this.starts[at]);
            if !self.clears(walk.panel, session, &chosen) {
                continue;
            }
            let mut sides = sides.to_vec();
            self.add_sides(&mut sides, session, at);
            let own = self.own(walk.panel, session, at);
            let sums = (value + own, mixed + own - self.mixed_at(session, at));
            later.push(this.starts[at]);
            self.walk(walk, later, sums, &sides);
            later.pop();
        }
    }

    /// True when everyone who attends `session` can attend the later sessions as well; `starts` are
    /// those of `session` and of all after it.
    fn clears(&self, panel: &[usize], session: usize, starts: &[u32]) -> bool {
        let world = self.market.world();
        let sessions = &self.space.sessions[session..];
        let limit = world.instance.day_slots();
        let members = panel.iter().map(|m| self.space.members[*m].actor);
        let everyone =
            sessions[0].attendees.iter().copied().chain(members).filter(|_| !sessions[0].held);
        everyone.enumerate().all(|(position, person)| {
            let of_party = position < sessions[0].attendees.len();
            let attends = |at: usize| {
                !sessions[at].held
                    && (!of_party || sessions[at].attendees.binary_search(&person).is_ok())
            };
            let hold = |at: usize| {
                let time = (starts[at], sessions[at].slots);
                Hold::new(world, person, sessions[at].mode, time)
            };
            let first = hold(0);
            let mut on_day = first.slots();
            let apart = (1..sessions.len()).filter(|at| attends(*at)).all(|at| {
                let other = hold(at);
                if other.day == first.day {
                    on_day += other.slots();
                }
                first.goes_with(&other, world.instance)
            });
            let taken = self.market.taken.map_or(0, |taken| taken.slots_on(person, first.day));
            apart && limit.is_none_or(|limit| on_day + taken <= limit)
        })
    }
}

/// What the depth-first search has found.
struct Walk<'p> {
    panel: &'p [usize],
    best: Option<(i64, Vec<u32>)>,
    cutoff: i64,
    steps: usize,
}
