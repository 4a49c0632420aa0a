//! What the batch itself makes a conflict (A6): as rows before solving, as findings afterwards.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::TargetCounts;
use super::finding::{BatchRow, Finding, RuleIx};
use super::meaning::judge;
use super::table::ConflictTable;
use crate::domain::{ActorIx, DisputeIx, Instance, MediatorIx};
use crate::format::{Severity, Target};

type Sits<'a> = &'a dyn Fn(DisputeIx, MediatorIx) -> bool;

impl ConflictTable {
    /// True when a finding of a counting or pairing rule would bar the mediator.
    fn binds(&self, rule: usize, dispute: DisputeIx, mediator: MediatorIx) -> bool {
        let mut finding = self.made_here(rule, dispute, ActorIx(0));
        self.judge(dispute, mediator, &mut finding);
        finding.barring
    }

    fn judge(&self, dispute: DisputeIx, mediator: MediatorIx, finding: &mut Finding) {
        let cures: Vec<_> = self.cures_of(dispute, mediator).into_iter().collect();
        judge(finding, self.consent, self.overridable[finding.rule.ix()], &cures);
    }

    /// A finding of the batch, to be judged.
    fn made_here(&self, rule: usize, dispute: DisputeIx, target: ActorIx) -> Finding {
        Finding::blank(RuleIx(rule as u32), self.severities[dispute.ix()][rule], target)
    }

    /// The rows A6 between disputes in which a mediator is eligible, by mediator, sorted, each
    /// once: the formula of docs/model.md. `members` are the eligible of a dispute.
    #[must_use]
    pub fn batch_rows(
        &self,
        members: &dyn Fn(DisputeIx) -> Vec<MediatorIx>,
        eligible: &dyn Fn(DisputeIx, MediatorIx) -> bool,
    ) -> Vec<BatchRow> {
        let mut rows = BTreeSet::new();
        for ((rule, dispute), pairs) in &self.counts.pairs {
            for (other, _) in &pairs.batch {
                for mediator in members(*dispute) {
                    let both = eligible(*other, mediator);
                    if both && self.binds(*rule as usize, *dispute, mediator) {
                        let mut terms = vec![(*dispute, 1), (*other, 1)];
                        terms.sort_unstable();
                        rows.insert(BatchRow { mediator, terms, limit: 1 });
                    }
                }
            }
        }
        let with_target = self.disputes_by_target();
        for ((rule, target), counts) in &self.counts.counts {
            if counts.batch.is_empty() {
                continue;
            }
            let rule = *rule as usize;
            let about = match self.to[rule] {
                Target::Party => with_target[0].get(target),
                Target::Counsel => with_target[1].get(target),
                _ => None,
            };
            let about = about.map_or(&[][..], Vec::as_slice);
            // Whoever is eligible in none of these is bound in none.
            let mut able: Vec<MediatorIx> = about.iter().flat_map(|d| members(*d)).collect();
            able.sort_unstable();
            able.dedup();
            for mediator in able {
                let open = |list: &[DisputeIx]| -> Vec<DisputeIx> {
                    list.iter().copied().filter(|d| eligible(*d, mediator)).collect()
                };
                let bound: Vec<DisputeIx> =
                    open(about).into_iter().filter(|d| self.binds(rule, *d, mediator)).collect();
                let left = i64::from(self.bounds[rule].unwrap_or(0)) - past(counts, mediator);
                if !bound.is_empty() && left >= 1 {
                    count_rows(mediator, &open(&counts.batch), &bound, left, &mut rows);
                }
            }
        }
        rows.into_iter().collect()
    }

    /// Disputes by the actors of their parties, and by their counsel.
    fn disputes_by_target(&self) -> [BTreeMap<ActorIx, Vec<DisputeIx>>; 2] {
        let mut by_target = [BTreeMap::new(), BTreeMap::new()];
        for (dispute, targets) in self.targets.iter().enumerate() {
            for (known, targets) in by_target.iter_mut().zip(targets) {
                for target in targets {
                    let list: &mut Vec<DisputeIx> = known.entry(*target).or_default();
                    list.push(DisputeIx::new(dispute));
                }
            }
        }
        by_target
    }

