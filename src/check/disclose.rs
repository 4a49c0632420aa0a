//! D3: what must be disclosed of each member and of each two, and nothing else.
//!
//! * Takes the bench, an assignment and the seats of everybody in the batch; reports what is
//!   missing, what is not due, and what is due and told wrongly.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{AssignmentDoc, Cure, DisclosureDoc, Severity};

use super::answer::Panel;
use super::batch::{self, Evidence};
use super::consent::Standing;
use super::eligible::targets;
use super::paths::Query;
use super::seats::Bench;
use super::verdict::Findings;

/// The rule, the mediator, and the other of two.
type Key = (usize, usize, Option<usize>);

/// Judges the disclosures of one assignment.
pub(super) fn check(
    bench: &Bench<'_, '_>,
    d: usize,
    assignment: &AssignmentDoc,
    panel: &Panel,
    at: &str,
    found: &mut Findings,
) {
    let teller = Teller { bench, d, members: panel.members() };
    let facts = bench.facts;
    let id = facts.disputes.get(d).map(|x| x.doc.id.as_str());
    let (mut due, excused) = teller.due();
    for (i, told) in assignment.disclosures.iter().enumerate() {
        let key = teller.key(told);
        let wrong = match key.and_then(|key| Some((key, due.remove(&key)?))) {
            Some((key, (severity, standing))) => teller.wrong(told, key, severity, standing),
            // WHY: what is told of those who should not sit is the concern of A2, A5 or A6.
            None if key.is_some_and(|key| excused.contains(&key) || teller.unfit(key)) => continue,
            None => Some(format!(
                "nothing of `{}` is to be disclosed under `{}`, or it is told twice",
                told.mediator, told.rule
            )),
        };
        if let Some(message) = wrong {
            found.add("D3", id, format!("{at}/disclosures/{i}"), message);
        }
    }
    for ((r, m, _), _) in due {
        let name = facts.mediators.get(m).map(|x| x.id.as_str()).unwrap_or_default();
        let rule = facts.profile.rules.get(r).map(|x| x.id.as_str()).unwrap_or_default();
        let message = format!("a finding of `{rule}` about `{name}` is not disclosed");
        found.add("D3", id, format!("{at}/disclosures"), message);
    }
}

struct Teller<'t, 'f, 'a> {
    bench: &'t Bench<'f, 'a>,
    d: usize,
    members: Vec<usize>,
}

