//! The true best dates of a panel where the dynamic program of `dates` only bounds them.
//!
//! * Backward from the last session. A *label* is a series from some session on, with its value and
//!   what each side bears in it. Where `tables` say that even with the best dates before it, sides
//!   mixed, it cannot beat the cutoff, it is dropped; so it is where another one from the same
//!   starts on is worth no less and no side bears more in it (label setting; Pareto dominance).
//! * Where journeys and days make sessions of the dispute depend on each other for some person,
//!   nothing dominates; the series are then tried depth first, the most promising starts first.

use super::dates::{Dates, POSSIBLE};
use super::holds::Hold;

/// A series from some session on.
struct Label {
    /// Its value, sides apart.
    value: i64,
    /// Its value with the sides mixed.
    mixed: i64,
    /// What each side bears.
    sides: Vec<i64>,
    /// First slot of its first session.
    start: u32,
    /// The label of the rest of the series.
    rest: Option<usize>,
}

impl Dates<'_> {
    /// The best dates of a panel with a value above the cutoff.
    pub(crate) fn series(&mut self, panel: &[usize], cutoff: i64) -> Option<(i64, Vec<u32>)> {
        self.forward(panel, 1);
        if self.is_careful() {
            let mut walk = Walk { panel, best: None, cutoff };
            let sides = vec![0; self.space.sides];
            self.walk(&mut walk, &mut Vec::new(), (0, 0), &sides);
            return walk.best;
        }
        self.labels(panel, cutoff)
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

    fn labels(&self, panel: &[usize], mut cutoff: i64) -> Option<(i64, Vec<u32>)> {
        let sessions = &self.space.sessions;
        let mut labels: Vec<Label> = Vec::new();
        // By start of the session after, from the last one down: its labels.
        let mut after: Vec<(u32, Vec<usize>)> = Vec::new();
        let mut best: Option<(i64, usize)> = None;
        for session in (0..sessions.len()).rev() {
            let this = &sessions[session];
            let mut here: Vec<(u32, Vec<usize>)> = Vec::new();
            let mut front: Vec<usize> = Vec::new();
            let mut entered = 0;
            for at in (0..this.starts.len()).rev() {
                let (start, known) = (this.starts[at], self.tables[session][at]);
                let mut window: Vec<usize> = Vec::new();
                if let Some(next) = sessions.get(session + 1) {
                    let first = start + this.slots + next.min_gap;
                    while let Some((_, own)) = after.get(entered).filter(|(s, _)| *s >= first) {
                        own.iter().for_each(|label| enter(&labels, &mut front, *label));
                        entered += 1;
                    }
                    if let Some(gap) = next.max_gap {
                        // WHY no front: what a maximum gap allows changes with the start.
                        let last = start + this.slots + gap;
                        let within = after.iter().filter(|(s, _)| (first..=last).contains(s));
                        window.extend(within.flat_map(|(_, own)| own.iter().copied()));
                    }
                }
                if known <= POSSIBLE {
                    continue;
                }
                let next = sessions.get(session + 1);
                let rests: Vec<Option<usize>> = match next {
                    None => vec![None],
                    Some(next) if next.max_gap.is_some() => window.into_iter().map(Some).collect(),
                    Some(_) => front.iter().copied().map(Some).collect(),
                };
                let mut own: Vec<usize> = Vec::new();
                let (value, mixed) = (self.own(panel, session, at), self.mixed_at(session, at));
                for rest in rests {
                    let below = rest.map_or((0, 0), |r| (labels[r].value, labels[r].mixed));
                    if known + below.1 <= cutoff {
                        continue;
                    }
                    let mut sides =
                        rest.map_or_else(|| vec![0; self.space.sides], |r| labels[r].sides.clone());
                    self.add_sides(&mut sides, session, at);
                    let label = Label {
                        value: value + below.0,
                        mixed: value - mixed + below.1,
                        sides,
                        start,
                        rest,
                    };
                    if session == 0 {
                        let worst = label.sides.iter().max().copied().unwrap_or(0);
                        let total = label.value - self.of_sides * worst;
                        if total > cutoff {
                            cutoff = total;
                            best = Some((total, labels.len()));
                            labels.push(label);
                        }
                        continue;
                    }
                    labels.push(label);
                    let position = labels.len() - 1;
                    enter(&labels, &mut own, position);
                }
                if !own.is_empty() {
                    here.push((start, own));
                }
            }
            after = here;
        }
        let (value, label) = best?;
        let mut starts = Vec::with_capacity(sessions.len());
        let mut at = Some(label);
        while let Some(label) = at {
            starts.push(labels[label].start);
            at = labels[label].rest;
        }
        Some((value, starts))
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
            if table[at] + mixed <= walk.cutoff {
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
        let everyone = sessions[0].attendees.iter().copied().chain(members);
        everyone.enumerate().all(|(position, person)| {
            let of_party = position < sessions[0].attendees.len();
            let attends =
                |at: usize| !of_party || sessions[at].attendees.binary_search(&person).is_ok();
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
}

/// Adds a label to a front unless another one is as good in every respect; drops what it beats.
fn enter(labels: &[Label], front: &mut Vec<usize>, new: usize) {
    let beats = |a: &Label, b: &Label| {
        a.value >= b.value && a.sides.iter().zip(&b.sides).all(|(a, b)| a <= b)
    };
    if front.iter().any(|old| beats(&labels[*old], &labels[new])) {
        return;
    }
    front.retain(|old| !beats(&labels[new], &labels[*old]));
    front.push(new);
}
