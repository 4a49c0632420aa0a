//! What every part of validation shares: the document, its names, the findings, and the tables
//! that fill up on the way.

use std::collections::HashMap;

use super::at::At;
use super::codes;
use super::interpreters::Teams;
use super::names::Names;
use crate::diagnostic::{Diagnostic, nearest};
use crate::domain::{Clock, ClockIx, Interpreter, Journeys};
use crate::format::InstanceDoc;
use crate::time::{Date, SlotGrid, WeekdaySet};

/// Rest days of a calendar.
#[derive(Clone, Default)]
pub(super) struct Rest {
    pub(super) weekend: WeekdaySet,
    pub(super) holidays: Vec<Date>,
    pub(super) workdays: Vec<Date>,
}

/// The wall clocks, equal ones shared.
#[derive(Default)]
pub(super) struct Clocks {
    list: Vec<Clock>,
    index: HashMap<Clock, ClockIx>,
}

impl Clocks {
    pub(super) fn share(&mut self, clock: Clock) -> ClockIx {
        if let Some(index) = self.index.get(&clock) {
            return *index;
        }
        let index = ClockIx::new(self.list.len());
        self.index.insert(clock.clone(), index);
        self.list.push(clock);
        index
    }
    pub(super) fn take(&mut self) -> Vec<Clock> {
        std::mem::take(&mut self.list)
    }
}

/// Words numbered in the order in which they first appear.
#[derive(Default)]
pub(super) struct Terms {
    list: Vec<String>,
    index: HashMap<String, u32>,
}

impl Terms {
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(index) = self.index.get(word) {
            return *index;
        }
        let index = self.list.len() as u32;
        self.index.insert(word.to_owned(), index);
        self.list.push(word.to_owned());
        index
    }
    pub(super) fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.list)
    }
}

/// What the policy and the sections before the docket say to its sessions.
#[derive(Default)]
pub(super) struct House {
    /// True when a due date may be missed at a price.
    pub(super) late_is_priced: bool,
    pub(super) rest_minutes: u32,
    pub(super) day_minutes: Option<u32>,
    pub(super) teams: Teams,
    pub(super) journeys: Journeys,
    pub(super) interpreters: Vec<Interpreter>,
}

pub(super) struct Context<'a> {
    pub(super) doc: &'a InstanceDoc,
    pub(super) names: Names<'a>,
    pub(super) as_of: Option<Date>,
    /// The slot in minutes, when it is one of those allowed.
    pub(super) slot: Option<u32>,
    pub(super) grid: Option<SlotGrid>,
    pub(super) calendars: Vec<Rest>,
    pub(super) house: House,
    pub(super) clocks: Clocks,
    pub(super) languages: Terms,
    pub(super) subjects: Terms,
    /// Roles and tags of relations.
    pub(super) words: Terms,
    findings: Vec<Diagnostic>,
    /// How many more times a nearest name is looked for.
    searches: u32,
}

impl<'a> Context<'a> {
    pub(super) fn new(doc: &'a InstanceDoc) -> Self {
        Self {
            doc,
            names: Names::default(),
            as_of: None,
            slot: None,
            grid: None,
            calendars: Vec::new(),
            house: House::default(),
            clocks: Clocks::default(),
            languages: Terms::default(),
            subjects: Terms::default(),
            words: Terms::default(),
            findings: Vec::new(),
            // WHY: a nearest name costs a pass over all names; a broken document may ask often.
            searches: 200,
        }
    }

    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings
    }

    /// Notes an error with its remedy.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        at: &At<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.findings.push(Diagnostic::error(code, at.pointer(), message).help(help));
    }

    /// Notes an error in which another place takes part.
    pub(super) fn error_with(
        &mut self,
        code: &'static str,
        at: &At<'_>,
        other: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Diagnostic::error(code, at.pointer(), message).help(help).related(other);
        self.findings.push(finding);
    }

    /// Notes a warning with its remedy.
    pub(super) fn warn(
        &mut self,
        code: &'static str,
        at: &At<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.findings.push(Diagnostic::warning(code, at.pointer(), message).help(help));
    }

    pub(super) fn note(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Notes that a key is used which this version does not enforce.
    pub(super) fn not_enforced(&mut self, at: &At<'_>, what: &str) {
        self.error(
            codes::NOT_ENFORCED,
            at,
            format!("{what} is not enforced by this version"),
            "take it out: an answer that ignored it would mislead",
        );
    }

    /// True while another nearest name may be looked for.
    pub(super) fn may_search(&self) -> bool {
        self.searches > 0
    }

    /// The nearest of some names, as help, or the other advice.
    pub(super) fn did_you_mean<'b>(
        &mut self,
        name: &str,
        known: impl IntoIterator<Item = &'b str>,
        otherwise: impl Into<String>,
    ) -> String {
        if !self.may_search() {
            return otherwise.into();
        }
        self.searches -= 1;
        nearest(name, known)
            .map_or_else(|| otherwise.into(), |near| format!("did you mean `{near}`?"))
    }
}
