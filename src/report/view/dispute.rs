//! A dispute as its reader sees it.

use super::Desk;
use super::picture::{PictureView, picture};
use super::screening::{Excluded, RuleText, excluded};
use super::session::{SessionView, attends, views};
use crate::domain::{Dispute, DisputeIx};
use crate::explain::standbys;
use crate::format::{
    AssignmentDoc, Cure, DeadlineSets, DisclosureDoc, DisputeClass, DisputeDoc, RelationKind, Role,
    Severity, UnservedStage, WitnessStepDoc,
};
use crate::time::parse_date;

/// How a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Standing {
    /// Panel and dates, nothing to be disclosed first.
    Served,
    /// Panel and dates; the parties are to be told something before the panel sits.
    Pending,
    /// No panel, or no dates.
    Unserved(UnservedStage),
    /// The solution neither serves it nor says why not: a broken one.
    Untold,
}

/// A dispute.
#[derive(Debug)]
pub(in crate::report) struct DisputeView<'a> {
    /// Its place in the docket, from 1; among the reader's own where a party reads.
    pub(in crate::report) number: usize,
    /// Its id.
    pub(in crate::report) id: &'a str,
    /// Its title; only for the secretariat.
    pub(in crate::report) title: Option<&'a str>,
    /// Class.
    pub(in crate::report) class: DisputeClass,
    /// Subjects.
    pub(in crate::report) subjects: Vec<&'a str>,
    /// Languages of the proceeding.
    pub(in crate::report) languages: Vec<&'a str>,
    /// How it stands.
    pub(in crate::report) standing: Standing,
    /// The parties.
    pub(in crate::report) parties: Vec<PartyLine<'a>>,
    /// The panel, chair first.
    pub(in crate::report) panel: Vec<Member<'a>>,
    /// How many mediators were looked at.
    pub(in crate::report) roster: usize,
    /// How many of them may sit.
    pub(in crate::report) eligible: usize,
    /// The others, by reason.
    pub(in crate::report) excluded: Vec<Excluded<'a>>,
    /// What the parties are to be told of the panel.
    pub(in crate::report) disclosures: Vec<DisclosureLine<'a>>,
    /// Who could step in for somebody, everything else as it is, best first, and for whom; only for
    /// the secretariat, and only where the panel is there.
    pub(in crate::report) reserves: Vec<(String, Vec<String>)>,
    /// Its sessions with dates, in their order.
    pub(in crate::report) sessions: Vec<SessionView<'a>>,
    /// How many sessions it is to have.
    pub(in crate::report) asked: usize,
    /// Dates of its procedural calendar.
    pub(in crate::report) dates: Vec<DateLine<'a>>,
    /// What each side bears over the whole series (its most burdened person, session by session),
    /// in point-minutes; only for the secretariat.
    pub(in crate::report) sides: Vec<(&'a str, i64)>,
    /// Why it is unserved.
    pub(in crate::report) core: Vec<CoreLine<'a>>,
    /// What would serve it, as `comity explain --what-if` takes it; only for the secretariat.
    pub(in crate::report) remedies: Vec<&'a str>,
    /// How mediators stand to its parties.
    pub(in crate::report) picture: PictureView<'a>,
}

/// A party.
#[derive(Debug)]
pub(in crate::report) struct PartyLine<'a> {
    /// Its id in the dispute.
    pub(in crate::report) id: &'a str,
    /// Who it is.
    pub(in crate::report) actor: &'a str,
    /// The side on which it stands.
    pub(in crate::report) side: &'a str,
    /// Whether the reader is this party.
    pub(in crate::report) own: bool,
    /// Representatives and counsel; for a party, those of its own.
    pub(in crate::report) people: Vec<&'a str>,
}

/// A member of a panel.
#[derive(Debug)]
pub(in crate::report) struct Member<'a> {
    /// The mediator.
    pub(in crate::report) id: &'a str,
    /// Whether she is chair.
    pub(in crate::report) chair: bool,
    /// Her nationalities.
    pub(in crate::report) nationalities: Vec<&'a str>,
    /// Who has designated her.
    pub(in crate::report) designated_by: Vec<&'a str>,
    /// Languages of the proceeding that she speaks.
    pub(in crate::report) languages: Vec<&'a str>,
    /// Her own zone.
    pub(in crate::report) zone: Option<&'a str>,
    /// Her fit, in micro-units, and how many who may sit have a higher one.
    pub(in crate::report) fit: Option<(i64, Option<u32>)>,
    /// What rotation takes off her fit, in micro-units; only for the secretariat.
    pub(in crate::report) rotation: i64,
}

