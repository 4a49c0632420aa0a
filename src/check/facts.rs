//! The instance as the checker reads it: dense indices, whole numbers, nothing decided yet.
//!
//! * Takes an `InstanceDoc`, gives `Facts`. Ids that lead nowhere are skipped: `validate` has
//!   reported them; here they must only do no harm.
//! * The first of two equal ids counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{
    BurdenSharing, DisputeDoc, Fairness, InstanceDoc, LanguageLevel, Lateness, MediatorDoc,
    NationalityDoc, NationalityPolicy, NodeKind, OrganisationKind, PlaceDoc, PolicyDoc, Role,
    SessionDoc, StateDoc,
};

use super::booths::Booth;
use super::clock::{self, Clock, DAY};
use super::deadlines::Window;
use super::former::Former;
use super::hours::{Grid, Opening};
use super::people::{Person, PersonDocs};
use super::rooms::Need;
use super::rules::Profile;

/// More slots than any valid horizon has: 400 days of 5 minutes, and some.
const MOST_SLOTS: i64 = 120_000;

/// A nationality with its days, both inclusive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nationality<'a> {
    pub(super) state: &'a str,
    pub(super) from: i64,
    pub(super) to: i64,
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
    /// Fewest minutes after the session before; rest and the journey between two places included.
    pub(super) min_gap: i64,
    pub(super) max_gap: Option<i64>,
    /// What the session, the dispute and its deadlines ask together.
    pub(super) window: Window,
    pub(super) locked: Option<i64>,
    /// Whether it is over: it stays where it was, needs nobody and takes nothing.
    pub(super) held: bool,
    pub(super) rooms: Need,
    pub(super) booths: Vec<Booth>,
}

/// A dispute.
#[derive(Debug, Clone)]
pub(super) struct Dispute<'a> {
    pub(super) doc: &'a DisputeDoc,
    /// Its node in the conflict graph.
    pub(super) node: usize,
    pub(super) priority: i64,
    pub(super) size: usize,
    pub(super) chair: bool,
    pub(super) tests: Vec<i64>,
    pub(super) parties: Vec<usize>,
    pub(super) counsel: Vec<usize>,
    pub(super) representatives: Vec<usize>,
    pub(super) experts: Vec<usize>,
    pub(super) third_states: Vec<usize>,
    /// The sides and the actors of their parties, in the order of the parties.
    pub(super) sides: Vec<(&'a str, BTreeSet<usize>)>,
    /// The nationality policy of its class.
    pub(super) policy: NationalityPolicy,
    /// Whether the parties agree on the panel.
    pub(super) agreed: bool,
    /// Why it may not be mediated (G1).
    pub(super) barred: Option<String>,
    pub(super) sessions: Vec<Session<'a>>,
    pub(super) required: Vec<(usize, Option<Role>)>,
    pub(super) forbidden: BTreeSet<usize>,
    /// Micro-units by mediator where nothing is scored; empty where that is 0 for all.
    pub(super) usual_fit: Vec<i64>,
    /// Minutes where nothing is scored.
    pub(super) usual_effort: i64,
    /// Mediators and their fit in micro-units, their effort in minutes, sorted.
    pub(super) scored_fit: Vec<(usize, i64)>,
    pub(super) scored_effort: Vec<(usize, i64)>,
}

impl Dispute<'_> {
    /// Fit of a mediator, in micro-units.
    pub(super) fn fit(&self, mediator: usize) -> i64 {
        let usual = || self.usual_fit.get(mediator).copied().unwrap_or(0);
        own(&self.scored_fit, mediator).unwrap_or_else(usual)
    }

    /// Effort of a mediator, in minutes.
    pub(super) fn effort(&self, mediator: usize) -> i64 {
        own(&self.scored_effort, mediator).unwrap_or(self.usual_effort)
    }

    /// Whether a mediator has a fit of her own here.
    pub(super) fn scored(&self, mediator: usize) -> bool {
        own(&self.scored_fit, mediator).is_some()
    }
}

fn own(list: &[(usize, i64)], mediator: usize) -> Option<i64> {
    let at = list.binary_search_by_key(&mediator, |(m, _)| *m).ok()?;
    list.get(at).map(|(_, value)| *value)
}

