//! The objective, from panels and sessions alone (D4).

use crate::format::SolutionDoc;

use super::answer::Answer;
use super::clock::DAY;
use super::facts::{Facts, Session, clamp};
use super::prices::Tier;
use super::sharing;
use super::verdict::Findings;

/// The tiers, and the terms by name in the order of format.md.
pub(super) fn value(facts: &Facts<'_>, answer: &Answer) -> (Vec<i64>, Vec<(String, i64)>) {
    let (mut panels, mut sessions, mut fit, mut points) = (0_i128, 0_i128, 0_i128, 0_i128);
    let (mut worse, mut late, mut rotation) = (0_i128, 0_i128, 0_i128);
    let (mut disruption, mut thawed) = (0_i128, 0_i128);
    let mut loads = vec![0_i128; facts.mediators.len()];
    // WHY: where nobody is served, nobody is served badly.
    let mut worst = 1_000_000;
    let mut below = vec![0_i64; facts.levels.len()];
    for (d, dispute) in facts.disputes.iter().enumerate() {
        let panel = answer.panels.get(d).and_then(Option::as_ref);
        let members = panel.map(super::answer::Panel::members).unwrap_or_default();
        if panel.is_some() {
            panels += i128::from(dispute.priority);
            let service = Facts::service(dispute, &members);
            worst = worst.min(service);
            for (count, level) in below.iter_mut().zip(&facts.levels) {
                *count -= 1_000_000 * i64::from(service < *level);
            }
        }
        if answer.served(d) {
            sessions += i128::from(dispute.priority);
        }
        for &m in &members {
            fit += i128::from(facts.seat(dispute, m));
            rotation -= i128::from(facts.rotation(m));
            disruption -= i128::from(facts.seat_changes(d, m));
            if let Some(load) = loads.get_mut(m) {
                *load += 1;
            }
        }
        let dates = answer.dates.get(d).into_iter().flatten();
        for (k, (session, date)) in dispute.sessions.iter().zip(dates).enumerate() {
            let Some(date) = date else { continue };
            for actor in answer.attending(facts, d, k) {
                points += i128::from(facts.attendance(actor, session, date.start).points);
            }
            late += i128::from(days_late(session, date.start));
            disruption -= i128::from(facts.moves(d, k, date.start));
            thawed += i128::from(facts.thaws(d, k, date.start));
        }
        worse += i128::from(sharing::worse(facts, answer, d));
    }
    let missing = |(m, load): (usize, &i128)| (i128::from(facts.least(m)) - load).max(0);
    let missing: i128 = loads.iter().enumerate().map(missing).sum();
    let pairs: i128 = loads.iter().map(|load| load * (load - 1) / 2).sum();
    let burden = -i128::from(facts.w_burden) * points;
    let balance = -i128::from(facts.w_balance) * pairs;
    let fairness = -i128::from(facts.w_fairness) * worse;
    let lateness = -i128::from(facts.w_lateness) * late;
    let million = 1_000_000;
    let (panels, sessions) = (clamp(million * panels), clamp(million * sessions));
    let sides = clamp(-million * worse);
    let quality = clamp(fit + burden + fairness + lateness + balance + rotation + disruption);
    let loads = clamp(-million * missing);
    let frozen = clamp(-million * thawed);
    let of_order = |tier: &Tier| match tier {
        Tier::Panels => panels,
        Tier::Sessions => sessions,
        Tier::Frozen => frozen,
        Tier::Loads => loads,
        Tier::Sides => sides,
        Tier::Worst => worst,
        Tier::Below(level) => below.get(*level).copied().unwrap_or(0),
        Tier::Quality => quality,
    };
    let tiers = Tier::all(facts).iter().map(of_order).collect();
    let mut terms = vec![("panels", panels), ("sessions", sessions)];
    terms.extend(facts.has_freeze().then_some(("frozen", frozen)));
    terms.extend(facts.has_least().then_some(("loads", loads)));
    terms.extend([
        ("sides", sides),
        ("fit", clamp(fit)),
        ("burden", clamp(burden)),
        ("fairness", clamp(fairness)),
        ("lateness", clamp(lateness)),
        ("balance", clamp(balance)),
    ]);
    terms.extend((facts.w_rotation > 0).then(|| ("rotation", clamp(rotation))));
    terms.extend((!facts.former.is_empty()).then(|| ("disruption", clamp(disruption))));
    terms.extend(facts.worst_first.then_some(("worst", worst)));
    let mut terms: Vec<(String, i64)> =
        terms.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let named = facts.levels.iter().map(|level| format!("below-{}", *level as f64 / 1e6));
    terms.extend(named.zip(below));
    (tiers, terms)
}

/// Days begun between a priced due date and the end of a session that starts at a minute.
pub(super) fn days_late(session: &Session<'_>, start: i64) -> i64 {
    session.window.priced_due.map_or(0, |due| {
        let over = start.saturating_add(session.minutes).saturating_sub(due).max(0);
        over.saturating_add(DAY - 1) / DAY
    })
}

/// D4: what the solution says against what was computed.
pub(super) fn check(
    doc: &SolutionDoc,
    tiers: &[i64],
    terms: &[(String, i64)],
    found: &mut Findings,
) {
    if doc.objective.tiers != tiers {
        let message = format!("the tiers are {tiers:?}");
        found.add("D4", None, "/objective/tiers", message);
    }
    for (name, value) in terms {
        if doc.objective.terms.get(name) != Some(value) {
            let message = format!("the term `{name}` is {value}");
            found.add("D4", None, format!("/objective/terms/{name}"), message);
        }
    }
    if doc.objective.terms.0.len() != terms.len() {
        let message = format!("{} terms are expected", terms.len());
        found.add("D4", None, "/objective/terms", message);
    }
}
