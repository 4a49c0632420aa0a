//! The solution document, `comity.solution/1`: see `docs/format.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::instance::Role;
use super::rules::{RelationKind, Severity};
use super::selection::SelectionDoc;
use super::values::{Decimal, Notes, Pairs};

/// Panels, dates, and the proof of how good they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SolutionDoc {
    /// Always `comity.solution/1`.
    pub schema: String,
    /// The instance that it answers.
    pub instance: InstanceRefDoc,
    /// The plan that was to be kept to, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<FromDoc>,
    /// How panels were selected, where it was not by optimisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<SelectionDoc>,
    /// How good the answer is.
    pub status: Status,
    /// What ended the run, when it was not the proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<StopReason>,
    /// The value of the answer.
    pub objective: ObjectiveDoc,
    /// Proven upper bound on the quality tier, in micro-units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<i64>,
    /// Relative gap: (bound - quality) / max(1, |bound|), rounded up to six places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<Decimal>,
    /// Prices from which anyone can re-derive the bounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateDoc>,
    /// The panels.
    pub assignments: Vec<AssignmentDoc>,
    /// The sessions.
    pub sessions: Vec<ScheduledSessionDoc>,
    /// What each side, party and person bears over all sessions of a dispute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub burdens: Vec<BurdenDoc>,
    /// Disputes without a panel or without dates, and why.
    pub unserved: Vec<UnservedDoc>,
    /// For each reason, how many pairs of dispute and mediator it excludes.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub exclusions: Pairs<u64>,
    /// How the answer was made.
    pub run: RunDoc,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Which instance a solution answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstanceRefDoc {
    /// Id of the instance.
    pub id: String,
    /// SHA-256 of the instance in its canonical form (RFC 8785), lower-case hexadecimal.
    pub digest: String,
}

/// What an answer was to keep to: the panels and dates of an earlier solution, as far as the instance still has the
/// disputes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FromDoc {
    /// SHA-256 of the earlier solution in its canonical form (RFC 8785), lower-case hexadecimal.
    pub digest: String,
    /// Its panels.
    pub panels: Vec<FromPanelDoc>,
    /// Its sessions.
    pub sessions: Vec<FromSessionDoc>,
}

/// An earlier panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FromPanelDoc {
    /// The dispute.
    pub dispute: String,
    /// Who sat.
    pub mediators: Vec<String>,
}

/// When a session was to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FromSessionDoc {
    /// The dispute.
    pub dispute: String,
    /// The session.
    pub session: String,
    /// Its start (RFC 3339).
    pub start: String,
    /// Whether it was over: before `as_of` of the instance that this answers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
}

/// How good an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Every tier is proven, the quality tier within the gap asked for.
    Optimal,
    /// An answer that is not proven so far.
    Feasible,
    /// No dispute can be served, proven.
    Infeasible,
    /// Nothing is known.
    Unknown,
}

/// What ended a run before the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StopReason {
    /// The time limit.
    TimeLimit,
    /// The limit on the nodes of the search.
    NodeLimit,
    /// Ctrl-C.
    Interrupted,
}

/// The value of an answer, in micro-units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveDoc {
    /// Panels, sessions, sides (only where they come first), quality: compared lexicographically,
    /// more is better.
    pub tiers: Vec<i64>,
    /// Every term of the tiers by name; the costs are negative.
    pub terms: Pairs<i64>,
}

/// Bounds of the tiers, each with what re-derives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateDoc {
    /// One entry a tier, in order.
    pub tiers: Vec<TierCertificateDoc>,
}

/// The bound of one tier, given that the tiers above reach the values of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierCertificateDoc {
    /// Proven upper bound on the tier, in micro-units.
    pub bound: i64,
    /// A binary tree in an array; the root is entry 0. The bound is the largest of its leaves'.
    pub nodes: Vec<NodeDoc>,
}

/// A node: either a question with two answers, or prices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NodeDoc {
    /// The question that splits the node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<BranchDoc>,
    /// The prices of a leaf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<PricesDoc>,
}