/// Something that the parties are to be told.
#[derive(Debug)]
pub(in crate::report) struct DisclosureLine<'a> {
    /// Of whom.
    pub(in crate::report) mediator: &'a str,
    /// The rule by which.
    pub(in crate::report) rule: RuleText<'a>,
    /// How serious.
    pub(in crate::report) severity: Severity,
    /// The path that shows it, from the mediator.
    pub(in crate::report) path: Vec<StepLine<'a>>,
    /// For a rule that counts: how many, and whose.
    pub(in crate::report) count: Option<(u32, &'a str)>,
    /// For a rule about related disputes: the other one. Another dispute of this docket is not
    /// named to a party.
    pub(in crate::report) case: Option<Case<'a>>,
    /// What lets the mediator sit, where disclosure alone does not.
    pub(in crate::report) cure: Option<Cure>,
    /// The recorded reason of an override.
    pub(in crate::report) reason: Option<&'a str>,
}

/// A related dispute or past case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Case<'a> {
    /// By its id.
    Named(&'a str),
    /// A dispute of this docket that a party is not told of.
    Another,
}

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) struct StepLine<'a> {
    /// From here; nothing for a dispute that a party is not told of.
    pub(in crate::report) from: Option<&'a str>,
    /// Along this.
    pub(in crate::report) kind: RelationKind,
    /// Whether it runs from `to` to `from`.
    pub(in crate::report) backward: bool,
    /// To here.
    pub(in crate::report) to: Option<&'a str>,
}

/// A date of a procedural calendar.
#[derive(Debug)]
pub(in crate::report) struct DateLine<'a> {
    /// The date, in days since 1970-01-01.
    pub(in crate::report) date: i64,
    /// The step of the calendar.
    pub(in crate::report) step: &'a str,
    /// What is due.
    pub(in crate::report) text: Option<&'a str>,
    /// The session that it binds (its place among `sessions`), and how.
    pub(in crate::report) binds: Option<(usize, DeadlineSets)>,
    /// Whether a due date may be missed, at a price.
    pub(in crate::report) priced: bool,
}

/// A requirement that takes part in an impossibility.
#[derive(Debug)]
pub(in crate::report) struct CoreLine<'a> {
    /// Code of the reason.
    pub(in crate::report) reason: &'a str,
    /// How many mediators it takes away.
    pub(in crate::report) mediators: Option<u32>,
    /// What the sentence of the solution names, in its order.
    pub(in crate::report) named: Vec<&'a str>,
    /// The rule, where the reason is one.
    pub(in crate::report) rule: Option<RuleText<'a>>,
}

impl<'a> DisputeView<'a> {
    /// Ids of actors and places that are named on its pages.
    pub(super) fn ids(&self) -> Vec<&'a str> {
        let mut ids: Vec<&'a str> = Vec::new();
        for party in &self.parties {
            ids.push(party.actor);
            ids.extend(&party.people);
        }
        for member in &self.panel {
            ids.push(member.id);
            ids.extend(&member.nationalities);
            ids.extend(&member.designated_by);
        }
        for disclosure in &self.disclosures {
            ids.extend(disclosure.path.iter().flat_map(|step| [step.from, step.to]).flatten());
            ids.extend(disclosure.count.map(|(_, whose)| whose));
        }
        for session in &self.sessions {
            ids.extend(session.attendees.iter().map(|attendee| attendee.id));
        }
        ids.extend(self.drawn());
        ids
    }

    /// Ids of places that are named on its pages.
    pub(super) fn places(&self) -> Vec<&'a str> {
        self.sessions.iter().filter_map(|session| session.place).collect()
    }

    /// The id of its part of the page.
    pub(in crate::report) fn anchor(&self) -> String {
        format!("d{}", self.number)
    }
}

