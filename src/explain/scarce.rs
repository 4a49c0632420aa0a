//! What is scarce: prices of the answer's bound as advice.
//!
//! * Takes an instance with its solution and certificate; gives which mediators, rooms, people's hours, languages and
//!   nationalities have a price (`prices`), and what one more of some would be worth: at most, by the bound, and as
//!   planned again.

use std::fmt::Write as _;

use serde::Serialize;

use super::prices::{Priced, Scarce, Shared, capped_name, prices};
use super::{Supposition, units, what_if};
use crate::format::{InstanceDoc, SolutionDoc, StopReason};
use crate::pipeline::Screened;
use crate::solve::{Control, Options};

/// How many of a kind are planned again with one more.
const TRIED: usize = 3;

/// Something that has a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scarcity {
    /// What it is.
    pub what: String,
    /// What its last unit adds to the bound, in micro-units.
    pub price: i64,
    /// What one more of it would be worth at most, in micro-units, while no tier above quality is worse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    /// What it is worth, planned again, where that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tried: Option<Tried>,
}

/// What planning again has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// What quality gains, in micro-units; negative where it loses, for the sake of the tiers above.
    pub quality: i64,
    /// What each tier above quality gains, in micro-units.
    pub above: Vec<i64>,
    /// How many more disputes have a panel.
    pub panels: i64,
    /// How many more sessions have a date.
    pub sessions: i64,
    /// What ended the planning before its proof, where something did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<StopReason>,
}

/// Mediators who have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they have in common.
    pub what: String,
    /// How many they are.
    pub mediators: usize,
    /// How many of them have as many disputes as they take.
    pub full: usize,
    /// What one more dispute of theirs adds to the bound, in micro-units; the mean over all of them.
    pub price: i64,
}

/// What is scarce in a docket, the dearest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scarcities {
    /// How far the bound on quality lies above the answer, in micro-units.
    pub open: i64,
    /// One more dispute of a mediator.
    pub mediators: Vec<Scarcity>,
    /// One more hour of work of a mediator.
    pub hours: Vec<Scarcity>,
    /// One more seat for a group that has no more than its share.
    pub caps: Vec<Scarcity>,
    /// One more room.
    pub rooms: Vec<Scarcity>,
    /// All hours of a person that have a price, together.
    pub people: Vec<Scarcity>,
    /// Mediators by language that disputes ask for.
    pub languages: Vec<Group>,
    /// Mediators by nationality.
    pub nationalities: Vec<Group>,
}

/// Reads prices off the certificate and tries one more of the dearest; `None` where there is no certificate.
#[must_use]
pub fn scarcities(
    screened: &Screened,
    document: &InstanceDoc,
    solution: &SolutionDoc,
    options: Options,
    control: &Control<'_>,
) -> Option<Scarcities> {
    let prices = prices(screened, document, solution)?;
    let told = |list: &[Priced<'_>]| list.iter().map(scarcity).collect();
    let with = |list: &[Priced<'_>]| {
        let mut found: Vec<Scarcity> = told(list);
        for (scarcity, priced) in found.iter_mut().zip(list).take(TRIED) {
            let Some(supposition) = one_more(priced.what) else { continue };
            // WHY not beside an earlier plan: what changes cost would be mixed with what more is worth.
            if solution.from.is_none() && !control.should_stop() {
                scarcity.tried = tried(document, solution, &supposition, options, control);
            }
        }
        found
    };
    let groups = |list: &[Shared<'_>], whose: &str| {
        let group = |shared: &Shared<'_>| Group {
            what: format!("{whose} of {}", shared.what),
            mediators: shared.mediators,
            full: shared.full,
            price: shared.price,
        };
        list.iter().map(group).collect()
    };
    Some(Scarcities {
        open: prices.open,
        mediators: with(&prices.mediators),
        rooms: with(&prices.rooms),
        hours: told(&prices.hours),
        caps: told(&prices.caps),
        people: told(&prices.people),
        languages: groups(&prices.languages, "speakers"),
        nationalities: groups(&prices.nationalities, "nationals"),
    })
}

