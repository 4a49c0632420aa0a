//! Who was excluded and by what, in numbers; and what rules say.

use std::collections::BTreeMap;

use super::{Desk, Source};
use crate::conflict::show::{self, Filter};
use crate::domain::DisputeIx;
use crate::format::BUILT_IN_PROFILES;
use crate::validate::resolve_profile;

/// How many mediators something excludes from a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Excluded<'a> {
    /// The reason, as format.md lists them; `None` for those of which a party is told no reason.
    pub(in crate::report) reason: Option<&'a str>,
    /// The rule of that name, where it is one.
    pub(in crate::report) rule: Option<RuleText<'a>>,
    /// How many.
    pub(in crate::report) mediators: u64,
}

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) struct RuleText<'a> {
    /// Its id.
    pub(in crate::report) id: &'a str,
    /// Its sentence, in the words of its profile.
    pub(in crate::report) text: &'a str,
    /// Whether it is the built-in rule of that id, which `texts/` has in every language.
    pub(in crate::report) built_in: bool,
    /// The first built-in profile that words it so; empty for other rules.
    pub(in crate::report) profile: &'static str,
}

/// The rules of the instance by id.
pub(super) fn rules<'a>(source: &Source<'a>) -> BTreeMap<&'a str, RuleText<'a>> {
    let mut known: BTreeMap<(String, String), &'static str> = BTreeMap::new();
    for (name, _) in BUILT_IN_PROFILES {
        for rule in resolve_profile(name).into_iter().flat_map(|profile| profile.rules) {
            known.entry((rule.id, rule.text)).or_insert(*name);
        }
    }
    let rules = source.screened.instance.policy().rules.rules.iter();
    rules
        .map(|rule| {
            let profile = known.get(&(rule.id.clone(), rule.text.clone())).copied();
            let (id, text) = (rule.id.as_str(), rule.text.as_str());
            let (built_in, profile) = (profile.is_some(), profile.unwrap_or_default());
            (id, RuleText { id, text, built_in, profile })
        })
        .collect()
}

/// Reasons that a party may be told: those of rules stand on paths that it may see.
const TOLD: [&str; 5] = ["own-cause", "nationality-unknown", "nationality", "panel", "language"];

/// Who was excluded from a dispute, by reason; somebody may be excluded for several.
///
/// For a party, whoever is excluded only for what it may not know (confidential relations, strikes
/// of others, what the secretariat forbids) is counted without a reason.
pub(super) fn excluded<'a>(
    desk: &Desk<'a>,
    dispute: DisputeIx,
    for_party: bool,
) -> Vec<Excluded<'a>> {
    let screened = desk.source.screened;
    let instance = &screened.instance;
    let line = |reason: &'a str, mediators| Excluded {
        reason: Some(reason),
        rule: desk.rules.get(reason).copied(),
        mediators,
    };
    if !for_party {
        let counts = screened.eligibility.exclusion_counts_of(instance, dispute);
        let known = |reason: &str| known_reason(desk, reason);
        return counts.iter().map(|(reason, n)| line(known(reason), *n)).collect();
    }
    let filter = Filter { dispute: Some(dispute), mediator: None, for_parties: true };
    let shown = show::overview(instance, &screened.conflicts, filter);
    let told: BTreeMap<&str, Vec<&str>> = shown
        .disputes
        .iter()
        .flat_map(|view| &view.barred)
        .map(|view| {
            let findings = view.findings.iter().filter(|f| f.barring && !f.undisclosable);
            (view.mediator.as_str(), findings.map(|f| f.rule.as_str()).collect())
        })
        .collect();
    let mut counts: BTreeMap<Option<&'a str>, u64> = BTreeMap::new();
    for mediator in instance.mediator_indices() {
        let reasons = screened.eligibility.get(dispute, mediator).reasons();
        if reasons.is_empty() {
            continue;
        }
        let open = told.get(instance.mediator_name(mediator));
        let mut own: Vec<&'a str> = reasons
            .iter()
            .map(|reason| known_reason(desk, reason.code(instance)))
            .filter(|code| TOLD.contains(code) || open.is_some_and(|open| open.contains(code)))
            .collect();
        own.sort_unstable();
        own.dedup();
        if own.is_empty() {
            *counts.entry(None).or_default() += 1;
        }
        for code in own {
            *counts.entry(Some(code)).or_default() += 1;
        }
    }
    let (unsaid, said): (Vec<_>, Vec<_>) = counts.into_iter().partition(|(code, _)| code.is_none());
    let said = said.into_iter().filter_map(|(code, n)| Some(line(code?, n)));
    let unsaid =
        unsaid.into_iter().map(|(_, n)| Excluded { reason: None, rule: None, mediators: n });
    said.chain(unsaid).collect()
}

/// A reason with the life of the documents.
fn known_reason<'a>(desk: &Desk<'a>, reason: &str) -> &'a str {
    let fixed = [
        "own-cause",
        "nationality-unknown",
        "nationality",
        "undisclosable",
        "panel",
        "language",
        "strike",
        "forbidden",
        "not-scored",
    ];
    let rule = || desk.rules.get(reason).map(|rule| rule.id);
    fixed.into_iter().find(|code| *code == reason).or_else(rule).unwrap_or("other")
}
