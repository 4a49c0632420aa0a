//! Who was seated and why, when they meet, and why a dispute is unserved.
//!
//! * Takes an instance with its solution; gives a dispute, or the docket, as data and in words.

use std::fmt::Write as _;

use serde::Serialize;

use super::mediator::recent;
use super::recusals::{Standby, standbys, standbys_text};
use super::{Change, changes, changes_text, read_answer, units, word};
use crate::domain::{DisputeIx, Instance};
use crate::format::{
    BurdenDoc, CoreDoc, Cure, DeadlineSets, DisclosureDoc, Role, ScheduledSessionDoc, SolutionDoc,
    UnservedDoc, UnservedStage,
};
use crate::pipeline::Screened;

/// A docket with its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocketTold {
    /// Every dispute, in the order of the instance.
    pub disputes: Vec<Line>,
    /// Pairs of dispute and mediator excluded, by reason.
    pub exclusions: Vec<Count>,
    /// What has changed against the plan that was to be kept to, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
}

/// A dispute in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The dispute.
    pub dispute: String,
    /// Its panel.
    pub panel: Vec<String>,
    /// At what it fails, where it is unserved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unserved: Option<UnservedStage>,
}

/// How many are excluded for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The reason, as format.md lists them.
    pub reason: String,
    /// How many.
    pub number: u64,
}

/// A dispute with its panel, dates and burden, or with why it has none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DisputeTold {
    /// The dispute.
    pub dispute: String,
    /// Mediators on the roster, and those of them who are eligible.
    pub roster: usize,
    /// Eligible mediators.
    pub eligible: usize,
    /// The others, by reason; one may be excluded for several.
    pub excluded: Vec<Count>,
    /// The panel, chair first.
    pub panel: Vec<Member>,
    /// What has to be disclosed of it.
    pub disclosures: Vec<DisclosureDoc>,
    /// Who could step in, everything else as it is, best first; only for the secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserves: Option<Vec<Standby>>,
    /// The dates of its procedural calendar.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calendar: Vec<CalendarDate>,
    /// Its sessions; for the parties, those that all of them attend.
    pub sessions: Vec<Meeting>,
    /// What a point held for an hour costs, in micro-units.
    pub point_hour: i64,
    /// What sides, parties and people bear over the series; only for the secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub burden: Option<BurdenDoc>,
    /// Why it is unserved, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unserved: Option<Unserved>,
    /// Whether it has sessions with dates.
    pub dated: bool,
    /// Whether what not every party may know is left out.
    pub for_parties: bool,
}

/// A member of a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The mediator.
    pub mediator: String,
    /// Her role.
    pub role: Role,
    /// Her fit, in micro-units.
    pub fit: i64,
    /// What rotation takes off, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rotation: String,
    /// How many eligible mediators fit better; not told to the parties, as it depends on strikes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub better_fits: Option<u32>,
}

/// A date of a procedural calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarDate {
    /// The date.
    pub date: String,
    /// The step of the calendar.
    pub step: String,
    /// What is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The session that it binds, and how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binds: Option<(String, DeadlineSets)>,
    /// Whether a due date may be missed, at a price.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub priced: bool,
}

/// A session with its date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Meeting {
    /// Whether it has been held.
    pub held: bool,
    /// As the solution has it.
    #[serde(flatten)]
    pub session: ScheduledSessionDoc,
}

/// Why a dispute is unserved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unserved {
    /// At what it fails.
    pub stage: UnservedStage,
    /// Why.
    pub core: Vec<CoreDoc>,
}

/// The docket, one line a dispute. With `for_parties`, earlier plans are left out.
#[must_use]
pub fn docket_told(screened: &Screened, document: &SolutionDoc, for_parties: bool) -> DocketTold {
    let instance = &screened.instance;
    let line = |dispute: DisputeIx| {
        let name = instance.dispute_name(dispute);
        let panels = document.assignments.iter().filter(|a| a.dispute == name);
        let seats = panels.flat_map(|a| a.panel.iter().map(|seat| seat.mediator.clone()));
        let unserved = document.unserved.iter().find(|u| u.dispute == name);
        Line {
            dispute: name.to_owned(),
            panel: seats.collect(),
            unserved: unserved.map(|unserved| unserved.stage),
        }
    };
    let exclusions = document.exclusions.iter();
    let from = document.from.as_ref().filter(|_| !for_parties);
    DocketTold {
        disputes: instance.dispute_indices().map(line).collect(),
        exclusions: exclusions
            .map(|(code, number)| Count { reason: code.to_owned(), number: *number })
            .collect(),
        changes: from.map(|from| changes(screened, from, document)),
    }
}

