//! The solution as the checker reads it: panels and starts by index (D1).
//!
//! * Takes a `SolutionDoc`, gives an `Answer`. What names nothing in the instance is reported once
//!   and left out; `whole` then is false, and what needs the whole answer is not judged.

use crate::format::{Role, SOLUTION_SCHEMA, SolutionDoc};

use super::clock;
use super::facts::Facts;
use super::verdict::Findings;

/// A panel.
#[derive(Debug, Clone)]
pub(super) struct Panel {
    /// Position in `assignments`.
    pub(super) at: usize,
    /// Position in the panel, mediator and role, each mediator once.
    pub(super) seats: Vec<(usize, usize, Role)>,
    /// Whether every seat names a mediator.
    pub(super) known: bool,
}

impl Panel {
    /// The mediators.
    pub(super) fn members(&self) -> Vec<usize> {
        self.seats.iter().map(|seat| seat.1).collect()
    }
}

/// A session that has a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Date {
    /// Position in `sessions`.
    pub(super) at: usize,
    /// First minute.
    pub(super) start: i64,
}

/// Panels and dates.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// By dispute.
    pub(super) panels: Vec<Option<Panel>>,
    /// By dispute, then by session.
    pub(super) dates: Vec<Vec<Option<Date>>>,
    /// By dispute, then by session: the interpreters.
    pub(super) voices: Vec<Vec<Vec<usize>>>,
    /// Whether everything in it could be read.
    pub(super) whole: bool,
}

impl Answer {
    /// Reads a solution.
    pub(super) fn new(facts: &Facts<'_>, doc: &SolutionDoc, found: &mut Findings) -> Self {
        let mut answer = Answer {
            panels: vec![None; facts.disputes.len()],
            dates: facts.disputes.iter().map(|d| vec![None; d.sessions.len()]).collect(),
            voices: facts.disputes.iter().map(|d| vec![Vec::new(); d.sessions.len()]).collect(),
            whole: true,
        };
        answer.read_panels(facts, doc, found);
        answer.read_dates(facts, doc, found);
        for (i, unserved) in doc.unserved.iter().enumerate() {
            let id = &unserved.dispute;
            let message = if !facts.dispute_ix.contains_key(id.as_str()) {
                format!("there is no dispute `{id}`")
            } else if doc.unserved[..i].iter().any(|u| u.dispute == *id) {
                format!("the dispute `{id}` is listed twice")
            } else {
                continue;
            };
            answer.whole = false;
            found.add("D1", Some(id), format!("/unserved/{i}/dispute"), message);
        }
        answer
    }

    fn read_panels(&mut self, facts: &Facts<'_>, doc: &SolutionDoc, found: &mut Findings) {
        let mut order = Vec::new();
        for (i, a) in doc.assignments.iter().enumerate() {
            let Some(&d) = facts.dispute_ix.get(a.dispute.as_str()) else {
                let message = format!("there is no dispute `{}`", a.dispute);
                found.add("D1", Some(&a.dispute), format!("/assignments/{i}/dispute"), message);
                self.whole = false;
                continue;
            };
            if self.panels[d].is_some() {
                let message = format!("the dispute `{}` has two panels", a.dispute);
                found.add("D1", Some(&a.dispute), format!("/assignments/{i}/dispute"), message);
                self.whole = false;
                continue;
            }
            order.push((d, i));
            let mut panel = Panel { at: i, seats: Vec::new(), known: true };
            for (j, seat) in a.panel.iter().enumerate() {
                match facts.mediator_ix.get(seat.mediator.as_str()) {
                    Some(&m) if panel.seats.iter().any(|s| s.1 == m) => {}
                    Some(&m) => panel.seats.push((j, m, seat.role)),
                    None => {
                        let message = format!("there is no mediator `{}`", seat.mediator);
                        let pointer = format!("/assignments/{i}/panel/{j}/mediator");
                        found.add("D1", Some(&a.dispute), pointer, message);
                        panel.known = false;
                        self.whole = false;
                    }
                }
            }
            self.panels[d] = Some(panel);
        }
        if let Some(w) = order.windows(2).find(|w| w[0].0 > w[1].0) {
            let message = "the assignments do not stand in the order of the instance";
            found.add("D1", None, format!("/assignments/{}", w[1].1), message);
        }
    }

