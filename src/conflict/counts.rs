//! Rules that count appointments or relations, and rules about related disputes: what they find in
//! the past, and what this batch could add.
//!
//! * "X leads to T" is a search backward from T, done once for each rule and target.
//! * **Invariant**: counts are for each target by itself, and each appointment counts once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::automaton::Program;
use super::graph::ConflictGraph;
use super::pattern::{Match, Reading};
use super::search::{Scratch, Search};
use super::targets::targets;
use crate::domain::{ActorIx, Appointment, Dispute, DisputeIx, Instance, MediatorIx};
use crate::format::{AppointedBy, AppointmentMode, CountDoc, PairDoc, RuleDoc, Target};

/// How often, with confidential relations and without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub all: u32,
    pub open: u32,
}

/// A counting rule and one of its targets.
#[derive(Debug, Default)]
pub(super) struct TargetCounts {
    /// Past appointments or relations, by mediator, sorted.
    pub past: Vec<(MediatorIx, Tally)>,
    /// Disputes in which sitting would count.
    pub batch: Vec<DisputeIx>,
}

/// A related dispute or past case that makes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PastCase {
    pub mediator: MediatorIx,
    pub case: ActorIx,
    /// The party that it shares, or the first one.
    pub target: ActorIx,
}

/// What a pair rule makes of one dispute.
#[derive(Debug, Default)]
pub(super) struct DisputePairs {
    /// Past cases, sorted by mediator, the earliest case first, one a mediator.
    pub past: Vec<PastCase>,
    /// Other disputes of the docket, with the target.
    pub batch: Vec<(DisputeIx, ActorIx)>,
}

/// What all counting and pairing rules have to say.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// By rule and target.
    pub counts: BTreeMap<(u32, ActorIx), TargetCounts>,
    /// By rule and dispute.
    pub pairs: BTreeMap<(u32, DisputeIx), DisputePairs>,
}

/// What counting needs.
#[derive(Clone, Copy)]
pub(super) struct Counting<'a> {
    pub instance: &'a Instance,
    pub graph: &'a ConflictGraph,
    pub program: &'a Program,
    pub rules: &'a [RuleDoc],
}

