//! What the solution says of itself: exclusions, unserved disputes, bounds and status
//! (D5, D6, B1, B2).

use std::collections::BTreeMap;

use crate::format::{SolutionDoc, Status, UnservedStage};

use super::answer::Answer;
use super::certificate;
use super::desk::Desk;
use super::eligible::Eligibility;
use super::facts::Facts;
use super::prices::{Held, Tier};
use super::pricing;
use super::verdict::{Findings, Recomputed};

/// For each code, the number of pairs that have it.
pub(super) fn exclusions(eligibility: &Eligibility) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (code, pairs) in eligibility.reasons() {
        *counts.entry(code).or_default() += pairs;
    }
    counts.into_iter().map(|(code, n)| (code.to_owned(), n)).collect()
}

/// D5: the counts; a code that excludes nothing may be left out.
pub(super) fn check_exclusions(doc: &SolutionDoc, own: &[(String, u64)], found: &mut Findings) {
    let mut open: BTreeMap<&str, u64> = own.iter().map(|(c, n)| (c.as_str(), *n)).collect();
    let mut seen: Vec<&str> = Vec::new();
    for (code, &claimed) in doc.exclusions.iter() {
        let right = open.remove(code).unwrap_or(0);
        if claimed != right || seen.contains(&code) {
            let message = format!("`{code}` excludes {right} pairs");
            found.add("D5", None, format!("/exclusions/{code}"), message);
        }
        seen.push(code);
    }
    for (code, right) in open {
        found.add("D5", None, "/exclusions", format!("`{code}` excludes {right} pairs"));
    }
}

/// D6: who is listed, and at which stage each failed.
pub(super) fn check_unserved(
    desk: &Desk<'_, '_>,
    doc: &SolutionDoc,
    answer: &Answer,
    found: &mut Findings,
) {
    let facts = desk.facts;
    for (d, dispute) in facts.disputes.iter().enumerate() {
        let id = dispute.doc.id.as_str();
        let entry = doc.unserved.iter().enumerate().find(|(_, u)| u.dispute == id);
        match (answer.served(d), entry) {
            (true, None) => {}
            (true, Some((i, _))) => {
                let message = "the dispute has its panel and all its sessions";
                found.add("D6", Some(id), format!("/unserved/{i}"), message);
            }
            (false, None) => {
                found.add(
                    "D6",
                    Some(id),
                    "/unserved",
                    format!("`{id}` is unserved and not listed"),
                );
            }
            (false, Some((i, unserved))) => {
                let seated = answer.panels.get(d).is_some_and(Option::is_some);
                if !stage_holds(desk, d, seated, unserved.stage) {
                    let message = "the dispute did not fail at this stage";
                    found.add("D6", Some(id), format!("/unserved/{i}/stage"), message);
                }
                for (place, remedy) in unserved.remedies.iter().enumerate() {
                    if let Some(word) = strange(facts, remedy) {
                        let message = format!("`{word}` is no change that could serve it");
                        let at = format!("/unserved/{i}/remedies/{place}");
                        found.add("D6", Some(id), at, message);
                    }
                }
            }
        }
    }
    let order: Vec<Option<usize>> =
        doc.unserved.iter().map(|u| facts.dispute_ix.get(u.dispute.as_str()).copied()).collect();
    if !order.is_sorted() {
        found.add(
            "D6",
            None,
            "/unserved",
            "the disputes do not stand in the order of the instance",
        );
    }
}

fn stage_holds(desk: &Desk<'_, '_>, d: usize, seated: bool, stage: UnservedStage) -> bool {
    let barred = desk.facts.disputes.get(d).is_some_and(|x| x.barred.is_some());
    let panel = || pricing::possible(desk, d, false);
    let dates = || pricing::possible(desk, d, true);
    match stage {
        UnservedStage::Admissibility => barred,
        _ if barred => false,
        UnservedStage::Panel => !seated && !panel(),
        // WHY: where its own sessions may stand in each other's way, pricing knows too many plans.
        UnservedStage::Sessions => panel() && (!dates() || may_clash(desk, d)),
        // WHY: without a panel, one that could be formed is enough; dates are the next question.
        UnservedStage::Docket => {
            if seated {
                dates()
            } else {
                panel()
            }
        }
    }
}

/// What of a remedy is none: a word that names no change, or nothing in the instance. That it serves the dispute is for
/// whoever makes the change to see.
fn strange<'r>(facts: &Facts<'_>, remedy: &'r str) -> Option<&'r str> {
    remedy.split("; ").find(|change| {
        let words: Vec<&str> = change.split_whitespace().collect();
        let dispute = |id: &str| facts.dispute_ix.contains_key(id);
        let mediator = |id: &str| facts.mediator_ix.contains_key(id);
        let state = |id: &str| facts.doc.states.iter().any(|state| state.id == id);
        let number = |word: &str| word.parse::<i64>().is_ok();
        !match words[..] {
            ["due", id, days] => dispute(id) && number(days),
            ["cases", id, more] => mediator(id) && number(more),
            ["waive", id, whom, _] => dispute(id) && mediator(whom),
            ["designate", id, by, ..] => dispute(id) && state(by),
            _ => false,
        }
    })
}

