//! What if: the docket with something changed, planned again and set beside what it was.
//!
//! * Takes an instance document, its solution and suppositions; gives both worths and what would change, dispute by
//!   dispute.
//! * **Invariant**: nothing is estimated. The changed instance is validated, screened and solved like any other; where
//!   a limit ends that early, it is said.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::str::FromStr;

use serde::Serialize;

use super::designee::designate;
use super::{Change, changes, changes_text, units};
use crate::diagnostic::Diagnostic;
use crate::format::{
    ForbidLockDoc, InstanceDoc, IntervalDoc, ObjectiveDoc, RequireLockDoc, RoomDoc, SessionLockDoc,
    SolutionDoc, StopReason, WaiverDoc, to_json_string,
};
use crate::pipeline::{Screened, keep_to, load};
use crate::solve::{Control, Options};
use crate::time::{Zone, parse_instant};
use crate::validate::validate;

/// Something that is supposed to be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supposition {
    /// The mediator does not sit in the dispute.
    Forbid(String, String),
    /// The mediator sits in the dispute.
    Require(String, String),
    /// All parties of the dispute waive the rule for the mediator, expressly.
    Waive(String, String, String),
    /// The session of the dispute starts then.
    Fix(String, String, String),
    /// What is due in the dispute is due so many days later.
    Due(String, i64),
    /// The mediator takes so many more disputes.
    Cases(String, i64),
    /// The person is busy from then to then.
    Busy(String, String, String),
    /// The place has one more room, with so many seats; without a number, for as many as come.
    Room(String, Option<u32>),
    /// There is one more mediator, designated by the State for the dispute, who speaks these languages; without any,
    /// those that the dispute asks for.
    Designate(String, String, Vec<String>),
}

/// How a supposition is written.
pub const SUPPOSITIONS: &str = "`forbid DISPUTE MEDIATOR`, `require DISPUTE MEDIATOR`, `waive DISPUTE MEDIATOR RULE`, `fix DISPUTE SESSION START`, `due DISPUTE DAYS`, `cases MEDIATOR NUMBER`, `busy PERSON START END`, `room PLACE [SEATS]`, `designate DISPUTE STATE [LANGUAGE...]`";

impl FromStr for Supposition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let own = |word: &str| word.to_owned();
        let number = |word: &str| {
            let number = word.parse::<i64>().ok().filter(|number| number.abs() <= 100_000);
            number.ok_or_else(|| format!("`{word}` is no number of that kind"))
        };
        Ok(match words[..] {
            ["forbid", dispute, mediator] => Self::Forbid(own(dispute), own(mediator)),
            ["require", dispute, mediator] => Self::Require(own(dispute), own(mediator)),
            ["waive", dispute, mediator, rule] => {
                Self::Waive(own(dispute), own(mediator), own(rule))
            }
            ["fix", dispute, session, start] => Self::Fix(own(dispute), own(session), own(start)),
            ["due", dispute, days] => Self::Due(own(dispute), number(days)?),
            ["cases", mediator, more] => Self::Cases(own(mediator), number(more)?),
            ["busy", person, start, end] => Self::Busy(own(person), own(start), own(end)),
            ["designate", dispute, state, ref languages @ ..] => {
                let languages = languages.iter().map(|language| own(language));
                Self::Designate(own(dispute), own(state), languages.collect())
            }
            ["room", place] => Self::Room(own(place), None),
            ["room", place, seats] => {
                let seats = u32::try_from(number(seats)?);
                let seats = seats.map_err(|_| "a room has no fewer than 0 seats".to_owned())?;
                Self::Room(own(place), Some(seats))
            }
            _ => return Err(format!("a supposition is one of {SUPPOSITIONS}")),
        })
    }
}

