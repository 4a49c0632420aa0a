//! `policy`: candidates, the profile of conflict rules, weights and working time.

use super::at::At;
use super::codes;
use super::context::Context;
use super::{limits, profile, rules};
use crate::diagnostic::quote;
use crate::domain::{Consent, Policy, Weights, WorkingBand};
use crate::format::{
    BandDoc, Candidates, ConflictRulesDoc, ConsentNeeded, ConsentPolicyDoc, DEFAULT_PROFILE,
    Decimal, NationalityPolicy, PolicyDoc, RulesDoc, WeightsDoc,
};

/// The greatest weight.
pub(super) const MOST_WEIGHT: u32 = 1000;
/// The greatest burden of a minute by its band, and again by its rest day.
pub(super) const MOST_COST: u32 = 100;

/// Bands where the document gives none: from, to, cost.
const DEFAULT_BANDS: [(u16, u16, u32); 7] =
    [(6, 7, 6), (7, 8, 3), (8, 9, 1), (9, 18, 0), (18, 20, 1), (20, 22, 3), (22, 23, 6)];

/// Reads the policy.
pub(super) fn read(cx: &mut Context<'_>) -> Option<Policy> {
    let root = At::ROOT;
    let at = root.key("policy");
    let absent = PolicyDoc::default();
    let doc = cx.doc.policy.as_ref().unwrap_or(&absent);
    let rules = rules_in_force(cx, doc.conflict_rules.as_ref(), &at.key("conflict_rules"));
    let weights = weights(cx, doc.weights.as_ref(), &at.key("weights"));
    let time = doc.working_time.as_ref();
    let at_time = at.key("working_time");
    let bands = bands(cx, time.map_or(&[], |t| &t.bands), &at_time.key("bands"));
    let rest_day_cost = time.and_then(|t| t.rest_day_cost);
    if let Some(cost) = rest_day_cost {
        cx.whole(cost, 0..=MOST_COST, &at_time, "rest_day_cost");
    }
    let institution = doc.institution.as_ref();
    let institution = institution.and_then(|id| cx.actor(id, &at.key("institution")));
    if let Some(doc) = &doc.consent {
        rules::consent(cx, doc, &at.key("consent"));
    }
    let nationality = doc.nationality.clone().unwrap_or_default();
    let rules = rules?;
    Some(Policy {
        only_scored: doc.candidates == Some(Candidates::Scored),
        consent: consent(doc.consent.as_ref(), rules.consent.as_ref()),
        rules,
        nationality: [nationality.state_state, nationality.state_investor, nationality.commercial]
            .map(|policy| policy.unwrap_or(NationalityPolicy::Strict)),
        institution,
        weights: weights?,
        bands,
        rest_day_cost,
        worse_off_first: false,
        rest_minutes: 0,
        day_minutes: None,
    })
}

/// The profile in force, whole.
fn rules_in_force(
    cx: &mut Context<'_>,
    doc: Option<&ConflictRulesDoc>,
    at: &At<'_>,
) -> Option<RulesDoc> {
    let name = match doc {
        None => DEFAULT_PROFILE,
        Some(ConflictRulesDoc::Profile(name)) => name,
        Some(ConflictRulesDoc::Inline(doc)) => return inline(cx, doc, at),
    };
    let found = profile::resolve_profile(name);
    if found.is_none() {
        cx.unknown_profile(name, at);
    }
    found
}

/// The rules of the instance itself.
fn inline(cx: &mut Context<'_>, doc: &RulesDoc, at: &At<'_>) -> Option<RulesDoc> {
    if !(limits::profile(cx, doc, at) && rules::extends(cx, doc, at)) {
        return None;
    }
    let inherited = profile::inherit(&doc.extends);
    if !limits::patterns(cx, doc, &inherited, at) {
        return None;
    }
    rules::check(cx, doc, &inherited, at);
    let whole = profile::complete(doc, inherited);
    rules::check_whole(cx, doc, &whole, at);
    Some(whole)
}

/// What cures findings: what the policy says, else the profile, else the default.
fn consent(policy: Option<&ConsentPolicyDoc>, profile: Option<&ConsentPolicyDoc>) -> Consent {
    let said = |key: fn(&ConsentPolicyDoc) -> Option<ConsentNeeded>| {
        policy.and_then(key).or(profile.and_then(key))
    };
    Consent {
        orange: said(|doc| doc.orange).unwrap_or(ConsentNeeded::Disclosure),
        waivable_red: said(|doc| doc.waivable_red).unwrap_or(ConsentNeeded::AllExpress),
    }
}

fn weights(cx: &mut Context<'_>, doc: Option<&WeightsDoc>, at: &At<'_>) -> Option<Weights> {
    let absent = WeightsDoc::default();
    let doc = doc.unwrap_or(&absent);
    let mut one = |key: &str, value: Option<Decimal>, default: i64| {
        value.map_or(Some(default), |value| cx.decimal(value, MOST_WEIGHT, at, key))
    };
    let (fit, burden, fairness, lateness, balance) = (
        one("fit", doc.fit, Decimal::ONE),
        one("burden", doc.burden, 200),
        one("fairness", doc.fairness, 0),
        one("lateness", doc.lateness, 50_000),
        one("balance", doc.balance, 20_000),
    );
    Some(Weights {
        fit: fit?,
        burden: burden?,
        fairness: fairness?,
        lateness: lateness?,
        balance: balance?,
    })
}

fn bands(cx: &mut Context<'_>, docs: &[BandDoc], at: &At<'_>) -> Vec<WorkingBand> {
    if docs.is_empty() {
        let band =
            |(from, to, cost): (u16, u16, u32)| WorkingBand { from: from * 60, to: to * 60, cost };
        return DEFAULT_BANDS.into_iter().map(band).collect();
    }
    let mut bands = Vec::with_capacity(docs.len());
    for (index, doc) in docs.iter().enumerate() {
        let at = at.item(index);
        cx.whole(doc.cost, 0..=MOST_COST, &at, "cost");
        if let Some((from, to)) = cx.hours(&doc.from, &doc.to, &at) {
            bands.push((from, to, index, doc.cost));
        }
    }
    bands.sort_unstable();
    let mut widest: Option<(u16, usize)> = None;
    for (from, to, index, _) in &bands {
        if let Some((_, before)) = widest.filter(|(end, _)| from < end) {
            let (first, second) = (before.min(*index), before.max(*index));
            let other = at.item(first).pointer();
            let (one, two) = (&docs[first], &docs[second]);
            cx.error_with(
                codes::OVERLAPPING_BANDS,
                &at.item(second),
                other,
                format!(
                    "the band `{}`-`{}` overlaps the band `{}`-`{}`",
                    two.from, two.to, one.from, one.to
                ),
                "give each minute of the day to one band",
            );
        }
        if widest.is_none_or(|(end, _)| end < *to) {
            widest = Some((*to, *index));
        }
    }
    bands.into_iter().map(|(from, to, _, cost)| WorkingBand { from, to, cost }).collect()
}

impl Context<'_> {
    /// Notes a name that is no built-in profile.
    pub(super) fn unknown_profile(&mut self, name: &str, at: &At<'_>) {
        let names: Vec<&str> = profile::known().collect();
        let advice = format!("write one of the built-in profiles: `{}`", names.join("`, `"));
        let help = self.did_you_mean(name, names, advice);
        let message = format!("no profile of conflict rules is called {}", quote(name));
        self.error(codes::UNKNOWN_PROFILE, at, message, help);
    }
}
