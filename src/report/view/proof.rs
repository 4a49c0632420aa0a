//! How good the answer is, and what proves it, as its reader may know it.
//!
//! * **Invariant**: a party is told what was proven and how panels were selected; no figure of the
//!   docket, as these depend on other disputes.

use crate::format::{Decimal, Mechanism};
use crate::report::view::Source;

/// How good the answer is.
#[derive(Debug)]
pub(in crate::report) struct Proof<'a> {
    /// Distance between quality and its bound as a part of the bound, in micro-units; only for the
    /// secretariat.
    pub(in crate::report) gap: Option<i64>,
    /// How panels were selected.
    pub(in crate::report) mechanism: Mechanism,
    /// The seed of the draws.
    pub(in crate::report) seed: Option<&'a str>,
    /// The digest of the seed, and whether the docket's document was bound to it.
    pub(in crate::report) commitment: Option<(&'a str, bool)>,
    /// Whether there is a certificate.
    pub(in crate::report) certified: bool,
    /// What was aimed at, first things first; only for the secretariat.
    pub(in crate::report) tiers: Vec<TierLine>,
    /// Every term of the objective, in micro-units; only for the secretariat.
    pub(in crate::report) terms: Vec<(&'a str, i64)>,
    /// The distance at which quality counted as proven, in micro-units; only for the secretariat.
    pub(in crate::report) asked: Option<i64>,
}

/// One of the aims.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::report) struct TierLine {
    /// Its name, as in docs/model.md; `below` for a level of service.
    pub(in crate::report) name: &'static str,
    /// The level of service, in micro-units, where it is one.
    pub(in crate::report) level: Option<i64>,
    /// What the answer reaches, in micro-units.
    pub(in crate::report) value: i64,
    /// What no answer exceeds, by the certificate.
    pub(in crate::report) bound: Option<i64>,
    /// Whether the checker has come to a bound by itself.
    pub(in crate::report) derived: bool,
    /// Questions of the certificate, and lists of prices.
    pub(in crate::report) questions: usize,
    /// See `questions`.
    pub(in crate::report) leaves: usize,
}

/// Gathers what the reader may know.
pub(super) fn proof<'a>(source: &Source<'a>, secretariat: bool) -> Proof<'a> {
    let solution = source.solution;
    let selection = solution.selection.as_ref();
    let policy = source.document.policy.as_ref().and_then(|policy| policy.selection.as_ref());
    let bound = policy.and_then(|policy| policy.commitment.as_deref());
    let commitment = selection.and_then(|selection| selection.commitment.as_deref());
    let terms = solution.objective.terms.iter().map(|(name, value)| (name, *value));
    Proof {
        gap: solution.gap.map(Decimal::micro).filter(|_| secretariat),
        mechanism: selection.map_or(Mechanism::Optimise, |selection| selection.mechanism),
        seed: selection.and_then(|selection| selection.seed.as_deref()),
        commitment: commitment.map(|commitment| (commitment, bound == Some(commitment))),
        certified: solution.certificate.is_some(),
        tiers: if secretariat { tiers(source) } else { Vec::new() },
        terms: terms.filter(|_| secretariat).collect(),
        asked: secretariat.then(|| solution.run.gap.micro()),
    }
}

/// What was aimed at, in its order.
fn tiers(source: &Source<'_>) -> Vec<TierLine> {
    let instance = &source.screened.instance;
    let policy = instance.policy();
    let above = [
        ("panels", true),
        ("sessions", true),
        ("frozen", instance.has_freeze()),
        ("loads", instance.has_least()),
        ("sides", policy.worse_off_first),
        ("worst", policy.worst_first),
    ];
    let above = above.into_iter().filter(|(_, is_tier)| *is_tier).map(|(name, _)| (name, None));
    let levels = policy.levels.iter().map(|level| ("below", Some(*level)));
    let names = above.chain(levels).chain([("quality", None)]);
    let certificates = source.solution.certificate.as_ref().map(|all| all.tiers.as_slice());
    let derived = &source.verdict.recomputed.bounds;
    names
        .zip(&source.solution.objective.tiers)
        .enumerate()
        .map(|(at, ((name, level), value))| {
            let own = certificates.and_then(|tiers| tiers.get(at));
            let nodes = || own.into_iter().flat_map(|own| &own.nodes);
            TierLine {
                name,
                level,
                value: *value,
                bound: own.map(|own| own.bound),
                derived: derived.get(at).is_some_and(Option::is_some),
                questions: nodes().filter(|node| node.branch.is_some()).count(),
                leaves: nodes().filter(|node| node.prices.is_some()).count(),
            }
        })
        .collect()
}
