//! Screening: every rule, every dispute, every mediator.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::automaton::Program;
use super::counts::{Counting, Counts};
use super::finding::{Finding, RuleIx};
use super::graph::ConflictGraph;
use super::interpreters;
use super::meaning::{is_waivable, judge};
use super::search::{Reached, Scratch, Search};
use super::table::ConflictTable;
use super::targets::{is_about_panels, sides_of, sides_of_nationals, targets};
use crate::domain::{ActorIx, Consent, Dispute, DisputeIx, Instance, MediatorIx};
use crate::format::{RuleDoc, Severity, Target};
use crate::time::Date;

/// Runs every rule of the profile over the graph for every dispute and every two mediators.
#[must_use]
pub fn screen(instance: &Instance, graph: &ConflictGraph) -> ConflictTable {
    let rules = &instance.policy().rules.rules;
    let program = Program::compile(instance, rules, graph);
    let counts = Counting { instance, graph, program: &program, rules }.run();
    let classes = DateClasses::new(instance, graph);
    let consent = instance.policy().consent;
    let screening = Screening { instance, graph, rules, program, counts, classes, consent };
    let searches = screening.searches();
    let by_dispute: Vec<Row> = instance
        .dispute_indices()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map_init(
            || Scratch::new(&screening.program, graph),
            |scratch, dispute| screening.row(dispute, &searches, scratch),
        )
        .collect();
    let total = by_dispute.iter().map(|row| row.findings.len()).sum();
    let mut findings = Vec::with_capacity(total);
    let mut about = Vec::with_capacity(total);
    let mut starts = Vec::with_capacity(by_dispute.len() + 1);
    let mut ties = Vec::with_capacity(by_dispute.len());
    for row in by_dispute {
        starts.push(findings.len());
        for (mediator, finding) in row.findings {
            about.push(mediator);
            findings.push(finding);
        }
        ties.push(row.ties);
    }
    starts.push(findings.len());
    let pairs = screening.pairs();
    let severities = instance.dispute_indices().map(|d| screening.severities(d)).collect();
    let Screening { counts, .. } = screening;
    ConflictTable {
        rules: rules.iter().map(|rule| rule.id.clone()).collect(),
        overridable: rules.iter().map(|rule| rule.overridable == Some(true)).collect(),
        consent,
        cures: instance.disputes().iter().map(|dispute| dispute.cures.clone()).collect(),
        starts,
        findings,
        about,
        ties,
        pairs,
        counts,
        bounds: rules.iter().map(|rule| rule.count.as_ref().map(|c| c.at_least)).collect(),
        severities,
        targets: instance
            .disputes()
            .iter()
            .map(|d| [targets(instance, d, Target::Party), targets(instance, d, Target::Counsel)])
            .collect(),
        to: rules.iter().map(|rule| rule.to).collect(),
        interpreters: interpreters::barred(instance, graph),
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

/// A search: a rule, a target, and a class of test dates (0 when the rule does not ask for them).
type Key = (u32, ActorIx, u32);

struct Searches {
    keys: Vec<Key>,
    reached: Vec<Vec<Reached>>,
}

/// What was found in one dispute.
struct Row {
    /// Sorted by mediator and rule, one for each.
    findings: Vec<(MediatorIx, Finding)>,
    /// Sides by mediator, sorted.
    ties: Vec<(MediatorIx, Vec<u32>)>,
}

struct Screening<'a> {
    instance: &'a Instance,
    graph: &'a ConflictGraph,
    rules: &'a [RuleDoc],
    program: Program,
    counts: Counts,
    classes: DateClasses,
    consent: Consent,
}

/// True for a rule that is a path and nothing else.
fn is_path(rule: &RuleDoc) -> bool {
    rule.count.is_none() && rule.pair.is_none()
}

impl Screening<'_> {
    /// The severity of each rule in a dispute.
    fn severities(&self, dispute: DisputeIx) -> Vec<Severity> {
        let (policy, class) = (self.instance.policy(), self.instance.dispute(dispute).class);
        self.rules.iter().map(|rule| policy.severity_of(rule, class)).collect()
    }

    /// The searches that a dispute needs.
    fn keys(&self, position: usize, dispute: &Dispute) -> Vec<Key> {
        let mut keys = Vec::new();
        for (rule, doc) in self.rules.iter().enumerate().filter(|(_, rule)| is_path(rule)) {
            let class =
                if self.program.automata[rule].dated { self.classes.of[position] } else { 0 };
            let targets = targets(self.instance, dispute, doc.to);
            keys.extend(targets.into_iter().map(|target| (rule as u32, target, class)));
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
                    self.search(*rule as usize, *target, dates, &[], scratch)
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
        without: &[usize],
        scratch: &mut Scratch,
    ) -> Vec<Reached> {
        let automaton = &self.program.automata[rule];
        let (graph, program) = (self.graph, &self.program);
        Search { graph, program, automaton, target, dates, without }.run(scratch)
    }

    /// What a path means in itself: severity, and whether it can be told.
    fn finding(rule: u32, severity: Severity, target: ActorIx, reached: &Reached) -> Finding {
        Finding {
            undisclosable: severity >= Severity::Orange && reached.confidential,
            witness: reached.witness.clone(),
            ..Finding::blank(RuleIx(rule), severity, target)
        }
    }

    /// The findings of a dispute by mediator and rule: of several targets the one with an open
    /// path, then a shortest path, then the highest count, then the earliest actor.
    fn row(&self, at: DisputeIx, searches: &Searches, scratch: &mut Scratch) -> Row {
        let dispute = self.instance.dispute(at);
        let severities: Vec<Severity> = self.severities(at);
        let about_panels = is_about_panels(self.instance.nationality_policy(at));
        let mut ties: BTreeMap<MediatorIx, Vec<u32>> = BTreeMap::new();
        let mut found: Vec<(MediatorIx, Finding)> = Vec::new();
        for key in self.keys(at.ix(), dispute) {
            let Ok(place) = searches.keys.binary_search(&key) else { continue };
            let rule = &self.rules[key.0 as usize];
            let ties_by = about_panels
                && rule.governed_by.is_some()
                && rule.severity >= Severity::WaivableRed
                && rule.to == Target::Party;
            for reached in &searches.reached[place] {
                let severity = severities[key.0 as usize];
                found.push((reached.mediator, Self::finding(key.0, severity, key.1, reached)));
                if ties_by {
                    ties.entry(reached.mediator).or_default().extend(sides_of(dispute, key.1));
                }
            }
        }
        if about_panels {
            for mediator in self.instance.mediator_indices() {
                let sides: Vec<u32> = sides_of_nationals(self.instance, at, mediator).collect();
                if !sides.is_empty() {
                    ties.entry(mediator).or_default().extend(sides);
                }
            }
        }
        self.counted(at, &severities, &mut found);
        found.sort_by_cached_key(|(mediator, finding)| {
            let hidden = finding.undisclosable || finding.is_confidential();
            let preference = (hidden, finding.witness.len());
            (*mediator, finding.rule, preference, Reverse(finding.count), finding.target)
        });
        found.dedup_by(|later, kept| later.0 == kept.0 && later.1.rule == kept.1.rule);
        for (mediator, finding) in &mut found {
            self.judge(at, *mediator, finding, scratch);
        }
        for sides in ties.values_mut() {
            sides.sort_unstable();
            sides.dedup();
        }
        Row { findings: found, ties: ties.into_iter().collect() }
    }

    /// What counting and pairing rules find in the past.
    fn counted(
        &self,
        at: DisputeIx,
        severities: &[Severity],
        found: &mut Vec<(MediatorIx, Finding)>,
    ) {
        let dispute = self.instance.dispute(at);
        for (rule, doc) in self.rules.iter().enumerate() {
            let blank = |target| Finding::blank(RuleIx(rule as u32), severities[rule], target);
            if let Some(count) = &doc.count {
                for target in targets(self.instance, dispute, doc.to) {
                    let Some(counts) = self.counts.counts.get(&(rule as u32, target)) else {
                        continue;
                    };
                    for (mediator, tally) in &counts.past {
                        if tally.all >= count.at_least {
                            let hidden = tally.open < count.at_least;
                            let undisclosable = hidden && severities[rule] >= Severity::Orange;
                            let told = if hidden { tally.all } else { tally.open };
                            let finding = blank(target);
                            let count = Some(told);
                            found.push((*mediator, Finding { undisclosable, count, ..finding }));
                        }
                    }
                }
            }
            if let Some(pairs) = self.counts.pairs.get(&(rule as u32, at)) {
                for past in &pairs.past {
                    let case = Some(past.case);
                    found.push((past.mediator, Finding { case, ..blank(past.target) }));
                }
            }
        }
    }

    /// Decides what a finding means, waivers and overrides taken into account.
    fn judge(
        &self,
        at: DisputeIx,
        mediator: MediatorIx,
        finding: &mut Finding,
        scratch: &mut Scratch,
    ) {
        let rule = &self.rules[finding.rule.ix()];
        let overridable = rule.overridable == Some(true);
        let cures = self.instance.dispute(at).cures_of(mediator);
        let by_relation = cures.is_some_and(|cures| !cures.relations.is_empty())
            && is_path(rule)
            && !finding.undisclosable
            && is_waivable(self.consent, finding.severity);
        if by_relation && let Some(cures) = cures {
            let Some(left) =
                self.without_relations(at, mediator, finding, &cures.relations, scratch)
            else {
                finding.cure = Some(crate::format::Cure::Waived);
                finding.barring = false;
                return;
            };
            *finding = left;
        }
        judge(finding, self.consent, overridable, &cures.into_iter().collect::<Vec<_>>());
    }

    /// What is left of a finding without some relations.
    fn without_relations(
        &self,
        at: DisputeIx,
        mediator: MediatorIx,
        finding: &Finding,
        without: &[usize],
        scratch: &mut Scratch,
    ) -> Option<Finding> {
        let dispute = self.instance.dispute(at);
        let rule = finding.rule.ix();
        let dates = &self.classes.dates[self.classes.of[at.ix()] as usize];
        targets(self.instance, dispute, self.rules[rule].to)
            .into_iter()
            .filter_map(|target| {
                let reached = self.search(rule, target, dates, without, scratch);
                let reached = reached.into_iter().find(|r| r.mediator == mediator)?;
                Some(Self::finding(rule as u32, finding.severity, target, &reached))
            })
            .min_by_key(|left| (left.is_confidential(), left.witness.len(), left.target))
    }

    /// What was found between two mediators, whichever of them the path starts from: at most one
    /// finding a rule, the barring aside, which depends on the dispute.
    ///
    /// A rule between mediators belongs to no dispute; should it ask for test dates, those of all
    /// disputes count.
    fn pairs(&self) -> Vec<Vec<(MediatorIx, Vec<Finding>)>> {
        let rules: Vec<u32> = (0..self.rules.len() as u32)
            .filter(|rule| {
                let rule = &self.rules[*rule as usize];
                rule.to == Target::CoPanellist && is_path(rule)
            })
            .collect();
        let mut dates: Vec<Date> =
            self.instance.disputes().iter().flat_map(|d| d.test_dates.iter().copied()).collect();
        dates.push(self.instance.as_of());
        dates.sort_unstable();
        dates.dedup();
        if rules.is_empty() {
            return vec![Vec::new(); self.instance.mediators().len()];
        }
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
                        let severity = self.rules[*rule as usize].severity;
                        let reached = self.search(*rule as usize, target, &dates, &[], scratch);
                        let finding = |r: &Reached| Self::finding(*rule, severity, target, r);
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
        pairs.into_iter().map(|later| self.by_second(later)).collect()
    }

    /// Groups the findings of one mediator by the other, one a rule.
    fn by_second(&self, mut later: Vec<(MediatorIx, Finding)>) -> Vec<(MediatorIx, Vec<Finding>)> {
        later.sort_by_cached_key(|(mediator, finding)| {
            let preference = (finding.is_confidential(), finding.witness.len());
            // WHY: the target is reversed so that of two equal paths the one from the earlier
            // mediator is told.
            (*mediator, finding.rule, preference, Reverse(finding.target))
        });
        later.dedup_by(|later, kept| later.0 == kept.0 && later.1.rule == kept.1.rule);
        let mut grouped: Vec<(MediatorIx, Vec<Finding>)> = Vec::new();
        for (mediator, mut finding) in later {
            let overridable = self.rules[finding.rule.ix()].overridable == Some(true);
            judge(&mut finding, self.consent, overridable, &[]);
            match grouped.last_mut() {
                Some((known, findings)) if *known == mediator => findings.push(finding),
                _ => grouped.push((mediator, vec![finding])),
            }
        }
        grouped
    }
}
