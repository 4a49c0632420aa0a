//! The rules document, `comity.rules/1`: conflict rules as data. See `docs/format.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::instance::ConsentPolicyDoc;
use super::values::{Decimal, Notes, Pairs};

/// Name of the profile that holds where an instance names none.
pub const DEFAULT_PROFILE: &str = "strict";

/// Names of the built-in profiles and their texts.
pub const BUILT_IN_PROFILES: &[(&str, &str)] = &[
    ("nationality", include_str!("profiles/nationality.json")),
    ("strict", include_str!("profiles/strict.json")),
    ("iba-2024", include_str!("profiles/iba-2024.json")),
    ("hk-mediation-code", include_str!("profiles/hk-mediation-code.json")),
    ("icsid-52-3", include_str!("profiles/icsid-52-3.json")),
    ("uncitral-code-2023", include_str!("profiles/uncitral-code-2023.json")),
];

/// A profile: a named set of conflict rules, which may extend others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesDoc {
    /// Always `comity.rules/1`.
    pub schema: String,
    /// Id of the profile.
    pub id: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Built-in profiles that this one starts from, in order; a later one replaces equal ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<String>,
    /// Which severities the parties may cure; what is left out is as in the profiles it extends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentPolicyDoc>,
    /// Named sets of edge patterns, for `use` in steps. A group that is named again is replaced,
    /// also in the rules of the profiles that this one extends.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub groups: Pairs<Vec<EdgePatternDoc>>,
    /// Ids of inherited rules that do not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
    /// Other severities for inherited rules.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub severities: Pairs<Severity>,
    /// The rules; one with the id of an inherited rule replaces it in its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
    /// An expert whom a party presents.
    Expert,
    /// Another mediator of the same panel.
    CoPanellist,
    /// A third State that the dispute involves.
    ThirdState,
    /// The dispute itself.
    Dispute,
    /// The institution that administers the docket (`policy.institution`).
    Institution,
}

/// A policy of the instance that decides what a rule's findings mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Governed {
    /// The nationality policy of the dispute's class.
    Nationality,
}

/// One rule: a path from the mediator to a target, a count, or a pair of related disputes.
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
    /// Whom the path leads to.
    pub to: Target,
    /// The path: from the mediator; with `count` from whoever is counted, with `pair` from a
    /// party of the related dispute (there it may be empty: the target itself).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<StepDoc>,
    /// True when all edges of the path must hold on one same day; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub together: Option<bool>,
    /// Makes the rule count appointments or relations of the mediator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<CountDoc>,
    /// Makes the rule look for related disputes in which the mediator sits or sat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<PairDoc>,
    /// The policy that decides what a finding means; left out, the severity alone does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub governed_by: Option<Governed>,
    /// Whether `overrides[]` may set a finding aside, with a reason; false by default, and never
    /// for a finding that is non-waivable red.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridable: Option<bool>,
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
    /// Once or more.
    Some,
}

/// One step of a path: any one of some edges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepDoc {
    /// The edges that may be taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<EdgePatternDoc>,
    /// Groups whose edges may be taken too.
    #[serde(rename = "use", default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
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
    /// With `within`: years before `as_of` in which it must have held. With `ended`: in which it
    /// must have ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u32>,
    /// When given, the edge's `significant` must equal it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub significant: Option<bool>,
    /// When given, the edge's `share` must be greater; an edge without a share does not match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_above: Option<Decimal>,
    /// When given, the edge's `role` must be one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The edge must have all these tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The edge must have none of these tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// When given, the step must lead to a node of one of these kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub into: Vec<NodeKind>,
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
    /// It is over: its last day lies before `as_of`.
    Ended,
}

/// What kind of node of the conflict graph something is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// A State or another territorial entity.
    State,
    /// A person who is not a mediator.
    Person,
    /// A mediator of the roster.
    Mediator,
    /// A dispute of the docket, or the case of a past appointment.
    Dispute,
    /// An organisation: a company.
    Company,
    /// An organisation: a company that a State owns or controls.
    StateOwned,
    /// An organisation: a law firm.
    LawFirm,
    /// An organisation: barristers' chambers.
    Chambers,
    /// An organisation: a ministry or another organ of a State.
    Government,
    /// An organisation: a third-party funder.
    Funder,
    /// An organisation: a university.
    University,
    /// An organisation: intergovernmental.
    Igo,
    /// An organisation: of regional integration.
    RegionalIntegration,
    /// An organisation: non-governmental.
    Ngo,
}

/// Who must have appointed the mediator for an appointment to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AppointedBy {
    /// The target: a party, or its counsel for it.
    Target,
    /// Anyone, in a dispute in which the target takes part.
    Anyone,
}

/// A related dispute in which the mediator sits, or sat within some years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairDoc {
    /// Years before `as_of` in which a past appointment counts, boundary inclusive.
    pub years: u32,
    /// Whether a party of the related dispute must lead, by the path, to a party of this one;
    /// false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares_party: Option<bool>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A count of appointments, or of relations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountDoc {
    /// The rule finds something from this number on.
    pub at_least: u32,
    /// Years before `as_of` in which appointments or relations count, boundary inclusive.
    pub years: u32,
    /// Whose appointments count; `target` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointed_by: Option<AppointedBy>,
    /// Counts the relations of the mediator that match, not appointments. It has no `when` and no
    /// `years` of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<EdgePatternDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The kind of an edge of the conflict graph.
///
/// The kinds that can be written in `relations[]`, and six that other sections imply.
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
    /// Implied: a mediator was appointed in a past case.
    AppointedIn,
    /// Implied: an actor is a party to a dispute or a past case.
    PartyTo,
    /// Implied, both ways: a dispute is related to another or to a past case.
    RelatedTo,
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
    /// Was retained by, for something that its tags say (`mock-trial`, `expert`).
    RetainedBy,
    /// Sits elsewhere, now or then, together with another mediator.
    ServesWith,
    /// Acts or acted together with, as counsel in one case.
    CoCounselWith,
    /// Is allied with, without sharing fees.
    AlliedWith,
    /// Is in contact with, as on social media.
    ContactOf,
    /// To a case: acted in it, in a `role` (`counsel`, `adviser`, `judge`, `expert`, ...).
    ActedIn,
    /// To a case: has an interest in its outcome.
    InterestIn,
    /// To a case: published on it.
    PublishedOn,
}

impl RelationKind {
    /// True for the kinds that other sections imply and `relations[]` may not contain.
    #[must_use]
    pub fn is_implied(self) -> bool {
        matches!(
            self,
            Self::Nationality
                | Self::DesignatedBy
                | Self::HasMember
                | Self::AppointedIn
                | Self::PartyTo
                | Self::RelatedTo
        )
    }

    /// True for the kinds that run to a case and not to an actor.
    #[must_use]
    pub fn runs_to_case(self) -> bool {
        matches!(
            self,
            Self::AppointedIn
                | Self::PartyTo
                | Self::RelatedTo
                | Self::ActedIn
                | Self::InterestIn
                | Self::PublishedOn
        )
    }
}
