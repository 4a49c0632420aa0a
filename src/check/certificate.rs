//! The certificate: walks each tier's tree, prices every leaf, compares (B1).
//!
//! * Takes the certificate and the tiers that the checker has recomputed; gives the bound that the
//!   prices prove, and violations where it is not the bound that is claimed.
//!
//! SOURCE: Lagrangian bounds after Geoffrion (1974); the formula stands in docs/model.md.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::format::{BatchPriceDoc, BranchDoc, NodeDoc, PricesDoc, TierCertificateDoc};

use super::batch;
use super::caps;
use super::desk::Desk;
use super::facts::{Facts, clamp};
use super::limits::Limits;
use super::prices::{Held, Prices, Row, Tier};
use super::pricing;
use super::rooms::classes;

/// Where a certificate fails: pointer below the certificate, and a sentence.
type Flaw = (String, String);

/// The service of a dispute that could not be served better.
const BEST_SERVICE: i64 = 1_000_000;

/// A leaf: its node, its prices, the answers on the way by dispute.
type Leaf = (usize, Prices, BTreeMap<usize, Limits>);

/// The bound that a tier's tree proves: nothing when every leaf is impossible. In tier `worst` the
/// tree proves the claimed bound or none.
pub(super) fn bound(
    desk: &Desk<'_, '_>,
    tier: Tier,
    certificate: &TierCertificateDoc,
    held: &Held,
) -> Result<Option<i64>, Flaw> {
    let mut leaves = leaves(desk, tier, certificate)?;
    // The next service is what no answer must be able to reach.
    let beyond = (tier == Tier::Worst).then(|| certificate.bound.saturating_add(1));
    for (_, prices, _) in &mut leaves {
        prices.service = beyond.or(held.service);
    }
    let none = Limits::default();
    let tasks: Vec<(usize, usize)> = (0..leaves.len())
        .flat_map(|leaf| (0..desk.facts.disputes.len()).map(move |d| (leaf, d)))
        .collect();
    let parts: Vec<(usize, Option<i128>)> = tasks
        .into_par_iter()
        .map(|(leaf, d)| {
            let (_, prices, limits) = &leaves[leaf];
            (leaf, pricing::best(desk, prices, d, limits.get(&d).unwrap_or(&none)))
        })
        .collect();
    let mut totals: Vec<Option<i128>> =
        leaves.iter().map(|(_, prices, _)| Some(supply(desk.facts, prices, held))).collect();
    for (leaf, part) in parts {
        totals[leaf] = totals[leaf].zip(part).map(|(a, b)| a + b);
    }
    let mut totals = totals.into_iter().flatten();
    if tier == Tier::Worst {
        // Whatever holds the tiers above is worth 0 here, which no answer can be below.
        let is_proven = totals.all(|nano| nano < 0);
        let most = if is_proven { certificate.bound.min(BEST_SERVICE) } else { BEST_SERVICE };
        return Ok(Some(most));
    }
    Ok(totals.map(|nano| clamp(whole(tier, nano.div_euclid(1000)))).max())
}

/// The bound on quality that the prices of one leaf prove, with more prices than the document has.
pub(super) fn bound_at(
    desk: &Desk<'_, '_>,
    doc: &PricesDoc,
    held: &Held,
    more: &mut dyn FnMut(&mut Prices) -> Result<(), String>,
) -> Result<i64, String> {
    let facts = desk.facts;
    let mut prices = Prices::read(facts, Tier::Quality, doc)?;
    read_rows(facts, &batch::rows(facts, desk.eligibility), &doc.batch, &mut prices)?;
    caps::read_prices(&caps::caps(facts), &doc.caps, &mut prices)?;
    more(&mut prices)?;
    let none = Limits::default();
    let plans = (0..facts.disputes.len()).into_par_iter();
    let best: i128 = plans.filter_map(|d| pricing::best(desk, &prices, d, &none)).sum();
    Ok(clamp((supply(facts, &prices, held) + best).div_euclid(1000)))
}

/// Tiers of points come whole, a million micro-units each.
fn whole(tier: Tier, micro: i128) -> i128 {
    if tier == Tier::Quality { micro } else { micro.div_euclid(1_000_000) * 1_000_000 }
}

/// All terms of the bound that no plan has a part in.
fn supply(facts: &Facts<'_>, prices: &Prices, held: &Held) -> i128 {
    let mut total = 0_i128;
    for (&m, &price) in &prices.cases {
        let cases = facts.cases(m);
        let step =
            if prices.tier == Tier::Quality { 1000 * i128::from(facts.w_balance) } else { 0 };
        total += if step == 0 {
            price * i128::from(cases)
        } else {
            let steps = (0..cases).map(|j| price - step * i128::from(j));
            steps.take_while(|gain| *gain > 0).sum::<i128>()
        };
    }
    for (&m, &price) in &prices.floor {
        // Row load + missing >= least; nobody misses more than that.
        let least = i128::from(facts.least(m));
        total += least * (price - prices.of_missing()).max(0) - least * price;
    }
    for (&m, &price) in &prices.effort {
        total += price * i128::from(facts.hours(m).unwrap_or(0));
    }
    total += prices.time.values().map(Row::total).sum::<i128>();
    let a_day = facts.day_minutes.map_or(0, |minutes| minutes / facts.grid.slot);
    total += prices.days.values().map(|price| price * i128::from(a_day)).sum::<i128>();
    total += prices.journeys;
    for (&(k, seats), row) in &prices.rooms {
        let known = facts.places.get(k).map(|p| classes(&p.doc.rooms)).unwrap_or_default();
        let class = known.iter().find(|class| class.seats == seats);
        total += row.total() * class.map_or(0, |class| class.rooms as i128);
    }
    total += prices.limits;
    total - prices.panels * i128::from(held.panels) - prices.scheduled * i128::from(held.scheduled)
        + prices.frozen * i128::from(held.frozen)
        + prices.loads * i128::from(held.loads)
        + prices.sides * i128::from(held.sides)
        + prices.below.iter().zip(&held.below).map(|(p, n)| p * i128::from(*n)).sum::<i128>()
}

