//! The instance as the checker reads it: dense indices, whole numbers, nothing decided yet.
//!
//! * Takes an `InstanceDoc`, gives `Facts`. Ids that lead nowhere are skipped: `validate` has
//!   reported them; here they must only do no harm.
//! * The first of two equal ids counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{
    AttendeesDoc, BUILT_IN_PROFILES, CalendarDoc, ConflictRulesDoc, DisputeDoc, InstanceDoc,
    LanguageLevel, MediatorDoc, NationalityDoc, PlaceDoc, PolicyDoc, Role, RulesDoc, ScoreDoc,
    SessionDoc, SessionMode, StateDoc,
};

use super::clock::{self, Clock, DAY};
use super::hours::{Burden, Grid, Opening, Schedule};

/// More slots than any valid horizon has: 400 days of 5 minutes, and some.
const MOST_SLOTS: i64 = 120_000;

/// A nationality with its days, both inclusive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nationality<'a> {
    pub(super) state: &'a str,
    pub(super) from: i64,
    pub(super) to: i64,
}

/// The time of someone who can attend.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) clock: Clock,
    pub(super) schedule: Schedule,
}

/// A place.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    pub(super) doc: &'a PlaceDoc,
    pub(super) clock: Clock,
    pub(super) opening: Opening,
}

/// A session with what format.md says about it, in minutes.
#[derive(Debug, Clone)]
pub(super) struct Session<'a> {
    pub(super) doc: &'a SessionDoc,
    pub(super) minutes: i64,
    /// The attending parties and their people, each once a party.
    pub(super) parties: Vec<(&'a str, Vec<usize>)>,
    /// Everyone who attends for a party, each once.
    pub(super) people: Vec<usize>,
    /// The place that hosts it.
    pub(super) place: Option<usize>,
    /// The place on whose clock everybody's time is read.
    pub(super) on_site: Option<usize>,
    pub(super) min_gap: i64,
    pub(super) max_gap: Option<i64>,
    pub(super) not_before: Option<i64>,
    pub(super) due: Option<i64>,
    pub(super) locked: Option<i64>,
}

/// A dispute.
#[derive(Debug, Clone)]
pub(super) struct Dispute<'a> {
    pub(super) doc: &'a DisputeDoc,
    pub(super) priority: i64,
    pub(super) size: usize,
    pub(super) chair: bool,
    pub(super) tests: Vec<i64>,
    pub(super) parties: Vec<usize>,
    pub(super) counsel: Vec<usize>,
    pub(super) representatives: Vec<usize>,
    /// Why it may not be mediated (G1).
    pub(super) barred: Option<String>,
    pub(super) sessions: Vec<Session<'a>>,
    pub(super) required: Vec<(usize, Option<Role>)>,
    pub(super) forbidden: BTreeSet<usize>,
    /// Micro-units, by mediator.
    pub(super) fit: Vec<i64>,
    /// Minutes, by mediator.
    pub(super) effort: Vec<i64>,
    /// Whether the pair has a score, by mediator.
    pub(super) scored: Vec<bool>,
}

/// The instance as the checker reads it.
#[derive(Debug, Clone)]
pub(super) struct Facts<'a> {
    pub(super) doc: &'a InstanceDoc,
    pub(super) rules: RulesDoc,
    pub(super) as_of: i64,
    pub(super) grid: Grid,
    pub(super) actors: Vec<&'a str>,
    pub(super) actor_ix: BTreeMap<&'a str, usize>,
    pub(super) nationalities: Vec<Vec<Nationality<'a>>>,
    pub(super) states: BTreeMap<&'a str, &'a StateDoc>,
    pub(super) people: Vec<Option<Person>>,
    pub(super) mediators: Vec<&'a MediatorDoc>,
    pub(super) mediator_ix: BTreeMap<&'a str, usize>,
    /// The actor that each mediator is.
    pub(super) actor_of: Vec<usize>,
    pub(super) places: Vec<Place<'a>>,
    pub(super) disputes: Vec<Dispute<'a>>,
    pub(super) dispute_ix: BTreeMap<&'a str, usize>,
    pub(super) level: LanguageLevel,
    pub(super) w_fit: i64,
    pub(super) w_burden: i64,
    pub(super) w_balance: i64,
}

impl<'a> Facts<'a> {
    /// Reads an instance.
    pub(super) fn new(doc: &'a InstanceDoc) -> Self {
        let policy = doc.policy.as_ref();
        let weights = policy.and_then(|p| p.weights.as_ref());
        let weight = |own: Option<crate::format::Decimal>, usual: i64| {
            own.map_or(usual, crate::format::Decimal::micro).max(0)
        };
        let mut facts = Facts {
            doc,
            rules: rules(policy),
            as_of: clock::day(&doc.as_of).unwrap_or(0),
            grid: grid(doc),
            actors: Vec::new(),
            actor_ix: BTreeMap::new(),
            nationalities: Vec::new(),
            states: BTreeMap::new(),
            people: Vec::new(),
            mediators: Vec::new(),
            mediator_ix: BTreeMap::new(),
            actor_of: Vec::new(),
            places: Vec::new(),
            disputes: Vec::new(),
            dispute_ix: BTreeMap::new(),
            level: policy.and_then(|p| p.language_level).unwrap_or(LanguageLevel::C1),
            w_fit: weight(weights.and_then(|w| w.fit), 1_000_000),
            w_burden: weight(weights.and_then(|w| w.burden), 200),
            w_balance: weight(weights.and_then(|w| w.balance), 20_000),
        };
        facts.read_actors();
        facts.read_places();
        facts.read_disputes();
        facts
    }

