//! The instance as a whole, and its policy.

use std::collections::BTreeMap;

use super::{
    Actor, ActorIx, ActorKind, Clock, ClockIx, Dispute, DisputeIx, Former, Interpreter,
    InterpreterIx, LanguageIx, Mediator, MediatorIx, Micro, Mode, Panel, PanelIx, Place, PlaceIx,
    Relation, Stay, SubjectIx, WordIx,
};
use crate::format::{
    ConsentNeeded, DisputeClass, Governed, Mechanism, NationalityPolicy, RuleDoc, RulesDoc,
    Severity,
};
use crate::time::{Date, MinuteOfDay, SlotGrid};

/// Weights of the quality terms, in micro-units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Of one unit of fit.
    pub fit: Micro,
    /// Of one point-minute of burden.
    pub burden: Micro,
    /// Of one point-minute of what the worse-off side of a dispute bears.
    pub fairness: Micro,
    /// Of a day of lateness, where that is priced.
    pub lateness: Micro,
    /// Of balance.
    pub balance: Micro,
    /// Of rotation: of one recent appointment of whoever takes a seat.
    pub rotation: Micro,
    /// Of disruption: of a seat that changes hands, and of a session within a week that moves.
    pub disruption: Micro,
}

/// A band of the local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingBand {
    /// First minute inside.
    pub from: MinuteOfDay,
    /// First minute after.
    pub to: MinuteOfDay,
    /// Burden points of a minute.
    pub cost: u32,
}

/// What seating a mediator over a finding takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    /// Over an orange one.
    pub orange: ConsentNeeded,
    /// Over a waivable red one; never `Disclosure`.
    pub waivable_red: ConsentNeeded,
}

impl Consent {
    /// What seating over a finding of this severity takes.
    #[must_use]
    pub fn needed(self, severity: Severity) -> ConsentNeeded {
        match severity {
            Severity::Clear | Severity::Green => ConsentNeeded::Disclosure,
            Severity::Orange => self.orange,
            Severity::WaivableRed => self.waivable_red,
            Severity::NonWaivableRed => ConsentNeeded::Never,
        }
    }
}

/// Rules of the house.
#[derive(Debug, Clone)]
pub struct Policy {
    /// True when only pairs with a score are candidates.
    pub only_scored: bool,
    /// The profile of conflict rules, whole: nothing is extended or removed any more, and the
    /// groups are written out in the steps.
    pub rules: RulesDoc,
    /// What findings can be cured by.
    pub consent: Consent,
    /// Nationality policies: for disputes between States, of investors, commercial ones.
    pub nationality: [NationalityPolicy; 3],
    /// The actor that administers the docket.
    pub institution: Option<ActorIx>,
    /// Weights.
    pub weights: Weights,
    /// Bands, sorted and disjoint.
    pub bands: Vec<WorkingBand>,
    /// Points added on rest days; `None` when nobody is available then.
    pub rest_day_cost: Option<u32>,
    /// True when what the worse-off sides bear is least before anything else in quality counts.
    pub worse_off_first: bool,
    /// True when the worst-served dispute counts before anything else in quality.
    pub worst_first: bool,
    /// Thresholds of service, rising, at most `MOST_LEVELS`: as few disputes as possible are below the first, then
    /// below the second and so on, before anything else in quality counts. Mostly empty.
    pub levels: Vec<Micro>,
    /// How many reserves each dispute wants.
    pub reserves: usize,
    /// Minutes between two sessions of one person.
    pub rest_minutes: u32,
    /// Most minutes of sessions of one person on one date.
    pub day_minutes: Option<u32>,
    /// How many years before `as_of` an appointment counts for rotation.
    pub rotation_years: u32,
    /// For how many days from `as_of` sessions of an earlier plan move only if they must.
    pub freeze_days: u32,
    /// How panels are selected.
    pub selection: Selection,
}