/// A question about one dispute that every answer answers with yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BranchDoc {
    /// The dispute.
    pub dispute: String,
    /// "Is it served, with this mediator on its panel?"
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<String>,
    /// With `until`: "Is it scheduled, with this session starting at or before that slot?"
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// A slot, counted from 0 at the start of the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u32>,
    /// Index of the node for yes.
    pub yes: u32,
    /// Index of the node for no.
    pub no: u32,
}

/// Prices in nano-units (a thousandth of a micro-unit), none negative; what is not named is free.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PricesDoc {
    /// Of one dispute of a mediator (row A3 cases).
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub cases: Pairs<i64>,
    /// What a mediator is paid for a dispute towards her `min_cases`.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub floor: Pairs<i64>,
    /// Of one minute of a mediator's effort (row A3 hours).
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub effort: Pairs<i64>,
    /// Of a slot of a person (row S2): pairs of slot and price.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub time: Pairs<Vec<(u32, i64)>>,
    /// Of a slot of sessions of a person on one date (row S6).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<DayPriceDoc>,
    /// Of being in one place too soon after another (row S2 travel).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub journeys: Vec<JourneyPriceDoc>,
    /// Of slots of rooms (row S4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomPriceDoc>,
    /// Of what one mediator takes of a group of disputes that this batch would make a conflict
    /// (row A6).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub batch: Vec<BatchPriceDoc>,
    /// Of seats of groups that have no more than their share of the docket (row A7).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<CapPriceDoc>,
    /// What one point of priority is worth in the row that holds tier 1.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub panels: i64,
    /// What one point of priority is worth in the row that holds tier 2.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub scheduled: i64,
    /// Of one session in the row that holds tier `frozen`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub frozen: i64,
    /// Of one missing dispute in the row that holds tier `loads`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub loads: i64,
    /// Of one point-minute in the row that holds what the worse-off sides bear.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sides: i64,
    /// Of one dispute below a level in the row that holds the tier of that level: level by level, from the lowest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub below: Vec<i64>,
}

/// The price of a slot of sessions that a person has on one date (row S6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayPriceDoc {
    /// The person.
    pub actor: String,
    /// The date.
    pub date: String,
    /// Price of a slot, in nano-units.
    pub price: i64,
}

/// The price of being at `from` in one slot and at `to` in a later one (row S2 travel).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JourneyPriceDoc {
    /// The person.
    pub actor: String,
    /// Where and when first.
    pub from: WhereaboutsDoc,
    /// Where and when then.
    pub to: WhereaboutsDoc,
    /// Price, in nano-units.
    pub price: i64,
}

/// A place and a slot, counted from 0 at the start of the horizon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhereaboutsDoc {
    /// The place.
    pub place: String,
    /// The slot.
    pub slot: u32,
}

/// Prices of the rooms of one class: those of a place with so many seats (row S4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomPriceDoc {
    /// The place.
    pub place: String,
    /// Seats of the class; unlimited when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// Pairs of slot and price, in nano-units.
    pub slots: Vec<(u32, i64)>,
}

/// A row A6 with its price: the sum over `disputes` of factor times "the mediator sits in it" is at
/// most `limit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchPriceDoc {
    /// The mediator.
    pub mediator: String,
    /// The disputes with their factors.
    pub disputes: Pairs<i64>,
    /// The most.
    pub limit: i64,
    /// Price of a unit, in nano-units.
    pub price: i64,
}

/// The price of a seat of a group (row A7): it names a nationality or a bloc.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapPriceDoc {
    /// The State whose nationals they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality: Option<String>,
    /// The bloc of their States.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bloc: Option<String>,
    /// Price of a seat, in nano-units.
    pub price: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}

/// The panel of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentDoc {
    /// The dispute.
    pub dispute: String,
    /// Who sits, chair first.
    pub panel: Vec<SeatDoc>,
    /// Mediators who could take a seat with everything else as it is, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserves: Vec<String>,
    /// What must be disclosed to the parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disclosures: Vec<DisclosureDoc>,
    /// Why these: the fit of each seat, in micro-units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<SeatReasonDoc>,
}

/// A seat of a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatDoc {
    /// The mediator.
    pub mediator: String,
    /// The role.
    pub role: Role,
}