/// Whether sessions of one dispute can break S2 travel, S6 or, between booths, S2 no-overlap.
fn may_clash(desk: &Desk<'_, '_>, d: usize) -> bool {
    let facts = desk.facts;
    let several = facts.disputes.get(d).is_some_and(|x| x.sessions.len() > 1);
    let travel = facts.doc.policy.as_ref().and_then(|p| p.travel.as_ref());
    let moves = !facts.doc.journeys.is_empty() || travel.is_some();
    let booths =
        facts.disputes.get(d).is_some_and(|x| x.sessions.iter().any(|s| s.booths.len() > 1));
    booths || (several && (moves || facts.day_minutes.is_some()))
}

/// B1: every bound from its prices, against what is claimed and what was reached.
pub(super) fn check_bounds(
    desk: &Desk<'_, '_>,
    doc: &SolutionDoc,
    own: &mut Recomputed,
    found: &mut Findings,
) {
    let lawful = !found.breaks_model();
    let Some(certificate) = &doc.certificate else {
        if doc.bound.is_some() {
            found.add("B1", None, "/bound", "a bound needs a certificate");
        }
        return;
    };
    if certificate.tiers.len() != own.tiers.len() {
        let message = format!("{} tiers are expected", own.tiers.len());
        found.add("B1", None, "/certificate/tiers", message);
        return;
    }
    let order = Tier::all(desk.facts);
    for (i, tier) in certificate.tiers.iter().enumerate() {
        let at = format!("/certificate/tiers/{i}");
        let Some(&which) = order.get(i) else { continue };
        let proven =
            match certificate::bound(desk, which, tier, &Held::before(which, &order, &own.tiers)) {
                Ok(proven) => proven,
                Err((below, message)) => {
                    found.add("B1", None, at + &below, message);
                    own.bounds.push(None);
                    continue;
                }
            };
        own.bounds.push(proven);
        if proven.is_some_and(|proven| proven > tier.bound) {
            let message = format!("the prices prove {} only", proven.unwrap_or(i64::MAX));
            found.add("B1", None, at + "/bound", message);
        } else if lawful && own.tiers.get(i).is_some_and(|value| *value > tier.bound) {
            found.add("B1", None, at + "/bound", "the answer is worth more than the bound");
        }
    }
    if doc.bound != certificate.tiers.last().map(|tier| tier.bound) {
        found.add("B1", None, "/bound", "it is not the bound of the last tier");
    }
}

/// B2: gap and status.
pub(super) fn check_status(doc: &SolutionDoc, own: &Recomputed, found: &mut Findings) {
    let (quality, above) = own.tiers.split_last().unwrap_or((&0, &[]));
    let (quality, panels) = (*quality, above.first().copied().unwrap_or(0));
    let gap = doc.bound.map(|bound| gap(bound, quality));
    if doc.gap.map(crate::format::Decimal::micro) != gap {
        let message = match gap {
            Some(gap) => format!("the gap is {gap} millionths"),
            None => "without a bound there is no gap".to_owned(),
        };
        found.add("B2", None, "/gap", message);
    }
    let tiers = doc.certificate.as_ref().map(|c| c.tiers.as_slice()).unwrap_or_default();
    let bound = |i: usize| tiers.get(i).map(|tier| tier.bound);
    let wrong = match doc.status {
        Status::Unknown => "an answer is given, so it is known",
        Status::Optimal if (0..above.len()).any(|i| bound(i) != Some(above[i])) => {
            "a tier above quality is not proven"
        }
        Status::Optimal if !(0..=1_000_000).contains(&doc.run.gap.micro()) => {
            "the gap asked for lies outside 0 to 1"
        }
        Status::Optimal if gap.is_none_or(|gap| gap > doc.run.gap.micro()) => {
            "the gap is wider than the one asked for"
        }
        Status::Infeasible if panels != 0 || bound(0) != Some(0) => {
            "it is not proven that no dispute can have a panel"
        }
        _ => return,
    };
    found.add("B2", None, "/status", wrong);
}

/// (bound - quality) / max(1, |bound|) in millionths, rounded up, as far as a decimal reaches.
fn gap(bound: i64, quality: i64) -> i64 {
    let excess = (i128::from(bound) - i128::from(quality)) * 1_000_000;
    let scale = i128::from(bound).abs().max(1);
    let most = 1_000_000_000_000;
    super::facts::clamp((-(-excess).div_euclid(scale)).clamp(-most, most))
}