/// How panels are selected, with the numbers of the mechanism.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// Names on the list for a seat, where the policy says so.
    pub names: Option<usize>,
    /// Names that each party strikes from a list, where the policy says so.
    pub strikes: Option<usize>,
    /// The largest probability of a pair in a lottery, in micro-units.
    pub pair_cap: Micro,
    /// SHA-256 of the seed of the draws, where it was published.
    pub commitment: Option<String>,
}

/// The most thresholds of service that a policy may have.
pub const MOST_LEVELS: usize = 20;

impl Policy {
    /// The nationality policy of a class of disputes.
    #[must_use]
    pub fn nationality_of(&self, class: DisputeClass) -> NationalityPolicy {
        let [states, investor, commercial] = self.nationality;
        match class {
            DisputeClass::StateState => states,
            DisputeClass::StateInvestor => investor,
            DisputeClass::Commercial => commercial,
        }
    }

    /// The severity of a rule's findings in disputes of a class, which the nationality policy may
    /// lower.
    #[must_use]
    pub fn severity_of(&self, rule: &RuleDoc, class: DisputeClass) -> Severity {
        let Some(Governed::Nationality) = rule.governed_by else { return rule.severity };
        let most = match self.nationality_of(class) {
            NationalityPolicy::Strict => Severity::NonWaivableRed,
            NationalityPolicy::WaivableByParties => Severity::WaivableRed,
            NationalityPolicy::MajorityNeutral
            | NationalityPolicy::OnePerSide
            | NationalityPolicy::Advisory => Severity::Orange,
        };
        rule.severity.min(most)
    }
}

/// A past appointment.
#[derive(Debug, Clone)]
pub struct Appointment {
    /// Who was appointed.
    pub mediator: MediatorIx,
    /// When.
    pub date: Date,
    /// By which actor; `None` for the institution.
    pub by: Option<ActorIx>,
    /// Counsel of the party that appointed.
    pub counsel: Vec<ActorIx>,
    /// Parties of that case, each once.
    pub parties: Vec<ActorIx>,
    /// That case as a node of the conflict graph.
    pub case: Option<ActorIx>,
    /// Last day of the mandate; `date` where none was given.
    pub end: Date,
}

/// Mediators of whom a cap limits the seats in the docket (A7).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Nationals of a State.
    Nationality(ActorIx),
    /// Nationals of the States of a bloc.
    Bloc(String),
}

/// The cap of a group (A7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// The group.
    pub group: Group,
    /// The most seats that it may have.
    pub limit: i64,
    /// Who is in it, in roster order.
    pub members: Vec<MediatorIx>,
}

/// How long people are on the way between places, recovery included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journeys {
    /// Minutes between places that are named, the smaller index first, sorted.
    pub named: Vec<((PlaceIx, PlaceIx), i64)>,
    /// Minutes between all others.
    pub default: i64,
}

impl Journeys {
    /// Minutes from one place to another, 0 within a place.
    #[must_use]
    pub fn minutes(&self, from: PlaceIx, to: PlaceIx) -> i64 {
        if from == to {
            return 0;
        }
        let pair = (from.min(to), from.max(to));
        self.named
            .binary_search_by_key(&pair, |(pair, _)| *pair)
            .map_or(self.default, |at| self.named[at].1)
    }

    /// True when no two places are any time apart.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.default == 0 && self.named.iter().all(|(_, minutes)| *minutes == 0)
    }
}

/// What an instance is made of; `validate` fills it.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the getters of `Instance` document each part")]
pub struct InstanceParts {
    pub id: String,
    pub digest: String,
    pub as_of: Date,
    pub grid: SlotGrid,
    pub policy: Policy,
    pub actors: Vec<Actor>,
    pub actor_names: Vec<String>,
    pub mediators: Vec<Mediator>,
    pub clocks: Vec<Clock>,
    pub places: Vec<Place>,
    pub place_names: Vec<String>,
    pub journeys: Journeys,
    pub interpreters: Vec<Interpreter>,
    pub panels: Vec<Panel>,
    pub words: Vec<String>,
    pub languages: Vec<String>,
    pub subjects: Vec<String>,
    pub relations: Vec<Relation>,
    pub relation_names: Vec<String>,
    pub appointments: Vec<Appointment>,
    pub caps: Vec<Cap>,
    pub disputes: Vec<Dispute>,
    pub dispute_names: Vec<String>,
}

