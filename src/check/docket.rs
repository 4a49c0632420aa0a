//! The docket as the checker reads it: disputes and their sessions.
//!
//! * Takes the documents of disputes, scores and locks; gives each [`Dispute`] with its
//!   [`Session`]s, in the order of the instance.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{
    AppointmentMode, AttendeesDoc, Decimal, DisputeClass, DisputeDoc, MediatorDoc,
    NationalityPolicy, PartyDoc, Role, ScoreDoc, Scores, SessionDoc, SessionMode,
};

use super::booths;
use super::clock::{self, DAY};
use super::deadlines::{self, Window};
use super::facts::{Dispute, Facts, Session, clamp};
use super::gates;
use super::rooms::Need;

impl<'a> Facts<'a> {
    /// Reads every dispute; the actors are known.
    pub(super) fn read_disputes(&mut self) {
        let mut scores: BTreeMap<&str, &ScoreDoc> = BTreeMap::new();
        for score in &self.doc.scores {
            scores.entry(&score.dispute).or_insert(score);
        }
        for doc in &self.doc.disputes {
            if self.dispute_ix.contains_key(doc.id.as_str()) {
                continue;
            }
            let dispute = self.dispute(doc, scores.get(doc.id.as_str()).copied());
            self.dispute_ix.insert(&doc.id, self.disputes.len());
            self.disputes.push(dispute);
        }
    }