    fn add_actor(&mut self, id: &'a str, nationalities: &'a [NationalityDoc]) -> Option<usize> {
        if self.actor_ix.contains_key(id) {
            return None;
        }
        let index = self.actors.len();
        self.actor_ix.insert(id, index);
        self.actors.push(id);
        self.people.push(None);
        self.nationalities.push(
            nationalities
                .iter()
                .map(|n| Nationality {
                    state: &n.state,
                    from: n.from.as_deref().and_then(clock::day).unwrap_or(i64::MIN),
                    to: n.to.as_deref().and_then(clock::day).unwrap_or(i64::MAX),
                })
                .collect(),
        );
        Some(index)
    }

    fn read_actors(&mut self) {
        let doc = self.doc;
        let time = doc.policy.as_ref().and_then(|p| p.working_time.as_ref());
        for state in &doc.states {
            if self.add_actor(&state.id, &[]).is_some() {
                self.states.insert(&state.id, state);
            }
        }
        for body in &doc.organisations {
            self.add_actor(&body.id, &body.nationalities);
        }
        for p in &doc.people {
            if let Some(index) = self.add_actor(&p.id, &p.nationalities) {
                let clock = self.clock(p.time_zone.as_deref(), p.calendar.as_deref());
                let schedule = Schedule::new(time, &p.working_hours, &p.busy);
                self.people[index] = Some(Person { clock, schedule });
            }
        }
        for m in &doc.mediators {
            if let Some(index) = self.add_actor(&m.id, &m.nationalities) {
                let clock = self.clock(m.time_zone.as_deref(), m.calendar.as_deref());
                let schedule = Schedule::new(time, &m.working_hours, &m.busy);
                self.people[index] = Some(Person { clock, schedule });
                self.mediator_ix.insert(&m.id, self.mediators.len());
                self.mediators.push(m);
                self.actor_of.push(index);
            }
        }
        for i in &doc.interpreters {
            self.add_actor(&i.id, &i.nationalities);
        }
    }

    fn read_places(&mut self) {
        for doc in &self.doc.places {
            let clock = self.clock(Some(&doc.time_zone), doc.calendar.as_deref());
            self.places.push(Place { doc, clock, opening: Opening::new(&doc.opening_hours) });
        }
    }

    fn clock(&self, zone: Option<&str>, calendar: Option<&str>) -> Clock {
        let calendar: Option<&CalendarDoc> =
            calendar.and_then(|id| self.doc.calendars.iter().find(|c| c.id == id));
        Clock::new(zone, calendar)
    }

    fn read_disputes(&mut self) {
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
        let actor = |id: &String| self.actor_ix.get(id.as_str()).copied();
        let mut tests = vec![self.as_of];
        tests.extend(doc.opened.as_deref().and_then(clock::day));
        let dates = doc.parties.iter().filter_map(|p| p.consent.as_ref()?.date.as_deref());
        tests.extend(dates.filter_map(clock::day));
        let locks = self.doc.locks.as_ref();
        let mine = |id: &str| id == doc.id;
        let mediator = |id: &String| self.mediator_ix.get(id.as_str()).copied();
        let required = locks.map(|l| l.require.as_slice()).unwrap_or_default();
        let forbidden = locks.map(|l| l.forbid.as_slice()).unwrap_or_default();
        let sessions: Vec<Session<'a>> =
            doc.sessions.iter().map(|s| self.session(doc, s)).collect();
        let length: i64 = sessions.iter().map(|s| s.minutes).sum();
        let mut dispute = Dispute {
            doc,
            priority: i64::from(doc.priority.unwrap_or(1)),
            size: doc.panel.size as usize,
            chair: doc.panel.chair.unwrap_or(doc.panel.size == 3),
            tests,
            parties: doc.parties.iter().filter_map(|p| actor(&p.actor)).collect(),
            counsel: doc.parties.iter().flat_map(|p| &p.counsel).filter_map(actor).collect(),
            representatives: doc
                .parties
                .iter()
                .flat_map(|p| &p.representatives)
                .filter_map(actor)
                .collect(),
            barred: self.barred(doc),
            sessions,
            required: required
                .iter()
                .filter(|l| mine(&l.dispute))
                .filter_map(|l| Some((mediator(&l.mediator)?, l.role)))
                .collect(),
            forbidden: forbidden
                .iter()
                .filter(|l| mine(&l.dispute))
                .filter_map(|l| mediator(&l.mediator))
                .collect(),
            fit: self.mediators.iter().map(|m| mean_expertise(m, doc)).collect(),
            effort: vec![length; self.mediators.len()],
            scored: vec![false; self.mediators.len()],
        };
        if let Some(scores) = scores {
            for (id, fit) in scores.fit.iter() {
                if let Some(&m) = self.mediator_ix.get(id) {
                    dispute.fit[m] = fit.micro();
                    dispute.scored[m] = true;
                }
            }
            for (id, hours) in scores.hours.iter() {
                if let Some(&m) = self.mediator_ix.get(id) {
                    let micro = i128::from(hours.micro()) * 60;
                    dispute.effort[m] = clamp(-(-micro).div_euclid(1_000_000));
                }
            }
        }
        dispute
    }