    fn read_dates(&mut self, facts: &Facts<'_>, doc: &SolutionDoc, found: &mut Findings) {
        let mut order = Vec::new();
        for (i, s) in doc.sessions.iter().enumerate() {
            let at = format!("/sessions/{i}");
            let dispute = facts.dispute_ix.get(s.dispute.as_str()).copied();
            let session = dispute.and_then(|d| {
                let list = &facts.disputes.get(d)?.sessions;
                Some((d, list.iter().position(|x| x.doc.id == s.session)?))
            });
            let Some((d, k)) = session else {
                let message = format!("there is no session `{}` of `{}`", s.session, s.dispute);
                found.add("D1", Some(&s.dispute), at, message);
                self.whole = false;
                continue;
            };
            let Some(start) = clock::instant(&s.start) else {
                let message = format!("`{}` is no instant", s.start);
                found.add("D2", Some(&s.dispute), at + "/start", message);
                self.whole = false;
                continue;
            };
            order.push(((d, k), i));
            if self.dates[d][k].is_some() {
                let message = format!("the session `{}` is listed twice", s.session);
                found.add("D2", Some(&s.dispute), at, message);
                self.whole = false;
                continue;
            }
            self.dates[d][k] = Some(Date { at: i, start });
            for (j, id) in s.interpreters.iter().enumerate() {
                if let Some(&interpreter) = facts.interpreter_ix.get(id.as_str()) {
                    // WHY no third time: to be in two booths at once is what S2 finds, and finds for every two.
                    let own = &mut self.voices[d][k];
                    if own.iter().filter(|other| **other == interpreter).count() < 2 {
                        own.push(interpreter);
                    }
                } else {
                    let message = format!("there is no interpreter `{id}`");
                    let pointer = format!("/sessions/{i}/interpreters/{j}");
                    found.add("D1", Some(&s.dispute), pointer, message);
                    self.whole = false;
                }
            }
        }
        if let Some(w) = order.windows(2).find(|w| w[0].0 > w[1].0) {
            let message = "the sessions do not stand in the order of the instance";
            found.add("D2", None, format!("/sessions/{}", w[1].1), message);
        }
    }

    /// Everyone who attends a session of a dispute that is not over, as actors: the parties' people, the panel, the
    /// interpreters. One who interprets twice stands here twice.
    pub(super) fn attending(
        &self,
        facts: &Facts<'_>,
        dispute: usize,
        session: usize,
    ) -> Vec<usize> {
        let own = facts.disputes.get(dispute).and_then(|d| d.sessions.get(session));
        if own.is_some_and(|session| session.held) {
            return Vec::new();
        }
        let mut people: Vec<usize> = own.map(|s| s.people.clone()).unwrap_or_default();
        people.extend(self.members(facts, dispute));
        people.sort_unstable();
        people.dedup();
        people.extend(self.interpreters(facts, dispute, session));
        people
    }

    /// The panel of a dispute, as actors.
    pub(super) fn members(&self, facts: &Facts<'_>, dispute: usize) -> Vec<usize> {
        let panel = self.panels.get(dispute).and_then(Option::as_ref);
        let members = panel.map(Panel::members).unwrap_or_default();
        members.into_iter().filter_map(|m| facts.actor_of.get(m).copied()).collect()
    }

    /// The interpreters of a session, as actors.
    pub(super) fn interpreters(
        &self,
        facts: &Facts<'_>,
        dispute: usize,
        session: usize,
    ) -> Vec<usize> {
        let own = self.voices.get(dispute).and_then(|d| d.get(session));
        own.into_iter().flatten().filter_map(|i| facts.voices.get(*i).copied()).collect()
    }

    /// Whether a dispute has a panel and all its sessions.
    pub(super) fn served(&self, dispute: usize) -> bool {
        self.panels.get(dispute).is_some_and(Option::is_some)
            && self.dates.get(dispute).is_some_and(|d| d.iter().all(Option::is_some))
    }
}

/// The head of the document: schema, instance, digest.
pub(super) fn head(facts: &Facts<'_>, doc: &SolutionDoc, digest: &str, found: &mut Findings) {
    if doc.schema != SOLUTION_SCHEMA {
        let message = format!("the schema is `{}`, not `{SOLUTION_SCHEMA}`", doc.schema);
        found.add("D1", None, "/schema", message);
    }
    if doc.instance.id != facts.doc.id {
        let message = format!("it answers `{}`, not `{}`", doc.instance.id, facts.doc.id);
        found.add("D1", None, "/instance/id", message);
    }
    if doc.instance.digest != digest {
        let message = format!("the instance has the digest `{digest}`");
        found.add("D1", None, "/instance/digest", message);
    }
}
