//! What an answer is like for those whom it concerns: fit, burden, concentration, what parties think of their panels,
//! and how far a false ballot would have got a side.
//!
//! * Takes an instance and any solution of it; gives numbers by which mechanisms are compared. Nothing is solved.
//! * Shares and means are rounded to six places.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::lists::{Ballots, Outcome, shortlist, strike_and_rank};
use super::procedure::numbers;
use super::{Draw, draws};
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::format::{FalseBallotsDoc, MeasuresDoc, Mechanism, SatisfactionDoc, SolutionDoc};

/// Measures an answer.
#[must_use]
pub fn measure(instance: &Instance, solution: &SolutionDoc) -> MeasuresDoc {
    let disputes: BTreeMap<&str, DisputeIx> =
        instance.dispute_indices().map(|d| (instance.dispute_name(d), d)).collect();
    let mediators: BTreeMap<&str, MediatorIx> =
        instance.mediator_indices().map(|m| (instance.mediator_name(m), m)).collect();
    let panels: Vec<(DisputeIx, Vec<MediatorIx>)> = solution
        .assignments
        .iter()
        .filter_map(|a| {
            let seats = a.panel.iter().filter_map(|seat| mediators.get(seat.mediator.as_str()));
            Some((*disputes.get(a.dispute.as_str())?, seats.copied().collect()))
        })
        .collect();
    let fits = |(d, panel): &(DisputeIx, Vec<MediatorIx>)| -> f64 {
        panel.iter().map(|m| instance.fit(*d, *m) as f64 / 1e6).sum()
    };
    let seats: usize = panels.iter().map(|(_, panel)| panel.len()).sum();
    let mut loads: BTreeMap<MediatorIx, usize> = BTreeMap::new();
    for mediator in panels.iter().flat_map(|(_, panel)| panel) {
        *loads.entry(*mediator).or_default() += 1;
    }
    let mut busiest: Vec<usize> = loads.values().copied().collect();
    busiest.sort_unstable_by(|a, b| b.cmp(a));
    let tenth = instance.mediators().len().div_ceil(10);
    let share = |load: usize| load as f64 / seats.max(1) as f64;
    let mechanism = solution.selection.as_ref().map_or(Mechanism::Optimise, |s| s.mechanism);
    let term = |name: &str| solution.objective.terms.get(name).copied().unwrap_or(0);
    let weight = instance.policy().weights.burden.max(1);
    let unserved = solution
        .unserved
        .iter()
        .filter(|u| panels.iter().any(|(d, _)| instance.dispute_name(*d) == u.dispute));
    let sides = solution.burdens.iter().flat_map(|burden| burden.sides.iter());
    MeasuresDoc {
        mechanism,
        panels: panels.len(),
        served: panels.len().saturating_sub(unserved.count()),
        disputes: instance.disputes().len(),
        quality: solution.objective.tiers.last().copied().unwrap_or(0),
        mean_fit: rounded(panels.iter().map(fits).sum::<f64>() / seats.max(1) as f64),
        lowest_fit: rounded(
            panels.iter().map(|p| fits(p) / p.1.len().max(1) as f64).fold(1.0, f64::min),
        ),
        burden: term("burden").saturating_neg() / weight,
        worst_side: sides.map(|(_, points)| *points).max().unwrap_or(0),
        seated: loads.len(),
        busiest_tenth: rounded(busiest.iter().take(tenth).map(|load| share(*load)).sum()),
        concentration: rounded(busiest.iter().map(|load| share(*load).powi(2)).sum()),
        likeliest: likeliest(solution, mechanism),
        satisfaction: satisfaction(instance, &panels),
        false_ballots: false_ballots(instance, solution, (&disputes, &mediators)),
    }
}

fn rounded(value: f64) -> f64 {
    // WHY the zero: nothing adds up to a negative one.
    (value * 1e6).round() / 1e6 + 0.0
}

/// How likely the likeliest pair was.
fn likeliest(solution: &SolutionDoc, mechanism: Mechanism) -> Option<f64> {
    let Some(lottery) = solution.selection.as_ref().and_then(|s| s.lottery.as_ref()) else {
        return (!draws(mechanism)).then_some(1.0);
    };
    let mut likely: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for ticket in &lottery.tickets {
        for panel in &ticket.panels {
            for mediator in &panel.mediators {
                *likely.entry((&panel.dispute, mediator)).or_default() += u64::from(ticket.weight);
            }
        }
    }
    likely.values().max().map(|weight| *weight as f64 / 1e6)
}