/// A dispute as the secretariat sees it, or as these parties do.
pub(super) fn view<'a>(
    desk: &Desk<'a>,
    (number, ix): (usize, DisputeIx),
    document: &'a DisputeDoc,
    parties: Option<&Vec<&str>>,
) -> DisputeView<'a> {
    let source = desk.source;
    let screened = source.screened;
    let data = screened.instance.dispute(ix);
    let assignment = source.solution.assignments.iter().find(|a| a.dispute == document.id);
    let unserved = source.solution.unserved.iter().find(|u| u.dispute == document.id);
    let secretariat = parties.is_none();
    let disclosures = disclosures(desk, document, assignment, secretariat);
    let dated = |id: &String| {
        let mut dated = source.solution.sessions.iter();
        dated.any(|session| session.dispute == document.id && session.session == *id)
    };
    let is_whole = assignment.is_some()
        && document
            .sessions
            .iter()
            .filter(|session| parties.is_none_or(|parties| attends(session, parties)))
            .all(|session| dated(&session.id));
    let standing = match unserved {
        Some(unserved) => Standing::Unserved(unserved.stage),
        None if !is_whole => Standing::Untold,
        None if disclosures.iter().any(|d| d.cure.is_none()) => Standing::Pending,
        None => Standing::Served,
    };
    let sessions = views(desk, document, data, parties);
    let seen = document.sessions.iter();
    let asked = seen.filter(|s| parties.is_none_or(|parties| attends(s, parties))).count();
    let burdens =
        source.solution.burdens.iter().filter(|b| secretariat && b.dispute == document.id);
    let core = unserved.iter().filter(|_| secretariat).flat_map(|unserved| &unserved.core);
    let remedies = unserved.iter().filter(|_| secretariat).flat_map(|u| &u.remedies);
    let panel = members(desk, document, assignment, secretariat);
    let picture = picture(desk, ix, document, (&panel, &disclosures), secretariat);
    DisputeView {
        number,
        id: &document.id,
        title: document.title.as_deref().filter(|_| secretariat),
        class: document.class,
        subjects: document.subjects.iter().map(String::as_str).collect(),
        languages: document.languages.iter().map(String::as_str).collect(),
        standing,
        parties: party_lines(document, parties),
        panel,
        roster: screened.instance.mediators().len(),
        eligible: screened.eligibility.eligible(ix).len(),
        excluded: excluded(desk, ix, !secretariat),
        disclosures,
        reserves: if assignment.is_some() { reserves(desk, ix) } else { Vec::new() },
        dates: dates(document, data, &sessions, parties),
        sides: burdens.flat_map(|b| b.sides.iter().map(|(s, p)| (s, *p))).collect(),
        core: core.map(|core| core_line(desk, core)).collect(),
        remedies: remedies.map(String::as_str).collect(),
        sessions,
        asked,
        picture,
    }
}

fn party_lines<'a>(document: &'a DisputeDoc, own: Option<&Vec<&str>>) -> Vec<PartyLine<'a>> {
    let line = |party: &'a crate::format::PartyDoc| {
        let is_own = own.is_some_and(|own| own.contains(&party.id.as_str()));
        let people = party.representatives.iter().chain(&party.counsel);
        PartyLine {
            id: &party.id,
            actor: &party.actor,
            side: party.side.as_deref().unwrap_or(&party.id),
            own: is_own,
            people: people.filter(|_| own.is_none() || is_own).map(String::as_str).collect(),
        }
    };
    document.parties.iter().map(line).collect()
}

fn members<'a>(
    desk: &Desk<'a>,
    document: &'a DisputeDoc,
    assignment: Option<&'a AssignmentDoc>,
    secretariat: bool,
) -> Vec<Member<'a>> {
    let source = desk.source;
    let instance = &source.screened.instance;
    let seats = assignment.iter().flat_map(|assignment| &assignment.panel);
    seats
        .map(|seat| {
            let mut roster = source.document.mediators.iter();
            let known = roster.find(|mediator| mediator.id == seat.mediator);
            let mut all = instance.mediator_indices();
            let ix = all.find(|m| instance.mediator_name(*m) == seat.mediator);
            let reasons = assignment.iter().flat_map(|assignment| &assignment.reasons);
            let mut reasons = reasons.filter(|reason| reason.mediator == seat.mediator);
            let speaks = |language: &&String| {
                known.is_some_and(|known| {
                    known.languages.iter().any(|(l, _)| l == language.as_str())
                })
            };
            let nationalities = known.iter().flat_map(|known| &known.nationalities);
            let designations = known.iter().flat_map(|known| &known.designations);
            // Those of the day on which the docket is judged, each once.
            let today = source.document.as_of.as_str();
            let holds = |from: Option<&String>, to: Option<&String>| {
                from.is_none_or(|from| from.as_str() <= today)
                    && to.is_none_or(|to| today <= to.as_str())
            };
            let mut by: Vec<&str> = Vec::new();
            for d in designations.filter(|d| holds(d.from.as_ref(), d.to.as_ref())) {
                if !by.contains(&d.by.as_str()) {
                    by.push(&d.by);
                }
            }
            let nationalities = nationalities.filter(|n| holds(n.from.as_ref(), n.to.as_ref()));
            Member {
                id: &seat.mediator,
                chair: seat.role == Role::Chair,
                nationalities: nationalities.map(|n| n.state.as_str()).collect(),
                designated_by: by,
                languages: document.languages.iter().filter(speaks).map(String::as_str).collect(),
                zone: known.and_then(|known| known.time_zone.as_deref()),
                // WHY not to parties: who fits better depends on strikes and on reasons that are not told.
                fit: reasons
                    .next()
                    .map(|reason| (reason.fit, secretariat.then_some(reason.better_fits))),
                rotation: ix.filter(|_| secretariat).map_or(0, |m| instance.rotation(m)),
            }
        })
        .collect()
}

