//! Who takes part: actors, mediators, places, and the relations between actors.

use super::{
    ActorIx, ClockIx, InterpreterIx, LanguageIx, MediatorIx, Micro, PanelIx, PlaceIx, SubjectIx,
    WordIx,
};
use crate::format::{DisputeClass, NodeKind, RelationKind};
use crate::time::{Date, DateSpan, Interval, MinuteOfDay, WeekdaySet, Zone};

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// A State or another territorial entity.
    State,
    /// An organisation.
    Organisation,
    /// A person who is not a mediator.
    Person,
    /// A mediator of the roster.
    Mediator(MediatorIx),
    /// An interpreter.
    Interpreter(InterpreterIx),
    /// A dispute of the docket, or the case of a past appointment: a node of the conflict graph,
    /// and nobody. They stand after all actors, the disputes first and in their order.
    Case,
}

/// A nationality of an actor, for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nationality {
    /// The State.
    pub state: ActorIx,
    /// When it is held.
    pub span: DateSpan,
}

/// An actor.
#[derive(Debug, Clone)]
pub struct Actor {
    /// What it is.
    pub kind: ActorKind,
    /// What rules may ask about it.
    pub node: NodeKind,
    /// Nationalities; empty means unknown.
    pub nationalities: Vec<Nationality>,
    /// Members of an organisation.
    pub members: Vec<ActorIx>,
    /// Own wall clock; there for everyone who can attend a session.
    pub clock: Option<ClockIx>,
    /// When not available, sorted and disjoint.
    pub busy: Vec<Interval>,
    /// The place where she is when she does not travel.
    pub base: Option<PlaceIx>,
    /// When she is elsewhere, sorted and disjoint.
    pub stays: Vec<Stay>,
}

/// A time during which a person is away from where she usually is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// When.
    pub interval: Interval,
    /// The wall clock that she reads then, with the rest days that hold for her there and her own
    /// working hours.
    pub clock: ClockIx,
    /// Where, if that is a place of the instance.
    pub place: Option<PlaceIx>,
}

/// Hours of some days of the week on the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HoursRule {
    /// On these days.
    pub days: WeekdaySet,
    /// First minute inside.
    pub from: MinuteOfDay,
    /// First minute after.
    pub to: MinuteOfDay,
    /// The dates on which it counts.
    pub span: DateSpan,
}

/// A wall clock with its rest days and working hours; equal clocks are shared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Clock {
    /// The zone.
    pub zone: Zone,
    /// Days of the weekend.
    pub weekend: WeekdaySet,
    /// Holidays, sorted.
    pub holidays: Vec<Date>,
    /// Days of the weekend that are worked, sorted.
    pub workdays: Vec<Date>,
    /// Working (or opening) hours; empty when none were given.
    pub hours: Vec<HoursRule>,
}

impl Clock {
    /// True on holidays, and on days of the weekend that are not worked.
    #[must_use]
    pub fn rests_on(&self, date: Date) -> bool {
        self.holidays.binary_search(&date).is_ok()
            || (self.weekend.contains(date.weekday())
                && self.workdays.binary_search(&date).is_err())
    }
}

/// A panel of the institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// The classes of disputes that its members may mediate.
    pub admits: Vec<DisputeClass>,
    /// Whether one whose designation has run out goes on where she is required to sit.
    pub continue_in_office: bool,
}

/// A designation of a mediator to a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Designation {
    /// To this panel.
    pub panel: PanelIx,
    /// By this actor.
    pub by: ActorIx,
    /// When it is valid.
    pub span: DateSpan,
}

/// A mediator of the roster.
#[derive(Debug, Clone)]
pub struct Mediator {
    /// The same person among the actors.
    pub actor: ActorIx,
    /// Designations.
    pub designations: Vec<Designation>,
    /// Languages that the mediator speaks at the level that the policy asks for, sorted.
    pub languages: Vec<LanguageIx>,
    /// Expertise in micro-units, sorted by subject.
    pub expertise: Vec<(SubjectIx, Micro)>,
    /// Largest number of disputes; unlimited when `None`.
    pub cases: Option<u32>,
    /// Number of disputes that she is to have at least.
    pub least: u32,
    /// Largest effort in minutes; unlimited when `None`.
    pub minutes: Option<i64>,
    /// Past appointments that count for rotation.
    pub recent: u32,
}

impl Mediator {
    /// Expertise in a subject, in micro-units; 0 when not named.
    #[must_use]
    pub fn expertise_in(&self, subject: SubjectIx) -> Micro {
        self.expertise
            .binary_search_by_key(&subject, |(s, _)| *s)
            .map_or(0, |i| self.expertise[i].1)
    }
    /// True when the mediator speaks the language at the level that the policy asks for.
    #[must_use]
    pub fn speaks(&self, language: LanguageIx) -> bool {
        self.languages.binary_search(&language).is_ok()
    }
}

/// A place with rooms.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its clock; `hours` are the opening hours.
    pub clock: ClockIx,
    /// Names of its rooms, in the order of the document.
    pub rooms: Vec<String>,
    /// Its rooms by size, the smallest first; `None` seats, which is no limit, last.
    pub classes: Vec<RoomClass>,
}

/// The rooms of a place that have equally many seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomClass {
    /// Seats; unlimited when `None`.
    pub seats: Option<u32>,
    /// Positions in `Place::rooms`.
    pub rooms: Vec<usize>,
}

impl RoomClass {
    /// True when so many people find a seat.
    #[must_use]
    pub fn seats_all(&self, people: u32) -> bool {
        self.seats.is_none_or(|seats| people <= seats)
    }
}

/// An interpreter.
#[derive(Debug, Clone)]
pub struct Interpreter {
    /// The same person among the actors.
    pub actor: ActorIx,
    /// Pairs of languages, each in both orders, sorted.
    pub pairs: Vec<(LanguageIx, LanguageIx)>,
}

/// A relation between two actors, as written in `relations[]`.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Of whom it is said.
    pub from: ActorIx,
    /// To whom, or to which case, it points.
    pub to: ActorIx,
    /// Kind.
    pub kind: RelationKind,
    /// When it holds.
    pub span: DateSpan,
    /// Whether it is significant.
    pub significant: bool,
    /// Share, in micro-units.
    pub share: Option<Micro>,
    /// In what capacity.
    pub role: Option<WordIx>,
    /// What else is said of it, sorted, each once.
    pub tags: Vec<WordIx>,
    /// Whether it may not be disclosed.
    pub confidential: bool,
}