    /// What must be disclosed of the members of a panel when all panels are as `sits` says: the
    /// findings about each member, those that this batch makes or changes among them, and those
    /// between two members (about the one from whom the path starts).
    #[must_use]
    pub fn disclosures_of_panel(
        &self,
        instance: &Instance,
        dispute: DisputeIx,
        panel: &[MediatorIx],
        sits: Sits<'_>,
    ) -> Vec<(MediatorIx, Finding)> {
        let mut told = Vec::new();
        for (position, member) in panel.iter().enumerate() {
            let mut found: Vec<Finding> = self.findings(dispute, *member).to_vec();
            for rule in 0..self.rules.len() {
                let known = found.iter().position(|f| f.rule.ix() == rule);
                let here = self.in_batch(instance, rule, dispute, *member, sits);
                match (known, here) {
                    // WHY: what is undisclosable bars whatever the batch adds.
                    (Some(at), Some(_)) if found[at].undisclosable => {}
                    (Some(at), Some(more)) if found[at].count < more.count => found[at] = more,
                    (None, Some(more)) => found.push(more),
                    (_, None) | (Some(_), Some(_)) => {}
                }
            }
            found.sort_by_key(|finding| finding.rule);
            let due = |f: &Finding| f.severity >= Severity::Orange && !f.barring;
            told.extend(found.into_iter().filter(due).map(|finding| (*member, finding)));
            for other in &panel[..position] {
                let between = self.between_in(dispute, *other, *member).into_iter().filter(due);
                told.extend(between.map(|finding| {
                    let actor = instance.mediator(*member).actor;
                    let start = if finding.target == actor { *other } else { *member };
                    (start, finding)
                }));
            }
        }
        told
    }

    /// What a counting or pairing rule finds with the batch counted in, where the batch adds
    /// something.
    fn in_batch(
        &self,
        instance: &Instance,
        rule: usize,
        dispute: DisputeIx,
        mediator: MediatorIx,
        sits: Sits<'_>,
    ) -> Option<Finding> {
        let others = |list: &[DisputeIx]| {
            list.iter().filter(|d| **d != dispute && sits(**d, mediator)).count() as i64
        };
        if let Some(pairs) = self.counts.pairs.get(&(rule as u32, dispute)) {
            let (other, target) = pairs.batch.iter().find(|(d, _)| sits(*d, mediator))?;
            let mut finding = self.made_here(rule, dispute, *target);
            finding.case = Some(instance.dispute(*other).node);
            self.judge(dispute, mediator, &mut finding);
            return Some(finding);
        }
        let least = i64::from(self.bounds[rule]?);
        let (most, target) = self
            .targets_of(rule, dispute)
            .iter()
            .filter(|target| **target != instance.mediator(mediator).actor)
            .filter_map(|target| {
                let counts = self.counts.counts.get(&(rule as u32, *target))?;
                let here = others(&counts.batch);
                (here > 0).then_some((past(counts, mediator) + here, *target))
            })
            .max_by_key(|(count, target)| (*count, std::cmp::Reverse(*target)))
            .filter(|(count, _)| *count >= least)?;
        let mut finding = self.made_here(rule, dispute, target);
        finding.count = Some(most as u32);
        self.judge(dispute, mediator, &mut finding);
        Some(finding)
    }
}

fn past(counts: &TargetCounts, mediator: MediatorIx) -> i64 {
    let at = counts.past.binary_search_by_key(&mediator, |(m, _)| *m);
    at.map_or(0, |at| i64::from(counts.past[at].1.all))
}

/// The rows of one count: `batch` are the disputes that count, `bound` those in which a finding
/// bars, `left` how many more there may be.
fn count_rows(
    mediator: MediatorIx,
    batch: &[DisputeIx],
    bound: &[DisputeIx],
    left: i64,
    rows: &mut BTreeSet<BatchRow>,
) {
    let both: Vec<DisputeIx> = batch.iter().copied().filter(|d| bound.contains(d)).collect();
    if both.len() as i64 > left {
        let terms = both.iter().map(|d| (*d, 1)).collect();
        rows.insert(BatchRow { mediator, terms, limit: left });
    }
    for dispute in bound {
        let others: Vec<DisputeIx> = batch.iter().copied().filter(|d| d != dispute).collect();
        let implied = both.contains(dispute) && others.iter().all(|d| both.contains(d));
        let number = others.len() as i64;
        let factor = number - (left - 1);
        if !implied && factor > 0 {
            let mut terms: Vec<(DisputeIx, i64)> = others.iter().map(|d| (*d, 1)).collect();
            terms.push((*dispute, factor));
            terms.sort_unstable();
            rows.insert(BatchRow { mediator, terms, limit: number });
        }
    }
}