/// The same in words.
#[must_use]
pub fn docket_text(told: &DocketTold) -> String {
    let mut text = String::new();
    for Line { dispute, panel, unserved } in &told.disputes {
        let panel = panel.join(", ");
        let line = match unserved {
            Some(at) if panel.is_empty() => stage(*at).to_owned(),
            Some(at) => format!("{panel}; no dates: {}", stage(*at)),
            None => panel,
        };
        let _ = writeln!(text, "{dispute}: {line}");
    }
    let _ = writeln!(text, "\npairs of dispute and mediator excluded, by reason:");
    for Count { reason, number } in &told.exclusions {
        let _ = writeln!(text, "  {number:>7}  {reason}");
    }
    if let Some(changes) = &told.changes {
        let changes = changes_text(changes);
        let _ = writeln!(text, "\nagainst the plan before:");
        text.push_str(if changes.is_empty() { "nothing has changed\n" } else { &changes });
    }
    let _ = writeln!(text, "\nask for one of them: --dispute D, or --dispute D --mediator M");
    text
}

/// Why a dispute has this panel and these dates, or why it has none.
///
/// With `for_parties`, what not every party may know is left out: sessions that some of them do not attend, and sums in
/// which such sessions have a part.
#[must_use]
pub fn dispute_told(
    screened: &Screened,
    document: &SolutionDoc,
    dispute: DisputeIx,
    for_parties: bool,
) -> DisputeTold {
    let instance = &screened.instance;
    let (name, data) = (instance.dispute_name(dispute), instance.dispute(dispute));
    let assignment = document.assignments.iter().find(|a| a.dispute == name);
    let seats = assignment.iter().flat_map(|a| a.panel.iter().zip(&a.reasons));
    let answer = if for_parties { None } else { read_answer(instance, document).ok() };
    let answer = answer.filter(|_| assignment.is_some());
    let counts = screened.eligibility.exclusion_counts_of(instance, dispute).into_iter();
    let told = |scheduled: &&ScheduledSessionDoc| {
        let session = data.sessions.iter().find(|s| s.id == scheduled.session);
        !for_parties || session.is_some_and(|s| s.parties.len() == data.parties.len())
    };
    let mut all = document.sessions.iter().filter(|s| s.dispute == name).peekable();
    let dated = all.peek().is_some();
    let sessions = all.filter(told);
    let burden = document.burdens.iter().find(|burden| burden.dispute == name);
    let unserved = document.unserved.iter().find(|unserved| unserved.dispute == name);
    DisputeTold {
        dispute: name.to_owned(),
        roster: instance.mediators().len(),
        eligible: screened.eligibility.eligible(dispute).len(),
        excluded: counts.map(|(reason, number)| Count { reason, number }).collect(),
        panel: seats
            .map(|(seat, reason)| {
                let mut all = instance.mediator_indices();
                let known = all.find(|m| instance.mediator_name(*m) == seat.mediator);
                Member {
                    mediator: seat.mediator.clone(),
                    role: seat.role,
                    fit: reason.fit,
                    rotation: known.map(|m| recent(instance, m, for_parties)).unwrap_or_default(),
                    better_fits: (!for_parties).then_some(reason.better_fits),
                }
            })
            .collect(),
        disclosures: assignment.map(|a| a.disclosures.clone()).unwrap_or_default(),
        reserves: answer.map(|answer| standbys(screened, &answer, dispute)),
        calendar: calendar(instance, dispute),
        sessions: sessions
            .map(|session| {
                let own = data.sessions.iter().find(|own| own.id == session.session);
                Meeting { held: own.is_some_and(|own| own.held), session: session.clone() }
            })
            .collect(),
        point_hour: instance.policy().weights.burden * 60,
        burden: burden.filter(|_| !for_parties).cloned(),
        unserved: unserved
            .map(|UnservedDoc { stage, core, .. }| Unserved { stage: *stage, core: core.clone() }),
        dated,
        for_parties,
    }
}

/// The dates of the procedural calendar of a dispute, and what they bind.
fn calendar(instance: &Instance, dispute: DisputeIx) -> Vec<CalendarDate> {
    let data = instance.dispute(dispute);
    let session = |position: usize| data.sessions[position].id.clone();
    let dates = data.deadlines.iter();
    dates
        .map(|deadline| CalendarDate {
            date: deadline.date.to_string(),
            step: deadline.step.clone(),
            text: deadline.text.clone(),
            binds: deadline.binds.map(|(position, how)| (session(position), how)),
            priced: deadline.priced,
        })
        .collect()
}

