//! The eligibility table and how it is computed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::reason::Reason;
use crate::conflict::{BatchRow, ConflictTable, has_own_cause};
use crate::domain::{
    Designation, Dispute, DisputeIx, Instance, InterpreterIx, Mediator, MediatorIx, Micro,
};
use crate::format::{AppointmentMode, NationalityPolicy, Severity};
use crate::time::DateSpan;

/// Whether a mediator may sit in a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eligibility<'a> {
    /// May sit.
    Eligible {
        /// Fit of the pair, in micro-units.
        fit: Micro,
        /// Effort of the pair, in minutes.
        effort: i64,
    },
    /// May not sit, for all these reasons; never empty.
    Excluded(&'a [Reason]),
}

impl<'a> Eligibility<'a> {
    /// True when the mediator may sit.
    #[must_use]
    pub fn is_eligible(self) -> bool {
        matches!(self, Self::Eligible { .. })
    }
    /// The reasons against it; empty when the mediator may sit.
    #[must_use]
    pub fn reasons(self) -> &'a [Reason] {
        match self {
            Self::Eligible { .. } => &[],
            Self::Excluded(reasons) => reasons,
        }
    }
}

/// All that there is against a pair that no list names.
const UNSCORED: &[Reason] = &[Reason::NotScored];

/// The eligibility of every pair of dispute and mediator.
///
/// A complete map: a pair in neither list of its dispute has no score where only those that have
/// one are candidates, and nothing else against it. WHY: of hundreds of millions of pairs a few
/// millions may have one.
#[derive(Debug, Clone)]
pub struct EligibilityTable {
    mediators: usize,
    rows: Vec<Row>,
    batch: Vec<BatchRow>,
    interpreters: Vec<Vec<InterpreterIx>>,
}

/// The pairs of a dispute, in roster order.
#[derive(Debug, Clone, Default)]
struct Row {
    eligible: Vec<(MediatorIx, Micro, i64)>,
    /// With the place after their last reason.
    excluded: Vec<(MediatorIx, u32)>,
    /// WHY one list: most pairs of a large docket are excluded, and a list for each of them would
    /// be most of what is held.
    reasons: Vec<Reason>,
}

impl Row {
    /// The reasons against the `at`-th of the excluded.
    fn reasons_of(&self, at: usize) -> &[Reason] {
        let first = at.checked_sub(1).map_or(0, |before| self.excluded[before].1);
        &self.reasons[first as usize..self.excluded[at].1 as usize]
    }
}

impl EligibilityTable {
    /// The eligibility of a pair. Complexity: logarithmic in the pairs of the dispute.
    #[must_use]
    pub fn get(&self, dispute: DisputeIx, mediator: MediatorIx) -> Eligibility<'_> {
        let row = &self.rows[dispute.ix()];
        let Row { eligible, excluded, .. } = row;
        if let Ok(at) = eligible.binary_search_by_key(&mediator, |(m, ..)| *m) {
            let (_, fit, effort) = eligible[at];
            return Eligibility::Eligible { fit, effort };
        }
        let known = excluded.binary_search_by_key(&mediator, |(m, _)| *m);
        Eligibility::Excluded(known.map_or(UNSCORED, |at| row.reasons_of(at)))
    }

    /// The eligible mediators of a dispute with fit and effort, in roster order.
    #[must_use]
    pub fn eligible(&self, dispute: DisputeIx) -> &[(MediatorIx, Micro, i64)] {
        &self.rows[dispute.ix()].eligible
    }

    /// Keeps some pairs from being eligible, for no reason that is told.
    pub(crate) fn bar(&mut self, pairs: &[(DisputeIx, MediatorIx)]) {
        let of_dispute = pairs.chunk_by(|a, b| a.0 == b.0);
        for pairs in of_dispute {
            let row = &mut self.rows[pairs[0].0.ix()];
            row.eligible.retain(|(m, ..)| pairs.iter().all(|(_, barred)| barred != m));
        }
    }

    /// The interpreters who may serve a dispute, sorted.
    #[must_use]
    pub fn interpreters(&self, dispute: DisputeIx) -> &[InterpreterIx] {
        &self.interpreters[dispute.ix()]
    }

    /// The rows A6, by mediator, sorted, each once.
    #[must_use]
    pub fn batch_rows(&self) -> &[BatchRow] {
        &self.batch
    }

    /// For each code, the number of pairs that have it, in the order of the codes.
    #[must_use]
    pub fn exclusion_counts(&self, instance: &Instance) -> Vec<(String, u64)> {
        self.counts(&self.rows, instance)
    }

    /// The same for one dispute: the number of mediators that each code takes away.
    #[must_use]
    pub fn exclusion_counts_of(
        &self,
        instance: &Instance,
        dispute: DisputeIx,
    ) -> Vec<(String, u64)> {
        self.counts(std::slice::from_ref(&self.rows[dispute.ix()]), instance)
    }

    fn counts(&self, rows: &[Row], instance: &Instance) -> Vec<(String, u64)> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let mut codes = Vec::new();
        for row in rows {
            for at in 0..row.excluded.len() {
                codes.clear();
                codes.extend(row.reasons_of(at).iter().map(|reason| reason.code(instance)));
                codes.sort_unstable();
                codes.dedup();
                for code in &codes {
                    *counts.entry(code).or_default() += 1;
                }
            }
            let unnamed = self.mediators - row.eligible.len() - row.excluded.len();
            if unnamed > 0 {
                *counts.entry(UNSCORED[0].code(instance)).or_default() += unnamed as u64;
            }
        }
        counts.into_iter().map(|(code, count)| (code.to_owned(), count)).collect()
    }
}

