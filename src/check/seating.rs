//! Who can complete a panel: what repeating lists and draws asks over and over.
//!
//! * Takes a desk and a dispute; gives whether some members, with others who have room, make a lawful panel whose
//!   sessions have dates as long as no other dispute is looked at (A1, A4, A5, A8, S1, S3).
//! * What does not depend on who has been given what is found once a dispute: the starts at which parties, place, rooms
//!   and interpreters are free, and at which of them each mediator is.
//! * **Invariant**: the answer is that of `pricing::possible_within`, whatever has been asked before: a panel that was
//!   found only says whom to try first.
//! * Complexity: O(sessions x starts) for the dates of a set of members; panels depth first, and mostly the first that is
//!   tried will do.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;

use super::desk::Desk;
use super::hours::Table;
use super::panels;
use super::rooms::{Class, classes};

/// When a session can be, panels apart.
struct Open {
    starts: Vec<usize>,
    length: usize,
    min_gap: usize,
    max_gap: Option<usize>,
}

/// By session, and by its open starts: whether a mediator is free.
type Free = Vec<Vec<bool>>;

/// A dispute whose sessions have been looked at.
pub(super) struct Dates(Vec<Open>);

impl Dates {
    /// Finds the open starts of all sessions of a dispute.
    pub(super) fn new(desk: &Desk<'_, '_>, index: usize) -> Self {
        let facts = desk.facts;
        let (Some(dispute), Some(slots)) = (facts.disputes.get(index), desk.slots.get(index))
        else {
            return Self(Vec::new());
        };
        let sessions = dispute.sessions.iter().zip(slots).map(|(session, slots)| {
            let length = slots.length;
            let place = session.place.filter(|_| !session.held);
            let has_rooms = place.is_none_or(|k| {
                facts.places.get(k).is_some_and(|place| {
                    let all: Vec<(Class, i128)> =
                        classes(&place.doc.rooms).into_iter().map(|class| (class, 0)).collect();
                    session.rooms.cheapest(&all).is_some()
                })
            });
            let booths = session.booths.iter().filter(|_| has_rooms && !session.held);
            let teams: Vec<(usize, Vec<&Table>)> = booths
                .map(|booth| {
                    let may =
                        booth.suited.iter().filter(|i| desk.eligibility.interprets(index, **i));
                    let voices = may.filter_map(|i| facts.voices.get(*i));
                    (booth.size, voices.filter_map(|a| desk.table(*a, session)).collect())
                })
                .collect();
            let manned = |slot: &usize| {
                let free = |table: &&&Table| table.cost(*slot, slot + length).is_some();
                teams.iter().all(|(size, tables)| tables.iter().filter(free).count() >= *size)
            };
            let starts = slots.starts.iter().filter(|_| has_rooms).map(|(slot, _)| *slot);
            Open {
                starts: starts.filter(manned).collect(),
                length,
                min_gap: slots.min_gap,
                max_gap: slots.max_gap,
            }
        });
        Self(sessions.collect())
    }
}

/// The panels of a dispute.
pub(super) struct Seating<'d, 'f, 'a> {
    desk: &'d Desk<'f, 'a>,
    index: usize,
    dates: Dates,
    /// By mediator, once she is asked for; nothing where she has no dates even alone.
    free: Vec<OnceCell<Option<Free>>>,
    /// Members of panels that were found, the last ones first.
    liked: RefCell<Vec<usize>>,
}

/// A question about panels.
struct Quest<'q> {
    dated: bool,
    has_room: &'q dyn Fn(usize) -> bool,
    others: &'q [usize],
}

impl<'d, 'f, 'a> Seating<'d, 'f, 'a> {
    pub(super) fn new(desk: &'d Desk<'f, 'a>, index: usize, dates: Dates) -> Self {
        let free = vec![OnceCell::new(); desk.facts.mediators.len()];
        Self { desk, index, dates, free, liked: RefCell::default() }
    }

    /// Gives back what was found of the dates.
    pub(super) fn into_dates(self) -> Dates {
        self.dates
    }

    /// Whether the dispute could have a panel by itself; with dates, if it has sessions and that is asked.
    pub(super) fn possible(&self, dated: bool) -> bool {
        self.completes(&[], dated, &|_| true)
    }

