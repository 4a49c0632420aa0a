//! Why a mediator sits in a dispute, or why not, and what it would cost otherwise.
//!
//! * Takes an instance with its solution; gives what is known of one mediator in one dispute, as data and in words.
//! * **Invariant**: a reason is read off the table that excluded her; what seating her would do is found by trying
//!   (`solve::try_seat`), and what it would cost at least follows from the prices of the certificate
//!   (`solve::Forced`). Nothing is guessed.

use std::fmt::Write as _;

use serde::Serialize;

use super::{units, units_at_least, units_enough};
use crate::conflict::show;
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::eligibility::{Eligibility, Reason};
use crate::format::SolutionDoc;
use crate::pipeline::Screened;
use crate::solution::{Objective, Solution, TIERS, evaluate, seat_worth};
use crate::solve::{Forced, Seating, try_seat};

/// How many other disputes are told that could want a mediator.
const WANTED: usize = 3;

/// Nano-units of a price in a micro-unit.
const NANO: i64 = 1000;

/// A mediator in a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InDispute {
    /// The dispute.
    pub dispute: String,
    /// The mediator.
    pub mediator: String,
    /// Whether she sits in it.
    pub sits: bool,
    /// Her fit in micro-units, where she is eligible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit: Option<i64>,
    /// What rotation takes off, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<Rotation>,
    /// Why she is not eligible.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Excluded>,
    /// Of one who does not sit: what came of seating her, the rest unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trial: Option<Trial>,
    /// Of one who does not sit: what seating her costs, however the rest is planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced: Option<Loss>,
    /// The price of one of her disputes in the bound, in micro-units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    /// Of one who sits: the other disputes that could have her at the least loss.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wanted: Vec<Wanted>,
}

/// What rotation makes a seat cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rotation {
    /// In micro-units.
    pub cost: i64,
    /// Seats that she had of late.
    pub seats: u32,
    /// In so many years.
    pub years: u32,
}

/// A reason of exclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Excluded {
    /// The reason, as format.md lists them.
    pub reason: String,
    /// In words, with the path that shows it where there is one.
    pub text: String,
}

/// What came of seating somebody, the rest of the answer unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No panel with her meets what the dispute asks for.
    NoPanel,
    /// No panel with her has dates together with the parties.
    NoDates,
    /// She takes no more.
    NoCapacity,
    /// Together with what she has it would be a conflict of interest (A6).
    InBatch,
    /// A group that she is in has all that its share allows (A7).
    Capped,
    /// What a panel with her needs is taken by other disputes.
    Taken,
    /// It costs something that comes before quality.
    WorseAbove,
    /// It can be had at a loss of quality.
    Loss,
    /// It can be had at no loss.
    Same,
    /// It would be better.
    Better,
}

/// What came of a trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// What.
    pub outcome: Outcome,
    /// What quality loses, in micro-units, where she could sit and nothing above quality changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<i64>,
    /// The same in words.
    pub text: String,
}

/// What quality loses when somebody is to sit, while nothing above quality is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// At least so much, in micro-units, however the docket is planned; null where no such answer keeps what comes
    /// before quality. Below 0 where the bound is open.
    pub at_least: Option<i64>,
    /// At most so much, where a trial has shown it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    /// Below this fit, in micro-units, no answer with her is as good; above 1,000,000 where no fit would do. Only where
    /// the tiers above quality are proven, and fit counts in none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit_needed: Option<i64>,
    /// From this fit on, an answer with her is as good, the rest unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit_enough: Option<i64>,
}

/// A dispute that could have a mediator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// The dispute.
    pub dispute: String,
    /// What quality loses at least with her in it, in micro-units.
    pub at_least: i64,
}

