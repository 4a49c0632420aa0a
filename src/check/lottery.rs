//! The lottery of a solution: weights, caps, the ticket that was drawn, what was expected, and its bound (D10, B1).
//!
//! * Takes the document of the lottery; gives violations. Every ticket is judged by the rules about panels, not only the
//!   one that was drawn: who may be drawn must be lawful.
//!
//! SOURCE of the bound: Lagrangian, as for certificates; docs/mechanisms.md has the formula.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{Decimal, LotteryDoc, LotteryTicketDoc, PairPriceDoc};

use super::answer::Answer;
use super::certificate;
use super::desk::Desk;
use super::facts::{Facts, clamp};
use super::panels;
use super::prices::{Held, Prices, Tier};
use super::selection::{Table, sha256};
use super::verdict::Findings;

/// A million: what all weights add up to.
const WHOLE: i64 = 1_000_000;

/// Panels of a ticket, by dispute.
type Panels = BTreeMap<usize, Vec<usize>>;

/// Judges a lottery; `number` is what the seed draws among these tickets, by their SHA-256.
pub(super) fn check(
    desk: &Desk<'_, '_>,
    doc: &LotteryDoc,
    answer: &Answer,
    number: &dyn Fn(&str) -> u64,
    found: &mut Findings,
) {
    let facts = desk.facts;
    let mut add = |rule: &str, at: String, message: String| {
        found.add(rule, None, format!("/selection/lottery{at}"), message);
    };
    if facts.has_least() || facts.worst_first || !facts.levels.is_empty() {
        let message = "a lottery goes with the plain sum of fit alone".to_owned();
        return add("D10", String::new(), message);
    }
    let mut tickets = Vec::with_capacity(doc.tickets.len());
    for (i, ticket) in doc.tickets.iter().enumerate() {
        if ticket.weight == 0 {
            // WHY: it would change which number is drawn, and nothing else.
            let message = "a ticket without weight is none".to_owned();
            return add("D10", format!("/tickets/{i}/weight"), message);
        }
        match read(facts, ticket).and_then(|panels| lawful(desk, &panels).map(|()| panels)) {
            Ok(panels) => tickets.push((i64::from(ticket.weight), panels)),
            Err(message) => return add("D10", format!("/tickets/{i}"), message),
        }
    }
    let served = |panels: &Panels| -> i64 {
        panels.keys().filter_map(|d| facts.disputes.get(*d)).map(|x| x.priority).sum()
    };
    let points: BTreeSet<i64> = tickets.iter().map(|(_, panels)| served(panels)).collect();
    if tickets.iter().map(|(weight, _)| weight).sum::<i64>() != WHOLE || points.len() != 1 {
        let message =
            "the weights do not add up to a million, or some tickets serve fewer".to_owned();
        return add("D10", "/tickets".to_owned(), message);
    }
    let texts: Vec<String> = tickets.iter().map(|(_, panels)| text(facts, panels)).collect();
    if texts.windows(2).any(|two| two[0] >= two[1]) {
        let message = "the tickets do not stand in the order of their texts, each once".to_owned();
        return add("D10", "/tickets".to_owned(), message);
    }
    let lines = tickets.iter().zip(&texts).map(|((weight, _), text)| format!("{weight} {text}"));
    let number = number(&sha256(&lines.collect::<Vec<String>>().join("\n")));
    let mut below = 0;
    let drawn = tickets.iter().position(|(weight, _)| {
        below += weight;
        i128::from(number) < i128::from(below)
    });
    if drawn != Some(doc.drawn as usize) {
        let message = format!("the seed draws {number}, which is another ticket");
        add("D10", "/drawn".to_owned(), message);
    }
    let sits: Panels = answer
        .panels
        .iter()
        .enumerate()
        .filter_map(|(d, panel)| Some((d, sorted(panel.as_ref()?.members()))))
        .collect();
    if drawn.and_then(|at| tickets.get(at)).is_none_or(|(_, panels)| *panels != sits) {
        let message = "the panels are not those of the ticket that was drawn".to_owned();
        add("D10", "/drawn".to_owned(), message);
    }
    let policy = facts.doc.policy.as_ref().and_then(|policy| policy.selection.as_ref());
    let cap = policy.and_then(|policy| policy.pair_cap).map_or(WHOLE / 2, Decimal::micro);
    if doc.pair_cap.micro() != cap {
        add("D10", "/pair_cap".to_owned(), "the policy has another cap".to_owned());
    }
    let mut likely: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for (weight, panels) in &tickets {
        for (d, m) in panels.iter().flat_map(|(d, list)| list.iter().map(move |m| (*d, *m))) {
            *likely.entry((d, m)).or_default() += weight;
        }
    }
    if let Some(((d, m), p)) =
        likely.iter().find(|((d, m), p)| limit(desk, cap, *d, *m).is_some_and(|most| **p > most))
    {
        let name = |list: Option<&str>| list.unwrap_or_default().to_owned();
        let dispute = name(facts.disputes.get(*d).map(|x| x.doc.id.as_str()));
        let mediator = name(facts.mediators.get(*m).map(|x| x.id.as_str()));
        let message =
            format!("`{mediator}` sits in `{dispute}` with {p} millionths, above its cap");
        add("D10", "/tickets".to_owned(), message);
    }
    let worth = |(weight, panels): &(i64, Panels)| i128::from(*weight) * quality(facts, panels);
    let expected: i128 = tickets.iter().map(worth).sum();
    let expected = clamp(expected.div_euclid(i128::from(WHOLE)));
    if doc.expected != expected {
        add("D10", "/expected".to_owned(), format!("the expected quality is {expected}"));
    }
    let held = points.first().copied().unwrap_or(0);
    match bound(desk, doc, cap, held) {
        Ok(proven) if proven > doc.bound || doc.bound < doc.expected => {
            add("B1", "/bound".to_owned(), format!("the prices prove {proven} and no less"));
        }
        Ok(_) => {}
        Err(message) => add("B1", "/prices".to_owned(), message),
    }
}