fn disclosures<'a>(
    desk: &Desk<'a>,
    document: &DisputeDoc,
    assignment: Option<&'a AssignmentDoc>,
    secretariat: bool,
) -> Vec<DisclosureLine<'a>> {
    // WHY: what a rule about the same batch leads through is another party's dispute.
    let others = desk.source.document.disputes.iter().map(|d| d.id.as_str());
    let others: Vec<&str> = others.filter(|id| !secretariat && *id != document.id).collect();
    let named = |id: &'a String| Some(id.as_str()).filter(|id| !others.contains(id));
    let step = |step: &'a WitnessStepDoc| StepLine {
        from: named(&step.from),
        kind: step.kind,
        backward: step.backward,
        to: named(&step.to),
    };
    let line = |disclosure: &'a DisclosureDoc| {
        let (id, text) = (&disclosure.rule, &disclosure.text);
        let unknown = RuleText { id, text, built_in: false, profile: "" };
        let count = disclosure.count.zip(disclosure.target.as_deref());
        DisclosureLine {
            mediator: &disclosure.mediator,
            rule: desk.rules.get(disclosure.rule.as_str()).copied().unwrap_or(unknown),
            severity: disclosure.severity,
            path: disclosure.path.iter().map(step).collect(),
            count: count.filter(|(_, whose)| !others.contains(whose)),
            case: disclosure.case.as_ref().map(|id| named(id).map_or(Case::Another, Case::Named)),
            cure: disclosure.cure,
            reason: disclosure.reason.as_deref(),
        }
    };
    assignment.iter().flat_map(|assignment| &assignment.disclosures).map(line).collect()
}

/// Who could step in, and for whom.
fn reserves(desk: &Desk<'_>, ix: DisputeIx) -> Vec<(String, Vec<String>)> {
    let Some(answer) = &desk.answer else { return Vec::new() };
    let standbys = standbys(desk.source.screened, answer, ix).into_iter();
    standbys.map(|standby| (standby.mediator, standby.stands_in_for)).collect()
}

fn dates<'a>(
    document: &'a DisputeDoc,
    data: &'a Dispute,
    sessions: &[SessionView<'_>],
    parties: Option<&Vec<&str>>,
) -> Vec<DateLine<'a>> {
    let line = |deadline: &'a crate::domain::DeadlineDate| {
        let bound = deadline.binds.map(|(position, how)| (document.sessions.get(position), how));
        let binds = match bound {
            None | Some((None, _)) => None,
            // What binds a session of others is not told of at all.
            Some((Some(session), _)) if parties.is_some_and(|p| !attends(session, p)) => {
                return None;
            }
            Some((Some(session), how)) => {
                let place = sessions.iter().position(|view| view.key == session.id);
                place.map(|place| (place, how))
            }
        };
        Some(DateLine {
            date: parse_date(&deadline.date.to_string())?.days(),
            step: &deadline.step,
            text: deadline.text.as_deref(),
            binds,
            priced: deadline.priced,
        })
    };
    data.deadlines.iter().filter_map(line).collect()
}

fn core_line<'a>(desk: &Desk<'a>, core: &'a crate::format::CoreDoc) -> CoreLine<'a> {
    CoreLine {
        reason: &core.reason,
        mediators: core.mediators,
        named: core.text.split('`').skip(1).step_by(2).collect(),
        rule: desk.rules.get(core.reason.as_str()).copied(),
    }
}