/// What is known of a mediator in a dispute. With `for_parties`, what may not be disclosed is not named, and prices and
/// other disputes are left out.
#[must_use]
pub fn in_dispute(
    screened: &Screened,
    (document, solution): (&SolutionDoc, &Solution),
    (dispute, mediator): (DisputeIx, MediatorIx),
    for_parties: bool,
) -> InDispute {
    let instance = &screened.instance;
    let plan = solution.plans[dispute.ix()].as_ref();
    let sits = plan.is_some_and(|plan| plan.panel.contains(&mediator));
    let mut told = InDispute {
        dispute: instance.dispute_name(dispute).to_owned(),
        mediator: instance.mediator_name(mediator).to_owned(),
        sits,
        fit: None,
        rotation: None,
        excluded: Vec::new(),
        trial: None,
        forced: None,
        price: None,
        wanted: Vec::new(),
    };
    match screened.eligibility.get(dispute, mediator) {
        Eligibility::Excluded(reasons) => {
            for reason in reasons {
                let secret = matches!(reason, Reason::Undisclosable { .. });
                told.excluded.push(if for_parties && secret {
                    let text = "undisclosable: a circumstance that may not be disclosed".to_owned();
                    Excluded { reason: "undisclosable".to_owned(), text }
                } else {
                    let text = describe(screened, dispute, mediator, *reason);
                    Excluded { reason: reason.code(instance).to_owned(), text }
                });
            }
        }
        Eligibility::Eligible { fit, .. } => {
            told.fit = Some(fit);
            told.rotation = rotation(instance, mediator).filter(|_| !for_parties);
            told.trial = (!sits).then(|| try_out(screened, solution, dispute, mediator));
        }
    }
    let forced = if for_parties { None } else { weigh(screened, document, solution) };
    if let (Some(forced), Some(_)) = (forced, told.fit) {
        let price = forced.price(mediator) / NANO;
        told.price = (price > 0).then_some(price);
        let pair = (dispute, mediator);
        if sits {
            told.wanted = wanted(screened, solution, &forced, pair);
        } else {
            let at_most = told.trial.as_ref().and_then(|trial| trial.lost);
            told.forced = Some(loss(screened, (document, solution), &forced, pair, at_most));
        }
    }
    told
}

/// The certificate of an answer's quality, weighed; nothing where it has none of this instance.
fn weigh<'a>(
    screened: &'a Screened,
    document: &SolutionDoc,
    solution: &Solution,
) -> Option<Forced<'a>> {
    let Screened { instance, conflicts, eligibility, availability, .. } = screened;
    let certificate = document.certificate.as_ref()?.tiers.last()?;
    Forced::new(instance, (conflicts, eligibility), availability, solution, certificate)
}

/// What seating somebody costs, however the rest is planned.
fn loss(
    screened: &Screened,
    (document, solution): (&SolutionDoc, &Solution),
    forced: &Forced<'_>,
    (dispute, mediator): (DisputeIx, MediatorIx),
    at_most: Option<i64>,
) -> Loss {
    let instance = &screened.instance;
    let now = evaluate(instance, &screened.availability, solution);
    let at_least = forced.bound(dispute, mediator).map(|bound| now.quality() - bound);
    let (mut fit_needed, mut fit_enough) = (None, None);
    let policy = instance.policy();
    // Where fit counts above quality, more of it changes more than quality.
    let weight = policy.weights.fit;
    if weight > 0 && !policy.worst_first && policy.levels.is_empty() && is_proven(document, &now) {
        let worth = seat_worth(weight, instance.fit(dispute, mediator));
        // The least fit whose seat is worth so much.
        let fit = |worth: i64| {
            let fit = (i128::from(worth) * 1_000_000 + i128::from(weight) - 1)
                .div_euclid(i128::from(weight));
            fit.clamp(-1_000_000, 1_000_001) as i64
        };
        fit_needed = at_least.filter(|lost| *lost > 0).map(|lost| fit(worth + lost));
        fit_enough = at_most.map(|lost| fit(worth + lost)).filter(|fit| *fit <= 1_000_000);
    }
    Loss { at_least, at_most, fit_needed, fit_enough }
}

/// True when every tier above quality is proven.
fn is_proven(document: &SolutionDoc, now: &Objective) -> bool {
    let tiers = document.certificate.iter().flat_map(|all| &all.tiers);
    let bounds: Vec<i64> = tiers.map(|tier| tier.bound).collect();
    let told = now.told();
    bounds.len() == told.len() && bounds[..told.len() - 1] == told[..told.len() - 1]
}

/// The other disputes that could have somebody who sits, at the least loss.
fn wanted(
    screened: &Screened,
    solution: &Solution,
    forced: &Forced<'_>,
    (dispute, mediator): (DisputeIx, MediatorIx),
) -> Vec<Wanted> {
    let instance = &screened.instance;
    let quality = evaluate(instance, &screened.availability, solution).quality();
    let sits = |d: DisputeIx| {
        solution.plans[d.ix()].as_ref().is_some_and(|plan| plan.panel.contains(&mediator))
    };
    let able = |d: &DisputeIx| {
        let eligibility = screened.eligibility.get(*d, mediator);
        *d != dispute && matches!(eligibility, Eligibility::Eligible { .. }) && !sits(*d)
    };
    let lost = |d: DisputeIx| Some((quality - forced.bound(d, mediator)?, d));
    let mut all: Vec<(i64, DisputeIx)> =
        instance.dispute_indices().filter(able).filter_map(lost).collect();
    all.sort_unstable();
    let told = all.into_iter().take(WANTED);
    told.map(|(at_least, d)| Wanted { dispute: instance.dispute_name(d).to_owned(), at_least })
        .collect()
}

