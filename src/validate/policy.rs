//! `policy`: candidates, the profile of conflict rules, weights and working time.

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{Consent, Policy, Weights, WorkingBand};
use crate::format::{
    BUILT_IN_PROFILES, BandDoc, Candidates, ConflictRulesDoc, ConsentNeeded, Decimal,
    NationalityPolicy, PolicyDoc, RulesDoc, STRICT_PROFILE, WeightsDoc, read_rules,
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
    let rules = rules(cx, doc.conflict_rules.as_ref(), &at.key("conflict_rules"));
    let weights = weights(cx, doc.weights.as_ref(), &at.key("weights"));
    let time = doc.working_time.as_ref();
    let at_time = at.key("working_time");
    let bands = bands(cx, time.map_or(&[], |t| &t.bands), &at_time.key("bands"));
    let rest_day_cost = time.and_then(|t| t.rest_day_cost);
    if let Some(cost) = rest_day_cost {
        cx.whole(cost, 0..=MOST_COST, &at_time, "rest_day_cost");
    }
    Some(Policy {
        only_scored: doc.candidates == Some(Candidates::Scored),
        rules: rules?,
        consent: Consent {
            orange: ConsentNeeded::Disclosure,
            waivable_red: ConsentNeeded::AllExpress,
        },
        nationality: [NationalityPolicy::Strict; 3],
        institution: None,
        weights: weights?,
        bands,
        rest_day_cost,
    })
}

fn rules(cx: &mut Context<'_>, doc: Option<&ConflictRulesDoc>, at: &At<'_>) -> Option<RulesDoc> {
    let text = match doc {
        None => STRICT_PROFILE,
        Some(ConflictRulesDoc::Inline(_)) => {
            cx.not_enforced(at, "a list of rules in the instance itself");
            return None;
        }
        Some(ConflictRulesDoc::Profile(name)) => {
            let known = BUILT_IN_PROFILES.iter().find(|(known, _)| known == name);
            let Some((_, text)) = known else {
                let names: Vec<&str> = BUILT_IN_PROFILES.iter().map(|(name, _)| *name).collect();
                let advice =
                    format!("write one of the built-in profiles: `{}`", names.join("`, `"));
                let help = cx.did_you_mean(name, names, advice);
                cx.error(
                    codes::UNKNOWN_PROFILE,
                    at,
                    format!("no profile of conflict rules is called {}", quote(name)),
                    help,
                );
                return None;
            };
            text
        }
    };
    match read_rules(text.as_bytes()) {
        Ok(rules) => Some(rules),
        // INVARIANT: a test reads every built-in profile.
        Err(findings) => {
            for finding in findings {
                cx.note(finding);
            }
            None
        }
    }
}

fn weights(cx: &mut Context<'_>, doc: Option<&WeightsDoc>, at: &At<'_>) -> Option<Weights> {
    let absent = WeightsDoc::default();
    let doc = doc.unwrap_or(&absent);
    let mut one = |key: &str, value: Option<Decimal>, default: i64| {
        value.map_or(Some(default), |value| cx.decimal(value, MOST_WEIGHT, at, key))
    };
    let (fit, burden, balance) = (
        one("fit", doc.fit, Decimal::ONE),
        one("burden", doc.burden, 200),
        one("balance", doc.balance, 20_000),
    );
    Some(Weights { fit: fit?, burden: burden?, balance: balance? })
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
