//! Why this panel, why not that mediator, why these hours, why unserved: for people.
//!
//! * Takes an instance with its screening and a solution document; gives text.
//! * **Invariant**: a reason is read off the tables that excluded the pair, or found by trying
//!   (`solve::try_seat`); nothing is guessed.

mod answer;
mod changes;
mod core;
mod core_words;
mod designee;
mod dispute;
mod mediator;
mod names;
mod prices;
mod recusals;
mod remedies;
mod roster;
mod rules;
mod scarce;
mod stats;
mod what_if;

pub use self::core::{Core, Lacks, Requirement, by_itself, core, relax};
pub use self::stats::{
    ByThemselves, Demand, Pressed, Pressure, Share, Sizes, Spread, Stats, ToSchedule, stats,
    stats_text,
};
pub use answer::read_answer;
pub use changes::{Change, Left, Moved, changes, changes_text};
pub use core_words::{Branch, core_text};
pub use dispute::{
    CalendarDate, Count, DisputeTold, DocketTold, Line, Meeting, Member, Unserved, dispute_text,
    dispute_told, docket_text, docket_told,
};
pub use mediator::{
    Excluded, InDispute, Loss, Outcome, Rotation, Trial, Wanted, in_dispute, in_dispute_text,
};
pub use names::{legend, with_names};
pub use prices::{Priced, Prices, Scarce, Shared, prices};
pub use recusals::{Recusal, Recusals, SeatReserves, Standby, recusals, recusals_text, standbys};
pub use remedies::{Remedies, Remedy, remedies, remedies_text, write_remedies};
pub use roster::{Summary, summary, summary_text};
pub use rules::rules_markdown;
pub use scarce::{Group, Scarcities, Scarcity, Tried, scarcities, scarcities_text};
pub use what_if::{
    Anew, Lost, SUPPOSITIONS, Supposition, WhatIf, WhatIfError, Worth, what_if, what_if_text,
};

use crate::domain::{DisputeIx, Instance, MediatorIx};

/// A dispute by its id.
#[must_use]
pub fn find_dispute(instance: &Instance, id: &str) -> Option<DisputeIx> {
    instance.dispute_indices().find(|d| instance.dispute_name(*d) == id)
}

/// A mediator by her id.
#[must_use]
pub fn find_mediator(instance: &Instance, id: &str) -> Option<MediatorIx> {
    instance.mediator_indices().find(|m| instance.mediator_name(*m) == id)
}

/// Micro-units as a decimal with three places, with six where three would show nothing.
fn units(micro: i64) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let size = micro.unsigned_abs();
    if (1..500).contains(&size) {
        return format!("{sign}0.{size:06}");
    }
    let milli = (size + 500) / 1000;
    format!("{sign}{}.{:03}", milli / 1000, milli % 1000)
}

/// The same, never more, for what is said to be so much at least.
fn units_at_least(micro: i64) -> String {
    match micro {
        0..1000 => format!("0.{micro:06}"),
        _ => units(micro.div_euclid(1000) * 1000),
    }
}

/// The same, never less, for what is said to be enough.
fn units_enough(micro: i64) -> String {
    units(micro.saturating_add(999).div_euclid(1000) * 1000)
}

/// A word as the documents write it.
fn word<T: serde::Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
