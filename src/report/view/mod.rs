//! What is said to one reader: everything that the pages know.
//!
//! * Takes the documents, the screening and the verdict; gives a [`View`].
//! * **Invariant**: for a party there is nothing here but its own disputes, of these the sessions
//!   that it attends, and of the reasons those that parties may be told. What is not here cannot be
//!   on a page. `tests/report.rs` holds it to that.

mod dispute;
mod names;
mod numbers;
mod party;
mod picture;
mod proof;
mod screening;
mod session;
mod zones;

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{RULES, Verdict};
use crate::domain::{ActorIx, DisputeIx};
use crate::explain::read_answer;
use crate::format::{InstanceDoc, SolutionDoc, Status, StopReason};
use crate::pipeline::Screened;
use crate::solution::Solution;
use crate::time::{Instant, Interval};

pub(super) use dispute::{
    Case, CoreLine, DateLine, DisclosureLine, DisputeView, Member, PartyLine, Standing, StepLine,
};
pub(super) use names::Names;
pub(super) use numbers::{
    Attribute, Bin, Burden, DisputeBurden, Load, LoadLine, Numbers, Rotation, ShareLine, Shares,
};
pub use party::{Reader, UnknownReader};
pub(super) use picture::{PictureEdge, PictureNode, PictureView, Says};
pub(super) use proof::{Proof, TierLine};
pub(super) use screening::{Excluded, RuleText};
pub(super) use session::{Attendee, SessionView, Side};
pub(super) use zones::{Change, ZoneView};

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The instance.
    pub document: &'a InstanceDoc,
    /// The instance with its screening; with what has been held where the solution was planned anew.
    pub screened: &'a Screened,
    /// A solution of it.
    pub solution: &'a SolutionDoc,
    /// SHA-256 of the solution in its canonical form.
    pub solution_digest: &'a str,
    /// What the checker says about it.
    pub verdict: &'a Verdict,
}

/// What is looked up again and again while a view is made.
struct Desk<'a> {
    source: Source<'a>,
    rules: BTreeMap<&'a str, RuleText<'a>>,
    actors: BTreeMap<&'a str, ActorIx>,
    /// The answer as plans; nothing for a party, and where the solution does not fit the instance.
    answer: Option<Solution>,
}

impl<'a> Desk<'a> {
    fn new(source: &Source<'a>, secretariat: bool) -> Self {
        let instance = &source.screened.instance;
        let actors = (0..instance.actors().len()).map(ActorIx::new);
        let answer = || read_answer(instance, source.solution).ok();
        Self {
            source: *source,
            rules: screening::rules(source),
            actors: actors.map(|actor| (instance.actor_name(actor), actor)).collect(),
            answer: secretariat.then(answer).flatten(),
        }
    }
}

/// Everything that is said to one reader.
#[derive(Debug)]
pub(super) struct View<'a> {
    /// What the report is made of; only for the secretariat, so that nothing can be looked up for a
    /// party.
    pub(super) source: Option<Source<'a>>,
    /// The party that reads, by what it is called.
    pub(super) party: Option<String>,
    /// About the answer as a whole.
    pub(super) head: Head<'a>,
    /// How good the answer is.
    pub(super) proof: Proof<'a>,
    /// Names of whoever is told of.
    pub(super) names: Names<'a>,
    /// The disputes, in the order of the docket.
    pub(super) disputes: Vec<DisputeView<'a>>,
    /// Zones of those who attend, in the order of their offsets at the start of the horizon.
    pub(super) zones: Vec<ZoneView>,
    /// The time in which sessions may lie.
    pub(super) horizon: Interval,
}

/// About the answer as a whole.
#[derive(Debug)]
pub(super) struct Head<'a> {
    /// Id of the instance.
    pub(super) instance: &'a str,
    /// Its title; only for the secretariat.
    pub(super) title: Option<&'a str>,
    /// The date on which relations are judged.
    pub(super) as_of: &'a str,
    /// SHA-256 of the instance.
    pub(super) instance_digest: &'a str,
    /// SHA-256 of the solution.
    pub(super) solution_digest: &'a str,
    /// Version of comity that solved.
    pub(super) solved_by: &'a str,
    /// Version of the time-zone database that the solution was made with.
    pub(super) tzdb: &'a str,
    /// How good the answer is.
    pub(super) status: Status,
    /// What ended the run before the proof.
    pub(super) stop_reason: Option<StopReason>,
    /// Whether the checker found nothing.
    pub(super) holds: bool,
    /// How many rules it checked.
    pub(super) rules: usize,
    /// What it found, as rule and sentence; only for the secretariat.
    pub(super) violations: Vec<(&'static str, &'a str)>,
}

