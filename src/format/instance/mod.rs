//! The instance document, `comity.instance/1`: see `docs/format.md`.

mod actors;
mod deadlines;
mod disputes;
mod places;
mod policy;

pub use actors::*;
pub use deadlines::*;
pub use disputes::*;
pub use places::*;
pub use policy::*;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::Notes;

/// A docket, a roster and the rules under which they are to be matched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstanceDoc {
    /// Always `comity.instance/1`.
    pub schema: String,
    /// Id of the instance.
    pub id: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date on which relations, look-backs and designations are judged.
    pub as_of: String,
    /// The time in which sessions may lie.
    pub horizon: IntervalDoc,
    /// Length of a slot: 5, 10, 15, 20, 30 or 60 minutes; 30 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot_minutes: Option<u32>,
    /// Rules of the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyDoc>,
    /// Procedural calendars.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<DeadlinesDoc>,
    /// States and other territorial entities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateDoc>,
    /// Companies, firms, organs, organisations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<OrganisationDoc>,
    /// Representatives, counsel, experts and everyone else who is not a mediator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonDoc>,
    /// The roster.
    pub mediators: Vec<MediatorDoc>,
    /// The panels of mediators to which States designate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panels: Vec<PanelDoc>,
    /// Weekends and holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<CalendarDoc>,
    /// Where sessions are held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceDoc>,
    /// How long it takes between places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub journeys: Vec<JourneyDoc>,
    /// Interpreters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpreters: Vec<InterpreterDoc>,
    /// Relations between actors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationDoc>,
    /// Past appointments of mediators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appointments: Vec<AppointmentDoc>,
    /// The docket.
    pub disputes: Vec<DisputeDoc>,
    /// Explicit fit and effort of pairs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<ScoreDoc>,
    /// Waivers of conflicts by the parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WaiverDoc>,
    /// Findings that the secretariat sets aside, with reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<OverrideDoc>,
    /// What must hold, whatever the objective says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locks: Option<LocksDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A half-open interval of instants, RFC 3339 with offset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IntervalDoc {
    /// First instant inside.
    pub start: String,
    /// First instant after.
    pub end: String,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}
