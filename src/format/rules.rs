//! The rules document, `comity.rules/1`: conflict rules as data. See `docs/format.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::{Decimal, Notes};

/// The text of the built-in profile `strict`.
pub const STRICT_PROFILE: &str = include_str!("profiles/strict.json");

/// Names of the built-in profiles and their texts.
pub const BUILT_IN_PROFILES: &[(&str, &str)] = &[("strict", STRICT_PROFILE)];

/// A profile: a named set of conflict rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesDoc {
    /// Always `comity.rules/1`.
    pub schema: String,
    /// Id of the profile.
    pub id: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The rules.
    pub rules: Vec<RuleDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How serious a finding is. The order is the lattice of the field.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing found.
    Clear,
    /// No duty to disclose.
    Green,
    /// To be disclosed.
    Orange,
    /// Barred unless all parties agree expressly.
    WaivableRed,
    /// Barred, whatever the parties agree.
    NonWaivableRed,
}

/// Whom a rule's path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The actor of a party of the dispute.
    Party,
    /// A counsel of a party, person or firm.
    Counsel,
    /// A representative of a party.
    Representative,
    /// Another mediator of the same panel.
    CoPanellist,
}

/// One rule: a path from the mediator to a target, or a count of past appointments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleDoc {
    /// Id; also the code under which exclusions are counted.
    pub id: String,
    /// One sentence for a lawyer.
    pub text: String,
    /// Instrument and article that the rule models.
    pub source: String,
    /// Severity of a finding.
    pub severity: Severity,
    /// Whom the path leads to, or whose appointments are counted.
    pub to: Target,
    /// The path, from the mediator; empty for a rule that counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<StepDoc>,
    /// A count of past appointments of the mediator by the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<CountDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How often a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Repeat {
    /// Exactly once.
    Once,
    /// Once or not at all.
    Optional,
    /// Any number of times, also none.
    Any,
}

/// One step of a path: any one of some edges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepDoc {
    /// The edges that may be taken.
    pub any: Vec<EdgePatternDoc>,
    /// How often; `once` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Which edges of the conflict graph match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EdgePatternDoc {
    /// Kind of the edge.
    pub kind: RelationKind,
    /// True when the edge is walked against its direction; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backward: Option<bool>,
    /// When the edge must hold; `current` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// With `within`: years before `as_of` in which it must have held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u32>,
    /// When given, the edge's `significant` must equal it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub significant: Option<bool>,
    /// When given, the edge's `share` must be greater; an edge without a share does not match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_above: Option<Decimal>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// When an edge must hold to match. First and last days are inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// On `as_of`.
    Current,
    /// On any test date of the dispute: `as_of`, `opened`, a party's date of consent.
    TestDates,
    /// On any day from `as_of` less `years` to `as_of`.
    Within,
    /// On any day up to `as_of`.
    Ever,
}

/// A count of past appointments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountDoc {
    /// The rule finds something from this number on.
    pub at_least: u32,
    /// Years before `as_of` in which appointments count, boundary inclusive.
    pub years: u32,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The kind of an edge of the conflict graph.
///
/// The kinds that can be written in `relations[]`, and three that other sections imply.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// Implied: an actor has the nationality of a State.
    Nationality,
    /// Implied: a mediator was designated by a State.
    DesignatedBy,
    /// Implied: an organisation has a member State or member organisation.
    HasMember,
    /// Works or worked for.
    EmployedBy,
    /// Director, manager or supervisor of.
    OfficerOf,
    /// Holds public office for.
    OfficialOf,
    /// Represents, outside these disputes.
    Represents,
    /// Acts as counsel for.
    CounselFor,
    /// Acts as counsel against.
    CounselAgainst,
    /// Advises.
    Advises,
    /// Is an expert for.
    ExpertFor,
    /// Is a member or partner of a firm, chambers or body.
    MemberOf,
    /// Owns, with a share.
    Owns,
    /// Controls, whatever the share.
    Controls,
    /// Holds shares or another financial interest in.
    Holds,
    /// Funds.
    Funds,
    /// Close family.
    Family,
    /// Close friendship.
    Friend,
    /// Enmity.
    Enmity,
    /// Is an organ of a State.
    OrganOf,
    /// Is a constituent subdivision of a State.
    SubdivisionOf,
    /// Is an agency of a State.
    AgencyOf,
    /// Shares significant fees or revenue with.
    SharesRevenueWith,
    /// Has a commercial relation with.
    CommercialWith,
    /// Instructs elsewhere, as counsel.
    Instructs,
}

impl RelationKind {
    /// True for the kinds that other sections imply and `relations[]` may not contain.
    #[must_use]
    pub fn is_implied(self) -> bool {
        matches!(self, Self::Nationality | Self::DesignatedBy | Self::HasMember)
    }
}