fn sorted(mut list: Vec<usize>) -> Vec<usize> {
    list.sort_unstable();
    list
}

/// The panels of a ticket by index.
fn read(facts: &Facts<'_>, ticket: &LotteryTicketDoc) -> Result<Panels, String> {
    let mut panels = Panels::new();
    for panel in &ticket.panels {
        let d = facts.dispute_ix.get(panel.dispute.as_str());
        let d = *d.ok_or_else(|| format!("there is no dispute `{}`", panel.dispute))?;
        let known = |id: &String| facts.mediator_ix.get(id.as_str()).copied();
        let members: Option<Vec<usize>> = panel.mediators.iter().map(known).collect();
        let members = sorted(members.ok_or_else(|| "there is no such mediator".to_owned())?);
        if members.windows(2).any(|two| two[0] == two[1]) {
            return Err(format!("somebody sits twice in `{}`", panel.dispute));
        }
        if panels.insert(d, members).is_some() {
            return Err(format!("`{}` has two panels", panel.dispute));
        }
    }
    Ok(panels)
}

/// A ticket in one line: its disputes in order, each with its members in the order of the roster.
fn text(facts: &Facts<'_>, ticket: &Panels) -> String {
    let name = |m: &usize| facts.mediators.get(*m).map(|x| x.id.as_str()).unwrap_or_default();
    let panel = |(d, members): (&usize, &Vec<usize>)| {
        let id = facts.disputes.get(*d).map(|x| x.doc.id.as_str()).unwrap_or_default();
        let members: Vec<&str> = members.iter().map(name).collect();
        format!("{id}={}", members.join(","))
    };
    ticket.iter().map(panel).collect::<Vec<String>>().join(" ")
}

/// Every rule about panels.
fn lawful(desk: &Desk<'_, '_>, ticket: &Panels) -> Result<(), String> {
    let facts = desk.facts;
    let mut table = Table::new(desk);
    for (&d, members) in ticket {
        let Some(dispute) = facts.disputes.get(d) else { continue };
        let id = &dispute.doc.id;
        let barred = dispute.barred.is_some();
        let clash = |(i, a): (usize, &usize)| members[..i].iter().any(|b| desk.clash(d, *a, *b));
        if barred
            || members.iter().any(|m| !desk.eligibility.eligible(d, *m))
            || !panels::stands(facts, desk.eligibility, d, members)
            || members.iter().enumerate().any(clash)
        {
            return Err(format!("`{id}` would have a panel that may not sit"));
        }
        let mut beside: Vec<usize> = Vec::new();
        for &m in members {
            if !table.has_room(d, &beside, m) {
                return Err(format!("a member of the panel of `{id}` has no room"));
            }
            beside.push(m);
        }
        for m in beside {
            table.give(d, m);
        }
    }
    Ok(())
}

