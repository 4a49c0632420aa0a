//! Who may sit where: every pair of dispute and mediator, and every two mediators.
//!
//! * Takes facts and graph, gives for each pair the codes of format.md's table and what every
//!   rule finds, and for each dispute which two mediators may not sit together.
//! * Of a pair without a score, where only scored ones are candidates, nothing is kept unless
//!   something else was found.
//! * One search backward from the targets of each (rule, dispute), so all mediators at once; one
//!   more where something is confidential, and one for each pair with a waived relation.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{NationalityPolicy, Severity, Target};

use super::beside::Beside;
use super::consent::{Consent, Standing};
use super::counts::Counts;
use super::facts::Facts;
use super::graph::Graph;
use super::paths::Query;
use super::reasons::{self, NOT_SCORED};
use super::related::Related;
use super::ties;

const UNDISCLOSABLE: &str = "undisclosable";
/// The code of a national whom the policy does not let sit.
pub(super) const NATIONALITY: &str = "nationality";

/// What was found about one pair.
#[derive(Debug, Clone, Default)]
pub(super) struct Pair {
    /// Codes of the reasons why the mediator is not eligible.
    pub(super) reasons: BTreeSet<String>,
    /// Findings of orange or above, by rule, the batch apart.
    pub(super) findings: BTreeMap<usize, (Severity, Standing)>,
}

/// Findings of all pairs.
#[derive(Debug, Clone)]
pub(super) struct Eligibility {
    /// By dispute.
    rows: Vec<Row>,
    /// A pair with nothing against it, and one with no score and nothing else.
    clear: Pair,
    unscored: Pair,
    mediators: usize,
    pub(super) consent: Consent,
    pub(super) counts: Counts,
    pub(super) related: Related,
    pub(super) beside: Beside,
    /// By dispute, then by interpreter: who may serve it.
    interpreters: Vec<Vec<bool>>,
    /// By dispute, every two who may not sit together.
    apart: Vec<BTreeSet<(usize, usize)>>,
    /// By dispute, then by mediator: the sides to which she is tied, where the policy asks.
    ties: Vec<Vec<BTreeSet<usize>>>,
}

/// The pairs of a dispute. Whoever is in neither list has no score, and nothing else was found.
#[derive(Debug, Clone, Default)]
struct Row {
    /// Nothing was found about these; sorted.
    clear: Vec<u32>,
    /// Something was found about these; sorted.
    found: Vec<(usize, Pair)>,
}

impl Eligibility {
    /// Screens every pair.
    pub(super) fn new(facts: &Facts<'_>, graph: &Graph<'_>) -> Self {
        let consent = Consent::new(facts);
        let counts = Counts::new(facts, graph);
        let related = Related::new(facts, graph);
        let beside = Beside::new(facts, graph);
        let screen = Screen { facts, graph, consent: &consent, counts: &counts, related: &related };
        let all = 0..facts.disputes.len();
        Eligibility {
            rows: all.clone().map(|d| screen.dispute(d)).collect(),
            clear: Pair::default(),
            unscored: unscored(),
            mediators: facts.mediators.len(),
            interpreters: all.clone().map(|d| screen.interpreters(d)).collect(),
            ties: all.map(|d| ties::sides(facts, graph, &consent, &counts, d)).collect(),
            apart: beside.apart(facts, &consent),
            consent,
            counts,
            related,
            beside,
        }
    }

    /// The finding of a pair.
    pub(super) fn pair(&self, dispute: usize, mediator: usize) -> Option<&Pair> {
        let row = self.rows.get(dispute).filter(|_| mediator < self.mediators)?;
        if row.clear.binary_search(&(mediator as u32)).is_ok() {
            return Some(&self.clear);
        }
        let at = row.found.binary_search_by_key(&mediator, |(m, _)| *m).ok();
        Some(at.and_then(|at| row.found.get(at)).map_or(&self.unscored, |(_, pair)| pair))
    }

    /// Everyone who may sit in a dispute, in no particular order.
    pub(super) fn all_eligible(&self, dispute: usize) -> impl Iterator<Item = usize> {
        let row = self.rows.get(dispute);
        let clear = row.into_iter().flat_map(|row| &row.clear).map(|m| *m as usize);
        let found = row.into_iter().flat_map(|row| &row.found);
        clear.chain(found.filter(|(_, pair)| pair.reasons.is_empty()).map(|(m, _)| *m))
    }

