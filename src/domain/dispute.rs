//! The docket: disputes with their parties, panels and sessions.

use super::{ActorIx, InterpreterIx, LanguageIx, MediatorIx, Micro, PlaceIx, SubjectIx};
use crate::format::{AppointmentMode, DeadlineSets, DisputeClass, Role};
use crate::time::{Date, Instant};

/// A party.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its id.
    pub id: String,
    /// The actor that is the party.
    pub actor: ActorIx,
    /// The side on which it stands, numbered within the dispute.
    pub side: u32,
    /// People who represent it.
    pub representatives: Vec<ActorIx>,
    /// Its counsel, people and organisations.
    pub counsel: Vec<ActorIx>,
    /// Experts whom it presents.
    pub experts: Vec<ActorIx>,
    /// Everyone who attends for it: representatives and counsel who are people, sorted, each once.
    pub attendees: Vec<ActorIx>,
    /// Mediators whom it strikes.
    pub strikes: Vec<MediatorIx>,
    /// Mediators in order of preference; nobody where it has returned no ranking.
    pub ranking: Vec<MediatorIx>,
}

/// Why a dispute may not be mediated (rule G1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// A party (by position) has not consented.
    NoConsent(usize),
    /// A State has excluded this subject; it is the party (by position), or stands behind it.
    Excluded(usize, ActorIx, SubjectIx),
    /// A third State has not consented.
    ThirdState(ActorIx),
}

/// What sets findings about a mediator in a dispute aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cures {
    /// Rules (by position in the profile) that all parties have waived expressly, sorted.
    pub rules: Vec<u32>,
    /// Relations (by position, none confidential) that all parties have waived expressly, sorted.
    pub relations: Vec<usize>,
    /// Rules that the secretariat overrides, with its reason, sorted.
    pub overrides: Vec<(u32, String)>,
}

/// A mediator who must sit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequiredSeat {
    /// The mediator.
    pub mediator: MediatorIx,
    /// In this role.
    pub role: Option<Role>,
}

/// What panel a dispute needs.
#[derive(Debug, Clone)]
pub struct PanelSpec {
    /// Number of mediators, 1 to 3.
    pub size: usize,
    /// Whether one of them is chair.
    pub chair: bool,
    /// How many must speak each language.
    pub languages: Vec<(LanguageIx, u32)>,
    /// What at least one must reach in each subject.
    pub expertise: Vec<(SubjectIx, Micro)>,
    /// Whether no two may share a nationality.
    pub distinct_nationalities: bool,
    /// Who must sit.
    pub required: Vec<RequiredSeat>,
    /// Who must not sit (`locks.forbid`), sorted.
    pub forbidden: Vec<MediatorIx>,
}

/// How people attend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// From where they are, no room.
    Remote,
    /// At the place.
    InPerson(PlaceIx),
    /// A room at the place, each from where they are.
    Hybrid(PlaceIx),
}

impl Mode {
    /// The place whose room the session takes.
    #[must_use]
    pub fn room_at(self) -> Option<PlaceIx> {
        match self {
            Self::Remote => None,
            Self::InPerson(place) | Self::Hybrid(place) => Some(place),
        }
    }
    /// The place whose wall clock everyone reads.
    #[must_use]
    pub fn clock_of(self) -> Option<PlaceIx> {
        match self {
            Self::InPerson(place) => Some(place),
            Self::Remote | Self::Hybrid(_) => None,
        }
    }
}

/// A booth of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booth {
    /// How many interpreters it needs.
    pub size: u32,
    /// Whose languages suit it, sorted; whether they may serve the dispute is another matter.
    pub suited: Vec<InterpreterIx>,
}

/// A date of the procedural calendar of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineDate {
    /// Id of the step.
    pub step: String,
    /// What is due.
    pub text: Option<String>,
    /// The date.
    pub date: Date,
    /// The session, by position, that it binds, and how.
    pub binds: Option<(usize, DeadlineSets)>,
    /// Whether a due date may be missed, at a price.
    pub priced: bool,
}

