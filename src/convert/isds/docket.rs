//! The docket as it stands in the source, and which of its cases make the batch.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::Deserialize;

use crate::format::{OrganisationDoc, OrganisationKind};
use crate::generate::make;
use crate::generate::world::state;

use super::{ConvertError, IsdsOptions};

/// Years before `as_of` from which the batch comes.
const RECENT: i32 = 4;
const FULL_PANEL: usize = 3;

/// A role of a person in a case.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Seat {
    pub(super) person: String,
    pub(super) role: String,
}

/// A case.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Case {
    #[serde(rename = "case")]
    pub(super) id: String,
    pub(super) year: Option<i32>,
    pub(super) rules: Option<String>,
    pub(super) claimants: Vec<String>,
    pub(super) respondents: Vec<String>,
    pub(super) home_states: Vec<String>,
    pub(super) treaties: Vec<String>,
    pub(super) neutrals: Vec<Seat>,
    pub(super) others: Vec<Seat>,
    /// Neutral id of the claimants, filled in after reading.
    #[serde(skip)]
    pub(super) claimant: String,
}

impl Case {
    /// The number of the case at its source.
    pub(super) fn number(&self) -> &str {
        self.id.strip_prefix("italaw-").unwrap_or(&self.id)
    }
}

/// All cases, and which of them are the batch.
pub(super) struct Docket {
    pub(super) cases: Vec<Case>,
    batch: Vec<usize>,
}

impl Docket {
    pub(super) fn read(json: &[u8], options: &IsdsOptions) -> Result<Self, ConvertError> {
        let mut cases: Vec<Case> = serde_json::from_slice(json)?;
        let mut known = BTreeSet::new();
        let mut groups: BTreeMap<Vec<String>, String> = BTreeMap::new();
        for case in &mut cases {
            check_id(&case.id)?;
            for code in case.respondents.iter().chain(&case.home_states) {
                check_id(code)?;
            }
            for seat in case.neutrals.iter().chain(&case.others) {
                check_id(&seat.person)?;
            }
            if !known.insert(case.id.clone()) {
                return Err(ConvertError::Twice(case.id.clone()));
            }
            let id = format!("claimant-{}", case.number());
            case.claimant = if case.claimants.is_empty() {
                id
            } else {
                groups.entry(case.claimants.clone()).or_insert(id).clone()
            };
        }
        let mut docket = Self { cases, batch: Vec::new() };
        docket.batch = docket.choose(options);
        if docket.batch.is_empty() {
            return Err(ConvertError::Empty);
        }
        Ok(docket)
    }

    /// Recent cases with known parties: incomplete panels first, the latest first.
    fn choose(&self, options: &IsdsOptions) -> Vec<usize> {
        let last = options.as_of.year();
        let recent =
            |case: &Case| case.year.is_some_and(|year| (last - RECENT..=last).contains(&year));
        let known = |case: &Case| {
            let mut codes = case.respondents.iter().chain(&case.home_states);
            case.respondents.len() == 1
                && !case.home_states.is_empty()
                && !case.home_states.contains(&case.respondents[0])
                && codes.all(|code| state(code).is_some())
        };
        let mut chosen: Vec<usize> = (0..self.cases.len())
            .filter(|&n| recent(&self.cases[n]) && known(&self.cases[n]))
            .collect();
        // The sort is stable: within a year the order of the source remains.
        chosen.sort_by_key(|&n| {
            let case = &self.cases[n];
            (case.neutrals.len() >= FULL_PANEL, -case.year.unwrap_or_default())
        });
        chosen.truncate(options.disputes);
        chosen.sort_unstable();
        chosen
    }

    /// The cases that are to be served.
    pub(super) fn batch(&self) -> impl Iterator<Item = &Case> {
        self.batch.iter().map(|&n| &self.cases[n])
    }

    /// True when the case is one of the batch.
    pub(super) fn is_in_batch(&self, case: &Case) -> bool {
        self.batch().any(|other| other.id == case.id)
    }

    /// Everyone who ever sat, ordered by id, and how often.
    pub(super) fn neutrals(&self) -> BTreeMap<&str, usize> {
        let mut sat = BTreeMap::new();
        for seat in self.cases.iter().flat_map(|case| &case.neutrals) {
            *sat.entry(seat.person.as_str()).or_default() += 1;
        }
        sat
    }

    /// The claimants of all cases as organisations without names.
    pub(super) fn claimants(&self) -> Vec<OrganisationDoc> {
        let mut homes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for case in &self.cases {
            let of = homes.entry(&case.claimant).or_default();
            of.extend(case.home_states.iter().map(String::as_str));
        }
        let actor = |(id, of): (&str, BTreeSet<&str>)| {
            let of: Vec<&str> = of.into_iter().collect();
            make::organisation(id.to_owned(), OrganisationKind::Company, &of)
        };
        homes.into_iter().map(actor).collect()
    }

    /// Codes of all States that the cases name.
    pub(super) fn states(&self) -> Vec<&str> {
        let codes =
            self.cases.iter().flat_map(|case| case.respondents.iter().chain(&case.home_states));
        codes.map(String::as_str).collect()
    }
}

fn check_id(id: &str) -> Result<(), ConvertError> {
    // WHY: ids are put after a prefix of at most ten characters.
    let fits = (1..=40).contains(&id.len())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || "_.:-".contains(c));
    if fits { Ok(()) } else { Err(ConvertError::Id(id.to_owned())) }
}