    /// Codes with numbers of pairs that have them; a code may come more than once.
    pub(super) fn reasons(&self) -> impl Iterator<Item = (&str, u64)> {
        let found = self.rows.iter().flat_map(|row| &row.found);
        let told = found.flat_map(|(_, pair)| &pair.reasons).map(|code| (code.as_str(), 1));
        let silent = self
            .rows
            .iter()
            .map(|row| (NOT_SCORED, (self.mediators - row.clear.len() - row.found.len()) as u64));
        told.chain(silent.filter(|(_, pairs)| *pairs > 0))
    }

    /// Whether a mediator may sit in a dispute.
    pub(super) fn eligible(&self, dispute: usize, mediator: usize) -> bool {
        self.pair(dispute, mediator).is_some_and(|p| p.reasons.is_empty())
    }

    /// Whether an interpreter may serve a dispute.
    pub(super) fn interprets(&self, dispute: usize, interpreter: usize) -> bool {
        let own = self.interpreters.get(dispute).and_then(|all| all.get(interpreter));
        own.copied().unwrap_or(false)
    }

    /// Whether a finding keeps two mediators off one panel.
    pub(super) fn apart(&self, dispute: usize, a: usize, b: usize) -> bool {
        self.apart.get(dispute).is_some_and(|all| all.contains(&(a.min(b), a.max(b))))
    }

    /// The sides to which a mediator is tied, where the policy of the dispute limits that.
    pub(super) fn tied(&self, dispute: usize, mediator: usize) -> Option<&BTreeSet<usize>> {
        self.ties.get(dispute)?.get(mediator).filter(|sides| !sides.is_empty())
    }
}

/// The targets of a rule in a dispute; between co-panellists they are all mediators.
pub(super) fn targets(facts: &Facts<'_>, dispute: usize, to: Target) -> BTreeSet<usize> {
    let Some(d) = facts.disputes.get(dispute) else {
        return BTreeSet::new();
    };
    let list = match to {
        Target::Party => &d.parties,
        Target::Counsel => &d.counsel,
        Target::Representative => &d.representatives,
        Target::Expert => &d.experts,
        Target::CoPanellist => &facts.actor_of,
        Target::ThirdState => &d.third_states,
        Target::Dispute => return BTreeSet::from([d.node]),
        Target::Institution => return facts.institution.into_iter().collect(),
    };
    list.iter().copied().collect()
}

/// No score, and nothing else.
fn unscored() -> Pair {
    Pair { reasons: BTreeSet::from([NOT_SCORED.to_owned()]), ..Pair::default() }
}

struct Screen<'s, 'a> {
    facts: &'s Facts<'a>,
    graph: &'s Graph<'a>,
    consent: &'s Consent,
    counts: &'s Counts,
    related: &'s Related,
}

impl Screen<'_, '_> {
    fn dispute(&self, d: usize) -> Row {
        let facts = self.facts;
        let plain = |m| Pair { reasons: reasons::plain(facts, d, m), ..Pair::default() };
        let named = reasons::named(facts, d);
        let named = named.unwrap_or_else(|| (0..facts.mediators.len()).collect());
        let mut row: BTreeMap<usize, Pair> = named.into_iter().map(|m| (m, plain(m))).collect();
        for (r, rule) in facts.profile.rules.iter().enumerate() {
            // WHY: below orange nothing follows from a finding, whoever it is about.
            if rule.between() || self.consent.standing(facts, d, &[], r).is_none() {
                continue;
            }
            let found = if rule.by_path() { self.by_path(d, r) } else { self.by_number(d, r) };
            for (m, own) in found {
                let judged = self.consent.standing(facts, d, &[m], r);
                if let Some((severity, usual)) = judged {
                    let pair = row.entry(m).or_insert_with(|| plain(m));
                    let standing = own.unwrap_or(usual);
                    pair.findings.insert(r, (severity, standing));
                    let code = if standing == Standing::Hidden { UNDISCLOSABLE } else { &rule.id };
                    if standing.bars() {
                        pair.reasons.insert(code.to_owned());
                    }
                }
            }
        }
        // INVARIANT: where not everybody is in the row, the policy bars no national.
        let (mut lists, silent) = (Row::default(), unscored());
        for (m, mut pair) in row {
            if self.national_barred(d, m, &pair) {
                pair.reasons.insert(NATIONALITY.to_owned());
            }
            if pair.reasons.is_empty() && pair.findings.is_empty() {
                lists.clear.push(m as u32);
            } else if !pair.findings.is_empty() || pair.reasons != silent.reasons {
                lists.found.push((m, pair));
            }
        }
        lists.clear.shrink_to_fit();
        lists
    }