impl Counting<'_> {
    /// Works through all rules that count or pair.
    pub(super) fn run(self) -> Counts {
        let mut found = Counts::default();
        for (position, rule) in self.rules.iter().enumerate() {
            if let Some(count) = &rule.count {
                self.count(position, rule, count, &mut found);
            } else if let Some(pair) = &rule.pair {
                self.pair(position, pair, &mut found);
            }
        }
        found
    }

    /// For each target of the rule, those of `wanted` that lead to it, by confidential relations too where `confidential`.
    fn leading(
        self,
        position: usize,
        targets: &[ActorIx],
        wanted: &BTreeSet<ActorIx>,
        confidential: bool,
    ) -> Vec<Vec<ActorIx>> {
        // WHY: without anybody to be counted there is nothing to look for.
        if wanted.is_empty() {
            return vec![Vec::new(); targets.len()];
        }
        targets
            .par_iter()
            .map_init(
                || Scratch::new(self.program, self.graph),
                |scratch, target| {
                    let automaton = &self.program.automata[position];
                    let (graph, program) = (self.graph, self.program);
                    let target = *target;
                    let mut found =
                        Search { graph, program, automaton, target, dates: &[], without: &[] }
                            .sources(scratch, confidential);
                    found.retain(|actor| wanted.contains(actor));
                    found
                },
            )
            .collect()
    }

    fn all_targets(self, to: Target) -> Vec<ActorIx> {
        let disputes = self.instance.disputes().iter();
        let mut all: Vec<ActorIx> =
            disputes.flat_map(|dispute| targets(self.instance, dispute, to)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn count(self, position: usize, rule: &RuleDoc, count: &CountDoc, found: &mut Counts) {
        let all = self.all_targets(rule.to);
        let items = match &count.relation {
            Some(_) => self.relations(count),
            None => self.appointments(rule, count),
        };
        let batch = self.batch_by_actor(rule, count);
        let wanted = items.keys().chain(batch.keys()).copied().collect();
        let leading = self.leading(position, &all, &wanted, true);
        // WHY: what leads from the counted relation to the target may be confidential as well. Of appointments no path is
        // told, and all of them are open.
        let openly = (count.relation.is_some()
            && self.instance.relations().iter().any(|r| r.confidential))
        .then(|| self.leading(position, &all, &wanted, false));
        for (place, (target, leading)) in all.into_iter().zip(leading).enumerate() {
            let openly = openly.as_ref().map_or(&leading, |openly| &openly[place]);
            let mut counted: BTreeSet<(MediatorIx, usize)> = BTreeSet::new();
            let mut open: BTreeSet<(MediatorIx, usize)> = BTreeSet::new();
            let mut disputes: BTreeSet<DisputeIx> = BTreeSet::new();
            for actor in &leading {
                let leads_openly = openly.binary_search(actor).is_ok();
                for (mediator, item, confidential) in items.get(actor).into_iter().flatten() {
                    counted.insert((*mediator, *item));
                    if leads_openly && !confidential {
                        open.insert((*mediator, *item));
                    }
                }
                disputes.extend(batch.get(actor).into_iter().flatten());
            }
            let mut past: BTreeMap<MediatorIx, Tally> = BTreeMap::new();
            for (mediator, item) in counted {
                if self.instance.mediator(mediator).actor != target {
                    let tally = past.entry(mediator).or_default();
                    tally.all += 1;
                    tally.open += u32::from(open.contains(&(mediator, item)));
                }
            }
            let counts = TargetCounts {
                past: past.into_iter().collect(),
                batch: disputes.into_iter().collect(),
            };
            found.counts.insert((position as u32, target), counts);
        }
    }

    /// Mediator, place of the item, and whether it is confidential, by the actor through whom it
    /// counts.
    fn appointments(
        self,
        rule: &RuleDoc,
        count: &CountDoc,
    ) -> BTreeMap<ActorIx, Vec<(MediatorIx, usize, bool)>> {
        let mut items: BTreeMap<ActorIx, Vec<(MediatorIx, usize, bool)>> = BTreeMap::new();
        for (place, appointment) in self.instance.appointments().iter().enumerate() {
            if !self.is_within(appointment, count.years) {
                continue;
            }
            let anyone = count.appointed_by == Some(AppointedBy::Anyone);
            let through: Vec<ActorIx> = match rule.to {
                Target::Counsel => appointment.counsel.clone(),
                _ if anyone => appointment.by.iter().chain(&appointment.parties).copied().collect(),
                _ => appointment.by.into_iter().collect(),
            };
            for actor in through {
                items.entry(actor).or_default().push((appointment.mediator, place, false));
            }
        }
        items
    }

    fn relations(self, count: &CountDoc) -> BTreeMap<ActorIx, Vec<(MediatorIx, usize, bool)>> {
        let mut items: BTreeMap<ActorIx, Vec<(MediatorIx, usize, bool)>> = BTreeMap::new();
        let Some(pattern) = &count.relation else { return items };
        let pattern = Reading::new(self.instance).counted(pattern, count.years);
        for edge in self.graph.edges() {
            let (from, to) =
                if pattern.is_backward() { (edge.to, edge.from) } else { (edge.from, edge.to) };
            let Some(mediator) = self.graph.mediator_of(from.ix()) else { continue };
            if pattern.judge(edge.data, self.graph.node(to)) == Match::Always {
                let item = (mediator, edge.index.0 as usize, edge.data.confidential);
                items.entry(to).or_default().push(item);
            }
        }
        items
    }

    /// The disputes in which sitting counts, by the actor through whom it does.
    fn batch_by_actor(self, rule: &RuleDoc, count: &CountDoc) -> BTreeMap<ActorIx, Vec<DisputeIx>> {
        let mut batch: BTreeMap<ActorIx, Vec<DisputeIx>> = BTreeMap::new();
        if count.relation.is_some() {
            return batch;
        }
        for (position, dispute) in self.instance.disputes().iter().enumerate() {
            let counts = dispute.mode == AppointmentMode::PartyAgreed
                || count.appointed_by == Some(AppointedBy::Anyone);
            if counts {
                for actor in targets(self.instance, dispute, rule.to) {
                    batch.entry(actor).or_default().push(DisputeIx::new(position));
                }
            }
        }
        batch
    }

    fn is_within(self, appointment: &Appointment, years: u32) -> bool {
        let as_of = self.instance.as_of();
        as_of.years_before(years) <= appointment.date && appointment.date <= as_of
    }

    fn pair(self, position: usize, pair: &PairDoc, found: &mut Counts) {
        let shares = pair.shares_party == Some(true);
        let all = if shares { self.all_targets(Target::Party) } else { Vec::new() };
        let related = |dispute: &&Dispute| shares && !dispute.related.is_empty();
        let docket = self.instance.disputes().iter().filter(related);
        let parties = docket.flat_map(|dispute| dispute.parties.iter().map(|party| party.actor));
        let past = self.instance.appointments().iter().filter(|a| shares && a.case.is_some());
        let wanted: BTreeSet<ActorIx> =
            parties.chain(past.flat_map(|a| a.parties.iter().chain(&a.by).copied())).collect();
        let leading: BTreeMap<ActorIx, Vec<ActorIx>> =
            all.iter().copied().zip(self.leading(position, &all, &wanted, true)).collect();
        let mut by_case: BTreeMap<ActorIx, Vec<&Appointment>> = BTreeMap::new();
        for appointment in self.instance.appointments() {
            if let Some(case) = appointment.case.filter(|_| self.is_within(appointment, pair.years))
            {
                by_case.entry(case).or_default().push(appointment);
            }
        }
        let docket: BTreeMap<ActorIx, DisputeIx> =
            self.instance.dispute_indices().map(|d| (self.instance.dispute(d).node, d)).collect();
        for (place, dispute) in self.instance.disputes().iter().enumerate() {
            let target = |theirs: &[ActorIx], but: Option<ActorIx>| {
                shared(dispute, shares.then_some(&leading), theirs, but)
            };
            let mut pairs = DisputePairs::default();
            for case in &dispute.related {
                if let Some(other) = docket.get(case) {
                    let parties = &self.instance.dispute(*other).parties;
                    let theirs: Vec<ActorIx> = parties.iter().map(|party| party.actor).collect();
                    pairs.batch.extend(target(&theirs, None).map(|target| (*other, target)));
                }
                for appointment in by_case.get(case).into_iter().flatten() {
                    // The parties of a case that is a dispute of the docket are the dispute's.
                    let theirs: Vec<ActorIx> = match docket.get(case) {
                        Some(d) => {
                            self.instance.dispute(*d).parties.iter().map(|p| p.actor).collect()
                        }
                        None => {
                            appointment.parties.iter().chain(&appointment.by).copied().collect()
                        }
                    };
                    let mediator = appointment.mediator;
                    let own = self.instance.mediator(mediator).actor;
                    let past = target(&theirs, Some(own));
                    pairs.past.extend(past.map(|target| PastCase {
                        mediator,
                        case: *case,
                        target,
                    }));
                }
            }
            pairs.past.sort_by_key(|past| (past.mediator, past.case, past.target));
            pairs.past.dedup_by_key(|past| past.mediator);
            found.pairs.insert((position as u32, DisputeIx::new(place)), pairs);
        }
    }
}

/// The first party of the dispute that the related one shares, other than the mediator; with no
/// need to share, its first.
fn shared(
    dispute: &Dispute,
    leading: Option<&BTreeMap<ActorIx, Vec<ActorIx>>>,
    theirs: &[ActorIx],
    but: Option<ActorIx>,
) -> Option<ActorIx> {
    let mut own = dispute.parties.iter().map(|party| party.actor);
    let Some(leading) = leading else { return own.next() };
    own.find(|party| {
        Some(*party) != but
            && leading
                .get(party)
                .is_some_and(|leads| theirs.iter().any(|actor| leads.binary_search(actor).is_ok()))
    })
}