/// What has a price, in words.
fn scarcity(priced: &Priced<'_>) -> Scarcity {
    let what = match priced.what {
        Scarce::Case { mediator, takes } => {
            format!("one more dispute of {mediator}, who takes {takes}")
        }
        Scarce::Hour(mediator) => format!("one more hour of work of {mediator}"),
        Scarce::Seat { nationality, bloc } => {
            format!("one more seat for {}", capped_name((nationality, bloc)))
        }
        Scarce::Room { place, seats } => {
            let size = seats.map_or(String::new(), |seats| format!(" with {seats} seats"));
            format!("one more room at {place}{size}")
        }
        Scarce::Time(person) => format!("hours of {person}"),
    };
    Scarcity { what, price: priced.price, at_most: priced.at_most, tried: None }
}

/// One more of it, as something to be planned with.
fn one_more(what: Scarce<'_>) -> Option<Supposition> {
    match what {
        Scarce::Case { mediator, .. } => Some(Supposition::Cases(mediator.to_owned(), 1)),
        Scarce::Room { place, seats } => Some(Supposition::Room(place.to_owned(), seats)),
        Scarce::Hour(_) | Scarce::Seat { .. } | Scarce::Time(_) => None,
    }
}

/// Plans the docket anew with something more.
fn tried(
    document: &InstanceDoc,
    solution: &SolutionDoc,
    supposition: &Supposition,
    options: Options,
    control: &Control<'_>,
) -> Option<Tried> {
    let supposed = std::slice::from_ref(supposition);
    let found = what_if(document, solution, supposed, (options, true), control).ok()?;
    let anew = found.anew?;
    let more = |after: usize, before: usize| after as i64 - before as i64;
    let (now, then) = (&found.before.above, &anew.worth.above);
    Some(Tried {
        above: then.iter().zip(now).map(|(then, now)| then.saturating_sub(*now)).collect(),
        quality: anew.worth.quality.saturating_sub(found.before.quality),
        panels: more(anew.worth.panels, found.before.panels),
        sessions: more(anew.worth.sessions, found.before.sessions),
        stop_reason: anew.stop_reason,
    })
}

/// The same in words.
#[must_use]
pub fn scarcities_text(found: &Scarcities) -> String {
    let mut text = String::new();
    let lists = [
        ("mediators", &found.mediators),
        ("mediators' hours of work", &found.hours),
        ("seats of groups that have no more than their share", &found.caps),
        ("rooms", &found.rooms),
        ("people whose hours are wanted by several disputes", &found.people),
    ];
    if lists.iter().all(|(_, list)| list.is_empty()) {
        text.push_str("no mediator's dispute or hour, no room and no person's hour has a price in this bound\n");
    }
    for (name, list) in lists {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{name}, the scarcest first:");
        for Scarcity { what, price, at_most, tried } in list {
            let _ = write!(text, "  {what}: {}", units(*price));
            if let Some(at_most) = at_most {
                let _ = write!(text, ", by proof worth {} at most", units(*at_most));
            }
            if let Some(Tried { quality, above, panels, sessions, stop_reason }) = tried {
                let change = match quality {
                    0 => "the same".to_owned(),
                    1.. => format!("{} more", units(*quality)),
                    _ => format!("{} less", units(quality.saturating_neg())),
                };
                let _ = write!(text, "; planned again, quality is {change}");
                if *panels != 0 || *sessions != 0 {
                    let _ = write!(text, ", with {panels:+} panels and {sessions:+} sessions");
                } else if above.iter().any(|gain| *gain != 0) {
                    text.push_str(", and what comes before quality is better");
                }
                if stop_reason.is_some() {
                    text.push_str(" (a limit ended this early)");
                }
            }
            text.push('\n');
        }
    }
    for (name, list) in [("languages", &found.languages), ("nationalities", &found.nationalities)] {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{name}, by the mean price of a dispute of their mediators:");
        for Group { what, mediators, full, price } in list {
            let _ = writeln!(text, "  {what}: {}; {full} of {mediators} are full", units(*price));
        }
    }
    text
}