    /// Whether these, and others who have room, make a lawful panel; with dates if asked.
    pub(super) fn completes(
        &self,
        with: &[usize],
        dated: bool,
        has_room: &dyn Fn(usize) -> bool,
    ) -> bool {
        let (facts, eligibility) = (self.desk.facts, self.desk.eligibility);
        let Some(dispute) = facts.disputes.get(self.index).filter(|d| d.barred.is_none()) else {
            return false;
        };
        let required = dispute.required.iter().map(|(m, _)| *m);
        let must: BTreeSet<usize> = with.iter().copied().chain(required).collect();
        let may =
            |m: &usize| eligibility.eligible(self.index, *m) && (with.contains(m) || has_room(*m));
        if !(1..=3).contains(&dispute.size) || must.len() > dispute.size || !must.iter().all(may) {
            return false;
        }
        let mut chosen = Vec::with_capacity(dispute.size);
        for m in must {
            if chosen.iter().any(|other| self.desk.clash(self.index, *other, m)) {
                return false;
            }
            chosen.push(m);
        }
        let mut others = self.liked.borrow().clone();
        let all = eligibility.all_eligible(self.index).filter(|m| !others.contains(m));
        let all: Vec<usize> = all.collect();
        others.extend(all);
        let quest = Quest { dated, has_room, others: &others };
        (!dated || self.meet(&chosen)) && self.extend(&quest, &mut chosen, 0)
    }

    /// Tries every way to fill the other seats with others from that place on.
    fn extend(&self, quest: &Quest<'_>, chosen: &mut Vec<usize>, from: usize) -> bool {
        let (facts, eligibility) = (self.desk.facts, self.desk.eligibility);
        let size = facts.disputes.get(self.index).map_or(0, |dispute| dispute.size);
        let left = size.saturating_sub(chosen.len());
        if left == 0 {
            let stands = panels::stands(facts, eligibility, self.index, chosen);
            if stands {
                let mut liked = self.liked.borrow_mut();
                let others = liked.iter().copied().filter(|m| !chosen.contains(m));
                *liked = chosen.iter().copied().chain(others).collect();
            }
            return stands;
        }
        for (place, &next) in quest.others.iter().enumerate().skip(from) {
            if chosen.contains(&next)
                || !panels::may_join(self.desk, self.index, &chosen.iter().copied(), next, left)
                || !(quest.has_room)(next)
            {
                continue;
            }
            chosen.push(next);
            // WHY before dates: it is the cheaper question.
            let stands = left > 1 || panels::stands(facts, eligibility, self.index, chosen);
            let found = stands
                && (!quest.dated || self.meet(chosen))
                && self.extend(quest, chosen, place + 1);
            chosen.pop();
            if found {
                return true;
            }
        }
        false
    }

    /// At which open starts a mediator is free.
    fn free(&self, m: usize) -> Option<&Free> {
        let look = || {
            let facts = self.desk.facts;
            let sessions = &facts.disputes.get(self.index)?.sessions;
            let actor = *facts.actor_of.get(m)?;
            let free = sessions.iter().zip(&self.dates.0).map(|(session, open)| {
                if session.held {
                    return vec![true; open.starts.len()];
                }
                let table = self.desk.table(actor, session);
                let is_free = |slot: &usize| table?.cost(*slot, slot + open.length);
                open.starts.iter().map(|slot| is_free(slot).is_some()).collect()
            });
            let free: Free = free.collect();
            self.have_dates(&[&free]).then_some(free)
        };
        self.free.get(m)?.get_or_init(look).as_ref()
    }

    /// Whether all sessions have dates for these members.
    fn meet(&self, members: &[usize]) -> bool {
        let free: Option<Vec<&Free>> = members.iter().map(|m| self.free(*m)).collect();
        free.is_some_and(|free| self.have_dates(&free))
    }

    fn have_dates(&self, members: &[&Free]) -> bool {
        let sessions = &self.dates.0;
        // The starts of the session before that can be reached.
        let mut before: Vec<usize> = Vec::new();
        for (s, open) in sessions.iter().enumerate() {
            // WHY: without a largest gap after it, no start is better than the first.
            let first_will_do = sessions.get(s + 1).is_none_or(|next| next.max_gap.is_none());
            let mut here = Vec::new();
            let mut entered = 0;
            for (at, &slot) in open.starts.iter().enumerate() {
                let is_free = |own: &&Free| own.get(s).and_then(|x| x.get(at)) == Some(&true);
                if !members.iter().all(is_free) {
                    continue;
                }
                if let Some(earlier) = s.checked_sub(1).and_then(|earlier| sessions.get(earlier)) {
                    let gap = earlier.length + open.min_gap;
                    while before.get(entered).is_some_and(|start| start + gap <= slot) {
                        entered += 1;
                    }
                    // The latest that leaves the gap is the nearest.
                    let Some(near) = entered.checked_sub(1).and_then(|at| before.get(at)) else {
                        continue;
                    };
                    if open.max_gap.is_some_and(|most| slot > near + earlier.length + most) {
                        continue;
                    }
                }
                here.push(slot);
                if first_will_do {
                    break;
                }
            }
            if here.is_empty() {
                return false;
            }
            before = here;
        }
        true
    }
}