impl Teller<'_, '_, '_> {
    fn eligible(&self, m: usize) -> bool {
        self.bench.eligibility.eligible(self.d, m)
    }

    /// Whether it is about a member who should not sit at all.
    fn unfit(&self, (_, m, other): Key) -> bool {
        let unfit = |m: usize| self.members.contains(&m) && !self.eligible(m);
        unfit(m) || other.is_some_and(unfit)
    }

    fn seats(&self, m: usize) -> &[usize] {
        self.bench.batch.get(m).map(Vec::as_slice).unwrap_or_default()
    }

    /// What is due, and what would be if it did not bar.
    fn due(&self) -> (BTreeMap<Key, (Severity, Standing)>, BTreeSet<Key>) {
        let (facts, law) = (self.bench.facts, self.bench.eligibility);
        let mut all: Vec<(Key, Severity, Standing)> = Vec::new();
        for (i, &m) in self.members.iter().enumerate().filter(|(_, m)| self.eligible(**m)) {
            let found = law.pair(self.d, m).map(|pair| &pair.findings);
            all.extend(found.into_iter().flatten().map(|(&r, x)| ((r, m, None), x.0, x.1)));
            for r in 0..facts.profile.rules.len() {
                let place = (self.d, m, r);
                if found.is_none_or(|found| !found.contains_key(&r))
                    && let Some((severity, standing)) = law.consent.standing(facts, self.d, &[m], r)
                    && batch::evidence(facts, law, place, self.seats(m), false).is_some()
                {
                    all.push(((r, m, None), severity, standing));
                }
            }
            for &other in self.members[..i].iter().filter(|m| self.eligible(**m)) {
                let found = law.beside.findings(facts, &law.consent, self.d, (m, other));
                let key = |r| (r, m.min(other), Some(m.max(other)));
                all.extend(found.into_iter().map(|(r, severity, x)| (key(r), severity, x)));
            }
        }
        let bars = all.iter().filter(|x| x.2.bars()).map(|x| x.0).collect();
        let told = all.into_iter().filter(|x| !x.2.bars());
        (told.map(|(key, severity, standing)| (key, (severity, standing))).collect(), bars)
    }

    /// Whom and which rule a disclosure is about.
    fn key(&self, told: &DisclosureDoc) -> Option<Key> {
        let facts = self.bench.facts;
        let m = *facts.mediator_ix.get(told.mediator.as_str())?;
        let r = facts.profile.rules.iter().position(|rule| rule.id == told.rule)?;
        if !facts.profile.rules.get(r)?.between() {
            return Some((r, m, None));
        }
        let other = *facts.mediator_ix.get(told.path.last()?.to.as_str())?;
        Some((r, m.min(other), Some(m.max(other))))
    }

    fn wrong(
        &self,
        told: &DisclosureDoc,
        (r, first, second): Key,
        severity: Severity,
        standing: Standing,
    ) -> Option<String> {
        let (facts, law) = (self.bench.facts, self.bench.eligibility);
        let rule = facts.profile.rules.get(r)?;
        if told.severity != severity {
            return Some("the severity is not that of the finding".to_owned());
        }
        if told.date != facts.doc.as_of {
            return Some(format!("it was judged on {}", facts.doc.as_of));
        }
        let cure = match standing {
            Standing::Waived | Standing::Gone => Some(Cure::Waived),
            Standing::Overridden => Some(Cure::Overridden),
            _ => None,
        };
        if told.cure != cure {
            return Some("what lets the mediator sit is not what it says".to_owned());
        }
        let members: Vec<usize> = std::iter::once(first).chain(second).collect();
        let recorded = |reason: &str| law.consent.has_reason(self.d, &members, r, reason);
        if told.reason.is_some() != (cure == Some(Cure::Overridden))
            || told.reason.as_deref().is_some_and(|reason| !recorded(reason))
        {
            return Some("the reason is not that of the override".to_owned());
        }
        if rule.by_path() {
            return self.wrong_path(told, (r, first, second), standing);
        }
        if !told.path.is_empty() {
            return Some("a count, or a related case, has no path".to_owned());
        }
        let (target, case) = (told.target.as_deref(), told.case.as_deref());
        match batch::evidence(facts, law, (self.d, first, r), self.seats(first), false)? {
            Evidence::Count(most, ends) => {
                let named = target.and_then(|id| facts.actor(id));
                let right = told.count == Some(most) && named.is_some_and(|x| ends.contains(&x));
                (!right || case.is_some()).then(|| format!("the highest count is {most}"))
            }
            Evidence::Cases(cases) => {
                let right = case.is_some_and(|case| cases.contains(case));
                let other = target.is_some() || told.count.is_some();
                (!right || other).then(|| "no such related case makes the finding".to_owned())
            }
        }
    }

    fn wrong_path(
        &self,
        told: &DisclosureDoc,
        (r, first, second): Key,
        standing: Standing,
    ) -> Option<String> {
        let (facts, law, graph) = (self.bench.facts, self.bench.eligibility, self.bench.graph);
        let (rule, dispute) = (facts.profile.rules.get(r)?, facts.disputes.get(self.d)?);
        if told.target.is_some() || told.count.is_some() || told.case.is_some() {
            return Some("a path has no target, count or case beside it".to_owned());
        }
        let from = *facts.mediator_ix.get(told.mediator.as_str())?;
        let other = second.map(|second| if from == first { second } else { first });
        let ends = match other {
            Some(other) => BTreeSet::from([*facts.actor_of.get(other)?]),
            None => targets(facts, self.d, rule.to),
        };
        let nothing = BTreeSet::new();
        let whole = other.is_some() || standing == Standing::Gone;
        let query = Query {
            steps: &rule.steps,
            together: rule.together,
            tests: if other.is_some() { &law.beside.tests } else { &dispute.tests },
            secret: false,
            without: if whole {
                &nothing
            } else {
                law.consent.left_out(facts, self.d, first, rule)
            },
        };
        let start = *facts.actor_of.get(from)?;
        if let Err(e) = graph.accepts(&query, start, &ends, &told.path) {
            return Some(e);
        }
        let shortest = graph.shortest(&query, start, &ends)?;
        (shortest.len() < told.path.len())
            .then(|| format!("there is a path of {} steps", shortest.len()))
    }
}
