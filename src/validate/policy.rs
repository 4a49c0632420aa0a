//! `policy`: candidates, the profile of conflict rules, weights, workload; `bands` has the working
//! time, `journeys` travel, `interpreters` the sizes of teams.

use std::ops::RangeInclusive;

use super::at::At;
use super::codes;
use super::context::Context;
use super::rules::MOST_YEARS;
use super::sessions::MOST_MINUTES;
use super::{bands, interpreters, limits, profile, rules};
use crate::diagnostic::quote;
use crate::domain::{Consent, MOST_LEVELS, Micro, Policy, Selection, Weights};
use crate::format::{
    BurdenSharing, Candidates, ConflictRulesDoc, ConsentNeeded, ConsentPolicyDoc, DEFAULT_PROFILE,
    Decimal, Fairness, Lateness, Mechanism, NationalityPolicy, PolicyDoc, RulesDoc,
    SelectionPolicyDoc, WeightsDoc,
};

/// The greatest weight.
pub(super) const MOST_WEIGHT: u32 = 1000;
/// The greatest burden of a minute by its band, and again by its rest day.
pub(super) const MOST_COST: u32 = 100;
/// How long ago an appointment counts for rotation where the policy does not say, in years.
const ROTATION_YEARS: u32 = 3;
/// The most reserves of a dispute.
const MOST_RESERVES: u32 = 20;
/// The longest list for a seat.
const MOST_NAMES: u32 = 50;
/// The largest probability of a pair in a lottery where the policy does not say.
const PAIR_CAP: Micro = Decimal::ONE / 2;
/// The longest freeze period, in days.
const MOST_FREEZE: u32 = 1000;
/// The longest rest between two sessions of one person, in minutes.
const MOST_REST: u32 = 2 * 24 * 60;

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
    let bands = bands::read(cx, time.map_or(&[], |t| &t.bands), &at_time.key("bands"));
    let rest_day_cost = time.and_then(|t| t.rest_day_cost);
    if let Some(cost) = rest_day_cost {
        cx.whole(cost, 0..=MOST_COST, &at_time, "rest_day_cost");
    }
    let workload = doc.workload.as_ref();
    let at_workload = at.key("workload");
    let mut minutes = |key: &str, value: Option<u32>, range: RangeInclusive<u32>| {
        value.and_then(|value| cx.whole(value, range, &at_workload, key))
    };
    let rest_minutes =
        minutes("rest_minutes", workload.and_then(|w| w.rest_minutes), 0..=MOST_REST);
    let day_minutes =
        minutes("day_minutes", workload.and_then(|w| w.day_minutes), 1..=MOST_MINUTES);
    cx.house.rest_minutes = rest_minutes.unwrap_or(0);
    cx.house.day_minutes = day_minutes;
    cx.house.late_is_priced = doc.lateness == Some(Lateness::Priced);
    cx.house.teams =
        interpreters::teams(cx, doc.interpretation.as_ref(), &at.key("interpretation"));
    let institution = doc.institution.as_ref();
    let institution = institution.and_then(|id| cx.actor(id, &at.key("institution")));
    if let Some(doc) = &doc.consent {
        rules::consent(cx, doc, &at.key("consent"));
    }
    let rotation_years =
        doc.rotation_years.and_then(|years| cx.whole(years, 1..=MOST_YEARS, &at, "rotation_years"));
    let freeze_days =
        doc.freeze_days.and_then(|days| cx.whole(days, 0..=MOST_FREEZE, &at, "freeze_days"));
    let reserves =
        doc.reserves.and_then(|number| cx.whole(number, 0..=MOST_RESERVES, &at, "reserves"));
    if doc.fairness != Some(Fairness::Leximin) && !doc.fairness_levels.is_empty() {
        cx.warn(
            codes::IDLE_LEVELS,
            &at.key("fairness_levels"),
            "only the `fairness` `leximin` goes by levels of service",
            "take them out, or set `fairness` to `leximin`",
        );
    }
    let levels = levels(cx, &doc.fairness_levels, &at.key("fairness_levels"));
    let selection = selection(cx, doc, &at.key("selection"));
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
        worse_off_first: doc.burden_sharing == Some(BurdenSharing::WorseOffFirst),
        worst_first: doc.fairness == Some(Fairness::MaxMin),
        levels: if doc.fairness == Some(Fairness::Leximin) { levels } else { Vec::new() },
        reserves: reserves.unwrap_or(0) as usize,
        rest_minutes: cx.house.rest_minutes,
        day_minutes,
        rotation_years: rotation_years.unwrap_or(ROTATION_YEARS),
        freeze_days: freeze_days.unwrap_or(0),
        selection,
    })
}