/// The instance as the checker reads it.
#[derive(Debug, Clone)]
pub(super) struct Facts<'a> {
    pub(super) doc: &'a InstanceDoc,
    pub(super) profile: Profile,
    pub(super) as_of: i64,
    pub(super) grid: Grid,
    pub(super) actors: Vec<&'a str>,
    pub(super) kinds: Vec<NodeKind>,
    pub(super) actor_ix: BTreeMap<&'a str, usize>,
    pub(super) nationalities: Vec<Vec<Nationality<'a>>>,
    pub(super) states: BTreeMap<&'a str, &'a StateDoc>,
    pub(super) people: Vec<Option<Person>>,
    pub(super) mediators: Vec<&'a MediatorDoc>,
    pub(super) mediator_ix: BTreeMap<&'a str, usize>,
    /// The actor that each mediator is.
    pub(super) actor_of: Vec<usize>,
    pub(super) places: Vec<Place<'a>>,
    /// The actor that administers the docket.
    pub(super) institution: Option<usize>,
    pub(super) disputes: Vec<Dispute<'a>>,
    pub(super) dispute_ix: BTreeMap<&'a str, usize>,
    pub(super) level: LanguageLevel,
    /// The interpreters by id, and the actor that each is.
    pub(super) interpreter_ix: BTreeMap<&'a str, usize>,
    pub(super) voices: Vec<usize>,
    /// Minutes between two sessions of one person.
    pub(super) rest: i64,
    /// Most minutes of sessions of one person on one date.
    pub(super) day_minutes: Option<i64>,
    pub(super) lateness: Lateness,
    /// Whether what the worse-off sides bear comes before quality.
    pub(super) sides_first: bool,
    pub(super) worst_first: bool,
    /// The levels of service that come before quality, rising.
    pub(super) levels: Vec<i64>,
    pub(super) w_fit: i64,
    pub(super) w_burden: i64,
    pub(super) w_fairness: i64,
    pub(super) w_lateness: i64,
    pub(super) w_balance: i64,
    pub(super) w_rotation: i64,
    pub(super) w_disruption: i64,
    /// For how many days sessions of an earlier plan move only if they must.
    pub(super) freeze_days: i64,
    /// By dispute, what an earlier plan gave it; empty where there is none to keep to.
    pub(super) former: Vec<Former>,
    /// By mediator, the appointments that rotation looks back on.
    pub(super) recent: Vec<i64>,
}

impl<'a> Facts<'a> {
    /// Reads an instance.
    pub(super) fn new(doc: &'a InstanceDoc) -> Self {
        let policy = doc.policy.as_ref();
        let weights = policy.and_then(|p| p.weights.as_ref());
        let workload = policy.and_then(|p| p.workload.as_ref());
        let weight = |own: Option<crate::format::Decimal>, usual: i64| {
            own.map_or(usual, crate::format::Decimal::micro).max(0)
        };
        let mut facts = Facts {
            doc,
            profile: Profile::new(policy),
            as_of: clock::day(&doc.as_of).unwrap_or(0),
            grid: grid(doc),
            actors: Vec::new(),
            kinds: Vec::new(),
            actor_ix: BTreeMap::new(),
            nationalities: Vec::new(),
            states: BTreeMap::new(),
            people: Vec::new(),
            mediators: Vec::new(),
            mediator_ix: BTreeMap::new(),
            actor_of: Vec::new(),
            places: Vec::new(),
            institution: None,
            disputes: Vec::new(),
            dispute_ix: BTreeMap::new(),
            interpreter_ix: BTreeMap::new(),
            voices: Vec::new(),
            rest: workload.and_then(|w| w.rest_minutes).map_or(0, i64::from),
            day_minutes: workload.and_then(|w| w.day_minutes).map(i64::from),
            lateness: policy.and_then(|p| p.lateness).unwrap_or(Lateness::Barred),
            sides_first: policy.and_then(|p| p.burden_sharing)
                == Some(BurdenSharing::WorseOffFirst),
            worst_first: policy.and_then(|p| p.fairness) == Some(Fairness::MaxMin),
            levels: levels(policy),
            level: policy.and_then(|p| p.language_level).unwrap_or(LanguageLevel::C1),
            w_fit: weight(weights.and_then(|w| w.fit), 1_000_000),
            w_burden: weight(weights.and_then(|w| w.burden), 200),
            w_fairness: weight(weights.and_then(|w| w.fairness), 200),
            w_lateness: weight(weights.and_then(|w| w.lateness), 50_000),
            w_balance: weight(weights.and_then(|w| w.balance), 20_000),
            w_rotation: weight(weights.and_then(|w| w.rotation), 0),
            w_disruption: weight(weights.and_then(|w| w.disruption), 1_000_000),
            freeze_days: policy.and_then(|p| p.freeze_days).map_or(0, i64::from),
            former: Vec::new(),
            recent: Vec::new(),
        };
        facts.read_actors();
        facts.read_recent(policy.and_then(|p| p.rotation_years).unwrap_or(3));
        facts.institution =
            policy.and_then(|p| p.institution.as_deref()).and_then(|id| facts.actor(id));
        facts.read_places();
        facts.read_disputes();
        facts
    }