/// A validated instance.
#[derive(Debug, Clone)]
pub struct Instance {
    pub(super) parts: InstanceParts,
    /// By dispute, what an earlier plan gave it; empty where there is none to keep to.
    pub(super) former: Vec<Former>,
    /// What seats cost beside all else, in micro-units; mostly empty.
    pub(super) seat_prices: BTreeMap<(DisputeIx, MediatorIx), Micro>,
}

impl Instance {
    /// Seals the parts; for `validate`, which has checked them.
    pub(crate) fn seal(parts: InstanceParts) -> Self {
        Self { parts, former: Vec::new(), seat_prices: BTreeMap::new() }
    }
    /// Id of the instance.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.parts.id
    }
    /// Digest of the document in its canonical form.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.parts.digest
    }
    /// The date on which relations, look-backs and designations are judged.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.parts.as_of
    }
    /// The slot grid.
    #[must_use]
    pub fn grid(&self) -> &SlotGrid {
        &self.parts.grid
    }
    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.parts.policy
    }
    /// The actors: States, organisations, people, mediators, interpreters, in that order of
    /// sections; then the cases (`ActorKind::Case`).
    #[must_use]
    pub fn actors(&self) -> &[Actor] {
        &self.parts.actors
    }
    /// An actor.
    #[must_use]
    pub fn actor(&self, actor: ActorIx) -> &Actor {
        &self.parts.actors[actor.ix()]
    }
    /// Id of an actor.
    #[must_use]
    pub fn actor_name(&self, actor: ActorIx) -> &str {
        &self.parts.actor_names[actor.ix()]
    }
    /// The roster.
    #[must_use]
    pub fn mediators(&self) -> &[Mediator] {
        &self.parts.mediators
    }
    /// A mediator.
    #[must_use]
    pub fn mediator(&self, mediator: MediatorIx) -> &Mediator {
        &self.parts.mediators[mediator.ix()]
    }
    /// Id of a mediator.
    #[must_use]
    pub fn mediator_name(&self, mediator: MediatorIx) -> &str {
        self.actor_name(self.mediator(mediator).actor)
    }
    /// The clocks.
    #[must_use]
    pub fn clocks(&self) -> &[Clock] {
        &self.parts.clocks
    }
    /// A clock.
    #[must_use]
    pub fn clock(&self, clock: ClockIx) -> &Clock {
        &self.parts.clocks[clock.ix()]
    }
    /// The places.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.parts.places
    }
    /// A place.
    #[must_use]
    pub fn place(&self, place: PlaceIx) -> &Place {
        &self.parts.places[place.ix()]
    }
    /// Id of a place.
    #[must_use]
    pub fn place_name(&self, place: PlaceIx) -> &str {
        &self.parts.place_names[place.ix()]
    }
    /// How long people are on the way between places.
    #[must_use]
    pub fn journeys(&self) -> &Journeys {
        &self.parts.journeys
    }
    /// The interpreters.
    #[must_use]
    pub fn interpreters(&self) -> &[Interpreter] {
        &self.parts.interpreters
    }
    /// An interpreter.
    #[must_use]
    pub fn interpreter(&self, interpreter: InterpreterIx) -> &Interpreter {
        &self.parts.interpreters[interpreter.ix()]
    }
    /// The wall clock that a person reads in a session of that mode which starts at a slot.
    #[must_use]
    pub fn clock_in(&self, person: ActorIx, mode: Mode, start: u32) -> Option<ClockIx> {
        if let Some(place) = mode.clock_of() {
            return Some(self.place(place).clock);
        }
        let stay = self.stay_at(person, start);
        stay.map(|stay| stay.clock).or(self.actor(person).clock)
    }
    /// Where a person is in a session of that mode which starts at a slot, as far as that is known.
    #[must_use]
    pub fn location_in(&self, person: ActorIx, mode: Mode, start: u32) -> Option<PlaceIx> {
        if let Some(place) = mode.clock_of() {
            return Some(place);
        }
        self.stay_at(person, start).map_or(self.actor(person).base, |stay| stay.place)
    }
    fn stay_at(&self, person: ActorIx, slot: u32) -> Option<&Stay> {
        let stays = &self.actor(person).stays;
        if stays.is_empty() {
            return None;
        }
        let instant = self.grid().instant(slot);
        let after = stays.partition_point(|stay| stay.interval.start <= instant);
        stays[..after].last().filter(|stay| instant < stay.interval.end)
    }
    /// Slots that must lie between two sessions of one person, where she is at these places.
    #[must_use]
    pub fn slots_between(&self, from: Option<PlaceIx>, to: Option<PlaceIx>) -> u32 {
        let way = match (from, to) {
            (Some(from), Some(to)) => self.journeys().minutes(from, to),
            _ => 0,
        };
        let minutes = way.max(i64::from(self.policy().rest_minutes));
        let slot = i64::from(self.grid().slot_minutes());
        ((minutes + slot - 1) / slot) as u32
    }
    /// Most slots of sessions of one person on one date.
    #[must_use]
    pub fn day_slots(&self) -> Option<u32> {
        self.policy().day_minutes.map(|minutes| minutes / self.grid().slot_minutes())
    }
    /// The panels of the institution. Empty when it keeps none.
    #[must_use]
    pub fn panels(&self) -> &[Panel] {
        &self.parts.panels
    }
    /// A panel of the institution.
    #[must_use]
    pub fn panel(&self, panel: PanelIx) -> &Panel {
        &self.parts.panels[panel.ix()]
    }
    /// The index of a role or tag; `None` when no relation has it.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<WordIx> {
        self.parts.words.iter().position(|known| known == word).map(WordIx::new)
    }
    /// True when some mediator is to have a number of disputes at least: there is a tier `loads`.
    #[must_use]
    pub fn has_least(&self) -> bool {
        self.mediators().iter().any(|m| m.least > 0)
    }

    /// The nationality policy of a dispute, which is that of its class.
    #[must_use]
    pub fn nationality_policy(&self, dispute: DisputeIx) -> NationalityPolicy {
        self.policy().nationality_of(self.dispute(dispute).class)
    }
    /// Tag of a language.
    #[must_use]
    pub fn language_name(&self, language: LanguageIx) -> &str {
        &self.parts.languages[language.ix()]
    }
    /// Name of a subject.
    #[must_use]
    pub fn subject_name(&self, subject: SubjectIx) -> &str {
        &self.parts.subjects[subject.ix()]
    }
    /// The relations as written.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.parts.relations
    }
    /// Id of a relation, by position in `relations()`.
    #[must_use]
    pub fn relation_name(&self, position: usize) -> &str {
        &self.parts.relation_names[position]
    }
    /// Past appointments.
    #[must_use]
    pub fn appointments(&self) -> &[Appointment] {
        &self.parts.appointments
    }
    /// The groups that caps bind, those by nationality first.
    #[must_use]
    pub fn caps(&self) -> &[Cap] {
        &self.parts.caps
    }
    /// A group of a cap in words.
    #[must_use]
    pub fn group_name(&self, group: &Group) -> String {
        match group {
            Group::Nationality(state) => format!("nationals of {}", self.actor_name(*state)),
            Group::Bloc(bloc) => format!("nationals of States in {bloc}"),
        }
    }
    /// What rotation makes a seat of a mediator cost.
    #[must_use]
    pub fn rotation(&self, mediator: MediatorIx) -> Micro {
        self.policy().weights.rotation * i64::from(self.mediator(mediator).recent)
    }
    /// The docket.
    #[must_use]
    pub fn disputes(&self) -> &[Dispute] {
        &self.parts.disputes
    }
    /// A dispute.
    #[must_use]
    pub fn dispute(&self, dispute: DisputeIx) -> &Dispute {
        &self.parts.disputes[dispute.ix()]
    }
    /// Id of a dispute.
    #[must_use]
    pub fn dispute_name(&self, dispute: DisputeIx) -> &str {
        &self.parts.dispute_names[dispute.ix()]
    }
    /// Every dispute index, in order.
    pub fn dispute_indices(&self) -> impl Iterator<Item = DisputeIx> + use<> {
        (0..self.parts.disputes.len()).map(DisputeIx::new)
    }
    /// Every mediator index, in order.
    pub fn mediator_indices(&self) -> impl Iterator<Item = MediatorIx> + use<> {
        (0..self.parts.mediators.len()).map(MediatorIx::new)
    }

    /// The first of three independent statements of the nationality bar: the mediator holds, on
    /// a test date of the dispute, the nationality of a party that is a State, or one that a
    /// party itself holds on a test date.
    ///
    /// It asks the sets directly and knows nothing of the conflict graph; owners, organs and
    /// members of parties are the graph's business.
    #[must_use]
    pub fn is_national_of_party(&self, mediator: MediatorIx, dispute: DisputeIx) -> bool {
        self.parties_of_nationality(mediator, dispute).next().is_some()
    }

    /// The parties, by position, of which `is_national_of_party` says so.
    pub fn parties_of_nationality(
        &self,
        mediator: MediatorIx,
        dispute: DisputeIx,
    ) -> impl Iterator<Item = usize> {
        let dispute = self.dispute(dispute);
        let on_a_test_date = |span: &crate::time::DateSpan| {
            dispute.test_dates.iter().any(|date| span.contains(*date))
        };
        let own = &self.actor(self.mediator(mediator).actor).nationalities;
        dispute.parties.iter().enumerate().filter_map(move |(position, party)| {
            let actor = self.actor(party.actor);
            let shared = own.iter().filter(|n| on_a_test_date(&n.span)).any(|own| {
                (actor.kind == ActorKind::State && party.actor == own.state)
                    || actor
                        .nationalities
                        .iter()
                        .any(|n| n.state == own.state && on_a_test_date(&n.span))
            });
            shared.then_some(position)
        })
    }

    /// Fit of a pair in micro-units: the explicit score, else the mean expertise over the
    /// dispute's subjects, rounded down; 0 when there are none.
    #[must_use]
    pub fn fit(&self, dispute: DisputeIx, mediator: MediatorIx) -> Micro {
        let dispute = self.dispute(dispute);
        if let Ok(i) = dispute.fit.binary_search_by_key(&mediator, |(m, _)| *m) {
            return dispute.fit[i].1;
        }
        let known = self.mediator(mediator);
        let sum: Micro = dispute.subjects.iter().map(|s| known.expertise_in(*s)).sum();
        sum.checked_div(dispute.subjects.len() as Micro).unwrap_or(0)
    }

    /// Effort of a pair in minutes: the explicit one, else the total length of the sessions.
    #[must_use]
    pub fn effort(&self, dispute: DisputeIx, mediator: MediatorIx) -> i64 {
        let dispute = self.dispute(dispute);
        dispute.effort.binary_search_by_key(&mediator, |(m, _)| *m).map_or_else(
            |_| i64::from(dispute.session_slots()) * i64::from(self.grid().slot_minutes()),
            |i| dispute.effort[i].1,
        )
    }

    /// True when two mediators share a nationality on `as_of`.
    #[must_use]
    pub fn share_nationality(&self, a: MediatorIx, b: MediatorIx) -> bool {
        let held = |m: MediatorIx| {
            self.actor(self.mediator(m).actor)
                .nationalities
                .iter()
                .filter(|n| n.span.contains(self.as_of()))
                .map(|n| n.state)
        };
        held(a).any(|state| held(b).any(|other| other == state))
    }
}