/// Decides every pair.
#[must_use]
pub fn compute(instance: &Instance, conflicts: &ConflictTable) -> EligibilityTable {
    let mut mediator_of = vec![None; instance.actors().len()];
    for mediator in instance.mediator_indices() {
        mediator_of[instance.mediator(mediator).actor.ix()] = Some(mediator);
    }
    let rows = (0..instance.disputes().len())
        .into_par_iter()
        .map(|position| row(instance, conflicts, &mediator_of, DisputeIx::new(position)))
        .collect();
    let mut table = EligibilityTable {
        mediators: instance.mediators().len(),
        rows,
        batch: Vec::new(),
        interpreters: instance
            .dispute_indices()
            .map(|dispute| interpreters(instance, conflicts, dispute))
            .collect(),
    };
    table.batch = conflicts.batch_rows(
        &|dispute| table.eligible(dispute).iter().map(|(mediator, ..)| *mediator).collect(),
        &|dispute, mediator| table.get(dispute, mediator).is_eligible(),
    );
    table
}

/// The interpreters without a conflict of interest or a part of their own in a dispute.
fn interpreters(
    instance: &Instance,
    conflicts: &ConflictTable,
    dispute: DisputeIx,
) -> Vec<InterpreterIx> {
    let all = instance.interpreters().iter().enumerate();
    all.map(|(position, interpreter)| (InterpreterIx::new(position), interpreter.actor))
        .filter(|(interpreter, actor)| {
            !conflicts.bars_interpreter(dispute, *interpreter)
                && !has_own_cause(instance, dispute, *actor)
        })
        .map(|(interpreter, _)| interpreter)
        .collect()
}

fn row(
    instance: &Instance,
    conflicts: &ConflictTable,
    mediator_of: &[Option<MediatorIx>],
    dispute: DisputeIx,
) -> Row {
    let docket = instance.dispute(dispute);
    let length = i64::from(docket.session_slots()) * i64::from(instance.grid().slot_minutes());
    let mut row = Row { eligible: Vec::with_capacity(docket.fit.len()), ..Row::default() };
    let decide = |mediator| {
        let before = row.reasons.len();
        reasons(instance, conflicts, dispute, mediator, &mut row.reasons);
        let own = &row.reasons[before..];
        if own.is_empty() {
            let fit = fit(docket, mediator, instance.mediator(mediator));
            let effort = score(&docket.effort, mediator).unwrap_or(length);
            row.eligible.push((mediator, fit, effort));
        } else if own == UNSCORED {
            row.reasons.truncate(before);
        } else {
            row.excluded.push((mediator, row.reasons.len() as u32));
        }
    };
    match named(instance, conflicts, mediator_of, dispute) {
        Some(named) => named.into_iter().for_each(decide),
        None => instance.mediator_indices().for_each(decide),
    }
    row.excluded.shrink_to_fit();
    row.reasons.shrink_to_fit();
    row
}

/// Everyone against whom there may be something else than that she has no score, and those who have
/// one, in roster order; nothing where that may be anyone.
fn named(
    instance: &Instance,
    conflicts: &ConflictTable,
    mediator_of: &[Option<MediatorIx>],
    dispute: DisputeIx,
) -> Option<Vec<MediatorIx>> {
    let docket = instance.dispute(dispute);
    let by_list = instance.panels().is_empty() || docket.mode == AppointmentMode::PartyAgreed;
    // WHY `advisory`: the other policies ask for everybody's nationality.
    let by_name = instance.policy().only_scored
        && by_list
        && docket.languages.is_empty()
        && instance.nationality_policy(dispute) == NationalityPolicy::Advisory;
    if !by_name {
        return None;
    }
    let mut named: Vec<MediatorIx> = docket.fit.iter().map(|(m, _)| *m).collect();
    let scored = named.len();
    named.extend(conflicts.found(dispute));
    named.extend(&docket.panel.forbidden);
    for party in &docket.parties {
        named.extend(&party.strikes);
        let others = [&party.representatives, &party.counsel, &party.experts];
        let people = others.into_iter().flatten().chain([&party.actor]);
        named.extend(people.filter_map(|actor| mediator_of[actor.ix()]));
    }
    if named.len() > scored {
        named.sort_unstable();
        named.dedup();
    }
    Some(named)
}

