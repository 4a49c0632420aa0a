//! The grid document, `comity.grid/1`: see docs/format.md. It is written and never read.

use serde::Serialize;

use crate::format::{DisclosureDoc, InstanceRefDoc, Pairs, UnservedStage};

/// The schema of the document.
pub const GRID_SCHEMA: &str = "comity.grid/1";

/// Equal neighbours told once: how many slots, and what holds in them.
pub(super) type Runs<T> = Vec<(u32, T)>;

/// A docket as plain numbers. What is called by a number is a place in a list of this document.
#[derive(Debug, Clone, Serialize)]
pub struct GridDoc {
    /// Always `comity.grid/1`.
    pub schema: String,
    /// The instance.
    pub instance: InstanceRefDoc,
    /// Version of the time-zone database.
    pub tzdb: String,
    /// Rules that hold between disputes and are not told here.
    pub not_in_grid: Vec<NotInGridDoc>,
    /// When slot 0 starts, RFC 3339 in UTC.
    pub start: String,
    /// Length of a slot.
    pub slot_minutes: u32,
    /// Number of slots.
    pub slots: u32,
    /// Slots that everyone rests between two sessions.
    pub rest_slots: u32,
    /// Whether what the worse-off sides bear is a tier of its own.
    pub worse_off_first: bool,
    /// Whether the service of the worst-served dispute is a tier of its own.
    pub worst_first: bool,
    /// Weights, in micro-units.
    pub weights: WeightsDoc,
    /// Ids of everyone who can attend some session.
    pub people: Vec<String>,
    /// The roster.
    pub mediators: Vec<GridMediatorDoc>,
    /// The interpreters.
    pub interpreters: Vec<InterpreterDoc>,
    /// The places.
    pub places: Vec<SitesDoc>,
    /// Who is free when, on each clock that is used.
    pub clocks: Vec<ClockDoc>,
    /// The docket.
    pub disputes: Vec<GridDisputeDoc>,
    /// For each reason, how many pairs it excludes (a solution repeats it).
    pub exclusions: Pairs<u64>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// A rule that holds between disputes and is not told by the grid.
#[derive(Debug, Clone, Serialize)]
pub struct NotInGridDoc {
    /// Its label.
    pub rule: String,
    /// What it is about.
    pub text: String,
}

/// Weights of quality, in micro-units (docs/model.md).
#[derive(Debug, Clone, Serialize)]
pub struct WeightsDoc {
    /// Of fit; the worth of a seat has it in already.
    pub fit: i64,
    /// Of a point-minute.
    pub burden: i64,
    /// Of a point-minute of the worse-off side.
    pub fairness: i64,
    /// Of a day late.
    pub lateness: i64,
    /// Of balance.
    pub balance: i64,
    /// Of a recent appointment; the worth of a seat has it in already. Left out when 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub rotation: i64,
}

/// A mediator.
#[derive(Debug, Clone, Serialize)]
pub struct GridMediatorDoc {
    /// Id.
    pub id: String,
    /// The person, unless she can attend nothing.
    pub person: Option<usize>,
    /// Most disputes; no limit when null.
    pub cases: Option<u32>,
    /// Most minutes of effort; no limit when null.
    pub minutes: Option<i64>,
}

/// An interpreter.
#[derive(Debug, Clone, Serialize)]
pub struct InterpreterDoc {
    /// Id.
    pub id: String,
    /// The person, unless she can attend nothing.
    pub person: Option<usize>,
}

/// A place.
#[derive(Debug, Clone, Serialize)]
pub struct SitesDoc {
    /// Id.
    pub id: String,
    /// Its rooms by size, the smallest first.
    pub classes: Vec<ClassDoc>,
}

/// Rooms with equally many seats.
#[derive(Debug, Clone, Serialize)]
pub struct ClassDoc {
    /// Seats; no limit when null.
    pub seats: Option<u32>,
    /// Ids of the rooms.
    pub rooms: Vec<String>,
}

/// A person on a clock.
#[derive(Debug, Clone, Serialize)]
pub struct ClockDoc {
    /// The person.
    pub person: usize,
    /// The place whose clock she reads; her own clock when null.
    pub place: Option<usize>,
    /// Point-minutes of each slot; null where she is not free.
    pub points: Runs<Option<i64>>,
    /// Minutes east of UTC at the start of each slot.
    pub offsets: Runs<i32>,
}

/// A dispute.
#[derive(Debug, Clone, Serialize)]
pub struct GridDisputeDoc {
    /// Id.
    pub id: String,
    /// Points in the first two tiers.
    pub priority: i64,
    /// Whether it may have any plan.
    pub open: bool,
    /// The stage of the dispute in `unserved`, should it stand there.
    pub stage: UnservedStage,
    /// Members of the panel.
    pub size: usize,
    /// Whether one of them is chair.
    pub chair: bool,
    /// Members who may be chair: a panel has one of them, and the first with the highest fit is.
    pub chairs: Vec<usize>,
    /// Members who must sit.
    pub required: Vec<usize>,
    /// Who may sit, in roster order.
    pub members: Vec<MemberDoc>,
    /// Two members who may not sit together.
    pub apart: Vec<(usize, usize)>,
    /// Languages that the panel must speak.
    pub languages: Vec<LanguageDoc>,
    /// For each expertise asked for, the members of whom one must sit.
    pub expertise: Vec<Vec<usize>>,
    /// Names of the sides.
    pub sides: Vec<String>,
    /// The parties.
    pub parties: Vec<PartyDoc>,
    /// The sessions, in order.
    pub sessions: Vec<GridSessionDoc>,
    /// What two members have to disclose when they sit together.
    pub between: Vec<BetweenDoc>,
}

/// Somebody who may sit.
#[derive(Debug, Clone, Serialize)]
pub struct MemberDoc {
    /// The mediator.
    pub mediator: usize,
    /// Worth of the seat in quality, in micro-units: of fit, less what rotation makes it cost.
    pub worth: i64,
    /// The second part, as a cost. Left out when 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub rotation: i64,
    /// Effort in minutes.
    pub effort: i64,
    /// Fit, in micro-units.
    pub fit: i64,
    /// How many eligible mediators have a higher fit.
    pub better_fits: u32,
    /// What must be disclosed when she sits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disclosures: Vec<DisclosureDoc>,
}

/// A language that the panel must speak.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageDoc {
    /// How many must speak it.
    pub least: u32,
    /// Members who do.
    pub members: Vec<usize>,
}