    fn add_actor(
        &mut self,
        id: &'a str,
        kind: NodeKind,
        nationalities: &'a [NationalityDoc],
    ) -> Option<usize> {
        if self.actor_ix.contains_key(id) {
            return None;
        }
        let index = self.actors.len();
        self.actor_ix.insert(id, index);
        self.actors.push(id);
        self.kinds.push(kind);
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
        for state in &doc.states {
            if self.add_actor(&state.id, NodeKind::State, &[]).is_some() {
                self.states.insert(&state.id, state);
            }
        }
        for body in &doc.organisations {
            self.add_actor(&body.id, kind(body.kind), &body.nationalities);
        }
        for p in &doc.people {
            if let Some(index) = self.add_actor(&p.id, NodeKind::Person, &p.nationalities) {
                self.people[index] = Some(self.person(&PersonDocs {
                    zone: p.time_zone.as_deref(),
                    calendar: p.calendar.as_deref(),
                    hours: &p.working_hours,
                    busy: &p.busy,
                    base: p.base.as_deref(),
                    stays: &p.stays,
                }));
            }
        }
        for m in &doc.mediators {
            if let Some(index) = self.add_actor(&m.id, NodeKind::Mediator, &m.nationalities) {
                self.people[index] = Some(self.person(&PersonDocs {
                    zone: m.time_zone.as_deref(),
                    calendar: m.calendar.as_deref(),
                    hours: &m.working_hours,
                    busy: &m.busy,
                    base: m.base.as_deref(),
                    stays: &m.stays,
                }));
                self.mediator_ix.insert(&m.id, self.mediators.len());
                self.mediators.push(m);
                self.actor_of.push(index);
            }
        }
        for (position, i) in doc.interpreters.iter().enumerate() {
            let added = self.add_actor(&i.id, NodeKind::Person, &i.nationalities);
            // WHY: where an id is taken, its first owner counts.
            self.voices.push(added.unwrap_or(usize::MAX));
            if let Some(index) = added {
                self.people[index] = Some(self.person(&PersonDocs {
                    zone: i.time_zone.as_deref(),
                    calendar: i.calendar.as_deref(),
                    hours: &i.working_hours,
                    busy: &i.busy,
                    base: i.base.as_deref(),
                    stays: &i.stays,
                }));
                self.interpreter_ix.insert(&i.id, position);
            }
        }
    }

    /// Counts who was appointed in the years up to `as_of`.
    fn read_recent(&mut self, years: u32) {
        let period = clock::years_before(self.as_of, years)..=self.as_of;
        self.recent = vec![0; self.mediators.len()];
        for past in &self.doc.appointments {
            let inside = clock::day(&past.date).is_some_and(|day| period.contains(&day));
            let mediator = self.mediator_ix.get(past.mediator.as_str());
            if let Some(count) = mediator.and_then(|m| self.recent.get_mut(*m)).filter(|_| inside) {
                *count += 1;
            }
        }
    }

    fn read_places(&mut self) {
        for doc in &self.doc.places {
            let clock = self.clock(Some(&doc.time_zone), doc.calendar.as_deref());
            self.places.push(Place { doc, clock, opening: Opening::new(&doc.opening_hours) });
        }
    }

    /// The actor of this id.
    pub(super) fn actor(&self, id: &str) -> Option<usize> {
        self.actor_ix.get(id).copied()
    }