/// The same in words.
#[must_use]
pub fn dispute_text(told: &DisputeTold) -> String {
    let mut text = format!("dispute {}\n", told.dispute);
    let are = if told.eligible == 1 { "is" } else { "are" };
    let _ = writeln!(
        text,
        "of {} mediators on the roster, {} {are} eligible",
        told.roster, told.eligible
    );
    for Count { reason, number } in &told.excluded {
        let _ = writeln!(text, "  {number:>5} excluded: {reason}");
    }
    if !told.panel.is_empty() {
        let _ = writeln!(text, "\npanel:");
    }
    for Member { mediator, role, fit, rotation, better_fits } in &told.panel {
        let role = if *role == Role::Chair { "chair" } else { "member" };
        let rank = match better_fits {
            None => String::new(),
            Some(0) => ", no eligible mediator fits better".to_owned(),
            Some(1) => ", one eligible mediator fits better".to_owned(),
            Some(n) => format!(", {n} eligible mediators fit better"),
        };
        let _ = writeln!(text, "  {mediator} ({role}): fit {}{rotation}{rank}", units(*fit));
    }
    for disclosure in &told.disclosures {
        describe_disclosure(disclosure, &mut text);
    }
    if let Some(reserves) = &told.reserves {
        standbys_text(reserves, told.panel.len(), &mut text);
    }
    if !told.calendar.is_empty() {
        let _ = writeln!(text, "\nprocedural calendar:");
    }
    for CalendarDate { date, step, text: said, binds, priced } in &told.calendar {
        let said = said.as_ref().map_or(String::new(), |said| format!(": {said}"));
        let binds = match binds {
            Some((session, DeadlineSets::Due)) if *priced => {
                format!(" ({session} should end by it, later has a price)")
            }
            Some((session, DeadlineSets::Due)) => format!(" ({session} ends by it)"),
            Some((session, DeadlineSets::NotBefore)) => format!(" ({session} starts no earlier)"),
            None => String::new(),
        };
        let _ = writeln!(text, "  {date}  {step}{said}{binds}");
    }
    describe_sessions(told, &mut text);
    if let Some(burden) = &told.burden {
        let sides: Vec<String> =
            burden.sides.iter().map(|(side, points)| format!("{side} {points}")).collect();
        let _ = writeln!(
            text,
            "  over the series, the most burdened person of each side together: {}",
            sides.join(", ")
        );
    }
    if let Some(Unserved { stage: at, core }) = &told.unserved {
        let _ = writeln!(text, "\n{}:", stage(*at));
        for core in core {
            let _ = writeln!(text, "  {} {}: {}", core.requirement, core.reason, core.text);
        }
    }
    text
}

/// What must be told, what lets the mediator sit in spite of it, and the path that shows it.
fn describe_disclosure(disclosure: &DisclosureDoc, text: &mut String) {
    let cure = match (disclosure.cure, &disclosure.reason) {
        (Some(Cure::Waived), _) => ", waived by all parties".to_owned(),
        (Some(Cure::Overridden), reason) => {
            format!(", overridden: {}", reason.as_deref().unwrap_or_default())
        }
        (None, _) => String::new(),
    };
    let DisclosureDoc { mediator, rule, severity, text: said, .. } = disclosure;
    let _ = writeln!(
        text,
        "  to be disclosed of {mediator}: {rule} ({}{cure}): {said}",
        word(severity)
    );
    let mut path = String::new();
    for step in &disclosure.path {
        if path.is_empty() {
            path.push_str(&step.from);
        }
        let (tail, head) = if step.backward { ("<-", "-") } else { ("-", "->") };
        let relation = step.relation.as_ref().map_or(String::new(), |id| format!(" ({id})"));
        let _ = write!(path, " {tail}{}{relation}{head} {}", word(&step.kind), step.to);
    }
    if !path.is_empty() {
        let _ = writeln!(text, "    {path}");
    }
}

fn describe_sessions(told: &DisputeTold, text: &mut String) {
    if !told.dated {
        return;
    }
    let _ = writeln!(text, "\nsessions:");
    for Meeting { held, session } in &told.sessions {
        describe_session(session, *held, text);
    }
    if told.for_parties {
        let _ = writeln!(text, "  sessions with some of the parties are told to those who attend");
    }
    let weight = units(told.point_hour);
    let _ = writeln!(text, "  one point held for an hour costs {weight} of quality");
}

fn describe_session(session: &ScheduledSessionDoc, held: bool, text: &mut String) {
    let mut place = session.place.clone().unwrap_or_else(|| "remote".to_owned());
    for (word, rooms) in
        [("room", session.room.as_slice()), ("breakout rooms", &session.breakout_rooms)]
    {
        if !rooms.is_empty() {
            let _ = write!(place, ", {word} {}", rooms.join(", "));
        }
    }
    let over = if held { ", held" } else { "" };
    let (id, start, end) = (&session.session, &session.start, &session.end);
    let _ = writeln!(text, "  {id} {start} to {end} ({place}{over})");
    for (person, local) in session.local.iter() {
        let _ = writeln!(text, "    {local}  {person}");
    }
    if !session.interpreters.is_empty() {
        let _ = writeln!(text, "    interpreters: {}", session.interpreters.join(", "));
    }
    let mut shares: Vec<String> =
        session.burden.iter().map(|(party, points)| format!("{party} {points}")).collect();
    shares.push(format!("panel {}", session.panel_burden));
    shares.extend(session.interpreter_burden.map(|points| format!("interpreters {points}")));
    let _ = writeln!(text, "    burden in point-minutes: {}", shares.join(", "));
}

fn stage(stage: UnservedStage) -> &'static str {
    match stage {
        UnservedStage::Admissibility => "not admissible",
        UnservedStage::Panel => "no panel can be formed",
        UnservedStage::Sessions => "no panel and dates go together",
        UnservedStage::Docket => "what disputes share does not reach for it",
    }
}