/// A party.
#[derive(Debug, Clone, Serialize)]
pub struct PartyDoc {
    /// Id.
    pub id: String,
    /// Its side.
    pub side: u32,
    /// Who attends for it.
    pub people: Vec<usize>,
}

/// Disclosures about two members.
#[derive(Debug, Clone, Serialize)]
pub struct BetweenDoc {
    /// The members.
    pub members: (usize, usize),
    /// What must be disclosed.
    pub disclosures: Vec<DisclosureDoc>,
}

/// A session.
#[derive(Debug, Clone, Serialize)]
pub struct GridSessionDoc {
    /// Id.
    pub id: String,
    /// Length.
    pub slots: u32,
    /// Least number of slots between the end of the session before and its start.
    pub min_gap: u32,
    /// Largest such number; no limit when null.
    pub max_gap: Option<u32>,
    /// The place whose clock everyone reads; their own when null.
    pub clock: Option<usize>,
    /// The rooms that it takes; none when null.
    pub rooms: Option<RoomsDoc>,
    /// The parties that attend.
    pub parties: Vec<usize>,
    /// People of the parties who attend, each once.
    pub attendees: Vec<usize>,
    /// Slots at which it can start, as far as parties, place, windows and booths by themselves go.
    pub starts: Vec<u32>,
    /// Point-minutes of all attendees, for each start.
    pub points: Vec<i64>,
    /// For each side, what its most burdened person bears, for each start.
    pub side_points: Vec<Vec<i64>>,
    /// Days late, for each start.
    pub late: Vec<i64>,
    /// The booths.
    pub booths: Vec<BoothDoc>,
}

/// The rooms that a session takes.
#[derive(Debug, Clone, Serialize)]
pub struct RoomsDoc {
    /// The place.
    pub place: usize,
    /// Seats of the room for all; any room will do when 0.
    pub seats: u32,
    /// Number of other rooms.
    pub breakouts: u32,
    /// Seats of each of them; any room will do when 0.
    pub breakout_seats: u32,
}

/// A booth.
#[derive(Debug, Clone, Serialize)]
pub struct BoothDoc {
    /// How many interpreters sit in it.
    pub size: usize,
    /// Interpreters who may.
    pub suited: Vec<usize>,
}