    /// Which interpreters have no part of their own and no conflict of interest in a dispute.
    fn interpreters(&self, d: usize) -> Vec<bool> {
        let (facts, dispute) = (self.facts, &self.facts.disputes[d]);
        let own = [&dispute.parties, &dispute.counsel, &dispute.representatives, &dispute.experts];
        let mut may: Vec<bool> =
            facts.voices.iter().map(|a| !own.iter().any(|list| list.contains(a))).collect();
        if may.is_empty() {
            return may;
        }
        let nothing = BTreeSet::new();
        let rules = facts.profile.rules.iter();
        for rule in rules.filter(|r| r.by_path() && !r.between() && !r.governed) {
            if rule.severity < Severity::Orange {
                continue;
            }
            let query = Query {
                steps: &rule.steps,
                together: rule.together,
                tests: &dispute.tests,
                secret: true,
                without: &nothing,
            };
            let found = self.graph.sources(&query, &targets(facts, d, rule.to));
            for (free, actor) in may.iter_mut().zip(&facts.voices) {
                *free &= found.get(*actor) != Some(&true);
            }
        }
        may
    }

    /// Whom a path finds; with a standing where consent to the rule is not what decides.
    fn by_path(&self, d: usize, r: usize) -> Vec<(usize, Option<Standing>)> {
        let (facts, graph) = (self.facts, self.graph);
        let (dispute, rule) = (&facts.disputes[d], &facts.profile.rules[r]);
        let (ends, nothing) = (targets(facts, d, rule.to), BTreeSet::new());
        let query = Query {
            steps: &rule.steps,
            together: rule.together,
            tests: &dispute.tests,
            secret: true,
            without: &nothing,
        };
        let any = graph.sources(&query, &ends);
        let hits: Vec<usize> = (0..facts.mediators.len())
            .filter(|&m| any.get(facts.actor_of[m]) == Some(&true))
            .collect();
        let open = if graph.secrets && !hits.is_empty() {
            graph.sources(&Query { secret: false, ..query }, &ends)
        } else {
            any
        };
        let judge = |m: usize| {
            let actor = facts.actor_of[m];
            if open.get(actor) != Some(&true) {
                return Some(Standing::Hidden);
            }
            let without = self.consent.left_out(facts, d, m, rule);
            let stands = |secret| {
                let query = Query { secret, without, ..query };
                without.is_empty() || graph.shortest(&query, actor, &ends).is_some()
            };
            match (stands(true), stands(false)) {
                (false, _) => Some(Standing::Gone),
                (true, false) => Some(Standing::Hidden),
                (true, true) => None,
            }
        };
        hits.into_iter().map(|m| (m, judge(m))).collect()
    }

    /// Whom a count, or a related dispute, finds without the batch.
    fn by_number(&self, d: usize, r: usize) -> Vec<(usize, Option<Standing>)> {
        let facts = self.facts;
        let rule = &facts.profile.rules[r];
        let all = 0..facts.mediators.len();
        let Some(count) = &rule.count else {
            let found = all.filter(|&m| self.related.past(r, d, m).is_some());
            return found.map(|m| (m, None)).collect();
        };
        let reaches = |m: usize| {
            let tallies = self.counts.of(facts, r, d, m);
            let any = tallies.iter().any(|(_, t)| t.of(m) >= count.at_least);
            let told =
                |t: &&super::counts::Tally| t.open.get(m).is_some_and(|n| *n >= count.at_least);
            let open = tallies.iter().map(|x| x.1).any(|t| told(&t));
            any.then_some((m, (!open).then_some(Standing::Hidden)))
        };
        all.filter_map(reaches).collect()
    }

    /// Whether the policy keeps a national of a party from sitting, whatever the rules say.
    fn national_barred(&self, d: usize, m: usize, pair: &Pair) -> bool {
        let dispute = &self.facts.disputes[d];
        let barred = match dispute.policy {
            NationalityPolicy::Strict => true,
            NationalityPolicy::WaivableByParties => {
                let rules = &self.facts.profile.rules;
                let mut governed = pair
                    .findings
                    .iter()
                    .filter(|(r, f)| rules[**r].governed && f.1 != Standing::Gone)
                    .map(|(_, finding)| finding.1)
                    .peekable();
                governed.peek().is_none()
                    || governed.any(|s| !matches!(s, Standing::Waived | Standing::Overridden))
            }
            _ => false,
        };
        barred && ties::national(self.facts, dispute, dispute.parties.iter().copied(), m).is_some()
    }
}