impl Supposition {
    /// Changes the document so.
    ///
    /// # Errors
    /// What the document does not know or does not limit. What it knows but does not allow is found when it is read.
    fn apply(&self, doc: &mut InstanceDoc) -> Result<(), String> {
        match self {
            Self::Forbid(dispute, mediator) => {
                let (dispute, mediator) = (dispute.clone(), mediator.clone());
                let lock = ForbidLockDoc { dispute, mediator, notes: None };
                doc.locks.get_or_insert_default().forbid.push(lock);
            }
            Self::Require(dispute, mediator) => {
                let (dispute, mediator) = (dispute.clone(), mediator.clone());
                let lock = RequireLockDoc { dispute, mediator, role: None, notes: None };
                doc.locks.get_or_insert_default().require.push(lock);
            }
            Self::Waive(dispute, mediator, rule) => {
                let known = doc.disputes.iter().find(|known| known.id == *dispute);
                let known = known.ok_or_else(|| unknown("dispute", dispute))?;
                let waiver = WaiverDoc {
                    mediator: mediator.clone(),
                    dispute: dispute.clone(),
                    rule: Some(rule.clone()),
                    relation: None,
                    by: known.parties.iter().map(|party| party.id.clone()).collect(),
                    express: Some(true),
                    date: Some(doc.as_of.clone()),
                    notes: None,
                };
                doc.waivers.push(waiver);
            }
            Self::Fix(dispute, session, start) => {
                let locks = doc.locks.get_or_insert_default();
                locks.sessions.retain(|lock| lock.dispute != *dispute || lock.session != *session);
                locks.sessions.push(SessionLockDoc {
                    dispute: dispute.clone(),
                    session: session.clone(),
                    start: start.clone(),
                    place: None,
                    notes: None,
                });
            }
            Self::Due(dispute, days) => {
                let known = doc.disputes.iter_mut().find(|known| known.id == *dispute);
                let known = known.ok_or_else(|| unknown("dispute", dispute))?;
                let sessions = known.sessions.iter_mut().map(|session| &mut session.due);
                let due = std::iter::once(&mut known.due).chain(sessions);
                let mut due = due.filter_map(Option::as_mut).peekable();
                if due.peek().is_none() {
                    return Err(format!("`{dispute}` and its sessions have no `due` of their own"));
                }
                for due in due {
                    let at = parse_instant(due)?;
                    *due = Zone::utc_rfc3339(at + days * 24 * 60);
                }
            }
            Self::Cases(mediator, more) => {
                let known = doc.mediators.iter_mut().find(|known| known.id == *mediator);
                let known = known.ok_or_else(|| unknown("mediator", mediator))?;
                let cases = known.capacity.as_mut().and_then(|capacity| capacity.cases.as_mut());
                let cases =
                    cases.ok_or_else(|| format!("`{mediator}` has no limit of disputes"))?;
                *cases = u32::try_from(i64::from(*cases) + more)
                    .map_err(|_| format!("`{mediator}` cannot take {more:+} disputes"))?;
            }
            Self::Busy(person, start, end) => {
                let busy = IntervalDoc { start: start.clone(), end: end.clone(), notes: None };
                let people = doc.people.iter_mut().map(|known| (&known.id, &mut known.busy));
                let mediators = doc.mediators.iter_mut().map(|known| (&known.id, &mut known.busy));
                let voices = doc.interpreters.iter_mut().map(|known| (&known.id, &mut known.busy));
                let mut all = people.chain(mediators).chain(voices);
                let known = all.find(|(id, _)| *id == person);
                known.ok_or_else(|| unknown("person", person))?.1.push(busy);
            }
            Self::Designate(dispute, state, languages) => {
                designate(doc, dispute, state, languages)?;
            }
            Self::Room(place, seats) => {
                let known = doc.places.iter_mut().find(|known| known.id == *place);
                let rooms = &mut known.ok_or_else(|| unknown("place", place))?.rooms;
                let names = (1..).map(|number| format!("one-more-{number}"));
                let id = names.into_iter().find(|id| rooms.iter().all(|room| room.id != *id));
                rooms.push(RoomDoc { id: id.unwrap_or_default(), seats: *seats, notes: None });
            }
        }
        Ok(())
    }

    /// What is supposed, as it is written.
    fn told(&self) -> String {
        match self {
            Self::Forbid(dispute, mediator) => format!("forbid {dispute} {mediator}"),
            Self::Require(dispute, mediator) => format!("require {dispute} {mediator}"),
            Self::Waive(dispute, mediator, rule) => format!("waive {dispute} {mediator} {rule}"),
            Self::Fix(dispute, session, start) => format!("fix {dispute} {session} {start}"),
            Self::Due(dispute, days) => format!("due {dispute} {days:+}"),
            Self::Cases(mediator, more) => format!("cases {mediator} {more:+}"),
            Self::Busy(person, start, end) => format!("busy {person} {start} {end}"),
            Self::Room(place, None) => format!("room {place}"),
            Self::Room(place, Some(seats)) => format!("room {place} {seats}"),
            Self::Designate(dispute, state, languages) => {
                let words = [dispute, state].into_iter().chain(languages).map(String::as_str);
                format!("designate {}", words.collect::<Vec<_>>().join(" "))
            }
        }
    }
}