/// True when a designation ended before `as_of` but was valid when the dispute was opened.
fn ran_out(instance: &Instance, docket: &Dispute, span: DateSpan) -> bool {
    span.last.is_some_and(|last| last < instance.as_of())
        && docket.opened.is_none_or(|opened| span.contains(opened))
}

fn score(scores: &[(MediatorIx, i64)], mediator: MediatorIx) -> Option<i64> {
    scores.binary_search_by_key(&mediator, |(m, _)| *m).ok().map(|at| scores[at].1)
}

/// The score, else the mean of the expertise over the subjects, rounded down.
fn fit(dispute: &Dispute, mediator: MediatorIx, own: &Mediator) -> Micro {
    score(&dispute.fit, mediator).unwrap_or_else(|| {
        let total: Micro = dispute.subjects.iter().map(|subject| own.expertise_in(*subject)).sum();
        total.checked_div(dispute.subjects.len() as i64).unwrap_or(0)
    })
}

/// A2 eligible, A8 locks: adds everything against a pair, in the order of the variants.
fn reasons(
    instance: &Instance,
    conflicts: &ConflictTable,
    dispute: DisputeIx,
    mediator: MediatorIx,
    reasons: &mut Vec<Reason>,
) {
    let docket = instance.dispute(dispute);
    let own = instance.mediator(mediator);
    let own_cause = has_own_cause(instance, dispute, own.actor);
    let findings = conflicts.findings(dispute, mediator);
    let rules = &instance.policy().rules.rules;
    let policy = instance.nationality_policy(dispute);
    let barring = || findings.iter().filter(|f| f.bars() && !f.undisclosable);
    if own_cause {
        reasons.push(Reason::OwnCause);
    }
    let unknown = instance.actor(own.actor).nationalities.is_empty();
    if unknown && policy != NationalityPolicy::Advisory {
        reasons.push(Reason::NationalityUnknown);
    }
    // INVARIANT: a national of a party sits only where the policy of the class lets her, also when
    // the rules miss it.
    let governed = || {
        let findings = findings.iter().filter(|f| f.severity >= Severity::Orange);
        findings.filter(|f| rules[f.rule.ix()].governed_by.is_some())
    };
    let may_sit = match policy {
        NationalityPolicy::Strict => false,
        NationalityPolicy::WaivableByParties => {
            governed().next().is_some() && governed().all(|finding| finding.cure.is_some())
        }
        NationalityPolicy::MajorityNeutral
        | NationalityPolicy::OnePerSide
        | NationalityPolicy::Advisory => true,
    };
    if !may_sit
        && instance.is_national_of_party(mediator, dispute)
        && !barring().any(|finding| conflicts.rule_id(finding.rule) == "nationality")
    {
        reasons.push(Reason::National);
    }
    reasons.extend(barring().map(|finding| Reason::Conflict { rule: finding.rule }));
    let undisclosable = findings.iter().filter(|finding| finding.undisclosable);
    reasons.extend(undisclosable.map(|finding| Reason::Undisclosable { rule: finding.rule }));
    let counts = |designation: &Designation| {
        let panel = instance.panel(designation.panel);
        panel.admits.contains(&docket.class)
            && (designation.span.contains(instance.as_of())
                || (panel.continue_in_office
                    && docket.panel.required.iter().any(|seat| seat.mediator == mediator)
                    && ran_out(instance, docket, designation.span)))
    };
    if !instance.panels().is_empty()
        && docket.mode != AppointmentMode::PartyAgreed
        && !own.designations.iter().any(counts)
    {
        reasons.push(Reason::NotOnPanel);
    }
    if !docket.languages.is_empty() && !docket.languages.iter().any(|l| own.speaks(*l)) {
        reasons.push(Reason::Language);
    }
    for (party, _) in
        docket.parties.iter().enumerate().filter(|(_, p)| p.strikes.contains(&mediator))
    {
        reasons.push(Reason::Strike { party: party as u32 });
    }
    if docket.panel.forbidden.binary_search(&mediator).is_ok() {
        reasons.push(Reason::Forbidden);
    }
    if instance.policy().only_scored && score(&docket.fit, mediator).is_none() {
        reasons.push(Reason::NotScored);
    }
}
