//! The docket: disputes, parties, panels, sessions, scores, waivers, locks.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::values::{Decimal, Notes, Pairs, Scores};
use super::actors::DisputeClass;
use super::deadlines::DisputeDeadlinesDoc;

/// A dispute of the docket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeDoc {
    /// Id.
    pub id: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Class.
    pub class: DisputeClass,
    /// Subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Parties.
    pub parties: Vec<PartyDoc>,
    /// What panel it needs.
    pub panel: PanelSpecDoc,
    /// Languages of the proceeding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Third States that are involved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub third_states: Vec<ThirdStateDoc>,
    /// Related disputes of the docket, and cases of past appointments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Sessions, in the order in which they are held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<SessionDoc>,
    /// Weight in the first two tiers, 1 to 1000; 1 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u32>,
    /// The date on which it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<String>,
    /// The instant by which its last session must have ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Its procedural calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadlines: Option<DisputeDeadlinesDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A party to a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyDoc {
    /// Id, unique within the dispute.
    pub id: String,
    /// The actor that is the party.
    pub actor: String,
    /// The side on which it stands; its own id by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// People who attend for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub representatives: Vec<String>,
    /// Counsel: people (who attend) and firms (who do not).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counsel: Vec<String>,
    /// Experts whom it presents; they do not attend.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub experts: Vec<String>,
    /// Consent to mediation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentDoc>,
    /// Strikes and rankings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ballot: Option<BallotDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Consent of a party to mediation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentDoc {
    /// Whether it was given.
    pub given: bool,
    /// When; one of the dates on which nationality is tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A party's ballot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BallotDoc {
    /// Mediators whom the party strikes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strikes: Vec<String>,
    /// Mediators in order of preference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranking: Vec<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A third State that a dispute involves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThirdStateDoc {
    /// The State.
    pub state: String,
    /// Whether it has consented.
    pub consent: bool,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How a panel comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AppointmentMode {
    /// The institution appoints.
    Institution,
    /// The parties agree.
    PartyAgreed,
    /// From a list that the parties strike and rank.
    List,
    /// By lot.
    Lot,
}

/// What panel a dispute needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PanelSpecDoc {
    /// Number of mediators, 1 to 3.
    pub size: u32,
    /// Whether one of them is chair; by default true for three, false for one and two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<bool>,
    /// How it comes about; `institution` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<AppointmentMode>,
    /// For each language, how many of the panel must speak it.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub languages: Pairs<u32>,
    /// For each subject, the expertise that at least one of the panel must have.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub expertise: Pairs<Decimal>,
    /// Whether no two of the panel may share a nationality; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distinct_nationalities: Option<bool>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The kind of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SessionKind {
    /// A preparatory call.
    Call,
    /// The opening session.
    Opening,
    /// A joint session.
    Joint,
    /// A caucus with some of the parties.
    Caucus,
    /// The signing.
    Signing,
}

/// How people attend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SessionMode {
    /// Everyone from where they are.
    Remote,
    /// Everyone at the place.
    InPerson,
    /// A room at the place; each may attend from where they are.
    Hybrid,
}

/// Who attends beside the panel: `all` parties, or those named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AttendeesDoc {
    /// Every party.
    #[default]
    All,
    /// These parties.
    Parties(Vec<String>),
}

impl Serialize for AttendeesDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("all"),
            Self::Parties(ids) => ids.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for AttendeesDoc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = AttendeesDoc;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`all` or a list of party ids")
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Self::Value, E> {
                if v == "all" {
                    return Ok(AttendeesDoc::All);
                }
                Err(E::custom("`all` or a list of party ids is expected"))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<Self::Value, A::Error> {
                let mut ids = Vec::new();
                while let Some(id) = seq.next_element()? {
                    ids.push(id);
                }
                if ids.is_empty() {
                    return Err(A::Error::custom("at least one party id is expected"));
                }
                Ok(AttendeesDoc::Parties(ids))
            }
        }
        deserializer.deserialize_any(V)
    }
}

impl JsonSchema for AttendeesDoc {
    fn schema_name() -> Cow<'static, str> {
        "AttendeesDoc".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "const": "all" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 }
        ] })
    }
}

/// A session of a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionDoc {
    /// Id, unique within the dispute.
    pub id: String,
    /// Kind.
    pub kind: SessionKind,
    /// Length, a multiple of the slot.
    pub minutes: u32,
    /// Who attends beside the panel; `all` by default.
    #[serde(default)]
    pub attendees: AttendeesDoc,
    /// How people attend; `remote` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<SessionMode>,
    /// The place, for a session in person or hybrid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Rooms of the place beside the one for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breakout_rooms: Option<u32>,
    /// Languages between which it is interpreted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpretation: Vec<String>,
    /// Gap to the session before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<AfterDoc>,
    /// First instant at which it may start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// Instant by which it must have ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The gap between the end of an earlier session and the start of this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AfterDoc {
    /// The earlier session: the one listed just before.
    pub session: String,
    /// At least so many times 24 hours; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_days: Option<u32>,
    /// At most so many times 24 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_days: Option<u32>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Explicit scores of one dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreDoc {
    /// The dispute.
    pub dispute: String,
    /// Fit by mediator, -1 to 1; replaces the computed fit.
    #[serde(default, skip_serializing_if = "Scores::is_empty")]
    pub fit: Scores,
    /// Effort in hours by mediator; replaces the total length of the sessions.
    #[serde(default, skip_serializing_if = "Scores::is_empty")]
    pub hours: Scores,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A waiver of a conflict by parties.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverDoc {
    /// The mediator.
    pub mediator: String,
    /// The dispute.
    pub dispute: String,
    /// The rule waived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The relation waived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Parties that waive, by party id.
    pub by: Vec<String>,
    /// Whether it is express.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub express: Option<bool>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A finding that the secretariat sets aside, with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideDoc {
    /// The mediator.
    pub mediator: String,
    /// The dispute.
    pub dispute: String,
    /// The rule, which must be overridable.
    pub rule: String,
    /// Why; shown wherever the finding is.
    pub reason: String,
    /// Who decided; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    pub date: String,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// What must hold, whatever the objective says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocksDoc {
    /// Mediators who must sit in a dispute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<RequireLockDoc>,
    /// Mediators who must not sit in a dispute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbid: Vec<ForbidLockDoc>,
    /// Sessions whose start is fixed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<SessionLockDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The role of a mediator on a panel.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Chair of a panel that has one.
    Chair,
    /// Any other member.
    Member,
}

/// A mediator who must sit in a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequireLockDoc {
    /// The dispute.
    pub dispute: String,
    /// The mediator.
    pub mediator: String,
    /// In this role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A mediator who must not sit in a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForbidLockDoc {
    /// The dispute.
    pub dispute: String,
    /// The mediator.
    pub mediator: String,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A session whose start is fixed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionLockDoc {
    /// The dispute.
    pub dispute: String,
    /// The session.
    pub session: String,
    /// Its start.
    pub start: String,
    /// Its place, which must be the session's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}