/// How likely a pair may be, in millionths; nothing where whoever is required sits in any case.
fn limit(desk: &Desk<'_, '_>, cap: i64, d: usize, m: usize) -> Option<i64> {
    let dispute = desk.facts.disputes.get(d)?;
    let required: BTreeSet<usize> = dispute.required.iter().map(|(m, _)| *m).collect();
    if required.contains(&m) {
        return None;
    }
    let free = dispute.size.saturating_sub(required.len()) as i64;
    let may = desk.eligibility.all_eligible(d).filter(|m| !required.contains(m)).count() as i64;
    let even = (WHOLE * free + may.max(1) - 1).div_euclid(may.max(1));
    Some(cap.max(even)).filter(|most| *most < WHOLE)
}

/// Quality of panels without dates.
fn quality(facts: &Facts<'_>, ticket: &Panels) -> i128 {
    let mut loads: BTreeMap<usize, i128> = BTreeMap::new();
    let mut sum = 0;
    for (d, members) in ticket {
        let Some(dispute) = facts.disputes.get(*d) else { continue };
        for &m in members {
            sum += i128::from(facts.seat(dispute, m)) - i128::from(facts.rotation(m));
            *loads.entry(m).or_default() += 1;
        }
    }
    let pairs: i128 = loads.values().map(|load| load * (load - 1) / 2).sum();
    sum - i128::from(facts.w_balance) * pairs
}

/// What the prices prove of every lottery under the cap.
fn bound(desk: &Desk<'_, '_>, doc: &LotteryDoc, cap: i64, held: i64) -> Result<i64, String> {
    let mut facts = desk.facts.clone();
    for dispute in &mut facts.disputes {
        dispute.sessions.clear();
    }
    let bare = Desk::new(&facts, desk.eligibility);
    let order = Tier::all(&facts);
    let points = |tier: &Tier| matches!(tier, Tier::Panels | Tier::Sessions);
    let tiers: Vec<i64> =
        order.iter().map(|tier| if points(tier) { held * WHOLE } else { 0 }).collect();
    let held = Held::before(Tier::Quality, &order, &tiers);
    let mut extra = |prices: &mut Prices| pairs(desk, &doc.pairs, cap, prices);
    certificate::bound_at(&bare, &doc.prices, &held, &mut extra)
}

/// Adds the prices of pairs, in nano-units, with what the caps are worth at them, rounded up.
fn pairs(
    desk: &Desk<'_, '_>,
    docs: &[PairPriceDoc],
    cap: i64,
    prices: &mut Prices,
) -> Result<(), String> {
    let facts = desk.facts;
    let mut seen = BTreeSet::new();
    let mut worth = 0_i128;
    for doc in docs {
        let d = facts.dispute_ix.get(doc.dispute.as_str()).copied();
        let m = facts.mediator_ix.get(doc.mediator.as_str()).copied();
        let limit = d.zip(m).and_then(|(d, m)| limit(desk, cap, d, m));
        let (Some(d), Some(m), Some(limit)) = (d, m, limit) else {
            return Err(format!("`{}` in `{}` has no cap", doc.mediator, doc.dispute));
        };
        if doc.price < 0 || !seen.insert((d, m)) {
            return Err(format!(
                "`{}` in `{}` has a negative price, or two",
                doc.mediator, doc.dispute
            ));
        }
        *prices.batch.entry((d, m)).or_default() += i128::from(doc.price);
        worth += i128::from(doc.price) * i128::from(limit);
    }
    prices.limits += (worth + i128::from(WHOLE) - 1).div_euclid(i128::from(WHOLE));
    Ok(())
}