fn leaves(
    desk: &Desk<'_, '_>,
    tier: Tier,
    certificate: &TierCertificateDoc,
) -> Result<Vec<Leaf>, Flaw> {
    let (facts, nodes) = (desk.facts, &certificate.nodes);
    // WHY: few certificates price rows A6, and only these need them.
    let priced = |node: &NodeDoc| node.prices.as_ref().is_some_and(|p| !p.batch.is_empty());
    let rows = if nodes.iter().any(priced) {
        batch::rows(facts, desk.eligibility)
    } else {
        BTreeSet::new()
    };
    let caps = caps::caps(facts);
    let mut seen = vec![false; nodes.len()];
    let mut open = vec![(0_usize, BTreeMap::<usize, Limits>::new())];
    let mut leaves = Vec::new();
    while let Some((at, limits)) = open.pop() {
        let flaw = |text: String| (format!("/nodes/{at}"), text);
        let node = nodes.get(at).ok_or_else(|| flaw(format!("there is no node {at}")))?;
        if std::mem::replace(&mut seen[at], true) {
            return Err(flaw("the node has two parents: this is no tree".to_owned()));
        }
        match (&node.branch, &node.prices) {
            (Some(_), Some(_)) => {
                return Err(flaw("a node is a question or prices, not both".to_owned()));
            }
            (Some(branch), None) => {
                let (yes, no) = split(facts, branch, &limits).map_err(flaw)?;
                open.push((branch.no as usize, no));
                open.push((branch.yes as usize, yes));
            }
            // WHY: without prices everything is free, which is a bound like any other.
            (None, prices) => {
                let free = PricesDoc::default();
                let doc = prices.as_ref().unwrap_or(&free);
                let mut prices = Prices::read(facts, tier, doc).map_err(flaw)?;
                read_rows(facts, &rows, &doc.batch, &mut prices).map_err(flaw)?;
                caps::read_prices(&caps, &doc.caps, &mut prices).map_err(flaw)?;
                leaves.push((at, prices, limits));
            }
        }
    }
    match seen.iter().position(|s| !s) {
        Some(at) => {
            Err((format!("/nodes/{at}"), "the node hangs on no branch of the tree".to_owned()))
        }
        None => Ok(leaves),
    }
}

type Answers = BTreeMap<usize, Limits>;

/// The limits on the two sides of a question.
fn split(
    facts: &Facts<'_>,
    branch: &BranchDoc,
    limits: &Answers,
) -> Result<(Answers, Answers), String> {
    let d = *facts
        .dispute_ix
        .get(branch.dispute.as_str())
        .ok_or_else(|| format!("there is no dispute `{}`", branch.dispute))?;
    let (mut yes, mut no) = (limits.clone(), limits.clone());
    let (on, off) = (yes.entry(d).or_default(), no.entry(d).or_default());
    on.served = true;
    match (&branch.mediator, &branch.session, branch.until) {
        (Some(mediator), None, None) => {
            let m = *facts
                .mediator_ix
                .get(mediator.as_str())
                .ok_or_else(|| format!("there is no mediator `{mediator}`"))?;
            on.with.insert(m);
            off.without.insert(m);
        }
        (None, Some(session), Some(until)) => {
            let sessions = facts.disputes.get(d).map(|x| x.sessions.as_slice());
            let s = sessions
                .and_then(|list| list.iter().position(|s| s.doc.id == *session))
                .ok_or_else(|| format!("`{}` has no session `{session}`", branch.dispute))?;
            let until = until as usize;
            on.dated = true;
            on.until.entry(s).and_modify(|u| *u = until.min(*u)).or_insert(until);
            off.after.entry(s).and_modify(|a| *a = until.max(*a)).or_insert(until);
        }
        _ => return Err("a question names a mediator, or a session and a slot".to_owned()),
    }
    Ok((yes, no))
}

/// Reads the prices of rows A6: each must be a row of the instance, and be priced once.
fn read_rows(
    facts: &Facts<'_>,
    rows: &BTreeSet<batch::Row>,
    docs: &[BatchPriceDoc],
    prices: &mut Prices,
) -> Result<(), String> {
    let mut seen: BTreeSet<batch::Row> = BTreeSet::new();
    for doc in docs {
        let name = &doc.mediator;
        let factor = |(id, factor): (&str, &i64)| Some((*facts.dispute_ix.get(id)?, *factor));
        let disputes: Option<Vec<(usize, i64)>> = doc.disputes.iter().map(factor).collect();
        let mediator = facts.mediator_ix.get(name.as_str()).copied();
        let row = mediator.zip(disputes).map(|(m, mut disputes)| {
            disputes.sort_unstable();
            (m, disputes, doc.limit)
        });
        let Some(row) = row.filter(|row| rows.contains(row)) else {
            return Err(format!("the batch has no such row of `{name}`"));
        };
        if doc.price < 0 {
            return Err(format!("the price of a row of `{name}` is negative"));
        }
        let price = i128::from(doc.price);
        prices.limits += price * i128::from(row.2);
        for &(d, factor) in &row.1 {
            *prices.batch.entry((d, row.0)).or_default() += price * i128::from(factor);
        }
        if !seen.insert(row) {
            return Err(format!("a row of `{name}` has two prices"));
        }
    }
    Ok(())
}
