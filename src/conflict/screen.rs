//! Screening: every rule, every dispute, every mediator.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::automaton::Program;
use super::finding::{Finding, RuleIx};
use super::graph::ConflictGraph;
use super::search::{Reached, Scratch, Search};
use super::table::ConflictTable;
use crate::domain::{ActorIx, Dispute, DisputeIx, Instance, MediatorIx};
use crate::format::{CountDoc, RuleDoc, Severity, Target};
use crate::time::Date;

/// True when the mediator is a party, a representative or a counsel in the very dispute.
#[must_use]
pub fn has_own_cause(instance: &Instance, dispute: DisputeIx, mediator: MediatorIx) -> bool {
    let actor = instance.mediator(mediator).actor;
    instance.dispute(dispute).parties.iter().any(|party| {
        party.actor == actor
            || party.representatives.contains(&actor)
            || party.counsel.contains(&actor)
    })
}

/// Runs every rule of the profile over the graph for every dispute and every two mediators.
#[must_use]
pub fn screen(instance: &Instance, graph: &ConflictGraph) -> ConflictTable {
    let rules = &instance.policy().rules.rules;
    let program = Program::compile(rules, graph, instance.as_of());
    let classes = DateClasses::new(instance, graph);
    let screening = Screening {
        instance,
        graph,
        rules,
        counts: rules.iter().map(|rule| counts(instance, rule)).collect(),
        program,
        classes,
    };
    let searches = screening.searches();
    let by_dispute: Vec<Vec<(MediatorIx, Finding)>> = instance
        .disputes()
        .par_iter()
        .enumerate()
        .map(|(position, dispute)| screening.dispute(position, dispute, &searches))
        .collect();
    let mediators = instance.mediators().len();
    let total = by_dispute.iter().map(Vec::len).sum();
    let mut findings = Vec::with_capacity(total);
    let mut starts = Vec::with_capacity(by_dispute.len() * mediators + 1);
    for found in by_dispute {
        let mut found = found.into_iter().peekable();
        for mediator in instance.mediator_indices() {
            starts.push(findings.len() as u32);
            while let Some((_, finding)) = found.next_if(|(m, _)| *m == mediator) {
                findings.push(finding);
            }
        }
    }
    starts.push(findings.len() as u32);
    ConflictTable {
        rules: rules.iter().map(|rule| rule.id.clone()).collect(),
        mediators,
        starts,
        findings,
        pairs: screening.pairs(),
    }
}

/// Dates between which no edge begins or ends are alike: disputes whose test dates are alike
/// share their searches.
struct DateClasses {
    /// The class of each dispute.
    of: Vec<u32>,
    /// A date for each stretch of each class.
    dates: Vec<Vec<Date>>,
}

impl DateClasses {
    fn new(instance: &Instance, graph: &ConflictGraph) -> Self {
        let sorted = |mut dates: Vec<Date>| {
            dates.sort_unstable();
            dates.dedup();
            dates
        };
        let firsts = sorted(graph.edges().filter_map(|edge| edge.data.span.first).collect());
        let lasts = sorted(graph.edges().filter_map(|edge| edge.data.span.last).collect());
        let stretch = |date: Date| {
            let begun = firsts.partition_point(|first| *first <= date);
            let over = lasts.partition_point(|last| *last < date);
            (begun, over)
        };
        let mut known: BTreeMap<Vec<(usize, usize)>, u32> = BTreeMap::new();
        let mut classes = Self { of: Vec::new(), dates: Vec::new() };
        for dispute in instance.disputes() {
            // INVARIANT: stretches are ordered as their dates, so the key is sorted.
            let alike: BTreeMap<(usize, usize), Date> =
                dispute.test_dates.iter().map(|date| (stretch(*date), *date)).collect();
            let next = classes.dates.len() as u32;
            let class = *known.entry(alike.keys().copied().collect()).or_insert(next);
            if class == next {
                classes.dates.push(alike.into_values().collect());
            }
            classes.of.push(class);
        }
        classes
    }
}