pub(super) fn unknown(kind: &str, id: &str) -> String {
    format!("the instance has no {kind} `{id}`")
}

/// What an answer is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Worth {
    /// Disputes with a panel.
    pub panels: usize,
    /// Sessions with a date.
    pub sessions: usize,
    /// Disputes that lack a panel or dates.
    pub unserved: Vec<String>,
    /// The tiers above quality, as in a solution, without `frozen`.
    pub above: Vec<i64>,
    /// The quality tier in micro-units, without what changes cost.
    pub quality: i64,
}

impl Worth {
    fn of(solution: &SolutionDoc) -> Self {
        let objective = &solution.objective;
        let disruption = objective.terms.get("disruption").copied().unwrap_or(0);
        Self {
            panels: solution.assignments.len(),
            sessions: solution.sessions.len(),
            unserved: solution.unserved.iter().map(|unserved| unserved.dispute.clone()).collect(),
            above: above(objective),
            // WHY saturating: a document may say anything here.
            quality: objective.tiers.last().copied().unwrap_or(0).saturating_sub(disruption),
        }
    }
}

/// The tiers above quality, but what moves of what is near, which is there only where something is kept to.
fn above(objective: &ObjectiveDoc) -> Vec<i64> {
    let mut above = objective.tiers.clone();
    above.pop();
    if objective.terms.get("frozen").is_some() && above.len() > 2 {
        above.remove(2);
    }
    above
}

/// A docket planned anew, with nothing to keep to but what has been held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Anew {
    /// What it is worth.
    pub worth: Worth,
    /// What its quality is proven to be at most, in micro-units, if so many are served.
    pub bound: Option<i64>,
    /// What ended the planning before its proof, where something did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<StopReason>,
}

/// A dispute that would be without panel or dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// The dispute.
    pub dispute: String,
    /// Why.
    pub why: String,
}

/// What would be if something were otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// What is supposed.
    pub supposed: Vec<String>,
    /// What validation warns of in the changed instance and not in the one that was solved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// The answer as it is.
    pub before: Worth,
    /// The changed docket, planned again as close to it as `weights.disruption` asks.
    pub after: Worth,
    /// The changed docket planned anew, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anew: Option<Anew>,
    /// What would change from the answer as it is, close to it.
    pub changes: Vec<Change>,
    /// Disputes that would lack a panel or dates which they have now.
    pub newly_unserved: Vec<Lost>,
    /// What ended the planning before its proof, where something did: there may be better than `after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<StopReason>,
}

impl WhatIf {
    /// True when a dispute has its panel and dates, and nobody loses theirs.
    pub(super) fn serves(&self, dispute: &str) -> bool {
        self.newly_unserved.is_empty() && !self.after.unserved.iter().any(|id| id == dispute)
    }

    /// What quality loses, in micro-units.
    pub(super) fn lost(&self) -> i64 {
        self.before.quality.saturating_sub(self.after.quality)
    }
}

/// Why there is no answer to a what-if.
#[derive(Debug)]
pub enum WhatIfError {
    /// Something supposed names what the instance has not got.
    Unknown(String),
    /// The changed instance is invalid.
    Invalid(Vec<Diagnostic>),
}