/// A session.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Length in slots, at least 1.
    pub slots: u32,
    /// Positions of the parties that attend.
    pub parties: Vec<usize>,
    /// People of the parties who attend, sorted, each once.
    pub attendees: Vec<ActorIx>,
    /// How.
    pub mode: Mode,
    /// Slots that must lie between the end of the session before and the start of this one, rest
    /// and the journey between two places included.
    pub min_gap: u32,
    /// Most slots that may lie between them.
    pub max_gap: Option<u32>,
    /// First slot at which it may start.
    pub earliest: u32,
    /// Slot by which it must have ended: `start + slots <= latest_end`.
    pub latest_end: u32,
    /// A due date that it may miss at a price; the earliest of those that are.
    pub priced_due: Option<Instant>,
    /// How many seats the room for all needs; 0 where any room will do.
    pub seats: u32,
    /// How many rooms of the place it takes beside that one.
    pub breakouts: u32,
    /// How many seats each of these needs; 0 where any room will do.
    pub breakout_seats: u32,
    /// Booths for interpreters.
    pub booths: Vec<Booth>,
    /// The start, when it is locked.
    pub fixed: Option<u32>,
    /// Whether it is over: it stays where it was, needs nobody and takes nothing.
    pub held: bool,
}

impl Session {
    /// The place whose room the session takes.
    #[must_use]
    pub fn room_at(&self) -> Option<PlaceIx> {
        self.mode.room_at().filter(|_| !self.held)
    }
}

/// A dispute.
#[derive(Debug, Clone)]
pub struct Dispute {
    /// Class.
    pub class: DisputeClass,
    /// Subjects.
    pub subjects: Vec<SubjectIx>,
    /// Parties.
    pub parties: Vec<Party>,
    /// What panel it needs.
    pub panel: PanelSpec,
    /// How its panel comes about.
    pub mode: AppointmentMode,
    /// The dispute as a node of the conflict graph.
    pub node: ActorIx,
    /// Third States, each once.
    pub third_states: Vec<ActorIx>,
    /// Related disputes and past cases, whichever of the two names the other; sorted, each once.
    pub related: Vec<ActorIx>,
    /// Waivers and overrides by mediator, sorted; none of them empty.
    pub cures: Vec<(MediatorIx, Cures)>,
    /// Languages of the proceeding.
    pub languages: Vec<LanguageIx>,
    /// Sessions in order.
    pub sessions: Vec<Session>,
    /// Weight in the first two tiers, 1 to 1000.
    pub priority: i64,
    /// When it was opened.
    pub opened: Option<Date>,
    /// Dates on which nationality is tested, sorted, each once.
    pub test_dates: Vec<Date>,
    /// Why it may not be mediated; empty when it may.
    pub gates: Vec<Gate>,
    /// Names of the sides, as the parties' `side` numbers them.
    pub sides: Vec<String>,
    /// Dates of its procedural calendar, in the order of its steps.
    pub deadlines: Vec<DeadlineDate>,
    /// Explicit fit by mediator, sorted.
    pub fit: Vec<(MediatorIx, Micro)>,
    /// Explicit effort in minutes by mediator, sorted.
    pub effort: Vec<(MediatorIx, i64)>,
}

impl Dispute {
    /// What sets findings about a mediator aside; `None` when nothing does.
    #[must_use]
    pub fn cures_of(&self, mediator: MediatorIx) -> Option<&Cures> {
        let at = self.cures.binary_search_by_key(&mediator, |(m, _)| *m).ok()?;
        Some(&self.cures[at].1)
    }

    /// Total length of the sessions in slots.
    #[must_use]
    pub fn session_slots(&self) -> u32 {
        self.sessions.iter().map(|s| s.slots).sum()
    }
}