/// How panels are selected.
fn selection(cx: &mut Context<'_>, doc: &PolicyDoc, at: &At<'_>) -> Selection {
    let mechanism = doc.mechanism.unwrap_or(Mechanism::Optimise);
    let absent = SelectionPolicyDoc::default();
    let doc = doc.selection.as_ref().unwrap_or(&absent);
    let mut number = |value: Option<u32>, range, key| {
        value.and_then(|value| cx.whole(value, range, at, key)).map(|value| value as usize)
    };
    let names = number(doc.names, 1..=MOST_NAMES, "names");
    let strikes = number(doc.strikes, 0..=MOST_NAMES, "strikes");
    let pair_cap = doc.pair_cap.map_or(PAIR_CAP, Decimal::micro);
    if !(1..=Decimal::ONE).contains(&pair_cap) {
        let told = pair_cap as f64 / 1e6;
        cx.error(
            codes::OUT_OF_RANGE,
            &at.key("pair_cap"),
            format!("the probability {told} does not lie above 0 and up to 1"),
            "write a number above 0 and up to 1",
        );
    }
    let hexadecimal = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    let is_digest = |text: &String| text.len() == 64 && text.bytes().all(hexadecimal);
    if let Some(text) = doc.commitment.as_ref().filter(|text| !is_digest(text)) {
        cx.error(
            codes::BAD_DIGEST,
            &at.key("commitment"),
            format!("{} is no SHA-256", quote(text)),
            "write the SHA-256 of the seed as 64 lower-case hexadecimal digits",
        );
    }
    if doc.commitment.is_some() && mechanism == Mechanism::Random {
        cx.not_enforced(
            &at.key("commitment"),
            "a commitment under `random`, which nothing repeats,",
        );
    }
    Selection { mechanism, names, strikes, pair_cap, commitment: doc.commitment.clone() }
}

/// The levels of service that `leximin` goes by; the usual ones where there are none.
fn levels(cx: &mut Context<'_>, docs: &[Decimal], at: &At<'_>) -> Vec<Micro> {
    if docs.is_empty() {
        let most = MOST_LEVELS as Micro;
        return (1..=most).map(|level| level * Decimal::ONE / most).collect();
    }
    let levels: Vec<Micro> = docs.iter().map(|level| level.micro()).collect();
    let lowest = std::iter::once(0).chain(levels.iter().copied());
    let rises = lowest.zip(&levels).position(|(before, level)| before >= *level);
    let beyond = levels.iter().position(|level| *level > Decimal::ONE);
    if let Some(index) = [rises, beyond].into_iter().flatten().min() {
        cx.error(
            codes::OUT_OF_RANGE,
            &at.item(index),
            format!("the level {} does not rise from 0 to 1", levels[index] as f64 / 1e6),
            "write levels above 0 and up to 1, each greater than the one before",
        );
    }
    if levels.len() > MOST_LEVELS {
        cx.error(
            codes::OUT_OF_RANGE,
            at,
            format!("there are {} levels", levels.len()),
            format!(
                "write {MOST_LEVELS} at most: levels are told apart for people, not for machines"
            ),
        );
    }
    levels
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
    let (fit, burden, fairness, lateness, balance, rotation, disruption) = (
        one("fit", doc.fit, Decimal::ONE),
        one("burden", doc.burden, 200),
        one("fairness", doc.fairness, 200),
        one("lateness", doc.lateness, 50_000),
        one("balance", doc.balance, 20_000),
        one("rotation", doc.rotation, 0),
        one("disruption", doc.disruption, Decimal::ONE),
    );
    Some(Weights {
        fit: fit?,
        burden: burden?,
        fairness: fairness?,
        lateness: lateness?,
        balance: balance?,
        rotation: rotation?,
        disruption: disruption?,
    })
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