/// What sides that returned rankings think of their panels.
fn satisfaction(
    instance: &Instance,
    panels: &[(DisputeIx, Vec<MediatorIx>)],
) -> Option<SatisfactionDoc> {
    let (mut all, mut differences) = (Vec::new(), Vec::new());
    for (dispute, panel) in panels {
        let mut sides: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        for party in instance.dispute(*dispute).parties.iter().filter(|p| p.ranking.len() > 1) {
            let last = (party.ranking.len() - 1) as f64;
            for mediator in panel {
                let place = party.ranking.iter().position(|m| m == mediator);
                let liked = place.map_or(0.0, |place| 1.0 - place as f64 / last);
                sides.entry(party.side).or_default().push(liked);
            }
        }
        let means: Vec<f64> =
            sides.values().map(|own| own.iter().sum::<f64>() / own.len().max(1) as f64).collect();
        let (least, most) =
            means.iter().fold((1.0_f64, 0.0_f64), |(a, b), x| (a.min(*x), b.max(*x)));
        if means.len() > 1 {
            differences.push(most - least);
        }
        all.extend(means);
    }
    (!all.is_empty()).then(|| SatisfactionDoc {
        mean: rounded(all.iter().sum::<f64>() / all.len() as f64),
        least: rounded(all.iter().copied().fold(1.0, f64::min)),
        difference: rounded(differences.iter().sum::<f64>() / differences.len().max(1) as f64),
    })
}

/// What false ballots would have got.
fn false_ballots(
    instance: &Instance,
    solution: &SolutionDoc,
    (disputes, mediators): (&BTreeMap<&str, DisputeIx>, &BTreeMap<&str, MediatorIx>),
) -> Option<FalseBallotsDoc> {
    let selection = solution.selection.as_ref().filter(|selection| !selection.lists.is_empty())?;
    let (_, strikes) = numbers(instance, selection.mechanism);
    let draw = Draw::new(instance, selection.seed.as_deref().unwrap_or_default());
    let mut loads: BTreeMap<MediatorIx, u32> = BTreeMap::new();
    for seat in instance.disputes().iter().flat_map(|dispute| &dispute.panel.required) {
        *loads.entry(seat.mediator).or_default() += 1;
    }
    let (mut tried, mut gains) = (0, Vec::new());
    for list in &selection.lists {
        let Some(dispute) = disputes.get(list.dispute.as_str()) else { continue };
        let names: Vec<MediatorIx> =
            list.names.iter().filter_map(|id| mediators.get(id.as_str()).copied()).collect();
        let ballots = Ballots::of(instance.dispute(*dispute));
        let first = draw.below(&list.dispute, ballots.sides().max(1) as u64) as usize;
        let outcome = |ballots: &Ballots| -> Outcome {
            if selection.mechanism == Mechanism::Shortlisting {
                shortlist(ballots, &names, first)
            } else {
                strike_and_rank(ballots, &names, strikes, |m| loads.get(&m).copied().unwrap_or(0))
            }
        };
        let now = outcome(&ballots).invited;
        let told = mediators.get(list.invited.as_str()).copied();
        if !list.discretion && now != told {
            // What was so at the time cannot be told from the lists alone.
            continue;
        }
        for side in (0..ballots.sides()).filter(|side| ballots.ranks(*side)) {
            tried += 1;
            let liked = ballots.liked(side, &names);
            let place = |m: Option<MediatorIx>| {
                m.and_then(|m| liked.iter().position(|x| *x == m)).unwrap_or(liked.len())
            };
            let better = &liked[..place(now)];
            let best = better
                .iter()
                .map(|wish| place(outcome(&ballots.wishing(side, *wish, &names)).invited))
                .min();
            if let Some(best) = best.filter(|best| *best < place(now)) {
                gains.push((place(now) - best) as f64 / names.len().max(1) as f64);
            }
        }
        if let Some(invited) = mediators.get(list.invited.as_str()) {
            *loads.entry(*invited).or_default() += 1;
        }
    }
    (tried > 0).then(|| FalseBallotsDoc {
        tried,
        paid: gains.len(),
        mean_gain: rounded(gains.iter().sum::<f64>() / gains.len().max(1) as f64),
    })
}

/// The measures for people.
#[must_use]
pub fn measures_text(measures: &MeasuresDoc) -> String {
    let mut text = String::new();
    let m = measures;
    let _ = writeln!(text, "selected by {}", m.mechanism.name());
    let _ = writeln!(
        text,
        "  {} of {} disputes have a panel, {} dates as well",
        m.panels, m.disputes, m.served
    );
    let _ = writeln!(text, "  quality {:.6}", m.quality as f64 / 1e6);
    let _ = writeln!(
        text,
        "  fit {:.3} on average, {:.3} in the worst panel",
        m.mean_fit, m.lowest_fit
    );
    let _ = writeln!(
        text,
        "  burden {} point-minutes, {} of the worst-off side",
        m.burden, m.worst_side
    );
    let _ = writeln!(
        text,
        "  {} mediators sit, the busiest tenth of the roster in {:.1} % of the seats; concentration {:.4}",
        m.seated,
        100.0 * m.busiest_tenth,
        m.concentration
    );
    if let Some(likeliest) = m.likeliest {
        let _ = writeln!(text, "  the likeliest pair had a probability of {likeliest:.3}");
    }
    if let Some(s) = &m.satisfaction {
        let _ = writeln!(
            text,
            "  sides are content to {:.3} on average, {:.3} at least; {:.3} apart within a dispute",
            s.mean, s.least, s.difference
        );
    }
    if let Some(f) = &m.false_ballots {
        let _ = writeln!(
            text,
            "  a false ballot would have paid in {} of {} cases, by {:.1} % of the list on average",
            f.paid,
            f.tried,
            100.0 * f.mean_gain
        );
    }
    text
}