    /// Minutes from one location to another, recovery included; none where one is not known.
    pub(super) fn journey(&self, from: Option<usize>, to: Option<usize>) -> i64 {
        let (Some(from), Some(to)) = (from, to) else { return 0 };
        if from == to {
            return 0;
        }
        let id = |place: usize| self.places.get(place).map_or("", |p| p.doc.id.as_str());
        let (a, b) = (id(from), id(to));
        let named = self
            .doc
            .journeys
            .iter()
            .find(|j| (j.from == a && j.to == b) || (j.from == b && j.to == a));
        let travel = self.doc.policy.as_ref().and_then(|p| p.travel.as_ref());
        let usual = travel.and_then(|t| t.default_minutes).unwrap_or(0);
        let minutes = named.map_or(usual, |j| j.minutes);
        let tires = travel.and_then(|t| t.recovery_from_minutes).is_some_and(|n| minutes >= n);
        let recovery = travel.and_then(|t| t.recovery_minutes).filter(|_| tires).unwrap_or(0);
        i64::from(minutes) + i64::from(recovery)
    }

    /// Slots between a session at one place and one at another.
    pub(super) fn slots_between(&self, from: Option<usize>, to: Option<usize>) -> i64 {
        let minutes = self.journey(from, to).max(self.rest);
        minutes.saturating_add(self.grid.slot - 1).div_euclid(self.grid.slot)
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

    /// Disputes that a mediator is to have at least.
    pub(super) fn least(&self, mediator: usize) -> i64 {
        let own = self.mediators.get(mediator).and_then(|m| m.capacity.as_ref()?.min_cases);
        i64::from(own.unwrap_or(0))
    }

    /// Whether some mediator is to have a number of disputes at least.
    pub(super) fn has_least(&self) -> bool {
        (0..self.mediators.len()).any(|m| self.least(m) > 0)
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

    /// What a seat costs in the quality tier for the past of its mediator, in micro-units.
    pub(super) fn rotation(&self, mediator: usize) -> i64 {
        let recent = self.recent.get(mediator).copied().unwrap_or(0);
        self.w_rotation.saturating_mul(recent)
    }

    /// How well mediators fit a dispute together: the mean of what each has, rounded down.
    pub(super) fn service(dispute: &Dispute<'_>, members: &[usize]) -> i64 {
        let fit: i64 = members.iter().map(|m| dispute.fit(*m)).sum();
        fit.div_euclid((members.len() as i64).max(1))
    }

    /// What the fit of a seat is worth in the quality tier, in micro-units.
    pub(super) fn seat(&self, dispute: &Dispute<'_>, mediator: usize) -> i64 {
        let fit = dispute.fit(mediator);
        clamp((i128::from(self.w_fit) * i128::from(fit)).div_euclid(1_000_000))
    }
}

/// The levels of service that `leximin` goes by: those of the policy, else every twentieth.
fn levels(policy: Option<&PolicyDoc>) -> Vec<i64> {
    let asked = policy.filter(|p| p.fairness == Some(Fairness::Leximin));
    asked.map_or_else(Vec::new, |policy| match policy.fairness_levels.as_slice() {
        [] => (1..21).map(|twentieth| 50_000 * twentieth).collect(),
        own => own.iter().map(|level| level.micro()).collect(),
    })
}

fn grid(doc: &InstanceDoc) -> Grid {
    let slot = i64::from(doc.slot_minutes.unwrap_or(30).clamp(1, DAY as u32));
    let start = clock::instant(&doc.horizon.start).unwrap_or(0);
    let end = clock::instant(&doc.horizon.end).unwrap_or(start);
    let slots = (end.saturating_sub(start) / slot).clamp(0, MOST_SLOTS) as usize;
    Grid { start, slot, slots }
}

fn kind(of: OrganisationKind) -> NodeKind {
    match of {
        OrganisationKind::Company => NodeKind::Company,
        OrganisationKind::StateOwned => NodeKind::StateOwned,
        OrganisationKind::LawFirm => NodeKind::LawFirm,
        OrganisationKind::Chambers => NodeKind::Chambers,
        OrganisationKind::Government => NodeKind::Government,
        OrganisationKind::Funder => NodeKind::Funder,
        OrganisationKind::University => NodeKind::University,
        OrganisationKind::Igo => NodeKind::Igo,
        OrganisationKind::RegionalIntegration => NodeKind::RegionalIntegration,
        OrganisationKind::Ngo => NodeKind::Ngo,
    }
}

/// A wide number brought into range.
pub(super) fn clamp(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}