    fn barred(&self, doc: &DisputeDoc) -> Option<String> {
        doc.parties.iter().find_map(|party| {
            if party.consent.as_ref().is_some_and(|c| !c.given) {
                return Some(format!("party `{}` has not consented", party.id));
            }
            let state = self.states.get(party.actor.as_str())?;
            let subject = doc.subjects.iter().find(|s| state.exclusions.contains(s))?;
            Some(format!("`{}` has excluded the subject `{subject}`", state.id))
        })
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
            not_before: doc.not_before.as_deref().and_then(clock::instant),
            due: doc.due.as_deref().and_then(clock::instant),
            locked: locks
                .iter()
                .find(|l| l.dispute == dispute.id && l.session == doc.id)
                .and_then(|l| clock::instant(&l.start)),
        }
    }

    /// The clock on which a session reads someone's time.
    pub(super) fn clock_at(&self, actor: usize, on_site: Option<usize>) -> Option<&Clock> {
        match on_site {
            Some(place) => self.places.get(place).map(|p| &p.clock),
            None => self.people.get(actor)?.as_ref().map(|p| &p.clock),
        }
    }

    /// Availability and burden of someone in a session that starts at a minute.
    pub(super) fn attendance(&self, actor: usize, session: &Session<'_>, start: i64) -> Burden {
        let person = self.people.get(actor).and_then(Option::as_ref);
        match person.zip(self.clock_at(actor, session.on_site)) {
            Some((person, clock)) => {
                person.schedule.span(clock, start, start.saturating_add(session.minutes))
            }
            None => Burden { free: false, points: 0 },
        }
    }

    /// The States whose nationality an actor has on any of the days.
    pub(super) fn nationals(&self, actor: usize, days: &[i64]) -> BTreeSet<&'a str> {
        self.nationalities
            .get(actor)
            .into_iter()
            .flatten()
            .filter(|n| days.iter().any(|d| n.from <= *d && *d <= n.to))
            .map(|n| n.state)
            .collect()
    }

    /// Whether a mediator speaks a language.
    pub(super) fn speaks(&self, mediator: usize, language: &str) -> bool {
        self.mediators
            .get(mediator)
            .and_then(|m| m.languages.get(language))
            .is_some_and(|level| *level >= self.level)
    }

    /// Capacity in disputes: never more than there are.
    pub(super) fn cases(&self, mediator: usize) -> i64 {
        let own = self.mediators.get(mediator).and_then(|m| m.capacity.as_ref()?.cases);
        let all = self.disputes.len() as i64;
        own.map_or(all, |cases| i64::from(cases).min(all))
    }

    /// Capacity in minutes.
    pub(super) fn hours(&self, mediator: usize) -> Option<i64> {
        let hours = self.mediators.get(mediator)?.capacity.as_ref()?.hours?;
        Some(clamp((i128::from(hours.micro()) * 60).div_euclid(1_000_000)))
    }

    /// What a seat is worth in the quality tier, in micro-units.
    pub(super) fn seat(&self, dispute: &Dispute<'_>, mediator: usize) -> i64 {
        let fit = dispute.fit.get(mediator).copied().unwrap_or(0);
        clamp((i128::from(self.w_fit) * i128::from(fit)).div_euclid(1_000_000))
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

fn rules(policy: Option<&PolicyDoc>) -> RulesDoc {
    let named = |name: &str| {
        let text = BUILT_IN_PROFILES.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)?;
        serde_json::from_str(text).ok()
    };
    let own = match policy.and_then(|p| p.conflict_rules.as_ref()) {
        Some(ConflictRulesDoc::Inline(rules)) => Some((**rules).clone()),
        Some(ConflictRulesDoc::Profile(name)) => named(name),
        None => None,
    };
    own.or_else(|| named("strict")).unwrap_or_default()
}

fn grid(doc: &InstanceDoc) -> Grid {
    let slot = i64::from(doc.slot_minutes.unwrap_or(30).clamp(1, DAY as u32));
    let start = clock::instant(&doc.horizon.start).unwrap_or(0);
    let end = clock::instant(&doc.horizon.end).unwrap_or(start);
    let slots = (end.saturating_sub(start) / slot).clamp(0, MOST_SLOTS) as usize;
    Grid { start, slot, slots }
}

/// A wide number brought into range.
pub(super) fn clamp(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}