/// The same in words.
#[must_use]
pub fn in_dispute_text(told: &InDispute) -> String {
    let InDispute { dispute, mediator, .. } = told;
    let past = told.rotation.as_ref().map(rotation_text).unwrap_or_default();
    let fit = told.fit.map(|fit| format!("eligible, fit {}{past}", units(fit)));
    let mut text = match &fit {
        Some(fit) if told.sits => format!("{mediator} sits in {dispute}: {fit}\n"),
        _ if told.sits => format!("{mediator} sits in {dispute}, and is not eligible\n"),
        _ => format!("{mediator} does not sit in {dispute}:\n"),
    };
    if let Some(fit) = fit.filter(|_| !told.sits) {
        let _ = writeln!(text, "  {fit}");
    }
    for Excluded { text: reason, .. } in &told.excluded {
        let _ = writeln!(text, "  {reason}");
    }
    if let Some(trial) = &told.trial {
        let _ = writeln!(text, "  {}", trial.text);
    }
    if let Some(loss) = &told.forced {
        loss_text(loss, told.fit, &mut text);
    }
    if let Some(price) = told.price {
        let _ = writeln!(text, "  a dispute of hers has a price of {} in the bound", units(price));
    }
    for (place, Wanted { dispute, at_least }) in told.wanted.iter().enumerate() {
        if place == 0 {
            text.push_str("  who else could have her, and what quality would lose at least in any plan that keeps what comes before it:\n");
        }
        let _ = match at_least {
            1.. => writeln!(text, "    {dispute}: {}", units_at_least(*at_least)),
            _ => writeln!(text, "    {dispute}: perhaps nothing"),
        };
    }
    text
}

fn loss_text(loss: &Loss, fit: Option<i64>, text: &mut String) {
    if loss.at_most.is_some_and(|most| most <= 0) {
        // The trial has said it already: she could sit at no loss.
        return;
    }
    let told = match (loss.at_least, loss.at_most) {
        (None, None) => {
            "no plan with her here keeps what comes before quality: some dispute would go without, or worse".to_owned()
        }
        (Some(least), Some(most)) if least == most && least > 0 => {
            "no plan with her here that keeps what comes before quality loses less".to_owned()
        }
        (Some(least @ 1..), _) => {
            format!(
                "any plan with her here that keeps what comes before quality loses {} of it at least",
                units_at_least(least)
            )
        }
        _ => "the bound leaves open whether another plan with her would be as good".to_owned(),
    };
    let _ = writeln!(text, "  {told}");
    let own = units(fit.unwrap_or(0));
    match (loss.fit_needed, loss.fit_enough) {
        (Some(1_000_001..), _) => text.push_str("  no fit would have her chosen\n"),
        (Some(needed), Some(enough)) => {
            let _ = writeln!(
                text,
                "  with a fit of {} instead of {own} she would do as well, the rest unchanged; below {} she would not be chosen",
                units_enough(enough),
                units_at_least(needed)
            );
        }
        (Some(needed), None) => {
            let _ = writeln!(
                text,
                "  below a fit of {} she would not be chosen",
                units_at_least(needed)
            );
        }
        (None, _) => {}
    }
}

/// What rotation makes a seat of a mediator cost, where it does.
fn rotation(instance: &Instance, mediator: MediatorIx) -> Option<Rotation> {
    let cost = instance.rotation(mediator);
    let (seats, years) = (instance.mediator(mediator).recent, instance.policy().rotation_years);
    (cost != 0).then_some(Rotation { cost, seats, years })
}

fn rotation_text(rotation: &Rotation) -> String {
    let Rotation { cost, seats, years } = rotation;
    format!(", less {} for {seats} seats in the last {years} years", units(*cost))
}

/// The same in words, for whoever may know.
pub(super) fn recent(instance: &Instance, mediator: MediatorIx, for_parties: bool) -> String {
    let known = rotation(instance, mediator).filter(|_| !for_parties);
    known.as_ref().map(rotation_text).unwrap_or_default()
}