    fn dispute(&self, doc: &'a DisputeDoc, scores: Option<&ScoreDoc>) -> Dispute<'a> {
        let actor = |id: &String| self.actor(id);
        let of_parties = |list: fn(&PartyDoc) -> &Vec<String>| -> Vec<usize> {
            doc.parties.iter().flat_map(list).filter_map(actor).collect()
        };
        let mut tests = vec![self.as_of];
        tests.extend(doc.opened.as_deref().and_then(clock::day));
        let dates = doc.parties.iter().filter_map(|p| p.consent.as_ref()?.date.as_deref());
        tests.extend(dates.filter_map(clock::day));
        let locks = self.doc.locks.as_ref();
        let mine = |id: &str| id == doc.id;
        let mediator = |id: &String| self.mediator_ix.get(id.as_str()).copied();
        let required = locks.map(|l| l.require.as_slice()).unwrap_or_default();
        let forbidden = locks.map(|l| l.forbid.as_slice()).unwrap_or_default();
        let sessions = self.sessions(doc);
        let length: i64 = sessions.iter().map(|s| s.minutes).sum();
        let mut dispute = Dispute {
            doc,
            node: self.actors.len() + self.disputes.len(),
            priority: i64::from(doc.priority.unwrap_or(1)),
            size: doc.panel.size as usize,
            chair: doc.panel.chair.unwrap_or(doc.panel.size == 3),
            tests,
            parties: doc.parties.iter().filter_map(|p| actor(&p.actor)).collect(),
            counsel: of_parties(|p| &p.counsel),
            representatives: of_parties(|p| &p.representatives),
            experts: of_parties(|p| &p.experts),
            third_states: doc.third_states.iter().filter_map(|s| actor(&s.state)).collect(),
            sides: self.sides(doc),
            policy: self.nationality_policy(doc.class),
            agreed: doc.panel.mode == Some(AppointmentMode::PartyAgreed),
            barred: gates::barred(self, doc),
            sessions,
            required: once(
                required
                    .iter()
                    .filter(|l| mine(&l.dispute))
                    .filter_map(|l| Some((mediator(&l.mediator)?, l.role))),
            ),
            forbidden: forbidden
                .iter()
                .filter(|l| mine(&l.dispute))
                .filter_map(|l| mediator(&l.mediator))
                .collect(),
            usual_fit: if doc.subjects.is_empty() {
                Vec::new()
            } else {
                self.mediators.iter().map(|m| mean_expertise(m, doc)).collect()
            },
            usual_effort: length,
            scored_fit: Vec::new(),
            scored_effort: Vec::new(),
        };
        if let Some(scores) = scores {
            let minutes = |hours: i64| clamp(-(-(i128::from(hours) * 60)).div_euclid(1_000_000));
            dispute.scored_fit = self.scored(&scores.fit, |fit| fit);
            dispute.scored_effort = self.scored(&scores.hours, minutes);
        }
        dispute
    }

    /// Scores by mediator, sorted; of two for one mediator the later counts.
    fn scored(&self, scores: &Scores, read: impl Fn(i64) -> i64) -> Vec<(usize, i64)> {
        let known =
            |(id, value): (&str, Decimal)| Some((*self.mediator_ix.get(id)?, read(value.micro())));
        let mut list: Vec<(usize, i64)> = scores.iter().filter_map(known).collect();
        list.sort_by_key(|(m, _)| *m);
        list.dedup_by(|later, kept| {
            let again = later.0 == kept.0;
            if again {
                kept.1 = later.1;
            }
            again
        });
        list
    }

    fn sides(&self, doc: &'a DisputeDoc) -> Vec<(&'a str, BTreeSet<usize>)> {
        let mut sides: Vec<(&str, BTreeSet<usize>)> = Vec::new();
        for party in &doc.parties {
            let name = party.side.as_deref().unwrap_or(&party.id);
            let place = sides.iter().position(|(n, _)| *n == name).unwrap_or(sides.len());
            if place == sides.len() {
                sides.push((name, BTreeSet::new()));
            }
            sides[place].1.extend(self.actor(&party.actor));
        }
        sides
    }

    fn nationality_policy(&self, class: DisputeClass) -> NationalityPolicy {
        let own = self.doc.policy.as_ref().and_then(|p| p.nationality.as_ref());
        own.and_then(|n| match class {
            DisputeClass::StateState => n.state_state,
            DisputeClass::StateInvestor => n.state_investor,
            DisputeClass::Commercial => n.commercial,
        })
        .unwrap_or(NationalityPolicy::Strict)
    }

    /// The sessions with what their order and the deadlines add.
    fn sessions(&self, doc: &'a DisputeDoc) -> Vec<Session<'a>> {
        let mut sessions: Vec<Session<'a>> =
            doc.sessions.iter().map(|s| self.session(doc, s)).collect();
        for later in 1..sessions.len() {
            let before = sessions[later - 1].on_site;
            let this = &mut sessions[later];
            let both = before.is_some() && this.on_site.is_some();
            let way = if both { self.journey(before, this.on_site) } else { 0 };
            this.min_gap = this.min_gap.max(self.rest).max(way);
        }
        let mut windows: Vec<Window> = sessions.iter().map(|s| s.window).collect();
        if let Some((last, due)) =
            windows.last_mut().zip(doc.due.as_deref().and_then(clock::instant))
        {
            last.ends_by(due, self.lateness);
        }
        deadlines::apply(self, doc, &mut windows);
        sessions.iter_mut().zip(windows).for_each(|(session, window)| session.window = window);
        sessions
    }

    fn session(&self, dispute: &'a DisputeDoc, doc: &'a SessionDoc) -> Session<'a> {
        let attends = |id: &String| match &doc.attendees {
            AttendeesDoc::All => true,
            AttendeesDoc::Parties(ids) => ids.contains(id),
        };
        let mut parties = Vec::new();
        let mut everyone = BTreeSet::new();
        for party in dispute.parties.iter().filter(|p| attends(&p.id)) {
            let people: BTreeSet<usize> = party
                .representatives
                .iter()
                .chain(&party.counsel)
                .filter_map(|id| self.actor_ix.get(id.as_str()).copied())
                .filter(|&a| self.people.get(a).is_some_and(Option::is_some))
                .collect();
            everyone.extend(people.iter().copied());
            parties.push((party.id.as_str(), people.into_iter().collect()));
        }
        let mode = doc.mode.unwrap_or(SessionMode::Remote);
        let place = doc
            .place
            .as_ref()
            .filter(|_| mode != SessionMode::Remote)
            .and_then(|id| self.places.iter().position(|p| p.doc.id == *id));
        let mut window = Window {
            not_before: doc.not_before.as_deref().and_then(clock::instant),
            ..Window::default()
        };
        if let Some(due) = doc.due.as_deref().and_then(clock::instant) {
            window.ends_by(due, self.lateness);
        }
        let panel = dispute.panel.size as usize;
        let rooms = Need::new(mode, doc.breakout_rooms, &parties, everyone.len(), panel);
        let days = |n: u32| i64::from(n) * DAY;
        let locks = self.doc.locks.as_ref().map(|l| l.sessions.as_slice()).unwrap_or_default();
        Session {
            doc,
            minutes: i64::from(doc.minutes).min(DAY),
            parties,
            people: everyone.into_iter().collect(),
            place,
            on_site: place.filter(|_| mode == SessionMode::InPerson),
            min_gap: doc.after.as_ref().and_then(|a| a.min_days).map_or(0, days),
            max_gap: doc.after.as_ref().and_then(|a| a.max_days).map(days),
            window,
            rooms,
            booths: booths::booths(self.doc, doc),
            locked: locks
                .iter()
                .find(|l| l.dispute == dispute.id && l.session == doc.id)
                .and_then(|l| clock::instant(&l.start)),
            held: false,
        }
    }
}

fn mean_expertise(mediator: &MediatorDoc, dispute: &DisputeDoc) -> i64 {
    let count = dispute.subjects.len() as i128;
    if count == 0 {
        return 0;
    }
    let sum: i128 = dispute
        .subjects
        .iter()
        .map(|s| mediator.expertise.get(s).map_or(0, |e| i128::from(e.micro())))
        .sum();
    clamp(sum.div_euclid(count))
}

/// Required mediators, each once, with the role where some entry names one.
fn once(entries: impl Iterator<Item = (usize, Option<Role>)>) -> Vec<(usize, Option<Role>)> {
    let mut all: Vec<(usize, Option<Role>)> = Vec::new();
    for (mediator, role) in entries {
        match all.iter_mut().find(|(other, _)| *other == mediator) {
            Some((_, known)) => *known = known.or(role),
            None => all.push((mediator, role)),
        }
    }
    all
}