/// Why a mediator sits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatReasonDoc {
    /// The mediator.
    pub mediator: String,
    /// Fit of the pair, in micro-units.
    pub fit: i64,
    /// How many eligible mediators of this dispute have a higher fit.
    pub better_fits: u32,
}

/// A circumstance that the parties must be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosureDoc {
    /// The mediator.
    pub mediator: String,
    /// The rule.
    pub rule: String,
    /// The severity.
    pub severity: Severity,
    /// The witness: a path from the mediator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<WitnessStepDoc>,
    /// For a rule that counts: whose appointments or relations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// For a rule that counts: how many, those of this very batch included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// For a rule about related disputes: the other dispute or past case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The date on which it was judged.
    pub date: String,
    /// What lets the mediator sit, where disclosure alone does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cure: Option<Cure>,
    /// The recorded reason of an override.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// One sentence.
    pub text: String,
}

/// What lets a mediator sit in spite of a finding that would bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cure {
    /// All parties waived it expressly.
    Waived,
    /// The secretariat set it aside, with a reason.
    Overridden,
}

/// A step of a witness path, in the direction in which it is walked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WitnessStepDoc {
    /// From this actor.
    pub from: String,
    /// Along an edge of this kind.
    pub kind: RelationKind,
    /// True when the edge runs from `to` to `from`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub backward: bool,
    /// To this actor.
    pub to: String,
    /// Id of the relation, unless another section implies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
}

/// A session with its time and place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduledSessionDoc {
    /// The dispute.
    pub dispute: String,
    /// The session.
    pub session: String,
    /// Start, RFC 3339 in UTC (`Z`).
    pub start: String,
    /// End, RFC 3339 in UTC (`Z`).
    pub end: String,
    /// The place, unless it is remote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Further rooms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breakout_rooms: Vec<String>,
    /// Interpreters, booth by booth.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpreters: Vec<String>,
    /// Start on the wall clock of everyone who attends, RFC 3339 with offset.
    pub local: Pairs<String>,
    /// Burden of each attending party, in point-minutes.
    pub burden: Pairs<i64>,
    /// Burden of the panel, in point-minutes.
    pub panel_burden: i64,
    /// Burden of the interpreters, in point-minutes; where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter_burden: Option<i64>,
}

/// What each side, party and person bears over all sessions of a dispute, in point-minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BurdenDoc {
    /// The dispute.
    pub dispute: String,
    /// By side: the sum over the sessions of what its most burdened person bears.
    pub sides: Pairs<i64>,
    /// By party: the sum over its people.
    pub parties: Pairs<i64>,
    /// By person who attends for a party.
    pub people: Pairs<i64>,
}

/// Where a dispute failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnservedStage {
    /// It may not be mediated: no consent, or a declared exclusion.
    Admissibility,
    /// No panel meets the requirements.
    Panel,
    /// A panel can be formed, but no panel and dates go together.
    Sessions,
    /// It could be served alone, but not beside the others.
    Docket,
}

/// A dispute without a panel or without dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnservedDoc {
    /// The dispute.
    pub dispute: String,
    /// Where it failed.
    pub stage: UnservedStage,
    /// Why, requirement by requirement.
    pub core: Vec<CoreDoc>,
    /// What would serve it, as `comity explain --what-if` takes it, several changes parted by `; `; only of
    /// `comity solve --remedies`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<String>,
}

/// A requirement that takes part in an impossibility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoreDoc {
    /// Label of the requirement in docs/model.md, `A2` say.
    pub requirement: String,
    /// Code of the reason.
    pub reason: String,
    /// How many mediators it takes away, where that can be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediators: Option<u32>,
    /// One sentence.
    pub text: String,
}

/// How an answer was made. All but `elapsed_ms` is reproducible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunDoc {
    /// Version of comity.
    pub version: String,
    /// Name of the solver.
    pub solver: String,
    /// Version of the time-zone database.
    pub tzdb: String,
    /// Seed.
    pub seed: u64,
    /// Relative gap asked for.
    pub gap: Decimal,
    /// Nodes of the search.
    pub nodes: u64,
    /// Plans in the pool.
    pub plans: u64,
    /// Wall-clock time in milliseconds.
    pub elapsed_ms: u64,
}
