//! The whole way through, for those who use comity as a library: bytes in, document out.
//!
//! * `load` reads and validates; `Screened` holds what screening made of an instance; `answer`
//!   solves and publishes.
//! * No I/O: the CLI reads and writes files.

mod history;
mod replan;

pub use history::{History, history, history_text};
pub use replan::keep_to;
use replan::recall;

use std::time::Instant;

use crate::availability::Availability;
use crate::conflict::{ConflictGraph, ConflictTable, screen};
use crate::diagnostic::Diagnostic;
use crate::domain::Instance;
use crate::eligibility::{EligibilityTable, compute};
use crate::format::{FromDoc, InstanceDoc, SolutionDoc, canonical_digest, read_instance};
use crate::publish::{Tables, publish};
use crate::solve::{Control, Options, Outcome, solve};
use crate::validate::validate;

/// A document that has passed validation, with what was found on the way.
#[derive(Debug)]
pub struct Loaded {
    /// The document.
    pub document: InstanceDoc,
    /// The instance.
    pub instance: Instance,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
}

/// Reads and validates an instance document.
///
/// # Errors
/// Every finding about the document, warnings included, when one of them is an error.
pub fn load(bytes: &[u8]) -> Result<Loaded, Vec<Diagnostic>> {
    // WHY side by side: each goes through the whole text, and neither needs the other.
    let (document, digest) = rayon::join(|| read_instance(bytes), || canonical_digest(bytes));
    let document = document?;
    let digest = digest
        .map_err(|e| vec![Diagnostic::error("syntax", "", format!("not canonical JSON: {e}"))])?;
    match validate(&document, digest) {
        (Some(instance), warnings) => Ok(Loaded { document, instance, warnings }),
        (None, findings) => Err(findings),
    }
}

/// An instance with its screening.
#[derive(Debug)]
pub struct Screened {
    /// The instance.
    pub instance: Instance,
    /// Findings about every pair.
    pub conflicts: ConflictTable,
    /// Eligibility of every pair.
    pub eligibility: EligibilityTable,
    /// Free time and burden of everyone.
    pub availability: Availability,
    /// The earlier plan that answers are to keep to.
    pub from: Option<FromDoc>,
}

impl Screened {
    /// Screens every mediator against every dispute.
    #[must_use]
    pub fn new(instance: Instance) -> Self {
        let graph = ConflictGraph::build(&instance);
        let conflicts = screen(&instance, &graph);
        let eligibility = compute(&instance, &conflicts);
        let availability = Availability::compute(&instance);
        Self { instance, conflicts, eligibility, availability, from: None }
    }

    /// Has answers keep to an earlier plan, as far as `weights.disruption` asks. What it had before `as_of` has been
    /// held.
    #[must_use]
    pub fn keeping_to(mut self, from: FromDoc) -> Self {
        recall(&mut self.instance, &from, true);
        self.from = Some(from);
        self
    }

    /// The same of a plan that itself was made with nothing held: nothing has been held since.
    #[must_use]
    pub fn keeping_close_to(mut self, from: FromDoc) -> Self {
        recall(&mut self.instance, &from, false);
        self.from = Some(from);
        self
    }

    /// Has answers keep to nothing but what has been held.
    #[must_use]
    pub fn keeping_to_nothing(mut self) -> Self {
        self.instance.recall(Vec::new(), false);
        self.from = None;
        self
    }

    /// What later stages ask for.
    #[must_use]
    pub fn tables(&self) -> Tables<'_> {
        Tables {
            conflicts: &self.conflicts,
            eligibility: &self.eligibility,
            availability: &self.availability,
        }
    }

    /// Assigns and schedules.
    #[must_use]
    pub fn solve(&self, options: Options, control: &Control<'_>) -> Outcome {
        solve(
            &self.instance,
            &self.conflicts,
            &self.eligibility,
            &self.availability,
            options,
            control,
        )
    }

    /// Assigns, schedules, and writes the answer down.
    #[must_use]
    pub fn answer(&self, options: Options, control: &Control<'_>) -> SolutionDoc {
        let started = Instant::now();
        let outcome = self.solve(options, control);
        let elapsed = started.elapsed().as_millis() as u64;
        let solution = publish(&self.instance, self.tables(), &outcome, elapsed);
        SolutionDoc { from: self.from.clone(), ..solution }
    }
}