/// Number of appointments of a mediator through an actor, those that reach `at_least`.
type Counts = BTreeMap<(ActorIx, MediatorIx), u32>;

fn counts(instance: &Instance, rule: &RuleDoc) -> Counts {
    let mut counts = Counts::new();
    let Some(CountDoc { at_least, years, .. }) = rule.count else {
        return counts;
    };
    let (from, to) = (instance.as_of().years_before(years), instance.as_of());
    for appointment in instance.appointments() {
        if appointment.date < from || to < appointment.date {
            continue;
        }
        let through: Vec<ActorIx> = match rule.to {
            Target::Party => appointment.by.into_iter().collect(),
            Target::Counsel => {
                let mut counsel = appointment.counsel.clone();
                counsel.sort_unstable();
                counsel.dedup();
                counsel
            }
            _ => Vec::new(),
        };
        for actor in through {
            *counts.entry((actor, appointment.mediator)).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= at_least);
    counts
}

/// The targets of a rule in a dispute, sorted, each once.
fn targets(dispute: &Dispute, to: Target) -> Vec<ActorIx> {
    let parties = dispute.parties.iter();
    let mut targets: Vec<ActorIx> = match to {
        Target::Party => parties.map(|party| party.actor).collect(),
        Target::Counsel => parties.flat_map(|party| party.counsel.iter().copied()).collect(),
        Target::Representative => {
            parties.flat_map(|party| party.representatives.iter().copied()).collect()
        }
        _ => Vec::new(),
    };
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// A search: a rule, a target, and a class of test dates (0 when the rule does not ask for them).
type Key = (u32, ActorIx, u32);

struct Searches {
    keys: Vec<Key>,
    reached: Vec<Vec<Reached>>,
}

struct Screening<'a> {
    instance: &'a Instance,
    graph: &'a ConflictGraph,
    rules: &'a [RuleDoc],
    program: Program,
    counts: Vec<Counts>,
    classes: DateClasses,
}

impl Screening<'_> {
    /// The searches that a dispute needs.
    fn keys(&self, position: usize, dispute: &Dispute) -> Vec<Key> {
        let mut keys = Vec::new();
        for to in [Target::Party, Target::Counsel, Target::Representative] {
            let targets = targets(dispute, to);
            for (rule, automaton) in self.program.automata.iter().enumerate() {
                let Some(automaton) = automaton.as_ref().filter(|_| self.rules[rule].to == to)
                else {
                    continue;
                };
                let class = if automaton.dated { self.classes.of[position] } else { 0 };
                keys.extend(targets.iter().map(|target| (rule as u32, *target, class)));
            }
        }
        keys
    }

    /// Does every search once.
    fn searches(&self) -> Searches {
        let disputes = self.instance.disputes().iter().enumerate();
        let mut keys: Vec<Key> =
            disputes.flat_map(|(position, dispute)| self.keys(position, dispute)).collect();
        keys.sort_unstable();
        keys.dedup();
        let reached = keys
            .par_iter()
            .map_init(
                || Scratch::new(&self.program, self.graph),
                |scratch, (rule, target, class)| {
                    let dates = &self.classes.dates[*class as usize];
                    self.search(*rule as usize, *target, dates, scratch)
                },
            )
            .collect();
        Searches { keys, reached }
    }

    fn search(
        &self,
        rule: usize,
        target: ActorIx,
        dates: &[Date],
        scratch: &mut Scratch,
    ) -> Vec<Reached> {
        let Some(automaton) = &self.program.automata[rule] else {
            return Vec::new();
        };
        let (graph, program) = (self.graph, &self.program);
        Search { graph, program, automaton, target, dates }.run(scratch)
    }

    fn finding(&self, rule: u32, target: ActorIx, reached: &Reached) -> Finding {
        let severity = self.rules[rule as usize].severity;
        Finding {
            rule: RuleIx(rule),
            severity,
            undisclosable: severity == Severity::Orange && reached.confidential,
            witness: reached.witness.clone(),
            target,
            count: None,
            case: None,
            cure: None,
            barring: severity >= Severity::WaivableRed
                || (severity == Severity::Orange && reached.confidential),
        }
    }

    /// The findings of a dispute by mediator and rule: of several targets the one with an open
    /// path, then a shortest path, then the highest count, then the earliest actor.
    fn dispute(
        &self,
        position: usize,
        dispute: &Dispute,
        searches: &Searches,
    ) -> Vec<(MediatorIx, Finding)> {
        let mut found: Vec<(MediatorIx, Finding)> = Vec::new();
        for key in self.keys(position, dispute) {
            let Ok(at) = searches.keys.binary_search(&key) else { continue };
            let reached = searches.reached[at].iter();
            found.extend(reached.map(|r| (r.mediator, self.finding(key.0, key.1, r))));
        }
        for (rule, counts) in self.counts.iter().enumerate().filter(|(_, c)| !c.is_empty()) {
            for target in targets(dispute, self.rules[rule].to) {
                let of_target = (target, MediatorIx(0))..=(target, MediatorIx(u32::MAX));
                for ((_, mediator), count) in counts.range(of_target) {
                    if self.instance.mediator(*mediator).actor == target {
                        continue;
                    }
                    let finding = Finding {
                        rule: RuleIx(rule as u32),
                        severity: self.rules[rule].severity,
                        undisclosable: false,
                        witness: [].into(),
                        target,
                        count: Some(*count),
                        case: None,
                        cure: None,
                        barring: self.rules[rule].severity >= Severity::WaivableRed,
                    };
                    found.push((*mediator, finding));
                }
            }
        }
        found.sort_by_cached_key(|(mediator, finding)| {
            let preference = (finding.is_confidential(), finding.witness.len());
            (*mediator, finding.rule, preference, Reverse(finding.count), finding.target)
        });
        found.dedup_by(|later, kept| later.0 == kept.0 && later.1.rule == kept.1.rule);
        found
    }

    /// What keeps two mediators off one panel, whichever of them the path starts from.
    ///
    /// A rule between mediators belongs to no dispute; should it ask for test dates, those of all
    /// disputes count.
    fn pairs(&self) -> Vec<Vec<(MediatorIx, Finding)>> {
        let rules: Vec<u32> = (0..self.rules.len() as u32)
            .filter(|rule| {
                let rule = &self.rules[*rule as usize];
                rule.to == Target::CoPanellist && rule.severity >= Severity::Orange
            })
            .collect();
        let mut dates: Vec<Date> =
            self.instance.disputes().iter().flat_map(|d| d.test_dates.iter().copied()).collect();
        dates.push(self.instance.as_of());
        dates.sort_unstable();
        dates.dedup();
        let reached: Vec<Vec<(MediatorIx, Finding)>> = self
            .instance
            .mediators()
            .par_iter()
            .map_init(
                || Scratch::new(&self.program, self.graph),
                |scratch, mediator| {
                    let target = mediator.actor;
                    let mut found = Vec::new();
                    for rule in &rules {
                        let reached = self.search(*rule as usize, target, &dates, scratch);
                        let finding = |r: &Reached| self.finding(*rule, target, r);
                        found.extend(reached.iter().map(|r| (r.mediator, finding(r))));
                    }
                    found
                },
            )
            .collect();
        let mut pairs = vec![Vec::new(); reached.len()];
        for (target, found) in reached.into_iter().enumerate() {
            let target = MediatorIx::new(target);
            for (start, finding) in found {
                pairs[target.min(start).ix()].push((target.max(start), finding));
            }
        }
        for later in &mut pairs {
            later.sort_by_cached_key(|(mediator, finding)| {
                let preference = (finding.is_confidential(), finding.witness.len());
                // WHY: the target is reversed so that of two equal paths the one from the earlier
                // mediator is told.
                let target = Reverse(finding.target);
                (*mediator, Reverse(finding.severity), preference, finding.rule, target)
            });
            later.dedup_by_key(|(mediator, _)| *mediator);
        }
        pairs
    }
}
