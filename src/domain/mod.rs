//! The validated instance: dense indices, integers, UTC; no user strings except tables of names.
//!
//! * Made by `validate` alone; **whoever holds an `Instance` holds one whose references resolve,
//!   whose numbers are in range and whose every rule this version enforces**.
//! * No logic of later stages; only look-ups, and the first of three independent statements of
//!   the nationality bar (`Instance::is_national_of_party`).

mod actor;
mod dispute;
mod former;
mod ids;
mod instance;
mod seated;

pub use actor::{
    Actor, ActorKind, Clock, Designation, HoursRule, Interpreter, Mediator, Nationality, Panel,
    Place, Relation, RoomClass, Stay,
};
pub use dispute::{
    Booth, Cures, DeadlineDate, Dispute, Gate, Mode, PanelSpec, Party, RequiredSeat, Session,
};
pub use former::Former;
pub use ids::{
    ActorIx, ClockIx, DisputeIx, InterpreterIx, LanguageIx, MediatorIx, PanelIx, PlaceIx,
    SubjectIx, WordIx,
};
pub use instance::{
    Appointment, Cap, Consent, Group, Instance, InstanceParts, Journeys, MOST_LEVELS, Policy,
    Selection, Weights, WorkingBand,
};

/// An amount in micro-units: a millionth of a unit of score.
pub type Micro = i64;