/// Plans a docket again with something changed.
///
/// # Errors
/// When a supposition does not fit the instance, or the changed instance is invalid.
pub fn what_if(
    document: &InstanceDoc,
    solution: &SolutionDoc,
    suppositions: &[Supposition],
    (options, anew): (Options, bool),
    control: &Control<'_>,
) -> Result<WhatIf, WhatIfError> {
    let mut changed = document.clone();
    for supposition in suppositions {
        supposition.apply(&mut changed).map_err(WhatIfError::Unknown)?;
    }
    let text = to_json_string(&changed).map_err(|e| WhatIfError::Unknown(e.to_string()))?;
    let loaded = load(text.as_bytes()).map_err(WhatIfError::Invalid)?;
    // What the document was warned of before says nothing of the change.
    let known = validate(document, String::new()).1;
    let news =
        loaded.warnings.iter().filter(|new| !known.iter().any(|old| old.message == new.message));
    let mut warnings: Vec<String> = news.map(|new| new.message.clone()).collect();
    // WHY no digest: what is kept to is not written down.
    let screened = Screened::new(loaded.instance);
    let from = keep_to(&screened.instance, solution, String::new());
    let from = from.map_err(WhatIfError::Invalid)?;
    // WHY: a plan that was made with nothing to keep to knows no session that is over.
    let screened = if solution.from.is_some() {
        screened.keeping_to(from.clone())
    } else {
        screened.keeping_close_to(from.clone())
    };
    warnings.extend(suppositions.iter().filter_map(|supposed| idle(&screened, supposed)));
    let after = screened.answer(options, control);
    let changes = changes(&screened, &from, &after);
    let anew = anew.then(|| {
        let found = screened.keeping_to_nothing().answer(options, control);
        Anew { worth: Worth::of(&found), bound: found.bound, stop_reason: found.stop_reason }
    });
    let lacking: BTreeSet<&str> =
        solution.unserved.iter().map(|unserved| unserved.dispute.as_str()).collect();
    let panels = |of: &SolutionDoc| -> BTreeSet<String> {
        of.assignments.iter().map(|panel| panel.dispute.clone()).collect()
    };
    let (had, has) = (panels(solution), panels(&after));
    let is_worse = |id: &str| !lacking.contains(id) || (had.contains(id) && !has.contains(id));
    let newly = after.unserved.iter().filter(|unserved| is_worse(&unserved.dispute));
    let newly_unserved = newly.map(|new| {
        let reasons: Vec<&str> = new.core.iter().map(|core| core.text.as_str()).collect();
        Lost { dispute: new.dispute.clone(), why: reasons.join("; ") }
    });
    Ok(WhatIf {
        supposed: suppositions.iter().map(Supposition::told).collect(),
        warnings,
        newly_unserved: newly_unserved.collect(),
        stop_reason: after.stop_reason,
        before: Worth::of(solution),
        after: Worth::of(&after),
        changes,
        anew,
    })
}

/// Says so where a supposition asks something of a session that is over.
fn idle(screened: &Screened, supposed: &Supposition) -> Option<String> {
    let Supposition::Fix(dispute, session, _) = supposed else { return None };
    let instance = &screened.instance;
    let known = instance.dispute(super::find_dispute(instance, dispute)?).sessions.iter();
    let is_over = known.into_iter().any(|known| known.id == *session && known.held);
    is_over.then(|| {
        format!("session `{session}` of `{dispute}` has been held, and stays where it was")
    })
}

/// A what-if in words.
#[must_use]
pub fn what_if_text(found: &WhatIf) -> String {
    let WhatIf { before, after, .. } = found;
    let mut text = String::new();
    for supposed in &found.supposed {
        let _ = writeln!(text, "what if: {supposed}");
    }
    for warning in &found.warnings {
        let _ = writeln!(text, "  note: {warning}");
    }
    let lost = found.lost();
    let less = match lost {
        0 => "the same".to_owned(),
        1.. => format!("{} less", units(lost)),
        _ => format!("{} more", units(lost.saturating_neg())),
    };
    let _ = writeln!(
        text,
        "  quality {} before, {} after: {less}",
        units(before.quality),
        units(after.quality)
    );
    let served = |worth: &Worth| format!("{} panels, {} sessions", worth.panels, worth.sessions);
    let (was, is) = (served(before), served(after));
    if was == is {
        let _ = writeln!(text, "  as many are served: {is}");
    } else {
        let _ = writeln!(text, "  served: {was} before, {is} after");
    }
    for Lost { dispute, why } in &found.newly_unserved {
        let _ = writeln!(text, "  {dispute} would be unserved: {why}");
    }
    let lacking: BTreeSet<&String> = after.unserved.iter().collect();
    let of_now = |dispute: &&String| !lacking.contains(dispute);
    for dispute in before.unserved.iter().filter(of_now) {
        let _ = writeln!(text, "  {dispute} would be served");
    }
    if let Some(Anew { worth, bound, stop_reason }) = &found.anew {
        let at_most = bound.map(|bound| format!(", at most {} by proof", units(bound)));
        let (served, at_most) = (served(worth), at_most.unwrap_or_default());
        let ended = if stop_reason.is_some() { " (a limit ended this early)" } else { "" };
        let quality = units(worth.quality);
        let _ = writeln!(text, "  planned anew: {served}, quality {quality}{at_most}{ended}");
    }
    if found.stop_reason.is_some() {
        text.push_str("  a limit ended this before its proof: there may be better\n");
    }
    if found.changes.is_empty() {
        text.push_str("  nothing would change\n");
    }
    for line in changes_text(&found.changes).lines() {
        let _ = writeln!(text, "  {line}");
    }
    text
}
