//! The isds docket: real investor-State cases, as a batch of disputes with a real past.
//!
//! * Takes a docket (a JSON list of cases: parties, treaties, who held which role), gives an
//!   instance: some of its recent cases are the batch, all its neutrals the roster, and all other
//!   cases the past appointments and mandates.
//! * **Invariant**: no name of a party gets through. Claimants become `claimant-N`, after the
//!   number of the first case in which they occur; people have only the pseudonyms of the source.

mod batch;
mod docket;
mod past;
mod roster;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::json;
use thiserror::Error;

use crate::format::{InstanceDoc, StateDoc};
use crate::generate::diary::Window;
use crate::generate::make;
use crate::generate::world::{state, weekend_calendars};

use docket::Docket;

/// Options of the conversion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IsdsOptions {
    /// Seed of what is invented.
    pub seed: u64,
    /// Number of disputes in the batch, as far as the docket has fitting cases.
    pub disputes: usize,
    /// The day on which the docket stands. Sessions are held from the first Monday that is at
    /// least 30 days later.
    pub as_of: NaiveDate,
    /// Weeks in which sessions are held.
    pub weeks: u32,
}

impl Default for IsdsOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            disputes: 40,
            as_of: NaiveDate::from_ymd_opt(2015, 4, 1).unwrap_or_default(),
            weeks: 8,
        }
    }
}

/// Why a docket cannot be converted.
#[derive(Debug, Error)]
pub enum ConvertError {
    /// Not JSON, or not a list of cases.
    #[error("the docket is not a list of cases: {0}")]
    Shape(#[from] serde_json::Error),
    /// A case or person whose id cannot be an id of an instance.
    #[error("`{0}` cannot be used as an id")]
    Id(String),
    /// Two cases with one id.
    #[error("case `{0}` occurs twice")]
    Twice(String),
    /// No case that could be a dispute.
    #[error("no case has a year, a home State and a respondent that are known")]
    Empty,
    /// Options out of range.
    #[error("{0} weeks are not between 1 and 52")]
    Weeks(u32),
}

/// Converts a docket.
///
/// # Errors
/// When the docket is not a list of cases, has unusable ids, or no case that could be a dispute.
pub fn convert(docket_json: &[u8], options: &IsdsOptions) -> Result<InstanceDoc, ConvertError> {
    if !(1..=52).contains(&options.weeks) {
        return Err(ConvertError::Weeks(options.weeks));
    }
    let docket = Docket::read(docket_json, options)?;
    let window = Window { start: first_monday(options.as_of), days: 7 * options.weeks };
    let mut doc = make::instance(
        "isds-2015",
        "Investor-State disputes of 2015: real parties, neutrals and appointments, invented diaries",
        options.as_of.to_string(),
        window.interval("UTC"),
    );
    doc.calendars = weekend_calendars();
    let (places, closed) = batch::places(window.start);
    doc.places = places;
    doc.calendars.extend(closed);
    doc.mediators = roster::mediators(&docket, options.seed, window);
    doc.organisations = docket.claimants();
    doc.people = roster::people(&docket);
    batch::add(&mut doc, &docket, options.seed, window);
    let counted = past::add(&mut doc, &docket, options);
    doc.states = states(&docket, &doc);
    doc.notes = Some(json!({
        "converter": "comity convert --from isds",
        "seed": options.seed,
        "source": "italaw.com case pages as collected in pudo/investor-disputes (commit 719b8c63), facts only, people pseudonymised",
        "batch": "cases of the four years before `as_of` with a known year, home State and respondent; those without a full panel first, then the others, each from the latest year on",
        "real": "respondents, home States, claimants (by neutral ids, one for each case and group of claimants; all called companies), who sat in which case by whose appointment, who was counsel or expert for whom",
        "invented": "nationalities, languages, time zones, expertise, diaries, working hours and capacities of all people; representatives; subjects, languages, panels and sessions of the disputes; the places' rooms; dates within a year; the end of mandates, three years after the case; years of appointments and mandates marked `year invented`. Nothing is said about a real person.",
        "left_out": counted,
    }));
    Ok(doc)
}

fn first_monday(as_of: NaiveDate) -> NaiveDate {
    let earliest = as_of + Days::new(30);
    let wait = (7 - earliest.weekday().days_since(Weekday::Mon)) % 7;
    earliest + Days::new(wait.into())
}

/// The States that the docket names and those of invented nationalities.
fn states(docket: &Docket, doc: &InstanceDoc) -> Vec<StateDoc> {
    let mut codes: Vec<&str> = docket.states();
    codes.extend(doc.mediators.iter().flat_map(|m| &m.nationalities).map(|n| n.state.as_str()));
    codes.sort_unstable();
    codes.dedup();
    let actor = |code: &str| state(code).map_or_else(|| make::state(code), |facts| facts.actor());
    codes.into_iter().map(actor).collect()
}

#[cfg(test)]
mod tests;