/// A reason in words, with the witness path where there is one.
pub(super) fn describe(screened: &Screened, d: DisputeIx, m: MediatorIx, reason: Reason) -> String {
    let instance = &screened.instance;
    let code = reason.code(instance);
    let told = match reason {
        Reason::OwnCause => {
            "is a party, representative, counsel or expert in this very dispute".to_owned()
        }
        Reason::NationalityUnknown => "has no nationality on record".to_owned(),
        Reason::National => "is a national of a party".to_owned(),
        Reason::NotOnPanel => "is not designated to a panel that admits this class".to_owned(),
        Reason::Language => "speaks none of the languages of the proceeding".to_owned(),
        Reason::Strike { party } => {
            let party = &instance.dispute(d).parties[party as usize].id;
            format!("was struck by party {party}")
        }
        Reason::Forbidden => "is kept from this dispute by a lock".to_owned(),
        Reason::NotScored => {
            "has no score for this dispute, and only scored pairs are candidates".to_owned()
        }
        Reason::Conflict { rule } | Reason::Undisclosable { rule } => {
            let finding =
                screened.conflicts.findings(d, m).iter().find(|finding| finding.rule == rule);
            finding.map_or_else(String::new, |finding| {
                let text = finding.to_disclosure(instance, d, m).text;
                let path = show::path(instance, finding);
                if path.is_empty() { text } else { format!("{text}\n    {path}") }
            })
        }
    };
    format!("{code}: {told}")
}

/// Why an eligible mediator was not chosen: found by seating her.
fn try_out(screened: &Screened, solution: &Solution, d: DisputeIx, m: MediatorIx) -> Trial {
    let instance = &screened.instance;
    let seating = try_seat(
        instance,
        &screened.conflicts,
        &screened.eligibility,
        &screened.availability,
        solution,
        (d, m),
    );
    let (outcome, text) = match seating {
        Seating::NoPanel => (
            Outcome::NoPanel,
            "no panel with this mediator meets coverage, distinctness and locks".to_owned(),
        ),
        Seating::NoDates => (
            Outcome::NoDates,
            "no common time: no panel with this mediator has dates together with the parties"
                .to_owned(),
        ),
        Seating::NoCapacity => {
            let effort = instance.effort(d, m);
            let text = match instance.mediator(m).minutes {
                Some(minutes) if minutes < effort => format!(
                    "capacity: takes {minutes} minutes of work at most, and this dispute asks for {effort}"
                ),
                _ => "capacity: does not reach for this dispute beside those that she has in this answer".to_owned(),
            };
            (Outcome::NoCapacity, text)
        }
        Seating::InBatch => (
            Outcome::InBatch,
            "conflict of interest in this batch (A6): together with a dispute that she has in this answer, this one would bar her"
                .to_owned(),
        ),
        Seating::Capped(group) => (
            Outcome::Capped,
            format!(
                "docket cap (A7): {} have all the seats in this answer that their share allows",
                instance.group_name(&group)
            ),
        ),
        Seating::Taken => (
            Outcome::Taken,
            "the fellow members or the dates that a panel with this mediator needs are taken by other disputes"
                .to_owned(),
        ),
        Seating::Worse if !instance.policy().levels.is_empty() => (
            Outcome::WorseAbove,
            "no panel with this mediator, the rest unchanged, serves the dispute well enough: more disputes would be below a level of service, which comes first"
                .to_owned(),
        ),
        Seating::Worse => (
            Outcome::WorseAbove,
            "no panel with this mediator, the rest unchanged, serves the dispute as well as the worst-served one of this answer, which comes first"
                .to_owned(),
        ),
        Seating::Possible(with) => return possible(screened, solution, &with),
    };
    Trial { outcome, lost: None, text }
}

/// What an answer with her is worth, beside the one that there is.
fn possible(screened: &Screened, solution: &Solution, with: &Objective) -> Trial {
    let now = evaluate(&screened.instance, &screened.availability, solution);
    let (above, before) = (&with.tiers()[..TIERS - 1], &now.tiers()[..TIERS - 1]);
    if above > before {
        let served = (with.panels, with.sessions) > (now.panels, now.sessions);
        let what = if served {
            "the dispute would be served"
        } else {
            "what comes before quality would be better"
        };
        let text =
            format!("could sit here, the rest unchanged, and {what}: this answer is not the best");
        return Trial { outcome: Outcome::Better, lost: None, text };
    }
    if above < before {
        let text = "could sit here, the rest unchanged, at the cost of something that comes before quality"
            .to_owned();
        return Trial { outcome: Outcome::WorseAbove, lost: None, text };
    }
    let lost = now.quality() - with.quality();
    let (outcome, text) = match lost {
        0 => (Outcome::Same, "could sit here just as well, the rest unchanged".to_owned()),
        1.. => (
            Outcome::Loss,
            format!(
                "could sit here, the rest unchanged, at a loss of {} of quality: better used as planned",
                units(lost)
            ),
        ),
        _ => (
            Outcome::Better,
            format!(
                "could sit here, the rest unchanged, with {} more quality: this answer is not the best",
                units(-lost)
            ),
        ),
    };
    Trial { outcome, lost: Some(lost), text }
}