impl<'a> View<'a> {
    /// Gathers what the reader may know.
    pub(super) fn new(source: &Source<'a>, reader: &Reader) -> Result<Self, UnknownReader> {
        let seats = party::seats(source.document, reader)?;
        let secretariat = *reader == Reader::Secretariat;
        let solution = source.solution;
        let screened = source.screened;
        let verdict = source.verdict;
        let desk = Desk::new(source, secretariat);
        let disputes: Vec<DisputeView<'a>> = screened
            .instance
            .dispute_indices()
            .zip(&source.document.disputes)
            // WHY nothing for a party where rules are broken: what a disclosure may say, and who
            // attends, is read off the solution, and is right only where the checker says so.
            .filter(|_| secretariat || verdict.holds())
            .filter_map(|(ix, document): (DisputeIx, _)| {
                let own = seats.as_ref().map(|seats| seats.get(document.id.as_str()));
                match own {
                    Some(None) => None,
                    Some(Some(parties)) => Some((ix, document, Some(parties))),
                    None => Some((ix, document, None)),
                }
            })
            .enumerate()
            .map(|(at, (ix, document, parties))| (at + 1, ix, document, parties))
            .map(|(number, ix, document, parties)| {
                dispute::view(&desk, (number, ix), document, parties)
            })
            .collect();
        let grid = screened.instance.grid();
        let horizon = Interval { start: grid.start(), end: grid.end() };
        let zones = zones::of(&disputes, horizon);
        let named: BTreeSet<&str> = disputes.iter().flat_map(DisputeView::ids).collect();
        let places: BTreeSet<&str> = disputes.iter().flat_map(DisputeView::places).collect();
        let names = Names::new(source.document, (!secretariat).then_some((&named, &places)));
        let violations = verdict.violations.iter().filter(|_| secretariat);
        let party =
            match reader {
                Reader::Secretariat => None,
                Reader::Actor(id) => Some(names.of(id).to_owned()),
                Reader::Party { dispute, party } => {
                    let parties = disputes.iter().flat_map(|d| &d.parties);
                    let own = parties.into_iter().find(|line| line.id == party.as_str());
                    Some(own.map_or_else(
                        || format!("{dispute}/{party}"),
                        |p| names.of(p.actor).to_owned(),
                    ))
                }
            };
        Ok(Self {
            source: secretariat.then_some(*source),
            party,
            head: Head {
                instance: &source.document.id,
                title: source.document.title.as_deref().filter(|_| secretariat),
                as_of: &source.document.as_of,
                instance_digest: &solution.instance.digest,
                solution_digest: source.solution_digest,
                solved_by: &solution.run.version,
                tzdb: &solution.run.tzdb,
                status: solution.status,
                stop_reason: solution.stop_reason,
                holds: verdict.holds(),
                rules: RULES.len(),
                violations: violations.map(|v| (v.rule, v.message.as_str())).collect(),
            },
            proof: proof::proof(source, secretariat),
            names,
            disputes,
            zones,
            horizon,
        })
    }

    /// All sessions with dates, in the order of their starts.
    pub(super) fn sessions(&self) -> Vec<(&DisputeView<'a>, &SessionView<'a>)> {
        let disputes = self.disputes.iter();
        let mut all: Vec<_> =
            disputes.flat_map(|d| d.sessions.iter().map(move |s| (d, s))).collect();
        all.sort_by_key(|(d, s)| (s.start, s.end, d.number));
        all
    }

    /// True when a party reads.
    pub(super) fn for_party(&self) -> bool {
        self.source.is_none()
    }
}

/// The day, counted from 1970-01-01, on which an instant falls at an offset in minutes.
pub(super) fn day_of(instant: Instant, offset: i32) -> i64 {
    (instant + i64::from(offset)).div_euclid(1440)
}
